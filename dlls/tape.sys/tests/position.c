/*
 * Tests of the tape driver: GetTapePosition and SetTapePosition, every method
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

/* tgt stops on the wrong side of marks on the way back, and says nothing of those between blocks */
static BOOL meets_mark( DWORD start, DWORD method, LONGLONG offset, DWORD error )
{
    if (method != TAPE_SPACE_RELATIVE_BLOCKS && method != TAPE_SPACE_FILEMARKS) return FALSE;
    return (start > 3 && offset < 0) || (method == TAPE_SPACE_RELATIVE_BLOCKS && error);
}

/* Three blocks, a mark, a block, two marks: blocks and marks are numbered 0 to 6. Each method from a position, and what is
 * read then: the block with a seed, or the error. */
static void test_methods(void)
{
    BOOL tells = HAS_LOW( TAPE_DRIVE_GET_LOGICAL_BLK ), sequential = HAS_HIGH( TAPE_DRIVE_SEQUENTIAL_FMKS );
    const struct { DWORD start, method; LONGLONG offset; DWORD error, read_error, seed; } tests[] =
    {
        { 0, TAPE_SPACE_RELATIVE_BLOCKS, 0,  0, 0, 0 },
        { 0, TAPE_SPACE_RELATIVE_BLOCKS, 2,  0, 0, 2 },
        { 3, TAPE_SPACE_RELATIVE_BLOCKS, -1, 0, 0, 2 },
        { 3, TAPE_SPACE_RELATIVE_BLOCKS, -3, 0, 0, 0 },
        { 2, TAPE_SPACE_RELATIVE_BLOCKS, -4, ERROR_BEGINNING_OF_MEDIA, 0, 0 },
        { 1, TAPE_SPACE_RELATIVE_BLOCKS, 4,  ERROR_FILEMARK_DETECTED, 0, 3 },
        { 5, TAPE_SPACE_RELATIVE_BLOCKS, -3, ERROR_FILEMARK_DETECTED, ERROR_FILEMARK_DETECTED },
        { 0, TAPE_SPACE_FILEMARKS,       0,  0, 0, 0 },
        { 0, TAPE_SPACE_FILEMARKS,       1,  0, 0, 3 },
        { 0, TAPE_SPACE_FILEMARKS,       2,  0, ERROR_FILEMARK_DETECTED },
        { 0, TAPE_SPACE_FILEMARKS,       3,  0, ERROR_NO_DATA_DETECTED },
        { 0, TAPE_SPACE_FILEMARKS,       4,  ERROR_NO_DATA_DETECTED, ERROR_NO_DATA_DETECTED },
        { 0, TAPE_SPACE_FILEMARKS,       0x7fffffffffffffff, ERROR_NO_DATA_DETECTED, ERROR_NO_DATA_DETECTED },
        { 5, TAPE_SPACE_FILEMARKS,       -1, 0, ERROR_FILEMARK_DETECTED },
        { 5, TAPE_SPACE_FILEMARKS,       -2, ERROR_BEGINNING_OF_MEDIA, 0, 0 },
        { 5, TAPE_SPACE_FILEMARKS,       -0x7fffffffffffffff - 1, ERROR_BEGINNING_OF_MEDIA, 0, 0 },
        { 0, TAPE_SPACE_SEQUENTIAL_FMKS, 0,  unless( sequential, ERROR_NOT_SUPPORTED ), 0, 0 },
        { 0, TAPE_SPACE_SEQUENTIAL_FMKS, 1,  unless( sequential, ERROR_NOT_SUPPORTED ), 0, sequential ? 3 : 0 },
        { 0, TAPE_SPACE_SEQUENTIAL_FMKS, 2,  unless( sequential, ERROR_NOT_SUPPORTED ), sequential ? ERROR_NO_DATA_DETECTED : 0, 0 },
        { 0, TAPE_SPACE_END_OF_DATA,     0,  0, ERROR_NO_DATA_DETECTED },
        { 3, TAPE_SPACE_END_OF_DATA,     9,  0, ERROR_NO_DATA_DETECTED },
        { 5, TAPE_REWIND,                7,  0, 0, 0 },
        { 0, TAPE_PSEUDO_LOGICAL_BLOCK,  1,  0, 0, 1 },
        { 0, TAPE_PSEUDO_LOGICAL_BLOCK,  4,  0, 0, 3 },
        { 5, TAPE_PSEUDO_LOGICAL_BLOCK,  2,  0, 0, 2 },
        { 5, TAPE_PSEUDO_LOGICAL_BLOCK,  1000, ERROR_NO_DATA_DETECTED, ERROR_NO_DATA_DETECTED },
        { 0, TAPE_PSEUDO_LOGICAL_BLOCK,  -1, ERROR_INVALID_PARAMETER, 0, 0 },
        { 0, TAPE_LOGICAL_BLOCK,         4,  unless( tells, ERROR_NOT_SUPPORTED ), 0, tells ? 3 : 0 },
        { 0, TAPE_LOGICAL_BLOCK,         3,  unless( tells, ERROR_NOT_SUPPORTED ), tells ? ERROR_FILEMARK_DETECTED : 0, 0 },
        { 0, TAPE_LOGICAL_BLOCK,         1000, tells ? ERROR_NO_DATA_DETECTED : ERROR_NOT_SUPPORTED,
          tells ? ERROR_NO_DATA_DETECTED : 0, 0 },
        { 0, TAPE_LOGICAL_BLOCK,         0x123456789, tells ? ERROR_NO_DATA_DETECTED : ERROR_NOT_SUPPORTED,
          tells ? ERROR_NO_DATA_DETECTED : 0, 0 },
        { 0, TAPE_LOGICAL_BLOCK,         -1, tells ? ERROR_INVALID_PARAMETER : ERROR_NOT_SUPPORTED, 0, 0 },
        { 0, TAPE_ABSOLUTE_BLOCK,        2,  unless( tells, ERROR_NOT_SUPPORTED ), 0, tells ? 2 : 0 },
        { 0, 10,                         1,  ERROR_INVALID_PARAMETER, 0, 0 },
        { 0, ~0u,                        1,  ERROR_INVALID_PARAMETER, 0, 0 },
    };
    DWORD i, j, err;

    write_files();
    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        if (is_tgt && meets_mark( tests[i].start, tests[i].method, tests[i].offset, tests[i].error )) continue;
        winetest_push_context( "%lu: method %lu, offset %ld from %lu", i, tests[i].method, (long)tests[i].offset, tests[i].start );
        ok_long( rewind_tape(), 0 );
        for (j = 0; j < tests[i].start; j++)
            read_block( BLOCK_SIZE, j == 3 ? ERROR_FILEMARK_DETECTED : 0, j == 3 ? 0 : BLOCK_SIZE, j > 3 ? j - 1 : j );
        err = set_position( tests[i].method, tests[i].offset );
        ok( err == tests[i].error, "got error %lu, expected %lu\n", err, tests[i].error );
        read_block( BLOCK_SIZE, tests[i].read_error, tests[i].read_error ? 0 : BLOCK_SIZE, tests[i].seed );
        winetest_pop_context();
    }
}

