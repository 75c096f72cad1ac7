/*
 * Commands of SPC-4 that tape drives and changers share
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

#include <stdio.h>
#include <string.h>

#include "device.h"

#define MAX_PARAMETERS 1024

/* blank-padded text, SPC-4 4.4.1 */
static void put_text( unsigned char *data, const char *text, size_t size )
{
    size_t len = strlen( text );

    memset( data, ' ', size );
    memcpy( data, text, len < size ? len : size );
}

void spc_good( struct lab_device *device, struct lab_command *cmd )
{
    (void)device;
    (void)cmd;
}

/* a designator of type T10 vendor identification, as real drives and libraries send it (R1: 8 + 16 + 10 bytes) */
static unsigned int put_t10_designator( const struct lab_device *device, unsigned char *data )
{
    data[0] = 2;
    data[1] = 1;
    data[2] = 0;
    data[3] = 34;
    put_text( data + 4, device->vendor, 8 );
    put_text( data + 12, device->product, 16 );
    put_text( data + 28, device->serial, 10 );
    return 38;
}

static unsigned int put_naa_designator( const struct lab_device *device, unsigned char *data )
{
    data[0] = 1;
    data[1] = 3;
    data[2] = 0;
    data[3] = 8;
    put_be( data + 4, device->wwn, 8 );
    return 12;
}

/* vital product data, SPC-4 7.8 */
static void inquiry_vpd( struct lab_device *device, struct lab_command *cmd )
{
    unsigned char reply[96] = { device->type, cmd->cdb[2] };
    unsigned int len;

    switch (cmd->cdb[2])
    {
    case 0x00:
        memcpy( reply + 4, "\x00\x80\x83", 3 );
        len = 3;
        break;
    case 0x80:
        len = strlen( device->serial );
        memcpy( reply + 4, device->serial, len );
        break;
    case 0x83:
        len = put_t10_designator( device, reply + 4 );
        len += put_naa_designator( device, reply + 4 + len );
        break;
    default:
        lab_invalid_field( cmd, 2 );
        return;
    }
    put_be( reply + 2, len, 2 );
    lab_send( cmd, reply, len + 4, get_be( cmd->cdb + 3, 2 ) );
}

void spc_inquiry( struct lab_device *device, struct lab_command *cmd )
{
    unsigned char reply[70] = { device->type, 0x80, 6, 0x12, sizeof(reply) - 5 };

    if (cmd->cdb[1] & 1)
    {
        inquiry_vpd( device, cmd );
        return;
    }
    if (cmd->cdb[2])
    {
        lab_invalid_field( cmd, 2 );
        return;
    }
    reply[7] = 0x02;  /* CmdQue */
    put_text( reply + 8, device->vendor, 8 );
    put_text( reply + 16, device->product, 16 );
    put_text( reply + 32, device->revision, 4 );
    if (device->type == 8)
    {
        put_text( reply + 38, device->serial, 12 );  /* R4: IBM libraries put the serial number here */
        reply[55] = 1;                               /* R4: BarC, a bar code reader is installed */
    }
    put_be( reply + 58, 0x0060, 2 );                                /* SAM-3 */
    put_be( reply + 60, 0x0460, 2 );                                /* SPC-4 */
    put_be( reply + 62, device->type == 8 ? 0x0480 : 0x0400, 2 );   /* SMC-3, SSC-3 */
    lab_send( cmd, reply, sizeof(reply), get_be( cmd->cdb + 3, 2 ) );
}

/* one logical unit, 0 (SPC-4 6.24) */
void spc_report_luns( struct lab_device *device, struct lab_command *cmd )
{
    unsigned char reply[16] = { 0, 0, 0, 8 };

    (void)device;
    lab_send( cmd, reply, sizeof(reply), get_be( cmd->cdb + 6, 4 ) );
}

void spc_reserve( struct lab_device *device, struct lab_command *cmd )
{
    if (cmd->cdb[1] & 0x1f) lab_invalid_field( cmd, 1 );  /* third party and element reservations are obsolete */
    else device->reserved_by = cmd->nexus;
}

void spc_release( struct lab_device *device, struct lab_command *cmd )
{
    /* releasing what another initiator holds is no error and no release (SPC-2 7.17) */
    if (device->reserved_by == (int)cmd->nexus) device->reserved_by = -1;
}

void spc_prevent_allow( struct lab_device *device, struct lab_command *cmd )
{
    unsigned int bit = 1u << cmd->nexus;

    switch (cmd->cdb[4] & 3)
    {
    case 0:
        device->prevented &= ~bit;
        break;
    case 1:
        device->prevented |= bit;
        break;
    default:
        lab_invalid_field( cmd, 4 );
        break;
    }
}

static bool has_page( const unsigned char *pages, unsigned char page )
{
    for (; *pages; pages++) if (*pages == page) return true;
    return false;
}

