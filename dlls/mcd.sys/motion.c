/*
 * Requests of the changer driver that set the robot in motion
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
#include <stdio.h>
#include <string.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winternl.h"
#include "wine/debug.h"

#include "changer.h"

WINE_DEFAULT_DEBUG_CHANNEL(mcd);

/* Media are moved by one prefix at a time; whoever moved one keeps that right until it closes its handle. */
static NTSTATUS take_lock( struct changer_handle *handle )
{
    struct changer *changer = handle->changer;
    const struct device_identity *identity = &changer->unit.identity;
    char name[96];
    int fd;

    if (handle->locked) return STATUS_SUCCESS;
    if (!changer->lock_count)
    {
        if (identity->serial[0]) snprintf( name, sizeof(name), "changer-%s", identity->serial );
        else snprintf( name, sizeof(name), "changer-%u:%u:%u:%u", identity->host, identity->channel,
                       identity->target, identity->lun );
        if ((fd = host_ops.lock_name( name )) < 0)
        {
            WARN( "%s is in use elsewhere, errno %d\n", debugstr_a(name), -fd );
            return errno_to_status( fd );
        }
        changer->lock = fd;
    }
    changer->lock_count++;
    handle->locked = TRUE;
    return STATUS_SUCCESS;
}

static NTSTATUS set_prevention( struct changer *changer, BOOL prevent )
{
    struct scsi_command cmd = { .cdb = { SCSI_PREVENT_ALLOW, 0, 0, 0, prevent }, .timeout_ms = SCSI_TIMEOUT_QUICK,
                                .flags = SCSI_RETRY };
    NTSTATUS status;

    if ((status = scsi_execute( &changer->unit.scsi, &cmd ))) status = changer_status( changer, &cmd, status );
    return status;
}

static void count_prevention( struct changer_handle *handle, BOOL prevented )
{
    if (prevented && !handle->prevented) handle->changer->prevent_count++;
    if (!prevented && handle->prevented) handle->changer->prevent_count--;
    handle->prevented = prevented;
}

/* The last handles leave neither locked doors nor the right to move media behind. */
void end_motion( struct changer_handle *handle )
{
    struct changer *changer = handle->changer;
    BOOL was_prevented = handle->prevented;

    pthread_mutex_lock( &changer->mutex );
    count_prevention( handle, FALSE );
    if (was_prevented && !changer->prevent_count && !unit_open( &changer->unit )) set_prevention( changer, FALSE );
    if (handle->locked && !--changer->lock_count) host_ops.unlock_name( changer->lock );
    handle->locked = FALSE;
    end_request( changer );
}

/* The robot takes its time: meanwhile others may ask. They open the generic node for themselves. */
static void leave( struct changer *changer, struct scsi_device *robot )
{
    *robot = (struct scsi_device){ .fd = changer->unit.scsi.fd };
    changer->unit.scsi.fd = -1;
    pthread_mutex_unlock( &changer->mutex );
}

static void come_back( struct changer *changer, const struct scsi_device *robot )
{
    pthread_mutex_lock( &changer->mutex );
    changer->unit.scsi.fd = robot->fd;
    changer->unit.scsi.media_generation += robot->media_generation;
    changer->unit.scsi.reset_generation += robot->reset_generation;
}

static NTSTATUS execute_motion( struct changer *changer, struct scsi_command *cmd )
{
    struct scsi_device robot;
    NTSTATUS status;

    leave( changer, &robot );
    status = scsi_execute( &robot, cmd );
    come_back( changer, &robot );
    return status;
}

NTSTATUS pass_command( struct changer *changer, struct scsi_command *cmd, UINT8 *sense, unsigned int *sense_size )
{
    struct scsi_device robot;
    NTSTATUS status;

    leave( changer, &robot );
    status = scsi_pass_through( &robot, cmd, sense, sense_size );
    come_back( changer, &robot );
    return status;
}

static void wait_ms( struct changer *changer, unsigned int ms )
{
    struct scsi_device robot;

    leave( changer, &robot );
    host_ops.sleep_ms( ms );
    come_back( changer, &robot );
}

static enum sense_action get_action( const struct scsi_command *cmd )
{
    if (!cmd->sense.valid || cmd->sense.deferred || cmd->sense.key <= SENSE_RECOVERED) return ACTION_NONE;
    return find_sense_rule( &cmd->sense )->action;
}

