/*
 * What is in a changer, as Windows describes it
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

#include "request.h"
#include "wine/ntmschgr.h"

WINE_DEFAULT_DEBUG_CHANNEL(mcd);

C_ASSERT( ChangerTransport == ELEMENT_TRANSPORT && ChangerSlot == ELEMENT_STORAGE );
C_ASSERT( ChangerIEPort == ELEMENT_IMPEXP && ChangerDrive == ELEMENT_DRIVE );

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

NTSTATUS get_element_status( struct request *request )
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

/* The template is compared without the blanks that fill its field. */
static void get_template( const CHANGER_SEND_VOLUME_TAG_INFORMATION *query, char pattern[MAX_VOLUME_TEMPLATE_SIZE + 1] )
{
    unsigned int len = 0;

    while (len < MAX_VOLUME_TEMPLATE_SIZE && query->VolumeIDTemplate[len]) len++;
    while (len && query->VolumeIDTemplate[len - 1] == ' ') len--;
    memcpy( pattern, query->VolumeIDTemplate, len );
    pattern[len] = 0;
}

/* As many elements as there is room for; that not all fit is no error. */
NTSTATUS query_volume_tags( struct request *request )
{
    const CHANGER_SEND_VOLUME_TAG_INFORMATION *query = request->buffer;
    struct query_tags_params params = { request->handle, query->StartingElement.ElementType,
                                        query->StartingElement.ElementAddress, query->ActionCode };
    READ_ELEMENT_ADDRESS_INFO *info = request->buffer;
    NTSTATUS status;
    ULONG i;

    if (request->out_size < sizeof(*info)) return STATUS_INFO_LENGTH_MISMATCH;
    get_template( query, params.pattern );
    params.max = (request->out_size - FIELD_OFFSET( READ_ELEMENT_ADDRESS_INFO, ElementStatus )) / sizeof(info->ElementStatus[0]);
    params.max = min( params.max, 0x10000 );  /* there are no more addresses */
    if (!(params.elements = malloc( params.max * sizeof(*params.elements) ))) return STATUS_INSUFFICIENT_RESOURCES;
    if (!(status = MCD_CALL( query_tags, &params )))
    {
        info->NumberOfElements = params.count;
        for (i = 0; i < params.count; i++) fill_status( &info->ElementStatus[i], &params.elements[i] );
        request->information = FIELD_OFFSET( READ_ELEMENT_ADDRESS_INFO, ElementStatus[params.count] );
    }
    free( params.elements );
    return status;
}

static const char * const tie_names[] =
{
    [TIE_NONE]            = "nothing",
    [TIE_OWNER]           = "the owner's word",
    [TIE_SERIAL]          = "its serial number",
    [TIE_IDENTIFIER]      = "its identifier",
    [TIE_ELEMENT_ADDRESS] = "the element address that it reports",
    [TIE_BUS]             = "its bus address",
    [TIE_PARTIAL_SERIAL]  = "a part of its serial number",
    [TIE_LAST]            = "being the last one left",
};

static void fill_drive( NTMS_CHANGER_DRIVE *drive, ULONG number, const struct drive_tie_info *tie )
{
    memset( drive, 0, sizeof(*drive) );
    drive->Drive = number;
    drive->Method = tie->method;
    strcpy( drive->Reason, tie_names[tie->method] );
    if (!tie->method) return;
    drive->PortNumber = tie->identity.host;
    drive->PathId = tie->identity.channel;
    drive->TargetId = tie->identity.target;
    drive->Lun = tie->identity.lun;
    memcpy( drive->SerialNumber, tie->identity.serial, sizeof(drive->SerialNumber) );
}

NTSTATUS get_drive_ties( struct request *request )
{
    struct get_ties_params params = { request->handle, request->out_size / sizeof(NTMS_CHANGER_DRIVE) };
    NTMS_CHANGER_DRIVE *drives = request->buffer;
    NTSTATUS status;
    ULONG i;

    params.max = min( params.max, 0x10000 );
    if (!params.max) return STATUS_BUFFER_TOO_SMALL;
    if (!(params.ties = calloc( params.max, sizeof(*params.ties) ))) return STATUS_INSUFFICIENT_RESOURCES;
    if (!(status = MCD_CALL( get_ties, &params )) && params.count > params.max) status = STATUS_BUFFER_TOO_SMALL;
    if (!status)
    {
        for (i = 0; i < params.count; i++) fill_drive( &drives[i], i, &params.ties[i] );
        request->information = params.count * sizeof(*drives);
    }
    free( params.ties );
    return status;
}
