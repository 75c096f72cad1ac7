/*
 * Tests of AllocateNtmsMedia and DeallocateNtmsMedia
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
static GUID pool, other_pool;   /* of an application, empty at first */

static DWORD allocate( const GUID *from, const GUID *partition, GUID *media, DWORD options, GUID *source )
{
    DWORD wait, error;
    GUID allocated;

    if (options & NTMS_ALLOCATE_NEXT) allocated = *media;
    error = ntms_allocate_media( NULL, from, partition, &allocated, options, 0, source, &wait );
    if (!error) *media = allocated;
    return error;
}

static void set_policy( const char *sql )
{
    world_exec( sql, &pool );
}

/* ------------------------------------------------------------------ a certain side */

static void test_states(void)
{
    struct cartridge cartridge;
    DWORD state, error;
    GUID lmid, source;

    for (state = 0; state < ARRAY_SIZE(side_names); state++)
    {
        DWORD expect = state == NTMS_PARTSTATE_AVAILABLE || state == NTMS_PARTSTATE_IMPORT ? ERROR_SUCCESS : ERROR_MEDIA_UNAVAILABLE;

        cartridge = make_cartridge( &world, &pool, 2, state, beside( state ));
        winetest_push_context( "%s", side_names[state] );
        error = allocate( &pool, &cartridge.sides[0], &lmid, 0, &source );
        ok( error == expect, "error %lu\n", error );
        ok( state_of( &cartridge.sides[0] ) == (error ? state : NTMS_PARTSTATE_ALLOCATED), "state %lu\n",
            state_of( &cartridge.sides[0] ));
        ok( state_of( &cartridge.sides[1] ) == beside( state ), "state %lu\n", state_of( &cartridge.sides[1] ));
        if (!error) ok( same( source, pool ), "wrong source\n" );

        /* the second side of a medium cannot be reserved unless it is available as well */
        if (!error)
        {
            OK( ntms_deallocate_media( NULL, &lmid, 0 ));
            error = allocate( &pool, &cartridge.sides[0], &lmid, NTMS_ALLOCATE_NEW, &source );
            ok( error == (state == NTMS_PARTSTATE_AVAILABLE ? ERROR_SUCCESS : ERROR_MEDIA_UNAVAILABLE), "error %lu\n", error );
            if (!error) ok( state_of( &cartridge.sides[1] ) == NTMS_PARTSTATE_RESERVED, "not reserved\n" );
        }
        winetest_pop_context();
        delete_cartridge( &cartridge );
    }
}

