/*
 * What happens to every command: faults, attentions, reservations, then the device's own handler
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
#include <time.h>

#include "device.h"

unsigned long long lab_now( void )
{
    struct timespec now;

    clock_gettime( CLOCK_MONOTONIC, &now );
    return now.tv_sec * 1000ull + now.tv_nsec / 1000000;
}

void lab_device_init( struct lab_device *device, const struct lab_device_ops *ops, unsigned char type )
{
    device->ops = ops;
    device->type = type;
    device->present = true;
    device->reserved_by = -1;
    pthread_mutex_init( &device->lock, NULL );
    lab_attention( device, 0x2900, -1 );  /* SPC-4 5.11.2: power on, every initiator hears of it once */
}

/* SPC-4 4.2.5: the group code in the top bits of the operation code gives the length */
unsigned int lab_cdb_length( const unsigned char *cdb )
{
    static const unsigned char lengths[] = { 6, 10, 10, 16, 16, 12, 16, 16 };

    return lengths[cdb[0] >> 5];
}

static void put_fixed_sense( unsigned char *sense, unsigned char key, unsigned short code )
{
    memset( sense, 0, LAB_SENSE_SIZE );
    sense[0] = 0x70;
    sense[2] = key;
    sense[7] = LAB_SENSE_SIZE - 8;
    put_be( sense + 12, code, 2 );
}

void lab_fail( struct lab_command *cmd, unsigned char key, unsigned short code )
{
    cmd->status = LAB_CHECK_CONDITION;
    put_fixed_sense( cmd->sense, key, code );
}

/* with the INFORMATION field, a signed residue for tapes (SSC-3 4.2.14) */
void lab_fail_info( struct lab_command *cmd, unsigned char key, unsigned short code, int info )
{
    lab_fail( cmd, key, code );
    cmd->sense[0] |= 0x80;
    put_be( cmd->sense + 3, (unsigned int)info, 4 );
}

/* with a field pointer into the CDB (SPC-4 4.5.2.4.2) */
void lab_fail_field( struct lab_command *cmd, unsigned short code, unsigned short field )
{
    lab_fail( cmd, LAB_ILLEGAL_REQUEST, code );
    cmd->sense[15] = 0xc0;
    put_be( cmd->sense + 16, field, 2 );
}

void lab_invalid_field( struct lab_command *cmd, unsigned short field )
{
    lab_fail_field( cmd, 0x2400, field );
}

void lab_abort( struct lab_command *cmd )
{
    cmd->status = LAB_TASK_ABORTED;
    cmd->sent = cmd->received = 0;
}

/* copies between a flat buffer and the start of the initiator's one */
static size_t copy_data( const struct lab_command *cmd, unsigned char *flat, size_t len, bool send )
{
    size_t done = 0, part;
    unsigned int i;

    for (i = 0; i < cmd->data_count && done < len; i++)
    {
        part = cmd->data[i].iov_len < len - done ? cmd->data[i].iov_len : len - done;
        if (send) memcpy( cmd->data[i].iov_base, flat + done, part );
        else memcpy( flat + done, cmd->data[i].iov_base, part );
        done += part;
    }
    return done;
}

/* the ALLOCATION LENGTH cuts the answer without an error (SPC-4 4.2.5.6) */
void lab_send( struct lab_command *cmd, const void *data, size_t len, size_t allocation )
{
    cmd->sent = copy_data( cmd, (unsigned char *)data, len < allocation ? len : allocation, true );
}

size_t lab_receive( struct lab_command *cmd, void *data, size_t len )
{
    cmd->received = copy_data( cmd, data, len, false );
    return cmd->received;
}

void lab_attention( struct lab_device *device, unsigned short code, int except )
{
    unsigned int nexus, i;

    for (nexus = 0; nexus < LAB_MAX_NEXUS; nexus++)
    {
        unsigned int *count = &device->attention_count[nexus];

        if ((int)nexus == except) continue;
        for (i = 0; i < *count; i++) if (device->attentions[nexus][i] == code) break;
        if (i == *count && i < LAB_MAX_ATTENTIONS) device->attentions[nexus][(*count)++] = code;
    }
}

