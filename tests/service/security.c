/*
 * Tests of security: rights, descriptors, inheritance
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

#include <stdio.h>

#include "access.h"
#include "sddl.h"
#include "winternl.h"
#include "world.h"
#include "wine/test.h"

#define U NTMS_USE_ACCESS
#define M NTMS_MODIFY_ACCESS
#define C NTMS_CONTROL_ACCESS
#define R READ_CONTROL
#define W WRITE_DAC
#define ALL (STANDARD_RIGHTS_REQUIRED | NTMS_GENERIC_ALL)

static struct world world;

/* ------------------------------------------------------------------ helpers */

/* gives the object a descriptor, past all checks; NULL takes it away */
static void set_sddl( const GUID *object, const WCHAR *sddl )
{
    PSECURITY_DESCRIPTOR sd;
    ULONG size;

    world_exec( "DELETE FROM security WHERE object = ?", object );
    if (!sddl) return;
    ok( ConvertStringSecurityDescriptorToSecurityDescriptorW( sddl, SDDL_REVISION_1, &sd, &size ), "%s: error %lu\n",
        wine_dbgstr_w( sddl ), GetLastError() );
    OK( db_begin() );
    OK( db_end( db_exec( "INSERT INTO security (object, descriptor) VALUES (?, ?)", "gb", object, sd, size )));
    LocalFree( sd );
}

/* everybody has the rights, nobody anything else, and the owner is not here */
static void set_rights( const GUID *object, DWORD rights )
{
    WCHAR sddl[64];

    swprintf( sddl, ARRAY_SIZE(sddl), L"O:SYG:SYD:(A;;0x%lx;;;WD)", rights );
    set_sddl( object, rights ? sddl : L"O:SYG:SYD:" );
}

static DWORD check( enum access_rule rule, const GUID *object )
{
    DWORD error = db_begin();

    return error ? error : db_end( check_access( NULL, rule, object ));
}

static DWORD check_right( DWORD rights, const GUID *object )
{
    DWORD error = db_begin();

    return error ? error : db_end( check_rights( NULL, rights, object ));
}

static BOOL enable_privilege( const WCHAR *name, BOOL enable )
{
    TOKEN_PRIVILEGES privileges = { 1, { { { 0 }, enable ? SE_PRIVILEGE_ENABLED : 0 } } };
    HANDLE token;
    BOOL ret;

    LookupPrivilegeValueW( NULL, name, &privileges.Privileges[0].Luid );
    OpenProcessToken( GetCurrentProcess(), TOKEN_ADJUST_PRIVILEGES, &token );
    ret = AdjustTokenPrivileges( token, FALSE, &privileges, 0, NULL, NULL ) && !GetLastError();
    CloseHandle( token );
    return ret;
}

/* the token of a program that has been started without the rights of an administrator */
static HANDLE plain_user(void)
{
    BYTE buffer[SECURITY_MAX_SID_SIZE];
    SID_AND_ATTRIBUTES admins = { buffer };
    DWORD size = sizeof(buffer);
    HANDLE token, restricted = NULL;

    CreateWellKnownSid( WinBuiltinAdministratorsSid, NULL, buffer, &size );
    OpenProcessToken( GetCurrentProcess(), TOKEN_ALL_ACCESS, &token );
    ok( CreateRestrictedToken( token, 0, 1, &admins, 0, NULL, 0, NULL, &restricted ), "error %lu\n", GetLastError() );
    CloseHandle( token );
    return restricted;
}

/* ------------------------------------------------------------------ the rules */

