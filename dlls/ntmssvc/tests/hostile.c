/*
 * Tests of the service with a client that keeps no rules
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

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "windef.h"
#include "winbase.h"
#include "ntmsapi.h"
#include "rpc.h"
#include "ntmsrpc.h"
#include "wine/test.h"

/* This program speaks the local protocol itself.  Whatever it says, the service must answer, with an error, and go on
 * serving everybody. */

#define SLOW_CALL 10000  /* ms: longer than any call may take that does not wait */

static RSMP_SESSION context;
static DWORD own;           /* session */
static GUID computer, pool, media_type, unknown = { 0x12345678, 0x1234, 0x1234, { 1, 2, 3, 4, 5, 6, 7, 8 } };
static unsigned int seed;

void * __RPC_USER MIDL_user_allocate( SIZE_T size )
{
    return malloc( size );
}

void __RPC_USER MIDL_user_free( void *ptr )
{
    free( ptr );
}

static unsigned int next_random(void)
{
    seed = seed * 1103515245 + 12345;
    return seed >> 16;
}

static void fill_random( void *ptr, DWORD size )
{
    BYTE *bytes = ptr;

    while (size--) bytes[size] = next_random();
}

/* ------------------------------------------------------------------ calls that may raise an exception */

/* The compiler has no structured exceptions.  The handler leaves the runtime behind, with what that has registered. */
static DWORD guarded_thread, raised_code;
static void *guard[5];

static LONG CALLBACK exception_handler( EXCEPTION_POINTERS *ptrs )
{
    DWORD code = ptrs->ExceptionRecord->ExceptionCode;

    if (GetCurrentThreadId() != guarded_thread || code < RPC_S_INVALID_STRING_BINDING || code >= 2000)
        return EXCEPTION_CONTINUE_SEARCH;
    raised_code = code;
    guarded_thread = 0;
    __builtin_longjmp( guard, 1 );
}

/* where the runtime has its handlers */
static void **handlers(void)
{
    NT_TIB *tib;

    __asm__( "movq %%gs:0x30, %0" : "=r" (tib) );
    return (void **)&tib->ExceptionList;
}

/* result is the method's or the exception's code */
#define CALL( result, method ) do { \
        void * volatile handlers_ = *handlers(); \
        volatile DWORD begin_ = GetTickCount(); \
        guarded_thread = GetCurrentThreadId(); \
        if (!__builtin_setjmp( guard )) result = method; \
        else { *handlers() = handlers_; result = raised_code; } \
        guarded_thread = 0; \
        begin_ = GetTickCount() - begin_; \
        ok( begin_ < SLOW_CALL, "%s took %lu ms\n", #method, begin_ ); \
    } while (0)

static void check_alive(void)
{
    RSMP_OBJECTINFORMATION info;
    DWORD err;

    CALL( err, rsmp_GetNtmsServerObjectInformationW( own, &computer, NTMS_COMPUTER, &info ));
    ok( !err, "the service does not serve any more: %lu\n", err );
}

static DWORD raw_open( RSMP_SESSION *context, DWORD *id, const WCHAR *application, const WCHAR *client, const WCHAR *user )
{
    DWORD err;

    *context = NULL;
    *id = 0;
    CALL( err, rsmp_OpenNtmsServerSessionW( context, id, application, client, user, 0 ));
    return err;
}

static BOOL connect_service(void)
{
    WCHAR protseq[] = RSMP_PROTSEQ, endpoint[] = RSMP_ENDPOINT, *str;
    DWORD err;

    if (RpcStringBindingComposeW( NULL, protseq, NULL, endpoint, NULL, &str )) return FALSE;
    err = RpcBindingFromStringBindingW( str, &rsmp_handle );
    RpcStringFreeW( &str );
    return !err;
}

static DWORD find_object( DWORD type, GUID *id )
{
    DWORD err, total, count = 0;
    GUID *list = NULL;

    CALL( err, rsmp_EnumerateNtmsObject( own, NULL, type, 0, 1, &total, &count, &list ));
    if (count) *id = list[0];
    free( list );
    return err == ERROR_INSUFFICIENT_BUFFER ? ERROR_SUCCESS : err ? err : count ? ERROR_SUCCESS : ERROR_OBJECT_NOT_FOUND;
}

/* ------------------------------------------------------------------ every method, with arguments that one can choose */

