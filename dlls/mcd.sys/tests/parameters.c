/*
 * Conformance of what a changer says of itself, and of the sizes of all requests
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
    if (parameters.Features1 & CHANGER_TRUE_EXCHANGE_CAPABLE)
        ok( parameters.Features0 & CHANGER_EXCHANGE_MEDIA, "got %#lx\n", parameters.Features0 );
    if (parameters.NumberIEElements) ok( !parameters.NumberOfDoors, "got %u doors\n", parameters.NumberOfDoors );
    ok( !serial_number[0] == !(parameters.Features0 & CHANGER_SERIAL_NUMBER_VALID), "serial number %s, features %#lx\n",
        serial_number, parameters.Features0 );
    ok( parameters.Features0 & CHANGER_STORAGE_SLOT, "got %#lx\n", parameters.Features0 );
    if (!(parameters.Features0 & CHANGER_LOCK_UNLOCK))
        ok( !parameters.LockUnlockCapabilities, "got %#x\n", parameters.LockUnlockCapabilities );
    if (!(parameters.Features0 & CHANGER_POSITION_TO_ELEMENT))
        ok( !parameters.PositionCapabilities, "got %#x\n", parameters.PositionCapabilities );
}

static void test_status(void)
{
    DWORD err = control( IOCTL_CHANGER_GET_STATUS, NULL, 0, NULL, 0 );

    ok( !err, "got error %lu\n", err );
    ok( !returned, "got %lu\n", returned );
}

static void test_changer(void)
{
    DWORD err;

    test_parameters();
    if (!is_enabled()) return;
    test_short_input();
    test_short_output();
    test_parameters();
    test_status();
    err = control( CTL_CODE( FILE_DEVICE_CHANGER, 0x7ff, METHOD_BUFFERED, FILE_ANY_ACCESS ), NULL, 0, NULL, 0 );
    ok( err == ERROR_INVALID_FUNCTION, "got error %lu\n", err );
}

START_TEST(parameters)
{
    test_sizes();
    for_each_changer( test_changer );
}
