/*
 * Security descriptors of objects
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

DWORD copy_descriptor( SECURITY_DESCRIPTOR *descriptor, BYTE **ret, DWORD *size )
{
    SECURITY_DESCRIPTOR_CONTROL control;
    DWORD revision;

    *ret = NULL;
    *size = 0;
    if (!IsValidSecurityDescriptor( descriptor ) || !GetSecurityDescriptorControl( descriptor, &control, &revision ))
        return ERROR_INVALID_PARAMETER;
    if (control & SE_SELF_RELATIVE) *size = GetSecurityDescriptorLength( descriptor );
    else MakeSelfRelativeSD( descriptor, NULL, size );
    if (!*size || *size > RSMP_MAX_DESCRIPTOR) return ERROR_INVALID_PARAMETER;
    if (!(*ret = malloc( *size ))) return ERROR_NOT_ENOUGH_MEMORY;
    if (control & SE_SELF_RELATIVE) memcpy( *ret, descriptor, *size );
    else if (!MakeSelfRelativeSD( descriptor, *ret, size ))
    {
        free( *ret );
        *ret = NULL;
        return ERROR_INVALID_PARAMETER;
    }
    return ERROR_SUCCESS;
}

static DWORD get_security( struct session *session, const GUID *id, DWORD type, SECURITY_INFORMATION information,
                           void *descriptor, DWORD size, DWORD *needed )
{
    DWORD err, capacity = min( size, RSMP_MAX_DESCRIPTOR ), total = 0, count = 0;
    BYTE *reply = NULL;

    err = remote_get_security( session, id, type, information, capacity, &total, &count, &reply );
    if (!err && (count != total || count > capacity || (count && !reply))) err = bad_reply( "GetNtmsObjectSecurity" );
    if (!err && count) memcpy( descriptor, reply, count );
    if (!err || err == ERROR_INSUFFICIENT_BUFFER) *needed = total;
    MIDL_user_free( reply );
    return err;
}

/***********************************************************************
 *             GetNtmsObjectSecurity  (ntmsapi.@)
 *
 * A buffer that is too small gives ERROR_INSUFFICIENT_BUFFER, and every pointer must be there, also to ask for the size
 * (MS-RSMP; the function's own documentation is silent).
 */
DWORD WINAPI GetNtmsObjectSecurity( HANDLE handle, GUID *id, DWORD type, SECURITY_INFORMATION information,
                                    PSECURITY_DESCRIPTOR descriptor, DWORD size, DWORD *needed )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %lu, %#lx, %p, %lu, %p\n", handle, debugstr_guid( id ), type, information, descriptor, size, needed );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!id || !descriptor || !needed) err = ERROR_INVALID_PARAMETER;
    else err = get_security( session, id, type, information, descriptor, size, needed );
    session_release( session );
    return err;
}

static DWORD set_security( struct session *session, const GUID *id, DWORD type, SECURITY_INFORMATION information,
                           SECURITY_DESCRIPTOR *descriptor )
{
    DWORD err, size;
    BYTE *copy;

    if ((err = copy_descriptor( descriptor, &copy, &size ))) return err;
    err = remote_set_security( session, id, type, information, copy, size );
    free( copy );
    return err;
}

/***********************************************************************
 *             SetNtmsObjectSecurity  (ntmsapi.@)
 */
DWORD WINAPI SetNtmsObjectSecurity( HANDLE handle, GUID *id, DWORD type, SECURITY_INFORMATION information,
                                    PSECURITY_DESCRIPTOR descriptor )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %lu, %#lx, %p\n", handle, debugstr_guid( id ), type, information, descriptor );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!id || !descriptor) err = ERROR_INVALID_PARAMETER;
    else err = set_security( session, id, type, information, descriptor );
    session_release( session );
    return err;
}
