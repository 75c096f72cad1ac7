/*
 * Functions that are not implemented yet
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

/* Each checks its handle as documented and says that it is missing. */
static DWORD missing( const char *function, HANDLE handle )
{
    struct session *session;

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    session_release( session );
    FIXME( "%s is not implemented\n", function );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

#define MISSING( function, ... ) \
    DWORD WINAPI function( HANDLE handle, ## __VA_ARGS__ ) \
    { \
        return missing( #function, handle ); \
    }

MISSING( AccessNtmsLibraryDoor, LPNTMS_GUID p1, DWORD p2 )
MISSING( BeginNtmsDeviceChangeDetection, LPHANDLE p1 )
MISSING( CleanNtmsDrive, LPNTMS_GUID p1 )
MISSING( EjectNtmsCleaner, LPNTMS_GUID p1, LPNTMS_GUID p2, DWORD p3 )
MISSING( EjectNtmsMedia, LPNTMS_GUID p1, LPNTMS_GUID p2, DWORD p3 )
MISSING( EndNtmsDeviceChangeDetection, HANDLE p1 )
MISSING( IdentifyNtmsSlot, LPNTMS_GUID p1, DWORD p2 )
MISSING( InjectNtmsCleaner, LPNTMS_GUID p1, LPNTMS_GUID p2, DWORD p3, DWORD p4 )
MISSING( InjectNtmsMedia, LPNTMS_GUID p1, LPNTMS_GUID p2, DWORD p3 )
MISSING( InventoryNtmsLibrary, LPNTMS_GUID p1, DWORD p2 )
MISSING( ReleaseNtmsCleanerSlot, LPNTMS_GUID p1 )
MISSING( ReserveNtmsCleanerSlot, LPNTMS_GUID p1, LPNTMS_GUID p2 )
MISSING( SetNtmsDeviceChangeDetection, HANDLE p1, LPNTMS_GUID p2, DWORD p3, DWORD p4 )

/***********************************************************************
 *             DoEjectFromSADriveW  (ntmsapi.@)
 *
 * Known by its name and the size of its arguments only.
 */
DWORD WINAPI DoEjectFromSADriveW( void *p1, void *p2, void *p3, void *p4, void *p5, void *p6 )
{
    FIXME( "%p, %p, %p, %p, %p, %p: stub\n", p1, p2, p3, p4, p5, p6 );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

/***********************************************************************
 *             EjectDiskFromSADriveA  (ntmsapi.@)
 */
DWORD WINAPI EjectDiskFromSADriveA( const char *computer, const char *application, const char *device, HWND window,
                                    const char *title, const char *message, DWORD options )
{
    FIXME( "%s, %s, %s, %p, %s, %s, %#lx: stub\n", debugstr_a(computer), debugstr_a(application), debugstr_a(device), window,
           debugstr_a(title), debugstr_a(message), options );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

/***********************************************************************
 *             EjectDiskFromSADriveW  (ntmsapi.@)
 */
DWORD WINAPI EjectDiskFromSADriveW( const WCHAR *computer, const WCHAR *application, const WCHAR *device, HWND window,
                                    const WCHAR *title, const WCHAR *message, DWORD options )
{
    FIXME( "%s, %s, %s, %p, %s, %s, %#lx: stub\n", debugstr_w(computer), debugstr_w(application), debugstr_w(device), window,
           debugstr_w(title), debugstr_w(message), options );
    return ERROR_CALL_NOT_IMPLEMENTED;
}
