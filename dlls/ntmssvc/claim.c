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
#define LAST_RETRY_MS  (60 * 1000)

static const GUID null_guid;

/* can be used for another medium or session, now */
static BOOL is_usable( const struct drive *drive, ULONGLONG now )
{
    return drive->device[0] && !drive->busy && !drive->blocked && !drive->session && drive->avoid_until <= now;
}

static BOOL is_empty( const struct drive *drive )
{
    return IsEqualGUID( &drive->medium, &null_guid );
}

/* An empty drive, else the one whose medium has been given up for longest. */
static struct drive *choose_any( struct library *library, ULONGLONG now )
{
    struct drive *drive, *best = NULL;
    DWORD i;

    for (i = 0; i < library->drive_count; i++)
    {
        drive = &library->drives[i];
        if (!is_usable( drive, now )) continue;
        if (is_empty( drive )) return drive;
        if (drive->dismountable && (!best || drive->dismount_time < best->dismount_time)) best = drive;
    }
    return best;
}

/* the drive asked for; a medium that has been given up in another one is taken from there first */
static struct drive *choose_wish( struct library *library, const struct work_item *item, struct drive *holder, ULONGLONG now )
{
    struct drive *drive = library_find_drive( library, &item->wish );

    if (holder && holder != drive)
    {
        if (holder->dismountable && !holder->failures) holder->dismount_time = now;
        return NULL;
    }
    if (!drive || !is_usable( drive, now )) return NULL;
    return holder || is_empty( drive ) || drive->dismountable ? drive : NULL;
}

/* the drive for an item, or NULL when it has to wait */
static struct drive *choose_drive( struct library *library, const struct work_item *item, ULONGLONG now )
{
    struct drive *holder = library_drive_with( library, &item->medium );

    if (!IsEqualGUID( &item->wish, &null_guid )) return choose_wish( library, item, holder, now );
    if (holder) return is_usable( holder, now ) ? holder : NULL;
    return choose_any( library, now );
}

void release_drives( struct drive **drives, DWORD count )
{
    DWORD i;

    EnterCriticalSection( &library_lock );
    for (i = 0; i < count; i++) if (drives[i]) drives[i]->busy = FALSE;
    LeaveCriticalSection( &library_lock );
}

/* A drive that somebody outside uses is looked at again later; nobody tells us when it is free. */
static void wait_for_avoided( struct work *work, ULONGLONG now )
{
    DWORD i;

    for (i = 0; i < work->library->drive_count; i++)
    {
        ULONGLONG until = work->library->drives[i].avoid_until;
        if (until > now && (!work->not_before || until < work->not_before)) work->not_before = until;
    }
}

/* whether the library has drives enough at all, and no medium is in one that we cannot use */
static BOOL has_drives( const struct work *work )
{
    struct library *library = work->library;
    const struct drive *holder;
    DWORD i, usable = 0;

    for (i = 0; i < work->count; i++)
        if ((holder = library_drive_with( library, &work->items[i].medium )) && !holder->device[0]) return FALSE;
    for (i = 0; i < library->drive_count; i++) if (library->drives[i].device[0]) usable++;
    return usable >= work->count;
}

/* Media that are in a drive have that drive before the others choose. */
static BOOL try_claim( struct work *work, struct drive **drives, ULONGLONG now )
{
    DWORD i, pass;

    for (pass = 0; pass < 2; pass++)
        for (i = 0; i < work->count; i++)
        {
            if (drives[i] || (!pass && !library_drive_with( work->library, &work->items[i].medium ))) continue;
            if (!(drives[i] = choose_drive( work->library, &work->items[i], now ))) return FALSE;
            drives[i]->busy = TRUE;
        }
    return TRUE;
}

