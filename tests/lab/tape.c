/*
 * A SSC-3 tape drive: its commands
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

#include <string.h>

#include "tape.h"

/* TapeAlert flags (SSC-3 annex A), as bits of lab_device.alerts */
#define ALERT_CLEAN_NOW  (1ull << 19)
#define ALERT_CLEAN_SOON (1ull << 20)

#define CLEANING_MS 200

/* ------------------------------------------------------------------ medium */

/* a cleaning cartridge is used up by CLEANING_MS in the drive, which then gives it back */
static void finish_cleaning( struct lab_tape *tape )
{
    if (!tape->loaded || tape->cartridge->medium != LAB_MEDIUM_CLEANING || lab_now() < tape->ready_at) return;
    tape->loaded = false;
}

static bool tape_check_ready( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_tape *tape = tape_from_device( device );

    finish_cleaning( tape );
    if (!tape->loaded) lab_fail( cmd, LAB_NOT_READY, 0x3a00 );
    else if (tape->cartridge->medium == LAB_MEDIUM_CLEANING) lab_fail( cmd, LAB_NOT_READY, 0x3003 );
    else if (lab_now() < tape->ready_at) lab_fail( cmd, LAB_NOT_READY, 0x0401 );
    else return true;
    return false;
}

/* threads the cartridge; except = the nexus that asked for it itself */
static void load( struct lab_tape *tape, int except )
{
    unsigned int nexus;

    tape->loaded = true;
    tape->position = 0;
    tape->cartridge->loads++;
    tape->ready_at = lab_now() + tape->load_ms;
    if (tape->cartridge->medium == LAB_MEDIUM_CLEANING)
    {
        tape->ready_at += CLEANING_MS;
        if (tape->cartridge->cleanings_left) tape->cartridge->cleanings_left--;
        for (nexus = 0; nexus < LAB_MAX_NEXUS; nexus++)
            tape->device.alerts[nexus] &= ~(ALERT_CLEAN_NOW | ALERT_CLEAN_SOON);
    }
    lab_attention( &tape->device, 0x2800, except );
}

bool tape_insert( struct lab_tape *tape, struct lab_cartridge *cartridge )
{
    bool ret;

    pthread_mutex_lock( &tape->device.lock );
    if ((ret = !tape->cartridge))
    {
        tape->cartridge = cartridge;
        load( tape, -1 );
    }
    pthread_mutex_unlock( &tape->device.lock );
    return ret;
}

void tape_eject( struct lab_tape *tape )
{
    pthread_mutex_lock( &tape->device.lock );
    tape->loaded = false;
    pthread_mutex_unlock( &tape->device.lock );
}

struct lab_cartridge *tape_remove( struct lab_tape *tape )
{
    struct lab_cartridge *cartridge;

    pthread_mutex_lock( &tape->device.lock );
    cartridge = tape->cartridge;
    tape->cartridge = NULL;
    tape->loaded = false;
    pthread_mutex_unlock( &tape->device.lock );
    return cartridge;
}

struct lab_cartridge *tape_peek( struct lab_tape *tape, bool *loaded, bool *prevented )
{
    struct lab_cartridge *cartridge;

    pthread_mutex_lock( &tape->device.lock );
    finish_cleaning( tape );
    cartridge = tape->cartridge;
    if (loaded) *loaded = tape->loaded;
    if (prevented) *prevented = tape->device.prevented != 0;
    pthread_mutex_unlock( &tape->device.lock );
    return cartridge;
}

/* LOAD UNLOAD, SSC-3 7.2 */
static void tape_load_unload( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_tape *tape = tape_from_device( device );

    if (!tape->cartridge)
    {
        lab_fail( cmd, LAB_NOT_READY, 0x3a00 );
        return;
    }
    if (cmd->cdb[4] & 1)
    {
        if (!tape->loaded) load( tape, cmd->nexus );
        tape->position = 0;
    }
    else if (device->prevented) lab_fail( cmd, LAB_ILLEGAL_REQUEST, 0x5302 );
    else tape->loaded = false;
}

