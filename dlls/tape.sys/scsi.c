/*
 * SCSI commands, sense data and mode pages, shared by the tape and changer unixlibs
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

#if 0
#pragma makedep unix
#endif

#include "config.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winternl.h"
#include "wine/debug.h"

#include "identity.h"
#include "scsi.h"

WINE_DEFAULT_DEBUG_CHANNEL(tape);

/* SAM-4 status codes */
#define SAM_GOOD                 0x00
#define SAM_CHECK_CONDITION      0x02
#define SAM_CONDITION_MET        0x04
#define SAM_BUSY                 0x08
#define SAM_RESERVATION_CONFLICT 0x18
#define SAM_TASK_SET_FULL        0x28
#define SAM_ACA_ACTIVE           0x30
#define SAM_TASK_ABORTED         0x40

/* sg_io_hdr.host_status, Linux <scsi/scsi_status.h>, which is not for user space */
#define HOST_OK                  0x00
#define HOST_NO_CONNECT          0x01
#define HOST_BUS_BUSY            0x02
#define HOST_TIME_OUT            0x03
#define HOST_BAD_TARGET          0x04
#define HOST_ABORT               0x05
#define HOST_RESET               0x08
#define HOST_TRANSPORT_DISRUPTED 0x0e
#define HOST_TRANSPORT_FAILFAST  0x0f

#define MAX_ATTEMPTS    10
#define BUSY_WAIT_MS    500

NTSTATUS errno_to_status( int err )
{
    switch (err < 0 ? -err : err)
    {
    case 0:         return STATUS_SUCCESS;
    case EACCES:
    case EPERM:     return STATUS_ACCESS_DENIED;
    case EAGAIN:
    case EBUSY:     return STATUS_DEVICE_BUSY;
    case ECANCELED: return STATUS_CANCELLED;
    case EDOM:
    case EINVAL:    return STATUS_INVALID_PARAMETER;
    case EFAULT:    return STATUS_ACCESS_VIOLATION;
    case EIO:       return STATUS_IO_DEVICE_ERROR;
    case EMFILE:
    case ENFILE:    return STATUS_TOO_MANY_OPENED_FILES;
    case ENODEV:
    case ENOENT:
    case ENOTCONN:
    case ENXIO:     return STATUS_DEVICE_NOT_CONNECTED;
    case ENOMEM:    return STATUS_INSUFFICIENT_RESOURCES;
    case EROFS:     return STATUS_MEDIA_WRITE_PROTECTED;
    case ETIMEDOUT: return STATUS_IO_TIMEOUT;
    default:
        FIXME( "no status for errno %d\n", err );
        return STATUS_UNSUCCESSFUL;
    }
}

static void decode_fixed_sense( const UINT8 *data, unsigned int size, struct scsi_sense *sense )
{
    if (size > 7) size = min( size, 8 + data[7] );
    if (size < 3) return;
    sense->key = data[2] & 0x0f;
    sense->filemark = !!(data[2] & 0x80);
    sense->eom = !!(data[2] & 0x40);
    sense->ili = !!(data[2] & 0x20);
    if (size >= 7)
    {
        sense->info_valid = !!(data[0] & 0x80);
        sense->info = (INT32)get_be32( data + 3 );
    }
    if (size >= 13) sense->asc = data[12];
    if (size >= 14) sense->ascq = data[13];
    if (size >= 18 && (data[15] & 0x80))
    {
        sense->field_valid = TRUE;
        sense->field_in_cdb = !!(data[15] & 0x40);
        sense->field = get_be16( data + 16 );
    }
}

/* one sense data descriptor (SPC-4, 4.5.2); size is the number of its bytes that really arrived */
static void decode_sense_descriptor( const UINT8 *desc, unsigned int size, struct scsi_sense *sense )
{
    if (desc[0] == 0x00 && size >= 12)
    {
        sense->info_valid = !!(desc[2] & 0x80);
        sense->info = (INT64)get_be64( desc + 4 );
    }
    else if (desc[0] == 0x02 && size >= 7 && (desc[4] & 0x80))
    {
        sense->field_valid = TRUE;
        sense->field_in_cdb = !!(desc[4] & 0x40);
        sense->field = get_be16( desc + 5 );
    }
    else if (desc[0] == 0x04 && size >= 4)
    {
        sense->filemark = !!(desc[3] & 0x80);
        sense->eom = !!(desc[3] & 0x40);
        sense->ili = !!(desc[3] & 0x20);
    }
}

