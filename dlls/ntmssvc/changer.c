/*
 * What the service does with a medium changer: its contents, moves
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

static BOOL control( HANDLE changer, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *ret )
{
    return DeviceIoControl( changer, code, in, in_size, out, out_size, ret, NULL );
}

/* Drives come in the long form when they carry product data, other elements always in the short one. */
static DWORD expand_elements( const BYTE *buffer, DWORD size, DWORD count, CHANGER_ELEMENT_STATUS_EX *elements )
{
    DWORD record = size / count, i;

    if (record != sizeof(CHANGER_ELEMENT_STATUS) && record != sizeof(CHANGER_ELEMENT_STATUS_EX)) return ERROR_INVALID_DATA;
    if (size % count) return ERROR_INVALID_DATA;
    for (i = 0; i < count; i++)
    {
        memcpy( &elements[i], buffer + i * record, record );
        if (elements[i].Element.ElementAddress != i) return ERROR_INVALID_DATA;
    }
    return ERROR_SUCCESS;
}

/* On a handle of its own: reading elements acknowledges the attentions of a handle, and those of the library's own have to
 * stay until all elements are read. */
DWORD changer_drive_code( const WCHAR *name, DWORD element, WCHAR code[NTMS_BARCODE_LENGTH] )
{
    CHANGER_READ_ELEMENT_STATUS read = { .ElementList = { { ChangerDrive, element }, 1 }, .VolumeTagInfo = TRUE };
    CHANGER_ELEMENT_STATUS_EX status;
    DWORD size, error;
    HANDLE changer;

    memset( &status, 0, sizeof(status) );
    code[0] = 0;
    if ((error = device_open( name, &changer ))) return error;
    if (!control( changer, IOCTL_CHANGER_GET_ELEMENT_STATUS, &read, sizeof(read), &status, sizeof(status), &size ))
        error = GetLastError();
    CloseHandle( changer );
    if (!error && !changer_bar_code( &status, code )) code[0] = 0;
    return error;
}

static DWORD read_elements( HANDLE changer, const GET_CHANGER_PARAMETERS *params, ELEMENT_TYPE type, DWORD count,
                            CHANGER_ELEMENT_STATUS_EX **ret )
{
    DWORD record = type == ChangerDrive ? sizeof(CHANGER_ELEMENT_STATUS_EX) : sizeof(CHANGER_ELEMENT_STATUS);
    CHANGER_READ_ELEMENT_STATUS read = { .ElementList = { { type, 0 }, count } };
    CHANGER_ELEMENT_STATUS_EX *elements;
    DWORD size, error = ERROR_SUCCESS;
    BYTE *buffer;

    *ret = NULL;
    if (!count) return ERROR_SUCCESS;
    read.VolumeTagInfo = (params->Features0 & CHANGER_BAR_CODE_SCANNER_INSTALLED) != 0;
    elements = calloc( count, sizeof(*elements) );
    buffer = malloc( count * record );
    if (!elements || !buffer) error = ERROR_NOT_ENOUGH_MEMORY;
    else if (!control( changer, IOCTL_CHANGER_GET_ELEMENT_STATUS, &read, sizeof(read), buffer, count * record, &size ))
        error = GetLastError();
    else error = expand_elements( buffer, size, count, elements );
    free( buffer );
    if (error) free( elements );
    else *ret = elements;
    return error;
}

static DWORD read_contents( HANDLE changer, struct changer_contents *contents )
{
    const GET_CHANGER_PARAMETERS *params = &contents->params;
    DWORD size, error;

    if (!control( changer, IOCTL_CHANGER_GET_PARAMETERS, NULL, 0, &contents->params, sizeof(contents->params), &size ))
        return GetLastError();
    if (size < sizeof(contents->params)) return ERROR_INVALID_DATA;
    if (!(error = read_elements( changer, params, ChangerDrive, params->NumberDataTransferElements, &contents->drives ))
        && !(error = read_elements( changer, params, ChangerSlot, params->NumberStorageElements, &contents->slots ))
        && !(error = read_elements( changer, params, ChangerIEPort, params->NumberIEElements, &contents->ports )))
        error = read_elements( changer, params, ChangerTransport, params->NumberTransportElements, &contents->transports );
    return error;
}

/* An attention is reported once; the next try tells the contents, which are those after it. */
static BOOL is_attention( DWORD error )
{
    return error == ERROR_MEDIA_CHANGED || error == ERROR_BUS_RESET;
}

DWORD changer_read( HANDLE changer, struct changer_contents *contents )
{
    DWORD error, tries = 10;

    do
    {
        memset( contents, 0, sizeof(*contents) );
        if ((error = read_contents( changer, contents ))) changer_free( contents );
    } while (is_attention( error ) && --tries);
    if (error) WARN( "error %lu\n", error );
    return error;
}

void changer_free( struct changer_contents *contents )
{
    free( contents->drives );
    free( contents->slots );
    free( contents->ports );
    free( contents->transports );
    memset( contents, 0, sizeof(*contents) );
}

DWORD changer_move( HANDLE changer, ELEMENT_TYPE from_type, DWORD from, ELEMENT_TYPE to_type, DWORD to )
{
    CHANGER_MOVE_MEDIUM move = { .Transport = { ChangerTransport, 0 } };
    DWORD size, error, tries = 10;

    move.Source.ElementType = from_type;
    move.Source.ElementAddress = from;
    move.Destination.ElementType = to_type;
    move.Destination.ElementAddress = to;
    do
    {
        error = ERROR_SUCCESS;
        if (!control( changer, IOCTL_CHANGER_MOVE_MEDIUM, &move, sizeof(move), NULL, 0, &size )) error = GetLastError();
    } while (error == ERROR_BUS_RESET && --tries);
    TRACE( "%d/%lu -> %d/%lu, error %lu\n", from_type, from, to_type, to, error );
    return error;
}

BOOL changer_bar_code( const CHANGER_ELEMENT_STATUS_EX *element, WCHAR code[NTMS_BARCODE_LENGTH] )
{
    DWORD len, i;

    if (!(element->Flags & ELEMENT_STATUS_FULL) || !(element->Flags & ELEMENT_STATUS_PVOLTAG)) return FALSE;
    for (len = MAX_VOLUME_ID_SIZE; len; len--)
        if (element->PrimaryVolumeID[len - 1] != ' ' && element->PrimaryVolumeID[len - 1]) break;
    for (i = 0; i < len; i++)
    {
        if (element->PrimaryVolumeID[i] < ' ' || element->PrimaryVolumeID[i] > '~') return FALSE;
        code[i] = element->PrimaryVolumeID[i];
    }
    code[len] = 0;
    return len != 0;
}
