/*
 * The information structures of objects
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

#include "access.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

static void get_time( struct db_query *query, int column, SYSTEMTIME *time )
{
    INT64 value = db_int64( query, column );
    FILETIME filetime = { (DWORD)value, (DWORD)(value >> 32) };

    memset( time, 0, sizeof(*time) );
    if (value) FileTimeToSystemTime( &filetime, time );
}

static void get_scsi_address( struct db_query *query, int column, WORD *port, WORD *bus, WORD *target, WORD *lun )
{
    *port   = db_int( query, column );
    *bus    = db_int( query, column + 1 );
    *target = db_int( query, column + 2 );
    *lun    = db_int( query, column + 3 );
}

/* What an object is contained in disables it along (DisableNtmsObject); the last column of its query tells. */
static void get_container_enabled( struct db_query *query, int column, NTMS_OBJECTINFORMATIONW *info )
{
    if (!db_int( query, column )) info->Enabled = FALSE;
}

#define LIBRARY_ENABLED "(SELECT enabled FROM object WHERE id = library)"

static const char changer_sql[] =
    "SELECT number, changer_type, serial, revision, device_name, library,"
    "       scsi_port, scsi_bus, scsi_target, scsi_lun, " LIBRARY_ENABLED " FROM changer WHERE id = ?";

static void get_changer( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_CHANGERINFORMATIONW *changer = &info->Info.Changer;

    changer->Number = db_int( query, 0 );
    db_guid( query, 1, &changer->ChangerType );
    db_wstr( query, 2, changer->szSerialNumber, ARRAY_SIZE(changer->szSerialNumber) );
    db_wstr( query, 3, changer->szRevision, ARRAY_SIZE(changer->szRevision) );
    db_wstr( query, 4, changer->szDeviceName, ARRAY_SIZE(changer->szDeviceName) );
    db_guid( query, 5, &changer->Library );
    get_scsi_address( query, 6, &changer->ScsiPort, &changer->ScsiBus, &changer->ScsiTarget, &changer->ScsiLun );
    get_container_enabled( query, 10, info );
}

static const char changer_type_sql[] = "SELECT vendor, product, device_type FROM changer_type WHERE id = ?";

static void get_changer_type( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_CHANGERTYPEINFORMATIONW *type = &info->Info.ChangerType;

    db_wstr( query, 0, type->szVendor, ARRAY_SIZE(type->szVendor) );
    db_wstr( query, 1, type->szProduct, ARRAY_SIZE(type->szProduct) );
    type->DeviceType = db_int( query, 2 );
}

static const char computer_sql[] =
    "SELECT lib_request_purge_time, op_request_purge_time, lib_request_flags, op_request_flags, media_pool_policy"
    " FROM computer WHERE id = ?";

static void get_computer( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_COMPUTERINFORMATION *computer = &info->Info.Computer;

    computer->dwLibRequestPurgeTime = db_int( query, 0 );
    computer->dwOpRequestPurgeTime  = db_int( query, 1 );
    computer->dwLibRequestFlags     = db_int( query, 2 );
    computer->dwOpRequestFlags      = db_int( query, 3 );
    computer->dwMediaPoolPolicy     = db_int( query, 4 );
}

/* the side in the drive is the mounted one, or the one that would be */
static const char drive_sql[] =
    "SELECT d.number, d.state, d.drive_type, d.device_name, d.serial, d.revision,"
    "       d.scsi_port, d.scsi_bus, d.scsi_target, d.scsi_lun, d.mount_count, d.last_cleaned,"
    "       COALESCE(m.mounted_partition, (SELECT id FROM partition WHERE physical_media = m.id AND side = 0)),"
    "       d.library, d.defer_dismount_delay, (SELECT enabled FROM object WHERE id = d.library)"
    " FROM drive d LEFT JOIN physical_media m ON m.location = d.id WHERE d.id = ?";