static DWORD session_id;     /* that the methods are called with */
static GUID id1, id2;
static DWORD number;
static DWORD request;        /* of the last call that waits */
static WCHAR text[] = L"hostile";
static BYTE bytes[64];

static RSMP_OBJECTINFORMATION info;

#define METHOD( name, call ) static DWORD call_##name(void) { DWORD err; CALL( err, call ); return err; }

static DWORD call_EnumerateNtmsObject(void)
{
    DWORD err, total, count;
    GUID *list = NULL;

    CALL( err, rsmp_EnumerateNtmsObject( session_id, &id1, number, number, number, &total, &count, &list ));
    free( list );
    return err;
}

static DWORD call_GetNtmsObjectAttributeW(void)
{
    DWORD err, total, count;
    BYTE *data = NULL;

    CALL( err, rsmp_GetNtmsObjectAttributeW( session_id, &id1, number, text, number % 100, &total, &count, &data ));
    free( data );
    return err;
}

static DWORD call_GetNtmsObjectSecurity(void)
{
    DWORD err, total, count;
    BYTE *data = NULL;

    CALL( err, rsmp_GetNtmsObjectSecurity( session_id, &id1, number, number, number % 100, &total, &count, &data ));
    free( data );
    return err;
}

static DWORD call_GetNtmsUIOptionsW(void)
{
    DWORD err, total, count;
    WCHAR *list = NULL;

    CALL( err, rsmp_GetNtmsUIOptionsW( session_id, &id1, number, number % 100, &total, &count, &list ));
    free( list );
    return err;
}

static DWORD call_GetNtmsMediaPoolNameW(void)
{
    WCHAR name[RSMP_MAX_POOL_NAME];
    DWORD err;

    CALL( err, rsmp_GetNtmsMediaPoolNameW( session_id, &id1, name ));
    return err;
}

static DWORD call_CreateNtmsMediaW(void)
{
    RSMP_OBJECTINFORMATION sides[2];
    DWORD err;

    memset( sides, 0, sizeof(sides) );
    sides[0].dwSize = sides[1].dwSize = info.dwSize;
    sides[0].dwType = sides[1].dwType = NTMS_PARTITION;
    CALL( err, rsmp_CreateNtmsMediaW( session_id, &info, 2, sides, number ));
    return err;
}

