/*
 * What is in a stand-alone drive
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

#include "library.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* how long the start waits for a stand-alone drive to tell whether there is something in it */
#define STANDALONE_READY_MS 3000

static const GUID null_guid;

static DWORD standalone_medium( struct library *library, BOOL full, GUID *medium )
{
    const struct drive *drive = &library->drives[0];
    struct new_medium new_medium = { 0 };
    GUID offline;
    DWORD error;

    error = db_get_guid( medium, "SELECT id FROM physical_media WHERE location = ?", "g", &drive->id );
    if (error && error != ERROR_OBJECT_NOT_FOUND) return error;
    if (!full)
    {
        if (error) return ERROR_SUCCESS;
        if ((error = store_offline_library( &offline ))) return error;
        error = db_exec( "UPDATE physical_media SET library = ?, location = NULL, location_type = 0, media_state = ?,"
                         " mounted_partition = NULL WHERE id = ?", "gig", &offline, NTMS_MEDIASTATE_IDLE, medium );
        *medium = null_guid;
        return error;
    }
    /* The label tells at the mount whether it is still the same. */
    if (!error) return db_exec( "UPDATE physical_media SET media_state = ?, mounted_partition = NULL WHERE id = ?", "ig",
                                NTMS_MEDIASTATE_IDLE, medium );
    new_medium.library = library->id;
    new_medium.location = drive->id;
    new_medium.location_type = NTMS_DRIVE;
    new_medium.media_type = library->media_type;
    new_medium.sides = 1;
    return store_add_medium( &new_medium, medium );
}

/* a drive that somebody has, or that is not ready, holds what the database believes */
static DWORD standalone_unchanged( const struct drive *drive, GUID *medium )
{
    DWORD error = db_get_guid( medium, "SELECT id FROM physical_media WHERE location = ?", "g", &drive->id );

    return error == ERROR_OBJECT_NOT_FOUND ? ERROR_SUCCESS : error;
}

static void standalone_full( const struct drive *drive, BOOL *full, BOOL *known )
{
    HANDLE tape;
    DWORD error;

    if (!drive->device[0]) error = ERROR_RESOURCE_DISABLED;
    else if (!(error = tape_open( drive->device, &tape )))
    {
        error = tape_wait_ready( tape, STANDALONE_READY_MS, 0, NULL );
        CloseHandle( tape );
    }
    *full = !error;
    *known = !error || error == ERROR_NO_MEDIA_IN_DRIVE;
    if (!*known) WARN( "%s: error %lu, left as it was\n", debugstr_w(drive->device), error );
}

DWORD inventory_standalone( struct library *library )
{
    struct drive *drive = &library->drives[0];
    GUID medium = null_guid;
    BOOL full, known;
    DWORD error;

    standalone_full( drive, &full, &known );
    if ((error = db_begin())) return error;
    if (known) error = standalone_medium( library, full, &medium );
    else error = standalone_unchanged( drive, &medium );
    if (!error && known) error = db_exec( "UPDATE drive SET state = ? WHERE id = ?", "ig",
                                          full ? NTMS_DRIVESTATE_DISMOUNTABLE : NTMS_DRIVESTATE_DISMOUNTED, &drive->id );
    if ((error = db_end( error ))) return error;

    EnterCriticalSection( &library_lock );
    if (!IsEqualGUID( &drive->medium, &medium ))
    {
        library_clear_drive( drive );
        drive->medium = medium;
    }
    LeaveCriticalSection( &library_lock );
    return ERROR_SUCCESS;
}
