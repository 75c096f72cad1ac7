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

#include "cartridge.h"
#include "wine/test.h"

static struct world world;
static GUID mo, mo_pool;   /* media of two sides */

static const WCHAR free_label_type[] = L"Wine Removable Storage Free Label";

static void init_media( NTMS_OBJECTINFORMATIONW *media, const GUID *pool, DWORD sides )
{
    memset( media, 0, sizeof(*media) );
    media->dwSize  = sizeof(*media);
    media->dwType  = NTMS_PHYSICAL_MEDIA;
    media->Enabled = TRUE;
    media->Info.PhysicalMedia.MediaPool = *pool;
    media->Info.PhysicalMedia.dwNumberOfPartitions = sides;
}

static void init_side( NTMS_OBJECTINFORMATIONW *side, BYTE label, DWORD state )
{
    memset( side, 0, sizeof(*side) );
    side->dwSize  = sizeof(*side);
    side->dwType  = NTMS_PARTITION;
    side->Enabled = TRUE;
    side->Info.Partition.State = state;
    side->Info.Partition.dwOmidLabelIdLength = 16;
    memset( side->Info.Partition.OmidLabelId, label, 16 );
    lstrcpyW( side->Info.Partition.szOmidLabelType, L"MTF Media ID" );
}

static void delete_object( const GUID *id )
{
    world_exec( "DELETE FROM object WHERE id = ?", id );
}

