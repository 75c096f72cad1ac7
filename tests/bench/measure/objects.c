/*
 * Times of the functions on objects, and of empty calls
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
#include "measure.h"

#define MAX_MEDIA   200000
#define MAX_THREADS 200

static GUID media_type, pools[2];
static GUID *media;
static DWORD media_count;

static void open_pool( const WCHAR *name, GUID *id )
{
    check( CreateNtmsMediaPoolW( session, name, &media_type, NTMS_OPEN_ALWAYS, NULL, id ), L"CreateNtmsMediaPool" );
}

/* pools: makes those that fill.c puts media into */
void measure_pools( int argc, WCHAR **argv )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD count, i;
    GUID *types;

    open_session( L"Benchmark" );
    types = list_objects( NULL, NTMS_MEDIA_TYPE, &count );
    for (i = 0; i < count; i++)
    {
        get_object( &types[i], NTMS_MEDIA_TYPE, &info );
        if (info.Info.MediaType.MediaType == 0x56) media_type = types[i];
    }
    free( types );
    open_pool( L"Bench A", &pools[0] );
    open_pool( L"Bench B", &pools[1] );
    say( L"0\n" );
}

static void list_media(void)
{
    media_count = MAX_MEDIA;
    if (!media && !(media = malloc( MAX_MEDIA * sizeof(*media) ))) fail( L"malloc", ERROR_NOT_ENOUGH_MEMORY );
    check( EnumerateNtmsObject( session, NULL, media, &media_count, NTMS_PHYSICAL_MEDIA, 0 ), L"EnumerateNtmsObject" );
    if (!media_count) fail( L"no media", ERROR_NO_MORE_ITEMS );
}

/* enumerate: all media in one call; and how many */
void measure_enumerate( int argc, WCHAR **argv )
{
    UINT64 begin = now();

    list_media();
    say( L"%I64u %lu\n", now() - begin, media_count );
}

/* empty N */
void measure_empty( int argc, WCHAR **argv )
{
    DWORD i, count = argc ? wcstoul( argv[0], NULL, 10 ) : 1;
    UINT64 begin;

    open_empty_service();
    begin = now();
    for (i = 0; i < count; i++) check( call_empty_service(), L"calling the empty service" );
    say( L"%I64u\n", now() - begin );
}

static void read_medium( DWORD n )
{
    NTMS_OBJECTINFORMATIONW info;

    memset( &info, 0, sizeof(info) );
    info.dwSize = sizeof(info);
    info.dwType = NTMS_PHYSICAL_MEDIA;
    check( GetNtmsObjectInformationW( session, &media[n % media_count], &info ), L"GetNtmsObjectInformation" );
}

/* info N */
void measure_info( int argc, WCHAR **argv )
{
    DWORD i, count = argc ? wcstoul( argv[0], NULL, 10 ) : 1;
    UINT64 begin;

    if (!media_count) list_media();
    begin = now();
    for (i = 0; i < count; i++) read_medium( i * 7919 );
    say( L"%I64u\n", now() - begin );
}

/* backup: all media, one after the other, as a program does that looks for its own; and how many */
void measure_backup( int argc, WCHAR **argv )
{
    UINT64 begin = now();
    DWORD i;

    list_media();
    for (i = 0; i < media_count; i++) read_medium( i );
    say( L"%I64u %lu\n", now() - begin, media_count );
}

/* changes N: an allocation, a move and a deallocation, each N times */
void measure_changes( int argc, WCHAR **argv )
{
    DWORD i, count = argc ? wcstoul( argv[0], NULL, 10 ) : 1;
    NTMS_ALLOCATION_INFORMATION source = { sizeof(source) };
    UINT64 begin, allocate = 0, move = 0, deallocate = 0;
    GUID logical;

    if (!media_count) list_media();
    for (i = 0; i < count; i++)
    {
        begin = now();
        check( AllocateNtmsMedia( session, &pools[0], NULL, &logical, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, INFINITE, &source ),
               L"AllocateNtmsMedia" );
        allocate += now() - begin;
        begin = now();
        check( DeallocateNtmsMedia( session, &logical, 0 ), L"DeallocateNtmsMedia" );
        deallocate += now() - begin;
        begin = now();
        check( MoveToNtmsMediaPool( session, &media[media_count - 1], &pools[1] ), L"MoveToNtmsMediaPool" );
        move += now() - begin;
        check( MoveToNtmsMediaPool( session, &media[media_count - 1], &pools[0] ), L"MoveToNtmsMediaPool" );
    }
    say( L"%I64u %I64u %I64u\n", allocate, move, deallocate );
}

/* ------------------------------------------------------------------ many sessions */

struct worker
{
    DWORD  calls;
    UINT64 longest;
    DWORD  error;
};

static struct worker workers[MAX_THREADS];
static volatile LONG ready, begin_all, stop;

/* reads, and changes something with every eighth call */
static DWORD WINAPI work( void *arg )
{
    HANDLE own = OpenNtmsSessionW( NULL, L"Benchmark", 0 );
    struct worker *worker = arg;
    NTMS_OBJECTINFORMATIONW info;
    GUID *id = &media[(worker - workers) % media_count];
    UINT64 begin, took;

    if (own == INVALID_HANDLE_VALUE) worker->error = GetLastError();
    InterlockedIncrement( &ready );
    while (!begin_all) Sleep( 10 );
    while (!stop && !worker->error)
    {
        begin = now();
        memset( &info, 0, sizeof(info) );
        info.dwSize = sizeof(info);
        info.dwType = NTMS_PHYSICAL_MEDIA;
        if (worker->calls % 8 == 7)
            worker->error = SetNtmsObjectAttributeW( own, id, NTMS_PHYSICAL_MEDIA, L"count", worker, sizeof(*worker) );
        else
            worker->error = GetNtmsObjectInformationW( own, id, &info );
        took = now() - begin;
        if (took > worker->longest) worker->longest = took;
        worker->calls++;
    }
    CloseNtmsSession( own );
    return 0;
}

/* sessions N MS: when all are open, of the calls of all sessions the sum, the fewest of one session, the most, and the longest call */
void measure_sessions( int argc, WCHAR **argv )
{
    DWORD i, count = argc ? min( wcstoul( argv[0], NULL, 10 ), MAX_THREADS ) : 1, sum = 0, fewest = ~0u, most = 0;
    HANDLE threads[MAX_THREADS];
    UINT64 longest = 0;

    if (!media_count) list_media();
    memset( workers, 0, sizeof(workers) );
    ready = begin_all = stop = 0;
    for (i = 0; i < count; i++) threads[i] = CreateThread( NULL, 0, work, &workers[i], 0, NULL );
    while (ready < (LONG)count) Sleep( 10 );
    begin_all = 1;
    Sleep( argc > 1 ? wcstoul( argv[1], NULL, 10 ) : 1000 );
    stop = 1;
    for (i = 0; i < count; i++)
    {
        WaitForSingleObject( threads[i], INFINITE );
        check( workers[i].error, L"a session" );
        sum += workers[i].calls;
        if (workers[i].calls < fewest) fewest = workers[i].calls;
        if (workers[i].calls > most) most = workers[i].calls;
        if (workers[i].longest > longest) longest = workers[i].longest;
    }
    say( L"%lu %lu %lu %I64u\n", sum, fewest, most, longest );
}
