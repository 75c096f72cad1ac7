/*
 * Bringing a medium into a drive and back, and knowing which one it is
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

/* how long a drive may take from the load to ready; first use of a cartridge can take this long */
#define LOAD_TIMEOUT_MS (10 * 60 * 1000)

/* how often somebody else may be in our way before a work fails */
#define MAX_SURPRISES 2

/* for so long a drive may not have noticed the cartridge that the robot has brought */
#define NOTICE_TIMEOUT_MS 10000

static const GUID null_guid;

/* ------------------------------------------------------------------ load */

static DWORD find_place( const GUID *medium, ELEMENT_TYPE *type, DWORD *element, GUID *id,
                         WCHAR code[NTMS_BARCODE_LENGTH] )
{
    struct db_query *query;
    DWORD error, location = 0;

    error = db_select( &query, "SELECT m.location_type, m.location, COALESCE(s.element, p.element, d.element), m.bar_code"
                       " FROM physical_media m LEFT JOIN slot s ON s.id = m.location LEFT JOIN port p ON p.id = m.location"
                       " LEFT JOIN drive d ON d.id = m.location WHERE m.id = ?", "g", medium );
    if (error) return error;
    if (db_next( query ))
    {
        location = db_int( query, 0 );
        db_guid( query, 1, id );
        *element = db_int( query, 2 );
        db_wstr( query, 3, code, NTMS_BARCODE_LENGTH );
    }
    if ((error = db_finish( query ))) return error;
    switch (location)
    {
    case NTMS_STORAGESLOT: *type = ChangerSlot; return ERROR_SUCCESS;
    case NTMS_IEPORT:      *type = ChangerIEPort; return ERROR_SUCCESS;
    case NTMS_DRIVE:       *type = ChangerDrive; return ERROR_SUCCESS;
    default:               return ERROR_MEDIA_OFFLINE;
    }
}

static DWORD leave_place( ELEMENT_TYPE type, const GUID *place )
{
    if (type == ChangerSlot)
        return db_exec( "UPDATE slot SET state = ? WHERE id = ?", "ig", NTMS_SLOTSTATE_EMPTY, place );
    if (type == ChangerIEPort)
        return db_exec( "UPDATE port SET content = ? WHERE id = ?", "ig", NTMS_PORTCONTENT_EMPTY, place );
    return db_exec( "UPDATE drive SET state = ? WHERE id = ?", "ig", NTMS_DRIVESTATE_DISMOUNTED, place );
}

static DWORD record_in_drive( const struct drive *drive, const GUID *medium, ELEMENT_TYPE type, const GUID *place )
{
    DWORD error;

    if ((error = db_begin())) return error;
    if (!(error = leave_place( type, place ))
        && !(error = db_exec( "UPDATE physical_media SET location = ?, location_type = ?, media_state = ? WHERE id = ?",
                              "giig", &drive->id, NTMS_DRIVE, NTMS_MEDIASTATE_MOUNTED, medium )))
        error = db_exec( "UPDATE drive SET state = ?, mount_count = mount_count + 1 WHERE id = ?", "ig",
                         NTMS_DRIVESTATE_MOUNTED, &drive->id );
    return db_end( error );
}

/* Somebody may have moved cartridges without our hearing of it: with mtx, say. */
static DWORD check_bar_code( struct library *library, const struct drive *drive, const WCHAR *expected )
{
    WCHAR code[NTMS_BARCODE_LENGTH];

    if (!expected[0] || changer_drive_code( library->device, drive->element, code ) || !code[0]) return ERROR_SUCCESS;
    if (!wcscmp( code, expected )) return ERROR_SUCCESS;
    WARN( "%s came instead of %s\n", debugstr_w(code), debugstr_w(expected) );
    return ERROR_MEDIA_CHANGED;
}

