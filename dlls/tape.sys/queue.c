/*
 * Device objects, request queues and open files of the tape and changer drivers
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

#include <stdarg.h>
#include <stdlib.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "winioctl.h"
#include "ntddscsi.h"
#include "ddk/wdm.h"
#include "wine/debug.h"

#include "queue.h"

WINE_DEFAULT_DEBUG_CHANNEL(tape);

#define IDENTITY_NAME_SIZE 96
#define RETRY_MS           2000  /* until a request that the driver has left pending is made again */

static const struct device_driver *driver;
static DRIVER_OBJECT *driver_object;
/* the devices are a matter of the event thread alone; unloading begins with its end */
static LIST_ENTRY devices = { &devices, &devices };
static HANDLE event_thread, settled_event;

static struct device *get_device( DEVICE_OBJECT *object )
{
    return object->DeviceExtension;
}

/* The file object may be gone when the worker gets to an open or a close: Wine's server takes these two for finished as
 * soon as the dispatch routine returns. So the pointer is kept in the request. */
static void set_file( IRP *irp, struct device_file *file )
{
    irp->Tail.Overlay.DriverContext[0] = file;
    irp->Tail.Overlay.DriverContext[1] = NULL;
}

static struct device_file *get_file( IRP *irp )
{
    return irp->Tail.Overlay.DriverContext[0];
}

/* when a request is to be made again; 0 for one that has not been made */
static void set_due_time( IRP *irp, ULONG_PTR time )
{
    irp->Tail.Overlay.DriverContext[2] = (void *)time;
}

static ULONG_PTR get_due_time( IRP *irp )
{
    return (ULONG_PTR)irp->Tail.Overlay.DriverContext[2];
}

/* The program's memory is needed when the worker gets to the request. In the dispatch routine the current process is the
 * program's. */
static void keep_process( IRP *irp )
{
    DWORD access = PROCESS_VM_READ | PROCESS_VM_WRITE | PROCESS_VM_OPERATION;

    irp->Tail.Overlay.DriverContext[1] = OpenProcess( access, FALSE, HandleToULong( PsGetCurrentProcessId() ) );
}

HANDLE get_request_process( IRP *irp )
{
    return irp->Tail.Overlay.DriverContext[1];
}

struct device_identity get_device_identity( struct device *device )
{
    struct device_identity ret;

    EnterCriticalSection( &device->cs );
    ret = device->identity;
    LeaveCriticalSection( &device->cs );
    return ret;
}

BOOL passes_through(void)
{
    return driver->pass_through;
}

/* the name under which the owner enables a device */
static void get_identity_name( const struct device_identity *identity, WCHAR name[IDENTITY_NAME_SIZE] )
{
    if (identity->serial[0]) swprintf( name, IDENTITY_NAME_SIZE, L"%S", identity->serial );
    else swprintf( name, IDENTITY_NAME_SIZE, L"%S %S %u:%u:%u:%u", identity->vendor, identity->product,
                   identity->host, identity->channel, identity->target, identity->lun );
}

static BOOL get_value( HANDLE key, const WCHAR *name, DWORD *value )
{
    char buffer[FIELD_OFFSET( KEY_VALUE_PARTIAL_INFORMATION, Data[sizeof(DWORD)] )];
    KEY_VALUE_PARTIAL_INFORMATION *info = (KEY_VALUE_PARTIAL_INFORMATION *)buffer;
    UNICODE_STRING nameU;
    DWORD size;

    RtlInitUnicodeString( &nameU, name );
    if (ZwQueryValueKey( key, &nameU, KeyValuePartialInformation, info, sizeof(buffer), &size )) return FALSE;
    if (info->Type != REG_DWORD || info->DataLength != sizeof(DWORD)) return FALSE;
    *value = *(DWORD *)info->Data;
    return TRUE;
}

