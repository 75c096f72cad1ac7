/*
 * Tests of what functions say to arguments that they cannot use
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

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "windef.h"
#include "winbase.h"
#include "winnls.h"
#include "ntmsapi.h"
#include "wine/test.h"

static const GUID unknown_guid = { 0x12345678, 0x1234, 0x1234, { 1, 2, 3, 4, 5, 6, 7, 8 } };
static GUID unknown, other;        /* of no object */
static GUID computer;              /* of an object that most functions cannot use */
static HANDLE session;

/* whether memory has only the byte that it was filled with */
static BOOL is_filled( const void *ptr, size_t size, BYTE fill )
{
    const BYTE *bytes = ptr;

    while (size--) if (bytes[size] != fill) return FALSE;
    return TRUE;
}

static void test_EnumerateNtmsObject(void)
{
    static const struct
    {
        DWORD type, options;
        BOOL  container;
        DWORD expect;
    }
    tests[] =
    {
        { NTMS_UNKNOWN,                0,                  FALSE, ERROR_INVALID_PARAMETER },
        { NTMS_OBJECT,                 0,                  FALSE, ERROR_INVALID_PARAMETER },
        { NTMS_UI_DESTINATION,         0,                  FALSE, ERROR_INVALID_PARAMETER },
        { NTMS_NUMBER_OF_OBJECT_TYPES, 0,                  FALSE, ERROR_INVALID_PARAMETER },
        { 0xffffffff,                  0,                  FALSE, ERROR_INVALID_PARAMETER },
        { NTMS_LIBRARY,                NTMS_ENUM_ROOTPOOL, FALSE, ERROR_INVALID_PARAMETER },
        { NTMS_MEDIA_POOL,             2,                  FALSE, ERROR_INVALID_PARAMETER },
        { NTMS_MEDIA_POOL,             NTMS_ENUM_ROOTPOOL, TRUE,  ERROR_INVALID_PARAMETER },
        { NTMS_DRIVE,                  0,                  TRUE,  ERROR_OBJECT_NOT_FOUND },
        { NTMS_MEDIA_POOL,             0,                  TRUE,  ERROR_OBJECT_NOT_FOUND },
    };
    DWORD err, count, total;
    GUID list[64];
    unsigned int i;

    err = EnumerateNtmsObject( session, NULL, list, NULL, NTMS_COMPUTER, 0 );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );

    count = 1;
    err = EnumerateNtmsObject( session, NULL, NULL, &count, NTMS_COMPUTER, 0 );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    ok( count == 1, "got %lu\n", count );

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        winetest_push_context( "%u", i );
        count = ARRAYSIZE(list);
        memset( list, 0xcc, sizeof(list) );
        err = EnumerateNtmsObject( session, tests[i].container ? &unknown : NULL, list, &count, tests[i].type, tests[i].options );
        ok( err == tests[i].expect, "got %lu\n", err );
        ok( count == ARRAYSIZE(list), "got %lu\n", count );
        ok( is_filled( list, sizeof(list), 0xcc ), "list was written\n" );
        winetest_pop_context();
    }

    /* an object that is no container */
    count = ARRAYSIZE(list);
    err = EnumerateNtmsObject( session, &computer, list, &count, NTMS_DRIVE, 0 );
    ok( err == ERROR_INVALID_PARAMETER || err == ERROR_OBJECT_NOT_FOUND, "got %lu\n", err );

    /* a list that is too short receives what fits */
    total = 0;
    err = EnumerateNtmsObject( session, NULL, NULL, &total, NTMS_MEDIA_POOL, 0 );
    ok( err == ERROR_INSUFFICIENT_BUFFER, "got %lu\n", err );
    ok( total >= 3, "got %lu pools\n", total );

    count = 1;
    memset( list, 0xcc, sizeof(list) );
    err = EnumerateNtmsObject( session, NULL, list, &count, NTMS_MEDIA_POOL, 0 );
    ok( err == ERROR_INSUFFICIENT_BUFFER, "got %lu\n", err );
    ok( count == total, "got %lu, expected %lu\n", count, total );
    ok( !is_filled( list, sizeof(*list), 0xcc ), "nothing was written\n" );
    ok( is_filled( list + 1, sizeof(*list), 0xcc ), "too much was written\n" );

    count = ARRAYSIZE(list);
    err = EnumerateNtmsObject( session, NULL, list, &count, NTMS_MEDIA_POOL, 0 );
    ok( !err, "got %lu\n", err );
    ok( count == total, "got %lu, expected %lu\n", count, total );

    /* the root pool comes first */
    count = ARRAYSIZE(list);
    err = EnumerateNtmsObject( session, NULL, list, &count, NTMS_MEDIA_POOL, NTMS_ENUM_ROOTPOOL );
    ok( !err, "got %lu\n", err );
    ok( count == total + 1, "got %lu, expected %lu\n", count, total + 1 );
}