static void decode_descriptor_sense( const UINT8 *data, unsigned int size, struct scsi_sense *sense )
{
    unsigned int pos, len;

    if (size > 7) size = min( size, 8 + data[7] );
    if (size < 4) return;
    sense->key = data[1] & 0x0f;
    sense->asc = data[2];
    sense->ascq = data[3];
    for (pos = 8; pos + 2 <= size; pos += len)
    {
        len = data[pos + 1] + 2;
        decode_sense_descriptor( data + pos, min( len, size - pos ), sense );
    }
}

void decode_sense( const UINT8 *data, unsigned int size, struct scsi_sense *sense )
{
    memset( sense, 0, sizeof(*sense) );
    if (!size) return;
    switch (data[0] & 0x7f)
    {
    case 0x71:
        sense->deferred = TRUE;
        /* fall through */
    case 0x70:
        sense->valid = TRUE;
        decode_fixed_sense( data, size, sense );
        break;
    case 0x73:
        sense->deferred = TRUE;
        /* fall through */
    case 0x72:
        sense->valid = TRUE;
        decode_descriptor_sense( data, size, sense );
        break;
    default:
        WARN( "unknown sense format %#x\n", data[0] );
    }
}

BOOL sense_is_unsupported( const struct scsi_sense *sense )
{
    return sense->valid && sense->key == SENSE_ILLEGAL_REQUEST && sense->asc == 0x20;
}

/* additional sense code 00h: what a sequential device met, whatever the key says */
static NTSTATUS position_status( const struct scsi_sense *sense )
{
    switch (sense->ascq)
    {
    case 0x01: return STATUS_FILEMARK_DETECTED;
    case 0x02: return STATUS_END_OF_MEDIA;
    case 0x03: return STATUS_SETMARK_DETECTED;
    case 0x04: return STATUS_BEGINNING_OF_MEDIA;
    case 0x05: return STATUS_NO_DATA_DETECTED;
    case 0x17: return STATUS_DEVICE_REQUIRES_CLEANING;
    }
    return STATUS_SUCCESS;
}

/* at work, or not able to */
static BOOL is_cleaner( const struct scsi_sense *sense )
{
    return sense->asc == 0x30 && (sense->ascq == 0x03 || sense->ascq == 0x07);
}

static NTSTATUS not_ready_status( const struct scsi_sense *sense )
{
    if (sense->asc == 0x3a) return STATUS_NO_MEDIA;
    if (is_cleaner( sense )) return STATUS_CLEANER_CARTRIDGE_INSTALLED;
    if (sense->asc == 0x30) return STATUS_UNRECOGNIZED_MEDIA;
    return STATUS_DEVICE_NOT_READY;
}

static NTSTATUS medium_error_status( const struct scsi_sense *sense )
{
    if (is_cleaner( sense )) return STATUS_CLEANER_CARTRIDGE_INSTALLED;
    if (sense->asc == 0x30 || sense->asc == 0x31) return STATUS_UNRECOGNIZED_MEDIA;
    if (sense->asc == 0x14 && sense->ascq == 0x03) return STATUS_NO_DATA_DETECTED;
    if (sense->asc == 0x53) return STATUS_IO_DEVICE_ERROR;
    return STATUS_DEVICE_DATA_ERROR;
}

static NTSTATUS illegal_request_status( const struct scsi_sense *sense )
{
    switch (sense->asc)
    {
    case 0x20: return STATUS_NOT_SUPPORTED;
    case 0x1a:
    case 0x24:
    case 0x26: return STATUS_INVALID_PARAMETER;
    case 0x25: return STATUS_NO_SUCH_DEVICE;
    case 0x30: return STATUS_UNRECOGNIZED_MEDIA;
    case 0x3b: return sense->ascq == 0x0c ? STATUS_BEGINNING_OF_MEDIA : STATUS_IO_DEVICE_ERROR;
    case 0x53: return sense->ascq == 0x02 ? STATUS_UNABLE_TO_LOCK_MEDIA : STATUS_UNABLE_TO_UNLOAD_MEDIA;
    }
    return STATUS_IO_DEVICE_ERROR;
}