METHOD( GetNtmsServerObjectInformationW, rsmp_GetNtmsServerObjectInformationW( session_id, &id1, number, &info ))
METHOD( SetNtmsObjectInformationW, rsmp_SetNtmsObjectInformationW( session_id, &id1, &info ))
METHOD( CreateNtmsMediaPoolW, rsmp_CreateNtmsMediaPoolW( session_id, text, &id1, number, 0, NULL, &id2 ))
METHOD( MoveToNtmsMediaPool, rsmp_MoveToNtmsMediaPool( session_id, &id1, &id2 ))
METHOD( AllocateNtmsMedia, rsmp_AllocateNtmsMedia( session_id, &id1, NULL, &id2, number, 0, &id2, &request ))
METHOD( DeallocateNtmsMedia, rsmp_DeallocateNtmsMedia( session_id, &id1, number ))
METHOD( MountNtmsMedia, rsmp_MountNtmsMedia( session_id, 1, &id1, &id2, number, number, 0, &request ))
METHOD( DismountNtmsMedia, rsmp_DismountNtmsMedia( session_id, 1, &id1, number ))
METHOD( UpdateNtmsOmidInfo, rsmp_UpdateNtmsOmidInfo( session_id, &id1, number, sizeof(bytes), bytes ))
METHOD( DeleteNtmsMediaPool, rsmp_DeleteNtmsMediaPool( session_id, &id1 ))
METHOD( DecommissionNtmsMedia, rsmp_DecommissionNtmsMedia( session_id, &id1 ))
METHOD( SetNtmsMediaComplete, rsmp_SetNtmsMediaComplete( session_id, &id1 ))
METHOD( DeleteNtmsMedia, rsmp_DeleteNtmsMedia( session_id, &id1 ))
METHOD( SwapNtmsMedia, rsmp_SwapNtmsMedia( session_id, &id1, &id2 ))
METHOD( AddNtmsMediaType, rsmp_AddNtmsMediaType( session_id, &id1, &id2 ))
METHOD( DeleteNtmsMediaType, rsmp_DeleteNtmsMediaType( session_id, &id1, &id2 ))
METHOD( ChangeNtmsMediaType, rsmp_ChangeNtmsMediaType( session_id, &id1, &id2 ))
METHOD( DeleteNtmsLibrary, rsmp_DeleteNtmsLibrary( session_id, &id1 ))
METHOD( DeleteNtmsDrive, rsmp_DeleteNtmsDrive( session_id, &id1 ))
METHOD( EnableNtmsObject, rsmp_EnableNtmsObject( session_id, number, &id1 ))
METHOD( DisableNtmsObject, rsmp_DisableNtmsObject( session_id, number, &id1 ))
METHOD( SetNtmsObjectAttributeW, rsmp_SetNtmsObjectAttributeW( session_id, &id1, number, text, sizeof(bytes), bytes ))
METHOD( SetNtmsObjectSecurity, rsmp_SetNtmsObjectSecurity( session_id, &id1, number, number, sizeof(bytes), bytes ))
METHOD( SetNtmsUIOptionsW, rsmp_SetNtmsUIOptionsW( session_id, &id1, number, number, text ))
METHOD( DismountNtmsDrive, rsmp_DismountNtmsDrive( session_id, &id1 ))
METHOD( CancelNtmsLibraryRequest, rsmp_CancelNtmsLibraryRequest( session_id, &id1 ))
METHOD( DeleteNtmsRequests, rsmp_DeleteNtmsRequests( session_id, 1, &id1, number ))
METHOD( GetNtmsRequestOrder, rsmp_GetNtmsRequestOrder( session_id, &id1, &request ))
METHOD( SetNtmsRequestOrder, rsmp_SetNtmsRequestOrder( session_id, &id1, number ))
METHOD( SubmitNtmsOperatorRequestW, rsmp_SubmitNtmsOperatorRequestW( session_id, number, text, &id1, NULL, &id2 ))
METHOD( WaitForNtmsOperatorRequest, rsmp_WaitForNtmsOperatorRequest( session_id, &id1, 0, &request ))
METHOD( CancelNtmsOperatorRequest, rsmp_CancelNtmsOperatorRequest( session_id, &id1 ))
METHOD( SatisfyNtmsOperatorRequest, rsmp_SatisfyNtmsOperatorRequest( session_id, &id1 ))
METHOD( AddNotification, rsmp_AddNotification( session_id, number, &request ))
METHOD( RemoveNotification, rsmp_RemoveNotification( session_id, number ))
METHOD( WaitForNtmsNotification, rsmp_WaitForNtmsNotification( session_id, number, 0, &request, &id2, &request ))
METHOD( ExportNtmsDatabase, rsmp_ExportNtmsDatabase( session_id ))
METHOD( ImportNtmsDatabase, rsmp_ImportNtmsDatabase( session_id ))

static const struct method
{
    const char *name;
    DWORD (*call)(void);
    BOOL changes_database;   /* as a whole: only to be called with a session that cannot be */
}
methods[] =
{
#define M( name ) { #name, call_##name }
    M( EnumerateNtmsObject ), M( GetNtmsServerObjectInformationW ), M( SetNtmsObjectInformationW ), M( CreateNtmsMediaPoolW ),
    M( MoveToNtmsMediaPool ), M( AllocateNtmsMedia ), M( DeallocateNtmsMedia ), M( MountNtmsMedia ), M( DismountNtmsMedia ),
    M( UpdateNtmsOmidInfo ), M( GetNtmsMediaPoolNameW ), M( DeleteNtmsMediaPool ), M( DecommissionNtmsMedia ),
    M( SetNtmsMediaComplete ), M( DeleteNtmsMedia ), M( SwapNtmsMedia ), M( CreateNtmsMediaW ), M( AddNtmsMediaType ),
    M( DeleteNtmsMediaType ), M( ChangeNtmsMediaType ), M( DeleteNtmsLibrary ), M( DeleteNtmsDrive ), M( EnableNtmsObject ),
    M( DisableNtmsObject ), M( GetNtmsObjectAttributeW ), M( SetNtmsObjectAttributeW ), M( GetNtmsObjectSecurity ),
    M( SetNtmsObjectSecurity ), M( GetNtmsUIOptionsW ), M( SetNtmsUIOptionsW ), M( DismountNtmsDrive ),
    M( CancelNtmsLibraryRequest ), M( DeleteNtmsRequests ), M( GetNtmsRequestOrder ), M( SetNtmsRequestOrder ),
    M( SubmitNtmsOperatorRequestW ), M( WaitForNtmsOperatorRequest ), M( CancelNtmsOperatorRequest ),
    M( SatisfyNtmsOperatorRequest ), M( AddNotification ), M( RemoveNotification ), M( WaitForNtmsNotification ),
    { "ExportNtmsDatabase", call_ExportNtmsDatabase, TRUE }, { "ImportNtmsDatabase", call_ImportNtmsDatabase, TRUE },
#undef M
};

