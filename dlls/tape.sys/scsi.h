/*
 * SCSI commands, sense data and mode pages, shared by the tape and changer unixlibs
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

#ifndef __WINE_TAPE_SCSI_H
#define __WINE_TAPE_SCSI_H

#include "host.h"

/* operation codes (SPC-4, SSC-3, SMC-3) */
#define SCSI_TEST_UNIT_READY        0x00
#define SCSI_REWIND                 0x01
#define SCSI_FORMAT_MEDIUM          0x04
#define SCSI_READ_BLOCK_LIMITS      0x05
#define SCSI_READ_6                 0x08
#define SCSI_WRITE_6                0x0a
#define SCSI_WRITE_FILEMARKS_6      0x10
#define SCSI_SPACE_6                0x11
#define SCSI_INQUIRY                0x12
#define SCSI_MODE_SELECT_6          0x15
#define SCSI_RESERVE_6              0x16
#define SCSI_RELEASE_6              0x17
#define SCSI_ERASE_6                0x19
#define SCSI_MODE_SENSE_6           0x1a
#define SCSI_LOAD_UNLOAD            0x1b
#define SCSI_PREVENT_ALLOW          0x1e
#define SCSI_LOCATE_10              0x2b
#define SCSI_READ_POSITION          0x34
#define SCSI_LOG_SENSE              0x4d
#define SCSI_MODE_SELECT_10         0x55
#define SCSI_MODE_SENSE_10          0x5a
#define SCSI_READ_ATTRIBUTE         0x8c
#define SCSI_SPACE_16               0x91
#define SCSI_LOCATE_16              0x92
#define SCSI_MAINTENANCE_IN         0xa3

/* sense keys */
#define SENSE_NO_SENSE        0x0
#define SENSE_RECOVERED       0x1
#define SENSE_NOT_READY       0x2
#define SENSE_MEDIUM_ERROR    0x3
#define SENSE_HARDWARE_ERROR  0x4
#define SENSE_ILLEGAL_REQUEST 0x5
#define SENSE_UNIT_ATTENTION  0x6
#define SENSE_DATA_PROTECT    0x7
#define SENSE_BLANK_CHECK     0x8
#define SENSE_ABORTED_COMMAND 0xb
#define SENSE_VOLUME_OVERFLOW 0xd

/* time-out per class of command, in milliseconds */
#define SCSI_TIMEOUT_QUICK   60000     /* answered from the device's memory */
#define SCSI_TIMEOUT_DATA    900000    /* a block, filemarks, a log or attribute read that may wait for the medium */
#define SCSI_TIMEOUT_MOVE    1800000   /* moving a medium, loading, unloading */
#define SCSI_TIMEOUT_LONG    14400000  /* spacing or erasing a whole tape, inventory of a large library */

struct scsi_sense
{
    BOOL   valid;        /* there was sense data */
    BOOL   deferred;     /* belongs to an earlier command */
    UINT8  key;
    UINT8  asc;
    UINT8  ascq;
    BOOL   filemark;
    BOOL   eom;          /* end or beginning of medium, early warning */
    BOOL   ili;          /* incorrect length */
    BOOL   info_valid;
    INT64  info;         /* fixed format: the 32-bit field, sign extended */
    BOOL   field_valid;  /* field names the byte of the command or parameter list that was refused */
    BOOL   field_in_cdb;
    UINT16 field;
};

/* A device and what is remembered about it between commands. Commands on one device are never sent at the same time. */
struct scsi_device
{
    int          fd;                /* generic node, -1 while not open */
    unsigned int media_generation;  /* counts the attentions that tell of a changed medium */
    unsigned int reset_generation;  /* counts the attentions that tell of a reset */
};

#define SCSI_SENSE_SIZE 96

#define SCSI_RETRY 1  /* repeating the command does no harm: attentions and aborts are retried, generations still counted */

#define SCSI_NO_DATA  0
#define SCSI_DATA_IN  1
#define SCSI_DATA_OUT 2

struct scsi_command
{
    UINT8             cdb[16];
    unsigned int      cdb_size;     /* 0 = by the group of the operation code */
    unsigned int      direction;    /* SCSI_NO_DATA, SCSI_DATA_IN, SCSI_DATA_OUT */
    void             *data;
    unsigned int      size;
    unsigned int      timeout_ms;
    unsigned int      flags;        /* SCSI_RETRY */
    /* results */
    unsigned int      transferred;  /* never more than size */
    UINT8             scsi_status;  /* SAM status byte */
    struct scsi_sense sense;
};

