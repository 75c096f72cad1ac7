/*
 * The object store: what the service's objects are made of and where they belong
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

#include "ntmssvc.h"
#include "rpc.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* The display names of the STORAGE_MEDIA_TYPE codes; those that Windows shows are known for 4mm DDS, Travan,
 * LTO Ultrium and CD-ROM only. */
static const struct
{
    const WCHAR *name;
    WORD         device_type;
    BYTE         sides;
    BYTE         characteristics;
} media_types[] =
{
    { L"4mm DDS",                 FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },  /* 0x20 */
    { L"Mini QIC",                FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"Travan",                  FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"QIC",                     FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"8mm MP",                  FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"8mm AME",                 FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"8mm AIT-1",               FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"DLT",                     FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"NCTP",                    FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"IBM 3480",                FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"IBM 3490E",               FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"IBM Magstar 3590",        FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"IBM Magstar MP",          FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"STK Data D3",             FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"Sony DTF",                FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"6mm DV",                  FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"DMI",                     FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },  /* 0x30 */
    { L"Sony D2",                 FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"Cleaner Cartridge",       FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_READONLY },
    { L"CD-ROM",                  FILE_DEVICE_CD_ROM, 1, NTMS_MEDIARW_READONLY },
    { L"CD-R",                    FILE_DEVICE_CD_ROM, 1, NTMS_MEDIARW_WRITEONCE },
    { L"CD-RW",                   FILE_DEVICE_CD_ROM, 1, NTMS_MEDIARW_REWRITABLE },
    { L"DVD-ROM",                 FILE_DEVICE_CD_ROM, 1, NTMS_MEDIARW_READONLY },
    { L"DVD-R",                   FILE_DEVICE_CD_ROM, 1, NTMS_MEDIARW_WRITEONCE },
    { L"DVD-RW",                  FILE_DEVICE_CD_ROM, 1, NTMS_MEDIARW_REWRITABLE },
    { L"MO 3.5 Rewritable",       FILE_DEVICE_DISK,   1, NTMS_MEDIARW_REWRITABLE },
    { L"MO 5.25 Write Once",      FILE_DEVICE_DISK,   2, NTMS_MEDIARW_WRITEONCE },
    { L"MO 5.25 Rewritable",      FILE_DEVICE_DISK,   2, NTMS_MEDIARW_REWRITABLE },
    { L"MO 5.25 LIMDOW",          FILE_DEVICE_DISK,   2, NTMS_MEDIARW_REWRITABLE },
    { L"PC 5.25 Write Once",      FILE_DEVICE_DISK,   2, NTMS_MEDIARW_WRITEONCE },
    { L"PC 5.25 Rewritable",      FILE_DEVICE_DISK,   2, NTMS_MEDIARW_REWRITABLE },
    { L"PD 5.25 Rewritable",      FILE_DEVICE_DISK,   1, NTMS_MEDIARW_REWRITABLE },
    { L"Ablative 5.25",           FILE_DEVICE_DISK,   2, NTMS_MEDIARW_WRITEONCE },   /* 0x40 */
    { L"Pinnacle Apex 5.25",      FILE_DEVICE_DISK,   2, NTMS_MEDIARW_REWRITABLE },
    { L"Sony 12 Write Once",      FILE_DEVICE_DISK,   2, NTMS_MEDIARW_WRITEONCE },
    { L"Philips 12 Write Once",   FILE_DEVICE_DISK,   2, NTMS_MEDIARW_WRITEONCE },
    { L"Hitachi 12 Write Once",   FILE_DEVICE_DISK,   2, NTMS_MEDIARW_WRITEONCE },
    { L"Cygnet 12 Write Once",    FILE_DEVICE_DISK,   2, NTMS_MEDIARW_WRITEONCE },
    { L"Kodak 14 Write Once",     FILE_DEVICE_DISK,   2, NTMS_MEDIARW_WRITEONCE },
    { L"NFR 5.25",                FILE_DEVICE_DISK,   2, NTMS_MEDIARW_REWRITABLE },
    { L"Nikon 12 Rewritable",     FILE_DEVICE_DISK,   2, NTMS_MEDIARW_REWRITABLE },
    { L"Iomega Zip",              FILE_DEVICE_DISK,   1, NTMS_MEDIARW_REWRITABLE },
    { L"Iomega Jaz",              FILE_DEVICE_DISK,   1, NTMS_MEDIARW_REWRITABLE },
    { L"SyQuest EZ135",           FILE_DEVICE_DISK,   1, NTMS_MEDIARW_REWRITABLE },
    { L"SyQuest EZFlyer",         FILE_DEVICE_DISK,   1, NTMS_MEDIARW_REWRITABLE },
    { L"SyQuest SyJet",           FILE_DEVICE_DISK,   1, NTMS_MEDIARW_REWRITABLE },
    { L"2.5 Floppy",              FILE_DEVICE_DISK,   1, NTMS_MEDIARW_REWRITABLE },
    { L"8mm MP2",                 FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"Ampex DST Small",         FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },  /* 0x50 */
    { L"Ampex DST Medium",        FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"Ampex DST Large",         FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"VXA-1",                   FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"VXA-2",                   FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"STK 9840",                FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"LTO Ultrium",             FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"LTO Accelis",             FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"DVD-RAM",                 FILE_DEVICE_CD_ROM, 1, NTMS_MEDIARW_REWRITABLE },
    { L"8mm AIT",                 FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"ADR-1",                   FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"ADR-2",                   FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"STK 9940",                FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"SAIT",                    FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
    { L"VXA",                     FILE_DEVICE_TAPE,   1, NTMS_MEDIARW_REWRITABLE },
};

#define FIRST_MEDIA_TYPE 0x20

static const struct
{
    DWORD        kind;
    const WCHAR *name;
} system_pools[] =
{
    { NTMS_POOLTYPE_SCRATCH, L"Free" },
    { NTMS_POOLTYPE_IMPORT,  L"Import" },
    { NTMS_POOLTYPE_FOREIGN, L"Unrecognized" },
};

/* The current time, but later than any it has returned before, so that objects can be listed in the order in which they
 * were made.  A clock that has been set back is followed. */
static INT64 next_time(void)
{
    static INT64 last;  /* database lock */
    FILETIME time;
    INT64 now;

    GetSystemTimeAsFileTime( &time );
    now = ((INT64)time.dwHighDateTime << 32) | time.dwLowDateTime;
    if (now <= last && last - now < 10000000) now = last + 1;
    return last = now;
}

/* ------------------------------------------------------------------ objects */

DWORD object_create( GUID *id, DWORD type, const WCHAR *name, const WCHAR *description )
{
    WCHAR short_name[NTMS_OBJECTNAME_LENGTH], short_description[NTMS_DESCRIPTION_LENGTH];
    INT64 now = next_time();

    lstrcpynW( short_name, name ? name : L"", ARRAY_SIZE(short_name) );
    lstrcpynW( short_description, description ? description : L"", ARRAY_SIZE(short_description) );
    if (NTMS_IS_NULLGUID( *id )) UuidCreate( id );
    return db_exec( "INSERT INTO object (id, type, name, description, created, modified) VALUES (?, ?, ?, ?, ?, ?)",
                    "giwwll", id, type, short_name, short_description, now, now );
}

static DWORD expect_row( DWORD error )
{
    if (!error && !db_changes()) error = ERROR_OBJECT_NOT_FOUND;
    return error;
}

DWORD object_touch( const GUID *id )
{
    return expect_row( db_exec( "UPDATE object SET modified = ? WHERE id = ?", "lg", next_time(), id ));
}

/* the media of a library that is deleted go to the off-line library */
static DWORD take_media_offline( const GUID *library )
{
    GUID offline;
    DWORD error;

    if ((error = store_offline_library( &offline ))) return error;
    return db_exec( "UPDATE physical_media SET library = ?, location = NULL, location_type = 0, home_slot = NULL,"
                    " media_state = 0, mounted_partition = NULL WHERE library = ?", "gg", &offline, library );
}

DWORD object_delete( const GUID *id )
{
    DWORD type, error;

    if ((error = object_type( id, &type ))) return error;
    if (type == NTMS_LIBRARY && (error = take_media_offline( id ))) return error;
    return db_exec( "DELETE FROM object WHERE id = ?", "g", id );
}

DWORD object_type( const GUID *id, DWORD *type )
{
    int value;
    DWORD error = db_get_int( &value, "SELECT type FROM object WHERE id = ?", "g", id );

    if (!error) *type = value;
    return error;
}

DWORD object_set_state( const GUID *id, DWORD state )
{
    return expect_row( db_exec( "UPDATE object SET state = ? WHERE id = ?", "ig", state, id ));
}

/* ------------------------------------------------------------------ pools */

static DWORD fold_path( const WCHAR *path, WCHAR folded[NTMS_POOLHIERARCHY_LENGTH] )
{
    if (LCMapStringW( LOCALE_INVARIANT, LCMAP_UPPERCASE, path, -1, folded, NTMS_POOLHIERARCHY_LENGTH ))
        return ERROR_SUCCESS;
    return ERROR_INVALID_NAME;
}

DWORD store_find_pool( const WCHAR *path, GUID *id )
{
    WCHAR folded[NTMS_POOLHIERARCHY_LENGTH];
    DWORD error = fold_path( path, folded );

    return error ? error : db_get_guid( id, "SELECT id FROM pool WHERE folded = ?", "w", folded );
}

DWORD store_add_pool( const GUID *parent, const WCHAR *path, DWORD kind, const GUID *media_type, GUID *id )
{
    const WCHAR *name = wcsrchr( path, '\\' );
    WCHAR folded[NTMS_POOLHIERARCHY_LENGTH];
    DWORD error;

    memset( id, 0, sizeof(*id) );
    if ((error = fold_path( path, folded ))) return error;
    if ((error = object_create( id, NTMS_MEDIA_POOL, name ? name + 1 : path, NULL ))) return error;
    return db_exec( "INSERT INTO pool (id, parent, path, folded, kind, media_type) VALUES (?, ?, ?, ?, ?, ?)",
                    "ggwwig", id, parent, path, folded, kind, media_type );
}

/* the new whole name of a pool, by the name of its parent */
static DWORD rename_path( const WCHAR *old, const WCHAR *name, WCHAR path[NTMS_POOLHIERARCHY_LENGTH] )
{
    const WCHAR *last = wcsrchr( old, '\\' );
    DWORD len = last ? last + 1 - old : 0;

    if (!*name || wcschr( name, '\\' ) || wcslen( name ) >= NTMS_OBJECTNAME_LENGTH) return ERROR_INVALID_NAME;
    if (len + wcslen( name ) >= NTMS_POOLHIERARCHY_LENGTH) return ERROR_INVALID_NAME;
    memcpy( path, old, len * sizeof(WCHAR) );
    lstrcpyW( path + len, name );
    return ERROR_SUCCESS;
}

/* the whole names of all that is in a pool, when its own gets longer */
static DWORD check_paths_below( const WCHAR *folded, int growth )
{
    WCHAR path[NTMS_POOLHIERARCHY_LENGTH];
    struct db_query *query;
    DWORD error, result = ERROR_SUCCESS;

    if ((error = db_select( &query, "SELECT path FROM pool WHERE substr(folded, 1, length(?1) + 1) = ?1 || '\\'", "w",
                            folded ))) return error;
    while (db_next( query ))
    {
        db_wstr( query, 0, path, ARRAY_SIZE(path) );
        if ((int)wcslen( path ) + growth >= NTMS_POOLHIERARCHY_LENGTH) result = ERROR_INVALID_NAME;
    }
    return (error = db_finish( query )) ? error : result;
}

static DWORD get_pool_path( const GUID *id, WCHAR path[NTMS_POOLHIERARCHY_LENGTH] )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = db_select( &query, "SELECT path FROM pool WHERE id = ?", "g", id ))) return error;
    if ((found = db_next( query ))) db_wstr( query, 0, path, NTMS_POOLHIERARCHY_LENGTH );
    if ((error = db_finish( query ))) return error;
    return found ? ERROR_SUCCESS : ERROR_OBJECT_NOT_FOUND;
}

