/*
 * Pools and media for the tests: off-line ones on any machine, on-line ones where there is a library
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

#ifndef __NTMSAPI_TESTS_MEDIA_H
#define __NTMSAPI_TESTS_MEDIA_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "windef.h"
#include "winbase.h"
#include "ntmsapi.h"
#include "wine/test.h"
#include "pairs.h"

static HANDLE session;
static GUID no_object = { 0x12345678, 0x1234, 0x1234, { 1, 2, 3, 4, 5, 6, 7, 8 } };

static inline BOOL same( GUID a, GUID b )
{
    return !memcmp( &a, &b, sizeof(a) );
}

static inline BOOL is_null( GUID id )
{
    static const GUID null_guid;

    return same( id, null_guid );
}

static inline NTMS_OBJECTINFORMATIONW get_info( GUID id, DWORD type )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD err;

    memset( &info, 0, sizeof(info) );
    info.dwSize = sizeof(info);
    info.dwType = type;
    err = GetNtmsObjectInformationW( session, &id, &info );
    ok( !err, "got error %lu\n", err );
    return info;
}

static inline DWORD state_of( GUID side )
{
    return get_info( side, NTMS_PARTITION ).Info.Partition.State;
}

static inline GUID pool_of( GUID medium )
{
    return get_info( medium, NTMS_PHYSICAL_MEDIA ).Info.PhysicalMedia.MediaPool;
}

/* at most size of the objects, *count is how many there are */
static inline void list_objects( GUID *container, DWORD type, GUID *list, DWORD size, DWORD *count )
{
    DWORD err;

    *count = size;
    err = EnumerateNtmsObject( session, container, list, count, type, 0 );
    ok( !err || err == ERROR_INSUFFICIENT_BUFFER, "got error %lu\n", err );
    if (err && err != ERROR_INSUFFICIENT_BUFFER) *count = 0;
}

/* ------------------------------------------------------------------ types and pools */

/* a media type of so many sides, and not the one in other */
static inline BOOL find_type( DWORD sides, GUID *type, const GUID *other )
{
    GUID list[200];
    DWORD i, count;

    list_objects( NULL, NTMS_MEDIA_TYPE, list, ARRAYSIZE(list), &count );
    for (i = 0; i < min( count, ARRAYSIZE(list) ); i++)
    {
        if (other && same( list[i], *other )) continue;
        if (get_info( list[i], NTMS_MEDIA_TYPE ).Info.MediaType.NumberOfSides != sides) continue;
        *type = list[i];
        return TRUE;
    }
    skip( "there is no type of media of %lu sides\n", sides );
    return FALSE;
}

static inline GUID find_pool( const WCHAR *name )
{
    GUID id = { 0 };
    DWORD err = CreateNtmsMediaPoolW( session, name, NULL, NTMS_OPEN_EXISTING, NULL, &id );

    ok( !err, "got error %lu\n", err );
    return id;
}

/* the pool of a type in one of the system's */
static inline BOOL find_system_pool( const WCHAR *name, GUID type, GUID *pool )
{
    GUID parent = find_pool( name ), list[200];
    DWORD i, count;

    list_objects( &parent, NTMS_MEDIA_POOL, list, ARRAYSIZE(list), &count );
    for (i = 0; i < min( count, ARRAYSIZE(list) ); i++)
    {
        if (!same( get_info( list[i], NTMS_MEDIA_POOL ).Info.MediaPool.MediaType, type )) continue;
        *pool = list[i];
        return TRUE;
    }
    return FALSE;
}

/* a type without type is one for pools */
static inline GUID make_pool( const WCHAR *name, GUID *type )
{
    GUID id = { 0 };
    DWORD err = CreateNtmsMediaPoolW( session, name, type, NTMS_OPEN_ALWAYS, NULL, &id );

    ok( !err, "got error %lu\n", err );
    return id;
}

static inline void delete_pool( GUID pool )
{
    DWORD err = DeleteNtmsMediaPool( session, &pool );

    ok( !err, "got error %lu\n", err );
}

static inline void set_policies( GUID pool, DWORD allocation, DWORD deallocation, DWORD limit )
{
    NTMS_OBJECTINFORMATIONW info = get_info( pool, NTMS_MEDIA_POOL );
    DWORD err;

    info.dwSize = sizeof(info);
    info.Info.MediaPool.AllocationPolicy   = allocation;
    info.Info.MediaPool.DeallocationPolicy = deallocation;
    info.Info.MediaPool.dwMaxAllocates     = limit;
    err = SetNtmsObjectInformationW( session, &pool, &info );
    ok( !err, "got error %lu\n", err );
}

