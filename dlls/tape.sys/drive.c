/*
 * A tape drive: opening, what it can do, its parameters, loading and erasing
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

#define MAX_BLOCK              0xffffff  /* 24 bits in READ(6), WRITE(6) and the block descriptor */
#define PAGE_COMPRESSION       0x0f
#define MAM_REMAINING_CAPACITY 0x0000    /* in MiB (SPC-4, medium auxiliary memory) */
#define MAM_MAXIMUM_CAPACITY   0x0001

static struct scsi_device *get_scsi( struct drive *drive )
{
    return &drive->unit->scsi;
}

static void sync_generations( struct drive *drive )
{
    drive->seen_media = get_scsi( drive )->media_generation;
    drive->seen_reset = get_scsi( drive )->reset_generation;
}

/* after an attention nothing holds that was read or set before, except what the program asked for */
static void forget_medium( struct drive *drive )
{
    drive->fresh = FALSE;
    drive->unloaded = FALSE;
    drive->position_useless = FALSE;
    drive_forget_position( drive );
}

static void check_generations( struct drive *drive )
{
    const struct scsi_device *scsi = get_scsi( drive );

    if (drive->known_media == scsi->media_generation && drive->known_reset == scsi->reset_generation) return;
    if (drive->known_reset != scsi->reset_generation) drive->locked = FALSE;
    forget_medium( drive );
    drive->known_media = scsi->media_generation;
    drive->known_reset = scsi->reset_generation;
}

