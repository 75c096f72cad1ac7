/*
 * The removable storage service: what its files share
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

#ifndef __WINE_NTMSSVC_H
#define __WINE_NTMSSVC_H

#include <stdarg.h>
#include <stdlib.h>

#include "windef.h"
#include "winbase.h"
#include "winnls.h"
#include "winreg.h"
#include "winioctl.h"
#include "ntmsapi.h"

/* The layers, from the top; each calls only those below it:
 *   rpc.c rpcobject.c rpcmedia.c                  the transport
 *   session.c                                     who is connected, what he waits for
 *   pool.c medium.c object.c info.c omid.c        what RSM knows (the API functions), with the other files on these
 *   library.c mount.c dismount.c freelabel.c      work on the hardware, with work.c, claim.c and load.c
 *   configure.c inventory.c recover.c             what the hardware holds, with standalone.c
 *   device.c changer.c tape.c label.c             one changer, one drive, one label
 *   store.c database.c dbfile.c schema.c          the object store, with changes.c and export.c
 *
 * Functions return a Win32 error code; out parameters are written on success only.
 */

/* ------------------------------------------------------------------ session.c */

struct session;
struct wait;

/* a name for the session that stays unique for the life of the service, never 0 */
DWORD session_id( const struct session *session );
const WCHAR *session_application( const struct session *session );
const WCHAR *session_user( const struct session *session );
const WCHAR *session_computer( const struct session *session );
/* process token of the program that opened the session; what access checks use */
HANDLE session_token( const struct session *session );

/* A call of a program that waits.  It ends once: by wait_complete(), or by time-out, CloseNtmsSession, death of the
 * program or service stop.  In the latter cases cancel( context, reason ) is called once, with no lock held, and the
 * program gets reason.  Whoever created the wait must call wait_complete() exactly once in every case; that call drops
 * the reference and returns FALSE when the wait has ended before.  It returns only after a cancel() of this wait that is
 * running in another thread has returned, so the context may be freed then.  timeout is in milliseconds or INFINITE. */
typedef void (*wait_cancel_func)( void *context, DWORD reason );
DWORD wait_create( struct session *session, DWORD timeout, wait_cancel_func cancel, void *context, struct wait **ret );
DWORD wait_id( const struct wait *wait );
BOOL wait_complete( struct wait *wait, DWORD result, const GUID *ids, DWORD count );

#define MAX_WAIT_IDS 32  /* most media in one mount */

/* ------------------------------------------------------------------ hold.c */

/* While at least one reference is held the prefix stays alive even when its last program has exited. */
void hold_prefix(void);
void release_prefix(void);

/* ------------------------------------------------------------------ database.c */

struct db_query;

/* opens or creates the database in the directory, migrating an older schema; a newer one, a damaged or an unreadable
 * file gives ERROR_DATABASE_FAILURE and changes nothing */
DWORD db_open( const WCHAR *directory );
void db_close(void);

/* Every access is bracketed by db_begin() and db_commit() or db_rollback(); db_begin() takes the one database lock,
 * the others release it.  When db_commit() has returned ERROR_SUCCESS the change is on stable storage; when it fails
 * the transaction is rolled back. */
DWORD db_begin(void);
/* The same for reading only: what it sees is the state at one moment; it waits for nobody and nobody waits for it.  Ended by
 * db_end().  A thread is in one transaction at a time. */
DWORD db_begin_read(void);
DWORD db_commit(void);
void db_rollback(void);
/* commits when error is ERROR_SUCCESS, else rolls back; returns the error that counts */
DWORD db_end( DWORD error );

/* sql is a string literal: statements are kept by its address.
 * types has a letter for each parameter of the statement: i int, l INT64, g const GUID * (NULL is SQL NULL),
 * w const WCHAR * (likewise), b const void * and DWORD length */
