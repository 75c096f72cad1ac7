/*
 * What winecrt0 gives to other modules, for i386 modules that are linked without it
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

#include "windef.h"
#include "winbase.h"

void DECLSPEC_NORETURN __cdecl __wine_spec_unimplemented_stub( const char *module, const char *function );

/* entry point of every "stub" line in a spec file: the exception that Wine's loader knows */
void DECLSPEC_NORETURN __cdecl __wine_spec_unimplemented_stub( const char *module, const char *function )
{
    ULONG_PTR args[2] = { (ULONG_PTR)module, (ULONG_PTR)function };

    for (;;) RaiseException( 0x80000100, EXCEPTION_NONCONTINUABLE, ARRAYSIZE(args), args );
}
