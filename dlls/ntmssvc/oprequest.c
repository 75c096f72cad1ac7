/*
 * Operator requests: what only a person can do
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
#include "oprequest.h"
#include "wine/debug.h"
#include "wine/list.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

static const GUID null_guid;

/* a program in WaitForNtmsOperatorRequest(); it belongs to whoever takes it out of the list */
struct request_wait
{
    struct list  entry;
    GUID         request;
    struct wait *wait;
    BOOL         taken;
};

/* Guards the list, and holds from the look at a request that is open until its wait is in the list.  Taken before the
 * database lock, never inside it. */
static CRITICAL_SECTION waits_cs;
static CRITICAL_SECTION_DEBUG waits_cs_debug =
{
    0, 0, &waits_cs, { &waits_cs_debug.ProcessLocksList, &waits_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": waits_cs") }
};
static CRITICAL_SECTION waits_cs = { &waits_cs_debug, -1, 0, 0, 0, 0 };

static struct list waits = LIST_INIT( waits );

static BOOL is_open( DWORD state )
{
    return state != NTMS_OPSTATE_COMPLETE && state != NTMS_OPSTATE_REFUSED;
}

static DWORD get_state( const GUID *request, DWORD *state )
{
    int value;
    DWORD error = db_get_int( &value, "SELECT state FROM operator_request WHERE id = ?", "g", request );

    if (!error) *state = value;
    return error;
}

/* ------------------------------------------------------------------ making and ending them */

DWORD operator_request_create( struct session *session, const struct operator_request *request, GUID *id )
{
    FILETIME now;
    DWORD error;

    GetSystemTimeAsFileTime( &now );
    memset( id, 0, sizeof(*id) );
    if ((error = object_create( id, NTMS_OPREQUEST, NULL, NULL ))) return error;
    return db_exec( "INSERT INTO operator_request (id, request, submitted, state, message, arg1_type, arg1, arg2_type, arg2,"
                    " application, user, computer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "giliwigigwww",
                    id, request->request, ((INT64)now.dwHighDateTime << 32) | now.dwLowDateTime, NTMS_OPSTATE_SUBMITTED,
                    request->message, request->arg1_type, guid_or_null( &request->arg1 ), request->arg2_type,
                    guid_or_null( &request->arg2 ), session ? session_application( session ) : L"RSM",
                    session ? session_user( session ) : L"", session ? session_computer( session ) : L"" );
}

/* those who wait for a request, or for requests that are gone */
static void take_waits( const GUID *request, struct list *taken )
{
    struct request_wait *wait, *next;

    EnterCriticalSection( &waits_cs );
    LIST_FOR_EACH_ENTRY_SAFE( wait, next, &waits, struct request_wait, entry )
    {
        if (!IsEqualGUID( &wait->request, request )) continue;
        wait->taken = TRUE;
        list_remove( &wait->entry );
        list_add_tail( taken, &wait->entry );
    }
    LeaveCriticalSection( &waits_cs );
}

void operator_request_ended( const GUID *request, DWORD result )
{
    struct list taken = LIST_INIT( taken );
    struct request_wait *wait, *next;

    take_waits( request, &taken );
    LIST_FOR_EACH_ENTRY_SAFE( wait, next, &taken, struct request_wait, entry )
    {
        wait_complete( wait->wait, result, NULL, 0 );
        free( wait );
    }
}

static DWORD end_request( struct session *session, enum access_rule rule, const GUID *request, DWORD state )
{
    DWORD old_state, error;

    if ((error = get_state( request, &old_state ))) return error;
    if ((error = check_access( session, rule, NULL ))) return error;
    if (!is_open( old_state ))
        /* what the documentation of each function says of a request that has ended */
        return rule == ACCESS_CancelNtmsOperatorRequest ? ERROR_INVALID_STATE : ERROR_OBJECT_NOT_FOUND;
    if ((error = db_exec( "UPDATE operator_request SET state = ? WHERE id = ?", "ig", state, request ))) return error;
    return object_touch( request );
}

DWORD ntms_cancel_operator_request( struct session *session, const GUID *request )
{
    DWORD error;

    TRACE( "%p %s\n", session, debugstr_guid(request) );

    if ((error = db_begin())) return error;
    if ((error = db_end( end_request( session, ACCESS_CancelNtmsOperatorRequest, request, NTMS_OPSTATE_REFUSED ))))
        return error;
    operator_request_ended( request, ERROR_CANCELLED );
    allocations_refuse( request );
    return ERROR_SUCCESS;
}

DWORD ntms_satisfy_operator_request( struct session *session, const GUID *request )
{
    DWORD error;

    TRACE( "%p %s\n", session, debugstr_guid(request) );

    if ((error = db_begin())) return error;
    if ((error = db_end( end_request( session, ACCESS_SatisfyNtmsOperatorRequest, request, NTMS_OPSTATE_COMPLETE ))))
        return error;
    operator_request_ended( request, ERROR_SUCCESS );
    allocations_satisfied( request );
    return ERROR_SUCCESS;
}

/* ------------------------------------------------------------------ SubmitNtmsOperatorRequest */

#define TYPE_BIT(type) (1u << (type))

