/*
 * Tests of MoveToNtmsMediaPool and of the rules for moves: every state of a side, and of a medium, for each kind of pool
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

enum { TO_FREE, TO_IMPORT, TO_UNRECOGNIZED, TO_POOL, DESTINATIONS };

static const GUID *destination( DWORD number )
{
    switch (number)
    {
    case TO_FREE:         return &world.free_pool;
    case TO_IMPORT:       return &world.import_pool;
    case TO_UNRECOGNIZED: return &world.foreign_pool;
    default:              return &world.pool;
    }
}

/* from a pool of an application, where a medium can be whatever its sides are */
static const DWORD from_pool[10][DESTINATIONS] =
{
    /* unknown */        { ERROR_BUSY, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_MEDIA_POOL, ERROR_BUSY },
    /* unprepared */     { ERROR_SUCCESS, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_MEDIA_POOL, ERROR_BUSY },
    /* incompatible */   { ERROR_INVALID_MEDIA, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_MEDIA_POOL, ERROR_SUCCESS },
    /* decommissioned */ { ERROR_INVALID_MEDIA, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_MEDIA_POOL, ERROR_SUCCESS },
    /* available */      { ERROR_SUCCESS, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_MEDIA_POOL, ERROR_SUCCESS },
    /* allocated */      { ERROR_BUSY, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_MEDIA_POOL, ERROR_SUCCESS },
    /* complete */       { ERROR_BUSY, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_MEDIA_POOL, ERROR_SUCCESS },
    /* foreign */        { ERROR_SUCCESS, ERROR_INVALID_MEDIA_POOL, ERROR_SUCCESS, ERROR_SUCCESS },
    /* import */         { ERROR_SUCCESS, ERROR_SUCCESS, ERROR_INVALID_MEDIA_POOL, ERROR_SUCCESS },
    /* reserved */       { ERROR_BUSY, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_MEDIA_POOL, ERROR_SUCCESS },
};

static void test_side_states( const GUID *other_pool )
{
    DWORD state, to, sides, error;

    for (state = 0; state < ARRAY_SIZE(from_pool); state++) for (to = 0; to < DESTINATIONS; to++) for (sides = 1; sides <= 2; sides++)
    {
        struct cartridge cartridge;

        if (state == NTMS_PARTSTATE_RESERVED && sides == 1) continue;
        cartridge = make_cartridge( &world, other_pool, sides, state, beside( state ));
        winetest_push_context( "%s, %lu sides, to %lu", side_names[state], sides, to );
        error = ntms_move_to_media_pool( NULL, &cartridge.medium, destination( to ));
        ok( error == from_pool[state][to], "error %lu instead of %lu\n", error, from_pool[state][to] );
        ok( same( pool_of( &cartridge.medium ), error ? *other_pool : *destination( to )), "wrong pool\n" );
        if (to == TO_FREE && !error)
            ok( state_of( &cartridge.sides[0] ) == NTMS_PARTSTATE_UNPREPARED, "state %lu\n", state_of( &cartridge.sides[0] ));
        else
            ok( state_of( &cartridge.sides[0] ) == state, "state %lu\n", state_of( &cartridge.sides[0] ));
        if (cartridge.logical[0].Data1 && !error)
            ok( same( world_info( &cartridge.logical[0] ).Info.LogicalMedia.MediaPool, *destination( to )), "left behind\n" );
        winetest_pop_context();
        delete_cartridge( &cartridge );
    }
}

/* one side is enough to keep a medium where it is */
static void test_mixed_sides( const GUID *other_pool )
{
    struct cartridge cartridge = make_cartridge( &world, other_pool, 2, NTMS_PARTSTATE_AVAILABLE, NTMS_PARTSTATE_COMPLETE );

    FAILS( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.free_pool ), ERROR_BUSY );
    OK( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.pool ));
    delete_cartridge( &cartridge );
    cartridge = make_cartridge( &world, other_pool, 2, NTMS_PARTSTATE_IMPORT, NTMS_PARTSTATE_AVAILABLE );
    FAILS( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.import_pool ), ERROR_INVALID_MEDIA_POOL );
    delete_cartridge( &cartridge );
}

/* media in Import and Unrecognized go to Free only */
static void test_system_pools(void)
{
    static const DWORD states[] = { NTMS_PARTSTATE_IMPORT, NTMS_PARTSTATE_FOREIGN };
    struct cartridge cartridge;
    DWORD i, to, expect;

    for (i = 0; i < 2; i++) for (to = 0; to < DESTINATIONS; to++)
    {
        const GUID *from = i ? &world.foreign_pool : &world.import_pool;

        cartridge = make_cartridge( &world, from, 1, states[i], 0 );
        expect = to == TO_FREE || destination( to ) == from ? ERROR_SUCCESS : ERROR_INVALID_MEDIA_POOL;
        winetest_push_context( "from %lu to %lu", i, to );
        FAILS( ntms_move_to_media_pool( NULL, &cartridge.medium, destination( to )), expect );
        winetest_pop_context();
        delete_cartridge( &cartridge );
    }
}

