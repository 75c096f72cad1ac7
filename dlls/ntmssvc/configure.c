/*
 * Making the library objects of the database equal to the devices
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

DWORD configure_begin(void)
{
    return db_exec( "UPDATE object SET state = ? WHERE type IN (?, ?, ?) AND state = 0 AND id NOT IN"
                    " (SELECT id FROM library WHERE kind = ?)", "iiiii", NTMS_NOT_PRESENT, NTMS_LIBRARY, NTMS_DRIVE,
                    NTMS_CHANGER, NTMS_LIBRARYTYPE_OFFLINE );
}

/* two devices with one serial number cannot be told apart */
static BOOL is_taken( const GUID *id )
{
    BOOL ret;

    EnterCriticalSection( &library_lock );
    ret = library_find( id ) != NULL;
    LeaveCriticalSection( &library_lock );
    return ret;
}

static DWORD ensure_library( DWORD kind, const struct device_info *device, GUID *id )
{
    WCHAR name[NTMS_OBJECTNAME_LENGTH];
    DWORD error;

    error = db_get_guid( id, "SELECT id FROM library WHERE kind = ? AND serial = ?", "iw", kind, device->serial );
    if (!error)
    {
        if (!is_taken( id )) return object_set_state( id, NTMS_READY );
        ERR( "serial number %s is used twice\n", debugstr_w(device->serial) );
        return ERROR_DUP_NAME;
    }
    if (error != ERROR_OBJECT_NOT_FOUND) return error;

    *id = null_guid;
    swprintf( name, ARRAY_SIZE(name), L"%.20s %.40s", device->vendor, device->product );
    if ((error = object_create( id, NTMS_LIBRARY, name, device->serial ))) return error;
    return db_exec( "INSERT INTO library (id, kind, serial) VALUES (?, ?, ?)", "giw", id, kind, device->serial );
}

static DWORD update_library( const GUID *id, const GET_CHANGER_PARAMETERS *params )
{
    return db_exec( "UPDATE library SET bar_code_reader = ?, drive_cleaning = ?, first_drive = ?, first_slot = ?,"
                    " first_port = ?, first_changer = ? WHERE id = ?", "iiiiiig",
                    (params->Features0 & CHANGER_BAR_CODE_SCANNER_INSTALLED) != 0,
                    (params->Features0 & CHANGER_DRIVE_CLEANING_REQUIRED) != 0, params->FirstDriveNumber,
                    params->FirstSlotNumber, params->FirstIEPortNumber, params->FirstTransportNumber, id );
}

static DWORD ensure_changer( const GUID *library, const struct device_info *device, DWORD number )
{
    GUID id = null_guid, type;
    DWORD error;

    if ((error = store_changer_type( device->vendor, device->product, &type ))) return error;
    error = db_get_guid( &id, "SELECT id FROM changer WHERE library = ?", "g", library );
    if (error == ERROR_OBJECT_NOT_FOUND)
    {
        if ((error = object_create( &id, NTMS_CHANGER, device->product, device->serial ))) return error;
        return db_exec( "INSERT INTO changer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "ggigwwwiiii", &id, library, number,
                        &type, device->serial, device->revision, device->name, device->port, device->bus,
                        device->target, device->lun );
    }
    if (error) return error;
    if ((error = object_set_state( &id, NTMS_READY ))) return error;
    return db_exec( "UPDATE changer SET number = ?, changer_type = ?, revision = ?, device_name = ?, scsi_port = ?,"
                    " scsi_bus = ?, scsi_target = ?, scsi_lun = ? WHERE id = ?", "igwwiiiig", number, &type,
                    device->revision, device->name, device->port, device->bus, device->target, device->lun, &id );
}

/* device is NULL for an element that is tied to no device */
static DWORD ensure_drive( const GUID *library, DWORD number, DWORD element, const struct device_info *device, GUID *id )
{
    static const struct device_info no_device;
    const struct device_info *info = device ? device : &no_device;
    WCHAR name[NTMS_OBJECTNAME_LENGTH];
    GUID type;
    DWORD error;

    if (device && (error = store_drive_type( device->vendor, device->product, &type ))) return error;
    error = db_get_guid( id, "SELECT id FROM drive WHERE library = ? AND element = ?", "gi", library, element );
    if (error == ERROR_OBJECT_NOT_FOUND)
    {
        *id = null_guid;
        swprintf( name, ARRAY_SIZE(name), L"Drive %u", number );
        if ((error = object_create( id, NTMS_DRIVE, name, L"" ))) return error;
        error = db_exec( "INSERT INTO drive (id, library, number, element, serial, revision, device_name, scsi_port,"
                         " scsi_bus, scsi_target, scsi_lun) VALUES (?, ?, ?, ?, '', '', '', 0, 0, 0, 0)", "ggii", id,
                         library, number, element );
    }
    if (error) return error;
    if ((error = object_set_state( id, device ? NTMS_READY : NTMS_NOT_PRESENT ))) return error;
    return db_exec( "UPDATE drive SET number = ?, drive_type = ?, serial = ?, revision = ?, device_name = ?, scsi_port = ?,"
                    " scsi_bus = ?, scsi_target = ?, scsi_lun = ? WHERE id = ?", "igwwwiiiig", number,
                    device ? &type : NULL, info->serial, info->revision, info->name, info->port, info->bus,
                    info->target, info->lun, id );
}

