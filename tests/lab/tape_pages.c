/*
 * A SSC-3 tape drive: its mode and log pages and densities
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

#include "tape.h"

#define DENSITY_LTO3 0x44
#define DENSITY_LTO4 0x46
#define DENSITY_LTO5 0x58

const unsigned char tape_mode_pages[] = { 0x0f, 0x10, 0x1d, 0 };
const unsigned char tape_log_pages[] = { 0x2e, 0x31, 0 };

void tape_mode_header( struct lab_device *device, struct lab_mode_header *header )
{
    struct lab_tape *tape = tape_from_device( device );

    header->has_block = true;
    header->density = DENSITY_LTO5;
    header->block_length = tape->block_length;
    header->device_specific = tape->buffered ? 0x10 : 0;  /* SSC-3 8.2.2: WP and BUFFERED MODE */
    if (tape->loaded && tape->cartridge->write_protected) header->device_specific |= 0x80;
}

/* data compression page, SSC-3 8.3.2 */
static unsigned int compression_page( struct lab_tape *tape, unsigned int control, unsigned char *data )
{
    bool enabled = control == LAB_MODE_CURRENT ? tape->compression : true;

    data[1] = 14;
    data[2] = enabled ? 0x80 : 0;
    if (control == LAB_MODE_CHANGEABLE) return 16;
    data[2] |= 0x40;
    data[3] = 0x80;
    data[7] = 1;
    data[11] = 1;
    return 16;
}

/* device configuration page, SSC-3 8.3.3 */
static unsigned int configuration_page( struct lab_tape *tape, unsigned int control, unsigned char *data )
{
    data[1] = 14;
    if (control == LAB_MODE_CHANGEABLE)
    {
        data[14] = 0xff;
        return 16;
    }
    data[8] = 0x40;                                                             /* BIS */
    data[10] = 0x18;                                                            /* EEG, SEW */
    data[14] = control == LAB_MODE_DEFAULT || tape->compression ? 1 : 0;
    return 16;
}

unsigned int tape_mode_page( struct lab_device *device, unsigned char page, unsigned int control, unsigned char *data )
{
    struct lab_tape *tape = tape_from_device( device );

    data[0] = page;
    switch (page)
    {
    case 0x0f:
        return compression_page( tape, control, data );
    case 0x10:
        return configuration_page( tape, control, data );
    default:
        data[1] = 30;  /* medium configuration, SSC-3 8.3.7: not WORM */
        return 32;
    }
}

bool tape_mode_select( struct lab_device *device, const unsigned char *block, const unsigned char *page )
{
    struct lab_tape *tape = tape_from_device( device );

    if (block)
    {
        /* 00h default, 7Fh no change (SSC-3 8.2.1) */
        if (block[0] && block[0] != 0x7f && block[0] != DENSITY_LTO5) return false;
        if (get_be( block + 5, 3 ) > LAB_MAX_BLOCK) return false;
        tape->block_length = get_be( block + 5, 3 );
        return true;
    }
    switch (page[0] & 0x3f)
    {
    case 0x0f:
        if (page[1] != 14) return false;
        tape->compression = page[2] >> 7;
        return true;
    case 0x10:
        if (page[1] != 14) return false;
        tape->compression = page[14] != 0;
        return true;
    default:
        return false;
    }
}

static unsigned int put_parameter( unsigned char *data, unsigned int code, uint32_t value )
{
    put_be( data, code, 2 );
    data[2] = 0x40;
    data[3] = 4;
    put_be( data + 4, value, 4 );
    return 8;
}

/* tape capacity page as LTO drives have it: remaining and maximum of both partitions, in MiB */
static unsigned int capacity_page( struct lab_tape *tape, unsigned char *data )
{
    uint64_t capacity = 0, used = 0;
    unsigned int len;

    if (tape->loaded)
    {
        capacity = tape->cartridge->capacity;
        used = cartridge_offset( tape->cartridge, cartridge_end( tape->cartridge ) );
        if (used > capacity) used = capacity;
    }
    len = put_parameter( data, 1, (capacity - used) >> 20 );
    len += put_parameter( data + len, 2, 0 );
    len += put_parameter( data + len, 3, capacity >> 20 );
    len += put_parameter( data + len, 4, 0 );
    return len;
}

unsigned int tape_log_page( struct lab_device *device, unsigned char page, unsigned int nexus, unsigned char *data )
{
    if (page == 0x2e) return spc_tape_alert( device, nexus, data );
    return capacity_page( tape_from_device( device ), data );
}

struct density
{
    unsigned char code;
    unsigned char flags;      /* 80h WRTOK, 20h DEFLT */
    unsigned int  bits_per_mm;
    unsigned int  tracks;
    unsigned int  capacity;   /* million bytes */
    char          name[9];
    char          description[21];
};

/* R6: what a real LTO-5 drive reports */
static const struct density densities[] =
{
    { DENSITY_LTO3, 0x00, 9638,  704,  400000,  "U-316   ", "Ultrium 3/16T       " },
    { DENSITY_LTO4, 0x80, 12725, 896,  800000,  "U-416   ", "Ultrium 4/16T       " },
    { DENSITY_LTO5, 0xa0, 15142, 1280, 1500000, "U-516   ", "Ultrium 5/16T       " },
};

static void put_density( const struct density *density, unsigned char *data )
{
    data[0] = data[1] = density->code;
    data[2] = density->flags;
    put_be( data + 5, density->bits_per_mm, 3 );
    put_be( data + 8, 127, 2 );
    put_be( data + 10, density->tracks, 2 );
    put_be( data + 12, density->capacity, 4 );
    memcpy( data + 16, "LTO-CVE ", 8 );
    memcpy( data + 24, density->name, 8 );
    memcpy( data + 32, density->description, 20 );
}

/* REPORT DENSITY SUPPORT, SSC-3 7.8 */
void tape_report_density( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_tape *tape = tape_from_device( device );
    unsigned char reply[4 + 3 * 52] = { 0 };
    unsigned int i, len = 0, first = 0;

    if (cmd->cdb[1] & 1)
    {
        if (!tape->loaded)
        {
            lab_fail( cmd, LAB_NOT_READY, 0x3a00 );
            return;
        }
        first = 2;
    }
    for (i = first; i < 3; i++, len += 52) put_density( &densities[i], reply + 4 + len );
    put_be( reply, len + 2, 2 );
    lab_send( cmd, reply, len + 4, get_be( cmd->cdb + 7, 2 ) );
}
