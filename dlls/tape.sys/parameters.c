/*
 * What a tape drive and its medium say of themselves, and what can be set
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

#include "drive.h"

#define MAX_BLOCK 0xffffff  /* 24 bits in READ(6), WRITE(6) and the block descriptor */

/* mode pages (SPC-4, SSC-3) */
#define PAGE_ERROR_RECOVERY  0x01  /* byte 2: disable correction (DCR) */
#define PAGE_COMPRESSION     0x0f  /* byte 2: enabled (DCE), capable (DCC) */
#define PAGE_CONFIGURATION   0x10  /* byte 8: report setmarks (RSmk); byte 14: compression algorithm */
#define SUBPAGE_EXTENSION    0x01  /* of it, bytes 6 and 7: programmable early warning zone in MB */
#define PAGE_MEDIUM          0x1d  /* byte 2: WORM mode; byte 5: which filemarks can be overwritten then, never 0 */

#define DCE  0x80
#define DCC  0x40
#define DCR  0x01
#define RSMK 0x20

#define PAGE_BUFFER 64

/* log pages and their parameters */
#define LOG_CAPACITY 0x31          /* remaining 1 + 1 for each partition, maximum 3 + 1 for each partition, in MiB */

/* medium auxiliary memory (SPC-4, 7.4) */
#define MAM_REMAINING_CAPACITY 0x0000  /* in MiB */
#define MAM_MAXIMUM_CAPACITY   0x0001
#define MAM_SERIAL_NUMBER      0x0401

#define MEGABYTE       1000000
#define MAX_TAPE_SHIFT 43  /* no tape holds 2 to the power of 63 bytes */

static const UINT8 zeroes[PAGE_BUFFER];

