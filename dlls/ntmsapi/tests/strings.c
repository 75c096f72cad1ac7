/*
 * Tests of the strings, structures and buffers of the removable storage functions
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
#include "pairs.h"

static HANDLE session;
static GUID computer;
static GUID pool;               /* one of our own */
static WCHAR national;          /* a character outside of ASCII that the code page has */
static int national_size;       /* its bytes there */

/* bytes of a string in the code page, with the terminating null */
static int ansi_size( const WCHAR *str )
{
    return WideCharToMultiByte( CP_ACP, 0, str, -1, NULL, 0, NULL, NULL );
}

static void to_ansi( char *dst, int size, const WCHAR *src )
{
    WideCharToMultiByte( CP_ACP, 0, src, -1, dst, size, NULL, NULL );
}

static BOOL is_in_code_page( WCHAR c )
{
    WCHAR back[2];
    char bytes[8];
    int size;

    size = WideCharToMultiByte( CP_ACP, 0, &c, 1, bytes, sizeof(bytes), NULL, NULL );
    return size && MultiByteToWideChar( CP_ACP, 0, bytes, size, back, 2 ) == 1 && back[0] == c;
}

static void find_national(void)
{
    static const WCHAR candidates[] = { 0x65e5, 0xe4, 0x0416, 0x03b1, 0x05d0, 0x0627, 0x0e01, 0xd55c };
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(candidates) && !national; i++)
        if (is_in_code_page( candidates[i] )) national = candidates[i];
    if (!national) national = 'n';
    national_size = WideCharToMultiByte( CP_ACP, 0, &national, 1, NULL, 0, NULL, NULL );
    trace( "code page %u, character %#x has %d bytes\n", GetACP(), national, national_size );
}

/* count times the character, with a terminating null */
static WCHAR *fill( WCHAR *str, int count )
{
    int i;

    for (i = 0; i < count; i++) str[i] = national;
    str[count] = 0;
    return str;
}

/* whether memory has only the byte that it was filled with */
static BOOL is_filled( const void *ptr, size_t size, BYTE byte )
{
    const BYTE *bytes = ptr;

    while (size--) if (bytes[size] != byte) return FALSE;
    return TRUE;
}

static void make_pool(void)
{
    WCHAR name[] = L"winetest strings .";
    char nameA[64];
    DWORD err;

    name[ARRAYSIZE(name) - 2] = national;
    to_ansi( nameA, sizeof(nameA), name );
    err = CreateNtmsMediaPoolA( session, nameA, NULL, NTMS_OPEN_ALWAYS, NULL, &pool );
    ok( !err, "got %lu\n", err );
}

