/*
 * Security descriptors: what they may look like, and how they are inherited
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
#include "aclapi.h"
#include "sddl.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

#define MAX_ACL_SIZE 0xfffc

/* The access of those who have been given none.  Windows' defaults are documented nowhere; this is what is told of them:
 * everything for the system and the administrators, use, modify and control for the backup operators, use for the users.
 * In Wine every user is an administrator, unless a program has been started with less.
 * The rights are those of enum NtmsAccessMask and of winnt.h. */
static const WCHAR default_sddl[] =
    L"O:BAG:SYD:"
    L"(A;CI;0xf0007;;;SY)"
    L"(A;CI;0xf0007;;;BA)"
    L"(A;CI;0x20007;;;BO)"
    L"(A;CI;0x20001;;;BU)";

/* ------------------------------------------------------------------ checks */

static BOOL check_sid( const BYTE *data, DWORD size )
{
    const SID *sid = (const SID *)data;

    return size >= FIELD_OFFSET( SID, SubAuthority ) && sid->Revision == SID_REVISION
           && sid->SubAuthorityCount <= SID_MAX_SUB_AUTHORITIES
           && size >= FIELD_OFFSET( SID, SubAuthority[sid->SubAuthorityCount] );
}

/* An entry of a kind that AccessCheck() does not know would be ignored by it, even if it denies something. */
static BOOL check_ace_type( BYTE type, BOOL is_sacl )
{
    if (is_sacl)
        return type == SYSTEM_AUDIT_ACE_TYPE || type == SYSTEM_ALARM_ACE_TYPE || type == SYSTEM_MANDATORY_LABEL_ACE_TYPE;
    return type == ACCESS_ALLOWED_ACE_TYPE || type == ACCESS_DENIED_ACE_TYPE;
}

static BOOL check_acl( const BYTE *data, DWORD size, BOOL is_sacl )
{
    const ACL *acl = (const ACL *)data;
    DWORD i, pos = sizeof(*acl);

    if (size < sizeof(*acl) || acl->AclRevision < MIN_ACL_REVISION || acl->AclRevision > MAX_ACL_REVISION) return FALSE;
    if (acl->AclSize < sizeof(*acl) || acl->AclSize > size) return FALSE;
    for (i = 0; i < acl->AceCount; i++)
    {
        const ACCESS_ALLOWED_ACE *ace = (const ACCESS_ALLOWED_ACE *)(data + pos);
        DWORD left = acl->AclSize - pos, sid = FIELD_OFFSET( ACCESS_ALLOWED_ACE, SidStart );

        if (left < sid || ace->Header.AceSize < sid || ace->Header.AceSize > left || ace->Header.AceSize % sizeof(DWORD))
            return FALSE;
        if (!check_ace_type( ace->Header.AceType, is_sacl )) return FALSE;
        if (!check_sid( data + pos + sid, ace->Header.AceSize - sid )) return FALSE;
        pos += ace->Header.AceSize;
    }
    return TRUE;
}

/* whether something can be at the offset; 0 is nothing at all */
static BOOL check_offset( DWORD offset, DWORD size )
{
    return !offset || (offset >= sizeof(SECURITY_DESCRIPTOR_RELATIVE) && offset < size && !(offset % sizeof(DWORD)));
}

BOOL descriptor_parse( const void *data, DWORD size, struct descriptor *parts )
{
    const SECURITY_DESCRIPTOR_RELATIVE *sd = data;
    BYTE *base = (BYTE *)data;

    if (size < sizeof(*sd) || size > MAX_DESCRIPTOR_SIZE || sd->Revision != SECURITY_DESCRIPTOR_REVISION
        || !(sd->Control & SE_SELF_RELATIVE)) return FALSE;
    if (!check_offset( sd->Owner, size ) || (sd->Owner && !check_sid( base + sd->Owner, size - sd->Owner ))) return FALSE;
    if (!check_offset( sd->Group, size ) || (sd->Group && !check_sid( base + sd->Group, size - sd->Group ))) return FALSE;
    if (!check_offset( sd->Sacl, size ) || (sd->Sacl && !check_acl( base + sd->Sacl, size - sd->Sacl, TRUE ))) return FALSE;
    if (!check_offset( sd->Dacl, size ) || (sd->Dacl && !check_acl( base + sd->Dacl, size - sd->Dacl, FALSE ))) return FALSE;

    parts->control = sd->Control;
    parts->owner = sd->Owner ? (SID *)(base + sd->Owner) : NULL;
    parts->group = sd->Group ? (SID *)(base + sd->Group) : NULL;
    parts->sacl  = sd->Sacl && (sd->Control & SE_SACL_PRESENT) ? (ACL *)(base + sd->Sacl) : NULL;
    parts->dacl  = sd->Dacl && (sd->Control & SE_DACL_PRESENT) ? (ACL *)(base + sd->Dacl) : NULL;
    return TRUE;
}

/* ------------------------------------------------------------------ making */

static ACCESS_ALLOWED_ACE *first_ace( const ACL *acl )
{
    return (ACCESS_ALLOWED_ACE *)(acl + 1);
}

