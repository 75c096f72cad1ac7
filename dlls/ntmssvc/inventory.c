/*
 * Making the database equal to what is in a library
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

static const GUID null_guid;

/* an element that can hold a cartridge */
struct place
{
    DWORD type;                           /* NTMS_STORAGESLOT, NTMS_DRIVE or NTMS_IEPORT */
    DWORD element;
    GUID  id;
    DWORD state;                          /* as the database has it: slot state or port content */
    const CHANGER_ELEMENT_STATUS_EX *status;
    BOOL  full;
    BOOL  cleaner;
    WCHAR code[NTMS_BARCODE_LENGTH];      /* empty when there is none or it cannot be read */
    struct known_medium *medium;          /* what is in it, once decided */
    GUID  new_medium;                     /* or, after store_add_medium() */
};

/* a cartridge that the database believes to be in the library */
struct known_medium
{
    GUID  id;
    GUID  location;
    GUID  home;
    WCHAR code[NTMS_BARCODE_LENGTH];
    BOOL  found;
    BOOL  new_code;                       /* that can be read now */
};

struct inventory
{
    struct library      *library;
    struct place        *places;
    DWORD                place_count;
    DWORD                max_places;
    struct known_medium *media;
    DWORD                media_count;
    struct known_medium **by_code;        /* media with a bar code, sorted by it */
    DWORD                by_code_count;
    struct known_medium **by_location;    /* all media, sorted by location */
};

static int __cdecl compare_code( const void *a, const void *b )
{
    const struct known_medium *const *m1 = a, *const *m2 = b;
    return wcscmp( (*m1)->code, (*m2)->code );
}

static int __cdecl compare_location( const void *a, const void *b )
{
    const struct known_medium *const *m1 = a, *const *m2 = b;
    return memcmp( &(*m1)->location, &(*m2)->location, sizeof(GUID) );
}

static BOOL is_cleaner( const WCHAR *code )
{
    return !wcsncmp( code, L"CLN", 3 );
}

/* ------------------------------------------------------------------ what the database has and what the elements say */

static void add_place( struct inventory *inv, DWORD type, DWORD element, const GUID *id, DWORD state,
                       const CHANGER_ELEMENT_STATUS_EX *status )
{
    struct place *place = &inv->places[inv->place_count];

    if (inv->place_count == inv->max_places) return;
    inv->place_count++;
    place->type = type;
    place->element = element;
    place->id = *id;
    place->state = state;
    place->status = status;
    place->full = (status->Flags & ELEMENT_STATUS_FULL) != 0;
    if (!changer_bar_code( status, place->code )) place->code[0] = 0;
    place->cleaner = is_cleaner( place->code );
}

static DWORD load_elements( struct inventory *inv, DWORD type, const char *sql, const CHANGER_ELEMENT_STATUS_EX *status,
                            DWORD count )
{
    struct db_query *query;
    DWORD error, element;
    GUID id;

    if (!count) return ERROR_SUCCESS;
    if ((error = db_select( &query, sql, "g", &inv->library->id ))) return error;
    while (db_next( query ))
    {
        element = db_int( query, 1 );
        if (!db_guid( query, 0, &id ) || element >= count || status[element].Element.ElementAddress != element) continue;
        add_place( inv, type, element, &id, db_int( query, 2 ), &status[element] );
    }
    return db_finish( query );
}

static DWORD load_places( struct inventory *inv, const struct changer_contents *contents )
{
    DWORD slots = contents->params.NumberStorageElements, ports = contents->params.NumberIEElements;
    DWORD drives = contents->params.NumberDataTransferElements, error;

    inv->max_places = slots + ports + drives;
    if (!(inv->places = calloc( inv->max_places + 1, sizeof(*inv->places) ))) return ERROR_NOT_ENOUGH_MEMORY;
    error = load_elements( inv, NTMS_DRIVE, "SELECT id, element, state FROM drive WHERE library = ?",
                           contents->drives, drives );
    if (!error) error = load_elements( inv, NTMS_STORAGESLOT, "SELECT id, element, state FROM slot WHERE library = ?",
                                       contents->slots, slots );
    if (!error) error = load_elements( inv, NTMS_IEPORT, "SELECT id, element, content FROM port WHERE library = ?",
                                       contents->ports, ports );
    return error;
}

static DWORD read_media( struct inventory *inv )
{
    struct db_query *query;
    DWORD error;
    int i = 0;

    error = db_select( &query, "SELECT id, location, home_slot, bar_code FROM physical_media WHERE library = ?", "g",
                       &inv->library->id );
    if (error) return error;
    while (i < (int)inv->media_count && db_next( query ))
    {
        struct known_medium *medium = &inv->media[i++];

        db_guid( query, 0, &medium->id );
        db_guid( query, 1, &medium->location );
        db_guid( query, 2, &medium->home );
        db_wstr( query, 3, medium->code, ARRAY_SIZE(medium->code) );
    }
    return db_finish( query );
}

