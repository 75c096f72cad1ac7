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
    return drive->device[0] && !drive->disabled && !drive->busy && !drive->reserved && !drive->blocked && !drive->session
           && drive->avoid_until <= now;
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

static void unclaim( struct work *work )
{
    DWORD i;

    for (i = 0; i < work->count; i++)
    {
        if (work->items[i].claimed) work->items[i].claimed->busy = FALSE;
        work->items[i].claimed = NULL;
    }
}

void release_drives( struct work *work )
{
    EnterCriticalSection( &library_lock );
    unclaim( work );
    LeaveCriticalSection( &library_lock );
}

/* whether the library has drives enough at all, and no medium is in one that we cannot use */
static BOOL has_drives( const struct work *work )
{
    struct library *library = work->library;
    const struct drive *holder;
    DWORD i, usable = 0;

    for (i = 0; i < work->count; i++)
        if ((holder = library_drive_with( library, &work->items[i].medium )) && !holder->device[0]) return FALSE;
    for (i = 0; i < library->drive_count; i++)
        if (library->drives[i].device[0] && !library->drives[i].disabled) usable++;
    return usable >= work->count;
}

/* A medium on its way to a drive, or from one, is not to be had by others. */
static BOOL is_being_moved( const struct work *work, const GUID *medium )
{
    struct work *other;
    DWORD i;

    LIST_FOR_EACH_ENTRY( other, &work->library->work, struct work, entry )
    {
        if (other == work || !other->running) continue;
        for (i = 0; i < other->count; i++) if (IsEqualGUID( &other->items[i].medium, medium )) return TRUE;
    }
    return FALSE;
}

/* Media that are in a drive have that drive before the others choose. */
static BOOL try_claim( struct work *work, ULONGLONG now )
{
    DWORD i, pass;

    for (i = 0; i < work->count; i++) if (is_being_moved( work, &work->items[i].medium )) return FALSE;
    for (pass = 0; pass < 2; pass++)
        for (i = 0; i < work->count; i++)
        {
            struct work_item *item = &work->items[i];

            if (item->claimed || (!pass && !library_drive_with( work->library, &item->medium ))) continue;
            if (!(item->claimed = choose_drive( work->library, item, now ))) return FALSE;
            item->claimed->busy = TRUE;
        }
    return TRUE;
}

/* whether it is only for want of drives that work cannot be done now */
static BOOL has_media( const struct work *work )
{
    const struct drive *holder;
    DWORD i;

    for (i = 0; i < work->count; i++)
    {
        if (is_being_moved( work, &work->items[i].medium )) return FALSE;
        if ((holder = library_drive_with( work->library, &work->items[i].medium )) && (holder->busy || holder->session))
            return FALSE;
    }
    return TRUE;
}

/* Work for several drives would wait for ever if what comes later could always have the one that is free.  It does not
 * reserve while it waits for a medium, which the one who has it may give back only after he has got a drive. */
static void reserve_drives( struct work *work )
{
    DWORD i;

    if (work->count < 2 || !has_media( work )) return;
    for (i = 0; i < work->count; i++) if (work->items[i].claimed) work->items[i].claimed->reserved = TRUE;
}

/* a dismount has the drive it is for, if there is still something to dismount */
static enum claim claim_dismount( struct work *work )
{
    struct work_item *item = &work->items[0];
    struct drive *drive = library_find_drive( work->library, &item->drive );

    if (!drive || drive->session || !IsEqualGUID( &drive->medium, &item->medium )) return CLAIM_DONE;
    if (drive->busy) return CLAIM_LATER;
    drive->busy = TRUE;
    item->claimed = drive;
    return CLAIM_DONE;
}

enum claim claim_drives( struct work *work, ULONGLONG now )
{
    if (work->operation == NTMS_LM_DISMOUNT) return claim_dismount( work );
    if (!has_drives( work )) return CLAIM_NEVER;
    if (try_claim( work, now )) return CLAIM_DONE;
    reserve_drives( work );
    unclaim( work );
    return CLAIM_LATER;
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
DWORD record_start( struct work *work )
{
    DWORD i, error;

    if ((error = db_begin())) return error;
    EnterCriticalSection( &library_lock );
    for (i = 0; i < work->count; i++) work->items[i].drive = work->items[i].claimed->id;
    work->shown_waiting = FALSE;
    LeaveCriticalSection( &library_lock );
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
    return work_again( work, 0 );
}

/* With several drives none is touched before it is known that all can be had. */
static DWORD try_drives( struct work *work )
{
    DWORD i, error = ERROR_SUCCESS;
    HANDLE tape;

    for (i = 0; i < work->count && work->count > 1 && !error; i++)
    {
        struct drive *drive = work->items[i].claimed;

        if (!(error = tape_open( drive->device, &tape ))) CloseHandle( tape );
        else if (error == ERROR_BUSY) error = avoid_drive( work, drive );
    }
    return error;
}

/* What has been given up goes back to its slot. */
DWORD empty_drives( struct work *work )
{
    DWORD i, error;

    if ((error = try_drives( work ))) return error;
    for (i = 0; i < work->count && !error; i++)
    {
        struct drive *drive = work->items[i].claimed;

        if (IsEqualGUID( &drive->medium, &work->items[i].medium )) continue;
        if ((error = unload_drive( work->library, drive )) == ERROR_BUSY) error = avoid_drive( work, drive );
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
