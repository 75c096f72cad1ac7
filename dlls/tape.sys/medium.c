/*
 * The medium in a tape drive: loading, locking, erasing, formatting, partitions, and when the drive wants to be cleaned
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
#include <string.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "wine/debug.h"

#include "drive.h"

WINE_DEFAULT_DEBUG_CHANNEL(tape);

#define PAGE_PARTITIONS 0x11

/* byte 4 of it */
#define FDP        0x80
#define SDP        0x40
#define IDP        0x20
#define PSUM_MB    0x10
#define PSUM_UNITS 0x18  /* ten to the power of byte 6, in bytes */
#define PSUM_POFM  0x04

#define UNITS_GB        9
#define PARTITION_REST  0xffff
#define MAX_PARTITIONS  64

#define FORMAT_DEFAULT    0
#define FORMAT_PARTITIONS 1

#define LOG_SUPPORTED     0x00
#define LOG_DEVICE_STATUS 0x11  /* parameter 0, first byte: cleaning required (CRQRD) */
#define LOG_TAPE_ALERT    0x2e  /* cleared by reading; one parameter of a byte for each flag */
#define CRQRD             0x02
#define ALERT_CLEAN_NOW   20

static NTSTATUS format( struct drive *drive, UINT8 how, BOOL immediate )
{
    struct scsi_command cmd = { .cdb = { SCSI_FORMAT_MEDIUM, immediate, how }, .timeout_ms = SCSI_TIMEOUT_LONG };
    NTSTATUS status;

    if ((status = drive_execute( drive, &cmd ))) return status;
    drive_forget_medium( drive );
    return STATUS_SUCCESS;
}

/* partitions and formats are made from the beginning of the first partition */
static NTSTATUS go_to_beginning( struct drive *drive )
{
    if (drive_count_partitions( drive ) > 1) return drive_locate( drive, TRUE, 0, 0, FALSE );
    return drive_rewind( drive, FALSE );
}

/* This cannot be found out by trying: only a drive that lists the command has it, or one that needs it for partitions. */
BOOL drive_formats( struct drive *drive )
{
    struct partition_page page;

    if (!drive_supports( drive, SCSI_FORMAT_MEDIUM )) return FALSE;
    return drive_lists( drive, SCSI_FORMAT_MEDIUM ) || (drive_get_partitions( drive, FALSE, &page ) && page.on_format);
}

static NTSTATUS format_medium( struct drive *drive, BOOL immediate )
{
    NTSTATUS status;

    if ((status = drive_check( drive ))) return status;
    if (!drive_formats( drive )) return STATUS_NOT_SUPPORTED;
    if ((status = go_to_beginning( drive ))) return status;
    return format( drive, FORMAT_DEFAULT, immediate );
}

/* some drives do not rewind a medium that was loaded already */
static NTSTATUS load( struct drive *drive, UINT8 how, BOOL immediate )
{
    struct scsi_command cmd = { .cdb = { SCSI_LOAD_UNLOAD, immediate, 0, 0, how }, .timeout_ms = SCSI_TIMEOUT_LONG,
                                .flags = SCSI_RETRY };
    NTSTATUS status;

    if ((status = drive_execute( drive, &cmd ))) return status;
    drive_forget_medium( drive );
    if (immediate) return STATUS_SUCCESS;
    /* the attention that the loading itself raised is no news */
    scsi_drain_attentions( drive_scsi( drive ) );
    drive_sync_generations( drive );
    return drive_rewind( drive, FALSE );
}

/* a drive that cannot do it refuses the bit, not the command */
static NTSTATUS tension( struct drive *drive, BOOL immediate )
{
    NTSTATUS status = load( drive, 0x03, immediate );

    return status == STATUS_INVALID_PARAMETER ? STATUS_NOT_SUPPORTED : status;
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
    drive_forget_medium( drive );
    drive->unloaded = TRUE;
    return STATUS_SUCCESS;
}

NTSTATUS drive_prevent_removal( struct drive *drive, BOOL prevent )
{
    struct scsi_command cmd = { .cdb = { SCSI_PREVENT_ALLOW, 0, 0, 0, prevent }, .timeout_ms = SCSI_TIMEOUT_QUICK,
                                .flags = SCSI_RETRY };
    NTSTATUS status;

    status = drive_execute( drive, &cmd );
    if (cmd.sense.valid && cmd.sense.key == SENSE_ILLEGAL_REQUEST && status != STATUS_NOT_SUPPORTED)
        return STATUS_UNABLE_TO_LOCK_MEDIA;
    if (!status) drive->locked = prevent;
    return status;
}

