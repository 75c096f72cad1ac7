/*
 * Tests of the changer driver's Unix side with an unreal changer: refusals, paging, attentions, moves
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

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winternl.h"
#include "wine/unixlib.h"

#include "changer.h"

#define MAX_ELEMENTS 10100
#define MAX_SENSES   8
#define MAX_TAPES    4
#define CHANGER_FD   42
#define TAPE_FD      50   /* of the first tape device */

struct fake_element
{
    UINT8       type;
    UINT16      address;
    UINT8       flags;
    const char *label;
    const char *serial;
    UINT8       bus, target;  /* SCSI-2 */
    UINT8       asc, ascq;
    UINT16      source;       /* 0 = none */
    UINT8       naa;
};

/* a sense that the next command with this operation code gets instead of being executed */
struct fake_sense
{
    UINT8        code;
    unsigned int count;
    UINT8        key;
    UINT8        asc;
    UINT8        ascq;
};

/* a tape device of the host, and what it says about itself; NULL and 0 = nothing */
struct fake_tape
{
    unsigned int host;
    unsigned int target;
    const char  *serial;
    const char  *library;   /* VPD page B3h */
    UINT16       address;   /* VPD page B4h */
    UINT8        naa;       /* last byte of a designator in VPD page 83h */
    UINT8        mchngr;    /* says that it has a changer in it */
};

/* the changer, and how it likes to be asked */
static struct
{
    struct fake_element elements[MAX_ELEMENTS];
    unsigned int        count;
    struct fake_sense   senses[MAX_SENSES];
    BOOL                refuse_tags;
    BOOL                refuse_id;
    BOOL                refuse_tags_with_id;
    BOOL                refuse_current;
    BOOL                exact_length;      /* accepts 8 and the length of the reply only */
    BOOL                all_types_only;
    BOOL                ignore_count;
    BOOL                overflow;          /* sends more than it may, which the host reports in its way */
    BOOL                silent_move;       /* a move that succeeds without moving anything */
    struct fake_tape    tapes[MAX_TAPES];
    unsigned int        tape_count;
    int                 opened;            /* descriptors */
    unsigned int        calls, fail_call;  /* of the host; the one that fails */
    UINT8               range_code;        /* INITIALIZE ELEMENT STATUS WITH RANGE, 0 = none */
    UINT8               range[10];         /* the last one */
    BOOL                attached;          /* tape device 0 has the changer in it */
    BOOL                exchanges;         /* knows EXCHANGE MEDIUM */
    BOOL                tags_change;       /* knows SEND VOLUME TAG */
    BOOL                need_initialize;   /* says nothing before it has taken stock */
    UINT8               first_count[ELEMENT_TYPES];  /* mode page 1Dh counts so many more */
    pthread_mutex_t    *robot;             /* held as long as the robot is at work */
    BOOL                long_descriptors;  /* with identification, longer by two bytes than announced */
    BOOL                lock_taken;
    unsigned int        locks;
    unsigned int        commands[256];
    unsigned int        prevented;
    unsigned long long  clock;
    UINT8               reply[4 * 1024 * 1024];
} fake;

static void add_elements( UINT8 type, UINT16 first, unsigned int count, UINT8 flags )
{
    while (count--)
    {
        assert_true( fake.count < MAX_ELEMENTS );
        fake.elements[fake.count++] = (struct fake_element){ type, first++, flags };
    }
}

static void add_sense( UINT8 code, unsigned int count, UINT8 key, UINT8 asc, UINT8 ascq )
{
    unsigned int i;

    for (i = 0; fake.senses[i].count; i++) ;
    assert_true( i < MAX_SENSES );
    fake.senses[i] = (struct fake_sense){ code, count, key, asc, ascq };
}

static struct fake_element *find_fake( UINT16 address )
{
    unsigned int i;

    for (i = 0; i < fake.count; i++) if (fake.elements[i].address == address) return &fake.elements[i];
    return NULL;
}

static void set_sense( struct sg_io_hdr *hdr, UINT8 key, UINT8 asc, UINT8 ascq, int field )
{
    UINT8 sense[18] = { 0x70, 0, key, 0, 0, 0, 0, 10, 0, 0, 0, 0, asc, ascq };

    if (field >= 0)
    {
        sense[15] = 0xc0;
        put_be16( sense + 16, field );
    }
    memcpy( hdr->sbp, sense, sizeof(sense) );
    hdr->sb_len_wr = sizeof(sense);
    hdr->status = 2;
    hdr->resid = hdr->dxfer_len;
}

static void set_reply( struct sg_io_hdr *hdr, const void *data, unsigned int size )
{
    unsigned int sent = size < hdr->dxfer_len ? size : hdr->dxfer_len;

    memcpy( hdr->dxferp, data, sent );
    hdr->resid = fake.overflow && size > sent ? size - sent : hdr->dxfer_len - sent;
}

static void fake_inquiry( struct sg_io_hdr *hdr )
{
    static const UINT8 serial[] = "\x08\x80\x00\x08  SERIAL";
    UINT8 data[56] = { HOST_TYPE_CHANGER, 0x80, 5, 2, 51 };

    if (hdr->cmdp[1] & 1)
    {
        if (hdr->cmdp[2] == 0x80) set_reply( hdr, serial, 12 );
        else set_sense( hdr, SENSE_ILLEGAL_REQUEST, 0x24, 0, -1 );
        return;
    }
    memcpy( data + 8, "UNREAL  CHANGER         0001", 28 );
    set_reply( hdr, data, sizeof(data) );
}

static void fake_mode_sense( struct sg_io_hdr *hdr )
{
    UINT8 data[24] = { 23, 0, 0, 0, 0x1d, 18 };
    unsigned int i;
    UINT8 type;

    if (hdr->cmdp[2] != 0x1d)
    {
        set_sense( hdr, SENSE_ILLEGAL_REQUEST, 0x24, 0, -1 );
        return;
    }
    for (i = 0; i < fake.count; i++)
    {
        UINT8 *p = data + 6 + 4 * (fake.elements[i].type - 1);

        if (!get_be16( p + 2 ) || fake.elements[i].address < get_be16( p ) ) put_be16( p, fake.elements[i].address );
        put_be16( p + 2, get_be16( p + 2 ) + 1 );
    }
    for (type = 1; type < ELEMENT_TYPES; type++)
    {
        assert_true( get_be16( data + 8 + 4 * (type - 1) ) <= 10000 );
        put_be16( data + 8 + 4 * (type - 1), get_be16( data + 8 + 4 * (type - 1) ) + fake.first_count[type] );
    }
    set_reply( hdr, data, sizeof(data) );
}

/* one page with all elements of a type from an address on; returns its end */
static UINT8 *fake_page( UINT8 *p, UINT8 type, UINT16 start, unsigned int *count, BOOL tags, BOOL id )
{
    unsigned int i, length = 12 + (tags ? 36 : 0) + (id ? 38 : 0), step = length + (id && fake.long_descriptors ? 2 : 0);
    UINT8 *page = p;

    p += 8;
    for (i = 0; i < fake.count && *count; i++)
    {
        const struct fake_element *element = &fake.elements[i];
        UINT8 *field = p + 12;

        if (element->type != type || element->address < start) continue;
        (*count)--;
        memset( p, 0, step );
        put_be16( p, element->address );
        p[2] = element->flags;
        p[4] = element->asc;
        p[5] = element->ascq;
        p[6] = element->bus;
        p[7] = element->target;
        if (element->source)
        {
            p[9] = ELEMENT_MEDIUM_SVALID;
            put_be16( p + 10, element->source );
        }
        if (tags)
        {
            memset( field, ' ', 32 );
            if (element->label) memcpy( field, element->label, strlen( element->label ) );
            field += 36;
        }
        if (id && element->serial)
        {
            memcpy( field, "\x02\x01\x00\x22UNREAL  DRIVE           ", 28 );
            memset( field + 28, ' ', 10 );
            memcpy( field + 28, element->serial, strlen( element->serial ) );
        }
        else if (id && element->naa)
        {
            memcpy( field, "\x01\x03\x00\x08\x50\x01\x40\x50\x00\x00\x00", 11 );
            field[11] = element->naa;
        }
        p += step;
    }
    if (p == page + 8) return page;
    page[0] = type;
    page[1] = tags ? 0x80 : 0;
    put_be16( page + 2, length );
    page[4] = 0;
    put_be24( page + 5, (p - page - 8) / step * length );
    return p;
}

