/*
 * What the tests see of the parts of the service that are not there
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

#ifndef __NTMSSVC_TEST_STUBS_H
#define __NTMSSVC_TEST_STUBS_H

#include "ntmssvc.h"

/* the media for which library_write_free_label() has been called, the last one, and calls of library_kick() */
extern int label_writes;
extern GUID label_medium;
extern int kicks;

/* the last call of library_enabled(), and their number */
extern int switches;
extern DWORD switch_type;
extern GUID switch_id;
extern BOOL switch_on;

/* session_id() of the session that calls are made for */
extern DWORD current_session;
/* session_computer() of it */
extern const WCHAR *current_computer;
/* session_token(): NULL is the token of the test */
extern HANDLE current_token;

/* the last wait */
struct test_wait
{
    BOOL             pending;
    DWORD            timeout;
    wait_cancel_func cancel;
    void            *context;
    DWORD            result;       /* of wait_complete() */
    GUID             ids[2];
    DWORD            count;
    BOOL             gone;         /* the program is no longer there for the result */
};
extern struct test_wait last_wait;

#endif
