/*
 * The kernel's side of a TCMU device: its configfs objects
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
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "configfs.h"

#define ROOT     "/sys/kernel/config"
#define BACKENDS ROOT "/target/core/user_0"
#define FABRIC   ROOT "/target/loopback"

/* room for the data of commands under way; several of the largest (1 MiB) fit */
#define DATA_AREA_MB 16

static bool make_directory( const char *path )
{
    if (!mkdir( path, 0755 ) || errno == EEXIST) return true;
    perror( path );
    return false;
}

static bool write_text( const char *directory, const char *name, const char *format, ... )
{
    char path[256], text[256];
    va_list args;
    bool ret;
    int fd, len;

    va_start( args, format );
    len = vsnprintf( text, sizeof(text), format, args );
    va_end( args );
    snprintf( path, sizeof(path), "%s/%s", directory, name );
    fd = open( path, O_WRONLY | O_CLOEXEC );
    ret = fd >= 0 && write( fd, text, len ) == len;
    if (!ret) perror( path );
    if (fd >= 0) close( fd );
    return ret;
}

bool configfs_prepare( void )
{
    if (access( ROOT "/target", F_OK )) mount( "none", ROOT, "configfs", 0, NULL );
    return make_directory( ROOT "/target" ) && make_directory( BACKENDS ) && make_directory( FABRIC );
}

static void backend_path( const struct lab_device *device, char *path, size_t size )
{
    snprintf( path, size, BACKENDS "/%s", device->name );
}

bool configfs_create_backend( const struct lab_device *device )
{
    char path[128];

    backend_path( device, path, sizeof(path) );
    return make_directory( path ) &&
           write_text( path, "control", "dev_size=1048576,hw_block_size=512,max_data_area_mb=%u,dev_config=lab/%s", DATA_AREA_MB, device->name ) &&
           write_text( path, "attrib/cmd_time_out", "0" ) &&        /* moves may take minutes */
           write_text( path, "attrib/tmr_notification", "1" ) &&    /* aborts wait for us, so we must hear of them */
           write_text( path, "attrib/pgr_support", "0" ) &&         /* reservations are the device's own business */
           write_text( path, "enable", "1" );
}

void configfs_remove_backend( const struct lab_device *device )
{
    char path[128];

    backend_path( device, path, sizeof(path) );
    if (rmdir( path )) perror( path );
}

static bool read_line( const char *path, char *line, size_t size )
{
    FILE *file = fopen( path, "re" );
    bool ret = file && fgets( line, size, file );

    if (file) fclose( file );
    return ret;
}

static bool get_map_size( int number, size_t *size )
{
    char path[128], line[64];

    snprintf( path, sizeof(path), "/sys/class/uio/uio%d/maps/map0/size", number );
    if (!read_line( path, line, sizeof(line) )) return false;
    *size = strtoul( line, NULL, 16 );
    return *size != 0;
}

int configfs_find_uio( const struct lab_device *device, size_t *map_size )
{
    char name[64], line[256];
    int ret = -1, number;
    glob_t found;
    size_t i;

    snprintf( name, sizeof(name), "tcm-user/0/%s/", device->name );
    if (glob( "/sys/class/uio/uio*/name", 0, NULL, &found )) return -1;
    for (i = 0; i < found.gl_pathc && ret < 0; i++)
    {
        if (!read_line( found.gl_pathv[i], line, sizeof(line) ) || strncmp( line, name, strlen( name ) )) continue;
        if (sscanf( found.gl_pathv[i], "/sys/class/uio/uio%d", &number ) == 1 && get_map_size( number, map_size )) ret = number;
    }
    globfree( &found );
    return ret;
}

static void host_path( const struct lab_device *device, char *path, size_t size )
{
    snprintf( path, size, FABRIC "/naa.5001405%09x", device->index + 1 );
}

/* One SCSI host for each device: a second one on the same host would get attentions when the first comes or goes. */
bool configfs_link( const struct lab_device *device )
{
    char host[128], path[192], backend[128];

    host_path( device, host, sizeof(host) );
    backend_path( device, backend, sizeof(backend) );
    snprintf( path, sizeof(path), "%s/tpgt_1", host );
    if (!make_directory( host ) || !make_directory( path )) return false;
    if (!write_text( path, "nexus", "naa.6001405%09x", device->index + 1 )) return false;  /* before there is a unit */
    snprintf( path, sizeof(path), "%s/tpgt_1/lun/lun_0", host );
    if (!make_directory( path )) return false;
    strcat( path, "/dev" );
    if (!symlink( backend, path )) return true;
    perror( path );
    return false;
}

void configfs_set_offline( const struct lab_device *device )
{
    char path[128];

    host_path( device, path, sizeof(path) );
    strcat( path, "/tpgt_1" );
    write_text( path, "transport_status", "offline" );
}

void configfs_unlink( const struct lab_device *device )
{
    char host[128], path[192];

    host_path( device, host, sizeof(host) );
    snprintf( path, sizeof(path), "%s/tpgt_1/lun/lun_0/dev", host );
    unlink( path );
    snprintf( path, sizeof(path), "%s/tpgt_1/lun/lun_0", host );
    rmdir( path );
    snprintf( path, sizeof(path), "%s/tpgt_1", host );
    write_text( path, "nexus", "NULL" );
    rmdir( path );
    rmdir( host );
}
