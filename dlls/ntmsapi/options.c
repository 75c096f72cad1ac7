/*
 * The computers that show the user interface of an object
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

/* The list is a multi-string; its size counts all nulls, in characters of the function's kind.  An empty list has size 0. */
static DWORD return_list( const WCHAR *list, DWORD count, void *buffer, DWORD *size, BOOL ansi )
{
    DWORD room = *size;

    *size = ansi && count ? WideCharToMultiByte( CP_ACP, 0, list, count, NULL, 0, NULL, NULL ) : count;
    if (room < *size) return ERROR_INSUFFICIENT_BUFFER;
    if (!count) memset( buffer, 0, min( room, 2 ) * (ansi ? sizeof(char) : sizeof(WCHAR)) );
    else if (ansi) WideCharToMultiByte( CP_ACP, 0, list, count, buffer, room, NULL, NULL );
    else memcpy( buffer, list, count * sizeof(WCHAR) );
    return ERROR_SUCCESS;
}

static BOOL is_multi_string( const WCHAR *list, DWORD count )
{
    return !count || (list && count >= 2 && !list[count - 1] && !list[count - 2]);
}

static DWORD get_ui_options( HANDLE handle, const GUID *id, DWORD type, void *buffer, DWORD *size, BOOL ansi )
{
    DWORD err, total = 0, count = 0;
    struct session *session;
    WCHAR *list = NULL;

    TRACE( "%p, %s, %lu, %p, %p, %d\n", handle, debugstr_guid( id ), type, buffer, size, ansi );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!buffer || !size) err = ERROR_INVALID_PARAMETER;
    else if (!(err = remote_get_ui_options( session, id, type, RSMP_MAX_DESTINATIONS, &total, &count, &list )))
    {
        if (count == total && is_multi_string( list, count )) err = return_list( list, count, buffer, size, ansi );
        else err = bad_reply( "GetNtmsUIOptions" );
    }
    session_release( session );
    MIDL_user_free( list );
    return err;
}

/***********************************************************************
 *             GetNtmsUIOptionsW  (ntmsapi.@)
 */
DWORD WINAPI GetNtmsUIOptionsW( HANDLE handle, const LPNTMS_GUID id, DWORD type, WCHAR *buffer, DWORD *size )
{
    return get_ui_options( handle, id, type, buffer, size, FALSE );
}

/***********************************************************************
 *             GetNtmsUIOptionsA  (ntmsapi.@)
 */
DWORD WINAPI GetNtmsUIOptionsA( HANDLE handle, const LPNTMS_GUID id, DWORD type, char *buffer, DWORD *size )
{
    return get_ui_options( handle, id, type, buffer, size, TRUE );
}

/***********************************************************************
 *             SetNtmsUIOptionsW  (ntmsapi.@)
 *
 * NTMS_UIDEST_DELETEALL ignores the destination.
 */
DWORD WINAPI SetNtmsUIOptionsW( HANDLE handle, const LPNTMS_GUID id, DWORD type, DWORD operation, const WCHAR *destination )
{
    struct session *session;
    DWORD err;

    TRACE( "%p, %s, %lu, %lu, %s\n", handle, debugstr_guid( id ), type, operation, debugstr_w(destination) );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (operation == NTMS_UIDEST_DELETEALL) destination = L"";
    if (!destination || wcsnlen( destination, RSMP_MAX_NAME ) >= RSMP_MAX_NAME) err = ERROR_INVALID_PARAMETER;
    else err = remote_set_ui_options( session, id, type, operation, destination );
    session_release( session );
    return err;
}

/***********************************************************************
 *             SetNtmsUIOptionsA  (ntmsapi.@)
 */
DWORD WINAPI SetNtmsUIOptionsA( HANDLE handle, const LPNTMS_GUID id, DWORD type, DWORD operation, const char *destination )
{
    WCHAR *destinationW;
    DWORD err;

    if (operation == NTMS_UIDEST_DELETEALL) destination = NULL;
    if ((err = string_to_wide( destination, &destinationW ))) return err;
    err = SetNtmsUIOptionsW( handle, id, type, operation, destinationW );
    free( destinationW );
    return err;
}