static void test_GetNtmsObjectInformation(void)
{
    static const DWORD bad_types[] = { NTMS_OBJECT, NTMS_UI_DESTINATION, NTMS_NUMBER_OF_OBJECT_TYPES, 0xffffffff };
    NTMS_OBJECTINFORMATIONW info;
    NTMS_OBJECTINFORMATIONA infoA;
    unsigned int i;
    DWORD err;

    memset( &info, 0xcc, sizeof(info) );
    info.dwSize = sizeof(info);
    info.dwType = NTMS_COMPUTER;
    err = GetNtmsObjectInformationW( session, NULL, &info );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = GetNtmsObjectInformationW( session, &computer, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = GetNtmsObjectInformationA( session, &computer, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );

    info.dwSize = sizeof(info) - 1;
    err = GetNtmsObjectInformationW( session, &computer, &info );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    info.dwSize = 0;
    err = GetNtmsObjectInformationW( session, &computer, &info );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    ok( is_filled( &info.Created, sizeof(info) - FIELD_OFFSET( NTMS_OBJECTINFORMATIONW, Created ), 0xcc ), "info was written\n" );

    memset( &infoA, 0xcc, sizeof(infoA) );
    infoA.dwSize = sizeof(infoA) - 1;
    infoA.dwType = NTMS_COMPUTER;
    err = GetNtmsObjectInformationA( session, &computer, &infoA );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    ok( is_filled( &infoA.Created, sizeof(infoA) - FIELD_OFFSET( NTMS_OBJECTINFORMATIONA, Created ), 0xcc ), "info was written\n" );

    for (i = 0; i < ARRAYSIZE(bad_types); i++)
    {
        info.dwSize = sizeof(info);
        info.dwType = bad_types[i];
        err = GetNtmsObjectInformationW( session, &computer, &info );
        ok( err == ERROR_INVALID_PARAMETER, "%u: got %lu\n", i, err );
    }

    info.dwSize = sizeof(info);
    info.dwType = NTMS_DRIVE;
    err = GetNtmsObjectInformationW( session, &unknown, &info );
    ok( err == ERROR_OBJECT_NOT_FOUND, "got %lu\n", err );
    err = GetNtmsObjectInformationW( session, &computer, &info );
    ok( err == ERROR_INVALID_PARAMETER || err == ERROR_OBJECT_NOT_FOUND, "got %lu\n", err );
    ok( is_filled( &info.Created, sizeof(info) - FIELD_OFFSET( NTMS_OBJECTINFORMATIONW, Created ), 0xcc ), "info was written\n" );

    info.dwType = NTMS_COMPUTER;
    err = GetNtmsObjectInformationW( session, &computer, &info );
    ok( !err, "got %lu\n", err );
    ok( info.dwSize == sizeof(info) && info.dwType == NTMS_COMPUTER, "got size %lu, type %lu\n", info.dwSize, info.dwType );
    ok( !memcmp( &info.ObjectGuid, &computer, sizeof(computer) ), "wrong identifier\n" );
}

static void test_information_forms(void)
{
    static const DWORD types[] = { NTMS_COMPUTER, NTMS_LIBRARY, NTMS_MEDIA_POOL, NTMS_MEDIA_TYPE, NTMS_DRIVE, NTMS_CHANGER,
                                   NTMS_DRIVE_TYPE, NTMS_CHANGER_TYPE, NTMS_STORAGESLOT, NTMS_PHYSICAL_MEDIA, NTMS_PARTITION };
    NTMS_OBJECTINFORMATIONW info;
    NTMS_OBJECTINFORMATIONA infoA;
    char name[NTMS_OBJECTNAME_LENGTH * 3];
    DWORD err, count, i;
    GUID list[64];

    for (i = 0; i < ARRAYSIZE(types); i++)
    {
        winetest_push_context( "type %lu", types[i] );
        count = ARRAYSIZE(list);
        err = EnumerateNtmsObject( session, NULL, list, &count, types[i], 0 );
        ok( !err || err == ERROR_INSUFFICIENT_BUFFER, "got %lu\n", err );
        if (count)
        {
            info.dwSize = sizeof(info);
            infoA.dwSize = sizeof(infoA);
            info.dwType = infoA.dwType = types[i];
            err = GetNtmsObjectInformationW( session, list, &info );
            ok( !err, "got %lu\n", err );
            err = GetNtmsObjectInformationA( session, list, &infoA );
            ok( !err, "got %lu\n", err );
            ok( infoA.dwSize == sizeof(infoA) && infoA.dwType == types[i], "got size %lu, type %lu\n", infoA.dwSize, infoA.dwType );
            ok( !memcmp( &infoA.ObjectGuid, &info.ObjectGuid, sizeof(GUID) ), "different objects\n" );
            ok( !memcmp( &infoA.Created, &info.Created, sizeof(info.Created) ), "different times\n" );
            ok( infoA.Enabled == info.Enabled, "different states\n" );
            WideCharToMultiByte( CP_ACP, 0, info.szName, -1, name, sizeof(name), NULL, NULL );
            ok( !strcmp( infoA.szName, name ), "got %s, expected %s\n", infoA.szName, name );
        }
        winetest_pop_context();
    }
}

static void test_CreateNtmsMediaPool(void)
{
    WCHAR name[NTMS_POOLHIERARCHY_LENGTH + 1];
    SECURITY_DESCRIPTOR descriptor;
    SECURITY_ATTRIBUTES attributes = { sizeof(attributes), &descriptor, FALSE };
    GUID pool, again;
    DWORD err, i;

    memset( &pool, 0xcc, sizeof(pool) );
    err = CreateNtmsMediaPoolW( session, NULL, NULL, NTMS_OPEN_ALWAYS, NULL, &pool );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = CreateNtmsMediaPoolA( session, NULL, NULL, NTMS_OPEN_ALWAYS, NULL, &pool );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"winetest", NULL, NTMS_OPEN_ALWAYS, NULL, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"winetest", NULL, 0, NULL, &pool );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"winetest", NULL, 4, NULL, &pool );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"", NULL, NTMS_OPEN_ALWAYS, NULL, &pool );
    ok( err == ERROR_INVALID_NAME, "got %lu\n", err );

    for (i = 0; i < NTMS_POOLHIERARCHY_LENGTH; i++) name[i] = 'a';
    name[i] = 0;
    err = CreateNtmsMediaPoolW( session, name, NULL, NTMS_OPEN_ALWAYS, NULL, &pool );
    ok( err == ERROR_INVALID_NAME, "got %lu\n", err );
    name[NTMS_OBJECTNAME_LENGTH] = 0;
    err = CreateNtmsMediaPoolW( session, name, NULL, NTMS_OPEN_ALWAYS, NULL, &pool );
    ok( err == ERROR_INVALID_NAME, "got %lu\n", err );

    err = CreateNtmsMediaPoolW( session, L"winetest no such pool", NULL, NTMS_OPEN_EXISTING, NULL, &pool );
    ok( err == ERROR_OBJECT_NOT_FOUND, "got %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"winetest media type", &unknown, NTMS_CREATE_NEW, NULL, &pool );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"winetest media type", &computer, NTMS_CREATE_NEW, NULL, &pool );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );

    memset( &descriptor, 0xff, sizeof(descriptor) );
    err = CreateNtmsMediaPoolW( session, L"winetest descriptor", NULL, NTMS_CREATE_NEW, &attributes, &pool );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    ok( is_filled( &pool, sizeof(pool), 0xcc ), "identifier was written\n" );

    /* both forms mean the same pool */
    err = CreateNtmsMediaPoolW( session, L"winetest", NULL, NTMS_OPEN_ALWAYS, NULL, &pool );
    ok( !err, "got %lu\n", err );
    err = CreateNtmsMediaPoolA( session, "winetest", NULL, NTMS_OPEN_EXISTING, NULL, &again );
    ok( !err, "got %lu\n", err );
    ok( !memcmp( &pool, &again, sizeof(pool) ), "got another pool\n" );
    memset( &again, 0xcc, sizeof(again) );
    err = CreateNtmsMediaPoolA( session, "winetest", NULL, NTMS_CREATE_NEW, NULL, &again );
    ok( err == ERROR_ALREADY_EXISTS, "got %lu\n", err );
    ok( is_filled( &again, sizeof(again), 0xcc ), "identifier was written\n" );
}

