/*
 * Device objects, request queues and open files of the tape and changer drivers
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

#ifndef __WINE_TAPE_QUEUE_H
#define __WINE_TAPE_QUEUE_H

#include "identity.h"

/* One open handle, found at FileObject->FsContext. Wine's CreateFile does not wait for the driver's answer and a close
 * always follows: when the open fails, every request on the handle is answered with its status. */
struct device_file
{
    LIST_ENTRY entry;    /* in device->files */
    NTSTATUS   status;   /* of the open; close() is called for a successful one only */
    BOOL       counted;  /* in device->file_count */
    BOOL       enabled;  /* the owner had enabled the device when the handle was opened */
    BOOL       opened;   /* the worker is done with the open; protected by device->cs, as is the next one */
    UINT       slow;     /* slow requests queued or under way */
    UINT64     handle;   /* for the driver: its Unix object for this handle */
};

/* one numbered device: \\.\Tape0; lives until the driver is unloaded, units come and go */
struct device
{
    LIST_ENTRY             entry;        /* in the list of devices */
    DEVICE_OBJECT         *object;
    unsigned int           number;
    struct device_identity identity;     /* changes with cs held */
    UINT64                 unit;         /* Unix object; 0 while nothing is attached */

    CRITICAL_SECTION       cs;           /* protects the members below and the cancel state of queued requests */
    CONDITION_VARIABLE     wakeup;
    LIST_ENTRY             queue;        /* pending IRPs */
    IRP                   *running;      /* what the worker is doing, if that can be given up */
    BOOL                   given_up;     /* the driver has been told to */
    LIST_ENTRY             files;
    unsigned int           file_count;   /* handles that keep others out: not failed, and no close seen yet */
    BOOL                   removed;      /* the unit is gone, nothing but closes is accepted */
    BOOL                   stopping;     /* the workers end when the queue is empty */
    HANDLE                 workers[2];   /* the second one is for slow requests */
};

/* What a driver supplies. The calls for a file are made by the device's worker, one at a time; where there are slow
 * requests, these are made by a second worker, at the same time as others. */
struct device_driver
{
    const WCHAR *name;        /* "Tape": also the name of the devices without their number */
    DEVICE_TYPE  type;
    BOOL         exclusive;   /* one handle at a time */
    /* waits for the next event */
    NTSTATUS   (*next_event)( struct device_event *event );
    /* makes next_event() report DEVICE_EVENT_STOPPED */
    void       (*stop_events)(void);
    /* the unit has gone and no handle uses it any more */
    void       (*release_unit)( UINT64 unit );
    /* may set file->handle */
    NTSTATUS   (*open)( struct device *device, struct device_file *file );
    void       (*close)( struct device *device, struct device_file *file );
    /* read, write or control request; sets IoStatus.Information and returns the status, does not complete the IRP;
     * STATUS_PENDING means that it shall be made again after a while */
    NTSTATUS   (*request)( struct device *device, struct device_file *file, IRP *irp );
    /* Makes the running request end soon with STATUS_CANCELLED if it can, and likewise all that the driver does until it is
     * called again with FALSE; called from other threads. May be NULL. */
    void       (*cancel)( struct device *device, BOOL cancel );
    /* answers IOCTL_SCSI_PASS_THROUGH and _DIRECT in request() */
    BOOL         pass_through;
    /* may this control code be sent to a device that its owner has not enabled? common storage requests need not be listed */
    BOOL       (*is_inquiry)( ULONG code );
    /* may this control request take minutes? NULL = there are none, or others have to wait for them */
    BOOL       (*is_slow)( ULONG code );
};

/* called by DriverEntry: fills in the dispatch table and reports all devices present before it returns */
extern NTSTATUS start_devices( DRIVER_OBJECT *driver_object, const struct device_driver *driver );

/* the program that has sent an IOCTL_SCSI_PASS_THROUGH_DIRECT, or NULL */
extern HANDLE get_request_process( IRP *irp );
extern struct device_identity get_device_identity( struct device *device );
extern BOOL passes_through(void);

/* passthrough.c: IOCTL_SCSI_PASS_THROUGH and _DIRECT; the driver sends the command */
struct pass_through_params;
typedef NTSTATUS (*pass_through_func)( struct pass_through_params *params );
extern NTSTATUS pass_through_request( struct device_file *file, IRP *irp, pass_through_func send );

/* storage.c: the requests that all storage devices answer, from the identity alone;
 * STATUS_NOT_IMPLEMENTED means that the request is not one of them */
extern NTSTATUS common_storage_request( struct device *device, IRP *irp );

#endif /* __WINE_TAPE_QUEUE_H */
