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

static void test_absent(void)
{
    GUID library, offline, drive, media[100];
    DWORD i, count, drives, err;

    if (!find_absent_library( &library ) || !find_offline_library( &offline )) return;
    list_objects( &library, NTMS_PHYSICAL_MEDIA, media, ARRAYSIZE(media), &count );
    list_objects( &library, NTMS_DRIVE, &drive, 1, &drives );
    if (drives > 1 || get_info( library, NTMS_LIBRARY ).Info.Library.LibraryType == NTMS_LIBRARYTYPE_ONLINE)
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
    if (!open_session()) return;
    test_arguments();
    test_present();
    test_absent();
    CloseNtmsSession( session );
}
