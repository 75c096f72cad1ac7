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

/* the structures of the protocol are those of the API, on every architecture; the service compares them field by field */
C_ASSERT( sizeof(RSMP_OBJECTINFORMATION) == sizeof(NTMS_OBJECTINFORMATIONW) );
C_ASSERT( FIELD_OFFSET( RSMP_OBJECTINFORMATION, Info ) == FIELD_OFFSET( NTMS_OBJECTINFORMATIONW, Info ) );
C_ASSERT( sizeof(RSMP_PARTITIONINFORMATION) == sizeof(NTMS_PARTITIONINFORMATIONW) );
C_ASSERT( FIELD_OFFSET( RSMP_PARTITIONINFORMATION, Capacity ) == FIELD_OFFSET( NTMS_PARTITIONINFORMATIONW, Capacity ) );

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

/* Held while a session is opened, taken before connection_lock.  Two calls that are both the first of a connection would
 * make the runtime begin two associations, and the service would not know the context handles of one in the other. */
static CRITICAL_SECTION open_lock;
static CRITICAL_SECTION_DEBUG open_lock_debug =
{
    0, 0, &open_lock, { &open_lock_debug.ProcessLocksList, &open_lock_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": open_lock") }
};
static CRITICAL_SECTION open_lock = { &open_lock_debug, -1, 0, 0, 0, 0 };

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

/* The runtime knows an association by its address.  One with a service that is gone may stay behind (a call that finds the
 * service gone while it replaces a broken connection does not let go of its binding), and the next service would refuse
 * it.  So each connection has options of its own, which local RPC does not look at. */
static RPC_STATUS create_binding(void)
{
    WCHAR protseq[] = RSMP_PROTSEQ, endpoint[] = RSMP_ENDPOINT, options[32], *str;
    RPC_STATUS err;

    swprintf( options, ARRAY_SIZE(options), L"connection=%ld", connection );
    if ((err = RpcStringBindingComposeW( NULL, protseq, NULL, endpoint, options, &str ))) return err;
    err = RpcBindingFromStringBindingW( str, &rsmp_handle );
    RpcStringFreeW( &str );
    return err;
}

/* one call of the service */
struct call
{
    const char *function;     /* of the API */
    DWORD       connection;
    DWORD       error;        /* that the service or the transport gives */
    DWORD       exception;    /* code, or 0 */
};

/* before each call; wanted is the connection of the session, or 0 for any */
static BOOL call_begin( struct call *call, const char *function, DWORD wanted )
{
    call->function = function;
    call->error = RPC_S_OK;
    call->exception = 0;

    EnterCriticalSection( &connection_lock );
    if (lost || (wanted && wanted != connection)) call->error = lost_connection_error( function );
    else if (!rsmp_handle) call->error = create_binding();
    if (!call->error) calls++;
    call->connection = connection;
    LeaveCriticalSection( &connection_lock );
    return !call->error;
}

static LONG CALLBACK rpc_filter( EXCEPTION_POINTERS *ptrs )
{
    return I_RpcExceptionFilter( ptrs->ExceptionRecord->ExceptionCode );
}

/* whether an exception means that the service is gone */
static BOOL is_lost( DWORD exception )
{
    return exception == RPC_S_SERVER_UNAVAILABLE || exception == RPC_S_CALL_FAILED || exception == RPC_S_CALL_FAILED_DNE
           || exception == RPC_S_COMM_FAILURE;
}

static DWORD exception_error( const struct call *call )
{
    WARN( "%s: exception %#lx\n", call->function, call->exception );

    switch (call->exception)
    {
    case RPC_S_OUT_OF_MEMORY:
    case RPC_S_OUT_OF_RESOURCES:
        return ERROR_NOT_ENOUGH_MEMORY;
    case RPC_S_INVALID_BOUND:
    case RPC_X_NULL_REF_POINTER:
        return ERROR_INVALID_PARAMETER;
    default:
        return lost_connection_error( call->function );
    }
}

