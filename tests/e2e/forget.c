/*
 * What a machine that loses its power may find of a file: what was synced, and any part of what was not
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

/* forget SYNCED FILE SEED: a sector of FILE that differs from SYNCED (a copy of it at the last sync, or none) becomes the one
 * or stays the other.  With SEED 0 everything that was not synced is lost. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECTOR 512

static unsigned char *read_file( const char *name, size_t *size )
{
    FILE *file = fopen( name, "rb" );
    unsigned char *data = NULL;

    *size = 0;
    if (!file) return calloc( 1, 1 );
    fseek( file, 0, SEEK_END );
    *size = ftell( file );
    rewind( file );
    if ((data = calloc( 1, *size + 1 )) && fread( data, 1, *size, file ) != *size) *size = 0;
    fclose( file );
    return data;
}

int main( int argc, char **argv )
{
    size_t synced_size, size, pos, new_size, changed = 0, lost = 0;
    unsigned char *synced, *data;
    unsigned int seed;
    FILE *file;

    if (argc != 4) return 2;
    seed = atoi( argv[3] );
    srand( seed );
    synced = read_file( argv[1], &synced_size );
    data = read_file( argv[2], &size );
    new_size = seed && rand() % 2 ? size : synced_size;
    data = realloc( data, (size > new_size ? size : new_size) + 1 );
    if (new_size > size) memset( data + size, 0, new_size - size );
    for (pos = 0; pos < new_size; pos += SECTOR)
    {
        size_t len = new_size - pos < SECTOR ? new_size - pos : SECTOR;
        unsigned char old[SECTOR] = { 0 };

        if (pos < synced_size) memcpy( old, synced + pos, synced_size - pos < len ? synced_size - pos : len );
        if (!memcmp( old, data + pos, len )) continue;
        changed++;
        if (seed && rand() % 2) continue;
        memcpy( data + pos, old, len );
        lost++;
    }
    if (!(file = fopen( argv[2], "wb" )) || fwrite( data, 1, new_size, file ) != new_size || fclose( file )) return 1;
    printf( "%zu of %zu\n", lost, changed + (size > new_size ? (size - new_size + SECTOR - 1) / SECTOR : 0) );
    return 0;
}
