/*
 * ExportNtmsDatabase and ImportNtmsDatabase: copies of the database
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

#include "ntmssvc.h"
#include "access.h"
#include "database.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* The copy is made, and taken, in the directory Export of the one that the database is in.  A file of this name beside the
 * database says that it is to be taken at the next start. */
#define IMPORT_MARK L"NTMSIMPORT"

/* one export at a time */
static CRITICAL_SECTION export_cs;
static CRITICAL_SECTION_DEBUG export_cs_debug =
{
    0, 0, &export_cs, { &export_cs_debug.ProcessLocksList, &export_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": export_cs") }
};
static CRITICAL_SECTION export_cs = { &export_cs_debug, -1, 0, 0, 0, 0 };

/* the directory of the database that is open */
static void get_directory( WCHAR directory[MAX_PATH] )
{
    WCHAR *name;

    lstrcpynW( directory, db_file(), MAX_PATH );
    if ((name = wcsrchr( directory, '\\' ))) *name = 0;
}

static void get_export_path( const WCHAR *directory, WCHAR path[MAX_PATH] )
{
    swprintf( path, MAX_PATH, L"%.*s\\Export\\" DATABASE_FILE, MAX_PATH - 32, directory );
}

static void get_mark_path( const WCHAR *directory, WCHAR path[MAX_PATH] )
{
    swprintf( path, MAX_PATH, L"%.*s\\" IMPORT_MARK, MAX_PATH - 32, directory );
}

static DWORD copy_pages( sqlite3 *from, sqlite3 *to )
{
    sqlite3_backup *backup;
    int code;

    if (!(backup = sqlite3_backup_init( to, "main", from, "main" )))
        return db_error( to, sqlite3_errcode( to ), "backup" );
    code = sqlite3_backup_step( backup, -1 );
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) WARN( "in use\n" );
    /* the result of the copy, if that has failed */
    return db_error( to, sqlite3_backup_finish( backup ), "backup" );
}

/* A copy in a file of its own, complete and on stable storage.  As all pages are copied in one read transaction, it is the
 * database of one moment, whatever is written meanwhile. */
static DWORD copy_database( const WCHAR *from, const WCHAR *to )
{
    sqlite3 *source, *copy;
    DWORD error;

    if (!DeleteFileW( to ) && GetLastError() != ERROR_FILE_NOT_FOUND) return ERROR_SHARING_VIOLATION;
    if ((error = dbfile_delete_logs( to ))) return error;
    if ((error = dbfile_open( from, SQLITE_OPEN_READWRITE, &source ))) return error;
    if (!(error = dbfile_open( to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &copy )))
    {
        /* without a log all of it is in the one file */
        if (!(error = copy_pages( source, copy ))) error = dbfile_exec( copy, "PRAGMA journal_mode = DELETE" );
        if (sqlite3_close( copy ) && !error) error = ERROR_DATABASE_FAILURE;
    }
    sqlite3_close( source );
    return error;
}

/* ------------------------------------------------------------------ export */

/* somebody has the file of an earlier export open */
static BOOL is_open( const WCHAR *path )
{
    HANDLE file = CreateFileW( path, GENERIC_READ | DELETE, 0, NULL, OPEN_EXISTING, 0, NULL );

    if (file == INVALID_HANDLE_VALUE) return GetLastError() == ERROR_SHARING_VIOLATION;
    CloseHandle( file );
    return FALSE;
}

static DWORD export_database(void)
{
    WCHAR directory[MAX_PATH], path[MAX_PATH], temp[MAX_PATH];
    DWORD error;

    get_directory( directory );
    get_export_path( directory, path );
    swprintf( temp, ARRAY_SIZE(temp), L"%.*s.new", MAX_PATH - 8, path );
    lstrcatW( directory, L"\\Export" );
    if ((error = dbfile_create_directory( directory ))) return error;
    if (is_open( path ) || is_open( temp )) return ERROR_SHARING_VIOLATION;
    if (!(error = copy_database( db_file(), temp ))) error = dbfile_replace( temp, path );
    if (error) DeleteFileW( temp );
    /* a full disk is no error of this function */
    return error == ERROR_DATABASE_FULL ? ERROR_DATABASE_FAILURE : error;
}

/* both functions ask for the same right on the computer */
static DWORD check_computer( struct session *session, enum access_rule rule )
{
    DWORD error;
    GUID id;

    if ((error = db_begin_read())) return error;
    if (!(error = db_get_guid( &id, "SELECT id FROM computer", "" ))) error = check_access( session, rule, &id );
    return db_end( error );
}

DWORD ntms_export_database( struct session *session )
{
    DWORD error;

    TRACE( "%p\n", session );

    if ((error = check_computer( session, ACCESS_ExportNtmsDatabase ))) return error;
    EnterCriticalSection( &export_cs );
    error = export_database();
    LeaveCriticalSection( &export_cs );
    return error;
}

/* ------------------------------------------------------------------ import */

