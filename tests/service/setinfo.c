/*
 * Tests of what programs may change of an object
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
#include "wine/test.h"

static struct world world;

static DWORD set( const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    return ntms_set_object_information( NULL, id, info );
}

/* every bit that may be changed, and nothing else, of what a program gets */
static void copy_settable( NTMS_OBJECTINFORMATIONW *dst, const NTMS_OBJECTINFORMATIONW *src )
{
    wcscpy( dst->szDescription, src->szDescription );
    switch (src->dwType)
    {
    case NTMS_LIBRARY:
    case NTMS_LOGICAL_MEDIA:
    case NTMS_MEDIA_POOL:
    case NTMS_PARTITION:
    case NTMS_PHYSICAL_MEDIA:
        wcscpy( dst->szName, src->szName );
    }
    switch (src->dwType)
    {
    case NTMS_COMPUTER:
        dst->Info.Computer = src->Info.Computer;
        break;
    case NTMS_DRIVE:
        dst->Info.Drive.dwDeferDismountDelay = src->Info.Drive.dwDeferDismountDelay;
        break;
    case NTMS_IEDOOR:
        dst->Info.IEDoor.MaxOpenSecs = src->Info.IEDoor.MaxOpenSecs;
        break;
    case NTMS_IEPORT:
        dst->Info.IEPort.MaxExtendSecs = src->Info.IEPort.MaxExtendSecs;
        break;
    case NTMS_LIBRARY:
        dst->Info.Library.AutoRecovery = src->Info.Library.AutoRecovery;
        dst->Info.Library.InventoryMethod = src->Info.Library.InventoryMethod;
        dst->Info.Library.dwFlags = src->Info.Library.dwFlags;
        break;
    case NTMS_MEDIA_POOL:
        dst->Info.MediaPool.AllocationPolicy = src->Info.MediaPool.AllocationPolicy;
        dst->Info.MediaPool.DeallocationPolicy = src->Info.MediaPool.DeallocationPolicy;
        dst->Info.MediaPool.dwMaxAllocates = src->Info.MediaPool.dwMaxAllocates;
        break;
    }
}

/* values that all types take */
static void set_values( NTMS_OBJECTINFORMATIONW *info, DWORD type )
{
    switch (type)
    {
    case NTMS_COMPUTER:
        info->Info.Computer.dwLibRequestPurgeTime = ~0u;
        info->Info.Computer.dwOpRequestPurgeTime = 77;
        info->Info.Computer.dwLibRequestFlags = 3;
        info->Info.Computer.dwOpRequestFlags = 0x33;
        info->Info.Computer.dwMediaPoolPolicy = 3;
        break;
    case NTMS_LIBRARY:
        info->Info.Library.AutoRecovery = FALSE;
        info->Info.Library.InventoryMethod = NTMS_INVENTORY_OMID;
        info->Info.Library.dwFlags = NTMS_LIBRARYFLAG_RECOGNIZECLEANERBARCODE;
        break;
    case NTMS_MEDIA_POOL:
        info->Info.MediaPool.MediaType = world.lto;
        info->Info.MediaPool.AllocationPolicy = NTMS_ALLOCATE_FROMSCRATCH;
        info->Info.MediaPool.DeallocationPolicy = NTMS_DEALLOCATE_TOSCRATCH;
        info->Info.MediaPool.dwMaxAllocates = ~0u;
        break;
    }
}

/* A structure full of nonsense changes what may be changed and leaves the rest. */
static void test_members(void)
{
    NTMS_OBJECTINFORMATIONW info, before, after;
    DWORD type;

    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        const GUID *id = world_object( &world, type );

        before = world_info( id );
        memset( &info, 0x15, sizeof(info) );
        info.dwSize = sizeof(info);
        info.dwType = type;
        wcscpy( info.szName, L"New name" );
        wcscpy( info.szDescription, L"New description" );
        set_values( &info, type );
        OK( set( id, &info ));

        copy_settable( &before, &info );
        after = world_info( id );
        ok( CompareFileTime( (FILETIME *)&before.Created, (FILETIME *)&after.Created ) == 0, "another object\n" );
        before.Modified = after.Modified;
        ok( !memcmp( &before, &after, sizeof(before) ), "type %lu: not what was expected\n", type );
        /* what a program got it may give back */
        OK( set( id, &after ));
    }
}

