/*
 * Removable storage doctor: lists the tape hardware, says what is wrong, and enables devices
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

static struct device devices[MAX_DEVICES];
static DWORD device_count;
static unsigned int problems;

static void say( const WCHAR *format, ... )
{
    char utf8[2048];
    WCHAR text[512];
    va_list args;

    va_start( args, format );
    vswprintf( text, ARRAY_SIZE(text), format, args );
    va_end( args );
    text[ARRAY_SIZE(text) - 1] = 0;
    WideCharToMultiByte( CP_UTF8, 0, text, -1, utf8, sizeof(utf8), NULL, NULL );
    fputs( utf8, stdout );
}

#define problem( ... ) (problems++, say( L"  ! " __VA_ARGS__ ))

/* ------------------------------------------------------------------ drivers and service */

static DWORD service_state( const WCHAR *name, DWORD *state )
{
    SC_HANDLE manager = OpenSCManagerW( NULL, NULL, SC_MANAGER_CONNECT ), service = NULL;
    SERVICE_STATUS status;
    DWORD error = ERROR_SUCCESS;

    if (!manager || !(service = OpenServiceW( manager, name, SERVICE_QUERY_STATUS ))) error = GetLastError();
    else if (!QueryServiceStatus( service, &status )) error = GetLastError();
    else *state = status.dwCurrentState;
    if (service) CloseServiceHandle( service );
    if (manager) CloseServiceHandle( manager );
    return error;
}

static void check_service( const WCHAR *name, const WCHAR *what, const WCHAR *inf, BOOL must_run )
{
    DWORD state = SERVICE_STOPPED, error = service_state( name, &state );

    if (error == ERROR_SERVICE_DOES_NOT_EXIST)
        problem( L"%s (%s) is not installed in this prefix: install %s\n", what, name, inf );
    else if (error)
        problem( L"%s (%s): error %u\n", what, name, error );
    else if (must_run && state != SERVICE_RUNNING)
        problem( L"%s (%s) is installed but does not run\n", what, name );
    else
        say( L"  %s (%s) is installed%s\n", what, name, state == SERVICE_RUNNING ? L" and runs" : L"" );
}

/* ------------------------------------------------------------------ devices */

static const WCHAR *explain( DWORD error )
{
    switch (error)
    {
    case ERROR_ACCESS_DENIED:
        return L"no permission: add yourself to the group of its /dev/sg node (group tape on Debian) and log in again";
    case ERROR_SHARING_VIOLATION:
    case ERROR_BUSY:
        return L"another program is using it";
    case ERROR_FILE_NOT_FOUND:
    case ERROR_NOT_READY:
        return L"it does not answer";
    }
    return L"it cannot be opened";
}

static void list_kind( enum device_kind kind, const WCHAR *none )
{
    DWORD i, count = 0;

    for (i = 0; i < device_count; i++)
    {
        const struct device *device = &devices[i];

        if (device->kind != kind) continue;
        count++;
        if (device->error)
        {
            problem( L"%s: %s (error %u)\n", device->name, explain( device->error ), device->error );
            continue;
        }
        say( L"  %s  %s %s, revision %s, at %s, %s\n      serial number: %s\n", device->name, device->vendor, device->product,
             device->revision, device->address, device->enabled ? L"enabled" : L"NOT enabled", device->serial );
    }
    if (!count) problem( L"%s\n", none );
}

/* ------------------------------------------------------------------ which element is which drive */

static const struct device *find_tape( const WCHAR *serial )
{
    const struct device *found = NULL;
    DWORD i;

    for (i = 0; i < device_count; i++)
    {
        if (devices[i].kind != DEVICE_TAPE || !same_serial( serial, devices[i].serial )) continue;
        if (found) return NULL;
        found = &devices[i];
    }
    return found;
}

/* the one tape drive that no element of the changer names */
static const struct device *find_last_tape( const struct element *elements, DWORD count )
{
    const struct device *found = NULL;
    DWORD i, j;

    for (i = 0; i < device_count; i++)
    {
        if (devices[i].kind != DEVICE_TAPE) continue;
        for (j = 0; j < count && !(elements[j].serial[0] && same_serial( elements[j].serial, devices[i].serial )); j++) {}
        if (j < count) continue;
        if (found) return NULL;
        found = &devices[i];
    }
    return found;
}

