/*
 * The documented pairs of function and result: checks that tell which of them a test has produced
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

/* To be included after wine/test.h:
 *
 *     err = DeleteNtmsMediaPool( session, &unknown );
 *     pair( "DeleteNtmsMediaPool", ERROR_INVALID_MEDIA_POOL, err );
 *
 * This is ok( err == ERROR_INVALID_MEDIA_POOL, ... ), and tells tests/conformance that the pair has been seen, once for
 * each test file; the documentation knows the function without its A or W.  What an injected fault has produced is told by
 * pair_fault(). */

#ifndef __NTMSAPI_TESTS_PAIRS_H
#define __NTMSAPI_TESTS_PAIRS_H

#include <stdio.h>
#include <string.h>

/* Results that the documentation names and no header defines; tests/conformance/names.csv has the reasons */
#ifndef ERROR_DUPLICATE_OMID
#define ERROR_ALREADY_RESERVED      ERROR_CLEANER_SLOT_SET
#define ERROR_DUPLICATE_OMID        ERROR_INVALID_MEDIA
#define ERROR_INVALID_PARTITION     ERROR_INVALID_MEDIA
#define ERROR_INVALID_SLOT          ERROR_OBJECT_NOT_FOUND
#define ERROR_NO_SLOT_RESERVED      ERROR_CLEANER_SLOT_NOT_SET
#define ERROR_NO_SLOT_SET           ERROR_CLEANER_SLOT_NOT_SET
#define ERROR_SLOT_EMPTY            ERROR_RESOURCE_NOT_AVAILABLE
#define ERROR_SLOT_FULL             ERROR_RESOURCE_NOT_AVAILABLE
#define ERROR_SLOT_NOT_PRESENT      ERROR_RESOURCE_NOT_AVAILABLE
#endif

#define pair( function, code, got )        pair_( __FILE__, __LINE__, function, #code, code, got, "natural" )
#define pair_fault( function, code, got )  pair_( __FILE__, __LINE__, function, #code, code, got, "fault" )

/* whether a test of this file sees the pair for the first time */
static inline BOOL pair_is_new( const char *function, const char *name, const char *how )
{
    static char seen[512][64];
    static LONG count;
    char text[64];
    LONG i;

    sprintf( text, "%.31s %.28s %.1s", function, name + strlen( "ERROR_" ), how );
    for (i = 0; i < count; i++) if (!strcmp( seen[i], text )) return FALSE;
    if (count < (LONG)ARRAYSIZE(seen)) strcpy( seen[count++], text );
    return TRUE;
}

static inline void pair_( const char *file, int line, const char *function, const char *name, DWORD code, DWORD got,
                          const char *how )
{
    int length = strlen( function );
    const char *p;

    ok_(file, line)( got == code, "pair %s %s: got %lu\n", function, name, got );
    if (got != code || !pair_is_new( function, name, how )) return;
    if (strchr( "AW", function[length - 1] )) length--;
    for (p = file; *p; p++) if (*p == '/' || *p == '\\') file = p + 1;
    printf( "pair: %.*s %s %s %s\n", length, function, name, how, file );
    fflush( stdout );
}

#endif /* __NTMSAPI_TESTS_PAIRS_H */