static void test_parameters(void)
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD type, asked, i;

    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        const GUID *id = world_object( &world, type );

        for (asked = 0; asked < 20; asked++)
        {
            if (asked == type) continue;
            info = world_info( id );
            info.dwType = asked;
            memset( &info.Info, 0, sizeof(info.Info) );
            ok( set( id, &info ) == ERROR_INVALID_PARAMETER, "type %lu as %lu\n", type, asked );
        }
        info = world_info( id );
        FAILS( set( &nobody, &info ), ERROR_OBJECT_NOT_FOUND );
        for (i = 0; i < ARRAY_SIZE(info.szName); i++) info.szName[i] = 'x';
        FAILS( set( id, &info ), ERROR_INVALID_PARAMETER );
        info = world_info( id );
        for (i = 0; i < ARRAY_SIZE(info.szDescription); i++) info.szDescription[i] = 'x';
        FAILS( set( id, &info ), ERROR_INVALID_PARAMETER );
        info.szDescription[ARRAY_SIZE(info.szDescription) - 1] = 0;
        OK( set( id, &info ));
        ok( wcslen( world_info( id ).szDescription ) == NTMS_DESCRIPTION_LENGTH - 1, "cut\n" );
    }
}

/* one bit after the other of a member that has only some */
static void check_bits( const GUID *id, DWORD *member, NTMS_OBJECTINFORMATIONW *info, DWORD valid, const char *name )
{
    DWORD i, error;

    for (i = 0; i < 32; i++)
    {
        *info = world_info( id );
        *member = 1u << i;
        error = set( id, info );
        ok( error == (valid & (1u << i) ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER), "%s bit %lu: error %lu\n", name, i, error );
        if (error) continue;
        *info = world_info( id );
        ok( *member == 1u << i, "%s is %#lx\n", name, *member );
    }
    *info = world_info( id );
    *member = 0;
    OK( set( id, info ));
}

static void test_computer(void)
{
    NTMS_OBJECTINFORMATIONW info;
    NTMS_COMPUTERINFORMATION *computer = &info.Info.Computer;

    check_bits( &world.computer, &computer->dwLibRequestFlags, &info, 3, "dwLibRequestFlags" );
    check_bits( &world.computer, &computer->dwOpRequestFlags, &info, 0x33, "dwOpRequestFlags" );
    check_bits( &world.computer, &computer->dwMediaPoolPolicy, &info, 3, "dwMediaPoolPolicy" );
    check_bits( &world.computer, &computer->dwLibRequestPurgeTime, &info, ~0u, "dwLibRequestPurgeTime" );
    check_bits( &world.computer, &computer->dwOpRequestPurgeTime, &info, ~0u, "dwOpRequestPurgeTime" );
}

static void test_elements(void)
{
    static const WORD seconds[] = { 0, 1, 300, 0x7fff, 0x8000, 0xffff };
    NTMS_OBJECTINFORMATIONW info;
    DWORD i;

    for (i = 0; i < ARRAY_SIZE(seconds); i++)
    {
        info = world_info( &world.doors[0] );
        info.Info.IEDoor.MaxOpenSecs = seconds[i];
        OK( set( &world.doors[0], &info ));
        ok( world_info( &world.doors[0] ).Info.IEDoor.MaxOpenSecs == seconds[i], "not set\n" );
        info = world_info( &world.ports[0] );
        info.Info.IEPort.MaxExtendSecs = seconds[i];
        OK( set( &world.ports[0], &info ));
        ok( world_info( &world.ports[0] ).Info.IEPort.MaxExtendSecs == seconds[i], "not set\n" );
    }
    check_bits( &world.drives[0], &info.Info.Drive.dwDeferDismountDelay, &info, ~0u, "dwDeferDismountDelay" );
}

