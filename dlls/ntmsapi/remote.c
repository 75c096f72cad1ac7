/*
 * Calls of the removable storage service
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

#include "rpcdcep.h"
#include "wine/exception.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmsapi);

/* What each function documents for a lost connection; those that document nothing get the code that the others use. */
static const struct
{
    const char *function;
    DWORD       error;
}
lost_errors[] =
{
    { "CloseNtmsSession",    ERROR_CONNECTION_UNAVAIL },
    { "OpenNtmsSession",     ERROR_NOT_CONNECTED },
    { "UpdateNtmsOmidInfo",  ERROR_NOT_CONNECTED },
};

/* The runtime keeps idle connections to the service, and does not notice when it dies.  So that a session which is opened
 * with the next service gets none of them, a lost connection is given up as a whole: when the calls that are under way
 * have returned, the binding and the context handles go, and with them all that the runtime has. */
static CRITICAL_SECTION connection_lock;
static CRITICAL_SECTION_DEBUG connection_lock_debug =
{
    0, 0, &connection_lock, { &connection_lock_debug.ProcessLocksList, &connection_lock_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": connection_lock") }
};
static CRITICAL_SECTION connection_lock = { &connection_lock_debug, -1, 0, 0, 0, 0 };

static LONG connection = 1;    /* number of the present one; connection_lock */
static unsigned int calls;     /* under way; connection_lock */
static BOOL lost;              /* there are calls on a connection that has been given up; connection_lock */

void * __RPC_USER MIDL_user_allocate( SIZE_T size )
{
    return malloc( size );
}

void __RPC_USER MIDL_user_free( void *ptr )
{
    free( ptr );
}

DWORD lost_connection_error( const char *function )
{
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(lost_errors); i++)
        if (!strcmp( lost_errors[i].function, function )) return lost_errors[i].error;
    return ERROR_NOT_CONNECTED;
}

DWORD current_connection(void)
{
    return InterlockedCompareExchange( &connection, 0, 0 );
}

static RPC_STATUS create_binding(void)
{
    WCHAR protseq[] = RSMP_PROTSEQ, endpoint[] = RSMP_ENDPOINT, *str;
    RPC_STATUS err;

    if ((err = RpcStringBindingComposeW( NULL, protseq, NULL, endpoint, NULL, &str ))) return err;
    err = RpcBindingFromStringBindingW( str, &rsmp_handle );
    RpcStringFreeW( &str );
    return err;
}

/* before each call; wanted is the connection of the session, or 0 for any */
static DWORD enter( DWORD wanted )
{
    RPC_STATUS err = RPC_S_OK;

    EnterCriticalSection( &connection_lock );
    if (lost || (wanted && wanted != connection)) err = RPC_S_SERVER_UNAVAILABLE;
    else if (!rsmp_handle) err = create_binding();
    if (!err) calls++;
    LeaveCriticalSection( &connection_lock );
    return err;
}

/* after each call that was entered */
static void leave( BOOL failed )
{
    EnterCriticalSection( &connection_lock );
    if (failed && !lost)
    {
        lost = TRUE;
        InterlockedIncrement( &connection );
    }
    if (!--calls && lost)
    {
        RpcBindingFree( &rsmp_handle );
        sessions_disconnect( connection - 1 );
        waits_disconnect( connection - 1 );
        lost = FALSE;
    }
    LeaveCriticalSection( &connection_lock );
}

static LONG CALLBACK rpc_filter( EXCEPTION_POINTERS *ptrs )
{
    return I_RpcExceptionFilter( ptrs->ExceptionRecord->ExceptionCode );
}

/* whether an exception means that the service is gone */
static BOOL is_lost( DWORD code )
{
    return code == RPC_S_SERVER_UNAVAILABLE || code == RPC_S_CALL_FAILED || code == RPC_S_CALL_FAILED_DNE
           || code == RPC_S_COMM_FAILURE || code == ERROR_BROKEN_PIPE;
}

/* the error of a call that ended in an exception */
static DWORD exception_error( const char *function, DWORD code )
{
    WARN( "%s: exception %#lx\n", function, code );

    switch (code)
    {
    case RPC_S_OUT_OF_MEMORY:
    case RPC_S_OUT_OF_RESOURCES:
        return ERROR_NOT_ENOUGH_MEMORY;
    case RPC_S_INVALID_BOUND:
    case RPC_X_NULL_REF_POINTER:
        return ERROR_INVALID_PARAMETER;
    default:
        return lost_connection_error( function );
    }
}

/* A call on a session: CALL_BEGIN, the call as an expression, CALL_END, which returns from the function.  A session that
 * the service does not know any more went with an earlier run of it, unless another thread has just closed it. */
#define CALL_BEGIN( session, name ) \
    static const char function[] = name; \
    struct session *call_session = session; \
    DWORD err, code = 0; \
    if (enter( call_session->connection )) return lost_connection_error( function ); \
    __TRY \
    { \
        err =

#define CALL_END \
    ; \
    } \
    __EXCEPT( rpc_filter ) \
    { \
        err = exception_error( function, (code = GetExceptionCode()) ); \
    } \
    __ENDTRY \
    leave( is_lost( code )); \
    if (!code && err == ERROR_INVALID_HANDLE && !call_session->closed) err = lost_connection_error( function ); \
    return err;

