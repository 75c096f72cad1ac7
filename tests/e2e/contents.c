/*
 * What Removable Storage believes every library holds: contents.exe
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

/* One line for each drive, port and slot, counted from 1: "slot 3 000003L5", or "-" when it is empty.
 * A slot whose state contradicts the media in it has "?" or "!" before the bar code. */

#include <stdlib.h>
#include "demo.h"

#define MAX_LOCATIONS 16384

static struct location
{
    GUID  id;
    WCHAR bar_code[NTMS_BARCODE_LENGTH];
} locations[MAX_LOCATIONS];
static DWORD location_count;

static void read_media( const GUID *library )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD i, count;
    GUID *media = list_objects( library, NTMS_PHYSICAL_MEDIA, &count );

    if (count > MAX_LOCATIONS) fail( L"too many media", ERROR_NOT_SUPPORTED );
    for (i = 0; i < count; i++)
    {
        get_object( &media[i], NTMS_PHYSICAL_MEDIA, &info );
        locations[i].id = info.Info.PhysicalMedia.Location;
        lstrcpynW( locations[i].bar_code, info.Info.PhysicalMedia.szBarCode, NTMS_BARCODE_LENGTH );
    }
    location_count = count;
    free( media );
}

static const WCHAR *content( const GUID *location )
{
    DWORD i;

    for (i = 0; i < location_count; i++)
        if (IsEqualGUID( &locations[i].id, location )) return locations[i].bar_code;
    return L"-";
}

static void print_drives( const GUID *library, DWORD first )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD i, count;
    GUID *drives = list_objects( library, NTMS_DRIVE, &count );

    for (i = 0; i < count; i++)
    {
        get_object( &drives[i], NTMS_DRIVE, &info );
        say( L"drive %lu %ls\n", info.Info.Drive.Number - first + 1, content( &drives[i] ));
    }
    free( drives );
}

static void print_ports( const GUID *library, DWORD first )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD i, count;
    GUID *ports = list_objects( library, NTMS_IEPORT, &count );

    for (i = 0; i < count; i++)
    {
        get_object( &ports[i], NTMS_IEPORT, &info );
        say( L"port %lu %ls\n", info.Info.IEPort.Number - first + 1, content( &ports[i] ));
    }
    free( ports );
}

static void print_slots( const GUID *library, DWORD first )
{
    NTMS_OBJECTINFORMATIONW info;
    const WCHAR *text, *sign;
    DWORD i, count;
    GUID *slots = list_objects( library, NTMS_STORAGESLOT, &count );

    for (i = 0; i < count; i++)
    {
        get_object( &slots[i], NTMS_STORAGESLOT, &info );
        text = content( &slots[i] );
        sign = L"";
        if (info.Info.StorageSlot.State == NTMS_SLOTSTATE_FULL && !lstrcmpW( text, L"-" )) sign = L"?";
        if (info.Info.StorageSlot.State == NTMS_SLOTSTATE_EMPTY && lstrcmpW( text, L"-" )) sign = L"!";
        say( L"slot %lu %ls%ls\n", info.Info.StorageSlot.Number - first + 1, sign, text );
    }
    free( slots );
}

int wmain( int argc, WCHAR **argv )
{
    NTMS_OBJECTINFORMATIONW info;
    GUID library;

    open_session( L"contents" );
    find_library( &library, &info );
    read_media( &library );
    print_drives( &library, info.Info.Library.FirstDriveNumber );
    print_ports( &library, info.Info.Library.FirstPortNumber );
    print_slots( &library, info.Info.Library.FirstSlotNumber );
    close_session();
    return 0;
}
