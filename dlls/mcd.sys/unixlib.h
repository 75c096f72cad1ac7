/*
 * Interface between the PE and the Unix side of the changer driver
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

#ifndef __WINE_MCD_UNIXLIB_H
#define __WINE_MCD_UNIXLIB_H

#include "element.h"
#include "identity.h"

/* an element by its Windows number: zero-based within its type */
struct element_number
{
    UINT32 type;
    UINT32 number;
};

/* what is known about a changer; masks have bit type - 1 set, arrays are indexed by element type */
struct changer_facts
{
    UINT16 count[ELEMENT_TYPES];
    UINT8  move[ELEMENT_TYPES];
    UINT8  exchange[ELEMENT_TYPES];
    UINT8  storage;
    UINT8  position;          /* POSITION TO ELEMENT works */
    UINT8  bar_code_reader;
    UINT8  initialize_range;
    UINT8  lock;              /* PREVENT ALLOW MEDIUM REMOVAL works */
    UINT8  port_control;      /* OPEN/CLOSE IMPORT/EXPORT ELEMENT works */
    UINT8  rezero;
    UINT8  rotates;           /* the transport can turn media over */
};

struct release_unit_params
{
    UINT64 unit;
};

struct open_changer_params
{
    UINT64 unit;
    UINT32 enabled;  /* if not, the device is left alone */
    UINT64 handle;
};

/* also for the calls that need nothing but the handle */
struct handle_params
{
    UINT64 handle;
};

struct get_facts_params
{
    UINT64               handle;
    UINT32               enabled;  /* the device may be asked for more than its identity and mode pages */
    struct changer_facts facts;
};

/* In elements the address is the number within the type and the source, where valid, the number of a slot.
 * ELEMENT_ALL counts through transports, slots, ports and drives in this order. */
struct get_elements_params
{
    UINT64          handle;
    UINT32          type;
    UINT32          first;
    UINT32          count;
    UINT32          volume_tags;
    struct element *elements;
};

/* count 0: all elements of all types */
struct initialize_elements_params
{
    UINT64                handle;
    struct element_number first;
    UINT32                count;
};

struct move_medium_params
{
    UINT64                handle;
    UINT32                transport;
    struct element_number source;
    struct element_number destination;
    UINT32                flip;
};

struct exchange_medium_params
{
    UINT64                handle;
    UINT32                transport;
    struct element_number source;
    struct element_number destination1;
    struct element_number destination2;
    UINT32                flip1;
    UINT32                flip2;
};

struct set_position_params
{
    UINT64                handle;
    UINT32                transport;
    struct element_number destination;
    UINT32                flip;
};

struct rezero_params
{
    UINT64 handle;
    UINT32 transport;
};

struct lock_access_params
{
    UINT64 handle;
    UINT32 lock;
};

struct move_port_params
{
    UINT64 handle;
    UINT32 port;
    UINT32 extend;
};

enum mcd_funcs
{
    unix_next_event,
    unix_stop_events,
    unix_release_unit,
    unix_open_changer,
    unix_close_changer,
    unix_get_facts,
    unix_get_status,
    unix_get_elements,
    unix_initialize_elements,
    unix_move_medium,
    unix_exchange_medium,
    unix_set_position,
    unix_rezero,
    unix_lock_access,
    unix_move_port,
    unix_funcs_count
};

#endif /* __WINE_MCD_UNIXLIB_H */
