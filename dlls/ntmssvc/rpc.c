/*
 * The local protocol: what ntmsapi.dll calls
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

#include "service.h"

#include <stdlib.h>

#include "rpc.h"
#include "rpcdcep.h"
#include "ntmsrpc.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

C_ASSERT( RSMP_MAX_WAIT_IDS == MAX_WAIT_IDS );
C_ASSERT( RSMP_MAX_POOL_NAME == NTMS_POOLHIERARCHY_LENGTH );
C_ASSERT( RSMP_MAX_NAME == NTMS_APPLICATIONNAME_LENGTH );

/* the structures of the protocol are those of the API */
#define SAME_FIELD(a, b, field) \
    C_ASSERT( FIELD_OFFSET( a, field ) == FIELD_OFFSET( b, field ) && RTL_FIELD_SIZE( a, field ) == RTL_FIELD_SIZE( b, field ) )
#define SAME_SIZE(a, b)  C_ASSERT( sizeof(a) == sizeof(b) )

SAME_SIZE( RSMP_OBJECTINFORMATION, NTMS_OBJECTINFORMATIONW );
SAME_FIELD( RSMP_OBJECTINFORMATION, NTMS_OBJECTINFORMATIONW, dwOperationalState );
SAME_FIELD( RSMP_OBJECTINFORMATION, NTMS_OBJECTINFORMATIONW, szDescription );
SAME_FIELD( RSMP_OBJECTINFORMATION, NTMS_OBJECTINFORMATIONW, Info );
SAME_SIZE( RSMP_DRIVEINFORMATION, NTMS_DRIVEINFORMATIONW );
SAME_FIELD( RSMP_DRIVEINFORMATION, NTMS_DRIVEINFORMATIONW, LastCleanedTs );
SAME_FIELD( RSMP_DRIVEINFORMATION, NTMS_DRIVEINFORMATIONW, dwDeferDismountDelay );
SAME_SIZE( RSMP_LIBRARYINFORMATION, NTMS_LIBRARYINFORMATION );
SAME_FIELD( RSMP_LIBRARYINFORMATION, NTMS_LIBRARYINFORMATION, Reserved );
SAME_FIELD( RSMP_LIBRARYINFORMATION, NTMS_LIBRARYINFORMATION, dwFlags );
SAME_SIZE( RSMP_CHANGERINFORMATION, NTMS_CHANGERINFORMATIONW );
SAME_FIELD( RSMP_CHANGERINFORMATION, NTMS_CHANGERINFORMATIONW, szDeviceName );
SAME_FIELD( RSMP_CHANGERINFORMATION, NTMS_CHANGERINFORMATIONW, Library );
SAME_SIZE( RSMP_STORAGESLOTINFORMATION, NTMS_STORAGESLOTINFORMATION );
SAME_SIZE( RSMP_IEDOORINFORMATION, NTMS_IEDOORINFORMATION );
SAME_FIELD( RSMP_IEDOORINFORMATION, NTMS_IEDOORINFORMATION, Library );
SAME_SIZE( RSMP_IEPORTINFORMATION, NTMS_IEPORTINFORMATION );
SAME_FIELD( RSMP_IEPORTINFORMATION, NTMS_IEPORTINFORMATION, Library );
SAME_SIZE( RSMP_PMIDINFORMATION, NTMS_PMIDINFORMATIONW );
SAME_FIELD( RSMP_PMIDINFORMATION, NTMS_PMIDINFORMATIONW, szBarCode );
SAME_FIELD( RSMP_PMIDINFORMATION, NTMS_PMIDINFORMATIONW, MountedPartition );
SAME_SIZE( RSMP_LMIDINFORMATION, NTMS_LMIDINFORMATION );
SAME_SIZE( RSMP_PARTITIONINFORMATION, NTMS_PARTITIONINFORMATIONW );
SAME_FIELD( RSMP_PARTITIONINFORMATION, NTMS_PARTITIONINFORMATIONW, OmidLabelId );
SAME_FIELD( RSMP_PARTITIONINFORMATION, NTMS_PARTITIONINFORMATIONW, szOmidLabelInfo );
SAME_FIELD( RSMP_PARTITIONINFORMATION, NTMS_PARTITIONINFORMATIONW, Capacity );
SAME_SIZE( RSMP_MEDIAPOOLINFORMATION, NTMS_MEDIAPOOLINFORMATION );
SAME_FIELD( RSMP_MEDIAPOOLINFORMATION, NTMS_MEDIAPOOLINFORMATION, dwNumberOfMediaPools );
SAME_SIZE( RSMP_MEDIATYPEINFORMATION, NTMS_MEDIATYPEINFORMATION );
SAME_SIZE( RSMP_DRIVETYPEINFORMATION, NTMS_DRIVETYPEINFORMATIONW );
SAME_FIELD( RSMP_DRIVETYPEINFORMATION, NTMS_DRIVETYPEINFORMATIONW, DeviceType );
SAME_SIZE( RSMP_CHANGERTYPEINFORMATION, NTMS_CHANGERTYPEINFORMATIONW );
SAME_SIZE( RSMP_LIBREQUESTINFORMATION, NTMS_LIBREQUESTINFORMATIONW );
SAME_FIELD( RSMP_LIBREQUESTINFORMATION, NTMS_LIBREQUESTINFORMATIONW, szComputer );
SAME_FIELD( RSMP_LIBREQUESTINFORMATION, NTMS_LIBREQUESTINFORMATIONW, WorkItemId );
SAME_SIZE( RSMP_OPREQUESTINFORMATION, NTMS_OPREQUESTINFORMATIONW );
SAME_FIELD( RSMP_OPREQUESTINFORMATION, NTMS_OPREQUESTINFORMATIONW, Arg2 );
SAME_FIELD( RSMP_OPREQUESTINFORMATION, NTMS_OPREQUESTINFORMATIONW, szComputer );
SAME_SIZE( RSMP_COMPUTERINFORMATION, NTMS_COMPUTERINFORMATION );
SAME_SIZE( RSMP_COMPLETION, struct completion );
SAME_FIELD( RSMP_COMPLETION, struct completion, ids );

