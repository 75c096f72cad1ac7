/*
 * Unit tests of the Unix half of tape.sys: every operation, limits, modes, statuses, generations, failing host calls
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

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "wine/unixlib.h"

#include "drive.h"
#include "drive_features.h"
#include "support/fake_host.h"
#include "support/vector.h"

#define CALL( func, params ) __wine_unix_call_funcs[unix_ ## func]( params )

static const UINT8 tape_inquiry[36] = { 0x01, 0x80, 0x06, 0x02, 0x1f, 0, 0, 0, 'M', 'A', 'K', 'E', 'R', ' ', ' ', ' ', 'D' };
static const UINT8 block_limits[6] = { 0, 0x80, 0, 0, 0, 4 };
static const UINT8 mode[12] = { 11, 0, 0x10, 8, 0x58 };

static UINT64 unit, drive;

static void always_data( UINT8 opcode, const void *data, unsigned int size )
{
    struct fake_reply reply = { .opcode = opcode, .data = data, .data_size = size };

    fake_always( &reply );
}

static void add_sense( UINT8 opcode, UINT8 flags_key, UINT8 asc, UINT8 ascq )
{
    struct fake_reply reply = fake_sense( opcode, flags_key, asc, ascq );

    fake_add( &reply );
}

static void always_sense( UINT8 opcode, UINT8 flags_key, UINT8 asc, UINT8 ascq )
{
    struct fake_reply reply = fake_sense( opcode, flags_key, asc, ascq );

    fake_always( &reply );
}

static void add_sense_info( UINT8 opcode, UINT8 flags_key, UINT8 asc, UINT8 ascq, UINT32 info )
{
    struct fake_reply reply = fake_sense_info( opcode, flags_key, asc, ascq, info );

    fake_add( &reply );
}

/* a plain drive with a medium, that lists no commands */
static void make_drive(void)
{
    fake_reset();
    always_data( SCSI_INQUIRY, tape_inquiry, sizeof(tape_inquiry) );
    always_data( SCSI_READ_BLOCK_LIMITS, block_limits, sizeof(block_limits) );
    always_data( SCSI_MODE_SENSE_6, mode, sizeof(mode) );
    always_sense( SCSI_MAINTENANCE_IN, 5, 0x20, 0 );
    fake_device_count = 1;
    fake_devices[0] = (struct host_device){ .type = HOST_TYPE_TAPE, .host = 2, .sg_path = "/dev/sg1", .lock_path = "/dev/nst0" };
}

static UINT32 next_event(void)
{
    struct device_event event = { 0 };
    struct event_params params = { &event };

    assert_int_equal( CALL( next_event, &params ), STATUS_SUCCESS );
    if (event.type == DEVICE_EVENT_ARRIVED) unit = event.unit;
    return event.type;
}

static NTSTATUS open_drive( BOOL enabled )
{
    struct device_identity identity;
    struct open_params params = { .unit = unit, .identity = &identity, .enabled = enabled };
    NTSTATUS status;

    if (!(status = CALL( open_drive, &params ))) drive = params.drive;
    return status;
}

static void close_drive(void)
{
    struct drive_params params = { drive };

    if (drive) CALL( close_drive, &params );
    drive = 0;
}

static int set_up( void **state )
{
    make_drive();
    if (next_event() != DEVICE_EVENT_ARRIVED || next_event() != DEVICE_EVENT_SETTLED) return 1;
    return open_drive( TRUE );
}

static void stop( void )
{
    struct unit_params params = { unit };

    CALL( stop_events, NULL );
    assert_int_equal( next_event(), DEVICE_EVENT_STOPPED );
    CALL( release_unit, &params );
}

static int tear_down( void **state )
{
    close_drive();
    stop();
    return fake_open_fds;
}

static NTSTATUS test_drive(void)
{
    struct drive_params params = { drive };

    return CALL( test_drive, &params );
}

static NTSTATUS read_tape( UINT32 size, UINT32 *done )
{
    struct transfer_params params = { .drive = drive, .buffer = calloc( 1, size + 1 ), .size = size, .done = 0xdeadbeef };
    NTSTATUS status;

    status = CALL( read_tape, &params );
    *done = params.done;
    free( params.buffer );
    return status;
}

static NTSTATUS write_tape( UINT32 size, UINT32 *done )
{
    struct transfer_params params = { .drive = drive, .buffer = calloc( 1, size + 1 ), .size = size, .done = 0xdeadbeef };
    NTSTATUS status;

    status = CALL( write_tape, &params );
    *done = params.done;
    free( params.buffer );
    return status;
}

static NTSTATUS write_marks( UINT32 count )
{
    struct write_marks_params params = { drive, TAPE_FILEMARKS, count };

    return CALL( write_marks, &params );
}

static NTSTATUS set_position( UINT32 method, INT64 offset )
{
    struct set_position_params params = { .drive = drive, .offset = offset, .method = method };

    return CALL( set_position, &params );
}

static NTSTATUS get_position( UINT64 *block )
{
    struct get_position_params params = { .drive = drive, .type = TAPE_PSEUDO_LOGICAL_POSITION };
    NTSTATUS status;

    status = CALL( get_position, &params );
    *block = params.block;
    return status;
}

static NTSTATUS set_block_size( UINT32 size )
{
    struct set_block_size_params params = { drive, size };

    return CALL( set_block_size, &params );
}

static struct drive_info get_info(void)
{
    struct get_drive_info_params params = { drive };

    assert_int_equal( CALL( get_drive_info, &params ), STATUS_SUCCESS );
    return params.info;
}

static void check_read( UINT32 size, NTSTATUS status, UINT32 expect )
{
    UINT32 done;

    assert_int_equal( read_tape( size, &done ), status );
    assert_int_equal( done, expect );
}

static void check_write( UINT32 size, NTSTATUS status, UINT32 expect )
{
    UINT32 done;

    assert_int_equal( write_tape( size, &done ), status );
    assert_int_equal( done, expect );
}

static void read_reply( unsigned int size )
{
    static UINT8 data[65536];
    struct fake_reply reply = { .opcode = SCSI_READ_6, .data = data, .data_size = size };

    fake_add( &reply );
}

static void read_reply_sense( unsigned int size, UINT8 flags_key, UINT8 asc, UINT8 ascq, UINT32 info )
{
    static UINT8 data[65536];
    struct fake_reply reply = fake_sense_info( SCSI_READ_6, flags_key, asc, ascq, info );

    reply.data = data;
    reply.data_size = size;
    fake_add( &reply );
}

static void test_variable_read( void **state )
{
    check_read( 0, STATUS_SUCCESS, 0 );
    read_reply( 1024 );
    check_read( 1024, STATUS_SUCCESS, 1024 );
    assert_int_equal( fake_last_cdb[1], 0 );
    assert_int_equal( get_be24( fake_last_cdb + 2 ), 1024 );
    read_reply_sense( 1000, 0x20, 0, 0, 24 );
    check_read( 1024, STATUS_SUCCESS, 1000 );
    /* tgt delivers as many bytes as the block is too short */
    read_reply_sense( 24, 0x20, 0, 0, 24 );
    check_read( 1024, STATUS_DEVICE_DATA_ERROR, 24 );
    read_reply_sense( 512, 0x20, 0, 0, -512 );
    check_read( 512, STATUS_BUFFER_OVERFLOW, 512 );
    read_reply_sense( 0, 0x20, 0, 0, -512 );
    check_read( 512, STATUS_BUFFER_OVERFLOW, 0 );
    read_reply_sense( 0, 0x80, 0, 1, 512 );
    check_read( 512, STATUS_FILEMARK_DETECTED, 0 );
    add_sense( SCSI_READ_6, 0x48, 0, 0 );
    check_read( 512, STATUS_NO_DATA_DETECTED, 0 );
    add_sense( SCSI_READ_6, 0x03, 0x11, 0 );
    check_read( 512, STATUS_DEVICE_DATA_ERROR, 0 );
    read_reply_sense( 512, 0x01, 0x17, 0, 0 );
    check_read( 512, STATUS_SUCCESS, 512 );
    /* without a difference in length the information may be anything */
    read_reply_sense( 512, 0x01, 0x17, 0, 500 );
    check_read( 512, STATUS_SUCCESS, 512 );
    read_reply_sense( 512, 0x40, 0, 2, 0 );
    check_read( 512, STATUS_SUCCESS, 512 );
}

