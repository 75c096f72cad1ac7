/*
 * Debug output of the Unix halves where there is no ntdll: warnings and errors, if UNIT_VERBOSE is set
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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "windef.h"
#include "wine/debug.h"

unsigned char __cdecl __wine_dbg_get_channel_flags( struct __wine_debug_channel *channel )
{
    static int verbose = -1;

    if (verbose < 0) verbose = getenv( "UNIT_VERBOSE" ) != NULL;
    return verbose ? 0x0f : 0;
}

const char * __cdecl __wine_dbg_strdup( const char *str )
{
    static char buffers[8][256];
    static unsigned int next;
    char *buffer = buffers[next++ % 8];

    snprintf( buffer, sizeof(buffers[0]), "%s", str );
    return buffer;
}

int __cdecl __wine_dbg_output( const char *str )
{
    return fputs( str, stderr );
}

int __cdecl __wine_dbg_header( enum __wine_debug_class cls, struct __wine_debug_channel *channel, const char *function )
{
    if (!(__wine_dbg_get_channel_flags( channel ) & (1 << cls))) return -1;
    return fprintf( stderr, "%s:%s ", channel->name, function );
}
