/*
 * Which side an allocation gets
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

/* makes the logical medium of a side whose medium is in the right pool */
static DWORD take_side( const GUID *side, const GUID *physical, const GUID *pool, DWORD options, GUID *logical )
{
    WCHAR name[NTMS_OBJECTNAME_LENGTH] = L"";
    struct db_query *query;
    DWORD error;

    if ((error = db_select( &query, "SELECT name FROM object WHERE id = ?", "g", physical ))) return error;
    if (db_next( query )) db_wstr( query, 0, name, ARRAY_SIZE(name) );
    if ((error = db_finish( query ))) return error;

    memset( logical, 0, sizeof(*logical) );
    if ((error = object_create( logical, NTMS_LOGICAL_MEDIA, name, NULL ))) return error;
    if ((error = db_exec( "INSERT INTO logical_media (id, pool) VALUES (?, ?)", "gg", logical, pool ))) return error;
    if ((error = db_exec( "UPDATE partition SET state = ?, logical_media = ?, allocate_count = allocate_count + 1"
                          " WHERE id = ?", "igg", NTMS_PARTSTATE_ALLOCATED, logical, side ))) return error;
    if (options & NTMS_ALLOCATE_NEW)
        error = db_exec( "UPDATE partition SET state = ? WHERE physical_media = ? AND state = ?", "igi",
                         NTMS_PARTSTATE_RESERVED, physical, NTMS_PARTSTATE_AVAILABLE );
    return error ? error : object_touch( side );
}

/* ------------------------------------------------------------------ any side */

/* The joins stay in this order so that the index on available media, or on those of which all sides are available, does all
 * the work: the first row found is the one, without a look at the others.  The sides of a medium come in their order out of
 * the only index that has them. */
#define FIND_SIDE( index, condition ) \
    "SELECT p.id, m.id FROM library l CROSS JOIN object lo CROSS JOIN physical_media m INDEXED BY " index \
    " CROSS JOIN object mo CROSS JOIN partition p CROSS JOIN object po" \
    " WHERE l.kind <> 1 AND lo.id = l.id AND lo.state <> 21 AND lo.enabled" \
    " AND m.pool = ? AND m.library = l.id AND " condition " AND mo.id = m.id AND mo.enabled" \
    " AND p.physical_media = m.id AND p.state = 4 AND po.id = p.id AND po.enabled" \
    " ORDER BY l.id, m.sequence_number LIMIT 1"

static const char find_any[] = FIND_SIDE( "physical_media_available", "m.available > 0" );
static const char find_whole[] = FIND_SIDE( "physical_media_whole", "m.available > 0 AND m.available = m.sides" );

static DWORD find_side( const GUID *pool, DWORD options, GUID *side, GUID *physical )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = db_select( &query, options & NTMS_ALLOCATE_NEW ? find_whole : find_any, "g", pool ))) return error;
    if ((found = db_next( query )))
    {
        db_guid( query, 0, side );
        db_guid( query, 1, physical );
    }
    if ((error = db_finish( query ))) return error;
    return found ? ERROR_SUCCESS : ERROR_MEDIA_UNAVAILABLE;
}

/* What comes from another pool is moved, which the program must be allowed to do. */
static DWORD check_source( struct session *session, const struct allocate_args *args, const GUID *source )
{
    if (args->permitted || IsEqualGUID( source, args->pool )) return ERROR_SUCCESS;
    return check_access( session, ACCESS_MoveToNtmsMediaPool, source );
}

static DWORD find_free_side( struct session *session, const struct pool *pool, const struct allocate_args *args,
                             GUID *side, GUID *physical, GUID *source )
{
    DWORD error;

    error = store_system_pool( NTMS_POOLTYPE_SCRATCH, &pool->media_type, source );
    if (error) return error == ERROR_OBJECT_NOT_FOUND ? ERROR_DEVICE_NOT_AVAILABLE : error;
    if ((error = check_source( session, args, source ))) return error;
    if ((error = find_side( source, args->options, side, physical ))) return error;
    return store_move_medium( physical, &pool->id );
}

/* of the pool, or else of the Free pool where the policy says so */
static DWORD take_any( struct session *session, const struct pool *pool, const struct allocate_args *args,
                       GUID *logical, GUID *source )
{
    GUID side, physical;
    DWORD error;

    *source = pool->id;
    error = find_side( &pool->id, args->options, &side, &physical );
    if (error == ERROR_MEDIA_UNAVAILABLE && (pool->allocation_policy & NTMS_ALLOCATE_FROMSCRATCH))
        error = find_free_side( session, pool, args, &side, &physical, source );
    return error ? error : take_side( &side, &physical, &pool->id, args->options, logical );
}

/* ------------------------------------------------------------------ a certain side */

struct side
{
    GUID  id;
    GUID  physical;
    DWORD state;
    BOOL  enabled;
};

static DWORD get_side( const GUID *id, struct side *side )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = db_select( &query, "SELECT p.physical_media, p.state, o.enabled FROM partition p, object o"
                            " WHERE p.id = ? AND o.id = p.id", "g", id ))) return error;
    if ((found = db_next( query )))
    {
        side->id = *id;
        db_guid( query, 0, &side->physical );
        side->state   = db_int( query, 1 );
        side->enabled = db_int( query, 2 );
    }
    if ((error = db_finish( query ))) return error;
    return found ? ERROR_SUCCESS : ERROR_INVALID_MEDIA;
}

