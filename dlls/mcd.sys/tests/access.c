/*
 * Conformance of IOCTL_CHANGER_SET_ACCESS: doors, ports and keypad
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

#include "common.h"

static DWORD set_access( ELEMENT_TYPE type, ULONG number, ULONG action )
{
    CHANGER_SET_ACCESS access = {{ type, number }, action };

    return control( IOCTL_CHANGER_SET_ACCESS, &access, sizeof(access), NULL, 0 );
}

/* None of these may lock or open anything. */
static void test_bad_access(void)
{
    DWORD err;

    err = set_access( ChangerSlot, 0, LOCK_ELEMENT );
    ok( err == ERROR_INVALID_PARAMETER || broken( err == ERROR_INVALID_FUNCTION ), "got error %lu\n", err );
    err = set_access( ChangerDoor, 0, 4 );
    ok( err == ERROR_INVALID_PARAMETER || broken( err == ERROR_INVALID_FUNCTION ), "got error %lu\n", err );
    err = set_access( ChangerIEPort, 0xffff, EXTEND_IEPORT );
    ok( err == ERROR_INVALID_PARAMETER || err == ERROR_INVALID_FUNCTION ||
        broken( err == ERROR_ILLEGAL_ELEMENT_ADDRESS ), "got error %lu\n", err );
    if (!(parameters.Features0 & CHANGER_KEYPAD_ENABLE_DISABLE))
    {
        err = set_access( ChangerKeypad, 0, LOCK_ELEMENT );
        ok( err == ERROR_INVALID_FUNCTION || broken( err == ERROR_INVALID_PARAMETER ), "got error %lu\n", err );
    }
    if (!get_count( ChangerIEPort ))
    {
        err = set_access( ChangerIEPort, 0, EXTEND_IEPORT );
        ok( err == ERROR_INVALID_FUNCTION || err == ERROR_INVALID_PARAMETER, "got error %lu\n", err );
    }
}

static void test_lock(void)
{
    ELEMENT_TYPE type = parameters.LockUnlockCapabilities & LOCK_UNLOCK_IEPORT ? ChangerIEPort : ChangerDoor;
    DWORD err;

    if (!(parameters.Features0 & CHANGER_LOCK_UNLOCK))
    {
        err = set_access( type, 0, LOCK_ELEMENT );
        ok( err == ERROR_INVALID_FUNCTION, "got error %lu\n", err );
        return;
    }
    err = set_access( type, 0, LOCK_ELEMENT );
    ok( !err, "got error %lu\n", err );
    err = set_access( type, 0, LOCK_ELEMENT );
    ok( !err, "got error %lu\n", err );
    err = set_access( type, 0, UNLOCK_ELEMENT );
    ok( !err, "got error %lu\n", err );
}

static void test_port(void)
{
    CHANGER_ELEMENT_STATUS status;
    DWORD err;

    if (!(parameters.Features0 & CHANGER_OPEN_IEPORT) || !(parameters.Features0 & CHANGER_CLOSE_IEPORT)) return;
    err = set_access( ChangerIEPort, 0, EXTEND_IEPORT );
    ok( !err, "got error %lu\n", err );
    err = read_status( ChangerIEPort, 0, 1, FALSE, &status, sizeof(status) );
    ok( !err, "got error %lu\n", err );
    ok( !(status.Flags & ELEMENT_STATUS_ACCESS), "got flags %#lx\n", status.Flags );
    err = set_access( ChangerIEPort, 0, RETRACT_IEPORT );
    ok( !err, "got error %lu\n", err );
    err = read_status( ChangerIEPort, 0, 1, FALSE, &status, sizeof(status) );
    ok( !err, "got error %lu\n", err );
    ok( status.Flags & ELEMENT_STATUS_ACCESS, "got flags %#lx\n", status.Flags );
}

static void test_changer(void)
{
    if (!is_enabled()) return;
    test_bad_access();
    if (!may_move()) return;
    test_lock();
    test_port();
}

START_TEST(access)
{
    for_each_changer( test_changer );
}
