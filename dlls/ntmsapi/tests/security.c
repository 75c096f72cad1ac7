/*
 * Tests of security: descriptors, and what is denied to whom
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

#include <stdarg.h>
#include <stdio.h>

#include "windef.h"
#include "winbase.h"
#include "sddl.h"
#include "ntmsapi.h"
#include "wine/test.h"
#include "pairs.h"

#define BASIC_PARTS (OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION)

static HANDLE session;
static const GUID unknown = { 0x12345678, 1, 2, { 3, 4, 5, 6, 7, 8, 9, 10 } };

/* what the tests are about; null when it is not there */
static GUID computer, offline, media_type;
static GUID parent, pool, other_pool;                 /* Security test, and two pools for media in it */
static GUID media[2], sides[2], logical[2];           /* off-line, in pool; complete */
static GUID library, drive, slot, door, online_media; /* of hardware */

/* Windows XP asks for fewer rights than its successors */
static BOOL is_xp(void)
{
    return LOWORD( GetVersion() ) == MAKEWORD( 5, 1 );
}

/* ------------------------------------------------------------------ helpers */

static GUID first_object( DWORD type, const GUID *container )
{
    GUID list[64], none = { 0 };
    DWORD count = 64, err;

    err = EnumerateNtmsObject( session, (GUID *)container, list, &count, type, 0 );
    return (!err || err == ERROR_INSUFFICIENT_BUFFER) && count ? list[0] : none;
}

static BOOL is_null( const GUID *id )
{
    static const GUID none;

    return !memcmp( id, &none, sizeof(none) );
}

static void find_libraries(void)
{
    GUID list[64];
    DWORD i, count = 64;

    if (EnumerateNtmsObject( session, NULL, list, &count, NTMS_LIBRARY, 0 )) return;
    for (i = 0; i < count; i++)
    {
        NTMS_OBJECTINFORMATIONW info = { sizeof(info), NTMS_LIBRARY };
        DWORD err = GetNtmsObjectInformationW( session, &list[i], &info );

        ok( !err, "error %lu\n", err );
        if (info.Info.Library.LibraryType == NTMS_LIBRARYTYPE_OFFLINE) offline = list[i];
        else if (is_null( &library ) || info.Info.Library.LibraryType == NTMS_LIBRARYTYPE_ONLINE) library = list[i];
    }
    if (is_null( &library )) return;
    drive = first_object( NTMS_DRIVE, &library );
    slot = first_object( NTMS_STORAGESLOT, &library );
    door = first_object( NTMS_IEDOOR, &library );
    online_media = first_object( NTMS_PHYSICAL_MEDIA, &library );
}

/* one that has one side */
static BOOL find_media_type(void)
{
    GUID list[64];
    DWORD i, count = 64, err;

    err = EnumerateNtmsObject( session, NULL, list, &count, NTMS_MEDIA_TYPE, 0 );
    if (err && err != ERROR_INSUFFICIENT_BUFFER) return FALSE;
    for (i = 0; i < count && i < 64; i++)
    {
        NTMS_OBJECTINFORMATIONW info = { sizeof(info), NTMS_MEDIA_TYPE };

        if (GetNtmsObjectInformationW( session, &list[i], &info ) || info.Info.MediaType.NumberOfSides != 1) continue;
        media_type = list[i];
        return TRUE;
    }
    return FALSE;
}

static DWORD make_medium( const GUID *in, GUID *medium, GUID *side, GUID *lmid )
{
    NTMS_OBJECTINFORMATIONW info = { sizeof(info), NTMS_PHYSICAL_MEDIA }, part = { sizeof(part), NTMS_PARTITION };
    static DWORD number;
    DWORD err;

    number++;
    info.Enabled = part.Enabled = TRUE;
    info.Info.PhysicalMedia.MediaPool = *in;
    info.Info.PhysicalMedia.dwNumberOfPartitions = 1;
    part.Info.Partition.State = NTMS_PARTSTATE_COMPLETE;
    part.Info.Partition.LogicalMedia = unknown;
    part.Info.Partition.LogicalMedia.Data1 = GetTickCount() ^ (GetCurrentProcessId() << 16) ^ number << 8;
    part.Info.Partition.dwOmidLabelIdLength = sizeof(GUID);
    memcpy( part.Info.Partition.OmidLabelId, &part.Info.Partition.LogicalMedia, sizeof(GUID) );
    lstrcpyW( part.Info.Partition.szOmidLabelType, L"MTF Media ID" );
    if ((err = CreateNtmsMediaW( session, &info, &part, 0 ))) return err;
    *medium = info.ObjectGuid;
    *side = part.ObjectGuid;
    *lmid = part.Info.Partition.LogicalMedia;
    return ERROR_SUCCESS;
}

