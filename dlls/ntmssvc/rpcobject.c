/*
 * The methods of the local protocol for objects of all types and for the database
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

#include "methods.h"

C_ASSERT( RSMP_MAX_ATTRIBUTE == NTMS_MAXATTR_LENGTH - 1 );
C_ASSERT( RSMP_MAX_ATTRIBUTE_NAME == NTMS_MAXATTR_NAMELEN );

/* the structures of the protocol are those of the API */
#define SAME_FIELD(a, b, field) \
    C_ASSERT( FIELD_OFFSET( a, field ) == FIELD_OFFSET( b, field ) && RTL_FIELD_SIZE( a, field ) == RTL_FIELD_SIZE( b, field ) )
#define SAME_SIZE(a, b)  C_ASSERT( sizeof(a) == sizeof(b) )

SAME_SIZE( RSMP_OBJECTINFORMATION, NTMS_OBJECTINFORMATIONW );
SAME_FIELD( RSMP_OBJECTINFORMATION, NTMS_OBJECTINFORMATIONW, dwOperationalState );
SAME_FIELD( RSMP_OBJECTINFORMATION, NTMS_OBJECTINFORMATIONW, szDescription );
SAME_FIELD( RSMP_OBJECTINFORMATION, NTMS_OBJECTINFORMATIONW, Info );
SAME_SIZE( RSMP_DRIVEINFORMATION, NTMS_DRIVEINFORMATIONW );
SAME_FIELD( RSMP_DRIVEINFORMATION, NTMS_DRIVEINFORMATIONW, LastCleanedTs );
SAME_FIELD( RSMP_DRIVEINFORMATION, NTMS_DRIVEINFORMATIONW, dwDeferDismountDelay );
SAME_SIZE( RSMP_LIBRARYINFORMATION, NTMS_LIBRARYINFORMATION );
SAME_FIELD( RSMP_LIBRARYINFORMATION, NTMS_LIBRARYINFORMATION, Reserved );
SAME_FIELD( RSMP_LIBRARYINFORMATION, NTMS_LIBRARYINFORMATION, dwFlags );
SAME_SIZE( RSMP_CHANGERINFORMATION, NTMS_CHANGERINFORMATIONW );
SAME_FIELD( RSMP_CHANGERINFORMATION, NTMS_CHANGERINFORMATIONW, szDeviceName );
SAME_FIELD( RSMP_CHANGERINFORMATION, NTMS_CHANGERINFORMATIONW, Library );
SAME_SIZE( RSMP_STORAGESLOTINFORMATION, NTMS_STORAGESLOTINFORMATION );
SAME_SIZE( RSMP_IEDOORINFORMATION, NTMS_IEDOORINFORMATION );
SAME_FIELD( RSMP_IEDOORINFORMATION, NTMS_IEDOORINFORMATION, Library );
SAME_SIZE( RSMP_IEPORTINFORMATION, NTMS_IEPORTINFORMATION );
SAME_FIELD( RSMP_IEPORTINFORMATION, NTMS_IEPORTINFORMATION, Library );
SAME_SIZE( RSMP_PMIDINFORMATION, NTMS_PMIDINFORMATIONW );
SAME_FIELD( RSMP_PMIDINFORMATION, NTMS_PMIDINFORMATIONW, szBarCode );
SAME_FIELD( RSMP_PMIDINFORMATION, NTMS_PMIDINFORMATIONW, MountedPartition );
SAME_SIZE( RSMP_LMIDINFORMATION, NTMS_LMIDINFORMATION );
SAME_SIZE( RSMP_PARTITIONINFORMATION, NTMS_PARTITIONINFORMATIONW );
SAME_FIELD( RSMP_PARTITIONINFORMATION, NTMS_PARTITIONINFORMATIONW, OmidLabelId );
SAME_FIELD( RSMP_PARTITIONINFORMATION, NTMS_PARTITIONINFORMATIONW, szOmidLabelInfo );
SAME_FIELD( RSMP_PARTITIONINFORMATION, NTMS_PARTITIONINFORMATIONW, Capacity );
SAME_SIZE( RSMP_MEDIAPOOLINFORMATION, NTMS_MEDIAPOOLINFORMATION );
SAME_FIELD( RSMP_MEDIAPOOLINFORMATION, NTMS_MEDIAPOOLINFORMATION, dwNumberOfMediaPools );
SAME_SIZE( RSMP_MEDIATYPEINFORMATION, NTMS_MEDIATYPEINFORMATION );
SAME_SIZE( RSMP_DRIVETYPEINFORMATION, NTMS_DRIVETYPEINFORMATIONW );
SAME_FIELD( RSMP_DRIVETYPEINFORMATION, NTMS_DRIVETYPEINFORMATIONW, DeviceType );
SAME_SIZE( RSMP_CHANGERTYPEINFORMATION, NTMS_CHANGERTYPEINFORMATIONW );
SAME_SIZE( RSMP_LIBREQUESTINFORMATION, NTMS_LIBREQUESTINFORMATIONW );
SAME_FIELD( RSMP_LIBREQUESTINFORMATION, NTMS_LIBREQUESTINFORMATIONW, szComputer );
SAME_FIELD( RSMP_LIBREQUESTINFORMATION, NTMS_LIBREQUESTINFORMATIONW, WorkItemId );
SAME_SIZE( RSMP_OPREQUESTINFORMATION, NTMS_OPREQUESTINFORMATIONW );
SAME_FIELD( RSMP_OPREQUESTINFORMATION, NTMS_OPREQUESTINFORMATIONW, Arg2 );
SAME_FIELD( RSMP_OPREQUESTINFORMATION, NTMS_OPREQUESTINFORMATIONW, szComputer );
SAME_SIZE( RSMP_COMPUTERINFORMATION, NTMS_COMPUTERINFORMATION );

