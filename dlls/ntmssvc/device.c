/*
 * Finding tape drives and medium changers by their DOS device names
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

#include "library.h"
#include "ntddscsi.h"
#include "ntddstor.h"
#include "winsvc.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* longest list of DOS device names we are ready to read, in characters */
#define MAX_DEVICE_NAMES 0x100000

#define MIN_COMMON_SERIAL 8

#define DRIVER_START_MS 20000

/* A driver that has started has found its devices. */
static void start_driver( SC_HANDLE manager, const WCHAR *name )
{
    ULONGLONG end = GetTickCount64() + DRIVER_START_MS;
    SERVICE_STATUS status = { 0 };
    SC_HANDLE service;

    if (!(service = OpenServiceW( manager, name, SERVICE_START | SERVICE_QUERY_STATUS )))
    {
        WARN( "driver %s is not installed, error %lu\n", debugstr_w(name), GetLastError() );
        return;
    }
    if (!StartServiceW( service, 0, NULL ) && GetLastError() != ERROR_SERVICE_ALREADY_RUNNING)
        WARN( "%s does not start, error %lu\n", debugstr_w(name), GetLastError() );
    while (QueryServiceStatus( service, &status ) && status.dwCurrentState == SERVICE_START_PENDING && GetTickCount64() < end)
        Sleep( 50 );
    TRACE( "%s: state %lu\n", debugstr_w(name), status.dwCurrentState );
    CloseServiceHandle( service );
}

void device_start_drivers(void)
{
    SC_HANDLE manager;

    if (!(manager = OpenSCManagerW( NULL, NULL, SC_MANAGER_CONNECT ))) return;
    start_driver( manager, L"tape" );
    start_driver( manager, L"mcd" );
    CloseServiceHandle( manager );
}

DWORD device_open( const WCHAR *name, HANDLE *ret )
{
    HANDLE handle = CreateFileW( name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                 OPEN_EXISTING, 0, NULL );

    if (handle == INVALID_HANDLE_VALUE) return GetLastError();
    *ret = handle;
    return ERROR_SUCCESS;
}

/* copies a string of a device descriptor, without the blanks at its ends */
static void get_descriptor_string( const BYTE *buffer, DWORD size, DWORD offset, WCHAR *ret, DWORD ret_size )
{
    DWORD len = 0;

    if (!offset || offset >= size) offset = size;
    while (offset < size && buffer[offset] == ' ') offset++;
    while (offset < size && buffer[offset] && len < ret_size - 1)
    {
        BYTE c = buffer[offset++];
        ret[len++] = c < ' ' || c > '~' ? '_' : c;
    }
    while (len && ret[len - 1] == ' ') len--;
    ret[len] = 0;
}

static DWORD get_descriptor( HANDLE handle, struct device_info *info )
{
    STORAGE_PROPERTY_QUERY query = { StorageDeviceProperty, PropertyStandardQuery };
    const STORAGE_DEVICE_DESCRIPTOR *desc;
    BYTE buffer[1024];
    DWORD size;

    memset( buffer, 0, sizeof(buffer) );
    if (!DeviceIoControl( handle, IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof(query), buffer, sizeof(buffer), &size, NULL ))
        return GetLastError();
    if (size < sizeof(*desc)) return ERROR_INVALID_DATA;
    desc = (const STORAGE_DEVICE_DESCRIPTOR *)buffer;
    get_descriptor_string( buffer, size, desc->VendorIdOffset, info->vendor, ARRAY_SIZE(info->vendor) );
    get_descriptor_string( buffer, size, desc->ProductIdOffset, info->product, ARRAY_SIZE(info->product) );
    get_descriptor_string( buffer, size, desc->ProductRevisionOffset, info->revision, ARRAY_SIZE(info->revision) );
    get_descriptor_string( buffer, size, desc->SerialNumberOffset, info->serial, ARRAY_SIZE(info->serial) );
    return ERROR_SUCCESS;
}

static void get_address( HANDLE handle, struct device_info *info )
{
    SCSI_ADDRESS address = { sizeof(address) };
    DWORD size;

    if (!DeviceIoControl( handle, IOCTL_SCSI_GET_ADDRESS, NULL, 0, &address, sizeof(address), &size, NULL )) return;
    info->port = address.PortNumber;
    info->bus = address.PathId;
    info->target = address.TargetId;
    info->lun = address.Lun;
}

