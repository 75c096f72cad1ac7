/*
 * The libraries, and the thread that works for each
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
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* how long a call may be kept waiting for the first look at the devices */
#define READY_TIMEOUT_MS 30000

static const GUID null_guid;

/* Guards libraries, their queues and the drives.  Taken after the database lock where both are needed. */
CRITICAL_SECTION library_lock;
static CRITICAL_SECTION_DEBUG library_lock_debug =
{
    0, 0, &library_lock,
    { &library_lock_debug.ProcessLocksList, &library_lock_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": library_lock") }
};
CRITICAL_SECTION library_lock = { &library_lock_debug, -1, 0, 0, 0, 0 };

struct list libraries = LIST_INIT( libraries );

static HANDLE start_thread;      /* finds the devices */
static HANDLE ready_event;       /* the database equals the devices */

struct library *library_find( const GUID *id )
{
    struct library *library;

    LIST_FOR_EACH_ENTRY( library, &libraries, struct library, entry )
        if (IsEqualGUID( &library->id, id )) return library;
    return NULL;
}

struct drive *library_find_drive( struct library *library, const GUID *id )
{
    DWORD i;

    for (i = 0; i < library->drive_count; i++)
        if (IsEqualGUID( &library->drives[i].id, id )) return &library->drives[i];
    return NULL;
}

struct drive *library_drive_with( struct library *library, const GUID *physical_media )
{
    DWORD i;

    for (i = 0; i < library->drive_count; i++)
        if (IsEqualGUID( &library->drives[i].medium, physical_media )) return &library->drives[i];
    return NULL;
}

void library_clear_drive( struct drive *drive )
{
    if (!IsEqualGUID( &drive->side, &null_guid )) release_prefix();
    drive->medium = null_guid;
    drive->side = null_guid;
    drive->session = 0;
    drive->dismountable = FALSE;
    drive->failures = 0;
}

/* A drive that is given up does not keep the prefix alive: nobody is there to be served. */
void library_give_up_drive( struct drive *drive, ULONGLONG delay )
{
    if (!IsEqualGUID( &drive->side, &null_guid )) release_prefix();
    drive->side = null_guid;
    drive->session = 0;
    drive->dismountable = !IsEqualGUID( &drive->medium, &null_guid );
    drive->dismount_time = GetTickCount64() + delay;
}

void library_set_stale( struct library *library )
{
    EnterCriticalSection( &library_lock );
    library->stale = TRUE;
    library->refresh_time = 0;
    LeaveCriticalSection( &library_lock );
}

/* ------------------------------------------------------------------ start */

static struct library *create_library(void)
{
    struct library *library;

    if (!(library = calloc( 1, sizeof(*library) ))) return NULL;
    list_init( &library->work );
    if (!(library->wake = CreateEventW( NULL, FALSE, FALSE, NULL )))
    {
        free( library );
        return NULL;
    }
    InitializeCriticalSection( &library->transport );
    return library;
}

static void destroy_library( struct library *library )
{
    if (library->changer) CloseHandle( library->changer );
    CloseHandle( library->wake );
    DeleteCriticalSection( &library->transport );
    free( library->drives );
    free( library );
}

/* Free labels that an earlier run of the service did not come to are still due. */
static DWORD queue_due_labels( const struct library *library )
{
    struct db_query *query;
    GUID *media = NULL, *tmp, medium;
    DWORD i, count = 0, error;

    if ((error = db_begin())) return error;
    error = db_select( &query, "SELECT DISTINCT m.id FROM physical_media m JOIN partition p ON p.physical_media = m.id"
                       " WHERE m.library = ? AND p.state = ?", "gi", &library->id, NTMS_PARTSTATE_UNPREPARED );
    if (error) return db_end( error );
    while (db_next( query ) && db_guid( query, 0, &medium ))
    {
        if (!(tmp = realloc( media, (count + 1) * sizeof(*media) ))) break;
        media = tmp;
        media[count++] = medium;
    }
    error = db_finish( query );
    for (i = 0; i < count && !error; i++) error = library_write_free_label( &media[i] );
    error = db_end( error );
    free( media );
    if (!error) library_kick();
    return error;
}

static void start_library( struct library *library )
{
    DWORD error;

    EnterCriticalSection( &library_lock );
    list_add_tail( &libraries, &library->entry );
    LeaveCriticalSection( &library_lock );
    if ((error = queue_due_labels( library ))) ERR( "error %lu\n", error );
    if ((error = workers_start( library ))) ERR( "%s: error %lu\n", debugstr_w(library->device), error );
}

