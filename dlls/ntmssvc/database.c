/*
 * The database of the removable storage service: transactions and statements over SQLite
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
#include <stdlib.h>

#include "ntmssvc.h"
#include "winsqlite/winsqlite3.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

#define APPLICATION_ID 0x4e544d53   /* marks the file as ours: NTMS */
#define CACHE_SIZE 512              /* a power of two, several times the number of statements in the sources */

/* A statement; those in the cache are kept until the database is closed. */
struct db_query
{
    const char   *sql;
    sqlite3_stmt *stmt;
    BOOL          busy;     /* between db_select() and db_finish() */
    BOOL          cached;
    DWORD         error;    /* met by db_next() */
};

/* held from db_begin() to db_commit() or db_rollback(), it guards everything below */
static CRITICAL_SECTION db_cs;
static CRITICAL_SECTION_DEBUG db_cs_debug =
{
    0, 0, &db_cs, { &db_cs_debug.ProcessLocksList, &db_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": db_cs") }
};
static CRITICAL_SECTION db_cs = { &db_cs_debug, -1, 0, 0, 0, 0 };

static sqlite3 *db;
static struct db_query cache[CACHE_SIZE];
static int last_changes;

static DWORD error_from_sqlite( sqlite3 *handle, int code, const char *sql )
{
    switch (code & 0xff)
    {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ERROR_SUCCESS;
    case SQLITE_NOMEM:
        return ERROR_NOT_ENOUGH_MEMORY;
    case SQLITE_FULL:
        ERR( "the disk or the database is full: %s\n", debugstr_a(sql) );
        return ERROR_DATABASE_FULL;
    default:
        ERR( "error %d (%s) in %s\n", handle ? sqlite3_extended_errcode( handle ) : code,
             handle ? sqlite3_errmsg( handle ) : "", debugstr_a(sql) );
        return ERROR_DATABASE_FAILURE;
    }
}

static DWORD exec_simple( sqlite3 *handle, const char *sql )
{
    return error_from_sqlite( handle, sqlite3_exec( handle, sql, NULL, NULL, NULL ), sql );
}

/* the first column of the first row as an integer, for pragmas */
static DWORD get_pragma( sqlite3 *handle, const char *sql, int *ret )
{
    sqlite3_stmt *stmt;
    int code;

    if ((code = sqlite3_prepare_v2( handle, sql, -1, &stmt, NULL ))) return error_from_sqlite( handle, code, sql );
    if ((code = sqlite3_step( stmt )) == SQLITE_ROW) *ret = sqlite3_column_int( stmt, 0 );
    sqlite3_finalize( stmt );
    if (code == SQLITE_DONE) return ERROR_DATABASE_FAILURE;
    return error_from_sqlite( handle, code, sql );
}

static DWORD open_file( const WCHAR *path, int flags, sqlite3 **ret )
{
    char name[MAX_PATH * 3];
    sqlite3 *handle = NULL;
    DWORD error;
    int code;

    if (!WideCharToMultiByte( CP_UTF8, 0, path, -1, name, sizeof(name), NULL, NULL )) return ERROR_DATABASE_FAILURE;
    code = sqlite3_open_v2( name, &handle, flags | SQLITE_OPEN_NOMUTEX, NULL );
    if (!(error = error_from_sqlite( handle, code, name )))
    {
        sqlite3_busy_timeout( handle, 5000 );
        error = exec_simple( handle, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
                                     "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;" );
    }
    if (error) sqlite3_close( handle );
    else *ret = handle;
    return error;
}