DWORD store_rename_pool( const GUID *id, const WCHAR *name )
{
    WCHAR path[NTMS_POOLHIERARCHY_LENGTH], folded[NTMS_POOLHIERARCHY_LENGTH];
    WCHAR old_path[NTMS_POOLHIERARCHY_LENGTH], old_folded[NTMS_POOLHIERARCHY_LENGTH];
    DWORD error;
    GUID other;

    if ((error = get_pool_path( id, old_path ))) return error;
    if ((error = rename_path( old_path, name, path ))) return error;
    if ((error = fold_path( path, folded )) || (error = fold_path( old_path, old_folded ))) return error;
    error = store_find_pool( path, &other );
    if (!error && !IsEqualGUID( &other, id )) return ERROR_ALREADY_EXISTS;
    if (error && error != ERROR_OBJECT_NOT_FOUND) return error;
    if ((error = check_paths_below( old_folded, (int)wcslen( path ) - (int)wcslen( old_path ) ))) return error;

    if ((error = db_exec( "UPDATE object SET name = ? WHERE id = ?", "wg", name, id ))) return error;
    return db_exec( "UPDATE pool SET path = ?1 || substr(path, length(?3) + 1), folded = ?2 || substr(folded, length(?3) + 1)"
                    " WHERE id = ?4 OR substr(folded, 1, length(?3) + 1) = ?3 || '\\'", "wwwg", path, folded, old_folded, id );
}

