/*
 * Tests of the lists of objects and of the information about each
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

#include "world.h"
#include "wine/test.h"

static struct world world;

/* how many objects of a type are in a container of a type, 0 for none; what is not here is no container of the type */
static const struct
{
    DWORD type;
    DWORD container;
    DWORD count;
} lists[] =
{
    { NTMS_CHANGER,        0,                   1 },
    { NTMS_CHANGER,        NTMS_LIBRARY,        1 },
    { NTMS_CHANGER_TYPE,   0,                   1 },
    { NTMS_COMPUTER,       0,                   1 },
    { NTMS_DRIVE,          0,                   3 },
    { NTMS_DRIVE,          NTMS_LIBRARY,        2 },
    { NTMS_DRIVE_TYPE,     0,                   1 },
    { NTMS_IEDOOR,         0,                   2 },
    { NTMS_IEDOOR,         NTMS_LIBRARY,        2 },
    { NTMS_IEPORT,         0,                   2 },
    { NTMS_IEPORT,         NTMS_LIBRARY,        2 },
    { NTMS_LIBRARY,        0,                   3 },
    { NTMS_LIBREQUEST,     0,                   1 },
    { NTMS_LIBREQUEST,     NTMS_LIBRARY,        1 },
    { NTMS_LOGICAL_MEDIA,  0,                   1 },
    { NTMS_LOGICAL_MEDIA,  NTMS_MEDIA_POOL,     1 },
    { NTMS_LOGICAL_MEDIA,  NTMS_PARTITION,      1 },
    { NTMS_MEDIA_POOL,     0,                   4 },
    { NTMS_MEDIA_POOL,     NTMS_MEDIA_POOL,     0 },
    { NTMS_MEDIA_TYPE,     0,                   63 },
    { NTMS_MEDIA_TYPE,     NTMS_LIBRARY,        2 },
    { NTMS_PARTITION,      0,                   4 },
    { NTMS_PARTITION,      NTMS_LOGICAL_MEDIA,  1 },
    { NTMS_PARTITION,      NTMS_MEDIA_POOL,     2 },
    { NTMS_PARTITION,      NTMS_PHYSICAL_MEDIA, 2 },
    { NTMS_PHYSICAL_MEDIA, 0,                   3 },
    { NTMS_PHYSICAL_MEDIA, NTMS_LIBRARY,        3 },
    { NTMS_PHYSICAL_MEDIA, NTMS_MEDIA_POOL,     1 },
    { NTMS_STORAGESLOT,    0,                   4 },
    { NTMS_STORAGESLOT,    NTMS_LIBRARY,        4 },
    { NTMS_OPREQUEST,      0,                   1 },
};

static int find_list( DWORD type, DWORD container )
{
    DWORD i;

    for (i = 0; i < ARRAY_SIZE(lists); i++)
        if (lists[i].type == type && lists[i].container == container) return i;
    return -1;
}

/* the whole list, and every shorter one, which has the beginning of it */
static void check_list( DWORD type, const GUID *container, DWORD expect )
{
    DWORD capacity, count, total, error, i;
    GUID *list, *part;

    OK( ntms_enumerate( NULL, container, type, NTMS_ENUM_DEFAULT, expect, &list, &count, &total ));
    ok( count == expect && total == expect, "type %lu: %lu of %lu instead of %lu\n", type, count, total, expect );
    if (count != expect) return;
    for (i = 0; i < count; i++) ok( world_info( &list[i] ).dwType == type, "not of type %lu\n", type );
    for (capacity = 0; capacity < expect; capacity++)
    {
        error = ntms_enumerate( NULL, container, type, NTMS_ENUM_DEFAULT, capacity, &part, &count, &total );
        ok( error == ERROR_INSUFFICIENT_BUFFER, "type %lu: error %lu\n", type, error );
        ok( count == capacity && total == expect, "type %lu: %lu of %lu\n", type, count, total );
        ok( !memcmp( part, list, capacity * sizeof(*list) ), "another list\n" );
        free( part );
    }
    free( list );
}

