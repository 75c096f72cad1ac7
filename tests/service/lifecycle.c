/*
 * Tests of the later life of media: every state of a side and of a medium, for each function
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

/* ------------------------------------------------------------------ DecommissionNtmsMedia */

static void test_decommission(void)
{
    struct cartridge cartridge;
    DWORD state, error;

    FAILS( ntms_decommission_media( NULL, &nobody ), ERROR_INVALID_MEDIA );
    FAILS( ntms_decommission_media( NULL, &world.media[0] ), ERROR_INVALID_MEDIA );
    FAILS( ntms_decommission_media( NULL, &world.logical ), ERROR_INVALID_MEDIA );

    for (state = 0; state < ARRAY_SIZE(side_names); state++)
    {
        DWORD expect = state == NTMS_PARTSTATE_AVAILABLE ? ERROR_SUCCESS : ERROR_INVALID_STATE;

        cartridge = make_cartridge( &world, &world.pool, 2, state, beside( state ));
        winetest_push_context( "%s", side_names[state] );
        error = ntms_decommission_media( NULL, &cartridge.sides[0] );
        ok( error == expect, "error %lu\n", error );
        ok( state_of( &cartridge.sides[0] ) == (error ? state : NTMS_PARTSTATE_DECOMMISSIONED), "state %lu\n",
            state_of( &cartridge.sides[0] ));
        ok( state_of( &cartridge.sides[1] ) == beside( state ), "state %lu\n", state_of( &cartridge.sides[1] ));
        winetest_pop_context();
        delete_cartridge( &cartridge );
    }

    cartridge = make_cartridge( &world, &world.pool, 1, NTMS_PARTSTATE_AVAILABLE, 0 );
    deny( &world.pool );
    FAILS( ntms_decommission_media( NULL, &cartridge.sides[0] ), ERROR_ACCESS_DENIED );
    allow( &world.pool );
    set_offline( &world, &cartridge.medium );
    OK( ntms_decommission_media( NULL, &cartridge.sides[0] ));
    delete_cartridge( &cartridge );
}

/* ------------------------------------------------------------------ SetNtmsMediaComplete */

static void test_complete(void)
{
    /* by state of the medium: not while it is mounted or in use */
    static const DWORD expect[] = { ERROR_SUCCESS, ERROR_INVALID_STATE, ERROR_INVALID_STATE, ERROR_INVALID_STATE,
                                    ERROR_SUCCESS, ERROR_SUCCESS, ERROR_INVALID_STATE };
    struct cartridge cartridge;
    DWORD state, error;

    FAILS( ntms_set_media_complete( NULL, &nobody ), ERROR_INVALID_MEDIA );
    FAILS( ntms_set_media_complete( NULL, &world.media[0] ), ERROR_INVALID_MEDIA );
    FAILS( ntms_set_media_complete( NULL, &world.sides[0] ), ERROR_INVALID_MEDIA );

    for (state = 0; state < ARRAY_SIZE(expect); state++)
    {
        cartridge = make_cartridge( &world, &world.pool, 1, NTMS_PARTSTATE_ALLOCATED, 0 );
        set_media_state( &cartridge.medium, state );
        winetest_push_context( "medium in state %lu", state );
        error = ntms_set_media_complete( NULL, &cartridge.logical[0] );
        ok( error == expect[state], "error %lu\n", error );
        ok( state_of( &cartridge.sides[0] ) == (error ? NTMS_PARTSTATE_ALLOCATED : NTMS_PARTSTATE_COMPLETE), "state %lu\n",
            state_of( &cartridge.sides[0] ));
        ok( same( world_info( &cartridge.sides[0] ).Info.Partition.LogicalMedia, cartridge.logical[0] ), "not the owner's\n" );
        winetest_pop_context();
        delete_cartridge( &cartridge );
    }

    cartridge = make_cartridge( &world, &world.pool, 2, NTMS_PARTSTATE_COMPLETE, NTMS_PARTSTATE_ALLOCATED );
    FAILS( ntms_set_media_complete( NULL, &cartridge.logical[0] ), ERROR_INVALID_STATE );
    deny( &world.pool );
    FAILS( ntms_set_media_complete( NULL, &cartridge.logical[1] ), ERROR_ACCESS_DENIED );
    allow( &world.pool );
    OK( ntms_set_media_complete( NULL, &cartridge.logical[1] ));
    OK( ntms_deallocate_media( NULL, &cartridge.logical[1], 0 ));
    ok( state_of( &cartridge.sides[1] ) == NTMS_PARTSTATE_AVAILABLE, "state %lu\n", state_of( &cartridge.sides[1] ));
    delete_cartridge( &cartridge );
}

