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

#include "library.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

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
static DWORD check_dismount( const GUID *id, DWORD session, struct dismount *ret )
{
    struct mount_medium medium;
    DWORD error;

    memset( &medium, 0, sizeof(medium) );
    if ((error = find_mount_medium( id, &medium ))) return error;
    if (medium.library_kind == NTMS_LIBRARYTYPE_OFFLINE) return ERROR_MEDIA_OFFLINE;
    if (!(ret->library = library_find( &medium.library ))) return ERROR_INVALID_LIBRARY;
    ret->drive = library_drive_with( ret->library, &medium.medium );
    if (!ret->drive || ret->drive->session != session) return ERROR_INVALID_STATE;
    ret->side = medium.side;
    ret->medium = medium.medium;
    return ERROR_SUCCESS;
}

static DWORD check_dismounts( const GUID *media, DWORD count, DWORD session, struct dismount *list )
{
    DWORD i, j, error;

    for (i = 0; i < count; i++)
    {
        if ((error = check_dismount( &media[i], session, &list[i] ))) return error;
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
    error = check_dismounts( media, count, session_id( session ), list );
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
