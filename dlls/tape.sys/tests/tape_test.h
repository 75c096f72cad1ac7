/*
 * What the tests of tape drives share: finding a drive, what it can do, blocks with known contents
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


#ifndef __TAPE_TEST_H
#define __TAPE_TEST_H

#include <stdio.h>
#include <stddef.h>
#include <windows.h>
#include <winioctl.h>
#include <ntddscsi.h>

#include "wine/test.h"

/* Everything on the tape in the drive with this unit serial number may be destroyed. */
#define SERIAL_VARIABLE "TAPE_TEST_SERIAL"

#define BLOCK_SIZE 1024

#define HELPER static inline

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
#define IOCTL_TAPE_CHECK_VERIFY     READ_CODE( 0x200 )

HELPER HANDLE *tape_handle(void)
{
    static HANDLE handle;
    return &handle;
}
#define tape (*tape_handle())

HELPER char *tape_name(void)
{
    static char name[64];
    return name;
}

HELPER TAPE_GET_DRIVE_PARAMETERS *drive_parameters(void)
{
    static TAPE_GET_DRIVE_PARAMETERS parameters;
    return &parameters;
}

/* the high bits have bit 31 in common, which says nothing */
#define HAS_LOW( feature )  (!!(drive_parameters()->FeaturesLow & (feature)))
#define HAS_HIGH( feature ) (!!(drive_parameters()->FeaturesHigh & (feature) & 0x7fffffff))

/* The virtual drive of tgt, known by not telling its position: it does not deliver a block that is too long, nor stop
 * before a mark on the way back. */
#define is_tgt (!HAS_LOW( TAPE_DRIVE_GET_LOGICAL_BLK ))

/* what an operation gives on a drive that says it cannot do it */
#define unless( can, error ) ((can) ? ERROR_SUCCESS : (error))

HELPER char *fill( char *buffer, DWORD size, DWORD seed )
{
    DWORD i;

    for (i = 0; i < size; i++) buffer[i] = (i * 7 + i / 251 + seed * 13) & 0xff;
    return buffer;
}

HELPER HANDLE open_tape(void)
{
    return CreateFileA( tape_name(), GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL );
}

HELPER BOOL is_tape_name( const char *name )
{
    return !strncmp( name, "Tape", 4 ) && name[4] && strspn( name + 4, "0123456789" ) == strlen( name + 4 );
}

/* the tape named on the command line, or the first there is */
HELPER BOOL find_tape(void)
{
    static char names[65536];
    char **argv;
    const char *name;

    if (winetest_get_mainargs( &argv ) > 2)
    {
        snprintf( tape_name(), 64, "\\\\.\\%s", argv[2] );
        return TRUE;
    }
    if (!QueryDosDeviceA( NULL, names, sizeof(names) )) return FALSE;
    for (name = names; *name; name += strlen( name ) + 1)
    {
        if (!is_tape_name( name )) continue;
        snprintf( tape_name(), 64, "\\\\.\\%s", name );
        return TRUE;
    }
    return FALSE;
}

HELPER DWORD control( DWORD code, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *count )
{
    DWORD dummy;

    if (!count) count = &dummy;
    *count = 0xdeadbeef;
    SetLastError( 0xdeadbeef );
    if (DeviceIoControl( tape, code, in, in_size, out, out_size, count, NULL )) return ERROR_SUCCESS;
    return GetLastError();
}

/* after a change of the medium or a reset every drive says so once */
HELPER DWORD wait_ready(void)
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

HELPER const char *get_serial( char *buffer, DWORD size )
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

#define write_block( size, seed ) write_block_( __LINE__, size, seed )
HELPER void write_block_( int line, DWORD size, DWORD seed )
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
HELPER void read_block_( int line, DWORD size, DWORD expect_error, DWORD expect_count, DWORD seed )
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

HELPER DWORD rewind_tape(void)
{
    return SetTapePosition( tape, TAPE_REWIND, 0, 0, 0, FALSE );
}

/* three blocks, a mark, a block, two marks */
HELPER void write_files(void)
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

/* nothing that another test has left behind: the drive's own block mode, at the beginning */
HELPER BOOL read_drive_parameters(void)
{
    DWORD size = sizeof(*drive_parameters());

    return !GetTapeParameters( tape, GET_TAPE_DRIVE_INFORMATION, &size, drive_parameters() );
}

/* Opens the drive for requests that change nothing. */
HELPER BOOL begin_test(void)
{
    if (!find_tape())
    {
        skip( "there is no tape drive\n" );
        return FALSE;
    }
    tape = open_tape();
    if (tape == INVALID_HANDLE_VALUE || !read_drive_parameters())
    {
        skip( "cannot use %s, error %lu\n", tape_name(), GetLastError() );
        if (tape != INVALID_HANDLE_VALUE) CloseHandle( tape );
        return FALSE;
    }
    return TRUE;
}

/* Whether the tape may be written to; its first files are those of write_files() then. */
HELPER BOOL may_write(void)
{
    char serial[256], buffer[1024];
    DWORD err;

    if (GetTapeStatus( tape ) == ERROR_ACCESS_DENIED)
    {
        skip( "the owner has not enabled the drive\n" );
        return FALSE;
    }
    if (!GetEnvironmentVariableA( SERIAL_VARIABLE, serial, sizeof(serial) ) ||
        strcmp( serial, get_serial( buffer, sizeof(buffer) ) ))
    {
        skip( "%s does not name this drive: nothing is written\n", SERIAL_VARIABLE );
        return FALSE;
    }
    if ((err = wait_ready()) && err != ERROR_DEVICE_REQUIRES_CLEANING)
    {
        skip( "no tape is ready, error %lu\n", err );
        return FALSE;
    }
    return TRUE;
}

HELPER void end_test(void)
{
    CloseHandle( tape );
}

HELPER DWORD set_position( DWORD method, LONGLONG offset )
{
    return SetTapePosition( tape, method, 0, (DWORD)offset, (DWORD)(offset >> 32), FALSE );
}

#endif /* __TAPE_TEST_H */
