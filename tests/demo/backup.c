/*
 * A backup program that uses Removable Storage: backup.exe backup DIRECTORY [HEADERFILE] | restore DIRECTORY
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

#include <stdlib.h>
#include "demo.h"

#define MOUNT_TIMEOUT 180000   /* ms */
#define LABEL_TIMEOUT 180000   /* to write a free label on a medium */

struct job
{
    GUID  library;
    GUID  media_type;
    WCHAR type_name[NTMS_OBJECTNAME_LENGTH];
    GUID  pool;                /* Backup\<media type> */
    GUID  medium;              /* physical */
    GUID  side;
    GUID  logical;
    GUID  drive;
    WCHAR bar_code[NTMS_BARCODE_LENGTH];
    WCHAR device[NTMS_DEVICENAME_LENGTH];
};

/* ------------------------------------------------------------------ the library */

static void describe_library( struct job *job )
{
    NTMS_OBJECTINFORMATIONW info;
    NTMS_LIBRARYINFORMATION *library = &info.Info.Library;
    DWORD i, count;
    GUID *drives;

    find_library( &job->library, &info );
    say( L"Library \"%ls\": %lu drives, %lu slots, %lu ports, %lu media\n", info.szName, library->dwNumberOfDrives,
         library->dwNumberOfSlots, library->dwNumberOfPorts, library->dwNumberOfMedia );
    drives = list_objects( &job->library, NTMS_DRIVE, &count );
    for (i = 0; i < count; i++)
    {
        get_object( &drives[i], NTMS_DRIVE, &info );
        say( L"  drive %lu is %ls, serial number %ls\n", info.Info.Drive.Number, info.Info.Drive.szDeviceName,
             info.Info.Drive.szSerialNumber );
    }
    free( drives );
    find_media_type( &job->library, &job->media_type, job->type_name );
    say( L"Media type: %ls\n", job->type_name );
}

static void open_pool( struct job *job )
{
    WCHAR path[NTMS_POOLHIERARCHY_LENGTH];
    GUID parent;

    check( CreateNtmsMediaPoolW( session, L"Backup", NULL, NTMS_OPEN_ALWAYS, NULL, &parent ), L"CreateNtmsMediaPool" );
    wsprintfW( path, L"Backup\\%ls", job->type_name );
    check( CreateNtmsMediaPoolW( session, path, &job->media_type, NTMS_OPEN_ALWAYS, NULL, &job->pool ), L"CreateNtmsMediaPool" );
    say( L"Media pool: %ls\n", path );
}

/* ------------------------------------------------------------------ media */

static DWORD side_state( const GUID *side )
{
    NTMS_OBJECTINFORMATIONW info;

    get_object( side, NTMS_PARTITION, &info );
    return info.Info.Partition.State;
}

static void use_medium( struct job *job, const GUID *medium )
{
    NTMS_OBJECTINFORMATIONW info;
    WCHAR where[64];
    DWORD count;
    GUID *sides;

    get_object( medium, NTMS_PHYSICAL_MEDIA, &info );
    job->medium = *medium;
    lstrcpynW( job->bar_code, info.Info.PhysicalMedia.szBarCode, ARRAYSIZE(job->bar_code) );
    sides = list_objects( medium, NTMS_PARTITION, &count );
    if (!count) fail( L"looking for the sides of a medium", ERROR_NOT_FOUND );
    job->side = sides[0];
    free( sides );
    location_name( &info, where );
    say( L"  medium %ls in %ls\n", job->bar_code, where );
}

static BOOL is_in_library( const struct job *job, const GUID *medium )
{
    NTMS_OBJECTINFORMATIONW info;

    get_object( medium, NTMS_PHYSICAL_MEDIA, &info );
    return IsEqualGUID( &info.Info.PhysicalMedia.CurrentLibrary, &job->library ) && info.Info.PhysicalMedia.LocationType == NTMS_STORAGESLOT;
}

