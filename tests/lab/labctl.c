/*
 * labctl: sends one order to labscsi's control socket and prints the answer
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
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int connect_to( const char *path )
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd;

    if (!path || strlen( path ) >= sizeof(address.sun_path)) return -1;
    strcpy( address.sun_path, path );
    if ((fd = socket( AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0 )) < 0) return -1;
    if (!connect( fd, (struct sockaddr *)&address, sizeof(address) )) return fd;
    close( fd );
    return -1;
}

int main( int argc, char *argv[] )
{
    const char *path = getenv( "LABSCSI_CONTROL" );
    FILE *in, *out;
    char line[512];
    int i, fd, first = 1;

    if (argc > 2 && !strcmp( argv[1], "--control" ))
    {
        path = argv[2];
        first = 3;
    }
    if (first == argc)
    {
        fprintf( stderr, "usage: labctl [--control SOCKET] ORDER [ARGUMENT...]   (SOCKET: else $LABSCSI_CONTROL; order: help)\n" );
        return 2;
    }
    if ((fd = connect_to( path )) < 0 || !(in = fdopen( fd, "r" )) || !(out = fdopen( dup( fd ), "w" )))
    {
        fprintf( stderr, "labctl: cannot connect to %s\n", path ? path : "(no socket named)" );
        return 2;
    }
    for (i = first; i < argc; i++) fprintf( out, "%s%s", i > first ? " " : "", argv[i] );
    fprintf( out, "\n" );
    fflush( out );
    while (fgets( line, sizeof(line), in ))
    {
        if (!strcmp( line, "ok\n" )) return 0;
        if (!strncmp( line, "error: ", 7 ))
        {
            fprintf( stderr, "labctl: %s", line + 7 );
            return 1;
        }
        fputs( line, stdout );
    }
    fprintf( stderr, "labctl: labscsi went away\n" );
    return 2;
}