DWORD store_system_pool( DWORD pool_type, const GUID *media_type, GUID *id )
{
    return db_get_guid( id, "SELECT id FROM pool WHERE kind = ? AND media_type = ? AND kind <> 1000", "ig",
                        pool_type, media_type );
}

/* finds or makes the children of the system pools for a media type */
static DWORD add_system_pools( const GUID *media_type, const WCHAR *name )
{
    WCHAR path[NTMS_POOLHIERARCHY_LENGTH];
    GUID parent, pool;
    DWORD i, error;

    for (i = 0; i < ARRAY_SIZE(system_pools); i++)
    {
        error = store_system_pool( system_pools[i].kind, media_type, &pool );
        if (!error) continue;
        if (error != ERROR_OBJECT_NOT_FOUND) return error;
        if ((error = store_find_pool( system_pools[i].name, &parent ))) return error;
        swprintf( path, ARRAY_SIZE(path), L"%s\\%s", system_pools[i].name, name );
        if ((error = store_add_pool( &parent, path, system_pools[i].kind, media_type, &pool ))) return error;
    }
    return ERROR_SUCCESS;
}

static DWORD find_or_add_pool( const WCHAR *path, DWORD kind )
{
    GUID id;
    DWORD error = store_find_pool( path, &id );

    return error == ERROR_OBJECT_NOT_FOUND ? store_add_pool( NULL, path, kind, NULL, &id ) : error;
}

