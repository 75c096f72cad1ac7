/*
 * The ways into the lab: TCMU, socket, control
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

#ifndef __LAB_FRONTEND_H
#define __LAB_FRONTEND_H

#include <stdio.h>

#include "library.h"

/* Errors are told on standard error. */
extern bool tcmu_start( struct lab *lab );
extern void tcmu_stop( struct lab *lab );

extern bool socket_start( struct lab *lab, const char *path );
extern void socket_stop(void);

extern bool control_start( struct lab *lab, const char *path );
extern void control_stop(void);
/* performs one line; the answer, which may have several lines, goes to reply and always ends in "ok" or "error: ..." */
extern void control_execute( struct lab *lab, char *line, FILE *reply );

/* a listening unix socket, -1 on failure */
extern int listen_unix( const char *path, int type );

#endif /* __LAB_FRONTEND_H */