/* everything that can be given, and what comes back */
static void test_members(void)
{
    NTMS_OBJECTINFORMATIONW media, side, info;
    NTMS_PMIDINFORMATIONW *physical = &media.Info.PhysicalMedia;

    init_media( &media, &world.pool, 1 );
    init_side( &side, 1, NTMS_PARTSTATE_COMPLETE );
    media.ObjectGuid = (GUID){ 1, 2, 3 };
    media.dwOperationalState = NTMS_NOT_PRESENT;
    lstrcpyW( media.szName, L"Name" );
    lstrcpyW( media.szDescription, L"Description" );
    physical->CurrentLibrary = world.offline;
    physical->Location = physical->HomeSlot = physical->MediaType = nobody;
    physical->LocationType = NTMS_DRIVE;
    lstrcpyW( physical->szBarCode, L" CODE 1  " );
    lstrcpyW( physical->szSequenceNumber, L"mine" );
    physical->MediaState = NTMS_MEDIASTATE_LOADED;
    physical->dwMediaTypeCode = 5;
    physical->dwDensityCode = 6;
    side.ObjectGuid = (GUID){ 1, 2, 4 };
    side.Enabled = FALSE;
    lstrcpyW( side.szName, L"Side" );
    lstrcpyW( side.szDescription, L"Other description" );
    side.Info.Partition.LogicalMedia = (GUID){ 1, 2, 5 };
    side.Info.Partition.Side = 7;
    lstrcpyW( side.Info.Partition.szOmidLabelInfo, L"Info" );
    side.Info.Partition.dwMountCount = 8;
    side.Info.Partition.dwAllocateCount = 9;
    side.Info.Partition.Capacity.QuadPart = 0x123456789a;

    OK( ntms_create_media( NULL, &media, &side, 1, 0 ));
    ok( same( media.ObjectGuid, (GUID){ 1, 2, 3 } ) && same( side.ObjectGuid, (GUID){ 1, 2, 4 } ), "other identifiers\n" );
    ok( media.Created.wYear > 2000 && !memcmp( &media.Created, &media.Modified, sizeof(media.Created) ), "wrong times\n" );
    ok( media.dwOperationalState == NTMS_READY && side.dwOperationalState == NTMS_READY, "not ready\n" );
    ok( !wcscmp( media.szName, L"Name" ), "name %s\n", wine_dbgstr_w( media.szName ));
    ok( same( physical->Location, (GUID){ 0 } ) && same( physical->HomeSlot, (GUID){ 0 } ), "somewhere\n" );
    ok( physical->LocationType == NTMS_STORAGESLOT, "location type %lu\n", physical->LocationType );
    ok( same( physical->MediaType, world.lto ), "wrong type\n" );
    ok( !wcscmp( physical->szBarCode, L" CODE 1" ), "bar code %s\n", wine_dbgstr_w( physical->szBarCode ));
    ok( physical->BarCodeState == NTMS_BARCODESTATE_OK, "state %lu\n", physical->BarCodeState );
    ok( physical->MediaState == NTMS_MEDIASTATE_IDLE, "state %lu\n", physical->MediaState );
    ok( wcscmp( physical->szSequenceNumber, L"mine" ), "the number has not been set\n" );
    ok( same( side.Info.Partition.PhysicalMedia, media.ObjectGuid ), "wrong medium\n" );
    ok( same( side.Info.Partition.LogicalMedia, (GUID){ 1, 2, 5 } ), "wrong logical medium\n" );
    ok( !side.Info.Partition.Side, "side %u\n", side.Info.Partition.Side );

    info = world_info( &media.ObjectGuid );
    ok( info.Enabled && !wcscmp( info.szName, L"Name" ) && !wcscmp( info.szDescription, L"Description" ), "wrong common part\n" );
    ok( same( info.Info.PhysicalMedia.CurrentLibrary, world.offline ), "not off-line\n" );
    ok( same( info.Info.PhysicalMedia.MediaPool, world.pool ), "wrong pool\n" );
    ok( !wcscmp( info.Info.PhysicalMedia.szBarCode, physical->szBarCode ), "wrong bar code\n" );
    ok( !wcscmp( info.Info.PhysicalMedia.szSequenceNumber, physical->szSequenceNumber ), "wrong number\n" );
    ok( info.Info.PhysicalMedia.dwMediaTypeCode == 5 && info.Info.PhysicalMedia.dwDensityCode == 6, "wrong codes\n" );
    info = world_info( &side.ObjectGuid );
    ok( !info.Enabled && !wcscmp( info.szName, L"Side" ) && !wcscmp( info.szDescription, L"Other description" ), "wrong common part\n" );
    ok( info.Info.Partition.State == NTMS_PARTSTATE_COMPLETE, "state %lu\n", info.Info.Partition.State );
    ok( same( info.Info.Partition.LogicalMedia, side.Info.Partition.LogicalMedia ), "wrong logical medium\n" );
    ok( info.Info.Partition.dwOmidLabelIdLength == 16 && info.Info.Partition.OmidLabelId[15] == 1, "wrong label\n" );
    ok( !wcscmp( info.Info.Partition.szOmidLabelType, L"MTF Media ID" ), "wrong label type\n" );
    ok( !wcscmp( info.Info.Partition.szOmidLabelInfo, L"Info" ), "wrong label info\n" );
    ok( info.Info.Partition.dwMountCount == 8 && info.Info.Partition.dwAllocateCount == 9, "wrong counts\n" );
    ok( info.Info.Partition.Capacity.QuadPart == 0x123456789a, "wrong capacity\n" );
    ok( same( world_info( &side.Info.Partition.LogicalMedia ).Info.LogicalMedia.MediaPool, world.pool ), "wrong pool\n" );

    /* what is there already */
    FAILS( ntms_create_media( NULL, &media, &side, 1, 0 ), ERROR_INVALID_MEDIA );           /* bar code */
    physical->szBarCode[0] = 0;
    FAILS( ntms_create_media( NULL, &media, &side, 1, 0 ), ERROR_INVALID_MEDIA );           /* medium */
    memset( &media.ObjectGuid, 0, sizeof(GUID) );
    FAILS( ntms_create_media( NULL, &media, &side, 1, 0 ), ERROR_INVALID_MEDIA );           /* side */
    memset( &side.ObjectGuid, 0, sizeof(GUID) );
    FAILS( ntms_create_media( NULL, &media, &side, 1, 0 ), ERROR_INVALID_MEDIA );           /* logical medium */
    memset( &side.Info.Partition.LogicalMedia, 0, sizeof(GUID) );
    FAILS( ntms_create_media( NULL, &media, &side, 1, NTMS_ERROR_ON_DUPLICATE ), ERROR_INVALID_MEDIA );  /* label */
    ok( same( media.ObjectGuid, (GUID){ 0 } ), "something has been returned\n" );
    OK( ntms_create_media( NULL, &media, &side, 1, 0 ));
    ok( !same( side.Info.Partition.LogicalMedia, (GUID){ 0 } ), "no logical medium\n" );
    ok( physical->BarCodeState == NTMS_BARCODESTATE_UNREADABLE, "state %lu\n", physical->BarCodeState );
    delete_object( &media.ObjectGuid );
    /* the same label of another type is another one */
    memset( &media.ObjectGuid, 0, sizeof(GUID) );
    memset( &side.ObjectGuid, 0, sizeof(GUID) );
    memset( &side.Info.Partition.LogicalMedia, 0, sizeof(GUID) );
    lstrcpyW( side.Info.Partition.szOmidLabelType, L"Other" );
    OK( ntms_create_media( NULL, &media, &side, 1, NTMS_ERROR_ON_DUPLICATE ));
    delete_object( &media.ObjectGuid );
    delete_object( &(GUID){ 1, 2, 3 } );
}

