/*
 * Tests of the schema: a database of version 1 becomes one of today, and what must never be is refused
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

#include "world.h"
#include "database.h"
#include "invariants.h"
#include "wine/test.h"

/* identifiers of 16 bytes, told apart by the last one */
#define ID( n ) "x'000000000000000000000000000000" n "'"
#define OBJECT( n, type, name ) \
    "INSERT INTO object (id, type, name, created, modified) VALUES (" ID( n ) ", " type ", '" name "', 1, 1);"
#define POOL( n, parent, path, kind, type ) \
    "INSERT INTO pool (id, parent, path, folded, kind, media_type) VALUES (" ID( n ) ", " parent ", '" path "', upper('" path "'), " \
    kind ", " type ");"
#define MEDIUM( n, library, pool, location, location_type, home ) OBJECT( n, "15", "medium" ) \
    "INSERT INTO physical_media (id, library, pool, media_type, location, location_type, home_slot, sequence_number)" \
    " VALUES (" ID( n ) ", " ID( library ) ", " ID( pool ) ", " ID( "10" ) ", " location ", " location_type ", " home ", 1);"
#define SIDE( n, medium, side, state, logical ) OBJECT( n, "14", "side" ) \
    "INSERT INTO partition (id, physical_media, side, state, logical_media) VALUES (" ID( n ) ", " ID( medium ) ", " side \
    ", " state ", " logical ");"
#define LOGICAL( n, pool ) OBJECT( n, "11", "logical" ) \
    "INSERT INTO logical_media (id, pool) VALUES (" ID( n ) ", " ID( pool ) ");"

/* version 1, with what it let happen */
static const char fixture[] =
    OBJECT( "01", "4", "host" ) "INSERT INTO computer (id, next_sequence_number) VALUES (" ID( "01" ) ", 17);"
    OBJECT( "02", "9", "Off-line Media" ) "INSERT INTO library (id, kind, serial) VALUES (" ID( "02" ) ", 1, '');"
    OBJECT( "03", "9", "A" ) "INSERT INTO library (id, kind, serial) VALUES (" ID( "03" ) ", 2, 'A');"
    OBJECT( "04", "9", "B" ) "INSERT INTO library (id, kind, serial) VALUES (" ID( "04" ) ", 2, 'B');"
    OBJECT( "05", "16", "slot" ) "INSERT INTO slot (id, library, number, element) VALUES (" ID( "05" ) ", " ID( "03" ) ", 0, 0);"
    OBJECT( "06", "16", "slot" ) "INSERT INTO slot (id, library, number, element) VALUES (" ID( "06" ) ", " ID( "04" ) ", 0, 0);"
    OBJECT( "10", "13", "LTO" ) "INSERT INTO media_type (id, code, device_type) VALUES (" ID( "10" ) ", 86, 31);"
    OBJECT( "11", "12", "" ) POOL( "11", "NULL", "", "0", "NULL" )
    OBJECT( "12", "12", "Free" ) POOL( "12", "NULL", "Free", "1", "NULL" )
    OBJECT( "13", "12", "Import" ) POOL( "13", "NULL", "Import", "3", "NULL" )
    OBJECT( "14", "12", "Unrecognized" ) POOL( "14", "NULL", "Unrecognized", "2", "NULL" )
    OBJECT( "15", "12", "LTO" ) POOL( "15", ID( "12" ), "Free\\LTO", "1", ID( "10" ) )
    OBJECT( "16", "12", "App" ) POOL( "16", "NULL", "App", "1000", ID( "10" ) )
    OBJECT( "17", "12", "Other" ) POOL( "17", "NULL", "Other", "1000", ID( "10" ) )
    /* in a slot of A, allocated, with the other side reserved */
    MEDIUM( "20", "03", "16", ID( "05" ), "16", ID( "05" ) )
    LOGICAL( "21", "16" ) SIDE( "22", "20", "0", "5", ID( "21" ) ) SIDE( "23", "20", "1", "9", "NULL" )
    /* in B, with a home in A, whose owner's side is in another pool, and a side reserved for nobody */
    MEDIUM( "30", "04", "16", "NULL", "16", "NULL" ) "UPDATE physical_media SET home_slot = " ID( "05" )
    " WHERE id = " ID( "30" ) " AND NOT EXISTS (SELECT 1 FROM physical_media WHERE home_slot = " ID( "05" ) ");"
    LOGICAL( "31", "17" ) SIDE( "32", "30", "0", "6", ID( "31" ) )
    MEDIUM( "40", "04", "17", "NULL", "0", ID( "06" ) )
    SIDE( "42", "40", "0", "9", "NULL" ) LOGICAL( "43", "17" )
    /* off-line, but still mounted in a slot */
    MEDIUM( "50", "02", "15", ID( "06" ), "16", "NULL" ) SIDE( "52", "50", "0", "4", "NULL" )
    "UPDATE physical_media SET media_state = 3, mounted_partition = " ID( "52" ) " WHERE id = " ID( "50" ) ";";

