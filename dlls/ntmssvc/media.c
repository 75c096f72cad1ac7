/*
 * Media: allocation, deallocation and moves between pools
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

#include <stdlib.h>

#include "ntmssvc.h"
#include "wine/debug.h"
#include "wine/list.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

#define STATE_BIT(state) (1u << (state))
#define OWNED_STATES (STATE_BIT(NTMS_PARTSTATE_ALLOCATED) | STATE_BIT(NTMS_PARTSTATE_COMPLETE) | \
                      STATE_BIT(NTMS_PARTSTATE_RESERVED))

struct pool
{
    GUID  id;
    GUID  media_type;
    DWORD kind;
    DWORD allocation_policy;
    DWORD deallocation_policy;
};

struct medium
{
    GUID  id;
    GUID  pool;
    GUID  media_type;
    DWORD pool_kind;
    DWORD media_state;
    BOOL  online;
    BOOL  enabled;
    DWORD states;    /* STATE_BITs of its sides */
    BOOL  prepared;  /* every side carries a free label and is available */
};

/* only pools that hold media */
static DWORD get_pool( const GUID *id, struct pool *pool )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = db_select( &query, "SELECT media_type, kind, allocation_policy, deallocation_policy FROM pool"
                            " WHERE id = ? AND media_type IS NOT NULL", "g", id ))) return error;
    if ((found = db_next( query )))
    {
        pool->id = *id;
        db_guid( query, 0, &pool->media_type );
        pool->kind                = db_int( query, 1 );
        pool->allocation_policy   = db_int( query, 2 );
        pool->deallocation_policy = db_int( query, 3 );
    }
    if ((error = db_finish( query ))) return error;
    return found ? ERROR_SUCCESS : ERROR_INVALID_MEDIA_POOL;
}

static DWORD get_sides( struct medium *medium )
{
    struct db_query *query;
    DWORD error, state;

    medium->states = 0;
    medium->prepared = TRUE;
    if ((error = db_select( &query, "SELECT state, identified, label_kind FROM partition WHERE physical_media = ?",
                            "g", &medium->id ))) return error;
    while (db_next( query ))
    {
        state = db_int( query, 0 );
        medium->states |= STATE_BIT( state );
        if (state != NTMS_PARTSTATE_AVAILABLE || !db_int( query, 1 ) || db_int( query, 2 ) != LABEL_FREE)
            medium->prepared = FALSE;
    }
    return db_finish( query );
}

static DWORD get_medium( const GUID *id, struct medium *medium )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = db_select( &query, "SELECT m.pool, m.media_type, p.kind, m.media_state,"
                            " l.kind <> 1 AND lo.state <> 21 AND lo.enabled, mo.enabled"
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
        medium->online      = db_int( query, 4 );
        medium->enabled     = db_int( query, 5 );
    }
    if ((error = db_finish( query ))) return error;
    return found ? get_sides( medium ) : ERROR_INVALID_MEDIA;
}

/* ------------------------------------------------------------------ moves between pools */

static BOOL is_in_use( const struct medium *medium )
{
    switch (medium->media_state)
    {
    case NTMS_MEDIASTATE_INUSE:
    case NTMS_MEDIASTATE_MOUNTED:
    case NTMS_MEDIASTATE_LOADED:
    case NTMS_MEDIASTATE_OPREQ:
        return TRUE;
    }
    return FALSE;
}

/* The documentation gives the rules, but not for each a code: what cannot be moved now is busy, what will never be
 * moved there has an invalid pool or is invalid itself. */
