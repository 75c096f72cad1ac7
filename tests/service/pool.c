/*
 * Tests of CreateNtmsMediaPool, GetNtmsMediaPoolName and DeleteNtmsMediaPool
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

static void test_create(void)
{
    static const WCHAR long_name[] = L"0123456789012345678901234567890123456789012345678901234567890123";
    static const struct
    {
        const WCHAR *name;
        DWORD        type;     /* 0 none, 1 LTO, 2 no object, 3 no media type */
        DWORD        action;
        DWORD        expect;
    } tests[] =
    {
        { L"New", 0, 0, ERROR_INVALID_PARAMETER },
        { L"New", 0, 4, ERROR_INVALID_PARAMETER },
        { L"New", 0, NTMS_OPEN_EXISTING, ERROR_OBJECT_NOT_FOUND },
        { L"New", 2, NTMS_CREATE_NEW, ERROR_INVALID_MEDIA },
        { L"New", 3, NTMS_CREATE_NEW, ERROR_INVALID_MEDIA },
        { L"", 0, NTMS_CREATE_NEW, ERROR_INVALID_NAME },
        { L"\\", 0, NTMS_CREATE_NEW, ERROR_INVALID_NAME },
        { L"New\\", 0, NTMS_CREATE_NEW, ERROR_INVALID_NAME },
        { L"\\\\New", 0, NTMS_CREATE_NEW, ERROR_INVALID_NAME },
        { long_name, 0, NTMS_CREATE_NEW, ERROR_INVALID_NAME },
        { long_name + 1, 0, NTMS_CREATE_NEW, ERROR_SUCCESS },
        { L"New", 0, NTMS_CREATE_NEW, ERROR_SUCCESS },
        { L"New", 0, NTMS_CREATE_NEW, ERROR_ALREADY_EXISTS },
        { L"NEW", 0, NTMS_CREATE_NEW, ERROR_ALREADY_EXISTS },
        { L"\\new", 0, NTMS_OPEN_EXISTING, ERROR_SUCCESS },
        { L"New", 1, NTMS_OPEN_ALWAYS, ERROR_SUCCESS },
        { L"New\\LTO", 1, NTMS_OPEN_ALWAYS, ERROR_SUCCESS },
        { L"New\\LTO", 0, NTMS_OPEN_EXISTING, ERROR_SUCCESS },
        { L"New\\LTO\\More", 1, NTMS_CREATE_NEW, ERROR_INVALID_NAME },
        { L"New\\Sub", 0, NTMS_CREATE_NEW, ERROR_SUCCESS },
        { L"New\\Sub\\LTO", 1, NTMS_CREATE_NEW, ERROR_SUCCESS },
        { L"None\\LTO", 1, NTMS_CREATE_NEW, ERROR_OBJECT_NOT_FOUND },
        { L"None\\LTO", 1, NTMS_OPEN_ALWAYS, ERROR_OBJECT_NOT_FOUND },
        { L"Free", 0, NTMS_CREATE_NEW, ERROR_ALREADY_EXISTS },
        { L"Free", 0, NTMS_OPEN_EXISTING, ERROR_SUCCESS },
        { L"Free\\LTO Ultrium", 1, NTMS_OPEN_ALWAYS, ERROR_SUCCESS },
        { L"Free\\Mine", 1, NTMS_CREATE_NEW, ERROR_ACCESS_DENIED },
        { L"Import\\Mine", 1, NTMS_OPEN_ALWAYS, ERROR_ACCESS_DENIED },
        { L"Unrecognized\\Mine", 0, NTMS_OPEN_ALWAYS, ERROR_ACCESS_DENIED },
    };
    const GUID *types[] = { NULL, &world.lto, &nobody, &world.library };
    DWORD i;
    GUID id;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context( "%s", wine_dbgstr_w( tests[i].name ));
        memset( &id, 0xcc, sizeof(id) );
        FAILS( ntms_create_media_pool( NULL, tests[i].name, types[tests[i].type], tests[i].action, NULL, 0, &id ), tests[i].expect );
        ok( (id.Data1 == 0xcccccccc) == (tests[i].expect != ERROR_SUCCESS), "wrong identifier\n" );
        winetest_pop_context();
    }
}

