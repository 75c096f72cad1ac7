/*
 * Parsing of SMC-3 element status
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
#include <stdlib.h>
#include <string.h>

#include "windef.h"
#include "winternl.h"
#include "scsi.h"
#include "element.h"

/* Nothing here calls the host or trusts a device: every function looks at a buffer of known length. */

#define REPLY_HEADER_SIZE     8
#define PAGE_HEADER_SIZE      8
#define MIN_DESCRIPTOR_SIZE   4  /* old HP changers send address and flags only */
#define MIN_CUT_DESCRIPTOR    6  /* address, flags, exception */
#define FIXED_DESCRIPTOR_SIZE 12
#define TAG_SIZE              36
#define TAG_TEXT_SIZE         32
#define DESIGNATOR_HEADER     4

#define PAGE_PRIMARY_TAG   0x80
#define PAGE_ALTERNATE_TAG 0x40

/* Copies what a fixed field says without its padding; a field with unprintable characters says nothing. */
void copy_element_text( char *dst, unsigned int dst_size, const UINT8 *src, unsigned int len )
{
    unsigned int i, end = 0;

    dst[0] = 0;
    for (i = 0; i < len && src[i]; i++)
    {
        if (src[i] < ' ' || src[i] > '~') return;
        if (src[i] != ' ') end = i + 1;
    }
    if (end >= dst_size) return;
    memcpy( dst, src, end );
    dst[end] = 0;
}

/* Serial numbers are compared after trimming both ends: some devices justify them to the right. */
static void copy_serial( char *dst, unsigned int dst_size, const UINT8 *src, unsigned int len )
{
    while (len && *src == ' ')
    {
        src++;
        len--;
    }
    copy_element_text( dst, dst_size, src, len );
}

void element_reader_init( struct element_reader *reader, const void *data,
                          unsigned int received, unsigned int allocation )
{
    memset( reader, 0, sizeof(*reader) );
    reader->data = data;

    if (received > allocation) received = allocation;
    if (received < REPLY_HEADER_SIZE) return;

    reader->total = REPLY_HEADER_SIZE + get_be24( reader->data + 5 );
    reader->size = received < reader->total ? received : reader->total;
    reader->more = reader->total > received && received == allocation;
    reader->accept_cut = reader->total > received && received < allocation;
    reader->pos = reader->page_end = REPLY_HEADER_SIZE;
}

/* Enters the next page that can be walked. */
static BOOL next_page( struct element_reader *reader )
{
    const UINT8 *page;
    unsigned int bytes;

    for (;;)
    {
        reader->pos = reader->page_end;
        if (reader->size < PAGE_HEADER_SIZE || reader->pos > reader->size - PAGE_HEADER_SIZE) return FALSE;

        page = reader->data + reader->pos;
        reader->type = page[0];
        reader->tags = page[1];
        reader->length = get_be16( page + 2 );
        bytes = get_be24( page + 5 );
        /* an unknown type means that the walk has lost the page boundaries */
        if (reader->type < ELEMENT_TRANSPORT || reader->type > ELEMENT_DRIVE) return FALSE;

        reader->pos += PAGE_HEADER_SIZE;
        reader->page_end = reader->pos + bytes;
        if (reader->length >= MIN_DESCRIPTOR_SIZE && bytes >= reader->length) return TRUE;
    }
}

/* Returns the length of the designator at desc + pos, or 0 when there is none. */
static unsigned int designator_size( const UINT8 *desc, unsigned int pos, unsigned int avail )
{
    unsigned int code_set;

    if (avail < DESIGNATOR_HEADER || pos > avail - DESIGNATOR_HEADER) return 0;
    /* Quantum puts the protocol into the high nibble */
    code_set = desc[pos] & 0x0f;
    if (code_set < 1 || code_set > 3) return 0;
    if (desc[pos + 3] > avail - pos - DESIGNATOR_HEADER) return 0;
    return desc[pos + 3];
}

