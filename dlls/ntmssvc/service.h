/*
 * The outer half of the removable storage service: process, transport and sessions
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

#ifndef __WINE_NTMSSVC_SERVICE_H
#define __WINE_NTMSSVC_SERVICE_H

#include "ntmssvc.h"

/* ------------------------------------------------------------------ main.c */

/* whether calls may begin: ERROR_SUCCESS, ERROR_NOT_READY while the service is starting or stopping, or
 * ERROR_NOT_CONNECTED when it has no database to work with */
DWORD service_ready(void);

/* ------------------------------------------------------------------ rpc.c (its methods are in rpcobject.c and rpcmedia.c) */

DWORD rpc_start(void);
void rpc_stop(void);

/* ------------------------------------------------------------------ session.c */

/* how a wait has ended */
struct completion
{
    DWORD request;
    DWORD result;
    DWORD count;
    GUID  ids[MAX_WAIT_IDS];
};

DWORD session_open( DWORD pid, const WCHAR *application, const WCHAR *computer, const WCHAR *user, DWORD *id );
/* cancels its waits with ERROR_CANCELLED, gives back what it holds; an unknown id is ignored */
void session_close( DWORD id );
/* A call of a process on one of its sessions; NULL when it has none of that id.  The session is there until
 * session_leave(). */
struct session *session_enter( DWORD id, DWORD pid );
void session_leave( struct session *session );
/* gives the process the results of its waits, waiting some seconds for one; ERROR_INVALID_HANDLE when it has no session */
DWORD session_fetch_completions( DWORD pid, struct completion *list, DWORD max, DWORD *count );
/* closes all sessions and opens no more; waits end with ERROR_NOT_CONNECTED, as those do that hear of it from the transport */
void sessions_stop(void);

/* ------------------------------------------------------------------ hold.c */

DWORD hold_start(void);
void hold_stop(void);

#endif /* __WINE_NTMSSVC_SERVICE_H */
