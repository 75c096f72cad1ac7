/*
 * EXCHANGE MEDIUM, or the three moves that do the same
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

#if 0
#pragma makedep unix
#endif

#include "config.h"

#include <stdarg.h>
#include <stdlib.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winternl.h"
#include "wine/debug.h"

#include "changer.h"

WINE_DEFAULT_DEBUG_CHANNEL(mcd);

/* the source's medium goes to the first destination, and what was there to the second, which may be the source */
struct exchange
{
    struct element_number source;
    struct element_number first;
    struct element_number second;
    UINT16                transport_address;
    UINT16                source_address;
    UINT16                first_address;
    UINT16                second_address;
};

/* a changer that can move nothing from a slot to a slot and back has no place for the medium that is in the way */
BOOL can_emulate_exchange( const struct changer *changer )
{
    const UINT8 slot = 1 << (ELEMENT_STORAGE - 1);

    return !changer->has_capabilities || (changer->capabilities.move[ELEMENT_STORAGE] & slot);
}

static BOOL may_move( const struct changer *changer, const struct element_number *source,
                      const struct element_number *destination )
{
    return !changer->has_capabilities || (changer->capabilities.move[source->type] & 1 << (destination->type - 1));
}

static NTSTATUS check_full( struct changer *changer, const struct element_number *number, UINT16 address, BOOL full )
{
    struct element element;
    NTSTATUS status;

    if ((status = read_element( changer, number->type, address, &element ))) return status;
    if (!(element.flags & ELEMENT_FULL) == !full) return STATUS_SUCCESS;
    return full ? STATUS_SOURCE_ELEMENT_EMPTY : STATUS_DESTINATION_ELEMENT_FULL;
}

static BOOL is_free( const struct element *slot )
{
    return !(slot->flags & (ELEMENT_FULL | ELEMENT_EXCEPT)) && (slot->flags & ELEMENT_ACCESS) &&
           !(slot->medium & ELEMENT_MEDIUM_DISABLED);
}

static BOOL is_home_of_loaded( const struct element *drives, unsigned int count, unsigned int slot )
{
    unsigned int i;

    for (i = 0; i < count; i++)
        if ((drives[i].flags & ELEMENT_FULL) && (drives[i].medium & ELEMENT_MEDIUM_SVALID) && drives[i].source == slot)
            return TRUE;
    return FALSE;
}

/* The slots where the media of loaded drives are at home are taken last. */
static NTSTATUS find_free_slot( struct changer *changer, struct element_number *number, UINT16 *address )
{
    const struct element_map *map = &changer->map[ELEMENT_STORAGE];
    struct element *slots, *drives;
    unsigned int i, found = map->count, drive_count = changer->map[ELEMENT_DRIVE].count;
    NTSTATUS status;

    if ((status = read_type( changer, ELEMENT_STORAGE, FALSE, &slots ))) return status;
    if ((status = read_type( changer, ELEMENT_DRIVE, FALSE, &drives )))
    {
        free( slots );
        return status;
    }
    for (i = 0; i < map->count; i++)
    {
        if (!is_free( &slots[i] ) || is_ambiguous( changer, ELEMENT_STORAGE, map->addresses[i] )) continue;
        if (found == map->count || is_home_of_loaded( drives, drive_count, found )) found = i;
    }
    free( slots );
    free( drives );
    if (found == map->count) return STATUS_DESTINATION_ELEMENT_FULL;
    number->type = ELEMENT_STORAGE;
    number->number = found;
    *address = map->addresses[found];
    return STATUS_SUCCESS;
}

static NTSTATUS move( struct changer_handle *handle, UINT16 transport, struct element_number source, UINT16 source_address,
                      struct element_number destination, UINT16 destination_address )
{
    struct move move = { source, destination, transport, source_address, destination_address };

    return move_medium( handle, &move, FALSE );
}

/* Nothing is moved unless the whole can be done as far as anybody can know. If the second move fails, the first is taken
 * back. */
