/*
 * Unit tests of what is understood of tape drives' replies: captured vectors, whole and cut
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

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winternl.h"

#include "identity.h"
#include "pages.h"
#include "support/fake_host.h"
#include "support/vector.h"

/* the beginning of a vector, in memory of exactly that size */
static UINT8 *cut( const UINT8 *data, unsigned int size )
{
    UINT8 *ret = malloc( size );

    memcpy( ret, data, size );
    return ret;
}

static void test_sense_vectors( void **state )
{
    static const struct { const char *name; NTSTATUS status; BOOL ili; INT64 info; } tests[] =
    {
        { "t19-tgt-sense-long-block",       STATUS_SUCCESS, TRUE, -8 },
        { "t20-tgt-sense-short-block",      STATUS_SUCCESS, TRUE, 16 },
        { "t21-tgt-sense-filemark",         STATUS_FILEMARK_DETECTED, FALSE, 32 },
        { "t21-tgt-sense-end-of-data",      STATUS_NO_DATA_DETECTED },
        { "t22-tgt-sense-power-on",         STATUS_BUS_RESET },
        { "t23-tgt-sense-no-cartridge",     STATUS_NO_MEDIA },
        { "t23-tgt-sense-write-protected",  STATUS_MEDIA_WRITE_PROTECTED },
        { "t24-tgt-sense-occupied",         STATUS_IO_DEVICE_ERROR },
        { "t24-tgt-sense-empty",            STATUS_IO_DEVICE_ERROR },
        { "t24-tgt-sense-bad-address",      STATUS_INVALID_PARAMETER },
        { "t24-tgt-sense-prevented",        STATUS_UNABLE_TO_LOCK_MEDIA },
        { "t24-tgt-sense-load-failure",     STATUS_IO_DEVICE_ERROR },
        { "r5-ibm-sense-missing-attribute", STATUS_INVALID_PARAMETER },
    };
    struct scsi_sense sense;
    unsigned int i, size;
    UINT8 *data;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        print_message( "%s\n", tests[i].name );
        data = load_vector( tests[i].name, &size );
        decode_sense( data, size, &sense );
        assert_true( sense.valid );
        assert_int_equal( sense_to_status( &sense ), tests[i].status );
        assert_int_equal( sense.ili, tests[i].ili );
        assert_true( !tests[i].info || (sense.info_valid && sense.info == tests[i].info) );
        free( data );
    }
}