static void make_objects(void)
{
    DWORD i, err;

    computer = first_object( NTMS_COMPUTER, NULL );
    find_libraries();
    ok( !is_null( &computer ) && !is_null( &offline ), "something is missing\n" );
    if (!find_media_type()) return;

    err = CreateNtmsMediaPoolW( session, L"Security test", NULL, NTMS_OPEN_ALWAYS, NULL, &parent );
    ok( !err, "error %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"Security test\\One", &media_type, NTMS_OPEN_ALWAYS, NULL, &pool );
    ok( !err, "error %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"Security test\\Two", &media_type, NTMS_OPEN_ALWAYS, NULL, &other_pool );
    ok( !err, "error %lu\n", err );
    for (i = 0; i < 2; i++)
    {
        err = make_medium( &pool, &media[i], &sides[i], &logical[i] );
        ok( !err, "error %lu\n", err );
    }
}

static void delete_objects(void)
{
    DWORD i, err;

    for (i = 0; i < 2; i++)
    {
        err = DeallocateNtmsMedia( session, &logical[i], 0 );
        ok( !err, "error %lu\n", err );
        err = DecommissionNtmsMedia( session, &sides[i] );
        ok( !err, "error %lu\n", err );
        err = DeleteNtmsMedia( session, &media[i] );
        ok( !err, "error %lu\n", err );
    }
    err = DeleteNtmsMediaPool( session, &other_pool );
    ok( !err, "error %lu\n", err );
    err = DeleteNtmsMediaPool( session, &pool );
    ok( !err, "error %lu\n", err );
    err = DeleteNtmsMediaPool( session, &parent );
    ok( !err, "error %lu\n", err );
}

static BYTE *get_security( const GUID *id, DWORD type, SECURITY_INFORMATION what )
{
    static BYTE buffer[4096];
    DWORD err, needed = 0;

    err = GetNtmsObjectSecurity( session, (GUID *)id, type, what, buffer, sizeof(buffer), &needed );
    ok( !err, "type %lu: error %lu\n", type, err );
    ok( needed && needed <= sizeof(buffer), "needs %lu\n", needed );
    ok( IsValidSecurityDescriptor( buffer ), "not valid\n" );
    return buffer;
}

static DWORD set_sddl( const GUID *id, DWORD type, SECURITY_INFORMATION what, const WCHAR *sddl )
{
    void *sd;
    DWORD err;

    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW( sddl, SDDL_REVISION_1, &sd, NULL )) return GetLastError();
    err = SetNtmsObjectSecurity( session, (GUID *)id, type, what, sd );
    LocalFree( sd );
    return err;
}

/* runs a test while nobody may use, modify or control the object */
static void while_denied( const GUID *id, DWORD type, void (*test)(void) )
{
    BYTE saved[4096];
    DWORD err;

    memcpy( saved, get_security( id, type, DACL_SECURITY_INFORMATION ), sizeof(saved) );
    err = set_sddl( id, type, DACL_SECURITY_INFORMATION, L"D:(D;;0x7;;;WD)(A;;0xf0000;;;WD)" );
    ok( !err, "type %lu: error %lu\n", type, err );
    if (!err) test();
    err = SetNtmsObjectSecurity( session, (GUID *)id, type, DACL_SECURITY_INFORMATION, saved );
    ok( !err, "type %lu: error %lu\n", type, err );
}

/* what has not been written yet, in Wine */
#define denied( function, call ) do { DWORD err_ = (call); \
    if (err_ == ERROR_CALL_NOT_IMPLEMENTED) skip( "%s is missing\n", function ); \
    else pair( function, ERROR_ACCESS_DENIED, err_ ); } while (0)

/* where Windows XP asks for nothing; the call would do something there */
#define denied_since_2003( function, call ) do { if (!is_xp()) denied( function, call ); } while (0)

/* ------------------------------------------------------------------ descriptors */

static void check_sizes( const GUID *id, DWORD type )
{
    BYTE buffer[4096];
    DWORD err, needed = 0xdead, again = 0xdead;

    memset( buffer, 0xcc, sizeof(buffer) );
    err = GetNtmsObjectSecurity( session, (GUID *)id, type, BASIC_PARTS, buffer, 0, &needed );
    ok( err == ERROR_INSUFFICIENT_BUFFER, "error %lu\n", err );
    ok( needed > sizeof(SECURITY_DESCRIPTOR_RELATIVE) && needed < sizeof(buffer), "needs %lu\n", needed );
    if (needed >= sizeof(buffer)) return;
    err = GetNtmsObjectSecurity( session, (GUID *)id, type, BASIC_PARTS, buffer, needed - 1, &again );
    ok( err == ERROR_INSUFFICIENT_BUFFER, "error %lu\n", err );
    ok( again == needed, "needs %lu, then %lu\n", needed, again );
    ok( buffer[0] == 0xcc, "has been written\n" );
    err = GetNtmsObjectSecurity( session, (GUID *)id, type, BASIC_PARTS, buffer, needed, &again );
    pair( "GetNtmsObjectSecurity", ERROR_SUCCESS, err );
    ok( again == needed, "needs %lu, then %lu\n", needed, again );
    ok( buffer[needed] == 0xcc, "too much has been written\n" );
    ok( IsValidSecurityDescriptor( buffer ) && GetSecurityDescriptorLength( buffer ) == needed, "wrong length\n" );
}

/* whether the descriptor has these parts and no others */
static void check_parts( const GUID *id, DWORD type, SECURITY_INFORMATION what )
{
    BYTE *sd = get_security( id, type, what );
    BOOL present = FALSE, defaulted;
    PSID owner = NULL, group = NULL;
    ACL *acl = NULL;

    GetSecurityDescriptorOwner( sd, &owner, &defaulted );
    GetSecurityDescriptorGroup( sd, &group, &defaulted );
    GetSecurityDescriptorDacl( sd, &present, &acl, &defaulted );
    ok( !owner == !(what & OWNER_SECURITY_INFORMATION), "parts %#lx: owner %p\n", what, owner );
    ok( !group == !(what & GROUP_SECURITY_INFORMATION), "parts %#lx: group %p\n", what, group );
    ok( !present == !(what & DACL_SECURITY_INFORMATION), "parts %#lx: DACL %d\n", what, present );
    GetSecurityDescriptorSacl( sd, &present, &acl, &defaulted );
    ok( !present, "parts %#lx: there is a SACL\n", what );
}

