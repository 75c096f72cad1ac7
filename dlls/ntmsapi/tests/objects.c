/*
 * Tests of EnumerateNtmsObject() and GetNtmsObjectInformation()
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

/* the containers of each type */
static const struct
{
    DWORD type;
    DWORD containers[4];
}
types[] =
{
    { NTMS_CHANGER,        { NTMS_LIBRARY } },
    { NTMS_CHANGER_TYPE,   { 0 } },
    { NTMS_COMPUTER,       { 0 } },
    { NTMS_DRIVE,          { NTMS_LIBRARY } },
    { NTMS_DRIVE_TYPE,     { 0 } },
    { NTMS_IEDOOR,         { NTMS_LIBRARY } },
    { NTMS_IEPORT,         { NTMS_LIBRARY } },
    { NTMS_LIBRARY,        { 0 } },
    { NTMS_LIBREQUEST,     { NTMS_LIBRARY } },
    { NTMS_LOGICAL_MEDIA,  { NTMS_MEDIA_POOL, NTMS_PARTITION } },
    { NTMS_MEDIA_POOL,     { NTMS_MEDIA_POOL } },
    { NTMS_MEDIA_TYPE,     { NTMS_LIBRARY } },
    { NTMS_PARTITION,      { NTMS_LOGICAL_MEDIA, NTMS_PHYSICAL_MEDIA, NTMS_MEDIA_POOL } },
    { NTMS_PHYSICAL_MEDIA, { NTMS_MEDIA_POOL, NTMS_LIBRARY } },
    { NTMS_STORAGESLOT,    { NTMS_LIBRARY } },
    { NTMS_OPREQUEST,      { 0 } },
};

static BOOL is_container( DWORD type, DWORD container )
{
    DWORD i, j;

    for (i = 0; i < ARRAYSIZE(types); i++)
        for (j = 0; types[i].type == type && j < ARRAYSIZE(types[i].containers); j++)
            if (types[i].containers[j] == container) return TRUE;
    return FALSE;
}

static DWORD enumerate( const GUID *container, DWORD type, GUID *list, DWORD *size )
{
    return EnumerateNtmsObject( scratch.session, (GUID *)container, list, size, type, NTMS_ENUM_DEFAULT );
}

static void test_enumerate_parameters(void)
{
    static const DWORD bad_types[] = { NTMS_UNKNOWN, NTMS_OBJECT, NTMS_UI_DESTINATION, NTMS_NUMBER_OF_OBJECT_TYPES, ~0u };
    GUID list[64], id;
    DWORD size, type, container, err, i;

    size = ARRAYSIZE(list);
    err = EnumerateNtmsObject( NULL, NULL, list, &size, NTMS_LIBRARY, 0 );
    pair( "EnumerateNtmsObject", ERROR_INVALID_HANDLE, err );
    err = EnumerateNtmsObject( scratch.session, NULL, list, NULL, NTMS_LIBRARY, 0 );
    pair( "EnumerateNtmsObject", ERROR_INVALID_PARAMETER, err );
    for (i = 0; i < ARRAYSIZE(bad_types); i++)
    {
        err = enumerate( NULL, bad_types[i], list, &size );
        ok( err == ERROR_INVALID_PARAMETER, "type %lu: got %lu\n", bad_types[i], err );
    }
    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        size = ARRAYSIZE(list);
        err = enumerate( &nobody, type, list, &size );
        pair( "EnumerateNtmsObject", ERROR_OBJECT_NOT_FOUND, err );
        for (container = NTMS_CHANGER; container <= NTMS_OPREQUEST; container++)
        {
            if (is_container( type, container ) || !scratch_object( &scratch, container, &id )) continue;
            size = ARRAYSIZE(list);
            err = enumerate( &id, type, list, &size );
            pair( "EnumerateNtmsObject", ERROR_INVALID_PARAMETER, err );
        }
    }
}

