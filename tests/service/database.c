/*
 * Tests of the service's database: snapshots, records of changes, and faults at every step
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
#include "faults.h"
#include "winsqlite/winsqlite3.h"
#include "wine/test.h"

static struct world world;
static struct faults *faults;

static void rename_object( const GUID *id, const WCHAR *name )
{
    OK( db_begin() );
    OK( db_end( db_exec( "UPDATE object SET name = ? WHERE id = ?", "wg", name, id )));
}

static void check_name( const GUID *id, const WCHAR *expect )
{
    struct db_query *query;
    WCHAR name[64] = L"";

    OK( db_select( &query, "SELECT name FROM object WHERE id = ?", "g", id ));
    if (db_next( query )) db_wstr( query, 0, name, ARRAY_SIZE(name) );
    OK( db_finish( query ));
    ok( !wcscmp( name, expect ), "name %s instead of %s\n", debugstr_w(name), debugstr_w(expect) );
}

/* ------------------------------------------------------------------ snapshots */

static DWORD WINAPI rename_thread( void *name )
{
    rename_object( &world.media[0], name );
    return 0;
}

static DWORD WINAPI read_thread( void *event )
{
    OK( db_begin_read() );
    check_name( &world.media[0], L"second" );
    OK( db_end( ERROR_SUCCESS ));
    SetEvent( event );
    return 0;
}

static void wait_for( HANDLE handle )
{
    ok( !WaitForSingleObject( handle, 5000 ), "does not come to an end\n" );
    CloseHandle( handle );
}

static void test_snapshots(void)
{
    HANDLE event = CreateEventW( NULL, FALSE, FALSE, NULL );
    GUID id = { 1 };

    rename_object( &world.media[0], L"first" );
    OK( db_begin_read() );
    check_name( &world.media[0], L"first" );
    wait_for( CreateThread( NULL, 0, rename_thread, (void *)L"second", 0, NULL ));
    check_name( &world.media[0], L"first" );
    FAILS( db_exec( "DELETE FROM object WHERE id = ?", "g", &world.media[0] ), ERROR_DATABASE_FAILURE );
    FAILS( db_begin_read(), ERROR_DATABASE_FAILURE );
    FAILS( db_begin(), ERROR_DATABASE_FAILURE );
    check_name( &world.media[0], L"first" );
    OK( db_end( ERROR_SUCCESS ));

    /* nobody who reads waits for who writes */
    OK( db_begin() );
    OK( db_exec( "UPDATE object SET name = 'third' WHERE id = ?", "g", &world.media[0] ));
    CloseHandle( CreateThread( NULL, 0, read_thread, event, 0, NULL ));
    ok( !WaitForSingleObject( event, 5000 ), "the reader waits\n" );
    FAILS( db_begin(), ERROR_DATABASE_FAILURE );
    FAILS( db_begin_read(), ERROR_DATABASE_FAILURE );
    db_rollback();
    FAILS( db_exec( "DELETE FROM object WHERE id = ?", "g", &id ), ERROR_DATABASE_FAILURE );
    FAILS( db_commit(), ERROR_DATABASE_FAILURE );
    CloseHandle( event );
}

#define READERS 24

static DWORD WINAPI reading_thread( void *arg )
{
    int i, media;

    for (i = 0; i < 20; i++)
    {
        OK( db_begin_read() );
        OK( db_get_int( &media, "SELECT SUM(media_count) FROM library", "" ));
        Sleep( 1 );
        OK( db_end( db_get_int( &media, "SELECT ? - COUNT(*) FROM physical_media", "i", media )));
        ok( !media, "not of one moment, differs by %d\n", media );
    }
    return 0;
}

static GUID add_medium( const WCHAR *name )
{
    struct new_medium medium = { world.library, null_guid, 0, null_guid, world.lto, name, 1 };
    GUID id = { 0 };

    OK( db_begin() );
    OK( db_end( store_add_medium( &medium, &id )));
    return id;
}

static void delete_object( const GUID *id )
{
    OK( db_begin() );
    OK( db_end( object_delete( id )));
}

