/*
 * Let User-Mode Linux run on processors whose register state is larger than it knows
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

/* Linux takes a process's extended registers (PTRACE_SETREGSET, NT_X86_XSTATE) only as a whole.  User-Mode Linux 6.1
 * has a buffer of fixed size for them, which is too small where the processor has tile registers (AMX): its first
 * process dies with "ptrace set fp regs failed".  Preloaded, this adds the registers that are missing, in their initial
 * state; the programs inside do not use them, because User-Mode Linux does not let them ask for the permission. */

#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define XSTATE_FEATURES 512   /* offset of the mask of the features that the area holds */
#define XSTATE_TILES    17    /* first of the two tile features */

static long host_ptrace( long request, pid_t pid, void *addr, void *data )
{
    return syscall( SYS_ptrace, request, pid, addr, data );
}

static long set_xstate( pid_t pid, const struct iovec *known )
{
    static char area[65536] __attribute__((aligned( 64 )));
    struct iovec whole = { area, sizeof(area) };
    uint64_t features;

    if (known->iov_len < XSTATE_FEATURES + sizeof(features) ||
        host_ptrace( PTRACE_GETREGSET, pid, (void *)NT_X86_XSTATE, &whole ) < 0 || whole.iov_len <= known->iov_len)
        return host_ptrace( PTRACE_SETREGSET, pid, (void *)NT_X86_XSTATE, (void *)known );

    memcpy( area, known->iov_base, known->iov_len );
    memcpy( &features, area + XSTATE_FEATURES, sizeof(features) );
    features &= ((uint64_t)1 << XSTATE_TILES) - 1;
    memcpy( area + XSTATE_FEATURES, &features, sizeof(features) );
    return host_ptrace( PTRACE_SETREGSET, pid, (void *)NT_X86_XSTATE, &whole );
}

long ptrace( enum __ptrace_request request, ... )
{
    long ret, word;
    va_list args;
    pid_t pid;
    void *addr, *data;

    va_start( args, request );
    pid = va_arg( args, pid_t );
    addr = va_arg( args, void * );
    data = va_arg( args, void * );
    va_end( args );

    if (request == PTRACE_SETREGSET && (uintptr_t)addr == NT_X86_XSTATE) return set_xstate( pid, data );
    if (request != PTRACE_PEEKTEXT && request != PTRACE_PEEKDATA && request != PTRACE_PEEKUSER)
        return host_ptrace( request, pid, addr, data );

    /* the C library returns the word that the system call stores */
    if ((ret = host_ptrace( request, pid, addr, &word )) < 0) return ret;
    errno = 0;
    return word;
}