/* ------------------------------------------------------------------ types */

static void media_type_name( DWORD code, WCHAR name[NTMS_OBJECTNAME_LENGTH] )
{
    if (code - FIRST_MEDIA_TYPE < ARRAY_SIZE(media_types))
        lstrcpynW( name, media_types[code - FIRST_MEDIA_TYPE].name, NTMS_OBJECTNAME_LENGTH );
    else
        swprintf( name, NTMS_OBJECTNAME_LENGTH, L"Media type %u", code );
}

/* without the pools: those exist only for the types that some device here can use */
static DWORD find_or_add_media_type( DWORD code, GUID *id )
{
    BOOL known = code - FIRST_MEDIA_TYPE < ARRAY_SIZE(media_types);
    DWORD i = known ? code - FIRST_MEDIA_TYPE : 0;  /* what nobody has named is taken for a tape */
    WCHAR name[NTMS_OBJECTNAME_LENGTH];
    GUID type = { 0 };
    DWORD error;

    error = db_get_guid( id, "SELECT id FROM media_type WHERE code = ?", "i", code );
    if (error != ERROR_OBJECT_NOT_FOUND) return error;

    media_type_name( code, name );
    if ((error = object_create( &type, NTMS_MEDIA_TYPE, name, NULL ))) return error;
    error = db_exec( "INSERT INTO media_type (id, code, sides, characteristics, device_type) VALUES (?, ?, ?, ?, ?)",
                     "giiii", &type, code, media_types[i].sides, media_types[i].characteristics, media_types[i].device_type );
    if (!error) *id = type;
    return error;
}

