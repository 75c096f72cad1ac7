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

/* Refines the status of a command that failed, and remembers what the device does not know. */
NTSTATUS changer_status( struct changer *changer, const struct scsi_command *cmd, NTSTATUS status )
{
    const struct sense_rule *rule;

    if (sense_is_unsupported( &cmd->sense )) changer->support[cmd->cdb[0]] = SUPPORT_NO;
    if (!cmd->sense.valid || cmd->sense.key <= SENSE_RECOVERED) return status;
    rule = find_sense_rule( &cmd->sense );
    return rule->status ? rule->status : status;
}

/* The generic node is open during a request only: other programs use it too. */
struct changer_handle *begin_request( UINT64 value, NTSTATUS *status )
{
    struct changer_handle *handle = (struct changer_handle *)(UINT_PTR)value;

    pthread_mutex_lock( &handle->changer->mutex );
    if (!(*status = unit_open( &handle->changer->unit ))) return handle;
    pthread_mutex_unlock( &handle->changer->mutex );
    return NULL;
}

void end_request( struct changer *changer )
{
    unit_close( &changer->unit );
    pthread_mutex_unlock( &changer->mutex );
}

/* A handle is told once that the contents may have changed by hand, unless it looked at them since. */
NTSTATUS check_generation( struct changer_handle *handle )
{
    unsigned int generation = handle->changer->unit.scsi.media_generation;

    if (handle->media_generation == generation) return STATUS_SUCCESS;
    handle->media_generation = generation;
    return STATUS_MEDIA_CHANGED;
}

/* drains the attentions as well */
static NTSTATUS test_unit_ready( struct changer *changer )
{
    struct scsi_command cmd = { .cdb = { SCSI_TEST_UNIT_READY }, .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    NTSTATUS status;

    if ((status = scsi_execute( &changer->unit.scsi, &cmd ))) status = changer_status( changer, &cmd, status );
    /* not every device tells by an attention that its door was open */
    if ((status == STATUS_DEVICE_DOOR_OPEN) != changer->door_open)
    {
        changer->door_open = !changer->door_open;
        changer->unit.scsi.media_generation++;
        TRACE( "the door has been %s\n", changer->door_open ? "opened" : "closed" );
    }
    return status;
}

static NTSTATUS open_changer( void *args )
{
    struct open_changer_params *params = args;
    struct changer *changer = (struct changer *)(UINT_PTR)params->unit;
    struct changer_handle *handle;
    NTSTATUS status;

    if (!(handle = calloc( 1, sizeof(*handle) ))) return STATUS_NO_MEMORY;
    handle->changer = changer;
    if (!begin_request( (UINT_PTR)handle, &status ))
    {
        free( handle );
        return status;
    }
    /* What happened before the handle was opened is not its concern. On a device that is not enabled it is that of other
     * programs: an attention is told only once. */
    if (params->enabled) test_unit_ready( changer );
    handle->media_generation = changer->unit.scsi.media_generation;
    status = set_overrides( changer, params->overrides, params->override_count );
    end_request( changer );
    if (status) free( handle );
    else params->handle = (UINT_PTR)handle;
    return status;
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
    struct handle_params *params = args;
    struct changer_handle *handle;
    NTSTATUS status, changed;

    if (!(handle = begin_request( params->handle, &status ))) return status;
    status = test_unit_ready( handle->changer );
    changed = status ? STATUS_SUCCESS : check_generation( handle );
    end_request( handle->changer );
    return status ? status : changed;
}

/* Attentions wait in the device until somebody sends a command. STATUS_PENDING: nothing has changed yet. */
static NTSTATUS watch( void *args )
{
    struct handle_params *params = args;
    struct changer_handle *handle;
    NTSTATUS status;

    if (!(handle = begin_request( params->handle, &status ))) return status;
    test_unit_ready( handle->changer );
    status = check_generation( handle );
    end_request( handle->changer );
    return status == STATUS_MEDIA_CHANGED ? STATUS_SUCCESS : STATUS_PENDING;
}

/* What the program makes the device do is not known here. An attention is the program's, as it sees the sense data, and
 * that of all other handles. */
static NTSTATUS pass_through( void *args )
{
    static const UINT8 directions[] =
    {
        [PASS_NO_DATA] = SCSI_NO_DATA, [PASS_DATA_IN] = SCSI_DATA_IN, [PASS_DATA_OUT] = SCSI_DATA_OUT
    };
    struct pass_through_params *params = args;
    struct scsi_command cmd = { .cdb_size = params->cdb_size, .direction = directions[params->direction],
                                .data = params->buffer, .size = params->size, .timeout_ms = params->timeout_ms };
    struct changer_handle *handle;
    unsigned int sense_size = 0;
    NTSTATUS status;

    if (!(handle = begin_request( params->handle, &status ))) return status;
    memcpy( cmd.cdb, params->cdb, sizeof(cmd.cdb) );
    if (params->size > handle->changer->unit.identity.max_transfer) status = STATUS_INVALID_PARAMETER;
    else status = pass_command( handle->changer, &cmd, params->sense, &sense_size );
    params->scsi_status = cmd.scsi_status;
    params->sense_size = sense_size;
    params->done = cmd.transferred;
    check_generation( handle );
    end_request( handle->changer );
    return status;
}

/* counts the looks at the host's devices, of any type, that followed a change */
static unsigned int scan_count;

unsigned int device_generation(void)
{
    return __atomic_load_n( &scan_count, __ATOMIC_ACQUIRE );
}

/* a tape drive that has a changer in it appears as a changer, too */
static BOOL accept_tape( struct unit *unit )
{
    struct changer *changer = (struct changer *)unit;

    changer->attached = is_attached_changer( unit );
    unit->identity.type = HOST_TYPE_CHANGER;
    return changer->attached;
}

static NTSTATUS next_event( void *args )
{
    struct device_event *event = args;
    NTSTATUS status;

    units_accept( HOST_TYPE_TAPE, accept_tape );
    if ((status = units_next_event( HOST_TYPE_CHANGER, sizeof(struct changer), event ))) return status;
    if (event->type == DEVICE_EVENT_SETTLED) __atomic_add_fetch( &scan_count, 1, __ATOMIC_RELEASE );
    if (event->type == DEVICE_EVENT_ARRIVED)
        pthread_mutex_init( &((struct changer *)(UINT_PTR)event->unit)->mutex, NULL );
    return STATUS_SUCCESS;
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
    free( changer->ties );
    free( changer->overrides );
    pthread_mutex_destroy( &changer->mutex );
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
    [unix_watch]               = watch,
    [unix_get_elements]        = changer_get_elements,
    [unix_query_tags]          = changer_query_tags,
    [unix_get_ties]            = changer_get_ties,
    [unix_initialize_elements] = changer_initialize_elements,
    [unix_move_medium]         = changer_move_medium,
    [unix_exchange_medium]     = changer_exchange_medium,
    [unix_set_position]        = changer_set_position,
    [unix_rezero]              = changer_rezero,
    [unix_lock_access]         = changer_lock_access,
    [unix_move_port]           = changer_move_port,
    [unix_pass_through]        = pass_through,
};

C_ASSERT( ARRAYSIZE(__wine_unix_call_funcs) == unix_funcs_count );
