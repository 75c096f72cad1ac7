/*
 * The database file of the removable storage service: how it is opened, made, migrated and checked
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
#include "database.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

#define APPLICATION_ID 0x4e544d53   /* marks the file as ours: NTMS */

DWORD db_error( sqlite3 *handle, int code, const char *sql )
{
    int extended = handle && code ? sqlite3_extended_errcode( handle ) : code;

    switch (code & 0xff)
    {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ERROR_SUCCESS;
    case SQLITE_NOMEM:
        return ERROR_NOT_ENOUGH_MEMORY;
    case SQLITE_IOERR:
        if (extended != SQLITE_IOERR_SHMSIZE) break;
        /* the log's index cannot grow */
        /* fall through */
    case SQLITE_FULL:
        ERR( "the disk or the database is full: %s\n", debugstr_a(sql) );
        return ERROR_DATABASE_FULL;
    }
    ERR( "error %d (%s) in %s\n", extended, handle ? sqlite3_errmsg( handle ) : "", debugstr_a(sql) );
    return ERROR_DATABASE_FAILURE;
}

DWORD dbfile_exec( sqlite3 *handle, const char *sql )
{
    return db_error( handle, sqlite3_exec( handle, sql, NULL, NULL, NULL ), sql );
}

/* the first column of the first row as an integer, for pragmas */
static DWORD get_pragma( sqlite3 *handle, const char *sql, int *ret )
{
    sqlite3_stmt *stmt;
    int code;

    if ((code = sqlite3_prepare_v2( handle, sql, -1, &stmt, NULL ))) return db_error( handle, code, sql );
    if ((code = sqlite3_step( stmt )) == SQLITE_ROW) *ret = sqlite3_column_int( stmt, 0 );
    sqlite3_finalize( stmt );
    if (code == SQLITE_DONE) return ERROR_DATABASE_FAILURE;
    return db_error( handle, code, sql );
}

DWORD dbfile_open( const WCHAR *path, int flags, sqlite3 **ret )
{
    char name[MAX_PATH * 3];
    sqlite3 *handle = NULL;
    DWORD error;
    int code;

    if (!WideCharToMultiByte( CP_UTF8, 0, path, -1, name, sizeof(name), NULL, NULL )) return ERROR_DATABASE_FAILURE;
    code = sqlite3_open_v2( name, &handle, flags | SQLITE_OPEN_NOMUTEX, NULL );
    if (!(error = db_error( handle, code, name )))
    {
        sqlite3_busy_timeout( handle, 5000 );
        /* the cache holds a catalogue of 100,000 media (in KiB, used as far as there is need) */
        error = dbfile_exec( handle, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
                                     "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -65536;" );
    }
    if (error) sqlite3_close( handle );
    else *ret = handle;
    return error;
}

/* each migration and its version number in one transaction */
DWORD dbfile_migrate( sqlite3 *handle, int version )
{
    char set_version[64];
    DWORD error = ERROR_SUCCESS;

    for (; !error && version < db_schema_version; version++)
    {
        TRACE( "from schema version %d\n", version );
        sprintf( set_version, "PRAGMA user_version = %d", version + 1 );
        if ((error = dbfile_exec( handle, "BEGIN IMMEDIATE" ))) break;
        if (!(error = dbfile_exec( handle, db_migrations[version] ))) error = dbfile_exec( handle, set_version );
        if (!error) error = dbfile_exec( handle, "COMMIT" );
        if (error && !sqlite3_get_autocommit( handle )) sqlite3_exec( handle, "ROLLBACK", NULL, NULL, NULL );
    }
    return error;
}

/* A log that has outlived its database would be taken for that of the new one. */
DWORD dbfile_delete_logs( const WCHAR *path )
{
    static const WCHAR *const suffixes[] = { L"-wal", L"-shm", L"-journal" };
    WCHAR name[MAX_PATH + 32];
    DWORD i;

    for (i = 0; i < ARRAY_SIZE(suffixes); i++)
    {
        swprintf( name, ARRAY_SIZE(name), L"%s%s", path, suffixes[i] );
        if (DeleteFileW( name ) || GetLastError() == ERROR_FILE_NOT_FOUND) continue;
        ERR( "cannot delete %s, error %lu\n", debugstr_w(name), GetLastError() );
        return ERROR_DATABASE_FAILURE;
    }
    return ERROR_SUCCESS;
}

