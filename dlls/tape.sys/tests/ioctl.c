/*
 * Tests of the tape driver: control requests, their sizes, and what they tell of the device
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


#include "tape_test.h"

static void test_adapter(void)
{
    STORAGE_PROPERTY_QUERY query = { StorageAdapterProperty, PropertyStandardQuery };
    STORAGE_ADAPTER_DESCRIPTOR desc;
    IO_SCSI_CAPABILITIES capabilities;
    DWORD err, count;

    memset( &desc, 0xcc, sizeof(desc) );
    err = control( IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof(query), &desc, sizeof(desc), &count );
    ok( !err, "got error %lu\n", err );
    ok( count >= offsetof( STORAGE_ADAPTER_DESCRIPTOR, BusType ), "got count %lu\n", count );
    ok( desc.Size >= count, "got size %lu\n", desc.Size );
    ok( desc.MaximumTransferLength >= drive_parameters()->MaximumBlockSize, "got %lu\n", desc.MaximumTransferLength );
    ok( desc.MaximumPhysicalPages, "no pages\n" );
    query.PropertyId = 0x7777;
    err = control( IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof(query), &desc, sizeof(desc), &count );
    ok( err == ERROR_NOT_SUPPORTED || err == ERROR_INVALID_FUNCTION || err == ERROR_INVALID_PARAMETER, "got error %lu\n", err );

    memset( &capabilities, 0xcc, sizeof(capabilities) );
    err = control( IOCTL_SCSI_GET_CAPABILITIES, NULL, 0, &capabilities, sizeof(capabilities), &count );
    ok( !err, "got error %lu\n", err );
    ok( capabilities.Length == sizeof(capabilities), "got length %lu\n", capabilities.Length );
    ok( capabilities.MaximumTransferLength == desc.MaximumTransferLength, "got %lu\n", capabilities.MaximumTransferLength );
    ok( control( IOCTL_SCSI_GET_CAPABILITIES, NULL, 0, &capabilities, sizeof(capabilities) - 1, &count ), "succeeded\n" );
}

/* the standard inquiry data of the drive are among those of its adapter */
static void test_inquiry_data(void)
{
    char buffer[4096];
    SCSI_ADAPTER_BUS_INFO *info = (SCSI_ADAPTER_BUS_INFO *)buffer;
    SCSI_INQUIRY_DATA *data;
    SCSI_ADDRESS address;
    DWORD err, count, offset;
    BOOL found = FALSE;

    ok_long( control( IOCTL_SCSI_GET_ADDRESS, NULL, 0, &address, sizeof(address), NULL ), 0 );
    err = control( IOCTL_SCSI_GET_INQUIRY_DATA, NULL, 0, buffer, sizeof(buffer), &count );
    ok( !err, "got error %lu\n", err );
    if (err) return;
    ok( info->NumberOfBuses >= 1, "got %u buses\n", info->NumberOfBuses );
    ok( info->BusData[0].NumberOfLogicalUnits >= 1, "got %u units\n", info->BusData[0].NumberOfLogicalUnits );
    for (offset = info->BusData[0].InquiryDataOffset; offset && offset + 44 <= count; offset = data->NextInquiryDataOffset)
    {
        data = (SCSI_INQUIRY_DATA *)(buffer + offset);
        if (data->PathId != address.PathId || data->TargetId != address.TargetId || data->Lun != address.Lun) continue;
        ok( data->InquiryDataLength >= 36, "got length %lu\n", data->InquiryDataLength );
        ok( (data->InquiryData[0] & 0x1f) == 1, "got type %#x\n", data->InquiryData[0] );
        found = TRUE;
    }
    ok( found, "the drive is not there\n" );
    ok( control( IOCTL_SCSI_GET_INQUIRY_DATA, NULL, 0, buffer, 8, &count ), "succeeded\n" );
}

