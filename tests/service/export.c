/*
 * Tests of ExportNtmsDatabase and ImportNtmsDatabase
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
#include "database.h"
#include "wine/test.h"

static WCHAR directory[MAX_PATH];

static void get_path( WCHAR path[MAX_PATH], const WCHAR *name )
{
    swprintf( path, MAX_PATH, L"%s\\%s", directory, name );
}

static BOOL exists( const WCHAR *name )
{
    WCHAR path[MAX_PATH];

    get_path( path, name );
    return GetFileAttributesW( path ) != INVALID_FILE_ATTRIBUTES;
}

static void delete_file( const WCHAR *name )
{
    WCHAR path[MAX_PATH];

    get_path( path, name );
    ok( DeleteFileW( path ), "cannot delete %s, error %lu\n", debugstr_w(name), GetLastError() );
}

static void write_file( const WCHAR *name, const char *data )
{
    WCHAR path[MAX_PATH];
    HANDLE file;
    DWORD size;

    get_path( path, name );
    file = CreateFileW( path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL );
    ok( file != INVALID_HANDLE_VALUE, "cannot create %s, error %lu\n", debugstr_w(name), GetLastError() );
    WriteFile( file, data, strlen( data ), &size, NULL );
    CloseHandle( file );
}

static void copy_file( const WCHAR *from, const WCHAR *to )
{
    WCHAR source[MAX_PATH], target[MAX_PATH];

    get_path( source, from );
    get_path( target, to );
    ok( CopyFileW( source, target, FALSE ), "cannot copy, error %lu\n", GetLastError() );
}

static void name_object( const GUID *id, const WCHAR *name )
{
    OK( db_begin() );
    OK( db_end( db_exec( "UPDATE object SET name = ? WHERE id = ?", "wg", name, id )));
}

static void check_name( const GUID *id, const WCHAR *name )
{
    NTMS_OBJECTINFORMATIONW info = world_info( id );

    ok( !wcscmp( info.szName, name ), "name %s instead of %s\n", debugstr_w(info.szName), debugstr_w(name) );
}

static void restart(void)
{
    db_close();
    OK( db_open( directory ));
}

static void test_export( const struct world *world )
{
    static const WCHAR copy[] = L"Export\\NTMSDATA";
    WCHAR path[MAX_PATH];
    int version = 0;
    HANDLE file;

    FAILS( ntms_import_database( NULL ), ERROR_DATABASE_FAILURE );
    ok( !exists( L"NTMSIMPORT" ), "arranged\n" );
    name_object( &world->media[0], L"exported" );
    OK( ntms_export_database( NULL ));
    get_path( path, copy );
    OK( dbfile_check( path, &version ));
    ok( version == db_schema_version, "version %d\n", version );
    ok( !exists( L"Export\\NTMSDATA.new" ) && !exists( L"Export\\NTMSDATA-wal" ), "not a single file\n" );

    /* over what is there, but not under somebody's hands */
    file = CreateFileW( path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL );
    FAILS( ntms_export_database( NULL ), ERROR_SHARING_VIOLATION );
    CloseHandle( file );
    write_file( copy, "something else" );
    write_file( L"Export\\NTMSDATA.new", "left over" );
    OK( ntms_export_database( NULL ));
    OK( dbfile_check( path, &version ));
}

static void test_import( const struct world *world )
{
    static const WCHAR copy[] = L"Export\\NTMSDATA";
    WCHAR path[MAX_PATH];

    name_object( &world->media[0], L"later" );
    restart();
    check_name( &world->media[0], L"later" );
    OK( ntms_import_database( NULL ));
    check_name( &world->media[0], L"later" );
    ok( exists( L"NTMSIMPORT" ), "not arranged\n" );
    restart();
    check_name( &world->media[0], L"exported" );
    ok( !exists( L"NTMSIMPORT" ), "not done once\n" );
    ok( !exists( L"NTMSDATA.new" ), "a file is left\n" );
    name_object( &world->media[0], L"after the import" );
    restart();
    check_name( &world->media[0], L"after the import" );

    /* what is no database is refused, at once and at the start */
    copy_file( copy, L"good" );
    write_file( copy, "SQLite format 3" );
    FAILS( ntms_import_database( NULL ), ERROR_DATABASE_FAILURE );
    write_file( L"NTMSIMPORT", "" );
    restart();
    check_name( &world->media[0], L"after the import" );
    ok( !exists( L"NTMSIMPORT" ), "tried for ever\n" );

    /* killed: with a half-made copy, and when all is done but the mark is still there */
    copy_file( L"good", copy );
    OK( ntms_import_database( NULL ));
    write_file( L"NTMSDATA.new", "half" );
    restart();
    check_name( &world->media[0], L"exported" );
    write_file( L"NTMSIMPORT", "" );
    restart();
    check_name( &world->media[0], L"exported" );

    /* what cannot be marked is not imported */
    get_path( path, L"NTMSIMPORT" );
    ok( CreateDirectoryW( path, NULL ), "error %lu\n", GetLastError() );
    FAILS( ntms_import_database( NULL ), ERROR_DATABASE_FAILURE );
    ok( RemoveDirectoryW( path ), "error %lu\n", GetLastError() );

    /* in the place of a database that is damaged, with its log */
    OK( ntms_import_database( NULL ));
    db_close();
    write_file( L"NTMSDATA", "damaged" );
    write_file( L"NTMSDATA-wal", "damaged, too" );
    OK( db_open( directory ));
    check_name( &world->media[0], L"exported" );
    delete_file( L"good" );
    delete_file( copy );
}

START_TEST(export)
{
    struct world world;
    WCHAR *name, path[MAX_PATH];

    world_open( &world );
    lstrcpynW( directory, db_file(), ARRAY_SIZE(directory) );
    if ((name = wcsrchr( directory, '\\' ))) *name = 0;
    test_export( &world );
    test_import( &world );
    get_path( path, L"Export" );
    ok( RemoveDirectoryW( path ), "not empty, error %lu\n", GetLastError() );
    world_close();
}
