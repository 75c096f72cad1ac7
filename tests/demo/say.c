/*
 * The demonstration programs: messages
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
#include <stdarg.h>
#include "demo.h"

static void print( const WCHAR *format, va_list args )
{
    WCHAR text[4096];
    char utf8[3 * ARRAYSIZE(text)];

    _vsnwprintf( text, ARRAYSIZE(text) - 1, format, args );
    text[ARRAYSIZE(text) - 1] = 0;
    WideCharToMultiByte( CP_UTF8, 0, text, -1, utf8, sizeof(utf8), NULL, NULL );
    fputs( utf8, stdout );
    fflush( stdout );
}

void say( const WCHAR *format, ... )
{
    va_list args;

    va_start( args, format );
    print( format, args );
    va_end( args );
}

void fail( const WCHAR *what, DWORD error )
{
    WCHAR text[256];

    if (!FormatMessageW( FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK, NULL, error, 0,
                         text, ARRAYSIZE(text), NULL ))
        text[0] = 0;
    say( L"FAILED: %ls: error %lu %ls\n", what, error, text );
    ExitProcess( 1 );
}

void check( DWORD error, const WCHAR *what )
{
    if (error) fail( what, error );
}
