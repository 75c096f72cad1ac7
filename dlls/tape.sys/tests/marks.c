/*
 * Tests of the tape driver: WriteTapemark, and reading and spacing at marks
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

/* WriteTapemark: every type and count; nothing is written by those that fail */
static void test_types(void)
{
    const struct { DWORD type, count; BOOL immediate; DWORD error; } tests[] =
    {
        { TAPE_FILEMARKS,       0,         FALSE, 0 },
        { TAPE_FILEMARKS,       0,         TRUE,  0 },
        { TAPE_FILEMARKS,       1,         TRUE,  unless( HAS_HIGH( TAPE_DRIVE_WRITE_MARK_IMMED ), ERROR_NOT_SUPPORTED ) },
        { TAPE_FILEMARKS,       0x1000000, FALSE, ERROR_INVALID_PARAMETER },
        { TAPE_FILEMARKS,       ~0u,       FALSE, ERROR_INVALID_PARAMETER },
        { TAPE_SETMARKS,        1,         FALSE, unless( HAS_HIGH( TAPE_DRIVE_WRITE_SETMARKS ), ERROR_NOT_SUPPORTED ) },
        { TAPE_SHORT_FILEMARKS, 1,         FALSE, unless( HAS_HIGH( TAPE_DRIVE_WRITE_SHORT_FMKS ), ERROR_NOT_SUPPORTED ) },
        { TAPE_LONG_FILEMARKS,  1,         FALSE, unless( HAS_HIGH( TAPE_DRIVE_WRITE_LONG_FMKS ), ERROR_NOT_SUPPORTED ) },
        { 4,                    1,         FALSE, ERROR_INVALID_PARAMETER },
        { ~0u,                  1,         FALSE, ERROR_INVALID_PARAMETER },
    };
    DWORD i, err, expect;

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        winetest_push_context( "%lu, %#lx, %d", tests[i].type, tests[i].count, tests[i].immediate );
        ok_long( rewind_tape(), 0 );
        write_block( BLOCK_SIZE, 0 );
        err = WriteTapemark( tape, tests[i].type, tests[i].count, tests[i].immediate );
        ok( err == tests[i].error, "got error %lu\n", err );
        ok_long( rewind_tape(), 0 );
        read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
        expect = tests[i].type == TAPE_SETMARKS ? ERROR_SETMARK_DETECTED : ERROR_FILEMARK_DETECTED;
        if (err || !tests[i].count) expect = ERROR_NO_DATA_DETECTED;
        read_block( BLOCK_SIZE, expect, 0, 0 );
        winetest_pop_context();
    }
}

/* reading stops behind each mark, and at the end of the data as often as one tries */
static void test_reading(void)
{
    DWORD i;

    write_files();
    for (i = 0; i < 3; i++) read_block( BLOCK_SIZE, 0, BLOCK_SIZE, i );
    read_block( BLOCK_SIZE, ERROR_FILEMARK_DETECTED, 0, 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 3 );
    read_block( BLOCK_SIZE, ERROR_FILEMARK_DETECTED, 0, 0 );
    read_block( BLOCK_SIZE, ERROR_FILEMARK_DETECTED, 0, 0 );
    read_block( BLOCK_SIZE, ERROR_NO_DATA_DETECTED, 0, 0 );
    read_block( BLOCK_SIZE, ERROR_NO_DATA_DETECTED, 0, 0 );
}

/* what is written over marks takes away all behind it */
static void test_overwriting(void)
{
    write_files();
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
    ok_long( WriteTapemark( tape, TAPE_FILEMARKS, 1, FALSE ), 0 );
    ok_long( rewind_tape(), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
    read_block( BLOCK_SIZE, ERROR_FILEMARK_DETECTED, 0, 0 );
    read_block( BLOCK_SIZE, ERROR_NO_DATA_DETECTED, 0, 0 );
}

/* blocks 0 and 1 and filemarks between setmarks: one, two in a row, and the end */
static void test_setmarks(void)
{
    DWORD partition, low, high;

    if (!HAS_HIGH( TAPE_DRIVE_SETMARKS ))
    {
        ok_long( set_position( TAPE_SPACE_SETMARKS, 1 ), ERROR_NOT_SUPPORTED );
        ok_long( set_position( TAPE_SPACE_SETMARKS, -1 ), ERROR_NOT_SUPPORTED );
        ok_long( set_position( TAPE_SPACE_SEQUENTIAL_SMKS, 1 ), ERROR_NOT_SUPPORTED );
        return;
    }
    ok_long( rewind_tape(), 0 );
    write_block( BLOCK_SIZE, 0 );
    ok_long( WriteTapemark( tape, TAPE_SETMARKS, 1, FALSE ), 0 );
    write_block( BLOCK_SIZE, 1 );
    ok_long( WriteTapemark( tape, TAPE_FILEMARKS, 1, FALSE ), 0 );
    ok_long( WriteTapemark( tape, TAPE_SETMARKS, 2, FALSE ), 0 );
    write_block( BLOCK_SIZE, 2 );
    ok_long( rewind_tape(), 0 );
    ok_long( set_position( TAPE_SPACE_SETMARKS, 1 ), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 1 );
    ok_long( rewind_tape(), 0 );
    ok_long( set_position( TAPE_SPACE_SETMARKS, 3 ), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 2 );
    ok_long( set_position( TAPE_SPACE_SETMARKS, -3 ), 0 );
    ok_long( GetTapePosition( tape, TAPE_LOGICAL_POSITION, &partition, &low, &high ), 0 );
    ok( low == 1, "got position %lu\n", low );
    ok_long( rewind_tape(), 0 );
    ok_long( set_position( TAPE_SPACE_SETMARKS, 4 ), ERROR_NO_DATA_DETECTED );
    ok_long( rewind_tape(), 0 );
    ok_long( set_position( TAPE_SPACE_SEQUENTIAL_SMKS, 2 ), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 2 );
    ok_long( rewind_tape(), 0 );
    ok_long( set_position( TAPE_SPACE_FILEMARKS, 1 ),
             drive_parameters()->ReportSetmarks ? ERROR_SETMARK_DETECTED : 0 );
}

START_TEST(marks)
{
    if (!begin_test()) return;
    if (may_write())
    {
        test_types();
        test_reading();
        test_overwriting();
        test_setmarks();
    }
    end_test();
}
