/*
 * Where the user interface of an application, a library or the computer is directed
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

#include "access.h"
#include "service.h"
#include "wine/debug.h"
#include "wine/list.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* A list of computers is no longer than this, so that a program can neither fill the memory of the service nor get an answer
 * that is too long for the transport. */
#define MAX_DESTINATIONS 256

/* One destination of an application.  They go with its session and are not in the database. */
struct destination
{
    struct list entry;
    DWORD       session;
    DWORD       kind;
    WCHAR       computer[NTMS_COMPUTERNAME_LENGTH];
};

static CRITICAL_SECTION options_lock;  /* guards the list; nothing is called while it is held */
static CRITICAL_SECTION_DEBUG options_lock_debug =
{
    0, 0, &options_lock, { &options_lock_debug.ProcessLocksList, &options_lock_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": options_lock") }
};
static CRITICAL_SECTION options_lock = { &options_lock_debug, -1, 0, 0, 0, 0 };

static struct list destinations = LIST_INIT( destinations );

/* the multi-string that is being made; length counts also what there is no room for */
struct multi_string
{
    WCHAR *buffer;
    DWORD  size;
    DWORD  length;
};

static void append( struct multi_string *string, const WCHAR *computer )
{
    DWORD len = wcslen( computer ) + 1;

    if (string->length + len <= string->size) memcpy( string->buffer + string->length, computer, len * sizeof(WCHAR) );
    string->length += len;
}

/* the second null at the end; an empty list has length 0, and is terminated as far as there is room */
static DWORD finish( struct multi_string *string, DWORD *size )
{
    DWORD i;

    if (string->length) append( string, L"" );
    else for (i = 0; i < 2 && i < string->size; i++) string->buffer[i] = 0;
    *size = string->length;
    return string->length > string->size ? ERROR_INSUFFICIENT_BUFFER : ERROR_SUCCESS;
}

/* ------------------------------------------------------------------ of a session */

/* with the lock held */
static struct destination *find_destination( DWORD session, DWORD kind, const WCHAR *computer )
{
    struct destination *dest;

    LIST_FOR_EACH_ENTRY( dest, &destinations, struct destination, entry )
        if (dest->session == session && dest->kind == kind && !wcsicmp( dest->computer, computer )) return dest;
    return NULL;
}

static void delete_destinations( DWORD session, DWORD first_kind, DWORD last_kind )
{
    struct destination *dest, *next;

    EnterCriticalSection( &options_lock );
    LIST_FOR_EACH_ENTRY_SAFE( dest, next, &destinations, struct destination, entry )
    {
        if (dest->session != session || dest->kind < first_kind || dest->kind > last_kind) continue;
        list_remove( &dest->entry );
        free( dest );
    }
    LeaveCriticalSection( &options_lock );
}

static DWORD count_destinations( DWORD session, DWORD kind )
{
    struct destination *dest;
    DWORD count = 0;

    LIST_FOR_EACH_ENTRY( dest, &destinations, struct destination, entry )
        if (dest->session == session && dest->kind == kind) count++;
    return count;
}

/* takes the memory over */
static DWORD add_destination( struct destination *new )
{
    DWORD error = ERROR_SUCCESS;

    EnterCriticalSection( &options_lock );
    if (find_destination( new->session, new->kind, new->computer )) error = ERROR_ALREADY_EXISTS;
    else if (count_destinations( new->session, new->kind ) == MAX_DESTINATIONS) error = ERROR_NOT_ENOUGH_MEMORY;
    else list_add_tail( &destinations, &new->entry );
    LeaveCriticalSection( &options_lock );
    if (error) free( new );
    return error;
}

static DWORD delete_destination( DWORD session, DWORD kind, const WCHAR *computer )
{
    struct destination *dest;

    EnterCriticalSection( &options_lock );
    if ((dest = find_destination( session, kind, computer ))) list_remove( &dest->entry );
    LeaveCriticalSection( &options_lock );
    if (!dest) return ERROR_OBJECT_NOT_FOUND;
    free( dest );
    return ERROR_SUCCESS;
}

static void list_session( DWORD session, DWORD kind, struct multi_string *string )
{
    struct destination *dest;

    EnterCriticalSection( &options_lock );
    LIST_FOR_EACH_ENTRY( dest, &destinations, struct destination, entry )
        if (dest->session == session && dest->kind == kind) append( string, dest->computer );
    LeaveCriticalSection( &options_lock );
}

static DWORD set_session_options( DWORD session, DWORD kind, DWORD operation, const WCHAR *computer )
{
    struct destination *dest;

    switch (operation)
    {
    case NTMS_UIDEST_ADD:
        if (!(dest = calloc( 1, sizeof(*dest) ))) return ERROR_NOT_ENOUGH_MEMORY;
        dest->session = session;
        dest->kind    = kind;
        lstrcpynW( dest->computer, computer, ARRAY_SIZE(dest->computer) );
        return add_destination( dest );
    case NTMS_UIDEST_DELETE:
        return delete_destination( session, kind, computer );
    default:
        delete_destinations( session, kind, kind );
        return ERROR_SUCCESS;
    }
}

