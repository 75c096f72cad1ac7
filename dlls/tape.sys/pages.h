/*
 * What tape drives tell in logs, attributes and positions
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

#ifndef __WINE_TAPE_PAGES_H
#define __WINE_TAPE_PAGES_H

#include "scsi.h"

struct block_limits
{
    UINT32 min_block;
    UINT32 max_block;   /* 0 = no limit */
};

struct tape_position
{
    BOOL   known;
    BOOL   overflow;    /* does not fit into the short form */
    UINT32 partition;   /* from 0 */
    UINT64 block;
};

/* medium partition page (SSC-3, 8.3.4) */
struct partition_page
{
    UINT32 max_additional;
    UINT32 additional;
    BOOL   fixed;        /* how partitions can be made, in a page of changeable values */
    BOOL   select;
    BOOL   initiator;
    BOOL   on_format;    /* FORMAT MEDIUM makes them, MODE SELECT only says which */
};

/* All of these take data that a device has sent, of which size bytes have really arrived. They return FALSE when what is
 * asked for is not in there whole. */
extern BOOL parse_block_limits( const UINT8 *data, unsigned int size, struct block_limits *limits );
extern BOOL parse_short_position( const UINT8 *data, unsigned int size, struct tape_position *position );
extern BOOL parse_long_position( const UINT8 *data, unsigned int size, struct tape_position *position );
extern BOOL parse_partition_page( const UINT8 *page, unsigned int size, struct partition_page *partitions );
/* a log page's parameter, or a READ ATTRIBUTE reply's attribute; value leads into data */
extern BOOL find_log_parameter( const UINT8 *data, unsigned int size, UINT8 page, UINT16 code, const UINT8 **value,
                                unsigned int *value_size );
extern BOOL find_attribute( const UINT8 *data, unsigned int size, UINT16 id, const UINT8 **value, unsigned int *value_size );
/* an unsigned number of up to eight bytes */
extern BOOL get_number( const UINT8 *value, unsigned int size, UINT64 *number );
/* the list of log page 00h */
extern BOOL has_log_page( const UINT8 *data, unsigned int size, UINT8 page );

#endif /* __WINE_TAPE_PAGES_H */
