/*
 * Strings and structures of the A functions
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

#include "ntmsapi_private.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmsapi);

DWORD string_to_wide( const char *str, WCHAR **ret )
{
    int size;

    *ret = NULL;
    if (!str) return ERROR_SUCCESS;
    size = MultiByteToWideChar( CP_ACP, 0, str, -1, NULL, 0 );
    if (!(*ret = malloc( size * sizeof(WCHAR) ))) return ERROR_NOT_ENOUGH_MEMORY;
    MultiByteToWideChar( CP_ACP, 0, str, -1, *ret, size );
    return ERROR_SUCCESS;
}

/* The A structures have as many bytes as the W structures have characters: in a code page with several bytes to a
 * character the end of a long string does not fit.  It is cut between characters. */
static void string_to_ansi( char *dst, int size, const WCHAR *src, int max_len )
{
    int len = wcsnlen( src, max_len ), fit = len, used;

    while (fit && (used = WideCharToMultiByte( CP_ACP, 0, src, fit, NULL, 0, NULL, NULL )) >= size)
        if (IS_LOW_SURROGATE( src[--fit] ) && fit) fit--;
    if (fit < len) WARN( "%s is cut to %s\n", debugstr_wn( src, len ), debugstr_wn( src, fit ));
    used = fit ? WideCharToMultiByte( CP_ACP, 0, src, fit, dst, size - 1, NULL, NULL ) : 0;
    memset( dst + used, 0, size - used );
}

#define STRING(field)  string_to_ansi( a->field, ARRAY_SIZE(a->field), w->field, ARRAY_SIZE(w->field) )
#define COPY(field)    a->field = w->field

static void drive_to_ansi( NTMS_DRIVEINFORMATIONA *a, const NTMS_DRIVEINFORMATIONW *w )
{
    COPY( Number );
    COPY( State );
    COPY( DriveType );
    STRING( szDeviceName );
    STRING( szSerialNumber );
    STRING( szRevision );
    COPY( ScsiPort );
    COPY( ScsiBus );
    COPY( ScsiTarget );
    COPY( ScsiLun );
    COPY( dwMountCount );
    COPY( LastCleanedTs );
    COPY( SavedPartitionId );
    COPY( Library );
    COPY( Reserved );
    COPY( dwDeferDismountDelay );
}

static void changer_to_ansi( NTMS_CHANGERINFORMATIONA *a, const NTMS_CHANGERINFORMATIONW *w )
{
    COPY( Number );
    COPY( ChangerType );
    STRING( szSerialNumber );
    STRING( szRevision );
    STRING( szDeviceName );
    COPY( ScsiPort );
    COPY( ScsiBus );
    COPY( ScsiTarget );
    COPY( ScsiLun );
    COPY( Library );
}

static void physical_media_to_ansi( NTMS_PMIDINFORMATIONA *a, const NTMS_PMIDINFORMATIONW *w )
{
    COPY( CurrentLibrary );
    COPY( MediaPool );
    COPY( Location );
    COPY( LocationType );
    COPY( MediaType );
    COPY( HomeSlot );
    STRING( szBarCode );
    COPY( BarCodeState );
    STRING( szSequenceNumber );
    COPY( MediaState );
    COPY( dwNumberOfPartitions );
    COPY( dwMediaTypeCode );
    COPY( dwDensityCode );
    COPY( MountedPartition );
}

static void partition_to_ansi( NTMS_PARTITIONINFORMATIONA *a, const NTMS_PARTITIONINFORMATIONW *w )
{
    COPY( PhysicalMedia );
    COPY( LogicalMedia );
    COPY( State );
    COPY( Side );
    COPY( dwOmidLabelIdLength );
    memcpy( a->OmidLabelId, w->OmidLabelId, sizeof(a->OmidLabelId) );
    STRING( szOmidLabelType );
    STRING( szOmidLabelInfo );
    COPY( dwMountCount );
    COPY( dwAllocateCount );
    COPY( Capacity );
}

