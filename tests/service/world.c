/*
 * A database with objects of all types, for the tests
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

#include "world.h"
#include "wine/test.h"

const GUID nobody = { 0x12345678, 1, 2, { 3, 4, 5, 6, 7, 8, 9, 10 } };

static WCHAR directory[MAX_PATH];

static GUID make_object( DWORD type, const WCHAR *name )
{
    GUID id = { 0 };

    OK( object_create( &id, type, name, L"" ));
    return id;
}

static void add_libraries( struct world *world )
{
    world->library = make_object( NTMS_LIBRARY, L"Library" );
    OK( db_exec( "INSERT INTO library (id, kind, serial, first_drive, first_slot, first_door, first_port, first_changer)"
                 " VALUES (?, 2, 'L1', 10, 20, 30, 40, 50)", "g", &world->library ));
    OK( db_exec( "INSERT INTO library_media_type (library, media_type) VALUES (?, ?)", "gg", &world->library, &world->lto ));
    OK( db_exec( "INSERT INTO library_media_type (library, media_type) VALUES (?, ?)", "gg", &world->library, &world->dlt ));
    world->standalone = make_object( NTMS_LIBRARY, L"Stand-alone" );
    OK( db_exec( "INSERT INTO library (id, kind, serial) VALUES (?, 3, 'D9')", "g", &world->standalone ));
}

static GUID add_drive( const struct world *world, const GUID *library, DWORD number, const WCHAR *serial )
{
    GUID id = make_object( NTMS_DRIVE, L"Drive" );

    OK( db_exec( "INSERT INTO drive (id, library, number, element, drive_type, serial, revision, device_name, scsi_port,"
                 " scsi_bus, scsi_target, scsi_lun, state, mount_count, last_cleaned)"
                 " VALUES (?, ?, ?, ?, ?, ?, 'R1', '\\\\.\\Tape0', 1, 2, 3, 4, 2, 7, 133000000000000000)", "ggiigw",
                 &id, library, number, number, &world->drive_type, serial ));
    return id;
}

static void add_devices( struct world *world )
{
    DWORD i;

    OK( store_changer_type( L"Vendor", L"Changer", &world->changer_type ));
    OK( store_drive_type( L"Maker", L"Drive", &world->drive_type ));
    world->changer = make_object( NTMS_CHANGER, L"Changer" );
    OK( db_exec( "INSERT INTO changer (id, library, number, changer_type, serial, revision, device_name, scsi_port, scsi_bus,"
                 " scsi_target, scsi_lun) VALUES (?, ?, 50, ?, 'C1', 'R2', '\\\\.\\Changer0', 5, 6, 7, 8)", "ggg",
                 &world->changer, &world->library, &world->changer_type ));
    for (i = 0; i < 2; i++) world->drives[i] = add_drive( world, &world->library, i, i ? L"D2" : L"D1" );
    world->lone_drive = add_drive( world, &world->standalone, 0, L"D9" );
}

static void add_elements( struct world *world )
{
    DWORD i;

    for (i = 0; i < 2; i++)
    {
        world->doors[i] = make_object( NTMS_IEDOOR, L"Door" );
        OK( db_exec( "INSERT INTO door (id, library, number, state) VALUES (?, ?, ?, 1)", "ggi", &world->doors[i],
                     &world->library, 30 + i ));
        world->ports[i] = make_object( NTMS_IEPORT, L"Port" );
        OK( db_exec( "INSERT INTO port (id, library, number, element, content, position) VALUES (?, ?, ?, ?, 2, 1)", "ggii",
                     &world->ports[i], &world->library, 40 + i, i ));
    }
    for (i = 0; i < WORLD_SLOTS; i++)
    {
        world->slots[i] = make_object( NTMS_STORAGESLOT, L"Slot" );
        OK( db_exec( "INSERT INTO slot (id, library, number, element, state) VALUES (?, ?, ?, ?, 1)", "ggii",
                     &world->slots[i], &world->library, 20 + i, i ));
    }
}

static void add_medium( struct world *world, DWORD n, DWORD sides, const WCHAR *bar_code )
{
    struct new_medium medium = { world->library, world->slots[n], NTMS_STORAGESLOT, world->slots[n], world->lto, bar_code, sides };

    OK( store_add_medium( &medium, &world->media[n] ));
}

/* the sides become available, in Free or in the pool */
static void free_medium( const GUID *medium, const GUID *pool )
{
    OK( store_move_medium( medium, pool ));
    OK( db_exec( "UPDATE partition SET state = 4, identified = 1, label_kind = 1 WHERE physical_media = ?", "g", medium ));
}

static void get_side( const GUID *medium, DWORD side, GUID *id )
{
    OK( db_get_guid( id, "SELECT id FROM partition WHERE physical_media = ? AND side = ?", "gi", medium, side ));
}

static void add_media( struct world *world )
{
    add_medium( world, 0, 2, L"TWO" );
    add_medium( world, 1, 1, NULL );
    add_medium( world, 2, 1, L"THREE" );
    get_side( &world->media[0], 0, &world->sides[0] );
    get_side( &world->media[0], 1, &world->sides[1] );
    get_side( &world->media[1], 0, &world->sides[2] );
    get_side( &world->media[2], 0, &world->sides[3] );
    free_medium( &world->media[0], &world->pool );
    free_medium( &world->media[1], &world->free_pool );
    OK( db_exec( "UPDATE physical_media SET location = ?, location_type = 5, media_state = 3, mounted_partition = ?,"
                 " type_code = 1, density_code = 70 WHERE id = ?", "ggg", &world->drives[0], &world->sides[3],
                 &world->media[2] ));
}

