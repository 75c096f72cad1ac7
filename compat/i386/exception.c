/*
 * The exception handlers behind wine/exception.h, for i386 modules that are linked without winecrt0
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

#include "windef.h"
#include "winbase.h"
#include "winternl.h"

#include "wine/exception.h"

/* registers in __wine_jmp_buf: ebp, ebx, edi, esi, esp, eip; the frame is in the seventh place */
__asm__( ".globl ___wine_setjmpex\n"
         "___wine_setjmpex:\n\t"
         "movl 4(%esp),%ecx\n\t"
         "movl %ebp,0(%ecx)\n\t"
         "movl %ebx,4(%ecx)\n\t"
         "movl %edi,8(%ecx)\n\t"
         "movl %esi,12(%ecx)\n\t"
         "leal 4(%esp),%eax\n\t"
         "movl %eax,16(%ecx)\n\t"
         "movl (%esp),%eax\n\t"
         "movl %eax,20(%ecx)\n\t"
         "movl 8(%esp),%eax\n\t"
         "movl %eax,24(%ecx)\n\t"
         "xorl %eax,%eax\n\t"
         "ret\n" );

__asm__( ".globl ___wine_longjmp\n"
         "___wine_longjmp:\n\t"
         "movl 4(%esp),%ecx\n\t"
         "movl 8(%esp),%eax\n\t"
         "movl 0(%ecx),%ebp\n\t"
         "movl 4(%ecx),%ebx\n\t"
         "movl 8(%ecx),%edi\n\t"
         "movl 12(%ecx),%esi\n\t"
         "movl 16(%ecx),%esp\n\t"
         "jmpl *20(%ecx)\n" );

/* RtlUnwind() keeps only ebp, but leaves the frame that it stopped at as the first of the thread's list */
static void unwind_to_frame( EXCEPTION_REGISTRATION_RECORD *frame, EXCEPTION_RECORD *record )
{
    __asm__ __volatile__( "pushl $0\n\t"
                          "pushl %1\n\t"
                          "pushl $1f\n\t"
                          "pushl %0\n\t"
                          "call _RtlUnwind@16\n"
                          "1:"
                          : : "a" (frame), "d" (record) : "ebx", "ecx", "esi", "edi", "memory", "cc" );
}

static void DECLSPEC_NORETURN execute_handler( __WINE_FRAME *wine_frame, EXCEPTION_RECORD *record )
{
    wine_frame->ExceptionCode   = record->ExceptionCode;
    wine_frame->ExceptionRecord = wine_frame;

    unwind_to_frame( &wine_frame->frame, record );

    wine_frame = (__WINE_FRAME *)__wine_get_frame();
    __wine_pop_frame( &wine_frame->frame );
    for (;;) __wine_longjmp( &wine_frame->jmp, 1 );
}

static BOOL is_unwinding( const EXCEPTION_RECORD *record )
{
    return (record->ExceptionFlags & (EH_UNWINDING | EH_EXIT_UNWIND)) != 0;
}

static DWORD handle_filter_result( LONG result, __WINE_FRAME *wine_frame, EXCEPTION_RECORD *record )
{
    switch (result)
    {
    case EXCEPTION_CONTINUE_EXECUTION: return ExceptionContinueExecution;
    case EXCEPTION_EXECUTE_HANDLER: execute_handler( wine_frame, record );
    default: return ExceptionContinueSearch;
    }
}

DWORD __cdecl __wine_exception_handler( EXCEPTION_RECORD *record, EXCEPTION_REGISTRATION_RECORD *frame,
                                        CONTEXT *context, EXCEPTION_REGISTRATION_RECORD **dispatcher )
{
    __WINE_FRAME *wine_frame = (__WINE_FRAME *)frame;
    EXCEPTION_POINTERS pointers = { record, context };

    if (is_unwinding( record ) || (record->ExceptionFlags & EH_NESTED_CALL)) return ExceptionContinueSearch;
    return handle_filter_result( wine_frame->u.filter( &pointers ), wine_frame, record );
}

DWORD __cdecl __wine_exception_ctx_handler( EXCEPTION_RECORD *record, EXCEPTION_REGISTRATION_RECORD *frame,
                                            CONTEXT *context, EXCEPTION_REGISTRATION_RECORD **dispatcher )
{
    __WINE_FRAME *wine_frame = (__WINE_FRAME *)frame;
    EXCEPTION_POINTERS pointers = { record, context };

    if (is_unwinding( record ) || (record->ExceptionFlags & EH_NESTED_CALL)) return ExceptionContinueSearch;
    return handle_filter_result( wine_frame->u.filter_ctx( &pointers, wine_frame->ctx ), wine_frame, record );
}

DWORD __cdecl __wine_exception_handler_all( EXCEPTION_RECORD *record, EXCEPTION_REGISTRATION_RECORD *frame,
                                            CONTEXT *context, EXCEPTION_REGISTRATION_RECORD **dispatcher )
{
    if (is_unwinding( record ) || (record->ExceptionFlags & EH_NESTED_CALL)) return ExceptionContinueSearch;
    execute_handler( (__WINE_FRAME *)frame, record );
}

DWORD __cdecl __wine_exception_handler_page_fault( EXCEPTION_RECORD *record, EXCEPTION_REGISTRATION_RECORD *frame,
                                                   CONTEXT *context, EXCEPTION_REGISTRATION_RECORD **dispatcher )
{
    if (record->ExceptionCode != STATUS_ACCESS_VIOLATION) return ExceptionContinueSearch;
    return __wine_exception_handler_all( record, frame, context, dispatcher );
}

DWORD __cdecl __wine_finally_handler( EXCEPTION_RECORD *record, EXCEPTION_REGISTRATION_RECORD *frame,
                                      CONTEXT *context, EXCEPTION_REGISTRATION_RECORD **dispatcher )
{
    if (is_unwinding( record )) ((__WINE_FRAME *)frame)->u.finally_func( FALSE );
    return ExceptionContinueSearch;
}

DWORD __cdecl __wine_finally_ctx_handler( EXCEPTION_RECORD *record, EXCEPTION_REGISTRATION_RECORD *frame,
                                          CONTEXT *context, EXCEPTION_REGISTRATION_RECORD **dispatcher )
{
    __WINE_FRAME *wine_frame = (__WINE_FRAME *)frame;

    if (is_unwinding( record )) wine_frame->u.finally_func_ctx( FALSE, wine_frame->ctx );
    return ExceptionContinueSearch;
}