static ACCESS_ALLOWED_ACE *next_ace( const ACCESS_ALLOWED_ACE *ace )
{
    return (ACCESS_ALLOWED_ACE *)((BYTE *)ace + ace->Header.AceSize);
}

/* the bytes that its entries take */
static DWORD used_size( const ACL *acl )
{
    const ACCESS_ALLOWED_ACE *ace = first_ace( acl );
    DWORD i;

    for (i = 0; i < acl->AceCount; i++) ace = next_ace( ace );
    return (BYTE *)ace - (BYTE *)acl;
}

static DWORD add_part( SECURITY_DESCRIPTOR_RELATIVE *sd, DWORD *pos, const void *part, DWORD size )
{
    DWORD offset = *pos;

    memcpy( (BYTE *)sd + offset, part, size );
    *pos += size;
    return offset;
}

static DWORD add_acl( SECURITY_DESCRIPTOR_RELATIVE *sd, DWORD *pos, const ACL *list )
{
    DWORD i, size = used_size( list ), offset = add_part( sd, pos, list, size );
    ACL *acl = (ACL *)((BYTE *)sd + offset);
    ACCESS_ALLOWED_ACE *ace = first_ace( acl );

    acl->AclSize = size;
    for (i = 0; i < acl->AceCount; i++, ace = next_ace( ace ))
    {
        GENERIC_MAPPING mapping = access_mapping;
        MapGenericMask( &ace->Mask, &mapping );
    }
    return offset;
}

DWORD descriptor_make( const struct descriptor *parts, SECURITY_DESCRIPTOR_RELATIVE **ret, DWORD *size )
{
    SECURITY_DESCRIPTOR_RELATIVE *sd;
    DWORD pos = sizeof(*sd);

    *size = sizeof(*sd);
    if (parts->owner) *size += GetLengthSid( parts->owner );
    if (parts->group) *size += GetLengthSid( parts->group );
    if (parts->sacl)  *size += used_size( parts->sacl );
    if (parts->dacl)  *size += used_size( parts->dacl );
    if (*size > MAX_DESCRIPTOR_SIZE) return ERROR_ALLOTTED_SPACE_EXCEEDED;
    if (!(sd = calloc( 1, *size ))) return ERROR_NOT_ENOUGH_MEMORY;

    sd->Revision = SECURITY_DESCRIPTOR_REVISION;
    sd->Control  = parts->control | SE_SELF_RELATIVE;
    if (parts->owner) sd->Owner = add_part( sd, &pos, parts->owner, GetLengthSid( parts->owner ));
    if (parts->group) sd->Group = add_part( sd, &pos, parts->group, GetLengthSid( parts->group ));
    if (parts->sacl)  sd->Sacl  = add_acl( sd, &pos, parts->sacl );
    if (parts->dacl)  sd->Dacl  = add_acl( sd, &pos, parts->dacl );
    *ret = sd;
    return ERROR_SUCCESS;
}

static DWORD descriptor_default( SECURITY_DESCRIPTOR_RELATIVE **ret, DWORD *size )
{
    PSECURITY_DESCRIPTOR sd;
    ULONG length;

    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW( default_sddl, SDDL_REVISION_1, &sd, &length ))
    {
        ERR( "the default is not valid, error %lu\n", GetLastError() );
        return ERROR_INVALID_SECURITY_DESCR;
    }
    if ((*ret = malloc( length ))) memcpy( *ret, sd, length );
    *size = length;
    LocalFree( sd );
    return *ret ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

/* ------------------------------------------------------------------ inheritance */

BOOL descriptor_inherits( const struct descriptor *parts )
{
    return (parts->control & SE_DACL_AUTO_INHERITED) && !(parts->control & SE_DACL_PROTECTED);
}

static BOOL add_ace( ACL *acl, const ACCESS_ALLOWED_ACE *ace, BYTE flags, const SID *sid )
{
    DWORD size = FIELD_OFFSET( ACCESS_ALLOWED_ACE, SidStart ) + GetLengthSid( (SID *)sid );
    DWORD pos = used_size( acl );
    ACCESS_ALLOWED_ACE *copy = (ACCESS_ALLOWED_ACE *)((BYTE *)acl + pos);

    if (size > acl->AclSize - pos) return FALSE;
    copy->Header.AceType  = ace->Header.AceType;
    copy->Header.AceFlags = flags;
    copy->Header.AceSize  = size;
    copy->Mask = ace->Mask;
    memcpy( &copy->SidStart, sid, GetLengthSid( (SID *)sid ));
    acl->AceCount++;
    return TRUE;
}

BOOL acl_add_full_access( ACL *acl, SID *sid )
{
    const ACCESS_ALLOWED_ACE ace = { { ACCESS_ALLOWED_ACE_TYPE }, access_mapping.GenericAll };

    return add_ace( acl, &ace, CONTAINER_INHERIT_ACE, sid );
}