static BOOL has_state( const GUID *medium, DWORD state )
{
    DWORD count;
    GUID *sides = list_objects( medium, NTMS_PARTITION, &count );
    BOOL ret = count && side_state( &sides[0] ) == state;

    free( sides );
    return ret;
}

/* the first medium of a pool, after the first *skip ones, that is in the library and whose side has the state */
static BOOL find_medium( const struct job *job, const GUID *pool, DWORD state, DWORD *skip, GUID *ret )
{
    DWORD i, count;
    GUID *media = list_objects( pool, NTMS_PHYSICAL_MEDIA, &count );
    BOOL found = FALSE;

    for (i = *skip; i < count && !found; i++)
    {
        if (!is_in_library( job, &media[i] ) || !has_state( &media[i], state )) continue;
        *ret = media[i];
        *skip = i;
        found = TRUE;
    }
    free( media );
    return found;
}

static BOOL find_available( const struct job *job, const GUID *pool, GUID *ret )
{
    DWORD skip = 0;

    return find_medium( job, pool, NTMS_PARTSTATE_AVAILABLE, &skip, ret );
}

static const WCHAR *state_name( DWORD state )
{
    switch (state)
    {
    case NTMS_PARTSTATE_UNPREPARED: return L"unprepared";
    case NTMS_PARTSTATE_AVAILABLE:  return L"available";
    case NTMS_PARTSTATE_FOREIGN:    return L"unrecognized";
    case NTMS_PARTSTATE_IMPORT:     return L"import";
    case NTMS_PARTSTATE_ALLOCATED:  return L"allocated";
    default:                        return L"another state";
    }
}

/* Removable Storage loads the medium and writes a label on it, unless it finds that somebody has written to it. */
static BOOL wait_available( const GUID *side )
{
    ULONGLONG start = GetTickCount64();
    DWORD state, last = ~0u;

    while ((state = side_state( side )) != NTMS_PARTSTATE_AVAILABLE)
    {
        if (state != last) say( L"    its side is %ls\n", state_name( state ));
        if (last == NTMS_PARTSTATE_UNPREPARED && state != last) return FALSE;
        last = state;
        if (GetTickCount64() - start > LABEL_TIMEOUT) fail( L"waiting for the free label", ERROR_TIMEOUT );
        Sleep( 500 );
    }
    say( L"    its side is available, after %lu.%lu s\n", (DWORD)(GetTickCount64() - start) / 1000,
         (DWORD)(GetTickCount64() - start) / 100 % 10 );
    return TRUE;
}

static void make_free( struct job *job, const GUID *free_pool )
{
    GUID unrecognized, medium;
    DWORD skip = 0;

    if (!find_system_pool( L"Unrecognized", job->type_name, &unrecognized )) fail( L"looking for the unrecognized media", ERROR_NOT_FOUND );
    while (find_medium( job, &unrecognized, NTMS_PARTSTATE_FOREIGN, &skip, &medium ))
    {
        use_medium( job, &medium );
        check( MoveToNtmsMediaPool( session, &medium, (GUID *)free_pool ), L"MoveToNtmsMediaPool" );
        if (wait_available( &job->side )) return;
        say( L"    somebody has written to it, leaving it alone\n" );
        skip++;
    }
    fail( L"looking for a new medium", ERROR_MEDIA_UNAVAILABLE );
}

/* makes sure that the pool has a medium that can be allocated */
static void fill_pool( struct job *job )
{
    GUID free_pool, medium;

    if (find_available( job, &job->pool, &medium ))
    {
        say( L"The pool has an available medium\n" );
        use_medium( job, &medium );
        return;
    }
    if (!find_system_pool( L"Free", job->type_name, &free_pool )) fail( L"looking for the free pool", ERROR_NOT_FOUND );
    if (find_available( job, &free_pool, &medium ))
    {
        say( L"The pool is empty, taking a free medium\n" );
        use_medium( job, &medium );
    }
    else
    {
        say( L"The pool is empty and so is Free\\%ls, making a new medium free\n", job->type_name );
        make_free( job, &free_pool );
    }
    check( MoveToNtmsMediaPool( session, &job->medium, &job->pool ), L"MoveToNtmsMediaPool" );
    say( L"  moved it to Backup\\%ls\n", job->type_name );
}

