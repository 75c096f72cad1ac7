/*
 * Conformance of IOCTL_CHANGER_QUERY_VOLUME_TAGS
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

#include "common.h"

static READ_ELEMENT_ADDRESS_INFO *info;
static DWORD info_size;

static DWORD query( ELEMENT_TYPE type, ULONG first, ULONG action, const char *pattern )
{
    CHANGER_SEND_VOLUME_TAG_INFORMATION query = {{ type, first }, action };

    memset( query.VolumeIDTemplate, ' ', sizeof(query.VolumeIDTemplate) );
    memcpy( query.VolumeIDTemplate, pattern, strlen( pattern ) );
    return control( IOCTL_CHANGER_QUERY_VOLUME_TAGS, &query, sizeof(query), info, info_size );
}

static ULONG count_labels(void)
{
    ULONG count = get_count( ChangerSlot ), i, labels = 0;
    CHANGER_ELEMENT_STATUS *slots = calloc( count, sizeof(*slots) );

    if (!read_status( ChangerSlot, 0, count, TRUE, slots, count * sizeof(*slots) ))
        for (i = 0; i < count; i++) if (slots[i].Flags & ELEMENT_STATUS_PVOLTAG) labels++;
    free( slots );
    return labels;
}

/* the label of a slot leads to that slot */
static void test_search(void)
{
    char label[MAX_VOLUME_ID_SIZE + 1] = "";
    CHANGER_ELEMENT_STATUS status;
    ULONG slot;
    DWORD err;

    err = query( ChangerSlot, 0, SEARCH_ALL, "*" );
    ok( !err, "got error %lu\n", err );
    ok( info->NumberOfElements == count_labels(), "got %lu\n", info->NumberOfElements );
    if (!info->NumberOfElements) return;
    slot = info->ElementStatus[0].Element.ElementAddress;
    err = read_status( ChangerSlot, slot, 1, TRUE, &status, sizeof(status) );
    ok( !err, "got error %lu\n", err );
    ok( !memcmp( status.PrimaryVolumeID, info->ElementStatus[0].PrimaryVolumeID, MAX_VOLUME_ID_SIZE ), "got %.36s\n",
        info->ElementStatus[0].PrimaryVolumeID );

    memcpy( label, status.PrimaryVolumeID, MAX_VOLUME_ID_SIZE );
    err = query( ChangerSlot, 0, SEARCH_PRIMARY, label );
    ok( !err, "got error %lu\n", err );
    ok( info->NumberOfElements == 1, "got %lu\n", info->NumberOfElements );
    ok( info->ElementStatus[0].Element.ElementAddress == slot, "got %lu\n", info->ElementStatus[0].Element.ElementAddress );
    label[0] = '?';
    err = query( ChangerSlot, slot, SEARCH_PRIMARY, label );
    ok( !err, "got error %lu\n", err );
    ok( info->NumberOfElements >= 1, "got %lu\n", info->NumberOfElements );
    ok( info->ElementStatus[0].Element.ElementAddress == slot, "got %lu\n", info->ElementStatus[0].Element.ElementAddress );

    err = query( AllElements, 0, SEARCH_ALL_NO_SEQ, "NO SUCH LABEL" );
    ok( !err, "got error %lu\n", err );
    ok( !info->NumberOfElements, "got %lu\n", info->NumberOfElements );
    err = query( ChangerSlot, get_count( ChangerSlot ), SEARCH_ALL, "*" );
    ok( err == ERROR_ILLEGAL_ELEMENT_ADDRESS, "got error %lu\n", err );

    /* as many as there is room for */
    info_size = sizeof(*info);
    err = query( ChangerSlot, 0, SEARCH_ALL, "*" );
    ok( !err, "got error %lu\n", err );
    ok( info->NumberOfElements == 1, "got %lu\n", info->NumberOfElements );
    info_size = FIELD_OFFSET( READ_ELEMENT_ADDRESS_INFO, ElementStatus );
    err = query( ChangerSlot, 0, SEARCH_ALL, "*" );
    ok( is_length_error( err ), "got error %lu\n", err );
}

static void test_changer(void)
{
    DWORD err;

    if (!is_enabled()) return;
    info_size = FIELD_OFFSET( READ_ELEMENT_ADDRESS_INFO, ElementStatus[get_count( ChangerSlot ) + 16] );
    info = calloc( 1, info_size );
    if (!(parameters.Features0 & CHANGER_VOLUME_ASSERT))
    {
        err = query( ChangerSlot, 0, ASSERT_PRIMARY, "NEW" );
        ok( err == ERROR_INVALID_FUNCTION, "got error %lu\n", err );
    }
    if (parameters.Features0 & CHANGER_VOLUME_SEARCH) test_search();
    else
    {
        err = query( AllElements, 0, SEARCH_ALL, "*" );
        ok( err == ERROR_INVALID_FUNCTION, "got error %lu\n", err );
    }
    free( info );
}

START_TEST(tags)
{
    for_each_changer( test_changer );
}
