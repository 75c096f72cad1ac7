/*
 * Changing what programs may change of an object
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

/* What SetNtmsObjectInformation() may change is said in its documentation; all other members are ignored.  Only the codes
 * that it lists are returned: a value that cannot be is ERROR_INVALID_PARAMETER, also when it is another object that stands
 * in the way, and what nobody may change is ERROR_ACCESS_DENIED. */

static BOOL is_terminated( const WCHAR *str, DWORD size )
{
    return wcsnlen( str, size ) < size;
}

static DWORD no_values( const NTMS_OBJECTINFORMATIONW *info )
{
    return ERROR_SUCCESS;
}

static DWORD write_nothing( const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    return ERROR_SUCCESS;
}

static DWORD write_name( const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    return db_exec( "UPDATE object SET name = ? WHERE id = ?", "wg", info->szName, id );
}

/* ------------------------------------------------------------------ the computer */

#define LIBRARY_REQUEST_FLAGS  (NTMS_LIBREQFLAGS_NOAUTOPURGE | NTMS_LIBREQFLAGS_NOFAILEDPURGE)
#define OPERATOR_REQUEST_FLAGS (NTMS_OPREQFLAGS_NOAUTOPURGE | NTMS_OPREQFLAGS_NOFAILEDPURGE | NTMS_OPREQFLAGS_NOALERTS | \
                                NTMS_OPREQFLAGS_NOTRAYICON)
#define MEDIA_POOL_POLICY      (NTMS_POOLPOLICY_PURGEOFFLINESCRATCH | NTMS_POOLPOLICY_KEEPOFFLINEIMPORT)

static DWORD check_computer( const NTMS_OBJECTINFORMATIONW *info )
{
    const NTMS_COMPUTERINFORMATION *computer = &info->Info.Computer;

    if (computer->dwLibRequestFlags & ~LIBRARY_REQUEST_FLAGS) return ERROR_INVALID_PARAMETER;
    if (computer->dwOpRequestFlags & ~OPERATOR_REQUEST_FLAGS) return ERROR_INVALID_PARAMETER;
    if (computer->dwMediaPoolPolicy & ~MEDIA_POOL_POLICY) return ERROR_INVALID_PARAMETER;
    return ERROR_SUCCESS;
}

static DWORD write_computer( const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    const NTMS_COMPUTERINFORMATION *computer = &info->Info.Computer;

    return db_exec( "UPDATE computer SET lib_request_purge_time = ?, op_request_purge_time = ?, lib_request_flags = ?,"
                    " op_request_flags = ?, media_pool_policy = ? WHERE id = ?", "lliiig",
                    (INT64)computer->dwLibRequestPurgeTime, (INT64)computer->dwOpRequestPurgeTime,
                    computer->dwLibRequestFlags, computer->dwOpRequestFlags, computer->dwMediaPoolPolicy, id );
}

/* ------------------------------------------------------------------ libraries and what is in them */

static DWORD write_drive( const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    return db_exec( "UPDATE drive SET defer_dismount_delay = ? WHERE id = ?", "lg",
                    (INT64)info->Info.Drive.dwDeferDismountDelay, id );
}

static DWORD write_door( const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    return db_exec( "UPDATE door SET max_open = ? WHERE id = ?", "ig", info->Info.IEDoor.MaxOpenSecs, id );
}

static DWORD write_port( const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    return db_exec( "UPDATE port SET max_extend = ? WHERE id = ?", "ig", info->Info.IEPort.MaxExtendSecs, id );
}

#define LIBRARY_FLAGS (NTMS_LIBRARYFLAG_FIXEDOFFLINE | NTMS_LIBRARYFLAG_CLEANERPRESENT | NTMS_LIBRARYFLAG_AUTODETECTCHANGE | \
                       NTMS_LIBRARYFLAG_IGNORECLEANERUSESREMAINING | NTMS_LIBRARYFLAG_RECOGNIZECLEANERBARCODE)

static DWORD check_library( const NTMS_OBJECTINFORMATIONW *info )
{
    const NTMS_LIBRARYINFORMATION *library = &info->Info.Library;

    if (library->InventoryMethod > NTMS_INVENTORY_OMID) return ERROR_INVALID_PARAMETER;
    return library->dwFlags & ~LIBRARY_FLAGS ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;
}

