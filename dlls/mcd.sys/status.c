/*
 * Reading the element status of a changer
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

#define DESCRIPTOR_GUESS  256    /* enough for one descriptor of any known device */
#define REPLY_HEADER      8
#define REPLY_OVERHEAD    16     /* reply and page headers */

/* options of READ ELEMENT STATUS */
#define OPTION_TAGS    0x01  /* VOLTAG */
#define OPTION_ID      0x02  /* DVCID */
#define OPTION_CURRENT 0x04  /* CURDATA: without moving anything */
#define NO_PASS        0xff

/* Devices refuse options that they do not know, some only in combination: what is asked for, best first. The second
 * pass adds to the elements of the first. */
static const UINT8 drive_rungs[][2] =
{
    { OPTION_TAGS | OPTION_ID | OPTION_CURRENT, NO_PASS },
    { OPTION_TAGS | OPTION_ID, NO_PASS },
    { OPTION_TAGS, OPTION_ID },
#define RUNG_WITHOUT_ID 3
    { OPTION_TAGS, NO_PASS },
    { OPTION_ID, NO_PASS },
    { 0, NO_PASS },
};

static const UINT8 other_rungs[][2] =
{
    { OPTION_TAGS | OPTION_CURRENT, NO_PASS },
    { OPTION_TAGS, NO_PASS },
    { 0, NO_PASS },
};

typedef void (*element_func)( const struct element *element, void *context );

/* a request for elements of one type with consecutive numbers, or for all from an address on */
struct request
{
    struct changer *changer;
    UINT8           type;
    UINT16          start;
    unsigned int    count;
    BOOL            tags;
    BOOL            learning;  /* how the device wants to be asked may still be found out */
    element_func    func;
    void           *context;
    unsigned int    found;
};

/* ADIC changers without a bar code reader refuse VOLTAG with any sense key, so the key does not matter much. */
static BOOL is_refusal( const struct scsi_command *cmd )
{
    if (!cmd->sense.valid || cmd->sense.deferred || sense_is_unsupported( &cmd->sense )) return FALSE;
    switch (cmd->sense.key)
    {
    case SENSE_NO_SENSE:
    case SENSE_RECOVERED:
    case SENSE_NOT_READY:
    case SENSE_UNIT_ATTENTION:
    case SENSE_ABORTED_COMMAND:
        return FALSE;
    }
    return TRUE;
}

static BOOL is_length_refused( const struct scsi_command *cmd )
{
    return cmd->sense.valid && cmd->sense.key == SENSE_ILLEGAL_REQUEST && cmd->sense.asc == 0x24 &&
           cmd->sense.field_valid && cmd->sense.field_in_cdb && cmd->sense.field >= 7 && cmd->sense.field <= 9;
}

static NTSTATUS send_read( struct changer *changer, struct scsi_command *cmd, UINT8 type, UINT16 start,
                           unsigned int count, UINT8 options, unsigned int size )
{
    NTSTATUS status;

    if (!changer->reply && !(changer->reply = malloc( MAX_ALLOCATION ))) return STATUS_NO_MEMORY;
    /* should the transport not tell how much came, nothing old and no zero must look like an answer */
    memset( changer->reply, 0xff, size );

    *cmd = (struct scsi_command){ .cdb = { changer->attached ? SMC_READ_ELEMENT_STATUS_ATTACHED : SMC_READ_ELEMENT_STATUS },
                                  .direction = SCSI_DATA_IN, .data = changer->reply, .size = size, .flags = SCSI_RETRY };
    cmd->timeout_ms = get_timeout( changer, cmd->cdb[0], SCSI_TIMEOUT_STATUS );
    cmd->cdb[1] = type | (options & OPTION_TAGS ? 0x10 : 0);
    put_be16( cmd->cdb + 2, start );
    put_be16( cmd->cdb + 4, count );
    cmd->cdb[6] = (options & OPTION_ID ? 0x01 : 0) | (options & OPTION_CURRENT ? 0x02 : 0);
    put_be24( cmd->cdb + 7, size );
    if ((status = scsi_execute( &changer->unit.scsi, cmd ))) status = changer_status( changer, cmd, status );
    return status;
}

