/*
 * Tests of operator requests
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

#include "media.h"

static GUID type, pool;

static GUID submit( DWORD kind, const WCHAR *message, GUID *arg1, GUID *arg2 )
{
    GUID id = { 0 };
    DWORD err = SubmitNtmsOperatorRequestW( session, kind, message, arg1, arg2, &id );

    pair( "SubmitNtmsOperatorRequest", ERROR_SUCCESS, err );
    return id;
}

static NTMS_OPREQUESTINFORMATIONW request_info( GUID id )
{
    return get_info( id, NTMS_OPREQUEST ).Info.OpRequest;
}

static void test_submit(void)
{
    static const struct { DWORD kind; BOOL arg1, arg2; } bad[] =
    {
        { NTMS_OPREQ_UNKNOWN }, { NTMS_OPREQ_MESSAGE + 1 }, { 0xffffffff },
        { NTMS_OPREQ_NEWMEDIA }, { NTMS_OPREQ_CLEANER }, { NTMS_OPREQ_DEVICESERVICE }, { NTMS_OPREQ_MOVEMEDIA },
        { NTMS_OPREQ_MESSAGE, TRUE }, { NTMS_OPREQ_MESSAGE, FALSE, TRUE },
    };
    WCHAR message[NTMS_MESSAGE_LENGTH + 1];
    GUID id;
    DWORD i, err;

    for (i = 0; i < ARRAYSIZE(bad); i++)
    {
        winetest_push_context( "%lu", i );
        err = SubmitNtmsOperatorRequestW( session, bad[i].kind, L"x", bad[i].arg1 ? &pool : NULL, bad[i].arg2 ? &pool : NULL, &id );
        pair( "SubmitNtmsOperatorRequest", ERROR_INVALID_PARAMETER, err );
        winetest_pop_context();
    }
    err = SubmitNtmsOperatorRequestW( session, NTMS_OPREQ_NEWMEDIA, L"x", &no_object, NULL, &id );
    pair( "SubmitNtmsOperatorRequest", ERROR_OBJECT_NOT_FOUND, err );
    err = SubmitNtmsOperatorRequestW( session, NTMS_OPREQ_NEWMEDIA, L"x", &type, NULL, &id );
    pair( "SubmitNtmsOperatorRequest", ERROR_OBJECT_NOT_FOUND, err );
    err = SubmitNtmsOperatorRequestW( NULL, NTMS_OPREQ_MESSAGE, L"x", NULL, NULL, &id );
    pair( "SubmitNtmsOperatorRequest", ERROR_INVALID_HANDLE, err );

    for (i = 0; i < NTMS_MESSAGE_LENGTH; i++) message[i] = 'a';
    message[NTMS_MESSAGE_LENGTH] = 0;
    err = SubmitNtmsOperatorRequestW( session, NTMS_OPREQ_MESSAGE, message, NULL, NULL, &id );
    pair( "SubmitNtmsOperatorRequest", ERROR_INVALID_PARAMETER, err );
    message[NTMS_MESSAGE_LENGTH - 1] = 0;
    id = submit( NTMS_OPREQ_MESSAGE, message, NULL, NULL );
    ok( !lstrcmpW( request_info( id ).szMessage, message ), "got %s\n", wine_dbgstr_w( request_info( id ).szMessage ));
    err = CancelNtmsOperatorRequest( session, &id );
    pair( "CancelNtmsOperatorRequest", ERROR_SUCCESS, err );

    id = submit( NTMS_OPREQ_NEWMEDIA, NULL, &pool, NULL );
    ok( request_info( id ).Request == NTMS_OPREQ_NEWMEDIA, "got %lu\n", request_info( id ).Request );
    ok( request_info( id ).Arg1Type == NTMS_MEDIA_POOL, "got %lu\n", request_info( id ).Arg1Type );
    ok( same( request_info( id ).Arg1, pool ), "another argument\n" );
    ok( request_info( id ).State == NTMS_OPSTATE_SUBMITTED, "got %lu\n", request_info( id ).State );
    err = SatisfyNtmsOperatorRequest( session, &id );
    pair( "SatisfyNtmsOperatorRequest", ERROR_SUCCESS, err );
    ok( request_info( id ).State == NTMS_OPSTATE_COMPLETE, "got %lu\n", request_info( id ).State );

    err = SubmitNtmsOperatorRequestA( session, NTMS_OPREQ_MESSAGE, "ansi", NULL, NULL, &id );
    pair( "SubmitNtmsOperatorRequest", ERROR_SUCCESS, err );
    ok( !lstrcmpW( request_info( id ).szMessage, L"ansi" ), "got %s\n", wine_dbgstr_w( request_info( id ).szMessage ));
    CancelNtmsOperatorRequest( session, &id );
}

static void test_end(void)
{
    GUID id = submit( NTMS_OPREQ_MESSAGE, L"end", NULL, NULL ), media_pool = pool;
    DWORD err;

    err = CancelNtmsOperatorRequest( session, &no_object );
    pair( "CancelNtmsOperatorRequest", ERROR_OBJECT_NOT_FOUND, err );
    err = CancelNtmsOperatorRequest( session, &media_pool );
    pair( "CancelNtmsOperatorRequest", ERROR_OBJECT_NOT_FOUND, err );
    err = CancelNtmsOperatorRequest( session, NULL );
    pair( "CancelNtmsOperatorRequest", ERROR_INVALID_PARAMETER, err );
    err = CancelNtmsOperatorRequest( NULL, &id );
    pair( "CancelNtmsOperatorRequest", ERROR_INVALID_HANDLE, err );
    err = SatisfyNtmsOperatorRequest( session, &no_object );
    pair( "SatisfyNtmsOperatorRequest", ERROR_OBJECT_NOT_FOUND, err );

    err = CancelNtmsOperatorRequest( session, &id );
    pair( "CancelNtmsOperatorRequest", ERROR_SUCCESS, err );
    ok( request_info( id ).State == NTMS_OPSTATE_REFUSED, "got %lu\n", request_info( id ).State );
    err = CancelNtmsOperatorRequest( session, &id );
    pair( "CancelNtmsOperatorRequest", ERROR_INVALID_STATE, err );
    err = SatisfyNtmsOperatorRequest( session, &id );
    pair( "SatisfyNtmsOperatorRequest", ERROR_OBJECT_NOT_FOUND, err );
}

static DWORD WINAPI satisfy_thread( void *arg )
{
    Sleep( 300 );
    return SatisfyNtmsOperatorRequest( session, arg );
}

static DWORD WINAPI cancel_thread( void *arg )
{
    Sleep( 300 );
    return CancelNtmsOperatorRequest( session, arg );
}

static void end_in_thread( LPTHREAD_START_ROUTINE func, DWORD expected )
{
    GUID id = submit( NTMS_OPREQ_MESSAGE, L"wait", NULL, NULL );
    HANDLE thread = CreateThread( NULL, 0, func, &id, 0, NULL );
    DWORD err = WaitForNtmsOperatorRequest( session, &id, 20000 );

    if (expected) pair( "WaitForNtmsOperatorRequest", ERROR_CANCELLED, err );
    else pair( "WaitForNtmsOperatorRequest", ERROR_SUCCESS, err );
    WaitForSingleObject( thread, INFINITE );
    CloseHandle( thread );
    /* the result stays the same */
    err = WaitForNtmsOperatorRequest( session, &id, 0 );
    ok( err == expected, "got error %lu\n", err );
}