void options_release_session( DWORD session )
{
    delete_destinations( session, NTMS_UITYPE_INFO, NTMS_UITYPE_ERR );
}

/* ------------------------------------------------------------------ of an object (inside a transaction) */

/* any other object is no valid container */
static DWORD check_container( const GUID *id )
{
    DWORD type, error;

    if ((error = object_type( id, &type ))) return error;
    return type == NTMS_COMPUTER || type == NTMS_LIBRARY ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER;
}

static DWORD list_object( struct session *session, const GUID *id, DWORD kind, struct multi_string *string )
{
    WCHAR computer[NTMS_COMPUTERNAME_LENGTH];
    struct db_query *query;
    DWORD error;

    if ((error = check_container( id ))) return error;
    if ((error = check_access( session, ACCESS_GetNtmsUIOptions, id ))) return error;
    if ((error = db_select( &query, "SELECT computer FROM ui_option WHERE object = ? AND kind = ? ORDER BY computer", "gi",
                            id, kind ))) return error;
    while (db_next( query ))
    {
        db_wstr( query, 0, computer, ARRAY_SIZE(computer) );
        append( string, computer );
    }
    return db_finish( query );
}

static DWORD add_object_option( const GUID *id, DWORD kind, const WCHAR *computer )
{
    DWORD error;
    int count;

    if ((error = db_get_int( &count, "SELECT COUNT(*) FROM ui_option WHERE object = ? AND kind = ?", "gi", id, kind )))
        return error;
    error = db_exec( "INSERT OR IGNORE INTO ui_option (object, kind, computer) VALUES (?, ?, ?)", "giw", id, kind, computer );
    if (error) return error;
    if (!db_changes()) return ERROR_ALREADY_EXISTS;
    return count < MAX_DESTINATIONS ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

static DWORD set_object_options( struct session *session, const GUID *id, DWORD kind, DWORD operation,
                                 const WCHAR *computer )
{
    DWORD error;

    if ((error = check_container( id ))) return error;
    if ((error = check_access( session, ACCESS_SetNtmsUIOptions, id ))) return error;
    switch (operation)
    {
    case NTMS_UIDEST_ADD:
        error = add_object_option( id, kind, computer );
        break;
    case NTMS_UIDEST_DELETE:
        error = db_exec( "DELETE FROM ui_option WHERE object = ? AND kind = ? AND computer = ?", "giw", id, kind, computer );
        if (!error && !db_changes()) error = ERROR_OBJECT_NOT_FOUND;
        break;
    default:
        error = db_exec( "DELETE FROM ui_option WHERE object = ? AND kind = ?", "gi", id, kind );
        break;
    }
    return error ? error : object_touch( id );
}

/* ------------------------------------------------------------------ the API functions */

static BOOL is_ui_type( DWORD type )
{
    return type == NTMS_UITYPE_INFO || type == NTMS_UITYPE_REQ || type == NTMS_UITYPE_ERR;
}

DWORD ntms_get_ui_options( struct session *session, const GUID *id, DWORD type, WCHAR *buffer, DWORD *size )
{
    struct multi_string string = { buffer, *size };
    DWORD error;

    TRACE( "%p %s %lu %lu\n", session, debugstr_guid(id), type, *size );

    if (!is_ui_type( type )) return ERROR_INVALID_PARAMETER;
    if (!id) list_session( session_id( session ), type, &string );
    else
    {
        if ((error = db_begin_read())) return error;
        if ((error = db_end( list_object( session, id, type, &string )))) return error;
    }
    return finish( &string, size );
}

/* The empty name is that of the program's computer.  Whether a computer exists is not checked; what can be none is refused.
 * No code is documented for the removal of one that is not in the list: it is an object (NTMS_UI_DESTINATION) that is not
 * found. */
DWORD ntms_set_ui_options( struct session *session, const GUID *id, DWORD type, DWORD operation, const WCHAR *computer )
{
    DWORD error;

    TRACE( "%p %s %lu %lu %s\n", session, debugstr_guid(id), type, operation, debugstr_w(computer) );

    if (!is_ui_type( type )) return ERROR_INVALID_PARAMETER;
    if (operation < NTMS_UIDEST_ADD || operation > NTMS_UIDEST_DELETEALL) return ERROR_INVALID_PARAMETER;
    if (operation != NTMS_UIDEST_DELETEALL)
    {
        if (!computer || wcsnlen( computer, NTMS_COMPUTERNAME_LENGTH ) == NTMS_COMPUTERNAME_LENGTH)
            return ERROR_INVALID_PARAMETER;
        if (!*computer) computer = session_computer( session );
        if (!*computer) return ERROR_INVALID_PARAMETER;
    }
    if (!id) return set_session_options( session_id( session ), type, operation, computer );
    if ((error = db_begin())) return error;
    return db_end( set_object_options( session, id, type, operation, computer ));
}
