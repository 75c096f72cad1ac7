/*
 * The volumes of removable disks
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

#include "ntmsapi_private.h"

#include "winioctl.h"
#include "ntddstor.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmsapi);

#define VOLUME_NAME_LENGTH 50  /* \\?\Volume{GUID}\ with its null */

/* name is that of a device, with or without \\.\ and a final backslash */
static DWORD get_device_number( const WCHAR *name, STORAGE_DEVICE_NUMBER *number )
{
    DWORD len, size, err = ERROR_SUCCESS;
    WCHAR path[MAX_PATH];
    HANDLE device;

    path[0] = 0;
    if (name[0] != '\\') wcscpy( path, L"\\\\.\\" );
    if (wcslen( path ) + wcslen( name ) >= ARRAY_SIZE(path)) return ERROR_INVALID_NAME;
    wcscat( path, name );
    if ((len = wcslen( path )) && path[len - 1] == '\\') path[len - 1] = 0;

    device = CreateFileW( path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL );
    if (device == INVALID_HANDLE_VALUE) return GetLastError();
    if (!DeviceIoControl( device, IOCTL_STORAGE_GET_DEVICE_NUMBER, NULL, 0, number, sizeof(*number), &size, NULL ))
        err = GetLastError();
    else if (size < sizeof(*number)) err = ERROR_INVALID_DATA;
    CloseHandle( device );
    return err;
}

/* the volume that is on a device; there is one at most (GetVolumesFromDrive) */
static DWORD find_volume( const STORAGE_DEVICE_NUMBER *device, WCHAR volume[VOLUME_NAME_LENGTH] )
{
    STORAGE_DEVICE_NUMBER number;
    BOOL found = FALSE;
    HANDLE search;

    if ((search = FindFirstVolumeW( volume, VOLUME_NAME_LENGTH )) == INVALID_HANDLE_VALUE) return ERROR_FILE_NOT_FOUND;
    do
    {
        found = !get_device_number( volume, &number ) && number.DeviceType == device->DeviceType
                && number.DeviceNumber == device->DeviceNumber;
    }
    while (!found && FindNextVolumeW( search, volume, VOLUME_NAME_LENGTH ));
    FindVolumeClose( search );
    return found ? ERROR_SUCCESS : ERROR_FILE_NOT_FOUND;
}

/* "X:\", or an empty string for a volume without one */
static void get_drive_letter( const WCHAR *volume, WCHAR letter[4] )
{
    WCHAR root[4] = L"A:\\", name[VOLUME_NAME_LENGTH];

    for (; root[0] <= 'Z'; root[0]++)
    {
        if (!GetVolumeNameForVolumeMountPointW( root, name, ARRAY_SIZE(name) ) || wcscmp( name, volume )) continue;
        memcpy( letter, root, sizeof(root) );
        return;
    }
    letter[0] = 0;
}

static DWORD get_volume( const WCHAR *drive, WCHAR volume[VOLUME_NAME_LENGTH], WCHAR letter[4] )
{
    STORAGE_DEVICE_NUMBER number;
    DWORD err;

    if ((err = get_device_number( drive, &number ))) return err;
    if ((err = find_volume( &number, volume ))) return err;
    get_drive_letter( volume, letter );
    return ERROR_SUCCESS;
}

/* to be freed by the program with LocalFree() */
static void *return_string( const WCHAR *str, BOOL ansi )
{
    DWORD size = ansi ? WideCharToMultiByte( CP_ACP, 0, str, -1, NULL, 0, NULL, NULL ) : (wcslen( str ) + 1) * sizeof(WCHAR);
    void *ret;

    if (!(ret = LocalAlloc( LMEM_FIXED, size ))) return NULL;
    if (ansi) WideCharToMultiByte( CP_ACP, 0, str, -1, ret, size, NULL, NULL );
    else memcpy( ret, str, size );
    return ret;
}

static DWORD return_volume( const WCHAR *drive, void **volume, void **letter, BOOL ansi )
{
    WCHAR volumeW[VOLUME_NAME_LENGTH], letterW[4];
    DWORD err;

    if (!drive || !drive[0] || !volume || !letter) return ERROR_INVALID_PARAMETER;
    *volume = *letter = NULL;
    if ((err = get_volume( drive, volumeW, letterW ))) return err;
    *volume = return_string( volumeW, ansi );
    *letter = return_string( letterW, ansi );
    if (*volume && *letter) return ERROR_SUCCESS;
    LocalFree( *volume );
    LocalFree( *letter );
    *volume = *letter = NULL;
    return ERROR_NOT_ENOUGH_MEMORY;
}

/***********************************************************************
 *             GetVolumesFromDriveW  (ntmsapi.@)
 *
 * The documentation does not say what a drive's name looks like, whose memory the strings are and what happens without a
 * volume.  Here the name is that of a device (the szDeviceName of a drive, "E:", "PhysicalDrive1"), the strings are to be
 * freed with LocalFree(), and a drive without a volume gives ERROR_FILE_NOT_FOUND and no strings.
 */
DWORD WINAPI GetVolumesFromDriveW( WCHAR *drive, WCHAR **volume, WCHAR **letter )
{
    TRACE( "%s, %p, %p\n", debugstr_w(drive), volume, letter );

    return return_volume( drive, (void **)volume, (void **)letter, FALSE );
}

/***********************************************************************
 *             GetVolumesFromDriveA  (ntmsapi.@)
 */
DWORD WINAPI GetVolumesFromDriveA( char *drive, char **volume, char **letter )
{
    WCHAR *driveW;
    DWORD err;

    TRACE( "%s, %p, %p\n", debugstr_a(drive), volume, letter );

    if ((err = string_to_wide( drive, &driveW ))) return err;
    err = return_volume( driveW, (void **)volume, (void **)letter, TRUE );
    free( driveW );
    return err;
}