/* RSM Security, by function and type of object; what is not here asks for nothing */
static const struct
{
    const char      *function;
    enum access_rule rule;
    DWORD            type;
    DWORD            needed[3];   /* of the pool, the library, the computer */
} rules[] =
{
#define RULE(function, type, pool, library, computer)  { #function, ACCESS_##function, type, { pool, library, computer } }
    RULE( AccessNtmsLibraryDoor,      NTMS_IEDOOR,         0, C, 0 ),
    RULE( AddNtmsMediaType,           NTMS_LIBRARY,        0, M, 0 ),
    RULE( AllocateNtmsMedia,          NTMS_MEDIA_POOL,     C, 0, 0 ),
    RULE( AllocateNtmsMedia,          NTMS_PARTITION,      C, 0, 0 ),
    RULE( CancelNtmsLibraryRequest,   NTMS_LIBREQUEST,     0, C, 0 ),
    RULE( CancelNtmsOperatorRequest,  NTMS_OPREQUEST,      0, 0, C ),
    RULE( ChangeNtmsMediaType,        NTMS_PHYSICAL_MEDIA, M, 0, M ),
    RULE( CleanNtmsDrive,             NTMS_DRIVE,          0, C, 0 ),
    RULE( CreateNtmsMedia,            NTMS_MEDIA_POOL,     M, 0, M ),
    RULE( CreateNtmsMediaPool,        NTMS_MEDIA_POOL,     C, 0, 0 ),
    RULE( DeallocateNtmsMedia,        NTMS_LOGICAL_MEDIA,  C, 0, 0 ),
    RULE( DecommissionNtmsMedia,      NTMS_PARTITION,      C, 0, 0 ),
    RULE( DeleteNtmsDrive,            NTMS_DRIVE,          0, M, 0 ),
    RULE( DeleteNtmsLibrary,          NTMS_LIBRARY,        0, M, 0 ),
    RULE( DeleteNtmsMedia,            NTMS_PHYSICAL_MEDIA, M, 0, M ),
    RULE( DeleteNtmsMediaPool,        NTMS_MEDIA_POOL,     M, 0, 0 ),
    RULE( DeleteNtmsMediaType,        NTMS_LIBRARY,        0, M, 0 ),
    RULE( DeleteNtmsRequests,         NTMS_LIBREQUEST,     0, 0, M ),
    RULE( DeleteNtmsRequests,         NTMS_OPREQUEST,      0, 0, M ),
    RULE( DisableNtmsObject,          NTMS_DRIVE,          0, M, 0 ),
    RULE( DisableNtmsObject,          NTMS_PHYSICAL_MEDIA, 0, M, 0 ),
    RULE( DismountNtmsDrive,          NTMS_DRIVE,          0, M, 0 ),
    RULE( DismountNtmsMedia,          NTMS_LOGICAL_MEDIA,  U, U, 0 ),
    RULE( EjectNtmsCleaner,           NTMS_LIBRARY,        0, C, 0 ),
    RULE( EjectNtmsMedia,             NTMS_PHYSICAL_MEDIA, 0, C, 0 ),
    RULE( EnableNtmsObject,           NTMS_LIBRARY,        0, M, 0 ),
    RULE( EnumerateNtmsObject,        NTMS_LIBRARY,        0, 0, 0 ),
    RULE( ExportNtmsDatabase,         NTMS_COMPUTER,       0, 0, C ),
    RULE( GetNtmsMediaPoolName,       NTMS_MEDIA_POOL,     0, 0, 0 ),
    RULE( GetNtmsRequestOrder,        NTMS_LIBREQUEST,     0, 0, C ),
    RULE( GetNtmsUIOptions,           NTMS_COMPUTER,       0, 0, U ),
    RULE( GetNtmsUIOptions,           NTMS_LIBRARY,        0, U, 0 ),
    RULE( IdentifyNtmsSlot,           NTMS_STORAGESLOT,    0, C, 0 ),
    RULE( ImportNtmsDatabase,         NTMS_COMPUTER,       0, 0, C ),
    RULE( InjectNtmsCleaner,          NTMS_LIBRARY,        0, C, 0 ),
    RULE( InjectNtmsMedia,            NTMS_LIBRARY,        0, C, 0 ),
    RULE( InventoryNtmsLibrary,       NTMS_LIBRARY,        0, C, 0 ),
    RULE( MountNtmsMedia,             NTMS_PARTITION,      U, U, 0 ),
    RULE( MountNtmsMedia,             NTMS_LOGICAL_MEDIA,  U, U, 0 ),
    RULE( MountNtmsMedia,             NTMS_DRIVE,          0, U, 0 ),
    RULE( MoveToNtmsMediaPool,        NTMS_PHYSICAL_MEDIA, C, 0, 0 ),
    RULE( MoveToNtmsMediaPool,        NTMS_MEDIA_POOL,     C, 0, 0 ),
    RULE( OpenNtmsNotification,       NTMS_COMPUTER,       0, 0, U ),
    RULE( OpenNtmsSession,            NTMS_COMPUTER,       0, 0, U ),
    RULE( ReleaseNtmsCleanerSlot,     NTMS_LIBRARY,        0, C, 0 ),
    RULE( ReserveNtmsCleanerSlot,     NTMS_STORAGESLOT,    0, C, 0 ),
    RULE( SatisfyNtmsOperatorRequest, NTMS_OPREQUEST,      0, 0, C ),
    RULE( SetNtmsDeviceChangeDetection, NTMS_DRIVE,        0, 0, 0 ),
    RULE( SetNtmsMediaComplete,       NTMS_LOGICAL_MEDIA,  C, 0, 0 ),
    RULE( SetNtmsRequestOrder,        NTMS_LIBREQUEST,     0, 0, C ),
    RULE( SetNtmsUIOptions,           NTMS_COMPUTER,       0, 0, U | M ),
    RULE( SetNtmsUIOptions,           NTMS_LIBRARY,        0, U | M, 0 ),
    RULE( SubmitNtmsOperatorRequest,  NTMS_LIBRARY,        0, C, 0 ),
    RULE( SubmitNtmsOperatorRequest,  NTMS_DRIVE,          0, C, 0 ),
    RULE( SubmitNtmsOperatorRequest,  NTMS_PHYSICAL_MEDIA, C, 0, 0 ),
    RULE( SubmitNtmsOperatorRequest,  NTMS_MEDIA_POOL,     C, 0, 0 ),
    RULE( SubmitNtmsOperatorRequest,  NTMS_COMPUTER,       0, 0, U ),
    RULE( SwapNtmsMedia,              NTMS_LOGICAL_MEDIA,  M, 0, 0 ),
    RULE( UpdateNtmsOmidInfo,         NTMS_PARTITION,      0, C, 0 ),
    RULE( UpdateNtmsOmidInfo,         NTMS_LOGICAL_MEDIA,  0, C, 0 ),
    RULE( WaitForNtmsOperatorRequest, NTMS_OPREQUEST,      0, 0, 0 ),
#undef RULE
};

/* the functions with a row for each type */
static const struct
{
    const char      *function;
    enum access_rule rule;
    DWORD            right;
} type_rules[] =
{
    { "GetNtmsObjectAttribute",   ACCESS_GetNtmsObjectAttribute,   U },
    { "GetNtmsObjectInformation", ACCESS_GetNtmsObjectInformation, U },
    { "GetNtmsObjectSecurity",    ACCESS_GetNtmsObjectSecurity,    R },
    { "SetNtmsObjectAttribute",   ACCESS_SetNtmsObjectAttribute,   M },
    { "SetNtmsObjectInformation", ACCESS_SetNtmsObjectInformation, M },
    { "SetNtmsObjectSecurity",    ACCESS_SetNtmsObjectSecurity,    W },
};

static const char places[] = { 0, 0, 'L', 'C', 'C', 'L', 'C', 'L', 'L', 'L', 'L', 'P', 'P', 'C', 'P', 'P', 'L', 'C' };

/* takes away each right that should be needed, alone, and all others at once */
static void check_rule( const char *function, enum access_rule rule, DWORD type, const DWORD needed[3] )
{
    const GUID *secured[] = { &world.pool, &world.library, &world.computer }, *object = world_object( &world, type );
    DWORD place, right, error;

    for (place = 0; place < 3; place++) set_rights( secured[place], needed[place] );
    error = check( rule, object );
    ok( !error, "%s, type %lu: error %lu with the rights %#lx %#lx %#lx\n", function, type, error, needed[0], needed[1],
        needed[2] );

    for (place = 0; place < 3; place++)
    {
        for (right = 1; right <= WRITE_DAC; right <<= 1)
        {
            if (!(needed[place] & right)) continue;
            set_rights( secured[place], ALL & ~right );
            error = check( rule, object );
            ok( error == ERROR_ACCESS_DENIED, "%s, type %lu: error %lu without %#lx at %lu\n", function, type, error, right,
                place );
        }
        set_rights( secured[place], ALL );
    }
    for (place = 0; place < 3; place++) set_sddl( secured[place], NULL );
}

static void test_rules(void)
{
    DWORD i, type;

    for (i = 0; i < ARRAY_SIZE(rules); i++)
        check_rule( rules[i].function, rules[i].rule, rules[i].type, rules[i].needed );

    for (i = 0; i < ARRAY_SIZE(type_rules); i++)
        for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
        {
            DWORD right = type_rules[i].right;
            DWORD needed[] = { places[type] == 'P' ? right : 0, places[type] == 'L' ? right : 0, places[type] == 'C' ? right : 0 };

            if (type_rules[i].rule == ACCESS_SetNtmsObjectInformation && type == NTMS_LIBRARY) needed[1] = C;
            check_rule( type_rules[i].function, type_rules[i].rule, type, needed );
        }
}

