/*
 * What the files of the removable storage service's database share among themselves
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

#ifndef __WINE_NTMSSVC_DATABASE_H
#define __WINE_NTMSSVC_DATABASE_H

#include "ntmssvc.h"
#include "winsqlite/winsqlite3.h"

/* the Win32 error for a result of SQLite, which is logged */
DWORD db_error( sqlite3 *handle, int code, const char *sql );

const WCHAR *db_file(void);   /* that is open */

/* ------------------------------------------------------------------ dbfile.c */

#define DATABASE_FILE L"NTMSDATA"

DWORD dbfile_exec( sqlite3 *handle, const char *sql );
DWORD dbfile_open( const WCHAR *path, int flags, sqlite3 **ret );
/* makes a new database with the present schema */
DWORD dbfile_create( const WCHAR *path );
/* looks at an existing file without changing it: is it a whole database of a version that is known? */
DWORD dbfile_check( const WCHAR *path, int *version );
DWORD dbfile_migrate( sqlite3 *handle, int version );
DWORD dbfile_delete_logs( const WCHAR *path );
DWORD dbfile_create_directory( const WCHAR *directory );
/* puts a file with a complete database in the place of another one, which nobody uses */
DWORD dbfile_replace( const WCHAR *from, const WCHAR *path );

/* ------------------------------------------------------------------ changes.c */

/* makes the writing connection note what it changes */
extern const char *const changes_triggers;
/* Inside the transaction: takes what it has changed; then, when it has been committed, hands that on, still with the database
 * lock held, or forgets it. */
DWORD changes_collect(void);
void changes_publish(void);
void changes_forget(void);

/* ------------------------------------------------------------------ export.c */

/* before the database is opened: does what ImportNtmsDatabase has arranged */
DWORD import_database( const WCHAR *directory );

#endif