/* the medium is moved, wherever it was */
static void test_sources(void)
{
    const GUID *sources[] = { &world.import_pool, &world.free_pool, &other_pool };
    static const DWORD states[] = { NTMS_PARTSTATE_IMPORT, NTMS_PARTSTATE_AVAILABLE, NTMS_PARTSTATE_AVAILABLE };
    struct cartridge cartridge;
    GUID lmid, source, free_dlt, dlt_pool;
    DWORD i;

    for (i = 0; i < ARRAY_SIZE(sources); i++)
    {
        winetest_push_context( "%lu", i );
        cartridge = make_cartridge( &world, sources[i], 2, states[i], states[i] );
        deny( sources[i] );
        FAILS( allocate( &pool, &cartridge.sides[1], &lmid, 0, &source ), ERROR_ACCESS_DENIED );
        allow( sources[i] );
        OK( allocate( &pool, &cartridge.sides[1], &lmid, 0, &source ));
        ok( same( source, *sources[i] ), "wrong source\n" );
        ok( same( pool_of( &cartridge.medium ), pool ), "wrong pool\n" );
        ok( same( world_info( &lmid ).Info.LogicalMedia.MediaPool, pool ), "wrong pool\n" );
        ok( state_of( &cartridge.sides[0] ) == states[i], "state %lu\n", state_of( &cartridge.sides[0] ));
        /* an owned side keeps the other one in its pool */
        FAILS( allocate( &other_pool, &cartridge.sides[0], &source, 0, NULL ), ERROR_MEDIA_UNAVAILABLE );
        delete_cartridge( &cartridge );
        winetest_pop_context();
    }

    cartridge = make_cartridge( &world, &pool, 1, NTMS_PARTSTATE_AVAILABLE, 0 );
    FAILS( allocate( &pool, &nobody, &lmid, 0, &source ), ERROR_INVALID_MEDIA );
    FAILS( allocate( &pool, &cartridge.medium, &lmid, 0, &source ), ERROR_INVALID_MEDIA );
    OK( ntms_create_media_pool( NULL, L"Backup\\DLT", &world.dlt, NTMS_CREATE_NEW, NULL, 0, &dlt_pool ));
    FAILS( allocate( &dlt_pool, &cartridge.sides[0], &lmid, 0, &source ), ERROR_MEDIA_INCOMPATIBLE );
    OK( db_begin() );
    OK( db_end( store_system_pool( NTMS_POOLTYPE_SCRATCH, &world.dlt, &free_dlt )));

    /* on-line and enabled */
    world_exec( "UPDATE object SET enabled = 0 WHERE id = ?", &cartridge.sides[0] );
    FAILS( allocate( &pool, &cartridge.sides[0], &lmid, 0, &source ), ERROR_RESOURCE_DISABLED );
    FAILS( allocate( &pool, NULL, &lmid, 0, &source ), ERROR_MEDIA_UNAVAILABLE );
    world_exec( "UPDATE object SET enabled = 1 WHERE id = ?", &cartridge.sides[0] );
    world_exec( "UPDATE object SET enabled = 0 WHERE id = ?", &cartridge.medium );
    FAILS( allocate( &pool, &cartridge.sides[0], &lmid, 0, &source ), ERROR_RESOURCE_DISABLED );
    FAILS( allocate( &pool, NULL, &lmid, 0, &source ), ERROR_MEDIA_UNAVAILABLE );
    world_exec( "UPDATE object SET enabled = 1 WHERE id = ?", &cartridge.medium );
    world_exec( "UPDATE object SET enabled = 0 WHERE id = ?", &world.library );
    FAILS( allocate( &pool, &cartridge.sides[0], &lmid, 0, &source ), ERROR_RESOURCE_DISABLED );
    FAILS( allocate( &pool, NULL, &lmid, 0, &source ), ERROR_MEDIA_UNAVAILABLE );
    world_exec( "UPDATE object SET enabled = 1 WHERE id = ?", &world.library );
    world_exec( "UPDATE object SET state = 21 WHERE id = ?", &world.library );
    FAILS( allocate( &pool, &cartridge.sides[0], &lmid, 0, &source ), ERROR_MEDIA_OFFLINE );
    FAILS( allocate( &pool, NULL, &lmid, 0, &source ), ERROR_MEDIA_UNAVAILABLE );
    world_exec( "UPDATE object SET state = 0 WHERE id = ?", &world.library );
    set_offline( &world, &cartridge.medium );
    FAILS( allocate( &pool, &cartridge.sides[0], &lmid, 0, &source ), ERROR_MEDIA_OFFLINE );
    FAILS( allocate( &pool, NULL, &lmid, 0, &source ), ERROR_MEDIA_UNAVAILABLE );
    delete_cartridge( &cartridge );
}

/* ------------------------------------------------------------------ any side */

