/*
 * Fuzzing of the Unix half of tape.sys: sense data, mode and log pages, vital product data, attributes, positions
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

/* The first byte of the input says what is done. Most values are operations of programs, on a drive whose answers are the
 * rest of the input: for each command a byte of flags, a byte of length, and the sense data or the data themselves. When
 * they are used up, the drive is gone. */

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"

#include "drive.h"

#define ANSWER_SENSE  0x01
#define ANSWER_BUSY   0x02
#define ANSWER_HOST   0x04
#define ANSWER_MORE   0xf0  /* so many more bytes, all equal */

#define MAX_COMMANDS 64

static const UINT8 inquiry[36] = { 0x01, 0x80, 0x06, 0x02, 0x1f, 0, 0, 0, 'M', 'A', 'K', 'E', 'R' };

static const UINT8 *input;
static size_t input_size;
static unsigned int commands;
static BOOL fuzz_identity;

static UINT8 take_byte(void)
{
    if (!input_size) return 0;
    input_size--;
    return *input++;
}

static size_t take_bytes( void *dst, size_t size )
{
    if (size > input_size) size = input_size;
    memcpy( dst, input, size );
    input += size;
    input_size -= size;
    return size;
}

static int fuzz_sg_io( int fd, struct sg_io_hdr *hdr )
{
    UINT8 flags, answer[255 + 15 * 16], size;
    unsigned int len;

    if (!fuzz_identity && hdr->cmdp[0] == SCSI_INQUIRY)
    {
        len = hdr->cmdp[1] ? 0 : min( hdr->dxfer_len, sizeof(inquiry) );
        memcpy( hdr->dxferp, inquiry, len );
        hdr->resid = hdr->dxfer_len - len;
        return 0;
    }
    if (!input_size || ++commands > MAX_COMMANDS) return -ENODEV;
    flags = take_byte();
    size = take_byte();
    memset( answer, size, sizeof(answer) );
    len = take_bytes( answer, size );
    if (!(flags & ANSWER_SENSE)) len += flags & ANSWER_MORE;
    if (flags & ANSWER_BUSY) hdr->status = 0x08;
    if (flags & ANSWER_HOST) hdr->host_status = size;
    if (flags & ANSWER_SENSE)
    {
        hdr->status = 0x02;
        hdr->sb_len_wr = min( len, hdr->mx_sb_len );
        memcpy( hdr->sbp, answer, hdr->sb_len_wr );
        len = 0;
    }
    if (hdr->dxfer_direction != SG_DXFER_FROM_DEV) return 0;
    len = min( len, hdr->dxfer_len );
    memcpy( hdr->dxferp, answer, len );
    hdr->resid = hdr->dxfer_len - len;
    return 0;
}

static int fuzz_open( const char *path, int flags ) { return 3; }
static int fuzz_close( int fd ) { return 0; }
static int fuzz_max_transfer( int fd ) { return 0x10000; }
static void fuzz_wake(void) {}
static void fuzz_sleep_ms( unsigned int ms ) {}

struct host_ops host_ops =
{
    .open_device  = fuzz_open,
    .close_device = fuzz_close,
    .sg_io        = fuzz_sg_io,
    .max_transfer = fuzz_max_transfer,
    .wake         = fuzz_wake,
    .sleep_ms     = fuzz_sleep_ms,
};

/* memory of exactly the input's size, so that reading beyond it is seen */
static void parse( const UINT8 *data, size_t size )
{
    struct block_limits limits;
    struct tape_position position;
    struct partition_page partitions;
    struct scsi_sense sense;
    const UINT8 *value;
    unsigned int value_size;
    UINT64 number;
    UINT16 id = size > 1 ? get_be16( data ) : 0;

    decode_sense( data, size, &sense );
    sense_to_status( &sense );
    parse_block_limits( data, size, &limits );
    parse_short_position( data, size, &position );
    parse_long_position( data, size, &position );
    parse_partition_page( data, size, &partitions );
    has_log_page( data, size, id & 0x3f );
    for (id = 0; id < 4; id++)
    {
        if (find_log_parameter( data, size, size ? data[0] & 0x3f : 0, id, &value, &value_size ))
            get_number( value, value_size, &number );
        if (find_attribute( data, size, id | (size ? data[size - 1] << 8 : 0), &value, &value_size ))
            get_number( value, value_size, &number );
    }
}