static void allocate( struct job *job )
{
    WCHAR id[39];

    check( AllocateNtmsMedia( session, &job->pool, &job->side, &job->logical, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0, NULL ),
           L"AllocateNtmsMedia" );
    StringFromGUID2( &job->logical, id, ARRAYSIZE(id) );
    say( L"Allocated it, LMID %ls\n", id );
}

static void mount( struct job *job, DWORD options )
{
    NTMS_OBJECTINFORMATIONW info;
    ULONGLONG start = GetTickCount64();

    say( L"Mounting %ls ...\n", job->bar_code );
    check( MountNtmsMedia( session, &job->logical, &job->drive, 1, options, NTMS_PRIORITY_NORMAL, MOUNT_TIMEOUT, NULL ),
           L"MountNtmsMedia" );
    get_object( &job->drive, NTMS_DRIVE, &info );
    lstrcpynW( job->device, info.Info.Drive.szDeviceName, ARRAYSIZE(job->device) );
    say( L"  it is in drive %lu, %ls, after %lu ms\n", info.Info.Drive.Number, job->device, (DWORD)(GetTickCount64() - start) );
}

static void dismount( struct job *job )
{
    check( DismountNtmsMedia( session, &job->logical, 1, NTMS_DISMOUNT_IMMEDIATE ), L"DismountNtmsMedia" );
    say( L"Dismounted %ls\n", job->bar_code );
}

static void print_rate( const WCHAR *verb, const struct tree_count *count, const struct tape *tape, ULONGLONG start )
{
    DWORD time = max( GetTickCount64() - start, 1 ), rate = tape->bytes / time / 100;

    say( L"%ls %lu files and %lu directories, %lu MB, in %lu.%lu s: %lu.%lu MB/s\n", verb, count->files, count->directories,
         (DWORD)(count->bytes >> 20), time / 1000, time / 100 % 10, rate / 10, rate % 10 );
}

/* ------------------------------------------------------------------ backup */

static void save_header( const BYTE *block, const WCHAR *name )
{
    HANDLE file = CreateFileW( name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL );
    DWORD written;

    if (file == INVALID_HANDLE_VALUE || !WriteFile( file, block, BLOCK_SIZE, &written, NULL )) fail( name, GetLastError() );
    CloseHandle( file );
}

static void write_header( struct tape *tape, const struct job *job, BYTE *header )
{
    WCHAR name[NTMS_OBJECTNAME_LENGTH];
    SYSTEMTIME now;

    GetLocalTime( &now );
    wsprintfW( name, L"Demo Backup %04u-%02u-%02u %02u:%02u:%02u", now.wYear, now.wMonth, now.wDay, now.wHour, now.wMinute, now.wSecond );
    make_label( header, name, job->bar_code );
    tape_put( tape, header, BLOCK_SIZE );
    tape_mark( tape );
    say( L"Wrote the media header \"%ls\" and a filemark\n", name );
}

static void backup( const WCHAR *directory, const WCHAR *header_file )
{
    static BYTE header[BLOCK_SIZE];
    struct job job = { .bar_code = L"" };
    struct tree_count count;
    struct tape tape;
    ULONGLONG start;

    open_session( APPLICATION );
    say( L"Opened a session as \"%ls\"\n", APPLICATION );
    describe_library( &job );
    open_pool( &job );
    fill_pool( &job );
    allocate( &job );
    mount( &job, NTMS_MOUNT_READ | NTMS_MOUNT_WRITE );

    tape_open( &tape, job.device );
    write_header( &tape, &job, header );
    start = GetTickCount64();
    backup_tree( &tape, directory, &count );
    print_rate( L"Wrote", &count, &tape, start );
    tape_close( &tape );

    check( UpdateNtmsOmidInfo( session, &job.logical, NTMS_OMID_TYPE_RAW_LABEL, BLOCK_SIZE, header ), L"UpdateNtmsOmidInfo" );
    say( L"Told Removable Storage the label\n" );
    if (header_file) save_header( header, header_file );
    dismount( &job );
    close_session();
    say( L"Backup done on medium %ls\n", job.bar_code );
}

