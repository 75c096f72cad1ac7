/*
 * Conformance of the storage and SCSI requests that a changer answers
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
#include "ntddscsi.h"

struct inquiry
{
    SCSI_PASS_THROUGH header;
    UCHAR             sense[32];
    UCHAR             data[96];
};

static void test_pass_through(void)
{
    struct inquiry inquiry;
    DWORD err;

    memset( &inquiry, 0, sizeof(inquiry) );
    inquiry.header.Length = sizeof(inquiry.header);
    inquiry.header.CdbLength = 6;
    inquiry.header.SenseInfoLength = sizeof(inquiry.sense);
    inquiry.header.DataIn = SCSI_IOCTL_DATA_IN;
    inquiry.header.DataTransferLength = sizeof(inquiry.data);
    inquiry.header.TimeOutValue = 10;
    inquiry.header.DataBufferOffset = FIELD_OFFSET( struct inquiry, data );
    inquiry.header.SenseInfoOffset = FIELD_OFFSET( struct inquiry, sense );
    inquiry.header.Cdb[0] = 0x12;
    inquiry.header.Cdb[4] = sizeof(inquiry.data);
    err = control( IOCTL_SCSI_PASS_THROUGH, &inquiry, sizeof(inquiry), &inquiry, sizeof(inquiry) );
    ok( !err, "got error %lu\n", err );
    ok( !inquiry.header.ScsiStatus, "got status %#x\n", inquiry.header.ScsiStatus );
    ok( (inquiry.data[0] & 0x1f) == 8, "got type %#x\n", inquiry.data[0] );

    /* sense data are no error of the request */
    memset( inquiry.header.Cdb, 0, sizeof(inquiry.header.Cdb) );
    inquiry.header.CdbLength = 10;
    inquiry.header.DataIn = SCSI_IOCTL_DATA_IN;
    inquiry.header.SenseInfoLength = sizeof(inquiry.sense);
    inquiry.header.DataTransferLength = 0;
    inquiry.header.Cdb[0] = 0x28;  /* READ(10) means nothing to a changer */
    err = control( IOCTL_SCSI_PASS_THROUGH, &inquiry, sizeof(inquiry), &inquiry, sizeof(inquiry) );
    ok( !err, "got error %lu\n", err );
    ok( inquiry.header.ScsiStatus == 2, "got status %#x\n", inquiry.header.ScsiStatus );
    ok( (inquiry.sense[2] & 0x0f) == 5, "got key %#x\n", inquiry.sense[2] );

    inquiry.header.Length = 0;
    err = control( IOCTL_SCSI_PASS_THROUGH, &inquiry, sizeof(inquiry), &inquiry, sizeof(inquiry) );
    ok( err == ERROR_INVALID_PARAMETER || err == ERROR_REVISION_MISMATCH, "got error %lu\n", err );
}

static void test_identity(void)
{
    STORAGE_DEVICE_NUMBER number;
    SCSI_ADDRESS address;
    DWORD err;

    err = control( IOCTL_STORAGE_GET_DEVICE_NUMBER, NULL, 0, &number, sizeof(number) );
    ok( !err, "got error %lu\n", err );
    ok( number.DeviceType == FILE_DEVICE_CHANGER, "got %#lx\n", number.DeviceType );
    memset( &address, 0, sizeof(address) );
    err = control( IOCTL_SCSI_GET_ADDRESS, NULL, 0, &address, sizeof(address) );
    ok( !err, "got error %lu\n", err );
    ok( address.Length == sizeof(address), "got %lu\n", address.Length );
}

static void test_changer(void)
{
    test_identity();
    if (is_enabled()) test_pass_through();
}

START_TEST(storage)
{
    for_each_changer( test_changer );
}