/* ------------------------------------------------------------------ security */

static BYTE saved_security[4096];

/* nobody may do anything with the object any more, except undo this */
static inline BOOL deny( GUID id, DWORD type )
{
    SID_IDENTIFIER_AUTHORITY world = { SECURITY_WORLD_SID_AUTHORITY };
    SECURITY_DESCRIPTOR sd;
    BYTE buffer[100];
    DWORD size, err;
    PSID everyone;

    err = GetNtmsObjectSecurity( session, &id, type, DACL_SECURITY_INFORMATION, saved_security, sizeof(saved_security), &size );
    ok( !err, "got error %lu\n", err );
    if (err) return FALSE;
    if (!AllocateAndInitializeSid( &world, 1, SECURITY_WORLD_RID, 0, 0, 0, 0, 0, 0, 0, &everyone )) return FALSE;
    InitializeAcl( (ACL *)buffer, sizeof(buffer), ACL_REVISION );
    AddAccessAllowedAce( (ACL *)buffer, ACL_REVISION, READ_CONTROL | WRITE_DAC, everyone );
    FreeSid( everyone );
    InitializeSecurityDescriptor( &sd, SECURITY_DESCRIPTOR_REVISION );
    SetSecurityDescriptorDacl( &sd, TRUE, (ACL *)buffer, FALSE );
    SetSecurityDescriptorControl( &sd, SE_DACL_PROTECTED, SE_DACL_PROTECTED );
    err = SetNtmsObjectSecurity( session, &id, type, DACL_SECURITY_INFORMATION, &sd );
    ok( !err, "got error %lu\n", err );
    return !err;
}

static inline void allow( GUID id, DWORD type )
{
    DWORD err = SetNtmsObjectSecurity( session, &id, type, DACL_SECURITY_INFORMATION, saved_security );

    ok( !err, "got error %lu\n", err );
}

/* ------------------------------------------------------------------ off-line media */

struct medium
{
    NTMS_OBJECTINFORMATIONW info;
    NTMS_OBJECTINFORMATIONW sides[2];
};

/* a description with labels that nobody else has */
static inline void describe( struct medium *medium, GUID pool, DWORD sides, DWORD state0, DWORD state1 )
{
    static DWORD count;
    DWORD i;

    memset( medium, 0, sizeof(*medium) );
    medium->info.dwSize  = sizeof(medium->info);
    medium->info.dwType  = NTMS_PHYSICAL_MEDIA;
    medium->info.Enabled = TRUE;
    medium->info.Info.PhysicalMedia.MediaPool = pool;
    medium->info.Info.PhysicalMedia.dwNumberOfPartitions = sides;
    for (i = 0; i < sides; i++)
    {
        NTMS_PARTITIONINFORMATIONW *side = &medium->sides[i].Info.Partition;
        DWORD id[4] = { GetCurrentProcessId(), GetTickCount(), ++count, 0x77696e65 };

        medium->sides[i].dwSize  = sizeof(medium->sides[i]);
        medium->sides[i].dwType  = NTMS_PARTITION;
        medium->sides[i].Enabled = TRUE;
        side->State = i ? state1 : state0;
        side->dwOmidLabelIdLength = sizeof(id);
        memcpy( side->OmidLabelId, id, sizeof(id) );
        lstrcpyW( side->szOmidLabelType, L"winetest" );
    }
}

static inline DWORD create( struct medium *medium )
{
    return CreateNtmsMediaW( session, &medium->info, medium->sides, 0 );
}

static inline struct medium make_medium( GUID pool, DWORD sides, DWORD state0, DWORD state1 )
{
    struct medium medium;
    DWORD err;

    describe( &medium, pool, sides, state0, state1 );
    err = create( &medium );
    ok( !err, "got error %lu\n", err );
    return medium;
}

/* with all that belongs to it */
static inline void remove_medium( struct medium *medium )
{
    DWORD i, err;

    for (i = 0; i < medium->info.Info.PhysicalMedia.dwNumberOfPartitions; i++)
        if (!is_null( medium->sides[i].Info.Partition.LogicalMedia ))
            DeallocateNtmsMedia( session, &medium->sides[i].Info.Partition.LogicalMedia, 0 );
    err = DeleteNtmsMedia( session, &medium->info.ObjectGuid );
    ok( !err, "got error %lu\n", err );
}

