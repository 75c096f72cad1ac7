/*
 * Where the tape stands, and moving it
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

#if 0
#pragma makedep unix
#endif

#include "config.h"

#include <stdarg.h>
#include <stdlib.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "wine/debug.h"

#include "drive.h"
#include "drive_features.h"

WINE_DEFAULT_DEBUG_CHANNEL(tape);

/* codes of SPACE; setmarks are SCSI-2's */
#define SPACE_BLOCKS      0
#define SPACE_FILEMARKS   1
#define SPACE_END_OF_DATA 3
#define SPACE_SETMARKS    4

/* what SPACE(6) can count */
#define SPACE_MIN -0x800000
#define SPACE_MAX 0x7fffff

#define LONG_FORM 0x06

#define SKIP_SIZE 512

/* Absolute addresses are the device's own business. Ours are unique on the whole medium. */
#define ABSOLUTE_PARTITION_SHIFT 56
#define MAX_ABSOLUTE_PARTITION   0x7f

static void set_position( struct drive *drive, UINT64 block )
{
    drive->position_known = TRUE;
    drive->position = block;
}

void drive_forget_position( struct drive *drive )
{
    drive->position_known = FALSE;
}

NTSTATUS drive_rewind( struct drive *drive, BOOL immediate )
{
    struct scsi_command cmd = { .cdb = { SCSI_REWIND, immediate }, .timeout_ms = SCSI_TIMEOUT_LONG, .flags = SCSI_RETRY };
    NTSTATUS status;

    status = drive_execute( drive, &cmd );
    if (status) drive_forget_position( drive );
    else set_position( drive, 0 );
    return status;
}

