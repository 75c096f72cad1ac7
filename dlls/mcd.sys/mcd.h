/*
 * PE side of the changer driver
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

#ifndef __WINE_MCD_MCD_H
#define __WINE_MCD_MCD_H

#include "wine/unixlib.h"
#include "queue.h"
#include "unixlib.h"

#define MCD_CALL( func, params ) WINE_UNIX_CALL( unix_ ## func, params )

extern BOOL is_inquiry_request( ULONG code );
extern BOOL is_slow_request( ULONG code );
extern NTSTATUS changer_request( struct device *device, struct device_file *file, IRP *irp );

#endif /* __WINE_MCD_MCD_H */
