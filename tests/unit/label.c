/*
 * Unit tests of the tape labels: the Microsoft Tape Format and our free label
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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../../dlls/ntmssvc/label.c"

static const GUID media_id = { 0x12345678, 0x9abc, 0xdef0, { 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef } };
static const BYTE media_id_bytes[16] =
    { 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef };

/* 1996-12-31 20:07:30, the example of the MTF specification */
static const SYSTEMTIME example_time = { 1996, 12, 2, 31, 20, 7, 30, 0 };

/* gives the parser exactly size bytes, so that reading beyond them is noticed */
static void parse( const BYTE *block, DWORD size, struct label *label )
{
    BYTE *copy = malloc( size ? size : 1 );

    memcpy( copy, block, size );
    memset( label, 0xcc, sizeof(*label) );
    label_parse( copy, size, label );
    free( copy );
    assert_true( label->id_length <= sizeof(label->id) );
    assert_true( memchr( label->type, 0, sizeof(label->type) ) != NULL );
}

static void seal( BYTE *block )
{
    put_word( block + CHECKSUM_OFFSET, checksum( block, CHECKSUM_OFFSET ));
}

/* an MTF header with ANSI strings and room for them after the fixed part */
static void make_ansi( BYTE *block, DWORD size, const char *name, const char *description, const char *software, DWORD attributes )
{
    const char *const strings[] = { name, description, software };
    static const DWORD addresses[] = { MEDIA_NAME_OFFSET, MEDIA_LABEL_OFFSET, SOFTWARE_NAME_OFFSET };
    DWORD i, pos = TAPE_SIZE;

    memset( block, 0, size );
    for (i = 0; i < ARRAY_SIZE(strings); i++)
    {
        put_word( block + addresses[i], strlen( strings[i] ));
        put_word( block + addresses[i] + 2, pos );
        memcpy( block + pos, strings[i], strlen( strings[i] ));
        pos += strlen( strings[i] );
    }
    put_dword( block, DBLK_TAPE );
    put_word( block + FIRST_EVENT_OFFSET, pos );
    block[STRING_TYPE_OFFSET] = STRING_ANSI;
    put_dword( block + TAPE_ATTRIBUTES_OFFSET, attributes );
    block[MAJOR_VERSION_OFFSET] = 1;
    seal( block );
}

static void assert_text( const WCHAR *string, const char *text )
{
    if (!is_text( string, text )) fail_msg( "expected %s", text );
}

static void assert_md5( const char *text, const char *hex )
{
    BYTE digest[16];
    char result[33];
    int i;

    md5( (const BYTE *)text, strlen( text ), digest );
    for (i = 0; i < 16; i++) snprintf( result + 2 * i, 3, "%02x", digest[i] );
    assert_string_equal( result, hex );
}

/* RFC 1321, A.5 */
static void test_md5( void **state )
{
    (void)state;
    assert_md5( "", "d41d8cd98f00b204e9800998ecf8427e" );
    assert_md5( "a", "0cc175b9c0f1b6a831c399e269772661" );
    assert_md5( "message digest", "f96b697d7cb7938d525a2f31aaf161d0" );
    assert_md5( "abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b" );
    assert_md5( "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f" );
    assert_md5( "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
                "57edf4a22be3c955ac49da2e2107b67a" );
}

static void test_checksum( void **state )
{
    BYTE block[CHECKSUM_OFFSET + 2] = "TAPE";

    (void)state;
    assert_int_equal( checksum( block, CHECKSUM_OFFSET ), 0x4154 ^ 0x4550 );
    seal( block );
    assert_int_equal( checksum( block, CHECKSUM_OFFSET + 2 ), 0 );
}

static void test_date( void **state )
{
    static const BYTE expected[5] = { 0x1f, 0x33, 0x3f, 0x41, 0xde };
    BYTE date[5];

    (void)state;
    put_date( date, &example_time );
    assert_memory_equal( date, expected, sizeof(date) );
}

static void test_not_mtf( void **state )
{
    static const BYTE ebcdic_vol1[4] = { 0xe5, 0xd6, 0xd3, 0xf1 };
    BYTE block[2048] = { 0 };
    struct label label;

    (void)state;
    parse( block, 0, &label );
    assert_int_equal( label.kind, LABEL_BLANK );
    assert_int_equal( label.id_length, 0 );
    parse( block, sizeof(block), &label );
    assert_int_equal( label.kind, LABEL_UNKNOWN );
    memset( block, ' ', 80 );
    memcpy( block, "VOL1TEST01", 10 );
    parse( block, 80, &label );
    assert_int_equal( label.kind, LABEL_UNKNOWN );
    memcpy( block, ebcdic_vol1, sizeof(ebcdic_vol1) );
    parse( block, 80, &label );
    assert_int_equal( label.kind, LABEL_UNKNOWN );

    make_ansi( block, sizeof(block), "name", "", "software", 0 );
    block[CHECKSUM_OFFSET] ^= 1;
    parse( block, sizeof(block), &label );
    assert_int_equal( label.kind, LABEL_UNKNOWN );
    assert_int_equal( label.id_length, 0 );
}

