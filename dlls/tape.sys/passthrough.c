/*
 * SCSI commands that programs make up themselves
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
#include <stdlib.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "winioctl.h"
#include "ntddscsi.h"
#include "ddk/wdm.h"
#include "wine/debug.h"

#include "queue.h"
#include "passthrough.h"

WINE_DEFAULT_DEBUG_CHANNEL(tape);

#define MAX_TRANSFER 0xffffff
#define MAX_TIMEOUT  (30 * 60 * 60)  /* seconds */

/* SCSI_PASS_THROUGH and SCSI_PASS_THROUGH_DIRECT as programs of either size have them; the beginning is the same. The
 * direct kind has an address in the place of the data's offset. */
struct pass_through
{
    USHORT length;
    UCHAR  scsi_status;
    UCHAR  path;
    UCHAR  target;
    UCHAR  lun;
    UCHAR  cdb_size;
    UCHAR  sense_size;
    UCHAR  direction;
    ULONG  size;
    ULONG  timeout;
    union
    {
        struct
        {
            UINT32 data;
            UINT32 sense_offset;
            UCHAR  cdb[16];
        } s32;
        struct
        {
            UINT64 data;
            UINT32 sense_offset;
            UCHAR  cdb[16];
        } s64;
    } u;
};

#define SIZE_32 44
#define SIZE_64 sizeof(struct pass_through)

C_ASSERT( sizeof(SCSI_PASS_THROUGH) == SIZE_64 );
C_ASSERT( FIELD_OFFSET( SCSI_PASS_THROUGH, TimeOutValue ) == FIELD_OFFSET( struct pass_through, timeout ));
C_ASSERT( FIELD_OFFSET( SCSI_PASS_THROUGH, DataBufferOffset ) == FIELD_OFFSET( struct pass_through, u.s64.data ));
C_ASSERT( FIELD_OFFSET( SCSI_PASS_THROUGH, Cdb ) == FIELD_OFFSET( struct pass_through, u.s64.cdb ));

/* one request, whatever its layout */
struct request
{
    IRP                 *irp;
    struct pass_through *header;      /* in the system buffer, which the rest of it follows */
    ULONG                header_size;
    ULONG                in_size;
    ULONG                out_size;
    BOOL                 direct;
    UINT64               data;        /* offset or the program's address */
    ULONG                sense_offset;
    const UCHAR         *cdb;
    pass_through_func    send;
};

static BOOL is_inside( UINT64 offset, ULONG size, const struct request *request, ULONG buffer_size )
{
    return offset >= request->header_size && offset <= buffer_size && size <= buffer_size - offset;
}

static NTSTATUS parse_header( struct request *request )
{
    struct pass_through *header = request->header;

    if (request->in_size < SIZE_32) return STATUS_BUFFER_TOO_SMALL;
    /* 32-bit programs can only be told by this */
    if (header->length != SIZE_32 && header->length != SIZE_64) return STATUS_INVALID_PARAMETER;
    request->header_size = header->length;
    if (min( request->in_size, request->out_size ) < request->header_size) return STATUS_BUFFER_TOO_SMALL;

    if (request->header_size == SIZE_32)
    {
        /* the 32-bit members follow the time-out at once */
        const UCHAR *pos = (UCHAR *)(&header->timeout + 1);

        request->data = *(const UINT32 *)pos;
        request->sense_offset = *(const UINT32 *)(pos + 4);
        request->cdb = pos + 8;
        return STATUS_SUCCESS;
    }
    request->data = header->u.s64.data;
    request->sense_offset = header->u.s64.sense_offset;
    request->cdb = header->u.s64.cdb;
    return STATUS_SUCCESS;
}

static NTSTATUS check_request( const struct request *request )
{
    const struct pass_through *header = request->header;

    if (!header->cdb_size || header->cdb_size > 16) return STATUS_INVALID_PARAMETER;
    if (header->direction > SCSI_IOCTL_DATA_UNSPECIFIED) return STATUS_INVALID_PARAMETER;
    if (!header->timeout || header->timeout > MAX_TIMEOUT) return STATUS_INVALID_PARAMETER;
    if (header->size > MAX_TRANSFER) return STATUS_INVALID_PARAMETER;
    if (header->size && header->direction == SCSI_IOCTL_DATA_UNSPECIFIED) return STATUS_INVALID_PARAMETER;
    if (header->sense_size && !is_inside( request->sense_offset, header->sense_size, request, request->out_size ))
        return STATUS_INVALID_PARAMETER;
    if (!header->size) return STATUS_SUCCESS;
    if (request->direct) return request->data ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
    if (!is_inside( request->data, header->size, request, header->direction == SCSI_IOCTL_DATA_IN ?
                    request->out_size : request->in_size )) return STATUS_INVALID_PARAMETER;
    return STATUS_SUCCESS;
}

