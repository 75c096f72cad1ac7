/*
 * The part of SQLite's interface that our winsqlite3.dll has
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

#ifndef __WINSQLITE_WINSQLITE3_H
#define __WINSQLITE_WINSQLITE3_H

#ifdef __cplusplus
extern "C" {
#endif

#define SQLITE_APICALL __stdcall

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
typedef struct sqlite3_backup sqlite3_backup;
typedef __int64 sqlite3_int64;
typedef void (SQLITE_APICALL *sqlite3_destructor_type)( void * );
typedef int (SQLITE_APICALL *sqlite3_callback)( void *, int, char **, char ** );

#define SQLITE_STATIC     ((sqlite3_destructor_type)0)
#define SQLITE_TRANSIENT  ((sqlite3_destructor_type)-1)

#define SQLITE_OK           0
#define SQLITE_ERROR        1
#define SQLITE_INTERNAL     2
#define SQLITE_PERM         3
#define SQLITE_ABORT        4
#define SQLITE_BUSY         5
#define SQLITE_LOCKED       6
#define SQLITE_NOMEM        7
#define SQLITE_READONLY     8
#define SQLITE_INTERRUPT    9
#define SQLITE_IOERR       10
#define SQLITE_CORRUPT     11
#define SQLITE_NOTFOUND    12
#define SQLITE_FULL        13
#define SQLITE_CANTOPEN    14
#define SQLITE_PROTOCOL    15
#define SQLITE_SCHEMA      17
#define SQLITE_TOOBIG      18
#define SQLITE_CONSTRAINT  19
#define SQLITE_MISMATCH    20
#define SQLITE_MISUSE      21
#define SQLITE_NOLFS       22
#define SQLITE_AUTH        23
#define SQLITE_RANGE       25
#define SQLITE_NOTADB      26
#define SQLITE_ROW        100
#define SQLITE_DONE       101

#define SQLITE_IOERR_SHMSIZE (SQLITE_IOERR | (19 << 8))

#define SQLITE_INTEGER  1
#define SQLITE_FLOAT    2
#define SQLITE_TEXT     3
#define SQLITE_BLOB     4
#define SQLITE_NULL     5

#define SQLITE_OPEN_READONLY      0x00000001
#define SQLITE_OPEN_READWRITE     0x00000002
#define SQLITE_OPEN_CREATE        0x00000004
#define SQLITE_OPEN_URI           0x00000040
#define SQLITE_OPEN_MEMORY        0x00000080
#define SQLITE_OPEN_NOMUTEX       0x00008000
#define SQLITE_OPEN_FULLMUTEX     0x00010000
#define SQLITE_OPEN_SHAREDCACHE   0x00020000
#define SQLITE_OPEN_PRIVATECACHE  0x00040000

#define SQLITE_CHECKPOINT_PASSIVE   0
#define SQLITE_CHECKPOINT_FULL      1
#define SQLITE_CHECKPOINT_RESTART   2
#define SQLITE_CHECKPOINT_TRUNCATE  3

/* library */
const char * SQLITE_APICALL sqlite3_libversion(void);
int SQLITE_APICALL sqlite3_libversion_number(void);
const char * SQLITE_APICALL sqlite3_errstr( int code );
void SQLITE_APICALL sqlite3_free( void *memory );

/* connection */
int SQLITE_APICALL sqlite3_open_v2( const char *filename, sqlite3 **db, int flags, const char *vfs );
int SQLITE_APICALL sqlite3_close( sqlite3 *db );
int SQLITE_APICALL sqlite3_close_v2( sqlite3 *db );
int SQLITE_APICALL sqlite3_exec( sqlite3 *db, const char *sql, sqlite3_callback callback, void *context, char **errmsg );
int SQLITE_APICALL sqlite3_errcode( sqlite3 *db );
int SQLITE_APICALL sqlite3_extended_errcode( sqlite3 *db );
int SQLITE_APICALL sqlite3_extended_result_codes( sqlite3 *db, int on );
const char * SQLITE_APICALL sqlite3_errmsg( sqlite3 *db );
int SQLITE_APICALL sqlite3_changes( sqlite3 *db );
int SQLITE_APICALL sqlite3_total_changes( sqlite3 *db );
sqlite3_int64 SQLITE_APICALL sqlite3_last_insert_rowid( sqlite3 *db );
int SQLITE_APICALL sqlite3_busy_timeout( sqlite3 *db, int ms );
int SQLITE_APICALL sqlite3_get_autocommit( sqlite3 *db );
int SQLITE_APICALL sqlite3_db_readonly( sqlite3 *db, const char *name );
void SQLITE_APICALL sqlite3_interrupt( sqlite3 *db );
int SQLITE_APICALL sqlite3_wal_checkpoint_v2( sqlite3 *db, const char *name, int mode, int *log_frames, int *done_frames );

