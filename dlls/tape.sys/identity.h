/*
 * What identifies a SCSI device, known to both sides of the tape and changer drivers
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

#ifndef __WINE_TAPE_IDENTITY_H
#define __WINE_TAPE_IDENTITY_H

/* strings are printable ASCII, trimmed at both ends, terminated */
struct device_identity
{
    UINT32 host;            /* Linux SCSI address */
    UINT32 channel;
    UINT32 target;
    UINT32 lun;
    UINT8  type;            /* peripheral device type */
    UINT8  removable;
    char   vendor[9];
    char   product[17];
    char   revision[5];
    char   serial[64];      /* unit serial number (VPD 80h), "" when there is none */
    UINT32 max_transfer;    /* bytes that one command may transfer */
    UINT8  inquiry_size;
    UINT8  inquiry[64];     /* standard inquiry data as they came */
};

enum device_event_type
{
    DEVICE_EVENT_ARRIVED,
    DEVICE_EVENT_REMOVED,
    DEVICE_EVENT_SETTLED,   /* every device present at the last scan has been reported */
    DEVICE_EVENT_STOPPED,   /* no event will follow */
};

struct device_event
{
    UINT32                 type;
    UINT64                 unit;      /* names the device in all later calls */
    struct device_identity identity;  /* valid on arrival */
};

#endif /* __WINE_TAPE_IDENTITY_H */
