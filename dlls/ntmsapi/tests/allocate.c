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

#include "media.h"

static GUID type, pool;    /* media of two sides, or of one where there are none such */
static DWORD sides;

static DWORD allocate( GUID *from, GUID *partition, GUID *media, DWORD options, DWORD timeout )
{
    return AllocateNtmsMedia( session, from, partition, media, options, timeout, NULL );
}

static void test_arguments(void)
{
    static const WCHAR *const names[] = { L"Free", L"Import", L"Unrecognized" };
    GUID media, system_pool, container = make_pool( L"winetest allocate containers", NULL );
    DWORD i, err;

    err = allocate( &no_object, NULL, &media, 0, 0 );
    pair( "AllocateNtmsMedia", ERROR_INVALID_MEDIA_POOL, err );
    ok( is_null( media ), "got a medium\n" );
    err = allocate( &container, NULL, &media, 0, 0 );
    pair( "AllocateNtmsMedia", ERROR_INVALID_MEDIA_POOL, err );
    for (i = 0; i < ARRAYSIZE(names); i++)
    {
        if (!find_system_pool( names[i], type, &system_pool )) continue;
        err = allocate( &system_pool, NULL, &media, 0, 0 );
        pair( "AllocateNtmsMedia", ERROR_INVALID_MEDIA_POOL, err );
    }
    err = allocate( &pool, &no_object, &media, 0, 0 );
    pair( "AllocateNtmsMedia", ERROR_INVALID_MEDIA, err );
    media = no_object;
    err = allocate( &pool, NULL, &media, NTMS_ALLOCATE_NEXT, 0 );
    pair( "AllocateNtmsMedia", ERROR_INVALID_MEDIA, err );
    err = allocate( &pool, NULL, &media, 8, 0 );
    ok( err == ERROR_INVALID_PARAMETER, "got error %lu\n", err );
    err = allocate( &pool, NULL, &media, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_NEXT, 0 );
    ok( err == ERROR_INVALID_PARAMETER, "got error %lu\n", err );   /* MS-RSMP */
    err = allocate( &pool, NULL, &media, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, INFINITE );
    pair( "AllocateNtmsMedia", ERROR_MEDIA_UNAVAILABLE, err );
    if (deny( pool, NTMS_MEDIA_POOL ))
    {
        err = allocate( &pool, NULL, &media, 0, 0 );
        pair( "AllocateNtmsMedia", ERROR_ACCESS_DENIED, err );
        allow( pool, NTMS_MEDIA_POOL );
    }
    delete_pool( container );
}

/* sides that may be allocated, and their medium is off-line */
static void test_offline(void)
{
    struct medium medium;
    GUID media;
    DWORD state, err;

    for (state = NTMS_PARTSTATE_UNPREPARED; state <= NTMS_PARTSTATE_RESERVED; state++)
    {
        if (state == NTMS_PARTSTATE_RESERVED && sides == 1) continue;
        medium = make_medium( pool, sides, state, state == NTMS_PARTSTATE_RESERVED ? NTMS_PARTSTATE_ALLOCATED : state );
        winetest_push_context( "state %lu", state );
        err = allocate( &pool, &SIDE( medium, 0 ), &media, 0, 1000 );
        if (state == NTMS_PARTSTATE_AVAILABLE || state == NTMS_PARTSTATE_IMPORT)
            pair( "AllocateNtmsMedia", ERROR_MEDIA_OFFLINE, err );
        else
            pair( "AllocateNtmsMedia", ERROR_MEDIA_UNAVAILABLE, err );
        err = allocate( &pool, NULL, &media, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 1000 );
        pair( "AllocateNtmsMedia", ERROR_MEDIA_UNAVAILABLE, err );
        ok( state_of( SIDE( medium, 0 ) ) == state, "wrong state\n" );
        winetest_pop_context();
        remove_medium( &medium );
    }

    if (sides == 1) return;
    medium = make_medium( pool, 2, NTMS_PARTSTATE_ALLOCATED, NTMS_PARTSTATE_RESERVED );
    media = LOGICAL( medium, 0 );
    err = allocate( &pool, NULL, &media, NTMS_ALLOCATE_NEXT, 0 );
    pair( "AllocateNtmsMedia", ERROR_MEDIA_OFFLINE, err );
    ok( same( media, LOGICAL( medium, 0 ) ), "something has been returned\n" );
    remove_medium( &medium );
    medium = make_medium( pool, 2, NTMS_PARTSTATE_ALLOCATED, NTMS_PARTSTATE_ALLOCATED );
    media = LOGICAL( medium, 0 );
    err = allocate( &pool, NULL, &media, NTMS_ALLOCATE_NEXT, 0 );
    ok( err == ERROR_MEDIA_UNAVAILABLE, "got error %lu\n", err );
    remove_medium( &medium );
}