static NTSTATUS emulate_exchange( struct changer_handle *handle, struct exchange *ex )
{
    BOOL swap = ex->source_address == ex->second_address;
    struct changer *changer = handle->changer;
    struct element_number place = ex->second;
    UINT16 place_address = ex->second_address;
    NTSTATUS status;

    if (ex->first_address == ex->source_address || ex->first_address == ex->second_address) return STATUS_INVALID_PARAMETER;
    if ((status = check_full( changer, &ex->source, ex->source_address, TRUE ))) return status;
    if ((status = check_full( changer, &ex->first, ex->first_address, TRUE ))) return status;
    if (swap) status = find_free_slot( changer, &place, &place_address );
    else status = check_full( changer, &ex->second, ex->second_address, FALSE );
    if (status) return status;
    if (!may_move( changer, &ex->first, &place ) || !may_move( changer, &ex->source, &ex->first ) ||
        (swap && !may_move( changer, &place, &ex->second ))) return STATUS_INVALID_DEVICE_REQUEST;

    if ((status = move( handle, ex->transport_address, ex->first, ex->first_address, place, place_address ))) return status;
    if ((status = move( handle, ex->transport_address, ex->source, ex->source_address, ex->first, ex->first_address )))
    {
        if (move( handle, ex->transport_address, place, place_address, ex->first, ex->first_address ))
        {
            ERR( "the medium of element %#x is in %#x now\n", ex->first_address, place_address );
            changer->unit.scsi.media_generation++;
        }
        return status;
    }
    if (!swap) return STATUS_SUCCESS;
    if ((status = move( handle, ex->transport_address, place, place_address, ex->second, ex->second_address )))
    {
        ERR( "the medium for element %#x is in %#x now\n", ex->second_address, place_address );
        changer->unit.scsi.media_generation++;
    }
    return status;
}

/* The device's own command, if it has one. The capabilities page is not believed: it has been seen to promise it. */
static NTSTATUS exchange_medium( struct changer_handle *handle, struct exchange *ex, UINT8 flips )
{
    struct scsi_command cmd = { .cdb = { SMC_EXCHANGE_MEDIUM }, .timeout_ms = SCSI_TIMEOUT_MOVE };
    struct changer *changer = handle->changer;
    NTSTATUS status = STATUS_INVALID_DEVICE_REQUEST;

    put_be16( cmd.cdb + 2, ex->transport_address );
    put_be16( cmd.cdb + 4, ex->source_address );
    put_be16( cmd.cdb + 6, ex->first_address );
    put_be16( cmd.cdb + 8, ex->second_address );
    cmd.cdb[10] = flips;
    if (!changer->attached) status = run_motion( handle, &cmd );
    if (status != STATUS_INVALID_DEVICE_REQUEST || flips || !can_emulate_exchange( changer )) return status;
    return emulate_exchange( handle, ex );
}

NTSTATUS changer_exchange_medium( void *args )
{
    struct exchange_medium_params *params = args;
    struct exchange ex = { params->source, params->destination1, params->destination2 };
    UINT8 flips = (params->flip1 ? 0x02 : 0) | (params->flip2 ? 0x01 : 0);
    struct changer_handle *handle;
    struct changer *changer;
    NTSTATUS status;

    if (!(handle = begin_request( params->handle, &status ))) return status;
    changer = handle->changer;

    if (!(status = learn_for_motion( handle )) &&
        !(status = find_transport( changer, params->transport, &ex.transport_address )) &&
        !(status = find_address( changer, &ex.source, &ex.source_address )) &&
        !(status = find_address( changer, &ex.first, &ex.first_address )) &&
        !(status = find_address( changer, &ex.second, &ex.second_address )))
    {
        if (flips && !changer->rotates) status = STATUS_INVALID_PARAMETER;
        else if (!(status = begin_motion( handle ))) status = exchange_medium( handle, &ex, flips );
    }
    end_request( changer );
    return status;
}
