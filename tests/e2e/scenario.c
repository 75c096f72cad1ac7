/*
 * A session for the fault tests: scenario.exe COMMAND [ARGUMENT...] [COMMAND...]
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

/* The commands are done one after another in one session.  Each says its result in a line that is always the same for the
 * same result.  Media are named by bar code, or by slot as in "@3"; several of them with commas between. */

#include <stdio.h>
#include <stdlib.h>
#include "demo.h"

#define MAX_MEDIA 8

static HANDLE tape = INVALID_HANDLE_VALUE;

/* ------------------------------------------------------------------ helpers */

static BOOL is_named( const NTMS_OBJECTINFORMATIONW *medium, const WCHAR *name )
{
    WCHAR location[64], wanted[64];

    if (name[0] != '@') return !lstrcmpW( medium->Info.PhysicalMedia.szBarCode, name );
    location_name( medium, location );
    wsprintfW( wanted, L"slot %d", _wtoi( name + 1 ) );
    return !lstrcmpW( location, wanted );
}

static void find_medium( const WCHAR *name, GUID *medium )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD i, count;
    GUID *media = list_objects( NULL, NTMS_PHYSICAL_MEDIA, &count );

    for (i = 0; i < count; i++)
    {
        get_object( &media[i], NTMS_PHYSICAL_MEDIA, &info );
        if (is_named( &info, name )) break;
    }
    if (i == count) fail( name, ERROR_INVALID_MEDIA );
    *medium = media[i];
    free( media );
}

static void find_drive( DWORD number, GUID *drive )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD i, count;
    GUID *drives = list_objects( NULL, NTMS_DRIVE, &count );

    for (i = 0; i < count; i++)
    {
        get_object( &drives[i], NTMS_DRIVE, &info );
        if (info.Info.Drive.Number == number) break;
    }
    if (i == count) fail( L"looking for a drive", ERROR_INVALID_DRIVE );
    *drive = drives[i];
    free( drives );
}

/* the first sides of media with commas between */
static DWORD find_sides( const WCHAR *names, GUID sides[MAX_MEDIA] )
{
    WCHAR buffer[256], *name, *next = NULL;
    DWORD count = 0, side_count;
    GUID medium, *list;

    lstrcpynW( buffer, names, ARRAYSIZE(buffer) );
    for (name = wcstok_s( buffer, L",", &next ); name && count < MAX_MEDIA; name = wcstok_s( NULL, L",", &next ))
    {
        find_medium( name, &medium );
        list = list_objects( &medium, NTMS_PARTITION, &side_count );
        if (!side_count) fail( name, ERROR_INVALID_MEDIA );
        sides[count++] = list[0];
        free( list );
    }
    return count;
}

/* ------------------------------------------------------------------ commands */

/* mount MEDIA OPTIONS TIMEOUT DRIVE: a drive is needed for NTMS_MOUNT_SPECIFIC_DRIVE only, "-" is none */
static void do_mount( WCHAR **argv )
{
    GUID sides[MAX_MEDIA], drives[MAX_MEDIA] = { { 0 } };
    DWORD i, error, count = find_sides( argv[0], sides );
    NTMS_OBJECTINFORMATIONW info;

    if (lstrcmpW( argv[3], L"-" )) find_drive( _wtoi( argv[3] ), &drives[0] );
    error = MountNtmsMedia( session, sides, drives, count, wcstoul( argv[1], NULL, 0 ), NTMS_PRIORITY_NORMAL,
                            wcstoul( argv[2], NULL, 0 ), NULL );
    say( L"mount %ls: %lu", argv[0], error );
    for (i = 0; i < count && !error; i++)
    {
        get_object( &drives[i], NTMS_DRIVE, &info );
        say( L" drive %lu", info.Info.Drive.Number );
    }
    say( L"\n" );
}

/* dismount MEDIA OPTIONS */
static void do_dismount( WCHAR **argv )
{
    GUID sides[MAX_MEDIA];
    DWORD count = find_sides( argv[0], sides );

    say( L"dismount %ls: %lu\n", argv[0], DismountNtmsMedia( session, sides, count, wcstoul( argv[1], NULL, 0 ) ));
}