DWORD db_exec( const char *sql, const char *types, ... );
DWORD db_select( struct db_query **ret, const char *sql, const char *types, ... );
BOOL db_next( struct db_query *query );
int db_int( struct db_query *query, int column );
INT64 db_int64( struct db_query *query, int column );
BOOL db_guid( struct db_query *query, int column, GUID *ret );               /* FALSE and a null GUID for SQL NULL */
void db_wstr( struct db_query *query, int column, WCHAR *buffer, DWORD size ); /* size in characters, always terminated */
DWORD db_blob( struct db_query *query, int column, void *buffer, DWORD size ); /* bytes copied */
/* frees the query; an error met by db_next() is reported here */
DWORD db_finish( struct db_query *query );
/* the first column of the first row; ERROR_OBJECT_NOT_FOUND when there is none */
DWORD db_get_int( int *ret, const char *sql, const char *types, ... );
DWORD db_get_guid( GUID *ret, const char *sql, const char *types, ... );
/* rows changed by the last db_exec() */
int db_changes(void);

static inline const GUID *guid_or_null( const GUID *id )
{
    return NTMS_IS_NULLGUID( *id ) ? NULL : id;
}

/* What a commit has changed: an object was made, deleted, or something of its information is different now.  Attributes,
 * security and UI options are not part of that. */
struct change
{
    DWORD operation;   /* NTMS_OBJ_INSERT, NTMS_OBJ_UPDATE or NTMS_OBJ_DELETE; 0 when changes have been lost here, so that
                        * everything may be different */
    DWORD type;
    GUID  id;
};
/* changes are kept from now on for store_next_change() and the event set; NULL ends that */
void store_watch_changes( HANDLE event );
/* in the order of the commits; FALSE when there is none */
BOOL store_next_change( struct change *change );

extern const char *const db_migrations[];   /* schema.c: [n] takes schema version n to n + 1 */
extern const int db_schema_version;

/* ------------------------------------------------------------------ store.c (inside db_begin() ... db_end()) */

/* inserts the object's common row; *id is made when it is the null GUID */
DWORD object_create( GUID *id, DWORD type, const WCHAR *name, const WCHAR *description );
DWORD object_touch( const GUID *id );                       /* sets the modification time */
DWORD object_delete( const GUID *id );                      /* with everything that belongs to it */
DWORD object_type( const GUID *id, DWORD *type );           /* ERROR_OBJECT_NOT_FOUND */
DWORD object_set_state( const GUID *id, DWORD state );      /* NTMS_READY, NTMS_NEEDS_SERVICE, NTMS_NOT_PRESENT */

/* finds or makes the media type of a STORAGE_MEDIA_TYPE code, with its children of the three system pools */
DWORD store_media_type( DWORD code, GUID *id );
DWORD store_drive_type( const WCHAR *vendor, const WCHAR *product, GUID *id );
DWORD store_changer_type( const WCHAR *vendor, const WCHAR *product, GUID *id );
/* the child for a media type of a system pool: NTMS_POOLTYPE_SCRATCH, FOREIGN or IMPORT */
DWORD store_system_pool( DWORD pool_type, const GUID *media_type, GUID *id );
DWORD store_offline_library( GUID *id );
/* makes what every database has (the computer, the system pools, the off-line library) and forgets what only an earlier
 * run of the service could have finished; idempotent */
DWORD store_defaults(void);

/* a cartridge that the database does not know yet: physical medium, one side per partition, in pool Unrecognized */
struct new_medium
{
    GUID         library;
    GUID         location;        /* slot, drive or port */
    DWORD        location_type;   /* NTMS_STORAGESLOT, NTMS_DRIVE or NTMS_IEPORT */
    GUID         home_slot;       /* or null GUID */
    GUID         media_type;
    const WCHAR *bar_code;        /* NULL when there is none or it is unreadable */
    DWORD        sides;
};
DWORD store_add_medium( const struct new_medium *medium, GUID *id );