static DWORD check_move( const struct medium *medium, const struct pool *pool )
{
    if (!IsEqualGUID( &medium->media_type, &pool->media_type )) return ERROR_MEDIA_INCOMPATIBLE;
    if (is_in_use( medium )) return ERROR_BUSY;
    switch (pool->kind)
    {
    case NTMS_POOLTYPE_SCRATCH:
        if (medium->states & OWNED_STATES) return ERROR_BUSY;
        if (medium->states & (STATE_BIT(NTMS_PARTSTATE_DECOMMISSIONED) | STATE_BIT(NTMS_PARTSTATE_INCOMPATIBLE)))
            return ERROR_INVALID_MEDIA;
        return ERROR_SUCCESS;
    case NTMS_POOLTYPE_IMPORT:
        return medium->states == STATE_BIT(NTMS_PARTSTATE_IMPORT) ? ERROR_SUCCESS : ERROR_INVALID_MEDIA_POOL;
    case NTMS_POOLTYPE_FOREIGN:
        return medium->states == STATE_BIT(NTMS_PARTSTATE_FOREIGN) ? ERROR_SUCCESS : ERROR_INVALID_MEDIA_POOL;
    default:
        if (medium->pool_kind == NTMS_POOLTYPE_FOREIGN || medium->pool_kind == NTMS_POOLTYPE_IMPORT)
            return ERROR_INVALID_MEDIA_POOL;
        return medium->states & STATE_BIT(NTMS_PARTSTATE_UNPREPARED) ? ERROR_BUSY : ERROR_SUCCESS;
    }
}

/* into a Free pool, where the sides wait until their free label has been written */
static DWORD move_to_be_labelled( const struct medium *medium, const GUID *pool )
{
    DWORD error;

    if ((error = db_exec( "UPDATE partition SET state = ? WHERE physical_media = ?", "ig",
                          NTMS_PARTSTATE_UNPREPARED, &medium->id ))) return error;
    if ((error = store_move_medium( &medium->id, pool ))) return error;
    return library_write_free_label( &medium->id );
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

static DWORD move_medium( const GUID *media, const GUID *destination )
{
    struct medium medium;
    struct pool pool;
    DWORD error;

    if ((error = get_medium( media, &medium ))) return error;
    if ((error = get_pool( destination, &pool ))) return error;
    if ((error = check_move( &medium, &pool ))) return error;
    if (pool.kind != NTMS_POOLTYPE_SCRATCH || medium.prepared) return store_move_medium( media, destination );
    if (!medium.online) return ERROR_BUSY;
    if ((error = check_not_being_labelled( media ))) return error;
    return move_to_be_labelled( &medium, destination );
}

DWORD ntms_move_to_media_pool( struct session *session, const GUID *media, const GUID *pool )
{
    DWORD error;

    TRACE( "%p %s %s\n", session, debugstr_guid(media), debugstr_guid(pool) );

    if ((error = db_begin())) return error;
    if ((error = db_end( move_medium( media, pool )))) return error;
    library_kick();
    media_available();
    return ERROR_SUCCESS;
}

/* ------------------------------------------------------------------ allocation */

/* A search that found nothing and whose program waits.  The entry belongs to whoever sets done; the other one of retry and
 * cancel leaves it alone. */
struct allocation
{
    struct list  entry;
    GUID         pool;
    DWORD        options;
    struct wait *wait;
    GUID         request;    /* the operator request */
    BOOL         done;
    DWORD        result;     /* these are valid when it is done */
    GUID         ids[2];     /* logical medium, source pool */
};

/* Guards the list, and holds from a search that finds nothing until the entry is in it, so that no medium becomes available
 * unseen.  Taken before the database lock, never inside it. */
static CRITICAL_SECTION allocation_cs;
static CRITICAL_SECTION_DEBUG allocation_cs_debug =
{
    0, 0, &allocation_cs, { &allocation_cs_debug.ProcessLocksList, &allocation_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": allocation_cs") }
};
static CRITICAL_SECTION allocation_cs = { &allocation_cs_debug, -1, 0, 0, 0, 0 };

static struct list allocations = LIST_INIT( allocations );

/* makes the logical medium of a side whose medium is in the right pool */
static DWORD allocate_side( const GUID *side, const GUID *physical, const GUID *pool, DWORD options, GUID *logical )
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

