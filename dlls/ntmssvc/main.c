/*
 * NtmsSvc, the removable storage service: start and stop
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

#include "winsvc.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

#define WAIT_HINT 30000  /* ms for one step of starting or stopping: a library may have to be asked for its contents */

static SERVICE_STATUS_HANDLE status_handle;
static HANDLE stop_event;

static CRITICAL_SECTION work_lock;   /* held while work begins, and for each change of ready_error; the outermost lock */
static CRITICAL_SECTION_DEBUG work_lock_debug =
{
    0, 0, &work_lock, { &work_lock_debug.ProcessLocksList, &work_lock_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": work_lock") }
};
static CRITICAL_SECTION work_lock = { &work_lock_debug, -1, 0, 0, 0, 0 };

static LONG ready_error = ERROR_NOT_READY;

static void report_status( DWORD state, DWORD error )
{
    static DWORD checkpoint;
    SERVICE_STATUS status = { SERVICE_WIN32_SHARE_PROCESS, state };

    if (state == SERVICE_RUNNING) status.dwControlsAccepted = SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN;
    if (state == SERVICE_START_PENDING || state == SERVICE_STOP_PENDING)
    {
        status.dwWaitHint = WAIT_HINT;
        status.dwCheckPoint = ++checkpoint;
    }
    status.dwWin32ExitCode = error;
    SetServiceStatus( status_handle, &status );
}

static DWORD WINAPI service_handler( DWORD control, DWORD event_type, void *event_data, void *context )
{
    TRACE( "%#lx\n", control );

    switch (control)
    {
    case SERVICE_CONTROL_STOP:
    case SERVICE_CONTROL_SHUTDOWN:
        report_status( SERVICE_STOP_PENDING, ERROR_SUCCESS );
        SetEvent( stop_event );
        return ERROR_SUCCESS;
    case SERVICE_CONTROL_INTERROGATE:
        return ERROR_SUCCESS;
    default:
        return ERROR_CALL_NOT_IMPLEMENTED;
    }
}

/* NtmsData below the directory that the value of this name says (expanded by RegGetValueW() where it has to be), else below
 * the system directory, as on Windows.  A value that cannot be used does not mean another database. */
static DWORD database_directory( WCHAR path[MAX_PATH] )
{
    DWORD err, bytes = MAX_PATH * sizeof(WCHAR);

    err = RegGetValueW( HKEY_LOCAL_MACHINE, L"System\\CurrentControlSet\\Control\\NTMS", L"NtmsData",
                        RRF_RT_REG_SZ, NULL, path, &bytes );
    if (err == ERROR_FILE_NOT_FOUND || (!err && !path[0])) GetSystemDirectoryW( path, MAX_PATH );
    else if (err) return err;
    if (wcslen( path ) + ARRAY_SIZE(L"\\NtmsData") > MAX_PATH) return ERROR_FILENAME_EXCED_RANGE;
    wcscat( path, L"\\NtmsData" );
    return ERROR_SUCCESS;
}

static DWORD open_database(void)
{
    WCHAR path[MAX_PATH];
    DWORD err;

    if ((err = database_directory( path )))
    {
        ERR( "cannot use the registry value NtmsData: %lu\n", err );
        return err;
    }
    if ((err = db_open( path )))
    {
        ERR( "cannot open the database in %s: %lu\n", debugstr_w(path), err );
        return err;
    }
    if ((err = db_begin()) || (err = db_end( store_defaults() )))
    {
        ERR( "cannot write to the database in %s: %lu\n", debugstr_w(path), err );
        db_close();
    }
    return err;
}

/* unless that has been done meanwhile, or the service stops */
static void begin_work( LONG expected )
{
    DWORD err;

    EnterCriticalSection( &work_lock );
    if (ready_error == expected)
    {
        if (open_database()) WriteRelease( &ready_error, ERROR_NOT_CONNECTED );
        else
        {
            if ((err = libraries_start())) ERR( "no libraries: %lu\n", err );
            WriteRelease( &ready_error, ERROR_SUCCESS );
        }
    }
    LeaveCriticalSection( &work_lock );
}

static void end_work(void)
{
    libraries_stop();
    notifications_stop();
    db_close();
}

/* returns whether there is work to end */
static BOOL refuse_work(void)
{
    BOOL working;

    EnterCriticalSection( &work_lock );
    working = ready_error == ERROR_SUCCESS;
    WriteRelease( &ready_error, ERROR_NOT_READY );
    LeaveCriticalSection( &work_lock );
    return working;
}

/* Without its database the service keeps running, so that nobody starts it again and again, and refuses sessions.  Each
 * of them makes it try once more, since the file may have been repaired. */
DWORD service_ready(void)
{
    if (ReadAcquire( &ready_error ) == ERROR_NOT_CONNECTED) begin_work( ERROR_NOT_CONNECTED );
    return ReadAcquire( &ready_error );
}

static DWORD run_service(void)
{
    BOOL working;
    DWORD err;

    if ((err = hold_start())) return err;
    if (!(err = rpc_start()))
    {
        begin_work( ERROR_NOT_READY );
        report_status( SERVICE_RUNNING, ERROR_SUCCESS );
        WaitForSingleObject( stop_event, INFINITE );
        working = refuse_work();
        sessions_stop();
        rpc_stop();
        if (working) end_work();
    }
    hold_stop();
    return err;
}

void WINAPI ServiceMain( DWORD argc, LPWSTR *argv )
{
    DWORD err;

    TRACE( "\n" );

    if (!(stop_event = CreateEventW( NULL, TRUE, FALSE, NULL ))) return;
    if (!(status_handle = RegisterServiceCtrlHandlerExW( L"NtmsSvc", service_handler, NULL )))
    {
        ERR( "cannot register the control handler: %lu\n", GetLastError() );
        return;
    }
    report_status( SERVICE_START_PENDING, ERROR_SUCCESS );
    if ((err = run_service())) ERR( "cannot serve: %lu\n", err );
    report_status( SERVICE_STOPPED, err );
}