DWORD store_media_type( DWORD code, GUID *id )
{
    WCHAR name[NTMS_OBJECTNAME_LENGTH];
    GUID type;
    DWORD error;

    if ((error = find_or_add_media_type( code, &type ))) return error;
    media_type_name( code, name );
    if ((error = add_system_pools( &type, name ))) return error;
    *id = type;
    return ERROR_SUCCESS;
}

static DWORD add_device_type( DWORD object, const WCHAR *vendor, const WCHAR *product, GUID *id )
{
    WCHAR name[NTMS_VENDORNAME_LENGTH + NTMS_PRODUCTNAME_LENGTH];

    memset( id, 0, sizeof(*id) );
    swprintf( name, ARRAY_SIZE(name), L"%s%s%s", vendor, *vendor && *product ? L" " : L"", product );
    return object_create( id, object, name, NULL );
}

DWORD store_drive_type( const WCHAR *vendor, const WCHAR *product, GUID *id )
{
    GUID type;
    DWORD error;

    error = db_get_guid( id, "SELECT id FROM drive_type WHERE vendor = ? AND product = ?", "ww", vendor, product );
    if (error != ERROR_OBJECT_NOT_FOUND) return error;
    if ((error = add_device_type( NTMS_DRIVE_TYPE, vendor, product, &type ))) return error;
    error = db_exec( "INSERT INTO drive_type (id, vendor, product, device_type) VALUES (?, ?, ?, ?)", "gwwi",
                     &type, vendor, product, FILE_DEVICE_TAPE );
    if (!error) *id = type;
    return error;
}

DWORD store_changer_type( const WCHAR *vendor, const WCHAR *product, GUID *id )
{
    GUID type;
    DWORD error;

    error = db_get_guid( id, "SELECT id FROM changer_type WHERE vendor = ? AND product = ?", "ww", vendor, product );
    if (error != ERROR_OBJECT_NOT_FOUND) return error;
    if ((error = add_device_type( NTMS_CHANGER_TYPE, vendor, product, &type ))) return error;
    error = db_exec( "INSERT INTO changer_type (id, vendor, product, device_type) VALUES (?, ?, ?, ?)", "gwwi",
                     &type, vendor, product, FILE_DEVICE_CHANGER );
    if (!error) *id = type;
    return error;
}

/* ------------------------------------------------------------------ defaults */

static DWORD add_computer(void)
{
    WCHAR name[MAX_COMPUTERNAME_LENGTH + 1];
    DWORD size = ARRAY_SIZE(name), error;
    GUID id;

    error = db_get_guid( &id, "SELECT id FROM computer", "" );
    if (error != ERROR_OBJECT_NOT_FOUND) return error;
    if (!GetComputerNameW( name, &size )) name[0] = 0;
    memset( &id, 0, sizeof(id) );
    if ((error = object_create( &id, NTMS_COMPUTER, name, NULL ))) return error;
    return db_exec( "INSERT INTO computer (id) VALUES (?)", "g", &id );
}

DWORD store_offline_library( GUID *id )
{
    return db_get_guid( id, "SELECT id FROM library WHERE kind = 1", "" );
}

static DWORD add_offline_library(void)
{
    DWORD error;
    GUID id;

    error = store_offline_library( &id );
    if (error != ERROR_OBJECT_NOT_FOUND) return error;
    memset( &id, 0, sizeof(id) );
    if ((error = object_create( &id, NTMS_LIBRARY, L"Off-line Media", NULL ))) return error;
    return db_exec( "INSERT INTO library (id, kind, serial, flags, inventory_method) VALUES (?, ?, '', ?, ?)", "giii",
                    &id, NTMS_LIBRARYTYPE_OFFLINE, NTMS_LIBRARYFLAG_FIXEDOFFLINE, NTMS_INVENTORY_NONE );
}

/* the operator requests of programs that waited for media */
static DWORD forget_waits(void)
{
    return db_exec( "DELETE FROM object WHERE id IN (SELECT id FROM operator_request WHERE request = ? AND state < ?)",
                    "ii", NTMS_OPREQ_NEWMEDIA, NTMS_OPSTATE_REFUSED );
}