static void test_free_pool(void)
{
    set_rights( &world.free_pool, ALL & ~U );
    FAILS( check( ACCESS_MoveToNtmsMediaPool, &world.free_pool ), ERROR_ACCESS_DENIED );
    FAILS( check( ACCESS_MoveToNtmsMediaPool, &world.media[1] ), ERROR_ACCESS_DENIED );
    set_rights( &world.free_pool, U );
    OK( check( ACCESS_MoveToNtmsMediaPool, &world.free_pool ));
    OK( check( ACCESS_MoveToNtmsMediaPool, &world.media[1] ));
    FAILS( check( ACCESS_DeallocateNtmsMedia, &world.free_pool ), ERROR_ACCESS_DENIED );
    set_sddl( &world.free_pool, NULL );
}

static void test_places(void)
{
    FAILS( check( ACCESS_AllocateNtmsMedia, &nobody ), ERROR_OBJECT_NOT_FOUND );
    OK( check( ACCESS_EnumerateNtmsObject, &nobody ));
    OK( check( ACCESS_EnumerateNtmsObject, NULL ));

    set_rights( &world.computer, ALL & ~U );
    FAILS( check( ACCESS_OpenNtmsSession, NULL ), ERROR_ACCESS_DENIED );
    set_rights( &world.computer, U );
    OK( check( ACCESS_OpenNtmsSession, NULL ));
    set_sddl( &world.computer, NULL );

    /* a function that has been asked about the wrong object */
    FAILS( check( ACCESS_AllocateNtmsMedia, &world.library ), ERROR_ACCESS_DENIED );
    FAILS( check( ACCESS_InjectNtmsMedia, NULL ), ERROR_ACCESS_DENIED );

    /* each library for itself */
    set_rights( &world.library, 0 );
    FAILS( check( ACCESS_CleanNtmsDrive, &world.drives[0] ), ERROR_ACCESS_DENIED );
    OK( check( ACCESS_CleanNtmsDrive, &world.lone_drive ));
    /* a medium takes its library's security along */
    FAILS( check( ACCESS_EjectNtmsMedia, &world.media[1] ), ERROR_ACCESS_DENIED );
    world_exec( "UPDATE physical_media SET location = NULL, location_type = 0, library = (SELECT id FROM library WHERE kind = 1)"
                " WHERE id = ?", &world.media[1] );
    OK( check( ACCESS_EjectNtmsMedia, &world.media[1] ));
    set_sddl( &world.library, NULL );

    /* and its pool's */
    set_rights( &world.pool, 0 );
    OK( check( ACCESS_GetNtmsObjectInformation, &world.media[1] ));
    OK( db_begin() );
    OK( db_end( store_move_medium( &world.media[1], &world.pool )));
    FAILS( check( ACCESS_GetNtmsObjectInformation, &world.media[1] ), ERROR_ACCESS_DENIED );
    OK( db_begin() );
    OK( db_end( store_move_medium( &world.media[1], &world.free_pool )));
    OK( check( ACCESS_GetNtmsObjectInformation, &world.media[1] ));
    set_sddl( &world.pool, NULL );
}

/* ------------------------------------------------------------------ what counts at once */

static void test_defaults(void)
{
    const GUID *objects[] = { &world.computer, &world.library, &world.offline, &world.root, &world.free_parent,
                              &world.free_pool, &world.pool };
    HANDLE user = plain_user();
    DWORD i;

    for (i = 0; i < ARRAY_SIZE(objects); i++)
    {
        OK( check_right( ALL, objects[i] ));
        current_token = user;
        current_session++;
        OK( check_right( U | R, objects[i] ));
        FAILS( check_right( M, objects[i] ), ERROR_ACCESS_DENIED );
        FAILS( check_right( C, objects[i] ), ERROR_ACCESS_DENIED );
        FAILS( check_right( W, objects[i] ), ERROR_ACCESS_DENIED );
        FAILS( check_right( WRITE_OWNER, objects[i] ), ERROR_ACCESS_DENIED );
        current_token = NULL;
        current_session++;
    }
    CloseHandle( user );
}

static void test_changes(void)
{
    GUID generation, other;

    OK( check_right( U, &world.library ));
    set_rights( &world.library, 0 );
    FAILS( check_right( U, &world.library ), ERROR_ACCESS_DENIED );
    set_rights( &world.library, U );
    OK( check_right( U, &world.library ));
    FAILS( check_right( M, &world.library ), ERROR_ACCESS_DENIED );
    FAILS( check_right( U | M, &world.library ), ERROR_ACCESS_DENIED );

    /* what a transaction that is rolled back has seen is forgotten, whatever comes next */
    OK( db_begin() );
    OK( db_get_guid( &generation, "SELECT security FROM computer", "" ));
    OK( db_exec( "DELETE FROM security WHERE object = ?", "g", &world.library ));
    OK( check_rights( NULL, ALL, &world.library ));
    OK( db_get_guid( &other, "SELECT security FROM computer", "" ));
    ok( !IsEqualGUID( &generation, &other ), "still the same\n" );
    db_rollback();
    FAILS( check_right( M, &world.library ), ERROR_ACCESS_DENIED );
    set_rights( &world.library, U );
    FAILS( check_right( M, &world.library ), ERROR_ACCESS_DENIED );

    /* another session has its own answers */
    current_token = plain_user();
    set_sddl( &world.library, NULL );
    current_session++;
    FAILS( check_right( C, &world.library ), ERROR_ACCESS_DENIED );
    CloseHandle( current_token );
    current_token = NULL;
    current_session++;
    OK( check_right( C, &world.library ));
}

/* ------------------------------------------------------------------ inheritance */

