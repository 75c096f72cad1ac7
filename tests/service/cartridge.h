/*
 * Media in any state for the tests
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

#ifndef __NTMSSVC_TEST_CARTRIDGE_H
#define __NTMSSVC_TEST_CARTRIDGE_H

#include "world.h"

struct cartridge
{
    GUID medium, sides[2], logical[2];   /* null GUIDs for what is not there */
};

extern const char *const side_names[10];

/* one in the world's library with these states of its sides; delete_cartridge() takes it away */
struct cartridge make_cartridge( const struct world *world, const GUID *pool, DWORD sides, DWORD state0, DWORD state1 );
void delete_cartridge( const struct cartridge *cartridge );
/* what owns the sides of a RESERVED one */
DWORD beside( DWORD state );

void set_offline( const struct world *world, const GUID *medium );
void set_media_state( const GUID *medium, DWORD state );
DWORD state_of( const GUID *side );
GUID pool_of( const GUID *medium );
int count_rows( const char *sql );
/* nobody has rights on a pool, a library or the computer until allow() */
void deny( const GUID *object );
void allow( const GUID *object );
BOOL same( GUID a, GUID b );

#endif