static void test_many_readers(void)
{
    HANDLE threads[READERS];
    GUID id;
    int i;

    for (i = 0; i < READERS; i++) threads[i] = CreateThread( NULL, 0, reading_thread, NULL, 0, NULL );
    for (i = 0; i < 10; i++)
    {
        id = add_medium( L"passing" );
        delete_object( &id );
    }
    ok( !WaitForMultipleObjects( READERS, threads, TRUE, 20000 ), "readers do not come to an end\n" );
    for (i = 0; i < READERS; i++) CloseHandle( threads[i] );
}

/* ------------------------------------------------------------------ records of changes */

static void check_change( DWORD operation, DWORD type, const GUID *id )
{
    struct change change = { 99 };

    ok( store_next_change( &change ), "no record\n" );
    ok( change.operation == operation && change.type == type, "operation %lu, type %lu instead of %lu, %lu\n",
        change.operation, change.type, operation, type );
    if (id) ok( IsEqualGUID( &change.id, id ), "%s instead of %s\n", debugstr_guid(&change.id), debugstr_guid(id) );
}

/* the record of an object, whatever else there is */
static DWORD find_change( const GUID *id )
{
    struct change change;
    DWORD operation = 0;

    while (store_next_change( &change ))
        if (IsEqualGUID( &change.id, id ))
        {
            ok( !operation, "two records of one object\n" );
            operation = change.operation;
        }
    return operation;
}

static void test_changes(void)
{
    HANDLE event = CreateEventW( NULL, FALSE, FALSE, NULL );
    struct change change;
    GUID id, side;

    rename_object( &world.slots[0], L"unseen" );
    store_watch_changes( event );
    ok( !store_next_change( &change ), "an old record\n" );

    rename_object( &world.slots[0], L"seen" );
    ok( !WaitForSingleObject( event, 0 ), "no event\n" );
    check_change( NTMS_OBJ_UPDATE, NTMS_STORAGESLOT, &world.slots[0] );
    ok( !store_next_change( &change ), "another record\n" );

    /* what is rolled back has not happened */
    OK( db_begin() );
    OK( object_touch( &world.slots[0] ));
    db_rollback();
    OK( db_begin() );
    OK( db_commit() );
    ok( WaitForSingleObject( event, 0 ), "event\n" );
    ok( !store_next_change( &change ), "a record of what was rolled back\n" );

    id = add_medium( L"new" );
    OK( db_begin() );
    OK( db_end( db_get_guid( &side, "SELECT id FROM partition WHERE physical_media = ?", "g", &id )));
    ok( find_change( &id ) == NTMS_OBJ_INSERT, "the medium has not been inserted\n" );
    delete_object( &id );
    ok( find_change( &side ) == NTMS_OBJ_DELETE, "the side has not been deleted\n" );
    id = add_medium( L"new" );
    delete_object( &id );
    while (store_next_change( &change )) if (IsEqualGUID( &change.id, &id )) break;
    ok( change.operation == NTMS_OBJ_INSERT, "operation %lu\n", change.operation );
    ok( find_change( &id ) == NTMS_OBJ_DELETE, "not in the order of the commits\n" );

    /* made and deleted at once */
    OK( db_begin() );
    memset( &id, 0, sizeof(id) );
    OK( object_create( &id, NTMS_OPREQUEST, L"", L"" ));
    OK( db_exec( "INSERT INTO operator_request (id, request, submitted, state) VALUES (?, 1, 1, 1)", "g", &id ));
    OK( object_delete( &id ));
    OK( db_commit() );
    ok( !store_next_change( &change ), "a record of nothing\n" );

    /* a row of its type */
    world_exec( "UPDATE drive SET mount_count = mount_count + 1 WHERE id = ?", &world.drives[0] );
    check_change( NTMS_OBJ_UPDATE, NTMS_DRIVE, &world.drives[0] );
    ok( !store_next_change( &change ), "another record\n" );
    store_watch_changes( NULL );
    rename_object( &world.slots[0], L"unseen" );
    ok( !store_next_change( &change ), "an old record\n" );
    CloseHandle( event );
}

