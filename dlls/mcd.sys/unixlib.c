/*
 * Handles, statuses and simple requests of the changer driver
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
#include <string.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winternl.h"
#include "wine/debug.h"
#include "wine/unixlib.h"

#include "changer.h"

WINE_DEFAULT_DEBUG_CHANNEL(mcd);

/* What sense data mean for a changer; where nothing is listed the rules for all devices hold. */
struct sense_rule
{
    UINT8    key;
    UINT8    asc;
    UINT8    ascq;
    NTSTATUS status;
};

#define ANY 0xff

static const struct sense_rule sense_rules[] =
{
    { ANY, 0x3b, 0x0d, STATUS_DESTINATION_ELEMENT_FULL },
    { ANY, 0x3b, 0x0e, STATUS_SOURCE_ELEMENT_EMPTY },
    { SENSE_UNIT_ATTENTION, ANY, ANY, STATUS_SUCCESS },             /* the general rules */
    { ANY, 0x3b, 0x11, STATUS_MAGAZINE_NOT_PRESENT },
    { ANY, 0x3b, 0x12, STATUS_MAGAZINE_NOT_PRESENT },
    { SENSE_ILLEGAL_REQUEST, 0x3b, 0x90, STATUS_DEVICE_BUSY },      /* still loaded in the drive */
    { SENSE_ILLEGAL_REQUEST, 0x3b, 0x87, STATUS_UNABLE_TO_UNLOAD_MEDIA },
    { SENSE_ILLEGAL_REQUEST, 0x20, ANY, STATUS_INVALID_DEVICE_REQUEST },
    { SENSE_ILLEGAL_REQUEST, 0x21, ANY, STATUS_ILLEGAL_ELEMENT_ADDRESS },
    { SENSE_ILLEGAL_REQUEST, 0x3a, ANY, STATUS_SOURCE_ELEMENT_EMPTY },
    { SENSE_ILLEGAL_REQUEST, 0x53, 0x00, STATUS_IO_DEVICE_ERROR },
    { SENSE_ILLEGAL_REQUEST, 0x53, 0x01, STATUS_UNABLE_TO_UNLOAD_MEDIA },
    { SENSE_ILLEGAL_REQUEST, 0x53, ANY, STATUS_UNABLE_TO_LOCK_MEDIA },
    { SENSE_ILLEGAL_REQUEST, 0x80, ANY, STATUS_ILLEGAL_ELEMENT_ADDRESS },  /* Exabyte: drive not installed */
    { SENSE_MEDIUM_ERROR, 0x30, ANY, STATUS_UNRECOGNIZED_MEDIA },
    { SENSE_MEDIUM_ERROR, ANY, ANY, STATUS_IO_DEVICE_ERROR },
    { SENSE_NOT_READY, 0x04, 0x02, STATUS_REINITIALIZATION_NEEDED },
    { SENSE_NOT_READY, 0x04, 0x83, STATUS_DEVICE_DOOR_OPEN },       /* Exabyte */
    { SENSE_NOT_READY, 0x3a, 0x02, STATUS_DEVICE_DOOR_OPEN },
    { SENSE_NOT_READY, 0x80, 0x00, STATUS_DEVICE_DOOR_OPEN },       /* HP ESL */
    { SENSE_NOT_READY, ANY, ANY, STATUS_DEVICE_NOT_READY },
};

static BOOL matches( UINT8 rule, UINT8 value )
{
    return rule == ANY || rule == value;
}

/* Refines the status of a command that failed, and remembers what the device does not know. */
NTSTATUS changer_status( struct changer *changer, const struct scsi_command *cmd, NTSTATUS status )
{
    const struct scsi_sense *sense = &cmd->sense;
    unsigned int i;

    if (sense_is_unsupported( sense )) changer->support[cmd->cdb[0]] = SUPPORT_NO;
    if (!sense->valid || sense->key <= SENSE_RECOVERED) return status;
    for (i = 0; i < ARRAY_SIZE(sense_rules); i++)
    {
        const struct sense_rule *rule = &sense_rules[i];

        if (!matches( rule->key, sense->key ) || !matches( rule->asc, sense->asc ) ||
            !matches( rule->ascq, sense->ascq )) continue;
        return rule->status ? rule->status : status;
    }
    return status;
}

