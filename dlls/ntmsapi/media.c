/*
 * Allocating media, and their labels
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

static BOOL is_allocate_option( DWORD options )
{
    static const DWORD either = NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_NEXT;

    return !(options & ~(either | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE)) && (options & either) != either;
}

static DWORD allocate( struct session *session, const GUID *pool, const GUID *partition, GUID *media, DWORD options,
                       DWORD timeout, GUID *allocated_from )
{
    GUID result[2];  /* logical medium, source pool */
    DWORD err, request;

    result[0] = *media;
    if ((err = remote_allocate( session, pool, partition, &result[0], options, timeout, &result[1], &request ))) return err;
    if (request && (err = wait_for_request( session, "AllocateNtmsMedia", request, result, ARRAY_SIZE(result) ))) return err;
    *media = result[0];
    *allocated_from = result[1];
    return ERROR_SUCCESS;
}

/***********************************************************************
 *             AllocateNtmsMedia  (ntmsapi.@)
 */
DWORD WINAPI AllocateNtmsMedia( HANDLE handle, GUID *pool, GUID *partition, GUID *media, DWORD options, DWORD timeout,
                                NTMS_ALLOCATION_INFORMATION *info )
{
    struct session *session;
    GUID allocated_from;
    DWORD err;

    TRACE( "%p, %s, %s, %p, %#lx, %lu, %p\n", handle, debugstr_guid( pool ), debugstr_guid( partition ), media, options,
           timeout, info );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!pool || !media || !is_allocate_option( options ) || (info && info->dwSize < sizeof(*info)))
        err = ERROR_INVALID_PARAMETER;
    else if ((err = allocate( session, pool, partition, media, options, timeout, &allocated_from )))
    {
        /* what is not allocated is no medium; with NTMS_ALLOCATE_NEXT it is the caller's */
        if (!(options & NTMS_ALLOCATE_NEXT)) memset( media, 0, sizeof(*media) );
    }
    else if (info) info->AllocatedFrom = allocated_from;
    session_release( session );
    return err;
}

/***********************************************************************
 *             DeallocateNtmsMedia  (ntmsapi.@)
 */
DWORD WINAPI DeallocateNtmsMedia( HANDLE handle, GUID *media, DWORD options )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %#lx\n", handle, debugstr_guid( media ), options );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!media || options) err = ERROR_INVALID_PARAMETER;
    else err = remote_deallocate( session, media, options );
    session_release( session );
    return err;
}

/***********************************************************************
 *             DecommissionNtmsMedia  (ntmsapi.@)
 */
DWORD WINAPI DecommissionNtmsMedia( HANDLE handle, GUID *side )
{
    TRACE( "%p, %s\n", handle, debugstr_guid( side ));

    return call_with_object( handle, side, remote_decommission );
}

/***********************************************************************
 *             SetNtmsMediaComplete  (ntmsapi.@)
 */
DWORD WINAPI SetNtmsMediaComplete( HANDLE handle, GUID *media )
{
    TRACE( "%p, %s\n", handle, debugstr_guid( media ));

    return call_with_object( handle, media, remote_set_complete );
}

/***********************************************************************
 *             DeleteNtmsMedia  (ntmsapi.@)
 */
DWORD WINAPI DeleteNtmsMedia( HANDLE handle, GUID *media )
{
    TRACE( "%p, %s\n", handle, debugstr_guid( media ));

    return call_with_object( handle, media, remote_delete_media );
}

/***********************************************************************
 *             SwapNtmsMedia  (ntmsapi.@)
 */
DWORD WINAPI SwapNtmsMedia( HANDLE handle, GUID *media1, GUID *media2 )
{
    TRACE( "%p, %s, %s\n", handle, debugstr_guid( media1 ), debugstr_guid( media2 ));

    return call_with_objects( handle, media1, media2, remote_swap_media );
}

static BOOL is_label( DWORD label_type, DWORD size, const void *buffer )
{
    if (!buffer || !size || size > RSMP_MAX_LABEL) return FALSE;
    if (label_type == NTMS_OMID_TYPE_FILESYSTEM_INFO) return size == sizeof(NTMS_FILESYSTEM_INFO);
    return label_type == NTMS_OMID_TYPE_RAW_LABEL;
}

/***********************************************************************
 *             UpdateNtmsOmidInfo  (ntmsapi.@)
 */
DWORD WINAPI UpdateNtmsOmidInfo( HANDLE handle, GUID *media, DWORD label_type, DWORD size, void *buffer )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %lu, %lu, %p\n", handle, debugstr_guid( media ), label_type, size, buffer );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!media || !is_label( label_type, size, buffer )) err = ERROR_INVALID_PARAMETER;
    else err = remote_update_omid( session, media, label_type, buffer, size );
    session_release( session );
    return err;
}
