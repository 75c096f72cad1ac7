/*
 * Tests of the tape driver: IOCTL_SCSI_PASS_THROUGH and IOCTL_SCSI_PASS_THROUGH_DIRECT
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

struct buffered
{
    SCSI_PASS_THROUGH header;
    UCHAR             sense[32];
    UCHAR             data[256];
};

struct direct
{
    SCSI_PASS_THROUGH_DIRECT header;
    UCHAR                    sense[32];
};

/* INQUIRY */
static void init_buffered( struct buffered *request )
{
    memset( request, 0, sizeof(*request) );
    request->header.Length = sizeof(request->header);
    request->header.CdbLength = 6;
    request->header.SenseInfoLength = sizeof(request->sense);
    request->header.DataIn = SCSI_IOCTL_DATA_IN;
    request->header.DataTransferLength = 96;
    request->header.TimeOutValue = 10;
    request->header.DataBufferOffset = offsetof( struct buffered, data );
    request->header.SenseInfoOffset = offsetof( struct buffered, sense );
    request->header.Cdb[0] = 0x12;
    request->header.Cdb[4] = 96;
}

static DWORD pass( struct buffered *request, DWORD in_size, DWORD out_size, DWORD *count )
{
    return control( IOCTL_SCSI_PASS_THROUGH, request, in_size, request, out_size, count );
}

static void test_buffered(void)
{
    struct buffered request;
    DWORD err, count;

    init_buffered( &request );
    err = pass( &request, sizeof(request), sizeof(request), &count );
    ok( !err, "got error %lu\n", err );
    ok( !request.header.ScsiStatus, "got status %#x\n", request.header.ScsiStatus );
    ok( (request.data[0] & 0x1f) == 1, "got type %#x\n", request.data[0] );
    ok( request.header.DataTransferLength >= 36 && request.header.DataTransferLength <= 96, "got %lu bytes\n",
        request.header.DataTransferLength );
    ok( count >= offsetof( struct buffered, data ) + request.header.DataTransferLength, "got count %lu\n", count );

    /* no data */
    init_buffered( &request );
    request.header.Cdb[0] = 0x00;
    request.header.DataIn = SCSI_IOCTL_DATA_UNSPECIFIED;
    request.header.DataTransferLength = 0;
    err = pass( &request, sizeof(request.header), sizeof(request), &count );
    ok( !err, "got error %lu\n", err );
    ok( !request.header.ScsiStatus, "got status %#x\n", request.header.ScsiStatus );

    /* what the device refuses is a success of the request */
    init_buffered( &request );
    request.header.Cdb[0] = 0xd7;
    err = pass( &request, sizeof(request), sizeof(request), &count );
    ok( !err, "got error %lu\n", err );
    ok( request.header.ScsiStatus == 2, "got status %#x\n", request.header.ScsiStatus );
    ok( request.header.SenseInfoLength >= 14, "got %u bytes of sense data\n", request.header.SenseInfoLength );
    ok( (request.sense[2] & 0x0f) == 5, "got sense key %#x\n", request.sense[2] );
}

/* every member of the request with values that cannot be */
static void test_checks(void)
{
    static const struct { size_t offset, size; ULONG value; DWORD error; } tests[] =
    {
#define FIELD( name ) offsetof( SCSI_PASS_THROUGH, name ), sizeof(((SCSI_PASS_THROUGH *)0)->name)
        { FIELD( Length ), 0, ERROR_INVALID_PARAMETER },
        { FIELD( Length ), sizeof(SCSI_PASS_THROUGH) - 1, ERROR_INVALID_PARAMETER },
        { FIELD( Length ), sizeof(SCSI_PASS_THROUGH) + 8, ERROR_INVALID_PARAMETER },
        { FIELD( CdbLength ), 17, ERROR_INVALID_PARAMETER },
        { FIELD( CdbLength ), 255, ERROR_INVALID_PARAMETER },
        { FIELD( DataIn ), 3, ERROR_INVALID_PARAMETER },
        { FIELD( DataTransferLength ), 257, ERROR_INVALID_PARAMETER },
        { FIELD( DataTransferLength ), 0x7fffffff, ERROR_INVALID_PARAMETER },
        { FIELD( DataTransferLength ), 0xffffffff, ERROR_INVALID_PARAMETER },
        { FIELD( TimeOutValue ), 0xffffffff, ERROR_INVALID_PARAMETER },
        { offsetof( SCSI_PASS_THROUGH, DataBufferOffset ), 4, 0, ERROR_INVALID_PARAMETER },
        { offsetof( SCSI_PASS_THROUGH, DataBufferOffset ), 4, sizeof(struct buffered), ERROR_INVALID_PARAMETER },
        { offsetof( SCSI_PASS_THROUGH, DataBufferOffset ), 4, 0xfffffff0, ERROR_INVALID_PARAMETER },
        { FIELD( SenseInfoOffset ), 8, ERROR_INVALID_PARAMETER },
        { FIELD( SenseInfoOffset ), sizeof(struct buffered) - 1, ERROR_INVALID_PARAMETER },
        { FIELD( SenseInfoOffset ), 0xffffffff, ERROR_INVALID_PARAMETER },
#undef FIELD
    };
    struct buffered request;
    DWORD i, err;

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        winetest_push_context( "%lu", i );
        init_buffered( &request );
        memcpy( (char *)&request + tests[i].offset, &tests[i].value, tests[i].size );
        err = pass( &request, sizeof(request), sizeof(request), NULL );
        ok( err == tests[i].error, "got error %lu\n", err );
        winetest_pop_context();
    }
    init_buffered( &request );
    for (i = 0; i < sizeof(request.header); i += 7)
    {
        err = pass( &request, i, sizeof(request), NULL );
        ok( err == ERROR_INVALID_PARAMETER || err == ERROR_INSUFFICIENT_BUFFER, "%lu: got error %lu\n", i, err );
        err = pass( &request, sizeof(request), i, NULL );
        ok( err == ERROR_INVALID_PARAMETER || err == ERROR_INSUFFICIENT_BUFFER, "%lu: got error %lu\n", i, err );
    }
}

