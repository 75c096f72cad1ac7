/*
 * What a library does next
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

/* how soon to look whether a drive that is in the way of waiting work has been cleared */
#define BLOCKED_RETRY_MS 30000

/* The queue is gone through from its head.  Whoever comes first has his drives first; what must wait does not stop those
 * behind it that can go on. */

static void set_job( struct job *job, enum job_kind kind, struct work *work, struct drive *drive, DWORD error )
{
    job->kind = kind;
    job->work = work;
    job->drive = drive;
    job->error = error;
    if (work) work->running = TRUE;
    if (drive) drive->busy = TRUE;
}

/* Nothing is begun on elements that may not be what the database believes. */
static BOOL schedule_refresh( struct library *library, struct job *job, ULONGLONG now, ULONGLONG *next )
{
    if (library->refreshing) return TRUE;
    if (!library->stale) return FALSE;
    if (library->refresh_time > now)
    {
        *next = min( *next, library->refresh_time );
        return FALSE;
    }
    library->refreshing = TRUE;
    set_job( job, JOB_REFRESH, NULL, NULL, ERROR_SUCCESS );
    return TRUE;
}

static BOOL show_waiting( struct work *work, struct job *job )
{
    if (work->shown_waiting) return FALSE;
    set_job( job, JOB_SHOW_WAITING, work, NULL, ERROR_SUCCESS );
    return TRUE;
}

static BOOL schedule_work( struct work *work, struct job *job, ULONGLONG now, ULONGLONG *next )
{
    if (work->running) return FALSE;
    if (work->cancelled)
    {
        set_job( job, JOB_REFUSE, work, NULL, work->cancel_reason );
        return TRUE;
    }
    if (work->not_before > now)
    {
        *next = min( *next, work->not_before );
        return show_waiting( work, job );
    }
    switch (claim_drives( work, now ))
    {
    case CLAIM_DONE:
        set_job( job, JOB_RUN, work, NULL, ERROR_SUCCESS );
        return TRUE;
    case CLAIM_NEVER:
        set_job( job, JOB_REFUSE, work, NULL, ERROR_RESOURCE_DISABLED );
        return TRUE;
    case CLAIM_LATER:
        break;
    }
    if (work->operation != NTMS_LM_MOUNT || !(work->options & NTMS_MOUNT_ERROR_NOT_AVAILABLE))
        return show_waiting( work, job );
    set_job( job, JOB_REFUSE, work, NULL, ERROR_BUSY );
    return TRUE;
}

/* drives whose time comes: to be emptied, or to be tried again after somebody outside had them */
static BOOL schedule_drives( struct library *library, struct job *job, ULONGLONG now, ULONGLONG *next )
{
    DWORD i;

    for (i = 0; i < library->drive_count; i++)
    {
        struct drive *drive = &library->drives[i];

        if (drive->avoid_until > now) *next = min( *next, drive->avoid_until );
        if (!drive->dismountable || !drive->device[0] || drive->busy) continue;
        if (drive->dismount_time <= now)
        {
            set_job( job, JOB_EMPTY, NULL, drive, ERROR_SUCCESS );
            return TRUE;
        }
        *next = min( *next, drive->dismount_time );
    }
    return FALSE;
}

/* Something that is no medium of ours is in a drive; nobody tells when it has been taken out. */
static void check_blocked( struct library *library, ULONGLONG now, ULONGLONG *next )
{
    BOOL blocked = FALSE;
    DWORD i;

    for (i = 0; i < library->drive_count; i++) if (library->drives[i].blocked) blocked = TRUE;
    if (!blocked || list_empty( &library->work )) library->blocked_time = 0;
    else if (!library->blocked_time) library->blocked_time = now + BLOCKED_RETRY_MS;
    else if (library->blocked_time <= now)
    {
        library->blocked_time = 0;
        library->stale = TRUE;
        library->refresh_time = now;
    }
    if (library->blocked_time) *next = min( *next, library->blocked_time );
}

static void find_job( struct library *library, struct job *job, ULONGLONG now, ULONGLONG *next )
{
    struct work *work;
    DWORD i;

    if (library->stopping) return;
    check_blocked( library, now, next );
    if (schedule_refresh( library, job, now, next )) return;
    for (i = 0; i < library->drive_count; i++) library->drives[i].reserved = FALSE;
    LIST_FOR_EACH_ENTRY( work, &library->work, struct work, entry )
        if (schedule_work( work, job, now, next )) return;
    schedule_drives( library, job, now, next );
}

void schedule_next( struct library *library, struct job *job, DWORD *timeout )
{
    ULONGLONG now = GetTickCount64(), next = ~(ULONGLONG)0;

    memset( job, 0, sizeof(*job) );
    find_job( library, job, now, &next );
    *timeout = next == ~(ULONGLONG)0 ? INFINITE : next > now ? min( next - now, 60000 ) : 0;
}
