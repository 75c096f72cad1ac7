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

#ifndef __WINE_TAPE_UNITS_H
#define __WINE_TAPE_UNITS_H

#include "wine/list.h"
#include "identity.h"
#include "scsi.h"

/* One device. A driver puts it first in a larger structure of its own, which starts out zeroed.
 * The event thread owns the list; once reported, all else belongs to the PE side's worker until it releases the unit. */
struct unit
{
    struct list            entry;
    struct host_device     host;
    struct scsi_device     scsi;
    struct device_identity identity;
    BOOL                   present;   /* seen by the last scan */
    BOOL                   reported;  /* the PE side knows it */
    BOOL                   failed;    /* did not answer an inquiry since the last scan */
    BOOL                   ignored;   /* of the other type, and not accepted */
    BOOL                   replaced;  /* another device answers in its place; protected like what stops the events */
};

/* waits for the next event; size is that of the driver's structure */
extern NTSTATUS units_next_event( int type, size_t size, struct device_event *event );
/* devices of another type are wanted as well, if accept() says so, which is asked once while the unit is open */
extern void units_accept( int type, BOOL (*accept)( struct unit *unit ) );
/* makes a waiting or the next units_next_event() report DEVICE_EVENT_STOPPED */
extern void units_stop(void);
/* opens the generic node, if it is not open; attentions are left for the caller to drain */
extern NTSTATUS unit_open( struct unit *unit );
extern void unit_close( struct unit *unit );
/* asks an open unit again who it is; fails when another device has taken its place, which is reported as an event, then */
extern NTSTATUS unit_identify( struct unit *unit );
/* after DEVICE_EVENT_REMOVED or DEVICE_EVENT_STOPPED, when nothing uses the unit any more */
extern void unit_release( struct unit *unit );

#endif /* __WINE_TAPE_UNITS_H */
