/*
 * Attributes: data that programs attach to objects
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

C_ASSERT( RSMP_MAX_ATTRIBUTE == NTMS_MAXATTR_LENGTH - 1 );
C_ASSERT( RSMP_MAX_ATTRIBUTE_NAME == NTMS_MAXATTR_NAMELEN );

static BOOL is_attribute_name( const WCHAR *name )
{
    return name[0] && wcsnlen( name, NTMS_MAXATTR_NAMELEN ) < NTMS_MAXATTR_NAMELEN;
}

static DWORD get_attribute( struct session *session, const GUID *id, DWORD type, const WCHAR *name, void *data, DWORD *size )
{
    DWORD err, capacity = min( *size, RSMP_MAX_ATTRIBUTE ), total = 0, count = 0;
    BYTE *value = NULL;

    err = remote_get_attribute( session, id, type, name, capacity, &total, &count, &value );
    if (!err && (count != total || count > capacity || (count && !value))) err = bad_reply( "GetNtmsObjectAttribute" );
    if (!err && count) memcpy( data, value, count );
    if (!err || err == ERROR_INSUFFICIENT_BUFFER) *size = total;
    MIDL_user_free( value );
    return err;
}

/***********************************************************************
 *             GetNtmsObjectAttributeW  (ntmsapi.@)
 */
DWORD WINAPI GetNtmsObjectAttributeW( HANDLE handle, GUID *id, DWORD type, const WCHAR *name, void *data, DWORD *size )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %lu, %s, %p, %p\n", handle, debugstr_guid( id ), type, debugstr_w(name), data, size );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!id || !name || !data || !size) err = ERROR_INVALID_PARAMETER;
    /* the documentation has no code for a name that no attribute can have */
    else if (!is_attribute_name( name )) err = ERROR_OBJECT_NOT_FOUND;
    else err = get_attribute( session, id, type, name, data, size );
    session_release( session );
    return err;
}

/***********************************************************************
 *             GetNtmsObjectAttributeA  (ntmsapi.@)
 */
DWORD WINAPI GetNtmsObjectAttributeA( HANDLE handle, GUID *id, DWORD type, const char *name, void *data, DWORD *size )
{
    WCHAR *nameW;
    DWORD err;

    if ((err = string_to_wide( name, &nameW ))) return err;
    err = GetNtmsObjectAttributeW( handle, id, type, nameW, data, size );
    free( nameW );
    return err;
}

/***********************************************************************
 *             SetNtmsObjectAttributeW  (ntmsapi.@)
 *
 * Without data the attribute is deleted; the pointer must be there nevertheless (MS-RSMP).
 */
DWORD WINAPI SetNtmsObjectAttributeW( HANDLE handle, GUID *id, DWORD type, const WCHAR *name, void *data, DWORD size )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %lu, %s, %p, %lu\n", handle, debugstr_guid( id ), type, debugstr_w(name), data, size );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!id || !name || !data) err = ERROR_INVALID_PARAMETER;
    else if (!is_attribute_name( name )) err = ERROR_INVALID_NAME;
    else if (size >= NTMS_MAXATTR_LENGTH) err = ERROR_NO_DATA;
    else err = remote_set_attribute( session, id, type, name, data, size );
    session_release( session );
    return err;
}

/***********************************************************************
 *             SetNtmsObjectAttributeA  (ntmsapi.@)
 */
DWORD WINAPI SetNtmsObjectAttributeA( HANDLE handle, GUID *id, DWORD type, const char *name, void *data, DWORD size )
{
    WCHAR *nameW;
    DWORD err;

    if ((err = string_to_wide( name, &nameW ))) return err;
    err = SetNtmsObjectAttributeW( handle, id, type, nameW, data, size );
    free( nameW );
    return err;
}
