/*
 * Tests of DecommissionNtmsMedia, SetNtmsMediaComplete, SwapNtmsMedia and DeleteNtmsMedia
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

static GUID type, pool, other_pool;   /* media of two sides, or of one where there are none such */
static DWORD sides;

static DWORD beside( DWORD state )
{
    return state == NTMS_PARTSTATE_RESERVED ? NTMS_PARTSTATE_ALLOCATED : state;
}

static BOOL is_possible( DWORD state )
{
    return state != NTMS_PARTSTATE_RESERVED || sides == 2;
}

static void test_decommission(void)
{
    struct medium medium;
    DWORD state, err;

    err = DecommissionNtmsMedia( session, &no_object );
    pair( "DecommissionNtmsMedia", ERROR_INVALID_MEDIA, err );
    for (state = NTMS_PARTSTATE_UNPREPARED; state <= NTMS_PARTSTATE_RESERVED; state++)
    {
        if (!is_possible( state )) continue;
        medium = make_medium( pool, sides, state, beside( state ));
        err = DecommissionNtmsMedia( session, &SIDE( medium, 0 ) );
        winetest_push_context( "state %lu", state );
        if (state == NTMS_PARTSTATE_AVAILABLE) pair( "DecommissionNtmsMedia", ERROR_SUCCESS, err );
        else pair( "DecommissionNtmsMedia", ERROR_INVALID_STATE, err );
        ok( state_of( SIDE( medium, 0 ) ) == (err ? state : NTMS_PARTSTATE_DECOMMISSIONED), "wrong state\n" );
        if (sides == 2) ok( state_of( SIDE( medium, 1 ) ) == beside( state ), "wrong state\n" );
        winetest_pop_context();
        remove_medium( &medium );
    }
    medium = make_medium( pool, sides, NTMS_PARTSTATE_AVAILABLE, NTMS_PARTSTATE_AVAILABLE );
    err = DecommissionNtmsMedia( session, &medium.info.ObjectGuid );
    pair( "DecommissionNtmsMedia", ERROR_INVALID_MEDIA, err );
    if (deny( pool, NTMS_MEDIA_POOL ))
    {
        err = DecommissionNtmsMedia( session, &SIDE( medium, 0 ) );
        pair( "DecommissionNtmsMedia", ERROR_ACCESS_DENIED, err );
        allow( pool, NTMS_MEDIA_POOL );
    }
    remove_medium( &medium );
}

static void test_complete(void)
{
    struct medium medium = make_medium( pool, sides, NTMS_PARTSTATE_ALLOCATED, NTMS_PARTSTATE_AVAILABLE );
    DWORD err;

    err = SetNtmsMediaComplete( session, &no_object );
    pair( "SetNtmsMediaComplete", ERROR_INVALID_MEDIA, err );
    err = SetNtmsMediaComplete( session, &SIDE( medium, 0 ) );
    pair( "SetNtmsMediaComplete", ERROR_INVALID_MEDIA, err );
    if (deny( pool, NTMS_MEDIA_POOL ))
    {
        err = SetNtmsMediaComplete( session, &LOGICAL( medium, 0 ) );
        pair( "SetNtmsMediaComplete", ERROR_ACCESS_DENIED, err );
        allow( pool, NTMS_MEDIA_POOL );
    }
    err = SetNtmsMediaComplete( session, &LOGICAL( medium, 0 ) );
    pair( "SetNtmsMediaComplete", ERROR_SUCCESS, err );
    ok( state_of( SIDE( medium, 0 ) ) == NTMS_PARTSTATE_COMPLETE, "wrong state\n" );
    err = SetNtmsMediaComplete( session, &LOGICAL( medium, 0 ) );
    pair( "SetNtmsMediaComplete", ERROR_INVALID_STATE, err );
    remove_medium( &medium );
}

static void test_swap(void)
{
    struct medium a = make_medium( pool, sides, NTMS_PARTSTATE_ALLOCATED, NTMS_PARTSTATE_AVAILABLE );
    struct medium b = make_medium( pool, sides, NTMS_PARTSTATE_ALLOCATED, NTMS_PARTSTATE_AVAILABLE );
    struct medium complete = make_medium( pool, sides, NTMS_PARTSTATE_COMPLETE, NTMS_PARTSTATE_AVAILABLE );
    struct medium other = make_medium( other_pool, sides, NTMS_PARTSTATE_ALLOCATED, NTMS_PARTSTATE_AVAILABLE );
    struct medium strange;
    DWORD err;

    err = SwapNtmsMedia( session, &no_object, &LOGICAL( a, 0 ) );
    pair( "SwapNtmsMedia", ERROR_INVALID_MEDIA, err );
    err = SwapNtmsMedia( session, &LOGICAL( a, 0 ), &SIDE( b, 0 ) );
    pair( "SwapNtmsMedia", ERROR_INVALID_MEDIA, err );
    err = SwapNtmsMedia( session, &LOGICAL( a, 0 ), &LOGICAL( other, 0 ) );
    pair( "SwapNtmsMedia", ERROR_INVALID_MEDIA_POOL, err );
    err = SwapNtmsMedia( session, &LOGICAL( a, 0 ), &LOGICAL( complete, 0 ) );
    ok( err == ERROR_INVALID_STATE, "got error %lu\n", err );  /* MS-RSMP */
    if (deny( pool, NTMS_MEDIA_POOL ))
    {
        err = SwapNtmsMedia( session, &LOGICAL( a, 0 ), &LOGICAL( b, 0 ) );
        pair( "SwapNtmsMedia", ERROR_ACCESS_DENIED, err );
        allow( pool, NTMS_MEDIA_POOL );
    }
    describe( &strange, pool, sides, NTMS_PARTSTATE_ALLOCATED, NTMS_PARTSTATE_AVAILABLE );
    strange.sides[0].Info.Partition.dwOmidLabelIdLength = 3;
    if (!(err = create( &strange )))
    {
        err = SwapNtmsMedia( session, &LOGICAL( a, 0 ), &LOGICAL( strange, 0 ) );
        pair( "SwapNtmsMedia", ERROR_BAD_FORMAT, err );
        remove_medium( &strange );
    }
    else ok( 0, "got error %lu\n", err );

    err = SwapNtmsMedia( session, &LOGICAL( a, 0 ), &LOGICAL( b, 0 ) );
    pair( "SwapNtmsMedia", ERROR_SUCCESS, err );
    ok( same( get_info( SIDE( a, 0 ), NTMS_PARTITION ).Info.Partition.LogicalMedia, LOGICAL( b, 0 ) ), "not exchanged\n" );
    ok( same( get_info( SIDE( b, 0 ), NTMS_PARTITION ).Info.Partition.LogicalMedia, LOGICAL( a, 0 ) ), "not exchanged\n" );
    err = SwapNtmsMedia( session, &LOGICAL( b, 0 ), &LOGICAL( a, 0 ) );
    pair( "SwapNtmsMedia", ERROR_SUCCESS, err );
    remove_medium( &a );
    remove_medium( &b );
    remove_medium( &complete );
    remove_medium( &other );
}

