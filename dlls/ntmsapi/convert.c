/*
 * Strings and structures of the ANSI functions, and structures of earlier versions
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

#define MAX_STRING 256  /* characters of the longest string in a structure: NTMS_MESSAGE_LENGTH, NTMS_OMIDLABELINFO_LENGTH */

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

/* ------------------------------------------------------------------ the members */

/* a member in each layout; what a layout does not have is of size 0 there */
struct field
{
    BOOL string;
    struct { WORD offset, size; } in[LAYOUT_COUNT];   /* bytes */
};

#define MEMBER(type, field)  { FIELD_OFFSET( type, field ), RTL_FIELD_SIZE( type, field ) }
#define NEW(field)  MEMBER( NTMS_OBJECTINFORMATIONW, field ), MEMBER( NTMS_OBJECTINFORMATIONA, field )
#define OLD(field)  MEMBER( NTMS_I1_OBJECTINFORMATIONW, field ), MEMBER( NTMS_I1_OBJECTINFORMATIONA, field )

#define STRING(field)    { TRUE,  { NEW( field ), OLD( field ) } }
#define DATA(field)      { FALSE, { NEW( field ), OLD( field ) } }
#define NEW_DATA(field)  { FALSE, { NEW( field ) } }

static const struct field common_fields[] =
{
    DATA( dwType ),
    DATA( Created ),
    DATA( Modified ),
    DATA( ObjectGuid ),
    DATA( Enabled ),
    DATA( dwOperationalState ),
    STRING( szName ),
    STRING( szDescription ),
};

static const struct field changer_fields[] =
{
    DATA( Info.Changer.Number ),
    DATA( Info.Changer.ChangerType ),
    STRING( Info.Changer.szSerialNumber ),
    STRING( Info.Changer.szRevision ),
    STRING( Info.Changer.szDeviceName ),
    DATA( Info.Changer.ScsiPort ),
    DATA( Info.Changer.ScsiBus ),
    DATA( Info.Changer.ScsiTarget ),
    DATA( Info.Changer.ScsiLun ),
    DATA( Info.Changer.Library ),
};

static const struct field changer_type_fields[] =
{
    STRING( Info.ChangerType.szVendor ),
    STRING( Info.ChangerType.szProduct ),
    DATA( Info.ChangerType.DeviceType ),
};

static const struct field drive_fields[] =
{
    DATA( Info.Drive.Number ),
    DATA( Info.Drive.State ),
    DATA( Info.Drive.DriveType ),
    STRING( Info.Drive.szDeviceName ),
    STRING( Info.Drive.szSerialNumber ),
    STRING( Info.Drive.szRevision ),
    DATA( Info.Drive.ScsiPort ),
    DATA( Info.Drive.ScsiBus ),
    DATA( Info.Drive.ScsiTarget ),
    DATA( Info.Drive.ScsiLun ),
    DATA( Info.Drive.dwMountCount ),
    DATA( Info.Drive.LastCleanedTs ),
    DATA( Info.Drive.SavedPartitionId ),
    DATA( Info.Drive.Library ),
    DATA( Info.Drive.Reserved ),
    DATA( Info.Drive.dwDeferDismountDelay ),
};

static const struct field drive_type_fields[] =
{
    STRING( Info.DriveType.szVendor ),
    STRING( Info.DriveType.szProduct ),
    DATA( Info.DriveType.NumberOfHeads ),
    DATA( Info.DriveType.DeviceType ),
};

static const struct field library_request_fields[] =
{
    DATA( Info.LibRequest.OperationCode ),
    DATA( Info.LibRequest.OperationOption ),
    DATA( Info.LibRequest.State ),
    DATA( Info.LibRequest.PartitionId ),
    DATA( Info.LibRequest.DriveId ),
    DATA( Info.LibRequest.PhysMediaId ),
    DATA( Info.LibRequest.Library ),
    DATA( Info.LibRequest.SlotId ),
    DATA( Info.LibRequest.TimeQueued ),
    DATA( Info.LibRequest.TimeCompleted ),
    STRING( Info.LibRequest.szApplication ),
    STRING( Info.LibRequest.szUser ),
    STRING( Info.LibRequest.szComputer ),
    NEW_DATA( Info.LibRequest.dwErrorCode ),
    NEW_DATA( Info.LibRequest.WorkItemId ),
    NEW_DATA( Info.LibRequest.dwPriority ),
};

static const struct field operator_request_fields[] =
{
    DATA( Info.OpRequest.Request ),
    DATA( Info.OpRequest.Submitted ),
    DATA( Info.OpRequest.State ),
    STRING( Info.OpRequest.szMessage ),
    DATA( Info.OpRequest.Arg1Type ),
    DATA( Info.OpRequest.Arg1 ),
    DATA( Info.OpRequest.Arg2Type ),
    DATA( Info.OpRequest.Arg2 ),
    STRING( Info.OpRequest.szApplication ),
    STRING( Info.OpRequest.szUser ),
    STRING( Info.OpRequest.szComputer ),
};

