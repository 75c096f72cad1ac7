/*
 * Tests of CreateNtmsMedia
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

static GUID type, pool;        /* one side, two sides */
static GUID type2, pool2;

static void test_members(void)
{
    static const GUID ids[] = { { 0x77696e65, 1, 1 }, { 0x77696e65, 1, 2 }, { 0x77696e65, 1, 3 } };
    struct medium medium, copy;
    NTMS_OBJECTINFORMATIONW info;
    GUID offline;
    DWORD err;

    if (!find_offline_library( &offline )) return;
    describe( &medium, pool, 1, NTMS_PARTSTATE_ALLOCATED, 0 );
    medium.info.ObjectGuid = ids[0];
    lstrcpyW( medium.info.szName, L"Name" );
    lstrcpyW( medium.info.szDescription, L"Description" );
    medium.info.Info.PhysicalMedia.CurrentLibrary = offline;
    lstrcpyW( medium.info.Info.PhysicalMedia.szBarCode, L"WINETEST 1  " );
    medium.info.Info.PhysicalMedia.dwMediaTypeCode = 5;
    medium.info.Info.PhysicalMedia.dwDensityCode = 6;
    medium.sides[0].ObjectGuid = ids[1];
    lstrcpyW( medium.sides[0].szName, L"Side" );
    lstrcpyW( medium.sides[0].szDescription, L"Other description" );
    LOGICAL( medium, 0 ) = ids[2];
    lstrcpyW( medium.sides[0].Info.Partition.szOmidLabelInfo, L"Info" );
    medium.sides[0].Info.Partition.dwMountCount = 7;
    medium.sides[0].Info.Partition.dwAllocateCount = 8;
    copy = medium;

    err = create( &medium );
    pair( "CreateNtmsMedia", ERROR_SUCCESS, err );
    if (err) return;
    ok( same( medium.info.ObjectGuid, ids[0] ) && same( SIDE( medium, 0 ), ids[1] ) && same( LOGICAL( medium, 0 ), ids[2] ),
        "other identifiers\n" );
    ok( medium.info.Created.wYear > 2000 && !memcmp( &medium.info.Created, &medium.info.Modified, sizeof(SYSTEMTIME) ), "wrong times\n" );
    ok( medium.info.dwOperationalState == NTMS_READY, "state %lu\n", medium.info.dwOperationalState );
    ok( same( medium.info.Info.PhysicalMedia.MediaType, type ), "wrong type\n" );
    ok( !lstrcmpW( medium.info.Info.PhysicalMedia.szBarCode, L"WINETEST 1" ), "spaces are left\n" );
    ok( medium.info.Info.PhysicalMedia.BarCodeState == NTMS_BARCODESTATE_OK, "wrong state\n" );
    ok( medium.info.Info.PhysicalMedia.LocationType == NTMS_STORAGESLOT, "wrong location\n" );
    ok( medium.info.Info.PhysicalMedia.szSequenceNumber[0], "no number\n" );
    ok( medium.info.Info.PhysicalMedia.MediaState == NTMS_MEDIASTATE_IDLE, "wrong state\n" );
    ok( medium.sides[0].Info.Partition.Side == 0, "wrong side\n" );

    info = get_info( ids[0], NTMS_PHYSICAL_MEDIA );
    ok( info.Enabled && !lstrcmpW( info.szName, L"Name" ) && !lstrcmpW( info.szDescription, L"Description" ), "wrong common part\n" );
    ok( same( info.Info.PhysicalMedia.CurrentLibrary, offline ), "not off-line\n" );
    ok( same( info.Info.PhysicalMedia.MediaPool, pool ), "wrong pool\n" );
    ok( info.Info.PhysicalMedia.dwMediaTypeCode == 5 && info.Info.PhysicalMedia.dwDensityCode == 6, "wrong codes\n" );
    info = get_info( ids[1], NTMS_PARTITION );
    ok( !lstrcmpW( info.szName, L"Side" ) && !lstrcmpW( info.szDescription, L"Other description" ), "wrong common part\n" );
    ok( same( info.Info.Partition.PhysicalMedia, ids[0] ) && same( info.Info.Partition.LogicalMedia, ids[2] ), "wrong media\n" );
    ok( info.Info.Partition.State == NTMS_PARTSTATE_ALLOCATED, "state %lu\n", info.Info.Partition.State );
    ok( info.Info.Partition.dwOmidLabelIdLength == 16, "length %lu\n", info.Info.Partition.dwOmidLabelIdLength );
    ok( !lstrcmpW( info.Info.Partition.szOmidLabelType, L"winetest" ), "wrong label\n" );
    ok( !lstrcmpW( info.Info.Partition.szOmidLabelInfo, L"Info" ), "wrong label\n" );
    ok( info.Info.Partition.dwMountCount == 7 && info.Info.Partition.dwAllocateCount == 8, "wrong counts\n" );
    ok( same( get_info( ids[2], NTMS_LOGICAL_MEDIA ).Info.LogicalMedia.MediaPool, pool ), "wrong pool\n" );

    /* again, with one thing after the other made different */
    err = create( &copy );
    pair( "CreateNtmsMedia", ERROR_INVALID_MEDIA, err );
    copy.info.Info.PhysicalMedia.szBarCode[0] = 0;
    ok( create( &copy ) != ERROR_SUCCESS, "two media with one identifier\n" );
    memset( &copy.info.ObjectGuid, 0, sizeof(GUID) );
    ok( create( &copy ) != ERROR_SUCCESS, "two sides with one identifier\n" );
    memset( &SIDE( copy, 0 ), 0, sizeof(GUID) );
    ok( create( &copy ) != ERROR_SUCCESS, "two logical media with one identifier\n" );
    memset( &LOGICAL( copy, 0 ), 0, sizeof(GUID) );
    err = CreateNtmsMediaW( session, &copy.info, copy.sides, NTMS_ERROR_ON_DUPLICATE );
    pair( "CreateNtmsMedia", ERROR_DUPLICATE_OMID, err );
    err = create( &copy );
    pair( "CreateNtmsMedia", ERROR_SUCCESS, err );
    ok( !is_null( copy.info.ObjectGuid ) && !is_null( SIDE( copy, 0 ) ), "no identifiers\n" );
    ok( copy.info.Info.PhysicalMedia.BarCodeState == NTMS_BARCODESTATE_UNREADABLE, "wrong state\n" );
    remove_medium( &copy );
    remove_medium( &medium );
}

