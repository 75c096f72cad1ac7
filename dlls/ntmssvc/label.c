/*
 * Labels at the beginning of tapes: the Microsoft Tape Format, and the free label that is ours
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

#include "ntmssvc.h"

/* Names and offsets are those of the Microsoft Tape Format specification 1.00a.  Everything is little-endian. */

#define HEADER_SIZE        52  /* MTF_DB_HDR */
#define TAPE_SIZE          94  /* MTF_TAPE without its strings */
#define STREAM_HEADER_SIZE 22

#define DBLK_TYPE_OFFSET        0
#define FIRST_EVENT_OFFSET      8
#define OS_ID_OFFSET           10
#define STRING_TYPE_OFFSET     48
#define CHECKSUM_OFFSET        50
#define MEDIA_FAMILY_OFFSET    52
#define TAPE_ATTRIBUTES_OFFSET 56
#define SEQUENCE_OFFSET        60
#define MEDIA_NAME_OFFSET      68
#define MEDIA_LABEL_OFFSET     72
#define SOFTWARE_NAME_OFFSET   80
#define LOGICAL_BLOCK_OFFSET   84
#define MEDIA_DATE_OFFSET      88
#define MAJOR_VERSION_OFFSET   93

#define DBLK_TAPE   0x45504154  /* TAPE */
#define STREAM_SPAD 0x44415053  /* SPAD */

#define STRING_ANSI    1
#define STRING_UNICODE 2

#define TAPE_ATTRIBUTE_MEDIA_LABEL 2

#define OS_WINDOWS_NT 14

/* Nobody has described the free label of Windows.  Ours is an MTF media header with a media label that names the medium, so
 * that any MTF reader recognizes the tape as labelled, with this software name, which is what makes it a free label. */
static const char free_software_name[] = "Wine Removable Storage Free Label";

static WORD get_word( const BYTE *p )
{
    return p[0] | p[1] << 8;
}

static DWORD get_dword( const BYTE *p )
{
    return get_word( p ) | (DWORD)get_word( p + 2 ) << 16;
}

static void put_word( BYTE *p, WORD value )
{
    p[0] = value;
    p[1] = value >> 8;
}

static void put_dword( BYTE *p, DWORD value )
{
    put_word( p, value );
    put_word( p + 2, value >> 16 );
}

/* the XOR of the 16-bit words before the checksum itself */
static WORD checksum( const BYTE *header, DWORD size )
{
    WORD sum = 0;
    DWORD i;

    for (i = 0; i < size; i += 2) sum ^= get_word( header + i );
    return sum;
}

/* ------------------------------------------------------------------ MD5 (RFC 1321) */

static DWORD rotate_left( DWORD value, int count )
{
    return value << count | value >> (32 - count);
}

