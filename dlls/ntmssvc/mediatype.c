/*
 * Media types of libraries and of media
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

#include "medium.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* ------------------------------------------------------------------ AddNtmsMediaType */

static DWORD get_code( const GUID *media_type, DWORD *code )
{
    int value;
    DWORD error = db_get_int( &value, "SELECT code FROM media_type WHERE id = ?", "g", media_type );

    if (error) return error == ERROR_OBJECT_NOT_FOUND ? ERROR_INVALID_MEDIA : error;
    *code = value;
    return ERROR_SUCCESS;
}

/* MS-RSMP: only a library that is enabled and on-line gets media types */
static DWORD check_library_works( const struct library_status *library )
{
    if (library->offline) return ERROR_LIBRARY_OFFLINE;
    return library->enabled ? ERROR_SUCCESS : ERROR_RESOURCE_DISABLED;
}

/* a type that the library has already is no error; its pools are made if need be */
static DWORD add_type( struct session *session, const GUID *media_type, const GUID *library )
{
    struct library_status status;
    DWORD error, code;
    GUID type;

    if ((error = get_library_status( library, &status )) || (error = get_code( media_type, &code ))) return error;
    if ((error = check_access( session, ACCESS_AddNtmsMediaType, library ))) return error;
    if ((error = check_library_works( &status ))) return error;
    if ((error = store_media_type( code, &type ))) return error;
    return db_exec( "INSERT OR IGNORE INTO library_media_type (library, media_type) VALUES (?, ?)", "gg", library, media_type );
}

DWORD ntms_add_media_type( struct session *session, const GUID *media_type, const GUID *library )
{
    DWORD error;

    TRACE( "%p %s %s\n", session, debugstr_guid(media_type), debugstr_guid(library) );

    if ((error = db_begin())) return error;
    return db_end( add_type( session, media_type, library ));
}

/* ------------------------------------------------------------------ DeleteNtmsMediaType */

static DWORD is_row( const char *sql, const char *types, const GUID *id1, const GUID *id2, BOOL *ret )
{
    int found = 0;
    DWORD error = db_get_int( &found, sql, types, id1, id2 );

    *ret = !error;
    return error == ERROR_OBJECT_NOT_FOUND ? ERROR_SUCCESS : error;
}

/* the system's pools for a type that no medium has and no library takes; they are empty then */
static DWORD delete_unused_pools( const GUID *media_type )
{
    BOOL media, library;
    DWORD error;

    if ((error = is_row( "SELECT 1 FROM physical_media WHERE media_type = ? LIMIT 1", "g", media_type, NULL, &media )))
        return error;
    if ((error = is_row( "SELECT 1 FROM library_media_type WHERE media_type = ? LIMIT 1", "g", media_type, NULL, &library )))
        return error;
    if (media || library) return ERROR_SUCCESS;
    return db_exec( "DELETE FROM object WHERE id IN (SELECT id FROM pool WHERE media_type = ? AND kind IN (1, 2, 3))", "g",
                    media_type );
}

/* The documentation names no code for media that are still there, MS-RSMP does; neither names one for an unknown type, for
 * which AddNtmsMediaType has this.  Deleting what the library does not have is no error, as adding what it has. */
static DWORD delete_type( struct session *session, const GUID *media_type, const GUID *library )
{
    struct library_status status;
    DWORD error, code;
    BOOL used;

    if ((error = get_library_status( library, &status )) || (error = get_code( media_type, &code ))) return error;
    if ((error = check_access( session, ACCESS_DeleteNtmsMediaType, library ))) return error;
    if ((error = is_row( "SELECT 1 FROM physical_media WHERE media_type = ? AND library = ? LIMIT 1", "gg", media_type, library,
                         &used ))) return error;
    if (used) return ERROR_NOT_EMPTY;
    if ((error = db_exec( "DELETE FROM library_media_type WHERE library = ? AND media_type = ?", "gg", library, media_type )))
        return error;
    return delete_unused_pools( media_type );
}

DWORD ntms_delete_media_type( struct session *session, const GUID *media_type, const GUID *library )
{
    DWORD error;

    TRACE( "%p %s %s\n", session, debugstr_guid(media_type), debugstr_guid(library) );

    if ((error = db_begin())) return error;
    return db_end( delete_type( session, media_type, library ));
}

/* ------------------------------------------------------------------ ChangeNtmsMediaType */

/* The same rules as for MoveToNtmsMediaPool.  MS-RSMP: what may not be moved there has an invalid pool, and the library must
 * work; a medium cannot get more sides or lose one. */
static DWORD change_type( struct session *session, const GUID *media, const GUID *destination )
{
    struct medium medium;
    struct pool pool;
    DWORD error;

    if ((error = get_medium( media, &medium )) || (error = get_pool( destination, &pool ))) return error;
    if ((error = check_access( session, ACCESS_ChangeNtmsMediaType, media ))) return error;
    if ((error = check_access( session, ACCESS_ChangeNtmsMediaType, destination ))) return error;
    if (medium.offline) return ERROR_LIBRARY_OFFLINE;
    if (!medium.enabled) return ERROR_RESOURCE_DISABLED;
    if (medium.sides != pool.sides) return ERROR_INVALID_MEDIA_POOL;
    error = move_medium( &medium, &pool );
    return error == ERROR_BUSY || error == ERROR_INVALID_MEDIA ? ERROR_INVALID_MEDIA_POOL : error;
}

DWORD ntms_change_media_type( struct session *session, const GUID *media, const GUID *pool )
{
    DWORD error;

    TRACE( "%p %s %s\n", session, debugstr_guid(media), debugstr_guid(pool) );

    if ((error = db_begin())) return error;
    if ((error = db_end( change_type( session, media, pool )))) return error;
    library_kick();
    media_available();
    return ERROR_SUCCESS;
}
