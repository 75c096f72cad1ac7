/*
 * Which drive of a changer is which tape device
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

#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winternl.h"
#include "wine/debug.h"

#include "changer.h"

WINE_DEFAULT_DEBUG_CHANNEL(mcd);

#define MAX_TAPES         256
#define MIN_COMMON_SERIAL 8    /* descriptors have room for 10 or 12 characters where a drive itself reports more */

#define VPD_DEVICE_ID          0x83
#define VPD_AUTOMATION_SERIAL  0xb3
#define VPD_ELEMENT_ADDRESS    0xb4

/* what a tape device says about itself; only inquiries are made, which nobody notices */
struct tape
{
    struct host_device     host;
    struct device_identity identity;
    struct device_ids      ids;
    char                   automation[33];  /* serial number of the library that it is in, "" = it does not say */
    BOOL                   has_address;
    UINT16                 address;         /* of the element that it is, as far as it knows */
    BOOL                   tied;
};

/* everything that a method may look at */
struct choice
{
    const struct changer *changer;
    const struct element *drives;   /* by number */
    struct tape          *tapes;
    unsigned int          tape_count;
};

static unsigned int read_vpd( struct scsi_device *device, UINT8 page, UINT8 data[255] )
{
    struct scsi_command cmd = { .cdb = { SCSI_INQUIRY, 1, page, 0, 255 }, .direction = SCSI_DATA_IN, .data = data,
                                .size = 255, .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };

    memset( data, 0, 255 );
    return scsi_execute( device, &cmd ) ? 0 : cmd.transferred;
}

static BOOL ask_tape( const struct host_device *host, struct tape *tape )
{
    struct scsi_device device = { .fd = host_ops.open_device( host->sg_path, O_RDWR | O_NONBLOCK | O_CLOEXEC ) };
    UINT8 data[255];
    BOOL ret;

    if (device.fd < 0) return FALSE;
    memset( tape, 0, sizeof(*tape) );
    tape->host = *host;
    tape->identity.host = host->host;
    tape->identity.channel = host->channel;
    tape->identity.target = host->target;
    tape->identity.lun = host->lun;
    if ((ret = !scsi_identify( &device, &tape->identity )))
    {
        parse_device_ids( data, read_vpd( &device, VPD_DEVICE_ID, data ), &tape->ids );
        tape->has_address = parse_element_address( data, read_vpd( &device, VPD_ELEMENT_ADDRESS, data ), &tape->address );
        parse_serial_page( data, read_vpd( &device, VPD_AUTOMATION_SERIAL, data ), VPD_AUTOMATION_SERIAL, tape->automation );
    }
    host_ops.close_device( device.fd );
    return ret;
}

static struct tape *ask_tapes( unsigned int *count )
{
    struct host_device *hosts = calloc( MAX_TAPES, sizeof(*hosts) );
    struct tape *tapes = calloc( MAX_TAPES, sizeof(*tapes) );
    int i, found = 0;

    *count = 0;
    if (hosts && tapes) found = host_ops.discover( HOST_TYPE_TAPE, hosts, MAX_TAPES );
    for (i = 0; i < min( found, MAX_TAPES ); i++) if (ask_tape( &hosts[i], &tapes[*count] )) ++*count;
    free( hosts );
    return tapes;
}

/* ---------------------------------------------------------------- the methods */

static const char *get_override( const struct changer *changer, unsigned int number )
{
    unsigned int i;

    for (i = 0; i < changer->override_count; i++)
        if (changer->overrides[i].number == number) return changer->overrides[i].serial;
    return NULL;
}

static BOOL is_owners( const struct choice *choice, unsigned int number, const struct tape *tape )
{
    const char *serial = get_override( choice->changer, number );

    return serial && serial[0] && !strcmp( serial, tape->identity.serial );
}

static BOOL has_serial( const struct choice *choice, unsigned int number, const struct tape *tape )
{
    const char *serial = choice->drives[number].serial;

    return serial[0] && (!strcmp( serial, tape->identity.serial ) || !strcmp( serial, tape->ids.serial ));
}

static BOOL has_identifier( const struct choice *choice, unsigned int number, const struct tape *tape )
{
    const struct element *drive = &choice->drives[number];
    unsigned int i;

    for (i = 0; i < tape->ids.binary_count; i++)
        if (drive->id_size && drive->id_size == tape->ids.binary_size[i] &&
            !memcmp( drive->id, tape->ids.binary[i], drive->id_size )) return TRUE;
    return FALSE;
}

static BOOL is_on_bus( const struct changer *changer, const struct host_device *host )
{
    return host->host == changer->unit.host.host && host->channel == changer->unit.host.channel;
}

