/*
 * The hardware half of the removable storage service: devices, libraries and their work
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

#ifndef __WINE_NTMSSVC_LIBRARY_H
#define __WINE_NTMSSVC_LIBRARY_H

#include "ntmssvc.h"
#include "ddk/ntddchgr.h"
#include "wine/list.h"

/* ------------------------------------------------------------------ device.c */

/* waits until the drivers have found their devices */
void device_start_drivers(void);
/* the devices whose DOS name is prefix and a number; *list is malloc()ed */
DWORD device_find( const WCHAR *prefix, struct device_info **list, DWORD *count );
DWORD device_open( const WCHAR *name, HANDLE *ret );
/* whether two serial numbers are of one device: equal, or one is the head or tail of the other and long enough */
BOOL device_same_serial( const WCHAR *a, const WCHAR *b );

/* ------------------------------------------------------------------ tape.c */

/* STORAGE_MEDIA_TYPE of the cartridges that a drive takes */
DWORD tape_media_type( const WCHAR *name, DWORD *code );
/* opens a drive, which may be empty; ERROR_BUSY while somebody else has it, ERROR_ACCESS_DENIED when it is not ours */
DWORD tape_open( const WCHAR *name, HANDLE *ret );
/* waits until its cartridge is ready, up to timeout ms; ERROR_NO_MEDIA_IN_DRIVE when there is none after grace ms.  Gives
 * up with ERROR_CANCELLED when the work is over; work may be NULL. */
struct work;
DWORD tape_wait_ready( HANDLE tape, DWORD timeout, DWORD grace, struct work *work );
DWORD tape_read_label( HANDLE tape, struct label *label );   /* leaves the tape at its beginning */
DWORD tape_write_free_label( HANDLE tape, const BYTE block[FREE_LABEL_SIZE] );
/* what the drive says of its cartridge; 0 what it does not say */
struct tape_medium
{
    DWORD type_code;          /* SCSI medium type */
    DWORD density_code;
    INT64 capacity;           /* bytes */
};
void tape_read_medium( HANDLE tape, struct tape_medium *medium );
/* ERROR_BUSY while the drive is still loading */
DWORD tape_unload( HANDLE tape );

/* ------------------------------------------------------------------ changer.c */

struct changer_contents
{
    GET_CHANGER_PARAMETERS     params;
    CHANGER_ELEMENT_STATUS_EX *drives;      /* malloc()ed, count in params.NumberDataTransferElements, indexed by address */
    CHANGER_ELEMENT_STATUS_EX *slots;
    CHANGER_ELEMENT_STATUS_EX *ports;
    CHANGER_ELEMENT_STATUS_EX *transports;
};

DWORD changer_read( HANDLE changer, struct changer_contents *contents );
void changer_free( struct changer_contents *contents );
/* ERROR_MEDIA_CHANGED, before anything has moved, when somebody has used a door or port since the elements were read */
DWORD changer_move( HANDLE changer, ELEMENT_TYPE from_type, DWORD from, ELEMENT_TYPE to_type, DWORD to );
/* the bar code of the cartridge in a drive; empty when there is none or the changer does not tell */
DWORD changer_drive_code( const WCHAR *name, DWORD element, WCHAR code[NTMS_BARCODE_LENGTH] );
/* the bar code, trimmed; FALSE when there is none or the element is empty */
BOOL changer_bar_code( const CHANGER_ELEMENT_STATUS_EX *element, WCHAR code[NTMS_BARCODE_LENGTH] );

/* ------------------------------------------------------------------ library.c */

/* a drive of a library; fields are guarded by library_lock */
struct drive
{
    GUID      id;
    DWORD     element;                        /* data transfer element, zero-based; 0 in a stand-alone library */
    WCHAR     device[NTMS_DEVICENAME_LENGTH]; /* empty while the element is tied to no device */
    GUID      medium;                         /* physical medium in the drive, or null GUID */
    GUID      side;                           /* the side that is mounted */
    DWORD     session;                        /* that has it mounted, or 0 */
    BOOL      dismountable;                   /* holds a medium that is nobody's, and no dismount of it is queued */
    ULONGLONG dismount_time;                  /* GetTickCount64() when it is to be dismounted */
    DWORD     failures;                       /* to dismount it */
    BOOL      disabled;                       /* by DisableNtmsObject() */
    BOOL      blocked;                        /* holds something that is no medium of ours */
    BOOL      busy;                           /* work is being done on it */
    BOOL      reserved;                       /* for work that comes first and needs more drives; schedule.c only */
    ULONGLONG avoid_until;                    /* somebody outside uses it; GetTickCount64() */
    DWORD     avoid_count;
};

