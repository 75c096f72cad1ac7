/*
 * Which objects take part in the work
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

static DWORD enable( HANDLE handle, DWORD type, const GUID *id, DWORD (*func)( struct session *, DWORD, const GUID * ) )
{
    struct session *session;
    DWORD err;

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!id || (type != NTMS_LIBRARY && type != NTMS_DRIVE && type != NTMS_PHYSICAL_MEDIA)) err = ERROR_INVALID_PARAMETER;
    else err = func( session, type, id );
    session_release( session );
    return err;
}

/***********************************************************************
 *             EnableNtmsObject  (ntmsapi.@)
 */
DWORD WINAPI EnableNtmsObject( HANDLE handle, DWORD type, GUID *id )
{
    TRACE( "%p, %lu, %s\n", handle, type, debugstr_guid( id ));

    return enable( handle, type, id, remote_enable );
}

/***********************************************************************
 *             DisableNtmsObject  (ntmsapi.@)
 */
DWORD WINAPI DisableNtmsObject( HANDLE handle, DWORD type, GUID *id )
{
    TRACE( "%p, %lu, %s\n", handle, type, debugstr_guid( id ));

    return enable( handle, type, id, remote_disable );
}
