/*
 * Tests of operator requests
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


#include <stdio.h>

#include "cartridge.h"
#include "wine/test.h"

static struct world world;

static DWORD submit( DWORD kind, const GUID *arg1, const GUID *arg2, GUID *id )
{
    return ntms_submit_operator_request( NULL, kind, L"please", arg1, arg2, id );
}

static DWORD state_of_request( const GUID *request )
{
    return world_info( request ).Info.OpRequest.State;
}

static void test_arguments(void)
{
    WCHAR message[NTMS_MESSAGE_LENGTH + 1];
    GUID id = nobody;
    DWORD i;

    for (i = 0; i < NTMS_MESSAGE_LENGTH; i++) message[i] = 'a';
    message[i] = 0;
    FAILS( ntms_submit_operator_request( NULL, NTMS_OPREQ_MESSAGE, message, NULL, NULL, &id ), ERROR_INVALID_PARAMETER );
    message[i - 1] = 0;
    OK( ntms_submit_operator_request( NULL, NTMS_OPREQ_MESSAGE, message, NULL, NULL, &id ));
    ok( !wcscmp( world_info( &id ).Info.OpRequest.szMessage, message ), "another message\n" );
    OK( ntms_submit_operator_request( NULL, NTMS_OPREQ_MESSAGE, NULL, NULL, NULL, &id ));
    ok( !world_info( &id ).Info.OpRequest.szMessage[0], "a message\n" );

    FAILS( submit( NTMS_OPREQ_UNKNOWN, NULL, NULL, &id ), ERROR_INVALID_PARAMETER );
    FAILS( submit( NTMS_OPREQ_MESSAGE + 1, NULL, NULL, &id ), ERROR_INVALID_PARAMETER );
    /* a message is about nothing, the null GUID is nothing */
    OK( submit( NTMS_OPREQ_MESSAGE, &null_guid, &null_guid, &id ));
    FAILS( submit( NTMS_OPREQ_MESSAGE, &world.library, NULL, &id ), ERROR_INVALID_PARAMETER );
    FAILS( submit( NTMS_OPREQ_MESSAGE, NULL, &world.library, &id ), ERROR_INVALID_PARAMETER );
}

static void test_objects(void)
{
    static const struct
    {
        DWORD kind, arg1, arg2;   /* types of objects that they may be */
        BOOL  optional;
    }
    requests[] =
    {
        { NTMS_OPREQ_NEWMEDIA, 1 << NTMS_MEDIA_POOL, 1 << NTMS_LIBRARY, TRUE },
        { NTMS_OPREQ_CLEANER, 1 << NTMS_LIBRARY | 1 << NTMS_STORAGESLOT },
        { NTMS_OPREQ_DEVICESERVICE, 1 << NTMS_LIBRARY | 1 << NTMS_DRIVE | 1 << NTMS_IEDOOR | 1 << NTMS_IEPORT |
                                    1 << NTMS_CHANGER | 1 << NTMS_PHYSICAL_MEDIA },
        { NTMS_OPREQ_MOVEMEDIA, 1 << NTMS_PHYSICAL_MEDIA, 1 << NTMS_LIBRARY },
    };
    const GUID *arg1, *arg2;
    DWORD i, type;
    GUID id;

    for (i = 0; i < ARRAY_SIZE(requests); i++)
    {
        DWORD kind = requests[i].kind;

        winetest_push_context( "request %lu", kind );
        for (type = NTMS_CHANGER; !(requests[i].arg1 & 1 << type); type++) ;
        arg1 = world_object( &world, type );
        arg2 = requests[i].arg2 ? world_object( &world, NTMS_LIBRARY ) : NULL;
        FAILS( submit( kind, NULL, arg2, &id ), ERROR_INVALID_PARAMETER );
        FAILS( submit( kind, &nobody, arg2, &id ), ERROR_OBJECT_NOT_FOUND );
        FAILS( submit( kind, arg1, &nobody, &id ), requests[i].arg2 ? ERROR_OBJECT_NOT_FOUND : ERROR_INVALID_PARAMETER );
        if (requests[i].optional) OK( submit( kind, arg1, NULL, &id ));
        else if (arg2) FAILS( submit( kind, arg1, NULL, &id ), ERROR_INVALID_PARAMETER );
        for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
        {
            winetest_push_context( "type %lu", type );
            if (requests[i].arg1 & 1 << type) OK( submit( kind, world_object( &world, type ), arg2, &id ));
            else FAILS( submit( kind, world_object( &world, type ), arg2, &id ), ERROR_OBJECT_NOT_FOUND );
            if (arg2 && type != NTMS_LIBRARY)
                FAILS( submit( kind, arg1, world_object( &world, type ), &id ), ERROR_OBJECT_NOT_FOUND );
            winetest_pop_context();
        }
        winetest_pop_context();
    }
}

