/*
 * Every function while the service is killed, and many calls that wait
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

/* calls ROUNDS WAITERS: says "kill" when somebody is to kill the service, and goes on after a line of input.
 *
 * In each round there is a thread for every function, which calls it again and again on a session of its own until the
 * service is killed.  Then each must have got a result that is documented, in time, and be able to begin again.
 *
 * Then so many threads wait on one session, while others go on unharmed: until it is closed, and until the service is
 * killed. */

#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <ntmsapi.h>
#include <stdio.h>
#include <stdlib.h>

#define MAX_WAITERS   2000
#define KILL_TIME     20000  /* ms in which every call must have returned after the service was killed */
#define HARMLESS_TIME 3000   /* ms that a call on another session may take while others wait */

static GUID computer, library, media_type, pool, empty_pool, no_object = { 0x12345678 };
static int failures;

static void fail( const char *what, DWORD result )
{
    printf( "FAILED: %s: %lu\n", what, result );
    InterlockedIncrement( (LONG *)&failures );
}

static HANDLE open_session(void)
{
    HANDLE session = OpenNtmsSessionW( NULL, L"calls", 0 );

    if (session == INVALID_HANDLE_VALUE) fail( "OpenNtmsSession", GetLastError() );
    return session;
}

/* ------------------------------------------------------------------ the functions */

#define CALL( name, expression ) static DWORD call_##name( HANDLE session ) { return expression; }

static DWORD call_EnumerateNtmsObject( HANDLE session )
{
    GUID list[16];
    DWORD count = ARRAYSIZE(list);

    return EnumerateNtmsObject( session, NULL, list, &count, NTMS_LIBRARY, 0 );
}

static DWORD call_GetNtmsObjectInformation( HANDLE session )
{
    NTMS_OBJECTINFORMATIONW info = { sizeof(info), NTMS_MEDIA_POOL };

    return GetNtmsObjectInformationW( session, &pool, &info );
}

static DWORD call_SetNtmsObjectInformation( HANDLE session )
{
    NTMS_OBJECTINFORMATIONW info = { sizeof(info), NTMS_MEDIA_POOL };
    DWORD error;

    if ((error = GetNtmsObjectInformationW( session, &pool, &info ))) return error;
    wsprintfW( info.szDescription, L"%lu", GetTickCount() );
    return SetNtmsObjectInformationW( session, &pool, &info );
}

static DWORD call_CreateNtmsMediaPool( HANDLE session )
{
    WCHAR name[64];
    GUID id;
    DWORD error;

    wsprintfW( name, L"calls %lu %lu", GetCurrentProcessId(), GetTickCount() );
    if ((error = CreateNtmsMediaPoolW( session, name, NULL, NTMS_OPEN_ALWAYS, NULL, &id ))) return error;
    return DeleteNtmsMediaPool( session, &id );
}

static DWORD call_GetNtmsMediaPoolName( HANDLE session )
{
    WCHAR name[NTMS_POOLHIERARCHY_LENGTH];
    DWORD size = ARRAYSIZE(name);

    return GetNtmsMediaPoolNameW( session, &pool, name, &size );
}

static DWORD call_CreateNtmsMedia( HANDLE session )
{
    NTMS_OBJECTINFORMATIONW media = { sizeof(media), NTMS_PHYSICAL_MEDIA }, side = { sizeof(side), NTMS_PARTITION };
    DWORD error;

    media.Info.PhysicalMedia.MediaPool = empty_pool;
    media.Info.PhysicalMedia.dwNumberOfPartitions = 1;
    side.Info.Partition.State = NTMS_PARTSTATE_COMPLETE;
    side.Info.Partition.dwOmidLabelIdLength = sizeof(GUID);
    lstrcpyW( side.Info.Partition.szOmidLabelType, L"calls" );
    if ((error = CreateNtmsMediaW( session, &media, &side, 0 ))) return error;
    if ((error = DeallocateNtmsMedia( session, &side.Info.Partition.LogicalMedia, 0 ))) return error;
    return DeleteNtmsMedia( session, &media.ObjectGuid );
}

