/*
 * A host whose devices answer what the test says, and whose calls can be made to fail
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

#ifndef __UNIT_FAKE_HOST_H
#define __UNIT_FAKE_HOST_H

#include "windef.h"
#include "host.h"

struct fake_reply
{
    UINT8        opcode;
    UINT8        status;       /* SAM status byte */
    UINT8        host_status;
    UINT8        sense[64];
    unsigned int sense_size;
    const void  *data;         /* for the data buffer, as much as fits */
    unsigned int data_size;
    int          resid;        /* added to what follows from data_size */
    int          err;          /* errno of the call itself, or 0 */
};

/* forgets all replies and counters */
extern void fake_reset(void);
/* the next command with this operation code gets this reply; several are used up in order */
extern void fake_add( const struct fake_reply *reply );
/* and the commands for which none is left get this one, or success without data */
extern void fake_always( const struct fake_reply *reply );
/* a reply with fixed format sense data */
extern struct fake_reply fake_sense( UINT8 opcode, UINT8 flags_key, UINT8 asc, UINT8 ascq );
/* the same with an information field */
extern struct fake_reply fake_sense_info( UINT8 opcode, UINT8 flags_key, UINT8 asc, UINT8 ascq, UINT32 info );

extern unsigned int fake_calls;        /* host calls that can fail: open and SG_IO */
extern unsigned int fake_fail_at;      /* number of the call that fails, from 1; 0 = none */
extern int          fake_fail_errno;
extern BOOL         fake_cancelled;    /* by cancel_io() */
extern unsigned int fake_open_fds;     /* open at present */
extern unsigned int fake_commands;     /* commands sent */
extern unsigned int fake_slept_ms;
extern UINT8        fake_last_cdb[16];
extern UINT8        fake_last_data[256];  /* sent to the device */
extern struct host_device fake_devices[4];
extern unsigned int fake_device_count;

#endif /* __UNIT_FAKE_HOST_H */
