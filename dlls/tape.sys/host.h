/*
 * The seam to the host: every system call that the tape and changer unixlibs make
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

#ifndef __WINE_TAPE_HOST_H
#define __WINE_TAPE_HOST_H

#include <scsi/sg.h>

/* SCSI peripheral device types (SPC-4, INQUIRY byte 0) */
#define HOST_TYPE_TAPE    1
#define HOST_TYPE_CHANGER 8

/* one SCSI device as the host knows it; nothing here comes from a command to the device */
struct host_device
{
    int          type;            /* HOST_TYPE_* */
    unsigned int host;            /* Linux SCSI address */
    unsigned int channel;
    unsigned int target;
    unsigned int lun;
    char         sg_path[64];     /* generic node, "/dev/sg3" */
    char         lock_path[64];   /* no-rewind tape node that other tools lock by opening, "/dev/nst0"; "" for changers */
};

/* The calls return a count, descriptor or 0 on success and a negative errno on failure. */
struct host_ops
{
    /* fills up to max devices of one type in the order of their SCSI address; returns how many there are */
    int (*discover)( int type, struct host_device *devices, int max );
    /* flags as for open(2) */
    int (*open_device)( const char *path, int flags );
    int (*close_device)( int fd );
    /* sends one command and waits for its end, unless that is given up: then -ECANCELED */
    int (*sg_io)( int fd, struct sg_io_hdr *hdr );
    /* Gives up: until this is taken back, no command is sent on the descriptor, and nobody waits for one that delivers no
     * data. It goes on alone; the next one is sent after its end. May be called while sg_io() runs. */
    void (*cancel_io)( int fd, int cancel );
    /* how many bytes one SG_IO on a generic node may transfer */
    int (*max_transfer)( int fd );
    /* waits until a device of either type came or went, at most timeout_ms (-1 = no limit); 1 = change, 0 = time is over */
    int (*wait_change)( int timeout_ms );
    /* makes a pending or the next wait_change() return 0 */
    void (*wake)( void );
    /* gives back what wait_change() holds, once nobody waits any more */
    void (*end_wait)( void );
    /* takes the advisory lock called name, shared by all prefixes and users; returns a descriptor or -EBUSY */
    int (*lock_name)( const char *name );
    int (*unlock_name)( int fd );
    void (*sleep_ms)( unsigned int ms );
    unsigned long long (*now_ms)( void );  /* monotonic clock */
};

/* Every host call goes through this table, so that tests can replace an entry and fail the Nth call. */
extern struct host_ops host_ops;

#endif /* __WINE_TAPE_HOST_H */
