/*
 * What the tests of objects work on: a pool and an off-line medium of their own
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

#ifndef __NTMSAPI_TESTS_SCRATCH_H
#define __NTMSAPI_TESTS_SCRATCH_H

#include <stdarg.h>

#include "windef.h"
#include "winbase.h"
#include "winnls.h"
#include "ntmsapi.h"
#include "wine/test.h"
#include "pairs.h"

/* winioctl.h has names of errors that are those of pairs.h too */
#ifndef FILE_DEVICE_TAPE
#define FILE_DEVICE_TAPE 0x1f
#endif

static const GUID no_guid;
static const GUID nobody = { 0x2d1f5c3a, 0x77b1, 0x4e0c, { 0x91, 0x3e, 0x5b, 0x0d, 0x62, 0xc8, 0x4f, 0x19 } };

struct scratch
{
    HANDLE session;
    GUID   computer;
    GUID   offline;         /* the off-line library */
    GUID   library;         /* one with a changer or a drive, or null GUID */
    GUID   media_type;      /* LTO, else any tape */
    GUID   parent;          /* pool of the name SCRATCH_POOL */
    GUID   pool;            /* the pool Media in it */
    BOOL   has_media;
    GUID   medium, side, logical;
};

#define SCRATCH_POOL L"winetest objects"

static inline DWORD get_info( const struct scratch *scratch, const GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *info )
{
    GUID copy = *id;

    memset( info, 0, sizeof(*info) );
    info->dwSize = sizeof(*info);
    info->dwType = type;
    return GetNtmsObjectInformationW( scratch->session, &copy, info );
}

/* up to max objects, how many there are */
static inline DWORD list_objects( const struct scratch *scratch, const GUID *container, DWORD type, GUID *list, DWORD max )
{
    DWORD size = max, err;

    err = EnumerateNtmsObject( scratch->session, (GUID *)container, list, &size, type, 0 );
    ok( !err || err == ERROR_INSUFFICIENT_BUFFER, "type %lu: got %lu\n", type, err );
    return err && err != ERROR_INSUFFICIENT_BUFFER ? 0 : min( size, max );
}

static inline void find_libraries( struct scratch *scratch )
{
    NTMS_OBJECTINFORMATIONW info;
    GUID list[64];
    DWORD i, count = list_objects( scratch, NULL, NTMS_LIBRARY, list, ARRAYSIZE(list) );

    for (i = 0; i < count; i++)
    {
        if (get_info( scratch, &list[i], NTMS_LIBRARY, &info )) continue;
        if (info.Info.Library.LibraryType == NTMS_LIBRARYTYPE_OFFLINE) scratch->offline = list[i];
        else if (info.dwOperationalState == NTMS_READY && IsEqualGUID( &scratch->library, &no_guid )) scratch->library = list[i];
    }
}

static inline void find_media_type( struct scratch *scratch )
{
    NTMS_OBJECTINFORMATIONW info;
    GUID list[256];
    DWORD i, count = list_objects( scratch, NULL, NTMS_MEDIA_TYPE, list, ARRAYSIZE(list) );

    for (i = 0; i < count; i++)
    {
        if (get_info( scratch, &list[i], NTMS_MEDIA_TYPE, &info )) continue;
        if (info.Info.MediaType.DeviceType != FILE_DEVICE_TAPE || info.Info.MediaType.NumberOfSides != 1) continue;
        scratch->media_type = list[i];
        if (info.Info.MediaType.MediaType == 0x56) break;
    }
}

/* a medium whose only side is allocated */
static inline BOOL make_medium( struct scratch *scratch )
{
    NTMS_OBJECTINFORMATIONW media, side;
    DWORD err;

    memset( &media, 0, sizeof(media) );
    memset( &side, 0, sizeof(side) );
    media.dwSize = side.dwSize = sizeof(media);
    media.dwType = NTMS_PHYSICAL_MEDIA;
    media.Enabled = side.Enabled = TRUE;
    media.Info.PhysicalMedia.MediaPool = scratch->pool;
    media.Info.PhysicalMedia.dwNumberOfPartitions = 1;
    lstrcpyW( media.szName, L"winetest medium" );
    side.dwType = NTMS_PARTITION;
    side.Info.Partition.State = NTMS_PARTSTATE_ALLOCATED;
    side.Info.Partition.dwOmidLabelIdLength = 16;
    lstrcpyA( (char *)side.Info.Partition.OmidLabelId, "winetest objects" );
    lstrcpyW( side.Info.Partition.szOmidLabelType, L"MTF Media Label" );
    lstrcpyW( side.szName, L"winetest side" );
    if ((err = CreateNtmsMediaW( scratch->session, &media, &side, 0 )))
    {
        skip( "no medium can be made, error %lu\n", err );
        return FALSE;
    }
    scratch->medium  = media.ObjectGuid;
    scratch->side    = side.ObjectGuid;
    scratch->logical = side.Info.Partition.LogicalMedia;
    return TRUE;
}

