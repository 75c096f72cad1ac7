/*
 * Keeps the prefix alive while the service has work
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

/* A wineserver that was started to go when its last program goes kills the services shortly after, whatever they are
 * doing.  A service does not count, so while there is work ntmshold.exe, which does, is kept running. */

#include "service.h"

#include <stdlib.h>

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmssvc);

#define LINGER 2000  /* ms that the holder stays after the last reference: work tends to be followed by more */

static CRITICAL_SECTION hold_lock;     /* guards references and the timer's setting */
static CRITICAL_SECTION_DEBUG hold_lock_debug =
{
    0, 0, &hold_lock, { &hold_lock_debug.ProcessLocksList, &hold_lock_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": hold_lock") }
};
static CRITICAL_SECTION hold_lock = { &hold_lock_debug, -1, 0, 0, 0, 0 };

static CRITICAL_SECTION holder_lock;   /* guards the holder; held while it starts, taken before hold_lock */
static CRITICAL_SECTION_DEBUG holder_lock_debug =
{
    0, 0, &holder_lock, { &holder_lock_debug.ProcessLocksList, &holder_lock_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": holder_lock") }
};
static CRITICAL_SECTION holder_lock = { &holder_lock_debug, -1, 0, 0, 0, 0 };

static unsigned int references;
static TP_TIMER *timer;
static HANDLE holder;      /* its process, or NULL */
static HANDLE let_go;      /* event that ends it */

/* the handles that the holder gets: the event, and the service's process to see it die */
static STARTUPINFOEXW *alloc_startup_info( HANDLE handles[2] )
{
    STARTUPINFOEXW *info;
    SIZE_T size = 0;

    InitializeProcThreadAttributeList( NULL, 1, 0, &size );
    if (!(info = calloc( 1, sizeof(*info) + size ))) return NULL;
    info->lpAttributeList = (LPPROC_THREAD_ATTRIBUTE_LIST)(info + 1);
    if (!InitializeProcThreadAttributeList( info->lpAttributeList, 1, 0, &size )
        || !UpdateProcThreadAttribute( info->lpAttributeList, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles,
                                       2 * sizeof(*handles), NULL, NULL ))
    {
        free( info );
        return NULL;
    }
    info->StartupInfo.cb = sizeof(*info);
    info->StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    info->StartupInfo.hStdInput = info->StartupInfo.hStdOutput = info->StartupInfo.hStdError = INVALID_HANDLE_VALUE;
    return info;
}

static BOOL start_process( const WCHAR *path, WCHAR *command, HANDLE handles[2] )
{
    STARTUPINFOEXW *info;
    PROCESS_INFORMATION pi;
    BOOL ret;

    if (!(info = alloc_startup_info( handles ))) return FALSE;
    if ((ret = CreateProcessW( path, command, NULL, NULL, TRUE, DETACHED_PROCESS | EXTENDED_STARTUPINFO_PRESENT, NULL, NULL,
                               &info->StartupInfo, &pi )))
    {
        holder = pi.hProcess;
        CloseHandle( pi.hThread );
    }
    DeleteProcThreadAttributeList( info->lpAttributeList );
    free( info );
    return ret;
}

static void start_holder(void)
{
    WCHAR path[MAX_PATH], command[MAX_PATH + 40];
    SECURITY_ATTRIBUTES inherit = { sizeof(inherit), NULL, TRUE };
    HANDLE handles[2];

    if (!(handles[0] = CreateEventW( &inherit, TRUE, FALSE, NULL ))) return;
    if (!DuplicateHandle( GetCurrentProcess(), GetCurrentProcess(), GetCurrentProcess(), &handles[1], SYNCHRONIZE, TRUE, 0 ))
    {
        CloseHandle( handles[0] );
        return;
    }
    GetSystemDirectoryW( path, MAX_PATH - 20 );
    wcscat( path, L"\\ntmshold.exe" );
    swprintf( command, ARRAY_SIZE(command), L"\"%s\" %lx %lx", path, HandleToULong( handles[0] ), HandleToULong( handles[1] ));
    if (start_process( path, command, handles )) let_go = handles[0];
    else
    {
        ERR( "cannot start %s: %lu; work may end with the last program\n", debugstr_w(path), GetLastError() );
        CloseHandle( handles[0] );
    }
    CloseHandle( handles[1] );
}

static void end_holder(void)
{
    if (!holder) return;
    SetEvent( let_go );
    CloseHandle( let_go );
    CloseHandle( holder );
    holder = NULL;
}

/* makes the holder's existence what it should be */
static void CALLBACK update_holder( TP_CALLBACK_INSTANCE *instance, void *context, TP_TIMER *tp )
{
    BOOL needed;

    EnterCriticalSection( &holder_lock );
    EnterCriticalSection( &hold_lock );
    needed = references != 0;
    LeaveCriticalSection( &hold_lock );
    TRACE( "%sneeded\n", needed ? "" : "not " );

    if (!needed || (holder && !WaitForSingleObject( holder, 0 ))) end_holder();
    if (needed && !holder) start_holder();
    LeaveCriticalSection( &holder_lock );
}

/* has update_holder() called in some ms */
static void schedule_update( DWORD delay )
{
    LARGE_INTEGER due;
    FILETIME time;

    due.QuadPart = (LONGLONG)delay * -10000;
    time.dwLowDateTime = due.LowPart;
    time.dwHighDateTime = due.HighPart;
    SetThreadpoolTimer( timer, &time, 0, 0 );
}

void hold_prefix(void)
{
    EnterCriticalSection( &hold_lock );
    if (!references++) schedule_update( 0 );
    LeaveCriticalSection( &hold_lock );
}

void release_prefix(void)
{
    EnterCriticalSection( &hold_lock );
    if (!--references) schedule_update( LINGER );
    LeaveCriticalSection( &hold_lock );
}

DWORD hold_start(void)
{
    return (timer = CreateThreadpoolTimer( update_holder, NULL, NULL )) ? ERROR_SUCCESS : GetLastError();
}

void hold_stop(void)
{
    SetThreadpoolTimer( timer, NULL, 0, 0 );
    WaitForThreadpoolTimerCallbacks( timer, TRUE );
    CloseThreadpoolTimer( timer );
    EnterCriticalSection( &holder_lock );
    end_holder();
    LeaveCriticalSection( &holder_lock );
}
