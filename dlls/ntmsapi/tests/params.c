/*
 * Tests of what functions say to arguments that they cannot use
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
#include "winnls.h"
#include "ntmsapi.h"
#include "wine/test.h"
#include "pairs.h"

static const GUID null_guid;
static GUID unknown = { 0x12345678, 0x1234, 0x1234, { 1, 2, 3, 4, 5, 6, 7, 8 } };   /* of no object */
static HANDLE session, made_up = (HANDLE)0xdeadbee0;

/* Objects of each kind, the null GUID where there is none: a function that gets all of them right succeeds, or fails for
 * another reason than its arguments. */
static GUID computer, library, drive, slot, medium, side, media_type, pool, free_pool;
static GUID * const objects[] = { &computer, &library, &drive, &slot, &medium, &side, &media_type, &pool, &free_pool };

/* room for what functions return, and what they read */
static GUID out_id[2];
static DWORD out_number, size, short_size;
static HANDLE out_handle;
static void *out_pointer;
static BYTE buffer[0x10001];
static WCHAR name[] = L"winetest";
static WCHAR name_too_long[NTMS_POOLHIERARCHY_LENGTH + 1], component_too_long[NTMS_OBJECTNAME_LENGTH + 1];
static WCHAR attribute_too_long[NTMS_MAXATTR_NAMELEN + 1];
static GUID unknown_ids[2], allocated;
static NTMS_ALLOCATION_INFORMATION allocation = { sizeof(allocation) }, allocation_short = { sizeof(allocation) - 1 };
static SECURITY_DESCRIPTOR malformed_descriptor;
static SECURITY_ATTRIBUTES malformed_attributes = { sizeof(malformed_attributes), &malformed_descriptor, FALSE };
static NTMS_OBJECTINFORMATIONW infoW[5];
static NTMS_OBJECTINFORMATIONA infoA[5];
enum info_form { GOOD, SIZE_0, SIZE_SHORT, SIZE_LONG, WRONG_TYPE };

/* ---- the functions that take a handle or return one, in a form that the table can call */

static DWORD WINAPI open_sessionW( const WCHAR *server, const WCHAR *application, DWORD options )
{
    HANDLE handle = OpenNtmsSessionW( server, application, options );
    DWORD err = GetLastError();

    if (handle == INVALID_HANDLE_VALUE) return err;
    CloseNtmsSession( handle );
    return ERROR_SUCCESS;
}

static DWORD WINAPI open_sessionA( const char *server, const char *application, DWORD options )
{
    HANDLE handle = OpenNtmsSessionA( server, application, options );
    DWORD err = GetLastError();

    if (handle == INVALID_HANDLE_VALUE) return err;
    CloseNtmsSession( handle );
    return ERROR_SUCCESS;
}

static DWORD WINAPI open_notification( HANDLE handle, DWORD type )
{
    HANDLE notification = OpenNtmsNotification( handle, type );
    DWORD err = GetLastError();

    if (notification == INVALID_HANDLE_VALUE) return err;
    CloseNtmsNotification( notification );
    return ERROR_SUCCESS;
}

/* ---- the table: each function with usable arguments, then what is wrong, one argument at a time */

#define S        &session               /* its value is passed, not its address */
#define V( n )   ((void *)(ULONG_PTR)(n))
#define ANY( x ) x                      /* no value of this argument is wrong in itself */

#define CALL( function, ... )            { #function, (FARPROC)function, { __VA_ARGS__ }, ARRAYSIZE(((void *[]){ __VA_ARGS__ })) }
#define CALL_AS( function, real, ... )   { #function, (FARPROC)real, { __VA_ARGS__ }, ARRAYSIZE(((void *[]){ __VA_ARGS__ })) }