/* what is said of the device itself counts more than what is said of all */
static BOOL is_enabled( const struct device_identity *identity )
{
    static const WCHAR pathW[] = L"\\Registry\\Machine\\System\\CurrentControlSet\\Control\\NTMS\\Devices";
    UNICODE_STRING path = { sizeof(pathW) - sizeof(WCHAR), sizeof(pathW), (WCHAR *)pathW };
    OBJECT_ATTRIBUTES attr = { sizeof(attr), 0, &path, OBJ_CASE_INSENSITIVE };
    WCHAR name[IDENTITY_NAME_SIZE];
    DWORD value = 0;
    HANDLE key;

    if (ZwOpenKey( &key, KEY_READ, &attr )) return FALSE;
    get_identity_name( identity, name );
    if (!get_value( key, name, &value )) get_value( key, L"*", &value );
    ZwClose( key );
    return value != 0;
}

static NTSTATUS refuse_disabled( const struct device *device )
{
    WCHAR name[IDENTITY_NAME_SIZE];

    get_identity_name( &device->identity, name );
    WARN( "%s%u is not enabled, set a DWORD value %s in HKLM\\System\\CurrentControlSet\\Control\\NTMS\\Devices\n",
          debugstr_w(driver->name), device->number, debugstr_w(name) );
    return STATUS_ACCESS_DENIED;
}

static void free_file( struct device *device, struct device_file *file )
{
    EnterCriticalSection( &device->cs );
    RemoveEntryList( &file->entry );
    LeaveCriticalSection( &device->cs );
    free( file );
}

/* the handle does not keep others out any more */
static void uncount_file( struct device *device, struct device_file *file )
{
    EnterCriticalSection( &device->cs );
    if (file->counted) device->file_count--;
    file->counted = FALSE;
    LeaveCriticalSection( &device->cs );
}

static NTSTATUS complete_at_once( IRP *irp, NTSTATUS status )
{
    if (get_request_process( irp )) CloseHandle( get_request_process( irp ) );
    irp->IoStatus.Status = status;
    IoCompleteRequest( irp, IO_NO_INCREMENT );
    return status;
}

static BOOL is_slow( IRP *irp )
{
    IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation( irp );

    return driver->is_slow && stack->MajorFunction == IRP_MJ_DEVICE_CONTROL &&
           driver->is_slow( stack->Parameters.DeviceIoControl.IoControlCode );
}

/* what others that are queued may wait for; the file of a close is gone */
static void finish_request( struct device *device, IRP *irp )
{
    UCHAR major = IoGetCurrentIrpStackLocation( irp )->MajorFunction;

    EnterCriticalSection( &device->cs );
    if (major == IRP_MJ_CREATE) get_file( irp )->opened = TRUE;
    else if (major != IRP_MJ_CLOSE && is_slow( irp )) get_file( irp )->slow--;
    WakeAllConditionVariable( &device->wakeup );
    LeaveCriticalSection( &device->cs );
}

/* Completion must not happen with device->cs held: the I/O manager cancels requests with its own lock held. */
static void complete_request( struct device *device, IRP *irp, NTSTATUS status )
{
    if (status && IoGetCurrentIrpStackLocation( irp )->MajorFunction == IRP_MJ_CREATE)
    {
        get_file( irp )->status = status;
        uncount_file( device, get_file( irp ) );
    }
    finish_request( device, irp );
    complete_at_once( irp, status );
}

static void WINAPI cancel_request( DEVICE_OBJECT *object, IRP *irp )
{
    struct device *device = get_device( object );

    TRACE( "irp %p\n", irp );
    IoReleaseCancelSpinLock( irp->CancelIrql );

    EnterCriticalSection( &device->cs );
    RemoveEntryList( &irp->Tail.Overlay.ListEntry );
    LeaveCriticalSection( &device->cs );

    irp->IoStatus.Information = 0;
    complete_request( device, irp, STATUS_CANCELLED );
}

