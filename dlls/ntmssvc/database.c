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

#include "ntmssvc.h"
#include "database.h"
#include "wine/debug.h"
#include "wine/list.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

#ifdef TEST_FAULTS  /* tests/service/faults.c */
extern int faulty_step( sqlite3_stmt *stmt, const char *sql, BOOL reading );
#define STEP( stmt, sql, reading ) faulty_step( stmt, sql, reading )
#else
#define STEP( stmt, sql, reading ) sqlite3_step( stmt )
#endif

#define CACHE_SIZE 512              /* a power of two, several times the number of statements in the sources */
#define MAX_IDLE_READERS 8

/* A statement; those in the cache are kept until the connection is closed. */
struct db_query
{
    const char        *sql;
    sqlite3_stmt      *stmt;
    struct connection *connection;
    BOOL               busy;     /* between db_select() and db_finish() */
    BOOL               cached;
    DWORD              error;    /* met by db_next() */
};

struct connection
{
    struct list     entry;       /* in readers */
    sqlite3        *handle;
    int             changes;     /* rows, by the last statement */
    struct db_query cache[CACHE_SIZE];
};

/* held from db_begin() to db_commit() or db_rollback(), it guards the connection that writes */
static CRITICAL_SECTION db_cs;
static CRITICAL_SECTION_DEBUG db_cs_debug =
{
    0, 0, &db_cs, { &db_cs_debug.ProcessLocksList, &db_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": db_cs") }
};
static CRITICAL_SECTION db_cs = { &db_cs_debug, -1, 0, 0, 0, 0 };

static struct connection writer;

/* guards the path and the connections that only read and that nobody uses now */
static CRITICAL_SECTION readers_cs;
static CRITICAL_SECTION_DEBUG readers_cs_debug =
{
    0, 0, &readers_cs, { &readers_cs_debug.ProcessLocksList, &readers_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": readers_cs") }
};
static CRITICAL_SECTION readers_cs = { &readers_cs_debug, -1, 0, 0, 0, 0 };

static struct list readers = LIST_INIT( readers );
static DWORD idle_readers;
static WCHAR db_path[MAX_PATH];  /* empty while the database is not open */

/* what db_exec() and the others work on: the connection that the thread has begun a transaction on */
static DWORD current_index = TLS_OUT_OF_INDEXES;

static struct connection *get_current(void)
{
    struct connection *connection = current_index == TLS_OUT_OF_INDEXES ? NULL : TlsGetValue( current_index );

    if (!connection) ERR( "not in a transaction\n" );
    return connection;
}

static void set_current( struct connection *connection )
{
    TlsSetValue( current_index, connection );
}

static BOOL is_nested(void)
{
    if (!TlsGetValue( current_index )) return FALSE;
    ERR( "transaction inside a transaction\n" );
    return TRUE;
}

/* ------------------------------------------------------------------ connections */

static DWORD close_connection( struct connection *connection )
{
    DWORD i, error = ERROR_SUCCESS;

    for (i = 0; i < CACHE_SIZE; i++) sqlite3_finalize( connection->cache[i].stmt );
    memset( connection->cache, 0, sizeof(connection->cache) );
    if (sqlite3_close( connection->handle ))
    {
        ERR( "database is still in use\n" );
        error = ERROR_DATABASE_FAILURE;
    }
    connection->handle = NULL;
    return error;
}

static DWORD open_reader( struct connection **ret )
{
    struct connection *reader;
    DWORD error;

    if (!(reader = calloc( 1, sizeof(*reader) ))) return ERROR_NOT_ENOUGH_MEMORY;
    /* to read the log, its index must be written */
    if (!(error = dbfile_open( db_path, SQLITE_OPEN_READWRITE, &reader->handle )))
    {
        if (!(error = dbfile_exec( reader->handle, "PRAGMA query_only = ON" )))
        {
            *ret = reader;
            return ERROR_SUCCESS;
        }
        sqlite3_close( reader->handle );
    }
    free( reader );
    return error;
}

static DWORD get_reader( struct connection **ret )
{
    DWORD error = ERROR_SUCCESS;
    struct list *entry;

    EnterCriticalSection( &readers_cs );
    if (!db_path[0]) error = ERROR_DATABASE_FAILURE;
    else if (!(entry = list_head( &readers ))) error = open_reader( ret );
    else
    {
        list_remove( entry );
        idle_readers--;
        *ret = LIST_ENTRY( entry, struct connection, entry );
    }
    LeaveCriticalSection( &readers_cs );
    return error;
}

static void free_reader( struct connection *reader )
{
    close_connection( reader );
    free( reader );
}

static void release_reader( struct connection *reader )
{
    BOOL keep;

    EnterCriticalSection( &readers_cs );
    if ((keep = db_path[0] && idle_readers < MAX_IDLE_READERS))
    {
        list_add_head( &readers, &reader->entry );
        idle_readers++;
    }
    LeaveCriticalSection( &readers_cs );
    if (!keep) free_reader( reader );
}

/* ------------------------------------------------------------------ the database */

static DWORD open_database( const WCHAR *path )
{
    int version = db_schema_version;
    sqlite3 *handle;
    DWORD error;

    if (GetFileAttributesW( path ) != INVALID_FILE_ATTRIBUTES || GetLastError() != ERROR_FILE_NOT_FOUND)
        error = dbfile_check( path, &version );
    else
        error = dbfile_create( path );

    if (!error) error = dbfile_open( path, SQLITE_OPEN_READWRITE, &handle );
    if (error) return error;
    if (!(error = dbfile_migrate( handle, version ))) error = dbfile_exec( handle, changes_triggers );
    if (error)
    {
        sqlite3_close( handle );
        return error;
    }
    EnterCriticalSection( &db_cs );
    writer.handle = handle;
    LeaveCriticalSection( &db_cs );
    EnterCriticalSection( &readers_cs );
    lstrcpynW( db_path, path, ARRAY_SIZE(db_path) );
    LeaveCriticalSection( &readers_cs );
    return ERROR_SUCCESS;
}

