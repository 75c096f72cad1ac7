/*
 * Access checks
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
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

/* NTMS_CONTROL_ACCESS is 4 in the headers and 3 in MS-RSMP, where it would be the same as use and modify together.  Here
 * it is the bit 4.  A program that was built with 3 gives use and modify with it, and takes these two away: never more than
 * was meant, and enough for most of what the rules of Windows XP ask. */
const GENERIC_MAPPING access_mapping =
{
    NTMS_GENERIC_READ    | STANDARD_RIGHTS_READ,
    NTMS_GENERIC_WRITE   | STANDARD_RIGHTS_WRITE,
    NTMS_GENERIC_EXECUTE | STANDARD_RIGHTS_EXECUTE,
    NTMS_GENERIC_ALL     | STANDARD_RIGHTS_REQUIRED
};

/* where security is kept */
enum place { POOL, LIBRARY, COMPUTER, PLACES };

#define U NTMS_USE_ACCESS
#define M NTMS_MODIFY_ACCESS
#define C NTMS_CONTROL_ACCESS
#define R READ_CONTROL
#define W WRITE_DAC

/* RSM Security, the first of its two tables, with what the functions' own pages say in addition: the rules of Windows Server
 * 2003.  Those of Windows XP (second table) differ in this: AllocateNtmsMedia, CreateNtmsMediaPool, DeallocateNtmsMedia,
 * DecommissionNtmsMedia, MoveToNtmsMediaPool and SetNtmsMediaComplete ask only for M; AddNtmsMediaType, DeleteNtmsMediaPool,
 * DeleteNtmsMediaType, DeleteNtmsRequests, DisableNtmsObject, DismountNtmsDrive and EnableNtmsObject for C; ChangeNtmsMediaType
 * and DeleteNtmsMedia for nothing of the computer; CreateNtmsMedia for C of the pool and M of the library; setting information
 * for C of pools and sides and nothing else; attributes, reading information and security, the order of requests, submitting
 * operator requests and notifications for nothing. */
