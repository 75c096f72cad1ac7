/*
 * Tests of DeleteNtmsLibrary and DeleteNtmsDrive
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
#include "winreg.h"
#include "winsvc.h"

static void test_arguments(void)
{
    GUID offline;
    DWORD err;

    err = DeleteNtmsLibrary( session, &no_object );
    pair( "DeleteNtmsLibrary", ERROR_INVALID_LIBRARY, err );
    err = DeleteNtmsDrive( session, &no_object );
    pair( "DeleteNtmsDrive", ERROR_INVALID_DRIVE, err );
    if (!find_offline_library( &offline )) return;
    err = DeleteNtmsDrive( session, &offline );
    pair( "DeleteNtmsDrive", ERROR_INVALID_DRIVE, err );
    err = DeleteNtmsLibrary( session, &offline );
    pair( "DeleteNtmsLibrary", ERROR_INVALID_LIBRARY, err );
    if (!deny( offline, NTMS_LIBRARY )) return;
    err = DeleteNtmsLibrary( session, &offline );
    pair( "DeleteNtmsLibrary", ERROR_ACCESS_DENIED, err );
    allow( offline, NTMS_LIBRARY );
}

/* what is there stays there (MS-RSMP) */
static void test_present(void)
{
    GUID library, drive;
    DWORD count, err;

    if (!find_library( &library )) return;
    err = DeleteNtmsLibrary( session, &library );
    ok( err == ERROR_INVALID_STATE, "got error %lu\n", err );
    list_objects( &library, NTMS_DRIVE, &drive, 1, &count );
    if (!count) return;
    err = DeleteNtmsDrive( session, &drive );
    ok( err == ERROR_INVALID_STATE, "got error %lu\n", err );
    if (!deny( library, NTMS_LIBRARY )) return;
    err = DeleteNtmsDrive( session, &drive );
    pair( "DeleteNtmsDrive", ERROR_ACCESS_DENIED, err );
    allow( library, NTMS_LIBRARY );
}

/* ------------------------------------------------------------------ libraries that are not connected any more */

static BOOL find_absent_library( GUID *library )
{
    GUID list[100];
    DWORD i, count;

    list_objects( NULL, NTMS_LIBRARY, list, ARRAYSIZE(list), &count );
    for (i = 0; i < min( count, ARRAYSIZE(list) ); i++)
    {
        *library = list[i];
        if (get_info( list[i], NTMS_LIBRARY ).dwOperationalState == NTMS_NOT_PRESENT) return TRUE;
    }
    skip( "there is no library that is not connected any more\n" );
    return FALSE;
}

/* On Wine an owner can take all devices from the service, which looks at that when it starts.  Windows has no such key. */
static BOOL set_devices( DWORD enabled )
{
    DWORD old, size = sizeof(old);
    HKEY key;
    LONG err;

    if (RegOpenKeyExA( HKEY_LOCAL_MACHINE, "System\\CurrentControlSet\\Control\\NTMS\\Devices", 0, KEY_QUERY_VALUE | KEY_SET_VALUE,
                       &key )) return FALSE;
    if (!(err = RegQueryValueExA( key, "*", NULL, NULL, (BYTE *)&old, &size )))
        err = RegSetValueExA( key, "*", 0, REG_DWORD, (BYTE *)&enabled, sizeof(enabled) );
    RegCloseKey( key );
    return !err;
}

/* ends the service and begins a new session, which starts it again */
static BOOL restart_service(void)
{
    SC_HANDLE manager = OpenSCManagerA( NULL, NULL, SC_MANAGER_CONNECT );
    SC_HANDLE service = OpenServiceA( manager, "NtmsSvc", SERVICE_STOP | SERVICE_QUERY_STATUS );
    SERVICE_STATUS status;
    DWORD i;

    CloseNtmsSession( session );
    for (i = 0; i < 200; i++)
    {
        ControlService( service, SERVICE_CONTROL_STOP, &status );
        if (!QueryServiceStatus( service, &status ) || status.dwCurrentState == SERVICE_STOPPED) break;
        Sleep( 50 );
    }
    CloseServiceHandle( service );
    CloseServiceHandle( manager );
    return open_session();
}

static void test_absent(void)
{
    GUID library, offline, drive, media[100];
    DWORD i, count, drives, err;

    if (!find_absent_library( &library ) || !find_offline_library( &offline )) return;
    list_objects( &library, NTMS_PHYSICAL_MEDIA, media, ARRAYSIZE(media), &count );
    list_objects( &library, NTMS_DRIVE, &drive, 1, &drives );
    if (drives && get_info( library, NTMS_LIBRARY ).Info.Library.LibraryType == NTMS_LIBRARYTYPE_ONLINE)
    {
        err = DeleteNtmsDrive( session, &drive );
        pair( "DeleteNtmsDrive", ERROR_SUCCESS, err );
    }
    err = DeleteNtmsLibrary( session, &library );
    pair( "DeleteNtmsLibrary", ERROR_SUCCESS, err );
    for (i = 0; i < min( count, ARRAYSIZE(media) ); i++)
        ok( same( get_info( media[i], NTMS_PHYSICAL_MEDIA ).Info.PhysicalMedia.CurrentLibrary, offline ), "not off-line\n" );
}

START_TEST(remove)
{
    BOOL taken;

    if (!open_session()) return;
    test_arguments();
    test_present();
    if ((taken = set_devices( 0 )) && !restart_service()) return;
    test_absent();
    if (taken)
    {
        ok( set_devices( 1 ), "the devices cannot be given back\n" );
        if (!restart_service()) return;
    }
    CloseNtmsSession( session );
}