static void test_media_states( const GUID *other_pool )
{
    static const DWORD expect[] = { ERROR_SUCCESS, ERROR_BUSY, ERROR_BUSY, ERROR_BUSY, ERROR_SUCCESS, ERROR_SUCCESS, ERROR_BUSY };
    struct cartridge cartridge;
    DWORD state, to;

    for (state = 0; state < ARRAY_SIZE(expect); state++) for (to = 0; to < DESTINATIONS; to += TO_POOL)
    {
        cartridge = make_cartridge( &world, other_pool, 1, NTMS_PARTSTATE_AVAILABLE, 0 );
        set_media_state( &cartridge.medium, state );
        winetest_push_context( "medium in state %lu, to %lu", state, to );
        FAILS( ntms_move_to_media_pool( NULL, &cartridge.medium, destination( to )), expect[state] );
        winetest_pop_context();
        delete_cartridge( &cartridge );
    }
}

static void test_arguments(void)
{
    struct cartridge cartridge = make_cartridge( &world, &world.free_pool, 1, NTMS_PARTSTATE_AVAILABLE, 0 );
    GUID free_dlt;

    OK( db_begin() );
    OK( db_end( store_system_pool( NTMS_POOLTYPE_SCRATCH, &world.dlt, &free_dlt )));
    FAILS( ntms_move_to_media_pool( NULL, &nobody, &world.pool ), ERROR_INVALID_MEDIA );
    FAILS( ntms_move_to_media_pool( NULL, &cartridge.sides[0], &world.pool ), ERROR_INVALID_MEDIA );
    FAILS( ntms_move_to_media_pool( NULL, &cartridge.medium, &nobody ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.parent ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.root ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.library ), ERROR_INVALID_MEDIA_POOL );
    FAILS( ntms_move_to_media_pool( NULL, &cartridge.medium, &free_dlt ), ERROR_MEDIA_INCOMPATIBLE );
    deny( &world.pool );
    FAILS( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.pool ), ERROR_ACCESS_DENIED );
    allow( &world.pool );
    deny( &world.free_pool );
    FAILS( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.pool ), ERROR_ACCESS_DENIED );
    allow( &world.free_pool );
    OK( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.pool ));
    delete_cartridge( &cartridge );
}

/* what the Free pool asks for: a free label on each side */
static void test_labels(void)
{
    struct cartridge cartridge = make_cartridge( &world, &world.pool, 1, NTMS_PARTSTATE_AVAILABLE, 0 );

    /* one that has it is moved, wherever it is */
    world_exec( "UPDATE partition SET identified = 1, label_kind = 1 WHERE physical_media = ?", &cartridge.medium );
    label_writes = 0;
    set_offline( &world, &cartridge.medium );
    OK( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.free_pool ));
    OK( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.pool ));
    ok( !label_writes, "%d labels\n", label_writes );
    ok( state_of( &cartridge.sides[0] ) == NTMS_PARTSTATE_AVAILABLE, "state %lu\n", state_of( &cartridge.sides[0] ));

    /* one that has not cannot get it off-line */
    world_exec( "UPDATE partition SET label_kind = 2 WHERE physical_media = ?", &cartridge.medium );
    FAILS( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.free_pool ), ERROR_BUSY );
    delete_cartridge( &cartridge );

    /* and gets it once */
    cartridge = make_cartridge( &world, &world.pool, 1, NTMS_PARTSTATE_AVAILABLE, 0 );
    label_writes = kicks = 0;
    OK( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.free_pool ));
    ok( label_writes == 1 && kicks == 1, "%d labels, %d kicks\n", label_writes, kicks );
    FAILS( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.free_pool ), ERROR_BUSY );
    world_exec( "UPDATE request SET completed = 1 WHERE physical_media = ?", &cartridge.medium );
    OK( ntms_move_to_media_pool( NULL, &cartridge.medium, &world.free_pool ));
    ok( label_writes == 2 && kicks == 2, "%d labels, %d kicks\n", label_writes, kicks );
    delete_cartridge( &cartridge );
}

START_TEST(move)
{
    GUID other_pool;

    world_open( &world );
    OK( ntms_create_media_pool( NULL, L"Backup\\Other", &world.lto, NTMS_CREATE_NEW, NULL, 0, &other_pool ));
    test_side_states( &other_pool );
    test_mixed_sides( &other_pool );
    test_system_pools();
    test_media_states( &other_pool );
    test_arguments();
    test_labels();
    world_close();
}