static void fake_read_element_status( struct sg_io_hdr *hdr )
{
    const UINT8 *cdb = hdr->cmdp;
    BOOL tags = !!(cdb[1] & 0x10), id = !!(cdb[6] & 0x01);
    UINT8 type = cdb[1] & 0x0f, t, *p = fake.reply + 8;
    unsigned int size, allocation = get_be24( cdb + 7 ), count = get_be16( cdb + 4 );

    assert_true( allocation <= 0xffff && count );
    assert_int_equal( allocation, hdr->dxfer_len );
    if ((tags && fake.refuse_tags) || (id && (fake.refuse_id || type != ELEMENT_DRIVE)) ||
        (tags && id && fake.refuse_tags_with_id) || ((cdb[6] & 0x02) && fake.refuse_current) ||
        (type && fake.all_types_only))
    {
        set_sense( hdr, SENSE_ILLEGAL_REQUEST, 0x24, 0, -1 );
        return;
    }
    if (fake.ignore_count) count = 0xffff;
    for (t = ELEMENT_TRANSPORT; t <= ELEMENT_DRIVE; t++)
        if (!type || t == type) p = fake_page( p, t, get_be16( cdb + 2 ), &count, tags, id );
    size = p - fake.reply;
    memset( fake.reply, 0, 8 );
    put_be24( fake.reply + 5, size - 8 );
    if (fake.exact_length && allocation != 8 && allocation != size)
        set_sense( hdr, SENSE_ILLEGAL_REQUEST, 0x24, 0, 7 );
    else set_reply( hdr, fake.reply, size );
}

static void fake_move( struct sg_io_hdr *hdr )
{
    struct fake_element *source = find_fake( get_be16( hdr->cmdp + 4 ) );
    struct fake_element *destination = find_fake( get_be16( hdr->cmdp + 6 ) );

    assert_non_null( source );
    assert_non_null( destination );
    if (!(source->flags & ELEMENT_FULL)) set_sense( hdr, SENSE_ILLEGAL_REQUEST, 0x3b, 0x0e, -1 );
    else if (destination->flags & ELEMENT_FULL) set_sense( hdr, SENSE_ILLEGAL_REQUEST, 0x3b, 0x0d, -1 );
    else if (!fake.silent_move)
    {
        source->flags &= ~ELEMENT_FULL;
        destination->flags |= ELEMENT_FULL;
    }
}

/* all at once; the second destination may be the source */
static void fake_exchange( struct sg_io_hdr *hdr )
{
    struct fake_element *first = find_fake( get_be16( hdr->cmdp + 6 ) );

    assert_non_null( first );
    if (!fake.exchanges) set_sense( hdr, SENSE_ILLEGAL_REQUEST, 0x20, 0, -1 );
    else first->label = "EXCHANGED";
}

static void fake_initialize_range( struct sg_io_hdr *hdr )
{
    memcpy( fake.range, hdr->cmdp, sizeof(fake.range) );
    if (hdr->cmdp[0] != fake.range_code) set_sense( hdr, SENSE_ILLEGAL_REQUEST, 0x20, 0, -1 );
}

/* knows about this one command, if it has it */
static void fake_report_support( struct sg_io_hdr *hdr )
{
    UINT8 data[4] = { 0, 3 };

    if (fake.range_code && hdr->cmdp[3] == fake.range_code) set_reply( hdr, data, sizeof(data) );
    else set_sense( hdr, SENSE_ILLEGAL_REQUEST, 0x20, 0, -1 );
}

static void fake_send_volume_tag( struct sg_io_hdr *hdr )
{
    static char label[33];

    if (!fake.tags_change)
    {
        set_sense( hdr, SENSE_ILLEGAL_REQUEST, 0x20, 0, -1 );
        return;
    }
    assert_int_equal( hdr->dxfer_direction, SG_DXFER_TO_DEV );
    assert_int_equal( get_be16( hdr->cmdp + 8 ), hdr->dxfer_len );
    memcpy( label, hdr->dxferp, 32 );
    find_fake( get_be16( hdr->cmdp + 2 ) )->label = label;
}

/* a tape device answers inquiries only: nothing else may be sent to it */
static void fake_tape_command( const struct fake_tape *tape, struct sg_io_hdr *hdr )
{
    UINT8 data[64] = { HOST_TYPE_TAPE, 0x80, 5, 2, 31 };
    UINT8 page = hdr->cmdp[2];

    assert_int_equal( hdr->cmdp[0], SCSI_INQUIRY );
    if (!(hdr->cmdp[1] & 1))
    {
        memcpy( data + 8, "UNREAL  DRIVE           0001", 28 );
        data[6] = tape->mchngr;
        set_reply( hdr, data, 36 );
        return;
    }
    data[1] = page;
    if (page == 0x80 && tape->serial) data[3] = strlen( strcpy( (char *)data + 4, tape->serial ) );
    else if (page == 0xb3 && tape->library) data[3] = strlen( strcpy( (char *)data + 4, tape->library ) );
    else if (page == 0xb4 && tape->address)
    {
        data[3] = 2;
        put_be16( data + 4, tape->address );
    }
    else if (page == 0x83 && tape->naa)
    {
        memcpy( data + 4, "\x01\x03\x00\x08\x50\x01\x40\x50\x00\x00\x00", 11 );
        data[15] = tape->naa;
        data[3] = 12;
    }
    else
    {
        set_sense( hdr, SENSE_ILLEGAL_REQUEST, 0x24, 0, -1 );
        return;
    }
    set_reply( hdr, data, 4 + data[3] );
}

static BOOL fails(void)
{
    return ++fake.calls == fake.fail_call;
}

static BOOL fake_attention( struct sg_io_hdr *hdr )
{
    unsigned int i;

    for (i = 0; i < MAX_SENSES; i++)
    {
        struct fake_sense *sense = &fake.senses[i];

        /* an attention meets whatever command comes next, but for INQUIRY */
        if (!sense->count || hdr->cmdp[0] == SCSI_INQUIRY) continue;
        if (sense->key != SENSE_UNIT_ATTENTION && sense->code != hdr->cmdp[0]) continue;
        sense->count--;
        set_sense( hdr, sense->key, sense->asc, sense->ascq, -1 );
        return TRUE;
    }
    return FALSE;
}

static int fake_sg_io( int fd, struct sg_io_hdr *hdr )
{
    assert_true( hdr->timeout );
    hdr->status = hdr->host_status = hdr->sb_len_wr = hdr->resid = 0;
    if (fails()) return -EIO;
    if (fd >= TAPE_FD && fd < TAPE_FD + (int)fake.tape_count && (!fake.attached || hdr->cmdp[0] == SCSI_INQUIRY))
    {
        fake_tape_command( &fake.tapes[fd - TAPE_FD], hdr );
        return 0;
    }
    if (!fake.attached) assert_int_equal( fd, CHANGER_FD );
    fake.commands[hdr->cmdp[0]]++;
    if (fake_attention( hdr )) return 0;
    if (fake.need_initialize && hdr->cmdp[0] == SMC_READ_ELEMENT_STATUS)
    {
        set_sense( hdr, SENSE_NOT_READY, 0x04, 0x02, -1 );
        return 0;
    }

    switch (hdr->cmdp[0])
    {
    case SCSI_TEST_UNIT_READY:    break;
    case SCSI_INQUIRY:            fake_inquiry( hdr ); break;
    case SCSI_MODE_SENSE_6:       fake_mode_sense( hdr ); break;
    case SMC_READ_ELEMENT_STATUS_ATTACHED:
    case SMC_READ_ELEMENT_STATUS: fake_read_element_status( hdr ); break;
    case SMC_MOVE_MEDIUM_ATTACHED:
    case SMC_MOVE_MEDIUM:
        if (fake.robot) pthread_mutex_lock( fake.robot );
        fake_move( hdr );
        if (fake.robot) pthread_mutex_unlock( fake.robot );
        break;
    case SMC_EXCHANGE_MEDIUM:     fake_exchange( hdr ); break;
    case SMC_INITIALIZE_ELEMENT_STATUS_RANGE:
    case VENDOR_INITIALIZE_RANGE: fake_initialize_range( hdr ); break;
    case SCSI_MAINTENANCE_IN:     fake_report_support( hdr ); break;
    case SMC_SEND_VOLUME_TAG:     fake_send_volume_tag( hdr ); break;
    case SCSI_PREVENT_ALLOW:      fake.prevented = hdr->cmdp[4]; break;
    case SMC_INITIALIZE_ELEMENT_STATUS: fake.need_initialize = FALSE; break;
    default:                      set_sense( hdr, SENSE_ILLEGAL_REQUEST, 0x20, 0, -1 );
    }
    return 0;
}

static int fake_discover( int type, struct host_device *devices, int max )
{
    unsigned int i;

    if (fails()) return -EIO;
    if (type == HOST_TYPE_CHANGER && fake.attached) return 0;
    if (type == HOST_TYPE_CHANGER)
    {
        devices[0] = (struct host_device){ .type = type, .sg_path = "/unreal" };
        return 1;
    }
    for (i = 0; i < fake.tape_count; i++)
    {
        devices[i] = (struct host_device){ .type = type, .host = fake.tapes[i].host, .target = fake.tapes[i].target };
        sprintf( devices[i].sg_path, "/tape%u", i );
    }
    return fake.tape_count;
}