/* the states of the sides of a medium other than this one, as STATE_BITs */
static DWORD get_other_states( const struct side *side, DWORD *states )
{
    struct db_query *query;
    DWORD error;

    *states = 0;
    if ((error = db_select( &query, "SELECT state FROM partition WHERE physical_media = ? AND id <> ?", "gg",
                            &side->physical, &side->id ))) return error;
    while (db_next( query )) *states |= STATE_BIT( db_int( query, 0 ));
    return db_finish( query );
}

static DWORD check_usable( const struct medium *medium, const struct side *side )
{
    if (medium->offline) return ERROR_MEDIA_OFFLINE;
    return medium->enabled && side->enabled ? ERROR_SUCCESS : ERROR_RESOURCE_DISABLED;
}

/* MS-RSMP: the reason for its unsuitability is the result */
static DWORD check_suitable( const struct pool *pool, const struct medium *medium, const struct side *side, DWORD options )
{
    DWORD error, others;

    if ((error = get_other_states( side, &others ))) return error;
    if (!IsEqualGUID( &medium->media_type, &pool->media_type )) return ERROR_MEDIA_INCOMPATIBLE;
    if ((error = check_side( side->state, SIDE_ALLOCATE ))) return error;
    if ((error = check_usable( medium, side ))) return error;
    /* both sides are always in one pool */
    if ((others & OWNED_STATES) && !IsEqualGUID( &medium->pool, &pool->id )) return ERROR_MEDIA_UNAVAILABLE;
    if ((options & NTMS_ALLOCATE_NEW) && (others & ~STATE_BIT(NTMS_PARTSTATE_AVAILABLE))) return ERROR_MEDIA_UNAVAILABLE;
    return ERROR_SUCCESS;
}

/* this side, from whatever pool it is in; a side in Import is imported */
static DWORD take_certain( struct session *session, const struct pool *pool, const struct allocate_args *args,
                           GUID *logical, GUID *source )
{
    struct medium medium;
    struct side side;
    DWORD error;

    if ((error = get_side( args->partition, &side ))) return error;
    if ((error = get_medium( &side.physical, &medium ))) return error;
    if ((error = check_source( session, args, &medium.pool ))) return error;
    if ((error = check_suitable( pool, &medium, &side, args->options ))) return error;
    if (!IsEqualGUID( &medium.pool, &pool->id ) && (error = store_move_medium( &medium.id, &pool->id ))) return error;
    *source = medium.pool;
    return take_side( &side.id, &medium.id, &pool->id, args->options, logical );
}

/* ------------------------------------------------------------------ the next side */

/* The next side of a medium that was allocated with NTMS_ALLOCATE_NEW; its program gets a logical medium for each side.  A
 * partition that is named as well must be that side. */
static DWORD take_next( const struct pool *pool, const struct allocate_args *args, GUID *logical, GUID *source )
{
    struct logical_medium previous;
    struct medium medium;
    struct side side;
    DWORD error;
    GUID next;

    if ((error = get_logical_medium( args->previous, &previous ))) return error;
    if (!IsEqualGUID( &previous.pool, &pool->id )) return ERROR_INVALID_MEDIA;
    error = db_get_guid( &next, "SELECT id FROM partition WHERE physical_media = ? AND state = ? ORDER BY side", "gi",
                         &previous.medium, NTMS_PARTSTATE_RESERVED );
    if (error) return error == ERROR_OBJECT_NOT_FOUND ? ERROR_MEDIA_UNAVAILABLE : error;
    if (args->partition && !IsEqualGUID( args->partition, &next )) return ERROR_INVALID_MEDIA;
    if ((error = get_side( &next, &side )) || (error = get_medium( &side.physical, &medium ))) return error;
    if ((error = check_usable( &medium, &side ))) return error;
    *source = pool->id;
    return take_side( &side.id, &medium.id, &pool->id, 0, logical );
}

/* ------------------------------------------------------------------ */

DWORD allocate_side( struct session *session, const struct allocate_args *args, GUID *logical, GUID *source )
{
    struct pool pool;
    DWORD error;

    if ((error = get_pool( args->pool, &pool ))) return error;
    if (pool.kind != NTMS_POOLTYPE_APPLICATION) return ERROR_INVALID_MEDIA_POOL;
    if (!args->permitted && (error = check_access( session, ACCESS_AllocateNtmsMedia, args->pool ))) return error;
    if (args->options & NTMS_ALLOCATE_NEXT) return take_next( &pool, args, logical, source );
    if (args->partition) return take_certain( session, &pool, args, logical, source );
    return take_any( session, &pool, args, logical, source );
}

DWORD undo_allocation( const GUID *logical, const GUID *source )
{
    struct logical_medium medium;
    DWORD error;

    if ((error = get_logical_medium( logical, &medium ))) return error;
    if ((error = db_exec( "UPDATE partition SET logical_media = NULL, state = ?, allocate_count = allocate_count - 1"
                          " WHERE id = ?", "ig", NTMS_PARTSTATE_AVAILABLE, &medium.side ))) return error;
    if ((error = object_delete( logical ))) return error;
    return store_move_medium( &medium.medium, source );
}
