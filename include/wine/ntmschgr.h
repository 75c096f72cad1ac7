/*
 * Control codes of the changer driver beside those of Windows
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

#ifndef __WINE_NTMSCHGR_H
#define __WINE_NTMSCHGR_H

#include <winioctl.h>

/* Pending until the contents of the changer may have been changed by hand: a door or port was used, a magazine taken out.
 * What happened before the handle was opened, or was told to it, does not count. No input, no output. */
#define IOCTL_NTMS_CHANGER_WATCH \
    CTL_CODE( FILE_DEVICE_CHANGER, 0x801, METHOD_BUFFERED, FILE_READ_ACCESS )

/* Which tape device each drive is, and how that is known. No input, an array of NTMS_CHANGER_DRIVE as output;
 * ERROR_INSUFFICIENT_BUFFER when it has no room for all drives. */
#define IOCTL_NTMS_CHANGER_GET_DRIVES \
    CTL_CODE( FILE_DEVICE_CHANGER, 0x802, METHOD_BUFFERED, FILE_READ_ACCESS )

typedef struct _NTMS_CHANGER_DRIVE
{
    ULONG Drive;             /* zero-based, as in element status */
    ULONG Method;            /* 0 = the device is not known */
    CHAR  Reason[48];        /* what Method means, for people */
    CHAR  SerialNumber[64];  /* of the device, terminated */
    ULONG PortNumber;        /* its SCSI address */
    ULONG PathId;
    ULONG TargetId;
    ULONG Lun;
} NTMS_CHANGER_DRIVE, *PNTMS_CHANGER_DRIVE;

#endif /* __WINE_NTMSCHGR_H */