/* with the transport held */
static DWORD bring_to_drive( struct library *library, struct drive *drive, const GUID *medium )
{
    WCHAR code[NTMS_BARCODE_LENGTH] = { 0 };
    ELEMENT_TYPE type = ChangerSlot;
    DWORD element = 0, error;
    GUID place;

    if ((error = db_begin())) return error;
    if ((error = db_end( find_place( medium, &type, &element, &place, code )))) return error;
    if ((error = changer_move( library->changer, type, element, ChangerDrive, drive->element ))) return error;
    if ((error = check_bar_code( library, drive, code ))) return error;
    EnterCriticalSection( &library_lock );
    drive->medium = *medium;
    LeaveCriticalSection( &library_lock );
    return record_in_drive( drive, medium, type, &place );
}

/* From before a move until it is recorded, database and elements may differ; so they may when it fails. */
static DWORD move_to_drive( struct library *library, struct drive *drive, const GUID *medium )
{
    DWORD error;

    EnterCriticalSection( &library->transport );
    if ((error = bring_to_drive( library, drive, medium ))) library_set_stale( library );
    LeaveCriticalSection( &library->transport );
    if (error) WARN( "%s: error %lu\n", debugstr_w(library->device), error );
    return error;
}

/* A program may have unloaded the drive before it gave up the medium. */
static DWORD read_label( HANDLE tape, BOOL moved, struct work *work, struct label *label )
{
    DWORD error;

    error = tape_wait_ready( tape, LOAD_TIMEOUT_MS, moved ? NOTICE_TIMEOUT_MS : 0, work );
    if (error == ERROR_NO_MEDIA_IN_DRIVE && !(error = PrepareTape( tape, TAPE_LOAD, FALSE )))
        error = tape_wait_ready( tape, LOAD_TIMEOUT_MS, NOTICE_TIMEOUT_MS, work );
    return error ? error : tape_read_label( tape, label );
}

struct expected
{
    BOOL         identified;
    DWORD        state;
    struct label label;
};

static DWORD load_expected( const GUID *side, struct expected *expected )
{
    struct db_query *query;
    DWORD error;

    memset( expected, 0, sizeof(*expected) );
    error = db_select( &query, "SELECT identified, label_kind, label_id, state FROM partition WHERE id = ?", "g", side );
    if (error) return error;
    if (db_next( query ))
    {
        expected->identified = db_int( query, 0 );
        expected->label.kind = db_int( query, 1 );
        expected->label.id_length = db_blob( query, 2, expected->label.id, sizeof(expected->label.id) );
        expected->state = db_int( query, 3 );
    }
    return db_finish( query );
}

/* The first label read of a cartridge tells what it is; later ones must find the same.  A side that nobody owns is what
 * its label says (the service may have been killed between a free label and its record), but it is not what was asked
 * for: *wrong is set.  Nothing is learnt from a label until it is sure that the cartridge is the right one. */
static DWORD check_label( const GUID *side, const struct label *label, BOOL sure, BOOL *wrong )
{
    struct expected expected;
    DWORD error;

    *wrong = FALSE;
    if ((error = load_expected( side, &expected ))) return error;
    if (!expected.identified) return store_identify( side, label );
    if (label_same( &expected.label, label )) return ERROR_SUCCESS;
    ERR( "the label is not that of the expected medium: kind %d instead of %d, %s\n", label->kind, expected.label.kind,
         debugstr_w(label->info) );
    *wrong = expected.state != NTMS_PARTSTATE_UNPREPARED || !sure;
    if (!sure) return ERROR_SUCCESS;
    switch (expected.state)
    {
    case NTMS_PARTSTATE_UNPREPARED:
    case NTMS_PARTSTATE_FOREIGN:
    case NTMS_PARTSTATE_IMPORT:
        return store_identify( side, label );
    default:
        return ERROR_SUCCESS;
    }
}

