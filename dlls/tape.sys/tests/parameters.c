/*
 * Tests of the tape driver: parameters of drives and media, partitions
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

static void test_drive_parameters(void)
{
    const TAPE_GET_DRIVE_PARAMETERS *get = drive_parameters();

    ok( get->MinimumBlockSize <= get->DefaultBlockSize, "got %lu, %lu\n", get->MinimumBlockSize, get->DefaultBlockSize );
    ok( get->DefaultBlockSize <= get->MaximumBlockSize, "got %lu, %lu\n", get->DefaultBlockSize, get->MaximumBlockSize );
    ok( get->MaximumBlockSize >= 32768, "got %lu\n", get->MaximumBlockSize );
    ok( get->MaximumPartitionCount >= 1, "got %lu partitions\n", get->MaximumPartitionCount );
    ok( !(get->FeaturesLow & 0x80000000), "got %#lx\n", get->FeaturesLow );
    ok( get->FeaturesHigh & 0x80000000, "got %#lx\n", get->FeaturesHigh );
    ok( HAS_LOW( TAPE_DRIVE_FIXED_BLOCK | TAPE_DRIVE_VARIABLE_BLOCK ), "got %#lx\n", get->FeaturesLow );
    ok( get->MaximumPartitionCount > 1 || !HAS_LOW( TAPE_DRIVE_FIXED | TAPE_DRIVE_SELECT | TAPE_DRIVE_INITIATOR ),
        "got %#lx\n", get->FeaturesLow );
    trace( "blocks %lu to %lu, partitions %lu, features %#lx, %#lx, ECC %d, compression %d, setmarks %d, warning zone %lu\n",
           get->MinimumBlockSize, get->MaximumBlockSize, get->MaximumPartitionCount, get->FeaturesLow, get->FeaturesHigh,
           get->ECC, get->Compression, get->ReportSetmarks, get->EOTWarningZoneSize );
}

/* the size that would do is told */
static void test_small_buffer(void)
{
    TAPE_GET_DRIVE_PARAMETERS drive;
    TAPE_GET_MEDIA_PARAMETERS media;
    DWORD err, size = sizeof(drive) - 1;

    err = GetTapeParameters( tape, GET_TAPE_DRIVE_INFORMATION, &size, &drive );
    todo_wine ok( err == ERROR_MORE_DATA, "got error %lu\n", err );
    todo_wine ok( size == sizeof(drive), "got size %lu\n", size );
    size = 0;
    err = GetTapeParameters( tape, GET_TAPE_MEDIA_INFORMATION, &size, &media );
    todo_wine ok( err == ERROR_MORE_DATA, "got error %lu\n", err );
    todo_wine ok( size == sizeof(media), "got size %lu\n", size );
    size = sizeof(drive);
    ok_long( GetTapeParameters( tape, 2, &size, &drive ), ERROR_INVALID_PARAMETER );
    ok_long( SetTapeParameters( tape, 2, &drive ), ERROR_INVALID_PARAMETER );
}

static void test_media_parameters(void)
{
    TAPE_GET_MEDIA_PARAMETERS params;
    DWORD size = sizeof(params);

    memset( &params, 0xcc, sizeof(params) );
    ok_long( GetTapeParameters( tape, GET_TAPE_MEDIA_INFORMATION, &size, &params ), 0 );
    ok( !params.BlockSize, "got block size %lu\n", params.BlockSize );
    ok( params.PartitionCount >= 1, "got partition count %lu\n", params.PartitionCount );
    ok( params.PartitionCount <= drive_parameters()->MaximumPartitionCount, "got partition count %lu\n", params.PartitionCount );
    ok( !params.WriteProtected, "write protected\n" );
    ok( params.Remaining.QuadPart <= params.Capacity.QuadPart, "more remains than there is\n" );
    ok( !!params.Capacity.QuadPart == HAS_LOW( TAPE_DRIVE_TAPE_CAPACITY ), "got capacity %#lx%08lx\n", params.Capacity.HighPart,
        params.Capacity.LowPart );
}