static BOOL is_media_attention( const struct scsi_sense *sense )
{
    return sense->asc == 0x28 || (sense->asc == 0x3b && (sense->ascq == 0x12 || sense->ascq == 0x13));
}

static NTSTATUS attention_status( const struct scsi_sense *sense )
{
    if (is_media_attention( sense )) return STATUS_MEDIA_CHANGED;
    if (sense->asc == 0x29) return STATUS_BUS_RESET;
    return STATUS_DEVICE_NOT_READY;
}

NTSTATUS sense_to_status( const struct scsi_sense *sense )
{
    NTSTATUS status;

    if (!sense->valid) return STATUS_SUCCESS;
    /* its additional code is also that of an early warning, after which all is written */
    if (sense->key == SENSE_VOLUME_OVERFLOW) return STATUS_EOM_OVERFLOW;
    if (!sense->asc && (status = position_status( sense ))) return status;
    if (sense->filemark) return STATUS_FILEMARK_DETECTED;

    switch (sense->key)
    {
    case SENSE_NO_SENSE:
    case SENSE_RECOVERED:
        if (is_cleaner( sense )) return STATUS_CLEANER_CARTRIDGE_INSTALLED;
        if (sense->asc == 0x82 && sense->ascq == 0x82) return STATUS_DEVICE_REQUIRES_CLEANING;  /* IBM and HP */
        return sense->eom ? STATUS_END_OF_MEDIA : STATUS_SUCCESS;
    case SENSE_NOT_READY:       return not_ready_status( sense );
    case SENSE_MEDIUM_ERROR:    return medium_error_status( sense );
    case SENSE_ILLEGAL_REQUEST: return illegal_request_status( sense );
    case SENSE_UNIT_ATTENTION:  return attention_status( sense );
    case SENSE_DATA_PROTECT:    return STATUS_MEDIA_WRITE_PROTECTED;
    case SENSE_BLANK_CHECK:     return STATUS_NO_DATA_DETECTED;
    }
    return STATUS_IO_DEVICE_ERROR;
}

static NTSTATUS host_status_to_status( unsigned int host_status )
{
    switch (host_status)
    {
    case HOST_NO_CONNECT:
    case HOST_BAD_TARGET:
    case HOST_TRANSPORT_DISRUPTED:
    case HOST_TRANSPORT_FAILFAST:  return STATUS_DEVICE_NOT_CONNECTED;
    case HOST_BUS_BUSY:            return STATUS_DEVICE_BUSY;
    case HOST_TIME_OUT:
    case HOST_ABORT:               return STATUS_IO_TIMEOUT;
    case HOST_RESET:               return STATUS_BUS_RESET;
    }
    return STATUS_IO_DEVICE_ERROR;
}

/* A command that met a deferred error has not been executed (SPC-4, 4.5.7): that is never a success. */
static NTSTATUS deferred_status( const struct scsi_sense *sense )
{
    NTSTATUS status = sense_to_status( sense );

    return status ? status : STATUS_IO_DEVICE_ERROR;
}

static NTSTATUS command_status( const struct scsi_command *cmd, unsigned int host_status )
{
    if (cmd->sense.valid) return cmd->sense.deferred ? deferred_status( &cmd->sense ) : sense_to_status( &cmd->sense );
    if (host_status != HOST_OK) return host_status_to_status( host_status );

    switch (cmd->scsi_status)
    {
    case SAM_GOOD:
    case SAM_CONDITION_MET:        return STATUS_SUCCESS;
    case SAM_BUSY:
    case SAM_TASK_SET_FULL:
    case SAM_ACA_ACTIVE:
    case SAM_RESERVATION_CONFLICT: return STATUS_DEVICE_BUSY;
    }
    return STATUS_IO_DEVICE_ERROR;
}

static unsigned int get_cdb_size( const struct scsi_command *cmd )
{
    static const UINT8 group_sizes[8] = { 6, 10, 10, 12, 16, 12, 10, 10 };

    return cmd->cdb_size ? cmd->cdb_size : group_sizes[cmd->cdb[0] >> 5];
}

static int get_sg_direction( const struct scsi_command *cmd )
{
    if (cmd->direction == SCSI_DATA_IN) return SG_DXFER_FROM_DEV;
    if (cmd->direction == SCSI_DATA_OUT) return SG_DXFER_TO_DEV;
    return SG_DXFER_NONE;
}