static const struct call
{
    const char *name;
    FARPROC     function;
    void       *args[8];
    unsigned int count;
}
calls[] =
{
    CALL( AccessNtmsLibraryDoor, S, &library, V(NTMS_INVENTORY_NONE) ),
    CALL( AddNtmsMediaType, S, &media_type, &library ),
    CALL( AllocateNtmsMedia, S, &pool, NULL, &allocated, V(NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE), V(0), &allocation ),
    CALL( BeginNtmsDeviceChangeDetection, S, &out_handle ),
    CALL( CancelNtmsLibraryRequest, S, &unknown ),
    CALL( CancelNtmsOperatorRequest, S, &unknown ),
    CALL( ChangeNtmsMediaType, S, &medium, &pool ),
    CALL( CleanNtmsDrive, S, &drive ),
    CALL( CloseNtmsNotification, &made_up ),
    CALL( CloseNtmsSession, &made_up ),
    CALL( CreateNtmsMediaA, S, &infoA[GOOD], &infoA[GOOD], V(0) ),
    CALL( CreateNtmsMediaW, S, &infoW[GOOD], &infoW[GOOD], V(0) ),
    CALL( CreateNtmsMediaPoolA, S, (void *)"winetest", NULL, V(NTMS_OPEN_ALWAYS), NULL, out_id ),
    CALL( CreateNtmsMediaPoolW, S, name, NULL, V(NTMS_OPEN_ALWAYS), NULL, out_id ),
    CALL( DeallocateNtmsMedia, S, &unknown, V(0) ),
    CALL( DecommissionNtmsMedia, S, &side ),
    CALL( DeleteNtmsDrive, S, &drive ),
    CALL( DeleteNtmsLibrary, S, &library ),
    CALL( DeleteNtmsMedia, S, &medium ),
    CALL( DeleteNtmsMediaPool, S, &pool ),
    CALL( DeleteNtmsMediaType, S, &media_type, &library ),
    CALL( DeleteNtmsRequests, S, unknown_ids, V(NTMS_LIBREQUEST), V(1) ),
    CALL( DisableNtmsObject, S, V(NTMS_LIBRARY), &library ),
    CALL( DismountNtmsDrive, S, &drive ),
    CALL( DismountNtmsMedia, S, &unknown, V(1), V(NTMS_DISMOUNT_IMMEDIATE) ),
    CALL( EjectDiskFromSADriveA, NULL, NULL, (void *)"\\\\.\\NoSuchDrive", NULL, NULL, NULL, V(NTMS_EJECT_START) ),
    CALL( EjectDiskFromSADriveW, NULL, NULL, (void *)L"\\\\.\\NoSuchDrive", NULL, NULL, NULL, V(NTMS_EJECT_START) ),
    CALL( EjectNtmsCleaner, S, &library, out_id, V(NTMS_EJECT_START) ),
    CALL( EjectNtmsMedia, S, &medium, out_id, V(NTMS_EJECT_STOP) ),
    CALL( EnableNtmsObject, S, V(NTMS_LIBRARY), &library ),
    CALL( EndNtmsDeviceChangeDetection, S, &made_up ),
    CALL( EnumerateNtmsObject, S, NULL, buffer, &size, V(NTMS_MEDIA_POOL), V(0) ),
    CALL( GetNtmsMediaPoolNameA, S, &pool, buffer, &size ),
    CALL( GetNtmsMediaPoolNameW, S, &pool, buffer, &size ),
    CALL( GetNtmsObjectAttributeA, S, &computer, V(NTMS_COMPUTER), (void *)"winetest", buffer, &size ),
    CALL( GetNtmsObjectAttributeW, S, &computer, V(NTMS_COMPUTER), name, buffer, &size ),
    CALL( GetNtmsObjectInformationA, S, &computer, &infoA[GOOD] ),
    CALL( GetNtmsObjectInformationW, S, &computer, &infoW[GOOD] ),
    CALL( GetNtmsObjectSecurity, S, &computer, V(NTMS_COMPUTER), V(DACL_SECURITY_INFORMATION), buffer, V(1024), &out_number ),
    CALL( GetNtmsRequestOrder, S, &unknown, &out_number ),
    CALL( GetNtmsUIOptionsA, S, &computer, V(NTMS_UITYPE_INFO), buffer, &size ),
    CALL( GetNtmsUIOptionsW, S, &computer, V(NTMS_UITYPE_INFO), buffer, &size ),
    CALL( GetVolumesFromDriveA, (void *)"\\\\.\\NoSuchDrive", &out_pointer, &out_pointer ),
    CALL( GetVolumesFromDriveW, (void *)L"\\\\.\\NoSuchDrive", &out_pointer, &out_pointer ),
    CALL( IdentifyNtmsSlot, S, &slot, V(NTMS_DISMOUNT_IMMEDIATE) ),
    CALL( InjectNtmsCleaner, S, &library, out_id, ANY( V(1) ), V(NTMS_INJECT_START) ),
    CALL( InjectNtmsMedia, S, &library, out_id, V(NTMS_INJECT_START) ),
    CALL( InventoryNtmsLibrary, S, &library, V(NTMS_INVENTORY_FAST) ),
    CALL( MountNtmsMedia, S, unknown_ids, out_id, V(1), V(NTMS_MOUNT_READ), V(NTMS_PRIORITY_NORMAL), ANY( V(0) ), ANY( NULL )),
    CALL( MoveToNtmsMediaPool, S, &medium, &pool ),
    CALL_AS( OpenNtmsNotification, open_notification, S, V(NTMS_DRIVE) ),
    CALL_AS( OpenNtmsSessionA, open_sessionA, NULL, (void *)"winetest", V(0) ),
    CALL_AS( OpenNtmsSessionW, open_sessionW, NULL, name, V(0) ),
    CALL( ReleaseNtmsCleanerSlot, S, &library ),
    CALL( ReserveNtmsCleanerSlot, S, &library, &slot ),
    CALL( SatisfyNtmsOperatorRequest, S, &unknown ),
    CALL( SetNtmsDeviceChangeDetection, S, &made_up, &drive, V(NTMS_DRIVE), V(1) ),
    CALL( SetNtmsMediaComplete, S, &side ),
    CALL( SetNtmsObjectAttributeA, S, &computer, V(NTMS_COMPUTER), (void *)"winetest", buffer, V(4) ),
    CALL( SetNtmsObjectAttributeW, S, &computer, V(NTMS_COMPUTER), name, buffer, V(4) ),
    CALL( SetNtmsObjectInformationA, S, &computer, &infoA[GOOD] ),
    CALL( SetNtmsObjectInformationW, S, &computer, &infoW[GOOD] ),
    CALL( SetNtmsObjectSecurity, S, &computer, V(NTMS_COMPUTER), V(DACL_SECURITY_INFORMATION), &malformed_descriptor ),
    CALL( SetNtmsRequestOrder, S, &unknown, ANY( V(1) )),
    CALL( SetNtmsUIOptionsA, S, &computer, V(NTMS_UITYPE_INFO), V(NTMS_UIDEST_DELETE), (void *)"winetest" ),
    CALL( SetNtmsUIOptionsW, S, &computer, V(NTMS_UITYPE_INFO), V(NTMS_UIDEST_DELETE), name ),
    CALL( SubmitNtmsOperatorRequestA, S, V(NTMS_OPREQ_NEWMEDIA), (void *)"winetest", &pool, &library, out_id ),
    CALL( SubmitNtmsOperatorRequestW, S, V(NTMS_OPREQ_NEWMEDIA), name, &pool, &library, out_id ),
    CALL( SwapNtmsMedia, S, &side, &side ),
    CALL( UpdateNtmsOmidInfo, S, &unknown, V(NTMS_OMID_TYPE_RAW_LABEL), V(512), buffer ),
    CALL( WaitForNtmsNotification, &made_up, out_id, ANY( V(0) )),
    CALL( WaitForNtmsOperatorRequest, S, &unknown, ANY( V(0) )),
};

#define WRONG( function, arg, value, code )  { #function, arg, (void *)(value), #code, code }