/* after each call that has begun */
static DWORD call_end( struct call *call )
{
    EnterCriticalSection( &connection_lock );
    if (is_lost( call->exception ) && !lost)
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
    return call->exception ? exception_error( call ) : call->error;
}

/* A session that the service does not know any more went with an earlier run of it, unless another thread has just closed
 * it. */
static DWORD session_call_end( struct call *call, const struct session *session )
{
    DWORD err = call_end( call );

    if (err == ERROR_INVALID_HANDLE && !session->closed) return lost_connection_error( call->function );
    return err;
}

static DWORD open_context( struct session *session, const WCHAR *application, const WCHAR *computer, const WCHAR *user )
{
    struct call call;
    DWORD err;

    if (!call_begin( &call, "OpenNtmsSession", 0 )) return RPC_S_SERVER_UNAVAILABLE;
    __TRY
    {
        call.error = rsmp_OpenNtmsServerSessionW( &session->context, &session->id, application, computer, user, 0 );
    }
    __EXCEPT( rpc_filter )
    {
        call.exception = GetExceptionCode();
    }
    __ENDTRY
    if (!call.exception && !call.error)
    {
        session->connection = call.connection;
        session_add( session );
    }
    err = call_end( &call );
    if (call.exception == RPC_S_UNKNOWN_IF) return RPC_S_UNKNOWN_IF;
    /* a pipe whose service has just died may look busy */
    return is_lost( call.exception ) || call.exception == RPC_S_SERVER_TOO_BUSY ? RPC_S_SERVER_UNAVAILABLE : err;
}

/* RPC_S_SERVER_UNAVAILABLE when there is no service to talk to, RPC_S_UNKNOWN_IF when it does not speak this protocol */
DWORD remote_open( struct session *session, const WCHAR *application, const WCHAR *computer, const WCHAR *user )
{
    DWORD err;

    EnterCriticalSection( &open_lock );
    err = open_context( session, application, computer, user );
    LeaveCriticalSection( &open_lock );
    return err;
}

static DWORD close_context( struct session *session )
{
    struct call call;

    if (!call_begin( &call, "CloseNtmsSession", session->connection )) return call.error;
    __TRY
    {
        call.error = rsmp_CloseNtmsSession( &session->context );
    }
    __EXCEPT( rpc_filter )
    {
        call.exception = GetExceptionCode();
    }
    __ENDTRY
    return call_end( &call );
}

/* the context handle goes in any case, also when the service that knew it is gone */
DWORD remote_close( struct session *session )
{
    DWORD err = close_context( session );

    if (session->context) RpcSsDestroyClientContext( &session->context );
    return err;
}

DWORD remote_enumerate( struct session *session, const GUID *container, DWORD type, DWORD options, DWORD capacity,
                        DWORD *total, DWORD *count, GUID **list )
{
    struct call call;

    if (!call_begin( &call, "EnumerateNtmsObject", session->connection )) return call.error;
    __TRY
    {
        call.error = rsmp_EnumerateNtmsObject( session->id, container, type, options, capacity, total, count, list );
    }
    __EXCEPT( rpc_filter )
    {
        call.exception = GetExceptionCode();
    }
    __ENDTRY
    return session_call_end( &call, session );
}

DWORD remote_get_information( struct session *session, const GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *info )
{
    struct call call;

    if (!call_begin( &call, "GetNtmsObjectInformation", session->connection )) return call.error;
    __TRY
    {
        call.error = rsmp_GetNtmsServerObjectInformationW( session->id, id, type, (RSMP_OBJECTINFORMATION *)info );
    }
    __EXCEPT( rpc_filter )
    {
        call.exception = GetExceptionCode();
    }
    __ENDTRY
    return session_call_end( &call, session );
}

DWORD remote_create_pool( struct session *session, const WCHAR *name, const GUID *media_type, DWORD action,
                          const BYTE *descriptor, DWORD descriptor_size, GUID *pool )
{
    struct call call;

    if (!call_begin( &call, "CreateNtmsMediaPool", session->connection )) return call.error;
    __TRY
    {
        call.error = rsmp_CreateNtmsMediaPoolW( session->id, name, media_type, action, descriptor_size, descriptor,
                                                pool );
    }
    __EXCEPT( rpc_filter )
    {
        call.exception = GetExceptionCode();
    }
    __ENDTRY
    return session_call_end( &call, session );
}

