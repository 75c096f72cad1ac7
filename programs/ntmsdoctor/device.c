/*
 * Removable storage doctor: tape drives and changers
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

#include "ntmsdoctor.h"
#include "ntddscsi.h"
#include "ntddstor.h"
#include "ddk/ntddchgr.h"

#define ATTENTION_TRIES 10
#define MIN_COMMON_SERIAL 8     /* characters */

static const WCHAR devices_key[] = L"System\\CurrentControlSet\\Control\\NTMS\\Devices";

/* ------------------------------------------------------------------ the owner's consent */

static BOOL read_value( const WCHAR *name, DWORD *value )
{
    DWORD size = sizeof(*value);

    return !RegGetValueW( HKEY_LOCAL_MACHINE, devices_key, name, RRF_RT_REG_DWORD, NULL, value, &size );
}

BOOL is_enabled( const WCHAR *serial )
{
    DWORD value;

    if (!read_value( serial, &value ) && !read_value( L"*", &value )) return FALSE;
    return value != 0;
}

DWORD set_enabled( const WCHAR *serial, BOOL enable )
{
    DWORD value = enable;

    return RegSetKeyValueW( HKEY_LOCAL_MACHINE, devices_key, serial, REG_DWORD, &value, sizeof(value) );
}

/* ------------------------------------------------------------------ one device */

static DWORD open_device( const WCHAR *name, HANDLE *ret )
{
    HANDLE handle = CreateFileW( name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL );

    if (handle == INVALID_HANDLE_VALUE) return GetLastError();
    *ret = handle;
    return ERROR_SUCCESS;
}

/* What a device says is not to be trusted: it ends within the buffer, and is printable. */
static void copy_string( const BYTE *buffer, DWORD size, DWORD offset, WCHAR *ret, DWORD ret_size )
{
    DWORD len = 0;

    if (!offset || offset > size) offset = size;
    while (offset < size && buffer[offset] == ' ') offset++;
    while (offset < size && buffer[offset] && len < ret_size - 1)
    {
        BYTE c = buffer[offset++];
        ret[len++] = c < ' ' || c > '~' ? '_' : c;
    }
    while (len && ret[len - 1] == ' ') len--;
    ret[len] = 0;
}

static DWORD read_identity( HANDLE handle, struct device *device )
{
    STORAGE_PROPERTY_QUERY query = { StorageDeviceProperty, PropertyStandardQuery };
    union
    {
        STORAGE_DEVICE_DESCRIPTOR desc;
        BYTE bytes[1024];
    } buffer;
    DWORD size;

    memset( &buffer, 0, sizeof(buffer) );
    if (!DeviceIoControl( handle, IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof(query), &buffer, sizeof(buffer), &size, NULL ))
        return GetLastError();
    if (size < sizeof(buffer.desc)) return ERROR_INVALID_DATA;
    copy_string( buffer.bytes, size, buffer.desc.VendorIdOffset, device->vendor, ARRAY_SIZE(device->vendor) );
    copy_string( buffer.bytes, size, buffer.desc.ProductIdOffset, device->product, ARRAY_SIZE(device->product) );
    copy_string( buffer.bytes, size, buffer.desc.ProductRevisionOffset, device->revision, ARRAY_SIZE(device->revision) );
    copy_string( buffer.bytes, size, buffer.desc.SerialNumberOffset, device->serial, ARRAY_SIZE(device->serial) );
    return ERROR_SUCCESS;
}

static void read_address( HANDLE handle, struct device *device )
{
    SCSI_ADDRESS address = { sizeof(address) };
    DWORD size;

    if (!DeviceIoControl( handle, IOCTL_SCSI_GET_ADDRESS, NULL, 0, &address, sizeof(address), &size, NULL )) return;
    swprintf( device->address, ARRAY_SIZE(device->address), L"%u:%u:%u:%u", address.PortNumber, address.PathId, address.TargetId, address.Lun );
}

static void read_device( struct device *device )
{
    HANDLE handle = NULL;

    if ((device->error = open_device( device->name, &handle ))) return;
    device->error = read_identity( handle, device );
    read_address( handle, device );
    CloseHandle( handle );
    if (!device->serial[0])
        swprintf( device->serial, ARRAY_SIZE(device->serial), L"%s %s %s", device->vendor, device->product, device->address );
    device->enabled = is_enabled( device->serial );
}

/* ------------------------------------------------------------------ all devices */

static BOOL is_device_name( const WCHAR *name, const WCHAR *prefix )
{
    size_t len = wcslen( prefix );

    if (_wcsnicmp( name, prefix, len ) || !name[len] || wcslen( name ) > 16) return FALSE;
    for (name += len; *name; name++) if (*name < '0' || *name > '9') return FALSE;
    return TRUE;
}

static DWORD find_kind( struct device *devices, DWORD count, const WCHAR *names, const WCHAR *prefix, enum device_kind kind )
{
    DWORD number;

    for (; *names && count < MAX_DEVICES; names += wcslen( names ) + 1)
    {
        if (!is_device_name( names, prefix )) continue;
        number = wcstoul( names + wcslen( prefix ), NULL, 10 );
        memset( &devices[count], 0, sizeof(devices[count]) );
        devices[count].kind = kind;
        swprintf( devices[count].name, ARRAY_SIZE(devices[count].name), L"\\\\.\\%s%u", prefix, number );
        read_device( &devices[count++] );
    }
    return count;
}