static DWORD find_available_side( const GUID *pool, DWORD options, GUID *side, GUID *physical )
{
    DWORD error;

    /* the joins stay in this order so that the index on available media does all the work */
    error = db_get_guid( physical, "SELECT m.id"
                         " FROM library l CROSS JOIN object lo CROSS JOIN physical_media m CROSS JOIN object mo"
                         " WHERE l.kind <> 1 AND lo.id = l.id AND lo.state <> 21 AND lo.enabled"
                         " AND m.pool = ?1 AND m.library = l.id AND m.available > 0 AND mo.id = m.id AND mo.enabled"
                         " AND (?2 = 0 OR m.available = (SELECT COUNT(*) FROM partition WHERE physical_media = m.id))"
                         " ORDER BY l.id, m.sequence_number LIMIT 1", "gi", pool, options & NTMS_ALLOCATE_NEW );
    if (error) return error == ERROR_OBJECT_NOT_FOUND ? ERROR_MEDIA_UNAVAILABLE : error;
    return db_get_guid( side, "SELECT id FROM partition WHERE physical_media = ? AND state = ? ORDER BY side", "gi",
                        physical, NTMS_PARTSTATE_AVAILABLE );
}

/* any medium: of the pool, or else of the Free pool where the policy says so */
static DWORD allocate_any( const struct pool *pool, DWORD options, GUID *logical, GUID *source )
{
    GUID side, physical;
    DWORD error;

    *source = pool->id;
    error = find_available_side( &pool->id, options, &side, &physical );
    if (error == ERROR_MEDIA_UNAVAILABLE && (pool->allocation_policy & NTMS_ALLOCATE_FROMSCRATCH))
    {
        error = store_system_pool( NTMS_POOLTYPE_SCRATCH, &pool->media_type, source );
        if (error == ERROR_OBJECT_NOT_FOUND) return ERROR_DEVICE_NOT_AVAILABLE;
        if (!error) error = find_available_side( source, options, &side, &physical );
        if (!error) error = store_move_medium( &physical, &pool->id );
    }
    if (error) return error;
    return allocate_side( &side, &physical, &pool->id, options, logical );
}

/* the states of the sides of a medium other than this one, as STATE_BITs */
static DWORD get_other_states( const GUID *physical, const GUID *side, DWORD *states )
{
    struct db_query *query;
    DWORD error;

    *states = 0;
    if ((error = db_select( &query, "SELECT state FROM partition WHERE physical_media = ? AND id <> ?", "gg",
                            physical, side ))) return error;
    while (db_next( query )) *states |= STATE_BIT( db_int( query, 0 ));
    return db_finish( query );
}

static DWORD check_suitable( const struct pool *pool, const struct medium *medium, const GUID *side, DWORD options )
{
    DWORD error, others;
    int state;

    if ((error = db_get_int( &state, "SELECT state FROM partition WHERE id = ?", "g", side ))) return error;
    if ((error = get_other_states( &medium->id, side, &others ))) return error;
    if (!IsEqualGUID( &medium->media_type, &pool->media_type )) return ERROR_MEDIA_INCOMPATIBLE;
    if (state != NTMS_PARTSTATE_AVAILABLE && state != NTMS_PARTSTATE_IMPORT) return ERROR_MEDIA_UNAVAILABLE;
    if (!medium->online) return ERROR_MEDIA_OFFLINE;
    if (!medium->enabled) return ERROR_RESOURCE_DISABLED;
    /* both sides are always in one pool */
    if ((others & OWNED_STATES) && !IsEqualGUID( &medium->pool, &pool->id )) return ERROR_MEDIA_UNAVAILABLE;
    if ((options & NTMS_ALLOCATE_NEW) && (others & ~STATE_BIT(NTMS_PARTSTATE_AVAILABLE))) return ERROR_MEDIA_UNAVAILABLE;
    return ERROR_SUCCESS;
}

/* this side, from whatever pool it is in; a side in Import is imported */
static DWORD allocate_specific( const struct pool *pool, const GUID *side, DWORD options, GUID *logical, GUID *source )
{
    struct medium medium;
    GUID physical;
    DWORD error;

    error = db_get_guid( &physical, "SELECT physical_media FROM partition WHERE id = ?", "g", side );
    if (error) return error == ERROR_OBJECT_NOT_FOUND ? ERROR_INVALID_MEDIA : error;
    if ((error = get_medium( &physical, &medium ))) return error;
    if ((error = check_suitable( pool, &medium, side, options ))) return error;
    if ((error = store_move_medium( &physical, &pool->id ))) return error;
    *source = medium.pool;
    return allocate_side( side, &physical, &pool->id, options, logical );
}