static DWORD call_SetNtmsObjectAttribute( HANDLE session )
{
    BYTE data[1000] = { 1 };

    return SetNtmsObjectAttributeW( session, &pool, NTMS_MEDIA_POOL, L"calls", data, sizeof(data) );
}

static DWORD call_GetNtmsObjectAttribute( HANDLE session )
{
    BYTE data[1000];
    DWORD size = sizeof(data);

    return GetNtmsObjectAttributeW( session, &pool, NTMS_MEDIA_POOL, L"calls", data, &size );
}

static DWORD call_GetNtmsObjectSecurity( HANDLE session )
{
    BYTE descriptor[1024];
    DWORD needed;

    return GetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, descriptor, sizeof(descriptor),
                                  &needed );
}

static DWORD call_SetNtmsObjectSecurity( HANDLE session )
{
    BYTE descriptor[1024];
    DWORD error, needed;

    if ((error = GetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, descriptor,
                                        sizeof(descriptor), &needed ))) return error;
    return SetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, descriptor );
}

static DWORD call_GetNtmsUIOptions( HANDLE session )
{
    WCHAR list[1024];
    DWORD size = ARRAYSIZE(list);

    return GetNtmsUIOptionsW( session, &computer, NTMS_UITYPE_INFO, list, &size );
}

static DWORD call_AllocateNtmsMedia( HANDLE session )
{
    GUID media;

    return AllocateNtmsMedia( session, &empty_pool, NULL, &media, NTMS_ALLOCATE_NEW, INFINITE, NULL );
}

static DWORD call_short_wait( HANDLE session )
{
    GUID media;

    return AllocateNtmsMedia( session, &empty_pool, NULL, &media, NTMS_ALLOCATE_NEW, 20, NULL );
}

static DWORD call_MountNtmsMedia( HANDLE session )
{
    NTMS_MOUNT_INFORMATION info = { sizeof(info) };
    GUID drive;

    return MountNtmsMedia( session, &no_object, &drive, 1, 0, NTMS_PRIORITY_NORMAL, 1000, &info );
}

static DWORD call_OpenNtmsSession( HANDLE session )
{
    HANDLE other = OpenNtmsSessionW( NULL, L"calls", 0 );

    if (other == INVALID_HANDLE_VALUE) return GetLastError();
    return CloseNtmsSession( other );
}

CALL( SetNtmsUIOptions, SetNtmsUIOptionsW( session, NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_DELETEALL, L"" ))
CALL( ExportNtmsDatabase, ExportNtmsDatabase( session ))
CALL( MoveToNtmsMediaPool, MoveToNtmsMediaPool( session, &no_object, &pool ))
CALL( DeallocateNtmsMedia, DeallocateNtmsMedia( session, &no_object, 0 ))
CALL( DecommissionNtmsMedia, DecommissionNtmsMedia( session, &no_object ))
CALL( SetNtmsMediaComplete, SetNtmsMediaComplete( session, &no_object ))
CALL( DeleteNtmsMedia, DeleteNtmsMedia( session, &no_object ))
CALL( SwapNtmsMedia, SwapNtmsMedia( session, &no_object, &computer ))
CALL( AddNtmsMediaType, AddNtmsMediaType( session, &media_type, &no_object ))
CALL( DeleteNtmsMediaType, DeleteNtmsMediaType( session, &media_type, &no_object ))
CALL( ChangeNtmsMediaType, ChangeNtmsMediaType( session, &no_object, &pool ))
CALL( DeleteNtmsLibrary, DeleteNtmsLibrary( session, &no_object ))
CALL( DeleteNtmsDrive, DeleteNtmsDrive( session, &no_object ))
CALL( EnableNtmsObject, EnableNtmsObject( session, NTMS_DRIVE, &no_object ))
CALL( DisableNtmsObject, DisableNtmsObject( session, NTMS_DRIVE, &no_object ))
CALL( DismountNtmsMedia, DismountNtmsMedia( session, &no_object, 1, 0 ))
CALL( UpdateNtmsOmidInfo, UpdateNtmsOmidInfo( session, &no_object, NTMS_OMID_TYPE_RAW_LABEL, 10, "0123456789" ))