/* the numbers begin elsewhere when the changer says so; none may be used twice on the way */
static DWORD renumber_drives( const GUID *library )
{
    return db_exec( "UPDATE drive SET number = -1 - element WHERE library = ? AND element IS NOT NULL", "g", library );
}

/* elements that the changer has no more are not there, rather than empty */
static DWORD drop_slots( const GUID *library, DWORD count )
{
    return db_exec( "UPDATE slot SET state = ? WHERE library = ? AND element >= ?", "igi", NTMS_SLOTSTATE_NOTPRESENT,
                    library, count );
}

/* a slot or port for each element that has none yet */
static DWORD ensure_elements( const GUID *library, DWORD type, DWORD first_number, DWORD count )
{
    const char *insert = type == NTMS_STORAGESLOT ?
        "INSERT INTO slot (id, library, number, element) VALUES (?, ?, ?, ?)" :
        "INSERT INTO port (id, library, number, element) VALUES (?, ?, ?, ?)";
    const char *select = type == NTMS_STORAGESLOT ?
        "SELECT COALESCE(MAX(element) + 1, 0) FROM slot WHERE library = ?" :
        "SELECT COALESCE(MAX(element) + 1, 0) FROM port WHERE library = ?";
    WCHAR name[NTMS_OBJECTNAME_LENGTH];
    DWORD error;
    GUID id;
    int i;

    if ((error = db_get_int( &i, select, "g", library ))) return error;
    for ( ; !error && i < (int)count; i++)
    {
        id = null_guid;
        swprintf( name, ARRAY_SIZE(name), type == NTMS_STORAGESLOT ? L"Slot %u" : L"Port %u", first_number + i );
        if ((error = object_create( &id, type, name, L"" ))) return error;
        error = db_exec( insert, "ggii", &id, library, first_number + i, i );
    }
    return error;
}

static DWORD ensure_doors( const GUID *library, DWORD count )
{
    WCHAR name[NTMS_OBJECTNAME_LENGTH];
    DWORD error;
    GUID id;
    int i;

    if ((error = db_get_int( &i, "SELECT COALESCE(MAX(number) + 1, 0) FROM door WHERE library = ?", "g", library )))
        return error;
    for ( ; !error && i < (int)count; i++)
    {
        id = null_guid;
        swprintf( name, ARRAY_SIZE(name), L"Door %u", i );
        if ((error = object_create( &id, NTMS_IEDOOR, name, L"" ))) return error;
        error = db_exec( "INSERT INTO door (id, library, number) VALUES (?, ?, ?)", "ggi", &id, library, i );
    }
    return error;
}

static DWORD add_media_type( const GUID *library, DWORD code, GUID *id )
{
    DWORD error;

    if ((error = store_media_type( code, id ))) return error;
    return db_exec( "INSERT OR IGNORE INTO library_media_type (library, media_type) VALUES (?, ?)", "gg", library, id );
}

DWORD configure_report( DWORD type, const GUID *id, const WCHAR *message )
{
    GUID request = null_guid;
    FILETIME now;
    DWORD error;
    int known;

    ERR( "%s\n", debugstr_w(message) );
    error = db_get_int( &known, "SELECT COUNT(*) FROM operator_request WHERE request = ? AND arg1 = ? AND state < ?", "igi",
                        NTMS_OPREQ_DEVICESERVICE, id, NTMS_OPSTATE_REFUSED );
    if (error || known) return error;
    GetSystemTimeAsFileTime( &now );
    if ((error = object_create( &request, NTMS_OPREQUEST, L"", L"" ))) return error;
    return db_exec( "INSERT INTO operator_request (id, request, submitted, state, message, arg1_type, arg1, application)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, 'RSM')", "giliwig", &request, NTMS_OPREQ_DEVICESERVICE,
                    (INT64)((ULONGLONG)now.dwHighDateTime << 32 | now.dwLowDateTime), NTMS_OPSTATE_SUBMITTED, message,
                    type, id );
}

