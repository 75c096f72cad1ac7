/*
 * What goes between winsqlite3.dll and the host's SQLite library
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

#include "wine/unixlib.h"

/*
 * Connections, statements, backups and the strings that SQLite returns are pointers of the host library and are handed
 * out as they are. Which members a call uses follows from the function of the same name.
 */
struct sqlite3_params
{
    void       *object;   /* connection, statement or backup */
    int         index;    /* column, parameter, flags, mode or other small argument */
    int         size;     /* of text or data, in bytes */
    const void *data;     /* text, data or name */
    const void *more;     /* the second name of a backup */
    void       *other;    /* the second object of a backup */
    union
    {
        int         number;
        long long   integer;
        double      real;
        const void *pointer;
    } value;              /* argument of some bind functions, and the result */
    union
    {
        int         numbers[2];
        void       *pointer;
    } out;                /* what is returned beside the result */
    const void *tail;     /* end of the statement that was prepared */
};

/* int f( object ) */
#define SQLITE3_NUMBER_FUNCTIONS( X ) \
    X( close, sqlite3 ) \
    X( close_v2, sqlite3 ) \
    X( errcode, sqlite3 ) \
    X( extended_errcode, sqlite3 ) \
    X( changes, sqlite3 ) \
    X( total_changes, sqlite3 ) \
    X( get_autocommit, sqlite3 ) \
    X( step, sqlite3_stmt ) \
    X( reset, sqlite3_stmt ) \
    X( clear_bindings, sqlite3_stmt ) \
    X( finalize, sqlite3_stmt ) \
    X( bind_parameter_count, sqlite3_stmt ) \
    X( column_count, sqlite3_stmt ) \
    X( backup_finish, sqlite3_backup ) \
    X( backup_remaining, sqlite3_backup ) \
    X( backup_pagecount, sqlite3_backup )

/* int f( object, int ) */
#define SQLITE3_INDEX_FUNCTIONS( X ) \
    X( extended_result_codes, sqlite3 ) \
    X( busy_timeout, sqlite3 ) \
    X( bind_null, sqlite3_stmt ) \
    X( column_type, sqlite3_stmt ) \
    X( column_int, sqlite3_stmt ) \
    X( column_bytes, sqlite3_stmt ) \
    X( column_bytes16, sqlite3_stmt ) \
    X( backup_step, sqlite3_backup )

/* type *f( statement, int ) */
#define SQLITE3_POINTER_FUNCTIONS( X ) \
    X( column_text, unsigned char ) \
    X( column_text16, void ) \
    X( column_blob, void ) \
    X( column_name, char )

/* int f( statement, int, const type *, int, destructor ) */
#define SQLITE3_DATA_FUNCTIONS( X ) \
    X( bind_text, char ) \
    X( bind_text16, void ) \
    X( bind_blob, void )

/* all others */
#define SQLITE3_OTHER_FUNCTIONS( X ) \
    X( libversion, ) \
    X( libversion_number, ) \
    X( errstr, ) \
    X( free, ) \
    X( open_v2, ) \
    X( exec, ) \
    X( errmsg, ) \
    X( last_insert_rowid, ) \
    X( db_readonly, ) \
    X( interrupt, ) \
    X( wal_checkpoint_v2, ) \
    X( prepare_v2, ) \
    X( bind_int, ) \
    X( bind_int64, ) \
    X( bind_double, ) \
    X( bind_parameter_index, ) \
    X( column_int64, ) \
    X( column_double, ) \
    X( backup_init, )

#define SQLITE3_FUNCTIONS( X ) \
    SQLITE3_NUMBER_FUNCTIONS( X ) \
    SQLITE3_INDEX_FUNCTIONS( X ) \
    SQLITE3_POINTER_FUNCTIONS( X ) \
    SQLITE3_DATA_FUNCTIONS( X ) \
    SQLITE3_OTHER_FUNCTIONS( X )

enum sqlite3_funcs
{
#define X( name, type ) unix_ ## name,
    SQLITE3_FUNCTIONS( X )
#undef X
    unix_funcs_count
};