static void test_any(void)
{
    struct cartridge first, second, free_one;
    GUID lmid, lmid2, source;

    FAILS( allocate( &nobody, NULL, &lmid, 0, NULL ), ERROR_INVALID_MEDIA_POOL );
    FAILS( allocate( &world.parent, NULL, &lmid, 0, NULL ), ERROR_INVALID_MEDIA_POOL );
    FAILS( allocate( &world.free_pool, NULL, &lmid, 0, NULL ), ERROR_INVALID_MEDIA_POOL );
    FAILS( allocate( &world.import_pool, NULL, &lmid, 0, NULL ), ERROR_INVALID_MEDIA_POOL );
    FAILS( allocate( &world.foreign_pool, NULL, &lmid, 0, NULL ), ERROR_INVALID_MEDIA_POOL );
    FAILS( allocate( &pool, NULL, &lmid, 8, NULL ), ERROR_INVALID_PARAMETER );
    FAILS( allocate( &pool, NULL, &lmid, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_NEXT, NULL ), ERROR_INVALID_PARAMETER );
    FAILS( allocate( &pool, NULL, &lmid, 0, NULL ), ERROR_MEDIA_UNAVAILABLE );

    /* in the order of their numbers and sides; the pool's own before free ones */
    set_policy( "UPDATE pool SET allocation_policy = 1 WHERE id = ?" );
    free_one = make_cartridge( &world, &world.free_pool, 1, NTMS_PARTSTATE_AVAILABLE, 0 );
    first = make_cartridge( &world, &pool, 2, NTMS_PARTSTATE_DECOMMISSIONED, NTMS_PARTSTATE_AVAILABLE );
    second = make_cartridge( &world, &pool, 2, NTMS_PARTSTATE_AVAILABLE, NTMS_PARTSTATE_AVAILABLE );
    OK( allocate( &pool, NULL, &lmid, 0, &source ));
    ok( state_of( &first.sides[1] ) == NTMS_PARTSTATE_ALLOCATED, "state %lu\n", state_of( &first.sides[1] ));
    OK( ntms_deallocate_media( NULL, &lmid, 0 ));
    OK( allocate( &pool, NULL, &lmid, NTMS_ALLOCATE_NEW, &source ));
    ok( state_of( &second.sides[0] ) == NTMS_PARTSTATE_ALLOCATED, "state %lu\n", state_of( &second.sides[0] ));
    ok( state_of( &second.sides[1] ) == NTMS_PARTSTATE_RESERVED, "state %lu\n", state_of( &second.sides[1] ));
    OK( allocate( &pool, NULL, &lmid2, 0, &source ));
    ok( state_of( &first.sides[1] ) == NTMS_PARTSTATE_ALLOCATED, "state %lu\n", state_of( &first.sides[1] ));
    ok( same( source, pool ), "wrong source\n" );
    world_exec( "UPDATE object SET enabled = 0 WHERE id = ?", &world.media[1] );
    deny( &world.free_pool );
    FAILS( allocate( &pool, NULL, &lmid2, 0, &source ), ERROR_ACCESS_DENIED );
    allow( &world.free_pool );
    OK( allocate( &pool, NULL, &lmid2, NTMS_ALLOCATE_NEW, &source ));
    ok( same( source, world.free_pool ), "wrong source\n" );
    ok( same( pool_of( &free_one.medium ), pool ), "wrong pool\n" );
    FAILS( allocate( &pool, NULL, &lmid2, 0, &source ), ERROR_MEDIA_UNAVAILABLE );
    world_exec( "UPDATE object SET enabled = 1 WHERE id = ?", &world.media[1] );

    deny( &pool );
    FAILS( allocate( &pool, NULL, &lmid2, 0, &source ), ERROR_ACCESS_DENIED );
    allow( &pool );
    set_policy( "UPDATE pool SET allocation_policy = 0 WHERE id = ?" );
    delete_cartridge( &first );
    delete_cartridge( &second );
    delete_cartridge( &free_one );
}

/* a type without system pools */
static void test_no_free_pool(void)
{
    GUID vxa, vxa_pool, lmid;

    OK( db_begin() );
    OK( db_end( db_get_guid( &vxa, "SELECT id FROM media_type WHERE code = 94", "" )));
    OK( ntms_create_media_pool( NULL, L"Backup\\VXA", &vxa, NTMS_CREATE_NEW, NULL, 0, &vxa_pool ));
    FAILS( allocate( &vxa_pool, NULL, &lmid, 0, NULL ), ERROR_MEDIA_UNAVAILABLE );
    world_exec( "UPDATE pool SET allocation_policy = 1 WHERE id = ?", &vxa_pool );
    FAILS( allocate( &vxa_pool, NULL, &lmid, 0, NULL ), ERROR_DEVICE_NOT_AVAILABLE );
    OK( ntms_delete_media_pool( NULL, &vxa_pool ));
}

