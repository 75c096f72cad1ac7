/*
 * Looks at a database of the service, which may be running: SQLite's own checks and what is true of every one
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

/* dbcheck FILE: says what is wrong; 0 when nothing is */

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "../service/invariants.h"

static int failures;

static void fail( const char *name, const char *text )
{
    printf( "%s: %s\n", name, text );
    failures++;
}

/* every row is a failure, but one that says "ok" */
static void check( sqlite3 *db, const char *name, const char *sql )
{
    sqlite3_stmt *stmt;
    int code;

    if (sqlite3_prepare_v2( db, sql, -1, &stmt, NULL ))
    {
        fail( name, sqlite3_errmsg( db ));
        return;
    }
    while ((code = sqlite3_step( stmt )) == SQLITE_ROW)
    {
        const char *text = (const char *)sqlite3_column_text( stmt, 0 );
        if (!text || strcmp( text, "ok" )) fail( name, text ? text : "NULL" );
    }
    if (code != SQLITE_DONE) fail( name, sqlite3_errmsg( db ));
    sqlite3_finalize( stmt );
}

int main( int argc, char **argv )
{
    sqlite3 *db;
    unsigned int i;

    if (argc != 2 || sqlite3_open_v2( argv[1], &db, SQLITE_OPEN_READWRITE, NULL ))
    {
        printf( "cannot open the database\n" );
        return 2;
    }
    sqlite3_busy_timeout( db, 20000 );
    check( db, "begin", "BEGIN" );
    check( db, "integrity", "PRAGMA integrity_check" );
    check( db, "foreign keys", "PRAGMA foreign_key_check" );
    for (i = 0; i < sizeof(invariants) / sizeof(invariants[0]); i++) check( db, invariants[i].name, invariants[i].sql );
    check( db, "end", "COMMIT" );
    sqlite3_close( db );
    return failures != 0;
}
