/*
 * What the tests of the changer's requests share
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

#ifndef __MCD_TESTS_COMMON_H
#define __MCD_TESTS_COMMON_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "windef.h"
#include "winbase.h"
#include "winioctl.h"
#ifndef IOCTL_CHANGER_BASE
#include "ddk/ntddchgr.h"
#endif

#include "wine/test.h"

/* Media are moved, and tags changed, only if this is the serial number of the changer. */
#define SERIAL_VARIABLE "CHANGER_TEST_SERIAL"

#define MAX_DEVICES 16

static HANDLE changer;
static DWORD returned;
static GET_CHANGER_PARAMETERS parameters;
static char serial_number[SERIAL_NUMBER_LENGTH + 1];

static inline DWORD control( DWORD code, void *in, DWORD in_size, void *out, DWORD out_size )
{
    SetLastError( 0xdeadbeef );
    returned = 0xdeadbeef;
    if (DeviceIoControl( changer, code, in, in_size, out, out_size, &returned, NULL )) return ERROR_SUCCESS;
    return GetLastError();
}

static inline ULONG get_count( ELEMENT_TYPE type )
{
    switch (type)
    {
    case ChangerTransport: return parameters.NumberTransportElements;
    case ChangerSlot:      return parameters.NumberStorageElements;
    case ChangerIEPort:    return parameters.NumberIEElements;
    case ChangerDrive:     return parameters.NumberDataTransferElements;
    default:               return 0;
    }
}

/* The documentation of the class driver and of the requests differ in the code for a short input buffer. */
static inline BOOL is_length_error( DWORD err )
{
    return err == ERROR_BAD_LENGTH || broken( err == ERROR_INSUFFICIENT_BUFFER ) ||
           broken( err == ERROR_INVALID_PARAMETER );
}

static inline DWORD read_status( ELEMENT_TYPE type, ULONG first, ULONG count, BOOLEAN tags, void *buffer, DWORD size )
{
    CHANGER_READ_ELEMENT_STATUS read = {{{ type, first }, count }, tags };

    return control( IOCTL_CHANGER_GET_ELEMENT_STATUS, &read, sizeof(read), buffer, size );
}

static inline DWORD move( ELEMENT_TYPE source_type, ULONG source, ELEMENT_TYPE destination_type, ULONG destination )
{
    CHANGER_MOVE_MEDIUM params = {{ ChangerTransport, 0 }, { source_type, source }, { destination_type, destination }};

    return control( IOCTL_CHANGER_MOVE_MEDIUM, &params, sizeof(params), NULL, 0 );
}

static inline void *read_everything( DWORD *size )
{
    ULONG count = get_count( ChangerTransport ) + get_count( ChangerSlot ) + get_count( ChangerIEPort ) +
                  get_count( ChangerDrive );
    void *buffer = malloc( count * sizeof(CHANGER_ELEMENT_STATUS_EX) );
    DWORD err;

    err = read_status( AllElements, 0, count, FALSE, buffer, count * sizeof(CHANGER_ELEMENT_STATUS_EX) );
    ok( !err, "got error %lu\n", err );
    *size = err ? 0 : returned;
    return buffer;
}

static inline BOOL is_full( ELEMENT_TYPE type, ULONG number )
{
    CHANGER_ELEMENT_STATUS_EX status;
    DWORD err = read_status( type, number, 1, FALSE, &status, sizeof(status) );

    ok( !err, "got error %lu\n", err );
    return !err && (status.Flags & ELEMENT_STATUS_FULL);
}

/* the count-th element that is full, or empty, and as it should be */
static inline BOOL find_element( ELEMENT_TYPE type, BOOL full, ULONG count, ULONG *number )
{
    CHANGER_ELEMENT_STATUS_EX status;
    ULONG i;

    for (i = 0; i < get_count( type ); i++)
    {
        if (read_status( type, i, 1, FALSE, &status, sizeof(status) )) continue;
        if ((status.Flags & ELEMENT_STATUS_EXCEPT) || !(status.Flags & ELEMENT_STATUS_FULL) != !full) continue;
        if (count--) continue;
        *number = i;
        return TRUE;
    }
    return FALSE;
}

static inline BOOL may_move(void)
{
    char enabled[64];

    if (GetEnvironmentVariableA( SERIAL_VARIABLE, enabled, sizeof(enabled) ) && serial_number[0] &&
        !strcmp( enabled, serial_number )) return TRUE;
    skip( "media are moved only if " SERIAL_VARIABLE " is %s\n", serial_number );
    return FALSE;
}

static inline void get_serial(void)
{
    CHANGER_PRODUCT_DATA data;
    DWORD err, len;

    memset( &data, 0xcc, sizeof(data) );
    err = control( IOCTL_CHANGER_GET_PRODUCT_DATA, NULL, 0, &data, sizeof(data) );
    ok( !err, "got error %lu\n", err );
    ok( returned == sizeof(data), "got %lu\n", returned );
    ok( data.DeviceType == 8, "got %u\n", data.DeviceType );
    for (len = SERIAL_NUMBER_LENGTH; len && (data.SerialNumber[len - 1] == ' ' || !data.SerialNumber[len - 1]); len--) ;
    memcpy( serial_number, data.SerialNumber, len );
    serial_number[len] = 0;
}

/* whether the owner lets programs use the changer; on Windows there is no such thing */
static inline BOOL is_enabled(void)
{
    if (control( IOCTL_CHANGER_GET_STATUS, NULL, 0, NULL, 0 ) != ERROR_ACCESS_DENIED) return TRUE;
    skip( "the changer with the serial number %s is not enabled\n", serial_number );
    return FALSE;
}

/* calls a test for every changer */
static inline void for_each_changer( void (*test)(void) )
{
    unsigned int i, count = 0;
    char path[32];

    for (i = 0; i < MAX_DEVICES; i++)
    {
        sprintf( path, "\\\\.\\Changer%u", i );
        changer = CreateFileA( path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                               OPEN_EXISTING, 0, NULL );
        if (changer == INVALID_HANDLE_VALUE) continue;
        winetest_push_context( "Changer%u", i );
        get_serial();
        control( IOCTL_CHANGER_GET_PARAMETERS, NULL, 0, &parameters, sizeof(parameters) );
        test();
        winetest_pop_context();
        CloseHandle( changer );
        count++;
    }
    if (!count) skip( "no medium changer\n" );
}

#endif /* __MCD_TESTS_COMMON_H */