/* Sends a command that moves something. It is repeated only when it is certain that it has not been executed. */
static NTSTATUS send_motion( struct changer_handle *handle, struct scsi_command *cmd )
{
    struct changer *changer = handle->changer;
    unsigned long long deadline = host_ops.now_ms() + READY_WAIT_MS;
    BOOL was_reset = FALSE;
    NTSTATUS status;

    cmd->timeout_ms = get_timeout( changer, cmd->cdb[0], cmd->timeout_ms );
    for (;;)
    {
        if (!(status = execute_motion( changer, cmd ))) return STATUS_SUCCESS;
        if (status == STATUS_BUS_RESET && cmd->sense.valid && !was_reset)
        {
            was_reset = TRUE;
            continue;
        }
        if (get_action( cmd ) != ACTION_WAIT || host_ops.now_ms() >= deadline) break;
        wait_ms( changer, READY_POLL_MS );
    }
    if (status == STATUS_MEDIA_CHANGED) check_generation( handle );
    return changer_status( changer, cmd, status );
}

/* The elements have to be known before anything is moved. A device that wants to take stock first is told to. */
NTSTATUS learn_for_motion( struct changer_handle *handle )
{
    struct scsi_command cmd = { .cdb = { SMC_INITIALIZE_ELEMENT_STATUS }, .timeout_ms = SCSI_TIMEOUT_INITIALIZE };
    NTSTATUS status;

    if ((status = learn_elements( handle->changer )) != STATUS_REINITIALIZATION_NEEDED) return status;
    if ((status = take_lock( handle )) || (status = send_motion( handle, &cmd ))) return status;
    return learn_elements( handle->changer );
}

/* What has to be true before anything moves. The attentions are drained first, because a command that meets one is
 * not executed; one that tells of changed contents goes to the caller instead of the move. */
NTSTATUS begin_motion( struct changer_handle *handle )
{
    NTSTATUS status;

    scsi_drain_attentions( &handle->changer->unit.scsi );
    if ((status = check_generation( handle ))) return status;
    if ((status = learn_for_motion( handle ))) return status;
    return take_lock( handle );
}

NTSTATUS run_motion( struct changer_handle *handle, struct scsi_command *cmd )
{
    if (get_support( handle->changer, cmd->cdb[0] ) == SUPPORT_NO) return STATUS_INVALID_DEVICE_REQUEST;
    return send_motion( handle, cmd );
}

NTSTATUS find_transport( const struct changer *changer, unsigned int number, UINT16 *address )
{
    if (number >= changer->map[ELEMENT_TRANSPORT].count) return STATUS_ILLEGAL_ELEMENT_ADDRESS;
    *address = changer->map[ELEMENT_TRANSPORT].addresses[number];
    return STATUS_SUCCESS;
}

/* The Access bit of a drive tells that the medium can be gripped; some changers never set it, so its lack forbids
 * nothing. */
static void wait_for_eject( struct changer *changer, UINT16 drive )
{
    unsigned long long deadline = host_ops.now_ms() + EJECT_WAIT_MS;
    struct element element;

    do
    {
        wait_ms( changer, EJECT_POLL_MS );
        if (!read_element( changer, ELEMENT_DRIVE, drive, &element ) && (element.flags & ELEMENT_ACCESS)) return;
    } while (host_ops.now_ms() < deadline);
}

/* Returns 1 if the element holds a medium, 0 if not, -1 if that cannot be known. */
static int is_full( struct changer *changer, UINT8 type, UINT16 address )
{
    struct element element;

    if (read_element( changer, type, address, &element )) return -1;
    return !!(element.flags & ELEMENT_FULL);
}

/* A move that the device calls good but the element status does not show makes all handles look again.
 * Import/export elements are left out: some devices cannot see what is in them. */
static void check_move( struct changer *changer, const struct move *move )
{
    int source = -1, destination = -1;

    if (move->source_address == move->destination_address) return;
    if (move->source.type != ELEMENT_IMPEXP) source = is_full( changer, move->source.type, move->source_address );
    if (move->destination.type != ELEMENT_IMPEXP)
        destination = is_full( changer, move->destination.type, move->destination_address );
    if (source <= 0 && destination) return;
    WARN( "move from %#x to %#x succeeded, but now source full %d, destination full %d\n",
          move->source_address, move->destination_address, source, destination );
    changer->unit.scsi.media_generation++;
}

static void report_failed_move( struct changer *changer, const struct move *move, NTSTATUS status )
{
    int transport = is_full( changer, ELEMENT_TRANSPORT, move->transport_address );

    WARN( "move from %#x to %#x failed, status %#x; now source full %d, destination full %d, transport full %d\n",
          move->source_address, move->destination_address, (int)status,
          is_full( changer, move->source.type, move->source_address ),
          is_full( changer, move->destination.type, move->destination_address ), transport );
    if (transport == 1) ERR( "the transport holds a medium\n" );
}

