/*
 * Tests of SetNtmsObjectInformation()
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

#include "scratch.h"

static struct scratch scratch;

static DWORD set_info( const GUID *id, NTMS_OBJECTINFORMATIONW *info )
{
    GUID copy = *id;

    return SetNtmsObjectInformationW( scratch.session, &copy, info );
}

static void test_parameters(void)
{
    NTMS_OBJECTINFORMATIONW info;
    NTMS_OBJECTINFORMATIONA infoA = { sizeof(infoA), NTMS_MEDIA_POOL };
    DWORD type, asked, err, i;
    GUID id;

    get_info( &scratch, &scratch.pool, NTMS_MEDIA_POOL, &info );
    err = SetNtmsObjectInformationW( NULL, &scratch.pool, &info );
    pair( "SetNtmsObjectInformation", ERROR_INVALID_HANDLE, err );
    err = SetNtmsObjectInformationA( NULL, &scratch.pool, &infoA );
    pair( "SetNtmsObjectInformation", ERROR_INVALID_HANDLE, err );
    err = SetNtmsObjectInformationW( scratch.session, NULL, &info );
    pair( "SetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
    err = SetNtmsObjectInformationW( scratch.session, &scratch.pool, NULL );
    pair( "SetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
    info.dwSize = 8;
    err = set_info( &scratch.pool, &info );
    pair( "SetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );

    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        if (!scratch_object( &scratch, type, &id )) continue;
        for (asked = 0; asked < NTMS_NUMBER_OF_OBJECT_TYPES + 1; asked++)
        {
            if (asked == type) continue;
            get_info( &scratch, &id, type, &info );
            memset( &info.Info, 0, sizeof(info.Info) );
            info.dwType = asked;
            err = set_info( &id, &info );
            pair( "SetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
        }
        get_info( &scratch, &id, type, &info );
        err = set_info( &nobody, &info );
        pair( "SetNtmsObjectInformation", ERROR_OBJECT_NOT_FOUND, err );
        for (i = 0; i < NTMS_DESCRIPTION_LENGTH; i++) info.szDescription[i] = 'x';
        err = set_info( &id, &info );
        ok( err == ERROR_INVALID_PARAMETER, "type %lu: got %lu\n", type, err );
    }
}

/* every object has a description; all that is not to be set is ignored */
static void test_descriptions(void)
{
    NTMS_OBJECTINFORMATIONW old, info, now;
    DWORD type, err;
    GUID id;

    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        if (!scratch_object( &scratch, type, &id ) || get_info( &scratch, &id, type, &old )) continue;
        info = old;
        lstrcpyW( info.szDescription, L"winetest" );
        memset( &info.Created, 0x11, sizeof(info.Created) );
        memset( &info.Modified, 0x11, sizeof(info.Modified) );
        info.ObjectGuid = nobody;
        info.Enabled = 99;
        info.dwOperationalState = 99;
        err = set_info( &id, &info );
        pair( "SetNtmsObjectInformation", ERROR_SUCCESS, err );
        err = get_info( &scratch, &id, type, &now );
        ok( !err, "got %lu\n", err );
        ok( !lstrcmpW( now.szDescription, L"winetest" ), "type %lu: %s\n", type, wine_dbgstr_w( now.szDescription ));
        memcpy( now.szDescription, old.szDescription, sizeof(now.szDescription) );
        now.Modified = old.Modified;
        ok( !memcmp( &now, &old, sizeof(now) ), "type %lu: something else has changed\n", type );
        err = set_info( &id, &old );
        ok( !err, "got %lu\n", err );
    }
}

static void check_bits( const GUID *id, DWORD type, DWORD *member, NTMS_OBJECTINFORMATIONW *info, DWORD valid, const char *name )
{
    NTMS_OBJECTINFORMATIONW old;
    DWORD i, err;

    get_info( &scratch, id, type, &old );
    for (i = 0; i < 32; i++)
    {
        get_info( &scratch, id, type, info );
        *member = 1u << i;
        err = set_info( id, info );
        ok( err == (valid & (1u << i) ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER), "%s bit %lu: got %lu\n", name, i, err );
        if (err) continue;
        get_info( &scratch, id, type, info );
        ok( *member == 1u << i, "%s: got %#lx\n", name, *member );
    }
    err = set_info( id, &old );
    ok( !err, "got %lu\n", err );
}

