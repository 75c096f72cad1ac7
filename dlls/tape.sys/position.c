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

WINE_DEFAULT_DEBUG_CHANNEL(tape);

/* codes of SPACE */
#define SPACE_BLOCKS               0
#define SPACE_FILEMARKS            1
#define SPACE_SEQUENTIAL_FILEMARKS 2
#define SPACE_END_OF_DATA          3

#define SKIP_SIZE 512

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

/* READ POSITION, short form: flags, partition, first block. A drive that says it does not know is not asked again. */
static NTSTATUS read_position( struct drive *drive, UINT32 *partition, UINT64 *block )
{
    UINT8 data[20] = { 0 };
    struct scsi_command cmd = { .cdb = { SCSI_READ_POSITION }, .direction = SCSI_DATA_IN, .data = data,
                                .size = sizeof(data), .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    NTSTATUS status;

    if ((status = drive_execute( drive, &cmd ))) return status;
    if (cmd.transferred < 8 || (data[0] & 0x04))
    {
        drive->position_useless = TRUE;
        return STATUS_NOT_SUPPORTED;
    }
    if (data[0] & 0x02)
    {
        FIXME( "block numbers of more than 32 bits\n" );
        return STATUS_NOT_SUPPORTED;
    }
    *partition = data[1];
    *block = get_be32( data + 4 );
    return STATUS_SUCCESS;
}

/* Partitions are counted from 1, 0 means that there is only one. */
NTSTATUS drive_get_position( struct drive *drive, UINT32 *partition, UINT64 *block )
{
    UINT32 current;
    NTSTATUS status;

    if (!drive->position_useless && drive_supports( drive, SCSI_READ_POSITION ))
    {
        if (!(status = read_position( drive, &current, block ))) *partition = current ? current + 1 : 0;
        if (status != STATUS_NOT_SUPPORTED) return status;
    }
    if (!drive->position_known)
    {
        WARN( "the drive does not tell its position, and it has not been rewound\n" );
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    *partition = 0;
    *block = drive->position;
    return STATUS_SUCCESS;
}

static NTSTATUS locate( struct drive *drive, UINT64 block )
{
    struct scsi_command cmd = { .cdb = { SCSI_LOCATE_10 }, .timeout_ms = SCSI_TIMEOUT_LONG, .flags = SCSI_RETRY };
    NTSTATUS status;

    if (block > 0xffffffff)
    {
        cmd.cdb[0] = SCSI_LOCATE_16;
        put_be64( cmd.cdb + 4, block );
    }
    else put_be32( cmd.cdb + 3, block );

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

static NTSTATUS go_to_block( struct drive *drive, INT64 block )
{
    NTSTATUS status;

    if (block < 0) return STATUS_INVALID_PARAMETER;
    if (drive_supports( drive, SCSI_LOCATE_10 ))
    {
        status = locate( drive, block );
        if (status != STATUS_NOT_SUPPORTED) return status;
    }
    return locate_by_reading( drive, block );
}

/* A count of blocks is right after a success only on drives that stop at marks; they have READ POSITION. */
static NTSTATUS space( struct drive *drive, UINT8 code, INT64 count )
{
    struct scsi_command cmd = { .cdb = { SCSI_SPACE_6, code }, .timeout_ms = SCSI_TIMEOUT_LONG };
    NTSTATUS status;

    if (!count && code != SPACE_END_OF_DATA) return STATUS_SUCCESS;
    if (count < -0x800000 || count > 0x7fffff)
    {
        cmd.cdb[0] = SCSI_SPACE_16;
        put_be64( cmd.cdb + 4, count );
    }
    else put_be24( cmd.cdb + 2, count );

    status = drive_execute( drive, &cmd );
    drive_forget_position( drive );
    if (count < 0 && cmd.sense.eom && cmd.sense.key <= SENSE_RECOVERED) status = STATUS_BEGINNING_OF_MEDIA;
    if (status == STATUS_BEGINNING_OF_MEDIA) set_position( drive, 0 );
    return status;
}

NTSTATUS drive_set_position( struct drive *drive, UINT32 method, UINT32 partition, INT64 offset, BOOL immediate )
{
    NTSTATUS status;

    if ((status = drive_check( drive ))) return status;
    if (method <= TAPE_SPACE_END_OF_DATA && method != TAPE_ABSOLUTE_BLOCK && partition > 1)
    {
        FIXME( "partition %u\n", partition );
        return STATUS_NOT_SUPPORTED;
    }
    switch (method)
    {
    case TAPE_REWIND:                return drive_rewind( drive, immediate );
    case TAPE_ABSOLUTE_BLOCK:
    case TAPE_LOGICAL_BLOCK:
    case TAPE_PSEUDO_LOGICAL_BLOCK:  return go_to_block( drive, offset );
    case TAPE_SPACE_END_OF_DATA:     return space( drive, SPACE_END_OF_DATA, 0 );
    case TAPE_SPACE_RELATIVE_BLOCKS: return space( drive, SPACE_BLOCKS, offset );
    case TAPE_SPACE_FILEMARKS:       return space( drive, SPACE_FILEMARKS, offset );
    case TAPE_SPACE_SEQUENTIAL_FMKS: return space( drive, SPACE_SEQUENTIAL_FILEMARKS, offset );
    case TAPE_SPACE_SETMARKS:
    case TAPE_SPACE_SEQUENTIAL_SMKS:
        FIXME( "setmarks are not implemented\n" );
        return STATUS_NOT_SUPPORTED;
    }
    return STATUS_INVALID_PARAMETER;
}