/* The generic node is open during a request only: other programs use it too. */
struct changer_handle *open_handle( UINT64 value, NTSTATUS *status )
{
    struct changer_handle *handle = (struct changer_handle *)(UINT_PTR)value;

    if ((*status = unit_open( &handle->changer->unit ))) return NULL;
    return handle;
}

/* A handle is told once that the contents may have changed by hand, unless it looked at them since. */
NTSTATUS check_generation( struct changer_handle *handle )
{
    unsigned int generation = handle->changer->unit.scsi.media_generation;

    if (handle->media_generation == generation) return STATUS_SUCCESS;
    handle->media_generation = generation;
    return STATUS_MEDIA_CHANGED;
}

static NTSTATUS open_changer( void *args )
{
    struct open_changer_params *params = args;
    struct changer *changer = (struct changer *)(UINT_PTR)params->unit;
    struct changer_handle *handle;
    NTSTATUS status;

    if (!(handle = calloc( 1, sizeof(*handle) ))) return STATUS_NO_MEMORY;
    if ((status = unit_open( &changer->unit )))
    {
        free( handle );
        return status;
    }
    /* What happened before the handle was opened is not its concern. On a device that is not enabled it is that of other
     * programs: an attention is told only once. */
    if (params->enabled) scsi_drain_attentions( &changer->unit.scsi );
    handle->changer = changer;
    handle->media_generation = changer->unit.scsi.media_generation;
    unit_close( &changer->unit );
    params->handle = (UINT_PTR)handle;
    return STATUS_SUCCESS;
}

static NTSTATUS close_changer( void *args )
{
    struct handle_params *params = args;
    struct changer_handle *handle = (struct changer_handle *)(UINT_PTR)params->handle;

    end_motion( handle );
    free( handle );
    return STATUS_SUCCESS;
}

static NTSTATUS get_status( void *args )
{
    struct scsi_command cmd = { .cdb = { SCSI_TEST_UNIT_READY }, .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    struct handle_params *params = args;
    struct changer_handle *handle;
    NTSTATUS status;

    if (!(handle = open_handle( params->handle, &status ))) return status;
    if ((status = scsi_execute( &handle->changer->unit.scsi, &cmd )))
        status = changer_status( handle->changer, &cmd, status );
    unit_close( &handle->changer->unit );
    return status ? status : check_generation( handle );
}

static NTSTATUS get_elements( void *args )
{
    struct get_elements_params *params = args;
    struct changer_handle *handle;
    struct changer *changer;
    NTSTATUS status;

    if (!(handle = open_handle( params->handle, &status ))) return status;
    changer = handle->changer;

    if (!(status = learn_elements( changer )))
    {
        if (params->volume_tags && !changer->has_volume_tags && !changer->has_reader) status = STATUS_INVALID_PARAMETER;
        else status = read_numbered_elements( changer, params->type, params->first, params->count,
                                              params->volume_tags, params->elements );
    }
    if (!status) check_generation( handle );
    unit_close( &changer->unit );
    return status;
}

static NTSTATUS next_event( void *args )
{
    return units_next_event( HOST_TYPE_CHANGER, sizeof(struct changer), args );
}

static NTSTATUS stop_events( void *args )
{
    units_stop();
    return STATUS_SUCCESS;
}

static NTSTATUS release_unit( void *args )
{
    struct release_unit_params *params = args;
    struct changer *changer = (struct changer *)(UINT_PTR)params->unit;

    release_elements( changer );
    unit_release( &changer->unit );
    return STATUS_SUCCESS;
}

const unixlib_entry_t __wine_unix_call_funcs[] =
{
    [unix_next_event]          = next_event,
    [unix_stop_events]         = stop_events,
    [unix_release_unit]        = release_unit,
    [unix_open_changer]        = open_changer,
    [unix_close_changer]       = close_changer,
    [unix_get_facts]           = changer_get_facts,
    [unix_get_status]          = get_status,
    [unix_get_elements]        = get_elements,
    [unix_initialize_elements] = changer_initialize_elements,
    [unix_move_medium]         = changer_move_medium,
    [unix_exchange_medium]     = changer_exchange_medium,
    [unix_set_position]        = changer_set_position,
    [unix_rezero]              = changer_rezero,
    [unix_lock_access]         = changer_lock_access,
    [unix_move_port]           = changer_move_port,
};

C_ASSERT( ARRAYSIZE(__wine_unix_call_funcs) == unix_funcs_count );