/* structures that can be looked at, whatever the rest is */
static void reset_arguments(void)
{
    memset( &info, 0, sizeof(info) );
    info.dwSize = sizeof(info);
    info.dwType = NTMS_PHYSICAL_MEDIA;
    info.Info.PhysicalMedia.dwNumberOfPartitions = 2;
    id1 = id2 = unknown;
    number = 0;
}

/* ------------------------------------------------------------------ tests */

static void test_all_refuse_session( DWORD id )
{
    unsigned int i;
    DWORD err;

    session_id = id;
    for (i = 0; i < ARRAYSIZE(methods); i++)
    {
        reset_arguments();
        err = methods[i].call();
        ok( err == ERROR_INVALID_HANDLE, "%s with session %#lx: got %lu\n", methods[i].name, id, err );
    }
}

static void test_sessions( const char *program )
{
    char command[MAX_PATH + 64];
    STARTUPINFOA startup = { sizeof(startup) };
    PROCESS_INFORMATION process;
    RSMP_SESSION other;
    DWORD err, id, code = 0;

    test_all_refuse_session( 0 );
    test_all_refuse_session( 0xffffffff );
    test_all_refuse_session( own + 1 );

    err = raw_open( &other, &id, L"hostile", L"", L"" );
    ok( !err, "got %lu\n", err );
    CALL( err, rsmp_CloseNtmsSession( &other ));
    ok( !err, "got %lu\n", err );
    test_all_refuse_session( id );

    /* the session of another process */
    sprintf( command, "\"%s\" hostile %lu", program, own );
    if (!CreateProcessA( NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process ))
    {
        ok( FALSE, "cannot start %s: %lu\n", command, GetLastError() );
        return;
    }
    ok( WaitForSingleObject( process.hProcess, 60000 ) == WAIT_OBJECT_0, "the child hangs\n" );
    GetExitCodeProcess( process.hProcess, &code );
    ok( !code, "the child got %lu\n", code );
    CloseHandle( process.hThread );
    CloseHandle( process.hProcess );
    check_alive();
}

/* in the child; the exit code is the first result that is not right */
static void foreign_session( DWORD id )
{
    RSMP_COMPLETION *list = NULL;
    DWORD err, count;
    unsigned int i;

    if (!connect_service()) ExitProcess( 1 );
    CALL( err, rsmp_WaitNtmsCompletions( &count, &list ));
    if (err != ERROR_INVALID_HANDLE) ExitProcess( 2 );
    if (raw_open( &context, &own, L"hostile", L"", L"" )) ExitProcess( 3 );
    session_id = id;
    for (i = 0; i < ARRAYSIZE(methods); i++)
    {
        reset_arguments();
        if (methods[i].call() != ERROR_INVALID_HANDLE) ExitProcess( 100 + i );
    }
    ExitProcess( 0 );   /* without closing its session */
}