static const struct field partition_fields[] =
{
    DATA( Info.Partition.PhysicalMedia ),
    DATA( Info.Partition.LogicalMedia ),
    DATA( Info.Partition.State ),
    DATA( Info.Partition.Side ),
    DATA( Info.Partition.dwOmidLabelIdLength ),
    DATA( Info.Partition.OmidLabelId ),
    STRING( Info.Partition.szOmidLabelType ),
    STRING( Info.Partition.szOmidLabelInfo ),
    DATA( Info.Partition.dwMountCount ),
    DATA( Info.Partition.dwAllocateCount ),
    NEW_DATA( Info.Partition.Capacity ),
};

static const struct field physical_media_fields[] =
{
    DATA( Info.PhysicalMedia.CurrentLibrary ),
    DATA( Info.PhysicalMedia.MediaPool ),
    DATA( Info.PhysicalMedia.Location ),
    DATA( Info.PhysicalMedia.LocationType ),
    DATA( Info.PhysicalMedia.MediaType ),
    DATA( Info.PhysicalMedia.HomeSlot ),
    STRING( Info.PhysicalMedia.szBarCode ),
    DATA( Info.PhysicalMedia.BarCodeState ),
    STRING( Info.PhysicalMedia.szSequenceNumber ),
    DATA( Info.PhysicalMedia.MediaState ),
    DATA( Info.PhysicalMedia.dwNumberOfPartitions ),
    NEW_DATA( Info.PhysicalMedia.dwMediaTypeCode ),
    NEW_DATA( Info.PhysicalMedia.dwDensityCode ),
    NEW_DATA( Info.PhysicalMedia.MountedPartition ),
};

/* these have no strings, and are in the earlier layouts as they are now or as the beginning of what they are now */
static const struct field computer_fields[] =      { NEW_DATA( Info.Computer ) };
static const struct field door_fields[] =          { DATA( Info.IEDoor ) };
static const struct field library_fields[] =       { DATA( Info.Library ) };
static const struct field logical_media_fields[] = { DATA( Info.LogicalMedia ) };
static const struct field media_pool_fields[] =    { DATA( Info.MediaPool ) };
static const struct field media_type_fields[] =    { DATA( Info.MediaType ) };
static const struct field port_fields[] =          { DATA( Info.IEPort ) };
static const struct field slot_fields[] =          { DATA( Info.StorageSlot ) };

#define FIELDS(fields)  { fields, ARRAY_SIZE(fields) }

static const struct
{
    const struct field *fields;
    unsigned int        count;
}
types[] =
{
    [NTMS_CHANGER]        = FIELDS( changer_fields ),
    [NTMS_CHANGER_TYPE]   = FIELDS( changer_type_fields ),
    [NTMS_COMPUTER]       = FIELDS( computer_fields ),
    [NTMS_DRIVE]          = FIELDS( drive_fields ),
    [NTMS_DRIVE_TYPE]     = FIELDS( drive_type_fields ),
    [NTMS_IEDOOR]         = FIELDS( door_fields ),
    [NTMS_IEPORT]         = FIELDS( port_fields ),
    [NTMS_LIBRARY]        = FIELDS( library_fields ),
    [NTMS_LIBREQUEST]     = FIELDS( library_request_fields ),
    [NTMS_LOGICAL_MEDIA]  = FIELDS( logical_media_fields ),
    [NTMS_MEDIA_POOL]     = FIELDS( media_pool_fields ),
    [NTMS_MEDIA_TYPE]     = FIELDS( media_type_fields ),
    [NTMS_PARTITION]      = FIELDS( partition_fields ),
    [NTMS_PHYSICAL_MEDIA] = FIELDS( physical_media_fields ),
    [NTMS_STORAGESLOT]    = FIELDS( slot_fields ),
    [NTMS_OPREQUEST]      = FIELDS( operator_request_fields ),
};

/* ------------------------------------------------------------------ the conversion */

static BOOL is_ansi( enum layout layout )
{
    return layout == LAYOUT_A || layout == LAYOUT_I1_A;
}

DWORD layout_size( enum layout layout )
{
    static const DWORD sizes[LAYOUT_COUNT] =
    {
        sizeof(NTMS_OBJECTINFORMATIONW), sizeof(NTMS_OBJECTINFORMATIONA),
        sizeof(NTMS_I1_OBJECTINFORMATIONW), sizeof(NTMS_I1_OBJECTINFORMATIONA)
    };
    return sizes[layout];
}

/* MS-RSMP: the structure must be at least of the defined size.  The earlier one is known by its size only. */
BOOL find_layout( DWORD size, BOOL ansi, enum layout *layout )
{
    enum layout present = ansi ? LAYOUT_A : LAYOUT_W, earlier = ansi ? LAYOUT_I1_A : LAYOUT_I1_W;

    if (size >= layout_size( present )) *layout = present;
    else if (size == layout_size( earlier )) *layout = earlier;
    else return FALSE;
    return TRUE;
}

