/*
 * MountNtmsMedia: its checks and its work
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

#include "access.h"
#include "library.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

static const GUID null_guid;

/* ------------------------------------------------------------------ checks of a mount (inside a transaction) */

DWORD find_mount_medium( const GUID *id, struct mount_medium *ret )
{
    struct db_query *query;
    DWORD error;

    if (store_find_side( id, &ret->side, &ret->medium )) return ERROR_INVALID_MEDIA;
    error = db_select( &query, "SELECT m.library, p.state, om.enabled AND ol.enabled AND op.enabled, l.kind, ol.state"
                       " FROM partition p JOIN physical_media m ON m.id = p.physical_media JOIN library l ON l.id = m.library"
                       " JOIN object om ON om.id = m.id JOIN object ol ON ol.id = l.id JOIN object op ON op.id = p.id"
                       " WHERE p.id = ?", "g", &ret->side );
    if (error) return error;
    if (db_next( query ))
    {
        db_guid( query, 0, &ret->library );
        ret->side_state = db_int( query, 1 );
        ret->enabled = db_int( query, 2 );
        ret->library_kind = db_int( query, 3 );
        ret->library_state = db_int( query, 4 );
    }
    return db_finish( query );
}

DWORD check_mount_medium( const struct mount_medium *medium, DWORD options )
{
    if (medium->library_kind == NTMS_LIBRARYTYPE_OFFLINE)
    {
        if (!(options & NTMS_MOUNT_ERROR_OFFLINE)) FIXME( "operator requests for offline media are not supported yet\n" );
        return ERROR_MEDIA_OFFLINE;
    }
    if (medium->library_state != NTMS_READY) return ERROR_INVALID_LIBRARY;
    if (!medium->enabled) return ERROR_RESOURCE_DISABLED;
    switch (medium->side_state)
    {
    case NTMS_PARTSTATE_COMPLETE:
        return options & NTMS_MOUNT_WRITE ? ERROR_WRITE_PROTECT : ERROR_SUCCESS;
    case NTMS_PARTSTATE_UNPREPARED:
    case NTMS_PARTSTATE_INCOMPATIBLE:
    case NTMS_PARTSTATE_DECOMMISSIONED:
        return ERROR_INVALID_STATE;
    }
    return ERROR_SUCCESS;
}

static DWORD check_drive( const GUID *library, const GUID *drive )
{
    struct db_query *query;
    GUID drive_library;
    DWORD error, state = 0;
    BOOL found = FALSE, enabled = FALSE;

    error = db_select( &query, "SELECT d.library, o.enabled, o.state FROM drive d JOIN object o ON o.id = d.id"
                       " WHERE d.id = ?", "g", drive );
    if (error) return error;
    if (db_next( query ))
    {
        found = db_guid( query, 0, &drive_library );
        enabled = db_int( query, 1 );
        state = db_int( query, 2 );
    }
    if ((error = db_finish( query ))) return error;
    if (!found) return ERROR_INVALID_DRIVE;
    if (!IsEqualGUID( library, &drive_library )) return ERROR_DRIVE_MEDIA_MISMATCH;
    return enabled && state == NTMS_READY ? ERROR_SUCCESS : ERROR_RESOURCE_DISABLED;
}

static DWORD check_mount( struct session *session, const struct mount_args *args, struct mount_medium *media )
{
    DWORD i, j, error;

    for (i = 0; i < args->count; i++)
    {
        if ((error = find_mount_medium( &args->media[i], &media[i] ))) return error;
        if ((error = check_access( session, ACCESS_MountNtmsMedia, &args->media[i] ))) return error;
        for (j = 0; j < i; j++)
            if (IsEqualGUID( &media[i].medium, &media[j].medium )) return ERROR_INVALID_MEDIA;
        if ((error = check_mount_medium( &media[i], args->options ))) return error;
        if (!IsEqualGUID( &media[i].library, &media[0].library )) return ERROR_INVALID_LIBRARY;
        if (!(args->options & NTMS_MOUNT_SPECIFIC_DRIVE)) continue;
        if ((error = check_drive( &media[i].library, &args->drives[i] ))) return error;
        for (j = 0; j < i; j++)
            if (IsEqualGUID( &args->drives[i], &args->drives[j] )) return ERROR_INVALID_DRIVE;
    }
    return ERROR_SUCCESS;
}

/* A session that waited for itself would wait for ever. */
static BOOL mounted_by( struct library *library, const struct mount_medium *media, DWORD count, DWORD session )
{
    struct drive *drive;
    BOOL ret = FALSE;
    DWORD i;

    EnterCriticalSection( &library_lock );
    for (i = 0; i < count; i++)
        if ((drive = library_drive_with( library, &media[i].medium )) && drive->session == session) ret = TRUE;
    LeaveCriticalSection( &library_lock );
    return ret;
}

