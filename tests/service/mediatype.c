/*
 * Tests of AddNtmsMediaType, DeleteNtmsMediaType and ChangeNtmsMediaType
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
static GUID vxa;   /* a type that nothing uses, and without pools */

static BOOL library_has( const GUID *type )
{
    GUID id;
    DWORD error;

    OK( db_begin() );
    error = db_get_guid( &id, "SELECT media_type FROM library_media_type WHERE library = ? AND media_type = ?", "gg",
                         &world.library, type );
    OK( db_end( error == ERROR_OBJECT_NOT_FOUND ? ERROR_SUCCESS : error ));
    return !error;
}

static BOOL has_pools( const GUID *type )
{
    DWORD kind, error, count = 0;
    GUID id;

    for (kind = NTMS_POOLTYPE_SCRATCH; kind <= NTMS_POOLTYPE_IMPORT; kind++)
    {
        OK( db_begin() );
        error = store_system_pool( kind, type, &id );
        OK( db_end( error == ERROR_OBJECT_NOT_FOUND ? ERROR_SUCCESS : error ));
        if (!error) count++;
    }
    ok( count == 0 || count == 3, "%lu pools\n", count );
    return count != 0;
}

static void set_library( const char *sql )
{
    world_exec( sql, &world.library );
}

static void test_add(void)
{
    FAILS( ntms_add_media_type( NULL, &vxa, &nobody ), ERROR_INVALID_LIBRARY );
    FAILS( ntms_add_media_type( NULL, &vxa, &world.pool ), ERROR_INVALID_LIBRARY );
    FAILS( ntms_add_media_type( NULL, &nobody, &world.library ), ERROR_INVALID_MEDIA );
    FAILS( ntms_add_media_type( NULL, &world.media[0], &world.library ), ERROR_INVALID_MEDIA );
    FAILS( ntms_add_media_type( NULL, &vxa, &world.offline ), ERROR_LIBRARY_OFFLINE );
    set_library( "UPDATE object SET state = 21 WHERE id = ?" );
    FAILS( ntms_add_media_type( NULL, &vxa, &world.library ), ERROR_LIBRARY_OFFLINE );
    set_library( "UPDATE object SET state = 0, enabled = 0 WHERE id = ?" );
    FAILS( ntms_add_media_type( NULL, &vxa, &world.library ), ERROR_RESOURCE_DISABLED );
    set_library( "UPDATE object SET enabled = 1 WHERE id = ?" );
    deny( &world.library );
    FAILS( ntms_add_media_type( NULL, &vxa, &world.library ), ERROR_ACCESS_DENIED );
    allow( &world.library );

    ok( !has_pools( &vxa ) && !library_has( &vxa ), "known before\n" );
    OK( ntms_add_media_type( NULL, &vxa, &world.library ));
    ok( has_pools( &vxa ) && library_has( &vxa ), "not known\n" );
    OK( ntms_add_media_type( NULL, &vxa, &world.library ));
    OK( ntms_add_media_type( NULL, &vxa, &world.standalone ));
    ok( has_pools( &vxa ), "not known\n" );
}

static void test_delete(void)
{
    FAILS( ntms_delete_media_type( NULL, &vxa, &nobody ), ERROR_INVALID_LIBRARY );
    FAILS( ntms_delete_media_type( NULL, &vxa, &world.pool ), ERROR_INVALID_LIBRARY );
    FAILS( ntms_delete_media_type( NULL, &nobody, &world.library ), ERROR_INVALID_MEDIA );
    FAILS( ntms_delete_media_type( NULL, &world.lto, &world.library ), ERROR_NOT_EMPTY );
    ok( library_has( &world.lto ), "deleted\n" );
    deny( &world.library );
    FAILS( ntms_delete_media_type( NULL, &vxa, &world.library ), ERROR_ACCESS_DENIED );
    allow( &world.library );

    /* the pools go with the last library */
    OK( ntms_delete_media_type( NULL, &vxa, &world.library ));
    ok( has_pools( &vxa ) && !library_has( &vxa ), "wrong\n" );
    OK( ntms_delete_media_type( NULL, &vxa, &world.library ));
    OK( ntms_delete_media_type( NULL, &vxa, &world.standalone ));
    ok( !has_pools( &vxa ), "the pools are left\n" );
    /* but not with the last medium elsewhere */
    set_offline( &world, &world.media[0] );
    set_offline( &world, &world.media[1] );
    set_offline( &world, &world.media[2] );
    OK( ntms_delete_media_type( NULL, &world.lto, &world.library ));
    ok( has_pools( &world.lto ) && !library_has( &world.lto ), "the pools are gone\n" );
    OK( ntms_add_media_type( NULL, &world.lto, &world.library ));
}