/* sizes at their limits and beyond: what is beyond is refused by somebody */
static void test_strings(void)
{
    static const DWORD lengths[] = { 0, 1, 31, 32, 63, 64, 255, 256, 511, 512, 1000, 60000, 200000 };
    WCHAR *str = malloc( (200000 + 1) * sizeof(WCHAR) );
    DWORD err, id, total, count;
    RSMP_SESSION other;
    unsigned int i;
    BYTE *data;
    GUID guid;

    for (i = 0; i < ARRAYSIZE(lengths); i++)
    {
        DWORD j, len = lengths[i];

        for (j = 0; j < len; j++) str[j] = 'a' + j % 26;
        str[len] = 0;

        for (j = 0; j < 3; j++)
        {
            err = raw_open( &other, &id, j == 0 ? str : text, j == 1 ? str : text, j == 2 ? str : text );
            ok( len < RSMP_MAX_NAME ? !err : err == ERROR_INVALID_PARAMETER, "%lu: got %lu\n", len, err );
            if (!err) CALL( err, rsmp_CloseNtmsSession( &other ));
        }
        CALL( err, rsmp_CreateNtmsMediaPoolW( own, str, NULL, NTMS_CREATE_NEW, 0, NULL, &guid ));
        ok( len && len < NTMS_OBJECTNAME_LENGTH ? !err : err == ERROR_INVALID_NAME, "%lu: got %lu\n", len, err );
        if (!err) CALL( err, rsmp_DeleteNtmsMediaPool( own, &guid ));

        CALL( err, rsmp_SetNtmsObjectAttributeW( own, &pool, NTMS_MEDIA_POOL, str, 1, bytes ));
        ok( len && len < RSMP_MAX_ATTRIBUTE_NAME ? !err : err == ERROR_INVALID_NAME, "%lu: got %lu\n", len, err );
        data = NULL;
        CALL( err, rsmp_GetNtmsObjectAttributeW( own, &pool, NTMS_MEDIA_POOL, str, 1, &total, &count, &data ));
        ok( len && len < RSMP_MAX_ATTRIBUTE_NAME ? !err : err == ERROR_OBJECT_NOT_FOUND, "%lu: got %lu\n", len, err );
        free( data );

        CALL( err, rsmp_SetNtmsUIOptionsW( own, NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, str ));
        ok( len < RSMP_MAX_NAME ? !err : err == ERROR_INVALID_PARAMETER, "%lu: got %lu\n", len, err );
    }
    free( str );
    check_alive();
}

static void test_sizes(void)
{
    static const DWORD sizes[] = { 0, 1, 19, 20, 0xfffe, 0xffff, 0x10000, 0x10001, 0x20000 };
    BYTE *buffer = calloc( 1, 0x20000 ), *data;
    WCHAR *list;
    DWORD err, total, count;
    unsigned int i;
    GUID guid;

    for (i = 0; i < ARRAYSIZE(sizes); i++)
    {
        DWORD size = sizes[i];

        CALL( err, rsmp_SetNtmsObjectAttributeW( own, &pool, NTMS_MEDIA_POOL, text, size, buffer ));
        if (size <= RSMP_MAX_ATTRIBUTE) ok( !err, "%#lx: got %lu\n", size, err );
        else ok( err == ERROR_NO_DATA || err == RPC_S_INVALID_BOUND, "%#lx: got %lu\n", size, err );

        data = NULL;
        CALL( err, rsmp_GetNtmsObjectAttributeW( own, &pool, NTMS_MEDIA_POOL, text, size, &total, &count, &data ));
        ok( size <= RSMP_MAX_ATTRIBUTE || err == ERROR_INVALID_PARAMETER || err == RPC_S_INVALID_BOUND,
            "%#lx: got %lu\n", size, err );
        free( data );

        CALL( err, rsmp_SetNtmsObjectSecurity( own, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, size, buffer ));
        ok( err == ERROR_INVALID_PARAMETER || err == RPC_S_INVALID_BOUND, "%#lx: got %lu\n", size, err );
        data = NULL;
        CALL( err, rsmp_GetNtmsObjectSecurity( own, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, size, &total, &count,
                                               &data ));
        if (size <= 20) ok( err == ERROR_INSUFFICIENT_BUFFER, "%#lx: got %lu\n", size, err );
        else ok( size <= RSMP_MAX_DESCRIPTOR ? !err : err, "%#lx: got %lu\n", size, err );
        free( data );

        list = NULL;
        CALL( err, rsmp_GetNtmsUIOptionsW( own, &computer, NTMS_UITYPE_INFO, size, &total, &count, &list ));
        ok( size <= RSMP_MAX_DESTINATIONS ? !err : err, "%#lx: got %lu\n", size, err );
        free( list );

        CALL( err, rsmp_CreateNtmsMediaPoolW( own, L"hostile sizes", NULL, NTMS_CREATE_NEW, size, buffer, &guid ));
        if (size) ok( err == ERROR_INVALID_PARAMETER || err == RPC_S_INVALID_BOUND, "%#lx: got %lu\n", size, err );
        if (!err) CALL( err, rsmp_DeleteNtmsMediaPool( own, &guid ));
        CALL( err, rsmp_CreateNtmsMediaPoolW( own, L"hostile sizes", NULL, NTMS_CREATE_NEW, size, NULL, &guid ));
        ok( size <= RSMP_MAX_DESCRIPTOR ? !err : err, "%#lx: got %lu\n", size, err );
        if (!err) CALL( err, rsmp_DeleteNtmsMediaPool( own, &guid ));

        CALL( err, rsmp_UpdateNtmsOmidInfo( own, &unknown, NTMS_OMID_TYPE_RAW_LABEL, size, buffer ));
        ok( err, "%#lx: no error\n", size );
    }
    free( buffer );
    check_alive();
}

