/*
 * Tests of labscsi's device models, without any front end
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

#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "frontend.h"

#define BUFFER_SIZE (1 << 20)

static struct lab lab;
static unsigned char buffer[BUFFER_SIZE];
static struct lab_command last;

/* a command of at most 12 bytes whose data is the first size bytes of buffer, in two unequal pieces */
static void run_as( unsigned int nexus, struct lab_device *device, const void *cdb, size_t size )
{
    struct iovec data[2] = { { buffer, size / 3 }, { buffer + size / 3, size - size / 3 } };

    memset( &last, 0, sizeof(last) );
    memcpy( last.cdb, cdb, 16 );
    last.nexus = nexus;
    last.data = data;
    last.data_count = 2;
    last.data_len = size;
    assert_int_equal( lab_start( device, &last ), 0 );
    lab_execute( device, &last );
    last.data = NULL;
}

#define RUN( device, size, ... ) run_as( 0, device, (const unsigned char[16]){ __VA_ARGS__ }, size )

#define assert_good() assert_int_equal( last.status, LAB_GOOD )
#define assert_fails( key, code ) check_sense( key, code, __LINE__ )
#define assert_info( value ) check_info( value, __LINE__ )

static void check_sense( unsigned int key, unsigned int code, int line )
{
    if (last.status == LAB_CHECK_CONDITION && last.sense[2] == key && get_be( last.sense + 12, 2 ) == code) return;
    fail_msg( "line %d: status %02x sense %02x/%04x, wanted %02x/%04x", line, last.status, last.sense[2],
              (unsigned int)get_be( last.sense + 12, 2 ), key, code );
}

static void check_info( int value, int line )
{
    if ((last.sense[0] & 0x80) && (int)get_be( last.sense + 3, 4 ) == value) return;
    fail_msg( "line %d: information %d, wanted %d", line, (int)get_be( last.sense + 3, 4 ), value );
}

static void drain( struct lab_device *device, unsigned int nexus )
{
    static const unsigned char test_unit_ready[16];

    do run_as( nexus, device, test_unit_ready, 0 );
    while (last.status == LAB_CHECK_CONDITION && last.sense[2] == LAB_UNIT_ATTENTION);
}

static const char *control( const char *order )
{
    static char answer[4096];
    char line[128];
    FILE *reply = fmemopen( answer, sizeof(answer), "w" );

    snprintf( line, sizeof(line), "%s", order );
    control_execute( &lab, line, reply );
    fclose( reply );
    return answer;
}

static struct lab_device *changer(void)
{
    return &lab.changers[0].device;
}

static struct lab_device *tape(void)
{
    return &lab.tapes[0].device;
}

static int setup( void **state )
{
    struct lab_shape shape = lab_default_shape;
    unsigned int i;

    (void)state;
    shape.standalone = 1;
    shape.ports = 2;
    shape.media = 5;
    shape.cleaners = 1;
    shape.tape_size = 8 << 20;
    if (!lab_create( &lab, &shape )) return -1;
    for (i = 0; i < lab.device_count; i++) drain( lab.devices[i], 0 );
    return 0;
}

static int teardown( void **state )
{
    (void)state;
    lab_destroy( &lab );
    return 0;
}

/* -------------------------------------------------------------------- tape */

static void load_tape(void)
{
    RUN( changer(), 0, 0xa5, 0, 0, 1, 4, 0, 1, 0 );
    assert_good();
    drain( tape(), 0 );
    assert_good();
}

static void fill( unsigned int seed, size_t size )
{
    size_t i;

    for (i = 0; i < size; i++) buffer[i] = i * 7 + i / 251 + seed;
}

static void check_data( unsigned int seed, size_t size, int line )
{
    size_t i;

    for (i = 0; i < size; i++)
        if (buffer[i] != (unsigned char)(i * 7 + i / 251 + seed)) fail_msg( "line %d: byte %zu differs", line, i );
}

static void write_record( unsigned int seed, unsigned int size )
{
    fill( seed, size );
    RUN( tape(), size, 0x0a, 0, size >> 16, size >> 8, size );
}

static void read_record( unsigned int flags, unsigned int size )
{
    memset( buffer, 0xaa, size );
    RUN( tape(), size, 0x08, flags, size >> 16, size >> 8, size );
}

static void write_marks( unsigned int count )
{
    RUN( tape(), 0, 0x10, 0, 0, 0, count );
}

static void rewind_tape(void)
{
    RUN( tape(), 0, 0x01 );
    assert_good();
}

static void space_tape( unsigned int code, int count )
{
    RUN( tape(), 0, 0x11, code, count >> 16, count >> 8, count );
}

static unsigned int position(void)
{
    RUN( tape(), 20, 0x34 );
    assert_good();
    assert_int_equal( last.sent, 20 );
    return get_be( buffer + 4, 4 );
}

static void set_block_length( unsigned int length )
{
    static const unsigned char header[4] = { 0, 0, 0x10, 8 };

    memset( buffer, 0, 12 );
    memcpy( buffer, header, 4 );
    put_be( buffer + 9, length, 3 );
    RUN( tape(), 12, 0x15, 0x10, 0, 0, 12 );
    assert_good();
}