/* ------------------------------------------------------------------ the next side */

static void test_next(void)
{
    struct cartridge cartridge = make_cartridge( &world, &pool, 2, NTMS_PARTSTATE_AVAILABLE, NTMS_PARTSTATE_AVAILABLE ), single;
    GUID first, next;

    next = nobody;
    FAILS( allocate( &pool, NULL, &next, NTMS_ALLOCATE_NEXT, NULL ), ERROR_INVALID_MEDIA );
    next = cartridge.sides[0];
    FAILS( allocate( &pool, NULL, &next, NTMS_ALLOCATE_NEXT, NULL ), ERROR_INVALID_MEDIA );

    /* not one that was allocated without NTMS_ALLOCATE_NEW */
    OK( allocate( &pool, NULL, &first, 0, NULL ));
    next = first;
    FAILS( allocate( &pool, NULL, &next, NTMS_ALLOCATE_NEXT, NULL ), ERROR_MEDIA_UNAVAILABLE );
    OK( ntms_deallocate_media( NULL, &first, 0 ));

    OK( allocate( &pool, NULL, &first, NTMS_ALLOCATE_NEW, NULL ));
    next = first;
    FAILS( allocate( &other_pool, NULL, &next, NTMS_ALLOCATE_NEXT, NULL ), ERROR_INVALID_MEDIA );
    FAILS( allocate( &pool, &cartridge.sides[0], &next, NTMS_ALLOCATE_NEXT, NULL ), ERROR_INVALID_MEDIA );
    FAILS( allocate( &pool, &nobody, &next, NTMS_ALLOCATE_NEXT, NULL ), ERROR_INVALID_MEDIA );
    world_exec( "UPDATE object SET enabled = 0 WHERE id = ?", &cartridge.medium );
    FAILS( allocate( &pool, NULL, &next, NTMS_ALLOCATE_NEXT, NULL ), ERROR_RESOURCE_DISABLED );
    world_exec( "UPDATE object SET enabled = 1 WHERE id = ?", &cartridge.medium );
    world_exec( "UPDATE object SET state = 21 WHERE id = ?", &world.library );
    FAILS( allocate( &pool, NULL, &next, NTMS_ALLOCATE_NEXT, NULL ), ERROR_MEDIA_OFFLINE );
    world_exec( "UPDATE object SET state = 0 WHERE id = ?", &world.library );
    deny( &pool );
    FAILS( allocate( &pool, NULL, &next, NTMS_ALLOCATE_NEXT, NULL ), ERROR_ACCESS_DENIED );
    allow( &pool );
    OK( allocate( &pool, &cartridge.sides[1], &next, NTMS_ALLOCATE_NEXT, NULL ));
    ok( same( world_info( &cartridge.sides[1] ).Info.Partition.LogicalMedia, next ), "wrong side\n" );
    first = next;
    FAILS( allocate( &pool, NULL, &next, NTMS_ALLOCATE_NEXT, NULL ), ERROR_MEDIA_UNAVAILABLE );
    ok( same( first, next ), "something has been returned\n" );
    delete_cartridge( &cartridge );

    single = make_cartridge( &world, &pool, 1, NTMS_PARTSTATE_AVAILABLE, 0 );
    OK( allocate( &pool, NULL, &next, NTMS_ALLOCATE_NEW, NULL ));
    FAILS( allocate( &pool, NULL, &next, NTMS_ALLOCATE_NEXT, NULL ), ERROR_MEDIA_UNAVAILABLE );
    delete_cartridge( &single );
}

/* ------------------------------------------------------------------ DeallocateNtmsMedia */

