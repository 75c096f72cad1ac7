/*
 * Tape control requests: sizes, conversion, status
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

#include <stdarg.h>
#include <stddef.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "winioctl.h"
#include "ntddscsi.h"
#include "ntddstor.h"
#include "ddk/wdm.h"
#include "ddk/ntddtape.h"
#include "wine/debug.h"

#include "drive_features.h"
#include "tape.h"

WINE_DEFAULT_DEBUG_CHANNEL(tape);

#define DEFAULT_BLOCK_SIZE 65536

/* GET_MEDIA_TYPES with one medium of a tape; the Windows headers that came first lack the last members of TapeInfo */
struct tape_media_types
{
    UINT32 device_type;
    UINT32 count;
    UINT32 media_type;
    UINT32 characteristics;
    UINT32 block_size;
    UINT32 bus_type;
    UINT8  scsi_medium_type;
    UINT8  scsi_density;
    UINT8  reserved[14];
};
C_ASSERT( sizeof(struct tape_media_types) == FIELD_OFFSET( GET_MEDIA_TYPES, MediaInfo[1] ));

/* which features there are with which capabilities of the drive; 0 = with every drive */
static const struct feature
{
    UINT32 capability;
    ULONG  low;
    ULONG  high;
}
features[] =
{
    { 0, TAPE_DRIVE_VARIABLE_BLOCK | TAPE_DRIVE_WRITE_PROTECT,
      TAPE_DRIVE_REWIND_IMMEDIATE | TAPE_DRIVE_END_OF_DATA | TAPE_DRIVE_RELATIVE_BLKS | TAPE_DRIVE_FILEMARKS |
      TAPE_DRIVE_REVERSE_POSITION | TAPE_DRIVE_WRITE_FILEMARKS | TAPE_DRIVE_WRITE_MARK_IMMED },
    { DRIVE_SETS_BLOCK_SIZE, TAPE_DRIVE_FIXED_BLOCK, TAPE_DRIVE_SET_BLOCK_SIZE },
    { DRIVE_ERASES, TAPE_DRIVE_ERASE_SHORT | TAPE_DRIVE_ERASE_LONG | TAPE_DRIVE_ERASE_IMMEDIATE, 0 },
    { DRIVE_REPORTS_CAPACITY, TAPE_DRIVE_TAPE_CAPACITY | TAPE_DRIVE_TAPE_REMAINING, 0 },
    { DRIVE_COMPRESSES, TAPE_DRIVE_COMPRESSION, 0 },
    { DRIVE_SETS_COMPRESSION, 0, TAPE_DRIVE_SET_COMPRESSION },
    { DRIVE_CORRECTS_ERRORS, TAPE_DRIVE_ECC, 0 },
    { DRIVE_SETS_CORRECTION, 0, TAPE_DRIVE_SET_ECC },
    { DRIVE_REPORTS_SETMARKS, TAPE_DRIVE_REPORT_SMKS, TAPE_DRIVE_SETMARKS | TAPE_DRIVE_WRITE_SETMARKS },
    { DRIVE_SETS_SETMARKS, 0, TAPE_DRIVE_SET_REPORT_SMKS },
    { DRIVE_REPORTS_WARNING, TAPE_DRIVE_EOT_WZ_SIZE, 0 },
    { DRIVE_SETS_WARNING, TAPE_DRIVE_SET_EOT_WZ_SIZE, 0 },
    { DRIVE_REPORTS_CLEANING, TAPE_DRIVE_CLEAN_REQUESTS, 0 },
    { DRIVE_REPORTS_POSITION, TAPE_DRIVE_GET_ABSOLUTE_BLK | TAPE_DRIVE_GET_LOGICAL_BLK, TAPE_DRIVE_SEQUENTIAL_FMKS },
    { DRIVE_REPORTS_POSITION | DRIVE_REPORTS_SETMARKS, 0, TAPE_DRIVE_SEQUENTIAL_SMKS },
    { DRIVE_LOCATES, 0, TAPE_DRIVE_ABSOLUTE_BLK | TAPE_DRIVE_ABS_BLK_IMMED | TAPE_DRIVE_LOGICAL_BLK |
      TAPE_DRIVE_LOG_BLK_IMMED },
    { DRIVE_LOADS, TAPE_DRIVE_EJECT_MEDIA, TAPE_DRIVE_LOAD_UNLOAD | TAPE_DRIVE_LOAD_UNLD_IMMED | TAPE_DRIVE_TENSION |
      TAPE_DRIVE_TENSION_IMMED },
    { DRIVE_LOCKS, 0, TAPE_DRIVE_LOCK_UNLOCK },
    { DRIVE_FORMATS, 0, TAPE_DRIVE_FORMAT | TAPE_DRIVE_FORMAT_IMMEDIATE },
    { DRIVE_PARTITIONS_FIXED, TAPE_DRIVE_FIXED, 0 },
    { DRIVE_PARTITIONS_SELECT, TAPE_DRIVE_SELECT, 0 },
    { DRIVE_PARTITIONS_INITIATOR, TAPE_DRIVE_INITIATOR, 0 },
};

