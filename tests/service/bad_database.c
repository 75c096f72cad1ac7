/*
 * Tests of the service's database: transactions, and files that are not as they should be
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

#include "ntmssvc.h"
#include "wine/test.h"

static WCHAR directory[MAX_PATH], file[MAX_PATH];

static void set_directory( const WCHAR *name )
{
    WCHAR temp[MAX_PATH];

    GetTempPathW( ARRAY_SIZE(temp), temp );
    swprintf( directory, ARRAY_SIZE(directory), L"%sntmssvc_%lx\\%s", temp, GetCurrentProcessId(), name );
    swprintf( file, ARRAY_SIZE(file), L"%s\\NTMSDATA", directory );
}

static BYTE *read_file( DWORD *size )
{
    HANDLE handle = CreateFileW( file, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL );
    BYTE *data = NULL;

    *size = 0;
    if (handle == INVALID_HANDLE_VALUE) return NULL;
    *size = GetFileSize( handle, NULL );
    data = malloc( *size + 1 );
    ReadFile( handle, data, *size, size, NULL );
    CloseHandle( handle );
    return data;
}

static void write_file( const BYTE *data, DWORD size )
{
    HANDLE handle = CreateFileW( file, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL );

    ok( handle != INVALID_HANDLE_VALUE, "cannot create %s, error %lu\n", debugstr_w(file), GetLastError() );
    WriteFile( handle, data, size, &size, NULL );
    CloseHandle( handle );
}

static void remove_directory(void)
{
    static const WCHAR *const suffixes[] = { L"", L"-wal", L"-shm", L".new" };
    WCHAR name[MAX_PATH + 8];
    DWORD i;

    for (i = 0; i < ARRAY_SIZE(suffixes); i++)
    {
        swprintf( name, ARRAY_SIZE(name), L"%s%s", file, suffixes[i] );
        DeleteFileW( name );
    }
    ok( RemoveDirectoryW( directory ), "%s is not empty, error %lu\n", debugstr_w(directory), GetLastError() );
}

static void add_object( BYTE tag, DWORD expect )
{
    GUID id = { tag, 1 };
    DWORD error;

    error = db_exec( "INSERT INTO object (id, type, name, created, modified) VALUES (?, ?, ?, ?, ?)", "giwll",
                     &id, 9, L"name \x3042", (INT64)1 << 40, (INT64)2 );
    ok( error == expect, "got error %lu\n", error );
}

static int count_objects(void)
{
    int count = -1;

    ok( !db_begin(), "cannot begin\n" );
    ok( !db_end( db_get_int( &count, "SELECT COUNT(*) FROM object", "" )), "cannot count\n" );
    return count;
}

static void test_new(void)
{
    DWORD error;

    set_directory( L"a\\b\\NtmsData" );
    error = db_begin();
    ok( error == ERROR_DATABASE_FAILURE, "got error %lu without a database\n", error );
    error = db_open( directory );
    ok( !error, "got error %lu\n", error );
    ok( !db_begin(), "cannot begin\n" );
    add_object( 1, ERROR_SUCCESS );
    ok( db_changes() == 1, "%d changes\n", db_changes() );
    ok( !db_commit(), "cannot commit\n" );
    db_close();

    error = db_open( directory );
    ok( !error, "got error %lu\n", error );
    ok( count_objects() == 1, "object is gone\n" );
    db_close();
    error = db_begin();
    ok( error == ERROR_DATABASE_FAILURE, "got error %lu after close\n", error );
}

static void test_values(void)
{
    struct db_query *query, *inner;
    GUID id = { 1, 1 }, result;
    WCHAR name[64], tiny[4];
    BYTE blob[20];
    DWORD error;
    int value;

    ok( !db_open( directory ), "cannot open\n" );
    ok( !db_begin(), "cannot begin\n" );
    error = db_select( &query, "SELECT id, name, type, created, NULL FROM object WHERE id = ?", "g", &id );
    ok( !error, "got error %lu\n", error );
    ok( db_next( query ), "no row\n" );
    ok( db_guid( query, 0, &result ) && !memcmp( &result, &id, sizeof(id) ), "got %s\n", debugstr_guid( &result ));
    db_wstr( query, 1, name, ARRAY_SIZE(name) );
    ok( !wcscmp( name, L"name \x3042" ), "got %s\n", debugstr_w(name) );
    db_wstr( query, 1, tiny, ARRAY_SIZE(tiny) );
    ok( !wcscmp( tiny, L"nam" ), "got %s\n", debugstr_w(tiny) );
    ok( db_int( query, 2 ) == 9, "got %d\n", db_int( query, 2 ));
    ok( db_int64( query, 3 ) == (INT64)1 << 40, "wrong time\n" );
    ok( db_blob( query, 0, blob, 5 ) == 5, "wrong length\n" );
    ok( !db_guid( query, 4, &result ) && !result.Data1, "NULL is a GUID\n" );
    db_wstr( query, 4, name, ARRAY_SIZE(name) );
    ok( !name[0], "got %s\n", debugstr_w(name) );

    /* a statement may run inside itself */
    error = db_select( &inner, "SELECT id, name, type, created, NULL FROM object WHERE id = ?", "g", &id );
    ok( !error, "got error %lu\n", error );
    ok( db_next( inner ) && !db_next( inner ), "wrong rows\n" );
    ok( !db_finish( inner ), "error\n" );
    ok( !db_next( query ), "two rows\n" );
    ok( !db_finish( query ), "error\n" );

    error = db_get_int( &value, "SELECT type FROM object WHERE type = ?", "i", 5 );
    ok( error == ERROR_OBJECT_NOT_FOUND, "got error %lu\n", error );
    ok( !db_commit(), "cannot commit\n" );
    db_close();
}

