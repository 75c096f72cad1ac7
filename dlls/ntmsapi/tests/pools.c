/*
 * Tests of CreateNtmsMediaPool, GetNtmsMediaPoolName, DeleteNtmsMediaPool and MoveToNtmsMediaPool
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

static GUID type, type2, parent, pool, other_pool;
static DWORD sides;

static void test_create(void)
{
    static const WCHAR *const bad_names[] = { L"\\", L"winetest pools\\", L"\\\\winetest",
        L"0123456789012345678901234567890123456789012345678901234567890123" };
    WCHAR long_name[NTMS_POOLHIERARCHY_LENGTH + 1];
    GUID id, child, media_pool, free_pool;
    DWORD i, err;

    err = CreateNtmsMediaPoolW( session, L"winetest pools\\new", NULL, NTMS_OPEN_EXISTING, NULL, &id );
    pair( "CreateNtmsMediaPool", ERROR_OBJECT_NOT_FOUND, err );
    err = CreateNtmsMediaPoolW( session, L"winetest pools\\new", NULL, NTMS_CREATE_NEW, NULL, &child );
    pair( "CreateNtmsMediaPool", ERROR_SUCCESS, err );
    err = CreateNtmsMediaPoolW( session, L"winetest pools\\new", NULL, NTMS_CREATE_NEW, NULL, &id );
    pair( "CreateNtmsMediaPool", ERROR_ALREADY_EXISTS, err );
    err = CreateNtmsMediaPoolW( session, L"WINETEST POOLS\\NEW", NULL, NTMS_OPEN_EXISTING, NULL, &id );
    pair( "CreateNtmsMediaPool", ERROR_SUCCESS, err );
    ok( same( id, child ), "another pool\n" );
    err = CreateNtmsMediaPoolA( session, "winetest pools\\new", &type, NTMS_OPEN_ALWAYS, NULL, &id );
    pair( "CreateNtmsMediaPool", ERROR_SUCCESS, err );
    ok( same( id, child ), "another pool\n" );
    ok( is_null( get_info( child, NTMS_MEDIA_POOL ).Info.MediaPool.MediaType ), "it has got a media type\n" );
    ok( same( get_info( child, NTMS_MEDIA_POOL ).Info.MediaPool.Parent, parent ), "wrong parent\n" );

    err = CreateNtmsMediaPoolW( session, L"winetest pools\\media", &no_object, NTMS_CREATE_NEW, NULL, &id );
    pair( "CreateNtmsMediaPool", ERROR_INVALID_MEDIA, err );
    err = CreateNtmsMediaPoolW( session, L"winetest pools\\media", &parent, NTMS_CREATE_NEW, NULL, &id );
    pair( "CreateNtmsMediaPool", ERROR_INVALID_MEDIA, err );
    for (i = 0; i < ARRAYSIZE(bad_names); i++)
    {
        err = CreateNtmsMediaPoolW( session, bad_names[i], NULL, NTMS_OPEN_ALWAYS, NULL, &id );
        pair( "CreateNtmsMediaPool", ERROR_INVALID_NAME, err );
    }
    for (i = 0; i < NTMS_POOLHIERARCHY_LENGTH; i++) long_name[i] = i % 2 ? '\\' : 'a';
    long_name[NTMS_POOLHIERARCHY_LENGTH] = 0;
    err = CreateNtmsMediaPoolW( session, long_name, NULL, NTMS_OPEN_ALWAYS, NULL, &id );
    pair( "CreateNtmsMediaPool", ERROR_INVALID_NAME, err );
    err = CreateNtmsMediaPoolW( session, L"winetest none\\new", NULL, NTMS_CREATE_NEW, NULL, &id );
    ok( err == ERROR_OBJECT_NOT_FOUND, "got error %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"winetest pools\\new", NULL, 4, NULL, &id );
    pair( "CreateNtmsMediaPool", ERROR_INVALID_PARAMETER, err );

    /* neither in a pool of media nor in one of the system's */
    media_pool = make_pool( L"winetest pools\\media", &type );
    err = CreateNtmsMediaPoolW( session, L"winetest pools\\media\\more", NULL, NTMS_CREATE_NEW, NULL, &id );
    ok( err == ERROR_INVALID_NAME, "got error %lu\n", err );
    delete_pool( media_pool );
    err = CreateNtmsMediaPoolW( session, L"Free\\winetest", &type, NTMS_CREATE_NEW, NULL, &id );
    pair( "CreateNtmsMediaPool", ERROR_ACCESS_DENIED, err );
    free_pool = find_pool( L"Free" );
    ok( get_info( free_pool, NTMS_MEDIA_POOL ).Info.MediaPool.PoolType == NTMS_POOLTYPE_SCRATCH, "wrong kind\n" );

    if (deny( parent, NTMS_MEDIA_POOL ))
    {
        err = CreateNtmsMediaPoolW( session, L"winetest pools\\denied", NULL, NTMS_OPEN_ALWAYS, NULL, &id );
        pair( "CreateNtmsMediaPool", ERROR_ACCESS_DENIED, err );
        err = CreateNtmsMediaPoolW( session, L"winetest pools\\new", NULL, NTMS_OPEN_ALWAYS, NULL, &id );
        pair( "CreateNtmsMediaPool", ERROR_SUCCESS, err );
        allow( parent, NTMS_MEDIA_POOL );
    }
    delete_pool( child );
}

