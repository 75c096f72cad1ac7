/*
 * Fills a database of the service with media, while the service is running
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

/* fill FILE COUNT: until there are COUNT media, in the application media pool "Bench A" and a library that is always on-line */

#include <sqlite3.h>
#include <stdio.h>

static sqlite3 *db;

static int run( const char *sql, int count )
{
    sqlite3_stmt *stmt;

    while (*sql)
    {
        if (sqlite3_prepare_v2( db, sql, -1, &stmt, &sql )) break;
        if (sqlite3_bind_parameter_count( stmt )) sqlite3_bind_int( stmt, 1, count );
        while (sqlite3_step( stmt ) == SQLITE_ROW) ;
        if (sqlite3_finalize( stmt )) break;
    }
    if (*sql) fprintf( stderr, "%s\n", sqlite3_errmsg( db ));
    return *sql != 0;
}

#define LIBRARY "x'62656e6368000000000000000000000a'"
#define TIME "133000000000000000"

static const char fill[] =
    "BEGIN IMMEDIATE;"
    "INSERT OR IGNORE INTO object (id, type, name, created, modified) VALUES (" LIBRARY ", 9, 'Bench', " TIME ", " TIME ");"
    "INSERT OR IGNORE INTO library (id, kind, serial) VALUES (" LIBRARY ", 2, 'BENCH');"
    "CREATE TEMP TABLE new (n INTEGER PRIMARY KEY, medium BLOB, side BLOB);"
    "WITH RECURSIVE c (n) AS (SELECT (SELECT COUNT(*) FROM physical_media) + 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?1)"
    " INSERT INTO new SELECT n, randomblob(16), randomblob(16) FROM c WHERE n <= ?1;"
    "INSERT INTO object (id, type, name, created, modified)"
    " SELECT medium, 15, printf('B%06dL5', n), " TIME " + n, " TIME " + n FROM new;"
    "INSERT INTO physical_media (id, library, pool, media_type, bar_code, sequence_number)"
    " SELECT medium, " LIBRARY ", (SELECT id FROM pool WHERE path = 'Bench A'), (SELECT id FROM media_type WHERE code = 86),"
    " printf('B%06dL5', n), n FROM new;"
    "INSERT INTO object (id, type, name, created, modified)"
    " SELECT side, 14, printf('B%06dL5', n), " TIME " + n, " TIME " + n FROM new;"
    "INSERT INTO partition (id, physical_media, side, state, identified, label_kind, label_id, label_type, label_info)"
    " SELECT side, medium, 0, 4, 1, 1, medium, 'MTF', printf('Medium %d', n) FROM new;"
    "COMMIT;";

int main( int argc, char **argv )
{
    int count = 0;

    if (argc != 3 || sscanf( argv[2], "%d", &count ) != 1 || sqlite3_open( argv[1], &db )) return 2;
    sqlite3_busy_timeout( db, 20000 );
    return run( "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;", 0 ) || run( fill, count ) || sqlite3_close( db );
}
