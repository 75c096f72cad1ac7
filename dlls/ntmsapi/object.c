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
        if (count > capacity || (count && !objects)) err = bad_reply( "EnumerateNtmsObject" );
        else
        {
            if (count) memcpy( list, objects, count * sizeof(*list) );
            *size = total;
        }
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

/* The caller's size says which form of the structure he has.  NTMS_UNKNOWN asks for an object of any type (MS-RSMP,
 * GetNtmsServerObjectInformationW). */
static DWORD get_information( struct session *session, const GUID *id, NTMS_OBJECTINFORMATIONW *info, BOOL ansi )
{
    NTMS_OBJECTINFORMATIONW result;
    enum layout layout;
    DWORD err;

    if (!id || !info || !find_layout( info->dwSize, ansi, &layout )) return ERROR_INVALID_PARAMETER;
    if (info->dwType != NTMS_UNKNOWN && !is_object_type( info->dwType )) return ERROR_INVALID_PARAMETER;
    if ((err = remote_get_information( session, id, info->dwType, &result ))) return err;
    if (info->dwType != NTMS_UNKNOWN && result.dwType != info->dwType) return bad_reply( "GetNtmsObjectInformation" );
    return information_to_program( info, layout, &result );
}

/***********************************************************************
 *             GetNtmsObjectInformationW  (ntmsapi.@)
 */
DWORD WINAPI GetNtmsObjectInformationW( HANDLE handle, GUID *id, NTMS_OBJECTINFORMATIONW *info )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %p\n", handle, debugstr_guid( id ), info );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    err = get_information( session, id, info, FALSE );
    session_release( session );
    return err;
}

/***********************************************************************
 *             GetNtmsObjectInformationA  (ntmsapi.@)
 */
DWORD WINAPI GetNtmsObjectInformationA( HANDLE handle, GUID *id, NTMS_OBJECTINFORMATIONA *info )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %p\n", handle, debugstr_guid( id ), info );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    err = get_information( session, id, (NTMS_OBJECTINFORMATIONW *)info, TRUE );
    session_release( session );
    return err;
}

/* Every member that can be set is set: those that an earlier form of the structure does not have are set to what they are. */
static DWORD set_information( struct session *session, const GUID *id, const NTMS_OBJECTINFORMATIONW *info, BOOL ansi )
{
    NTMS_OBJECTINFORMATIONW service;
    enum layout layout;
    DWORD err;

    if (!id || !info || !is_object_type( info->dwType ) || !find_layout( info->dwSize, ansi, &layout ))
        return ERROR_INVALID_PARAMETER;
    if (layout == LAYOUT_W || layout == LAYOUT_A) memset( &service, 0, sizeof(service) );
    else if ((err = remote_get_information( session, id, info->dwType, &service ))) return err;
    if ((err = information_from_program( &service, info, layout ))) return err;
    return remote_set_information( session, id, &service );
}

/***********************************************************************
 *             SetNtmsObjectInformationW  (ntmsapi.@)
 */
DWORD WINAPI SetNtmsObjectInformationW( HANDLE handle, GUID *id, NTMS_OBJECTINFORMATIONW *info )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %p\n", handle, debugstr_guid( id ), info );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    err = set_information( session, id, info, FALSE );
    session_release( session );
    return err;
}

/***********************************************************************
 *             SetNtmsObjectInformationA  (ntmsapi.@)
 */
DWORD WINAPI SetNtmsObjectInformationA( HANDLE handle, GUID *id, NTMS_OBJECTINFORMATIONA *info )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %p\n", handle, debugstr_guid( id ), info );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    err = set_information( session, id, (NTMS_OBJECTINFORMATIONW *)info, TRUE );
    session_release( session );
    return err;
}

/***********************************************************************
 *             DeleteNtmsLibrary  (ntmsapi.@)
 */
DWORD WINAPI DeleteNtmsLibrary( HANDLE handle, GUID *library )
{
    TRACE( "%p, %s\n", handle, debugstr_guid( library ));

    return call_with_object( handle, library, remote_delete_library );
}

/***********************************************************************
 *             DeleteNtmsDrive  (ntmsapi.@)
 */
DWORD WINAPI DeleteNtmsDrive( HANDLE handle, GUID *drive )
{
    TRACE( "%p, %s\n", handle, debugstr_guid( drive ));

    return call_with_object( handle, drive, remote_delete_drive );
}
