/*
 * Calls from the PE half of tape.sys to its Unix half
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

#ifndef __WINE_TAPE_UNIXLIB_H
#define __WINE_TAPE_UNIXLIB_H

#include "passthrough.h"
#include "identity.h"

/* what a drive can do, as far as it tells */
#define DRIVE_COMPRESSES          0x00000001
#define DRIVE_SETS_COMPRESSION    0x00000002
#define DRIVE_SETS_BLOCK_SIZE     0x00000004
#define DRIVE_ERASES              0x00000008
#define DRIVE_LOADS               0x00000010
#define DRIVE_LOCKS               0x00000020
#define DRIVE_REPORTS_POSITION    0x00000040
#define DRIVE_LOCATES             0x00000080
#define DRIVE_REPORTS_CAPACITY    0x00000100
#define DRIVE_FORMATS             0x00000200
#define DRIVE_CORRECTS_ERRORS     0x00000400
#define DRIVE_SETS_CORRECTION     0x00000800
#define DRIVE_REPORTS_SETMARKS    0x00001000  /* has them */
#define DRIVE_SETS_SETMARKS       0x00002000  /* reporting them can be turned on and off */
#define DRIVE_REPORTS_WARNING     0x00004000  /* the size of the warning zone */
#define DRIVE_SETS_WARNING        0x00008000
#define DRIVE_REPORTS_CLEANING    0x00010000
#define DRIVE_PARTITIONS_FIXED    0x00020000
#define DRIVE_PARTITIONS_SELECT   0x00040000
#define DRIVE_PARTITIONS_INITIATOR 0x00080000

/* what can be set */
struct drive_settings
{
    UINT32 warning_zone;       /* bytes before the early warning, 0 = none */
    UINT8  compression;
    UINT8  correction;         /* of errors */
    UINT8  setmarks;           /* reported when met */
};

struct drive_info
{
    UINT32 min_block;          /* of drive and host together */
    UINT32 max_block;
    UINT32 max_partitions;
    UINT32 capabilities;       /* DRIVE_* */
    struct drive_settings settings;  /* at present */
};

struct medium_info
{
    UINT64 capacity;           /* bytes, 0 = unknown */
    UINT64 remaining;
    UINT32 block_size;         /* 0 = variable */
    UINT32 partitions;         /* 1 = not partitioned */
    UINT8  present;
    UINT8  write_protected;
    UINT8  write_once;
    UINT8  density;            /* density code of the block descriptor, 0 = unknown */
    UINT8  medium_type;
};

struct event_params
{
    struct device_event *event;
};

struct unit_params
{
    UINT64 unit;
};

struct open_params
{
    UINT64 unit;
    UINT64 drive;              /* out */
    struct device_identity *identity;  /* out, as of now */
    UINT8  enabled;            /* if not, the drive is only inquired about */
};

struct cancel_params
{
    UINT64 unit;
    UINT8  cancel;             /* 0 = no more */
};

struct drive_params
{
    UINT64 drive;
};

struct transfer_params
{
    UINT64 drive;
    void  *buffer;
    UINT32 size;
    UINT32 done;               /* out, also valid with a warning or an error */
};

struct write_marks_params
{
    UINT64 drive;
    UINT32 type;               /* TAPE_FILEMARKS, ... */
    UINT32 count;
    UINT8  immediate;
};

struct get_position_params
{
    UINT64 drive;
    UINT64 block;              /* out */
    UINT32 type;               /* TAPE_ABSOLUTE_POSITION, ... */
    UINT32 partition;          /* out, from 1; 0 = there is only one, or the type has none */
};

struct set_position_params
{
    UINT64 drive;
    INT64  offset;
    UINT32 method;             /* TAPE_REWIND, ... */
    UINT32 partition;
    UINT8  immediate;
};

struct prepare_params
{
    UINT64 drive;
    UINT32 operation;          /* TAPE_LOAD, ... */
    UINT8  immediate;
};

struct erase_params
{
    UINT64 drive;
    UINT8  whole;              /* to the end of the tape */
    UINT8  immediate;
};

struct get_drive_info_params
{
    UINT64 drive;
    struct drive_info info;    /* out */
};

struct get_medium_info_params
{
    UINT64 drive;
    UINT8  required;           /* it is an error when no medium is ready, and changes are reported */
    struct medium_info info;   /* out */
};

struct set_block_size_params
{
    UINT64 drive;
    UINT32 block_size;
};

struct set_drive_info_params
{
    UINT64 drive;
    struct drive_settings settings;
};

struct create_partition_params
{
    UINT64 drive;
    UINT32 method;             /* TAPE_FIXED_PARTITIONS, ... */
    UINT32 count;
    UINT32 size;               /* MB */
};

struct reserve_params
{
    UINT64 drive;
    UINT8  reserve;
};

struct get_serial_params
{
    UINT64 drive;
    char   serial[64];         /* out: of the medium */
};

enum tape_funcs
{
    unix_next_event,
    unix_stop_events,
    unix_release_unit,
    unix_open_drive,
    unix_close_drive,
    unix_read_tape,
    unix_write_tape,
    unix_write_marks,
    unix_get_position,
    unix_set_position,
    unix_prepare,
    unix_erase,
    unix_test_drive,
    unix_get_status,
    unix_get_drive_info,
    unix_get_medium_info,
    unix_set_block_size,
    unix_set_drive_info,
    unix_create_partition,
    unix_reserve,
    unix_get_serial,
    unix_pass_through,
    unix_cancel,
    unix_funcs_count
};

#endif /* __WINE_TAPE_UNIXLIB_H */
