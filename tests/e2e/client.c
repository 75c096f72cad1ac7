/*
 * Single steps for the sandbox tests: client.exe COMMAND ...
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

#include <stdio.h>
#include <stdlib.h>
#include "demo.h"

#define WAIT_TIMEOUT_MS 180000
#define MAX_WAITERS 400

/* ------------------------------------------------------------------ helpers */

static void find_bar_code( const WCHAR *bar_code, GUID *medium, NTMS_OBJECTINFORMATIONW *info )
{
    DWORD i, count;
    GUID *media = list_objects( NULL, NTMS_PHYSICAL_MEDIA, &count );

    for (i = 0; i < count; i++)
    {
        get_object( &media[i], NTMS_PHYSICAL_MEDIA, info );
        if (!lstrcmpW( info->Info.PhysicalMedia.szBarCode, bar_code )) break;
    }
    if (i == count) fail( bar_code, ERROR_INVALID_MEDIA );
    *medium = media[i];
    free( media );
}

static void find_side( const WCHAR *bar_code, GUID *side, NTMS_OBJECTINFORMATIONW *info )
{
    GUID medium, *sides;
    DWORD count;

    find_bar_code( bar_code, &medium, info );
    sides = list_objects( &medium, NTMS_PARTITION, &count );
    if (!count) fail( bar_code, ERROR_INVALID_MEDIA );
    *side = sides[0];
    free( sides );
    get_object( side, NTMS_PARTITION, info );
}

static void open_ready_session(void)
{
    NTMS_OBJECTINFORMATIONW info;
    GUID library;

    open_session( L"sandbox test" );
    find_library( &library, &info );
}

static DWORD mount_side( GUID *side, DWORD options, DWORD timeout, GUID *drive )
{
    return MountNtmsMedia( session, side, drive, 1, options, NTMS_PRIORITY_NORMAL, timeout, NULL );
}

static void mount_or_fail( const WCHAR *bar_code, GUID *side )
{
    NTMS_OBJECTINFORMATIONW info;
    GUID drive;

    find_side( bar_code, side, &info );
    check( mount_side( side, NTMS_MOUNT_READ, WAIT_TIMEOUT_MS, &drive ), L"MountNtmsMedia" );
    get_object( &drive, NTMS_DRIVE, &info );
    say( L"mounted %ls\n", info.Info.Drive.szDeviceName );
}

/* ------------------------------------------------------------------ commands */

/* libraries: their names, types and number of media */
static void do_libraries( WCHAR **argv )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD i, count;
    GUID *libraries;

    open_session( L"sandbox test" );
    libraries = list_objects( NULL, NTMS_LIBRARY, &count );
    for (i = 0; i < count; i++)
    {
        get_object( &libraries[i], NTMS_LIBRARY, &info );
        say( L"type %lu drives %lu media %lu name %ls\n", info.Info.Library.LibraryType, info.Info.Library.dwNumberOfDrives,
             info.Info.Library.dwNumberOfMedia, info.szName );
    }
    close_session();
}

/* side BARCODE: its pool, state and label */
static void do_side( WCHAR **argv )
{
    NTMS_OBJECTINFORMATIONW info, other;
    GUID side;

    open_ready_session();
    find_side( argv[0], &side, &info );
    get_object( &info.Info.Partition.PhysicalMedia, NTMS_PHYSICAL_MEDIA, &other );
    get_object( &other.Info.PhysicalMedia.MediaPool, NTMS_MEDIA_POOL, &other );
    get_object( &other.Info.MediaPool.Parent, NTMS_MEDIA_POOL, &other );
    say( L"pool %ls state %lu label %ls|%ls\n", other.szName, info.Info.Partition.State, info.Info.Partition.szOmidLabelType,
         info.Info.Partition.szOmidLabelInfo );
    close_session();
}

/* free BARCODE...: ask for free labels and leave */
static void do_free( WCHAR **argv )
{
    WCHAR type[NTMS_OBJECTNAME_LENGTH];
    NTMS_OBJECTINFORMATIONW info;
    GUID library, media_type, pool, medium;

    open_session( L"sandbox test" );
    find_library( &library, &info );
    find_media_type( &library, &media_type, type );
    if (!find_system_pool( L"Free", type, &pool )) fail( L"Free", ERROR_NOT_FOUND );
    for (; *argv; argv++)
    {
        find_bar_code( *argv, &medium, &info );
        check( MoveToNtmsMediaPool( session, &medium, &pool ), L"MoveToNtmsMediaPool" );
    }
    close_session();
}