/* the storage requests that change nothing for good */
static void test_storage(void)
{
    BOOL can_lock = HAS_HIGH( TAPE_DRIVE_LOCK_UNLOCK );
    BOOLEAN prevent;
    BYTE serial[256];
    DWORD err, count;

    prevent = TRUE;
    ok_long( control( IOCTL_STORAGE_MEDIA_REMOVAL, &prevent, sizeof(prevent), NULL, 0, NULL ), unless( can_lock, ERROR_NOT_SUPPORTED ) );
    prevent = FALSE;
    ok_long( control( IOCTL_STORAGE_MEDIA_REMOVAL, &prevent, sizeof(prevent), NULL, 0, NULL ), unless( can_lock, ERROR_NOT_SUPPORTED ) );
    ok_long( control( IOCTL_STORAGE_CHECK_VERIFY, NULL, 0, NULL, 0, &count ), 0 );
    ok( !count, "got count %lu\n", count );
    ok_long( control( IOCTL_STORAGE_CHECK_VERIFY2, NULL, 0, NULL, 0, NULL ), 0 );
    ok_long( control( IOCTL_TAPE_CHECK_VERIFY, NULL, 0, NULL, 0, NULL ), 0 );
    err = control( IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, NULL );
    ok( !err || err == ERROR_NOT_SUPPORTED, "got error %lu\n", err );
    ok_long( GetTapeStatus( tape ), 0 );
    ok_long( control( IOCTL_STORAGE_RELEASE, NULL, 0, NULL, 0, NULL ), err );
    err = control( IOCTL_STORAGE_GET_MEDIA_SERIAL_NUMBER, NULL, 0, serial, sizeof(serial), &count );
    ok( !err || err == ERROR_NOT_SUPPORTED, "got error %lu\n", err );
    if (!err) trace( "serial number of the medium %s\n", debugstr_a( (char *)serial + 16 ) );
}

static void test_eject(void)
{
    ok_long( control( IOCTL_STORAGE_EJECT_MEDIA, NULL, 0, NULL, 0, NULL ), 0 );
    ok_long( control( IOCTL_STORAGE_CHECK_VERIFY, NULL, 0, NULL, 0, NULL ), ERROR_NO_MEDIA_IN_DRIVE );
    ok_long( control( IOCTL_STORAGE_LOAD_MEDIA, NULL, 0, NULL, 0, NULL ), 0 );
    ok_long( wait_ready(), 0 );
    ok_long( control( IOCTL_STORAGE_LOAD_MEDIA2, NULL, 0, NULL, 0, NULL ), 0 );
    ok_long( wait_ready(), 0 );
}

static void test_property(void)
{
    STORAGE_PROPERTY_QUERY query = { StorageDeviceProperty, PropertyStandardQuery };
    STORAGE_DESCRIPTOR_HEADER header;
    STORAGE_DEVICE_DESCRIPTOR *desc;
    char buffer[1024];
    DWORD err, count;

    err = control( IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof(query), &header, sizeof(header), &count );
    ok( !err, "got error %lu\n", err );
    ok( count == sizeof(header), "got count %lu\n", count );
    ok( header.Size > sizeof(STORAGE_DEVICE_DESCRIPTOR), "got size %lu\n", header.Size );

    memset( buffer, 0xcc, sizeof(buffer) );
    err = control( IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof(query), buffer, sizeof(buffer), &count );
    ok( !err, "got error %lu\n", err );
    ok( count == header.Size, "got count %lu\n", count );
    desc = (STORAGE_DEVICE_DESCRIPTOR *)buffer;
    ok( desc->DeviceType == 1, "got type %u\n", desc->DeviceType );
    ok( desc->RemovableMedia == 1, "got removable %u\n", desc->RemovableMedia );
    ok( desc->VendorIdOffset && desc->VendorIdOffset < count, "got offset %lu\n", desc->VendorIdOffset );
    ok( desc->ProductIdOffset && desc->ProductIdOffset < count, "got offset %lu\n", desc->ProductIdOffset );
    ok( desc->ProductRevisionOffset && desc->ProductRevisionOffset < count, "got offset %lu\n", desc->ProductRevisionOffset );

    query.QueryType = PropertyExistsQuery;
    err = control( IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof(query), NULL, 0, NULL );
    ok( !err, "got error %lu\n", err );
    err = control( IOCTL_STORAGE_QUERY_PROPERTY, &query, 4, buffer, sizeof(buffer), NULL );
    ok( err, "succeeded\n" );
}

static void test_identity_requests(void)
{
    STORAGE_DEVICE_NUMBER number;
    SCSI_ADDRESS address;
    DWORD err, count;

    memset( &number, 0xcc, sizeof(number) );
    err = control( IOCTL_STORAGE_GET_DEVICE_NUMBER, NULL, 0, &number, sizeof(number), &count );
    ok( !err, "got error %lu\n", err );
    ok( count == sizeof(number), "got count %lu\n", count );
    ok( number.DeviceType == FILE_DEVICE_TAPE, "got type %#lx\n", number.DeviceType );
    ok( number.PartitionNumber == ~0u, "got partition %lu\n", number.PartitionNumber );

    err = control( IOCTL_STORAGE_GET_DEVICE_NUMBER, NULL, 0, &number, sizeof(number) - 1, NULL );
    ok( err, "succeeded\n" );

    memset( &address, 0xcc, sizeof(address) );
    err = control( IOCTL_SCSI_GET_ADDRESS, NULL, 0, &address, sizeof(address), &count );
    ok( !err, "got error %lu\n", err );
    ok( address.Length == sizeof(address), "got length %lu\n", address.Length );
}

