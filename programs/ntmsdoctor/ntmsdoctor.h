/*
 * Removable storage doctor: what its files share
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

#ifndef __NTMSDOCTOR_H
#define __NTMSDOCTOR_H

#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <stdio.h>

#include "windef.h"
#include "winbase.h"
#include "winnls.h"
#include "winreg.h"
#include "winsvc.h"
#include "winioctl.h"

#define MAX_DEVICES 256
#define MAX_DRIVES 256          /* data transfer elements of one changer */

enum device_kind
{
    DEVICE_TAPE,
    DEVICE_CHANGER,
};

struct device
{
    enum device_kind kind;
    WCHAR name[40];             /* \\.\Tape0 */
    WCHAR vendor[16];
    WCHAR product[32];
    WCHAR revision[16];
    WCHAR serial[64];           /* what the drivers go by: the serial number, or vendor, product and address */
    WCHAR address[32];          /* as the host writes it */
    BOOL  enabled;
    DWORD error;                /* why it cannot be opened */
};

struct element
{
    DWORD number;               /* from 0 */
    BOOL  full;
    WCHAR serial[33];           /* of the drive, "" when the changer does not tell */
    WCHAR bar_code[37];
};

/* fills devices in the order of their names and returns how many there are */
DWORD find_devices( struct device devices[MAX_DEVICES] );
/* the data transfer elements of a changer that is enabled */
DWORD read_drive_elements( const struct device *changer, struct element elements[MAX_DRIVES], DWORD *count );
BOOL same_serial( const WCHAR *a, const WCHAR *b );
/* the registry value that the owner of a device sets */
BOOL is_enabled( const WCHAR *serial );
DWORD set_enabled( const WCHAR *serial, BOOL enable );

#endif /* __NTMSDOCTOR_H */
