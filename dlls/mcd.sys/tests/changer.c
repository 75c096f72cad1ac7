/*
 * Tests of \\.\ChangerN: arguments on any changer, moves only on the one that the environment names
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

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "windef.h"
#include "winbase.h"
#include "winioctl.h"
#ifndef IOCTL_CHANGER_BASE
#include "ddk/ntddchgr.h"
#endif

#include "wine/test.h"

/* Media are moved only if this is the serial number of the changer. */
#define SERIAL_VARIABLE "CHANGER_TEST_SERIAL"

#define MAX_DEVICES 16

static HANDLE changer;
static DWORD returned;
static GET_CHANGER_PARAMETERS parameters;

static DWORD control( DWORD code, void *in, DWORD in_size, void *out, DWORD out_size )
{
    SetLastError( 0xdeadbeef );
    returned = 0xdeadbeef;
    if (DeviceIoControl( changer, code, in, in_size, out, out_size, &returned, NULL )) return ERROR_SUCCESS;
    return GetLastError();
}

static ULONG get_count( ELEMENT_TYPE type )
{
    switch (type)
    {
    case ChangerTransport: return parameters.NumberTransportElements;
    case ChangerSlot:      return parameters.NumberStorageElements;
    case ChangerIEPort:    return parameters.NumberIEElements;
    case ChangerDrive:     return parameters.NumberDataTransferElements;
    default:               return 0;
    }
}

static void test_sizes(void)
{
    ok( sizeof(GET_CHANGER_PARAMETERS) == 60, "got %u\n", (UINT)sizeof(GET_CHANGER_PARAMETERS) );
    ok( sizeof(CHANGER_PRODUCT_DATA) == 61, "got %u\n", (UINT)sizeof(CHANGER_PRODUCT_DATA) );
    ok( sizeof(CHANGER_SET_ACCESS) == 12, "got %u\n", (UINT)sizeof(CHANGER_SET_ACCESS) );
    ok( sizeof(CHANGER_READ_ELEMENT_STATUS) == 16, "got %u\n", (UINT)sizeof(CHANGER_READ_ELEMENT_STATUS) );
    ok( sizeof(CHANGER_ELEMENT_STATUS) == 100, "got %u\n", (UINT)sizeof(CHANGER_ELEMENT_STATUS) );
    ok( sizeof(CHANGER_ELEMENT_STATUS_EX) == 156, "got %u\n", (UINT)sizeof(CHANGER_ELEMENT_STATUS_EX) );
    ok( sizeof(CHANGER_INITIALIZE_ELEMENT_STATUS) == 16, "got %u\n", (UINT)sizeof(CHANGER_INITIALIZE_ELEMENT_STATUS) );
    ok( sizeof(CHANGER_SET_POSITION) == 20, "got %u\n", (UINT)sizeof(CHANGER_SET_POSITION) );
    ok( sizeof(CHANGER_EXCHANGE_MEDIUM) == 36, "got %u\n", (UINT)sizeof(CHANGER_EXCHANGE_MEDIUM) );
    ok( sizeof(CHANGER_MOVE_MEDIUM) == 28, "got %u\n", (UINT)sizeof(CHANGER_MOVE_MEDIUM) );
    ok( sizeof(CHANGER_SEND_VOLUME_TAG_INFORMATION) == 52, "got %u\n",
        (UINT)sizeof(CHANGER_SEND_VOLUME_TAG_INFORMATION) );
    ok( sizeof(READ_ELEMENT_ADDRESS_INFO) == 104, "got %u\n", (UINT)sizeof(READ_ELEMENT_ADDRESS_INFO) );
}

/* The documentation of the class driver and of the requests differ in the code for a short input buffer. */
static BOOL is_length_error( DWORD err )
{
    return err == ERROR_BAD_LENGTH || broken( err == ERROR_INSUFFICIENT_BUFFER ) ||
           broken( err == ERROR_INVALID_PARAMETER );
}

