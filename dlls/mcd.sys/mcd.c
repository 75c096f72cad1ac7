/*
 * Medium changer driver: \\.\ChangerN on the generic SCSI devices of the host
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

#include "mcd.h"

WINE_DEFAULT_DEBUG_CHANNEL(mcd);

static NTSTATUS next_event( struct device_event *event )
{
    return MCD_CALL( next_event, event );
}

static void stop_events(void)
{
    MCD_CALL( stop_events, NULL );
}

static void release_unit( UINT64 unit )
{
    struct release_unit_params params = { unit };

    MCD_CALL( release_unit, &params );
}

static NTSTATUS open_changer( struct device *device, struct device_file *file )
{
    struct open_changer_params params = { device->unit, file->enabled };
    NTSTATUS status;

    if (!(status = MCD_CALL( open_changer, &params ))) file->handle = params.handle;
    return status;
}

static void close_changer( struct device *device, struct device_file *file )
{
    struct handle_params params = { file->handle };

    MCD_CALL( close_changer, &params );
}

static const struct device_driver changer_driver =
{
    .name         = L"Changer",
    .type         = FILE_DEVICE_CHANGER,
    .next_event   = next_event,
    .stop_events  = stop_events,
    .release_unit = release_unit,
    .open         = open_changer,
    .close        = close_changer,
    .request      = changer_request,
    .is_inquiry   = is_inquiry_request,
};

NTSTATUS WINAPI DriverEntry( DRIVER_OBJECT *driver, UNICODE_STRING *path )
{
    NTSTATUS status;

    TRACE( "%p, %s\n", driver, debugstr_w(path->Buffer) );

    if ((status = __wine_init_unix_call()))
    {
        ERR( "failed to load the Unix library, status %#lx\n", status );
        return status;
    }
    return start_devices( driver, &changer_driver );
}
