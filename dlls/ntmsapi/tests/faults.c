/*
 * Tests of what functions say, and leave undone, when the database fails or the service is gone
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
#include "winsvc.h"
#include "ntmsapi.h"
#include "wine/test.h"
#include "pairs.h"
#include "../../../tests/service/faults.h"

/* SQLite's codes */
#define SQLITE_NOMEM     7
#define SQLITE_READONLY  8
#define SQLITE_IOERR    10
#define SQLITE_CORRUPT  11
#define SQLITE_FULL     13

static struct faults *faults;
static HANDLE session;

static GUID computer, library, drive, media_type, free_pool;
static GUID pool;                          /* ours, and empty except for the following */
static GUID other_pool;
static GUID medium, side, logical;         /* in the library, in our pool; allocated when a test has asked for it */
static GUID offline, offline_side;         /* off line, in our pool; its side is available */
static GUID written[2], written_side[2], written_logical[2];   /* off line, in our pool, allocated */

/* ---- what the database looks like to a program */

struct snapshot
{
    BYTE  *data;
    size_t size, room;
};

static void add_data( struct snapshot *snapshot, const void *data, size_t size )
{
    if (snapshot->size + size > snapshot->room)
    {
        snapshot->room = (snapshot->size + size) * 2;
        if (!(snapshot->data = realloc( snapshot->data, snapshot->room ))) abort();
    }
    memcpy( snapshot->data + snapshot->size, data, size );
    snapshot->size += size;
}

static void add_objects( struct snapshot *snapshot, DWORD type )
{
    static NTMS_OBJECTINFORMATIONW info;
    DWORD err, count, i;
    GUID list[256];

    count = ARRAYSIZE(list);
    err = EnumerateNtmsObject( session, NULL, list, &count, type, 0 );
    ok( !err, "type %lu: got %lu\n", type, err );
    for (i = 0; !err && i < count; i++)
    {
        memset( &info, 0, sizeof(info) );
        info.dwSize = sizeof(info);
        info.dwType = type;
        err = GetNtmsObjectInformationW( session, &list[i], &info );
        ok( !err, "type %lu: got %lu\n", type, err );
        add_data( snapshot, &info, sizeof(info) );
    }
}

static void add_attribute( struct snapshot *snapshot )
{
    BYTE value[16] = { 0 };
    DWORD size = sizeof(value);

    GetNtmsObjectAttributeW( session, &computer, NTMS_COMPUTER, L"winetest faults", value, &size );
    add_data( snapshot, value, sizeof(value) );
}

static void take_snapshot( struct snapshot *snapshot )
{
    static const DWORD types[] = { NTMS_COMPUTER, NTMS_LIBRARY, NTMS_MEDIA_TYPE, NTMS_MEDIA_POOL, NTMS_PHYSICAL_MEDIA,
                                   NTMS_PARTITION, NTMS_LOGICAL_MEDIA, NTMS_OPREQUEST };
    unsigned int i;

    memset( snapshot, 0, sizeof(*snapshot) );
    for (i = 0; i < ARRAYSIZE(types); i++) add_objects( snapshot, types[i] );
    add_attribute( snapshot );
}

static BOOL same_snapshot( const struct snapshot *a, const struct snapshot *b )
{
    return a->size == b->size && !memcmp( a->data, b->data, a->size );
}

/* ---- the functions, with arguments that are right */

static NTMS_OBJECTINFORMATIONW info;
static GUID id;
static DWORD size;
static BYTE buffer[2048];

static void get_information( NTMS_OBJECTINFORMATIONW *ret, const GUID *object, DWORD type )
{
    DWORD err;

    memset( ret, 0, sizeof(*ret) );
    ret->dwSize = sizeof(*ret);
    ret->dwType = type;
    err = GetNtmsObjectInformationW( session, (GUID *)object, ret );
    ok( !err, "got %lu\n", err );
}