/* times are long, so that no request of somebody else is purged */
static void test_computer(void)
{
    static const DWORD seconds[] = { 3600 * 24 * 365, 0x7fffffff, 0x80000001, ~0u };
    NTMS_OBJECTINFORMATIONW info, old;
    NTMS_COMPUTERINFORMATION *computer = &info.Info.Computer;
    DWORD i, err;

    check_bits( &scratch.computer, NTMS_COMPUTER, &computer->dwLibRequestFlags, &info, 3, "dwLibRequestFlags" );
    check_bits( &scratch.computer, NTMS_COMPUTER, &computer->dwOpRequestFlags, &info, 0x33, "dwOpRequestFlags" );
    check_bits( &scratch.computer, NTMS_COMPUTER, &computer->dwMediaPoolPolicy, &info, 3, "dwMediaPoolPolicy" );
    get_info( &scratch, &scratch.computer, NTMS_COMPUTER, &old );
    for (i = 0; i < ARRAYSIZE(seconds); i++)
    {
        info = old;
        computer->dwLibRequestPurgeTime = seconds[i];
        computer->dwOpRequestPurgeTime = seconds[i] - 1;
        err = set_info( &scratch.computer, &info );
        pair( "SetNtmsObjectInformation", ERROR_SUCCESS, err );
        get_info( &scratch, &scratch.computer, NTMS_COMPUTER, &info );
        ok( computer->dwLibRequestPurgeTime == seconds[i], "got %lu\n", computer->dwLibRequestPurgeTime );
        ok( computer->dwOpRequestPurgeTime == seconds[i] - 1, "got %lu\n", computer->dwOpRequestPurgeTime );
    }
    err = set_info( &scratch.computer, &old );
    ok( !err, "got %lu\n", err );
}

