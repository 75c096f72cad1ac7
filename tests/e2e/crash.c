/*
 * Programs that change objects while the service is killed, and that miss nothing of what they were told
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

/* crash setup COUNT            media of the library are made available, one for each client
 * crash client NUMBER START STOP
 *                              changes objects of its own from when the file START exists until STOP does; says how many
 *                              changes were acknowledged, how many were not and had happened or had not, and how many
 *                              acknowledged ones were lost; connects to no service while START.hold exists
 * crash stopper                stops the service at the steps of its database that standard input names, a line
 *                              "KINDS NUMBER CODE" for each as in tests/service/faults.h; answers "stopped" or "missed" */

#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <ntmsapi.h>
#include <stdio.h>
#include <stdlib.h>

#include "../service/faults.h"

static HANDLE session = INVALID_HANDLE_VALUE;
static int client;
static char hold[MAX_PATH];

/* everything that a client changes; the GUIDs that it needs for that are beside it */
struct state
{
    int pool;        /* which of its two pools the medium is in */
    int owned;       /* NTMS_PARTSTATE_AVAILABLE, ALLOCATED or COMPLETE */
    int name;        /* of the medium: "name N" */
    int attribute;   /* of the medium; 0: none */
    int extra;       /* a third pool exists */
    int offline;     /* an off-line medium exists */
};
static struct state known;
static GUID medium, side, logical, pools[2], extra_pool, offline_medium, media_type;
static int acknowledged, happened, not_happened, lost, wrong;

static void sleep_a_moment(void) { Sleep( 20 ); }

static BOOL is_gone( DWORD error )
{
    return error == ERROR_NOT_CONNECTED || error == ERROR_NOT_READY || error == ERROR_CONNECTION_UNAVAIL;
}

static BOOL file_exists( const char *name )
{
    return GetFileAttributesA( name ) != INVALID_FILE_ATTRIBUTES;
}

/* waits for the service as long as it takes to start it again, and until that may be */
static void connect_again(void)
{
    int i;

    if (session != INVALID_HANDLE_VALUE) CloseNtmsSession( session );
    while (file_exists( hold )) sleep_a_moment();
    for (i = 0; i < 3000; i++)
    {
        session = OpenNtmsSessionW( NULL, L"crash", 0 );
        if (session != INVALID_HANDLE_VALUE) return;
        sleep_a_moment();
    }
    printf( "client %d: the service does not come back, error %lu\n", client, GetLastError() );
    exit( 1 );
}

static DWORD get_info( GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *info )
{
    memset( info, 0, sizeof(*info) );
    info->dwSize = sizeof(*info);
    info->dwType = type;
    return GetNtmsObjectInformationW( session, id, info );
}

static DWORD open_pool( const WCHAR *name, DWORD action, GUID *id )
{
    return CreateNtmsMediaPoolW( session, name, &media_type, action, NULL, id );
}

static void pool_name( int which, WCHAR name[64] )
{
    _snwprintf( name, 64, L"Crash %d %c", client, L'A' + which );
}

/* ------------------------------------------------------------------ what is */

static DWORD read_attribute( int *value )
{
    DWORD size = sizeof(*value), error;

    *value = 0;
    error = GetNtmsObjectAttributeW( session, &medium, NTMS_PHYSICAL_MEDIA, L"count", value, &size );
    return error == ERROR_OBJECT_NOT_FOUND ? ERROR_SUCCESS : error;
}

static DWORD exists( DWORD error, int *value )
{
    *value = !error;
    return error == ERROR_OBJECT_NOT_FOUND ? ERROR_SUCCESS : error;
}

static DWORD read_state( struct state *state )
{
    NTMS_OBJECTINFORMATIONW info;
    WCHAR name[64];
    DWORD error;

    memset( state, 0, sizeof(*state) );
    if ((error = get_info( &side, NTMS_PARTITION, &info ))) return error;
    state->owned = info.Info.Partition.State;
    logical = info.Info.Partition.LogicalMedia;
    if ((error = get_info( &medium, NTMS_PHYSICAL_MEDIA, &info ))) return error;
    swscanf( info.szName, L"name %d", &state->name );
    state->pool = IsEqualGUID( &info.Info.PhysicalMedia.MediaPool, &pools[1] );
    if ((error = read_attribute( &state->attribute ))) return error;
    pool_name( 2, name );
    if ((error = exists( open_pool( name, NTMS_OPEN_EXISTING, &extra_pool ), &state->extra ))) return error;
    return exists( get_info( &offline_medium, NTMS_PHYSICAL_MEDIA, &info ), &state->offline );
}

/* reads it as often as the service dies meanwhile */
static void look( struct state *state )
{
    DWORD error;

    while ((error = read_state( state )))
    {
        if (!is_gone( error ))
        {
            printf( "client %d: cannot read, error %lu\n", client, error );
            wrong++;
            exit( 1 );
        }
        connect_again();
    }
}

static void print_state( const char *what, const struct state *state )
{
    printf( "  %s: pool %d, side %d, name %d, attribute %d, pool %d, off-line %d\n", what, state->pool, state->owned,
            state->name, state->attribute, state->extra, state->offline );
}

