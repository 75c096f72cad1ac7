/*
 * Labels that programs have written and tell us of
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

/* media label libraries that other programs have installed, which we do not ask yet */
static BOOL have_label_libraries(void)
{
    DWORD count = 0;
    HKEY key;

    if (RegOpenKeyExW( HKEY_LOCAL_MACHINE, L"System\\CurrentControlSet\\Control\\NTMS\\OMID\\Tape", 0, KEY_READ, &key ))
        return FALSE;
    RegQueryInfoKeyW( key, NULL, NULL, NULL, &count, NULL, NULL, NULL, NULL, NULL, NULL, NULL );
    RegCloseKey( key );
    return count != 0;
}

/* The documentation names no code for a label that nobody recognizes; SwapNtmsMedia and ClaimMediaLabel have this one. */
static DWORD parse_raw_label( const BYTE *buffer, DWORD size, struct label *label )
{
    label_parse( buffer, size, label );
    if (label->kind == LABEL_MTF || label->kind == LABEL_FREE) return ERROR_SUCCESS;
    if (have_label_libraries()) FIXME( "media label libraries are not supported\n" );
    return ERROR_BAD_FORMAT;
}

static DWORD check_filesystem_label( const BYTE *buffer, DWORD size )
{
    const NTMS_FILESYSTEM_INFO *info = (const NTMS_FILESYSTEM_INFO *)buffer;

    if (size != sizeof(*info)) return ERROR_INVALID_PARAMETER;
    if (wcsnlen( info->FileSystemType, ARRAY_SIZE(info->FileSystemType) ) == ARRAY_SIZE(info->FileSystemType) ||
        wcsnlen( info->VolumeName, ARRAY_SIZE(info->VolumeName) ) == ARRAY_SIZE(info->VolumeName))
        return ERROR_INVALID_PARAMETER;
    return ERROR_SUCCESS;
}

static DWORD check_label( DWORD label_type, const BYTE *buffer, DWORD size )
{
    if (!buffer || !size) return ERROR_INVALID_PARAMETER;
    switch (label_type)
    {
    case NTMS_OMID_TYPE_RAW_LABEL:       return ERROR_SUCCESS;
    case NTMS_OMID_TYPE_FILESYSTEM_INFO: return check_filesystem_label( buffer, size );
    default:                             return ERROR_INVALID_PARAMETER;
    }
}

/* what the label means is asked only when the medium exists */
static DWORD set_label( struct session *session, const GUID *media, DWORD label_type, const BYTE *buffer, DWORD size )
{
    struct label label;
    GUID side;
    DWORD error;

    error = db_get_guid( &side, "SELECT id FROM partition WHERE logical_media = ?", "g", media );
    if (error) return error == ERROR_OBJECT_NOT_FOUND ? ERROR_INVALID_MEDIA : error;
    if ((error = check_access( session, ACCESS_UpdateNtmsOmidInfo, media ))) return error;
    if (label_type == NTMS_OMID_TYPE_FILESYSTEM_INFO)
    {
        FIXME( "only tapes are supported\n" );
        return ERROR_CALL_NOT_IMPLEMENTED;
    }
    if ((error = parse_raw_label( buffer, size, &label ))) return error;
    return store_set_label( &side, &label );
}

DWORD ntms_update_omid_info( struct session *session, const GUID *media, DWORD label_type, const BYTE *buffer, DWORD size )
{
    DWORD error;

    TRACE( "%p %s %lu %p %lu\n", session, debugstr_guid(media), label_type, buffer, size );

    if ((error = check_label( label_type, buffer, size )) || (error = db_begin())) return error;
    return db_end( set_label( session, media, label_type, buffer, size ));
}
