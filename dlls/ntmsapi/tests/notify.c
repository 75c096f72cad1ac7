/*
 * Tests of notifications
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

#include "media.h"

static GUID type;

static void expect( HANDLE channel, DWORD operation, GUID id )
{
    NTMS_NOTIFICATIONINFORMATION info = { 0, no_object };
    DWORD err = WaitForNtmsNotification( channel, &info, 5000 );

    pair( "WaitForNtmsNotification", ERROR_SUCCESS, err );
    ok( info.dwOperation == operation, "got %lu instead of %lu\n", info.dwOperation, operation );
    ok( same( info.ObjectId, id ), "another object\n" );
}

static void expect_nothing( HANDLE channel )
{
    NTMS_NOTIFICATIONINFORMATION info;
    DWORD err = WaitForNtmsNotification( channel, &info, 200 );

    pair( "WaitForNtmsNotification", ERROR_TIMEOUT, err );
}

static HANDLE open_channel( DWORD of )
{
    HANDLE channel = OpenNtmsNotification( session, of );

    ok( channel != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    return channel;
}

static void close_channel( HANDLE channel )
{
    DWORD err = CloseNtmsNotification( channel );

    pair( "CloseNtmsNotification", ERROR_SUCCESS, err );
    err = CloseNtmsNotification( channel );
    pair( "CloseNtmsNotification", ERROR_INVALID_HANDLE, err );
}

static void set_description( GUID id, const WCHAR *description )
{
    NTMS_OBJECTINFORMATIONW info = get_info( id, NTMS_MEDIA_POOL );
    DWORD err;

    lstrcpyW( info.szDescription, description );
    err = SetNtmsObjectInformationW( session, &id, &info );
    ok( !err, "got error %lu\n", err );
}

static void test_changes(void)
{
    HANDLE pools = open_channel( NTMS_MEDIA_POOL ), drives = open_channel( NTMS_DRIVE ), late;
    GUID pool = make_pool( L"winetest notify", &type );

    expect( pools, NTMS_OBJ_INSERT, pool );
    late = open_channel( NTMS_MEDIA_POOL );
    set_description( pool, L"changed" );
    delete_pool( pool );
    expect( pools, NTMS_OBJ_UPDATE, pool );
    expect( pools, NTMS_OBJ_DELETE, pool );
    expect( late, NTMS_OBJ_UPDATE, pool );
    expect( late, NTMS_OBJ_DELETE, pool );
    expect_nothing( pools );
    expect_nothing( drives );
    close_channel( drives );
    close_channel( late );
    close_channel( pools );
}

#define MANY 200

/* ordered, none lost, none twice, also while they are waited for with time-outs */
static DWORD WINAPI change_thread( void *arg )
{
    char name[64];
    DWORD i, err;
    GUID id;

    for (i = 0; i < MANY; i++)
    {
        sprintf( name, "winetest notify\\%lu", i );
        err = CreateNtmsMediaPoolA( session, name, NULL, NTMS_CREATE_NEW, NULL, &id );
        if (!err) err = DeleteNtmsMediaPool( session, &id );
        if (err) return err;
    }
    return 0;
}

static void test_many(void)
{
    GUID pool = make_pool( L"winetest notify", NULL ), last = { 0 };
    HANDLE channel = open_channel( NTMS_MEDIA_POOL ), thread;
    NTMS_NOTIFICATIONINFORMATION info;
    DWORD i, err, code;

    thread = CreateThread( NULL, 0, change_thread, NULL, 0, NULL );
    for (i = 0; i < 2 * MANY; i++)
    {
        while ((err = WaitForNtmsNotification( channel, &info, 1 )) == ERROR_TIMEOUT && WaitForSingleObject( thread, 0 ))
            ;
        if (err == ERROR_TIMEOUT) err = WaitForNtmsNotification( channel, &info, 5000 );
        if (err || info.dwOperation != (i % 2 ? NTMS_OBJ_DELETE : NTMS_OBJ_INSERT) || (i % 2) != same( info.ObjectId, last ))
            break;
        last = info.ObjectId;
    }
    ok( i == 2 * MANY, "%lu: error %lu, operation %lu\n", i, err, info.dwOperation );
    WaitForSingleObject( thread, INFINITE );
    GetExitCodeThread( thread, &code );
    ok( !code, "got error %lu\n", code );
    CloseHandle( thread );
    expect_nothing( channel );
    close_channel( channel );
    delete_pool( pool );
}

static void test_errors(void)
{
    NTMS_NOTIFICATIONINFORMATION info;
    HANDLE channel;
    DWORD err;

    channel = OpenNtmsNotification( NULL, NTMS_DRIVE );
    ok( channel == INVALID_HANDLE_VALUE, "got %p\n", channel );
    pair( "OpenNtmsNotification", ERROR_INVALID_HANDLE, GetLastError() );
    err = WaitForNtmsNotification( NULL, &info, 0 );
    pair( "WaitForNtmsNotification", ERROR_INVALID_HANDLE, err );
    err = WaitForNtmsNotification( session, &info, 0 );
    pair( "WaitForNtmsNotification", ERROR_INVALID_HANDLE, err );
    err = CloseNtmsNotification( NULL );
    pair( "CloseNtmsNotification", ERROR_INVALID_PARAMETER, err );
    err = CloseNtmsNotification( session );
    pair( "CloseNtmsNotification", ERROR_INVALID_HANDLE, err );

    SetLastError( 0xdeadbeef );
    channel = OpenNtmsNotification( session, NTMS_DRIVE );
    ok( channel != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    if (channel != INVALID_HANDLE_VALUE) pair( "OpenNtmsNotification", ERROR_SUCCESS, ERROR_SUCCESS );
    err = WaitForNtmsNotification( channel, NULL, 0 );
    ok( err == ERROR_INVALID_PARAMETER, "got error %lu\n", err );
    close_channel( channel );
    err = WaitForNtmsNotification( channel, &info, 0 );
    pair( "WaitForNtmsNotification", ERROR_INVALID_HANDLE, err );
}

static HANDLE waiting;

static DWORD WINAPI wait_thread( void *arg )
{
    NTMS_NOTIFICATIONINFORMATION info;

    return WaitForNtmsNotification( waiting, &info, INFINITE );
}

/* the channel has a call outstanding; the session ends it */
static void test_close(void)
{
    HANDLE other = OpenNtmsSessionW( NULL, L"winetest", 0 ), thread;
    DWORD err, code;

    waiting = OpenNtmsNotification( other, NTMS_CHANGER );
    thread = CreateThread( NULL, 0, wait_thread, NULL, 0, NULL );
    Sleep( 300 );
    err = CloseNtmsNotification( waiting );
    ok( err == ERROR_BUSY, "got error %lu\n", err );
    err = CloseNtmsSession( other );
    ok( !err, "got error %lu\n", err );
    ok( !WaitForSingleObject( thread, 20000 ), "it still waits\n" );
    GetExitCodeThread( thread, &code );
    ok( code == ERROR_CANCELLED || code == ERROR_INVALID_HANDLE, "got error %lu\n", code );
    CloseHandle( thread );
    err = CloseNtmsNotification( waiting );
    pair( "CloseNtmsNotification", ERROR_INVALID_HANDLE, err );
}

START_TEST(notify)
{
    session = OpenNtmsSessionW( NULL, L"winetest", 0 );
    if (session == INVALID_HANDLE_VALUE)
    {
        skip( "there is no removable storage service\n" );
        return;
    }
    test_errors();
    if (find_type( 1, &type, NULL ))
    {
        test_changes();
        test_many();
    }
    test_close();
    CloseNtmsSession( session );
}