/* the next side of a medium that was allocated with NTMS_ALLOCATE_NEW; its program gets a logical medium for each side */
static DWORD allocate_next( const struct pool *pool, const GUID *previous, GUID *logical, GUID *source )
{
    GUID side, physical;
    DWORD error;

    error = db_get_guid( &physical, "SELECT p.physical_media FROM logical_media l, partition p"
                         " WHERE l.id = ? AND l.pool = ? AND p.logical_media = l.id", "gg", previous, &pool->id );
    if (error) return error == ERROR_OBJECT_NOT_FOUND ? ERROR_INVALID_MEDIA : error;
    error = db_get_guid( &side, "SELECT id FROM partition WHERE physical_media = ? AND state = ? ORDER BY side", "gi",
                         &physical, NTMS_PARTSTATE_RESERVED );
    if (error) return error == ERROR_OBJECT_NOT_FOUND ? ERROR_MEDIA_UNAVAILABLE : error;
    *source = pool->id;
    return allocate_side( &side, &physical, &pool->id, 0, logical );
}

/* asks the operator for new media; inside a transaction */
static DWORD add_operator_request( struct session *session, const GUID *pool, GUID *request )
{
    static const WCHAR message[] = L"An application needs new media, and none are available in its media pool.";
    FILETIME now;
    DWORD error;

    GetSystemTimeAsFileTime( &now );
    memset( request, 0, sizeof(*request) );
    if ((error = object_create( request, NTMS_OPREQUEST, NULL, NULL ))) return error;
    return db_exec( "INSERT INTO operator_request (id, request, submitted, state, message, arg1_type, arg1, application,"
                    " user, computer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "giliwigwww",
                    request, NTMS_OPREQ_NEWMEDIA, ((INT64)now.dwHighDateTime << 32) | now.dwLowDateTime,
                    NTMS_OPSTATE_SUBMITTED, message, NTMS_MEDIA_POOL, pool, session_application( session ),
                    session_user( session ), session_computer( session ));
}

static void delete_operator_request( const GUID *request )
{
    if (!db_begin()) db_end( object_delete( request ));
}

static void cancel_allocation( void *context, DWORD reason )
{
    struct allocation *allocation = context;
    BOOL mine;

    EnterCriticalSection( &allocation_cs );
    if ((mine = !allocation->done))
    {
        allocation->done = TRUE;
        list_remove( &allocation->entry );
    }
    LeaveCriticalSection( &allocation_cs );
    if (!mine) return;

    delete_operator_request( &allocation->request );
    wait_complete( allocation->wait, reason, NULL, 0 );
    free( allocation );
}

/* with allocation_cs held; the operator request is committed */
static DWORD wait_for_media( struct session *session, const GUID *pool, DWORD options, DWORD timeout,
                             const GUID *request, DWORD *wait_request )
{
    struct allocation *allocation;
    DWORD error;

    if (!(allocation = calloc( 1, sizeof(*allocation) ))) return ERROR_NOT_ENOUGH_MEMORY;
    allocation->pool    = *pool;
    allocation->options = options;
    allocation->request = *request;
    if ((error = wait_create( session, timeout, cancel_allocation, allocation, &allocation->wait )))
    {
        free( allocation );
        return error;
    }
    list_add_tail( &allocations, &allocation->entry );
    *wait_request = wait_id( allocation->wait );
    return ERROR_SUCCESS;
}

struct allocate_args
{
    const GUID *pool;
    const GUID *partition;
    const GUID *previous;
    DWORD       options;
};

