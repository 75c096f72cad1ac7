/*
 * Tests of enabling and disabling
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

#include <stdlib.h>

#include "world.h"
#include "wine/test.h"

static struct world world;

static BOOL is_enabled( const GUID *id )
{
    return world_info( id ).Enabled;
}

/* the newest request says what was done */
static void check_request( DWORD operation, const GUID *drive, const GUID *medium )
{
    NTMS_LIBREQUESTINFORMATIONW request;
    DWORD count, total;
    GUID *list;

    OK( ntms_enumerate( NULL, &world.library, NTMS_LIBREQUEST, NTMS_ENUM_DEFAULT, 1000, &list, &count, &total ));
    if (!count) return;
    request = world_info( &list[count - 1] ).Info.LibRequest;
    free( list );
    ok( request.OperationCode == operation && request.State == NTMS_LM_PASSED, "operation %lu\n", request.OperationCode );
    ok( IsEqualGUID( &request.DriveId, drive ) && IsEqualGUID( &request.PhysMediaId, medium ), "wrong objects\n" );
    ok( request.TimeCompleted.wYear > 2000 && !wcscmp( request.szApplication, L"test" ), "wrong request\n" );
}

static void test_switch( DWORD type, const GUID *id, DWORD disable, DWORD enable )
{
    const GUID *drive = type == NTMS_DRIVE ? id : &null_guid, *medium = type == NTMS_PHYSICAL_MEDIA ? id : &null_guid;

    switches = 0;
    FAILS( ntms_enable_object( NULL, type, id ), ERROR_INVALID_STATE );
    ok( !switches, "the libraries have been told\n" );
    OK( ntms_disable_object( NULL, type, id ));
    ok( !is_enabled( id ), "still enabled\n" );
    ok( switches == 1 && switch_type == type && IsEqualGUID( &switch_id, id ) && !switch_on, "the libraries have not been told\n" );
    check_request( disable, drive, medium );
    FAILS( ntms_disable_object( NULL, type, id ), ERROR_INVALID_STATE );
    OK( ntms_enable_object( NULL, type, id ));
    ok( is_enabled( id ), "still disabled\n" );
    ok( switches == 2 && switch_on, "the libraries have not been told\n" );
    check_request( enable, drive, medium );
}

static void test_parameters(void)
{
    DWORD type, asked;

    for (type = 0; type < 20; type++)
    {
        BOOL valid = type == NTMS_DRIVE || type == NTMS_LIBRARY || type == NTMS_PHYSICAL_MEDIA;
        DWORD expect = valid ? ERROR_OBJECT_NOT_FOUND : ERROR_INVALID_PARAMETER;

        FAILS( ntms_disable_object( NULL, type, &nobody ), expect );
        FAILS( ntms_enable_object( NULL, type, &nobody ), expect );
        for (asked = NTMS_CHANGER; asked <= NTMS_OPREQUEST; asked++)
        {
            if (asked == type) continue;
            FAILS( ntms_disable_object( NULL, type, world_object( &world, asked )), expect );
            FAILS( ntms_enable_object( NULL, type, world_object( &world, asked )), expect );
        }
        if (!valid && type >= NTMS_CHANGER && type <= NTMS_OPREQUEST)
            FAILS( ntms_disable_object( NULL, type, world_object( &world, type )), ERROR_INVALID_PARAMETER );
    }
    FAILS( ntms_disable_object( NULL, NTMS_LIBRARY, &world.offline ), ERROR_LIBRARY_OFFLINE );
    FAILS( ntms_enable_object( NULL, NTMS_LIBRARY, &world.offline ), ERROR_LIBRARY_OFFLINE );
}