static void test_sessions(void)
{
    WCHAR name[NTMS_APPLICATIONNAME_LENGTH + 1];
    char nameA[4 * NTMS_APPLICATIONNAME_LENGTH + 1];
    HANDLE handle;

    fill( name, NTMS_APPLICATIONNAME_LENGTH - 1 );
    handle = OpenNtmsSessionW( NULL, name, 0 );
    ok( handle != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    CloseNtmsSession( handle );
    to_ansi( nameA, sizeof(nameA), name );
    handle = OpenNtmsSessionA( NULL, nameA, 0 );
    ok( handle != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    CloseNtmsSession( handle );

    fill( name, NTMS_APPLICATIONNAME_LENGTH );
    SetLastError( 0xdeadbeef );
    handle = OpenNtmsSessionW( NULL, name, 0 );
    ok( handle == INVALID_HANDLE_VALUE, "got %p\n", handle );
    ok( GetLastError() == ERROR_INVALID_PARAMETER, "got error %lu\n", GetLastError() );
    to_ansi( nameA, sizeof(nameA), name );
    SetLastError( 0xdeadbeef );
    handle = OpenNtmsSessionA( NULL, nameA, 0 );
    ok( handle == INVALID_HANDLE_VALUE, "got %p\n", handle );
    ok( GetLastError() == ERROR_INVALID_PARAMETER, "got error %lu\n", GetLastError() );
}

static void test_pool_names(void)
{
    WCHAR buffer[NTMS_POOLHIERARCHY_LENGTH], long_name[NTMS_POOLHIERARCHY_LENGTH + 1];
    DWORD err, size, full;
    char bufferA[4 * NTMS_POOLHIERARCHY_LENGTH];
    GUID child;

    size = ARRAYSIZE(buffer);
    err = GetNtmsMediaPoolNameW( session, &pool, buffer, &size );
    ok( !err, "got %lu\n", err );
    full = wcslen( buffer ) + 1;
    ok( size == full, "got %lu, expected %lu\n", size, full );
    ok( buffer[full - 2] == national, "got %#x\n", buffer[full - 2] );

    /* exactly as long, shorter, none */
    size = full;
    memset( buffer, 0xcc, sizeof(buffer) );
    err = GetNtmsMediaPoolNameW( session, &pool, buffer, &size );
    ok( !err, "got %lu\n", err );
    ok( size == full, "got %lu, expected %lu\n", size, full );
    ok( !buffer[full - 1], "not terminated\n" );
    ok( is_filled( buffer + full, sizeof(buffer) - full * sizeof(WCHAR), 0xcc ), "too much was written\n" );

    memset( buffer, 0xcc, sizeof(buffer) );
    size = full - 1;
    err = GetNtmsMediaPoolNameW( session, &pool, buffer, &size );
    pair( "GetNtmsMediaPoolNameW", ERROR_INSUFFICIENT_BUFFER, err );
    ok( size == full, "got %lu, expected %lu\n", size, full );
    ok( is_filled( buffer, sizeof(buffer), 0xcc ), "buffer was written\n" );

    size = 0;
    err = GetNtmsMediaPoolNameW( session, &pool, buffer, &size );
    pair( "GetNtmsMediaPoolNameW", ERROR_INSUFFICIENT_BUFFER, err );
    ok( size == full, "got %lu, expected %lu\n", size, full );

    /* a character may be several bytes */
    size = sizeof(bufferA);
    err = GetNtmsMediaPoolNameA( session, &pool, bufferA, &size );
    ok( !err, "got %lu\n", err );
    full = strlen( bufferA ) + 1;
    ok( size == full, "got %lu, expected %lu\n", size, full );
    size = ARRAYSIZE(buffer);
    GetNtmsMediaPoolNameW( session, &pool, buffer, &size );
    ok( ansi_size( buffer ) == full, "got %lu, expected %d\n", full, ansi_size( buffer ));

    size = full;
    memset( bufferA, 0xcc, sizeof(bufferA) );
    err = GetNtmsMediaPoolNameA( session, &pool, bufferA, &size );
    ok( !err, "got %lu\n", err );
    ok( is_filled( bufferA + full, sizeof(bufferA) - full, 0xcc ), "too much was written\n" );

    memset( bufferA, 0xcc, sizeof(bufferA) );
    size = full - 1;
    err = GetNtmsMediaPoolNameA( session, &pool, bufferA, &size );
    pair( "GetNtmsMediaPoolNameA", ERROR_INSUFFICIENT_BUFFER, err );
    ok( size == full, "got %lu, expected %lu\n", size, full );
    ok( is_filled( bufferA, sizeof(bufferA), 0xcc ), "buffer was written\n" );

    /* a component of a name is an object's name, a whole name is longer */
    fill( long_name, NTMS_OBJECTNAME_LENGTH );
    err = CreateNtmsMediaPoolW( session, long_name, NULL, NTMS_CREATE_NEW, NULL, &child );
    pair( "CreateNtmsMediaPoolW", ERROR_INVALID_NAME, err );
    fill( long_name, NTMS_POOLHIERARCHY_LENGTH );
    err = CreateNtmsMediaPoolW( session, long_name, NULL, NTMS_CREATE_NEW, NULL, &child );
    pair( "CreateNtmsMediaPoolW", ERROR_INVALID_NAME, err );
    fill( long_name, NTMS_OBJECTNAME_LENGTH - 1 );
    err = CreateNtmsMediaPoolW( session, long_name, NULL, NTMS_CREATE_NEW, NULL, &child );
    ok( !err, "got %lu\n", err );
    if (!err) DeleteNtmsMediaPool( session, &child );
}

/* a name that is as long in W as it can be need not fit into the A structure */
static void test_long_strings(void)
{
    NTMS_OBJECTINFORMATIONW infoW = { sizeof(infoW), NTMS_MEDIA_POOL }, old;
    NTMS_OBJECTINFORMATIONA infoA = { sizeof(infoA), NTMS_MEDIA_POOL };
    WCHAR wide[NTMS_DESCRIPTION_LENGTH];
    DWORD err;
    int len;

    err = GetNtmsObjectInformationW( session, &pool, &infoW );
    ok( !err, "got %lu\n", err );
    old = infoW;
    fill( infoW.szName, NTMS_OBJECTNAME_LENGTH - 1 );
    fill( infoW.szDescription, NTMS_DESCRIPTION_LENGTH - 1 );
    err = SetNtmsObjectInformationW( session, &pool, &infoW );
    ok( !err, "got %lu\n", err );

    memset( &infoW, 0xcc, sizeof(infoW) );
    infoW.dwSize = sizeof(infoW);
    infoW.dwType = NTMS_MEDIA_POOL;
    err = GetNtmsObjectInformationW( session, &pool, &infoW );
    ok( !err, "got %lu\n", err );
    ok( !wcscmp( infoW.szName, fill( wide, NTMS_OBJECTNAME_LENGTH - 1 )), "got %s\n", wine_dbgstr_w(infoW.szName) );
    ok( !wcscmp( infoW.szDescription, fill( wide, NTMS_DESCRIPTION_LENGTH - 1 )), "got %s\n",
        wine_dbgstr_w(infoW.szDescription) );

    err = GetNtmsObjectInformationA( session, &pool, &infoA );
    if (national_size == 1) ok( !err, "got %lu\n", err );
    else ok( err == ERROR_INSUFFICIENT_BUFFER, "got %lu\n", err );
    len = strlen( infoA.szName );
    ok( len == (NTMS_OBJECTNAME_LENGTH - 1) / national_size * national_size, "got %d\n", len );
    len = strlen( infoA.szDescription );
    ok( len == (NTMS_DESCRIPTION_LENGTH - 1) / national_size * national_size, "got %d\n", len );
    ok( infoA.dwSize == sizeof(infoA), "got %lu\n", infoA.dwSize );
    ok( IsEqualGUID( &infoA.ObjectGuid, &pool ), "got %s\n", wine_dbgstr_guid( &infoA.ObjectGuid ));

    err = SetNtmsObjectInformationW( session, &pool, &old );
    ok( !err, "got %lu\n", err );
}

/* what is set with one function can be read with the other */
static void test_both_ways(void)
{
    NTMS_OBJECTINFORMATIONW infoW = { sizeof(infoW), NTMS_MEDIA_POOL };
    NTMS_OBJECTINFORMATIONA infoA = { sizeof(infoA), NTMS_MEDIA_POOL };
    WCHAR wide[NTMS_DESCRIPTION_LENGTH];
    char ansi[NTMS_DESCRIPTION_LENGTH];
    DWORD err;

    err = GetNtmsObjectInformationA( session, &pool, &infoA );
    ok( !err, "got %lu\n", err );
    fill( wide, (NTMS_DESCRIPTION_LENGTH - 1) / national_size );
    to_ansi( ansi, sizeof(ansi), wide );
    strcpy( infoA.szDescription, ansi );
    err = SetNtmsObjectInformationA( session, &pool, &infoA );
    ok( !err, "got %lu\n", err );
    err = GetNtmsObjectInformationW( session, &pool, &infoW );
    ok( !err, "got %lu\n", err );
    ok( !wcscmp( infoW.szDescription, wide ), "got %s\n", wine_dbgstr_w(infoW.szDescription) );
    memset( infoA.szDescription, 0xcc, sizeof(infoA.szDescription) );
    err = GetNtmsObjectInformationA( session, &pool, &infoA );
    ok( !err, "got %lu\n", err );
    ok( !strcmp( infoA.szDescription, ansi ), "got %s\n", infoA.szDescription );

    infoA.szDescription[0] = 0;
    err = SetNtmsObjectInformationA( session, &pool, &infoA );
    ok( !err, "got %lu\n", err );
    err = GetNtmsObjectInformationW( session, &pool, &infoW );
    ok( !err, "got %lu\n", err );
    ok( !infoW.szDescription[0], "got %s\n", wine_dbgstr_w(infoW.szDescription) );
}

/* strings that do not end; nothing of the rest is set */
static void test_unterminated(void)
{
    NTMS_OBJECTINFORMATIONW infoW = { sizeof(infoW), NTMS_MEDIA_POOL }, nowW, wrongW;
    NTMS_OBJECTINFORMATIONA infoA = { sizeof(infoA), NTMS_MEDIA_POOL }, wrongA;
    DWORD err;
    int i;

    err = GetNtmsObjectInformationW( session, &pool, &infoW );
    ok( !err, "got %lu\n", err );
    err = GetNtmsObjectInformationA( session, &pool, &infoA );
    ok( !err, "got %lu\n", err );

    for (i = 0; i < 2; i++)
    {
        wrongW = infoW;
        wcscpy( wrongW.szDescription, L"changed" );
        if (i) memset( wrongW.szName, 'x', sizeof(wrongW.szName) );
        else memset( wrongW.szDescription, 'x', sizeof(wrongW.szDescription) );
        err = SetNtmsObjectInformationW( session, &pool, &wrongW );
        ok( err == ERROR_INVALID_PARAMETER, "%d: got %lu\n", i, err );

        wrongA = infoA;
        strcpy( wrongA.szDescription, "changed" );
        if (i) memset( wrongA.szName, 'x', sizeof(wrongA.szName) );
        else memset( wrongA.szDescription, 'x', sizeof(wrongA.szDescription) );
        err = SetNtmsObjectInformationA( session, &pool, &wrongA );
        ok( err == ERROR_INVALID_PARAMETER, "%d: got %lu\n", i, err );
    }

    nowW.dwSize = sizeof(nowW);
    nowW.dwType = NTMS_MEDIA_POOL;
    err = GetNtmsObjectInformationW( session, &pool, &nowW );
    ok( !err, "got %lu\n", err );
    ok( !wcscmp( nowW.szName, infoW.szName ), "got %s\n", wine_dbgstr_w(nowW.szName) );
    ok( !wcscmp( nowW.szDescription, infoW.szDescription ), "got %s\n", wine_dbgstr_w(nowW.szDescription) );
}

/* The present structure or a larger one; and that of programs for the first version, which has its own size. */
static void test_sizes(void)
{
    static const struct { DWORD size; BOOL valid; } wide[] =
    {
        { 0 }, { sizeof(DWORD) }, { FIELD_OFFSET( NTMS_OBJECTINFORMATIONW, Info ) },
        { sizeof(NTMS_I1_OBJECTINFORMATIONW) - 1 }, { sizeof(NTMS_I1_OBJECTINFORMATIONW) + 1 },
        { sizeof(NTMS_OBJECTINFORMATIONW) - 1 }, { sizeof(NTMS_OBJECTINFORMATIONA) },
        { sizeof(NTMS_OBJECTINFORMATIONW), TRUE }, { sizeof(NTMS_OBJECTINFORMATIONW) + 8, TRUE }, { 0xffffffff, TRUE },
    },
    ansi[] =
    {
        { 0 }, { sizeof(DWORD) }, { FIELD_OFFSET( NTMS_OBJECTINFORMATIONA, Info ) },
        { sizeof(NTMS_I1_OBJECTINFORMATIONA) - 1 }, { sizeof(NTMS_I1_OBJECTINFORMATIONA) + 1 },
        { sizeof(NTMS_OBJECTINFORMATIONA) - 1 }, { sizeof(NTMS_OBJECTINFORMATIONA), TRUE },
        { sizeof(NTMS_OBJECTINFORMATIONA) + 8, TRUE }, { sizeof(NTMS_OBJECTINFORMATIONW), TRUE },
    };
    union
    {
        NTMS_OBJECTINFORMATIONW w;
        NTMS_OBJECTINFORMATIONA a;
        BYTE bytes[2 * sizeof(NTMS_OBJECTINFORMATIONW)];
    } info;
    unsigned int i;
    DWORD err;

    for (i = 0; i < ARRAYSIZE(wide); i++)
    {
        memset( &info, 0xcc, sizeof(info) );
        info.w.dwSize = wide[i].size;
        info.w.dwType = NTMS_COMPUTER;
        err = GetNtmsObjectInformationW( session, &computer, &info.w );
        ok( err == (wide[i].valid ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER), "%u: got %lu\n", i, err );
        ok( info.w.dwSize == wide[i].size, "%u: got %lu\n", i, info.w.dwSize );
        ok( is_filled( info.bytes + sizeof(info.w), sizeof(info) - sizeof(info.w), 0xcc ), "%u: too much was written\n", i );
        if (!wide[i].valid) ok( is_filled( &info.w.Created, sizeof(info.w.Created), 0xcc ), "%u: written\n", i );
        err = SetNtmsObjectInformationW( session, &computer, &info.w );
        ok( err == (wide[i].valid ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER), "%u: got %lu\n", i, err );
    }

    for (i = 0; i < ARRAYSIZE(ansi); i++)
    {
        memset( &info, 0xcc, sizeof(info) );
        info.a.dwSize = ansi[i].size;
        info.a.dwType = NTMS_COMPUTER;
        err = GetNtmsObjectInformationA( session, &computer, &info.a );
        ok( err == (ansi[i].valid ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER), "%u: got %lu\n", i, err );
        ok( info.a.dwSize == ansi[i].size, "%u: got %lu\n", i, info.a.dwSize );
        ok( is_filled( info.bytes + sizeof(info.a), sizeof(info) - sizeof(info.a), 0xcc ), "%u: too much was written\n", i );
        err = SetNtmsObjectInformationA( session, &computer, &info.a );
        ok( err == (ansi[i].valid ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER), "%u: got %lu\n", i, err );
    }
}

/* The documentation does not say who accepts these.  Members that they lack keep their values. */
static void test_first_version(void)
{
    NTMS_OBJECTINFORMATIONW infoW = { sizeof(infoW), NTMS_LIBRARY };
    struct { NTMS_I1_OBJECTINFORMATIONW info; BYTE after[16]; } w;
    struct { NTMS_I1_OBJECTINFORMATIONA info; BYTE after[16]; } a;
    DWORD err, count = 1;
    BOOL auto_recovery;
    GUID library;

    memset( &w, 0xcc, sizeof(w) );
    w.info.dwSize = sizeof(w.info);
    w.info.dwType = NTMS_COMPUTER;   /* which it has no structure for */
    err = GetNtmsObjectInformationW( session, &computer, (NTMS_OBJECTINFORMATIONW *)&w.info );
    pair( "GetNtmsObjectInformationW", ERROR_INVALID_PARAMETER, err );

    err = EnumerateNtmsObject( session, NULL, &library, &count, NTMS_LIBRARY, 0 );
    ok( !err || err == ERROR_INSUFFICIENT_BUFFER, "got %lu\n", err );
    err = GetNtmsObjectInformationW( session, &library, &infoW );
    ok( !err, "got %lu\n", err );

    w.info.dwType = NTMS_LIBRARY;
    err = GetNtmsObjectInformationW( session, &library, (NTMS_OBJECTINFORMATIONW *)&w.info );
    ok( !err || broken( err == ERROR_INVALID_PARAMETER ), "got %lu\n", err );
    if (err)
    {
        win_skip( "structures of the first version are not accepted\n" );
        return;
    }
    ok( w.info.dwSize == sizeof(w.info), "got %lu\n", w.info.dwSize );
    ok( !wcscmp( w.info.szName, infoW.szName ), "got %s\n", wine_dbgstr_w(w.info.szName) );
    ok( IsEqualGUID( &w.info.ObjectGuid, &library ), "got %s\n", wine_dbgstr_guid( &w.info.ObjectGuid ));
    ok( !memcmp( &w.info.Info.Library, &infoW.Info.Library, sizeof(w.info.Info.Library) ), "different information\n" );
    ok( is_filled( w.after, sizeof(w.after), 0xcc ), "too much was written\n" );

    memset( &a, 0xcc, sizeof(a) );
    a.info.dwSize = sizeof(a.info);
    a.info.dwType = NTMS_LIBRARY;
    err = GetNtmsObjectInformationA( session, &library, (NTMS_OBJECTINFORMATIONA *)&a.info );
    ok( !err, "got %lu\n", err );
    ok( !memcmp( &a.info.Info.Library, &infoW.Info.Library, sizeof(a.info.Info.Library) ), "different information\n" );
    ok( is_filled( a.after, sizeof(a.after), 0xcc ), "too much was written\n" );

    /* that of the off-line library cannot be changed */
    auto_recovery = !infoW.Info.Library.AutoRecovery;
    infoW.Info.Library.AutoRecovery = auto_recovery;
    err = SetNtmsObjectInformationW( session, &library, &infoW );
    ok( !err, "got %lu\n", err );
    err = GetNtmsObjectInformationW( session, &library, &infoW );
    ok( !err, "got %lu\n", err );
    if (infoW.Info.Library.AutoRecovery != auto_recovery) auto_recovery = infoW.Info.Library.AutoRecovery;
    err = SetNtmsObjectInformationW( session, &library, (NTMS_OBJECTINFORMATIONW *)&w.info );
    ok( !err, "got %lu\n", err );
    err = SetNtmsObjectInformationA( session, &library, (NTMS_OBJECTINFORMATIONA *)&a.info );
    ok( !err, "got %lu\n", err );
    err = GetNtmsObjectInformationW( session, &library, &infoW );
    ok( !err, "got %lu\n", err );
    ok( infoW.Info.Library.AutoRecovery == auto_recovery, "got %d\n", infoW.Info.Library.AutoRecovery );
    infoW.Info.Library.AutoRecovery = TRUE;
    err = SetNtmsObjectInformationW( session, &library, &infoW );
    ok( !err, "got %lu\n", err );
}

static void test_attributes(void)
{
    WCHAR name[NTMS_MAXATTR_NAMELEN + 1];
    char nameA[4 * NTMS_MAXATTR_NAMELEN + 1];
    BYTE *data = malloc( NTMS_MAXATTR_LENGTH ), *back = malloc( NTMS_MAXATTR_LENGTH );
    DWORD err, size, i;

    for (i = 0; i < NTMS_MAXATTR_LENGTH; i++) data[i] = i * 7 + i / 256;

    /* the longest name and the longest value */
    fill( name, NTMS_MAXATTR_NAMELEN - 1 );
    to_ansi( nameA, sizeof(nameA), name );
    err = SetNtmsObjectAttributeA( session, &pool, NTMS_MEDIA_POOL, nameA, data, NTMS_MAXATTR_LENGTH - 1 );
    ok( !err, "got %lu\n", err );
    size = NTMS_MAXATTR_LENGTH;
    memset( back, 0xcc, NTMS_MAXATTR_LENGTH );
    err = GetNtmsObjectAttributeW( session, &pool, NTMS_MEDIA_POOL, name, back, &size );
    ok( !err, "got %lu\n", err );
    ok( size == NTMS_MAXATTR_LENGTH - 1, "got %lu\n", size );
    ok( !memcmp( data, back, NTMS_MAXATTR_LENGTH - 1 ), "different data\n" );
    ok( back[NTMS_MAXATTR_LENGTH - 1] == 0xcc, "too much was written\n" );

    size = NTMS_MAXATTR_LENGTH - 2;
    memset( back, 0xcc, NTMS_MAXATTR_LENGTH );
    err = GetNtmsObjectAttributeA( session, &pool, NTMS_MEDIA_POOL, nameA, back, &size );
    pair( "GetNtmsObjectAttributeA", ERROR_INSUFFICIENT_BUFFER, err );
    ok( size == NTMS_MAXATTR_LENGTH - 1, "got %lu\n", size );
    ok( is_filled( back, NTMS_MAXATTR_LENGTH, 0xcc ), "buffer was written\n" );
    size = 0;
    err = GetNtmsObjectAttributeW( session, &pool, NTMS_MEDIA_POOL, name, back, &size );
    pair( "GetNtmsObjectAttributeW", ERROR_INSUFFICIENT_BUFFER, err );
    ok( size == NTMS_MAXATTR_LENGTH - 1, "got %lu\n", size );

    err = SetNtmsObjectAttributeW( session, &pool, NTMS_MEDIA_POOL, name, data, NTMS_MAXATTR_LENGTH );
    pair( "SetNtmsObjectAttributeW", ERROR_NO_DATA, err );
    err = SetNtmsObjectAttributeW( session, &pool, NTMS_MEDIA_POOL, name, data, 0xffffffff );
    pair( "SetNtmsObjectAttributeW", ERROR_NO_DATA, err );

    /* a name that is too long */
    fill( name, NTMS_MAXATTR_NAMELEN );
    to_ansi( nameA, sizeof(nameA), name );
    err = SetNtmsObjectAttributeW( session, &pool, NTMS_MEDIA_POOL, name, data, 1 );
    pair( "SetNtmsObjectAttributeW", ERROR_INVALID_NAME, err );
    err = SetNtmsObjectAttributeA( session, &pool, NTMS_MEDIA_POOL, nameA, data, 1 );
    pair( "SetNtmsObjectAttributeA", ERROR_INVALID_NAME, err );
    size = 1;
    err = GetNtmsObjectAttributeW( session, &pool, NTMS_MEDIA_POOL, name, back, &size );
    pair( "GetNtmsObjectAttributeW", ERROR_OBJECT_NOT_FOUND, err );

    /* deleted by an empty value */
    name[NTMS_MAXATTR_NAMELEN - 1] = 0;
    err = SetNtmsObjectAttributeW( session, &pool, NTMS_MEDIA_POOL, name, data, 0 );
    ok( !err, "got %lu\n", err );
    size = NTMS_MAXATTR_LENGTH;
    err = GetNtmsObjectAttributeW( session, &pool, NTMS_MEDIA_POOL, name, back, &size );
    pair( "GetNtmsObjectAttributeW", ERROR_OBJECT_NOT_FOUND, err );
    ok( size == NTMS_MAXATTR_LENGTH, "got %lu\n", size );
    free( data );
    free( back );
}

static void test_ui_options(void)
{
    WCHAR first[NTMS_COMPUTERNAME_LENGTH + 1], buffer[256];
    char firstA[4 * NTMS_COMPUTERNAME_LENGTH + 1], bufferA[512];
    DWORD err, size, full;

    /* no destinations: a list of length zero */
    memset( buffer, 0xcc, sizeof(buffer) );
    size = ARRAYSIZE(buffer);
    err = GetNtmsUIOptionsW( session, NULL, NTMS_UITYPE_INFO, buffer, &size );
    ok( !err, "got %lu\n", err );
    ok( !size, "got %lu\n", size );
    ok( !buffer[0] && !buffer[1], "not terminated\n" );
    size = 0;
    memset( bufferA, 0xcc, sizeof(bufferA) );
    err = GetNtmsUIOptionsA( session, NULL, NTMS_UITYPE_INFO, bufferA, &size );
    ok( !err, "got %lu\n", err );
    ok( is_filled( bufferA, sizeof(bufferA), 0xcc ), "buffer was written\n" );

    fill( first, NTMS_COMPUTERNAME_LENGTH - 1 );
    to_ansi( firstA, sizeof(firstA), first );
    err = SetNtmsUIOptionsA( session, NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, firstA );
    ok( !err, "got %lu\n", err );
    err = SetNtmsUIOptionsW( session, NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, first );
    pair( "SetNtmsUIOptionsW", ERROR_ALREADY_EXISTS, err );
    err = SetNtmsUIOptionsW( session, NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, L"second" );
    ok( !err, "got %lu\n", err );

    full = wcslen( first ) + 1 + ARRAYSIZE(L"second") + 1;
    size = full;
    memset( buffer, 0xcc, sizeof(buffer) );
    err = GetNtmsUIOptionsW( session, NULL, NTMS_UITYPE_INFO, buffer, &size );
    ok( !err, "got %lu\n", err );
    ok( size == full, "got %lu, expected %lu\n", size, full );
    ok( !buffer[full - 1] && !buffer[full - 2] && buffer[full - 3], "not terminated\n" );
    ok( is_filled( buffer + full, sizeof(buffer) - full * sizeof(WCHAR), 0xcc ), "too much was written\n" );

    memset( buffer, 0xcc, sizeof(buffer) );
    size = full - 1;
    err = GetNtmsUIOptionsW( session, NULL, NTMS_UITYPE_INFO, buffer, &size );
    pair( "GetNtmsUIOptionsW", ERROR_INSUFFICIENT_BUFFER, err );
    ok( size == full, "got %lu, expected %lu\n", size, full );
    ok( is_filled( buffer, sizeof(buffer), 0xcc ), "buffer was written\n" );

    full = strlen( firstA ) + 1 + sizeof("second") + 1;
    size = full - 1;
    err = GetNtmsUIOptionsA( session, NULL, NTMS_UITYPE_INFO, bufferA, &size );
    pair( "GetNtmsUIOptionsA", ERROR_INSUFFICIENT_BUFFER, err );
    ok( size == full, "got %lu, expected %lu\n", size, full );
    memset( bufferA, 0xcc, sizeof(bufferA) );
    err = GetNtmsUIOptionsA( session, NULL, NTMS_UITYPE_INFO, bufferA, &size );
    ok( !err, "got %lu\n", err );
    ok( size == full, "got %lu, expected %lu\n", size, full );
    ok( is_filled( bufferA + full, sizeof(bufferA) - full, 0xcc ), "too much was written\n" );

    fill( first, NTMS_COMPUTERNAME_LENGTH );
    err = SetNtmsUIOptionsW( session, NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, first );
    pair( "SetNtmsUIOptionsW", ERROR_INVALID_PARAMETER, err );
    err = SetNtmsUIOptionsW( session, NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_DELETEALL, NULL );
    ok( !err, "got %lu\n", err );
    size = ARRAYSIZE(buffer);
    err = GetNtmsUIOptionsW( session, NULL, NTMS_UITYPE_INFO, buffer, &size );
    ok( !err, "got %lu\n", err );
    ok( !size, "got %lu\n", size );
}

static void test_security(void)
{
    BYTE buffer[1024], exact[1024];
    DWORD err, full = 0, needed;

    err = GetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, buffer, sizeof(buffer), &full );
    ok( !err, "got %lu\n", err );
    ok( full && full == GetSecurityDescriptorLength( buffer ), "got %lu\n", full );

    needed = 0;
    memset( exact, 0xcc, sizeof(exact) );
    err = GetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, exact, full - 1, &needed );
    pair( "GetNtmsObjectSecurity", ERROR_INSUFFICIENT_BUFFER, err );
    ok( needed == full, "got %lu, expected %lu\n", needed, full );
    ok( is_filled( exact, sizeof(exact), 0xcc ), "buffer was written\n" );

    err = GetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, exact, full, &needed );
    ok( !err, "got %lu\n", err );
    ok( !memcmp( exact, buffer, full ), "different descriptors\n" );
    ok( is_filled( exact + full, sizeof(exact) - full, 0xcc ), "too much was written\n" );

    /* absolute and self-relative, and much too large */
    err = SetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, buffer );
    ok( !err, "got %lu\n", err );
    memset( buffer, 0xcc, sizeof(buffer) );
    err = SetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, buffer );
    pair( "SetNtmsObjectSecurity", ERROR_INVALID_PARAMETER, err );
}