/* bar code, label of a single side, number */
static void test_names(void)
{
    struct medium medium;
    DWORD i, err;

    for (i = 0; i < 3; i++)
    {
        describe( &medium, pool, 1, NTMS_PARTSTATE_AVAILABLE, 0 );
        if (i == 0) lstrcpyW( medium.info.Info.PhysicalMedia.szBarCode, L"WINETEST 2" );
        if (i <= 1) lstrcpyW( medium.sides[0].Info.Partition.szOmidLabelInfo, L"Label" );
        err = create( &medium );
        ok( !err, "got error %lu\n", err );
        if (i == 0) ok( !lstrcmpW( medium.info.szName, L"WINETEST 2" ), "wrong name\n" );
        else if (i == 1) ok( !lstrcmpW( medium.info.szName, L"Label" ), "wrong name\n" );
        else ok( !lstrcmpW( medium.info.szName, medium.info.Info.PhysicalMedia.szSequenceNumber ), "wrong name\n" );
        remove_medium( &medium );
    }
}

static void test_arguments(void)
{
    struct medium medium, m;
    GUID container = make_pool( L"winetest containers", NULL ), system_pool;
    DWORD err;

    describe( &medium, pool, 1, NTMS_PARTSTATE_AVAILABLE, 0 );
    m = medium;
    err = CreateNtmsMediaW( session, &m.info, m.sides, 2 );
    ok( err == ERROR_INVALID_PARAMETER, "got error %lu\n", err );
    m.info.dwType = NTMS_PARTITION;
    err = create( &m );
    pair( "CreateNtmsMedia", ERROR_INVALID_PARAMETER, err );
    m = medium;
    m.sides[0].dwType = NTMS_PHYSICAL_MEDIA;
    err = create( &m );
    pair( "CreateNtmsMedia", ERROR_INVALID_PARAMETER, err );
    m = medium;
    m.sides[0].Info.Partition.dwOmidLabelIdLength = 0;
    err = create( &m );
    pair( "CreateNtmsMedia", ERROR_INVALID_PARAMETER, err );
    m = medium;
    m.sides[0].Info.Partition.szOmidLabelType[0] = 0;
    err = create( &m );
    pair( "CreateNtmsMedia", ERROR_INVALID_PARAMETER, err );
    m = medium;
    m.info.Info.PhysicalMedia.CurrentLibrary = no_object;
    err = create( &m );
    pair( "CreateNtmsMedia", ERROR_INVALID_PARAMETER, err );

    m = medium;
    m.info.Info.PhysicalMedia.MediaPool = no_object;
    err = create( &m );
    pair( "CreateNtmsMedia", ERROR_INVALID_MEDIA_POOL, err );
    m.info.Info.PhysicalMedia.MediaPool = container;
    err = create( &m );
    pair( "CreateNtmsMedia", ERROR_INVALID_MEDIA_POOL, err );
    if (find_system_pool( L"Free", type, &system_pool ))
    {
        m.info.Info.PhysicalMedia.MediaPool = system_pool;
        err = create( &m );
        pair( "CreateNtmsMedia", ERROR_INVALID_MEDIA_POOL, err );
    }
    if (!is_null( pool2 ))
    {
        m.info.Info.PhysicalMedia.MediaPool = pool2;
        err = create( &m );
        pair( "CreateNtmsMedia", ERROR_MEDIA_INCOMPATIBLE, err );
    }
    m = medium;
    if (deny( pool, NTMS_MEDIA_POOL ))
    {
        err = create( &m );
        pair( "CreateNtmsMedia", ERROR_ACCESS_DENIED, err );
        allow( pool, NTMS_MEDIA_POOL );
    }
    delete_pool( container );
}

