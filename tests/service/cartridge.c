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

#include "cartridge.h"
#include "wine/test.h"

const char *const side_names[10] =
{
    "unknown", "unprepared", "incompatible", "decommissioned", "available", "allocated", "complete", "foreign", "import",
    "reserved"
};

BOOL same( GUID a, GUID b )
{
    return IsEqualGUID( &a, &b );
}

static void set_side( struct cartridge *cartridge, const GUID *pool, DWORD side, DWORD state )
{
    const GUID *id = &cartridge->sides[side];

    OK( db_get_guid( &cartridge->sides[side], "SELECT id FROM partition WHERE physical_media = ? AND side = ?", "gi",
                     &cartridge->medium, side ));
    if (state == NTMS_PARTSTATE_ALLOCATED || state == NTMS_PARTSTATE_COMPLETE)
    {
        OK( object_create( &cartridge->logical[side], NTMS_LOGICAL_MEDIA, L"Logical", NULL ));
        OK( db_exec( "INSERT INTO logical_media (id, pool) VALUES (?, ?)", "gg", &cartridge->logical[side], pool ));
        OK( db_exec( "UPDATE partition SET state = ?, logical_media = ? WHERE id = ?", "igg", state,
                     &cartridge->logical[side], id ));
    }
    else OK( db_exec( "UPDATE partition SET state = ? WHERE id = ?", "ig", state, id ));
}

struct cartridge make_cartridge( const struct world *world, const GUID *pool, DWORD sides, DWORD state0, DWORD state1 )
{
    struct new_medium medium = { world->library, { 0 }, 0, { 0 }, world->lto, NULL, sides };
    struct cartridge ret = { { 0 } };

    OK( db_begin() );
    OK( store_add_medium( &medium, &ret.medium ));
    OK( store_move_medium( &ret.medium, pool ));
    if (state0 != NTMS_PARTSTATE_RESERVED) set_side( &ret, pool, 0, state0 );
    if (sides == 2) set_side( &ret, pool, 1, state1 );
    if (state0 == NTMS_PARTSTATE_RESERVED) set_side( &ret, pool, 0, state0 );
    OK( db_commit() );
    return ret;
}

void delete_cartridge( const struct cartridge *cartridge )
{
    world_exec( "UPDATE request SET completed = 1 WHERE physical_media = ? AND completed = 0", &cartridge->medium );
    world_exec( "DELETE FROM object WHERE id = ?", &cartridge->medium );
}

DWORD beside( DWORD state )
{
    return state == NTMS_PARTSTATE_RESERVED ? NTMS_PARTSTATE_ALLOCATED : state;
}

void set_offline( const struct world *world, const GUID *medium )
{
    OK( db_begin() );
    OK( db_end( db_exec( "UPDATE physical_media SET library = ?, location = NULL, location_type = 0 WHERE id = ?", "gg",
                         &world->offline, medium )));
}

void set_media_state( const GUID *medium, DWORD state )
{
    OK( db_begin() );
    OK( db_end( db_exec( "UPDATE physical_media SET media_state = ? WHERE id = ?", "ig", state, medium )));
}

DWORD state_of( const GUID *side )
{
    return world_info( side ).Info.Partition.State;
}

GUID pool_of( const GUID *medium )
{
    return world_info( medium ).Info.PhysicalMedia.MediaPool;
}

int count_rows( const char *sql )
{
    int ret = -1;

    OK( db_begin() );
    OK( db_end( db_get_int( &ret, sql, "" )));
    return ret;
}

void deny( const GUID *object )
{
    /* of Administrators, with a protected list that is empty */
    static const struct
    {
        SECURITY_DESCRIPTOR_RELATIVE sd;
        struct { SID sid; DWORD more; } owner, group;
        ACL dacl;
    } nobody =
    {
        { SECURITY_DESCRIPTOR_REVISION, 0, SE_SELF_RELATIVE | SE_DACL_PRESENT | SE_DACL_PROTECTED, sizeof(nobody.sd),
          sizeof(nobody.sd) + sizeof(nobody.owner), 0, sizeof(nobody.sd) + sizeof(nobody.owner) + sizeof(nobody.group) },
        { { SID_REVISION, 2, { SECURITY_NT_AUTHORITY }, { SECURITY_BUILTIN_DOMAIN_RID } }, DOMAIN_ALIAS_RID_GUESTS },
        { { SID_REVISION, 2, { SECURITY_NT_AUTHORITY }, { SECURITY_BUILTIN_DOMAIN_RID } }, DOMAIN_ALIAS_RID_GUESTS },
        { ACL_REVISION, 0, sizeof(ACL) }
    };

    OK( db_begin() );
    OK( db_end( db_exec( "INSERT OR REPLACE INTO security (object, descriptor) VALUES (?, ?)", "gb", object, &nobody,
                         (DWORD)sizeof(nobody) )));
}

void allow( const GUID *object )
{
    world_exec( "DELETE FROM security WHERE object = ?", object );
}
