/*
 * Tests of exporting and importing the database
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

#include "windef.h"
#include "winbase.h"
#include "ntmsapi.h"
#include "wine/test.h"
#include "pairs.h"

static HANDLE session, files[32];
static DWORD file_count;

/* what has been exported, where the documentation says that it is; nobody else can open it then */
static void open_exported_files(void)
{
    WCHAR directory[MAX_PATH], path[2 * MAX_PATH];
    WIN32_FIND_DATAW data;
    HANDLE find, file;

    GetSystemDirectoryW( directory, MAX_PATH );
    lstrcatW( directory, L"\\NtmsData\\Export\\" );
    lstrcpyW( path, directory );
    lstrcatW( path, L"*" );
    if ((find = FindFirstFileW( path, &data )) == INVALID_HANDLE_VALUE) return;
    do
    {
        if (data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY || file_count == ARRAYSIZE(files)) continue;
        lstrcpyW( path, directory );
        lstrcatW( path, data.cFileName );
        file = CreateFileW( path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL );
        if (file != INVALID_HANDLE_VALUE) files[file_count++] = file;
    } while (FindNextFileW( find, &data ));
    FindClose( find );
}

static void test_export(void)
{
    DWORD err;

    err = ExportNtmsDatabase( session );
    pair( "ExportNtmsDatabase", ERROR_SUCCESS, err );
    open_exported_files();
    if (file_count)
    {
        err = ExportNtmsDatabase( session );
        pair( "ExportNtmsDatabase", ERROR_SHARING_VIOLATION, err );
    }
    else skip( "the exported files cannot be opened\n" );
    while (file_count) CloseHandle( files[--file_count] );
    err = ExportNtmsDatabase( session );
    pair( "ExportNtmsDatabase", ERROR_SUCCESS, err );
}

/* it replaces the database at the next start of the service, with what it is now */
static void test_import(void)
{
    DWORD err = ImportNtmsDatabase( session );

    pair( "ImportNtmsDatabase", ERROR_SUCCESS, err );
}

START_TEST(database)
{
    session = OpenNtmsSessionW( NULL, L"winetest", 0 );
    if (session == INVALID_HANDLE_VALUE)
    {
        skip( "there is no service, error %lu\n", GetLastError() );
        return;
    }
    test_export();
    test_import();
    CloseNtmsSession( session );
}
