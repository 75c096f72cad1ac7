/*
 * Moves of media between pools
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

static enum side_change change_for_pool( DWORD kind )
{
    switch (kind)
    {
    case NTMS_POOLTYPE_SCRATCH: return SIDE_TO_FREE;
    case NTMS_POOLTYPE_IMPORT:  return SIDE_TO_IMPORT;
    case NTMS_POOLTYPE_FOREIGN: return SIDE_TO_UNRECOGNIZED;
    default:                    return SIDE_TO_APPLICATION;
    }
}

/* media in Unrecognized and Import can be moved to Free only */
static DWORD check_move( const struct medium *medium, const struct pool *pool )
{
    if (is_in_use( medium->media_state )) return ERROR_BUSY;
    if (pool->kind == NTMS_POOLTYPE_APPLICATION &&
        (medium->pool_kind == NTMS_POOLTYPE_FOREIGN || medium->pool_kind == NTMS_POOLTYPE_IMPORT))
        return ERROR_INVALID_MEDIA_POOL;
    return check_sides( medium->states, change_for_pool( pool->kind ));
}

/* a second free label would be written in vain, and the medium taken from whoever has it by then */
static DWORD check_not_being_labelled( const GUID *medium )
{
    DWORD error;
    int found;

    error = db_get_int( &found, "SELECT 1 FROM request WHERE physical_media = ? AND operation = ? AND completed = 0", "gi",
                        medium, NTMS_LM_WRITESCRATCH );
    if (!error) return ERROR_BUSY;
    return error == ERROR_OBJECT_NOT_FOUND ? ERROR_SUCCESS : error;
}

DWORD move_to_be_labelled( const struct medium *medium, const GUID *pool )
{
    DWORD error;

    if ((error = db_exec( "UPDATE partition SET state = ? WHERE physical_media = ?", "ig",
                          NTMS_PARTSTATE_UNPREPARED, &medium->id ))) return error;
    if ((error = store_move_medium( &medium->id, pool ))) return error;
    return library_write_free_label( &medium->id );
}

/* An off-line medium cannot get its free label now. */
DWORD move_medium( const struct medium *medium, const struct pool *pool )
{
    DWORD error;

    if ((error = check_move( medium, pool ))) return error;
    if (pool->kind != NTMS_POOLTYPE_SCRATCH || medium->prepared) return store_move_medium( &medium->id, &pool->id );
    if (medium->offline) return ERROR_BUSY;
    if ((error = check_not_being_labelled( &medium->id ))) return error;
    return move_to_be_labelled( medium, &pool->id );
}

static DWORD move_to_pool( struct session *session, const GUID *media, const GUID *destination )
{
    struct medium medium;
    struct pool pool;
    DWORD error;

    if ((error = get_medium( media, &medium ))) return error;
    if ((error = get_pool( destination, &pool ))) return error;
    if ((error = check_access( session, ACCESS_MoveToNtmsMediaPool, media ))) return error;
    if ((error = check_access( session, ACCESS_MoveToNtmsMediaPool, destination ))) return error;
    if (!IsEqualGUID( &medium.media_type, &pool.media_type )) return ERROR_MEDIA_INCOMPATIBLE;
    return move_medium( &medium, &pool );
}

DWORD ntms_move_to_media_pool( struct session *session, const GUID *media, const GUID *pool )
{
    DWORD error;

    TRACE( "%p %s %s\n", session, debugstr_guid(media), debugstr_guid(pool) );

    if ((error = db_begin())) return error;
    if ((error = db_end( move_to_pool( session, media, pool )))) return error;
    library_kick();
    media_available();
    return ERROR_SUCCESS;
}
