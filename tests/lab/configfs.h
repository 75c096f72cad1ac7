/*
 * The kernel's side of a TCMU device: its configfs objects
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

#ifndef __LAB_CONFIGFS_H
#define __LAB_CONFIGFS_H

#include "device.h"

/* mounts configfs if it is not yet; false = the target modules are not loaded */
extern bool configfs_prepare( void );
/* the backend: after this the kernel has a uio device for it */
extern bool configfs_create_backend( const struct lab_device *device );
extern void configfs_remove_backend( const struct lab_device *device );
/* Number of the uio device, -1 = not found. */
extern int configfs_find_uio( const struct lab_device *device, size_t *map_size );
/* The SCSI host. Both wait for the device's answers, so never call them from the thread that gives these. */
extern bool configfs_link( const struct lab_device *device );
extern void configfs_unlink( const struct lab_device *device );
/* makes new commands fail at once */
extern void configfs_set_offline( const struct lab_device *device );

#endif /* __LAB_CONFIGFS_H */
