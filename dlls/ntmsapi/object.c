/*
 * Enumerating objects and reading their information
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

static BOOL is_object_type( DWORD type )
{
    return type >= NTMS_CHANGER && type <= NTMS_OPREQUEST;
}

static BOOL is_enum_option( DWORD options, DWORD type, const GUID *container )
{
    return options == NTMS_ENUM_DEFAULT
           || (options == NTMS_ENUM_ROOTPOOL && type == NTMS_MEDIA_POOL && !container);
}

/* a list that is too short receives what fits, and *size what is there */
static DWORD enumerate( struct session *session, const GUID *container, GUID *list, DWORD *size, DWORD type, DWORD options )
{
    DWORD err, capacity = *size, total = 0, count = 0;
    GUID *objects = NULL;

    err = remote_enumerate( session, container, type, options, capacity, &total, &count, &objects );
    if (!err || err == ERROR_INSUFFICIENT_BUFFER)
    {
        if ((count = min( count, capacity ))) memcpy( list, objects, count * sizeof(*list) );
        *size = total;
    }
    MIDL_user_free( objects );
    return err;
}

/***********************************************************************
 *             EnumerateNtmsObject  (ntmsapi.@)
 */
DWORD WINAPI EnumerateNtmsObject( HANDLE handle, const LPNTMS_GUID container, GUID *list, DWORD *size, DWORD type,
                                  DWORD options )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %p, %p, %lu, %#lx\n", handle, debugstr_guid( container ), list, size, type, options );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!size || (*size && !list) || !is_object_type( type ) || !is_enum_option( options, type, container ))
        err = ERROR_INVALID_PARAMETER;
    else
        err = enumerate( session, container, list, size, type, options );
    session_release( session );
    return err;
}

/* info is written on success only; its size stays as the caller has set it.  NTMS_UNKNOWN asks for an object of any
 * type (MS-RSMP, GetNtmsServerObjectInformationW). */
static DWORD get_information( HANDLE handle, const GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *info )
{
    struct session *session;
    DWORD err;

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!id || !info || (type != NTMS_UNKNOWN && !is_object_type( type ))) err = ERROR_INVALID_PARAMETER;
    else err = remote_get_information( session, id, type, info );
    session_release( session );
    return err;
}

/***********************************************************************
 *             GetNtmsObjectInformationW  (ntmsapi.@)
 */
DWORD WINAPI GetNtmsObjectInformationW( HANDLE handle, GUID *id, NTMS_OBJECTINFORMATIONW *info )
{
    BOOL valid = info && info->dwSize >= sizeof(*info);
    NTMS_OBJECTINFORMATIONW result;
    DWORD err;

    TRACE( "%p, %s, %p\n", handle, debugstr_guid( id ), info );

    if ((err = get_information( handle, id, valid ? info->dwType : NTMS_UNKNOWN, valid ? &result : NULL ))) return err;
    result.dwSize = info->dwSize;
    *info = result;
    return ERROR_SUCCESS;
}

/***********************************************************************
 *             GetNtmsObjectInformationA  (ntmsapi.@)
 */
DWORD WINAPI GetNtmsObjectInformationA( HANDLE handle, GUID *id, NTMS_OBJECTINFORMATIONA *info )
{
    BOOL valid = info && info->dwSize >= sizeof(*info);
    NTMS_OBJECTINFORMATIONW result;
    DWORD err;

    TRACE( "%p, %s, %p\n", handle, debugstr_guid( id ), info );

    if ((err = get_information( handle, id, valid ? info->dwType : NTMS_UNKNOWN, valid ? &result : NULL ))) return err;
    information_to_ansi( info, &result );
    return ERROR_SUCCESS;
}