/* the worker completes the request, whether it ends early or not */
static void WINAPI cancel_running( DEVICE_OBJECT *object, IRP *irp )
{
    struct device *device = get_device( object );

    TRACE( "irp %p\n", irp );
    IoReleaseCancelSpinLock( irp->CancelIrql );

    EnterCriticalSection( &device->cs );
    if (device->running == irp)
    {
        device->given_up = TRUE;
        driver->cancel( device, TRUE );
    }
    LeaveCriticalSection( &device->cs );
}

static BOOL is_close( IRP *irp )
{
    return IoGetCurrentIrpStackLocation( irp )->MajorFunction == IRP_MJ_CLOSE;
}

/* everything but a close can be cancelled while it waits; FALSE = it has been cancelled */
static BOOL insert_request( struct device *device, IRP *irp )
{
    BOOL ret = TRUE;

    EnterCriticalSection( &device->cs );
    if (!is_close( irp ))
    {
        IoSetCancelRoutine( irp, cancel_request );
        if (irp->Cancel && IoSetCancelRoutine( irp, NULL )) ret = FALSE;
    }
    if (ret)
    {
        IoMarkIrpPending( irp );
        InsertTailList( &device->queue, &irp->Tail.Overlay.ListEntry );
        WakeAllConditionVariable( &device->wakeup );
    }
    LeaveCriticalSection( &device->cs );
    return ret;
}

static NTSTATUS queue_request( struct device *device, IRP *irp )
{
    irp->IoStatus.Information = 0;
    set_due_time( irp, 0 );
    if (!is_close( irp ) && is_slow( irp ))
    {
        EnterCriticalSection( &device->cs );
        get_file( irp )->slow++;
        LeaveCriticalSection( &device->cs );
    }
    if (insert_request( device, irp )) return STATUS_PENDING;
    complete_request( device, irp, STATUS_CANCELLED );
    return STATUS_CANCELLED;
}

/* It goes behind what has been queued meanwhile. */
static void retry_later( struct device *device, IRP *irp )
{
    set_due_time( irp, max( 1, (ULONG_PTR)(GetTickCount64() + RETRY_MS) ));
    if (!insert_request( device, irp )) complete_request( device, irp, STATUS_CANCELLED );
}

/* As long as a request or a close may use the unit, its file is in the list. */
static void release_unit_locked( struct device *device )
{
    if (!device->removed || !device->unit || !IsListEmpty( &device->files )) return;
    driver->release_unit( device->unit );
    device->unit = 0;
}

/* A slow request follows the open of its file, and the close follows it. All others are done in their order. Sets *wait to
 * the time after which the request can be taken. */
static BOOL can_take( struct device *device, IRP *irp, BOOL slow_worker, DWORD *wait )
{
    ULONG_PTR due = get_due_time( irp );
    LONG_PTR left;

    if (driver->is_slow)
    {
        if (is_close( irp ))
        {
            if (slow_worker || get_file( irp )->slow) return FALSE;
        }
        else if (is_slow( irp ) != slow_worker) return FALSE;
        else if (slow_worker && !get_file( irp )->opened) return FALSE;
    }
    if (!due || device->removed || device->stopping) return TRUE;
    if ((left = due - (ULONG_PTR)GetTickCount64()) <= 0) return TRUE;
    *wait = min( *wait, (DWORD)left );
    return FALSE;
}

static IRP *find_request( struct device *device, BOOL slow_worker, DWORD *wait )
{
    LIST_ENTRY *entry;
    IRP *irp;

    *wait = INFINITE;
    for (entry = device->queue.Flink; entry != &device->queue; entry = entry->Flink)
    {
        irp = CONTAINING_RECORD( entry, IRP, Tail.Overlay.ListEntry );
        if (can_take( device, irp, slow_worker, wait )) return irp;
    }
    return NULL;
}

/* a request may have been cancelled before its routine is set: then nobody else will call that */
static void start_running_locked( struct device *device, IRP *irp )
{
    if (!driver->cancel || is_close( irp )) return;
    device->running = irp;
    IoSetCancelRoutine( irp, cancel_running );
    if (!irp->Cancel || !IoSetCancelRoutine( irp, NULL )) return;
    device->given_up = TRUE;
    driver->cancel( device, TRUE );
}

