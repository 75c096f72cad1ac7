/*
 * Unit tests of sense data, mode pages, inquiry and the repetition of commands
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
#include <cmocka.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winternl.h"

#include "identity.h"
#include "scsi.h"
#include "support/fake_host.h"

static struct scsi_device device;

static int set_up( void **state )
{
    fake_reset();
    memset( &device, 0, sizeof(device) );
    device.fd = host_ops.open_device( "/dev/sg0", 0 );
    fake_calls = 0;
    return 0;
}

static int tear_down( void **state )
{
    host_ops.close_device( device.fd );
    return fake_open_fds;
}

/* Captured from real and virtual devices, or put together from SPC-4. */
static const struct sense_vector
{
    const char  *name;
    UINT8        data[48];
    unsigned int size;
    UINT8        key, asc, ascq;
    BOOL         filemark, eom, ili, deferred;
    BOOL         info_valid;
    INT64        info;
    int          field;   /* -1 = none */
    NTSTATUS     status;
}
sense_vectors[] =
{
    { "tgt: block longer than the buffer", { 0xf0, 0, 0x20, 0xff, 0xff, 0xff, 0xf8, 0x0a }, 18, 0, 0, 0,
      FALSE, FALSE, TRUE, FALSE, TRUE, -8, -1, STATUS_SUCCESS },
    { "tgt: block shorter than the buffer", { 0xf0, 0, 0x20, 0, 0, 0, 0x10, 0x0a }, 18, 0, 0, 0,
      FALSE, FALSE, TRUE, FALSE, TRUE, 16, -1, STATUS_SUCCESS },
    { "tgt: filemark", { 0xf0, 0, 0x80, 0, 0, 0, 0x20, 0x0a, 0, 0, 0, 0, 0, 1 }, 18, 0, 0, 1,
      TRUE, FALSE, FALSE, FALSE, TRUE, 32, -1, STATUS_FILEMARK_DETECTED },
    { "tgt: end of data", { 0x70, 0, 0x48, 0, 0, 0, 0, 0x0a }, 18, 8, 0, 0,
      FALSE, TRUE, FALSE, FALSE, FALSE, 0, -1, STATUS_NO_DATA_DETECTED },
    { "tgt: power on", { 0x70, 0, 6, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0x29 }, 18, 6, 0x29, 0,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_BUS_RESET },
    { "tgt: no cartridge", { 0x70, 0, 2, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0x3a }, 18, 2, 0x3a, 0,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_NO_MEDIA },
    { "tgt: write protected", { 0x70, 0, 7, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0x27 }, 18, 7, 0x27, 0,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_MEDIA_WRITE_PROTECTED },
    { "fixed: import element accessed", { 0x70, 0, 6, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0x28, 1 }, 18, 6, 0x28, 1,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_MEDIA_CHANGED },
    { "fixed: deferred", { 0x71, 0, 4, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0x15, 1 }, 18, 4, 0x15, 1,
      FALSE, FALSE, FALSE, TRUE, FALSE, 0, -1, STATUS_IO_DEVICE_ERROR },
    { "fixed: field pointer", { 0xf0, 0, 5, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0x21, 1, 0, 0xc0, 0, 4 }, 18, 5, 0x21, 1,
      FALSE, FALSE, FALSE, FALSE, TRUE, 0, 4, STATUS_IO_DEVICE_ERROR },
    { "fixed: additional length 4", { 0x70, 0, 2, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0x3a, 0 }, 18, 2, 0, 0,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_DEVICE_NOT_READY },
    { "IBM: missing attribute", { 0x70, 0, 5, 0, 0, 0, 0, 0x58, 0, 0, 0, 0, 0x24, 0, 0x30, 0xcf, 0, 8 }, 32, 5, 0x24, 0,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, 8, STATUS_INVALID_PARAMETER },
    { "descriptor: import element accessed", { 0x72, 6, 0x28, 1, 0, 0, 0, 0 }, 8, 6, 0x28, 1,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_MEDIA_CHANGED },
    { "descriptor: filemark", { 0x72, 0, 0, 1, 0, 0, 0, 0x10, 0, 0x0a, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 4, 2, 0, 0x80 },
      24, 0, 0, 1, TRUE, FALSE, FALSE, FALSE, TRUE, 16, -1, STATUS_FILEMARK_DETECTED },
    { "early warning", { 0x70, 0, 0x40, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0, 2 }, 18, 0, 0, 2,
      FALSE, TRUE, FALSE, FALSE, FALSE, 0, -1, STATUS_END_OF_MEDIA },
    { "physical end", { 0xf0, 0, 0x4d, 0, 0, 4, 0, 0x0a, 0, 0, 0, 0, 0, 2 }, 18, 0xd, 0, 2,
      FALSE, TRUE, FALSE, FALSE, TRUE, 1024, -1, STATUS_EOM_OVERFLOW },
    { "setmark", { 0x70, 0, 0x80, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0, 3 }, 18, 0, 0, 3,
      TRUE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_SETMARK_DETECTED },
    { "beginning", { 0x70, 0, 0x40, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0, 4 }, 18, 0, 0, 4,
      FALSE, TRUE, FALSE, FALSE, FALSE, 0, -1, STATUS_BEGINNING_OF_MEDIA },
    { "cleaning wanted", { 0x70, 0, 1, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0, 0x17 }, 18, 1, 0, 0x17,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_DEVICE_REQUIRES_CLEANING },
    { "cleaner", { 0x70, 0, 2, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0x30, 3 }, 18, 2, 0x30, 3,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_CLEANER_CARTRIDGE_INSTALLED },
    { "unknown format", { 0x70, 0, 3, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0x30, 1 }, 18, 3, 0x30, 1,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_UNRECOGNIZED_MEDIA },
    { "read error", { 0x70, 0, 3, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0x11, 0 }, 18, 3, 0x11, 0,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_DEVICE_DATA_ERROR },
    { "removal prevented", { 0x70, 0, 5, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0x53, 2 }, 18, 5, 0x53, 2,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_UNABLE_TO_LOCK_MEDIA },
    { "unknown command", { 0x70, 0, 5, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0x20, 0 }, 18, 5, 0x20, 0,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_NOT_SUPPORTED },
    { "becoming ready", { 0x70, 0, 2, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 4, 1 }, 18, 2, 4, 1,
      FALSE, FALSE, FALSE, FALSE, FALSE, 0, -1, STATUS_DEVICE_NOT_READY },
};