static void test_deallocate(void)
{
    struct cartridge cartridge;
    GUID lmid;
    DWORD i;

    FAILS( ntms_deallocate_media( NULL, &nobody, 0 ), ERROR_INVALID_MEDIA );
    FAILS( ntms_deallocate_media( NULL, &world.media[0], 0 ), ERROR_INVALID_MEDIA );
    FAILS( ntms_deallocate_media( NULL, &world.sides[0], 0 ), ERROR_INVALID_MEDIA );

    cartridge = make_cartridge( &world, &pool, 2, NTMS_PARTSTATE_COMPLETE, NTMS_PARTSTATE_RESERVED );
    FAILS( ntms_deallocate_media( NULL, &cartridge.logical[0], 1 ), ERROR_INVALID_PARAMETER );
    deny( &pool );
    FAILS( ntms_deallocate_media( NULL, &cartridge.logical[0], 0 ), ERROR_ACCESS_DENIED );
    allow( &pool );
    OK( ntms_deallocate_media( NULL, &cartridge.logical[0], 0 ));
    for (i = 0; i < 2; i++)
        ok( state_of( &cartridge.sides[i] ) == NTMS_PARTSTATE_AVAILABLE, "state %lu\n", state_of( &cartridge.sides[i] ));
    FAILS( ntms_deallocate_media( NULL, &cartridge.logical[0], 0 ), ERROR_INVALID_MEDIA );

    /* as often as the pool allows */
    set_policy( "UPDATE pool SET max_allocates = 3 WHERE id = ?" );
    for (i = 1; i <= 3; i++)
    {
        OK( allocate( &pool, &cartridge.sides[0], &lmid, 0, NULL ));
        ok( world_info( &cartridge.sides[0] ).Info.Partition.dwAllocateCount == i, "wrong count\n" );
        OK( ntms_deallocate_media( NULL, &lmid, 0 ));
        ok( state_of( &cartridge.sides[0] ) == (i < 3 ? NTMS_PARTSTATE_AVAILABLE : NTMS_PARTSTATE_DECOMMISSIONED), "state %lu\n",
            state_of( &cartridge.sides[0] ));
    }
    ok( state_of( &cartridge.sides[1] ) == NTMS_PARTSTATE_AVAILABLE, "state %lu\n", state_of( &cartridge.sides[1] ));
    set_policy( "UPDATE pool SET max_allocates = 0 WHERE id = ?" );
    delete_cartridge( &cartridge );
}

/* back into Free, unless something speaks against it */
static void test_return(void)
{
    struct cartridge cartridge;
    DWORD i;

    set_policy( "UPDATE pool SET deallocation_policy = 1 WHERE id = ?" );
    for (i = 0; i < 5; i++)
    {
        winetest_push_context( "%lu", i );
        cartridge = make_cartridge( &world, &pool, 2, NTMS_PARTSTATE_ALLOCATED,
                                    i == 1 ? NTMS_PARTSTATE_COMPLETE : i == 2 ? NTMS_PARTSTATE_DECOMMISSIONED : NTMS_PARTSTATE_RESERVED );
        if (i == 3) set_offline( &world, &cartridge.medium );
        label_writes = kicks = 0;
        if (i == 4)
        {
            deny( &world.free_pool );
            FAILS( ntms_deallocate_media( NULL, &cartridge.logical[0], 0 ), ERROR_ACCESS_DENIED );
            ok( state_of( &cartridge.sides[0] ) == NTMS_PARTSTATE_ALLOCATED, "state %lu\n", state_of( &cartridge.sides[0] ));
            allow( &world.free_pool );
        }
        OK( ntms_deallocate_media( NULL, &cartridge.logical[0], 0 ));
        ok( same( pool_of( &cartridge.medium ), i == 0 || i == 4 ? world.free_pool : pool ), "wrong pool\n" );
        ok( label_writes == (i == 0 || i == 4) && kicks == 1, "%d labels, %d kicks\n", label_writes, kicks );
        ok( state_of( &cartridge.sides[0] ) == (label_writes ? NTMS_PARTSTATE_UNPREPARED : NTMS_PARTSTATE_AVAILABLE), "state %lu\n",
            state_of( &cartridge.sides[0] ));
        delete_cartridge( &cartridge );
        winetest_pop_context();
    }
    set_policy( "UPDATE pool SET deallocation_policy = 0 WHERE id = ?" );
}