NTSTATUS drive_prepare( struct drive *drive, UINT32 operation, BOOL immediate )
{
    switch (operation)
    {
    case TAPE_LOAD:    return load( drive, 0x01, immediate );
    case TAPE_UNLOAD:  return unload( drive, immediate );
    case TAPE_TENSION: return tension( drive, immediate );
    case TAPE_LOCK:    return drive_prevent_removal( drive, TRUE );
    case TAPE_UNLOCK:  return drive_prevent_removal( drive, FALSE );
    case TAPE_FORMAT:  return format_medium( drive, immediate );
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

static BOOL read_partition_page( struct drive *drive, BOOL changeable, UINT8 buffer[255], struct scsi_mode *mode )
{
    struct scsi_mode_request request = { PAGE_PARTITIONS, 0, changeable ? SCSI_MODE_CHANGEABLE : SCSI_MODE_CURRENT, TRUE };

    return !scsi_mode_sense_page( drive_scsi( drive ), &request, buffer, 255, mode ) && mode->page;
}

BOOL drive_get_partitions( struct drive *drive, BOOL changeable, struct partition_page *partitions )
{
    struct scsi_mode mode;
    UINT8 buffer[255];

    return read_partition_page( drive, changeable, buffer, &mode ) &&
           parse_partition_page( mode.page, mode.page_size, partitions );
}

UINT32 drive_count_partitions( struct drive *drive )
{
    struct partition_page page;

    if (drive->partitions_known) return drive->partitions;
    drive->partitions = drive_get_partitions( drive, FALSE, &page ) ? 1 + page.additional : 1;
    drive->partitions_known = drive->fresh;
    return drive->partitions;
}

/* Fills in how many partitions there shall be, and how large. The page keeps what else the drive has in it; it is not
 * longer than 8 bytes and 2 for each partition. Returns its size. */
static unsigned int make_partition_page( UINT8 *page, unsigned int page_size, UINT32 method, UINT32 count, UINT32 size )
{
    static const UINT8 methods[] = { FDP, SDP, IDP };
    unsigned int i, needed = 8 + 2 * (method == TAPE_INITIATOR_PARTITIONS ? count : 0);

    page[0] &= 0x3f;
    page[4] = (page[4] & PSUM_POFM) | methods[method] | PSUM_MB;
    if (size >= PARTITION_REST)
    {
        page[4] = (page[4] & ~PSUM_UNITS) | PSUM_UNITS;
        page[6] = UNITS_GB;
        size = min( size / 1000, PARTITION_REST - 1 );
    }
    if (method != TAPE_FIXED_PARTITIONS) page[3] = count - 1;
    if (method == TAPE_INITIATOR_PARTITIONS)
        for (i = 0; i < count; i++) put_be16( page + 8 + 2 * i, i < count - 1 ? size : PARTITION_REST );
    page_size = max( page_size, needed );
    page[1] = page_size - 2;
    return page_size;
}

static NTSTATUS select_partitions( struct drive *drive, UINT32 method, UINT32 count, UINT32 size, BOOL *on_format )
{
    UINT8 data[4 + 255] = { 0 };
    struct scsi_command cmd = { .cdb = { SCSI_MODE_SELECT_6, 0x10 }, .direction = SCSI_DATA_OUT, .data = data,
                                .timeout_ms = SCSI_TIMEOUT_LONG };
    struct scsi_mode mode;
    UINT8 buffer[255];

    if (!read_partition_page( drive, FALSE, buffer, &mode ) || mode.page_size < 8 ||
        mode.page_size > 8 + 2 * MAX_PARTITIONS) return STATUS_PARTITION_FAILURE;
    memcpy( data + 4, mode.page, mode.page_size );
    *on_format = !!(data[4 + 4] & PSUM_POFM);
    data[2] = mode.device_specific & 0x7f;
    cmd.size = 4 + make_partition_page( data + 4, mode.page_size, method, count, size );
    cmd.cdb[4] = cmd.size;
    return drive_execute( drive, &cmd );
}

/* The sizes are in megabytes. Old drives make the partitions when they are told of them, others when they format. */
static NTSTATUS make_partitions( struct drive *drive, UINT32 method, UINT32 count, UINT32 size )
{
    BOOL on_format = FALSE;
    NTSTATUS status;

    if ((status = go_to_beginning( drive ))) return status;
    status = select_partitions( drive, method, count, size, &on_format );
    if (!status && on_format) status = format( drive, FORMAT_PARTITIONS, FALSE );
    drive_forget_medium( drive );
    return status == STATUS_INVALID_PARAMETER || status == STATUS_NOT_SUPPORTED ? STATUS_PARTITION_FAILURE : status;
}

NTSTATUS drive_create_partition( struct drive *drive, UINT32 method, UINT32 count, UINT32 size )
{
    struct partition_page page, changeable;
    NTSTATUS status;

    if (method > TAPE_INITIATOR_PARTITIONS) return STATUS_INVALID_PARAMETER;
    if ((status = drive_test( drive ))) return status;
    if (!drive_get_partitions( drive, FALSE, &page ) || !page.max_additional ||
        !drive_get_partitions( drive, TRUE, &changeable )) return STATUS_NOT_SUPPORTED;
    switch (method)
    {
    case TAPE_FIXED_PARTITIONS:
        if (!changeable.fixed) return STATUS_NOT_SUPPORTED;
        break;
    case TAPE_SELECT_PARTITIONS:
        if (!changeable.select) return STATUS_NOT_SUPPORTED;
        break;
    case TAPE_INITIATOR_PARTITIONS:
        if (!changeable.initiator) return STATUS_NOT_SUPPORTED;
        break;
    }
    if (method != TAPE_FIXED_PARTITIONS && (!count || count > 1 + page.max_additional || count > MAX_PARTITIONS))
        return STATUS_INVALID_PARAMETER;
    return make_partitions( drive, method, count, size );
}

BOOL drive_has_log( struct drive *drive, UINT8 page )
{
    unsigned int done, i;
    UINT8 data[4 + 64];

    if (!drive->logs_known)
    {
        drive->logs_known = TRUE;
        if (!drive_supports( drive, SCSI_LOG_SENSE )) return FALSE;
        scsi_log_sense( drive_scsi( drive ), LOG_SUPPORTED, data, sizeof(data), &done );
        for (i = 0; i < 64; i++) if (has_log_page( data, done, i )) drive->logs[i / 8] |= 1 << i % 8;
    }
    return drive->logs[page / 8] >> page % 8 & 1;
}

static BOOL read_log_byte( struct drive *drive, UINT8 page, UINT16 code, UINT8 *byte )
{
    const UINT8 *value;
    unsigned int done, size;
    UINT8 data[512];

    if (!drive_has_log( drive, page )) return FALSE;
    if (scsi_log_sense( drive_scsi( drive ), page, data, sizeof(data), &done )) return FALSE;
    if (!find_log_parameter( data, done, page, code, &value, &size ) || !size) return FALSE;
    *byte = value[0];
    return TRUE;
}

void drive_note_cleaning( struct drive *drive, BOOL cleaning )
{
    if (cleaning) WARN( "the drive wants to be cleaned\n" );
    drive->tape->cleaning = cleaning;
    drive->tape->cleaning_media = drive_scsi( drive )->media_generation;
}

/* The device status tells how it is; an alert is given once, and has to be remembered until the next medium. */
BOOL drive_wants_cleaning( struct drive *drive )
{
    BOOL known = drive->tape->cleaning && drive->tape->cleaning_media == drive_scsi( drive )->media_generation;
    UINT8 byte;

    if (!known && drive->cleaning_asked) return FALSE;
    drive->cleaning_asked = TRUE;
    if (read_log_byte( drive, LOG_DEVICE_STATUS, 0, &byte )) drive_note_cleaning( drive, !!(byte & CRQRD) );
    else if (known) return TRUE;
    else if (read_log_byte( drive, LOG_TAPE_ALERT, ALERT_CLEAN_NOW, &byte )) drive_note_cleaning( drive, byte & 1 );
    else return FALSE;
    return drive->tape->cleaning;
}