/* how the transport fared goes to host_status, what the device says to cmd->scsi_status and sense */
static NTSTATUS transport( struct scsi_device *device, struct scsi_command *cmd, UINT8 sense[SCSI_SENSE_SIZE],
                           unsigned int *sense_size, unsigned int *host_status )
{
    struct sg_io_hdr hdr = { 0 };
    int ret;

    hdr.interface_id = 'S';
    hdr.dxfer_direction = get_sg_direction( cmd );
    hdr.cmd_len = get_cdb_size( cmd );
    hdr.cmdp = cmd->cdb;
    hdr.dxfer_len = cmd->size;
    hdr.dxferp = cmd->data;
    hdr.sbp = sense;
    hdr.mx_sb_len = SCSI_SENSE_SIZE;
    hdr.timeout = cmd->timeout_ms;

    cmd->transferred = 0;
    cmd->scsi_status = 0;
    memset( &cmd->sense, 0, sizeof(cmd->sense) );
    memset( sense, 0, SCSI_SENSE_SIZE );
    *sense_size = 0;
    if ((ret = host_ops.sg_io( device->fd, &hdr )) < 0) return errno_to_status( ret );

    cmd->scsi_status = hdr.status;
    cmd->transferred = cmd->size - min( (unsigned int)max( hdr.resid, 0 ), cmd->size );
    *sense_size = min( hdr.sb_len_wr, SCSI_SENSE_SIZE );
    *host_status = hdr.host_status;
    decode_sense( sense, *sense_size, &cmd->sense );
    TRACE( "op %#x, size %u, transferred %u, status %#x/%#x, sense %x/%02x/%02x\n", cmd->cdb[0], cmd->size,
           cmd->transferred, hdr.status, hdr.host_status, cmd->sense.key, cmd->sense.asc, cmd->sense.ascq );
    return STATUS_SUCCESS;
}

static NTSTATUS send_command( struct scsi_device *device, struct scsi_command *cmd )
{
    unsigned int sense_size, host_status;
    UINT8 sense[SCSI_SENSE_SIZE];
    NTSTATUS status;

    if ((status = transport( device, cmd, sense, &sense_size, &host_status ))) return status;
    return command_status( cmd, host_status );
}

/* An attention means that the command was not executed. The ones which no handle has to hear of are passed over. */
static BOOL attention_allows_retry( struct scsi_device *device, const struct scsi_command *cmd )
{
    if (is_media_attention( &cmd->sense )) device->media_generation++;
    else if (cmd->sense.asc == 0x29) device->reset_generation++;
    else return TRUE;
    return !!(cmd->flags & SCSI_RETRY);
}

static BOOL is_busy( const struct scsi_command *cmd )
{
    return !cmd->sense.valid && (cmd->scsi_status == SAM_BUSY || cmd->scsi_status == SAM_TASK_SET_FULL);
}

static BOOL can_repeat( struct scsi_device *device, const struct scsi_command *cmd, unsigned int *aborts )
{
    const struct scsi_sense *sense = &cmd->sense;

    if (!sense->valid) return is_busy( cmd );
    if (sense->deferred) return sense->key <= SENSE_RECOVERED;
    if (sense->key == SENSE_UNIT_ATTENTION) return attention_allows_retry( device, cmd );
    return sense->key == SENSE_ABORTED_COMMAND && (cmd->flags & SCSI_RETRY) && !(*aborts)++;
}

NTSTATUS scsi_execute( struct scsi_device *device, struct scsi_command *cmd )
{
    unsigned int attempt, aborts = 0;
    NTSTATUS status;

    for (attempt = 1; ; attempt++)
    {
        status = send_command( device, cmd );
        if (!status || !can_repeat( device, cmd, &aborts ) || attempt == MAX_ATTEMPTS) return status;
        if (is_busy( cmd )) host_ops.sleep_ms( BUSY_WAIT_MS );
    }
}

NTSTATUS scsi_pass_through( struct scsi_device *device, struct scsi_command *cmd, UINT8 *sense,
                            unsigned int *sense_size )
{
    unsigned int host_status;
    NTSTATUS status;

    if ((status = transport( device, cmd, sense, sense_size, &host_status ))) return status;
    if (cmd->sense.valid && cmd->sense.key == SENSE_UNIT_ATTENTION) attention_allows_retry( device, cmd );
    if (host_status != HOST_OK && !cmd->sense.valid) return host_status_to_status( host_status );
    return STATUS_SUCCESS;
}

