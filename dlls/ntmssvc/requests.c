/*
 * The queues of the libraries as programs see and change them
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
#include "library.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* the work that a library request belongs to, or NULL when it has ended; with library_lock held */
static struct work *find_work( const GUID *request )
{
    struct library *library;
    struct work *work;
    DWORD i;

    LIST_FOR_EACH_ENTRY( library, &libraries, struct library, entry )
        LIST_FOR_EACH_ENTRY( work, &library->work, struct work, entry )
            for (i = 0; i < work->count; i++) if (IsEqualGUID( &work->items[i].request, request )) return work;
    return NULL;
}

static DWORD check_request( struct session *session, enum access_rule rule, const GUID *request )
{
    DWORD error, type;

    if ((error = object_type( request, &type ))) return error;
    if (type != NTMS_LIBREQUEST) return ERROR_OBJECT_NOT_FOUND;
    return check_access( session, rule, request );
}

static DWORD read_request( struct session *session, enum access_rule rule, const GUID *request )
{
    DWORD error;

    if ((error = db_begin_read())) return error;
    return db_end( check_request( session, rule, request ));
}

/* ------------------------------------------------------------------ CancelNtmsLibraryRequest */

/* What is queued ends at once, what is being done as soon as it can. */
DWORD ntms_cancel_library_request( struct session *session, const GUID *request )
{
    struct work *work;
    DWORD error;

    TRACE( "%p %s\n", session, debugstr_guid(request) );

    if ((error = read_request( session, ACCESS_CancelNtmsLibraryRequest, request ))) return error;
    EnterCriticalSection( &library_lock );
    if ((work = find_work( request ))) work_cancel( work, ERROR_CANCELLED );
    LeaveCriticalSection( &library_lock );
    return work ? ERROR_SUCCESS : ERROR_OBJECT_NOT_FOUND;
}

/* ------------------------------------------------------------------ DeleteNtmsRequests */

/* What is not there, of another type or not finished is passed over (DeleteNtmsRequests documentation). */
static DWORD delete_request( const GUID *request, DWORD type )
{
    if (type == NTMS_LIBREQUEST)
        return db_exec( "DELETE FROM object WHERE id IN (SELECT id FROM request WHERE id = ? AND completed <> 0)", "g",
                        request );
    return db_exec( "DELETE FROM object WHERE id IN (SELECT id FROM operator_request WHERE id = ? AND state IN (?, ?))",
                    "gii", request, NTMS_OPSTATE_REFUSED, NTMS_OPSTATE_COMPLETE );
}

DWORD ntms_delete_requests( struct session *session, const GUID *requests, DWORD type, DWORD count )
{
    DWORD i, error;

    TRACE( "%p %p %lu %lu\n", session, requests, type, count );

    if (type != NTMS_LIBREQUEST && type != NTMS_OPREQUEST) return ERROR_INVALID_PARAMETER;
    if ((error = db_begin())) return error;
    error = check_access( session, ACCESS_DeleteNtmsRequests, NULL );
    for (i = 0; i < count && !error; i++) error = delete_request( &requests[i], type );
    return db_end( error );
}

/* ------------------------------------------------------------------ GetNtmsRequestOrder, SetNtmsRequestOrder */

/* only mounts that have not begun are in an order that programs can see */
static BOOL has_order( const struct work *work )
{
    return work->operation == NTMS_LM_MOUNT && !work->running && !work->cancelled;
}

/* from 1; 0 for what is in no order */
static DWORD get_order( const struct work *work )
{
    const struct work *other;
    DWORD order = 1;

    if (!has_order( work )) return 0;
    LIST_FOR_EACH_ENTRY( other, &work->library->work, const struct work, entry )
    {
        if (other == work) break;
        if (has_order( other )) order++;
    }
    return order;
}

DWORD ntms_get_request_order( struct session *session, const GUID *request, DWORD *order )
{
    struct work *work;
    DWORD error;

    TRACE( "%p %s\n", session, debugstr_guid(request) );

    if ((error = read_request( session, ACCESS_GetNtmsRequestOrder, request ))) return error;
    EnterCriticalSection( &library_lock );
    *order = (work = find_work( request )) ? get_order( work ) : 0;
    LeaveCriticalSection( &library_lock );
    return ERROR_SUCCESS;
}

/* before the one that has that order now, or behind all */
static void move_to_order( struct work *work, DWORD order )
{
    struct library *library = work->library;
    struct work *other;
    DWORD i = 1;

    list_remove( &work->entry );
    LIST_FOR_EACH_ENTRY( other, &library->work, struct work, entry )
        if (has_order( other ) && i++ == order) break;
    list_add_before( &other->entry, &work->entry );
    SetEvent( library->wake );
}

DWORD ntms_set_request_order( struct session *session, const GUID *request, DWORD order )
{
    struct work *work;
    DWORD error;

    TRACE( "%p %s %lu\n", session, debugstr_guid(request), order );

    if (!order) return ERROR_INVALID_PARAMETER;
    if ((error = read_request( session, ACCESS_SetNtmsRequestOrder, request ))) return error;
    EnterCriticalSection( &library_lock );
    /* what has no order cannot be given one; no error is documented for it */
    if ((work = find_work( request )) && has_order( work )) move_to_order( work, order );
    LeaveCriticalSection( &library_lock );
    return ERROR_SUCCESS;
}
