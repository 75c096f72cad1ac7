/*
 * What the files of the measuring program share
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

#ifndef MEASURE_H
#define MEASURE_H

#include "demo.h"

/* microseconds of a clock that starts anywhere */
UINT64 now(void);

/* each command writes one line of numbers, times in microseconds */
void measure_cycle( int argc, WCHAR **argv );     /* cycle.c */
void measure_transfer( int argc, WCHAR **argv );  /* transfer.c */
void measure_start( int argc, WCHAR **argv );     /* start.c */
/* objects.c */
void measure_pools( int argc, WCHAR **argv );
void measure_empty( int argc, WCHAR **argv );
void measure_info( int argc, WCHAR **argv );
void measure_backup( int argc, WCHAR **argv );
void measure_enumerate( int argc, WCHAR **argv );
void measure_changes( int argc, WCHAR **argv );
void measure_sessions( int argc, WCHAR **argv );

/* start.c: starts the empty service if need be; an empty call of it */
void open_empty_service(void);
DWORD call_empty_service(void);

#endif /* MEASURE_H */