static void add_requests( struct world *world )
{
    world->request = make_object( NTMS_LIBREQUEST, L"Mount" );
    OK( db_exec( "INSERT INTO request (id, library, work_item, operation, option, state, partition, drive, physical_media,"
                 " queued, completed, application, user, computer, error, priority, position)"
                 " VALUES (?1, ?2, ?1, 17, 4, 3, ?3, ?4, ?5, 133000000000000000, 133000000010000000, 'app', 'user', 'host', 5,"
                 " -3, 1)", "ggggg", &world->request, &world->library, &world->sides[2], &world->drives[1],
                 &world->media[1] ));
    world->operator_request = make_object( NTMS_OPREQUEST, L"" );
    OK( db_exec( "INSERT INTO operator_request (id, request, submitted, state, message, arg1_type, arg1, arg2_type, arg2,"
                 " application, user, computer) VALUES (?, 4, 133000000000000000, 3, 'move it', 15, ?, 9, ?, 'app', 'user',"
                 " 'host')", "ggg", &world->operator_request, &world->media[1], &world->library ));
}

static void find_pools( struct world *world )
{
    OK( db_get_guid( &world->root, "SELECT id FROM pool WHERE kind = 0", "" ));
    OK( store_find_pool( L"Free", &world->free_parent ));
    OK( store_system_pool( NTMS_POOLTYPE_SCRATCH, &world->lto, &world->free_pool ));
    OK( store_system_pool( NTMS_POOLTYPE_IMPORT, &world->lto, &world->import_pool ));
    OK( store_system_pool( NTMS_POOLTYPE_FOREIGN, &world->lto, &world->foreign_pool ));
    OK( store_add_pool( NULL, L"Backup", NTMS_POOLTYPE_APPLICATION, NULL, &world->parent ));
    OK( store_add_pool( &world->parent, L"Backup\\LTO", NTMS_POOLTYPE_APPLICATION, &world->lto, &world->pool ));
    OK( store_add_pool( &world->parent, L"Backup\\Empty", NTMS_POOLTYPE_APPLICATION, NULL, &world->empty_pool ));
}

void world_open( struct world *world )
{
    WCHAR temp[MAX_PATH];
    GUID source;
    DWORD wait;

    memset( world, 0, sizeof(*world) );
    GetTempPathW( ARRAY_SIZE(temp), temp );
    swprintf( directory, ARRAY_SIZE(directory), L"%sntmsworld_%lx", temp, GetCurrentProcessId() );
    OK( db_open( directory ));
    OK( db_begin() );
    OK( store_defaults() );
    OK( store_media_type( 0x56, &world->lto ));
    OK( store_media_type( 0x27, &world->dlt ));
    OK( store_offline_library( &world->offline ));
    OK( db_get_guid( &world->computer, "SELECT id FROM computer", "" ));
    find_pools( world );
    add_libraries( world );
    add_devices( world );
    add_elements( world );
    add_media( world );
    add_requests( world );
    OK( db_commit() );
    OK( ntms_allocate_media( NULL, &world->pool, &world->sides[0], &world->logical, 0, 0, &source, &wait ));
}

void world_close(void)
{
    WCHAR name[MAX_PATH];

    db_close();
    swprintf( name, ARRAY_SIZE(name), L"%s\\NTMSDATA", directory );
    ok( DeleteFileW( name ), "cannot delete, error %lu\n", GetLastError() );
    ok( RemoveDirectoryW( directory ), "not empty, error %lu\n", GetLastError() );
}

const GUID *world_object( const struct world *world, DWORD type )
{
    switch (type)
    {
    case NTMS_CHANGER:        return &world->changer;
    case NTMS_CHANGER_TYPE:   return &world->changer_type;
    case NTMS_COMPUTER:       return &world->computer;
    case NTMS_DRIVE:          return &world->drives[0];
    case NTMS_DRIVE_TYPE:     return &world->drive_type;
    case NTMS_IEDOOR:         return &world->doors[0];
    case NTMS_IEPORT:         return &world->ports[0];
    case NTMS_LIBRARY:        return &world->library;
    case NTMS_LIBREQUEST:     return &world->request;
    case NTMS_LOGICAL_MEDIA:  return &world->logical;
    case NTMS_MEDIA_POOL:     return &world->pool;
    case NTMS_MEDIA_TYPE:     return &world->lto;
    case NTMS_PARTITION:      return &world->sides[0];
    case NTMS_PHYSICAL_MEDIA: return &world->media[0];
    case NTMS_STORAGESLOT:    return &world->slots[0];
    case NTMS_OPREQUEST:      return &world->operator_request;
    default:                  return NULL;
    }
}

NTMS_OBJECTINFORMATIONW world_info( const GUID *id )
{
    NTMS_OBJECTINFORMATIONW info = { 0 };

    OK( ntms_get_object_information( NULL, id, NTMS_UNKNOWN, &info ));
    return info;
}

void world_exec( const char *sql, const GUID *id )
{
    OK( db_begin() );
    OK( db_end( db_exec( sql, "g", id )));
}
