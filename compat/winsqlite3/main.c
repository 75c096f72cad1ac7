/*
 * winsqlite3.dll over the host's SQLite, for a Wine that has none
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
#include <string.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winnls.h"
#include "winternl.h"
#include "winsqlite/winsqlite3.h"

#include "wine/debug.h"

#include "unixlib.h"

WINE_DEFAULT_DEBUG_CHANNEL(winsqlite3);

#define SQLITE_CALL( func, params ) WINE_UNIX_CALL( unix_ ## func, params )

#define X( name, type ) \
    int WINAPI sqlite3_ ## name( type *object ) \
    { \
        struct sqlite3_params params = { .object = object }; \
        SQLITE_CALL( name, &params ); \
        return params.value.number; \
    }
SQLITE3_NUMBER_FUNCTIONS( X )
#undef X

#define X( name, type ) \
    int WINAPI sqlite3_ ## name( type *object, int index ) \
    { \
        struct sqlite3_params params = { .object = object, .index = index }; \
        SQLITE_CALL( name, &params ); \
        return params.value.number; \
    }
SQLITE3_INDEX_FUNCTIONS( X )
#undef X

#define X( name, type ) \
    const type * WINAPI sqlite3_ ## name( sqlite3_stmt *stmt, int column ) \
    { \
        struct sqlite3_params params = { .object = stmt, .index = column }; \
        SQLITE_CALL( name, &params ); \
        return params.value.pointer; \
    }
SQLITE3_POINTER_FUNCTIONS( X )
#undef X

/* the host keeps a copy, so the caller's data is destroyed at once */
static void destroy_data( const void *data, sqlite3_destructor_type destructor )
{
    if (data && destructor != SQLITE_STATIC && destructor != SQLITE_TRANSIENT) destructor( (void *)data );
}

#define X( name, type ) \
    int WINAPI sqlite3_ ## name( sqlite3_stmt *stmt, int index, const type *data, int size, \
                                 sqlite3_destructor_type destructor ) \
    { \
        struct sqlite3_params params = { .object = stmt, .index = index, .data = data, .size = size }; \
        SQLITE_CALL( name, &params ); \
        destroy_data( data, destructor ); \
        return params.value.number; \
    }
SQLITE3_DATA_FUNCTIONS( X )
#undef X

const char * WINAPI sqlite3_libversion(void)
{
    struct sqlite3_params params = { 0 };

    SQLITE_CALL( libversion, &params );
    return params.value.pointer;
}

int WINAPI sqlite3_libversion_number(void)
{
    struct sqlite3_params params = { 0 };

    SQLITE_CALL( libversion_number, &params );
    return params.value.number;
}

const char * WINAPI sqlite3_errstr( int code )
{
    struct sqlite3_params params = { .index = code };

    SQLITE_CALL( errstr, &params );
    return params.value.pointer;
}

void WINAPI sqlite3_free( void *memory )
{
    struct sqlite3_params params = { .object = memory };

    SQLITE_CALL( free, &params );
}

/* the host's name of a file that may not exist yet; to be freed with HeapFree */
static char *get_host_name( const char *filename )
{
    static char * (CDECL *p_wine_get_unix_file_name)( const WCHAR *name );
    WCHAR *name;
    char *ret;
    int len;

    if (!p_wine_get_unix_file_name)
        p_wine_get_unix_file_name = (void *)GetProcAddress( GetModuleHandleW( L"kernel32.dll" ), "wine_get_unix_file_name" );
    if (!p_wine_get_unix_file_name) return NULL;

    if (!(len = MultiByteToWideChar( CP_UTF8, MB_ERR_INVALID_CHARS, filename, -1, NULL, 0 ))) return NULL;
    if (!(name = HeapAlloc( GetProcessHeap(), 0, len * sizeof(*name) ))) return NULL;
    MultiByteToWideChar( CP_UTF8, 0, filename, -1, name, len );
    ret = p_wine_get_unix_file_name( name );
    HeapFree( GetProcessHeap(), 0, name );
    return ret;
}

static BOOL is_file_name( const char *filename )
{
    return filename && filename[0] && strcmp( filename, ":memory:" );
}

int WINAPI sqlite3_open_v2( const char *filename, sqlite3 **db, int flags, const char *vfs )
{
    struct sqlite3_params params = { .data = filename, .index = flags };
    char *host_name = NULL;

    TRACE( "%s, %p, %#x, %s\n", debugstr_a( filename ), db, flags, debugstr_a( vfs ) );

    if (!db) return SQLITE_MISUSE;
    *db = NULL;
    if ((flags & SQLITE_OPEN_URI) || vfs)
    {
        FIXME( "URI names and other file systems are not supported\n" );
        return SQLITE_MISUSE;
    }
    if (is_file_name( filename ))
    {
        if (!(host_name = get_host_name( filename )))
        {
            WARN( "no host name for %s, error %lu\n", debugstr_a( filename ), GetLastError() );
            return SQLITE_CANTOPEN;
        }
        params.data = host_name;
    }
    SQLITE_CALL( open_v2, &params );
    HeapFree( GetProcessHeap(), 0, host_name );
    *db = params.out.pointer;
    return params.value.number;
}

