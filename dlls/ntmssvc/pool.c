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

#include "access.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* ------------------------------------------------------------------ CreateNtmsMediaPool */

/* A name is made of components separated by backslashes, each of them an object name; a backslash before the first one
 * is allowed and means nothing. */
static DWORD check_name( const WCHAR **name )
{
    const WCHAR *p, *start;

    if (**name == '\\') (*name)++;
    if (wcsnlen( *name, NTMS_POOLHIERARCHY_LENGTH ) >= NTMS_POOLHIERARCHY_LENGTH) return ERROR_INVALID_NAME;
    for (p = start = *name;; p++)
    {
        if (*p && *p != '\\') continue;
        if (p == start || p - start >= NTMS_OBJECTNAME_LENGTH) return ERROR_INVALID_NAME;
        if (!*p) return ERROR_SUCCESS;
        start = p + 1;
    }
}

static DWORD check_media_type( const GUID *media_type )
{
    DWORD type, error;

    if (!media_type) return ERROR_SUCCESS;
    error = object_type( media_type, &type );
    if (error == ERROR_OBJECT_NOT_FOUND || (!error && type != NTMS_MEDIA_TYPE)) return ERROR_INVALID_MEDIA;
    return error;
}

/* The pool that a new one is made in.  The documentation names no code for a parent that does not exist; MS-RSMP does.  It
 * names none either for a parent that is the service's own or holds media. */
static DWORD find_parent( const WCHAR *name, const WCHAR *separator, GUID *parent )
{
    WCHAR path[NTMS_POOLHIERARCHY_LENGTH];
    GUID media_type;
    DWORD error;
    int kind;

    lstrcpynW( path, name, separator - name + 1 );
    if ((error = store_find_pool( path, parent ))) return error;
    if ((error = db_get_int( &kind, "SELECT kind FROM pool WHERE id = ?", "g", parent ))) return error;
    if (kind != NTMS_POOLTYPE_APPLICATION) return ERROR_ACCESS_DENIED;
    error = db_get_guid( &media_type, "SELECT media_type FROM pool WHERE id = ? AND media_type IS NOT NULL", "g", parent );
    if (!error) return ERROR_INVALID_NAME;
    return error == ERROR_OBJECT_NOT_FOUND ? ERROR_SUCCESS : error;
}

static DWORD create_pool( struct session *session, const WCHAR *name, const GUID *media_type, const BYTE *descriptor,
                          DWORD descriptor_size, GUID *pool )
{
    const WCHAR *separator = wcsrchr( name, '\\' );
    GUID parent;
    DWORD error;

    if ((error = separator ? find_parent( name, separator, &parent ) : store_find_pool( L"", &parent ))) return error;
    if ((error = check_access( session, ACCESS_CreateNtmsMediaPool, &parent ))) return error;
    error = store_add_pool( separator ? &parent : NULL, name, NTMS_POOLTYPE_APPLICATION, media_type, pool );
    return error ? error : security_create( session, pool, descriptor, descriptor_size );
}

/* MS-RSMP: a pool that exists is opened whatever media type is asked for */
static DWORD open_or_create_pool( struct session *session, const WCHAR *name, const GUID *media_type, DWORD action,
                                  const BYTE *descriptor, DWORD descriptor_size, GUID *pool )
{
    DWORD error;

    if ((error = check_media_type( media_type ))) return error;
    error = store_find_pool( name, pool );
    if (!error && action == NTMS_CREATE_NEW) return ERROR_ALREADY_EXISTS;
    if (error != ERROR_OBJECT_NOT_FOUND || action == NTMS_OPEN_EXISTING) return error;
    return create_pool( session, name, media_type, descriptor, descriptor_size, pool );
}

DWORD ntms_create_media_pool( struct session *session, const WCHAR *name, const GUID *media_type, DWORD action,
                              const BYTE *descriptor, DWORD descriptor_size, GUID *pool )
{
    DWORD error;
    GUID id;

    TRACE( "%p %s %s %lu %p %lu\n", session, debugstr_w(name), debugstr_guid(media_type), action, descriptor,
           descriptor_size );

    if (action < NTMS_OPEN_EXISTING || action > NTMS_OPEN_ALWAYS) return ERROR_INVALID_PARAMETER;
    if ((error = check_name( &name ))) return error;

    if ((error = db_begin())) return error;
    if ((error = db_end( open_or_create_pool( session, name, media_type, action, descriptor, descriptor_size, &id ))))
        return error;
    *pool = id;
    return ERROR_SUCCESS;
}

/* ------------------------------------------------------------------ GetNtmsMediaPoolName */

static DWORD get_name( struct session *session, const GUID *pool, WCHAR name[NTMS_POOLHIERARCHY_LENGTH] )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = db_select( &query, "SELECT path FROM pool WHERE id = ?", "g", pool ))) return error;
    if ((found = db_next( query ))) db_wstr( query, 0, name, NTMS_POOLHIERARCHY_LENGTH );
    if ((error = db_finish( query ))) return error;
    return found ? check_access( session, ACCESS_GetNtmsMediaPoolName, pool ) : ERROR_INVALID_MEDIA_POOL;
}

DWORD ntms_get_media_pool_name( struct session *session, const GUID *pool, WCHAR name[NTMS_POOLHIERARCHY_LENGTH] )
{
    WCHAR path[NTMS_POOLHIERARCHY_LENGTH];
    DWORD error;

    TRACE( "%p %s\n", session, debugstr_guid(pool) );

    if ((error = db_begin_read())) return error;
    if ((error = db_end( get_name( session, pool, path )))) return error;
    lstrcpyW( name, path );
    return ERROR_SUCCESS;
}

/* ------------------------------------------------------------------ DeleteNtmsMediaPool */

static DWORD check_empty( const GUID *pool )
{
    DWORD error;
    int full;

    error = db_get_int( &full, "SELECT EXISTS (SELECT 1 FROM physical_media WHERE pool = ?1)"
                        " OR EXISTS (SELECT 1 FROM pool WHERE parent = ?1)", "g", pool );
    return !error && full ? ERROR_NOT_EMPTY : error;
}

static DWORD delete_pool( struct session *session, const GUID *pool )
{
    DWORD error;
    int kind;

    error = db_get_int( &kind, "SELECT kind FROM pool WHERE id = ?", "g", pool );
    if (error == ERROR_OBJECT_NOT_FOUND || (!error && kind != NTMS_POOLTYPE_APPLICATION)) return ERROR_INVALID_MEDIA_POOL;
    if (error) return error;
    if ((error = check_access( session, ACCESS_DeleteNtmsMediaPool, pool ))) return error;
    if ((error = check_empty( pool ))) return error;
    return object_delete( pool );
}

DWORD ntms_delete_media_pool( struct session *session, const GUID *pool )
{
    DWORD error;

    TRACE( "%p %s\n", session, debugstr_guid(pool) );

    if ((error = db_begin())) return error;
    if ((error = db_end( delete_pool( session, pool )))) return error;
    media_available();  /* programs that wait for media of this pool do so in vain */
    return ERROR_SUCCESS;
}
