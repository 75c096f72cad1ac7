/*
 * AllocateNtmsMedia, and the programs that wait for media
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

#include "medium.h"
#include "oprequest.h"
#include "wine/debug.h"
#include "wine/list.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

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

/* ------------------------------------------------------------------ waiting */

/* asks the operator for new media; inside a transaction */
static DWORD add_operator_request( struct session *session, const GUID *pool, GUID *id )
{
    struct operator_request request =
    {
        NTMS_OPREQ_NEWMEDIA, L"An application needs new media, and none are available in its media pool.", NTMS_MEDIA_POOL, *pool
    };

    return operator_request_create( session, &request, id );
}

static void delete_operator_request( const GUID *request )
{
    if (!db_begin()) db_end( object_delete( request ));
    operator_request_ended( request, ERROR_OBJECT_NOT_FOUND );
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
static DWORD wait_for_media( struct session *session, const struct allocate_args *args, DWORD timeout,
                             const GUID *request, DWORD *wait_request )
{
    struct allocation *allocation;
    DWORD error;

    if (!(allocation = calloc( 1, sizeof(*allocation) ))) return ERROR_NOT_ENOUGH_MEMORY;
    allocation->pool    = *args->pool;
    allocation->options = args->options;
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

/* ------------------------------------------------------------------ AllocateNtmsMedia */

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
    error = allocate_side( session, args, logical, source );
    if (error == ERROR_MEDIA_UNAVAILABLE && may_wait( args, timeout ))
    {
        wait = TRUE;
        error = add_operator_request( session, args->pool, &request );
    }
    if ((error = db_end( error )) || !wait) return error;
    if ((error = wait_for_media( session, args, timeout, &request, wait_request ))) delete_operator_request( &request );
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

/* ------------------------------------------------------------------ retries (with allocation_cs held) */

/* One try, in a transaction of its own, which also withdraws the operator request. */
static DWORD retry( struct allocation *allocation )
{
    struct allocate_args args = { &allocation->pool, NULL, NULL, allocation->options, TRUE };
    DWORD error;

    if ((error = db_begin())) return error;
    error = allocate_side( NULL, &args, &allocation->ids[0], &allocation->ids[1] );
    if (!error) error = object_delete( &allocation->request );
    return db_end( error );
}

/* what one of those before has not found, this one would not find either */
static BOOL is_hopeless( const struct allocation *allocation )
{
    const struct allocation *other;

    LIST_FOR_EACH_ENTRY( other, &allocations, const struct allocation, entry )
    {
        if (other == allocation) break;
        if (IsEqualGUID( &other->pool, &allocation->pool ) && other->options == allocation->options) return TRUE;
    }
    return FALSE;
}

/* moves the allocations that have come to an end to the list */
static void retry_all( struct list *finished )
{
    struct allocation *allocation, *next;

    LIST_FOR_EACH_ENTRY_SAFE( allocation, next, &allocations, struct allocation, entry )
    {
        if (is_hopeless( allocation )) continue;
        if ((allocation->result = retry( allocation )) == ERROR_MEDIA_UNAVAILABLE) continue;
        allocation->done = TRUE;
        list_remove( &allocation->entry );
        list_add_tail( finished, &allocation->entry );
    }
}

/* tells the program; FALSE when it is gone and its medium is available again */
static BOOL finish( struct allocation *allocation )
{
    if (allocation->result)  /* the pool has been deleted, or the database fails */
    {
        delete_operator_request( &allocation->request );
        wait_complete( allocation->wait, allocation->result, NULL, 0 );
        return TRUE;
    }
    operator_request_ended( &allocation->request, ERROR_SUCCESS );
    if (wait_complete( allocation->wait, ERROR_SUCCESS, allocation->ids, ARRAY_SIZE(allocation->ids) )) return TRUE;
    return db_begin() || db_end( undo_allocation( &allocation->ids[0], &allocation->ids[1] ));
}

static void finish_all( struct list *finished, BOOL *again )
{
    struct allocation *allocation, *next;

    LIST_FOR_EACH_ENTRY_SAFE( allocation, next, finished, struct allocation, entry )
    {
        if (!finish( allocation )) *again = TRUE;
        list_remove( &allocation->entry );
        free( allocation );
    }
}

void media_available(void)
{
    struct list finished = LIST_INIT( finished );
    BOOL again;

    do
    {
        again = FALSE;
        EnterCriticalSection( &allocation_cs );
        retry_all( &finished );
        LeaveCriticalSection( &allocation_cs );
        finish_all( &finished, &again );
    }
    while (again);
}

/* ------------------------------------------------------------------ what the operator says */

/* with allocation_cs held */
static struct allocation *find_allocation( const GUID *request )
{
    struct allocation *allocation;

    LIST_FOR_EACH_ENTRY( allocation, &allocations, struct allocation, entry )
        if (IsEqualGUID( &allocation->request, request )) return allocation;
    return NULL;
}

void allocations_refuse( const GUID *request )
{
    struct allocation *allocation;

    EnterCriticalSection( &allocation_cs );
    if ((allocation = find_allocation( request )))
    {
        allocation->done = TRUE;
        list_remove( &allocation->entry );
    }
    LeaveCriticalSection( &allocation_cs );
    if (!allocation) return;
    wait_complete( allocation->wait, ERROR_CANCELLED, NULL, 0 );
    free( allocation );
}

/* in place of a request that was satisfied in vain; inside a transaction */
static DWORD renew_request( const GUID *old, GUID *request )
{
    FILETIME now;
    DWORD error;

    GetSystemTimeAsFileTime( &now );
    memset( request, 0, sizeof(*request) );
    if ((error = object_create( request, NTMS_OPREQUEST, NULL, NULL ))) return error;
    if ((error = db_exec( "INSERT INTO operator_request (id, request, submitted, state, message, arg1_type, arg1, application,"
                          " user, computer) SELECT ?, request, ?, ?, message, arg1_type, arg1, application, user, computer"
                          " FROM operator_request WHERE id = ?", "glig", request,
                          (INT64)now.dwHighDateTime << 32 | now.dwLowDateTime, NTMS_OPSTATE_SUBMITTED, old ))) return error;
    return object_delete( old );
}

static void ask_again( struct allocation *allocation )
{
    GUID request;
    DWORD error;

    if (!(error = db_begin())) error = db_end( renew_request( &allocation->request, &request ));
    if (!error) allocation->request = request;
    else ERR( "cannot ask the operator again, error %lu\n", error );
}

/* AllocateNtmsMedia: the request is deleted and the whole process tried again, which can end in a new request. */
void allocations_satisfied( const GUID *request )
{
    struct allocation *allocation;

    media_available();
    EnterCriticalSection( &allocation_cs );
    if ((allocation = find_allocation( request ))) ask_again( allocation );
    LeaveCriticalSection( &allocation_cs );
}