static void test_variable( void **state )
{
    static const unsigned int sizes[] = { 1, 512, 65536, 65536, 262144, 1 << 20, 3 };
    unsigned int i;

    (void)state;
    load_tape();
    for (i = 0; i < 7; i++)
    {
        write_record( i, sizes[i] );
        assert_good();
    }
    write_marks( 1 );
    assert_int_equal( position(), 8 );
    rewind_tape();
    for (i = 0; i < 7; i++)
    {
        read_record( 0, sizes[i] );
        assert_good();
        assert_int_equal( last.sent, sizes[i] );
        check_data( i, sizes[i], __LINE__ );
    }
    read_record( 0, 100 );
    assert_fails( LAB_FILEMARK, 0x0001 );
    assert_info( 100 );
    read_record( 0, 100 );
    assert_fails( LAB_BLANK_CHECK, 0x0005 );
    assert_int_equal( position(), 8 );
}

static void test_incorrect_length( void **state )
{
    (void)state;
    load_tape();
    write_record( 1, 1000 );
    write_record( 2, 1000 );

    rewind_tape();
    read_record( 0, 3000 );               /* T20: shorter record, positive */
    assert_fails( LAB_ILI, 0 );
    assert_info( 2000 );
    assert_int_equal( last.sent, 1000 );
    check_data( 1, 1000, __LINE__ );
    read_record( 0, 400 );                /* T19: longer record, negative */
    assert_fails( LAB_ILI, 0 );
    assert_info( -600 );
    assert_int_equal( last.sent, 400 );
    check_data( 2, 400, __LINE__ );
    assert_int_equal( position(), 2 );

    rewind_tape();
    read_record( 2, 3000 );               /* SILI */
    assert_good();
    assert_int_equal( last.sent, 1000 );
    read_record( 2, 400 );
    assert_good();
    assert_int_equal( last.sent, 400 );
    read_record( 3, 1 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x2400 );
}

static void test_fixed( void **state )
{
    (void)state;
    load_tape();
    RUN( tape(), 512, 0x0a, 1, 0, 0, 1 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x2400 );  /* no block length yet */
    set_block_length( 512 );
    fill( 5, 64 * 512 );
    RUN( tape(), 64 * 512, 0x0a, 1, 0, 0, 64 );
    assert_good();
    assert_int_equal( position(), 64 );
    write_marks( 1 );
    rewind_tape();
    RUN( tape(), 64 * 512, 0x08, 1, 0, 0, 64 );
    assert_good();
    check_data( 5, 64 * 512, __LINE__ );

    rewind_tape();
    RUN( tape(), 100 * 512, 0x08, 1, 0, 0, 100 );  /* stops at the filemark */
    assert_fails( LAB_FILEMARK, 0x0001 );
    assert_info( 36 );
    assert_int_equal( last.sent, 64 * 512 );
    assert_int_equal( position(), 65 );

    rewind_tape();
    write_record( 1, 700 );                        /* another length among the blocks, and end of data behind */
    rewind_tape();
    RUN( tape(), 2 * 512, 0x08, 1, 0, 0, 2 );
    assert_fails( LAB_ILI, 0 );
    assert_info( 2 );
    RUN( tape(), 2 * 512, 0x08, 1, 0, 0, 2 );
    assert_fails( LAB_BLANK_CHECK, 0x0005 );
    assert_info( 2 );
}

static void test_space( void **state )
{
    unsigned int i;

    (void)state;
    load_tape();
    for (i = 0; i < 12; i++)                       /* 3 records and a mark, three times */
    {
        if (i % 4 == 3) write_marks( 1 );
        else write_record( i, 100 + i );
    }
    rewind_tape();
    space_tape( 1, 2 );
    assert_good();
    assert_int_equal( position(), 8 );
    space_tape( 0, 5 );
    assert_fails( LAB_FILEMARK, 0x0001 );
    assert_info( 2 );
    assert_int_equal( position(), 12 );
    space_tape( 0, 1 );
    assert_fails( LAB_BLANK_CHECK, 0x0005 );
    assert_info( 1 );
    space_tape( 0, -3 );
    assert_fails( LAB_FILEMARK, 0x0001 );
    assert_int_equal( position(), 11 );
    space_tape( 0, -3 );
    assert_good();
    assert_int_equal( position(), 8 );
    space_tape( 1, -2 );
    assert_good();
    assert_int_equal( position(), 3 );
    space_tape( 1, -1 );
    assert_fails( LAB_EOM, 0x0004 );
    assert_info( 1 );
    assert_int_equal( position(), 0 );
    space_tape( 3, 0 );
    assert_int_equal( position(), 12 );
    space_tape( 2, 1 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x2400 );
}