static void test_lost_changes(void)
{
    HANDLE event = CreateEventW( NULL, FALSE, FALSE, NULL );
    struct change change;
    int i, count = 0;

    store_watch_changes( event );
    for (i = 0; i < 3; i++)
    {
        OK( db_begin() );
        OK( db_end( db_exec( "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                             " INSERT INTO object (id, type, created, modified)"
                             " SELECT CAST('00000000000' || (i + ? + 10000) AS BLOB), 17, 1, 1 FROM n", "i", i * 2000 )));
    }
    while (store_next_change( &change ) && change.operation) count++;
    ok( count == 4096, "%d records before the loss\n", count );
    ok( !change.operation, "the loss is not recorded\n" );
    ok( !store_next_change( &change ), "a record after the loss\n" );

    rename_object( &world.slots[0], L"later" );
    check_change( NTMS_OBJ_UPDATE, NTMS_STORAGESLOT, &world.slots[0] );

    /* more than the queue holds at once */
    OK( db_begin() );
    OK( db_end( db_exec( "DELETE FROM object WHERE type = 17 AND created = 1", "" )));
    for (count = 0; store_next_change( &change ) && change.operation; count++);
    ok( count == 4096, "%d records before the loss\n", count );
    store_watch_changes( NULL );
    CloseHandle( event );
}

/* ------------------------------------------------------------------ faults */

static void arm( LONG kinds, LONG number, LONG code )
{
    faults->kinds  = 0;
    faults->hits   = 0;
    faults->number = number;
    faults->repeat = 0;
    faults->code   = code;
    faults->kinds  = kinds;
}

/* each call, and what takes it back */
static GUID made_pool, made_logical;

static DWORD create_pool(void)
{
    return ntms_create_media_pool( NULL, L"Faults", &world.lto, NTMS_CREATE_NEW, NULL, 0, &made_pool );
}

static DWORD delete_pool(void)
{
    return ntms_delete_media_pool( NULL, &made_pool );
}

static DWORD move_there(void)
{
    return ntms_move_to_media_pool( NULL, &world.media[1], &world.pool );
}

static DWORD move_back(void)
{
    return ntms_move_to_media_pool( NULL, &world.media[1], &world.free_pool );
}

static DWORD allocate(void)
{
    GUID source;
    DWORD wait;

    return ntms_allocate_media( NULL, &world.pool, &world.sides[1], &made_logical, 0, 0, &source, &wait );
}

static DWORD deallocate(void)
{
    return ntms_deallocate_media( NULL, &made_logical, 0 );
}

static DWORD set_attribute(void)
{
    return ntms_set_object_attribute( NULL, &world.media[0], NTMS_PHYSICAL_MEDIA, L"Name", (const BYTE *)"value", 5 );
}

static DWORD delete_attribute(void)
{
    return ntms_set_object_attribute( NULL, &world.media[0], NTMS_PHYSICAL_MEDIA, L"Name", (const BYTE *)"value", 0 );
}

/* what the whole database says, to see that nothing has changed */
static BYTE *fingerprint( DWORD *size )
{
    static const char *const sql[] =
    {
        "SELECT group_concat(quote(id) || name || state || enabled) FROM object",
        "SELECT group_concat(quote(id) || quote(pool) || quote(library) || available) FROM physical_media",
        "SELECT group_concat(quote(id) || state || quote(logical_media) || allocate_count) FROM partition",
        "SELECT group_concat(quote(id) || path || media_count || logical_count) FROM pool",
        "SELECT group_concat(quote(object) || name || quote(value)) FROM attribute",
    };
    DWORD i, max = 1 << 20;
    struct db_query *query;
    BYTE *data = malloc( max );

    *size = 0;
    OK( db_begin_read() );
    for (i = 0; i < ARRAY_SIZE(sql); i++)
    {
        OK( db_select( &query, sql[i], "" ));
        if (db_next( query )) *size += db_blob( query, 0, data + *size, max - *size );
        OK( db_finish( query ));
    }
    OK( db_end( ERROR_SUCCESS ));
    return data;
}

