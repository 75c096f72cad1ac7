/*
 * Looking at a library again after a failed move or the use of a door
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

#include "library.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

static BOOL is_free_slot( const struct changer_contents *contents, DWORD slot )
{
    return slot < contents->params.NumberStorageElements && !(contents->slots[slot].Flags & ELEMENT_STATUS_FULL)
           && !((contents->slots[slot].Flags & ELEMENT_STATUS_EXCEPT)
                && contents->slots[slot].ExceptionCode == ERROR_SLOT_NOT_PRESENT);
}

/* back to where it came from, else to any free slot */
static BOOL choose_slot( const struct changer_contents *contents, const CHANGER_ELEMENT_STATUS_EX *transport, DWORD *slot )
{
    *slot = transport->SrcElementAddress.ElementAddress;
    if ((transport->Flags & ELEMENT_STATUS_SVALID) && transport->SrcElementAddress.ElementType == ChangerSlot
        && is_free_slot( contents, *slot ))
        return TRUE;
    for (*slot = 0; *slot < contents->params.NumberStorageElements; (*slot)++)
        if (is_free_slot( contents, *slot )) return TRUE;
    return FALSE;
}

static DWORD report_transport( const struct library *library )
{
    WCHAR message[NTMS_MESSAGE_LENGTH];
    DWORD error;

    swprintf( message, ARRAY_SIZE(message), L"There is a cartridge in the transport of %s that cannot be put away.",
              library->device );
    if ((error = db_begin())) return error;
    return db_end( configure_report( NTMS_LIBRARY, &library->id, message ));
}

/* A failed move can leave the cartridge in the transport; *moved tells whether the elements have to be read again. */
static DWORD empty_transport( struct library *library, const struct changer_contents *contents, BOOL *moved )
{
    const CHANGER_ELEMENT_STATUS_EX *transport = inventory_full_transport( contents );
    DWORD slot;

    *moved = FALSE;
    if (!transport) return ERROR_SUCCESS;
    *moved = TRUE;
    if (choose_slot( contents, transport, &slot )
        && !changer_move( library->changer, ChangerTransport, transport->Element.ElementAddress, ChangerSlot, slot ))
        return ERROR_SUCCESS;
    return report_transport( library );
}

DWORD inventory_library( struct library *library )
{
    struct changer_contents contents;
    DWORD error;
    BOOL moved;

    if (library->kind == NTMS_LIBRARYTYPE_STANDALONE) return inventory_standalone( library );
    if ((error = changer_read( library->changer, &contents ))) return error;
    if (!(error = empty_transport( library, &contents, &moved )) && moved)
    {
        changer_free( &contents );
        if ((error = changer_read( library->changer, &contents ))) return error;
    }
    if (!error) error = inventory_apply( library, &contents );
    changer_free( &contents );
    return error;
}

/* ------------------------------------------------------------------ a changer that has gone and come back */

static BOOL set_device_name( struct library *library, const struct device_info *info )
{
    HANDLE changer;
    DWORD error;

    if ((error = device_open( info->name, &changer ))) return FALSE;
    library->changer = changer;
    lstrcpynW( library->device, info->name, ARRAY_SIZE(library->device) );
    if (!(error = db_begin()))
        error = db_end( db_exec( "UPDATE changer SET device_name = ? WHERE library = ?", "wg", info->name, &library->id ));
    if (error) ERR( "error %lu\n", error );
    return TRUE;
}

/* It may have another number now: it is known by its serial number. */
BOOL recover_changer( struct library *library )
{
    struct device_info *list;
    BOOL found = FALSE;
    DWORD i, count;

    if (library->kind != NTMS_LIBRARYTYPE_ONLINE) return FALSE;
    if (library->changer) CloseHandle( library->changer );
    library->changer = NULL;
    if (device_find( L"Changer", &list, &count )) return FALSE;
    for (i = 0; i < count && !found; i++)
        if (list[i].enabled && !wcscmp( list[i].serial, library->serial )) found = set_device_name( library, &list[i] );
    free( list );
    TRACE( "%s: %s\n", debugstr_w(library->serial), found ? debugstr_w(library->device) : "not there" );
    return found;
}
