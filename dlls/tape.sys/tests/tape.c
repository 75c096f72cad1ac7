/*
 * Tests of \\.\TapeN: arguments on any drive, data only on the drive that the environment names
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
#include <stddef.h>
#include <windows.h>
#include <winioctl.h>
#include <ntddscsi.h>

#include "wine/test.h"

/* Everything on the tape in the drive with this unit serial number may be destroyed. */
#define SERIAL_VARIABLE "TAPE_TEST_SERIAL"

#define BLOCK_SIZE 1024

/* <ntddtape.h> cannot be used together with <windows.h> */
#define READ_CODE( number ) CTL_CODE( FILE_DEVICE_TAPE, number, METHOD_BUFFERED, FILE_READ_ACCESS )
#define WRITE_CODE( number ) CTL_CODE( FILE_DEVICE_TAPE, number, METHOD_BUFFERED, FILE_READ_ACCESS | FILE_WRITE_ACCESS )

#define IOCTL_TAPE_ERASE            WRITE_CODE( 0 )
#define IOCTL_TAPE_PREPARE          READ_CODE( 1 )
#define IOCTL_TAPE_WRITE_MARKS      WRITE_CODE( 2 )
#define IOCTL_TAPE_GET_POSITION     READ_CODE( 3 )
#define IOCTL_TAPE_SET_POSITION     READ_CODE( 4 )
#define IOCTL_TAPE_GET_DRIVE_PARAMS READ_CODE( 5 )
#define IOCTL_TAPE_SET_DRIVE_PARAMS WRITE_CODE( 6 )
#define IOCTL_TAPE_GET_MEDIA_PARAMS READ_CODE( 7 )
#define IOCTL_TAPE_SET_MEDIA_PARAMS READ_CODE( 8 )
#define IOCTL_TAPE_CREATE_PARTITION WRITE_CODE( 10 )

static char tape_path[64];
static HANDLE tape;
/* the virtual drive of tgt, known by not telling its position: it does not deliver a block that is too long, nor stop
 * before a mark on the way back */
static BOOL is_tgt;

static char *fill( char *buffer, DWORD size, DWORD seed )
{
    DWORD i;

    for (i = 0; i < size; i++) buffer[i] = (i * 7 + i / 251 + seed * 13) & 0xff;
    return buffer;
}

static HANDLE open_tape(void)
{
    return CreateFileA( tape_path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL );
}

static BOOL is_tape_name( const char *name )
{
    return !strncmp( name, "Tape", 4 ) && name[4] && strspn( name + 4, "0123456789" ) == strlen( name + 4 );
}

/* the tape named on the command line, or the first there is */
static BOOL find_tape(void)
{
    static char names[65536];
    char **argv;
    const char *name;

    if (winetest_get_mainargs( &argv ) > 2)
    {
        snprintf( tape_path, sizeof(tape_path), "\\\\.\\%s", argv[2] );
        return TRUE;
    }
    if (!QueryDosDeviceA( NULL, names, sizeof(names) )) return FALSE;
    for (name = names; *name; name += strlen( name ) + 1)
    {
        if (!is_tape_name( name )) continue;
        snprintf( tape_path, sizeof(tape_path), "\\\\.\\%s", name );
        return TRUE;
    }
    return FALSE;
}

static DWORD control( DWORD code, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *count )
{
    DWORD dummy;

    if (!count) count = &dummy;
    *count = 0xdeadbeef;
    SetLastError( 0xdeadbeef );
    if (DeviceIoControl( tape, code, in, in_size, out, out_size, count, NULL )) return ERROR_SUCCESS;
    return GetLastError();
}

/* after a change of the medium or a reset every drive says so once */
static DWORD wait_ready(void)
{
    DWORD err, i;

    for (i = 0; i < 10; i++)
    {
        err = GetTapeStatus( tape );
        if (err != ERROR_MEDIA_CHANGED && err != ERROR_BUS_RESET && err != ERROR_NOT_READY) break;
        if (err == ERROR_NOT_READY) Sleep( 1000 );
    }
    return err;
}

static void test_open(void)
{
    HANDLE second;

    SetLastError( 0xdeadbeef );
    second = open_tape();
    todo_wine ok( second == INVALID_HANDLE_VALUE, "second handle opened\n" );
    if (second != INVALID_HANDLE_VALUE)
    {
        ok_long( GetTapeStatus( second ), ERROR_SHARING_VIOLATION );
        CloseHandle( second );
    }
    else ok( GetLastError() == ERROR_SHARING_VIOLATION, "got error %lu\n", GetLastError() );

    CloseHandle( tape );
    tape = open_tape();
    ok( tape != INVALID_HANDLE_VALUE, "failed to open again, error %lu\n", GetLastError() );
}

