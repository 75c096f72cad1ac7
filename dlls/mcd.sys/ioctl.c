/*
 * Requests to the changer driver: what there is, its checks, and all that moves something
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
#include <stdlib.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "winioctl.h"
#include "ntddscsi.h"
#include "ddk/wdm.h"
#include "ddk/ntddchgr.h"
#include "wine/debug.h"

#include "request.h"
#include "wine/ntmschgr.h"

WINE_DEFAULT_DEBUG_CHANNEL(mcd);

static NTSTATUS get_status( struct request *request )
{
    struct handle_params params = { request->handle };

    return MCD_CALL( get_status, &params );
}

/* Completed when somebody may have changed the contents by hand since this handle was opened, or was told so. */
static NTSTATUS watch( struct request *request )
{
    struct handle_params params = { request->handle };

    return MCD_CALL( watch, &params );
}

static NTSTATUS lock_access( struct request *request, const CHANGER_ELEMENT *element, BOOL lock )
{
    struct lock_access_params params = { request->handle, element->ElementType == ChangerIEPort, element->ElementAddress,
                                         lock };

    return MCD_CALL( lock_access, &params );
}

static NTSTATUS move_port( struct request *request, UINT32 port, BOOL extend )
{
    struct move_port_params params = { request->handle, port, extend };

    return MCD_CALL( move_port, &params );
}

static NTSTATUS set_access( struct request *request )
{
    const CHANGER_SET_ACCESS access = *(CHANGER_SET_ACCESS *)request->buffer;
    NTSTATUS status;

    switch (access.Element.ElementType)
    {
    case ChangerIEPort:
    case ChangerDoor:
        break;
    case ChangerKeypad:
        return STATUS_INVALID_DEVICE_REQUEST;
    default:
        return STATUS_INVALID_PARAMETER;
    }
    switch (access.Control)
    {
    case LOCK_ELEMENT:
    case UNLOCK_ELEMENT:
        status = lock_access( request, &access.Element, access.Control == LOCK_ELEMENT );
        break;
    case EXTEND_IEPORT:
    case RETRACT_IEPORT:
        if (access.Element.ElementType != ChangerIEPort) return STATUS_INVALID_PARAMETER;
        status = move_port( request, access.Element.ElementAddress, access.Control == EXTEND_IEPORT );
        break;
    default:
        return STATUS_INVALID_PARAMETER;
    }
    if (!status) request->information = sizeof(access);
    return status;
}

/* BarCodeScan has no counterpart in SMC-3: a library reads the labels of what it looks at. */
static NTSTATUS initialize_element_status( struct request *request )
{
    const CHANGER_INITIALIZE_ELEMENT_STATUS *initialize = request->buffer;
    const CHANGER_ELEMENT_LIST *list = &initialize->ElementList;
    struct initialize_elements_params params = { request->handle };
    NTSTATUS status;

    if (list->Element.ElementType != AllElements)
    {
        if (!list->NumberOfElements) return STATUS_INVALID_PARAMETER;
        params.first = get_element( &list->Element );
        params.count = list->NumberOfElements;
    }
    if (!(status = MCD_CALL( initialize_elements, &params ))) request->information = sizeof(*initialize);
    return status;
}

static NTSTATUS set_position( struct request *request )
{
    const CHANGER_SET_POSITION *position = request->buffer;
    struct set_position_params params = { request->handle, position->Transport.ElementAddress,
                                          get_element( &position->Destination ), position->Flip };
    NTSTATUS status;

    if (position->Transport.ElementType != ChangerTransport) return STATUS_INVALID_PARAMETER;
    if (!(status = MCD_CALL( set_position, &params ))) request->information = sizeof(*position);
    return status;
}

static NTSTATUS exchange_medium( struct request *request )
{
    const CHANGER_EXCHANGE_MEDIUM *exchange = request->buffer;
    struct exchange_medium_params params = { request->handle, exchange->Transport.ElementAddress,
                                             get_element( &exchange->Source ), get_element( &exchange->Destination1 ),
                                             get_element( &exchange->Destination2 ), exchange->Flip1, exchange->Flip2 };

    if (exchange->Transport.ElementType != ChangerTransport) return STATUS_INVALID_PARAMETER;
    return MCD_CALL( exchange_medium, &params );
}

static NTSTATUS move_medium( struct request *request )
{
    const CHANGER_MOVE_MEDIUM *move = request->buffer;
    struct move_medium_params params = { request->handle, move->Transport.ElementAddress, get_element( &move->Source ),
                                         get_element( &move->Destination ), move->Flip };
    NTSTATUS status;

    TRACE( "%u:%lu -> %u:%lu, flip %u\n", move->Source.ElementType, move->Source.ElementAddress,
           move->Destination.ElementType, move->Destination.ElementAddress, move->Flip );

    if (move->Transport.ElementType != ChangerTransport) return STATUS_INVALID_PARAMETER;
    if (!(status = MCD_CALL( move_medium, &params ))) request->information = sizeof(*move);
    return status;
}

