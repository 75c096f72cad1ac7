/*
 * What the service does with a tape drive: wait for it, its label, unload
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
#include "ntddstor.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* a label is looked for in so many bytes of the first block */
#define LABEL_BUFFER_SIZE 0x10000

#define READY_POLL_MS 100

/* a drive that is still loading after so long is unloaded later */
#define UNLOAD_TIMEOUT_MS 3000

DWORD tape_media_type( const WCHAR *name, DWORD *code )
{
    BYTE buffer[offsetof(GET_MEDIA_TYPES, MediaInfo[32])];
    const GET_MEDIA_TYPES *types = (const GET_MEDIA_TYPES *)buffer;
    DWORD size, error;
    HANDLE tape;

    if ((error = device_open( name, &tape ))) return error;
    if (!DeviceIoControl( tape, IOCTL_STORAGE_GET_MEDIA_TYPES_EX, NULL, 0, buffer, sizeof(buffer), &size, NULL ))
        error = GetLastError();
    else if (size < offsetof(GET_MEDIA_TYPES, MediaInfo[1]) || !types->MediaInfoCount)
        error = ERROR_NOT_SUPPORTED;
    else
        *code = types->MediaInfo[0].DeviceSpecific.TapeInfo.MediaType;
    CloseHandle( tape );
    return error;
}

/* A drive that has just been loaded answers with attentions first, then that it is becoming ready. */
static BOOL becoming_ready( DWORD error )
{
    return error == ERROR_MEDIA_CHANGED || error == ERROR_BUS_RESET || error == ERROR_NOT_READY;
}

/* The driver tells with the first request when another program of this or of the host's side has the drive. */
DWORD tape_open( const WCHAR *name, HANDLE *ret )
{
    HANDLE tape;
    DWORD error;

    if ((error = device_open( name, &tape ))) return error;
    error = GetTapeStatus( tape );
    if (error == ERROR_SHARING_VIOLATION || error == ERROR_BUSY || error == ERROR_ACCESS_DENIED)
    {
        CloseHandle( tape );
        return error == ERROR_ACCESS_DENIED ? error : ERROR_BUSY;
    }
    *ret = tape;
    return ERROR_SUCCESS;
}

DWORD tape_wait_ready( HANDLE tape, DWORD timeout, DWORD grace, struct work *work )
{
    ULONGLONG now, start = GetTickCount64();
    DWORD error, reason;

    for (;;)
    {
        error = GetTapeStatus( tape );
        now = GetTickCount64();
        if (error == ERROR_NO_MEDIA_IN_DRIVE ? now >= start + grace : !becoming_ready( error )) break;
        if (now >= start + timeout) break;
        if (work && work_is_over( work, &reason )) return ERROR_CANCELLED;
        if (error == ERROR_NOT_READY || error == ERROR_NO_MEDIA_IN_DRIVE) Sleep( READY_POLL_MS );
    }
    return error == ERROR_DEVICE_REQUIRES_CLEANING ? ERROR_SUCCESS : error;  /* it works, though */
}

static DWORD read_first_block( HANDLE tape, BYTE *buffer, DWORD *size, BOOL *blank )
{
    DWORD error = ERROR_SUCCESS;

    *size = 0;
    *blank = FALSE;
    if (!ReadFile( tape, buffer, LABEL_BUFFER_SIZE, size, NULL )) error = GetLastError();
    switch (error)
    {
    case ERROR_NO_DATA_DETECTED:
    case ERROR_END_OF_MEDIA:
        *blank = TRUE;
        /* fall through */
    case ERROR_FILEMARK_DETECTED:
    case ERROR_SETMARK_DETECTED:
        *size = 0;
        return ERROR_SUCCESS;
    case ERROR_MORE_DATA:
        *size = LABEL_BUFFER_SIZE;
        return ERROR_SUCCESS;
    }
    return error;
}

DWORD tape_read_label( HANDLE tape, struct label *label )
{
    DWORD size, error;
    BYTE *buffer;
    BOOL blank;

    if ((error = SetTapePosition( tape, TAPE_REWIND, 0, 0, 0, FALSE ))) return error;
    if (!(buffer = malloc( LABEL_BUFFER_SIZE ))) return ERROR_NOT_ENOUGH_MEMORY;
    if (!(error = read_first_block( tape, buffer, &size, &blank )))
    {
        label_parse( buffer, size, label );
        /* a mark where a label would be is something recorded */
        if (!size && !blank) label->kind = LABEL_UNKNOWN;
        error = SetTapePosition( tape, TAPE_REWIND, 0, 0, 0, FALSE );
    }
    free( buffer );
    TRACE( "kind %d, %s, error %lu\n", error ? -1 : (int)label->kind, error ? "" : debugstr_w(label->info), error );
    return error;
}

DWORD tape_write_free_label( HANDLE tape, const BYTE block[FREE_LABEL_SIZE] )
{
    struct label wanted, found;
    DWORD size, error;

    if ((error = SetTapePosition( tape, TAPE_REWIND, 0, 0, 0, FALSE ))) return error;
    if (!WriteFile( tape, block, FREE_LABEL_SIZE, &size, NULL )) return GetLastError();
    if (size != FREE_LABEL_SIZE) return ERROR_WRITE_FAULT;
    if ((error = WriteTapemark( tape, TAPE_FILEMARKS, 1, FALSE ))) return error;

    label_parse( block, FREE_LABEL_SIZE, &wanted );
    if ((error = tape_read_label( tape, &found ))) return error;
    return label_same( &wanted, &found ) ? ERROR_SUCCESS : ERROR_CRC;
}

/* GET_MEDIA_TYPES with one medium; the Windows headers that came first lack the last members */
struct scsi_media_types
{
    DWORD device_type;
    DWORD count;
    DWORD media_type;
    DWORD characteristics;
    DWORD block_size;
    DWORD bus_type;
    BYTE  medium_type;
    BYTE  density_code;
};

void tape_read_medium( HANDLE tape, struct tape_medium *medium )
{
    BYTE buffer[offsetof(GET_MEDIA_TYPES, MediaInfo[32])];
    const struct scsi_media_types *types = (const struct scsi_media_types *)buffer;
    TAPE_GET_MEDIA_PARAMETERS params;
    DWORD size;

    memset( medium, 0, sizeof(*medium) );
    if (DeviceIoControl( tape, IOCTL_STORAGE_GET_MEDIA_TYPES_EX, NULL, 0, buffer, sizeof(buffer), &size, NULL )
        && size >= sizeof(*types) && types->count)
    {
        medium->type_code    = types->medium_type;
        medium->density_code = types->density_code;
    }
    size = sizeof(params);
    if (!GetTapeParameters( tape, GET_TAPE_MEDIA_INFORMATION, &size, &params ) && params.Capacity.QuadPart > 0)
        medium->capacity = params.Capacity.QuadPart;
}

/* An empty drive is unloaded already; any other is told to, whatever it thinks of its cartridge. */
DWORD tape_unload( HANDLE tape )
{
    DWORD error;

    error = tape_wait_ready( tape, UNLOAD_TIMEOUT_MS, 0, NULL );
    if (error == ERROR_NO_MEDIA_IN_DRIVE) return ERROR_SUCCESS;
    if (error == ERROR_NOT_READY) return ERROR_BUSY;
    error = PrepareTape( tape, TAPE_UNLOAD, FALSE );
    return error == ERROR_NO_MEDIA_IN_DRIVE ? ERROR_SUCCESS : error;
}
