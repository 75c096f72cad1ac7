/*
 * Conformance of the requests that move something: media, the transport, the inventory
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

/* None of these may move anything. */
static void test_bad_addresses(void)
{
    CHANGER_MOVE_MEDIUM params = {{ ChangerTransport, 0 }, { ChangerSlot, 0 }, { ChangerDrive, 0 }};
    CHANGER_SET_POSITION position = {{ ChangerTransport, 0 }, { ChangerSlot, get_count( ChangerSlot ) }};
    CHANGER_ELEMENT transport = { ChangerSlot, 0 };
    DWORD err, before_size, after_size;
    void *before, *after;

    before = read_everything( &before_size );

    err = move( ChangerSlot, get_count( ChangerSlot ), ChangerDrive, 0 );
    ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS, "got error %lu\n", err );
    err = move( ChangerSlot, 0, ChangerDrive, get_count( ChangerDrive ) );
    ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS, "got error %lu\n", err );
    err = move( ChangerSlot, 0xffffffff, ChangerDrive, 0 );
    ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS, "got error %lu\n", err );
    err = move( ChangerDoor, 0, ChangerDrive, 0 );
    ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS || broken( err == ERROR_INVALID_PARAMETER ), "got error %lu\n", err );
    err = move( AllElements, 0, ChangerDrive, 0 );
    ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS || broken( err == ERROR_INVALID_PARAMETER ), "got error %lu\n", err );

    params.Transport.ElementAddress = get_count( ChangerTransport );
    err = control( IOCTL_CHANGER_MOVE_MEDIUM, &params, sizeof(params), NULL, 0 );
    ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS, "got error %lu\n", err );
    params.Transport.ElementAddress = 0;
    params.Transport.ElementType = ChangerSlot;
    err = control( IOCTL_CHANGER_MOVE_MEDIUM, &params, sizeof(params), NULL, 0 );
    ok( err == ERROR_INVALID_PARAMETER || broken( err == ERROR_ILLEGAL_ELEMENT_ADDRESS ), "got error %lu\n", err );
    if (!(parameters.Features0 & CHANGER_MEDIUM_FLIP))
    {
        params.Transport.ElementType = ChangerTransport;
        params.Flip = TRUE;
        err = control( IOCTL_CHANGER_MOVE_MEDIUM, &params, sizeof(params), NULL, 0 );
        ok( err == ERROR_INVALID_PARAMETER, "got error %lu\n", err );
    }

    err = control( IOCTL_CHANGER_SET_POSITION, &position, sizeof(position), NULL, 0 );
    ok( err == ERROR_INVALID_PARAMETER || err == ERROR_INVALID_FUNCTION ||
        broken( err == ERROR_ILLEGAL_ELEMENT_ADDRESS ), "got error %lu\n", err );
    err = control( IOCTL_CHANGER_REINITIALIZE_TRANSPORT, &transport, sizeof(transport), NULL, 0 );
    ok( err == ERROR_INVALID_PARAMETER || err == ERROR_INVALID_FUNCTION ||
        broken( err == ERROR_ILLEGAL_ELEMENT_ADDRESS ), "got error %lu\n", err );
    after = read_everything( &after_size );
    ok( before_size == after_size && !memcmp( before, after, after_size ), "something has moved\n" );
    free( before );
    free( after );
}

static BOOL has_serial( HANDLE tape, const UCHAR *serial )
{
    STORAGE_PROPERTY_QUERY query = { StorageDeviceProperty, PropertyStandardQuery };
    char buffer[512], *str;
    DWORD size, len;

    memset( buffer, 0, sizeof(buffer) );
    if (!DeviceIoControl( tape, IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof(query), buffer, sizeof(buffer) - 1, &size,
                          NULL )) return FALSE;
    size = ((STORAGE_DEVICE_DESCRIPTOR *)buffer)->SerialNumberOffset;
    if (!size || size >= sizeof(buffer)) return FALSE;
    str = buffer + size;
    while (*str == ' ') str++;
    for (len = strlen( str ); len && str[len - 1] == ' '; len--) ;
    return len && len <= SERIAL_NUMBER_LENGTH && !memcmp( str, serial, len ) &&
           (len == SERIAL_NUMBER_LENGTH || serial[len] == ' ' || !serial[len]);
}