/* immediate: possible or refused as the drive says, and the tape gets there */
static void test_immediate(void)
{
    const struct { DWORD method; BOOL can; DWORD seed; } tests[] =
    {
        { TAPE_REWIND,                HAS_HIGH( TAPE_DRIVE_REWIND_IMMEDIATE ), 0 },
        { TAPE_ABSOLUTE_BLOCK,        HAS_HIGH( TAPE_DRIVE_ABS_BLK_IMMED ), 1 },
        { TAPE_LOGICAL_BLOCK,         HAS_HIGH( TAPE_DRIVE_LOG_BLK_IMMED ), 1 },
        { TAPE_SPACE_RELATIVE_BLOCKS, HAS_HIGH( TAPE_DRIVE_SPACE_IMMEDIATE ), 1 },
        { TAPE_SPACE_FILEMARKS,       HAS_HIGH( TAPE_DRIVE_SPACE_IMMEDIATE ), 3 },
    };
    DWORD i, err;

    write_files();
    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        winetest_push_context( "%lu", tests[i].method );
        ok_long( rewind_tape(), 0 );
        err = SetTapePosition( tape, tests[i].method, 0, 1, 0, TRUE );
        ok( err == unless( tests[i].can, ERROR_NOT_SUPPORTED ), "got error %lu\n", err );
        ok_long( wait_ready(), 0 );
        read_block( BLOCK_SIZE, 0, BLOCK_SIZE, tests[i].can ? tests[i].seed : 0 );
        winetest_pop_context();
    }
}

