/*
 * The demonstration programs: what their files share
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

/* These are ordinary Windows programs: they are built with the ntmsapi.h and libntmsapi of mingw-w64 and know nothing of Wine. */

#ifndef DEMO_H
#define DEMO_H

#include <windows.h>
#include <ntmsapi.h>

#define APPLICATION L"Demo Backup"
#define BLOCK_SIZE 65536

/* ------------------------------------------------------------------ say.c */

/* to standard output, in UTF-8 */
void say( const WCHAR *format, ... );
/* says what failed with which error, and ends the program with status 1 */
void __attribute__((noreturn)) fail( const WCHAR *what, DWORD error );
void check( DWORD error, const WCHAR *what );

/* ------------------------------------------------------------------ rsm.c */

extern HANDLE session;

void open_session( const WCHAR *application );
void close_session(void);
/* the array is malloc()ed; container may be NULL */
GUID *list_objects( const GUID *container, DWORD type, DWORD *count );
void get_object( const GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *info );
/* the child of a pool (NULL: a top-level pool) by name */
BOOL find_pool( const GUID *parent, const WCHAR *name, GUID *id );
BOOL find_system_pool( const WCHAR *name, const WCHAR *media_type, GUID *id );
/* the first online library with a changer, when its inventory is done */
void find_library( GUID *id, NTMS_OBJECTINFORMATIONW *info );
void find_media_type( const GUID *library, GUID *id, WCHAR name[NTMS_OBJECTNAME_LENGTH] );
/* a drive's, slot's or port's number, as the library's panel shows it */
void location_name( const NTMS_OBJECTINFORMATIONW *medium, WCHAR name[64] );

/* ------------------------------------------------------------------ label.c */

/* makes an MTF 1.00a media header of one block; the label names the medium with a new GUID */
void make_label( BYTE block[BLOCK_SIZE], const WCHAR *media_name, const WCHAR *bar_code );
/* the media name of a header; FALSE if it is none */
BOOL read_label( const BYTE *block, DWORD size, WCHAR *media_name, DWORD name_size );

/* ------------------------------------------------------------------ tape.c */

struct tape
{
    HANDLE   handle;
    BYTE    *buffer;        /* one block */
    DWORD    used;          /* bytes of it that are filled (writing) or valid (reading) */
    DWORD    position;      /* reading: next byte */
    UINT64   bytes;         /* moved so far */
    UINT64   reported;
};

void tape_open( struct tape *tape, const WCHAR *device );
void tape_close( struct tape *tape );
void tape_put( struct tape *tape, const void *data, DWORD size );
void tape_flush( struct tape *tape );             /* pads and writes the last block */
void tape_mark( struct tape *tape );
DWORD tape_read_block( struct tape *tape );       /* ERROR_SUCCESS or ERROR_FILEMARK_DETECTED */
void tape_get( struct tape *tape, void *data, DWORD size );

/* ------------------------------------------------------------------ tree.c */

struct tree_count
{
    UINT64 bytes;
    DWORD  files;
    DWORD  directories;
};

void backup_tree( struct tape *tape, const WCHAR *directory, struct tree_count *count );
void restore_tree( struct tape *tape, const WCHAR *directory, struct tree_count *count );

#endif /* DEMO_H */
