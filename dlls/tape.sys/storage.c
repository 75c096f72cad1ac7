/*
 * Requests that the tape and changer drivers answer from the identity of the device
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
#include "wine/debug.h"

#include "queue.h"

WINE_DEFAULT_DEBUG_CHANNEL(tape);

/* the device descriptor and the strings it leads to, by their offsets */
struct device_descriptor
{
    STORAGE_DEVICE_DESCRIPTOR header;
    struct
    {
        char vendor[9];
        char product[17];
        char revision[5];
        char serial[64];
    } strings;
};

#define STRING_OFFSET( name ) offsetof( struct device_descriptor, strings.name )

static NTSTATUS get_device_number( struct device *device, IRP *irp, void *buffer, ULONG out_size )
{
    STORAGE_DEVICE_NUMBER *number = buffer;

    if (out_size < sizeof(*number)) return STATUS_BUFFER_TOO_SMALL;
    number->DeviceType = device->object->DeviceType;
    number->DeviceNumber = device->number;
    number->PartitionNumber = ~0u;
    irp->IoStatus.Information = sizeof(*number);
    return STATUS_SUCCESS;
}

static NTSTATUS get_scsi_address( struct device *device, IRP *irp, void *buffer, ULONG out_size )
{
    const struct device_identity identity = get_device_identity( device );
    SCSI_ADDRESS *address = buffer;

    if (out_size < sizeof(*address)) return STATUS_BUFFER_TOO_SMALL;
    address->Length = sizeof(*address);
    address->PortNumber = identity.host;
    address->PathId = identity.channel;
    address->TargetId = identity.target;
    address->Lun = identity.lun;
    irp->IoStatus.Information = sizeof(*address);
    return STATUS_SUCCESS;
}

static void fill_device_descriptor( const struct device_identity *identity, struct device_descriptor *desc )
{
    memset( desc, 0, sizeof(*desc) );
    desc->header.Version = sizeof(desc->header);
    desc->header.Size = sizeof(*desc);
    desc->header.DeviceType = identity->type;
    desc->header.RemovableMedia = identity->removable;
    desc->header.VendorIdOffset = STRING_OFFSET( vendor );
    desc->header.ProductIdOffset = STRING_OFFSET( product );
    desc->header.ProductRevisionOffset = STRING_OFFSET( revision );
    if (identity->serial[0]) desc->header.SerialNumberOffset = STRING_OFFSET( serial );
    desc->header.BusType = BusTypeScsi;
    memcpy( desc->strings.vendor, identity->vendor, sizeof(desc->strings.vendor) );
    memcpy( desc->strings.product, identity->product, sizeof(desc->strings.product) );
    memcpy( desc->strings.revision, identity->revision, sizeof(desc->strings.revision) );
    memcpy( desc->strings.serial, identity->serial, sizeof(desc->strings.serial) );
}

static void fill_adapter_descriptor( const struct device_identity *identity, STORAGE_ADAPTER_DESCRIPTOR *desc )
{
    memset( desc, 0, sizeof(*desc) );
    desc->Version = desc->Size = sizeof(*desc);
    desc->MaximumTransferLength = identity->max_transfer;
    desc->MaximumPhysicalPages = identity->max_transfer / PAGE_SIZE + 1;
    desc->BusType = BusTypeScsi;
}

/* A buffer that holds the descriptor's head is enough: programs learn the whole size that way. */
static NTSTATUS query_property( struct device *device, IRP *irp, void *buffer, ULONG in_size, ULONG out_size )
{
    const struct device_identity identity = get_device_identity( device );
    const STORAGE_PROPERTY_QUERY *query = buffer;
    union
    {
        struct device_descriptor device;
        STORAGE_ADAPTER_DESCRIPTOR adapter;
    } desc;
    ULONG size;

    if (in_size < offsetof( STORAGE_PROPERTY_QUERY, AdditionalParameters )) return STATUS_INFO_LENGTH_MISMATCH;
    switch (query->PropertyId)
    {
    case StorageDeviceProperty:
        fill_device_descriptor( &identity, &desc.device );
        size = sizeof(desc.device);
        break;
    case StorageAdapterProperty:
        fill_adapter_descriptor( &identity, &desc.adapter );
        size = sizeof(desc.adapter);
        break;
    default:
        FIXME( "property %u\n", query->PropertyId );
        return STATUS_NOT_SUPPORTED;
    }
    if (query->QueryType == PropertyExistsQuery) return STATUS_SUCCESS;
    if (query->QueryType != PropertyStandardQuery) return STATUS_NOT_SUPPORTED;
    if (out_size < sizeof(STORAGE_DESCRIPTOR_HEADER)) return STATUS_INFO_LENGTH_MISMATCH;

    irp->IoStatus.Information = min( out_size, size );
    memcpy( buffer, &desc, irp->IoStatus.Information );
    return STATUS_SUCCESS;
}

