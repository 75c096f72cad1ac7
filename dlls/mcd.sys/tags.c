/*
 * Searching for volume tags, and changing them
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

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winternl.h"
#include "wine/debug.h"

#include "changer.h"

WINE_DEFAULT_DEBUG_CHANNEL(mcd);

/* action codes of SEND VOLUME TAG (SMC-3) */
#define TAG_SEARCH_ALL        0x00
#define TAG_SEARCH_PRIMARY    0x01
#define TAG_SEARCH_ALTERNATE  0x02
#define TAG_IGNORE_SEQUENCE   0x04  /* with one of those above */
#define TAG_ASSERT_PRIMARY    0x08
#define TAG_UNDEFINE_LAST     0x0d

#define TAG_TEMPLATE_SIZE 32
#define TAG_LIST_SIZE     40

/* '*' stands for any text, '?' for one character */
static BOOL matches( const char *pattern, const char *text )
{
    const char *star = NULL, *again = NULL;

    while (*text)
    {
        if (*pattern == '*')
        {
            star = ++pattern;
            again = text;
        }
        else if (*pattern == '?' || *pattern == *text)
        {
            pattern++;
            text++;
        }
        else if (star)
        {
            pattern = star;
            text = ++again;
        }
        else return FALSE;
    }
    while (*pattern == '*') pattern++;
    return !*pattern;
}

static BOOL is_wanted( const struct query_tags_params *params, const struct element *element )
{
    UINT32 which = params->action & ~TAG_IGNORE_SEQUENCE;

    if (which != TAG_SEARCH_ALTERNATE && element->primary[0] && matches( params->pattern, element->primary )) return TRUE;
    return which != TAG_SEARCH_PRIMARY && element->alternate[0] && matches( params->pattern, element->alternate );
}

/* Libraries that can search for themselves are few, and their answers are no better: the element status has all tags. */
static NTSTATUS search_type( struct changer *changer, struct query_tags_params *params, UINT8 type, unsigned int first )
{
    struct element *elements;
    NTSTATUS status;
    unsigned int i;

    if ((status = read_type( changer, type, TRUE, &elements ))) return status;
    for (i = first; i < changer->map[type].count && params->count < params->max; i++)
        if (is_wanted( params, &elements[i] )) params->elements[params->count++] = elements[i];
    free( elements );
    return STATUS_SUCCESS;
}

static NTSTATUS search( struct changer *changer, struct query_tags_params *params )
{
    unsigned int first = params->first;
    NTSTATUS status;
    UINT8 type;

    if (params->type) return search_type( changer, params, params->type, first );
    /* as in all requests for all types, the numbers run on from one type to the next */
    for (type = ELEMENT_TRANSPORT; type <= ELEMENT_DRIVE; type++)
    {
        if ((status = search_type( changer, params, type, first ))) return status;
        first -= min( first, changer->map[type].count );
    }
    return STATUS_SUCCESS;
}

/* assert, replace or undefine: for one element, and by the device alone */
static NTSTATUS change_tag( struct changer *changer, const struct query_tags_params *params )
{
    UINT8 list[TAG_LIST_SIZE] = { 0 };
    struct scsi_command cmd = { .cdb = { SMC_SEND_VOLUME_TAG, params->type }, .direction = SCSI_DATA_OUT, .data = list,
                                .size = sizeof(list), .timeout_ms = SCSI_TIMEOUT_QUICK };
    struct element_number number = { params->type, params->first };
    UINT16 address;
    NTSTATUS status;

    if (strlen( params->pattern ) > TAG_TEMPLATE_SIZE) return STATUS_INVALID_PARAMETER;
    if ((status = find_address( changer, &number, &address ))) return status;
    if (get_support( changer, SMC_SEND_VOLUME_TAG ) == SUPPORT_NO) return STATUS_INVALID_DEVICE_REQUEST;
    memset( list, ' ', TAG_TEMPLATE_SIZE );
    memcpy( list, params->pattern, strlen( params->pattern ) );
    put_be16( cmd.cdb + 2, address );
    cmd.cdb[5] = params->action;
    put_be16( cmd.cdb + 8, sizeof(list) );
    if ((status = scsi_execute( &changer->unit.scsi, &cmd ))) status = changer_status( changer, &cmd, status );
    return status;
}

static BOOL is_change( UINT32 action )
{
    return action >= TAG_ASSERT_PRIMARY && action <= TAG_UNDEFINE_LAST;
}

static BOOL is_search( UINT32 action )
{
    return (action & ~TAG_IGNORE_SEQUENCE) <= TAG_SEARCH_ALTERNATE;
}

static NTSTATUS check_start( const struct changer *changer, const struct query_tags_params *params )
{
    unsigned int type, total = 0;

    if (params->type > ELEMENT_DRIVE) return STATUS_ILLEGAL_ELEMENT_ADDRESS;
    for (type = ELEMENT_TRANSPORT; type <= ELEMENT_DRIVE; type++)
        if (!params->type || params->type == type) total += changer->map[type].count;
    return params->first < total ? STATUS_SUCCESS : STATUS_ILLEGAL_ELEMENT_ADDRESS;
}

NTSTATUS changer_query_tags( void *args )
{
    struct query_tags_params *params = args;
    struct changer_handle *handle;
    struct changer *changer;
    NTSTATUS status;

    params->count = 0;
    if (!is_search( params->action ) && !is_change( params->action )) return STATUS_INVALID_PARAMETER;
    if (!(handle = begin_request( params->handle, &status ))) return status;
    changer = handle->changer;

    if (!(status = learn_elements( changer )) && !(status = check_start( changer, params )))
    {
        if (is_change( params->action )) status = change_tag( changer, params );
        else if (!changer->has_volume_tags && !changer->has_reader) status = STATUS_INVALID_DEVICE_REQUEST;
        else status = search( changer, params );
    }
    end_request( changer );
    return status;
}