/* ------------------------------------------------------------------ waiting */

static void test_waiting(void)
{
    static const char requests[] = "SELECT COUNT(*) FROM operator_request WHERE request = 1";
    struct session *session = (struct session *)&world;   /* not the service itself */
    NTMS_OPREQUESTINFORMATIONW info;
    struct cartridge cartridge;
    GUID lmid, source, request;
    DWORD wait = 7;

    /* not at all */
    FAILS( ntms_allocate_media( NULL, &pool, NULL, &lmid, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 1000, &source, &wait ),
           ERROR_MEDIA_UNAVAILABLE );
    FAILS( ntms_allocate_media( NULL, &pool, NULL, &lmid, 0, 0, &source, &wait ), ERROR_MEDIA_UNAVAILABLE );
    cartridge = make_cartridge( &world, &pool, 1, NTMS_PARTSTATE_ALLOCATED, 0 );
    FAILS( ntms_allocate_media( NULL, &pool, &cartridge.sides[0], &lmid, 0, 1000, &source, &wait ), ERROR_MEDIA_UNAVAILABLE );
    lmid = cartridge.logical[0];
    FAILS( ntms_allocate_media( NULL, &pool, NULL, &lmid, NTMS_ALLOCATE_NEXT, 1000, &source, &wait ), ERROR_MEDIA_UNAVAILABLE );
    ok( !count_rows( requests ), "there is a request\n" );

    /* until there is one; the operator is asked for it */
    OK( ntms_allocate_media( session, &pool, NULL, &lmid, NTMS_ALLOCATE_NEW, 1234, &source, &wait ));
    ok( wait == 42 && last_wait.pending && last_wait.timeout == 1234, "does not wait\n" );
    OK( db_begin() );
    OK( db_end( db_get_guid( &request, "SELECT id FROM operator_request WHERE request = 1", "" )));
    info = world_info( &request ).Info.OpRequest;
    ok( info.State == NTMS_OPSTATE_SUBMITTED && info.szMessage[0], "wrong request\n" );
    ok( info.Arg1Type == NTMS_MEDIA_POOL && same( info.Arg1, pool ), "wrong pool\n" );
    ok( info.Arg2Type == NTMS_UNKNOWN && same( info.Arg2, (GUID){ 0 } ), "wrong library\n" );
    ok( !wcscmp( info.szApplication, L"test" ) && !wcscmp( info.szUser, L"user" ) && !wcscmp( info.szComputer, L"computer" ),
        "wrong names\n" );
    media_available();
    ok( last_wait.pending, "got nothing\n" );
    /* its rights are not asked for again */
    deny( &pool );
    world_exec( "UPDATE partition SET state = 4, logical_media = NULL WHERE id = ?", &cartridge.sides[0] );
    media_available();
    allow( &pool );
    ok( !last_wait.pending && !last_wait.result && last_wait.count == 2, "still waits\n" );
    ok( same( last_wait.ids[1], pool ), "wrong source\n" );
    ok( same( world_info( &cartridge.sides[0] ).Info.Partition.LogicalMedia, last_wait.ids[0] ), "wrong medium\n" );
    ok( !count_rows( requests ), "the request is left\n" );

    /* or for some time */
    OK( ntms_allocate_media( NULL, &pool, NULL, &lmid, 0, INFINITE, &source, &wait ));
    ok( count_rows( requests ) == 1, "no request\n" );
    last_wait.cancel( last_wait.context, ERROR_TIMEOUT );
    ok( !last_wait.pending && last_wait.result == ERROR_TIMEOUT && !last_wait.count, "still waits\n" );
    ok( !count_rows( requests ), "the request is left\n" );

    /* or until the operator does not want to */
    OK( ntms_allocate_media( NULL, &pool, NULL, &lmid, 0, INFINITE, &source, &wait ));
    OK( db_begin() );
    OK( db_end( db_get_guid( &request, "SELECT id FROM operator_request WHERE request = 1", "" )));
    OK( ntms_cancel_operator_request( NULL, &request ));
    ok( !last_wait.pending && last_wait.result == ERROR_CANCELLED && !last_wait.count, "still waits\n" );
    world_exec( "DELETE FROM object WHERE id = ?", &request );

    /* who is asked again when he says that he has done it in vain */
    OK( ntms_allocate_media( session, &pool, NULL, &lmid, 0, INFINITE, &source, &wait ));
    OK( db_begin() );
    OK( db_end( db_get_guid( &request, "SELECT id FROM operator_request WHERE request = 1", "" )));
    OK( ntms_satisfy_operator_request( NULL, &request ));
    ok( last_wait.pending, "does not wait any more\n" );
    ok( count_rows( requests ) == 1, "%d requests\n", count_rows( requests ));
    FAILS( ntms_satisfy_operator_request( NULL, &request ), ERROR_OBJECT_NOT_FOUND );
    OK( db_begin() );
    OK( db_end( db_get_guid( &request, "SELECT id FROM operator_request WHERE request = 1", "" )));
    info = world_info( &request ).Info.OpRequest;
    ok( info.State == NTMS_OPSTATE_SUBMITTED && info.Arg1Type == NTMS_MEDIA_POOL && same( info.Arg1, pool ), "wrong request\n" );
    ok( !wcscmp( info.szApplication, L"test" ), "wrong application\n" );
    world_exec( "UPDATE partition SET state = 4, logical_media = NULL WHERE id = ?", &cartridge.sides[0] );
    OK( ntms_satisfy_operator_request( NULL, &request ));
    ok( !last_wait.pending && !last_wait.result && last_wait.count == 2, "still waits\n" );
    ok( !count_rows( requests ), "the request is left\n" );

    /* a medium from Free for a program that is gone goes back */
    delete_cartridge( &cartridge );
    set_policy( "UPDATE pool SET allocation_policy = 1 WHERE id = ?" );
    world_exec( "UPDATE object SET enabled = 0 WHERE id = ?", &world.media[1] );
    OK( ntms_allocate_media( NULL, &pool, NULL, &lmid, NTMS_ALLOCATE_NEW, INFINITE, &source, &wait ));
    cartridge = make_cartridge( &world, &world.free_pool, 2, NTMS_PARTSTATE_AVAILABLE, NTMS_PARTSTATE_AVAILABLE );
    last_wait.gone = TRUE;
    media_available();
    ok( !last_wait.pending, "still waits\n" );
    ok( same( pool_of( &cartridge.medium ), world.free_pool ), "wrong pool\n" );
    ok( state_of( &cartridge.sides[0] ) == NTMS_PARTSTATE_AVAILABLE, "state %lu\n", state_of( &cartridge.sides[0] ));
    ok( state_of( &cartridge.sides[1] ) == NTMS_PARTSTATE_AVAILABLE, "state %lu\n", state_of( &cartridge.sides[1] ));
    ok( !world_info( &cartridge.sides[0] ).Info.Partition.dwAllocateCount, "it has been counted\n" );
    delete_cartridge( &cartridge );
    world_exec( "UPDATE object SET enabled = 1 WHERE id = ?", &world.media[1] );
    set_policy( "UPDATE pool SET allocation_policy = 0 WHERE id = ?" );
}

START_TEST(allocate)
{
    world_open( &world );
    OK( ntms_create_media_pool( NULL, L"Backup\\One", &world.lto, NTMS_CREATE_NEW, NULL, 0, &pool ));
    OK( ntms_create_media_pool( NULL, L"Backup\\Two", &world.lto, NTMS_CREATE_NEW, NULL, 0, &other_pool ));
    test_states();
    test_sources();
    test_any();
    test_no_free_pool();
    test_next();
    test_deallocate();
    test_return();
    test_waiting();
    world_close();
}