static void test_media_types(void)
{
    GET_MEDIA_TYPES types;
    DWORD err, count;

    memset( &types, 0xcc, sizeof(types) );
    err = control( IOCTL_STORAGE_GET_MEDIA_TYPES_EX, NULL, 0, &types, sizeof(types), &count );
    ok( !err, "got error %lu\n", err );
    ok( count >= sizeof(types), "got count %lu\n", count );
    ok( types.DeviceType == FILE_DEVICE_TAPE, "got type %#lx\n", types.DeviceType );
    ok( types.MediaInfoCount >= 1, "got count %lu\n", types.MediaInfoCount );
    trace( "media type %#x, characteristics %#lx\n", types.MediaInfo[0].DeviceSpecific.TapeInfo.MediaType,
           types.MediaInfo[0].DeviceSpecific.TapeInfo.MediaCharacteristics );
}

/* one byte less than what goes in, or than what comes out */
static void test_sizes(void)
{
    static const struct
    {
        DWORD code, in_size, out_size;
    }
    tests[] =
    {
        { IOCTL_TAPE_CREATE_PARTITION, sizeof(TAPE_CREATE_PARTITION), 0 },
        { IOCTL_TAPE_ERASE,            sizeof(TAPE_ERASE), 0 },
        { IOCTL_TAPE_PREPARE,          sizeof(TAPE_PREPARE), 0 },
        { IOCTL_TAPE_SET_DRIVE_PARAMS, sizeof(TAPE_SET_DRIVE_PARAMETERS), 0 },
        { IOCTL_TAPE_SET_MEDIA_PARAMS, sizeof(TAPE_SET_MEDIA_PARAMETERS), 0 },
        { IOCTL_TAPE_SET_POSITION,     sizeof(TAPE_SET_POSITION), 0 },
        { IOCTL_TAPE_WRITE_MARKS,      sizeof(TAPE_WRITE_MARKS), 0 },
        { IOCTL_TAPE_GET_DRIVE_PARAMS, 0, sizeof(TAPE_GET_DRIVE_PARAMETERS) },
        { IOCTL_TAPE_GET_MEDIA_PARAMS, 0, sizeof(TAPE_GET_MEDIA_PARAMETERS) },
        { IOCTL_TAPE_GET_POSITION,     sizeof(TAPE_GET_POSITION), sizeof(TAPE_GET_POSITION) },
        { IOCTL_STORAGE_GET_MEDIA_TYPES_EX, 0, sizeof(GET_MEDIA_TYPES) },
    };
    char in[64] = { 0 }, out[64];
    DWORD i, err;

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        winetest_push_context( "%lu", i );
        if (tests[i].out_size)
        {
            err = control( tests[i].code, in, tests[i].in_size, out, tests[i].out_size - 1, NULL );
            ok( err == ERROR_BAD_LENGTH, "got error %lu\n", err );
            err = control( tests[i].code, in, tests[i].in_size, NULL, 0, NULL );
        }
        else
        {
            err = control( tests[i].code, in, tests[i].in_size - 1, NULL, 0, NULL );
            ok( err == ERROR_BAD_LENGTH, "got error %lu\n", err );
            err = control( tests[i].code, NULL, 0, NULL, 0, NULL );
        }
        ok( err == ERROR_BAD_LENGTH, "got error %lu\n", err );
        winetest_pop_context();
    }

    err = control( CTL_CODE( FILE_DEVICE_TAPE, 0x7ff, METHOD_BUFFERED, FILE_ANY_ACCESS ), NULL, 0, NULL, 0, NULL );
    ok( err == ERROR_INVALID_FUNCTION, "got error %lu\n", err );
}

START_TEST(ioctl)
{
    if (!begin_test()) return;
    test_property();
    test_identity_requests();
    test_adapter();
    test_inquiry_data();
    test_media_types();
    if (may_write())
    {
        test_sizes();
        test_storage();
        test_eject();
    }
    end_test();
}