static int fake_open( const char *path, int flags )
{
    if (fails()) return -EACCES;
    fake.opened++;
    return strncmp( path, "/tape", 5 ) ? CHANGER_FD : TAPE_FD + atoi( path + 5 );
}

static int fake_close( int fd )
{
    assert_true( fd >= CHANGER_FD );
    fake.opened--;
    return 0;
}

static int fake_max_transfer( int fd )
{
    return 65536;
}

static int fake_wait_change( int timeout_ms )
{
    return 1;
}

static void fake_wake(void)
{
}

static void fake_end_wait(void)
{
}

static int fake_lock_name( const char *name )
{
    /* by its address, should the serial number not have been read */
    if (!fake.fail_call) assert_string_equal( name, "changer-SERIAL" );
    if (fails()) return -ENOSPC;
    if (fake.lock_taken) return -EBUSY;
    fake.locks++;
    return 7;
}

static int fake_unlock_name( int fd )
{
    assert_int_equal( fd, 7 );
    fake.locks--;
    return 0;
}

static void fake_sleep_ms( unsigned int ms )
{
    fake.clock += ms;
}

static unsigned long long fake_now_ms(void)
{
    return fake.clock;
}

struct host_ops host_ops =
{
    .discover     = fake_discover,
    .open_device  = fake_open,
    .close_device = fake_close,
    .sg_io        = fake_sg_io,
    .max_transfer = fake_max_transfer,
    .wait_change  = fake_wait_change,
    .wake         = fake_wake,
    .end_wait     = fake_end_wait,
    .lock_name    = fake_lock_name,
    .unlock_name  = fake_unlock_name,
    .sleep_ms     = fake_sleep_ms,
    .now_ms       = fake_now_ms,
};

#define CALL( func, params ) __wine_unix_call_funcs[unix_ ## func]( params )

static UINT64 unit, handle;
static struct drive_override overrides[2];
static UINT32 override_count;
static struct element elements[MAX_ELEMENTS];

static UINT64 open_handle_of( UINT64 unit )
{
    struct open_changer_params params = { unit, TRUE, override_count, overrides };

    assert_int_equal( CALL( open_changer, &params ), STATUS_SUCCESS );
    return params.handle;
}

static void close_handle( UINT64 handle )
{
    struct handle_params params = { handle };

    assert_int_equal( CALL( close_changer, &params ), STATUS_SUCCESS );
}

/* transport 1, slots 1000 to 1004 of which the first two are full, port 10, drives 500 and 501 */
static void build_library(void)
{
    add_elements( ELEMENT_TRANSPORT, 1, 1, 0 );
    add_elements( ELEMENT_STORAGE, 1000, 5, ELEMENT_ACCESS );
    add_elements( ELEMENT_IMPEXP, 10, 1, ELEMENT_ACCESS );
    add_elements( ELEMENT_DRIVE, 500, 2, ELEMENT_ACCESS );
    find_fake( 1000 )->flags |= ELEMENT_FULL;
    find_fake( 1000 )->label = "AAA001L5";
    find_fake( 1001 )->flags |= ELEMENT_FULL;
    find_fake( 1001 )->label = "AAA002L5";
    find_fake( 500 )->serial = "DRIVE1";
    find_fake( 501 )->serial = "DRIVE2";
}

static int setup( void **state )
{
    struct device_event event = { 0 };

    memset( &fake, 0, offsetof( typeof(fake), reply ) );
    override_count = 0;
    build_library();
    do assert_int_equal( CALL( next_event, &event ), STATUS_SUCCESS ); while (event.type != DEVICE_EVENT_ARRIVED);
    assert_string_equal( event.identity.serial, "SERIAL" );
    unit = event.unit;
    handle = open_handle_of( unit );
    memset( fake.commands, 0, sizeof(fake.commands) );
    return 0;
}

static int teardown( void **state )
{
    struct release_unit_params params = { unit };

    close_handle( handle );
    assert_int_equal( fake.locks, 0 );
    assert_int_equal( fake.opened, 0 );
    CALL( release_unit, &params );
    return 0;
}

static NTSTATUS get_elements( UINT32 type, UINT32 first, UINT32 count, BOOL tags )
{
    struct get_elements_params params = { handle, type, first, count, tags, elements };

    return CALL( get_elements, &params );
}

static NTSTATUS move( UINT32 source_type, UINT32 source, UINT32 destination_type, UINT32 destination )
{
    struct move_medium_params params = { handle, 0, { source_type, source }, { destination_type, destination }};

    return CALL( move_medium, &params );
}

static void check_library( BOOL tags, BOOL id )
{
    unsigned int i;

    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 5, tags ), STATUS_SUCCESS );
    for (i = 0; i < 5; i++)
    {
        assert_int_equal( elements[i].type, ELEMENT_STORAGE );
        assert_int_equal( elements[i].address, i );
        assert_int_equal( elements[i].flags, i < 2 ? ELEMENT_FULL | ELEMENT_ACCESS : ELEMENT_ACCESS );
    }
    assert_string_equal( elements[0].primary, tags ? "AAA001L5" : "" );
    assert_int_equal( get_elements( ELEMENT_DRIVE, 0, 2, tags ), STATUS_SUCCESS );
    assert_string_equal( elements[0].serial, id ? "DRIVE1" : "" );
    assert_string_equal( elements[1].serial, id ? "DRIVE2" : "" );
    assert_int_equal( elements[1].address, 1 );
}

static void test_plain( void **state )
{
    check_library( TRUE, TRUE );
    assert_int_equal( get_elements( ELEMENT_ALL, 0, 9, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[0].type, ELEMENT_TRANSPORT );
    assert_int_equal( elements[6].type, ELEMENT_IMPEXP );
    assert_int_equal( elements[8].type, ELEMENT_DRIVE );
    assert_int_equal( elements[8].address, 1 );
    assert_int_equal( get_elements( ELEMENT_ALL, 5, 2, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[0].type, ELEMENT_STORAGE );
    assert_int_equal( elements[0].address, 4 );
    assert_int_equal( elements[1].type, ELEMENT_IMPEXP );

    memset( fake.commands, 0, sizeof(fake.commands) );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 5, TRUE ), STATUS_SUCCESS );
    assert_int_equal( fake.commands[SMC_READ_ELEMENT_STATUS], 1 );
}

