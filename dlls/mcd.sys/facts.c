/*
 * What a changer says about itself: inquiry data, mode pages, supported commands
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

#include <stdarg.h>
#include <string.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winternl.h"
#include "wine/debug.h"

#include "changer.h"

WINE_DEFAULT_DEBUG_CHANNEL(mcd);

#define PAGE_ELEMENT_ASSIGNMENT  0x1d
#define ASSIGNMENT_PAGE_LENGTH   0x14  /* some pad it to that */
#define PAGE_TRANSPORT_GEOMETRY  0x1e
#define PAGE_DEVICE_CAPABILITIES 0x1f

#define REPORT_SUPPORTED_OPERATION_CODES 0x0c
#define VPD_COMMANDS                     0xd0
#define INQUIRY_MCHNGR                   0x08  /* byte 6 */

static NTSTATUS learn_inquiry( struct changer *changer )
{
    UINT8 data[96] = { 0 };
    struct scsi_command cmd = { .cdb = { SCSI_INQUIRY, 0, 0, 0, sizeof(data) }, .direction = SCSI_DATA_IN, .data = data,
                                .size = sizeof(data), .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    NTSTATUS status;

    if ((status = scsi_execute( &changer->unit.scsi, &cmd ))) return status;
    changer->has_reader = cmd.transferred > 55 && data[4] + 5 > 55 && (data[55] & 0x01);
    return STATUS_SUCCESS;
}

/* Some libraries list their commands, and how long each may take. */
static void learn_commands( struct changer *changer )
{
    UINT8 data[255] = { 0 };
    struct scsi_command cmd = { .cdb = { SCSI_INQUIRY, 1, VPD_COMMANDS, 0, sizeof(data) }, .direction = SCSI_DATA_IN,
                                .data = data, .size = sizeof(data), .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };

    if (scsi_execute( &changer->unit.scsi, &cmd )) return;
    changer->has_commands = parse_command_page( data, cmd.transferred, changer->minutes );
}

unsigned int get_timeout( const struct changer *changer, UINT8 code, unsigned int usual )
{
    return max( usual, changer->minutes[code] * 60000u );
}

/* A page that the device does not have is no error. */
static NTSTATUS read_page( struct changer *changer, UINT8 code, UINT8 *buffer, unsigned int size, struct scsi_mode *mode )
{
    NTSTATUS status;

    memset( mode, 0, sizeof(*mode) );
    status = scsi_mode_sense( &changer->unit.scsi, code, TRUE, buffer, size, mode );
    if (!status || status == STATUS_INVALID_PARAMETER || status == STATUS_NOT_SUPPORTED) return STATUS_SUCCESS;
    return status;
}

NTSTATUS learn_pages( struct changer *changer )
{
    struct scsi_mode mode;
    UINT8 buffer[255];
    NTSTATUS status;

    if ((status = learn_inquiry( changer ))) return status;
    learn_commands( changer );

    if ((status = read_page( changer, PAGE_ELEMENT_ASSIGNMENT, buffer, sizeof(buffer), &mode ))) return status;
    changer->has_assignment = mode.page && parse_element_assignment( mode.page, mode.page_size, &changer->assignment );
    if (!changer->has_assignment) WARN( "no element address assignment page\n" );

    if ((status = read_page( changer, PAGE_TRANSPORT_GEOMETRY, buffer, sizeof(buffer), &mode ))) return status;
    changer->rotates = mode.page && parse_transport_rotates( mode.page, mode.page_size );

    if ((status = read_page( changer, PAGE_DEVICE_CAPABILITIES, buffer, sizeof(buffer), &mode ))) return status;
    changer->has_capabilities = mode.page &&
                                parse_device_capabilities( mode.page, mode.page_size, &changer->capabilities );
    changer->pages_known = TRUE;
    return STATUS_SUCCESS;
}

static enum command_support ask_support( struct changer *changer, UINT8 code, struct scsi_command *cmd )
{
    UINT8 data[32] = { 0 };

    *cmd = (struct scsi_command){ .cdb = { SCSI_MAINTENANCE_IN, REPORT_SUPPORTED_OPERATION_CODES, 0x01, code },
                                  .direction = SCSI_DATA_IN, .data = data, .size = sizeof(data),
                                  .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };
    put_be32( cmd->cdb + 6, sizeof(data) );
    if (scsi_execute( &changer->unit.scsi, cmd ) || cmd->transferred < 2) return SUPPORT_UNKNOWN;
    switch (data[1] & 0x07)
    {
    case 1: return SUPPORT_NO;
    case 3:
    case 5: return SUPPORT_YES;
    }
    return SUPPORT_UNKNOWN;
}

/* Does the device know an operation code? Neither a guess nor the capabilities page counts: it says so, or has refused. */
enum command_support get_support( struct changer *changer, UINT8 code )
{
    enum command_support support;
    struct scsi_command cmd;

    if (changer->support[code] != SUPPORT_NOT_ASKED) return changer->support[code];
    support = ask_support( changer, code, &cmd );
    if (support == SUPPORT_UNKNOWN && changer->has_commands) support = changer->minutes[code] ? SUPPORT_YES : SUPPORT_NO;
    /* some devices refuse to report on what they do not know, and do report on what they must know */
    if (support == SUPPORT_UNKNOWN && cmd.sense.key == SENSE_ILLEGAL_REQUEST && cmd.sense.asc == 0x24 &&
        code != SCSI_TEST_UNIT_READY && get_support( changer, SCSI_TEST_UNIT_READY ) == SUPPORT_YES)
        support = SUPPORT_NO;
    TRACE( "operation %#x: %u\n", code, support );
    changer->support[code] = support;
    return support;
}

/* A device that does not tell is asked by allowing what is allowed already. */
static BOOL can_lock( struct changer *changer, BOOL enabled )
{
    struct scsi_command cmd = { .cdb = { SCSI_PREVENT_ALLOW }, .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = SCSI_RETRY };

    if (get_support( changer, SCSI_PREVENT_ALLOW ) == SUPPORT_UNKNOWN && enabled && !changer->lock_count)
    {
        if (!scsi_execute( &changer->unit.scsi, &cmd )) changer->support[SCSI_PREVENT_ALLOW] = SUPPORT_YES;
        else if (sense_is_unsupported( &cmd.sense )) changer->support[SCSI_PREVENT_ALLOW] = SUPPORT_NO;
    }
    return changer->support[SCSI_PREVENT_ALLOW] == SUPPORT_YES;
}

static void get_moves( const struct changer *changer, struct changer_facts *facts )
{
    UINT8 type, present = 0, all;

    for (type = ELEMENT_TRANSPORT; type <= ELEMENT_DRIVE; type++) if (facts->count[type]) present |= 1 << (type - 1);
    all = present & ~(1 << (ELEMENT_TRANSPORT - 1));

    /* without the page, a transport that can do what it is there for */
    facts->storage = changer->has_capabilities ? changer->capabilities.storage & present : all;
    for (type = ELEMENT_TRANSPORT; type <= ELEMENT_DRIVE; type++)
    {
        if (!(present & 1 << (type - 1))) continue;
        if (changer->has_capabilities)
        {
            facts->move[type] = changer->capabilities.move[type] & present;
            facts->exchange[type] = changer->capabilities.exchange[type] & present;
        }
        else if (type != ELEMENT_TRANSPORT) facts->move[type] = all;
    }
}

static BOOL has_exchange( const struct changer_facts *facts )
{
    return facts->exchange[ELEMENT_TRANSPORT] || facts->exchange[ELEMENT_STORAGE] || facts->exchange[ELEMENT_IMPEXP] ||
           facts->exchange[ELEMENT_DRIVE];
}

/* devices have been seen to allow exchanges in the capabilities page and not to know the command */
static void get_exchanges( struct changer *changer, struct changer_facts *facts )
{
    UINT8 type, mask = 0;

    if (has_exchange( facts ) && get_support( changer, SMC_EXCHANGE_MEDIUM ) != SUPPORT_NO)
    {
        facts->exchange_true = TRUE;
        return;
    }
    memset( facts->exchange, 0, sizeof(facts->exchange) );
    if (!can_emulate_exchange( changer )) return;
    for (type = ELEMENT_STORAGE; type <= ELEMENT_DRIVE; type++)
        if (facts->count[type] && facts->move[ELEMENT_STORAGE] & 1 << (type - 1)) mask |= 1 << (type - 1);
    for (type = ELEMENT_STORAGE; type <= ELEMENT_DRIVE; type++)
        if (mask & 1 << (type - 1)) facts->exchange[type] = facts->move[type] & mask;
}

/* the operation code for taking stock of a range, 0 = none: it is not tried out, that would move the robot */
UINT8 get_range_command( struct changer *changer )
{
    if (get_support( changer, SMC_INITIALIZE_ELEMENT_STATUS_RANGE ) == SUPPORT_YES) return SMC_INITIALIZE_ELEMENT_STATUS_RANGE;
    if (get_support( changer, VENDOR_INITIALIZE_RANGE ) == SUPPORT_YES) return VENDOR_INITIALIZE_RANGE;
    return 0;
}

static void get_commands( struct changer *changer, struct changer_facts *facts, BOOL enabled )
{
    BOOL has_port = facts->count[ELEMENT_IMPEXP] &&
                    get_support( changer, SMC_OPEN_CLOSE_IMPORT_EXPORT ) == SUPPORT_YES;

    facts->lock = can_lock( changer, enabled );
    facts->position = get_support( changer, SMC_POSITION_TO_ELEMENT ) == SUPPORT_YES;
    facts->rezero = get_support( changer, SMC_REZERO_UNIT ) == SUPPORT_YES;
    facts->initialize_range = !!get_range_command( changer );
    facts->port_open = has_port;
    facts->port_close = has_port && !changer->port_stays;
    facts->tag_search = facts->bar_code_reader;
    facts->tag_change = get_support( changer, SMC_SEND_VOLUME_TAG ) == SUPPORT_YES;
    get_exchanges( changer, facts );
}

NTSTATUS changer_get_facts( void *args )
{
    struct get_facts_params *params = args;
    struct changer_facts *facts = &params->facts;
    struct changer_handle *handle;
    struct changer *changer;
    NTSTATUS status;
    UINT8 type;

    if (!(handle = begin_request( params->handle, &status ))) return status;
    changer = handle->changer;
    memset( facts, 0, sizeof(*facts) );

    if (params->enabled) status = learn_elements( changer );
    else if (!changer->pages_known) status = learn_pages( changer );
    if (!status)
    {
        for (type = ELEMENT_TRANSPORT; type <= ELEMENT_DRIVE; type++)
            facts->count[type] = params->enabled ? changer->map[type].count : changer->assignment.range[type].count;
        facts->bar_code_reader = changer->has_reader || changer->has_volume_tags;
        facts->rotates = changer->rotates;
        get_moves( changer, facts );
        get_commands( changer, facts, params->enabled );
    }
    end_request( changer );
    return status;
}

/* Some loaders are a part of their drive, which says so in its inquiry data. Some say it without having one: then there is
 * no page that lists elements, or it is that of the drive, which has the same number and another length. */
BOOL is_attached_changer( struct unit *unit )
{
    struct element_assignment assignment;
    struct scsi_mode mode;
    UINT8 buffer[255];

    if (unit->identity.inquiry_size < 7 || !(unit->identity.inquiry[6] & INQUIRY_MCHNGR)) return FALSE;
    if (scsi_mode_sense( &unit->scsi, PAGE_ELEMENT_ASSIGNMENT, TRUE, buffer, sizeof(buffer), &mode )) return FALSE;
    if (!mode.page || mode.page[1] > ASSIGNMENT_PAGE_LENGTH ||
        !parse_element_assignment( mode.page, mode.page_size, &assignment )) return FALSE;
    return assignment.range[ELEMENT_STORAGE].count && assignment.range[ELEMENT_DRIVE].count;
}
