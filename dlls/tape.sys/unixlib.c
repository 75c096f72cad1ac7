/*
 * Call table of the Unix half of tape.sys
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

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "wine/unixlib.h"

#include "drive.h"

static struct tape *get_tape( UINT64 handle )
{
    return (struct tape *)(UINT_PTR)handle;
}

static struct drive *get_drive( UINT64 handle )
{
    return (struct drive *)(UINT_PTR)handle;
}

static NTSTATUS next_event( void *args )
{
    const struct event_params *params = args;
    return units_next_event( HOST_TYPE_TAPE, sizeof(struct tape), params->event );
}

static NTSTATUS stop_events( void *args )
{
    units_stop();
    return STATUS_SUCCESS;
}

static NTSTATUS release_unit( void *args )
{
    const struct unit_params *params = args;
    unit_release( &get_tape( params->unit )->unit );
    return STATUS_SUCCESS;
}

static NTSTATUS open_drive( void *args )
{
    struct open_params *params = args;
    struct tape *tape = get_tape( params->unit );
    struct drive *drive;
    NTSTATUS status;

    if ((status = drive_open( tape, params->enabled, &drive ))) return status;
    *params->identity = tape->unit.identity;
    params->drive = (UINT_PTR)drive;
    return STATUS_SUCCESS;
}

static NTSTATUS close_drive( void *args )
{
    const struct drive_params *params = args;
    drive_close( get_drive( params->drive ) );
    return STATUS_SUCCESS;
}

static NTSTATUS read_tape( void *args )
{
    struct transfer_params *params = args;
    return drive_read( get_drive( params->drive ), params->buffer, params->size, &params->done );
}

static NTSTATUS write_tape( void *args )
{
    struct transfer_params *params = args;
    return drive_write( get_drive( params->drive ), params->buffer, params->size, &params->done );
}

static NTSTATUS write_marks( void *args )
{
    const struct write_marks_params *params = args;
    return drive_write_marks( get_drive( params->drive ), params->type, params->count, params->immediate );
}

static NTSTATUS get_position( void *args )
{
    struct get_position_params *params = args;
    struct drive *drive = get_drive( params->drive );
    NTSTATUS status;

    if ((status = drive_test( drive ))) return status;
    return drive_get_program_position( drive, params->type, &params->partition, &params->block );
}

static NTSTATUS set_position( void *args )
{
    const struct set_position_params *params = args;
    return drive_set_position( get_drive( params->drive ), params->method, params->partition, params->offset,
                               params->immediate );
}

static NTSTATUS prepare( void *args )
{
    const struct prepare_params *params = args;
    return drive_prepare( get_drive( params->drive ), params->operation, params->immediate );
}

static NTSTATUS erase( void *args )
{
    const struct erase_params *params = args;
    return drive_erase( get_drive( params->drive ), params->whole, params->immediate );
}

static NTSTATUS test_drive( void *args )
{
    const struct drive_params *params = args;
    return drive_test( get_drive( params->drive ) );
}

static NTSTATUS get_status( void *args )
{
    const struct drive_params *params = args;
    struct drive *drive = get_drive( params->drive );
    NTSTATUS status;

    if ((status = drive_test( drive ))) return status;
    return drive_wants_cleaning( drive ) ? STATUS_DEVICE_REQUIRES_CLEANING : STATUS_SUCCESS;
}

static NTSTATUS get_drive_info( void *args )
{
    struct get_drive_info_params *params = args;
    return drive_get_info( get_drive( params->drive ), &params->info );
}

static NTSTATUS set_drive_info( void *args )
{
    const struct set_drive_info_params *params = args;
    return drive_set_info( get_drive( params->drive ), &params->settings );
}

static NTSTATUS get_medium_info( void *args )
{
    struct get_medium_info_params *params = args;
    return drive_get_medium_info( get_drive( params->drive ), params->required, &params->info );
}

static NTSTATUS set_block_size( void *args )
{
    const struct set_block_size_params *params = args;
    return drive_set_block_size( get_drive( params->drive ), params->block_size );
}

static NTSTATUS create_partition( void *args )
{
    const struct create_partition_params *params = args;
    return drive_create_partition( get_drive( params->drive ), params->method, params->count, params->size );
}

static NTSTATUS reserve( void *args )
{
    const struct reserve_params *params = args;
    return drive_reserve( get_drive( params->drive ), params->reserve );
}

static NTSTATUS get_serial( void *args )
{
    struct get_serial_params *params = args;
    return drive_get_serial( get_drive( params->drive ), params->serial, sizeof(params->serial) );
}

static NTSTATUS pass_through( void *args )
{
    struct pass_through_params *params = args;
    return drive_pass_through( get_drive( params->handle ), params );
}

/* called while another thread is in one of the functions above */
static NTSTATUS cancel( void *args )
{
    const struct cancel_params *params = args;
    host_ops.cancel_io( get_tape( params->unit )->unit.scsi.fd, params->cancel );
    return STATUS_SUCCESS;
}

const unixlib_entry_t __wine_unix_call_funcs[] =
{
#define X(name) [unix_ ## name] = name
    X(next_event),
    X(stop_events),
    X(release_unit),
    X(open_drive),
    X(close_drive),
    X(read_tape),
    X(write_tape),
    X(write_marks),
    X(get_position),
    X(set_position),
    X(prepare),
    X(erase),
    X(test_drive),
    X(get_status),
    X(get_drive_info),
    X(get_medium_info),
    X(set_block_size),
    X(set_drive_info),
    X(create_partition),
    X(reserve),
    X(get_serial),
    X(pass_through),
    X(cancel),
#undef X
};

C_ASSERT( ARRAYSIZE(__wine_unix_call_funcs) == unix_funcs_count );