static const struct
{
    const WCHAR *parent, *child;
    DWORD        rights;          /* of the child, among U, M, C */
} inheritance[] =
{
    /* nothing of its own */
    { L"O:SYG:SYD:(A;CI;0x1;;;WD)", NULL, U },
    { L"O:SYG:SYD:(A;CIOI;0x3;;;WD)", NULL, U | M },
    { L"O:SYG:SYD:(A;CIIO;0x3;;;WD)", NULL, U | M },
    { L"O:SYG:SYD:(D;CI;0x1;;;WD)(A;CI;0x7;;;WD)", NULL, M | C },
    { L"O:SYG:SYD:(A;CI;0x7;;;WD)(D;;0x1;;;WD)", NULL, U | M | C },
    /* nothing is passed on: the default */
    { L"O:SYG:SYD:(A;;0x1;;;WD)", NULL, U | M | C },
    { L"O:SYG:SYD:", NULL, U | M | C },
    { L"O:SYG:SYD:(A;OI;0x1;;;WD)", NULL, 0 },   /* for media alone */
    /* a list of its own */
    { L"O:SYG:SYD:(A;CI;0x7;;;WD)", L"O:SYG:SYD:(A;;0x1;;;WD)", U },
    { L"O:SYG:SYD:(A;CI;0x7;;;WD)", L"O:SYG:SYD:", 0 },
    { L"O:SYG:SYD:(D;CI;0x7;;;WD)", L"O:SYG:SYD:P(A;;0x1;;;WD)", U },
    /* with what the parent passes on */
    { L"O:SYG:SYD:(A;CI;0x2;;;WD)", L"O:SYG:SYD:AI(A;;0x1;;;WD)", U | M },
    { L"O:SYG:SYD:(D;CI;0x4;;;WD)", L"O:SYG:SYD:AI(A;;0x1;;;WD)", U },
    { L"O:SYG:SYD:(D;CI;0x4;;;WD)", L"O:SYG:SYD:AI(A;;0x4;;;WD)", C },
    { L"O:SYG:SYD:(A;CI;0x2;;;WD)", L"O:SYG:SYD:PAI(A;;0x1;;;WD)", U },
    { L"O:SYG:SYD:(A;;0x2;;;WD)", L"O:SYG:SYD:AI(A;;0x1;;;WD)", U },
    /* what the child took over when it was written does not count any longer */
    { L"O:SYG:SYD:(A;CI;0x2;;;WD)", L"O:SYG:SYD:AI(A;CIID;0x4;;;WD)(A;;0x1;;;WD)", U | M },
    /* generic rights; the creator */
    { L"O:SYG:SYD:(A;CI;GR;;;WD)", NULL, U },
    { L"O:SYG:SYD:(A;CI;GW;;;WD)", NULL, U | M },
    { L"O:SYG:SYD:(A;CI;GA;;;WD)", NULL, U | M | C },
    { L"O:SYG:SYD:(A;CI;0x3;;;CO)", L"O:BAG:SYD:AI", U | M },
    { L"O:SYG:SYD:(A;CI;0x3;;;CO)", L"O:SYG:SYD:AI", 0 },
    { L"O:SYG:SYD:(A;CI;0x3;;;CG)", L"O:SYG:BAD:AI", U | M },
    /* only the owner of the child is its own */
    { L"O:SYG:SYD:(A;CI;0x2;;;WD)", L"O:SY", M },
};

static void test_inheritance(void)
{
    DWORD i, right;

    for (i = 0; i < ARRAY_SIZE(inheritance); i++)
    {
        set_sddl( &world.parent, inheritance[i].parent );
        set_sddl( &world.pool, inheritance[i].child );
        for (right = U; right <= C; right <<= 1)
        {
            DWORD error = check_right( right, &world.pool ), expect = inheritance[i].rights & right ? 0 : ERROR_ACCESS_DENIED;
            ok( error == expect, "%lu: right %#lx: error %lu\n", i, right, error );
        }
    }
    set_sddl( &world.pool, NULL );

    /* nothing comes from the root pool, nor from the computer */
    set_sddl( &world.parent, NULL );
    set_sddl( &world.root, L"O:SYG:SYD:(D;CI;0x7;;;WD)" );
    set_sddl( &world.computer, L"O:SYG:SYD:(D;CI;0x7;;;WD)" );
    OK( check_right( U | M | C, &world.pool ));
    OK( check_right( U | M | C, &world.parent ));
    OK( check_right( U | M | C, &world.library ));
    FAILS( check_right( U, &world.root ), ERROR_ACCESS_DENIED );
    set_sddl( &world.root, NULL );
    set_sddl( &world.computer, NULL );

    /* the system's pools: Free\LTO Ultrium has what Free has */
    set_sddl( &world.free_parent, L"O:SYG:SYD:(A;CI;0x1;;;WD)" );
    FAILS( check_right( C, &world.free_pool ), ERROR_ACCESS_DENIED );
    set_sddl( &world.free_parent, NULL );
    OK( check_right( C, &world.free_pool ));
}

/* pools in pools: what is passed on goes all the way down, unless it must not */
static void test_deep_inheritance(void)
{
    GUID ids[20], pool;
    WCHAR path[64];
    DWORD i;

    OK( db_begin() );
    for (i = 0; i < ARRAY_SIZE(ids); i++)
    {
        if (i) swprintf( path + wcslen( path ), 10, L"\\%lu", i );
        else wcscpy( path, L"Deep" );
        OK( store_add_pool( i ? &ids[i - 1] : NULL, path, NTMS_POOLTYPE_APPLICATION, NULL, &ids[i] ));
    }
    OK( db_commit() );
    pool = ids[ARRAY_SIZE(ids) - 1];

    set_sddl( &ids[0], L"O:SYG:SYD:(A;CI;0x1;;;WD)" );
    OK( check_right( U, &pool ));
    FAILS( check_right( M, &pool ), ERROR_ACCESS_DENIED );
    set_sddl( &ids[7], L"O:SYG:SYD:AI(A;CI;0x2;;;WD)" );
    OK( check_right( U | M, &pool ));
    set_sddl( &ids[7], L"O:SYG:SYD:AI(A;CINP;0x2;;;WD)" );
    OK( check_right( U | M, &ids[8] ));
    OK( check_right( U, &ids[9] ));
    FAILS( check_right( M, &ids[9] ), ERROR_ACCESS_DENIED );
    set_sddl( &ids[7], L"O:SYG:SYD:P(A;CI;0x2;;;WD)" );
    OK( check_right( M, &pool ));
    FAILS( check_right( U, &pool ), ERROR_ACCESS_DENIED );
}

/* ------------------------------------------------------------------ descriptors */

/* a descriptor with everything, which the tests spoil */
struct sample
{
    SECURITY_DESCRIPTOR_RELATIVE sd;
    struct { BYTE revision, count, authority[6]; DWORD sub[1]; } owner, group;
    struct
    {
        ACL acl;
        struct { ACE_HEADER header; DWORD mask; BYTE revision, count, authority[6]; DWORD sub[1]; } ace[2];
    } dacl, sacl;
};

