/*
 * Parsing of a changer's mode pages and of vital product data
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

#include "windef.h"
#include "winternl.h"
#include "scsi.h"
#include "element.h"

/* As in element.c, nothing here calls the host or trusts a device. */

#define VPD_HEADER 4

BOOL parse_element_assignment( const UINT8 *page, unsigned int length, struct element_assignment *assignment )
{
    unsigned int type;

    memset( assignment, 0, sizeof(*assignment) );
    if (length < 18) return FALSE;

    for (type = ELEMENT_TRANSPORT; type <= ELEMENT_DRIVE; type++)
    {
        assignment->range[type].first = get_be16( page + 2 + 4 * (type - 1) );
        assignment->range[type].count = get_be16( page + 4 + 4 * (type - 1) );
    }
    return TRUE;
}

/* The exchange half is missing on some devices: it then allows nothing. */
BOOL parse_device_capabilities( const UINT8 *page, unsigned int length, struct device_capabilities *capabilities )
{
    unsigned int type;

    memset( capabilities, 0, sizeof(*capabilities) );
    if (length < 8) return FALSE;

    capabilities->storage = page[2] & 0x0f;
    for (type = ELEMENT_TRANSPORT; type <= ELEMENT_DRIVE; type++)
    {
        capabilities->move[type] = page[4 + type - 1] & 0x0f;
        if (length >= 16) capabilities->exchange[type] = page[12 + type - 1] & 0x0f;
    }
    return TRUE;
}

/* Page 1Eh: can every transport turn a medium over? */
BOOL parse_transport_rotates( const UINT8 *page, unsigned int length )
{
    unsigned int pos;

    if (length < 4) return FALSE;
    for (pos = 2; pos + 2 <= length; pos += 2)
        if (!(page[pos] & 0x01)) return FALSE;
    return TRUE;
}

/* Addresses of two types that overlap, or that do not fit 16 bits, cannot both be right. */
BOOL is_range_plausible( const struct element_assignment *assignment, unsigned int type )
{
    const struct element_range *range = &assignment->range[type], *other;
    unsigned int i;

    if (range->first + range->count > 0x10000) return FALSE;
    for (i = ELEMENT_TRANSPORT; i <= ELEMENT_DRIVE; i++)
    {
        other = &assignment->range[i];
        if (i == type || !other->count || !range->count) continue;
        if (range->first < other->first + other->count && other->first < range->first + range->count) return FALSE;
    }
    return TRUE;
}

/* the bytes of a page that may be believed; 0 = it is another page */
static unsigned int vpd_size( const UINT8 *data, unsigned int size, UINT8 page )
{
    unsigned int length;

    if (size < VPD_HEADER || data[1] != page) return 0;
    length = VPD_HEADER + get_be16( data + 2 );
    return size < length ? size : length;
}

static void parse_device_id( const UINT8 *designator, unsigned int length, struct device_ids *ids )
{
    const UINT8 *id = designator + 4;

    if ((designator[1] >> 4 & 0x03)) return;  /* not of the logical unit, but of a port or target */
    switch (designator[1] & 0x0f)
    {
    case 1:  /* T10 vendor identification: the serial number follows vendor and product */
        if ((designator[0] & 0x0f) == 2 && length > 24 && !ids->serial[0])
            copy_element_text( ids->serial, sizeof(ids->serial), id + 24, length - 24 );
        break;
    case 2:  /* EUI-64 */
    case 3:  /* NAA */
        if ((designator[0] & 0x0f) != 1 || length > sizeof(ids->binary[0]) || ids->binary_count == MAX_DEVICE_IDS) break;
        memcpy( ids->binary[ids->binary_count], id, length );
        ids->binary_size[ids->binary_count++] = length;
        break;
    }
}

/* page 83h (SPC-4 7.8.5) */
void parse_device_ids( const UINT8 *data, unsigned int size, struct device_ids *ids )
{
    unsigned int pos = VPD_HEADER;

    memset( ids, 0, sizeof(*ids) );
    size = vpd_size( data, size, 0x83 );
    while (pos + 4 <= size && data[pos + 3] <= size - pos - 4)
    {
        if (data[pos + 3]) parse_device_id( data + pos, data[pos + 3], ids );
        pos += 4 + data[pos + 3];
    }
}

/* page B4h (SSC-4): the address of the data transfer element that the drive is */
BOOL parse_element_address( const UINT8 *data, unsigned int size, UINT16 *address )
{
    if ((size = vpd_size( data, size, 0xb4 )) < VPD_HEADER + 2) return FALSE;
    *address = get_be16( data + VPD_HEADER );
    return TRUE;
}

/* pages 80h, B1h and B3h: one serial number, justified to either side */
void parse_serial_page( const UINT8 *data, unsigned int size, UINT8 page, char serial[33] )
{
    unsigned int pos = VPD_HEADER;

    serial[0] = 0;
    size = vpd_size( data, size, page );
    while (pos < size && (data[pos] == ' ' || !data[pos])) pos++;
    if (pos < size) copy_element_text( serial, 33, data + pos, size - pos );
}

/* Page D0h of IBM's libraries: "SCDD", then records of tag (2), length (1) and value; tag 14h has pairs of operation code
 * and minutes. */
BOOL parse_command_page( const UINT8 *data, unsigned int size, UINT8 minutes[256] )
{
    unsigned int pos = VPD_HEADER + 5, i;
    BOOL found = FALSE;

    memset( minutes, 0, 256 );
    size = vpd_size( data, size, 0xd0 );
    if (size < pos || memcmp( data + VPD_HEADER, "\x04SCDD", 5 )) return FALSE;
    for (; pos + 3 <= size && data[pos + 2] <= size - pos - 3; pos += 3 + data[pos + 2])
    {
        if (get_be16( data + pos ) != 0x14) continue;
        for (i = 0; i + 2 <= data[pos + 2]; i += 2) minutes[data[pos + 3 + i]] = data[pos + 4 + i];
        found = TRUE;
    }
    return found;
}