/* each switch of the drive is turned over and back when it can be set; turning on what does not exist is refused */
static void test_switches(void)
{
    const struct { size_t offset, get; DWORD low, high; } tests[] =
    {
        { offsetof( TAPE_SET_DRIVE_PARAMETERS, ECC ), offsetof( TAPE_GET_DRIVE_PARAMETERS, ECC ),
          TAPE_DRIVE_ECC, TAPE_DRIVE_SET_ECC },
        { offsetof( TAPE_SET_DRIVE_PARAMETERS, Compression ), offsetof( TAPE_GET_DRIVE_PARAMETERS, Compression ),
          TAPE_DRIVE_COMPRESSION, TAPE_DRIVE_SET_COMPRESSION },
        { offsetof( TAPE_SET_DRIVE_PARAMETERS, DataPadding ), offsetof( TAPE_GET_DRIVE_PARAMETERS, DataPadding ),
          TAPE_DRIVE_PADDING, TAPE_DRIVE_SET_PADDING },
        { offsetof( TAPE_SET_DRIVE_PARAMETERS, ReportSetmarks ), offsetof( TAPE_GET_DRIVE_PARAMETERS, ReportSetmarks ),
          TAPE_DRIVE_REPORT_SMKS, TAPE_DRIVE_SET_REPORT_SMKS },
    };
    const TAPE_GET_DRIVE_PARAMETERS old = *drive_parameters();
    TAPE_SET_DRIVE_PARAMETERS same = { old.ECC, old.Compression, old.DataPadding, old.ReportSetmarks, old.EOTWarningZoneSize };
    TAPE_SET_DRIVE_PARAMETERS set;
    BOOLEAN was, now;
    DWORD i, err;

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        winetest_push_context( "%lu", i );
        was = *((BOOLEAN *)&old + tests[i].get);
        ok( HAS_LOW( tests[i].low ) || !was, "on without being there\n" );
        ok( HAS_LOW( tests[i].low ) || !HAS_HIGH( tests[i].high ), "can be set without being there\n" );
        set = same;
        *((BOOLEAN *)&set + tests[i].offset) = !was;
        err = SetTapeParameters( tape, SET_TAPE_DRIVE_INFORMATION, &set );
        if (HAS_HIGH( tests[i].high )) ok( !err, "got error %lu\n", err );
        else if (!was) ok( err == ERROR_INVALID_FUNCTION, "got error %lu\n", err );
        ok( read_drive_parameters(), "no parameters\n" );
        now = *((BOOLEAN *)drive_parameters() + tests[i].get);
        ok( now == (HAS_HIGH( tests[i].high ) ? !was : was), "was %d, is %d\n", was, now );
        ok_long( SetTapeParameters( tape, SET_TAPE_DRIVE_INFORMATION, &same ), 0 );
        ok( read_drive_parameters(), "no parameters\n" );
        ok( !memcmp( &old, drive_parameters(), sizeof(old) ), "not as before\n" );
        winetest_pop_context();
    }
}

static void test_warning_zone(void)
{
    const TAPE_GET_DRIVE_PARAMETERS old = *drive_parameters();
    TAPE_SET_DRIVE_PARAMETERS set = { old.ECC, old.Compression, old.DataPadding, old.ReportSetmarks, 5000000 };
    DWORD err;

    err = SetTapeParameters( tape, SET_TAPE_DRIVE_INFORMATION, &set );
    ok( err == unless( HAS_LOW( TAPE_DRIVE_SET_EOT_WZ_SIZE ), ERROR_INVALID_FUNCTION ), "got error %lu\n", err );
    ok( read_drive_parameters(), "no parameters\n" );
    ok( drive_parameters()->EOTWarningZoneSize == (err ? old.EOTWarningZoneSize : 5000000), "got %lu\n",
        drive_parameters()->EOTWarningZoneSize );
    set.EOTWarningZoneSize = old.EOTWarningZoneSize;
    ok_long( SetTapeParameters( tape, SET_TAPE_DRIVE_INFORMATION, &set ), 0 );
    ok( read_drive_parameters(), "no parameters\n" );
}

/* SetTapeParameters with the limits of the drive and what is beyond them */
static void test_block_sizes(void)
{
    const TAPE_GET_DRIVE_PARAMETERS *drive = drive_parameters();
    const struct { DWORD size, error; } tests[] =
    {
        { 0,                           0 },
        { 512,                         unless( HAS_LOW( TAPE_DRIVE_FIXED_BLOCK ), ERROR_INVALID_PARAMETER ) },
        { drive->MaximumBlockSize,     unless( HAS_LOW( TAPE_DRIVE_FIXED_BLOCK ), ERROR_INVALID_PARAMETER ) },
        { drive->MaximumBlockSize + 1, ERROR_INVALID_PARAMETER },
        { 0x80000000,                  ERROR_INVALID_PARAMETER },
        { ~0u,                         ERROR_INVALID_PARAMETER },
        { 0,                           0 },
    };
    TAPE_GET_MEDIA_PARAMETERS get;
    TAPE_SET_MEDIA_PARAMETERS set;
    DWORD i, err, size, expect = 0;

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        winetest_push_context( "%#lx", tests[i].size );
        set.BlockSize = tests[i].size;
        err = SetTapeParameters( tape, SET_TAPE_MEDIA_INFORMATION, &set );
        ok( err == tests[i].error, "got error %lu\n", err );
        if (!err) expect = tests[i].size;
        size = sizeof(get);
        ok_long( GetTapeParameters( tape, GET_TAPE_MEDIA_INFORMATION, &size, &get ), 0 );
        ok( get.BlockSize == expect, "got block size %lu\n", get.BlockSize );
        winetest_pop_context();
    }
}