/* Where a device sends more than it may, Linux's iSCSI tells by how much in the place of what is missing. Then what has
 * arrived shows in the buffer itself, which was filled before. */
static unsigned int get_received( const struct scsi_command *cmd )
{
    const UINT8 *reply = cmd->data;
    unsigned int received = cmd->size;

    if (cmd->transferred == cmd->size || REPLY_HEADER + get_be24( reply + 5 ) <= cmd->size) return cmd->transferred;
    while (received && reply[received - 1] == 0xff) received--;
    return max( received, cmd->transferred );
}

/* Some changers accept 8 or the exact length of the reply only: ask for the header first. */
static NTSTATUS send_exact_read( struct changer *changer, struct scsi_command *cmd, UINT8 type, UINT16 start,
                                 unsigned int count, UINT8 options, unsigned int *size )
{
    struct element_reader reader;
    NTSTATUS status;

    if ((status = send_read( changer, cmd, type, start, count, options, 8 ))) return status;
    element_reader_init( &reader, changer->reply, get_received( cmd ), 8 );
    if ((*size = min( reader.total, MAX_ALLOCATION )) <= 8)
    {
        *size = 8;
        return STATUS_SUCCESS;
    }
    return send_read( changer, cmd, type, start, count, options, *size );
}

static NTSTATUS read_chunk( struct changer *changer, struct scsi_command *cmd, UINT8 type, UINT16 start,
                            unsigned int count, UINT8 options, unsigned int size, struct element_reader *reader )
{
    NTSTATUS status = STATUS_SUCCESS;

    if (!changer->exact_length)
    {
        status = send_read( changer, cmd, type, start, count, options, size );
        if (status && is_length_refused( cmd )) changer->exact_length = TRUE;
    }
    if (changer->exact_length) status = send_exact_read( changer, cmd, type, start, count, options, &size );
    if (!status) element_reader_init( reader, changer->reply, get_received( cmd ), size );
    return status;
}

/* Passes on the elements of one reply; returns their number and the highest address. */
static unsigned int take_elements( struct request *request, struct element_reader *reader, UINT16 next, UINT16 *last )
{
    struct element element;
    unsigned int got = 0;

    while (element_reader_next( reader, &element ))
    {
        if (element.type != request->type || element.address < next) continue;
        request->func( &element, request->context );
        if (!got || element.address > *last) *last = element.address;
        got++;
    }
    return got;
}

/* Reads in as many pieces as it takes. A device may ignore the count, or cut its reply anywhere. */
static NTSTATUS read_pieces( struct request *request, UINT8 type, UINT8 options, struct scsi_command *cmd )
{
    unsigned int round, asked, got, size, found = 0;
    UINT16 last = 0, next = request->start;
    struct element_reader reader;
    NTSTATUS status;

    size = min( REPLY_OVERHEAD + min( request->count, MAX_CHUNK ) * DESCRIPTOR_GUESS, MAX_ALLOCATION );
    for (round = 0; found < request->count && round < MAX_ROUNDS; round++)
    {
        asked = type == ELEMENT_ALL ? 0xffff : min( request->count - found, MAX_CHUNK );
        if ((status = read_chunk( request->changer, cmd, type, next, asked, options, size, &reader ))) return status;
        if (!(got = take_elements( request, &reader, next, &last )))
        {
            if (!reader.more || size == MAX_ALLOCATION) break;
            size = MAX_ALLOCATION;
            continue;
        }
        found += got;
        if ((got < asked && !reader.more) || last == 0xffff) break;
        next = last + 1;
    }
    request->found = max( request->found, found );
    return STATUS_SUCCESS;
}

static NTSTATUS read_rung( struct request *request, const UINT8 *rung, struct scsi_command *cmd )
{
    UINT8 mask = request->tags ? 0xff : (UINT8)~OPTION_TAGS;
    NTSTATUS status;

    status = read_pieces( request, request->type, rung[0] & mask, cmd );
    if (!status && rung[1] != NO_PASS) status = read_pieces( request, request->type, rung[1] & mask, cmd );
    return status;
}