/* each migration and its version number in one transaction */
static DWORD migrate( sqlite3 *handle, int version )
{
    char set_version[64];
    DWORD error = ERROR_SUCCESS;

    for (; !error && version < db_schema_version; version++)
    {
        TRACE( "from schema version %d\n", version );
        sprintf( set_version, "PRAGMA user_version = %d", version + 1 );
        if ((error = exec_simple( handle, "BEGIN IMMEDIATE" ))) break;
        if (!(error = exec_simple( handle, db_migrations[version] ))) error = exec_simple( handle, set_version );
        if (!error) error = exec_simple( handle, "COMMIT" );
        if (error && !sqlite3_get_autocommit( handle )) sqlite3_exec( handle, "ROLLBACK", NULL, NULL, NULL );
    }
    return error;
}

/* A log that has outlived its database would be taken for that of the new one. */
static DWORD delete_logs( const WCHAR *path )
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

/* A database appears under its name only when it is complete: a file that a crash has left half-made is never mistaken
 * for a damaged one, nor a damaged one for new.  It gets its log last, so that nothing of it can be in the log only. */
static DWORD create_file( const WCHAR *path )
{
    WCHAR temp[MAX_PATH + 16];
    char set_id[64];
    sqlite3 *handle;
    DWORD error;

    swprintf( temp, ARRAY_SIZE(temp), L"%s.new", path );
    if (!DeleteFileW( temp ) && GetLastError() != ERROR_FILE_NOT_FOUND) return ERROR_DATABASE_FAILURE;
    if ((error = delete_logs( temp )) || (error = delete_logs( path ))) return error;
    if ((error = open_file( temp, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &handle ))) return error;
    sprintf( set_id, "PRAGMA application_id = %d", APPLICATION_ID );
    if (!(error = exec_simple( handle, set_id )) && !(error = migrate( handle, 0 )))
        error = exec_simple( handle, "PRAGMA journal_mode = WAL" );
    if (sqlite3_close( handle ) && !error) error = ERROR_DATABASE_FAILURE;
    if (!error && !MoveFileExW( temp, path, MOVEFILE_WRITE_THROUGH ))
    {
        ERR( "cannot rename %s, error %lu\n", debugstr_w(temp), GetLastError() );
        error = ERROR_DATABASE_FAILURE;
    }
    return error;
}