static void test_wait(void)
{
    GUID id = submit( NTMS_OPREQ_MESSAGE, L"wait", NULL, NULL );
    DWORD err, start;

    err = WaitForNtmsOperatorRequest( session, &id, 0 );
    pair( "WaitForNtmsOperatorRequest", ERROR_TIMEOUT, err );
    start = GetTickCount();
    err = WaitForNtmsOperatorRequest( session, &id, 200 );
    pair( "WaitForNtmsOperatorRequest", ERROR_TIMEOUT, err );
    ok( GetTickCount() - start >= 180, "it came after %lu ms\n", GetTickCount() - start );
    err = WaitForNtmsOperatorRequest( session, &no_object, 0 );
    pair( "WaitForNtmsOperatorRequest", ERROR_OBJECT_NOT_FOUND, err );
    err = WaitForNtmsOperatorRequest( session, NULL, 0 );
    pair( "WaitForNtmsOperatorRequest", ERROR_INVALID_PARAMETER, err );
    err = WaitForNtmsOperatorRequest( NULL, &id, 0 );
    pair( "WaitForNtmsOperatorRequest", ERROR_INVALID_HANDLE, err );
    CancelNtmsOperatorRequest( session, &id );

    end_in_thread( satisfy_thread, ERROR_SUCCESS );
    end_in_thread( cancel_thread, ERROR_CANCELLED );
}

static DWORD WINAPI close_thread( void *arg )
{
    Sleep( 300 );
    return CloseNtmsSession( arg );
}

static void test_close(void)
{
    HANDLE other = OpenNtmsSessionW( NULL, L"winetest", 0 ), thread;
    GUID id = submit( NTMS_OPREQ_MESSAGE, L"close", NULL, NULL );
    DWORD err;

    thread = CreateThread( NULL, 0, close_thread, other, 0, NULL );
    err = WaitForNtmsOperatorRequest( other, &id, INFINITE );
    ok( err == ERROR_CANCELLED || err == ERROR_INVALID_HANDLE, "got error %lu\n", err );
    WaitForSingleObject( thread, INFINITE );
    CloseHandle( thread );
    CancelNtmsOperatorRequest( session, &id );
}

