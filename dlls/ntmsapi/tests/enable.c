/*
 * Tests of EnableNtmsObject() and DisableNtmsObject()
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

#include "scratch.h"

static struct scratch scratch;

static BOOL is_enabled( const GUID *id, DWORD type )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD err = get_info( &scratch, id, type, &info );

    ok( !err, "got %lu\n", err );
    return info.Enabled;
}

/* The functions queue the change; it is awaited. */
static void wait_enabled( const GUID *id, DWORD type, BOOL expect )
{
    DWORD i;

    for (i = 0; i < 100 && !is_enabled( id, type ) != !expect; i++) Sleep( 100 );
    ok( !is_enabled( id, type ) == !expect, "type %lu: enabled is not %d\n", type, expect );
}

static void test_parameters(void)
{
    DWORD type, err;
    GUID id;

    id = nobody;
    err = EnableNtmsObject( NULL, NTMS_DRIVE, &id );
    pair( "EnableNtmsObject", ERROR_INVALID_HANDLE, err );
    err = DisableNtmsObject( NULL, NTMS_DRIVE, &id );
    pair( "DisableNtmsObject", ERROR_INVALID_HANDLE, err );
    err = EnableNtmsObject( scratch.session, NTMS_DRIVE, NULL );
    pair( "EnableNtmsObject", ERROR_INVALID_PARAMETER, err );
    err = DisableNtmsObject( scratch.session, NTMS_DRIVE, NULL );
    pair( "DisableNtmsObject", ERROR_INVALID_PARAMETER, err );
    for (type = 0; type < NTMS_NUMBER_OF_OBJECT_TYPES + 1; type++)
    {
        if (type == NTMS_DRIVE || type == NTMS_LIBRARY || type == NTMS_PHYSICAL_MEDIA)
        {
            id = nobody;
            err = EnableNtmsObject( scratch.session, type, &id );
            pair( "EnableNtmsObject", ERROR_OBJECT_NOT_FOUND, err );
            err = DisableNtmsObject( scratch.session, type, &id );
            pair( "DisableNtmsObject", ERROR_OBJECT_NOT_FOUND, err );
            id = scratch.pool;
            err = DisableNtmsObject( scratch.session, type, &id );
            pair( "DisableNtmsObject", ERROR_OBJECT_NOT_FOUND, err );
        }
        else
        {
            id = scratch.pool;
            err = EnableNtmsObject( scratch.session, type, &id );
            pair( "EnableNtmsObject", ERROR_INVALID_PARAMETER, err );
            err = DisableNtmsObject( scratch.session, type, &id );
            pair( "DisableNtmsObject", ERROR_INVALID_PARAMETER, err );
        }
    }
    err = EnableNtmsObject( scratch.session, NTMS_LIBRARY, &scratch.offline );
    pair( "EnableNtmsObject", ERROR_LIBRARY_OFFLINE, err );
    err = DisableNtmsObject( scratch.session, NTMS_LIBRARY, &scratch.offline );
    pair( "DisableNtmsObject", ERROR_LIBRARY_OFFLINE, err );
}

static void test_switch( const GUID *object, DWORD type )
{
    GUID id = *object;
    DWORD err;

    err = EnableNtmsObject( scratch.session, type, &id );
    pair( "EnableNtmsObject", ERROR_INVALID_STATE, err );
    err = DisableNtmsObject( scratch.session, type, &id );
    pair( "DisableNtmsObject", ERROR_SUCCESS, err );
    wait_enabled( &id, type, FALSE );
    err = DisableNtmsObject( scratch.session, type, &id );
    pair( "DisableNtmsObject", ERROR_INVALID_STATE, err );
    err = EnableNtmsObject( scratch.session, type, &id );
    pair( "EnableNtmsObject", ERROR_SUCCESS, err );
    wait_enabled( &id, type, TRUE );
}

