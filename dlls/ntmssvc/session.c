/*
 * Sessions: who is connected, and the calls that wait
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

#include "service.h"

#include <stdlib.h>

#include "wine/debug.h"
#include "wine/list.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

#define FETCH_TIME 10000  /* ms that a process waits for completions in one call */

/* a process that has opened a session; it is known until it dies */
struct client
{
    struct list        entry;      /* in clients */
    LONG               refs;
    DWORD              pid;
    HANDLE             process;
    HANDLE             token;
    HANDLE             watch;      /* registered wait for the end of the process */
    BOOL               dead;
    struct list        sessions;
    struct list        ended;      /* struct wait: results that it has not fetched yet */
    unsigned int       fetches;    /* calls for completions; only the newest is served */
    CONDITION_VARIABLE changed;    /* something for the call for completions to look at */
};

struct session
{
    struct list        entry;      /* in client->sessions, until it is being destroyed */
    struct client     *client;
    DWORD              id;
    BOOL               closing;
    unsigned int       calls;      /* in progress */
    CONDITION_VARIABLE idle;       /* calls is 0 */
    struct list        waits;
    WCHAR              application[NTMS_APPLICATIONNAME_LENGTH];
    WCHAR              computer[NTMS_COMPUTERNAME_LENGTH];
    WCHAR              user[NTMS_USERNAME_LENGTH];
};

struct wait
{
    struct list        entry;      /* in session->waits, then in client->ended */
    LONG               refs;       /* of its owner, of the list, and while it is being cancelled */
    struct client     *client;
    BOOL               ended;
    ULONGLONG          deadline;   /* GetTickCount64(), or ~0 */
    DWORD              canceller;  /* thread that runs cancel() */
    wait_cancel_func   cancel;
    void              *context;
    struct completion  completion;
};

static CRITICAL_SECTION session_lock;  /* guards everything here; never held while other files are called */
static CRITICAL_SECTION_DEBUG session_lock_debug =
{
    0, 0, &session_lock, { &session_lock_debug.ProcessLocksList, &session_lock_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": session_lock") }
};
static CRITICAL_SECTION session_lock = { &session_lock_debug, -1, 0, 0, 0, 0 };

static struct list clients = LIST_INIT( clients );
static BOOL stopping;
static DWORD last_id;
static unsigned int destroying;        /* sessions that are being destroyed */
static CONDITION_VARIABLE cancelled = CONDITION_VARIABLE_INIT;  /* a cancel() has returned */
static CONDITION_VARIABLE destroyed = CONDITION_VARIABLE_INIT;  /* destroying is 0 */

DWORD session_id( const struct session *session )
{
    return session->id;
}

const WCHAR *session_application( const struct session *session )
{
    return session->application;
}

const WCHAR *session_user( const struct session *session )
{
    return session->user;
}

const WCHAR *session_computer( const struct session *session )
{
    return session->computer;
}

HANDLE session_token( const struct session *session )
{
    return session->client->token;
}

/* names sessions and waits; they begin somewhere else in each run, so that a program that has missed the end of the
 * service cannot mean somebody else's */
static DWORD new_id(void)
{
    if (!last_id) last_id = (GetTickCount() ^ GetCurrentProcessId() << 20) * 2654435761u;
    if (!++last_id) ++last_id;
    return last_id;
}

static struct client *client_grab( struct client *client )
{
    client->refs++;
    return client;
}

static void client_release( struct client *client )
{
    if (--client->refs) return;
    if (client->watch) UnregisterWait( client->watch );
    if (client->token) CloseHandle( client->token );
    if (client->process) CloseHandle( client->process );
    free( client );
}

/* ------------------------------------------------------------------ waits */

static void wait_release( struct wait *wait )
{
    if (--wait->refs) return;
    client_release( wait->client );
    free( wait );
}