static void test_locate( void **state )
{
    unsigned int i;

    (void)state;
    load_tape();
    for (i = 0; i < 6; i++)
    {
        write_record( i, 50 );
        write_marks( 1 );
    }
    RUN( tape(), 0, 0x2b, 0, 0, 0, 0, 0, 4 );
    assert_good();
    read_record( 0, 50 );
    check_data( 2, 50, __LINE__ );
    RUN( tape(), 0, 0x2b, 0, 0, 0, 0, 0, 13 );
    assert_fails( LAB_BLANK_CHECK, 0x0005 );
    assert_int_equal( position(), 12 );

    RUN( tape(), 0, 0x92, 1 << 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3 );  /* file 3 */
    assert_good();
    RUN( tape(), 32, 0x34, 6 );
    assert_int_equal( get_be( buffer + 8, 8 ), 6 );
    assert_int_equal( get_be( buffer + 16, 8 ), 3 );
    RUN( tape(), 0, 0x92, 3 << 3 );
    assert_int_equal( position(), 12 );
    RUN( tape(), 0, 0x92, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7 );
    assert_int_equal( position(), 7 );
    rewind_tape();
    RUN( tape(), 20, 0x34 );
    assert_int_equal( buffer[0] & 0x80, 0x80 );
}

/* what is written in the middle ends the tape there, also inside a run of equal records */
static void test_overwrite( void **state )
{
    unsigned int i;

    (void)state;
    load_tape();
    for (i = 0; i < 10; i++) write_record( i, 1000 );
    RUN( tape(), 0, 0x2b, 0, 0, 0, 0, 0, 4 );
    write_record( 99, 2000 );
    assert_int_equal( cartridge_end( lab.tapes[0].cartridge ), 5 );
    rewind_tape();
    for (i = 0; i < 4; i++)
    {
        read_record( 0, 1000 );
        check_data( i, 1000, __LINE__ );
    }
    read_record( 0, 2000 );
    check_data( 99, 2000, __LINE__ );
    read_record( 0, 2000 );
    assert_fails( LAB_BLANK_CHECK, 0x0005 );
    RUN( tape(), 0, 0x2b, 0, 0, 0, 0, 0, 2 );
    RUN( tape(), 0, 0x19 );
    assert_good();
    assert_int_equal( cartridge_end( lab.tapes[0].cartridge ), 2 );
}

static void test_early_warning( void **state )
{
    unsigned int full = 0, warned = 0;

    (void)state;
    load_tape();
    for (;;)
    {
        write_record( full, BUFFER_SIZE );
        if (last.status == LAB_CHECK_CONDITION && last.sense[2] == (LAB_VOLUME_OVERFLOW | LAB_EOM)) break;
        if (last.status == LAB_CHECK_CONDITION)
        {
            assert_fails( LAB_EOM, 0x0002 );
            assert_info( 0 );
            warned++;
        }
        full++;
    }
    assert_info( BUFFER_SIZE );
    assert_int_equal( full, 8 );
    assert_int_equal( warned, 2 );
    assert_int_equal( position(), 8 );
    write_marks( 1 );
    assert_fails( LAB_VOLUME_OVERFLOW | LAB_EOM, 0x0002 );

    set_block_length( 4096 );
    RUN( tape(), 0, 0x2b, 0, 0, 0, 0, 0, 7 );
    fill( 1, BUFFER_SIZE );
    RUN( tape(), BUFFER_SIZE, 0x0a, 1, 0, 0, 250 );
    assert_fails( LAB_EOM, 0x0002 );
    RUN( tape(), BUFFER_SIZE, 0x0a, 1, 0, 0, 10 );  /* 6 of them fit */
    assert_fails( LAB_VOLUME_OVERFLOW | LAB_EOM, 0x0002 );
    assert_info( 4 );
    assert_int_equal( last.received, 6 * 4096 );
}

static void test_protection( void **state )
{
    (void)state;
    load_tape();
    write_record( 1, 100 );
    assert_string_equal( control( "protect 000001L5 on" ), "ok\n" );
    write_record( 1, 100 );
    assert_fails( LAB_DATA_PROTECT, 0x2700 );
    write_marks( 1 );
    assert_fails( LAB_DATA_PROTECT, 0x2700 );
    RUN( tape(), 0, 0x19 );
    assert_fails( LAB_DATA_PROTECT, 0x2700 );
    RUN( tape(), 12, 0x1a, 0, 0, 0, 12 );
    assert_int_equal( buffer[2] & 0x80, 0x80 );
    rewind_tape();
    read_record( 0, 100 );
    assert_good();
    control( "protect 000001L5 off" );
    write_record( 1, 100 );
    assert_good();
}

static void test_medium( void **state )
{
    (void)state;
    RUN( tape(), 0, 0 );
    assert_fails( LAB_NOT_READY, 0x3a00 );
    read_record( 0, 100 );
    assert_fails( LAB_NOT_READY, 0x3a00 );
    RUN( tape(), 0, 0x1b, 0, 0, 0, 1 );
    assert_fails( LAB_NOT_READY, 0x3a00 );

    RUN( changer(), 0, 0xa5, 0, 0, 1, 4, 0, 1, 0 );
    RUN( tape(), 0, 0 );
    assert_fails( LAB_UNIT_ATTENTION, 0x2800 );
    RUN( tape(), 0, 0 );
    assert_good();
    RUN( tape(), 0, 0x1e, 0, 0, 0, 1 );
    RUN( tape(), 0, 0x1b );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x5302 );
    RUN( changer(), 0, 0xa5, 0, 0, 1, 1, 0, 4, 0 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x5302 );
    RUN( tape(), 0, 0x1e );
    RUN( tape(), 0, 0x1b );
    assert_good();
    RUN( tape(), 0, 0 );
    assert_fails( LAB_NOT_READY, 0x3a00 );
    drain( tape(), 1 );
    RUN( tape(), 0, 0x1b, 0, 0, 0, 1 );            /* who asks for the load is not told of it, the others are */
    assert_good();
    RUN( tape(), 0, 0 );
    assert_good();
    run_as( 1, tape(), (const unsigned char[16]){ 0 }, 0 );
    assert_fails( LAB_UNIT_ATTENTION, 0x2800 );
}

