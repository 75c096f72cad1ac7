/*
 * DeallocateNtmsMedia
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

/* A side goes back to the others of its pool, unless it has been allocated as often as the pool allows. */
static DWORD give_up_side( const struct logical_medium *logical )
{
    DWORD error;

    if ((error = db_exec( "UPDATE partition SET logical_media = NULL, state = (SELECT CASE WHEN max_allocates > 0"
                          " AND partition.allocate_count >= max_allocates THEN 3 ELSE 4 END FROM pool WHERE id = ?)"
                          " WHERE id = ?", "gg", &logical->pool, &logical->side ))) return error;
    if ((error = object_delete( &logical->id ))) return error;
    return object_touch( &logical->side );
}

/* Back into the Free pool, if the policy says so and nobody owns another side.  The free label is written before
 * (MoveToNtmsMediaPool); an off-line medium, which cannot have it written, stays available to its pool. */
static DWORD return_to_free( struct session *session, const struct pool *pool, const GUID *physical )
{
    struct medium medium;
    GUID free_pool;
    DWORD error;

    if (!(pool->deallocation_policy & NTMS_DEALLOCATE_TOSCRATCH)) return ERROR_SUCCESS;
    if ((error = get_medium( physical, &medium ))) return error;
    if (medium.states != STATE_BIT(NTMS_PARTSTATE_AVAILABLE) || medium.offline) return ERROR_SUCCESS;
    error = store_system_pool( NTMS_POOLTYPE_SCRATCH, &medium.media_type, &free_pool );
    if (error == ERROR_OBJECT_NOT_FOUND) return ERROR_SUCCESS;
    if (!error) error = check_access( session, ACCESS_MoveToNtmsMediaPool, &free_pool );
    return error ? error : move_to_be_labelled( &medium, &free_pool );
}

static DWORD deallocate( struct session *session, const GUID *media )
{
    struct logical_medium logical;
    struct pool pool;
    DWORD error;

    if ((error = get_logical_medium( media, &logical ))) return error;
    if ((error = get_pool( &logical.pool, &pool ))) return error;
    if ((error = check_access( session, ACCESS_DeallocateNtmsMedia, media ))) return error;
    if ((error = give_up_side( &logical ))) return error;
    return return_to_free( session, &pool, &logical.medium );
}

DWORD ntms_deallocate_media( struct session *session, const GUID *media, DWORD options )
{
    DWORD error;

    TRACE( "%p %s %#lx\n", session, debugstr_guid(media), options );

    if (options) return ERROR_INVALID_PARAMETER;
    if ((error = db_begin())) return error;
    if ((error = db_end( deallocate( session, media )))) return error;
    library_kick();
    media_available();
    return ERROR_SUCCESS;
}