/* Some devices only know requests for all types; how far such a reply can be believed is the parser's business. */
static NTSTATUS read_all_types( struct request *request )
{
    struct scsi_command cmd;
    NTSTATUS status;

    status = read_pieces( request, ELEMENT_ALL, request->tags ? OPTION_TAGS : 0, &cmd );
    if (status && is_refusal( &cmd ) && request->tags) status = read_pieces( request, ELEMENT_ALL, 0, &cmd );
    if (!status && request->found) request->changer->all_types_only = TRUE;
    return status;
}

static NTSTATUS read_elements( struct request *request )
{
    struct changer *changer = request->changer;
    BOOL is_drive = request->type == ELEMENT_DRIVE;
    const UINT8 (*rungs)[2] = is_drive ? drive_rungs : other_rungs;
    unsigned int rung, count = is_drive ? ARRAY_SIZE(drive_rungs) : ARRAY_SIZE(other_rungs);
    NTSTATUS status = STATUS_SUCCESS;
    struct scsi_command cmd;

    if (changer->all_types_only) return read_all_types( request );

    for (rung = changer->rung[request->type]; rung < count; rung++)
    {
        if (!(status = read_rung( request, rungs[rung], &cmd )))
        {
            changer->rung[request->type] = rung;
            break;
        }
        if (!is_refusal( &cmd )) return status;
        TRACE( "type %u: options %#x refused\n", request->type, rungs[rung][0] );
    }
    if (!request->learning || request->found || !changer->assignment.range[request->type].count) return status;
    return read_all_types( request );
}

struct learning
{
    struct changer     *changer;
    struct element_map *map;
    BOOL                failed;
};

/* whether the device says that there is no drive at this element */
BOOL is_drive_missing( const struct element *element )
{
    if (element->type != ELEMENT_DRIVE || !(element->flags & ELEMENT_EXCEPT)) return FALSE;
    return (element->asc == 0x83 && element->ascq == 0x04) ||
           (element->asc == 0x80 && (element->ascq == 0x05 || element->ascq == 0x06));
}

static void learn_element( const struct element *element, void *context )
{
    struct learning *learning = context;

    if (element->has_primary_tag) learning->changer->has_volume_tags = TRUE;
    if (element->flags & ELEMENT_ACCESS) learning->changer->has_access = TRUE;
    if (is_drive_missing( element )) return;
    if (element_map_add( learning->map, element->address ) < 0) learning->failed = TRUE;
}

static NTSTATUS learn_type( struct changer *changer, UINT8 type, struct element_map *map )
{
    struct learning learning = { changer, map };
    struct request request = { changer, type, changer->assignment.range[type].first, 0xffff, TRUE, TRUE,
                               learn_element, &learning };
    NTSTATUS status;

    if ((status = read_elements( &request ))) return status;
    return learning.failed ? STATUS_NO_MEMORY : STATUS_SUCCESS;
}

static BOOL is_assigned( const struct changer *changer, UINT8 type, const struct element_map *map )
{
    const struct element_range *range = &changer->assignment.range[type];
    unsigned int i;

    if (!changer->has_assignment) return TRUE;
    for (i = 0; i < map->count; i++)
        if (map->addresses[i] < range->first || map->addresses[i] - range->first >= range->count) return FALSE;
    return TRUE;
}

static BOOL is_same_map( const struct element_map *a, const struct element_map *b )
{
    unsigned int i;

    for (i = 0; i < a->count; i++) if (element_map_find( b, a->addresses[i] ) < 0) return FALSE;
    return a->count == b->count;
}

/* Some replies with identification have longer descriptors than their header says, and show drives that do not exist:
 * an address out of place is believed only if it is there without identification as well. */
