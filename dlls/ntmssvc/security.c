/*
 * Security of pools, libraries and the computer
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
#include "winternl.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

#ifndef PROTECTED_DACL_SECURITY_INFORMATION  /* not in the headers of Wine 8 */
#define PROTECTED_DACL_SECURITY_INFORMATION   0x80000000
#define UNPROTECTED_DACL_SECURITY_INFORMATION 0x20000000
#endif

#define STANDARD_PARTS (OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION)

static BOOL has_security( DWORD type )
{
    return type == NTMS_COMPUTER || type == NTMS_LIBRARY || type == NTMS_MEDIA_POOL;
}

/* ------------------------------------------------------------------ the store */

/* what the object itself has been given; *data is NULL and *parts has nothing when that is nothing */
static DWORD load_own( const GUID *object, BYTE **data, struct descriptor *parts )
{
    struct db_query *query;
    DWORD error, size = 0;

    *data = NULL;
    memset( parts, 0, sizeof(*parts) );
    if ((error = db_select( &query, "SELECT length(descriptor), descriptor FROM security WHERE object = ?", "g", object )))
        return error;
    if (db_next( query ))
    {
        size = db_int( query, 0 );
        if ((*data = malloc( size ))) db_blob( query, 1, *data, size );
    }
    error = db_finish( query );
    if (!error && size && !*data) error = ERROR_NOT_ENOUGH_MEMORY;
    if (!error && size && !descriptor_parse( *data, size, parts ))
    {
        ERR( "the descriptor of %s is damaged\n", debugstr_guid(object) );
        error = ERROR_DATABASE_FAILURE;
    }
    if (!error) return ERROR_SUCCESS;
    free( *data );
    *data = NULL;
    return error;
}

static DWORD store( const GUID *object, const struct descriptor *parts )
{
    SECURITY_DESCRIPTOR_RELATIVE *sd;
    DWORD error, size;

    if ((error = descriptor_make( parts, &sd, &size ))) return error;
    error = db_exec( "INSERT INTO security (object, descriptor) VALUES (?1, ?2)"
                     " ON CONFLICT (object) DO UPDATE SET descriptor = ?2", "gb", object, sd, size );
    free( sd );
    return error ? error : object_touch( object );
}

/* The pool that a pool takes entries from; ERROR_OBJECT_NOT_FOUND when there is none.  Nothing is inherited from the root pool
 * (CreateNtmsMediaPool); libraries and the computer are in nothing. */
static DWORD get_parent( const GUID *object, GUID *parent )
{
    return db_get_guid( parent, "SELECT q.id FROM pool p, pool q WHERE p.id = ? AND q.id = p.parent AND q.kind <> 0", "g",
                        object );
}

static DWORD load_inherited( const GUID *parent, const struct descriptor *own, SECURITY_DESCRIPTOR_RELATIVE **ret,
                             DWORD *size )
{
    SECURITY_DESCRIPTOR_RELATIVE *sd;
    struct descriptor parts;
    DWORD error, length;

    if ((error = security_load( parent, &sd, &length ))) return error;
    if (!descriptor_parse( sd, length, &parts )) error = ERROR_INVALID_SECURITY_DESCR;
    else error = descriptor_inherit( own, &parts, ret, size );
    free( sd );
    return error;
}

DWORD security_load( const GUID *object, SECURITY_DESCRIPTOR_RELATIVE **ret, DWORD *size )
{
    struct descriptor own;
    GUID parent;
    DWORD error;
    BYTE *data;

    if ((error = load_own( object, &data, &own ))) return error;
    error = get_parent( object, &parent );
    if (!error) error = load_inherited( &parent, data ? &own : NULL, ret, size );
    else if (error == ERROR_OBJECT_NOT_FOUND) error = descriptor_inherit( data ? &own : NULL, NULL, ret, size );
    free( data );
    return error;
}

/* ------------------------------------------------------------------ the program */

static DWORD get_token_information( struct session *session, TOKEN_INFORMATION_CLASS class, void **ret )
{
    DWORD error, size = 0;

    GetTokenInformation( session_token( session ), class, NULL, 0, &size );
    if (!(*ret = malloc( size ))) return ERROR_NOT_ENOUGH_MEMORY;
    if (GetTokenInformation( session_token( session ), class, *ret, size, &size )) return ERROR_SUCCESS;
    error = GetLastError();
    ERR( "cannot read a token, error %lu\n", error );
    free( *ret );
    *ret = NULL;
    return error;
}