/* every list, with each object being what it was listed as */
static void test_lists(void)
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD type, container, count, err, i;
    GUID list[64], id;

    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
        for (container = 0; container <= NTMS_OPREQUEST; container++)
        {
            if (container && (!is_container( type, container ) || !scratch_object( &scratch, container, &id ))) continue;
            count = ARRAYSIZE(list);
            err = enumerate( container ? &id : NULL, type, list, &count );
            if (err == ERROR_INSUFFICIENT_BUFFER) count = ARRAYSIZE(list);
            else pair( "EnumerateNtmsObject", ERROR_SUCCESS, err );
            for (i = 0; i < count; i++)
            {
                err = get_info( &scratch, &list[i], type, &info );
                if (err == ERROR_OBJECT_NOT_FOUND && type == NTMS_LIBREQUEST) continue;  /* purged meanwhile */
                ok( !err && info.dwType == type, "type %lu in %lu: got %lu\n", type, container, err );
                ok( IsEqualGUID( &info.ObjectGuid, &list[i] ), "wrong identifier\n" );
            }
        }
    if (!scratch.has_media) return;
    ok( list_objects( &scratch, &scratch.pool, NTMS_PHYSICAL_MEDIA, list, 64 ) == 1 && IsEqualGUID( list, &scratch.medium ), "wrong media\n" );
    ok( list_objects( &scratch, &scratch.pool, NTMS_LOGICAL_MEDIA, list, 64 ) == 1 && IsEqualGUID( list, &scratch.logical ), "wrong media\n" );
    ok( list_objects( &scratch, &scratch.pool, NTMS_PARTITION, list, 64 ) == 1 && IsEqualGUID( list, &scratch.side ), "wrong sides\n" );
    ok( list_objects( &scratch, &scratch.medium, NTMS_PARTITION, list, 64 ) == 1 && IsEqualGUID( list, &scratch.side ), "wrong sides\n" );
    ok( list_objects( &scratch, &scratch.logical, NTMS_PARTITION, list, 64 ) == 1 && IsEqualGUID( list, &scratch.side ), "wrong sides\n" );
    ok( list_objects( &scratch, &scratch.side, NTMS_LOGICAL_MEDIA, list, 64 ) == 1 && IsEqualGUID( list, &scratch.logical ), "wrong media\n" );
    ok( list_objects( &scratch, &scratch.parent, NTMS_MEDIA_POOL, list, 64 ) == 1 && IsEqualGUID( list, &scratch.pool ), "wrong pools\n" );
    ok( !list_objects( &scratch, &scratch.parent, NTMS_PHYSICAL_MEDIA, list, 64 ), "media in a pool of pools\n" );
}

/* a list that is too short has the beginning, and the number says how many there are */
static void test_short_lists(void)
{
    GUID whole[256], part[256];
    DWORD count = ARRAYSIZE(whole), size, capacity, err;

    err = enumerate( NULL, NTMS_MEDIA_TYPE, whole, &count );
    ok( !err && count > 3, "got %lu, %lu types\n", err, count );
    for (capacity = 0; capacity < count; capacity += 1 + capacity)
    {
        size = capacity;
        memset( part, 0xcc, sizeof(part) );
        err = enumerate( NULL, NTMS_MEDIA_TYPE, part, &size );
        pair( "EnumerateNtmsObject", ERROR_INSUFFICIENT_BUFFER, err );
        ok( size == count, "got %lu of %lu\n", size, count );
        ok( !memcmp( part, whole, capacity * sizeof(GUID) ), "another list\n" );
        ok( part[capacity].Data1 == 0xcccccccc, "written behind the end\n" );
    }
    size = 0;
    err = enumerate( NULL, NTMS_MEDIA_TYPE, NULL, &size );
    ok( err == ERROR_INSUFFICIENT_BUFFER && size == count, "got %lu, %lu\n", err, size );
    size = count;
    err = enumerate( NULL, NTMS_MEDIA_TYPE, part, &size );
    ok( !err && size == count && !memcmp( part, whole, count * sizeof(GUID) ), "got %lu\n", err );
    size = ARRAYSIZE(part);
    err = enumerate( &scratch.offline, NTMS_DRIVE, part, &size );
    pair( "EnumerateNtmsObject", ERROR_SUCCESS, err );
    ok( !size, "got %lu\n", size );
}

/* Windows XP has no root pool: the options are reserved there */
static void test_root_pool(void)
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD size = 64, count = 64, type, err;
    GUID list[64], top[64];

    err = EnumerateNtmsObject( scratch.session, NULL, list, &size, NTMS_MEDIA_POOL, NTMS_ENUM_ROOTPOOL );
    if (broken( err == ERROR_INVALID_PARAMETER ))
    {
        win_skip( "no root pool\n" );
        return;
    }
    ok( !err, "got %lu\n", err );
    err = enumerate( NULL, NTMS_MEDIA_POOL, top, &count );
    ok( !err && size == count + 1, "got %lu, %lu and %lu pools\n", err, count, size );
    ok( !memcmp( list + 1, top, count * sizeof(GUID) ), "not the first\n" );
    err = get_info( &scratch, &list[0], NTMS_MEDIA_POOL, &info );
    ok( !err, "got %lu\n", err );
    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        if (type == NTMS_MEDIA_POOL) continue;
        size = 64;
        err = EnumerateNtmsObject( scratch.session, NULL, list, &size, type, NTMS_ENUM_ROOTPOOL );
        pair( "EnumerateNtmsObject", ERROR_INVALID_PARAMETER, err );
    }
    err = EnumerateNtmsObject( scratch.session, &scratch.parent, list, &size, NTMS_MEDIA_POOL, NTMS_ENUM_ROOTPOOL );
    pair( "EnumerateNtmsObject", ERROR_INVALID_PARAMETER, err );
    err = EnumerateNtmsObject( scratch.session, NULL, list, &size, NTMS_MEDIA_POOL, 2 );
    pair( "EnumerateNtmsObject", ERROR_INVALID_PARAMETER, err );
}