static void tape_rewind( struct lab_device *device, struct lab_command *cmd )
{
    (void)cmd;
    tape_from_device( device )->position = 0;
}

/* --------------------------------------------------------------- positions */

/* READ POSITION, SSC-3 7.7; a position is always known here */
static void tape_read_position( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_tape *tape = tape_from_device( device );
    unsigned char reply[32] = { 0 }, form = cmd->cdb[1] & 0x1f;

    if (!tape->position) reply[0] |= 0x80;
    if (cartridge_offset( tape->cartridge, tape->position ) > tape->cartridge->early_warning) reply[0] |= 0x40;
    switch (form)
    {
    case 0x00:
    case 0x01:
        put_be( reply + 4, tape->position, 4 );
        put_be( reply + 8, tape->position, 4 );
        lab_send( cmd, reply, 20, 20 );
        break;
    case 0x06:
        put_be( reply + 8, tape->position, 8 );
        put_be( reply + 16, cartridge_marks( tape->cartridge, tape->position ), 8 );
        lab_send( cmd, reply, 32, 32 );
        break;
    default:
        lab_invalid_field( cmd, 1 );
        break;
    }
}

/* the position just behind filemark number mark, or end of data */
static uint64_t find_file( struct lab_cartridge *cartridge, uint64_t mark )
{
    uint64_t low = 0, high = cartridge_end( cartridge ), middle;

    while (low < high)
    {
        middle = low + (high - low) / 2;
        if (cartridge_marks( cartridge, middle ) < mark) low = middle + 1;
        else high = middle;
    }
    return low;
}

static void locate( struct lab_tape *tape, struct lab_command *cmd, uint64_t position )
{
    uint64_t end = cartridge_end( tape->cartridge );

    tape->position = position < end ? position : end;
    if (position > end) lab_fail( cmd, LAB_BLANK_CHECK, 0x0005 );
}

/* LOCATE(10), SSC-3 7.4 */
static void tape_locate10( struct lab_device *device, struct lab_command *cmd )
{
    if ((cmd->cdb[1] & 2) && cmd->cdb[8]) lab_invalid_field( cmd, 8 );
    else locate( tape_from_device( device ), cmd, get_be( cmd->cdb + 3, 4 ) );
}

/* LOCATE(16), SSC-3 7.5 */
static void tape_locate16( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_tape *tape = tape_from_device( device );
    uint64_t target = get_be( cmd->cdb + 4, 8 );

    if ((cmd->cdb[1] & 2) && cmd->cdb[3])
    {
        lab_invalid_field( cmd, 3 );
        return;
    }
    switch (cmd->cdb[1] >> 3 & 7)
    {
    case 0:
        locate( tape, cmd, target );
        break;
    case 1:
        if (target > cartridge_marks( tape->cartridge, cartridge_end( tape->cartridge ) )) target = UINT64_MAX;
        else target = find_file( tape->cartridge, target );
        locate( tape, cmd, target );
        break;
    case 3:
        locate( tape, cmd, cartridge_end( tape->cartridge ) );
        break;
    default:
        lab_invalid_field( cmd, 1 );
        break;
    }
}

/* Spaces forward over count objects of one kind. A filemark stops records (position behind it), end of data both. */
static void space_forward( struct lab_tape *tape, struct lab_command *cmd, enum lab_kind kind, uint64_t count )
{
    struct lab_object object;
    uint64_t step;

    while (count)
    {
        if (!cartridge_get( tape->cartridge, tape->position, &object ))
        {
            lab_fail_info( cmd, LAB_BLANK_CHECK, 0x0005, count );
            return;
        }
        if (kind == LAB_RECORD && object.kind == LAB_MARK)
        {
            tape->position++;
            lab_fail_info( cmd, LAB_FILEMARK, 0x0001, count );
            return;
        }
        step = object.left;
        if (object.kind == kind)
        {
            if (step > count) step = count;
            count -= step;
        }
        tape->position += step;
    }
}