static void check_round_trip( const GUID *id, DWORD type )
{
    BYTE before[4096];
    DWORD err, length;
    BOOL present, defaulted;
    ACL *acl = NULL;
    ACCESS_DENIED_ACE *ace;

    memcpy( before, get_security( id, type, BASIC_PARTS ), sizeof(before) );
    length = GetSecurityDescriptorLength( before );
    err = SetNtmsObjectSecurity( session, (GUID *)id, type, DACL_SECURITY_INFORMATION, before );
    pair( "SetNtmsObjectSecurity", ERROR_SUCCESS, err );
    ok( !memcmp( before, get_security( id, type, BASIC_PARTS ), length ), "type %lu: has changed\n", type );

    err = set_sddl( id, type, DACL_SECURITY_INFORMATION, L"D:(D;;0x4;;;WD)(A;;0x3;;;BU)(A;CI;0x20001;;;WD)" );
    ok( !err, "error %lu\n", err );
    ok( GetSecurityDescriptorDacl( get_security( id, type, BASIC_PARTS ), &present, &acl, &defaulted ) && present && acl,
        "no DACL\n" );
    ok( acl->AceCount == 3, "%u entries\n", acl->AceCount );
    if (acl->AceCount == 3)
    {
        GetAce( acl, 0, (void **)&ace );
        ok( ace->Header.AceType == ACCESS_DENIED_ACE_TYPE && ace->Mask == 4, "type %u, mask %#lx\n", ace->Header.AceType, ace->Mask );
        GetAce( acl, 1, (void **)&ace );
        ok( ace->Header.AceType == ACCESS_ALLOWED_ACE_TYPE && ace->Mask == 3, "type %u, mask %#lx\n", ace->Header.AceType, ace->Mask );
        GetAce( acl, 2, (void **)&ace );
        ok( ace->Header.AceFlags == CONTAINER_INHERIT_ACE && ace->Mask == 0x20001, "flags %#x, mask %#lx\n", ace->Header.AceFlags,
            ace->Mask );
    }
    err = SetNtmsObjectSecurity( session, (GUID *)id, type, DACL_SECURITY_INFORMATION, before );
    ok( !err, "error %lu\n", err );
    ok( !memcmp( before, get_security( id, type, BASIC_PARTS ), length ), "type %lu: has changed\n", type );
}

/* an absolute descriptor; an empty list is nobody, no list is everybody */
static void test_absolute(void)
{
    SECURITY_DESCRIPTOR sd;
    BYTE before[4096];
    BOOL present = FALSE, defaulted;
    ACL empty, *acl;
    DWORD err;

    memcpy( before, get_security( &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION ), sizeof(before) );
    InitializeSecurityDescriptor( &sd, SECURITY_DESCRIPTOR_REVISION );
    InitializeAcl( &empty, sizeof(empty), ACL_REVISION );
    SetSecurityDescriptorDacl( &sd, TRUE, &empty, FALSE );
    err = SetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, &sd );
    ok( !err, "error %lu\n", err );
    /* the owner may read it all the same */
    GetSecurityDescriptorDacl( get_security( &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION ), &present, &acl, &defaulted );
    ok( present && acl && !acl->AceCount, "not empty\n" );
    err = DeleteNtmsMediaPool( session, &pool );
    ok( err == ERROR_ACCESS_DENIED, "error %lu\n", err );

    SetSecurityDescriptorDacl( &sd, TRUE, NULL, FALSE );
    err = SetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, &sd );
    ok( !err, "error %lu\n", err );
    acl = &empty;
    GetSecurityDescriptorDacl( get_security( &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION ), &present, &acl, &defaulted );
    ok( present && !acl, "there is a list\n" );
    err = SetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, before );
    ok( !err, "error %lu\n", err );
}

static void test_descriptors(void)
{
    const GUID *ids[] = { &computer, &offline, &parent, &pool };
    const DWORD types[] = { NTMS_COMPUTER, NTMS_LIBRARY, NTMS_MEDIA_POOL, NTMS_MEDIA_POOL };
    SECURITY_INFORMATION what;
    DWORD i;

    for (i = 0; i < ARRAYSIZE(ids); i++)
    {
        check_sizes( ids[i], types[i] );
        check_round_trip( ids[i], types[i] );
        for (what = OWNER_SECURITY_INFORMATION; what <= BASIC_PARTS; what++) check_parts( ids[i], types[i], what );
    }
    test_absolute();
}

