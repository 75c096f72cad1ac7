/*
 * A tape cartridge: records and filemarks, kept as runs of equal records over one file
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
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cartridge.h"

/* a real drive leaves room for trailer labels after early warning (SSC-3 4.2.6) */
#define EARLY_WARNING_ROOM (2 << 20)

struct lab_cartridge *cartridge_create( const char *dir, unsigned int id, const char *barcode,
                                        unsigned char medium, uint64_t capacity )
{
    struct lab_cartridge *cartridge = calloc( 1, sizeof(*cartridge) );
    uint64_t room = capacity / 4 < EARLY_WARNING_ROOM ? capacity / 4 : EARLY_WARNING_ROOM;

    if (!cartridge) return NULL;
    snprintf( cartridge->barcode, sizeof(cartridge->barcode), "%s", barcode );
    if (dir) snprintf( cartridge->path, sizeof(cartridge->path), "%s/%04u-%s", dir, id, barcode );
    cartridge->medium = medium;
    cartridge->cleanings_left = medium == LAB_MEDIUM_CLEANING ? 50 : 0;
    cartridge->capacity = capacity;
    cartridge->early_warning = capacity - room;
    cartridge->fd = -1;
    return cartridge;
}

void cartridge_destroy( struct lab_cartridge *cartridge )
{
    if (cartridge->fd >= 0)
    {
        close( cartridge->fd );
        if (cartridge->path[0]) unlink( cartridge->path );
    }
    free( cartridge->runs );
    free( cartridge );
}

static const struct lab_run *last_run( const struct lab_cartridge *cartridge )
{
    return cartridge->run_count ? &cartridge->runs[cartridge->run_count - 1] : NULL;
}

uint64_t cartridge_end( const struct lab_cartridge *cartridge )
{
    const struct lab_run *run = last_run( cartridge );

    return run ? run->first + run->count : 0;
}

static uint64_t end_offset( const struct lab_cartridge *cartridge )
{
    const struct lab_run *run = last_run( cartridge );

    return run ? run->offset + run->count * run->length : 0;
}

static uint64_t end_marks( const struct lab_cartridge *cartridge )
{
    const struct lab_run *run = last_run( cartridge );

    if (!run) return 0;
    return run->marks + (run->kind == LAB_MARK ? run->count : 0);
}

static bool in_run( const struct lab_run *run, uint64_t position )
{
    return position >= run->first && position - run->first < run->count;
}

/* the run that holds position; tapes are read in order, so the last answer and its successor come first */
static struct lab_run *find_run( struct lab_cartridge *cartridge, uint64_t position )
{
    size_t low = 0, high = cartridge->run_count, middle;

    if (position >= cartridge_end( cartridge )) return NULL;
    for (middle = cartridge->hint; middle < high && middle < cartridge->hint + 2; middle++)
        if (in_run( &cartridge->runs[middle], position )) goto found;
    while (!in_run( &cartridge->runs[middle = low + (high - low) / 2], position ))
    {
        if (position < cartridge->runs[middle].first) high = middle;
        else low = middle + 1;
    }
found:
    cartridge->hint = middle;
    return &cartridge->runs[middle];
}

bool cartridge_get( struct lab_cartridge *cartridge, uint64_t position, struct lab_object *object )
{
    const struct lab_run *run = find_run( cartridge, position );

    if (!run) return false;
    object->kind = run->kind;
    object->length = run->length;
    object->before = position - run->first;
    object->left = run->count - object->before;
    object->offset = run->offset + object->before * run->length;
    return true;
}

uint64_t cartridge_offset( struct lab_cartridge *cartridge, uint64_t position )
{
    struct lab_object object;

    return cartridge_get( cartridge, position, &object ) ? object.offset : end_offset( cartridge );
}

uint64_t cartridge_marks( struct lab_cartridge *cartridge, uint64_t position )
{
    const struct lab_run *run = find_run( cartridge, position );

    if (!run) return end_marks( cartridge );
    return run->marks + (run->kind == LAB_MARK ? position - run->first : 0);
}

void cartridge_truncate( struct lab_cartridge *cartridge, uint64_t position )
{
    struct lab_run *run = find_run( cartridge, position );

    if (!run) return;
    run->count = position - run->first;
    cartridge->run_count = run - cartridge->runs + (run->count ? 1 : 0);
}

static struct lab_run *new_run( struct lab_cartridge *cartridge )
{
    if (cartridge->run_count == cartridge->run_room)
    {
        size_t room = cartridge->run_room * 2 + 64;
        struct lab_run *runs = realloc( cartridge->runs, room * sizeof(*runs) );

        if (!runs) return NULL;
        cartridge->runs = runs;
        cartridge->run_room = room;
    }
    return &cartridge->runs[cartridge->run_count];
}

bool cartridge_append( struct lab_cartridge *cartridge, enum lab_kind kind, uint32_t length, uint64_t count )
{
    struct lab_run *run = (struct lab_run *)last_run( cartridge );

    if (!count) return true;
    if (run && run->kind == kind && run->length == length)
    {
        run->count += count;
        return true;
    }
    if (!(run = new_run( cartridge ))) return false;
    run->first = cartridge_end( cartridge );
    run->marks = end_marks( cartridge );
    run->offset = end_offset( cartridge );
    run->kind = kind;
    run->length = length;
    run->count = count;
    cartridge->run_count++;
    return true;
}

static bool open_file( struct lab_cartridge *cartridge )
{
    if (cartridge->fd >= 0) return true;
    if (cartridge->path[0]) cartridge->fd = open( cartridge->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600 );
    else cartridge->fd = memfd_create( "cartridge", MFD_CLOEXEC );
    return cartridge->fd >= 0;
}

/* the part [skip, skip + len) of data, at most max pieces of it; returns how many pieces */
static unsigned int slice( const struct iovec *data, unsigned int count, size_t skip, size_t len, struct iovec *out, unsigned int max )
{
    unsigned int i, n = 0;

    for (i = 0; i < count && len && n < max; i++)
    {
        size_t part;

        if (skip >= data[i].iov_len)
        {
            skip -= data[i].iov_len;
            continue;
        }
        part = data[i].iov_len - skip < len ? data[i].iov_len - skip : len;
        out[n].iov_base = (char *)data[i].iov_base + skip;
        out[n++].iov_len = part;
        len -= part;
        skip = 0;
    }
    return n;
}

typedef ssize_t (*transfer_func)( int fd, const struct iovec *data, int count, off_t offset );

static bool transfer( struct lab_cartridge *cartridge, transfer_func func, uint64_t offset,
                      const struct iovec *data, unsigned int count, size_t skip, size_t len )
{
    struct iovec pieces[512];
    unsigned int n;
    ssize_t done;

    if (!open_file( cartridge )) return false;
    while (len)
    {
        if (!(n = slice( data, count, skip, len, pieces, 512 ))) return false;
        if ((done = func( cartridge->fd, pieces, n, offset )) <= 0) return false;
        offset += done;
        skip += done;
        len -= done;
    }
    return true;
}

bool cartridge_write( struct lab_cartridge *cartridge, uint64_t offset, const struct iovec *data, unsigned int count, size_t skip, size_t len )
{
    return transfer( cartridge, pwritev, offset, data, count, skip, len );
}

bool cartridge_read( struct lab_cartridge *cartridge, uint64_t offset, const struct iovec *data, unsigned int count, size_t skip, size_t len )
{
    return transfer( cartridge, preadv, offset, data, count, skip, len );
}
