/*
 * Tests of sessions
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

#include "windef.h"
#include "winbase.h"
#include "ntmsapi.h"
#include "wine/test.h"
#include "pairs.h"

static GUID guid;
static DWORD size;
static char ansi[256];
static WCHAR wide[256];
static BYTE buffer[1024];
static HANDLE out_handle;
static NTMS_OBJECTINFORMATIONA infoA;
static NTMS_OBJECTINFORMATIONW infoW;

/* every function that takes a session and returns an error, with arguments that it can look at */
#define CALL( function, ... ) static DWORD call_##function( HANDLE session ) { return function( session, ## __VA_ARGS__ ); }

CALL( AccessNtmsLibraryDoor, &guid, 1 )
CALL( AddNtmsMediaType, &guid, &guid )
CALL( AllocateNtmsMedia, &guid, &guid, &guid, 1, 1, NULL )
CALL( BeginNtmsDeviceChangeDetection, &out_handle )
CALL( CancelNtmsLibraryRequest, &guid )
CALL( CancelNtmsOperatorRequest, &guid )
CALL( ChangeNtmsMediaType, &guid, &guid )
CALL( CleanNtmsDrive, &guid )
CALL( CloseNtmsSession )
CALL( CreateNtmsMediaA, &infoA, &infoA, 1 )
CALL( CreateNtmsMediaPoolA, "name", &guid, 1, NULL, &guid )
CALL( CreateNtmsMediaPoolW, L"name", &guid, 1, NULL, &guid )
CALL( CreateNtmsMediaW, &infoW, &infoW, 1 )
CALL( DeallocateNtmsMedia, &guid, 1 )
CALL( DecommissionNtmsMedia, &guid )
CALL( DeleteNtmsDrive, &guid )
CALL( DeleteNtmsLibrary, &guid )
CALL( DeleteNtmsMedia, &guid )
CALL( DeleteNtmsMediaPool, &guid )
CALL( DeleteNtmsMediaType, &guid, &guid )
CALL( DeleteNtmsRequests, &guid, 1, 1 )
CALL( DisableNtmsObject, 1, &guid )
CALL( DismountNtmsDrive, &guid )
CALL( DismountNtmsMedia, &guid, 1, 1 )
CALL( EjectNtmsCleaner, &guid, &guid, 1 )
CALL( EjectNtmsMedia, &guid, &guid, 1 )
CALL( EnableNtmsObject, 1, &guid )
CALL( EndNtmsDeviceChangeDetection, NULL )
CALL( EnumerateNtmsObject, &guid, &guid, &size, 1, 1 )
CALL( ExportNtmsDatabase )
CALL( GetNtmsMediaPoolNameA, &guid, ansi, &size )
CALL( GetNtmsMediaPoolNameW, &guid, wide, &size )
CALL( GetNtmsObjectAttributeA, &guid, 1, "name", buffer, &size )
CALL( GetNtmsObjectAttributeW, &guid, 1, L"name", buffer, &size )
CALL( GetNtmsObjectInformationA, &guid, &infoA )
CALL( GetNtmsObjectInformationW, &guid, &infoW )
CALL( GetNtmsObjectSecurity, &guid, 1, OWNER_SECURITY_INFORMATION, buffer, 1, &size )
CALL( GetNtmsRequestOrder, &guid, &size )
CALL( GetNtmsUIOptionsA, &guid, 1, ansi, &size )
CALL( GetNtmsUIOptionsW, &guid, 1, wide, &size )
CALL( IdentifyNtmsSlot, &guid, 1 )
CALL( ImportNtmsDatabase )
CALL( InjectNtmsCleaner, &guid, &guid, 1, 1 )
CALL( InjectNtmsMedia, &guid, &guid, 1 )
CALL( InventoryNtmsLibrary, &guid, 1 )
CALL( MountNtmsMedia, &guid, &guid, 1, 1, 0, 1, NULL )
CALL( MoveToNtmsMediaPool, &guid, &guid )
CALL( ReleaseNtmsCleanerSlot, &guid )
CALL( ReserveNtmsCleanerSlot, &guid, &guid )
CALL( SatisfyNtmsOperatorRequest, &guid )
CALL( SetNtmsDeviceChangeDetection, NULL, &guid, 1, 1 )
CALL( SetNtmsMediaComplete, &guid )
CALL( SetNtmsObjectAttributeA, &guid, 1, "name", buffer, 1 )
CALL( SetNtmsObjectAttributeW, &guid, 1, L"name", buffer, 1 )
CALL( SetNtmsObjectInformationA, &guid, &infoA )
CALL( SetNtmsObjectInformationW, &guid, &infoW )
CALL( SetNtmsObjectSecurity, &guid, 1, OWNER_SECURITY_INFORMATION, buffer )
CALL( SetNtmsRequestOrder, &guid, 1 )
CALL( SetNtmsUIOptionsA, &guid, 1, 1, "name" )
CALL( SetNtmsUIOptionsW, &guid, 1, 1, L"name" )
CALL( SubmitNtmsOperatorRequestA, 1, "name", &guid, &guid, &guid )
CALL( SubmitNtmsOperatorRequestW, 1, L"name", &guid, &guid, &guid )
CALL( SwapNtmsMedia, &guid, &guid )
CALL( UpdateNtmsOmidInfo, &guid, 1, 1, buffer )
CALL( WaitForNtmsOperatorRequest, &guid, 1 )