static void test_parameters(void)
{
    BYTE buffer[1024];
    DWORD err, needed;

    memcpy( buffer, get_security( &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION ), sizeof(buffer) );

    err = GetNtmsObjectSecurity( (HANDLE)0xdeadbeef, &pool, NTMS_MEDIA_POOL, BASIC_PARTS, buffer, sizeof(buffer), &needed );
    pair( "GetNtmsObjectSecurity", ERROR_INVALID_HANDLE, err );
    err = SetNtmsObjectSecurity( (HANDLE)0xdeadbeef, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, buffer );
    pair( "SetNtmsObjectSecurity", ERROR_INVALID_HANDLE, err );

    err = GetNtmsObjectSecurity( session, NULL, NTMS_MEDIA_POOL, BASIC_PARTS, buffer, sizeof(buffer), &needed );
    pair( "GetNtmsObjectSecurity", ERROR_INVALID_PARAMETER, err );
    err = GetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, BASIC_PARTS, NULL, 0, &needed );
    ok( err == ERROR_INVALID_PARAMETER, "error %lu\n", err );
    err = GetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, BASIC_PARTS, buffer, sizeof(buffer), NULL );
    ok( err == ERROR_INVALID_PARAMETER, "error %lu\n", err );
    err = GetNtmsObjectSecurity( session, &pool, 12345, BASIC_PARTS, buffer, sizeof(buffer), &needed );
    ok( err == ERROR_INVALID_PARAMETER, "error %lu\n", err );
    err = SetNtmsObjectSecurity( session, NULL, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, buffer );
    pair( "SetNtmsObjectSecurity", ERROR_INVALID_PARAMETER, err );
    err = SetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, NULL );
    ok( err == ERROR_INVALID_PARAMETER, "error %lu\n", err );

    err = GetNtmsObjectSecurity( session, (GUID *)&unknown, NTMS_MEDIA_POOL, BASIC_PARTS, buffer, sizeof(buffer), &needed );
    pair( "GetNtmsObjectSecurity", ERROR_OBJECT_NOT_FOUND, err );
    err = set_sddl( &unknown, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, L"D:(A;;0x7;;;WD)" );
    pair( "SetNtmsObjectSecurity", ERROR_OBJECT_NOT_FOUND, err );

    /* a descriptor that is none */
    memset( buffer, 0, sizeof(buffer) );
    err = SetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, buffer );
    ok( err == ERROR_INVALID_PARAMETER || broken( err == ERROR_INVALID_SECURITY_DESCR ), "error %lu\n", err );
}

static void check_no_security( const GUID *id, DWORD type )
{
    BYTE buffer[1024];
    DWORD err, needed;

    if (is_null( id )) return;
    err = GetNtmsObjectSecurity( session, (GUID *)id, type, BASIC_PARTS, buffer, sizeof(buffer), &needed );
    pair( "GetNtmsObjectSecurity", ERROR_NO_SECURITY_ON_OBJECT, err );
    err = set_sddl( id, type, DACL_SECURITY_INFORMATION, L"D:(A;;0x7;;;WD)" );
    pair( "SetNtmsObjectSecurity", ERROR_NO_SECURITY_ON_OBJECT, err );
}

static void test_no_security(void)
{
    GUID id;

    check_no_security( &media_type, NTMS_MEDIA_TYPE );
    check_no_security( &media[0], NTMS_PHYSICAL_MEDIA );
    check_no_security( &sides[0], NTMS_PARTITION );
    check_no_security( &logical[0], NTMS_LOGICAL_MEDIA );
    check_no_security( &drive, NTMS_DRIVE );
    check_no_security( &slot, NTMS_STORAGESLOT );
    check_no_security( &door, NTMS_IEDOOR );
    id = first_object( NTMS_IEPORT, NULL );
    check_no_security( &id, NTMS_IEPORT );
    id = first_object( NTMS_CHANGER, NULL );
    check_no_security( &id, NTMS_CHANGER );
    id = first_object( NTMS_CHANGER_TYPE, NULL );
    check_no_security( &id, NTMS_CHANGER_TYPE );
    id = first_object( NTMS_DRIVE_TYPE, NULL );
    check_no_security( &id, NTMS_DRIVE_TYPE );
    id = first_object( NTMS_OPREQUEST, NULL );
    check_no_security( &id, NTMS_OPREQUEST );
}

static BOOL enable_privilege( const WCHAR *name, BOOL enable )
{
    TOKEN_PRIVILEGES privileges = { 1, { { { 0 }, enable ? SE_PRIVILEGE_ENABLED : 0 } } };
    HANDLE token;
    BOOL ret;

    if (!LookupPrivilegeValueW( NULL, name, &privileges.Privileges[0].Luid )) return FALSE;
    if (!OpenProcessToken( GetCurrentProcess(), TOKEN_ADJUST_PRIVILEGES, &token )) return FALSE;
    ret = AdjustTokenPrivileges( token, FALSE, &privileges, 0, NULL, NULL ) && !GetLastError();
    CloseHandle( token );
    return ret;
}