/* The program unloads a drive before the robot takes the medium out. */
static BOOL unload_drive( ULONG drive )
{
    CHANGER_ELEMENT_STATUS_EX status;
    BOOL ret = FALSE;
    char path[32];
    unsigned int i;
    HANDLE tape;

    if (!(parameters.Features0 & CHANGER_PREDISMOUNT_EJECT_REQUIRED)) return TRUE;
    if (read_status( ChangerDrive, drive, 1, FALSE, &status, sizeof(status) ) || returned != sizeof(status)) return FALSE;
    for (i = 0; i < MAX_DEVICES && !ret; i++)
    {
        sprintf( path, "\\\\.\\Tape%u", i );
        tape = CreateFileA( path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL );
        if (tape == INVALID_HANDLE_VALUE) continue;
        ret = has_serial( tape, status.SerialNumber ) && !PrepareTape( tape, TAPE_UNLOAD, FALSE );
        CloseHandle( tape );
    }
    return ret;
}

static void test_moves(void)
{
    CHANGER_ELEMENT_STATUS_EX status;
    ULONG slot, empty, drive;
    DWORD err;

    if (!find_element( ChangerSlot, TRUE, 0, &slot ) || !find_element( ChangerDrive, FALSE, 0, &drive ))
    {
        skip( "no medium to load, or no empty drive\n" );
        return;
    }

    err = move( ChangerSlot, slot, ChangerDrive, drive );
    ok( !err, "got error %lu\n", err );
    ok( returned == 0 || returned == sizeof(CHANGER_MOVE_MEDIUM), "got %lu\n", returned );
    err = read_status( ChangerDrive, drive, 1, FALSE, &status, sizeof(status) );
    ok( !err, "got error %lu\n", err );
    ok( status.Flags & ELEMENT_STATUS_FULL, "got flags %#lx\n", status.Flags );
    if (status.Flags & ELEMENT_STATUS_SVALID)
        ok( status.SrcElementAddress.ElementAddress == slot, "got source %lu\n", status.SrcElementAddress.ElementAddress );
    err = read_status( ChangerSlot, slot, 1, FALSE, &status, sizeof(status) );
    ok( !err, "got error %lu\n", err );
    ok( !(status.Flags & ELEMENT_STATUS_FULL), "got flags %#lx\n", status.Flags );

    err = move( ChangerSlot, slot, ChangerDrive, drive );
    ok( err == ERROR_SOURCE_ELEMENT_EMPTY || err == ERROR_DESTINATION_ELEMENT_FULL, "got error %lu\n", err );
    if (find_element( ChangerSlot, TRUE, 0, &empty ))
    {
        err = move( ChangerSlot, empty, ChangerDrive, drive );
        ok( err == ERROR_DESTINATION_ELEMENT_FULL, "got error %lu\n", err );
    }

    if (!unload_drive( drive )) trace( "the tape drive was not found, the robot has to do without an unload\n" );
    err = move( ChangerDrive, drive, ChangerSlot, slot );
    ok( !err, "got error %lu\n", err );
    err = read_status( ChangerSlot, slot, 1, FALSE, &status, sizeof(status) );
    ok( !err, "got error %lu\n", err );
    ok( status.Flags & ELEMENT_STATUS_FULL, "got flags %#lx\n", status.Flags );
    err = move( ChangerDrive, drive, ChangerSlot, slot );
    ok( err == ERROR_SOURCE_ELEMENT_EMPTY || err == ERROR_DESTINATION_ELEMENT_FULL, "got error %lu\n", err );
}

static DWORD exchange( ULONG source, ULONG first, ULONG second )
{
    CHANGER_EXCHANGE_MEDIUM params = {{ ChangerTransport, 0 }, { ChangerSlot, source }, { ChangerSlot, first },
                                      { ChangerSlot, second }};

    return control( IOCTL_CHANGER_EXCHANGE_MEDIUM, &params, sizeof(params), NULL, 0 );
}

static void get_label( ULONG slot, UCHAR label[MAX_VOLUME_ID_SIZE] )
{
    CHANGER_ELEMENT_STATUS status;
    DWORD err = read_status( ChangerSlot, slot, 1, TRUE, &status, sizeof(status) );

    ok( !err, "got error %lu\n", err );
    memcpy( label, status.PrimaryVolumeID, MAX_VOLUME_ID_SIZE );
}

static void test_bad_exchange(void)
{
    DWORD err = exchange( get_count( ChangerSlot ), 0, 0 );

    ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS || err == ERROR_INVALID_FUNCTION, "got error %lu\n", err );
    if (parameters.Features0 & CHANGER_EXCHANGE_MEDIA) return;
    err = exchange( 0, 0, 0 );
    ok( err == ERROR_INVALID_FUNCTION, "got error %lu\n", err );
}