/* limits of the drive cannot be wider than those of the host */
static NTSTATUS read_block_limits( struct drive *drive )
{
    UINT8 data[6] = { 0 };
    struct scsi_command cmd = { .cdb = { SCSI_READ_BLOCK_LIMITS }, .direction = SCSI_DATA_IN, .data = data,
                                .size = sizeof(data), .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    struct block_limits limits = { 1, 0 };
    NTSTATUS status;

    if (!(status = drive_execute( drive, &cmd ))) parse_block_limits( data, cmd.transferred, &limits );
    drive->max_block = min( limits.max_block ? limits.max_block : MAX_BLOCK, drive->max_transfer );
    drive->min_block = min( limits.min_block, drive->max_block );
    return status;
}

/* only the header and the block descriptor are wanted: page 0 is the shortest, where it exists */
static NTSTATUS read_mode( struct drive *drive )
{
    struct scsi_mode mode;
    UINT8 buffer[PAGE_BUFFER];
    NTSTATUS status;

    drive->mode_block_size = 0;
    status = scsi_mode_sense( drive_scsi( drive ), 0, FALSE, buffer, 12, &mode );
    if (status == STATUS_INVALID_PARAMETER)
        status = scsi_mode_sense( drive_scsi( drive ), PAGE_CONFIGURATION, FALSE, buffer, sizeof(buffer), &mode );
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
void drive_refresh( struct drive *drive )
{
    NTSTATUS limits, mode;

    if (drive->fresh) return;
    limits = read_block_limits( drive );
    mode = read_mode( drive );
    if (drive->block_size && !mode && drive->mode_block_size != drive->block_size)
        mode = select_block_size( drive, drive->block_size );
    drive->fresh = limits != STATUS_NO_MEDIA && limits != STATUS_DEVICE_NOT_READY && !mode;
}

/* one attribute of the partition where the tape stands */
static BOOL read_attribute( struct drive *drive, UINT16 id, UINT32 partition, UINT8 *data, unsigned int size,
                            const UINT8 **value, unsigned int *value_size )
{
    struct scsi_command cmd = { .cdb = { SCSI_READ_ATTRIBUTE }, .direction = SCSI_DATA_IN, .data = data,
                                .size = size, .timeout_ms = SCSI_TIMEOUT_DATA, .flags = SCSI_RETRY };

    if (!drive_supports( drive, SCSI_READ_ATTRIBUTE )) return FALSE;
    cmd.cdb[7] = partition;
    put_be16( cmd.cdb + 8, id );
    put_be32( cmd.cdb + 10, size );
    if (drive_execute( drive, &cmd )) return FALSE;
    return find_attribute( data, cmd.transferred, id, value, value_size );
}

static BOOL read_number_attribute( struct drive *drive, UINT16 id, UINT32 partition, UINT64 *number )
{
    const UINT8 *value;
    unsigned int size;
    UINT8 data[64];

    return read_attribute( drive, id, partition, data, sizeof(data), &value, &size ) && get_number( value, size, number );
}

static BOOL read_capacity_log( struct drive *drive, UINT32 partition, UINT64 *remaining, UINT64 *capacity )
{
    unsigned int done, remaining_size, capacity_size;
    const UINT8 *remaining_value, *capacity_value;
    UINT8 data[128];

    if (partition > 1 || !drive_has_log( drive, LOG_CAPACITY )) return FALSE;
    if (scsi_log_sense( drive_scsi( drive ), LOG_CAPACITY, data, sizeof(data), &done )) return FALSE;
    return find_log_parameter( data, done, LOG_CAPACITY, 1 + partition, &remaining_value, &remaining_size ) &&
           find_log_parameter( data, done, LOG_CAPACITY, 3 + partition, &capacity_value, &capacity_size ) &&
           get_number( remaining_value, remaining_size, remaining ) &&
           get_number( capacity_value, capacity_size, capacity );
}

/* the medium's own memory knows it best, then the log */
static BOOL read_capacity( struct drive *drive, UINT64 *remaining, UINT64 *capacity )
{
    UINT32 partition = 0;
    UINT64 block;

    if (drive_count_partitions( drive ) > 1) drive_get_position( drive, &partition, &block );
    if (!read_number_attribute( drive, MAM_REMAINING_CAPACITY, partition, remaining ) ||
        !read_number_attribute( drive, MAM_MAXIMUM_CAPACITY, partition, capacity ))
        if (!read_capacity_log( drive, partition, remaining, capacity )) return FALSE;
    if (max( *remaining, *capacity ) >> MAX_TAPE_SHIFT) return FALSE;
    *remaining <<= 20;
    *capacity <<= 20;
    return TRUE;
}

/* the least size of a page; what some drives have in its place is shorter */
static unsigned int get_least_size( UINT8 page, UINT8 subpage )
{
    if (subpage) return 8;
    if (page == PAGE_ERROR_RECOVERY) return 3;
    return page == PAGE_MEDIUM ? 32 : 16;
}

/* what is not there reads as zeroes */
static BOOL read_page( struct drive *drive, UINT8 page, UINT8 subpage, UINT8 control, UINT8 buffer[PAGE_BUFFER],
                       struct scsi_mode *mode )
{
    struct scsi_mode_request request = { page, subpage, control, TRUE };

    if (!scsi_mode_sense_page( drive_scsi( drive ), &request, buffer, PAGE_BUFFER, mode ) &&
        mode->page_size >= get_least_size( page, subpage )) return TRUE;
    mode->page = zeroes;
    return FALSE;
}

/* whether a bit of a page can be changed */
static BOOL can_change( struct drive *drive, UINT8 page, unsigned int byte, UINT8 bit )
{
    struct scsi_mode mode;
    UINT8 buffer[PAGE_BUFFER];

    return drive_supports( drive, SCSI_MODE_SELECT_6 ) &&
           read_page( drive, page, 0, SCSI_MODE_CHANGEABLE, buffer, &mode ) && (mode.page[byte] & bit);
}

static void get_compression( struct drive *drive, struct drive_info *info )
{
    struct scsi_mode mode;
    UINT8 buffer[PAGE_BUFFER];

    read_page( drive, PAGE_COMPRESSION, 0, SCSI_MODE_CURRENT, buffer, &mode );
    if (!(mode.page[2] & DCC)) return;
    info->settings.compression = !!(mode.page[2] & DCE);
    info->capabilities |= DRIVE_COMPRESSES;
    if (can_change( drive, PAGE_COMPRESSION, 2, DCE )) info->capabilities |= DRIVE_SETS_COMPRESSION;
}

static void get_correction( struct drive *drive, struct drive_info *info )
{
    struct scsi_mode mode;
    UINT8 buffer[PAGE_BUFFER];

    if (!read_page( drive, PAGE_ERROR_RECOVERY, 0, SCSI_MODE_CURRENT, buffer, &mode )) return;
    info->settings.correction = !(mode.page[2] & DCR);
    info->capabilities |= DRIVE_CORRECTS_ERRORS;
    if (can_change( drive, PAGE_ERROR_RECOVERY, 2, DCR )) info->capabilities |= DRIVE_SETS_CORRECTION;
}

/* a drive that neither reports setmarks nor can be made to has none */
static void get_setmarks( struct drive *drive, struct drive_info *info )
{
    struct scsi_mode mode;
    UINT8 buffer[PAGE_BUFFER];

    if (!read_page( drive, PAGE_CONFIGURATION, 0, SCSI_MODE_CURRENT, buffer, &mode )) return;
    info->settings.setmarks = !!(mode.page[8] & RSMK);
    if (info->settings.setmarks) info->capabilities |= DRIVE_REPORTS_SETMARKS;
    if (can_change( drive, PAGE_CONFIGURATION, 8, RSMK ))
        info->capabilities |= DRIVE_REPORTS_SETMARKS | DRIVE_SETS_SETMARKS;
}

static void get_warning_zone( struct drive *drive, struct drive_info *info )
{
    struct scsi_mode mode;
    UINT8 buffer[PAGE_BUFFER];
    UINT64 size;

    if (!read_page( drive, PAGE_CONFIGURATION, SUBPAGE_EXTENSION, SCSI_MODE_CURRENT, buffer, &mode )) return;
    size = (UINT64)get_be16( mode.page + 6 ) * MEGABYTE;
    info->settings.warning_zone = min( size, 0xffffffff );
    info->capabilities |= DRIVE_REPORTS_WARNING;
    if (!drive_supports( drive, SCSI_MODE_SELECT_6 )) return;
    if (read_page( drive, PAGE_CONFIGURATION, SUBPAGE_EXTENSION, SCSI_MODE_CHANGEABLE, buffer, &mode ) &&
        get_be16( mode.page + 6 )) info->capabilities |= DRIVE_SETS_WARNING;
}

static void get_partitions( struct drive *drive, struct drive_info *info )
{
    struct partition_page page, changeable;

    info->max_partitions = 1;
    if (!drive_get_partitions( drive, FALSE, &page )) return;
    info->max_partitions += page.max_additional;
    if (!page.max_additional || !drive_get_partitions( drive, TRUE, &changeable )) return;
    if (changeable.fixed) info->capabilities |= DRIVE_PARTITIONS_FIXED;
    if (changeable.select) info->capabilities |= DRIVE_PARTITIONS_SELECT;
    if (changeable.initiator) info->capabilities |= DRIVE_PARTITIONS_INITIATOR;
}

BOOL drive_has_setmarks( struct drive *drive )
{
    struct drive_info info = { 0 };

    if (drive->setmarks_known) return drive->setmarks;
    get_setmarks( drive, &info );
    drive->setmarks = !!(info.capabilities & DRIVE_REPORTS_SETMARKS);
    drive->setmarks_known = drive->fresh;
    return drive->setmarks;
}

static UINT32 get_position_capabilities( struct drive *drive )
{
    if (!drive_tells_position( drive )) return 0;
    return DRIVE_REPORTS_POSITION | (drive_supports( drive, SCSI_LOCATE_10 ) ? DRIVE_LOCATES : 0);
}

/* a drive that does not list its commands is asked, so that it can refuse; one without a medium need not know */
static BOOL reports_capacity( struct drive *drive )
{
    UINT64 remaining, capacity;

    return read_capacity( drive, &remaining, &capacity ) || drive_lists( drive, SCSI_READ_ATTRIBUTE ) ||
           drive_has_log( drive, LOG_CAPACITY );
}

NTSTATUS drive_get_info( struct drive *drive, struct drive_info *info )
{
    memset( info, 0, sizeof(*info) );
    drive_refresh( drive );
    info->min_block = drive->min_block;
    info->max_block = drive->max_block;
    if (drive_supports( drive, SCSI_LOAD_UNLOAD )) info->capabilities |= DRIVE_LOADS;
    if (drive_supports( drive, SCSI_PREVENT_ALLOW )) info->capabilities |= DRIVE_LOCKS;
    if (drive_supports( drive, SCSI_ERASE_6 )) info->capabilities |= DRIVE_ERASES;
    if (drive_supports( drive, SCSI_MODE_SELECT_6 )) info->capabilities |= DRIVE_SETS_BLOCK_SIZE;
    if (drive_formats( drive )) info->capabilities |= DRIVE_FORMATS;
    if (drive_has_log( drive, 0x2e ) || drive_has_log( drive, 0x11 )) info->capabilities |= DRIVE_REPORTS_CLEANING;
    if (reports_capacity( drive )) info->capabilities |= DRIVE_REPORTS_CAPACITY;
    info->capabilities |= get_position_capabilities( drive );
    get_compression( drive, info );
    get_correction( drive, info );
    get_setmarks( drive, info );
    get_warning_zone( drive, info );
    get_partitions( drive, info );
    return STATUS_SUCCESS;
}

/* Changes bits of a page and sends it back: what is to be set is value, as far as mask says. */
static NTSTATUS change_page( struct drive *drive, UINT8 page, UINT8 subpage, unsigned int byte, const UINT8 *mask,
                             const UINT8 *value, unsigned int count )
{
    UINT8 data[4 + PAGE_BUFFER] = { 0 };
    struct scsi_command cmd = { .cdb = { SCSI_MODE_SELECT_6, 0x10 }, .direction = SCSI_DATA_OUT, .data = data,
                                .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    struct scsi_mode mode;
    UINT8 buffer[PAGE_BUFFER];
    unsigned int i;

    if (!read_page( drive, page, subpage, SCSI_MODE_CURRENT, buffer, &mode )) return STATUS_INVALID_DEVICE_REQUEST;
    data[2] = mode.device_specific & 0x7f;
    memcpy( data + 4, mode.page, mode.page_size );
    data[4] &= 0x7f;  /* the saveable bit is reserved in MODE SELECT */
    for (i = 0; i < count; i++) data[4 + byte + i] = (data[4 + byte + i] & ~mask[i]) | (value[i] & mask[i]);
    cmd.size = cmd.cdb[4] = 4 + mode.page_size;
    return drive_execute( drive, &cmd );
}

static NTSTATUS change_bit( struct drive *drive, UINT8 page, unsigned int byte, UINT8 bit, BOOL on )
{
    UINT8 value = on ? bit : 0;

    return change_page( drive, page, 0, byte, &bit, &value, 1 );
}

static NTSTATUS set_warning_zone( struct drive *drive, UINT32 size )
{
    static const UINT8 mask[2] = { 0xff, 0xff };
    UINT8 value[2];
    NTSTATUS status;

    put_be16( value, min( size / MEGABYTE + !!(size % MEGABYTE), 0xffff ) );
    status = change_page( drive, PAGE_CONFIGURATION, SUBPAGE_EXTENSION, 6, mask, value, sizeof(value) );
    if (!status) drive->early_warning = size != 0;
    return status;
}

/* What is to be turned on and does not exist is refused, before anything is changed; what does not exist or is always on
 * cannot be turned off, and programs that copy the whole structure do not ask for more. */
static BOOL is_possible( const struct drive_info *info, const struct drive_settings *set )
{
    UINT32 can = info->capabilities;

    if (set->compression && !info->settings.compression && !(can & DRIVE_SETS_COMPRESSION)) return FALSE;
    if (set->correction && !info->settings.correction && !(can & DRIVE_SETS_CORRECTION)) return FALSE;
    if (set->setmarks && !info->settings.setmarks && !(can & DRIVE_SETS_SETMARKS)) return FALSE;
    return !set->warning_zone || set->warning_zone == info->settings.warning_zone || (can & DRIVE_SETS_WARNING);
}

NTSTATUS drive_set_info( struct drive *drive, const struct drive_settings *set )
{
    struct drive_info info = { 0 };
    NTSTATUS status = STATUS_SUCCESS;

    get_compression( drive, &info );
    get_correction( drive, &info );
    get_setmarks( drive, &info );
    get_warning_zone( drive, &info );
    if (!is_possible( &info, set )) return STATUS_INVALID_DEVICE_REQUEST;

    if ((info.capabilities & DRIVE_SETS_COMPRESSION) && !set->compression != !info.settings.compression)
        status = change_bit( drive, PAGE_COMPRESSION, 2, DCE, set->compression );
    if (!status && (info.capabilities & DRIVE_SETS_CORRECTION) && !set->correction != !info.settings.correction)
        status = change_bit( drive, PAGE_ERROR_RECOVERY, 2, DCR, !set->correction );
    if (!status && (info.capabilities & DRIVE_SETS_SETMARKS) && !set->setmarks != !info.settings.setmarks)
        status = change_bit( drive, PAGE_CONFIGURATION, 8, RSMK, set->setmarks );
    if (!status && (info.capabilities & DRIVE_SETS_WARNING) && set->warning_zone != info.settings.warning_zone)
        status = set_warning_zone( drive, set->warning_zone );
    return status;
}

NTSTATUS drive_get_medium_info( struct drive *drive, BOOL required, struct medium_info *info )
{
    struct scsi_command cmd = { .cdb = { SCSI_TEST_UNIT_READY }, .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    struct scsi_mode mode;
    UINT8 buffer[PAGE_BUFFER];
    NTSTATUS status;

    memset( info, 0, sizeof(*info) );
    status = required ? drive_test( drive ) : drive_execute( drive, &cmd );
    if (status && required) return status;

    info->present = !status && !drive->unloaded;
    info->block_size = drive->block_size;
    drive_refresh( drive );
    if (!info->present) return STATUS_SUCCESS;
    info->write_protected = drive->device_specific >> 7;
    info->density = drive->density;
    info->medium_type = drive->medium_type;
    info->partitions = drive_count_partitions( drive );
    read_page( drive, PAGE_MEDIUM, 0, SCSI_MODE_CURRENT, buffer, &mode );
    info->write_once = (mode.page[2] & 0x01) && mode.page[5];
    if (required && !read_capacity( drive, &info->remaining, &info->capacity )) info->remaining = info->capacity = 0;
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

/* the medium's maker wrote it into the medium's memory, filled up with blanks */
NTSTATUS drive_get_serial( struct drive *drive, char *serial, UINT32 size )
{
    const UINT8 *value;
    unsigned int value_size, i;
    UINT8 data[128];
    NTSTATUS status;

    if ((status = drive_test( drive ))) return status;
    if (!read_attribute( drive, MAM_SERIAL_NUMBER, 0, data, sizeof(data), &value, &value_size ))
        return STATUS_NOT_SUPPORTED;
    while (value_size && (value[value_size - 1] == ' ' || !value[value_size - 1])) value_size--;
    value_size = min( value_size, size - 1 );
    for (i = 0; i < value_size; i++) serial[i] = value[i] >= 0x20 && value[i] < 0x7f ? value[i] : '?';
    serial[i] = 0;
    return STATUS_SUCCESS;
}
