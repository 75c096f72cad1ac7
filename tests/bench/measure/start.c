/*
 * Measuring the start of the removable storage service, and of an empty service
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

#include <stdio.h>
#include <stdlib.h>
#include "measure.h"

#include "winsvc.h"
#include "rpc.h"
#include "rpcdcep.h"
#include "emptyrpc.h"
#include "wine/exception.h"

#define STOP_TIMEOUT 60000   /* ms */
#define START_TIMEOUT 30000

void * __RPC_USER MIDL_user_allocate( SIZE_T size )
{
    return malloc( size );
}

void __RPC_USER MIDL_user_free( void *ptr )
{
    free( ptr );
}

static SC_HANDLE open_service( const WCHAR *name, DWORD access )
{
    SC_HANDLE service, manager = OpenSCManagerW( NULL, NULL, SC_MANAGER_CONNECT );

    if (!manager || !(service = OpenServiceW( manager, name, access ))) fail( name, GetLastError() );
    CloseServiceHandle( manager );
    return service;
}

/* when it has returned the service is stopped and its process gone */
static void stop_service( const WCHAR *name )
{
    SC_HANDLE service = open_service( name, SERVICE_STOP | SERVICE_QUERY_STATUS );
    SERVICE_STATUS_PROCESS status;
    SERVICE_STATUS ignored;
    HANDLE process;
    DWORD size;

    if (!QueryServiceStatusEx( service, SC_STATUS_PROCESS_INFO, (BYTE *)&status, sizeof(status), &size ))
        fail( L"QueryServiceStatusEx", GetLastError() );
    if (status.dwCurrentState != SERVICE_STOPPED)
    {
        if (!(process = OpenProcess( SYNCHRONIZE, FALSE, status.dwProcessId ))) fail( L"OpenProcess", GetLastError() );
        if (!ControlService( service, SERVICE_CONTROL_STOP, &ignored )) fail( L"ControlService", GetLastError() );
        if (WaitForSingleObject( process, STOP_TIMEOUT )) fail( L"stopping the service", ERROR_TIMEOUT );
        CloseHandle( process );
        Sleep( 500 );  /* let what the process leaves behind be cleared away */
    }
    CloseServiceHandle( service );
}

/* a connection of its own for each run of the service, as ntmsapi makes them */
static void bind_empty_service(void)
{
    static unsigned int connection;
    WCHAR protseq[] = EMPTY_PROTSEQ, endpoint[] = EMPTY_ENDPOINT, options[32], *str;

    wsprintfW( options, L"connection=%u", ++connection );
    if (empty_handle) RpcBindingFree( &empty_handle );
    check( RpcStringBindingComposeW( NULL, protseq, NULL, endpoint, options, &str ), L"RpcStringBindingCompose" );
    check( RpcBindingFromStringBindingW( str, &empty_handle ), L"RpcBindingFromStringBinding" );
    RpcStringFreeW( &str );
}

DWORD call_empty_service(void)
{
    DWORD err;

    __TRY
    {
        err = empty_call();
    }
    __EXCEPT_ALL
    {
        err = GetExceptionCode();
    }
    __ENDTRY
    return err;
}

/* tries, starts and tries again just as ntmsapi.dll does */
void open_empty_service(void)
{
    DWORD err, begin = GetTickCount(), delay = 5;
    SC_HANDLE service;

    bind_empty_service();
    while ((err = call_empty_service()))
    {
        if (err != RPC_S_SERVER_UNAVAILABLE && err != RPC_S_UNKNOWN_IF) fail( L"calling the empty service", err );
        if (err == RPC_S_SERVER_UNAVAILABLE)
        {
            service = open_service( L"EmptySvc", SERVICE_START );
            if (!StartServiceW( service, 0, NULL ) && GetLastError() != ERROR_SERVICE_ALREADY_RUNNING)
                fail( L"StartService", GetLastError() );
            CloseServiceHandle( service );
        }
        if (GetTickCount() - begin >= START_TIMEOUT) fail( L"starting the empty service", ERROR_TIMEOUT );
        Sleep( delay );
        delay = min( delay * 2, 100 );
    }
}

/* until the first session is open or the first call answered; for NtmsSvc also the first enumeration after that */
void measure_start( int argc, WCHAR **argv )
{
    UINT64 begin, opened, end;
    DWORD count;

    if (argc != 1) fail( L"start SERVICE", ERROR_INVALID_PARAMETER );
    stop_service( argv[0] );
    begin = now();
    if (!lstrcmpiW( argv[0], L"EmptySvc" ))
    {
        open_empty_service();
        say( L"%I64u\n", now() - begin );
        return;
    }
    open_session( L"Benchmark" );
    opened = now();
    free( list_objects( NULL, NTMS_LIBRARY, &count ));
    end = now();
    close_session();
    session = NULL;
    say( L"%I64u %I64u\n", opened - begin, end - opened );
}
