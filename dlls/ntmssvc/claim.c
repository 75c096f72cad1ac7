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

/* how soon to try again when a program still has the drive open */
#define BUSY_RETRY_MS 1000

static const GUID null_guid;

static BOOL usable( const struct drive *drive )
{
    return drive->device[0] && !drive->busy && !drive->session;
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

/* all or none */
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

/* while a program still has the drive open, later */
DWORD unload_or_wait( struct work *work, struct drive *drive )
{
    DWORD error;

    if ((error = unload_drive( work->library, drive )) != ERROR_BUSY) return error;
    work->not_before = GetTickCount64() + BUSY_RETRY_MS;
    return WORK_WAIT;
}

/* makes room: what has been given up goes back to its slot */
DWORD empty_drive( struct work *work, struct drive *drive, const GUID *medium )
{
    if (IsEqualGUID( &drive->medium, medium )) return ERROR_SUCCESS;
    return unload_or_wait( work, drive );
}

/* what has been brought in vain goes back */
void drop_drive( struct library *library, struct drive *drive )
{
    DWORD error;

    if ((error = unload_drive( library, drive ))) WARN( "%s: error %lu\n", debugstr_w(drive->device), error );
}
