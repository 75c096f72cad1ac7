/*
 * A SMC-3 medium changer and its elements
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

#ifndef __LAB_CHANGER_H
#define __LAB_CHANGER_H

#include "tape.h"

/* element type codes, SMC-3 table 13 */
#define LAB_TRANSPORT 1
#define LAB_STORAGE   2
#define LAB_PORT      3
#define LAB_DRIVE     4
#define LAB_ALL_TYPES 0

struct lab_element
{
    unsigned char         type;
    uint16_t              address;
    struct lab_cartridge *cartridge;     /* not in use for drives: the drive knows */
    struct lab_tape      *drive;
    bool                  imported;      /* the operator put the cartridge in, not the robot */
    bool                  source_valid;
    uint16_t              source;        /* storage element that the cartridge was in last */
};

struct lab_changer
{
    struct lab_device   device;
    struct lab_element *elements;        /* by ascending address */
    unsigned int        element_count;
    unsigned char      *reply;           /* room for the longest element status */
    bool                door_open;
    bool                port_open;       /* one door for all import/export elements */
    bool                implicit_unload; /* the robot makes a drive eject by itself */
    unsigned int        move_ms;
    unsigned int        inventory_ms;
    unsigned long long  robot_free_at;
};

static inline struct lab_changer *changer_from_device( struct lab_device *device )
{
    return (struct lab_changer *)device;
}

/* elements are in place by then */
extern bool changer_init( struct lab_changer *changer );
extern unsigned int changer_count( const struct lab_changer *changer, unsigned char type );
/* number 0 = the lowest address of the type; NULL = no such element */
extern struct lab_element *changer_element( struct lab_changer *changer, unsigned char type, unsigned int number );
extern struct lab_cartridge *element_cartridge( const struct lab_element *element );
/* with the device's lock held */
extern void changer_set_door( struct lab_changer *changer, bool open );
extern void changer_set_port( struct lab_changer *changer, bool open );

/* element_status.c: READ ELEMENT STATUS */
extern void changer_read_element_status( struct lab_device *device, struct lab_command *cmd );

#endif /* __LAB_CHANGER_H */
