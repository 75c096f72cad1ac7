/*
 * Unix side of the changer driver: a changer and what is remembered about it
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

#ifndef __WINE_MCD_CHANGER_H
#define __WINE_MCD_CHANGER_H

#include "units.h"
#include "unixlib.h"

/* operation codes (SMC-3) */
#define SMC_REZERO_UNIT                         0x01
#define SMC_INITIALIZE_ELEMENT_STATUS           0x07
#define SMC_OPEN_CLOSE_IMPORT_EXPORT            0x1b
#define SMC_POSITION_TO_ELEMENT                 0x2b
#define SMC_INITIALIZE_ELEMENT_STATUS_RANGE     0x37
#define SMC_MOVE_MEDIUM                         0xa5
#define SMC_EXCHANGE_MEDIUM                     0xa6
#define SMC_READ_ELEMENT_STATUS                 0xb8

#define SCSI_TIMEOUT_STATUS      300000   /* READ ELEMENT STATUS: some devices look again */
#define SCSI_TIMEOUT_PORT        900000
#define SCSI_TIMEOUT_INITIALIZE  3600000

enum command_support
{
    SUPPORT_NOT_ASKED,
    SUPPORT_UNKNOWN,    /* the device does not tell */
    SUPPORT_NO,
    SUPPORT_YES
};

struct changer
{
    struct unit                unit;             /* must be first */
    /* mode pages and inquiry data */
    BOOL                       pages_known;
    BOOL                       has_assignment;
    BOOL                       has_capabilities;
    BOOL                       has_reader;       /* says that it has a bar code reader */
    BOOL                       rotates;
    struct element_assignment  assignment;
    struct device_capabilities capabilities;
    UINT8                      support[256];     /* enum command_support by operation code */
    /* element status */
    BOOL                       elements_known;
    BOOL                       has_volume_tags;  /* has been seen to report them */
    BOOL                       has_access;       /* has been seen to set the Access bit */
    BOOL                       exact_length;     /* accepts no allocation length but that of its reply */
    BOOL                       all_types_only;   /* answers only requests for all types at once */
    UINT8                      rung[ELEMENT_TYPES];
    struct element_map         map[ELEMENT_TYPES];
    UINT8                     *reply;
    /* attentions seen when the above was read */
    unsigned int               media_generation;
    unsigned int               reset_generation;
    /* the lock that keeps other prefixes from moving media */
    int                        lock;
    unsigned int               lock_count;
    unsigned int               prevent_count;    /* handles that keep the doors locked */
};

struct changer_handle
{
    struct changer *changer;
    unsigned int    media_generation;  /* of the attentions that this handle has been told of */
    BOOL            locked;            /* counted in changer->lock_count */
    BOOL            prevented;         /* has locked the doors, counted in changer->prevent_count */
};

/* status.c */
extern NTSTATUS learn_elements( struct changer *changer );
extern NTSTATUS find_address( const struct changer *changer, const struct element_number *element, UINT16 *address );
extern NTSTATUS read_element( struct changer *changer, UINT8 type, UINT16 address, struct element *element );
extern NTSTATUS read_numbered_elements( struct changer *changer, unsigned int type, unsigned int first,
                                        unsigned int count, BOOL volume_tags, struct element *elements );
extern void release_elements( struct changer *changer );

/* facts.c */
extern NTSTATUS learn_pages( struct changer *changer );
extern enum command_support get_support( struct changer *changer, UINT8 code );
extern NTSTATUS changer_get_facts( void *args );

/* motion.c */
extern NTSTATUS changer_initialize_elements( void *args );
extern NTSTATUS changer_move_medium( void *args );
extern NTSTATUS changer_exchange_medium( void *args );
extern NTSTATUS changer_set_position( void *args );
extern NTSTATUS changer_rezero( void *args );
extern NTSTATUS changer_lock_access( void *args );
extern NTSTATUS changer_move_port( void *args );
extern void end_motion( struct changer_handle *handle );

/* unixlib.c */
extern struct changer_handle *open_handle( UINT64 handle, NTSTATUS *status );
extern NTSTATUS changer_status( struct changer *changer, const struct scsi_command *cmd, NTSTATUS status );
extern NTSTATUS check_generation( struct changer_handle *handle );

#endif /* __WINE_MCD_CHANGER_H */