/* the rights to a descriptor itself */
static void test_descriptor_access(void)
{
    BYTE buffer[1024], before[4096];
    DWORD err, needed;

    enable_privilege( L"SeSecurityPrivilege", FALSE );
    err = GetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, SACL_SECURITY_INFORMATION, buffer, sizeof(buffer), &needed );
    ok( err == ERROR_ACCESS_DENIED || broken( err == ERROR_PRIVILEGE_NOT_HELD ), "error %lu\n", err );
    err = set_sddl( &pool, NTMS_MEDIA_POOL, SACL_SECURITY_INFORMATION, L"S:(AU;SA;0x7;;;WD)" );
    ok( err == ERROR_ACCESS_DENIED || broken( err == ERROR_PRIVILEGE_NOT_HELD ), "error %lu\n", err );
    if (enable_privilege( L"SeSecurityPrivilege", TRUE ))
    {
        err = set_sddl( &pool, NTMS_MEDIA_POOL, SACL_SECURITY_INFORMATION, L"S:(AU;SA;0x7;;;WD)" );
        ok( !err, "error %lu\n", err );
        get_security( &pool, NTMS_MEDIA_POOL, SACL_SECURITY_INFORMATION );
        enable_privilege( L"SeSecurityPrivilege", FALSE );
    }
    else skip( "no right to audit\n" );

    if (!enable_privilege( L"SeRestorePrivilege", TRUE ))
    {
        skip( "no right to give ownership away\n" );
        return;
    }
    memcpy( before, get_security( &pool, NTMS_MEDIA_POOL, BASIC_PARTS ), sizeof(before) );
    err = set_sddl( &pool, NTMS_MEDIA_POOL, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, L"O:SYD:(A;;0xc0007;;;WD)" );
    ok( !err, "error %lu\n", err );
    denied_since_2003( "GetNtmsObjectSecurity", GetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION,
                                                                       buffer, sizeof(buffer), &needed ));
    err = set_sddl( &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, L"D:(A;;0xa0007;;;WD)" );
    ok( !err, "error %lu\n", err );
    denied( "SetNtmsObjectSecurity", set_sddl( &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, L"D:(A;;0xf0007;;;WD)" ));
    err = SetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION, before );
    ok( !err, "error %lu\n", err );
    err = SetNtmsObjectSecurity( session, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, before );
    ok( !err, "error %lu\n", err );
    enable_privilege( L"SeRestorePrivilege", FALSE );
}

/* ------------------------------------------------------------------ new pools */

static DWORD count_entries( const GUID *id )
{
    BOOL present, defaulted;
    ACL *acl = NULL;

    GetSecurityDescriptorDacl( get_security( id, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION ), &present, &acl, &defaulted );
    return acl ? acl->AceCount : 0;
}