/* pools by their whole name, without regard to case */
DWORD store_find_pool( const WCHAR *path, GUID *id );
DWORD store_add_pool( const GUID *parent, const WCHAR *path, DWORD kind, const GUID *media_type, GUID *id );
/* with the whole names of all pools in it; ERROR_INVALID_NAME, ERROR_ALREADY_EXISTS */
DWORD store_rename_pool( const GUID *id, const WCHAR *name );

/* the side of a partition or logical media GUID; ERROR_OBJECT_NOT_FOUND when it is neither */
DWORD store_find_side( const GUID *side_or_logical, GUID *side, GUID *physical );
/* puts a medium with its logical media into another pool, whose media type it gets; the states of its sides are the caller's */
DWORD store_move_medium( const GUID *physical, const GUID *pool );
/* the number of the next medium */
DWORD store_next_sequence_number( int *number );

struct label;
/* records the label of a side, which is then identified */
DWORD store_set_label( const GUID *side, const struct label *label );
/* Classifies a side that nobody owns after its label has been read: a free label puts the medium into Free (AVAILABLE), an
 * MTF label into Import, anything else into Unrecognized.  A blank side that waits for its free label goes on waiting.
 * ERROR_INVALID_STATE for a side that is available or owned: its label is compared, not learnt. */
DWORD store_identify( const GUID *side, const struct label *label );
/* makes the side that waited for it available; call media_available() after the commit */
DWORD store_free_label_written( const GUID *physical, const struct label *label );

/* ------------------------------------------------------------------ label.c (pure: no Windows calls, host unit tests) */

enum label_kind
{
    LABEL_BLANK,        /* nothing recorded */
    LABEL_FREE,         /* our own free label */
    LABEL_MTF,          /* MTF 1.00a media header */
    LABEL_UNKNOWN,      /* recorded, by nobody we know */
};

struct label
{
    enum label_kind kind;
    DWORD id_length;
    BYTE  id[NTMS_OMIDLABELID_LENGTH];
    WCHAR type[NTMS_OMIDLABELTYPE_LENGTH];
    WCHAR info[NTMS_OMIDLABELINFO_LENGTH];
};

/* size 0 is a blank medium */
void label_parse( const BYTE *block, DWORD size, struct label *label );
#define FREE_LABEL_SIZE 1024
/* makes the block that marks a medium as free; it is itself a valid MTF media header */
void label_make_free( const GUID *media_id, const WCHAR *name, const SYSTEMTIME *now, BYTE block[FREE_LABEL_SIZE] );
BOOL label_same( const struct label *a, const struct label *b );
/* what a label is of which only the type and the length of the identifier are known */
enum label_kind label_kind( const WCHAR *type, DWORD id_length );

/* ------------------------------------------------------------------ device.c */

struct device_info
{
    WCHAR name[NTMS_DEVICENAME_LENGTH];        /* \\.\Tape0 */
    WCHAR serial[64];                          /* identity: what the owner enables; whole, trimmed */
    WCHAR vendor[NTMS_VENDORNAME_LENGTH];
    WCHAR product[NTMS_PRODUCTNAME_LENGTH];
    WCHAR revision[NTMS_REVISION_LENGTH];
    WORD  port, bus, target, lun;
    BOOL  enabled;
};

/* ------------------------------------------------------------------ library.c and its helpers */

/* begins to find the devices, reconcile the database with them and start one worker per library */
DWORD libraries_start(void);
/* waits until that is done, ERROR_NOT_READY when it takes too long; every call but open and close begins with it */
DWORD libraries_wait_ready(void);
/* ends the workers; what runs is cancelled or finished, nothing is left half-done */
void libraries_stop(void);

/* Queues a mount and connects it to the wait; ERROR_SUCCESS means that wait_complete() will be called.  wait is NULL for
 * NTMS_MOUNT_NOWAIT.  The media are sides (partition or logical media GUIDs), already checked for existence. */
