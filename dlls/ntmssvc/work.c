/*
 * The work queue of a library, as programs see it: NTMS_LIBREQUEST objects
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

static const GUID null_guid;

struct work *work_alloc( struct library *library, DWORD operation, DWORD count )
{
    struct work *work;

    if (!(work = calloc( 1, offsetof( struct work, items[count] ) ))) return NULL;
    work->library = library;
    work->operation = operation;
    work->count = count;
    return work;
}

void work_free( struct work *work )
{
    free( work );
}

static INT64 now(void)
{
    FILETIME time;

    GetSystemTimeAsFileTime( &time );
    return (INT64)((ULONGLONG)time.dwHighDateTime << 32 | time.dwLowDateTime);
}

static const WCHAR *operation_name( DWORD operation )
{
    switch (operation)
    {
    case NTMS_LM_MOUNT:        return L"Mount";
    case NTMS_LM_DISMOUNT:     return L"Dismount";
    case NTMS_LM_WRITESCRATCH: return L"Write free media label";
    default:                   return L"";
    }
}

static DWORD record_item( struct work *work, struct work_item *item, const struct session *session )
{
    const WCHAR *application = session ? session_application( session ) : L"RSM";
    DWORD error;

    item->request = null_guid;
    if ((error = object_create( &item->request, NTMS_LIBREQUEST, operation_name( work->operation ), L"" ))) return error;
    return db_exec( "INSERT INTO request (id, library, work_item, operation, option, partition, physical_media, drive,"
                    " queued, application, user, computer, priority, position)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "gggiiggglwwwil", &item->request,
                    &work->library->id, &work->items[0].request, work->operation, work->options, &item->side, &item->medium,
                    IsEqualGUID( &item->drive, &null_guid ) ? &item->wish : &item->drive, now(), application, session ? session_user( session ) : L"",
                    session ? session_computer( session ) : L"", work->priority, now() );
}

DWORD work_record( struct work *work, const struct session *session )
{
    DWORD i, error = ERROR_SUCCESS;

    for (i = 0; i < work->count && !error; i++) error = record_item( work, &work->items[i], session );
    return error;
}

static BOOL is_final( DWORD state )
{
    return state == NTMS_LM_PASSED || state == NTMS_LM_FAILED || state == NTMS_LM_CANCELLED;
}

DWORD work_set_state( struct work *work, DWORD state, DWORD error_code )
{
    DWORD i, error = ERROR_SUCCESS;

    for (i = 0; i < work->count && !error; i++)
        error = db_exec( "UPDATE request SET state = ?, error = ?, completed = ?, drive = ? WHERE id = ?", "iilgg", state,
                         error_code, is_final( state ) ? now() : (INT64)0, &work->items[i].drive, &work->items[i].request );
    if (!error && is_final( state )) error = work_purge();
    return error;
}

void work_queue( struct work *work )
{
    struct library *library = work->library;
    struct work *other;

    hold_prefix();
    EnterCriticalSection( &library_lock );
    LIST_FOR_EACH_ENTRY( other, &library->work, struct work, entry )
        if (other->priority < work->priority) break;
    list_add_before( &other->entry, &work->entry );
    LeaveCriticalSection( &library_lock );
    SetEvent( library->wake );
}

void work_cancel( void *context, DWORD reason )
{
    struct work *work = context;

    EnterCriticalSection( &library_lock );
    work->cancel_reason = reason;
    work->cancelled = TRUE;
    SetEvent( work->library->wake );
    LeaveCriticalSection( &library_lock );
}

BOOL work_is_over( struct work *work, DWORD *reason )
{
    BOOL ret;

    EnterCriticalSection( &library_lock );
    ret = work->cancelled || work->library->stopping;
    if (ret) *reason = work->cancelled ? work->cancel_reason : ERROR_CANCELLED;
    LeaveCriticalSection( &library_lock );
    return ret;
}

DWORD work_again( struct work *work, ULONGLONG delay )
{
    EnterCriticalSection( &library_lock );
    work->not_before = GetTickCount64() + delay;
    LeaveCriticalSection( &library_lock );
    return WORK_WAIT;
}

DWORD work_cancel_unfinished(void)
{
    return db_exec( "UPDATE request SET state = ?, error = ?, completed = ? WHERE state IN (?, ?, ?)", "iiliii",
                    NTMS_LM_CANCELLED, ERROR_CANCELLED, now(), NTMS_LM_QUEUED, NTMS_LM_INPROCESS, NTMS_LM_WAITING );
}

/* Times are in seconds on the computer object, 100 ns in the requests (MS-RSMP NTMS_COMPUTERINFORMATION). */
DWORD work_purge(void)
{
    return db_exec( "DELETE FROM object WHERE id IN (SELECT r.id FROM request r, computer c WHERE r.completed <> 0"
                    " AND r.completed < ? - c.lib_request_purge_time * 10000000 AND NOT c.lib_request_flags & ?"
                    " AND NOT (c.lib_request_flags & ? AND r.state = ?))", "liii", now(), NTMS_LIBREQFLAGS_NOAUTOPURGE,
                    NTMS_LIBREQFLAGS_NOFAILEDPURGE, NTMS_LM_FAILED );
}