static BOOL is_owner_group( const TOKEN_GROUPS *groups, SID *sid )
{
    DWORD i;

    for (i = 0; i < groups->GroupCount; i++)
    {
        DWORD attributes = groups->Groups[i].Attributes;

        if ((attributes & SE_GROUP_OWNER) && !(attributes & SE_GROUP_USE_FOR_DENY_ONLY)
            && EqualSid( groups->Groups[i].Sid, sid )) return TRUE;
    }
    return FALSE;
}

/* Somebody may be made the owner who is the user himself or one of the groups that own for him; who may restore files may
 * name anybody. */
static DWORD check_owner( struct session *session, SID *sid )
{
    TOKEN_GROUPS *groups;
    TOKEN_USER *user;
    BOOL allowed;
    DWORD error;

    if ((error = get_token_information( session, TokenUser, (void **)&user ))) return error;
    allowed = EqualSid( user->User.Sid, sid );
    free( user );
    if (allowed) return ERROR_SUCCESS;

    if ((error = get_token_information( session, TokenGroups, (void **)&groups ))) return error;
    allowed = is_owner_group( groups, sid );
    free( groups );
    return allowed || has_privilege( session, SE_RESTORE_PRIVILEGE ) ? ERROR_SUCCESS : ERROR_INVALID_OWNER;
}

static DWORD check_write_owner( struct session *session, const GUID *object )
{
    DWORD error = check_rights( session, WRITE_OWNER, object );

    return error == ERROR_ACCESS_DENIED && has_privilege( session, SE_TAKE_OWNERSHIP_PRIVILEGE ) ? ERROR_SUCCESS : error;
}

/* ------------------------------------------------------------------ GetNtmsObjectSecurity */

/* whether the object is of the type that the program takes it for, and has security of its own */
static DWORD check_type( struct session *session, enum access_rule rule, const GUID *id, DWORD type )
{
    DWORD actual, error;

    if ((error = object_type( id, &actual ))) return error;
    if (type != NTMS_UNKNOWN && type != NTMS_OBJECT && type != actual) return ERROR_OBJECT_NOT_FOUND;
    if (has_security( actual )) return ERROR_SUCCESS;
    if ((error = check_access( session, rule, id ))) return error;
    return ERROR_NO_SECURITY_ON_OBJECT;
}

/* The system list is only for who holds the privilege; the documentation names no other code for this than for the rest. */
static DWORD check_get( struct session *session, const GUID *id, SECURITY_INFORMATION what )
{
    DWORD error;

    if ((what & SACL_SECURITY_INFORMATION) && !has_privilege( session, SE_SECURITY_PRIVILEGE )) return ERROR_ACCESS_DENIED;
    if (!(what & STANDARD_PARTS) && (what & SACL_SECURITY_INFORMATION)) return ERROR_SUCCESS;
    if ((error = check_access( session, ACCESS_GetNtmsObjectSecurity, id ))) return error;
    return ERROR_SUCCESS;
}

static void keep_parts( struct descriptor *parts, SECURITY_INFORMATION what )
{
    if (!(what & OWNER_SECURITY_INFORMATION)) parts->owner = NULL;
    if (!(what & GROUP_SECURITY_INFORMATION)) parts->group = NULL;
    if (!(what & DACL_SECURITY_INFORMATION))
    {
        parts->dacl = NULL;
        parts->control &= ~(SE_DACL_PRESENT | SE_DACL_DEFAULTED | SE_DACL_AUTO_INHERITED | SE_DACL_PROTECTED);
    }
    if (!(what & SACL_SECURITY_INFORMATION))
    {
        parts->sacl = NULL;
        parts->control &= ~(SE_SACL_PRESENT | SE_SACL_DEFAULTED | SE_SACL_AUTO_INHERITED | SE_SACL_PROTECTED);
    }
}