/* what was acknowledged is there; what was not has happened as a whole or not at all */
static void check( const struct state *possible )
{
    struct state found;

    look( &found );
    if (possible && !memcmp( &found, possible, sizeof(found) )) happened++;
    else if (!memcmp( &found, &known, sizeof(found) )) not_happened += possible != NULL;
    else
    {
        printf( "client %d: LOST\n", client );
        print_state( "acknowledged", &known );
        if (possible) print_state( "on the way", possible );
        print_state( "found", &found );
        lost++;
    }
    known = found;
}

/* ------------------------------------------------------------------ changes */

static DWORD move( struct state *next )
{
    next->pool = !known.pool;
    return MoveToNtmsMediaPool( session, &medium, &pools[next->pool] );
}

static DWORD allocate( struct state *next )
{
    NTMS_ALLOCATION_INFORMATION info = { sizeof(info) };

    next->owned = NTMS_PARTSTATE_ALLOCATED;
    return AllocateNtmsMedia( session, &pools[known.pool], &side, &logical, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, INFINITE, &info );
}

static DWORD complete( struct state *next )
{
    next->owned = NTMS_PARTSTATE_COMPLETE;
    return SetNtmsMediaComplete( session, &logical );
}

static DWORD deallocate( struct state *next )
{
    next->owned = NTMS_PARTSTATE_AVAILABLE;
    return DeallocateNtmsMedia( session, &logical, 0 );
}

static DWORD set_attribute( struct state *next )
{
    next->attribute++;
    return SetNtmsObjectAttributeW( session, &medium, NTMS_PHYSICAL_MEDIA, L"count", &next->attribute, sizeof(next->attribute) );
}

static DWORD rename_medium( struct state *next )
{
    NTMS_OBJECTINFORMATIONW info;
    DWORD error;

    next->name++;
    if ((error = get_info( &medium, NTMS_PHYSICAL_MEDIA, &info ))) return error;
    _snwprintf( info.szName, 64, L"name %d", next->name );
    return SetNtmsObjectInformationW( session, &medium, &info );
}

static DWORD toggle_pool( struct state *next )
{
    WCHAR name[64];

    next->extra = !known.extra;
    if (known.extra) return DeleteNtmsMediaPool( session, &extra_pool );
    pool_name( 2, name );
    return open_pool( name, NTMS_CREATE_NEW, &extra_pool );
}

static DWORD create_offline(void)
{
    NTMS_OBJECTINFORMATIONW info = { sizeof(info), NTMS_PHYSICAL_MEDIA }, sides = { sizeof(sides), NTMS_PARTITION };
    static int number;

    info.Enabled = sides.Enabled = TRUE;
    info.ObjectGuid = offline_medium;
    info.Info.PhysicalMedia.MediaPool = pools[0];
    info.Info.PhysicalMedia.dwNumberOfPartitions = 1;
    sides.Info.Partition.State = NTMS_PARTSTATE_AVAILABLE;
    sides.Info.Partition.dwOmidLabelIdLength = 16;
    memcpy( sides.Info.Partition.OmidLabelId, &offline_medium, 16 );
    memcpy( sides.Info.Partition.OmidLabelId, &number, sizeof(number) );
    number++;
    lstrcpyW( sides.Info.Partition.szOmidLabelType, L"crash" );
    return CreateNtmsMediaW( session, &info, &sides, 0 );
}

static DWORD toggle_offline( struct state *next )
{
    next->offline = !known.offline;
    return known.offline ? DeleteNtmsMedia( session, &offline_medium ) : create_offline();
}

typedef DWORD (*change_func)( struct state *next );

static change_func choose_change(void)
{
    static const change_func others[] = { set_attribute, rename_medium, toggle_pool, toggle_offline };

    if (rand() % 2) return others[rand() % ARRAYSIZE(others)];
    if (known.owned == NTMS_PARTSTATE_AVAILABLE) return rand() % 2 ? move : allocate;
    if (known.owned == NTMS_PARTSTATE_ALLOCATED && rand() % 2) return complete;
    return deallocate;
}

static void change_something(void)
{
    struct state next = known;
    DWORD error = choose_change()( &next );

    if (!error)
    {
        acknowledged++;
        known = next;
    }
    else
    {
        if (!is_gone( error ))
        {
            printf( "client %d: error %lu\n", client, error );
            print_state( "from", &known );
            print_state( "to", &next );
            wrong++;
        }
        else connect_again();
        check( &next );
    }
}

static DWORD find_own( DWORD n )
{
    GUID list[256];
    DWORD count = ARRAYSIZE(list), error, i;
    NTMS_OBJECTINFORMATIONW info;

    if ((error = EnumerateNtmsObject( session, NULL, list, &count, NTMS_PARTITION, 0 ))) return error;
    for (i = 0; i < count; i++)
    {
        if ((error = get_info( &list[i], NTMS_PARTITION, &info ))) return error;
        if (info.Info.Partition.State != NTMS_PARTSTATE_AVAILABLE || n--) continue;
        side = list[i];
        medium = info.Info.Partition.PhysicalMedia;
        if ((error = get_info( &medium, NTMS_PHYSICAL_MEDIA, &info ))) return error;
        media_type = info.Info.PhysicalMedia.MediaType;
        return ERROR_SUCCESS;
    }
    return ERROR_NO_MORE_ITEMS;
}