#define SIDE( medium, i )     ((medium).sides[i].ObjectGuid)
#define LOGICAL( medium, i )  ((medium).sides[i].Info.Partition.LogicalMedia)

/* ------------------------------------------------------------------ libraries and on-line media */

static inline BOOL find_offline_library( GUID *library )
{
    GUID list[100];
    DWORD i, count;

    list_objects( NULL, NTMS_LIBRARY, list, ARRAYSIZE(list), &count );
    for (i = 0; i < min( count, ARRAYSIZE(list) ); i++)
    {
        *library = list[i];
        if (get_info( list[i], NTMS_LIBRARY ).Info.Library.LibraryType == NTMS_LIBRARYTYPE_OFFLINE) return TRUE;
    }
    ok( 0, "there is no off-line library\n" );
    return FALSE;
}

/* one that works; none is not worth a failure */
static inline BOOL find_library( GUID *library )
{
    GUID list[100];
    DWORD i, count;

    list_objects( NULL, NTMS_LIBRARY, list, ARRAYSIZE(list), &count );
    for (i = 0; i < min( count, ARRAYSIZE(list) ); i++)
    {
        NTMS_OBJECTINFORMATIONW info = get_info( list[i], NTMS_LIBRARY );

        *library = list[i];
        if (info.Info.Library.LibraryType != NTMS_LIBRARYTYPE_OFFLINE && info.dwOperationalState == NTMS_READY && info.Enabled)
            return TRUE;
    }
    skip( "there is no library\n" );
    return FALSE;
}

struct online_medium
{
    GUID  medium;
    GUID  type;
    GUID  free_pool;
    GUID  side;      /* the first one */
};

static inline BOOL wait_for_state( GUID side, DWORD state )
{
    DWORD i;

    for (i = 0; i < 300 && state_of( side ) != state; i++) Sleep( 200 );
    return state_of( side ) == state;
}

/* what has been dismounted may still be on its way to its slot */
static inline DWORD move_when_idle( GUID medium, GUID pool )
{
    DWORD err, i;

    for (i = 0; i < 300 && (err = MoveToNtmsMediaPool( session, &medium, &pool )) == ERROR_BUSY; i++) Sleep( 100 );
    return err;
}

/* an idle medium that is available in a Free pool, or is made so: what is on it is lost */
static inline BOOL is_usable( GUID id, struct online_medium *medium, BOOL prepare )
{
    NTMS_PMIDINFORMATIONW info = get_info( id, NTMS_PHYSICAL_MEDIA ).Info.PhysicalMedia;
    DWORD kind = get_info( info.MediaPool, NTMS_MEDIA_POOL ).Info.MediaPool.PoolType, count;

    if (info.MediaState != NTMS_MEDIASTATE_IDLE || kind == NTMS_POOLTYPE_APPLICATION) return FALSE;
    medium->medium = id;
    medium->type   = info.MediaType;
    list_objects( &id, NTMS_PARTITION, &medium->side, 1, &count );
    if (!count || !find_system_pool( L"Free", info.MediaType, &medium->free_pool )) return FALSE;
    if (kind == NTMS_POOLTYPE_SCRATCH && state_of( medium->side ) == NTMS_PARTSTATE_AVAILABLE) return TRUE;
    if (!prepare || MoveToNtmsMediaPool( session, &id, &medium->free_pool )) return FALSE;
    return wait_for_state( medium->side, NTMS_PARTSTATE_AVAILABLE );
}

static inline BOOL find_online_medium( struct online_medium *medium )
{
    DWORD i, count, prepare;
    GUID library, list[100];

    if (!find_library( &library )) return FALSE;
    list_objects( &library, NTMS_PHYSICAL_MEDIA, list, ARRAYSIZE(list), &count );
    for (prepare = 0; prepare < 2; prepare++)
        for (i = 0; i < min( count, ARRAYSIZE(list) ); i++)
            if (is_usable( list[i], medium, prepare )) return TRUE;
    skip( "there is no medium to be used\n" );
    return FALSE;
}

/* ------------------------------------------------------------------ session */

static inline BOOL open_session(void)
{
    session = OpenNtmsSessionW( NULL, L"winetest", 0 );
    if (session != INVALID_HANDLE_VALUE) return TRUE;
    skip( "there is no service, error %lu\n", GetLastError() );
    return FALSE;
}

#endif /* __NTMSAPI_TESTS_MEDIA_H */
