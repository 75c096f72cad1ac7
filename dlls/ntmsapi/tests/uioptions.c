/*
 * Tests of SetNtmsUIOptions() and GetNtmsUIOptions()
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

static DWORD set( const GUID *id, DWORD type, DWORD operation, const WCHAR *computer )
{
    return SetNtmsUIOptionsW( scratch.session, (GUID *)id, type, operation, computer );
}

static DWORD get( const GUID *id, DWORD type, WCHAR *buffer, DWORD *size )
{
    return GetNtmsUIOptionsW( scratch.session, (GUID *)id, type, buffer, size );
}

/* whether the computer is in the list; the rest of it may be somebody else's */
static BOOL is_listed( const GUID *id, DWORD type, const WCHAR *computer )
{
    WCHAR buffer[1024], *p;
    DWORD size = ARRAYSIZE(buffer), err;

    err = get( id, type, buffer, &size );
    ok( !err, "got %lu\n", err );
    if (err || !size) return FALSE;
    ok( size >= 2 && !buffer[size - 1] && !buffer[size - 2], "not terminated\n" );
    for (p = buffer; *p; p += lstrlenW( p ) + 1) if (!lstrcmpiW( p, computer )) return TRUE;
    return FALSE;
}

static void test_parameters(void)
{
    WCHAR buffer[64], too_long[NTMS_COMPUTERNAME_LENGTH + 1];
    char bufferA[64];
    DWORD size = 64, type, err, i;
    GUID id;

    err = GetNtmsUIOptionsW( NULL, NULL, NTMS_UITYPE_INFO, buffer, &size );
    pair( "GetNtmsUIOptions", ERROR_INVALID_HANDLE, err );
    err = GetNtmsUIOptionsA( NULL, NULL, NTMS_UITYPE_INFO, bufferA, &size );
    pair( "GetNtmsUIOptions", ERROR_INVALID_HANDLE, err );
    err = SetNtmsUIOptionsW( NULL, NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, L"x" );
    pair( "SetNtmsUIOptions", ERROR_INVALID_HANDLE, err );
    err = SetNtmsUIOptionsA( NULL, NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, "x" );
    pair( "SetNtmsUIOptions", ERROR_INVALID_HANDLE, err );
    err = get( NULL, NTMS_UITYPE_INFO, NULL, &size );
    pair( "GetNtmsUIOptions", ERROR_INVALID_PARAMETER, err );
    err = get( NULL, NTMS_UITYPE_INFO, buffer, NULL );
    pair( "GetNtmsUIOptions", ERROR_INVALID_PARAMETER, err );
    err = get( NULL, NTMS_UITYPE_INVALID, buffer, &size );
    pair( "GetNtmsUIOptions", ERROR_INVALID_PARAMETER, err );
    err = get( NULL, NTMS_UITYPE_MAX, buffer, &size );
    pair( "GetNtmsUIOptions", ERROR_INVALID_PARAMETER, err );
    err = set( NULL, NTMS_UITYPE_INVALID, NTMS_UIDEST_ADD, L"x" );
    pair( "SetNtmsUIOptions", ERROR_INVALID_PARAMETER, err );
    err = set( NULL, NTMS_UITYPE_MAX, NTMS_UIDEST_ADD, L"x" );
    pair( "SetNtmsUIOptions", ERROR_INVALID_PARAMETER, err );
    err = set( NULL, NTMS_UITYPE_INFO, 0, L"x" );
    pair( "SetNtmsUIOptions", ERROR_INVALID_PARAMETER, err );
    err = set( NULL, NTMS_UITYPE_INFO, 4, L"x" );
    pair( "SetNtmsUIOptions", ERROR_INVALID_PARAMETER, err );
    err = set( NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, NULL );
    pair( "SetNtmsUIOptions", ERROR_INVALID_PARAMETER, err );
    err = set( NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_DELETE, NULL );
    pair( "SetNtmsUIOptions", ERROR_INVALID_PARAMETER, err );
    for (i = 0; i < ARRAYSIZE(too_long) - 1; i++) too_long[i] = 'x';
    too_long[i] = 0;
    err = set( NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, too_long );
    ok( err == ERROR_INVALID_PARAMETER, "got %lu\n", err );

    err = set( &nobody, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, L"x" );
    pair( "SetNtmsUIOptions", ERROR_OBJECT_NOT_FOUND, err );
    err = get( &nobody, NTMS_UITYPE_INFO, buffer, &size );
    pair( "GetNtmsUIOptions", ERROR_OBJECT_NOT_FOUND, err );
    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        if (type == NTMS_LIBRARY || type == NTMS_COMPUTER || !scratch_object( &scratch, type, &id )) continue;
        err = set( &id, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, L"x" );
        pair( "SetNtmsUIOptions", ERROR_INVALID_PARAMETER, err );
        size = 64;
        err = get( &id, NTMS_UITYPE_INFO, buffer, &size );
        pair( "GetNtmsUIOptions", ERROR_INVALID_PARAMETER, err );
    }
}

