/*
 * Tests of the element status and mode page parsers with replies of many devices
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

#include <ctype.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "windef.h"
#include "element.h"

#define MAX_ELEMENTS 16

/* An element as it is expected, and how much of the reply it needs. */
struct expected
{
    UINT8       type;
    UINT16      address;
    UINT8       flags;
    UINT8       asc, ascq;
    int         source;   /* -1 = not valid */
    const char *primary;
    const char *serial;
    const char *product;
    const char *vendor;
};

struct vector
{
    const char     *file;
    unsigned int    allocation;
    unsigned int    count;
    struct expected elements[MAX_ELEMENTS];
    BOOL            more;
};

#define F   ELEMENT_FULL
#define X   ELEMENT_EXCEPT
#define A   ELEMENT_ACCESS
#define IE  (ELEMENT_EXENAB | ELEMENT_INENAB)
#define TD8 "ULT3580-TD8", "IBM"
#define TD4 "ULT3580-TD4", "IBM"

static const struct vector vectors[] =
{
    { "e2-mhvtl-drives-count-0", 264, 4,
      {{ 4, 500, A, 0, 0, -1, "", "XYZZY_A1", TD8 }, { 4, 501, A, 0, 0, -1, "", "XYZZY_A2", TD8 },
       { 4, 502, A, 0, 0, -1, "", "XYZZY_A3", "ULT3580-TD6", "IBM" }, { 4, 503, A, 0, 0, -1, "", "" }}},
    { "e3-mhvtl-l80-drives-dvcid", 2048, 4,
      {{ 4, 500, A, 0, 0, -1, "", "XYZZY_B1", "T10000B", "STK" }, { 4, 501, A, 0, 0, -1, "", "XYZZY_B2", "T10000B", "STK" },
       { 4, 502, A, 0, 0, -1, "", "XYZZY_B3", "T10000B", "STK" }, { 4, 503, A, 0, 0, -1, "", "XYZZY_B4", "T10000B", "STK" }}},
    { "e4-mhvtl-i6000-length-48", 4096, 0 },
    { "t4-tgt-drives-dvcid", 4096, 2,
      {{ 4, 500, 0, 0, 0, -1, "", "1234567891", TD4 }, { 4, 501, 0, 0, 0, -1, "", "" }}},
    { "t5-tgt-drives-voltag-dvcid", 4096, 2,
      {{ 4, 500, 0, 0, 0, -1, "", "1234567891", TD4 }, { 4, 501, 0, 0, 0, -1, "", "" }}},
    { "t6-tgt-storage-voltag", 4096, 5,
      {{ 2, 1000, F, 0, 0, -1, "A00001L4" }, { 2, 1001, F, 0, 0, -1, "A00002L4" }, { 2, 1002, F, 0, 0, -1, "CLN001L4" },
       { 2, 1003 , 0, 0, 0, -1 }, { 2, 1004, 0, 0, 0, -1 }}},
    { "t7-tgt-transport-voltag", 4096, 1, {{ 1, 1, 0, 0, 0, -1 }}},
    { "t8-tgt-all-types", 4096, 1, {{ 1, 1, 0, 0, 0, -1 }}},
    { "t9-tgt-drives-beyond", 4096, 0 },
    { "t10-tgt-drives-loaded", 4096, 2,
      {{ 4, 500, F, 0, 0, 1001, "A00002L4" }, { 4, 501, F, 0, 0, 1000, "A00001L4" }}},
    { "t11-tgt-drives-failed-load", 255, 2,
      {{ 4, 500, 0, 0, 0, -1, "" }, { 4, 501, F, 0, 0, 1001, "A00002L4" }}},
    { "t12-tgt-storage-after-moves", 4096, 5,
      {{ 2, 1000, F, 0, 0, 501, "A00001L4" }, { 2, 1001, 0, 0, 0, -1 }, { 2, 1002, F, 0, 0, -1, "CLN001L4" },
       { 2, 1003, 0, 0, 0, -1 }, { 2, 1004, 0, 0, 0, -1 }}},
    { "t13-tgt-short-allocation", 8, 0, .more = TRUE },
    { "t25-tgt-transport-plain", 272, 1, {{ 1, 1, 0, 0, 0, -1 }}},
    { "t26-tgt-storage-plain", 272, 4,
      {{ 2, 1024, F, 0, 0, -1 }, { 2, 1025, F, 0, 0, -1 }, { 2, 1026, F, 0, 0, -1 }, { 2, 1027, F, 0, 0, -1 }}},
    { "k1-ts3100-drives", 4096, 2,
      {{ 4, 256, F, 0, 0, 0x1003, "A00004L4", "1310012345", TD4 }, { 4, 257, A, 0, 0, -1, "", "1310012346", TD4 }}},
    { "k2-tl2000-storage-exceptions", 4096, 4,
      {{ 2, 0x1000, F | A, 0, 0, 0x1000, "A00001L4" }, { 2, 0x1001, F | X | A, 0x30, 0x03, -1, "CLN001CU" },
       { 2, 0x1002, F | X | A, 0x83, 0x01, -1 }, { 2, 0x1003, X, 0x3b, 0x12, -1 }}},
    { "k3-sl150-drive", 4096, 1, {{ 4, 500, F | A, 0, 0, 1000, "VOL001L6", "HU1234ABCD" }}},
    { "k4-superloader-drive", 4096, 1, {{ 4, 32, A, 0, 0, -1, "", "PMA12B3456" }}},
    { "k5-magnum224-drive", 4096, 1, {{ 4, 81, A, 0, 0, -1, "", "1210173183", "ULTRIUM-TD3", "IBM" }}},
    { "k6-diamondback-storage", 4096, 1, {{ 2, 1025, F | A, 0, 0, -1, "P00001JE" }}},
    { "k7-msl-alternate-tag-missing", 4096, 1, {{ 2, 32, F | A, 0, 0, -1, "HPE001L5" }}},
    { "k8-alternate-tag", 4096, 1, {{ 2, 128, F | A, 0, 0, -1, "SIDEA01" }}},
    { "k9-short-descriptors", 4096, 3,
      {{ 2, 1, F | A, 0, 0, -1 }, { 2, 2, A, 0, 0, -1 }, { 2, 3, F | A, 0, 0, -1 }}},
    { "k10-scsi2-drives", 4096, 3, {{ 4, 82, A, 0, 0, -1 }, { 4, 83, A, 0, 0, -1 }, { 4, 84, A, 0, 0, -1 }}},
    { "k11-drive-exceptions", 4096, 3,
      {{ 4, 81, X, 0x83, 0x04, -1 }, { 4, 82, F, 0x3b, 0x90, 7 }, { 4, 83, F | A, 0, 0, 9 }}},
    { "k12-import-export", 4096, 4,
      {{ 3, 16, F | ELEMENT_IMPEXP_BIT | A | IE, 0, 0, -1, "NEW001L5" }, { 3, 17, F | A | IE, 0, 0, 0x1005, "OUT001L5" },
       { 3, 18, A | IE, 0, 0, -1 }, { 3, 19, IE, 0, 0, -1 }}},
    { "k13-four-pages", 4096, 4,
      {{ 1, 1, 0, 0, 0, -1 }, { 2, 0x1000, F | A, 0, 0, -1, "AAA001L3" }, { 3, 16, A | IE, 0, 0, -1 },
       { 4, 256, A, 0, 0, -1, "", "HU1050ABCD", "Ultrium 3-SCSI", "HP" }}},
    { "k14-bad-tags", 4096, 3,
      {{ 2, 0x1000, A, 0, 0, -1 }, { 2, 0x1001, F | A, 0, 0, -1, "AB0012 J" }, { 2, 0x1002, F | A, 0, 0, -1 }}},
    { "k15-vendor-bytes", 4096, 2, {{ 2, 0x1000, F | A, 0, 0, 0x1000, "VEND01L6" }, { 2, 0x1001, A, 0, 0, -1 }}},
    { "k16-short-allocation", 120, 2,
      {{ 2, 0x1000, F | A, 0, 0, 0x1000, "A00001L4" }, { 2, 0x1001, F | X | A, 0x30, 0x03, -1, "CLN001CU" }}, TRUE },
    { "k17-descriptor-length-0", 4096, 0 },
    { "k18-protocol-nibble", 4096, 1, {{ 4, 256, A, 0, 0, -1, "", "HU1313N7Y4", "ULTRIUM-HH6", "QUANTUM" }}},
    { "k19-optical-fixed-serial", 4096, 1, {{ 4, 1, A, 0, 0, -1, "", "3503E01234" }}},
};