/* an off-line medium in our pool; logical is NULL for one whose side is available */
static DWORD create_medium( GUID *physical, GUID *side, GUID *logical )
{
    static NTMS_OBJECTINFORMATIONW medium_info, side_info;
    static DWORD number;
    DWORD err;

    memset( &medium_info, 0, sizeof(medium_info) );
    medium_info.dwSize = sizeof(medium_info);
    medium_info.dwType = NTMS_PHYSICAL_MEDIA;
    medium_info.Enabled = TRUE;
    lstrcpyW( medium_info.szName, L"winetest faults" );
    medium_info.Info.PhysicalMedia.MediaPool = pool;
    medium_info.Info.PhysicalMedia.dwNumberOfPartitions = 1;

    memset( &side_info, 0, sizeof(side_info) );
    side_info.dwSize = sizeof(side_info);
    side_info.dwType = NTMS_PARTITION;
    side_info.Enabled = TRUE;
    lstrcpyW( side_info.szName, L"winetest faults" );
    side_info.Info.Partition.State = logical ? NTMS_PARTSTATE_ALLOCATED : NTMS_PARTSTATE_AVAILABLE;
    if (logical)
    {
        side_info.Info.Partition.LogicalMedia = computer;
        side_info.Info.Partition.LogicalMedia.Data1 ^= ++number ^ GetTickCount();
    }
    side_info.Info.Partition.dwOmidLabelIdLength = sizeof(number);
    memcpy( side_info.Info.Partition.OmidLabelId, &number, sizeof(number) );
    lstrcpyW( side_info.Info.Partition.szOmidLabelType, L"winetest" );

    err = CreateNtmsMediaW( session, &medium_info, &side_info, 0 );
    if (err) return err;
    *physical = medium_info.ObjectGuid;
    *side = side_info.ObjectGuid;
    if (logical) *logical = side_info.Info.Partition.LogicalMedia;
    return err;
}

static DWORD allocate(void)
{
    return AllocateNtmsMedia( session, &pool, NULL, &logical, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0, NULL );
}

static DWORD deallocate(void) { return DeallocateNtmsMedia( session, &logical, 0 ); }

static DWORD mount(void)
{
    id = logical;
    return MountNtmsMedia( session, &id, &drive, 1, NTMS_MOUNT_READ, NTMS_PRIORITY_NORMAL, 60000, NULL );
}

static DWORD dismount(void)
{
    id = logical;
    return DismountNtmsMedia( session, &id, 1, NTMS_DISMOUNT_IMMEDIATE );
}

static DWORD dismount_and_deallocate(void)
{
    dismount();
    return deallocate();
}

static DWORD allocate_and_mount(void)
{
    DWORD err = allocate();

    return err ? err : mount();
}

static DWORD create_offline(void)       { return create_medium( &offline, &offline_side, NULL ); }
static DWORD delete_offline(void)       { return DeleteNtmsMedia( session, &offline ); }
static DWORD create_again(void)         { return create_medium( &offline, &offline_side, NULL ); }
static DWORD decommission(void)         { return DecommissionNtmsMedia( session, &offline_side ); }
static DWORD set_complete(void)         { return SetNtmsMediaComplete( session, &written_logical[0] ); }
static DWORD swap(void)                 { return SwapNtmsMedia( session, &written_logical[0], &written_logical[1] ); }
static DWORD move(void)                 { return MoveToNtmsMediaPool( session, &medium, &other_pool ); }
static DWORD move_back(void)            { return MoveToNtmsMediaPool( session, &medium, &pool ); }
static DWORD change_type(void)          { return ChangeNtmsMediaType( session, &medium, &other_pool ); }
static DWORD add_type(void)             { return AddNtmsMediaType( session, &media_type, &library ); }
static DWORD delete_type(void)          { return DeleteNtmsMediaType( session, &media_type, &library ); }
static DWORD delete_pool(void)          { return DeleteNtmsMediaPool( session, &id ); }
static DWORD disable(void)              { return DisableNtmsObject( session, NTMS_PHYSICAL_MEDIA, &medium ); }
static DWORD enable(void)               { return EnableNtmsObject( session, NTMS_PHYSICAL_MEDIA, &medium ); }
static DWORD delete_library(void)       { return DeleteNtmsLibrary( session, &library ); }
static DWORD delete_drive(void)         { return DeleteNtmsDrive( session, &drive ); }
static DWORD export_database(void)      { return ExportNtmsDatabase( session ); }
static DWORD import_database(void)      { return ImportNtmsDatabase( session ); }
static DWORD get_order(void)            { return GetNtmsRequestOrder( session, &computer, &size ); }
static DWORD set_order(void)            { return SetNtmsRequestOrder( session, &computer, 1 ); }
static DWORD dismount_drive(void)       { return DismountNtmsDrive( session, &drive ); }
static DWORD door(void)                 { return AccessNtmsLibraryDoor( session, &library, NTMS_INVENTORY_NONE ); }
static DWORD clean(void)                { return CleanNtmsDrive( session, &drive ); }
static DWORD eject(void)                { return EjectNtmsMedia( session, &medium, &id, NTMS_EJECT_START ); }
static DWORD inject(void)               { return InjectNtmsMedia( session, &library, &id, NTMS_INJECT_STOP ); }
static DWORD cancel_library(void)       { return CancelNtmsLibraryRequest( session, &computer ); }
static DWORD delete_requests(void)      { id = computer; return DeleteNtmsRequests( session, &id, NTMS_LIBREQUEST, 1 ); }

