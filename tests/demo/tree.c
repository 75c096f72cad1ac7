/*
 * The demonstration programs: a directory tree as a stream of bytes
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

/* On the tape, after the media header and its filemark:
 *
 *   one tape file, ended by a filemark, for the files that lie directly in the tree and one for each directory there;
 *   a second filemark after the last.
 *
 * A tape file is a sequence of entries, cut into blocks of 64 KiB, the last one padded with zeros.  An entry is a struct
 * entry, little-endian, the name (UTF-8, relative to the tree, separated by slashes) and the contents.  A directory stands
 * before what is in it.  The last entry of a tape file is of type ENTRY_END, with neither name nor contents. */

#include <stdlib.h>
#include "demo.h"

#define ENTRY_MAGIC 0x31455254  /* "TRE1" */
#define ENTRY_END 0
#define ENTRY_DIRECTORY 1
#define ENTRY_FILE 2
#define MAX_NAME 8192           /* bytes */
#define MAX_PATH_LENGTH 32767

struct entry
{
    UINT32 magic;
    UINT16 type;
    UINT16 name_length;
    UINT64 size;
};

C_ASSERT( sizeof(struct entry) == 16 );

struct walk
{
    struct tape       *tape;
    struct tree_count *count;
    DWORD              root;    /* length of the tree's own name in path */
    BYTE               data[BLOCK_SIZE];
    char               name[MAX_NAME + 1];
    WCHAR              path[MAX_PATH_LENGTH + 1];
};

static struct walk *begin_walk( struct tape *tape, const WCHAR *directory, struct tree_count *count )
{
    struct walk *walk = calloc( 1, sizeof(*walk) );

    if (!walk) fail( L"calloc", ERROR_NOT_ENOUGH_MEMORY );
    walk->tape = tape;
    walk->count = count;
    memset( count, 0, sizeof(*count) );
    lstrcpyW( walk->path, L"\\\\?\\" );
    if (!GetFullPathNameW( directory, MAX_PATH_LENGTH - 4, walk->path + 4, NULL )) fail( L"GetFullPathName", GetLastError() );
    walk->root = lstrlenW( walk->path );
    return walk;
}

/* appends a name to the path and returns the length that path had before */
static DWORD enter( struct walk *walk, const WCHAR *name )
{
    DWORD length = lstrlenW( walk->path );

    if (length + 1 + lstrlenW( name ) > MAX_PATH_LENGTH) fail( name, ERROR_FILENAME_EXCED_RANGE );
    walk->path[length] = '\\';
    lstrcpyW( walk->path + length + 1, name );
    return length;
}

/* ------------------------------------------------------------------ backup */

static void put_entry( struct walk *walk, UINT16 type, UINT64 size )
{
    struct entry entry = { ENTRY_MAGIC, type, 0, size };
    char *p;

    if (type != ENTRY_END)
    {
        if (!WideCharToMultiByte( CP_UTF8, 0, walk->path + walk->root + 1, -1, walk->name, sizeof(walk->name), NULL, NULL ))
            fail( walk->path, GetLastError() );
        for (p = walk->name; *p; p++) if (*p == '\\') *p = '/';
        entry.name_length = strlen( walk->name );
    }
    tape_put( walk->tape, &entry, sizeof(entry) );
    tape_put( walk->tape, walk->name, entry.name_length );
}

static void put_file( struct walk *walk )
{
    HANDLE file = CreateFileW( walk->path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL );
    LARGE_INTEGER size;
    UINT64 left;
    DWORD got;

    if (file == INVALID_HANDLE_VALUE || !GetFileSizeEx( file, &size )) fail( walk->path, GetLastError() );
    put_entry( walk, ENTRY_FILE, size.QuadPart );
    for (left = size.QuadPart; left; left -= got)
    {
        if (!ReadFile( file, walk->data, min( left, sizeof(walk->data) ), &got, NULL )) fail( walk->path, GetLastError() );
        if (!got) fail( walk->path, ERROR_HANDLE_EOF );
        tape_put( walk->tape, walk->data, got );
    }
    CloseHandle( file );
    walk->count->bytes += size.QuadPart;
    walk->count->files++;
}

/* calls function for what is in the directory of walk->path */
static void for_each( struct walk *walk, void (*function)( struct walk *, BOOL is_directory ) )
{
    DWORD length = enter( walk, L"*" );
    WIN32_FIND_DATAW data;
    HANDLE find;

    find = FindFirstFileW( walk->path, &data );
    walk->path[length] = 0;
    if (find == INVALID_HANDLE_VALUE) fail( walk->path, GetLastError() );
    do
    {
        if (!lstrcmpW( data.cFileName, L"." ) || !lstrcmpW( data.cFileName, L".." )) continue;
        enter( walk, data.cFileName );
        function( walk, data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY );
        walk->path[length] = 0;
    } while (FindNextFileW( find, &data ));
    if (GetLastError() != ERROR_NO_MORE_FILES) fail( walk->path, GetLastError() );
    FindClose( find );
}

