/*
 * Robot commands for the tests of libraries: what a program says to a changer
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

/* robot COMMAND...
 *
 *   load SLOT DRIVE, unload DRIVE SLOT, swap SLOT SLOT   what error that is
 *   busy SLOT DRIVE   loads, and asks for all slots meanwhile: whether the answer came before the move had ended
 *   watch MS          whether somebody changes the contents by hand in that time; "ready" is said when it begins
 *   shape             how many transports, slots, ports and drives, and how many slots are full
 *   drives            which device each drive is, and why
 *   hold MS           waits
 *   time-status       reads the status of all elements with their labels, and says how many microseconds that took
 *   time-cycle SLOT DRIVE   the same for a load and an unload
 *
 * Numbers begin with 0. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <winioctl.h>

#include "../../include/wine/ntmschgr.h"

static HANDLE changer;

static HANDLE open_changer( DWORD flags )
{
    HANDLE handle = INVALID_HANDLE_VALUE;
    int i;

    for (i = 0; i < 100 && handle == INVALID_HANDLE_VALUE; i++)
    {
        if (i) Sleep( 100 );
        handle = CreateFileA( "\\\\.\\Changer0", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                              OPEN_EXISTING, flags, NULL );
    }
    if (handle == INVALID_HANDLE_VALUE) printf( "no changer, error %lu\n", GetLastError() );
    return handle;
}

static DWORD control( HANDLE handle, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size )
{
    DWORD size;

    return DeviceIoControl( handle, code, in, in_size, out, out_size, &size, NULL ) ? 0 : GetLastError();
}

static DWORD move( HANDLE handle, ELEMENT_TYPE from_type, int from, ELEMENT_TYPE to_type, int to )
{
    CHANGER_MOVE_MEDIUM params = { { ChangerTransport, 0 }, { from_type, from }, { to_type, to }, FALSE };

    return control( handle, IOCTL_CHANGER_MOVE_MEDIUM, &params, sizeof(params), NULL, 0 );
}

static DWORD swap( int first, int second )
{
    CHANGER_EXCHANGE_MEDIUM params = { { ChangerTransport, 0 }, { ChangerSlot, first }, { ChangerSlot, second },
                                       { ChangerSlot, first }, FALSE, FALSE };

    return control( changer, IOCTL_CHANGER_EXCHANGE_MEDIUM, &params, sizeof(params), NULL, 0 );
}

static DWORD read_slots( HANDLE handle, unsigned int count, unsigned int *full )
{
    CHANGER_READ_ELEMENT_STATUS read = { { { ChangerSlot, 0 }, count }, FALSE };
    CHANGER_ELEMENT_STATUS *slots = calloc( count, sizeof(*slots) );
    DWORD error;
    unsigned int i;

    error = control( handle, IOCTL_CHANGER_GET_ELEMENT_STATUS, &read, sizeof(read), slots, count * sizeof(*slots) );
    for (i = *full = 0; i < count; i++) if (slots[i].Flags & ELEMENT_STATUS_FULL) ++*full;
    free( slots );
    return error;
}

static DWORD get_parameters( GET_CHANGER_PARAMETERS *parameters )
{
    return control( changer, IOCTL_CHANGER_GET_PARAMETERS, NULL, 0, parameters, sizeof(*parameters) );
}

static void shape(void)
{
    GET_CHANGER_PARAMETERS parameters;
    unsigned int full = 0;
    DWORD error = get_parameters( &parameters );

    if (!error) error = read_slots( changer, parameters.NumberStorageElements, &full );
    if (error) printf( "shape: error %lu\n", error );
    else printf( "%u transports, %u slots, %u ports, %u drives, %u full\n", parameters.NumberTransportElements,
                 parameters.NumberStorageElements, parameters.NumberIEElements, parameters.NumberDataTransferElements, full );
}

static void drives(void)
{
    NTMS_CHANGER_DRIVE list[64];
    DWORD size = 0, i;

    if (!DeviceIoControl( changer, IOCTL_NTMS_CHANGER_GET_DRIVES, NULL, 0, list, sizeof(list), &size, NULL ))
        printf( "drives: error %lu\n", GetLastError() );
    for (i = 0; i < size / sizeof(list[0]); i++)
        printf( "drive %lu is %s, by %s\n", list[i].Drive, list[i].SerialNumber, list[i].Reason );
}

struct load
{
    int   slot, drive;
    DWORD error;
    volatile LONG done;
};

static DWORD WINAPI load_thread( void *arg )
{
    struct load *load = arg;
    HANDLE handle = open_changer( 0 );

    load->error = move( handle, ChangerSlot, load->slot, ChangerDrive, load->drive );
    InterlockedExchange( &load->done, 1 );
    CloseHandle( handle );
    return 0;
}

static void busy( int slot, int drive )
{
    struct load load = { slot, drive };
    GET_CHANGER_PARAMETERS parameters;
    DWORD error = get_parameters( &parameters );
    unsigned int full;
    HANDLE thread;

    thread = CreateThread( NULL, 0, load_thread, &load, 0, NULL );
    Sleep( 500 );
    if (!error) error = read_slots( changer, parameters.NumberStorageElements, &full );
    printf( "status: error %lu, %s the move\n", error, load.done ? "after" : "during" );
    WaitForSingleObject( thread, INFINITE );
    printf( "busy: error %lu\n", load.error );
}

static void watch( DWORD ms )
{
    HANDLE handle = open_changer( FILE_FLAG_OVERLAPPED );
    OVERLAPPED overlapped = { 0 };
    DWORD size;

    overlapped.hEvent = CreateEventA( NULL, TRUE, FALSE, NULL );
    if (!DeviceIoControl( handle, IOCTL_NTMS_CHANGER_WATCH, NULL, 0, NULL, 0, &size, &overlapped ) &&
        GetLastError() != ERROR_IO_PENDING) printf( "watch: error %lu\n", GetLastError() );
    /* the driver does one after the other: the handle is open by now */
    control( changer, IOCTL_CHANGER_GET_STATUS, NULL, 0, NULL, 0 );
    printf( "ready\n" );
    printf( "watch: %s\n", WaitForSingleObject( overlapped.hEvent, ms ) ? "nothing" : "changed" );
    CancelIo( handle );
    WaitForSingleObject( overlapped.hEvent, 5000 );
    CloseHandle( handle );
}