static void test_short_input(void)
{
    static const struct
    {
        DWORD code;
        DWORD size;
    }
    requests[] =
    {
        { IOCTL_CHANGER_SET_ACCESS, sizeof(CHANGER_SET_ACCESS) },
        { IOCTL_CHANGER_GET_ELEMENT_STATUS, sizeof(CHANGER_READ_ELEMENT_STATUS) },
        { IOCTL_CHANGER_INITIALIZE_ELEMENT_STATUS, sizeof(CHANGER_INITIALIZE_ELEMENT_STATUS) },
        { IOCTL_CHANGER_SET_POSITION, sizeof(CHANGER_SET_POSITION) },
        { IOCTL_CHANGER_EXCHANGE_MEDIUM, sizeof(CHANGER_EXCHANGE_MEDIUM) },
        { IOCTL_CHANGER_MOVE_MEDIUM, sizeof(CHANGER_MOVE_MEDIUM) },
        { IOCTL_CHANGER_REINITIALIZE_TRANSPORT, sizeof(CHANGER_ELEMENT) },
        { IOCTL_CHANGER_QUERY_VOLUME_TAGS, sizeof(CHANGER_SEND_VOLUME_TAG_INFORMATION) },
    };
    char in[64] = { 0 }, out[512];
    unsigned int i;
    DWORD err;

    for (i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
    {
        winetest_push_context( "%#lx", requests[i].code );
        err = control( requests[i].code, in, requests[i].size - 1, out, sizeof(out) );
        ok( is_length_error( err ), "got error %lu\n", err );
        err = control( requests[i].code, NULL, 0, NULL, 0 );
        ok( is_length_error( err ), "got error %lu\n", err );
        winetest_pop_context();
    }
}

static void test_short_output(void)
{
    CHANGER_READ_ELEMENT_STATUS read = {{{ ChangerTransport, 0 }, 1 }};
    CHANGER_PRODUCT_DATA data;
    CHANGER_ELEMENT_STATUS_EX status;
    DWORD err;

    memset( &data, 0xcc, sizeof(data) );
    err = control( IOCTL_CHANGER_GET_PARAMETERS, NULL, 0, &parameters, sizeof(parameters) - 1 );
    ok( is_length_error( err ), "got error %lu\n", err );
    err = control( IOCTL_CHANGER_GET_PARAMETERS, NULL, 0, NULL, 0 );
    ok( is_length_error( err ), "got error %lu\n", err );
    err = control( IOCTL_CHANGER_GET_PRODUCT_DATA, NULL, 0, &data, sizeof(data) - 1 );
    ok( is_length_error( err ), "got error %lu\n", err );
    ok( data.DeviceType == 0xcc, "got %#x\n", data.DeviceType );

    err = control( IOCTL_CHANGER_GET_ELEMENT_STATUS, &read, sizeof(read), &status, sizeof(CHANGER_ELEMENT_STATUS) - 1 );
    ok( err == ERROR_INSUFFICIENT_BUFFER, "got error %lu\n", err );
    err = control( IOCTL_CHANGER_GET_ELEMENT_STATUS, &read, sizeof(read), NULL, 0 );
    ok( err == ERROR_INSUFFICIENT_BUFFER, "got error %lu\n", err );
    read.ElementList.NumberOfElements = 0xffffffff;
    err = control( IOCTL_CHANGER_GET_ELEMENT_STATUS, &read, sizeof(read), &status, sizeof(status) );
    ok( err == ERROR_INSUFFICIENT_BUFFER || broken( err == ERROR_ILLEGAL_ELEMENT_ADDRESS ), "got error %lu\n", err );
}

static void test_parameters(void)
{
    DWORD err;

    memset( &parameters, 0xcc, sizeof(parameters) );
    err = control( IOCTL_CHANGER_GET_PARAMETERS, NULL, 0, &parameters, sizeof(parameters) );
    ok( !err, "got error %lu\n", err );
    ok( returned == sizeof(parameters), "got %lu\n", returned );
    ok( parameters.Size == sizeof(parameters), "got %lu\n", parameters.Size );
    ok( parameters.NumberTransportElements, "no transport\n" );
    ok( parameters.NumberStorageElements, "no slots\n" );
    ok( parameters.NumberDataTransferElements, "no drives\n" );
    ok( parameters.NumberCleanerSlots <= 1, "got %u\n", parameters.NumberCleanerSlots );
    ok( parameters.NumberIEElements || !parameters.FirstIEPortNumber, "got %u\n", parameters.FirstIEPortNumber );
    ok( parameters.Features0 & CHANGER_STORAGE_SLOT, "got %#lx\n", parameters.Features0 );
    if (!(parameters.Features0 & CHANGER_LOCK_UNLOCK))
        ok( !parameters.LockUnlockCapabilities, "got %#x\n", parameters.LockUnlockCapabilities );
    if (!(parameters.Features0 & CHANGER_POSITION_TO_ELEMENT))
        ok( !parameters.PositionCapabilities, "got %#x\n", parameters.PositionCapabilities );
}

static void get_serial( char serial[SERIAL_NUMBER_LENGTH + 1] )
{
    CHANGER_PRODUCT_DATA data;
    DWORD err, len;

    memset( &data, 0xcc, sizeof(data) );
    err = control( IOCTL_CHANGER_GET_PRODUCT_DATA, NULL, 0, &data, sizeof(data) );
    ok( !err, "got error %lu\n", err );
    ok( returned == sizeof(data), "got %lu\n", returned );
    ok( data.DeviceType == 8, "got %u\n", data.DeviceType );
    for (len = SERIAL_NUMBER_LENGTH; len && (data.SerialNumber[len - 1] == ' ' || !data.SerialNumber[len - 1]); len--) ;
    memcpy( serial, data.SerialNumber, len );
    serial[len] = 0;
    ok( !len == !(parameters.Features0 & CHANGER_SERIAL_NUMBER_VALID), "serial number %s, features %#lx\n",
        serial, parameters.Features0 );
}

static DWORD read_status( ELEMENT_TYPE type, ULONG first, ULONG count, BOOLEAN tags, void *buffer, DWORD size )
{
    CHANGER_READ_ELEMENT_STATUS read = {{{ type, first }, count }, tags };

    return control( IOCTL_CHANGER_GET_ELEMENT_STATUS, &read, sizeof(read), buffer, size );
}

static void check_status( const CHANGER_ELEMENT_STATUS *status, ELEMENT_TYPE type, ULONG number )
{
    ok( status->Element.ElementType == type, "got type %u\n", status->Element.ElementType );
    ok( status->Element.ElementAddress == number, "got address %lu\n", status->Element.ElementAddress );
    ok( !status->Reserved, "got %#x\n", status->Reserved );
    ok( !(status->Flags & ELEMENT_STATUS_EXCEPT) == !status->ExceptionCode, "flags %#lx, exception %#lx\n",
        status->Flags, status->ExceptionCode );
    if (status->Flags & ELEMENT_STATUS_SVALID)
    {
        ok( status->SrcElementAddress.ElementType == ChangerSlot, "got source type %u\n",
            status->SrcElementAddress.ElementType );
        ok( status->SrcElementAddress.ElementAddress < get_count( ChangerSlot ), "got source %lu\n",
            status->SrcElementAddress.ElementAddress );
    }
    if (status->Flags & ELEMENT_STATUS_PVOLTAG)
    {
        ok( status->Flags & ELEMENT_STATUS_FULL, "label on an empty element\n" );
        ok( status->PrimaryVolumeID[0] > ' ' && status->PrimaryVolumeID[0] < 0x7f, "got %#x\n",
            status->PrimaryVolumeID[0] );
    }
}

static void test_element_status( ELEMENT_TYPE type )
{
    BOOL tags = !!(parameters.Features0 & CHANGER_BAR_CODE_SCANNER_INSTALLED);
    ULONG i, record, count = get_count( type );
    BYTE *buffer;
    DWORD err;

    if (!count) return;
    winetest_push_context( "type %u", type );
    buffer = malloc( count * sizeof(CHANGER_ELEMENT_STATUS_EX) );

    memset( buffer, 0xcc, count * sizeof(CHANGER_ELEMENT_STATUS_EX) );
    err = read_status( type, 0, count, tags, buffer, count * sizeof(CHANGER_ELEMENT_STATUS_EX) );
    ok( !err, "got error %lu\n", err );
    record = returned / count;
    ok( returned == count * record, "got %lu bytes for %lu elements\n", returned, count );
    if (((CHANGER_ELEMENT_STATUS *)buffer)->Flags & ELEMENT_STATUS_PRODUCT_DATA)
        ok( record == sizeof(CHANGER_ELEMENT_STATUS_EX), "got %lu\n", record );
    else
        ok( record == sizeof(CHANGER_ELEMENT_STATUS), "got %lu\n", record );
    for (i = 0; i < count && !err; i++) check_status( (CHANGER_ELEMENT_STATUS *)(buffer + i * record), type, i );

    /* Windows may insist on the larger records for drives */
    err = read_status( type, count - 1, 1, FALSE, buffer, sizeof(CHANGER_ELEMENT_STATUS) );
    ok( !err || broken( type == ChangerDrive && err == ERROR_INSUFFICIENT_BUFFER ), "got error %lu\n", err );
    if (!err)
    {
        ok( returned == sizeof(CHANGER_ELEMENT_STATUS), "got %lu\n", returned );
        check_status( (CHANGER_ELEMENT_STATUS *)buffer, type, count - 1 );
        ok( !(((CHANGER_ELEMENT_STATUS *)buffer)->Flags & (ELEMENT_STATUS_PRODUCT_DATA | ELEMENT_STATUS_PVOLTAG)),
            "got flags %#lx\n", ((CHANGER_ELEMENT_STATUS *)buffer)->Flags );
    }

    err = read_status( type, count, 1, FALSE, buffer, sizeof(CHANGER_ELEMENT_STATUS_EX) );
    ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS, "got error %lu\n", err );
    err = read_status( type, 0xffffffff, 1, FALSE, buffer, sizeof(CHANGER_ELEMENT_STATUS_EX) );
    ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS, "got error %lu\n", err );
    free( buffer );
    winetest_pop_context();
}