static NTSTATUS get_drive_parameters( struct device *device, struct device_file *file, void *buffer )
{
    struct get_drive_info_params params = { file->handle };
    const struct drive_info *info = &params.info;
    TAPE_GET_DRIVE_PARAMETERS *ret = buffer;
    const struct feature *feature;
    NTSTATUS status;

    if ((status = TAPE_CALL( get_drive_info, &params ))) return status;

    memset( ret, 0, sizeof(*ret) );
    ret->ECC = info->settings.correction;
    ret->Compression = info->settings.compression;
    ret->ReportSetmarks = info->settings.setmarks;
    ret->EOTWarningZoneSize = info->settings.warning_zone;
    ret->MinimumBlockSize = info->min_block;
    ret->MaximumBlockSize = info->max_block;
    ret->DefaultBlockSize = max( min( DEFAULT_BLOCK_SIZE, info->max_block ), info->min_block );
    ret->MaximumPartitionCount = info->max_partitions;
    for (feature = features; feature < features + ARRAY_SIZE(features); feature++)
    {
        if ((info->capabilities & feature->capability) != feature->capability) continue;
        ret->FeaturesLow |= feature->low;
        ret->FeaturesHigh |= feature->high;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS set_drive_parameters( struct device *device, struct device_file *file, void *buffer )
{
    const TAPE_SET_DRIVE_PARAMETERS *set = buffer;
    struct set_drive_info_params params =
    {
        .drive = file->handle,
        .settings = { .warning_zone = set->EOTWarningZoneSize, .compression = !!set->Compression,
                      .correction = !!set->ECC, .setmarks = !!set->ReportSetmarks },
    };

    /* SCSI has no such thing */
    if (set->DataPadding) return STATUS_INVALID_DEVICE_REQUEST;
    return TAPE_CALL( set_drive_info, &params );
}

static NTSTATUS get_media_parameters( struct device *device, struct device_file *file, void *buffer )
{
    struct get_medium_info_params params = { file->handle, TRUE };
    TAPE_GET_MEDIA_PARAMETERS *ret = buffer;
    NTSTATUS status;

    if ((status = TAPE_CALL( get_medium_info, &params ))) return status;
    memset( ret, 0, sizeof(*ret) );
    ret->Capacity.QuadPart = params.info.capacity;
    ret->Remaining.QuadPart = params.info.remaining;
    ret->BlockSize = params.info.block_size;
    ret->PartitionCount = max( params.info.partitions, 1 );
    ret->WriteProtected = params.info.write_protected;
    return STATUS_SUCCESS;
}

static NTSTATUS set_media_parameters( struct device *device, struct device_file *file, void *buffer )
{
    const TAPE_SET_MEDIA_PARAMETERS *set = buffer;
    struct set_block_size_params params = { file->handle, set->BlockSize };

    return TAPE_CALL( set_block_size, &params );
}

static NTSTATUS get_position( struct device *device, struct device_file *file, void *buffer )
{
    TAPE_GET_POSITION *position = buffer;
    struct get_position_params params = { .drive = file->handle, .type = position->Type };
    NTSTATUS status;

    if (position->Type > TAPE_PSEUDO_LOGICAL_POSITION) return STATUS_INVALID_PARAMETER;
    if ((status = TAPE_CALL( get_position, &params ))) return status;
    position->Partition = params.partition;
    position->OffsetLow = params.block;
    position->OffsetHigh = params.block >> 32;
    return STATUS_SUCCESS;
}

static NTSTATUS set_position( struct device *device, struct device_file *file, void *buffer )
{
    const TAPE_SET_POSITION *set = buffer;
    struct set_position_params params =
    {
        .drive = file->handle, .offset = set->Offset.QuadPart, .method = set->Method, .partition = set->Partition,
        .immediate = !!set->Immediate,
    };

    return TAPE_CALL( set_position, &params );
}

static NTSTATUS write_marks( struct device *device, struct device_file *file, void *buffer )
{
    const TAPE_WRITE_MARKS *marks = buffer;
    struct write_marks_params params = { file->handle, marks->Type, marks->Count, !!marks->Immediate };

    return TAPE_CALL( write_marks, &params );
}

static NTSTATUS call_prepare( struct device_file *file, UINT32 operation, BOOL immediate )
{
    struct prepare_params params = { file->handle, operation, immediate };

    return TAPE_CALL( prepare, &params );
}

static NTSTATUS prepare( struct device *device, struct device_file *file, void *buffer )
{
    const TAPE_PREPARE *set = buffer;

    return call_prepare( file, set->Operation, !!set->Immediate );
}

static NTSTATUS load_media( struct device *device, struct device_file *file, void *buffer )
{
    return call_prepare( file, TAPE_LOAD, FALSE );
}

static NTSTATUS eject_media( struct device *device, struct device_file *file, void *buffer )
{
    return call_prepare( file, TAPE_UNLOAD, FALSE );
}

static NTSTATUS media_removal( struct device *device, struct device_file *file, void *buffer )
{
    const PREVENT_MEDIA_REMOVAL *removal = buffer;

    return call_prepare( file, removal->PreventMediaRemoval ? TAPE_LOCK : TAPE_UNLOCK, FALSE );
}

static NTSTATUS erase( struct device *device, struct device_file *file, void *buffer )
{
    const TAPE_ERASE *set = buffer;
    struct erase_params params = { file->handle, set->Type == TAPE_ERASE_LONG, !!set->Immediate };

    if (set->Type > TAPE_ERASE_LONG) return STATUS_INVALID_PARAMETER;
    return TAPE_CALL( erase, &params );
}

static NTSTATUS get_status( struct device *device, struct device_file *file, void *buffer )
{
    struct drive_params params = { file->handle };

    return TAPE_CALL( get_status, &params );
}

static NTSTATUS check_verify( struct device *device, struct device_file *file, void *buffer )
{
    struct drive_params params = { file->handle };

    return TAPE_CALL( test_drive, &params );
}

static NTSTATUS call_reserve( struct device_file *file, BOOL reserve )
{
    struct reserve_params params = { file->handle, reserve };

    return TAPE_CALL( reserve, &params );
}

static NTSTATUS reserve( struct device *device, struct device_file *file, void *buffer )
{
    return call_reserve( file, TRUE );
}

static NTSTATUS release( struct device *device, struct device_file *file, void *buffer )
{
    return call_reserve( file, FALSE );
}

static NTSTATUS create_partition( struct device *device, struct device_file *file, void *buffer )
{
    const TAPE_CREATE_PARTITION *create = buffer;
    struct create_partition_params params = { file->handle, create->Method, create->Count, create->Size };

    return TAPE_CALL( create_partition, &params );
}

/* MEDIA_SERIAL_NUMBER_DATA; a program learns from it how much room the number itself takes */
struct media_serial_number
{
    ULONG length;
    ULONG result;
    ULONG reserved[2];
    UCHAR number[64];
};

static NTSTATUS get_media_serial_number( struct device *device, struct device_file *file, void *buffer )
{
    struct get_serial_params params = { file->handle };
    struct media_serial_number *ret = buffer;
    NTSTATUS status;

    if ((status = TAPE_CALL( get_serial, &params ))) return status;
    memset( ret, 0, sizeof(*ret) );
    ret->length = strlen( params.serial );
    memcpy( ret->number, params.serial, ret->length );
    return STATUS_SUCCESS;
}

/* one entry: what the drive takes, and whether it holds one */
static NTSTATUS get_media_types( struct device *device, struct device_file *file, void *buffer )
{
    struct get_medium_info_params params = { file->handle, FALSE };
    struct tape_media_types *ret = buffer;
    NTSTATUS status;

    if ((status = TAPE_CALL( get_medium_info, &params ))) return status;
    memset( ret, 0, sizeof(*ret) );
    ret->device_type = FILE_DEVICE_TAPE;
    ret->count = 1;
    ret->media_type = get_media_type( get_device_identity( device ).product, params.info.density );
    ret->characteristics = params.info.write_once ? MEDIA_WRITE_ONCE : MEDIA_ERASEABLE | MEDIA_READ_WRITE;
    if (params.info.present) ret->characteristics |= MEDIA_CURRENTLY_MOUNTED;
    if (params.info.write_protected) ret->characteristics |= MEDIA_WRITE_PROTECTED;
    ret->block_size = params.info.block_size;
    ret->bus_type = BusTypeScsi;
    ret->scsi_medium_type = params.info.medium_type;
    ret->scsi_density = params.info.density;
    return STATUS_SUCCESS;
}

/* Requests with the least sizes of what goes in and what comes out. */
static const struct tape_ioctl
{
    ULONG    code;
    ULONG    in_size;
    ULONG    out_size;
    NTSTATUS (*func)( struct device *device, struct device_file *file, void *buffer );
}
tape_ioctls[] =
{
    { IOCTL_TAPE_CHECK_VERIFY,          0, 0, check_verify },
    { IOCTL_TAPE_CREATE_PARTITION,      sizeof(TAPE_CREATE_PARTITION), 0, create_partition },
    { IOCTL_TAPE_ERASE,                 sizeof(TAPE_ERASE), 0, erase },
    { IOCTL_TAPE_GET_DRIVE_PARAMS,      0, sizeof(TAPE_GET_DRIVE_PARAMETERS), get_drive_parameters },
    { IOCTL_TAPE_GET_MEDIA_PARAMS,      0, sizeof(TAPE_GET_MEDIA_PARAMETERS), get_media_parameters },
    { IOCTL_TAPE_GET_POSITION,          sizeof(ULONG), sizeof(TAPE_GET_POSITION), get_position },
    { IOCTL_TAPE_GET_STATUS,            0, 0, get_status },
    { IOCTL_TAPE_PREPARE,               sizeof(TAPE_PREPARE), 0, prepare },
    { IOCTL_TAPE_SET_DRIVE_PARAMS,      sizeof(TAPE_SET_DRIVE_PARAMETERS), 0, set_drive_parameters },
    { IOCTL_TAPE_SET_MEDIA_PARAMS,      sizeof(TAPE_SET_MEDIA_PARAMETERS), 0, set_media_parameters },
    { IOCTL_TAPE_SET_POSITION,          sizeof(TAPE_SET_POSITION), 0, set_position },
    { IOCTL_TAPE_WRITE_MARKS,           sizeof(TAPE_WRITE_MARKS), 0, write_marks },
    { IOCTL_STORAGE_CHECK_VERIFY,       0, 0, check_verify },
    { IOCTL_STORAGE_CHECK_VERIFY2,      0, 0, check_verify },
    { IOCTL_STORAGE_EJECT_MEDIA,        0, 0, eject_media },
    { IOCTL_STORAGE_GET_MEDIA_SERIAL_NUMBER, 0, sizeof(struct media_serial_number), get_media_serial_number },
    { IOCTL_STORAGE_GET_MEDIA_TYPES_EX, 0, sizeof(struct tape_media_types), get_media_types },
    { IOCTL_STORAGE_LOAD_MEDIA,         0, 0, load_media },
    { IOCTL_STORAGE_LOAD_MEDIA2,        0, 0, load_media },
    { IOCTL_STORAGE_MEDIA_REMOVAL,      sizeof(PREVENT_MEDIA_REMOVAL), 0, media_removal },
    { IOCTL_STORAGE_RELEASE,            0, 0, release },
    { IOCTL_STORAGE_RESERVE,            0, 0, reserve },
};

BOOL is_tape_inquiry( ULONG code )
{
    return code == IOCTL_TAPE_GET_DRIVE_PARAMS || code == IOCTL_STORAGE_GET_MEDIA_TYPES_EX;
}

static NTSTATUS pass_through( struct pass_through_params *params )
{
    return TAPE_CALL( pass_through, params );
}

NTSTATUS tape_control( struct device *device, struct device_file *file, IRP *irp )
{
    IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation( irp );
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    const struct tape_ioctl *ioctl;
    unsigned int i;
    NTSTATUS status;

    for (i = 0; i < ARRAY_SIZE(tape_ioctls); i++)
    {
        ioctl = &tape_ioctls[i];
        if (ioctl->code != code) continue;
        if (stack->Parameters.DeviceIoControl.InputBufferLength < ioctl->in_size ||
            stack->Parameters.DeviceIoControl.OutputBufferLength < ioctl->out_size)
            return STATUS_INFO_LENGTH_MISMATCH;
        status = ioctl->func( device, file, irp->AssociatedIrp.SystemBuffer );
        if (!status) irp->IoStatus.Information = ioctl->out_size;
        return status;
    }
    if (code == IOCTL_SCSI_PASS_THROUGH || code == IOCTL_SCSI_PASS_THROUGH_DIRECT)
        return pass_through_request( file, irp, pass_through );
    FIXME( "control code %#lx is not implemented\n", code );
    return STATUS_INVALID_DEVICE_REQUEST;
}
