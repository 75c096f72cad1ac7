/*
 * What has changed in the object store, in the order of the commits
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

#include "ntmssvc.h"
#include "database.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* The connection notes in a table of its own memory which objects a transaction touches, each once; that table is rolled back
 * with the transaction and never reaches the disk.  An object that was made and deleted in one transaction has never been.
 * operation is an NTMS_OBJ_ one, 0 for such an object. */
#define NOTE( operation, row, type ) \
    " INSERT INTO change (id, operation, type) VALUES (" row ".id, " operation ", " type ")"
#define NOTE_UPDATE( table, type ) \
    "CREATE TEMP TRIGGER note_" table " AFTER UPDATE ON main." table " BEGIN" \
    NOTE( "1", "new", type ) " ON CONFLICT DO NOTHING; END;"

const char *const changes_triggers =
    "CREATE TEMP TABLE change (id BLOB NOT NULL UNIQUE, operation INTEGER NOT NULL, type INTEGER NOT NULL);"
    "CREATE TEMP TRIGGER note_insert AFTER INSERT ON main.object BEGIN"
    NOTE( "2", "new", "new.type" ) " ON CONFLICT (id) DO UPDATE SET operation = 1; END;"
    "CREATE TEMP TRIGGER note_delete AFTER DELETE ON main.object BEGIN"
    NOTE( "3", "old", "old.type" ) " ON CONFLICT (id) DO UPDATE SET operation = CASE operation WHEN 2 THEN 0 ELSE 3 END; END;"
    NOTE_UPDATE( "object", "new.type" )
    NOTE_UPDATE( "changer", "2" )
    NOTE_UPDATE( "changer_type", "3" )
    NOTE_UPDATE( "computer", "4" )
    NOTE_UPDATE( "drive", "5" )
    NOTE_UPDATE( "drive_type", "6" )
    NOTE_UPDATE( "door", "7" )
    NOTE_UPDATE( "port", "8" )
    NOTE_UPDATE( "library", "9" )
    NOTE_UPDATE( "request", "10" )
    NOTE_UPDATE( "logical_media", "11" )
    NOTE_UPDATE( "pool", "12" )
    NOTE_UPDATE( "media_type", "13" )
    NOTE_UPDATE( "partition", "14" )
    NOTE_UPDATE( "physical_media", "15" )
    NOTE_UPDATE( "slot", "16" )
    NOTE_UPDATE( "operator_request", "17" );

#define QUEUE_SIZE 4096

/* guards all of this */
static CRITICAL_SECTION changes_cs;
static CRITICAL_SECTION_DEBUG changes_cs_debug =
{
    0, 0, &changes_cs, { &changes_cs_debug.ProcessLocksList, &changes_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": changes_cs") }
};
static CRITICAL_SECTION changes_cs = { &changes_cs_debug, -1, 0, 0, 0, 0 };

static struct change queue[QUEUE_SIZE];
static DWORD queue_first, queue_count;
static BOOL queue_lost;          /* changes after those in the queue */
static HANDLE queue_event;       /* of whoever wants to know; without him nothing is kept */

/* what the transaction that is about to be committed has changed; database lock */
static struct change *collected;
static DWORD collected_count, collected_size;
static BOOL collected_lost;

static void add_collected( DWORD operation, DWORD type, const GUID *id )
{
    DWORD size = collected_size ? collected_size * 2 : 64;
    struct change *changes;

    if (collected_count == collected_size)
    {
        /* what does not go into the queue is not worth the memory either */
        if (size > QUEUE_SIZE || !(changes = realloc( collected, size * sizeof(*changes) )))
        {
            collected_lost = TRUE;
            return;
        }
        collected = changes;
        collected_size = size;
    }
    collected[collected_count].operation = operation;
    collected[collected_count].type = type;
    collected[collected_count++].id = *id;
}

DWORD changes_collect(void)
{
    struct db_query *query;
    DWORD error;
    GUID id;

    changes_forget();
    if ((error = db_select( &query, "SELECT operation, type, id FROM temp.change WHERE operation <> 0 ORDER BY rowid", "" )))
        return error;
    while (db_next( query ))
    {
        db_guid( query, 2, &id );
        add_collected( db_int( query, 0 ), db_int( query, 1 ), &id );
    }
    if ((error = db_finish( query ))) return error;
    return db_exec( "DELETE FROM temp.change", "" );
}

void changes_forget(void)
{
    collected_count = 0;
    collected_lost = FALSE;
}

static void push( const struct change *change )
{
    if (queue_lost || queue_count == QUEUE_SIZE) queue_lost = TRUE;
    else queue[(queue_first + queue_count++) % QUEUE_SIZE] = *change;
}

void changes_publish(void)
{
    DWORD i;

    EnterCriticalSection( &changes_cs );
    if (queue_event && (collected_count || collected_lost))
    {
        for (i = 0; i < collected_count; i++) push( &collected[i] );
        if (collected_lost) queue_lost = TRUE;
        SetEvent( queue_event );
    }
    LeaveCriticalSection( &changes_cs );
    changes_forget();
}

void store_watch_changes( HANDLE event )
{
    EnterCriticalSection( &changes_cs );
    queue_event = event;
    queue_first = queue_count = 0;
    queue_lost = FALSE;
    LeaveCriticalSection( &changes_cs );
}

BOOL store_next_change( struct change *change )
{
    BOOL found = TRUE;

    EnterCriticalSection( &changes_cs );
    if (queue_count)
    {
        *change = queue[queue_first];
        queue_first = (queue_first + 1) % QUEUE_SIZE;
        queue_count--;
    }
    else if (queue_lost)
    {
        memset( change, 0, sizeof(*change) );
        queue_lost = FALSE;
    }
    else found = FALSE;
    LeaveCriticalSection( &changes_cs );
    return found;
}