/* Of the flags a program chooses only whether cleaners are known by their bar codes; the others say what is there, or follow
 * from the uses that the cleaner has left, of which there are none without a cleaner.  The off-line library has a name only. */
static DWORD write_library( const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    const NTMS_LIBRARYINFORMATION *library = &info->Info.Library;
    DWORD uses = library->dwCleanerUsesRemaining, error;

    if ((error = write_name( id, info ))) return error;
    return db_exec( "UPDATE library SET auto_recovery = ?1, inventory_method = ?2,"
                    " cleaner_uses = CASE WHEN flags & ?4 THEN ?3 ELSE 0 END,"
                    " flags = (flags & ~(?5 | ?6)) | ?7 | CASE WHEN flags & ?4 AND ?3 = 4294967295 THEN ?6 ELSE 0 END"
                    " WHERE id = ?8 AND kind <> ?9", "iiliiiigi", library->AutoRecovery != FALSE, library->InventoryMethod,
                    (INT64)uses, NTMS_LIBRARYFLAG_CLEANERPRESENT, NTMS_LIBRARYFLAG_RECOGNIZECLEANERBARCODE,
                    NTMS_LIBRARYFLAG_IGNORECLEANERUSESREMAINING,
                    library->dwFlags & NTMS_LIBRARYFLAG_RECOGNIZECLEANERBARCODE, id, NTMS_LIBRARYTYPE_OFFLINE );
}

/* ------------------------------------------------------------------ media pools */

struct pool_values
{
    DWORD kind;
    GUID  media_type;
    DWORD allocation_policy;
    DWORD deallocation_policy;
    DWORD max_allocates;
    DWORD members;          /* media or pools */
    WCHAR name[NTMS_OBJECTNAME_LENGTH];
};

static DWORD check_pool( const NTMS_OBJECTINFORMATIONW *info )
{
    const NTMS_MEDIAPOOLINFORMATION *pool = &info->Info.MediaPool;

    if (pool->AllocationPolicy & ~NTMS_ALLOCATE_FROMSCRATCH) return ERROR_INVALID_PARAMETER;
    if (pool->DeallocationPolicy & ~NTMS_DEALLOCATE_TOSCRATCH) return ERROR_INVALID_PARAMETER;
    return wcschr( info->szName, '\\' ) ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;
}

static DWORD read_pool( const GUID *id, struct pool_values *values )
{
    struct db_query *query;
    DWORD error;

    memset( values, 0, sizeof(*values) );
    if ((error = db_select( &query, "SELECT p.kind, p.media_type, p.allocation_policy, p.deallocation_policy,"
                            " p.max_allocates, p.media_count + (SELECT COUNT(*) FROM pool WHERE parent = p.id), o.name"
                            " FROM pool p, object o WHERE p.id = ? AND o.id = p.id", "g", id ))) return error;
    if (db_next( query ))
    {
        values->kind = db_int( query, 0 );
        db_guid( query, 1, &values->media_type );
        values->allocation_policy   = db_int( query, 2 );
        values->deallocation_policy = db_int( query, 3 );
        values->max_allocates       = db_int( query, 4 );
        values->members             = db_int( query, 5 );
        db_wstr( query, 6, values->name, ARRAY_SIZE(values->name) );
    }
    return db_finish( query );
}

/* a pool that has media or pools in it keeps its media type */
static DWORD check_media_type( const struct pool_values *old, const GUID *media_type )
{
    DWORD type, error;

    if (IsEqualGUID( media_type, &old->media_type )) return ERROR_SUCCESS;
    if (old->members) return ERROR_INVALID_PARAMETER;
    if (NTMS_IS_NULLGUID( *media_type )) return ERROR_SUCCESS;
    error = object_type( media_type, &type );
    if (error == ERROR_OBJECT_NOT_FOUND || (!error && type != NTMS_MEDIA_TYPE)) return ERROR_INVALID_PARAMETER;
    return error;
}

/* Free, Import, Unrecognized, what is in them, and the root pool are the service's own */
static BOOL is_changed( const struct pool_values *old, const NTMS_OBJECTINFORMATIONW *info )
{
    const NTMS_MEDIAPOOLINFORMATION *pool = &info->Info.MediaPool;

    return wcscmp( old->name, info->szName ) || !IsEqualGUID( &old->media_type, &pool->MediaType )
           || old->allocation_policy != pool->AllocationPolicy || old->deallocation_policy != pool->DeallocationPolicy
           || old->max_allocates != pool->dwMaxAllocates;
}