static void test_bad_numbers( void **state )
{
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 6, TRUE ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 5, 1, TRUE ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0xffffffff, 2, TRUE ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 1, 0xffffffff, TRUE ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( get_elements( ELEMENT_ALL, 0, 10, TRUE ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( get_elements( 5, 0, 1, TRUE ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( move( ELEMENT_STORAGE, 5, ELEMENT_DRIVE, 0 ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 2 ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( move( ELEMENT_ALL, 0, ELEMENT_DRIVE, 0 ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( move( 0x80000002, 0, ELEMENT_DRIVE, 0 ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( fake.commands[SMC_MOVE_MEDIUM], 0 );
}

/* every combination of refused options still gives what is left, and is found out only once */
static void test_refusals( void **state )
{
    fake.refuse_current = TRUE;
    check_library( TRUE, TRUE );
    memset( fake.commands, 0, sizeof(fake.commands) );
    check_library( TRUE, TRUE );
    assert_int_equal( fake.commands[SMC_READ_ELEMENT_STATUS], 2 );
}

static void test_refused_id( void **state )
{
    fake.refuse_current = fake.refuse_id = TRUE;
    check_library( TRUE, FALSE );
    memset( fake.commands, 0, sizeof(fake.commands) );
    check_library( TRUE, FALSE );
    assert_int_equal( fake.commands[SMC_READ_ELEMENT_STATUS], 2 );
}

static void test_refused_together( void **state )
{
    fake.refuse_tags_with_id = TRUE;
    check_library( TRUE, TRUE );
}

static void test_refused_tags( void **state )
{
    fake.refuse_tags = TRUE;
    check_library( FALSE, TRUE );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 5, TRUE ), STATUS_INVALID_PARAMETER );
}

static void test_exact_length( void **state )
{
    fake.exact_length = TRUE;
    check_library( TRUE, TRUE );
}

static void test_all_types_only( void **state )
{
    fake.all_types_only = TRUE;
    check_library( TRUE, FALSE );
}

static void test_ignored_count( void **state )
{
    fake.ignore_count = TRUE;
    check_library( TRUE, TRUE );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 1, 1, TRUE ), STATUS_SUCCESS );
    assert_string_equal( elements[0].primary, "AAA002L5" );
}

/* tgt over iSCSI: an answer that is too long by little, and by more than there is room for */
static void check_overflow( unsigned int slots )
{
    fake.overflow = fake.ignore_count = TRUE;
    add_elements( ELEMENT_STORAGE, 1005, slots - 5, ELEMENT_ACCESS );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 1, 1, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[0].flags, ELEMENT_ACCESS | ELEMENT_FULL );
    assert_string_equal( elements[0].primary, "AAA002L5" );
}

static void test_overflow( void **state )
{
    check_overflow( 9 );
}

static void test_large_overflow( void **state )
{
    check_overflow( 500 );
}

/* identification that is longer than announced shows serial numbers and addresses that do not exist */
static void test_long_descriptors( void **state )
{
    fake.long_descriptors = TRUE;
    add_elements( ELEMENT_DRIVE, 502, 2, 0 );
    find_fake( 502 )->serial = find_fake( 503 )->serial = "9876543210";
    check_library( TRUE, FALSE );
    assert_int_equal( get_elements( ELEMENT_DRIVE, 0, 4, TRUE ), STATUS_SUCCESS );
    assert_int_equal( get_elements( ELEMENT_DRIVE, 0, 5, TRUE ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
}

/* what is not reported any more is missing, and keeps its number */
static void test_missing_slot( void **state )
{
    check_library( TRUE, TRUE );
    find_fake( 1001 )->address = 2000;
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 5, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[1].flags, ELEMENT_EXCEPT );
    assert_int_equal( elements[1].address, 1 );
    assert_int_equal( elements[2].flags, ELEMENT_ACCESS );
    /* the new one has been noticed */
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 6, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[5].flags, ELEMENT_ACCESS | ELEMENT_FULL );
    assert_string_equal( elements[5].primary, "AAA002L5" );
}

static void test_no_access_bit( void **state )
{
    unsigned int i;

    for (i = 0; i < fake.count; i++) fake.elements[i].flags &= ~ELEMENT_ACCESS;
    find_fake( 500 )->flags |= ELEMENT_FULL;
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 5, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[0].flags, ELEMENT_FULL | ELEMENT_ACCESS );
    assert_int_equal( get_elements( ELEMENT_DRIVE, 0, 2, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[0].flags, ELEMENT_FULL );
    assert_int_equal( elements[1].flags, ELEMENT_ACCESS );
}

/* addresses that slots and ports share cannot be moved from or to; the others can */
static void test_overlap( void **state )
{
    add_elements( ELEMENT_STORAGE, 10, 1, ELEMENT_FULL | ELEMENT_ACCESS );
    add_elements( ELEMENT_STORAGE, 22, 1, ELEMENT_ACCESS );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 7, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[0].flags & ELEMENT_FULL, ELEMENT_FULL );
    assert_int_equal( elements[2].flags & ELEMENT_FULL, ELEMENT_FULL );
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( move( ELEMENT_IMPEXP, 0, ELEMENT_DRIVE, 0 ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( move( ELEMENT_STORAGE, 2, ELEMENT_STORAGE, 1 ), STATUS_SUCCESS );
    assert_int_equal( find_fake( 22 )->flags & ELEMENT_FULL, ELEMENT_FULL );
}

static void test_paging( void **state )
{
    unsigned int i;

    add_elements( ELEMENT_STORAGE, 2000, 2500, ELEMENT_ACCESS | ELEMENT_FULL );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 2505, TRUE ), STATUS_SUCCESS );
    memset( fake.commands, 0, sizeof(fake.commands) );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 2505, TRUE ), STATUS_SUCCESS );
    assert_int_equal( fake.commands[SMC_READ_ELEMENT_STATUS], 3 );
    for (i = 5; i < 2505; i++)
    {
        assert_int_equal( elements[i].flags, ELEMENT_ACCESS | ELEMENT_FULL );
        assert_int_equal( elements[i].address, i );
    }
    memset( fake.commands, 0, sizeof(fake.commands) );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 1000, 1000, TRUE ), STATUS_SUCCESS );
    assert_int_equal( fake.commands[SMC_READ_ELEMENT_STATUS], 1 );
}

/* a reply that is cut in the middle of an element goes on with that element */
static void test_paging_ignored_count( void **state )
{
    unsigned int i;

    fake.ignore_count = TRUE;
    add_elements( ELEMENT_STORAGE, 2000, 9990, ELEMENT_ACCESS | ELEMENT_FULL );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 9995, TRUE ), STATUS_SUCCESS );
    for (i = 5; i < 9995; i++) assert_int_equal( elements[i].flags, ELEMENT_ACCESS | ELEMENT_FULL );
}

static double measure( unsigned int count )
{
    struct timespec start, end;
    unsigned int i, loops = 200000 / count;

    clock_gettime( CLOCK_MONOTONIC, &start );
    for (i = 0; i < loops; i++) assert_int_equal( get_elements( ELEMENT_STORAGE, 0, count, TRUE ), STATUS_SUCCESS );
    clock_gettime( CLOCK_MONOTONIC, &end );
    return ((end.tv_sec - start.tv_sec) * 1e9 + end.tv_nsec - start.tv_nsec) / loops / count;
}

/* printed, not judged: the machine may be busy, and the unreal changer takes its share */
static void test_cost( void **state )
{
    add_elements( ELEMENT_STORAGE, 2000, 9995, ELEMENT_ACCESS | ELEMENT_FULL );
    measure( 10000 );
    print_message( "ns per element: 100 %.0f, 1000 %.0f, 10000 %.0f; memory for 10000: %u KiB\n", measure( 100 ),
                   measure( 1000 ), measure( 10000 ), (unsigned int)(10000 * sizeof(struct element) / 1024 + 64 + 20) );
}

static void test_move( void **state )
{
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 1 ), STATUS_SUCCESS );
    assert_int_equal( fake.locks, 1 );
    assert_true( find_fake( 501 )->flags & ELEMENT_FULL );
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_SOURCE_ELEMENT_EMPTY );
    assert_int_equal( move( ELEMENT_STORAGE, 1, ELEMENT_DRIVE, 1 ), STATUS_DESTINATION_ELEMENT_FULL );
    assert_int_equal( move( ELEMENT_DRIVE, 1, ELEMENT_STORAGE, 0 ), STATUS_SUCCESS );
    assert_int_equal( fake.locks, 1 );
}

static void test_lock( void **state )
{
    UINT64 first = handle, second = open_handle_of( unit );

    fake.lock_taken = TRUE;
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_DEVICE_BUSY );
    assert_int_equal( fake.commands[SMC_MOVE_MEDIUM], 0 );
    check_library( TRUE, TRUE );
    fake.lock_taken = FALSE;
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_SUCCESS );
    handle = second;
    assert_int_equal( move( ELEMENT_DRIVE, 0, ELEMENT_STORAGE, 0 ), STATUS_SUCCESS );
    assert_int_equal( fake.locks, 1 );
    close_handle( second );
    assert_int_equal( fake.locks, 1 );
    handle = first;
}

/* the first command of a nexus is not executed */
static void test_power_on( void **state )
{
    add_sense( 0, 1, SENSE_UNIT_ATTENTION, 0x29, 0x00 );
    add_sense( 0, 1, SENSE_UNIT_ATTENTION, 0x2a, 0x01 );
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_SUCCESS );
    assert_true( find_fake( 500 )->flags & ELEMENT_FULL );
}

/* changed contents are told once to every handle, before anything moves */
static void test_media_changed( void **state )
{
    UINT64 first = handle, second = open_handle_of( unit );
    struct handle_params params = { second };

    add_sense( 0, 1, SENSE_UNIT_ATTENTION, 0x28, 0x01 );
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_MEDIA_CHANGED );
    assert_int_equal( fake.commands[SMC_MOVE_MEDIUM], 0 );
    assert_int_equal( CALL( get_status, &params ), STATUS_MEDIA_CHANGED );
    assert_int_equal( CALL( get_status, &params ), STATUS_SUCCESS );
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_SUCCESS );

    /* who looks at the elements has been told */
    add_sense( 0, 1, SENSE_UNIT_ATTENTION, 0x3b, 0x13 );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 5, TRUE ), STATUS_SUCCESS );
    assert_int_equal( move( ELEMENT_DRIVE, 0, ELEMENT_STORAGE, 0 ), STATUS_SUCCESS );
    handle = second;
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_MEDIA_CHANGED );
    close_handle( second );
    handle = first;
}