static void *read_everything( DWORD *size )
{
    ULONG count = get_count( ChangerTransport ) + get_count( ChangerSlot ) + get_count( ChangerIEPort ) +
                  get_count( ChangerDrive );
    void *buffer = malloc( count * sizeof(CHANGER_ELEMENT_STATUS_EX) );
    DWORD err;

    err = read_status( AllElements, 0, count, FALSE, buffer, count * sizeof(CHANGER_ELEMENT_STATUS_EX) );
    ok( !err, "got error %lu\n", err );
    *size = err ? 0 : returned;
    return buffer;
}

static DWORD move( ELEMENT_TYPE source_type, ULONG source, ELEMENT_TYPE destination_type, ULONG destination )
{
    CHANGER_MOVE_MEDIUM params = {{ ChangerTransport, 0 }, { source_type, source }, { destination_type, destination }};

    return control( IOCTL_CHANGER_MOVE_MEDIUM, &params, sizeof(params), NULL, 0 );
}

/* None of these may move anything. */
static void test_bad_addresses(void)
{
    CHANGER_MOVE_MEDIUM params = {{ ChangerTransport, 0 }, { ChangerSlot, 0 }, { ChangerDrive, 0 }};
    CHANGER_SET_POSITION position = {{ ChangerTransport, 0 }, { ChangerSlot, get_count( ChangerSlot ) }};
    CHANGER_SET_ACCESS access = {{ ChangerSlot, 0 }, LOCK_ELEMENT };
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
    err = control( IOCTL_CHANGER_SET_ACCESS, &access, sizeof(access), NULL, 0 );
    ok( err == ERROR_INVALID_PARAMETER || broken( err == ERROR_INVALID_FUNCTION ), "got error %lu\n", err );
    access.Element.ElementType = ChangerDoor;
    access.Control = 4;
    err = control( IOCTL_CHANGER_SET_ACCESS, &access, sizeof(access), NULL, 0 );
    ok( err == ERROR_INVALID_PARAMETER || broken( err == ERROR_INVALID_FUNCTION ), "got error %lu\n", err );

    after = read_everything( &after_size );
    ok( before_size == after_size && !memcmp( before, after, after_size ), "something has moved\n" );
    free( before );
    free( after );
}