static void md5_transform( DWORD state[4], const BYTE data[64] )
{
    static const BYTE shifts[4][4] = { { 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 } };
    static const DWORD sines[64] =  /* 2^32 * |sin(i + 1)| */
    {
        0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
        0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
        0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
        0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
        0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
        0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
        0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
        0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
    };
    DWORD a = state[0], b = state[1], c = state[2], d = state[3], f, i, k, next;

    for (i = 0; i < 64; i++)
    {
        switch (i / 16)
        {
        case 0:  f = (b & c) | (~b & d); k = i;                break;
        case 1:  f = (b & d) | (c & ~d); k = (5 * i + 1) % 16; break;
        case 2:  f = b ^ c ^ d;          k = (3 * i + 5) % 16; break;
        default: f = c ^ (b | ~d);       k = 7 * i % 16;       break;
        }
        next = b + rotate_left( a + f + get_dword( data + 4 * k ) + sines[i], shifts[i / 16][i % 4] );
        a = d;
        d = c;
        c = b;
        b = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

static void md5( const BYTE *data, DWORD size, BYTE digest[16] )
{
    DWORD state[4] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 };
    BYTE tail[128] = { 0 };
    DWORD i, rest = size % 64, tail_size = rest < 56 ? 64 : 128;

    for (i = 0; i + 64 <= size; i += 64) md5_transform( state, data + i );
    memcpy( tail, data + i, rest );
    tail[rest] = 0x80;
    put_dword( tail + tail_size - 8, size << 3 );
    put_dword( tail + tail_size - 4, size >> 29 );
    for (i = 0; i < tail_size; i += 64) md5_transform( state, tail + i );
    for (i = 0; i < 4; i++) put_dword( digest + 4 * i, state[i] );
}

/* ------------------------------------------------------------------ reading */

/* a string in the string storage of a block; nothing beyond the block is ever part of it */
struct mtf_string
{
    const BYTE *data;
    DWORD       length;   /* in characters */
    BOOL        unicode;
};

static struct mtf_string get_string( const BYTE *block, DWORD size, DWORD address )
{
    struct mtf_string ret = { NULL, 0, block[STRING_TYPE_OFFSET] == STRING_UNICODE };
    DWORD length = get_word( block + address ), offset = get_word( block + address + 2 );

    if (block[STRING_TYPE_OFFSET] != STRING_ANSI && block[STRING_TYPE_OFFSET] != STRING_UNICODE) return ret;
    if (offset > size || length > size - offset) return ret;
    ret.data = block + offset;
    ret.length = ret.unicode ? length / 2 : length;
    return ret;
}

/* The code page of ANSI strings is not recorded. */
static WCHAR get_char( const struct mtf_string *string, DWORD index )
{
    return string->unicode ? get_word( string->data + 2 * index ) : string->data[index];
}

static BOOL is_high_surrogate( WCHAR c )
{
    return c >= 0xd800 && c <= 0xdbff;
}

static BOOL is_low_surrogate( WCHAR c )
{
    return c >= 0xdc00 && c <= 0xdfff;
}

/* up to a null character or as much as there is room for; what is no valid text is replaced */
static void copy_string( const struct mtf_string *string, WCHAR *ret, DWORD size )
{
    DWORD i;

    for (i = 0; i < size - 1 && i < string->length; i++)
    {
        if (!(ret[i] = get_char( string, i ))) break;
        if (ret[i] < ' ' || ret[i] == 0x7f) ret[i] = '_';
        if (is_low_surrogate( ret[i] ) && !(i && is_high_surrogate( ret[i - 1] ))) ret[i] = 0xfffd;
        if (i && is_high_surrogate( ret[i - 1] ) && !is_low_surrogate( ret[i] )) ret[i - 1] = 0xfffd;
    }
    if (i && is_high_surrogate( ret[i - 1] )) ret[i - 1] = 0xfffd;
    ret[i] = 0;
}

static int hex_digit( WCHAR c )
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

#define GUID_TEXT_LENGTH 36

/* digits are in the order in which they are written */
static BOOL parse_guid( const struct mtf_string *string, DWORD pos, BYTE digits[16] )
{
    DWORD i, count = 0;

    for (i = 0; i < GUID_TEXT_LENGTH; i++)
    {
        WCHAR c = get_char( string, pos + i );
        int digit = hex_digit( c );

        if (i == 8 || i == 13 || i == 18 || i == 23)
        {
            if (c != '-') return FALSE;
            continue;
        }
        if (digit < 0) return FALSE;
        if (count % 2) digits[count / 2] |= digit;
        else digits[count / 2] = digit << 4;
        count++;
    }
    return TRUE;
}

/* the first text of the form 12345678-1234-1234-1234-123456789012 */
static BOOL find_guid( const struct mtf_string *string, BYTE id[16] )
{
    DWORD pos;

    for (pos = 0; pos + GUID_TEXT_LENGTH <= string->length; pos++)
    {
        if (pos && hex_digit( get_char( string, pos - 1 )) >= 0) continue;
        if (pos + GUID_TEXT_LENGTH < string->length && hex_digit( get_char( string, pos + GUID_TEXT_LENGTH )) >= 0) continue;
        if (parse_guid( string, pos, id )) return TRUE;
    }
    return FALSE;
}

static BOOL is_text( const WCHAR *string, const char *text )
{
    while (*text && *string == *text) string++, text++;
    return *string == *text;
}

static BOOL is_mtf( const BYTE *block, DWORD size )
{
    return size >= TAPE_SIZE && get_dword( block + DBLK_TYPE_OFFSET ) == DBLK_TAPE &&
           checksum( block, CHECKSUM_OFFSET ) == get_word( block + CHECKSUM_OFFSET );
}

/* What the identifier of a label without a GUID is made from: the descriptor with its strings, which ends where the first
 * stream begins, so that it does not depend on how much of the tape has been read. */
static DWORD descriptor_size( const BYTE *block, DWORD size )
{
    DWORD end = get_word( block + FIRST_EVENT_OFFSET );

    return end >= TAPE_SIZE && end <= size ? end : TAPE_SIZE;
}

void label_parse( const BYTE *block, DWORD size, struct label *label )
{
    struct mtf_string string;
    BOOL guid = FALSE;

    memset( label, 0, sizeof(*label) );
    label->kind = size ? LABEL_UNKNOWN : LABEL_BLANK;
    if (!is_mtf( block, size )) return;

    label->kind = LABEL_MTF;
    string = get_string( block, size, MEDIA_NAME_OFFSET );
    copy_string( &string, label->info, ARRAY_SIZE(label->info) );
    string = get_string( block, size, SOFTWARE_NAME_OFFSET );
    copy_string( &string, label->type, ARRAY_SIZE(label->type) );

    if (get_dword( block + TAPE_ATTRIBUTES_OFFSET ) & TAPE_ATTRIBUTE_MEDIA_LABEL)
    {
        string = get_string( block, size, MEDIA_LABEL_OFFSET );
        guid = find_guid( &string, label->id );
    }
    if (!guid) md5( block, descriptor_size( block, size ), label->id );
    else if (is_text( label->type, free_software_name )) label->kind = LABEL_FREE;
    label->id_length = 16;
}

enum label_kind label_kind( const WCHAR *type, DWORD id_length )
{
    if (id_length != 16) return LABEL_UNKNOWN;
    return is_text( type, free_software_name ) ? LABEL_FREE : LABEL_MTF;
}

/* The type does not count: MTF has every program keep the media label of the one before.  Nothing tells two blank or two
 * unknown media apart. */
BOOL label_same( const struct label *a, const struct label *b )
{
    return a->kind == b->kind && a->id_length == b->id_length && !memcmp( a->id, b->id, a->id_length );
}

/* ------------------------------------------------------------------ writing */

struct writer
{
    BYTE *block;
    DWORD pos;
};

static void write_char( struct writer *writer, WCHAR c )
{
    put_word( writer->block + writer->pos, c );
    writer->pos += 2;
}

static void write_text( struct writer *writer, const char *text )
{
    while (*text) write_char( writer, *text++ );
}

static void write_number( struct writer *writer, DWORD value, DWORD digits, DWORD base )
{
    DWORD i, power = 1;

    for (i = 1; i < digits; i++) power *= base;
    for (; power; power /= base) write_char( writer, "0123456789abcdef"[value / power % base] );
}

static void write_guid( struct writer *writer, const GUID *id )
{
    DWORD i;

    write_number( writer, id->Data1, 8, 16 );
    write_char( writer, '-' );
    write_number( writer, id->Data2, 4, 16 );
    write_char( writer, '-' );
    write_number( writer, id->Data3, 4, 16 );
    write_char( writer, '-' );
    for (i = 0; i < 8; i++)
    {
        if (i == 2) write_char( writer, '-' );
        write_number( writer, id->Data4[i], 2, 16 );
    }
}

static BOOL is_label_char( WCHAR c )
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c && c < 0x80 && strchr( "+-_:/.{}", c ));
}

