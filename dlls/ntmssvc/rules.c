/*
 * What is allowed in which state
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

#include "medium.h"

/* The documentation gives the rules of Media Life Cycle, but not for each a code.  Where it gives none: what cannot be moved
 * now is busy ("a side is in use or currently unavailable"), what will never be moved there has an invalid pool (MS-RSMP,
 * ChangeNtmsMediaType) or is invalid itself; a side that may not be allocated is unavailable. */
#define OK      ERROR_SUCCESS
#define BUSY    ERROR_BUSY
#define MEDIA   ERROR_INVALID_MEDIA
#define POOL    ERROR_INVALID_MEDIA_POOL
#define STATE   ERROR_INVALID_STATE
#define UNAVAIL ERROR_MEDIA_UNAVAILABLE

static const WORD side_rules[][SIDE_CHANGES] =
{
/*                                     allocate decom- delete  to     to      to Unre-  to an
 *                                              mission        Free   Import  cognized  application */
    [NTMS_PARTSTATE_UNKNOWN]        = { UNAVAIL, STATE, OK,    BUSY,  POOL,   POOL,     BUSY  },
    [NTMS_PARTSTATE_UNPREPARED]     = { UNAVAIL, STATE, OK,    OK,    POOL,   POOL,     BUSY  },
    [NTMS_PARTSTATE_INCOMPATIBLE]   = { UNAVAIL, STATE, OK,    MEDIA, POOL,   POOL,     OK    },
    [NTMS_PARTSTATE_DECOMMISSIONED] = { UNAVAIL, STATE, OK,    MEDIA, POOL,   POOL,     OK    },
    [NTMS_PARTSTATE_AVAILABLE]      = { OK,      OK,    OK,    OK,    POOL,   POOL,     OK    },
    [NTMS_PARTSTATE_ALLOCATED]      = { UNAVAIL, STATE, STATE, BUSY,  POOL,   POOL,     OK    },
    [NTMS_PARTSTATE_COMPLETE]       = { UNAVAIL, STATE, STATE, BUSY,  POOL,   POOL,     OK    },
    [NTMS_PARTSTATE_FOREIGN]        = { UNAVAIL, STATE, OK,    OK,    POOL,   OK,       OK    },
    [NTMS_PARTSTATE_IMPORT]         = { OK,      STATE, OK,    OK,    OK,     POOL,     OK    },
    [NTMS_PARTSTATE_RESERVED]       = { UNAVAIL, STATE, STATE, BUSY,  POOL,   POOL,     OK    },
};

DWORD check_side( DWORD state, enum side_change change )
{
    return state < ARRAY_SIZE(side_rules) ? side_rules[state][change] : ERROR_INVALID_STATE;
}

DWORD check_sides( DWORD states, enum side_change change )
{
    DWORD state, error = ERROR_SUCCESS;

    for (state = 0; !error && states >> state; state++)
        if (states & STATE_BIT( state )) error = check_side( state, change );
    return error;
}

BOOL is_in_use( DWORD media_state )
{
    static const BOOL in_use[] =
    {
        [NTMS_MEDIASTATE_IDLE]     = FALSE,
        [NTMS_MEDIASTATE_INUSE]    = TRUE,
        [NTMS_MEDIASTATE_MOUNTED]  = TRUE,
        [NTMS_MEDIASTATE_LOADED]   = TRUE,
        [NTMS_MEDIASTATE_UNLOADED] = FALSE,
        [NTMS_MEDIASTATE_OPERROR]  = FALSE,
        [NTMS_MEDIASTATE_OPREQ]    = TRUE,
    };
    return media_state >= ARRAY_SIZE(in_use) || in_use[media_state];
}