static void get_drive( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_DRIVEINFORMATIONW *drive = &info->Info.Drive;

    drive->Number = db_int( query, 0 );
    drive->State  = db_int( query, 1 );
    db_guid( query, 2, &drive->DriveType );
    db_wstr( query, 3, drive->szDeviceName, ARRAY_SIZE(drive->szDeviceName) );
    db_wstr( query, 4, drive->szSerialNumber, ARRAY_SIZE(drive->szSerialNumber) );
    db_wstr( query, 5, drive->szRevision, ARRAY_SIZE(drive->szRevision) );
    get_scsi_address( query, 6, &drive->ScsiPort, &drive->ScsiBus, &drive->ScsiTarget, &drive->ScsiLun );
    drive->dwMountCount = db_int( query, 10 );
    get_time( query, 11, &drive->LastCleanedTs );
    db_guid( query, 12, &drive->SavedPartitionId );
    db_guid( query, 13, &drive->Library );
    drive->dwDeferDismountDelay = db_int( query, 14 );
    get_container_enabled( query, 15, info );
}

static const char drive_type_sql[] = "SELECT vendor, product, device_type FROM drive_type WHERE id = ?";

static void get_drive_type( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_DRIVETYPEINFORMATIONW *type = &info->Info.DriveType;

    db_wstr( query, 0, type->szVendor, ARRAY_SIZE(type->szVendor) );
    db_wstr( query, 1, type->szProduct, ARRAY_SIZE(type->szProduct) );
    type->DeviceType = db_int( query, 2 );
}

static const char door_sql[] =
    "SELECT number, state, max_open, library, " LIBRARY_ENABLED " FROM door WHERE id = ?";

static void get_door( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_IEDOORINFORMATION *door = &info->Info.IEDoor;

    door->Number      = db_int( query, 0 );
    door->State       = db_int( query, 1 );
    door->MaxOpenSecs = db_int( query, 2 );
    db_guid( query, 3, &door->Library );
    get_container_enabled( query, 4, info );
}

static const char port_sql[] =
    "SELECT number, content, position, max_extend, library, " LIBRARY_ENABLED " FROM port WHERE id = ?";

static void get_port( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_IEPORTINFORMATION *port = &info->Info.IEPort;

    port->Number        = db_int( query, 0 );
    port->Content       = db_int( query, 1 );
    port->Position      = db_int( query, 2 );
    port->MaxExtendSecs = db_int( query, 3 );
    db_guid( query, 4, &port->Library );
    get_container_enabled( query, 5, info );
}

static const char library_sql[] =
    "SELECT kind, cleaner_slot, drive_cleaning, bar_code_reader, inventory_method, cleaner_uses,"
    "       first_drive, (SELECT COUNT(*) FROM drive WHERE library = l.id),"
    "       first_slot, (SELECT COUNT(*) FROM slot WHERE library = l.id),"
    "       first_door, (SELECT COUNT(*) FROM door WHERE library = l.id),"
    "       first_port, (SELECT COUNT(*) FROM port WHERE library = l.id),"
    "       first_changer, (SELECT COUNT(*) FROM changer WHERE library = l.id),"
    "       media_count,"
    "       (SELECT COUNT(*) FROM library_media_type WHERE library = l.id),"
    "       (SELECT COUNT(*) FROM request WHERE library = l.id),"
    "       auto_recovery, flags"
    " FROM library l WHERE id = ?";

/* no changer tells of a slot that it prefers for its cleaner, so there is no default */
static void get_library( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_LIBRARYINFORMATION *library = &info->Info.Library;

    library->LibraryType = db_int( query, 0 );
    db_guid( query, 1, &library->CleanerSlot );
    library->LibrarySupportsDriveCleaning = db_int( query, 2 );
    library->BarCodeReaderInstalled = db_int( query, 3 );
    library->InventoryMethod        = db_int( query, 4 );
    library->dwCleanerUsesRemaining = db_int( query, 5 );
    library->FirstDriveNumber       = db_int( query, 6 );
    library->dwNumberOfDrives       = db_int( query, 7 );
    library->FirstSlotNumber        = db_int( query, 8 );
    library->dwNumberOfSlots        = db_int( query, 9 );
    library->FirstDoorNumber        = db_int( query, 10 );
    library->dwNumberOfDoors        = db_int( query, 11 );
    library->FirstPortNumber        = db_int( query, 12 );
    library->dwNumberOfPorts        = db_int( query, 13 );
    library->FirstChangerNumber     = db_int( query, 14 );
    library->dwNumberOfChangers     = db_int( query, 15 );
    library->dwNumberOfMedia        = db_int( query, 16 );
    library->dwNumberOfMediaTypes   = db_int( query, 17 );
    library->dwNumberOfLibRequests  = db_int( query, 18 );
    library->AutoRecovery           = db_int( query, 19 );
    library->dwFlags                = db_int( query, 20 );
    if (!(library->dwFlags & NTMS_LIBRARYFLAG_CLEANERPRESENT)) library->dwCleanerUsesRemaining = 0;
}