void * __RPC_USER MIDL_user_allocate( SIZE_T size )
{
    return malloc( size );
}

void __RPC_USER MIDL_user_free( void *ptr )
{
    free( ptr );
}

DWORD rpc_start(void)
{
    WCHAR protseq[] = RSMP_PROTSEQ, endpoint[] = RSMP_ENDPOINT;
    RPC_STATUS err;

    if ((err = RpcServerUseProtseqEpW( protseq, RPC_C_PROTSEQ_MAX_REQS_DEFAULT, endpoint, NULL ))) return err;
    if ((err = RpcServerRegisterIf( ntmsrpc_v1_0_s_ifspec, NULL, NULL ))) return err;
    if ((err = RpcServerListen( 1, RPC_C_LISTEN_MAX_CALLS_DEFAULT, TRUE )))
        RpcServerUnregisterIf( ntmsrpc_v1_0_s_ifspec, NULL, TRUE );
    return err;
}

void rpc_stop(void)
{
    RpcMgmtStopServerListening( NULL );
    RpcServerUnregisterIf( ntmsrpc_v1_0_s_ifspec, NULL, TRUE );
    RpcMgmtWaitServerListen();
}

/* the process that made the call that this thread serves; its token says who it is (the impersonation token of Wine's
 * runtime is the service's own) */
static DWORD caller_process( DWORD *pid )
{
    ULONG id;

    if (I_RpcBindingInqLocalClientPID( NULL, &id )) return ERROR_ACCESS_DENIED;
    *pid = id;
    return ERROR_SUCCESS;
}