static void test_library(void)
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD i, error;

    for (i = 0; i < 8; i++)
    {
        info = world_info( &world.library );
        info.Info.Library.InventoryMethod = i < 7 ? i : ~0u;
        error = set( &world.library, &info );
        ok( error == (i <= NTMS_INVENTORY_OMID ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER), "method %lu: error %lu\n", i, error );
    }
    info = world_info( &world.library );
    info.Info.Library.AutoRecovery = 5;
    OK( set( &world.library, &info ));
    ok( world_info( &world.library ).Info.Library.AutoRecovery == TRUE, "wrong value\n" );

    /* flags that say what is there are not set, nor that which follows from the uses */
    for (i = 0; i < 32; i++)
    {
        info = world_info( &world.library );
        info.Info.Library.dwFlags = 1u << i;
        error = set( &world.library, &info );
        ok( error == (i < 5 ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER), "flag %lu: error %lu\n", i, error );
        ok( world_info( &world.library ).Info.Library.dwFlags == (i >= 4 ? 0x10 : 0), "flag %lu\n", i );
    }

    /* without a cleaner there are no uses */
    info = world_info( &world.library );
    info.Info.Library.dwCleanerUsesRemaining = 5;
    OK( set( &world.library, &info ));
    world_exec( "UPDATE library SET flags = 2 WHERE id = ?", &world.library );
    ok( !world_info( &world.library ).Info.Library.dwCleanerUsesRemaining, "uses without a cleaner\n" );
    info = world_info( &world.library );
    info.Info.Library.dwCleanerUsesRemaining = ~0u;
    OK( set( &world.library, &info ));
    info = world_info( &world.library );
    ok( info.Info.Library.dwCleanerUsesRemaining == ~0u, "uses %lu\n", info.Info.Library.dwCleanerUsesRemaining );
    ok( info.Info.Library.dwFlags == (NTMS_LIBRARYFLAG_CLEANERPRESENT | NTMS_LIBRARYFLAG_IGNORECLEANERUSESREMAINING), "flags %#lx\n",
        info.Info.Library.dwFlags );
    info.Info.Library.dwCleanerUsesRemaining = ~0u - 1;
    OK( set( &world.library, &info ));
    info = world_info( &world.library );
    ok( info.Info.Library.dwCleanerUsesRemaining == ~0u - 1, "uses %lu\n", info.Info.Library.dwCleanerUsesRemaining );
    ok( info.Info.Library.dwFlags == NTMS_LIBRARYFLAG_CLEANERPRESENT, "flags %#lx\n", info.Info.Library.dwFlags );

    /* the off-line library has a name and a description */
    info = world_info( &world.offline );
    info.Info.Library.InventoryMethod = NTMS_INVENTORY_OMID;
    info.Info.Library.dwFlags = NTMS_LIBRARYFLAG_RECOGNIZECLEANERBARCODE;
    info.Info.Library.AutoRecovery = FALSE;
    wcscpy( info.szName, L"Shelf" );
    OK( set( &world.offline, &info ));
    info = world_info( &world.offline );
    ok( info.Info.Library.dwFlags == NTMS_LIBRARYFLAG_FIXEDOFFLINE && !info.Info.Library.InventoryMethod, "changed\n" );
    ok( !wcscmp( info.szName, L"Shelf" ), "name %s\n", debugstr_w(info.szName) );
}

/* ------------------------------------------------------------------ pools */

static DWORD rename_pool( const GUID *id, const WCHAR *name )
{
    NTMS_OBJECTINFORMATIONW info = world_info( id );

    wcscpy( info.szName, name );
    return set( id, &info );
}

static void check_pool( const WCHAR *path, const GUID *expect )
{
    GUID id = { 0 };
    DWORD error;

    OK( db_begin() );
    error = db_end( store_find_pool( path, &id ));
    ok( error == (expect ? ERROR_SUCCESS : ERROR_OBJECT_NOT_FOUND), "%s: error %lu\n", debugstr_w(path), error );
    if (expect && !error) ok( IsEqualGUID( &id, expect ), "%s is another pool\n", debugstr_w(path) );
}

static GUID make_pool( const WCHAR *path, const GUID *media_type )
{
    GUID id = { 0 };

    OK( ntms_create_media_pool( NULL, path, media_type, NTMS_CREATE_NEW, NULL, 0, &id ));
    return id;
}

