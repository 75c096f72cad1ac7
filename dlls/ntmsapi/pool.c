/*
 * Media pools
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

static DWORD create_pool( struct session *session, const WCHAR *name, const GUID *media_type, DWORD action,
                          const SECURITY_ATTRIBUTES *attributes, GUID *pool )
{
    DWORD err, size = 0;
    BYTE *descriptor = NULL;
    GUID id;

    if (attributes && attributes->lpSecurityDescriptor
        && (err = copy_descriptor( attributes->lpSecurityDescriptor, &descriptor, &size ))) return err;
    if (!(err = remote_create_pool( session, name, media_type, action, descriptor, size, &id ))) *pool = id;
    free( descriptor );
    return err;
}

/***********************************************************************
 *             CreateNtmsMediaPoolW  (ntmsapi.@)
 */
DWORD WINAPI CreateNtmsMediaPoolW( HANDLE handle, const WCHAR *name, GUID *media_type, DWORD action,
                                   SECURITY_ATTRIBUTES *attributes, GUID *pool )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %s, %lu, %p, %p\n", handle, debugstr_w(name), debugstr_guid( media_type ), action, attributes, pool );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!name || !pool || action < NTMS_OPEN_EXISTING || action > NTMS_OPEN_ALWAYS) err = ERROR_INVALID_PARAMETER;
    else if (!name[0] || wcslen( name ) >= NTMS_POOLHIERARCHY_LENGTH) err = ERROR_INVALID_NAME;
    else err = create_pool( session, name, media_type, action, attributes, pool );
    session_release( session );
    return err;
}

/***********************************************************************
 *             CreateNtmsMediaPoolA  (ntmsapi.@)
 */
DWORD WINAPI CreateNtmsMediaPoolA( HANDLE handle, const char *name, GUID *media_type, DWORD action,
                                   SECURITY_ATTRIBUTES *attributes, GUID *pool )
{
    WCHAR *nameW;
    DWORD err;

    if ((err = string_to_wide( name, &nameW ))) return err;
    err = CreateNtmsMediaPoolW( handle, nameW, media_type, action, attributes, pool );
    free( nameW );
    return err;
}

/* The size is in characters of the function's kind and counts the terminating null (MS-RSMP). */
static DWORD return_name( const WCHAR *name, void *buffer, DWORD *size, BOOL ansi )
{
    DWORD room = *size;

    *size = ansi ? WideCharToMultiByte( CP_ACP, 0, name, -1, NULL, 0, NULL, NULL ) : wcslen( name ) + 1;
    if (room < *size) return ERROR_INSUFFICIENT_BUFFER;
    if (ansi) WideCharToMultiByte( CP_ACP, 0, name, -1, buffer, room, NULL, NULL );
    else memcpy( buffer, name, *size * sizeof(WCHAR) );
    return ERROR_SUCCESS;
}

/* without a pool there is ERROR_INVALID_MEDIA_POOL here, other than in most functions */
static DWORD get_pool_name( HANDLE handle, const GUID *pool, void *buffer, DWORD *size, BOOL ansi )
{
    WCHAR name[RSMP_MAX_POOL_NAME];
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %p, %p, %d\n", handle, debugstr_guid( pool ), buffer, size, ansi );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!pool) err = ERROR_INVALID_MEDIA_POOL;
    else if (!buffer || !size) err = ERROR_INVALID_PARAMETER;
    else if (!(err = remote_get_pool_name( session, pool, name )))
    {
        if (wcsnlen( name, ARRAY_SIZE(name) ) < ARRAY_SIZE(name)) err = return_name( name, buffer, size, ansi );
        else err = bad_reply( "GetNtmsMediaPoolName" );
    }
    session_release( session );
    return err;
}

/***********************************************************************
 *             GetNtmsMediaPoolNameW  (ntmsapi.@)
 */
DWORD WINAPI GetNtmsMediaPoolNameW( HANDLE handle, GUID *pool, WCHAR *buffer, DWORD *size )
{
    return get_pool_name( handle, pool, buffer, size, FALSE );
}

/***********************************************************************
 *             GetNtmsMediaPoolNameA  (ntmsapi.@)
 */
DWORD WINAPI GetNtmsMediaPoolNameA( HANDLE handle, GUID *pool, char *buffer, DWORD *size )
{
    return get_pool_name( handle, pool, buffer, size, TRUE );
}

/***********************************************************************
 *             DeleteNtmsMediaPool  (ntmsapi.@)
 */
DWORD WINAPI DeleteNtmsMediaPool( HANDLE handle, GUID *pool )
{
    TRACE( "%p, %s\n", handle, debugstr_guid( pool ));

    return call_with_object( handle, pool, remote_delete_pool );
}

/***********************************************************************
 *             MoveToNtmsMediaPool  (ntmsapi.@)
 */
DWORD WINAPI MoveToNtmsMediaPool( HANDLE handle, GUID *media, GUID *pool )
{
    TRACE( "%p, %s, %s\n", handle, debugstr_guid( media ), debugstr_guid( pool ));

    return call_with_objects( handle, media, pool, remote_move_to_pool );
}