/* The owner enables a device by a value named like its identity; * stands for all (see the drivers, which enforce it). */
static BOOL is_enabled( const WCHAR *identity )
{
    static const WCHAR key[] = L"System\\CurrentControlSet\\Control\\NTMS\\Devices";
    DWORD value = 0, size = sizeof(value);

    if (!RegGetValueW( HKEY_LOCAL_MACHINE, key, identity, RRF_RT_REG_DWORD, NULL, &value, &size )) return value != 0;
    size = sizeof(value);
    if (!RegGetValueW( HKEY_LOCAL_MACHINE, key, L"*", RRF_RT_REG_DWORD, NULL, &value, &size )) return value != 0;
    return FALSE;
}

static DWORD get_info( const WCHAR *dos_name, struct device_info *info )
{
    HANDLE handle = NULL;
    DWORD error;

    memset( info, 0, sizeof(*info) );
    swprintf( info->name, ARRAY_SIZE(info->name), L"\\\\.\\%s", dos_name );
    if ((error = device_open( info->name, &handle ))) return error;
    if (!(error = get_descriptor( handle, info ))) get_address( handle, info );
    CloseHandle( handle );
    if (!error && !info->serial[0])
        swprintf( info->serial, ARRAY_SIZE(info->serial), L"%s %s %u:%u:%u:%u", info->vendor, info->product,
                  info->port, info->bus, info->target, info->lun );
    if (!error) info->enabled = is_enabled( info->serial );
    return error;
}

static BOOL is_device_name( const WCHAR *name, const WCHAR *prefix )
{
    size_t len = wcslen( prefix );

    if (_wcsnicmp( name, prefix, len ) || !name[len] || wcslen( name ) >= 32) return FALSE;
    for (name += len; *name; name++) if (*name < '0' || *name > '9') return FALSE;
    return TRUE;
}

static WCHAR *get_dos_names(void)
{
    WCHAR *names = NULL, *tmp;
    DWORD size;

    for (size = 0x1000; size <= MAX_DEVICE_NAMES; size *= 2)
    {
        if (!(tmp = realloc( names, size * sizeof(*names) ))) break;
        names = tmp;
        if (QueryDosDeviceW( NULL, names, size )) return names;
        if (GetLastError() != ERROR_INSUFFICIENT_BUFFER && GetLastError() != ERROR_MORE_DATA) break;
    }
    free( names );
    return NULL;
}

static int __cdecl compare_info( const void *a, const void *b )
{
    const struct device_info *info1 = a, *info2 = b;
    size_t len1 = wcslen( info1->name ), len2 = wcslen( info2->name );

    if (len1 != len2) return len1 < len2 ? -1 : 1;
    return wcscmp( info1->name, info2->name );
}

DWORD device_find( const WCHAR *prefix, struct device_info **list, DWORD *count )
{
    struct device_info *ret = NULL, *tmp;
    WCHAR *names, *name;
    DWORD n = 0, error;

    if (!(names = get_dos_names())) return ERROR_NOT_ENOUGH_MEMORY;
    for (name = names; *name; name += wcslen( name ) + 1)
    {
        if (!is_device_name( name, prefix )) continue;
        if (!(tmp = realloc( ret, (n + 1) * sizeof(*ret) ))) break;
        ret = tmp;
        if ((error = get_info( name, &ret[n] ))) WARN( "%s: error %lu\n", debugstr_w(name), error );
        else n++;
    }
    free( names );
    if (n) qsort( ret, n, sizeof(*ret), compare_info );
    *list = ret;
    *count = n;
    return ERROR_SUCCESS;
}

/* Element descriptors have room for 10 or 12 characters where the drive itself reports more, so a long common head or
 * tail counts. */
BOOL device_same_serial( const WCHAR *a, const WCHAR *b )
{
    size_t len_a = wcslen( a ), len_b = wcslen( b );

    if (len_a < len_b) return device_same_serial( b, a );
    if (!len_b) return FALSE;
    if (len_a == len_b) return !wcscmp( a, b );
    if (len_b < MIN_COMMON_SERIAL) return FALSE;
    return !wcsncmp( a, b, len_b ) || !wcscmp( a + len_a - len_b, b );
}