/* Reads a vector into memory of exactly its size, so that the sanitizer sees any step too far. */
static UINT8 *load( const char *name, unsigned int *size )
{
    UINT8 buffer[4096], *data;
    char line[256], path[256], *p;
    FILE *file;

    snprintf( path, sizeof(path), "%s/%s.hex", TEST_DATA, name );
    if (!(file = fopen( path, "r" ))) fail_msg( "cannot open %s", path );
    *size = 0;
    while (fgets( line, sizeof(line), file ))
    {
        if (line[0] == '#') continue;
        for (p = strtok( line, " \n" ); p; p = strtok( NULL, " \n" ))
        {
            assert_true( *size < sizeof(buffer) && isxdigit( (unsigned char)*p ) );
            buffer[(*size)++] = strtoul( p, NULL, 16 );
        }
    }
    fclose( file );
    data = malloc( *size );
    memcpy( data, buffer, *size );
    return data;
}

static const char *text( const char *str )
{
    return str ? str : "";
}

static void check_element( const struct element *element, const struct expected *expected )
{
    assert_int_equal( element->type, expected->type );
    assert_int_equal( element->address, expected->address );
    assert_int_equal( element->flags, expected->flags );
    assert_int_equal( element->asc, expected->asc );
    assert_int_equal( element->ascq, expected->ascq );
    assert_int_equal( element->medium & ELEMENT_MEDIUM_SVALID ? element->source : -1, expected->source );
    assert_string_equal( element->primary, text( expected->primary ) );
    assert_string_equal( element->serial, text( expected->serial ) );
    assert_string_equal( element->product, text( expected->product ) );
    assert_string_equal( element->vendor, text( expected->vendor ) );
}

