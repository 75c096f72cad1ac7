/*
 * The line between the PE half of a module and its Unix library
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

#ifndef __WINE_WINE_UNIXLIB_H
#define __WINE_WINE_UNIXLIB_H

#ifdef WINE_UNIX_LIB

/* the host side can do without any other header of Wine, and this is the same type as theirs */
typedef int NTSTATUS;

typedef NTSTATUS (*unixlib_entry_t)( void *args );

/* indexed by the code of WINE_UNIX_CALL(); looked up by name when the PE half asks for its library */
extern __attribute__((visibility("default"))) const unixlib_entry_t __wine_unix_call_funcs[];
extern __attribute__((visibility("default"))) const unixlib_entry_t __wine_unix_call_wow64_funcs[];

#else

typedef UINT64 unixlib_handle_t;

extern unixlib_handle_t __wine_unixlib_handle;
extern NTSTATUS (WINAPI *__wine_unix_call_dispatcher)( unixlib_handle_t handle, unsigned int code, void *args );

/* to be called once, from DllMain or DriverEntry, before the first WINE_UNIX_CALL */
extern NTSTATUS WINAPI __wine_init_unix_call(void);

#define WINE_UNIX_CALL( code, args ) __wine_unix_call_dispatcher( __wine_unixlib_handle, (code), (args) )

#endif /* WINE_UNIX_LIB */

#endif /* __WINE_WINE_UNIXLIB_H */