static void test_rollback(void)
{
    DWORD error;

    ok( !db_open( directory ), "cannot open\n" );
    ok( !db_begin(), "cannot begin\n" );
    add_object( 2, ERROR_SUCCESS );
    db_rollback();
    ok( count_objects() == 1, "object has been committed\n" );

    ok( !db_begin(), "cannot begin\n" );
    add_object( 2, ERROR_SUCCESS );
    add_object( 2, ERROR_DATABASE_FAILURE );  /* the same again */
    error = db_end( ERROR_DATABASE_FAILURE );
    ok( error == ERROR_DATABASE_FAILURE, "got error %lu\n", error );
    ok( count_objects() == 1, "object has been committed\n" );
    db_close();
}

static void test_full(void)
{
    DWORD error = ERROR_SUCCESS;
    int i, pages = 0;
    GUID id = { 0, 2 };

    ok( !db_open( directory ), "cannot open\n" );
    ok( !db_begin(), "cannot begin\n" );
    ok( !db_get_int( &pages, "PRAGMA page_count", "" ), "no page count\n" );
    ok( !db_get_int( &pages, "PRAGMA max_page_count = 1", "" ), "no page limit\n" );  /* means the present size */
    for (i = 0; !error && i < 10000; i++)
    {
        id.Data1 = i;
        error = db_exec( "INSERT INTO object (id, type, name, created, modified) VALUES (?, 9, 'name', 1, 1)", "g", &id );
    }
    ok( error == ERROR_DATABASE_FULL, "got error %lu\n", error );
    error = db_end( error );
    ok( error == ERROR_DATABASE_FULL, "got error %lu\n", error );
    ok( count_objects() == 1, "objects have been committed\n" );
    db_close();
    ok( !db_open( directory ), "cannot open\n" );
    ok( count_objects() == 1, "objects have been committed\n" );
    db_close();
}

/* such a file is refused and stays what it was */
static void check_refused( const BYTE *data, DWORD size, const char *what )
{
    BYTE *after;
    DWORD error, after_size;

    write_file( data, size );
    error = db_open( directory );
    ok( error == ERROR_DATABASE_FAILURE, "%s: got error %lu\n", what, error );
    if (!error) db_close();
    ok( db_begin() == ERROR_DATABASE_FAILURE, "%s: database is open\n", what );
    after = read_file( &after_size );
    ok( after && after_size == size && !memcmp( after, data, size ), "%s: file has been changed\n", what );
    free( after );
    ok( DeleteFileW( file ), "%s: file is in use, error %lu\n", what, GetLastError() );
    remove_directory();
    CreateDirectoryW( directory, NULL );
}

static void check_truncated( const BYTE *data, DWORD size )
{
    const DWORD sizes[] = { 0, 1, 15, 16, 99, 100, 511, 512, 4095, 4096, 4097, size / 2, size - 4096 };
    char what[32];
    DWORD i;

    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        sprintf( what, "%lu of %lu bytes", sizes[i], size );
        check_refused( data, sizes[i], what );
    }
}

static void put_header_number( BYTE *data, DWORD offset, DWORD value )
{
    data[offset] = value >> 24;
    data[offset + 1] = value >> 16;
    data[offset + 2] = value >> 8;
    data[offset + 3] = value;
}

/* the numbers are in the header of the file as the SQLite documentation describes it */
static void check_versions( BYTE *data, DWORD size )
{
    put_header_number( data, 60, db_schema_version + 1 );
    check_refused( data, size, "newer schema" );
    put_header_number( data, 60, 0xffffffff );
    check_refused( data, size, "negative schema" );
    put_header_number( data, 60, 0 );
    check_refused( data, size, "no schema" );
    put_header_number( data, 60, db_schema_version );
    put_header_number( data, 68, 0x12345678 );
    check_refused( data, size, "other application" );
    memcpy( data + 68, "NTMS", 4 );
}

static void check_garbage( BYTE *data, DWORD size )
{
    DWORD i, page;

    for (page = 1; page < size / 4096; page += 5)
    {
        BYTE *copy = malloc( size );

        memcpy( copy, data, size );
        for (i = 0; i < 4096; i++) copy[page * 4096 + i] = rand();
        check_refused( copy, size, "garbage in a page" );
        free( copy );
    }
    for (i = 0; i < size; i++) data[i] = rand();
    check_refused( data, size, "garbage" );
    check_refused( (const BYTE *)"just a text\r\n", 13, "text" );
}

