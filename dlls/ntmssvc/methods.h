/*
 * The methods of the local protocol: what their files share
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

#ifndef __WINE_NTMSSVC_METHODS_H
#define __WINE_NTMSSVC_METHODS_H

#include "service.h"

#include "rpc.h"
#include "ntmsrpc.h"

/* the session of a call, to be given back with session_leave() */
DWORD enter_session( DWORD session_id, struct session **session );

/* ERROR_INVALID_PARAMETER for a structure of a program whose size is wrong or whose strings do not end */
DWORD check_information( const NTMS_OBJECTINFORMATIONW *info );

/* the body of a method that is one function of the core */
#define SESSION_CALL( session_id, expression ) \
    struct session *session; \
    DWORD err; \
    \
    if ((err = enter_session( session_id, &session ))) return err; \
    err = expression; \
    session_leave( session ); \
    return err

#endif /* __WINE_NTMSSVC_METHODS_H */