static const struct sample sample =
{
    { 1, 0, SE_SELF_RELATIVE | SE_DACL_PRESENT | SE_SACL_PRESENT, FIELD_OFFSET( struct sample, owner ),
      FIELD_OFFSET( struct sample, group ), FIELD_OFFSET( struct sample, sacl ), FIELD_OFFSET( struct sample, dacl ) },
    { 1, 1, { 0, 0, 0, 0, 0, 5 }, { 18 } },
    { 1, 1, { 0, 0, 0, 0, 0, 5 }, { 18 } },
    { { 2, 0, 48, 2 }, { { { 0, 0, 20 }, 7, 1, 1, { 0, 0, 0, 0, 0, 1 } }, { { 1, 0, 20 }, 1, 1, 1, { 0, 0, 0, 0, 0, 5 }, { 18 } } } },
    { { 2, 0, 48, 2 }, { { { 2, 0x40, 20 }, 7, 1, 1, { 0, 0, 0, 0, 0, 1 } }, { { 2, 0x80, 20 }, 1, 1, 1, { 0, 0, 0, 0, 0, 5 }, { 18 } } } },
};

#define OFFSET(field) FIELD_OFFSET( struct sample, field )

static const struct
{
    const char *what;
    WORD        offset, size;   /* the bytes to change, and their new value */
    DWORD       value;
    BOOL        valid;
} spoilers[] =
{
    { "nothing", 0, 0, 0, TRUE },
    { "revision 0", OFFSET( sd.Revision ), 1, 0 },
    { "revision 2", OFFSET( sd.Revision ), 1, 2 },
    { "not self-relative", OFFSET( sd.Control ), 2, SE_DACL_PRESENT | SE_SACL_PRESENT },
    { "unknown control bits", OFFSET( sd.Control ), 2, 0xffff, TRUE },
    { "owner in the header", OFFSET( sd.Owner ), 4, 4 },
    { "owner beyond the end", OFFSET( sd.Owner ), 4, sizeof(struct sample) },
    { "owner far away", OFFSET( sd.Owner ), 4, 0xfffffffc },
    { "owner at an odd place", OFFSET( sd.Owner ), 4, OFFSET( owner ) + 1 },
    { "owner cut off", OFFSET( sd.Owner ), 4, sizeof(struct sample) - 4 },
    { "group in the header", OFFSET( sd.Group ), 4, 16 },
    { "group beyond the end", OFFSET( sd.Group ), 4, 0x80000000 },
    { "DACL in the header", OFFSET( sd.Dacl ), 4, 1 },
    { "DACL beyond the end", OFFSET( sd.Dacl ), 4, sizeof(struct sample) },
    { "DACL cut off", OFFSET( sd.Dacl ), 4, sizeof(struct sample) - 8 },
    { "DACL far away", OFFSET( sd.Dacl ), 4, 0x7ffffffc },
    { "SACL beyond the end", OFFSET( sd.Sacl ), 4, 0xfffffff0 },
    { "SACL is the DACL", OFFSET( sd.Sacl ), 4, OFFSET( dacl ) },
    { "owner of revision 0", OFFSET( owner.revision ), 1, 0 },
    { "owner of revision 2", OFFSET( owner.revision ), 1, 2 },
    { "owner of 16 parts", OFFSET( owner.count ), 1, 16 },
    { "owner of 255 parts", OFFSET( owner.count ), 1, 255 },
    { "owner of no parts", OFFSET( owner.count ), 1, 0, TRUE },
    { "group of 255 parts", OFFSET( group.count ), 1, 255 },
    { "DACL of revision 0", OFFSET( dacl.acl.AclRevision ), 1, 0 },
    { "DACL of revision 1", OFFSET( dacl.acl.AclRevision ), 1, 1 },
    { "DACL of revision 5", OFFSET( dacl.acl.AclRevision ), 1, 5 },
    { "DACL of revision 4", OFFSET( dacl.acl.AclRevision ), 1, 4, TRUE },
    { "DACL of size 0", OFFSET( dacl.acl.AclSize ), 2, 0 },
    { "DACL of size 7", OFFSET( dacl.acl.AclSize ), 2, 7 },
    { "DACL of size 8", OFFSET( dacl.acl.AclSize ), 2, 8 },
    { "DACL of size 47", OFFSET( dacl.acl.AclSize ), 2, 47 },
    { "DACL of size 65535", OFFSET( dacl.acl.AclSize ), 2, 65535 },
    { "DACL of 3 entries", OFFSET( dacl.acl.AceCount ), 2, 3 },
    { "DACL of 65535 entries", OFFSET( dacl.acl.AceCount ), 2, 65535 },
    { "DACL of 1 entry", OFFSET( dacl.acl.AceCount ), 2, 1, TRUE },
    { "DACL of no entries", OFFSET( dacl.acl.AceCount ), 2, 0, TRUE },
    { "entry of size 0", OFFSET( dacl.ace[0].header.AceSize ), 2, 0 },
    { "entry of size 4", OFFSET( dacl.ace[0].header.AceSize ), 2, 4 },
    { "entry of size 8", OFFSET( dacl.ace[0].header.AceSize ), 2, 8 },
    { "entry of size 16", OFFSET( dacl.ace[0].header.AceSize ), 2, 16 },
    { "entry of size 18", OFFSET( dacl.ace[0].header.AceSize ), 2, 18 },
    { "entry of size 21", OFFSET( dacl.ace[0].header.AceSize ), 2, 21 },
    { "entry of size 65532", OFFSET( dacl.ace[0].header.AceSize ), 2, 65532 },
    { "last entry of size 24", OFFSET( dacl.ace[1].header.AceSize ), 2, 24 },
    { "audit entry in the DACL", OFFSET( dacl.ace[0].header.AceType ), 1, SYSTEM_AUDIT_ACE_TYPE },
    { "object entry in the DACL", OFFSET( dacl.ace[1].header.AceType ), 1, 6 },
    { "callback entry in the DACL", OFFSET( dacl.ace[1].header.AceType ), 1, 10 },
    { "unknown entry in the DACL", OFFSET( dacl.ace[1].header.AceType ), 1, 255 },
    { "entry with a SID of revision 0", OFFSET( dacl.ace[1].revision ), 1, 0 },
    { "entry with a SID of 2 parts", OFFSET( dacl.ace[1].count ), 1, 2 },
    { "entry with a SID of 255 parts", OFFSET( dacl.ace[0].count ), 1, 255 },
    { "entry with all flags", OFFSET( dacl.ace[0].header.AceFlags ), 1, 255, TRUE },
    { "entry with all rights", OFFSET( dacl.ace[0].mask ), 4, ~0u, TRUE },
    { "SACL of size 7", OFFSET( sacl.acl.AclSize ), 2, 7 },
    { "SACL of 3 entries", OFFSET( sacl.acl.AceCount ), 2, 3 },
    { "access entry in the SACL", OFFSET( sacl.ace[0].header.AceType ), 1, ACCESS_ALLOWED_ACE_TYPE },
    { "label in the SACL", OFFSET( sacl.ace[0].header.AceType ), 1, 0x11, TRUE },
};

