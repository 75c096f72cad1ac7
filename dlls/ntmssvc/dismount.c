/*
 * DismountNtmsMedia, and what a session leaves behind
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

/* like a dismount by the session that is gone */
static void queue_dismount( struct library *library, struct drive *drive )
{
    struct work *work;

    if (!(work = work_alloc( library, NTMS_LM_DISMOUNT, 1 )))
    {
        library_give_up_drive( drive, 0 );
        return;
    }
    drive->session = 0;
    work->options = NTMS_DISMOUNT_IMMEDIATE;
    work->items[0].medium = drive->medium;
    work->items[0].side = drive->side;
    work->items[0].drive = drive->id;
    work_queue( work );
}

void mount_undo( struct work *work )
{
    struct drive *drive;
    DWORD i;

    EnterCriticalSection( &library_lock );
    for (i = 0; i < work->count; i++)
        if ((drive = library_find_drive( work->library, &work->items[i].drive )) && drive->session == work->session)
            queue_dismount( work->library, drive );
    LeaveCriticalSection( &library_lock );
}

void library_release_session( DWORD session )
{
    struct library *library;
    struct work *work;
    DWORD i;

    EnterCriticalSection( &library_lock );
    LIST_FOR_EACH_ENTRY( library, &libraries, struct library, entry )
    {
        LIST_FOR_EACH_ENTRY( work, &library->work, struct work, entry )
            if (work->session == session && !work->cancelled)
            {
                work->cancelled = TRUE;
                work->cancel_reason = ERROR_CANCELLED;
            }
        for (i = 0; i < library->drive_count; i++)
            if (library->drives[i].session == session) queue_dismount( library, &library->drives[i] );
        SetEvent( library->wake );
    }
    LeaveCriticalSection( &library_lock );
}

static DWORD defer_dismount( struct work *work, struct drive *drive )
{
    DWORD error;
    int delay;

    if ((error = db_begin())) return error;
    error = db_get_int( &delay, "SELECT defer_dismount_delay FROM drive WHERE id = ?", "g", &drive->id );
    if (!error) error = db_exec( "UPDATE drive SET state = ? WHERE id = ?", "ig", NTMS_DRIVESTATE_DISMOUNTABLE, &drive->id );
    if (!error) error = db_exec( "UPDATE physical_media SET media_state = ?, mounted_partition = NULL WHERE id = ?", "ig",
                                 NTMS_MEDIASTATE_UNLOADED, &drive->medium );
    if ((error = db_end( error ))) return error;

    EnterCriticalSection( &library_lock );
    drive->dismountable = TRUE;
    drive->dismount_time = GetTickCount64() + (ULONGLONG)(DWORD)delay * 1000;
    LeaveCriticalSection( &library_lock );
    return ERROR_SUCCESS;
}

/* while the program still has the drive open, later */
static DWORD dismount_drive( struct work *work, struct drive *drive )
{
    DWORD error;

    if ((work->options & NTMS_DISMOUNT_DEFERRED) && work->library->kind == NTMS_LIBRARYTYPE_ONLINE && !drive->disabled)
        return defer_dismount( work, drive );
    error = unload_drive( work->library, drive );
    if (error != ERROR_BUSY && error != ERROR_MEDIA_CHANGED) return error;
    return work_again( work, error == ERROR_BUSY ? retry_delay( work->tries++ ) : 0 );
}

DWORD dismount_run( struct work *work )
{
    struct drive *drive = work->items[0].claimed;
    DWORD error;

    if (!drive) return ERROR_SUCCESS;  /* it has been dismounted by whoever wanted the drive */
    error = dismount_drive( work, drive );
    if (error && error != WORK_WAIT) give_up_later( drive );
    return error;
}

struct dismount
{
    struct library *library;
    struct drive   *drive;
    GUID            side;
    GUID            medium;
};

/* with library_lock held, inside a transaction */
static DWORD check_dismount( struct session *session, const GUID *id, struct dismount *ret )
{
    struct mount_medium medium;
    DWORD error;

    memset( &medium, 0, sizeof(medium) );
    if ((error = find_mount_medium( id, &medium ))) return error;
    if ((error = check_access( session, ACCESS_DismountNtmsMedia, id ))) return error;
    if (medium.library_kind == NTMS_LIBRARYTYPE_OFFLINE) return ERROR_MEDIA_OFFLINE;
    if (!(ret->library = library_find( &medium.library ))) return ERROR_INVALID_LIBRARY;
    ret->drive = library_drive_with( ret->library, &medium.medium );
    if (!ret->drive || ret->drive->session != session_id( session )) return ERROR_INVALID_STATE;
    ret->side = medium.side;
    ret->medium = medium.medium;
    return ERROR_SUCCESS;
}

static DWORD check_dismounts( struct session *session, const GUID *media, DWORD count, struct dismount *list )
{
    DWORD i, j, error;

    for (i = 0; i < count; i++)
    {
        if ((error = check_dismount( session, &media[i], &list[i] ))) return error;
        for (j = 0; j < i; j++) if (list[i].drive == list[j].drive) return ERROR_INVALID_MEDIA;
    }
    return ERROR_SUCCESS;
}

static struct work *create_dismount( const struct dismount *dismount, DWORD options )
{
    struct work *work;

    if (!(work = work_alloc( dismount->library, NTMS_LM_DISMOUNT, 1 ))) return NULL;
    work->options = options;
    work->items[0].side = dismount->side;
    work->items[0].medium = dismount->medium;
    work->items[0].drive = dismount->drive->id;
    return work;
}