static DWORD get_partition_count(void)
{
    TAPE_GET_MEDIA_PARAMETERS get = { .PartitionCount = 0 };
    DWORD size = sizeof(get);

    ok_long( GetTapeParameters( tape, GET_TAPE_MEDIA_INFORMATION, &size, &get ), 0 );
    return get.PartitionCount;
}

/* what is written to one partition is not seen in the other; logical positions count from the partition's beginning */
static void test_two_partitions(void)
{
    DWORD partition, low, high;

    ok( get_partition_count() == 2, "got %lu partitions\n", get_partition_count() );
    ok_long( SetTapePosition( tape, TAPE_REWIND, 1, 0, 0, FALSE ), 0 );
    write_block( BLOCK_SIZE, 1 );
    write_block( BLOCK_SIZE, 2 );
    ok_long( SetTapePosition( tape, TAPE_REWIND, 2, 0, 0, FALSE ), 0 );
    read_block( BLOCK_SIZE, ERROR_NO_DATA_DETECTED, 0, 0 );
    ok_long( SetTapePosition( tape, TAPE_REWIND, 2, 0, 0, FALSE ), 0 );
    write_block( BLOCK_SIZE, 3 );
    ok_long( GetTapePosition( tape, TAPE_LOGICAL_POSITION, &partition, &low, &high ), 0 );
    ok( partition == 2 && low == 1 && !high, "got partition %lu, block %lu, %lu\n", partition, low, high );
    ok_long( SetTapePosition( tape, TAPE_LOGICAL_BLOCK, 1, 1, 0, FALSE ), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 2 );
    ok_long( GetTapePosition( tape, TAPE_ABSOLUTE_POSITION, &partition, &low, &high ), 0 );
    ok_long( SetTapePosition( tape, TAPE_SPACE_END_OF_DATA, 2, 0, 0, FALSE ), 0 );
    ok_long( SetTapePosition( tape, TAPE_REWIND, 0, 0, 0, FALSE ), 0 );
    read_block( BLOCK_SIZE, 0, BLOCK_SIZE, 3 );
    ok_long( SetTapePosition( tape, TAPE_ABSOLUTE_BLOCK, 0, low, high, FALSE ), 0 );
    read_block( BLOCK_SIZE, ERROR_NO_DATA_DETECTED, 0, 0 );
    ok_long( SetTapePosition( tape, TAPE_REWIND, 3, 0, 0, FALSE ), ERROR_INVALID_PARAMETER );
}

/* CreateTapePartition: every method, with counts that are possible and that are not */
static void test_partitions(void)
{
    DWORD count = drive_parameters()->MaximumPartitionCount, i, err;
    const struct { DWORD method, count, size; BOOL can; DWORD error; } tests[] =
    {
        { TAPE_FIXED_PARTITIONS,     0, 0,         HAS_LOW( TAPE_DRIVE_FIXED ) },
        { TAPE_SELECT_PARTITIONS,    2, 0,         HAS_LOW( TAPE_DRIVE_SELECT ) },
        { TAPE_SELECT_PARTITIONS,    0, 0,         HAS_LOW( TAPE_DRIVE_SELECT ), ERROR_INVALID_PARAMETER },
        { TAPE_SELECT_PARTITIONS,    count + 1, 0, HAS_LOW( TAPE_DRIVE_SELECT ), ERROR_INVALID_PARAMETER },
        { TAPE_INITIATOR_PARTITIONS, 2, 8,         HAS_LOW( TAPE_DRIVE_INITIATOR ) },
        { TAPE_INITIATOR_PARTITIONS, ~0u, 8,       HAS_LOW( TAPE_DRIVE_INITIATOR ), ERROR_INVALID_PARAMETER },
    };

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        winetest_push_context( "%lu, %lu, %lu", tests[i].method, tests[i].count, tests[i].size );
        err = CreateTapePartition( tape, tests[i].method, tests[i].count, tests[i].size );
        ok( err == (tests[i].can ? tests[i].error : ERROR_NOT_SUPPORTED), "got error %lu\n", err );
        if (!err && tests[i].count == 2) test_two_partitions();
        winetest_pop_context();
    }
    ok_long( CreateTapePartition( tape, 3, 1, 1 ), ERROR_INVALID_PARAMETER );
    if (HAS_LOW( TAPE_DRIVE_SELECT )) ok_long( CreateTapePartition( tape, TAPE_SELECT_PARTITIONS, 1, 0 ), 0 );
    else if (HAS_LOW( TAPE_DRIVE_INITIATOR )) ok_long( CreateTapePartition( tape, TAPE_INITIATOR_PARTITIONS, 1, 0 ), 0 );
    ok( get_partition_count() == 1 || HAS_LOW( TAPE_DRIVE_FIXED ), "got %lu partitions\n", get_partition_count() );
}

START_TEST(parameters)
{
    if (!begin_test()) return;
    test_drive_parameters();
    test_small_buffer();
    if (may_write())
    {
        test_media_parameters();
        test_switches();
        test_warning_zone();
        test_block_sizes();
        test_partitions();
    }
    end_test();
}