/* the sense codes of tape drives (SPC-4, SSC-3, makers' manuals), each in fixed and in descriptor format */
static void test_sense_codes( void **state )
{
    static const struct { UINT8 flags_key, asc, ascq; NTSTATUS status; } tests[] =
    {
        { 0x80, 0x00, 0x01, STATUS_FILEMARK_DETECTED },
        { 0x80, 0x00, 0x03, STATUS_SETMARK_DETECTED },
        { 0x40, 0x00, 0x02, STATUS_END_OF_MEDIA },
        { 0x41, 0x00, 0x02, STATUS_END_OF_MEDIA },
        { 0x46, 0x00, 0x02, STATUS_END_OF_MEDIA },
        { 0x40, 0x00, 0x07, STATUS_END_OF_MEDIA },
        { 0x4d, 0x00, 0x02, STATUS_EOM_OVERFLOW },
        { 0x40, 0x00, 0x04, STATUS_BEGINNING_OF_MEDIA },
        { 0x05, 0x3b, 0x0c, STATUS_BEGINNING_OF_MEDIA },
        { 0x08, 0x00, 0x05, STATUS_NO_DATA_DETECTED },
        { 0x08, 0x14, 0x03, STATUS_NO_DATA_DETECTED },
        { 0x03, 0x14, 0x03, STATUS_NO_DATA_DETECTED },
        { 0x06, 0x28, 0x00, STATUS_MEDIA_CHANGED },
        { 0x06, 0x28, 0x01, STATUS_MEDIA_CHANGED },
        { 0x06, 0x29, 0x03, STATUS_BUS_RESET },
        { 0x02, 0x3a, 0x00, STATUS_NO_MEDIA },
        { 0x02, 0x3a, 0x04, STATUS_NO_MEDIA },
        { 0x02, 0x04, 0x01, STATUS_DEVICE_NOT_READY },
        { 0x07, 0x27, 0x00, STATUS_MEDIA_WRITE_PROTECTED },
        { 0x07, 0x5a, 0x02, STATUS_MEDIA_WRITE_PROTECTED },
        { 0x07, 0x30, 0x0c, STATUS_MEDIA_WRITE_PROTECTED },
        { 0x07, 0x50, 0x01, STATUS_MEDIA_WRITE_PROTECTED },
        { 0x03, 0x30, 0x00, STATUS_UNRECOGNIZED_MEDIA },
        { 0x02, 0x30, 0x00, STATUS_UNRECOGNIZED_MEDIA },
        { 0x05, 0x30, 0x00, STATUS_UNRECOGNIZED_MEDIA },
        { 0x03, 0x31, 0x00, STATUS_UNRECOGNIZED_MEDIA },
        { 0x03, 0x11, 0x00, STATUS_DEVICE_DATA_ERROR },
        { 0x03, 0x0c, 0x00, STATUS_DEVICE_DATA_ERROR },
        { 0x03, 0x09, 0x00, STATUS_DEVICE_DATA_ERROR },
        { 0x03, 0x50, 0x00, STATUS_DEVICE_DATA_ERROR },
        { 0x03, 0x53, 0x00, STATUS_IO_DEVICE_ERROR },
        { 0x04, 0x44, 0x00, STATUS_IO_DEVICE_ERROR },
        { 0x05, 0x53, 0x01, STATUS_UNABLE_TO_UNLOAD_MEDIA },
        { 0x05, 0x53, 0x02, STATUS_UNABLE_TO_LOCK_MEDIA },
        { 0x00, 0x00, 0x17, STATUS_DEVICE_REQUIRES_CLEANING },
        { 0x01, 0x00, 0x17, STATUS_DEVICE_REQUIRES_CLEANING },
        { 0x02, 0x00, 0x17, STATUS_DEVICE_REQUIRES_CLEANING },
        { 0x00, 0x82, 0x82, STATUS_DEVICE_REQUIRES_CLEANING },
        { 0x02, 0x30, 0x03, STATUS_CLEANER_CARTRIDGE_INSTALLED },
        { 0x00, 0x30, 0x03, STATUS_CLEANER_CARTRIDGE_INSTALLED },
        { 0x03, 0x30, 0x07, STATUS_CLEANER_CARTRIDGE_INSTALLED },
        { 0x05, 0x20, 0x00, STATUS_NOT_SUPPORTED },
        { 0x05, 0x24, 0x00, STATUS_INVALID_PARAMETER },
        { 0x05, 0x26, 0x00, STATUS_INVALID_PARAMETER },
        { 0x05, 0x21, 0x00, STATUS_IO_DEVICE_ERROR },
        { 0x05, 0x3b, 0x08, STATUS_IO_DEVICE_ERROR },
        { 0x0b, 0x4b, 0x00, STATUS_IO_DEVICE_ERROR },
        { 0x01, 0x17, 0x00, STATUS_SUCCESS },
    };
    struct scsi_sense sense;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        UINT8 fixed[18] = { 0x70, 0, tests[i].flags_key, 0, 0, 0, 0, 10, 0, 0, 0, 0, tests[i].asc, tests[i].ascq };
        UINT8 descriptor[12] = { 0x72, tests[i].flags_key & 0x0f, tests[i].asc, tests[i].ascq, 0, 0, 0, 4,
                                 4, 2, 0, tests[i].flags_key & 0xf0 };

        print_message( "%02x/%02x/%02x\n", tests[i].flags_key, tests[i].asc, tests[i].ascq );
        decode_sense( fixed, sizeof(fixed), &sense );
        assert_int_equal( sense_to_status( &sense ), tests[i].status );
        decode_sense( descriptor, sizeof(descriptor), &sense );
        assert_int_equal( sense_to_status( &sense ), tests[i].status );
    }
}

static void test_block_limits( void **state )
{
    struct block_limits limits;
    unsigned int size, i;
    UINT8 *data = load_vector( "t14-tgt-block-limits", &size ), *part;

    assert_true( parse_block_limits( data, size, &limits ) );
    assert_int_equal( limits.min_block, 4 );
    assert_int_equal( limits.max_block, 0x100000 );
    for (i = 0; i < size; i++)
    {
        part = cut( data, i );
        assert_false( parse_block_limits( part, i, &limits ) );
        free( part );
    }
    free( data );
}