static void test_ansi( void **state )
{
    BYTE block[1024];
    struct label label, other;

    (void)state;
    make_ansi( block, sizeof(block), "Monday\tset", "a description", "Some Backup", 0 );
    parse( block, sizeof(block), &label );
    assert_int_equal( label.kind, LABEL_MTF );
    assert_text( label.info, "Monday_set" );
    assert_text( label.type, "Some Backup" );
    assert_int_equal( label.id_length, 16 );

    /* the identifier does not depend on what follows the descriptor */
    memset( block + get_word( block + FIRST_EVENT_OFFSET ), 0xff, 64 );
    parse( block, 512, &other );
    assert_true( label_same( &label, &other ));

    block[SEQUENCE_OFFSET]++;
    parse( block, 512, &other );
    assert_false( label_same( &label, &other ));
}

static void test_guid( void **state )
{
    static const char text[] = "MTF Media Label|1.0|V|P|1996/03/29.18:36:10|AB1234|1|"
                               "{12345678-9ABC-def0-0123-456789abcdef}|{00000000-0000-0000-0000-000000000000}|VS:x";
    BYTE block[1024];
    struct label label;

    (void)state;
    make_ansi( block, sizeof(block), "name", text, "Some Backup", TAPE_ATTRIBUTE_MEDIA_LABEL );
    parse( block, sizeof(block), &label );
    assert_int_equal( label.id_length, 16 );
    assert_memory_equal( label.id, media_id_bytes, 16 );

    /* without the bit it is a description */
    make_ansi( block, sizeof(block), "name", text, "Some Backup", 0 );
    parse( block, sizeof(block), &label );
    assert_memory_not_equal( label.id, media_id_bytes, 16 );

    /* a GUID is not the end of something longer */
    make_ansi( block, sizeof(block), "name", "ff12345678-9abc-def0-0123-456789abcdef", "x", TAPE_ATTRIBUTE_MEDIA_LABEL );
    parse( block, sizeof(block), &label );
    assert_memory_not_equal( label.id, media_id_bytes, 16 );
    make_ansi( block, sizeof(block), "name", "12345678-9abc-def0-0123-456789abcdef", "x", TAPE_ATTRIBUTE_MEDIA_LABEL );
    parse( block, sizeof(block), &label );
    assert_memory_equal( label.id, media_id_bytes, 16 );
    make_ansi( block, sizeof(block), "name", "12345678-9abc-def0-0123-456789abcde", "x", TAPE_ATTRIBUTE_MEDIA_LABEL );
    parse( block, sizeof(block), &label );
    assert_int_equal( label.id_length, 16 );
    assert_int_equal( label.kind, LABEL_MTF );
}

static void test_hostile_addresses( void **state )
{
    static const WORD values[] = { 0, 1, 3, 93, 94, 1023, 1024, 1025, 0x7fff, 0x8000, 0xffff };
    BYTE block[1024];
    struct label label;
    DWORD i, j, type;

    (void)state;
    for (type = 0; type < 4; type++)
        for (i = 0; i < ARRAY_SIZE(values); i++)
            for (j = 0; j < ARRAY_SIZE(values); j++)
            {
                make_ansi( block, sizeof(block), "name", "description", "software", TAPE_ATTRIBUTE_MEDIA_LABEL );
                block[STRING_TYPE_OFFSET] = type;
                put_word( block + FIRST_EVENT_OFFSET, values[i] );
                put_dword( block + MEDIA_NAME_OFFSET, values[i] | (DWORD)values[j] << 16 );
                put_dword( block + MEDIA_LABEL_OFFSET, values[j] | (DWORD)values[i] << 16 );
                put_dword( block + SOFTWARE_NAME_OFFSET, values[i] | (DWORD)values[j] << 16 );
                seal( block );
                parse( block, sizeof(block), &label );
                assert_int_equal( label.kind, LABEL_MTF );
                assert_int_equal( label.id_length, 16 );
            }
}