/* media in all the states that a side can have; one is reserved beside another one that is owned */
static void test_states(void)
{
    struct medium medium;
    DWORD state, other, err;

    if (is_null( pool2 )) return;
    for (state = NTMS_PARTSTATE_UNPREPARED; state <= NTMS_PARTSTATE_RESERVED; state++)
    {
        other = state == NTMS_PARTSTATE_RESERVED ? NTMS_PARTSTATE_COMPLETE : state;
        describe( &medium, pool2, 2, state, other );
        err = create( &medium );
        ok( !err, "state %lu: got error %lu\n", state, err );
        if (err) continue;
        ok( state_of( SIDE( medium, 0 ) ) == state && state_of( SIDE( medium, 1 ) ) == other, "wrong states\n" );
        ok( medium.sides[1].Info.Partition.Side == 1, "wrong side\n" );
        ok( is_null( LOGICAL( medium, 1 ) ) == (other != NTMS_PARTSTATE_ALLOCATED && other != NTMS_PARTSTATE_COMPLETE),
            "wrong logical medium in state %lu\n", other );
        remove_medium( &medium );
    }
    describe( &medium, pool2, 2, 10, NTMS_PARTSTATE_AVAILABLE );
    err = create( &medium );
    ok( err == ERROR_INVALID_PARAMETER, "got error %lu\n", err );
}

START_TEST(createmedia)
{
    if (!open_session()) return;
    if (find_type( 1, &type, NULL ))
    {
        pool = make_pool( L"winetest one side", &type );
        if (find_type( 2, &type2, NULL )) pool2 = make_pool( L"winetest two sides", &type2 );
        test_members();
        test_names();
        test_arguments();
        test_states();
        if (!is_null( pool2 )) delete_pool( pool2 );
        delete_pool( pool );
    }
    CloseNtmsSession( session );
}