bool lab_add_fault( struct lab_device *device, const struct lab_fault *fault )
{
    unsigned int i;

    for (i = 0; i < LAB_MAX_FAULTS; i++)
    {
        if (device->faults[i].count) continue;
        device->faults[i] = *fault;
        return true;
    }
    return false;
}

/* discovery must go on working while everything else fails */
static bool fault_matches( const struct lab_fault *fault, unsigned char opcode )
{
    if (!fault->count) return false;
    if (fault->opcode >= 0) return fault->opcode == opcode;
    return opcode != 0x12 && opcode != 0x03 && opcode != 0xa0;
}

static void use_fault( struct lab_fault *fault )
{
    if (fault->count > 0) fault->count--;
}

static bool inject_fault( struct lab_device *device, struct lab_command *cmd )
{
    unsigned int i;

    for (i = 0; i < LAB_MAX_FAULTS; i++)
    {
        struct lab_fault *fault = &device->faults[i];

        if (fault->delay_ms || !fault_matches( fault, cmd->cdb[0] )) continue;
        use_fault( fault );
        if (fault->status == LAB_CHECK_CONDITION) lab_fail( cmd, fault->key, fault->code );
        else cmd->status = fault->status;
        return true;
    }
    return false;
}

static bool report_attention( struct lab_device *device, struct lab_command *cmd )
{
    unsigned int *count = &device->attention_count[cmd->nexus];
    unsigned short *queue = device->attentions[cmd->nexus];

    if (!*count) return false;
    lab_fail( cmd, LAB_UNIT_ATTENTION, queue[0] );
    memmove( queue, queue + 1, --*count * sizeof(*queue) );
    return true;
}

static const struct lab_opcode *find_opcode( const struct lab_device *device, unsigned char code )
{
    const struct lab_opcode *opcode;

    for (opcode = device->ops->opcodes; opcode->handler; opcode++)
        if (opcode->code == code) return opcode;
    return NULL;
}

unsigned int lab_start( struct lab_device *device, const struct lab_command *cmd )
{
    unsigned int i, ms = 0;

    pthread_mutex_lock( &device->lock );
    /* what will only report an attention moves nothing */
    if (device->ops->duration && !device->attention_count[cmd->nexus]) ms = device->ops->duration( device, cmd );
    for (i = 0; i < LAB_MAX_FAULTS; i++)
    {
        struct lab_fault *fault = &device->faults[i];

        if (!fault->delay_ms || !fault_matches( fault, cmd->cdb[0] )) continue;
        use_fault( fault );
        ms += fault->delay_ms;
    }
    pthread_mutex_unlock( &device->lock );
    return ms;
}

static void execute_locked( struct lab_device *device, struct lab_command *cmd )
{
    const struct lab_opcode *opcode = find_opcode( device, cmd->cdb[0] );
    unsigned int flags = opcode ? opcode->flags : 0;

    if (inject_fault( device, cmd )) return;
    if (!(flags & LAB_PASSIVE) && report_attention( device, cmd )) return;
    if (!opcode)
    {
        lab_fail_field( cmd, 0x2000, 0 );
        return;
    }
    if (device->reserved_by >= 0 && device->reserved_by != (int)cmd->nexus && !(flags & LAB_SHARED))
    {
        cmd->status = LAB_RESERVATION_CONFLICT;
        return;
    }
    if ((flags & LAB_READY) && !device->ops->check_ready( device, cmd )) return;
    opcode->handler( device, cmd );
}

void lab_execute( struct lab_device *device, struct lab_command *cmd )
{
    cmd->status = LAB_GOOD;
    cmd->sent = cmd->received = 0;
    pthread_mutex_lock( &device->lock );
    execute_locked( device, cmd );
    pthread_mutex_unlock( &device->lock );
}

void spc_request_sense( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_command inner = { .nexus = cmd->nexus };

    /* SPC-4 6.29: a pending attention is the answer, and is thereby reported */
    if (!report_attention( device, &inner ) && device->ops->check_ready( device, &inner ))
        put_fixed_sense( inner.sense, LAB_NO_SENSE, 0 );
    lab_send( cmd, inner.sense, sizeof(inner.sense), cmd->cdb[4] );
}
