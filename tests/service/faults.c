/*
 * The steps of the database in the test build of the service: they fail when a test program says so
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

#include <string.h>

#include "ntmssvc.h"
#include "database.h"
#include "faults.h"

static struct faults *get_faults(void)
{
    static struct faults *faults;
    struct faults *mapped;
    HANDLE mapping;

    if (faults || !(mapping = OpenFileMappingW( FILE_MAP_WRITE, FALSE, FAULTS_NAME ))) return faults;
    if ((mapped = MapViewOfFile( mapping, FILE_MAP_WRITE, 0, 0, sizeof(*faults) ))
        && InterlockedCompareExchangePointer( (void **)&faults, mapped, NULL )) UnmapViewOfFile( mapped );
    CloseHandle( mapping );
    return faults;
}

static LONG get_kind( const char *sql, BOOL reading )
{
    LONG kind = FAULT_STEP;

    if (!strncmp( sql, "ROLLBACK", 8 )) return 0;
    if (!strncmp( sql, "BEGIN", 5 )) kind = FAULT_BEGIN;
    else if (!strncmp( sql, "COMMIT", 6 )) kind = FAULT_COMMIT;
    return reading ? kind | FAULT_READ : kind;
}

static BOOL is_hit( struct faults *faults, LONG kind )
{
    if (!kind || (kind & faults->kinds) != kind || faults->number <= 0) return FALSE;
    if (InterlockedDecrement( &faults->number )) return FALSE;
    if (faults->repeat > 0)
    {
        InterlockedDecrement( &faults->repeat );
        faults->number = 1;
    }
    return TRUE;
}

static void stop( struct faults *faults )
{
    InterlockedIncrement( &faults->hits );
    Sleep( INFINITE );
}

int faulty_step( sqlite3_stmt *stmt, const char *sql, BOOL reading )
{
    LONG kind = get_kind( sql, reading );
    struct faults *faults;
    BOOL hit;
    int code;

    if (!(faults = get_faults())) return sqlite3_step( stmt );
    if (kind & FAULT_BEGIN) InterlockedIncrement( &faults->begins );
    hit = is_hit( faults, kind );
    if (hit && faults->code == FAULT_STOP_BEFORE) stop( faults );
    if (hit && faults->code != FAULT_STOP_AFTER)
    {
        InterlockedIncrement( &faults->hits );
        return faults->code;
    }
    code = sqlite3_step( stmt );
    if (hit) stop( faults );
    if (kind == FAULT_COMMIT && code == SQLITE_DONE) InterlockedIncrement( &faults->commits );
    return code;
}
