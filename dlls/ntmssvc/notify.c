/*
 * Notifications: programs that want to know what changes
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
#include "wine/debug.h"
#include "wine/list.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* What a channel keeps for a program that does not read.  One that is further behind has lost its channel. */
#define MAX_QUEUED 4096

struct notification
{
    DWORD operation;
    GUID  id;
};

struct channel
{
    struct list          entry;
    LONG                 refs;         /* of the list, and while it is being dispatched */
    DWORD                id;
    DWORD                session;
    DWORD                type;         /* of the objects */
    struct list          waits;        /* struct notification_wait, those that have come first in front */
    BOOL                 dispatching;  /* a thread is handing out its notifications: nobody else does, so that they keep their order */
    BOOL                 lost;         /* there was more than it could keep */
    DWORD                first, count, size;
    struct notification *queue;        /* ring of size entries */
};

/* a program in WaitForNtmsNotification(); it belongs to whoever takes it out of the list */
struct notification_wait
{
    struct list  entry;
    struct wait *wait;
    BOOL         taken;
};

/* guards all channels; nothing else is called with it held but wait_create() */
static CRITICAL_SECTION channels_cs;
static CRITICAL_SECTION_DEBUG channels_cs_debug =
{
    0, 0, &channels_cs, { &channels_cs_debug.ProcessLocksList, &channels_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": channels_cs") }
};
static CRITICAL_SECTION channels_cs = { &channels_cs_debug, -1, 0, 0, 0, 0 };

static struct list channels = LIST_INIT( channels );
static DWORD last_channel;
static HANDLE changed_event;     /* the store has changes */
static HANDLE stop_event;
static HANDLE thread;

/* ------------------------------------------------------------------ the queue of a channel (channels_cs) */

static void channel_release( struct channel *channel )
{
    if (--channel->refs) return;
    free( channel->queue );
    free( channel );
}

static struct channel *find_channel( DWORD id, DWORD session )
{
    struct channel *channel;

    LIST_FOR_EACH_ENTRY( channel, &channels, struct channel, entry )
        if (channel->id == id && channel->session == session) return channel;
    return NULL;
}

static BOOL grow( struct channel *channel )
{
    DWORD i, size = channel->size ? channel->size * 2 : 16;
    struct notification *queue;

    if (size > MAX_QUEUED || !(queue = malloc( size * sizeof(*queue) ))) return FALSE;
    for (i = 0; i < channel->count; i++) queue[i] = channel->queue[(channel->first + i) % channel->size];
    free( channel->queue );
    channel->queue = queue;
    channel->size = size;
    channel->first = 0;
    return TRUE;
}

static void push( struct channel *channel, DWORD operation, const GUID *id )
{
    struct notification *notification;

    if (channel->lost) return;
    if (channel->count == channel->size && !grow( channel ))
    {
        WARN( "channel %lu is not being read\n", channel->id );
        channel->lost = TRUE;
        return;
    }
    notification = &channel->queue[(channel->first + channel->count++) % channel->size];
    notification->operation = operation;
    notification->id = *id;
}

/* gives back the one that pop() has just given out */
static void unpop( struct channel *channel )
{
    channel->first = (channel->first + channel->size - 1) % channel->size;
    channel->count++;
}

/* The next one; what has been lost comes after what has been kept. */
static BOOL pop( struct channel *channel, struct notification *ret, DWORD *result )
{
    *result = ERROR_SUCCESS;
    if (channel->count)
    {
        *ret = channel->queue[channel->first];
        channel->first = (channel->first + 1) % channel->size;
        channel->count--;
        return TRUE;
    }
    *result = ERROR_NO_DATA;
    return channel->lost;
}

/* ------------------------------------------------------------------ handing out */

static BOOL deliver( struct notification_wait *wait, DWORD result, const struct notification *notification )
{
    GUID ids[2] = { notification->id, { notification->operation } };
    BOOL delivered = wait_complete( wait->wait, result, ids, result ? 0 : 2 );

    free( wait );
    return delivered;
}