/* statement */
int SQLITE_APICALL sqlite3_prepare_v2( sqlite3 *db, const char *sql, int size, sqlite3_stmt **stmt, const char **tail );
int SQLITE_APICALL sqlite3_step( sqlite3_stmt *stmt );
int SQLITE_APICALL sqlite3_reset( sqlite3_stmt *stmt );
int SQLITE_APICALL sqlite3_clear_bindings( sqlite3_stmt *stmt );
int SQLITE_APICALL sqlite3_finalize( sqlite3_stmt *stmt );
int SQLITE_APICALL sqlite3_bind_int( sqlite3_stmt *stmt, int index, int value );
int SQLITE_APICALL sqlite3_bind_int64( sqlite3_stmt *stmt, int index, sqlite3_int64 value );
int SQLITE_APICALL sqlite3_bind_double( sqlite3_stmt *stmt, int index, double value );
int SQLITE_APICALL sqlite3_bind_text( sqlite3_stmt *stmt, int index, const char *text, int size, sqlite3_destructor_type destructor );
int SQLITE_APICALL sqlite3_bind_text16( sqlite3_stmt *stmt, int index, const void *text, int size, sqlite3_destructor_type destructor );
int SQLITE_APICALL sqlite3_bind_blob( sqlite3_stmt *stmt, int index, const void *data, int size, sqlite3_destructor_type destructor );
int SQLITE_APICALL sqlite3_bind_null( sqlite3_stmt *stmt, int index );
int SQLITE_APICALL sqlite3_bind_parameter_count( sqlite3_stmt *stmt );
int SQLITE_APICALL sqlite3_bind_parameter_index( sqlite3_stmt *stmt, const char *name );
int SQLITE_APICALL sqlite3_column_count( sqlite3_stmt *stmt );
int SQLITE_APICALL sqlite3_column_type( sqlite3_stmt *stmt, int column );
int SQLITE_APICALL sqlite3_column_int( sqlite3_stmt *stmt, int column );
sqlite3_int64 SQLITE_APICALL sqlite3_column_int64( sqlite3_stmt *stmt, int column );
double SQLITE_APICALL sqlite3_column_double( sqlite3_stmt *stmt, int column );
const unsigned char * SQLITE_APICALL sqlite3_column_text( sqlite3_stmt *stmt, int column );
const void * SQLITE_APICALL sqlite3_column_text16( sqlite3_stmt *stmt, int column );
const void * SQLITE_APICALL sqlite3_column_blob( sqlite3_stmt *stmt, int column );
int SQLITE_APICALL sqlite3_column_bytes( sqlite3_stmt *stmt, int column );
int SQLITE_APICALL sqlite3_column_bytes16( sqlite3_stmt *stmt, int column );
const char * SQLITE_APICALL sqlite3_column_name( sqlite3_stmt *stmt, int column );

/* backup */
sqlite3_backup * SQLITE_APICALL sqlite3_backup_init( sqlite3 *dst, const char *dst_name, sqlite3 *src, const char *src_name );
int SQLITE_APICALL sqlite3_backup_step( sqlite3_backup *backup, int pages );
int SQLITE_APICALL sqlite3_backup_finish( sqlite3_backup *backup );
int SQLITE_APICALL sqlite3_backup_remaining( sqlite3_backup *backup );
int SQLITE_APICALL sqlite3_backup_pagecount( sqlite3_backup *backup );

#ifdef __cplusplus
}
#endif

#endif /* __WINSQLITE_WINSQLITE3_H */