static void test_bad_files(void)
{
    DWORD size, error;
    BYTE *data;

    data = read_file( &size );
    ok( data && size > 8192, "got %lu bytes\n", size );
    set_directory( L"bad" );
    CreateDirectoryW( directory, NULL );

    check_truncated( data, size );
    check_versions( data, size );
    write_file( data, size );
    error = db_open( directory );
    ok( !error, "the file that was damaged is refused when it is whole, error %lu\n", error );
    db_close();
    DeleteFileW( file );
    check_garbage( data, size );
    free( data );

    CreateDirectoryW( file, NULL );
    error = db_open( directory );
    ok( error == ERROR_DATABASE_FAILURE, "got error %lu for a directory\n", error );
    RemoveDirectoryW( file );
    remove_directory();
}

static void test_bad_directory(void)
{
    WCHAR name[MAX_PATH];
    DWORD error, i;

    set_directory( L"x" );
    lstrcpyW( file, directory );
    write_file( NULL, 0 );
    error = db_open( directory );
    ok( error == ERROR_DATABASE_FAILURE, "got error %lu for a file\n", error );
    swprintf( name, ARRAY_SIZE(name), L"%s\\sub", directory );
    error = db_open( name );
    ok( error == ERROR_DATABASE_FAILURE, "got error %lu below a file\n", error );
    DeleteFileW( file );
    for (i = 0; i < ARRAY_SIZE(name) - 1; i++) name[i] = 'x';
    name[i] = 0;
    error = db_open( name );
    ok( error == ERROR_DATABASE_FAILURE, "got error %lu for a long name\n", error );
}

/* what a crash in the middle of creation leaves behind */
static void test_half_made(void)
{
    WCHAR name[MAX_PATH];

    set_directory( L"half" );
    CreateDirectoryW( directory, NULL );
    lstrcpyW( name, file );
    lstrcatW( file, L".new" );
    write_file( (const BYTE *)"half", 4 );
    lstrcpyW( file, name );
    ok( !db_open( directory ), "cannot open\n" );
    ok( !count_objects(), "not empty\n" );
    db_close();
    remove_directory();
}

/* a log that has lost its database, which somebody has deleted to begin anew */
static void test_stale_log(void)
{
    WCHAR copy[MAX_PATH + 4], log[MAX_PATH + 4];

    set_directory( L"stale" );
    ok( !db_open( directory ), "cannot open\n" );
    ok( !db_begin(), "cannot begin\n" );
    add_object( 8, ERROR_SUCCESS );
    ok( !db_commit(), "cannot commit\n" );
    swprintf( log, ARRAY_SIZE(log), L"%s-wal", file );
    swprintf( copy, ARRAY_SIZE(copy), L"%s-old", file );
    ok( CopyFileW( log, copy, TRUE ), "cannot copy, error %lu\n", GetLastError() );
    db_close();
    ok( DeleteFileW( file ), "cannot delete, error %lu\n", GetLastError() );
    ok( MoveFileW( copy, log ), "cannot rename, error %lu\n", GetLastError() );

    ok( !db_open( directory ), "cannot open\n" );
    ok( !count_objects(), "the old log has been used\n" );
    db_close();
    remove_directory();
}

/* the files as a service that has been killed leaves them: the last transactions are in the log only */
static void test_killed(void)
{
    WCHAR name[MAX_PATH], log[MAX_PATH + 4], copied_log[MAX_PATH + 4];

    set_directory( L"killed" );
    ok( !db_open( directory ), "cannot open\n" );
    ok( !db_begin(), "cannot begin\n" );
    add_object( 7, ERROR_SUCCESS );
    ok( !db_commit(), "cannot commit\n" );

    lstrcpyW( name, file );
    swprintf( log, ARRAY_SIZE(log), L"%s-wal", name );
    set_directory( L"copy" );
    CreateDirectoryW( directory, NULL );
    swprintf( copied_log, ARRAY_SIZE(copied_log), L"%s-wal", file );
    ok( CopyFileW( name, file, TRUE ), "cannot copy, error %lu\n", GetLastError() );
    ok( CopyFileW( log, copied_log, TRUE ), "cannot copy, error %lu\n", GetLastError() );
    db_close();

    ok( !db_open( directory ), "cannot open\n" );
    ok( count_objects() == 1, "object is gone\n" );
    db_close();
    remove_directory();
    set_directory( L"killed" );
    remove_directory();
}

static void clean_up(void)
{
    set_directory( L"a\\b\\NtmsData" );
    remove_directory();
    set_directory( L"a\\b" );
    RemoveDirectoryW( directory );
    set_directory( L"a" );
    RemoveDirectoryW( directory );
    set_directory( L"" );
    directory[lstrlenW( directory ) - 1] = 0;
    ok( RemoveDirectoryW( directory ), "something is left in %s, error %lu\n", debugstr_w(directory), GetLastError() );
}

START_TEST(bad_database)
{
    test_new();
    test_values();
    test_rollback();
    test_full();
    test_bad_files();
    test_bad_directory();
    test_half_made();
    test_killed();
    test_stale_log();
    clean_up();
}