static struct work *create_mount( struct library *library, const struct mount_args *args, const struct mount_medium *media,
                                  DWORD session )
{
    struct work *work;
    DWORD i;

    if (!(work = work_alloc( library, NTMS_LM_MOUNT, args->count ))) return NULL;
    work->options = args->options;
    work->priority = args->priority;
    work->session = session;
    for (i = 0; i < args->count; i++)
    {
        work->items[i].asked = args->media[i];
        work->items[i].side = media[i].side;
        work->items[i].medium = media[i].medium;
        if (args->options & NTMS_MOUNT_SPECIFIC_DRIVE) work->items[i].wish = args->drives[i];
    }
    return work;
}

static DWORD record_mount( struct session *session, const struct mount_args *args, struct work **ret )
{
    struct mount_medium media[MAX_WAIT_IDS];
    struct library *library;
    struct work *work = NULL;
    DWORD error;

    memset( media, 0, sizeof(media) );
    if ((error = db_begin())) return error;
    if (!(error = check_mount( session, args, media )))
    {
        EnterCriticalSection( &library_lock );
        library = library_find( &media[0].library );
        LeaveCriticalSection( &library_lock );
        if (!library) error = ERROR_INVALID_LIBRARY;
        else if (mounted_by( library, media, args->count, session_id( session ) )) error = ERROR_BUSY;
        else if (!(work = create_mount( library, args, media, session_id( session ) ))) error = ERROR_NOT_ENOUGH_MEMORY;
        else error = work_record( work, session );
    }
    if ((error = db_end( error )) && work) work_free( work );
    if (!error) *ret = work;
    return error;
}

DWORD ntms_mount_media( struct session *session, const struct mount_args *args, DWORD *wait_request )
{
    struct work *work;
    DWORD error;

    *wait_request = 0;
    if (!args->count || args->count > MAX_WAIT_IDS) return ERROR_INVALID_PARAMETER;
    if ((error = record_mount( session, args, &work ))) return error;
    if (!(args->options & NTMS_MOUNT_NOWAIT))
    {
        if ((error = wait_create( session, args->timeout, work_cancel, work, &work->wait )))
        {
            work->cancelled = TRUE;
            work->cancel_reason = error;
        }
        else *wait_request = wait_id( work->wait );
    }
    work_queue( work );
    return error;
}

/* ------------------------------------------------------------------ mount */

/* a documented result of MountNtmsMedia() for what the hardware says */
static DWORD mount_error( DWORD error )
{
    switch (error)
    {
    case ERROR_SUCCESS:
    case WORK_WAIT:
    case ERROR_BUSY:
    case ERROR_INVALID_LIBRARY:
    case ERROR_INVALID_MEDIA:
    case ERROR_RESOURCE_DISABLED:
    case ERROR_WRITE_PROTECT:
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_DATABASE_FAILURE:
    case ERROR_DATABASE_FULL:
    case ERROR_MEDIA_OFFLINE:
    case ERROR_INVALID_STATE:
    case ERROR_CANCELLED:
    case ERROR_TIMEOUT:
        return error;
    default:
        WARN( "error %lu\n", error );
        return ERROR_INVALID_STATE;
    }
}

static DWORD mount_item( struct work *work, struct drive *drive, const struct work_item *item )
{
    struct label label;
    DWORD error, reason;

    error = load_medium( work, drive, item, &label );
    if (error == ERROR_BUSY) return avoid_drive( work, drive );
    if ((!error || error == ERROR_CANCELLED) && work_is_over( work, &reason )) return reason;
    return load_again( work, error );
}

/* The elements may have been read meanwhile and the medium found to be gone. */
static BOOL still_there( const struct work *work )
{
    DWORD i;

    for (i = 0; i < work->count; i++)
        if (!IsEqualGUID( &work->items[i].claimed->medium, &work->items[i].medium )) return FALSE;
    return TRUE;
}

static DWORD take_drives( struct work *work )
{
    DWORD i, error = ERROR_SUCCESS;

    EnterCriticalSection( &library_lock );
    if (!still_there( work )) error = ERROR_MEDIA_CHANGED;
    for (i = 0; i < work->count && !error; i++)
    {
        struct drive *drive = work->items[i].claimed;

        if (IsEqualGUID( &drive->side, &null_guid )) hold_prefix();
        drive->side = work->items[i].side;
        drive->session = work->session;
        drive->dismountable = FALSE;
        drive->avoid_count = 0;
        drive->failures = 0;
    }
    LeaveCriticalSection( &library_lock );
    return load_again( work, error );
}

static DWORD mount_items( struct work *work )
{
    DWORD i, error;

    if ((error = empty_drives( work ))) return error;
    if ((error = record_start( work ))) return error;
    for (i = 0; i < work->count && !error; i++) error = mount_item( work, work->items[i].claimed, &work->items[i] );
    if (!error) error = take_drives( work );
    if (error)
    {
        while (i) drop_drive( work->library, work->items[--i].claimed );
        record_failure( work );
    }
    return error;
}

DWORD mount_run( struct work *work )
{
    return mount_error( mount_items( work ));
}
