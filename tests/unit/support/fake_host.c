/*
 * A host whose devices answer what the test says, and whose calls can be made to fail
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

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "fake_host.h"

#define MAX_REPLIES 64
#define FD_BASE     1000

static struct fake_reply queue[MAX_REPLIES], defaults[MAX_REPLIES];
static unsigned int queue_count, default_count;
static UINT8 used_fds[64];

unsigned int fake_calls, fake_fail_at, fake_open_fds, fake_commands, fake_slept_ms, fake_device_count;
int fake_fail_errno;
BOOL fake_cancelled;
UINT8 fake_last_cdb[16], fake_last_data[256];
struct host_device fake_devices[4];

void fake_reset(void)
{
    queue_count = default_count = 0;
    fake_calls = fake_fail_at = fake_commands = fake_slept_ms = fake_device_count = 0;
    fake_fail_errno = EIO;
    fake_cancelled = FALSE;
}

void fake_add( const struct fake_reply *reply )
{
    assert_true( queue_count < MAX_REPLIES );
    queue[queue_count++] = *reply;
}

void fake_always( const struct fake_reply *reply )
{
    unsigned int i;

    for (i = 0; i < default_count && defaults[i].opcode != reply->opcode; i++) ;
    assert_true( i < MAX_REPLIES );
    defaults[i] = *reply;
    if (i == default_count) default_count++;
}

struct fake_reply fake_sense( UINT8 opcode, UINT8 flags_key, UINT8 asc, UINT8 ascq )
{
    struct fake_reply reply = { .opcode = opcode, .status = 2, .sense_size = 18,
                                .sense = { 0x70, 0, flags_key, 0, 0, 0, 0, 10, 0, 0, 0, 0, asc, ascq } };
    return reply;
}

struct fake_reply fake_sense_info( UINT8 opcode, UINT8 flags_key, UINT8 asc, UINT8 ascq, UINT32 info )
{
    struct fake_reply reply = fake_sense( opcode, flags_key, asc, ascq );

    reply.sense[0] |= 0x80;
    reply.sense[3] = info >> 24;
    reply.sense[4] = info >> 16;
    reply.sense[5] = info >> 8;
    reply.sense[6] = info;
    return reply;
}

static int count_call(void)
{
    return ++fake_calls == fake_fail_at ? -fake_fail_errno : 0;
}

static int fake_discover( int type, struct host_device *devices, int max )
{
    unsigned int i;
    int count = 0;

    for (i = 0; i < fake_device_count; i++)
        if (fake_devices[i].type == type && count < max) devices[count++] = fake_devices[i];
    return count;
}

static int fake_open( const char *path, int flags )
{
    int i, err;

    if ((err = count_call())) return err;
    for (i = 0; used_fds[i]; i++) ;
    used_fds[i] = 1;
    fake_open_fds++;
    return FD_BASE + i;
}

static int fake_close( int fd )
{
    assert_in_range( fd, FD_BASE, FD_BASE + sizeof(used_fds) - 1 );
    assert_true( used_fds[fd - FD_BASE] );
    used_fds[fd - FD_BASE] = 0;
    fake_open_fds--;
    return 0;
}

static struct fake_reply take_reply( UINT8 opcode )
{
    struct fake_reply reply = { 0 };
    unsigned int i;

    for (i = 0; i < queue_count; i++)
    {
        if (queue[i].opcode != opcode) continue;
        reply = queue[i];
        memmove( queue + i, queue + i + 1, (--queue_count - i) * sizeof(*queue) );
        return reply;
    }
    for (i = 0; i < default_count; i++) if (defaults[i].opcode == opcode) return defaults[i];
    return reply;
}

static int fake_sg_io( int fd, struct sg_io_hdr *hdr )
{
    struct fake_reply reply;
    unsigned int size = 0;
    int err;

    assert_in_range( fd, FD_BASE, FD_BASE + sizeof(used_fds) - 1 );
    assert_true( used_fds[fd - FD_BASE] );
    assert_true( hdr->timeout > 0 );
    if (fake_cancelled) return -ECANCELED;
    fake_commands++;
    memcpy( fake_last_cdb, hdr->cmdp, min( hdr->cmd_len, sizeof(fake_last_cdb) ) );
    if (hdr->dxfer_direction == SG_DXFER_TO_DEV)
        memcpy( fake_last_data, hdr->dxferp, min( hdr->dxfer_len, sizeof(fake_last_data) ) );
    if ((err = count_call())) return err;

    reply = take_reply( hdr->cmdp[0] );
    if (reply.err) return -reply.err;
    if (hdr->dxfer_direction == SG_DXFER_FROM_DEV)
    {
        size = min( reply.data_size, hdr->dxfer_len );
        if (size) memcpy( hdr->dxferp, reply.data, size );
        hdr->resid = hdr->dxfer_len - size;
    }
    hdr->resid += reply.resid;
    hdr->status = reply.status;
    hdr->host_status = reply.host_status;
    hdr->sb_len_wr = min( reply.sense_size, hdr->mx_sb_len );
    memcpy( hdr->sbp, reply.sense, hdr->sb_len_wr );
    return 0;
}

static void fake_cancel_io( int fd, int cancel )
{
    fake_cancelled = cancel;
}

static int fake_max_transfer( int fd )
{
    return 0x100000;
}

static int fake_wait_change( int timeout_ms )
{
    return 0;
}

static void fake_wake(void)
{
}

static void fake_end_wait(void)
{
}

static int fake_lock_name( const char *name )
{
    return fake_open( name, 0 );
}

static void fake_sleep_ms( unsigned int ms )
{
    fake_slept_ms += ms;
}

static unsigned long long fake_now_ms(void)
{
    return fake_slept_ms;
}

struct host_ops host_ops =
{
    .discover     = fake_discover,
    .open_device  = fake_open,
    .close_device = fake_close,
    .sg_io        = fake_sg_io,
    .cancel_io    = fake_cancel_io,
    .max_transfer = fake_max_transfer,
    .wait_change  = fake_wait_change,
    .wake         = fake_wake,
    .end_wait     = fake_end_wait,
    .lock_name    = fake_lock_name,
    .unlock_name  = fake_close,
    .sleep_ms     = fake_sleep_ms,
    .now_ms       = fake_now_ms,
};