static DWORD load_media( struct inventory *inv )
{
    DWORD error, i;
    int count;

    error = db_get_int( &count, "SELECT COUNT(*) FROM physical_media WHERE library = ?", "g", &inv->library->id );
    if (error) return error;
    inv->media_count = count;
    inv->media = calloc( count + 1, sizeof(*inv->media) );
    inv->by_code = calloc( count + 1, sizeof(*inv->by_code) );
    inv->by_location = calloc( count + 1, sizeof(*inv->by_location) );
    if (!inv->media || !inv->by_code || !inv->by_location) return ERROR_NOT_ENOUGH_MEMORY;
    if ((error = read_media( inv ))) return error;

    for (i = 0; i < inv->media_count; i++)
    {
        if (inv->media[i].code[0]) inv->by_code[inv->by_code_count++] = &inv->media[i];
        inv->by_location[i] = &inv->media[i];
    }
    qsort( inv->by_code, inv->by_code_count, sizeof(*inv->by_code), compare_code );
    qsort( inv->by_location, inv->media_count, sizeof(*inv->by_location), compare_location );
    return ERROR_SUCCESS;
}

/* ------------------------------------------------------------------ which cartridge is where */

static struct known_medium *medium_at( struct inventory *inv, const GUID *location )
{
    struct known_medium key = { .location = *location }, *ptr = &key, **found;

    found = bsearch( &ptr, inv->by_location, inv->media_count, sizeof(*found), compare_location );
    return found ? *found : NULL;
}

static struct known_medium *medium_with_code( struct inventory *inv, const WCHAR *code )
{
    struct known_medium key, *ptr = &key, **found, **end = inv->by_code + inv->by_code_count;

    lstrcpynW( key.code, code, ARRAY_SIZE(key.code) );
    if (!(found = bsearch( &ptr, inv->by_code, inv->by_code_count, sizeof(*found), compare_code ))) return NULL;
    while (found > inv->by_code && !wcscmp( found[-1]->code, code )) found--;
    for ( ; found < end && !wcscmp( (*found)->code, code ); found++) if (!(*found)->found) return *found;
    return NULL;
}

static void decide( struct place *place, struct known_medium *medium )
{
    place->medium = medium;
    medium->found = TRUE;
}

static BOOL is_open_question( const struct place *place )
{
    return place->full && !place->cleaner && !place->medium;
}

/* bar codes need not be unique: what has not moved comes first */
static struct known_medium *same_place_and_code( struct inventory *inv, const struct place *place )
{
    struct known_medium *medium = medium_at( inv, &place->id );

    return medium && place->code[0] && !wcscmp( place->code, medium->code ) ? medium : NULL;
}

static struct known_medium *same_code( struct inventory *inv, const struct place *place )
{
    return place->code[0] ? medium_with_code( inv, place->code ) : NULL;
}

/* One whose code cannot be read, or could not before, is taken for the one that was there: its label is compared at every
 * mount. */
static struct known_medium *same_place( struct inventory *inv, const struct place *place )
{
    struct known_medium *medium = medium_at( inv, &place->id );

    return medium && (!place->code[0] || !medium->code[0]) ? medium : NULL;
}

/* in a drive without a code: the changer tells which slot it took the cartridge from, when that is a slot and empty now */
static struct known_medium *same_source( struct inventory *inv, const struct place *place )
{
    const CHANGER_ELEMENT *source = &place->status->SrcElementAddress;
    DWORD i;

    if (place->type != NTMS_DRIVE || place->code[0] || !(place->status->Flags & ELEMENT_STATUS_SVALID)) return NULL;
    if (source->ElementType != ChangerSlot) return NULL;
    for (i = 0; i < inv->place_count; i++)
        if (inv->places[i].type == NTMS_STORAGESLOT && inv->places[i].element == source->ElementAddress)
            return inv->places[i].full ? NULL : medium_at( inv, &inv->places[i].id );
    return NULL;
}

static void decide_known( struct inventory *inv )
{
    static struct known_medium *(* const rules[])( struct inventory *inv, const struct place *place ) =
        { same_place_and_code, same_code, same_place, same_source };
    struct known_medium *medium;
    DWORD rule, i;

    for (rule = 0; rule < ARRAY_SIZE(rules); rule++)
        for (i = 0; i < inv->place_count; i++)
        {
            struct place *place = &inv->places[i];

            if (!is_open_question( place ) || !(medium = rules[rule]( inv, place )) || medium->found) continue;
            decide( place, medium );
            medium->new_code = place->code[0] && !medium->code[0];
        }
}