static void element_serial( const CHANGER_ELEMENT_STATUS_EX *element, WCHAR serial[SERIAL_NUMBER_LENGTH + 1] )
{
    DWORD start = 0, len = SERIAL_NUMBER_LENGTH, i;

    serial[0] = 0;
    if (!(element->Flags & ELEMENT_STATUS_PRODUCT_DATA)) return;
    while (start < len && element->SerialNumber[start] == ' ') start++;
    while (len > start && (element->SerialNumber[len - 1] == ' ' || !element->SerialNumber[len - 1])) len--;
    for (i = start; i < len; i++) serial[i - start] = element->SerialNumber[i];
    serial[len - start] = 0;
}

/* by the address that the changer reports for the drive (SCSI-2 changers), which counts on the changer's own bus */
static BOOL same_address( const CHANGER_ELEMENT_STATUS_EX *element, const struct device_info *changer,
                          const struct device_info *tape )
{
    if (!(element->Flags & ELEMENT_STATUS_ID_VALID) || (element->Flags & ELEMENT_STATUS_NOT_BUS)) return FALSE;
    if (changer->port != tape->port || changer->bus != tape->bus || element->TargetId != tape->target) return FALSE;
    return ((element->Flags & ELEMENT_STATUS_LUN_VALID) ? element->Lun : 0) == tape->lun;
}

static BOOL element_matches( const CHANGER_ELEMENT_STATUS_EX *element, const struct device_info *changer,
                             const struct device_info *tape )
{
    WCHAR serial[SERIAL_NUMBER_LENGTH + 1];

    element_serial( element, serial );
    if (serial[0]) return device_same_serial( serial, tape->serial );
    return same_address( element, changer, tape );
}

/* The tape drive behind a data transfer element: the match must be the only one in both directions. */
static const struct device_info *find_tape( const struct changer_contents *contents, DWORD element,
                                            const struct device_info *changer, const struct device_info *tapes,
                                            const BOOL *used, DWORD count )
{
    const struct device_info *found = NULL;
    DWORD i, j, hits = 0, rivals = 0;

    for (i = 0; i < count; i++)
    {
        if (!element_matches( &contents->drives[element], changer, &tapes[i] )) continue;
        found = &tapes[i];
        hits++;
        for (j = 0; j < contents->params.NumberDataTransferElements; j++)
            if (j != element && element_matches( &contents->drives[j], changer, &tapes[i] )) rivals++;
    }
    return hits == 1 && !rivals && !used[found - tapes] ? found : NULL;
}

static BOOL tells_nothing( const CHANGER_ELEMENT_STATUS_EX *element )
{
    WCHAR serial[SERIAL_NUMBER_LENGTH + 1];

    element_serial( element, serial );
    return !serial[0] && !(element->Flags & ELEMENT_STATUS_ID_VALID);
}

/* When the changer tells nothing about just one of its drives and just one drive on the changer's bus is left, or there is
 * just one of each at all, they belong together.  A wrong guess would be noticed: the label is compared at every mount. */
static void tie_last_drive( const struct changer_contents *contents, const struct device_info *changer,
                            const struct device_info *tapes, BOOL *used, DWORD count, const struct device_info **ties )
{
    DWORD drives = contents->params.NumberDataTransferElements, i, element = 0, elements = 0, left = 0;
    BOOL only = drives == 1 && count == 1;
    const struct device_info *tape = NULL;

    for (i = 0; i < drives; i++)
    {
        if (ties[i]) continue;
        element = i;
        elements++;
    }
    for (i = 0; i < count; i++)
    {
        if (used[i] || (!only && (tapes[i].port != changer->port || tapes[i].bus != changer->bus))) continue;
        tape = &tapes[i];
        left++;
    }
    if (elements != 1 || left != 1 || !tells_nothing( &contents->drives[element] )) return;
    TRACE( "drive %lu of %s is %s: nothing else is left\n", element, debugstr_w(changer->name), debugstr_w(tape->name) );
    ties[element] = tape;
    used[tape - tapes] = TRUE;
}

static void tie_drives( const struct changer_contents *contents, const struct device_info *changer,
                        const struct device_info *tapes, BOOL *used, DWORD count, const struct device_info **ties )
{
    DWORD i;

    for (i = 0; i < contents->params.NumberDataTransferElements; i++)
        if ((ties[i] = find_tape( contents, i, changer, tapes, used, count ))) used[ties[i] - tapes] = TRUE;
    tie_last_drive( contents, changer, tapes, used, count, ties );
}

