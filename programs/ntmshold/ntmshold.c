/*
 * Keeps the prefix alive for the removable storage service
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
#include <stdlib.h>

#include "windef.h"
#include "winbase.h"

/* Run by the service only, with the numbers of two handles that this process has inherited: an event that tells it to go,
 * and the service's process. */
int __cdecl wmain( int argc, WCHAR *argv[] )
{
    HANDLE handles[2];
    unsigned int i;

    if (argc != ARRAY_SIZE(handles) + 1) return 1;
    for (i = 0; i < ARRAY_SIZE(handles); i++) handles[i] = ULongToHandle( wcstoul( argv[i + 1], NULL, 16 ));
    return WaitForMultipleObjects( ARRAY_SIZE(handles), handles, FALSE, INFINITE ) == WAIT_FAILED;
}
