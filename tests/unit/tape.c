/*
 * Unit tests of the Unix half of tape.sys: limits, modes, statuses, generations, failing host calls
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

    CALL( close_drive, &params );
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

static void use_drive(void)
{
    UINT64 block;
    UINT32 done;

    set_block_size( 0 );
    set_position( TAPE_REWIND, 0 );
    write_tape( 1024, &done );
    assert_true( done <= 1024 );
    write_marks( 1 );
    set_position( TAPE_LOGICAL_BLOCK, 0 );
    read_reply( 1024 );
    read_tape( 1024, &done );
    assert_true( done <= 1024 );
    get_position( &block );
    get_info();
    prepare( TAPE_LOCK );
    prepare( TAPE_UNLOAD );
    prepare( TAPE_LOAD );
}

/* each host call fails in turn: whatever the outcome, all descriptors and all memory come back */
static void test_failing_calls( void **state )
{
    static const int errors[] = { EIO, ENODEV, ENOMEM, EBUSY, EACCES };
    unsigned int at, i;
    BOOL reached;

    close_drive();
    stop();
    for (i = 0; i < ARRAY_SIZE(errors); i++)
    {
        for (at = 1, reached = TRUE; reached; at++)
        {
            make_drive();
            fake_fail_at = at;
            fake_fail_errno = errors[i];
            unit = 0;
            while (next_event() != DEVICE_EVENT_SETTLED) ;
            if (unit && !open_drive( TRUE ))
            {
                use_drive();
                close_drive();
            }
            assert_int_equal( fake_open_fds, 0 );
            reached = fake_calls >= at;
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
        }
        assert_true( at > 20 );
    }
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
        TEST( test_failing_calls ),
    };

    return cmocka_run_group_tests( tests, NULL, NULL );
}