static NTSTATUS reinitialize_transport( struct request *request )
{
    const CHANGER_ELEMENT *transport = request->buffer;
    struct rezero_params params = { request->handle, transport->ElementAddress };
    NTSTATUS status;

    if (transport->ElementType != ChangerTransport) return STATUS_INVALID_PARAMETER;
    if (!(status = MCD_CALL( rezero, &params ))) request->information = sizeof(*transport);
    return status;
}

enum request_flags
{
    REQUEST_INQUIRY = 1,  /* answered also by a device that its owner has not enabled */
    REQUEST_SLOW    = 2,  /* moves something */
};

static const struct
{
    ULONG      code;
    ULONG      in_size;
    ULONG      flags;
    NTSTATUS (*func)( struct request *request );
} requests[] =
{
    { IOCTL_CHANGER_GET_PARAMETERS, 0, REQUEST_INQUIRY, get_parameters },
    { IOCTL_CHANGER_GET_STATUS, 0, 0, get_status },
    { IOCTL_CHANGER_GET_PRODUCT_DATA, 0, REQUEST_INQUIRY, get_product_data },
    { IOCTL_CHANGER_SET_ACCESS, sizeof(CHANGER_SET_ACCESS), REQUEST_SLOW, set_access },
    { IOCTL_CHANGER_GET_ELEMENT_STATUS, sizeof(CHANGER_READ_ELEMENT_STATUS), 0, get_element_status },
    { IOCTL_CHANGER_INITIALIZE_ELEMENT_STATUS, sizeof(CHANGER_INITIALIZE_ELEMENT_STATUS), REQUEST_SLOW,
      initialize_element_status },
    { IOCTL_CHANGER_SET_POSITION, sizeof(CHANGER_SET_POSITION), REQUEST_SLOW, set_position },
    { IOCTL_CHANGER_EXCHANGE_MEDIUM, sizeof(CHANGER_EXCHANGE_MEDIUM), REQUEST_SLOW, exchange_medium },
    { IOCTL_CHANGER_MOVE_MEDIUM, sizeof(CHANGER_MOVE_MEDIUM), REQUEST_SLOW, move_medium },
    { IOCTL_CHANGER_REINITIALIZE_TRANSPORT, sizeof(CHANGER_ELEMENT), REQUEST_SLOW, reinitialize_transport },
    { IOCTL_CHANGER_QUERY_VOLUME_TAGS, sizeof(CHANGER_SEND_VOLUME_TAG_INFORMATION), 0, query_volume_tags },
    { IOCTL_NTMS_CHANGER_GET_DRIVES, 0, 0, get_drive_ties },
    { IOCTL_NTMS_CHANGER_WATCH, 0, 0, watch },
};

static ULONG get_request_flags( ULONG code )
{
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(requests); i++) if (requests[i].code == code) return requests[i].flags;
    return code == IOCTL_SCSI_PASS_THROUGH || code == IOCTL_SCSI_PASS_THROUGH_DIRECT ? REQUEST_SLOW : 0;
}

BOOL is_inquiry_request( ULONG code )
{
    return !!(get_request_flags( code ) & REQUEST_INQUIRY);
}

BOOL is_slow_request( ULONG code )
{
    return !!(get_request_flags( code ) & REQUEST_SLOW);
}

static NTSTATUS pass_through( struct pass_through_params *params )
{
    return MCD_CALL( pass_through, params );
}

NTSTATUS changer_request( struct device *device, struct device_file *file, IRP *irp )
{
    IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation( irp );
    struct request request = { device, file->handle, file->enabled, irp->AssociatedIrp.SystemBuffer };
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    NTSTATUS status;
    unsigned int i;

    if (stack->MajorFunction != IRP_MJ_DEVICE_CONTROL) return STATUS_INVALID_DEVICE_REQUEST;
    request.in_size = stack->Parameters.DeviceIoControl.InputBufferLength;
    request.out_size = stack->Parameters.DeviceIoControl.OutputBufferLength;

    if (code == IOCTL_SCSI_PASS_THROUGH || code == IOCTL_SCSI_PASS_THROUGH_DIRECT)
        return pass_through_request( file, irp, pass_through );

    for (i = 0; i < ARRAY_SIZE(requests); i++)
    {
        if (requests[i].code != code) continue;
        if (request.in_size < requests[i].in_size) return STATUS_INFO_LENGTH_MISMATCH;
        status = requests[i].func( &request );
        irp->IoStatus.Information = request.information;
        TRACE( "code %#lx, status %#lx, information %Iu\n", code, status, request.information );
        return status;
    }
    FIXME( "control code %#lx is not implemented\n", code );
    return STATUS_INVALID_DEVICE_REQUEST;
}
