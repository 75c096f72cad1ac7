/*
 * Tests of the tape driver: opening, GetTapeStatus, PrepareTape, EraseTape, and what an empty drive answers
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

/* each function on a handle that is none */
static void test_invalid_handle(void)
{
    static TAPE_GET_DRIVE_PARAMETERS get;
    static TAPE_SET_MEDIA_PARAMETERS set;
    DWORD size = sizeof(get), partition, low, high;
    HANDLE handle = (HANDLE)0xdeadbee0;

    ok_long( GetTapeStatus( handle ), ERROR_INVALID_HANDLE );
    ok_long( GetTapeParameters( handle, GET_TAPE_DRIVE_INFORMATION, &size, &get ), ERROR_INVALID_HANDLE );
    ok_long( SetTapeParameters( handle, SET_TAPE_MEDIA_INFORMATION, &set ), ERROR_INVALID_HANDLE );
    ok_long( GetTapePosition( handle, TAPE_LOGICAL_POSITION, &partition, &low, &high ), ERROR_INVALID_HANDLE );
    ok_long( SetTapePosition( handle, TAPE_REWIND, 0, 0, 0, FALSE ), ERROR_INVALID_HANDLE );
    ok_long( PrepareTape( handle, TAPE_LOCK, FALSE ), ERROR_INVALID_HANDLE );
    ok_long( EraseTape( handle, TAPE_ERASE_SHORT, FALSE ), ERROR_INVALID_HANDLE );
    ok_long( WriteTapemark( handle, TAPE_FILEMARKS, 0, FALSE ), ERROR_INVALID_HANDLE );
    ok_long( CreateTapePartition( handle, TAPE_FIXED_PARTITIONS, 0, 0 ), ERROR_INVALID_HANDLE );
}

/* PrepareTape: every operation that leaves the tape where it is, whole and immediate */
static void test_prepare(void)
{
    const struct { DWORD operation; BOOL immediate; DWORD error; } tests[] =
    {
        { TAPE_LOCK,    FALSE, unless( HAS_HIGH( TAPE_DRIVE_LOCK_UNLOCK ), ERROR_NOT_SUPPORTED ) },
        { TAPE_UNLOCK,  FALSE, unless( HAS_HIGH( TAPE_DRIVE_LOCK_UNLOCK ), ERROR_NOT_SUPPORTED ) },
        { TAPE_LOAD,    FALSE, unless( HAS_HIGH( TAPE_DRIVE_LOAD_UNLOAD ), ERROR_NOT_SUPPORTED ) },
        { TAPE_LOAD,    TRUE,  unless( HAS_HIGH( TAPE_DRIVE_LOAD_UNLD_IMMED ), ERROR_NOT_SUPPORTED ) },
        { TAPE_TENSION, FALSE, unless( HAS_HIGH( TAPE_DRIVE_TENSION ), ERROR_NOT_SUPPORTED ) },
        { TAPE_TENSION, TRUE,  unless( HAS_HIGH( TAPE_DRIVE_TENSION_IMMED ), ERROR_NOT_SUPPORTED ) },
        { 6,            FALSE, ERROR_INVALID_PARAMETER },
        { 99,           FALSE, ERROR_INVALID_PARAMETER },
        { ~0u,          TRUE,  ERROR_INVALID_PARAMETER },
    };
    DWORD i, err;

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        winetest_push_context( "%lu, %d", tests[i].operation, tests[i].immediate );
        err = PrepareTape( tape, tests[i].operation, tests[i].immediate );
        ok( err == tests[i].error, "got error %lu, expected %lu\n", err, tests[i].error );
        ok_long( wait_ready(), 0 );
        winetest_pop_context();
    }
}

/* a locked medium is not given away; the lock ends with the handle */
static void test_lock(void)
{
    if (!HAS_HIGH( TAPE_DRIVE_LOCK_UNLOCK )) return;
    ok_long( PrepareTape( tape, TAPE_LOCK, FALSE ), 0 );
    ok_long( PrepareTape( tape, TAPE_LOCK, FALSE ), 0 );
    if (!is_tgt) ok_long( PrepareTape( tape, TAPE_UNLOAD, FALSE ), ERROR_UNABLE_TO_UNLOAD_MEDIA );
    CloseHandle( tape );
    tape = open_tape();
    ok_long( wait_ready(), 0 );
    ok_long( PrepareTape( tape, TAPE_UNLOAD, FALSE ), 0 );
    ok_long( PrepareTape( tape, TAPE_LOAD, FALSE ), 0 );
    ok_long( wait_ready(), 0 );
}

