/*
 * CreateNtmsMedia: off-line media that a program describes
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

#include <stdio.h>

#include "medium.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

#define MAX_SIDES 2

/* what is made of the description of a medium */
struct new_media
{
    GUID         id;
    struct pool  pool;
    GUID         library;
    WCHAR        name[NTMS_OBJECTNAME_LENGTH];
    WCHAR        bar_code[NTMS_BARCODE_LENGTH];
    int          sequence_number;
    GUID         sides[MAX_SIDES];
    GUID         logical[MAX_SIDES];   /* or null GUID */
    SYSTEMTIME   times[1 + MAX_SIDES]; /* of the medium and its sides */
};

/* ------------------------------------------------------------------ the description */

static BOOL is_owned( const NTMS_OBJECTINFORMATIONW *side )
{
    return (OWNED_STATES >> side->Info.Partition.State) & 1;
}

/* A logical medium belongs to somebody who has the side. */
static DWORD check_side_info( const NTMS_OBJECTINFORMATIONW *info )
{
    const NTMS_PARTITIONINFORMATIONW *side = &info->Info.Partition;

    if (info->dwType != NTMS_PARTITION) return ERROR_INVALID_PARAMETER;
    if (side->State < NTMS_PARTSTATE_UNPREPARED || side->State > NTMS_PARTSTATE_RESERVED) return ERROR_INVALID_PARAMETER;
    if (!side->dwOmidLabelIdLength || side->dwOmidLabelIdLength > sizeof(side->OmidLabelId)) return ERROR_INVALID_PARAMETER;
    if (!side->szOmidLabelType[0]) return ERROR_INVALID_PARAMETER;
    return is_owned( info ) || NTMS_IS_NULLGUID( side->LogicalMedia ) ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER;
}

/* a side is reserved for the owner of another one */
static DWORD check_info( const NTMS_OBJECTINFORMATIONW *media, const NTMS_OBJECTINFORMATIONW *sides, DWORD count )
{
    BOOL owned = FALSE, reserved = FALSE;
    DWORD i, error;

    if (media->dwType != NTMS_PHYSICAL_MEDIA) return ERROR_INVALID_PARAMETER;
    if (media->Info.PhysicalMedia.dwNumberOfPartitions != count) return ERROR_INVALID_PARAMETER;
    for (i = 0; i < count; i++)
    {
        if ((error = check_side_info( &sides[i] ))) return error;
        if (is_owned( &sides[i] )) owned = TRUE;
        if (sides[i].Info.Partition.State == NTMS_PARTSTATE_RESERVED) reserved = TRUE;
    }
    return reserved && !owned ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;
}

static DWORD find_places( const NTMS_PMIDINFORMATIONW *info, struct new_media *media )
{
    DWORD error;

    if ((error = get_pool( &info->MediaPool, &media->pool ))) return error;
    if (media->pool.kind != NTMS_POOLTYPE_IMPORT && media->pool.kind != NTMS_POOLTYPE_APPLICATION)
        return ERROR_INVALID_MEDIA_POOL;
    if ((error = store_offline_library( &media->library ))) return error;
    if (NTMS_IS_NULLGUID( info->CurrentLibrary ) || IsEqualGUID( &info->CurrentLibrary, &media->library )) return ERROR_SUCCESS;
    return ERROR_INVALID_PARAMETER;
}

/* ------------------------------------------------------------------ duplicates */

static DWORD check_bar_code( const WCHAR *bar_code )
{
    DWORD error;
    int found;

    if (!bar_code[0]) return ERROR_SUCCESS;
    error = db_get_int( &found, "SELECT 1 FROM physical_media WHERE bar_code = ?", "w", bar_code );
    if (!error) return ERROR_INVALID_MEDIA;
    return error == ERROR_OBJECT_NOT_FOUND ? ERROR_SUCCESS : error;
}

/* The documentation names ERROR_DUPLICATE_OMID, which has no number; the code is that of MS-RSMP. */
static DWORD check_label( const NTMS_PARTITIONINFORMATIONW *side )
{
    DWORD error;
    int found;

    error = db_get_int( &found, "SELECT 1 FROM partition WHERE label_id = ? AND label_type = ?", "bw", side->OmidLabelId,
                        side->dwOmidLabelIdLength, side->szOmidLabelType );
    if (!error) return ERROR_INVALID_MEDIA;
    return error == ERROR_OBJECT_NOT_FOUND ? ERROR_SUCCESS : error;
}