static void test_vectors( void **state )
{
    unsigned int i, n, size;

    for (i = 0; i < ARRAY_SIZE(vectors); i++)
    {
        UINT8 *data = load( vectors[i].file, &size );
        struct element_reader reader;
        struct element element;

        element_reader_init( &reader, data, size, vectors[i].allocation );
        for (n = 0; element_reader_next( &reader, &element ); n++)
        {
            assert_true( n < vectors[i].count );
            check_element( &element, &vectors[i].elements[n] );
        }
        assert_int_equal( n, vectors[i].count );
        assert_int_equal( reader.more, vectors[i].more );
        free( data );
    }
}

/* A shorter reply shows no other elements than the whole one, whichever way it was cut. */
static void check_cut( const struct vector *vector, const UINT8 *data, unsigned int size, unsigned int allocation )
{
    UINT8 *copy = malloc( size ? size : 1 );
    struct element_reader reader;
    struct element element;
    unsigned int n;

    memcpy( copy, data, size );
    element_reader_init( &reader, copy, size, allocation );
    for (n = 0; element_reader_next( &reader, &element ); n++)
    {
        const struct expected *expected = &vector->elements[n];

        assert_true( n < vector->count );
        assert_int_equal( element.type, expected->type );
        assert_int_equal( element.address, expected->address );
        assert_int_equal( element.flags, expected->flags );
        if (element.primary[0]) assert_string_equal( element.primary, text( expected->primary ) );
        if (element.serial[0]) assert_string_equal( element.serial, text( expected->serial ) );
    }
    free( copy );
}

