/*
 * Measuring the transfer of data to and from a tape drive
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

#include <stdlib.h>
#include "measure.h"

static HANDLE open_tape( const WCHAR *device )
{
    TAPE_SET_MEDIA_PARAMETERS variable_blocks = { 0 };
    HANDLE tape = CreateFileW( device, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL );

    if (tape == INVALID_HANDLE_VALUE) fail( device, GetLastError() );
    check( SetTapeParameters( tape, SET_TAPE_MEDIA_INFORMATION, &variable_blocks ), L"SetTapeParameters" );
    return tape;
}

static void rewind_tape( HANDLE tape )
{
    check( SetTapePosition( tape, TAPE_REWIND, 0, 0, 0, FALSE ), L"SetTapePosition" );
}

static UINT64 write_blocks( HANDLE tape, const BYTE *buffer, DWORD size, DWORD count )
{
    UINT64 begin = now();
    DWORD written;

    while (count--)
        if (!WriteFile( tape, buffer, size, &written, NULL ) || written != size) fail( L"WriteFile", GetLastError() );
    return now() - begin;
}

static UINT64 read_blocks( HANDLE tape, BYTE *buffer, DWORD size, DWORD count )
{
    UINT64 begin = now();
    DWORD read;

    while (count--)
        if (!ReadFile( tape, buffer, size, &read, NULL ) || read != size) fail( L"ReadFile", GetLastError() );
    return now() - begin;
}

/* writing, and reading the same again */
void measure_transfer( int argc, WCHAR **argv )
{
    UINT64 write_time, read_time;
    DWORD size, count;
    HANDLE tape;
    BYTE *buffer;

    if (argc != 3) fail( L"transfer DEVICE BLOCKSIZE BLOCKS", ERROR_INVALID_PARAMETER );
    size = _wtoi( argv[1] );
    count = _wtoi( argv[2] );
    if (!(buffer = calloc( 1, size ))) fail( L"calloc", ERROR_NOT_ENOUGH_MEMORY );
    tape = open_tape( argv[0] );
    rewind_tape( tape );
    write_time = write_blocks( tape, buffer, size, count );
    check( WriteTapemark( tape, TAPE_FILEMARKS, 1, FALSE ), L"WriteTapemark" );
    rewind_tape( tape );
    read_time = read_blocks( tape, buffer, size, count );
    CloseHandle( tape );
    free( buffer );
    say( L"%I64u %I64u\n", write_time, read_time );
}
