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
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
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

struct fake_element
{
    UINT8       type;
    UINT16      address;
    UINT8       flags;
    const char *label;
    const char *serial;
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
    BOOL                silent_move;       /* a move that succeeds without moving anything */
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
    if (size > hdr->dxfer_len) size = hdr->dxfer_len;
    memcpy( hdr->dxferp, data, size );
    hdr->resid = hdr->dxfer_len - size;
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
    for (type = 1; type < ELEMENT_TYPES; type++) assert_true( get_be16( data + 8 + 4 * (type - 1) ) <= 10000 );
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
    assert_int_equal( fd, 42 );
    assert_true( hdr->timeout );
    hdr->status = hdr->host_status = hdr->sb_len_wr = hdr->resid = 0;
    fake.commands[hdr->cmdp[0]]++;
    if (fake_attention( hdr )) return 0;

    switch (hdr->cmdp[0])
    {
    case SCSI_TEST_UNIT_READY:    break;
    case SCSI_INQUIRY:            fake_inquiry( hdr ); break;
    case SCSI_MODE_SENSE_6:       fake_mode_sense( hdr ); break;
    case SMC_READ_ELEMENT_STATUS: fake_read_element_status( hdr ); break;
    case SMC_MOVE_MEDIUM:         fake_move( hdr ); break;
    case SCSI_PREVENT_ALLOW:      fake.prevented = hdr->cmdp[4]; break;
    case SMC_INITIALIZE_ELEMENT_STATUS: break;
    default:                      set_sense( hdr, SENSE_ILLEGAL_REQUEST, 0x20, 0, -1 );
    }
    return 0;
}

static int fake_discover( int type, struct host_device *devices, int max )
{
    devices[0] = (struct host_device){ .type = type, .sg_path = "/unreal" };
    return 1;
}

static int fake_open( const char *path, int flags )
{
    return 42;
}

static int fake_close( int fd )
{
    assert_int_equal( fd, 42 );
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
    assert_string_equal( name, "changer-SERIAL" );
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

#define TEST( name ) cmocka_unit_test_setup_teardown( test_ ## name, setup, teardown )

int main( void )
{
    static const struct CMUnitTest tests[] =
    {
        TEST( plain ), TEST( bad_numbers ), TEST( refusals ), TEST( refused_id ), TEST( refused_together ),
        TEST( refused_tags ), TEST( exact_length ), TEST( all_types_only ), TEST( ignored_count ),
        TEST( long_descriptors ), TEST( missing_slot ), TEST( no_access_bit ), TEST( overlap ), TEST( paging ),
        TEST( paging_ignored_count ), TEST( cost ), TEST( move ), TEST( lock ), TEST( power_on ),
        TEST( media_changed ), TEST( eject_wait ), TEST( becoming_ready ), TEST( sense ), TEST( silent_move ),
        TEST( prevent ), TEST( prevent_twice ), TEST( not_enabled ), TEST( facts ), TEST( initialize ),
    };

    return cmocka_run_group_tests( tests, NULL, NULL );
}