/* its sides and logical media are disabled along */
static void test_medium(void)
{
    DWORD err;

    if (!scratch.has_media) return;
    test_switch( &scratch.medium, NTMS_PHYSICAL_MEDIA );
    err = DisableNtmsObject( scratch.session, NTMS_PHYSICAL_MEDIA, &scratch.medium );
    ok( !err, "got %lu\n", err );
    wait_enabled( &scratch.side, NTMS_PARTITION, FALSE );
    wait_enabled( &scratch.logical, NTMS_LOGICAL_MEDIA, FALSE );
    err = EnableNtmsObject( scratch.session, NTMS_PHYSICAL_MEDIA, &scratch.medium );
    ok( !err, "got %lu\n", err );
    wait_enabled( &scratch.side, NTMS_PARTITION, TRUE );
    wait_enabled( &scratch.logical, NTMS_LOGICAL_MEDIA, TRUE );
}

static void test_access(void)
{
    struct denied denied;
    DWORD err;

    if (!scratch.has_media || !deny_access( &scratch, &scratch.offline, NTMS_LIBRARY, &denied )) return;
    err = DisableNtmsObject( scratch.session, NTMS_PHYSICAL_MEDIA, &scratch.medium );
    pair( "DisableNtmsObject", ERROR_ACCESS_DENIED, err );
    err = EnableNtmsObject( scratch.session, NTMS_PHYSICAL_MEDIA, &scratch.medium );
    pair( "EnableNtmsObject", ERROR_ACCESS_DENIED, err );
    allow_access( &scratch, &denied );
    ok( is_enabled( &scratch.medium, NTMS_PHYSICAL_MEDIA ), "disabled\n" );
}

/* ------------------------------------------------------------------ with hardware */

/* a side of the library that can be mounted, with its medium */
static BOOL find_side( GUID *medium, GUID *side )
{
    NTMS_OBJECTINFORMATIONW info;
    GUID media[64];
    DWORD i, count = list_objects( &scratch, &scratch.library, NTMS_PHYSICAL_MEDIA, media, ARRAYSIZE(media) );

    for (i = 0; i < count; i++)
    {
        if (get_info( &scratch, &media[i], NTMS_PHYSICAL_MEDIA, &info ) || !info.Enabled) continue;
        if (info.Info.PhysicalMedia.MediaState != NTMS_MEDIASTATE_IDLE) continue;
        if (list_objects( &scratch, &media[i], NTMS_PARTITION, side, 1 ) != 1) continue;
        if (get_info( &scratch, side, NTMS_PARTITION, &info )) continue;
        switch (info.Info.Partition.State)
        {
        case NTMS_PARTSTATE_AVAILABLE:
        case NTMS_PARTSTATE_IMPORT:
        case NTMS_PARTSTATE_FOREIGN:
            *medium = media[i];
            return TRUE;
        }
    }
    return FALSE;
}

/* on the drive when it is not NULL */
static DWORD mount( const GUID *side, const GUID *drive, GUID *used )
{
    GUID media[1] = { *side }, drives[1] = { no_guid };
    DWORD err;

    if (drive) drives[0] = *drive;
    err = MountNtmsMedia( scratch.session, media, drives, 1, NTMS_MOUNT_READ | NTMS_MOUNT_ERROR_OFFLINE |
                          (drive ? NTMS_MOUNT_SPECIFIC_DRIVE : 0), NTMS_PRIORITY_NORMAL, 120000, NULL );
    if (!err && used) *used = drives[0];
    return err;
}

static void dismount( const GUID *side, DWORD options )
{
    GUID media[1] = { *side };
    DWORD err = DismountNtmsMedia( scratch.session, media, 1, options );

    ok( !err, "got %lu\n", err );
}

/* what a dismount has queued is done */
static BOOL wait_drive_empty( const GUID *drive )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD i;

    for (i = 0; i < 300; i++)
    {
        if (get_info( &scratch, drive, NTMS_DRIVE, &info )) return FALSE;
        if (info.Info.Drive.State == NTMS_DRIVESTATE_DISMOUNTED) return TRUE;
        Sleep( 100 );
    }
    return FALSE;
}