/* The drives are no longer the session's as soon as the dismount is recorded. */
static DWORD record_dismounts( struct session *session, const struct dismount *list, DWORD count, DWORD options,
                               struct work **work )
{
    DWORD i, error = ERROR_SUCCESS;

    for (i = 0; i < count && !error; i++)
    {
        if (!(work[i] = create_dismount( &list[i], options ))) return ERROR_NOT_ENOUGH_MEMORY;
        error = work_record( work[i], session );
    }
    return error;
}

static DWORD dismount_media( struct session *session, const GUID *media, DWORD count, DWORD options,
                             struct dismount *list, struct work **work )
{
    DWORD i, error;

    if ((error = db_begin())) return error;
    EnterCriticalSection( &library_lock );
    error = check_dismounts( session, media, count, list );
    if (!error) error = record_dismounts( session, list, count, options, work );
    error = db_end( error );
    for (i = 0; i < count && !error; i++) list[i].drive->session = 0;
    LeaveCriticalSection( &library_lock );

    for (i = 0; i < count; i++)
    {
        if (!work[i]) continue;
        if (error) work_free( work[i] );
        else work_queue( work[i] );
    }
    return error;
}

DWORD ntms_dismount_media( struct session *session, const GUID *media, DWORD count, DWORD options )
{
    DWORD error = ERROR_NOT_ENOUGH_MEMORY;
    struct dismount *list;
    struct work **work;

    if (!count) return ERROR_INVALID_PARAMETER;
    list = calloc( count, sizeof(*list) );
    work = calloc( count, sizeof(*work) );
    if (list && work) error = dismount_media( session, media, count, options, list, work );
    free( list );
    free( work );
    return error;
}

/* ------------------------------------------------------------------ DismountNtmsDrive */

static DWORD check_drive_state( const GUID *drive, GUID *library_id )
{
    struct db_query *query;
    BOOL found, enabled = FALSE;
    DWORD error, state = 0;

    error = db_select( &query, "SELECT d.library, d_o.enabled AND l_o.enabled, MAX( d_o.state, l_o.state ) FROM drive d"
                       " JOIN object d_o ON d_o.id = d.id JOIN object l_o ON l_o.id = d.library WHERE d.id = ?", "g", drive );
    if (error) return error;
    if ((found = db_next( query )))
    {
        found = db_guid( query, 0, library_id );
        enabled = db_int( query, 1 );
        state = db_int( query, 2 );
    }
    if ((error = db_finish( query ))) return error;
    if (!found) return ERROR_INVALID_DRIVE;
    return enabled && state == NTMS_READY ? ERROR_SUCCESS : ERROR_DEVICE_NOT_AVAILABLE;
}

/* a program that has the drive open has the medium opened */
static DWORD check_not_opened( const WCHAR *device )
{
    HANDLE tape;
    DWORD error;

    if ((error = tape_open( device, &tape ))) return error == ERROR_BUSY ? ERROR_INVALID_STATE : ERROR_DEVICE_NOT_AVAILABLE;
    CloseHandle( tape );
    return ERROR_SUCCESS;
}

static DWORD find_full_drive( const GUID *library_id, const GUID *drive_id, WCHAR device[NTMS_DEVICENAME_LENGTH] )
{
    DWORD error = ERROR_SUCCESS;
    struct library *library;
    struct drive *drive;

    EnterCriticalSection( &library_lock );
    if (!(library = library_find( library_id ))) error = ERROR_INVALID_LIBRARY;
    else if (!(drive = library_find_drive( library, drive_id ))) error = ERROR_INVALID_DRIVE;
    else if (IsEqualGUID( &drive->medium, &null_guid ) || drive->busy) error = ERROR_INVALID_STATE;
    else lstrcpynW( device, drive->device, NTMS_DEVICENAME_LENGTH );
    LeaveCriticalSection( &library_lock );
    return error;
}

/* it is nobody's from now on; inside a transaction */
static DWORD take_from_session( struct session *session, const GUID *library_id, const GUID *drive_id, struct work **ret )
{
    DWORD error = ERROR_INVALID_STATE;
    struct dismount dismount;
    struct work *work;

    EnterCriticalSection( &library_lock );
    if ((dismount.library = library_find( library_id ))
        && (dismount.drive = library_find_drive( dismount.library, drive_id )) && !dismount.drive->busy
        && !IsEqualGUID( &dismount.drive->medium, &null_guid ))
    {
        dismount.side = dismount.drive->side;
        dismount.medium = dismount.drive->medium;
        if (!(work = create_dismount( &dismount, NTMS_DISMOUNT_IMMEDIATE ))) error = ERROR_NOT_ENOUGH_MEMORY;
        else if ((error = work_record( work, session ))) work_free( work );
        else
        {
            dismount.drive->session = 0;
            *ret = work;
        }
    }
    LeaveCriticalSection( &library_lock );
    return error;
}

DWORD ntms_dismount_drive( struct session *session, const GUID *drive )
{
    WCHAR device[NTMS_DEVICENAME_LENGTH];
    struct work *work = NULL;
    GUID library;
    DWORD error;

    TRACE( "%p %s\n", session, debugstr_guid(drive) );

    if ((error = db_begin_read())) return error;
    if (!(error = check_drive_state( drive, &library ))) error = check_access( session, ACCESS_DismountNtmsDrive, drive );
    if ((error = db_end( error ))) return error;
    if ((error = find_full_drive( &library, drive, device ))) return error;
    if ((error = check_not_opened( device ))) return error;

    if ((error = db_begin())) return error;
    error = db_end( take_from_session( session, &library, drive, &work ));
    if (!error) work_queue( work );
    else if (work) work_free( work );
    return error;
}
