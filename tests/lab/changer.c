/*
 * A SMC-3 medium changer: its commands
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

#include <stdlib.h>
#include <string.h>

#include "changer.h"

/* ---------------------------------------------------------------- elements */

struct lab_cartridge *element_cartridge( const struct lab_element *element )
{
    return element->type == LAB_DRIVE ? tape_peek( element->drive, NULL, NULL ) : element->cartridge;
}

unsigned int changer_count( const struct lab_changer *changer, unsigned char type )
{
    unsigned int i, count = 0;

    for (i = 0; i < changer->element_count; i++) if (changer->elements[i].type == type) count++;
    return count;
}

struct lab_element *changer_element( struct lab_changer *changer, unsigned char type, unsigned int number )
{
    unsigned int i;

    for (i = 0; i < changer->element_count; i++)
        if (changer->elements[i].type == type && !number--) return &changer->elements[i];
    return NULL;
}

static struct lab_element *find_address( struct lab_changer *changer, unsigned int address )
{
    unsigned int low = 0, high = changer->element_count, middle;

    while (low < high)
    {
        middle = low + (high - low) / 2;
        if (changer->elements[middle].address == address) return &changer->elements[middle];
        if (changer->elements[middle].address < address) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

void changer_set_door( struct lab_changer *changer, bool open )
{
    if (changer->door_open && !open) lab_attention( &changer->device, 0x2800, -1 );  /* M1x7 A-7: contents may have changed */
    changer->door_open = open;
}

void changer_set_port( struct lab_changer *changer, bool open )
{
    if (changer->port_open && !open) lab_attention( &changer->device, 0x2801, -1 );  /* SPC-4: import or export element accessed */
    changer->port_open = open;
}

/* ------------------------------------------------------------------ moving */

/* address 0 means the default transport (SMC-3 6.9) */
static bool check_transport( struct lab_changer *changer, struct lab_command *cmd )
{
    unsigned int address = get_be( cmd->cdb + 2, 2 );
    const struct lab_element *element = find_address( changer, address );

    if (!address || (element && element->type == LAB_TRANSPORT)) return true;
    lab_fail_field( cmd, 0x2101, 2 );
    return false;
}

/* the element whose address is in the CDB at field; NULL = refused (M1x7 11-7: with that field pointer) */
static struct lab_element *get_element( struct lab_changer *changer, struct lab_command *cmd, unsigned int field )
{
    struct lab_element *element = find_address( changer, get_be( cmd->cdb + field, 2 ) );

    if (element && element->type != LAB_TRANSPORT) return element;
    lab_fail_field( cmd, 0x2101, field );
    return NULL;
}

static bool check_source( struct lab_changer *changer, struct lab_command *cmd, const struct lab_element *element )
{
    bool loaded = false, prevented = false;

    if (!element_cartridge( element ))
    {
        lab_fail( cmd, LAB_ILLEGAL_REQUEST, 0x3b0e );
        return false;
    }
    if (element->type != LAB_DRIVE) return true;
    tape_peek( element->drive, &loaded, &prevented );
    if (!loaded) return true;
    if (prevented) lab_fail( cmd, LAB_ILLEGAL_REQUEST, 0x5302 );
    else if (!changer->implicit_unload) lab_fail( cmd, LAB_ILLEGAL_REQUEST, 0x3b90 );  /* M1x7 11-7: still loaded */
    else return true;
    return false;
}

static bool check_port( struct lab_changer *changer, struct lab_command *cmd, const struct lab_element *element )
{
    if (element->type != LAB_PORT || !changer->port_open) return true;
    lab_fail( cmd, LAB_NOT_READY, 0x3a02 );  /* medium not present, tray open */
    return false;
}

static bool check_move( struct lab_changer *changer, struct lab_command *cmd,
                        const struct lab_element *source, const struct lab_element *destination )
{
    if (!check_port( changer, cmd, source ) || !check_port( changer, cmd, destination )) return false;
    if (!check_source( changer, cmd, source )) return false;
    if (!element_cartridge( destination )) return true;
    lab_fail( cmd, LAB_ILLEGAL_REQUEST, 0x3b0d );
    return false;
}

static struct lab_cartridge *take( struct lab_element *element )
{
    struct lab_cartridge *cartridge;

    if (element->type == LAB_DRIVE) return tape_remove( element->drive );
    cartridge = element->cartridge;
    element->cartridge = NULL;
    return cartridge;
}

static void place( struct lab_element *element, struct lab_cartridge *cartridge )
{
    element->imported = false;
    if (element->type == LAB_DRIVE) tape_insert( element->drive, cartridge );
    else element->cartridge = cartridge;
}

/* the source address is the last storage element, also after further moves (SMC-3 6.15.3, TL2000 p73) */
struct origin
{
    bool     valid;
    uint16_t address;
};

static struct origin get_origin( const struct lab_element *element )
{
    struct origin origin = { element->source_valid, element->source };

    if (element->type == LAB_STORAGE)
    {
        origin.valid = true;
        origin.address = element->address;
    }
    return origin;
}

static void set_origin( struct lab_element *element, struct origin origin )
{
    element->source_valid = origin.valid;
    element->source = origin.address;
}

static void move( struct lab_element *source, struct lab_element *destination )
{
    static const struct origin none = { false, 0 };

    set_origin( destination, get_origin( source ) );
    set_origin( source, none );
    place( destination, take( source ) );
}

/* the elements that MOVE MEDIUM names, if the move can be done */
static bool get_move( struct lab_changer *changer, struct lab_command *cmd,
                      struct lab_element **source, struct lab_element **destination )
{
    if (!check_transport( changer, cmd )) return false;
    if (!(*source = get_element( changer, cmd, 4 )) || !(*destination = get_element( changer, cmd, 6 ))) return false;
    if (cmd->cdb[10] & 1)
    {
        lab_invalid_field( cmd, 10 );  /* nothing to invert on a tape */
        return false;
    }
    return check_move( changer, cmd, *source, *destination );
}

/* MOVE MEDIUM, SMC-3 6.9 */
static void changer_move_medium( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_element *source, *destination;

    if (get_move( changer_from_device( device ), cmd, &source, &destination )) move( source, destination );
}

/* EXCHANGE MEDIUM, SMC-3 6.2: the first destination's cartridge goes to the second destination */
static void changer_exchange_medium( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_changer *changer = changer_from_device( device );
    struct lab_element *source, *first, *second;
    struct lab_cartridge *cartridge;
    struct origin origin;

    if (!check_transport( changer, cmd )) return;
    if (!(source = get_element( changer, cmd, 4 )) || !(first = get_element( changer, cmd, 6 )) ||
        !(second = get_element( changer, cmd, 8 ))) return;
    if (cmd->cdb[10] & 3 || first == source || first == second)
    {
        lab_invalid_field( cmd, cmd->cdb[10] & 3 ? 10 : 6 );
        return;
    }
    if (!check_port( changer, cmd, source ) || !check_source( changer, cmd, source )) return;
    if (!check_port( changer, cmd, first ) || !check_source( changer, cmd, first )) return;
    if (!check_port( changer, cmd, second )) return;
    if (second != source && element_cartridge( second ))
    {
        lab_fail( cmd, LAB_ILLEGAL_REQUEST, 0x3b0d );
        return;
    }
    origin = get_origin( source );
    cartridge = take( source );
    move( first, second );
    set_origin( first, origin );
    place( first, cartridge );
}

/* POSITION TO ELEMENT, SMC-3 6.11 */
static void changer_position( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_changer *changer = changer_from_device( device );

    if (check_transport( changer, cmd )) get_element( changer, cmd, 4 );
}

/* OPEN/CLOSE IMPORT/EXPORT ELEMENT, SMC-3 6.10 */
static void changer_open_close( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_changer *changer = changer_from_device( device );
    const struct lab_element *element = get_element( changer, cmd, 2 );
    unsigned int action = cmd->cdb[4] & 0x1f;

    if (!element) return;
    if (element->type != LAB_PORT) lab_fail_field( cmd, 0x2101, 2 );
    else if (action > 1) lab_invalid_field( cmd, 4 );
    else if (!action && device->prevented) lab_fail( cmd, LAB_ILLEGAL_REQUEST, 0x5302 );
    else changer_set_port( changer, !action );
}

/* INITIALIZE ELEMENT STATUS WITH RANGE, SMC-3 6.5 */
static void changer_initialize_range( struct lab_device *device, struct lab_command *cmd )
{
    if ((cmd->cdb[1] & 1) && !find_address( changer_from_device( device ), get_be( cmd->cdb + 2, 2 ) ))
        lab_fail_field( cmd, 0x2101, 2 );
}

/* SPC-4 annex D: 04/18 a door is open */
static bool changer_check_ready( struct lab_device *device, struct lab_command *cmd )
{
    if (!changer_from_device( device )->door_open) return true;
    lab_fail( cmd, LAB_NOT_READY, 0x0418 );
    return false;
}

/* There is one robot: each motion waits for the one before. What is refused takes no time. */
static unsigned int changer_duration( struct lab_device *device, const struct lab_command *cmd )
{
    struct lab_changer *changer = changer_from_device( device );
    struct lab_element *source, *destination;
    struct lab_command trial = *cmd;
    unsigned long long now = lab_now();
    unsigned int ms;

    switch (cmd->cdb[0])
    {
    case 0x07:
    case 0x37:
        ms = changer->inventory_ms;
        break;
    case 0x2b:
        ms = changer->move_ms / 2;
        break;
    case 0xa5:
        ms = get_move( changer, &trial, &source, &destination ) ? changer->move_ms : 0;
        break;
    case 0xa6:
        ms = changer->move_ms * 2;
        break;
    default:
        return 0;
    }
    if (!ms || changer->door_open) return 0;
    if (changer->robot_free_at < now) changer->robot_free_at = now;
    changer->robot_free_at += ms;
    return changer->robot_free_at - now;
}

/* ------------------------------------------------------------------- pages */

static const unsigned char changer_mode_pages[] = { 0x1d, 0x1e, 0x1f, 0 };
static const unsigned char changer_log_pages[] = { 0x2e, 0 };

static void changer_mode_header( struct lab_device *device, struct lab_mode_header *header )
{
    (void)device;
    (void)header;
}

/* element address assignment, SMC-3 7.3.3: lowest address and count of each type */
static unsigned int assignment_page( struct lab_changer *changer, unsigned char *data )
{
    static const unsigned char types[] = { LAB_TRANSPORT, LAB_STORAGE, LAB_PORT, LAB_DRIVE };
    const struct lab_element *element;
    unsigned int i;

    data[1] = 18;
    for (i = 0; i < 4; i++)
    {
        if ((element = changer_element( changer, types[i], 0 ))) put_be( data + 2 + i * 4, element->address, 2 );
        put_be( data + 4 + i * 4, changer_count( changer, types[i] ), 2 );
    }
    return 20;
}

/* device capabilities, SMC-3 7.3.2, as the TS3100 has them (R3), and exchanges between all but the transport */
static unsigned int capabilities_page( unsigned char *data )
{
    data[1] = 18;
    data[2] = 0x0e;
    memset( data + 4, 0x0e, 4 );
    memset( data + 13, 0x0e, 3 );
    return 20;
}

static unsigned int changer_mode_page( struct lab_device *device, unsigned char page, unsigned int control, unsigned char *data )
{
    unsigned int len;

    data[0] = page;
    switch (page)
    {
    case 0x1d:
        len = assignment_page( changer_from_device( device ), data );
        break;
    case 0x1e:
        data[1] = 2;  /* transport geometry, SMC-3 7.3.4: does not rotate, first of its set */
        len = 4;
        break;
    default:
        len = capabilities_page( data );
        break;
    }
    if (control == LAB_MODE_CHANGEABLE) memset( data + 2, 0, len - 2 );
    return len;
}

static unsigned int changer_log_page( struct lab_device *device, unsigned char page, unsigned int nexus, unsigned char *data )
{
    (void)page;
    return spc_tape_alert( device, nexus, data );
}

static const struct lab_opcode changer_opcodes[];

/* REPORT SUPPORTED OPERATION CODES, SPC-4 6.34, for one command */
static void changer_report_opcodes( struct lab_device *device, struct lab_command *cmd )
{
    unsigned char answer[4] = { 0, 1 };
    const struct lab_opcode *opcode;

    (void)device;
    if ((cmd->cdb[1] & 0x1f) != 0x0c || (cmd->cdb[2] & 7) != 1)
    {
        lab_invalid_field( cmd, (cmd->cdb[1] & 0x1f) != 0x0c ? 1 : 2 );
        return;
    }
    for (opcode = changer_opcodes; opcode->handler; opcode++) if (opcode->code == cmd->cdb[3]) answer[1] = 3;
    lab_send( cmd, answer, sizeof(answer), get_be( cmd->cdb + 6, 4 ) );
}

static const struct lab_opcode changer_opcodes[] =
{
    { 0x00, LAB_READY, spc_good },                      /* TEST UNIT READY */
    { 0x01, LAB_READY, spc_good },                      /* REZERO UNIT */
    { 0x03, LAB_PASSIVE | LAB_SHARED, spc_request_sense },
    { 0x07, LAB_READY, spc_good },                      /* INITIALIZE ELEMENT STATUS: labels are always known */
    { 0x12, LAB_PASSIVE | LAB_SHARED, spc_inquiry },
    { 0x16, 0, spc_reserve },
    { 0x17, LAB_SHARED, spc_release },
    { 0x1a, 0, spc_mode_sense },
    { 0x1b, 0, changer_open_close },
    { 0x1e, LAB_SHARED, spc_prevent_allow },
    { 0x2b, LAB_READY, changer_position },
    { 0x37, LAB_READY, changer_initialize_range },
    { 0x4d, LAB_SHARED, spc_log_sense },
    { 0x56, 0, spc_reserve },
    { 0x57, LAB_SHARED, spc_release },
    { 0x5a, 0, spc_mode_sense },
    { 0xa0, LAB_PASSIVE | LAB_SHARED, spc_report_luns },
    { 0xa3, LAB_SHARED, changer_report_opcodes },
    { 0xa5, LAB_READY, changer_move_medium },
    { 0xa6, LAB_READY, changer_exchange_medium },
    { 0xb8, 0, changer_read_element_status },
    { 0xe7, LAB_READY, changer_initialize_range },      /* what 37h was before it was standard (M1x7 p. 91) */
    { 0, 0, NULL }
};

static const struct lab_device_ops changer_ops =
{
    .opcodes     = changer_opcodes,
    .check_ready = changer_check_ready,
    .duration    = changer_duration,
    .mode_header = changer_mode_header,
    .mode_pages  = changer_mode_pages,
    .mode_page   = changer_mode_page,
    .log_pages   = changer_log_pages,
    .log_page    = changer_log_page,
};

static int compare_elements( const void *left, const void *right )
{
    return ((const struct lab_element *)left)->address - ((const struct lab_element *)right)->address;
}

bool changer_init( struct lab_changer *changer )
{
    qsort( changer->elements, changer->element_count, sizeof(*changer->elements), compare_elements );
    /* a page of its own for every element would be the worst case */
    if (!(changer->reply = malloc( 8 + changer->element_count * (8 + 12 + 36 + 38) ))) return false;
    lab_device_init( &changer->device, &changer_ops, 8 );
    return true;
}