static const struct
{
    BYTE  by_type;          /* there is a row for each type of object: its own security alone counts */
    DWORD rights[PLACES];
} rules[] =
{
    [ACCESS_AccessNtmsLibraryDoor]       = { FALSE, { 0, C, 0 } },
    [ACCESS_AddNtmsMediaType]            = { FALSE, { 0, M, 0 } },
    [ACCESS_AllocateNtmsMedia]           = { FALSE, { C, 0, 0 } },
    [ACCESS_CancelNtmsLibraryRequest]    = { FALSE, { 0, C, 0 } },
    [ACCESS_CancelNtmsOperatorRequest]   = { FALSE, { 0, 0, C } },
    [ACCESS_ChangeNtmsMediaType]         = { FALSE, { M, 0, M } },
    [ACCESS_CleanNtmsDrive]              = { FALSE, { 0, C, 0 } },
    [ACCESS_CreateNtmsMedia]             = { FALSE, { M, 0, M } },
    [ACCESS_CreateNtmsMediaPool]         = { FALSE, { C, 0, 0 } },
    [ACCESS_DeallocateNtmsMedia]         = { FALSE, { C, 0, 0 } },
    [ACCESS_DecommissionNtmsMedia]       = { FALSE, { C, 0, 0 } },
    [ACCESS_DeleteNtmsDrive]             = { FALSE, { 0, M, 0 } },
    [ACCESS_DeleteNtmsLibrary]           = { FALSE, { 0, M, 0 } },
    [ACCESS_DeleteNtmsMedia]             = { FALSE, { M, 0, M } },
    [ACCESS_DeleteNtmsMediaPool]         = { FALSE, { M, 0, 0 } },
    [ACCESS_DeleteNtmsMediaType]         = { FALSE, { 0, M, 0 } },
    [ACCESS_DeleteNtmsRequests]          = { FALSE, { 0, 0, M } },
    [ACCESS_DisableNtmsObject]           = { FALSE, { 0, M, 0 } },
    [ACCESS_DismountNtmsDrive]           = { FALSE, { 0, M, 0 } },
    [ACCESS_DismountNtmsMedia]           = { FALSE, { U, U, 0 } },
    [ACCESS_EjectNtmsCleaner]            = { FALSE, { 0, C, 0 } },
    [ACCESS_EjectNtmsMedia]              = { FALSE, { 0, C, 0 } },
    [ACCESS_EnableNtmsObject]            = { FALSE, { 0, M, 0 } },
    [ACCESS_EnumerateNtmsObject]         = { FALSE, { 0, 0, 0 } },  /* the page has no ERROR_ACCESS_DENIED */
    [ACCESS_ExportNtmsDatabase]          = { FALSE, { 0, 0, C } },
    [ACCESS_GetNtmsMediaPoolName]        = { FALSE, { 0, 0, 0 } },  /* likewise */
    [ACCESS_GetNtmsObjectAttribute]      = { TRUE,  { U, U, U } },
    [ACCESS_GetNtmsObjectInformation]    = { TRUE,  { U, U, U } },
    [ACCESS_GetNtmsObjectSecurity]       = { TRUE,  { R, R, R } },
    [ACCESS_GetNtmsRequestOrder]         = { FALSE, { 0, 0, C } },
    [ACCESS_GetNtmsUIOptions]            = { TRUE,  { 0, U, U } },
    [ACCESS_IdentifyNtmsSlot]            = { FALSE, { 0, C, 0 } },
    [ACCESS_ImportNtmsDatabase]          = { FALSE, { 0, 0, C } },
    [ACCESS_InjectNtmsCleaner]           = { FALSE, { 0, C, 0 } },
    [ACCESS_InjectNtmsMedia]             = { FALSE, { 0, C, 0 } },
    [ACCESS_InventoryNtmsLibrary]        = { FALSE, { 0, C, 0 } },
    [ACCESS_MountNtmsMedia]              = { FALSE, { U, U, 0 } },
    [ACCESS_MoveToNtmsMediaPool]         = { FALSE, { C, 0, 0 } },  /* U of Free: get_rights() */
    [ACCESS_OpenNtmsNotification]        = { FALSE, { 0, 0, U } },
    [ACCESS_OpenNtmsSession]             = { FALSE, { 0, 0, U } },
    [ACCESS_ReleaseNtmsCleanerSlot]      = { FALSE, { 0, C, 0 } },
    [ACCESS_ReserveNtmsCleanerSlot]      = { FALSE, { 0, C, 0 } },
    [ACCESS_SatisfyNtmsOperatorRequest]  = { FALSE, { 0, 0, C } },
    [ACCESS_SetNtmsDeviceChangeDetection]= { FALSE, { 0, 0, 0 } },  /* nothing is said of it */
    [ACCESS_SetNtmsMediaComplete]        = { FALSE, { C, 0, 0 } },
    [ACCESS_SetNtmsObjectAttribute]      = { TRUE,  { M, M, M } },
    [ACCESS_SetNtmsObjectInformation]    = { TRUE,  { M, M, M } },  /* C of the library itself: get_rights() */
    [ACCESS_SetNtmsObjectSecurity]       = { TRUE,  { W, W, W } },
    [ACCESS_SetNtmsRequestOrder]         = { FALSE, { 0, 0, C } },
    [ACCESS_SetNtmsUIOptions]            = { TRUE,  { 0, U | M, U | M } },
    [ACCESS_SubmitNtmsOperatorRequest]   = { TRUE,  { C, C, U } },
    [ACCESS_SwapNtmsMedia]               = { FALSE, { M, 0, 0 } },
    [ACCESS_UpdateNtmsOmidInfo]          = { FALSE, { 0, C, 0 } },
    [ACCESS_WaitForNtmsOperatorRequest]  = { FALSE, { 0, 0, 0 } },  /* the page has no ERROR_ACCESS_DENIED */
};

/* ------------------------------------------------------------------ what has been granted */

/* The answers for a session, an object that has security of its own and a generation.  Since the generation is read in the
 * same transaction as everything else, an answer is never used with another state of the descriptors than its own. */
static struct grant
{
    DWORD session;
    DWORD known;      /* rights that have been checked, and those that are granted */
    DWORD granted;
    GUID  object;
    GUID  generation;
} grants[512];

static CRITICAL_SECTION grants_cs;
static CRITICAL_SECTION_DEBUG grants_cs_debug =
{
    0, 0, &grants_cs, { &grants_cs_debug.ProcessLocksList, &grants_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": grants_cs") }
};
static CRITICAL_SECTION grants_cs = { &grants_cs_debug, -1, 0, 0, 0, 0 };

static BOOL is_grant( const struct grant *a, const struct grant *b )
{
    return a->session == b->session && IsEqualGUID( &a->object, &b->object ) && IsEqualGUID( &a->generation, &b->generation );
}

static struct grant *find_slot( const struct grant *grant )
{
    return &grants[(grant->object.Data1 ^ grant->object.Data2 ^ grant->session * 0x9e3779b1u >> 8) % ARRAY_SIZE(grants)];
}

static void get_grant( struct grant *grant )
{
    struct grant *slot = find_slot( grant );

    EnterCriticalSection( &grants_cs );
    if (is_grant( slot, grant )) *grant = *slot;
    LeaveCriticalSection( &grants_cs );
}

