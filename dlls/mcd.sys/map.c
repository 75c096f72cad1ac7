/*
 * The numbers of a changer's elements
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

#if 0
#pragma makedep unix
#endif

#include "config.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "windef.h"
#include "winternl.h"
#include "element.h"

static UINT16 ordered_address( const struct element_map *map, unsigned int rank )
{
    return map->addresses[map->order[rank]];
}

unsigned int element_map_rank( const struct element_map *map, UINT16 address )
{
    unsigned int low = 0, high = map->count;

    while (low < high)
    {
        unsigned int mid = (low + high) / 2;

        if (ordered_address( map, mid ) < address) low = mid + 1;
        else high = mid;
    }
    return low;
}

/* Returns the number of an address, or -1. */
int element_map_find( const struct element_map *map, UINT16 address )
{
    unsigned int rank = element_map_rank( map, address );

    return rank < map->count && ordered_address( map, rank ) == address ? map->order[rank] : -1;
}

static BOOL grow( struct element_map *map )
{
    unsigned int capacity = map->capacity ? 2 * map->capacity : 16;
    UINT16 *tmp;

    if (!(tmp = realloc( map->addresses, capacity * sizeof(*tmp) ))) return FALSE;
    map->addresses = tmp;
    if (!(tmp = realloc( map->order, capacity * sizeof(*tmp) ))) return FALSE;
    map->order = tmp;
    map->capacity = capacity;
    return TRUE;
}

/* Returns 1 if the address is new, 0 if it was there and -1 without memory. */
int element_map_add( struct element_map *map, UINT16 address )
{
    unsigned int rank = element_map_rank( map, address );

    if (rank < map->count && ordered_address( map, rank ) == address) return 0;
    if (map->count == map->capacity && !grow( map )) return -1;
    memmove( map->order + rank + 1, map->order + rank, (map->count - rank) * sizeof(*map->order) );
    map->order[rank] = map->count;
    map->addresses[map->count++] = address;
    return 1;
}

/* Adds the other's addresses in ascending order; returns how many were new, or -1. */
int element_map_merge( struct element_map *map, const struct element_map *other )
{
    unsigned int i;
    int ret, added = 0;

    for (i = 0; i < other->count; i++)
    {
        if ((ret = element_map_add( map, ordered_address( other, i ) )) < 0) return -1;
        added += ret;
    }
    return added;
}

void element_map_free( struct element_map *map )
{
    free( map->addresses );
    free( map->order );
    memset( map, 0, sizeof(*map) );
}
