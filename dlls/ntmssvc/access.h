/*
 * Who may do what: the rights that each function asks for
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

#ifndef __WINE_NTMSSVC_ACCESS_H
#define __WINE_NTMSSVC_ACCESS_H

#include "ntmssvc.h"

/* The functions that ask for rights, in the order of their names; access.c has the table. */
enum access_rule
{
    ACCESS_AccessNtmsLibraryDoor,
    ACCESS_AddNtmsMediaType,
    ACCESS_AllocateNtmsMedia,
    ACCESS_CancelNtmsLibraryRequest,
    ACCESS_CancelNtmsOperatorRequest,
    ACCESS_ChangeNtmsMediaType,
    ACCESS_CleanNtmsDrive,
    ACCESS_CreateNtmsMedia,
    ACCESS_CreateNtmsMediaPool,
    ACCESS_DeallocateNtmsMedia,
    ACCESS_DecommissionNtmsMedia,
    ACCESS_DeleteNtmsDrive,
    ACCESS_DeleteNtmsLibrary,
    ACCESS_DeleteNtmsMedia,
    ACCESS_DeleteNtmsMediaPool,
    ACCESS_DeleteNtmsMediaType,
    ACCESS_DeleteNtmsRequests,
    ACCESS_DisableNtmsObject,
    ACCESS_DismountNtmsDrive,
    ACCESS_DismountNtmsMedia,
    ACCESS_EjectNtmsCleaner,
    ACCESS_EjectNtmsMedia,
    ACCESS_EnableNtmsObject,
    ACCESS_EnumerateNtmsObject,
    ACCESS_ExportNtmsDatabase,
    ACCESS_GetNtmsMediaPoolName,
    ACCESS_GetNtmsObjectAttribute,
    ACCESS_GetNtmsObjectInformation,
    ACCESS_GetNtmsObjectSecurity,
    ACCESS_GetNtmsRequestOrder,
    ACCESS_GetNtmsUIOptions,
    ACCESS_IdentifyNtmsSlot,
    ACCESS_ImportNtmsDatabase,
    ACCESS_InjectNtmsCleaner,
    ACCESS_InjectNtmsMedia,
    ACCESS_InventoryNtmsLibrary,
    ACCESS_MountNtmsMedia,
    ACCESS_MoveToNtmsMediaPool,
    ACCESS_OpenNtmsNotification,
    ACCESS_OpenNtmsSession,
    ACCESS_ReleaseNtmsCleanerSlot,
    ACCESS_ReserveNtmsCleanerSlot,
    ACCESS_SatisfyNtmsOperatorRequest,
    ACCESS_SetNtmsDeviceChangeDetection,
    ACCESS_SetNtmsMediaComplete,
    ACCESS_SetNtmsObjectAttribute,
    ACCESS_SetNtmsObjectInformation,
    ACCESS_SetNtmsObjectSecurity,
    ACCESS_SetNtmsRequestOrder,
    ACCESS_SetNtmsUIOptions,
    ACCESS_SubmitNtmsOperatorRequest,
    ACCESS_SwapNtmsMedia,
    ACCESS_UpdateNtmsOmidInfo,
    ACCESS_WaitForNtmsOperatorRequest,
};

/* Whether the program may call the function on the object; inside a transaction, reading or writing.
 *
 * The object may be of any type; NULL is the computer.  Media belong to a pool, a library and the computer, what a library
 * has to the library and the computer: every right that the rule names for one of these is checked.  (The rules of the
 * functions with a row per type of object look only at what the object's own security is.)  So one call for each object that
 * a function is about is enough.  A rule that finds none of the places where it asks for a right denies.
 *
 * ERROR_ACCESS_DENIED, or the error of the store; an object that does not exist is ERROR_OBJECT_NOT_FOUND. */
DWORD check_access( struct session *session, enum access_rule rule, const GUID *object );
/* the same for an object whose type is known, which saves looking for it */
DWORD check_object_access( struct session *session, enum access_rule rule, const GUID *object, DWORD type );

/* Whether the program has these rights (NTMS_*_ACCESS and the standard ones) on a pool, a library or the computer itself. */
DWORD check_rights( struct session *session, DWORD rights, const GUID *object );

extern const GENERIC_MAPPING access_mapping;

/* whether the privilege, an SE_*_PRIVILEGE, is enabled in the program, now */
BOOL has_privilege( struct session *session, DWORD privilege );

/* ------------------------------------------------------------------ security.c (inside db_begin() ... db_end()) */

/* what counts for a pool, a library or the computer, with all that it inherits; to be freed */
DWORD security_load( const GUID *object, SECURITY_DESCRIPTOR_RELATIVE **ret, DWORD *size );
/* Records the security of an application pool that has just been made: what the program gives, or nothing (size 0).
 * ERROR_INVALID_PARAMETER for a malformed descriptor, ERROR_INVALID_OWNER, ERROR_ACCESS_DENIED for a SACL without the
 * privilege. */
DWORD security_create( struct session *session, const GUID *pool, const BYTE *descriptor, DWORD size );

/* ------------------------------------------------------------------ descriptor.c (calls neither sessions nor the store) */

#define MAX_DESCRIPTOR_SIZE 65535

/* the parts of a descriptor; pointers into it, NULL when there is none */
struct descriptor
{
    SECURITY_DESCRIPTOR_CONTROL control;
    SID *owner;
    SID *group;
    ACL *sacl;
    ACL *dacl;
};

/* checks every length, offset, list, entry and SID; data is aligned like any allocation */
BOOL descriptor_parse( const void *data, DWORD size, struct descriptor *parts );
/* puts parts together in self-relative form; generic rights become ours; to be freed */
DWORD descriptor_make( const struct descriptor *parts, SECURITY_DESCRIPTOR_RELATIVE **ret, DWORD *size );
/* whether the entries of the parent's list are added to those of this one */
BOOL descriptor_inherits( const struct descriptor *parts );
/* Makes the descriptor that counts from what an object has been given (NULL: nothing) and what its parent has (NULL: there
 * is none); what neither says is the default.  To be freed. */
DWORD descriptor_inherit( const struct descriptor *own, const struct descriptor *parent, SECURITY_DESCRIPTOR_RELATIVE **ret,
                          DWORD *size );
/* full access for a SID, passed on to what is inside */
BOOL acl_add_full_access( ACL *acl, SID *sid );

#endif /* __WINE_NTMSSVC_ACCESS_H */
