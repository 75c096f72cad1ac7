/*
 * The threads that do a library's work
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

/* how soon to look again at a changer that did not answer */
#define STALE_RETRY_MS 5000

static const GUID null_guid;

static DWORD run( struct work *work )
{
    switch (work->operation)
    {
    case NTMS_LM_MOUNT:        return mount_run( work );
    case NTMS_LM_DISMOUNT:     return dismount_run( work );
    case NTMS_LM_WRITESCRATCH: return write_label_run( work );
    }
    return ERROR_INVALID_FUNCTION;
}

static void set_state( struct work *work, DWORD state, DWORD code )
{
    DWORD error;

    if (IsEqualGUID( &work->items[0].request, &null_guid )) return;
    if (!(error = db_begin())) error = db_end( work_set_state( work, state, code ));
    if (error) ERR( "error %lu\n", error );
}

static void finish( struct work *work, DWORD error )
{
    GUID drives[MAX_WAIT_IDS];
    BOOL delivered = TRUE, done = !error;
    DWORD i;

    TRACE( "operation %lu: error %lu\n", work->operation, error );
    EnterCriticalSection( &library_lock );
    list_remove( &work->entry );
    if (work->cancelled && done) error = work->cancel_reason;
    LeaveCriticalSection( &library_lock );

    for (i = 0; i < work->count && i < ARRAY_SIZE(drives); i++) drives[i] = work->items[i].drive;
    if (work->wait) delivered = wait_complete( work->wait, error, drives, error ? 0 : work->count );
    if (done && (error || !delivered) && work->operation == NTMS_LM_MOUNT) mount_undo( work );
    if (!delivered) error = ERROR_CANCELLED;
    set_state( work, error == ERROR_CANCELLED ? NTMS_LM_CANCELLED : error ? NTMS_LM_FAILED : NTMS_LM_PASSED, error );
    work_free( work );
    release_prefix();
}

static void run_work( struct work *work )
{
    DWORD error = run( work );

    release_drives( work );
    if (error != WORK_WAIT)
    {
        finish( work, error );
        return;
    }
    EnterCriticalSection( &library_lock );
    work->running = FALSE;
    LeaveCriticalSection( &library_lock );
}

static void show_waiting( struct work *work )
{
    set_state( work, NTMS_LM_WAITING, ERROR_SUCCESS );
    EnterCriticalSection( &library_lock );
    work->shown_waiting = TRUE;
    work->running = FALSE;
    LeaveCriticalSection( &library_lock );
}

static void empty_drive( struct library *library, struct drive *drive )
{
    drop_drive( library, drive );
    EnterCriticalSection( &library_lock );
    drive->busy = FALSE;
    LeaveCriticalSection( &library_lock );
}

/* Nothing is believed after a failed move, an unrecorded one, or the use of a door, until the elements have been read.  What
 * fails meanwhile makes it stale again. */
static void refresh( struct library *library )
{
    DWORD error;

    EnterCriticalSection( &library->transport );
    EnterCriticalSection( &library_lock );
    library->stale = FALSE;
    LeaveCriticalSection( &library_lock );
    if ((error = inventory_library( library )) && recover_changer( library )) error = inventory_library( library );
    LeaveCriticalSection( &library->transport );
    if (error) WARN( "%s: error %lu\n", debugstr_w(library->device), error );

    EnterCriticalSection( &library_lock );
    library->refreshing = FALSE;
    if (error)
    {
        library->stale = TRUE;
        library->refresh_time = GetTickCount64() + STALE_RETRY_MS;
    }
    LeaveCriticalSection( &library_lock );
    if (!error) media_available();
}

static void do_job( struct library *library, const struct job *job )
{
    switch (job->kind)
    {
    case JOB_NONE:         break;
    case JOB_REFRESH:      refresh( library ); break;
    case JOB_RUN:          run_work( job->work ); break;
    case JOB_REFUSE:       finish( job->work, job->error ); break;
    case JOB_SHOW_WAITING: show_waiting( job->work ); break;
    case JOB_EMPTY:        empty_drive( library, job->drive ); break;
    }
}

static DWORD WINAPI worker_thread( void *arg );

/* While there is something to do, one thread is left for what comes next.  With library_lock held. */
static void call_next( struct library *library )
{
    HANDLE thread;

    if (library->idle_count)
    {
        SetEvent( library->wake );
        return;
    }
    if (library->thread_count > library->drive_count || library->stopping) return;
    if ((thread = CreateThread( NULL, 0, worker_thread, library, 0, NULL )))
        library->threads[library->thread_count++] = thread;
    else
        ERR( "no thread for %s\n", debugstr_w(library->device) );
}

static void wait_for_job( struct library *library, DWORD timeout )
{
    library->idle_count++;
    LeaveCriticalSection( &library_lock );
    WaitForSingleObject( library->wake, timeout );
    EnterCriticalSection( &library_lock );
    library->idle_count--;
}

static DWORD WINAPI worker_thread( void *arg )
{
    struct library *library = arg;
    struct job job;
    DWORD timeout;

    EnterCriticalSection( &library_lock );
    while (!library->stopping)
    {
        schedule_next( library, &job, &timeout );
        if (job.kind == JOB_NONE)
        {
            wait_for_job( library, timeout );
            continue;
        }
        call_next( library );
        LeaveCriticalSection( &library_lock );
        do_job( library, &job );
        EnterCriticalSection( &library_lock );
    }
    SetEvent( library->wake );  /* for the next one to see it */
    LeaveCriticalSection( &library_lock );
    return 0;
}

DWORD workers_start( struct library *library )
{
    DWORD error = ERROR_SUCCESS;

    if (!(library->threads = calloc( library->drive_count + 1, sizeof(*library->threads) ))) return ERROR_NOT_ENOUGH_MEMORY;
    EnterCriticalSection( &library_lock );
    call_next( library );
    if (!library->thread_count) error = ERROR_NOT_ENOUGH_MEMORY;
    LeaveCriticalSection( &library_lock );
    return error;
}

void workers_stop( struct library *library )
{
    struct work *work, *next;
    DWORD i;

    /* no new thread comes after the flag that libraries_stop() has set */
    for (i = 0; i < library->thread_count; i++)
    {
        WaitForSingleObject( library->threads[i], INFINITE );
        CloseHandle( library->threads[i] );
    }
    free( library->threads );
    LIST_FOR_EACH_ENTRY_SAFE( work, next, &library->work, struct work, entry ) finish( work, ERROR_CANCELLED );
}
