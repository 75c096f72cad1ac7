/*
 * IOCTL_SCSI_PASS_THROUGH, shared by the tape and changer drivers
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

#ifndef __WINE_TAPE_PASSTHROUGH_H
#define __WINE_TAPE_PASSTHROUGH_H

#define PASS_NO_DATA  0
#define PASS_DATA_IN  1
#define PASS_DATA_OUT 2

/* a command that a program has made up, for the Unix side */
struct pass_through_params
{
    UINT64 handle;             /* what the driver calls the device or the open file */
    void  *buffer;
    UINT32 size;
    UINT32 timeout_ms;
    UINT32 done;               /* out: bytes that came or went */
    UINT8  direction;          /* PASS_NO_DATA, ... */
    UINT8  cdb_size;
    UINT8  cdb[16];
    UINT8  scsi_status;        /* out */
    UINT8  sense_size;         /* out */
    UINT8  sense[96];          /* out */
};

#endif /* __WINE_TAPE_PASSTHROUGH_H */
