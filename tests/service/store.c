/*
 * Tests of the object store and of the functions that work on it alone
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

#include "stubs.h"
#include "wine/test.h"

static WCHAR directory[MAX_PATH];
static GUID lto, dlt, library, offline, slots[8];

#define OK(call) do { DWORD error_ = (call); ok( !error_, #call ": error %lu\n", error_ ); } while (0)
#define FAILS(call, expect) do { DWORD error_ = (call); \
    ok( error_ == (expect), #call ": error %lu instead of %s\n", error_, #expect ); } while (0)

static BOOL same( GUID a, GUID b )
{
    return IsEqualGUID( &a, &b );
}

static GUID find_pool( const WCHAR *path )
{
    GUID id = { 0 };

    OK( db_begin() );
    OK( db_end( store_find_pool( path, &id )));
    return id;
}

static GUID make_pool( const WCHAR *path, const GUID *type )
{
    GUID id = { 0 };

    OK( ntms_create_media_pool( NULL, path, type, NTMS_CREATE_NEW, NULL, 0, &id ));
    return id;
}

static NTMS_OBJECTINFORMATIONW get_info( const GUID *id, DWORD type )
{
    NTMS_OBJECTINFORMATIONW info = { 0 };

    OK( ntms_get_object_information( NULL, id, type, &info ));
    return info;
}

static NTMS_PARTITIONINFORMATIONW get_side( const GUID *id )
{
    return get_info( id, NTMS_PARTITION ).Info.Partition;
}

static GUID get_pool_of( const GUID *medium )
{
    return get_info( medium, NTMS_PHYSICAL_MEDIA ).Info.PhysicalMedia.MediaPool;
}

/* the only, or the nth object of its type in the container */
static GUID find_object( DWORD type, const GUID *container, DWORD n, DWORD expect_total )
{
    GUID *list, id = { 0 };
    DWORD count, total, error;

    error = ntms_enumerate( NULL, container, type, 0, 1000, &list, &count, &total );
    ok( !error, "error %lu\n", error );
    if (error) return id;
    ok( total == expect_total, "%lu objects of type %lu instead of %lu\n", total, type, expect_total );
    if (n < count) id = list[n];
    free( list );
    return id;
}

static void exec( const char *sql, const GUID *id )
{
    OK( db_begin() );
    OK( db_end( db_exec( sql, "g", id )));
}

static void add_library(void)
{
    GUID id = { 0 };
    DWORD i;

    OK( db_begin() );
    OK( store_media_type( 0x56, &lto ));
    OK( store_media_type( 0x27, &dlt ));
    OK( store_offline_library( &offline ));
    OK( object_create( &id, NTMS_LIBRARY, L"Library", NULL ));
    OK( db_exec( "INSERT INTO library (id, kind, serial, first_slot) VALUES (?, 2, 'S1', 1)", "g", &id ));
    OK( db_exec( "INSERT INTO library_media_type (library, media_type) VALUES (?, ?)", "gg", &id, &lto ));
    for (i = 0; i < ARRAY_SIZE(slots); i++)
    {
        OK( object_create( &slots[i], NTMS_STORAGESLOT, L"Slot", NULL ));
        OK( db_exec( "INSERT INTO slot (id, library, number, element, state) VALUES (?, ?, ?, ?, 1)", "ggii",
                     &slots[i], &id, ARRAY_SIZE(slots) - i, i ));
    }
    OK( db_commit() );
    library = id;
}

static GUID add_medium( DWORD slot, const WCHAR *bar_code, DWORD sides )
{
    struct new_medium medium = { library, slots[slot], NTMS_STORAGESLOT, slots[slot], lto, bar_code, sides };
    GUID id = { 0 };

    OK( db_begin() );
    OK( db_end( store_add_medium( &medium, &id )));
    return id;
}

static void identify( const GUID *side, enum label_kind kind, BYTE id, const WCHAR *info )
{
    struct label label = { kind };

    if (id)
    {
        label.id_length = 16;
        label.id[0] = id;
    }
    lstrcpyW( label.info, info );
    OK( db_begin() );
    OK( db_end( store_identify( side, &label )));
}

static void write_free_label( const GUID *medium, BYTE id )
{
    struct label label = { LABEL_FREE, 16, { id } };

    OK( db_begin() );
    OK( store_free_label_written( medium, &label ));
    OK( db_end( db_exec( "UPDATE request SET completed = 1 WHERE physical_media = ?", "g", medium )));
    media_available();
}

