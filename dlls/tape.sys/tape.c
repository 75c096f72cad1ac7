/*
 * Tape driver: \\.\Tape0 and its siblings
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

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "winioctl.h"
#include "ddk/wdm.h"
#include "wine/debug.h"

#include "tape.h"

WINE_DEFAULT_DEBUG_CHANNEL(tape);

static NTSTATUS next_event( struct device_event *event )
{
    struct event_params params = { event };

    return TAPE_CALL( next_event, &params );
}

static void stop_events(void)
{
    TAPE_CALL( stop_events, NULL );
}

static void release_unit( UINT64 unit )
{
    struct unit_params params = { unit };

    TAPE_CALL( release_unit, &params );
}

static NTSTATUS open_tape( struct device *device, struct device_file *file )
{
    struct device_identity identity;
    struct open_params params = { .unit = device->unit, .identity = &identity, .enabled = file->enabled };
    NTSTATUS status;

    status = TAPE_CALL( open_drive, &params );
    TRACE( "Tape%u, enabled %u, status %#lx\n", device->number, file->enabled, status );
    if (status) return status;
    file->handle = params.drive;
    EnterCriticalSection( &device->cs );
    device->identity = identity;
    LeaveCriticalSection( &device->cs );
    return STATUS_SUCCESS;
}

static void cancel_tape( struct device *device, BOOL cancel )
{
    struct cancel_params params = { .unit = device->unit, .cancel = cancel };

    if (params.unit) TAPE_CALL( cancel, &params );
}

static void close_tape( struct device *device, struct device_file *file )
{
    struct drive_params params = { file->handle };

    TRACE( "Tape%u\n", device->number );
    if (file->handle) TAPE_CALL( close_drive, &params );
}

/* the program's pages go to the host's SCSI layer as they are */
static NTSTATUS transfer( struct device_file *file, IRP *irp, ULONG size, BOOL write )
{
    struct transfer_params params = { .drive = file->handle, .size = size };
    NTSTATUS status;

    if (!size) return STATUS_SUCCESS;
    if (!(params.buffer = MmGetSystemAddressForMdlSafe( irp->MdlAddress, NormalPagePriority )))
        return STATUS_INSUFFICIENT_RESOURCES;
    status = write ? TAPE_CALL( write_tape, &params ) : TAPE_CALL( read_tape, &params );
    /* data reach the program with a success or a warning only */
    if (write || !NT_ERROR( status )) irp->IoStatus.Information = params.done;
    return status;
}

static NTSTATUS flush( struct device_file *file )
{
    struct write_marks_params params = { .drive = file->handle, .type = TAPE_FILEMARKS };

    return TAPE_CALL( write_marks, &params );
}

static NTSTATUS tape_request( struct device *device, struct device_file *file, IRP *irp )
{
    IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation( irp );
    NTSTATUS status;

    switch (stack->MajorFunction)
    {
    case IRP_MJ_READ:
        status = transfer( file, irp, stack->Parameters.Read.Length, FALSE );
        break;
    case IRP_MJ_WRITE:
        status = transfer( file, irp, stack->Parameters.Write.Length, TRUE );
        break;
    case IRP_MJ_FLUSH_BUFFERS:
        status = flush( file );
        break;
    default:
        status = tape_control( device, file, irp );
        break;
    }
    /* the tape class reports a changed medium under this name */
    if (status == STATUS_MEDIA_CHANGED) status = STATUS_VERIFY_REQUIRED;
    if (status) WARN( "Tape%u, major %u, status %#lx\n", device->number, stack->MajorFunction, status );
    return status;
}

static const struct device_driver tape_driver =
{
    .name         = L"Tape",
    .type         = FILE_DEVICE_TAPE,
    .exclusive    = TRUE,
    .next_event   = next_event,
    .stop_events  = stop_events,
    .release_unit = release_unit,
    .open         = open_tape,
    .close        = close_tape,
    .request      = tape_request,
    .cancel       = cancel_tape,
    .pass_through = TRUE,
    .is_inquiry   = is_tape_inquiry,
};

NTSTATUS WINAPI DriverEntry( DRIVER_OBJECT *driver, UNICODE_STRING *path )
{
    NTSTATUS status;

    TRACE( "%p, %s\n", driver, debugstr_w(path->Buffer) );

    if ((status = __wine_init_unix_call()))
    {
        ERR( "the Unix half of the driver cannot be loaded, status %#lx\n", status );
        return status;
    }
    return start_devices( driver, &tape_driver );
}
