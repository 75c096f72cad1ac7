/*
 * The SCSI devices that are present, and their coming and going
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

#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winternl.h"
#include "wine/debug.h"

#include "units.h"

WINE_DEFAULT_DEBUG_CHANNEL(tape);

#define MAX_UNITS   256
#define SETTLE_MS   200   /* a device's nodes appear one after the other */
#define RESCAN_MS   2000  /* without notifications */

static struct list units = LIST_INIT( units );
static BOOL scanned, settled;
static BOOL stopping;             /* protected by stop_mutex, like every unit's replaced */
static pthread_mutex_t stop_mutex = PTHREAD_MUTEX_INITIALIZER;

NTSTATUS unit_open( struct unit *unit )
{
    int fd;

    if (unit->scsi.fd >= 0) return STATUS_SUCCESS;
    if ((fd = host_ops.open_device( unit->host.sg_path, O_RDWR | O_NONBLOCK | O_CLOEXEC )) < 0)
    {
        WARN( "failed to open %s, errno %d\n", unit->host.sg_path, -fd );
        return errno_to_status( fd );
    }
    unit->scsi.fd = fd;
    return STATUS_SUCCESS;
}

void unit_close( struct unit *unit )
{
    if (unit->scsi.fd < 0) return;
    host_ops.close_device( unit->scsi.fd );
    unit->scsi.fd = -1;
}

void unit_release( struct unit *unit )
{
    unit_close( unit );
    list_remove( &unit->entry );
    free( unit );
}

/* the firmware may be another one than before, but nothing else */
static BOOL is_same_identity( const struct device_identity *a, const struct device_identity *b )
{
    return a->type == b->type && !strcmp( a->vendor, b->vendor ) && !strcmp( a->product, b->product ) &&
           !strcmp( a->serial, b->serial );
}

NTSTATUS unit_identify( struct unit *unit )
{
    struct device_identity identity = unit->identity;
    NTSTATUS status;

    if ((status = scsi_identify( &unit->scsi, &identity ))) return status;
    /* not every drive tells its number at every time */
    if (!identity.serial[0]) memcpy( identity.serial, unit->identity.serial, sizeof(identity.serial) );
    if (is_same_identity( &identity, &unit->identity ))
    {
        unit->identity = identity;
        return STATUS_SUCCESS;
    }
    WARN( "%s is another device now\n", unit->host.sg_path );
    pthread_mutex_lock( &stop_mutex );
    unit->replaced = TRUE;
    host_ops.wake();
    pthread_mutex_unlock( &stop_mutex );
    return STATUS_DEVICE_NOT_CONNECTED;
}

static BOOL is_replaced( const struct unit *unit )
{
    BOOL ret;

    pthread_mutex_lock( &stop_mutex );
    ret = unit->replaced;
    pthread_mutex_unlock( &stop_mutex );
    return ret;
}

static BOOL is_same_device( const struct host_device *a, const struct host_device *b )
{
    return a->host == b->host && a->channel == b->channel && a->target == b->target && a->lun == b->lun &&
           !strcmp( a->sg_path, b->sg_path ) && !strcmp( a->lock_path, b->lock_path );
}

static struct unit *find_unit( const struct host_device *host )
{
    struct unit *unit;

    LIST_FOR_EACH_ENTRY( unit, &units, struct unit, entry )
        if (!is_replaced( unit ) && is_same_device( &unit->host, host )) return unit;
    return NULL;
}

static struct unit *add_unit( const struct host_device *host, size_t size )
{
    struct unit *unit;

    if (!(unit = calloc( 1, size ))) return NULL;
    unit->host = *host;
    unit->scsi.fd = -1;
    unit->identity.host = host->host;
    unit->identity.channel = host->channel;
    unit->identity.target = host->target;
    unit->identity.lun = host->lun;
    list_add_tail( &units, &unit->entry );
    return unit;
}

static int other_type;
static BOOL (*accept_other)( struct unit *unit );

void units_accept( int type, BOOL (*accept)( struct unit *unit ) )
{
    other_type = type;
    accept_other = accept;
}