/* takes it from its session to what the client may fetch */
static void wait_end( struct wait *wait, DWORD result, const GUID *ids, DWORD count )
{
    struct client *client = wait->client;

    wait->ended = TRUE;
    wait->completion.result = result;
    wait->completion.count = count;
    if (count) memcpy( wait->completion.ids, ids, count * sizeof(*ids) );
    list_remove( &wait->entry );
    if (client->dead)
    {
        wait_release( wait );
        return;
    }
    list_add_tail( &client->ended, &wait->entry );
    WakeAllConditionVariable( &client->changed );
}

/* leaves the lock in between */
static void wait_cancel( struct wait *wait, DWORD reason )
{
    wait->refs++;
    wait_end( wait, reason, NULL, 0 );
    wait->canceller = GetCurrentThreadId();
    LeaveCriticalSection( &session_lock );

    wait->cancel( wait->context, reason );

    EnterCriticalSection( &session_lock );
    wait->canceller = 0;
    WakeAllConditionVariable( &cancelled );
    wait_release( wait );
}

DWORD wait_create( struct session *session, DWORD timeout, wait_cancel_func cancel, void *context, struct wait **ret )
{
    struct wait *wait;

    if (!(wait = calloc( 1, sizeof(*wait) ))) return ERROR_NOT_ENOUGH_MEMORY;
    wait->refs = 2;
    wait->deadline = timeout == INFINITE ? ~(ULONGLONG)0 : GetTickCount64() + timeout;
    wait->cancel = cancel;
    wait->context = context;

    EnterCriticalSection( &session_lock );
    if (session->closing)
    {
        LeaveCriticalSection( &session_lock );
        free( wait );
        return ERROR_CANCELLED;
    }
    wait->client = client_grab( session->client );
    wait->completion.request = new_id();
    list_add_tail( &session->waits, &wait->entry );
    WakeAllConditionVariable( &session->client->changed );
    LeaveCriticalSection( &session_lock );

    TRACE( "session %#lx: wait %#lx for %lu ms\n", session->id, wait->completion.request, timeout );
    *ret = wait;
    return ERROR_SUCCESS;
}

DWORD wait_id( const struct wait *wait )
{
    return wait->completion.request;
}

BOOL wait_complete( struct wait *wait, DWORD result, const GUID *ids, DWORD count )
{
    BOOL delivered;

    TRACE( "wait %#lx: %lu\n", wait->completion.request, result );

    EnterCriticalSection( &session_lock );
    if ((delivered = !wait->ended)) wait_end( wait, result, ids, min( count, MAX_WAIT_IDS ) );
    while (wait->canceller && wait->canceller != GetCurrentThreadId())
        SleepConditionVariableCS( &cancelled, &session_lock, INFINITE );
    wait_release( wait );
    LeaveCriticalSection( &session_lock );
    return delivered;
}

/* the wait of the client whose deadline comes first */
static struct wait *first_deadline( struct client *client )
{
    struct session *session;
    struct wait *wait, *first = NULL;

    LIST_FOR_EACH_ENTRY( session, &client->sessions, struct session, entry )
        LIST_FOR_EACH_ENTRY( wait, &session->waits, struct wait, entry )
            if (!first || wait->deadline < first->deadline) first = wait;
    return first;
}

/* ends waits whose time is over until there is something to fetch or the call is over */
static void wait_for_completions( struct client *client, unsigned int fetch )
{
    ULONGLONG now, next, until = GetTickCount64() + FETCH_TIME;
    struct wait *wait;

    while (!client->dead && !stopping && client->fetches == fetch && list_empty( &client->ended ))
    {
        if ((now = GetTickCount64()) >= until) break;
        next = until;
        if ((wait = first_deadline( client )))
        {
            if (wait->deadline <= now)
            {
                wait_cancel( wait, ERROR_TIMEOUT );
                continue;
            }
            next = min( next, wait->deadline );
        }
        SleepConditionVariableCS( &client->changed, &session_lock, next - now );
    }
}