/* Only this much is certain of a structure that has come from a program: every string may lack its end. */
#define IS_TERMINATED( string )  (wcsnlen( string, ARRAY_SIZE(string) ) < ARRAY_SIZE(string))

static BOOL has_valid_strings( const NTMS_OBJECTINFORMATIONW *info )
{
    if (!IS_TERMINATED( info->szName ) || !IS_TERMINATED( info->szDescription )) return FALSE;

    /* of the others only those count that a program may choose */
    switch (info->dwType)
    {
    case NTMS_PHYSICAL_MEDIA:
        return IS_TERMINATED( info->Info.PhysicalMedia.szBarCode );
    case NTMS_PARTITION:
        return IS_TERMINATED( info->Info.Partition.szOmidLabelType ) && IS_TERMINATED( info->Info.Partition.szOmidLabelInfo );
    default:
        return TRUE;
    }
}

DWORD check_information( const NTMS_OBJECTINFORMATIONW *info )
{
    if (info->dwSize != sizeof(*info) || !has_valid_strings( info )) return ERROR_INVALID_PARAMETER;
    return ERROR_SUCCESS;
}

DWORD __cdecl rsmp_EnumerateNtmsObject( DWORD session_id, const GUID *container, DWORD type, DWORD options,
                                        DWORD capacity, DWORD *total, DWORD *count, GUID **list )
{
    struct session *session;
    DWORD err;

    *total = *count = 0;
    *list = NULL;
    if ((err = enter_session( session_id, &session ))) return err;
    err = ntms_enumerate( session, container, type, options, capacity, list, count, total );
    session_leave( session );
    return err;
}

DWORD __cdecl rsmp_GetNtmsServerObjectInformationW( DWORD session_id, const GUID *id, DWORD type,
                                                    RSMP_OBJECTINFORMATION *info )
{
    struct session *session;
    DWORD err;

    memset( info, 0, sizeof(*info) );
    if ((err = enter_session( session_id, &session ))) return err;
    err = ntms_get_object_information( session, id, type, (NTMS_OBJECTINFORMATIONW *)info );
    session_leave( session );
    return err;
}

static DWORD set_information( struct session *session, const GUID *id, const NTMS_OBJECTINFORMATIONW *info )
{
    DWORD err;

    if ((err = check_information( info ))) return err;
    return ntms_set_object_information( session, id, info );
}

DWORD __cdecl rsmp_SetNtmsObjectInformationW( DWORD session_id, const GUID *id, const RSMP_OBJECTINFORMATION *info )
{
    SESSION_CALL( session_id, set_information( session, id, (const NTMS_OBJECTINFORMATIONW *)info ) );
}

/* The buffers of the next three methods have the size that the program names, up to the most that there can be. */
static DWORD finish_buffer( DWORD err, void *buffer, DWORD size, DWORD capacity, DWORD *total, DWORD *count, void **ret )
{
    if (!err || err == ERROR_INSUFFICIENT_BUFFER) *total = size;
    if (!err && size && size <= capacity)
    {
        *count = size;
        *ret = buffer;
    }
    else free( buffer );
    return err;
}

static BOOL is_attribute_name( const WCHAR *name )
{
    return name[0] && wcslen( name ) < RSMP_MAX_ATTRIBUTE_NAME;
}