/* the slot is that of the medium */
static const char library_request_sql[] =
    "SELECT r.operation, r.option, r.state, r.partition, r.drive, r.physical_media, r.library,"
    "       COALESCE(r.slot, m.home_slot), r.queued, r.completed, r.application, r.user, r.computer, r.error, r.work_item,"
    "       r.priority FROM request r LEFT JOIN physical_media m ON m.id = r.physical_media WHERE r.id = ?";

static void get_library_request( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_LIBREQUESTINFORMATIONW *request = &info->Info.LibRequest;

    request->OperationCode   = db_int( query, 0 );
    request->OperationOption = db_int( query, 1 );
    request->State           = db_int( query, 2 );
    db_guid( query, 3, &request->PartitionId );
    db_guid( query, 4, &request->DriveId );
    db_guid( query, 5, &request->PhysMediaId );
    db_guid( query, 6, &request->Library );
    db_guid( query, 7, &request->SlotId );
    get_time( query, 8, &request->TimeQueued );
    get_time( query, 9, &request->TimeCompleted );
    db_wstr( query, 10, request->szApplication, ARRAY_SIZE(request->szApplication) );
    db_wstr( query, 11, request->szUser, ARRAY_SIZE(request->szUser) );
    db_wstr( query, 12, request->szComputer, ARRAY_SIZE(request->szComputer) );
    request->dwErrorCode = db_int( query, 13 );
    db_guid( query, 14, &request->WorkItemId );
    request->dwPriority = db_int( query, 15 );
}

static const char logical_media_sql[] =
    "SELECT l.pool, COUNT(p.id), COALESCE(MIN(mo.enabled AND lo.enabled), 1) FROM logical_media l"
    " LEFT JOIN partition p ON p.logical_media = l.id LEFT JOIN physical_media m ON m.id = p.physical_media"
    " LEFT JOIN object mo ON mo.id = m.id LEFT JOIN object lo ON lo.id = m.library WHERE l.id = ? GROUP BY l.id";

static void get_logical_media( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_LMIDINFORMATION *media = &info->Info.LogicalMedia;

    db_guid( query, 0, &media->MediaPool );
    media->dwNumberOfPartitions = db_int( query, 1 );
    get_container_enabled( query, 2, info );
}

static const char media_pool_sql[] =
    "SELECT kind, media_type, parent, allocation_policy, deallocation_policy, max_allocates,"
    "       media_count, logical_count, (SELECT COUNT(*) FROM pool WHERE parent = p.id) FROM pool p WHERE id = ?";

static void get_media_pool( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_MEDIAPOOLINFORMATION *pool = &info->Info.MediaPool;

    pool->PoolType = db_int( query, 0 );
    db_guid( query, 1, &pool->MediaType );
    db_guid( query, 2, &pool->Parent );
    pool->AllocationPolicy        = db_int( query, 3 );
    pool->DeallocationPolicy      = db_int( query, 4 );
    pool->dwMaxAllocates          = db_int( query, 5 );
    pool->dwNumberOfPhysicalMedia = db_int( query, 6 );
    pool->dwNumberOfLogicalMedia  = db_int( query, 7 );
    pool->dwNumberOfMediaPools    = db_int( query, 8 );
}

static const char media_type_sql[] = "SELECT code, sides, characteristics, device_type FROM media_type WHERE id = ?";

static void get_media_type( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_MEDIATYPEINFORMATION *type = &info->Info.MediaType;

    type->MediaType     = db_int( query, 0 );
    type->NumberOfSides = db_int( query, 1 );
    type->ReadWriteCharacteristics = db_int( query, 2 );
    type->DeviceType    = db_int( query, 3 );
}

