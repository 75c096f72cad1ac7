/*
 * Many sessions that mount and dismount at random, for runs in which other things go wrong too
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

/* stress THREADS SECONDS SEED: says what the calls returned, one line per function and result.  Results that a correct
 * service never gives, whatever is killed meanwhile, make it end with 1. */

#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <ntmsapi.h>
#include <stdio.h>
#include <stdlib.h>

#define MAX_THREADS 64
#define MAX_MEDIA   256

static GUID sides[MAX_MEDIA];
static DWORD side_count;
static DWORD end_time;
static volatile LONG wrong;

static struct { const char *name; DWORD result; LONG count; } results[64];
static CRITICAL_SECTION results_cs;

static void count_result( const char *name, DWORD result, BOOL allowed )
{
    DWORD i;

    EnterCriticalSection( &results_cs );
    for (i = 0; i < ARRAYSIZE(results) - 1 && results[i].name; i++)
        if (!strcmp( results[i].name, name ) && results[i].result == result) break;
    results[i].name = name;
    results[i].result = result;
    results[i].count++;
    LeaveCriticalSection( &results_cs );
    if (!allowed) InterlockedIncrement( &wrong );
}

static unsigned int next_random( unsigned int *state )
{
    *state = *state * 1103515245 + 12345;
    return *state >> 16;
}

static BOOL time_is_over(void)
{
    return (int)(GetTickCount() - end_time) >= 0;
}

static HANDLE open_session(void)
{
    HANDLE session = OpenNtmsSessionW( NULL, L"stress", 0 );
    DWORD error = session == INVALID_HANDLE_VALUE ? GetLastError() : ERROR_SUCCESS;

    count_result( "OpenNtmsSession", error, !error || error == ERROR_NOT_CONNECTED || error == ERROR_NOT_READY );
    return error ? NULL : session;
}

static void close_session( HANDLE session )
{
    DWORD error = CloseNtmsSession( session );

    count_result( "CloseNtmsSession", error, !error || error == ERROR_CONNECTION_UNAVAIL );
}

/* Who waits for ever while he has something that others wait for may do so indeed. */
static DWORD mount( HANDLE session, GUID *side, BOOL holding, unsigned int *state )
{
    static const DWORD timeouts[] = { 50, 500, 3000, INFINITE };
    DWORD error, options = NTMS_MOUNT_READ;
    GUID drive = { 0 };

    if (!(next_random( state ) % 8)) options |= NTMS_MOUNT_ERROR_NOT_AVAILABLE;
    error = MountNtmsMedia( session, side, &drive, 1, options, (int)(next_random( state ) % 31) - 15,
                            timeouts[next_random( state ) % (ARRAYSIZE(timeouts) - holding)], NULL );
    count_result( "MountNtmsMedia", error, !error || error == ERROR_TIMEOUT || error == ERROR_BUSY ||
                  error == ERROR_CANCELLED || error == ERROR_NOT_CONNECTED );
    return error;
}

/* one of: dismount at once, later, or leave it to the end of the session */
static BOOL give_back( HANDLE session, GUID *side, unsigned int *state )
{
    DWORD error, how = next_random( state ) % 4;

    if (!how) return FALSE;
    error = DismountNtmsMedia( session, side, 1, how == 1 ? NTMS_DISMOUNT_DEFERRED : NTMS_DISMOUNT_IMMEDIATE );
    count_result( "DismountNtmsMedia", error, !error || error == ERROR_NOT_CONNECTED );
    return !error;
}

static DWORD WINAPI stress_thread( void *arg )
{
    unsigned int state = (UINT_PTR)arg, rounds;
    HANDLE session;
    BOOL holding;

    while (!time_is_over())
    {
        if (!(session = open_session()))
        {
            Sleep( 100 );
            continue;
        }
        holding = FALSE;
        for (rounds = next_random( &state ) % 6; rounds && !time_is_over(); rounds--)
        {
            GUID *side = &sides[next_random( &state ) % side_count];

            if (mount( session, side, holding, &state )) continue;
            Sleep( next_random( &state ) % 20 );
            if (!give_back( session, side, &state )) holding = TRUE;
        }
        close_session( session );
    }
    return 0;
}

static BOOL find_sides(void)
{
    HANDLE session = OpenNtmsSessionW( NULL, L"stress", 0 );
    DWORD error = ERROR_NOT_CONNECTED;

    side_count = MAX_MEDIA;
    if (session != INVALID_HANDLE_VALUE)
    {
        error = EnumerateNtmsObject( session, NULL, sides, &side_count, NTMS_PARTITION, 0 );
        CloseNtmsSession( session );
    }
    if (error || !side_count) printf( "no media, error %lu\n", error );
    return !error && side_count;
}

int main( int argc, char **argv )
{
    HANDLE threads[MAX_THREADS];
    DWORD i, count;

    if (argc < 4 || !(count = min( atoi( argv[1] ), MAX_THREADS )))
    {
        printf( "usage: stress THREADS SECONDS SEED\n" );
        return 2;
    }
    InitializeCriticalSection( &results_cs );
    if (!find_sides()) return 1;
    end_time = GetTickCount() + atoi( argv[2] ) * 1000;
    for (i = 0; i < count; i++)
        threads[i] = CreateThread( NULL, 0, stress_thread, (void *)(UINT_PTR)(atoi( argv[3] ) + i * 7919), 0, NULL );
    for (i = 0; i < count; i++)
    {
        if (WaitForSingleObject( threads[i], 45000 + atoi( argv[2] ) * 1000 ) == WAIT_OBJECT_0) continue;
        printf( "thread %lu hangs\n", i );
        wrong++;
    }
    for (i = 0; i < ARRAYSIZE(results) && results[i].name; i++)
        printf( "%s: %lu, %ld times\n", results[i].name, results[i].result, results[i].count );
    printf( "%ld wrong\n", wrong );
    return wrong != 0;
}
