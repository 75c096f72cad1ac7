/*
 * IOCTL_CHANGER_* requests: checks and conversion to and from the structures of Windows
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
#include "ddk/wdm.h"
#include "ddk/ntddchgr.h"
#include "wine/debug.h"

#include "mcd.h"

WINE_DEFAULT_DEBUG_CHANNEL(mcd);

#define DEFAULT_CLEAN_TIMEOUT 600  /* twice the longest cleaning, in seconds */

C_ASSERT( ChangerTransport == ELEMENT_TRANSPORT && ChangerSlot == ELEMENT_STORAGE );
C_ASSERT( ChangerIEPort == ELEMENT_IMPEXP && ChangerDrive == ELEMENT_DRIVE );

/* one request; input and output share the buffer */
struct request
{
    const struct device *device;
    UINT64               handle;
    BOOL                 enabled;
    void                *buffer;
    ULONG                in_size;
    ULONG                out_size;
    ULONG_PTR            information;
};

static struct element_number get_element( const CHANGER_ELEMENT *element )
{
    struct element_number ret = { element->ElementType, element->ElementAddress };

    return ret;
}

/* Texts in fixed fields are padded with blanks, as the device pads them. */
static void copy_padded( UCHAR *dst, unsigned int size, const char *src )
{
    unsigned int len = min( strlen( src ), size );

    memset( dst, ' ', size );
    memcpy( dst, src, len );
}

static ULONG get_features0( const struct changer_facts *facts, const struct device_identity *identity )
{
    ULONG features = CHANGER_STORAGE_SLOT | CHANGER_PREDISMOUNT_EJECT_REQUIRED;
    unsigned int type;

    if (facts->bar_code_reader) features |= CHANGER_BAR_CODE_SCANNER_INSTALLED;
    if (facts->initialize_range) features |= CHANGER_INIT_ELEM_STAT_WITH_RANGE;
    if (facts->port_control) features |= CHANGER_OPEN_IEPORT | CHANGER_CLOSE_IEPORT;
    if (facts->count[ELEMENT_IMPEXP]) features |= CHANGER_REPORT_IEPORT_STATE;
    if (facts->lock) features |= CHANGER_LOCK_UNLOCK;
    if (facts->rotates) features |= CHANGER_MEDIUM_FLIP;
    if (facts->position) features |= CHANGER_POSITION_TO_ELEMENT;
    if (facts->rezero) features |= CHANGER_DEVICE_REINITIALIZE_CAPABLE;
    if (facts->storage & CHANGER_TO_TRANSPORT) features |= CHANGER_STORAGE_TRANSPORT;
    if (facts->storage & CHANGER_TO_IEPORT) features |= CHANGER_STORAGE_IEPORT;
    if (facts->storage & CHANGER_TO_DRIVE) features |= CHANGER_STORAGE_DRIVE;
    if (identity->serial[0]) features |= CHANGER_SERIAL_NUMBER_VALID;
    for (type = ELEMENT_TRANSPORT; type <= ELEMENT_DRIVE; type++)
        if (facts->exchange[type]) features |= CHANGER_EXCHANGE_MEDIA;
    return features;
}

static ULONG get_features1( const struct changer_facts *facts )
{
    if (!facts->count[ELEMENT_IMPEXP] || facts->port_control) return 0;
    return CHANGER_IEPORT_USER_CONTROL_OPEN | CHANGER_IEPORT_USER_CONTROL_CLOSE;
}