static void test_tape_pages( void **state )
{
    (void)state;
    load_tape();
    RUN( tape(), 6, 0x05 );
    assert_memory_equal( buffer, "\x00\x80\x00\x00\x00\x01", 6 );
    RUN( tape(), 255, 0x1a, 8, 0x3f, 0, 255 );
    assert_int_equal( last.sent, 4 + 16 + 16 + 32 );
    assert_int_equal( buffer[0], last.sent - 1 );
    assert_int_equal( buffer[4], 0x0f );
    RUN( tape(), 255, 0x5a, 0, 0x10, 0, 0, 0, 0, 0, 255 );
    assert_int_equal( last.sent, 8 + 8 + 16 );
    assert_int_equal( get_be( buffer, 2 ), last.sent - 2 );
    assert_int_equal( buffer[7], 8 );
    assert_int_equal( buffer[8], 0x58 );
    RUN( tape(), 255, 0x1a, 0, 0x11, 0, 255 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x2400 );
    RUN( tape(), 255, 0x1a, 0, 0xcf, 0, 255 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x3900 );

    memset( buffer, 0, 20 );                        /* compression off */
    buffer[4] = 0x0f;
    buffer[5] = 14;
    RUN( tape(), 20, 0x15, 0x10, 0, 0, 20 );
    assert_good();
    RUN( tape(), 20, 0x1a, 8, 0x0f, 0, 20 );
    assert_int_equal( buffer[6], 0x40 );
    run_as( 2, tape(), (const unsigned char[16]){ 0 }, 0 );
    drain( tape(), 2 );
    buffer[5] = 200;                                /* a page longer than the list */
    RUN( tape(), 20, 0x15, 0x10, 0, 0, 20 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x1a00 );

    RUN( tape(), 512, 0x4d, 0, 0x71, 0, 0, 0, 0, 2, 0 );
    assert_int_equal( last.sent, 4 + 32 );
    assert_int_equal( get_be( buffer + 8, 4 ), 8 );
    control( "alert tape0 20" );
    RUN( tape(), 512, 0x4d, 0, 0x6e, 0, 0, 0, 0, 2, 0 );
    assert_int_equal( last.sent, 324 );
    assert_int_equal( buffer[4 + 19 * 5 + 4], 1 );
    RUN( tape(), 512, 0x4d, 0, 0x6e, 0, 0, 0, 0, 2, 0 );
    assert_int_equal( buffer[4 + 19 * 5 + 4], 0 );
    RUN( tape(), 512, 0x44, 0, 0, 0, 0, 0, 0, 2, 0 );
    assert_int_equal( last.sent, 4 + 3 * 52 );
    assert_int_equal( get_be( buffer, 2 ), last.sent - 2 );
}

static void test_identity( void **state )
{
    (void)state;
    RUN( tape(), 255, 0x12, 0, 0, 0, 255 );
    assert_int_equal( buffer[0], 1 );
    assert_int_equal( buffer[4], last.sent - 5 );
    assert_memory_equal( buffer + 8, "LABSCSI ULTRIUM-TD5     0001", 28 );
    RUN( tape(), 255, 0x12, 1, 0x80, 0, 255 );
    assert_memory_equal( buffer, "\x01\x80\x00\x08L01D0001", 12 );
    RUN( tape(), 255, 0x12, 1, 0x83, 0, 255 );
    assert_memory_equal( buffer + 4, "\x02\x01\x00\x22LABSCSI ULTRIUM-TD5     L01D0001  ", 38 );
    assert_int_equal( get_be( buffer + 2, 2 ), last.sent - 4 );
    RUN( tape(), 255, 0x12, 1, 0x55, 0, 255 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x2400 );
    RUN( changer(), 255, 0x12, 0, 0, 0, 255 );
    assert_int_equal( buffer[0], 8 );
    assert_int_equal( buffer[55] & 1, 1 );
    RUN( changer(), 5, 0x12, 0, 0, 0, 5 );
    assert_int_equal( last.sent, 5 );
    RUN( changer(), 0, 0xff );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x2000 );
}

/* ----------------------------------------------------------------- changer */

struct element
{
    unsigned int  type;
    unsigned int  address;
    unsigned int  flags;
    unsigned int  medium;
    int           source;       /* -1 = none */
    char          tag[33];
};