static void test_deallocate(void)
{
    struct medium medium = make_medium( pool, sides, NTMS_PARTSTATE_ALLOCATED, NTMS_PARTSTATE_RESERVED );
    GUID logical = LOGICAL( medium, 0 );
    DWORD err;

    err = DeallocateNtmsMedia( session, &no_object, 0 );
    pair( "DeallocateNtmsMedia", ERROR_INVALID_MEDIA, err );
    err = DeallocateNtmsMedia( session, &SIDE( medium, 0 ), 0 );
    pair( "DeallocateNtmsMedia", ERROR_INVALID_PARTITION, err );
    err = DeallocateNtmsMedia( session, &logical, 1 );
    ok( err == ERROR_INVALID_PARAMETER, "got error %lu\n", err );
    if (deny( pool, NTMS_MEDIA_POOL ))
    {
        err = DeallocateNtmsMedia( session, &logical, 0 );
        pair( "DeallocateNtmsMedia", ERROR_ACCESS_DENIED, err );
        allow( pool, NTMS_MEDIA_POOL );
    }
    err = DeallocateNtmsMedia( session, &logical, 0 );
    pair( "DeallocateNtmsMedia", ERROR_SUCCESS, err );
    ok( state_of( SIDE( medium, 0 ) ) == NTMS_PARTSTATE_AVAILABLE, "wrong state\n" );
    if (sides == 2) ok( state_of( SIDE( medium, 1 ) ) == NTMS_PARTSTATE_AVAILABLE, "wrong state\n" );
    err = DeallocateNtmsMedia( session, &logical, 0 );
    pair( "DeallocateNtmsMedia", ERROR_INVALID_MEDIA, err );
    memset( &LOGICAL( medium, 0 ), 0, sizeof(GUID) );
    remove_medium( &medium );

    /* as often as the pool allows */
    set_policies( pool, 0, 0, 3 );
    describe( &medium, pool, sides, NTMS_PARTSTATE_ALLOCATED, NTMS_PARTSTATE_AVAILABLE );
    medium.sides[0].Info.Partition.dwAllocateCount = 3;
    if (!(err = create( &medium )))
    {
        err = DeallocateNtmsMedia( session, &LOGICAL( medium, 0 ), 0 );
        pair( "DeallocateNtmsMedia", ERROR_SUCCESS, err );
        ok( state_of( SIDE( medium, 0 ) ) == NTMS_PARTSTATE_DECOMMISSIONED, "wrong state\n" );
        memset( &LOGICAL( medium, 0 ), 0, sizeof(GUID) );
        remove_medium( &medium );
    }
    ok( !err, "got error %lu\n", err );
    set_policies( pool, 0, 0, 0 );
}

/* ------------------------------------------------------------------ waiting */

static DWORD count_requests(void)
{
    DWORD count;
    GUID id;

    list_objects( NULL, NTMS_OPREQUEST, &id, 1, &count );
    return count;
}

static DWORD CALLBACK allocate_thread( void *arg )
{
    GUID media;

    return allocate( &pool, NULL, &media, 0, 60000 );
}

/* the request for new media for the pool */
static BOOL find_request( GUID *request )
{
    GUID list[100];
    DWORD i, count;

    list_objects( NULL, NTMS_OPREQUEST, list, ARRAYSIZE(list), &count );
    for (i = 0; i < min( count, ARRAYSIZE(list) ); i++)
    {
        NTMS_OPREQUESTINFORMATIONW info = get_info( list[i], NTMS_OPREQUEST ).Info.OpRequest;

        *request = list[i];
        if (info.Request == NTMS_OPREQ_NEWMEDIA && same( info.Arg1, pool ) && info.State < NTMS_OPSTATE_REFUSED) return TRUE;
    }
    return FALSE;
}

static void test_waiting(void)
{
    DWORD i, err, result, before = count_requests(), start = GetTickCount();
    NTMS_OPREQUESTINFORMATIONW info;
    GUID media, request;
    HANDLE thread;

    err = allocate( &pool, NULL, &media, 0, 500 );
    pair( "AllocateNtmsMedia", ERROR_TIMEOUT, err );
    ok( GetTickCount() - start >= 400, "did not wait\n" );
    ok( count_requests() == before, "the request has not been deleted\n" );

    thread = CreateThread( NULL, 0, allocate_thread, NULL, 0, NULL );
    for (i = 0; i < 100 && !find_request( &request ); i++) Sleep( 50 );
    ok( i < 100, "there is no request\n" );
    if (i < 100)
    {
        info = get_info( request, NTMS_OPREQUEST ).Info.OpRequest;
        ok( !lstrcmpW( info.szApplication, L"winetest" ) && info.szMessage[0], "wrong request\n" );
        err = CancelNtmsOperatorRequest( session, &request );
        ok( !err, "got error %lu\n", err );
        if (!err)
        {
            ok( !WaitForSingleObject( thread, 20000 ), "still waits\n" );
            GetExitCodeThread( thread, &result );
            pair( "AllocateNtmsMedia", ERROR_CANCELLED, result );
        }
    }
    WaitForSingleObject( thread, 70000 );
    CloseHandle( thread );
}

