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

/* the descriptor in self-relative form, *ret to be freed; NULL when there is none */
static DWORD get_descriptor( const SECURITY_ATTRIBUTES *attributes, BYTE **ret, DWORD *size )
{
    SECURITY_DESCRIPTOR_CONTROL control;
    SECURITY_DESCRIPTOR *descriptor;
    DWORD revision;

    *ret = NULL;
    *size = 0;
    if (!attributes || !(descriptor = attributes->lpSecurityDescriptor)) return ERROR_SUCCESS;
    if (!IsValidSecurityDescriptor( descriptor ) || !GetSecurityDescriptorControl( descriptor, &control, &revision ))
        return ERROR_INVALID_PARAMETER;
    if (control & SE_SELF_RELATIVE) *size = GetSecurityDescriptorLength( descriptor );
    else MakeSelfRelativeSD( descriptor, NULL, size );
    if (!*size || *size > RSMP_MAX_DESCRIPTOR) return ERROR_INVALID_PARAMETER;
    if (!(*ret = malloc( *size ))) return ERROR_NOT_ENOUGH_MEMORY;
    if (control & SE_SELF_RELATIVE) memcpy( *ret, descriptor, *size );
    else if (!MakeSelfRelativeSD( descriptor, *ret, size ))
    {
        DWORD err = GetLastError();

        free( *ret );
        return err;
    }
    return ERROR_SUCCESS;
}

static DWORD create_pool( struct session *session, const WCHAR *name, const GUID *media_type, DWORD action,
                          const SECURITY_ATTRIBUTES *attributes, GUID *pool )
{
    BYTE *descriptor;
    DWORD err, size;
    GUID id;

    if ((err = get_descriptor( attributes, &descriptor, &size ))) return err;
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

/***********************************************************************
 *             MoveToNtmsMediaPool  (ntmsapi.@)
 */
DWORD WINAPI MoveToNtmsMediaPool( HANDLE handle, GUID *media, GUID *pool )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %s\n", handle, debugstr_guid( media ), debugstr_guid( pool ));

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!media || !pool) err = ERROR_INVALID_PARAMETER;
    else err = remote_move_to_pool( session, media, pool );
    session_release( session );
    return err;
}