/* walks the answer in buffer by the lengths that it names itself; returns how many elements there are */
static unsigned int parse( struct element *elements, unsigned int max )
{
    unsigned int pos = 8, count = 0, end = last.sent;

    assert_in_range( last.sent, 8, BUFFER_SIZE );
    while (pos < end)
    {
        unsigned int type = buffer[pos], len = get_be( buffer + pos + 2, 2 ), bytes = get_be( buffer + pos + 5, 3 );
        bool tags = buffer[pos + 1] & 0x80;
        unsigned int stop = pos + 8 + bytes;

        assert_true( len >= 16 && bytes % len == 0 );
        for (pos += 8; pos < stop && pos < end && count < max; pos += len, count++)
        {
            assert_true( pos + len <= end );  /* only whole descriptors */
            elements[count].type = type;
            elements[count].address = get_be( buffer + pos, 2 );
            elements[count].flags = buffer[pos + 2];
            elements[count].medium = buffer[pos + 9] & 7;
            elements[count].source = buffer[pos + 9] & 0x80 ? (int)get_be( buffer + pos + 10, 2 ) : -1;
            memset( elements[count].tag, 0, sizeof(elements[count].tag) );
            if (tags) memcpy( elements[count].tag, buffer + pos + 12, 32 );
        }
    }
    return count;
}

static struct element get_element( unsigned int address )
{
    struct element elements[32];
    unsigned int i, count;

    RUN( changer(), 4096, 0xb8, 0x10, 0, 0, 0xff, 0xff, 0, 0, 0x10, 0 );
    assert_good();
    count = parse( elements, 32 );
    for (i = 0; i < count; i++) if (elements[i].address == address) return elements[i];
    fail_msg( "no element %x", address );
    return elements[0];
}

static void test_element_status( void **state )
{
    struct element elements[32];
    unsigned int count;

    (void)state;
    RUN( changer(), 4096, 0xb8, 0x10, 0, 0, 0xff, 0xff, 0, 0, 0x10, 0 );
    count = parse( elements, 32 );
    assert_int_equal( count, 1 + 2 + 2 + 8 );
    assert_int_equal( get_be( buffer, 2 ), 1 );
    assert_int_equal( get_be( buffer + 2, 2 ), count );
    assert_int_equal( get_be( buffer + 5, 3 ), last.sent - 8 );
    assert_int_equal( elements[0].type, LAB_TRANSPORT );
    assert_int_equal( elements[1].flags, 0x38 );   /* K12: port, closed and empty */
    assert_int_equal( elements[3].type, LAB_DRIVE );
    assert_int_equal( elements[3].flags, 0x08 );
    assert_int_equal( elements[5].address, 0x400 );
    assert_int_equal( elements[5].flags, 0x09 );
    assert_int_equal( elements[5].medium, 1 );
    assert_string_equal( elements[5].tag, "000001L5                        " );
    assert_int_equal( elements[12].medium, 2 );
    assert_string_equal( elements[12].tag, "CLN001L1                        " );
    assert_int_equal( elements[11].flags, 0x08 );
    assert_string_equal( elements[11].tag, "" );

    RUN( changer(), 4096, 0xb8, 0x14, 0, 0, 0xff, 0xff, 1, 0, 0x10, 0 );  /* as K1: 86 bytes */
    assert_int_equal( parse( elements, 32 ), 2 );
    assert_int_equal( get_be( buffer + 10, 2 ), 86 );
    assert_memory_equal( buffer + 16 + 48, "\x02\x01\x00\x22LABSCSI ULTRIUM-TD5     L01D0001  ", 38 );
    RUN( changer(), 4096, 0xb8, 0x04, 0, 0, 0xff, 0xff, 1, 0, 0x10, 0 );  /* as E3: 50 bytes */
    assert_int_equal( get_be( buffer + 10, 2 ), 50 );
    RUN( changer(), 4096, 0xb8, 0x02, 0x04, 0x03, 0, 2, 0, 0, 0x10, 0 );  /* two from 0403h */
    assert_int_equal( parse( elements, 32 ), 2 );
    assert_int_equal( elements[0].address, 0x403 );
    RUN( changer(), 4096, 0xb8, 0x02, 0, 0, 0, 0, 0, 0, 0x10, 0 );        /* none */
    assert_int_equal( parse( elements, 32 ), 0 );
    RUN( changer(), 4096, 0xb8, 0x05, 0, 0, 0, 1, 0, 0, 0x10, 0 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x2400 );
}

/* K16: whole descriptors only, totals as if there were room */
static void test_element_allocation( void **state )
{
    struct element elements[32];

    (void)state;
    RUN( changer(), 4096, 0xb8, 0x12, 0, 0, 0xff, 0xff, 0, 0, 0, 8 );
    assert_int_equal( last.sent, 8 );
    assert_int_equal( get_be( buffer + 2, 2 ), 8 );
    assert_int_equal( get_be( buffer + 5, 3 ), 8 + 8 * 52 );
    RUN( changer(), 4096, 0xb8, 0x12, 0, 0, 0xff, 0xff, 0, 0, 0, 8 + 8 + 2 * 52 + 51 );
    assert_int_equal( last.sent, 8 + 8 + 2 * 52 );
    assert_int_equal( parse( elements, 2 ), 2 );
    assert_int_equal( get_be( buffer + 2, 2 ), 8 );
    RUN( changer(), 4096, 0xb8, 0x12, 0, 0, 0xff, 0xff, 0, 0, 0, 4 );
    assert_int_equal( last.sent, 4 );
}