static unsigned int put_mode_pages( struct lab_device *device, unsigned char *data, unsigned char page, unsigned int control )
{
    const unsigned char *pages;
    unsigned int len = 0;

    for (pages = device->ops->mode_pages; *pages; pages++)
        if (page == 0x3f || page == *pages) len += device->ops->mode_page( device, *pages, control, data + len );
    return len;
}

/* MODE SENSE(6) and (10), SPC-4 6.11 and 6.12 */
void spc_mode_sense( struct lab_device *device, struct lab_command *cmd )
{
    bool ten = cmd->cdb[0] == 0x5a;
    unsigned char reply[MAX_PARAMETERS] = { 0 }, page = cmd->cdb[2] & 0x3f;
    unsigned int control = cmd->cdb[2] >> 6, block = 0, len = ten ? 8 : 4;
    struct lab_mode_header header = { 0 };

    if (control == LAB_MODE_SAVED)
    {
        lab_fail_field( cmd, 0x3900, 2 );
        return;
    }
    if (cmd->cdb[3] || (page && page != 0x3f && !has_page( device->ops->mode_pages, page )))
    {
        lab_invalid_field( cmd, cmd->cdb[3] ? 3 : 2 );
        return;
    }
    device->ops->mode_header( device, &header );
    if (header.has_block && !(cmd->cdb[1] & 8))
    {
        block = 8;
        reply[len] = header.density;
        put_be( reply + len + 5, header.block_length, 3 );
    }
    len += block;
    len += put_mode_pages( device, reply + len, page, control );
    reply[ten ? 2 : 1] = header.medium_type;
    reply[ten ? 3 : 2] = header.device_specific;
    reply[ten ? 7 : 3] = block;
    put_be( reply, len - (ten ? 2 : 1), ten ? 2 : 1 );
    lab_send( cmd, reply, len, ten ? get_be( cmd->cdb + 7, 2 ) : cmd->cdb[4] );
}

/* MODE SELECT(6) and (10), SPC-4 6.9 and 6.10 */
void spc_mode_select( struct lab_device *device, struct lab_command *cmd )
{
    bool ten = cmd->cdb[0] == 0x55;
    unsigned char data[MAX_PARAMETERS];
    size_t len = ten ? get_be( cmd->cdb + 7, 2 ) : cmd->cdb[4], pos = ten ? 8 : 4, block;

    if (!len) return;
    if (len > sizeof(data) || lab_receive( cmd, data, len ) < len || len < pos) goto bad_length;
    block = ten ? get_be( data + 6, 2 ) : data[3];
    if ((block && block != 8) || pos + block > len) goto bad_length;
    if (block && !device->ops->mode_select( device, data + pos, NULL )) goto bad_value;
    for (pos += block; pos < len; pos += data[pos + 1] + 2)
    {
        if (pos + 2 > len || pos + 2 + data[pos + 1] > len) goto bad_length;
        if (!has_page( device->ops->mode_pages, data[pos] & 0x3f )) goto bad_value;
        if (!device->ops->mode_select( device, NULL, data + pos )) goto bad_value;
    }
    lab_attention( device, 0x2a01, cmd->nexus );  /* SPC-4 6.9: the other initiators hear of it */
    return;

bad_length:
    lab_fail( cmd, LAB_ILLEGAL_REQUEST, 0x1a00 );
    return;
bad_value:
    lab_fail( cmd, LAB_ILLEGAL_REQUEST, 0x2600 );
}

/* the TapeAlert page: 64 one-byte parameters, cleared by reading (SSC-3 8.3.3; SMC-3 7.2.2) */
unsigned int spc_tape_alert( struct lab_device *device, unsigned int nexus, unsigned char *data )
{
    unsigned int i;

    for (i = 0; i < 64; i++, data += 5)
    {
        put_be( data, i + 1, 2 );
        data[2] = 0;
        data[3] = 1;
        data[4] = device->alerts[nexus] >> i & 1;
    }
    device->alerts[nexus] = 0;
    return 64 * 5;
}

/* LOG SENSE, SPC-4 6.6; subpages and parameter pointers are not there */
void spc_log_sense( struct lab_device *device, struct lab_command *cmd )
{
    unsigned char reply[4 + 512] = { 0 }, page = cmd->cdb[2] & 0x3f;
    const unsigned char *pages = device->ops->log_pages;
    unsigned int len;

    if (cmd->cdb[3] || (page && !has_page( pages, page )))
    {
        lab_invalid_field( cmd, cmd->cdb[3] ? 3 : 2 );
        return;
    }
    reply[0] = page;
    if (!page)
    {
        for (len = 1; *pages; pages++) reply[4 + len++] = *pages;
    }
    else len = device->ops->log_page( device, page, cmd->nexus, reply + 4 );
    put_be( reply + 2, len, 2 );
    lab_send( cmd, reply, len + 4, get_be( cmd->cdb + 7, 2 ) );
}