static WCHAR directory[MAX_PATH], file[MAX_PATH];

static void make_version_1(void)
{
    sqlite3 *handle;

    CreateDirectoryW( directory, NULL );
    OK( dbfile_open( file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &handle ));
    OK( dbfile_exec( handle, db_migrations[0] ));
    OK( dbfile_exec( handle, "PRAGMA user_version = 1; PRAGMA application_id = 1314147667; PRAGMA journal_mode = WAL" ));
    OK( dbfile_exec( handle, fixture ));
    ok( !sqlite3_close( handle ), "cannot close\n" );
}

static int get( const char *sql )
{
    int value = -1;

    OK( db_begin_read() );
    OK( db_end( db_get_int( &value, sql, "" )));
    return value;
}

static void check_invariants(void)
{
    struct db_query *query;
    WCHAR found[64];
    DWORD i;

    OK( db_begin_read() );
    for (i = 0; i < ARRAY_SIZE(invariants); i++)
    {
        OK( db_select( &query, invariants[i].sql, "" ));
        while (db_next( query ))
        {
            db_wstr( query, 0, found, ARRAY_SIZE(found) );
            ok( 0, "%s: %s\n", invariants[i].name, debugstr_w(found) );
        }
        OK( db_finish( query ));
    }
    OK( db_end( ERROR_SUCCESS ));
}

static void test_migration(void)
{
    make_version_1();
    OK( db_open( directory ));
    ok( get( "PRAGMA user_version" ) == 2, "version %d\n", get( "PRAGMA user_version" ));
    check_invariants();
    ok( get( "SELECT next_sequence_number FROM computer" ) == 17, "settings are lost\n" );
    ok( get( "SELECT COUNT(*) FROM physical_media" ) == 4, "media are lost\n" );
    ok( get( "SELECT COUNT(*) FROM physical_media WHERE location IS NOT NULL" ) == 1, "wrong locations\n" );
    ok( get( "SELECT state FROM partition WHERE id = " ID( "22" ) ) == 5, "the allocation is lost\n" );
    ok( get( "SELECT state FROM partition WHERE id = " ID( "23" ) ) == 9, "the reservation is lost\n" );
    ok( get( "SELECT state FROM partition WHERE id = " ID( "42" ) ) == 4, "still reserved for nobody\n" );
    ok( get( "SELECT COUNT(*) FROM object WHERE id = " ID( "43" ) ) == 0, "a logical medium of nothing\n" );
    ok( get( "SELECT pool = " ID( "16" ) " FROM logical_media WHERE id = " ID( "31" ) ), "in two pools\n" );
    ok( get( "SELECT media_count FROM pool WHERE id = " ID( "16" ) ) == 2, "wrong count\n" );
    ok( get( "SELECT COUNT(*) FROM security" ) == 0, "no table\n" );
    OK( db_begin() );
    OK( db_end( store_defaults() ));
    check_invariants();
    db_close();

    /* once is enough */
    OK( db_open( directory ));
    check_invariants();
    db_close();
    ok( DeleteFileW( file ), "cannot delete, error %lu\n", GetLastError() );
    ok( RemoveDirectoryW( directory ), "not empty, error %lu\n", GetLastError() );
}

/* statements with which the service would damage its database; ?1 and ?2 are the GUIDs */
static void refuse( const char *sql, const GUID *first, const GUID *second )
{
    OK( db_begin() );
    FAILS( db_exec( sql, second ? "gg" : first ? "g" : "", first, second ), ERROR_DATABASE_FAILURE );
    db_rollback();
}