/* parsed reply of MODE SENSE; pointers lead into the caller's buffer */
struct scsi_mode
{
    UINT8        medium_type;
    UINT8        device_specific;
    const UINT8 *block_descriptor;  /* 8 bytes, or NULL */
    const UINT8 *page;              /* starts with the page code, or NULL when the reply holds no such page */
    unsigned int page_size;         /* bytes that really arrived, page header included */
    BOOL         ten;               /* the device knows the 10-byte commands only */
};

/* what MODE SENSE asks for */
struct scsi_mode_request
{
    UINT8 page;
    UINT8 subpage;
    UINT8 control;        /* SCSI_MODE_CURRENT, SCSI_MODE_CHANGEABLE */
    BOOL  no_descriptor;  /* sets DBD; asked again without it when the device refuses */
};

#define SCSI_MODE_CURRENT    0
#define SCSI_MODE_CHANGEABLE 1  /* bits that are set can be changed */

static inline UINT16 get_be16( const UINT8 *p )
{
    return p[0] << 8 | p[1];
}

static inline UINT32 get_be24( const UINT8 *p )
{
    return p[0] << 16 | p[1] << 8 | p[2];
}

static inline UINT32 get_be32( const UINT8 *p )
{
    return (UINT32)get_be16( p ) << 16 | get_be16( p + 2 );
}

static inline UINT64 get_be64( const UINT8 *p )
{
    return (UINT64)get_be32( p ) << 32 | get_be32( p + 4 );
}

static inline void put_be16( UINT8 *p, UINT16 value )
{
    p[0] = value >> 8;
    p[1] = value;
}

static inline void put_be24( UINT8 *p, UINT32 value )
{
    p[0] = value >> 16;
    put_be16( p + 1, value );
}

static inline void put_be32( UINT8 *p, UINT32 value )
{
    put_be16( p, value >> 16 );
    put_be16( p + 2, value );
}

static inline void put_be64( UINT8 *p, UINT64 value )
{
    put_be32( p, value >> 32 );
    put_be32( p + 4, value );
}

/* a negative errno from a host call */
extern NTSTATUS errno_to_status( int err );

extern void decode_sense( const UINT8 *data, unsigned int size, struct scsi_sense *sense );
/* the status that holds for every kind of device; STATUS_SUCCESS for no sense and recovered errors without flags */
extern NTSTATUS sense_to_status( const struct scsi_sense *sense );
/* the command was refused because the device does not know it */
extern BOOL sense_is_unsupported( const struct scsi_sense *sense );

/* Sends one command. The status comes from the sense data where there is any (cmd->sense); a status does not
 * mean that no data arrived: look at cmd->transferred. */
extern NTSTATUS scsi_execute( struct scsi_device *device, struct scsi_command *cmd );
/* Sends what a program has made up, once. The status is that of the transport: what the device said is in
 * cmd->scsi_status and in sense, sense_size bytes of it, which has room for SCSI_SENSE_SIZE. */
extern NTSTATUS scsi_pass_through( struct scsi_device *device, struct scsi_command *cmd, UINT8 *sense,
                                   unsigned int *sense_size );
/* sends TEST UNIT READY until no attention is left, at most ten times; returns the last status */
extern NTSTATUS scsi_drain_attentions( struct scsi_device *device );

/* MODE SENSE(6), or (10) where the device only knows that; the buffer holds the reply that mode points into.
 * no_descriptor sets DBD and falls back to a request without it. */
extern NTSTATUS scsi_mode_sense( struct scsi_device *device, UINT8 page, BOOL no_descriptor,
                                 UINT8 *buffer, unsigned int size, struct scsi_mode *mode );
extern NTSTATUS scsi_mode_sense_page( struct scsi_device *device, const struct scsi_mode_request *request,
                                      UINT8 *buffer, unsigned int size, struct scsi_mode *mode );

/* current cumulative values of a log page; returns how many bytes arrived in done */
extern NTSTATUS scsi_log_sense( struct scsi_device *device, UINT8 page, UINT8 *buffer, unsigned int size,
                                unsigned int *done );

/* the unit serial number and the standard inquiry data; the address members are left alone */
struct device_identity;
extern NTSTATUS scsi_identify( struct scsi_device *device, struct device_identity *identity );

#endif /* __WINE_TAPE_SCSI_H */