/* ------------------------------------------------------------------ writing the differences */

static DWORD update_place_state( struct place *place )
{
    DWORD state;

    switch (place->type)
    {
    case NTMS_STORAGESLOT:
        if ((place->status->Flags & ELEMENT_STATUS_EXCEPT) && place->status->ExceptionCode == ERROR_SLOT_NOT_PRESENT)
            state = NTMS_SLOTSTATE_NOTPRESENT;
        else
            state = place->full ? NTMS_SLOTSTATE_FULL : NTMS_SLOTSTATE_EMPTY;
        if (state == place->state) return ERROR_SUCCESS;
        return db_exec( "UPDATE slot SET state = ? WHERE id = ?", "ig", state, &place->id );
    case NTMS_IEPORT:
        state = place->full ? NTMS_PORTCONTENT_FULL : NTMS_PORTCONTENT_EMPTY;
        if (state == place->state) return ERROR_SUCCESS;
        return db_exec( "UPDATE port SET content = ? WHERE id = ?", "ig", state, &place->id );
    default:
        state = place->full ? NTMS_DRIVESTATE_LOADED : NTMS_DRIVESTATE_DISMOUNTED;
        if ((place->state != NTMS_DRIVESTATE_DISMOUNTED) == place->full) return ERROR_SUCCESS;
        return db_exec( "UPDATE drive SET state = ? WHERE id = ?", "ig", state, &place->id );
    }
}

static BOOL has_moved( const struct place *place )
{
    return memcmp( &place->medium->location, &place->id, sizeof(GUID) ) != 0;
}

static DWORD vacate_medium( const GUID *id )
{
    return db_exec( "UPDATE physical_media SET location = NULL, location_type = 0 WHERE id = ?", "g", id );
}

/* Places are unique, so those that change are vacated first, and those of media that may be in the transport. */
static DWORD vacate( struct inventory *inv, BOOL in_transport )
{
    DWORD i, error = ERROR_SUCCESS;

    for (i = 0; i < inv->media_count && in_transport && !error; i++)
        if (!inv->media[i].found) error = vacate_medium( &inv->media[i].id );
    for (i = 0; i < inv->place_count && !error; i++)
        if (inv->places[i].medium && has_moved( &inv->places[i] ))
            error = vacate_medium( &inv->places[i].medium->id );
    return error;
}

/* a medium with that code that is off-line, or in a library that is not there */
static DWORD find_offline( const WCHAR *code, GUID *id )
{
    if (!code[0]) return ERROR_OBJECT_NOT_FOUND;
    return db_get_guid( id, "SELECT m.id FROM physical_media m JOIN library l ON l.id = m.library"
                        " JOIN object o ON o.id = l.id WHERE m.bar_code = ? AND (l.kind = ? OR o.state = ?)"
                        " ORDER BY l.kind, m.id LIMIT 1", "wii", code, NTMS_LIBRARYTYPE_OFFLINE, NTMS_NOT_PRESENT );
}

static DWORD place_medium( struct inventory *inv, const struct place *place, const GUID *id )
{
    const GUID *home = place->type == NTMS_STORAGESLOT ? &place->id : NULL;
    DWORD error;

    if (home && (error = db_exec( "UPDATE physical_media SET home_slot = NULL WHERE home_slot = ? AND id <> ?", "gg",
                                  home, id )))
        return error;
    return db_exec( "UPDATE physical_media SET library = ?, location = ?, location_type = ?,"
                    " home_slot = COALESCE(?, home_slot), media_state = ?, mounted_partition = NULL WHERE id = ?", "ggigig",
                    &inv->library->id, &place->id, place->type, home,
                    place->type == NTMS_DRIVE ? NTMS_MEDIASTATE_LOADED : NTMS_MEDIASTATE_IDLE, id );
}

static DWORD add_medium( struct inventory *inv, struct place *place )
{
    struct new_medium medium = { 0 };
    DWORD error;

    error = find_offline( place->code, &place->new_medium );
    if (!error) return place_medium( inv, place, &place->new_medium );
    if (error != ERROR_OBJECT_NOT_FOUND) return error;
    if (!memcmp( &inv->library->media_type, &null_guid, sizeof(GUID) ))
    {
        WARN( "no drive tells what medium %s is\n", debugstr_w(place->code) );
        return ERROR_SUCCESS;
    }
    medium.library = inv->library->id;
    medium.location = place->id;
    medium.location_type = place->type;
    if (place->type == NTMS_STORAGESLOT) medium.home_slot = place->id;
    medium.media_type = inv->library->media_type;
    medium.bar_code = place->code[0] ? place->code : NULL;
    medium.sides = 1;
    if (place->type == NTMS_STORAGESLOT && (error = db_exec( "UPDATE physical_media SET home_slot = NULL"
                                                             " WHERE home_slot = ?", "g", &place->id )))
        return error;
    return store_add_medium( &medium, &place->new_medium );
}