/* the layouts of both kinds of programs */
static void test_layouts(void)
{
#ifdef _WIN64
    struct
    {
        USHORT length;
        UCHAR  status, path, target, lun, cdb_size, sense_size, in;
        ULONG  size, timeout, data_offset, sense_offset;
        UCHAR  cdb[16];
        UCHAR  sense[32];
        UCHAR  data[96];
    } request = { 44, 0, 0, 0, 0, 6, 32, 1, 96, 10, 76, 44, { 0x12, 0, 0, 0, 96 } };
    DWORD err;

    err = control( IOCTL_SCSI_PASS_THROUGH, &request, sizeof(request), &request, sizeof(request), NULL );
    if (strcmp( winetest_platform, "wine" ))
    {
        ok( err, "succeeded\n" );
        return;
    }
    ok( !err, "got error %lu\n", err );
    ok( (request.data[0] & 0x1f) == 1, "got type %#x\n", request.data[0] );
#endif
}

static void test_direct(void)
{
    struct direct request = { { 0 } };
    UCHAR data[96];
    DWORD err, count;

    memset( data, 0xcc, sizeof(data) );
    request.header.Length = sizeof(request.header);
    request.header.CdbLength = 6;
    request.header.SenseInfoLength = sizeof(request.sense);
    request.header.SenseInfoOffset = offsetof( struct direct, sense );
    request.header.DataIn = SCSI_IOCTL_DATA_IN;
    request.header.DataTransferLength = sizeof(data);
    request.header.TimeOutValue = 10;
    request.header.DataBuffer = data;
    request.header.Cdb[0] = 0x12;
    request.header.Cdb[4] = sizeof(data);
    err = control( IOCTL_SCSI_PASS_THROUGH_DIRECT, &request, sizeof(request), &request, sizeof(request), &count );
    ok( !err, "got error %lu\n", err );
    ok( !request.header.ScsiStatus, "got status %#x\n", request.header.ScsiStatus );
    ok( (data[0] & 0x1f) == 1, "got type %#x\n", data[0] );
    ok( count >= sizeof(request.header), "got count %lu\n", count );

    request.header.DataTransferLength = sizeof(data);
    request.header.DataBuffer = (void *)0x10;
    err = control( IOCTL_SCSI_PASS_THROUGH_DIRECT, &request, sizeof(request), &request, sizeof(request), &count );
    ok( err == ERROR_NOACCESS || err == ERROR_INVALID_USER_BUFFER, "got error %lu\n", err );
    request.header.DataBuffer = NULL;
    err = control( IOCTL_SCSI_PASS_THROUGH_DIRECT, &request, sizeof(request), &request, sizeof(request), &count );
    ok( err, "succeeded\n" );
}

/* a command of the program's own moves the tape: the driver's requests see that */
static void test_mixed(void)
{
    struct buffered request;
    DWORD partition, low, high;

    write_files();
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
    init_buffered( &request );
    request.header.Cdb[0] = 0x01;  /* REWIND */
    request.header.Cdb[4] = 0;
    request.header.DataIn = SCSI_IOCTL_DATA_UNSPECIFIED;
    request.header.DataTransferLength = 0;
    ok_long( pass( &request, sizeof(request), sizeof(request), NULL ), 0 );
    ok( !request.header.ScsiStatus, "got status %#x\n", request.header.ScsiStatus );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
    if (!GetTapePosition( tape, TAPE_LOGICAL_POSITION, &partition, &low, &high )) ok( low == 1, "got position %lu\n", low );

    /* data out: a block with contents */
    init_buffered( &request );
    request.header.Cdb[0] = 0x0a;
    request.header.Cdb[4] = 200;
    request.header.DataIn = SCSI_IOCTL_DATA_OUT;
    request.header.DataTransferLength = 200;
    fill( (char *)request.data, 200, 9 );
    ok_long( pass( &request, sizeof(request), sizeof(request), NULL ), 0 );
    ok( !request.header.ScsiStatus, "got status %#x\n", request.header.ScsiStatus );
    ok_long( rewind_tape(), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
    read_block( 200, 0, 200, 9 );
}

START_TEST(passthrough)
{
    if (!begin_test()) return;
    if (may_write())
    {
        test_buffered();
        test_checks();
        test_layouts();
        test_direct();
        test_mixed();
    }
    end_test();
}