static DWORD get_security( struct session *session, const GUID *id, DWORD type, SECURITY_INFORMATION what,
                           SECURITY_DESCRIPTOR_RELATIVE **ret, DWORD *size )
{
    SECURITY_DESCRIPTOR_RELATIVE *sd;
    struct descriptor parts;
    DWORD error, length;

    if ((error = check_type( session, ACCESS_GetNtmsObjectSecurity, id, type ))) return error;
    if ((error = check_get( session, id, what ))) return error;
    if ((error = security_load( id, &sd, &length ))) return error;
    if (descriptor_parse( sd, length, &parts ))
    {
        keep_parts( &parts, what );
        error = descriptor_make( &parts, ret, size );
    }
    else error = ERROR_INVALID_SECURITY_DESCR;
    free( sd );
    return error;
}

DWORD ntms_get_object_security( struct session *session, const GUID *id, DWORD type, SECURITY_INFORMATION what,
                                BYTE *descriptor, DWORD size, DWORD *needed )
{
    SECURITY_DESCRIPTOR_RELATIVE *sd = NULL;
    DWORD error, length;

    TRACE( "%p %s %lu %#lx %p %lu\n", session, debugstr_guid(id), type, what, descriptor, size );

    if (type >= NTMS_NUMBER_OF_OBJECT_TYPES) return ERROR_INVALID_PARAMETER;
    if ((error = db_begin_read())) return error;
    if (!(error = db_end( get_security( session, id, type, what, &sd, &length ))))
    {
        *needed = length;
        if (length > size) error = ERROR_INSUFFICIENT_BUFFER;  /* MS-RSMP */
        else memcpy( descriptor, sd, length );
    }
    free( sd );
    return error;
}

/* ------------------------------------------------------------------ SetNtmsObjectSecurity */

/* As for the objects of the system: RSM Security asks for WRITE_DAC, the page adds the privilege for the system list. */
static DWORD check_set( struct session *session, const GUID *id, SECURITY_INFORMATION what, const struct descriptor *parts )
{
    DWORD error;

    if (((what & DACL_SECURITY_INFORMATION) || !(what & (STANDARD_PARTS | SACL_SECURITY_INFORMATION)))
        && (error = check_access( session, ACCESS_SetNtmsObjectSecurity, id ))) return error;
    if ((what & (OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION))
        && (error = check_write_owner( session, id ))) return error;
    if ((what & SACL_SECURITY_INFORMATION) && !has_privilege( session, SE_SECURITY_PRIVILEGE )) return ERROR_ACCESS_DENIED;
    return what & OWNER_SECURITY_INFORMATION ? check_owner( session, parts->owner ) : ERROR_SUCCESS;
}

/* What is kept of the flags of a list that a program gives.  One that asks for inheritance, or that has been read from a pool
 * that inherits and is now written back, goes on inheriting.  Any other is the whole list, as with
 * SetPrivateObjectSecurity(). */
static SECURITY_DESCRIPTOR_CONTROL dacl_control( SECURITY_DESCRIPTOR_CONTROL control, SECURITY_INFORMATION what )
{
    SECURITY_DESCRIPTOR_CONTROL result = SE_DACL_PRESENT;

    if (what & UNPROTECTED_DACL_SECURITY_INFORMATION) return result | SE_DACL_AUTO_INHERITED;
    if ((control & SE_DACL_PROTECTED) || (what & PROTECTED_DACL_SECURITY_INFORMATION)) return result | SE_DACL_PROTECTED;
    if (control & (SE_DACL_AUTO_INHERIT_REQ | SE_DACL_AUTO_INHERITED)) result |= SE_DACL_AUTO_INHERITED;
    return result;
}

static void replace_parts( struct descriptor *parts, const struct descriptor *new, SECURITY_INFORMATION what )
{
    if (what & OWNER_SECURITY_INFORMATION) parts->owner = new->owner;
    if (what & GROUP_SECURITY_INFORMATION) parts->group = new->group;
    if (what & DACL_SECURITY_INFORMATION)
    {
        parts->dacl = new->dacl;
        parts->control &= ~(SE_DACL_PRESENT | SE_DACL_AUTO_INHERITED | SE_DACL_PROTECTED);
        parts->control |= dacl_control( new->control, what );
    }
    if (what & SACL_SECURITY_INFORMATION)
    {
        parts->sacl = new->sacl;
        parts->control &= ~SE_SACL_PRESENT;
        if (new->sacl) parts->control |= SE_SACL_PRESENT;
    }
}

