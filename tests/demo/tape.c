/*
 * The demonstration programs: blocks and filemarks
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
#include "demo.h"

#define PROGRESS_STEP (32 << 20)

void tape_open( struct tape *tape, const WCHAR *device )
{
    TAPE_SET_MEDIA_PARAMETERS parameters = { 0 };  /* blocks of variable size */

    memset( tape, 0, sizeof(*tape) );
    if (!(tape->buffer = malloc( BLOCK_SIZE ))) fail( L"malloc", ERROR_NOT_ENOUGH_MEMORY );
    tape->handle = CreateFileW( device, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL );
    if (tape->handle == INVALID_HANDLE_VALUE) fail( L"CreateFile of the drive", GetLastError() );
    check( SetTapeParameters( tape->handle, SET_TAPE_MEDIA_INFORMATION, &parameters ), L"SetTapeParameters" );
    check( SetTapePosition( tape->handle, TAPE_REWIND, 0, 0, 0, FALSE ), L"SetTapePosition" );
}

void tape_close( struct tape *tape )
{
    CloseHandle( tape->handle );
    free( tape->buffer );
}

static void count_block( struct tape *tape, DWORD size )
{
    tape->bytes += size;
    if (tape->bytes - tape->reported < PROGRESS_STEP) return;
    tape->reported = tape->bytes;
    say( L"    %4lu MB\n", (DWORD)(tape->bytes >> 20) );
}

static void write_block( struct tape *tape )
{
    DWORD written;

    if (!WriteFile( tape->handle, tape->buffer, BLOCK_SIZE, &written, NULL )) fail( L"WriteFile to the drive", GetLastError() );
    if (written != BLOCK_SIZE) fail( L"WriteFile to the drive, which wrote too little", ERROR_WRITE_FAULT );
    tape->used = 0;
    count_block( tape, BLOCK_SIZE );
}

void tape_put( struct tape *tape, const void *data, DWORD size )
{
    const BYTE *bytes = data;
    DWORD part;

    for (; size; size -= part, bytes += part)
    {
        part = min( size, BLOCK_SIZE - tape->used );
        memcpy( tape->buffer + tape->used, bytes, part );
        tape->used += part;
        if (tape->used == BLOCK_SIZE) write_block( tape );
    }
}

void tape_flush( struct tape *tape )
{
    if (!tape->used) return;
    memset( tape->buffer + tape->used, 0, BLOCK_SIZE - tape->used );
    write_block( tape );
}

void tape_mark( struct tape *tape )
{
    check( WriteTapemark( tape->handle, TAPE_FILEMARKS, 1, FALSE ), L"WriteTapemark" );
}

DWORD tape_read_block( struct tape *tape )
{
    tape->position = tape->used = 0;
    if (!ReadFile( tape->handle, tape->buffer, BLOCK_SIZE, &tape->used, NULL ))
    {
        DWORD error = GetLastError();

        tape->used = 0;
        if (error == ERROR_FILEMARK_DETECTED) return error;
        fail( L"ReadFile from the drive", error );
    }
    if (!tape->used) fail( L"ReadFile from the drive, which read nothing", ERROR_READ_FAULT );
    count_block( tape, tape->used );
    return ERROR_SUCCESS;
}

void tape_get( struct tape *tape, void *data, DWORD size )
{
    BYTE *bytes = data;
    DWORD part;

    for (; size; size -= part, bytes += part)
    {
        if (tape->position == tape->used && tape_read_block( tape )) fail( L"reading the data", ERROR_FILEMARK_DETECTED );
        part = min( size, tape->used - tape->position );
        memcpy( bytes, tape->buffer + tape->position, part );
        tape->position += part;
    }
}
