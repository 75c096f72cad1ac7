/*
 * The changer driver's own requests: who is which device, and what has been changed by hand; Windows has none of them
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

#include "common.h"
#include "wine/ntmschgr.h"

static void test_drives(void)
{
    ULONG count = get_count( ChangerDrive ), i;
    NTMS_CHANGER_DRIVE *drives = calloc( count + 1, sizeof(*drives) );
    CHANGER_ELEMENT_STATUS_EX status;
    DWORD err;

    err = control( IOCTL_NTMS_CHANGER_GET_DRIVES, NULL, 0, drives, count * sizeof(*drives) );
    if (err == ERROR_INVALID_FUNCTION)
    {
        win_skip( "not this project's driver\n" );
        free( drives );
        return;
    }
    ok( !err, "got error %lu\n", err );
    ok( returned == count * sizeof(*drives), "got %lu\n", returned );
    for (i = 0; i < count && !err; i++)
    {
        ok( drives[i].Drive == i, "got %lu\n", drives[i].Drive );
        ok( drives[i].Reason[0] && memchr( drives[i].Reason, 0, sizeof(drives[i].Reason) ), "no reason\n" );
        if (!drives[i].Method || !drives[i].SerialNumber[0]) continue;
        if (read_status( ChangerDrive, i, 1, FALSE, &status, sizeof(status) ) || returned != sizeof(status)) continue;
        ok( !memcmp( status.SerialNumber, drives[i].SerialNumber,
                     min( strlen( drives[i].SerialNumber ), SERIAL_NUMBER_LENGTH ) ),
            "drive %lu: got %.32s, expected %s\n", i, status.SerialNumber, drives[i].SerialNumber );
    }
    err = control( IOCTL_NTMS_CHANGER_GET_DRIVES, NULL, 0, drives, sizeof(*drives) - 1 );
    ok( err == ERROR_INSUFFICIENT_BUFFER, "got error %lu\n", err );
    free( drives );
}

/* nobody touches the changer meanwhile: the request stays pending until it is cancelled, and other requests are answered */
static void test_watch( const char *path )
{
    HANDLE watcher = CreateFileA( path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                  OPEN_EXISTING, FILE_FLAG_OVERLAPPED, NULL );
    OVERLAPPED overlapped = { 0 };
    DWORD size, err;
    BOOL ret;

    ok( watcher != INVALID_HANDLE_VALUE, "got error %lu\n", GetLastError() );
    overlapped.hEvent = CreateEventA( NULL, TRUE, FALSE, NULL );
    SetLastError( 0xdeadbeef );
    ret = DeviceIoControl( watcher, IOCTL_NTMS_CHANGER_WATCH, NULL, 0, NULL, 0, &size, &overlapped );
    err = GetLastError();
    if (!ret && err == ERROR_INVALID_FUNCTION) win_skip( "not this project's driver\n" );
    else
    {
        ok( !ret && err == ERROR_IO_PENDING, "got %d, error %lu\n", ret, err );
        ok( WaitForSingleObject( overlapped.hEvent, 100 ) == WAIT_TIMEOUT, "something has changed\n" );
        err = control( IOCTL_CHANGER_GET_STATUS, NULL, 0, NULL, 0 );
        ok( !err, "got error %lu\n", err );
        ok( CancelIo( watcher ), "got error %lu\n", GetLastError() );
        ok( !WaitForSingleObject( overlapped.hEvent, 5000 ), "not cancelled\n" );
        ret = GetOverlappedResult( watcher, &overlapped, &size, FALSE );
        ok( !ret && GetLastError() == ERROR_OPERATION_ABORTED, "got %d, error %lu\n", ret, GetLastError() );
    }
    CloseHandle( overlapped.hEvent );
    CloseHandle( watcher );
}

static void test_changer(void)
{
    char path[32];
    unsigned int i;

    if (!is_enabled()) return;
    test_drives();
    for (i = 0; i < MAX_DEVICES; i++)
    {
        sprintf( path, "\\\\.\\Changer%u", i );
        if (GetFileAttributesA( path ) == INVALID_FILE_ATTRIBUTES && GetLastError() == ERROR_FILE_NOT_FOUND) continue;
        test_watch( path );
        break;
    }
}

START_TEST(watch)
{
    for_each_changer( test_changer );
}