static DWORD create_pool(void)
{
    return CreateNtmsMediaPoolW( session, L"winetest faults\\new", NULL, NTMS_OPEN_ALWAYS, NULL, &id );
}

static DWORD enumerate(void)
{
    size = sizeof(buffer) / sizeof(GUID);
    return EnumerateNtmsObject( session, NULL, (GUID *)buffer, &size, NTMS_LIBRARY, 0 );
}

static DWORD get_pool_name(void)
{
    size = sizeof(buffer) / sizeof(WCHAR);
    return GetNtmsMediaPoolNameW( session, &pool, (WCHAR *)buffer, &size );
}

static DWORD get_attribute(void)
{
    size = sizeof(buffer);
    return GetNtmsObjectAttributeW( session, &computer, NTMS_COMPUTER, L"winetest kept", buffer, &size );
}

static DWORD set_kept_attribute(void)
{
    return SetNtmsObjectAttributeW( session, &computer, NTMS_COMPUTER, L"winetest kept", (void *)"data", 4 );
}

static DWORD set_attribute(void)
{
    return SetNtmsObjectAttributeW( session, &computer, NTMS_COMPUTER, L"winetest faults", (void *)"data", 4 );
}

static DWORD remove_attribute(void)
{
    return SetNtmsObjectAttributeW( session, &computer, NTMS_COMPUTER, L"winetest faults", buffer, 0 );
}

static DWORD get_object_information(void)
{
    memset( &info, 0, sizeof(info) );
    info.dwSize = sizeof(info);
    info.dwType = NTMS_MEDIA_POOL;
    return GetNtmsObjectInformationW( session, &pool, &info );
}

static DWORD prepare_information(void)
{
    DWORD err = get_object_information();

    lstrcpyW( info.szDescription, L"changed" );
    return err;
}

static DWORD set_object_information(void) { return SetNtmsObjectInformationW( session, &pool, &info ); }

static DWORD get_security(void)
{
    return GetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, buffer, sizeof(buffer), &size );
}

static DWORD set_security(void)
{
    return SetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, buffer );
}

static DWORD get_ui(void)
{
    size = sizeof(buffer) / sizeof(WCHAR);
    return GetNtmsUIOptionsW( session, &computer, NTMS_UITYPE_REQ, (WCHAR *)buffer, &size );
}

static DWORD add_ui(void)
{
    return SetNtmsUIOptionsW( session, &computer, NTMS_UITYPE_REQ, NTMS_UIDEST_ADD, L"winetest" );
}

static DWORD remove_ui(void)
{
    return SetNtmsUIOptionsW( session, &computer, NTMS_UITYPE_REQ, NTMS_UIDEST_DELETE, L"winetest" );
}

static DWORD submit(void)
{
    return SubmitNtmsOperatorRequestW( session, NTMS_OPREQ_MESSAGE, L"winetest", NULL, NULL, &id );
}

static DWORD cancel(void)     { return CancelNtmsOperatorRequest( session, &id ); }
static DWORD wait_request(void) { return WaitForNtmsOperatorRequest( session, &computer, 0 ); }