static void test_MoveToNtmsMediaPool(void)
{
    DWORD err;

    err = MoveToNtmsMediaPool( session, NULL, &unknown );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = MoveToNtmsMediaPool( session, &unknown, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = MoveToNtmsMediaPool( session, &unknown, &other );
    ok( err == ERROR_INVALID_MEDIA || err == ERROR_INVALID_MEDIA_POOL, "got %lu\n", err );
    err = MoveToNtmsMediaPool( session, &computer, &computer );
    ok( err == ERROR_INVALID_MEDIA || err == ERROR_INVALID_MEDIA_POOL, "got %lu\n", err );
}

static void test_AllocateNtmsMedia(void)
{
    NTMS_ALLOCATION_INFORMATION info = { sizeof(info) };
    static const GUID null_guid;
    GUID media;
    DWORD err;

    media = unknown;
    err = AllocateNtmsMedia( session, NULL, NULL, &media, 0, 0, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = AllocateNtmsMedia( session, &unknown, NULL, NULL, 0, 0, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = AllocateNtmsMedia( session, &unknown, NULL, &media, 8, 0, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = AllocateNtmsMedia( session, &unknown, NULL, &media, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_NEXT, 0, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    info.dwSize--;
    err = AllocateNtmsMedia( session, &unknown, NULL, &media, 0, 0, &info );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    ok( !memcmp( &media, &unknown, sizeof(media) ), "identifier was written\n" );

    err = AllocateNtmsMedia( session, &unknown, NULL, &media, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0, NULL );
    ok( err == ERROR_INVALID_MEDIA_POOL, "got %lu\n", err );
    ok( !memcmp( &media, &null_guid, sizeof(media) ), "got a medium\n" );
    err = AllocateNtmsMedia( session, &computer, NULL, &media, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0, NULL );
    ok( err == ERROR_INVALID_MEDIA_POOL, "got %lu\n", err );
}

static void test_DeallocateNtmsMedia(void)
{
    DWORD err;

    err = DeallocateNtmsMedia( session, NULL, 0 );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = DeallocateNtmsMedia( session, &unknown, 1 );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = DeallocateNtmsMedia( session, &unknown, 0 );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );
    err = DeallocateNtmsMedia( session, &computer, 0 );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );
}

static void test_MountNtmsMedia(void)
{
    GUID media[2], drives[2];
    DWORD err;

    media[0] = media[1] = unknown;
    memset( drives, 0xcc, sizeof(drives) );
    err = MountNtmsMedia( session, NULL, drives, 1, NTMS_MOUNT_READ, 0, 0, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = MountNtmsMedia( session, media, NULL, 1, NTMS_MOUNT_READ, 0, 0, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = MountNtmsMedia( session, media, drives, 0, NTMS_MOUNT_READ, 0, 0, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = MountNtmsMedia( session, media, drives, 0xffffffff, NTMS_MOUNT_READ, 0, 0, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = MountNtmsMedia( session, media, drives, 1, 0x80000000, 0, 0, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = MountNtmsMedia( session, media, drives, 1, NTMS_MOUNT_READ, NTMS_PRIORITY_HIGHEST + 1, 0, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = MountNtmsMedia( session, media, drives, 1, NTMS_MOUNT_READ, NTMS_PRIORITY_LOWEST - 1, 0, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );

    err = MountNtmsMedia( session, media, drives, 1, NTMS_MOUNT_READ, 0, 0, NULL );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );
    err = MountNtmsMedia( session, media, drives, 2, NTMS_MOUNT_READ, 0, 0, NULL );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );
    media[0] = computer;
    err = MountNtmsMedia( session, media, drives, 1, NTMS_MOUNT_READ, 0, INFINITE, NULL );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );
    ok( is_filled( drives, sizeof(drives), 0xcc ), "drives were written\n" );
}

static void test_DismountNtmsMedia(void)
{
    GUID media[2];
    DWORD err;

    media[0] = media[1] = unknown;
    err = DismountNtmsMedia( session, NULL, 1, NTMS_DISMOUNT_IMMEDIATE );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = DismountNtmsMedia( session, media, 0, NTMS_DISMOUNT_IMMEDIATE );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = DismountNtmsMedia( session, media, 0xffffffff, NTMS_DISMOUNT_IMMEDIATE );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = DismountNtmsMedia( session, media, 1, NTMS_DISMOUNT_DEFERRED | NTMS_DISMOUNT_IMMEDIATE );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = DismountNtmsMedia( session, media, 1, 4 );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );

    err = DismountNtmsMedia( session, media, 1, NTMS_DISMOUNT_IMMEDIATE );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );
    err = DismountNtmsMedia( session, media, 1, 0 );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );
    err = DismountNtmsMedia( session, media, 2, NTMS_DISMOUNT_DEFERRED );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );
    err = DismountNtmsMedia( session, &computer, 1, NTMS_DISMOUNT_IMMEDIATE );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );
}

static void test_UpdateNtmsOmidInfo(void)
{
    NTMS_FILESYSTEM_INFO info;
    BYTE *buffer;
    DWORD err;

    memset( &info, 0, sizeof(info) );
    buffer = calloc( 1, 0x10001 );
    err = UpdateNtmsOmidInfo( session, NULL, NTMS_OMID_TYPE_RAW_LABEL, 512, buffer );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = UpdateNtmsOmidInfo( session, &unknown, NTMS_OMID_TYPE_RAW_LABEL, 512, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = UpdateNtmsOmidInfo( session, &unknown, NTMS_OMID_TYPE_RAW_LABEL, 0, buffer );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = UpdateNtmsOmidInfo( session, &unknown, NTMS_OMID_TYPE_RAW_LABEL, 0x10001, buffer );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = UpdateNtmsOmidInfo( session, &unknown, 0, 512, buffer );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = UpdateNtmsOmidInfo( session, &unknown, 3, 512, buffer );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );
    err = UpdateNtmsOmidInfo( session, &unknown, NTMS_OMID_TYPE_FILESYSTEM_INFO, sizeof(info) - 1, &info );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );

    err = UpdateNtmsOmidInfo( session, &unknown, NTMS_OMID_TYPE_RAW_LABEL, 0x10000, buffer );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );
    err = UpdateNtmsOmidInfo( session, &computer, NTMS_OMID_TYPE_RAW_LABEL, 512, buffer );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );
    err = UpdateNtmsOmidInfo( session, &unknown, NTMS_OMID_TYPE_FILESYSTEM_INFO, sizeof(info), &info );
    ok( err == ERROR_INVALID_MEDIA, "got %lu\n", err );
    free( buffer );
}

START_TEST(params)
{
    DWORD err, count = 1;

    unknown = other = unknown_guid;
    other.Data1++;
    session = OpenNtmsSessionA( NULL, "winetest", 0 );
    if (session == INVALID_HANDLE_VALUE)
    {
        skip( "no session, error %lu\n", GetLastError() );
        return;
    }
    err = EnumerateNtmsObject( session, NULL, &computer, &count, NTMS_COMPUTER, 0 );
    ok( !err && count == 1, "got %lu, %lu computers\n", err, count );

    test_EnumerateNtmsObject();
    test_GetNtmsObjectInformation();
    test_information_forms();
    test_CreateNtmsMediaPool();
    test_MoveToNtmsMediaPool();
    test_AllocateNtmsMedia();
    test_DeallocateNtmsMedia();
    test_MountNtmsMedia();
    test_DismountNtmsMedia();
    test_UpdateNtmsOmidInfo();

    err = CloseNtmsSession( session );
    ok( !err, "got %lu\n", err );
}
