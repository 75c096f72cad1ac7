/*
 * Sessions of a program with the removable storage service
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

#define START_TIMEOUT 30000  /* ms that the service may take to start */
#define MAX_SERVER_NAME 255

static CRITICAL_SECTION session_lock;
static CRITICAL_SECTION_DEBUG session_lock_debug =
{
    0, 0, &session_lock, { &session_lock_debug.ProcessLocksList, &session_lock_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": session_lock") }
};
static CRITICAL_SECTION session_lock = { &session_lock_debug, -1, 0, 0, 0, 0 };

static struct list sessions = LIST_INIT( sessions );   /* those with a handle; session_lock */

/* Handles only grow, so that one that has been closed does not come to mean another session; they do not look like those
 * of the kernel, which are small. */
static LONG last_handle = 0x4e000000;

struct session *session_grab( HANDLE handle )
{
    struct session *session;

    EnterCriticalSection( &session_lock );
    LIST_FOR_EACH_ENTRY( session, &sessions, struct session, entry )
    {
        if (session->handle != handle) continue;
        InterlockedIncrement( &session->refs );
        LeaveCriticalSection( &session_lock );
        return session;
    }
    LeaveCriticalSection( &session_lock );
    WARN( "invalid handle %p\n", handle );
    return NULL;
}

void session_release( struct session *session )
{
    if (!InterlockedDecrement( &session->refs )) free( session );
}

void session_add( struct session *session )
{
    session->refs = 1;
    session->handle = LongToHandle( InterlockedExchangeAdd( &last_handle, 4 ) + 4 );
    EnterCriticalSection( &session_lock );
    list_add_head( &sessions, &session->entry );
    LeaveCriticalSection( &session_lock );
}

DWORD call_with_object( HANDLE handle, const GUID *id, DWORD (*func)( struct session *, const GUID * ) )
{
    struct session *session;
    DWORD err;

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    err = id ? func( session, id ) : ERROR_INVALID_PARAMETER;
    session_release( session );
    return err;
}

DWORD call_with_objects( HANDLE handle, const GUID *id1, const GUID *id2,
                         DWORD (*func)( struct session *, const GUID *, const GUID * ) )
{
    struct session *session;
    DWORD err;

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    err = id1 && id2 ? func( session, id1, id2 ) : ERROR_INVALID_PARAMETER;
    session_release( session );
    return err;
}

/* takes the handle away; the caller owns the reference of the table */
static struct session *session_remove( HANDLE handle )
{
    struct session *session;

    EnterCriticalSection( &session_lock );
    LIST_FOR_EACH_ENTRY( session, &sessions, struct session, entry )
    {
        if (session->handle != handle) continue;
        session->closed = TRUE;
        list_remove( &session->entry );
        LeaveCriticalSection( &session_lock );
        return session;
    }
    LeaveCriticalSection( &session_lock );
    return NULL;
}

void sessions_disconnect( DWORD connection )
{
    struct session *session;

    EnterCriticalSection( &session_lock );
    LIST_FOR_EACH_ENTRY( session, &sessions, struct session, entry )
        if (session->connection == connection && session->context) RpcSsDestroyClientContext( &session->context );
    LeaveCriticalSection( &session_lock );
}

/* letters, digits and whatever else a NetBIOS or DNS name may contain */
static BOOL is_valid_computer_name( const WCHAR *name )
{
    DWORD i;

    for (i = 0; name[i]; i++)
        if (i >= MAX_SERVER_NAME || name[i] <= ' ' || wcschr( L"\"/\\[]:|<>+=;,?*", name[i] )) return FALSE;
    return i > 0;
}

static BOOL is_own_name( const WCHAR *name )
{
    static const COMPUTER_NAME_FORMAT formats[] =
    {
        ComputerNameNetBIOS, ComputerNameDnsHostname, ComputerNameDnsFullyQualified
    };
    WCHAR own[MAX_SERVER_NAME + 1];
    unsigned int i;
    DWORD size;

    if (!wcscmp( name, L"." ) || !lstrcmpiW( name, L"localhost" )) return TRUE;
    for (i = 0; i < ARRAY_SIZE(formats); i++)
    {
        size = ARRAY_SIZE(own);
        if (GetComputerNameExW( formats[i], own, &size ) && !lstrcmpiW( name, own )) return TRUE;
    }
    return FALSE;
}

