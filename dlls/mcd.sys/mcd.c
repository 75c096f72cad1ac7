/*
 * Medium changer driver: \\.\ChangerN on the generic SCSI devices of the host
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

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "winioctl.h"
#include "ddk/wdm.h"
#include "wine/debug.h"

#include "mcd.h"

WINE_DEFAULT_DEBUG_CHANNEL(mcd);

#define MAX_OVERRIDES 64  /* drives of one changer */

static NTSTATUS next_event( struct device_event *event )
{
    return MCD_CALL( next_event, event );
}

static void stop_events(void)
{
    MCD_CALL( stop_events, NULL );
}

static void release_unit( UINT64 unit )
{
    struct release_unit_params params = { unit };

    MCD_CALL( release_unit, &params );
}

/* HKLM\\System\\CurrentControlSet\\Control\\NTMS\\Drives\\<the changer's serial number> has for each drive whose device the
 * driver cannot find out, or gets wrong, a string named by the drive's number: the serial number of the tape device. */
static HANDLE open_drives_key( const struct device_identity *identity )
{
    WCHAR buffer[160];
    UNICODE_STRING path;
    OBJECT_ATTRIBUTES attr = { sizeof(attr), 0, &path, OBJ_CASE_INSENSITIVE };
    HANDLE key;

    if (!identity->serial[0]) return NULL;
    swprintf( buffer, ARRAY_SIZE(buffer), L"\\Registry\\Machine\\System\\CurrentControlSet\\Control\\NTMS\\Drives\\%S",
              identity->serial );
    RtlInitUnicodeString( &path, buffer );
    return ZwOpenKey( &key, KEY_READ, &attr ) ? NULL : key;
}

static BOOL read_override( HANDLE key, ULONG number, struct drive_override *override )
{
    char buffer[FIELD_OFFSET( KEY_VALUE_PARTIAL_INFORMATION, Data[sizeof(override->serial) * sizeof(WCHAR)] )];
    KEY_VALUE_PARTIAL_INFORMATION *info = (KEY_VALUE_PARTIAL_INFORMATION *)buffer;
    const WCHAR *data = (const WCHAR *)info->Data;
    UNICODE_STRING nameU;
    WCHAR name[8];
    ULONG size, i;

    swprintf( name, ARRAY_SIZE(name), L"%u", number );
    RtlInitUnicodeString( &nameU, name );
    if (ZwQueryValueKey( key, &nameU, KeyValuePartialInformation, info, sizeof(buffer), &size )) return FALSE;
    if (info->Type != REG_SZ) return FALSE;
    memset( override, 0, sizeof(*override) );
    override->number = number;
    for (i = 0; i < info->DataLength / sizeof(WCHAR) && i < sizeof(override->serial) - 1 && data[i]; i++)
        override->serial[i] = data[i];
    return TRUE;
}

static ULONG read_overrides( const struct device_identity *identity, struct drive_override overrides[MAX_OVERRIDES] )
{
    HANDLE key = open_drives_key( identity );
    ULONG count = 0, i;

    if (!key) return 0;
    for (i = 0; i < MAX_OVERRIDES; i++) if (read_override( key, i, &overrides[count] )) count++;
    ZwClose( key );
    return count;
}

static NTSTATUS open_changer( struct device *device, struct device_file *file )
{
    struct drive_override overrides[MAX_OVERRIDES];
    struct open_changer_params params = { device->unit, file->enabled };
    NTSTATUS status;

    params.override_count = read_overrides( &device->identity, overrides );
    params.overrides = overrides;
    if (!(status = MCD_CALL( open_changer, &params ))) file->handle = params.handle;
    return status;
}

static void close_changer( struct device *device, struct device_file *file )
{
    struct handle_params params = { file->handle };

    MCD_CALL( close_changer, &params );
}

static const struct device_driver changer_driver =
{
    .name         = L"Changer",
    .type         = FILE_DEVICE_CHANGER,
    .next_event   = next_event,
    .stop_events  = stop_events,
    .release_unit = release_unit,
    .open         = open_changer,
    .close        = close_changer,
    .request      = changer_request,
    .is_inquiry   = is_inquiry_request,
    .is_slow      = is_slow_request,
    .pass_through = TRUE,
};

NTSTATUS WINAPI DriverEntry( DRIVER_OBJECT *driver, UNICODE_STRING *path )
{
    NTSTATUS status;

    TRACE( "%p, %s\n", driver, debugstr_w(path->Buffer) );

    if ((status = __wine_init_unix_call()))
    {
        ERR( "failed to load the Unix library, status %#lx\n", status );
        return status;
    }
    return start_devices( driver, &changer_driver );
}