static void test_rules(void)
{
    struct world world;
    GUID id = { 0 };

    world_open( &world );
    check_invariants();
    refuse( "UPDATE object SET type = 5 WHERE id = ?", &world.media[0], NULL );
    refuse( "INSERT INTO drive_type (id, vendor, product, device_type) VALUES (?, 'x', 'y', 1)", &world.changer_type, NULL );
    refuse( "INSERT INTO media_type (id, code, device_type) VALUES (?, 1, 1)", &nobody, NULL );
    refuse( "DELETE FROM object WHERE id = ?", &world.computer, NULL );
    refuse( "DELETE FROM object WHERE id = ?", &world.offline, NULL );
    refuse( "DELETE FROM object WHERE id = ?", &world.root, NULL );
    refuse( "DELETE FROM object WHERE id = ?", &world.free_parent, NULL );
    refuse( "DELETE FROM object WHERE id = ?", &world.pool, NULL );
    refuse( "DELETE FROM object WHERE id = ?", &world.parent, NULL );

    /* pools */
    refuse( "UPDATE physical_media SET pool = ? WHERE id = ?", &world.parent, &world.media[1] );
    refuse( "UPDATE physical_media SET pool = ? WHERE id = ?", &world.free_pool, &world.media[0] );
    refuse( "UPDATE physical_media SET media_type = ? WHERE id = ?", &world.dlt, &world.media[0] );
    refuse( "UPDATE pool SET media_type = ? WHERE id = ?", &world.dlt, &world.pool );
    refuse( "UPDATE pool SET media_type = ? WHERE id = ?", &world.dlt, &world.parent );
    refuse( "UPDATE pool SET parent = NULL WHERE id = ?", &world.pool, NULL );
    OK( db_begin() );
    FAILS( store_add_pool( &world.pool, L"Backup\\LTO\\x", NTMS_POOLTYPE_APPLICATION, NULL, &id ), ERROR_DATABASE_FAILURE );
    db_rollback();
    OK( db_begin() );
    FAILS( store_add_pool( &world.free_parent, L"Free\\x", NTMS_POOLTYPE_APPLICATION, NULL, &id ), ERROR_DATABASE_FAILURE );
    db_rollback();
    OK( db_begin() );
    OK( db_exec( "UPDATE pool SET media_type = ? WHERE id = ?", "gg", &world.dlt, &world.empty_pool ));
    db_rollback();

    /* places */
    refuse( "UPDATE physical_media SET location = ?, location_type = 5 WHERE id = ?", &world.lone_drive, &world.media[0] );
    refuse( "UPDATE physical_media SET location = ?, location_type = 5 WHERE id = ?", &world.slots[3], &world.media[0] );
    refuse( "UPDATE physical_media SET library = ? WHERE id = ?", &world.offline, &world.media[0] );
    refuse( "UPDATE physical_media SET location = ?, location_type = 16 WHERE id = ?", &world.slots[1], &world.media[0] );
    refuse( "UPDATE physical_media SET mounted_partition = ? WHERE id = ?", &world.sides[3], &world.media[0] );

    /* sides */
    refuse( "UPDATE partition SET state = 9 WHERE id = ?", &world.sides[2], NULL );
    refuse( "UPDATE partition SET state = 4 WHERE id = ?", &world.sides[0], NULL );
    refuse( "UPDATE partition SET state = 5 WHERE id = ?", &world.sides[1], NULL );
    refuse( "UPDATE partition SET state = 5, logical_media = ? WHERE id = ?", &world.logical, &world.sides[2] );
    refuse( "UPDATE logical_media SET pool = ? WHERE id = ?", &world.import_pool, &world.logical );
    refuse( "UPDATE partition SET side = 1 - side WHERE id = ?", &world.sides[2], NULL );

    refuse( "INSERT INTO security (object, descriptor) VALUES (?, zeroblob(40))", &world.drives[0], NULL );
    refuse( "INSERT INTO ui_option (object, kind, computer) VALUES (?, 1, 'x')", &world.pool, NULL );
    refuse( "INSERT INTO attribute (object, name, value) VALUES (?, '', x'00')", &world.pool, NULL );
    refuse( "INSERT INTO attribute (object, name, value) VALUES (?, 'x', zeroblob(65536))", &world.pool, NULL );
    refuse( "INSERT INTO attribute (object, name, value) VALUES (?, 'x', x'00')", &nobody, NULL );

    /* what follows by itself */
    world_exec( "UPDATE partition SET state = 9 WHERE id = ?", &world.sides[1] );
    world_exec( "UPDATE partition SET state = 4, logical_media = NULL WHERE id = ?", &world.sides[0] );
    world_exec( "DELETE FROM object WHERE id = ?", &world.logical );
    ok( world_info( &world.sides[1] ).Info.Partition.State == NTMS_PARTSTATE_AVAILABLE, "still reserved\n" );
    world_exec( "DELETE FROM object WHERE id = ?", &world.slots[0] );
    OK( db_begin() );
    OK( db_end( object_delete( &world.library )));
    check_invariants();
    world_close();
}

START_TEST(migration)
{
    WCHAR temp[MAX_PATH];

    GetTempPathW( ARRAY_SIZE(temp), temp );
    swprintf( directory, ARRAY_SIZE(directory), L"%sntmsmigration_%lx", temp, GetCurrentProcessId() );
    swprintf( file, ARRAY_SIZE(file), L"%s\\NTMSDATA", directory );
    test_migration();
    test_rules();
}