static void test_lists(void)
{
    DWORD type, container, count, total;
    const GUID *id;
    GUID *list;
    int i;

    for (type = 0; type < 20; type++)
        for (container = 1; container <= NTMS_OPREQUEST; container++)
        {
            id = container > 1 ? world_object( &world, container ) : NULL;
            if ((i = find_list( type, id ? container : 0 )) >= 0) check_list( type, id, lists[i].count );
            else
            {
                DWORD error = ntms_enumerate( NULL, id, type, NTMS_ENUM_DEFAULT, 1, &list, &count, &total );
                ok( error == ERROR_INVALID_PARAMETER, "type %lu in %lu: error %lu\n", type, container, error );
            }
        }
    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        DWORD error = ntms_enumerate( NULL, &nobody, type, NTMS_ENUM_DEFAULT, 1, &list, &count, &total );
        ok( error == ERROR_OBJECT_NOT_FOUND, "type %lu: error %lu\n", type, error );
    }
    check_list( NTMS_DRIVE, &world.standalone, 1 );
    check_list( NTMS_STORAGESLOT, &world.standalone, 0 );
    check_list( NTMS_PHYSICAL_MEDIA, &world.offline, 0 );
    check_list( NTMS_MEDIA_POOL, &world.parent, 2 );
    check_list( NTMS_MEDIA_POOL, &world.free_parent, 2 );
    check_list( NTMS_MEDIA_POOL, &world.root, 0 );
}

static void check_order( DWORD type, const GUID *container, const GUID *expect, DWORD expect_count )
{
    DWORD count, total;
    GUID *list;

    OK( ntms_enumerate( NULL, container, type, NTMS_ENUM_DEFAULT, 100, &list, &count, &total ));
    ok( count == expect_count && !memcmp( list, expect, count * sizeof(*list) ), "wrong objects of type %lu\n", type );
    free( list );
}

static void test_order(void)
{
    check_order( NTMS_DRIVE, &world.library, world.drives, ARRAY_SIZE(world.drives) );
    check_order( NTMS_IEDOOR, &world.library, world.doors, ARRAY_SIZE(world.doors) );
    check_order( NTMS_IEPORT, &world.library, world.ports, ARRAY_SIZE(world.ports) );
    check_order( NTMS_STORAGESLOT, &world.library, world.slots, ARRAY_SIZE(world.slots) );
    check_order( NTMS_PHYSICAL_MEDIA, &world.library, world.media, ARRAY_SIZE(world.media) );
    check_order( NTMS_PHYSICAL_MEDIA, NULL, world.media, ARRAY_SIZE(world.media) );
    check_order( NTMS_PARTITION, &world.media[0], world.sides, 2 );
    check_order( NTMS_PARTITION, NULL, world.sides, ARRAY_SIZE(world.sides) );
    check_order( NTMS_PARTITION, &world.pool, world.sides, 2 );
    check_order( NTMS_PARTITION, &world.logical, world.sides, 1 );
    check_order( NTMS_LOGICAL_MEDIA, &world.sides[0], &world.logical, 1 );
    check_order( NTMS_LOGICAL_MEDIA, &world.sides[1], NULL, 0 );
    check_order( NTMS_CHANGER, &world.library, &world.changer, 1 );
    check_order( NTMS_LIBREQUEST, &world.library, &world.request, 1 );
}