DWORD store_defaults(void)
{
    DWORD i, error;
    GUID id;

    if ((error = add_computer())) return error;
    if ((error = find_or_add_pool( L"", NTMS_POOLTYPE_UNKNOWN ))) return error;  /* the root pool */
    for (i = 0; i < ARRAY_SIZE(system_pools); i++)
        if ((error = find_or_add_pool( system_pools[i].name, system_pools[i].kind ))) return error;
    for (i = 0; i < ARRAY_SIZE(media_types); i++)
        if ((error = find_or_add_media_type( FIRST_MEDIA_TYPE + i, &id ))) return error;
    if ((error = add_offline_library())) return error;
    return forget_waits();
}

/* ------------------------------------------------------------------ media */

DWORD store_next_sequence_number( int *number )
{
    DWORD error = db_exec( "UPDATE computer SET next_sequence_number = next_sequence_number + 1", "" );

    return error ? error : db_get_int( number, "SELECT next_sequence_number - 1 FROM computer", "" );
}

static DWORD add_side( const GUID *medium, DWORD side, const WCHAR *name )
{
    GUID id = { 0 };
    DWORD error = object_create( &id, NTMS_PARTITION, name, NULL );

    if (error) return error;
    return db_exec( "INSERT INTO partition (id, physical_media, side, state) VALUES (?, ?, ?, ?)", "ggii",
                    &id, medium, side, NTMS_PARTSTATE_FOREIGN );
}

DWORD store_add_medium( const struct new_medium *medium, GUID *id )
{
    WCHAR name[NTMS_OBJECTNAME_LENGTH];
    GUID pool, physical = { 0 };
    DWORD error, side;
    int number;

    if ((error = store_system_pool( NTMS_POOLTYPE_FOREIGN, &medium->media_type, &pool ))) return error;
    if ((error = store_next_sequence_number( &number ))) return error;
    if (medium->bar_code) lstrcpynW( name, medium->bar_code, ARRAY_SIZE(name) );
    else swprintf( name, ARRAY_SIZE(name), L"%d", number );

    if ((error = object_create( &physical, NTMS_PHYSICAL_MEDIA, name, NULL ))) return error;
    error = db_exec( "INSERT INTO physical_media (id, library, pool, media_type, location, location_type, home_slot,"
                     " bar_code, sequence_number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "gggggigwi",
                     &physical, &medium->library, &pool, &medium->media_type, guid_or_null( &medium->location ),
                     medium->location_type, guid_or_null( &medium->home_slot ), medium->bar_code, number );
    for (side = 0; !error && side < medium->sides; side++) error = add_side( &physical, side, name );
    if (!error) *id = physical;
    return error;
}

DWORD store_find_side( const GUID *side_or_logical, GUID *side, GUID *physical )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = db_select( &query, "SELECT id, physical_media FROM partition WHERE id = ?1 OR logical_media = ?1"
                            " ORDER BY side", "g", side_or_logical ))) return error;
    if ((found = db_next( query )))
    {
        db_guid( query, 0, side );
        db_guid( query, 1, physical );
    }
    if ((error = db_finish( query ))) return error;
    return found ? ERROR_SUCCESS : ERROR_OBJECT_NOT_FOUND;
}

DWORD store_move_medium( const GUID *physical, const GUID *pool )
{
    DWORD error;

    if ((error = db_exec( "UPDATE physical_media SET pool = ?1, media_type = (SELECT media_type FROM pool WHERE id = ?1)"
                          " WHERE id = ?2", "gg", pool, physical ))) return error;
    return object_touch( physical );
}

DWORD store_set_label( const GUID *side, const struct label *label )
{
    DWORD error;

    error = db_exec( "UPDATE partition SET identified = 1, label_kind = ?, label_id = ?, label_type = ?, label_info = ?"
                     " WHERE id = ?", "ibwwg", label->kind, label->id_length ? label->id : NULL, label->id_length,
                     label->type, label->info, side );
    return error ? error : object_touch( side );
}

