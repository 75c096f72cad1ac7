/*
 * Tape drives that are slow, reset, dirty, full or gone: what programs are told, and when
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

/* drive.exe: uses \\.\Tape0 and \\.\Tape1; for what only the lab can do it says "ask COMMAND" and waits for a line */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <winioctl.h>

#define IOCTL_TAPE_SET_POSITION CTL_CODE( FILE_DEVICE_TAPE, 4, METHOD_BUFFERED, FILE_READ_ACCESS )
#define BLOCK_SIZE 65536

static unsigned int failures;
static char block[BLOCK_SIZE];

static void check( BOOL ok, const char *format, ... )
{
    va_list args;

    if (ok) return;
    failures++;
    va_start( args, format );
    printf( "FAILED: " );
    vprintf( format, args );
    printf( "\n" );
    va_end( args );
}

static void expect( DWORD error, DWORD expected, const char *what )
{
    check( error == expected, "%s: error %lu", what, error );
}

static void ask( const char *command )
{
    char line[16];

    printf( "ask %s\n", command );
    fgets( line, sizeof(line), stdin );
}

static HANDLE open_drive( unsigned int number, DWORD flags )
{
    char path[32];

    snprintf( path, sizeof(path), "\\\\.\\Tape%u", number );
    return CreateFileA( path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, flags, NULL );
}

/* attentions are told once */
static DWORD wait_ready( HANDLE drive )
{
    DWORD i, error = 0;

    for (i = 0; i < 100; i++)
    {
        error = GetTapeStatus( drive );
        if (error != ERROR_MEDIA_CHANGED && error != ERROR_BUS_RESET && error != ERROR_NOT_READY) break;
        Sleep( 50 );
    }
    return error;
}

static void start_rewind( HANDLE drive, OVERLAPPED *overlapped )
{
    TAPE_SET_POSITION set = { .Method = TAPE_REWIND };
    DWORD count;

    memset( overlapped, 0, sizeof(*overlapped) );
    overlapped->hEvent = CreateEventA( NULL, TRUE, FALSE, NULL );
    if (!DeviceIoControl( drive, IOCTL_TAPE_SET_POSITION, &set, sizeof(set), NULL, 0, &count, overlapped ))
        check( GetLastError() == ERROR_IO_PENDING, "rewinding: error %lu", GetLastError() );
}

/* Wine's own tape code has left a status in the structure: the event tells when it is over */
static DWORD get_result( HANDLE drive, OVERLAPPED *overlapped, DWORD timeout, DWORD *count )
{
    DWORD error = ERROR_SUCCESS;

    if (WaitForSingleObject( overlapped->hEvent, timeout )) return WAIT_TIMEOUT;
    if (!GetOverlappedResult( drive, overlapped, count, TRUE )) error = GetLastError();
    CloseHandle( overlapped->hEvent );
    return error;
}

/* A rewind that runs is given up at once; what comes next waits until the tape is there. */
static void test_cancel(void)
{
    HANDLE drive = open_drive( 0, 0 );
    OVERLAPPED rewind, read = { 0 };
    DWORD start, error, count;

    check( !wait_ready( drive ), "not ready" );
    check( !SetTapePosition( drive, TAPE_REWIND, 0, 0, 0, FALSE ), "not rewound" );
    check( WriteFile( drive, block, 512, &count, NULL ), "writing: error %lu", GetLastError() );
    CloseHandle( drive );

    drive = open_drive( 0, FILE_FLAG_OVERLAPPED );
    ask( "labctl delay tape0 01 4000 1" );
    start = GetTickCount();
    start_rewind( drive, &rewind );
    Sleep( 500 );
    check( CancelIo( drive ), "CancelIo: error %lu", GetLastError() );
    error = get_result( drive, &rewind, 30000, &count );
    check( error == ERROR_OPERATION_ABORTED, "cancelled: error %lu", error );
    check( GetTickCount() - start < 2500, "cancelled after %lu ms", GetTickCount() - start );
    read.hEvent = CreateEventA( NULL, TRUE, FALSE, NULL );
    ReadFile( drive, block, 512, NULL, &read );
    error = get_result( drive, &read, 30000, &count );
    check( !error && count == 512, "reading after it: error %lu, count %lu", error, count );
    check( GetTickCount() - start >= 3900, "read after %lu ms", GetTickCount() - start );
    CloseHandle( drive );
}

/* one drive takes five seconds: the other one's requests do not notice */
static void test_independence(void)
{
    HANDLE slow = open_drive( 0, FILE_FLAG_OVERLAPPED ), fast = open_drive( 1, 0 );
    DWORD start, i, count, longest = 0, error;
    OVERLAPPED rewind;

    check( !wait_ready( fast ), "not ready" );
    ask( "labctl delay tape0 01 5000 1" );
    start_rewind( slow, &rewind );
    for (i = 0; i < 50; i++)
    {
        start = GetTickCount();
        check( !GetTapeStatus( fast ), "the other drive is not ready" );
        longest = max( longest, GetTickCount() - start );
    }
    check( longest < 1500, "a request of the other drive took %lu ms", longest );
    check( WaitForSingleObject( rewind.hEvent, 0 ), "it was over too early" );
    error = get_result( slow, &rewind, 30000, &count );
    check( !error, "rewinding: error %lu", error );
    printf( "the longest request of the other drive took %lu ms\n", longest );
    CloseHandle( slow );
    CloseHandle( fast );
}

