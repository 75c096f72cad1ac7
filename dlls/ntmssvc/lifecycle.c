/*
 * The later life of media: complete, decommissioned, exchanged, deleted
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

static DWORD set_side_state( const GUID *side, DWORD state )
{
    DWORD error = db_exec( "UPDATE partition SET state = ? WHERE id = ?", "ig", state, side );

    return error ? error : object_touch( side );
}

/* ------------------------------------------------------------------ SetNtmsMediaComplete */

static DWORD set_complete( struct session *session, const GUID *media )
{
    struct logical_medium logical;
    DWORD error;

    if ((error = get_logical_medium( media, &logical ))) return error;
    if ((error = check_access( session, ACCESS_SetNtmsMediaComplete, media ))) return error;
    if (logical.state != NTMS_PARTSTATE_ALLOCATED || is_in_use( logical.media_state )) return ERROR_INVALID_STATE;
    return set_side_state( &logical.side, NTMS_PARTSTATE_COMPLETE );
}

DWORD ntms_set_media_complete( struct session *session, const GUID *media )
{
    DWORD error;

    TRACE( "%p %s\n", session, debugstr_guid(media) );

    if ((error = db_begin())) return error;
    return db_end( set_complete( session, media ));
}

/* ------------------------------------------------------------------ DecommissionNtmsMedia */

static DWORD decommission( struct session *session, const GUID *side )
{
    DWORD error;
    int state;

    error = db_get_int( &state, "SELECT state FROM partition WHERE id = ?", "g", side );
    if (error) return error == ERROR_OBJECT_NOT_FOUND ? ERROR_INVALID_MEDIA : error;
    if ((error = check_access( session, ACCESS_DecommissionNtmsMedia, side ))) return error;
    if ((error = check_side( state, SIDE_DECOMMISSION ))) return error;
    return set_side_state( side, NTMS_PARTSTATE_DECOMMISSIONED );
}

DWORD ntms_decommission_media( struct session *session, const GUID *side )
{
    DWORD error;

    TRACE( "%p %s\n", session, debugstr_guid(side) );

    if ((error = db_begin())) return error;
    return db_end( decommission( session, side ));
}

/* ------------------------------------------------------------------ SwapNtmsMedia */

static DWORD check_swap( const struct logical_medium *logical )
{
    if (is_in_use( logical->media_state )) return ERROR_INVALID_MEDIA;
    if (logical->state != NTMS_PARTSTATE_ALLOCATED) return ERROR_INVALID_STATE;
    return logical->label_kind == LABEL_UNKNOWN ? ERROR_BAD_FORMAT : ERROR_SUCCESS;
}

/* The codes for media in use and for sides that are not allocated are those of MS-RSMP, and two pools are not one valid
 * pool; the documentation names none for these. */
static DWORD swap( struct session *session, const GUID *media1, const GUID *media2 )
{
    struct logical_medium logical1, logical2;
    DWORD error;

    if ((error = get_logical_medium( media1, &logical1 )) || (error = get_logical_medium( media2, &logical2 ))) return error;
    if ((error = check_access( session, ACCESS_SwapNtmsMedia, media1 ))) return error;
    if ((error = check_access( session, ACCESS_SwapNtmsMedia, media2 ))) return error;
    if (!IsEqualGUID( &logical1.pool, &logical2.pool )) return ERROR_INVALID_MEDIA_POOL;
    if ((error = check_swap( &logical1 )) || (error = check_swap( &logical2 ))) return error;

    error = db_exec( "UPDATE partition SET logical_media = CASE id WHEN ?1 THEN ?4 ELSE ?3 END WHERE id IN (?1, ?2)", "gggg",
                     &logical1.side, &logical2.side, media1, media2 );
    if (!error) error = object_touch( media1 );
    return error ? error : object_touch( media2 );
}

DWORD ntms_swap_media( struct session *session, const GUID *media1, const GUID *media2 )
{
    DWORD error;

    TRACE( "%p %s %s\n", session, debugstr_guid(media1), debugstr_guid(media2) );

    if ((error = db_begin())) return error;
    return db_end( swap( session, media1, media2 ));
}

/* ------------------------------------------------------------------ DeleteNtmsMedia */

static DWORD delete_medium( struct session *session, const GUID *media )
{
    struct medium medium;
    DWORD error;

    if ((error = get_medium( media, &medium ))) return error;
    if ((error = check_access( session, ACCESS_DeleteNtmsMedia, media ))) return error;
    if (!medium.offline) return ERROR_INVALID_STATE;
    if ((error = check_sides( medium.states, SIDE_DELETE ))) return error;
    return object_delete( media );
}

DWORD ntms_delete_media( struct session *session, const GUID *media )
{
    DWORD error;

    TRACE( "%p %s\n", session, debugstr_guid(media) );

    if ((error = db_begin())) return error;
    return db_end( delete_medium( session, media ));
}