static void test_long_strings( void **state )
{
    BYTE block[8192];
    struct label label;
    DWORD i;

    (void)state;
    make_ansi( block, sizeof(block), "", "", "", 0 );
    block[STRING_TYPE_OFFSET] = STRING_UNICODE;
    for (i = TAPE_SIZE; i + 1 < sizeof(block); i += 2) put_word( block + i, 0xd83d );  /* never followed by its other half */
    put_dword( block + MEDIA_NAME_OFFSET, 4001 | TAPE_SIZE << 16 );
    put_dword( block + SOFTWARE_NAME_OFFSET, 4001 | TAPE_SIZE << 16 );
    seal( block );
    parse( block, sizeof(block), &label );
    for (i = 0; i < ARRAY_SIZE(label.info) - 1; i++) assert_int_equal( label.info[i], 0xfffd );
    assert_int_equal( label.info[i], 0 );
    assert_int_equal( label.type[ARRAY_SIZE(label.type) - 1], 0 );
}

static void test_free_label( void **state )
{
    static const WCHAR name[] = { 'A', 'B', ' ', '1', '|', 0xe4, 0 };
    BYTE block[FREE_LABEL_SIZE];
    struct label label, other;
    DWORD spad;

    (void)state;
    label_make_free( &media_id, name, &example_time, block );
    parse( block, sizeof(block), &label );
    assert_int_equal( label.kind, LABEL_FREE );
    assert_int_equal( label.id_length, 16 );
    assert_memory_equal( label.id, media_id_bytes, 16 );
    assert_memory_equal( label.info, name, sizeof(name) );
    assert_text( label.type, free_software_name );

    spad = get_word( block + FIRST_EVENT_OFFSET );
    assert_int_equal( spad % 4, 0 );
    assert_int_equal( get_dword( block + spad ), STREAM_SPAD );
    assert_int_equal( get_dword( block + spad + 8 ), FREE_LABEL_SIZE - spad - STREAM_HEADER_SIZE );
    assert_int_equal( checksum( block + spad, STREAM_HEADER_SIZE ), 0 );
    assert_int_equal( get_word( block + LOGICAL_BLOCK_OFFSET ), 1024 );

    parse( block, sizeof(block), &other );
    assert_true( label_same( &label, &other ));
    other.kind = LABEL_MTF;
    assert_false( label_same( &label, &other ));
}

static void test_free_label_longest_name( void **state )
{
    WCHAR name[200];
    BYTE block[FREE_LABEL_SIZE];
    struct label label;
    DWORD i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(name) - 1; i++) name[i] = 'a' + i % 26;
    name[i] = 0;
    label_make_free( &media_id, name, &example_time, block );
    parse( block, sizeof(block), &label );
    assert_int_equal( label.kind, LABEL_FREE );
    assert_int_equal( label.info[NTMS_OBJECTNAME_LENGTH - 1], 0 );
    assert_int_equal( label.info[NTMS_OBJECTNAME_LENGTH - 2], name[NTMS_OBJECTNAME_LENGTH - 2] );
}

static void test_truncated( void **state )
{
    static const WCHAR name[] = { 'T', 'A', 'P', 'E', '1', 0 };
    BYTE block[FREE_LABEL_SIZE];
    struct label label;
    DWORD size;

    (void)state;
    label_make_free( &media_id, name, &example_time, block );
    for (size = 0; size <= sizeof(block); size++)
    {
        parse( block, size, &label );
        if (!size) assert_int_equal( label.kind, LABEL_BLANK );
        else if (size < TAPE_SIZE) assert_int_equal( label.kind, LABEL_UNKNOWN );
        else assert_true( label.kind == LABEL_MTF || label.kind == LABEL_FREE );
    }
}

static void test_mutated( void **state )
{
    static const WCHAR name[] = { 'T', 'A', 'P', 'E', '1', 0 };
    BYTE block[FREE_LABEL_SIZE];
    struct label label;
    DWORD i, j;

    (void)state;
    srand( 1 );
    for (i = 0; i < 20000; i++)
    {
        label_make_free( &media_id, name, &example_time, block );
        for (j = rand() % 8; j; j--) block[rand() % (rand() % 2 ? TAPE_SIZE : sizeof(block))] = rand();
        put_dword( block, DBLK_TAPE );
        seal( block );
        parse( block, TAPE_SIZE + rand() % (sizeof(block) - TAPE_SIZE), &label );
        assert_true( label.kind == LABEL_MTF || label.kind == LABEL_FREE );
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] =
    {
        cmocka_unit_test( test_md5 ),
        cmocka_unit_test( test_checksum ),
        cmocka_unit_test( test_date ),
        cmocka_unit_test( test_not_mtf ),
        cmocka_unit_test( test_ansi ),
        cmocka_unit_test( test_guid ),
        cmocka_unit_test( test_hostile_addresses ),
        cmocka_unit_test( test_long_strings ),
        cmocka_unit_test( test_free_label ),
        cmocka_unit_test( test_free_label_longest_name ),
        cmocka_unit_test( test_truncated ),
        cmocka_unit_test( test_mutated ),
    };

    return cmocka_run_group_tests( tests, NULL, NULL );
}
