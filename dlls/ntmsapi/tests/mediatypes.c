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

#include "media.h"

static GUID type, type2, pool, pool2;   /* of one side */

static BOOL library_has( GUID library, GUID media_type )
{
    GUID list[200];
    DWORD i, count;

    list_objects( &library, NTMS_MEDIA_TYPE, list, ARRAYSIZE(list), &count );
    for (i = 0; i < min( count, ARRAYSIZE(list) ); i++) if (same( list[i], media_type )) return TRUE;
    return FALSE;
}

static void test_arguments(void)
{
    GUID offline;
    DWORD err;

    if (!find_offline_library( &offline )) return;
    err = AddNtmsMediaType( session, &type, &no_object );
    pair( "AddNtmsMediaType", ERROR_INVALID_LIBRARY, err );
    err = AddNtmsMediaType( session, &type, &pool );
    pair( "AddNtmsMediaType", ERROR_INVALID_LIBRARY, err );
    err = AddNtmsMediaType( session, &no_object, &offline );
    pair( "AddNtmsMediaType", ERROR_INVALID_MEDIA, err );
    err = AddNtmsMediaType( session, &type, &offline );
    ok( err == ERROR_LIBRARY_OFFLINE, "got error %lu\n", err );  /* MS-RSMP */
    err = DeleteNtmsMediaType( session, &type, &no_object );
    pair( "DeleteNtmsMediaType", ERROR_INVALID_LIBRARY, err );
    err = DeleteNtmsMediaType( session, &no_object, &offline );
    ok( err == ERROR_INVALID_MEDIA, "got error %lu\n", err );
    if (!deny( offline, NTMS_LIBRARY )) return;
    err = AddNtmsMediaType( session, &type, &offline );
    pair( "AddNtmsMediaType", ERROR_ACCESS_DENIED, err );
    err = DeleteNtmsMediaType( session, &type, &offline );
    pair( "DeleteNtmsMediaType", ERROR_ACCESS_DENIED, err );
    allow( offline, NTMS_LIBRARY );
}

/* a type that no library has comes and goes with its pools */
static void test_library(void)
{
    GUID library, list[200], system_pool, used = { 0 };
    DWORD i, count, err;

    if (!find_library( &library )) return;
    list_objects( NULL, NTMS_MEDIA_TYPE, list, ARRAYSIZE(list), &count );
    for (i = 0; i < min( count, ARRAYSIZE(list) ); i++)
    {
        if (library_has( library, list[i] )) used = list[i];
        if (!find_system_pool( L"Free", list[i], &system_pool ) && !library_has( library, list[i] )) break;
    }
    if (i == min( count, ARRAYSIZE(list) ))
    {
        skip( "all types of media are in use\n" );
        return;
    }
    err = AddNtmsMediaType( session, &list[i], &library );
    pair( "AddNtmsMediaType", ERROR_SUCCESS, err );
    ok( library_has( library, list[i] ), "not added\n" );
    ok( find_system_pool( L"Free", list[i], &system_pool ), "no Free pool\n" );
    ok( find_system_pool( L"Import", list[i], &system_pool ), "no Import pool\n" );
    ok( find_system_pool( L"Unrecognized", list[i], &system_pool ), "no Unrecognized pool\n" );
    err = AddNtmsMediaType( session, &list[i], &library );
    pair( "AddNtmsMediaType", ERROR_SUCCESS, err );
    err = DeleteNtmsMediaType( session, &list[i], &library );
    pair( "DeleteNtmsMediaType", ERROR_SUCCESS, err );
    ok( !library_has( library, list[i] ), "not deleted\n" );
    ok( !find_system_pool( L"Free", list[i], &system_pool ), "the pool is left\n" );

    list_objects( &library, NTMS_PHYSICAL_MEDIA, list, 1, &count );
    if (!count) return;
    used = get_info( list[0], NTMS_PHYSICAL_MEDIA ).Info.PhysicalMedia.MediaType;
    err = DeleteNtmsMediaType( session, &used, &library );
    ok( err == ERROR_NOT_EMPTY, "got error %lu\n", err );  /* MS-RSMP */
}

static void test_change(void)
{
    struct medium medium = make_medium( pool, 1, NTMS_PARTSTATE_AVAILABLE, 0 );
    DWORD err;

    err = ChangeNtmsMediaType( session, &medium.info.ObjectGuid, &no_object );
    pair( "ChangeNtmsMediaType", ERROR_INVALID_MEDIA_POOL, err );
    err = ChangeNtmsMediaType( session, &no_object, &pool2 );
    ok( err == ERROR_INVALID_MEDIA, "got error %lu\n", err );    /* MS-RSMP */
    err = ChangeNtmsMediaType( session, &medium.info.ObjectGuid, &pool2 );
    ok( err == ERROR_LIBRARY_OFFLINE, "got error %lu\n", err );  /* MS-RSMP */
    if (deny( pool2, NTMS_MEDIA_POOL ))
    {
        err = ChangeNtmsMediaType( session, &medium.info.ObjectGuid, &pool2 );
        pair( "ChangeNtmsMediaType", ERROR_ACCESS_DENIED, err );
        allow( pool2, NTMS_MEDIA_POOL );
    }
    if (deny( pool, NTMS_MEDIA_POOL ))
    {
        err = ChangeNtmsMediaType( session, &medium.info.ObjectGuid, &pool2 );
        pair( "ChangeNtmsMediaType", ERROR_ACCESS_DENIED, err );
        allow( pool, NTMS_MEDIA_POOL );
    }
    remove_medium( &medium );
}

static void test_change_online(void)
{
    struct online_medium medium;
    GUID old_pool, new_pool, other;
    DWORD err;

    if (!find_online_medium( &medium ) || !find_type( 1, &other, &medium.type )) return;
    old_pool = make_pool( L"winetest old type", &medium.type );
    new_pool = make_pool( L"winetest new type", &other );
    err = ChangeNtmsMediaType( session, &medium.medium, &new_pool );
    pair( "ChangeNtmsMediaType", ERROR_SUCCESS, err );
    ok( same( pool_of( medium.medium ), new_pool ), "wrong pool\n" );
    ok( same( get_info( medium.medium, NTMS_PHYSICAL_MEDIA ).Info.PhysicalMedia.MediaType, other ), "wrong type\n" );
    err = ChangeNtmsMediaType( session, &medium.medium, &old_pool );
    pair( "ChangeNtmsMediaType", ERROR_SUCCESS, err );
    if (find_system_pool( L"Import", medium.type, &other ))
    {
        err = ChangeNtmsMediaType( session, &medium.medium, &other );
        pair( "ChangeNtmsMediaType", ERROR_INVALID_MEDIA_POOL, err );
    }
    err = MoveToNtmsMediaPool( session, &medium.medium, &medium.free_pool );
    ok( !err, "got error %lu\n", err );
    delete_pool( old_pool );
    delete_pool( new_pool );
}

START_TEST(mediatypes)
{
    if (!open_session()) return;
    if (find_type( 1, &type, NULL ) && find_type( 1, &type2, &type ))
    {
        pool = make_pool( L"winetest type", &type );
        pool2 = make_pool( L"winetest other type", &type2 );
        test_arguments();
        test_library();
        test_change();
        test_change_online();
        delete_pool( pool2 );
        delete_pool( pool );
    }
    CloseNtmsSession( session );
}