static void end_running( struct device *device, IRP *irp )
{
    IoSetCancelRoutine( irp, NULL );
    EnterCriticalSection( &device->cs );
    device->running = NULL;
    if (device->given_up) driver->cancel( device, FALSE );
    device->given_up = FALSE;
    LeaveCriticalSection( &device->cs );
}

/* takes the next request off the queue; NULL = the worker shall end */
static IRP *next_request( struct device *device, BOOL slow_worker )
{
    DWORD wait;
    IRP *irp;

    EnterCriticalSection( &device->cs );
    for (;;)
    {
        while (!(irp = find_request( device, slow_worker, &wait )) && !(device->stopping && IsListEmpty( &device->queue )))
        {
            release_unit_locked( device );
            SleepConditionVariableCS( &device->wakeup, &device->cs, wait );
        }
        if (!irp) break;
        RemoveEntryList( &irp->Tail.Overlay.ListEntry );
        if (is_close( irp ) || IoSetCancelRoutine( irp, NULL ))
        {
            start_running_locked( device, irp );
            break;
        }
        /* the cancel routine has been called and is waiting for our lock, to unlink and complete the request */
        InitializeListHead( &irp->Tail.Overlay.ListEntry );
    }
    LeaveCriticalSection( &device->cs );
    return irp;
}

static void close_file( struct device *device, struct device_file *file )
{
    if (!file->status) driver->close( device, file );
    free_file( device, file );
}

static NTSTATUS execute_request( struct device *device, IRP *irp )
{
    IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation( irp );
    struct device_file *file = get_file( irp );

    if (stack->MajorFunction == IRP_MJ_CLOSE)
    {
        close_file( device, file );
        return STATUS_SUCCESS;
    }
    if (file->status) return file->status;

    switch (stack->MajorFunction)
    {
    case IRP_MJ_CREATE:
        if (device->removed) return STATUS_NO_SUCH_DEVICE;
        file->enabled = is_enabled( &device->identity );
        return driver->open( device, file );
    case IRP_MJ_DEVICE_CONTROL:
        if (!file->enabled && !driver->is_inquiry( stack->Parameters.DeviceIoControl.IoControlCode ))
            return refuse_disabled( device );
        break;
    default:
        if (!file->enabled) return refuse_disabled( device );
    }
    if (device->removed) return STATUS_DEVICE_NOT_CONNECTED;
    return driver->request( device, file, irp );
}

static void run_worker( struct device *device, BOOL slow_worker )
{
    NTSTATUS status;
    IRP *irp;

    while ((irp = next_request( device, slow_worker )))
    {
        status = execute_request( device, irp );
        if (driver->cancel && !is_close( irp )) end_running( device, irp );
        if (status == STATUS_CANCELLED && device->removed) status = STATUS_DEVICE_NOT_CONNECTED;
        if (status == STATUS_PENDING && device->stopping) status = STATUS_CANCELLED;
        if (status == STATUS_PENDING) retry_later( device, irp );
        else complete_request( device, irp, status );
    }
}

static DWORD WINAPI worker_proc( void *arg )
{
    run_worker( arg, FALSE );
    return 0;
}

static DWORD WINAPI slow_worker_proc( void *arg )
{
    run_worker( arg, TRUE );
    return 0;
}

static NTSTATUS add_file( struct device *device, IRP *irp )
{
    struct device_file *file;

    if (!(file = calloc( 1, sizeof(*file) ))) return STATUS_NO_MEMORY;

    EnterCriticalSection( &device->cs );
    if (device->removed) file->status = STATUS_NO_SUCH_DEVICE;
    else if (driver->exclusive && device->file_count) file->status = STATUS_SHARING_VIOLATION;
    else
    {
        device->file_count++;
        file->counted = TRUE;
    }
    InsertTailList( &device->files, &file->entry );
    IoGetCurrentIrpStackLocation( irp )->FileObject->FsContext = file;
    LeaveCriticalSection( &device->cs );
    set_file( irp, file );
    return file->status;
}