/* information fields that cannot be true */
static void test_hostile_information( void **state )
{
    static const UINT32 infos[] = { 0, 1, 511, 512, 513, 0x7fffffff, 0x80000000, 0xffffffff };
    static const UINT8 flags[] = { 0, 0x20, 0x40, 0x60, 0x80, 0xe0, 0x03, 0x2d, 0x8d };
    unsigned int i, j, fixed;
    UINT32 done;

    for (fixed = 0; fixed < 2; fixed++)
    {
        assert_int_equal( set_block_size( fixed ? 512 : 0 ), STATUS_SUCCESS );
        for (i = 0; i < ARRAY_SIZE(infos); i++)
        {
            for (j = 0; j < ARRAY_SIZE(flags); j++)
            {
                read_reply_sense( 512, flags[j], 0, 0, infos[i] );
                read_tape( 1024, &done );
                assert_true( done <= 512 );
                add_sense_info( SCSI_WRITE_6, flags[j], 0, 0, infos[i] );
                write_tape( 1024, &done );
                assert_true( done <= 1024 );
            }
        }
    }
}

static void test_variable_write( void **state )
{
    check_write( 0, STATUS_SUCCESS, 0 );
    check_write( 4, STATUS_SUCCESS, 4 );
    check_write( 3, STATUS_INVALID_BLOCK_LENGTH, 0 );
    check_write( 0x100001, STATUS_INVALID_BLOCK_LENGTH, 0 );
    check_write( 0x100000, STATUS_SUCCESS, 0x100000 );
    add_sense_info( SCSI_WRITE_6, 0x40, 0, 2, 0 );
    check_write( 1024, STATUS_END_OF_MEDIA, 1024 );
    add_sense( SCSI_WRITE_6, 0x40, 0, 2 );
    check_write( 1024, STATUS_END_OF_MEDIA, 1024 );
    add_sense_info( SCSI_WRITE_6, 0x40, 0, 7, 0 );
    check_write( 1024, STATUS_SUCCESS, 1024 );
    add_sense_info( SCSI_WRITE_6, 0x4d, 0, 0, 1024 );
    check_write( 1024, STATUS_EOM_OVERFLOW, 0 );
    add_sense_info( SCSI_WRITE_6, 0x4d, 0, 2, 1024 );
    check_write( 1024, STATUS_EOM_OVERFLOW, 0 );
    add_sense( SCSI_WRITE_6, 0x07, 0x27, 0 );
    check_write( 1024, STATUS_MEDIA_WRITE_PROTECTED, 0 );
    add_sense( SCSI_WRITE_6, 0x04, 0x44, 0 );
    check_write( 1024, STATUS_IO_DEVICE_ERROR, 0 );
}

static void test_fixed( void **state )
{
    assert_int_equal( set_block_size( 512 ), STATUS_SUCCESS );
    check_read( 1000, STATUS_INVALID_BLOCK_LENGTH, 0 );
    check_write( 1000, STATUS_INVALID_BLOCK_LENGTH, 0 );
    read_reply( 2048 );
    check_read( 2048, STATUS_SUCCESS, 2048 );
    assert_int_equal( fake_last_cdb[1], 1 );
    assert_int_equal( get_be24( fake_last_cdb + 2 ), 4 );
    read_reply_sense( 1024, 0x80, 0, 1, 2 );
    check_read( 2048, STATUS_FILEMARK_DETECTED, 1024 );
    read_reply_sense( 512, 0x08, 0, 5, 3 );
    check_read( 2048, STATUS_NO_DATA_DETECTED, 512 );
    read_reply_sense( 512, 0x20, 0, 0, 3 );
    check_read( 2048, STATUS_INVALID_BLOCK_LENGTH, 512 );
    add_sense_info( SCSI_WRITE_6, 0x40, 0, 2, 0 );
    check_write( 2048, STATUS_END_OF_MEDIA, 2048 );
    add_sense_info( SCSI_WRITE_6, 0x4d, 0, 0, 3 );
    check_write( 2048, STATUS_EOM_OVERFLOW, 512 );
    /* more than one command can carry */
    fake_commands = 0;
    check_write( 0x180000, STATUS_SUCCESS, 0x180000 );
    assert_int_equal( fake_commands, 2 );
}

/* the drive calls all well and sends less than it was asked for */
static void test_fixed_missing_data( void **state )
{
    static const UINT8 useless[20] = { 0x04 };

    always_data( SCSI_READ_POSITION, useless, sizeof(useless) );
    always_sense( SCSI_LOCATE_10, 5, 0x20, 0 );
    assert_int_equal( set_block_size( 512 ), STATUS_SUCCESS );
    read_reply( 1000 );
    check_read( 2048, STATUS_DEVICE_DATA_ERROR, 512 );
    assert_int_equal( set_position( TAPE_LOGICAL_BLOCK, 2 ), STATUS_NOT_SUPPORTED );
    read_reply( 1000 );
    assert_int_equal( set_position( TAPE_PSEUDO_LOGICAL_BLOCK, 2 ), STATUS_DEVICE_DATA_ERROR );
}

/* a block size that the drive has forgotten and does not take again must not be assumed */
static void test_fixed_refused( void **state )
{
    struct fake_reply reset = fake_sense( SCSI_TEST_UNIT_READY, 6, 0x29, 0 );

    assert_int_equal( set_block_size( 512 ), STATUS_SUCCESS );
    fake_add( &reset );
    assert_int_equal( test_drive(), STATUS_BUS_RESET );
    always_sense( SCSI_MODE_SELECT_6, 5, 0x26, 0 );
    check_read( 1024, STATUS_INVALID_BLOCK_LENGTH, 0 );
    check_write( 1024, STATUS_INVALID_BLOCK_LENGTH, 0 );
}

/* a write that met a deferred error is done again if that was nothing, and has failed otherwise */
static void test_deferred( void **state )
{
    struct fake_reply reply = fake_sense_info( SCSI_WRITE_6, 1, 0x17, 0, 0 );

    check_write( 1024, STATUS_SUCCESS, 1024 );
    reply.sense[0] |= 1;
    fake_add( &reply );
    fake_commands = 0;
    check_write( 1024, STATUS_SUCCESS, 1024 );
    assert_int_equal( fake_commands, 2 );
    reply.sense[2] = 0x03;
    fake_add( &reply );
    check_write( 1024, STATUS_DEVICE_DATA_ERROR, 0 );
}