static void test_root_pool(void)
{
    DWORD count, total, type;
    GUID *list;

    OK( ntms_enumerate( NULL, NULL, NTMS_MEDIA_POOL, NTMS_ENUM_ROOTPOOL, 5, &list, &count, &total ));
    ok( count == 5 && total == 5, "%lu of %lu\n", count, total );
    ok( IsEqualGUID( &list[0], &world.root ), "not first\n" );
    free( list );
    FAILS( ntms_enumerate( NULL, NULL, NTMS_MEDIA_POOL, NTMS_ENUM_ROOTPOOL, 4, &list, &count, &total ), ERROR_INSUFFICIENT_BUFFER );
    ok( count == 4 && total == 5, "%lu of %lu\n", count, total );
    ok( IsEqualGUID( &list[0], &world.root ), "not first\n" );
    free( list );

    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
        if (type != NTMS_MEDIA_POOL)
            FAILS( ntms_enumerate( NULL, NULL, type, NTMS_ENUM_ROOTPOOL, 5, &list, &count, &total ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_enumerate( NULL, &world.parent, NTMS_MEDIA_POOL, NTMS_ENUM_ROOTPOOL, 5, &list, &count, &total ),
           ERROR_INVALID_PARAMETER );
    FAILS( ntms_enumerate( NULL, NULL, NTMS_MEDIA_POOL, 2, 5, &list, &count, &total ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_enumerate( NULL, NULL, NTMS_MEDIA_POOL, ~0u, 5, &list, &count, &total ), ERROR_INVALID_PARAMETER );
}

/* ------------------------------------------------------------------ information */

static void test_types(void)
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD type, asked;

    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        for (asked = 0; asked < 20; asked++)
        {
            DWORD error = ntms_get_object_information( NULL, world_object( &world, type ), asked, &info );
            DWORD expect = asked == NTMS_UNKNOWN || asked == type ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER;

            ok( error == expect, "type %lu as %lu: error %lu\n", type, asked, error );
        }
        memset( &info, 0xcc, sizeof(info) );
        OK( ntms_get_object_information( NULL, world_object( &world, type ), type, &info ));
        ok( info.dwSize == sizeof(info) && info.dwType == type, "size %lu, type %lu\n", info.dwSize, info.dwType );
        ok( IsEqualGUID( &info.ObjectGuid, world_object( &world, type )), "wrong GUID\n" );
        ok( info.Enabled == TRUE && info.dwOperationalState == NTMS_READY, "type %lu: wrong state\n", type );
        ok( info.Created.wYear > 2000 && info.Modified.wYear >= info.Created.wYear, "type %lu: wrong times\n", type );
        FAILS( ntms_get_object_information( NULL, &nobody, type, &info ), ERROR_OBJECT_NOT_FOUND );
    }
}

static void test_devices(void)
{
    NTMS_CHANGERINFORMATIONW changer = world_info( &world.changer ).Info.Changer;
    NTMS_DRIVEINFORMATIONW drive = world_info( &world.drives[0] ).Info.Drive, other = world_info( &world.drives[1] ).Info.Drive;
    NTMS_DRIVETYPEINFORMATIONW type = world_info( &world.drive_type ).Info.DriveType;
    NTMS_CHANGERTYPEINFORMATIONW changer_type = world_info( &world.changer_type ).Info.ChangerType;

    ok( changer.Number == 50 && IsEqualGUID( &changer.ChangerType, &world.changer_type ), "wrong changer\n" );
    ok( !wcscmp( changer.szSerialNumber, L"C1" ) && !wcscmp( changer.szRevision, L"R2" ), "wrong changer\n" );
    ok( !wcscmp( changer.szDeviceName, L"\\\\.\\Changer0" ), "name %s\n", debugstr_w(changer.szDeviceName) );
    ok( changer.ScsiPort == 5 && changer.ScsiBus == 6 && changer.ScsiTarget == 7 && changer.ScsiLun == 8, "wrong address\n" );
    ok( IsEqualGUID( &changer.Library, &world.library ), "wrong library\n" );
    ok( !wcscmp( changer_type.szVendor, L"Vendor" ) && !wcscmp( changer_type.szProduct, L"Changer" ), "wrong type\n" );
    ok( changer_type.DeviceType == FILE_DEVICE_CHANGER, "device type %lu\n", changer_type.DeviceType );

    ok( drive.Number == 0 && drive.State == NTMS_DRIVESTATE_LOADED && IsEqualGUID( &drive.DriveType, &world.drive_type ),
        "wrong drive\n" );
    ok( !wcscmp( drive.szDeviceName, L"\\\\.\\Tape0" ) && !wcscmp( drive.szSerialNumber, L"D1" ), "wrong drive\n" );
    ok( !wcscmp( drive.szRevision, L"R1" ), "wrong drive\n" );
    ok( drive.ScsiPort == 1 && drive.ScsiBus == 2 && drive.ScsiTarget == 3 && drive.ScsiLun == 4, "wrong address\n" );
    ok( drive.dwMountCount == 7 && drive.LastCleanedTs.wYear == 2022, "year %u\n", drive.LastCleanedTs.wYear );
    ok( IsEqualGUID( &drive.SavedPartitionId, &world.sides[3] ), "wrong side\n" );
    ok( IsEqualGUID( &drive.Library, &world.library ) && IsEqualGUID( &drive.Reserved, &null_guid ), "wrong library\n" );
    ok( drive.dwDeferDismountDelay == 300, "delay %lu\n", drive.dwDeferDismountDelay );
    ok( IsEqualGUID( &other.SavedPartitionId, &null_guid ), "not empty\n" );
    ok( !wcscmp( type.szVendor, L"Maker" ) && !wcscmp( type.szProduct, L"Drive" ), "wrong type\n" );
    ok( !type.NumberOfHeads && type.DeviceType == FILE_DEVICE_TAPE, "device type %lu\n", type.DeviceType );
}