/* a swap of two slots, and back */
static void test_exchange(void)
{
    UCHAR label1[MAX_VOLUME_ID_SIZE], label2[MAX_VOLUME_ID_SIZE], label[MAX_VOLUME_ID_SIZE];
    ULONG slot1, slot2, empty;
    DWORD err;

    if (!(parameters.ExchangeFromSlot & CHANGER_TO_SLOT) || !(parameters.Features0 & CHANGER_BAR_CODE_SCANNER_INSTALLED))
    {
        skip( "slots cannot be exchanged, or not be told apart\n" );
        return;
    }
    if (!find_element( ChangerSlot, TRUE, 0, &slot1 ) || !find_element( ChangerSlot, TRUE, 1, &slot2 ) ||
        !find_element( ChangerSlot, FALSE, 0, &empty ))
    {
        skip( "no two media and an empty slot\n" );
        return;
    }
    get_label( slot1, label1 );
    get_label( slot2, label2 );
    err = exchange( slot1, slot2, slot1 );
    ok( !err, "got error %lu\n", err );
    get_label( slot1, label );
    ok( !memcmp( label, label2, sizeof(label) ), "got %.36s\n", label );
    get_label( slot2, label );
    ok( !memcmp( label, label1, sizeof(label) ), "got %.36s\n", label );
    err = exchange( slot1, slot2, slot1 );
    ok( !err, "got error %lu\n", err );
    get_label( slot1, label );
    ok( !memcmp( label, label1, sizeof(label) ), "got %.36s\n", label );
    ok( !is_full( ChangerSlot, empty ), "the empty slot is full\n" );

    err = exchange( empty, slot2, empty );
    ok( err == ERROR_SOURCE_ELEMENT_EMPTY, "got error %lu\n", err );
}

static void test_position(void)
{
    CHANGER_SET_POSITION position = {{ ChangerTransport, 0 }, { ChangerSlot, 0 }};
    CHANGER_ELEMENT transport = { ChangerTransport, 0 };
    DWORD err;

    err = control( IOCTL_CHANGER_SET_POSITION, &position, sizeof(position), NULL, 0 );
    if (parameters.PositionCapabilities & CHANGER_TO_SLOT) ok( !err, "got error %lu\n", err );
    else ok( err == ERROR_INVALID_FUNCTION || broken( err == ERROR_INVALID_PARAMETER ), "got error %lu\n", err );
    err = control( IOCTL_CHANGER_REINITIALIZE_TRANSPORT, &transport, sizeof(transport), NULL, 0 );
    if (parameters.Features0 & CHANGER_DEVICE_REINITIALIZE_CAPABLE) ok( !err, "got error %lu\n", err );
    else ok( err == ERROR_INVALID_FUNCTION, "got error %lu\n", err );
}

static void test_inventory(void)
{
    CHANGER_INITIALIZE_ELEMENT_STATUS initialize = {{{ ChangerSlot, 0 }, 1 }};
    DWORD err;

    err = control( IOCTL_CHANGER_INITIALIZE_ELEMENT_STATUS, &initialize, sizeof(initialize), NULL, 0 );
    if (parameters.Features0 & CHANGER_INIT_ELEM_STAT_WITH_RANGE)
    {
        ok( !err, "got error %lu\n", err );
        ok( returned == sizeof(initialize) || !returned, "got %lu\n", returned );
        initialize.ElementList.NumberOfElements = get_count( ChangerSlot ) + 1;
        err = control( IOCTL_CHANGER_INITIALIZE_ELEMENT_STATUS, &initialize, sizeof(initialize), NULL, 0 );
        ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS, "got error %lu\n", err );
    }
    else ok( err == ERROR_INVALID_PARAMETER, "got error %lu\n", err );
    initialize.ElementList.Element.ElementType = AllElements;
    err = control( IOCTL_CHANGER_INITIALIZE_ELEMENT_STATUS, &initialize, sizeof(initialize), NULL, 0 );
    ok( !err, "got error %lu\n", err );
}

static void test_changer(void)
{
    if (!is_enabled()) return;
    test_bad_addresses();
    test_bad_exchange();
    if (!may_move()) return;
    test_inventory();
    test_position();
    test_moves();
    test_exchange();
}

START_TEST(move)
{
    for_each_changer( test_changer );
}
