/*
 * The media types of libraries and media
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
 *             AddNtmsMediaType  (ntmsapi.@)
 */
DWORD WINAPI AddNtmsMediaType( HANDLE handle, GUID *media_type, GUID *library )
{
    TRACE( "%p, %s, %s\n", handle, debugstr_guid( media_type ), debugstr_guid( library ));

    return call_with_objects( handle, media_type, library, remote_add_media_type );
}

/***********************************************************************
 *             DeleteNtmsMediaType  (ntmsapi.@)
 */
DWORD WINAPI DeleteNtmsMediaType( HANDLE handle, GUID *media_type, GUID *library )
{
    TRACE( "%p, %s, %s\n", handle, debugstr_guid( media_type ), debugstr_guid( library ));

    return call_with_objects( handle, media_type, library, remote_delete_media_type );
}

/***********************************************************************
 *             ChangeNtmsMediaType  (ntmsapi.@)
 */
DWORD WINAPI ChangeNtmsMediaType( HANDLE handle, GUID *media, GUID *pool )
{
    TRACE( "%p, %s, %s\n", handle, debugstr_guid( media ), debugstr_guid( pool ));

    return call_with_objects( handle, media, pool, remote_change_media_type );
}