static void test_positions( void **state )
{
    static const UINT8 partition[20] = { 0x80, 1, 0, 0, 0, 1, 2, 3 }, overflow[20] = { 0x02 };
    struct tape_position position;
    unsigned int size, i;
    UINT8 *data;

    assert_true( parse_short_position( partition, sizeof(partition), &position ) );
    assert_true( position.known && !position.overflow );
    assert_int_equal( position.partition, 1 );
    assert_true( position.block == 0x010203 );
    assert_true( parse_short_position( overflow, sizeof(overflow), &position ) );
    assert_true( !position.known && position.overflow );
    for (i = 0; i < 8; i++) assert_false( parse_short_position( partition, i, &position ) );

    data = load_vector( "t18-tgt-position-short", &size );
    assert_int_equal( size, 20 );
    assert_true( parse_short_position( data, size, &position ) && !position.known );
    free( data );
    data = load_vector( "t18-tgt-position-long", &size );
    assert_int_equal( size, 32 );
    assert_true( parse_long_position( data, size, &position ) && position.block == 0 );
    free( data );

    data = load_vector( "e5-mhvtl-position-long", &size );
    assert_true( parse_long_position( data, size, &position ) && position.known && position.block == 2 );
    put_be64( data + 8, 0x123456789abull );
    assert_true( parse_long_position( data, size, &position ) && position.block == 0x123456789abull );
    put_be64( data + 8, 0 );
    assert_true( parse_long_position( data, size, &position ) && !position.known );
    for (i = 0; i < 16; i++) assert_false( parse_long_position( data, i, &position ) );
    free( data );
}

static void check_number( const UINT8 *data, unsigned int size, BOOL attribute, UINT8 page, UINT16 id, UINT64 expect )
{
    const UINT8 *value = NULL;
    unsigned int value_size = 0;
    UINT64 number = 0;

    if (attribute) assert_true( find_attribute( data, size, id, &value, &value_size ) );
    else assert_true( find_log_parameter( data, size, page, id, &value, &value_size ) );
    assert_true( get_number( value, value_size, &number ) );
    assert_true( number == expect );
}

/* however much of it arrives, what is found lies within it */
static void check_cuts( const UINT8 *data, unsigned int size, UINT8 page )
{
    unsigned int i, id, value_size, found = 0;
    const UINT8 *value;
    UINT8 *part;

    for (i = 0; i <= size; i++)
    {
        part = cut( data, i );
        for (id = 0; id < 0x410; id++)
        {
            if (find_log_parameter( part, i, page, id, &value, &value_size ))
            {
                assert_true( value >= part && value + value_size <= part + i );
                found++;
            }
            if (find_attribute( part, i, id, &value, &value_size ))
            {
                assert_true( value >= part && value + value_size <= part + i );
                found++;
            }
        }
        has_log_page( part, i, page );
        free( part );
    }
    assert_true( found );
}

static void test_logs( void **state )
{
    unsigned int size, value_size;
    const UINT8 *value;
    UINT8 *data;

    data = load_vector( "r7-hp-log-3e", &size );
    check_number( data, size, FALSE, 0x3e, 0, 0 );
    check_number( data, size, FALSE, 0x3e, 1, 0x00050100 );
    check_number( data, size, FALSE, 0x3e, 3, 0xffffffff );
    check_number( data, size, FALSE, 0x3e, 4, 0x01090233 );
    assert_false( find_log_parameter( data, size, 0x3e, 5, &value, &value_size ) );
    assert_false( find_log_parameter( data, size, 0x3d, 1, &value, &value_size ) );
    check_cuts( data, size, 0x3e );
    free( data );

    data = load_vector( "k23-log-tape-alert", &size );
    check_number( data, size, FALSE, 0x2e, 20, 1 );
    check_number( data, size, FALSE, 0x2e, 21, 0 );
    check_cuts( data, size, 0x2e );
    free( data );

    data = load_vector( "k23-log-capacity", &size );
    check_number( data, size, FALSE, 0x31, 1, 1430411 );
    check_number( data, size, FALSE, 0x31, 3, 1430511 );
    check_cuts( data, size, 0x31 );
    free( data );

    data = load_vector( "k23-log-pages", &size );
    assert_true( has_log_page( data, size, 0x2e ) && has_log_page( data, size, 0x00 ) );
    assert_false( has_log_page( data, size, 0x12 ) );
    assert_false( has_log_page( data, size - 1, 0x31 ) );
    free( data );
}

static void test_attributes( void **state )
{
    unsigned int size, value_size;
    const UINT8 *value;
    UINT64 number;
    UINT8 *data;

    data = load_vector( "r5-ibm-attributes", &size );
    check_number( data, size, TRUE, 0, 0x0407, 16384 );
    check_number( data, size, TRUE, 0, 0x0408, 0 );
    assert_true( find_attribute( data, size, 0x0406, &value, &value_size ) );
    assert_int_equal( value_size, 8 );
    assert_memory_equal( value, "20140507", 8 );
    assert_false( find_attribute( data, size, 0x1000, &value, &value_size ) );  /* cut */
    assert_false( find_attribute( data, size, 0x0806, &value, &value_size ) );
    check_cuts( data, size, 0 );
    free( data );

    data = load_vector( "k23-attributes", &size );
    check_number( data, size, TRUE, 0, 0, 1430411 );
    check_number( data, size, TRUE, 0, 1, 1430511 );
    /* one that claims to be longer than what came */
    put_be32( data, 0xffffffff );
    check_number( data, size, TRUE, 0, 1, 1430511 );
    put_be16( data + 7, 0xffff );
    assert_false( find_attribute( data, size, 0, &value, &value_size ) );
    assert_false( find_attribute( data, size, 1, &value, &value_size ) );
    free( data );

    assert_false( get_number( (const UINT8 *)"123456789", 9, &number ) );
    assert_false( get_number( (const UINT8 *)"", 0, &number ) );
    assert_true( get_number( (const UINT8 *)"\xff\xff\xff\xff\xff\xff\xff\xff", 8, &number ) && number == ~(UINT64)0 );
}

