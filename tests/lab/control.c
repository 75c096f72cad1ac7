/*
 * The control socket: an operator's hands, and orders to go wrong
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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "frontend.h"

#define MAX_WORDS 8

struct order
{
    struct lab *lab;
    FILE       *reply;
    char       *words[MAX_WORDS];   /* words[0] is the verb */
    int         count;
};

/* NULL = done, else what was wrong */
typedef const char *(*order_func)( struct order *order );

static bool get_number( const char *text, int base, long low, long high, long *number )
{
    char *end;

    *number = strtol( text, &end, base );
    return end != text && !*end && *number >= low && *number <= high;
}

static const char *get_barcode( const char *text )
{
    if (strlen( text ) >= LAB_BARCODE_SIZE) return "a bar code has at most 32 characters";
    if (strspn( text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-" ) != strlen( text ))
        return "a bar code is of letters, digits, _ and -";
    return NULL;
}

/* "N" or "LIBRARY:N", N from 1 as mtx counts, LIBRARY from 0 */
static struct lab_element *get_place( struct order *order, unsigned char type, const char *text, struct lab_changer **changer )
{
    long library = 0, number;
    char *colon = strchr( text, ':' );

    if (colon)
    {
        *colon = 0;
        if (!get_number( text, 10, 0, 63, &library )) return NULL;
        text = colon + 1;
    }
    if (library >= (long)order->lab->shape.libraries || !get_number( text, 10, 1, 0xffff, &number )) return NULL;
    *changer = &order->lab->changers[library];
    return changer_element( *changer, type, number - 1 );
}

static struct lab_tape *get_tape( struct order *order, const char *name )
{
    struct lab_device *device = lab_find_device( order->lab, name );

    return device && device->type == 1 ? tape_from_device( device ) : NULL;
}

/* ------------------------------------------------------------------ status */

static void show_element( struct order *order, const struct lab_element *element, unsigned int number )
{
    static const char * const kinds[] = { "", "transport", "slot", "port", "drive" };
    const struct lab_cartridge *cartridge = element_cartridge( element );
    bool loaded = false;

    fprintf( order->reply, "%s %u 0x%x ", kinds[element->type], number, element->address );
    if (element->drive) fprintf( order->reply, "%s ", element->drive->device.name );
    fprintf( order->reply, "%s", cartridge ? cartridge->barcode[0] ? cartridge->barcode : "unlabelled" : "-" );
    if (element->drive) tape_peek( element->drive, &loaded, NULL );
    if (loaded) fprintf( order->reply, " loaded" );
    if (element->source_valid) fprintf( order->reply, " from 0x%x", element->source );
    fprintf( order->reply, "\n" );
}

static void show_changer( struct order *order, struct lab_changer *changer )
{
    unsigned int i, number[5] = { 0 };

    pthread_mutex_lock( &changer->device.lock );
    fprintf( order->reply, "%s %s door %s ports %s%s\n", changer->device.name, changer->device.serial,
             changer->door_open ? "open" : "closed", changer->port_open ? "open" : "closed",
             changer->device.prevented ? " locked" : "" );
    for (i = 0; i < changer->element_count; i++)
        show_element( order, &changer->elements[i], ++number[changer->elements[i].type] );
    pthread_mutex_unlock( &changer->device.lock );
}

static const char *do_status( struct order *order )
{
    struct lab *lab = order->lab;
    struct lab_cartridge *cartridge;
    unsigned int i;

    for (i = 0; i < lab->shape.libraries; i++) show_changer( order, &lab->changers[i] );
    for (i = 0; i < lab->tape_count; i++)
    {
        struct lab_tape *tape = &lab->tapes[i];
        bool loaded;

        cartridge = tape_peek( tape, &loaded, NULL );
        fprintf( order->reply, "%s %s %s%s\n", tape->device.name, tape->device.serial,
                 cartridge ? cartridge->barcode[0] ? cartridge->barcode : "unlabelled" : "-", loaded ? " loaded" : "" );
    }
    return NULL;
}

/* -------------------------------------------------------------- cartridges */

/* the operator reaches in: through the door, or a port */
static const char *reach_in( struct lab_changer *changer, const struct lab_element *element )
{
    bool port = element->type == LAB_PORT;

    if (changer->device.prevented) return "locked by PREVENT MEDIUM REMOVAL";
    if (port ? changer->port_open : changer->door_open) return NULL;  /* the attention comes when it is closed */
    lab_attention( &changer->device, port ? 0x2801 : 0x2800, -1 );
    return NULL;
}

static const char *put( struct order *order, unsigned char type, const char *place, const char *barcode )
{
    struct lab_changer *changer;
    struct lab_element *element = get_place( order, type, place, &changer );
    bool cleaner = !strncmp( barcode, "CLN", 3 );
    const char *error = get_barcode( barcode );

    if (error) return error;
    if (!element) return "no such element";
    pthread_mutex_lock( &changer->device.lock );
    if (element->cartridge) error = "element is full";
    else if (!(error = reach_in( changer, element )))
    {
        element->cartridge = lab_get_cartridge( order->lab, barcode, cleaner ? LAB_MEDIUM_CLEANING : LAB_MEDIUM_DATA );
        if (!element->cartridge) error = "that cartridge is elsewhere";
        element->imported = true;
        element->source_valid = false;
    }
    pthread_mutex_unlock( &changer->device.lock );
    return error;
}

static const char *take( struct order *order, unsigned char type, const char *place )
{
    struct lab_changer *changer;
    struct lab_element *element = get_place( order, type, place, &changer );
    const char *error = NULL;

    if (!element) return "no such element";
    pthread_mutex_lock( &changer->device.lock );
    if (!element->cartridge) error = "element is empty";
    else if (!(error = reach_in( changer, element )))
    {
        lab_shelve_cartridge( order->lab, element->cartridge );
        element->cartridge = NULL;
        element->source_valid = false;
    }
    pthread_mutex_unlock( &changer->device.lock );
    return error;
}

static const char *do_put( struct order *order )
{
    return put( order, LAB_STORAGE, order->words[1], order->words[2] );
}

static const char *do_take( struct order *order )
{
    return take( order, LAB_STORAGE, order->words[1] );
}

static const char *set_port( struct order *order, bool open )
{
    struct lab_changer *changer;
    const char *error = NULL;

    if (!get_place( order, LAB_PORT, order->words[2], &changer )) return "no such element";
    pthread_mutex_lock( &changer->device.lock );
    if (open && changer->device.prevented) error = "locked by PREVENT MEDIUM REMOVAL";
    else changer_set_port( changer, open );
    pthread_mutex_unlock( &changer->device.lock );
    return error;
}

static const char *do_port( struct order *order )
{
    if (!strcmp( order->words[1], "put" ) && order->count == 4) return put( order, LAB_PORT, order->words[2], order->words[3] );
    if (!strcmp( order->words[1], "take" )) return take( order, LAB_PORT, order->words[2] );
    if (!strcmp( order->words[1], "open" )) return set_port( order, true );
    if (!strcmp( order->words[1], "close" )) return set_port( order, false );
    return "port put N BARCODE, port take N, port open N or port close N";
}

static const char *do_door( struct order *order )
{
    bool open = !strcmp( order->words[1], "open" );
    long library = 0;

    if (!open && strcmp( order->words[1], "close" )) return "door open or door close";
    if (order->count > 2 && !get_number( order->words[2], 10, 0, 63, &library )) return "no such library";
    if (library >= (long)order->lab->shape.libraries) return "no such library";
    pthread_mutex_lock( &order->lab->changers[library].device.lock );
    changer_set_door( &order->lab->changers[library], open );
    pthread_mutex_unlock( &order->lab->changers[library].device.lock );
    return NULL;
}

static const char *do_insert( struct order *order )
{
    struct lab_tape *tape = get_tape( order, order->words[1] );
    const char *error = get_barcode( order->words[2] );
    struct lab_cartridge *cartridge;

    if (error) return error;
    if (!tape) return "no such drive";
    if (tape_peek( tape, NULL, NULL )) return "drive is full";
    cartridge = lab_get_cartridge( order->lab, order->words[2], LAB_MEDIUM_DATA );
    if (!cartridge) return "that cartridge is elsewhere";
    if (tape_insert( tape, cartridge )) return NULL;
    lab_shelve_cartridge( order->lab, cartridge );
    return "drive is full";
}

/* the eject button, then the operator's hand */
static const char *do_eject( struct order *order )
{
    struct lab_tape *tape = get_tape( order, order->words[1] );
    struct lab_cartridge *cartridge;
    bool prevented;

    if (!tape) return "no such drive";
    if (!tape_peek( tape, NULL, &prevented )) return "drive is empty";
    if (prevented) return "locked by PREVENT MEDIUM REMOVAL";
    if ((cartridge = tape_remove( tape ))) lab_shelve_cartridge( order->lab, cartridge );
    return NULL;
}

static const char *do_protect( struct order *order )
{
    struct lab_cartridge *cartridge = lab_find_cartridge( order->lab, order->words[1] );

    if (!cartridge) return "no such cartridge";
    cartridge->write_protected = !strcmp( order->words[2], "on" );
    return NULL;
}

/* ------------------------------------------------------------------ faults */

static const char *add_fault( struct lab_device *device, const struct lab_fault *fault )
{
    bool added;

    pthread_mutex_lock( &device->lock );
    added = lab_add_fault( device, fault );
    pthread_mutex_unlock( &device->lock );
    return added ? NULL : "too many faults";
}

static bool get_opcode( const char *text, struct lab_fault *fault )
{
    long opcode = -1;

    if (strcmp( text, "any" ) && !get_number( text, 16, 0, 0xff, &opcode )) return false;
    fault->opcode = opcode;
    return true;
}

/* fault DEVICE OPCODE COUNT KEY ASC ASCQ */
static const char *do_fault( struct order *order )
{
    struct lab_device *device = lab_find_device( order->lab, order->words[1] );
    struct lab_fault fault = { .status = LAB_CHECK_CONDITION };
    long count, key, asc, ascq;

    if (!device) return "no such device";
    if (!get_opcode( order->words[2], &fault ) || !get_number( order->words[3], 10, -1, 1000000, &count ) ||
        !get_number( order->words[4], 16, 0, 0xff, &key ) || !get_number( order->words[5], 16, 0, 0xff, &asc ) ||
        !get_number( order->words[6], 16, 0, 0xff, &ascq )) return "bad number";
    fault.count = count;
    fault.key = key;
    fault.code = asc << 8 | ascq;
    return add_fault( device, &fault );
}

/* status-fault DEVICE OPCODE COUNT STATUS */
static const char *do_status_fault( struct order *order )
{
    struct lab_device *device = lab_find_device( order->lab, order->words[1] );
    struct lab_fault fault = { 0 };
    long count, status;

    if (!device) return "no such device";
    if (!get_opcode( order->words[2], &fault ) || !get_number( order->words[3], 10, -1, 1000000, &count ) ||
        !get_number( order->words[4], 16, 0, 0xff, &status ) || status == LAB_CHECK_CONDITION) return "bad number";
    fault.count = count;
    fault.status = status;
    return add_fault( device, &fault );
}

/* delay DEVICE OPCODE MS [COUNT] */
static const char *do_delay( struct order *order )
{
    struct lab_device *device = lab_find_device( order->lab, order->words[1] );
    struct lab_fault fault = { 0 };
    long ms, count = -1;

    if (!device) return "no such device";
    if (!get_opcode( order->words[2], &fault ) || !get_number( order->words[3], 10, 1, 3600000, &ms ) ||
        (order->count > 4 && !get_number( order->words[4], 10, -1, 1000000, &count ))) return "bad number";
    fault.delay_ms = ms;
    fault.count = count;
    return add_fault( device, &fault );
}

static const char *do_clear( struct order *order )
{
    struct lab_device *device = lab_find_device( order->lab, order->words[1] );

    if (!device) return "no such device";
    pthread_mutex_lock( &device->lock );
    memset( device->faults, 0, sizeof(device->faults) );
    pthread_mutex_unlock( &device->lock );
    return NULL;
}

static const char *do_attention( struct order *order )
{
    struct lab_device *device = lab_find_device( order->lab, order->words[1] );
    long asc, ascq;

    if (!device) return "no such device";
    if (!get_number( order->words[2], 16, 0, 0xff, &asc ) || !get_number( order->words[3], 16, 0, 0xff, &ascq ))
        return "bad number";
    pthread_mutex_lock( &device->lock );
    lab_attention( device, asc << 8 | ascq, -1 );
    pthread_mutex_unlock( &device->lock );
    return NULL;
}

/* raises a TapeAlert flag */
static const char *do_alert( struct order *order )
{
    struct lab_device *device = lab_find_device( order->lab, order->words[1] );
    unsigned int nexus;
    long flag;

    if (!device) return "no such device";
    if (!get_number( order->words[2], 10, 1, 64, &flag )) return "bad number";
    pthread_mutex_lock( &device->lock );
    for (nexus = 0; nexus < LAB_MAX_NEXUS; nexus++) device->alerts[nexus] |= 1ull << (flag - 1);
    pthread_mutex_unlock( &device->lock );
    return NULL;
}

/* move-time MS [LIBRARY] */
static const char *do_move_time( struct order *order )
{
    long ms, library = 0;

    if (!get_number( order->words[1], 10, 0, 3600000, &ms )) return "bad number";
    if (order->count > 2 && !get_number( order->words[2], 10, 0, 63, &library )) return "no such library";
    if (library >= (long)order->lab->shape.libraries) return "no such library";
    pthread_mutex_lock( &order->lab->changers[library].device.lock );
    order->lab->changers[library].move_ms = ms;
    pthread_mutex_unlock( &order->lab->changers[library].device.lock );
    return NULL;
}

static const char *set_present( struct order *order, bool present )
{
    struct lab_device *device = lab_find_device( order->lab, order->words[1] );

    if (!device) return "no such device";
    if (!order->lab->set_present) return "this front end cannot do that";
    if (device->present == present) return NULL;
    return order->lab->set_present( device, present ) ? NULL : "failed";
}

static const char *do_detach( struct order *order )
{
    return set_present( order, false );
}

static const char *do_attach( struct order *order )
{
    return set_present( order, true );
}

/* ------------------------------------------------------------------- lines */

static const char *do_help( struct order *order );

static const struct verb
{
    const char *name;
    int         min, max;    /* words after the verb */
    order_func  func;
    const char *usage;
} verbs[] =
{
    { "status",       0, 0, do_status,       "" },
    { "put",          2, 2, do_put,          "[LIBRARY:]SLOT BARCODE" },
    { "take",         1, 1, do_take,         "[LIBRARY:]SLOT" },
    { "port",         2, 3, do_port,         "put|take|open|close [LIBRARY:]PORT [BARCODE]" },
    { "door",         1, 2, do_door,         "open|close [LIBRARY]" },
    { "insert",       2, 2, do_insert,       "DRIVE BARCODE" },
    { "eject",        1, 1, do_eject,        "DRIVE" },
    { "protect",      2, 2, do_protect,      "BARCODE on|off" },
    { "fault",        6, 6, do_fault,        "DEVICE OPCODE|any COUNT KEY ASC ASCQ" },
    { "status-fault", 4, 4, do_status_fault, "DEVICE OPCODE|any COUNT STATUS" },
    { "delay",        3, 4, do_delay,        "DEVICE OPCODE|any MS [COUNT]" },
    { "clear",        1, 1, do_clear,        "DEVICE" },
    { "attention",    3, 3, do_attention,    "DEVICE ASC ASCQ" },
    { "alert",        2, 2, do_alert,        "DEVICE FLAG" },
    { "move-time",    1, 2, do_move_time,    "MS [LIBRARY]" },
    { "detach",       1, 1, do_detach,       "DEVICE" },
    { "attach",       1, 1, do_attach,       "DEVICE" },
    { "help",         0, 0, do_help,         "" },
};

static const char *do_help( struct order *order )
{
    unsigned int i;

    for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) fprintf( order->reply, "%s %s\n", verbs[i].name, verbs[i].usage );
    return NULL;
}

void control_execute( struct lab *lab, char *line, FILE *reply )
{
    struct order order = { lab, reply, { NULL }, 0 };
    const char *error = "unknown order; try help";
    char *save, *word;
    unsigned int i;

    for (word = strtok_r( line, " \t\r\n", &save ); word && order.count < MAX_WORDS; word = strtok_r( NULL, " \t\r\n", &save ))
        order.words[order.count++] = word;
    for (i = 0; order.count && i < sizeof(verbs) / sizeof(verbs[0]); i++)
    {
        if (strcmp( order.words[0], verbs[i].name )) continue;
        if (order.count - 1 < verbs[i].min || order.count - 1 > verbs[i].max) error = verbs[i].usage;
        else error = verbs[i].func( &order );
        break;
    }
    if (error) fprintf( reply, "error: %s\n", error );
    else fprintf( reply, "ok\n" );
}

int listen_unix( const char *path, int type )
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd;

    if (strlen( path ) >= sizeof(address.sun_path))
    {
        fprintf( stderr, "labscsi: %s: path is too long\n", path );
        return -1;
    }
    strcpy( address.sun_path, path );
    unlink( path );
    if ((fd = socket( AF_UNIX, type | SOCK_CLOEXEC, 0 )) >= 0 &&
        !bind( fd, (struct sockaddr *)&address, sizeof(address) ) && !listen( fd, 64 )) return fd;
    perror( path );
    if (fd >= 0) close( fd );
    return -1;
}

