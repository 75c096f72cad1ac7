/*
 * Starting the removable storage service
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

#include "ntmsapi_private.h"

#include "winsvc.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmsapi);

/* ERROR_NOT_CONNECTED when there is no such service, it may not be started, or it has been started and is gone again */
DWORD start_service( BOOL *started )
{
    SC_HANDLE manager, service = NULL;
    DWORD err = ERROR_SUCCESS;

    if (!(manager = OpenSCManagerW( NULL, NULL, SC_MANAGER_CONNECT ))
        || !(service = OpenServiceW( manager, L"NtmsSvc", SERVICE_START )))
        err = GetLastError();
    else if (!StartServiceW( service, 0, NULL ))
        err = GetLastError();
    else if (*started)
        err = ERROR_SERVICE_NOT_ACTIVE;
    else
        *started = TRUE;

    if (service) CloseServiceHandle( service );
    if (manager) CloseServiceHandle( manager );

    /* it may be starting, or have died and not been missed yet, or the start of another service takes long */
    if (!err || err == ERROR_SERVICE_ALREADY_RUNNING || err == ERROR_SERVICE_DATABASE_LOCKED) return ERROR_SUCCESS;
    WARN( "cannot start the service: %lu\n", err );
    return ERROR_NOT_CONNECTED;
}