NTSTATUS scsi_drain_attentions( struct scsi_device *device )
{
    struct scsi_command cmd = { .cdb = { SCSI_TEST_UNIT_READY }, .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };

    return scsi_execute( device, &cmd );
}

/* a page starts with its code and length, one with a subpage code (the SPF bit is set) with 16 bits of length */
static unsigned int get_page_size( const UINT8 *page, unsigned int left, const struct scsi_mode_request *request )
{
    if ((page[0] & 0x3f) != request->page || !request->page) return 0;
    if (!(page[0] & 0x40)) return request->subpage ? 0 : min( left, 2 + page[1] );
    if (left < 4 || page[1] != request->subpage) return 0;
    return min( left, 4 + get_be16( page + 2 ) );
}

/* data_size is what the header says; the smaller of that and what arrived counts */
static NTSTATUS parse_mode( const UINT8 *data, unsigned int size, unsigned int data_size, unsigned int header_size,
                            unsigned int descriptor_size, const struct scsi_mode_request *request, struct scsi_mode *mode )
{
    const UINT8 *found;

    size = min( size, data_size );
    if (size < header_size) return STATUS_IO_DEVICE_ERROR;
    if (descriptor_size >= 8 && header_size + 8 <= size) mode->block_descriptor = data + header_size;
    if (header_size + descriptor_size + 2 > size) return STATUS_SUCCESS;

    found = data + header_size + descriptor_size;
    mode->page_size = get_page_size( found, size - header_size - descriptor_size, request );
    if (mode->page_size) mode->page = found;
    return STATUS_SUCCESS;
}

