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

static NTSTATUS get_drive_parameters( struct device *device, struct device_file *file, void *buffer )
{
    struct get_drive_info_params params = { file->handle };
    TAPE_GET_DRIVE_PARAMETERS *ret = buffer;
    UINT32 can;
    NTSTATUS status;

    if ((status = TAPE_CALL( get_drive_info, &params ))) return status;
    can = params.info.capabilities;

    memset( ret, 0, sizeof(*ret) );
    ret->Compression = params.info.compression;
    ret->MinimumBlockSize = params.info.min_block;
    ret->MaximumBlockSize = params.info.max_block;
    ret->DefaultBlockSize = max( min( DEFAULT_BLOCK_SIZE, params.info.max_block ), params.info.min_block );

    ret->FeaturesLow = TAPE_DRIVE_VARIABLE_BLOCK | TAPE_DRIVE_WRITE_PROTECT;
    if (can & DRIVE_SETS_BLOCK_SIZE) ret->FeaturesLow |= TAPE_DRIVE_FIXED_BLOCK;
    if (can & DRIVE_ERASES) ret->FeaturesLow |= TAPE_DRIVE_ERASE_SHORT | TAPE_DRIVE_ERASE_LONG | TAPE_DRIVE_ERASE_IMMEDIATE;
    if (can & DRIVE_REPORTS_CAPACITY) ret->FeaturesLow |= TAPE_DRIVE_TAPE_CAPACITY | TAPE_DRIVE_TAPE_REMAINING;
    if (can & DRIVE_COMPRESSES) ret->FeaturesLow |= TAPE_DRIVE_COMPRESSION;
    if (can & DRIVE_REPORTS_POSITION) ret->FeaturesLow |= TAPE_DRIVE_GET_ABSOLUTE_BLK | TAPE_DRIVE_GET_LOGICAL_BLK;
    if (can & DRIVE_LOADS) ret->FeaturesLow |= TAPE_DRIVE_EJECT_MEDIA;

    ret->FeaturesHigh = TAPE_DRIVE_REWIND_IMMEDIATE | TAPE_DRIVE_END_OF_DATA | TAPE_DRIVE_RELATIVE_BLKS |
                        TAPE_DRIVE_FILEMARKS | TAPE_DRIVE_SEQUENTIAL_FMKS | TAPE_DRIVE_REVERSE_POSITION |
                        TAPE_DRIVE_WRITE_FILEMARKS | TAPE_DRIVE_WRITE_MARK_IMMED;
    if (can & DRIVE_SETS_BLOCK_SIZE) ret->FeaturesHigh |= TAPE_DRIVE_SET_BLOCK_SIZE;
    if (can & DRIVE_SETS_COMPRESSION) ret->FeaturesHigh |= TAPE_DRIVE_SET_COMPRESSION;
    if (can & DRIVE_LOADS) ret->FeaturesHigh |= TAPE_DRIVE_LOAD_UNLOAD | TAPE_DRIVE_TENSION | TAPE_DRIVE_LOAD_UNLD_IMMED |
                                                TAPE_DRIVE_TENSION_IMMED;
    if (can & DRIVE_LOCKS) ret->FeaturesHigh |= TAPE_DRIVE_LOCK_UNLOCK;
    if (can & DRIVE_LOCATES) ret->FeaturesHigh |= TAPE_DRIVE_ABSOLUTE_BLK | TAPE_DRIVE_LOGICAL_BLK;
    return STATUS_SUCCESS;
}

static NTSTATUS set_drive_parameters( struct device *device, struct device_file *file, void *buffer )
{
    const TAPE_SET_DRIVE_PARAMETERS *set = buffer;
    struct set_compression_params params = { file->handle, set->Compression };

    if (set->ECC || set->DataPadding || set->ReportSetmarks || set->EOTWarningZoneSize)
        FIXME( "only compression can be set\n" );
    return TAPE_CALL( set_compression, &params );
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
    ret->PartitionCount = 1;
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
    struct get_position_params params = { file->handle };
    TAPE_GET_POSITION *position = buffer;
    NTSTATUS status;

    if (position->Type > TAPE_PSEUDO_LOGICAL_POSITION) return STATUS_INVALID_PARAMETER;
    if ((status = TAPE_CALL( get_position, &params ))) return status;
    position->Partition = position->Type == TAPE_ABSOLUTE_POSITION ? 0 : params.partition;
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

    return TAPE_CALL( test_drive, &params );
}

static NTSTATUS create_partition( struct device *device, struct device_file *file, void *buffer )
{
    const TAPE_CREATE_PARTITION *create = buffer;

    FIXME( "method %lu, count %lu, size %lu\n", create->Method, create->Count, create->Size );
    return STATUS_NOT_SUPPORTED;
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
    ret->media_type = get_media_type( device->identity.product, params.info.density );
    ret->characteristics = MEDIA_ERASEABLE | MEDIA_READ_WRITE;
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
    { IOCTL_TAPE_CHECK_VERIFY,          0, 0, get_status },
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
    { IOCTL_STORAGE_CHECK_VERIFY,       0, 0, get_status },
    { IOCTL_STORAGE_CHECK_VERIFY2,      0, 0, get_status },
    { IOCTL_STORAGE_EJECT_MEDIA,        0, 0, eject_media },
    { IOCTL_STORAGE_GET_MEDIA_TYPES_EX, 0, sizeof(struct tape_media_types), get_media_types },
    { IOCTL_STORAGE_LOAD_MEDIA,         0, 0, load_media },
    { IOCTL_STORAGE_LOAD_MEDIA2,        0, 0, load_media },
    { IOCTL_STORAGE_MEDIA_REMOVAL,      sizeof(PREVENT_MEDIA_REMOVAL), 0, media_removal },
};

BOOL is_tape_inquiry( ULONG code )
{
    return code == IOCTL_TAPE_GET_DRIVE_PARAMS || code == IOCTL_STORAGE_GET_MEDIA_TYPES_EX;
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
    FIXME( "control code %#lx is not implemented\n", code );
    return STATUS_INVALID_DEVICE_REQUEST;
}