static void test_moves( void **state )
{
    struct element element;

    (void)state;
    RUN( changer(), 0, 0xa5, 0, 0, 9, 4, 0, 1, 0 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x2101 );
    assert_memory_equal( last.sense + 15, "\xc0\x00\x02", 3 );
    RUN( changer(), 0, 0xa5, 0, 0, 1, 9, 0, 1, 0 );
    assert_memory_equal( last.sense + 15, "\xc0\x00\x04", 3 );
    RUN( changer(), 0, 0xa5, 0, 0, 1, 4, 0, 9, 0 );
    assert_memory_equal( last.sense + 15, "\xc0\x00\x06", 3 );
    RUN( changer(), 0, 0xa5, 0, 0, 1, 4, 6, 1, 0 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x3b0e );
    RUN( changer(), 0, 0xa5, 0, 0, 1, 4, 0, 4, 1 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x3b0d );

    RUN( changer(), 0, 0xa5, 0, 0, 0, 4, 0, 1, 0 );  /* default transport */
    assert_good();
    element = get_element( 0x100 );
    assert_int_equal( element.flags, 0x01 );          /* K1: loaded is Full without Access */
    assert_int_equal( element.source, 0x400 );
    assert_int_equal( get_element( 0x400 ).flags, 0x08 );
    drain( tape(), 0 );
    RUN( tape(), 0, 0x1b );
    assert_int_equal( get_element( 0x100 ).flags, 0x09 );
    RUN( changer(), 0, 0xa5, 0, 0, 1, 1, 0, 0, 0x10 );
    assert_good();
    element = get_element( 0x10 );
    assert_int_equal( element.flags, 0x39 );          /* K12: put there by the robot */
    assert_int_equal( element.source, 0x400 );

    lab.changers[0].implicit_unload = false;
    RUN( changer(), 0, 0xa5, 0, 0, 1, 4, 1, 1, 0 );
    RUN( changer(), 0, 0xa5, 0, 0, 1, 1, 0, 4, 1 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x3b90 );
}

static void test_exchange( void **state )
{
    (void)state;
    RUN( changer(), 0, 0xa5, 0, 0, 1, 4, 0, 1, 0 );
    RUN( changer(), 0, 0xa6, 0, 0, 1, 4, 1, 1, 0, 4, 0 );
    assert_good();
    assert_string_equal( lab.tapes[0].cartridge->barcode, "000002L5" );
    assert_int_equal( get_element( 0x100 ).source, 0x401 );
    assert_memory_equal( get_element( 0x400 ).tag, "000001L5", 8 );
    RUN( changer(), 0, 0xa6, 0, 0, 1, 4, 0, 1, 0, 4, 0 );  /* swap: second destination is the source */
    assert_good();
    assert_string_equal( lab.tapes[0].cartridge->barcode, "000001L5" );
    assert_memory_equal( get_element( 0x400 ).tag, "000002L5", 8 );
    RUN( changer(), 0, 0xa6, 0, 0, 1, 4, 0, 1, 0, 4, 2 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x3b0d );
}

static void test_changer_pages( void **state )
{
    (void)state;
    RUN( changer(), 255, 0x1a, 8, 0x1d, 0, 255 );
    assert_memory_equal( buffer, "\x17\x00\x00\x00\x1d\x12\x00\x01\x00\x01\x04\x00\x00\x08\x00\x10\x00\x02\x01\x00\x00\x02\x00\x00", 24 );
    assert_int_equal( last.sent, 24 );
    RUN( changer(), 255, 0x5a, 8, 0x3f, 0, 0, 0, 0, 0, 255 );
    assert_int_equal( last.sent, 8 + 20 + 4 + 20 );
    assert_int_equal( get_be( buffer, 2 ), last.sent - 2 );
    RUN( changer(), 0, 0x07 );
    assert_good();
    RUN( changer(), 0, 0x37, 1, 9, 9 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x2101 );
    RUN( changer(), 0, 0x2b, 0, 0, 1, 4, 0 );
    assert_good();
}

/* --------------------------------------------------- attentions, operators */

static void test_ports( void **state )
{
    (void)state;
    assert_string_equal( control( "port put 1 NEW001L5" ), "ok\n" );
    RUN( changer(), 0, 0 );
    assert_fails( LAB_UNIT_ATTENTION, 0x2801 );
    assert_int_equal( get_element( 0x10 ).flags, 0x3b );   /* K12: put there by the operator */
    RUN( changer(), 0, 0x1b, 0, 0, 0x10, 0 );              /* open */
    assert_good();
    assert_int_equal( get_element( 0x10 ).flags, 0x33 );
    RUN( changer(), 0, 0xa5, 0, 0, 1, 0, 0x10, 4, 6 );
    assert_fails( LAB_NOT_READY, 0x3a02 );
    RUN( changer(), 0, 0x1b, 0, 0, 0x10, 1 );
    RUN( changer(), 0, 0 );
    assert_fails( LAB_UNIT_ATTENTION, 0x2801 );
    RUN( changer(), 0, 0xa5, 0, 0, 1, 0, 0x10, 4, 6 );
    assert_good();
    assert_int_equal( get_element( 0x406 ).source, -1 );
    RUN( changer(), 0, 0x1e, 0, 0, 0, 1 );
    RUN( changer(), 0, 0x1b, 0, 0, 0x10, 0 );
    assert_fails( LAB_ILLEGAL_REQUEST, 0x5302 );
    assert_non_null( strstr( control( "port put 1 NEW002L5" ), "error: locked" ) );
}

