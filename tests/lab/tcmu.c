/*
 * Front end for the kernel: devices served through TCMU rings
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

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "configfs.h"
#include "frontend.h"

#define __LINUX_UIO_H  /* the next header's own struct iovec clashes with libc's */
#include <linux/target_core_user.h>

#define READY_TIMEOUT_MS 10000

/* a command that waits for its time; kept for reuse, as memory that is touched first is slow in User-Mode Linux */
struct held_command
{
    struct held_command *next;
    struct lab_command   cmd;
    uint16_t             id;
    unsigned long long   due;
    bool                 aborted;
    struct iovec        *data;
    unsigned int         data_room;
};

/* one thread for each device owns all but the last members */
struct ring
{
    struct lab_device   *device;
    int                  uio;
    unsigned char       *map;
    size_t               map_size;
    struct tcmu_mailbox *mailbox;
    uint32_t             position;    /* next entry that we have not seen */
    struct held_command *held;
    struct held_command *spare;
    pthread_t            thread;
    bool                 running;
    bool                 linked;      /* the kernel has a SCSI device for it */
    int                  wake;        /* eventfd */
    atomic_bool          stop;
};

static struct ring *rings;

static struct tcmu_cmd_entry *entry_at( struct ring *ring, uint32_t position )
{
    return (struct tcmu_cmd_entry *)((char *)ring->mailbox + ring->mailbox->cmdr_off + position);
}

static uint32_t advance( struct ring *ring, uint32_t position, const struct tcmu_cmd_entry *entry )
{
    return (position + tcmu_hdr_get_len( entry->hdr.len_op )) % ring->mailbox->cmdr_size;
}

/* An answer takes the oldest command's place in the ring, whichever command it is for: cmd_id tells. */
static void complete( struct ring *ring, struct held_command *held )
{
    struct tcmu_mailbox *mailbox = ring->mailbox;
    const struct lab_command *cmd = &held->cmd;
    struct tcmu_cmd_entry *entry;
    uint32_t one = 1;

    while (tcmu_hdr_get_op( (entry = entry_at( ring, mailbox->cmd_tail ))->hdr.len_op ) != TCMU_OP_CMD)
        mailbox->cmd_tail = advance( ring, mailbox->cmd_tail, entry );
    entry->hdr.cmd_id = held->id;
    entry->hdr.uflags = 0;
    memset( &entry->rsp, 0, sizeof(entry->rsp) );
    entry->rsp.scsi_status = cmd->status;
    if (cmd->status == LAB_CHECK_CONDITION) memcpy( entry->rsp.sense_buffer, cmd->sense, sizeof(cmd->sense) );
    if (cmd->sent)
    {
        entry->hdr.uflags = TCMU_UFLAG_READ_LEN;
        entry->rsp.read_len = cmd->sent;
    }
    __atomic_store_n( &mailbox->cmd_tail, advance( ring, mailbox->cmd_tail, entry ), __ATOMIC_SEQ_CST );
    if (write( ring->uio, &one, sizeof(one) ) != sizeof(one)) perror( "labscsi: uio" );
    held->next = ring->spare;
    ring->spare = held;
}

/* The kernel cannot be told of an empty answer: it takes the whole buffer, which must not be old data then. */
static void clear_unsent( const struct lab_command *cmd )
{
    unsigned int i;

    if (cmd->sent || cmd->received || cmd->status != LAB_GOOD) return;
    for (i = 0; i < cmd->data_count; i++) memset( cmd->data[i].iov_base, 0, cmd->data[i].iov_len );
}

static void finish( struct ring *ring, struct held_command *held )
{
    if (held->aborted) lab_abort( &held->cmd );
    else if (!ring->device->present) lab_fail( &held->cmd, LAB_ILLEGAL_REQUEST, 0x2500 );
    else lab_execute( ring->device, &held->cmd );
    clear_unsent( &held->cmd );
    complete( ring, held );
}

static struct held_command *get_command( struct ring *ring, unsigned int data_count )
{
    struct held_command *held = ring->spare;
    struct iovec *data;

    if (held) ring->spare = held->next;
    else if (!(held = calloc( 1, sizeof(*held) ))) abort();
    if (held->data_room < data_count)
    {
        if (!(data = realloc( held->data, data_count * sizeof(*data) ))) abort();
        held->data = data;
        held->data_room = data_count;
    }
    return held;
}

