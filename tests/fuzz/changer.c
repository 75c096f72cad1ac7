/*
 * Fuzzing: what a changer or a drive says to READ ELEMENT STATUS, MODE SENSE and INQUIRY
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

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "windef.h"
#include "winternl.h"
#include "scsi.h"
#include "element.h"

static void check( int condition )
{
    if (!condition) abort();
}

static void check_text( const char *text, size_t size )
{
    size_t len = strnlen( text, size ), i;

    check( len < size );
    for (i = 0; i < len; i++) check( text[i] >= ' ' && text[i] <= '~' );
    check( !len || text[len - 1] != ' ' );
}

static void check_element( const struct element *element )
{
    check( element->type >= ELEMENT_TRANSPORT && element->type <= ELEMENT_DRIVE );
    check_text( element->primary, sizeof(element->primary) );
    check_text( element->alternate, sizeof(element->alternate) );
    check_text( element->vendor, sizeof(element->vendor) );
    check_text( element->product, sizeof(element->product) );
    check_text( element->serial, sizeof(element->serial) );
    check( element->id_size <= sizeof(element->id) );
    if (!(element->flags & ELEMENT_FULL)) check( !element->primary[0] && !element->alternate[0] );
}

static void fuzz_elements( const UINT8 *data, unsigned int size, unsigned int allocation )
{
    struct element_map map = { 0 };
    struct element_reader reader;
    struct element element;
    unsigned int count = 0;
    int number;

    element_reader_init( &reader, data, size, allocation );
    while (element_reader_next( &reader, &element ))
    {
        check_element( &element );
        check( ++count <= size / 4 + 1 );
        check( element_map_add( &map, element.address ) >= 0 );
        number = element_map_find( &map, element.address );
        check( number >= 0 && map.addresses[number] == element.address );
    }
    for (count = 1; count < map.count; count++)
        check( map.addresses[map.order[count - 1]] < map.addresses[map.order[count]] );
    element_map_free( &map );
}

static void fuzz_pages( const UINT8 *data, unsigned int size )
{
    struct element_assignment assignment;
    struct device_capabilities capabilities;
    unsigned int type;

    if (parse_element_assignment( data, size, &assignment ))
        for (type = ELEMENT_TRANSPORT; type <= ELEMENT_DRIVE; type++)
            if (is_range_plausible( &assignment, type ))
                check( assignment.range[type].first + assignment.range[type].count <= 0x10000 );
    parse_device_capabilities( data, size, &capabilities );
    parse_transport_rotates( data, size );
}

static void fuzz_vital( const UINT8 *data, unsigned int size )
{
    static const UINT8 pages[] = { 0x80, 0xb1, 0xb3 };
    struct device_ids ids;
    UINT8 minutes[256];
    char serial[33];
    UINT16 address;
    unsigned int i;

    parse_device_ids( data, size, &ids );
    check_text( ids.serial, sizeof(ids.serial) );
    check( ids.binary_count <= MAX_DEVICE_IDS );
    for (i = 0; i < ids.binary_count; i++) check( ids.binary_size[i] <= sizeof(ids.binary[0]) );
    parse_element_address( data, size, &address );
    parse_command_page( data, size, minutes );
    for (i = 0; i < sizeof(pages); i++)
    {
        parse_serial_page( data, size, pages[i], serial );
        check_text( serial, sizeof(serial) );
    }
}

/* The bytes are taken for every kind of reply; those of element status also as one that an allocation length has cut. The
 * copy is of exactly their size, so that the sanitizer sees any step too far. */
int LLVMFuzzerTestOneInput( const uint8_t *data, size_t size )
{
    UINT8 *copy;

    if (size > 0xffff || !(copy = malloc( size ? size : 1 ))) return 0;
    memcpy( copy, data, size );
    fuzz_elements( copy, size, size );
    fuzz_elements( copy, size, 0xffff );
    if (size) fuzz_elements( copy, size, size - 1 );
    fuzz_pages( copy, size );
    fuzz_vital( copy, size );
    free( copy );
    return 0;
}