/* free MEDIUM: ask for a free label */
static void do_free( WCHAR **argv )
{
    NTMS_OBJECTINFORMATIONW info;
    GUID medium, pool;

    find_medium( argv[0], &medium );
    get_object( &medium, NTMS_PHYSICAL_MEDIA, &info );
    get_object( &info.Info.PhysicalMedia.MediaType, NTMS_MEDIA_TYPE, &info );
    if (!find_system_pool( L"Free", info.szName, &pool )) fail( L"Free", ERROR_NOT_FOUND );
    say( L"free %ls: %lu\n", argv[0], MoveToNtmsMediaPool( session, &medium, &pool ));
}

/* open NUMBER: as any program may, without a mount */
static void do_open( WCHAR **argv )
{
    WCHAR name[64];
    DWORD error = ERROR_SUCCESS;

    wsprintfW( name, L"\\\\.\\Tape%d", _wtoi( argv[0] ) );
    tape = CreateFileW( name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL );
    if (tape == INVALID_HANDLE_VALUE) error = GetLastError();
    else GetTapeStatus( tape );
    say( L"open %ls: %lu\n", argv[0], error );
}

static void do_close( WCHAR **argv )
{
    CloseHandle( tape );
    say( L"close\n" );
}

static void do_unload( WCHAR **argv )
{
    say( L"unload: %lu\n", PrepareTape( tape, TAPE_UNLOAD, FALSE ));
}

/* write TEXT: as the only record of the tape */
static void do_write( WCHAR **argv )
{
    DWORD size, error;

    if (!(error = SetTapePosition( tape, TAPE_REWIND, 0, 0, 0, FALSE ))
        && !WriteFile( tape, argv[0], (lstrlenW( argv[0] ) + 1) * sizeof(WCHAR), &size, NULL ))
        error = GetLastError();
    say( L"write %ls: %lu\n", argv[0], error );
}

/* read: the first record */
static void do_read( WCHAR **argv )
{
    WCHAR text[512] = { 0 };
    DWORD size, error;

    if (!(error = SetTapePosition( tape, TAPE_REWIND, 0, 0, 0, FALSE ))
        && !ReadFile( tape, text, sizeof(text) - sizeof(WCHAR), &size, NULL ))
        error = GetLastError();
    say( L"read: %lu %ls\n", error, text );
}

/* show: where the media are */
static void do_show( WCHAR **argv )
{
    NTMS_OBJECTINFORMATIONW info;
    WCHAR location[64];
    DWORD i, count;
    GUID *media = list_objects( NULL, NTMS_PHYSICAL_MEDIA, &count );

    for (i = 0; i < count; i++)
    {
        get_object( &media[i], NTMS_PHYSICAL_MEDIA, &info );
        location_name( &info, location );
        say( L"medium %ls %ls\n", location, info.Info.PhysicalMedia.szBarCode[0] ? info.Info.PhysicalMedia.szBarCode : L"-" );
    }
    free( media );
}

static void do_sleep( WCHAR **argv )
{
    Sleep( _wtoi( argv[0] ) );
}

/* ask TEXT: whoever reads our output does what it says, and answers with a line */
static void do_ask( WCHAR **argv )
{
    char answer[16];

    say( L"ask %ls\n", argv[0] );
    if (!fgets( answer, sizeof(answer), stdin )) fail( L"ask", ERROR_HANDLE_EOF );
}

static const struct
{
    const WCHAR *name;
    int          args;
    void       (*function)( WCHAR **argv );
} commands[] =
{
    { L"mount",    4, do_mount },
    { L"dismount", 2, do_dismount },
    { L"free",     1, do_free },
    { L"open",     1, do_open },
    { L"close",    0, do_close },
    { L"unload",   0, do_unload },
    { L"write",    1, do_write },
    { L"read",     0, do_read },
    { L"show",     0, do_show },
    { L"sleep",    1, do_sleep },
    { L"ask",      1, do_ask },
};

int wmain( int argc, WCHAR **argv )
{
    NTMS_OBJECTINFORMATIONW info;
    GUID library;
    int i, arg;

    open_session( L"scenario" );
    find_library( &library, &info );
    for (arg = 1; arg < argc; arg += 1 + commands[i].args)
    {
        for (i = 0; i < (int)ARRAYSIZE(commands); i++)
            if (!lstrcmpW( argv[arg], commands[i].name ) && arg + commands[i].args < argc) break;
        if (i == (int)ARRAYSIZE(commands)) fail( argv[arg], ERROR_BAD_COMMAND );
        commands[i].function( argv + arg + 1 );
    }
    close_session();
    return 0;
}
