/*
 * Tests of DeleteNtmsLibrary and DeleteNtmsDrive
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

static struct world world;

static void set_state( const GUID *id, DWORD state )
{
    OK( db_begin() );
    OK( db_end( object_set_state( id, state )));
}

static void test_drive(void)
{
    int libraries = count_rows( "SELECT COUNT(*) FROM library" );

    FAILS( ntms_delete_drive( NULL, &nobody ), ERROR_INVALID_DRIVE );
    FAILS( ntms_delete_drive( NULL, &world.library ), ERROR_INVALID_DRIVE );
    FAILS( ntms_delete_drive( NULL, &world.drives[1] ), ERROR_INVALID_STATE );
    set_state( &world.drives[1], NTMS_NOT_PRESENT );
    FAILS( ntms_delete_drive( NULL, &world.drives[1] ), ERROR_INVALID_STATE );  /* the library is there */
    set_state( &world.library, NTMS_NOT_PRESENT );
    set_state( &world.drives[1], NTMS_READY );
    FAILS( ntms_delete_drive( NULL, &world.drives[1] ), ERROR_INVALID_STATE );
    set_state( &world.drives[1], NTMS_NOT_PRESENT );
    world_exec( "UPDATE object SET enabled = 0 WHERE id = ?", &world.library );
    FAILS( ntms_delete_drive( NULL, &world.drives[1] ), ERROR_INVALID_STATE );
    world_exec( "UPDATE object SET enabled = 1 WHERE id = ?", &world.library );
    deny( &world.library );
    FAILS( ntms_delete_drive( NULL, &world.drives[1] ), ERROR_ACCESS_DENIED );
    allow( &world.library );
    OK( ntms_delete_drive( NULL, &world.drives[1] ));
    FAILS( ntms_delete_drive( NULL, &world.drives[1] ), ERROR_INVALID_DRIVE );
    ok( count_rows( "SELECT COUNT(*) FROM library" ) == libraries, "a library is gone\n" );
    set_state( &world.library, NTMS_READY );

    /* a stand-alone one takes its library along */
    FAILS( ntms_delete_drive( NULL, &world.lone_drive ), ERROR_INVALID_STATE );
    set_state( &world.standalone, NTMS_NOT_PRESENT );
    OK( ntms_delete_drive( NULL, &world.lone_drive ));
    ok( count_rows( "SELECT COUNT(*) FROM library" ) == libraries - 1, "the library is left\n" );
}

static void test_library(void)
{
    struct cartridge cartridge = make_cartridge( &world, &world.pool, 2, NTMS_PARTSTATE_ALLOCATED, NTMS_PARTSTATE_RESERVED );
    DWORD i;

    FAILS( ntms_delete_library( NULL, &nobody ), ERROR_INVALID_LIBRARY );
    FAILS( ntms_delete_library( NULL, &world.pool ), ERROR_INVALID_LIBRARY );
    FAILS( ntms_delete_library( NULL, &world.offline ), ERROR_INVALID_LIBRARY );
    FAILS( ntms_delete_library( NULL, &world.library ), ERROR_INVALID_STATE );
    set_state( &world.library, NTMS_NOT_PRESENT );
    world_exec( "UPDATE object SET enabled = 0 WHERE id = ?", &world.library );
    FAILS( ntms_delete_library( NULL, &world.library ), ERROR_INVALID_STATE );
    world_exec( "UPDATE object SET enabled = 1 WHERE id = ?", &world.library );
    deny( &world.library );
    FAILS( ntms_delete_library( NULL, &world.library ), ERROR_ACCESS_DENIED );
    allow( &world.library );
    OK( ntms_delete_library( NULL, &world.library ));
    FAILS( ntms_delete_library( NULL, &world.library ), ERROR_INVALID_LIBRARY );

    for (i = 0; i < WORLD_MEDIA; i++)
    {
        NTMS_PMIDINFORMATIONW info = world_info( &world.media[i] ).Info.PhysicalMedia;

        ok( same( info.CurrentLibrary, world.offline ), "medium %lu is not off-line\n", i );
        ok( same( info.Location, (GUID){ 0 } ) && same( info.HomeSlot, (GUID){ 0 } ), "medium %lu is somewhere\n", i );
        ok( info.MediaState == NTMS_MEDIASTATE_IDLE, "state %lu\n", info.MediaState );
    }
    ok( state_of( &cartridge.sides[0] ) == NTMS_PARTSTATE_ALLOCATED, "state %lu\n", state_of( &cartridge.sides[0] ));
    ok( state_of( &cartridge.sides[1] ) == NTMS_PARTSTATE_RESERVED, "state %lu\n", state_of( &cartridge.sides[1] ));
    ok( !count_rows( "SELECT COUNT(*) FROM object WHERE type IN (2, 5, 7, 8, 10, 16)" ), "devices are left\n" );
    ok( count_rows( "SELECT COUNT(*) FROM object WHERE type = 9" ) == 1, "libraries are left\n" );
}

START_TEST(remove)
{
    world_open( &world );
    test_drive();
    test_library();
    world_close();
}
