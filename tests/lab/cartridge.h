/*
 * A tape cartridge: records and filemarks, kept as runs of equal records over one file
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

#ifndef __LAB_CARTRIDGE_H
#define __LAB_CARTRIDGE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#define LAB_BARCODE_SIZE  33     /* volume tag of 32 characters, SMC-3 6.15 */
#define LAB_FILEMARK_SIZE 4096   /* what a filemark takes of the capacity */

/* medium types of a SMC-3 element descriptor, byte 9 */
#define LAB_MEDIUM_DATA     1
#define LAB_MEDIUM_CLEANING 2

enum lab_kind
{
    LAB_RECORD,
    LAB_MARK,
};

/* consecutive logical objects of one kind and length */
struct lab_run
{
    uint64_t      first;   /* number of its first logical object */
    uint64_t      count;
    uint64_t      marks;   /* filemarks before it */
    uint64_t      offset;  /* of its first object in the file; the file is the tape, in order */
    uint32_t      length;  /* of each object */
    enum lab_kind kind;
};

struct lab_cartridge
{
    struct lab_cartridge *next;          /* every cartridge of the lab */
    bool             placed;             /* it is in an element or drive, not on the shelf */
    char             barcode[LAB_BARCODE_SIZE];  /* "" = has no label */
    unsigned char    medium;             /* LAB_MEDIUM_* */
    atomic_bool      write_protected;    /* the operator slides it, whatever the drive is doing */
    unsigned int     cleanings_left;
    unsigned int     loads;
    uint64_t         capacity;           /* bytes to the physical end */
    uint64_t         early_warning;      /* bytes to early warning */
    char             path[256];          /* of the file; "" = memory only */
    int              fd;                 /* -1 until something is written */
    struct lab_run  *runs;
    size_t           run_count, run_room;
    size_t           hint;               /* run that was found last */
};

/* what is at a position */
struct lab_object
{
    enum lab_kind kind;
    uint32_t      length;
    uint64_t      offset;
    uint64_t      before;  /* objects of the same run before this one */
    uint64_t      left;    /* objects of the same run from this one on */
};

extern struct lab_cartridge *cartridge_create( const char *dir, unsigned int id, const char *barcode,
                                               unsigned char medium, uint64_t capacity );
extern void cartridge_destroy( struct lab_cartridge *cartridge );
/* number of logical objects = the position of end of data */
extern uint64_t cartridge_end( const struct lab_cartridge *cartridge );
/* false at end of data and beyond */
extern bool cartridge_get( struct lab_cartridge *cartridge, uint64_t position, struct lab_object *object );
extern uint64_t cartridge_offset( struct lab_cartridge *cartridge, uint64_t position );
extern uint64_t cartridge_marks( struct lab_cartridge *cartridge, uint64_t position );
/* makes position the end of data */
extern void cartridge_truncate( struct lab_cartridge *cartridge, uint64_t position );
extern bool cartridge_append( struct lab_cartridge *cartridge, enum lab_kind kind, uint32_t length, uint64_t count );
/* move len bytes at a file offset from or to the part of data that starts at skip */
extern bool cartridge_write( struct lab_cartridge *cartridge, uint64_t offset, const struct iovec *data, unsigned int count, size_t skip, size_t len );
extern bool cartridge_read( struct lab_cartridge *cartridge, uint64_t offset, const struct iovec *data, unsigned int count, size_t skip, size_t len );

#endif /* __LAB_CARTRIDGE_H */