static void test_sense_vectors( void **state )
{
    const struct sense_vector *vector;
    struct scsi_sense sense;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(sense_vectors); i++)
    {
        vector = &sense_vectors[i];
        print_message( "%s\n", vector->name );
        decode_sense( vector->data, vector->size, &sense );
        assert_true( sense.valid );
        assert_int_equal( sense.key, vector->key );
        assert_int_equal( sense.asc, vector->asc );
        assert_int_equal( sense.ascq, vector->ascq );
        assert_int_equal( sense.filemark, vector->filemark );
        assert_int_equal( sense.eom, vector->eom );
        assert_int_equal( sense.ili, vector->ili );
        assert_int_equal( sense.deferred, vector->deferred );
        assert_int_equal( sense.info_valid, vector->info_valid );
        assert_true( sense.info == vector->info );
        assert_int_equal( sense.field_valid ? sense.field : -1, vector->field );
        assert_int_equal( sense_to_status( &sense ), vector->status );
    }
}

/* every beginning of every vector, in memory of exactly that size, then with each byte changed */
static void test_sense_truncated( void **state )
{
    static const UINT8 values[] = { 0, 1, 0x7f, 0x80, 0xff };
    unsigned int i, size, pos, v;
    struct scsi_sense sense;
    UINT8 *data;

    for (i = 0; i < ARRAY_SIZE(sense_vectors); i++)
    {
        for (size = 0; size <= sense_vectors[i].size; size++)
        {
            data = malloc( size );
            memcpy( data, sense_vectors[i].data, size );
            decode_sense( data, size, &sense );
            sense_to_status( &sense );
            for (pos = 0; pos < size; pos++)
            {
                for (v = 0; v < ARRAY_SIZE(values); v++)
                {
                    data[pos] = values[v];
                    decode_sense( data, size, &sense );
                    sense_to_status( &sense );
                }
                data[pos] = sense_vectors[i].data[pos];
            }
            free( data );
        }
    }
}

static void test_no_sense( void **state )
{
    static const UINT8 unknown[] = { 0x7f, 0, 6, 0 };
    struct scsi_sense sense;

    decode_sense( NULL, 0, &sense );
    assert_false( sense.valid );
    assert_int_equal( sense_to_status( &sense ), STATUS_SUCCESS );
    decode_sense( unknown, sizeof(unknown), &sense );
    assert_false( sense.valid );
}

static NTSTATUS test_unit_ready( unsigned int flags )
{
    struct scsi_command cmd = { .cdb = { SCSI_TEST_UNIT_READY }, .timeout_ms = SCSI_TIMEOUT_QUICK, .flags = flags };

    return scsi_execute( &device, &cmd );
}

