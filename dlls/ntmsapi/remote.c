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
    { "CloseNtmsSession",       ERROR_CONNECTION_UNAVAIL },
    { "ExportNtmsDatabase",     ERROR_NOT_CONNECTED },
    { "GetNtmsObjectAttribute", ERROR_NOT_CONNECTED },
    { "ImportNtmsDatabase",     ERROR_NOT_CONNECTED },
    { "OpenNtmsSession",        ERROR_NOT_CONNECTED },
    { "SetNtmsObjectAttribute", ERROR_NOT_CONNECTED },
    { "UpdateNtmsOmidInfo",     ERROR_NOT_CONNECTED },
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

DWORD bad_reply( const char *function )
{
    ERR( "%s: the reply makes no sense\n", function );
    return lost_connection_error( function );
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

/* the body of a function that is one method on a session */
#define SESSION_CALL( session, function, method ) \
    struct call call; \
    \
    if (!call_begin( &call, function, (session)->connection )) return call.error; \
    __TRY \
    { \
        call.error = method; \
    } \
    __EXCEPT( rpc_filter ) \
    { \
        call.exception = GetExceptionCode(); \
    } \
    __ENDTRY \
    return session_call_end( &call, session )

DWORD remote_enumerate( struct session *session, const GUID *container, DWORD type, DWORD options, DWORD capacity,
                        DWORD *total, DWORD *count, GUID **list )
{
    SESSION_CALL( session, "EnumerateNtmsObject",
                  rsmp_EnumerateNtmsObject( session->id, container, type, options, capacity, total, count, list ));
}

DWORD remote_get_information( struct session *session, const GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *info )
{
    SESSION_CALL( session, "GetNtmsObjectInformation",
                  rsmp_GetNtmsServerObjectInformationW( session->id, id, type, (RSMP_OBJECTINFORMATION *)info ));
}

DWORD remote_set_information( struct session *session, const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    SESSION_CALL( session, "SetNtmsObjectInformation",
                  rsmp_SetNtmsObjectInformationW( session->id, id, (const RSMP_OBJECTINFORMATION *)info ));
}

DWORD remote_get_attribute( struct session *session, const GUID *id, DWORD type, const WCHAR *name, DWORD capacity,
                            DWORD *total, DWORD *count, BYTE **data )
{
    SESSION_CALL( session, "GetNtmsObjectAttribute",
                  rsmp_GetNtmsObjectAttributeW( session->id, id, type, name, capacity, total, count, data ));
}

DWORD remote_set_attribute( struct session *session, const GUID *id, DWORD type, const WCHAR *name, const BYTE *data,
                            DWORD size )
{
    SESSION_CALL( session, "SetNtmsObjectAttribute",
                  rsmp_SetNtmsObjectAttributeW( session->id, id, type, name, size, data ));
}

DWORD remote_get_security( struct session *session, const GUID *id, DWORD type, SECURITY_INFORMATION information,
                           DWORD capacity, DWORD *total, DWORD *count, BYTE **descriptor )
{
    SESSION_CALL( session, "GetNtmsObjectSecurity",
                  rsmp_GetNtmsObjectSecurity( session->id, id, type, information, capacity, total, count, descriptor ));
}

DWORD remote_set_security( struct session *session, const GUID *id, DWORD type, SECURITY_INFORMATION information,
                           const BYTE *descriptor, DWORD size )
{
    SESSION_CALL( session, "SetNtmsObjectSecurity",
                  rsmp_SetNtmsObjectSecurity( session->id, id, type, information, size, descriptor ));
}

DWORD remote_get_ui_options( struct session *session, const GUID *id, DWORD type, DWORD capacity, DWORD *total,
                             DWORD *count, WCHAR **destinations )
{
    SESSION_CALL( session, "GetNtmsUIOptions",
                  rsmp_GetNtmsUIOptionsW( session->id, id, type, capacity, total, count, destinations ));
}

DWORD remote_set_ui_options( struct session *session, const GUID *id, DWORD type, DWORD operation, const WCHAR *destination )
{
    SESSION_CALL( session, "SetNtmsUIOptions", rsmp_SetNtmsUIOptionsW( session->id, id, type, operation, destination ));
}

DWORD remote_enable( struct session *session, DWORD type, const GUID *id )
{
    SESSION_CALL( session, "EnableNtmsObject", rsmp_EnableNtmsObject( session->id, type, id ));
}

DWORD remote_disable( struct session *session, DWORD type, const GUID *id )
{
    SESSION_CALL( session, "DisableNtmsObject", rsmp_DisableNtmsObject( session->id, type, id ));
}

DWORD remote_export_database( struct session *session )
{
    SESSION_CALL( session, "ExportNtmsDatabase", rsmp_ExportNtmsDatabase( session->id ));
}

DWORD remote_import_database( struct session *session )
{
    SESSION_CALL( session, "ImportNtmsDatabase", rsmp_ImportNtmsDatabase( session->id ));
}

DWORD remote_create_pool( struct session *session, const WCHAR *name, const GUID *media_type, DWORD action,
                          const BYTE *descriptor, DWORD descriptor_size, GUID *pool )
{
    SESSION_CALL( session, "CreateNtmsMediaPool",
                  rsmp_CreateNtmsMediaPoolW( session->id, name, media_type, action, descriptor_size, descriptor, pool ));
}

DWORD remote_get_pool_name( struct session *session, const GUID *pool, WCHAR name[RSMP_MAX_POOL_NAME] )
{
    SESSION_CALL( session, "GetNtmsMediaPoolName", rsmp_GetNtmsMediaPoolNameW( session->id, pool, name ));
}

DWORD remote_delete_pool( struct session *session, const GUID *pool )
{
    SESSION_CALL( session, "DeleteNtmsMediaPool", rsmp_DeleteNtmsMediaPool( session->id, pool ));
}

DWORD remote_move_to_pool( struct session *session, const GUID *media, const GUID *pool )
{
    SESSION_CALL( session, "MoveToNtmsMediaPool", rsmp_MoveToNtmsMediaPool( session->id, media, pool ));
}

DWORD remote_allocate( struct session *session, const GUID *pool, const GUID *partition, GUID *media, DWORD options,
                       DWORD timeout, GUID *allocated_from, DWORD *request )
{
    SESSION_CALL( session, "AllocateNtmsMedia",
                  rsmp_AllocateNtmsMedia( session->id, pool, partition, media, options, timeout, allocated_from, request ));
}

DWORD remote_deallocate( struct session *session, const GUID *media, DWORD options )
{
    SESSION_CALL( session, "DeallocateNtmsMedia", rsmp_DeallocateNtmsMedia( session->id, media, options ));
}

DWORD remote_decommission( struct session *session, const GUID *side )
{
    SESSION_CALL( session, "DecommissionNtmsMedia", rsmp_DecommissionNtmsMedia( session->id, side ));
}

DWORD remote_set_complete( struct session *session, const GUID *media )
{
    SESSION_CALL( session, "SetNtmsMediaComplete", rsmp_SetNtmsMediaComplete( session->id, media ));
}

DWORD remote_delete_media( struct session *session, const GUID *media )
{
    SESSION_CALL( session, "DeleteNtmsMedia", rsmp_DeleteNtmsMedia( session->id, media ));
}

DWORD remote_swap_media( struct session *session, const GUID *media1, const GUID *media2 )
{
    SESSION_CALL( session, "SwapNtmsMedia", rsmp_SwapNtmsMedia( session->id, media1, media2 ));
}

DWORD remote_create_media( struct session *session, NTMS_OBJECTINFORMATIONW *media, NTMS_OBJECTINFORMATIONW *sides,
                           DWORD count, DWORD options )
{
    SESSION_CALL( session, "CreateNtmsMedia",
                  rsmp_CreateNtmsMediaW( session->id, (RSMP_OBJECTINFORMATION *)media, count,
                                         (RSMP_OBJECTINFORMATION *)sides, options ));
}

DWORD remote_add_media_type( struct session *session, const GUID *media_type, const GUID *library )
{
    SESSION_CALL( session, "AddNtmsMediaType", rsmp_AddNtmsMediaType( session->id, media_type, library ));
}

DWORD remote_delete_media_type( struct session *session, const GUID *media_type, const GUID *library )
{
    SESSION_CALL( session, "DeleteNtmsMediaType", rsmp_DeleteNtmsMediaType( session->id, media_type, library ));
}

DWORD remote_change_media_type( struct session *session, const GUID *media, const GUID *pool )
{
    SESSION_CALL( session, "ChangeNtmsMediaType", rsmp_ChangeNtmsMediaType( session->id, media, pool ));
}

DWORD remote_delete_library( struct session *session, const GUID *library )
{
    SESSION_CALL( session, "DeleteNtmsLibrary", rsmp_DeleteNtmsLibrary( session->id, library ));
}

DWORD remote_delete_drive( struct session *session, const GUID *drive )
{
    SESSION_CALL( session, "DeleteNtmsDrive", rsmp_DeleteNtmsDrive( session->id, drive ));
}

DWORD remote_mount( struct session *session, const GUID *media, const GUID *drives, DWORD count, DWORD options,
                    int priority, DWORD timeout, DWORD *request )
{
    SESSION_CALL( session, "MountNtmsMedia",
                  rsmp_MountNtmsMedia( session->id, count, media, drives, options, priority, timeout, request ));
}

DWORD remote_dismount( struct session *session, const GUID *media, DWORD count, DWORD options )
{
    SESSION_CALL( session, "DismountNtmsMedia", rsmp_DismountNtmsMedia( session->id, count, media, options ));
}

DWORD remote_update_omid( struct session *session, const GUID *media, DWORD label_type, const BYTE *buffer, DWORD size )
{
    SESSION_CALL( session, "UpdateNtmsOmidInfo",
                  rsmp_UpdateNtmsOmidInfo( session->id, media, label_type, size, buffer ));
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

DWORD remote_dismount_drive( struct session *session, const GUID *drive )
{
    SESSION_CALL( session, "DismountNtmsDrive", rsmp_DismountNtmsDrive( session->id, drive ));
}

DWORD remote_cancel_library_request( struct session *session, const GUID *request )
{
    SESSION_CALL( session, "CancelNtmsLibraryRequest", rsmp_CancelNtmsLibraryRequest( session->id, request ));
}

DWORD remote_delete_requests( struct session *session, const GUID *requests, DWORD type, DWORD count )
{
    SESSION_CALL( session, "DeleteNtmsRequests", rsmp_DeleteNtmsRequests( session->id, count, requests, type ));
}

DWORD remote_get_request_order( struct session *session, const GUID *request, DWORD *order )
{
    SESSION_CALL( session, "GetNtmsRequestOrder", rsmp_GetNtmsRequestOrder( session->id, request, order ));
}

DWORD remote_set_request_order( struct session *session, const GUID *request, DWORD order )
{
    SESSION_CALL( session, "SetNtmsRequestOrder", rsmp_SetNtmsRequestOrder( session->id, request, order ));
}

DWORD remote_submit_operator_request( struct session *session, DWORD kind, const WCHAR *message, const GUID *arg1,
                                      const GUID *arg2, GUID *id )
{
    SESSION_CALL( session, "SubmitNtmsOperatorRequest",
                  rsmp_SubmitNtmsOperatorRequestW( session->id, kind, message, arg1, arg2, id ));
}

DWORD remote_wait_operator_request( struct session *session, const GUID *id, DWORD timeout, DWORD *request )
{
    SESSION_CALL( session, "WaitForNtmsOperatorRequest",
                  rsmp_WaitForNtmsOperatorRequest( session->id, id, timeout, request ));
}

DWORD remote_cancel_operator_request( struct session *session, const GUID *id )
{
    SESSION_CALL( session, "CancelNtmsOperatorRequest", rsmp_CancelNtmsOperatorRequest( session->id, id ));
}

DWORD remote_satisfy_operator_request( struct session *session, const GUID *id )
{
    SESSION_CALL( session, "SatisfyNtmsOperatorRequest", rsmp_SatisfyNtmsOperatorRequest( session->id, id ));
}

DWORD remote_open_notification( struct session *session, DWORD type, DWORD *channel )
{
    SESSION_CALL( session, "OpenNtmsNotification", rsmp_AddNotification( session->id, type, channel ));
}

DWORD remote_close_notification( struct session *session, DWORD channel )
{
    SESSION_CALL( session, "CloseNtmsNotification", rsmp_RemoveNotification( session->id, channel ));
}

DWORD remote_wait_notification( struct session *session, DWORD channel, DWORD timeout, DWORD *operation, GUID *id,
                                DWORD *request )
{
    SESSION_CALL( session, "WaitForNtmsNotification",
                  rsmp_WaitForNtmsNotification( session->id, channel, timeout, operation, id, request ));
}