/* what a function may give while the service lives; when it does not, whatever it documents for that */
static const struct function
{
    const char *name;
    DWORD (*call)( HANDLE session );
    DWORD normal[3];
}
functions[] =
{
#define F( name, ... ) { #name, call_##name, { __VA_ARGS__ } }
    F( OpenNtmsSession, ERROR_SUCCESS ),
    F( EnumerateNtmsObject, ERROR_SUCCESS ),
    F( GetNtmsObjectInformation, ERROR_SUCCESS ),
    F( SetNtmsObjectInformation, ERROR_SUCCESS ),
    F( CreateNtmsMediaPool, ERROR_SUCCESS ),
    F( GetNtmsMediaPoolName, ERROR_SUCCESS ),
    F( CreateNtmsMedia, ERROR_SUCCESS ),
    F( SetNtmsObjectAttribute, ERROR_SUCCESS ),
    F( GetNtmsObjectAttribute, ERROR_SUCCESS, ERROR_OBJECT_NOT_FOUND ),
    F( GetNtmsObjectSecurity, ERROR_SUCCESS ),
    F( SetNtmsObjectSecurity, ERROR_SUCCESS ),
    F( GetNtmsUIOptions, ERROR_SUCCESS ),
    F( SetNtmsUIOptions, ERROR_SUCCESS ),
    F( ExportNtmsDatabase, ERROR_SUCCESS, ERROR_SHARING_VIOLATION ),
    F( AllocateNtmsMedia, ERROR_NOT_CONNECTED ),
    F( short_wait, ERROR_TIMEOUT ),
    F( MoveToNtmsMediaPool, ERROR_INVALID_MEDIA ),
    F( DeallocateNtmsMedia, ERROR_INVALID_MEDIA ),
    F( DecommissionNtmsMedia, ERROR_INVALID_MEDIA ),
    F( SetNtmsMediaComplete, ERROR_INVALID_MEDIA ),
    F( DeleteNtmsMedia, ERROR_INVALID_MEDIA ),
    F( SwapNtmsMedia, ERROR_INVALID_MEDIA ),
    F( AddNtmsMediaType, ERROR_INVALID_LIBRARY, ERROR_INVALID_MEDIA ),
    F( DeleteNtmsMediaType, ERROR_INVALID_LIBRARY, ERROR_INVALID_MEDIA ),
    F( ChangeNtmsMediaType, ERROR_INVALID_MEDIA, ERROR_INVALID_PARAMETER ),
    F( DeleteNtmsLibrary, ERROR_INVALID_LIBRARY ),
    F( DeleteNtmsDrive, ERROR_INVALID_DRIVE ),
    F( EnableNtmsObject, ERROR_OBJECT_NOT_FOUND ),
    F( DisableNtmsObject, ERROR_OBJECT_NOT_FOUND ),
    F( MountNtmsMedia, ERROR_INVALID_MEDIA ),
    F( DismountNtmsMedia, ERROR_INVALID_MEDIA ),
    F( UpdateNtmsOmidInfo, ERROR_INVALID_MEDIA ),
#undef F
};

static BOOL is_lost( const struct function *function, DWORD result )
{
    if (result == ERROR_NOT_CONNECTED) return TRUE;
    /* the session that it opens may be closed when there is nobody any more */
    return function->call == call_OpenNtmsSession && result == ERROR_CONNECTION_UNAVAIL;
}

static BOOL is_normal( const struct function *function, DWORD result )
{
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(function->normal); i++)
        if (function->normal[i] == result && (!i || result)) return TRUE;
    return FALSE;
}

/* ------------------------------------------------------------------ help */

/* another program kills it, or whatever is to happen */
static void ask( const char *what )
{
    char line[16];

    puts( what );
    fflush( stdout );
    fgets( line, sizeof(line), stdin );
}

static void close_lost_session( HANDLE session )
{
    DWORD result = CloseNtmsSession( session );

    if (result != ERROR_CONNECTION_UNAVAIL) fail( "CloseNtmsSession of a session that is lost", result );
}