static void fill_parameters( GET_CHANGER_PARAMETERS *ret, const struct changer_facts *facts,
                             const struct device_identity *identity )
{
    BOOL has_port = !!facts->count[ELEMENT_IMPEXP];

    memset( ret, 0, sizeof(*ret) );
    ret->Size = sizeof(*ret);
    ret->NumberTransportElements = facts->count[ELEMENT_TRANSPORT];
    ret->NumberStorageElements = facts->count[ELEMENT_STORAGE];
    ret->NumberIEElements = facts->count[ELEMENT_IMPEXP];
    ret->NumberDataTransferElements = facts->count[ELEMENT_DRIVE];
    ret->NumberOfDoors = !has_port;  /* there has to be some way in */
    ret->FirstSlotNumber = 1;
    ret->FirstIEPortNumber = has_port;
    ret->DriveCleanTimeout = DEFAULT_CLEAN_TIMEOUT;
    ret->Features0 = get_features0( facts, identity );
    ret->Features1 = get_features1( facts );
    ret->MoveFromTransport = facts->move[ELEMENT_TRANSPORT];
    ret->MoveFromSlot = facts->move[ELEMENT_STORAGE];
    ret->MoveFromIePort = facts->move[ELEMENT_IMPEXP];
    ret->MoveFromDrive = facts->move[ELEMENT_DRIVE];
    ret->ExchangeFromTransport = facts->exchange[ELEMENT_TRANSPORT];
    ret->ExchangeFromSlot = facts->exchange[ELEMENT_STORAGE];
    ret->ExchangeFromIePort = facts->exchange[ELEMENT_IMPEXP];
    ret->ExchangeFromDrive = facts->exchange[ELEMENT_DRIVE];
    if (facts->lock) ret->LockUnlockCapabilities = has_port ? LOCK_UNLOCK_IEPORT : LOCK_UNLOCK_DOOR;
    if (facts->position)
        ret->PositionCapabilities = CHANGER_TO_SLOT | CHANGER_TO_DRIVE | (has_port ? CHANGER_TO_IEPORT : 0);
}

static NTSTATUS get_parameters( struct request *request )
{
    struct get_facts_params params = { request->handle, request->enabled };
    NTSTATUS status;

    if (request->out_size < sizeof(GET_CHANGER_PARAMETERS)) return STATUS_INFO_LENGTH_MISMATCH;
    if ((status = MCD_CALL( get_facts, &params ))) return status;
    fill_parameters( request->buffer, &params.facts, &request->device->identity );
    request->information = sizeof(GET_CHANGER_PARAMETERS);
    return STATUS_SUCCESS;
}

static NTSTATUS get_status( struct request *request )
{
    struct handle_params params = { request->handle };

    return MCD_CALL( get_status, &params );
}

static NTSTATUS get_product_data( struct request *request )
{
    const struct device_identity *identity = &request->device->identity;
    CHANGER_PRODUCT_DATA *data = request->buffer;

    if (request->out_size < sizeof(*data)) return STATUS_INFO_LENGTH_MISMATCH;
    copy_padded( data->VendorId, sizeof(data->VendorId), identity->vendor );
    copy_padded( data->ProductId, sizeof(data->ProductId), identity->product );
    copy_padded( data->Revision, sizeof(data->Revision), identity->revision );
    copy_padded( data->SerialNumber, sizeof(data->SerialNumber), identity->serial );
    data->DeviceType = identity->type;
    request->information = sizeof(*data);
    return STATUS_SUCCESS;
}