static DWORD update_omid(void)
{
    memset( buffer, 0, sizeof(buffer) );
    return UpdateNtmsOmidInfo( session, &written_logical[0], NTMS_OMID_TYPE_RAW_LABEL, 512, buffer );
}

/* ---- the database fails */

#define FULL     1
#define FAILURE  2
#define MEMORY   4
#define READING  8   /* the function only reads, or begins with that */

#define ANY_RESULT 0xffffffff   /* the function cannot succeed here, but must get to the database */

static const struct test_function
{
    const char *name;
    DWORD (*call)(void);
    DWORD flags;
    DWORD (*prepare)(void);
    DWORD (*undo)(void);
    DWORD result;      /* when nothing fails */
}
functions[] =
{
    { "AccessNtmsLibraryDoor", door, FULL | FAILURE | MEMORY, NULL, NULL, ANY_RESULT },
    { "AddNtmsMediaType", add_type, FULL | FAILURE | MEMORY },
    { "AllocateNtmsMedia", allocate, FULL | FAILURE | MEMORY, NULL, deallocate },
    { "CancelNtmsLibraryRequest", cancel_library, MEMORY | READING, NULL, NULL, ANY_RESULT },
    { "ChangeNtmsMediaType", change_type, FULL | FAILURE | MEMORY, NULL, move_back },
    { "CleanNtmsDrive", clean, FULL | FAILURE | MEMORY, NULL, NULL, ANY_RESULT },
    { "CreateNtmsMedia", create_again, FULL | FAILURE | MEMORY, delete_offline },
    { "CreateNtmsMediaPool", create_pool, FULL | FAILURE, NULL, delete_pool },
    { "DeallocateNtmsMedia", deallocate, FULL | FAILURE | MEMORY, allocate },
    { "DecommissionNtmsMedia", decommission, FULL | FAILURE | MEMORY },
    { "DeleteNtmsDrive", delete_drive, FULL | FAILURE | MEMORY, NULL, NULL, ANY_RESULT },
    { "DeleteNtmsLibrary", delete_library, FULL | FAILURE | MEMORY, NULL, NULL, ANY_RESULT },
    { "DeleteNtmsMedia", delete_offline, FULL | FAILURE | MEMORY, NULL, create_offline },
    { "DeleteNtmsMediaPool", delete_pool, FAILURE | MEMORY, create_pool },
    { "DeleteNtmsMediaType", delete_type, FULL | FAILURE | MEMORY, NULL, NULL, ANY_RESULT },
    { "DeleteNtmsRequests", delete_requests, FULL | FAILURE | MEMORY, NULL, NULL, ANY_RESULT },
    { "DisableNtmsObject", disable, FAILURE, NULL, enable },
    { "DismountNtmsDrive", dismount_drive, FULL | FAILURE | MEMORY | READING, NULL, NULL, ANY_RESULT },
    { "DismountNtmsMedia", dismount, FULL | FAILURE | MEMORY, allocate_and_mount, deallocate },
    { "EjectNtmsMedia", eject, FULL | FAILURE | MEMORY, NULL, NULL, ANY_RESULT },
    { "EnableNtmsObject", enable, FAILURE, disable },
    { "EnumerateNtmsObject", enumerate, MEMORY | READING },
    { "ExportNtmsDatabase", export_database, FAILURE | READING },
    { "GetNtmsMediaPoolName", get_pool_name, MEMORY | READING },
    { "GetNtmsObjectAttribute", get_attribute, FAILURE | READING, set_kept_attribute },
    { "GetNtmsObjectInformation", get_object_information, MEMORY | READING },
    { "GetNtmsObjectSecurity", get_security, FAILURE | READING },
    { "GetNtmsRequestOrder", get_order, FAILURE | READING, NULL, NULL, ANY_RESULT },
    { "GetNtmsUIOptions", get_ui, MEMORY | READING },
    { "ImportNtmsDatabase", import_database, FAILURE | READING, NULL, NULL, ANY_RESULT },
    { "InjectNtmsMedia", inject, FULL | FAILURE | MEMORY, NULL, NULL, ANY_RESULT },
    { "MountNtmsMedia", mount, FULL | FAILURE | MEMORY, allocate, dismount_and_deallocate },
    { "MoveToNtmsMediaPool", move, FULL | FAILURE | MEMORY, NULL, move_back },
    { "SetNtmsMediaComplete", set_complete, FULL | FAILURE | MEMORY },
    { "SetNtmsObjectAttribute", set_attribute, FAILURE, NULL, remove_attribute },
    { "SetNtmsObjectInformation", set_object_information, FULL | FAILURE | MEMORY, prepare_information },
    { "SetNtmsObjectSecurity", set_security, FULL | FAILURE, get_security },
    { "SetNtmsRequestOrder", set_order, FAILURE | READING, NULL, NULL, ANY_RESULT },
    { "SetNtmsUIOptions", add_ui, MEMORY, NULL, remove_ui },
    { "SubmitNtmsOperatorRequest", submit, FAILURE, NULL, cancel },
    { "SwapNtmsMedia", swap, FULL | FAILURE | MEMORY, NULL, NULL, ANY_RESULT },
    { "UpdateNtmsOmidInfo", update_omid, FAILURE, NULL, NULL, ANY_RESULT },
};