static DWORD allocate( const struct allocate_args *args, GUID *logical, GUID *source )
{
    struct pool pool;
    DWORD error;

    if ((error = get_pool( args->pool, &pool ))) return error;
    if (pool.kind != NTMS_POOLTYPE_APPLICATION) return ERROR_INVALID_MEDIA_POOL;
    if (args->options & NTMS_ALLOCATE_NEXT) return allocate_next( &pool, args->previous, logical, source );
    if (args->partition) return allocate_specific( &pool, args->partition, args->options, logical, source );
    return allocate_any( &pool, args->options, logical, source );
}

/* A program waits for any medium, not for one that it has named.  What a time-out of 0 means the two documents do not agree
 * on; as in MS-RSMP it does not wait. */
static BOOL may_wait( const struct allocate_args *args, DWORD timeout )
{
    return timeout && !args->partition && !(args->options & (NTMS_ALLOCATE_NEXT | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE));
}

static DWORD allocate_or_wait( struct session *session, const struct allocate_args *args, DWORD timeout, GUID *logical,
                               GUID *source, DWORD *wait_request )
{
    BOOL wait = FALSE;
    GUID request;
    DWORD error;

    if ((error = db_begin())) return error;
    error = allocate( args, logical, source );
    if (error == ERROR_MEDIA_UNAVAILABLE && may_wait( args, timeout ))
    {
        wait = TRUE;
        error = add_operator_request( session, args->pool, &request );
    }
    if ((error = db_end( error )) || !wait) return error;
    if ((error = wait_for_media( session, args->pool, args->options, timeout, &request, wait_request )))
        delete_operator_request( &request );
    return error;
}

DWORD ntms_allocate_media( struct session *session, const GUID *pool, const GUID *partition, GUID *media, DWORD options,
                           DWORD timeout, GUID *allocated_from, DWORD *wait_request )
{
    struct allocate_args args = { pool, partition, media, options };
    GUID logical, source;
    DWORD error, request = 0;

    TRACE( "%p %s %s %s %#lx %lu\n", session, debugstr_guid(pool), debugstr_guid(partition), debugstr_guid(media),
           options, timeout );

    if (options & ~(NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_NEXT | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE))
        return ERROR_INVALID_PARAMETER;
    if ((options & NTMS_ALLOCATE_NEW) && (options & NTMS_ALLOCATE_NEXT)) return ERROR_INVALID_PARAMETER;

    EnterCriticalSection( &allocation_cs );
    error = allocate_or_wait( session, &args, timeout, &logical, &source, &request );
    LeaveCriticalSection( &allocation_cs );
    if (error) return error;

    *wait_request = request;
    if (!request)
    {
        *media = logical;
        if (allocated_from) *allocated_from = source;
    }
    return ERROR_SUCCESS;
}

/* ------------------------------------------------------------------ deallocation */

/* sides that were held back for the owner of another one, which he has given up */
static DWORD release_reserved( const GUID *physical )
{
    return db_exec( "UPDATE partition SET state = 4 WHERE physical_media = ?1 AND state = 9"
                    " AND NOT EXISTS (SELECT 1 FROM partition WHERE physical_media = ?1 AND state IN (5, 6))",
                    "g", physical );
}

/* back into the Free pool, if its policy says so and nobody owns another side */
static DWORD return_to_free( const struct pool *pool, const struct medium *medium )
{
    DWORD error;
    GUID free_pool;

    if (!(pool->deallocation_policy & NTMS_DEALLOCATE_TOSCRATCH)) return ERROR_SUCCESS;
    if (medium->states != STATE_BIT(NTMS_PARTSTATE_AVAILABLE)) return ERROR_SUCCESS;
    if (!medium->online)
    {
        FIXME( "off-line medium %s stays in its pool\n", debugstr_guid(&medium->id) );
        return ERROR_SUCCESS;
    }
    if ((error = store_system_pool( NTMS_POOLTYPE_SCRATCH, &medium->media_type, &free_pool ))) return error;
    return move_to_be_labelled( medium, &free_pool );
}