/* Whether a move that failed may be tried again. */
static BOOL may_repeat( struct changer *changer, const struct move *move, const struct scsi_command *cmd, unsigned int tries )
{
    switch (get_action( cmd ))
    {
    case ACTION_EJECT:
        if (move->source.type != ELEMENT_DRIVE || tries > EJECT_RETRIES) return FALSE;
        TRACE( "drive %#x has not ejected yet\n", move->source_address );
        wait_for_eject( changer, move->source_address );
        return TRUE;
    case ACTION_ONCE:
        /* unless the medium is no longer where it was */
        return tries == 1 && is_full( changer, move->source.type, move->source_address ) == 1;
    default:
        return FALSE;
    }
}

/* The sides are turned by the device itself, as the caller has made sure. */
NTSTATUS move_medium( struct changer_handle *handle, const struct move *move, BOOL flip )
{
    struct changer *changer = handle->changer;
    struct scsi_command cmd = { .cdb = { changer->attached ? SMC_MOVE_MEDIUM_ATTACHED : SMC_MOVE_MEDIUM },
                                .timeout_ms = SCSI_TIMEOUT_MOVE };
    unsigned int tries = 0;
    NTSTATUS status;

    put_be16( cmd.cdb + 2, move->transport_address );
    put_be16( cmd.cdb + 4, move->source_address );
    put_be16( cmd.cdb + 6, move->destination_address );
    cmd.cdb[10] = flip;

    do
    {
        tries++;
        status = send_motion( handle, &cmd );
    } while (status && may_repeat( changer, move, &cmd, tries ));
    if (status) report_failed_move( changer, move, status );
    else check_move( changer, move );
    return status;
}

NTSTATUS changer_move_medium( void *args )
{
    struct move_medium_params *params = args;
    struct move move = { params->source, params->destination };
    struct changer_handle *handle;
    struct changer *changer;
    NTSTATUS status;

    if (!(handle = begin_request( params->handle, &status ))) return status;
    changer = handle->changer;

    if (!(status = learn_for_motion( handle )) &&
        !(status = find_transport( changer, params->transport, &move.transport_address )) &&
        !(status = find_address( changer, &params->source, &move.source_address )) &&
        !(status = find_address( changer, &params->destination, &move.destination_address )))
    {
        if (params->flip && !changer->rotates) status = STATUS_INVALID_PARAMETER;
        else if (!(status = begin_motion( handle ))) status = move_medium( handle, &move, params->flip );
    }
    end_request( changer );
    return status;
}

NTSTATUS changer_set_position( void *args )
{
    struct scsi_command cmd = { .cdb = { SMC_POSITION_TO_ELEMENT }, .timeout_ms = SCSI_TIMEOUT_MOVE };
    struct set_position_params *params = args;
    struct changer_handle *handle;
    UINT16 transport, destination;
    struct changer *changer;
    NTSTATUS status;

    if (!(handle = begin_request( params->handle, &status ))) return status;
    changer = handle->changer;

    if (!(status = learn_for_motion( handle )) &&
        !(status = find_transport( changer, params->transport, &transport )) &&
        !(status = find_address( changer, &params->destination, &destination )))
    {
        put_be16( cmd.cdb + 2, transport );
        put_be16( cmd.cdb + 4, destination );
        cmd.cdb[8] = !!params->flip;
        if (params->flip && !changer->rotates) status = STATUS_INVALID_PARAMETER;
        else if (!(status = begin_motion( handle ))) status = run_motion( handle, &cmd );
    }
    /* this request documents no other code for an address that does not exist */
    if (status == STATUS_ILLEGAL_ELEMENT_ADDRESS) status = STATUS_INVALID_PARAMETER;
    end_request( changer );
    return status;
}

/* the command for elements with consecutive numbers; the lowest and the highest of their addresses count */
static NTSTATUS set_range( struct changer *changer, const struct element_number *first, unsigned int count,
                           struct scsi_command *cmd )
{
    const struct element_map *map;
    UINT16 start = 0xffff, end = 0;
    unsigned int i;

    if (first->type < ELEMENT_TRANSPORT || first->type > ELEMENT_DRIVE) return STATUS_ILLEGAL_ELEMENT_ADDRESS;
    map = &changer->map[first->type];
    if (first->number >= map->count || count > map->count - first->number) return STATUS_ILLEGAL_ELEMENT_ADDRESS;
    if (!(cmd->cdb[0] = get_range_command( changer ))) return STATUS_INVALID_PARAMETER;
    for (i = first->number; i < first->number + count; i++)
    {
        start = min( start, map->addresses[i] );
        end = max( end, map->addresses[i] );
    }
    cmd->cdb[1] = 0x01;  /* range */
    put_be16( cmd->cdb + 2, start );
    put_be16( cmd->cdb + 6, end - start + 1 );
    return STATUS_SUCCESS;
}