static NTSTATUS lock_access( struct request *request, BOOL lock )
{
    struct lock_access_params params = { request->handle, lock };

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
        status = lock_access( request, access.Control == LOCK_ELEMENT );
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

/* Cleaning cartridges are reported as exceptions by some devices, but nothing is wrong with them. */
static BOOL is_cleaner( const struct element *element )
{
    return element->asc == 0x30 && (element->ascq == 0x03 || element->ascq == 0x83);
}

static ULONG get_exception( const struct element *element )
{
    if (element->medium & ELEMENT_MEDIUM_DISABLED) return ERROR_SLOT_NOT_PRESENT;
    if (!(element->flags & ELEMENT_EXCEPT) || is_cleaner( element )) return 0;

    switch (element->asc << 8 | element->ascq)
    {
    case 0x8300: return ERROR_LABEL_QUESTIONABLE;
    case 0x8301:
    case 0x8309:
    case 0x830a: return ERROR_LABEL_UNREADABLE;
    case 0x3b11:
    case 0x3b12:
    case 0x8302: return ERROR_SLOT_NOT_PRESENT;
    case 0x8303: return ERROR_INIT_STATUS_NEEDED;
    case 0x8005:
    case 0x8006:
    case 0x8304: return ERROR_DRIVE_NOT_INSTALLED;
    }
    return ERROR_UNHANDLED_ERROR;
}

static ULONG get_bus_flags( const struct element *element )
{
    ULONG flags = 0;

    if (element->type != ELEMENT_DRIVE) return 0;
    if (element->bus & ELEMENT_BUS_LU_VALID) flags |= ELEMENT_STATUS_LUN_VALID;
    if (element->bus & ELEMENT_BUS_ID_VALID) flags |= ELEMENT_STATUS_ID_VALID;
    if (element->bus & ELEMENT_BUS_NOT_BUS) flags |= ELEMENT_STATUS_NOT_BUS;
    return flags;
}

static ULONG get_flags( const struct element *element, ULONG exception )
{
    ULONG flags = element->flags & (ELEMENT_FULL | ELEMENT_ACCESS);

    if (element->type == ELEMENT_IMPEXP)
        flags |= element->flags & (ELEMENT_IMPEXP_BIT | ELEMENT_EXENAB | ELEMENT_INENAB);
    if (exception) flags |= ELEMENT_STATUS_EXCEPT;
    if (exception == ERROR_SLOT_NOT_PRESENT || exception == ERROR_DRIVE_NOT_INSTALLED)
        flags &= ~(ELEMENT_STATUS_FULL | ELEMENT_STATUS_ACCESS);
    if (element->medium & ELEMENT_MEDIUM_SVALID)
    {
        flags |= ELEMENT_STATUS_SVALID;
        if (element->medium & ELEMENT_MEDIUM_INVERT) flags |= ELEMENT_STATUS_INVERT;
    }
    if (element->primary[0]) flags |= ELEMENT_STATUS_PVOLTAG;
    if (element->alternate[0]) flags |= ELEMENT_STATUS_AVOLTAG;
    return flags | get_bus_flags( element );
}

static void fill_status( CHANGER_ELEMENT_STATUS *status, const struct element *element )
{
    memset( status, 0, sizeof(*status) );
    status->Element.ElementType = element->type;
    status->Element.ElementAddress = element->address;
    status->ExceptionCode = get_exception( element );
    status->Flags = get_flags( element, status->ExceptionCode );
    if (status->Flags & ELEMENT_STATUS_SVALID)
    {
        status->SrcElementAddress.ElementType = ChangerSlot;
        status->SrcElementAddress.ElementAddress = element->source;
    }
    if (status->Flags & ELEMENT_STATUS_ID_VALID) status->TargetId = element->target;
    if (status->Flags & ELEMENT_STATUS_LUN_VALID) status->Lun = element->bus & ELEMENT_BUS_LUN;
    if (element->primary[0])
        copy_padded( status->PrimaryVolumeID, sizeof(status->PrimaryVolumeID), element->primary );
    if (element->alternate[0])
        copy_padded( status->AlternateVolumeID, sizeof(status->AlternateVolumeID), element->alternate );
}

static void fill_status_ex( CHANGER_ELEMENT_STATUS_EX *status, const struct element *element )
{
    fill_status( (CHANGER_ELEMENT_STATUS *)status, element );
    status->Flags |= ELEMENT_STATUS_PRODUCT_DATA;
    copy_padded( status->VendorIdentification, sizeof(status->VendorIdentification), element->vendor );
    copy_padded( status->ProductIdentification, sizeof(status->ProductIdentification), element->product );
    copy_padded( status->SerialNumber, sizeof(status->SerialNumber), element->serial );
}

static BOOL have_product_data( const struct element *elements, ULONG count )
{
    ULONG i;

    for (i = 0; i < count; i++) if (elements[i].serial[0] || elements[i].vendor[0]) return TRUE;
    return FALSE;
}

/* All records have one size, which the flags of the first one tell: the larger one where a drive is identified and
 * the buffer has room for it. */
static void fill_element_status( struct request *request, const struct element *elements, ULONG count )
{
    CHANGER_ELEMENT_STATUS_EX *status_ex = request->buffer;
    CHANGER_ELEMENT_STATUS *status = request->buffer;
    ULONG i;

    if (have_product_data( elements, count ) && request->out_size / sizeof(*status_ex) >= count)
    {
        for (i = 0; i < count; i++) fill_status_ex( &status_ex[i], &elements[i] );
        request->information = count * sizeof(*status_ex);
    }
    else
    {
        for (i = 0; i < count; i++) fill_status( &status[i], &elements[i] );
        request->information = count * sizeof(*status);
    }
}

static NTSTATUS get_element_status( struct request *request )
{
    const CHANGER_READ_ELEMENT_STATUS *read = request->buffer;
    const CHANGER_ELEMENT_LIST *list = &read->ElementList;
    struct get_elements_params params = { request->handle, list->Element.ElementType, list->Element.ElementAddress,
                                          list->NumberOfElements, read->VolumeTagInfo };
    NTSTATUS status;

    if (!params.count) return STATUS_INVALID_PARAMETER;
    if (request->out_size / sizeof(CHANGER_ELEMENT_STATUS) < params.count) return STATUS_BUFFER_TOO_SMALL;
    if (!(params.elements = malloc( params.count * sizeof(*params.elements) ))) return STATUS_INSUFFICIENT_RESOURCES;

    if (!(status = MCD_CALL( get_elements, &params )))
        fill_element_status( request, params.elements, params.count );
    free( params.elements );
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
    NTSTATUS status;

    if (exchange->Transport.ElementType != ChangerTransport) return STATUS_INVALID_PARAMETER;
    status = MCD_CALL( exchange_medium, &params );
    if (status == STATUS_INVALID_DEVICE_REQUEST) FIXME( "the device cannot exchange media, not emulated\n" );
    return status;
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

static NTSTATUS query_volume_tags( struct request *request )
{
    if (request->out_size < sizeof(READ_ELEMENT_ADDRESS_INFO)) return STATUS_INFO_LENGTH_MISMATCH;
    FIXME( "not implemented\n" );
    return STATUS_INVALID_DEVICE_REQUEST;
}

static const struct
{
    ULONG      code;
    ULONG      in_size;
    BOOL       inquiry;
    NTSTATUS (*func)( struct request *request );
} requests[] =
{
    { IOCTL_CHANGER_GET_PARAMETERS, 0, TRUE, get_parameters },
    { IOCTL_CHANGER_GET_STATUS, 0, FALSE, get_status },
    { IOCTL_CHANGER_GET_PRODUCT_DATA, 0, TRUE, get_product_data },
    { IOCTL_CHANGER_SET_ACCESS, sizeof(CHANGER_SET_ACCESS), FALSE, set_access },
    { IOCTL_CHANGER_GET_ELEMENT_STATUS, sizeof(CHANGER_READ_ELEMENT_STATUS), FALSE, get_element_status },
    { IOCTL_CHANGER_INITIALIZE_ELEMENT_STATUS, sizeof(CHANGER_INITIALIZE_ELEMENT_STATUS), FALSE,
      initialize_element_status },
    { IOCTL_CHANGER_SET_POSITION, sizeof(CHANGER_SET_POSITION), FALSE, set_position },
    { IOCTL_CHANGER_EXCHANGE_MEDIUM, sizeof(CHANGER_EXCHANGE_MEDIUM), FALSE, exchange_medium },
    { IOCTL_CHANGER_MOVE_MEDIUM, sizeof(CHANGER_MOVE_MEDIUM), FALSE, move_medium },
    { IOCTL_CHANGER_REINITIALIZE_TRANSPORT, sizeof(CHANGER_ELEMENT), FALSE, reinitialize_transport },
    { IOCTL_CHANGER_QUERY_VOLUME_TAGS, sizeof(CHANGER_SEND_VOLUME_TAG_INFORMATION), FALSE, query_volume_tags },
};

/* Requests which a device answers that its owner has not enabled. */
BOOL is_inquiry_request( ULONG code )
{
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(requests); i++) if (requests[i].code == code) return requests[i].inquiry;
    return FALSE;
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
