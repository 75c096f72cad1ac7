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
 * The object may be of any type: its security is that of the pool, library or computer that it belongs to (RSM Security), and
 * the rule says which right is needed there; none needed there is always granted.  NULL is the computer.  A function that asks
 * for rights in several places calls this for each.  ERROR_ACCESS_DENIED, or the error of the store; an object that does not
 * exist is ERROR_OBJECT_NOT_FOUND. */
DWORD check_access( struct session *session, enum access_rule rule, const GUID *object );

#endif /* __WINE_NTMSSVC_ACCESS_H */