static void test_information_parameters(void)
{
    NTMS_OBJECTINFORMATIONW info = { sizeof(info), NTMS_COMPUTER };
    NTMS_OBJECTINFORMATIONA infoA = { sizeof(infoA), NTMS_COMPUTER };
    DWORD type, asked, err;
    GUID id;

    err = GetNtmsObjectInformationW( NULL, &scratch.computer, &info );
    pair( "GetNtmsObjectInformation", ERROR_INVALID_HANDLE, err );
    err = GetNtmsObjectInformationA( INVALID_HANDLE_VALUE, &scratch.computer, &infoA );
    pair( "GetNtmsObjectInformation", ERROR_INVALID_HANDLE, err );
    err = GetNtmsObjectInformationW( scratch.session, NULL, &info );
    pair( "GetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
    err = GetNtmsObjectInformationW( scratch.session, &scratch.computer, NULL );
    pair( "GetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
    info.dwSize = 8;
    err = GetNtmsObjectInformationW( scratch.session, &scratch.computer, &info );
    pair( "GetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        err = get_info( &scratch, &nobody, type, &info );
        pair( "GetNtmsObjectInformation", ERROR_OBJECT_NOT_FOUND, err );
        if (!scratch_object( &scratch, type, &id )) continue;
        for (asked = NTMS_OBJECT; asked < NTMS_NUMBER_OF_OBJECT_TYPES + 1; asked++)
        {
            err = get_info( &scratch, &id, asked, &info );
            if (asked == type) pair( "GetNtmsObjectInformation", ERROR_SUCCESS, err );
            else pair( "GetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
        }
    }
}

/* what all objects have, and that both forms of the function say the same */
static void test_information(void)
{
    NTMS_OBJECTINFORMATIONW info;
    NTMS_OBJECTINFORMATIONA infoA;
    char name[4 * NTMS_OBJECTNAME_LENGTH];
    DWORD type, err;
    GUID id;

    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        if (!scratch_object( &scratch, type, &id )) continue;
        err = get_info( &scratch, &id, type, &info );
        pair( "GetNtmsObjectInformation", ERROR_SUCCESS, err );
        if (err) continue;
        ok( info.dwSize == sizeof(info) && info.dwType == type, "size %lu, type %lu\n", info.dwSize, info.dwType );
        ok( IsEqualGUID( &info.ObjectGuid, &id ), "wrong identifier\n" );
        ok( info.Created.wYear > 1990 && info.Modified.wYear >= info.Created.wYear, "wrong times\n" );
        ok( info.dwOperationalState == NTMS_READY || info.dwOperationalState == NTMS_NEEDS_SERVICE
            || info.dwOperationalState == NTMS_NOT_PRESENT || info.dwOperationalState == NTMS_INITIALIZING, "state %lu\n",
            info.dwOperationalState );
        memset( &infoA, 0xcc, sizeof(infoA) );
        infoA.dwSize = sizeof(infoA);
        infoA.dwType = type;
        err = GetNtmsObjectInformationA( scratch.session, &id, &infoA );
        ok( !err, "got %lu\n", err );
        ok( infoA.dwSize == sizeof(infoA) && infoA.dwType == type && IsEqualGUID( &infoA.ObjectGuid, &id ), "not the same\n" );
        ok( !memcmp( &infoA.Created, &info.Created, sizeof(info.Created) ) && infoA.Enabled == info.Enabled, "not the same\n" );
        WideCharToMultiByte( CP_ACP, 0, info.szName, -1, name, sizeof(name), NULL, NULL );
        ok( !strncmp( infoA.szName, name, strlen( infoA.szName )), "%s is not %s\n", infoA.szName, name );
    }
}

static void test_own_objects(void)
{
    NTMS_OBJECTINFORMATIONW info;

    ok( !get_info( &scratch, &scratch.pool, NTMS_MEDIA_POOL, &info ), "no pool\n" );
    ok( !lstrcmpW( info.szName, L"Media" ) && info.Info.MediaPool.PoolType == NTMS_POOLTYPE_APPLICATION, "wrong pool\n" );
    ok( IsEqualGUID( &info.Info.MediaPool.MediaType, &scratch.media_type ), "wrong type\n" );
    ok( IsEqualGUID( &info.Info.MediaPool.Parent, &scratch.parent ), "wrong parent\n" );
    ok( !info.Info.MediaPool.AllocationPolicy && !info.Info.MediaPool.DeallocationPolicy, "wrong policies\n" );
    ok( !get_info( &scratch, &scratch.offline, NTMS_LIBRARY, &info ), "no library\n" );
    ok( info.Info.Library.dwFlags & NTMS_LIBRARYFLAG_FIXEDOFFLINE, "wrong flags\n" );
    if (!scratch.has_media) return;

    ok( !get_info( &scratch, &scratch.pool, NTMS_MEDIA_POOL, &info ), "no pool\n" );
    ok( info.Info.MediaPool.dwNumberOfPhysicalMedia == 1 && info.Info.MediaPool.dwNumberOfLogicalMedia == 1, "wrong counts\n" );
    ok( !get_info( &scratch, &scratch.medium, NTMS_PHYSICAL_MEDIA, &info ), "no medium\n" );
    ok( !lstrcmpW( info.szName, L"winetest medium" ), "wrong name\n" );
    ok( IsEqualGUID( &info.Info.PhysicalMedia.CurrentLibrary, &scratch.offline ), "wrong library\n" );
    ok( IsEqualGUID( &info.Info.PhysicalMedia.MediaPool, &scratch.pool ), "wrong pool\n" );
    ok( info.Info.PhysicalMedia.LocationType == NTMS_STORAGESLOT, "location %lu\n", info.Info.PhysicalMedia.LocationType );
    ok( info.Info.PhysicalMedia.BarCodeState == NTMS_BARCODESTATE_UNREADABLE, "state %lu\n", info.Info.PhysicalMedia.BarCodeState );
    ok( info.Info.PhysicalMedia.dwNumberOfPartitions == 1, "%lu sides\n", info.Info.PhysicalMedia.dwNumberOfPartitions );
    ok( !get_info( &scratch, &scratch.side, NTMS_PARTITION, &info ), "no side\n" );
    ok( IsEqualGUID( &info.Info.Partition.PhysicalMedia, &scratch.medium ), "wrong medium\n" );
    ok( IsEqualGUID( &info.Info.Partition.LogicalMedia, &scratch.logical ), "wrong medium\n" );
    ok( info.Info.Partition.State == NTMS_PARTSTATE_ALLOCATED && !info.Info.Partition.Side, "wrong side\n" );
    ok( info.Info.Partition.dwOmidLabelIdLength == 16 && !memcmp( info.Info.Partition.OmidLabelId, "winetest objects", 16 ), "wrong label\n" );
    ok( !get_info( &scratch, &scratch.logical, NTMS_LOGICAL_MEDIA, &info ), "no logical medium\n" );
    ok( IsEqualGUID( &info.Info.LogicalMedia.MediaPool, &scratch.pool ), "wrong pool\n" );
    ok( info.Info.LogicalMedia.dwNumberOfPartitions == 1, "%lu sides\n", info.Info.LogicalMedia.dwNumberOfPartitions );
}

/* Windows XP asks for no rights */
static void test_access(void)
{
    NTMS_OBJECTINFORMATIONW info;
    struct denied denied;
    GUID list[4];
    DWORD err;

    if (!deny_access( &scratch, &scratch.pool, NTMS_MEDIA_POOL, &denied )) return;
    err = get_info( &scratch, &scratch.pool, NTMS_MEDIA_POOL, &info );
    if (broken( !err )) win_skip( "no rights are asked for\n" );
    else
    {
        pair( "GetNtmsObjectInformation", ERROR_ACCESS_DENIED, err );
        if (scratch.has_media)
        {
            pair( "GetNtmsObjectInformation", ERROR_ACCESS_DENIED, get_info( &scratch, &scratch.medium, NTMS_PHYSICAL_MEDIA, &info ));
            pair( "GetNtmsObjectInformation", ERROR_ACCESS_DENIED, get_info( &scratch, &scratch.side, NTMS_PARTITION, &info ));
            pair( "GetNtmsObjectInformation", ERROR_ACCESS_DENIED, get_info( &scratch, &scratch.logical, NTMS_LOGICAL_MEDIA, &info ));
        }
    }
    ok( list_objects( &scratch, &scratch.parent, NTMS_MEDIA_POOL, list, 4 ) == 1, "not listed\n" );
    allow_access( &scratch, &denied );
    err = get_info( &scratch, &scratch.pool, NTMS_MEDIA_POOL, &info );
    ok( !err, "got %lu\n", err );
}

START_TEST(objects)
{
    if (!scratch_open( &scratch )) return;
    test_enumerate_parameters();
    test_lists();
    test_short_lists();
    test_root_pool();
    test_information_parameters();
    test_information();
    test_own_objects();
    test_access();
    scratch_close( &scratch );
}