static void test_transport_errors( void **state )
{
    static const struct { struct fake_reply reply; NTSTATUS status; } tests[] =
    {
        { { .err = ENODEV }, STATUS_DEVICE_NOT_CONNECTED },
        { { .err = ENXIO }, STATUS_DEVICE_NOT_CONNECTED },
        { { .err = ENOMEM }, STATUS_INSUFFICIENT_RESOURCES },
        { { .err = EPERM }, STATUS_ACCESS_DENIED },
        { { .host_status = 1 }, STATUS_DEVICE_NOT_CONNECTED },
        { { .host_status = 3 }, STATUS_IO_TIMEOUT },
        { { .host_status = 7 }, STATUS_IO_DEVICE_ERROR },
        { { .status = 0x18 }, STATUS_DEVICE_BUSY },
        { { .status = 0x02 }, STATUS_IO_DEVICE_ERROR },
        { { .status = 0x40 }, STATUS_IO_DEVICE_ERROR },
    };
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        fake_add( &tests[i].reply );
        fake_commands = 0;
        assert_int_equal( test_unit_ready( 0 ), tests[i].status );
        assert_int_equal( fake_commands, 1 );
    }
}

static void test_busy( void **state )
{
    struct fake_reply busy = { .status = 0x08 };

    fake_add( &busy );
    fake_add( &busy );
    assert_int_equal( test_unit_ready( 0 ), STATUS_SUCCESS );
    assert_int_equal( fake_commands, 3 );
    assert_true( fake_slept_ms > 0 );

    fake_always( &busy );
    assert_int_equal( test_unit_ready( 0 ), STATUS_DEVICE_BUSY );
}

/* changed media and resets are counted and reported, unless the command may be repeated; others are passed over */
static void test_attentions( void **state )
{
    struct fake_reply changed = fake_sense( SCSI_TEST_UNIT_READY, 6, 0x28, 0 );
    struct fake_reply reset = fake_sense( SCSI_TEST_UNIT_READY, 6, 0x29, 0 );
    struct fake_reply mode = fake_sense( SCSI_TEST_UNIT_READY, 6, 0x2a, 1 );
    struct fake_reply door = fake_sense( SCSI_TEST_UNIT_READY, 6, 0x3b, 0x13 );

    fake_add( &changed );
    assert_int_equal( test_unit_ready( 0 ), STATUS_MEDIA_CHANGED );
    assert_int_equal( device.media_generation, 1 );
    assert_int_equal( device.reset_generation, 0 );
    fake_add( &reset );
    assert_int_equal( test_unit_ready( 0 ), STATUS_BUS_RESET );
    assert_int_equal( device.reset_generation, 1 );
    fake_add( &mode );
    assert_int_equal( test_unit_ready( 0 ), STATUS_SUCCESS );
    assert_int_equal( device.media_generation, 1 );
    assert_int_equal( device.reset_generation, 1 );

    fake_add( &reset );
    fake_add( &changed );
    fake_add( &mode );
    fake_add( &door );
    assert_int_equal( test_unit_ready( SCSI_RETRY ), STATUS_SUCCESS );
    assert_int_equal( device.media_generation, 3 );
    assert_int_equal( device.reset_generation, 2 );
}

static void test_endless_attentions( void **state )
{
    struct fake_reply reset = fake_sense( SCSI_TEST_UNIT_READY, 6, 0x29, 0 );

    fake_always( &reset );
    assert_int_equal( scsi_drain_attentions( &device ), STATUS_BUS_RESET );
    assert_int_equal( fake_commands, 10 );
}

/* the command that meets a deferred error has not been executed, however small the error */
static void test_deferred( void **state )
{
    struct fake_reply recovered = fake_sense( SCSI_TEST_UNIT_READY, 1, 0x17, 1 );
    struct fake_reply failed = fake_sense( SCSI_TEST_UNIT_READY, 3, 0x0c, 0 );

    recovered.sense[0] = failed.sense[0] = 0x71;
    fake_add( &recovered );
    assert_int_equal( test_unit_ready( 0 ), STATUS_SUCCESS );
    assert_int_equal( fake_commands, 2 );
    fake_add( &failed );
    assert_int_equal( test_unit_ready( SCSI_RETRY ), STATUS_DEVICE_DATA_ERROR );
    assert_int_equal( fake_commands, 3 );
    fake_always( &recovered );
    assert_int_equal( test_unit_ready( 0 ), STATUS_IO_DEVICE_ERROR );
}