static DWORD write_pool( const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    const NTMS_MEDIAPOOLINFORMATION *pool = &info->Info.MediaPool;
    struct pool_values old;
    DWORD error;

    if ((error = read_pool( id, &old ))) return error;
    if (old.kind != NTMS_POOLTYPE_APPLICATION) return is_changed( &old, info ) ? ERROR_ACCESS_DENIED : ERROR_SUCCESS;
    if ((error = check_media_type( &old, &pool->MediaType ))) return error;
    if (wcscmp( old.name, info->szName ))
    {
        error = store_rename_pool( id, info->szName );
        if (error == ERROR_ALREADY_EXISTS || error == ERROR_INVALID_NAME) error = ERROR_INVALID_PARAMETER;
        if (error) return error;
    }
    return db_exec( "UPDATE pool SET media_type = ?, allocation_policy = ?, deallocation_policy = ?, max_allocates = ?"
                    " WHERE id = ?", "giilg", guid_or_null( &pool->MediaType ), pool->AllocationPolicy,
                    pool->DeallocationPolicy, (INT64)pool->dwMaxAllocates, id );
}

/* ------------------------------------------------------------------ all */

static const struct
{
    DWORD (*check)( const NTMS_OBJECTINFORMATIONW *info );                   /* what needs no look at the object */
    DWORD (*write)( const GUID *id, const NTMS_OBJECTINFORMATIONW *info );
} settable[] =
{
    [NTMS_CHANGER]        = { no_values,      write_nothing },
    [NTMS_CHANGER_TYPE]   = { no_values,      write_nothing },
    [NTMS_COMPUTER]       = { check_computer, write_computer },
    [NTMS_DRIVE]          = { no_values,      write_drive },
    [NTMS_DRIVE_TYPE]     = { no_values,      write_nothing },
    [NTMS_IEDOOR]         = { no_values,      write_door },
    [NTMS_IEPORT]         = { no_values,      write_port },
    [NTMS_LIBRARY]        = { check_library,  write_library },
    [NTMS_LIBREQUEST]     = { no_values,      write_nothing },
    [NTMS_LOGICAL_MEDIA]  = { no_values,      write_name },
    [NTMS_MEDIA_POOL]     = { check_pool,     write_pool },
    [NTMS_MEDIA_TYPE]     = { no_values,      write_nothing },
    [NTMS_PARTITION]      = { no_values,      write_name },
    [NTMS_PHYSICAL_MEDIA] = { no_values,      write_name },
    [NTMS_STORAGESLOT]    = { no_values,      write_nothing },
    [NTMS_OPREQUEST]      = { no_values,      write_nothing },
};

static DWORD set_information( struct session *session, const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    DWORD type, error;

    if ((error = object_type( id, &type ))) return error;
    if (type != info->dwType) return ERROR_INVALID_PARAMETER;
    if ((error = check_access( session, ACCESS_SetNtmsObjectInformation, id ))) return error;
    if ((error = db_exec( "UPDATE object SET description = ? WHERE id = ?", "wg", info->szDescription, id ))) return error;
    if ((error = settable[type].write( id, info ))) return error;
    return object_touch( id );
}

/* media that wait for an allocation may be had now: a policy, a limit, a media type has changed */
DWORD ntms_set_object_information( struct session *session, const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    DWORD error;

    TRACE( "%p %s %lu\n", session, debugstr_guid(id), info->dwType );

    if (info->dwType < NTMS_CHANGER || info->dwType > NTMS_OPREQUEST) return ERROR_INVALID_PARAMETER;
    if (!is_terminated( info->szName, ARRAY_SIZE(info->szName) )) return ERROR_INVALID_PARAMETER;
    if (!is_terminated( info->szDescription, ARRAY_SIZE(info->szDescription) )) return ERROR_INVALID_PARAMETER;
    if ((error = settable[info->dwType].check( info ))) return error;

    if ((error = db_begin())) return error;
    if ((error = db_end( set_information( session, id, info )))) return error;
    if (info->dwType == NTMS_MEDIA_POOL) media_available();
    return ERROR_SUCCESS;
}