static const struct
{
    const char *name;
    DWORD (*call)( HANDLE session );
}
functions[] =
{
    { "AccessNtmsLibraryDoor", call_AccessNtmsLibraryDoor },
    { "AddNtmsMediaType", call_AddNtmsMediaType },
    { "AllocateNtmsMedia", call_AllocateNtmsMedia },
    { "BeginNtmsDeviceChangeDetection", call_BeginNtmsDeviceChangeDetection },
    { "CancelNtmsLibraryRequest", call_CancelNtmsLibraryRequest },
    { "CancelNtmsOperatorRequest", call_CancelNtmsOperatorRequest },
    { "ChangeNtmsMediaType", call_ChangeNtmsMediaType },
    { "CleanNtmsDrive", call_CleanNtmsDrive },
    { "CloseNtmsSession", call_CloseNtmsSession },
    { "CreateNtmsMediaA", call_CreateNtmsMediaA },
    { "CreateNtmsMediaPoolA", call_CreateNtmsMediaPoolA },
    { "CreateNtmsMediaPoolW", call_CreateNtmsMediaPoolW },
    { "CreateNtmsMediaW", call_CreateNtmsMediaW },
    { "DeallocateNtmsMedia", call_DeallocateNtmsMedia },
    { "DecommissionNtmsMedia", call_DecommissionNtmsMedia },
    { "DeleteNtmsDrive", call_DeleteNtmsDrive },
    { "DeleteNtmsLibrary", call_DeleteNtmsLibrary },
    { "DeleteNtmsMedia", call_DeleteNtmsMedia },
    { "DeleteNtmsMediaPool", call_DeleteNtmsMediaPool },
    { "DeleteNtmsMediaType", call_DeleteNtmsMediaType },
    { "DeleteNtmsRequests", call_DeleteNtmsRequests },
    { "DisableNtmsObject", call_DisableNtmsObject },
    { "DismountNtmsDrive", call_DismountNtmsDrive },
    { "DismountNtmsMedia", call_DismountNtmsMedia },
    { "EjectNtmsCleaner", call_EjectNtmsCleaner },
    { "EjectNtmsMedia", call_EjectNtmsMedia },
    { "EnableNtmsObject", call_EnableNtmsObject },
    { "EndNtmsDeviceChangeDetection", call_EndNtmsDeviceChangeDetection },
    { "EnumerateNtmsObject", call_EnumerateNtmsObject },
    { "ExportNtmsDatabase", call_ExportNtmsDatabase },
    { "GetNtmsMediaPoolNameA", call_GetNtmsMediaPoolNameA },
    { "GetNtmsMediaPoolNameW", call_GetNtmsMediaPoolNameW },
    { "GetNtmsObjectAttributeA", call_GetNtmsObjectAttributeA },
    { "GetNtmsObjectAttributeW", call_GetNtmsObjectAttributeW },
    { "GetNtmsObjectInformationA", call_GetNtmsObjectInformationA },
    { "GetNtmsObjectInformationW", call_GetNtmsObjectInformationW },
    { "GetNtmsObjectSecurity", call_GetNtmsObjectSecurity },
    { "GetNtmsRequestOrder", call_GetNtmsRequestOrder },
    { "GetNtmsUIOptionsA", call_GetNtmsUIOptionsA },
    { "GetNtmsUIOptionsW", call_GetNtmsUIOptionsW },
    { "IdentifyNtmsSlot", call_IdentifyNtmsSlot },
    { "ImportNtmsDatabase", call_ImportNtmsDatabase },
    { "InjectNtmsCleaner", call_InjectNtmsCleaner },
    { "InjectNtmsMedia", call_InjectNtmsMedia },
    { "InventoryNtmsLibrary", call_InventoryNtmsLibrary },
    { "MountNtmsMedia", call_MountNtmsMedia },
    { "MoveToNtmsMediaPool", call_MoveToNtmsMediaPool },
    { "ReleaseNtmsCleanerSlot", call_ReleaseNtmsCleanerSlot },
    { "ReserveNtmsCleanerSlot", call_ReserveNtmsCleanerSlot },
    { "SatisfyNtmsOperatorRequest", call_SatisfyNtmsOperatorRequest },
    { "SetNtmsDeviceChangeDetection", call_SetNtmsDeviceChangeDetection },
    { "SetNtmsMediaComplete", call_SetNtmsMediaComplete },
    { "SetNtmsObjectAttributeA", call_SetNtmsObjectAttributeA },
    { "SetNtmsObjectAttributeW", call_SetNtmsObjectAttributeW },
    { "SetNtmsObjectInformationA", call_SetNtmsObjectInformationA },
    { "SetNtmsObjectInformationW", call_SetNtmsObjectInformationW },
    { "SetNtmsObjectSecurity", call_SetNtmsObjectSecurity },
    { "SetNtmsRequestOrder", call_SetNtmsRequestOrder },
    { "SetNtmsUIOptionsA", call_SetNtmsUIOptionsA },
    { "SetNtmsUIOptionsW", call_SetNtmsUIOptionsW },
    { "SubmitNtmsOperatorRequestA", call_SubmitNtmsOperatorRequestA },
    { "SubmitNtmsOperatorRequestW", call_SubmitNtmsOperatorRequestW },
    { "SwapNtmsMedia", call_SwapNtmsMedia },
    { "UpdateNtmsOmidInfo", call_UpdateNtmsOmidInfo },
    { "WaitForNtmsOperatorRequest", call_WaitForNtmsOperatorRequest },
};

