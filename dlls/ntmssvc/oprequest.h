/*
 * Operator requests
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

#ifndef __WINE_NTMSSVC_OPREQUEST_H
#define __WINE_NTMSSVC_OPREQUEST_H

#include "ntmssvc.h"

struct operator_request
{
    DWORD        request;       /* an NTMS_OPREQ code */
    const WCHAR *message;
    DWORD        arg1_type;     /* NTMS_UNKNOWN: none */
    GUID         arg1;
    DWORD        arg2_type;
    GUID         arg2;
};

/* inside a transaction; session is NULL for those of the service itself */
DWORD operator_request_create( struct session *session, const struct operator_request *request, GUID *id );
/* After the commit that has ended or deleted a request: releases the programs that wait for it with that result. */
void operator_request_ended( const GUID *request, DWORD result );

#endif /* __WINE_NTMSSVC_OPREQUEST_H */