/* mount BARCODE: mount and dismount */
static void do_mount( WCHAR **argv )
{
    GUID side;

    open_ready_session();
    mount_or_fail( argv[0], &side );
    check( DismountNtmsMedia( session, &side, 1, NTMS_DISMOUNT_IMMEDIATE ), L"DismountNtmsMedia" );
    close_session();
}

/* hold BARCODE: mount and keep it until somebody kills us */
static void do_hold( WCHAR **argv )
{
    GUID side;

    open_ready_session();
    mount_or_fail( argv[0], &side );
    Sleep( INFINITE );
}

struct waiter
{
    HANDLE session;
    HANDLE thread;
    GUID   side;
    DWORD  result;
};

static DWORD CALLBACK waiter_thread( void *arg )
{
    struct waiter *waiter = arg;
    GUID drive = { 0 };

    waiter->result = MountNtmsMedia( waiter->session, &waiter->side, &drive, 1, NTMS_MOUNT_READ, NTMS_PRIORITY_NORMAL, INFINITE, NULL );
    return 0;
}

static void start_waiter( struct waiter *waiter, const GUID *side )
{
    waiter->session = OpenNtmsSessionW( NULL, L"waiter", 0 );
    if (!waiter->session || waiter->session == INVALID_HANDLE_VALUE) fail( L"OpenNtmsSession", GetLastError() );
    waiter->side = *side;
    waiter->result = ~0u;
    if (!(waiter->thread = CreateThread( NULL, 0x10000, waiter_thread, waiter, 0, NULL ))) fail( L"CreateThread", GetLastError() );
}

/* closes the sessions of those who wait: each must be told that it was cancelled */
static void end_waiters( struct waiter *waiters, DWORD count )
{
    ULONGLONG start = GetTickCount64();
    DWORD i;

    for (i = 0; i < count; i++) check( CloseNtmsSession( waiters[i].session ), L"CloseNtmsSession" );
    for (i = 0; i < count; i++)
    {
        if (WaitForSingleObject( waiters[i].thread, 30000 )) fail( L"a waiter after CloseNtmsSession", ERROR_TIMEOUT );
        if (waiters[i].result != ERROR_CANCELLED) fail( L"a waiter that should be cancelled", waiters[i].result );
    }
    say( L"cancelled %lu waiters in %lu ms\n", count, (DWORD)(GetTickCount64() - start) );
}

/* waiters BARCODE COUNT: one session has the medium, COUNT others wait for it, then close */
static void do_waiters( WCHAR **argv )
{
    static struct waiter waiters[MAX_WAITERS];
    DWORD i, count = min( _wtoi( argv[1] ), MAX_WAITERS );
    GUID side;

    open_ready_session();
    mount_or_fail( argv[0], &side );
    for (i = 0; i < count; i++) start_waiter( &waiters[i], &side );
    Sleep( 3000 );
    for (i = 0; i < count; i++)
        if (waiters[i].result != ~0u) fail( L"a waiter that should wait", waiters[i].result );
    say( L"waiting %lu\n", count );
    Sleep( 1000 );
    end_waiters( waiters, count );
    check( DismountNtmsMedia( session, &side, 1, NTMS_DISMOUNT_IMMEDIATE ), L"DismountNtmsMedia" );
    close_session();
}

/* session: open and close one */
static void do_session( WCHAR **argv )
{
    open_session( L"sandbox test" );
    close_session();
}

static const struct
{
    const WCHAR *name;
    int          args;      /* at least */
    void       (*function)( WCHAR **argv );
} commands[] =
{
    { L"libraries", 0, do_libraries },
    { L"side",      1, do_side },
    { L"free",      1, do_free },
    { L"mount",     1, do_mount },
    { L"hold",      1, do_hold },
    { L"waiters",   2, do_waiters },
    { L"session",   0, do_session },
};

int wmain( int argc, WCHAR **argv )
{
    DWORD i;

    for (i = 0; i < ARRAYSIZE(commands) && argc > 1; i++)
    {
        if (lstrcmpW( argv[1], commands[i].name ) || argc - 2 < commands[i].args) continue;
        commands[i].function( argv + 2 );
        return 0;
    }
    say( L"usage: client.exe libraries | side BARCODE | free BARCODE... | mount BARCODE | hold BARCODE | waiters BARCODE COUNT | session\n" );
    return 2;
}
