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

#if 0
#pragma makedep unix
#endif

#include "config.h"

#include <stdarg.h>
#include <string.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winternl.h"

#include "pages.h"

/* granularity, 24 bits of maximum, 16 of minimum */
BOOL parse_block_limits( const UINT8 *data, unsigned int size, struct block_limits *limits )
{
    if (size < 6) return FALSE;
    limits->max_block = get_be24( data + 1 );
    limits->min_block = max( get_be16( data + 4 ), 1 );
    return TRUE;
}

/* READ POSITION, short form: flags, partition, first block (SSC-3, 7.7.2) */
BOOL parse_short_position( const UINT8 *data, unsigned int size, struct tape_position *position )
{
    memset( position, 0, sizeof(*position) );
    if (size < 8) return FALSE;
    position->overflow = !!(data[0] & 0x02);
    position->known = !(data[0] & 0x06);
    position->partition = data[1];
    position->block = get_be32( data + 4 );
    return TRUE;
}

/* Long form. Some drives call a number unknown and send it nevertheless. */
BOOL parse_long_position( const UINT8 *data, unsigned int size, struct tape_position *position )
{
    memset( position, 0, sizeof(*position) );
    if (size < 16) return FALSE;
    position->partition = get_be32( data + 4 );
    position->block = get_be64( data + 8 );
    position->known = !(data[0] & 0x04) || position->block;
    return TRUE;
}

BOOL parse_partition_page( const UINT8 *page, unsigned int size, struct partition_page *partitions )
{
    memset( partitions, 0, sizeof(*partitions) );
    if (size < 5) return FALSE;
    partitions->max_additional = page[2];
    partitions->additional = page[3];
    partitions->fixed = !!(page[4] & 0x80);
    partitions->select = !!(page[4] & 0x40);
    partitions->initiator = !!(page[4] & 0x20);
    partitions->on_format = !!(page[4] & 0x04);
    return TRUE;
}

/* page code, subpage, 16 bits of length, then for each parameter: code, control, length, value (SPC-4, 7.3.2) */
BOOL find_log_parameter( const UINT8 *data, unsigned int size, UINT8 page, UINT16 code, const UINT8 **value,
                         unsigned int *value_size )
{
    unsigned int pos;

    if (size < 4 || (data[0] & 0x3f) != page) return FALSE;
    size = min( size, 4u + get_be16( data + 2 ) );
    for (pos = 4; pos + 4 <= size && pos + 4 + data[pos + 3] <= size; pos += 4 + data[pos + 3])
    {
        if (get_be16( data + pos ) != code) continue;
        *value = data + pos + 4;
        *value_size = data[pos + 3];
        return TRUE;
    }
    return FALSE;
}

BOOL has_log_page( const UINT8 *data, unsigned int size, UINT8 page )
{
    if (size < 4 || (data[0] & 0x3f)) return FALSE;
    return memchr( data + 4, page, min( size - 4, get_be16( data + 2 ) ) ) != NULL;
}

/* 32 bits of length, then for each attribute: identifier, format, length, value (SPC-4, 7.4.1). The values are in the
 * order of the identifiers, but nothing depends on that. */
BOOL find_attribute( const UINT8 *data, unsigned int size, UINT16 id, const UINT8 **value, unsigned int *value_size )
{
    unsigned int pos, len;

    if (size < 4) return FALSE;
    size = 4 + min( size - 4, get_be32( data ) );
    for (pos = 4; pos + 5 <= size; pos += 5 + len)
    {
        len = get_be16( data + pos + 3 );
        if (len > size - pos - 5) return FALSE;
        if (get_be16( data + pos ) != id) continue;
        *value = data + pos + 5;
        *value_size = len;
        return TRUE;
    }
    return FALSE;
}

BOOL get_number( const UINT8 *value, unsigned int size, UINT64 *number )
{
    unsigned int i;

    if (!size || size > 8) return FALSE;
    for (i = 0, *number = 0; i < size; i++) *number = *number << 8 | value[i];
    return TRUE;
}
