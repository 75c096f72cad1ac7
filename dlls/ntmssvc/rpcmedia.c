/*
 * The methods of the local protocol for pools, media, libraries and drives
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

#include "methods.h"

C_ASSERT( RSMP_MAX_POOL_NAME == NTMS_POOLHIERARCHY_LENGTH );

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

DWORD __cdecl rsmp_GetNtmsMediaPoolNameW( DWORD session_id, const GUID *pool, WCHAR name[RSMP_MAX_POOL_NAME] )
{
    struct session *session;
    DWORD err;

    memset( name, 0, RSMP_MAX_POOL_NAME * sizeof(*name) );
    if ((err = enter_session( session_id, &session ))) return err;
    err = ntms_get_media_pool_name( session, pool, name );
    session_leave( session );
    return err;
}

DWORD __cdecl rsmp_DeleteNtmsMediaPool( DWORD session_id, const GUID *pool )
{
    SESSION_CALL( session_id, ntms_delete_media_pool( session, pool ) );
}

DWORD __cdecl rsmp_MoveToNtmsMediaPool( DWORD session_id, const GUID *media, const GUID *pool )
{
    SESSION_CALL( session_id, ntms_move_to_media_pool( session, media, pool ) );
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
    SESSION_CALL( session_id, ntms_deallocate_media( session, media, options ) );
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

static DWORD dismount_media( struct session *session, const GUID *media, DWORD count, DWORD options )
{
    DWORD err;

    if (!count || count > RSMP_MAX_MEDIA) return ERROR_INVALID_PARAMETER;
    if ((err = check_media( media, count ))) return err;
    return ntms_dismount_media( session, media, count, options );
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
    SESSION_CALL( session_id, dismount_media( session, media, count, options ) );
}

DWORD __cdecl rsmp_UpdateNtmsOmidInfo( DWORD session_id, const GUID *media, DWORD label_type, DWORD size, const BYTE *buffer )
{
    SESSION_CALL( session_id, size > RSMP_MAX_LABEL ? ERROR_INVALID_PARAMETER
                              : ntms_update_omid_info( session, media, label_type, buffer, size ) );
}

DWORD __cdecl rsmp_DecommissionNtmsMedia( DWORD session_id, const GUID *side )
{
    SESSION_CALL( session_id, ntms_decommission_media( session, side ) );
}

DWORD __cdecl rsmp_SetNtmsMediaComplete( DWORD session_id, const GUID *media )
{
    SESSION_CALL( session_id, ntms_set_media_complete( session, media ) );
}

DWORD __cdecl rsmp_DeleteNtmsMedia( DWORD session_id, const GUID *media )
{
    SESSION_CALL( session_id, ntms_delete_media( session, media ) );
}

DWORD __cdecl rsmp_SwapNtmsMedia( DWORD session_id, const GUID *media1, const GUID *media2 )
{
    SESSION_CALL( session_id, ntms_swap_media( session, media1, media2 ) );
}

static DWORD create_media( struct session *session, NTMS_OBJECTINFORMATIONW *media, NTMS_OBJECTINFORMATIONW *sides,
                           DWORD count, DWORD options )
{
    DWORD i;

    if (count > RSMP_MAX_SIDES || check_information( media )) return ERROR_INVALID_PARAMETER;
    for (i = 0; i < count; i++)
        if (check_information( sides + i )) return ERROR_INVALID_PARAMETER;
    return ntms_create_media( session, media, sides, count, options );
}

DWORD __cdecl rsmp_CreateNtmsMediaW( DWORD session_id, RSMP_OBJECTINFORMATION *media, DWORD count,
                                     RSMP_OBJECTINFORMATION *sides, DWORD options )
{
    SESSION_CALL( session_id, create_media( session, (NTMS_OBJECTINFORMATIONW *)media, (NTMS_OBJECTINFORMATIONW *)sides,
                                            count, options ) );
}

DWORD __cdecl rsmp_AddNtmsMediaType( DWORD session_id, const GUID *media_type, const GUID *library )
{
    SESSION_CALL( session_id, ntms_add_media_type( session, media_type, library ) );
}

DWORD __cdecl rsmp_DeleteNtmsMediaType( DWORD session_id, const GUID *media_type, const GUID *library )
{
    SESSION_CALL( session_id, ntms_delete_media_type( session, media_type, library ) );
}

DWORD __cdecl rsmp_ChangeNtmsMediaType( DWORD session_id, const GUID *media, const GUID *pool )
{
    SESSION_CALL( session_id, ntms_change_media_type( session, media, pool ) );
}

DWORD __cdecl rsmp_DeleteNtmsLibrary( DWORD session_id, const GUID *library )
{
    SESSION_CALL( session_id, ntms_delete_library( session, library ) );
}

DWORD __cdecl rsmp_DeleteNtmsDrive( DWORD session_id, const GUID *drive )
{
    SESSION_CALL( session_id, ntms_delete_drive( session, drive ) );
}