/* a medium that the drive has not let go is tried again, not for ever */
static void test_eject_wait( void **state )
{
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_SUCCESS );
    add_sense( SMC_MOVE_MEDIUM, 2, SENSE_ILLEGAL_REQUEST, 0x3b, 0x90 );
    assert_int_equal( move( ELEMENT_DRIVE, 0, ELEMENT_STORAGE, 0 ), STATUS_SUCCESS );
    assert_int_equal( fake.commands[SMC_MOVE_MEDIUM], 4 );

    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_SUCCESS );
    find_fake( 500 )->flags &= ~ELEMENT_ACCESS;
    fake.clock = 0;
    memset( fake.commands, 0, sizeof(fake.commands) );
    add_sense( SMC_MOVE_MEDIUM, 100, SENSE_ILLEGAL_REQUEST, 0x53, 0x02 );
    assert_int_equal( move( ELEMENT_DRIVE, 0, ELEMENT_STORAGE, 0 ), STATUS_UNABLE_TO_LOCK_MEDIA );
    assert_int_equal( fake.commands[SMC_MOVE_MEDIUM], 4 );
    assert_in_range( fake.clock, 20000, 30000 );
}

static void test_becoming_ready( void **state )
{
    add_sense( SMC_MOVE_MEDIUM, 5, SENSE_NOT_READY, 0x04, 0x01 );
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_SUCCESS );
    assert_in_range( fake.clock, 5000, 6000 );
    add_sense( SMC_MOVE_MEDIUM, 100000, SENSE_NOT_READY, 0x04, 0x01 );
    assert_int_equal( move( ELEMENT_DRIVE, 0, ELEMENT_STORAGE, 0 ), STATUS_DEVICE_NOT_READY );
    assert_in_range( fake.clock, 300000, 320000 );
}

struct sense_status
{
    UINT8    key;
    UINT8    asc;
    UINT8    ascq;
    NTSTATUS status;
    BOOL     once;    /* the move is tried once more */
};

static void test_sense( void **state )
{
    static const struct sense_status senses[] =
    {
        { 5, 0x21, 0x01, STATUS_ILLEGAL_ELEMENT_ADDRESS },
        { 5, 0x24, 0x00, STATUS_INVALID_PARAMETER },
        { 5, 0x3b, 0x0d, STATUS_DESTINATION_ELEMENT_FULL },
        { 5, 0x3b, 0x0e, STATUS_SOURCE_ELEMENT_EMPTY },
        { 4, 0x3b, 0x0d, STATUS_DESTINATION_ELEMENT_FULL },
        { 5, 0x3a, 0x00, STATUS_SOURCE_ELEMENT_EMPTY },
        { 5, 0x3b, 0x90, STATUS_DEVICE_BUSY },
        { 5, 0x3b, 0x87, STATUS_UNABLE_TO_UNLOAD_MEDIA, TRUE },
        { 5, 0x53, 0x01, STATUS_UNABLE_TO_UNLOAD_MEDIA, TRUE },
        { 5, 0x53, 0x02, STATUS_UNABLE_TO_LOCK_MEDIA },
        { 5, 0x53, 0x00, STATUS_IO_DEVICE_ERROR, TRUE },
        { 3, 0x53, 0x00, STATUS_IO_DEVICE_ERROR, TRUE },
        { 3, 0x30, 0x00, STATUS_UNRECOGNIZED_MEDIA },
        { 5, 0x30, 0x00, STATUS_UNRECOGNIZED_MEDIA },
        { 4, 0x15, 0x01, STATUS_IO_DEVICE_ERROR },
        { 4, 0x04, 0x03, STATUS_IO_DEVICE_ERROR },
        { 4, 0x40, 0x80, STATUS_IO_DEVICE_ERROR },
        { 2, 0x3b, 0x12, STATUS_MAGAZINE_NOT_PRESENT },
        { 5, 0x3b, 0x11, STATUS_MAGAZINE_NOT_PRESENT },
        { 2, 0x3a, 0x02, STATUS_DEVICE_DOOR_OPEN },
        { 2, 0x04, 0x83, STATUS_DEVICE_DOOR_OPEN },
        { 2, 0x80, 0x00, STATUS_DEVICE_DOOR_OPEN },
        { 2, 0x04, 0x02, STATUS_REINITIALIZATION_NEEDED },
        { 2, 0x04, 0x18, STATUS_DEVICE_DOOR_OPEN },
        { 2, 0x04, 0x12, STATUS_DEVICE_NOT_READY },
        { 2, 0x3a, 0x00, STATUS_DEVICE_NOT_READY },
        { 5, 0x20, 0x00, STATUS_INVALID_DEVICE_REQUEST },
    };
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(senses); i++)
    {
        add_sense( SMC_MOVE_MEDIUM, senses[i].once ? 2 : 1, senses[i].key, senses[i].asc, senses[i].ascq );
        assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), senses[i].status );
    }
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_SUCCESS );
}

/* a device that says that it has moved something and has not is not believed any further */
static void test_silent_move( void **state )
{
    fake.silent_move = TRUE;
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_SUCCESS );
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_MEDIA_CHANGED );
}

static void test_prevent( void **state )
{
    struct lock_access_params params = { handle, .lock = TRUE };
    UINT64 second = open_handle_of( unit );

    params.handle = second;
    assert_int_equal( CALL( lock_access, &params ), STATUS_SUCCESS );
    assert_int_equal( fake.prevented, 1 );
    close_handle( second );
    assert_int_equal( fake.prevented, 0 );
}

/* the doors stay locked as long as one of the handles that locked them is open */
static void test_prevent_twice( void **state )
{
    struct lock_access_params params = { open_handle_of( unit ), .lock = TRUE };
    UINT64 first = params.handle, second = open_handle_of( unit );

    assert_int_equal( CALL( lock_access, &params ), STATUS_SUCCESS );
    assert_int_equal( CALL( lock_access, &params ), STATUS_SUCCESS );
    params.handle = second;
    assert_int_equal( CALL( lock_access, &params ), STATUS_SUCCESS );
    close_handle( first );
    assert_int_equal( fake.prevented, 1 );
    close_handle( second );
    assert_int_equal( fake.prevented, 0 );
}

/* an attention on a device that nobody has enabled is for others to see */
static void test_not_enabled( void **state )
{
    struct open_changer_params params = { unit, FALSE };

    assert_int_equal( CALL( open_changer, &params ), STATUS_SUCCESS );
    assert_int_equal( fake.commands[SCSI_TEST_UNIT_READY], 0 );
    close_handle( params.handle );
    assert_int_equal( fake.commands[SCSI_TEST_UNIT_READY], 0 );
}

static void test_facts( void **state )
{
    struct get_facts_params params = { handle, FALSE };

    /* a device that nobody has enabled is not asked for its elements */
    assert_int_equal( CALL( get_facts, &params ), STATUS_SUCCESS );
    assert_int_equal( fake.commands[SMC_READ_ELEMENT_STATUS], 0 );
    assert_int_equal( fake.commands[SCSI_PREVENT_ALLOW], 0 );
    assert_int_equal( params.facts.count[ELEMENT_STORAGE], 5 );
    assert_int_equal( params.facts.count[ELEMENT_DRIVE], 2 );

    params.enabled = TRUE;
    assert_int_equal( CALL( get_facts, &params ), STATUS_SUCCESS );
    assert_int_equal( params.facts.count[ELEMENT_IMPEXP], 1 );
    assert_true( params.facts.bar_code_reader );
    assert_true( params.facts.lock );
    assert_false( params.facts.position );
    assert_false( params.facts.initialize_range );
    /* three moves instead of the command that it does not know */
    assert_false( params.facts.exchange_true );
    assert_int_equal( params.facts.exchange[ELEMENT_STORAGE], 0x0e );
    assert_int_equal( params.facts.exchange[ELEMENT_TRANSPORT], 0 );
    assert_int_equal( params.facts.move[ELEMENT_STORAGE], 0x0e );
}

static void test_initialize( void **state )
{
    struct initialize_elements_params params = { handle };

    assert_int_equal( CALL( initialize_elements, &params ), STATUS_SUCCESS );
    assert_int_equal( fake.commands[SMC_INITIALIZE_ELEMENT_STATUS], 1 );
    params.first.type = ELEMENT_STORAGE;
    params.count = 2;
    assert_int_equal( CALL( initialize_elements, &params ), STATUS_INVALID_PARAMETER );
}

/* ---------------------------------------------------------------- numbers */

/* what the page counts and the device does not show has its numbers reserved, but for drives at the end */
static void test_reserved_numbers( void **state )
{
    fake.first_count[ELEMENT_STORAGE] = 3;
    fake.first_count[ELEMENT_DRIVE] = 2;
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 8, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[4].flags, ELEMENT_ACCESS );
    assert_int_equal( elements[5].flags, ELEMENT_EXCEPT );
    assert_int_equal( get_elements( ELEMENT_DRIVE, 0, 3, TRUE ), STATUS_ILLEGAL_ELEMENT_ADDRESS );

    /* it comes: where it was expected */
    add_elements( ELEMENT_STORAGE, 1006, 1, ELEMENT_ACCESS );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 8, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[5].flags, ELEMENT_EXCEPT );
    assert_int_equal( elements[6].flags, ELEMENT_ACCESS );
}