/* Media Names: without a bar code the name is taken from the label, unless somebody has given another one */
static DWORD name_from_label( const GUID *physical, const struct label *label )
{
    WCHAR name[NTMS_OBJECTNAME_LENGTH];

    if (label->kind != LABEL_MTF || !label->info[0]) return ERROR_SUCCESS;
    lstrcpynW( name, label->info, ARRAY_SIZE(name) );
    return db_exec( "WITH nameless AS (SELECT m.id FROM physical_media m, object o WHERE m.id = ?2 AND o.id = m.id"
                    "  AND m.bar_code IS NULL AND o.name = CAST(m.sequence_number AS TEXT)"
                    "  AND (SELECT COUNT(*) FROM partition WHERE physical_media = m.id) = 1)"
                    " UPDATE object SET name = ?1 WHERE id IN (SELECT id FROM nameless UNION ALL"
                    "  SELECT p.id FROM partition p, nameless n WHERE p.physical_media = n.id)", "wg", name, physical );
}

/* the pool and state of a side whose label has just become known */
static void classify( const struct label *label, DWORD *kind, DWORD *state )
{
    switch (label->kind)
    {
    case LABEL_FREE:
        *kind = NTMS_POOLTYPE_SCRATCH;
        *state = NTMS_PARTSTATE_AVAILABLE;
        break;
    case LABEL_MTF:
        *kind = NTMS_POOLTYPE_IMPORT;
        *state = NTMS_PARTSTATE_IMPORT;
        break;
    default:
        *kind = NTMS_POOLTYPE_FOREIGN;
        *state = NTMS_PARTSTATE_FOREIGN;
        break;
    }
}

static BOOL is_known_offline( const GUID *side, const struct label *label )
{
    int found;

    return label->kind == LABEL_MTF &&
           !db_get_int( &found, "SELECT 1 FROM partition p, physical_media m, library l"
                        " WHERE p.label_id = ? AND p.label_type = ? AND p.id <> ? AND m.id = p.physical_media"
                        " AND l.id = m.library AND l.kind = 1", "bwg", label->id, label->id_length, label->type, side );
}

DWORD store_identify( const GUID *side, const struct label *label )
{
    GUID id, physical, media_type, pool;
    DWORD error, kind, new_state;
    int state;

    if ((error = store_find_side( side, &id, &physical ))) return error;
    if ((error = db_get_int( &state, "SELECT state FROM partition WHERE id = ?", "g", &id ))) return error;
    switch (state)
    {
    case NTMS_PARTSTATE_AVAILABLE:
    case NTMS_PARTSTATE_ALLOCATED:
    case NTMS_PARTSTATE_COMPLETE:
    case NTMS_PARTSTATE_RESERVED:
    case NTMS_PARTSTATE_DECOMMISSIONED:
        return ERROR_INVALID_STATE;
    }
    if (is_known_offline( &id, label )) FIXME( "%s carries the label of an off-line medium\n", debugstr_guid(&physical) );

    if ((error = store_set_label( &id, label ))) return error;
    /* a blank medium that waits for its free label goes on waiting */
    if (state == NTMS_PARTSTATE_UNPREPARED && label->kind == LABEL_BLANK) return ERROR_SUCCESS;

    classify( label, &kind, &new_state );
    if ((error = db_get_guid( &media_type, "SELECT media_type FROM physical_media WHERE id = ?", "g", &physical )))
        return error;
    if ((error = store_system_pool( kind, &media_type, &pool ))) return error;
    if ((error = db_exec( "UPDATE partition SET state = ? WHERE id = ?", "ig", new_state, &id ))) return error;
    if ((error = name_from_label( &physical, label ))) return error;
    return store_move_medium( &physical, &pool );
}

DWORD store_free_label_written( const GUID *physical, const struct label *label )
{
    DWORD error;
    GUID side;

    if ((error = db_get_guid( &side, "SELECT id FROM partition WHERE physical_media = ? AND state = ?"
                              " ORDER BY side", "gi", physical, NTMS_PARTSTATE_UNPREPARED ))) return error;
    if ((error = store_set_label( &side, label ))) return error;
    return db_exec( "UPDATE partition SET state = ? WHERE id = ?", "ig", NTMS_PARTSTATE_AVAILABLE, &side );
}