static void parse_designator( struct element *element, const UINT8 *designator, unsigned int size )
{
    const UINT8 *id = designator + DESIGNATOR_HEADER;

    if ((designator[0] & 0x0f) == 1 && size <= sizeof(element->id) && !element->id_size)  /* binary */
    {
        memcpy( element->id, id, size );
        element->id_size = size;
    }
    if ((designator[0] & 0x0f) != 2) return;  /* ASCII */

    switch (designator[1] & 0x0f)
    {
    case 0:  /* vendor specific: a serial number alone */
        if (!element->serial[0]) copy_serial( element->serial, sizeof(element->serial), id, size );
        break;
    case 1:  /* T10 vendor identification */
        if (size <= 24) break;
        copy_element_text( element->vendor, sizeof(element->vendor), id, 8 );
        copy_element_text( element->product, sizeof(element->product), id + 8, 16 );
        copy_serial( element->serial, sizeof(element->serial), id + 24, size - 24 );
        break;
    }
}

/* HP optical libraries have 34-byte drive descriptors that end in a serial number, asked for or not. */
static void parse_fixed_serial( struct element *element, const UINT8 *desc, unsigned int size )
{
    static const UINT8 reserved[12];

    if (size != 34 || memcmp( desc + FIXED_DESCRIPTOR_SIZE, reserved, sizeof(reserved) )) return;
    copy_serial( element->serial, sizeof(element->serial), desc + 24, 10 );
}

static void parse_identification( struct element *element, const UINT8 *desc,
                                  unsigned int pos, unsigned int size )
{
    unsigned int len, start = pos;

    while ((len = designator_size( desc, pos, size )))
    {
        parse_designator( element, desc + pos, len );
        pos += DESIGNATOR_HEADER + len;
    }
    if (pos == start && pos == FIXED_DESCRIPTOR_SIZE) parse_fixed_serial( element, desc, size );
}

/* A label on an element without a medium is left over from the past. */
static void parse_tag( const struct element *element, char *dst, const UINT8 *desc,
                       unsigned int pos, unsigned int avail )
{
    if (!(element->flags & ELEMENT_FULL) || avail < pos + TAG_TEXT_SIZE) return;
    copy_element_text( dst, TAG_TEXT_SIZE + 1, desc + pos, TAG_TEXT_SIZE );
}

/* avail is less than the page's descriptor length when the device itself cut its last descriptor */
static void parse_descriptor( const struct element_reader *reader, const UINT8 *desc, unsigned int avail,
                              struct element *element )
{
    unsigned int pos = FIXED_DESCRIPTOR_SIZE;

    memset( element, 0, sizeof(*element) );
    element->type = reader->type;
    element->address = get_be16( desc );
    element->flags = desc[2];
    if (avail >= 6)
    {
        element->asc = desc[4];
        element->ascq = desc[5];
    }
    if (avail < FIXED_DESCRIPTOR_SIZE) return;
    element->bus = desc[6];
    element->target = desc[7];
    element->medium = desc[9];
    element->source = get_be16( desc + 10 );

    /* the flags lie on some HP libraries: a tag exists only where the descriptor has room for it */
    if ((reader->tags & PAGE_PRIMARY_TAG) && reader->length >= pos + TAG_SIZE)
    {
        element->has_primary_tag = 1;
        parse_tag( element, element->primary, desc, pos, avail );
        pos += TAG_SIZE;
    }
    if ((reader->tags & PAGE_ALTERNATE_TAG) && reader->length >= pos + TAG_SIZE)
    {
        parse_tag( element, element->alternate, desc, pos, avail );
        pos += TAG_SIZE;
    }
    /* elsewhere than on drives this is a location, not a serial number */
    if (element->type == ELEMENT_DRIVE) parse_identification( element, desc, pos, avail );
}

/* Fills in the next element; returns FALSE at the end of what can be believed. */
BOOL element_reader_next( struct element_reader *reader, struct element *element )
{
    const UINT8 *desc;
    unsigned int avail;

    if (reader->pos + reader->length > reader->page_end || !reader->length)
    {
        if (!next_page( reader )) return FALSE;
    }
    if (reader->pos >= reader->size) return FALSE;

    desc = reader->data + reader->pos;
    avail = reader->size - reader->pos;
    if (avail >= reader->length) avail = reader->length;
    else if (!reader->accept_cut || avail < MIN_CUT_DESCRIPTOR) return FALSE;

    parse_descriptor( reader, desc, avail, element );
    reader->pos += reader->length;
    return TRUE;
}