static BOOL wait_for_threads( HANDLE *threads, DWORD count, DWORD time )
{
    DWORD i, begin = GetTickCount(), passed;
    BOOL done = TRUE;

    for (i = 0; i < count; i++)
    {
        passed = GetTickCount() - begin;
        if (WaitForSingleObject( threads[i], passed < time ? time - passed : 0 )) done = FALSE;
        else CloseHandle( threads[i] );
    }
    return done;
}

static void prepare(void)
{
    HANDLE session = open_session();
    DWORD error, count = 1;

    if ((error = EnumerateNtmsObject( session, NULL, &computer, &count, NTMS_COMPUTER, 0 ))) fail( "the computer", error );
    count = 1;
    error = EnumerateNtmsObject( session, NULL, &library, &count, NTMS_LIBRARY, 0 );
    if (error && error != ERROR_INSUFFICIENT_BUFFER) fail( "a library", error );
    count = 1;
    error = EnumerateNtmsObject( session, NULL, &media_type, &count, NTMS_MEDIA_TYPE, 0 );
    if (error && error != ERROR_INSUFFICIENT_BUFFER) fail( "a media type", error );
    if ((error = CreateNtmsMediaPoolW( session, L"calls", NULL, NTMS_OPEN_ALWAYS, NULL, &pool ))) fail( "a pool", error );
    if ((error = CreateNtmsMediaPoolW( session, L"calls waiting", &media_type, NTMS_OPEN_ALWAYS, NULL, &empty_pool )))
        fail( "a pool without media", error );
    if ((error = CloseNtmsSession( session ))) fail( "CloseNtmsSession", error );
}

/* ------------------------------------------------------------------ every function */

static LONG calls[ARRAYSIZE(functions)];    /* that have begun */
static volatile BOOL killed;

static DWORD WINAPI function_thread( void *arg )
{
    const struct function *function = arg;
    HANDLE session = open_session();
    DWORD result;

    if (session == INVALID_HANDLE_VALUE) return 1;
    do
    {
        InterlockedIncrement( &calls[function - functions] );
        result = function->call( session );
    }
    while (!is_lost( function, result ) && is_normal( function, result ) && (function->call != call_OpenNtmsSession || !killed));

    /* OpenNtmsSession may have started the service again without noticing anything */
    if (!is_lost( function, result ) && (function->call != call_OpenNtmsSession || !is_normal( function, result )))
        fail( function->name, result );
    close_lost_session( session );
    return 0;
}

static BOOL all_have_begun(void)
{
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(functions); i++) if (!calls[i]) return FALSE;
    return TRUE;
}

static void kill_round( DWORD number )
{
    DWORD i, begin = GetTickCount(), thread_id;
    HANDLE threads[ARRAYSIZE(functions)];

    killed = FALSE;
    memset( calls, 0, sizeof(calls) );
    for (i = 0; i < ARRAYSIZE(functions); i++)
        threads[i] = CreateThread( NULL, 0, function_thread, (void *)&functions[i], 0, &thread_id );
    while (!all_have_begun() && GetTickCount() - begin < 30000) Sleep( 5 );
    if (!all_have_begun()) fail( "not every function has been called in 30 s", number );
    Sleep( 10 + 37 * number % 100 );
    ask( "kill" );
    killed = TRUE;
    if (!wait_for_threads( threads, ARRAYSIZE(functions), KILL_TIME ))
    {
        for (i = 0; i < ARRAYSIZE(functions); i++)
            if (WaitForSingleObject( threads[i], 0 ) == WAIT_TIMEOUT) printf( "%s has not returned\n", functions[i].name );
        fail( "calls that hang", number );
        exit( 1 );
    }
}

/* ------------------------------------------------------------------ many that wait */

static DWORD waiter_results[MAX_WAITERS];
static HANDLE waiting_session;

static DWORD WINAPI waiter_thread( void *arg )
{
    waiter_results[(DWORD_PTR)arg] = call_AllocateNtmsMedia( waiting_session );
    return 0;
}

static DWORD count_requests( HANDLE session )
{
    DWORD error, count = 0;

    error = EnumerateNtmsObject( session, NULL, NULL, &count, NTMS_OPREQUEST, 0 );
    return error && error != ERROR_INSUFFICIENT_BUFFER ? 0 : count;
}