static const char *get_serial( char *buffer, DWORD size )
{
    STORAGE_PROPERTY_QUERY query = { StorageDeviceProperty, PropertyStandardQuery };
    STORAGE_DEVICE_DESCRIPTOR *desc = (STORAGE_DEVICE_DESCRIPTOR *)buffer;
    const char *serial;
    DWORD count;

    if (control( IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof(query), buffer, size - 1, &count )) return "";
    if (count < sizeof(*desc) || !desc->SerialNumberOffset || desc->SerialNumberOffset >= count) return "";
    buffer[count] = 0;
    for (serial = buffer + desc->SerialNumberOffset; *serial == ' '; serial++) ;
    return serial;
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

static void test_drive_parameters(void)
{
    TAPE_GET_DRIVE_PARAMETERS params;
    DWORD err, size = sizeof(params);

    memset( &params, 0xcc, sizeof(params) );
    err = GetTapeParameters( tape, GET_TAPE_DRIVE_INFORMATION, &size, &params );
    ok( !err, "got error %lu\n", err );
    ok( params.MinimumBlockSize <= params.DefaultBlockSize, "got %lu, %lu\n", params.MinimumBlockSize, params.DefaultBlockSize );
    ok( params.DefaultBlockSize <= params.MaximumBlockSize, "got %lu, %lu\n", params.DefaultBlockSize, params.MaximumBlockSize );
    ok( params.MaximumBlockSize >= 32768, "got %lu\n", params.MaximumBlockSize );
    ok( !(params.FeaturesLow & 0x80000000), "got %#lx\n", params.FeaturesLow );
    is_tgt = !(params.FeaturesLow & TAPE_DRIVE_GET_LOGICAL_BLK);
    trace( "blocks %lu to %lu, features %#lx, %#lx\n", params.MinimumBlockSize, params.MaximumBlockSize,
           params.FeaturesLow, params.FeaturesHigh );
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

#define write_block( size, seed ) write_block_( __LINE__, size, seed )
static void write_block_( int line, DWORD size, DWORD seed )
{
    char *buffer = fill( malloc( size ), size, seed );
    DWORD count = 0xdeadbeef;
    BOOL ret;

    SetLastError( 0xdeadbeef );
    ret = WriteFile( tape, buffer, size, &count, NULL );
    ok_(__FILE__, line)( ret, "got error %lu\n", GetLastError() );
    ok_(__FILE__, line)( count == size, "got count %lu\n", count );
    free( buffer );
}

#define read_block( size, error, count, seed ) read_block_( __LINE__, size, error, count, seed )
static void read_block_( int line, DWORD size, DWORD expect_error, DWORD expect_count, DWORD seed )
{
    char *expect = fill( malloc( size ), size, seed ), *buffer = malloc( size );
    DWORD err, count = 0xdeadbeef;

    memset( buffer, 0xcc, size );
    SetLastError( 0xdeadbeef );
    err = ReadFile( tape, buffer, size, &count, NULL ) ? ERROR_SUCCESS : GetLastError();
    ok_(__FILE__, line)( err == expect_error, "size %lu: got error %lu\n", size, err );
    ok_(__FILE__, line)( count == expect_count, "size %lu: got count %lu\n", size, count );
    if (count <= size) ok_(__FILE__, line)( !memcmp( buffer, expect, count ), "size %lu: data differ\n", size );
    free( buffer );
    free( expect );
}

static DWORD rewind_tape(void)
{
    return SetTapePosition( tape, TAPE_REWIND, 0, 0, 0, FALSE );
}

/* three blocks, a mark, a block, two marks */
static void write_files(void)
{
    ok_long( rewind_tape(), 0 );
    write_block( BLOCK_SIZE, 0 );
    write_block( BLOCK_SIZE, 1 );
    write_block( BLOCK_SIZE, 2 );
    ok_long( WriteTapemark( tape, TAPE_FILEMARKS, 1, FALSE ), 0 );
    write_block( BLOCK_SIZE, 3 );
    ok_long( WriteTapemark( tape, TAPE_FILEMARKS, 2, FALSE ), 0 );
    ok_long( WriteTapemark( tape, TAPE_FILEMARKS, 0, FALSE ), 0 );
    ok_long( rewind_tape(), 0 );
}

static void test_read(void)
{
    write_files();
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
    read_block( 4 * BLOCK_SIZE, 0, BLOCK_SIZE, 1 );
    read_block( BLOCK_SIZE / 2, ERROR_MORE_DATA, is_tgt ? 0 : BLOCK_SIZE / 2, 2 );
    read_block( BLOCK_SIZE, ERROR_FILEMARK_DETECTED, 0, 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 3 );
    read_block( BLOCK_SIZE, ERROR_FILEMARK_DETECTED, 0, 0 );
    read_block( BLOCK_SIZE, ERROR_FILEMARK_DETECTED, 0, 0 );
    read_block( BLOCK_SIZE, ERROR_NO_DATA_DETECTED, 0, 0 );
    read_block( BLOCK_SIZE, ERROR_NO_DATA_DETECTED, 0, 0 );
}

static void test_empty_transfers(void)
{
    char buffer[4];
    DWORD count;
    BOOL ret;

    ok_long( rewind_tape(), 0 );
    count = 0xdeadbeef;
    ret = ReadFile( tape, buffer, 0, &count, NULL );
    ok( ret && !count, "got %d, count %lu, error %lu\n", ret, count, GetLastError() );
    count = 0xdeadbeef;
    ret = WriteFile( tape, buffer, 0, &count, NULL );
    ok( ret && !count, "got %d, count %lu, error %lu\n", ret, count, GetLastError() );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
}

static void test_space(void)
{
    write_files();
    ok_long( SetTapePosition( tape, TAPE_SPACE_RELATIVE_BLOCKS, 0, 0, 0, FALSE ), 0 );
    ok_long( SetTapePosition( tape, TAPE_SPACE_RELATIVE_BLOCKS, 0, 2, 0, FALSE ), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 2 );
    ok_long( SetTapePosition( tape, TAPE_SPACE_RELATIVE_BLOCKS, 0, -1, -1, FALSE ), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 2 );
    ok_long( SetTapePosition( tape, TAPE_SPACE_FILEMARKS, 0, 1, 0, FALSE ), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 3 );
    ok_long( SetTapePosition( tape, TAPE_SPACE_FILEMARKS, 0, -1, -1, FALSE ), 0 );
    if (!is_tgt) read_block( BLOCK_SIZE, ERROR_FILEMARK_DETECTED, 0, 0 );
    ok_long( SetTapePosition( tape, TAPE_SPACE_END_OF_DATA, 0, 0, 0, FALSE ), 0 );
    read_block( BLOCK_SIZE, ERROR_NO_DATA_DETECTED, 0, 0 );
    ok_long( rewind_tape(), 0 );
    ok_long( SetTapePosition( tape, TAPE_SPACE_FILEMARKS, 0, 5, 0, FALSE ), ERROR_NO_DATA_DETECTED );
    ok_long( SetTapePosition( tape, 99, 0, 0, 0, FALSE ), ERROR_INVALID_PARAMETER );
}

/* block numbers count marks too */
static void test_position(void)
{
    DWORD partition, low, high;

    write_files();
    partition = low = high = 0xdeadbeef;
    ok_long( GetTapePosition( tape, TAPE_LOGICAL_POSITION, &partition, &low, &high ), 0 );
    ok( !low && !high, "got position %lu, %lu\n", low, high );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 1 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 2 );
    read_block( BLOCK_SIZE, ERROR_FILEMARK_DETECTED, 0, 0 );
    ok_long( GetTapePosition( tape, TAPE_LOGICAL_POSITION, &partition, &low, &high ), 0 );
    ok( low == 4 && !high, "got position %lu, %lu\n", low, high );
    ok_long( SetTapePosition( tape, TAPE_LOGICAL_BLOCK, 0, 1, 0, FALSE ), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 1 );
    ok_long( SetTapePosition( tape, TAPE_ABSOLUTE_BLOCK, 0, 4, 0, FALSE ), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 3 );
    ok_long( GetTapePosition( tape, TAPE_ABSOLUTE_POSITION, &partition, &low, &high ), 0 );
    ok( low == 5 && !high, "got position %lu, %lu\n", low, high );
    ok_long( SetTapePosition( tape, TAPE_LOGICAL_BLOCK, 0, 1000, 0, FALSE ), ERROR_NO_DATA_DETECTED );
    ok_long( GetTapePosition( tape, 3, &partition, &low, &high ), ERROR_INVALID_PARAMETER );
}

static void test_large_blocks(void)
{
    static const DWORD sizes[] = { 65536, 262144, 1048576 };
    TAPE_GET_DRIVE_PARAMETERS params;
    DWORD i, size = sizeof(params);

    ok_long( GetTapeParameters( tape, GET_TAPE_DRIVE_INFORMATION, &size, &params ), 0 );
    ok_long( rewind_tape(), 0 );
    for (i = 0; i < ARRAYSIZE(sizes); i++) if (sizes[i] <= params.MaximumBlockSize) write_block( sizes[i], i );
    ok_long( WriteTapemark( tape, TAPE_FILEMARKS, 1, FALSE ), 0 );
    ok_long( rewind_tape(), 0 );
    for (i = 0; i < ARRAYSIZE(sizes); i++)
    {
        if (sizes[i] <= params.MaximumBlockSize) read_block( sizes[i], 0, sizes[i], i );
        else trace( "blocks of %lu bytes are not possible\n", sizes[i] );
    }
    read_block( BLOCK_SIZE, ERROR_FILEMARK_DETECTED, 0, 0 );
}

static void test_block_limits(void)
{
    TAPE_GET_DRIVE_PARAMETERS params;
    DWORD size = sizeof(params), count = 0xdeadbeef;
    char *buffer;
    BOOL ret;

    ok_long( GetTapeParameters( tape, GET_TAPE_DRIVE_INFORMATION, &size, &params ), 0 );
    ok_long( rewind_tape(), 0 );
    buffer = calloc( 1, params.MaximumBlockSize + 1 );
    SetLastError( 0xdeadbeef );
    ret = WriteFile( tape, buffer, params.MaximumBlockSize + 1, &count, NULL );
    ok( !ret, "succeeded\n" );
    ok( GetLastError() == ERROR_INVALID_BLOCK_LENGTH || GetLastError() == ERROR_INVALID_PARAMETER,
        "got error %lu\n", GetLastError() );
    ok( !count, "got count %lu\n", count );
    free( buffer );
}

static void test_fixed_blocks(void)
{
    TAPE_SET_MEDIA_PARAMETERS set = { 512 };
    TAPE_GET_MEDIA_PARAMETERS get;
    DWORD err, size = sizeof(get), count;
    char buffer[1000];
    BOOL ret;

    err = SetTapeParameters( tape, SET_TAPE_MEDIA_INFORMATION, &set );
    if (err == ERROR_NOT_SUPPORTED || err == ERROR_INVALID_PARAMETER)
    {
        skip( "fixed blocks are not supported\n" );
        return;
    }
    ok( !err, "got error %lu\n", err );
    ok_long( GetTapeParameters( tape, GET_TAPE_MEDIA_INFORMATION, &size, &get ), 0 );
    ok( get.BlockSize == 512, "got block size %lu\n", get.BlockSize );
    ok_long( rewind_tape(), 0 );
    write_block( 5 * 512, 0 );
    ok_long( WriteTapemark( tape, TAPE_FILEMARKS, 1, FALSE ), 0 );
    ok_long( rewind_tape(), 0 );
    read_block( 2 * 512, 0, 2 * 512, 0 );
    ok_long( rewind_tape(), 0 );
    read_block( 8 * 512, ERROR_FILEMARK_DETECTED, 5 * 512, 0 );
    count = 0xdeadbeef;
    SetLastError( 0xdeadbeef );
    ret = ReadFile( tape, buffer, 1000, &count, NULL );
    ok( !ret, "succeeded\n" );
    ok( GetLastError() == ERROR_INVALID_BLOCK_LENGTH || GetLastError() == ERROR_INVALID_PARAMETER,
        "got error %lu\n", GetLastError() );

    set.BlockSize = 0;
    ok_long( SetTapeParameters( tape, SET_TAPE_MEDIA_INFORMATION, &set ), 0 );
    ok_long( rewind_tape(), 0 );
    read_block( 1024, 0, 512, 0 );
}

static void test_media_parameters(void)
{
    TAPE_GET_MEDIA_PARAMETERS params;
    DWORD size = sizeof(params);

    memset( &params, 0xcc, sizeof(params) );
    ok_long( GetTapeParameters( tape, GET_TAPE_MEDIA_INFORMATION, &size, &params ), 0 );
    ok( !params.BlockSize, "got block size %lu\n", params.BlockSize );
    ok( params.PartitionCount == 1, "got partition count %lu\n", params.PartitionCount );
    ok( !params.WriteProtected, "write protected\n" );
    ok( params.Remaining.QuadPart <= params.Capacity.QuadPart, "more remains than there is\n" );
}

static void test_marks(void)
{
    ok_long( WriteTapemark( tape, 99, 1, FALSE ), ERROR_INVALID_PARAMETER );
    ok_long( WriteTapemark( tape, TAPE_FILEMARKS, 0x1000000, FALSE ), ERROR_INVALID_PARAMETER );
}

static void test_prepare(void)
{
    BOOLEAN prevent = TRUE;
    DWORD err;

    err = PrepareTape( tape, TAPE_LOCK, FALSE );
    ok( !err || err == ERROR_NOT_SUPPORTED, "got error %lu\n", err );
    err = PrepareTape( tape, TAPE_UNLOCK, FALSE );
    ok( !err || err == ERROR_NOT_SUPPORTED, "got error %lu\n", err );
    err = control( IOCTL_STORAGE_MEDIA_REMOVAL, &prevent, sizeof(prevent), NULL, 0, NULL );
    ok( !err || err == ERROR_NOT_SUPPORTED, "got error %lu\n", err );
    prevent = FALSE;
    err = control( IOCTL_STORAGE_MEDIA_REMOVAL, &prevent, sizeof(prevent), NULL, 0, NULL );
    ok( !err || err == ERROR_NOT_SUPPORTED, "got error %lu\n", err );
    ok_long( PrepareTape( tape, 99, FALSE ), ERROR_INVALID_PARAMETER );
    ok_long( control( IOCTL_STORAGE_CHECK_VERIFY, NULL, 0, NULL, 0, NULL ), 0 );
    ok_long( control( IOCTL_STORAGE_CHECK_VERIFY2, NULL, 0, NULL, 0, NULL ), 0 );
}

/* leaves the tape loaded */
static void test_unload(void)
{
    ok_long( PrepareTape( tape, TAPE_UNLOAD, FALSE ), 0 );
    ok_long( GetTapeStatus( tape ), ERROR_NO_MEDIA_IN_DRIVE );
    read_block( BLOCK_SIZE, ERROR_NO_MEDIA_IN_DRIVE, 0, 0 );
    ok_long( PrepareTape( tape, TAPE_LOAD, FALSE ), 0 );
    ok_long( wait_ready(), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
}

static void test_erase(void)
{
    TAPE_GET_DRIVE_PARAMETERS params;
    DWORD size = sizeof(params);

    ok_long( GetTapeParameters( tape, GET_TAPE_DRIVE_INFORMATION, &size, &params ), 0 );
    write_files();
    if (!(params.FeaturesLow & TAPE_DRIVE_ERASE_SHORT))
    {
        ok_long( EraseTape( tape, TAPE_ERASE_SHORT, FALSE ), ERROR_NOT_SUPPORTED );
        return;
    }
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
    ok_long( EraseTape( tape, TAPE_ERASE_SHORT, FALSE ), 0 );
    ok_long( rewind_tape(), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
    read_block( BLOCK_SIZE, ERROR_NO_DATA_DETECTED, 0, 0 );
    ok_long( EraseTape( tape, 99, FALSE ), ERROR_INVALID_PARAMETER );
}

/* nothing of one handle's state is seen by the next */
static void test_reopen(void)
{
    TAPE_SET_MEDIA_PARAMETERS set = { 512 };

    write_files();
    SetTapeParameters( tape, SET_TAPE_MEDIA_INFORMATION, &set );
    CloseHandle( tape );
    tape = open_tape();
    ok( tape != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    ok_long( wait_ready(), 0 );
    ok_long( rewind_tape(), 0 );
    read_block( 4 * BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
}

static void test_data(void)
{
    DWORD err;

    if ((err = wait_ready()))
    {
        skip( "no tape is ready, error %lu\n", err );
        return;
    }
    test_read();
    test_empty_transfers();
    test_space();
    test_position();
    test_marks();
    test_large_blocks();
    test_block_limits();
    test_media_parameters();
    test_fixed_blocks();
    test_prepare();
    test_erase();
    test_reopen();
    test_unload();
}

START_TEST(tape)
{
    char serial[256], buffer[1024];

    if (!find_tape())
    {
        skip( "there is no tape drive\n" );
        return;
    }
    tape = open_tape();
    if (tape == INVALID_HANDLE_VALUE)
    {
        skip( "cannot open %s, error %lu\n", tape_path, GetLastError() );
        return;
    }
    test_open();
    test_property();
    test_identity_requests();
    test_drive_parameters();
    test_media_types();
    if (GetTapeStatus( tape ) == ERROR_ACCESS_DENIED)
    {
        skip( "the owner has not enabled the drive\n" );
        CloseHandle( tape );
        return;
    }
    test_sizes();

    if (!GetEnvironmentVariableA( SERIAL_VARIABLE, serial, sizeof(serial) ) ||
        strcmp( serial, get_serial( buffer, sizeof(buffer) ) ))
        skip( "%s does not name this drive: nothing is written\n", SERIAL_VARIABLE );
    else test_data();
    CloseHandle( tape );
}
