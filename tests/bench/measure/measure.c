/*
 * The Windows half of the benchmark: takes commands from standard input and answers each with a line of times
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

#include <stdio.h>
#include "measure.h"

#define MAX_ARGS 4

static const struct
{
    const char *name;
    void      (*function)( int argc, WCHAR **argv );
} commands[] =
{
    { "backup",    measure_backup },
    { "changes",   measure_changes },    /* changes COUNT */
    { "cycle",     measure_cycle },      /* cycle BARCODE */
    { "empty",     measure_empty },      /* empty COUNT */
    { "enumerate", measure_enumerate },
    { "info",      measure_info },       /* info COUNT */
    { "pools",     measure_pools },
    { "sessions",  measure_sessions },   /* sessions COUNT MILLISECONDS */
    { "start",     measure_start },      /* start SERVICE */
    { "transfer",  measure_transfer },   /* transfer DEVICE BLOCKSIZE BLOCKS */
};

UINT64 now(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceFrequency( &frequency );
    QueryPerformanceCounter( &count );
    return count.QuadPart / frequency.QuadPart * 1000000 + count.QuadPart % frequency.QuadPart * 1000000 / frequency.QuadPart;
}

static void run_command( char *line )
{
    WCHAR args[MAX_ARGS][64], *argv[MAX_ARGS];
    char *word, *name;
    DWORD i;
    int argc;

    if (!(name = strtok( line, " \r\n" ))) return;
    for (argc = 0; argc < MAX_ARGS && (word = strtok( NULL, " \r\n" )); argc++)
    {
        MultiByteToWideChar( CP_UTF8, 0, word, -1, args[argc], ARRAYSIZE(args[argc]) );
        args[argc][ARRAYSIZE(args[argc]) - 1] = 0;
        argv[argc] = args[argc];
    }
    for (i = 0; i < ARRAYSIZE(commands) && strcmp( name, commands[i].name ); i++) ;
    if (i == ARRAYSIZE(commands)) fail( L"unknown command", ERROR_INVALID_PARAMETER );
    commands[i].function( argc, argv );
}

int wmain( int argc, WCHAR **argv )
{
    char line[256];

    while (fgets( line, sizeof(line), stdin )) run_command( line );
    return 0;
}