/* ------------------------------------------------------------------ restore */

/* the medium with our newest label: its date is a part of its name */
static void find_backup( struct job *job, WCHAR label[NTMS_OMIDLABELINFO_LENGTH] )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD i, count;
    GUID *sides, parent;

    if (!find_pool( NULL, L"Backup", &parent ) || !find_pool( &parent, job->type_name, &job->pool ))
        fail( L"looking for our media pool", ERROR_NOT_FOUND );
    label[0] = 0;
    sides = list_objects( &job->pool, NTMS_PARTITION, &count );
    for (i = 0; i < count; i++)
    {
        get_object( &sides[i], NTMS_PARTITION, &info );
        if (info.Info.Partition.State != NTMS_PARTSTATE_ALLOCATED) continue;
        if (lstrcmpW( info.Info.Partition.szOmidLabelType, APPLICATION )) continue;
        if (lstrcmpW( info.Info.Partition.szOmidLabelInfo, label ) <= 0) continue;
        lstrcpynW( label, info.Info.Partition.szOmidLabelInfo, NTMS_OMIDLABELINFO_LENGTH );
        job->medium = info.Info.Partition.PhysicalMedia;
        job->logical = info.Info.Partition.LogicalMedia;
    }
    free( sides );
    if (!label[0]) fail( L"looking for a medium with our label", ERROR_NOT_FOUND );
    say( L"Found the label \"%ls\" in Backup\\%ls\n", label, job->type_name );
    use_medium( job, &job->medium );
}

static void check_header( struct tape *tape, const WCHAR *label )
{
    WCHAR name[NTMS_OMIDLABELINFO_LENGTH];

    if (tape_read_block( tape ) || !read_label( tape->buffer, tape->used, name, ARRAYSIZE(name) ))
        fail( L"reading the media header", ERROR_INVALID_DATA );
    if (lstrcmpW( name, label )) fail( name, ERROR_WRONG_DISK );
    if (tape_read_block( tape ) != ERROR_FILEMARK_DETECTED) fail( L"looking for the filemark after the media header", ERROR_INVALID_DATA );
    say( L"The tape has this label\n" );
}

static void restore( const WCHAR *directory )
{
    WCHAR label[NTMS_OMIDLABELINFO_LENGTH];
    struct job job = { .bar_code = L"" };
    struct tree_count count;
    struct tape tape;
    ULONGLONG start;

    open_session( APPLICATION );
    say( L"Opened a session as \"%ls\"\n", APPLICATION );
    describe_library( &job );
    find_backup( &job, label );
    mount( &job, NTMS_MOUNT_READ );

    tape_open( &tape, job.device );
    check_header( &tape, label );
    start = GetTickCount64();
    restore_tree( &tape, directory, &count );
    print_rate( L"Restored", &count, &tape, start );
    tape_close( &tape );

    dismount( &job );
    check( DeallocateNtmsMedia( session, &job.logical, 0 ), L"DeallocateNtmsMedia" );
    say( L"Deallocated it\n" );
    close_session();
}

int wmain( int argc, WCHAR **argv )
{
    if (argc >= 3 && argc <= 4 && !lstrcmpW( argv[1], L"backup" )) backup( argv[2], argv[3] );
    else if (argc == 3 && !lstrcmpW( argv[1], L"restore" )) restore( argv[2] );
    else
    {
        say( L"usage: backup.exe backup DIRECTORY [HEADERFILE]\n       backup.exe restore DIRECTORY\n" );
        return 2;
    }
    return 0;
}