/* the string of a member; one that does not end is no string */
static DWORD read_string( const BYTE *src, DWORD size, BOOL ansi, WCHAR str[MAX_STRING], DWORD *len )
{
    if (ansi)
    {
        *len = strnlen( (const char *)src, size );
        if (*len == size) return ERROR_INVALID_PARAMETER;
        /* not more characters than bytes */
        *len = *len ? MultiByteToWideChar( CP_ACP, 0, (const char *)src, *len, str, MAX_STRING ) : 0;
    }
    else
    {
        *len = wcsnlen( (const WCHAR *)src, size / sizeof(WCHAR) );
        if (*len == size / sizeof(WCHAR)) return ERROR_INVALID_PARAMETER;
        memcpy( str, src, *len * sizeof(WCHAR) );
    }
    return ERROR_SUCCESS;
}

/* how many characters fit; both halves of a surrogate pair or none */
static DWORD fitting_length( const WCHAR *str, DWORD len, DWORD size, BOOL ansi )
{
    DWORD fit = len;

    if (!ansi) fit = min( len, size / sizeof(WCHAR) - 1 );
    else
        while (fit && WideCharToMultiByte( CP_ACP, 0, str, fit, NULL, 0, NULL, NULL ) >= size)
            if (IS_LOW_SURROGATE( str[--fit] ) && fit) fit--;
    return fit;
}

/* The ANSI structures have as many bytes as the others have characters: in a code page with several bytes to a character a
 * long string does not fit.  The documents name no error for that; the member gets what fits, and the program is told. */
static DWORD write_string( BYTE *dst, DWORD size, BOOL ansi, const WCHAR *str, DWORD len )
{
    DWORD fit = fitting_length( str, len, size, ansi );

    memset( dst, 0, size );
    if (!ansi) memcpy( dst, str, fit * sizeof(WCHAR) );
    else if (fit) WideCharToMultiByte( CP_ACP, 0, str, fit, (char *)dst, size - 1, NULL, NULL );
    if (fit == len) return ERROR_SUCCESS;
    WARN( "%s is cut to %s\n", debugstr_wn( str, len ), debugstr_wn( str, fit ));
    return ERROR_INSUFFICIENT_BUFFER;
}

static DWORD convert_fields( BYTE *dst, enum layout to, const BYTE *src, enum layout from, const struct field *fields,
                             unsigned int count )
{
    DWORD err, len, ret = ERROR_SUCCESS;
    WCHAR str[MAX_STRING];
    unsigned int i;

    for (i = 0; i < count; i++)
    {
        DWORD dst_size = fields[i].in[to].size, src_size = fields[i].in[from].size;
        const BYTE *src_field = src + fields[i].in[from].offset;
        BYTE *dst_field = dst + fields[i].in[to].offset;

        if (!dst_size || !src_size) continue;
        if (!fields[i].string) memcpy( dst_field, src_field, min( dst_size, src_size ) );
        else
        {
            if ((err = read_string( src_field, src_size, is_ansi( from ), str, &len ))) return err;
            if ((err = write_string( dst_field, dst_size, is_ansi( to ), str, len ))) ret = err;
        }
    }
    return ret;
}

/* whether objects of a type exist in a layout */
static BOOL is_type_of_layout( DWORD type, enum layout layout )
{
    return type < ARRAY_SIZE(types) && types[type].count && types[type].fields[0].in[layout].size;
}

static DWORD convert( void *dst, enum layout to, const void *src, enum layout from )
{
    DWORD err, err2, type = ((const NTMS_OBJECTINFORMATIONW *)src)->dwType;

    if (!is_type_of_layout( type, to ) || !is_type_of_layout( type, from )) return ERROR_INVALID_PARAMETER;
    err = convert_fields( dst, to, src, from, common_fields, ARRAY_SIZE(common_fields) );
    if (err && err != ERROR_INSUFFICIENT_BUFFER) return err;
    err2 = convert_fields( dst, to, src, from, types[type].fields, types[type].count );
    return err2 ? err2 : err;
}

DWORD information_from_program( NTMS_OBJECTINFORMATIONW *service, const void *info, enum layout layout )
{
    service->dwSize = sizeof(*service);
    return convert( service, LAYOUT_W, info, layout );
}

DWORD information_to_program( void *info, enum layout layout, const NTMS_OBJECTINFORMATIONW *service )
{
    NTMS_OBJECTINFORMATIONW result;   /* the largest */
    DWORD err;

    memset( &result, 0, sizeof(result) );
    err = convert( &result, layout, service, LAYOUT_W );
    if (err && err != ERROR_INSUFFICIENT_BUFFER) return err;
    result.dwSize = *(DWORD *)info;
    memcpy( info, &result, layout_size( layout ));
    return err;
}