static void test_truncation( void **state )
{
    unsigned int i, size, cut;

    for (i = 0; i < ARRAY_SIZE(vectors); i++)
    {
        UINT8 *data = load( vectors[i].file, &size );

        if (size > vectors[i].allocation) size = vectors[i].allocation;
        for (cut = 0; cut <= size; cut++)
        {
            check_cut( &vectors[i], data, cut, vectors[i].allocation );
            check_cut( &vectors[i], data, cut, cut );
        }
        free( data );
    }
}

/* Any byte may be anything: the walk has to end, within the buffer. */
static void test_corruption( void **state )
{
    static const UINT8 values[] = { 0x00, 0x01, 0x02, 0x04, 0x7f, 0x80, 0xff };
    unsigned int i, pos, v, n, size;

    for (i = 0; i < ARRAY_SIZE(vectors); i++)
    {
        UINT8 *data = load( vectors[i].file, &size );

        for (pos = 0; pos < size; pos++)
        {
            UINT8 old = data[pos];

            for (v = 0; v < sizeof(values); v++)
            {
                struct element_reader reader;
                struct element element;

                data[pos] = values[v];
                element_reader_init( &reader, data, size, 4096 );
                for (n = 0; element_reader_next( &reader, &element ); n++)
                {
                    assert_in_range( element.type, ELEMENT_TRANSPORT, ELEMENT_DRIVE );
                    assert_true( strlen( element.primary ) <= 32 && strlen( element.serial ) <= 32 );
                }
                assert_true( n <= size / 4 );
            }
            data[pos] = old;
        }
        free( data );
    }
}

static struct element nth_element( const char *file, unsigned int n )
{
    struct element_reader reader;
    struct element element;
    unsigned int size;
    UINT8 *data = load( file, &size );

    element_reader_init( &reader, data, size, 4096 );
    do assert_true( element_reader_next( &reader, &element ) ); while (n--);
    free( data );
    return element;
}

static void test_details( void **state )
{
    struct element element;

    element = nth_element( "k8-alternate-tag", 0 );
    assert_string_equal( element.alternate, "SIDEB01" );
    element = nth_element( "k7-msl-alternate-tag-missing", 0 );
    assert_string_equal( element.alternate, "" );
    assert_true( element.has_primary_tag );

    element = nth_element( "k2-tl2000-storage-exceptions", 1 );
    assert_int_equal( element.medium & ELEMENT_MEDIUM_TYPE, 2 );
    element = nth_element( "k2-tl2000-storage-exceptions", 3 );
    assert_true( element.medium & ELEMENT_MEDIUM_DISABLED );

    element = nth_element( "k10-scsi2-drives", 0 );
    assert_int_equal( element.bus, ELEMENT_BUS_ID_VALID | ELEMENT_BUS_LU_VALID );
    assert_int_equal( element.target, 5 );
    element = nth_element( "k10-scsi2-drives", 1 );
    assert_int_equal( element.bus & ELEMENT_BUS_LUN, 1 );
    element = nth_element( "k10-scsi2-drives", 2 );
    assert_true( element.bus & ELEMENT_BUS_NOT_BUS );
    assert_false( element.has_primary_tag );
}

/* Serial numbers of a Scalar i6000 whose descriptors are two bytes longer than they say must not be believed;
 * the addresses give it away (the reply is continued here as it was described). */
static void test_inconsistent_length( void **state )
{
    static const char id[] = "\x02\x01\x00\x22IBM     ULTRIUM-TD6     00078A9999";
    UINT8 data[16 + 3 * 50] = { 0 };
    unsigned int i, size;
    UINT8 *header = load( "e4-mhvtl-i6000-length-48", &size );
    struct element_reader reader;
    struct element element;

    assert_int_equal( size, 16 );
    memcpy( data, header, 16 );
    free( header );
    for (i = 0; i < 3; i++)
    {
        data[16 + 50 * i + 1] = 1 + i;
        memcpy( data + 16 + 50 * i + 12, id, 38 );
    }
    element_reader_init( &reader, data, sizeof(data), 4096 );
    assert_true( element_reader_next( &reader, &element ) );
    assert_int_equal( element.address, 1 );
    assert_string_equal( element.serial, "" );
    assert_true( element_reader_next( &reader, &element ) );
    assert_int_equal( element.address, 0x3939 );
    assert_true( element_reader_next( &reader, &element ) );
    assert_false( element_reader_next( &reader, &element ) );
}