static void test_access(void)
{
    static const BYTE garbage[20] = { 7 };
    GUID id;

    deny( &world.root );
    FAILS( ntms_create_media_pool( NULL, L"Denied", NULL, NTMS_CREATE_NEW, NULL, 0, &id ), ERROR_ACCESS_DENIED );
    FAILS( ntms_create_media_pool( NULL, L"Denied", NULL, NTMS_OPEN_EXISTING, NULL, 0, &id ), ERROR_OBJECT_NOT_FOUND );
    OK( ntms_create_media_pool( NULL, L"Backup", NULL, NTMS_OPEN_ALWAYS, NULL, 0, &id ));
    allow( &world.root );
    deny( &world.parent );
    FAILS( ntms_create_media_pool( NULL, L"Backup\\Denied", NULL, NTMS_OPEN_ALWAYS, NULL, 0, &id ), ERROR_ACCESS_DENIED );
    OK( ntms_create_media_pool( NULL, L"Backup\\LTO", NULL, NTMS_OPEN_ALWAYS, NULL, 0, &id ));
    allow( &world.parent );

    FAILS( ntms_create_media_pool( NULL, L"Garbage", NULL, NTMS_CREATE_NEW, garbage, sizeof(garbage), &id ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_create_media_pool( NULL, L"Garbage", NULL, NTMS_OPEN_EXISTING, NULL, 0, &id ), ERROR_OBJECT_NOT_FOUND );
}

static void test_name(void)
{
    WCHAR name[NTMS_POOLHIERARCHY_LENGTH] = L"unchanged";

    FAILS( ntms_get_media_pool_name( NULL, &nobody, name ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_get_media_pool_name( NULL, &world.library, name ), ERROR_INVALID_MEDIA_POOL );
    ok( !wcscmp( name, L"unchanged" ), "name %s\n", wine_dbgstr_w( name ));
    OK( ntms_get_media_pool_name( NULL, &world.pool, name ));
    ok( !wcscmp( name, L"Backup\\LTO" ), "name %s\n", wine_dbgstr_w( name ));
    OK( ntms_get_media_pool_name( NULL, &world.free_pool, name ));
    ok( !wcscmp( name, L"Free\\LTO Ultrium" ), "name %s\n", wine_dbgstr_w( name ));
    OK( ntms_get_media_pool_name( NULL, &world.root, name ));
    ok( !name[0], "name %s\n", wine_dbgstr_w( name ));
}

static void test_delete(void)
{
    struct cartridge cartridge;
    GUID pool, lmid;
    DWORD wait;

    FAILS( ntms_delete_media_pool( NULL, &nobody ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_delete_media_pool( NULL, &world.library ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_delete_media_pool( NULL, &world.root ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_delete_media_pool( NULL, &world.free_parent ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_delete_media_pool( NULL, &world.free_pool ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_delete_media_pool( NULL, &world.import_pool ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_delete_media_pool( NULL, &world.foreign_pool ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_delete_media_pool( NULL, &world.parent ), ERROR_NOT_EMPTY );

    OK( ntms_create_media_pool( NULL, L"Backup\\Short", &world.lto, NTMS_CREATE_NEW, NULL, 0, &pool ));
    cartridge = make_cartridge( &world, &pool, 1, NTMS_PARTSTATE_DECOMMISSIONED, 0 );
    FAILS( ntms_delete_media_pool( NULL, &pool ), ERROR_NOT_EMPTY );
    delete_cartridge( &cartridge );
    deny( &pool );
    FAILS( ntms_delete_media_pool( NULL, &pool ), ERROR_ACCESS_DENIED );
    allow( &pool );

    /* a program waits for media of this pool */
    OK( ntms_allocate_media( NULL, &pool, NULL, &lmid, 0, INFINITE, NULL, &wait ));
    ok( wait && last_wait.pending, "does not wait\n" );
    OK( ntms_delete_media_pool( NULL, &pool ));
    ok( !last_wait.pending && last_wait.result == ERROR_INVALID_MEDIA_POOL, "still waits\n" );
    ok( count_rows( "SELECT COUNT(*) FROM operator_request WHERE request = 1" ) == 0, "the request is left\n" );
    FAILS( ntms_delete_media_pool( NULL, &pool ), ERROR_INVALID_MEDIA_POOL );
}

START_TEST(pool)
{
    world_open( &world );
    test_create();
    test_access();
    test_name();
    test_delete();
    world_close();
}