/* The whole library, or elements with consecutive numbers. */
NTSTATUS changer_initialize_elements( void *args )
{
    struct scsi_command cmd = { .cdb = { SMC_INITIALIZE_ELEMENT_STATUS }, .timeout_ms = SCSI_TIMEOUT_INITIALIZE };
    struct initialize_elements_params *params = args;
    struct changer_handle *handle;
    NTSTATUS status;

    if (!(handle = begin_request( params->handle, &status ))) return status;

    /* taking stock is the answer to changed contents, not something that they forbid */
    scsi_drain_attentions( &handle->changer->unit.scsi );
    check_generation( handle );
    if (params->count && !(status = learn_elements( handle->changer )))
        status = set_range( handle->changer, &params->first, params->count, &cmd );
    if (!status && !(status = take_lock( handle )))
        status = run_motion( handle, &cmd );
    if (!status) handle->changer->elements_known = FALSE;
    end_request( handle->changer );
    return status;
}

NTSTATUS changer_rezero( void *args )
{
    struct scsi_command cmd = { .cdb = { SMC_REZERO_UNIT }, .timeout_ms = SCSI_TIMEOUT_MOVE };
    struct rezero_params *params = args;
    struct changer_handle *handle;
    UINT16 transport;
    NTSTATUS status;

    if (!(handle = begin_request( params->handle, &status ))) return status;
    if (!(status = learn_for_motion( handle )) &&
        !(status = find_transport( handle->changer, params->transport, &transport )) &&
        !(status = begin_motion( handle ))) status = run_motion( handle, &cmd );
    end_request( handle->changer );
    return status;
}

/* Every way in is locked by the same command: the first door stands for all that are no port. */
static NTSTATUS check_access_element( const struct changer *changer, const struct lock_access_params *params )
{
    unsigned int count = params->is_port ? changer->map[ELEMENT_IMPEXP].count : 1;

    if (!count) return STATUS_INVALID_DEVICE_REQUEST;
    return params->number < count ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

NTSTATUS changer_lock_access( void *args )
{
    struct lock_access_params *params = args;
    struct changer_handle *handle;
    NTSTATUS status;

    if (!(handle = begin_request( params->handle, &status ))) return status;
    if (!(status = learn_elements( handle->changer ))) status = check_access_element( handle->changer, params );
    if (!status && get_support( handle->changer, SCSI_PREVENT_ALLOW ) == SUPPORT_NO) status = STATUS_INVALID_DEVICE_REQUEST;
    if (!status && !(status = take_lock( handle ))) status = set_prevention( handle->changer, params->lock );
    if (!status) count_prevention( handle, params->lock );
    end_request( handle->changer );
    return status;
}

/* some ports open by command, and close by hand only */
static NTSTATUS move_port( struct changer_handle *handle, struct scsi_command *cmd, BOOL extend )
{
    NTSTATUS status;

    if (!extend && handle->changer->port_stays) return STATUS_INVALID_DEVICE_REQUEST;
    status = run_motion( handle, cmd );
    if (extend || status != STATUS_INVALID_PARAMETER) return status;
    handle->changer->port_stays = TRUE;
    return STATUS_INVALID_DEVICE_REQUEST;
}

NTSTATUS changer_move_port( void *args )
{
    struct scsi_command cmd = { .cdb = { SMC_OPEN_CLOSE_IMPORT_EXPORT }, .timeout_ms = SCSI_TIMEOUT_PORT };
    struct move_port_params *params = args;
    struct element_number port = { ELEMENT_IMPEXP, params->port };
    struct changer_handle *handle;
    UINT16 address;
    NTSTATUS status;

    if (!(handle = begin_request( params->handle, &status ))) return status;
    if (!(status = learn_for_motion( handle )))
    {
        /* this request documents no other code for an address that does not exist */
        if (find_address( handle->changer, &port, &address )) status = STATUS_INVALID_PARAMETER;
        else if (!(status = begin_motion( handle )))
        {
            put_be16( cmd.cdb + 2, address );
            cmd.cdb[4] = params->extend ? 0 : 1;
            status = move_port( handle, &cmd, params->extend );
        }
    }
    end_request( handle->changer );
    return status;
}