static NTSTATUS learn_drives( struct changer *changer, struct element_map *map )
{
    struct element_map plain = { 0 };
    NTSTATUS status;
    UINT8 rung;

    if ((status = learn_type( changer, ELEMENT_DRIVE, map )) || is_assigned( changer, ELEMENT_DRIVE, map )) return status;
    if (changer->rung[ELEMENT_DRIVE] >= RUNG_WITHOUT_ID) return STATUS_SUCCESS;

    rung = changer->rung[ELEMENT_DRIVE];
    changer->rung[ELEMENT_DRIVE] = RUNG_WITHOUT_ID;
    status = learn_type( changer, ELEMENT_DRIVE, &plain );
    if (!status && !is_same_map( map, &plain ))
    {
        WARN( "the drive identification of %s is not usable\n", debugstr_a(changer->unit.identity.product) );
        element_map_free( map );
        *map = plain;
        return STATUS_SUCCESS;
    }
    changer->rung[ELEMENT_DRIVE] = rung;
    element_map_free( &plain );
    return status;
}

/* The page tells of elements that are not there at the moment as well, so that a magazine or drive that comes later finds
 * its numbers free. It tells nothing where an element lies outside its range: then ranges have gaps. */
static NTSTATUS reserve_numbers( struct changer *changer, UINT8 type, const struct element_map *found )
{
    const struct element_range *range = &changer->assignment.range[type];
    unsigned int i, count = range->count;

    if (!changer->has_assignment || !is_range_plausible( &changer->assignment, type ) ||
        !is_assigned( changer, type, found )) return STATUS_SUCCESS;
    /* a changer counts the places for drives, Windows the drives: those missing at the end are not reserved for */
    if (type == ELEMENT_DRIVE) for (i = count = 0; i < found->count; i++) count = max( count, found->addresses[i] - range->first + 1 );
    for (i = 0; i < count; i++)
        if (element_map_add( &changer->map[type], range->first + i ) < 0) return STATUS_NO_MEMORY;
    return STATUS_SUCCESS;
}

/* A number once given stays: what a later reply leaves out is reported as missing, what it adds comes last. */
static NTSTATUS number_elements( struct changer *changer, UINT8 type, const struct element_map *found )
{
    struct element_map *map = &changer->map[type];
    unsigned int old = map->count;
    NTSTATUS status;

    if (!old && (status = reserve_numbers( changer, type, found ))) return status;
    if (element_map_merge( map, found ) < 0) return STATUS_NO_MEMORY;
    if (old && map->count != old) WARN( "type %u: now %u elements\n", type, map->count );
    return STATUS_SUCCESS;
}

/* Makes sure that the addresses of all elements are known. */
NTSTATUS learn_elements( struct changer *changer )
{
    struct scsi_device *scsi = &changer->unit.scsi;
    NTSTATUS status;
    UINT8 type;

    if (changer->elements_known && changer->media_generation == scsi->media_generation &&
        changer->reset_generation == scsi->reset_generation) return STATUS_SUCCESS;

    if ((status = learn_pages( changer ))) return status;
    changer->exact_length = changer->all_types_only = FALSE;
    memset( changer->rung, 0, sizeof(changer->rung) );
    for (type = ELEMENT_TRANSPORT; type <= ELEMENT_DRIVE; type++)
    {
        struct element_map map = { 0 };

        if (changer->has_assignment && !changer->assignment.range[type].count) continue;
        if (type == ELEMENT_DRIVE) status = learn_drives( changer, &map );
        else status = learn_type( changer, type, &map );
        if (!status) status = number_elements( changer, type, &map );
        element_map_free( &map );
        if (status) return status;
        TRACE( "type %u: %u elements\n", type, changer->map[type].count );
    }
    /* some changers do not report their transport: it then has address 0 */
    if (!changer->map[ELEMENT_TRANSPORT].count && element_map_add( &changer->map[ELEMENT_TRANSPORT], 0 ) < 0)
        return STATUS_NO_MEMORY;

    changer->elements_known = TRUE;
    changer->media_generation = scsi->media_generation;
    changer->reset_generation = scsi->reset_generation;
    return STATUS_SUCCESS;
}

/* Two types may share addresses; commands that carry an address alone are then not safe. */
BOOL is_ambiguous( const struct changer *changer, UINT8 type, UINT16 address )
{
    UINT8 other;

    for (other = ELEMENT_TRANSPORT; other <= ELEMENT_DRIVE; other++)
        if (other != type && element_map_find( &changer->map[other], address ) >= 0) return TRUE;
    return FALSE;
}

