/*
 * Enumeration of objects
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

#include <stdlib.h>

#include "access.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* What can be enumerated in what; container 0 is the whole system.  Objects come in the order in which they were made, the
 * elements of a library by their numbers.  ?1 is the container. */
static const struct enumeration
{
    DWORD       type;
    DWORD       container;
    const char *sql;
} enumerations[] =
{
    { NTMS_CHANGER, 0,
      "SELECT id FROM object WHERE type = 2 ORDER BY created, id" },
    { NTMS_CHANGER, NTMS_LIBRARY,
      "SELECT id FROM changer WHERE library = ?1 ORDER BY number" },
    { NTMS_CHANGER_TYPE, 0,
      "SELECT id FROM object WHERE type = 3 ORDER BY created, id" },
    { NTMS_COMPUTER, 0,
      "SELECT id FROM object WHERE type = 4 ORDER BY created, id" },
    { NTMS_DRIVE, 0,
      "SELECT id FROM object WHERE type = 5 ORDER BY created, id" },
    { NTMS_DRIVE, NTMS_LIBRARY,
      "SELECT id FROM drive WHERE library = ?1 ORDER BY number" },
    { NTMS_DRIVE_TYPE, 0,
      "SELECT id FROM object WHERE type = 6 ORDER BY created, id" },
    { NTMS_IEDOOR, 0,
      "SELECT id FROM object WHERE type = 7 ORDER BY created, id" },
    { NTMS_IEDOOR, NTMS_LIBRARY,
      "SELECT id FROM door WHERE library = ?1 ORDER BY number" },
    { NTMS_IEPORT, 0,
      "SELECT id FROM object WHERE type = 8 ORDER BY created, id" },
    { NTMS_IEPORT, NTMS_LIBRARY,
      "SELECT id FROM port WHERE library = ?1 ORDER BY number" },
    { NTMS_LIBRARY, 0,
      "SELECT id FROM object WHERE type = 9 ORDER BY created, id" },
    { NTMS_LIBREQUEST, 0,
      "SELECT id FROM object WHERE type = 10 ORDER BY created, id" },
    { NTMS_LIBREQUEST, NTMS_LIBRARY,
      "SELECT o.id FROM request r, object o WHERE r.library = ?1 AND o.id = r.id ORDER BY o.created, o.id" },
    { NTMS_LOGICAL_MEDIA, 0,
      "SELECT id FROM object WHERE type = 11 ORDER BY created, id" },
    { NTMS_LOGICAL_MEDIA, NTMS_MEDIA_POOL,
      "SELECT o.id FROM logical_media l, object o WHERE l.pool = ?1 AND o.id = l.id ORDER BY o.created, o.id" },
    { NTMS_LOGICAL_MEDIA, NTMS_PARTITION,
      "SELECT logical_media FROM partition WHERE id = ?1 AND logical_media IS NOT NULL" },
    { NTMS_MEDIA_POOL, 0,
      "SELECT o.id FROM pool p, object o WHERE p.parent IS NULL AND p.kind <> 0 AND o.id = p.id"
      " ORDER BY o.created, o.id" },
    { NTMS_MEDIA_POOL, NTMS_MEDIA_POOL,
      "SELECT o.id FROM pool p, object o WHERE p.parent = ?1 AND o.id = p.id ORDER BY o.created, o.id" },
    { NTMS_MEDIA_TYPE, 0,
      "SELECT id FROM object WHERE type = 13 ORDER BY created, id" },
    { NTMS_MEDIA_TYPE, NTMS_LIBRARY,
      "SELECT o.id FROM library_media_type m, object o WHERE m.library = ?1 AND o.id = m.media_type"
      " ORDER BY o.created, o.id" },
    { NTMS_PARTITION, 0,
      "SELECT id FROM object WHERE type = 14 ORDER BY created, id" },
    { NTMS_PARTITION, NTMS_LOGICAL_MEDIA,
      "SELECT id FROM partition WHERE logical_media = ?1 ORDER BY side, id" },
    { NTMS_PARTITION, NTMS_PHYSICAL_MEDIA,
      "SELECT id FROM partition WHERE physical_media = ?1 ORDER BY side" },
    { NTMS_PARTITION, NTMS_MEDIA_POOL,
      "SELECT p.id FROM physical_media m, partition p WHERE m.pool = ?1 AND p.physical_media = m.id"
      " ORDER BY m.sequence_number, p.side" },
    { NTMS_PHYSICAL_MEDIA, 0,
      "SELECT id FROM object WHERE type = 15 ORDER BY created, id" },
    { NTMS_PHYSICAL_MEDIA, NTMS_LIBRARY,
      "SELECT id FROM physical_media WHERE library = ?1 ORDER BY sequence_number, id" },
    { NTMS_PHYSICAL_MEDIA, NTMS_MEDIA_POOL,
      "SELECT id FROM physical_media WHERE pool = ?1 ORDER BY sequence_number, id" },
    { NTMS_STORAGESLOT, 0,
      "SELECT id FROM object WHERE type = 16 ORDER BY created, id" },
    { NTMS_STORAGESLOT, NTMS_LIBRARY,
      "SELECT id FROM slot WHERE library = ?1 ORDER BY number" },
    { NTMS_OPREQUEST, 0,
      "SELECT id FROM object WHERE type = 17 ORDER BY created, id" },
};

