/*
 * A program's view of a service whose database cannot be written
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

/* full fill          sets attributes until that fails for want of room; what was set is there, and no more
 * full refused CODE  changes are refused with the code and leave nothing behind; reading works
 * full works NAME    changes are made, pools of that name among them
 * full has NAME      what "works" has made is there */

#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <ntmsapi.h>
#include <stdio.h>
#include <stdlib.h>

#define SIZE 60000

static HANDLE session;
static GUID computer, media_type;
static BYTE data[SIZE], found[SIZE];
static int failures;

static void expect( const char *what, DWORD error, DWORD expected )
{
    if (error == expected) return;
    printf( "FAILED: %s: error %lu instead of %lu\n", what, error, expected );
    failures++;
}

static DWORD find_first( DWORD type, GUID *id )
{
    GUID list[256];
    DWORD count = ARRAYSIZE(list), error = EnumerateNtmsObject( session, NULL, list, &count, type, 0 );

    if (!error && !count) error = ERROR_NO_MORE_ITEMS;
    if (!error) *id = list[0];
    return error;
}

static DWORD set( const WCHAR *name, DWORD size )
{
    return SetNtmsObjectAttributeW( session, &computer, NTMS_COMPUTER, name, data, size );
}

static DWORD get( const WCHAR *name )
{
    DWORD size = sizeof(found);

    return GetNtmsObjectAttributeW( session, &computer, NTMS_COMPUTER, name, found, &size );
}

static DWORD pool( const WCHAR *name, DWORD action )
{
    GUID id;

    return CreateNtmsMediaPoolW( session, name, &media_type, action, NULL, &id );
}

static void fill(void)
{
    WCHAR name[32];
    DWORD error = 0, i, count;

    for (count = 0; count < 10000; count++)
    {
        _snwprintf( name, ARRAYSIZE(name), L"fill %lu", count );
        memset( data, count, SIZE );
        if ((error = set( name, SIZE ))) break;
    }
    printf( "%lu attributes, then error %lu\n", count, error );
    if (error != ERROR_DATABASE_FULL && error != ERROR_DATABASE_FAILURE) expect( "full", error, ERROR_DATABASE_FULL );
    if (!count) failures++;
    expect( "the attribute that did not fit", get( name ), ERROR_OBJECT_NOT_FOUND );
    for (i = 0; i < count; i++)
    {
        _snwprintf( name, ARRAYSIZE(name), L"fill %lu", i );
        expect( "an attribute that was set", get( name ), ERROR_SUCCESS );
        if (found[0] != (BYTE)i || found[SIZE - 1] != (BYTE)i) expect( "its value", 1, 0 );
    }
}

static void refused( DWORD code )
{
    DWORD i;

    for (i = 0; i < 3; i++)
    {
        expect( "CreateNtmsMediaPool", pool( L"refused", NTMS_CREATE_NEW ), code );
        expect( "the pool", pool( L"refused", NTMS_OPEN_EXISTING ), ERROR_OBJECT_NOT_FOUND );
        expect( "SetNtmsObjectAttribute", set( L"refused", SIZE ), code );
        expect( "the attribute", get( L"refused" ), ERROR_OBJECT_NOT_FOUND );
    }
}

static void works( const WCHAR *name )
{
    expect( "CreateNtmsMediaPool", pool( name, NTMS_CREATE_NEW ), ERROR_SUCCESS );
    expect( "SetNtmsObjectAttribute", set( name, SIZE ), ERROR_SUCCESS );
}

static void has( const WCHAR *name )
{
    expect( "the pool", pool( name, NTMS_OPEN_EXISTING ), ERROR_SUCCESS );
    expect( "the attribute", get( name ), ERROR_SUCCESS );
}

int wmain( int argc, WCHAR **argv )
{
    if ((session = OpenNtmsSessionW( NULL, L"full", 0 )) == INVALID_HANDLE_VALUE)
    {
        printf( "FAILED: OpenNtmsSession: error %lu\n", GetLastError() );
        return 1;
    }
    expect( "EnumerateNtmsObject", find_first( NTMS_COMPUTER, &computer ), ERROR_SUCCESS );
    expect( "EnumerateNtmsObject", find_first( NTMS_MEDIA_TYPE, &media_type ), ERROR_SUCCESS );
    if (argc == 2 && !wcscmp( argv[1], L"fill" )) fill();
    else if (argc == 3 && !wcscmp( argv[1], L"refused" )) refused( _wtoi( argv[2] ));
    else if (argc == 3 && !wcscmp( argv[1], L"works" )) works( argv[2] );
    else if (argc == 3 && !wcscmp( argv[1], L"has" )) has( argv[2] );
    else failures++;
    CloseNtmsSession( session );
    return failures != 0;
}
