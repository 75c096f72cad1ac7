/*
 * Mounting and dismounting media
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

static const DWORD mount_options = NTMS_MOUNT_READ | NTMS_MOUNT_WRITE | NTMS_MOUNT_ERROR_NOT_AVAILABLE
                                   | NTMS_MOUNT_ERROR_OFFLINE | NTMS_MOUNT_SPECIFIC_DRIVE | NTMS_MOUNT_NOWAIT;

/* the list of drives is written on success only */
static DWORD mount( struct session *session, const GUID *media, GUID *drives, DWORD count, DWORD options, int priority,
                    DWORD timeout )
{
    DWORD err, request;

    if ((err = remote_mount( session, media, drives, count, options, priority, timeout, &request )) || !request) return err;
    return wait_for_request( session, "MountNtmsMedia", request, drives, count );
}

/***********************************************************************
 *             MountNtmsMedia  (ntmsapi.@)
 */
DWORD WINAPI MountNtmsMedia( HANDLE handle, GUID *media, GUID *drives, DWORD count, DWORD options, int priority,
                             DWORD timeout, NTMS_MOUNT_INFORMATION *info )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %p, %p, %lu, %#lx, %d, %lu, %p\n", handle, media, drives, count, options, priority, timeout, info );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (info) WARN( "reserved parameter %p\n", info );
    if (!media || !drives || !count || (options & ~mount_options)
        || priority < NTMS_PRIORITY_LOWEST || priority > NTMS_PRIORITY_HIGHEST)
        err = ERROR_INVALID_PARAMETER;
    else if (count > RSMP_MAX_WAIT_IDS)
    {
        FIXME( "%lu media at once\n", count );
        err = ERROR_INVALID_PARAMETER;
    }
    else err = mount( session, media, drives, count, options, priority, timeout );
    session_release( session );
    return err;
}

static BOOL is_dismount_option( DWORD options )
{
    return !options || options == NTMS_DISMOUNT_DEFERRED || options == NTMS_DISMOUNT_IMMEDIATE;
}

/***********************************************************************
 *             DismountNtmsMedia  (ntmsapi.@)
 */
DWORD WINAPI DismountNtmsMedia( HANDLE handle, GUID *media, DWORD count, DWORD options )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %p, %lu, %#lx\n", handle, media, count, options );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!media || !count || count > RSMP_MAX_MEDIA || !is_dismount_option( options )) err = ERROR_INVALID_PARAMETER;
    else err = remote_dismount( session, media, count, options ? options : NTMS_DISMOUNT_IMMEDIATE );
    session_release( session );
    return err;
}

/***********************************************************************
 *             DismountNtmsDrive  (ntmsapi.@)
 */
DWORD WINAPI DismountNtmsDrive( HANDLE handle, GUID *drive )
{
    TRACE( "%p, %s\n", handle, debugstr_guid( drive ));

    return call_with_object( handle, drive, remote_dismount_drive );
}