static void test_names(void)
{
    NTMS_OBJECTINFORMATIONW media, sides[2];
    DWORD i, two;

    for (two = 0; two < 2; two++) for (i = 0; i < 3; i++)
    {
        init_media( &media, two ? &mo_pool : &world.pool, 1 + two );
        init_side( &sides[0], 30, NTMS_PARTSTATE_IMPORT );
        init_side( &sides[1], 31, NTMS_PARTSTATE_IMPORT );
        if (i == 0) lstrcpyW( media.Info.PhysicalMedia.szBarCode, L"CODE" );
        if (i <= 1) lstrcpyW( sides[0].Info.Partition.szOmidLabelInfo, L"Label" );
        OK( ntms_create_media( NULL, &media, sides, 1 + two, NTMS_ERROR_ON_DUPLICATE ));
        winetest_push_context( "%lu sides, %lu", 1 + two, i );
        if (i == 0) ok( !wcscmp( media.szName, L"CODE" ), "name %s\n", wine_dbgstr_w( media.szName ));
        else if (i == 1 && !two) ok( !wcscmp( media.szName, L"Label" ), "name %s\n", wine_dbgstr_w( media.szName ));
        else ok( !wcscmp( media.szName, media.Info.PhysicalMedia.szSequenceNumber ), "name %s\n", wine_dbgstr_w( media.szName ));
        ok( !wcscmp( world_info( &media.ObjectGuid ).szName, media.szName ), "another name\n" );
        ok( !wcscmp( world_info( &sides[0].ObjectGuid ).szName, media.szName ), "another name\n" );
        winetest_pop_context();
        if (two) ok( sides[1].Info.Partition.Side == 1 && world_info( &sides[1].ObjectGuid ).Info.Partition.Side == 1, "wrong side\n" );
        delete_object( &media.ObjectGuid );
    }
}

static void check( DWORD expect, NTMS_OBJECTINFORMATIONW *media, NTMS_OBJECTINFORMATIONW *sides, DWORD count, DWORD options )
{
    int before = count_rows( "SELECT COUNT(*) FROM object" );

    FAILS( ntms_create_media( NULL, media, sides, count, options ), expect );
    ok( count_rows( "SELECT COUNT(*) FROM object" ) == before, "something is left\n" );
}

static void test_arguments(void)
{
    static const GUID *const bad_pools[] = { &nobody, &world.parent, &world.root, &world.free_pool, &world.foreign_pool, &world.lto };
    NTMS_OBJECTINFORMATIONW media, sides[2];
    DWORD i;

    init_media( &media, &world.pool, 1 );
    init_side( &sides[0], 40, NTMS_PARTSTATE_IMPORT );
    init_side( &sides[1], 41, NTMS_PARTSTATE_IMPORT );

    check( ERROR_INVALID_PARAMETER, &media, sides, 1, 2 );
    check( ERROR_INVALID_PARAMETER, &media, sides, 1, ~0u );
    check( ERROR_INVALID_PARAMETER, &media, sides, 2, 0 );
    check( ERROR_INVALID_PARAMETER, &media, sides, 0, 0 );
    media.dwType = NTMS_PARTITION;
    check( ERROR_INVALID_PARAMETER, &media, sides, 1, 0 );
    media.dwType = NTMS_PHYSICAL_MEDIA;
    media.Info.PhysicalMedia.CurrentLibrary = world.library;
    check( ERROR_INVALID_PARAMETER, &media, sides, 1, 0 );
    media.Info.PhysicalMedia.CurrentLibrary = nobody;
    check( ERROR_INVALID_PARAMETER, &media, sides, 1, 0 );
    media.Info.PhysicalMedia.CurrentLibrary = (GUID){ 0 };

    sides[0].dwType = NTMS_PHYSICAL_MEDIA;
    check( ERROR_INVALID_PARAMETER, &media, sides, 1, 0 );
    sides[0].dwType = NTMS_PARTITION;
    sides[0].Info.Partition.dwOmidLabelIdLength = 0;
    check( ERROR_INVALID_PARAMETER, &media, sides, 1, 0 );
    sides[0].Info.Partition.dwOmidLabelIdLength = NTMS_OMIDLABELID_LENGTH + 1;
    check( ERROR_INVALID_PARAMETER, &media, sides, 1, 0 );
    sides[0].Info.Partition.dwOmidLabelIdLength = 16;
    sides[0].Info.Partition.szOmidLabelType[0] = 0;
    check( ERROR_INVALID_PARAMETER, &media, sides, 1, 0 );
    lstrcpyW( sides[0].Info.Partition.szOmidLabelType, L"type" );
    sides[0].Info.Partition.LogicalMedia = (GUID){ 9 };   /* of a side that nobody owns */
    check( ERROR_INVALID_PARAMETER, &media, sides, 1, 0 );
    sides[0].Info.Partition.LogicalMedia = (GUID){ 0 };

    for (i = 0; i < ARRAY_SIZE(bad_pools); i++)
    {
        media.Info.PhysicalMedia.MediaPool = *bad_pools[i];
        check( ERROR_INVALID_MEDIA_POOL, &media, sides, 1, 0 );
    }
    media.Info.PhysicalMedia.MediaPool = mo_pool;
    check( ERROR_MEDIA_INCOMPATIBLE, &media, sides, 1, 0 );
    media.Info.PhysicalMedia.MediaPool = world.pool;
    media.Info.PhysicalMedia.dwNumberOfPartitions = 2;
    check( ERROR_MEDIA_INCOMPATIBLE, &media, sides, 2, 0 );
    media.Info.PhysicalMedia.dwNumberOfPartitions = 0;
    check( ERROR_MEDIA_INCOMPATIBLE, &media, sides, 0, 0 );
    media.Info.PhysicalMedia.dwNumberOfPartitions = 1;

    deny( &world.pool );
    check( ERROR_ACCESS_DENIED, &media, sides, 1, 0 );
    allow( &world.pool );
    deny( &world.computer );
    check( ERROR_ACCESS_DENIED, &media, sides, 1, 0 );
    allow( &world.computer );
    media.Info.PhysicalMedia.MediaPool = world.import_pool;
    OK( ntms_create_media( NULL, &media, sides, 1, 0 ));
    delete_object( &media.ObjectGuid );

    /* two sides with one identifier */
    init_media( &media, &mo_pool, 2 );
    sides[0].ObjectGuid = sides[1].ObjectGuid = (GUID){ 5, 5, 5 };
    check( ERROR_INVALID_MEDIA, &media, sides, 2, 0 );
}