static void write_name( struct writer *writer, const WCHAR *name, BOOL label_chars_only )
{
    DWORD i;

    for (i = 0; i < NTMS_OBJECTNAME_LENGTH - 1 && name[i]; i++)
        write_char( writer, label_chars_only && !is_label_char( name[i] ) ? '_' : name[i] );
}

static void write_date( struct writer *writer, const SYSTEMTIME *time )
{
    write_number( writer, time->wYear, 4, 10 );
    write_char( writer, '/' );
    write_number( writer, time->wMonth, 2, 10 );
    write_char( writer, '/' );
    write_number( writer, time->wDay, 2, 10 );
    write_char( writer, '.' );
    write_number( writer, time->wHour, 2, 10 );
    write_char( writer, ':' );
    write_number( writer, time->wMinute, 2, 10 );
    write_char( writer, ':' );
    write_number( writer, time->wSecond, 2, 10 );
}

/* tag, version, vendor, product, time, cartridge, side, medium, domain */
static void write_media_label( struct writer *writer, const GUID *media_id, const WCHAR *name, const SYSTEMTIME *now )
{
    write_text( writer, "MTF Media Label|1.0|Wine|RemovableStorage|" );
    write_date( writer, now );
    write_char( writer, '|' );
    write_name( writer, name, TRUE );
    write_text( writer, "|1|{" );
    write_guid( writer, media_id );
    write_text( writer, "}|" );
}