static void test_defaults(void)
{
    static const WCHAR *const names[] = { L"Free", L"Import", L"Unrecognized" };
    static const DWORD kinds[] = { NTMS_POOLTYPE_SCRATCH, NTMS_POOLTYPE_IMPORT, NTMS_POOLTYPE_FOREIGN };
    NTMS_OBJECTINFORMATIONW info;
    GUID id, child, *list, root;
    DWORD i, count, total;

    OK( db_begin() );
    OK( db_end( store_defaults() ));
    OK( db_begin() );
    OK( db_end( store_defaults() ));
    add_library();

    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        id = find_object( NTMS_MEDIA_POOL, NULL, i, ARRAY_SIZE(names) );
        info = get_info( &id, NTMS_UNKNOWN );
        ok( info.dwType == NTMS_MEDIA_POOL, "type %lu\n", info.dwType );
        ok( info.dwSize == sizeof(info), "size %lu\n", info.dwSize );
        ok( same( info.ObjectGuid, id ), "wrong GUID\n" );
        ok( info.Enabled && info.Created.wYear > 2000, "wrong common part\n" );
        ok( !wcscmp( info.szName, names[i] ), "name %s\n", debugstr_w(info.szName) );
        ok( info.Info.MediaPool.PoolType == kinds[i], "kind %lu\n", info.Info.MediaPool.PoolType );
        ok( info.Info.MediaPool.dwNumberOfMediaPools == 2, "%lu pools\n", info.Info.MediaPool.dwNumberOfMediaPools );
        child = find_object( NTMS_MEDIA_POOL, &id, 0, 2 );
        info = get_info( &child, NTMS_MEDIA_POOL );
        ok( !wcscmp( info.szName, L"LTO Ultrium" ), "name %s\n", debugstr_w(info.szName) );
        ok( same( info.Info.MediaPool.Parent, id ), "wrong parent\n" );
        ok( same( info.Info.MediaPool.MediaType, lto ), "wrong media type\n" );
    }
    OK( ntms_enumerate( NULL, NULL, NTMS_MEDIA_POOL, NTMS_ENUM_ROOTPOOL, 10, &list, &count, &total ));
    ok( total == 4 && count == 4, "%lu pools\n", total );
    root = list[0];
    free( list );
    ok( !get_info( &root, NTMS_MEDIA_POOL ).Info.MediaPool.PoolType, "not the root pool\n" );

    find_object( NTMS_COMPUTER, NULL, 0, 1 );
    id = find_object( NTMS_LIBRARY, NULL, 0, 2 );
    info = get_info( &id, NTMS_LIBRARY );
    ok( !wcscmp( info.szName, L"Off-line Media" ), "name %s\n", debugstr_w(info.szName) );
    ok( info.Info.Library.LibraryType == NTMS_LIBRARYTYPE_OFFLINE, "kind %lu\n", info.Info.Library.LibraryType );
    ok( info.Info.Library.dwFlags == NTMS_LIBRARYFLAG_FIXEDOFFLINE, "flags %lu\n", info.Info.Library.dwFlags );
    find_object( NTMS_MEDIA_TYPE, NULL, 0, 63 );
    id = find_object( NTMS_MEDIA_TYPE, &library, 0, 1 );
    info = get_info( &id, NTMS_MEDIA_TYPE );
    ok( info.Info.MediaType.MediaType == 0x56, "code %#lx\n", info.Info.MediaType.MediaType );
}

