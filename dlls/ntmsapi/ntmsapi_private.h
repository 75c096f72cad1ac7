/*
 * ntmsapi.dll: what its files share
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

#ifndef __WINE_NTMSAPI_PRIVATE_H
#define __WINE_NTMSAPI_PRIVATE_H

#include <stdarg.h>
#include <stdlib.h>

#include "windef.h"
#include "winbase.h"
#include "winnls.h"
#include "ntmsapi.h"
#include "rpc.h"
#include "ntmsrpc.h"
#include "wine/debug.h"
#include "wine/list.h"

/* ------------------------------------------------------------------ session.c */

struct session
{
    struct list  entry;        /* in the table of handles */
    LONG         refs;         /* of the table, and of each call */
    HANDLE       handle;
    BOOL         closed;
    DWORD        connection;   /* that it was opened on */
    RSMP_SESSION context;
    DWORD        id;           /* its name in the service */
};

/* the session of a handle, to be given back with session_release(); NULL when there is none */
struct session *session_grab( HANDLE handle );
void session_release( struct session *session );
void session_add( struct session *session );
/* forgets the service's side of the sessions of a connection that has been lost */
void sessions_disconnect( DWORD connection );

/* ------------------------------------------------------------------ service.c */

/* starts the service; *started tells, and remembers, whether this caller has done so */
DWORD start_service( BOOL *started );

/* ------------------------------------------------------------------ remote.c */

/* Each calls the method of the service.  When the connection is lost they return what the API function documents for
 * it. */
DWORD remote_open( struct session *session, const WCHAR *application, const WCHAR *computer, const WCHAR *user );
DWORD remote_close( struct session *session );
DWORD remote_enumerate( struct session *session, const GUID *container, DWORD type, DWORD options, DWORD capacity,
                        DWORD *total, DWORD *count, GUID **list );
DWORD remote_get_information( struct session *session, const GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *info );
DWORD remote_create_pool( struct session *session, const WCHAR *name, const GUID *media_type, DWORD action,
                          const BYTE *descriptor, DWORD descriptor_size, GUID *pool );
DWORD remote_move_to_pool( struct session *session, const GUID *media, const GUID *pool );
DWORD remote_allocate( struct session *session, const GUID *pool, const GUID *partition, GUID *media, DWORD options,
                       DWORD timeout, GUID *allocated_from, DWORD *request );
DWORD remote_deallocate( struct session *session, const GUID *media, DWORD options );
DWORD remote_mount( struct session *session, const GUID *media, const GUID *drives, DWORD count, DWORD options,
                    int priority, DWORD timeout, DWORD *request );
DWORD remote_dismount( struct session *session, const GUID *media, DWORD count, DWORD options );
DWORD remote_update_omid( struct session *session, const GUID *media, DWORD label_type, const BYTE *buffer, DWORD size );
/* on whatever connection there is; *list is freed with MIDL_user_free() */
DWORD remote_wait_completions( DWORD connection, DWORD *count, RSMP_COMPLETION **list );

/* the number of the present connection: sessions and waits of an earlier one are lost */
DWORD current_connection(void);
/* what a function documents for a lost connection */
DWORD lost_connection_error( const char *function );

/* ------------------------------------------------------------------ wait.c */

/* waits until the service has ended the request; ids receives count identifiers on success */
DWORD wait_for_request( struct session *session, const char *function, DWORD request, GUID *ids, DWORD count );
/* ends the waits of a connection that has been lost */
void waits_disconnect( DWORD connection );

/* ------------------------------------------------------------------ convert.c */

/* *ret is to be freed; a NULL string stays NULL */
DWORD string_to_wide( const char *str, WCHAR **ret );
void information_to_ansi( NTMS_OBJECTINFORMATIONA *a, const NTMS_OBJECTINFORMATIONW *w );

#endif /* __WINE_NTMSAPI_PRIVATE_H */
