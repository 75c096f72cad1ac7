/*
 * labscsi: a lab of modelled SCSI tape drives and libraries
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

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frontend.h"

enum option_code
{
    OPT_TCMU = 256,
    OPT_SOCKET,
    OPT_CONTROL,
    OPT_DIR,
    OPT_TAPE_SIZE,
    OPT_EXPLICIT_UNLOAD,
    OPT_HELP,
};

struct options
{
    struct lab_shape shape;
    bool             tcmu;
    const char      *socket;
    const char      *control;
};

/* options that are a plain number in the shape */
static const struct
{
    const char *name;
    size_t      offset;
} numbers[] =
{
    { "libraries",    offsetof( struct lab_shape, libraries ) },
    { "drives",       offsetof( struct lab_shape, drives ) },
    { "slots",        offsetof( struct lab_shape, slots ) },
    { "ports",        offsetof( struct lab_shape, ports ) },
    { "media",        offsetof( struct lab_shape, media ) },
    { "cleaners",     offsetof( struct lab_shape, cleaners ) },
    { "standalone",   offsetof( struct lab_shape, standalone ) },
    { "loaded",       offsetof( struct lab_shape, loaded ) },
    { "gap",          offsetof( struct lab_shape, gap ) },
    { "transports",   offsetof( struct lab_shape, transports ) },
    { "first-slot",   offsetof( struct lab_shape, first_slot ) },
    { "first-port",   offsetof( struct lab_shape, first_port ) },
    { "first-drive",  offsetof( struct lab_shape, first_drive ) },
    { "transport",    offsetof( struct lab_shape, first_transport ) },
    { "move-ms",      offsetof( struct lab_shape, move_ms ) },
    { "inventory-ms", offsetof( struct lab_shape, inventory_ms ) },
    { "load-ms",      offsetof( struct lab_shape, load_ms ) },
};

#define NUMBER_COUNT (sizeof(numbers) / sizeof(numbers[0]))

static void usage( FILE *out )
{
    unsigned int i;

    fprintf( out, "usage: labscsi --tcmu | --socket PATH [--control PATH] [--dir DIR] [--tape-size MB] [--explicit-unload]\n" );
    for (i = 0; i < NUMBER_COUNT; i++) fprintf( out, "       [--%s N]\n", numbers[i].name );
}

static bool get_number( const char *text, unsigned long max, unsigned long *number )
{
    char *end;

    *number = strtoul( text, &end, 0 );
    return end != text && !*end && *text != '-' && *number <= max;
}

static bool set_option( struct options *options, int code, const char *value )
{
    unsigned long number;

    if (code < (int)NUMBER_COUNT)
    {
        if (!get_number( value, 10000000, &number )) return false;
        *(unsigned int *)((char *)&options->shape + numbers[code].offset) = number;
        return true;
    }
    switch (code)
    {
    case OPT_TCMU:
        options->tcmu = true;
        return true;
    case OPT_SOCKET:
        options->socket = value;
        return true;
    case OPT_CONTROL:
        options->control = value;
        return true;
    case OPT_DIR:
        options->shape.dir = value;
        return true;
    case OPT_TAPE_SIZE:
        if (!get_number( value, 100000000, &number )) return false;
        options->shape.tape_size = (uint64_t)number << 20;
        return true;
    case OPT_EXPLICIT_UNLOAD:
        options->shape.implicit_unload = false;
        return true;
    default:
        return false;
    }
}

static bool get_options( struct options *options, int argc, char *argv[] )
{
    struct option table[NUMBER_COUNT + 8] =
    {
        { "tcmu", no_argument, NULL, OPT_TCMU },
        { "socket", required_argument, NULL, OPT_SOCKET },
        { "control", required_argument, NULL, OPT_CONTROL },
        { "dir", required_argument, NULL, OPT_DIR },
        { "tape-size", required_argument, NULL, OPT_TAPE_SIZE },
        { "explicit-unload", no_argument, NULL, OPT_EXPLICIT_UNLOAD },
        { "help", no_argument, NULL, OPT_HELP },
    };
    unsigned int i;
    int code;

    for (i = 0; i < NUMBER_COUNT; i++) table[7 + i] = (struct option){ numbers[i].name, required_argument, NULL, i };
    options->shape = lab_default_shape;
    while ((code = getopt_long( argc, argv, "", table, NULL )) != -1)
    {
        if (code == OPT_HELP)
        {
            usage( stdout );
            exit( 0 );
        }
        if (set_option( options, code, optarg )) continue;
        if (code != '?') fprintf( stderr, "labscsi: bad value %s\n", optarg );
        return false;
    }
    return optind == argc && options->tcmu == !options->socket;
}

int main( int argc, char *argv[] )
{
    struct options options = { 0 };
    struct lab lab;
    sigset_t signals;
    int signal_number;

    if (!get_options( &options, argc, argv ))
    {
        usage( stderr );
        return 2;
    }
    signal( SIGPIPE, SIG_IGN );
    sigemptyset( &signals );
    sigaddset( &signals, SIGTERM );
    sigaddset( &signals, SIGINT );
    pthread_sigmask( SIG_BLOCK, &signals, NULL );

    if (!lab_create( &lab, &options.shape )) return 1;
    if ((options.tcmu ? tcmu_start( &lab ) : socket_start( &lab, options.socket )) &&
        (!options.control || control_start( &lab, options.control )))
    {
        printf( "ready\n" );
        fflush( stdout );
        sigwait( &signals, &signal_number );
    }
    else signal_number = 0;

    control_stop();
    if (options.tcmu) tcmu_stop( &lab );
    else socket_stop();
    lab_destroy( &lab );
    return signal_number ? 0 : 1;
}