static DWORD set_security( struct session *session, const GUID *id, DWORD type, SECURITY_INFORMATION what,
                           const struct descriptor *new )
{
    struct descriptor parts;
    DWORD error;
    BYTE *data;

    if ((error = check_type( session, ACCESS_SetNtmsObjectSecurity, id, type ))) return error;
    if ((error = check_set( session, id, what, new ))) return error;
    if (!(what & (STANDARD_PARTS | SACL_SECURITY_INFORMATION))) return ERROR_SUCCESS;
    if ((error = load_own( id, &data, &parts ))) return error;
    replace_parts( &parts, new, what );
    error = store( id, &parts );
    free( data );
    return error;
}

DWORD ntms_set_object_security( struct session *session, const GUID *id, DWORD type, SECURITY_INFORMATION what,
                                const BYTE *descriptor, DWORD size )
{
    struct descriptor parts;
    DWORD error;

    TRACE( "%p %s %lu %#lx %p %lu\n", session, debugstr_guid(id), type, what, descriptor, size );

    if (type >= NTMS_NUMBER_OF_OBJECT_TYPES) return ERROR_INVALID_PARAMETER;
    if (!descriptor || !descriptor_parse( descriptor, size, &parts )) return ERROR_INVALID_PARAMETER;
    if ((what & OWNER_SECURITY_INFORMATION) && !parts.owner) return ERROR_INVALID_PARAMETER;
    if ((what & GROUP_SECURITY_INFORMATION) && !parts.group) return ERROR_INVALID_PARAMETER;
    if ((error = db_begin())) return error;
    return db_end( set_security( session, id, type, what, &parts ));
}

/* ------------------------------------------------------------------ CreateNtmsMediaPool */

/* Windows Server 2003: full access for the creator and the system, and what the parent pool passes on */
static BOOL make_default_acl( ACL *acl, DWORD size, SID *user )
{
    BYTE buffer[SECURITY_MAX_SID_SIZE];
    DWORD length = sizeof(buffer);

    return CreateWellKnownSid( WinLocalSystemSid, NULL, buffer, &length ) && InitializeAcl( acl, size, ACL_REVISION )
           && acl_add_full_access( acl, user ) && acl_add_full_access( acl, (SID *)buffer );
}

static DWORD create_security( struct session *session, const GUID *pool, const struct descriptor *given,
                              const TOKEN_USER *user, const TOKEN_OWNER *owner, const TOKEN_PRIMARY_GROUP *group )
{
    DWORD buffer[64];
    ACL *acl = (ACL *)buffer;
    struct descriptor parts = { 0 };

    parts.owner = given->owner ? given->owner : owner->Owner;
    parts.group = given->group ? given->group : group->PrimaryGroup;
    parts.sacl  = given->sacl;
    if (given->sacl) parts.control |= SE_SACL_PRESENT;
    if ((given->control & SE_DACL_PRESENT) && !(given->control & SE_DACL_DEFAULTED))
    {
        parts.dacl = given->dacl;
        parts.control |= dacl_control( given->control, 0 );
    }
    else
    {
        if (!make_default_acl( acl, sizeof(buffer), user->User.Sid )) return ERROR_INVALID_ACL;
        parts.dacl = acl;
        parts.control |= SE_DACL_PRESENT | SE_DACL_AUTO_INHERITED;
    }
    return store( pool, &parts );
}

DWORD security_create( struct session *session, const GUID *pool, const BYTE *descriptor, DWORD size )
{
    TOKEN_PRIMARY_GROUP *group = NULL;
    struct descriptor given = { 0 };
    TOKEN_OWNER *owner = NULL;
    TOKEN_USER *user = NULL;
    DWORD error;

    if (size && !descriptor_parse( descriptor, size, &given )) return ERROR_INVALID_PARAMETER;
    if (given.owner && (error = check_owner( session, given.owner ))) return error;
    if (given.sacl && !has_privilege( session, SE_SECURITY_PRIVILEGE )) return ERROR_ACCESS_DENIED;

    if (!(error = get_token_information( session, TokenUser, (void **)&user ))
        && !(error = get_token_information( session, TokenOwner, (void **)&owner ))
        && !(error = get_token_information( session, TokenPrimaryGroup, (void **)&group )))
        error = create_security( session, pool, &given, user, owner, group );
    free( user );
    free( owner );
    free( group );
    return error;
}
