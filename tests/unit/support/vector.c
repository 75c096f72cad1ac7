/*
 * Captured replies of devices, from tests/data
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

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "vector.h"

UINT8 *load_vector( const char *name, unsigned int *size )
{
    static UINT8 buffer[4096];
    char line[256], path[256], *p;
    UINT8 *data;
    FILE *file;

    snprintf( path, sizeof(path), "%s/%s.hex", TEST_DATA, name );
    if (!(file = fopen( path, "r" ))) fail_msg( "cannot open %s", path );
    *size = 0;
    while (fgets( line, sizeof(line), file ))
    {
        if (line[0] == '#') continue;
        for (p = strtok( line, " \n" ); p; p = strtok( NULL, " \n" ))
        {
            assert_true( *size < sizeof(buffer) && isxdigit( (unsigned char)*p ) );
            buffer[(*size)++] = strtoul( p, NULL, 16 );
        }
    }
    fclose( file );
    data = malloc( *size );
    memcpy( data, buffer, *size );
    return data;
}