/* a table that refers to what is not there is no database of ours, though SQLite finds nothing wrong with it */
static DWORD check_references( const WCHAR *path )
{
    static const char sql[] = "PRAGMA foreign_key_check";
    sqlite3_stmt *stmt;
    sqlite3 *handle;
    DWORD error;
    int code;

    if ((error = dbfile_open( path, SQLITE_OPEN_READONLY, &handle ))) return error;
    if (!(error = db_error( handle, sqlite3_prepare_v2( handle, sql, -1, &stmt, NULL ), sql )))
    {
        if ((code = sqlite3_step( stmt )) == SQLITE_ROW)
        {
            ERR( "%s: %s refers to what is not there\n", debugstr_w(path),
                 debugstr_a( (const char *)sqlite3_column_text( stmt, 0 )));
            error = ERROR_DATABASE_FAILURE;
        }
        else error = db_error( handle, code, sql );
        sqlite3_finalize( stmt );
    }
    sqlite3_close( handle );
    return error;
}

static DWORD check_export( const WCHAR *path, int *version )
{
    DWORD error;

    if (GetFileAttributesW( path ) == INVALID_FILE_ATTRIBUTES)
    {
        WARN( "there is no %s\n", debugstr_w(path) );
        return ERROR_DATABASE_FAILURE;
    }
    if ((error = dbfile_check( path, version ))) return error;
    return check_references( path );
}

static DWORD create_mark( const WCHAR *directory )
{
    WCHAR path[MAX_PATH];
    HANDLE file;

    get_mark_path( directory, path );
    file = CreateFileW( path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL );
    if (file == INVALID_HANDLE_VALUE) return ERROR_DATABASE_FAILURE;
    FlushFileBuffers( file );
    CloseHandle( file );
    return ERROR_SUCCESS;
}

/* What cannot be taken is refused now; it is looked at once more when it is taken. */
DWORD ntms_import_database( struct session *session )
{
    WCHAR directory[MAX_PATH], path[MAX_PATH];
    DWORD error;
    int version;

    TRACE( "%p\n", session );

    if ((error = check_computer( session, ACCESS_ImportNtmsDatabase ))) return error;
    get_directory( directory );
    get_export_path( directory, path );
    EnterCriticalSection( &export_cs );
    if (!(error = check_export( path, &version ))) error = create_mark( directory );
    LeaveCriticalSection( &export_cs );
    return error;
}

/* a copy with the present schema and a log */
static DWORD prepare_import( const WCHAR *from, const WCHAR *to )
{
    sqlite3 *handle;
    DWORD error;
    int version;

    if ((error = check_export( from, &version ))) return error;
    if ((error = copy_database( from, to ))) return error;
    if ((error = dbfile_open( to, SQLITE_OPEN_READWRITE, &handle ))) return error;
    if (!(error = dbfile_migrate( handle, version ))) error = dbfile_exec( handle, "PRAGMA journal_mode = WAL" );
    if (sqlite3_close( handle ) && !error) error = ERROR_DATABASE_FAILURE;
    return error;
}

/* what is still in the log of the database that goes must not be taken for a part of the new one; nor may it be lost
 * while that one is not yet in its place */
static void empty_log( const WCHAR *path )
{
    sqlite3 *handle;

    if (GetFileAttributesW( path ) == INVALID_FILE_ATTRIBUTES) return;
    if (dbfile_open( path, SQLITE_OPEN_READWRITE, &handle )) return;
    if (dbfile_exec( handle, "PRAGMA wal_checkpoint(TRUNCATE)" )) WARN( "%s is lost\n", debugstr_w(path) );
    sqlite3_close( handle );
}

/* Killed at any moment, there is the old database or the new one, and while there is the mark, it is done again. */
DWORD import_database( const WCHAR *directory )
{
    WCHAR from[MAX_PATH], to[MAX_PATH], path[MAX_PATH], mark[MAX_PATH];
    DWORD error;

    get_mark_path( directory, mark );
    if (GetFileAttributesW( mark ) == INVALID_FILE_ATTRIBUTES) return ERROR_SUCCESS;

    get_export_path( directory, from );
    swprintf( path, ARRAY_SIZE(path), L"%.*s\\" DATABASE_FILE, MAX_PATH - 32, directory );
    swprintf( to, ARRAY_SIZE(to), L"%.*s.new", MAX_PATH - 8, path );
    TRACE( "%s\n", debugstr_w(from) );
    if (!(error = prepare_import( from, to )))
    {
        empty_log( path );
        if (!(error = dbfile_delete_logs( path ))) error = dbfile_replace( to, path );
        if (error) return error;
    }
    else ERR( "%s cannot be imported, error %lu; the database stays as it is\n", debugstr_w(from), error );
    if (!DeleteFileW( mark )) ERR( "cannot delete %s, error %lu\n", debugstr_w(mark), GetLastError() );
    return ERROR_SUCCESS;
}