static void test_aborted( void **state )
{
    struct fake_reply aborted = fake_sense( SCSI_TEST_UNIT_READY, 0xb, 0x44, 0 );

    fake_add( &aborted );
    assert_int_equal( test_unit_ready( 0 ), STATUS_IO_DEVICE_ERROR );
    fake_add( &aborted );
    assert_int_equal( test_unit_ready( SCSI_RETRY ), STATUS_SUCCESS );
    fake_always( &aborted );
    fake_commands = 0;
    assert_int_equal( test_unit_ready( SCSI_RETRY ), STATUS_IO_DEVICE_ERROR );
    assert_int_equal( fake_commands, 2 );
}

/* the host's count of what is missing is not to be believed beyond the size of the buffer */
static void test_residue( void **state )
{
    static const struct { int resid; unsigned int transferred; } tests[] =
    {
        { 0, 8 }, { 3, 5 }, { 8, 0 }, { 9, 0 }, { 0x7fffffff, 0 }, { -1, 8 }, { -0x7fffffff, 8 },
    };
    UINT8 data[8] = { 0 }, buffer[8];
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        struct fake_reply reply = { .opcode = SCSI_READ_POSITION, .data = data, .data_size = 8, .resid = tests[i].resid };
        struct scsi_command cmd = { .cdb = { SCSI_READ_POSITION }, .direction = SCSI_DATA_IN, .data = buffer,
                                    .size = sizeof(buffer), .timeout_ms = SCSI_TIMEOUT_QUICK };

        fake_add( &reply );
        assert_int_equal( scsi_execute( &device, &cmd ), STATUS_SUCCESS );
        assert_int_equal( cmd.transferred, tests[i].transferred );
    }
}

static void add_data( UINT8 opcode, const void *data, unsigned int size )
{
    struct fake_reply reply = { .opcode = opcode, .data = data, .data_size = size };

    fake_add( &reply );
}

static const UINT8 mode_reply[] =
{
    0x1b, 0x00, 0x90, 0x08,  0x58, 0, 0, 0, 0, 0, 2, 0,  0x0f, 0x0e, 0xc0, 0x80, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0
};

static void test_mode_sense( void **state )
{
    struct scsi_mode mode;
    UINT8 buffer[64];

    add_data( SCSI_MODE_SENSE_6, mode_reply, sizeof(mode_reply) );
    assert_int_equal( scsi_mode_sense( &device, 0x0f, FALSE, buffer, sizeof(buffer), &mode ), STATUS_SUCCESS );
    assert_int_equal( mode.device_specific, 0x90 );
    assert_ptr_equal( mode.block_descriptor, buffer + 4 );
    assert_ptr_equal( mode.page, buffer + 12 );
    assert_int_equal( mode.page_size, 16 );

    /* another page than was asked for */
    add_data( SCSI_MODE_SENSE_6, mode_reply, sizeof(mode_reply) );
    assert_int_equal( scsi_mode_sense( &device, 0x10, FALSE, buffer, sizeof(buffer), &mode ), STATUS_SUCCESS );
    assert_null( mode.page );
    assert_int_equal( mode.page_size, 0 );
}

