/*
 * A tape drive in use, private to the Unix half of tape.sys
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

#ifndef __WINE_TAPE_DRIVE_H
#define __WINE_TAPE_DRIVE_H

#include "pages.h"
#include "units.h"
#include "unixlib.h"

/* what a drive is that can be asked about, through all handles */
struct tape
{
    struct unit  unit;
    BOOL         cleaning;        /* it wants to be cleaned: what tells that is told once only */
    unsigned int cleaning_media;  /* while this media generation lasts */
};

/* Lives from open to close of one handle: nothing that was true of a medium survives the robot's next visit. */
struct drive
{
    struct tape *tape;
    int          lock_fd;           /* st node that keeps other programs out, -1 = none */
    unsigned int seen_media;        /* generations that the program knows of */
    unsigned int seen_reset;
    unsigned int known_media;       /* generations that all below holds for */
    unsigned int known_reset;
    BOOL         unloaded;          /* by this handle */
    BOOL         locked;            /* likewise */
    BOOL         reserved;          /* likewise */

    BOOL         fresh;             /* the members of this group describe the medium in the drive */
    UINT32       min_block;
    UINT32       max_block;         /* of drive and host together */
    UINT32       mode_block_size;   /* what the drive's mode says, 0 = variable or not known */
    UINT8        density;
    UINT8        medium_type;
    UINT8        device_specific;   /* MODE SENSE header */

    BOOL         partitions_known;  /* of the medium in the drive */
    UINT32       partitions;        /* 1 = it is not partitioned */

    UINT32       max_transfer;      /* of the host */
    UINT32       block_size;        /* what the program asked for, 0 = variable */
    BOOL         early_warning;     /* the program has asked for a warning zone of its own */
    BOOL         position_known;    /* counted from the beginning of the tape, for drives that do not tell */
    UINT64       position;
    BOOL         position_asked;    /* READ POSITION has answered */
    BOOL         position_useless;  /* and did not know */
    BOOL         setmarks_known;
    BOOL         setmarks;          /* the drive has them */
    BOOL         commands_known;
    BOOL         commands_listed;   /* by the drive itself */
    UINT8        commands[32];      /* one bit per operation code: not known to be missing */
    BOOL         logs_known;
    UINT8        logs[8];           /* one bit per log page that the drive lists */
    BOOL         cleaning_asked;    /* nothing has happened since that would make the drive want to be cleaned */
};

/* drive.c: opening, commands, what has to be known before a request */
extern NTSTATUS drive_open( struct tape *tape, BOOL enabled, struct drive **ret );
extern void drive_close( struct drive *drive );
/* sends a command; what it tells about the drive and its medium is remembered */
extern NTSTATUS drive_execute( struct drive *drive, struct scsi_command *cmd );
/* FALSE when the drive is known to lack a command */
extern BOOL drive_supports( struct drive *drive, UINT8 opcode );
/* TRUE when the drive says so itself: for what cannot be tried */
extern BOOL drive_lists( struct drive *drive, UINT8 opcode );
/* reports a changed medium or a reset once, then whether there may be a medium; sends nothing when all is known */
extern NTSTATUS drive_check( struct drive *drive );
/* the same with TEST UNIT READY */
extern NTSTATUS drive_test( struct drive *drive );
/* the program knows of all attentions until now */
extern void drive_sync_generations( struct drive *drive );
/* nothing holds any more that was read or set before, except what the program asked for */
extern void drive_forget_medium( struct drive *drive );
extern NTSTATUS drive_reserve( struct drive *drive, BOOL reserve );
extern NTSTATUS drive_pass_through( struct drive *drive, struct pass_through_params *params );

static inline struct scsi_device *drive_scsi( struct drive *drive )
{
    return &drive->tape->unit.scsi;
}

/* parameters.c: what the drive and the medium say of themselves, and what can be set */
extern void drive_refresh( struct drive *drive );
extern NTSTATUS drive_get_info( struct drive *drive, struct drive_info *info );
extern NTSTATUS drive_set_info( struct drive *drive, const struct drive_settings *settings );
extern NTSTATUS drive_get_medium_info( struct drive *drive, BOOL required, struct medium_info *info );
extern BOOL drive_has_setmarks( struct drive *drive );
extern NTSTATUS drive_set_block_size( struct drive *drive, UINT32 block_size );
extern NTSTATUS drive_get_serial( struct drive *drive, char *serial, UINT32 size );

/* medium.c: loading, locking, erasing, partitions, cleaning */
extern NTSTATUS drive_prepare( struct drive *drive, UINT32 operation, BOOL immediate );
extern NTSTATUS drive_prevent_removal( struct drive *drive, BOOL prevent );
extern NTSTATUS drive_erase( struct drive *drive, BOOL whole, BOOL immediate );
extern NTSTATUS drive_create_partition( struct drive *drive, UINT32 method, UINT32 count, UINT32 size );
/* the medium partition page of the drive; FALSE when it has none */
extern BOOL drive_get_partitions( struct drive *drive, BOOL changeable, struct partition_page *partitions );
extern UINT32 drive_count_partitions( struct drive *drive );
extern BOOL drive_formats( struct drive *drive );
/* whether the drive wants to be cleaned; it is asked when something may have changed */
extern BOOL drive_wants_cleaning( struct drive *drive );
extern void drive_note_cleaning( struct drive *drive, BOOL cleaning );
extern BOOL drive_has_log( struct drive *drive, UINT8 page );

/* transfer.c: blocks and marks; done is valid with a warning or an error too */
extern NTSTATUS drive_read( struct drive *drive, void *buffer, UINT32 size, UINT32 *done );
extern NTSTATUS drive_write( struct drive *drive, const void *buffer, UINT32 size, UINT32 *done );
extern NTSTATUS drive_write_marks( struct drive *drive, UINT32 type, UINT32 count, BOOL immediate );

/* position.c */
extern NTSTATUS drive_rewind( struct drive *drive, BOOL immediate );
/* by READ POSITION; partition is counted from 0 here */
extern NTSTATUS drive_get_position( struct drive *drive, UINT32 *partition, UINT64 *block );
extern BOOL drive_tells_position( struct drive *drive );
/* TAPE_ABSOLUTE_POSITION and so on; partition is counted as programs do */
extern NTSTATUS drive_get_program_position( struct drive *drive, UINT32 type, UINT32 *partition, UINT64 *block );
extern NTSTATUS drive_set_position( struct drive *drive, UINT32 method, UINT32 partition, INT64 offset, BOOL immediate );
extern NTSTATUS drive_locate( struct drive *drive, BOOL change, UINT32 partition, UINT64 block, BOOL immediate );
extern void drive_forget_position( struct drive *drive );

#endif /* __WINE_TAPE_DRIVE_H */