/* a medium whose every string the program chooses */
static void test_create_media(void)
{
    NTMS_OBJECTINFORMATIONW side = { sizeof(side), NTMS_PARTITION }, mediaW = { sizeof(mediaW), NTMS_PHYSICAL_MEDIA };
    NTMS_OBJECTINFORMATIONA media = { sizeof(media), NTMS_PHYSICAL_MEDIA }, sides = { sizeof(sides), NTMS_PARTITION };
    WCHAR wide[NTMS_OMIDLABELINFO_LENGTH];
    DWORD err, count = 1;
    GUID type, media_pool;

    err = EnumerateNtmsObject( session, NULL, &type, &count, NTMS_MEDIA_TYPE, 0 );
    if (err && err != ERROR_INSUFFICIENT_BUFFER)
    {
        skip( "no media types, error %lu\n", err );
        return;
    }
    if (!count)
    {
        skip( "there is no media type\n" );
        return;
    }
    err = CreateNtmsMediaPoolW( session, L"winetest strings media", &type, NTMS_OPEN_ALWAYS, NULL, &media_pool );
    ok( !err, "got %lu\n", err );

    media.Info.PhysicalMedia.MediaPool = media_pool;
    media.Info.PhysicalMedia.dwNumberOfPartitions = 1;
    to_ansi( media.Info.PhysicalMedia.szBarCode, sizeof(media.Info.PhysicalMedia.szBarCode), fill( wide, 15 ));
    sides.Info.Partition.State = NTMS_PARTSTATE_ALLOCATED;
    sides.Info.Partition.dwOmidLabelIdLength = 16;
    memset( sides.Info.Partition.OmidLabelId, 0xa5, 16 );
    to_ansi( sides.Info.Partition.szOmidLabelType, sizeof(sides.Info.Partition.szOmidLabelType), fill( wide, 31 ));
    to_ansi( sides.Info.Partition.szOmidLabelInfo, sizeof(sides.Info.Partition.szOmidLabelInfo), fill( wide, 127 ));

    media.dwSize++;
    err = CreateNtmsMediaA( session, &media, &sides, 0 );
    pair( "CreateNtmsMediaA", ERROR_INVALID_PARAMETER, err );
    media.dwSize--;
    sides.dwSize--;
    err = CreateNtmsMediaA( session, &media, &sides, 0 );
    pair( "CreateNtmsMediaA", ERROR_INVALID_PARAMETER, err );
    sides.dwSize++;
    media.Info.PhysicalMedia.dwNumberOfPartitions = 0x7fffffff;
    err = CreateNtmsMediaA( session, &media, &sides, 0 );
    pair( "CreateNtmsMediaA", ERROR_MEDIA_INCOMPATIBLE, err );
    media.Info.PhysicalMedia.dwNumberOfPartitions = 0;
    err = CreateNtmsMediaA( session, &media, &sides, 0 );
    pair( "CreateNtmsMediaA", ERROR_MEDIA_INCOMPATIBLE, err );
    media.Info.PhysicalMedia.dwNumberOfPartitions = 1;

    err = CreateNtmsMediaA( session, &media, &sides, NTMS_ERROR_ON_DUPLICATE );
    ok( !err, "got %lu\n", err );
    if (!err)
    {
        ok( media.Info.PhysicalMedia.szSequenceNumber[0], "no sequence number\n" );
        ok( !NTMS_IS_NULLGUID( media.ObjectGuid ), "no medium\n" );
        ok( !NTMS_IS_NULLGUID( sides.ObjectGuid ), "no side\n" );
        err = GetNtmsObjectInformationW( session, &media.ObjectGuid, &mediaW );
        ok( !err, "got %lu\n", err );
        ok( !wcscmp( mediaW.Info.PhysicalMedia.szBarCode, fill( wide, 15 )), "got %s\n",
            wine_dbgstr_w(mediaW.Info.PhysicalMedia.szBarCode) );
        err = GetNtmsObjectInformationW( session, &sides.ObjectGuid, &side );
        ok( !err, "got %lu\n", err );
        ok( side.Info.Partition.dwOmidLabelIdLength == 16, "got %lu\n", side.Info.Partition.dwOmidLabelIdLength );
        ok( is_filled( side.Info.Partition.OmidLabelId, 16, 0xa5 ), "different label\n" );
        ok( !wcscmp( side.Info.Partition.szOmidLabelType, fill( wide, 31 )), "got %s\n",
            wine_dbgstr_w(side.Info.Partition.szOmidLabelType) );
        ok( !wcscmp( side.Info.Partition.szOmidLabelInfo, fill( wide, 127 )), "got %s\n",
            wine_dbgstr_w(side.Info.Partition.szOmidLabelInfo) );

        if (!NTMS_IS_NULLGUID( sides.Info.Partition.LogicalMedia ))
            DeallocateNtmsMedia( session, &sides.Info.Partition.LogicalMedia, 0 );
        err = DeleteNtmsMedia( session, &media.ObjectGuid );
        ok( !err, "got %lu\n", err );
    }
    err = DeleteNtmsMediaPool( session, &media_pool );
    ok( !err, "got %lu\n", err );
}