static void test_list( const GUID *id )
{
    WCHAR buffer[1024], name[MAX_COMPUTERNAME_LENGTH + 1];
    DWORD size, type, err;

    for (type = NTMS_UITYPE_INFO; type <= NTMS_UITYPE_ERR; type++)
    {
        err = set( id, type, NTMS_UIDEST_ADD, L"winetest1" );
        pair( "SetNtmsUIOptions", ERROR_SUCCESS, err );
        err = set( id, type, NTMS_UIDEST_ADD, L"winetest1" );
        pair( "SetNtmsUIOptions", ERROR_ALREADY_EXISTS, err );
        err = SetNtmsUIOptionsA( scratch.session, (GUID *)id, type, NTMS_UIDEST_ADD, "winetest2" );
        pair( "SetNtmsUIOptions", ERROR_SUCCESS, err );
        ok( is_listed( id, type, L"winetest1" ) && is_listed( id, type, L"winetest2" ), "not added\n" );
        size = 1;
        err = get( id, type, buffer, &size );
        pair( "GetNtmsUIOptions", ERROR_INSUFFICIENT_BUFFER, err );
        ok( size >= 21, "got %lu\n", size );
        err = get( id, type, buffer, &size );
        pair( "GetNtmsUIOptions", ERROR_SUCCESS, err );
        err = set( id, type, NTMS_UIDEST_DELETE, L"winetest1" );
        pair( "SetNtmsUIOptions", ERROR_SUCCESS, err );
        err = SetNtmsUIOptionsA( scratch.session, (GUID *)id, type, NTMS_UIDEST_DELETE, "winetest2" );
        pair( "SetNtmsUIOptions", ERROR_SUCCESS, err );
        ok( !is_listed( id, type, L"winetest1" ) && !is_listed( id, type, L"winetest2" ), "not deleted\n" );

        /* this computer */
        size = ARRAYSIZE(name);
        GetComputerNameW( name, &size );
        if (is_listed( id, type, name )) continue;
        err = set( id, type, NTMS_UIDEST_ADD, L"" );
        pair( "SetNtmsUIOptions", ERROR_SUCCESS, err );
        ok( is_listed( id, type, name ), "%s is not there\n", wine_dbgstr_w( name ));
        err = set( id, type, NTMS_UIDEST_DELETE, L"" );
        pair( "SetNtmsUIOptions", ERROR_SUCCESS, err );
        ok( !is_listed( id, type, name ), "%s is still there\n", wine_dbgstr_w( name ));
    }
}