static void test_rename(void)
{
    GUID a = make_pool( L"A", NULL ), ab = make_pool( L"A\\B", NULL ), abc = make_pool( L"A\\B\\C", &world.lto );
    GUID ax = make_pool( L"A\\X", NULL ), aa = make_pool( L"AA", NULL );
    NTMS_OBJECTINFORMATIONW info;

    OK( rename_pool( &a, L"Z\x00e4" ));
    check_pool( L"A", NULL );
    check_pool( L"A\\B\\C", NULL );
    check_pool( L"Z\x00c4", &a );
    check_pool( L"z\x00e4\\b", &ab );
    check_pool( L"Z\x00e4\\B\\C", &abc );
    check_pool( L"Z\x00e4\\X", &ax );
    check_pool( L"AA", &aa );
    ok( !wcscmp( world_info( &abc ).szName, L"C" ), "name %s\n", debugstr_w(world_info( &abc ).szName) );

    /* in the middle, longer and shorter */
    OK( rename_pool( &ab, L"Middle" ));
    check_pool( L"Z\x00e4\\Middle\\C", &abc );
    OK( rename_pool( &ab, L"M" ));
    check_pool( L"Z\x00e4\\M\\C", &abc );
    OK( rename_pool( &abc, L"c" ));
    check_pool( L"Z\x00e4\\M\\C", &abc );
    ok( !wcscmp( world_info( &abc ).szName, L"c" ), "name %s\n", debugstr_w(world_info( &abc ).szName) );
    OK( rename_pool( &a, L"A" ));
    check_pool( L"A\\M\\C", &abc );

    /* conflicts, and names that are none */
    FAILS( rename_pool( &ab, L"x" ), ERROR_INVALID_PARAMETER );
    FAILS( rename_pool( &a, L"aa" ), ERROR_INVALID_PARAMETER );
    FAILS( rename_pool( &a, L"FREE" ), ERROR_INVALID_PARAMETER );
    FAILS( rename_pool( &a, L"" ), ERROR_INVALID_PARAMETER );
    FAILS( rename_pool( &a, L"b\\c" ), ERROR_INVALID_PARAMETER );
    FAILS( rename_pool( &a, L"\\b" ), ERROR_INVALID_PARAMETER );

    /* nothing is changed by a call that fails */
    info = world_info( &a );
    wcscpy( info.szName, L"aa" );
    wcscpy( info.szDescription, L"not this" );
    info.Info.MediaPool.dwMaxAllocates = 5;
    FAILS( set( &a, &info ), ERROR_INVALID_PARAMETER );
    ok( !world_info( &a ).szDescription[0] && !world_info( &a ).Info.MediaPool.dwMaxAllocates, "changed\n" );
    check_pool( L"A", &a );
}

/* no name may become longer than programs can ask for */
static void test_long_names(void)
{
    WCHAR path[NTMS_POOLHIERARCHY_LENGTH] = L"Deep", name[NTMS_OBJECTNAME_LENGTH];
    GUID top = make_pool( path, NULL ), last, below;
    DWORD i, len;

    for (i = 0; i < 8; i++)
    {
        len = wcslen( path );
        swprintf( path + len, ARRAY_SIZE(path) - len, L"\\%062u", i );
        if (i == 7) path[NTMS_POOLHIERARCHY_LENGTH - 11] = 0;
        last = make_pool( path, NULL );
    }
    ok( wcslen( path ) == NTMS_POOLHIERARCHY_LENGTH - 11, "length %u\n", (int)wcslen( path ) );
    OK( rename_pool( &top, L"Deep0123456789" ));
    FAILS( rename_pool( &top, L"Deep0123456789a" ), ERROR_INVALID_PARAMETER );
    OK( rename_pool( &top, L"Deep" ));
    check_pool( path, &last );
    for (i = 0; i < ARRAY_SIZE(name) - 1; i++) name[i] = 'y';
    name[i] = 0;
    FAILS( rename_pool( &top, name ), ERROR_INVALID_PARAMETER );
    check_pool( path, &last );
    wcscpy( path + wcslen( path ), L"\\x" );
    below = make_pool( path, NULL );
    FAILS( rename_pool( &below, name ), ERROR_INVALID_PARAMETER );
    check_pool( path, &below );
    OK( rename_pool( &last, name ));
}

static BOOL has_media_type( const GUID *id, const GUID *media_type )
{
    NTMS_OBJECTINFORMATIONW info = world_info( id );

    return IsEqualGUID( &info.Info.MediaPool.MediaType, media_type );
}