/* each function when the medium has been unloaded; the drive's parameters do not need one */
static void test_no_medium(void)
{
    TAPE_GET_MEDIA_PARAMETERS media;
    TAPE_GET_DRIVE_PARAMETERS drive;
    TAPE_SET_MEDIA_PARAMETERS set = { 0 };
    DWORD size = sizeof(media), partition, low, high, i;
    char buffer[BLOCK_SIZE] = { 0 };

    ok_long( PrepareTape( tape, TAPE_UNLOAD, FALSE ), 0 );
    ok_long( GetTapeStatus( tape ), ERROR_NO_MEDIA_IN_DRIVE );
    ok_long( GetTapeStatus( tape ), ERROR_NO_MEDIA_IN_DRIVE );
    ok_long( GetTapeParameters( tape, GET_TAPE_MEDIA_INFORMATION, &size, &media ), ERROR_NO_MEDIA_IN_DRIVE );
    ok_long( SetTapeParameters( tape, SET_TAPE_MEDIA_INFORMATION, &set ), ERROR_NO_MEDIA_IN_DRIVE );
    ok_long( GetTapePosition( tape, TAPE_LOGICAL_POSITION, &partition, &low, &high ), ERROR_NO_MEDIA_IN_DRIVE );
    for (i = TAPE_REWIND; i <= TAPE_SPACE_SEQUENTIAL_SMKS; i++)
        ok_long( SetTapePosition( tape, i, 0, 1, 0, FALSE ), ERROR_NO_MEDIA_IN_DRIVE );
    ok_long( EraseTape( tape, TAPE_ERASE_SHORT, FALSE ), ERROR_NO_MEDIA_IN_DRIVE );
    ok_long( EraseTape( tape, TAPE_ERASE_LONG, FALSE ), ERROR_NO_MEDIA_IN_DRIVE );
    ok_long( WriteTapemark( tape, TAPE_FILEMARKS, 1, FALSE ), ERROR_NO_MEDIA_IN_DRIVE );
    ok_long( CreateTapePartition( tape, TAPE_FIXED_PARTITIONS, 0, 0 ), ERROR_NO_MEDIA_IN_DRIVE );
    ok_long( PrepareTape( tape, TAPE_UNLOAD, FALSE ), ERROR_NO_MEDIA_IN_DRIVE );
    read_block( BLOCK_SIZE, ERROR_NO_MEDIA_IN_DRIVE, 0, 0 );
    SetLastError( 0xdeadbeef );
    ok( !WriteFile( tape, buffer, sizeof(buffer), &size, NULL ), "succeeded\n" );
    ok( GetLastError() == ERROR_NO_MEDIA_IN_DRIVE, "got error %lu\n", GetLastError() );
    size = sizeof(drive);
    ok_long( GetTapeParameters( tape, GET_TAPE_DRIVE_INFORMATION, &size, &drive ), 0 );
    ok_long( PrepareTape( tape, TAPE_LOAD, FALSE ), 0 );
    ok_long( wait_ready(), 0 );
    ok_long( GetTapeStatus( tape ), 0 );
}

/* EraseTape: every type, whole and immediate; nothing behind the position is left, what is before it stays */
static void test_erase(void)
{
    const struct { DWORD type; BOOL immediate; BOOL can; } tests[] =
    {
        { TAPE_ERASE_SHORT, FALSE, HAS_LOW( TAPE_DRIVE_ERASE_SHORT ) },
        { TAPE_ERASE_SHORT, TRUE,  HAS_LOW( TAPE_DRIVE_ERASE_SHORT ) && HAS_LOW( TAPE_DRIVE_ERASE_IMMEDIATE ) },
        { TAPE_ERASE_LONG,  FALSE, HAS_LOW( TAPE_DRIVE_ERASE_LONG ) },
        { TAPE_ERASE_LONG,  TRUE,  HAS_LOW( TAPE_DRIVE_ERASE_LONG ) && HAS_LOW( TAPE_DRIVE_ERASE_IMMEDIATE ) },
    };
    DWORD i, err;

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        winetest_push_context( "%lu, %d", tests[i].type, tests[i].immediate );
        write_files();
        read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
        err = EraseTape( tape, tests[i].type, tests[i].immediate );
        ok( err == unless( tests[i].can, ERROR_NOT_SUPPORTED ), "got error %lu\n", err );
        ok_long( wait_ready(), 0 );
        ok_long( rewind_tape(), 0 );
        read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
        if (tests[i].can) read_block( BLOCK_SIZE, ERROR_NO_DATA_DETECTED, 0, 0 );
        else read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 1 );
        winetest_pop_context();
    }
    ok_long( EraseTape( tape, 2, FALSE ), ERROR_INVALID_PARAMETER );
    ok_long( EraseTape( tape, ~0u, TRUE ), ERROR_INVALID_PARAMETER );
}

/* all that was written is gone, and the tape is at its beginning; a drive that cannot do it leaves the tape alone */
static void test_format(void)
{
    BOOL can = HAS_HIGH( TAPE_DRIVE_FORMAT );

    write_files();
    ok_long( PrepareTape( tape, TAPE_FORMAT, FALSE ), unless( can, ERROR_NOT_SUPPORTED ) );
    ok_long( wait_ready(), 0 );
    ok_long( rewind_tape(), 0 );
    if (can) read_block( BLOCK_SIZE, ERROR_NO_DATA_DETECTED, 0, 0 );
    else read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
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

START_TEST(status)
{
    if (!begin_test()) return;
    test_invalid_handle();
    test_open();
    if (may_write())
    {
        test_prepare();
        test_lock();
        test_no_medium();
        test_erase();
        test_format();
        test_reopen();
    }
    end_test();
}
