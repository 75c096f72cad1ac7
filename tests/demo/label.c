/*
 * The demonstration programs: the media header of the Microsoft Tape Format 1.00a
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

#include <stdio.h>
#include "demo.h"

#pragma pack(push,1)

struct tape_address
{
    UINT16 size;
    UINT16 offset;
};

/* MTF_DB_HDR and MTF_TAPE */
struct tape_dblk
{
    char   type[4];
    UINT32 attributes;
    UINT16 first_event;
    BYTE   os_id;
    BYTE   os_version;
    UINT64 displayable_size;
    UINT64 format_logical_address;
    UINT16 reserved_mbc;
    BYTE   reserved1[6];
    UINT32 control_block_id;
    UINT32 reserved2;
    struct tape_address os_data;
    BYTE   string_type;
    BYTE   reserved3;
    UINT16 checksum;

    UINT32 family_id;
    UINT32 tape_attributes;
    UINT16 sequence_number;
    UINT16 password_algorithm;
    UINT16 soft_filemark_size;
    UINT16 catalog_type;
    struct tape_address media_name;
    struct tape_address media_label;
    struct tape_address password;
    struct tape_address software_name;
    UINT16 logical_block_size;
    UINT16 vendor_id;
    BYTE   date[5];
    BYTE   major_version;
};

struct stream_header
{
    char   id[4];
    UINT16 system_attributes;
    UINT16 format_attributes;
    UINT64 length;
    UINT16 encryption;
    UINT16 compression;
    UINT16 checksum;
};

#pragma pack(pop)

C_ASSERT( sizeof(struct tape_dblk) == 94 );
C_ASSERT( sizeof(struct stream_header) == 22 );

#define HEADER_WORDS 25         /* of MTF_DB_HDR, without the checksum */
#define OS_WINDOWS_NT 14
#define STRING_UNICODE 2
#define TAPE_HAS_LABEL 2
#define VENDOR_ID 0             /* nobody's */

static UINT16 xor_words( const void *data, DWORD count )
{
    const BYTE *bytes = data;
    UINT16 sum = 0;

    for (; count; count--, bytes += 2) sum ^= bytes[0] | bytes[1] << 8;
    return sum;
}

static void put_date( BYTE date[5], const SYSTEMTIME *time )
{
    date[0] = time->wYear >> 6;
    date[1] = (time->wYear & 0x3f) << 2 | time->wMonth >> 2;
    date[2] = (time->wMonth & 3) << 6 | time->wDay << 1 | time->wHour >> 4;
    date[3] = (time->wHour & 15) << 4 | time->wMinute >> 2;
    date[4] = (time->wMinute & 3) << 6 | time->wSecond;
}

static void put_string( BYTE *block, UINT16 *end, struct tape_address *address, const WCHAR *string )
{
    address->offset = *end;
    address->size = lstrlenW( string ) * sizeof(WCHAR);
    memcpy( block + *end, string, address->size );
    *end += address->size;
}

static void make_label_string( WCHAR text[512], const SYSTEMTIME *now, const WCHAR *bar_code )
{
    WCHAR id[39];
    GUID guid;

    if (CoCreateGuid( &guid ) || !StringFromGUID2( &guid, id, ARRAYSIZE(id) )) fail( L"CoCreateGuid", ERROR_GEN_FAILURE );
    wsprintfW( text, L"MTF Media Label|1.0|%ls||%04u/%02u/%02u.%02u:%02u:%02u|%ls|1|%ls|", APPLICATION, now->wYear, now->wMonth,
               now->wDay, now->wHour, now->wMinute, now->wSecond, bar_code, id );
}

void make_label( BYTE block[BLOCK_SIZE], const WCHAR *media_name, const WCHAR *bar_code )
{
    struct tape_dblk *dblk = (struct tape_dblk *)block;
    UINT16 end = sizeof(*dblk);
    struct stream_header *pad;
    WCHAR label[512];
    SYSTEMTIME now;

    GetLocalTime( &now );
    make_label_string( label, &now, bar_code );
    memset( block, 0, BLOCK_SIZE );
    memcpy( dblk->type, "TAPE", 4 );
    dblk->os_id = OS_WINDOWS_NT;
    dblk->string_type = STRING_UNICODE;
    dblk->family_id = GetTickCount();
    dblk->tape_attributes = TAPE_HAS_LABEL;
    dblk->sequence_number = 1;
    dblk->logical_block_size = 1024;
    dblk->vendor_id = VENDOR_ID;
    dblk->major_version = 1;
    put_date( dblk->date, &now );
    put_string( block, &end, &dblk->media_name, media_name );
    put_string( block, &end, &dblk->media_label, label );
    put_string( block, &end, &dblk->software_name, APPLICATION );

    /* the stream that fills the rest of the physical block */
    dblk->first_event = (end + 3) & ~3;
    dblk->checksum = xor_words( dblk, HEADER_WORDS );
    pad = (struct stream_header *)(block + dblk->first_event);
    memcpy( pad->id, "SPAD", 4 );
    pad->length = BLOCK_SIZE - dblk->first_event - sizeof(*pad);
    pad->checksum = xor_words( pad, sizeof(*pad) / 2 - 1 );
}

BOOL read_label( const BYTE *block, DWORD size, WCHAR *media_name, DWORD name_size )
{
    const struct tape_dblk *dblk = (const struct tape_dblk *)block;
    DWORD length;

    if (size < sizeof(*dblk) || memcmp( dblk->type, "TAPE", 4 )) return FALSE;
    if (xor_words( dblk, HEADER_WORDS ) != dblk->checksum || dblk->string_type != STRING_UNICODE) return FALSE;
    if ((DWORD)dblk->media_name.offset + dblk->media_name.size > size) return FALSE;
    length = dblk->media_name.size / sizeof(WCHAR);
    if (length >= name_size) return FALSE;
    memcpy( media_name, block + dblk->media_name.offset, length * sizeof(WCHAR) );
    media_name[length] = 0;
    return TRUE;
}