static void test_operator( void **state )
{
    (void)state;
    assert_string_equal( control( "take 1" ), "ok\n" );
    RUN( changer(), 0, 0 );
    assert_fails( LAB_UNIT_ATTENTION, 0x2800 );
    assert_int_equal( get_element( 0x400 ).flags, 0x08 );
    assert_non_null( strstr( control( "put 0:1 000002L5" ), "error" ) );  /* it is in slot 2 */
    assert_string_equal( control( "put 0:7 000001L5" ), "ok\n" );
    drain( changer(), 0 );
    assert_memory_equal( get_element( 0x406 ).tag, "000001L5", 8 );
    assert_string_equal( control( "put 1 -" ), "ok\n" );                  /* without a label */
    drain( changer(), 0 );
    assert_int_equal( get_element( 0x400 ).flags, 0x09 );
    assert_string_equal( get_element( 0x400 ).tag, "" );
    control( "door open" );
    RUN( changer(), 0, 0 );
    assert_fails( LAB_NOT_READY, 0x0418 );
    assert_int_equal( get_element( 0x401 ).flags, 0x01 );
    control( "door close" );
    RUN( changer(), 0, 0 );
    assert_fails( LAB_UNIT_ATTENTION, 0x2800 );
    assert_string_equal( control( "insert tape2 XYZ001L5" ), "ok\n" );
    assert_non_null( strstr( control( "insert tape2 XYZ002L5" ), "error: drive is full" ) );
    assert_string_equal( control( "eject tape2" ), "ok\n" );
    assert_non_null( strstr( control( "put 99 X" ), "error" ) );
    assert_non_null( strstr( control( "put 1 ../../x" ), "error" ) );
    assert_non_null( strstr( control( "nonsense" ), "error" ) );
    assert_non_null( strstr( control( "" ), "error" ) );
    assert_non_null( strstr( control( "status" ), "slot 2 0x401 000002L5\n" ) );
}

static void test_attentions( void **state )
{
    (void)state;
    run_as( 1, tape(), (const unsigned char[16]){ 0x12, 0, 0, 0, 36 }, 36 );
    assert_good();                                        /* INQUIRY neither reports nor clears */
    run_as( 1, tape(), (const unsigned char[16]){ 0 }, 0 );
    assert_fails( LAB_UNIT_ATTENTION, 0x2900 );
    run_as( 1, tape(), (const unsigned char[16]){ 0 }, 0 );
    assert_fails( LAB_NOT_READY, 0x3a00 );
    RUN( tape(), 0, 0 );
    assert_fails( LAB_NOT_READY, 0x3a00 );                /* the first initiator had been told before */
    control( "attention changer0 2a 1" );
    RUN( changer(), 18, 0x03, 0, 0, 0, 18 );              /* REQUEST SENSE takes it away */
    assert_int_equal( buffer[2], 6 );
    assert_int_equal( buffer[12], 0x2a );
    RUN( changer(), 0, 0 );
    assert_good();
    control( "attention changer0 2a 1" );
    RUN( changer(), 0, 0xa5, 0, 0, 1, 4, 0, 1, 0 );       /* a move sent cold does not happen */
    assert_fails( LAB_UNIT_ATTENTION, 0x2a01 );
    assert_null( lab.tapes[0].cartridge );
}

static void test_faults( void **state )
{
    struct lab_command cmd = { .cdb = { 0xa5, 0, 0, 1, 4, 0, 1, 0 } };

    (void)state;
    assert_string_equal( control( "fault changer0 a5 2 4 15 1" ), "ok\n" );
    RUN( changer(), 0, 0xa5, 0, 0, 1, 4, 0, 1, 0 );
    assert_fails( LAB_HARDWARE_ERROR, 0x1501 );
    RUN( changer(), 0, 0 );
    assert_good();
    RUN( changer(), 0, 0xa5, 0, 0, 1, 4, 0, 1, 0 );
    assert_fails( LAB_HARDWARE_ERROR, 0x1501 );
    RUN( changer(), 0, 0xa5, 0, 0, 1, 4, 0, 1, 0 );
    assert_good();
    control( "status-fault changer0 any -1 8" );
    RUN( changer(), 0, 0 );
    assert_int_equal( last.status, LAB_BUSY );
    RUN( changer(), 36, 0x12, 0, 0, 0, 36 );
    assert_good();
    control( "clear changer0" );
    RUN( changer(), 0, 0 );
    assert_good();
    control( "delay changer0 0 1500 1" );
    cmd.cdb[0] = 0;
    assert_int_equal( lab_start( changer(), &cmd ), 1500 );
    assert_int_equal( lab_start( changer(), &cmd ), 0 );
    assert_string_equal( control( "move-time 1000" ), "ok\n" );
    cmd.cdb[0] = 0xa5;
    cmd.cdb[5] = 1;                                       /* 0401h to 0101h */
    cmd.cdb[7] = 1;
    assert_in_range( lab_start( changer(), &cmd ), 990, 1000 );
    assert_in_range( lab_start( changer(), &cmd ), 1990, 2000 );  /* there is one robot */
    cmd.cdb[4] = 9;
    assert_int_equal( lab_start( changer(), &cmd ), 0 );  /* refused at once */
}