/* with channels_cs held, left in between */
static void dispatch( struct channel *channel )
{
    struct notification notification = { 0 };
    struct notification_wait *wait;
    struct list *ptr;
    DWORD result;
    BOOL delivered;

    if (channel->dispatching) return;
    channel->dispatching = TRUE;
    channel->refs++;
    while ((ptr = list_head( &channel->waits )) && pop( channel, &notification, &result ))
    {
        wait = LIST_ENTRY( ptr, struct notification_wait, entry );
        wait->taken = TRUE;
        list_remove( &wait->entry );
        LeaveCriticalSection( &channels_cs );
        delivered = deliver( wait, result, &notification );
        EnterCriticalSection( &channels_cs );
        if (!delivered && !result) unpop( channel );
    }
    channel->dispatching = FALSE;
    channel_release( channel );
}

static void dispatch_all(void)
{
    struct channel *channel;
    BOOL again;

    do  /* the list may be another one whenever the lock has been left */
    {
        again = FALSE;
        LIST_FOR_EACH_ENTRY( channel, &channels, struct channel, entry )
        {
            if (channel->dispatching || list_empty( &channel->waits ) || (!channel->count && !channel->lost)) continue;
            dispatch( channel );
            again = TRUE;
            break;
        }
    }
    while (again);
}

void notify_event( DWORD operation, DWORD type, const GUID *id )
{
    struct channel *channel;

    EnterCriticalSection( &channels_cs );
    LIST_FOR_EACH_ENTRY( channel, &channels, struct channel, entry )
        if (channel->type == type) push( channel, operation, id );
    dispatch_all();
    LeaveCriticalSection( &channels_cs );
}

static void lose_all(void)
{
    struct channel *channel;

    LIST_FOR_EACH_ENTRY( channel, &channels, struct channel, entry ) channel->lost = TRUE;
}

static void take_change( const struct change *change )
{
    struct channel *channel;

    if (!change->operation) lose_all();
    LIST_FOR_EACH_ENTRY( channel, &channels, struct channel, entry )
        if (change->operation && channel->type == change->type) push( channel, change->operation, &change->id );
}

/* with channels_cs held */
static void take_changes(void)
{
    struct change change;

    while (store_next_change( &change )) take_change( &change );
}

static DWORD WINAPI notify_thread( void *arg )
{
    HANDLE events[] = { stop_event, changed_event };

    while (WaitForMultipleObjects( ARRAY_SIZE(events), events, FALSE, INFINITE ) != WAIT_OBJECT_0)
    {
        EnterCriticalSection( &channels_cs );
        take_changes();
        dispatch_all();
        LeaveCriticalSection( &channels_cs );
    }
    return 0;
}

/* nobody has to look at changes before the first channel is opened; with channels_cs held */
static DWORD start_thread(void)
{
    if (thread) return ERROR_SUCCESS;
    if (!changed_event && !(changed_event = CreateEventW( NULL, FALSE, FALSE, NULL ))) return ERROR_NOT_ENOUGH_MEMORY;
    if (!stop_event && !(stop_event = CreateEventW( NULL, TRUE, FALSE, NULL ))) return ERROR_NOT_ENOUGH_MEMORY;
    if (!(thread = CreateThread( NULL, 0, notify_thread, NULL, 0, NULL ))) return ERROR_NOT_ENOUGH_MEMORY;
    store_watch_changes( changed_event );
    return ERROR_SUCCESS;
}

void notifications_stop(void)
{
    if (!thread) return;
    store_watch_changes( NULL );
    SetEvent( stop_event );
    WaitForSingleObject( thread, INFINITE );
    CloseHandle( thread );
    CloseHandle( stop_event );
    CloseHandle( changed_event );
    thread = stop_event = changed_event = NULL;
}

/* ------------------------------------------------------------------ OpenNtmsNotification, CloseNtmsNotification */

