/*
 * Enabling and disabling libraries, drives and media
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

#include "access.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* An object says only whether it has been disabled itself.  What is in a disabled object is disabled along as long as that
 * is: GetNtmsObjectInformation(), mounts and allocations look at both. */

/* Held from the change until the libraries know of it, so that they learn of changes in their order.  Taken before the
 * database lock. */
static CRITICAL_SECTION enable_lock;
static CRITICAL_SECTION_DEBUG enable_lock_debug =
{
    0, 0, &enable_lock, { &enable_lock_debug.ProcessLocksList, &enable_lock_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": enable_lock") }
};
static CRITICAL_SECTION enable_lock = { &enable_lock_debug, -1, 0, 0, 0, 0 };

static BOOL is_switchable( DWORD type )
{
    return type == NTMS_DRIVE || type == NTMS_LIBRARY || type == NTMS_PHYSICAL_MEDIA;
}

/* the library that an object of this type is in */
static DWORD find_library( DWORD type, const GUID *id, GUID *library )
{
    switch (type)
    {
    case NTMS_DRIVE:   return db_get_guid( library, "SELECT library FROM drive WHERE id = ?", "g", id );
    case NTMS_LIBRARY: return db_get_guid( library, "SELECT id FROM library WHERE id = ?", "g", id );
    default:           return db_get_guid( library, "SELECT library FROM physical_media WHERE id = ?", "g", id );
    }
}

static DWORD check_not_offline( DWORD type, const GUID *id )
{
    DWORD error;
    GUID offline;

    if (type != NTMS_LIBRARY) return ERROR_SUCCESS;
    if ((error = store_offline_library( &offline ))) return error;
    return IsEqualGUID( id, &offline ) ? ERROR_LIBRARY_OFFLINE : ERROR_SUCCESS;
}

static DWORD operation( DWORD type, BOOL enable )
{
    switch (type)
    {
    case NTMS_DRIVE:   return enable ? NTMS_LM_ENABLEDRIVE : NTMS_LM_DISABLEDRIVE;
    case NTMS_LIBRARY: return enable ? NTMS_LM_ENABLELIBRARY : NTMS_LM_DISABLELIBRARY;
    default:           return enable ? NTMS_LM_ENABLEMEDIA : NTMS_LM_DISABLEMEDIA;
    }
}

/* The documentation has the command queued.  It is done at once, and found as done in the library's work queue. */
static DWORD record_request( struct session *session, DWORD type, const GUID *id, const GUID *library, BOOL enable )
{
    GUID request = { 0 };
    FILETIME time;
    DWORD error;
    INT64 now;

    GetSystemTimeAsFileTime( &time );
    now = (INT64)time.dwHighDateTime << 32 | time.dwLowDateTime;
    if ((error = object_create( &request, NTMS_LIBREQUEST, enable ? L"Enable" : L"Disable", NULL ))) return error;
    return db_exec( "INSERT INTO request (id, library, work_item, operation, state, drive, physical_media, queued, completed,"
                    " application, user, computer, position) VALUES (?1, ?2, ?1, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?10, ?7)",
                    "ggiigglwww", &request, library, operation( type, enable ), NTMS_LM_PASSED,
                    type == NTMS_DRIVE ? id : NULL, type == NTMS_PHYSICAL_MEDIA ? id : NULL, now,
                    session_application( session ), session_user( session ), session_computer( session ));
}

static DWORD set_enabled( struct session *session, DWORD type, const GUID *id, BOOL enable )
{
    enum access_rule rule = enable ? ACCESS_EnableNtmsObject : ACCESS_DisableNtmsObject;
    GUID library;
    DWORD error;

    if ((error = find_library( type, id, &library ))) return error;
    if ((error = check_access( session, rule, &library ))) return error;
    if ((error = check_not_offline( type, id ))) return error;
    if ((error = db_exec( "UPDATE object SET enabled = ?1 WHERE id = ?2 AND enabled <> ?1", "ig", enable, id ))) return error;
    if (!db_changes()) return ERROR_INVALID_STATE;
    if ((error = object_touch( id ))) return error;
    return record_request( session, type, id, &library, enable );
}

static DWORD switch_object( struct session *session, DWORD type, const GUID *id, BOOL enable )
{
    DWORD error;

    if (!is_switchable( type )) return ERROR_INVALID_PARAMETER;
    EnterCriticalSection( &enable_lock );
    if (!(error = db_begin())) error = db_end( set_enabled( session, type, id, enable ));
    if (!error) library_enabled( type, id, enable );
    LeaveCriticalSection( &enable_lock );
    return error;
}

DWORD ntms_enable_object( struct session *session, DWORD type, const GUID *id )
{
    DWORD error;

    TRACE( "%p %lu %s\n", session, type, debugstr_guid(id) );

    if ((error = switch_object( session, type, id, TRUE ))) return error;
    media_available();
    return ERROR_SUCCESS;
}

DWORD ntms_disable_object( struct session *session, DWORD type, const GUID *id )
{
    TRACE( "%p %lu %s\n", session, type, debugstr_guid(id) );

    return switch_object( session, type, id, FALSE );
}