/* a drive that is not there in the middle keeps its number; one that comes takes it */
static void test_missing_drive( void **state )
{
    add_elements( ELEMENT_DRIVE, 502, 1, ELEMENT_ACCESS );
    find_fake( 501 )->flags = ELEMENT_EXCEPT;
    find_fake( 501 )->asc = 0x83;
    find_fake( 501 )->ascq = 0x04;
    assert_int_equal( get_elements( ELEMENT_DRIVE, 0, 3, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[1].flags, ELEMENT_EXCEPT );
    assert_int_equal( elements[1].asc, 0x83 );
    assert_int_equal( elements[2].flags, ELEMENT_ACCESS );
    find_fake( 501 )->flags = ELEMENT_ACCESS;
    find_fake( 501 )->asc = 0;
    assert_int_equal( get_elements( ELEMENT_DRIVE, 0, 3, TRUE ), STATUS_SUCCESS );
    assert_string_equal( elements[1].serial, "DRIVE2" );
    assert_int_equal( get_elements( ELEMENT_DRIVE, 0, 4, TRUE ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
}

/* a slot that appears below all others takes the last number */
static void test_late_slot( void **state )
{
    check_library( TRUE, TRUE );
    add_elements( ELEMENT_STORAGE, 22, 1, ELEMENT_ACCESS | ELEMENT_FULL );
    add_sense( 0, 1, SENSE_UNIT_ATTENTION, 0x28, 0x00 );
    check_library( TRUE, TRUE );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 4, 2, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[0].flags, ELEMENT_ACCESS );
    assert_int_equal( elements[1].flags, ELEMENT_ACCESS | ELEMENT_FULL );
    assert_int_equal( move( ELEMENT_STORAGE, 5, ELEMENT_DRIVE, 0 ), STATUS_SUCCESS );
    assert_false( find_fake( 22 )->flags & ELEMENT_FULL );
}

/* ---------------------------------------------------------------- exchange */

static NTSTATUS exchange( UINT32 source, UINT32 first_type, UINT32 first, UINT32 second )
{
    struct exchange_medium_params params = { handle, 0, { ELEMENT_STORAGE, source }, { first_type, first },
                                             { ELEMENT_STORAGE, second }};

    return CALL( exchange_medium, &params );
}

static BOOL full( UINT16 address )
{
    return !!(find_fake( address )->flags & ELEMENT_FULL);
}

static void test_exchange( void **state )
{
    fake.exchanges = TRUE;
    assert_int_equal( exchange( 0, ELEMENT_STORAGE, 1, 0 ), STATUS_SUCCESS );
    assert_string_equal( find_fake( 1001 )->label, "EXCHANGED" );
    assert_int_equal( fake.commands[SMC_MOVE_MEDIUM], 0 );
}

/* the device does not know the command: three moves, by way of a free slot that is nobody's home */
static void test_emulated_swap( void **state )
{
    find_fake( 500 )->flags |= ELEMENT_FULL;
    find_fake( 500 )->source = 1002;
    assert_int_equal( exchange( 0, ELEMENT_DRIVE, 0, 0 ), STATUS_SUCCESS );
    assert_int_equal( fake.commands[SMC_EXCHANGE_MEDIUM], 1 );
    assert_int_equal( fake.commands[SMC_MOVE_MEDIUM], 3 );
    assert_true( full( 1000 ) && full( 500 ) );
    assert_false( full( 1002 ) || full( 1003 ) );

    /* it is not asked twice; a second destination makes two moves of it */
    assert_int_equal( exchange( 0, ELEMENT_DRIVE, 0, 4 ), STATUS_SUCCESS );
    assert_int_equal( fake.commands[SMC_EXCHANGE_MEDIUM], 1 );
    assert_int_equal( fake.commands[SMC_MOVE_MEDIUM], 5 );
    assert_true( full( 1004 ) && full( 500 ) && !full( 1000 ) );
}

/* nothing moves unless all of it can */
static void test_refused_exchange( void **state )
{
    unsigned int i;

    assert_int_equal( exchange( 0, ELEMENT_DRIVE, 0, 0 ), STATUS_SOURCE_ELEMENT_EMPTY );
    assert_int_equal( exchange( 3, ELEMENT_STORAGE, 1, 3 ), STATUS_SOURCE_ELEMENT_EMPTY );
    assert_int_equal( exchange( 0, ELEMENT_STORAGE, 0, 0 ), STATUS_INVALID_PARAMETER );
    find_fake( 500 )->flags |= ELEMENT_FULL;
    assert_int_equal( exchange( 0, ELEMENT_DRIVE, 0, 1 ), STATUS_DESTINATION_ELEMENT_FULL );
    for (i = 1000; i < 1005; i++) find_fake( i )->flags |= ELEMENT_FULL;
    assert_int_equal( exchange( 0, ELEMENT_DRIVE, 0, 0 ), STATUS_DESTINATION_ELEMENT_FULL );
    find_fake( 1004 )->flags = 0;  /* no Access: the magazine is out */
    assert_int_equal( exchange( 0, ELEMENT_DRIVE, 0, 0 ), STATUS_DESTINATION_ELEMENT_FULL );
    assert_int_equal( fake.commands[SMC_MOVE_MEDIUM], 0 );
}

/* the second move fails: the first is taken back */
static void test_exchange_undone( void **state )
{
    find_fake( 500 )->flags |= ELEMENT_FULL;
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 5, TRUE ), STATUS_SUCCESS );
    fake.senses[0] = (struct fake_sense){ SMC_MOVE_MEDIUM, 1, SENSE_HARDWARE_ERROR, 0x15, 0x01 };
    assert_int_equal( exchange( 0, ELEMENT_DRIVE, 0, 0 ), STATUS_IO_DEVICE_ERROR );
    assert_true( full( 1000 ) && full( 500 ) );
    assert_int_equal( fake.commands[SMC_MOVE_MEDIUM], 1 );
}

/* ---------------------------------------------------------------- tags */

static NTSTATUS query( UINT32 action, UINT32 type, UINT32 first, const char *pattern, struct query_tags_params *params )
{
    *params = (struct query_tags_params){ handle, type, first, action, .max = MAX_ELEMENTS, .elements = elements };
    strcpy( params->pattern, pattern );
    return CALL( query_tags, params );
}

