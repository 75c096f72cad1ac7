/*
 * A tape drive: opening, commands, and what has to be known before a request
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

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "wine/debug.h"

#include "drive.h"

WINE_DEFAULT_DEBUG_CHANNEL(tape);

#define MAX_TRANSFER     0xffffff  /* 24 bits in READ(6), WRITE(6) and the block descriptor */
#define DEFAULT_TRANSFER 65536

void drive_sync_generations( struct drive *drive )
{
    drive->seen_media = drive_scsi( drive )->media_generation;
    drive->seen_reset = drive_scsi( drive )->reset_generation;
}

void drive_forget_medium( struct drive *drive )
{
    drive->fresh = FALSE;
    drive->partitions_known = FALSE;
    drive->cleaning_asked = FALSE;
    drive->unloaded = FALSE;
    drive->position_asked = drive->position_useless = FALSE;
    drive_forget_position( drive );
}

static void check_generations( struct drive *drive )
{
    const struct scsi_device *scsi = drive_scsi( drive );

    if (drive->known_media == scsi->media_generation && drive->known_reset == scsi->reset_generation) return;
    if (drive->known_reset != scsi->reset_generation) drive->locked = drive->reserved = FALSE;
    drive_forget_medium( drive );
    drive->known_media = scsi->media_generation;
    drive->known_reset = scsi->reset_generation;
}

/* A drive that says with a command which has succeeded that it wants to be cleaned is asked for its status anyway. */
static NTSTATUS watch_cleaning( struct drive *drive, const struct scsi_sense *sense, NTSTATUS status )
{
    if (status == STATUS_DEVICE_DATA_ERROR || status == STATUS_IO_DEVICE_ERROR) drive->cleaning_asked = FALSE;
    if (status != STATUS_DEVICE_REQUIRES_CLEANING) return status;
    drive_note_cleaning( drive, TRUE );
    return sense->key <= SENSE_RECOVERED ? STATUS_SUCCESS : status;
}

NTSTATUS drive_execute( struct drive *drive, struct scsi_command *cmd )
{
    UINT8 opcode = cmd->cdb[0];
    NTSTATUS status;

    status = scsi_execute( drive_scsi( drive ), cmd );
    status = watch_cleaning( drive, &cmd->sense, status );
    if (sense_is_unsupported( &cmd->sense )) drive->commands[opcode / 8] &= ~(1 << opcode % 8);
    check_generations( drive );
    /* the program hears of it now */
    if (status == STATUS_MEDIA_CHANGED || status == STATUS_BUS_RESET) drive_sync_generations( drive );
    return status;
}