int WINAPI sqlite3_exec( sqlite3 *db, const char *sql, sqlite3_callback callback, void *context, char **errmsg )
{
    struct sqlite3_params params = { .object = db, .data = sql, .index = errmsg != NULL };

    TRACE( "%p, %s, %p, %p, %p\n", db, debugstr_a( sql ), callback, context, errmsg );

    if (errmsg) *errmsg = NULL;
    if (callback)
    {
        FIXME( "callbacks are not supported\n" );
        return SQLITE_MISUSE;
    }
    SQLITE_CALL( exec, &params );
    if (errmsg) *errmsg = params.out.pointer;
    return params.value.number;
}

const char * WINAPI sqlite3_errmsg( sqlite3 *db )
{
    struct sqlite3_params params = { .object = db };

    SQLITE_CALL( errmsg, &params );
    return params.value.pointer;
}

sqlite3_int64 WINAPI sqlite3_last_insert_rowid( sqlite3 *db )
{
    struct sqlite3_params params = { .object = db };

    SQLITE_CALL( last_insert_rowid, &params );
    return params.value.integer;
}

int WINAPI sqlite3_db_readonly( sqlite3 *db, const char *name )
{
    struct sqlite3_params params = { .object = db, .data = name };

    SQLITE_CALL( db_readonly, &params );
    return params.value.number;
}

void WINAPI sqlite3_interrupt( sqlite3 *db )
{
    struct sqlite3_params params = { .object = db };

    SQLITE_CALL( interrupt, &params );
}

int WINAPI sqlite3_wal_checkpoint_v2( sqlite3 *db, const char *name, int mode, int *log_frames, int *done_frames )
{
    struct sqlite3_params params = { .object = db, .data = name, .index = mode };

    SQLITE_CALL( wal_checkpoint_v2, &params );
    if (log_frames) *log_frames = params.out.numbers[0];
    if (done_frames) *done_frames = params.out.numbers[1];
    return params.value.number;
}

int WINAPI sqlite3_prepare_v2( sqlite3 *db, const char *sql, int size, sqlite3_stmt **stmt, const char **tail )
{
    struct sqlite3_params params = { .object = db, .data = sql, .size = size };

    TRACE( "%p, %s, %d, %p, %p\n", db, size < 0 ? debugstr_a( sql ) : debugstr_an( sql, size ), size, stmt, tail );

    if (!stmt) return SQLITE_MISUSE;
    SQLITE_CALL( prepare_v2, &params );
    *stmt = params.out.pointer;
    if (tail) *tail = params.tail;
    return params.value.number;
}

int WINAPI sqlite3_bind_int( sqlite3_stmt *stmt, int index, int value )
{
    struct sqlite3_params params = { .object = stmt, .index = index, .value.number = value };

    SQLITE_CALL( bind_int, &params );
    return params.value.number;
}

int WINAPI sqlite3_bind_int64( sqlite3_stmt *stmt, int index, sqlite3_int64 value )
{
    struct sqlite3_params params = { .object = stmt, .index = index, .value.integer = value };

    SQLITE_CALL( bind_int64, &params );
    return params.value.number;
}

int WINAPI sqlite3_bind_double( sqlite3_stmt *stmt, int index, double value )
{
    struct sqlite3_params params = { .object = stmt, .index = index, .value.real = value };

    SQLITE_CALL( bind_double, &params );
    return params.value.number;
}

int WINAPI sqlite3_bind_parameter_index( sqlite3_stmt *stmt, const char *name )
{
    struct sqlite3_params params = { .object = stmt, .data = name };

    SQLITE_CALL( bind_parameter_index, &params );
    return params.value.number;
}

sqlite3_int64 WINAPI sqlite3_column_int64( sqlite3_stmt *stmt, int column )
{
    struct sqlite3_params params = { .object = stmt, .index = column };

    SQLITE_CALL( column_int64, &params );
    return params.value.integer;
}

double WINAPI sqlite3_column_double( sqlite3_stmt *stmt, int column )
{
    struct sqlite3_params params = { .object = stmt, .index = column };

    SQLITE_CALL( column_double, &params );
    return params.value.real;
}

sqlite3_backup * WINAPI sqlite3_backup_init( sqlite3 *dst, const char *dst_name, sqlite3 *src, const char *src_name )
{
    struct sqlite3_params params = { .object = dst, .data = dst_name, .other = src, .more = src_name };

    SQLITE_CALL( backup_init, &params );
    return params.out.pointer;
}

BOOL WINAPI DllMain( HINSTANCE instance, DWORD reason, void *reserved )
{
    if (reason != DLL_PROCESS_ATTACH) return TRUE;
    DisableThreadLibraryCalls( instance );
    return !__wine_init_unix_call();
}