static void test_write_marks( void **state )
{
    assert_int_equal( write_marks( 0 ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_WRITE_FILEMARKS_6 );
    assert_int_equal( write_marks( 0x1000000 ), STATUS_INVALID_PARAMETER );
    add_sense( SCSI_WRITE_FILEMARKS_6, 0x40, 0, 2 );
    assert_int_equal( write_marks( 2 ), STATUS_END_OF_MEDIA );
    assert_int_equal( get_be24( fake_last_cdb + 2 ), 2 );
    add_sense( SCSI_WRITE_FILEMARKS_6, 0x07, 0x27, 0 );
    assert_int_equal( write_marks( 1 ), STATUS_MEDIA_WRITE_PROTECTED );
}

/* every change is reported once per handle, whichever request met it, and nothing known before it counts after it */
static void test_generations( void **state )
{
    UINT32 done;

    assert_int_equal( test_drive(), STATUS_SUCCESS );
    add_sense( SCSI_TEST_UNIT_READY, 6, 0x28, 0 );
    assert_int_equal( test_drive(), STATUS_MEDIA_CHANGED );
    assert_int_equal( test_drive(), STATUS_SUCCESS );

    add_sense( SCSI_READ_6, 6, 0x29, 0 );
    assert_int_equal( read_tape( 512, &done ), STATUS_BUS_RESET );
    assert_int_equal( done, 0 );
    assert_int_equal( test_drive(), STATUS_SUCCESS );

    /* seen by a request that has to succeed: the next one tells */
    add_sense( SCSI_MODE_SENSE_6, 6, 0x28, 0 );
    get_info();
    assert_int_equal( read_tape( 512, &done ), STATUS_MEDIA_CHANGED );
    fake_commands = 0;
    read_reply( 512 );
    assert_int_equal( read_tape( 512, &done ), STATUS_SUCCESS );
    assert_int_equal( fake_commands, 3 );  /* limits and mode are read again */
    fake_commands = 0;
    read_reply( 512 );
    assert_int_equal( read_tape( 512, &done ), STATUS_SUCCESS );
    assert_int_equal( fake_commands, 1 );

    add_sense( SCSI_WRITE_6, 6, 0x2a, 1 );
    assert_int_equal( write_tape( 512, &done ), STATUS_SUCCESS );
}

/* what waits when the drive is opened is not news */
static void test_attentions_at_open( void **state )
{
    close_drive();
    add_sense( SCSI_TEST_UNIT_READY, 6, 0x29, 0 );
    add_sense( SCSI_TEST_UNIT_READY, 6, 0x28, 0 );
    assert_int_equal( open_drive( TRUE ), STATUS_SUCCESS );
    assert_int_equal( test_drive(), STATUS_SUCCESS );
}

/* a drive that nobody enabled gets no command but what a request needs, and is not locked */
static void test_not_enabled( void **state )
{
    close_drive();
    fake_commands = fake_open_fds = 0;
    assert_int_equal( open_drive( FALSE ), STATUS_SUCCESS );
    assert_int_equal( fake_commands, 2 );
    assert_int_equal( fake_last_cdb[0], SCSI_INQUIRY );
    assert_int_equal( fake_open_fds, 1 );
}

static void check_limits( const UINT8 *data, unsigned int size, UINT32 min_block, UINT32 max_block )
{
    struct drive_info info;

    always_data( SCSI_READ_BLOCK_LIMITS, data, size );
    close_drive();
    assert_int_equal( open_drive( TRUE ), STATUS_SUCCESS );
    info = get_info();
    assert_int_equal( info.min_block, min_block );
    assert_int_equal( info.max_block, max_block );
}

static void test_block_limits( void **state )
{
    static const UINT8 tgt[] = { 9, 0x10, 0, 0, 0, 4 }, huge[] = { 0, 0xff, 0xff, 0xff, 0, 1 },
                       zero[6] = { 0 }, reversed[] = { 0, 0, 0, 16, 0xff, 0xff };
    unsigned int size;

    check_limits( tgt, sizeof(tgt), 4, 0x100000 );
    check_limits( huge, sizeof(huge), 1, 0x100000 );
    check_limits( zero, sizeof(zero), 1, 0x100000 );
    check_limits( reversed, sizeof(reversed), 16, 16 );
    for (size = 0; size < sizeof(tgt); size++) check_limits( tgt, size, 1, 0x100000 );
}

static void test_modes( void **state )
{
    static const UINT8 replies[][12] =
    {
        { 11, 7, 0x80, 8, 0x5a, 0, 0, 0, 0, 0, 2, 0 },
        { 255, 7, 0x80, 255, 0x5a },
        { 0 },
        { 3, 7, 0x80, 0 },
    };
    struct get_medium_info_params params;
    unsigned int i, size;

    for (i = 0; i < ARRAY_SIZE(replies); i++)
    {
        for (size = 0; size <= sizeof(replies[i]); size++)
        {
            always_data( SCSI_MODE_SENSE_6, replies[i], size );
            close_drive();
            assert_int_equal( open_drive( TRUE ), STATUS_SUCCESS );
            params = (struct get_medium_info_params){ drive, TRUE };
            assert_int_equal( CALL( get_medium_info, &params ), STATUS_SUCCESS );
            assert_int_equal( params.info.present, 1 );
            assert_int_equal( params.info.density, size == 12 && i < 2 ? 0x5a : 0 );
        }
    }
}

/* the longest list, lists that claim to be longer than they are, and lists that make no sense */
static void test_supported_commands( void **state )
{
    UINT8 data[4 + 8 * 256] = { 0 };
    unsigned int i;

    data[2] = 0xff;
    data[3] = 0xff;
    for (i = 0; i < 256; i++) data[4 + 8 * i] = i == SCSI_ERASE_6 ? 0 : i;
    always_data( SCSI_MAINTENANCE_IN, data, sizeof(data) );
    assert_false( get_info().capabilities & DRIVE_ERASES );
    assert_true( get_info().capabilities & DRIVE_LOCKS );

    close_drive();
    always_data( SCSI_MAINTENANCE_IN, data, 3 );
    open_drive( TRUE );
    assert_true( get_info().capabilities & DRIVE_ERASES );

    close_drive();
    always_data( SCSI_MAINTENANCE_IN, data, 20 );
    open_drive( TRUE );
    assert_true( get_info().capabilities & DRIVE_ERASES );
}

/* refused once, not tried again */
static void test_unsupported( void **state )
{
    struct erase_params params = { drive, TRUE };

    assert_true( get_info().capabilities & DRIVE_ERASES );
    add_sense( SCSI_ERASE_6, 5, 0x20, 0 );
    assert_int_equal( CALL( erase, &params ), STATUS_NOT_SUPPORTED );
    assert_false( get_info().capabilities & DRIVE_ERASES );
}

static void test_reported_position( void **state )
{
    UINT8 data[20] = { 0, 0, 0, 0, 0x00, 0x01, 0x02, 0x03 };
    UINT64 block;

    always_data( SCSI_READ_POSITION, data, sizeof(data) );
    assert_int_equal( get_position( &block ), STATUS_SUCCESS );
    assert_true( block == 0x010203 );
    assert_int_equal( set_position( TAPE_LOGICAL_BLOCK, 0x123456 ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_LOCATE_10 );
    assert_int_equal( get_be32( fake_last_cdb + 3 ), 0x123456 );
    assert_int_equal( set_position( TAPE_LOGICAL_BLOCK, 0x100000000ll ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_LOCATE_16 );
    assert_int_equal( set_position( TAPE_LOGICAL_BLOCK, -1 ), STATUS_INVALID_PARAMETER );
}

/* the drive does not know: counted from the beginning of the tape, through marks, and given up when spacing */
static void test_counted_position( void **state )
{
    static const UINT8 useless[20] = { 0x14 };
    UINT64 block;

    always_data( SCSI_READ_POSITION, useless, sizeof(useless) );
    always_sense( SCSI_LOCATE_10, 5, 0x20, 0 );
    assert_int_equal( get_position( &block ), STATUS_INVALID_DEVICE_REQUEST );
    assert_int_equal( set_position( TAPE_REWIND, 0 ), STATUS_SUCCESS );
    assert_int_equal( get_position( &block ), STATUS_SUCCESS );
    assert_true( block == 0 );
    check_write( 512, STATUS_SUCCESS, 512 );
    check_write( 1024, STATUS_SUCCESS, 1024 );
    assert_int_equal( write_marks( 2 ), STATUS_SUCCESS );
    get_position( &block );
    assert_true( block == 4 );
    set_position( TAPE_REWIND, 0 );
    read_reply( 512 );
    check_read( 512, STATUS_SUCCESS, 512 );
    read_reply_sense( 512, 0x20, 0, 0, -512 );
    check_read( 512, STATUS_BUFFER_OVERFLOW, 512 );
    read_reply_sense( 0, 0x80, 0, 1, 512 );
    check_read( 512, STATUS_FILEMARK_DETECTED, 0 );
    get_position( &block );
    assert_true( block == 3 );
    assert_int_equal( set_position( TAPE_SPACE_RELATIVE_BLOCKS, 1 ), STATUS_SUCCESS );
    assert_int_equal( get_position( &block ), STATUS_INVALID_DEVICE_REQUEST );

    /* by reading: two blocks and a mark, then the end of the data */
    read_reply( 512 );
    read_reply_sense( 512, 0x20, 0, 0, -512 );
    read_reply_sense( 0, 0x80, 0, 1, 512 );
    assert_int_equal( set_position( TAPE_PSEUDO_LOGICAL_BLOCK, 3 ), STATUS_SUCCESS );
    get_position( &block );
    assert_true( block == 3 );
    add_sense( SCSI_READ_6, 0x08, 0, 5 );
    assert_int_equal( set_position( TAPE_PSEUDO_LOGICAL_BLOCK, 9 ), STATUS_NO_DATA_DETECTED );
}

static void test_space( void **state )
{
    assert_int_equal( set_position( TAPE_SPACE_FILEMARKS, 0 ), STATUS_SUCCESS );
    assert_int_equal( set_position( TAPE_SPACE_FILEMARKS, -2 ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[1], 1 );
    assert_int_equal( get_be24( fake_last_cdb + 2 ), 0xfffffe );
    assert_int_equal( set_position( TAPE_SPACE_RELATIVE_BLOCKS, 0x800000 ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_SPACE_16 );
    add_sense_info( SCSI_SPACE_6, 0x40, 0, 4, 1 );
    assert_int_equal( set_position( TAPE_SPACE_RELATIVE_BLOCKS, -2 ), STATUS_BEGINNING_OF_MEDIA );
    add_sense_info( SCSI_SPACE_6, 0x40, 0, 0, 1 );
    assert_int_equal( set_position( TAPE_SPACE_RELATIVE_BLOCKS, -2 ), STATUS_BEGINNING_OF_MEDIA );
    add_sense_info( SCSI_SPACE_6, 0x80, 0, 1, 1 );
    assert_int_equal( set_position( TAPE_SPACE_RELATIVE_BLOCKS, 2 ), STATUS_FILEMARK_DETECTED );
    add_sense_info( SCSI_SPACE_6, 0x00, 0, 5, 2 );
    assert_int_equal( set_position( TAPE_SPACE_FILEMARKS, 5 ), STATUS_NO_DATA_DETECTED );
}

static NTSTATUS prepare( UINT32 operation )
{
    struct prepare_params params = { drive, operation };

    return CALL( prepare, &params );
}

static void test_load( void **state )
{
    UINT32 done;

    assert_int_equal( prepare( TAPE_UNLOAD ), STATUS_SUCCESS );
    assert_int_equal( test_drive(), STATUS_NO_MEDIA );
    assert_int_equal( read_tape( 512, &done ), STATUS_NO_MEDIA );
    add_sense( SCSI_TEST_UNIT_READY, 6, 0x28, 0 );
    assert_int_equal( prepare( TAPE_LOAD ), STATUS_SUCCESS );
    assert_int_equal( test_drive(), STATUS_SUCCESS );

    /* another medium comes by hand or by robot */
    assert_int_equal( prepare( TAPE_UNLOAD ), STATUS_SUCCESS );
    add_sense( SCSI_TEST_UNIT_READY, 2, 0x3a, 0 );
    assert_int_equal( test_drive(), STATUS_NO_MEDIA );
    assert_int_equal( test_drive(), STATUS_NO_MEDIA );
    add_sense( SCSI_TEST_UNIT_READY, 6, 0x28, 0 );
    assert_int_equal( test_drive(), STATUS_MEDIA_CHANGED );
    assert_int_equal( test_drive(), STATUS_SUCCESS );

    add_sense( SCSI_LOAD_UNLOAD, 5, 0x53, 2 );
    assert_int_equal( prepare( TAPE_UNLOAD ), STATUS_UNABLE_TO_UNLOAD_MEDIA );
    add_sense( SCSI_LOAD_UNLOAD, 4, 0x53, 0 );
    assert_int_equal( prepare( TAPE_UNLOAD ), STATUS_UNABLE_TO_UNLOAD_MEDIA );
    add_sense( SCSI_PREVENT_ALLOW, 5, 0x24, 0 );
    assert_int_equal( prepare( TAPE_LOCK ), STATUS_UNABLE_TO_LOCK_MEDIA );
    assert_int_equal( prepare( 99 ), STATUS_INVALID_PARAMETER );
}

/* a handle that locked the medium unlocks it when it is closed */
static void test_unlock_at_close( void **state )
{
    assert_int_equal( prepare( TAPE_LOCK ), STATUS_SUCCESS );
    close_drive();
    assert_int_equal( fake_last_cdb[0], SCSI_PREVENT_ALLOW );
    assert_int_equal( fake_last_cdb[4], 0 );
    assert_int_equal( open_drive( TRUE ), STATUS_SUCCESS );
}

/* what a drive without compression need not do */
static void test_compression( void **state )
{
    struct set_drive_info_params params = { .drive = drive };

    assert_int_equal( CALL( set_drive_info, &params ), STATUS_SUCCESS );
    params.settings.compression = TRUE;
    assert_int_equal( CALL( set_drive_info, &params ), STATUS_INVALID_DEVICE_REQUEST );
}

static void test_lock_busy( void **state )
{
    close_drive();
    fake_calls = 0;
    fake_fail_at = 5;  /* generic node, two INQUIRYs, TEST UNIT READY, lock */
    fake_fail_errno = EBUSY;
    assert_int_equal( open_drive( TRUE ), STATUS_SHARING_VIOLATION );
    assert_int_equal( fake_open_fds, 0 );
    fake_fail_at = 0;
    assert_int_equal( open_drive( TRUE ), STATUS_SUCCESS );
}

static UINT8 *vectors[16];
static unsigned int vector_count;

/* the vector is freed at the end of the test */
static void always_vector( UINT8 opcode, const char *name )
{
    unsigned int size;

    assert_true( vector_count < ARRAY_SIZE(vectors) );
    vectors[vector_count] = load_vector( name, &size );
    always_data( opcode, vectors[vector_count++], size );
}

/* pages are asked for with the same command: the next one gets this */
static void add_vector( UINT8 opcode, const char *name )
{
    struct fake_reply reply = { .opcode = opcode };

    assert_true( vector_count < ARRAY_SIZE(vectors) );
    vectors[vector_count] = load_vector( name, &reply.data_size );
    reply.data = vectors[vector_count++];
    fake_add( &reply );
}

static void free_vectors(void)
{
    while (vector_count) free( vectors[--vector_count] );
}

static NTSTATUS set_position_in( UINT32 method, UINT32 partition, INT64 offset, BOOL immediate )
{
    struct set_position_params params = { drive, offset, method, partition, immediate };

    return CALL( set_position, &params );
}

static NTSTATUS get_position_of( UINT32 type, UINT32 *partition, UINT64 *block )
{
    struct get_position_params params = { .drive = drive, .type = type };
    NTSTATUS status;

    status = CALL( get_position, &params );
    *partition = params.partition;
    *block = params.block;
    return status;
}

static NTSTATUS get_status(void)
{
    struct drive_params params = { drive };

    return CALL( get_status, &params );
}

static NTSTATUS create_partition( UINT32 method, UINT32 count, UINT32 size )
{
    struct create_partition_params params = { drive, method, count, size };

    return CALL( create_partition, &params );
}

/* the drive has two partitions, and stands in the second */
static void test_partitioned( void **state )
{
    UINT8 position[20] = { 0, 1, 0, 0, 0, 0, 0, 7 };
    UINT32 partition;
    UINT64 block;

    always_vector( SCSI_MODE_SENSE_6, "k23-mode-partitions" );
    always_data( SCSI_READ_POSITION, position, sizeof(position) );
    assert_int_equal( get_position_of( TAPE_LOGICAL_POSITION, &partition, &block ), STATUS_SUCCESS );
    assert_int_equal( partition, 2 );
    assert_true( block == 7 );
    assert_int_equal( get_position_of( TAPE_ABSOLUTE_POSITION, &partition, &block ), STATUS_SUCCESS );
    assert_int_equal( partition, 0 );

    /* an absolute address leads to its partition, wherever the tape stands */
    assert_int_equal( set_position_in( TAPE_ABSOLUTE_BLOCK, 0, block, FALSE ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_LOCATE_10 );
    assert_int_equal( fake_last_cdb[1], 0x02 );
    assert_int_equal( get_be32( fake_last_cdb + 3 ), 7 );
    assert_int_equal( fake_last_cdb[8], 1 );
    assert_int_equal( set_position_in( TAPE_LOGICAL_BLOCK, 2, 0x123456789, TRUE ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_LOCATE_16 );
    assert_int_equal( fake_last_cdb[1], 0x03 );
    assert_int_equal( fake_last_cdb[3], 1 );
    assert_true( get_be64( fake_last_cdb + 4 ) == 0x123456789 );
    assert_int_equal( set_position_in( TAPE_LOGICAL_BLOCK, 0, 5, FALSE ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[1], 0x00 );
    assert_int_equal( set_position_in( TAPE_REWIND, 1, 0, FALSE ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_LOCATE_10 );
    assert_int_equal( fake_last_cdb[8], 0 );
    assert_int_equal( set_position_in( TAPE_REWIND, 0, 0, FALSE ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_REWIND );
    assert_int_equal( set_position_in( TAPE_SPACE_END_OF_DATA, 2, 0, FALSE ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_SPACE_6 );
    assert_int_equal( set_position_in( TAPE_REWIND, 3, 0, FALSE ), STATUS_INVALID_PARAMETER );
    assert_int_equal( set_position_in( TAPE_LOGICAL_BLOCK, 3, 0, FALSE ), STATUS_INVALID_PARAMETER );
    assert_int_equal( set_position_in( TAPE_ABSOLUTE_BLOCK, 0, (INT64)2 << 56, FALSE ), STATUS_INVALID_PARAMETER );
    assert_int_equal( set_position_in( TAPE_ABSOLUTE_BLOCK, 0, -1, FALSE ), STATUS_INVALID_PARAMETER );
    free_vectors();
}

static void test_not_partitioned( void **state )
{
    UINT8 position[20] = { 0, 0, 0, 0, 0, 0, 0, 7 };
    UINT32 partition;
    UINT64 block;

    always_data( SCSI_READ_POSITION, position, sizeof(position) );
    assert_int_equal( get_position_of( TAPE_LOGICAL_POSITION, &partition, &block ), STATUS_SUCCESS );
    assert_int_equal( partition, 0 );
    assert_int_equal( set_position_in( TAPE_LOGICAL_BLOCK, 1, 5, FALSE ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[1], 0 );
    assert_int_equal( set_position_in( TAPE_LOGICAL_BLOCK, 2, 5, FALSE ), STATUS_INVALID_PARAMETER );
    assert_int_equal( create_partition( TAPE_FIXED_PARTITIONS, 0, 0 ), STATUS_NOT_SUPPORTED );
    assert_int_equal( create_partition( 3, 0, 0 ), STATUS_INVALID_PARAMETER );
}

/* the short form has no room for the number */
static void test_long_position( void **state )
{
    UINT8 data[32] = { 0x02 };
    UINT32 partition;
    UINT64 block;

    put_be64( data + 8, 0x123456789ab );
    always_data( SCSI_READ_POSITION, data, sizeof(data) );
    assert_int_equal( get_position_of( TAPE_LOGICAL_POSITION, &partition, &block ), STATUS_SUCCESS );
    assert_true( block == 0x123456789ab );
}

static void test_create_partition( void **state )
{
    always_vector( SCSI_MODE_SENSE_6, "k23-mode-partitions" );
    assert_int_equal( create_partition( TAPE_INITIATOR_PARTITIONS, 2, 1500 ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_FORMAT_MEDIUM );
    assert_int_equal( fake_last_cdb[2], 1 );
    assert_int_equal( fake_last_data[4], 0x11 );
    assert_int_equal( fake_last_data[5], 10 );
    assert_int_equal( fake_last_data[7], 1 );
    assert_int_equal( fake_last_data[8], 0x34 );  /* IDP, MB, POFM */
    assert_int_equal( get_be16( fake_last_data + 12 ), 1500 );
    assert_int_equal( get_be16( fake_last_data + 14 ), 0xffff );
    assert_int_equal( create_partition( TAPE_INITIATOR_PARTITIONS, 2, 700000 ), STATUS_SUCCESS );
    assert_int_equal( fake_last_data[8], 0x3c );  /* units */
    assert_int_equal( fake_last_data[10], 9 );
    assert_int_equal( get_be16( fake_last_data + 12 ), 700 );
    assert_int_equal( create_partition( TAPE_INITIATOR_PARTITIONS, 0, 1 ), STATUS_INVALID_PARAMETER );
    assert_int_equal( create_partition( TAPE_INITIATOR_PARTITIONS, 3, 1 ), STATUS_INVALID_PARAMETER );
    assert_int_equal( create_partition( TAPE_INITIATOR_PARTITIONS, 0xffffffff, 1 ), STATUS_INVALID_PARAMETER );
    assert_int_equal( create_partition( TAPE_FIXED_PARTITIONS, 0, 0 ), STATUS_NOT_SUPPORTED );
    assert_int_equal( create_partition( TAPE_SELECT_PARTITIONS, 2, 0 ), STATUS_NOT_SUPPORTED );
    add_sense( SCSI_MODE_SELECT_6, 5, 0x26, 0 );
    assert_int_equal( create_partition( TAPE_INITIATOR_PARTITIONS, 2, 1500 ), STATUS_PARTITION_FAILURE );
    add_sense( SCSI_FORMAT_MEDIUM, 7, 0x27, 0 );
    assert_int_equal( create_partition( TAPE_INITIATOR_PARTITIONS, 2, 1500 ), STATUS_MEDIA_WRITE_PROTECTED );
    free_vectors();
}

static void test_setmarks( void **state )
{
    struct write_marks_params params = { drive, TAPE_SETMARKS, 2 };

    /* a drive without them gets no command that it might take for one about filemarks */
    fake_commands = 0;
    assert_int_equal( CALL( write_marks, &params ), STATUS_NOT_SUPPORTED );
    assert_int_not_equal( fake_last_cdb[0], SCSI_WRITE_FILEMARKS_6 );
    assert_int_equal( set_position( TAPE_SPACE_SETMARKS, 1 ), STATUS_NOT_SUPPORTED );
    assert_int_not_equal( fake_last_cdb[0], SCSI_SPACE_6 );
    params.type = TAPE_SHORT_FILEMARKS;
    assert_int_equal( CALL( write_marks, &params ), STATUS_NOT_SUPPORTED );
    params.type = TAPE_LONG_FILEMARKS;
    assert_int_equal( CALL( write_marks, &params ), STATUS_NOT_SUPPORTED );
    params.type = 4;
    assert_int_equal( CALL( write_marks, &params ), STATUS_INVALID_PARAMETER );

    always_vector( SCSI_MODE_SENSE_6, "k23-mode-configuration" );
    close_drive();
    assert_int_equal( open_drive( TRUE ), STATUS_SUCCESS );
    params.drive = drive;
    params.type = TAPE_SETMARKS;
    assert_int_equal( CALL( write_marks, &params ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[1], 0x02 );
    assert_int_equal( get_be24( fake_last_cdb + 2 ), 2 );
    assert_int_equal( set_position( TAPE_SPACE_SETMARKS, -3 ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[1], 4 );
    read_reply_sense( 0, 0x80, 0, 3, 512 );
    check_read( 512, STATUS_SETMARK_DETECTED, 0 );
    add_sense_info( SCSI_SPACE_6, 0x80, 0, 3, 1 );
    assert_int_equal( set_position( TAPE_SPACE_FILEMARKS, 2 ), STATUS_SETMARK_DETECTED );
    free_vectors();
}

static void add_position( UINT8 data[20], UINT32 block )
{
    struct fake_reply reply = { .opcode = SCSI_READ_POSITION, .data = data, .data_size = 20 };

    put_be32( data + 4, block );
    fake_add( &reply );
}

/* marks behind blocks 3, 7, 8 and 9: the first three in a row end at 9 */
static void test_sequential_marks( void **state )
{
    static const UINT32 marks[] = { 3, 7, 8, 9 };
    UINT8 positions[8][20] = { { 0 } };
    unsigned int i;

    always_data( SCSI_READ_POSITION, positions[7], 20 );
    assert_int_equal( set_position( TAPE_SPACE_SEQUENTIAL_FMKS, 0 ), STATUS_SUCCESS );
    for (i = 0; i < 4; i++) add_position( positions[i], marks[i] );
    fake_commands = 0;
    assert_int_equal( set_position( TAPE_SPACE_SEQUENTIAL_FMKS, 3 ), STATUS_SUCCESS );
    assert_int_equal( fake_commands, 8 );
    for (i = 0; i < 4; i++) add_position( positions[i], 20 - marks[i] );
    fake_commands = 0;
    assert_int_equal( set_position( TAPE_SPACE_SEQUENTIAL_FMKS, -3 ), STATUS_SUCCESS );
    assert_int_equal( fake_commands, 8 );
    add_position( positions[0], 3 );
    add_sense( SCSI_SPACE_6, 0x08, 0, 5 );
    assert_int_equal( set_position( TAPE_SPACE_SEQUENTIAL_FMKS, 3 ), STATUS_NO_DATA_DETECTED );
}

/* a drive that only knows SPACE(6) */
static void test_huge_space( void **state )
{
    fake_commands = 0;
    always_sense( SCSI_SPACE_16, 5, 0x20, 0 );
    assert_int_equal( set_position( TAPE_SPACE_FILEMARKS, 0x800005 ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_SPACE_6 );
    assert_int_equal( get_be24( fake_last_cdb + 2 ), 6 );
    assert_int_equal( set_position( TAPE_SPACE_FILEMARKS, -0x800005 ), STATUS_SUCCESS );
    assert_int_equal( get_be24( fake_last_cdb + 2 ), 0xfffffb );
    add_sense( SCSI_SPACE_6, 0x08, 0, 5 );
    assert_int_equal( set_position( TAPE_SPACE_RELATIVE_BLOCKS, 0x7fffffffffffffff ), STATUS_NO_DATA_DETECTED );
    add_sense( SCSI_SPACE_6, 0x40, 0, 4 );
    assert_int_equal( set_position( TAPE_SPACE_RELATIVE_BLOCKS, -0x7fffffffffffffff - 1 ), STATUS_BEGINNING_OF_MEDIA );
}

static void test_immediate( void **state )
{
    struct erase_params erase = { drive, TRUE, TRUE };

    assert_int_equal( set_position_in( TAPE_REWIND, 0, 0, TRUE ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[1], 1 );
    assert_int_equal( set_position_in( TAPE_SPACE_FILEMARKS, 0, 1, TRUE ), STATUS_NOT_SUPPORTED );
    assert_int_equal( set_position_in( TAPE_SPACE_END_OF_DATA, 0, 0, TRUE ), STATUS_NOT_SUPPORTED );
    add_sense( SCSI_LOCATE_10, 5, 0x24, 0 );
    assert_int_equal( set_position_in( TAPE_LOGICAL_BLOCK, 0, 1, TRUE ), STATUS_NOT_SUPPORTED );
    assert_int_equal( CALL( erase, &erase ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[1], 3 );
    erase.whole = erase.immediate = FALSE;
    assert_int_equal( CALL( erase, &erase ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[1], 0 );
    add_sense( SCSI_LOAD_UNLOAD, 5, 0x24, 0 );
    assert_int_equal( prepare( TAPE_TENSION ), STATUS_NOT_SUPPORTED );
    /* never tried on a drive that does not say that it can format */
    assert_int_equal( prepare( TAPE_FORMAT ), STATUS_NOT_SUPPORTED );
    assert_int_not_equal( fake_last_cdb[0], SCSI_FORMAT_MEDIUM );
}

static NTSTATUS set_drive_info( struct drive_settings settings )
{
    struct set_drive_info_params params = { drive, settings };

    return CALL( set_drive_info, &params );
}

static void test_settings( void **state )
{
    struct drive_settings settings = { 0 };
    unsigned int i;

    test_drive();
    always_sense( SCSI_MODE_SENSE_6, 5, 0x24, 0 );
    /* current and changeable values, then three pages that there are not, also when asked for without DBD */
    add_vector( SCSI_MODE_SENSE_6, "k23-mode-compression" );
    add_vector( SCSI_MODE_SENSE_6, "k23-mode-compression" );
    for (i = 0; i < 6; i++) add_sense( SCSI_MODE_SENSE_6, 5, 0x24, 0 );
    add_vector( SCSI_MODE_SENSE_6, "k23-mode-compression" );
    assert_int_equal( set_drive_info( settings ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_MODE_SELECT_6 );
    assert_int_equal( fake_last_cdb[4], 20 );
    assert_int_equal( fake_last_data[4], 0x0f );
    assert_int_equal( fake_last_data[6], 0x40 );
    free_vectors();

    settings.correction = TRUE;
    assert_int_equal( set_drive_info( settings ), STATUS_INVALID_DEVICE_REQUEST );
    settings = (struct drive_settings){ .setmarks = TRUE };
    assert_int_equal( set_drive_info( settings ), STATUS_INVALID_DEVICE_REQUEST );
    settings = (struct drive_settings){ .warning_zone = 1 };
    assert_int_equal( set_drive_info( settings ), STATUS_INVALID_DEVICE_REQUEST );
}

/* a zone that the program has set is reported, others are not its business */
static void test_warning_zone( void **state )
{
    struct drive_settings settings = { .warning_zone = 250000001 };

    always_vector( SCSI_MODE_SENSE_6, "k23-mode-extension" );
    assert_int_equal( set_drive_info( settings ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_MODE_SELECT_6 );
    assert_int_equal( fake_last_data[4], 0x50 );
    assert_int_equal( get_be16( fake_last_data + 10 ), 251 );
    add_sense_info( SCSI_WRITE_6, 0x40, 0, 7, 0 );
    check_write( 1024, STATUS_END_OF_MEDIA, 1024 );
    free_vectors();
}

static void test_cleaning( void **state )
{
    assert_int_equal( get_status(), STATUS_SUCCESS );
    fake_commands = 0;
    assert_int_equal( get_status(), STATUS_SUCCESS );
    assert_int_equal( fake_commands, 1 );

    /* an alert is given once and remembered until the next medium, through handles */
    close_drive();
    open_drive( TRUE );
    add_vector( SCSI_LOG_SENSE, "k23-log-pages" );
    add_vector( SCSI_LOG_SENSE, "r7-hp-log-3e" );  /* no device status */
    add_vector( SCSI_LOG_SENSE, "k23-log-tape-alert" );
    assert_int_equal( get_status(), STATUS_DEVICE_REQUIRES_CLEANING );
    assert_int_equal( get_status(), STATUS_DEVICE_REQUIRES_CLEANING );
    close_drive();
    open_drive( TRUE );
    assert_int_equal( get_status(), STATUS_DEVICE_REQUIRES_CLEANING );
    assert_int_equal( test_drive(), STATUS_SUCCESS );
    add_sense( SCSI_TEST_UNIT_READY, 6, 0x28, 0 );
    assert_int_equal( get_status(), STATUS_MEDIA_CHANGED );
    assert_int_equal( get_status(), STATUS_SUCCESS );

    /* said with a block that has been read */
    read_reply_sense( 512, 0x01, 0, 0x17, 0 );
    check_read( 512, STATUS_SUCCESS, 512 );
    assert_int_equal( get_status(), STATUS_DEVICE_REQUIRES_CLEANING );
    free_vectors();
}

static void test_device_status( void **state )
{
    add_vector( SCSI_LOG_SENSE, "k23-log-pages" );
    add_vector( SCSI_LOG_SENSE, "k23-log-device-status" );
    assert_int_equal( get_status(), STATUS_DEVICE_REQUIRES_CLEANING );
    vectors[1][8] = 0;
    always_data( SCSI_LOG_SENSE, vectors[1], 12 );
    assert_int_equal( get_status(), STATUS_SUCCESS );
    free_vectors();
}

static void check_capacity( UINT64 remaining, UINT64 capacity )
{
    struct get_medium_info_params params = { drive, TRUE };

    assert_int_equal( CALL( get_medium_info, &params ), STATUS_SUCCESS );
    assert_true( params.info.remaining == remaining );
    assert_true( params.info.capacity == capacity );
    assert_int_equal( params.info.partitions, 1 );
}

static void test_capacity( void **state )
{
    struct get_serial_params params = { drive };

    check_capacity( 0, 0 );
    always_vector( SCSI_READ_ATTRIBUTE, "k23-attributes" );
    check_capacity( (UINT64)1430411 << 20, (UINT64)1430511 << 20 );
    assert_int_equal( CALL( get_serial, &params ), STATUS_SUCCESS );
    assert_string_equal( params.serial, "G6ABAX19FU" );
    vectors[0][9] = 0xff;  /* more than there can be */
    check_capacity( 0, 0 );
    always_sense( SCSI_READ_ATTRIBUTE, 5, 0x20, 0 );
    close_drive();
    open_drive( TRUE );
    add_vector( SCSI_LOG_SENSE, "k23-log-pages" );
    add_vector( SCSI_LOG_SENSE, "k23-log-capacity" );
    check_capacity( (UINT64)1430411 << 20, (UINT64)1430511 << 20 );
    params.drive = drive;
    assert_int_equal( CALL( get_serial, &params ), STATUS_NOT_SUPPORTED );
    free_vectors();
}

static void test_reserve( void **state )
{
    struct reserve_params params = { drive, TRUE };
    struct fake_reply conflict = { .opcode = SCSI_RESERVE_6, .status = 0x18 };

    fake_add( &conflict );
    assert_int_equal( CALL( reserve, &params ), STATUS_DEVICE_BUSY );
    assert_int_equal( CALL( reserve, &params ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[0], SCSI_RESERVE_6 );
    close_drive();
    assert_int_equal( fake_last_cdb[0], SCSI_RELEASE_6 );
    open_drive( TRUE );
}

/* The program gets what the device says; what it does is not known to the driver. */
static void test_pass_through( void **state )
{
    UINT8 data[20] = { 0 };
    struct pass_through_params params = { .handle = drive, .buffer = data, .size = sizeof(data), .timeout_ms = 1000,
                                          .direction = PASS_DATA_IN, .cdb_size = 10, .cdb = { SCSI_READ_POSITION } };

    assert_int_equal( set_position( TAPE_REWIND, 0 ), STATUS_SUCCESS );
    always_data( SCSI_READ_POSITION, block_limits, sizeof(block_limits) );
    assert_int_equal( CALL( pass_through, &params ), STATUS_SUCCESS );
    assert_int_equal( params.done, sizeof(block_limits) );
    assert_int_equal( params.scsi_status, 0 );
    assert_int_equal( params.sense_size, 0 );
    assert_memory_equal( data, block_limits, sizeof(block_limits) );

    add_sense( SCSI_READ_POSITION, 6, 0x28, 0 );
    assert_int_equal( CALL( pass_through, &params ), STATUS_SUCCESS );
    assert_int_equal( params.scsi_status, 2 );
    assert_int_equal( params.sense_size, 18 );
    assert_int_equal( params.sense[12], 0x28 );
    /* the program has been told */
    assert_int_equal( test_drive(), STATUS_SUCCESS );
    params.size = 0x100001;
    assert_int_equal( CALL( pass_through, &params ), STATUS_INVALID_PARAMETER );
}

/* nothing is sent once a request has been given up, until that is taken back */
static void test_cancel( void **state )
{
    struct cancel_params params = { unit, TRUE };
    UINT32 done;

    assert_int_equal( test_drive(), STATUS_SUCCESS );
    CALL( cancel, &params );
    fake_commands = 0;
    assert_int_equal( set_position( TAPE_REWIND, 0 ), STATUS_CANCELLED );
    assert_int_equal( read_tape( 512, &done ), STATUS_CANCELLED );
    assert_int_equal( fake_commands, 0 );
    params.cancel = FALSE;
    CALL( cancel, &params );
    assert_int_equal( set_position( TAPE_REWIND, 0 ), STATUS_SUCCESS );
}

/* the node of the drive is another drive's by now: what was enabled was not that */
static void test_replaced( void **state )
{
    UINT8 other[36];

    close_drive();
    memcpy( other, tape_inquiry, sizeof(other) );
    other[32] = '2';  /* new firmware */
    always_data( SCSI_INQUIRY, other, sizeof(other) );
    assert_int_equal( open_drive( TRUE ), STATUS_SUCCESS );
    close_drive();
    other[16] = 'X';
    assert_int_equal( open_drive( TRUE ), STATUS_DEVICE_NOT_CONNECTED );
    assert_int_equal( fake_open_fds, 0 );
    assert_int_equal( next_event(), DEVICE_EVENT_REMOVED );
    stop();
    next_event();
    next_event();
    assert_int_equal( open_drive( TRUE ), STATUS_SUCCESS );
}

/* every operation that programs can ask for */
static void op_read(void)        { UINT32 done; read_reply( 1024 ); read_tape( 1024, &done ); assert_true( done <= 1024 ); }
static void op_write(void)       { UINT32 done; write_tape( 1024, &done ); assert_true( done <= 1024 ); }
static void op_fixed(void)       { UINT32 done; set_block_size( 512 ); write_tape( 0x180000, &done ); read_tape( 1024, &done ); set_block_size( 0 ); }
static void op_marks(void)       { write_marks( 1 ); }
static void op_setmarks(void)    { struct write_marks_params params = { drive, TAPE_SETMARKS, 1 }; CALL( write_marks, &params ); }
static void op_rewind(void)      { set_position( TAPE_REWIND, 0 ); }
static void op_absolute(void)    { set_position( TAPE_ABSOLUTE_BLOCK, 0 ); }
static void op_logical(void)     { set_position( TAPE_LOGICAL_BLOCK, 0 ); }
static void op_pseudo(void)      { set_position( TAPE_PSEUDO_LOGICAL_BLOCK, 0 ); }
static void op_end(void)         { set_position_in( TAPE_SPACE_END_OF_DATA, 1, 0, FALSE ); }
static void op_blocks(void)      { set_position( TAPE_SPACE_RELATIVE_BLOCKS, 0x900000 ); }
static void op_filemarks(void)   { set_position( TAPE_SPACE_FILEMARKS, -1 ); }
static void op_sequential(void)  { set_position( TAPE_SPACE_SEQUENTIAL_FMKS, 1 ); }
static void op_setmark(void)     { set_position( TAPE_SPACE_SETMARKS, 1 ); }
static void op_seq_setmark(void) { set_position( TAPE_SPACE_SEQUENTIAL_SMKS, 1 ); }
static void op_position(void)    { UINT64 block; UINT32 part; get_position( &block ); get_position_of( 0, &part, &block ); get_position_of( 1, &part, &block ); }
static void op_lock(void)        { prepare( TAPE_LOCK ); }
static void op_unload(void)      { prepare( TAPE_UNLOCK ); prepare( TAPE_UNLOAD ); }
static void op_load(void)        { prepare( TAPE_LOAD ); }
static void op_tension(void)     { prepare( TAPE_TENSION ); }
static void op_format(void)      { prepare( TAPE_FORMAT ); }
static void op_erase(void)       { struct erase_params params = { drive, TRUE, FALSE }; CALL( erase, &params ); }
static void op_partition(void)   { create_partition( TAPE_INITIATOR_PARTITIONS, 2, 10 ); create_partition( TAPE_SELECT_PARTITIONS, 2, 10 ); }
static void op_test(void)        { test_drive(); }
static void op_status(void)      { get_status(); }
static void op_info(void)        { struct get_drive_info_params params = { drive }; CALL( get_drive_info, &params ); }
static void op_medium(void)      { struct get_medium_info_params params = { drive, TRUE }; CALL( get_medium_info, &params ); }
static void op_types(void)       { struct get_medium_info_params params = { drive }; CALL( get_medium_info, &params ); }
static void op_serial(void)      { struct get_serial_params params = { drive }; CALL( get_serial, &params ); }
static void op_reserve(void)     { struct reserve_params params = { drive, TRUE }; CALL( reserve, &params ); }
static void op_settings(void)    { set_drive_info( (struct drive_settings){ 5000000, TRUE, TRUE, TRUE } ); set_drive_info( (struct drive_settings){ 0 } ); }
static void op_pass(void)
{
    struct pass_through_params params = { .handle = drive, .timeout_ms = 1, .cdb_size = 6 };
    CALL( pass_through, &params );
}

static void (*const operations[])(void) =
{
    op_read, op_write, op_fixed, op_marks, op_setmarks, op_rewind, op_absolute, op_logical, op_pseudo, op_end, op_blocks,
    op_filemarks, op_sequential, op_setmark, op_seq_setmark, op_position, op_lock, op_unload, op_load, op_tension, op_format,
    op_erase, op_partition, op_test, op_status, op_info, op_medium, op_types, op_serial, op_reserve, op_settings, op_pass,
};

/* a drive that has everything: each page is the answer to every request for a page in turn */
static void make_rich_drive( const char *page )
{
    make_drive();
    always_vector( SCSI_MODE_SENSE_6, page );
    always_vector( SCSI_LOG_SENSE, "k23-log-pages" );
    always_vector( SCSI_READ_ATTRIBUTE, "k23-attributes" );
}

/* the drive is found, opened, used and closed, with the host call number at failing; returns how many calls there were */
static unsigned int use_drive( void (*operation)(void), unsigned int at, int error, const char *page )
{
    unsigned int calls;

    make_rich_drive( page );
    fake_fail_at = at;
    fake_fail_errno = error;
    unit = 0;
    while (next_event() != DEVICE_EVENT_SETTLED) ;
    if (unit && !open_drive( TRUE ))
    {
        operation();
        close_drive();
    }
    assert_int_equal( fake_open_fds, 0 );
    calls = fake_calls;
    fake_fail_at = 0;
    if (unit) stop();
    else
    {
        /* the device that did not answer is forgotten when it goes */
        fake_device_count = 0;
        CALL( stop_events, NULL );
        assert_int_equal( next_event(), DEVICE_EVENT_STOPPED );
        assert_int_equal( next_event(), DEVICE_EVENT_SETTLED );
        CALL( stop_events, NULL );
        assert_int_equal( next_event(), DEVICE_EVENT_STOPPED );
    }
    free_vectors();
    return calls;
}

/* Each host call fails in turn, in each operation on each kind of drive: whatever the outcome, all descriptors and all
 * memory come back. */
static void test_failing_calls( void **state )
{
    static const char *const pages[] =
    {
        "k23-mode-compression", "k23-mode-configuration", "k23-mode-extension", "k23-mode-partitions"
    };
    static const int errors[] = { EIO, ENODEV, ENOMEM, EBUSY, EACCES, ECANCELED };
    unsigned int at, op, page, calls, total = 0;

    close_drive();
    stop();
    for (op = 0; op < ARRAY_SIZE(operations); op++)
    {
        for (page = 0; page < ARRAY_SIZE(pages); page++)
        {
            calls = use_drive( operations[op], 0, 0, pages[page] );
            assert_true( calls > 5 );
            for (at = 1; at <= calls; at++, total++)
                use_drive( operations[op], at, errors[(op + page + at) % ARRAY_SIZE(errors)], pages[page] );
        }
    }
    print_message( "%u calls have failed\n", total );
    make_drive();
    next_event();
    next_event();
    assert_int_equal( open_drive( TRUE ), STATUS_SUCCESS );
}

#define TEST( name ) cmocka_unit_test_setup_teardown( name, set_up, tear_down )

int main(void)
{
    static const struct CMUnitTest tests[] =
    {
        TEST( test_variable_read ),
        TEST( test_hostile_information ),
        TEST( test_variable_write ),
        TEST( test_fixed ),
        TEST( test_fixed_missing_data ),
        TEST( test_fixed_refused ),
        TEST( test_deferred ),
        TEST( test_write_marks ),
        TEST( test_generations ),
        TEST( test_attentions_at_open ),
        TEST( test_not_enabled ),
        TEST( test_block_limits ),
        TEST( test_modes ),
        TEST( test_supported_commands ),
        TEST( test_unsupported ),
        TEST( test_reported_position ),
        TEST( test_counted_position ),
        TEST( test_space ),
        TEST( test_load ),
        TEST( test_unlock_at_close ),
        TEST( test_compression ),
        TEST( test_lock_busy ),
        TEST( test_partitioned ),
        TEST( test_not_partitioned ),
        TEST( test_long_position ),
        TEST( test_create_partition ),
        TEST( test_setmarks ),
        TEST( test_sequential_marks ),
        TEST( test_huge_space ),
        TEST( test_immediate ),
        TEST( test_settings ),
        TEST( test_warning_zone ),
        TEST( test_cleaning ),
        TEST( test_device_status ),
        TEST( test_capacity ),
        TEST( test_reserve ),
        TEST( test_pass_through ),
        TEST( test_cancel ),
        TEST( test_replaced ),
        TEST( test_failing_calls ),
    };

    return cmocka_run_group_tests( tests, NULL, NULL );
}