static NTSTATUS WINAPI dispatch_create( DEVICE_OBJECT *object, IRP *irp )
{
    struct device *device = get_device( object );
    NTSTATUS status;

    TRACE( "%s%u, irp %p\n", debugstr_w(driver->name), device->number, irp );

    irp->IoStatus.Information = 0;
    if ((status = add_file( device, irp ))) return complete_at_once( irp, status );
    return queue_request( device, irp );
}

/* The next open may come as soon as the close has been queued: the worker will see them in that order. */
static NTSTATUS WINAPI dispatch_close( DEVICE_OBJECT *object, IRP *irp )
{
    struct device_file *file = IoGetCurrentIrpStackLocation( irp )->FileObject->FsContext;
    struct device *device = get_device( object );

    TRACE( "%s%u, irp %p\n", debugstr_w(driver->name), device->number, irp );

    irp->IoStatus.Information = 0;
    if (!file) return complete_at_once( irp, STATUS_SUCCESS );
    set_file( irp, file );
    uncount_file( device, file );
    return queue_request( device, irp );
}

/* whether requests can be accepted on this handle; a queued open has not failed yet */
static NTSTATUS accept_request( IRP *irp )
{
    struct device_file *file = IoGetCurrentIrpStackLocation( irp )->FileObject->FsContext;

    irp->IoStatus.Information = 0;
    set_file( irp, file );
    return file ? file->status : STATUS_INVALID_HANDLE;
}

static NTSTATUS WINAPI dispatch_control( DEVICE_OBJECT *object, IRP *irp )
{
    IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation( irp );
    struct device *device = get_device( object );
    NTSTATUS status;

    TRACE( "%s%u, irp %p, code %#lx, in %lu, out %lu\n", debugstr_w(driver->name), device->number, irp,
           stack->Parameters.DeviceIoControl.IoControlCode, stack->Parameters.DeviceIoControl.InputBufferLength,
           stack->Parameters.DeviceIoControl.OutputBufferLength );

    if ((status = accept_request( irp ))) return complete_at_once( irp, status );
    status = common_storage_request( device, irp );
    if (status != STATUS_NOT_IMPLEMENTED) return complete_at_once( irp, status );
    if (stack->Parameters.DeviceIoControl.IoControlCode == IOCTL_SCSI_PASS_THROUGH_DIRECT) keep_process( irp );
    return queue_request( device, irp );
}

static NTSTATUS WINAPI dispatch_transfer( DEVICE_OBJECT *object, IRP *irp )
{
    NTSTATUS status;

    TRACE( "%s%u, irp %p, major %u\n", debugstr_w(driver->name), get_device( object )->number, irp,
           IoGetCurrentIrpStackLocation( irp )->MajorFunction );

    if ((status = accept_request( irp ))) return complete_at_once( irp, status );
    return queue_request( get_device( object ), irp );
}

static void make_name( WCHAR *buffer, unsigned int size, UNICODE_STRING *name, const WCHAR *directory,
                       unsigned int number )
{
    swprintf( buffer, size, L"\\%s\\%s%u", directory, driver->name, number );
    RtlInitUnicodeString( name, buffer );
}

static void close_workers( struct device *device )
{
    unsigned int i;

    EnterCriticalSection( &device->cs );
    device->stopping = TRUE;
    WakeAllConditionVariable( &device->wakeup );
    LeaveCriticalSection( &device->cs );
    for (i = 0; i < ARRAY_SIZE(device->workers) && device->workers[i]; i++)
    {
        WaitForSingleObject( device->workers[i], INFINITE );
        CloseHandle( device->workers[i] );
    }
}