struct mount_args
{
    DWORD count;
    GUID  media[MAX_WAIT_IDS];
    GUID  drives[MAX_WAIT_IDS];    /* for NTMS_MOUNT_SPECIFIC_DRIVE */
    DWORD options;
    int   priority;
    DWORD timeout;
};
DWORD ntms_mount_media( struct session *session, const struct mount_args *args, DWORD *wait_request );
DWORD ntms_dismount_media( struct session *session, const GUID *media, DWORD count, DWORD options );
/* queues the writing of a free label (NTMS_LM_WRITESCRATCH) on an online medium; inside a transaction */
DWORD library_write_free_label( const GUID *physical_media );
/* starts what was queued inside the transaction that has just been committed */
void library_kick(void);
/* Tells the libraries that a drive, a medium or a library has been enabled or disabled; after the commit. */
void library_enabled( DWORD type, const GUID *id, BOOL enabled );
/* dismounts what the session has mounted and cancels what it has queued; called on close, death and service stop */
void library_release_session( DWORD session_id );

/* ------------------------------------------------------------------ object.c info.c pool.c move.c allocate.c deallocate.c omid.c */

/* list is malloc()ed and has *count = min( capacity, *total ) entries; ERROR_INSUFFICIENT_BUFFER when capacity < *total,
 * with list, count and total set nevertheless */
DWORD ntms_enumerate( struct session *session, const GUID *container, DWORD type, DWORD options, DWORD capacity,
                      GUID **list, DWORD *count, DWORD *total );
DWORD ntms_get_object_information( struct session *session, const GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *info );
DWORD ntms_create_media_pool( struct session *session, const WCHAR *name, const GUID *media_type, DWORD action,
                              const BYTE *descriptor, DWORD descriptor_size, GUID *pool );
DWORD ntms_move_to_media_pool( struct session *session, const GUID *media, const GUID *pool );
/* *wait_request is 0 when the allocation is done, else the program waits under that id (result: LMID, source pool) */
DWORD ntms_allocate_media( struct session *session, const GUID *pool, const GUID *partition, GUID *media, DWORD options,
                           DWORD timeout, GUID *allocated_from, DWORD *wait_request );
DWORD ntms_deallocate_media( struct session *session, const GUID *media, DWORD options );
/* Media may have become available (moved, deallocated, labelled, come online): allocations that wait are tried again.
 * Call it after the commit, outside transactions and locks. */
void media_available(void);
/* The operator will bring no media for the allocation that waits with this request, or says that he has done so; after the
 * commit. */
void allocations_refuse( const GUID *request );
void allocations_satisfied( const GUID *request );
DWORD ntms_update_omid_info( struct session *session, const GUID *media, DWORD label_type, const BYTE *buffer, DWORD size );

/* pool.c */
DWORD ntms_get_media_pool_name( struct session *session, const GUID *pool, WCHAR name[NTMS_POOLHIERARCHY_LENGTH] );
DWORD ntms_delete_media_pool( struct session *session, const GUID *pool );

/* mediatype.c */
DWORD ntms_add_media_type( struct session *session, const GUID *media_type, const GUID *library );
DWORD ntms_delete_media_type( struct session *session, const GUID *media_type, const GUID *library );
DWORD ntms_change_media_type( struct session *session, const GUID *media, const GUID *pool );

/* lifecycle.c */
DWORD ntms_decommission_media( struct session *session, const GUID *side );
DWORD ntms_set_media_complete( struct session *session, const GUID *media );
DWORD ntms_delete_media( struct session *session, const GUID *media );
DWORD ntms_swap_media( struct session *session, const GUID *media1, const GUID *media2 );

/* createmedia.c */
/* media and sides are read and written back as documented */
DWORD ntms_create_media( struct session *session, NTMS_OBJECTINFORMATIONW *media, NTMS_OBJECTINFORMATIONW *sides,
                         DWORD count, DWORD options );

