/*
 * Tests of the installed service: where its database is, what it does without one, and what its end means
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
#include <stdio.h>
#include <stdlib.h>

#include "windef.h"
#include "winbase.h"
#include "winreg.h"
#include "winsvc.h"
#include "ntmsapi.h"
#include "wine/test.h"

static const WCHAR key_name[] = L"System\\CurrentControlSet\\Control\\NTMS";
static WCHAR parent[MAX_PATH], directory[MAX_PATH], file[MAX_PATH];

/* FALSE when there is no service to stop */
static BOOL stop_service(void)
{
    SC_HANDLE manager = OpenSCManagerW( NULL, NULL, SC_MANAGER_CONNECT ), service = NULL;
    SERVICE_STATUS status = { 0 };
    BOOL ret = FALSE;
    DWORD i;

    if (manager) service = OpenServiceW( manager, L"NtmsSvc", SERVICE_STOP | SERVICE_QUERY_STATUS );
    if (service)
    {
        for (i = 0; i < 200 && !ret; i++)
        {
            ControlService( service, SERVICE_CONTROL_STOP, &status );  /* one that is starting refuses it */
            ret = QueryServiceStatus( service, &status ) && status.dwCurrentState == SERVICE_STOPPED;
            if (!ret) Sleep( 50 );
        }
        ok( ret, "service is in state %lu\n", status.dwCurrentState );
        CloseServiceHandle( service );
    }
    if (manager) CloseServiceHandle( manager );
    return ret;
}

static BOOL set_parent( const WCHAR *path, DWORD type )
{
    return !RegSetKeyValueW( HKEY_LOCAL_MACHINE, key_name, L"NtmsData", type, path, (wcslen( path ) + 1) * sizeof(WCHAR) );
}

static BOOL exists( const WCHAR *name )
{
    return GetFileAttributesW( name ) != INVALID_FILE_ATTRIBUTES;
}

static void write_file( const char *text )
{
    HANDLE handle = CreateFileW( file, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL );
    DWORD size;

    ok( handle != INVALID_HANDLE_VALUE, "cannot create %s, error %lu\n", wine_dbgstr_w( file ), GetLastError() );
    WriteFile( handle, text, strlen( text ), &size, NULL );
    CloseHandle( handle );
}

static void check_session_( int line, DWORD expect )
{
    HANDLE session;
    DWORD count = 0;

    SetLastError( ERROR_SUCCESS );
    session = OpenNtmsSessionW( NULL, L"test", 0 );
    ok_(__FILE__, line)( (session == INVALID_HANDLE_VALUE) == (expect != ERROR_SUCCESS), "got session %p\n", session );
    ok_(__FILE__, line)( GetLastError() == expect, "got error %lu\n", GetLastError() );
    if (session == INVALID_HANDLE_VALUE) return;
    expect = EnumerateNtmsObject( session, NULL, NULL, &count, NTMS_COMPUTER, 0 );
    ok_(__FILE__, line)( expect == ERROR_INSUFFICIENT_BUFFER && count == 1, "error %lu, %lu computers\n", expect, count );
    CloseNtmsSession( session );
}
#define check_session( expect ) check_session_( __LINE__, expect )

/* the registry names the directory above NtmsData */
static void test_directory(void)
{
    WCHAR long_name[300];
    DWORD i;

    check_session( ERROR_SUCCESS );
    ok( exists( file ), "no database in %s\n", wine_dbgstr_w( directory ));
    ok( stop_service(), "not stopped\n" );

    /* a value that cannot be used is not taken for none */
    for (i = 0; i < ARRAY_SIZE(long_name) - 1; i++) long_name[i] = 'x';
    long_name[i] = 0;
    ok( set_parent( long_name, REG_SZ ), "cannot set the value\n" );
    check_session( ERROR_NOT_CONNECTED );
    ok( set_parent( parent, REG_SZ ), "cannot set the value\n" );
    check_session( ERROR_SUCCESS );
    ok( stop_service(), "not stopped\n" );
}