static void test_reservation( void **state )
{
    (void)state;
    drain( changer(), 1 );
    RUN( changer(), 0, 0x16 );
    assert_good();
    run_as( 1, changer(), (const unsigned char[16]){ 0 }, 0 );
    assert_int_equal( last.status, LAB_RESERVATION_CONFLICT );
    run_as( 1, changer(), (const unsigned char[16]){ 0x12, 0, 0, 0, 36 }, 36 );
    assert_good();
    run_as( 1, changer(), (const unsigned char[16]){ 0x17 }, 0 );
    assert_good();
    run_as( 1, changer(), (const unsigned char[16]){ 0 }, 0 );
    assert_int_equal( last.status, LAB_RESERVATION_CONFLICT );
    RUN( changer(), 0, 0x17 );
    run_as( 1, changer(), (const unsigned char[16]){ 0 }, 0 );
    assert_good();
}

static void test_cleaning( void **state )
{
    (void)state;
    control( "alert tape0 20" );
    RUN( changer(), 0, 0xa5, 0, 0, 1, 4, 7, 1, 0 );
    assert_good();
    RUN( tape(), 0, 0 );
    assert_fails( LAB_UNIT_ATTENTION, 0x2800 );
    RUN( tape(), 0, 0 );
    assert_fails( LAB_NOT_READY, 0x3003 );
    lab.tapes[0].ready_at = 0;
    RUN( tape(), 0, 0 );
    assert_fails( LAB_NOT_READY, 0x3a00 );
    assert_int_equal( get_element( 0x100 ).flags, 0x09 );
    assert_int_equal( lab.tapes[0].cartridge->cleanings_left, 49 );
    RUN( tape(), 512, 0x4d, 0, 0x6e, 0, 0, 0, 0, 2, 0 );
    assert_int_equal( buffer[4 + 19 * 5 + 4], 0 );
}

/* every operation code with random bytes must come back, whatever it says */
static void test_random( void **state )
{
    unsigned char cdb[16];
    unsigned int i, j;

    (void)state;
    srandom( 1 );
    load_tape();
    for (i = 0; i < 20000; i++)
    {
        for (j = 0; j < 16; j++) cdb[j] = random() % 4 ? 0 : random();
        cdb[0] = random();
        for (j = 0; j < 64; j++) buffer[j] = random();
        run_as( random() % LAB_MAX_NEXUS, lab.devices[random() % lab.device_count], cdb, random() % 4096 );
        assert_true( last.sent <= last.data_len && last.received <= last.data_len );
    }
}

static void test_shapes( void **state )
{
    struct lab_shape shape = lab_default_shape;

    (void)state;
    shape.libraries = 3;
    shape.standalone = 2;
    shape.loaded = 1;
    assert_true( lab_create( &lab, &shape ) );
    assert_int_equal( lab.device_count, 3 * 3 + 2 );
    assert_string_equal( lab.devices[3]->name, "changer1" );
    assert_string_equal( lab.changers[1].elements[lab.changers[1].element_count - 1].cartridge->barcode, "100008L5" );
    assert_non_null( lab.tapes[6].cartridge );
    assert_null( lab.tapes[7].cartridge );
    lab_destroy( &lab );
    shape = lab_default_shape;
    shape.slots = 2000;
    shape.media = 2001;
    assert_false( lab_create( &lab, &shape ) );
    lab_destroy( &lab );
    shape.media = LAB_FULL;
    shape.first_drive = 0x410;
    assert_false( lab_create( &lab, &shape ) );
    lab_destroy( &lab );
    shape.first_drive = 0x100;
    assert_true( lab_create( &lab, &shape ) );
    lab_destroy( &lab );
}

#define TEST( name ) cmocka_unit_test_setup_teardown( name, setup, teardown )

int main(void)
{
    static const struct CMUnitTest tests[] =
    {
        TEST( test_variable ),
        TEST( test_incorrect_length ),
        TEST( test_fixed ),
        TEST( test_space ),
        TEST( test_locate ),
        TEST( test_overwrite ),
        TEST( test_early_warning ),
        TEST( test_protection ),
        TEST( test_medium ),
        TEST( test_tape_pages ),
        TEST( test_identity ),
        TEST( test_element_status ),
        TEST( test_element_allocation ),
        TEST( test_moves ),
        TEST( test_exchange ),
        TEST( test_changer_pages ),
        TEST( test_ports ),
        TEST( test_operator ),
        TEST( test_attentions ),
        TEST( test_faults ),
        TEST( test_reservation ),
        TEST( test_cleaning ),
        TEST( test_random ),
        cmocka_unit_test( test_shapes ),
    };

    return cmocka_run_group_tests( tests, NULL, NULL );
}
