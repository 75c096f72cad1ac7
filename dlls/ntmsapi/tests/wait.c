/*
 * Tests of calls that wait: how each of them ends
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
#include "ntmsapi.h"
#include "wine/test.h"

static const GUID null_guid;
static GUID pool;  /* holds no media, so that an allocation waits */

struct waiter
{
    HANDLE session;
    DWORD  timeout;
    HANDLE thread;
    DWORD  result;
};

static DWORD allocate( HANDLE session, DWORD options, DWORD timeout )
{
    GUID media = pool;
    DWORD err = AllocateNtmsMedia( session, &pool, NULL, &media, options, timeout, NULL );

    ok( !memcmp( &media, &null_guid, sizeof(media) ), "got a medium, error %lu\n", err );
    return err;
}

static DWORD WINAPI wait_thread( void *arg )
{
    struct waiter *waiter = arg;

    waiter->result = allocate( waiter->session, 0, waiter->timeout );
    return 0;
}

static void start_waiter( struct waiter *waiter, HANDLE session, DWORD timeout )
{
    waiter->session = session;
    waiter->timeout = timeout;
    waiter->result = 0xdeadbeef;
    waiter->thread = CreateThread( NULL, 0, wait_thread, waiter, 0, NULL );
}

static void check_ended_( int line, struct waiter *waiter, DWORD expect )
{
    DWORD ret = WaitForSingleObject( waiter->thread, 20000 );

    ok_(__FILE__, line)( !ret, "still waits\n" );
    ok_(__FILE__, line)( waiter->result == expect, "got %lu\n", waiter->result );
    CloseHandle( waiter->thread );
}
#define check_ended( waiter, expect ) check_ended_( __LINE__, waiter, expect )

/* each allocation that waits has asked the operator for media */
static DWORD count_requests( HANDLE session )
{
    DWORD count = 0, err;

    err = EnumerateNtmsObject( session, NULL, NULL, &count, NTMS_OPREQUEST, 0 );
    ok( !err || err == ERROR_INSUFFICIENT_BUFFER, "got %lu\n", err );
    return count;
}

static void check_requests_( int line, HANDLE session, DWORD expect )
{
    DWORD count, i;

    for (i = 0; i < 200; i++)
    {
        if ((count = count_requests( session )) == expect) break;
        Sleep( 50 );
    }
    ok_(__FILE__, line)( count == expect, "%lu operator requests instead of %lu\n", count, expect );
}
#define check_requests( session, expect ) check_requests_( __LINE__, session, expect )

static BOOL open_pool( HANDLE session )
{
    GUID types[100];
    DWORD err, count = ARRAYSIZE(types);

    err = EnumerateNtmsObject( session, NULL, types, &count, NTMS_MEDIA_TYPE, 0 );
    ok( !err, "got %lu\n", err );
    if (err || !count) return FALSE;
    err = CreateNtmsMediaPoolW( session, L"winetest wait", &types[0], NTMS_OPEN_ALWAYS, NULL, &pool );
    ok( !err, "got %lu\n", err );
    return !err;
}

static void test_timeout( HANDLE session, DWORD requests )
{
    DWORD err, start = GetTickCount(), time;

    err = allocate( session, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, INFINITE );
    ok( err == ERROR_MEDIA_UNAVAILABLE, "got %lu\n", err );
    time = GetTickCount() - start;
    ok( time < 5000, "took %lu ms\n", time );

    start = GetTickCount();
    err = allocate( session, 0, 300 );
    ok( err == ERROR_TIMEOUT, "got %lu\n", err );
    time = GetTickCount() - start;
    ok( time >= 280 && time < 5000, "took %lu ms\n", time );
    check_requests( session, requests );
}

static void test_close( HANDLE observer, DWORD requests )
{
    struct waiter first[20], second, short_wait;
    HANDLE session, other;
    unsigned int i;
    DWORD err;

    session = OpenNtmsSessionW( NULL, L"winetest", 0 );
    other = OpenNtmsSessionW( NULL, L"winetest", 0 );
    ok( session != INVALID_HANDLE_VALUE && other != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    start_waiter( &second, other, INFINITE );
    for (i = 0; i < ARRAYSIZE(first); i++) start_waiter( &first[i], session, i % 2 ? INFINITE : 60000 );
    check_requests( observer, requests + ARRAYSIZE(first) + 1 );

    /* a later wait may end earlier */
    start_waiter( &short_wait, session, 100 );
    check_ended( &short_wait, ERROR_TIMEOUT );

    err = CloseNtmsSession( session );
    ok( !err, "got %lu\n", err );
    for (i = 0; i < ARRAYSIZE(first); i++) check_ended( &first[i], ERROR_CANCELLED );
    check_requests( observer, requests + 1 );

    /* the waits of another session go on */
    ok( WaitForSingleObject( second.thread, 200 ) == WAIT_TIMEOUT, "ended with %lu\n", second.result );
    err = CloseNtmsSession( other );
    ok( !err, "got %lu\n", err );
    check_ended( &second, ERROR_CANCELLED );
    check_requests( observer, requests );
}

static void test_killed_program( HANDLE session, DWORD requests, const char *program )
{
    STARTUPINFOA startup = { sizeof(startup) };
    PROCESS_INFORMATION info;
    char command[MAX_PATH + 16];

    sprintf( command, "\"%s\" wait child", program );
    ok( CreateProcessA( NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &info ), "error %lu\n", GetLastError() );
    check_requests( session, requests + 1 );
    TerminateProcess( info.hProcess, 1 );
    CloseHandle( info.hThread );
    CloseHandle( info.hProcess );
    check_requests( session, requests );
}

START_TEST(wait)
{
    HANDLE session = OpenNtmsSessionW( NULL, L"winetest", 0 );
    DWORD err, requests;
    char **argv;
    int argc = winetest_get_mainargs( &argv );

    if (session == INVALID_HANDLE_VALUE)
    {
        skip( "no session, error %lu\n", GetLastError() );
        return;
    }
    if (!open_pool( session )) return;
    if (argc > 2)  /* what test_killed_program() starts */
    {
        allocate( session, 0, INFINITE );
        return;
    }
    requests = count_requests( session );
    test_timeout( session, requests );
    test_close( session, requests );
    test_killed_program( session, requests, argv[0] );
    err = CloseNtmsSession( session );
    ok( !err, "got %lu\n", err );
}
