/*
 * Tests of where user interfaces are directed
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

#include "cartridge.h"
#include "wine/test.h"

static struct world world;

static DWORD add( const GUID *id, DWORD type, const WCHAR *computer )
{
    return ntms_set_ui_options( NULL, id, type, NTMS_UIDEST_ADD, computer );
}

/* expect is in the form of the function, with bars instead of the nulls */
static void check_list_( int line, const GUID *id, DWORD type, const WCHAR *expect )
{
    DWORD size = 600, length = wcslen( expect ), needed, error, i;
    WCHAR buffer[600];

    memset( buffer, 0xcc, sizeof(buffer) );
    error = ntms_get_ui_options( NULL, id, type, buffer, &size );
    ok_(__FILE__, line)( !error, "error %lu\n", error );
    ok_(__FILE__, line)( size == length, "length %lu instead of %lu\n", size, length );
    for (i = 0; i < size; i++) if (!buffer[i]) buffer[i] = '|';
    if (size == length) ok_(__FILE__, line)( !memcmp( buffer, expect, size * sizeof(WCHAR) ), "got %s\n", wine_dbgstr_wn( buffer, size ) );
    for (i = 0; i < length; i++)
    {
        needed = i;
        error = ntms_get_ui_options( NULL, id, type, buffer, &needed );
        ok_(__FILE__, line)( error == ERROR_INSUFFICIENT_BUFFER && needed == length, "error %lu, %lu\n", error, needed );
    }
    needed = length;
    error = ntms_get_ui_options( NULL, id, type, buffer, &needed );
    ok_(__FILE__, line)( !error, "error %lu\n", error );
}
#define check_list( id, type, expect ) check_list_( __LINE__, id, type, expect )

static void test_destinations( const GUID *id )
{
    DWORD type, other;

    for (type = NTMS_UITYPE_INFO; type <= NTMS_UITYPE_ERR; type++)
    {
        check_list( id, type, L"" );
        OK( add( id, type, L"alpha" ));
        check_list( id, type, L"alpha||" );
        FAILS( add( id, type, L"alpha" ), ERROR_ALREADY_EXISTS );
        FAILS( add( id, type, L"ALPHA" ), ERROR_ALREADY_EXISTS );
        OK( add( id, type, L"beta" ));
        check_list( id, type, L"alpha|beta||" );
        OK( add( id, type, L"" ));
        check_list( id, type, L"alpha|beta|computer||" );
        FAILS( add( id, type, L"computer" ), ERROR_ALREADY_EXISTS );
        OK( ntms_set_ui_options( NULL, id, type, NTMS_UIDEST_DELETE, L"Alpha" ));
        check_list( id, type, L"beta|computer||" );
        FAILS( ntms_set_ui_options( NULL, id, type, NTMS_UIDEST_DELETE, L"alpha" ), ERROR_OBJECT_NOT_FOUND );
        OK( ntms_set_ui_options( NULL, id, type, NTMS_UIDEST_DELETE, L"" ));
        check_list( id, type, L"beta||" );
    }
    for (type = NTMS_UITYPE_INFO; type <= NTMS_UITYPE_ERR; type++)
    {
        OK( ntms_set_ui_options( NULL, id, type, NTMS_UIDEST_DELETEALL, NULL ));
        check_list( id, type, L"" );
        for (other = type + 1; other <= NTMS_UITYPE_ERR; other++) check_list( id, other, L"beta||" );
        OK( ntms_set_ui_options( NULL, id, type, NTMS_UIDEST_DELETEALL, L"ignored" ));
    }
}