static void test_library(void)
{
    NTMS_LIBRARYINFORMATION info;
    NTMS_STORAGESLOTINFORMATION slot = world_info( &world.slots[1] ).Info.StorageSlot;
    NTMS_IEDOORINFORMATION door = world_info( &world.doors[1] ).Info.IEDoor;
    NTMS_IEPORTINFORMATION port = world_info( &world.ports[1] ).Info.IEPort;

    world_exec( "UPDATE library SET drive_cleaning = 1, bar_code_reader = 1, inventory_method = 2, flags = 18, cleaner_uses = 9,"
                " cleaner_slot = (SELECT id FROM slot WHERE element = 3) WHERE id = ?", &world.library );
    info = world_info( &world.library ).Info.Library;
    ok( info.LibraryType == NTMS_LIBRARYTYPE_ONLINE, "type %lu\n", info.LibraryType );
    ok( IsEqualGUID( &info.CleanerSlot, &world.slots[3] ), "wrong slot\n" );
    ok( IsEqualGUID( &info.CleanerSlotDefault, &null_guid ) && IsEqualGUID( &info.Reserved, &null_guid ), "wrong slot\n" );
    ok( info.LibrarySupportsDriveCleaning == TRUE && info.BarCodeReaderInstalled == TRUE, "wrong features\n" );
    ok( info.InventoryMethod == NTMS_INVENTORY_OMID && info.dwCleanerUsesRemaining == 9, "wrong settings\n" );
    ok( info.FirstDriveNumber == 10 && info.dwNumberOfDrives == 2, "drives %lu\n", info.dwNumberOfDrives );
    ok( info.FirstSlotNumber == 20 && info.dwNumberOfSlots == 4, "slots %lu\n", info.dwNumberOfSlots );
    ok( info.FirstDoorNumber == 30 && info.dwNumberOfDoors == 2, "doors %lu\n", info.dwNumberOfDoors );
    ok( info.FirstPortNumber == 40 && info.dwNumberOfPorts == 2, "ports %lu\n", info.dwNumberOfPorts );
    ok( info.FirstChangerNumber == 50 && info.dwNumberOfChangers == 1, "changers %lu\n", info.dwNumberOfChangers );
    ok( info.dwNumberOfMedia == 3 && info.dwNumberOfMediaTypes == 2 && info.dwNumberOfLibRequests == 1, "wrong counts\n" );
    ok( info.AutoRecovery == TRUE, "no recovery\n" );
    ok( info.dwFlags == (NTMS_LIBRARYFLAG_CLEANERPRESENT | NTMS_LIBRARYFLAG_RECOGNIZECLEANERBARCODE), "flags %#lx\n", info.dwFlags );
    world_exec( "UPDATE library SET flags = 0 WHERE id = ?", &world.library );
    ok( !world_info( &world.library ).Info.Library.dwCleanerUsesRemaining, "uses without a cleaner\n" );

    info = world_info( &world.offline ).Info.Library;
    ok( info.LibraryType == NTMS_LIBRARYTYPE_OFFLINE && info.dwFlags == NTMS_LIBRARYFLAG_FIXEDOFFLINE, "type %lu\n", info.LibraryType );
    ok( world_info( &world.standalone ).Info.Library.LibraryType == NTMS_LIBRARYTYPE_STANDALONE, "wrong type\n" );

    ok( slot.Number == 21 && slot.State == NTMS_SLOTSTATE_FULL && IsEqualGUID( &slot.Library, &world.library ), "wrong slot\n" );
    ok( door.Number == 31 && door.State == NTMS_DOORSTATE_CLOSED && !door.MaxOpenSecs, "wrong door\n" );
    ok( IsEqualGUID( &door.Library, &world.library ), "wrong door\n" );
    ok( port.Number == 41 && port.Content == NTMS_PORTCONTENT_EMPTY && port.Position == NTMS_PORTPOSITION_EXTENDED, "wrong port\n" );
    ok( IsEqualGUID( &port.Library, &world.library ) && !port.MaxExtendSecs, "wrong port\n" );
}