static void drive_type_to_ansi( NTMS_DRIVETYPEINFORMATIONA *a, const NTMS_DRIVETYPEINFORMATIONW *w )
{
    STRING( szVendor );
    STRING( szProduct );
    COPY( NumberOfHeads );
    COPY( DeviceType );
}

static void changer_type_to_ansi( NTMS_CHANGERTYPEINFORMATIONA *a, const NTMS_CHANGERTYPEINFORMATIONW *w )
{
    STRING( szVendor );
    STRING( szProduct );
    COPY( DeviceType );
}

static void library_request_to_ansi( NTMS_LIBREQUESTINFORMATIONA *a, const NTMS_LIBREQUESTINFORMATIONW *w )
{
    COPY( OperationCode );
    COPY( OperationOption );
    COPY( State );
    COPY( PartitionId );
    COPY( DriveId );
    COPY( PhysMediaId );
    COPY( Library );
    COPY( SlotId );
    COPY( TimeQueued );
    COPY( TimeCompleted );
    STRING( szApplication );
    STRING( szUser );
    STRING( szComputer );
    COPY( dwErrorCode );
    COPY( WorkItemId );
    COPY( dwPriority );
}

static void operator_request_to_ansi( NTMS_OPREQUESTINFORMATIONA *a, const NTMS_OPREQUESTINFORMATIONW *w )
{
    COPY( Request );
    COPY( Submitted );
    COPY( State );
    STRING( szMessage );
    COPY( Arg1Type );
    COPY( Arg1 );
    COPY( Arg2Type );
    COPY( Arg2 );
    STRING( szApplication );
    STRING( szUser );
    STRING( szComputer );
}

/* everything but dwSize */
void information_to_ansi( NTMS_OBJECTINFORMATIONA *a, const NTMS_OBJECTINFORMATIONW *w )
{
    COPY( dwType );
    COPY( Created );
    COPY( Modified );
    COPY( ObjectGuid );
    COPY( Enabled );
    COPY( dwOperationalState );
    STRING( szName );
    STRING( szDescription );

    switch (w->dwType)
    {
    case NTMS_CHANGER:        changer_to_ansi( &a->Info.Changer, &w->Info.Changer ); break;
    case NTMS_CHANGER_TYPE:   changer_type_to_ansi( &a->Info.ChangerType, &w->Info.ChangerType ); break;
    case NTMS_COMPUTER:       COPY( Info.Computer ); break;
    case NTMS_DRIVE:          drive_to_ansi( &a->Info.Drive, &w->Info.Drive ); break;
    case NTMS_DRIVE_TYPE:     drive_type_to_ansi( &a->Info.DriveType, &w->Info.DriveType ); break;
    case NTMS_IEDOOR:         COPY( Info.IEDoor ); break;
    case NTMS_IEPORT:         COPY( Info.IEPort ); break;
    case NTMS_LIBRARY:        COPY( Info.Library ); break;
    case NTMS_LIBREQUEST:     library_request_to_ansi( &a->Info.LibRequest, &w->Info.LibRequest ); break;
    case NTMS_LOGICAL_MEDIA:  COPY( Info.LogicalMedia ); break;
    case NTMS_MEDIA_POOL:     COPY( Info.MediaPool ); break;
    case NTMS_MEDIA_TYPE:     COPY( Info.MediaType ); break;
    case NTMS_PARTITION:      partition_to_ansi( &a->Info.Partition, &w->Info.Partition ); break;
    case NTMS_PHYSICAL_MEDIA: physical_media_to_ansi( &a->Info.PhysicalMedia, &w->Info.PhysicalMedia ); break;
    case NTMS_STORAGESLOT:    COPY( Info.StorageSlot ); break;
    case NTMS_OPREQUEST:      operator_request_to_ansi( &a->Info.OpRequest, &w->Info.OpRequest ); break;
    }
}