static DWORD add_drive_media_type( struct library *library, DWORD code )
{
    GUID type;
    DWORD error;

    if ((error = add_media_type( &library->id, code, &type ))) return error;
    if (!IsEqualGUID( &library->media_type, &null_guid ) && !IsEqualGUID( &library->media_type, &type ))
        FIXME( "all media of a library with several types of drives are taken for the first type\n" );
    else library->media_type = type;
    return ERROR_SUCCESS;
}

static DWORD configure_drive( struct library *library, DWORD element, DWORD number, const struct device_info *tape )
{
    struct drive *drive = &library->drives[element];
    WCHAR message[NTMS_MESSAGE_LENGTH];
    DWORD error, code;
    int enabled;

    if (tape && !tape->enabled)
    {
        WARN( "%s (%s) has not been enabled by its owner\n", debugstr_w(tape->name), debugstr_w(tape->serial) );
        tape = NULL;
    }
    else if (tape && (error = tape_media_type( tape->name, &code )))
    {
        WARN( "%s does not tell its media types, error %lu\n", debugstr_w(tape->name), error );
        tape = NULL;
    }
    if ((error = ensure_drive( &library->id, number, element, tape, &drive->id ))) return error;
    if ((error = db_get_int( &enabled, "SELECT enabled FROM object WHERE id = ?", "g", &drive->id ))) return error;
    drive->element = element;
    drive->disabled = !enabled;
    if (tape)
    {
        lstrcpynW( drive->device, tape->name, ARRAY_SIZE(drive->device) );
        return add_drive_media_type( library, code );
    }
    swprintf( message, ARRAY_SIZE(message), L"No usable device was found for drive %u of %s.", number, library->device );
    return configure_report( NTMS_DRIVE, &drive->id, message );
}

static DWORD configure_drives( struct library *library, const struct device_info *changer,
                               const struct changer_contents *contents, const struct device_info *tapes, BOOL *used,
                               DWORD tape_count )
{
    const struct device_info **ties;
    DWORD i, error;

    if (!(ties = calloc( library->drive_count + 1, sizeof(*ties) ))) return ERROR_NOT_ENOUGH_MEMORY;
    tie_drives( contents, changer, tapes, used, tape_count, ties );
    error = renumber_drives( &library->id );
    for (i = 0; i < library->drive_count && !error; i++)
        error = configure_drive( library, i, contents->params.FirstDriveNumber + i, ties[i] );
    free( ties );
    return error;
}

DWORD configure_changer( struct library *library, const struct device_info *changer, const struct changer_contents *contents,
                         const struct device_info *tapes, BOOL *used, DWORD tape_count )
{
    const GET_CHANGER_PARAMETERS *params = &contents->params;
    DWORD error;

    library->kind = NTMS_LIBRARYTYPE_ONLINE;
    lstrcpynW( library->device, changer->name, ARRAY_SIZE(library->device) );
    lstrcpynW( library->serial, changer->serial, ARRAY_SIZE(library->serial) );
    library->drive_count = params->NumberDataTransferElements;
    if (!(library->drives = calloc( max( 1, library->drive_count ), sizeof(*library->drives) )))
        return ERROR_NOT_ENOUGH_MEMORY;

    if ((error = ensure_library( NTMS_LIBRARYTYPE_ONLINE, changer, &library->id ))) return error;
    if ((error = update_library( &library->id, params ))) return error;
    if ((error = ensure_changer( &library->id, changer, params->FirstTransportNumber ))) return error;
    if ((error = configure_drives( library, changer, contents, tapes, used, tape_count ))) return error;
    if ((error = ensure_elements( &library->id, NTMS_STORAGESLOT, params->FirstSlotNumber, params->NumberStorageElements )))
        return error;
    if ((error = drop_slots( &library->id, params->NumberStorageElements ))) return error;
    if ((error = ensure_doors( &library->id, params->NumberOfDoors ))) return error;
    return ensure_elements( &library->id, NTMS_IEPORT, params->FirstIEPortNumber, params->NumberIEElements );
}

/* A stand-alone drive is a library with one drive, one port and no slot (ntmsapi documentation, Libraries). */
DWORD configure_standalone( struct library *library, const struct device_info *tape )
{
    DWORD error;

    library->kind = NTMS_LIBRARYTYPE_STANDALONE;
    library->drive_count = 1;
    if (!(library->drives = calloc( 1, sizeof(*library->drives) ))) return ERROR_NOT_ENOUGH_MEMORY;
    if ((error = ensure_library( NTMS_LIBRARYTYPE_STANDALONE, tape, &library->id ))) return error;
    if ((error = configure_drive( library, 0, 0, tape ))) return error;
    return ensure_elements( &library->id, NTMS_IEPORT, 0, 1 );
}
