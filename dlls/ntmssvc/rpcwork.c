/*
 * The local protocol: work of the libraries, operators and notifications
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

#include "methods.h"

C_ASSERT( RSMP_MAX_MESSAGE == NTMS_MESSAGE_LENGTH );

DWORD __cdecl rsmp_DismountNtmsDrive( DWORD session_id, const GUID *drive )
{
    SESSION_CALL( session_id, ntms_dismount_drive( session, drive ) );
}

DWORD __cdecl rsmp_CancelNtmsLibraryRequest( DWORD session_id, const GUID *request )
{
    SESSION_CALL( session_id, ntms_cancel_library_request( session, request ) );
}

DWORD __cdecl rsmp_DeleteNtmsRequests( DWORD session_id, DWORD count, const GUID *requests, DWORD type )
{
    SESSION_CALL( session_id, count > RSMP_MAX_REQUESTS ? ERROR_INVALID_PARAMETER
                              : ntms_delete_requests( session, requests, type, count ) );
}

DWORD __cdecl rsmp_GetNtmsRequestOrder( DWORD session_id, const GUID *request, DWORD *order )
{
    *order = 0;
    {
        SESSION_CALL( session_id, ntms_get_request_order( session, request, order ) );
    }
}

DWORD __cdecl rsmp_SetNtmsRequestOrder( DWORD session_id, const GUID *request, DWORD order )
{
    SESSION_CALL( session_id, ntms_set_request_order( session, request, order ) );
}

DWORD __cdecl rsmp_SubmitNtmsOperatorRequestW( DWORD session_id, DWORD kind, const WCHAR *message, const GUID *arg1,
                                               const GUID *arg2, GUID *id )
{
    memset( id, 0, sizeof(*id) );
    {
        SESSION_CALL( session_id, ntms_submit_operator_request( session, kind, message, arg1, arg2, id ) );
    }
}

DWORD __cdecl rsmp_WaitForNtmsOperatorRequest( DWORD session_id, const GUID *id, DWORD timeout, DWORD *wait_request )
{
    *wait_request = 0;
    {
        SESSION_CALL( session_id, ntms_wait_operator_request( session, id, timeout, wait_request ) );
    }
}

DWORD __cdecl rsmp_CancelNtmsOperatorRequest( DWORD session_id, const GUID *id )
{
    SESSION_CALL( session_id, ntms_cancel_operator_request( session, id ) );
}

DWORD __cdecl rsmp_SatisfyNtmsOperatorRequest( DWORD session_id, const GUID *id )
{
    SESSION_CALL( session_id, ntms_satisfy_operator_request( session, id ) );
}

DWORD __cdecl rsmp_AddNotification( DWORD session_id, DWORD type, DWORD *channel )
{
    *channel = 0;
    {
        SESSION_CALL( session_id, ntms_open_notification( session, type, channel ) );
    }
}

DWORD __cdecl rsmp_RemoveNotification( DWORD session_id, DWORD channel )
{
    SESSION_CALL( session_id, ntms_close_notification( session, channel ) );
}

DWORD __cdecl rsmp_WaitForNtmsNotification( DWORD session_id, DWORD channel, DWORD timeout, DWORD *operation, GUID *id,
                                            DWORD *wait_request )
{
    *operation = *wait_request = 0;
    memset( id, 0, sizeof(*id) );
    {
        SESSION_CALL( session_id, ntms_wait_notification( session, channel, timeout, operation, id, wait_request ) );
    }
}