/* on Windows and in a prefix without the service there may be nothing to connect to */
static HANDLE open_session(void)
{
    HANDLE session = OpenNtmsSessionW( NULL, L"winetest", 0 );

    if (session == INVALID_HANDLE_VALUE) skip( "no session, error %lu\n", GetLastError() );
    return session;
}

static void close_session_( int line, HANDLE session )
{
    DWORD err = CloseNtmsSession( session );

    ok_(__FILE__, line)( !err, "got %lu\n", err );
}
#define close_session( session )  close_session_( __LINE__, session )

static DWORD count_objects( HANDLE session, DWORD *count )
{
    *count = 0;
    return EnumerateNtmsObject( session, NULL, NULL, count, NTMS_COMPUTER, 0 );
}

static void check_usable_( int line, HANDLE session )
{
    DWORD err, count;

    err = count_objects( session, &count );
    ok_(__FILE__, line)( err == ERROR_INSUFFICIENT_BUFFER, "got %lu\n", err );
    ok_(__FILE__, line)( count == 1, "got %lu computers\n", count );
}
#define check_usable( session )  check_usable_( __LINE__, session )

static void test_OpenNtmsSession(void)
{
    static const WCHAR long_name[] = L"0123456789012345678901234567890123456789012345678901234567890123";
    static const WCHAR *malformed[] = { L"a/b", L"a\\b", L"\\\\", L"\\\\a\\b", L"a b", L"a:b", L"a*", L"\"a\"" };
    WCHAR computer[MAX_COMPUTERNAME_LENGTH + 1], dns[256], name[300];
    char computerA[MAX_COMPUTERNAME_LENGTH + 1];
    DWORD len, err, i;
    HANDLE session;

    len = ARRAYSIZE(computer);
    GetComputerNameW( computer, &len );
    len = ARRAYSIZE(computerA);
    GetComputerNameA( computerA, &len );
    len = ARRAYSIZE(dns);
    if (!GetComputerNameExW( ComputerNameDnsHostname, dns, &len )) lstrcpyW( dns, computer );

    SetLastError( 0xdeadbeef );
    session = OpenNtmsSessionW( NULL, NULL, 0 );
    err = GetLastError();
    ok( session != NULL, "got no handle\n" );
    if (session != INVALID_HANDLE_VALUE) pair( "OpenNtmsSession", ERROR_SUCCESS, ERROR_SUCCESS );
    if (session == INVALID_HANDLE_VALUE)
    {
        ok( err == ERROR_NOT_CONNECTED || err == ERROR_NOT_READY, "got %lu\n", err );
        skip( "no session, error %lu\n", err );
        return;
    }
    check_usable( session );
    close_session( session );

    session = OpenNtmsSessionA( NULL, NULL, 0 );
    ok( session != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    close_session( session );

    session = OpenNtmsSessionW( L"", L"", 0 );
    ok( session != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    close_session( session );

    session = OpenNtmsSessionA( "", "winetest", 0 );
    ok( session != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    close_session( session );

    session = OpenNtmsSessionW( computer, L"winetest", 0 );
    ok( session != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    close_session( session );

    session = OpenNtmsSessionA( computerA, "winetest", 0 );
    ok( session != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    close_session( session );

    session = OpenNtmsSessionW( dns, L"winetest", 0 );
    ok( session != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    close_session( session );

    lstrcpyW( name, L"\\\\" );
    lstrcatW( name, computer );
    session = OpenNtmsSessionW( name, L"winetest", 0 );
    ok( session != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    close_session( session );

    /* the longest application name, and one more character */
    session = OpenNtmsSessionW( NULL, long_name + 1, 0 );
    ok( session != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    close_session( session );

    SetLastError( 0xdeadbeef );
    session = OpenNtmsSessionW( NULL, long_name, 0 );
    ok( session == INVALID_HANDLE_VALUE, "got %p\n", session );
    pair( "OpenNtmsSession", ERROR_INVALID_PARAMETER, GetLastError() );

    SetLastError( 0xdeadbeef );
    session = OpenNtmsSessionW( NULL, L"winetest", 2 );
    ok( session == INVALID_HANDLE_VALUE, "got %p\n", session );
    pair( "OpenNtmsSession", ERROR_INVALID_PARAMETER, GetLastError() );

    SetLastError( 0xdeadbeef );
    session = OpenNtmsSessionA( NULL, "winetest", 0xffffffff );
    ok( session == INVALID_HANDLE_VALUE, "got %p\n", session );
    pair( "OpenNtmsSession", ERROR_INVALID_PARAMETER, GetLastError() );

    SetLastError( 0xdeadbeef );
    session = OpenNtmsSessionW( L"no-such-computer.invalid", L"winetest", 0 );
    ok( session == INVALID_HANDLE_VALUE, "got %p\n", session );
    ok( GetLastError() == ERROR_NOT_CONNECTED || GetLastError() == ERROR_NO_NETWORK, "got %lu\n", GetLastError() );

    for (i = 0; i < ARRAYSIZE(malformed); i++)
    {
        winetest_push_context( "%s", wine_dbgstr_w( malformed[i] ));
        SetLastError( 0xdeadbeef );
        session = OpenNtmsSessionW( malformed[i], L"winetest", 0 );
        ok( session == INVALID_HANDLE_VALUE, "got %p\n", session );
        pair( "OpenNtmsSession", ERROR_INVALID_COMPUTERNAME, GetLastError() );
        winetest_pop_context();
    }

    for (i = 0; i < ARRAYSIZE(name) - 1; i++) name[i] = 'a';
    name[i] = 0;
    SetLastError( 0xdeadbeef );
    session = OpenNtmsSessionW( name, L"winetest", 0 );
    ok( session == INVALID_HANDLE_VALUE, "got %p\n", session );
    pair( "OpenNtmsSession", ERROR_INVALID_COMPUTERNAME, GetLastError() );
}

static void check_all_functions_( int line, HANDLE session )
{
    unsigned int i;
    DWORD err;

    for (i = 0; i < ARRAYSIZE(functions); i++)
    {
        err = functions[i].call( session );
        pair_( __FILE__, line, functions[i].name, "ERROR_INVALID_HANDLE", ERROR_INVALID_HANDLE, err, "natural" );
    }
    SetLastError( 0xdeadbeef );
    ok_(__FILE__, line)( OpenNtmsNotification( session, NTMS_DRIVE ) == INVALID_HANDLE_VALUE, "got a handle\n" );
    pair_( __FILE__, line, "OpenNtmsNotification", "ERROR_INVALID_HANDLE", ERROR_INVALID_HANDLE, GetLastError(), "natural" );
}
#define check_all_functions( session )  check_all_functions_( __LINE__, session )

static void test_invalid_handles(void)
{
    NTMS_NOTIFICATIONINFORMATION notification;
    HANDLE session, closed;
    DWORD err;

    winetest_push_context( "NULL" );
    check_all_functions( NULL );
    winetest_pop_context();

    winetest_push_context( "INVALID_HANDLE_VALUE" );
    check_all_functions( INVALID_HANDLE_VALUE );
    winetest_pop_context();

    winetest_push_context( "made up" );
    check_all_functions( (HANDLE)0xdeadbee0 );
    winetest_pop_context();

    winetest_push_context( "an event" );
    session = CreateEventW( NULL, FALSE, FALSE, NULL );
    check_all_functions( session );
    CloseHandle( session );
    winetest_pop_context();

    err = WaitForNtmsNotification( NULL, &notification, 0 );
    pair( "WaitForNtmsNotification", ERROR_INVALID_HANDLE, err );
    err = WaitForNtmsNotification( (HANDLE)0xdeadbee0, &notification, 0 );
    pair( "WaitForNtmsNotification", ERROR_INVALID_HANDLE, err );
    err = CloseNtmsNotification( NULL );
    pair( "CloseNtmsNotification", ERROR_INVALID_PARAMETER, err );
    err = CloseNtmsNotification( (HANDLE)0xdeadbee0 );
    pair( "CloseNtmsNotification", ERROR_INVALID_HANDLE, err );

    if ((closed = open_session()) == INVALID_HANDLE_VALUE) return;
    close_session( closed );
    winetest_push_context( "closed" );
    check_all_functions( closed );
    winetest_pop_context();

    /* while another session is open */
    session = open_session();
    ok( session != closed, "got %p again\n", session );
    winetest_push_context( "closed beside another" );
    check_all_functions( closed );
    winetest_pop_context();
    check_usable( session );
    close_session( session );
}

static void test_sessions(void)
{
    HANDLE sessions[50], first, second;
    unsigned int i, j;
    DWORD err;

    if ((first = open_session()) == INVALID_HANDLE_VALUE) return;
    second = open_session();
    ok( first != second, "got %p twice\n", first );
    check_usable( first );
    check_usable( second );
    close_session( first );
    check_usable( second );
    err = CloseNtmsSession( first );
    ok( err == ERROR_INVALID_HANDLE, "got %lu\n", err );
    close_session( second );

    /* a handle is not soon given out again */
    for (i = 0; i < ARRAYSIZE(sessions); i++)
    {
        sessions[i] = open_session();
        for (j = 0; j < i; j++) ok( sessions[i] != sessions[j], "%u: got handle %u again\n", i, j );
        close_session( sessions[i] );
    }

    /* many at once */
    for (i = 0; i < ARRAYSIZE(sessions); i++) sessions[i] = open_session();
    for (i = 0; i < ARRAYSIZE(sessions); i++) check_usable( sessions[i] );
    for (i = 0; i < ARRAYSIZE(sessions); i++) close_session( sessions[i] );
}

struct thread_params
{
    HANDLE session;
    LONG  *stop;
    DWORD  calls;
    DWORD  last;
};

/* uses a session until it is closed or the time is over */
static DWORD WINAPI use_session( void *arg )
{
    struct thread_params *params = arg;
    DWORD count;

    do
    {
        params->last = count_objects( params->session, &count );
        if (params->last == ERROR_INSUFFICIENT_BUFFER && count == 1) params->calls++;
        else break;
    } while (!InterlockedCompareExchange( params->stop, 0, 0 ));
    return 0;
}

static void test_threads(void)
{
    struct thread_params params[8];
    HANDLE threads[8], session;
    LONG stop = 0;
    unsigned int i;
    DWORD ret;

    if ((session = open_session()) == INVALID_HANDLE_VALUE) return;
    for (i = 0; i < ARRAYSIZE(threads); i++)
    {
        params[i].session = session;
        params[i].stop = &stop;
        params[i].calls = 0;
        threads[i] = CreateThread( NULL, 0, use_session, &params[i], 0, NULL );
    }
    Sleep( 300 );
    InterlockedExchange( &stop, 1 );
    for (i = 0; i < ARRAYSIZE(threads); i++)
    {
        ret = WaitForSingleObject( threads[i], 10000 );
        ok( !ret, "thread %u: wait gives %lu\n", i, ret );
        ok( params[i].calls && params[i].last == ERROR_INSUFFICIENT_BUFFER, "thread %u: %lu calls, then %lu\n", i,
            params[i].calls, params[i].last );
        CloseHandle( threads[i] );
    }

    /* the same when the session is closed meanwhile */
    stop = 0;
    for (i = 0; i < ARRAYSIZE(threads); i++) threads[i] = CreateThread( NULL, 0, use_session, &params[i], 0, NULL );
    Sleep( 100 );
    close_session( session );
    for (i = 0; i < ARRAYSIZE(threads); i++)
    {
        ret = WaitForSingleObject( threads[i], 10000 );
        ok( !ret, "thread %u: wait gives %lu\n", i, ret );
        ok( params[i].last == ERROR_INVALID_HANDLE, "thread %u: got %lu\n", i, params[i].last );
        CloseHandle( threads[i] );
    }
}

static DWORD WINAPI close_in_thread( void *arg )
{
    return CloseNtmsSession( arg );
}

/* only one of many closes the session */
static void test_close_race(void)
{
    DWORD ret, closed = 0, invalid = 0;
    HANDLE threads[8], session;
    unsigned int i;

    if ((session = open_session()) == INVALID_HANDLE_VALUE) return;
    for (i = 0; i < ARRAYSIZE(threads); i++) threads[i] = CreateThread( NULL, 0, close_in_thread, session, 0, NULL );
    for (i = 0; i < ARRAYSIZE(threads); i++)
    {
        ret = WaitForSingleObject( threads[i], 10000 );
        ok( !ret, "thread %u: wait gives %lu\n", i, ret );
        GetExitCodeThread( threads[i], &ret );
        if (!ret) closed++;
        else if (ret == ERROR_INVALID_HANDLE) invalid++;
        CloseHandle( threads[i] );
    }
    ok( closed == 1 && invalid == ARRAYSIZE(threads) - 1, "%lu closed it, for %lu it was invalid\n", closed, invalid );
}

static DWORD WINAPI open_and_close( void *event )
{
    HANDLE session;

    WaitForSingleObject( event, 10000 );
    if ((session = OpenNtmsSessionW( NULL, L"winetest", 0 )) == INVALID_HANDLE_VALUE) return GetLastError();
    Sleep( 20 );
    return CloseNtmsSession( session );
}

/* the first sessions of a process, opened at once; returns how many of them fail */
static int open_first_sessions(void)
{
    HANDLE threads[8], event = CreateEventW( NULL, TRUE, FALSE, NULL );
    int failures = 0;
    unsigned int i;
    DWORD ret;

    for (i = 0; i < ARRAYSIZE(threads); i++) threads[i] = CreateThread( NULL, 0, open_and_close, event, 0, NULL );
    Sleep( 50 );
    SetEvent( event );
    for (i = 0; i < ARRAYSIZE(threads); i++)
    {
        if (WaitForSingleObject( threads[i], 20000 ) || !GetExitCodeThread( threads[i], &ret ) || ret) failures++;
        CloseHandle( threads[i] );
    }
    CloseHandle( event );
    return failures;
}

static void test_first_sessions( const char *program )
{
    STARTUPINFOA startup = { sizeof(startup) };
    PROCESS_INFORMATION info;
    char command[MAX_PATH + 16];
    HANDLE session;
    DWORD ret;
    int i;

    /* so that the service runs */
    if ((session = open_session()) == INVALID_HANDLE_VALUE) return;
    for (i = 0; i < 3; i++)
    {
        sprintf( command, "\"%s\" session child", program );
        ok( CreateProcessA( NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &info ), "error %lu\n", GetLastError() );
        ok( !WaitForSingleObject( info.hProcess, 30000 ), "still runs\n" );
        GetExitCodeProcess( info.hProcess, &ret );
        ok( !ret, "%lu sessions fail\n", ret );
        CloseHandle( info.hThread );
        CloseHandle( info.hProcess );
    }
    close_session( session );
}

START_TEST(session)
{
    char **argv;

    if (winetest_get_mainargs( &argv ) > 2) ExitProcess( open_first_sessions() );  /* what test_first_sessions() starts */

    test_OpenNtmsSession();
    test_invalid_handles();
    test_sessions();
    test_threads();
    test_close_race();
    test_first_sessions( argv[0] );
}
