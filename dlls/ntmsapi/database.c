/*
 * Export and import of the database
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

static DWORD call_with_database( HANDLE handle, DWORD (*func)( struct session * ) )
{
    struct session *session;
    DWORD err;

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    err = func( session );
    session_release( session );
    return err;
}

/***********************************************************************
 *             ExportNtmsDatabase  (ntmsapi.@)
 */
DWORD WINAPI ExportNtmsDatabase( HANDLE handle )
{
    TRACE( "%p\n", handle );

    return call_with_database( handle, remote_export_database );
}

/***********************************************************************
 *             ImportNtmsDatabase  (ntmsapi.@)
 */
DWORD WINAPI ImportNtmsDatabase( HANDLE handle )
{
    TRACE( "%p\n", handle );

    return call_with_database( handle, remote_import_database );
}