static void put_any( struct walk *walk, BOOL is_directory )
{
    if (!is_directory)
    {
        put_file( walk );
        return;
    }
    put_entry( walk, ENTRY_DIRECTORY, 0 );
    walk->count->directories++;
    for_each( walk, put_any );
}

static void end_tape_file( struct walk *walk )
{
    put_entry( walk, ENTRY_END, 0 );
    tape_flush( walk->tape );
    tape_mark( walk->tape );
}

static void put_top_file( struct walk *walk, BOOL is_directory )
{
    if (!is_directory) put_file( walk );
}

static void put_top_directory( struct walk *walk, BOOL is_directory )
{
    if (!is_directory) return;
    say( L"  directory \"%ls\"\n", walk->path + walk->root + 1 );
    put_any( walk, TRUE );
    end_tape_file( walk );
}

void backup_tree( struct tape *tape, const WCHAR *directory, struct tree_count *count )
{
    struct walk *walk = begin_walk( tape, directory, count );

    for_each( walk, put_top_file );
    end_tape_file( walk );
    for_each( walk, put_top_directory );
    tape_mark( tape );
    free( walk );
}

/* ------------------------------------------------------------------ restore */

/* The tape may come from anywhere: a name must stay inside the tree. */
static BOOL name_is_safe( const char *name )
{
    const char *p, *end;

    for (p = name; ; p = end + 1)
    {
        if (!(end = strchr( p, '/' ))) end = p + strlen( p );
        if (end == p || (end - p == 1 && p[0] == '.') || (end - p == 2 && p[0] == '.' && p[1] == '.')) return FALSE;
        if (!*end) break;
    }
    return !strpbrk( name, "\\:*?\"<>|" );
}

static void get_name( struct walk *walk, DWORD length )
{
    WCHAR *name = walk->path + walk->root + 1;

    if (!length || length > MAX_NAME) fail( L"reading the name of a file", ERROR_INVALID_DATA );
    tape_get( walk->tape, walk->name, length );
    walk->name[length] = 0;
    if (!name_is_safe( walk->name )) fail( L"reading the name of a file", ERROR_INVALID_NAME );
    walk->path[walk->root] = '\\';
    if (!MultiByteToWideChar( CP_UTF8, MB_ERR_INVALID_CHARS, walk->name, -1, name, MAX_PATH_LENGTH - walk->root ))
        fail( L"reading the name of a file", GetLastError() );
    for (; *name; name++) if (*name == '/') *name = '\\';
}

static void get_file( struct walk *walk, UINT64 size )
{
    HANDLE file = CreateFileW( walk->path, GENERIC_WRITE, 0, NULL, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL );
    DWORD part, written;
    UINT64 left;

    if (file == INVALID_HANDLE_VALUE) fail( walk->path, GetLastError() );
    for (left = size; left; left -= part)
    {
        part = min( left, sizeof(walk->data) );
        tape_get( walk->tape, walk->data, part );
        if (!WriteFile( file, walk->data, part, &written, NULL ) || written != part) fail( walk->path, GetLastError() );
    }
    CloseHandle( file );
    walk->count->bytes += size;
    walk->count->files++;
}

static void get_directory( struct walk *walk )
{
    if (!CreateDirectoryW( walk->path, NULL )) fail( walk->path, GetLastError() );
    if (!wcschr( walk->path + walk->root + 1, '\\' )) say( L"  directory \"%ls\"\n", walk->path + walk->root + 1 );
    walk->count->directories++;
}

static void get_tape_file( struct walk *walk )
{
    struct entry entry;

    for (;;)
    {
        tape_get( walk->tape, &entry, sizeof(entry) );
        if (entry.magic != ENTRY_MAGIC) fail( L"reading an entry", ERROR_INVALID_DATA );
        if (entry.type == ENTRY_END) return;
        get_name( walk, entry.name_length );
        if (entry.type == ENTRY_FILE) get_file( walk, entry.size );
        else if (entry.type == ENTRY_DIRECTORY) get_directory( walk );
        else fail( L"reading an entry", ERROR_INVALID_DATA );
    }
}

void restore_tree( struct tape *tape, const WCHAR *directory, struct tree_count *count )
{
    struct walk *walk = begin_walk( tape, directory, count );

    if (!CreateDirectoryW( walk->path, NULL ) && GetLastError() != ERROR_ALREADY_EXISTS) fail( walk->path, GetLastError() );
    while (!tape_read_block( tape ))
    {
        get_tape_file( walk );
        if (!tape_read_block( tape )) fail( L"looking for the filemark after the data", ERROR_INVALID_DATA );
    }
    free( walk );
}