static void test_delete(void)
{
    GUID ids[3];
    DWORD err;

    ids[0] = submit( NTMS_OPREQ_MESSAGE, L"open", NULL, NULL );
    ids[1] = submit( NTMS_OPREQ_MESSAGE, L"done", NULL, NULL );
    ids[2] = no_object;
    CancelNtmsOperatorRequest( session, &ids[1] );

    err = DeleteNtmsRequests( session, ids, NTMS_PARTITION, 3 );
    pair( "DeleteNtmsRequests", ERROR_INVALID_PARAMETER, err );
    err = DeleteNtmsRequests( session, NULL, NTMS_OPREQUEST, 3 );
    pair( "DeleteNtmsRequests", ERROR_INVALID_PARAMETER, err );
    err = DeleteNtmsRequests( NULL, ids, NTMS_OPREQUEST, 3 );
    pair( "DeleteNtmsRequests", ERROR_INVALID_HANDLE, err );
    err = DeleteNtmsRequests( session, ids, NTMS_LIBREQUEST, 3 );
    pair( "DeleteNtmsRequests", ERROR_SUCCESS, err );
    ok( request_info( ids[1] ).State == NTMS_OPSTATE_REFUSED, "a request of another type is gone\n" );
    err = DeleteNtmsRequests( session, ids, NTMS_OPREQUEST, 3 );
    pair( "DeleteNtmsRequests", ERROR_SUCCESS, err );
    ok( request_info( ids[0] ).State == NTMS_OPSTATE_SUBMITTED, "got %lu\n", request_info( ids[0] ).State );
    err = WaitForNtmsOperatorRequest( session, &ids[1], 0 );
    pair( "WaitForNtmsOperatorRequest", ERROR_OBJECT_NOT_FOUND, err );
    CancelNtmsOperatorRequest( session, &ids[0] );
}

/* what a library request is not */
static void test_library_requests(void)
{
    GUID id = submit( NTMS_OPREQ_MESSAGE, L"no library request", NULL, NULL );
    DWORD err, order;

    err = CancelNtmsLibraryRequest( session, &no_object );
    pair( "CancelNtmsLibraryRequest", ERROR_OBJECT_NOT_FOUND, err );
    err = CancelNtmsLibraryRequest( session, &id );
    pair( "CancelNtmsLibraryRequest", ERROR_OBJECT_NOT_FOUND, err );
    err = CancelNtmsLibraryRequest( NULL, &id );
    pair( "CancelNtmsLibraryRequest", ERROR_INVALID_HANDLE, err );
    err = GetNtmsRequestOrder( session, &no_object, &order );
    pair( "GetNtmsRequestOrder", ERROR_OBJECT_NOT_FOUND, err );
    err = GetNtmsRequestOrder( session, NULL, &order );
    pair( "GetNtmsRequestOrder", ERROR_INVALID_PARAMETER, err );
    err = GetNtmsRequestOrder( session, &id, NULL );
    pair( "GetNtmsRequestOrder", ERROR_INVALID_PARAMETER, err );
    err = GetNtmsRequestOrder( NULL, &id, &order );
    pair( "GetNtmsRequestOrder", ERROR_INVALID_HANDLE, err );
    err = SetNtmsRequestOrder( session, &no_object, 1 );
    pair( "SetNtmsRequestOrder", ERROR_OBJECT_NOT_FOUND, err );
    err = SetNtmsRequestOrder( session, NULL, 1 );
    pair( "SetNtmsRequestOrder", ERROR_INVALID_PARAMETER, err );
    err = SetNtmsRequestOrder( NULL, &id, 1 );
    pair( "SetNtmsRequestOrder", ERROR_INVALID_HANDLE, err );
    err = DismountNtmsDrive( session, &no_object );
    pair( "DismountNtmsDrive", ERROR_INVALID_DRIVE, err );
    err = DismountNtmsDrive( session, NULL );
    pair( "DismountNtmsDrive", ERROR_INVALID_PARAMETER, err );
    err = DismountNtmsDrive( NULL, &id );
    pair( "DismountNtmsDrive", ERROR_INVALID_HANDLE, err );
    CancelNtmsOperatorRequest( session, &id );
}

START_TEST(operator)
{
    session = OpenNtmsSessionW( NULL, L"winetest", 0 );
    if (session == INVALID_HANDLE_VALUE)
    {
        skip( "there is no removable storage service\n" );
        return;
    }
    if (find_type( 1, &type, NULL ))
    {
        pool = make_pool( L"winetest operator", &type );
        test_submit();
        test_end();
        test_wait();
        test_close();
        test_delete();
        test_library_requests();
        delete_pool( pool );
    }
    CloseNtmsSession( session );
}