/* A function without A or W means both forms. */
static const struct wrong
{
    const char  *function;
    unsigned int arg;
    void        *value;
    const char  *name;
    DWORD        code;
}
wrongs[] =
{
    WRONG( AccessNtmsLibraryDoor, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( AccessNtmsLibraryDoor, 1, &unknown, ERROR_INVALID_LIBRARY ),
    WRONG( AccessNtmsLibraryDoor, 1, &computer, ERROR_INVALID_LIBRARY ),
    WRONG( AccessNtmsLibraryDoor, 2, V(NTMS_INVENTORY_MAX), ERROR_INVALID_PARAMETER ),
    WRONG( AccessNtmsLibraryDoor, 2, V(0xffffffff), ERROR_INVALID_PARAMETER ),

    WRONG( AddNtmsMediaType, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( AddNtmsMediaType, 1, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( AddNtmsMediaType, 1, &computer, ERROR_INVALID_MEDIA ),
    WRONG( AddNtmsMediaType, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( AddNtmsMediaType, 2, &unknown, ERROR_INVALID_LIBRARY ),
    WRONG( AddNtmsMediaType, 2, &computer, ERROR_INVALID_LIBRARY ),

    WRONG( AllocateNtmsMedia, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( AllocateNtmsMedia, 1, &unknown, ERROR_INVALID_MEDIA_POOL ),
    WRONG( AllocateNtmsMedia, 1, &computer, ERROR_INVALID_MEDIA_POOL ),
    WRONG( AllocateNtmsMedia, 2, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( AllocateNtmsMedia, 3, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( AllocateNtmsMedia, 4, V(NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_NEXT), ERROR_INVALID_PARAMETER ),
    WRONG( AllocateNtmsMedia, 4, V(8), ERROR_INVALID_PARAMETER ),
    WRONG( AllocateNtmsMedia, 4, V(0x80000000), ERROR_INVALID_PARAMETER ),
    WRONG( AllocateNtmsMedia, 6, &allocation_short, ERROR_INVALID_PARAMETER ),

    WRONG( BeginNtmsDeviceChangeDetection, 1, NULL, ERROR_INVALID_PARAMETER ),

    WRONG( CancelNtmsLibraryRequest, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( CancelNtmsLibraryRequest, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( CancelNtmsLibraryRequest, 1, &computer, ERROR_OBJECT_NOT_FOUND ),

    WRONG( CancelNtmsOperatorRequest, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( CancelNtmsOperatorRequest, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( CancelNtmsOperatorRequest, 1, &computer, ERROR_OBJECT_NOT_FOUND ),

    WRONG( ChangeNtmsMediaType, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( ChangeNtmsMediaType, 1, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( ChangeNtmsMediaType, 1, &computer, ERROR_INVALID_MEDIA ),
    WRONG( ChangeNtmsMediaType, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( ChangeNtmsMediaType, 2, &unknown, ERROR_INVALID_MEDIA_POOL ),
    WRONG( ChangeNtmsMediaType, 2, &computer, ERROR_INVALID_MEDIA_POOL ),

    WRONG( CleanNtmsDrive, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( CleanNtmsDrive, 1, &unknown, ERROR_INVALID_DRIVE ),
    WRONG( CleanNtmsDrive, 1, &computer, ERROR_INVALID_DRIVE ),

    WRONG( CloseNtmsNotification, 0, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( CloseNtmsNotification, 0, &made_up, ERROR_INVALID_HANDLE ),

    WRONG( CloseNtmsSession, 0, NULL, ERROR_INVALID_HANDLE ),
    WRONG( CloseNtmsSession, 0, &made_up, ERROR_INVALID_HANDLE ),

    WRONG( CreateNtmsMedia, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMedia, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMedia, 3, V(2), ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMedia, 3, V(0x80000000), ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMediaA, 1, &infoA[SIZE_0], ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMediaA, 1, &infoA[SIZE_SHORT], ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMediaA, 1, &infoA[SIZE_LONG], ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMediaA, 1, &infoA[WRONG_TYPE], ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMediaW, 1, &infoW[SIZE_0], ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMediaW, 1, &infoW[SIZE_SHORT], ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMediaW, 1, &infoW[SIZE_LONG], ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMediaW, 1, &infoW[WRONG_TYPE], ERROR_INVALID_PARAMETER ),

    WRONG( CreateNtmsMediaPool, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMediaPoolA, 1, "", ERROR_INVALID_NAME ),
    WRONG( CreateNtmsMediaPoolW, 1, L"", ERROR_INVALID_NAME ),
    WRONG( CreateNtmsMediaPoolW, 1, name_too_long, ERROR_INVALID_NAME ),
    WRONG( CreateNtmsMediaPoolW, 1, component_too_long, ERROR_INVALID_NAME ),
    WRONG( CreateNtmsMediaPoolW, 1, L"a\\", ERROR_INVALID_NAME ),
    WRONG( CreateNtmsMediaPoolW, 1, L"a\\\\b", ERROR_INVALID_NAME ),
    WRONG( CreateNtmsMediaPool, 2, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( CreateNtmsMediaPool, 2, &computer, ERROR_INVALID_MEDIA ),
    WRONG( CreateNtmsMediaPool, 3, V(0), ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMediaPool, 3, V(4), ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMediaPool, 4, &malformed_attributes, ERROR_INVALID_PARAMETER ),
    WRONG( CreateNtmsMediaPool, 5, NULL, ERROR_INVALID_PARAMETER ),

    WRONG( DeallocateNtmsMedia, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( DeallocateNtmsMedia, 1, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( DeallocateNtmsMedia, 1, &computer, ERROR_INVALID_MEDIA ),
    WRONG( DeallocateNtmsMedia, 2, V(2), ERROR_INVALID_PARAMETER ),
    WRONG( DeallocateNtmsMedia, 2, V(0x80000000), ERROR_INVALID_PARAMETER ),

    WRONG( DecommissionNtmsMedia, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( DecommissionNtmsMedia, 1, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( DecommissionNtmsMedia, 1, &computer, ERROR_INVALID_MEDIA ),

    WRONG( DeleteNtmsDrive, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( DeleteNtmsDrive, 1, &unknown, ERROR_INVALID_DRIVE ),
    WRONG( DeleteNtmsDrive, 1, &computer, ERROR_INVALID_DRIVE ),

    WRONG( DeleteNtmsLibrary, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( DeleteNtmsLibrary, 1, &unknown, ERROR_INVALID_LIBRARY ),
    WRONG( DeleteNtmsLibrary, 1, &computer, ERROR_INVALID_LIBRARY ),

    WRONG( DeleteNtmsMedia, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( DeleteNtmsMedia, 1, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( DeleteNtmsMedia, 1, &computer, ERROR_INVALID_MEDIA ),

    WRONG( DeleteNtmsMediaPool, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( DeleteNtmsMediaPool, 1, &unknown, ERROR_INVALID_MEDIA_POOL ),
    WRONG( DeleteNtmsMediaPool, 1, &computer, ERROR_INVALID_MEDIA_POOL ),
    WRONG( DeleteNtmsMediaPool, 1, &free_pool, ERROR_INVALID_MEDIA_POOL ),

    WRONG( DeleteNtmsMediaType, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( DeleteNtmsMediaType, 1, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( DeleteNtmsMediaType, 1, &computer, ERROR_INVALID_MEDIA ),
    WRONG( DeleteNtmsMediaType, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( DeleteNtmsMediaType, 2, &unknown, ERROR_INVALID_LIBRARY ),
    WRONG( DeleteNtmsMediaType, 2, &computer, ERROR_INVALID_LIBRARY ),

    WRONG( DeleteNtmsRequests, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( DeleteNtmsRequests, 2, V(NTMS_UNKNOWN), ERROR_INVALID_PARAMETER ),
    WRONG( DeleteNtmsRequests, 2, V(NTMS_DRIVE), ERROR_INVALID_PARAMETER ),
    WRONG( DeleteNtmsRequests, 2, V(0xffffffff), ERROR_INVALID_PARAMETER ),
    WRONG( DeleteNtmsRequests, 3, V(0xffffffff), ERROR_INVALID_PARAMETER ),

    WRONG( DisableNtmsObject, 1, V(NTMS_UNKNOWN), ERROR_INVALID_PARAMETER ),
    WRONG( DisableNtmsObject, 1, V(NTMS_COMPUTER), ERROR_INVALID_PARAMETER ),
    WRONG( DisableNtmsObject, 1, V(NTMS_NUMBER_OF_OBJECT_TYPES), ERROR_INVALID_PARAMETER ),
    WRONG( DisableNtmsObject, 1, V(0xffffffff), ERROR_INVALID_PARAMETER ),
    WRONG( DisableNtmsObject, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( DisableNtmsObject, 2, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( DisableNtmsObject, 2, &computer, ERROR_OBJECT_NOT_FOUND ),

    WRONG( DismountNtmsDrive, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( DismountNtmsDrive, 1, &unknown, ERROR_INVALID_DRIVE ),
    WRONG( DismountNtmsDrive, 1, &computer, ERROR_INVALID_DRIVE ),

    WRONG( DismountNtmsMedia, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( DismountNtmsMedia, 1, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( DismountNtmsMedia, 1, &computer, ERROR_INVALID_MEDIA ),
    WRONG( DismountNtmsMedia, 2, V(0), ERROR_INVALID_PARAMETER ),
    WRONG( DismountNtmsMedia, 2, V(0xffffffff), ERROR_INVALID_PARAMETER ),
    WRONG( DismountNtmsMedia, 3, V(NTMS_DISMOUNT_DEFERRED | NTMS_DISMOUNT_IMMEDIATE), ERROR_INVALID_PARAMETER ),
    WRONG( DismountNtmsMedia, 3, V(4), ERROR_INVALID_PARAMETER ),

    WRONG( EjectDiskFromSADrive, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( EjectDiskFromSADrive, 6, V(NTMS_EJECT_ASK_USER + 1), ERROR_INVALID_PARAMETER ),

    WRONG( EjectNtmsCleaner, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( EjectNtmsCleaner, 1, &unknown, ERROR_INVALID_LIBRARY ),
    WRONG( EjectNtmsCleaner, 1, &computer, ERROR_INVALID_LIBRARY ),
    WRONG( EjectNtmsCleaner, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( EjectNtmsCleaner, 3, V(NTMS_EJECT_QUEUE), ERROR_INVALID_PARAMETER ),

    WRONG( EjectNtmsMedia, 1, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( EjectNtmsMedia, 1, &computer, ERROR_INVALID_MEDIA ),
    WRONG( EjectNtmsMedia, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( EjectNtmsMedia, 2, &unknown, ERROR_INVALID_OPERATION ),
    WRONG( EjectNtmsMedia, 3, V(NTMS_EJECT_ASK_USER + 1), ERROR_INVALID_PARAMETER ),

    WRONG( EnableNtmsObject, 1, V(NTMS_UNKNOWN), ERROR_INVALID_PARAMETER ),
    WRONG( EnableNtmsObject, 1, V(NTMS_COMPUTER), ERROR_INVALID_PARAMETER ),
    WRONG( EnableNtmsObject, 1, V(NTMS_NUMBER_OF_OBJECT_TYPES), ERROR_INVALID_PARAMETER ),
    WRONG( EnableNtmsObject, 1, V(0xffffffff), ERROR_INVALID_PARAMETER ),
    WRONG( EnableNtmsObject, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( EnableNtmsObject, 2, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( EnableNtmsObject, 2, &computer, ERROR_OBJECT_NOT_FOUND ),

    WRONG( EndNtmsDeviceChangeDetection, 1, NULL, ERROR_INVALID_HANDLE ),
    WRONG( EndNtmsDeviceChangeDetection, 1, &made_up, ERROR_INVALID_HANDLE ),

    WRONG( EnumerateNtmsObject, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( EnumerateNtmsObject, 1, &drive, ERROR_INVALID_PARAMETER ),
    WRONG( EnumerateNtmsObject, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( EnumerateNtmsObject, 3, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( EnumerateNtmsObject, 4, V(NTMS_UNKNOWN), ERROR_INVALID_PARAMETER ),
    WRONG( EnumerateNtmsObject, 4, V(NTMS_OBJECT), ERROR_INVALID_PARAMETER ),
    WRONG( EnumerateNtmsObject, 4, V(NTMS_UI_DESTINATION), ERROR_INVALID_PARAMETER ),
    WRONG( EnumerateNtmsObject, 4, V(NTMS_NUMBER_OF_OBJECT_TYPES), ERROR_INVALID_PARAMETER ),
    WRONG( EnumerateNtmsObject, 4, V(0xffffffff), ERROR_INVALID_PARAMETER ),
    WRONG( EnumerateNtmsObject, 5, V(2), ERROR_INVALID_PARAMETER ),
    WRONG( EnumerateNtmsObject, 5, V(0x80000000), ERROR_INVALID_PARAMETER ),

    WRONG( GetNtmsMediaPoolName, 1, NULL, ERROR_INVALID_MEDIA_POOL ),
    WRONG( GetNtmsMediaPoolName, 1, &unknown, ERROR_INVALID_MEDIA_POOL ),
    WRONG( GetNtmsMediaPoolName, 1, &computer, ERROR_INVALID_MEDIA_POOL ),
    WRONG( GetNtmsMediaPoolName, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsMediaPoolName, 3, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsMediaPoolName, 3, &short_size, ERROR_INSUFFICIENT_BUFFER ),

    WRONG( GetNtmsObjectAttribute, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectAttribute, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( GetNtmsObjectAttribute, 2, V(NTMS_NUMBER_OF_OBJECT_TYPES), ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectAttribute, 2, V(0xffffffff), ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectAttribute, 3, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectAttributeW, 3, L"winetest no such attribute", ERROR_OBJECT_NOT_FOUND ),
    WRONG( GetNtmsObjectAttribute, 5, NULL, ERROR_INVALID_PARAMETER ),

    WRONG( GetNtmsObjectInformation, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectInformation, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( GetNtmsObjectInformation, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectInformationA, 2, &infoA[SIZE_0], ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectInformationA, 2, &infoA[SIZE_SHORT], ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectInformationA, 2, &infoA[WRONG_TYPE], ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectInformationW, 2, &infoW[SIZE_0], ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectInformationW, 2, &infoW[SIZE_SHORT], ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectInformationW, 2, &infoW[WRONG_TYPE], ERROR_INVALID_PARAMETER ),

    WRONG( GetNtmsObjectSecurity, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectSecurity, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( GetNtmsObjectSecurity, 2, V(NTMS_NUMBER_OF_OBJECT_TYPES), ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectSecurity, 2, V(0xffffffff), ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsObjectSecurity, 5, V(1), ERROR_INSUFFICIENT_BUFFER ),
    WRONG( GetNtmsObjectSecurity, 6, NULL, ERROR_INVALID_PARAMETER ),

    WRONG( GetNtmsRequestOrder, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsRequestOrder, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( GetNtmsRequestOrder, 1, &computer, ERROR_OBJECT_NOT_FOUND ),
    WRONG( GetNtmsRequestOrder, 2, NULL, ERROR_INVALID_PARAMETER ),

    WRONG( GetNtmsUIOptions, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( GetNtmsUIOptions, 1, &drive, ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsUIOptions, 2, V(NTMS_UITYPE_INVALID), ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsUIOptions, 2, V(NTMS_UITYPE_MAX), ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsUIOptions, 2, V(0xffffffff), ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsUIOptions, 3, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( GetNtmsUIOptions, 4, NULL, ERROR_INVALID_PARAMETER ),

    WRONG( GetVolumesFromDrive, 0, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( GetVolumesFromDrive, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( GetVolumesFromDrive, 2, NULL, ERROR_INVALID_PARAMETER ),

    WRONG( IdentifyNtmsSlot, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( IdentifyNtmsSlot, 1, &unknown, ERROR_INVALID_PARAMETER ),
    WRONG( IdentifyNtmsSlot, 1, &computer, ERROR_INVALID_PARAMETER ),
    WRONG( IdentifyNtmsSlot, 2, V(3), ERROR_INVALID_PARAMETER ),

    WRONG( InjectNtmsCleaner, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( InjectNtmsCleaner, 1, &unknown, ERROR_INVALID_LIBRARY ),
    WRONG( InjectNtmsCleaner, 1, &computer, ERROR_INVALID_LIBRARY ),
    WRONG( InjectNtmsCleaner, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( InjectNtmsCleaner, 4, V(2), ERROR_INVALID_PARAMETER ),

    WRONG( InjectNtmsMedia, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( InjectNtmsMedia, 1, &unknown, ERROR_INVALID_LIBRARY ),
    WRONG( InjectNtmsMedia, 1, &computer, ERROR_INVALID_LIBRARY ),
    WRONG( InjectNtmsMedia, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( InjectNtmsMedia, 3, V(4), ERROR_INVALID_PARAMETER ),

    WRONG( InventoryNtmsLibrary, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( InventoryNtmsLibrary, 1, &unknown, ERROR_INVALID_PARAMETER ),
    WRONG( InventoryNtmsLibrary, 1, &computer, ERROR_INVALID_PARAMETER ),
    WRONG( InventoryNtmsLibrary, 2, V(NTMS_INVENTORY_MAX), ERROR_INVALID_PARAMETER ),

    WRONG( MountNtmsMedia, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( MountNtmsMedia, 1, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( MountNtmsMedia, 1, &computer, ERROR_INVALID_MEDIA ),
    WRONG( MountNtmsMedia, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( MountNtmsMedia, 3, V(0), ERROR_INVALID_PARAMETER ),
    WRONG( MountNtmsMedia, 3, V(0xffffffff), ERROR_INVALID_PARAMETER ),
    WRONG( MountNtmsMedia, 4, V(0x80000000), ERROR_INVALID_PARAMETER ),
    WRONG( MountNtmsMedia, 5, V(NTMS_PRIORITY_HIGHEST + 1), ERROR_INVALID_PARAMETER ),
    WRONG( MountNtmsMedia, 5, V(NTMS_PRIORITY_LOWEST - 1), ERROR_INVALID_PARAMETER ),

    WRONG( MoveToNtmsMediaPool, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( MoveToNtmsMediaPool, 1, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( MoveToNtmsMediaPool, 1, &computer, ERROR_INVALID_MEDIA ),
    WRONG( MoveToNtmsMediaPool, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( MoveToNtmsMediaPool, 2, &unknown, ERROR_INVALID_MEDIA_POOL ),
    WRONG( MoveToNtmsMediaPool, 2, &computer, ERROR_INVALID_MEDIA_POOL ),

    WRONG( OpenNtmsSessionA, 0, "a/b", ERROR_INVALID_COMPUTERNAME ),
    WRONG( OpenNtmsSessionW, 0, L"a/b", ERROR_INVALID_COMPUTERNAME ),
    WRONG( OpenNtmsSessionW, 1, name_too_long, ERROR_INVALID_PARAMETER ),
    WRONG( OpenNtmsSession, 2, V(0x80000000), ERROR_INVALID_PARAMETER ),

    WRONG( ReleaseNtmsCleanerSlot, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( ReleaseNtmsCleanerSlot, 1, &unknown, ERROR_INVALID_LIBRARY ),
    WRONG( ReleaseNtmsCleanerSlot, 1, &computer, ERROR_INVALID_LIBRARY ),

    WRONG( ReserveNtmsCleanerSlot, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( ReserveNtmsCleanerSlot, 1, &unknown, ERROR_INVALID_LIBRARY ),
    WRONG( ReserveNtmsCleanerSlot, 1, &computer, ERROR_INVALID_LIBRARY ),
    WRONG( ReserveNtmsCleanerSlot, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( ReserveNtmsCleanerSlot, 2, &unknown, ERROR_INVALID_SLOT ),
    WRONG( ReserveNtmsCleanerSlot, 2, &computer, ERROR_INVALID_SLOT ),

    WRONG( SatisfyNtmsOperatorRequest, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SatisfyNtmsOperatorRequest, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( SatisfyNtmsOperatorRequest, 1, &computer, ERROR_OBJECT_NOT_FOUND ),

    WRONG( SetNtmsDeviceChangeDetection, 1, NULL, ERROR_INVALID_HANDLE ),
    WRONG( SetNtmsDeviceChangeDetection, 1, &made_up, ERROR_INVALID_HANDLE ),
    WRONG( SetNtmsDeviceChangeDetection, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsDeviceChangeDetection, 3, V(NTMS_UNKNOWN), ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsDeviceChangeDetection, 4, V(0xffffffff), ERROR_INVALID_PARAMETER ),

    WRONG( SetNtmsMediaComplete, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsMediaComplete, 1, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( SetNtmsMediaComplete, 1, &computer, ERROR_INVALID_MEDIA ),

    WRONG( SetNtmsObjectAttribute, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectAttribute, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( SetNtmsObjectAttribute, 2, V(0xffffffff), ERROR_SUCCESS ),  /* ignored (MS-RSMP) */
    WRONG( SetNtmsObjectAttribute, 3, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectAttributeA, 3, "", ERROR_INVALID_NAME ),
    WRONG( SetNtmsObjectAttributeW, 3, L"", ERROR_INVALID_NAME ),
    WRONG( SetNtmsObjectAttributeW, 3, attribute_too_long, ERROR_INVALID_NAME ),
    WRONG( SetNtmsObjectAttribute, 4, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectAttribute, 5, V(NTMS_MAXATTR_LENGTH), ERROR_NO_DATA ),
    WRONG( SetNtmsObjectAttribute, 5, V(0xffffffff), ERROR_NO_DATA ),

    WRONG( SetNtmsObjectInformation, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectInformation, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( SetNtmsObjectInformation, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectInformationA, 2, &infoA[SIZE_0], ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectInformationA, 2, &infoA[SIZE_SHORT], ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectInformationA, 2, &infoA[WRONG_TYPE], ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectInformationW, 2, &infoW[SIZE_0], ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectInformationW, 2, &infoW[SIZE_SHORT], ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectInformationW, 2, &infoW[WRONG_TYPE], ERROR_INVALID_PARAMETER ),

    WRONG( SetNtmsObjectSecurity, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectSecurity, 2, V(NTMS_UNKNOWN), ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectSecurity, 2, V(0xffffffff), ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectSecurity, 4, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsObjectSecurity, 4, &malformed_descriptor, ERROR_INVALID_PARAMETER ),

    WRONG( SetNtmsRequestOrder, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsRequestOrder, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( SetNtmsRequestOrder, 1, &computer, ERROR_OBJECT_NOT_FOUND ),

    WRONG( SetNtmsUIOptions, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( SetNtmsUIOptions, 1, &drive, ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsUIOptions, 2, V(NTMS_UITYPE_INVALID), ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsUIOptions, 2, V(NTMS_UITYPE_MAX), ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsUIOptions, 2, V(0xffffffff), ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsUIOptions, 3, V(0), ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsUIOptions, 3, V(NTMS_UIDEST_DELETEALL + 1), ERROR_INVALID_PARAMETER ),
    WRONG( SetNtmsUIOptions, 4, NULL, ERROR_INVALID_PARAMETER ),

    WRONG( SubmitNtmsOperatorRequest, 1, V(NTMS_OPREQ_UNKNOWN), ERROR_INVALID_PARAMETER ),
    WRONG( SubmitNtmsOperatorRequest, 1, V(NTMS_OPREQ_MESSAGE + 1), ERROR_INVALID_PARAMETER ),
    WRONG( SubmitNtmsOperatorRequest, 3, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SubmitNtmsOperatorRequest, 3, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( SubmitNtmsOperatorRequest, 4, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( SubmitNtmsOperatorRequest, 5, NULL, ERROR_INVALID_PARAMETER ),

    WRONG( SwapNtmsMedia, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SwapNtmsMedia, 1, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( SwapNtmsMedia, 1, &computer, ERROR_INVALID_MEDIA ),
    WRONG( SwapNtmsMedia, 2, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( SwapNtmsMedia, 2, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( SwapNtmsMedia, 2, &computer, ERROR_INVALID_MEDIA ),

    WRONG( UpdateNtmsOmidInfo, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( UpdateNtmsOmidInfo, 1, &unknown, ERROR_INVALID_MEDIA ),
    WRONG( UpdateNtmsOmidInfo, 1, &computer, ERROR_INVALID_MEDIA ),
    WRONG( UpdateNtmsOmidInfo, 2, V(0), ERROR_INVALID_PARAMETER ),
    WRONG( UpdateNtmsOmidInfo, 2, V(NTMS_OMID_TYPE_FILESYSTEM_INFO), ERROR_INVALID_PARAMETER ),  /* not its size */
    WRONG( UpdateNtmsOmidInfo, 2, V(3), ERROR_INVALID_PARAMETER ),
    WRONG( UpdateNtmsOmidInfo, 3, V(0), ERROR_INVALID_PARAMETER ),
    WRONG( UpdateNtmsOmidInfo, 3, V(0x10001), ERROR_INVALID_PARAMETER ),
    WRONG( UpdateNtmsOmidInfo, 4, NULL, ERROR_INVALID_PARAMETER ),

    WRONG( WaitForNtmsNotification, 0, NULL, ERROR_INVALID_HANDLE ),
    WRONG( WaitForNtmsNotification, 0, &made_up, ERROR_INVALID_HANDLE ),

    WRONG( WaitForNtmsOperatorRequest, 1, NULL, ERROR_INVALID_PARAMETER ),
    WRONG( WaitForNtmsOperatorRequest, 1, &unknown, ERROR_OBJECT_NOT_FOUND ),
    WRONG( WaitForNtmsOperatorRequest, 1, &computer, ERROR_OBJECT_NOT_FOUND ),
};

typedef DWORD (WINAPI *function1)( void * );
typedef DWORD (WINAPI *function2)( void *, void * );
typedef DWORD (WINAPI *function3)( void *, void *, void * );
typedef DWORD (WINAPI *function4)( void *, void *, void *, void * );
typedef DWORD (WINAPI *function5)( void *, void *, void *, void *, void * );
typedef DWORD (WINAPI *function6)( void *, void *, void *, void *, void *, void * );
typedef DWORD (WINAPI *function7)( void *, void *, void *, void *, void *, void *, void * );
typedef DWORD (WINAPI *function8)( void *, void *, void *, void *, void *, void *, void *, void * );

static DWORD call_function( const struct call *call, void **a )
{
    void *f = (void *)call->function;

    switch (call->count)
    {
    case 1: return ((function1)f)( a[0] );
    case 2: return ((function2)f)( a[0], a[1] );
    case 3: return ((function3)f)( a[0], a[1], a[2] );
    case 4: return ((function4)f)( a[0], a[1], a[2], a[3] );
    case 5: return ((function5)f)( a[0], a[1], a[2], a[3], a[4] );
    case 6: return ((function6)f)( a[0], a[1], a[2], a[3], a[4], a[5] );
    case 7: return ((function7)f)( a[0], a[1], a[2], a[3], a[4], a[5], a[6] );
    default: return ((function8)f)( a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7] );
    }
}

/* what the functions read has its contents again */
static void reset_arguments(void)
{
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(infoW); i++)
    {
        memset( &infoW[i], 0, sizeof(infoW[i]) );
        memset( &infoA[i], 0, sizeof(infoA[i]) );
        infoW[i].dwSize = sizeof(infoW[i]);
        infoA[i].dwSize = sizeof(infoA[i]);
        infoW[i].dwType = infoA[i].dwType = NTMS_COMPUTER;
    }
    infoW[SIZE_0].dwSize = infoA[SIZE_0].dwSize = 0;
    infoW[SIZE_SHORT].dwSize--;
    infoA[SIZE_SHORT].dwSize--;
    infoW[SIZE_LONG].dwSize++;
    infoA[SIZE_LONG].dwSize++;
    infoW[WRONG_TYPE].dwType = infoA[WRONG_TYPE].dwType = NTMS_NUMBER_OF_OBJECT_TYPES;

    unknown_ids[0] = unknown_ids[1] = unknown;
    unknown_ids[1].Data1++;
    allocated = unknown;
    size = 64;
    short_size = 1;
}

static BOOL is_call( const struct call *call, const char *function )
{
    size_t len = strlen( function );

    return !strncmp( call->name, function, len ) && (!call->name[len] || (strchr( "AW", call->name[len] ) && !call->name[len + 1]));
}

/* an object that there is none of */
static BOOL is_missing( const void *arg )
{
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(objects); i++) if (arg == objects[i]) return IsEqualGUID( objects[i], &null_guid );
    return FALSE;
}

static void *get_argument( void *arg )
{
    if (arg == &session) return session;
    return arg == &made_up ? made_up : arg;
}

/* FALSE when an object for it is missing */
static BOOL try_wrong( const struct call *call, const struct wrong *wrong )
{
    void *args[8] = { NULL };
    unsigned int i;
    DWORD err;

    reset_arguments();
    for (i = 0; i < call->count; i++)
    {
        args[i] = i == wrong->arg ? wrong->value : call->args[i];
        if (is_missing( args[i] ) && wrong->value) return FALSE;
        args[i] = get_argument( args[i] );
    }
    err = call_function( call, args );
    todo_wine_if( err == ERROR_CALL_NOT_IMPLEMENTED )
        pair_( __FILE__, __LINE__, call->name, wrong->name, wrong->code, err, "natural" );
    return TRUE;
}

static void test_wrong_arguments(void)
{
    unsigned int i, j, missing = 0, found;

    for (i = 0; i < ARRAYSIZE(wrongs); i++)
    {
        winetest_push_context( "%s argument %u, row %u", wrongs[i].function, wrongs[i].arg, i );
        for (j = found = 0; j < ARRAYSIZE(calls); j++)
        {
            if (!is_call( &calls[j], wrongs[i].function )) continue;
            found++;
            if (!try_wrong( &calls[j], &wrongs[i] )) missing++;
        }
        ok( found, "no such function\n" );
        winetest_pop_context();
    }
    if (missing) skip( "%u rows need a library with media\n", missing );
}

/* whether memory has only the byte that it was filled with */
static BOOL is_filled( const void *ptr, size_t size, BYTE fill )
{
    const BYTE *bytes = ptr;

    while (size--) if (bytes[size] != fill) return FALSE;
    return TRUE;
}

/* both forms of a name mean the same pool */
static void test_pool_names(void)
{
    GUID first, again;
    DWORD err;

    err = CreateNtmsMediaPoolW( session, L"winetest", NULL, NTMS_OPEN_ALWAYS, NULL, &first );
    pair( "CreateNtmsMediaPool", ERROR_SUCCESS, err );
    err = CreateNtmsMediaPoolA( session, "winetest", NULL, NTMS_OPEN_EXISTING, NULL, &again );
    pair( "CreateNtmsMediaPool", ERROR_SUCCESS, err );
    ok( !memcmp( &first, &again, sizeof(first) ), "got another pool\n" );
    memset( &again, 0xcc, sizeof(again) );
    err = CreateNtmsMediaPoolA( session, "winetest", NULL, NTMS_CREATE_NEW, NULL, &again );
    pair( "CreateNtmsMediaPool", ERROR_ALREADY_EXISTS, err );
    ok( is_filled( &again, sizeof(again), 0xcc ), "identifier was written\n" );
}

/* what is refused leaves the caller's memory alone */
static void test_untouched(void)
{
    NTMS_OBJECTINFORMATIONW info;
    NTMS_OBJECTINFORMATIONA infoA;
    GUID list[16], media;
    DWORD err, count;

    count = ARRAYSIZE(list);
    memset( list, 0xcc, sizeof(list) );
    err = EnumerateNtmsObject( session, NULL, list, &count, NTMS_UNKNOWN, 0 );
    pair( "EnumerateNtmsObject", ERROR_INVALID_PARAMETER, err );
    err = EnumerateNtmsObject( session, &unknown, list, &count, NTMS_DRIVE, 0 );
    pair( "EnumerateNtmsObject", ERROR_OBJECT_NOT_FOUND, err );
    ok( count == ARRAYSIZE(list), "got %lu\n", count );
    ok( is_filled( list, sizeof(list), 0xcc ), "list was written\n" );

    memset( &info, 0xcc, sizeof(info) );
    info.dwSize = sizeof(info) - 1;
    info.dwType = NTMS_COMPUTER;
    err = GetNtmsObjectInformationW( session, &computer, &info );
    pair( "GetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
    info.dwSize = sizeof(info);
    info.dwType = NTMS_DRIVE;
    err = GetNtmsObjectInformationW( session, &unknown, &info );
    pair( "GetNtmsObjectInformation", ERROR_OBJECT_NOT_FOUND, err );
    ok( is_filled( &info.Created, sizeof(info) - FIELD_OFFSET( NTMS_OBJECTINFORMATIONW, Created ), 0xcc ), "info was written\n" );

    memset( &infoA, 0xcc, sizeof(infoA) );
    infoA.dwSize = sizeof(infoA) - 1;
    infoA.dwType = NTMS_COMPUTER;
    err = GetNtmsObjectInformationA( session, &computer, &infoA );
    pair( "GetNtmsObjectInformation", ERROR_INVALID_PARAMETER, err );
    ok( is_filled( &infoA.Created, sizeof(infoA) - FIELD_OFFSET( NTMS_OBJECTINFORMATIONA, Created ), 0xcc ), "info was written\n" );

    memset( list, 0xcc, sizeof(list) );
    err = MountNtmsMedia( session, &unknown, list, 1, NTMS_MOUNT_READ, 0, 0, NULL );
    pair( "MountNtmsMedia", ERROR_INVALID_MEDIA, err );
    err = CreateNtmsMediaPoolW( session, L"", NULL, NTMS_OPEN_ALWAYS, NULL, list );
    pair( "CreateNtmsMediaPool", ERROR_INVALID_NAME, err );
    ok( is_filled( list, sizeof(list), 0xcc ), "list was written\n" );

    /* what is not allocated is no medium, but wrong parameters are noticed before */
    media = unknown;
    err = AllocateNtmsMedia( session, &unknown, NULL, &media, 8, 0, NULL );
    pair( "AllocateNtmsMedia", ERROR_INVALID_PARAMETER, err );
    ok( IsEqualGUID( &media, &unknown ), "identifier was written\n" );
    err = AllocateNtmsMedia( session, &unknown, NULL, &media, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0, NULL );
    pair( "AllocateNtmsMedia", ERROR_INVALID_MEDIA_POOL, err );
    ok( IsEqualGUID( &media, &null_guid ), "got a medium\n" );
}

/* a list that is too short receives what fits */
static void test_short_list(void)
{
    DWORD err, count, total = 0;
    GUID list[64];

    err = EnumerateNtmsObject( session, NULL, NULL, &total, NTMS_MEDIA_POOL, 0 );
    pair( "EnumerateNtmsObject", ERROR_INSUFFICIENT_BUFFER, err );
    ok( total >= 3, "got %lu pools\n", total );

    count = 1;
    memset( list, 0xcc, sizeof(list) );
    err = EnumerateNtmsObject( session, NULL, list, &count, NTMS_MEDIA_POOL, 0 );
    pair( "EnumerateNtmsObject", ERROR_INSUFFICIENT_BUFFER, err );
    ok( count == total, "got %lu, expected %lu\n", count, total );
    ok( !is_filled( list, sizeof(*list), 0xcc ), "nothing was written\n" );
    ok( is_filled( list + 1, sizeof(*list), 0xcc ), "too much was written\n" );

    count = ARRAYSIZE(list);
    err = EnumerateNtmsObject( session, NULL, list, &count, NTMS_MEDIA_POOL, 0 );
    ok( !err, "got %lu\n", err );
    ok( count == total, "got %lu, expected %lu\n", count, total );

    /* the root pool comes first */
    count = ARRAYSIZE(list);
    err = EnumerateNtmsObject( session, NULL, list, &count, NTMS_MEDIA_POOL, NTMS_ENUM_ROOTPOOL );
    ok( !err, "got %lu\n", err );
    ok( count == total + 1, "got %lu, expected %lu\n", count, total + 1 );
}

/* the A form is the W form in the code page of the program */
static void test_information_forms(void)
{
    static const DWORD types[] = { NTMS_COMPUTER, NTMS_LIBRARY, NTMS_MEDIA_POOL, NTMS_MEDIA_TYPE, NTMS_DRIVE, NTMS_CHANGER,
                                   NTMS_DRIVE_TYPE, NTMS_CHANGER_TYPE, NTMS_STORAGESLOT, NTMS_PHYSICAL_MEDIA, NTMS_PARTITION };
    NTMS_OBJECTINFORMATIONW info;
    NTMS_OBJECTINFORMATIONA infoA;
    char name[NTMS_OBJECTNAME_LENGTH * 3];
    DWORD err, count, i;
    GUID list[64];

    for (i = 0; i < ARRAYSIZE(types); i++)
    {
        winetest_push_context( "type %lu", types[i] );
        count = ARRAYSIZE(list);
        err = EnumerateNtmsObject( session, NULL, list, &count, types[i], 0 );
        ok( !err || err == ERROR_INSUFFICIENT_BUFFER, "got %lu\n", err );
        if (count)
        {
            info.dwSize = sizeof(info);
            infoA.dwSize = sizeof(infoA);
            info.dwType = infoA.dwType = types[i];
            err = GetNtmsObjectInformationW( session, list, &info );
            pair( "GetNtmsObjectInformation", ERROR_SUCCESS, err );
            err = GetNtmsObjectInformationA( session, list, &infoA );
            pair( "GetNtmsObjectInformation", ERROR_SUCCESS, err );
            ok( infoA.dwSize == sizeof(infoA) && infoA.dwType == types[i], "got size %lu, type %lu\n", infoA.dwSize, infoA.dwType );
            ok( !memcmp( &infoA.ObjectGuid, &info.ObjectGuid, sizeof(GUID) ), "different objects\n" );
            ok( !memcmp( &infoA.Created, &info.Created, sizeof(info.Created) ), "different times\n" );
            ok( infoA.Enabled == info.Enabled, "different states\n" );
            WideCharToMultiByte( CP_ACP, 0, info.szName, -1, name, sizeof(name), NULL, NULL );
            ok( !strcmp( infoA.szName, name ), "got %s, expected %s\n", infoA.szName, name );
        }
        winetest_pop_context();
    }
}

/* an object of the type, in the container */
static BOOL find_object( GUID *container, DWORD type, GUID *id )
{
    GUID list[64];
    DWORD count = ARRAYSIZE(list), err;

    err = EnumerateNtmsObject( session, container, list, &count, type, 0 );
    if ((err && err != ERROR_INSUFFICIENT_BUFFER) || !count) return FALSE;
    *id = list[0];
    return TRUE;
}

static void find_library(void)
{
    NTMS_OBJECTINFORMATIONW info;
    GUID list[16];
    DWORD count = ARRAYSIZE(list), err, i;

    err = EnumerateNtmsObject( session, NULL, list, &count, NTMS_LIBRARY, 0 );
    ok( !err, "got %lu\n", err );
    for (i = 0; !err && i < count; i++)
    {
        info.dwSize = sizeof(info);
        info.dwType = NTMS_LIBRARY;
        err = GetNtmsObjectInformationW( session, &list[i], &info );
        if (!err && info.Info.Library.LibraryType == NTMS_LIBRARYTYPE_ONLINE) library = list[i];
    }
}

static void find_free_pool(void)
{
    NTMS_OBJECTINFORMATIONW info;
    GUID list[64];
    DWORD count = ARRAYSIZE(list), err, i;

    err = EnumerateNtmsObject( session, NULL, list, &count, NTMS_MEDIA_POOL, 0 );
    ok( !err, "got %lu\n", err );
    for (i = 0; !err && i < count; i++)
    {
        info.dwSize = sizeof(info);
        info.dwType = NTMS_MEDIA_POOL;
        err = GetNtmsObjectInformationW( session, &list[i], &info );
        if (!err && info.Info.MediaPool.PoolType == NTMS_POOLTYPE_SCRATCH) free_pool = list[i];
    }
}

static void find_objects(void)
{
    DWORD err, count = 1;

    err = EnumerateNtmsObject( session, NULL, &computer, &count, NTMS_COMPUTER, 0 );
    ok( !err && count == 1, "got %lu, %lu computers\n", err, count );
    find_free_pool();
    find_library();
    if (IsEqualGUID( &library, &null_guid )) return;
    find_object( &library, NTMS_DRIVE, &drive );
    find_object( &library, NTMS_STORAGESLOT, &slot );
    find_object( &library, NTMS_MEDIA_TYPE, &media_type );
    if (find_object( &library, NTMS_PHYSICAL_MEDIA, &medium )) find_object( &medium, NTMS_PARTITION, &side );
    err = CreateNtmsMediaPoolW( session, L"winetest typed", &media_type, NTMS_OPEN_ALWAYS, NULL, &pool );
    pair( "CreateNtmsMediaPool", ERROR_SUCCESS, err );
}

static void fill( WCHAR *text, unsigned int count )
{
    while (count--) *text++ = 'a';
    *text = 0;
}

START_TEST(params)
{
    DWORD err;

    if ((session = OpenNtmsSessionW( NULL, name, 0 )) == INVALID_HANDLE_VALUE)
    {
        skip( "no session, error %lu\n", GetLastError() );
        return;
    }
    fill( name_too_long, ARRAYSIZE(name_too_long) - 1 );
    fill( component_too_long, ARRAYSIZE(component_too_long) - 1 );
    fill( attribute_too_long, ARRAYSIZE(attribute_too_long) - 1 );
    memset( &malformed_descriptor, 0xff, sizeof(malformed_descriptor) );
    find_objects();

    test_wrong_arguments();
    test_untouched();
    test_short_list();
    test_information_forms();
    test_pool_names();

    err = CloseNtmsSession( session );
    pair( "CloseNtmsSession", ERROR_SUCCESS, err );
}