DWORD db_open( const WCHAR *directory )
{
    WCHAR path[MAX_PATH];
    DWORD error;

    TRACE( "%s\n", debugstr_w(directory) );

    if (wcslen( directory ) + 32 > MAX_PATH) return ERROR_DATABASE_FAILURE;
    if (current_index == TLS_OUT_OF_INDEXES && (current_index = TlsAlloc()) == TLS_OUT_OF_INDEXES)
        return ERROR_NOT_ENOUGH_MEMORY;
    swprintf( path, ARRAY_SIZE(path), L"%s\\" DATABASE_FILE, directory );
    if ((error = dbfile_create_directory( directory ))) return error;
    if ((error = import_database( directory ))) return error;
    return open_database( path );
}

void db_close(void)
{
    struct list *entry;

    EnterCriticalSection( &readers_cs );
    db_path[0] = 0;
    while ((entry = list_head( &readers )))
    {
        list_remove( entry );
        free_reader( LIST_ENTRY( entry, struct connection, entry ));
    }
    idle_readers = 0;
    LeaveCriticalSection( &readers_cs );
    /* last, so that the log goes with it */
    EnterCriticalSection( &db_cs );
    close_connection( &writer );
    LeaveCriticalSection( &db_cs );
}

const WCHAR *db_file(void)
{
    return db_path;
}

/* ------------------------------------------------------------------ transactions */

DWORD db_begin(void)
{
    DWORD error;

    if (is_nested()) return ERROR_DATABASE_FAILURE;
    EnterCriticalSection( &db_cs );
    set_current( &writer );
    if (!(error = db_exec( "BEGIN IMMEDIATE", "" ))) return ERROR_SUCCESS;
    set_current( NULL );
    LeaveCriticalSection( &db_cs );
    return error;
}

DWORD db_begin_read(void)
{
    struct connection *reader;
    DWORD error;

    if (is_nested()) return ERROR_DATABASE_FAILURE;
    if ((error = get_reader( &reader ))) return error;
    set_current( reader );
    if (!(error = db_exec( "BEGIN", "" ))) return ERROR_SUCCESS;
    set_current( NULL );
    release_reader( reader );
    return error;
}

static void end_transaction( struct connection *connection )
{
    set_current( NULL );
    if (connection == &writer) LeaveCriticalSection( &db_cs );
    else release_reader( connection );
}

/* an error may have ended the transaction already */
static void rollback( struct connection *connection )
{
    if (!sqlite3_get_autocommit( connection->handle )) db_exec( "ROLLBACK", "" );
    if (connection == &writer) changes_forget();
}

DWORD db_commit(void)
{
    struct connection *connection = get_current();
    DWORD error = ERROR_SUCCESS;

    if (!connection) return ERROR_DATABASE_FAILURE;
    if (connection == &writer) error = changes_collect();
    if (!error) error = db_exec( "COMMIT", "" );
    if (error) rollback( connection );
    else if (connection == &writer) changes_publish();
    end_transaction( connection );
    return error;
}

void db_rollback(void)
{
    struct connection *connection = get_current();

    if (!connection) return;
    rollback( connection );
    end_transaction( connection );
}

DWORD db_end( DWORD error )
{
    if (!error) return db_commit();
    db_rollback();
    return error;
}

/* ------------------------------------------------------------------ statements */

/* The entry of a statement in the cache, or a free one.  Statements are string literals, so their address is enough. */
static struct db_query *find_cached( struct connection *connection, const char *sql )
{
    DWORD i, pos = ((ULONG_PTR)sql >> 3) * 0x9e3779b1u;

    for (i = 0; i < CACHE_SIZE; i++)
    {
        struct db_query *query = &connection->cache[(pos + i) % CACHE_SIZE];
        if (query->sql == sql || !query->sql) return query;
    }
    return NULL;
}

static DWORD get_query( const char *sql, struct db_query **ret )
{
    struct connection *connection = get_current();
    struct db_query *query;
    DWORD error;

    if (!connection || !connection->handle) return ERROR_DATABASE_FAILURE;
    query = find_cached( connection, sql );
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

    error = db_error( connection->handle, sqlite3_prepare_v2( connection->handle, sql, -1, &query->stmt, NULL ), sql );
    if (error)
    {
        if (query->cached) query->cached = FALSE;
        else free( query );
        return error;
    }
    query->sql = sql;
    query->connection = connection;
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

static DWORD bind_parameters( struct db_query *query, const char *types, va_list args )
{
    sqlite3_stmt *stmt = query->stmt;
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
    return db_error( query->connection->handle, code, query->sql );
}

static DWORD select_va( struct db_query **ret, const char *sql, const char *types, va_list args )
{
    struct db_query *query;
    DWORD error;

    if ((error = get_query( sql, &query ))) return error;
    if ((error = bind_parameters( query, types, args )))
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
    int code = STEP( query->stmt, query->sql, query->connection != &writer );

    if (code == SQLITE_ROW) return TRUE;
    if (code != SQLITE_DONE) query->error = db_error( query->connection->handle, code, query->sql );
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
    query->connection->changes = sqlite3_changes( query->connection->handle );
    return release_query( query );
}

int db_changes(void)
{
    struct connection *connection = get_current();

    return connection ? connection->changes : 0;
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