static BOOL create_workers( struct device *device )
{
    if (!(device->workers[0] = CreateThread( NULL, 0, worker_proc, device, 0, NULL ))) return FALSE;
    if (!driver->is_slow || (device->workers[1] = CreateThread( NULL, 0, slow_worker_proc, device, 0, NULL ))) return TRUE;
    close_workers( device );
    return FALSE;
}

static NTSTATUS create_device( unsigned int number, struct device **ret )
{
    WCHAR buffer[64];
    UNICODE_STRING name;
    DEVICE_OBJECT *object;
    struct device *device;
    NTSTATUS status;

    make_name( buffer, ARRAY_SIZE(buffer), &name, L"Device", number );
    if ((status = IoCreateDevice( driver_object, sizeof(*device), &name, driver->type, FILE_REMOVABLE_MEDIA, FALSE,
                                  &object ))) return status;
    device = get_device( object );
    memset( device, 0, sizeof(*device) );
    device->object = object;
    device->number = number;
    device->removed = TRUE;
    InitializeCriticalSection( &device->cs );
    InitializeConditionVariable( &device->wakeup );
    InitializeListHead( &device->queue );
    InitializeListHead( &device->files );
    if (!create_workers( device ))
    {
        DeleteCriticalSection( &device->cs );
        IoDeleteDevice( object );
        return STATUS_NO_MEMORY;
    }
    InsertTailList( &devices, &device->entry );
    object->Flags |= DO_DIRECT_IO;
    object->Flags &= ~DO_DEVICE_INITIALIZING;
    *ret = device;
    return STATUS_SUCCESS;
}

static BOOL is_free( struct device *device )
{
    BOOL ret;

    EnterCriticalSection( &device->cs );
    ret = device->removed && !device->unit && IsListEmpty( &device->files );
    LeaveCriticalSection( &device->cs );
    return ret;
}

/* Device objects are never deleted while the driver runs: a request for one may be under way at any time.
 * The list is in the order of the numbers. */
static NTSTATUS get_free_device( struct device **ret )
{
    struct device *device;
    unsigned int count = 0;
    LIST_ENTRY *entry;

    for (entry = devices.Flink; entry != &devices; entry = entry->Flink, count++)
    {
        device = CONTAINING_RECORD( entry, struct device, entry );
        if (!is_free( device )) continue;
        *ret = device;
        return STATUS_SUCCESS;
    }
    return create_device( count, ret );
}

static void make_link_names( const struct device *device, WCHAR name[64], WCHAR link[64], UNICODE_STRING *nameU,
                             UNICODE_STRING *linkU )
{
    make_name( name, 64, nameU, L"Device", device->number );
    make_name( link, 64, linkU, L"DosDevices", device->number );
}

static void add_unit( const struct device_event *event )
{
    WCHAR name[64], link[64];
    UNICODE_STRING nameU, linkU;
    struct device *device;
    NTSTATUS status;

    if ((status = get_free_device( &device )))
    {
        ERR( "failed to create a device, status %#lx\n", status );
        return;
    }
    TRACE( "%s%u is %s %s, serial number %s, at %u:%u:%u:%u\n", debugstr_w(driver->name), device->number,
           debugstr_a(event->identity.vendor), debugstr_a(event->identity.product),
           debugstr_a(event->identity.serial), event->identity.host, event->identity.channel,
           event->identity.target, event->identity.lun );

    EnterCriticalSection( &device->cs );
    device->identity = event->identity;
    device->unit = event->unit;
    device->removed = FALSE;
    LeaveCriticalSection( &device->cs );

    make_link_names( device, name, link, &nameU, &linkU );
    if ((status = IoCreateSymbolicLink( &linkU, &nameU )))
        ERR( "failed to create link %s, status %#lx\n", debugstr_w(link), status );
}

/* Open handles stay, but all they can do now is close; the worker releases the unit after the last one. Without any,
 * the number is free at once: a device that the next event reports in the same place shall have it. */