DWORD claim_drives( struct work *work, struct drive **drives )
{
    ULONGLONG now = GetTickCount64();
    BOOL enough, claimed = FALSE;

    memset( drives, 0, work->count * sizeof(*drives) );
    EnterCriticalSection( &library_lock );
    if ((enough = has_drives( work )))
    {
        if (!(claimed = try_claim( work, drives, now ))) wait_for_avoided( work, now );
    }
    LeaveCriticalSection( &library_lock );
    if (claimed) return ERROR_SUCCESS;
    release_drives( drives, work->count );
    return enough ? WORK_WAIT : ERROR_RESOURCE_DISABLED;
}

/* While it was queued the medium may have got another owner, or gone. */
static DWORD check_again( const struct work *work )
{
    struct mount_medium medium;
    DWORD i, error = ERROR_SUCCESS;

    if (work->operation != NTMS_LM_MOUNT) return ERROR_SUCCESS;
    for (i = 0; i < work->count && !error; i++)
    {
        memset( &medium, 0, sizeof(medium) );
        if ((error = find_mount_medium( &work->items[i].asked, &medium ))) return error;
        if (!IsEqualGUID( &medium.side, &work->items[i].side )) return ERROR_INVALID_MEDIA;
        if (!IsEqualGUID( &medium.library, &work->library->id )) return ERROR_INVALID_LIBRARY;
        error = check_mount_medium( &medium, work->options );
    }
    return error;
}

/* What will happen is on stable storage before anything moves. */
DWORD record_start( struct work *work, struct drive **drives )
{
    DWORD i, error;

    if ((error = db_begin())) return error;
    for (i = 0; i < work->count; i++) work->items[i].drive = drives[i]->id;
    work->shown_waiting = FALSE;
    error = check_again( work );
    if (!error) error = work_set_state( work, NTMS_LM_INPROCESS, ERROR_SUCCESS );
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

ULONGLONG retry_delay( DWORD tries )
{
    return min( (ULONGLONG)FIRST_RETRY_MS << min( tries, 12 ), LAST_RETRY_MS );
}

/* Another drive may do when somebody outside has this one. */
DWORD avoid_drive( struct work *work, struct drive *drive )
{
    EnterCriticalSection( &library_lock );
    drive->avoid_until = GetTickCount64() + retry_delay( drive->avoid_count++ );
    LeaveCriticalSection( &library_lock );
    work->not_before = GetTickCount64();
    return WORK_WAIT;
}

/* With several drives none is touched before it is known that all can be had. */
static DWORD try_drives( struct work *work, struct drive **drives )
{
    DWORD i, error = ERROR_SUCCESS;
    HANDLE tape;

    for (i = 0; i < work->count && work->count > 1 && !error; i++)
    {
        if (!(error = tape_open( drives[i]->device, &tape ))) CloseHandle( tape );
        else if (error == ERROR_BUSY) error = avoid_drive( work, drives[i] );
    }
    return error;
}

/* What has been given up goes back to its slot. */
DWORD empty_drives( struct work *work, struct drive **drives )
{
    DWORD i, error;

    if ((error = try_drives( work, drives ))) return error;
    for (i = 0; i < work->count && !error; i++)
    {
        if (IsEqualGUID( &drives[i]->medium, &work->items[i].medium )) continue;
        if ((error = unload_drive( work->library, drives[i] )) == ERROR_BUSY) error = avoid_drive( work, drives[i] );
    }
    return load_again( work, error );
}

void give_up_later( struct drive *drive )
{
    EnterCriticalSection( &library_lock );
    if (!is_empty( drive )) library_give_up_drive( drive, retry_delay( 7 + drive->failures++ ) );
    LeaveCriticalSection( &library_lock );
}

void drop_drive( struct library *library, struct drive *drive )
{
    DWORD error = ERROR_CANCELLED;

    /* the next start of the service empties its drives */
    if (!library->stopping && !(error = unload_drive( library, drive ))) return;
    WARN( "%s: error %lu\n", debugstr_w(drive->device), error );
    give_up_later( drive );
}