struct assignment_vector
{
    const char          *file;
    unsigned int         page;
    struct element_range range[ELEMENT_TYPES];
};

static const struct assignment_vector assignments[] =
{
    { "e1-mhvtl-l80-mode-1d", 4, {{ 0 }, { 1, 1 }, { 1000, 40 }, { 10, 4 }, { 500, 4 }}},
    { "t1-tgt-mode-1d-block-descriptor", 12, {{ 0 }, { 1, 1 }, { 1000, 5 }, { 10, 2 }, { 500, 2 }}},
    { "t2-tgt-mode-1d", 4, {{ 0 }, { 1, 1 }, { 1000, 5 }, { 10, 2 }, { 500, 2 }}},
    { "t15-tgt-mode10-1d", 8, {{ 0 }, { 1, 1 }, { 1000, 5 }, { 10, 2 }, { 500, 2 }}},
    { "t17-tgt-mode-1d-sparse", 4, {{ 0 }, { 1, 1 }, { 21, 7 }, { 10, 4 }, { 500, 2 }}},
    { "k20-ts3200-mode-1d", 4, {{ 0 }, { 1, 1 }, { 0x1000, 44 }, { 0x10, 4 }, { 0x100, 4 }}},
    { "k20-ts3500-mode-1d", 4, {{ 0 }, { 1, 1 }, { 0x400, 300 }, { 0x300, 16 }, { 0x101, 12 }}},
    { "k20-l700-mode-1d", 4, {{ 0 }, { 1, 1 }, { 1000, 678 }, { 10, 20 }, { 500, 12 }}},
    { "k20-msl-mode-1d", 4, {{ 0 }, { 1, 1 }, { 0x20, 60 }, { 0x1c0, 12 }, { 0x1e0, 4 }}},
    { "k20-overland-mode-1d", 4, {{ 0 }, { 1, 1 }, { 2, 40 }, { 0, 1 }, { 0xff, 2 }}},
    { "k20-spectra2k-mode-1d", 4, {{ 0 }, { 0x56, 1 }, { 1, 15 }, { 0, 0 }, { 0x1f, 2 }}},
    { "k20-magnum1x7-mode-1d", 4, {{ 0 }, { 0x56, 1 }, { 1, 6 }, { 0, 0 }, { 0x51, 1 }}},
    { "k20-superloader3-mode-1d", 4, {{ 0 }, { 0, 1 }, { 1, 16 }, { 0, 0 }, { 0x20, 1 }}},
    { "k20-hp-autochanger-mode-1d", 4, {{ 0 }, { 0, 0 }, { 1, 6 }, { 0, 0 }, { 10, 1 }}},
    { "k20-scalar448-mode-1d", 12, {{ 0 }, { 1, 1 }, { 1000, 678 }, { 10, 20 }, { 500, 12 }}},
};

static void test_assignments( void **state )
{
    struct element_assignment assignment;
    unsigned int i, type, cut, size;

    for (i = 0; i < ARRAY_SIZE(assignments); i++)
    {
        UINT8 *data = load( assignments[i].file, &size );
        unsigned int page = assignments[i].page;

        assert_int_equal( data[page] & 0x3f, 0x1d );
        assert_true( parse_element_assignment( data + page, size - page, &assignment ) );
        for (type = 0; type < ELEMENT_TYPES; type++)
        {
            assert_int_equal( assignment.range[type].first, assignments[i].range[type].first );
            assert_int_equal( assignment.range[type].count, assignments[i].range[type].count );
        }
        for (cut = 0; cut < 18; cut++)
        {
            UINT8 *copy = malloc( cut ? cut : 1 );

            memcpy( copy, data + page, cut );
            assert_false( parse_element_assignment( copy, cut, &assignment ) );
            free( copy );
        }
        free( data );
    }
}