static void test_hardware(void)
{
    NTMS_OBJECTINFORMATIONW info, old;
    DWORD err, i;
    GUID id;

    if (IsEqualGUID( &scratch.library, &no_guid ))
    {
        skip( "no library with a drive\n" );
        return;
    }
    get_info( &scratch, &scratch.library, NTMS_LIBRARY, &old );
    for (i = 0; i < 8; i++)
    {
        info = old;
        info.Info.Library.InventoryMethod = i < 7 ? i : ~0u;
        err = set_info( &scratch.library, &info );
        ok( err == (i <= NTMS_INVENTORY_OMID ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER), "method %lu: got %lu\n", i, err );
    }
    info = old;
    info.Info.Library.AutoRecovery = !info.Info.Library.AutoRecovery;
    info.Info.Library.dwFlags ^= NTMS_LIBRARYFLAG_RECOGNIZECLEANERBARCODE;
    lstrcpyW( info.szName, L"winetest library" );
    err = set_info( &scratch.library, &info );
    ok( !err, "got %lu\n", err );
    get_info( &scratch, &scratch.library, NTMS_LIBRARY, &info );
    ok( info.Info.Library.AutoRecovery == !old.Info.Library.AutoRecovery, "not set\n" );
    ok( info.Info.Library.dwFlags == (old.Info.Library.dwFlags ^ NTMS_LIBRARYFLAG_RECOGNIZECLEANERBARCODE), "not set\n" );
    ok( !lstrcmpW( info.szName, L"winetest library" ), "got %s\n", wine_dbgstr_w( info.szName ));
    info.Info.Library.dwFlags |= 0x20;
    err = set_info( &scratch.library, &info );
    pair( "SetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
    err = set_info( &scratch.library, &old );
    ok( !err, "got %lu\n", err );

    if (list_objects( &scratch, &scratch.library, NTMS_DRIVE, &id, 1 ))
        check_bits( &id, NTMS_DRIVE, &info.Info.Drive.dwDeferDismountDelay, &info, ~0u, "dwDeferDismountDelay" );
    if (list_objects( &scratch, &scratch.library, NTMS_IEPORT, &id, 1 ))
    {
        get_info( &scratch, &id, NTMS_IEPORT, &old );
        info = old;
        info.Info.IEPort.MaxExtendSecs = 0xffff;
        err = set_info( &id, &info );
        ok( !err, "got %lu\n", err );
        get_info( &scratch, &id, NTMS_IEPORT, &info );
        ok( info.Info.IEPort.MaxExtendSecs == 0xffff, "got %u\n", info.Info.IEPort.MaxExtendSecs );
        set_info( &id, &old );
    }
    if (list_objects( &scratch, &scratch.library, NTMS_IEDOOR, &id, 1 ))
    {
        get_info( &scratch, &id, NTMS_IEDOOR, &old );
        info = old;
        info.Info.IEDoor.MaxOpenSecs = 0xffff;
        err = set_info( &id, &info );
        ok( !err, "got %lu\n", err );
        get_info( &scratch, &id, NTMS_IEDOOR, &info );
        ok( info.Info.IEDoor.MaxOpenSecs == 0xffff, "got %u\n", info.Info.IEDoor.MaxOpenSecs );
        set_info( &id, &old );
    }
}

/* ------------------------------------------------------------------ pools */

static DWORD rename_pool( const GUID *id, const WCHAR *name )
{
    NTMS_OBJECTINFORMATIONW info;

    get_info( &scratch, id, NTMS_MEDIA_POOL, &info );
    lstrcpyW( info.szName, name );
    return set_info( id, &info );
}

static void check_path( const WCHAR *path, const GUID *expect )
{
    GUID id = { 0 };
    DWORD err = CreateNtmsMediaPoolW( scratch.session, path, NULL, NTMS_OPEN_EXISTING, NULL, &id );

    ok( err == (expect ? ERROR_SUCCESS : ERROR_OBJECT_NOT_FOUND), "%s: got %lu\n", wine_dbgstr_w( path ), err );
    if (expect) ok( IsEqualGUID( &id, expect ), "%s is another pool\n", wine_dbgstr_w( path ));
}

/* the paths of all that is in a pool go with its name */
static void test_rename(void)
{
    DWORD err;

    err = rename_pool( &scratch.parent, L"winetest renamed" );
    pair( "SetNtmsObjectInformation", ERROR_SUCCESS, err );
    check_path( SCRATCH_POOL, NULL );
    check_path( SCRATCH_POOL L"\\Media", NULL );
    check_path( L"winetest renamed", &scratch.parent );
    check_path( L"Winetest Renamed\\media", &scratch.pool );
    err = rename_pool( &scratch.pool, L"Tapes" );
    ok( !err, "got %lu\n", err );
    check_path( L"winetest renamed\\Tapes", &scratch.pool );
    err = rename_pool( &scratch.parent, SCRATCH_POOL );
    ok( !err, "got %lu\n", err );
    err = rename_pool( &scratch.pool, L"Media" );
    ok( !err, "got %lu\n", err );
    check_path( SCRATCH_POOL L"\\Media", &scratch.pool );

    err = rename_pool( &scratch.parent, L"Free" );
    pair( "SetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
    err = rename_pool( &scratch.parent, L"" );
    pair( "SetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
    err = rename_pool( &scratch.parent, L"a\\b" );
    pair( "SetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
    check_path( SCRATCH_POOL L"\\Media", &scratch.pool );
}

static void test_pool(void)
{
    NTMS_OBJECTINFORMATIONW info;
    NTMS_MEDIAPOOLINFORMATION *pool = &info.Info.MediaPool;
    DWORD err;
    GUID other;

    check_bits( &scratch.pool, NTMS_MEDIA_POOL, &pool->AllocationPolicy, &info, 1, "AllocationPolicy" );
    check_bits( &scratch.pool, NTMS_MEDIA_POOL, &pool->DeallocationPolicy, &info, 1, "DeallocationPolicy" );
    check_bits( &scratch.pool, NTMS_MEDIA_POOL, &pool->dwMaxAllocates, &info, ~0u, "dwMaxAllocates" );

    err = CreateNtmsMediaPoolW( scratch.session, SCRATCH_POOL L"\\Other", NULL, NTMS_OPEN_ALWAYS, NULL, &other );
    ok( !err, "got %lu\n", err );
    get_info( &scratch, &other, NTMS_MEDIA_POOL, &info );
    pool->MediaType = scratch.media_type;
    err = set_info( &other, &info );
    pair( "SetNtmsObjectInformation", ERROR_SUCCESS, err );
    get_info( &scratch, &other, NTMS_MEDIA_POOL, &info );
    ok( IsEqualGUID( &pool->MediaType, &scratch.media_type ), "not set\n" );
    pool->MediaType = nobody;
    err = set_info( &other, &info );
    pair( "SetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
    err = rename_pool( &other, L"MEDIA" );
    pair( "SetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
    err = DeleteNtmsMediaPool( scratch.session, &other );
    ok( !err, "got %lu\n", err );

    if (!scratch.has_media) return;
    get_info( &scratch, &scratch.pool, NTMS_MEDIA_POOL, &info );
    pool->MediaType = no_guid;
    err = set_info( &scratch.pool, &info );
    ok( err, "a pool with media has lost its type\n" );
}

/* the service's own pools are not for programs to change */
static void test_system_pools(void)
{
    NTMS_OBJECTINFORMATIONW info;
    GUID id;
    DWORD err;

    err = CreateNtmsMediaPoolW( scratch.session, L"Free", NULL, NTMS_OPEN_EXISTING, NULL, &id );
    ok( !err, "got %lu\n", err );
    err = rename_pool( &id, L"winetest free" );
    pair( "SetNtmsObjectInformation", ERROR_ACCESS_DENIED, err );
    get_info( &scratch, &id, NTMS_MEDIA_POOL, &info );
    info.Info.MediaPool.AllocationPolicy = 1;
    err = set_info( &id, &info );
    pair( "SetNtmsObjectInformation", ERROR_ACCESS_DENIED, err );
    check_path( L"Free", &id );
}

/* ------------------------------------------------------------------ media */

static void test_media(void)
{
    const struct { const GUID *id; DWORD type; } objects[] =
    {
        { &scratch.medium, NTMS_PHYSICAL_MEDIA }, { &scratch.side, NTMS_PARTITION }, { &scratch.logical, NTMS_LOGICAL_MEDIA }
    };
    NTMS_OBJECTINFORMATIONW info;
    NTMS_OBJECTINFORMATIONA infoA;
    DWORD err, i;
    GUID id;

    if (!scratch.has_media) return;
    for (i = 0; i < ARRAYSIZE(objects); i++)
    {
        get_info( &scratch, objects[i].id, objects[i].type, &info );
        lstrcpyW( info.szName, L"winetest the same" );
        err = set_info( objects[i].id, &info );
        pair( "SetNtmsObjectInformation", ERROR_SUCCESS, err );
        get_info( &scratch, objects[i].id, objects[i].type, &info );
        ok( !lstrcmpW( info.szName, L"winetest the same" ), "got %s\n", wine_dbgstr_w( info.szName ));

        memset( &infoA, 0, sizeof(infoA) );
        infoA.dwSize = sizeof(infoA);
        infoA.dwType = objects[i].type;
        id = *objects[i].id;
        err = GetNtmsObjectInformationA( scratch.session, &id, &infoA );
        ok( !err, "got %lu\n", err );
        lstrcpyA( infoA.szName, "winetest ansi" );
        lstrcpyA( infoA.szDescription, "winetest description" );
        err = SetNtmsObjectInformationA( scratch.session, &id, &infoA );
        pair( "SetNtmsObjectInformation", ERROR_SUCCESS, err );
        get_info( &scratch, objects[i].id, objects[i].type, &info );
        ok( !lstrcmpW( info.szName, L"winetest ansi" ), "got %s\n", wine_dbgstr_w( info.szName ));
        ok( !lstrcmpW( info.szDescription, L"winetest description" ), "got %s\n", wine_dbgstr_w( info.szDescription ));
    }
}

static void test_access(void)
{
    NTMS_OBJECTINFORMATIONW pool, medium, now;
    struct denied denied;
    DWORD err;

    get_info( &scratch, &scratch.pool, NTMS_MEDIA_POOL, &pool );
    if (scratch.has_media) get_info( &scratch, &scratch.medium, NTMS_PHYSICAL_MEDIA, &medium );
    if (!deny_access( &scratch, &scratch.pool, NTMS_MEDIA_POOL, &denied )) return;
    lstrcpyW( pool.szDescription, L"denied" );
    err = set_info( &scratch.pool, &pool );
    pair( "SetNtmsObjectInformation", ERROR_ACCESS_DENIED, err );
    if (scratch.has_media)
    {
        err = set_info( &scratch.medium, &medium );
        if (!broken( !err )) pair( "SetNtmsObjectInformation", ERROR_ACCESS_DENIED, err );  /* Windows XP asks for no rights */
    }
    allow_access( &scratch, &denied );
    get_info( &scratch, &scratch.pool, NTMS_MEDIA_POOL, &now );
    ok( lstrcmpW( now.szDescription, L"denied" ), "changed\n" );
}

START_TEST(setinfo)
{
    if (!scratch_open( &scratch )) return;
    test_parameters();
    test_descriptions();
    test_computer();
    test_hardware();
    test_rename();
    test_pool();
    test_system_pools();
    test_media();
    test_access();
    scratch_close( &scratch );
}