/* what the objects say of a mount */
static void test_mounted( const GUID *side, const GUID *drive )
{
    NTMS_OBJECTINFORMATIONW info;
    GUID medium;
    DWORD err;

    err = get_info( &scratch, side, NTMS_PARTITION, &info );
    ok( !err, "got %lu\n", err );
    ok( info.Info.Partition.dwMountCount, "not counted\n" );
    ok( info.Info.Partition.Capacity.QuadPart > 0, "no capacity\n" );
    medium = info.Info.Partition.PhysicalMedia;
    err = get_info( &scratch, &medium, NTMS_PHYSICAL_MEDIA, &info );
    ok( !err, "got %lu\n", err );
    ok( info.Info.PhysicalMedia.MediaState == NTMS_MEDIASTATE_LOADED, "state %lu\n", info.Info.PhysicalMedia.MediaState );
    ok( IsEqualGUID( &info.Info.PhysicalMedia.MountedPartition, side ), "another side\n" );
    ok( IsEqualGUID( &info.Info.PhysicalMedia.Location, drive ) && info.Info.PhysicalMedia.LocationType == NTMS_DRIVE, "not in the drive\n" );
    ok( info.Info.PhysicalMedia.dwDensityCode, "no density\n" );
    err = get_info( &scratch, drive, NTMS_DRIVE, &info );
    ok( !err, "got %lu\n", err );
    ok( info.Info.Drive.State == NTMS_DRIVESTATE_LOADED && info.Info.Drive.dwMountCount, "state %lu\n", info.Info.Drive.State );
    ok( IsEqualGUID( &info.Info.Drive.SavedPartitionId, side ), "another side\n" );
}

static DWORD WINAPI mount_in_vain( void *side )
{
    HANDLE session = OpenNtmsSessionW( NULL, L"winetest waits", 0 );
    GUID media[1] = { *(GUID *)side }, drives[1] = { no_guid };
    DWORD err;

    err = MountNtmsMedia( session, media, drives, 1, NTMS_MOUNT_READ, NTMS_PRIORITY_NORMAL, 60000, NULL );
    CloseNtmsSession( session );
    return err;
}

/* whether a mount of the side waits */
static BOOL is_waiting( const GUID *side )
{
    NTMS_OBJECTINFORMATIONW info;
    static GUID list[1024];
    DWORD i, count = list_objects( &scratch, &scratch.library, NTMS_LIBREQUEST, list, ARRAYSIZE(list) );

    for (i = 0; i < count; i++)
        if (!get_info( &scratch, &list[i], NTMS_LIBREQUEST, &info ) && info.Info.LibRequest.OperationCode == NTMS_LM_MOUNT
            && info.Info.LibRequest.State == NTMS_LM_WAITING && IsEqualGUID( &info.Info.LibRequest.PartitionId, side ))
            return TRUE;
    return FALSE;
}

/* A mount that waits ends with an error when the medium is disabled; who has it keeps it. */
static void test_waiting( GUID *medium, GUID *side )
{
    GUID drive, *objects[] = { medium, &scratch.library };
    DWORD types[] = { NTMS_PHYSICAL_MEDIA, NTMS_LIBRARY };
    DWORD err, i, j;
    HANDLE thread;

    err = mount( side, NULL, &drive );
    ok( !err, "got %lu\n", err );
    if (err) return;
    for (i = 0; i < ARRAYSIZE(objects); i++)
    {
        thread = CreateThread( NULL, 0, mount_in_vain, side, 0, NULL );
        for (j = 0; j < 100 && !is_waiting( side ); j++) Sleep( 50 );
        ok( is_waiting( side ), "does not wait\n" );
        err = DisableNtmsObject( scratch.session, types[i], objects[i] );
        pair( "DisableNtmsObject", ERROR_SUCCESS, err );
        ok( !WaitForSingleObject( thread, 30000 ), "still waits\n" );
        GetExitCodeThread( thread, &err );
        pair( "MountNtmsMedia", ERROR_RESOURCE_DISABLED, err );
        CloseHandle( thread );
        err = EnableNtmsObject( scratch.session, types[i], objects[i] );
        pair( "EnableNtmsObject", ERROR_SUCCESS, err );
    }
    test_mounted( side, &drive );
    dismount( side, NTMS_DISMOUNT_IMMEDIATE );
    ok( wait_drive_empty( &drive ), "the medium is still in the drive\n" );
}

