/*
 * Tests of SetNtmsObjectAttribute() and GetNtmsObjectAttribute()
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

#include <stdlib.h>

#include "scratch.h"

static struct scratch scratch;

static DWORD set( const GUID *id, const WCHAR *name, const void *data, DWORD size )
{
    GUID copy = *id;

    return SetNtmsObjectAttributeW( scratch.session, &copy, NTMS_MEDIA_POOL, name, (void *)data, size );
}

static DWORD get( const GUID *id, const WCHAR *name, void *data, DWORD *size )
{
    GUID copy = *id;

    return GetNtmsObjectAttributeW( scratch.session, &copy, NTMS_MEDIA_POOL, name, data, size );
}

static void test_parameters(void)
{
    WCHAR longest[NTMS_MAXATTR_NAMELEN], too_long[NTMS_MAXATTR_NAMELEN + 1];
    char too_longA[NTMS_MAXATTR_NAMELEN + 1];
    BYTE data[16] = { 1, 2, 3 };
    DWORD size = sizeof(data), err, i;

    for (i = 0; i < ARRAYSIZE(too_long); i++) too_long[i] = too_longA[i] = 'x';
    too_long[i - 1] = too_longA[i - 1] = 0;
    lstrcpyW( longest, too_long + 1 );

    err = SetNtmsObjectAttributeW( NULL, &scratch.pool, NTMS_MEDIA_POOL, L"x", data, 1 );
    pair( "SetNtmsObjectAttribute", ERROR_INVALID_HANDLE, err );
    err = SetNtmsObjectAttributeA( NULL, &scratch.pool, NTMS_MEDIA_POOL, "x", data, 1 );
    pair( "SetNtmsObjectAttribute", ERROR_INVALID_HANDLE, err );
    err = GetNtmsObjectAttributeW( NULL, &scratch.pool, NTMS_MEDIA_POOL, L"x", data, &size );
    pair( "GetNtmsObjectAttribute", ERROR_INVALID_HANDLE, err );
    err = GetNtmsObjectAttributeA( NULL, &scratch.pool, NTMS_MEDIA_POOL, "x", data, &size );
    pair( "GetNtmsObjectAttribute", ERROR_INVALID_HANDLE, err );

    err = SetNtmsObjectAttributeW( scratch.session, NULL, NTMS_MEDIA_POOL, L"x", data, 1 );
    pair( "SetNtmsObjectAttribute", ERROR_INVALID_PARAMETER, err );
    err = set( &scratch.pool, NULL, data, 1 );
    pair( "SetNtmsObjectAttribute", ERROR_INVALID_PARAMETER, err );
    err = set( &scratch.pool, L"x", NULL, 1 );
    pair( "SetNtmsObjectAttribute", ERROR_INVALID_PARAMETER, err );
    err = GetNtmsObjectAttributeW( scratch.session, NULL, NTMS_MEDIA_POOL, L"x", data, &size );
    pair( "GetNtmsObjectAttribute", ERROR_INVALID_PARAMETER, err );
    err = get( &scratch.pool, NULL, data, &size );
    pair( "GetNtmsObjectAttribute", ERROR_INVALID_PARAMETER, err );
    err = get( &scratch.pool, L"x", NULL, &size );
    pair( "GetNtmsObjectAttribute", ERROR_INVALID_PARAMETER, err );
    err = get( &scratch.pool, L"x", data, NULL );
    pair( "GetNtmsObjectAttribute", ERROR_INVALID_PARAMETER, err );

    err = set( &scratch.pool, too_long, data, 1 );
    pair( "SetNtmsObjectAttribute", ERROR_INVALID_NAME, err );
    err = SetNtmsObjectAttributeA( scratch.session, &scratch.pool, NTMS_MEDIA_POOL, too_longA, data, 1 );
    pair( "SetNtmsObjectAttribute", ERROR_INVALID_NAME, err );
    err = set( &scratch.pool, L"", data, 1 );
    pair( "SetNtmsObjectAttribute", ERROR_INVALID_NAME, err );
    err = set( &scratch.pool, longest, data, 1 );
    pair( "SetNtmsObjectAttribute", ERROR_SUCCESS, err );
    err = set( &scratch.pool, longest, data, 0 );
    pair( "SetNtmsObjectAttribute", ERROR_SUCCESS, err );

    err = set( &nobody, L"x", data, 1 );
    pair( "SetNtmsObjectAttribute", ERROR_OBJECT_NOT_FOUND, err );
    err = get( &nobody, L"x", data, &size );
    pair( "GetNtmsObjectAttribute", ERROR_OBJECT_NOT_FOUND, err );
    err = get( &scratch.pool, L"x", data, &size );
    pair( "GetNtmsObjectAttribute", ERROR_OBJECT_NOT_FOUND, err );
}

/* every type of object takes attributes */
static void test_values(void)
{
    BYTE data[64], buffer[64];
    DWORD type, size, err, i;
    GUID id;

    for (i = 0; i < sizeof(data); i++) data[i] = i * 37;
    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        if (!scratch_object( &scratch, type, &id )) continue;
        err = SetNtmsObjectAttributeW( scratch.session, &id, type, L"winetest A", data, 40 );
        pair( "SetNtmsObjectAttribute", ERROR_SUCCESS, err );
        err = SetNtmsObjectAttributeA( scratch.session, &id, type, "winetest B", data + 1, 1 );
        pair( "SetNtmsObjectAttribute", ERROR_SUCCESS, err );
        size = sizeof(buffer);
        memset( buffer, 0xcc, sizeof(buffer) );
        err = GetNtmsObjectAttributeA( scratch.session, &id, type, "winetest A", buffer, &size );
        pair( "GetNtmsObjectAttribute", ERROR_SUCCESS, err );
        ok( size == 40 && !memcmp( buffer, data, 40 ) && buffer[40] == 0xcc, "type %lu: got %lu bytes\n", type, size );
        size = sizeof(buffer);
        err = GetNtmsObjectAttributeW( scratch.session, &id, type, L"winetest B", buffer, &size );
        ok( !err && size == 1 && buffer[0] == data[1], "type %lu: got %lu, %lu bytes\n", type, err, size );
        for (i = 0; i < 40; i += 13)
        {
            size = i;
            err = GetNtmsObjectAttributeW( scratch.session, &id, type, L"winetest A", buffer, &size );
            pair( "GetNtmsObjectAttribute", ERROR_INSUFFICIENT_BUFFER, err );
            ok( size == 40, "got %lu\n", size );
        }
        /* another value, and none */
        err = SetNtmsObjectAttributeW( scratch.session, &id, type, L"winetest A", data + 2, 3 );
        ok( !err, "got %lu\n", err );
        size = 3;
        err = GetNtmsObjectAttributeW( scratch.session, &id, type, L"winetest A", buffer, &size );
        ok( !err && size == 3 && !memcmp( buffer, data + 2, 3 ), "type %lu: got %lu, %lu bytes\n", type, err, size );
        SetNtmsObjectAttributeW( scratch.session, &id, type, L"winetest A", data, 0 );
        SetNtmsObjectAttributeW( scratch.session, &id, type, L"winetest B", data, 0 );
        size = sizeof(buffer);
        err = GetNtmsObjectAttributeW( scratch.session, &id, type, L"winetest A", buffer, &size );
        pair( "GetNtmsObjectAttribute", ERROR_OBJECT_NOT_FOUND, err );
    }
}