static DWORD check_integrity( sqlite3 *handle )
{
    static const char sql[] = "PRAGMA quick_check(1)";
    const unsigned char *text;
    sqlite3_stmt *stmt;
    DWORD error;
    int code;

    if ((code = sqlite3_prepare_v2( handle, sql, -1, &stmt, NULL ))) return error_from_sqlite( handle, code, sql );
    if ((code = sqlite3_step( stmt )) != SQLITE_ROW) error = error_from_sqlite( handle, code, sql );
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
static DWORD check_file( const WCHAR *path, int *version )
{
    sqlite3 *handle;
    DWORD error;
    int id = 0;

    if ((error = open_file( path, SQLITE_OPEN_READONLY, &handle ))) return error;
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

static DWORD create_directories( const WCHAR *directory )
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

DWORD db_open( const WCHAR *directory )
{
    WCHAR path[MAX_PATH];
    int version = db_schema_version;
    sqlite3 *handle;
    DWORD error;

    TRACE( "%s\n", debugstr_w(directory) );

    if (wcslen( directory ) + 16 > MAX_PATH) return ERROR_DATABASE_FAILURE;
    swprintf( path, ARRAY_SIZE(path), L"%s\\NTMSDATA", directory );
    if ((error = create_directories( directory ))) return error;

    if (GetFileAttributesW( path ) != INVALID_FILE_ATTRIBUTES || GetLastError() != ERROR_FILE_NOT_FOUND)
        error = check_file( path, &version );
    else
        error = create_file( path );

    if (!error) error = open_file( path, SQLITE_OPEN_READWRITE, &handle );
    if (error) return error;
    if ((error = migrate( handle, version )))
    {
        sqlite3_close( handle );
        return error;
    }
    EnterCriticalSection( &db_cs );
    db = handle;
    LeaveCriticalSection( &db_cs );
    return ERROR_SUCCESS;
}

void db_close(void)
{
    DWORD i;

    EnterCriticalSection( &db_cs );
    for (i = 0; i < CACHE_SIZE; i++) sqlite3_finalize( cache[i].stmt );
    memset( cache, 0, sizeof(cache) );
    if (sqlite3_close( db )) ERR( "database is still in use\n" );
    db = NULL;
    LeaveCriticalSection( &db_cs );
}

DWORD db_begin(void)
{
    DWORD error;

    EnterCriticalSection( &db_cs );
    if (!(error = db_exec( "BEGIN IMMEDIATE", "" ))) return ERROR_SUCCESS;
    LeaveCriticalSection( &db_cs );
    return error;
}

DWORD db_begin_read(void)
{
    return db_begin();
}

/* an error may have ended the transaction already */
static void rollback(void)
{
    if (!sqlite3_get_autocommit( db )) db_exec( "ROLLBACK", "" );
}

DWORD db_commit(void)
{
    DWORD error = db_exec( "COMMIT", "" );

    if (error) rollback();
    LeaveCriticalSection( &db_cs );
    return error;
}

void db_rollback(void)
{
    rollback();
    LeaveCriticalSection( &db_cs );
}

DWORD db_end( DWORD error )
{
    if (!error) return db_commit();
    db_rollback();
    return error;
}

/* The entry of a statement in the cache, or a free one.  Statements are string literals, so their address is enough. */
static struct db_query *find_cached( const char *sql )
{
    DWORD i, pos = ((ULONG_PTR)sql >> 3) * 0x9e3779b1u;

    for (i = 0; i < CACHE_SIZE; i++)
    {
        struct db_query *query = &cache[(pos + i) % CACHE_SIZE];
        if (query->sql == sql || !query->sql) return query;
    }
    return NULL;
}

static DWORD get_query( const char *sql, struct db_query **ret )
{
    struct db_query *query = find_cached( sql );
    DWORD error;

    if (!db) return ERROR_DATABASE_FAILURE;
    if (query && query->sql && !query->busy)
    {
        query->busy = TRUE;
        *ret = query;
        return ERROR_SUCCESS;
    }
    /* running inside itself, or the cache is full */
    if (!query || query->busy)
    {
        if (!(query = calloc( 1, sizeof(*query) ))) return ERROR_NOT_ENOUGH_MEMORY;
    }
    else query->cached = TRUE;

    if ((error = error_from_sqlite( db, sqlite3_prepare_v2( db, sql, -1, &query->stmt, NULL ), sql )))
    {
        if (query->cached) query->cached = FALSE;
        else free( query );
        return error;
    }
    query->sql = sql;
    query->busy = TRUE;
    *ret = query;
    return ERROR_SUCCESS;
}

static DWORD release_query( struct db_query *query )
{
    DWORD error = query->error;

    query->error = ERROR_SUCCESS;
    query->busy = FALSE;
    if (query->cached)
    {
        sqlite3_reset( query->stmt );
        sqlite3_clear_bindings( query->stmt );
    }
    else
    {
        sqlite3_finalize( query->stmt );
        free( query );
    }
    return error;
}

static DWORD bind_parameters( sqlite3_stmt *stmt, const char *types, va_list args )
{
    int code = SQLITE_OK, i;

    for (i = 1; *types && code == SQLITE_OK; types++, i++)
    {
        const void *ptr;

        switch (*types)
        {
        case 'i':
            code = sqlite3_bind_int( stmt, i, va_arg( args, int ));
            break;
        case 'l':
            code = sqlite3_bind_int64( stmt, i, va_arg( args, INT64 ));
            break;
        case 'g':
            ptr = va_arg( args, const GUID * );
            code = sqlite3_bind_blob( stmt, i, ptr, sizeof(GUID), SQLITE_TRANSIENT );
            break;
        case 'w':
            ptr = va_arg( args, const WCHAR * );
            code = sqlite3_bind_text16( stmt, i, ptr, -1, SQLITE_TRANSIENT );
            break;
        case 'b':
            ptr = va_arg( args, const void * );
            code = sqlite3_bind_blob( stmt, i, ptr, va_arg( args, DWORD ), SQLITE_TRANSIENT );
            break;
        default:
            ERR( "unknown type %c\n", *types );
            code = SQLITE_MISUSE;
            break;
        }
    }
    return error_from_sqlite( db, code, "bind" );
}

static DWORD select_va( struct db_query **ret, const char *sql, const char *types, va_list args )
{
    struct db_query *query;
    DWORD error;

    if ((error = get_query( sql, &query ))) return error;
    if ((error = bind_parameters( query->stmt, types, args )))
    {
        release_query( query );
        return error;
    }
    *ret = query;
    return ERROR_SUCCESS;
}

DWORD db_select( struct db_query **ret, const char *sql, const char *types, ... )
{
    va_list args;
    DWORD error;

    va_start( args, types );
    error = select_va( ret, sql, types, args );
    va_end( args );
    return error;
}

BOOL db_next( struct db_query *query )
{
    int code = sqlite3_step( query->stmt );

    if (code == SQLITE_ROW) return TRUE;
    if (code != SQLITE_DONE) query->error = error_from_sqlite( db, code, query->sql );
    return FALSE;
}

DWORD db_finish( struct db_query *query )
{
    return release_query( query );
}

DWORD db_exec( const char *sql, const char *types, ... )
{
    struct db_query *query;
    va_list args;
    DWORD error;

    va_start( args, types );
    error = select_va( &query, sql, types, args );
    va_end( args );
    if (error) return error;

    db_next( query );
    last_changes = sqlite3_changes( db );
    return release_query( query );
}

int db_changes(void)
{
    return last_changes;
}

int db_int( struct db_query *query, int column )
{
    return sqlite3_column_int( query->stmt, column );
}

INT64 db_int64( struct db_query *query, int column )
{
    return sqlite3_column_int64( query->stmt, column );
}

BOOL db_guid( struct db_query *query, int column, GUID *ret )
{
    memset( ret, 0, sizeof(*ret) );
    return db_blob( query, column, ret, sizeof(*ret) ) == sizeof(*ret);
}

void db_wstr( struct db_query *query, int column, WCHAR *buffer, DWORD size )
{
    const WCHAR *text = sqlite3_column_text16( query->stmt, column );

    if (text) lstrcpynW( buffer, text, size );
    else buffer[0] = 0;
}

DWORD db_blob( struct db_query *query, int column, void *buffer, DWORD size )
{
    const void *data = sqlite3_column_blob( query->stmt, column );
    DWORD len = sqlite3_column_bytes( query->stmt, column );

    if (!data) return 0;
    len = min( len, size );
    memcpy( buffer, data, len );
    return len;
}

/* the only or first row of a statement, to be read before db_finish() */
static DWORD select_first( struct db_query **ret, const char *sql, const char *types, va_list args )
{
    struct db_query *query;
    DWORD error;

    if ((error = select_va( &query, sql, types, args ))) return error;
    if (db_next( query ))
    {
        *ret = query;
        return ERROR_SUCCESS;
    }
    error = db_finish( query );
    return error ? error : ERROR_OBJECT_NOT_FOUND;
}

DWORD db_get_int( int *ret, const char *sql, const char *types, ... )
{
    struct db_query *query;
    va_list args;
    DWORD error;

    va_start( args, types );
    error = select_first( &query, sql, types, args );
    va_end( args );
    if (error) return error;

    *ret = db_int( query, 0 );
    return db_finish( query );
}

DWORD db_get_guid( GUID *ret, const char *sql, const char *types, ... )
{
    struct db_query *query;
    va_list args;
    DWORD error;

    va_start( args, types );
    error = select_first( &query, sql, types, args );
    va_end( args );
    if (error) return error;

    db_guid( query, 0, ret );
    return db_finish( query );
}
