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
/* the functions that need no more than objects, which must be named */
DWORD call_with_object( HANDLE handle, const GUID *id, DWORD (*func)( struct session *, const GUID * ) );
DWORD call_with_objects( HANDLE handle, const GUID *id1, const GUID *id2,
                         DWORD (*func)( struct session *, const GUID *, const GUID * ) );
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
DWORD remote_set_information( struct session *session, const GUID *id, const NTMS_OBJECTINFORMATIONW *info );
DWORD remote_get_attribute( struct session *session, const GUID *id, DWORD type, const WCHAR *name, DWORD capacity,
                            DWORD *total, DWORD *count, BYTE **data );
DWORD remote_set_attribute( struct session *session, const GUID *id, DWORD type, const WCHAR *name, const BYTE *data,
                            DWORD size );
DWORD remote_get_security( struct session *session, const GUID *id, DWORD type, SECURITY_INFORMATION information,
                           DWORD capacity, DWORD *total, DWORD *count, BYTE **descriptor );
DWORD remote_set_security( struct session *session, const GUID *id, DWORD type, SECURITY_INFORMATION information,
                           const BYTE *descriptor, DWORD size );
DWORD remote_get_ui_options( struct session *session, const GUID *id, DWORD type, DWORD capacity, DWORD *total,
                             DWORD *count, WCHAR **destinations );
DWORD remote_set_ui_options( struct session *session, const GUID *id, DWORD type, DWORD operation, const WCHAR *destination );
DWORD remote_enable( struct session *session, DWORD type, const GUID *id );
DWORD remote_disable( struct session *session, DWORD type, const GUID *id );
DWORD remote_export_database( struct session *session );
DWORD remote_import_database( struct session *session );
DWORD remote_create_pool( struct session *session, const WCHAR *name, const GUID *media_type, DWORD action,
                          const BYTE *descriptor, DWORD descriptor_size, GUID *pool );
DWORD remote_get_pool_name( struct session *session, const GUID *pool, WCHAR name[RSMP_MAX_POOL_NAME] );
DWORD remote_delete_pool( struct session *session, const GUID *pool );
DWORD remote_move_to_pool( struct session *session, const GUID *media, const GUID *pool );
DWORD remote_allocate( struct session *session, const GUID *pool, const GUID *partition, GUID *media, DWORD options,
                       DWORD timeout, GUID *allocated_from, DWORD *request );
DWORD remote_deallocate( struct session *session, const GUID *media, DWORD options );
DWORD remote_decommission( struct session *session, const GUID *side );
DWORD remote_set_complete( struct session *session, const GUID *media );
DWORD remote_delete_media( struct session *session, const GUID *media );
DWORD remote_swap_media( struct session *session, const GUID *media1, const GUID *media2 );
DWORD remote_create_media( struct session *session, NTMS_OBJECTINFORMATIONW *media, NTMS_OBJECTINFORMATIONW *sides,
                           DWORD count, DWORD options );
DWORD remote_add_media_type( struct session *session, const GUID *media_type, const GUID *library );
DWORD remote_delete_media_type( struct session *session, const GUID *media_type, const GUID *library );
DWORD remote_change_media_type( struct session *session, const GUID *media, const GUID *pool );
DWORD remote_delete_library( struct session *session, const GUID *library );
DWORD remote_delete_drive( struct session *session, const GUID *drive );
DWORD remote_dismount_drive( struct session *session, const GUID *drive );
DWORD remote_cancel_library_request( struct session *session, const GUID *request );
DWORD remote_delete_requests( struct session *session, const GUID *requests, DWORD type, DWORD count );
DWORD remote_get_request_order( struct session *session, const GUID *request, DWORD *order );
DWORD remote_set_request_order( struct session *session, const GUID *request, DWORD order );
DWORD remote_submit_operator_request( struct session *session, DWORD kind, const WCHAR *message, const GUID *arg1,
                                      const GUID *arg2, GUID *id );
DWORD remote_wait_operator_request( struct session *session, const GUID *id, DWORD timeout, DWORD *request );
DWORD remote_cancel_operator_request( struct session *session, const GUID *id );
DWORD remote_satisfy_operator_request( struct session *session, const GUID *id );
DWORD remote_open_notification( struct session *session, DWORD type, DWORD *channel );
DWORD remote_close_notification( struct session *session, DWORD channel );
DWORD remote_wait_notification( struct session *session, DWORD channel, DWORD timeout, DWORD *operation, GUID *id,
                                DWORD *request );
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
/* the same for a reply that cannot be the service's */
DWORD bad_reply( const char *function );

/* ------------------------------------------------------------------ wait.c */

/* waits until the service has ended the request; ids receives count identifiers on success */
DWORD wait_for_request( struct session *session, const char *function, DWORD request, GUID *ids, DWORD count );
/* ends the waits of a connection that has been lost */
void waits_disconnect( DWORD connection );

/* ------------------------------------------------------------------ convert.c */

/* *ret is to be freed; a NULL string stays NULL */
DWORD string_to_wide( const char *str, WCHAR **ret );

/* The forms of NTMS_OBJECTINFORMATION.  NTMS_I1_OBJECTINFORMATION is that of programs for the first version. */
enum layout
{
    LAYOUT_W,       /* also that of the service */
    LAYOUT_A,
    LAYOUT_I1_W,
    LAYOUT_I1_A,
    LAYOUT_COUNT
};

DWORD layout_size( enum layout layout );
/* what a structure of a size is, if anything */
BOOL find_layout( DWORD size, BOOL ansi, enum layout *layout );
/* Members that the program's form does not have stay as they are.  ERROR_INVALID_PARAMETER when it has no objects of this
 * type or a string does not end. */
DWORD information_from_program( NTMS_OBJECTINFORMATIONW *service, const void *info, enum layout layout );
/* The size is the program's.  The same errors; and ERROR_INSUFFICIENT_BUFFER when a string did not fit, all else is there. */
DWORD information_to_program( void *info, enum layout layout, const NTMS_OBJECTINFORMATIONW *service );

/* ------------------------------------------------------------------ security.c */

/* the descriptor in self-relative form, *ret to be freed; ERROR_INVALID_PARAMETER for one that is malformed or too large */
DWORD copy_descriptor( SECURITY_DESCRIPTOR *descriptor, BYTE **ret, DWORD *size );

#endif /* __WINE_NTMSAPI_PRIVATE_H */