/* block numbers count marks too; what is got leads back */
static void test_get(void)
{
    static const DWORD types[] = { TAPE_ABSOLUTE_POSITION, TAPE_LOGICAL_POSITION, TAPE_PSEUDO_LOGICAL_POSITION };
    static const DWORD methods[] = { TAPE_ABSOLUTE_BLOCK, TAPE_LOGICAL_BLOCK, TAPE_PSEUDO_LOGICAL_BLOCK };
    DWORD partition, low, high, i, err;
    BOOL can;

    write_files();
    for (i = 0; i < ARRAYSIZE(types); i++)
    {
        winetest_push_context( "%lu", i );
        can = i == 2 || HAS_LOW( i ? TAPE_DRIVE_GET_LOGICAL_BLK : TAPE_DRIVE_GET_ABSOLUTE_BLK );
        ok_long( rewind_tape(), 0 );
        partition = low = high = 0xdeadbeef;
        err = GetTapePosition( tape, types[i], &partition, &low, &high );
        ok( err == unless( can, ERROR_NOT_SUPPORTED ), "got error %lu\n", err );
        if (!err) ok( !partition && !low && !high, "got position %lu, %lu, %lu\n", partition, low, high );
        read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 0 );
        read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 1 );
        read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 2 );
        read_block( BLOCK_SIZE, ERROR_FILEMARK_DETECTED, 0, 0 );
        if (!GetTapePosition( tape, types[i], &partition, &low, &high ))
        {
            ok( low == 4 && !high, "got position %lu, %lu\n", low, high );
            ok_long( rewind_tape(), 0 );
            ok_long( SetTapePosition( tape, methods[i], partition, low, high, FALSE ), 0 );
            read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 3 );
        }
        winetest_pop_context();
    }
    ok_long( GetTapePosition( tape, 3, &partition, &low, &high ), ERROR_INVALID_PARAMETER );
    ok_long( GetTapePosition( tape, ~0u, &partition, &low, &high ), ERROR_INVALID_PARAMETER );
}

/* there is one partition, which has two names; programs of any age may use either */
static void test_partition_numbers(void)
{
    write_files();
    ok_long( SetTapePosition( tape, TAPE_REWIND, 1, 0, 0, FALSE ), 0 );
    ok_long( SetTapePosition( tape, TAPE_REWIND, 2, 0, 0, FALSE ), ERROR_INVALID_PARAMETER );
    ok_long( SetTapePosition( tape, TAPE_SPACE_END_OF_DATA, 1, 0, 0, FALSE ), 0 );
    ok_long( SetTapePosition( tape, TAPE_SPACE_END_OF_DATA, 99, 0, 0, FALSE ), ERROR_INVALID_PARAMETER );
    ok_long( SetTapePosition( tape, TAPE_SPACE_FILEMARKS, 99, -1, -1, FALSE ), 0 );
}

START_TEST(position)
{
    if (!begin_test()) return;
    if (may_write())
    {
        test_methods();
        test_immediate();
        test_get();
        test_partition_numbers();
    }
    end_test();
}