static DWORD enter_session( DWORD session_id, struct session **session )
{
    DWORD err, pid;

    if ((err = caller_process( &pid ))) return err;
    if ((err = libraries_wait_ready())) return err;
    return (*session = session_enter( session_id, pid )) ? ERROR_SUCCESS : ERROR_INVALID_HANDLE;
}

DWORD __cdecl rsmp_OpenNtmsServerSessionW( RSMP_SESSION *context, DWORD *id, const WCHAR *application,
                                           const WCHAR *client_name, const WCHAR *user_name, DWORD options )
{
    DWORD err, pid;

    *context = NULL;
    *id = 0;
    if (wcslen( application ) >= RSMP_MAX_NAME || wcslen( client_name ) >= RSMP_MAX_NAME || wcslen( user_name ) >= RSMP_MAX_NAME)
        return ERROR_INVALID_PARAMETER;
    if ((err = service_ready())) return err;
    if ((err = caller_process( &pid ))) return err;
    if ((err = session_open( pid, application, client_name, user_name, id ))) return err;
    *context = ULongToPtr( *id );
    return ERROR_SUCCESS;
}

DWORD __cdecl rsmp_CloseNtmsSession( RSMP_SESSION *context )
{
    session_close( PtrToUlong( *context ));
    *context = NULL;
    return ERROR_SUCCESS;
}

void __RPC_USER RSMP_SESSION_rundown( RSMP_SESSION context )
{
    session_close( PtrToUlong( context ));
}

DWORD __cdecl rsmp_EnumerateNtmsObject( DWORD session_id, const GUID *container, DWORD type, DWORD options,
                                        DWORD capacity, DWORD *total, DWORD *count, GUID **list )
{
    struct session *session;
    DWORD err;

    *total = *count = 0;
    *list = NULL;
    if ((err = enter_session( session_id, &session ))) return err;
    err = ntms_enumerate( session, container, type, options, capacity, list, count, total );
    session_leave( session );
    return err;
}

DWORD __cdecl rsmp_GetNtmsServerObjectInformationW( DWORD session_id, const GUID *id, DWORD type,
                                                    RSMP_OBJECTINFORMATION *info )
{
    struct session *session;
    DWORD err;

    memset( info, 0, sizeof(*info) );
    if ((err = enter_session( session_id, &session ))) return err;
    err = ntms_get_object_information( session, id, type, (NTMS_OBJECTINFORMATIONW *)info );
    session_leave( session );
    return err;
}

DWORD __cdecl rsmp_CreateNtmsMediaPoolW( DWORD session_id, const WCHAR *name, const GUID *media_type, DWORD action,
                                         DWORD descriptor_size, const BYTE *descriptor, GUID *pool )
{
    struct session *session;
    DWORD err;

    memset( pool, 0, sizeof(*pool) );
    if (wcslen( name ) >= RSMP_MAX_POOL_NAME) return ERROR_INVALID_NAME;
    if ((err = enter_session( session_id, &session ))) return err;
    err = ntms_create_media_pool( session, name, media_type, action, descriptor, descriptor ? descriptor_size : 0, pool );
    session_leave( session );
    return err;
}

DWORD __cdecl rsmp_MoveToNtmsMediaPool( DWORD session_id, const GUID *media, const GUID *pool )
{
    struct session *session;
    DWORD err;

    if ((err = enter_session( session_id, &session ))) return err;
    err = ntms_move_to_media_pool( session, media, pool );
    session_leave( session );
    return err;
}

DWORD __cdecl rsmp_AllocateNtmsMedia( DWORD session_id, const GUID *pool, const GUID *partition, GUID *media, DWORD options,
                                      DWORD timeout, GUID *allocated_from, DWORD *wait_request )
{
    struct session *session;
    DWORD err;

    memset( allocated_from, 0, sizeof(*allocated_from) );
    *wait_request = 0;
    if ((err = enter_session( session_id, &session ))) return err;
    err = ntms_allocate_media( session, pool, partition, media, options, timeout, allocated_from, wait_request );
    session_leave( session );
    return err;
}