static int __cdecl compare_names( const void *a, const void *b )
{
    const struct device *device1 = a, *device2 = b;
    size_t len1 = wcslen( device1->name ), len2 = wcslen( device2->name );

    if (device1->kind != device2->kind) return device1->kind - device2->kind;
    return len1 != len2 ? (int)len1 - (int)len2 : wcscmp( device1->name, device2->name );
}

DWORD find_devices( struct device devices[MAX_DEVICES] )
{
    DWORD size, count = 0;
    WCHAR *names = NULL;

    for (size = 0x4000; size <= 0x100000; size *= 2)
    {
        free( names );
        if (!(names = malloc( size * sizeof(*names) ))) return 0;
        if (QueryDosDeviceW( NULL, names, size )) break;
        names[0] = 0;
        if (GetLastError() != ERROR_INSUFFICIENT_BUFFER) break;
    }
    count = find_kind( devices, count, names, L"Tape", DEVICE_TAPE );
    count = find_kind( devices, count, names, L"Changer", DEVICE_CHANGER );
    qsort( devices, count, sizeof(*devices), compare_names );
    free( names );
    return count;
}

/* ------------------------------------------------------------------ elements */

static DWORD control( HANDLE handle, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *size )
{
    DWORD i, error = ERROR_SUCCESS;

    for (i = 0; i < ATTENTION_TRIES; i++)
    {
        if (DeviceIoControl( handle, code, in, in_size, out, out_size, size, NULL )) return ERROR_SUCCESS;
        error = GetLastError();
        if (error != ERROR_MEDIA_CHANGED && error != ERROR_BUS_RESET) break;
    }
    return error;
}

static void copy_element( const CHANGER_ELEMENT_STATUS_EX *status, struct element *element )
{
    memset( element, 0, sizeof(*element) );
    element->number = status->Element.ElementAddress;
    element->full = (status->Flags & ELEMENT_STATUS_FULL) != 0;
    if (status->Flags & ELEMENT_STATUS_PRODUCT_DATA)
        copy_string( (const BYTE *)status, offsetof( CHANGER_ELEMENT_STATUS_EX, SerialNumber ) + sizeof(status->SerialNumber),
                     offsetof( CHANGER_ELEMENT_STATUS_EX, SerialNumber ), element->serial, ARRAY_SIZE(element->serial) );
    if (status->Flags & ELEMENT_STATUS_PVOLTAG)
        copy_string( (const BYTE *)status, offsetof( CHANGER_ELEMENT_STATUS_EX, PrimaryVolumeID ) + sizeof(status->PrimaryVolumeID),
                     offsetof( CHANGER_ELEMENT_STATUS_EX, PrimaryVolumeID ), element->bar_code, ARRAY_SIZE(element->bar_code) );
}

/* The records are long when they carry product data, else short. */
static DWORD read_elements( HANDLE handle, DWORD wanted, struct element *elements, DWORD *count )
{
    CHANGER_READ_ELEMENT_STATUS request = { { { ChangerDrive, 0 }, wanted }, TRUE };
    CHANGER_ELEMENT_STATUS_EX status;
    DWORD size, record, i, error;
    BYTE *buffer;

    if (!(buffer = malloc( wanted * sizeof(status) ))) return ERROR_NOT_ENOUGH_MEMORY;
    error = control( handle, IOCTL_CHANGER_GET_ELEMENT_STATUS, &request, sizeof(request), buffer, wanted * sizeof(status), &size );
    record = size / wanted;
    if (!error && record != sizeof(CHANGER_ELEMENT_STATUS) && record != sizeof(status)) error = ERROR_INVALID_DATA;
    for (i = 0; !error && i < wanted; i++)
    {
        memset( &status, 0, sizeof(status) );
        memcpy( &status, buffer + i * record, record );
        copy_element( &status, &elements[i] );
    }
    free( buffer );
    if (!error) *count = wanted;
    return error;
}

DWORD read_drive_elements( const struct device *changer, struct element elements[MAX_DRIVES], DWORD *count )
{
    GET_CHANGER_PARAMETERS params;
    HANDLE handle = NULL;
    DWORD size, error;

    *count = 0;
    if ((error = open_device( changer->name, &handle ))) return error;
    error = control( handle, IOCTL_CHANGER_GET_PARAMETERS, NULL, 0, &params, sizeof(params), &size );
    if (!error && params.NumberDataTransferElements)
        error = read_elements( handle, min( params.NumberDataTransferElements, MAX_DRIVES ), elements, count );
    CloseHandle( handle );
    return error;
}

/* Changers have room for 10 or 12 characters where the drive itself reports more, so a long common head or tail counts. */
BOOL same_serial( const WCHAR *a, const WCHAR *b )
{
    size_t len_a = wcslen( a ), len_b = wcslen( b );

    if (len_a < len_b) return same_serial( b, a );
    if (len_a == len_b) return !wcscmp( a, b );
    if (len_b < MIN_COMMON_SERIAL) return FALSE;
    return !wcsncmp( a, b, len_b ) || !wcscmp( a + len_a - len_b, b );
}
