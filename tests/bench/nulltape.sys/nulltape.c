/*
 * An empty driver on the queue of tape.sys: \\.\NullTape0 takes what is written and reads blocks of nothing
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

#include "queue.h"

static HANDLE stop_event;

/* one device comes at the start, none goes */
static NTSTATUS next_event( struct device_event *event )
{
    static unsigned int count;

    event->type = count++ ? DEVICE_EVENT_SETTLED : DEVICE_EVENT_ARRIVED;
    event->unit = 1;
    if (count > 2)
    {
        WaitForSingleObject( stop_event, INFINITE );
        event->type = DEVICE_EVENT_STOPPED;
    }
    return STATUS_SUCCESS;
}

static void stop_events(void)
{
    SetEvent( stop_event );
}

static void release_unit( UINT64 unit )
{
}

static NTSTATUS open_null( struct device *device, struct device_file *file )
{
    file->enabled = TRUE;
    return STATUS_SUCCESS;
}

static void close_null( struct device *device, struct device_file *file )
{
}

static NTSTATUS null_request( struct device *device, struct device_file *file, IRP *irp )
{
    IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation( irp );

    if (stack->MajorFunction == IRP_MJ_READ) irp->IoStatus.Information = stack->Parameters.Read.Length;
    if (stack->MajorFunction == IRP_MJ_WRITE) irp->IoStatus.Information = stack->Parameters.Write.Length;
    return STATUS_SUCCESS;
}

static BOOL is_null_inquiry( ULONG code )
{
    return FALSE;
}

static const struct device_driver null_driver =
{
    .name         = L"NullTape",
    .type         = FILE_DEVICE_TAPE,
    .exclusive    = TRUE,
    .next_event   = next_event,
    .stop_events  = stop_events,
    .release_unit = release_unit,
    .open         = open_null,
    .close        = close_null,
    .request      = null_request,
    .is_inquiry   = is_null_inquiry,
};

NTSTATUS WINAPI DriverEntry( DRIVER_OBJECT *driver, UNICODE_STRING *path )
{
    if (!(stop_event = CreateEventW( NULL, FALSE, FALSE, NULL ))) return STATUS_NO_MEMORY;
    return start_devices( driver, &null_driver );
}
