/*
 * Media, their sides and their pools as the functions on media see them
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

DWORD get_pool( const GUID *id, struct pool *pool )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = db_select( &query, "SELECT p.media_type, p.kind, p.allocation_policy, p.deallocation_policy, t.sides"
                            " FROM pool p, media_type t WHERE p.id = ? AND t.id = p.media_type", "g", id ))) return error;
    if ((found = db_next( query )))
    {
        pool->id = *id;
        db_guid( query, 0, &pool->media_type );
        pool->kind                = db_int( query, 1 );
        pool->allocation_policy   = db_int( query, 2 );
        pool->deallocation_policy = db_int( query, 3 );
        pool->sides               = db_int( query, 4 );
    }
    if ((error = db_finish( query ))) return error;
    return found ? ERROR_SUCCESS : ERROR_INVALID_MEDIA_POOL;
}

static DWORD get_sides( struct medium *medium )
{
    struct db_query *query;
    DWORD error, state;

    medium->sides = medium->states = 0;
    medium->prepared = TRUE;
    if ((error = db_select( &query, "SELECT state, identified, label_kind FROM partition WHERE physical_media = ?",
                            "g", &medium->id ))) return error;
    while (db_next( query ))
    {
        state = db_int( query, 0 );
        medium->sides++;
        medium->states |= STATE_BIT( state );
        if (state != NTMS_PARTSTATE_AVAILABLE || !db_int( query, 1 ) || db_int( query, 2 ) != LABEL_FREE)
            medium->prepared = FALSE;
    }
    return db_finish( query );
}

DWORD get_medium( const GUID *id, struct medium *medium )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = db_select( &query, "SELECT m.pool, m.media_type, p.kind, m.media_state, l.kind = 1 OR lo.state = 21,"
                            " lo.enabled AND mo.enabled"
                            " FROM physical_media m, pool p, library l, object lo, object mo"
                            " WHERE m.id = ? AND p.id = m.pool AND l.id = m.library AND lo.id = l.id AND mo.id = m.id",
                            "g", id ))) return error;
    if ((found = db_next( query )))
    {
        medium->id = *id;
        db_guid( query, 0, &medium->pool );
        db_guid( query, 1, &medium->media_type );
        medium->pool_kind   = db_int( query, 2 );
        medium->media_state = db_int( query, 3 );
        medium->offline     = db_int( query, 4 );
        medium->enabled     = db_int( query, 5 );
    }
    if ((error = db_finish( query ))) return error;
    return found ? get_sides( medium ) : ERROR_INVALID_MEDIA;
}

DWORD get_logical_medium( const GUID *id, struct logical_medium *medium )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = db_select( &query, "SELECT l.pool, p.id, m.id, p.state, p.label_kind, m.media_state"
                            " FROM logical_media l, partition p, physical_media m"
                            " WHERE l.id = ? AND p.logical_media = l.id AND m.id = p.physical_media", "g", id )))
        return error;
    if ((found = db_next( query )))
    {
        medium->id = *id;
        db_guid( query, 0, &medium->pool );
        db_guid( query, 1, &medium->side );
        db_guid( query, 2, &medium->medium );
        medium->state       = db_int( query, 3 );
        medium->label_kind  = db_int( query, 4 );
        medium->media_state = db_int( query, 5 );
    }
    if ((error = db_finish( query ))) return error;
    return found ? ERROR_SUCCESS : ERROR_INVALID_MEDIA;
}

DWORD get_library_status( const GUID *id, struct library_status *status )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = db_select( &query, "SELECT l.kind, l.kind = 1 OR o.state = 21, o.enabled FROM library l, object o"
                            " WHERE l.id = ? AND o.id = l.id", "g", id ))) return error;
    if ((found = db_next( query )))
    {
        status->kind    = db_int( query, 0 );
        status->offline = db_int( query, 1 );
        status->enabled = db_int( query, 2 );
    }
    if ((error = db_finish( query ))) return error;
    return found ? ERROR_SUCCESS : ERROR_INVALID_LIBRARY;
}