static unsigned long long now_us(void)
{
    LARGE_INTEGER frequency, counter;

    QueryPerformanceFrequency( &frequency );
    QueryPerformanceCounter( &counter );
    return counter.QuadPart * 1000000ull / frequency.QuadPart;
}

static DWORD read_type( ELEMENT_TYPE type, unsigned int count, BOOL labels )
{
    CHANGER_READ_ELEMENT_STATUS read = { { { type, 0 }, count }, labels };
    CHANGER_ELEMENT_STATUS_EX *elements;
    DWORD error;

    if (!count) return 0;
    elements = malloc( count * sizeof(*elements) );
    error = control( changer, IOCTL_CHANGER_GET_ELEMENT_STATUS, &read, sizeof(read), elements, count * sizeof(*elements) );
    free( elements );
    return error;
}

static DWORD read_all(void)
{
    GET_CHANGER_PARAMETERS parameters;
    DWORD error = get_parameters( &parameters );
    BOOL labels = (parameters.Features0 & CHANGER_BAR_CODE_SCANNER_INSTALLED) != 0;

    if (!error) error = read_type( ChangerTransport, parameters.NumberTransportElements, labels );
    if (!error) error = read_type( ChangerSlot, parameters.NumberStorageElements, labels );
    if (!error) error = read_type( ChangerIEPort, parameters.NumberIEElements, labels );
    if (!error) error = read_type( ChangerDrive, parameters.NumberDataTransferElements, labels );
    return error;
}

/* mtx learns the addresses with every call as well, but this is for programs that ask more than once */
static void time_status(void)
{
    unsigned long long start;
    DWORD error = read_all();

    start = now_us();
    if (!error) error = read_all();
    if (error) printf( "error %lu\n", error );
    else printf( "%llu\n", now_us() - start );
}

static void time_cycle( int slot, int drive )
{
    unsigned long long start;
    DWORD error = read_all();

    start = now_us();
    if (!error) error = move( changer, ChangerSlot, slot, ChangerDrive, drive );
    if (!error) error = move( changer, ChangerDrive, drive, ChangerSlot, slot );
    if (error) printf( "error %lu\n", error );
    else printf( "%llu\n", now_us() - start );
}

int main( int argc, char *argv[] )
{
    int i;

    setvbuf( stdout, NULL, _IONBF, 0 );
    if ((changer = open_changer( 0 )) == INVALID_HANDLE_VALUE) return 1;
    for (i = 1; i < argc; i++)
    {
        const char *verb = argv[i];
        int first = i + 1 < argc ? atoi( argv[i + 1] ) : 0, second = i + 2 < argc ? atoi( argv[i + 2] ) : 0;

        if (!strcmp( verb, "load" )) printf( "load: error %lu\n", move( changer, ChangerSlot, first, ChangerDrive, second ) );
        else if (!strcmp( verb, "unload" ))
            printf( "unload: error %lu\n", move( changer, ChangerDrive, first, ChangerSlot, second ) );
        else if (!strcmp( verb, "swap" )) printf( "swap: error %lu\n", swap( first, second ) );
        else if (!strcmp( verb, "busy" )) busy( first, second );
        else if (!strcmp( verb, "watch" )) watch( first );
        else if (!strcmp( verb, "hold" )) Sleep( first );
        else if (!strcmp( verb, "shape" )) shape();
        else if (!strcmp( verb, "drives" )) drives();
        else if (!strcmp( verb, "time-status" )) time_status();
        else if (!strcmp( verb, "time-cycle" )) time_cycle( first, second );
        else
        {
            printf( "%s?\n", verb );
            return 2;
        }
        if (strcmp( verb, "shape" ) && strcmp( verb, "drives" ) && strcmp( verb, "time-status" ))
            i += strcmp( verb, "watch" ) && strcmp( verb, "hold" ) ? 2 : 1;
    }
    CloseHandle( changer );
    return 0;
}
