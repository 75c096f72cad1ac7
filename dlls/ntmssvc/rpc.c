/*
 * The local protocol: what ntmsapi.dll calls
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

#include "access.h"
#include "methods.h"

#include "rpcdcep.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

C_ASSERT( RSMP_MAX_WAIT_IDS == MAX_WAIT_IDS );
C_ASSERT( RSMP_MAX_NAME == NTMS_APPLICATIONNAME_LENGTH );
C_ASSERT( sizeof(RSMP_COMPLETION) == sizeof(struct completion) );
C_ASSERT( FIELD_OFFSET( RSMP_COMPLETION, ids ) == FIELD_OFFSET( struct completion, ids ) );

void * __RPC_USER MIDL_user_allocate( SIZE_T size )
{
    return malloc( size );
}

void __RPC_USER MIDL_user_free( void *ptr )
{
    free( ptr );
}

DWORD rpc_start(void)
{
    WCHAR protseq[] = RSMP_PROTSEQ, endpoint[] = RSMP_ENDPOINT;
    RPC_STATUS err;

    if ((err = RpcServerUseProtseqEpW( protseq, RPC_C_PROTSEQ_MAX_REQS_DEFAULT, endpoint, NULL ))) return err;
    if ((err = RpcServerRegisterIf( ntmsrpc_v1_0_s_ifspec, NULL, NULL ))) return err;
    if ((err = RpcServerListen( 1, RPC_C_LISTEN_MAX_CALLS_DEFAULT, TRUE )))
        RpcServerUnregisterIf( ntmsrpc_v1_0_s_ifspec, NULL, TRUE );
    return err;
}

void rpc_stop(void)
{
    RpcMgmtStopServerListening( NULL );
    RpcServerUnregisterIf( ntmsrpc_v1_0_s_ifspec, NULL, TRUE );
    RpcMgmtWaitServerListen();
}

/* the process that made the call that this thread serves; its token says who it is (the impersonation token of Wine's
 * runtime is the service's own) */
static DWORD caller_process( DWORD *pid )
{
    ULONG id;

    if (I_RpcBindingInqLocalClientPID( NULL, &id )) return ERROR_ACCESS_DENIED;
    *pid = id;
    return ERROR_SUCCESS;
}

DWORD enter_session( DWORD session_id, struct session **session )
{
    DWORD err, pid;

    if ((err = caller_process( &pid ))) return err;
    if ((err = libraries_wait_ready())) return err;
    return (*session = session_enter( session_id, pid )) ? ERROR_SUCCESS : ERROR_INVALID_HANDLE;
}

/* A session is for who may use the computer (RSM Security; the function's page does not name the error). */
static DWORD check_open( DWORD session_id, DWORD pid )
{
    struct session *session;
    DWORD err;

    if (!(session = session_enter( session_id, pid ))) return ERROR_NOT_CONNECTED;
    if (!(err = db_begin_read())) err = db_end( check_access( session, ACCESS_OpenNtmsSession, NULL ));
    session_leave( session );
    return !err || err == ERROR_ACCESS_DENIED ? err : ERROR_NOT_CONNECTED;
}

DWORD __cdecl rsmp_OpenNtmsServerSessionW( RSMP_SESSION *context, DWORD *id, const WCHAR *application,
                                           const WCHAR *client_name, const WCHAR *user_name, DWORD options )
{
    DWORD err, pid;

    *context = NULL;
    *id = 0;
    if (wcslen( application ) >= RSMP_MAX_NAME || wcslen( client_name ) >= RSMP_MAX_NAME || wcslen( user_name ) >= RSMP_MAX_NAME)
        return ERROR_INVALID_PARAMETER;
    if ((err = service_ready())) return err;
    if ((err = caller_process( &pid ))) return err;
    if ((err = session_open( pid, application, client_name, user_name, id ))) return err;
    if ((err = check_open( *id, pid )))
    {
        session_close( *id );
        *id = 0;
        return err;
    }
    *context = ULongToPtr( *id );
    return ERROR_SUCCESS;
}

DWORD __cdecl rsmp_CloseNtmsSession( RSMP_SESSION *context )
{
    session_close( PtrToUlong( *context ));
    *context = NULL;
    return ERROR_SUCCESS;
}

void __RPC_USER RSMP_SESSION_rundown( RSMP_SESSION context )
{
    session_close( PtrToUlong( context ));
}

DWORD __cdecl rsmp_WaitNtmsCompletions( DWORD *count, RSMP_COMPLETION **list )
{
    DWORD err, pid;

    *count = 0;
    *list = NULL;
    if ((err = caller_process( &pid ))) return err;
    if (!(*list = calloc( RSMP_MAX_COMPLETIONS, sizeof(**list) ))) return ERROR_NOT_ENOUGH_MEMORY;
    return session_fetch_completions( pid, (struct completion *)*list, RSMP_MAX_COMPLETIONS, count );
}
