/*
 * The shape of a lab: libraries, stand-alone drives, cartridges
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
#include <stdlib.h>
#include <string.h>

#include "library.h"

/* addresses like those of IBM's libraries (TS3100: ports and drives, TS3500: slots) */
const struct lab_shape lab_default_shape =
{
    .libraries = 1, .drives = 2, .slots = 8, .ports = 1, .media = LAB_FULL, .transports = 1,
    .first_transport = 1, .first_slot = 0x400, .first_port = 0x10, .first_drive = 0x100,
    .implicit_unload = true, .tape_size = 1ull << 30,
};

static void add_device( struct lab *lab, struct lab_device *device, unsigned int number )
{
    bool tape = device->type == 1;

    device->index = lab->device_count;
    device->wwn = 0x5001405000000000ull | device->index;
    snprintf( device->name, sizeof(device->name), "%s%u", tape ? "tape" : "changer", number );
    snprintf( device->vendor, sizeof(device->vendor), "LABSCSI" );
    snprintf( device->product, sizeof(device->product), tape ? "ULTRIUM-TD5" : "LIBRARY" );
    snprintf( device->revision, sizeof(device->revision), "0001" );
    lab->devices[lab->device_count++] = device;
}

static void add_tape( struct lab *lab, unsigned int number )
{
    struct lab_tape *tape = &lab->tapes[number];

    tape_init( tape );
    tape->load_ms = lab->shape.load_ms;
    add_device( lab, &tape->device, number );
}

static void add_elements( struct lab_changer *changer, unsigned char type, unsigned int first, unsigned int count )
{
    struct lab_element *element = changer->elements + changer->element_count;
    unsigned int i;

    for (i = 0; i < count; i++)
    {
        element[i].type = type;
        element[i].address = first + i;
    }
    changer->element_count += count;
}

static void fill_slots( struct lab *lab, struct lab_changer *changer, unsigned int library )
{
    const struct lab_shape *shape = &lab->shape;
    struct lab_element *slot;
    char barcode[LAB_BARCODE_SIZE];
    unsigned int i;

    for (i = 0; i < shape->media + shape->cleaners; i++)
    {
        bool cleaner = i >= shape->media;

        if (cleaner) snprintf( barcode, sizeof(barcode), "CLN%u%02uL1", library, i - shape->media + 1 );
        else snprintf( barcode, sizeof(barcode), "%u%05uL5", library, i + 1 );
        /* cleaning cartridges come last, as many sites keep them */
        slot = changer_element( changer, LAB_STORAGE, cleaner ? shape->slots - 1 - (i - shape->media) : i );
        slot->cartridge = lab_get_cartridge( lab, barcode, cleaner ? LAB_MEDIUM_CLEANING : LAB_MEDIUM_DATA );
    }
}

static bool create_library( struct lab *lab, unsigned int library )
{
    const struct lab_shape *shape = &lab->shape;
    struct lab_changer *changer = &lab->changers[library];
    unsigned int i;

    if (!(changer->elements = calloc( shape->transports + shape->slots + shape->ports + shape->drives, sizeof(*changer->elements) )))
        return false;
    add_elements( changer, LAB_TRANSPORT, shape->first_transport, shape->transports );
    add_elements( changer, LAB_STORAGE, shape->first_slot, shape->slots / 2 );
    add_elements( changer, LAB_STORAGE, shape->first_slot + shape->slots / 2 + shape->gap, shape->slots - shape->slots / 2 );
    add_elements( changer, LAB_PORT, shape->first_port, shape->ports );
    add_elements( changer, LAB_DRIVE, shape->first_drive, shape->drives );
    changer->move_ms = shape->move_ms;
    changer->inventory_ms = shape->inventory_ms;
    changer->implicit_unload = shape->implicit_unload;
    if (!changer_init( changer )) return false;
    add_device( lab, &changer->device, library );
    snprintf( changer->device.serial, sizeof(changer->device.serial), "LIB%05u", (library + 1) % 100000 );
    for (i = 0; i < shape->drives; i++)
    {
        struct lab_tape *tape = &lab->tapes[library * shape->drives + i];

        add_tape( lab, tape - lab->tapes );
        snprintf( tape->device.serial, sizeof(tape->device.serial), "L%02uD%04u", (library + 1) % 100, (i + 1) % 10000 );
        changer_element( changer, LAB_DRIVE, i )->drive = tape;
    }
    fill_slots( lab, changer, library );
    return true;
}

/* drive number of those without a library */
static void create_standalone( struct lab *lab, unsigned int number )
{
    unsigned int index = lab->shape.libraries * lab->shape.drives + number;
    struct lab_tape *tape = &lab->tapes[index];
    char barcode[LAB_BARCODE_SIZE];

    add_tape( lab, index );
    snprintf( tape->device.serial, sizeof(tape->device.serial), "SAD%05u", (number + 1) % 100000 );
    if (number >= lab->shape.loaded) return;
    snprintf( barcode, sizeof(barcode), "S%05uL5", number + 1 );
    tape_insert( tape, lab_get_cartridge( lab, barcode, LAB_MEDIUM_DATA ) );
}