static struct client *find_client( DWORD pid )
{
    struct client *client;

    LIST_FOR_EACH_ENTRY( client, &clients, struct client, entry )
        if (client->pid == pid) return client;
    return NULL;
}

DWORD session_fetch_completions( DWORD pid, struct completion *list, DWORD max, DWORD *count )
{
    struct client *client;
    struct list *ptr;
    unsigned int fetch;

    *count = 0;
    EnterCriticalSection( &session_lock );
    if (!(client = find_client( pid )))
    {
        LeaveCriticalSection( &session_lock );
        return ERROR_INVALID_HANDLE;
    }
    client_grab( client );
    fetch = ++client->fetches;
    WakeAllConditionVariable( &client->changed );
    wait_for_completions( client, fetch );
    while (client->fetches == fetch && *count < max && (ptr = list_head( &client->ended )))
    {
        struct wait *wait = LIST_ENTRY( ptr, struct wait, entry );

        list[(*count)++] = wait->completion;
        list_remove( &wait->entry );
        wait_release( wait );
    }
    client_release( client );
    LeaveCriticalSection( &session_lock );
    return ERROR_SUCCESS;
}

/* ------------------------------------------------------------------ sessions */

/* The one way in which a session ends; its waits end with reason.  Leaves the lock in between. */
static void session_destroy( struct session *session, DWORD reason )
{
    struct list *ptr;

    TRACE( "session %#lx of process %04lx\n", session->id, session->client->pid );

    destroying++;
    session->closing = TRUE;
    list_remove( &session->entry );
    while ((ptr = list_head( &session->waits )))
        wait_cancel( LIST_ENTRY( ptr, struct wait, entry ), reason );
    while (session->calls) SleepConditionVariableCS( &session->idle, &session_lock, INFINITE );
    LeaveCriticalSection( &session_lock );

    library_release_session( session->id );
    notifications_release_session( session->id );
    options_release_session( session->id );

    EnterCriticalSection( &session_lock );
    client_release( session->client );
    free( session );
    if (!--destroying) WakeAllConditionVariable( &destroyed );
}

static void destroy_sessions( struct client *client, DWORD reason )
{
    struct list *ptr;

    while ((ptr = list_head( &client->sessions ))) session_destroy( LIST_ENTRY( ptr, struct session, entry ), reason );
}

static struct session *find_session( struct client *client, DWORD id )
{
    struct session *session;

    LIST_FOR_EACH_ENTRY( session, &client->sessions, struct session, entry )
        if (session->id == id) return session;
    return NULL;
}

struct session *session_enter( DWORD id, DWORD pid )
{
    struct session *session = NULL;
    struct client *client;

    EnterCriticalSection( &session_lock );
    if ((client = find_client( pid )) && (session = find_session( client, id ))) session->calls++;
    LeaveCriticalSection( &session_lock );
    return session;
}

void session_leave( struct session *session )
{
    EnterCriticalSection( &session_lock );
    if (!--session->calls) WakeAllConditionVariable( &session->idle );
    LeaveCriticalSection( &session_lock );
}

void session_close( DWORD id )
{
    struct session *session = NULL;
    struct client *client;

    EnterCriticalSection( &session_lock );
    LIST_FOR_EACH_ENTRY( client, &clients, struct client, entry )
        if ((session = find_session( client, id ))) break;
    if (session) session_destroy( session, ERROR_CANCELLED );
    LeaveCriticalSection( &session_lock );
}

/* gives back what a dead client's sessions held */
static DWORD WINAPI client_cleanup( void *arg )
{
    struct client *client = arg;
    struct list *ptr;

    EnterCriticalSection( &session_lock );
    destroy_sessions( client, ERROR_CANCELLED );
    while ((ptr = list_head( &client->ended )))
    {
        list_remove( ptr );
        wait_release( LIST_ENTRY( ptr, struct wait, entry ) );
    }
    client_release( client );
    LeaveCriticalSection( &session_lock );
    return 0;
}