/* The same backward: a filemark stops records (position before it), the beginning both. */
static void space_backward( struct lab_tape *tape, struct lab_command *cmd, enum lab_kind kind, uint64_t count )
{
    struct lab_object object;
    uint64_t step;

    while (count)
    {
        if (!tape->position)
        {
            lab_fail_info( cmd, LAB_EOM, 0x0004, count );
            return;
        }
        cartridge_get( tape->cartridge, tape->position - 1, &object );
        if (kind == LAB_RECORD && object.kind == LAB_MARK)
        {
            tape->position--;
            lab_fail_info( cmd, LAB_FILEMARK, 0x0001, count );
            return;
        }
        step = object.before + 1;
        if (object.kind == kind)
        {
            if (step > count) step = count;
            count -= step;
        }
        tape->position -= step;
    }
}

static void space( struct lab_device *device, struct lab_command *cmd, unsigned char code, int64_t count )
{
    struct lab_tape *tape = tape_from_device( device );
    enum lab_kind kind = code == 1 ? LAB_MARK : LAB_RECORD;

    if (code == 3) tape->position = cartridge_end( tape->cartridge );
    else if (code > 1) lab_invalid_field( cmd, 1 );
    else if (count >= 0) space_forward( tape, cmd, kind, count );
    else space_backward( tape, cmd, kind, -(uint64_t)count );
}

/* SPACE(6), SSC-3 7.9: records, filemarks, end of data */
static void tape_space6( struct lab_device *device, struct lab_command *cmd )
{
    int count = (int)(get_be( cmd->cdb + 2, 3 ) << 8) >> 8;

    space( device, cmd, cmd->cdb[1] & 0x0f, count );
}

/* SPACE(16), SSC-3 7.10 */
static void tape_space16( struct lab_device *device, struct lab_command *cmd )
{
    space( device, cmd, cmd->cdb[1] & 0x0f, get_be( cmd->cdb + 4, 8 ) );
}

/* -------------------------------------------------------------------- data */

static void tape_read_block_limits( struct lab_device *device, struct lab_command *cmd )
{
    unsigned char reply[6] = { 0 };

    (void)device;
    put_be( reply + 1, LAB_MAX_BLOCK, 3 );
    put_be( reply + 4, 1, 2 );
    lab_send( cmd, reply, sizeof(reply), sizeof(reply) );
}

/* The transfer that READ(6) and WRITE(6) ask for: blocks of one length. False = the CDB was refused. */
static bool get_transfer( struct lab_tape *tape, struct lab_command *cmd, uint64_t *blocks, uint32_t *length )
{
    bool fixed = cmd->cdb[1] & 1;
    uint32_t count = get_be( cmd->cdb + 2, 3 );

    if (fixed && !tape->block_length)
    {
        lab_invalid_field( cmd, 1 );
        return false;
    }
    *blocks = fixed ? count : !!count;
    *length = fixed ? tape->block_length : count;
    if (*length > LAB_MAX_BLOCK)
    {
        lab_invalid_field( cmd, 2 );
        return false;
    }
    if (*blocks * *length > cmd->data_len)
    {
        lab_fail( cmd, LAB_ABORTED_COMMAND, 0x4b00 );  /* data phase error: the initiator's buffer is shorter */
        return false;
    }
    return true;
}

/* one record in variable-length mode, SSC-3 6.5 */
static void read_variable( struct lab_tape *tape, struct lab_command *cmd, uint32_t length )
{
    struct lab_object object;
    uint32_t size;
    bool sili = cmd->cdb[1] & 2;

    if (!cartridge_get( tape->cartridge, tape->position, &object ))
    {
        lab_fail_info( cmd, LAB_BLANK_CHECK, 0x0005, length );
        return;
    }
    tape->position++;
    if (object.kind == LAB_MARK)
    {
        lab_fail_info( cmd, LAB_FILEMARK, 0x0001, length );
        return;
    }
    size = object.length < length ? object.length : length;
    if (!cartridge_read( tape->cartridge, object.offset, cmd->data, cmd->data_count, 0, size ))
    {
        lab_fail( cmd, LAB_MEDIUM_ERROR, 0x1100 );
        return;
    }
    cmd->sent = size;
    if (object.length == length) return;
    /* SILI hides a short record always, a long one only while the block length is 0 */
    if (sili && (object.length < length || !tape->block_length)) return;
    lab_fail_info( cmd, LAB_ILI, 0, (int)(length - object.length) );
}