/* with channels_cs held */
static DWORD open_channel( DWORD session, DWORD type, DWORD *id )
{
    struct channel *channel;
    DWORD error;

    if ((error = start_thread())) return error;
    if (!(channel = calloc( 1, sizeof(*channel) ))) return ERROR_NOT_ENOUGH_MEMORY;
    take_changes();  /* what has changed before is not for this channel; the thread hands it out to the others */
    channel->refs = 1;
    channel->session = session;
    channel->type = type;
    list_init( &channel->waits );
    if (!++last_channel) last_channel = 1;
    *id = channel->id = last_channel;
    list_add_tail( &channels, &channel->entry );
    return ERROR_SUCCESS;
}

/* A type that does not exist gives a channel that never tells anything (MS-RSMP AddNotification). */
DWORD ntms_open_notification( struct session *session, DWORD type, DWORD *channel )
{
    DWORD error;

    TRACE( "%p %lu\n", session, type );

    if ((error = db_begin_read())) return error;
    if ((error = db_end( check_access( session, ACCESS_OpenNtmsNotification, NULL )))) return error;
    EnterCriticalSection( &channels_cs );
    error = open_channel( session_id( session ), type, channel );
    LeaveCriticalSection( &channels_cs );
    return error;
}

static void remove_channel( struct channel *channel )
{
    list_remove( &channel->entry );
    channel_release( channel );
}

DWORD ntms_close_notification( struct session *session, DWORD id )
{
    DWORD error = ERROR_SUCCESS;
    struct channel *channel;

    TRACE( "%p %lu\n", session, id );

    EnterCriticalSection( &channels_cs );
    if (!(channel = find_channel( id, session_id( session ) ))) error = ERROR_INVALID_HANDLE;
    else if (!list_empty( &channel->waits ) || channel->dispatching) error = ERROR_BUSY;
    else remove_channel( channel );
    LeaveCriticalSection( &channels_cs );
    return error;
}

/* its waits have been cancelled */
void notifications_release_session( DWORD session )
{
    struct channel *channel, *next;

    EnterCriticalSection( &channels_cs );
    LIST_FOR_EACH_ENTRY_SAFE( channel, next, &channels, struct channel, entry )
        if (channel->session == session) remove_channel( channel );
    LeaveCriticalSection( &channels_cs );
}

/* ------------------------------------------------------------------ WaitForNtmsNotification */

static void cancel_wait( void *context, DWORD reason )
{
    struct notification_wait *wait = context;
    BOOL mine;

    EnterCriticalSection( &channels_cs );
    if ((mine = !wait->taken)) list_remove( &wait->entry );
    LeaveCriticalSection( &channels_cs );
    if (!mine) return;
    wait_complete( wait->wait, reason, NULL, 0 );
    free( wait );
}

static DWORD add_wait( struct session *session, struct channel *channel, DWORD timeout, DWORD *wait_request )
{
    struct notification_wait *wait;
    DWORD error;

    if (!(wait = calloc( 1, sizeof(*wait) ))) return ERROR_NOT_ENOUGH_MEMORY;
    if ((error = wait_create( session, timeout, cancel_wait, wait, &wait->wait )))
    {
        free( wait );
        return error;
    }
    list_add_tail( &channel->waits, &wait->entry );
    *wait_request = wait_id( wait->wait );
    return ERROR_SUCCESS;
}

/* with channels_cs held; those that wait already come first */
static DWORD next_notification( struct session *session, DWORD id, DWORD timeout, struct notification *ret,
                                DWORD *wait_request )
{
    struct channel *channel;
    DWORD result;

    if (!(channel = find_channel( id, session_id( session ) ))) return ERROR_INVALID_HANDLE;
    if (!channel->dispatching && list_empty( &channel->waits ) && pop( channel, ret, &result )) return result;
    return timeout ? add_wait( session, channel, timeout, wait_request ) : ERROR_TIMEOUT;
}

DWORD ntms_wait_notification( struct session *session, DWORD channel, DWORD timeout, DWORD *operation, GUID *id,
                              DWORD *wait_request )
{
    struct notification notification = { 0 };
    DWORD error;

    *wait_request = 0;
    EnterCriticalSection( &channels_cs );
    error = next_notification( session, channel, timeout, &notification, wait_request );
    LeaveCriticalSection( &channels_cs );
    *operation = notification.operation;
    *id = notification.id;
    return error;
}