static const struct fault
{
    DWORD flag;
    LONG  code, commit_code;
    const char *name;
    DWORD error;
}
fault_codes[] =
{
    { FULL,    SQLITE_FULL,     SQLITE_FULL,  "ERROR_DATABASE_FULL",     ERROR_DATABASE_FULL },
    { FAILURE, SQLITE_READONLY, SQLITE_IOERR, "ERROR_DATABASE_FAILURE",  ERROR_DATABASE_FAILURE },
    { MEMORY,  SQLITE_NOMEM,    SQLITE_NOMEM, "ERROR_NOT_ENOUGH_MEMORY", ERROR_NOT_ENOUGH_MEMORY },
};

static DWORD call_with_fault( const struct test_function *function, LONG kinds, LONG code )
{
    DWORD err;

    faults->kinds  = 0;
    faults->hits   = 0;
    faults->repeat = 0;
    faults->number = 1;
    faults->code   = code;
    faults->kinds  = kinds;
    err = function->call();
    faults->kinds  = 0;
    return err;
}

static void check_unchanged( const struct snapshot *before )
{
    struct snapshot after;

    take_snapshot( &after );
    ok( same_snapshot( before, &after ), "something has changed\n" );
    free( after.data );
}

static BOOL is_unfinished( GUID *request )
{
    NTMS_OBJECTINFORMATIONW request_info = { sizeof(request_info), NTMS_LIBREQUEST };

    /* it may be purged meanwhile */
    if (GetNtmsObjectInformationW( session, request, &request_info )) return FALSE;
    switch (request_info.Info.LibRequest.State)
    {
    case NTMS_LM_QUEUED:
    case NTMS_LM_INPROCESS:
    case NTMS_LM_WAITING:
        return TRUE;
    }
    return FALSE;
}

static BOOL is_quiet(void)
{
    static GUID requests[500];
    DWORD i, count = ARRAYSIZE(requests);

    EnumerateNtmsObject( session, NULL, requests, &count, NTMS_LIBREQUEST, 0 );
    for (i = 0; i < min( count, ARRAYSIZE(requests) ); i++) if (is_unfinished( &requests[i] )) return FALSE;
    return TRUE;
}

/* what the robot still does for an earlier function would be taken for a change, or meet the fault */
static void wait_until_quiet(void)
{
    unsigned int i;

    for (i = 0; i < 200 && !is_quiet(); i++) Sleep( 50 );
    ok( i < 200, "the library does not come to rest\n" );
}

/* FALSE when it is not implemented */
static BOOL check_fault( const struct test_function *function, const struct fault *fault, LONG kinds, LONG code )
{
    DWORD err = call_with_fault( function, kinds, code );

    if (err == ERROR_CALL_NOT_IMPLEMENTED) return FALSE;
    pair_( __FILE__, __LINE__, function->name, fault->name, fault->error, err, "fault" );
    ok( faults->hits == 1, "%ld faults\n", faults->hits );
    return TRUE;
}