DWORD dbfile_replace( const WCHAR *from, const WCHAR *path )
{
    DWORD error;

    if (MoveFileExW( from, path, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH )) return ERROR_SUCCESS;
    error = GetLastError();
    ERR( "cannot rename %s, error %lu\n", debugstr_w(from), error );
    return error == ERROR_SHARING_VIOLATION ? error : ERROR_DATABASE_FAILURE;
}

/* A database appears under its name only when it is complete: a file that a crash has left half-made is never mistaken
 * for a damaged one, nor a damaged one for new.  It gets its log last, so that nothing of it can be in the log only. */
DWORD dbfile_create( const WCHAR *path )
{
    WCHAR temp[MAX_PATH + 16];
    char set_id[64];
    sqlite3 *handle;
    DWORD error;

    swprintf( temp, ARRAY_SIZE(temp), L"%s.new", path );
    if (!DeleteFileW( temp ) && GetLastError() != ERROR_FILE_NOT_FOUND) return ERROR_DATABASE_FAILURE;
    if ((error = dbfile_delete_logs( temp )) || (error = dbfile_delete_logs( path ))) return error;
    if ((error = dbfile_open( temp, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &handle ))) return error;
    sprintf( set_id, "PRAGMA application_id = %d", APPLICATION_ID );
    if (!(error = dbfile_exec( handle, set_id )) && !(error = dbfile_migrate( handle, 0 )))
        error = dbfile_exec( handle, "PRAGMA journal_mode = WAL" );
    if (sqlite3_close( handle ) && !error) error = ERROR_DATABASE_FAILURE;
    return error ? error : dbfile_replace( temp, path );
}

static DWORD check_integrity( sqlite3 *handle )
{
    static const char sql[] = "PRAGMA quick_check(1)";
    const unsigned char *text;
    sqlite3_stmt *stmt;
    DWORD error;
    int code;

    if ((code = sqlite3_prepare_v2( handle, sql, -1, &stmt, NULL ))) return db_error( handle, code, sql );
    if ((code = sqlite3_step( stmt )) != SQLITE_ROW) error = db_error( handle, code, sql );
    else if (!(text = sqlite3_column_text( stmt, 0 ))) error = ERROR_NOT_ENOUGH_MEMORY;
    else if (!strcmp( (const char *)text, "ok" )) error = ERROR_SUCCESS;
    else
    {
        ERR( "the database is damaged: %s\n", debugstr_a( (const char *)text ));
        error = ERROR_DATABASE_FAILURE;
    }
    sqlite3_finalize( stmt );
    return error;
}

/* looks at an existing file through a connection that cannot write */
DWORD dbfile_check( const WCHAR *path, int *version )
{
    sqlite3 *handle;
    DWORD error;
    int id = 0;

    if ((error = dbfile_open( path, SQLITE_OPEN_READONLY, &handle ))) return error;
    if (!(error = get_pragma( handle, "PRAGMA application_id", &id )))
        error = get_pragma( handle, "PRAGMA user_version", version );
    if (!error && (id != APPLICATION_ID || *version < 1 || *version > db_schema_version))
    {
        ERR( "%s has id %#x and schema version %d, this service knows versions 1 to %d\n",
             debugstr_w(path), id, *version, db_schema_version );
        error = ERROR_DATABASE_FAILURE;
    }
    if (!error) error = check_integrity( handle );
    sqlite3_close( handle );
    return error;
}

DWORD dbfile_create_directory( const WCHAR *directory )
{
    WCHAR path[MAX_PATH], *p;
    DWORD attr = GetFileAttributesW( directory );

    if (attr != INVALID_FILE_ATTRIBUTES) return attr & FILE_ATTRIBUTE_DIRECTORY ? ERROR_SUCCESS : ERROR_DATABASE_FAILURE;
    lstrcpynW( path, directory, ARRAY_SIZE(path) );
    for (p = path; (p = wcschr( p, '\\' )); p++)
    {
        *p = 0;
        CreateDirectoryW( path, NULL );  /* fails for what exists; the last call tells */
        *p = '\\';
    }
    if (CreateDirectoryW( path, NULL ) || GetLastError() == ERROR_ALREADY_EXISTS) return ERROR_SUCCESS;
    ERR( "cannot create %s, error %lu\n", debugstr_w(path), GetLastError() );
    return ERROR_DATABASE_FAILURE;
}
