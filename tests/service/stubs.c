/*
 * In place of sessions and hardware
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

#include "stubs.h"

int label_writes;
GUID label_medium;
int kicks;
int switches;
DWORD switch_type;
GUID switch_id;
BOOL switch_on;
DWORD current_session = 1;
const WCHAR *current_computer = L"computer";
HANDLE current_token;
struct test_wait last_wait;

DWORD session_id( const struct session *session )
{
    return current_session;
}

/* the program that is asking: the test itself, or who it takes the part of */
HANDLE session_token( const struct session *session )
{
    if (!current_token) OpenProcessToken( GetCurrentProcess(), TOKEN_QUERY | TOKEN_DUPLICATE, &current_token );
    return current_token;
}

const WCHAR *session_application( const struct session *session )
{
    return L"test";
}

const WCHAR *session_user( const struct session *session )
{
    return L"user";
}

const WCHAR *session_computer( const struct session *session )
{
    return current_computer;
}

DWORD wait_create( struct session *session, DWORD timeout, wait_cancel_func cancel, void *context, struct wait **ret )
{
    memset( &last_wait, 0, sizeof(last_wait) );
    last_wait.pending = TRUE;
    last_wait.timeout = timeout;
    last_wait.cancel  = cancel;
    last_wait.context = context;
    *ret = (struct wait *)&last_wait;
    return ERROR_SUCCESS;
}

DWORD wait_id( const struct wait *wait )
{
    return 42;
}

BOOL wait_complete( struct wait *wait, DWORD result, const GUID *ids, DWORD count )
{
    last_wait.pending = FALSE;
    last_wait.result  = result;
    last_wait.count   = count;
    if (count) memcpy( last_wait.ids, ids, count * sizeof(*ids) );
    return !last_wait.gone;
}

DWORD library_write_free_label( const GUID *physical_media )
{
    GUID id = { 0 };
    DWORD error;

    label_writes++;
    label_medium = *physical_media;
    if ((error = object_create( &id, NTMS_LIBREQUEST, L"Write", NULL ))) return error;
    return db_exec( "INSERT INTO request (id, library, work_item, operation, physical_media, queued, position)"
                    " VALUES (?1, (SELECT library FROM physical_media WHERE id = ?2), ?1, ?3, ?2, 1, 1)", "ggi",
                    &id, physical_media, NTMS_LM_WRITESCRATCH );
}

void library_kick(void)
{
    kicks++;
}

void library_enabled( DWORD type, const GUID *id, BOOL enabled )
{
    switches++;
    switch_type = type;
    switch_id   = *id;
    switch_on   = enabled;
}