/* the GUIDs found, of which no more are kept than the caller has room for */
struct list_buffer
{
    GUID *ids;
    DWORD size;      /* allocated */
    DWORD capacity;  /* of the caller */
    DWORD total;
};

static BOOL add_id( struct list_buffer *list, const GUID *id )
{
    if (list->total >= list->capacity)
    {
        list->total++;
        return TRUE;
    }
    if (list->total == list->size)
    {
        DWORD size = list->size ? list->size * 2 : 64;
        GUID *ids = realloc( list->ids, size * sizeof(*ids) );

        if (!ids) return FALSE;
        list->ids = ids;
        list->size = size;
    }
    list->ids[list->total++] = *id;
    return TRUE;
}

static DWORD collect( struct list_buffer *list, const char *sql, const GUID *container )
{
    struct db_query *query;
    BOOL ok = TRUE;
    DWORD error;
    GUID id;

    if ((error = db_select( &query, sql, container ? "g" : "", container ))) return error;
    while (ok && db_next( query ))
    {
        db_guid( query, 0, &id );
        ok = add_id( list, &id );
    }
    error = db_finish( query );
    return error || ok ? error : ERROR_NOT_ENOUGH_MEMORY;
}

static const struct enumeration *find_enumeration( DWORD type, DWORD container )
{
    DWORD i;

    for (i = 0; i < ARRAY_SIZE(enumerations); i++)
        if (enumerations[i].type == type && enumerations[i].container == container) return &enumerations[i];
    return NULL;
}

/* An object that contains nothing is an invalid container, as one that does not contain this type is. */
static DWORD enumerate( struct session *session, struct list_buffer *list, const GUID *container, DWORD type, DWORD options )
{
    const struct enumeration *enumeration;
    DWORD error, container_type = 0;

    if (container && (error = object_type( container, &container_type ))) return error;
    if (!(enumeration = find_enumeration( type, container_type ))) return ERROR_INVALID_PARAMETER;
    if ((error = check_access( session, ACCESS_EnumerateNtmsObject, container ))) return error;
    if (options == NTMS_ENUM_ROOTPOOL &&
        (error = collect( list, "SELECT id FROM pool WHERE kind = 0 AND parent IS NULL", NULL ))) return error;
    return collect( list, enumeration->sql, container );
}

DWORD ntms_enumerate( struct session *session, const GUID *container, DWORD type, DWORD options, DWORD capacity,
                      GUID **list, DWORD *count, DWORD *total )
{
    struct list_buffer buffer = { NULL, 0, capacity, 0 };
    DWORD error;

    TRACE( "%p %s %lu %#lx %lu\n", session, debugstr_guid(container), type, options, capacity );

    if (type < NTMS_CHANGER || type > NTMS_OPREQUEST) return ERROR_INVALID_PARAMETER;
    if (options > NTMS_ENUM_ROOTPOOL) return ERROR_INVALID_PARAMETER;
    if (options == NTMS_ENUM_ROOTPOOL && (type != NTMS_MEDIA_POOL || container)) return ERROR_INVALID_PARAMETER;

    if ((error = db_begin_read())) return error;
    if ((error = db_end( enumerate( session, &buffer, container, type, options ))))
    {
        free( buffer.ids );
        return error;
    }
    *list = buffer.ids;
    *total = buffer.total;
    *count = min( capacity, buffer.total );
    return buffer.total > capacity ? ERROR_INSUFFICIENT_BUFFER : ERROR_SUCCESS;
}