static DWORD check_duplicates( const struct new_media *media, const NTMS_OBJECTINFORMATIONW *sides, DWORD options )
{
    DWORD i, error;

    if ((error = check_bar_code( media->bar_code ))) return error;
    for (i = 0; (options & NTMS_ERROR_ON_DUPLICATE) && i < media->pool.sides; i++)
        if ((error = check_label( &sides[i].Info.Partition ))) return error;
    return ERROR_SUCCESS;
}

/* The identifier that the program wants, or a new one.  No code is documented for one that is taken. */
static DWORD make_object( const GUID *wish, DWORD type, const WCHAR *name, const WCHAR *description, GUID *id )
{
    DWORD error, other;

    *id = *wish;
    if (!NTMS_IS_NULLGUID( *id ))
    {
        error = object_type( id, &other );
        if (error != ERROR_OBJECT_NOT_FOUND) return error ? error : ERROR_INVALID_MEDIA;
    }
    return object_create( id, type, name, description );
}

/* ------------------------------------------------------------------ the medium */

/* Media Names: bar code, label of a single side, number */
static void choose_name( struct new_media *media, const NTMS_OBJECTINFORMATIONW *info, const NTMS_OBJECTINFORMATIONW *sides )
{
    const WCHAR *label = media->pool.sides == 1 ? sides->Info.Partition.szOmidLabelInfo : L"";
    const WCHAR *name = info->szName[0] ? info->szName : media->bar_code[0] ? media->bar_code : label;

    if (name[0]) lstrcpynW( media->name, name, ARRAY_SIZE(media->name) );
    else swprintf( media->name, ARRAY_SIZE(media->name), L"%d", media->sequence_number );
}

static DWORD set_enabled( const GUID *id, BOOL enabled )
{
    return enabled ? ERROR_SUCCESS : db_exec( "UPDATE object SET enabled = 0 WHERE id = ?", "g", id );
}

static DWORD add_medium( struct new_media *media, const NTMS_OBJECTINFORMATIONW *info )
{
    DWORD error;

    if ((error = make_object( &info->ObjectGuid, NTMS_PHYSICAL_MEDIA, media->name, info->szDescription, &media->id )))
        return error;
    if ((error = set_enabled( &media->id, info->Enabled ))) return error;
    return db_exec( "INSERT INTO physical_media (id, library, pool, media_type, bar_code, sequence_number, type_code,"
                    " density_code) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "ggggwiii", &media->id, &media->library,
                    &media->pool.id, &media->pool.media_type, media->bar_code[0] ? media->bar_code : NULL,
                    media->sequence_number, info->Info.PhysicalMedia.dwMediaTypeCode, info->Info.PhysicalMedia.dwDensityCode );
}

static DWORD add_logical_medium( struct new_media *media, const GUID *wish, GUID *id )
{
    DWORD error = make_object( wish, NTMS_LOGICAL_MEDIA, media->name, NULL, id );

    return error ? error : db_exec( "INSERT INTO logical_media (id, pool) VALUES (?, ?)", "gg", id, &media->pool.id );
}

/* The label counts as read: the first mount compares it. */
static DWORD add_side( struct new_media *media, DWORD number, const NTMS_OBJECTINFORMATIONW *info )
{
    const NTMS_PARTITIONINFORMATIONW *side = &info->Info.Partition;
    GUID *id = &media->sides[number], *logical = &media->logical[number];
    DWORD error;

    memset( logical, 0, sizeof(*logical) );
    if ((error = make_object( &info->ObjectGuid, NTMS_PARTITION, info->szName[0] ? info->szName : media->name,
                              info->szDescription, id ))) return error;
    if ((error = set_enabled( id, info->Enabled ))) return error;
    if (is_owned( info ) && (error = add_logical_medium( media, &side->LogicalMedia, logical ))) return error;
    return db_exec( "INSERT INTO partition (id, physical_media, logical_media, side, state, identified, label_kind, label_id,"
                    " label_type, label_info, mount_count, allocate_count, capacity)"
                    " VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)", "gggiiibwwiil", id, &media->id, guid_or_null( logical ),
                    number, side->State, label_kind( side->szOmidLabelType, side->dwOmidLabelIdLength ), side->OmidLabelId,
                    side->dwOmidLabelIdLength, side->szOmidLabelType, side->szOmidLabelInfo, side->dwMountCount,
                    side->dwAllocateCount, side->Capacity.QuadPart );
}

/* what is reserved comes after what it is reserved for */
static DWORD add_sides( struct new_media *media, const NTMS_OBJECTINFORMATIONW *sides )
{
    DWORD i, reserved, error;

    for (reserved = 0; reserved < 2; reserved++)
    {
        for (i = 0; i < media->pool.sides; i++)
        {
            if ((sides[i].Info.Partition.State == NTMS_PARTSTATE_RESERVED) != reserved) continue;
            if ((error = add_side( media, i, &sides[i] ))) return error;
        }
    }
    return ERROR_SUCCESS;
}