static void test_pool_values(void)
{
    NTMS_OBJECTINFORMATIONW info;
    NTMS_MEDIAPOOLINFORMATION *pool = &info.Info.MediaPool;
    GUID empty = make_pool( L"Values", NULL );

    check_bits( &empty, &pool->AllocationPolicy, &info, NTMS_ALLOCATE_FROMSCRATCH, "AllocationPolicy" );
    check_bits( &empty, &pool->DeallocationPolicy, &info, NTMS_DEALLOCATE_TOSCRATCH, "DeallocationPolicy" );
    check_bits( &empty, &pool->dwMaxAllocates, &info, ~0u, "dwMaxAllocates" );

    /* an empty pool may get, change and lose a media type */
    info = world_info( &empty );
    pool->MediaType = world.lto;
    OK( set( &empty, &info ));
    ok( has_media_type( &empty, &world.lto ), "wrong type\n" );
    pool->MediaType = world.dlt;
    OK( set( &empty, &info ));
    pool->MediaType = null_guid;
    OK( set( &empty, &info ));
    pool->MediaType = nobody;
    FAILS( set( &empty, &info ), ERROR_INVALID_PARAMETER );
    pool->MediaType = world.library;
    FAILS( set( &empty, &info ), ERROR_INVALID_PARAMETER );
    /* one that has media or pools keeps what it has */
    info = world_info( &world.pool );
    pool->MediaType = world.dlt;
    FAILS( set( &world.pool, &info ), ERROR_INVALID_PARAMETER );
    pool->MediaType = null_guid;
    FAILS( set( &world.pool, &info ), ERROR_INVALID_PARAMETER );
    info = world_info( &world.parent );
    pool->MediaType = world.lto;
    FAILS( set( &world.parent, &info ), ERROR_INVALID_PARAMETER );
}

/* the service's own pools take a description */
static void test_system_pools(void)
{
    const GUID *pools[] = { &world.root, &world.free_parent, &world.free_pool, &world.import_pool, &world.foreign_pool };
    NTMS_OBJECTINFORMATIONW info;
    DWORD i;

    for (i = 0; i < ARRAY_SIZE(pools); i++)
    {
        info = world_info( pools[i] );
        wcscpy( info.szDescription, L"ours" );
        OK( set( pools[i], &info ));
        ok( !wcscmp( world_info( pools[i] ).szDescription, L"ours" ), "not set\n" );
        FAILS( rename_pool( pools[i], L"Mine" ), ERROR_ACCESS_DENIED );
        info.Info.MediaPool.AllocationPolicy = 1;
        FAILS( set( pools[i], &info ), ERROR_ACCESS_DENIED );
        info = world_info( pools[i] );
        info.Info.MediaPool.DeallocationPolicy = 1;
        FAILS( set( pools[i], &info ), ERROR_ACCESS_DENIED );
        info = world_info( pools[i] );
        info.Info.MediaPool.dwMaxAllocates = 1;
        FAILS( set( pools[i], &info ), ERROR_ACCESS_DENIED );
        info = world_info( pools[i] );
        info.Info.MediaPool.MediaType = world.dlt;
        FAILS( set( pools[i], &info ), ERROR_ACCESS_DENIED );
    }
}

/* names of media need not be unique, and may be empty; each object has its own */
static void test_names(void)
{
    const GUID *named[] = { &world.media[0], &world.media[1], &world.sides[0], &world.sides[2], &world.logical, &world.library };
    NTMS_OBJECTINFORMATIONW info;
    DWORD i;

    for (i = 0; i < ARRAY_SIZE(named); i++)
    {
        info = world_info( named[i] );
        wcscpy( info.szName, i < 2 ? L"Same \x03b1\\" : L"" );
        OK( set( named[i], &info ));
    }
    for (i = 0; i < ARRAY_SIZE(named); i++)
        ok( !wcscmp( world_info( named[i] ).szName, i < 2 ? L"Same \x03b1\\" : L"" ), "%lu has name %s\n", i,
            debugstr_w(world_info( named[i] ).szName) );
}

/* a policy that lets an allocation go on that waits */
static void test_waiting(void)
{
    GUID pool = make_pool( L"Waits", &world.lto ), logical, source;
    NTMS_OBJECTINFORMATIONW info;
    DWORD wait;

    OK( ntms_allocate_media( NULL, &pool, NULL, &logical, 0, INFINITE, &source, &wait ));
    ok( last_wait.pending, "does not wait\n" );
    info = world_info( &pool );
    info.Info.MediaPool.AllocationPolicy = NTMS_ALLOCATE_FROMSCRATCH;
    OK( set( &pool, &info ));
    ok( !last_wait.pending && !last_wait.result, "still waits\n" );
    ok( IsEqualGUID( &last_wait.ids[1], &world.free_pool ), "wrong source\n" );
}

START_TEST(setinfo)
{
    world_open( &world );
    test_members();
    test_parameters();
    test_computer();
    test_elements();
    test_library();
    test_rename();
    test_long_names();
    test_pool_values();
    test_system_pools();
    test_names();
    test_waiting();
    world_close();
}
