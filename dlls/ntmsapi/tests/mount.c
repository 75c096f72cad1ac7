/*
 * Tests of mounting and dismounting
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

static DWORD mount( HANDLE handle, GUID side, GUID *drive, DWORD options, DWORD timeout )
{
    return MountNtmsMedia( handle, &side, drive, 1, options, NTMS_PRIORITY_NORMAL, timeout, NULL );
}

static DWORD dismount( HANDLE handle, GUID side )
{
    return DismountNtmsMedia( handle, &side, 1, NTMS_DISMOUNT_IMMEDIATE );
}

static void test_offline(void)
{
    struct medium medium;
    GUID type, pool, drive;
    DWORD err;

    if (!find_type( 1, &type, NULL )) return;
    pool = make_pool( L"winetest mount off line", &type );
    medium = make_medium( pool, 1, NTMS_PARTSTATE_ALLOCATED, 0 );
    err = mount( session, LOGICAL( medium, 0 ), &drive, NTMS_MOUNT_READ | NTMS_MOUNT_ERROR_OFFLINE, 0 );
    pair( "MountNtmsMedia", ERROR_MEDIA_OFFLINE, err );
    err = dismount( session, LOGICAL( medium, 0 ) );
    pair( "DismountNtmsMedia", ERROR_MEDIA_OFFLINE, err );
    remove_medium( &medium );
    delete_pool( pool );
}

static void test_refused( GUID side )
{
    GUID media[2], drives[2];
    DWORD err;

    media[0] = media[1] = side;
    err = MountNtmsMedia( session, media, drives, 2, NTMS_MOUNT_READ, NTMS_PRIORITY_NORMAL, 0, NULL );
    pair( "MountNtmsMedia", ERROR_INVALID_MEDIA, err );
    drives[0] = no_object;
    err = mount( session, side, drives, NTMS_MOUNT_READ | NTMS_MOUNT_SPECIFIC_DRIVE, 0 );
    pair( "MountNtmsMedia", ERROR_INVALID_DRIVE, err );
    drives[0] = side;
    err = mount( session, side, drives, NTMS_MOUNT_READ | NTMS_MOUNT_SPECIFIC_DRIVE, 0 );
    pair( "MountNtmsMedia", ERROR_INVALID_DRIVE, err );
    err = dismount( session, side );
    pair( "DismountNtmsMedia", ERROR_INVALID_STATE, err );
}

struct mount_call
{
    HANDLE session;
    GUID   side;
};

static DWORD CALLBACK mount_thread( void *arg )
{
    struct mount_call *call = arg;
    GUID drive;

    return mount( call->session, call->side, &drive, NTMS_MOUNT_READ, 60000 );
}

/* while the medium is mounted by this session */
static void test_second_session( GUID side )
{
    struct mount_call call;
    HANDLE thread;
    DWORD err;
    GUID drive;

    call.side = side;
    call.session = OpenNtmsSessionW( NULL, L"winetest", 0 );
    ok( call.session != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    err = dismount( call.session, side );
    pair( "DismountNtmsMedia", ERROR_INVALID_STATE, err );
    err = mount( call.session, side, &drive, NTMS_MOUNT_READ, 500 );
    pair( "MountNtmsMedia", ERROR_TIMEOUT, err );

    thread = CreateThread( NULL, 0, mount_thread, &call, 0, NULL );
    Sleep( 500 );
    err = CloseNtmsSession( call.session );
    ok( !err, "got %lu\n", err );
    ok( !WaitForSingleObject( thread, 20000 ), "still waits\n" );
    GetExitCodeThread( thread, &err );
    pair( "MountNtmsMedia", ERROR_CANCELLED, err );
    CloseHandle( thread );
}

static void test_mounted( GUID side )
{
    GUID drive, again;
    DWORD err;

    err = mount( session, side, &drive, NTMS_MOUNT_READ, 60000 );
    pair( "MountNtmsMedia", ERROR_SUCCESS, err );
    if (err) return;
    err = mount( session, side, &again, NTMS_MOUNT_READ, 0 );
    pair( "MountNtmsMedia", ERROR_BUSY, err );
    test_second_session( side );
    err = dismount( session, side );
    pair( "DismountNtmsMedia", ERROR_SUCCESS, err );
    err = dismount( session, side );
    pair( "DismountNtmsMedia", ERROR_INVALID_STATE, err );

    /* who dismounts a drive need not be the one who has mounted */
    err = mount( session, side, &drive, NTMS_MOUNT_READ, 60000 );
    pair( "MountNtmsMedia", ERROR_SUCCESS, err );
    err = DismountNtmsDrive( session, &drive );
    pair( "DismountNtmsDrive", ERROR_SUCCESS, err );
}

/* a drive that nothing is in, as they all are in the end */
static void test_empty_drive(void)
{
    NTMS_OBJECTINFORMATIONW info;
    GUID library, list[16];
    DWORD i, j, count, err;

    if (!find_library( &library )) return;
    list_objects( &library, NTMS_DRIVE, list, ARRAYSIZE(list), &count );
    for (i = 0; i < 300; i++)
    {
        for (j = 0; j < min( count, ARRAYSIZE(list) ); j++)
        {
            info = get_info( list[j], NTMS_DRIVE );
            if (info.Info.Drive.State != NTMS_DRIVESTATE_DISMOUNTED) continue;
            err = DismountNtmsDrive( session, &list[j] );
            pair( "DismountNtmsDrive", ERROR_INVALID_STATE, err );
            return;
        }
        Sleep( 100 );
    }
    ok( 0, "no drive becomes empty\n" );
}

static void test_online(void)
{
    struct online_medium medium;
    GUID pool, logical, drive;
    DWORD err;

    if (!find_online_medium( &medium )) return;
    pool = make_pool( L"winetest mount", &medium.type );
    err = AllocateNtmsMedia( session, &pool, &medium.side, &logical, 0, 0, NULL );
    ok( !err, "got %lu\n", err );
    test_refused( logical );
    test_mounted( logical );
    test_empty_drive();

    err = SetNtmsMediaComplete( session, &logical );
    ok( !err, "got %lu\n", err );
    err = mount( session, logical, &drive, NTMS_MOUNT_WRITE, 0 );
    pair( "MountNtmsMedia", ERROR_WRITE_PROTECT, err );

    err = DeallocateNtmsMedia( session, &logical, 0 );
    ok( !err, "got %lu\n", err );
    err = move_when_idle( medium.medium, medium.free_pool );
    ok( !err, "got %lu\n", err );
    delete_pool( pool );
}

START_TEST(mount)
{
    if (!open_session()) return;
    test_offline();
    test_online();
    CloseNtmsSession( session );
}
