/*
 * Operator requests
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

#include "ntmsapi_private.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmsapi);

/***********************************************************************
 *             SubmitNtmsOperatorRequestW  (ntmsapi.@)
 */
DWORD WINAPI SubmitNtmsOperatorRequestW( HANDLE handle, DWORD kind, const WCHAR *message, GUID *arg1, GUID *arg2, GUID *id )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %lu, %s, %s, %s, %p\n", handle, kind, debugstr_w(message), debugstr_guid( arg1 ), debugstr_guid( arg2 ), id );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!id || (message && wcsnlen( message, RSMP_MAX_MESSAGE ) >= RSMP_MAX_MESSAGE)) err = ERROR_INVALID_PARAMETER;
    else err = remote_submit_operator_request( session, kind, message, arg1, arg2, id );
    session_release( session );
    return err;
}

/***********************************************************************
 *             SubmitNtmsOperatorRequestA  (ntmsapi.@)
 */
DWORD WINAPI SubmitNtmsOperatorRequestA( HANDLE handle, DWORD kind, const char *message, GUID *arg1, GUID *arg2, GUID *id )
{
    WCHAR *messageW;
    DWORD err;

    if ((err = string_to_wide( message, &messageW ))) return err;
    err = SubmitNtmsOperatorRequestW( handle, kind, messageW, arg1, arg2, id );
    free( messageW );
    return err;
}

static DWORD wait_for_operator( struct session *session, const GUID *id, DWORD timeout )
{
    DWORD err, request;

    if ((err = remote_wait_operator_request( session, id, timeout, &request )) || !request) return err;
    return wait_for_request( session, "WaitForNtmsOperatorRequest", request, NULL, 0 );
}

/***********************************************************************
 *             WaitForNtmsOperatorRequest  (ntmsapi.@)
 */
DWORD WINAPI WaitForNtmsOperatorRequest( HANDLE handle, GUID *id, DWORD timeout )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %lu\n", handle, debugstr_guid( id ), timeout );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    err = id ? wait_for_operator( session, id, timeout ) : ERROR_INVALID_PARAMETER;
    session_release( session );
    return err;
}

/***********************************************************************
 *             CancelNtmsOperatorRequest  (ntmsapi.@)
 */
DWORD WINAPI CancelNtmsOperatorRequest( HANDLE handle, GUID *id )
{
    TRACE( "%p, %s\n", handle, debugstr_guid( id ));

    return call_with_object( handle, id, remote_cancel_operator_request );
}

/***********************************************************************
 *             SatisfyNtmsOperatorRequest  (ntmsapi.@)
 */
DWORD WINAPI SatisfyNtmsOperatorRequest( HANDLE handle, GUID *id )
{
    TRACE( "%p, %s\n", handle, debugstr_guid( id ));

    return call_with_object( handle, id, remote_satisfy_operator_request );
}