/* REPORT SUPPORTED OPERATION CODES, all of them without time-outs: 4 bytes of length, then 8 for each command */
static BOOL read_commands( struct drive *drive, UINT8 commands[32] )
{
    UINT8 data[4 + 8 * 256];
    struct scsi_command cmd = { .cdb = { SCSI_MAINTENANCE_IN, 0x0c }, .direction = SCSI_DATA_IN, .data = data,
                                .size = sizeof(data), .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    unsigned int pos, size;

    put_be32( cmd.cdb + 6, sizeof(data) );
    if (drive_execute( drive, &cmd ) || cmd.transferred < 4) return FALSE;
    size = 4 + min( get_be32( data ), cmd.transferred - 4 );
    memset( commands, 0, 32 );
    for (pos = 4; pos + 8 <= size; pos += 8) commands[data[pos] / 8] |= 1 << data[pos] % 8;
    /* a list without the commands that every drive has is not to be believed */
    return (commands[SCSI_READ_6 / 8] & (1 << SCSI_READ_6 % 8)) &&
           (commands[SCSI_WRITE_6 / 8] & (1 << SCSI_WRITE_6 % 8));
}

static void learn_commands( struct drive *drive )
{
    UINT8 commands[32];
    unsigned int i;

    if (drive->commands_known) return;
    drive->commands_known = TRUE;
    if (!read_commands( drive, commands )) return;
    drive->commands_listed = TRUE;
    for (i = 0; i < 32; i++) drive->commands[i] &= commands[i];
}

/* Old drives do not list their commands: then all count as supported until one is refused. */
BOOL drive_supports( struct drive *drive, UINT8 opcode )
{
    learn_commands( drive );
    return drive->commands[opcode / 8] >> opcode % 8 & 1;
}

BOOL drive_lists( struct drive *drive, UINT8 opcode )
{
    return drive_supports( drive, opcode ) && drive->commands_listed;
}

/* opened after the generic node has drained the attentions: st takes one seen at its first use for a lost position */
static NTSTATUS lock_drive( struct drive *drive )
{
    const char *path = drive->tape->unit.host.lock_path;
    int fd;

    if (!path[0]) return STATUS_SUCCESS;
    if ((fd = host_ops.open_device( path, O_RDONLY | O_NONBLOCK | O_CLOEXEC )) < 0)
    {
        WARN( "failed to lock %s, errno %d\n", path, -fd );
        return fd == -EBUSY ? STATUS_SHARING_VIOLATION : errno_to_status( fd );
    }
    drive->lock_fd = fd;
    return STATUS_SUCCESS;
}

static NTSTATUS take_drive( struct drive *drive )
{
    NTSTATUS status;

    status = scsi_drain_attentions( drive_scsi( drive ) );
    if (status == STATUS_DEVICE_NOT_CONNECTED || status == STATUS_IO_TIMEOUT || status == STATUS_CANCELLED)
        return status;
    return lock_drive( drive );
}

NTSTATUS drive_open( struct tape *tape, BOOL enabled, struct drive **ret )
{
    struct drive *drive;
    NTSTATUS status;
    int limit;

    if (!(drive = calloc( 1, sizeof(*drive) ))) return STATUS_NO_MEMORY;
    drive->tape = tape;
    drive->lock_fd = -1;
    memset( drive->commands, 0xff, sizeof(drive->commands) );

    if (!(status = unit_open( &tape->unit ))) status = unit_identify( &tape->unit );
    if (!status && enabled) status = take_drive( drive );
    if (status)
    {
        drive_close( drive );
        return status;
    }
    limit = host_ops.max_transfer( tape->unit.scsi.fd );
    drive->max_transfer = limit > 0 ? min( limit, MAX_TRANSFER ) : DEFAULT_TRANSFER;
    drive_sync_generations( drive );
    check_generations( drive );
    *ret = drive;
    return STATUS_SUCCESS;
}

/* nothing that one program has asked of the drive stands in the way of the next */
void drive_close( struct drive *drive )
{
    if (drive->locked) drive_prevent_removal( drive, FALSE );
    if (drive->reserved) drive_reserve( drive, FALSE );
    if (drive->lock_fd >= 0) host_ops.close_device( drive->lock_fd );
    unit_close( &drive->tape->unit );
    free( drive );
}

NTSTATUS drive_check( struct drive *drive )
{
    struct scsi_device *scsi = drive_scsi( drive );
    BOOL media_changed = drive->seen_media != scsi->media_generation;
    BOOL was_reset = drive->seen_reset != scsi->reset_generation;

    drive_sync_generations( drive );
    check_generations( drive );
    if (media_changed) return STATUS_MEDIA_CHANGED;
    if (was_reset) return STATUS_BUS_RESET;
    if (drive->unloaded) return STATUS_NO_MEDIA;
    drive_refresh( drive );
    return STATUS_SUCCESS;
}

NTSTATUS drive_test( struct drive *drive )
{
    struct scsi_command cmd = { .cdb = { SCSI_TEST_UNIT_READY }, .timeout_ms = SCSI_TIMEOUT_QUICK };
    NTSTATUS status;

    if ((status = drive_check( drive )) && !drive->unloaded) return status;
    /* the next medium is announced by an attention */
    status = drive_execute( drive, &cmd );
    return drive->unloaded ? STATUS_NO_MEDIA : status;
}

NTSTATUS drive_reserve( struct drive *drive, BOOL reserve )
{
    struct scsi_command cmd = { .cdb = { reserve ? SCSI_RESERVE_6 : SCSI_RELEASE_6 }, .timeout_ms = SCSI_TIMEOUT_QUICK,
                                .flags = SCSI_RETRY };
    NTSTATUS status;

    if (!(status = drive_execute( drive, &cmd ))) drive->reserved = reserve;
    return status;
}

/* What the program makes the drive do is not known here: nothing holds afterwards that was known before. An attention is
 * the program's, as it sees the sense data. */
NTSTATUS drive_pass_through( struct drive *drive, struct pass_through_params *params )
{
    static const UINT8 directions[] =
    {
        [PASS_NO_DATA] = SCSI_NO_DATA, [PASS_DATA_IN] = SCSI_DATA_IN, [PASS_DATA_OUT] = SCSI_DATA_OUT
    };
    struct scsi_command cmd = { .cdb_size = params->cdb_size, .data = params->buffer, .size = params->size,
                                .timeout_ms = params->timeout_ms };
    unsigned int sense_size;
    NTSTATUS status;

    if (params->size > drive->max_transfer) return STATUS_INVALID_PARAMETER;
    memcpy( cmd.cdb, params->cdb, sizeof(cmd.cdb) );
    cmd.direction = directions[params->direction];
    status = scsi_pass_through( drive_scsi( drive ), &cmd, params->sense, &sense_size );
    params->scsi_status = cmd.scsi_status;
    params->sense_size = sense_size;
    params->done = cmd.transferred;
    check_generations( drive );
    drive_sync_generations( drive );
    drive_forget_medium( drive );
    return status;
}