/* there is no Free pool to draw from */
static void test_no_free_pool(void)
{
    GUID list[200], system_pool, own, media;
    DWORD i, count, err;

    list_objects( NULL, NTMS_MEDIA_TYPE, list, ARRAYSIZE(list), &count );
    for (i = 0; i < min( count, ARRAYSIZE(list) ); i++) if (!find_system_pool( L"Free", list[i], &system_pool )) break;
    if (i == min( count, ARRAYSIZE(list) ))
    {
        skip( "there are Free pools for all types of media\n" );
        return;
    }
    own = make_pool( L"winetest without free", &list[i] );
    set_policies( own, NTMS_ALLOCATE_FROMSCRATCH, 0, 0 );
    err = allocate( &own, NULL, &media, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0 );
    pair( "AllocateNtmsMedia", ERROR_DEVICE_NOT_AVAILABLE, err );
    delete_pool( own );
}

/* ------------------------------------------------------------------ on-line media */

static void test_online(void)
{
    NTMS_ALLOCATION_INFORMATION info = { sizeof(info) };
    struct online_medium medium;
    GUID own, lmid, again, side;
    DWORD err, count;

    if (!find_online_medium( &medium )) return;
    own = make_pool( L"winetest on-line media", &medium.type );

    /* this side, out of Free; what it was goes back when nobody wants it any more */
    err = AllocateNtmsMedia( session, &own, &medium.side, &lmid, 0, 0, &info );
    pair( "AllocateNtmsMedia", ERROR_SUCCESS, err );
    ok( same( info.AllocatedFrom, medium.free_pool ), "wrong source\n" );
    ok( same( pool_of( medium.medium ), own ), "wrong pool\n" );
    ok( state_of( medium.side ) == NTMS_PARTSTATE_ALLOCATED, "wrong state\n" );
    list_objects( &lmid, NTMS_PARTITION, &side, 1, &count );
    ok( count == 1 && same( side, medium.side ), "wrong side\n" );
    err = allocate( &own, &medium.side, &again, 0, 0 );
    pair( "AllocateNtmsMedia", ERROR_MEDIA_UNAVAILABLE, err );
    again = lmid;
    err = allocate( &own, NULL, &again, NTMS_ALLOCATE_NEXT, 0 );
    ok( err == ERROR_MEDIA_UNAVAILABLE, "got error %lu\n", err );
    err = MoveToNtmsMediaPool( session, &medium.medium, &medium.free_pool );
    pair( "MoveToNtmsMediaPool", ERROR_BUSY, err );
    err = DeallocateNtmsMedia( session, &lmid, 0 );
    pair( "DeallocateNtmsMedia", ERROR_SUCCESS, err );
    ok( same( pool_of( medium.medium ), own ), "wrong pool\n" );

    /* any of the pool */
    err = AllocateNtmsMedia( session, &own, NULL, &lmid, NTMS_ALLOCATE_NEW, 0, &info );
    pair( "AllocateNtmsMedia", ERROR_SUCCESS, err );
    ok( same( info.AllocatedFrom, own ), "wrong source\n" );
    err = allocate( &own, NULL, &again, 0, 0 );
    pair( "AllocateNtmsMedia", ERROR_MEDIA_UNAVAILABLE, err );
    set_policies( own, 0, NTMS_DEALLOCATE_TOSCRATCH, 0 );
    err = DeallocateNtmsMedia( session, &lmid, 0 );
    pair( "DeallocateNtmsMedia", ERROR_SUCCESS, err );
    ok( same( pool_of( medium.medium ), medium.free_pool ), "wrong pool\n" );
    ok( wait_for_state( medium.side, NTMS_PARTSTATE_AVAILABLE ), "no free label is written\n" );

    /* any of the Free pool */
    set_policies( own, NTMS_ALLOCATE_FROMSCRATCH, 0, 0 );
    err = AllocateNtmsMedia( session, &own, NULL, &lmid, 0, 60000, &info );
    pair( "AllocateNtmsMedia", ERROR_SUCCESS, err );
    ok( same( info.AllocatedFrom, medium.free_pool ), "wrong source\n" );
    list_objects( &lmid, NTMS_PARTITION, &side, 1, &count );
    DeallocateNtmsMedia( session, &lmid, 0 );
    side = get_info( side, NTMS_PARTITION ).Info.Partition.PhysicalMedia;
    err = MoveToNtmsMediaPool( session, &side, &medium.free_pool );
    ok( !err, "got error %lu\n", err );
    delete_pool( own );
}

START_TEST(allocate)
{
    if (!open_session()) return;
    sides = 2;
    if (find_type( 2, &type, NULL ) || (sides = 1, find_type( 1, &type, NULL )))
    {
        pool = make_pool( L"winetest allocate", &type );
        test_arguments();
        test_offline();
        test_deallocate();
        test_waiting();
        test_no_free_pool();
        test_online();
        delete_pool( pool );
    }
    CloseNtmsSession( session );
}