static void test_counts(void)
{
    static const DWORD counts[] = { 0, 1, 2, 32, 33, 64, 65, 1024, 1025, 2000 };
    RSMP_OBJECTINFORMATION *sides = calloc( 100, sizeof(*sides) );
    GUID *list = calloc( 2000, sizeof(*list) ), *objects;
    DWORD err, total, count;
    unsigned int i, j;

    for (i = 0; i < 2000; i++) list[i].Data1 = i + 1;
    for (i = 0; i < 100; i++)
    {
        sides[i].dwSize = sizeof(*sides);
        sides[i].dwType = NTMS_PARTITION;
    }
    for (i = 0; i < ARRAYSIZE(counts); i++)
    {
        CALL( err, rsmp_MountNtmsMedia( own, counts[i], list, list, 0, 0, 1000, &request ));
        ok( err == ERROR_INVALID_MEDIA || err == ERROR_INVALID_PARAMETER || err == RPC_S_INVALID_BOUND, "%lu: got %lu\n",
            counts[i], err );
        CALL( err, rsmp_DismountNtmsMedia( own, counts[i], list, 0 ));
        ok( err == ERROR_INVALID_MEDIA || err == ERROR_INVALID_PARAMETER || err == RPC_S_INVALID_BOUND, "%lu: got %lu\n",
            counts[i], err );
        if (counts[i] <= 100)
        {
            reset_arguments();
            info.Info.PhysicalMedia.dwNumberOfPartitions = 0xffffffff;
            CALL( err, rsmp_CreateNtmsMediaW( own, &info, counts[i], sides, 0 ));
            ok( err, "%lu: no error\n", counts[i] );
        }
    }
    for (j = 0; j < 2; j++)
    {
        objects = NULL;
        CALL( err, rsmp_EnumerateNtmsObject( own, NULL, NTMS_MEDIA_POOL, 0, j ? 0x7fffffff : 0xffffffff, &total, &count,
                                             &objects ));
        ok( !err, "got %lu\n", err );
        ok( count == total, "got %lu of %lu\n", count, total );
        free( objects );
    }
    free( list );
    free( sides );
    check_alive();
}

/* strings without an end, sizes and types that are none, and anything at all */
static void test_structures(void)
{
    DWORD err, i;

    for (i = 0; i < 4; i++)
    {
        reset_arguments();
        info.dwType = NTMS_MEDIA_POOL;
        if (i == 0) memset( info.szName, 0xff, sizeof(info.szName) );
        if (i == 1) memset( info.szDescription, 0xff, sizeof(info.szDescription) );
        if (i == 2) info.dwSize = 0xffffffff;
        if (i == 3) info.dwSize = 0;
        CALL( err, rsmp_SetNtmsObjectInformationW( own, &pool, &info ));
        ok( err == ERROR_INVALID_PARAMETER, "%lu: got %lu\n", i, err );
    }
    for (i = 0; i < 200; i++)
    {
        RSMP_OBJECTINFORMATION side;

        fill_random( &info, sizeof(info) );
        info.dwType = next_random() % (NTMS_NUMBER_OF_OBJECT_TYPES + 3);
        if (i & 1) info.dwSize = sizeof(info);
        if (i & 2) info.szName[10] = info.szDescription[10] = 0;
        CALL( err, rsmp_SetNtmsObjectInformationW( own, i & 4 ? &computer : &pool, &info ));
        ok( err, "a structure of random bytes was accepted\n" );
        fill_random( &side, sizeof(side) );
        if (i & 8) side.dwSize = info.dwSize = sizeof(info);
        side.dwType = i & 16 ? NTMS_PARTITION : next_random();
        info.dwType = i & 16 ? NTMS_PHYSICAL_MEDIA : next_random();
        CALL( err, rsmp_CreateNtmsMediaW( own, &info, 1, &side, next_random() ));
        ok( err, "a medium of random bytes was accepted\n" );
    }
    check_alive();
}