static const char partition_sql[] =
    "SELECT p.physical_media, p.logical_media, p.state, p.side, p.label_id, p.label_type, p.label_info, p.mount_count,"
    "       p.allocate_count, p.capacity, mo.enabled AND lo.enabled"
    " FROM partition p, physical_media m, object mo, object lo"
    " WHERE p.id = ? AND m.id = p.physical_media AND mo.id = m.id AND lo.id = m.library";

static void get_partition( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_PARTITIONINFORMATIONW *side = &info->Info.Partition;

    db_guid( query, 0, &side->PhysicalMedia );
    db_guid( query, 1, &side->LogicalMedia );
    side->State = db_int( query, 2 );
    side->Side  = db_int( query, 3 );
    side->dwOmidLabelIdLength = db_blob( query, 4, side->OmidLabelId, sizeof(side->OmidLabelId) );
    db_wstr( query, 5, side->szOmidLabelType, ARRAY_SIZE(side->szOmidLabelType) );
    db_wstr( query, 6, side->szOmidLabelInfo, ARRAY_SIZE(side->szOmidLabelInfo) );
    side->dwMountCount      = db_int( query, 7 );
    side->dwAllocateCount   = db_int( query, 8 );
    side->Capacity.QuadPart = db_int64( query, 9 );
    get_container_enabled( query, 10, info );
}

static const char physical_media_sql[] =
    "SELECT library, pool, location, location_type, media_type, home_slot, bar_code, sequence_number, media_state,"
    "       (SELECT COUNT(*) FROM partition WHERE physical_media = m.id), type_code, density_code, mounted_partition,"
    "       " LIBRARY_ENABLED
    " FROM physical_media m WHERE id = ?";

static void get_physical_media( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_PMIDINFORMATIONW *media = &info->Info.PhysicalMedia;

    db_guid( query, 0, &media->CurrentLibrary );
    db_guid( query, 1, &media->MediaPool );
    db_guid( query, 2, &media->Location );
    /* documented: off-line media are in slots */
    if (!(media->LocationType = db_int( query, 3 ))) media->LocationType = NTMS_STORAGESLOT;
    db_guid( query, 4, &media->MediaType );
    db_guid( query, 5, &media->HomeSlot );
    db_wstr( query, 6, media->szBarCode, ARRAY_SIZE(media->szBarCode) );
    media->BarCodeState = media->szBarCode[0] ? NTMS_BARCODESTATE_OK : NTMS_BARCODESTATE_UNREADABLE;
    db_wstr( query, 7, media->szSequenceNumber, ARRAY_SIZE(media->szSequenceNumber) );
    media->MediaState           = db_int( query, 8 );
    media->dwNumberOfPartitions = db_int( query, 9 );
    media->dwMediaTypeCode      = db_int( query, 10 );
    media->dwDensityCode        = db_int( query, 11 );
    db_guid( query, 12, &media->MountedPartition );
    get_container_enabled( query, 13, info );
}

static const char slot_sql[] =
    "SELECT number, state, library, " LIBRARY_ENABLED " FROM slot WHERE id = ?";

static void get_slot( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_STORAGESLOTINFORMATION *slot = &info->Info.StorageSlot;

    slot->Number = db_int( query, 0 );
    slot->State  = db_int( query, 1 );
    db_guid( query, 2, &slot->Library );
    get_container_enabled( query, 3, info );
}

static const char operator_request_sql[] =
    "SELECT request, submitted, state, message, arg1_type, arg1, arg2_type, arg2, application, user, computer"
    " FROM operator_request WHERE id = ?";

static void get_operator_request( struct db_query *query, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_OPREQUESTINFORMATIONW *request = &info->Info.OpRequest;

    request->Request = db_int( query, 0 );
    get_time( query, 1, &request->Submitted );
    request->State = db_int( query, 2 );
    db_wstr( query, 3, request->szMessage, ARRAY_SIZE(request->szMessage) );
    request->Arg1Type = db_int( query, 4 );
    db_guid( query, 5, &request->Arg1 );
    request->Arg2Type = db_int( query, 6 );
    db_guid( query, 7, &request->Arg2 );
    db_wstr( query, 8, request->szApplication, ARRAY_SIZE(request->szApplication) );
    db_wstr( query, 9, request->szUser, ARRAY_SIZE(request->szUser) );
    db_wstr( query, 10, request->szComputer, ARRAY_SIZE(request->szComputer) );
}