/* records of one length in fixed-block mode; INFORMATION is the number of blocks not read */
static void read_fixed( struct lab_tape *tape, struct lab_command *cmd, uint64_t blocks, uint32_t length )
{
    struct lab_object object;
    uint64_t step;

    for ( ; blocks; blocks -= step)
    {
        if (!cartridge_get( tape->cartridge, tape->position, &object ))
        {
            lab_fail_info( cmd, LAB_BLANK_CHECK, 0x0005, blocks );
            return;
        }
        if (object.kind == LAB_MARK || object.length != length)
        {
            tape->position++;
            if (object.kind == LAB_MARK) lab_fail_info( cmd, LAB_FILEMARK, 0x0001, blocks );
            else lab_fail_info( cmd, LAB_ILI, 0, blocks );
            return;
        }
        step = object.left < blocks ? object.left : blocks;
        if (!cartridge_read( tape->cartridge, object.offset, cmd->data, cmd->data_count, cmd->sent, step * length ))
        {
            lab_fail_info( cmd, LAB_MEDIUM_ERROR, 0x1100, blocks );
            return;
        }
        cmd->sent += step * length;
        tape->position += step;
    }
}

static void tape_read( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_tape *tape = tape_from_device( device );
    uint64_t blocks;
    uint32_t length;

    if ((cmd->cdb[1] & 3) == 3)
    {
        lab_invalid_field( cmd, 1 );  /* SILI makes no sense with fixed blocks */
        return;
    }
    if (!get_transfer( tape, cmd, &blocks, &length ) || !blocks) return;
    if (cmd->cdb[1] & 1) read_fixed( tape, cmd, blocks, length );
    else read_variable( tape, cmd, length );
}

static bool check_writable( struct lab_tape *tape, struct lab_command *cmd )
{
    if (tape->cartridge->write_protected) lab_fail( cmd, LAB_DATA_PROTECT, 0x2700 );
    return !tape->cartridge->write_protected;
}

/* How many of count objects fit before the physical end; what is behind the position is lost by now. */
static uint64_t make_room( struct lab_tape *tape, uint32_t length, uint64_t count )
{
    uint64_t used, room;

    cartridge_truncate( tape->cartridge, tape->position );
    used = cartridge_offset( tape->cartridge, tape->position );
    room = used < tape->cartridge->capacity ? (tape->cartridge->capacity - used) / length : 0;
    return room < count ? room : count;
}

/* SSC-3 4.2.6: past early warning every write says EOM, and at the end VOLUME OVERFLOW */
static void report_end( struct lab_tape *tape, struct lab_command *cmd, uint64_t residue )
{
    if (residue) lab_fail_info( cmd, LAB_VOLUME_OVERFLOW | LAB_EOM, 0x0002, residue );
    else if (cartridge_offset( tape->cartridge, tape->position ) > tape->cartridge->early_warning)
        lab_fail_info( cmd, LAB_NO_SENSE | LAB_EOM, 0x0002, 0 );
}