/* CreateNtmsMedia(): what a program has told of its medium is replaced when the medium has been mounted */
static DWORD record_mounted( const struct work_item *item, const struct tape_medium *medium )
{
    DWORD error;

    if ((error = db_exec( "UPDATE physical_media SET media_state = ?, mounted_partition = ?, type_code = ?, density_code = ?"
                          " WHERE id = ?", "igiig", NTMS_MEDIASTATE_LOADED, &item->side, medium->type_code,
                          medium->density_code, &item->medium ))) return error;
    return db_exec( "UPDATE partition SET mount_count = mount_count + 1, capacity = ? WHERE id = ?", "lg",
                    medium->capacity, &item->side );
}

static DWORD record_loaded( const struct drive *drive, const struct work_item *item, const struct label *label,
                            const struct tape_medium *medium, BOOL sure )
{
    DWORD error;
    BOOL wrong = FALSE;

    if ((error = db_begin())) return error;
    error = check_label( &item->side, label, sure, &wrong );
    if (!error && !wrong) error = record_mounted( item, medium );
    if (!error) error = db_exec( "UPDATE drive SET state = ? WHERE id = ?", "ig", NTMS_DRIVESTATE_LOADED, &drive->id );
    error = db_end( error );
    return !error && wrong ? ERROR_INVALID_STATE : error;
}

/* The drive is ours from before the robot moves until the label is known, so that nobody outside finds another cartridge
 * in a drive that he has open. */
DWORD load_medium( struct work *work, struct drive *drive, const struct work_item *item, struct label *label )
{
    struct library *library = work->library;
    BOOL move = !IsEqualGUID( &drive->medium, &item->medium );
    struct tape_medium medium;
    HANDLE tape;
    DWORD error;

    TRACE( "%s into %s\n", wine_dbgstr_guid(&item->medium), debugstr_w(drive->device) );
    if (move && library->kind == NTMS_LIBRARYTYPE_STANDALONE) return ERROR_MEDIA_OFFLINE;
    if ((error = tape_open( drive->device, &tape ))) return error;
    if (move) error = move_to_drive( library, drive, &item->medium );
    if (!error) error = read_label( tape, move, work, label );
    if (!error) tape_read_medium( tape, &medium );
    CloseHandle( tape );
    if (error) return error;
    if ((error = record_loaded( drive, item, label, &medium, work->surprises > 0 )) != ERROR_INVALID_STATE) return error;
    library_set_stale( library );  /* AutoRecovery: the wrong medium was where it was looked for */
    return work->surprises ? error : ERROR_MEDIA_CHANGED;
}

DWORD load_again( struct work *work, DWORD error )
{
    switch (error)
    {
    case ERROR_MEDIA_CHANGED:
    case ERROR_SOURCE_ELEMENT_EMPTY:
    case ERROR_DESTINATION_ELEMENT_FULL:
    case ERROR_DEVICE_NOT_CONNECTED:
    case ERROR_NO_SUCH_DEVICE:
        break;
    default:
        return error;
    }
    if (work->surprises++ >= MAX_SURPRISES) return ERROR_INVALID_STATE;
    return work_again( work, 0 );
}

/* ------------------------------------------------------------------ unload */

/* The medium's own slot if that is free, else one that is nobody's, else any free one. */
static DWORD find_home( const struct library *library, const GUID *medium, GUID *slot, DWORD *element )
{
    struct db_query *query;
    DWORD error;
    BOOL found = FALSE;

    error = db_select( &query, "SELECT s.id, s.element FROM slot s"
                       " LEFT JOIN physical_media m ON m.home_slot = s.id"
                       " WHERE s.library = ? AND s.state = ? ORDER BY COALESCE(m.id = ?, 0) DESC, m.id IS NOT NULL, s.element LIMIT 1",
                       "gig", &library->id, NTMS_SLOTSTATE_EMPTY, medium );
    if (error) return error;
    if (db_next( query ))
    {
        found = db_guid( query, 0, slot );
        *element = db_int( query, 1 );
    }
    if ((error = db_finish( query ))) return error;
    return found ? ERROR_SUCCESS : ERROR_LIBRARY_FULL;
}