/* ------------------------------------------------------------------ SwapNtmsMedia */

static void test_swap(void)
{
    static const DWORD expect[] = { ERROR_SUCCESS, ERROR_INVALID_MEDIA, ERROR_INVALID_MEDIA, ERROR_INVALID_MEDIA,
                                    ERROR_SUCCESS, ERROR_SUCCESS, ERROR_INVALID_MEDIA };
    struct cartridge a = make_cartridge( &world, &world.pool, 1, NTMS_PARTSTATE_ALLOCATED, 0 );
    struct cartridge b = make_cartridge( &world, &world.pool, 2, NTMS_PARTSTATE_ALLOCATED, NTMS_PARTSTATE_RESERVED );
    struct cartridge complete = make_cartridge( &world, &world.pool, 1, NTMS_PARTSTATE_COMPLETE, 0 ), other;
    GUID pool;
    DWORD state;

    OK( ntms_create_media_pool( NULL, L"Backup\\Swap", &world.lto, NTMS_CREATE_NEW, NULL, 0, &pool ));
    other = make_cartridge( &world, &pool, 1, NTMS_PARTSTATE_ALLOCATED, 0 );

    FAILS( ntms_swap_media( NULL, &nobody, &a.logical[0] ), ERROR_INVALID_MEDIA );
    FAILS( ntms_swap_media( NULL, &a.logical[0], &nobody ), ERROR_INVALID_MEDIA );
    FAILS( ntms_swap_media( NULL, &a.logical[0], &b.sides[0] ), ERROR_INVALID_MEDIA );
    FAILS( ntms_swap_media( NULL, &a.logical[0], &other.logical[0] ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_swap_media( NULL, &a.logical[0], &complete.logical[0] ), ERROR_INVALID_STATE );
    FAILS( ntms_swap_media( NULL, &complete.logical[0], &a.logical[0] ), ERROR_INVALID_STATE );
    deny( &world.pool );
    FAILS( ntms_swap_media( NULL, &a.logical[0], &b.logical[0] ), ERROR_ACCESS_DENIED );
    FAILS( ntms_swap_media( NULL, &other.logical[0], &a.logical[0] ), ERROR_ACCESS_DENIED );
    FAILS( ntms_swap_media( NULL, &a.logical[0], &other.logical[0] ), ERROR_ACCESS_DENIED );
    allow( &world.pool );

    /* a label that nobody knows */
    world_exec( "UPDATE partition SET label_kind = 3 WHERE id = ?", &b.sides[0] );
    FAILS( ntms_swap_media( NULL, &a.logical[0], &b.logical[0] ), ERROR_BAD_FORMAT );
    FAILS( ntms_swap_media( NULL, &b.logical[0], &a.logical[0] ), ERROR_BAD_FORMAT );
    world_exec( "UPDATE partition SET label_kind = 2 WHERE id = ?", &b.sides[0] );

    for (state = 0; state < ARRAY_SIZE(expect); state++)
    {
        set_media_state( &b.medium, state );
        winetest_push_context( "medium in state %lu", state );
        FAILS( ntms_swap_media( NULL, &a.logical[0], &b.logical[0] ), expect[state] );
        ok( same( world_info( &a.sides[0] ).Info.Partition.LogicalMedia, expect[state] ? a.logical[0] : b.logical[0] ), "wrong side\n" );
        ok( same( world_info( &b.sides[0] ).Info.Partition.LogicalMedia, expect[state] ? b.logical[0] : a.logical[0] ), "wrong side\n" );
        ok( state_of( &b.sides[1] ) == NTMS_PARTSTATE_RESERVED, "state %lu\n", state_of( &b.sides[1] ));
        /* and back */
        FAILS( ntms_swap_media( NULL, &b.logical[0], &a.logical[0] ), expect[state] );
        winetest_pop_context();
    }
    OK( ntms_swap_media( NULL, &a.logical[0], &a.logical[0] ));
    ok( same( world_info( &a.sides[0] ).Info.Partition.LogicalMedia, a.logical[0] ), "wrong side\n" );
    delete_cartridge( &a );
    delete_cartridge( &b );
    delete_cartridge( &complete );
    delete_cartridge( &other );
}

/* ------------------------------------------------------------------ DeleteNtmsMedia */

static void test_delete(void)
{
    static const char rows[] = "SELECT COUNT(*) FROM object";
    struct cartridge cartridge;
    DWORD state, error;
    int before;

    FAILS( ntms_delete_media( NULL, &nobody ), ERROR_INVALID_MEDIA );
    FAILS( ntms_delete_media( NULL, &world.sides[2] ), ERROR_INVALID_MEDIA );
    FAILS( ntms_delete_media( NULL, &world.media[1] ), ERROR_INVALID_STATE );

    for (state = 0; state < ARRAY_SIZE(side_names); state++)
    {
        BOOL owned = state == NTMS_PARTSTATE_ALLOCATED || state == NTMS_PARTSTATE_COMPLETE || state == NTMS_PARTSTATE_RESERVED;

        before = count_rows( rows );
        cartridge = make_cartridge( &world, &world.pool, 2, state, beside( state ));
        winetest_push_context( "%s", side_names[state] );
        FAILS( ntms_delete_media( NULL, &cartridge.medium ), ERROR_INVALID_STATE );
        set_offline( &world, &cartridge.medium );
        error = ntms_delete_media( NULL, &cartridge.medium );
        ok( error == (owned ? ERROR_INVALID_STATE : ERROR_SUCCESS), "error %lu\n", error );
        if (owned) delete_cartridge( &cartridge );
        ok( count_rows( rows ) == before, "something is left\n" );
        winetest_pop_context();
    }

    cartridge = make_cartridge( &world, &world.pool, 2, NTMS_PARTSTATE_AVAILABLE, NTMS_PARTSTATE_COMPLETE );
    set_offline( &world, &cartridge.medium );
    FAILS( ntms_delete_media( NULL, &cartridge.medium ), ERROR_INVALID_STATE );
    delete_cartridge( &cartridge );

    /* a library that is absent is off-line as well */
    cartridge = make_cartridge( &world, &world.pool, 1, NTMS_PARTSTATE_AVAILABLE, 0 );
    world_exec( "UPDATE object SET state = 21 WHERE id = ?", &world.library );
    deny( &world.pool );
    FAILS( ntms_delete_media( NULL, &cartridge.medium ), ERROR_ACCESS_DENIED );
    allow( &world.pool );
    deny( &world.computer );
    FAILS( ntms_delete_media( NULL, &cartridge.medium ), ERROR_ACCESS_DENIED );
    allow( &world.computer );
    OK( ntms_delete_media( NULL, &cartridge.medium ));
    FAILS( ntms_delete_media( NULL, &cartridge.medium ), ERROR_INVALID_MEDIA );
    world_exec( "UPDATE object SET state = 0 WHERE id = ?", &world.library );
}

START_TEST(lifecycle)
{
    world_open( &world );
    test_decommission();
    test_complete();
    test_swap();
    test_delete();
    world_close();
}