static BOOL check_faults( const struct test_function *function )
{
    LONG reading = function->flags & READING ? FAULT_READ : 0;
    struct snapshot before;
    unsigned int i;
    BOOL done = FALSE;

    wait_until_quiet();
    take_snapshot( &before );
    for (i = 0; i < ARRAYSIZE(fault_codes); i++)
    {
        if (!(function->flags & fault_codes[i].flag)) continue;
        winetest_push_context( "step" );
        done = check_fault( function, &fault_codes[i], FAULT_STEP | reading, fault_codes[i].code );
        winetest_pop_context();
        if (!done || reading || function->result) continue;
        winetest_push_context( "commit" );
        check_fault( function, &fault_codes[i], FAULT_COMMIT, fault_codes[i].commit_code );
        check_unchanged( &before );
        winetest_pop_context();
    }
    check_unchanged( &before );
    free( before.data );
    return done;
}

static void test_function( const struct test_function *function )
{
    DWORD err;

    if (function->prepare && (err = function->prepare()))
    {
        ok( 0, "cannot prepare: got %lu\n", err );
        return;
    }
    if (!check_faults( function ))
    {
        todo_wine ok( 0, "not implemented\n" );
        return;
    }
    err = function->call();
    if (function->result == ANY_RESULT)
        ok( err != ERROR_DATABASE_FAILURE && err != ERROR_DATABASE_FULL && err != ERROR_NOT_ENOUGH_MEMORY, "got %lu\n", err );
    else
        pair_( __FILE__, __LINE__, function->name, "ERROR_SUCCESS", ERROR_SUCCESS, err, "natural" );
    if (function->undo && (err = function->undo())) ok( 0, "cannot undo: got %lu\n", err );
}

static void test_database(void)
{
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(functions); i++)
    {
        winetest_push_context( "%s", functions[i].name );
        test_function( &functions[i] );
        winetest_pop_context();
    }
}

/* ---- the service is gone */

static const struct
{
    const char *name;
    DWORD (*call)(void);
}
connected_functions[] =
{
    { "ExportNtmsDatabase", export_database },
    { "GetNtmsObjectAttribute", get_attribute },
    { "ImportNtmsDatabase", import_database },
    { "SetNtmsObjectAttribute", set_attribute },
    { "SubmitNtmsOperatorRequest", submit },
    { "UpdateNtmsOmidInfo", update_omid },
    { "WaitForNtmsOperatorRequest", wait_request },
};