static DWORD deallocate( const GUID *logical )
{
    struct medium medium;
    struct pool pool;
    GUID physical, pool_id;
    DWORD error;

    error = db_get_guid( &pool_id, "SELECT pool FROM logical_media WHERE id = ?", "g", logical );
    if (!error) error = db_get_guid( &physical, "SELECT physical_media FROM partition WHERE logical_media = ?", "g", logical );
    if (error) return error == ERROR_OBJECT_NOT_FOUND ? ERROR_INVALID_MEDIA : error;
    if ((error = get_pool( &pool_id, &pool ))) return error;

    if ((error = db_exec( "UPDATE partition SET logical_media = NULL, state = (SELECT CASE WHEN max_allocates > 0"
                          " AND partition.allocate_count >= max_allocates THEN 3 ELSE 4 END FROM pool WHERE id = ?)"
                          " WHERE logical_media = ?", "gg", &pool_id, logical ))) return error;
    if ((error = object_delete( logical ))) return error;
    if ((error = release_reserved( &physical ))) return error;
    if ((error = get_medium( &physical, &medium ))) return error;
    return return_to_free( &pool, &medium );
}

DWORD ntms_deallocate_media( struct session *session, const GUID *media, DWORD options )
{
    DWORD error;

    TRACE( "%p %s %#lx\n", session, debugstr_guid(media), options );

    if (options) return ERROR_INVALID_PARAMETER;
    if ((error = db_begin())) return error;
    if ((error = db_end( deallocate( media )))) return error;
    library_kick();
    media_available();
    return ERROR_SUCCESS;
}

/* ------------------------------------------------------------------ retries */

/* takes back an allocation that its program has not waited for, as if it had never been */
static DWORD undo( const GUID *logical, const GUID *source )
{
    GUID physical;
    DWORD error;

    if ((error = db_get_guid( &physical, "SELECT physical_media FROM partition WHERE logical_media = ?", "g", logical )))
        return error;
    if ((error = db_exec( "UPDATE partition SET logical_media = NULL, state = 4, allocate_count = allocate_count - 1"
                          " WHERE logical_media = ?", "g", logical ))) return error;
    if ((error = object_delete( logical ))) return error;
    if ((error = release_reserved( &physical ))) return error;
    return store_move_medium( &physical, source );
}

/* one try in a transaction of its own, which also withdraws the operator request; with allocation_cs held */
static DWORD retry( struct allocation *allocation )
{
    struct allocate_args args = { &allocation->pool, NULL, NULL, allocation->options };
    DWORD error;

    if ((error = db_begin())) return error;
    error = allocate( &args, &allocation->ids[0], &allocation->ids[1] );
    if (error == ERROR_INVALID_MEDIA_POOL)  /* the pool has been deleted meanwhile */
    {
        allocation->result = error;
        error = ERROR_SUCCESS;
    }
    if (!error) error = object_delete( &allocation->request );
    return db_end( error );
}

/* moves the allocations that have come to an end to the list */
static void retry_all( struct list *finished )
{
    struct allocation *allocation, *next;
    DWORD error;

    EnterCriticalSection( &allocation_cs );
    LIST_FOR_EACH_ENTRY_SAFE( allocation, next, &allocations, struct allocation, entry )
    {
        if ((error = retry( allocation )) == ERROR_MEDIA_UNAVAILABLE) continue;
        if (error) allocation->result = error;
        allocation->done = TRUE;
        list_remove( &allocation->entry );
        list_add_tail( finished, &allocation->entry );
    }
    LeaveCriticalSection( &allocation_cs );
}

void media_available(void)
{
    struct list finished = LIST_INIT( finished );
    struct allocation *allocation, *next;
    BOOL again;

    do
    {
        again = FALSE;
        retry_all( &finished );
        LIST_FOR_EACH_ENTRY_SAFE( allocation, next, &finished, struct allocation, entry )
        {
            BOOL allocated = !allocation->result;
            BOOL delivered = wait_complete( allocation->wait, allocation->result, allocation->ids, allocated ? 2 : 0 );

            if (allocated && !delivered && !db_begin() && !db_end( undo( &allocation->ids[0], &allocation->ids[1] )))
                again = TRUE;
            list_remove( &allocation->entry );
            free( allocation );
        }
    }
    while (again);
}