static void start_changer( const struct device_info *changer, const struct device_info *tapes, BOOL *used, DWORD count )
{
    struct changer_contents contents;
    struct library *library;
    DWORD error;

    if (!changer->enabled)
    {
        WARN( "%s (%s) has not been enabled by its owner\n", debugstr_w(changer->name), debugstr_w(changer->serial) );
        return;
    }
    if (!(library = create_library())) return;
    if (!(error = device_open( changer->name, &library->changer ))
        && !(error = changer_read( library->changer, &contents )))
    {
        if (!(error = db_begin()))
            error = db_end( configure_changer( library, changer, &contents, tapes, used, count ));
        if (!error) error = inventory_apply( library, &contents );
        library->stale = inventory_full_transport( &contents ) != NULL;
        changer_free( &contents );
    }
    if (!error) start_library( library );
    else
    {
        ERR( "%s is not usable, error %lu\n", debugstr_w(changer->name), error );
        destroy_library( library );
    }
}

static void start_standalone( const struct device_info *tape )
{
    struct library *library;
    DWORD error;

    if (!tape->enabled)
    {
        WARN( "%s (%s) has not been enabled by its owner\n", debugstr_w(tape->name), debugstr_w(tape->serial) );
        return;
    }
    if (!(library = create_library())) return;
    if (!(error = db_begin())) error = db_end( configure_standalone( library, tape ));
    if (!error) error = inventory_standalone( library );
    if (!error) start_library( library );
    else
    {
        ERR( "%s is not usable, error %lu\n", debugstr_w(tape->name), error );
        destroy_library( library );
    }
}

static DWORD prepare_database(void)
{
    DWORD error;

    if ((error = db_begin())) return error;
    error = work_cancel_unfinished();
    if (!error) error = db_exec( "UPDATE physical_media SET media_state = ?, mounted_partition = NULL WHERE media_state <> ?",
                                 "ii", NTMS_MEDIASTATE_IDLE, NTMS_MEDIASTATE_IDLE );
    if (!error) error = configure_begin();
    return db_end( error );
}

/* Drives that belong to no changer are libraries of their own. */
static DWORD WINAPI start_libraries( void *arg )
{
    struct device_info *changers = NULL, *tapes = NULL;
    DWORD changer_count = 0, tape_count = 0, i, error;
    BOOL *used;

    device_start_drivers();
    if ((error = prepare_database())) ERR( "error %lu\n", error );
    if (!error) error = device_find( L"Changer", &changers, &changer_count );
    if (!error) error = device_find( L"Tape", &tapes, &tape_count );
    if ((used = calloc( tape_count + 1, sizeof(*used) )) && !error)
    {
        for (i = 0; i < changer_count; i++) start_changer( &changers[i], tapes, used, tape_count );
        for (i = 0; i < tape_count; i++) if (!used[i]) start_standalone( &tapes[i] );
    }
    free( used );
    free( changers );
    free( tapes );
    TRACE( "ready\n" );
    SetEvent( ready_event );
    return 0;
}

DWORD libraries_start(void)
{
    if (!(ready_event = CreateEventW( NULL, TRUE, FALSE, NULL ))) return GetLastError();
    if (!(start_thread = CreateThread( NULL, 0, start_libraries, NULL, 0, NULL ))) return GetLastError();
    return ERROR_SUCCESS;
}

DWORD libraries_wait_ready(void)
{
    return WaitForSingleObject( ready_event, READY_TIMEOUT_MS ) ? ERROR_NOT_READY : ERROR_SUCCESS;
}

/* Nothing is cut short: a move that has begun is finished and recorded. */
void libraries_stop(void)
{
    struct library *library, *next;

    if (!start_thread) return;
    WaitForSingleObject( start_thread, INFINITE );
    EnterCriticalSection( &library_lock );
    LIST_FOR_EACH_ENTRY( library, &libraries, struct library, entry )
    {
        library->stopping = TRUE;
        SetEvent( library->wake );
    }
    LeaveCriticalSection( &library_lock );
    LIST_FOR_EACH_ENTRY_SAFE( library, next, &libraries, struct library, entry )
    {
        workers_stop( library );
        list_remove( &library->entry );
        destroy_library( library );
    }
    CloseHandle( start_thread );
    CloseHandle( ready_event );
    start_thread = NULL;
}