static void test_name(void)
{
    WCHAR name[NTMS_POOLHIERARCHY_LENGTH];
    char nameA[NTMS_POOLHIERARCHY_LENGTH];
    DWORD err, size, needed;

    size = ARRAYSIZE(name);
    err = GetNtmsMediaPoolNameW( session, &no_object, name, &size );
    pair( "GetNtmsMediaPoolName", ERROR_INVALID_MEDIA_POOL, err );
    size = ARRAYSIZE(name);
    err = GetNtmsMediaPoolNameW( session, &pool, name, &size );
    pair( "GetNtmsMediaPoolName", ERROR_SUCCESS, err );
    ok( !lstrcmpW( name, L"winetest pools\\one" ), "got %ls\n", name );
    needed = lstrlenW( name ) + 1;
    ok( size == needed, "got size %lu\n", size );
    size = needed - 1;
    err = GetNtmsMediaPoolNameW( session, &pool, name, &size );
    pair( "GetNtmsMediaPoolName", ERROR_INSUFFICIENT_BUFFER, err );
    ok( size == needed, "got size %lu\n", size );
    size = needed;
    err = GetNtmsMediaPoolNameA( session, &pool, nameA, &size );
    pair( "GetNtmsMediaPoolName", ERROR_SUCCESS, err );
    ok( !strcmp( nameA, "winetest pools\\one" ), "got %s\n", nameA );
}

static void test_delete(void)
{
    static const WCHAR *const names[] = { L"Free", L"Import", L"Unrecognized" };
    GUID id, system_pool;
    struct medium medium;
    DWORD i, err;

    err = DeleteNtmsMediaPool( session, &no_object );
    pair( "DeleteNtmsMediaPool", ERROR_INVALID_MEDIA_POOL, err );
    for (i = 0; i < ARRAYSIZE(names); i++)
    {
        id = find_pool( names[i] );
        err = DeleteNtmsMediaPool( session, &id );
        pair( "DeleteNtmsMediaPool", ERROR_INVALID_MEDIA_POOL, err );
        if (!find_system_pool( names[i], type, &system_pool )) continue;
        err = DeleteNtmsMediaPool( session, &system_pool );
        pair( "DeleteNtmsMediaPool", ERROR_INVALID_MEDIA_POOL, err );
    }
    err = DeleteNtmsMediaPool( session, &parent );
    pair( "DeleteNtmsMediaPool", ERROR_NOT_EMPTY, err );
    id = make_pool( L"winetest pools\\short", &type );
    medium = make_medium( id, sides, NTMS_PARTSTATE_DECOMMISSIONED, NTMS_PARTSTATE_DECOMMISSIONED );
    err = DeleteNtmsMediaPool( session, &id );
    pair( "DeleteNtmsMediaPool", ERROR_NOT_EMPTY, err );
    remove_medium( &medium );
    if (deny( id, NTMS_MEDIA_POOL ))
    {
        err = DeleteNtmsMediaPool( session, &id );
        pair( "DeleteNtmsMediaPool", ERROR_ACCESS_DENIED, err );
        allow( id, NTMS_MEDIA_POOL );
    }
    err = DeleteNtmsMediaPool( session, &id );
    pair( "DeleteNtmsMediaPool", ERROR_SUCCESS, err );
    err = DeleteNtmsMediaPool( session, &id );
    pair( "DeleteNtmsMediaPool", ERROR_INVALID_MEDIA_POOL, err );
}