static void test_malformed(void)
{
    DWORD i, size, error, expect;
    struct descriptor parts;
    struct sample spoilt;

    for (i = 0; i < ARRAY_SIZE(spoilers); i++)
    {
        spoilt = sample;
        memcpy( (BYTE *)&spoilt + spoilers[i].offset, &spoilers[i].value, spoilers[i].size );
        ok( descriptor_parse( &spoilt, sizeof(spoilt), &parts ) == spoilers[i].valid, "%s\n", spoilers[i].what );
        expect = spoilers[i].valid ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER;
        error = ntms_set_object_security( NULL, &world.pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION,
                                          (const BYTE *)&spoilt, sizeof(spoilt) );
        ok( error == expect, "%s: error %lu\n", spoilers[i].what, error );
        if (spoilers[i].valid) set_sddl( &world.pool, NULL );
    }
    for (size = 0; size < sizeof(sample); size++)
        ok( !descriptor_parse( &sample, size, &parts ), "%lu bytes are enough\n", size );
    ok( !descriptor_parse( &sample, MAX_DESCRIPTOR_SIZE + 1, &parts ), "too long\n" );
    FAILS( ntms_set_object_security( NULL, &world.pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, NULL, 0 ),
           ERROR_INVALID_PARAMETER );

    /* a list without entries that allow anything is no list that allows everything */
    ok( descriptor_parse( &sample, sizeof(sample), &parts ) && parts.dacl && parts.sacl && parts.owner && parts.group,
        "something is missing\n" );
}

static DWORD next_random(void)
{
    static DWORD state = 20260101;

    state ^= state << 13;
    state ^= state >> 17;
    return state ^= state << 5;
}

/* spoilt at random, with nothing behind the end; whatever passes must be fit to work with */
static void test_random(void)
{
    SECURITY_DESCRIPTOR_RELATIVE *made, *inherited;
    struct descriptor parts, other;
    DWORD i, n, length, size, protect, passed = 0;
    BYTE *pages, *data;

    pages = VirtualAlloc( NULL, 0x2000, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE );
    VirtualProtect( pages + 0x1000, 0x1000, PAGE_NOACCESS, &protect );
    for (i = 0; i < 8000; i++)
    {
        length = next_random() % 8 ? sizeof(sample) : next_random() % sizeof(sample) & ~3;
        data = pages + 0x1000 - length;
        memcpy( data, &sample, length );
        for (n = next_random() % 4; n && length; n--) data[next_random() % length] = next_random() % 3 ? next_random() % 64 : next_random();
        if (!descriptor_parse( data, length, &parts )) continue;
        passed++;
        made = NULL;
        OK( descriptor_make( &parts, &made, &size ));
        ok( size <= length + sizeof(sample) && descriptor_parse( made, size, &other ), "%lu: not valid any longer\n", i );
        parts.control |= SE_DACL_AUTO_INHERITED;
        inherited = NULL;
        OK( descriptor_inherit( &parts, &other, &inherited, &size ));
        ok( descriptor_parse( inherited, size, &other ) && other.owner && other.group, "%lu: not valid any longer\n", i );
        free( inherited );
        free( made );
    }
    ok( passed > 800 && passed < 7200, "%lu have passed\n", passed );
    VirtualFree( pages, 0, MEM_RELEASE );
}

/* ------------------------------------------------------------------ Get/SetNtmsObjectSecurity */

static PSECURITY_DESCRIPTOR from_sddl( const WCHAR *sddl, DWORD *size )
{
    PSECURITY_DESCRIPTOR sd = NULL;
    ULONG length = 0;

    ok( ConvertStringSecurityDescriptorToSecurityDescriptorW( sddl, SDDL_REVISION_1, &sd, &length ), "error %lu\n",
        GetLastError() );
    *size = length;
    return sd;
}

static DWORD set( const GUID *id, DWORD type, SECURITY_INFORMATION what, const WCHAR *sddl )
{
    DWORD size, error;
    BYTE *sd = from_sddl( sddl, &size );

    error = ntms_set_object_security( NULL, id, type, what, sd, size );
    LocalFree( sd );
    return error;
}

/* descriptors are the same when they are written in the same way */
static WCHAR *to_sddl( const void *sd, SECURITY_INFORMATION what )
{
    WCHAR *sddl = NULL;

    ok( ConvertSecurityDescriptorToStringSecurityDescriptorW( (void *)sd, SDDL_REVISION_1, what, &sddl, NULL ), "error %lu\n",
        GetLastError() );
    return sddl;
}

static void check_get_( int line, const GUID *id, SECURITY_INFORMATION what, const WCHAR *expect )
{
    DWORD error, size, needed = 0xdead;
    BYTE buffer[1024], small[1024];
    WCHAR *sddl, *expect_sddl;
    void *sd;

    OK( ntms_get_object_security( NULL, id, NTMS_UNKNOWN, what, buffer, sizeof(buffer), &needed ));
    sd = from_sddl( expect, &size );
    sddl = to_sddl( buffer, what );
    expect_sddl = to_sddl( sd, what );
    ok_(__FILE__, line)( sddl && expect_sddl && !wcscmp( sddl, expect_sddl ), "got %s\n", wine_dbgstr_w( sddl ));
    LocalFree( sd );
    LocalFree( sddl );
    LocalFree( expect_sddl );
    ok( GetSecurityDescriptorLength( buffer ) == needed, "length %lu, needed %lu\n", GetSecurityDescriptorLength( buffer ), needed );

    memset( small, 0xcc, sizeof(small) );
    error = ntms_get_object_security( NULL, id, NTMS_UNKNOWN, what, small, needed - 1, &needed );
    ok( error == ERROR_INSUFFICIENT_BUFFER, "error %lu\n", error );
    ok( small[0] == 0xcc && small[needed - 1] == 0xcc, "has been written\n" );
    OK( ntms_get_object_security( NULL, id, NTMS_UNKNOWN, what, small, needed, &needed ));
    ok( small[needed] == 0xcc, "too much has been written\n" );
}
#define check_get(id, what, expect) check_get_( __LINE__, id, what, expect )