static void put_grant( const struct grant *grant )
{
    struct grant *slot = find_slot( grant );

    EnterCriticalSection( &grants_cs );
    if (is_grant( slot, grant ))
    {
        slot->known |= grant->known;
        slot->granted |= grant->granted;
    }
    else *slot = *grant;
    LeaveCriticalSection( &grants_cs );
}

/* ------------------------------------------------------------------ the program */

/* as the program is now, in the form that the checks want */
static DWORD get_token( struct session *session, HANDLE *token )
{
    if (DuplicateToken( session_token( session ), SecurityIdentification, token )) return ERROR_SUCCESS;
    ERR( "cannot duplicate a token, error %lu\n", GetLastError() );
    return GetLastError();
}

BOOL has_privilege( struct session *session, DWORD privilege )
{
    PRIVILEGE_SET set = { 1, PRIVILEGE_SET_ALL_NECESSARY, { { { privilege } } } };
    HANDLE token;
    BOOL result;

    if (get_token( session, &token )) return FALSE;
    if (!PrivilegeCheck( token, &set, &result )) result = FALSE;
    CloseHandle( token );
    return result;
}

/* One right at a time: asked for several, AccessCheck() tells only whether all are granted (and Wine does not heed the order
 * of the entries when it is asked for the most). */
static DWORD check_token( HANDLE token, PSECURITY_DESCRIPTOR sd, DWORD rights, DWORD *granted )
{
    GENERIC_MAPPING mapping = access_mapping;
    PRIVILEGE_SET privileges;
    DWORD right, size, result;
    BOOL status;

    *granted = 0;
    for (right = 1; right; right <<= 1)
    {
        if (!(rights & right)) continue;
        size = sizeof(privileges);
        if (!AccessCheck( sd, token, right, &mapping, &privileges, &size, &result, &status ))
        {
            ERR( "access check failed, error %lu\n", GetLastError() );
            return GetLastError();
        }
        if (status) *granted |= right;
    }
    return ERROR_SUCCESS;
}

static DWORD check_descriptor( struct session *session, const GUID *object, DWORD rights, DWORD *granted )
{
    SECURITY_DESCRIPTOR_RELATIVE *sd;
    DWORD error, size;
    HANDLE token;

    if ((error = security_load( object, &sd, &size ))) return error;
    if (!(error = get_token( session, &token )))
    {
        error = check_token( token, sd, rights, granted );
        CloseHandle( token );
    }
    free( sd );
    return error;
}

static DWORD check_place( struct session *session, const GUID *object, const GUID *generation, DWORD rights )
{
    struct grant grant = { session_id( session ), 0, 0, *object, *generation };
    DWORD error, more, granted;

    get_grant( &grant );
    if ((more = rights & ~grant.known))
    {
        if ((error = check_descriptor( session, object, more, &granted ))) return error;
        grant.known |= more;
        grant.granted |= granted;
        put_grant( &grant );
    }
    if ((grant.granted & rights) == rights) return ERROR_SUCCESS;
    WARN( "session %#lx lacks %#lx on %s\n", session_id( session ), rights & ~grant.granted, debugstr_guid(object) );
    return ERROR_ACCESS_DENIED;
}

DWORD check_rights( struct session *session, DWORD rights, const GUID *object )
{
    GUID generation;
    DWORD error;

    if ((error = db_get_guid( &generation, "SELECT security FROM computer", "" ))) return error;
    return check_place( session, object, &generation, rights );
}

/* ------------------------------------------------------------------ objects */

/* Where an object of each type belongs: its pool, its library, the computer; and the generation.  Media of any kind have the
 * pool they are in, the lowest, and the library where the cartridge is; a logical medium is where its first side is. */
#define PLACES_SQL(pool, library, from) "SELECT " pool ", " library ", c.id, c.security FROM " from ", computer c"
#define IN_LIBRARY(table)  PLACES_SQL( "NULL", "t.library", table " t" ) " WHERE t.id = ?1"
#define IN_COMPUTER        PLACES_SQL( "NULL", "NULL", "object t" ) " WHERE t.id = ?1"