static void make_params( const struct request *request, UINT64 handle, struct pass_through_params *params )
{
    const struct pass_through *header = request->header;

    memset( params, 0, sizeof(*params) );
    params->handle = handle;
    params->size = header->size;
    params->timeout_ms = header->timeout * 1000;
    params->cdb_size = max( header->cdb_size, 6 );
    memcpy( params->cdb, request->cdb, header->cdb_size );
    if (header->size) params->direction = header->direction == SCSI_IOCTL_DATA_IN ? PASS_DATA_IN : PASS_DATA_OUT;
}

/* what has come back goes where the program wants it; Information covers all of it */
static void return_results( const struct request *request, const struct pass_through_params *params )
{
    struct pass_through *header = request->header;
    ULONG end = request->header_size;

    header->scsi_status = params->scsi_status;
    header->sense_size = min( header->sense_size, params->sense_size );
    header->size = params->done;
    if (header->sense_size)
    {
        memcpy( (UCHAR *)header + request->sense_offset, params->sense, header->sense_size );
        end = max( end, request->sense_offset + header->sense_size );
    }
    if (params->direction == PASS_DATA_IN && !request->direct) end = max( end, request->data + params->done );
    request->irp->IoStatus.Information = end;
}

static BOOL read_program( const struct request *request, void *buffer, SIZE_T size )
{
    SIZE_T done;

    return ReadProcessMemory( get_request_process( request->irp ), (void *)(UINT_PTR)request->data, buffer, size, &done ) &&
           done == size;
}

static BOOL write_program( const struct request *request, const void *buffer, SIZE_T size )
{
    SIZE_T done;

    return WriteProcessMemory( get_request_process( request->irp ), (void *)(UINT_PTR)request->data, buffer, size, &done ) &&
           done == size;
}

/* The driver has a process of its own. Memory that cannot be read back is not tried to be written to, either: the command
 * would be executed for nothing. */
static NTSTATUS send_direct( const struct request *request, struct pass_through_params *params )
{
    NTSTATUS status;

    if (!(params->buffer = malloc( params->size ))) return STATUS_NO_MEMORY;
    if (!read_program( request, params->buffer, params->size )) status = STATUS_ACCESS_VIOLATION;
    else status = request->send( params );
    if (!status && params->direction == PASS_DATA_IN && !write_program( request, params->buffer, params->done ))
        status = STATUS_ACCESS_VIOLATION;
    free( params->buffer );
    return status;
}

static NTSTATUS send( const struct request *request, struct pass_through_params *params )
{
    if (params->size && request->direct) return send_direct( request, params );
    if (params->size) params->buffer = (UCHAR *)request->header + request->data;
    return request->send( params );
}

NTSTATUS pass_through_request( struct device_file *file, IRP *irp, pass_through_func send_command )
{
    IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation( irp );
    struct request request =
    {
        .irp = irp, .header = irp->AssociatedIrp.SystemBuffer,
        .in_size = stack->Parameters.DeviceIoControl.InputBufferLength,
        .out_size = stack->Parameters.DeviceIoControl.OutputBufferLength,
        .direct = stack->Parameters.DeviceIoControl.IoControlCode == IOCTL_SCSI_PASS_THROUGH_DIRECT,
        .send = send_command,
    };
    struct pass_through_params params;
    NTSTATUS status;

    if ((status = parse_header( &request ))) return status;
    if ((status = check_request( &request ))) return status;
    /* what the program did not send is nobody else's */
    if (request.out_size > request.in_size)
        memset( (UCHAR *)request.header + request.in_size, 0, request.out_size - request.in_size );
    make_params( &request, file->handle, &params );
    status = send( &request, &params );
    TRACE( "op %#x, size %u, status %#lx, scsi status %#x\n", params.cdb[0], params.size, status, params.scsi_status );
    if (!status) return_results( &request, &params );
    return status;
}