/* The address of an element that a medium may be moved from or to. */
NTSTATUS find_address( const struct changer *changer, const struct element_number *element, UINT16 *address )
{
    const struct element_map *map;

    if (element->type < ELEMENT_TRANSPORT || element->type > ELEMENT_DRIVE) return STATUS_ILLEGAL_ELEMENT_ADDRESS;
    map = &changer->map[element->type];
    if (element->number >= map->count) return STATUS_ILLEGAL_ELEMENT_ADDRESS;
    *address = map->addresses[element->number];
    if (!is_ambiguous( changer, element->type, *address )) return STATUS_SUCCESS;
    WARN( "address %#x belongs to elements of several types\n", *address );
    return STATUS_ILLEGAL_ELEMENT_ADDRESS;
}

/* the elements that have been asked for, by their numbers */
struct window
{
    struct changer *changer;
    UINT8           type;
    unsigned int    first;
    unsigned int    count;
    struct element *elements;
};

/* the second of two passes knows what the first did not */
static void merge_element( struct element *dst, const struct element *src )
{
    if (!dst->primary[0]) memcpy( dst->primary, src->primary, sizeof(dst->primary) );
    if (dst->serial[0]) return;
    memcpy( dst->vendor, src->vendor, sizeof(dst->vendor) );
    memcpy( dst->product, src->product, sizeof(dst->product) );
    memcpy( dst->serial, src->serial, sizeof(dst->serial) );
}

static void store_element( const struct element *element, void *context )
{
    struct window *window = context;
    int number = element_map_find( &window->changer->map[window->type], element->address );
    struct element *dst;

    if (number < 0)
    {
        if (!is_drive_missing( element )) window->changer->elements_known = FALSE;
        return;
    }
    if ((unsigned int)number < window->first || number - window->first >= window->count) return;
    dst = &window->elements[number - window->first];
    if (dst->type) merge_element( dst, element );
    else *dst = *element;
}

/* what is not in the reply is not there */
static void set_missing( struct element *element, UINT8 type )
{
    element->type = type;
    if (type == ELEMENT_TRANSPORT) return;
    element->flags = ELEMENT_EXCEPT;
    element->asc = 0x83;
    element->ascq = type == ELEMENT_DRIVE ? 0x04 : 0x02;
}

/* The source counts if it is a slot and nothing else: some devices name drives, or whatever came last. */
static void number_source( const struct changer *changer, struct element *element )
{
    int number = element_map_find( &changer->map[ELEMENT_STORAGE], element->source );

    if (number >= 0 && !is_ambiguous( changer, ELEMENT_STORAGE, element->source )) element->source = number;
    else element->medium &= ~ELEMENT_MEDIUM_SVALID;
}

/* Devices that never set the Access bit do not mean that nothing can be reached. A loaded drive has not ejected yet. */
static void assume_access( struct element *element )
{
    if (element->flags & ELEMENT_EXCEPT) return;
    if (element->type == ELEMENT_DRIVE && (element->flags & ELEMENT_FULL)) return;
    element->flags |= ELEMENT_ACCESS;
}

BOOL number_element( const struct changer *changer, struct element *element )
{
    int number = element_map_find( &changer->map[element->type], element->address );

    if (number < 0) return FALSE;
    element->address = number;
    if (element->medium & ELEMENT_MEDIUM_SVALID) number_source( changer, element );
    if (!changer->has_access) assume_access( element );
    return TRUE;
}

/* The numbers of a window may lie apart in the order of the addresses; what lies between is read as well. */
static NTSTATUS read_window( struct window *window, BOOL tags )
{
    const struct element_map *map = &window->changer->map[window->type];
    const UINT16 *addresses = map->addresses + window->first;
    struct request request = { window->changer, window->type, addresses[0], 0, tags, FALSE, store_element, window };
    UINT16 last = addresses[0];
    NTSTATUS status;
    unsigned int i;

    for (i = 0; i < window->count; i++)
    {
        request.start = min( request.start, addresses[i] );
        last = max( last, addresses[i] );
    }
    request.count = element_map_rank( map, last ) - element_map_rank( map, request.start ) + 1;

    memset( window->elements, 0, window->count * sizeof(*window->elements) );
    if ((status = read_elements( &request ))) return status;

    for (i = 0; i < window->count; i++)
    {
        struct element *element = &window->elements[i];

        if (!element->type) set_missing( element, window->type );
        element->address = addresses[i];
        number_element( window->changer, element );
    }
    return STATUS_SUCCESS;
}