/* the exact form of a list, which for a session is nobody else's */
static void test_form(void)
{
    WCHAR buffer[64];
    char bufferA[64];
    DWORD size, err;

    err = set( NULL, NTMS_UITYPE_REQ, NTMS_UIDEST_DELETEALL, NULL );
    pair( "SetNtmsUIOptions", ERROR_SUCCESS, err );
    size = 64;
    err = get( NULL, NTMS_UITYPE_REQ, buffer, &size );
    pair( "GetNtmsUIOptions", ERROR_SUCCESS, err );
    ok( !size, "got %lu\n", size );
    set( NULL, NTMS_UITYPE_REQ, NTMS_UIDEST_ADD, L"one" );
    set( NULL, NTMS_UITYPE_REQ, NTMS_UIDEST_ADD, L"three" );
    size = 64;
    memset( buffer, 0xcc, sizeof(buffer) );
    err = get( NULL, NTMS_UITYPE_REQ, buffer, &size );
    ok( !err && size == 11 && !memcmp( buffer, L"one\0three\0", 11 * sizeof(WCHAR) ) && buffer[11] == 0xcccc, "got %lu, %lu\n", err, size );
    size = 10;
    err = get( NULL, NTMS_UITYPE_REQ, buffer, &size );
    ok( err == ERROR_INSUFFICIENT_BUFFER && size == 11, "got %lu, %lu\n", err, size );
    size = 11;
    memset( bufferA, 0xcc, sizeof(bufferA) );
    err = GetNtmsUIOptionsA( scratch.session, NULL, NTMS_UITYPE_REQ, bufferA, &size );
    ok( !err && size == 11 && !memcmp( bufferA, "one\0three\0\0\xcc", 12 ), "got %lu, %lu\n", err, size );
    /* each type has its own */
    size = 64;
    err = get( NULL, NTMS_UITYPE_INFO, buffer, &size );
    ok( !err && !size, "got %lu, %lu\n", err, size );
    err = set( NULL, NTMS_UITYPE_REQ, NTMS_UIDEST_DELETEALL, L"ignored" );
    pair( "SetNtmsUIOptions", ERROR_SUCCESS, err );
    size = 64;
    err = get( NULL, NTMS_UITYPE_REQ, buffer, &size );
    ok( !err && !size, "got %lu, %lu\n", err, size );
}

/* what a session sets for itself no other one has */
static void test_sessions(void)
{
    HANDLE session = OpenNtmsSessionW( NULL, L"winetest", 0 );
    WCHAR buffer[64];
    DWORD size = 64, err;

    set( NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, L"mine" );
    err = GetNtmsUIOptionsW( session, NULL, NTMS_UITYPE_INFO, buffer, &size );
    ok( !err && !size, "got %lu, %lu\n", err, size );
    err = SetNtmsUIOptionsW( session, NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_DELETEALL, L"" );
    ok( !err, "got %lu\n", err );
    ok( is_listed( NULL, NTMS_UITYPE_INFO, L"mine" ), "deleted\n" );
    err = SetNtmsUIOptionsW( session, &scratch.computer, NTMS_UITYPE_ERR, NTMS_UIDEST_ADD, L"winetest stays" );
    ok( !err, "got %lu\n", err );
    CloseNtmsSession( session );
    ok( is_listed( &scratch.computer, NTMS_UITYPE_ERR, L"winetest stays" ), "gone with the session\n" );
    err = set( &scratch.computer, NTMS_UITYPE_ERR, NTMS_UIDEST_DELETE, L"winetest stays" );
    ok( !err, "got %lu\n", err );
}

static void test_access(void)
{
    struct denied denied;
    WCHAR buffer[64];
    DWORD size = 64, err;

    if (!deny_access( &scratch, &scratch.offline, NTMS_LIBRARY, &denied )) return;
    err = get( &scratch.offline, NTMS_UITYPE_INFO, buffer, &size );
    pair( "GetNtmsUIOptions", ERROR_ACCESS_DENIED, err );
    err = set( &scratch.offline, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, L"x" );
    pair( "SetNtmsUIOptions", ERROR_ACCESS_DENIED, err );
    allow_access( &scratch, &denied );
}

START_TEST(uioptions)
{
    if (!scratch_open( &scratch )) return;
    test_parameters();
    test_list( NULL );
    test_list( &scratch.computer );
    test_list( &scratch.offline );
    test_form();
    test_sessions();
    test_access();
    scratch_close( &scratch );
}
