/*
 * Calls that wait for the removable storage service
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

#include "ntmsapi_private.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmsapi);

/* One thread per process asks the service which waits have ended, as long as there are any. */

struct waiter
{
    struct list entry;         /* in waiters */
    DWORD       connection;
    HANDLE      event;         /* done */
    BOOL        lost;
    RSMP_COMPLETION completion;
};

/* a result that has come before the thread which submitted the request knew its number */
struct early
{
    struct list entry;         /* in early_results */
    DWORD       connection;
    RSMP_COMPLETION completion;
};

static CRITICAL_SECTION wait_lock;
static CRITICAL_SECTION_DEBUG wait_lock_debug =
{
    0, 0, &wait_lock, { &wait_lock_debug.ProcessLocksList, &wait_lock_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": wait_lock") }
};
static CRITICAL_SECTION wait_lock = { &wait_lock_debug, -1, 0, 0, 0, 0 };

static struct list waiters = LIST_INIT( waiters );              /* wait_lock */
static struct list early_results = LIST_INIT( early_results );  /* wait_lock */
static BOOL fetching;                                           /* the thread is there; wait_lock */

static void end_waiter( struct waiter *waiter )
{
    list_remove( &waiter->entry );
    SetEvent( waiter->event );
}

void waits_disconnect( DWORD connection )
{
    struct waiter *waiter, *next;
    struct early *early, *next_early;

    EnterCriticalSection( &wait_lock );
    LIST_FOR_EACH_ENTRY_SAFE( waiter, next, &waiters, struct waiter, entry )
    {
        if (waiter->connection != connection) continue;
        waiter->lost = TRUE;
        end_waiter( waiter );
    }
    LIST_FOR_EACH_ENTRY_SAFE( early, next_early, &early_results, struct early, entry )
    {
        if (early->connection != connection) continue;
        list_remove( &early->entry );
        free( early );
    }
    LeaveCriticalSection( &wait_lock );
}

static struct waiter *find_waiter( DWORD connection, DWORD request )
{
    struct waiter *waiter;

    LIST_FOR_EACH_ENTRY( waiter, &waiters, struct waiter, entry )
        if (waiter->connection == connection && waiter->completion.request == request) return waiter;
    return NULL;
}

static void deliver( DWORD connection, const RSMP_COMPLETION *completion )
{
    struct waiter *waiter;
    struct early *early;

    TRACE( "request %#lx: %lu\n", completion->request, completion->result );

    if ((waiter = find_waiter( connection, completion->request )))
    {
        waiter->completion = *completion;
        end_waiter( waiter );
    }
    else if ((early = malloc( sizeof(*early) )))
    {
        early->connection = connection;
        early->completion = *completion;
        list_add_tail( &early_results, &early->entry );
    }
    else ERR( "no memory for the result of request %#lx\n", completion->request );
}

static BOOL take_early( DWORD connection, DWORD request, RSMP_COMPLETION *completion )
{
    struct early *early;

    LIST_FOR_EACH_ENTRY( early, &early_results, struct early, entry )
    {
        if (early->connection != connection || early->completion.request != request) continue;
        *completion = early->completion;
        list_remove( &early->entry );
        free( early );
        return TRUE;
    }
    return FALSE;
}

/* asks once for completions; a service that cannot tell them has lost this process */
static void fetch( DWORD connection )
{
    RSMP_COMPLETION *list = NULL;
    DWORD err, i, count = 0;

    err = remote_wait_completions( connection, &count, &list );
    if (!err && (count > RSMP_MAX_COMPLETIONS || (count && !list))) err = bad_reply( "WaitNtmsCompletions" );
    if (err)
    {
        WARN( "error %lu\n", err );
        waits_disconnect( connection );
    }
    else
    {
        EnterCriticalSection( &wait_lock );
        for (i = 0; i < count; i++) deliver( connection, list + i );
        LeaveCriticalSection( &wait_lock );
    }
    MIDL_user_free( list );
}

static DWORD WINAPI fetch_thread( void *module )
{
    struct list *ptr;
    DWORD connection;

    for (;;)
    {
        EnterCriticalSection( &wait_lock );
        if ((ptr = list_head( &waiters ))) connection = LIST_ENTRY( ptr, struct waiter, entry )->connection;
        else fetching = FALSE;
        LeaveCriticalSection( &wait_lock );
        if (!ptr) FreeLibraryAndExitThread( module, 0 );
        fetch( connection );
    }
}

/* starts the thread unless it is there; with wait_lock held */
static BOOL start_fetching(void)
{
    HMODULE module;
    HANDLE thread;

    if (fetching) return TRUE;
    if (!GetModuleHandleExW( GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)fetch_thread, &module )) return FALSE;
    if (!(thread = CreateThread( NULL, 0, fetch_thread, module, 0, NULL )))
    {
        FreeLibrary( module );
        return FALSE;
    }
    CloseHandle( thread );
    return fetching = TRUE;
}

/* registers the waiter, or finds that its wait has ended */
static DWORD add_waiter( struct waiter *waiter, BOOL *ended )
{
    DWORD err = ERROR_SUCCESS;

    EnterCriticalSection( &wait_lock );
    waiter->lost = waiter->connection != current_connection();
    *ended = waiter->lost || take_early( waiter->connection, waiter->completion.request, &waiter->completion );
    if (!*ended)
    {
        if (start_fetching()) list_add_tail( &waiters, &waiter->entry );
        else err = ERROR_NOT_ENOUGH_MEMORY;
    }
    LeaveCriticalSection( &wait_lock );
    return err;
}

DWORD wait_for_request( struct session *session, const char *function, DWORD request, GUID *ids, DWORD count )
{
    struct waiter waiter = { .connection = session->connection, .completion = { request } };
    DWORD err;
    BOOL ended;

    TRACE( "request %#lx\n", request );

    if (!(waiter.event = CreateEventW( NULL, TRUE, FALSE, NULL ))) return ERROR_NOT_ENOUGH_MEMORY;
    if (!(err = add_waiter( &waiter, &ended )) && !ended) WaitForSingleObject( waiter.event, INFINITE );
    CloseHandle( waiter.event );
    if (err) return err;

    if (waiter.lost) return lost_connection_error( function );
    if (!waiter.completion.result)
        memcpy( ids, waiter.completion.ids, min( count, waiter.completion.count ) * sizeof(*ids) );
    return waiter.completion.result;
}