static DWORD get_creation_time( const GUID *id, SYSTEMTIME *time )
{
    struct db_query *query;
    FILETIME created;
    INT64 value = 0;
    DWORD error;

    if ((error = db_select( &query, "SELECT created FROM object WHERE id = ?", "g", id ))) return error;
    if (db_next( query )) value = db_int64( query, 0 );
    created.dwLowDateTime  = value;
    created.dwHighDateTime = value >> 32;
    FileTimeToSystemTime( &created, time );
    return db_finish( query );
}

static DWORD get_creation_times( struct new_media *media )
{
    DWORD i, error = get_creation_time( &media->id, &media->times[0] );

    for (i = 0; !error && i < media->pool.sides; i++) error = get_creation_time( &media->sides[i], &media->times[1 + i] );
    return error;
}

static DWORD create( struct session *session, const NTMS_OBJECTINFORMATIONW *info, const NTMS_OBJECTINFORMATIONW *sides,
                     DWORD count, DWORD options, struct new_media *media )
{
    DWORD error;

    if ((error = find_places( &info->Info.PhysicalMedia, media ))) return error;
    if ((error = check_access( session, ACCESS_CreateNtmsMedia, &media->pool.id ))) return error;
    if (count != media->pool.sides) return ERROR_MEDIA_INCOMPATIBLE;
    if ((error = check_duplicates( media, sides, options ))) return error;
    if ((error = store_next_sequence_number( &media->sequence_number ))) return error;
    choose_name( media, info, sides );
    if ((error = add_medium( media, info )) || (error = add_sides( media, sides ))) return error;
    return get_creation_times( media );
}

/* ------------------------------------------------------------------ what the program learns */

static void set_common( NTMS_OBJECTINFORMATIONW *info, const GUID *id, const SYSTEMTIME *time )
{
    info->Created = info->Modified = *time;
    info->ObjectGuid = *id;
    info->dwOperationalState = NTMS_READY;
}

static void return_medium( const struct new_media *media, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_PMIDINFORMATIONW *physical = &info->Info.PhysicalMedia;

    set_common( info, &media->id, &media->times[0] );
    lstrcpyW( info->szName, media->name );
    memset( &physical->Location, 0, sizeof(physical->Location) );
    memset( &physical->HomeSlot, 0, sizeof(physical->HomeSlot) );
    physical->LocationType = NTMS_STORAGESLOT;
    physical->MediaType    = media->pool.media_type;
    physical->BarCodeState = media->bar_code[0] ? NTMS_BARCODESTATE_OK : NTMS_BARCODESTATE_UNREADABLE;
    physical->MediaState   = NTMS_MEDIASTATE_IDLE;
    lstrcpyW( physical->szBarCode, media->bar_code );
    swprintf( physical->szSequenceNumber, ARRAY_SIZE(physical->szSequenceNumber), L"%d", media->sequence_number );
}

/* PhysicalMedia is what the structure's description says, not "the GUID of the newly-created side object". */
static void return_side( const struct new_media *media, DWORD number, NTMS_OBJECTINFORMATIONW *info )
{
    set_common( info, &media->sides[number], &media->times[1 + number] );
    info->Info.Partition.PhysicalMedia = media->id;
    info->Info.Partition.LogicalMedia  = media->logical[number];
    info->Info.Partition.Side          = number;
}

/* without trailing spaces */
static void copy_bar_code( WCHAR dst[NTMS_BARCODE_LENGTH], const WCHAR *src )
{
    DWORD len = wcslen( src );

    while (len && src[len - 1] == ' ') len--;
    memcpy( dst, src, len * sizeof(WCHAR) );
    dst[len] = 0;
}

DWORD ntms_create_media( struct session *session, NTMS_OBJECTINFORMATIONW *media, NTMS_OBJECTINFORMATIONW *sides,
                         DWORD count, DWORD options )
{
    struct new_media new_media;
    DWORD i, error;

    TRACE( "%p %p %p %lu %#lx\n", session, media, sides, count, options );

    if (options & ~NTMS_ERROR_ON_DUPLICATE) return ERROR_INVALID_PARAMETER;
    if ((error = check_info( media, sides, count ))) return error;
    copy_bar_code( new_media.bar_code, media->Info.PhysicalMedia.szBarCode );

    if ((error = db_begin())) return error;
    if ((error = db_end( create( session, media, sides, count, options, &new_media )))) return error;
    return_medium( &new_media, media );
    for (i = 0; i < count; i++) return_side( &new_media, i, &sides[i] );
    return ERROR_SUCCESS;
}
