/*
 * Writing free labels (NTMS_LM_WRITESCRATCH)
 *
 * Copyright 2026 the Wine removable storage project
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#include "library.h"
#include "rpc.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* queued by library_write_free_label(), started by library_kick() */
static struct list prepared_labels = LIST_INIT( prepared_labels );

static DWORD find_first_side( const GUID *medium, struct work_item *item, GUID *library )
{
    item->medium = *medium;
    if (db_get_guid( &item->side, "SELECT id FROM partition WHERE physical_media = ? ORDER BY side LIMIT 1", "g", medium ))
        return ERROR_INVALID_MEDIA;
    return db_get_guid( library, "SELECT library FROM physical_media WHERE id = ?", "g", medium );
}

DWORD library_write_free_label( const GUID *physical_media )
{
    struct work_item item = { { 0 } };
    struct library *library;
    struct work *work;
    GUID library_id;
    DWORD error;

    if ((error = find_first_side( physical_media, &item, &library_id ))) return error;
    EnterCriticalSection( &library_lock );
    library = library_find( &library_id );
    LeaveCriticalSection( &library_lock );
    if (!library) return ERROR_MEDIA_OFFLINE;
    if (!(work = work_alloc( library, NTMS_LM_WRITESCRATCH, 1 ))) return ERROR_NOT_ENOUGH_MEMORY;
    work->items[0] = item;
    if ((error = work_record( work, NULL )))
    {
        work_free( work );
        return error;
    }
    EnterCriticalSection( &library_lock );
    list_add_tail( &prepared_labels, &work->entry );
    LeaveCriticalSection( &library_lock );
    return ERROR_SUCCESS;
}

/* Work whose transaction has been rolled back has no request and is dropped. */
void library_kick(void)
{
    struct list ready = LIST_INIT( ready );
    struct work *work, *next;
    DWORD error;
    int count;

    EnterCriticalSection( &library_lock );
    list_move_tail( &ready, &prepared_labels );
    LeaveCriticalSection( &library_lock );
    LIST_FOR_EACH_ENTRY_SAFE( work, next, &ready, struct work, entry )
    {
        if ((error = db_begin())) break;
        error = db_end( db_get_int( &count, "SELECT COUNT(*) FROM request WHERE id = ?", "g", &work->items[0].request ));
        if (error) break;
        list_remove( &work->entry );
        if (count) work_queue( work );
        else work_free( work );
    }
    /* what the database does not tell now waits for the next one */
    EnterCriticalSection( &library_lock );
    list_move_head( &prepared_labels, &ready );
    LeaveCriticalSection( &library_lock );
}

static DWORD make_label( const struct work_item *item, BYTE block[FREE_LABEL_SIZE] )
{
    WCHAR name[NTMS_OBJECTNAME_LENGTH] = { 0 };
    struct db_query *query;
    SYSTEMTIME time;
    GUID label_id;
    DWORD error;

    UuidCreate( &label_id );
    if ((error = db_begin())) return error;
    if (!(error = db_select( &query, "SELECT name FROM object WHERE id = ?", "g", &item->medium )))
    {
        if (db_next( query )) db_wstr( query, 0, name, ARRAY_SIZE(name) );
        error = db_finish( query );
    }
    if ((error = db_end( error ))) return error;
    GetSystemTime( &time );
    label_make_free( &label_id, name, &time, block );
    return ERROR_SUCCESS;
}

static DWORD write_label( struct drive *drive, const struct work_item *item, struct label *label )
{
    BYTE block[FREE_LABEL_SIZE];
    HANDLE tape;
    DWORD error;

    if ((error = make_label( item, block ))) return error;
    if ((error = tape_open( drive->device, &tape ))) return error;
    if (!(error = tape_wait_ready( tape, 0, 0, NULL ))) error = tape_write_free_label( tape, block );
    CloseHandle( tape );
    if (!error) label_parse( block, sizeof(block), label );
    return error;
}

static DWORD side_state( const GUID *side, int *state )
{
    DWORD error;

    if ((error = db_begin())) return error;
    return db_end( db_get_int( state, "SELECT state FROM partition WHERE id = ?", "g", side ));
}

/* Nothing that has not been looked at before is overwritten.  load_medium() has read the label; when the side is not what
 * the database believed, it is now what its label says and no longer waits for a free label.  One that has a free label
 * already is free by that. */
static DWORD prepare_side( struct drive *drive, const struct work_item *item, struct label *label, BOOL *written )
{
    DWORD error;
    int state;

    *written = FALSE;
    if ((error = side_state( &item->side, &state ))) return error;
    if (state == NTMS_PARTSTATE_UNPREPARED)
    {
        if (!(error = write_label( drive, item, label ))) *written = TRUE;
        return error;
    }
    if (label->kind == LABEL_FREE) return ERROR_SUCCESS;
    WARN( "medium %s has data of somebody else, not made free\n", wine_dbgstr_guid(&item->medium) );
    return ERROR_INVALID_MEDIA;
}

static DWORD record_label( const struct work_item *item, const struct label *label )
{
    DWORD error;

    if ((error = db_begin())) return error;
    return db_end( store_free_label_written( &item->medium, label ));
}

/* The side is available when the medium can be used, that is when it is out of the drive again.  If the record is lost,
 * the label will tell. */
static DWORD load_and_write( struct work *work )
{
    struct work_item *item = &work->items[0];
    struct drive *drive = item->claimed;
    struct label label = { 0 };
    BOOL written = FALSE;
    DWORD error;

    if ((error = empty_drives( work ))) return error;
    if ((error = record_start( work ))) return error;
    error = load_medium( work, drive, item, &label );
    if (!error) error = prepare_side( drive, item, &label, &written );
    drop_drive( work->library, drive );
    if (written) error = record_label( item, &label );
    if (!error) return ERROR_SUCCESS;
    record_failure( work );
    return error == ERROR_BUSY ? avoid_drive( work, drive ) : load_again( work, error );
}

DWORD write_label_run( struct work *work )
{
    DWORD error = load_and_write( work );

    if (!error) media_available();
    return error;
}
