/*
 * What the functions on media share
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

#ifndef __WINE_NTMSSVC_MEDIUM_H
#define __WINE_NTMSSVC_MEDIUM_H

#include "access.h"

/* All of this is called inside a transaction. */

/* ------------------------------------------------------------------ medium.c */

#define STATE_BIT(state) (1u << (state))
#define OWNED_STATES (STATE_BIT(NTMS_PARTSTATE_ALLOCATED) | STATE_BIT(NTMS_PARTSTATE_COMPLETE))

/* a pool that holds media */
struct pool
{
    GUID  id;
    GUID  media_type;
    DWORD kind;
    DWORD allocation_policy;
    DWORD deallocation_policy;
    DWORD sides;       /* of its media */
};

struct medium
{
    GUID  id;
    GUID  pool;
    GUID  media_type;
    DWORD pool_kind;
    DWORD media_state;
    BOOL  offline;     /* in the off-line library or in one that is absent */
    BOOL  enabled;     /* it and its library */
    DWORD sides;
    DWORD states;      /* STATE_BITs of its sides */
    BOOL  prepared;    /* every side carries a free label and is available */
};

/* a side that somebody owns, by the name under which he knows it */
struct logical_medium
{
    GUID  id;
    GUID  pool;
    GUID  side;
    GUID  medium;
    DWORD state;
    DWORD label_kind;
    DWORD media_state;
};

struct library_status
{
    DWORD kind;
    BOOL  offline;     /* the off-line library or an absent one */
    BOOL  enabled;
};

DWORD get_pool( const GUID *id, struct pool *pool );             /* ERROR_INVALID_MEDIA_POOL */
DWORD get_medium( const GUID *id, struct medium *medium );       /* ERROR_INVALID_MEDIA */
DWORD get_logical_medium( const GUID *id, struct logical_medium *medium ); /* ERROR_INVALID_MEDIA */
DWORD get_library_status( const GUID *id, struct library_status *status ); /* ERROR_INVALID_LIBRARY */

/* ------------------------------------------------------------------ rules.c */

/* what can happen to a side */
enum side_change
{
    SIDE_ALLOCATE,          /* by its identifier */
    SIDE_DECOMMISSION,
    SIDE_DELETE,            /* with its medium */
    SIDE_TO_FREE,           /* with its medium, into a pool of this kind */
    SIDE_TO_IMPORT,
    SIDE_TO_UNRECOGNIZED,
    SIDE_TO_APPLICATION,
    SIDE_CHANGES
};

/* the error that refuses the change of a side, or of a medium whose sides have these states (STATE_BITs) */
DWORD check_side( DWORD state, enum side_change change );
DWORD check_sides( DWORD states, enum side_change change );
/* somebody uses the cartridge or has asked for it */
BOOL is_in_use( DWORD media_state );

/* ------------------------------------------------------------------ move.c */

/* Puts a medium into another pool, whose media type it gets, as far as the rules allow.  A medium that goes into a Free pool
 * waits there for its free label; library_kick() and media_available() after the commit. */
DWORD move_medium( const struct medium *medium, const struct pool *pool );
/* the same for a medium that may be moved */
DWORD move_to_be_labelled( const struct medium *medium, const GUID *pool );

/* ------------------------------------------------------------------ choose.c */

struct allocate_args
{
    const GUID *pool;
    const GUID *partition;
    const GUID *previous;   /* for NTMS_ALLOCATE_NEXT */
    DWORD       options;
    BOOL        permitted;  /* the program has been waiting: its rights have been checked */
};

DWORD allocate_side( struct session *session, const struct allocate_args *args, GUID *logical, GUID *source );
/* takes back an allocation that its program has not waited for, as if it had never been */
DWORD undo_allocation( const GUID *logical, const GUID *source );

#endif /* __WINE_NTMSSVC_MEDIUM_H */