static void test_limits( const GUID *id )
{
    static const WCHAR longest[] = L"012345678901234567890123456789012345678901234567890123456789012";
    static const WCHAR too_long[] = L"0123456789012345678901234567890123456789012345678901234567890123";
    WCHAR name[16], buffer[4];
    DWORD size = 4, i;

    OK( add( id, NTMS_UITYPE_REQ, longest ));
    FAILS( add( id, NTMS_UITYPE_REQ, too_long ), ERROR_INVALID_PARAMETER );
    FAILS( add( id, NTMS_UITYPE_REQ, NULL ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_set_ui_options( NULL, id, NTMS_UITYPE_REQ, NTMS_UIDEST_DELETE, NULL ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_set_ui_options( NULL, id, NTMS_UITYPE_REQ, NTMS_UIDEST_DELETE, too_long ), ERROR_INVALID_PARAMETER );
    FAILS( add( id, NTMS_UITYPE_INVALID, L"x" ), ERROR_INVALID_PARAMETER );
    FAILS( add( id, NTMS_UITYPE_MAX, L"x" ), ERROR_INVALID_PARAMETER );
    FAILS( add( id, ~0u, L"x" ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_set_ui_options( NULL, id, NTMS_UITYPE_REQ, 0, L"x" ), ERROR_INVALID_PARAMETER );
    /* a client that has told no name of its computer */
    current_computer = L"";
    FAILS( add( id, NTMS_UITYPE_REQ, L"" ), ERROR_INVALID_PARAMETER );
    current_computer = L"computer";
    FAILS( ntms_set_ui_options( NULL, id, NTMS_UITYPE_REQ, 4, L"x" ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_get_ui_options( NULL, id, NTMS_UITYPE_INVALID, buffer, &size ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_get_ui_options( NULL, id, NTMS_UITYPE_MAX, buffer, &size ), ERROR_INVALID_PARAMETER );

    for (i = 1; i < 256; i++)
    {
        swprintf( name, ARRAY_SIZE(name), L"c%u", i );
        OK( add( id, NTMS_UITYPE_REQ, name ));
    }
    FAILS( add( id, NTMS_UITYPE_REQ, L"one too many" ), ERROR_NOT_ENOUGH_MEMORY );
    OK( ntms_set_ui_options( NULL, id, NTMS_UITYPE_REQ, NTMS_UIDEST_DELETE, L"c7" ));
    OK( add( id, NTMS_UITYPE_REQ, L"the last" ));
    OK( ntms_set_ui_options( NULL, id, NTMS_UITYPE_REQ, NTMS_UIDEST_DELETEALL, NULL ));
}

static void test_containers(void)
{
    WCHAR buffer[4];
    DWORD type, size = 4;

    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        DWORD expect = type == NTMS_COMPUTER || type == NTMS_LIBRARY ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER;

        FAILS( add( world_object( &world, type ), NTMS_UITYPE_INFO, L"x" ), expect );
        FAILS( ntms_get_ui_options( NULL, world_object( &world, type ), NTMS_UITYPE_INFO, buffer, &size ), expect );
    }
    FAILS( add( &nobody, NTMS_UITYPE_INFO, L"x" ), ERROR_OBJECT_NOT_FOUND );
    FAILS( ntms_get_ui_options( NULL, &nobody, NTMS_UITYPE_INFO, buffer, &size ), ERROR_OBJECT_NOT_FOUND );
}

/* what a session sets is its own and goes with it; the rest stays */
static void test_sessions(void)
{
    OK( add( &world.library, NTMS_UITYPE_ERR, L"stays" ));
    OK( add( NULL, NTMS_UITYPE_ERR, L"mine" ));
    current_session = 2;
    check_list( NULL, NTMS_UITYPE_ERR, L"" );
    OK( add( NULL, NTMS_UITYPE_ERR, L"other" ));
    options_release_session( 1 );
    check_list( NULL, NTMS_UITYPE_ERR, L"other||" );
    current_session = 1;
    check_list( NULL, NTMS_UITYPE_ERR, L"" );
    options_release_session( 2 );
    check_list( &world.library, NTMS_UITYPE_ERR, L"stays||" );
}

static void test_access(void)
{
    DWORD size = 4;
    WCHAR buffer[4];

    deny( &world.library );
    FAILS( add( &world.library, NTMS_UITYPE_INFO, L"x" ), ERROR_ACCESS_DENIED );
    FAILS( ntms_get_ui_options( NULL, &world.library, NTMS_UITYPE_INFO, buffer, &size ), ERROR_ACCESS_DENIED );
    allow( &world.library );
}

START_TEST(options)
{
    world_open( &world );
    test_destinations( NULL );
    test_destinations( &world.computer );
    test_destinations( &world.library );
    test_destinations( &world.offline );
    test_limits( NULL );
    test_limits( &world.computer );
    test_containers();
    test_sessions();
    test_access();
    world_close();
}