/* a changer with its drives, or a stand-alone drive */
struct library
{
    struct list   entry;                      /* in libraries */
    GUID          id;
    DWORD         kind;                       /* NTMS_LIBRARYTYPE_ONLINE or STANDALONE */
    WCHAR         device[NTMS_DEVICENAME_LENGTH]; /* the changer, empty for a stand-alone drive */
    WCHAR         serial[64];                 /* of the changer */
    HANDLE        changer;                    /* open for its life: it is told when a door or port was used; transport */
    GUID          media_type;                 /* of its drives */
    struct drive *drives;
    DWORD         drive_count;

    /* Held from before a move, or a look at the elements, until the database knows of it; device and changer change only
     * while it is held.  Taken before the database lock. */
    CRITICAL_SECTION transport;

    /* library_lock */
    struct list   work;                       /* struct work, in the order of execution */
    BOOL          stale;                      /* elements and database may differ */
    ULONGLONG     refresh_time;               /* GetTickCount64() when a stale library is to be looked at */
    ULONGLONG     blocked_time;               /* when a blocked drive is looked at again; 0 while nothing waits for it */
    BOOL          refreshing;
    BOOL          stopping;
    HANDLE        wake;                       /* something to do or reconsider */
    HANDLE       *threads;                    /* room for one more than there are drives */
    DWORD         thread_count;
    DWORD         idle_count;                 /* threads that wait for something to do */
};

extern CRITICAL_SECTION library_lock;
extern struct list libraries;

/* with library_lock held */
struct library *library_find( const GUID *id );
struct drive *library_find_drive( struct library *library, const GUID *id );
struct drive *library_drive_with( struct library *library, const GUID *physical_media );
/* the drive is empty and nobody's; drops what its mount held */
void library_clear_drive( struct drive *drive );
/* the medium in the drive is nobody's, and is dismounted after some ms */
void library_give_up_drive( struct drive *drive, ULONGLONG delay );

/* without it: elements and database may differ, they are read before anything else is begun */
void library_set_stale( struct library *library );

/* ------------------------------------------------------------------ worker.c */

/* A library has a thread for each drive that is being used and one for what comes next: the transport is one for all, but
 * loading, reading labels and unloading take place in all drives at once. */
DWORD workers_start( struct library *library );
/* ends the threads and then what is still queued; what has begun to move is finished and recorded */
void workers_stop( struct library *library );

/* ------------------------------------------------------------------ schedule.c */

enum job_kind
{
    JOB_NONE,
    JOB_REFRESH,          /* read the elements */
    JOB_RUN,              /* work whose drives are claimed */
    JOB_REFUSE,           /* work that ends with error without having been tried */
    JOB_SHOW_WAITING,     /* work that has to wait for a drive for the first time */
    JOB_EMPTY,            /* a drive whose medium has been given up and is overdue */
};

struct job
{
    enum job_kind kind;
    struct work  *work;
    struct drive *drive;
    DWORD         error;
};

/* What is to be done next, marked as being done; for JOB_NONE also the ms after which something is due.  With library_lock
 * held. */
void schedule_next( struct library *library, struct job *job, DWORD *timeout );

/* ------------------------------------------------------------------ configure.c */

/* Makes the library's objects in the database equal to the device and ties each data transfer element to its drive; fills
 * id, media_type and drives.  Tape drives that it takes are marked in used. */
DWORD configure_changer( struct library *library, const struct device_info *changer, const struct changer_contents *contents,
                         const struct device_info *tapes, BOOL *used, DWORD tape_count );
DWORD configure_standalone( struct library *library, const struct device_info *tape );
/* tells the operator, once, that an object needs service; inside a transaction */
DWORD configure_report( DWORD type, const GUID *id, const WCHAR *message );
/* every library is taken for absent until its device has been found; inside a transaction */
DWORD configure_begin(void);

/* ------------------------------------------------------------------ inventory.c */

/* makes the database equal to the elements */
DWORD inventory_apply( struct library *library, const struct changer_contents *contents );
/* the transport that has a cartridge in it, or NULL */
const CHANGER_ELEMENT_STATUS_EX *inventory_full_transport( const struct changer_contents *contents );

/* ------------------------------------------------------------------ standalone.c */

DWORD inventory_standalone( struct library *library );

/* ------------------------------------------------------------------ recover.c */

/* An inventory after reading the elements again.  A cartridge that was left in the transport is put away first. */
DWORD inventory_library( struct library *library );
/* opens the changer again; FALSE while it is not there */
BOOL recover_changer( struct library *library );

/* ------------------------------------------------------------------ work.c */