static bool overlap( unsigned int first, unsigned int count, unsigned int other_first, unsigned int other_count )
{
    return count && other_count && first < other_first + other_count && other_first < first + count;
}

static const char *check_shape( const struct lab_shape *shape )
{
    unsigned int first[] = { shape->first_transport, shape->first_slot, shape->first_port, shape->first_drive };
    unsigned int count[] = { shape->transports, shape->slots + shape->gap, shape->ports, shape->drives }, i, j;

    if (shape->libraries > 64 || shape->drives > 256 || shape->standalone > 64) return "too many devices";
    if (!shape->libraries && !shape->standalone) return "no device at all";
    if (shape->media > shape->slots || shape->cleaners > shape->slots - shape->media) return "more media than slots";
    if (shape->tape_size < 1 << 20) return "a tape has at least 1 MB";
    for (i = 0; i < 4; i++)
    {
        if (first[i] > 0xffff || count[i] > 0x10000 - first[i]) return "an element address does not fit 16 bits";
        for (j = 0; j < i; j++)
            if (overlap( first[i], count[i], first[j], count[j] )) return "element addresses overlap";
    }
    return NULL;
}

static bool create_devices( struct lab *lab )
{
    const struct lab_shape *shape = &lab->shape;
    unsigned int i;

    lab->tape_count = shape->libraries * shape->drives + shape->standalone;
    lab->changers = calloc( shape->libraries + 1, sizeof(*lab->changers) );
    lab->tapes = calloc( lab->tape_count + 1, sizeof(*lab->tapes) );
    lab->devices = calloc( lab->tape_count + shape->libraries, sizeof(*lab->devices) );
    if (!lab->changers || !lab->tapes || !lab->devices) return false;
    for (i = 0; i < shape->libraries; i++) if (!create_library( lab, i )) return false;
    for (i = 0; i < shape->standalone; i++) create_standalone( lab, i );
    return true;
}

bool lab_create( struct lab *lab, const struct lab_shape *shape )
{
    const char *error;

    memset( lab, 0, sizeof(*lab) );
    lab->shape = *shape;
    if (shape->media == LAB_FULL && shape->cleaners <= shape->slots) lab->shape.media = shape->slots - shape->cleaners;
    pthread_mutex_init( &lab->lock, NULL );
    error = check_shape( &lab->shape );
    if (!error && !create_devices( lab )) error = "out of memory";
    if (error) fprintf( stderr, "labscsi: %s\n", error );
    return !error;
}

void lab_destroy( struct lab *lab )
{
    struct lab_cartridge *cartridge;
    unsigned int i;

    while ((cartridge = lab->cartridges))
    {
        lab->cartridges = cartridge->next;
        cartridge_destroy( cartridge );
    }
    for (i = 0; lab->changers && i < lab->shape.libraries; i++)
    {
        free( lab->changers[i].elements );
        free( lab->changers[i].reply );
    }
    free( lab->changers );
    free( lab->tapes );
    free( lab->devices );
}

struct lab_device *lab_find_device( const struct lab *lab, const char *name )
{
    unsigned int i;

    for (i = 0; i < lab->device_count; i++)
        if (!strcmp( lab->devices[i]->name, name )) return lab->devices[i];
    return NULL;
}

static struct lab_cartridge *find_locked( const struct lab *lab, const char *barcode )
{
    struct lab_cartridge *cartridge;

    for (cartridge = lab->cartridges; cartridge; cartridge = cartridge->next)
        if (!strcmp( cartridge->barcode, barcode )) return cartridge;
    return NULL;
}

struct lab_cartridge *lab_find_cartridge( struct lab *lab, const char *barcode )
{
    struct lab_cartridge *cartridge;

    pthread_mutex_lock( &lab->lock );
    cartridge = find_locked( lab, barcode );
    pthread_mutex_unlock( &lab->lock );
    return cartridge;
}

struct lab_cartridge *lab_get_cartridge( struct lab *lab, const char *barcode, unsigned char medium )
{
    bool labelled = strcmp( barcode, "-" );
    struct lab_cartridge *cartridge;

    pthread_mutex_lock( &lab->lock );
    if (!labelled || !(cartridge = find_locked( lab, barcode )))
    {
        cartridge = cartridge_create( lab->shape.dir, lab->cartridge_id++, labelled ? barcode : "",
                                      medium, lab->shape.tape_size );
        if (cartridge)
        {
            cartridge->next = lab->cartridges;
            lab->cartridges = cartridge;
        }
    }
    else if (cartridge->placed) cartridge = NULL;
    if (cartridge) cartridge->placed = true;
    pthread_mutex_unlock( &lab->lock );
    return cartridge;
}

void lab_shelve_cartridge( struct lab *lab, struct lab_cartridge *cartridge )
{
    pthread_mutex_lock( &lab->lock );
    cartridge->placed = false;
    pthread_mutex_unlock( &lab->lock );
}
