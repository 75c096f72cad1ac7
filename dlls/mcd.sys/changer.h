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

#include <pthread.h>

#include "units.h"
#include "rules.h"
#include "unixlib.h"

/* operation codes (SMC-3) */
#define SMC_REZERO_UNIT                         0x01
#define SMC_INITIALIZE_ELEMENT_STATUS           0x07
#define SMC_OPEN_CLOSE_IMPORT_EXPORT            0x1b
#define SMC_POSITION_TO_ELEMENT                 0x2b
#define SMC_INITIALIZE_ELEMENT_STATUS_RANGE     0x37
#define SMC_MOVE_MEDIUM                         0xa5
#define SMC_EXCHANGE_MEDIUM                     0xa6
#define SMC_MOVE_MEDIUM_ATTACHED                0xa7
#define SMC_READ_ELEMENT_STATUS_ATTACHED        0xb4
#define SMC_REQUEST_VOLUME_ELEMENT_ADDRESS      0xb5
#define SMC_SEND_VOLUME_TAG                     0xb6
#define SMC_READ_ELEMENT_STATUS                 0xb8
#define VENDOR_INITIALIZE_RANGE                 0xe7  /* Exabyte, ADIC and Tandberg: 37h before that was standard */

enum command_support
{
    SUPPORT_NOT_ASKED,
    SUPPORT_UNKNOWN,    /* the device does not tell */
    SUPPORT_NO,
    SUPPORT_YES
};

/* the tape drive that a data transfer element is */
struct drive_tie
{
    UINT32 method;        /* enum tie_method */
    struct host_device     host;
    struct device_identity identity;
};

struct changer
{
    struct unit                unit;             /* must be first */
    /* Held by whoever speaks to the device, but not while the robot is at work: meanwhile others may ask. */
    pthread_mutex_t            mutex;
    BOOL                       attached;         /* the changer is a part of this tape drive's logical unit */
    /* mode pages, inquiry data and vital product data */
    BOOL                       pages_known;
    BOOL                       has_assignment;
    BOOL                       has_capabilities;
    BOOL                       has_reader;       /* says that it has a bar code reader */
    BOOL                       rotates;
    BOOL                       has_commands;     /* minutes[] lists all commands */
    struct element_assignment  assignment;
    struct device_capabilities capabilities;
    UINT8                      minutes[256];     /* that a command may take, by operation code */
    UINT8                      support[256];     /* enum command_support by operation code */
    BOOL                       port_stays;       /* refuses to close its port */
    BOOL                       door_open;        /* when it was asked last */
    /* element status */
    BOOL                       elements_known;
    BOOL                       has_volume_tags;  /* has been seen to report them */
    BOOL                       has_access;       /* has been seen to set the Access bit */
    BOOL                       exact_length;     /* accepts no allocation length but that of its reply */
    BOOL                       all_types_only;   /* answers only requests for all types at once */
    UINT8                      rung[ELEMENT_TYPES];
    struct element_map         map[ELEMENT_TYPES];
    UINT8                     *reply;
    /* which drive is which tape device */
    struct drive_tie          *ties;             /* by drive number */
    unsigned int               tie_count;
    unsigned int               tie_generation;   /* of the devices that they were chosen from */
    struct drive_override     *overrides;        /* what the owner says */
    unsigned int               override_count;
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
/* whether the device says that there is no drive at this element */
extern BOOL is_drive_missing( const struct element *element );
/* two types share this address */
extern BOOL is_ambiguous( const struct changer *changer, UINT8 type, UINT16 address );
extern NTSTATUS find_address( const struct changer *changer, const struct element_number *element, UINT16 *address );
extern NTSTATUS read_element( struct changer *changer, UINT8 type, UINT16 address, struct element *element );
/* all numbers of one type; the caller frees *ret */
extern NTSTATUS read_type( struct changer *changer, UINT8 type, BOOL volume_tags, struct element **ret );
extern NTSTATUS read_numbered_elements( struct changer *changer, unsigned int type, unsigned int first,
                                        unsigned int count, BOOL volume_tags, struct element *elements );
/* a reply in the form of element status: turns the device's addresses into numbers; FALSE = no element of ours */
extern BOOL number_element( const struct changer *changer, struct element *element );
extern NTSTATUS changer_get_elements( void *args );
extern void release_elements( struct changer *changer );

/* facts.c */
extern NTSTATUS learn_pages( struct changer *changer );
extern enum command_support get_support( struct changer *changer, UINT8 code );
extern UINT8 get_range_command( struct changer *changer );
/* for one command; never less than what all known devices need */
extern unsigned int get_timeout( const struct changer *changer, UINT8 code, unsigned int usual );
extern NTSTATUS changer_get_facts( void *args );
/* whether a tape drive's logical unit has a changer in it */
extern BOOL is_attached_changer( struct unit *unit );

/* ties.c */
extern NTSTATUS learn_ties( struct changer *changer );
extern void apply_ties( const struct changer *changer, struct element *elements, unsigned int first, unsigned int count );
extern const struct drive_tie *find_tie( const struct changer *changer, unsigned int number );
extern NTSTATUS set_overrides( struct changer *changer, const struct drive_override *overrides, unsigned int count );
extern NTSTATUS changer_get_ties( void *args );

/* motion.c */
struct move
{
    struct element_number source;
    struct element_number destination;
    UINT16                transport_address;
    UINT16                source_address;
    UINT16                destination_address;
};

extern NTSTATUS find_transport( const struct changer *changer, unsigned int number, UINT16 *address );
extern NTSTATUS learn_for_motion( struct changer_handle *handle );
extern NTSTATUS begin_motion( struct changer_handle *handle );
extern NTSTATUS run_motion( struct changer_handle *handle, struct scsi_command *cmd );
extern NTSTATUS move_medium( struct changer_handle *handle, const struct move *move, BOOL flip );
extern NTSTATUS changer_initialize_elements( void *args );
extern NTSTATUS changer_move_medium( void *args );
extern NTSTATUS changer_set_position( void *args );
extern NTSTATUS changer_rezero( void *args );
extern NTSTATUS changer_lock_access( void *args );
extern NTSTATUS changer_move_port( void *args );
/* what a program has made up; it may move something as well */
extern NTSTATUS pass_command( struct changer *changer, struct scsi_command *cmd, UINT8 *sense, unsigned int *sense_size );
extern void end_motion( struct changer_handle *handle );

/* exchange.c */
extern NTSTATUS changer_exchange_medium( void *args );
/* whether exchanges that the device cannot do can be done by three moves */
extern BOOL can_emulate_exchange( const struct changer *changer );

/* tags.c */
extern NTSTATUS changer_query_tags( void *args );

/* unixlib.c */
extern struct changer_handle *begin_request( UINT64 handle, NTSTATUS *status );
extern void end_request( struct changer *changer );
extern NTSTATUS changer_status( struct changer *changer, const struct scsi_command *cmd, NTSTATUS status );
extern NTSTATUS check_generation( struct changer_handle *handle );
/* changes when devices of any type may have come or gone */
extern unsigned int device_generation(void);

#endif /* __WINE_MCD_CHANGER_H */