static void test_media(void)
{
    NTMS_PMIDINFORMATIONW two = world_info( &world.media[0] ).Info.PhysicalMedia, one = world_info( &world.media[1] ).Info.PhysicalMedia;
    NTMS_PMIDINFORMATIONW loaded = world_info( &world.media[2] ).Info.PhysicalMedia;
    NTMS_PARTITIONINFORMATIONW side = world_info( &world.sides[0] ).Info.Partition, back = world_info( &world.sides[1] ).Info.Partition;
    NTMS_LMIDINFORMATION logical = world_info( &world.logical ).Info.LogicalMedia;
    NTMS_MEDIATYPEINFORMATION type = world_info( &world.lto ).Info.MediaType;

    ok( IsEqualGUID( &two.CurrentLibrary, &world.library ) && IsEqualGUID( &two.MediaPool, &world.pool ), "wrong container\n" );
    ok( IsEqualGUID( &two.Location, &world.slots[0] ) && two.LocationType == NTMS_STORAGESLOT, "wrong location\n" );
    ok( IsEqualGUID( &two.MediaType, &world.lto ) && IsEqualGUID( &two.HomeSlot, &world.slots[0] ), "wrong medium\n" );
    ok( !wcscmp( two.szBarCode, L"TWO" ) && two.BarCodeState == NTMS_BARCODESTATE_OK, "wrong bar code\n" );
    ok( !wcscmp( two.szSequenceNumber, L"1" ) && two.dwNumberOfPartitions == 2, "wrong number\n" );
    ok( two.MediaState == NTMS_MEDIASTATE_IDLE && IsEqualGUID( &two.MountedPartition, &null_guid ), "wrong state\n" );
    ok( !one.szBarCode[0] && one.BarCodeState == NTMS_BARCODESTATE_UNREADABLE, "wrong bar code\n" );
    ok( IsEqualGUID( &loaded.Location, &world.drives[0] ) && loaded.LocationType == NTMS_DRIVE, "wrong location\n" );
    ok( loaded.MediaState == NTMS_MEDIASTATE_LOADED && IsEqualGUID( &loaded.MountedPartition, &world.sides[3] ), "wrong state\n" );
    ok( loaded.dwMediaTypeCode == 1 && loaded.dwDensityCode == 70, "wrong codes\n" );

    ok( IsEqualGUID( &side.PhysicalMedia, &world.media[0] ) && IsEqualGUID( &side.LogicalMedia, &world.logical ), "wrong side\n" );
    ok( side.State == NTMS_PARTSTATE_ALLOCATED && !side.Side && side.dwAllocateCount == 1, "wrong side\n" );
    ok( back.State == NTMS_PARTSTATE_AVAILABLE && back.Side == 1 && IsEqualGUID( &back.LogicalMedia, &null_guid ), "wrong side\n" );
    world_exec( "UPDATE partition SET label_id = x'0102', label_type = 'MTF', label_info = 'info', mount_count = 3,"
                " capacity = 5000000000 WHERE id = ?", &world.sides[1] );
    back = world_info( &world.sides[1] ).Info.Partition;
    ok( back.dwOmidLabelIdLength == 2 && back.OmidLabelId[0] == 1 && back.OmidLabelId[1] == 2, "wrong label\n" );
    ok( !wcscmp( back.szOmidLabelType, L"MTF" ) && !wcscmp( back.szOmidLabelInfo, L"info" ), "wrong label\n" );
    ok( back.dwMountCount == 3 && back.Capacity.QuadPart == 5000000000ll, "wrong counts\n" );
    ok( IsEqualGUID( &logical.MediaPool, &world.pool ) && logical.dwNumberOfPartitions == 1, "wrong logical medium\n" );
    ok( type.MediaType == 0x56 && type.NumberOfSides == 1 && type.ReadWriteCharacteristics == NTMS_MEDIARW_REWRITABLE
        && type.DeviceType == FILE_DEVICE_TAPE, "wrong type\n" );
}