/* The documentation says neither what a drive is called nor whose memory the strings are. */
static void test_volumes(void)
{
    char drive[] = "C:", *volume = NULL, *letter = NULL;
    WCHAR driveW[] = L"C:", *volumeW = NULL, *letterW = NULL, path[MAX_PATH], expect[64];
    DWORD err;

    if (strcmp( winetest_platform, "wine" ))
    {
        skip( "not known for Windows\n" );
        return;
    }
    GetWindowsDirectoryW( path, ARRAYSIZE(path) );
    drive[0] = driveW[0] = path[0];
    path[3] = 0;
    err = GetVolumesFromDriveW( driveW, &volumeW, &letterW );
    ok( !err, "got %lu\n", err );
    err = GetVolumesFromDriveA( drive, &volume, &letter );
    ok( !err, "got %lu\n", err );
    if (err) return;
    ok( GetVolumeNameForVolumeMountPointW( path, expect, ARRAYSIZE(expect) ), "got error %lu\n", GetLastError() );
    ok( !wcscmp( volumeW, expect ), "got %s\n", wine_dbgstr_w(volumeW) );
    ok( !wcscmp( letterW, path ), "got %s\n", wine_dbgstr_w(letterW) );
    ok( strlen( volume ) == wcslen( expect ), "got %s\n", volume );
    ok( strlen( letter ) == 3 && letter[0] == drive[0], "got %s\n", letter );
    LocalFree( volumeW );
    LocalFree( letterW );
    LocalFree( volume );
    LocalFree( letter );
}

START_TEST(strings)
{
    DWORD err, count = 1;

    session = OpenNtmsSessionW( NULL, L"winetest", 0 );
    ok( session != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    if (session == INVALID_HANDLE_VALUE) return;
    err = EnumerateNtmsObject( session, NULL, &computer, &count, NTMS_COMPUTER, 0 );
    ok( !err, "got %lu\n", err );

    find_national();
    make_pool();
    test_sessions();
    test_pool_names();
    test_long_strings();
    test_both_ways();
    test_unterminated();
    test_sizes();
    test_first_version();
    test_attributes();
    test_ui_options();
    test_security();
    test_create_media();
    test_volumes();
    err = DeleteNtmsMediaPool( session, &pool );
    ok( !err, "got %lu\n", err );
    CloseNtmsSession( session );
}