/* the service looks again when a session is opened */
static void test_repair(void)
{
    WCHAR copy[MAX_PATH];

    swprintf( copy, ARRAY_SIZE(copy), L"%s\\copy", directory );
    ok( MoveFileW( file, copy ), "cannot rename, error %lu\n", GetLastError() );
    write_file( "not a database" );
    check_session( ERROR_NOT_CONNECTED );
    check_session( ERROR_NOT_CONNECTED );
    ok( DeleteFileW( file ), "cannot delete, error %lu\n", GetLastError() );
    ok( MoveFileW( copy, file ), "cannot rename, error %lu\n", GetLastError() );
    check_session( ERROR_SUCCESS );
    check_session( ERROR_SUCCESS );
    ok( stop_service(), "not stopped\n" );

    /* and it can be stopped while it has none */
    ok( DeleteFileW( file ), "cannot delete, error %lu\n", GetLastError() );
    write_file( "not a database" );
    check_session( ERROR_NOT_CONNECTED );
    ok( stop_service(), "not stopped\n" );
    ok( DeleteFileW( file ), "cannot delete, error %lu\n", GetLastError() );
}

static DWORD WINAPI start_slow_service( void *service )
{
    ok( !StartServiceW( service, 0, NULL ), "this program is no service\n" );
    return 0;
}

static void kill_service(void)
{
    SC_HANDLE manager = OpenSCManagerW( NULL, NULL, SC_MANAGER_CONNECT );
    SC_HANDLE service = OpenServiceW( manager, L"NtmsSvc", SERVICE_QUERY_STATUS );
    SERVICE_STATUS_PROCESS status = { 0 };
    HANDLE process;
    DWORD size;

    QueryServiceStatusEx( service, SC_STATUS_PROCESS_INFO, (BYTE *)&status, sizeof(status), &size );
    process = OpenProcess( PROCESS_TERMINATE | SYNCHRONIZE, FALSE, status.dwProcessId );
    ok( TerminateProcess( process, 1 ), "error %lu\n", GetLastError() );
    WaitForSingleObject( process, 10000 );
    CloseHandle( process );
    CloseServiceHandle( service );
    CloseServiceHandle( manager );
}

struct waiter
{
    HANDLE session;
    GUID   pool;
    DWORD  result;
};

/* the pool holds no media, so this waits */
static DWORD WINAPI wait_thread( void *arg )
{
    struct waiter *waiter = arg;
    GUID media;

    waiter->result = AllocateNtmsMedia( waiter->session, &waiter->pool, NULL, &media, 0, INFINITE, NULL );
    return 0;
}

