/*
 * Tests of telling the label that a program has written
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


#include "media.h"

#define BLOCK 1024

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

/* a media header of the Microsoft Tape Format 1.00a */
static void make_label( BYTE block[BLOCK], const char *name )
{
    WORD sum = 0;
    DWORD i;

    memset( block, 0, BLOCK );
    memcpy( block, "TAPE", 4 );
    put_word( block + 8, BLOCK );            /* offset to the first event */
    block[10] = 14;                          /* Windows NT */
    block[48] = 1;                           /* strings are ANSI */
    put_dword( block + 52, GetTickCount() ); /* media family */
    put_word( block + 60, 1 );               /* sequence number */
    put_word( block + 68, strlen( name ) );  /* media name: size and place */
    put_word( block + 70, 94 );
    put_word( block + 80, strlen( name ) );  /* software name */
    put_word( block + 82, 94 );
    put_word( block + 84, BLOCK );           /* format logical block size */
    block[93] = 1;                           /* version */
    memcpy( block + 94, name, strlen( name ) );
    for (i = 0; i < 50; i += 2) sum ^= block[i] | block[i + 1] << 8;
    put_word( block + 50, sum );
}

START_TEST(omid)
{
    NTMS_OBJECTINFORMATIONW before, after;
    struct medium medium;
    BYTE block[BLOCK];
    GUID type, pool;
    DWORD err;

    if (!open_session()) return;
    if (find_type( 1, &type, NULL ))
    {
        pool = make_pool( L"winetest omid", &type );
        medium = make_medium( pool, 1, NTMS_PARTSTATE_ALLOCATED, 0 );
        before = get_info( SIDE( medium, 0 ), NTMS_PARTITION );

        make_label( block, "winetest" );
        err = UpdateNtmsOmidInfo( session, &no_object, NTMS_OMID_TYPE_RAW_LABEL, sizeof(block), block );
        pair( "UpdateNtmsOmidInfo", ERROR_INVALID_MEDIA, err );
        /* a side is not the logical medium that it belongs to */
        err = UpdateNtmsOmidInfo( session, &SIDE( medium, 0 ), NTMS_OMID_TYPE_RAW_LABEL, sizeof(block), block );
        pair( "UpdateNtmsOmidInfo", ERROR_INVALID_PARTITION, err );
        after = get_info( SIDE( medium, 0 ), NTMS_PARTITION );
        ok( !memcmp( &before.Info.Partition, &after.Info.Partition, sizeof(before.Info.Partition) ), "the label has changed\n" );

        err = UpdateNtmsOmidInfo( session, &LOGICAL( medium, 0 ), NTMS_OMID_TYPE_RAW_LABEL, sizeof(block), block );
        pair( "UpdateNtmsOmidInfo", ERROR_SUCCESS, err );
        after = get_info( SIDE( medium, 0 ), NTMS_PARTITION );
        ok( after.Info.Partition.dwOmidLabelIdLength, "no label\n" );
        ok( memcmp( before.Info.Partition.OmidLabelId, after.Info.Partition.OmidLabelId, sizeof(before.Info.Partition.OmidLabelId) ),
            "the label is still the old one\n" );

        remove_medium( &medium );
        delete_pool( pool );
    }
    CloseNtmsSession( session );
}