static void test_states(void)
{
    NTMS_OBJECTINFORMATIONW media, sides[2];
    DWORD state, other;

    for (state = 0; state <= 10; state++) for (other = 0; other <= 10; other++)
    {
        BOOL owned = beside( state ) != state || beside( other ) != other;
        BOOL owner = state == NTMS_PARTSTATE_ALLOCATED || state == NTMS_PARTSTATE_COMPLETE
                     || other == NTMS_PARTSTATE_ALLOCATED || other == NTMS_PARTSTATE_COMPLETE;
        BOOL valid = state && state < 10 && other && other < 10 && (!owned || owner);

        init_media( &media, &mo_pool, 2 );
        init_side( &sides[0], 50, state );
        init_side( &sides[1], 51, other );
        winetest_push_context( "%lu, %lu", state, other );
        FAILS( ntms_create_media( NULL, &media, sides, 2, 0 ), valid ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER );
        if (valid)
        {
            ok( state_of( &sides[0].ObjectGuid ) == state, "state %lu\n", state_of( &sides[0].ObjectGuid ));
            ok( state_of( &sides[1].ObjectGuid ) == other, "state %lu\n", state_of( &sides[1].ObjectGuid ));
            delete_object( &media.ObjectGuid );
        }
        winetest_pop_context();
    }
}

/* what is known of the label decides whether SwapNtmsMedia recognizes it */
static void test_labels(void)
{
    NTMS_OBJECTINFORMATIONW media[2], sides[2];
    DWORD i;

    for (i = 0; i < 2; i++)
    {
        init_media( &media[i], &world.pool, 1 );
        init_side( &sides[i], 60 + i, NTMS_PARTSTATE_ALLOCATED );
        sides[i].Info.Partition.dwOmidLabelIdLength = i ? 15 : 16;
        OK( ntms_create_media( NULL, &media[i], &sides[i], 1, 0 ));
    }
    FAILS( ntms_swap_media( NULL, &sides[0].Info.Partition.LogicalMedia, &sides[1].Info.Partition.LogicalMedia ), ERROR_BAD_FORMAT );
    delete_object( &media[1].ObjectGuid );
    init_media( &media[1], &world.pool, 1 );
    init_side( &sides[1], 61, NTMS_PARTSTATE_AVAILABLE );
    lstrcpyW( sides[1].Info.Partition.szOmidLabelType, free_label_type );
    OK( ntms_create_media( NULL, &media[1], &sides[1], 1, 0 ));
    /* it carries a free label */
    OK( ntms_move_to_media_pool( NULL, &media[1].ObjectGuid, &world.free_pool ));
    delete_object( &media[0].ObjectGuid );
    delete_object( &media[1].ObjectGuid );
}

START_TEST(createmedia)
{
    world_open( &world );
    OK( db_begin() );
    OK( db_end( db_get_guid( &mo, "SELECT id FROM media_type WHERE sides = 2 LIMIT 1", "" )));
    OK( ntms_create_media_pool( NULL, L"Backup\\MO", &mo, NTMS_CREATE_NEW, NULL, 0, &mo_pool ));
    test_members();
    test_names();
    test_arguments();
    test_states();
    test_labels();
    world_close();
}