NTSTATUS drive_execute( struct drive *drive, struct scsi_command *cmd )
{
    UINT8 opcode = cmd->cdb[0];
    NTSTATUS status;

    status = scsi_execute( get_scsi( drive ), cmd );
    if (sense_is_unsupported( &cmd->sense )) drive->commands[opcode / 8] &= ~(1 << opcode % 8);
    check_generations( drive );
    /* the program hears of it now */
    if (status == STATUS_MEDIA_CHANGED || status == STATUS_BUS_RESET) sync_generations( drive );
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

/* Old drives do not list their commands: then all count as supported until one is refused. */
BOOL drive_supports( struct drive *drive, UINT8 opcode )
{
    UINT8 commands[32];
    unsigned int i;

    if (!drive->commands_known)
    {
        drive->commands_known = TRUE;
        if (read_commands( drive, commands ))
            for (i = 0; i < 32; i++) drive->commands[i] &= commands[i];
    }
    return drive->commands[opcode / 8] >> opcode % 8 & 1;
}

/* opened after the generic node has drained the attentions: st takes one seen at its first use for a lost position */
static NTSTATUS lock_drive( struct drive *drive )
{
    const char *path = drive->unit->host.lock_path;
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

    status = scsi_drain_attentions( get_scsi( drive ) );
    if (status == STATUS_DEVICE_NOT_CONNECTED || status == STATUS_IO_TIMEOUT) return status;
    return lock_drive( drive );
}

NTSTATUS drive_open( struct unit *unit, BOOL enabled, struct drive **ret )
{
    struct drive *drive;
    NTSTATUS status;
    int limit;

    if (!(drive = calloc( 1, sizeof(*drive) ))) return STATUS_NO_MEMORY;
    drive->unit = unit;
    drive->lock_fd = -1;
    memset( drive->commands, 0xff, sizeof(drive->commands) );

    if (!(status = unit_open( unit )) && enabled) status = take_drive( drive );
    if (status)
    {
        drive_close( drive );
        return status;
    }
    limit = host_ops.max_transfer( unit->scsi.fd );
    drive->max_transfer = limit > 0 ? min( limit, MAX_BLOCK ) : 65536;
    sync_generations( drive );
    check_generations( drive );
    *ret = drive;
    return STATUS_SUCCESS;
}

static NTSTATUS prevent_removal( struct drive *drive, BOOL prevent )
{
    struct scsi_command cmd = { .cdb = { SCSI_PREVENT_ALLOW, 0, 0, 0, prevent }, .timeout_ms = SCSI_TIMEOUT_QUICK,
                                .flags = SCSI_RETRY };
    NTSTATUS status;

    if ((status = drive_execute( drive, &cmd )))
        return status == STATUS_NOT_SUPPORTED || status == STATUS_NO_MEDIA ? status : STATUS_UNABLE_TO_LOCK_MEDIA;
    drive->locked = prevent;
    return STATUS_SUCCESS;
}

void drive_close( struct drive *drive )
{
    if (drive->locked) prevent_removal( drive, FALSE );
    if (drive->lock_fd >= 0) host_ops.close_device( drive->lock_fd );
    unit_close( drive->unit );
    free( drive );
}

/* READ BLOCK LIMITS: granularity, 24 bits of maximum, 16 of minimum */
static NTSTATUS read_block_limits( struct drive *drive )
{
    UINT8 data[6] = { 0 };
    struct scsi_command cmd = { .cdb = { SCSI_READ_BLOCK_LIMITS }, .direction = SCSI_DATA_IN, .data = data,
                                .size = sizeof(data), .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    NTSTATUS status;
    UINT32 max_block = MAX_BLOCK, min_block = 1;

    if (!(status = drive_execute( drive, &cmd )) && cmd.transferred == sizeof(data))
    {
        if (get_be24( data + 1 )) max_block = get_be24( data + 1 );
        if (get_be16( data + 4 )) min_block = get_be16( data + 4 );
    }
    drive->max_block = min( max_block, drive->max_transfer );
    drive->min_block = min( min_block, drive->max_block );
    return status;
}

/* only the header and the block descriptor are wanted: page 0 is the shortest, where it exists */
static NTSTATUS read_mode( struct drive *drive )
{
    struct scsi_mode mode;
    UINT8 buffer[64];
    NTSTATUS status;

    drive->mode_block_size = 0;
    status = scsi_mode_sense( get_scsi( drive ), 0, FALSE, buffer, 12, &mode );
    if (status == STATUS_INVALID_PARAMETER)
        status = scsi_mode_sense( get_scsi( drive ), 0x10, FALSE, buffer, sizeof(buffer), &mode );
    if (status) return status;
    drive->medium_type = mode.medium_type;
    drive->device_specific = mode.device_specific;
    drive->density = mode.block_descriptor ? mode.block_descriptor[0] : 0;
    drive->mode_block_size = mode.block_descriptor ? get_be24( mode.block_descriptor + 5 ) : 0;
    return STATUS_SUCCESS;
}

/* the header's buffered mode is kept as the drive has it, density 0 is its default */
static NTSTATUS select_block_size( struct drive *drive, UINT32 block_size )
{
    UINT8 data[12] = { 0, 0, drive->device_specific & 0x7f, 8 };
    struct scsi_command cmd = { .cdb = { SCSI_MODE_SELECT_6, 0x10, 0, 0, sizeof(data) }, .direction = SCSI_DATA_OUT,
                                .data = data, .size = sizeof(data), .timeout_ms = SCSI_TIMEOUT_QUICK,
                                .flags = SCSI_RETRY };
    NTSTATUS status;

    data[4] = drive->density;
    put_be24( data + 9, block_size );
    if (!(status = drive_execute( drive, &cmd ))) drive->mode_block_size = block_size;
    return status;
}

/* A drive that does not know its medium yet is asked again next time; other failures will be met by the request. */
static void refresh( struct drive *drive )
{
    NTSTATUS limits, mode;

    check_generations( drive );
    if (drive->fresh) return;
    limits = read_block_limits( drive );
    mode = read_mode( drive );
    if (drive->block_size && !mode && drive->mode_block_size != drive->block_size)
        mode = select_block_size( drive, drive->block_size );
    drive->fresh = limits != STATUS_NO_MEDIA && limits != STATUS_DEVICE_NOT_READY && !mode;
}

NTSTATUS drive_check( struct drive *drive )
{
    struct scsi_device *scsi = get_scsi( drive );
    BOOL media_changed = drive->seen_media != scsi->media_generation;
    BOOL was_reset = drive->seen_reset != scsi->reset_generation;

    sync_generations( drive );
    check_generations( drive );
    if (media_changed) return STATUS_MEDIA_CHANGED;
    if (was_reset) return STATUS_BUS_RESET;
    if (drive->unloaded) return STATUS_NO_MEDIA;
    refresh( drive );
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

static NTSTATUS load( struct drive *drive, UINT8 how, BOOL immediate )
{
    struct scsi_command cmd = { .cdb = { SCSI_LOAD_UNLOAD, immediate, 0, 0, how }, .timeout_ms = SCSI_TIMEOUT_LONG,
                                .flags = SCSI_RETRY };
    NTSTATUS status;

    if ((status = drive_execute( drive, &cmd ))) return status;
    forget_medium( drive );
    if (immediate) return STATUS_SUCCESS;
    /* the attention that the loading itself raised is no news; some drives do not rewind a medium that was loaded */
    scsi_drain_attentions( get_scsi( drive ) );
    sync_generations( drive );
    return drive_rewind( drive, FALSE );
}

static NTSTATUS unload( struct drive *drive, BOOL immediate )
{
    struct scsi_command cmd = { .cdb = { SCSI_LOAD_UNLOAD, immediate }, .timeout_ms = SCSI_TIMEOUT_LONG,
                                .flags = SCSI_RETRY };
    NTSTATUS status;

    if (drive->unloaded) return STATUS_NO_MEDIA;
    status = drive_execute( drive, &cmd );
    if (cmd.sense.valid && cmd.sense.asc == 0x53) return STATUS_UNABLE_TO_UNLOAD_MEDIA;
    if (status) return status;
    forget_medium( drive );
    drive->unloaded = TRUE;
    return STATUS_SUCCESS;
}

NTSTATUS drive_prepare( struct drive *drive, UINT32 operation, BOOL immediate )
{
    switch (operation)
    {
    case TAPE_LOAD:    return load( drive, 0x01, immediate );
    case TAPE_TENSION: return load( drive, 0x03, immediate );
    case TAPE_UNLOAD:  return unload( drive, immediate );
    case TAPE_LOCK:    return prevent_removal( drive, TRUE );
    case TAPE_UNLOCK:  return prevent_removal( drive, FALSE );
    case TAPE_FORMAT:
        FIXME( "formatting is not implemented\n" );
        return STATUS_NOT_SUPPORTED;
    }
    return STATUS_INVALID_PARAMETER;
}

NTSTATUS drive_erase( struct drive *drive, BOOL whole, BOOL immediate )
{
    struct scsi_command cmd = { .cdb = { SCSI_ERASE_6, (immediate ? 0x02 : 0) | (whole ? 0x01 : 0) },
                                .timeout_ms = SCSI_TIMEOUT_LONG };
    NTSTATUS status;

    if ((status = drive_check( drive ))) return status;
    return drive_execute( drive, &cmd );
}

/* one attribute of 8 bytes; the reply is 4 bytes of length, then id, format and length before each value */
static BOOL read_attribute( struct drive *drive, UINT16 id, UINT64 *value )
{
    UINT8 data[32];
    struct scsi_command cmd = { .cdb = { SCSI_READ_ATTRIBUTE }, .direction = SCSI_DATA_IN, .data = data,
                                .size = sizeof(data), .timeout_ms = SCSI_TIMEOUT_DATA, .flags = SCSI_RETRY };

    put_be16( cmd.cdb + 8, id );
    put_be32( cmd.cdb + 10, sizeof(data) );
    if (drive_execute( drive, &cmd ) || cmd.transferred < 17) return FALSE;
    if (get_be32( data ) < 13 || get_be16( data + 4 ) != id || get_be16( data + 7 ) != 8) return FALSE;
    *value = get_be64( data + 9 );
    return TRUE;
}

static void read_capacity( struct drive *drive, struct medium_info *info )
{
    UINT64 remaining, capacity;

    if (!drive_supports( drive, SCSI_READ_ATTRIBUTE )) return;
    if (!read_attribute( drive, MAM_REMAINING_CAPACITY, &remaining )) return;
    if (!read_attribute( drive, MAM_MAXIMUM_CAPACITY, &capacity )) return;
    if (max( remaining, capacity ) >> 43) return;  /* no tape holds that much */
    info->remaining = remaining << 20;
    info->capacity = capacity << 20;
}

/* data compression page: byte 2 enabled and capable, byte 3 decompression */
static BOOL read_compression( struct drive *drive, UINT8 buffer[64], struct scsi_mode *mode )
{
    return !scsi_mode_sense( get_scsi( drive ), PAGE_COMPRESSION, TRUE, buffer, 64, mode ) && mode->page_size >= 16;
}

static UINT32 get_position_capabilities( struct drive *drive )
{
    UINT32 partition, ret = 0;
    UINT64 block;

    if (!drive_supports( drive, SCSI_READ_POSITION )) return 0;
    if (!drive->position_useless) drive_get_position( drive, &partition, &block );
    if (drive->position_useless || !drive_supports( drive, SCSI_READ_POSITION )) return 0;
    ret = DRIVE_REPORTS_POSITION;
    if (drive_supports( drive, SCSI_LOCATE_10 )) ret |= DRIVE_LOCATES;
    return ret;
}

/* a drive that does not list its commands is asked, so that it can refuse */
static BOOL reports_capacity( struct drive *drive )
{
    struct medium_info info = { 0 };

    read_capacity( drive, &info );
    return drive_supports( drive, SCSI_READ_ATTRIBUTE );
}

NTSTATUS drive_get_info( struct drive *drive, struct drive_info *info )
{
    struct scsi_mode mode;
    UINT8 buffer[64];

    memset( info, 0, sizeof(*info) );
    refresh( drive );
    info->min_block = drive->min_block;
    info->max_block = drive->max_block;
    if (drive_supports( drive, SCSI_LOAD_UNLOAD )) info->capabilities |= DRIVE_LOADS;
    if (drive_supports( drive, SCSI_PREVENT_ALLOW )) info->capabilities |= DRIVE_LOCKS;
    if (drive_supports( drive, SCSI_ERASE_6 )) info->capabilities |= DRIVE_ERASES;
    if (drive_supports( drive, SCSI_MODE_SELECT_6 )) info->capabilities |= DRIVE_SETS_BLOCK_SIZE;
    if (reports_capacity( drive )) info->capabilities |= DRIVE_REPORTS_CAPACITY;
    info->capabilities |= get_position_capabilities( drive );
    if (!read_compression( drive, buffer, &mode )) return STATUS_SUCCESS;
    if (mode.page[2] & 0x40) info->capabilities |= DRIVE_COMPRESSES;
    if ((mode.page[2] & 0x40) && drive_supports( drive, SCSI_MODE_SELECT_6 ))
        info->capabilities |= DRIVE_SETS_COMPRESSION;
    info->compression = mode.page[2] >> 7;
    return STATUS_SUCCESS;
}

NTSTATUS drive_get_medium_info( struct drive *drive, BOOL required, struct medium_info *info )
{
    struct scsi_command cmd = { .cdb = { SCSI_TEST_UNIT_READY }, .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    NTSTATUS status;

    memset( info, 0, sizeof(*info) );
    status = required ? drive_test( drive ) : drive_execute( drive, &cmd );
    if (status && required) return status;

    info->present = !status && !drive->unloaded;
    info->block_size = drive->block_size;
    refresh( drive );
    if (!info->present) return STATUS_SUCCESS;
    info->write_protected = drive->device_specific >> 7;
    info->density = drive->density;
    info->medium_type = drive->medium_type;
    if (required) read_capacity( drive, info );
    return STATUS_SUCCESS;
}

/* variable blocks need nothing from the drive: READ and WRITE say so themselves */
NTSTATUS drive_set_block_size( struct drive *drive, UINT32 block_size )
{
    NTSTATUS status;

    if ((status = drive_test( drive ))) return status;
    if (block_size && (block_size < drive->min_block || block_size > drive->max_block))
        return STATUS_INVALID_PARAMETER;
    if (block_size && block_size != drive->mode_block_size && (status = select_block_size( drive, block_size )))
        return status;
    drive->block_size = block_size;
    return STATUS_SUCCESS;
}

NTSTATUS drive_set_compression( struct drive *drive, BOOL compression )
{
    UINT8 data[4 + 64] = { 0 };
    struct scsi_command cmd = { .cdb = { SCSI_MODE_SELECT_6, 0x10 }, .direction = SCSI_DATA_OUT, .data = data,
                                .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    struct scsi_mode mode;
    UINT8 buffer[64];

    if (!read_compression( drive, buffer, &mode ) || !(mode.page[2] & 0x40))
        return compression ? STATUS_INVALID_DEVICE_REQUEST : STATUS_SUCCESS;
    if (mode.page[2] >> 7 == !!compression) return STATUS_SUCCESS;
    data[2] = mode.device_specific & 0x7f;
    memcpy( data + 4, mode.page, mode.page_size );
    data[4] &= 0x3f;  /* the saveable bit is reserved in MODE SELECT */
    data[6] = compression ? data[6] | 0x80 : data[6] & 0x7f;
    cmd.size = cmd.cdb[4] = 4 + mode.page_size;
    return drive_execute( drive, &cmd );
}