static struct
{
    struct lab     *lab;
    const char     *path;
    int             listener;
    int             client;    /* -1 = none */
    pthread_mutex_t lock;      /* guards client and stopped */
    bool            stopped;
    pthread_t       thread;
} server = { .listener = -1, .client = -1, .lock = PTHREAD_MUTEX_INITIALIZER };

static void serve( struct lab *lab, int fd )
{
    FILE *in = fdopen( fd, "r" ), *out = fdopen( dup( fd ), "w" );
    char line[512];

    while (in && out && fgets( line, sizeof(line), in ))
    {
        control_execute( lab, line, out );
        fflush( out );
    }
    if (out) fclose( out );
    pthread_mutex_lock( &server.lock );
    server.client = -1;
    if (in) fclose( in );
    pthread_mutex_unlock( &server.lock );
}

/* one client at a time; false = the server is to end */
static bool set_client( int fd )
{
    bool stopped;

    pthread_mutex_lock( &server.lock );
    if (!(stopped = server.stopped)) server.client = fd;
    pthread_mutex_unlock( &server.lock );
    return !stopped;
}

static void *control_thread( void *arg )
{
    int fd;

    (void)arg;
    while ((fd = accept4( server.listener, NULL, NULL, SOCK_CLOEXEC )) >= 0)
    {
        if (!set_client( fd ))
        {
            close( fd );
            break;
        }
        serve( server.lab, fd );
    }
    return NULL;
}

bool control_start( struct lab *lab, const char *path )
{
    server.lab = lab;
    server.path = path;
    if ((server.listener = listen_unix( path, SOCK_STREAM )) < 0) return false;
    if (!pthread_create( &server.thread, NULL, control_thread, NULL )) return true;
    close( server.listener );
    server.listener = -1;
    return false;
}

void control_stop(void)
{
    if (server.listener < 0) return;
    unlink( server.path );
    pthread_mutex_lock( &server.lock );
    server.stopped = true;
    shutdown( server.listener, SHUT_RDWR );
    if (server.client >= 0) shutdown( server.client, SHUT_RDWR );
    pthread_mutex_unlock( &server.lock );
    pthread_join( server.thread, NULL );
    close( server.listener );
}