/* in the wait thread, which has other processes to watch: the work is done in a thread of its own, since a pool that is
 * full of waiting calls would never come to it */
static void CALLBACK client_died( void *arg, BOOLEAN timed_out )
{
    struct client *client = arg;
    HANDLE thread;

    TRACE( "process %04lx has ended\n", client->pid );

    EnterCriticalSection( &session_lock );
    client->dead = TRUE;
    list_remove( &client->entry );
    WakeAllConditionVariable( &client->changed );
    LeaveCriticalSection( &session_lock );

    if ((thread = CreateThread( NULL, 0, client_cleanup, client, 0, NULL ))) CloseHandle( thread );
    else client_cleanup( client );
}

/* with the lock held; a process that has ended unnoticed must not be taken for a new one with its number */
static DWORD get_client( DWORD pid, struct client **ret )
{
    struct client *client;
    DWORD err;

    if ((client = find_client( pid )) && WaitForSingleObject( client->process, 0 ) == WAIT_TIMEOUT)
    {
        *ret = client;
        return ERROR_SUCCESS;
    }
    if (!(client = calloc( 1, sizeof(*client) ))) return ERROR_NOT_ENOUGH_MEMORY;
    client->refs = 1;
    client->pid = pid;
    list_init( &client->sessions );
    list_init( &client->ended );
    if (!(client->process = OpenProcess( SYNCHRONIZE | PROCESS_QUERY_INFORMATION, FALSE, pid ))
        || !OpenProcessToken( client->process, TOKEN_QUERY | TOKEN_DUPLICATE, &client->token )
        || !RegisterWaitForSingleObject( &client->watch, client->process, client_died, client, INFINITE,
                                         WT_EXECUTEINWAITTHREAD | WT_EXECUTEONLYONCE ))
    {
        err = GetLastError();
        WARN( "cannot watch process %04lx: %lu\n", pid, err );
        client_release( client );
        return err;
    }
    list_add_head( &clients, &client->entry );
    *ret = client;
    return ERROR_SUCCESS;
}

DWORD session_open( DWORD pid, const WCHAR *application, const WCHAR *computer, const WCHAR *user, DWORD *id )
{
    struct session *session;
    DWORD err;

    if (!(session = calloc( 1, sizeof(*session) ))) return ERROR_NOT_ENOUGH_MEMORY;
    list_init( &session->waits );
    lstrcpynW( session->application, application, ARRAY_SIZE(session->application) );
    lstrcpynW( session->computer, computer, ARRAY_SIZE(session->computer) );
    lstrcpynW( session->user, user, ARRAY_SIZE(session->user) );

    EnterCriticalSection( &session_lock );
    err = stopping ? ERROR_NOT_READY : get_client( pid, &session->client );
    if (!err)
    {
        client_grab( session->client );
        *id = session->id = new_id();
        list_add_tail( &session->client->sessions, &session->entry );
    }
    LeaveCriticalSection( &session_lock );

    if (err) free( session );
    else TRACE( "session %#lx of process %04lx, %s\n", *id, pid, debugstr_w(application) );
    return err;
}

/* a client that has sessions */
static struct client *busy_client(void)
{
    struct client *client;

    LIST_FOR_EACH_ENTRY( client, &clients, struct client, entry )
        if (!list_empty( &client->sessions )) return client;
    return NULL;
}

void sessions_stop(void)
{
    struct client *client;

    EnterCriticalSection( &session_lock );
    stopping = TRUE;
    while ((client = busy_client()))
    {
        client_grab( client );
        destroy_sessions( client, ERROR_NOT_CONNECTED );
        client_release( client );
    }
    while (destroying) SleepConditionVariableCS( &destroyed, &session_lock, INFINITE );
    LIST_FOR_EACH_ENTRY( client, &clients, struct client, entry ) WakeAllConditionVariable( &client->changed );
    LeaveCriticalSection( &session_lock );
}
