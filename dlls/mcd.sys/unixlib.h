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
#include "passthrough.h"

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
    UINT8  port_open;         /* OPEN/CLOSE IMPORT/EXPORT ELEMENT works, and each of its two actions */
    UINT8  port_close;
    UINT8  exchange_true;     /* exchanges are the device's own, not three moves */
    UINT8  tag_search;        /* volume tags can be searched for */
    UINT8  tag_change;        /* SEND VOLUME TAG works: tags can be set and removed */
    UINT8  rezero;
    UINT8  rotates;           /* the transport can turn media over */
};

struct release_unit_params
{
    UINT64 unit;
};

/* which drive is which device, as its owner says */
struct drive_override
{
    UINT32 number;
    char   serial[64];  /* of the tape device, "" = none */
};

struct open_changer_params
{
    UINT64                       unit;
    UINT32                       enabled;  /* if not, the device is left alone */
    UINT32                       override_count;
    const struct drive_override *overrides;
    UINT64                       handle;
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

/* Elements whose primary or alternate tag fits a template, or a change of the tag of one element. The elements found are
 * numbered as above; count is at most max. */
struct query_tags_params
{
    UINT64          handle;
    UINT32          type;
    UINT32          first;
    UINT32          action;        /* Windows' action codes are those of SEND VOLUME TAG */
    char            pattern[41];   /* trimmed */
    UINT32          max;
    UINT32          count;
    struct element *elements;
};

/* how a drive was found to be a tape device, in the order of how sure that is */
enum tie_method
{
    TIE_NONE,
    TIE_OWNER,            /* the owner said so */
    TIE_SERIAL,           /* the changer reports the drive's serial number */
    TIE_IDENTIFIER,       /* the changer reports a binary identifier of the drive */
    TIE_ELEMENT_ADDRESS,  /* the drive reports which element of this changer it is */
    TIE_BUS,              /* the changer reports the drive's address on their common bus */
    TIE_PARTIAL_SERIAL,   /* the changer reports a long enough part of the drive's serial number */
    TIE_LAST,             /* no other is left */
};

struct drive_tie_info
{
    UINT32                 method;
    struct device_identity identity;
};

struct get_ties_params
{
    UINT64                 handle;
    UINT32                 max;
    UINT32                 count;
    struct drive_tie_info *ties;
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
    UINT32 is_port;  /* a port, or else a door */
    UINT32 number;
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
    unix_watch,
    unix_get_elements,
    unix_query_tags,
    unix_get_ties,
    unix_initialize_elements,
    unix_move_medium,
    unix_exchange_medium,
    unix_set_position,
    unix_rezero,
    unix_lock_access,
    unix_move_port,
    unix_pass_through,
    unix_funcs_count
};

#endif /* __WINE_MCD_UNIXLIB_H */