static void remove_unit( struct device *device )
{
    WCHAR name[64], link[64];
    UNICODE_STRING nameU, linkU;

    TRACE( "%s%u\n", debugstr_w(driver->name), device->number );

    make_link_names( device, name, link, &nameU, &linkU );
    IoDeleteSymbolicLink( &linkU );
    EnterCriticalSection( &device->cs );
    device->removed = TRUE;
    /* the host need not tell what became of a command that runs */
    if (device->running)
    {
        device->given_up = TRUE;
        driver->cancel( device, TRUE );
    }
    release_unit_locked( device );
    WakeAllConditionVariable( &device->wakeup );
    LeaveCriticalSection( &device->cs );
}

static struct device *find_unit( UINT64 unit )
{
    struct device *device;
    LIST_ENTRY *entry;

    for (entry = devices.Flink; entry != &devices; entry = entry->Flink)
    {
        device = CONTAINING_RECORD( entry, struct device, entry );
        if (device->unit == unit && !device->removed) return device;
    }
    return NULL;
}

static DWORD WINAPI event_proc( void *arg )
{
    struct device_event event = { 0 };
    struct device *device;

    while (!driver->next_event( &event ) && event.type != DEVICE_EVENT_STOPPED)
    {
        switch (event.type)
        {
        case DEVICE_EVENT_ARRIVED:
            add_unit( &event );
            break;
        case DEVICE_EVENT_REMOVED:
            if ((device = find_unit( event.unit ))) remove_unit( device );
            else driver->release_unit( event.unit );
            break;
        case DEVICE_EVENT_SETTLED:
            SetEvent( settled_event );
            break;
        }
    }
    SetEvent( settled_event );
    return 0;
}

static void delete_device( struct device *device )
{
    RemoveEntryList( &device->entry );
    if (!device->removed) remove_unit( device );
    close_workers( device );
    while (!IsListEmpty( &device->files ))
        close_file( device, CONTAINING_RECORD( device->files.Flink, struct device_file, entry ) );
    EnterCriticalSection( &device->cs );
    release_unit_locked( device );
    LeaveCriticalSection( &device->cs );
    DeleteCriticalSection( &device->cs );
    IoDeleteDevice( device->object );
}

static void WINAPI unload_driver( DRIVER_OBJECT *object )
{
    TRACE( "%s\n", debugstr_w(driver->name) );

    driver->stop_events();
    WaitForSingleObject( event_thread, INFINITE );
    CloseHandle( event_thread );
    CloseHandle( settled_event );
    while (!IsListEmpty( &devices )) delete_device( CONTAINING_RECORD( devices.Flink, struct device, entry ) );
}

NTSTATUS start_devices( DRIVER_OBJECT *object, const struct device_driver *device_driver )
{
    driver = device_driver;
    driver_object = object;

    object->MajorFunction[IRP_MJ_CREATE]         = dispatch_create;
    object->MajorFunction[IRP_MJ_CLOSE]          = dispatch_close;
    object->MajorFunction[IRP_MJ_DEVICE_CONTROL] = dispatch_control;
    object->MajorFunction[IRP_MJ_READ]           = dispatch_transfer;
    object->MajorFunction[IRP_MJ_WRITE]          = dispatch_transfer;
    object->MajorFunction[IRP_MJ_FLUSH_BUFFERS]  = dispatch_transfer;
    object->DriverUnload = unload_driver;

    if (!(settled_event = CreateEventW( NULL, TRUE, FALSE, NULL ))) return STATUS_NO_MEMORY;
    if (!(event_thread = CreateThread( NULL, 0, event_proc, NULL, 0, NULL )))
    {
        CloseHandle( settled_event );
        return STATUS_NO_MEMORY;
    }
    /* programs that start with the system expect to find their drives; one that hangs must not stop the others */
    if (WaitForSingleObject( settled_event, 10000 )) WARN( "the first scan is taking long\n" );
    return STATUS_SUCCESS;
}