static void test_capabilities( void **state )
{
    struct device_capabilities capabilities;
    unsigned int size;
    UINT8 *data;

    data = load( "t3-tgt-mode-1f", &size );
    assert_true( parse_device_capabilities( data + 4, size - 4, &capabilities ) );
    assert_int_equal( capabilities.storage, 0x0f );
    assert_int_equal( capabilities.move[ELEMENT_TRANSPORT], 0x0f );
    assert_int_equal( capabilities.move[ELEMENT_DRIVE], 0x0f );
    assert_int_equal( capabilities.exchange[ELEMENT_STORAGE], 0x0f );
    assert_true( parse_device_capabilities( data + 4, 8, &capabilities ) );
    assert_int_equal( capabilities.exchange[ELEMENT_STORAGE], 0 );
    assert_false( parse_device_capabilities( data + 4, 7, &capabilities ) );
    free( data );

    data = load( "r3-ibm3573-mode-1f", &size );
    assert_true( parse_device_capabilities( data + 4, size - 4, &capabilities ) );
    assert_int_equal( capabilities.storage, 0x0e );
    assert_int_equal( capabilities.move[ELEMENT_TRANSPORT], 0x0e );
    assert_int_equal( capabilities.move[ELEMENT_STORAGE], 0x0e );
    assert_int_equal( capabilities.exchange[ELEMENT_STORAGE], 0 );
    free( data );
}

static void test_transport_geometry( void **state )
{
    static const UINT8 rotates[] = { 0x1e, 0x02, 0x01, 0x00 };
    static const UINT8 mixed[] = { 0x1e, 0x04, 0x01, 0x00, 0x00, 0x01 };

    assert_true( parse_transport_rotates( rotates, sizeof(rotates) ) );
    assert_false( parse_transport_rotates( rotates, 3 ) );
    assert_false( parse_transport_rotates( mixed, sizeof(mixed) ) );
}

/* Numbers are given once; the order of the addresses is known beside it. */
static void test_map( void **state )
{
    static const UINT16 addresses[] = { 1000, 1001, 1002, 1003, 1004, 21, 22, 21 };
    static const UINT16 expected[] = { 21, 22, 1000, 1001, 1002, 1003, 1004 };
    struct element_map map = { 0 }, numbers = { 0 };
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(addresses); i++)
        assert_int_equal( element_map_add( &map, addresses[i] ), i < 7 );
    assert_int_equal( map.count, ARRAY_SIZE(expected) );
    for (i = 0; i < 7; i++) assert_int_equal( map.addresses[i], addresses[i] );

    /* merged into another map they are numbered in ascending order */
    assert_int_equal( element_map_merge( &numbers, &map ), 7 );
    for (i = 0; i < ARRAY_SIZE(expected); i++)
    {
        assert_int_equal( numbers.addresses[i], expected[i] );
        assert_int_equal( element_map_find( &numbers, expected[i] ), i );
        assert_int_equal( element_map_rank( &numbers, expected[i] ), i );
    }
    /* what comes later comes last */
    assert_int_equal( element_map_add( &numbers, 23 ), 1 );
    assert_int_equal( element_map_find( &numbers, 23 ), 7 );
    assert_int_equal( element_map_find( &numbers, 1000 ), 2 );
    assert_int_equal( element_map_merge( &numbers, &map ), 0 );
    assert_int_equal( element_map_find( &map, 23 ), -1 );
    assert_int_equal( element_map_find( &map, 0 ), -1 );
    assert_int_equal( element_map_find( &map, 0xffff ), -1 );
    element_map_free( &map );
    element_map_free( &numbers );
}

