/*
 * A SSC-3 tape drive
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

#ifndef __LAB_TAPE_H
#define __LAB_TAPE_H

#include "cartridge.h"
#include "device.h"

#define LAB_MAX_BLOCK 0x800000  /* 8 MiB, as LTO drives say */

struct lab_tape
{
    struct lab_device     device;
    struct lab_cartridge *cartridge;    /* in the drive, threaded or ejected */
    bool                  loaded;       /* threaded */
    unsigned long long    ready_at;     /* lab_now() when it becomes ready after a load */
    unsigned int          load_ms;      /* how long that takes */
    uint64_t              position;     /* logical object number */
    unsigned int          block_length; /* 0 = variable */
    bool                  compression;
    bool                  buffered;
};

static inline struct lab_tape *tape_from_device( struct lab_device *device )
{
    return (struct lab_tape *)device;
}

extern void tape_init( struct lab_tape *tape );
/* The robot's and the operator's side of a drive; each takes the device's lock. */
extern bool tape_insert( struct lab_tape *tape, struct lab_cartridge *cartridge );
extern void tape_eject( struct lab_tape *tape );
extern struct lab_cartridge *tape_remove( struct lab_tape *tape );
extern struct lab_cartridge *tape_peek( struct lab_tape *tape, bool *loaded, bool *prevented );

/* tape_pages.c */
extern const unsigned char tape_mode_pages[];
extern const unsigned char tape_log_pages[];
extern void tape_mode_header( struct lab_device *device, struct lab_mode_header *header );
extern unsigned int tape_mode_page( struct lab_device *device, unsigned char page, unsigned int control, unsigned char *data );
extern bool tape_mode_select( struct lab_device *device, const unsigned char *block, const unsigned char *page );
extern unsigned int tape_log_page( struct lab_device *device, unsigned char page, unsigned int nexus, unsigned char *data );
extern void tape_report_density( struct lab_device *device, struct lab_command *cmd );

#endif /* __LAB_TAPE_H */
