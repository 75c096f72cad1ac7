/*
 * Functions that are still missing
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

#include "ntmssvc.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

DWORD ntms_get_media_pool_name( struct session *session, const GUID *pool, WCHAR name[NTMS_POOLHIERARCHY_LENGTH] )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_delete_media_pool( struct session *session, const GUID *pool )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_add_media_type( struct session *session, const GUID *media_type, const GUID *library )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_delete_media_type( struct session *session, const GUID *media_type, const GUID *library )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_change_media_type( struct session *session, const GUID *media, const GUID *pool )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_decommission_media( struct session *session, const GUID *side )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_set_media_complete( struct session *session, const GUID *media )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_delete_media( struct session *session, const GUID *media )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_swap_media( struct session *session, const GUID *media1, const GUID *media2 )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_create_media( struct session *session, NTMS_OBJECTINFORMATIONW *media, NTMS_OBJECTINFORMATIONW *sides,
                         DWORD count, DWORD options )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_delete_library( struct session *session, const GUID *library )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_delete_drive( struct session *session, const GUID *drive )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_set_object_information( struct session *session, const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_get_object_attribute( struct session *session, const GUID *id, DWORD type, const WCHAR *name, BYTE *buffer,
                                 DWORD *size )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_set_object_attribute( struct session *session, const GUID *id, DWORD type, const WCHAR *name,
                                 const BYTE *value, DWORD size )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_enable_object( struct session *session, DWORD type, const GUID *id )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_disable_object( struct session *session, DWORD type, const GUID *id )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_get_ui_options( struct session *session, const GUID *id, DWORD type, WCHAR *buffer, DWORD *size )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_set_ui_options( struct session *session, const GUID *id, DWORD type, DWORD operation, const WCHAR *computer )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_export_database( struct session *session )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD ntms_import_database( struct session *session )
{
    FIXME( "%p\n", session );
    return ERROR_CALL_NOT_IMPLEMENTED;
}