static void identify(void)
{
    struct scsi_device device = { .fd = 3 };
    struct device_identity identity = { 0 };

    fuzz_identity = TRUE;
    if (!scsi_identify( &device, &identity ))
    {
        if (strlen( identity.vendor ) > 8 || strlen( identity.product ) > 16 || strlen( identity.revision ) > 4 ||
            strlen( identity.serial ) > 63 || identity.inquiry_size > sizeof(identity.inquiry)) abort();
    }
    fuzz_identity = FALSE;
}

static void transfer( struct drive *drive, BOOL write, UINT32 block_size )
{
    UINT32 size = block_size ? 4 * block_size : take_byte() * 16, done = 0;
    void *buffer = calloc( 1, size + 1 );

    if (block_size) drive_set_block_size( drive, block_size );
    if (write) drive_write( drive, buffer, size, &done );
    else drive_read( drive, buffer, size, &done );
    if (done > size) abort();
    free( buffer );
}

static void pass_through( struct drive *drive )
{
    struct pass_through_params params = { .size = take_byte(), .timeout_ms = 1, .direction = take_byte() % 3, .cdb_size = 6 };

    params.buffer = calloc( 1, params.size );
    take_bytes( params.cdb, 6 );
    drive_pass_through( drive, &params );
    if (params.done > params.size || params.sense_size > sizeof(params.sense)) abort();
    free( params.buffer );
}

static void set_position( struct drive *drive )
{
    UINT32 method = take_byte() % 11, partition = take_byte() % 3;
    INT64 offset = (INT8)take_byte();

    if (method == TAPE_ABSOLUTE_BLOCK) offset = (UINT64)offset << take_byte() % 64;
    drive_set_position( drive, method, partition, offset, FALSE );
}

static void use( struct drive *drive, UINT8 operation )
{
    struct drive_settings settings;
    struct medium_info medium;
    struct drive_info info;
    char serial[64];
    UINT32 partition, type;
    UINT64 block;

    switch (operation % 16)
    {
    case 0: drive_get_info( drive, &info ); break;
    case 1: drive_get_medium_info( drive, TRUE, &medium ); break;
    case 2: drive_get_medium_info( drive, FALSE, &medium ); break;
    case 3: drive_get_serial( drive, serial, sizeof(serial) ); break;
    case 4: if (!drive_test( drive )) drive_wants_cleaning( drive ); break;
    case 5: for (type = 0; type < 3; type++) drive_get_program_position( drive, type, &partition, &block ); break;
    case 6: set_position( drive ); break;
    case 7: transfer( drive, FALSE, 0 ); break;
    case 8: transfer( drive, TRUE, 0 ); break;
    case 9: transfer( drive, FALSE, 512 ); break;
    case 10: transfer( drive, TRUE, 512 ); break;
    case 11: type = take_byte(); drive_write_marks( drive, type % 5, type, FALSE ); break;
    case 12: take_bytes( &settings, sizeof(settings) ); drive_set_info( drive, &settings ); break;
    case 13: type = take_byte(); drive_prepare( drive, type % 7, type >> 7 ); break;
    case 14: type = take_byte(); drive_create_partition( drive, type % 4, type >> 4, type << 9 ); break;
    case 15: pass_through( drive ); break;
    }
}

int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    struct tape tape = { .unit = { .scsi.fd = -1, .identity = { .type = 1, .vendor = "MAKER" } } };
    struct drive *drive;
    UINT8 operation, i;

    if (!size) return 0;
    input = data + 1;
    input_size = size - 1;
    commands = 0;
    if (data[0] == 0xff)
    {
        parse( input, input_size );
        return 0;
    }
    if (data[0] == 0xfe)
    {
        identify();
        return 0;
    }
    if (drive_open( &tape, TRUE, &drive )) return 0;
    operation = data[0];
    for (i = 0; i < 3 && input_size; i++, operation = take_byte()) use( drive, operation );
    drive_close( drive );
    return 0;
}