static void test_unsupported(void)
{
    CHANGER_EXCHANGE_MEDIUM exchange = {{ ChangerTransport, 0 }, { ChangerSlot, 0 }, { ChangerDrive, 0 }, { ChangerSlot, 0 }};
    CHANGER_SET_ACCESS access = {{ ChangerKeypad, 0 }, LOCK_ELEMENT };
    CHANGER_INITIALIZE_ELEMENT_STATUS initialize = {{{ ChangerSlot, 0 }, 1 }};
    CHANGER_SEND_VOLUME_TAG_INFORMATION tags = {{ AllElements, 0 }, SEARCH_ALL, "*" };
    READ_ELEMENT_ADDRESS_INFO info;
    CHANGER_ELEMENT_STATUS status;
    DWORD err;

    err = control( CTL_CODE( FILE_DEVICE_CHANGER, 0x7ff, METHOD_BUFFERED, FILE_ANY_ACCESS ), NULL, 0, NULL, 0 );
    ok( err == ERROR_INVALID_FUNCTION, "got error %lu\n", err );
    if (!(parameters.Features0 & CHANGER_EXCHANGE_MEDIA))
    {
        err = control( IOCTL_CHANGER_EXCHANGE_MEDIUM, &exchange, sizeof(exchange), NULL, 0 );
        ok( err == ERROR_INVALID_FUNCTION, "got error %lu\n", err );
    }
    if (!(parameters.Features0 & CHANGER_KEYPAD_ENABLE_DISABLE))
    {
        err = control( IOCTL_CHANGER_SET_ACCESS, &access, sizeof(access), NULL, 0 );
        ok( err == ERROR_INVALID_FUNCTION || broken( err == ERROR_INVALID_PARAMETER ), "got error %lu\n", err );
    }
    if (!(parameters.Features0 & CHANGER_INIT_ELEM_STAT_WITH_RANGE))
    {
        err = control( IOCTL_CHANGER_INITIALIZE_ELEMENT_STATUS, &initialize, sizeof(initialize), NULL, 0 );
        ok( err == ERROR_INVALID_PARAMETER, "got error %lu\n", err );
    }
    if (!(parameters.Features0 & CHANGER_VOLUME_SEARCH))
    {
        err = control( IOCTL_CHANGER_QUERY_VOLUME_TAGS, &tags, sizeof(tags), &info, sizeof(info) );
        ok( err == ERROR_INVALID_FUNCTION, "got error %lu\n", err );
    }
    if (!(parameters.Features0 & CHANGER_BAR_CODE_SCANNER_INSTALLED))
    {
        err = read_status( ChangerSlot, 0, 1, TRUE, &status, sizeof(status) );
        ok( err == ERROR_INVALID_PARAMETER, "got error %lu\n", err );
    }
}