/* Reads elements by their numbers; those of all types are numbered one type after the other. */
NTSTATUS read_numbered_elements( struct changer *changer, unsigned int type, unsigned int first, unsigned int count,
                                 BOOL volume_tags, struct element *elements )
{
    unsigned int from = type ? type : ELEMENT_TRANSPORT, to = type ? type : ELEMENT_DRIVE, total = 0;
    NTSTATUS status;

    if (type > ELEMENT_DRIVE) return STATUS_ILLEGAL_ELEMENT_ADDRESS;
    for (type = from; type <= to; type++) total += changer->map[type].count;
    if (first >= total || count > total - first) return STATUS_ILLEGAL_ELEMENT_ADDRESS;

    for (type = from; type <= to && count; type++)
    {
        struct window window = { changer, type, first, 0, elements };

        if (first < changer->map[type].count)
        {
            window.count = min( count, changer->map[type].count - first );
            if ((status = read_window( &window, volume_tags ))) return status;
        }
        elements += window.count;
        count -= window.count;
        first -= min( first, changer->map[type].count );
    }
    return STATUS_SUCCESS;
}

NTSTATUS read_type( struct changer *changer, UINT8 type, BOOL volume_tags, struct element **ret )
{
    unsigned int count = changer->map[type].count;
    NTSTATUS status;

    if (!(*ret = malloc( (count + 1) * sizeof(**ret) ))) return STATUS_NO_MEMORY;
    if (!count || !(status = read_numbered_elements( changer, type, 0, count, volume_tags, *ret ))) return STATUS_SUCCESS;
    free( *ret );
    *ret = NULL;
    return status;
}

static void take_first( const struct element *element, void *context )
{
    struct element *dst = context;

    if (dst->type == ELEMENT_ALL && dst->address == element->address) *dst = *element;
}

/* One element by its own address, as the device describes it. */
NTSTATUS read_element( struct changer *changer, UINT8 type, UINT16 address, struct element *element )
{
    struct request request = { changer, type, address, 1, FALSE, FALSE, take_first, element };
    NTSTATUS status;

    memset( element, 0, sizeof(*element) );
    element->address = address;
    if ((status = read_elements( &request ))) return status;
    return element->type == type ? STATUS_SUCCESS : STATUS_NOT_FOUND;
}

/* the tape devices that the drives among the elements are, as far as that is known */
static NTSTATUS identify_drives( struct changer *changer, const struct get_elements_params *params )
{
    unsigned int i;
    NTSTATUS status;

    for (i = 0; i < params->count && params->elements[i].type != ELEMENT_DRIVE; i++) ;
    if (i == params->count) return STATUS_SUCCESS;
    if ((status = learn_ties( changer ))) return status;
    apply_ties( changer, params->elements + i, params->elements[i].address, params->count - i );
    return STATUS_SUCCESS;
}

NTSTATUS changer_get_elements( void *args )
{
    struct get_elements_params *params = args;
    struct changer_handle *handle;
    struct changer *changer;
    NTSTATUS status;

    if (!(handle = begin_request( params->handle, &status ))) return status;
    changer = handle->changer;

    if (!(status = learn_elements( changer )))
    {
        if (params->volume_tags && !changer->has_volume_tags && !changer->has_reader) status = STATUS_INVALID_PARAMETER;
        else status = read_numbered_elements( changer, params->type, params->first, params->count,
                                              params->volume_tags, params->elements );
    }
    if (!status) status = identify_drives( changer, params );
    if (!status) check_generation( handle );
    end_request( changer );
    return status;
}

void release_elements( struct changer *changer )
{
    UINT8 type;

    for (type = 0; type < ELEMENT_TYPES; type++) element_map_free( &changer->map[type] );
    free( changer->reply );
}