static void test_pools(void)
{
    NTMS_MEDIAPOOLINFORMATION pool = world_info( &world.pool ).Info.MediaPool, parent = world_info( &world.parent ).Info.MediaPool;

    ok( pool.PoolType == NTMS_POOLTYPE_APPLICATION && IsEqualGUID( &pool.MediaType, &world.lto ), "wrong pool\n" );
    ok( IsEqualGUID( &pool.Parent, &world.parent ) && !pool.dwMaxAllocates, "wrong pool\n" );
    ok( !pool.AllocationPolicy && !pool.DeallocationPolicy, "wrong policies\n" );
    ok( pool.dwNumberOfPhysicalMedia == 1 && pool.dwNumberOfLogicalMedia == 1 && !pool.dwNumberOfMediaPools, "wrong counts\n" );
    ok( parent.dwNumberOfMediaPools == 2 && IsEqualGUID( &parent.Parent, &null_guid ), "wrong parent\n" );
    ok( IsEqualGUID( &parent.MediaType, &null_guid ), "wrong parent\n" );
    ok( world_info( &world.free_pool ).Info.MediaPool.dwNumberOfPhysicalMedia == 1, "wrong counts\n" );
    ok( world_info( &world.free_pool ).Info.MediaPool.PoolType == NTMS_POOLTYPE_SCRATCH, "wrong type\n" );
    ok( world_info( &world.import_pool ).Info.MediaPool.PoolType == NTMS_POOLTYPE_IMPORT, "wrong type\n" );
    ok( world_info( &world.foreign_pool ).Info.MediaPool.PoolType == NTMS_POOLTYPE_FOREIGN, "wrong type\n" );
}