static BOOL find_element( ELEMENT_TYPE type, BOOL full, ULONG *number )
{
    CHANGER_ELEMENT_STATUS_EX status;
    ULONG i;

    for (i = 0; i < get_count( type ); i++)
    {
        if (read_status( type, i, 1, FALSE, &status, sizeof(status) )) continue;
        if ((status.Flags & ELEMENT_STATUS_EXCEPT) || !(status.Flags & ELEMENT_STATUS_FULL) != !full) continue;
        *number = i;
        return TRUE;
    }
    return FALSE;
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

static void test_moves( const char *serial )
{
    CHANGER_ELEMENT_STATUS_EX status;
    ULONG slot, empty, drive;
    char enabled[64];
    DWORD err;

    if (!GetEnvironmentVariableA( SERIAL_VARIABLE, enabled, sizeof(enabled) ) || !serial[0] || strcmp( enabled, serial ))
    {
        skip( "media are moved only if " SERIAL_VARIABLE " is %s\n", serial );
        return;
    }
    if (!find_element( ChangerSlot, TRUE, &slot ) || !find_element( ChangerDrive, FALSE, &drive ))
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
    if (find_element( ChangerSlot, TRUE, &empty ))
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

static void test_status(void)
{
    DWORD err = control( IOCTL_CHANGER_GET_STATUS, NULL, 0, NULL, 0 );

    ok( !err, "got error %lu\n", err );
    ok( !returned, "got %lu\n", returned );
}

static void test_changer(void)
{
    char serial[SERIAL_NUMBER_LENGTH + 1];

    test_parameters();
    get_serial( serial );
    if (control( IOCTL_CHANGER_GET_STATUS, NULL, 0, NULL, 0 ) == ERROR_ACCESS_DENIED)
    {
        skip( "the changer with the serial number %s is not enabled\n", serial );
        return;
    }
    test_short_input();
    test_short_output();
    test_parameters();
    test_element_status( ChangerTransport );
    test_element_status( ChangerSlot );
    test_element_status( ChangerIEPort );
    test_element_status( ChangerDrive );
    test_status();
    test_bad_addresses();
    test_unsupported();
    test_moves( serial );
}

START_TEST(changer)
{
    unsigned int i, count = 0;
    char path[32];

    test_sizes();
    for (i = 0; i < MAX_DEVICES; i++)
    {
        sprintf( path, "\\\\.\\Changer%u", i );
        changer = CreateFileA( path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                               OPEN_EXISTING, 0, NULL );
        if (changer == INVALID_HANDLE_VALUE) continue;
        winetest_push_context( "Changer%u", i );
        test_changer();
        winetest_pop_context();
        CloseHandle( changer );
        count++;
    }
    if (!count) skip( "no medium changer\n" );
}