static void test_get_set(void)
{
    const SECURITY_INFORMATION all = OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
    static const WCHAR defaults[] = L"(A;CI;0xf0007;;;SY)(A;CI;0xf0007;;;BA)(A;CI;0x20007;;;BO)(A;CI;0x20001;;;BU)";
    BYTE buffer[64];
    WCHAR text[256];
    DWORD needed, type, error;

    swprintf( text, ARRAY_SIZE(text), L"O:BAG:SYD:%s", defaults );
    check_get( &world.library, all, text );
    check_get( &world.library, OWNER_SECURITY_INFORMATION, L"O:BA" );
    check_get( &world.library, GROUP_SECURITY_INFORMATION, L"G:SY" );
    check_get( &world.library, 0, L"" );

    OK( set( &world.library, NTMS_LIBRARY, DACL_SECURITY_INFORMATION, L"D:(A;;GA;;;WD)(D;;GR;;;BU)" ));
    check_get( &world.library, all, L"O:BAG:SYD:(A;;0xf0007;;;WD)(D;;0x20001;;;BU)" );
    OK( set( &world.library, NTMS_LIBRARY, OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION, L"O:BAG:BUD:(D;;GA;;;WD)" ));
    check_get( &world.library, all, L"O:BAG:BUD:(A;;0xf0007;;;WD)(D;;0x20001;;;BU)" );
    OK( set( &world.library, NTMS_LIBRARY, 0, L"D:(D;;GA;;;WD)" ));
    check_get( &world.library, all, L"O:BAG:BUD:(A;;0xf0007;;;WD)(D;;0x20001;;;BU)" );
    set_sddl( &world.library, NULL );

    /* what is inherited shows, and may be written back */
    OK( set( &world.parent, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, L"D:(A;CI;GA;;;WD)(A;;GA;;;SY)" ));
    check_get( &world.pool, DACL_SECURITY_INFORMATION, L"D:AI(A;CIID;0xf0007;;;WD)" );
    OK( set( &world.pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, L"D:AI(A;;0x1;;;SY)(A;CIID;0xf0007;;;WD)" ));
    check_get( &world.pool, DACL_SECURITY_INFORMATION, L"D:AI(A;;0x1;;;SY)(A;CIID;0xf0007;;;WD)" );
    OK( set( &world.parent, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, L"D:(A;CI;GA;;;BA)" ));
    check_get( &world.pool, DACL_SECURITY_INFORMATION, L"D:AI(A;;0x1;;;SY)(A;CIID;0xf0007;;;BA)" );
    OK( set( &world.pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, L"D:(A;;GA;;;SY)" ));
    check_get( &world.pool, DACL_SECURITY_INFORMATION, L"D:(A;;0xf0007;;;SY)" );
    /* who has taken everything away from himself, as the owner may give it back */
    FAILS( check_right( U, &world.pool ), ERROR_ACCESS_DENIED );
    OK( set( &world.pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION | 0x80000000, L"D:AI(A;;GA;;;WD)" ));
    check_get( &world.pool, DACL_SECURITY_INFORMATION, L"D:P(A;;0xf0007;;;WD)" );
    OK( set( &world.pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION | 0x20000000, L"D:P(A;;GA;;;WD)" ));
    check_get( &world.pool, DACL_SECURITY_INFORMATION, L"D:AI(A;;0xf0007;;;WD)(A;CIID;0xf0007;;;BA)" );
    set_sddl( &world.pool, NULL );
    set_sddl( &world.parent, NULL );

    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        const GUID *id = world_object( &world, type );
        DWORD expect = type == NTMS_COMPUTER || type == NTMS_LIBRARY || type == NTMS_MEDIA_POOL
                       ? ERROR_SUCCESS : ERROR_NO_SECURITY_ON_OBJECT;

        error = ntms_get_object_security( NULL, id, type, OWNER_SECURITY_INFORMATION, buffer, sizeof(buffer), &needed );
        ok( error == expect, "type %lu: error %lu\n", type, error );
        error = set( id, type, OWNER_SECURITY_INFORMATION, L"O:BA" );
        ok( error == expect, "type %lu: error %lu\n", type, error );
        FAILS( ntms_get_object_security( NULL, id, type == NTMS_DRIVE ? NTMS_IEPORT : NTMS_DRIVE, OWNER_SECURITY_INFORMATION,
                                         buffer, sizeof(buffer), &needed ), ERROR_OBJECT_NOT_FOUND );
        FAILS( ntms_get_object_security( NULL, &nobody, type, 1, buffer, sizeof(buffer), &needed ), ERROR_OBJECT_NOT_FOUND );
        FAILS( set( &nobody, type, OWNER_SECURITY_INFORMATION, L"O:BA" ), ERROR_OBJECT_NOT_FOUND );
        if (!expect) set_sddl( id, NULL );
    }
    FAILS( ntms_get_object_security( NULL, &world.pool, NTMS_NUMBER_OF_OBJECT_TYPES, 1, buffer, sizeof(buffer), &needed ),
           ERROR_INVALID_PARAMETER );
    FAILS( set( &world.pool, NTMS_NUMBER_OF_OBJECT_TYPES, OWNER_SECURITY_INFORMATION, L"O:BA" ), ERROR_INVALID_PARAMETER );
    FAILS( set( &world.pool, NTMS_MEDIA_POOL, OWNER_SECURITY_INFORMATION, L"G:BA" ), ERROR_INVALID_PARAMETER );
    FAILS( set( &world.pool, NTMS_MEDIA_POOL, GROUP_SECURITY_INFORMATION, L"O:BA" ), ERROR_INVALID_PARAMETER );
}