static void test_disabled_drive( const GUID *side, const GUID *drives, DWORD count )
{
    GUID disabled, used;
    DWORD err, i;

    /* a drive whose medium was left in it is emptied */
    err = mount( side, NULL, &disabled );
    ok( !err, "got %lu\n", err );
    if (err) return;
    test_mounted( side, &disabled );
    dismount( side, NTMS_DISMOUNT_DEFERRED );
    err = DisableNtmsObject( scratch.session, NTMS_DRIVE, &disabled );
    pair( "DisableNtmsObject", ERROR_SUCCESS, err );
    wait_enabled( &disabled, NTMS_DRIVE, FALSE );
    ok( wait_drive_empty( &disabled ), "the medium is still in the drive\n" );

    /* it is not used any more */
    err = mount( side, &disabled, NULL );
    pair( "MountNtmsMedia", ERROR_RESOURCE_DISABLED, err );
    if (count > 1)
    {
        err = mount( side, NULL, &used );
        ok( !err, "got %lu\n", err );
        ok( err || !IsEqualGUID( &used, &disabled ), "a disabled drive is used\n" );
        if (!err) dismount( side, NTMS_DISMOUNT_IMMEDIATE );
        if (!err) wait_drive_empty( &used );
    }
    /* when all are disabled no mount waits */
    for (i = 0; i < count; i++)
        if (is_enabled( &drives[i], NTMS_DRIVE )) DisableNtmsObject( scratch.session, NTMS_DRIVE, (GUID *)&drives[i] );
    err = mount( side, NULL, NULL );
    pair( "MountNtmsMedia", ERROR_RESOURCE_DISABLED, err );
    for (i = 0; i < count; i++)
    {
        err = EnableNtmsObject( scratch.session, NTMS_DRIVE, (GUID *)&drives[i] );
        ok( !err, "got %lu\n", err );
    }
    err = mount( side, &disabled, &used );
    ok( !err && IsEqualGUID( &used, &disabled ), "got %lu\n", err );
    if (!err) dismount( side, NTMS_DISMOUNT_IMMEDIATE );
    if (!err) wait_drive_empty( &disabled );
}

static void test_hardware(void)
{
    GUID drives[8], medium, side;
    DWORD err, count;

    if (IsEqualGUID( &scratch.library, &no_guid ))
    {
        skip( "no library with a drive\n" );
        return;
    }
    test_switch( &scratch.library, NTMS_LIBRARY );
    count = list_objects( &scratch, &scratch.library, NTMS_DRIVE, drives, ARRAYSIZE(drives) );
    if (!count) return;
    test_switch( &drives[0], NTMS_DRIVE );
    err = DisableNtmsObject( scratch.session, NTMS_LIBRARY, &scratch.library );
    ok( !err, "got %lu\n", err );
    wait_enabled( &drives[0], NTMS_DRIVE, FALSE );
    err = EnableNtmsObject( scratch.session, NTMS_LIBRARY, &scratch.library );
    ok( !err, "got %lu\n", err );
    wait_enabled( &drives[0], NTMS_DRIVE, TRUE );

    if (!find_side( &medium, &side ))
    {
        skip( "no medium to mount\n" );
        return;
    }
    err = DisableNtmsObject( scratch.session, NTMS_PHYSICAL_MEDIA, &medium );
    ok( !err, "got %lu\n", err );
    wait_enabled( &medium, NTMS_PHYSICAL_MEDIA, FALSE );
    err = mount( &side, NULL, NULL );
    pair( "MountNtmsMedia", ERROR_RESOURCE_DISABLED, err );
    EnableNtmsObject( scratch.session, NTMS_PHYSICAL_MEDIA, &medium );
    DisableNtmsObject( scratch.session, NTMS_LIBRARY, &scratch.library );
    wait_enabled( &scratch.library, NTMS_LIBRARY, FALSE );
    err = mount( &side, NULL, NULL );
    pair( "MountNtmsMedia", ERROR_RESOURCE_DISABLED, err );
    EnableNtmsObject( scratch.session, NTMS_LIBRARY, &scratch.library );
    test_disabled_drive( &side, drives, count );
    test_waiting( &medium, &side );
}

START_TEST(enable)
{
    if (!scratch_open( &scratch )) return;
    test_parameters();
    test_medium();
    test_access();
    test_hardware();
    scratch_close( &scratch );
}