/* Only this computer's service can be reached: the documented way to another one is DCOM. */
static DWORD check_server( const WCHAR *server )
{
    if (!server || !server[0]) return ERROR_SUCCESS;
    if (server[0] == '\\' && server[1] == '\\') server += 2;
    if (!is_valid_computer_name( server )) return ERROR_INVALID_COMPUTERNAME;
    if (is_own_name( server )) return ERROR_SUCCESS;
    FIXME( "the service of another computer, %s\n", debugstr_w(server) );
    return ERROR_NOT_CONNECTED;
}

static void get_own_names( WCHAR computer[RSMP_MAX_NAME], WCHAR user[RSMP_MAX_NAME] )
{
    WCHAR name[257];  /* UNLEN + 1 */
    DWORD size = RSMP_MAX_NAME;

    if (!GetComputerNameW( computer, &size )) computer[0] = 0;
    size = ARRAY_SIZE(name);
    if (!GetUserNameW( name, &size )) name[0] = 0;
    if (size > RSMP_MAX_NAME) WARN( "user name %s is cut\n", debugstr_w(name) );
    lstrcpynW( user, name, RSMP_MAX_NAME );
}

/* starts the service when it cannot be reached, and waits until it serves */
static DWORD connect_session( struct session *session, const WCHAR *application )
{
    WCHAR computer[RSMP_MAX_NAME], user[RSMP_MAX_NAME];
    DWORD err, begin = GetTickCount(), delay = 5;
    BOOL started = FALSE;

    get_own_names( computer, user );
    for (;;)
    {
        err = remote_open( session, application, computer, user );
        if (err == RPC_S_SERVER_UNAVAILABLE)
        {
            if ((err = start_service( &started ))) return err;
        }
        else if (err != ERROR_NOT_READY && err != RPC_S_UNKNOWN_IF) return err;

        if (GetTickCount() - begin >= START_TIMEOUT)
            return err == RPC_S_UNKNOWN_IF ? RPC_S_NO_INTERFACES : ERROR_NOT_READY;
        Sleep( delay );
        delay = min( delay * 2, 40 );
    }
}

static DWORD open_session( const WCHAR *application, HANDLE *handle )
{
    struct session *session;
    DWORD err;

    if (!(session = calloc( 1, sizeof(*session) ))) return ERROR_NOT_ENOUGH_MEMORY;
    if ((err = connect_session( session, application ))) free( session );
    else *handle = session->handle;
    return err;
}

/***********************************************************************
 *             OpenNtmsSessionW  (ntmsapi.@)
 */
HANDLE WINAPI OpenNtmsSessionW( const WCHAR *server, const WCHAR *application, DWORD options )
{
    HANDLE handle = INVALID_HANDLE_VALUE;
    DWORD err;

    TRACE( "%s, %s, %#lx\n", debugstr_w(server), debugstr_w(application), options );

    if (!application || !application[0]) application = L"RSM";
    if (options || wcslen( application ) >= RSMP_MAX_NAME) err = ERROR_INVALID_PARAMETER;
    else if (!(err = check_server( server ))) err = open_session( application, &handle );

    if (err) SetLastError( err );
    TRACE( "returning %p, error %lu\n", handle, err );
    return handle;
}

/***********************************************************************
 *             OpenNtmsSessionA  (ntmsapi.@)
 */
HANDLE WINAPI OpenNtmsSessionA( const char *server, const char *application, DWORD options )
{
    WCHAR *serverW = NULL, *applicationW = NULL;
    HANDLE ret = INVALID_HANDLE_VALUE;
    DWORD err;

    if ((err = string_to_wide( server, &serverW )) || (err = string_to_wide( application, &applicationW )))
        SetLastError( err );
    else
        ret = OpenNtmsSessionW( serverW, applicationW, options );
    free( serverW );
    free( applicationW );
    return ret;
}

/***********************************************************************
 *             CloseNtmsSession  (ntmsapi.@)
 *
 * The service ends what other threads wait for on this session.
 */
DWORD WINAPI CloseNtmsSession( HANDLE handle )
{
    struct session *session;
    DWORD err;

    TRACE( "%p\n", handle );

    if (!(session = session_remove( handle ))) return ERROR_INVALID_HANDLE;
    err = remote_close( session );
    session_release( session );
    return err;
}
