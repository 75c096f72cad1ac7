/*
 * Tests of extended attributes
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

#include "world.h"
#include "wine/test.h"

static struct world world;

static DWORD set( const GUID *id, const WCHAR *name, const void *value, DWORD size )
{
    return ntms_set_object_attribute( NULL, id, NTMS_UNKNOWN, name, value, size );
}

static void check_value_( int line, const GUID *id, const WCHAR *name, const void *expect, DWORD expect_size )
{
    DWORD size = NTMS_MAXATTR_LENGTH, error;
    BYTE *buffer = calloc( 1, size );

    error = ntms_get_object_attribute( NULL, id, NTMS_UNKNOWN, name, buffer, &size );
    ok_(__FILE__, line)( error == (expect_size ? ERROR_SUCCESS : ERROR_OBJECT_NOT_FOUND), "error %lu\n", error );
    if (!error) ok_(__FILE__, line)( size == expect_size && !memcmp( buffer, expect, size ), "wrong value, size %lu\n", size );
    free( buffer );
}
#define check_value( id, name, expect, size ) check_value_( __LINE__, id, name, expect, size )

static void test_values(void)
{
    BYTE value[16] = "0123456789abcde", buffer[16];
    DWORD type, size, i;

    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        const GUID *id = world_object( &world, type );

        check_value( id, L"Name", NULL, 0 );
        OK( set( id, L"Name", value, 7 ));
        check_value( id, L"Name", value, 7 );
        check_value( id, L"NAME", NULL, 0 );
        OK( set( id, L"Other", value + 1, 1 ));
        OK( set( id, L"Name", value + 2, 9 ));
        check_value( id, L"Name", value + 2, 9 );
        check_value( id, L"Other", value + 1, 1 );

        for (i = 0; i < 9; i++)
        {
            size = i;
            memset( buffer, 0xcc, sizeof(buffer) );
            FAILS( ntms_get_object_attribute( NULL, id, type, L"Name", buffer, &size ), ERROR_INSUFFICIENT_BUFFER );
            ok( size == 9, "size %lu\n", size );
            ok( buffer[0] == 0xcc, "written\n" );
        }
        size = 9;
        OK( ntms_get_object_attribute( NULL, id, type, L"Name", buffer, &size ));
        ok( size == 9 && buffer[9] == 0xcc, "size %lu\n", size );

        OK( set( id, L"Name", NULL, 0 ));
        check_value( id, L"Name", NULL, 0 );
        OK( set( id, L"Name", value, 0 ));
        check_value( id, L"Other", value + 1, 1 );
    }
}

static void test_limits(void)
{
    static const WCHAR longest[] = L"0123456789012345678901234567890";
    static const WCHAR too_long[] = L"01234567890123456789012345678901";
    BYTE *value = calloc( 1, NTMS_MAXATTR_LENGTH ), small[4];
    DWORD size = 4, i;

    for (i = 0; i < NTMS_MAXATTR_LENGTH; i++) value[i] = i * 7 + (i >> 8);
    OK( set( &world.library, longest, value, NTMS_MAXATTR_LENGTH - 1 ));
    check_value( &world.library, longest, value, NTMS_MAXATTR_LENGTH - 1 );
    FAILS( set( &world.library, longest, value, NTMS_MAXATTR_LENGTH ), ERROR_NO_DATA );
    FAILS( set( &world.library, longest, value, ~0u ), ERROR_NO_DATA );
    check_value( &world.library, longest, value, NTMS_MAXATTR_LENGTH - 1 );
    OK( set( &world.library, longest, NULL, 0 ));

    FAILS( set( &world.library, too_long, value, 1 ), ERROR_INVALID_NAME );
    FAILS( set( &world.library, L"", value, 1 ), ERROR_INVALID_NAME );
    FAILS( set( &world.library, too_long, value, 0 ), ERROR_INVALID_NAME );
    FAILS( set( &world.library, L"x", NULL, 1 ), ERROR_INVALID_PARAMETER );
    FAILS( set( &nobody, L"x", value, 1 ), ERROR_OBJECT_NOT_FOUND );
    FAILS( set( &nobody, L"x", value, 0 ), ERROR_OBJECT_NOT_FOUND );
    FAILS( ntms_get_object_attribute( NULL, &nobody, NTMS_LIBRARY, L"x", small, &size ), ERROR_OBJECT_NOT_FOUND );
    FAILS( ntms_get_object_attribute( NULL, &world.library, NTMS_LIBRARY, too_long, small, &size ), ERROR_OBJECT_NOT_FOUND );

    /* the type */
    OK( ntms_set_object_attribute( NULL, &world.library, 77, L"x", value, 4 ));
    OK( ntms_get_object_attribute( NULL, &world.library, NTMS_DRIVE, L"x", small, &size ));
    FAILS( ntms_get_object_attribute( NULL, &world.library, NTMS_NUMBER_OF_OBJECT_TYPES, L"x", small, &size ),
           ERROR_INVALID_PARAMETER );
    FAILS( ntms_get_object_attribute( NULL, &world.library, ~0u, L"x", small, &size ), ERROR_INVALID_PARAMETER );
    free( value );
}

/* a change of an attribute is one of its object, and goes with it */
static void test_object(void)
{
    SYSTEMTIME before = world_info( &world.empty_pool ).Modified, after;
    FILETIME from, to;

    Sleep( 20 );
    OK( set( &world.empty_pool, L"x", "1", 1 ));
    after = world_info( &world.empty_pool ).Modified;
    SystemTimeToFileTime( &before, &from );
    SystemTimeToFileTime( &after, &to );
    ok( CompareFileTime( &from, &to ) < 0, "not modified\n" );
    OK( db_begin() );
    OK( db_end( object_delete( &world.empty_pool )));
    OK( db_begin_read() );
    FAILS( db_end( db_get_int( (int *)&from, "SELECT 1 FROM attribute WHERE object = ?", "g", &world.empty_pool )),
           ERROR_OBJECT_NOT_FOUND );
    check_value( &world.empty_pool, L"x", NULL, 0 );
}

START_TEST(attribute)
{
    world_open( &world );
    test_values();
    test_limits();
    test_object();
    world_close();
}
