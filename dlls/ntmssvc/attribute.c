/*
 * Extended attributes: data that programs attach to objects
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

#include "access.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

static DWORD get_value( const GUID *id, const WCHAR *name, BYTE *buffer, DWORD *size )
{
    struct db_query *query;
    DWORD error, length = 0;
    BOOL found;

    if ((error = db_select( &query, "SELECT value, length(value) FROM attribute WHERE object = ? AND name = ?", "gw",
                            id, name ))) return error;
    if ((found = db_next( query )))
    {
        length = db_int( query, 1 );
        if (length <= *size) db_blob( query, 0, buffer, length );
    }
    if ((error = db_finish( query ))) return error;
    if (!found) return ERROR_OBJECT_NOT_FOUND;
    if (length > *size) error = ERROR_INSUFFICIENT_BUFFER;
    *size = length;
    return error;
}

static DWORD get_attribute( struct session *session, const GUID *id, const WCHAR *name, BYTE *buffer, DWORD *size )
{
    DWORD type, error;

    if ((error = object_type( id, &type ))) return error;
    if ((error = check_access( session, ACCESS_GetNtmsObjectAttribute, id ))) return error;
    return get_value( id, name, buffer, size );
}

/* The type is not compared with that of the object: MS-RSMP has SetNtmsObjectAttribute() ignore it.  A name that no
 * attribute can have is that of none. */
DWORD ntms_get_object_attribute( struct session *session, const GUID *id, DWORD type, const WCHAR *name, BYTE *buffer,
                                 DWORD *size )
{
    DWORD error;

    TRACE( "%p %s %lu %s %lu\n", session, debugstr_guid(id), type, debugstr_w(name), *size );

    if (type >= NTMS_NUMBER_OF_OBJECT_TYPES) return ERROR_INVALID_PARAMETER;
    if ((error = db_begin_read())) return error;
    return db_end( get_attribute( session, id, name, buffer, size ));
}

static DWORD set_attribute( struct session *session, const GUID *id, const WCHAR *name, const BYTE *value, DWORD size )
{
    DWORD type, error;

    if ((error = object_type( id, &type ))) return error;
    if ((error = check_access( session, ACCESS_SetNtmsObjectAttribute, id ))) return error;
    if (size)
        error = db_exec( "INSERT OR REPLACE INTO attribute (object, name, value) VALUES (?, ?, ?)", "gwb", id, name,
                         value, size );
    else
        error = db_exec( "DELETE FROM attribute WHERE object = ? AND name = ?", "gw", id, name );
    return error ? error : object_touch( id );
}

/* A wrong type is ignored (MS-RSMP); deleting what is not there succeeds, since no error is documented for it. */
DWORD ntms_set_object_attribute( struct session *session, const GUID *id, DWORD type, const WCHAR *name,
                                 const BYTE *value, DWORD size )
{
    DWORD error;

    TRACE( "%p %s %lu %s %p %lu\n", session, debugstr_guid(id), type, debugstr_w(name), value, size );

    if (!*name || wcsnlen( name, NTMS_MAXATTR_NAMELEN ) == NTMS_MAXATTR_NAMELEN) return ERROR_INVALID_NAME;
    if (size >= NTMS_MAXATTR_LENGTH) return ERROR_NO_DATA;
    if (size && !value) return ERROR_INVALID_PARAMETER;
    if ((error = db_begin())) return error;
    return db_end( set_attribute( session, id, name, value, size ));
}