/* FALSE when there is no service to test */
static inline BOOL scratch_open( struct scratch *scratch )
{
    GUID list[1];
    DWORD err;

    memset( scratch, 0, sizeof(*scratch) );
    scratch->session = OpenNtmsSessionW( NULL, L"winetest", 0 );
    if (scratch->session == INVALID_HANDLE_VALUE)
    {
        skip( "no session, error %lu\n", GetLastError() );
        return FALSE;
    }
    if (list_objects( scratch, NULL, NTMS_COMPUTER, list, 1 )) scratch->computer = list[0];
    find_libraries( scratch );
    find_media_type( scratch );
    err = CreateNtmsMediaPoolW( scratch->session, SCRATCH_POOL, NULL, NTMS_OPEN_ALWAYS, NULL, &scratch->parent );
    ok( !err, "got %lu\n", err );
    err = CreateNtmsMediaPoolW( scratch->session, SCRATCH_POOL L"\\Media", &scratch->media_type, NTMS_OPEN_ALWAYS, NULL,
                                &scratch->pool );
    ok( !err, "got %lu\n", err );
    scratch->has_media = make_medium( scratch );
    return TRUE;
}

static inline void scratch_close( struct scratch *scratch )
{
    DWORD err;

    if (scratch->has_media)
    {
        err = DeallocateNtmsMedia( scratch->session, &scratch->logical, 0 );
        ok( !err, "got %lu\n", err );
        err = DeleteNtmsMedia( scratch->session, &scratch->medium );
        ok( !err, "got %lu\n", err );
    }
    err = DeleteNtmsMediaPool( scratch->session, &scratch->pool );
    ok( !err, "got %lu\n", err );
    err = DeleteNtmsMediaPool( scratch->session, &scratch->parent );
    ok( !err, "got %lu\n", err );
    CloseNtmsSession( scratch->session );
}

/* an object of the type, of our own where there are such; FALSE when there is none */
static inline BOOL scratch_object( const struct scratch *scratch, DWORD type, GUID *id )
{
    switch (type)
    {
    case NTMS_LIBRARY:
        *id = scratch->offline;
        return TRUE;
    case NTMS_MEDIA_POOL:
        *id = scratch->pool;
        return TRUE;
    case NTMS_PHYSICAL_MEDIA:
        *id = scratch->medium;
        return scratch->has_media;
    case NTMS_PARTITION:
        *id = scratch->side;
        return scratch->has_media;
    case NTMS_LOGICAL_MEDIA:
        *id = scratch->logical;
        return scratch->has_media;
    default:
        return list_objects( scratch, NULL, type, id, 1 ) == 1;
    }
}

/* ------------------------------------------------------------------ security */

/* what an object had before everything but changing this was taken from everybody */
struct denied
{
    GUID  id;
    DWORD type;
    BYTE  old[4096];
};

static inline BOOL deny_access( const struct scratch *scratch, const GUID *id, DWORD type, struct denied *denied )
{
    SID everyone = { SID_REVISION, 1, { SECURITY_WORLD_SID_AUTHORITY }, { SECURITY_WORLD_RID } };
    BYTE buffer[256];
    ACL *acl = (ACL *)buffer;
    SECURITY_DESCRIPTOR descriptor;
    DWORD size = 0, err;

    denied->id = *id;
    denied->type = type;
    if ((err = GetNtmsObjectSecurity( scratch->session, &denied->id, type, DACL_SECURITY_INFORMATION, denied->old,
                                      sizeof(denied->old), &size )))
    {
        skip( "no security descriptor, error %lu\n", err );
        return FALSE;
    }
    InitializeAcl( acl, sizeof(buffer), ACL_REVISION );
    AddAccessAllowedAce( acl, ACL_REVISION, READ_CONTROL | WRITE_DAC, &everyone );
    InitializeSecurityDescriptor( &descriptor, SECURITY_DESCRIPTOR_REVISION );
    SetSecurityDescriptorDacl( &descriptor, TRUE, acl, FALSE );
    err = SetNtmsObjectSecurity( scratch->session, &denied->id, type, DACL_SECURITY_INFORMATION, &descriptor );
    ok( !err, "got %lu\n", err );
    return !err;
}

static inline void allow_access( const struct scratch *scratch, struct denied *denied )
{
    DWORD err = SetNtmsObjectSecurity( scratch->session, &denied->id, denied->type, DACL_SECURITY_INFORMATION, denied->old );

    ok( !err, "got %lu\n", err );
}

#endif