/* who is meant by CREATOR OWNER and CREATOR GROUP */
static const SID *resolve_creator( const SID *sid, const struct descriptor *child )
{
    SID_IDENTIFIER_AUTHORITY authority = SECURITY_CREATOR_SID_AUTHORITY;

    if (sid->SubAuthorityCount != 1 || memcmp( &sid->IdentifierAuthority, &authority, sizeof(authority) )) return sid;
    if (sid->SubAuthority[0] == SECURITY_CREATOR_OWNER_RID) return child->owner;
    if (sid->SubAuthority[0] == SECURITY_CREATOR_GROUP_RID) return child->group;
    return sid;
}

/* What a pool takes over from an entry of the pool that it is in.  Pools are containers; media, which are not, have no lists
 * of their own, but what is meant for them alone is passed on. */
static BOOL inherit_ace( ACL *acl, const ACCESS_ALLOWED_ACE *ace, const struct descriptor *child )
{
    const SID *sid = (const SID *)&ace->SidStart, *who = resolve_creator( sid, child );
    BYTE further = ace->Header.AceFlags & (OBJECT_INHERIT_ACE | CONTAINER_INHERIT_ACE);

    if (ace->Header.AceFlags & NO_PROPAGATE_INHERIT_ACE) further = 0;
    if (!(ace->Header.AceFlags & CONTAINER_INHERIT_ACE))
        return !further || add_ace( acl, ace, INHERITED_ACE | INHERIT_ONLY_ACE | further, sid );
    if (who == sid) return add_ace( acl, ace, INHERITED_ACE | further, sid );
    return add_ace( acl, ace, INHERITED_ACE, who )
           && (!further || add_ace( acl, ace, INHERITED_ACE | INHERIT_ONLY_ACE | further, sid ));
}

static BOOL add_inherited( ACL *acl, const ACL *parent, const struct descriptor *child )
{
    const ACCESS_ALLOWED_ACE *ace = first_ace( parent );
    DWORD i;

    for (i = 0; i < parent->AceCount; i++, ace = next_ace( ace ))
        if (!inherit_ace( acl, ace, child )) return FALSE;
    return TRUE;
}

static BOOL add_own( ACL *acl, const ACL *own )
{
    const ACCESS_ALLOWED_ACE *ace = first_ace( own );
    DWORD i;

    for (i = 0; i < own->AceCount; i++, ace = next_ace( ace ))
    {
        if (ace->Header.AceFlags & INHERITED_ACE) continue;
        if (!add_ace( acl, ace, ace->Header.AceFlags, (const SID *)&ace->SidStart )) return FALSE;
    }
    return TRUE;
}

/* Lists that have become too long altogether give no access. */
static DWORD merge( ACL *acl, const struct descriptor *own, const struct descriptor *parent, const struct descriptor *child )
{
    if (own && own->dacl && !add_own( acl, own->dacl )) return ERROR_ALLOTTED_SPACE_EXCEEDED;
    if (parent && parent->dacl && !add_inherited( acl, parent->dacl, child )) return ERROR_ALLOTTED_SPACE_EXCEEDED;
    return ERROR_SUCCESS;
}

/* what nobody has set is the default's */
static void take_own( struct descriptor *parts, const struct descriptor *own )
{
    parts->control = own->control;
    if (own->owner) parts->owner = own->owner;
    if (own->group) parts->group = own->group;
    parts->sacl = own->sacl;
}

/* As CreatePrivateObjectSecurity() would do it, which Wine 8 does not: from a parent that passes nothing on an object without
 * a list of its own does not get an empty one, but the default. */
static DWORD inherit_dacl( struct descriptor *parts, const struct descriptor *own, const struct descriptor *parent, ACL *acl )
{
    BOOL has_own = own && (own->control & SE_DACL_PRESENT);
    DWORD error;

    if (has_own && (!own->dacl || !parent || !descriptor_inherits( own )))
    {
        parts->dacl = own->dacl;
        return ERROR_SUCCESS;
    }
    if ((error = merge( acl, own, parent, parts ))) return error;
    if (!has_own && !acl->AceCount) parts->control |= SE_DACL_PRESENT;
    else
    {
        parts->dacl = acl;
        parts->control |= SE_DACL_PRESENT | SE_DACL_AUTO_INHERITED;
    }
    return ERROR_SUCCESS;
}

DWORD descriptor_inherit( const struct descriptor *own, const struct descriptor *parent, SECURITY_DESCRIPTOR_RELATIVE **ret,
                          DWORD *size )
{
    SECURITY_DESCRIPTOR_RELATIVE *defaults;
    struct descriptor parts;
    DWORD error, length;
    ACL *acl;

    if ((error = descriptor_default( &defaults, &length ))) return error;
    if (!descriptor_parse( defaults, length, &parts )) error = ERROR_INVALID_SECURITY_DESCR;
    else if (!(acl = malloc( MAX_ACL_SIZE ))) error = ERROR_NOT_ENOUGH_MEMORY;
    else
    {
        InitializeAcl( acl, MAX_ACL_SIZE, ACL_REVISION );
        if (own) take_own( &parts, own );
        if (!(error = inherit_dacl( &parts, own, parent, acl ))) error = descriptor_make( &parts, ret, size );
        free( acl );
    }
    free( defaults );
    return error;
}