/* copies an entry out of the ring: its place may be given to another command's answer */
static struct held_command *take_command( struct ring *ring, const struct tcmu_cmd_entry *entry )
{
    const unsigned char *cdb = (unsigned char *)ring->mailbox + entry->req.cdb_off;
    struct held_command *held = get_command( ring, entry->req.iov_cnt );
    unsigned int i;

    memset( &held->cmd, 0, sizeof(held->cmd) );
    memcpy( held->cmd.cdb, cdb, lab_cdb_length( cdb ) );
    for (i = 0; i < entry->req.iov_cnt; i++)
    {
        held->data[i].iov_base = ring->map + (size_t)entry->req.iov[i].iov_base;
        held->data[i].iov_len = entry->req.iov[i].iov_len;
        held->cmd.data_len += held->data[i].iov_len;
    }
    held->cmd.data = held->data;
    held->cmd.data_count = entry->req.iov_cnt;
    held->id = entry->hdr.cmd_id;
    held->aborted = false;
    return held;
}

static void begin( struct ring *ring, struct held_command *held )
{
    unsigned int delay = lab_start( ring->device, &held->cmd );

    if (!delay)
    {
        finish( ring, held );
        return;
    }
    held->due = lab_now() + delay;
    held->next = ring->held;
    ring->held = held;
}

/* task management: the kernel waits until the named commands are answered */
static void abort_commands( struct ring *ring, const struct tcmu_tmr_entry *entry )
{
    struct held_command *held;
    unsigned int i;

    for (held = ring->held; held; held = held->next)
        for (i = 0; i < entry->cmd_cnt; i++)
            if (entry->cmd_ids[i] == held->id) held->aborted = true;
}

static void read_ring( struct ring *ring )
{
    while (ring->position != __atomic_load_n( &ring->mailbox->cmd_head, __ATOMIC_SEQ_CST ))
    {
        struct tcmu_cmd_entry *entry = entry_at( ring, ring->position );

        ring->position = advance( ring, ring->position, entry );
        switch (tcmu_hdr_get_op( entry->hdr.len_op ))
        {
        case TCMU_OP_CMD:
            begin( ring, take_command( ring, entry ) );
            break;
        case TCMU_OP_TMR:
            abort_commands( ring, (struct tcmu_tmr_entry *)entry );
            break;
        case TCMU_OP_PAD:
            break;
        default:
            entry->hdr.uflags |= TCMU_UFLAG_UNKNOWN_OP;
            break;
        }
    }
}

/* finishes what is due; returns for how many ms there is nothing to do, -1 = no limit */
static int finish_due( struct ring *ring )
{
    struct held_command **next = &ring->held, *held;
    unsigned long long now = lab_now();
    int timeout = -1;

    while ((held = *next))
    {
        if (held->due <= now || held->aborted || !ring->device->present)
        {
            *next = held->next;
            finish( ring, held );
            continue;
        }
        if (timeout < 0 || held->due - now < (unsigned int)timeout) timeout = held->due - now < 60000 ? held->due - now : 60000;
        next = &held->next;
    }
    return timeout;
}

static void *ring_thread( void *arg )
{
    struct ring *ring = arg;
    struct pollfd fds[2] = { { .fd = ring->uio, .events = POLLIN }, { .fd = ring->wake, .events = POLLIN } };
    uint64_t wakes;
    uint32_t events;

    while (!ring->stop)
    {
        read_ring( ring );  /* also before the first wait: what is there already raises no event */
        if (poll( fds, 2, finish_due( ring ) ) <= 0) continue;
        if ((fds[0].revents & POLLIN) && read( ring->uio, &events, sizeof(events) ) < 0 && errno != EAGAIN) perror( "labscsi: uio" );
        if ((fds[1].revents & POLLIN) && read( ring->wake, &wakes, sizeof(wakes) ) < 0) perror( "labscsi: eventfd" );
    }
    return NULL;
}

static void wake( struct ring *ring )
{
    uint64_t one = 1;

    if (write( ring->wake, &one, sizeof(one) ) < 0) perror( "labscsi: eventfd" );
}

