/*
 * The shape of a lab: libraries, stand-alone drives, cartridges
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

#ifndef __LAB_LIBRARY_H
#define __LAB_LIBRARY_H

#include "changer.h"

#define LAB_FULL (~0u)  /* as many media as there are slots for them */

struct lab_shape
{
    unsigned int  libraries;
    unsigned int  drives, slots, ports;     /* of each library */
    unsigned int  media, cleaners;          /* in the slots of each library */
    unsigned int  standalone;               /* drives without a library */
    unsigned int  loaded;                   /* as many of these have a cartridge */
    unsigned int  gap;                      /* addresses that are left out in the middle of the slots */
    unsigned int  transports;               /* robots, which share the work */
    unsigned int  first_transport, first_slot, first_port, first_drive;  /* element addresses */
    unsigned int  move_ms, inventory_ms, load_ms;
    bool          implicit_unload;
    uint64_t      tape_size;                /* bytes */
    const char   *dir;                      /* for the cartridges' data; NULL = memory */
};

struct lab
{
    struct lab_shape      shape;
    struct lab_changer   *changers;         /* one for each library */
    struct lab_tape      *tapes;            /* drives of the libraries in order, then the stand-alone ones */
    unsigned int          tape_count;
    struct lab_device   **devices;          /* in the order of their SCSI addresses */
    unsigned int          device_count;
    pthread_mutex_t       lock;             /* guards the list of cartridges; taken last */
    struct lab_cartridge *cartridges;
    unsigned int          cartridge_id;
    /* set by a front end that can take a device away from the host and bring it back; may be NULL */
    bool                (*set_present)( struct lab_device *device, bool present );
};

extern const struct lab_shape lab_default_shape;

/* Errors are told on standard error. */
extern bool lab_create( struct lab *lab, const struct lab_shape *shape );
extern void lab_destroy( struct lab *lab );
extern struct lab_device *lab_find_device( const struct lab *lab, const char *name );
/* a cartridge from the shelf, or a new one; NULL = that bar code is in use somewhere ("-" = no label) */
extern struct lab_cartridge *lab_get_cartridge( struct lab *lab, const char *barcode, unsigned char medium );
extern void lab_shelve_cartridge( struct lab *lab, struct lab_cartridge *cartridge );
extern struct lab_cartridge *lab_find_cartridge( struct lab *lab, const char *barcode );

#endif /* __LAB_LIBRARY_H */