static void test_enumerate(void)
{
    GUID unknown = { 1, 2, 3 }, *list;
    DWORD count, total, i, type;

    FAILS( ntms_enumerate( NULL, NULL, NTMS_UNKNOWN, 0, 1, &list, &count, &total ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_enumerate( NULL, NULL, NTMS_OBJECT, 0, 1, &list, &count, &total ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_enumerate( NULL, NULL, NTMS_UI_DESTINATION, 0, 1, &list, &count, &total ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_enumerate( NULL, NULL, ~0u, 0, 1, &list, &count, &total ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_enumerate( NULL, NULL, NTMS_MEDIA_POOL, 2, 1, &list, &count, &total ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_enumerate( NULL, NULL, NTMS_DRIVE, NTMS_ENUM_ROOTPOOL, 1, &list, &count, &total ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_enumerate( NULL, &unknown, NTMS_DRIVE, 0, 1, &list, &count, &total ), ERROR_OBJECT_NOT_FOUND );
    FAILS( ntms_enumerate( NULL, &slots[0], NTMS_DRIVE, 0, 1, &list, &count, &total ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_enumerate( NULL, &library, NTMS_OPREQUEST, 0, 1, &list, &count, &total ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_enumerate( NULL, &library, NTMS_MEDIA_POOL, NTMS_ENUM_ROOTPOOL, 1, &list, &count, &total ), ERROR_INVALID_PARAMETER );

    OK( ntms_enumerate( NULL, &library, NTMS_DRIVE, 0, 1, &list, &count, &total ));
    ok( !count && !total, "%lu drives\n", total );
    free( list );
    FAILS( ntms_enumerate( NULL, &library, NTMS_STORAGESLOT, 0, 3, &list, &count, &total ), ERROR_INSUFFICIENT_BUFFER );
    ok( count == 3 && total == ARRAY_SIZE(slots), "%lu of %lu\n", count, total );
    ok( same( list[0], slots[ARRAY_SIZE(slots) - 1] ), "not in the order of numbers\n" );
    free( list );
    FAILS( ntms_enumerate( NULL, &library, NTMS_STORAGESLOT, 0, 0, &list, &count, &total ), ERROR_INSUFFICIENT_BUFFER );
    ok( !count && total == ARRAY_SIZE(slots), "%lu of %lu\n", count, total );
    free( list );

    /* every type can be listed without a container, and what is found has information */
    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        OK( ntms_enumerate( NULL, NULL, type, 0, 100, &list, &count, &total ));
        for (i = 0; i < count; i++) get_info( &list[i], type );
        free( list );
    }
}

static void test_information(void)
{
    GUID unknown = { 1, 2, 3 }, half = { 0 };
    NTMS_OBJECTINFORMATIONW info;

    FAILS( ntms_get_object_information( NULL, &unknown, NTMS_UNKNOWN, &info ), ERROR_OBJECT_NOT_FOUND );
    FAILS( ntms_get_object_information( NULL, &library, NTMS_DRIVE, &info ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_get_object_information( NULL, &library, NTMS_OBJECT, &info ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_get_object_information( NULL, &library, 99, &info ), ERROR_INVALID_PARAMETER );
    info = get_info( &library, NTMS_LIBRARY );
    ok( info.Info.Library.dwNumberOfSlots == ARRAY_SIZE(slots), "%lu slots\n", info.Info.Library.dwNumberOfSlots );
    ok( info.Info.Library.FirstSlotNumber == 1, "first slot %lu\n", info.Info.Library.FirstSlotNumber );
    ok( info.Info.Library.AutoRecovery == TRUE, "no recovery\n" );

    /* half an object */
    OK( db_begin() );
    OK( object_create( &half, NTMS_STORAGESLOT, L"Half", NULL ));
    OK( db_commit() );
    FAILS( ntms_get_object_information( NULL, &half, NTMS_STORAGESLOT, &info ), ERROR_DATABASE_FAILURE );
    OK( db_begin() );
    OK( db_end( object_delete( &half )));
}

static void test_pools(void)
{
    static const WCHAR *const bad_names[] = { L"", L"\\", L"a\\", L"\\\\a", L"a\\\\b",
        L"0123456789012345678901234567890123456789012345678901234567890123",
        L"Test\\0123456789012345678901234567890123456789012345678901234567890123" };
    GUID parent, child, id, unknown = { 1 };
    WCHAR name[600];
    DWORD i;

    parent = make_pool( L"Test", NULL );
    child = make_pool( L"Test\\LTO", &lto );
    OK( ntms_create_media_pool( NULL, L"\\tEST\\lto", &lto, NTMS_OPEN_EXISTING, NULL, 0, &id ));
    ok( same( id, child ), "another pool\n" );
    OK( ntms_create_media_pool( NULL, L"Test\\LTO", &dlt, NTMS_OPEN_ALWAYS, NULL, 0, &id ));
    ok( same( id, child ), "another pool\n" );
    ok( !wcscmp( get_info( &child, NTMS_MEDIA_POOL ).szName, L"LTO" ), "wrong name\n" );
    ok( same( get_info( &child, NTMS_MEDIA_POOL ).Info.MediaPool.Parent, parent ), "wrong parent\n" );

    FAILS( ntms_create_media_pool( NULL, L"TEST", NULL, NTMS_CREATE_NEW, NULL, 0, &id ), ERROR_ALREADY_EXISTS );
    FAILS( ntms_create_media_pool( NULL, L"Free", NULL, NTMS_CREATE_NEW, NULL, 0, &id ), ERROR_ALREADY_EXISTS );
    FAILS( ntms_create_media_pool( NULL, L"Free\\Mine", &lto, NTMS_CREATE_NEW, NULL, 0, &id ), ERROR_ACCESS_DENIED );
    FAILS( ntms_create_media_pool( NULL, L"Free\\Mine", &lto, NTMS_OPEN_EXISTING, NULL, 0, &id ), ERROR_OBJECT_NOT_FOUND );
    OK( ntms_create_media_pool( NULL, L"free\\lto ultrium", &lto, NTMS_OPEN_ALWAYS, NULL, 0, &id ));
    FAILS( ntms_create_media_pool( NULL, L"None\\Mine", &lto, NTMS_CREATE_NEW, NULL, 0, &id ), ERROR_OBJECT_NOT_FOUND );
    FAILS( ntms_create_media_pool( NULL, L"None", NULL, NTMS_OPEN_EXISTING, NULL, 0, &id ), ERROR_OBJECT_NOT_FOUND );
    FAILS( ntms_create_media_pool( NULL, L"Test\\LTO\\x", &lto, NTMS_CREATE_NEW, NULL, 0, &id ), ERROR_INVALID_NAME );
    FAILS( ntms_create_media_pool( NULL, L"x", &unknown, NTMS_CREATE_NEW, NULL, 0, &id ), ERROR_INVALID_MEDIA );
    FAILS( ntms_create_media_pool( NULL, L"x", &library, NTMS_CREATE_NEW, NULL, 0, &id ), ERROR_INVALID_MEDIA );
    FAILS( ntms_create_media_pool( NULL, L"x", NULL, 0, NULL, 0, &id ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_create_media_pool( NULL, L"x", NULL, 4, NULL, 0, &id ), ERROR_INVALID_PARAMETER );
    for (i = 0; i < ARRAY_SIZE(bad_names); i++)
        FAILS( ntms_create_media_pool( NULL, bad_names[i], NULL, NTMS_OPEN_ALWAYS, NULL, 0, &id ), ERROR_INVALID_NAME );
    for (i = 0; i < ARRAY_SIZE(name) - 1; i++) name[i] = i % 2 ? '\\' : 'a';
    name[i] = 0;
    FAILS( ntms_create_media_pool( NULL, name, NULL, NTMS_OPEN_ALWAYS, NULL, 0, &id ), ERROR_INVALID_NAME );
    make_pool( L"\x00fc" L"bung", NULL );
    FAILS( ntms_create_media_pool( NULL, L"\x00dc" L"BUNG", NULL, NTMS_CREATE_NEW, NULL, 0, &id ), ERROR_ALREADY_EXISTS );
}

/* a cartridge from its arrival to the Free pool */
static void test_identification(void)
{
    GUID unrecognized = find_pool( L"Unrecognized\\LTO Ultrium" ), import = find_pool( L"Import\\LTO Ultrium" );
    GUID free_pool = find_pool( L"Free\\LTO Ultrium" ), app = find_pool( L"Test\\LTO" ), medium, side, pool;
    GUID wrong_type = find_pool( L"Free\\DLT" ), container = find_pool( L"Test" ), unknown = { 1 };
    NTMS_OBJECTINFORMATIONW info;

    medium = add_medium( 0, L"AB0001L4", 1 );
    side = find_object( NTMS_PARTITION, &medium, 0, 1 );
    info = get_info( &medium, NTMS_PHYSICAL_MEDIA );
    ok( !wcscmp( info.szName, L"AB0001L4" ), "name %s\n", debugstr_w(info.szName) );
    ok( same( info.Info.PhysicalMedia.MediaPool, unrecognized ), "wrong pool\n" );
    ok( same( info.Info.PhysicalMedia.Location, slots[0] ), "wrong location\n" );
    ok( info.Info.PhysicalMedia.LocationType == NTMS_STORAGESLOT, "wrong location\n" );
    ok( info.Info.PhysicalMedia.BarCodeState == NTMS_BARCODESTATE_OK, "wrong bar code state\n" );
    ok( info.Info.PhysicalMedia.dwNumberOfPartitions == 1, "wrong number of sides\n" );
    ok( get_side( &side ).State == NTMS_PARTSTATE_FOREIGN, "state %lu\n", get_side( &side ).State );

    FAILS( ntms_move_to_media_pool( NULL, &medium, &app ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_move_to_media_pool( NULL, &medium, &import ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_move_to_media_pool( NULL, &medium, &unknown ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_move_to_media_pool( NULL, &medium, &container ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_move_to_media_pool( NULL, &medium, &wrong_type ), ERROR_MEDIA_INCOMPATIBLE );
    FAILS( ntms_move_to_media_pool( NULL, &unknown, &free_pool ), ERROR_INVALID_MEDIA );
    FAILS( ntms_move_to_media_pool( NULL, &side, &free_pool ), ERROR_INVALID_MEDIA );

    identify( &side, LABEL_MTF, 1, L"Monday" );
    ok( get_side( &side ).State == NTMS_PARTSTATE_IMPORT, "state %lu\n", get_side( &side ).State );
    ok( get_side( &side ).dwOmidLabelIdLength == 16, "no label\n" );
    ok( !wcscmp( get_side( &side ).szOmidLabelInfo, L"Monday" ), "no label\n" );
    pool = get_pool_of( &medium );
    ok( same( pool, import ), "wrong pool\n" );
    ok( !wcscmp( get_info( &medium, NTMS_PHYSICAL_MEDIA ).szName, L"AB0001L4" ), "bar code is no longer the name\n" );
    FAILS( ntms_move_to_media_pool( NULL, &medium, &app ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_move_to_media_pool( NULL, &medium, &unrecognized ), ERROR_INVALID_MEDIA_POOL );

    exec( "UPDATE physical_media SET media_state = 3 WHERE id = ?", &medium );
    FAILS( ntms_move_to_media_pool( NULL, &medium, &free_pool ), ERROR_BUSY );
    exec( "UPDATE physical_media SET media_state = 0 WHERE id = ?", &medium );
    label_writes = kicks = 0;
    OK( ntms_move_to_media_pool( NULL, &medium, &free_pool ));
    ok( label_writes == 1 && kicks == 1 && same( label_medium, medium ), "no label is written\n" );
    ok( get_side( &side ).State == NTMS_PARTSTATE_UNPREPARED, "state %lu\n", get_side( &side ).State );
    FAILS( ntms_move_to_media_pool( NULL, &medium, &app ), ERROR_BUSY );
    FAILS( ntms_move_to_media_pool( NULL, &medium, &free_pool ), ERROR_BUSY );
    ok( label_writes == 1, "%d labels are written\n", label_writes );
    /* again after a failure */
    exec( "UPDATE request SET completed = 1, state = 3 WHERE physical_media = ?", &medium );
    OK( ntms_move_to_media_pool( NULL, &medium, &free_pool ));
    ok( label_writes == 2, "%d labels are written\n", label_writes );
    write_free_label( &medium, 2 );
    ok( get_side( &side ).State == NTMS_PARTSTATE_AVAILABLE, "state %lu\n", get_side( &side ).State );

    OK( ntms_move_to_media_pool( NULL, &medium, &app ));
    pool = get_pool_of( &medium );
    ok( same( pool, app ), "wrong pool\n" );
    OK( ntms_move_to_media_pool( NULL, &medium, &free_pool ));
    ok( label_writes == 2, "the label is there already\n" );
    ok( get_side( &side ).State == NTMS_PARTSTATE_AVAILABLE, "state %lu\n", get_side( &side ).State );
}

/* what store_identify() makes of each kind of label */
static void test_classification(void)
{
    GUID free_pool = find_pool( L"Free\\LTO Ultrium" ), unrecognized = find_pool( L"Unrecognized\\LTO Ultrium" );
    GUID medium, side, pool;
    struct label label = { LABEL_MTF, 16, { 9 } };

    medium = add_medium( 1, NULL, 1 );
    side = find_object( NTMS_PARTITION, &medium, 0, 1 );
    ok( !wcscmp( get_info( &medium, NTMS_PHYSICAL_MEDIA ).szName,
                 get_info( &medium, NTMS_PHYSICAL_MEDIA ).Info.PhysicalMedia.szSequenceNumber ), "wrong name\n" );
    identify( &side, LABEL_UNKNOWN, 0, L"" );
    ok( get_side( &side ).State == NTMS_PARTSTATE_FOREIGN, "state %lu\n", get_side( &side ).State );
    identify( &side, LABEL_BLANK, 0, L"" );
    ok( get_side( &side ).State == NTMS_PARTSTATE_FOREIGN, "state %lu\n", get_side( &side ).State );

    /* blank, waiting for its label */
    OK( ntms_move_to_media_pool( NULL, &medium, &free_pool ));
    identify( &side, LABEL_BLANK, 0, L"" );
    ok( get_side( &side ).State == NTMS_PARTSTATE_UNPREPARED, "state %lu\n", get_side( &side ).State );
    /* not blank after all */
    identify( &side, LABEL_UNKNOWN, 0, L"" );
    ok( get_side( &side ).State == NTMS_PARTSTATE_FOREIGN, "state %lu\n", get_side( &side ).State );
    pool = get_pool_of( &medium );
    ok( same( pool, unrecognized ), "wrong pool\n" );

    identify( &side, LABEL_MTF, 3, L"Tuesday" );
    ok( !wcscmp( get_info( &medium, NTMS_PHYSICAL_MEDIA ).szName, L"Tuesday" ), "wrong name\n" );
    ok( !wcscmp( get_info( &side, NTMS_PARTITION ).szName, L"Tuesday" ), "wrong name\n" );
    identify( &side, LABEL_FREE, 4, L"Free" );
    ok( get_side( &side ).State == NTMS_PARTSTATE_AVAILABLE, "state %lu\n", get_side( &side ).State );
    ok( !wcscmp( get_info( &medium, NTMS_PHYSICAL_MEDIA ).szName, L"Tuesday" ), "wrong name\n" );
    OK( db_begin() );
    FAILS( db_end( store_identify( &side, &label )), ERROR_INVALID_STATE );
}

static void test_allocation(void)
{
    GUID app = find_pool( L"Test\\LTO" ), free_pool = find_pool( L"Free\\LTO Ultrium" ), container = find_pool( L"Test" );
    GUID lmid, lmid2, source, side, medium, other, pool, unknown = { 1 }, request;
    DWORD wait = 1, i;

    FAILS( ntms_allocate_media( NULL, &unknown, NULL, &lmid, 0, 0, &source, &wait ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_allocate_media( NULL, &free_pool, NULL, &lmid, 0, 0, &source, &wait ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_allocate_media( NULL, &container, NULL, &lmid, 0, 0, &source, &wait ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_allocate_media( NULL, &app, &unknown, &lmid, 0, 0, &source, &wait ), ERROR_INVALID_MEDIA );
    FAILS( ntms_allocate_media( NULL, &app, NULL, &lmid, 8, 0, &source, &wait ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_allocate_media( NULL, &app, NULL, &lmid, 3, 0, &source, &wait ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_allocate_media( NULL, &app, NULL, &lmid, 0, 0, &source, &wait ), ERROR_MEDIA_UNAVAILABLE );
    FAILS( ntms_allocate_media( NULL, &app, NULL, &lmid, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, INFINITE, &source, &wait ),
           ERROR_MEDIA_UNAVAILABLE );
    find_object( NTMS_OPREQUEST, NULL, 0, 0 );

    /* the policy draws from Free */
    exec( "UPDATE pool SET allocation_policy = 1, max_allocates = 2 WHERE id = ?", &app );
    OK( ntms_allocate_media( NULL, &app, NULL, &lmid, 0, 0, &source, &wait ));
    ok( !wait, "waits\n" );
    ok( same( source, free_pool ), "wrong source\n" );
    side = find_object( NTMS_PARTITION, &lmid, 0, 1 );
    medium = get_side( &side ).PhysicalMedia;
    pool = get_pool_of( &medium );
    ok( same( pool, app ), "wrong pool\n" );
    ok( get_side( &side ).State == NTMS_PARTSTATE_ALLOCATED, "state %lu\n", get_side( &side ).State );
    ok( get_side( &side ).dwAllocateCount == 1, "count %lu\n", get_side( &side ).dwAllocateCount );
    ok( get_info( &lmid, NTMS_LOGICAL_MEDIA ).Info.LogicalMedia.dwNumberOfPartitions == 1, "wrong count\n" );
    find_object( NTMS_LOGICAL_MEDIA, &side, 0, 1 );
    find_object( NTMS_LOGICAL_MEDIA, &app, 0, 1 );
    find_object( NTMS_PARTITION, &app, 0, 1 );
    FAILS( ntms_move_to_media_pool( NULL, &medium, &free_pool ), ERROR_BUSY );
    FAILS( ntms_allocate_media( NULL, &app, &side, &lmid2, 0, INFINITE, &source, &wait ), ERROR_MEDIA_UNAVAILABLE );
    FAILS( ntms_allocate_media( NULL, &app, NULL, &unknown, NTMS_ALLOCATE_NEXT, 0, &source, &wait ), ERROR_INVALID_MEDIA );
    lmid2 = lmid;
    FAILS( ntms_allocate_media( NULL, &app, NULL, &lmid2, NTMS_ALLOCATE_NEXT, 0, &source, &wait ), ERROR_MEDIA_UNAVAILABLE );
    exec( "UPDATE pool SET allocation_policy = 0 WHERE id = ?", &app );

    /* a program that waits gets what another one gives up */
    OK( ntms_allocate_media( NULL, &app, NULL, &lmid2, 0, 5000, NULL, &wait ));
    ok( wait == 42 && last_wait.pending && last_wait.timeout == 5000, "does not wait\n" );
    request = find_object( NTMS_OPREQUEST, NULL, 0, 1 );
    ok( get_info( &request, NTMS_OPREQUEST ).Info.OpRequest.Request == NTMS_OPREQ_NEWMEDIA, "wrong request\n" );
    ok( same( get_info( &request, NTMS_OPREQUEST ).Info.OpRequest.Arg1, app ), "wrong pool\n" );
    FAILS( ntms_deallocate_media( NULL, &unknown, 0 ), ERROR_INVALID_MEDIA );
    FAILS( ntms_deallocate_media( NULL, &side, 0 ), ERROR_INVALID_MEDIA );
    FAILS( ntms_deallocate_media( NULL, &lmid, 1 ), ERROR_INVALID_PARAMETER );
    OK( ntms_deallocate_media( NULL, &lmid, 0 ));
    ok( !last_wait.pending && !last_wait.result && last_wait.count == 2, "still waits\n" );
    ok( same( last_wait.ids[1], app ), "wrong source\n" );
    find_object( NTMS_OPREQUEST, NULL, 0, 0 );
    lmid = last_wait.ids[0];
    other = find_object( NTMS_PARTITION, &lmid, 0, 1 );
    ok( same( other, side ), "wrong side\n" );

    /* twice is enough for this pool */
    OK( ntms_deallocate_media( NULL, &lmid, 0 ));
    ok( get_side( &side ).State == NTMS_PARTSTATE_DECOMMISSIONED, "state %lu\n", get_side( &side ).State );
    FAILS( ntms_move_to_media_pool( NULL, &medium, &free_pool ), ERROR_INVALID_MEDIA );
    find_object( NTMS_LOGICAL_MEDIA, NULL, 0, 0 );

    /* one that stops waiting */
    for (i = 0; i < 2; i++)
    {
        OK( ntms_allocate_media( NULL, &app, NULL, &lmid, 0, INFINITE, &source, &wait ));
        find_object( NTMS_OPREQUEST, NULL, 0, 1 );
        last_wait.cancel( last_wait.context, ERROR_TIMEOUT );
        ok( !last_wait.pending && last_wait.result == ERROR_TIMEOUT, "still waits\n" );
        find_object( NTMS_OPREQUEST, NULL, 0, 0 );
        media_available();
    }
}

static void test_policies(void)
{
    GUID app = find_pool( L"Test\\LTO" ), free_pool = find_pool( L"Free\\LTO Ultrium" );
    GUID lmid, source, side, medium, pool;
    DWORD wait;

    exec( "UPDATE pool SET allocation_policy = 1, deallocation_policy = 1, max_allocates = 0 WHERE id = ?", &app );
    OK( ntms_allocate_media( NULL, &app, NULL, &lmid, 0, 0, &source, &wait ));
    side = find_object( NTMS_PARTITION, &lmid, 0, 1 );
    medium = get_side( &side ).PhysicalMedia;
    label_writes = 0;
    OK( ntms_deallocate_media( NULL, &lmid, 0 ));
    ok( label_writes == 1, "no label is written\n" );
    ok( get_side( &side ).State == NTMS_PARTSTATE_UNPREPARED, "state %lu\n", get_side( &side ).State );
    pool = get_pool_of( &medium );
    ok( same( pool, free_pool ), "wrong pool\n" );

    /* the program goes away before its medium comes */
    OK( ntms_allocate_media( NULL, &app, NULL, &lmid, 0, INFINITE, &source, &wait ));
    ok( wait, "does not wait\n" );
    last_wait.gone = TRUE;
    write_free_label( &medium, 5 );
    ok( !last_wait.pending, "still waits\n" );
    ok( get_side( &side ).State == NTMS_PARTSTATE_AVAILABLE, "state %lu\n", get_side( &side ).State );
    pool = get_pool_of( &medium );
    ok( same( pool, free_pool ), "wrong pool\n" );
    find_object( NTMS_LOGICAL_MEDIA, NULL, 0, 0 );

    /* off-line media are not allocated */
    OK( db_begin() );
    OK( db_end( db_exec( "UPDATE physical_media SET library = ?, location = NULL, location_type = 0 WHERE id = ?", "gg",
                         &offline, &medium )));
    FAILS( ntms_allocate_media( NULL, &app, NULL, &lmid, 0, 0, &source, &wait ), ERROR_MEDIA_UNAVAILABLE );
    FAILS( ntms_allocate_media( NULL, &app, &side, &lmid, 0, 0, &source, &wait ), ERROR_MEDIA_OFFLINE );
    exec( "UPDATE pool SET allocation_policy = 0, deallocation_policy = 0 WHERE id = ?", &app );
}

static void test_two_sides(void)
{
    GUID app = find_pool( L"Test\\LTO" ), medium, sides[2], first, next, source;
    DWORD wait, i;

    medium = add_medium( 2, L"TWO", 2 );
    for (i = 0; i < 2; i++) sides[i] = find_object( NTMS_PARTITION, &medium, i, 2 );

    /* import of one side leaves the other one */
    for (i = 0; i < 2; i++) identify( &sides[i], LABEL_MTF, 20 + i, L"Side" );
    OK( ntms_allocate_media( NULL, &app, &sides[0], &first, 0, 0, &source, &wait ));
    ok( get_side( &sides[0] ).State == NTMS_PARTSTATE_ALLOCATED, "state %lu\n", get_side( &sides[0] ).State );
    ok( get_side( &sides[1] ).State == NTMS_PARTSTATE_IMPORT, "state %lu\n", get_side( &sides[1] ).State );
    OK( ntms_allocate_media( NULL, &app, &sides[1], &next, 0, 0, &source, &wait ));
    OK( ntms_deallocate_media( NULL, &first, 0 ));
    OK( ntms_deallocate_media( NULL, &next, 0 ));

    OK( ntms_allocate_media( NULL, &app, NULL, &first, NTMS_ALLOCATE_NEW, 0, &source, &wait ));
    ok( get_side( &sides[0] ).State == NTMS_PARTSTATE_ALLOCATED, "state %lu\n", get_side( &sides[0] ).State );
    ok( get_side( &sides[1] ).State == NTMS_PARTSTATE_RESERVED, "state %lu\n", get_side( &sides[1] ).State );
    FAILS( ntms_allocate_media( NULL, &app, NULL, &next, 0, 0, &source, &wait ), ERROR_MEDIA_UNAVAILABLE );
    next = first;
    OK( ntms_allocate_media( NULL, &app, NULL, &next, NTMS_ALLOCATE_NEXT, 0, &source, &wait ));
    ok( !same( next, first ), "the same logical medium\n" );
    FAILS( ntms_allocate_media( NULL, &app, NULL, &next, NTMS_ALLOCATE_NEXT, 0, &source, &wait ), ERROR_MEDIA_UNAVAILABLE );
    OK( ntms_deallocate_media( NULL, &next, 0 ));
    OK( ntms_deallocate_media( NULL, &first, 0 ));
    OK( ntms_allocate_media( NULL, &app, NULL, &first, NTMS_ALLOCATE_NEW, 0, &source, &wait ));
    OK( ntms_deallocate_media( NULL, &first, 0 ));
    ok( get_side( &sides[1] ).State == NTMS_PARTSTATE_AVAILABLE, "state %lu\n", get_side( &sides[1] ).State );
}

static void test_omid(void)
{
    static const GUID label_id = { 0x01020304, 5, 6, { 7, 8, 9, 10, 11, 12, 13, 14 } };
    static const SYSTEMTIME now = { 2026, 1, 0, 2, 3, 4, 5 };
    GUID app = find_pool( L"Test\\LTO" ), lmid, side, source;
    NTMS_FILESYSTEM_INFO filesystem = { L"NTFS", L"volume", 1 };
    BYTE block[FREE_LABEL_SIZE];
    DWORD wait;

    OK( ntms_allocate_media( NULL, &app, NULL, &lmid, 0, 0, &source, &wait ));
    side = find_object( NTMS_PARTITION, &lmid, 0, 1 );
    label_make_free( &label_id, L"Wednesday", &now, block );

    FAILS( ntms_update_omid_info( NULL, &lmid, NTMS_OMID_TYPE_RAW_LABEL, block, 93 ), ERROR_BAD_FORMAT );
    FAILS( ntms_update_omid_info( NULL, &lmid, NTMS_OMID_TYPE_RAW_LABEL, block, 0 ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_update_omid_info( NULL, &lmid, NTMS_OMID_TYPE_RAW_LABEL, NULL, 10 ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_update_omid_info( NULL, &lmid, 3, block, sizeof(block) ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_update_omid_info( NULL, &side, NTMS_OMID_TYPE_RAW_LABEL, block, sizeof(block) ), ERROR_INVALID_MEDIA );
    FAILS( ntms_update_omid_info( NULL, &side, NTMS_OMID_TYPE_RAW_LABEL, block, 93 ), ERROR_INVALID_MEDIA );
    FAILS( ntms_update_omid_info( NULL, &lmid, NTMS_OMID_TYPE_FILESYSTEM_INFO, (BYTE *)&filesystem, sizeof(filesystem) - 1 ),
           ERROR_INVALID_PARAMETER );
    FAILS( ntms_update_omid_info( NULL, &side, NTMS_OMID_TYPE_FILESYSTEM_INFO, (BYTE *)&filesystem, sizeof(filesystem) ),
           ERROR_INVALID_MEDIA );
    FAILS( ntms_update_omid_info( NULL, &lmid, NTMS_OMID_TYPE_FILESYSTEM_INFO, (BYTE *)&filesystem, sizeof(filesystem) ),
           ERROR_CALL_NOT_IMPLEMENTED );
    memset( filesystem.VolumeName, 'x', sizeof(filesystem.VolumeName) );
    FAILS( ntms_update_omid_info( NULL, &lmid, NTMS_OMID_TYPE_FILESYSTEM_INFO, (BYTE *)&filesystem, sizeof(filesystem) ),
           ERROR_INVALID_PARAMETER );
    OK( ntms_update_omid_info( NULL, &lmid, NTMS_OMID_TYPE_RAW_LABEL, block, sizeof(block) ));
    ok( get_side( &side ).dwOmidLabelIdLength == 16, "no label\n" );
    ok( !wcscmp( get_side( &side ).szOmidLabelInfo, L"Wednesday" ), "info %s\n", debugstr_w(get_side( &side ).szOmidLabelInfo) );
    OK( ntms_deallocate_media( NULL, &lmid, 0 ));
}

static int count( const char *sql )
{
    int ret = -1;

    OK( db_begin() );
    OK( db_end( db_get_int( &ret, sql, "" )));
    return ret;
}

/* the rows of an object that is deleted, and of what belongs to it */
static void test_delete(void)
{
    static const char sides[] = "SELECT COUNT(*) FROM object WHERE type = 14", logical[] = "SELECT COUNT(*) FROM object WHERE type = 11";
    static const char slot_count[] = "SELECT COUNT(*) FROM object WHERE type = 16";
    GUID app = find_pool( L"Test\\LTO" ), lmid, side, medium, source, unknown = { 1 };
    int before = count( sides );
    DWORD wait;

    OK( ntms_allocate_media( NULL, &app, NULL, &lmid, 0, 0, &source, &wait ));
    side = find_object( NTMS_PARTITION, &lmid, 0, 1 );
    medium = get_side( &side ).PhysicalMedia;
    ok( count( logical ) == 1, "%d logical media\n", count( logical ));
    OK( db_begin() );
    FAILS( object_delete( &unknown ), ERROR_OBJECT_NOT_FOUND );
    OK( db_end( object_delete( &medium )));
    ok( count( sides ) == before - 2, "%d sides of %d are left\n", count( sides ), before );
    ok( !count( logical ), "%d logical media\n", count( logical ));

    medium = add_medium( 3, L"LAST", 1 );
    ok( count( slot_count ) == ARRAY_SIZE(slots), "wrong number of slots\n" );
    OK( db_begin() );
    OK( db_end( object_delete( &library )));
    ok( !count( slot_count ), "%d slots are left\n", count( slot_count ));
    ok( same( get_info( &medium, NTMS_PHYSICAL_MEDIA ).Info.PhysicalMedia.CurrentLibrary, offline ),
        "not off-line\n" );
    ok( !count( "SELECT COUNT(*) FROM physical_media m WHERE available <>"
                " (SELECT COUNT(*) FROM partition WHERE physical_media = m.id AND state = 4)" ), "wrong counts\n" );
    ok( count( "SELECT COUNT(*) FROM object" ) == count( "SELECT SUM(n) FROM (SELECT COUNT(*) AS n FROM computer UNION ALL"
        " SELECT COUNT(*) FROM media_type UNION ALL SELECT COUNT(*) FROM library UNION ALL SELECT COUNT(*) FROM pool UNION ALL"
        " SELECT COUNT(*) FROM physical_media UNION ALL SELECT COUNT(*) FROM partition)" ), "objects without a row of their type\n" );
}

static void remove_database(void)
{
    WCHAR name[MAX_PATH];

    swprintf( name, ARRAY_SIZE(name), L"%s\\NTMSDATA", directory );
    ok( DeleteFileW( name ), "cannot delete, error %lu\n", GetLastError() );
    ok( RemoveDirectoryW( directory ), "not empty, error %lu\n", GetLastError() );
}

START_TEST(store)
{
    WCHAR temp[MAX_PATH];

    GetTempPathW( ARRAY_SIZE(temp), temp );
    swprintf( directory, ARRAY_SIZE(directory), L"%sntmssvc_%lx", temp, GetCurrentProcessId() );
    OK( db_open( directory ));

    test_defaults();
    test_enumerate();
    test_information();
    test_pools();
    test_identification();
    test_classification();
    test_allocation();
    test_policies();
    test_two_sides();
    test_omid();
    test_delete();

    db_close();
    remove_database();
}
