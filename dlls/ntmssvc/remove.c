/*
 * Removal of libraries and drives that are no longer connected
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

#include "medium.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* The code and the rule are those of MS-RSMP: a library is removed when it is enabled and its device is not there.  The
 * off-line library is none that could be connected. */
static DWORD check_removable( const struct library_status *library )
{
    if (library->kind == NTMS_LIBRARYTYPE_OFFLINE) return ERROR_INVALID_LIBRARY;
    return library->enabled && library->offline ? ERROR_SUCCESS : ERROR_INVALID_STATE;
}

/* ------------------------------------------------------------------ DeleteNtmsLibrary */

static DWORD delete_library( struct session *session, const GUID *library )
{
    struct library_status status;
    DWORD error;

    if ((error = get_library_status( library, &status ))) return error;
    if ((error = check_access( session, ACCESS_DeleteNtmsLibrary, library ))) return error;
    if ((error = check_removable( &status ))) return error;
    return object_delete( library );
}

DWORD ntms_delete_library( struct session *session, const GUID *library )
{
    DWORD error;

    TRACE( "%p %s\n", session, debugstr_guid(library) );

    if ((error = db_begin())) return error;
    return db_end( delete_library( session, library ));
}

/* ------------------------------------------------------------------ DeleteNtmsDrive */

struct drive_status
{
    GUID  library;
    DWORD state;
};

static DWORD get_drive( const GUID *id, struct drive_status *drive )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = db_select( &query, "SELECT d.library, o.state FROM drive d, object o WHERE d.id = ? AND o.id = d.id", "g",
                            id ))) return error;
    if ((found = db_next( query )))
    {
        db_guid( query, 0, &drive->library );
        drive->state = db_int( query, 1 );
    }
    if ((error = db_finish( query ))) return error;
    return found ? ERROR_SUCCESS : ERROR_INVALID_DRIVE;
}

/* A stand-alone drive takes its library along. */
static DWORD delete_drive( struct session *session, const GUID *id )
{
    struct library_status library;
    struct drive_status drive;
    DWORD error;

    if ((error = get_drive( id, &drive ))) return error;
    if ((error = get_library_status( &drive.library, &library ))) return error;
    if ((error = check_access( session, ACCESS_DeleteNtmsDrive, id ))) return error;
    if ((error = check_removable( &library ))) return error;
    if (library.kind == NTMS_LIBRARYTYPE_STANDALONE) return object_delete( &drive.library );
    if (drive.state != NTMS_NOT_PRESENT) return ERROR_INVALID_STATE;
    return object_delete( id );
}

DWORD ntms_delete_drive( struct session *session, const GUID *drive )
{
    DWORD error;

    TRACE( "%p %s\n", session, debugstr_guid(drive) );

    if ((error = db_begin())) return error;
    return db_end( delete_drive( session, drive ));
}
