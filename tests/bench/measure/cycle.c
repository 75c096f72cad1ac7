/*
 * Measuring the mount and dismount of a medium
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
#include "measure.h"

#define MOUNT_TIMEOUT 180000   /* ms */

static void find_medium( const WCHAR *bar_code, GUID *medium, GUID *side )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD i, count;
    GUID *list;

    list = list_objects( NULL, NTMS_PHYSICAL_MEDIA, &count );
    for (i = 0; i < count; i++)
    {
        get_object( &list[i], NTMS_PHYSICAL_MEDIA, &info );
        if (!lstrcmpW( info.Info.PhysicalMedia.szBarCode, bar_code )) break;
    }
    if (i == count) fail( bar_code, ERROR_INVALID_MEDIA );
    *medium = list[i];
    free( list );
    list = list_objects( medium, NTMS_PARTITION, &count );
    if (!count) fail( bar_code, ERROR_INVALID_MEDIA );
    *side = list[0];
    free( list );
}

/* as a medium that is used has a label, which each mount reads and compares */
static void make_free( const GUID *library, GUID *medium, const GUID *side )
{
    NTMS_OBJECTINFORMATIONW info;
    WCHAR name[NTMS_OBJECTNAME_LENGTH];
    GUID type, pool;

    find_media_type( library, &type, name );
    if (!find_system_pool( L"Free", name, &pool )) fail( L"looking for the free pool", ERROR_NOT_FOUND );
    check( MoveToNtmsMediaPool( session, medium, &pool ), L"MoveToNtmsMediaPool" );
    do
    {
        Sleep( 200 );
        get_object( side, NTMS_PARTITION, &info );
    } while (info.Info.Partition.State != NTMS_PARTSTATE_AVAILABLE);
}

static void wait_idle( const GUID *medium )
{
    NTMS_OBJECTINFORMATIONW info;

    for (;;)
    {
        get_object( medium, NTMS_PHYSICAL_MEDIA, &info );
        if (info.Info.PhysicalMedia.MediaState == NTMS_MEDIASTATE_IDLE) return;
        Sleep( 10 );
    }
}

/* the whole cycle, until the mount has returned, and from there until the medium is in its slot again */
void measure_cycle( int argc, WCHAR **argv )
{
    static GUID medium, side;
    NTMS_OBJECTINFORMATIONW info;
    UINT64 begin, mounted, end;
    GUID library, drive = { 0 };

    if (argc != 1) fail( L"cycle BARCODE", ERROR_INVALID_PARAMETER );
    if (!session)
    {
        open_session( L"Benchmark" );
        find_library( &library, &info );
        find_medium( argv[0], &medium, &side );
        make_free( &library, &medium, &side );
        wait_idle( &medium );
    }
    begin = now();
    check( MountNtmsMedia( session, &side, &drive, 1, NTMS_MOUNT_READ, NTMS_PRIORITY_NORMAL, MOUNT_TIMEOUT, NULL ),
           L"MountNtmsMedia" );
    mounted = now();
    check( DismountNtmsMedia( session, &side, 1, NTMS_DISMOUNT_IMMEDIATE ), L"DismountNtmsMedia" );
    wait_idle( &medium );
    end = now();
    say( L"%I64u %I64u %I64u\n", end - begin, mounted - begin, end - mounted );
}