static bool open_ring( struct ring *ring )
{
    char path[32];
    int number = configfs_find_uio( ring->device, &ring->map_size );

    if (number < 0)
    {
        fprintf( stderr, "labscsi: no uio device for %s\n", ring->device->name );
        return false;
    }
    snprintf( path, sizeof(path), "/dev/uio%d", number );
    if ((ring->uio = open( path, O_RDWR | O_NONBLOCK | O_CLOEXEC )) < 0)
    {
        perror( path );
        return false;
    }
    ring->map = mmap( NULL, ring->map_size, PROT_READ | PROT_WRITE, MAP_SHARED, ring->uio, 0 );
    if (ring->map == MAP_FAILED)
    {
        perror( path );
        return false;
    }
    ring->mailbox = (struct tcmu_mailbox *)ring->map;
    ring->position = ring->mailbox->cmd_tail;
    return true;
}

static bool start_ring( struct ring *ring )
{
    if (!configfs_create_backend( ring->device ) || !open_ring( ring )) return false;
    if ((ring->wake = eventfd( 0, EFD_CLOEXEC | EFD_NONBLOCK )) < 0) return false;
    ring->running = !pthread_create( &ring->thread, NULL, ring_thread, ring );
    return ring->running && (ring->linked = configfs_link( ring->device ));
}

static void unlink_ring( struct ring *ring )
{
    configfs_set_offline( ring->device );
    ring->device->present = false;
    wake( ring );  /* commands that are held must end first: unlinking waits for them */
    configfs_unlink( ring->device );
    ring->linked = false;
}

static void stop_ring( struct ring *ring )
{
    if (ring->linked) unlink_ring( ring );
    if (ring->running)
    {
        ring->stop = true;
        wake( ring );
        pthread_join( ring->thread, NULL );
    }
    if (ring->map && ring->map != MAP_FAILED) munmap( ring->map, ring->map_size );
    if (ring->uio > 0) close( ring->uio );
    if (ring->wake > 0) close( ring->wake );
    if (ring->device) configfs_remove_backend( ring->device );
}

static bool set_present( struct lab_device *device, bool present )
{
    struct ring *ring = &rings[device->index];

    if (!present)
    {
        unlink_ring( ring );
        return true;
    }
    device->present = true;
    return (ring->linked = configfs_link( device ));
}

/* how many generic SCSI nodes of this lab there are */
static unsigned int count_nodes(void)
{
    unsigned int count = 0, number;
    char line[32], path[32];
    glob_t found;
    FILE *file;
    size_t i;

    if (glob( "/sys/class/scsi_generic/sg*/device/vendor", 0, NULL, &found )) return 0;
    for (i = 0; i < found.gl_pathc; i++)
    {
        if (!(file = fopen( found.gl_pathv[i], "re" ))) continue;
        if (fgets( line, sizeof(line), file ) && !strncmp( line, "LABSCSI", 7 ) &&
            sscanf( found.gl_pathv[i], "/sys/class/scsi_generic/sg%u", &number ) == 1)
        {
            snprintf( path, sizeof(path), "/dev/sg%u", number );
            if (!access( path, F_OK )) count++;
        }
        fclose( file );
    }
    globfree( &found );
    return count;
}

static bool wait_nodes( unsigned int wanted )
{
    unsigned long long end = lab_now() + READY_TIMEOUT_MS;

    while (count_nodes() < wanted)
    {
        if (lab_now() > end)
        {
            fprintf( stderr, "labscsi: only %u of %u devices have a /dev/sg node\n", count_nodes(), wanted );
            return false;
        }
        usleep( 20000 );
    }
    return true;
}

bool tcmu_start( struct lab *lab )
{
    unsigned int i;

    if (!(rings = calloc( lab->device_count, sizeof(*rings) )) || !configfs_prepare()) return false;
    for (i = 0; i < lab->device_count; i++)
    {
        rings[i].device = lab->devices[i];
        if (!start_ring( &rings[i] )) return false;
    }
    lab->set_present = set_present;
    return wait_nodes( lab->device_count );
}

void tcmu_stop( struct lab *lab )
{
    unsigned int i;

    for (i = 0; rings && i < lab->device_count; i++) stop_ring( &rings[i] );
    free( rings );
}
