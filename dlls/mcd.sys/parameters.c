/*
 * What a changer is: its parameters and product data
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

#define DEFAULT_CLEAN_TIMEOUT 600  /* twice the longest cleaning, in seconds */

void copy_padded( UCHAR *dst, unsigned int size, const char *src )
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
    if (facts->port_open) features |= CHANGER_OPEN_IEPORT;
    if (facts->port_close) features |= CHANGER_CLOSE_IEPORT;
    if (facts->count[ELEMENT_IMPEXP]) features |= CHANGER_REPORT_IEPORT_STATE;
    if (facts->lock) features |= CHANGER_LOCK_UNLOCK;
    if (facts->rotates) features |= CHANGER_MEDIUM_FLIP;
    if (facts->position) features |= CHANGER_POSITION_TO_ELEMENT;
    if (facts->rezero) features |= CHANGER_DEVICE_REINITIALIZE_CAPABLE;
    if (facts->storage & CHANGER_TO_TRANSPORT) features |= CHANGER_STORAGE_TRANSPORT;
    if (facts->storage & CHANGER_TO_IEPORT) features |= CHANGER_STORAGE_IEPORT;
    if (facts->storage & CHANGER_TO_DRIVE) features |= CHANGER_STORAGE_DRIVE;
    if (facts->tag_search) features |= CHANGER_VOLUME_IDENTIFICATION | CHANGER_VOLUME_SEARCH;
    if (facts->tag_change) features |= CHANGER_VOLUME_ASSERT | CHANGER_VOLUME_REPLACE | CHANGER_VOLUME_UNDEFINE;
    if (identity->serial[0]) features |= CHANGER_SERIAL_NUMBER_VALID;
    for (type = ELEMENT_TRANSPORT; type <= ELEMENT_DRIVE; type++)
        if (facts->exchange[type]) features |= CHANGER_EXCHANGE_MEDIA;
    return features;
}

/* whoever cannot be told to open or close the port does it by hand */
static ULONG get_features1( const struct changer_facts *facts )
{
    ULONG features = 0;

    if (facts->exchange_true) features |= CHANGER_TRUE_EXCHANGE_CAPABLE;
    if (!facts->count[ELEMENT_IMPEXP]) return features;
    if (!facts->port_open) features |= CHANGER_IEPORT_USER_CONTROL_OPEN;
    if (!facts->port_close) features |= CHANGER_IEPORT_USER_CONTROL_CLOSE;
    return features;
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

NTSTATUS get_parameters( struct request *request )
{
    struct get_facts_params params = { request->handle, request->enabled };
    NTSTATUS status;

    if (request->out_size < sizeof(GET_CHANGER_PARAMETERS)) return STATUS_INFO_LENGTH_MISMATCH;
    if ((status = MCD_CALL( get_facts, &params ))) return status;
    fill_parameters( request->buffer, &params.facts, &request->device->identity );
    request->information = sizeof(GET_CHANGER_PARAMETERS);
    return STATUS_SUCCESS;
}

NTSTATUS get_product_data( struct request *request )
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