struct work_item
{
    GUID request;                             /* NTMS_LIBREQUEST object */
    GUID asked;                               /* what the program named: a side or logical medium */
    GUID side;
    GUID medium;
    GUID wish;                                /* the drive asked for, or null GUID */
    GUID drive;                               /* the drive used */
    struct drive *claimed;                    /* the same, while the work is being tried; library_lock */
};

/* one entry of a library's queue */
struct work
{
    struct list     entry;
    struct library *library;
    DWORD           operation;                /* NTMS_LM_* */
    DWORD           options;
    int             priority;
    DWORD           session;                  /* on whose behalf, or 0 */
    struct wait    *wait;                     /* who waits for it, or NULL */
    BOOL            cancelled;                /* library_lock */
    DWORD           cancel_reason;
    BOOL            running;                  /* a thread has it; library_lock */
    BOOL            shown_waiting;            /* its requests are in state NTMS_LM_WAITING; library_lock */
    ULONGLONG       not_before;               /* GetTickCount64(); library_lock */
    DWORD           tries;                    /* for a drive that a program has open */
    DWORD           surprises;                /* elements and database have been found to differ */
    DWORD           count;
    struct work_item items[1];
};

struct work *work_alloc( struct library *library, DWORD operation, DWORD count );
void work_free( struct work *work );
/* records the items as library requests; inside a transaction; session may be NULL */
DWORD work_record( struct work *work, const struct session *session );
/* writes its state, and what drives it uses, to its requests; inside a transaction */
DWORD work_set_state( struct work *work, DWORD state, DWORD error );
/* puts it into the library's queue; the worker owns it from now on */
void work_queue( struct work *work );
/* the wait_cancel_func of a queued work */
void work_cancel( void *context, DWORD reason );
/* whether it has been cancelled, and why, or its library is stopping */
BOOL work_is_over( struct work *work, DWORD *reason );
/* marks what an earlier run of the service left unfinished as cancelled; inside a transaction */
DWORD work_cancel_unfinished(void);
/* deletes finished requests whose time is over; inside a transaction */
DWORD work_purge(void);

/* tries it again after so many ms; WORK_WAIT */
DWORD work_again( struct work *work, ULONGLONG delay );

/* A worker calls one of these for each operation, with the drives claimed.  WORK_WAIT leaves the work in the queue. */
#define WORK_WAIT 0xffffffff

DWORD mount_run( struct work *work );
/* takes back a mount that nobody is there to use */
void mount_undo( struct work *work );
DWORD dismount_run( struct work *work );
DWORD write_label_run( struct work *work );

/* ------------------------------------------------------------------ mount.c (inside a transaction) */

struct mount_medium
{
    GUID  side;
    GUID  medium;
    GUID  library;
    DWORD side_state;
    BOOL  enabled;                            /* it, its side and its library */
    DWORD library_kind;
    DWORD library_state;
};

/* what a side or logical medium is on; ERROR_INVALID_MEDIA when it is neither */
DWORD find_mount_medium( const GUID *id, struct mount_medium *ret );
DWORD check_mount_medium( const struct mount_medium *medium, DWORD options );

/* ------------------------------------------------------------------ claim.c */

enum claim { CLAIM_DONE, CLAIM_LATER, CLAIM_NEVER };

/* A drive for each item of the work, all or none; CLAIM_NEVER when waiting is in vain.  With library_lock held. */
enum claim claim_drives( struct work *work, ULONGLONG now );
void release_drives( struct work *work );
/* takes out of the claimed drives what is in the way; WORK_WAIT while a program has one open */
DWORD empty_drives( struct work *work );
/* passes over a drive for a while; WORK_WAIT */
DWORD avoid_drive( struct work *work, struct drive *drive );
/* a drive that could not be emptied is tried again, later each time */
void give_up_later( struct drive *drive );
/* what has been brought in vain goes back, if need be later */
void drop_drive( struct library *library, struct drive *drive );
/* delay before the next of so many tries, in ms */
ULONGLONG retry_delay( DWORD tries );
/* records that the work is being done, with its drives */
DWORD record_start( struct work *work );
void record_failure( struct work *work );

/* ------------------------------------------------------------------ load.c */

/* moves a medium into a drive, reads its label and compares it; the drive holds the medium afterwards also when the
 * label is wrong (ERROR_INVALID_STATE); ERROR_BUSY while somebody outside has the drive open */
DWORD load_medium( struct work *work, struct drive *drive, const struct work_item *item, struct label *label );
/* Whether the elements are not what the database believed and the work shall be tried again after another look at them:
 * then the result is WORK_WAIT, else error. */
DWORD load_again( struct work *work, DWORD error );
/* unloads the drive and takes its medium to a slot; ERROR_BUSY while somebody has the drive open */
DWORD unload_drive( struct library *library, struct drive *drive );

#endif /* __WINE_NTMSSVC_LIBRARY_H */
