/*
 * The demonstration programs: finding things in Removable Storage
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
#include "demo.h"

#define INVENTORY_TIMEOUT 120000  /* ms */

HANDLE session;

void open_session( const WCHAR *application )
{
    session = OpenNtmsSessionW( NULL, application, 0 );
    if (!session || session == INVALID_HANDLE_VALUE) fail( L"OpenNtmsSession", GetLastError() );
}

void close_session(void)
{
    check( CloseNtmsSession( session ), L"CloseNtmsSession" );
}

/* The number of objects may grow between two calls. */
GUID *list_objects( const GUID *container, DWORD type, DWORD *count )
{
    DWORD error, size = 64;
    GUID *list = NULL;

    do
    {
        if (!(list = realloc( list, size * sizeof(*list) ))) fail( L"realloc", ERROR_NOT_ENOUGH_MEMORY );
        *count = size;
        error = EnumerateNtmsObject( session, (GUID *)container, list, count, type, NTMS_ENUM_DEFAULT );
        size = *count;
    } while (error == ERROR_INSUFFICIENT_BUFFER);
    check( error, L"EnumerateNtmsObject" );
    return list;
}

void get_object( const GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *info )
{
    info->dwSize = sizeof(*info);
    info->dwType = type;
    check( GetNtmsObjectInformationW( session, (GUID *)id, info ), L"GetNtmsObjectInformation" );
}

BOOL find_pool( const GUID *parent, const WCHAR *name, GUID *id )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD i, count;
    GUID *pools = list_objects( parent, NTMS_MEDIA_POOL, &count );
    BOOL found = FALSE;

    for (i = 0; i < count && !found; i++)
    {
        get_object( &pools[i], NTMS_MEDIA_POOL, &info );
        if (!(found = !lstrcmpiW( info.szName, name ))) continue;
        *id = pools[i];
    }
    free( pools );
    return found;
}

BOOL find_system_pool( const WCHAR *name, const WCHAR *media_type, GUID *id )
{
    GUID parent;

    return find_pool( NULL, name, &parent ) && find_pool( &parent, media_type, id );
}

static BOOL find_changer_library( GUID *id, NTMS_OBJECTINFORMATIONW *info )
{
    DWORD i, count;
    GUID *libraries = list_objects( NULL, NTMS_LIBRARY, &count );
    BOOL found = FALSE;

    for (i = 0; i < count && !found; i++)
    {
        get_object( &libraries[i], NTMS_LIBRARY, info );
        if (info->Info.Library.LibraryType != NTMS_LIBRARYTYPE_ONLINE) continue;
        if (info->dwOperationalState == NTMS_NOT_PRESENT || !info->Info.Library.dwNumberOfChangers) continue;
        *id = libraries[i];
        found = TRUE;
    }
    free( libraries );
    return found;
}

static BOOL inventory_done( const GUID *library, const NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_OBJECTINFORMATIONW request;
    DWORD i, count;
    GUID *requests;
    BOOL done = TRUE;

    if (info->dwOperationalState == NTMS_INITIALIZING) return FALSE;
    requests = list_objects( library, NTMS_LIBREQUEST, &count );
    for (i = 0; i < count && done; i++)
    {
        request.dwSize = sizeof(request);
        request.dwType = NTMS_LIBREQUEST;
        if (GetNtmsObjectInformationW( session, &requests[i], &request )) continue;  /* it has ended */
        done = request.Info.LibRequest.OperationCode != NTMS_LM_INVENTORY ||
               (request.Info.LibRequest.State != NTMS_LM_QUEUED && request.Info.LibRequest.State != NTMS_LM_INPROCESS);
    }
    free( requests );
    return done;
}

void find_library( GUID *id, NTMS_OBJECTINFORMATIONW *info )
{
    ULONGLONG end = GetTickCount64() + INVENTORY_TIMEOUT;

    while (!find_changer_library( id, info ) || !inventory_done( id, info ))
    {
        if (GetTickCount64() > end) fail( L"waiting for an online library and its inventory", ERROR_TIMEOUT );
        Sleep( 500 );
    }
}

void find_media_type( const GUID *library, GUID *id, WCHAR name[NTMS_OBJECTNAME_LENGTH] )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD i, count;
    GUID *types = list_objects( library, NTMS_MEDIA_TYPE, &count );

    for (i = 0; i < count; i++)
    {
        get_object( &types[i], NTMS_MEDIA_TYPE, &info );
        if (info.Info.MediaType.DeviceType != FILE_DEVICE_TAPE || info.Info.MediaType.MediaType == CLEANER_CARTRIDGE) continue;
        if (info.Info.MediaType.ReadWriteCharacteristics != NTMS_MEDIARW_READONLY) break;
    }
    if (i == count) fail( L"looking for a media type of the library", ERROR_NOT_FOUND );
    *id = types[i];
    lstrcpynW( name, info.szName, NTMS_OBJECTNAME_LENGTH );
    free( types );
}

void location_name( const NTMS_OBJECTINFORMATIONW *medium, WCHAR name[64] )
{
    const NTMS_PMIDINFORMATIONW *media = &medium->Info.PhysicalMedia;
    NTMS_OBJECTINFORMATIONW info;

    switch (media->LocationType)
    {
    case NTMS_STORAGESLOT:
        get_object( &media->Location, NTMS_STORAGESLOT, &info );
        wsprintfW( name, L"slot %lu", info.Info.StorageSlot.Number );
        break;
    case NTMS_DRIVE:
        get_object( &media->Location, NTMS_DRIVE, &info );
        wsprintfW( name, L"drive %lu", info.Info.Drive.Number );
        break;
    case NTMS_IEPORT:
        get_object( &media->Location, NTMS_IEPORT, &info );
        wsprintfW( name, L"port %lu", info.Info.IEPort.Number );
        break;
    default:
        lstrcpyW( name, L"off line" );
    }
}