static BOOL scan_type( int type, size_t size )
{
    static struct host_device found[MAX_UNITS];
    struct unit *unit;
    int i, count;

    if ((count = host_ops.discover( type, found, MAX_UNITS )) < 0)
    {
        WARN( "failed to look for devices, errno %d\n", -count );
        return FALSE;
    }
    if (count > MAX_UNITS) FIXME( "only the first %u of %d devices are used\n", MAX_UNITS, count );

    LIST_FOR_EACH_ENTRY( unit, &units, struct unit, entry )
        if (unit->host.type == type) unit->present = unit->failed = FALSE;
    for (i = 0; i < min( count, MAX_UNITS ); i++)
    {
        if (!(unit = find_unit( &found[i] ))) unit = add_unit( &found[i], size );
        if (unit) unit->present = TRUE;
    }
    return TRUE;
}

static void scan_units( int type, size_t size )
{
    if (scan_type( type, size ) && accept_other) scan_type( other_type, size );
}

/* a device that went; unlinked from now on, its memory lives until it is released */
static BOOL report_removal( struct device_event *event )
{
    struct unit *unit, *next;

    LIST_FOR_EACH_ENTRY_SAFE( unit, next, &units, struct unit, entry )
    {
        if (unit->present) continue;
        list_remove( &unit->entry );
        list_init( &unit->entry );
        if (!unit->reported)
        {
            unit_release( unit );
            continue;
        }
        event->type = DEVICE_EVENT_REMOVED;
        event->unit = (UINT_PTR)unit;
        return TRUE;
    }
    return FALSE;
}

static NTSTATUS identify_unit( struct unit *unit )
{
    NTSTATUS status;

    if ((status = unit_open( unit ))) return status;
    status = scsi_identify( &unit->scsi, &unit->identity );
    unit->identity.max_transfer = max( host_ops.max_transfer( unit->scsi.fd ), 0 );
    unit->ignored = !status && accept_other && unit->host.type == other_type && !accept_other( unit );
    unit_close( unit );
    return status;
}

/* a device that came; one that cannot be opened or does not answer gets another chance at the next scan */
static BOOL report_arrival( struct device_event *event )
{
    struct unit *unit;
    NTSTATUS status;

    LIST_FOR_EACH_ENTRY( unit, &units, struct unit, entry )
    {
        if (unit->reported || unit->failed || unit->ignored) continue;
        if ((status = identify_unit( unit )))
        {
            WARN( "%s does not answer, status %#x\n", unit->host.sg_path, (int)status );
            unit->failed = TRUE;
            continue;
        }
        if (unit->ignored) continue;
        unit->reported = TRUE;
        event->type = DEVICE_EVENT_ARRIVED;
        event->unit = (UINT_PTR)unit;
        event->identity = unit->identity;
        return TRUE;
    }
    return FALSE;
}

static BOOL any_replaced(void)
{
    struct unit *unit;

    LIST_FOR_EACH_ENTRY( unit, &units, struct unit, entry ) if (is_replaced( unit )) return TRUE;
    return FALSE;
}

/* woken up, there is something to do for us or the driver is to stop */
static void wait_for_change(void)
{
    int ret = host_ops.wait_change( -1 );

    if (!ret)
    {
        if (any_replaced()) scanned = FALSE;
        return;
    }
    if (ret < 0) WARN( "no notifications, errno %d\n", -ret );
    host_ops.sleep_ms( ret < 0 ? RESCAN_MS : SETTLE_MS );
    scanned = FALSE;
}

static BOOL is_stopping(void)
{
    BOOL ret;

    pthread_mutex_lock( &stop_mutex );
    ret = stopping;
    pthread_mutex_unlock( &stop_mutex );
    return ret;
}

NTSTATUS units_next_event( int type, size_t size, struct device_event *event )
{
    for (;;)
    {
        if (is_stopping())
        {
            stopping = scanned = settled = FALSE;
            host_ops.end_wait();
            event->type = DEVICE_EVENT_STOPPED;
            return STATUS_SUCCESS;
        }
        if (!scanned)
        {
            scan_units( type, size );
            scanned = TRUE;
            settled = FALSE;
        }
        if (report_removal( event ) || report_arrival( event )) return STATUS_SUCCESS;
        if (!settled)
        {
            settled = TRUE;
            event->type = DEVICE_EVENT_SETTLED;
            return STATUS_SUCCESS;
        }
        wait_for_change();
    }
}

void units_stop(void)
{
    /* who sees the one has to find the other done */
    pthread_mutex_lock( &stop_mutex );
    stopping = TRUE;
    host_ops.wake();
    pthread_mutex_unlock( &stop_mutex );
}
