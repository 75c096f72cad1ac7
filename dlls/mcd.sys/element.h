/*
 * Parsing of what a changer says: SMC-3 element status, mode pages, vital product data
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

#ifndef __WINE_MCD_ELEMENT_H
#define __WINE_MCD_ELEMENT_H

/* element type codes (SMC-3); Windows' ELEMENT_TYPE has the same values */
#define ELEMENT_ALL        0
#define ELEMENT_TRANSPORT  1
#define ELEMENT_STORAGE    2
#define ELEMENT_IMPEXP     3
#define ELEMENT_DRIVE      4
#define ELEMENT_TYPES      5

/* struct element, flags: byte 2 of a descriptor */
#define ELEMENT_FULL       0x01
#define ELEMENT_IMPEXP_BIT 0x02
#define ELEMENT_EXCEPT     0x04
#define ELEMENT_ACCESS     0x08
#define ELEMENT_EXENAB     0x10
#define ELEMENT_INENAB     0x20

/* struct element, bus: byte 6 of a descriptor (SCSI-2) */
#define ELEMENT_BUS_LUN      0x07
#define ELEMENT_BUS_LU_VALID 0x10
#define ELEMENT_BUS_ID_VALID 0x20
#define ELEMENT_BUS_NOT_BUS  0x80

/* struct element, medium: byte 9 of a descriptor */
#define ELEMENT_MEDIUM_TYPE     0x07
#define ELEMENT_MEDIUM_DISABLED 0x08
#define ELEMENT_MEDIUM_INVERT   0x40
#define ELEMENT_MEDIUM_SVALID   0x80

/* One element of a reply. Texts are trimmed and terminated; an empty text is none. */
struct element
{
    UINT16 address;
    UINT8  type;
    UINT8  flags;
    UINT8  asc;
    UINT8  ascq;
    UINT8  bus;
    UINT8  target;
    UINT8  medium;
    UINT8  has_primary_tag;  /* the page has primary volume tags, whatever they say */
    UINT16 source;           /* device address, counts only with ELEMENT_MEDIUM_SVALID */
    char   primary[33];
    char   alternate[33];
    char   vendor[9];        /* drives only, as are the next two */
    char   product[17];
    char   serial[33];
    UINT8  id_size;          /* drives only: a binary identifier (NAA or EUI-64) */
    UINT8  id[16];
};

/* Walks through one reply to READ ELEMENT STATUS. */
struct element_reader
{
    const UINT8 *data;
    unsigned int size;        /* bytes of data that may be believed */
    unsigned int pos;
    unsigned int page_end;
    unsigned int length;      /* of one descriptor in this page */
    unsigned int total;       /* size of the whole reply according to its header */
    UINT8        type;
    UINT8        tags;
    BOOL         accept_cut;  /* the device itself sent less than it announced */
    BOOL         more;        /* the allocation length cut the reply */
};

extern void element_reader_init( struct element_reader *reader, const void *data,
                                 unsigned int received, unsigned int allocation );
extern BOOL element_reader_next( struct element_reader *reader, struct element *element );

struct element_range
{
    UINT16 first;
    UINT16 count;
};

/* mode page 1Dh, indexed by element type */
struct element_assignment
{
    struct element_range range[ELEMENT_TYPES];
};

/* mode page 1Fh; masks have bit type - 1 set, arrays are indexed by element type */
struct device_capabilities
{
    UINT8 storage;
    UINT8 move[ELEMENT_TYPES];
    UINT8 exchange[ELEMENT_TYPES];
};

/* The numbers of the addresses of one type. A number once given stays: what is found later comes behind all others. */
struct element_map
{
    UINT16      *addresses;  /* by number */
    UINT16      *order;      /* the numbers, by ascending address */
    unsigned int count;
    unsigned int capacity;
};

extern int element_map_find( const struct element_map *map, UINT16 address );
extern int element_map_add( struct element_map *map, UINT16 address );
extern int element_map_merge( struct element_map *map, const struct element_map *other );
/* how many addresses of the map are below this one */
extern unsigned int element_map_rank( const struct element_map *map, UINT16 address );
extern void element_map_free( struct element_map *map );

/* vital.c: mode pages, starting with their code; FALSE means too short */
extern BOOL parse_element_assignment( const UINT8 *page, unsigned int length, struct element_assignment *assignment );
extern BOOL parse_device_capabilities( const UINT8 *page, unsigned int length, struct device_capabilities *capabilities );
extern BOOL parse_transport_rotates( const UINT8 *page, unsigned int length );
/* can the elements of this type be numbered by the page alone? */
extern BOOL is_range_plausible( const struct element_assignment *assignment, unsigned int type );

/* vital product data, as they arrived */
#define MAX_DEVICE_IDS 8

struct device_ids
{
    char         serial[33];               /* of the T10 designator, "" = none */
    unsigned int binary_count;
    UINT8        binary[MAX_DEVICE_IDS][16];  /* NAA and EUI-64 designators */
    UINT8        binary_size[MAX_DEVICE_IDS];
};

extern void parse_device_ids( const UINT8 *data, unsigned int size, struct device_ids *ids );
extern BOOL parse_element_address( const UINT8 *data, unsigned int size, UINT16 *address );
extern void parse_serial_page( const UINT8 *data, unsigned int size, UINT8 page, char serial[33] );
/* IBM's list of commands and how many minutes they may take; FALSE if the page is another's */
extern BOOL parse_command_page( const UINT8 *data, unsigned int size, UINT8 minutes[256] );

/* for all fixed text fields: without its padding, empty if anything cannot be printed */
extern void copy_element_text( char *dst, unsigned int dst_size, const UINT8 *src, unsigned int len );

#endif /* __WINE_MCD_ELEMENT_H */