/* between the pools of an application, and into the system's where there are some for this type */
static void test_move(void)
{
    static const WCHAR *const names[] = { L"Free", L"Import", L"Unrecognized" };
    GUID system_pool, incompatible;
    struct medium medium;
    DWORD state, i, err;

    for (state = NTMS_PARTSTATE_UNPREPARED; state <= NTMS_PARTSTATE_RESERVED; state++)
    {
        if (state == NTMS_PARTSTATE_RESERVED && sides == 1) continue;
        medium = make_medium( pool, sides, state, state == NTMS_PARTSTATE_RESERVED ? NTMS_PARTSTATE_ALLOCATED : state );
        winetest_push_context( "state %lu", state );
        err = MoveToNtmsMediaPool( session, &medium.info.ObjectGuid, &other_pool );
        if (state == NTMS_PARTSTATE_UNPREPARED) pair( "MoveToNtmsMediaPool", ERROR_BUSY, err );
        else pair( "MoveToNtmsMediaPool", ERROR_SUCCESS, err );
        ok( same( pool_of( medium.info.ObjectGuid ), err ? pool : other_pool ), "wrong pool\n" );
        ok( state_of( SIDE( medium, 0 ) ) == state, "wrong state\n" );
        for (i = 0; i < ARRAYSIZE(names); i++)
        {
            if (!find_system_pool( names[i], type, &system_pool )) continue;
            err = MoveToNtmsMediaPool( session, &medium.info.ObjectGuid, &system_pool );
            winetest_push_context( "to %ls", names[i] );
            if (i == 0)
            {
                if (state == NTMS_PARTSTATE_INCOMPATIBLE || state == NTMS_PARTSTATE_DECOMMISSIONED)
                    pair( "MoveToNtmsMediaPool", ERROR_INVALID_MEDIA, err );
                else
                    pair( "MoveToNtmsMediaPool", ERROR_BUSY, err );   /* owned, or off-line without a free label */
            }
            else if ((i == 1 && state == NTMS_PARTSTATE_IMPORT) || (i == 2 && state == NTMS_PARTSTATE_FOREIGN))
            {
                pair( "MoveToNtmsMediaPool", ERROR_SUCCESS, err );
                err = MoveToNtmsMediaPool( session, &medium.info.ObjectGuid, &other_pool );
                pair( "MoveToNtmsMediaPool", ERROR_INVALID_MEDIA_POOL, err );
            }
            else pair( "MoveToNtmsMediaPool", ERROR_INVALID_MEDIA_POOL, err );
            winetest_pop_context();
        }
        winetest_pop_context();
        remove_medium( &medium );
    }

    medium = make_medium( pool, sides, NTMS_PARTSTATE_AVAILABLE, NTMS_PARTSTATE_AVAILABLE );
    err = MoveToNtmsMediaPool( session, &no_object, &other_pool );
    pair( "MoveToNtmsMediaPool", ERROR_INVALID_MEDIA, err );
    err = MoveToNtmsMediaPool( session, &SIDE( medium, 0 ), &other_pool );
    pair( "MoveToNtmsMediaPool", ERROR_INVALID_MEDIA, err );
    err = MoveToNtmsMediaPool( session, &medium.info.ObjectGuid, &no_object );
    pair( "MoveToNtmsMediaPool", ERROR_INVALID_MEDIA_POOL, err );
    err = MoveToNtmsMediaPool( session, &medium.info.ObjectGuid, &parent );
    pair( "MoveToNtmsMediaPool", ERROR_INVALID_MEDIA_POOL, err );
    if (!is_null( type2 ))
    {
        incompatible = make_pool( L"winetest pools\\incompatible", &type2 );
        err = MoveToNtmsMediaPool( session, &medium.info.ObjectGuid, &incompatible );
        pair( "MoveToNtmsMediaPool", ERROR_MEDIA_INCOMPATIBLE, err );
        delete_pool( incompatible );
    }
    if (deny( other_pool, NTMS_MEDIA_POOL ))
    {
        err = MoveToNtmsMediaPool( session, &medium.info.ObjectGuid, &other_pool );
        pair( "MoveToNtmsMediaPool", ERROR_ACCESS_DENIED, err );
        allow( other_pool, NTMS_MEDIA_POOL );
    }
    if (deny( pool, NTMS_MEDIA_POOL ))
    {
        err = MoveToNtmsMediaPool( session, &medium.info.ObjectGuid, &other_pool );
        pair( "MoveToNtmsMediaPool", ERROR_ACCESS_DENIED, err );
        allow( pool, NTMS_MEDIA_POOL );
    }
    remove_medium( &medium );
}

START_TEST(pools)
{
    if (!open_session()) return;
    sides = 2;
    if (find_type( 2, &type, NULL ) || (sides = 1, find_type( 1, &type, NULL )))
    {
        find_type( 1, &type2, &type );
        parent = make_pool( L"winetest pools", NULL );
        pool = make_pool( L"winetest pools\\one", &type );
        other_pool = make_pool( L"winetest pools\\two", &type );
        test_create();
        test_name();
        test_delete();
        test_move();
        delete_pool( other_pool );
        delete_pool( pool );
        delete_pool( parent );
    }
    CloseNtmsSession( session );
}