/* remove.c */
DWORD ntms_delete_library( struct session *session, const GUID *library );
DWORD ntms_delete_drive( struct session *session, const GUID *drive );

/* setinfo.c */
DWORD ntms_set_object_information( struct session *session, const GUID *id, const NTMS_OBJECTINFORMATIONW *info );

/* attribute.c */
/* *size: room in, bytes of the value out (also with ERROR_INSUFFICIENT_BUFFER) */
DWORD ntms_get_object_attribute( struct session *session, const GUID *id, DWORD type, const WCHAR *name, BYTE *buffer,
                                 DWORD *size );
DWORD ntms_set_object_attribute( struct session *session, const GUID *id, DWORD type, const WCHAR *name,
                                 const BYTE *value, DWORD size );

/* security.c */
/* descriptors are self-relative; *needed is set on success and with ERROR_INSUFFICIENT_BUFFER */
DWORD ntms_get_object_security( struct session *session, const GUID *id, DWORD type, SECURITY_INFORMATION what,
                                BYTE *descriptor, DWORD size, DWORD *needed );
DWORD ntms_set_object_security( struct session *session, const GUID *id, DWORD type, SECURITY_INFORMATION what,
                                const BYTE *descriptor, DWORD size );

/* enable.c */
DWORD ntms_enable_object( struct session *session, DWORD type, const GUID *id );
DWORD ntms_disable_object( struct session *session, DWORD type, const GUID *id );

/* options.c */
/* the list of computers is a double-null-terminated string; *size in characters: room in, needed out */
DWORD ntms_get_ui_options( struct session *session, const GUID *id, DWORD type, WCHAR *buffer, DWORD *size );
DWORD ntms_set_ui_options( struct session *session, const GUID *id, DWORD type, DWORD operation, const WCHAR *computer );
/* forgets what the session has set for itself; called when it ends */
void options_release_session( DWORD session_id );

/* export.c */
DWORD ntms_export_database( struct session *session );
DWORD ntms_import_database( struct session *session );

/* requests.c */
DWORD ntms_cancel_library_request( struct session *session, const GUID *request );
/* type is NTMS_LIBREQUEST or NTMS_OPREQUEST */
DWORD ntms_delete_requests( struct session *session, const GUID *requests, DWORD type, DWORD count );
DWORD ntms_get_request_order( struct session *session, const GUID *request, DWORD *order );
DWORD ntms_set_request_order( struct session *session, const GUID *request, DWORD order );

/* oprequest.c; message, arg1 and arg2 may be NULL */
DWORD ntms_submit_operator_request( struct session *session, DWORD kind, const WCHAR *message, const GUID *arg1,
                                    const GUID *arg2, GUID *id );
/* *wait_request is 0 when the result is known at once */
DWORD ntms_wait_operator_request( struct session *session, const GUID *request, DWORD timeout, DWORD *wait_request );
DWORD ntms_cancel_operator_request( struct session *session, const GUID *request );
DWORD ntms_satisfy_operator_request( struct session *session, const GUID *request );

/* dismount.c */
DWORD ntms_dismount_drive( struct session *session, const GUID *drive );

/* notify.c */
DWORD ntms_open_notification( struct session *session, DWORD type, DWORD *channel );
/* *wait_request is 0 when there is one already; else the result of the wait is the object, and the operation as the first
 * member of a second GUID */
DWORD ntms_wait_notification( struct session *session, DWORD channel, DWORD timeout, DWORD *operation, GUID *id,
                              DWORD *wait_request );
DWORD ntms_close_notification( struct session *session, DWORD channel );
/* NTMS_EVENT_SIGNAL or NTMS_EVENT_COMPLETE, which no change of an object tells; with no lock held */
void notify_event( DWORD operation, DWORD type, const GUID *id );
void notifications_release_session( DWORD session_id );
void notifications_stop(void);

#endif /* __WINE_NTMSSVC_H */