/* the call with a fault, which leaves everything as it was; FALSE when it has not come so far */
static BOOL check_fault( const char *name, DWORD (*call)(void), LONG kind, LONG number, int code, DWORD expect )
{
    DWORD error, before_size, after_size;
    BYTE *before, *after;

    before = fingerprint( &before_size );
    arm( kind, number, code );
    error = call();
    faults->kinds = 0;
    if (faults->hits)
    {
        ok( error == expect, "%s: kind %ld, number %ld, code %d: error %lu\n", name, kind, number, code, error );
        after = fingerprint( &after_size );
        ok( before_size == after_size && !memcmp( before, after, after_size ),
            "%s: kind %ld, number %ld, code %d: half a change\n", name, kind, number, code );
        free( after );
    }
    else ok( !error, "%s: error %lu\n", name, error );
    free( before );
    return faults->hits != 0;
}

/* every step fails in turn, with each code, and in the end none */
static void check_faults( const char *name, DWORD (*call)(void), DWORD (*undo)(void) )
{
    static const struct { int code; DWORD error; } codes[] =
    {
        { SQLITE_FULL,     ERROR_DATABASE_FULL },
        { SQLITE_IOERR,    ERROR_DATABASE_FAILURE },
        { SQLITE_READONLY, ERROR_DATABASE_FAILURE },
        { SQLITE_CORRUPT,  ERROR_DATABASE_FAILURE },
        { SQLITE_BUSY,     ERROR_DATABASE_FAILURE },
        { SQLITE_NOMEM,    ERROR_NOT_ENOUGH_MEMORY },
    };
    const LONG kinds[] = { FAULT_BEGIN, FAULT_STEP, FAULT_COMMIT };
    DWORD kind, i, points = 0;
    LONG number;

    for (kind = 0; kind < ARRAY_SIZE(kinds); kind++)
    {
        BOOL done = FALSE;

        for (number = 1; !done && number < 200; number++)
            for (i = 0; i < ARRAY_SIZE(codes); i++)
            {
                if (check_fault( name, call, kinds[kind], number, codes[i].code, codes[i].error )) points++;
                else
                {
                    OK( undo() );
                    done = TRUE;
                    break;
                }
            }
        ok( done, "%s: no end\n", name );
    }
    trace( "%s: %lu faults\n", name, points );
    ok( points >= 3 * ARRAY_SIZE(codes), "%s: only %lu faults\n", name, points );
}

static void test_faults(void)
{
    HANDLE mapping = CreateFileMappingW( INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof(*faults), FAULTS_NAME );

    faults = MapViewOfFile( mapping, FILE_MAP_WRITE, 0, 0, sizeof(*faults) );
    ok( faults != NULL, "error %lu\n", GetLastError() );
    if (!faults) return;

    check_faults( "CreateNtmsMediaPool", create_pool, delete_pool );
    check_faults( "MoveToNtmsMediaPool", move_there, move_back );
    check_faults( "AllocateNtmsMedia", allocate, deallocate );
    check_faults( "SetNtmsObjectAttribute", set_attribute, delete_attribute );
    OK( allocate() );
    check_faults( "DeallocateNtmsMedia", deallocate, allocate );
    ok( faults->begins > 100, "%ld transactions\n", faults->begins );

    /* each function is one durable commit */
    faults->commits = 0;
    OK( deallocate() );
    ok( faults->commits == 1, "DeallocateNtmsMedia: %ld commits\n", faults->commits );
    OK( allocate() );
    ok( faults->commits == 2, "AllocateNtmsMedia: %ld commits\n", faults->commits - 1 );
    OK( move_there() );
    ok( faults->commits == 3, "MoveToNtmsMediaPool: %ld commits\n", faults->commits - 2 );
    UnmapViewOfFile( faults );
    CloseHandle( mapping );
}

START_TEST(database)
{
    world_open( &world );
    test_snapshots();
    test_many_readers();
    test_changes();
    test_lost_changes();
    test_faults();
    world_close();
}