/* waits for the start signal: a client that took its medium would change the choice of the others */
static int prepare_client( const char *start )
{
    WCHAR name[64];
    DWORD error;
    int i;

    connect_again();
    if ((error = find_own( client ))) return error;
    printf( "ready\n" );
    fflush( stdout );
    while (!file_exists( start )) sleep_a_moment();
    for (i = 0; i < 2; i++)
    {
        pool_name( i, name );
        if ((error = open_pool( name, NTMS_OPEN_ALWAYS, &pools[i] ))) return error;
    }
    offline_medium.Data1 = 0x1000 + client;
    offline_medium.Data4[7] = 1;
    if ((error = MoveToNtmsMediaPool( session, &medium, &pools[0] ))) return error;
    return read_state( &known );
}

static int run_client( const char *start, const char *stop )
{
    DWORD error;

    srand( client * 7919 + GetTickCount() );
    if ((error = prepare_client( start )))
    {
        printf( "client %d: cannot begin, error %lu\n", client, error );
        return 1;
    }
    while (!file_exists( stop )) change_something();
    check( NULL );
    printf( "client %d: %d acknowledged, %d not but done, %d not done, %d LOST, %d wrong\n", client, acknowledged, happened,
            not_happened, lost, wrong );
    return lost || wrong || !acknowledged;
}

/* ------------------------------------------------------------------ before and beside */

static DWORD count_available( DWORD *available )
{
    GUID list[256];
    DWORD count = ARRAYSIZE(list), error, i;
    NTMS_OBJECTINFORMATIONW info;

    *available = 0;
    if ((error = EnumerateNtmsObject( session, NULL, list, &count, NTMS_PARTITION, 0 ))) return error;
    for (i = 0; i < count && !error; i++)
        if (!(error = get_info( &list[i], NTMS_PARTITION, &info )))
            *available += info.Info.Partition.State == NTMS_PARTSTATE_AVAILABLE;
    return error;
}

/* the first media into the pool Free of their type, where they get a label */
static DWORD free_media( DWORD count )
{
    GUID list[256], pool;
    DWORD total = ARRAYSIZE(list), error, i;
    NTMS_OBJECTINFORMATIONW info;
    WCHAR name[128];

    if ((error = EnumerateNtmsObject( session, NULL, list, &total, NTMS_PHYSICAL_MEDIA, 0 ))) return error;
    for (i = 0; i < min( count, total ) && !error; i++)
    {
        if ((error = get_info( &list[i], NTMS_PHYSICAL_MEDIA, &info ))) return error;
        media_type = info.Info.PhysicalMedia.MediaType;
        if ((error = get_info( &media_type, NTMS_MEDIA_TYPE, &info ))) return error;
        _snwprintf( name, ARRAYSIZE(name), L"Free\\%ls", info.szName );
        if (!(error = open_pool( name, NTMS_OPEN_EXISTING, &pool ))) error = MoveToNtmsMediaPool( session, &list[i], &pool );
    }
    return error;
}

static int run_setup( DWORD count )
{
    DWORD error, available = 0;
    int i;

    connect_again();
    if (!(error = free_media( count )))
        for (i = 0; i < 600 && !error && available < count; i++)
        {
            Sleep( 100 );
            error = count_available( &available );
        }
    printf( "%lu media, error %lu\n", available, error );
    return error || available < count;
}

static int run_stopper(void)
{
    HANDLE mapping = CreateFileMappingW( INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof(struct faults), FAULTS_NAME );
    struct faults *faults = MapViewOfFile( mapping, FILE_MAP_WRITE, 0, 0, sizeof(*faults) );
    long kinds, number, code;
    int i;

    if (!faults) return 1;
    while (scanf( "%ld %ld %ld", &kinds, &number, &code ) == 3)
    {
        faults->hits   = 0;
        faults->number = number;
        faults->code   = code;
        faults->kinds  = kinds;
        for (i = 0; i < 1000 && !faults->hits; i++) Sleep( 10 );
        faults->kinds  = 0;
        printf( faults->hits ? "stopped\n" : "missed\n" );
    }
    return 0;
}

int main( int argc, char **argv )
{
    setvbuf( stdout, NULL, _IONBF, 0 );
    if (argc == 3 && !strcmp( argv[1], "setup" )) return run_setup( atoi( argv[2] ));
    if (argc == 2 && !strcmp( argv[1], "stopper" )) return run_stopper();
    if (argc == 5 && !strcmp( argv[1], "client" ))
    {
        client = atoi( argv[2] );
        snprintf( hold, sizeof(hold), "%s.hold", argv[3] );
        return run_client( argv[3], argv[4] );
    }
    printf( "usage: crash setup COUNT | client NUMBER START STOP | stopper\n" );
    return 2;
}