DWORD remote_move_to_pool( struct session *session, const GUID *media, const GUID *pool )
{
    struct call call;

    if (!call_begin( &call, "MoveToNtmsMediaPool", session->connection )) return call.error;
    __TRY
    {
        call.error = rsmp_MoveToNtmsMediaPool( session->id, media, pool );
    }
    __EXCEPT( rpc_filter )
    {
        call.exception = GetExceptionCode();
    }
    __ENDTRY
    return session_call_end( &call, session );
}

DWORD remote_allocate( struct session *session, const GUID *pool, const GUID *partition, GUID *media, DWORD options,
                       DWORD timeout, GUID *allocated_from, DWORD *request )
{
    struct call call;

    if (!call_begin( &call, "AllocateNtmsMedia", session->connection )) return call.error;
    __TRY
    {
        call.error = rsmp_AllocateNtmsMedia( session->id, pool, partition, media, options, timeout, allocated_from,
                                             request );
    }
    __EXCEPT( rpc_filter )
    {
        call.exception = GetExceptionCode();
    }
    __ENDTRY
    return session_call_end( &call, session );
}

DWORD remote_deallocate( struct session *session, const GUID *media, DWORD options )
{
    struct call call;

    if (!call_begin( &call, "DeallocateNtmsMedia", session->connection )) return call.error;
    __TRY
    {
        call.error = rsmp_DeallocateNtmsMedia( session->id, media, options );
    }
    __EXCEPT( rpc_filter )
    {
        call.exception = GetExceptionCode();
    }
    __ENDTRY
    return session_call_end( &call, session );
}

DWORD remote_mount( struct session *session, const GUID *media, const GUID *drives, DWORD count, DWORD options,
                    int priority, DWORD timeout, DWORD *request )
{
    struct call call;

    if (!call_begin( &call, "MountNtmsMedia", session->connection )) return call.error;
    __TRY
    {
        call.error = rsmp_MountNtmsMedia( session->id, count, media, drives, options, priority, timeout, request );
    }
    __EXCEPT( rpc_filter )
    {
        call.exception = GetExceptionCode();
    }
    __ENDTRY
    return session_call_end( &call, session );
}

DWORD remote_dismount( struct session *session, const GUID *media, DWORD count, DWORD options )
{
    struct call call;

    if (!call_begin( &call, "DismountNtmsMedia", session->connection )) return call.error;
    __TRY
    {
        call.error = rsmp_DismountNtmsMedia( session->id, count, media, options );
    }
    __EXCEPT( rpc_filter )
    {
        call.exception = GetExceptionCode();
    }
    __ENDTRY
    return session_call_end( &call, session );
}

DWORD remote_update_omid( struct session *session, const GUID *media, DWORD label_type, const BYTE *buffer, DWORD size )
{
    struct call call;

    if (!call_begin( &call, "UpdateNtmsOmidInfo", session->connection )) return call.error;
    __TRY
    {
        call.error = rsmp_UpdateNtmsOmidInfo( session->id, media, label_type, size, buffer );
    }
    __EXCEPT( rpc_filter )
    {
        call.exception = GetExceptionCode();
    }
    __ENDTRY
    return session_call_end( &call, session );
}

/* whatever goes wrong, its waits are lost */
DWORD remote_wait_completions( DWORD wanted, DWORD *count, RSMP_COMPLETION **list )
{
    struct call call;

    if (!call_begin( &call, "WaitNtmsCompletions", wanted )) return call.error;
    __TRY
    {
        call.error = rsmp_WaitNtmsCompletions( count, list );
    }
    __EXCEPT( rpc_filter )
    {
        call.exception = GetExceptionCode();
    }
    __ENDTRY
    return call_end( &call );
}