static DWORD record_in_slot( const struct drive *drive, const GUID *medium, const GUID *slot )
{
    DWORD error;

    if ((error = db_begin())) return error;
    if (!(error = db_exec( "UPDATE physical_media SET home_slot = NULL WHERE home_slot = ? AND id <> ?", "gg", slot, medium ))
        && !(error = db_exec( "UPDATE physical_media SET location = ?, location_type = ?, home_slot = ?, media_state = ?,"
                              " mounted_partition = NULL WHERE id = ?", "gigig", slot, NTMS_STORAGESLOT, slot,
                              NTMS_MEDIASTATE_IDLE, medium ))
        && !(error = db_exec( "UPDATE slot SET state = ? WHERE id = ?", "ig", NTMS_SLOTSTATE_FULL, slot )))
        error = db_exec( "UPDATE drive SET state = ? WHERE id = ?", "ig", NTMS_DRIVESTATE_DISMOUNTED, &drive->id );
    return db_end( error );
}

/* with the transport held */
static DWORD take_to_slot( struct library *library, struct drive *drive )
{
    GUID slot, medium = drive->medium;
    DWORD element = 0, error;

    if ((error = db_begin())) return error;
    if ((error = db_end( find_home( library, &medium, &slot, &element )))) return error;
    if ((error = changer_move( library->changer, ChangerDrive, drive->element, ChangerSlot, element ))) return error;
    EnterCriticalSection( &library_lock );
    library_clear_drive( drive );
    LeaveCriticalSection( &library_lock );
    return record_in_slot( drive, &medium, &slot );
}

static DWORD move_to_slot( struct library *library, struct drive *drive )
{
    DWORD error;

    EnterCriticalSection( &library->transport );
    if ((error = take_to_slot( library, drive ))) library_set_stale( library );
    LeaveCriticalSection( &library->transport );
    if (error) WARN( "%s: error %lu\n", debugstr_w(library->device), error );
    return error;
}

/* Nothing takes a medium out of a stand-alone drive; it is only rewound. */
static DWORD rest_standalone( struct library *library, struct drive *drive )
{
    GUID medium = drive->medium;
    HANDLE tape;
    DWORD error;

    if ((error = tape_open( drive->device, &tape ))) return error;
    SetTapePosition( tape, TAPE_REWIND, 0, 0, 0, TRUE );
    CloseHandle( tape );
    if ((error = db_begin())) return error;
    error = db_exec( "UPDATE physical_media SET media_state = ?, mounted_partition = NULL WHERE id = ?", "ig",
                     NTMS_MEDIASTATE_IDLE, &medium );
    if (!error) error = db_exec( "UPDATE drive SET state = ? WHERE id = ?", "ig", NTMS_DRIVESTATE_DISMOUNTABLE, &drive->id );
    if ((error = db_end( error ))) return error;

    EnterCriticalSection( &library_lock );
    library_clear_drive( drive );
    drive->medium = medium;
    LeaveCriticalSection( &library_lock );
    return ERROR_SUCCESS;
}

/* The drive is ours until its cartridge is gone. */
DWORD unload_drive( struct library *library, struct drive *drive )
{
    HANDLE tape;
    DWORD error;

    if (IsEqualGUID( &drive->medium, &null_guid )) return ERROR_SUCCESS;
    TRACE( "%s from %s\n", wine_dbgstr_guid(&drive->medium), debugstr_w(drive->device) );
    if (library->kind == NTMS_LIBRARYTYPE_STANDALONE) return rest_standalone( library, drive );

    if ((error = tape_open( drive->device, &tape ))) return error;
    if ((error = tape_unload( tape ))) WARN( "%s: unload failed with %lu\n", debugstr_w(drive->device), error );
    /* the changer is the judge of whether the cartridge can be taken */
    if (error != ERROR_BUSY) error = move_to_slot( library, drive );
    CloseHandle( tape );
    return error;
}