/* what the end of the service means for a program that waits, and then goes on */
static void test_end( BOOL killed )
{
    struct waiter waiters[4];
    HANDLE threads[ARRAY_SIZE(waiters)];
    DWORD i, error, count = 1, start;
    GUID type;

    winetest_push_context( killed ? "killed" : "stopped" );
    waiters[0].session = OpenNtmsSessionW( NULL, L"test", 0 );
    ok( waiters[0].session != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    EnumerateNtmsObject( waiters[0].session, NULL, &type, &count, NTMS_MEDIA_TYPE, 0 );
    error = CreateNtmsMediaPoolW( waiters[0].session, L"test", &type, NTMS_OPEN_ALWAYS, NULL, &waiters[0].pool );
    ok( !error, "got error %lu\n", error );
    for (i = 0; i < ARRAY_SIZE(waiters); i++)
    {
        waiters[i] = waiters[0];
        threads[i] = CreateThread( NULL, 0, wait_thread, &waiters[i], 0, NULL );
    }
    for (i = 0; i < 500; i++)
    {
        count = 0;
        EnumerateNtmsObject( waiters[0].session, NULL, NULL, &count, NTMS_OPREQUEST, 0 );
        if (count == ARRAY_SIZE(waiters)) break;
        Sleep( 20 );
    }
    ok( count == ARRAY_SIZE(waiters), "%lu wait\n", count );

    start = GetTickCount();
    if (killed) kill_service();
    else ok( stop_service(), "not stopped\n" );
    for (i = 0; i < ARRAY_SIZE(waiters); i++)
    {
        ok( !WaitForSingleObject( threads[i], 20000 ), "still waits\n" );
        ok( waiters[i].result == ERROR_NOT_CONNECTED, "got error %lu\n", waiters[i].result );
        CloseHandle( threads[i] );
    }
    ok( GetTickCount() - start < 5000, "took %lu ms\n", GetTickCount() - start );
    count = 0;
    error = EnumerateNtmsObject( waiters[0].session, NULL, NULL, &count, NTMS_COMPUTER, 0 );
    ok( error == ERROR_NOT_CONNECTED, "got error %lu\n", error );

    /* a new session does not bring the old one back */
    check_session( ERROR_SUCCESS );
    count = 0;
    error = EnumerateNtmsObject( waiters[0].session, NULL, NULL, &count, NTMS_COMPUTER, 0 );
    ok( error == ERROR_NOT_CONNECTED, "got error %lu\n", error );
    error = CloseNtmsSession( waiters[0].session );
    ok( error == ERROR_CONNECTION_UNAVAIL, "got error %lu\n", error );
    error = CloseNtmsSession( waiters[0].session );
    ok( error == ERROR_INVALID_HANDLE, "got error %lu\n", error );
    winetest_pop_context();
}

/* while the service manager is busy with the start of another service, this one has to wait */
static void test_busy_manager(void)
{
    SC_HANDLE manager = OpenSCManagerW( NULL, NULL, SC_MANAGER_CONNECT | SC_MANAGER_CREATE_SERVICE ), service;
    WCHAR program[MAX_PATH], command[MAX_PATH + 32];
    HANDLE thread;

    GetModuleFileNameW( NULL, program, ARRAY_SIZE(program) );
    swprintf( command, ARRAY_SIZE(command), L"\"%s\" service sleep", program );
    service = CreateServiceW( manager, L"ntmssvc_test", NULL, SERVICE_START | DELETE, SERVICE_WIN32_OWN_PROCESS,
                              SERVICE_DEMAND_START, SERVICE_ERROR_IGNORE, command, NULL, NULL, NULL, NULL, NULL );
    ok( service != NULL, "cannot make a service, error %lu\n", GetLastError() );
    thread = CreateThread( NULL, 0, start_slow_service, service, 0, NULL );
    Sleep( 500 );
    check_session( ERROR_SUCCESS );
    ok( !WaitForSingleObject( thread, 30000 ), "still starting\n" );
    CloseHandle( thread );
    ok( DeleteService( service ), "error %lu\n", GetLastError() );
    CloseServiceHandle( service );
    CloseServiceHandle( manager );
    ok( stop_service(), "not stopped\n" );
}

START_TEST(service)
{
    WCHAR temp[MAX_PATH], path[MAX_PATH], old[MAX_PATH] = L"";
    DWORD size = sizeof(old);
    char **argv;

    if (winetest_get_mainargs( &argv ) > 2)  /* what test_busy_manager() starts */
    {
        Sleep( 5000 );
        return;
    }
    if (!stop_service())
    {
        skip( "the service is not installed\n" );
        return;
    }
    GetTempPathW( ARRAY_SIZE(temp), temp );
    swprintf( parent, ARRAY_SIZE(parent), L"%sntmssvc_service_%lx", temp, GetCurrentProcessId() );
    swprintf( directory, ARRAY_SIZE(directory), L"%s\\NtmsData", parent );
    swprintf( file, ARRAY_SIZE(file), L"%s\\NTMSDATA", directory );
    RegGetValueW( HKEY_LOCAL_MACHINE, key_name, L"NtmsData", RRF_RT_REG_SZ, NULL, old, &size );
    swprintf( path, ARRAY_SIZE(path), L"%%SystemDrive%%%s", parent + 2 );
    ok( set_parent( path, REG_EXPAND_SZ ), "cannot set the value\n" );

    test_directory();
    test_busy_manager();
    test_end( FALSE );
    test_end( TRUE );
    ok( stop_service(), "not stopped\n" );
    test_repair();

    if (old[0]) set_parent( old, REG_SZ );
    else RegDeleteKeyValueW( HKEY_LOCAL_MACHINE, key_name, L"NtmsData" );
    ok( RemoveDirectoryW( directory ), "%s is not empty, error %lu\n", wine_dbgstr_w( directory ), GetLastError() );
    ok( RemoveDirectoryW( parent ), "%s is not empty, error %lu\n", wine_dbgstr_w( parent ), GetLastError() );
}