static NTSTATUS read_long_position( struct drive *drive, struct tape_position *position )
{
    UINT8 data[32] = { 0 };
    struct scsi_command cmd = { .cdb = { SCSI_READ_POSITION, LONG_FORM }, .direction = SCSI_DATA_IN, .data = data,
                                .size = sizeof(data), .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    NTSTATUS status;

    if ((status = drive_execute( drive, &cmd ))) return status;
    return parse_long_position( data, cmd.transferred, position ) ? STATUS_SUCCESS : STATUS_IO_DEVICE_ERROR;
}

/* a drive that says it does not know where its tape stands is not asked again */
static NTSTATUS read_position( struct drive *drive, struct tape_position *position )
{
    UINT8 data[20] = { 0 };
    struct scsi_command cmd = { .cdb = { SCSI_READ_POSITION }, .direction = SCSI_DATA_IN, .data = data,
                                .size = sizeof(data), .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    NTSTATUS status;

    if ((status = drive_execute( drive, &cmd ))) return status;
    if (!parse_short_position( data, cmd.transferred, position )) position->known = FALSE;
    if (position->overflow && (status = read_long_position( drive, position ))) return status;
    drive->position_asked = TRUE;
    drive->position_useless = !position->known;
    return position->known ? STATUS_SUCCESS : STATUS_NOT_SUPPORTED;
}

BOOL drive_tells_position( struct drive *drive )
{
    struct tape_position position;

    if (!drive->position_asked && drive_supports( drive, SCSI_READ_POSITION )) read_position( drive, &position );
    return !drive->position_useless && drive_supports( drive, SCSI_READ_POSITION );
}

NTSTATUS drive_get_position( struct drive *drive, UINT32 *partition, UINT64 *block )
{
    struct tape_position position;
    NTSTATUS status;

    if (drive->position_useless || !drive_supports( drive, SCSI_READ_POSITION )) return STATUS_NOT_SUPPORTED;
    if ((status = read_position( drive, &position ))) return status;
    *partition = position.partition;
    *block = position.block;
    return STATUS_SUCCESS;
}

/* as the drive tells it, or counted since the tape was rewound */
static NTSTATUS get_pseudo_position( struct drive *drive, UINT32 *partition, UINT64 *block )
{
    NTSTATUS status;

    status = drive_get_position( drive, partition, block );
    if (status != STATUS_NOT_SUPPORTED) return status;
    if (!drive->position_known)
    {
        WARN( "the drive does not tell its position, and it has not been rewound\n" );
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    *partition = 0;
    *block = drive->position;
    return STATUS_SUCCESS;
}

/* Partitions are counted from 1 for programs, 0 means that there is only one. */
NTSTATUS drive_get_program_position( struct drive *drive, UINT32 type, UINT32 *partition, UINT64 *block )
{
    UINT32 current;
    NTSTATUS status;

    if (type == TAPE_PSEUDO_LOGICAL_POSITION) status = get_pseudo_position( drive, &current, block );
    else status = drive_get_position( drive, &current, block );
    if (status) return status;

    *partition = drive_count_partitions( drive ) > 1 ? current + 1 : 0;
    if (type != TAPE_ABSOLUTE_POSITION) return STATUS_SUCCESS;
    if (current > MAX_ABSOLUTE_PARTITION || *block >> ABSOLUTE_PARTITION_SHIFT) return STATUS_IO_DEVICE_ERROR;
    *block |= (UINT64)current << ABSOLUTE_PARTITION_SHIFT;
    *partition = 0;
    return STATUS_SUCCESS;
}

/* partition counts from 0 and matters when it is changed */
NTSTATUS drive_locate( struct drive *drive, BOOL change, UINT32 partition, UINT64 block, BOOL immediate )
{
    struct scsi_command cmd = { .cdb = { SCSI_LOCATE_10, (change ? 0x02 : 0) | (immediate ? 0x01 : 0) },
                                .timeout_ms = SCSI_TIMEOUT_LONG, .flags = SCSI_RETRY };
    NTSTATUS status;

    if (block > 0xffffffff)
    {
        cmd.cdb[0] = SCSI_LOCATE_16;
        cmd.cdb[3] = partition;
        put_be64( cmd.cdb + 4, block );
    }
    else
    {
        put_be32( cmd.cdb + 3, block );
        cmd.cdb[8] = partition;
    }
    status = drive_execute( drive, &cmd );
    if (status) drive_forget_position( drive );
    else set_position( drive, block );
    return status;
}

/* Without LOCATE: every block and every mark is passed by reading. SPACE is not used because old drives, and some
 * virtual ones, do not say when it met a mark. */
static NTSTATUS locate_by_reading( struct drive *drive, UINT64 block )
{
    UINT32 size = drive->block_size ? drive->block_size : min( SKIP_SIZE, drive->max_block ), done;
    NTSTATUS status = STATUS_SUCCESS;
    void *buffer;

    if (!drive->position_known || block < drive->position) status = drive_rewind( drive, FALSE );
    if (status) return status;
    if (!(buffer = malloc( size ))) return STATUS_NO_MEMORY;
    while (!status && drive->position_known && drive->position < block)
    {
        status = drive_read( drive, buffer, size, &done );
        if (status == STATUS_BUFFER_OVERFLOW || status == STATUS_FILEMARK_DETECTED || status == STATUS_SETMARK_DETECTED)
            status = STATUS_SUCCESS;
    }
    free( buffer );
    return status;
}

/* what the program calls partition counts from 1, 0 is the one where the tape stands */
static NTSTATUS check_partition( struct drive *drive, UINT32 partition )
{
    return partition <= max( drive_count_partitions( drive ), 1 ) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

static BOOL is_other_partition( struct drive *drive, UINT32 partition )
{
    return partition && drive_count_partitions( drive ) > 1;
}

static NTSTATUS rewind_partition( struct drive *drive, UINT32 partition, BOOL immediate )
{
    NTSTATUS status;

    if ((status = check_partition( drive, partition ))) return status;
    if (!is_other_partition( drive, partition )) return drive_rewind( drive, immediate );
    return drive_locate( drive, TRUE, partition - 1, 0, immediate );
}

static NTSTATUS go_to_absolute( struct drive *drive, INT64 address, BOOL immediate )
{
    UINT32 partition = (UINT64)address >> ABSOLUTE_PARTITION_SHIFT;
    UINT64 block = address & (((UINT64)1 << ABSOLUTE_PARTITION_SHIFT) - 1);

    if (address < 0 || check_partition( drive, partition + 1 )) return STATUS_INVALID_PARAMETER;
    return drive_locate( drive, drive_count_partitions( drive ) > 1, partition, block, immediate );
}

static NTSTATUS go_to_logical( struct drive *drive, UINT32 partition, INT64 block, BOOL immediate )
{
    NTSTATUS status;

    if (block < 0) return STATUS_INVALID_PARAMETER;
    if ((status = check_partition( drive, partition ))) return status;
    if (is_other_partition( drive, partition )) return drive_locate( drive, TRUE, partition - 1, block, immediate );
    return drive_locate( drive, FALSE, 0, block, immediate );
}

static NTSTATUS go_to_block( struct drive *drive, UINT32 method, UINT32 partition, INT64 offset, BOOL immediate )
{
    NTSTATUS status;

    if (drive_tells_position( drive ) && drive_supports( drive, SCSI_LOCATE_10 ))
    {
        if (method == TAPE_ABSOLUTE_BLOCK) status = go_to_absolute( drive, offset, immediate );
        else status = go_to_logical( drive, partition, offset, immediate );
        if (status != STATUS_NOT_SUPPORTED) return status;
    }
    if (method != TAPE_PSEUDO_LOGICAL_BLOCK || immediate) return STATUS_NOT_SUPPORTED;
    if (offset < 0 || partition > 1) return STATUS_INVALID_PARAMETER;
    return locate_by_reading( drive, offset );
}

static BOOL needs_space_16( INT64 count )
{
    return count < SPACE_MIN || count > SPACE_MAX;
}

/* A count of blocks is right after a success only on drives that stop at marks; they have READ POSITION. */
static NTSTATUS space_once( struct drive *drive, UINT8 code, INT64 count )
{
    struct scsi_command cmd = { .cdb = { SCSI_SPACE_6, code }, .timeout_ms = SCSI_TIMEOUT_LONG };
    NTSTATUS status;

    if (needs_space_16( count ))
    {
        cmd.cdb[0] = SCSI_SPACE_16;
        put_be64( cmd.cdb + 4, count );
    }
    else put_be24( cmd.cdb + 2, count );

    status = drive_execute( drive, &cmd );
    drive_forget_position( drive );
    if (count < 0 && cmd.sense.valid && cmd.sense.eom && cmd.sense.key <= SENSE_RECOVERED)
        status = STATUS_BEGINNING_OF_MEDIA;
    if (status == STATUS_BEGINNING_OF_MEDIA) set_position( drive, 0 );
    return status;
}

/* in several parts on drives that only know SPACE(6) */
static NTSTATUS space( struct drive *drive, UINT8 code, INT64 count )
{
    NTSTATUS status = STATUS_SUCCESS;
    INT64 part;

    if (needs_space_16( count ) && drive_supports( drive, SCSI_SPACE_16 ))
    {
        status = space_once( drive, code, count );
        if (status != STATUS_NOT_SUPPORTED) return status;
    }
    for (status = STATUS_SUCCESS; count && !status; count -= part)
    {
        part = min( max( count, SPACE_MIN ), SPACE_MAX );
        status = space_once( drive, code, part );
    }
    return status;
}

/* Few drives look for marks in a row themselves. Two marks are that when only one of them is between two positions. */
static NTSTATUS space_sequential( struct drive *drive, UINT8 code, INT64 count )
{
    INT64 step = count < 0 ? -1 : 1, run = 0;
    UINT64 before, after = 0;
    UINT32 partition;
    NTSTATUS status;

    while (run < count * step)
    {
        before = after;
        if ((status = space_once( drive, code, step ))) return status;
        if ((status = drive_get_position( drive, &partition, &after ))) return status;
        run = run && after == before + step ? run + 1 : 1;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS space_end_of_data( struct drive *drive, UINT32 partition )
{
    NTSTATUS status;

    if ((status = check_partition( drive, partition ))) return status;
    if (is_other_partition( drive, partition ) && (status = drive_locate( drive, TRUE, partition - 1, 0, FALSE )))
        return status;
    return space_once( drive, SPACE_END_OF_DATA, 0 );
}

static NTSTATUS space_marks( struct drive *drive, UINT32 method, INT64 count )
{
    switch (method)
    {
    case TAPE_SPACE_RELATIVE_BLOCKS: return space( drive, SPACE_BLOCKS, count );
    case TAPE_SPACE_FILEMARKS:       return space( drive, SPACE_FILEMARKS, count );
    case TAPE_SPACE_SEQUENTIAL_FMKS:
        if (!drive_tells_position( drive )) return STATUS_NOT_SUPPORTED;
        return space_sequential( drive, SPACE_FILEMARKS, count );
    case TAPE_SPACE_SETMARKS:
        if (!drive_has_setmarks( drive )) return STATUS_NOT_SUPPORTED;
        return space( drive, SPACE_SETMARKS, count );
    case TAPE_SPACE_SEQUENTIAL_SMKS:
        if (!drive_has_setmarks( drive ) || !drive_tells_position( drive )) return STATUS_NOT_SUPPORTED;
        return space_sequential( drive, SPACE_SETMARKS, count );
    }
    return STATUS_INVALID_PARAMETER;
}

/* SPACE ends when the tape has arrived */
NTSTATUS drive_set_position( struct drive *drive, UINT32 method, UINT32 partition, INT64 offset, BOOL immediate )
{
    NTSTATUS status;

    if (method > TAPE_SPACE_SEQUENTIAL_SMKS) return STATUS_INVALID_PARAMETER;
    if ((status = drive_check( drive ))) return status;
    switch (method)
    {
    case TAPE_REWIND:
        return rewind_partition( drive, partition, immediate );
    case TAPE_ABSOLUTE_BLOCK:
    case TAPE_LOGICAL_BLOCK:
    case TAPE_PSEUDO_LOGICAL_BLOCK:
        status = go_to_block( drive, method, partition, offset, immediate );
        return immediate && status == STATUS_INVALID_PARAMETER ? STATUS_NOT_SUPPORTED : status;
    }
    if (immediate) return STATUS_NOT_SUPPORTED;
    if (method == TAPE_SPACE_END_OF_DATA) return space_end_of_data( drive, partition );
    return space_marks( drive, method, offset );
}