/* without DBD when that is refused, with ten bytes when six are not known */
static void test_mode_sense_fallback( void **state )
{
    static const UINT8 reply_10[] = { 0, 0x1a, 0, 0x80, 0, 0, 0, 0, 0x1d, 0x12, 0, 1 };
    struct fake_reply dbd = fake_sense( SCSI_MODE_SENSE_6, 5, 0x24, 0 );
    struct fake_reply unknown = fake_sense( SCSI_MODE_SENSE_6, 5, 0x20, 0 );
    struct scsi_mode mode;
    UINT8 buffer[64];

    fake_add( &dbd );
    add_data( SCSI_MODE_SENSE_6, mode_reply, sizeof(mode_reply) );
    assert_int_equal( scsi_mode_sense( &device, 0x0f, TRUE, buffer, sizeof(buffer), &mode ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[1], 0 );
    assert_non_null( mode.page );

    fake_add( &unknown );
    add_data( SCSI_MODE_SENSE_10, reply_10, sizeof(reply_10) );
    assert_int_equal( scsi_mode_sense( &device, 0x1d, TRUE, buffer, sizeof(buffer), &mode ), STATUS_SUCCESS );
    assert_int_equal( mode.device_specific, 0x80 );
    assert_ptr_equal( mode.page, buffer + 8 );
    assert_int_equal( mode.page_size, 4 );
}

static void check_mode( const UINT8 *buffer, unsigned int size, const struct scsi_mode *mode )
{
    if (mode->block_descriptor)
    {
        assert_true( mode->block_descriptor >= buffer && mode->block_descriptor + 8 <= buffer + size );
    }
    if (mode->page)
    {
        assert_true( mode->page >= buffer && mode->page_size >= 2 );
        assert_true( mode->page + mode->page_size <= buffer + size );
    }
}

/* every length of the reply, with every length byte lying */
static void test_mode_sense_hostile( void **state )
{
    static const UINT8 values[] = { 0, 1, 3, 7, 8, 9, 0x7f, 0x80, 0xfe, 0xff };
    UINT8 reply[sizeof(mode_reply)], *buffer;
    unsigned int size, pos, v;
    struct scsi_mode mode;

    for (size = 0; size <= sizeof(reply); size++)
    {
        for (pos = 0; pos < 14; pos++)
        {
            for (v = 0; v < ARRAY_SIZE(values); v++)
            {
                buffer = malloc( size );
                memcpy( reply, mode_reply, sizeof(reply) );
                reply[pos] = values[v];
                add_data( SCSI_MODE_SENSE_6, reply, size );
                if (!scsi_mode_sense( &device, 0x0f, FALSE, buffer, size, &mode )) check_mode( buffer, size, &mode );
                free( buffer );
            }
        }
    }
}

static void test_identify( void **state )
{
    static const UINT8 inquiry[] = { 0x01, 0x80, 0x03, 0x02, 0x1f, 0, 0, 0, 'I', 'B', 'M', ' ', ' ', ' ', ' ', ' ',
                                     'U', 'L', 'T', '3', '5', '8', '0', '-', 'T', 'D', '1', ' ', ' ', ' ', ' ', ' ',
                                     '1', '8', 'N', '2' };
    static const UINT8 serial[] = { 0x01, 0x80, 0, 14, ' ', ' ', ' ', '1', '2', '3', 0x1b, '9', '1', ' ', 0, 0, 0, 0 };
    struct fake_reply refused = fake_sense( SCSI_INQUIRY, 5, 0x24, 0 );
    struct device_identity identity = { .host = 7 };

    add_data( SCSI_INQUIRY, inquiry, sizeof(inquiry) );
    add_data( SCSI_INQUIRY, serial, sizeof(serial) );
    assert_int_equal( scsi_identify( &device, &identity ), STATUS_SUCCESS );
    assert_int_equal( identity.type, 1 );
    assert_int_equal( identity.removable, 1 );
    assert_int_equal( identity.host, 7 );
    assert_string_equal( identity.vendor, "IBM" );
    assert_string_equal( identity.product, "ULT3580-TD1" );
    assert_string_equal( identity.revision, "18N2" );
    assert_string_equal( identity.serial, "123?91" );

    add_data( SCSI_INQUIRY, inquiry, 20 );
    fake_add( &refused );
    assert_int_equal( scsi_identify( &device, &identity ), STATUS_SUCCESS );
    assert_string_equal( identity.product, "ULT3" );
    assert_string_equal( identity.revision, "" );
    assert_string_equal( identity.serial, "" );

    add_data( SCSI_INQUIRY, inquiry, 4 );
    assert_int_equal( scsi_identify( &device, &identity ), STATUS_IO_DEVICE_ERROR );
}

static void test_identify_hostile( void **state )
{
    struct device_identity identity;
    UINT8 data[255];
    unsigned int size;

    memset( data, 0xff, sizeof(data) );
    data[0] = 0x01;
    data[1] = 0x80;
    for (size = 0; size <= sizeof(data); size++)
    {
        add_data( SCSI_INQUIRY, data, size );
        add_data( SCSI_INQUIRY, data, size );
        memset( &identity, 0xcc, sizeof(identity) );
        if (scsi_identify( &device, &identity ))
        {
            fake_reset();
            continue;
        }
        assert_true( strlen( identity.vendor ) <= 8 && strlen( identity.product ) <= 16 );
        assert_true( strlen( identity.revision ) <= 4 && strlen( identity.serial ) <= 63 );
    }
}

#define TEST( name ) cmocka_unit_test_setup_teardown( name, set_up, tear_down )

int main(void)
{
    static const struct CMUnitTest tests[] =
    {
        TEST( test_sense_vectors ),
        TEST( test_sense_truncated ),
        TEST( test_no_sense ),
        TEST( test_transport_errors ),
        TEST( test_busy ),
        TEST( test_attentions ),
        TEST( test_endless_attentions ),
        TEST( test_deferred ),
        TEST( test_aborted ),
        TEST( test_residue ),
        TEST( test_mode_sense ),
        TEST( test_mode_sense_fallback ),
        TEST( test_mode_sense_hostile ),
        TEST( test_identify ),
        TEST( test_identify_hostile ),
    };

    return cmocka_run_group_tests( tests, NULL, NULL );
}