static const struct
{
    enum place  own;   /* where its own security is */
    const char *sql;
} objects[] =
{
    [NTMS_CHANGER]        = { LIBRARY,  IN_LIBRARY( "changer" ) },
    [NTMS_CHANGER_TYPE]   = { COMPUTER, IN_COMPUTER },
    [NTMS_COMPUTER]       = { COMPUTER, IN_COMPUTER },
    [NTMS_DRIVE]          = { LIBRARY,  IN_LIBRARY( "drive" ) },
    [NTMS_DRIVE_TYPE]     = { COMPUTER, IN_COMPUTER },
    [NTMS_IEDOOR]         = { LIBRARY,  IN_LIBRARY( "door" ) },
    [NTMS_IEPORT]         = { LIBRARY,  IN_LIBRARY( "port" ) },
    [NTMS_LIBRARY]        = { LIBRARY,  PLACES_SQL( "NULL", "t.id", "library t" ) " WHERE t.id = ?1" },
    [NTMS_LIBREQUEST]     = { LIBRARY,  IN_LIBRARY( "request" ) },
    [NTMS_LOGICAL_MEDIA]  = { POOL,     PLACES_SQL( "t.pool", "(SELECT m.library FROM partition p, physical_media m"
                                        " WHERE p.logical_media = t.id AND m.id = p.physical_media ORDER BY p.side LIMIT 1)",
                                        "logical_media t" ) " WHERE t.id = ?1" },
    [NTMS_MEDIA_POOL]     = { POOL,     PLACES_SQL( "t.id", "NULL", "pool t" ) " WHERE t.id = ?1" },
    [NTMS_MEDIA_TYPE]     = { COMPUTER, IN_COMPUTER },
    [NTMS_PARTITION]      = { POOL,     PLACES_SQL( "m.pool", "m.library", "partition p, physical_media m" )
                                        " WHERE p.id = ?1 AND m.id = p.physical_media" },
    [NTMS_PHYSICAL_MEDIA] = { POOL,     PLACES_SQL( "t.pool", "t.library", "physical_media t" ) " WHERE t.id = ?1" },
    [NTMS_STORAGESLOT]    = { LIBRARY,  IN_LIBRARY( "slot" ) },
    [NTMS_OPREQUEST]      = { COMPUTER, IN_COMPUTER },
};

/* whether the rule asks for a right at the place of an object of the type */
static BOOL is_asked( enum access_rule rule, enum place place, DWORD type )
{
    return rules[rule].rights[place] && (!rules[rule].by_type || place == objects[type].own);
}

/* only the places that are asked for are looked up; the others are the null GUID */
static DWORD get_places( enum access_rule rule, const GUID *object, DWORD type, GUID places[PLACES], GUID *generation )
{
    struct db_query *query;
    enum place place;
    DWORD error;
    BOOL found;

    memset( places, 0, PLACES * sizeof(*places) );
    if ((error = db_select( &query, objects[type].sql, "g", object ))) return error;
    if ((found = db_next( query )))
    {
        for (place = POOL; place < PLACES; place++)
            if (is_asked( rule, place, type )) db_guid( query, place, &places[place] );
        db_guid( query, PLACES, generation );
    }
    if ((error = db_finish( query ))) return error;
    return found ? ERROR_SUCCESS : ERROR_DATABASE_FAILURE;  /* half an object */
}

/* the rights that a rule asks for at a place, with the exceptions of the functions' pages */
static DWORD get_rights( enum access_rule rule, enum place place, const GUID *id, DWORD type, DWORD *rights )
{
    DWORD error;
    int kind;

    *rights = rules[rule].rights[place];
    if (rule == ACCESS_SetNtmsObjectInformation && type == NTMS_LIBRARY) *rights = C;
    if (rule == ACCESS_MoveToNtmsMediaPool && place == POOL)
    {
        if ((error = db_get_int( &kind, "SELECT kind FROM pool WHERE id = ?", "g", id ))) return error;
        if (kind == NTMS_POOLTYPE_SCRATCH) *rights = U;
    }
    return ERROR_SUCCESS;
}

DWORD check_object_access( struct session *session, enum access_rule rule, const GUID *object, DWORD type )
{
    GUID places[PLACES], generation;
    BOOL checked = FALSE;
    enum place place;
    DWORD error, rights;

    if ((error = get_places( rule, object, type, places, &generation ))) return error;
    for (place = POOL; place < PLACES; place++)
    {
        if (NTMS_IS_NULLGUID( places[place] )) continue;
        if ((error = get_rights( rule, place, &places[place], type, &rights ))) return error;
        if ((error = check_place( session, &places[place], &generation, rights ))) return error;
        checked = TRUE;
    }
    if (checked || rules[rule].by_type) return ERROR_SUCCESS;
    ERR( "rule %u asks for nothing of %s\n", rule, debugstr_guid(object) );
    return ERROR_ACCESS_DENIED;
}

DWORD check_access( struct session *session, enum access_rule rule, const GUID *object )
{
    const DWORD *rights = rules[rule].rights;
    DWORD type = NTMS_COMPUTER, error;
    GUID computer;

    if (!rights[POOL] && !rights[LIBRARY] && !rights[COMPUTER]) return ERROR_SUCCESS;
    if (object) error = object_type( object, &type );
    else error = db_get_guid( &computer, "SELECT id FROM computer", "" );
    return error ? error : check_object_access( session, rule, object ? object : &computer, type );
}