/* WRITE(6), SSC-3 6.8 */
static void tape_write( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_tape *tape = tape_from_device( device );
    uint64_t blocks, fit;
    uint32_t length;

    if (!get_transfer( tape, cmd, &blocks, &length ) || !check_writable( tape, cmd ) || !blocks) return;
    fit = make_room( tape, length, blocks );
    if (!cartridge_write( tape->cartridge, cartridge_offset( tape->cartridge, tape->position ),
                          cmd->data, cmd->data_count, 0, fit * length ) ||
        !cartridge_append( tape->cartridge, LAB_RECORD, length, fit ))
    {
        lab_fail_info( cmd, LAB_MEDIUM_ERROR, 0x0c00, cmd->cdb[1] & 1 ? blocks : length );
        return;
    }
    cmd->received = fit * length;
    tape->position += fit;
    report_end( tape, cmd, cmd->cdb[1] & 1 ? blocks - fit : (blocks - fit) * length );
}

/* WRITE FILEMARKS(6), SSC-3 6.9; a count of 0 only flushes buffers, which there are none of */
static void tape_write_filemarks( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_tape *tape = tape_from_device( device );
    uint64_t count = get_be( cmd->cdb + 2, 3 ), fit;

    if (cmd->cdb[1] & 2)
    {
        lab_invalid_field( cmd, 1 );  /* setmarks are not part of SSC-3 */
        return;
    }
    if (!count || !check_writable( tape, cmd )) return;
    fit = make_room( tape, LAB_FILEMARK_SIZE, count );
    if (!cartridge_append( tape->cartridge, LAB_MARK, LAB_FILEMARK_SIZE, fit ))
    {
        lab_fail_info( cmd, LAB_MEDIUM_ERROR, 0x0c00, count );
        return;
    }
    tape->position += fit;
    report_end( tape, cmd, count - fit );
}

/* ERASE(6), SSC-3 6.2: long or short, nothing readable is left behind the position */
static void tape_erase( struct lab_device *device, struct lab_command *cmd )
{
    struct lab_tape *tape = tape_from_device( device );

    if (check_writable( tape, cmd )) cartridge_truncate( tape->cartridge, tape->position );
}

static const struct lab_opcode tape_opcodes[] =
{
    { 0x00, LAB_READY, spc_good },                      /* TEST UNIT READY */
    { 0x01, LAB_READY, tape_rewind },
    { 0x03, LAB_PASSIVE | LAB_SHARED, spc_request_sense },
    { 0x05, 0, tape_read_block_limits },
    { 0x08, LAB_READY, tape_read },
    { 0x0a, LAB_READY, tape_write },
    { 0x10, LAB_READY, tape_write_filemarks },
    { 0x11, LAB_READY, tape_space6 },
    { 0x12, LAB_PASSIVE | LAB_SHARED, spc_inquiry },
    { 0x15, 0, spc_mode_select },
    { 0x16, 0, spc_reserve },
    { 0x17, LAB_SHARED, spc_release },
    { 0x19, LAB_READY, tape_erase },
    { 0x1a, 0, spc_mode_sense },
    { 0x1b, 0, tape_load_unload },
    { 0x1e, LAB_SHARED, spc_prevent_allow },
    { 0x2b, LAB_READY, tape_locate10 },
    { 0x34, LAB_READY, tape_read_position },
    { 0x44, 0, tape_report_density },
    { 0x4d, LAB_SHARED, spc_log_sense },
    { 0x55, 0, spc_mode_select },
    { 0x56, 0, spc_reserve },
    { 0x57, LAB_SHARED, spc_release },
    { 0x5a, 0, spc_mode_sense },
    { 0x91, LAB_READY, tape_space16 },
    { 0x92, LAB_READY, tape_locate16 },
    { 0xa0, LAB_PASSIVE | LAB_SHARED, spc_report_luns },
    { 0, 0, NULL }
};

static const struct lab_device_ops tape_ops =
{
    .opcodes     = tape_opcodes,
    .check_ready = tape_check_ready,
    .mode_header = tape_mode_header,
    .mode_pages  = tape_mode_pages,
    .mode_page   = tape_mode_page,
    .mode_select = tape_mode_select,
    .log_pages   = tape_log_pages,
    .log_page    = tape_log_page,
};

void tape_init( struct lab_tape *tape )
{
    tape->compression = true;
    tape->buffered = true;
    lab_device_init( &tape->device, &tape_ops, 1 );
}