/* the address counts in the library that the drive names, or on the changer's own bus */
static BOOL has_element_address( const struct choice *choice, unsigned int number, const struct tape *tape )
{
    const struct changer *changer = choice->changer;

    if (!tape->has_address || tape->address != changer->map[ELEMENT_DRIVE].addresses[number]) return FALSE;
    if (tape->automation[0]) return !strcmp( tape->automation, changer->unit.identity.serial );
    return is_on_bus( changer, &tape->host );
}

static BOOL has_bus_address( const struct choice *choice, unsigned int number, const struct tape *tape )
{
    const struct element *drive = &choice->drives[number];
    unsigned int lun = drive->bus & ELEMENT_BUS_LU_VALID ? drive->bus & ELEMENT_BUS_LUN : 0;

    return (drive->bus & ELEMENT_BUS_ID_VALID) && !(drive->bus & ELEMENT_BUS_NOT_BUS) &&
           is_on_bus( choice->changer, &tape->host ) && tape->host.target == drive->target && tape->host.lun == lun;
}

static BOOL is_part( const char *a, const char *b )
{
    size_t len_a = strlen( a ), len_b = strlen( b );

    if (len_a > len_b) return is_part( b, a );
    return len_a >= MIN_COMMON_SERIAL && (!strncmp( a, b, len_a ) || !strcmp( b + len_b - len_a, a ));
}

static BOOL has_part_of_serial( const struct choice *choice, unsigned int number, const struct tape *tape )
{
    return is_part( choice->drives[number].serial, tape->identity.serial );
}

/* what is left over: a drive that the changer says nothing about, and a device on its bus. A wrong guess does no harm to
 * who looks at the labels of the media. */
static BOOL may_be_last( const struct choice *choice, unsigned int number, const struct tape *tape )
{
    const struct element *drive = &choice->drives[number];
    BOOL only = choice->changer->map[ELEMENT_DRIVE].count == 1 && choice->tape_count == 1;

    return !drive->serial[0] && !drive->id_size && !(drive->bus & ELEMENT_BUS_ID_VALID) && !is_drive_missing( drive ) &&
           (only || is_on_bus( choice->changer, &tape->host ));
}

static const struct
{
    const char *name;
    BOOL      (*fits)( const struct choice *choice, unsigned int number, const struct tape *tape );
} methods[] =
{
    [TIE_NONE]            = { "none" },
    [TIE_OWNER]           = { "the owner's word", is_owners },
    [TIE_SERIAL]          = { "its serial number", has_serial },
    [TIE_IDENTIFIER]      = { "its identifier", has_identifier },
    [TIE_ELEMENT_ADDRESS] = { "its element address", has_element_address },
    [TIE_BUS]             = { "its bus address", has_bus_address },
    [TIE_PARTIAL_SERIAL]  = { "a part of its serial number", has_part_of_serial },
    [TIE_LAST]            = { "being the last one", may_be_last },
};

/* ---------------------------------------------------------------- choosing */

static BOOL fits( const struct choice *choice, UINT32 method, unsigned int number, const struct tape *tape )
{
    if (choice->changer->ties[number].method || tape->tied) return FALSE;
    /* where the owner has spoken, nothing else counts */
    if (method != TIE_OWNER && get_override( choice->changer, number )) return FALSE;
    return methods[method].fits( choice, number, tape );
}

/* the only device that fits, if this is the only drive that it fits */
static struct tape *find_only( const struct choice *choice, UINT32 method, unsigned int number )
{
    struct tape *found = NULL;
    unsigned int i;

    for (i = 0; i < choice->tape_count; i++)
    {
        if (!fits( choice, method, number, &choice->tapes[i] )) continue;
        if (found) return NULL;
        found = &choice->tapes[i];
    }
    for (i = 0; found && i < choice->changer->map[ELEMENT_DRIVE].count; i++)
        if (i != number && fits( choice, method, i, found )) return NULL;
    return found;
}

static void tie_drive( struct changer *changer, unsigned int number, struct tape *tape, UINT32 method )
{
    struct drive_tie *tie = &changer->ties[number];

    TRACE( "drive %u of %s is %s at %u:%u:%u:%u, by %s\n", number, debugstr_a(changer->unit.identity.serial),
           debugstr_a(tape->identity.serial), tape->host.host, tape->host.channel, tape->host.target, tape->host.lun,
           methods[method].name );
    tie->method = method;
    tie->host = tape->host;
    tie->identity = tape->identity;
    tape->tied = TRUE;
}