/* to the types of the same number of sides, by the rules for moves */
static void test_change(void)
{
    static const struct
    {
        DWORD state, free_result, pool_result;
    } tests[] =
    {
        { NTMS_PARTSTATE_UNKNOWN, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_MEDIA_POOL },
        { NTMS_PARTSTATE_UNPREPARED, ERROR_SUCCESS, ERROR_INVALID_MEDIA_POOL },
        { NTMS_PARTSTATE_INCOMPATIBLE, ERROR_INVALID_MEDIA_POOL, ERROR_SUCCESS },
        { NTMS_PARTSTATE_DECOMMISSIONED, ERROR_INVALID_MEDIA_POOL, ERROR_SUCCESS },
        { NTMS_PARTSTATE_AVAILABLE, ERROR_SUCCESS, ERROR_SUCCESS },
        { NTMS_PARTSTATE_ALLOCATED, ERROR_INVALID_MEDIA_POOL, ERROR_SUCCESS },
        { NTMS_PARTSTATE_COMPLETE, ERROR_INVALID_MEDIA_POOL, ERROR_SUCCESS },
        { NTMS_PARTSTATE_FOREIGN, ERROR_SUCCESS, ERROR_SUCCESS },
        { NTMS_PARTSTATE_IMPORT, ERROR_SUCCESS, ERROR_SUCCESS },
    };
    struct cartridge cartridge;
    GUID free_dlt, import_dlt, dlt_pool, mo, mo_pool;
    DWORD i, to;

    OK( db_begin() );
    OK( store_system_pool( NTMS_POOLTYPE_SCRATCH, &world.dlt, &free_dlt ));
    OK( store_system_pool( NTMS_POOLTYPE_IMPORT, &world.dlt, &import_dlt ));
    OK( db_end( db_get_guid( &mo, "SELECT id FROM media_type WHERE sides = 2 LIMIT 1", "" )));
    OK( ntms_create_media_pool( NULL, L"Backup\\DLT", &world.dlt, NTMS_CREATE_NEW, NULL, 0, &dlt_pool ));
    OK( ntms_create_media_pool( NULL, L"Backup\\MO", &mo, NTMS_CREATE_NEW, NULL, 0, &mo_pool ));

    for (i = 0; i < ARRAY_SIZE(tests); i++) for (to = 0; to < 2; to++)
    {
        DWORD expect = to ? tests[i].pool_result : tests[i].free_result;
        const GUID *pool = to ? &dlt_pool : &free_dlt;

        cartridge = make_cartridge( &world, &world.pool, 1, tests[i].state, 0 );
        winetest_push_context( "%s to %lu", side_names[tests[i].state], to );
        FAILS( ntms_change_media_type( NULL, &cartridge.medium, pool ), expect );
        ok( same( pool_of( &cartridge.medium ), expect ? world.pool : *pool ), "wrong pool\n" );
        ok( same( world_info( &cartridge.medium ).Info.PhysicalMedia.MediaType, expect ? world.lto : world.dlt ), "wrong type\n" );
        winetest_pop_context();
        delete_cartridge( &cartridge );
    }

    cartridge = make_cartridge( &world, &world.import_pool, 1, NTMS_PARTSTATE_IMPORT, 0 );
    FAILS( ntms_change_media_type( NULL, &nobody, &dlt_pool ), ERROR_INVALID_MEDIA );
    FAILS( ntms_change_media_type( NULL, &cartridge.sides[0], &dlt_pool ), ERROR_INVALID_MEDIA );
    FAILS( ntms_change_media_type( NULL, &cartridge.medium, &nobody ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_change_media_type( NULL, &cartridge.medium, &world.parent ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_change_media_type( NULL, &cartridge.medium, &dlt_pool ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_change_media_type( NULL, &cartridge.medium, &mo_pool ), ERROR_INVALID_MEDIA_POOL );
    deny( &world.import_pool );
    FAILS( ntms_change_media_type( NULL, &cartridge.medium, &import_dlt ), ERROR_ACCESS_DENIED );
    allow( &world.import_pool );
    deny( &import_dlt );
    FAILS( ntms_change_media_type( NULL, &cartridge.medium, &import_dlt ), ERROR_ACCESS_DENIED );
    allow( &import_dlt );
    set_media_state( &cartridge.medium, NTMS_MEDIASTATE_LOADED );
    FAILS( ntms_change_media_type( NULL, &cartridge.medium, &import_dlt ), ERROR_INVALID_MEDIA_POOL );
    set_media_state( &cartridge.medium, NTMS_MEDIASTATE_IDLE );
    set_library( "UPDATE object SET enabled = 0 WHERE id = ?" );
    FAILS( ntms_change_media_type( NULL, &cartridge.medium, &import_dlt ), ERROR_RESOURCE_DISABLED );
    set_library( "UPDATE object SET enabled = 1 WHERE id = ?" );
    OK( ntms_change_media_type( NULL, &cartridge.medium, &import_dlt ));
    set_offline( &world, &cartridge.medium );
    FAILS( ntms_change_media_type( NULL, &cartridge.medium, &world.import_pool ), ERROR_LIBRARY_OFFLINE );
    delete_cartridge( &cartridge );

    cartridge = make_cartridge( &world, &world.pool, 2, NTMS_PARTSTATE_ALLOCATED, NTMS_PARTSTATE_RESERVED );
    OK( ntms_change_media_type( NULL, &cartridge.medium, &mo_pool ));
    ok( same( world_info( &cartridge.logical[0] ).Info.LogicalMedia.MediaPool, mo_pool ), "left behind\n" );
    FAILS( ntms_change_media_type( NULL, &cartridge.medium, &free_dlt ), ERROR_INVALID_MEDIA_POOL );
    delete_cartridge( &cartridge );
}

START_TEST(mediatype)
{
    world_open( &world );
    OK( db_begin() );
    OK( db_end( db_get_guid( &vxa, "SELECT id FROM media_type WHERE code = 94", "" )));
    test_add();
    test_delete();
    test_change();
    world_close();
}