static void test_partitions( void **state )
{
    struct partition_page page;
    unsigned int size;
    UINT8 *data = load_vector( "k23-mode-partitions", &size );

    assert_true( parse_partition_page( data + 4, size - 4, &page ) );
    assert_int_equal( page.max_additional, 1 );
    assert_int_equal( page.additional, 1 );
    assert_true( !page.fixed && !page.select && page.initiator && page.on_format );
    assert_false( parse_partition_page( data + 4, 4, &page ) );
    free( data );
}

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

static void reply_vector( UINT8 opcode, const UINT8 *data, unsigned int size )
{
    struct fake_reply reply = { .opcode = opcode, .data = data, .data_size = size };

    fake_add( &reply );
}

/* a page with a subpage is found by both its codes, however much of it arrives */
static void test_subpage( void **state )
{
    struct scsi_mode_request request = { 0x10, 0x01, SCSI_MODE_CURRENT, TRUE };
    unsigned int size, i;
    UINT8 *data = load_vector( "k23-mode-extension", &size ), buffer[64];
    struct scsi_mode mode;

    reply_vector( SCSI_MODE_SENSE_6, data, size );
    assert_int_equal( scsi_mode_sense_page( &device, &request, buffer, sizeof(buffer), &mode ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[2], 0x10 );
    assert_int_equal( fake_last_cdb[3], 0x01 );
    assert_non_null( mode.page );
    assert_int_equal( mode.page_size, 32 );
    assert_int_equal( get_be16( mode.page + 6 ), 100 );
    for (i = 0; i <= size; i++)
    {
        reply_vector( SCSI_MODE_SENSE_6, data, i );
        if (scsi_mode_sense_page( &device, &request, buffer, sizeof(buffer), &mode )) continue;
        assert_true( mode.page_size <= 32 && mode.page_size + 4 <= max( i, 4 ) );
    }
    request.subpage = 0x02;
    reply_vector( SCSI_MODE_SENSE_6, data, size );
    assert_int_equal( scsi_mode_sense_page( &device, &request, buffer, sizeof(buffer), &mode ), STATUS_SUCCESS );
    assert_null( mode.page );
    request.subpage = 0;
    request.control = SCSI_MODE_CHANGEABLE;
    reply_vector( SCSI_MODE_SENSE_6, data, size );
    assert_int_equal( scsi_mode_sense_page( &device, &request, buffer, sizeof(buffer), &mode ), STATUS_SUCCESS );
    assert_int_equal( fake_last_cdb[2], 0x50 );
    free( data );
}

static void test_identities( void **state )
{
    struct device_identity identity;
    unsigned int size, serial_size;
    UINT8 *data = load_vector( "r1-ibm-td3-inquiry", &size ), *serial = load_vector( "t16-tgt-drive-serial", &serial_size );

    reply_vector( SCSI_INQUIRY, data, size );
    reply_vector( SCSI_INQUIRY, serial, serial_size );
    assert_int_equal( scsi_identify( &device, &identity ), STATUS_SUCCESS );
    assert_int_equal( identity.type, 1 );
    assert_string_equal( identity.vendor, "IBM" );
    assert_string_equal( identity.product, "ULTRIUM-TD3" );
    assert_string_equal( identity.revision, "5CM0" );
    assert_string_equal( identity.serial, "1234567891" );
    assert_int_equal( identity.inquiry_size, 58 );
    assert_memory_equal( identity.inquiry, data, 58 );
    free( serial );
    free( data );
}

int main(void)
{
    static const struct CMUnitTest tests[] =
    {
        cmocka_unit_test( test_sense_vectors ),
        cmocka_unit_test( test_sense_codes ),
        cmocka_unit_test( test_block_limits ),
        cmocka_unit_test( test_positions ),
        cmocka_unit_test( test_logs ),
        cmocka_unit_test( test_attributes ),
        cmocka_unit_test( test_partitions ),
        cmocka_unit_test_setup_teardown( test_subpage, set_up, tear_down ),
        cmocka_unit_test_setup_teardown( test_identities, set_up, tear_down ),
    };

    return cmocka_run_group_tests( tests, NULL, NULL );
}