static const struct
{
    const char *sql;
    void      (*get)( struct db_query *query, NTMS_OBJECTINFORMATIONW *info );
} object_infos[] =
{
    [NTMS_CHANGER]        = { changer_sql,          get_changer },
    [NTMS_CHANGER_TYPE]   = { changer_type_sql,     get_changer_type },
    [NTMS_COMPUTER]       = { computer_sql,         get_computer },
    [NTMS_DRIVE]          = { drive_sql,            get_drive },
    [NTMS_DRIVE_TYPE]     = { drive_type_sql,       get_drive_type },
    [NTMS_IEDOOR]         = { door_sql,             get_door },
    [NTMS_IEPORT]         = { port_sql,             get_port },
    [NTMS_LIBRARY]        = { library_sql,          get_library },
    [NTMS_LIBREQUEST]     = { library_request_sql,  get_library_request },
    [NTMS_LOGICAL_MEDIA]  = { logical_media_sql,    get_logical_media },
    [NTMS_MEDIA_POOL]     = { media_pool_sql,       get_media_pool },
    [NTMS_MEDIA_TYPE]     = { media_type_sql,       get_media_type },
    [NTMS_PARTITION]      = { partition_sql,        get_partition },
    [NTMS_PHYSICAL_MEDIA] = { physical_media_sql,   get_physical_media },
    [NTMS_STORAGESLOT]    = { slot_sql,             get_slot },
    [NTMS_OPREQUEST]      = { operator_request_sql, get_operator_request },
};

static DWORD get_object( const GUID *id, NTMS_OBJECTINFORMATIONW *info )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = db_select( &query, "SELECT type, name, description, enabled, state, created, modified FROM object"
                            " WHERE id = ?", "g", id ))) return error;
    if ((found = db_next( query )))
    {
        info->dwSize     = sizeof(*info);
        info->dwType     = db_int( query, 0 );
        info->ObjectGuid = *id;
        db_wstr( query, 1, info->szName, ARRAY_SIZE(info->szName) );
        db_wstr( query, 2, info->szDescription, ARRAY_SIZE(info->szDescription) );
        info->Enabled            = db_int( query, 3 );
        info->dwOperationalState = db_int( query, 4 );
        get_time( query, 5, &info->Created );
        get_time( query, 6, &info->Modified );
    }
    if ((error = db_finish( query ))) return error;
    return found ? ERROR_SUCCESS : ERROR_OBJECT_NOT_FOUND;
}

static DWORD get_info( struct session *session, const GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *info )
{
    struct db_query *query;
    DWORD error;
    BOOL found;

    if ((error = get_object( id, info ))) return error;
    if (type != NTMS_UNKNOWN && type != info->dwType) return ERROR_INVALID_PARAMETER;

    if ((error = db_select( &query, object_infos[info->dwType].sql, "g", id ))) return error;
    if ((found = db_next( query ))) object_infos[info->dwType].get( query, info );
    if ((error = db_finish( query ))) return error;
    if (!found) return ERROR_DATABASE_FAILURE;
    return check_object_access( session, ACCESS_GetNtmsObjectInformation, id, info->dwType );
}

DWORD ntms_get_object_information( struct session *session, const GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *info )
{
    NTMS_OBJECTINFORMATIONW result;
    DWORD error;

    TRACE( "%p %s %lu\n", session, debugstr_guid(id), type );

    if (type != NTMS_UNKNOWN && (type < NTMS_CHANGER || type > NTMS_OPREQUEST)) return ERROR_INVALID_PARAMETER;

    memset( &result, 0, sizeof(result) );
    if ((error = db_begin_read())) return error;
    if ((error = db_end( get_info( session, id, type, &result )))) return error;
    *info = result;
    return ERROR_SUCCESS;
}