/* a descriptor that is right except for some bytes, or short, or nothing of the kind */
static void test_descriptors(void)
{
    BYTE good[512], bad[512];
    DWORD err, i, j, size = 0, count = 0, refused = 0;
    BYTE *data = NULL;

    CALL( err, rsmp_GetNtmsObjectSecurity( own, &pool, NTMS_MEDIA_POOL, OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION
                                           | DACL_SECURITY_INFORMATION, sizeof(good), &size, &count, &data ));
    ok( !err, "got %lu\n", err );
    if (err || !count || count > sizeof(good)) return;
    memcpy( good, data, count );
    free( data );

    /* cut at every place */
    for (i = 1; i < count; i++)
    {
        CALL( err, rsmp_SetNtmsObjectSecurity( own, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, i, good ));
        ok( err == ERROR_INVALID_PARAMETER, "cut to %lu: got %lu\n", i, err );
    }
    for (i = 0; i < 200; i++)
    {
        GUID guid;

        memcpy( bad, good, count );
        if (i % 10 == 9) fill_random( bad, count );
        else for (j = 0; j <= i % 4; j++) bad[next_random() % count] = next_random();
        CALL( err, rsmp_SetNtmsObjectSecurity( own, &pool, NTMS_MEDIA_POOL, i % 2 ? DACL_SECURITY_INFORMATION
                                               : next_random() % 16, count, bad ));
        if (err) refused++;
        CALL( err, rsmp_CreateNtmsMediaPoolW( own, L"hostile descriptor", NULL, NTMS_CREATE_NEW, count, bad, &guid ));
        if (err) refused++;
        else CALL( err, rsmp_DeleteNtmsMediaPool( own, &guid ));
        /* whoever owns the object may always set it right again */
        CALL( err, rsmp_SetNtmsObjectSecurity( own, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, count, good ));
        if (err && err != ERROR_ACCESS_DENIED) ok( FALSE, "got %lu\n", err );
    }
    trace( "%lu of 400 descriptors refused\n", refused );
    ok( refused > 100, "only %lu descriptors refused\n", refused );
    check_alive();
}

static void test_random_calls(void)
{
    GUID ids[4];
    DWORD i;

    ids[0] = computer;
    ids[1] = pool;
    ids[2] = media_type;
    ids[3] = unknown;
    session_id = own;
    for (i = 0; i < 1000; i++)
    {
        const struct method *method = &methods[next_random() % ARRAYSIZE(methods)];

        if (method->changes_database) continue;
        reset_arguments();
        id1 = ids[next_random() % 4];
        id2 = ids[next_random() % 4];
        number = next_random() % 4 ? next_random() % 20 : next_random() << 16 | next_random();
        method->call();
    }
    check_alive();
}

/* waits that nobody fetches, and calls for completions that compete */
static DWORD WINAPI fetch_thread( void *arg )
{
    RSMP_COMPLETION *list = NULL;
    DWORD count;

    rsmp_WaitNtmsCompletions( &count, &list );
    free( list );
    return count;
}