/* of this device alone, not of all on its adapter */
struct inquiry_data
{
    SCSI_ADAPTER_BUS_INFO bus;
    struct
    {
        UCHAR   path;
        UCHAR   target;
        UCHAR   lun;
        BOOLEAN claimed;
        ULONG   size;
        ULONG   next;     /* offset of the next one */
        UCHAR   data[64];
    } device;
};

static NTSTATUS get_inquiry_data( struct device *device, IRP *irp, void *buffer, ULONG out_size )
{
    const struct device_identity identity = get_device_identity( device );
    struct inquiry_data *ret = buffer;

    if (out_size < sizeof(*ret)) return STATUS_BUFFER_TOO_SMALL;
    memset( ret, 0, sizeof(*ret) );
    ret->bus.NumberOfBuses = 1;
    ret->bus.BusData[0].NumberOfLogicalUnits = 1;
    ret->bus.BusData[0].InquiryDataOffset = offsetof( struct inquiry_data, device );
    ret->device.path = identity.channel;
    ret->device.target = identity.target;
    ret->device.lun = identity.lun;
    ret->device.claimed = TRUE;
    ret->device.size = identity.inquiry_size;
    memcpy( ret->device.data, identity.inquiry, sizeof(ret->device.data) );
    irp->IoStatus.Information = sizeof(*ret);
    return STATUS_SUCCESS;
}

static NTSTATUS get_capabilities( struct device *device, IRP *irp, void *buffer, ULONG out_size )
{
    const struct device_identity identity = get_device_identity( device );
    IO_SCSI_CAPABILITIES *ret = buffer;

    if (out_size < sizeof(*ret)) return STATUS_BUFFER_TOO_SMALL;
    memset( ret, 0, sizeof(*ret) );
    ret->Length = sizeof(*ret);
    ret->MaximumTransferLength = identity.max_transfer;
    ret->MaximumPhysicalPages = identity.max_transfer / PAGE_SIZE + 1;
    irp->IoStatus.Information = sizeof(*ret);
    return STATUS_SUCCESS;
}

NTSTATUS common_storage_request( struct device *device, IRP *irp )
{
    IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation( irp );
    ULONG in_size = stack->Parameters.DeviceIoControl.InputBufferLength;
    ULONG out_size = stack->Parameters.DeviceIoControl.OutputBufferLength;
    void *buffer = irp->AssociatedIrp.SystemBuffer;

    switch (stack->Parameters.DeviceIoControl.IoControlCode)
    {
    case IOCTL_STORAGE_GET_DEVICE_NUMBER: return get_device_number( device, irp, buffer, out_size );
    case IOCTL_STORAGE_QUERY_PROPERTY:    return query_property( device, irp, buffer, in_size, out_size );
    case IOCTL_SCSI_GET_ADDRESS:          return get_scsi_address( device, irp, buffer, out_size );
    case IOCTL_SCSI_GET_INQUIRY_DATA:     return get_inquiry_data( device, irp, buffer, out_size );
    case IOCTL_SCSI_GET_CAPABILITIES:     return get_capabilities( device, irp, buffer, out_size );
    case IOCTL_SCSI_PASS_THROUGH:
    case IOCTL_SCSI_PASS_THROUGH_DIRECT:
        if (passes_through()) break;
        FIXME( "SCSI pass-through is not implemented\n" );
        return STATUS_NOT_SUPPORTED;
    }
    return STATUS_NOT_IMPLEMENTED;
}