/* which objects a request is about (SubmitNtmsOperatorRequest documentation) */
static const struct argument_rule
{
    DWORD arg1_types;    /* TYPE_BITs; 0: there is none */
    DWORD arg2_types;
    BOOL  arg2_optional;
} argument_rules[] =
{
    [NTMS_OPREQ_NEWMEDIA]      = { TYPE_BIT(NTMS_MEDIA_POOL), TYPE_BIT(NTMS_LIBRARY), TRUE },
    [NTMS_OPREQ_CLEANER]       = { TYPE_BIT(NTMS_LIBRARY) | TYPE_BIT(NTMS_STORAGESLOT) },
    [NTMS_OPREQ_DEVICESERVICE] = { TYPE_BIT(NTMS_LIBRARY) | TYPE_BIT(NTMS_DRIVE) | TYPE_BIT(NTMS_IEDOOR)
                                   | TYPE_BIT(NTMS_IEPORT) | TYPE_BIT(NTMS_CHANGER) | TYPE_BIT(NTMS_PHYSICAL_MEDIA) },
    [NTMS_OPREQ_MOVEMEDIA]     = { TYPE_BIT(NTMS_PHYSICAL_MEDIA), TYPE_BIT(NTMS_LIBRARY) },
    [NTMS_OPREQ_MESSAGE]       = { 0 },
};

static DWORD check_argument( const GUID *id, DWORD types, BOOL optional, DWORD *type )
{
    DWORD error;

    *type = NTMS_UNKNOWN;
    if (!id) return types && !optional ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;
    if (!types) return ERROR_INVALID_PARAMETER;
    if ((error = object_type( id, type ))) return error;
    return types & TYPE_BIT( *type ) ? ERROR_SUCCESS : ERROR_OBJECT_NOT_FOUND;
}

static DWORD submit( struct session *session, const GUID *arg1, const GUID *arg2, struct operator_request *request, GUID *id )
{
    const struct argument_rule *rule = &argument_rules[request->request];
    DWORD error;

    if ((error = check_argument( arg1, rule->arg1_types, FALSE, &request->arg1_type ))) return error;
    if ((error = check_argument( arg2, rule->arg2_types, rule->arg2_optional, &request->arg2_type ))) return error;
    if (arg1) request->arg1 = *arg1;
    if (arg2) request->arg2 = *arg2;
    if ((error = check_access( session, ACCESS_SubmitNtmsOperatorRequest, arg1 ))) return error;
    return operator_request_create( session, request, id );
}

DWORD ntms_submit_operator_request( struct session *session, DWORD kind, const WCHAR *message, const GUID *arg1,
                                    const GUID *arg2, GUID *id )
{
    struct operator_request request = { kind, message ? message : L"" };
    DWORD error;

    TRACE( "%p %lu %s %s %s\n", session, kind, debugstr_w(message), debugstr_guid(arg1), debugstr_guid(arg2) );

    if (kind < NTMS_OPREQ_NEWMEDIA || kind > NTMS_OPREQ_MESSAGE) return ERROR_INVALID_PARAMETER;
    if (wcslen( request.message ) >= NTMS_MESSAGE_LENGTH) return ERROR_INVALID_PARAMETER;
    if (arg1 && IsEqualGUID( arg1, &null_guid )) arg1 = NULL;
    if (arg2 && IsEqualGUID( arg2, &null_guid )) arg2 = NULL;
    if ((error = db_begin())) return error;
    return db_end( submit( session, arg1, arg2, &request, id ));
}

/* ------------------------------------------------------------------ WaitForNtmsOperatorRequest */

static void cancel_wait( void *context, DWORD reason )
{
    struct request_wait *wait = context;
    BOOL mine;

    EnterCriticalSection( &waits_cs );
    if ((mine = !wait->taken)) list_remove( &wait->entry );
    LeaveCriticalSection( &waits_cs );
    if (!mine) return;
    wait_complete( wait->wait, reason, NULL, 0 );
    free( wait );
}

static DWORD add_wait( struct session *session, const GUID *request, DWORD timeout, DWORD *wait_request )
{
    struct request_wait *wait;
    DWORD error;

    if (!(wait = calloc( 1, sizeof(*wait) ))) return ERROR_NOT_ENOUGH_MEMORY;
    wait->request = *request;
    if ((error = wait_create( session, timeout, cancel_wait, wait, &wait->wait )))
    {
        free( wait );
        return error;
    }
    list_add_tail( &waits, &wait->entry );
    *wait_request = wait_id( wait->wait );
    return ERROR_SUCCESS;
}

/* with waits_cs held */
static DWORD wait_for_request( struct session *session, const GUID *request, DWORD timeout, DWORD *wait_request )
{
    DWORD state = 0, error;

    if ((error = db_begin_read())) return error;
    if (!(error = get_state( request, &state ))) error = check_access( session, ACCESS_WaitForNtmsOperatorRequest, NULL );
    if ((error = db_end( error ))) return error;
    /* a refusal has no code of its own on the page */
    if (!is_open( state )) return state == NTMS_OPSTATE_COMPLETE ? ERROR_SUCCESS : ERROR_CANCELLED;
    return timeout ? add_wait( session, request, timeout, wait_request ) : ERROR_TIMEOUT;
}

DWORD ntms_wait_operator_request( struct session *session, const GUID *request, DWORD timeout, DWORD *wait_request )
{
    DWORD error;

    TRACE( "%p %s %lu\n", session, debugstr_guid(request), timeout );

    *wait_request = 0;
    EnterCriticalSection( &waits_cs );
    error = wait_for_request( session, request, timeout, wait_request );
    LeaveCriticalSection( &waits_cs );
    return error;
}