/* the address of the string that has been written since start */
static void put_address( struct writer *writer, DWORD address, DWORD start )
{
    put_word( writer->block + address, writer->pos - start );
    put_word( writer->block + address + 2, start );
}

/* MTF_DATE_TIME */
static void put_date( BYTE *p, const SYSTEMTIME *time )
{
    p[0] = time->wYear >> 6;
    p[1] = (time->wYear & 0x3f) << 2 | time->wMonth >> 2;
    p[2] = (time->wMonth & 3) << 6 | time->wDay << 1 | time->wHour >> 4;
    p[3] = (time->wHour & 15) << 4 | time->wMinute >> 2;
    p[4] = (time->wMinute & 3) << 6 | time->wSecond;
}

/* the stream that pads a descriptor to the end of the block */
static void put_spad( BYTE *stream, DWORD size )
{
    put_dword( stream, STREAM_SPAD );
    put_dword( stream + 8, size - STREAM_HEADER_SIZE );
    put_word( stream + 20, checksum( stream, 20 ));
}

void label_make_free( const GUID *media_id, const WCHAR *name, const SYSTEMTIME *now, BYTE block[FREE_LABEL_SIZE] )
{
    struct writer writer = { block, TAPE_SIZE };
    DWORD start = writer.pos;

    memset( block, 0, FREE_LABEL_SIZE );
    write_name( &writer, name, FALSE );
    put_address( &writer, MEDIA_NAME_OFFSET, start );
    start = writer.pos;
    write_media_label( &writer, media_id, name, now );
    put_address( &writer, MEDIA_LABEL_OFFSET, start );
    start = writer.pos;
    write_text( &writer, free_software_name );
    put_address( &writer, SOFTWARE_NAME_OFFSET, start );
    writer.pos = (writer.pos + 3) & ~3;

    put_dword( block + DBLK_TYPE_OFFSET, DBLK_TAPE );
    put_word( block + FIRST_EVENT_OFFSET, writer.pos );
    block[OS_ID_OFFSET] = OS_WINDOWS_NT;
    block[STRING_TYPE_OFFSET] = STRING_UNICODE;
    put_dword( block + MEDIA_FAMILY_OFFSET, media_id->Data1 );
    put_dword( block + TAPE_ATTRIBUTES_OFFSET, TAPE_ATTRIBUTE_MEDIA_LABEL );
    put_word( block + SEQUENCE_OFFSET, 1 );
    put_word( block + LOGICAL_BLOCK_OFFSET, FREE_LABEL_SIZE );
    put_date( block + MEDIA_DATE_OFFSET, now );
    block[MAJOR_VERSION_OFFSET] = 1;
    put_word( block + CHECKSUM_OFFSET, checksum( block, CHECKSUM_OFFSET ));
    put_spad( block + writer.pos, FREE_LABEL_SIZE - writer.pos );
}