static void test_new_pools(void)
{
    SECURITY_ATTRIBUTES attributes = { sizeof(attributes) };
    SECURITY_DESCRIPTOR sd;
    GUID id, child;
    DWORD err;
    void *given;

    /* Windows Server 2003: the creator and the system */
    if (!is_xp()) ok( count_entries( &parent ) == 2, "%lu entries\n", count_entries( &parent ));

    ConvertStringSecurityDescriptorToSecurityDescriptorW( L"D:(A;;0xe0000;;;WD)(A;;0x1;;;WD)", SDDL_REVISION_1, &given, NULL );
    attributes.lpSecurityDescriptor = given;
    err = CreateNtmsMediaPoolW( session, L"Security test\\Given", NULL, NTMS_CREATE_NEW, &attributes, &id );
    ok( !err, "error %lu\n", err );
    ok( count_entries( &id ) == 2, "%lu entries\n", count_entries( &id ));
    err = DeleteNtmsMediaPool( session, &id );
    pair( "DeleteNtmsMediaPool", ERROR_ACCESS_DENIED, err );
    err = CreateNtmsMediaPoolW( session, L"Security test\\Given\\Child", NULL, NTMS_CREATE_NEW, NULL, &child );
    pair( "CreateNtmsMediaPoolW", ERROR_ACCESS_DENIED, err );
    err = CreateNtmsMediaPoolA( session, "Security test\\Given\\Child", NULL, NTMS_OPEN_ALWAYS, NULL, &child );
    pair( "CreateNtmsMediaPoolA", ERROR_ACCESS_DENIED, err );
    /* to open it is no harm */
    err = CreateNtmsMediaPoolW( session, L"Security test\\Given", NULL, NTMS_OPEN_EXISTING, NULL, &child );
    ok( !err, "error %lu\n", err );
    err = set_sddl( &id, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, L"D:(A;;0xf0007;;;WD)" );
    ok( !err, "error %lu\n", err );
    err = DeleteNtmsMediaPool( session, &id );
    ok( !err, "error %lu\n", err );
    LocalFree( given );

    memset( &sd, 0, sizeof(sd) );
    attributes.lpSecurityDescriptor = &sd;
    err = CreateNtmsMediaPoolW( session, L"Security test\\Spoilt", NULL, NTMS_CREATE_NEW, &attributes, &id );
    ok( err == ERROR_INVALID_PARAMETER || broken( err == ERROR_INVALID_SECURITY_DESCR ), "error %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"Security test\\Spoilt", NULL, NTMS_OPEN_EXISTING, NULL, &id );
    ok( err == ERROR_OBJECT_NOT_FOUND, "error %lu\n", err );
}

/* ------------------------------------------------------------------ what is denied */

static void test_deny_pool(void)
{
    NTMS_OBJECTINFORMATIONW info = { sizeof(info), NTMS_PHYSICAL_MEDIA };
    GUID id = { 0 }, drives = { 0 };
    BYTE buffer[64];
    DWORD size = sizeof(buffer);

    denied_since_2003( "GetNtmsObjectInformation", GetNtmsObjectInformationW( session, &media[0], &info ));
    denied_since_2003( "GetNtmsObjectAttribute", GetNtmsObjectAttributeW( session, &media[0], NTMS_PHYSICAL_MEDIA, L"name",
                                                                          buffer, &size ));
    denied_since_2003( "SetNtmsObjectAttribute", SetNtmsObjectAttributeW( session, &media[0], NTMS_PHYSICAL_MEDIA, L"name",
                                                                          buffer, 4 ));
    denied( "AllocateNtmsMedia", AllocateNtmsMedia( session, &pool, NULL, &id, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0, NULL ));
    denied( "ChangeNtmsMediaType", ChangeNtmsMediaType( session, &media[0], &other_pool ));
    denied( "CreateNtmsMedia", make_medium( &pool, &id, &id, &id ));
    denied( "DeallocateNtmsMedia", DeallocateNtmsMedia( session, &logical[0], 0 ));
    denied( "DecommissionNtmsMedia", DecommissionNtmsMedia( session, &sides[0] ));
    denied( "DeleteNtmsMedia", DeleteNtmsMedia( session, &media[0] ));
    denied( "DeleteNtmsMediaPool", DeleteNtmsMediaPool( session, &pool ));
    denied( "MountNtmsMedia", MountNtmsMedia( session, &logical[0], &drives, 1, NTMS_MOUNT_ERROR_OFFLINE, 0, 0, NULL ));
    denied( "DismountNtmsMedia", DismountNtmsMedia( session, &logical[0], 1, 0 ));
    denied( "MoveToNtmsMediaPool", MoveToNtmsMediaPool( session, &media[0], &other_pool ));
    denied( "SetNtmsMediaComplete", SetNtmsMediaComplete( session, &logical[0] ));
    denied( "SwapNtmsMedia", SwapNtmsMedia( session, &logical[0], &logical[1] ));
    denied_since_2003( "SubmitNtmsOperatorRequest", SubmitNtmsOperatorRequestW( session, NTMS_OPREQ_NEWMEDIA, L"Security test",
                                                                                &pool, NULL, &id ));
}

/* a pool that media shall go to */
static void test_deny_destination(void)
{
    denied( "MoveToNtmsMediaPool", MoveToNtmsMediaPool( session, &media[0], &other_pool ));
    denied( "ChangeNtmsMediaType", ChangeNtmsMediaType( session, &media[0], &other_pool ));
}

static NTMS_OBJECTINFORMATIONW pool_info;

static void test_deny_pool_info(void)
{
    denied( "SetNtmsObjectInformation", SetNtmsObjectInformationW( session, &pool, &pool_info ));
}

static NTMS_OBJECTINFORMATIONW library_info;

/* the off-line library */
static void test_deny_offline(void)
{
    BYTE label[64] = { 1 };
    WCHAR names[64];
    DWORD size = 64;

    denied( "AddNtmsMediaType", AddNtmsMediaType( session, &media_type, &offline ));
    denied( "DeleteNtmsMediaType", DeleteNtmsMediaType( session, &media_type, &offline ));
    denied( "DisableNtmsObject", DisableNtmsObject( session, NTMS_PHYSICAL_MEDIA, &media[0] ));
    denied( "EnableNtmsObject", EnableNtmsObject( session, NTMS_PHYSICAL_MEDIA, &media[0] ));
    denied( "GetNtmsUIOptions", GetNtmsUIOptionsW( session, &offline, NTMS_UITYPE_INFO, names, &size ));
    denied( "SetNtmsUIOptions", SetNtmsUIOptionsW( session, &offline, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, L"nowhere" ));
    denied( "UpdateNtmsOmidInfo", UpdateNtmsOmidInfo( session, &logical[0], NTMS_OMID_TYPE_RAW_LABEL, sizeof(label), label ));
    denied( "MountNtmsMedia", MountNtmsMedia( session, &logical[0], &media[0], 1, NTMS_MOUNT_ERROR_OFFLINE, 0, 0, NULL ));
    denied_since_2003( "SetNtmsObjectInformation", SetNtmsObjectInformationW( session, &offline, &library_info ));
}

static void test_deny_library(void)
{
    GUID id = { 0 };

    denied( "AccessNtmsLibraryDoor", AccessNtmsLibraryDoor( session, &library, NTMS_INVENTORY_NONE ));
    denied( "DeleteNtmsLibrary", DeleteNtmsLibrary( session, &library ));
    denied( "DisableNtmsObject", DisableNtmsObject( session, NTMS_LIBRARY, &library ));
    denied( "EnableNtmsObject", EnableNtmsObject( session, NTMS_LIBRARY, &library ));
    denied( "InjectNtmsCleaner", InjectNtmsCleaner( session, &library, &id, 1, 0 ));
    denied( "InjectNtmsMedia", InjectNtmsMedia( session, &library, &id, 0 ));
    denied( "EjectNtmsCleaner", EjectNtmsCleaner( session, &library, &id, 0 ));
    denied( "InventoryNtmsLibrary", InventoryNtmsLibrary( session, &library, NTMS_INVENTORY_FAST ));
    denied( "ReleaseNtmsCleanerSlot", ReleaseNtmsCleanerSlot( session, &library ));
    if (!is_null( &drive ))
    {
        denied( "CleanNtmsDrive", CleanNtmsDrive( session, &drive ));
        denied( "DeleteNtmsDrive", DeleteNtmsDrive( session, &drive ));
        denied( "DismountNtmsDrive", DismountNtmsDrive( session, &drive ));
        denied( "DisableNtmsObject", DisableNtmsObject( session, NTMS_DRIVE, &drive ));
    }
    if (!is_null( &slot ))
    {
        denied( "IdentifyNtmsSlot", IdentifyNtmsSlot( session, &slot, 0 ));
        denied( "ReserveNtmsCleanerSlot", ReserveNtmsCleanerSlot( session, &library, &slot ));
    }
    if (!is_null( &online_media )) denied( "EjectNtmsMedia", EjectNtmsMedia( session, &online_media, &id, 0 ));
    id = first_object( NTMS_LIBREQUEST, &library );
    if (!is_null( &id )) denied( "CancelNtmsLibraryRequest", CancelNtmsLibraryRequest( session, &id ));
}

static GUID operator_request;

static void test_deny_computer(void)
{
    NTMS_OBJECTINFORMATIONW info = { sizeof(info), NTMS_MEDIA_TYPE };
    GUID id = { 0 };
    WCHAR names[64];
    DWORD size = 64, err;
    HANDLE handle;

    denied_since_2003( "GetNtmsObjectInformation", GetNtmsObjectInformationW( session, &media_type, &info ));
    denied( "GetNtmsUIOptions", GetNtmsUIOptionsW( session, &computer, NTMS_UITYPE_INFO, names, &size ));
    denied( "SetNtmsUIOptions", SetNtmsUIOptionsW( session, &computer, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, L"nowhere" ));
    denied( "ExportNtmsDatabase", ExportNtmsDatabase( session ));
    denied( "ImportNtmsDatabase", ImportNtmsDatabase( session ));
    denied_since_2003( "CreateNtmsMedia", make_medium( &pool, &id, &id, &id ));
    denied_since_2003( "ChangeNtmsMediaType", ChangeNtmsMediaType( session, &media[0], &other_pool ));
    denied_since_2003( "DeleteNtmsMedia", DeleteNtmsMedia( session, &media[0] ));
    denied_since_2003( "SubmitNtmsOperatorRequest", SubmitNtmsOperatorRequestW( session, NTMS_OPREQ_MESSAGE, L"Security test",
                                                                                NULL, NULL, &id ));
    if (!is_null( &operator_request ))
    {
        denied( "CancelNtmsOperatorRequest", CancelNtmsOperatorRequest( session, &operator_request ));
        denied( "SatisfyNtmsOperatorRequest", SatisfyNtmsOperatorRequest( session, &operator_request ));
        denied( "DeleteNtmsRequests", DeleteNtmsRequests( session, &operator_request, NTMS_OPREQUEST, 1 ));
    }
    id = first_object( NTMS_LIBREQUEST, NULL );
    if (!is_null( &id ))
    {
        denied_since_2003( "GetNtmsRequestOrder", GetNtmsRequestOrder( session, &id, &size ));
        denied_since_2003( "SetNtmsRequestOrder", SetNtmsRequestOrder( session, &id, 1 ));
    }

    handle = OpenNtmsNotification( session, NTMS_DRIVE );
    if (is_xp()) CloseNtmsNotification( handle );
    else denied( "OpenNtmsNotification", handle == INVALID_HANDLE_VALUE ? GetLastError() : ERROR_SUCCESS );

    /* the page does not name the error, RSM Security asks for the right */
    handle = OpenNtmsSessionW( NULL, L"Security test", 0 );
    err = GetLastError();
    ok( handle == INVALID_HANDLE_VALUE && err == ERROR_ACCESS_DENIED, "got %p, error %lu\n", handle, err );
    if (handle != INVALID_HANDLE_VALUE) CloseNtmsSession( handle );
}

/* a right that a pool gets from the one that it is in */
static void test_inheritance(void)
{
    BYTE before[4096];
    DWORD err;

    memcpy( before, get_security( &parent, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION ), sizeof(before) );
    err = set_sddl( &parent, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, L"D:(A;CI;0xf0007;;;WD)(D;CI;0x4;;;BG)" );
    ok( !err, "error %lu\n", err );
    if (!is_xp())
    {
        ok( count_entries( &pool ) == 4, "%lu entries\n", count_entries( &pool ));
        ok( count_entries( &other_pool ) == 4, "%lu entries\n", count_entries( &other_pool ));
    }
    err = SetNtmsObjectSecurity( session, &parent, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, before );
    ok( !err, "error %lu\n", err );
}

/* leaves a request behind that the library has carried out */
static void make_library_request(void)
{
    GUID side, where = { 0 };
    DWORD err;

    if (is_null( &online_media )) return;
    side = first_object( NTMS_PARTITION, &online_media );
    err = MountNtmsMedia( session, &side, &where, 1, NTMS_MOUNT_READ, NTMS_PRIORITY_NORMAL, 300000, NULL );
    ok( !err, "error %lu\n", err );
    if (err) return;
    err = DismountNtmsMedia( session, &side, 1, NTMS_DISMOUNT_IMMEDIATE );
    ok( !err, "error %lu\n", err );
}

static void test_denied(void)
{
    DWORD err;

    pool_info.dwSize = library_info.dwSize = sizeof(pool_info);
    pool_info.dwType = NTMS_MEDIA_POOL;
    library_info.dwType = NTMS_LIBRARY;
    err = GetNtmsObjectInformationW( session, &pool, &pool_info );
    ok( !err, "error %lu\n", err );
    err = GetNtmsObjectInformationW( session, &offline, &library_info );
    ok( !err, "error %lu\n", err );

    while_denied( &pool, NTMS_MEDIA_POOL, test_deny_pool );
    while_denied( &pool, NTMS_MEDIA_POOL, test_deny_pool_info );
    while_denied( &other_pool, NTMS_MEDIA_POOL, test_deny_destination );
    while_denied( &offline, NTMS_LIBRARY, test_deny_offline );
    make_library_request();
    if (!is_null( &library )) while_denied( &library, NTMS_LIBRARY, test_deny_library );
    else skip( "no library with hardware\n" );

    err = SubmitNtmsOperatorRequestW( session, NTMS_OPREQ_MESSAGE, L"Security test", NULL, NULL, &operator_request );
    if (err) memset( &operator_request, 0, sizeof(operator_request) );
    while_denied( &computer, NTMS_COMPUTER, test_deny_computer );
    if (!is_null( &operator_request )) CancelNtmsOperatorRequest( session, &operator_request );

    /* nothing of all that has happened */
    library_info.dwType = NTMS_PHYSICAL_MEDIA;
    err = GetNtmsObjectInformationW( session, &media[0], &library_info );
    ok( !err, "error %lu\n", err );
    ok( library_info.Enabled, "has been disabled\n" );
    ok( !memcmp( &library_info.Info.PhysicalMedia.MediaPool, &pool, sizeof(pool) ), "has been moved\n" );
}

/* ------------------------------------------------------------------ another program */

/* in a program that has been started without the rights of an administrator */
static void test_plain_user(void)
{
    NTMS_OBJECTINFORMATIONW info = { sizeof(info), NTMS_COMPUTER };
    DWORD err;
    GUID id;

    computer = first_object( NTMS_COMPUTER, NULL );
    find_libraries();
    err = GetNtmsObjectInformationW( session, &computer, &info );
    ok( !err, "error %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"Of a plain user", NULL, NTMS_CREATE_NEW, NULL, &id );
    ok( err == ERROR_ACCESS_DENIED, "error %lu\n", err );
    err = ExportNtmsDatabase( session );
    ok( err == ERROR_ACCESS_DENIED, "error %lu\n", err );
    err = set_sddl( &offline, NTMS_LIBRARY, DACL_SECURITY_INFORMATION, L"D:(A;;0xf0007;;;WD)" );
    ok( err == ERROR_ACCESS_DENIED, "error %lu\n", err );
    /* a pool that the same user has made */
    err = CreateNtmsMediaPoolW( session, L"Security test", NULL, NTMS_OPEN_EXISTING, NULL, &id );
    ok( !err, "error %lu\n", err );
    err = CreateNtmsMediaPoolW( session, L"Security test\\Child", NULL, NTMS_CREATE_NEW, NULL, &id );
    ok( !err, "error %lu\n", err );
    err = DeleteNtmsMediaPool( session, &id );
    ok( !err, "error %lu\n", err );
}

static HANDLE make_plain_token(void)
{
    SID_IDENTIFIER_AUTHORITY authority = { SECURITY_NT_AUTHORITY };
    SID_AND_ATTRIBUTES admins = { 0 };
    HANDLE token, plain = NULL;

    AllocateAndInitializeSid( &authority, 2, SECURITY_BUILTIN_DOMAIN_RID, DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0, 0, 0, 0, &admins.Sid );
    if (OpenProcessToken( GetCurrentProcess(), TOKEN_ALL_ACCESS, &token ))
    {
        CreateRestrictedToken( token, 0, 1, &admins, 0, NULL, 0, NULL, &plain );
        CloseHandle( token );
    }
    FreeSid( admins.Sid );
    return plain;
}

static void test_other_program(void)
{
    PROCESS_INFORMATION process;
    STARTUPINFOA startup = { sizeof(startup) };
    DWORD code = ~0u;
    HANDLE token;
    char line[MAX_PATH];
    char **argv;

    if (!(token = make_plain_token()))
    {
        skip( "no restricted token, error %lu\n", GetLastError() );
        return;
    }
    winetest_get_mainargs( &argv );
    sprintf( line, "\"%.200s\" security plain", argv[0] );
    if (CreateProcessAsUserA( token, NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process ))
    {
        ok( !WaitForSingleObject( process.hProcess, 60000 ), "it does not end\n" );
        GetExitCodeProcess( process.hProcess, &code );
        ok( !code, "%lu failures\n", code );
        CloseHandle( process.hThread );
        CloseHandle( process.hProcess );
    }
    else skip( "cannot start a program as somebody else, error %lu\n", GetLastError() );
    CloseHandle( token );
}

static BOOL is_plain_user(void)
{
    char **argv;

    return winetest_get_mainargs( &argv ) >= 3 && !strcmp( argv[2], "plain" );
}

START_TEST(security)
{
    session = OpenNtmsSessionW( NULL, L"Security test", 0 );
    if (session == INVALID_HANDLE_VALUE)
    {
        skip( "no service, error %lu\n", GetLastError() );
        return;
    }
    if (is_plain_user())
    {
        test_plain_user();
        CloseNtmsSession( session );
        return;
    }
    make_objects();
    if (is_null( &media_type )) skip( "no media types\n" );
    else
    {
        test_descriptors();
        test_parameters();
        test_no_security();
        test_descriptor_access();
        test_new_pools();
        test_inheritance();
        test_denied();
        test_other_program();
        delete_objects();
    }
    CloseNtmsSession( session );
}