/* RPC_S_SERVER_UNAVAILABLE when there is no service to talk to */
DWORD remote_open( struct session *session, const WCHAR *application, const WCHAR *computer, const WCHAR *user )
{
    DWORD err, code = 0;

    if ((err = enter( 0 ))) return err;
    __TRY
    {
        err = rsmp_OpenNtmsServerSessionW( &session->context, &session->id, application, computer, user, 0 );
    }
    __EXCEPT( rpc_filter )
    {
        code = GetExceptionCode();
        err = exception_error( "OpenNtmsSession", code );
        /* no longer or not yet serving */
        if (is_lost( code ) || code == RPC_S_UNKNOWN_IF) err = RPC_S_SERVER_UNAVAILABLE;
    }
    __ENDTRY
    if (!err)
    {
        session->connection = connection;
        session_add( session );
    }
    leave( is_lost( code ));
    return err;
}

/* the context handle goes in any case, also when the service that knew it is gone */
DWORD remote_close( struct session *session )
{
    DWORD err, code = 0;

    if (enter( session->connection )) return lost_connection_error( "CloseNtmsSession" );
    __TRY
    {
        err = rsmp_CloseNtmsSession( &session->context );
    }
    __EXCEPT( rpc_filter )
    {
        err = exception_error( "CloseNtmsSession", (code = GetExceptionCode()) );
    }
    __ENDTRY
    if (session->context) RpcSsDestroyClientContext( &session->context );
    leave( is_lost( code ));
    return err;
}

DWORD remote_enumerate( struct session *session, const GUID *container, DWORD type, DWORD options, DWORD capacity,
                        DWORD *total, DWORD *count, GUID **list )
{
    CALL_BEGIN( session, "EnumerateNtmsObject" )
    rsmp_EnumerateNtmsObject( session->id, container, type, options, capacity, total, count, list )
    CALL_END
}

DWORD remote_get_information( struct session *session, const GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *info )
{
    CALL_BEGIN( session, "GetNtmsObjectInformation" )
    rsmp_GetNtmsServerObjectInformationW( session->id, id, type, (RSMP_OBJECTINFORMATION *)info )
    CALL_END
}

DWORD remote_create_pool( struct session *session, const WCHAR *name, const GUID *media_type, DWORD action,
                          const BYTE *descriptor, DWORD descriptor_size, GUID *pool )
{
    CALL_BEGIN( session, "CreateNtmsMediaPool" )
    rsmp_CreateNtmsMediaPoolW( session->id, name, media_type, action, descriptor_size, descriptor, pool )
    CALL_END
}

DWORD remote_move_to_pool( struct session *session, const GUID *media, const GUID *pool )
{
    CALL_BEGIN( session, "MoveToNtmsMediaPool" )
    rsmp_MoveToNtmsMediaPool( session->id, media, pool )
    CALL_END
}

DWORD remote_allocate( struct session *session, const GUID *pool, const GUID *partition, GUID *media, DWORD options,
                       DWORD timeout, GUID *allocated_from, DWORD *request )
{
    CALL_BEGIN( session, "AllocateNtmsMedia" )
    rsmp_AllocateNtmsMedia( session->id, pool, partition, media, options, timeout, allocated_from, request )
    CALL_END
}

DWORD remote_deallocate( struct session *session, const GUID *media, DWORD options )
{
    CALL_BEGIN( session, "DeallocateNtmsMedia" )
    rsmp_DeallocateNtmsMedia( session->id, media, options )
    CALL_END
}

DWORD remote_mount( struct session *session, const GUID *media, const GUID *drives, DWORD count, DWORD options,
                    int priority, DWORD timeout, DWORD *request )
{
    CALL_BEGIN( session, "MountNtmsMedia" )
    rsmp_MountNtmsMedia( session->id, count, media, drives, options, priority, timeout, request )
    CALL_END
}

DWORD remote_dismount( struct session *session, const GUID *media, DWORD count, DWORD options )
{
    CALL_BEGIN( session, "DismountNtmsMedia" )
    rsmp_DismountNtmsMedia( session->id, count, media, options )
    CALL_END
}

DWORD remote_update_omid( struct session *session, const GUID *media, DWORD label_type, const BYTE *buffer, DWORD size )
{
    CALL_BEGIN( session, "UpdateNtmsOmidInfo" )
    rsmp_UpdateNtmsOmidInfo( session->id, media, label_type, size, buffer )
    CALL_END
}

DWORD remote_wait_completions( DWORD wanted, DWORD *count, RSMP_COMPLETION **list )
{
    DWORD err, code = 0;

    if ((err = enter( wanted ))) return err;
    __TRY
    {
        err = rsmp_WaitNtmsCompletions( count, list );
    }
    __EXCEPT( rpc_filter )
    {
        err = code = GetExceptionCode();
    }
    __ENDTRY
    leave( is_lost( code ));
    return err;
}