static DWORD count_silent( const struct element *elements, DWORD count )
{
    DWORD i, silent = 0;

    for (i = 0; i < count; i++) if (!elements[i].serial[0]) silent++;
    return silent;
}

static void describe_element( const struct element *element, const struct device *last )
{
    const struct device *tape = element->serial[0] ? find_tape( element->serial ) : last;

    say( L"  drive %u: %s", element->number, element->full ? L"full" : L"empty" );
    if (element->bar_code[0]) say( L", %s", element->bar_code );
    if (tape) say( L", is %s%s%s\n", tape->name, element->serial[0] ? L"" : L" (the changer does not say so, but no other is left)",
                   tape->enabled ? L"" : L", which is NOT enabled" );
    else say( L"\n" );
    if (!tape && element->serial[0]) problem( L"no tape drive, or more than one, has the serial number %s\n", element->serial );
    else if (!tape) problem( L"the changer does not tell the drive's serial number\n" );
    else if (!tape->enabled) problems++;
}

static void describe_changer( const struct device *changer )
{
    static struct element elements[MAX_DRIVES];
    const struct device *last = NULL;
    DWORD i, count, error;

    say( L"\nThe drives of %s:\n", changer->name );
    if (!changer->enabled)
    {
        say( L"  (not looked at: the changer is not enabled)\n" );
        return;
    }
    if ((error = read_drive_elements( changer, elements, &count )))
    {
        problem( L"%s: %s (error %u)\n", changer->name, explain( error ), error );
        return;
    }
    if (count_silent( elements, count ) == 1) last = find_last_tape( elements, count );
    for (i = 0; i < count; i++) describe_element( &elements[i], last );
}

static int report(void)
{
    DWORD i;

    say( L"Drivers and service:\n" );
    check_service( L"tape", L"the tape driver", L"tape.inf", TRUE );
    check_service( L"mcd", L"the changer driver", L"mcd.inf", TRUE );
    check_service( L"NtmsSvc", L"the Removable Storage service", L"ntmssvc.inf", FALSE );

    device_count = find_devices( devices );
    say( L"\nTape drives:\n" );
    list_kind( DEVICE_TAPE, L"there is none: no drive is connected, or you may not open /dev/sg nodes (group tape on Debian)" );
    say( L"\nChangers:\n" );
    list_kind( DEVICE_CHANGER, L"there is none: stand-alone drives work without" );
    for (i = 0; i < device_count; i++)
        if (devices[i].kind == DEVICE_CHANGER && !devices[i].error) describe_changer( &devices[i] );

    for (i = 0; i < device_count && (devices[i].error || devices[i].enabled); i++) {}
    if (i < device_count) say( L"\nTo let Removable Storage use a device that is yours: ntmsdoctor enable SERIAL\n" );
    return problems != 0;
}

/* ------------------------------------------------------------------ enable, disable */

static int enable( const WCHAR *serial, BOOL on )
{
    DWORD i, error;

    device_count = find_devices( devices );
    for (i = 0; i < device_count && wcscmp( devices[i].serial, serial ); i++) {}
    if (i == device_count)
    {
        say( L"No device has the serial number \"%s\".\n", serial );
        return 1;
    }
    if ((error = set_enabled( serial, on )))
    {
        say( L"The registry cannot be written, error %u.\n", error );
        return 1;
    }
    say( L"%s is %s.  The service sees that when it starts.\n", devices[i].name, on ? L"enabled" : L"disabled" );
    return 0;
}

int __cdecl wmain( int argc, WCHAR *argv[] )
{
    if (argc == 1) return report();
    if (argc == 3 && !wcscmp( argv[1], L"enable" )) return enable( argv[2], TRUE );
    if (argc == 3 && !wcscmp( argv[1], L"disable" )) return enable( argv[2], FALSE );
    say( L"usage: ntmsdoctor                  list the tape hardware and what is wrong\n"
         L"       ntmsdoctor enable SERIAL    let Removable Storage and other programs use a device\n"
         L"       ntmsdoctor disable SERIAL   no longer\n" );
    return 2;
}