static void prepare_mode_sense( struct scsi_command *cmd, UINT8 opcode, const struct scsi_mode_request *request,
                                UINT8 *buffer, unsigned int size )
{
    *cmd = (struct scsi_command){ .cdb = { opcode, request->no_descriptor ? 0x08 : 0,
                                           request->control << 6 | request->page, request->subpage },
                                  .direction = SCSI_DATA_IN, .data = buffer, .size = size,
                                  .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
}

static NTSTATUS mode_sense_6( struct scsi_device *device, const struct scsi_mode_request *request, UINT8 *buffer,
                              unsigned int size, struct scsi_command *cmd, struct scsi_mode *mode )
{
    NTSTATUS status;

    size = min( size, 255 );
    prepare_mode_sense( cmd, SCSI_MODE_SENSE_6, request, buffer, size );
    cmd->cdb[4] = size;
    if ((status = scsi_execute( device, cmd ))) return status;
    if (cmd->transferred < 4) return STATUS_IO_DEVICE_ERROR;
    mode->medium_type = buffer[1];
    mode->device_specific = buffer[2];
    return parse_mode( buffer, cmd->transferred, buffer[0] + 1, 4, buffer[3], request, mode );
}

static NTSTATUS mode_sense_10( struct scsi_device *device, const struct scsi_mode_request *request, UINT8 *buffer,
                               unsigned int size, struct scsi_command *cmd, struct scsi_mode *mode )
{
    NTSTATUS status;

    size = min( size, 0xffff );
    prepare_mode_sense( cmd, SCSI_MODE_SENSE_10, request, buffer, size );
    put_be16( cmd->cdb + 7, size );
    if ((status = scsi_execute( device, cmd ))) return status;
    if (cmd->transferred < 8) return STATUS_IO_DEVICE_ERROR;
    mode->ten = TRUE;
    mode->medium_type = buffer[2];
    mode->device_specific = buffer[3];
    return parse_mode( buffer, cmd->transferred, get_be16( buffer ) + 2, 8, get_be16( buffer + 6 ), request, mode );
}

NTSTATUS scsi_mode_sense_page( struct scsi_device *device, const struct scsi_mode_request *request, UINT8 *buffer,
                               unsigned int size, struct scsi_mode *mode )
{
    struct scsi_mode_request again = *request;
    struct scsi_command cmd;
    NTSTATUS status;

    memset( mode, 0, sizeof(*mode) );
    status = mode_sense_6( device, request, buffer, size, &cmd, mode );
    if (status && sense_is_unsupported( &cmd.sense ))
        status = mode_sense_10( device, request, buffer, size, &cmd, mode );
    if (!status || !request->no_descriptor || cmd.sense.key != SENSE_ILLEGAL_REQUEST || cmd.sense.asc != 0x24)
        return status;
    again.no_descriptor = FALSE;
    return scsi_mode_sense_page( device, &again, buffer, size, mode );
}

NTSTATUS scsi_mode_sense( struct scsi_device *device, UINT8 page, BOOL no_descriptor, UINT8 *buffer,
                          unsigned int size, struct scsi_mode *mode )
{
    struct scsi_mode_request request = { .page = page, .no_descriptor = no_descriptor };

    return scsi_mode_sense_page( device, &request, buffer, size, mode );
}

NTSTATUS scsi_log_sense( struct scsi_device *device, UINT8 page, UINT8 *buffer, unsigned int size, unsigned int *done )
{
    struct scsi_command cmd = { .cdb = { SCSI_LOG_SENSE, 0, 0x40 | page }, .direction = SCSI_DATA_IN, .data = buffer,
                                .size = size, .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    NTSTATUS status;

    put_be16( cmd.cdb + 7, size );
    status = scsi_execute( device, &cmd );
    *done = status ? 0 : cmd.transferred;
    return status;
}

/* copies a text field: printable, trimmed at both ends, as far as it arrived */
static void copy_text( char *dst, unsigned int dst_size, const UINT8 *data, unsigned int size, unsigned int pos,
                       unsigned int len )
{
    unsigned int i, end = min( pos + len, size );

    while (pos < end && (data[pos] == ' ' || !data[pos])) pos++;
    while (end > pos && (data[end - 1] == ' ' || !data[end - 1])) end--;
    for (i = 0; pos < end && i < dst_size - 1; i++, pos++)
        dst[i] = data[pos] >= 0x20 && data[pos] < 0x7f ? data[pos] : '?';
    dst[i] = 0;
}

static NTSTATUS inquire( struct scsi_device *device, struct device_identity *identity )
{
    UINT8 data[64] = { 0 };
    struct scsi_command cmd = { .cdb = { SCSI_INQUIRY, 0, 0, 0, sizeof(data) }, .direction = SCSI_DATA_IN,
                                .data = data, .size = sizeof(data), .timeout_ms = SCSI_TIMEOUT_QUICK,
                                .flags = SCSI_RETRY };
    unsigned int size;
    NTSTATUS status;

    if ((status = scsi_execute( device, &cmd ))) return status;
    if (cmd.transferred < 5) return STATUS_IO_DEVICE_ERROR;
    if (data[0] >> 5) return STATUS_NO_SUCH_DEVICE;
    size = min( cmd.transferred, 5 + data[4] );
    memset( identity->inquiry, 0, sizeof(identity->inquiry) );
    memcpy( identity->inquiry, data, size );
    identity->inquiry_size = size;
    identity->type = data[0] & 0x1f;
    identity->removable = data[1] >> 7;
    copy_text( identity->vendor, sizeof(identity->vendor), data, size, 8, 8 );
    copy_text( identity->product, sizeof(identity->product), data, size, 16, 16 );
    copy_text( identity->revision, sizeof(identity->revision), data, size, 32, 4 );
    return STATUS_SUCCESS;
}

static NTSTATUS inquire_serial( struct scsi_device *device, struct device_identity *identity )
{
    UINT8 data[255] = { 0 };
    struct scsi_command cmd = { .cdb = { SCSI_INQUIRY, 1, 0x80, 0, sizeof(data) }, .direction = SCSI_DATA_IN,
                                .data = data, .size = sizeof(data), .timeout_ms = SCSI_TIMEOUT_QUICK,
                                .flags = SCSI_RETRY };
    NTSTATUS status;

    identity->serial[0] = 0;
    if ((status = scsi_execute( device, &cmd ))) return status;
    if (cmd.transferred < 4 || data[1] != 0x80) return STATUS_SUCCESS;
    copy_text( identity->serial, sizeof(identity->serial), data, cmd.transferred, 4, data[3] );
    return STATUS_SUCCESS;
}

NTSTATUS scsi_identify( struct scsi_device *device, struct device_identity *identity )
{
    NTSTATUS status;

    if ((status = inquire( device, identity ))) return status;
    if ((status = inquire_serial( device, identity ))) WARN( "no serial number, status %#x\n", (int)status );
    return STATUS_SUCCESS;
}