/* which right each part of a descriptor needs */
static void test_descriptor_access(void)
{
    BYTE buffer[512];
    DWORD needed, type;

    set_rights( &world.pool, ALL & ~R );
    FAILS( ntms_get_object_security( NULL, &world.pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, buffer, sizeof(buffer),
                                     &needed ), ERROR_ACCESS_DENIED );
    set_rights( &world.pool, ALL & ~W );
    FAILS( set( &world.pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, L"D:(A;;GA;;;WD)" ), ERROR_ACCESS_DENIED );
    FAILS( set( &world.pool, NTMS_MEDIA_POOL, 0, L"D:(A;;GA;;;WD)" ), ERROR_ACCESS_DENIED );
    OK( set( &world.pool, NTMS_MEDIA_POOL, GROUP_SECURITY_INFORMATION, L"G:BU" ));
    set_rights( &world.pool, ALL & ~WRITE_OWNER );
    FAILS( set( &world.pool, NTMS_MEDIA_POOL, GROUP_SECURITY_INFORMATION, L"G:BU" ), ERROR_ACCESS_DENIED );
    FAILS( set( &world.pool, NTMS_MEDIA_POOL, OWNER_SECURITY_INFORMATION, L"O:BA" ), ERROR_ACCESS_DENIED );
    ok( enable_privilege( L"SeTakeOwnershipPrivilege", TRUE ), "no privilege\n" );
    OK( set( &world.pool, NTMS_MEDIA_POOL, OWNER_SECURITY_INFORMATION, L"O:BA" ));
    enable_privilege( L"SeTakeOwnershipPrivilege", FALSE );

    /* somebody else cannot be made the owner, unless by who restores */
    set_rights( &world.pool, ALL );
    FAILS( set( &world.pool, NTMS_MEDIA_POOL, OWNER_SECURITY_INFORMATION, L"O:SY" ), ERROR_INVALID_OWNER );
    FAILS( set( &world.pool, NTMS_MEDIA_POOL, OWNER_SECURITY_INFORMATION, L"O:WD" ), ERROR_INVALID_OWNER );
    ok( enable_privilege( L"SeRestorePrivilege", TRUE ), "no privilege\n" );
    OK( set( &world.pool, NTMS_MEDIA_POOL, OWNER_SECURITY_INFORMATION, L"O:SY" ));
    enable_privilege( L"SeRestorePrivilege", FALSE );

    /* the system list */
    FAILS( set( &world.pool, NTMS_MEDIA_POOL, SACL_SECURITY_INFORMATION, L"S:(AU;SA;GA;;;WD)" ), ERROR_ACCESS_DENIED );
    FAILS( ntms_get_object_security( NULL, &world.pool, NTMS_MEDIA_POOL, SACL_SECURITY_INFORMATION, buffer, sizeof(buffer),
                                     &needed ), ERROR_ACCESS_DENIED );
    ok( enable_privilege( L"SeSecurityPrivilege", TRUE ), "no privilege\n" );
    OK( set( &world.pool, NTMS_MEDIA_POOL, SACL_SECURITY_INFORMATION, L"S:(AU;SA;GA;;;WD)" ));
    check_get( &world.pool, SACL_SECURITY_INFORMATION, L"S:(AU;SA;0xf0007;;;WD)" );
    check_get( &world.pool, DACL_SECURITY_INFORMATION, L"D:(A;;0xf0007;;;WD)" );
    enable_privilege( L"SeSecurityPrivilege", FALSE );
    FAILS( ntms_get_object_security( NULL, &world.pool, NTMS_MEDIA_POOL, SACL_SECURITY_INFORMATION, buffer, sizeof(buffer),
                                     &needed ), ERROR_ACCESS_DENIED );
    set_sddl( &world.pool, NULL );

    /* who may not even read it does not learn whether there is any */
    set_rights( &world.library, ALL & ~(R | W) );
    for (type = NTMS_CHANGER; type <= NTMS_OPREQUEST; type++)
    {
        if (places[type] != 'L') continue;
        FAILS( ntms_get_object_security( NULL, world_object( &world, type ), type, DACL_SECURITY_INFORMATION, buffer,
                                         sizeof(buffer), &needed ), ERROR_ACCESS_DENIED );
        FAILS( set( world_object( &world, type ), type, DACL_SECURITY_INFORMATION, L"D:" ), ERROR_ACCESS_DENIED );
    }
    set_sddl( &world.library, NULL );
}

/* ------------------------------------------------------------------ new pools */

static DWORD create( const WCHAR *name, const WCHAR *sddl, GUID *id )
{
    BYTE *sd = NULL;
    DWORD size = 0, error;

    if (sddl) sd = from_sddl( sddl, &size );
    error = ntms_create_media_pool( NULL, name, NULL, NTMS_CREATE_NEW, sd, size, id );
    LocalFree( sd );
    return error;
}

static void test_new_pools(void)
{
    HANDLE user = plain_user();
    struct sample spoilt;
    GUID id, child;

    /* the creator has everything, others nothing */
    OK( create( L"Mine", NULL, &id ));
    OK( check_right( ALL, &id ));
    set_rights( &world.root, C );
    current_token = user;
    current_session++;
    OK( create( L"Of the user", NULL, &id ));
    OK( check_right( ALL, &id ));
    OK( create( L"Of the user\\Child", NULL, &child ));
    OK( check_right( ALL, &child ));
    set_sddl( &world.root, NULL );
    FAILS( create( L"Another", NULL, &child ), ERROR_ACCESS_DENIED );
    current_token = NULL;
    current_session++;

    OK( create( L"Given", L"O:BAG:BUD:(A;;GR;;;WD)", &id ));
    check_get( &id, OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
               L"O:BAG:BUD:(A;;0x20001;;;WD)" );
    FAILS( create( L"Given\\Child", NULL, &child ), ERROR_ACCESS_DENIED );
    FAILS( create( L"Stolen", L"O:SY", &id ), ERROR_INVALID_OWNER );
    FAILS( create( L"Audited", L"S:(AU;SA;GA;;;WD)", &id ), ERROR_ACCESS_DENIED );
    spoilt = sample;
    spoilt.dacl.acl.AceCount = 3;
    FAILS( ntms_create_media_pool( NULL, L"Spoilt", NULL, NTMS_CREATE_NEW, (BYTE *)&spoilt, sizeof(spoilt), &id ),
           ERROR_INVALID_PARAMETER );
    FAILS( ntms_create_media_pool( NULL, L"Spoilt", NULL, NTMS_OPEN_EXISTING, NULL, 0, &id ), ERROR_OBJECT_NOT_FOUND );
    FAILS( ntms_create_media_pool( NULL, L"Stolen", NULL, NTMS_OPEN_EXISTING, NULL, 0, &id ), ERROR_OBJECT_NOT_FOUND );
    CloseHandle( user );
}

/* what is in the database is not trusted either */
static void test_damaged(void)
{
    struct sample spoilt = sample;

    spoilt.sd.Dacl = 0xfffffff0;
    OK( db_begin() );
    OK( db_end( db_exec( "INSERT INTO security (object, descriptor) VALUES (?, ?)", "gb", &world.library, &spoilt,
                         sizeof(spoilt) )));
    FAILS( check_right( U, &world.library ), ERROR_DATABASE_FAILURE );
    set_sddl( &world.library, NULL );
    OK( check_right( U, &world.library ));
}

START_TEST(security)
{
    world_open( &world );
    test_rules();
    test_free_pool();
    test_places();
    test_defaults();
    test_changes();
    test_inheritance();
    test_deep_inheritance();
    test_malformed();
    test_random();
    test_get_set();
    test_descriptor_access();
    test_new_pools();
    test_damaged();
    world_close();
}