static void test_long_values(void)
{
    BYTE *data = malloc( NTMS_MAXATTR_LENGTH ), *buffer = malloc( NTMS_MAXATTR_LENGTH );
    DWORD size = NTMS_MAXATTR_LENGTH, err, i;

    for (i = 0; i < NTMS_MAXATTR_LENGTH; i++) data[i] = i ^ (i >> 8);
    err = set( &scratch.pool, L"long", data, NTMS_MAXATTR_LENGTH );
    pair( "SetNtmsObjectAttribute", ERROR_NO_DATA, err );
    err = set( &scratch.pool, L"long", data, ~0u );
    pair( "SetNtmsObjectAttribute", ERROR_NO_DATA, err );
    err = set( &scratch.pool, L"long", data, NTMS_MAXATTR_LENGTH - 1 );
    pair( "SetNtmsObjectAttribute", ERROR_SUCCESS, err );
    err = get( &scratch.pool, L"long", buffer, &size );
    pair( "GetNtmsObjectAttribute", ERROR_SUCCESS, err );
    ok( size == NTMS_MAXATTR_LENGTH - 1 && !memcmp( buffer, data, size ), "got %lu bytes\n", size );
    err = set( &scratch.pool, L"long", data, 0 );
    ok( !err, "got %lu\n", err );
    free( data );
    free( buffer );
}

/* Windows XP asks for no rights */
static void test_access(void)
{
    struct denied denied;
    DWORD size = 1, err;
    BYTE data = 1;

    err = set( &scratch.pool, L"access", &data, 1 );
    ok( !err, "got %lu\n", err );
    if (!deny_access( &scratch, &scratch.pool, NTMS_MEDIA_POOL, &denied )) return;
    err = get( &scratch.pool, L"access", &data, &size );
    if (broken( !err )) win_skip( "no rights are asked for\n" );
    else
    {
        pair( "GetNtmsObjectAttribute", ERROR_ACCESS_DENIED, err );
        err = set( &scratch.pool, L"access", &data, 1 );
        pair( "SetNtmsObjectAttribute", ERROR_ACCESS_DENIED, err );
        err = set( &scratch.pool, L"access", &data, 0 );
        pair( "SetNtmsObjectAttribute", ERROR_ACCESS_DENIED, err );
    }
    allow_access( &scratch, &denied );
    err = get( &scratch.pool, L"access", &data, &size );
    ok( !err && size == 1, "got %lu\n", err );
}

START_TEST(attributes)
{
    if (!scratch_open( &scratch )) return;
    test_parameters();
    test_values();
    test_long_values();
    test_access();
    scratch_close( &scratch );
}