DWORD __cdecl rsmp_GetNtmsObjectAttributeW( DWORD session_id, const GUID *id, DWORD type, const WCHAR *name, DWORD capacity,
                                            DWORD *total, DWORD *count, BYTE **data )
{
    struct session *session;
    DWORD err, size = capacity;
    BYTE *buffer;

    *total = *count = 0;
    *data = NULL;
    if (capacity > RSMP_MAX_ATTRIBUTE) return ERROR_INVALID_PARAMETER;
    /* there is no attribute with a name that cannot be set */
    if (!is_attribute_name( name )) return ERROR_OBJECT_NOT_FOUND;
    if (!(buffer = malloc( max( capacity, 1 )))) return ERROR_NOT_ENOUGH_MEMORY;
    if (!(err = enter_session( session_id, &session )))
    {
        err = ntms_get_object_attribute( session, id, type, name, buffer, &size );
        session_leave( session );
    }
    return finish_buffer( err, buffer, size, capacity, total, count, (void **)data );
}

DWORD __cdecl rsmp_GetNtmsObjectSecurity( DWORD session_id, const GUID *id, DWORD type, DWORD information, DWORD capacity,
                                          DWORD *total, DWORD *count, BYTE **descriptor )
{
    struct session *session;
    DWORD err, needed = 0;
    BYTE *buffer;

    *total = *count = 0;
    *descriptor = NULL;
    if (capacity > RSMP_MAX_DESCRIPTOR) return ERROR_INVALID_PARAMETER;
    if (!(buffer = malloc( max( capacity, 1 )))) return ERROR_NOT_ENOUGH_MEMORY;
    if (!(err = enter_session( session_id, &session )))
    {
        err = ntms_get_object_security( session, id, type, information, buffer, capacity, &needed );
        session_leave( session );
    }
    return finish_buffer( err, buffer, needed, capacity, total, count, (void **)descriptor );
}

DWORD __cdecl rsmp_GetNtmsUIOptionsW( DWORD session_id, const GUID *id, DWORD type, DWORD capacity, DWORD *total,
                                      DWORD *count, WCHAR **destinations )
{
    struct session *session;
    DWORD err, size = capacity;
    WCHAR *buffer;

    *total = *count = 0;
    *destinations = NULL;
    if (capacity > RSMP_MAX_DESTINATIONS) return ERROR_INVALID_PARAMETER;
    if (!(buffer = malloc( max( capacity, 1 ) * sizeof(*buffer) ))) return ERROR_NOT_ENOUGH_MEMORY;
    if (!(err = enter_session( session_id, &session )))
    {
        err = ntms_get_ui_options( session, id, type, buffer, &size );
        session_leave( session );
    }
    return finish_buffer( err, buffer, size, capacity, total, count, (void **)destinations );
}

static DWORD set_attribute( struct session *session, const GUID *id, DWORD type, const WCHAR *name, const BYTE *data,
                            DWORD size )
{
    if (!is_attribute_name( name )) return ERROR_INVALID_NAME;
    if (size > RSMP_MAX_ATTRIBUTE) return ERROR_NO_DATA;
    return ntms_set_object_attribute( session, id, type, name, data, size );
}

DWORD __cdecl rsmp_SetNtmsObjectAttributeW( DWORD session_id, const GUID *id, DWORD type, const WCHAR *name, DWORD size,
                                            const BYTE *data )
{
    SESSION_CALL( session_id, set_attribute( session, id, type, name, data, size ) );
}

DWORD __cdecl rsmp_SetNtmsObjectSecurity( DWORD session_id, const GUID *id, DWORD type, DWORD information, DWORD size,
                                          const BYTE *descriptor )
{
    SESSION_CALL( session_id, !size || size > RSMP_MAX_DESCRIPTOR ? ERROR_INVALID_PARAMETER
                              : ntms_set_object_security( session, id, type, information, descriptor, size ) );
}

DWORD __cdecl rsmp_SetNtmsUIOptionsW( DWORD session_id, const GUID *id, DWORD type, DWORD operation,
                                      const WCHAR *destination )
{
    SESSION_CALL( session_id, wcslen( destination ) >= RSMP_MAX_NAME ? ERROR_INVALID_PARAMETER
                              : ntms_set_ui_options( session, id, type, operation, destination ) );
}

DWORD __cdecl rsmp_EnableNtmsObject( DWORD session_id, DWORD type, const GUID *id )
{
    SESSION_CALL( session_id, ntms_enable_object( session, type, id ) );
}

DWORD __cdecl rsmp_DisableNtmsObject( DWORD session_id, DWORD type, const GUID *id )
{
    SESSION_CALL( session_id, ntms_disable_object( session, type, id ) );
}

DWORD __cdecl rsmp_ExportNtmsDatabase( DWORD session_id )
{
    SESSION_CALL( session_id, ntms_export_database( session ) );
}

DWORD __cdecl rsmp_ImportNtmsDatabase( DWORD session_id )
{
    SESSION_CALL( session_id, ntms_import_database( session ) );
}