DWORD __cdecl rsmp_DeallocateNtmsMedia( DWORD session_id, const GUID *media, DWORD options )
{
    struct session *session;
    DWORD err;

    if ((err = enter_session( session_id, &session ))) return err;
    err = ntms_deallocate_media( session, media, options );
    session_leave( session );
    return err;
}

static BOOL has_duplicates( const GUID *media, DWORD count )
{
    DWORD i, j;

    for (i = 0; i < count; i++)
        for (j = 0; j < i; j++)
            if (IsEqualGUID( media + i, media + j )) return TRUE;
    return FALSE;
}

/* whether they are sides or logical media, each named once */
static DWORD check_media( const GUID *media, DWORD count )
{
    DWORD i, type, err;

    if (has_duplicates( media, count )) return ERROR_INVALID_MEDIA;
    if ((err = db_begin())) return err;
    for (i = 0; i < count && !err; i++)
    {
        err = object_type( media + i, &type );
        if (err == ERROR_OBJECT_NOT_FOUND || (!err && type != NTMS_PARTITION && type != NTMS_LOGICAL_MEDIA))
            err = ERROR_INVALID_MEDIA;
    }
    return db_end( err );
}

static DWORD mount_media( struct session *session, const struct mount_args *args, DWORD *wait_request )
{
    DWORD err;

    if ((err = check_media( args->media, args->count ))) return err;
    return ntms_mount_media( session, args, wait_request );
}

DWORD __cdecl rsmp_MountNtmsMedia( DWORD session_id, DWORD count, const GUID *media, const GUID *drives, DWORD options,
                                   LONG priority, DWORD timeout, DWORD *wait_request )
{
    struct mount_args args = { count };
    struct session *session;
    DWORD err;

    *wait_request = 0;
    if (!count || count > MAX_WAIT_IDS) return ERROR_INVALID_PARAMETER;
    memcpy( args.media, media, count * sizeof(*media) );
    memcpy( args.drives, drives, count * sizeof(*drives) );
    args.options = options;
    args.priority = priority;
    args.timeout = timeout;
    if ((err = enter_session( session_id, &session ))) return err;
    err = mount_media( session, &args, wait_request );
    session_leave( session );
    return err;
}

DWORD __cdecl rsmp_DismountNtmsMedia( DWORD session_id, DWORD count, const GUID *media, DWORD options )
{
    struct session *session;
    DWORD err;

    if (!count || count > RSMP_MAX_MEDIA) return ERROR_INVALID_PARAMETER;
    if ((err = enter_session( session_id, &session ))) return err;
    if (!(err = check_media( media, count ))) err = ntms_dismount_media( session, media, count, options );
    session_leave( session );
    return err;
}

DWORD __cdecl rsmp_UpdateNtmsOmidInfo( DWORD session_id, const GUID *media, DWORD label_type, DWORD size, const BYTE *buffer )
{
    struct session *session;
    DWORD err;

    if (size > RSMP_MAX_LABEL) return ERROR_INVALID_PARAMETER;
    if ((err = enter_session( session_id, &session ))) return err;
    err = ntms_update_omid_info( session, media, label_type, buffer, size );
    session_leave( session );
    return err;
}

DWORD __cdecl rsmp_WaitNtmsCompletions( DWORD *count, RSMP_COMPLETION **list )
{
    DWORD err, pid;

    *count = 0;
    *list = NULL;
    if ((err = caller_process( &pid ))) return err;
    if (!(*list = calloc( RSMP_MAX_COMPLETIONS, sizeof(**list) ))) return ERROR_NOT_ENOUGH_MEMORY;
    return session_fetch_completions( pid, (struct completion *)*list, RSMP_MAX_COMPLETIONS, count );
}
