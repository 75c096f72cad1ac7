/*
 * EmptySvc: a service like NtmsSvc that does nothing, to measure what starting and calling one costs
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

#include <stdarg.h>
#include <stdlib.h>

#include "windef.h"
#include "winbase.h"
#include "winsvc.h"
#include "rpc.h"
#include "rpcdcep.h"
#include "emptyrpc.h"

static SERVICE_STATUS_HANDLE status_handle;
static HANDLE stop_event;

void * __RPC_USER MIDL_user_allocate( SIZE_T size )
{
    return malloc( size );
}

void __RPC_USER MIDL_user_free( void *ptr )
{
    free( ptr );
}

DWORD __cdecl empty_call(void)
{
    return ERROR_SUCCESS;
}

static DWORD rpc_start(void)
{
    WCHAR protseq[] = EMPTY_PROTSEQ, endpoint[] = EMPTY_ENDPOINT;
    RPC_STATUS err;

    if ((err = RpcServerUseProtseqEpW( protseq, RPC_C_PROTSEQ_MAX_REQS_DEFAULT, endpoint, NULL ))) return err;
    if ((err = RpcServerRegisterIf( emptyrpc_v1_0_s_ifspec, NULL, NULL ))) return err;
    return RpcServerListen( 1, RPC_C_LISTEN_MAX_CALLS_DEFAULT, TRUE );
}

static void report_status( DWORD state, DWORD error )
{
    SERVICE_STATUS status = { SERVICE_WIN32_SHARE_PROCESS, state };

    if (state == SERVICE_RUNNING) status.dwControlsAccepted = SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN;
    if (state == SERVICE_START_PENDING) status.dwWaitHint = 30000;
    status.dwWin32ExitCode = error;
    SetServiceStatus( status_handle, &status );
}

static DWORD WINAPI service_handler( DWORD control, DWORD event_type, void *event_data, void *context )
{
    if (control == SERVICE_CONTROL_INTERROGATE) return ERROR_SUCCESS;
    if (control != SERVICE_CONTROL_STOP && control != SERVICE_CONTROL_SHUTDOWN) return ERROR_CALL_NOT_IMPLEMENTED;
    report_status( SERVICE_STOP_PENDING, ERROR_SUCCESS );
    SetEvent( stop_event );
    return ERROR_SUCCESS;
}

void WINAPI ServiceMain( DWORD argc, LPWSTR *argv )
{
    DWORD err;

    if (!(stop_event = CreateEventW( NULL, TRUE, FALSE, NULL ))) return;
    if (!(status_handle = RegisterServiceCtrlHandlerExW( L"EmptySvc", service_handler, NULL ))) return;
    report_status( SERVICE_START_PENDING, ERROR_SUCCESS );
    if (!(err = rpc_start()))
    {
        report_status( SERVICE_RUNNING, ERROR_SUCCESS );
        WaitForSingleObject( stop_event, INFINITE );
        RpcMgmtStopServerListening( NULL );
        RpcServerUnregisterIf( emptyrpc_v1_0_s_ifspec, NULL, TRUE );
        RpcMgmtWaitServerListen();
    }
    report_status( SERVICE_STOPPED, err );
}