/* R3: a library that lists its commands with the minutes that they may take */
static void test_command_page( void **state )
{
    UINT8 minutes[256];
    unsigned int size, cut;
    UINT8 *data = load( "r3-ibm3573-vpd-d0", &size ), *copy;

    assert_int_equal( size, 196 );
    assert_true( parse_command_page( data, size, minutes ) );
    assert_int_equal( minutes[0xa5], 25 );
    assert_int_equal( minutes[0x07], 11 );
    assert_int_equal( minutes[0x2b], 10 );
    assert_int_equal( minutes[0xb8], 1 );
    assert_int_equal( minutes[0xa6], 0 );
    assert_int_equal( minutes[0xe7], 0 );
    for (cut = 0; cut < size; cut++)
    {
        copy = malloc( cut ? cut : 1 );
        memcpy( copy, data, cut );
        parse_command_page( copy, cut, minutes );
        free( copy );
    }
    data[5] = 'X';
    assert_false( parse_command_page( data, size, minutes ) );
    free( data );
}

/* R1 and T16: what a drive says of itself */
static void test_device_ids( void **state )
{
    static const UINT8 naa[] = { 0x30, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01 };
    struct device_ids ids;
    char serial[33];
    unsigned int size;
    UINT8 *data;

    data = load( "r1-ibm-td3-vpd-83", &size );
    parse_device_ids( data, size, &ids );
    assert_string_equal( ids.serial, "1210173183" );
    assert_int_equal( ids.binary_count, 0 );
    parse_device_ids( data, size - 1, &ids );
    assert_string_equal( ids.serial, "" );
    free( data );

    data = load( "t16-tgt-drive-vpd-83", &size );
    parse_device_ids( data, size, &ids );
    assert_int_equal( ids.binary_count, 2 );
    assert_int_equal( ids.binary_size[0], 8 );
    assert_memory_equal( ids.binary[0], naa, sizeof(naa) );
    assert_int_equal( ids.binary_size[1], 16 );
    free( data );

    data = load( "t16-tgt-drive-vpd-80", &size );
    parse_serial_page( data, size, 0x80, serial );
    assert_string_equal( serial, "1234567891" );
    parse_serial_page( data, size, 0xb3, serial );
    assert_string_equal( serial, "" );
    free( data );
}

static void test_element_address( void **state )
{
    static const UINT8 page[] = { 0x01, 0xb4, 0x00, 0x02, 0x01, 0xf4 };
    UINT16 address;

    assert_true( parse_element_address( page, sizeof(page), &address ) );
    assert_int_equal( address, 500 );
    assert_false( parse_element_address( page, 5, &address ) );
}

/* K20 and made up: which pages can be believed so far that numbers are reserved by them */
static void test_plausible_ranges( void **state )
{
    struct element_assignment assignment = {{{ 0 }, { 1, 1 }, { 1000, 40 }, { 10, 4 }, { 500, 4 }}};

    assert_true( is_range_plausible( &assignment, ELEMENT_STORAGE ) );
    assignment.range[ELEMENT_DRIVE].first = 1039;
    assert_false( is_range_plausible( &assignment, ELEMENT_STORAGE ) );
    assert_false( is_range_plausible( &assignment, ELEMENT_DRIVE ) );
    assert_true( is_range_plausible( &assignment, ELEMENT_IMPEXP ) );
    assignment.range[ELEMENT_DRIVE].first = 1040;
    assert_true( is_range_plausible( &assignment, ELEMENT_STORAGE ) );
    assignment.range[ELEMENT_DRIVE].first = 0xfffd;
    assert_false( is_range_plausible( &assignment, ELEMENT_DRIVE ) );
}

int main( void )
{
    static const struct CMUnitTest tests[] =
    {
        cmocka_unit_test( test_vectors ),
        cmocka_unit_test( test_truncation ),
        cmocka_unit_test( test_corruption ),
        cmocka_unit_test( test_details ),
        cmocka_unit_test( test_inconsistent_length ),
        cmocka_unit_test( test_assignments ),
        cmocka_unit_test( test_capabilities ),
        cmocka_unit_test( test_transport_geometry ),
        cmocka_unit_test( test_map ),
        cmocka_unit_test( test_command_page ),
        cmocka_unit_test( test_device_ids ),
        cmocka_unit_test( test_element_address ),
        cmocka_unit_test( test_plausible_ranges ),
    };

    return cmocka_run_group_tests( tests, NULL, NULL );
}