static void test_search( void **state )
{
    static const struct { const char *pattern; unsigned int count; } patterns[] =
    {
        { "AAA001L5", 1 }, { "AAA002L5", 1 }, { "AAA*", 2 }, { "*", 2 }, { "AAA00?L5", 2 }, { "AAA001L?", 1 },
        { "*002*", 1 }, { "?", 0 }, { "", 0 }, { "AAA001L", 0 }, { "AAA001L5X", 0 }, { "*L5", 2 }, { "**1**", 1 }, { "*L", 0 },
    };
    struct query_tags_params params;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(patterns); i++)
    {
        assert_int_equal( query( 0, ELEMENT_ALL, 0, patterns[i].pattern, &params ), STATUS_SUCCESS );
        assert_int_equal( params.count, patterns[i].count );
    }
    assert_int_equal( query( 5, ELEMENT_STORAGE, 1, "*", &params ), STATUS_SUCCESS );
    assert_int_equal( params.count, 1 );
    assert_int_equal( elements[0].address, 1 );
    assert_string_equal( elements[0].primary, "AAA002L5" );
    assert_int_equal( query( 2, ELEMENT_ALL, 0, "*", &params ), STATUS_SUCCESS );
    assert_int_equal( params.count, 0 );  /* no alternate tags */
    assert_int_equal( query( 0, ELEMENT_STORAGE, 5, "*", &params ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( query( 0, 5, 0, "*", &params ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    assert_int_equal( query( 3, ELEMENT_ALL, 0, "*", &params ), STATUS_INVALID_PARAMETER );
    assert_int_equal( query( 14, ELEMENT_ALL, 0, "*", &params ), STATUS_INVALID_PARAMETER );
}

static void test_tag_change( void **state )
{
    struct query_tags_params params;

    assert_int_equal( query( 8, ELEMENT_STORAGE, 0, "NEW", &params ), STATUS_INVALID_DEVICE_REQUEST );
    assert_int_equal( query( 8, ELEMENT_STORAGE, 0, "NEW", &params ), STATUS_INVALID_DEVICE_REQUEST );
    assert_int_equal( fake.commands[SMC_SEND_VOLUME_TAG], 1 );
    assert_int_equal( query( 8, ELEMENT_ALL, 0, "NEW", &params ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
}

static void test_tag_assert( void **state )
{
    struct query_tags_params params;

    fake.tags_change = TRUE;
    assert_int_equal( query( 8, ELEMENT_STORAGE, 1, "NEW", &params ), STATUS_SUCCESS );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 1, 1, TRUE ), STATUS_SUCCESS );
    assert_string_equal( elements[0].primary, "NEW" );
}

/* ---------------------------------------------------------------- which drive is which device */

static struct fake_tape *add_tape( unsigned int host, unsigned int target, const char *serial )
{
    struct fake_tape *tape = &fake.tapes[fake.tape_count++];

    *tape = (struct fake_tape){ host, target, serial };
    return tape;
}

static void check_tie( unsigned int drive, UINT32 method, const char *serial )
{
    struct drive_tie_info ties[MAX_TAPES];
    struct get_ties_params params = { handle, MAX_TAPES, 0, ties };

    assert_int_equal( CALL( get_ties, &params ), STATUS_SUCCESS );
    assert_true( drive < params.count );
    assert_int_equal( ties[drive].method, method );
    assert_string_equal( ties[drive].identity.serial, serial );
    if (!method) return;
    assert_int_equal( get_elements( ELEMENT_DRIVE, drive, 1, FALSE ), STATUS_SUCCESS );
    assert_string_equal( elements[0].serial, serial );
}

static void test_tie_serial( void **state )
{
    add_tape( 1, 0, "DRIVE2" );
    add_tape( 2, 0, "DRIVE1" );
    check_tie( 0, TIE_SERIAL, "DRIVE1" );
    check_tie( 1, TIE_SERIAL, "DRIVE2" );
}

/* two devices with one serial number are told apart by nothing; the one that is left is not guessed either */
static void test_tie_ambiguous( void **state )
{
    add_tape( 0, 0, "DRIVE1" );
    add_tape( 0, 1, "DRIVE1" );
    check_tie( 0, TIE_NONE, "" );
    check_tie( 1, TIE_NONE, "" );
    assert_int_equal( get_elements( ELEMENT_DRIVE, 0, 1, FALSE ), STATUS_SUCCESS );
    assert_string_equal( elements[0].serial, "DRIVE1" );
}

static void test_tie_identifier( void **state )
{
    find_fake( 500 )->serial = find_fake( 501 )->serial = NULL;
    find_fake( 500 )->naa = 7;
    find_fake( 501 )->naa = 8;
    add_tape( 1, 0, "A" )->naa = 8;
    add_tape( 1, 1, "B" )->naa = 7;
    check_tie( 0, TIE_IDENTIFIER, "B" );
    check_tie( 1, TIE_IDENTIFIER, "A" );
}

static void test_tie_element_address( void **state )
{
    struct fake_tape *tape;

    find_fake( 500 )->serial = find_fake( 501 )->serial = NULL;
    tape = add_tape( 1, 0, "A" );
    tape->address = 501;
    tape->library = "SERIAL";
    tape = add_tape( 0, 1, "B" );   /* on the changer's bus, without the library's name */
    tape->address = 500;
    tape = add_tape( 1, 2, "C" );   /* in another library */
    tape->address = 500;
    tape->library = "OTHER";
    check_tie( 0, TIE_ELEMENT_ADDRESS, "B" );
    check_tie( 1, TIE_ELEMENT_ADDRESS, "A" );
}

static void test_tie_bus( void **state )
{
    find_fake( 500 )->serial = find_fake( 501 )->serial = NULL;
    find_fake( 500 )->bus = ELEMENT_BUS_ID_VALID | ELEMENT_BUS_LU_VALID;
    find_fake( 500 )->target = 5;
    find_fake( 501 )->bus = ELEMENT_BUS_ID_VALID | ELEMENT_BUS_NOT_BUS;
    find_fake( 501 )->target = 4;
    add_tape( 0, 4, "FOUR" );
    add_tape( 0, 5, "FIVE" );
    add_tape( 1, 5, "OTHER" );
    check_tie( 0, TIE_BUS, "FIVE" );
    assert_int_equal( elements[0].target, 5 );
    check_tie( 1, TIE_NONE, "" );   /* it says that it is elsewhere */
}

static void test_tie_partial_serial( void **state )
{
    find_fake( 500 )->serial = "1234567890";
    find_fake( 501 )->serial = "87654321";
    add_tape( 1, 0, "123456789012" );
    add_tape( 1, 1, "XX87654321" );
    check_tie( 0, TIE_PARTIAL_SERIAL, "123456789012" );
    check_tie( 1, TIE_PARTIAL_SERIAL, "XX87654321" );
}

/* like tgt, which cuts the last drive's identification */
static void test_tie_last( void **state )
{
    find_fake( 501 )->serial = NULL;
    add_tape( 0, 1, "DRIVE1" );
    add_tape( 0, 2, "LEFT" );
    add_tape( 7, 2, "ELSEWHERE" );
    check_tie( 0, TIE_SERIAL, "DRIVE1" );
    check_tie( 1, TIE_LAST, "LEFT" );
}

/* the owner's word counts more than all else, and takes the device from whoever had it */
static void test_tie_owner( void **state )
{
    UINT64 other;

    add_tape( 1, 0, "DRIVE1" );
    add_tape( 1, 1, "DRIVE2" );
    check_tie( 0, TIE_SERIAL, "DRIVE1" );
    overrides[0] = (struct drive_override){ 0, "DRIVE2" };
    overrides[1] = (struct drive_override){ 1, "" };
    override_count = 2;
    other = open_handle_of( unit );
    check_tie( 0, TIE_OWNER, "DRIVE2" );
    check_tie( 1, TIE_NONE, "" );
    assert_int_equal( get_elements( ELEMENT_DRIVE, 1, 1, FALSE ), STATUS_SUCCESS );
    assert_string_equal( elements[0].serial, "" );
    override_count = 0;
    close_handle( other );
    other = open_handle_of( unit );
    check_tie( 1, TIE_SERIAL, "DRIVE2" );
    close_handle( other );
}

/* a device that comes later is found when the host's devices have been looked at again */
static void test_tie_later( void **state )
{
    struct device_event event;

    add_tape( 1, 0, "DRIVE1" );
    check_tie( 1, TIE_NONE, "" );
    add_tape( 1, 1, "DRIVE2" );
    check_tie( 1, TIE_NONE, "" );
    do assert_int_equal( CALL( next_event, &event ), STATUS_SUCCESS ); while (event.type != DEVICE_EVENT_SETTLED);
    check_tie( 1, TIE_SERIAL, "DRIVE2" );
}

/* ---------------------------------------------------------------- attentions, doors, stock */

static void test_watch( void **state )
{
    struct handle_params params = { handle };

    assert_int_equal( CALL( watch, &params ), STATUS_PENDING );
    add_sense( 0, 1, SENSE_UNIT_ATTENTION, 0x28, 0x01 );
    assert_int_equal( CALL( watch, &params ), STATUS_SUCCESS );
    assert_int_equal( CALL( watch, &params ), STATUS_PENDING );

    /* a door without an attention: opened, closed */
    add_sense( SCSI_TEST_UNIT_READY, 1, SENSE_NOT_READY, 0x04, 0x18 );
    assert_int_equal( CALL( watch, &params ), STATUS_SUCCESS );
    assert_int_equal( CALL( watch, &params ), STATUS_SUCCESS );
    assert_int_equal( CALL( watch, &params ), STATUS_PENDING );
}

static void test_needs_initialize( void **state )
{
    fake.need_initialize = TRUE;
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 1, TRUE ), STATUS_REINITIALIZATION_NEEDED );
    assert_int_equal( fake.commands[SMC_INITIALIZE_ELEMENT_STATUS], 0 );
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_SUCCESS );
    assert_int_equal( fake.commands[SMC_INITIALIZE_ELEMENT_STATUS], 1 );
}

