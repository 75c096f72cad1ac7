/*
 * A disk that can fail, and that remembers what has been synced, to be preloaded into Wine's processes
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

/* For the files in directories of the name $DISK_DIR only:
 * - a file is copied to $DISK_SYNCED/INODE whenever it is synced: what a machine that loses its power would find for sure;
 * - that takes $DISK_SLOW milliseconds, in which a kill finds something that is not synced;
 * - while the file $DISK_ERROR exists, writing fails with the error number in it.
 * Files that come, go and get other names do so at once in both: that is what a journalling file system promises. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL( name ) ((__typeof__(&name))dlsym( RTLD_NEXT, #name ))

static int is_ours( const char *path )
{
    const char *dir = getenv( "DISK_DIR" ), *name = strrchr( path, '/' );
    size_t len;

    if (!dir || !name) return 0;
    len = strlen( dir );
    return name - path > (ssize_t)len && name[-len - 1] == '/' && !strncmp( name - len, dir, len );
}

static int is_open_on_ours( int fd )
{
    char link[64], path[PATH_MAX];
    ssize_t len;

    snprintf( link, sizeof(link), "/proc/self/fd/%d", fd );
    if ((len = readlink( link, path, sizeof(path) - 1 )) <= 0) return 0;
    path[len] = 0;
    return is_ours( path );
}

static int get_copy( const struct stat *st, char path[PATH_MAX] )
{
    const char *dir = getenv( "DISK_SYNCED" );

    return dir && snprintf( path, PATH_MAX, "%s/%llu", dir, (unsigned long long)st->st_ino ) < PATH_MAX;
}

/* reads through the caller's own descriptor: closing another one would take his locks away */
static int copy_file( int fd, const char *to )
{
    char buffer[65536];
    off_t pos = 0;
    ssize_t len = -1;
    int out = open( to, O_WRONLY | O_CREAT | O_TRUNC, 0600 );

    if (out == -1) return -1;
    while ((len = pread( fd, buffer, sizeof(buffer), pos )) > 0)
    {
        if (write( out, buffer, len ) != len) break;
        pos += len;
    }
    close( out );
    return len ? -1 : 0;
}

static void remember( int fd )
{
    char temp[PATH_MAX + 32], to[PATH_MAX];
    struct stat st;

    if (!is_open_on_ours( fd ) || fstat( fd, &st ) || !get_copy( &st, to )) return;
    snprintf( temp, sizeof(temp), "%s.%d", to, getpid() );
    if (!copy_file( fd, temp )) rename( temp, to );
}

/* the next file may get the same number */
static void forget( const char *path )
{
    char copy[PATH_MAX];
    struct stat st;

    if (is_ours( path ) && !stat( path, &st ) && get_copy( &st, copy )) REAL( unlink )( copy );
}

/* nothing is written, and errno is set */
static int fails( int fd )
{
    const char *control = getenv( "DISK_ERROR" );
    char text[16] = "";
    int file;

    if (!control || access( control, F_OK ) || !is_open_on_ours( fd )) return 0;
    if ((file = open( control, O_RDONLY )) == -1) return 0;
    if (read( file, text, sizeof(text) - 1 ) <= 0) text[0] = 0;
    close( file );
    errno = atoi( text );
    return errno != 0;
}

static void wait_for_disk( int fd )
{
    const char *slow = getenv( "DISK_SLOW" );

    if (slow && is_open_on_ours( fd )) usleep( atoi( slow ) * 1000 );
}

int fsync( int fd )
{
    int ret;

    wait_for_disk( fd );
    if (!(ret = REAL( fsync )( fd ))) remember( fd );
    return ret;
}

int fdatasync( int fd )
{
    int ret;

    wait_for_disk( fd );
    if (!(ret = REAL( fdatasync )( fd ))) remember( fd );
    return ret;
}

int unlink( const char *path )
{
    forget( path );
    return REAL( unlink )( path );
}

ssize_t write( int fd, const void *data, size_t size )
{
    return fails( fd ) ? -1 : REAL( write )( fd, data, size );
}

ssize_t pwrite( int fd, const void *data, size_t size, off_t pos )
{
    return fails( fd ) ? -1 : REAL( pwrite )( fd, data, size, pos );
}

ssize_t pwrite64( int fd, const void *data, size_t size, off64_t pos )
{
    return fails( fd ) ? -1 : REAL( pwrite64 )( fd, data, size, pos );
}

int ftruncate( int fd, off_t size )
{
    return fails( fd ) ? -1 : REAL( ftruncate )( fd, size );
}

int ftruncate64( int fd, off64_t size )
{
    return fails( fd ) ? -1 : REAL( ftruncate64 )( fd, size );
}