static void test_end(void)
{
    DWORD wait;
    GUID id;

    FAILS( ntms_cancel_operator_request( NULL, &nobody ), ERROR_OBJECT_NOT_FOUND );
    FAILS( ntms_satisfy_operator_request( NULL, &world.pool ), ERROR_OBJECT_NOT_FOUND );
    FAILS( ntms_wait_operator_request( NULL, &nobody, 1, &wait ), ERROR_OBJECT_NOT_FOUND );

    OK( submit( NTMS_OPREQ_MESSAGE, NULL, NULL, &id ));
    FAILS( ntms_wait_operator_request( NULL, &id, 0, &wait ), ERROR_TIMEOUT );
    OK( ntms_wait_operator_request( NULL, &id, 1000, &wait ));
    ok( last_wait.pending && last_wait.timeout == 1000, "does not wait\n" );
    OK( ntms_cancel_operator_request( NULL, &id ));
    ok( !last_wait.pending && last_wait.result == ERROR_CANCELLED, "result %lu\n", last_wait.result );
    ok( state_of_request( &id ) == NTMS_OPSTATE_REFUSED, "state %lu\n", state_of_request( &id ) );
    FAILS( ntms_wait_operator_request( NULL, &id, 1000, &wait ), ERROR_CANCELLED );
    FAILS( ntms_cancel_operator_request( NULL, &id ), ERROR_INVALID_STATE );
    FAILS( ntms_satisfy_operator_request( NULL, &id ), ERROR_OBJECT_NOT_FOUND );

    OK( submit( NTMS_OPREQ_MESSAGE, NULL, NULL, &id ));
    OK( ntms_wait_operator_request( NULL, &id, 1000, &wait ));
    OK( ntms_satisfy_operator_request( NULL, &id ));
    ok( !last_wait.pending && !last_wait.result, "result %lu\n", last_wait.result );
    ok( state_of_request( &id ) == NTMS_OPSTATE_COMPLETE, "state %lu\n", state_of_request( &id ) );
    OK( ntms_wait_operator_request( NULL, &id, 1000, &wait ));
    ok( !wait, "waits\n" );
    FAILS( ntms_cancel_operator_request( NULL, &id ), ERROR_INVALID_STATE );
    FAILS( ntms_satisfy_operator_request( NULL, &id ), ERROR_OBJECT_NOT_FOUND );
}

static void test_access(void)
{
    GUID id;

    OK( submit( NTMS_OPREQ_MESSAGE, NULL, NULL, &id ));
    deny( &world.computer );
    FAILS( ntms_cancel_operator_request( NULL, &id ), ERROR_ACCESS_DENIED );
    FAILS( ntms_satisfy_operator_request( NULL, &id ), ERROR_ACCESS_DENIED );
    allow( &world.computer );
    ok( state_of_request( &id ) == NTMS_OPSTATE_SUBMITTED || state_of_request( &id ) == NTMS_OPSTATE_ACTIVE, "state %lu\n",
        state_of_request( &id ) );
    OK( ntms_cancel_operator_request( NULL, &id ));

    deny( &world.pool );
    FAILS( submit( NTMS_OPREQ_NEWMEDIA, &world.pool, NULL, &id ), ERROR_ACCESS_DENIED );
    allow( &world.pool );
    OK( submit( NTMS_OPREQ_NEWMEDIA, &world.pool, NULL, &id ));
}

static void test_information(void)
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD type;

    for (type = NTMS_OPREQUEST + 1; type < NTMS_OPREQUEST + 4; type++)
        FAILS( ntms_get_object_information( NULL, &world.operator_request, type, &info ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_get_object_information( NULL, &world.operator_request, NTMS_OBJECT, &info ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_get_object_information( NULL, &nobody, NTMS_OPREQUEST + 1, &info ), ERROR_INVALID_PARAMETER );
    FAILS( ntms_get_object_information( NULL, &nobody, NTMS_OPREQUEST, &info ), ERROR_OBJECT_NOT_FOUND );
    OK( ntms_get_object_information( NULL, &world.operator_request, NTMS_OPREQUEST, &info ));
}

START_TEST(oprequest)
{
    world_open( &world );
    test_arguments();
    test_objects();
    test_end();
    test_access();
    test_information();
    world_close();
}