static void check_range( UINT8 code )
{
    struct initialize_elements_params params = { handle, { ELEMENT_STORAGE, 1 }, 3 };

    fake.range_code = code;
    assert_int_equal( CALL( initialize_elements, &params ), STATUS_SUCCESS );
    assert_int_equal( fake.range[0], code );
    assert_int_equal( fake.range[1], 1 );
    assert_int_equal( get_be16( fake.range + 2 ), 1001 );
    assert_int_equal( get_be16( fake.range + 6 ), 3 );
    params.count = 5;
    assert_int_equal( CALL( initialize_elements, &params ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
    params.count = 0xffffffff;
    assert_int_equal( CALL( initialize_elements, &params ), STATUS_ILLEGAL_ELEMENT_ADDRESS );
}

static void test_range( void **state )
{
    check_range( 0x37 );
}

static void test_vendor_range( void **state )
{
    check_range( 0xe7 );
}

/* ---------------------------------------------------------------- a changer in a drive */

static void remove_changer(void)
{
    struct release_unit_params release = { unit };

    close_handle( handle );
    CALL( release_unit, &release );
}

static void find_changer( struct device_event *event )
{
    do assert_int_equal( CALL( next_event, event ), STATUS_SUCCESS ); while (event->type != DEVICE_EVENT_ARRIVED);
    unit = event->unit;
    handle = open_handle_of( unit );
}

static void test_attached( void **state )
{
    struct device_event event;

    remove_changer();
    fake.attached = TRUE;
    add_tape( 0, 1, "SERIAL" )->mchngr = 0x08;
    find_changer( &event );
    assert_int_equal( event.identity.type, HOST_TYPE_CHANGER );
    assert_string_equal( event.identity.serial, "SERIAL" );
    check_library( TRUE, TRUE );
    assert_int_equal( move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 ), STATUS_SUCCESS );
    assert_int_equal( fake.commands[SMC_MOVE_MEDIUM_ATTACHED], 1 );
    assert_int_equal( fake.commands[SMC_MOVE_MEDIUM], 0 );
    assert_int_equal( fake.commands[SMC_READ_ELEMENT_STATUS], 0 );
    /* the changer is another drive's again when the test ends */
    remove_changer();
    fake.attached = FALSE;
    fake.tape_count = 0;
    find_changer( &event );
}

/* it says so and has none: there are no elements */
static void test_not_attached( void **state )
{
    struct device_event event = { 0 };
    unsigned int i;

    remove_changer();
    fake.attached = TRUE;
    fake.count = 0;
    add_tape( 0, 1, "SERIAL" )->mchngr = 0x08;
    for (i = 0; i < 4; i++)
    {
        assert_int_equal( CALL( next_event, &event ), STATUS_SUCCESS );
        assert_int_not_equal( event.type, DEVICE_EVENT_ARRIVED );
    }
    fake.attached = FALSE;
    fake.tape_count = 0;
    find_changer( &event );
}

/* ---------------------------------------------------------------- the robot at work */

static void *move_thread( void *arg )
{
    *(NTSTATUS *)arg = move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 );
    return NULL;
}

/* whoever asks is answered while a move takes its time */
static void test_status_during_move( void **state )
{
    pthread_mutex_t robot = PTHREAD_MUTEX_INITIALIZER;
    UINT64 first = handle, second = open_handle_of( unit );
    struct handle_params params = { second };
    NTSTATUS status = ~0;
    pthread_t thread;

    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 5, TRUE ), STATUS_SUCCESS );
    fake.robot = &robot;
    pthread_mutex_lock( &robot );
    assert_int_equal( pthread_create( &thread, NULL, move_thread, &status ), 0 );
    while (!__atomic_load_n( &fake.commands[SMC_MOVE_MEDIUM], __ATOMIC_ACQUIRE )) sched_yield();
    handle = second;
    assert_int_equal( CALL( get_status, &params ), STATUS_SUCCESS );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 5, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[0].flags, ELEMENT_FULL | ELEMENT_ACCESS );
    assert_int_equal( status, ~0 );
    pthread_mutex_unlock( &robot );
    pthread_join( thread, NULL );
    assert_int_equal( status, STATUS_SUCCESS );
    assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 5, TRUE ), STATUS_SUCCESS );
    assert_int_equal( elements[0].flags, ELEMENT_ACCESS );
    close_handle( second );
    handle = first;
}

/* ---------------------------------------------------------------- the host fails */

static unsigned int count_full(void)
{
    unsigned int i, count = 0;

    for (i = 0; i < fake.count; i++) if (fake.elements[i].flags & ELEMENT_FULL) count++;
    return count;
}

/* everything that a handle can be asked for; what fails must fail cleanly */
static void use_everything(void)
{
    struct initialize_elements_params initialize = { handle };
    struct set_position_params position = { handle, 0, { ELEMENT_STORAGE, 0 }};
    struct lock_access_params lock = { handle, TRUE, 0, TRUE };
    struct move_port_params port = { handle, 0, TRUE };
    struct get_facts_params facts = { handle, TRUE };
    struct rezero_params rezero = { handle, 0 };
    struct drive_tie_info ties[MAX_TAPES];
    struct get_ties_params get_ties = { handle, MAX_TAPES, 0, ties };
    struct handle_params params = { handle };
    struct query_tags_params tags;

    CALL( get_status, &params );
    CALL( get_facts, &facts );
    get_elements( ELEMENT_ALL, 0, 9, TRUE );
    CALL( get_ties, &get_ties );
    move( ELEMENT_STORAGE, 0, ELEMENT_DRIVE, 0 );
    exchange( 1, ELEMENT_DRIVE, 0, 1 );
    move( ELEMENT_DRIVE, 0, ELEMENT_STORAGE, 0 );
    query( 0, ELEMENT_ALL, 0, "*", &tags );
    query( 8, ELEMENT_STORAGE, 0, "X", &tags );
    CALL( set_position, &position );
    CALL( rezero, &rezero );
    CALL( lock_access, &lock );
    CALL( move_port, &port );
    CALL( initialize_elements, &initialize );
    CALL( watch, &params );
}

/* Each host call fails once in a life of a changer; afterwards all is as if it had not happened. */
static void test_failing_host( void **state )
{
    struct release_unit_params release = { unit };
    struct device_event event = { 0 };
    BOOL failed = TRUE;
    unsigned int call;

    close_handle( handle );
    CALL( release_unit, &release );
    for (call = 1; failed; call++)
    {
        memset( &fake, 0, offsetof( typeof(fake), reply ) );
        build_library();
        add_tape( 0, 1, "DRIVE1" );
        add_tape( 0, 2, "DRIVE2" );
        event.type = 0;
        fake.fail_call = call;
        do assert_int_equal( CALL( next_event, &event ), STATUS_SUCCESS ); while (event.type != DEVICE_EVENT_ARRIVED);
        unit = event.unit;
        handle = 0;
        {
            struct open_changer_params params = { unit, TRUE };

            if (CALL( open_changer, &params )) assert_int_equal( CALL( open_changer, &params ), STATUS_SUCCESS );
            handle = params.handle;
        }
        use_everything();
        assert_int_equal( fake.opened, 0 );
        failed = fake.calls >= call;
        fake.fail_call = 0;
        /* it works again, and nothing has been lost or doubled */
        assert_int_equal( get_elements( ELEMENT_STORAGE, 0, 5, TRUE ), STATUS_SUCCESS );
        assert_int_equal( count_full(), 2 );
        close_handle( handle );
        assert_int_equal( fake.locks, 0 );
        assert_int_equal( fake.prevented, 0 );
        assert_int_equal( fake.opened, 0 );
        if (!failed) break;
        release.unit = unit;
        CALL( release_unit, &release );
    }
    print_message( "%u host calls have failed\n", call - 1 );
    handle = open_handle_of( unit );
}

#define TEST( name ) cmocka_unit_test_setup_teardown( test_ ## name, setup, teardown )

int main( void )
{
    static const struct CMUnitTest tests[] =
    {
        TEST( plain ), TEST( bad_numbers ), TEST( refusals ), TEST( refused_id ), TEST( refused_together ),
        TEST( refused_tags ), TEST( exact_length ), TEST( all_types_only ), TEST( ignored_count ),
        TEST( overflow ), TEST( large_overflow ),
        TEST( long_descriptors ), TEST( missing_slot ), TEST( no_access_bit ), TEST( overlap ), TEST( paging ),
        TEST( paging_ignored_count ), TEST( cost ), TEST( move ), TEST( lock ), TEST( power_on ),
        TEST( media_changed ), TEST( eject_wait ), TEST( becoming_ready ), TEST( sense ), TEST( silent_move ),
        TEST( prevent ), TEST( prevent_twice ), TEST( not_enabled ), TEST( facts ), TEST( initialize ),
        TEST( reserved_numbers ), TEST( missing_drive ), TEST( late_slot ),
        TEST( exchange ), TEST( emulated_swap ), TEST( refused_exchange ), TEST( exchange_undone ),
        TEST( search ), TEST( tag_change ), TEST( tag_assert ),
        TEST( tie_serial ), TEST( tie_ambiguous ), TEST( tie_identifier ), TEST( tie_element_address ), TEST( tie_bus ),
        TEST( tie_partial_serial ), TEST( tie_last ), TEST( tie_owner ), TEST( tie_later ),
        TEST( watch ), TEST( needs_initialize ), TEST( range ), TEST( vendor_range ),
        TEST( attached ), TEST( not_attached ), TEST( status_during_move ), TEST( failing_host ),
    };

    return cmocka_run_group_tests( tests, NULL, NULL );
}