static void test_waits(void)
{
    DWORD err, i, id, count, waits = 0, fetched = 0, begin = GetTickCount();
    GUID waiting_pool, media, from;
    RSMP_COMPLETION *list;
    RSMP_SESSION other;
    HANDLE threads[8];

    CALL( err, rsmp_CreateNtmsMediaPoolW( own, L"hostile waits", &media_type, NTMS_OPEN_ALWAYS, 0, NULL, &waiting_pool ));
    ok( !err, "got %lu\n", err );
    err = raw_open( &other, &id, L"hostile", L"", L"" );
    ok( !err, "got %lu\n", err );
    for (i = 0; i < 600; i++)
    {
        media = unknown;
        request = 0;
        CALL( err, rsmp_AllocateNtmsMedia( id, &waiting_pool, NULL, &media, NTMS_ALLOCATE_NEW, INFINITE, &from, &request ));
        if (!err && request) waits++;
    }
    ok( waits == 600, "%lu calls wait, the last one got %lu\n", waits, err );
    for (i = 0; i < ARRAYSIZE(threads); i++) threads[i] = CreateThread( NULL, 0, fetch_thread, NULL, 0, NULL );
    check_alive();
    CALL( err, rsmp_CloseNtmsSession( &other ));
    ok( !err, "got %lu\n", err );
    ok( WaitForMultipleObjects( ARRAYSIZE(threads), threads, TRUE, 30000 ) == WAIT_OBJECT_0, "calls for completions hang\n" );
    for (i = 0; i < ARRAYSIZE(threads); i++)
    {
        GetExitCodeThread( threads[i], &count );
        fetched += count;
        CloseHandle( threads[i] );
    }
    while (fetched < waits)
    {
        list = NULL;
        count = 0;
        CALL( err, rsmp_WaitNtmsCompletions( &count, &list ));
        for (i = 0; i < count; i++) ok( list[i].result == ERROR_CANCELLED, "got %lu\n", list[i].result );
        free( list );
        if (err || !count) break;
        fetched += count;
    }
    ok( fetched == waits, "%lu of %lu have ended\n", fetched, waits );
    CALL( err, rsmp_DeleteNtmsMediaPool( own, &waiting_pool ));
    ok( !err, "got %lu\n", err );
    trace( "%lu waits, %lu ms\n", waits, GetTickCount() - begin );
    check_alive();
}

/* hundreds of sessions that are closed by the death of their program, in a child */
static void leave_sessions(void)
{
    RSMP_SESSION contexts[300];
    DWORD i, ids[300];

    if (!connect_service()) ExitProcess( 1 );
    for (i = 0; i < 300; i++) if (raw_open( &contexts[i], &ids[i], text, text, text )) ExitProcess( 100 + i );
    TerminateProcess( GetCurrentProcess(), 0 );
}

static void test_many_sessions( const char *program )
{
    STARTUPINFOA startup = { sizeof(startup) };
    PROCESS_INFORMATION process;
    char command[MAX_PATH + 64];
    DWORD code = 0, i;

    for (i = 0; i < 2; i++)
    {
        sprintf( command, "\"%s\" hostile sessions", program );
        if (!CreateProcessA( NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process )) break;
        ok( WaitForSingleObject( process.hProcess, 60000 ) == WAIT_OBJECT_0, "the child hangs\n" );
        GetExitCodeProcess( process.hProcess, &code );
        ok( !code, "the child got %lu\n", code );
        CloseHandle( process.hThread );
        CloseHandle( process.hProcess );
        check_alive();
    }
}

START_TEST(hostile)
{
    HANDLE start;
    char **argv;
    DWORD err;
    int argc = winetest_get_mainargs( &argv );

    AddVectoredExceptionHandler( TRUE, exception_handler );
    if (argc > 2 && !strcmp( argv[2], "sessions" )) leave_sessions();
    if (argc > 2) foreign_session( strtoul( argv[2], NULL, 10 ));

    /* the client knows how to start the service */
    start = OpenNtmsSessionW( NULL, L"hostile", 0 );
    ok( start != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    if (start == INVALID_HANDLE_VALUE || !connect_service() || raw_open( &context, &own, text, text, text ))
    {
        ok( FALSE, "there is no service\n" );
        return;
    }
    seed = getenv( "HOSTILE_SEED" ) ? atoi( getenv( "HOSTILE_SEED" )) : GetTickCount();
    trace( "seed %u\n", seed );

    err = find_object( NTMS_COMPUTER, &computer );
    ok( !err, "no computer\n" );
    CALL( err, rsmp_CreateNtmsMediaPoolW( own, L"hostile pool", NULL, NTMS_OPEN_ALWAYS, 0, NULL, &pool ));
    ok( !err, "got %lu\n", err );

    test_sessions( argv[0] );
    test_strings();
    test_sizes();
    test_counts();
    test_structures();
    test_descriptors();
    test_many_sessions( argv[0] );
    if (!find_object( NTMS_MEDIA_TYPE, &media_type )) test_waits();
    else skip( "there is no media type\n" );
    test_random_calls();

    CALL( err, rsmp_CloseNtmsSession( &context ));
    ok( !err, "got %lu\n", err );
    CALL( err, rsmp_CloseNtmsSession( &context ));   /* a null handle */
    ok( err, "no error\n" );
    CloseNtmsSession( start );
}
