/*
 * A database with objects of all types, for the tests
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

#ifndef __NTMSSVC_TEST_WORLD_H
#define __NTMSSVC_TEST_WORLD_H

#include "stubs.h"

#define OK(call) do { DWORD error_ = (call); ok( !error_, #call ": error %lu\n", error_ ); } while (0)
#define FAILS(call, expect) do { DWORD error_ = (call); \
    ok( error_ == (expect), #call ": error %lu instead of %s\n", error_, #expect ); } while (0)

#define WORLD_SLOTS 4
#define WORLD_MEDIA 3

/* One library of each kind; the one with a changer has two of each element but slots, and three media: the first has two
 * sides, one of which is allocated, the second is free, and the third lies in drive 0. */
struct world
{
    GUID offline, library, standalone;
    GUID computer, changer, changer_type, drive_type, lto, dlt;
    GUID drives[2], doors[2], ports[2], slots[WORLD_SLOTS];
    GUID lone_drive;
    GUID root, free_parent, free_pool, import_pool, foreign_pool;   /* of LTO */
    GUID parent, pool, empty_pool;                                  /* Backup, Backup\LTO, Backup\Empty */
    GUID media[WORLD_MEDIA], sides[WORLD_MEDIA + 1], logical;       /* sides[0] and [1] are on media[0] */
    GUID request, operator_request;
};

/* makes the database anew; world_close() removes it */
void world_open( struct world *world );
void world_close(void);

/* an object of each type, by type; and a GUID that is nobody's */
const GUID *world_object( const struct world *world, DWORD type );
extern const GUID nobody;
static const GUID null_guid;

NTMS_OBJECTINFORMATIONW world_info( const GUID *id );
/* runs a statement with one GUID */
void world_exec( const char *sql, const GUID *id );

#endif
