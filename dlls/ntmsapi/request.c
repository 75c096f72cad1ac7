/*
 * Library requests
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

/***********************************************************************
 *             CancelNtmsLibraryRequest  (ntmsapi.@)
 */
DWORD WINAPI CancelNtmsLibraryRequest( HANDLE handle, GUID *request )
{
    TRACE( "%p, %s\n", handle, debugstr_guid( request ));

    return call_with_object( handle, request, remote_cancel_library_request );
}

/* Nobody is told which of them have been deleted, so a long list may go in parts. */
static DWORD delete_requests( struct session *session, const GUID *requests, DWORD type, DWORD count )
{
    DWORD err = ERROR_SUCCESS, part;

    for ( ; count && !err; requests += part, count -= part)
    {
        part = min( count, RSMP_MAX_REQUESTS );
        err = remote_delete_requests( session, requests, type, part );
    }
    return err;
}

/***********************************************************************
 *             DeleteNtmsRequests  (ntmsapi.@)
 */
DWORD WINAPI DeleteNtmsRequests( HANDLE handle, GUID *requests, DWORD type, DWORD count )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %p, %lu, %lu\n", handle, requests, type, count );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    /* nobody has an array of half the address space */
    if (!requests || (type != NTMS_LIBREQUEST && type != NTMS_OPREQUEST) || count > MAXLONG / sizeof(*requests))
        err = ERROR_INVALID_PARAMETER;
    else err = delete_requests( session, requests, type, count );
    session_release( session );
    return err;
}

/***********************************************************************
 *             GetNtmsRequestOrder  (ntmsapi.@)
 */
DWORD WINAPI GetNtmsRequestOrder( HANDLE handle, GUID *request, DWORD *order )
{
    struct session *session;
    DWORD err, number;

    TRACE( "%p, %s, %p\n", handle, debugstr_guid( request ), order );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!request || !order) err = ERROR_INVALID_PARAMETER;
    else if (!(err = remote_get_request_order( session, request, &number ))) *order = number;
    session_release( session );
    return err;
}

/***********************************************************************
 *             SetNtmsRequestOrder  (ntmsapi.@)
 */
DWORD WINAPI SetNtmsRequestOrder( HANDLE handle, GUID *request, DWORD order )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %lu\n", handle, debugstr_guid( request ), order );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!request || !order) err = ERROR_INVALID_PARAMETER;
    else err = remote_set_request_order( session, request, order );
    session_release( session );
    return err;
}
