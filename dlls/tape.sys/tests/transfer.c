/*
 * Tests of the tape driver: ReadFile and WriteFile in both block modes, synchronous and overlapped
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

/* a buffer that the system cannot use; on Wine the block has been read by then */
static void test_bad_buffers(void)
{
    static const char constant[BLOCK_SIZE] = { 1 };
    DWORD count, err;
    BOOL ret;

    ok_long( rewind_tape(), 0 );
    SetLastError( 0xdeadbeef );
    count = 0xdeadbeef;
    ret = WriteFile( tape, NULL, BLOCK_SIZE, &count, NULL );
    err = GetLastError();
    ok( !ret, "succeeded\n" );
    ok( err == ERROR_INVALID_USER_BUFFER || err == ERROR_NOACCESS, "got error %lu\n", err );
    SetLastError( 0xdeadbeef );
    ret = ReadFile( tape, (void *)constant, 0, &count, NULL );
    ok( ret && !count, "got error %lu, count %lu\n", GetLastError(), count );
    ok( constant[0] == 1, "written to\n" );
}

/* As SetTapePosition() asks for it. Wine's request for a tape leaves a status behind that is not its own until it ends:
 * so GetOverlappedResult() is not left to find out when that is. */
static void overlapped_rewind( HANDLE handle, OVERLAPPED *overlapped )
{
    TAPE_SET_POSITION set = { .Method = TAPE_REWIND };
    DWORD count;
    BOOL ret;

    ret = DeviceIoControl( handle, IOCTL_TAPE_SET_POSITION, &set, sizeof(set), NULL, 0, &count, overlapped );
    ok( ret || GetLastError() == ERROR_IO_PENDING, "got error %lu\n", GetLastError() );
    todo_wine_if( !ret && overlapped->Internal != STATUS_PENDING && overlapped->Internal )
        ok( ret || overlapped->Internal == STATUS_PENDING || !overlapped->Internal, "got status %#lx\n", (DWORD)overlapped->Internal );
    ok( !WaitForSingleObject( overlapped->hEvent, 60000 ), "not done\n" );
    ok( GetOverlappedResult( handle, overlapped, &count, TRUE ), "got error %lu\n", GetLastError() );
}

/* several requests at once are done in their order, whatever the order of waiting for them */
static void test_overlapped(void)
{
    OVERLAPPED overlapped[8];
    char *buffers[8];
    DWORD i, count, err;
    HANDLE handle;
    BOOL ret;

    CloseHandle( tape );
    handle = CreateFileA( tape_name(), GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, NULL );
    ok( handle != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    memset( overlapped, 0, sizeof(overlapped) );
    for (i = 0; i < 8; i++)
    {
        overlapped[i].hEvent = CreateEventA( NULL, TRUE, FALSE, NULL );
        buffers[i] = fill( malloc( 2 * BLOCK_SIZE ), BLOCK_SIZE, i );
    }
    overlapped_rewind( handle, &overlapped[0] );
    for (i = 0; i < 8; i++)
    {
        ret = WriteFile( handle, buffers[i], BLOCK_SIZE, NULL, &overlapped[i] );
        ok( ret || GetLastError() == ERROR_IO_PENDING, "got error %lu\n", GetLastError() );
    }
    for (i = 8; i--; )
    {
        ok( GetOverlappedResult( handle, &overlapped[i], &count, TRUE ), "got error %lu\n", GetLastError() );
        ok( count == BLOCK_SIZE, "got count %lu\n", count );
    }
    overlapped_rewind( handle, &overlapped[0] );
    for (i = 0; i < 8; i++)
    {
        memset( buffers[i], 0xcc, BLOCK_SIZE );
        ret = ReadFile( handle, buffers[i], BLOCK_SIZE, NULL, &overlapped[i] );
        ok( ret || GetLastError() == ERROR_IO_PENDING, "got error %lu\n", GetLastError() );
    }
    for (i = 8; i--; )
    {
        char *expect = fill( malloc( BLOCK_SIZE ), BLOCK_SIZE, i );

        ok( GetOverlappedResult( handle, &overlapped[i], &count, TRUE ), "got error %lu\n", GetLastError() );
        ok( count == BLOCK_SIZE, "got count %lu\n", count );
        ok( !memcmp( buffers[i], expect, BLOCK_SIZE ), "%lu: data differ\n", i );
        free( expect );
    }
    /* behind the data: the error comes with the result */
    ret = ReadFile( handle, buffers[0], BLOCK_SIZE, NULL, &overlapped[0] );
    err = ret ? 0 : GetLastError();
    if (err == ERROR_IO_PENDING) err = GetOverlappedResult( handle, &overlapped[0], &count, TRUE ) ? 0 : GetLastError();
    ok( err == ERROR_NO_DATA_DETECTED, "got error %lu\n", err );

    /* none of what is cancelled in the queue is done, or all of it was */
    for (i = 0; i < 8; i++) ReadFile( handle, buffers[i], BLOCK_SIZE, NULL, &overlapped[i] );
    ok( CancelIo( handle ), "got error %lu\n", GetLastError() );
    for (i = 0; i < 8; i++)
    {
        ret = GetOverlappedResult( handle, &overlapped[i], &count, TRUE );
        ok( !ret, "%lu succeeded\n", i );
        ok( GetLastError() == ERROR_OPERATION_ABORTED || GetLastError() == ERROR_NO_DATA_DETECTED, "%lu: got error %lu\n",
            i, GetLastError() );
    }
    /* The functions on tapes wait on such a handle, too.  Wine's do not: the driver answers when the status block on their
     * stack is gone, which nobody survives, so that this cannot be a todo. */
    if (strcmp( winetest_platform, "wine" ))
    {
        err = GetTapeStatus( handle );
        ok( !err, "got error %lu\n", err );
    }

    for (i = 0; i < 8; i++)
    {
        CloseHandle( overlapped[i].hEvent );
        free( buffers[i] );
    }
    CloseHandle( handle );
    tape = open_tape();
    ok_long( wait_ready(), 0 );
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

START_TEST(transfer)
{
    if (!begin_test()) return;
    if (may_write())
    {
        test_read();
        test_empty_transfers();
        test_bad_buffers();
        test_large_blocks();
        test_block_limits();
        test_fixed_blocks();
        test_overlapped();
    }
    end_test();
}
