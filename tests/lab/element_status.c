/*
 * READ ELEMENT STATUS of a SMC-3 medium changer
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

#include <string.h>

#include "changer.h"

/* bits of descriptor byte 2 (SMC-3 6.15.3-6.15.6) */
#define ELEMENT_FULL    0x01
#define ELEMENT_IMPEXP  0x02
#define ELEMENT_EXCEPT  0x04
#define ELEMENT_ACCESS  0x08
#define ELEMENT_EXENAB  0x10
#define ELEMENT_INENAB  0x20

struct request
{
    unsigned char type;         /* LAB_ALL_TYPES = every */
    bool          volume_tags;
    bool          identifiers;
    unsigned int  start;        /* lowest address, need not exist */
    unsigned int  max;          /* at most this many descriptors */
    unsigned int  allocation;
};

/* the part of an answer that has been written */
struct answer
{
    unsigned char *data;
    unsigned int   len;
    unsigned int   whole;       /* bytes that fit the allocation length without cutting a descriptor */
    unsigned int   allocation;
    unsigned char *page;        /* header of the page being written */
    unsigned int   count;
};

static void extend( struct answer *answer, unsigned int size )
{
    answer->len += size;
    if (answer->len <= answer->allocation) answer->whole = answer->len;
}

/* 12 bytes, the tag, and 4 bytes of identifier header even without an identifier (T6: 52 bytes, K1: 86) */
static unsigned int descriptor_length( const struct request *request, unsigned char type )
{
    return 12 + (request->volume_tags ? 36 : 0) + 4 + (request->identifiers && type == LAB_DRIVE ? 34 : 0);
}

static unsigned char element_flags( struct lab_changer *changer, const struct lab_element *element )
{
    unsigned char flags = element_cartridge( element ) ? ELEMENT_FULL : 0;
    bool loaded = false;

    switch (element->type)
    {
    case LAB_STORAGE:
        if (!changer->door_open) flags |= ELEMENT_ACCESS;
        break;
    case LAB_PORT:
        flags |= ELEMENT_EXENAB | ELEMENT_INENAB;
        if (!changer->port_open) flags |= ELEMENT_ACCESS;
        if (element->imported && (flags & ELEMENT_FULL)) flags |= ELEMENT_IMPEXP;
        break;
    case LAB_DRIVE:
        tape_peek( element->drive, &loaded, NULL );
        if (!loaded) flags |= ELEMENT_ACCESS;  /* TL2000 p72: ejected or empty */
        break;
    }
    return flags;
}

static void put_volume_tag( unsigned char *data, const struct lab_cartridge *cartridge )
{
    if (!cartridge || !cartridge->barcode[0]) return;  /* K1: zeros */
    memset( data, ' ', 32 );
    memcpy( data, cartridge->barcode, strlen( cartridge->barcode ) );
}

/* the identifier of a drive is its T10 designator, as in VPD page 83h (SMC-3 6.15.6, K1) */
static void put_identifier( unsigned char *data, const struct lab_element *element )
{
    const struct lab_device *device = &element->drive->device;

    data[0] = 2;
    data[1] = 1;
    data[3] = 34;
    memset( data + 4, ' ', 34 );
    memcpy( data + 4, device->vendor, strlen( device->vendor ) );
    memcpy( data + 12, device->product, strlen( device->product ) );
    memcpy( data + 28, device->serial, strlen( device->serial ) );
}

static void put_descriptor( struct lab_changer *changer, const struct request *request,
                            const struct lab_element *element, struct answer *answer )
{
    unsigned char *data = answer->data + answer->len;
    const struct lab_cartridge *cartridge = element_cartridge( element );
    unsigned int len = descriptor_length( request, element->type );

    memset( data, 0, len );
    put_be( data, element->address, 2 );
    data[2] = element_flags( changer, element );
    if (cartridge)
    {
        data[9] = cartridge->medium;
        if (element->source_valid)
        {
            data[9] |= 0x80;
            put_be( data + 10, element->source, 2 );
        }
    }
    if (request->volume_tags) put_volume_tag( data + 12, cartridge );
    if (request->identifiers && element->type == LAB_DRIVE) put_identifier( data + len - 38, element );
    extend( answer, len );
}

static void begin_page( const struct request *request, unsigned char type, struct answer *answer )
{
    answer->page = answer->data + answer->len;
    memset( answer->page, 0, 8 );
    answer->page[0] = type;
    answer->page[1] = request->volume_tags ? 0x80 : 0;
    put_be( answer->page + 2, descriptor_length( request, type ), 2 );
    extend( answer, 8 );
}

static bool is_wanted( const struct request *request, const struct lab_element *element )
{
    if (request->type != LAB_ALL_TYPES && request->type != element->type) return false;
    return element->address >= request->start;
}

/* The totals tell of everything that was asked for, even if the allocation length cuts it (TL2000 p67, K16). */
static void put_elements( struct lab_changer *changer, const struct request *request, struct answer *answer )
{
    unsigned int i;

    memset( answer->data, 0, 8 );
    extend( answer, 8 );
    for (i = 0; i < changer->element_count && answer->count < request->max; i++)
    {
        const struct lab_element *element = &changer->elements[i];

        if (!is_wanted( request, element )) continue;
        if (!answer->page || answer->page[0] != element->type) begin_page( request, element->type, answer );
        if (!answer->count++) put_be( answer->data, element->address, 2 );
        put_descriptor( changer, request, element, answer );
        put_be( answer->page + 5, answer->data + answer->len - answer->page - 8, 3 );
    }
    put_be( answer->data + 2, answer->count, 2 );
    put_be( answer->data + 5, answer->len - 8, 3 );
}

/* READ ELEMENT STATUS, SMC-3 6.14 */
void changer_read_element_status( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_changer *changer = changer_from_device( device );
    struct request request =
    {
        .type = cmd->cdb[1] & 0x0f,
        .volume_tags = cmd->cdb[1] & 0x10,
        .identifiers = cmd->cdb[6] & 1,
        .start = get_be( cmd->cdb + 2, 2 ),
        .max = get_be( cmd->cdb + 4, 2 ),
        .allocation = get_be( cmd->cdb + 7, 3 ),
    };
    struct answer answer = { .data = changer->reply, .allocation = request.allocation };

    if (request.type > LAB_DRIVE)
    {
        lab_invalid_field( cmd, 1 );
        return;
    }
    put_elements( changer, &request, &answer );
    lab_send( cmd, answer.data, answer.whole ? answer.whole : answer.len, request.allocation );
}
