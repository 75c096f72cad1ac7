/*
 * What enabled and disabled objects mean for the libraries' work
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

/* whether a mount cannot do without the object */
static BOOL needs( const struct work *work, DWORD type, const GUID *id )
{
    DWORD i;

    if (work->operation != NTMS_LM_MOUNT) return FALSE;
    if (type == NTMS_LIBRARY) return IsEqualGUID( &work->library->id, id );
    for (i = 0; i < work->count; i++)
        if (IsEqualGUID( type == NTMS_DRIVE ? &work->items[i].wish : &work->items[i].medium, id )) return TRUE;
    return FALSE;
}

/* All requests to disabled objects return errors, those that wait among them. */
static void cancel_work( struct library *library, DWORD type, const GUID *id )
{
    struct work *work;

    LIST_FOR_EACH_ENTRY( work, &library->work, struct work, entry )
    {
        if (work->cancelled || !needs( work, type, id )) continue;
        work->cancelled = TRUE;
        work->cancel_reason = ERROR_RESOURCE_DISABLED;
    }
}

/* What nobody uses is taken out of a disabled drive, or of all drives of a disabled library; a program keeps what it has
 * until it dismounts it. */
static void switch_drives( struct library *library, DWORD type, const GUID *id, BOOL enabled )
{
    struct drive *drive;
    DWORD i;

    for (i = 0; i < library->drive_count; i++)
    {
        drive = &library->drives[i];
        if (!IsEqualGUID( type == NTMS_DRIVE ? &drive->id : &library->id, id )) continue;
        if (type == NTMS_DRIVE) drive->disabled = !enabled;
        if (!enabled && drive->dismountable) drive->dismount_time = GetTickCount64();
    }
}

void library_enabled( DWORD type, const GUID *id, BOOL enabled )
{
    struct library *library;

    TRACE( "%lu %s %d\n", type, debugstr_guid(id), enabled );

    EnterCriticalSection( &library_lock );
    LIST_FOR_EACH_ENTRY( library, &libraries, struct library, entry )
    {
        if (type != NTMS_PHYSICAL_MEDIA) switch_drives( library, type, id, enabled );
        if (!enabled) cancel_work( library, type, id );
        SetEvent( library->wake );
    }
    LeaveCriticalSection( &library_lock );
}
