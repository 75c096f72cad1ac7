/*
 * Notifications
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

#include "ntmsapi_private.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmsapi);

/* what a notification handle stands for: a channel of a session */
struct notification
{
    struct list entry;
    HANDLE      handle;
    HANDLE      session;
    DWORD       channel;
};

static CRITICAL_SECTION notification_lock;
static CRITICAL_SECTION_DEBUG notification_lock_debug =
{
    0, 0, &notification_lock, { &notification_lock_debug.ProcessLocksList, &notification_lock_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": notification_lock") }
};
static CRITICAL_SECTION notification_lock = { &notification_lock_debug, -1, 0, 0, 0, 0 };

static struct list notifications = LIST_INIT( notifications );

/* like those of sessions, but others */
static LONG last_handle = 0x4f000000;

static struct notification *find( HANDLE handle )
{
    struct notification *notification;

    LIST_FOR_EACH_ENTRY( notification, &notifications, struct notification, entry )
        if (notification->handle == handle) return notification;
    return NULL;
}

/* The session and channel of a handle.  The channels of a session end with it. */
static struct session *grab_channel( HANDLE handle, DWORD *channel )
{
    struct notification *notification;
    HANDLE session = NULL;

    EnterCriticalSection( &notification_lock );
    if ((notification = find( handle )))
    {
        session = notification->session;
        *channel = notification->channel;
    }
    LeaveCriticalSection( &notification_lock );
    return notification ? session_grab( session ) : NULL;
}

static void forget( HANDLE handle )
{
    struct notification *notification;

    EnterCriticalSection( &notification_lock );
    if ((notification = find( handle ))) list_remove( &notification->entry );
    LeaveCriticalSection( &notification_lock );
    free( notification );
}

static DWORD open_notification( struct session *session, DWORD type, HANDLE *ret )
{
    struct notification *notification;
    DWORD err;

    if (!(notification = malloc( sizeof(*notification) ))) return ERROR_NOT_ENOUGH_MEMORY;
    if ((err = remote_open_notification( session, type, &notification->channel )))
    {
        free( notification );
        return err;
    }
    notification->session = session->handle;
    notification->handle = LongToHandle( InterlockedExchangeAdd( &last_handle, 4 ) + 4 );
    *ret = notification->handle;
    EnterCriticalSection( &notification_lock );
    list_add_head( &notifications, &notification->entry );
    LeaveCriticalSection( &notification_lock );
    return ERROR_SUCCESS;
}

/***********************************************************************
 *             OpenNtmsNotification  (ntmsapi.@)
 */
HANDLE WINAPI OpenNtmsNotification( HANDLE handle, DWORD type )
{
    HANDLE ret = INVALID_HANDLE_VALUE;
    struct session *session;
    DWORD err;

    TRACE( "%p, %lu\n", handle, type );

    if (!(session = session_grab( handle ))) err = ERROR_INVALID_HANDLE;
    else
    {
        err = open_notification( session, type, &ret );
        session_release( session );
    }
    if (err) SetLastError( err );
    return ret;
}

static DWORD wait_for_notification( struct session *session, DWORD channel, DWORD timeout, NTMS_NOTIFICATIONINFORMATION *info )
{
    DWORD err, request, operation;
    GUID ids[2] = { { 0 } };

    if ((err = remote_wait_notification( session, channel, timeout, &operation, &ids[0], &request ))) return err;
    if (request)
    {
        if ((err = wait_for_request( session, "WaitForNtmsNotification", request, ids, ARRAY_SIZE(ids) ))) return err;
        operation = ids[1].Data1;
    }
    info->dwOperation = operation;
    info->ObjectId = ids[0];
    return ERROR_SUCCESS;
}

/***********************************************************************
 *             WaitForNtmsNotification  (ntmsapi.@)
 */
DWORD WINAPI WaitForNtmsNotification( HANDLE handle, NTMS_NOTIFICATIONINFORMATION *info, DWORD timeout )
{
    struct session *session;
    DWORD err, channel;

    TRACE( "%p, %p, %lu\n", handle, info, timeout );

    if (!(session = grab_channel( handle, &channel ))) return ERROR_INVALID_HANDLE;
    err = info ? wait_for_notification( session, channel, timeout, info ) : ERROR_INVALID_PARAMETER;
    session_release( session );
    return err;
}

/***********************************************************************
 *             CloseNtmsNotification  (ntmsapi.@)
 */
DWORD WINAPI CloseNtmsNotification( HANDLE handle )
{
    struct session *session;
    DWORD err, channel;

    TRACE( "%p\n", handle );

    if (!handle) return ERROR_INVALID_PARAMETER;
    if (!(session = grab_channel( handle, &channel )))
    {
        forget( handle );
        return ERROR_INVALID_HANDLE;
    }
    if ((err = remote_close_notification( session, channel )) != ERROR_BUSY) forget( handle );
    session_release( session );
    return err;
}