static DWORD set_cleaner_slot( struct inventory *inv )
{
    DWORD i;

    for (i = 0; i < inv->place_count; i++)
    {
        if (!inv->places[i].cleaner || inv->places[i].type != NTMS_STORAGESLOT) continue;
        return db_exec( "UPDATE library SET cleaner_slot = ?, flags = flags | ? WHERE id = ?", "gig", &inv->places[i].id,
                        NTMS_LIBRARYFLAG_CLEANERPRESENT, &inv->library->id );
    }
    return db_exec( "UPDATE library SET cleaner_slot = NULL, flags = flags & ~? WHERE id = ?", "ig",
                    NTMS_LIBRARYFLAG_CLEANERPRESENT, &inv->library->id );
}

static DWORD move_offline( struct inventory *inv )
{
    DWORD i, error = ERROR_SUCCESS;
    GUID offline;

    if ((error = store_offline_library( &offline ))) return error;
    for (i = 0; i < inv->media_count && !error; i++)
    {
        if (inv->media[i].found) continue;
        WARN( "%s is no longer in the library\n", debugstr_w(inv->media[i].code) );
        error = db_exec( "UPDATE physical_media SET library = ?, location = NULL, location_type = 0, home_slot = NULL,"
                         " media_state = ?, mounted_partition = NULL WHERE id = ?", "gig", &offline, NTMS_MEDIASTATE_IDLE,
                         &inv->media[i].id );
    }
    return error;
}

static DWORD write_places( struct inventory *inv )
{
    DWORD i, error = ERROR_SUCCESS;

    for (i = 0; i < inv->place_count && !error; i++)
    {
        struct place *place = &inv->places[i];

        if ((error = update_place_state( place ))) break;
        if (place->medium)
        {
            if (has_moved( place )) error = place_medium( inv, place, &place->medium->id );
            if (!error && place->medium->new_code)
                error = db_exec( "UPDATE physical_media SET bar_code = ? WHERE id = ?", "wg", place->code, &place->medium->id );
        }
        else if (place->full && !place->cleaner) error = add_medium( inv, place );
    }
    return error;
}

/* While there is a cartridge in the transport, one that is missing may be that one. */
static DWORD write_inventory( struct inventory *inv, BOOL in_transport )
{
    DWORD error;

    if ((error = vacate( inv, in_transport ))) return error;
    if (!in_transport && (error = move_offline( inv ))) return error;
    if ((error = write_places( inv ))) return error;
    return set_cleaner_slot( inv );
}

static void update_drive( struct drive *drive, const struct place *place )
{
    const GUID *medium = place->medium ? &place->medium->id : &place->new_medium;

    drive->blocked = place->full && IsEqualGUID( medium, &null_guid );
    if (IsEqualGUID( &drive->medium, medium )) return;
    /* what is there now is nobody's mount */
    library_clear_drive( drive );
    drive->medium = *medium;
    if (!IsEqualGUID( medium, &null_guid )) library_give_up_drive( drive, 0 );
}

static void update_drives( struct inventory *inv )
{
    struct drive *drive;
    DWORD i;

    EnterCriticalSection( &library_lock );
    for (i = 0; i < inv->place_count; i++)
        if (inv->places[i].type == NTMS_DRIVE && (drive = library_find_drive( inv->library, &inv->places[i].id )))
            update_drive( drive, &inv->places[i] );
    LeaveCriticalSection( &library_lock );
}

const CHANGER_ELEMENT_STATUS_EX *inventory_full_transport( const struct changer_contents *contents )
{
    DWORD i;

    for (i = 0; i < contents->params.NumberTransportElements; i++)
        if (contents->transports[i].Flags & ELEMENT_STATUS_FULL) return &contents->transports[i];
    return NULL;
}

DWORD inventory_apply( struct library *library, const struct changer_contents *contents )
{
    struct inventory inv = { library };
    DWORD error;

    if ((error = db_begin())) return error;
    if (!(error = load_places( &inv, contents )) && !(error = load_media( &inv )))
    {
        decide_known( &inv );
        error = write_inventory( &inv, inventory_full_transport( contents ) != NULL );
    }
    if (!(error = db_end( error ))) update_drives( &inv );
    else ERR( "%s: error %lu\n", debugstr_w(library->device), error );
    free( inv.places );
    free( inv.media );
    free( inv.by_code );
    free( inv.by_location );
    return error;
}
