/*
 * Tests of winsqlite3: databases on Windows paths
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
#include <windows.h>
#include <winsqlite/winsqlite3.h>

#include "wine/test.h"

static char dir[MAX_PATH];

static const char *test_path( const char *name )
{
    return wine_dbg_sprintf( "%s\\%s", dir, name );
}

static sqlite3 *open_database( const char *path, int flags )
{
    sqlite3 *db = NULL;
    int ret;

    ret = sqlite3_open_v2( path, &db, flags, NULL );
    ok( ret == SQLITE_OK, "%s: got %d\n", path, ret );
    ok( db != NULL, "%s: no database\n", path );
    return db;
}

static void exec_sql( sqlite3 *db, const char *sql, int expected )
{
    char *message = (char *)0xdeadbeef;
    int ret;

    ret = sqlite3_exec( db, sql, NULL, NULL, &message );
    ok( ret == expected, "%s: got %d, %s\n", sql, ret, message );
    ok( !message == !expected, "%s: message %s\n", sql, message );
    sqlite3_free( message );
}

static int query_int( sqlite3 *db, const char *sql )
{
    sqlite3_stmt *stmt = NULL;
    int ret;

    ret = sqlite3_prepare_v2( db, sql, -1, &stmt, NULL );
    ok( ret == SQLITE_OK, "%s: got %d, %s\n", sql, ret, sqlite3_errmsg( db ) );
    ret = sqlite3_step( stmt );
    ok( ret == SQLITE_ROW, "%s: got %d\n", sql, ret );
    ret = sqlite3_column_int( stmt, 0 );
    sqlite3_finalize( stmt );
    return ret;
}

static int destroyed;

static void SQLITE_APICALL count_destroyed( void *data )
{
    destroyed++;
}

static void test_version(void)
{
    ok( sqlite3_libversion_number() >= 3040000, "got %d\n", sqlite3_libversion_number() );
    ok( !strncmp( sqlite3_libversion(), "3.", 2 ), "got %s\n", sqlite3_libversion() );
    ok( !strcmp( sqlite3_errstr( SQLITE_OK ), "not an error" ), "got %s\n", sqlite3_errstr( SQLITE_OK ) );
}

static void test_open(void)
{
    const char *path = test_path( "open.db" );
    sqlite3 *db;
    int ret;

    db = (sqlite3 *)0xdeadbeef;
    ret = sqlite3_open_v2( test_path( "missing\\open.db" ), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL );
    ok( ret == SQLITE_CANTOPEN, "got %d\n", ret );
    sqlite3_close( db );

    db = (sqlite3 *)0xdeadbeef;
    ret = sqlite3_open_v2( path, &db, SQLITE_OPEN_READWRITE, NULL );
    ok( ret == SQLITE_CANTOPEN, "got %d\n", ret );
    sqlite3_close( db );
    ok( GetFileAttributesA( path ) == INVALID_FILE_ATTRIBUTES, "the file exists\n" );

    db = open_database( path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE );
    exec_sql( db, "CREATE TABLE t (x)", SQLITE_OK );
    ok( GetFileAttributesA( path ) != INVALID_FILE_ATTRIBUTES, "the file does not exist\n" );
    ok( !sqlite3_db_readonly( db, "main" ), "the database is read-only\n" );
    ret = sqlite3_close( db );
    ok( ret == SQLITE_OK, "got %d\n", ret );

    db = open_database( path, SQLITE_OPEN_READONLY );
    ok( sqlite3_db_readonly( db, "main" ) == 1, "the database is not read-only\n" );
    exec_sql( db, "INSERT INTO t VALUES (1)", SQLITE_READONLY );
    ok( sqlite3_errcode( db ) == SQLITE_READONLY, "got %d\n", sqlite3_errcode( db ) );
    sqlite3_close( db );

    db = open_database( ":memory:", SQLITE_OPEN_READWRITE );
    exec_sql( db, "CREATE TABLE t (x)", SQLITE_OK );
    exec_sql( db, "VACUUM", SQLITE_OK );
    sqlite3_close( db );
}

static void test_statements(void)
{
    static const WCHAR wide[] = {'T','a','p','e',0x2603,0};
    static const unsigned char data[] = { 1, 0, 2 };
    const char *sql = "INSERT INTO t VALUES (?1, ?2, ?3, ?4, ?5, ?6); SELECT 1", *tail = NULL;
    sqlite3_stmt *stmt;
    sqlite3 *db;
    int ret;

    db = open_database( test_path( "statements.db" ), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE );
    exec_sql( db, "CREATE TABLE t (i INTEGER, big INTEGER, r REAL, s TEXT, w TEXT, b BLOB)", SQLITE_OK );
    exec_sql( db, "CREATE TABLE t (i)", SQLITE_ERROR );
    ok( strstr( sqlite3_errmsg( db ), "exists" ) != NULL, "got %s\n", sqlite3_errmsg( db ) );

    ret = sqlite3_prepare_v2( db, sql, -1, &stmt, &tail );
    ok( ret == SQLITE_OK, "got %d\n", ret );
    ok( tail == strchr( sql, ';' ) + 1, "got %s\n", tail );
    ok( sqlite3_bind_parameter_count( stmt ) == 6, "got %d\n", sqlite3_bind_parameter_count( stmt ) );
    ok( sqlite3_bind_parameter_index( stmt, "?4" ) == 4, "got %d\n", sqlite3_bind_parameter_index( stmt, "?4" ) );
    ok( !sqlite3_bind_int( stmt, 1, -5 ), "failed\n" );
    ok( !sqlite3_bind_int64( stmt, 2, 0x123456789abcdefll ), "failed\n" );
    ok( !sqlite3_bind_double( stmt, 3, 1.5 ), "failed\n" );
    ok( !sqlite3_bind_text( stmt, 4, "slot 1", 4, count_destroyed ), "failed\n" );
    ok( destroyed == 1, "destroyed %d times\n", destroyed );
    ok( !sqlite3_bind_text16( stmt, 5, wide, -1, SQLITE_TRANSIENT ), "failed\n" );
    ok( !sqlite3_bind_blob( stmt, 6, data, sizeof(data), SQLITE_STATIC ), "failed\n" );
    ok( sqlite3_bind_null( stmt, 7 ) == SQLITE_RANGE, "succeeded\n" );
    ret = sqlite3_step( stmt );
    ok( ret == SQLITE_DONE, "got %d\n", ret );
    ok( sqlite3_changes( db ) == 1, "got %d\n", sqlite3_changes( db ) );
    ok( sqlite3_last_insert_rowid( db ) == 1, "got %d\n", (int)sqlite3_last_insert_rowid( db ) );
    ok( !sqlite3_reset( stmt ), "failed\n" );
    ok( !sqlite3_clear_bindings( stmt ), "failed\n" );
    ok( !sqlite3_finalize( stmt ), "failed\n" );

    ret = sqlite3_prepare_v2( db, "SELECT *, NULL AS missing FROM t", -1, &stmt, NULL );
    ok( ret == SQLITE_OK, "got %d\n", ret );
    ok( sqlite3_column_count( stmt ) == 7, "got %d\n", sqlite3_column_count( stmt ) );
    ok( !strcmp( sqlite3_column_name( stmt, 6 ), "missing" ), "got %s\n", sqlite3_column_name( stmt, 6 ) );
    ret = sqlite3_step( stmt );
    ok( ret == SQLITE_ROW, "got %d\n", ret );
    ok( sqlite3_column_int( stmt, 0 ) == -5, "got %d\n", sqlite3_column_int( stmt, 0 ) );
    ok( sqlite3_column_int64( stmt, 1 ) == 0x123456789abcdefll, "got another value\n" );
    ok( sqlite3_column_double( stmt, 2 ) == 1.5, "got %f\n", sqlite3_column_double( stmt, 2 ) );
    ok( !strcmp( (const char *)sqlite3_column_text( stmt, 3 ), "slot" ), "got %s\n", sqlite3_column_text( stmt, 3 ) );
    ok( !lstrcmpW( sqlite3_column_text16( stmt, 4 ), wide ), "got %s\n", wine_dbgstr_w( sqlite3_column_text16( stmt, 4 ) ) );
    ok( sqlite3_column_bytes16( stmt, 4 ) == 10, "got %d\n", sqlite3_column_bytes16( stmt, 4 ) );
    ok( sqlite3_column_bytes( stmt, 5 ) == sizeof(data), "got %d\n", sqlite3_column_bytes( stmt, 5 ) );
    ok( !memcmp( sqlite3_column_blob( stmt, 5 ), data, sizeof(data) ), "got other data\n" );
    ok( sqlite3_column_type( stmt, 5 ) == SQLITE_BLOB, "got %d\n", sqlite3_column_type( stmt, 5 ) );
    ok( sqlite3_column_type( stmt, 6 ) == SQLITE_NULL, "got %d\n", sqlite3_column_type( stmt, 6 ) );
    ok( sqlite3_close( db ) == SQLITE_BUSY, "closed with a statement\n" );
    ok( !sqlite3_close_v2( db ), "failed\n" );
    sqlite3_finalize( stmt );
}

static void test_wal(void)
{
    int log_frames = 0xdead, done_frames = 0xdead, ret;
    sqlite3 *db;

    db = open_database( test_path( "wal.db" ), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE );
    ok( !sqlite3_busy_timeout( db, 1000 ), "failed\n" );
    ok( !sqlite3_extended_result_codes( db, 1 ), "failed\n" );
    exec_sql( db, "PRAGMA journal_mode = WAL; CREATE TABLE t (x UNIQUE)", SQLITE_OK );
    ok( GetFileAttributesA( test_path( "wal.db-wal" ) ) != INVALID_FILE_ATTRIBUTES, "the log does not exist\n" );
    ok( sqlite3_get_autocommit( db ), "in a transaction\n" );
    exec_sql( db, "BEGIN; INSERT INTO t VALUES (1)", SQLITE_OK );
    ok( !sqlite3_get_autocommit( db ), "not in a transaction\n" );
    exec_sql( db, "COMMIT", SQLITE_OK );
    exec_sql( db, "INSERT INTO t VALUES (1)", SQLITE_CONSTRAINT | (8 << 8) );
    ok( sqlite3_extended_errcode( db ) == (SQLITE_CONSTRAINT | (8 << 8)), "got %#x\n", sqlite3_extended_errcode( db ) );
    ret = sqlite3_wal_checkpoint_v2( db, NULL, SQLITE_CHECKPOINT_TRUNCATE, &log_frames, &done_frames );
    ok( ret == SQLITE_OK, "got %d\n", ret );
    ok( !log_frames && !done_frames, "got %d, %d\n", log_frames, done_frames );
    sqlite3_interrupt( db );
    ok( sqlite3_total_changes( db ) == 1, "got %d\n", sqlite3_total_changes( db ) );
    ok( !sqlite3_close( db ), "failed\n" );
}

static void test_backup(void)
{
    sqlite3 *src, *dst;
    sqlite3_backup *backup;
    int ret;

    src = open_database( test_path( "wal.db" ), SQLITE_OPEN_READONLY );
    dst = open_database( test_path( "\xc3\xa4 copy.db" ), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE );
    backup = sqlite3_backup_init( dst, "main", src, "main" );
    ok( backup != NULL, "got %s\n", sqlite3_errmsg( dst ) );
    ret = sqlite3_backup_step( backup, 1 );
    ok( ret == SQLITE_OK, "got %d\n", ret );
    ok( sqlite3_backup_pagecount( backup ) > 1, "got %d\n", sqlite3_backup_pagecount( backup ) );
    ok( sqlite3_backup_remaining( backup ) > 0, "got %d\n", sqlite3_backup_remaining( backup ) );
    ret = sqlite3_backup_step( backup, -1 );
    ok( ret == SQLITE_DONE, "got %d\n", ret );
    ok( !sqlite3_backup_finish( backup ), "failed\n" );
    ok( query_int( dst, "SELECT count(*) FROM t" ) == 1, "the copy is empty\n" );
    sqlite3_close( src );
    sqlite3_close( dst );
}

static int SQLITE_APICALL row_callback( void *context, int count, char **values, char **names )
{
    return 0;
}

/* what our implementation refuses because it would need the host to call or name something of Windows */
static void test_refused(void)
{
    sqlite3 *db = (sqlite3 *)0xdeadbeef;
    int ret;

    if (strcmp( winetest_platform, "wine" )) return;
    ret = sqlite3_open_v2( "file:x", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI, NULL );
    ok( ret == SQLITE_MISUSE, "got %d\n", ret );
    ok( !db, "got %p\n", db );

    db = open_database( ":memory:", SQLITE_OPEN_READWRITE );
    ret = sqlite3_exec( db, "SELECT 1", row_callback, NULL, NULL );
    ok( ret == SQLITE_MISUSE, "got %d\n", ret );
    exec_sql( db, "ATTACH 'C:\\x.db' AS x", SQLITE_AUTH );
    exec_sql( db, "VACUUM INTO 'C:\\x.db'", SQLITE_AUTH );
    exec_sql( db, "ATTACH ':memory:' AS x", SQLITE_OK );
    sqlite3_close( db );
}

static void remove_files(void)
{
    WIN32_FIND_DATAW data;
    WCHAR path[MAX_PATH * 2], pattern[MAX_PATH];
    HANDLE handle;

    MultiByteToWideChar( CP_ACP, 0, dir, -1, path, MAX_PATH );
    lstrcpyW( pattern, path );
    lstrcatW( pattern, L"\\*.db*" );
    SetCurrentDirectoryW( path );
    if ((handle = FindFirstFileW( pattern, &data )) != INVALID_HANDLE_VALUE)
    {
        do ok( DeleteFileW( data.cFileName ), "%s is in use\n", wine_dbgstr_w( data.cFileName ) );
        while (FindNextFileW( handle, &data ));
        FindClose( handle );
    }
    SetCurrentDirectoryW( L"\\" );
    ok( RemoveDirectoryA( dir ), "%s is not empty\n", dir );
}

START_TEST(winsqlite3)
{
    GetTempPathA( sizeof(dir) - 16, dir );
    wsprintfA( dir + strlen( dir ), "wsq %lu", GetCurrentProcessId() );
    CreateDirectoryA( dir, NULL );

    test_version();
    test_open();
    test_statements();
    test_wal();
    test_backup();
    test_refused();
    remove_files();
}
