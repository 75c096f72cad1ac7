/*
 * Private to the PE half of tape.sys
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

#ifndef __WINE_TAPE_TAPE_H
#define __WINE_TAPE_TAPE_H

#include "queue.h"
#include "unixlib.h"
#include "wine/unixlib.h"

#define TAPE_CALL( func, params ) WINE_UNIX_CALL( unix_ ## func, params )

/* ioctl.c */
extern NTSTATUS tape_control( struct device *device, struct device_file *file, IRP *irp );
extern BOOL is_tape_inquiry( ULONG code );

/* media.c: the STORAGE_MEDIA_TYPE that a drive uses, or of the medium in it when density is not 0 */
extern unsigned int get_media_type( const char *product, unsigned int density );

#endif /* __WINE_TAPE_TAPE_H */