/* The surest method first; each is done with all drives before the next one. */
static void choose_ties( struct changer *changer, const struct element *drives, struct tape *tapes, unsigned int tape_count )
{
    struct choice choice = { changer, drives, tapes, tape_count };
    unsigned int number;
    struct tape *tape;
    UINT32 method;

    for (method = TIE_OWNER; method <= TIE_LAST; method++)
        for (number = 0; number < changer->map[ELEMENT_DRIVE].count; number++)
            if ((tape = find_only( &choice, method, number ))) tie_drive( changer, number, tape, method );

    for (number = 0; number < changer->map[ELEMENT_DRIVE].count; number++)
        if (!changer->ties[number].method)
            WARN( "no device is known to be drive %u of %s, which reports serial number %s\n", number,
                  debugstr_a(changer->unit.identity.serial), debugstr_a(drives[number].serial) );
}

/* Done again when devices have come or gone, or drives. */
NTSTATUS learn_ties( struct changer *changer )
{
    unsigned int generation = device_generation(), count = changer->map[ELEMENT_DRIVE].count, tape_count;
    struct element *drives;
    struct drive_tie *ties;
    struct tape *tapes;
    NTSTATUS status;

    if (changer->ties && changer->tie_count == count && changer->tie_generation == generation) return STATUS_SUCCESS;
    if (!(ties = calloc( count + 1, sizeof(*ties) ))) return STATUS_NO_MEMORY;
    if ((status = read_type( changer, ELEMENT_DRIVE, FALSE, &drives )))
    {
        free( ties );
        return status;
    }
    free( changer->ties );
    changer->ties = ties;
    changer->tie_count = count;
    changer->tie_generation = generation;
    if ((tapes = ask_tapes( &tape_count ))) choose_ties( changer, drives, tapes, tape_count );
    free( drives );
    free( tapes );
    return tapes ? STATUS_SUCCESS : STATUS_NO_MEMORY;
}

const struct drive_tie *find_tie( const struct changer *changer, unsigned int number )
{
    if (number >= changer->tie_count || !changer->ties[number].method) return NULL;
    return &changer->ties[number];
}

/* What is known of the device replaces what the changer says of it: then programs find it by its serial number. */
void apply_ties( const struct changer *changer, struct element *elements, unsigned int first, unsigned int count )
{
    const struct drive_tie *tie;
    struct element *drive;
    unsigned int i;

    for (i = 0; i < count; i++)
    {
        drive = &elements[i];
        if (!(tie = find_tie( changer, first + i )))
        {
            /* the owner's word against what the changer says */
            if (get_override( changer, first + i )) drive->serial[0] = 0;
            continue;
        }
        memcpy( drive->vendor, tie->identity.vendor, sizeof(drive->vendor) );
        memcpy( drive->product, tie->identity.product, sizeof(drive->product) );
        memcpy( drive->serial, tie->identity.serial, sizeof(drive->serial) - 1 );
        if (!is_on_bus( changer, &tie->host )) continue;
        drive->bus = ELEMENT_BUS_ID_VALID | (tie->host.lun < 8 ? ELEMENT_BUS_LU_VALID | tie->host.lun : 0);
        drive->target = tie->host.target;
    }
}

NTSTATUS set_overrides( struct changer *changer, const struct drive_override *overrides, unsigned int count )
{
    struct drive_override *copy = NULL;

    if (count == changer->override_count && (!count || !memcmp( overrides, changer->overrides, count * sizeof(*overrides) )))
        return STATUS_SUCCESS;
    if (count && !(copy = malloc( count * sizeof(*copy) ))) return STATUS_NO_MEMORY;
    if (count) memcpy( copy, overrides, count * sizeof(*copy) );
    free( changer->overrides );
    changer->overrides = copy;
    changer->override_count = count;
    /* chosen again when they are needed */
    free( changer->ties );
    changer->ties = NULL;
    changer->tie_count = 0;
    return STATUS_SUCCESS;
}

NTSTATUS changer_get_ties( void *args )
{
    struct get_ties_params *params = args;
    struct changer_handle *handle;
    struct changer *changer;
    NTSTATUS status;
    unsigned int i;

    if (!(handle = begin_request( params->handle, &status ))) return status;
    changer = handle->changer;
    if (!(status = learn_elements( changer ))) status = learn_ties( changer );
    params->count = status ? 0 : changer->tie_count;
    for (i = 0; i < min( params->count, params->max ); i++)
    {
        params->ties[i].method = changer->ties[i].method;
        params->ties[i].identity = changer->ties[i].identity;
    }
    end_request( changer );
    return status;
}