/* a program of its own and a session of ours */
static void others_go_on( HANDLE session )
{
    STARTUPINFOW startup = { sizeof(startup) };
    PROCESS_INFORMATION process;
    WCHAR command[MAX_PATH + 16], program[MAX_PATH];
    DWORD i, begin, time, slowest = 0, code = 1;

    GetModuleFileNameW( NULL, program, ARRAYSIZE(program) );
    wsprintfW( command, L"\"%s\" other", program );
    if (!CreateProcessW( NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process ))
        fail( "CreateProcess", GetLastError() );
    for (i = 0; i < 200; i++)
    {
        begin = GetTickCount();
        if (call_GetNtmsObjectInformation( session )) fail( "a call of another session", i );
        time = GetTickCount() - begin;
        if (time > slowest) slowest = time;
    }
    if (slowest > HARMLESS_TIME) fail( "ms for a call of another session", slowest );
    if (WaitForSingleObject( process.hProcess, 30000 )) fail( "another program hangs", 0 );
    GetExitCodeProcess( process.hProcess, &code );
    if (code) fail( "another program", code );
    printf( "others go on: no call took more than %lu ms\n", slowest );
}

static int other_program(void)
{
    HANDLE session;
    DWORD i, begin;

    prepare();
    session = open_session();
    for (i = 0; i < 100; i++)
    {
        begin = GetTickCount();
        if (call_SetNtmsObjectAttribute( session )) fail( "a call of another program", i );
        if (GetTickCount() - begin > HARMLESS_TIME) fail( "ms for a call of another program", GetTickCount() - begin );
    }
    if ((i = CloseNtmsSession( session ))) fail( "CloseNtmsSession of another program", i );
    return failures != 0;
}

static void many_wait( DWORD count, BOOL kill )
{
    DWORD i, before, begin, thread_id, expected = kill ? ERROR_NOT_CONNECTED : ERROR_CANCELLED;
    HANDLE session = open_session(), threads[MAX_WAITERS];

    waiting_session = open_session();
    before = count_requests( session );
    begin = GetTickCount();
    for (i = 0; i < count; i++) threads[i] = CreateThread( NULL, 0x10000, waiter_thread, (void *)(DWORD_PTR)i, 0, &thread_id );
    while (count_requests( session ) < before + count && GetTickCount() - begin < 60000) Sleep( 20 );
    if (count_requests( session ) < before + count) fail( "not all wait", count_requests( session ) - before );
    printf( "%lu wait after %lu ms\n", count, GetTickCount() - begin );
    others_go_on( session );

    begin = GetTickCount();
    if (kill) ask( "kill" );
    else if ((i = CloseNtmsSession( waiting_session ))) fail( "CloseNtmsSession while others wait", i );
    if (!wait_for_threads( threads, count, KILL_TIME ))
    {
        fail( "calls that hang", count );
        exit( 1 );
    }
    printf( "all have returned after %lu ms\n", GetTickCount() - begin );
    for (i = 0; i < count; i++) if (waiter_results[i] != expected) fail( "a call that waited", waiter_results[i] );
    if (kill) close_lost_session( waiting_session );
    else if (count_requests( session ) != before) fail( "operator requests have stayed", count_requests( session ) - before );
    if (kill) close_lost_session( session );
    else CloseNtmsSession( session );
}

int main( int argc, char **argv )
{
    DWORD i, rounds, waiters;

    if (argc == 2 && !strcmp( argv[1], "other" )) return other_program();
    if (argc != 3) return 2;
    rounds = atoi( argv[1] );
    waiters = min( atoi( argv[2] ), MAX_WAITERS );

    for (i = 0; i < rounds; i++)
    {
        prepare();
        kill_round( i );
    }
    printf( "%lu rounds with %u functions\n", rounds, (unsigned int)ARRAYSIZE(functions) );
    prepare();
    many_wait( waiters, FALSE );
    many_wait( waiters, TRUE );
    prepare();
    printf( "end %d\n", failures != 0 );
    fflush( stdout );
    return failures != 0;
}
