/*
 * Unix library of winsqlite3: every call goes to the host's SQLite
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

#if 0
#pragma makedep unix
#endif

#include "config.h"

#include <string.h>
#include <sqlite3.h>

#include "unixlib.h"

#define STATUS_SUCCESS 0

#define X( name, type ) \
    static NTSTATUS name( void *args ) \
    { \
        struct sqlite3_params *params = args; \
        params->value.number = sqlite3_ ## name( params->object ); \
        return STATUS_SUCCESS; \
    }
SQLITE3_NUMBER_FUNCTIONS( X )
#undef X

#define X( name, type ) \
    static NTSTATUS name( void *args ) \
    { \
        struct sqlite3_params *params = args; \
        params->value.number = sqlite3_ ## name( params->object, params->index ); \
        return STATUS_SUCCESS; \
    }
SQLITE3_INDEX_FUNCTIONS( X )
#undef X

#define X( name, type ) \
    static NTSTATUS name( void *args ) \
    { \
        struct sqlite3_params *params = args; \
        params->value.pointer = sqlite3_ ## name( params->object, params->index ); \
        return STATUS_SUCCESS; \
    }
SQLITE3_POINTER_FUNCTIONS( X )
#undef X

/* a destructor would be Windows code, which cannot be called from here: the data is always copied */
#define X( name, type ) \
    static NTSTATUS name( void *args ) \
    { \
        struct sqlite3_params *params = args; \
        params->value.number = sqlite3_ ## name( params->object, params->index, params->data, params->size, SQLITE_TRANSIENT ); \
        return STATUS_SUCCESS; \
    }
SQLITE3_DATA_FUNCTIONS( X )
#undef X

static NTSTATUS libversion( void *args )
{
    struct sqlite3_params *params = args;
    params->value.pointer = sqlite3_libversion();
    return STATUS_SUCCESS;
}

static NTSTATUS libversion_number( void *args )
{
    struct sqlite3_params *params = args;
    params->value.number = sqlite3_libversion_number();
    return STATUS_SUCCESS;
}

static NTSTATUS errstr( void *args )
{
    struct sqlite3_params *params = args;
    params->value.pointer = sqlite3_errstr( params->index );
    return STATUS_SUCCESS;
}

static NTSTATUS free_memory( void *args )
{
    struct sqlite3_params *params = args;
    sqlite3_free( params->object );
    return STATUS_SUCCESS;
}

/* File names inside SQL are not converted, so only those that mean no file may be attached; VACUUM attaches "". */
static int authorize( void *context, int action, const char *name, const char *arg, const char *db, const char *trigger )
{
    if (action != SQLITE_ATTACH) return SQLITE_OK;
    return name && (!name[0] || !strcmp( name, ":memory:" )) ? SQLITE_OK : SQLITE_DENY;
}

static NTSTATUS open_v2( void *args )
{
    struct sqlite3_params *params = args;
    sqlite3 *db = NULL;

    params->value.number = sqlite3_open_v2( params->data, &db, params->index, NULL );
    if (!params->value.number) sqlite3_set_authorizer( db, authorize, NULL );
    params->out.pointer = db;
    return STATUS_SUCCESS;
}

static NTSTATUS exec( void *args )
{
    struct sqlite3_params *params = args;
    char *errmsg = NULL;

    params->value.number = sqlite3_exec( params->object, params->data, NULL, NULL, params->index ? &errmsg : NULL );
    params->out.pointer = errmsg;
    return STATUS_SUCCESS;
}

static NTSTATUS errmsg( void *args )
{
    struct sqlite3_params *params = args;
    params->value.pointer = sqlite3_errmsg( params->object );
    return STATUS_SUCCESS;
}

static NTSTATUS last_insert_rowid( void *args )
{
    struct sqlite3_params *params = args;
    params->value.integer = sqlite3_last_insert_rowid( params->object );
    return STATUS_SUCCESS;
}

static NTSTATUS db_readonly( void *args )
{
    struct sqlite3_params *params = args;
    params->value.number = sqlite3_db_readonly( params->object, params->data );
    return STATUS_SUCCESS;
}

static NTSTATUS interrupt( void *args )
{
    struct sqlite3_params *params = args;
    sqlite3_interrupt( params->object );
    return STATUS_SUCCESS;
}

static NTSTATUS wal_checkpoint_v2( void *args )
{
    struct sqlite3_params *params = args;
    params->value.number = sqlite3_wal_checkpoint_v2( params->object, params->data, params->index,
                                                      &params->out.numbers[0], &params->out.numbers[1] );
    return STATUS_SUCCESS;
}

static NTSTATUS prepare_v2( void *args )
{
    struct sqlite3_params *params = args;
    sqlite3_stmt *stmt = NULL;
    const char *tail = NULL;

    params->value.number = sqlite3_prepare_v2( params->object, params->data, params->size, &stmt, &tail );
    params->out.pointer = stmt;
    params->tail = tail;
    return STATUS_SUCCESS;
}

static NTSTATUS bind_int( void *args )
{
    struct sqlite3_params *params = args;
    params->value.number = sqlite3_bind_int( params->object, params->index, params->value.number );
    return STATUS_SUCCESS;
}

static NTSTATUS bind_int64( void *args )
{
    struct sqlite3_params *params = args;
    params->value.number = sqlite3_bind_int64( params->object, params->index, params->value.integer );
    return STATUS_SUCCESS;
}

static NTSTATUS bind_double( void *args )
{
    struct sqlite3_params *params = args;
    params->value.number = sqlite3_bind_double( params->object, params->index, params->value.real );
    return STATUS_SUCCESS;
}

static NTSTATUS bind_parameter_index( void *args )
{
    struct sqlite3_params *params = args;
    params->value.number = sqlite3_bind_parameter_index( params->object, params->data );
    return STATUS_SUCCESS;
}

static NTSTATUS column_int64( void *args )
{
    struct sqlite3_params *params = args;
    params->value.integer = sqlite3_column_int64( params->object, params->index );
    return STATUS_SUCCESS;
}

static NTSTATUS column_double( void *args )
{
    struct sqlite3_params *params = args;
    params->value.real = sqlite3_column_double( params->object, params->index );
    return STATUS_SUCCESS;
}

static NTSTATUS backup_init( void *args )
{
    struct sqlite3_params *params = args;
    params->out.pointer = sqlite3_backup_init( params->object, params->data, params->other, params->more );
    return STATUS_SUCCESS;
}

#define free free_memory  /* the C library has the other name */
const unixlib_entry_t __wine_unix_call_funcs[] =
{
#define X( name, type ) [unix_ ## name] = name,
    SQLITE3_FUNCTIONS( X )
#undef X
};

_Static_assert( sizeof(__wine_unix_call_funcs) / sizeof(__wine_unix_call_funcs[0]) == unix_funcs_count,
                "the table follows the enum" );