static void test_requests(void)
{
    NTMS_LIBREQUESTINFORMATIONW request = world_info( &world.request ).Info.LibRequest;
    NTMS_OPREQUESTINFORMATIONW operator = world_info( &world.operator_request ).Info.OpRequest;
    NTMS_COMPUTERINFORMATION computer = world_info( &world.computer ).Info.Computer;

    ok( request.OperationCode == NTMS_LM_MOUNT && request.OperationOption == 4 && request.State == NTMS_LM_FAILED, "wrong request\n" );
    ok( IsEqualGUID( &request.PartitionId, &world.sides[2] ) && IsEqualGUID( &request.DriveId, &world.drives[1] ), "wrong objects\n" );
    ok( IsEqualGUID( &request.PhysMediaId, &world.media[1] ) && IsEqualGUID( &request.Library, &world.library ), "wrong objects\n" );
    ok( IsEqualGUID( &request.SlotId, &world.slots[1] ) && IsEqualGUID( &request.WorkItemId, &world.request ), "wrong objects\n" );
    ok( request.TimeQueued.wYear == 2022 && request.TimeCompleted.wSecond == request.TimeQueued.wSecond + 1, "wrong times\n" );
    ok( !wcscmp( request.szApplication, L"app" ) && !wcscmp( request.szUser, L"user" ) && !wcscmp( request.szComputer, L"host" ),
        "wrong names\n" );
    ok( request.dwErrorCode == 5 && (int)request.dwPriority == -3, "wrong result\n" );

    ok( operator.Request == NTMS_OPREQ_MOVEMEDIA && operator.State == NTMS_OPSTATE_INPROGRESS, "wrong request\n" );
    ok( operator.Submitted.wYear == 2022 && !wcscmp( operator.szMessage, L"move it" ), "wrong request\n" );
    ok( operator.Arg1Type == NTMS_PHYSICAL_MEDIA && IsEqualGUID( &operator.Arg1, &world.media[1] ), "wrong argument\n" );
    ok( operator.Arg2Type == NTMS_LIBRARY && IsEqualGUID( &operator.Arg2, &world.library ), "wrong argument\n" );
    ok( !wcscmp( operator.szApplication, L"app" ) && !wcscmp( operator.szUser, L"user" ) && !wcscmp( operator.szComputer, L"host" ),
        "wrong names\n" );

    ok( computer.dwLibRequestPurgeTime == 3600 && computer.dwOpRequestPurgeTime == 3600, "wrong times\n" );
    ok( !computer.dwLibRequestFlags && !computer.dwOpRequestFlags && !computer.dwMediaPoolPolicy, "wrong flags\n" );
}

/* ------------------------------------------------------------------ speed */

static double now(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter( &count );
    QueryPerformanceFrequency( &frequency );
    return count.QuadPart * 1e6 / frequency.QuadPart;
}

static void time_list( const char *what, DWORD type, const GUID *container, DWORD expect )
{
    DWORD count, total;
    double start = now();
    GUID *list;

    OK( ntms_enumerate( NULL, container, type, NTMS_ENUM_DEFAULT, ~0u, &list, &count, &total ));
    printf( "%s: %lu in %.1f ms\n", what, count, (now() - start) / 1000 );
    ok( count == expect, "%lu instead of %lu\n", count, expect );
    free( list );
}

/* how long it takes with many media; tells only, as machines differ */
static void test_speed(void)
{
    DWORD media = 2000, type, i;
    char text[32];
    double start;

    if (GetEnvironmentVariableA( "NTMS_TEST_MEDIA", text, sizeof(text) )) media = atoi( text );
    OK( db_begin() );
    for (i = 0; i < media; i++)
    {
        struct new_medium medium = { world.offline, null_guid, 0, null_guid, world.lto, NULL, 1 };
        GUID id;

        OK( store_add_medium( &medium, &id ));
    }
    OK( db_commit() );

    time_list( "media", NTMS_PHYSICAL_MEDIA, NULL, media + 3 );
    time_list( "media of a library", NTMS_PHYSICAL_MEDIA, &world.offline, media );
    time_list( "media of a pool", NTMS_PHYSICAL_MEDIA, &world.foreign_pool, media + 1 );
    time_list( "sides", NTMS_PARTITION, NULL, media + 4 );
    time_list( "sides of a pool", NTMS_PARTITION, &world.foreign_pool, media + 1 );
    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        start = now();
        for (i = 0; i < 1000; i++) world_info( world_object( &world, type ));
        printf( "information of type %lu: %.1f us\n", type, (now() - start) / 1000 );
    }
}

START_TEST(enumerate)
{
    world_open( &world );
    test_lists();
    test_order();
    test_root_pool();
    test_types();
    test_devices();
    test_library();
    test_media();
    test_pools();
    test_requests();
    test_speed();
    world_close();
}