/* what is in a disabled object is disabled as long */
static void test_contents(void)
{
    const GUID *of_medium[] = { &world.sides[0], &world.sides[1], &world.logical };
    const GUID *of_library[] = { &world.changer, &world.drives[0], &world.drives[1], &world.doors[0], &world.ports[0],
                                 &world.slots[0], &world.media[0], &world.media[1], &world.sides[0], &world.sides[2],
                                 &world.logical };
    const GUID *others[] = { &world.pool, &world.lto, &world.computer, &world.standalone, &world.lone_drive, &world.request };
    DWORD i;

    OK( ntms_disable_object( NULL, NTMS_PHYSICAL_MEDIA, &world.media[0] ));
    for (i = 0; i < ARRAY_SIZE(of_medium); i++) ok( !is_enabled( of_medium[i] ), "%lu is enabled\n", i );
    ok( is_enabled( &world.media[1] ) && is_enabled( &world.sides[2] ), "another medium is disabled\n" );
    OK( ntms_disable_object( NULL, NTMS_LIBRARY, &world.library ));
    for (i = 0; i < ARRAY_SIZE(of_library); i++) ok( !is_enabled( of_library[i] ), "%lu is enabled\n", i );
    for (i = 0; i < ARRAY_SIZE(others); i++) ok( is_enabled( others[i] ), "%lu is disabled\n", i );
    /* each has its own switch */
    OK( ntms_disable_object( NULL, NTMS_DRIVE, &world.drives[1] ));
    OK( ntms_enable_object( NULL, NTMS_LIBRARY, &world.library ));
    ok( is_enabled( &world.drives[0] ) && !is_enabled( &world.drives[1] ), "wrong drives\n" );
    ok( is_enabled( &world.media[1] ) && !is_enabled( &world.media[0] ) && !is_enabled( &world.sides[0] ), "wrong media\n" );
    OK( ntms_enable_object( NULL, NTMS_DRIVE, &world.drives[1] ));
    OK( ntms_enable_object( NULL, NTMS_PHYSICAL_MEDIA, &world.media[0] ));
    for (i = 0; i < ARRAY_SIZE(of_library); i++) ok( is_enabled( of_library[i] ), "%lu is disabled\n", i );
}

/* disabled media are not allocated; who waits gets them when they are enabled */
static void test_allocation(void)
{
    GUID logical, source, side;
    DWORD wait, type;

    for (type = NTMS_LIBRARY; type <= NTMS_PHYSICAL_MEDIA; type += NTMS_PHYSICAL_MEDIA - NTMS_LIBRARY)
    {
        const GUID *id = world_object( &world, type );

        OK( ntms_disable_object( NULL, type, id ));
        FAILS( ntms_allocate_media( NULL, &world.pool, NULL, &logical, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0, &source, &wait ),
               ERROR_MEDIA_UNAVAILABLE );
        OK( ntms_allocate_media( NULL, &world.pool, NULL, &logical, 0, INFINITE, &source, &wait ));
        ok( last_wait.pending, "does not wait\n" );
        OK( ntms_enable_object( NULL, type, id ));
        ok( !last_wait.pending && !last_wait.result, "still waits\n" );
        OK( db_begin_read() );
        OK( db_end( db_get_guid( &side, "SELECT id FROM partition WHERE logical_media = ?", "g", &last_wait.ids[0] )));
        ok( IsEqualGUID( &side, &world.sides[1] ), "another side\n" );
        OK( ntms_deallocate_media( NULL, &last_wait.ids[0], 0 ));
    }
}

START_TEST(enable)
{
    world_open( &world );
    test_parameters();
    test_switch( NTMS_DRIVE, &world.drives[0], NTMS_LM_DISABLEDRIVE, NTMS_LM_ENABLEDRIVE );
    test_switch( NTMS_LIBRARY, &world.library, NTMS_LM_DISABLELIBRARY, NTMS_LM_ENABLELIBRARY );
    test_switch( NTMS_PHYSICAL_MEDIA, &world.media[0], NTMS_LM_DISABLEMEDIA, NTMS_LM_ENABLEMEDIA );
    test_contents();
    test_allocation();
    world_close();
}