static void test_delete(void)
{
    struct medium medium;
    DWORD state, err;

    err = DeleteNtmsMedia( session, &no_object );
    pair( "DeleteNtmsMedia", ERROR_INVALID_MEDIA, err );
    for (state = NTMS_PARTSTATE_UNPREPARED; state <= NTMS_PARTSTATE_RESERVED; state++)
    {
        BOOL owned = state == NTMS_PARTSTATE_ALLOCATED || state == NTMS_PARTSTATE_COMPLETE || state == NTMS_PARTSTATE_RESERVED;

        if (!is_possible( state )) continue;
        medium = make_medium( pool, sides, state, beside( state ));
        err = DeleteNtmsMedia( session, &SIDE( medium, 0 ) );
        pair( "DeleteNtmsMedia", ERROR_INVALID_MEDIA, err );
        err = DeleteNtmsMedia( session, &medium.info.ObjectGuid );
        winetest_push_context( "state %lu", state );
        if (owned) pair( "DeleteNtmsMedia", ERROR_INVALID_STATE, err );
        else pair( "DeleteNtmsMedia", ERROR_SUCCESS, err );
        winetest_pop_context();
        if (err) remove_medium( &medium );
    }
    medium = make_medium( pool, sides, NTMS_PARTSTATE_AVAILABLE, NTMS_PARTSTATE_AVAILABLE );
    if (deny( pool, NTMS_MEDIA_POOL ))
    {
        err = DeleteNtmsMedia( session, &medium.info.ObjectGuid );
        pair( "DeleteNtmsMedia", ERROR_ACCESS_DENIED, err );
        allow( pool, NTMS_MEDIA_POOL );
    }
    remove_medium( &medium );
}

/* what is forbidden while a medium is on-line or mounted */
static void test_online(void)
{
    struct online_medium medium;
    GUID online_pool, lmid, drive, target;
    DWORD err;

    if (!find_online_medium( &medium )) return;
    err = DeleteNtmsMedia( session, &medium.medium );
    pair( "DeleteNtmsMedia", ERROR_INVALID_STATE, err );
    online_pool = make_pool( L"winetest on-line", &medium.type );
    err = AllocateNtmsMedia( session, &online_pool, &medium.side, &lmid, 0, 0, NULL );
    ok( !err, "got error %lu\n", err );
    target = lmid;
    if (!err && !(err = MountNtmsMedia( session, &target, &drive, 1, NTMS_MOUNT_READ, NTMS_PRIORITY_NORMAL, 120000, NULL )))
    {
        struct medium offline = make_medium( online_pool, 1, NTMS_PARTSTATE_ALLOCATED, 0 );

        err = SetNtmsMediaComplete( session, &lmid );
        pair( "SetNtmsMediaComplete", ERROR_INVALID_STATE, err );
        err = SwapNtmsMedia( session, &lmid, &LOGICAL( offline, 0 ) );
        pair( "SwapNtmsMedia", ERROR_INVALID_MEDIA, err );
        err = MoveToNtmsMediaPool( session, &medium.medium, &medium.free_pool );
        pair( "MoveToNtmsMediaPool", ERROR_BUSY, err );
        target = lmid;
        err = DismountNtmsMedia( session, &target, 1, 0 );
        ok( !err, "got error %lu\n", err );
        remove_medium( &offline );
    }
    else ok( 0, "got error %lu\n", err );
    DeallocateNtmsMedia( session, &lmid, 0 );
    err = move_when_idle( medium.medium, medium.free_pool );
    ok( !err, "got error %lu\n", err );
    delete_pool( online_pool );
}

START_TEST(lifecycle)
{
    if (!open_session()) return;
    sides = 2;
    if (find_type( 2, &type, NULL ) || (sides = 1, find_type( 1, &type, NULL )))
    {
        pool = make_pool( L"winetest life", &type );
        other_pool = make_pool( L"winetest other life", &type );
        test_decommission();
        test_complete();
        test_swap();
        test_delete();
        test_online();
        delete_pool( other_pool );
        delete_pool( pool );
    }
    CloseNtmsSession( session );
}