static HANDLE open_session(void)
{
    HANDLE ret = OpenNtmsSessionW( NULL, L"winetest", 0 );

    ok( ret != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    return ret;
}

static BOOL stop_service(void)
{
    SC_HANDLE manager, service;
    SERVICE_STATUS status = { 0 };
    unsigned int i;

    manager = OpenSCManagerW( NULL, NULL, SC_MANAGER_CONNECT );
    service = OpenServiceW( manager, L"NtmsSvc", SERVICE_STOP | SERVICE_QUERY_STATUS );
    ok( ControlService( service, SERVICE_CONTROL_STOP, &status ), "error %lu\n", GetLastError() );
    for (i = 0; i < 300; i++)
    {
        if (!QueryServiceStatus( service, &status ) || status.dwCurrentState == SERVICE_STOPPED) break;
        Sleep( 100 );
    }
    CloseServiceHandle( service );
    CloseServiceHandle( manager );
    return status.dwCurrentState == SERVICE_STOPPED;
}

/* each with a session that has not noticed it yet, and once more when it has */
static void test_connection(void)
{
    HANDLE sessions[ARRAYSIZE(connected_functions) + 1];
    unsigned int i;
    DWORD err;

    for (i = 0; i < ARRAYSIZE(sessions); i++) sessions[i] = open_session();
    if (!stop_service())
    {
        skip( "the service cannot be stopped\n" );
        return;
    }
    for (i = 0; i < ARRAYSIZE(connected_functions); i++)
    {
        session = sessions[i];
        err = connected_functions[i].call();
        todo_wine_if( err == ERROR_CALL_NOT_IMPLEMENTED )
            pair_( __FILE__, __LINE__, connected_functions[i].name, "ERROR_NOT_CONNECTED", ERROR_NOT_CONNECTED, err, "fault" );
        err = connected_functions[i].call();
        todo_wine_if( err == ERROR_CALL_NOT_IMPLEMENTED )
            pair_( __FILE__, __LINE__, connected_functions[i].name, "ERROR_NOT_CONNECTED", ERROR_NOT_CONNECTED, err, "fault" );
    }
    err = CloseNtmsSession( sessions[i] );
    pair_fault( "CloseNtmsSession", ERROR_CONNECTION_UNAVAIL, err );
    err = CloseNtmsSession( sessions[i] );
    pair( "CloseNtmsSession", ERROR_INVALID_HANDLE, err );
    for (i = 0; i < ARRAYSIZE(connected_functions); i++) CloseNtmsSession( sessions[i] );
}

static void set_start_type( DWORD type )
{
    SC_HANDLE manager, service;

    manager = OpenSCManagerW( NULL, NULL, SC_MANAGER_CONNECT );
    service = OpenServiceW( manager, L"NtmsSvc", SERVICE_CHANGE_CONFIG );
    ok( ChangeServiceConfigW( service, SERVICE_NO_CHANGE, type, SERVICE_NO_CHANGE, NULL, NULL, NULL, NULL, NULL, NULL, NULL ),
        "error %lu\n", GetLastError() );
    CloseServiceHandle( service );
    CloseServiceHandle( manager );
}

/* while the service is stopped */
static void test_disabled_service(void)
{
    HANDLE handle;

    set_start_type( SERVICE_DISABLED );
    SetLastError( 0xdeadbeef );
    handle = OpenNtmsSessionW( NULL, L"winetest", 0 );
    ok( handle == INVALID_HANDLE_VALUE, "got %p\n", handle );
    pair_fault( "OpenNtmsSession", ERROR_NOT_CONNECTED, GetLastError() );
    set_start_type( SERVICE_DEMAND_START );
}

/* ---- objects for it */

static BOOL find_object( GUID *container, DWORD type, GUID *ret )
{
    GUID list[64];
    DWORD count = ARRAYSIZE(list), err;

    err = EnumerateNtmsObject( session, container, list, &count, type, 0 );
    if ((err && err != ERROR_INSUFFICIENT_BUFFER) || !count) return FALSE;
    *ret = list[0];
    return TRUE;
}

static BOOL find_library(void)
{
    NTMS_OBJECTINFORMATIONW object;
    GUID list[16];
    DWORD count = ARRAYSIZE(list), i;

    if (EnumerateNtmsObject( session, NULL, list, &count, NTMS_LIBRARY, 0 )) return FALSE;
    for (i = 0; i < count; i++)
    {
        get_information( &object, &list[i], NTMS_LIBRARY );
        if (object.Info.Library.LibraryType != NTMS_LIBRARYTYPE_ONLINE) continue;
        library = list[i];
        return find_object( &library, NTMS_DRIVE, &drive ) && find_object( &library, NTMS_PHYSICAL_MEDIA, &medium ) &&
               find_object( &medium, NTMS_PARTITION, &side );
    }
    return FALSE;
}

/* the child of Free for the media type, from the pools of the container */
static BOOL find_free_pool( GUID *container )
{
    NTMS_OBJECTINFORMATIONW object;
    GUID list[64];
    DWORD count = ARRAYSIZE(list), i;

    if (EnumerateNtmsObject( session, container, list, &count, NTMS_MEDIA_POOL, 0 )) return FALSE;
    for (i = 0; i < count; i++)
    {
        get_information( &object, &list[i], NTMS_MEDIA_POOL );
        if (object.Info.MediaPool.PoolType != NTMS_POOLTYPE_SCRATCH) continue;
        if (!IsEqualGUID( &object.Info.MediaPool.MediaType, &media_type )) return find_free_pool( &list[i] );
        free_pool = list[i];
        return TRUE;
    }
    return FALSE;
}

/* until the medium has its free label and is back in its slot */
static BOOL wait_until_free(void)
{
    NTMS_OBJECTINFORMATIONW object;
    unsigned int i;

    for (i = 0; i < 600; i++)
    {
        get_information( &object, &side, NTMS_PARTITION );
        if (object.Info.Partition.State == NTMS_PARTSTATE_AVAILABLE)
        {
            get_information( &object, &medium, NTMS_PHYSICAL_MEDIA );
            if (object.Info.PhysicalMedia.LocationType == NTMS_STORAGESLOT) return TRUE;
        }
        Sleep( 100 );
    }
    ok( 0, "side is %lu, location is %lu\n", object.Info.Partition.State, object.Info.PhysicalMedia.LocationType );
    return FALSE;
}

static BOOL make_objects(void)
{
    NTMS_OBJECTINFORMATIONW object;
    DWORD err, i;

    get_information( &object, &medium, NTMS_PHYSICAL_MEDIA );
    media_type = object.Info.PhysicalMedia.MediaType;
    if (!find_free_pool( NULL )) return FALSE;
    err = CreateNtmsMediaPoolW( session, L"winetest faults", NULL, NTMS_OPEN_ALWAYS, NULL, &pool );
    ok( !err, "got %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"winetest faults\\one", &media_type, NTMS_OPEN_ALWAYS, NULL, &pool );
    ok( !err, "got %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"winetest faults\\other", &media_type, NTMS_OPEN_ALWAYS, NULL, &other_pool );
    ok( !err, "got %lu\n", err );
    err = MoveToNtmsMediaPool( session, &medium, &free_pool );
    ok( !err, "got %lu\n", err );
    if (!wait_until_free()) return FALSE;
    err = MoveToNtmsMediaPool( session, &medium, &pool );
    ok( !err, "got %lu\n", err );
    err = create_offline();
    ok( !err, "got %lu\n", err );
    for (i = 0; i < ARRAYSIZE(written); i++)
    {
        err = create_medium( &written[i], &written_side[i], &written_logical[i] );
        ok( !err, "got %lu\n", err );
    }
    return TRUE;
}

static void delete_objects(void)
{
    DWORD err, i;

    for (i = 0; i < ARRAYSIZE(written); i++)
    {
        err = DeallocateNtmsMedia( session, &written_logical[i], 0 );
        pair( "DeallocateNtmsMedia", ERROR_SUCCESS, err );
        err = DeleteNtmsMedia( session, &written[i] );
        pair( "DeleteNtmsMedia", ERROR_SUCCESS, err );
    }
    err = DeleteNtmsMedia( session, &offline );
    pair( "DeleteNtmsMedia", ERROR_SUCCESS, err );
    err = MoveToNtmsMediaPool( session, &medium, &free_pool );
    ok( !err, "got %lu\n", err );
    err = DeleteNtmsMediaPool( session, &pool );
    pair( "DeleteNtmsMediaPool", ERROR_SUCCESS, err );
    err = DeleteNtmsMediaPool( session, &other_pool );
    pair( "DeleteNtmsMediaPool", ERROR_SUCCESS, err );
    find_object( NULL, NTMS_COMPUTER, &computer );
    remove_ui();
}

/* only a test build of the service counts its transactions */
static BOOL has_faults(void)
{
    HANDLE mapping = CreateFileMappingW( INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof(*faults), FAULTS_NAME );

    if (!(faults = MapViewOfFile( mapping, FILE_MAP_WRITE, 0, 0, sizeof(*faults) ))) return FALSE;
    faults->kinds = faults->begins = 0;
    return find_object( NULL, NTMS_COMPUTER, &computer ) && faults->begins;
}

START_TEST(faults)
{
    if ((session = OpenNtmsSessionW( NULL, L"winetest", 0 )) == INVALID_HANDLE_VALUE)
    {
        skip( "no session, error %lu\n", GetLastError() );
        return;
    }
    if (!has_faults()) skip( "this service does not fail when a test asks for it\n" );
    else if (!find_library()) skip( "there is no library with media\n" );
    else if (make_objects())
    {
        test_database();
        delete_objects();
        /* the service takes what has been imported when it starts again: let that be what there is */
        ok( !export_database(), "cannot export\n" );
        CloseNtmsSession( session );
        test_connection();
        test_disabled_service();
        session = open_session();
    }
    CloseNtmsSession( session );
}
