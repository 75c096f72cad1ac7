/*
 * Choosing drives for work, and making room in them
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

/* how soon to try again when somebody has the drive open: at first a program is just about to close it */
#define FIRST_RETRY_MS 20
#define LAST_RETRY_MS  2000

static const GUID null_guid;

static BOOL usable( const struct drive *drive )
{
    return drive->device[0] && !drive->busy && !drive->session && drive->avoid_until <= GetTickCount64();
}

/* The drive that has the medium, else the one asked for, else an empty one, else one whose medium has been given up for
 * longest.  NULL when it has to wait. */
static struct drive *choose_drive( struct library *library, const struct work_item *item, BOOL specific )
{
    struct drive *drive, *best = NULL;
    DWORD i;

    if ((drive = library_drive_with( library, &item->medium )))
    {
        if (specific && !IsEqualGUID( &drive->id, &item->drive ))
            FIXME( "moving a medium from drive to drive is not supported yet\n" );
        return usable( drive ) ? drive : NULL;
    }
    if (specific)
    {
        drive = library_find_drive( library, &item->drive );
        return drive && usable( drive ) && (drive->dismountable || IsEqualGUID( &drive->medium, &null_guid )) ? drive : NULL;
    }
    for (i = 0; i < library->drive_count; i++)
    {
        drive = &library->drives[i];
        if (!usable( drive )) continue;
        if (IsEqualGUID( &drive->medium, &null_guid )) return drive;
        if (drive->dismountable && (!best || drive->dismount_time < best->dismount_time)) best = drive;
    }
    return best;
}

void release_drives( struct drive **drives, DWORD count )
{
    DWORD i;

    EnterCriticalSection( &library_lock );
    for (i = 0; i < count; i++) drives[i]->busy = FALSE;
    LeaveCriticalSection( &library_lock );
}

/* A drive that somebody outside uses is looked at again later; nobody tells us when it is free. */
static void wait_for_avoided( struct work *work )
{
    ULONGLONG now = GetTickCount64();
    DWORD i;

    for (i = 0; i < work->library->drive_count; i++)
    {
        ULONGLONG until = work->library->drives[i].avoid_until;
        if (until > now && (!work->not_before || until < work->not_before)) work->not_before = until;
    }
}

DWORD claim_drives( struct work *work, struct drive **drives )
{
    BOOL specific = work->operation == NTMS_LM_MOUNT && (work->options & NTMS_MOUNT_SPECIFIC_DRIVE);
    DWORD i;

    EnterCriticalSection( &library_lock );
    for (i = 0; i < work->count; i++)
    {
        if (!(drives[i] = choose_drive( work->library, &work->items[i], specific ))) break;
        drives[i]->busy = TRUE;
    }
    if (i < work->count) wait_for_avoided( work );
    LeaveCriticalSection( &library_lock );
    if (i == work->count) return ERROR_SUCCESS;
    release_drives( drives, i );
    if (work->operation == NTMS_LM_MOUNT && (work->options & NTMS_MOUNT_ERROR_NOT_AVAILABLE)) return ERROR_BUSY;
    return WORK_WAIT;
}

/* What will happen is on stable storage before anything moves. */
DWORD record_start( struct work *work, struct drive **drives )
{
    DWORD i, error;

    if ((error = db_begin())) return error;
    for (i = 0; i < work->count; i++) work->items[i].drive = drives[i]->id;
    error = work_set_state( work, NTMS_LM_INPROCESS, ERROR_SUCCESS );
    for (i = 0; i < work->count && !error; i++)
        error = db_exec( "UPDATE physical_media SET media_state = ? WHERE id = ?", "ig", NTMS_MEDIASTATE_INUSE,
                         &work->items[i].medium );
    return db_end( error );
}

/* after a failure: what has not been moved is no longer in use */
void record_failure( struct work *work )
{
    DWORD i, error;

    if ((error = db_begin())) return;
    for (i = 0; i < work->count && !error; i++)
        error = db_exec( "UPDATE physical_media SET media_state = ? WHERE id = ? AND location_type <> ?", "igi",
                         NTMS_MEDIASTATE_IDLE, &work->items[i].medium, NTMS_DRIVE );
    if ((error = db_end( error ))) ERR( "error %lu\n", error );
}

static ULONGLONG retry_time( DWORD tries )
{
    return GetTickCount64() + min( (ULONGLONG)FIRST_RETRY_MS << min( tries, 10 ), LAST_RETRY_MS );
}

/* while a program still has the drive open, later */
DWORD unload_or_wait( struct work *work, struct drive *drive )
{
    DWORD error;

    if ((error = unload_drive( work->library, drive )) != ERROR_BUSY) return error;
    work->not_before = retry_time( work->tries++ );
    return WORK_WAIT;
}

/* Another drive may do when somebody outside has this one. */
DWORD avoid_drive( struct work *work, struct drive *drive )
{
    EnterCriticalSection( &library_lock );
    drive->avoid_until = retry_time( drive->avoid_count++ );
    LeaveCriticalSection( &library_lock );
    work->not_before = GetTickCount64();
    return WORK_WAIT;
}

/* makes room: what has been given up goes back to its slot */
DWORD empty_drive( struct work *work, struct drive *drive, const GUID *medium )
{
    if (IsEqualGUID( &drive->medium, medium )) return ERROR_SUCCESS;
    return unload_or_wait( work, drive );
}

/* What has been brought in vain goes back, if need be later. */
void drop_drive( struct library *library, struct drive *drive )
{
    DWORD error;

    if (!(error = unload_drive( library, drive ))) return;
    WARN( "%s: error %lu\n", debugstr_w(drive->device), error );
    EnterCriticalSection( &library_lock );
    drive->dismountable = TRUE;
    drive->dismount_time = retry_time( 10 );
    LeaveCriticalSection( &library_lock );
}