static void test_attentions(void)
{
    HANDLE drive = open_drive( 0, 0 );

    check( !wait_ready( drive ), "not ready" );
    ask( "labctl attention tape0 29 00" );
    expect( GetTapeStatus( drive ), ERROR_BUS_RESET, "reset" );
    expect( GetTapeStatus( drive ), 0, "after it" );
    ask( "labctl attention tape0 28 00" );
    expect( GetTapeStatus( drive ), ERROR_MEDIA_CHANGED, "changed" );
    expect( GetTapeStatus( drive ), 0, "after it" );
    /* parameters changed: nobody has to hear of that */
    ask( "labctl attention tape0 2a 01" );
    expect( GetTapeStatus( drive ), 0, "parameters" );
    CloseHandle( drive );
}

static void test_cleaning(void)
{
    HANDLE drive = open_drive( 1, 0 );

    ask( "labctl alert tape1 20" );
    expect( wait_ready( drive ), ERROR_DEVICE_REQUIRES_CLEANING, "cleaning" );
    expect( GetTapeStatus( drive ), ERROR_DEVICE_REQUIRES_CLEANING, "again" );
    check( !SetTapePosition( drive, TAPE_REWIND, 0, 0, 0, FALSE ), "it does not work any more" );
    ask( "labctl attention tape1 28 00" );
    expect( wait_ready( drive ), 0, "with another medium" );
    CloseHandle( drive );
}

/* Writes to the end: at the warning all is written and said to be, at the end nothing. What was written is there. */
static void test_end(void)
{
    HANDLE drive = open_drive( 1, 0 );
    DWORD written = 0, warned = 0, count, error = 0, i;

    check( !wait_ready( drive ), "not ready" );
    check( !SetTapePosition( drive, TAPE_REWIND, 0, 0, 0, FALSE ), "not rewound" );
    while (written < 100000)
    {
        memset( block, written, sizeof(block) );
        error = WriteFile( drive, block, sizeof(block), &count, NULL ) ? ERROR_SUCCESS : GetLastError();
        if (error == ERROR_END_OF_MEDIA) warned++;
        else if (error) break;
        else check( !warned, "no warning after the first" );
        check( count == sizeof(block), "count %lu, error %lu", count, error );
        written++;
    }
    check( warned, "no warning" );
    check( error == 1129 && !count, "at the end: error %lu, count %lu", error, count );
    check( !SetTapePosition( drive, TAPE_REWIND, 0, 0, 0, FALSE ), "not rewound" );
    for (i = 0; i < written; i++)
    {
        error = ReadFile( drive, block, sizeof(block), &count, NULL ) ? ERROR_SUCCESS : GetLastError();
        check( !error && count == sizeof(block) && block[0] == (char)i, "block %lu: error %lu", i, error );
    }
    check( !ReadFile( drive, block, sizeof(block), &count, NULL ) && GetLastError() == ERROR_NO_DATA_DETECTED,
           "behind it: error %lu", GetLastError() );
    printf( "%lu blocks, the last %lu with a warning\n", written, warned );
    CloseHandle( drive );
}

/* The drive goes while its tape moves, and comes back. The lab's drive moves its tape to the end even then: until that is
 * over, its name is not given away. */
static void test_loss(void)
{
    HANDLE drive = open_drive( 0, FILE_FLAG_OVERLAPPED );
    DWORD start, error, count, i;
    OVERLAPPED rewind;

    ask( "labctl delay tape0 01 6000 1" );
    start_rewind( drive, &rewind );
    Sleep( 300 );
    start = GetTickCount();
    ask( "labctl detach tape0" );
    error = get_result( drive, &rewind, 30000, &count );
    check( error == ERROR_DEVICE_NOT_CONNECTED || error == ERROR_NOT_READY, "while it goes: error %lu", error );
    check( GetTickCount() - start < 4000, "lost after %lu ms", GetTickCount() - start );
    expect( GetTapeStatus( drive ) == ERROR_SUCCESS, FALSE, "when it has gone" );
    CloseHandle( drive );

    Sleep( 7000 );
    ask( "labctl clear tape0" );
    ask( "labctl attach tape0" );
    for (i = 0, error = ~0u; i < 100 && error; i++)
    {
        Sleep( 100 );
        drive = open_drive( 0, 0 );
        error = drive == INVALID_HANDLE_VALUE ? GetLastError() : wait_ready( drive );
        if (error && drive != INVALID_HANDLE_VALUE) CloseHandle( drive );
    }
    check( !error, "when it is back: error %lu", error );
    if (error) return;
    check( !SetTapePosition( drive, TAPE_REWIND, 0, 0, 0, FALSE ), "not rewound" );
    check( WriteFile( drive, block, 512, &count, NULL ), "writing: error %lu", GetLastError() );
    CloseHandle( drive );
}

int main( int argc, char **argv )
{
    static const struct { const char *name; void (*func)(void); } tests[] =
    {
        { "cancel", test_cancel }, { "independence", test_independence }, { "attentions", test_attentions },
        { "cleaning", test_cleaning }, { "end", test_end }, { "loss", test_loss },
    };
    unsigned int i;

    setvbuf( stdout, NULL, _IONBF, 0 );
    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        if (argc > 1 && strcmp( argv[1], tests[i].name )) continue;
        printf( "== %s\n", tests[i].name );
        tests[i].func();
    }
    printf( "%u failures\n", failures );
    return failures != 0;
}
