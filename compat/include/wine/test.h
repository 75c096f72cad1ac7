/*
 * Test programs: checks, what is known to fail, and the summary at the end
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

#ifndef __WINE_WINE_TEST_H
#define __WINE_WINE_TEST_H

#include <stdarg.h>
#include <stdlib.h>
#include <windef.h>
#include <winbase.h>

/* one test per file; the test list of the program is made from the names of the files */
#define START_TEST(name) void func_##name(void); void func_##name(void)

#if defined(__GNUC__)
#define WINETEST_PRINTF_ATTR(fmt, args) __attribute__((format (__MINGW_PRINTF_FORMAT, fmt, args)))
#ifndef __MINGW_PRINTF_FORMAT
#define __MINGW_PRINTF_FORMAT printf
#endif
#else
#define WINETEST_PRINTF_ATTR(fmt, args)
#endif

struct test
{
    const char *name;
    void (*func)(void);
};

extern const struct test winetest_testlist[];
extern int winetest_debug;
extern int winetest_interactive;
extern const char *winetest_platform;  /* "wine" or "windows" */

/* The functions that end in _ take the place to report from a preceding winetest_set_location(). */
extern void winetest_set_location( const char *file, int line );
extern int winetest_vok( int condition, const char *format, va_list args );
extern int winetest_ok( int condition, const char *format, ... ) WINETEST_PRINTF_ATTR(2, 3);
extern void winetest_skip( const char *format, ... ) WINETEST_PRINTF_ATTR(1, 2);
extern void winetest_win_skip( const char *format, ... ) WINETEST_PRINTF_ATTR(1, 2);
extern void winetest_trace( const char *format, ... ) WINETEST_PRINTF_ATTR(1, 2);
extern void winetest_print( const char *format, ... ) WINETEST_PRINTF_ATTR(1, 2);
extern void winetest_push_context( const char *format, ... ) WINETEST_PRINTF_ATTR(1, 2);
extern void winetest_pop_context( void );
extern void winetest_start_todo( int is_todo );
extern int winetest_loop_todo( void );
extern void winetest_end_todo( void );
extern int winetest_broken( int condition );
extern int winetest_get_mainargs( char ***argv );
extern LONG winetest_get_failures( void );
extern void winetest_add_failures( LONG count );
extern void winetest_wait_child_process( HANDLE process );
extern const char *wine_dbgstr_wn( const WCHAR *str, int length );
extern const char *wine_dbgstr_an( const char *str, int length );
extern const char *wine_dbgstr_guid( const GUID *guid );
extern const char *wine_dbg_sprintf( const char *format, ... ) WINETEST_PRINTF_ATTR(1, 2);

static inline const char *wine_dbgstr_w( const WCHAR *str ) { return wine_dbgstr_wn( str, -1 ); }
static inline const char *wine_dbgstr_a( const char *str )  { return wine_dbgstr_an( str, -1 ); }
static inline const char *debugstr_w( const WCHAR *str )    { return wine_dbgstr_wn( str, -1 ); }
static inline const char *debugstr_a( const char *str )     { return wine_dbgstr_an( str, -1 ); }
static inline const char *debugstr_guid( const GUID *guid ) { return wine_dbgstr_guid( guid ); }

#define ok_(file, line)       (winetest_set_location( file, line ), 0) ? (void)0 : (void)winetest_ok
#define skip_(file, line)     (winetest_set_location( file, line ), 0) ? (void)0 : winetest_skip
#define win_skip_(file, line) (winetest_set_location( file, line ), 0) ? (void)0 : winetest_win_skip
#define trace_(file, line)    (winetest_set_location( file, line ), 0) ? (void)0 : winetest_trace

#define ok       ok_(__FILE__, __LINE__)
#define skip     skip_(__FILE__, __LINE__)
#define win_skip win_skip_(__FILE__, __LINE__)
#define trace    trace_(__FILE__, __LINE__)

/* the next statement holds on Windows and is known to fail, here when is_todo, on Wine */
#define todo_if(is_todo) \
    for (winetest_start_todo( is_todo ); winetest_loop_todo(); winetest_end_todo())
#define todo_wine              todo_if( !strcmp( winetest_platform, "wine" ) )
#define todo_wine_if(is_todo)  todo_if( (is_todo) && !strcmp( winetest_platform, "wine" ) )

/* what some version of Windows does wrong and Wine must not do */
#define broken(condition)  winetest_broken( condition )

#define ok_long(expr, expected) \
    do { LONG value_ = (expr); ok( value_ == (expected), #expr " is %ld\n", value_ ); } while (0)

#include <string.h>

/* ---- once per program: the generated test list defines STANDALONE */

#ifdef STANDALONE

#include <stdio.h>

#define WINETEST_CONTEXTS 8

int winetest_debug = 1;
int winetest_interactive;
const char *winetest_platform = "windows";

static int main_argc;
static char **main_argv;
static LONG successes, failures, todo_successes, todos, skipped;

/* what belongs to a thread: tests may check from several */
struct winetest_thread
{
    const char *file;
    int line;
    unsigned int todo_level;     /* bits: which of the nested todo blocks are in force */
    int todo_loop;
    unsigned int context_count;
    char context[WINETEST_CONTEXTS][128];
    char buffers[2048];          /* ring of the strings that the debug helpers return */
    unsigned int pos;
};

static DWORD winetest_tls;

static struct winetest_thread *get_thread(void)
{
    DWORD error = GetLastError();  /* TlsGetValue clears it */
    struct winetest_thread *thread = TlsGetValue( winetest_tls );

    if (!thread)
    {
        if (!(thread = calloc( 1, sizeof(*thread) ))) abort();
        TlsSetValue( winetest_tls, thread );
    }
    SetLastError( error );
    return thread;
}

void winetest_set_location( const char *file, int line )
{
    struct winetest_thread *thread;
    DWORD error = GetLastError();
    const char *p;

    for (p = file; *p; p++) if (*p == '/' || *p == '\\') file = p + 1;
    thread = get_thread();
    thread->file = file;
    thread->line = line;
    SetLastError( error );
}

static void print_location( const char *what )
{
    struct winetest_thread *thread = get_thread();
    unsigned int i;

    printf( "%s:%d: %s", thread->file, thread->line, what );
    for (i = 0; i < thread->context_count; i++) printf( "%s: ", thread->context[i] );
}

/* one line of output, with the last error left as the test program has it */
static void print_message( const char *what, const char *format, va_list args )
{
    DWORD error = GetLastError();

    print_location( what );
    vprintf( format, args );
    fflush( stdout );
    SetLastError( error );
}

int winetest_vok( int condition, const char *format, va_list args )
{
    if (get_thread()->todo_level)
    {
        if (!condition)
        {
            InterlockedIncrement( &todos );
            if (winetest_debug > 0) print_message( "Test marked todo: ", format, args );
            return 1;
        }
        InterlockedIncrement( &todo_successes );
        print_message( "Test succeeded inside todo block: ", format, args );
        return 0;
    }
    if (condition)
    {
        InterlockedIncrement( &successes );
        return 1;
    }
    InterlockedIncrement( &failures );
    print_message( "Test failed: ", format, args );
    return 0;
}

int winetest_ok( int condition, const char *format, ... )
{
    va_list args;
    int ret;

    va_start( args, format );
    ret = winetest_vok( condition, format, args );
    va_end( args );
    return ret;
}

void winetest_skip( const char *format, ... )
{
    va_list args;

    va_start( args, format );
    print_message( "Tests skipped: ", format, args );
    va_end( args );
    InterlockedIncrement( &skipped );
}

void winetest_win_skip( const char *format, ... )
{
    va_list args;

    va_start( args, format );
    if (!strcmp( winetest_platform, "windows" ))
    {
        print_message( "Tests skipped: ", format, args );
        InterlockedIncrement( &skipped );
    }
    else winetest_vok( 0, format, args );
    va_end( args );
}

void winetest_trace( const char *format, ... )
{
    va_list args;

    if (winetest_debug <= 0) return;
    va_start( args, format );
    print_message( "", format, args );
    va_end( args );
}

void winetest_print( const char *format, ... )
{
    va_list args;

    va_start( args, format );
    vprintf( format, args );
    va_end( args );
    fflush( stdout );
}

void winetest_push_context( const char *format, ... )
{
    struct winetest_thread *thread = get_thread();
    va_list args;

    if (thread->context_count == WINETEST_CONTEXTS) abort();
    va_start( args, format );
    vsnprintf( thread->context[thread->context_count], sizeof(thread->context[0]), format, args );
    va_end( args );
    thread->context[thread->context_count++][sizeof(thread->context[0]) - 1] = 0;
}

void winetest_pop_context(void)
{
    struct winetest_thread *thread = get_thread();

    if (thread->context_count) thread->context_count--;
}

void winetest_start_todo( int is_todo )
{
    struct winetest_thread *thread = get_thread();

    thread->todo_level = (thread->todo_level << 1) | (is_todo != 0);
    thread->todo_loop = 1;
}

int winetest_loop_todo(void)
{
    struct winetest_thread *thread = get_thread();
    int loop = thread->todo_loop;

    thread->todo_loop = 0;
    return loop;
}

void winetest_end_todo(void)
{
    get_thread()->todo_level >>= 1;
}

int winetest_broken( int condition )
{
    return condition && !strcmp( winetest_platform, "windows" );
}

int winetest_get_mainargs( char ***argv )
{
    *argv = main_argv;
    return main_argc;
}

LONG winetest_get_failures(void)
{
    return failures;
}

void winetest_add_failures( LONG count )
{
    while (count-- > 0) InterlockedIncrement( &failures );
}

void winetest_wait_child_process( HANDLE process )
{
    DWORD code = 1;

    winetest_set_location( __FILE__, __LINE__ );
    winetest_ok( WaitForSingleObject( process, 60000 ) == WAIT_OBJECT_0, "The child process does not end\n" );
    GetExitCodeProcess( process, &code );
    winetest_ok( !code, "The child process ended with %lu failures\n", code );
}

/* room for one more result of the debug helpers; the oldest ones are overwritten */
static char *get_buffer( unsigned int size )
{
    struct winetest_thread *thread = get_thread();
    char *ret;

    if (thread->pos + size > sizeof(thread->buffers)) thread->pos = 0;
    ret = thread->buffers + thread->pos;
    thread->pos += size;
    return ret;
}

#define WINETEST_STRING 300

static char *append_char( char *dst, unsigned int ch )
{
    switch (ch)
    {
    case '\n': return dst + sprintf( dst, "\\n" );
    case '\r': return dst + sprintf( dst, "\\r" );
    case '\t': return dst + sprintf( dst, "\\t" );
    case '"':  return dst + sprintf( dst, "\\\"" );
    case '\\': return dst + sprintf( dst, "\\\\" );
    }
    if (ch >= ' ' && ch < 127) return dst + sprintf( dst, "%c", ch );
    return dst + sprintf( dst, "\\x%04x", ch );
}

const char *wine_dbgstr_wn( const WCHAR *str, int length )
{
    char *ret, *dst, *end;

    if (!str) return "(null)";
    if (length < 0) length = lstrlenW( str );
    ret = dst = get_buffer( WINETEST_STRING );
    end = ret + WINETEST_STRING - 12;
    dst += sprintf( dst, "L\"" );
    for (; length && dst < end; length--) dst = append_char( dst, *str++ );
    sprintf( dst, length ? "\"..." : "\"" );
    return ret;
}

const char *wine_dbgstr_an( const char *str, int length )
{
    char *ret, *dst, *end;

    if (!str) return "(null)";
    if (length < 0) length = strlen( str );
    ret = dst = get_buffer( WINETEST_STRING );
    end = ret + WINETEST_STRING - 12;
    dst += sprintf( dst, "\"" );
    for (; length && dst < end; length--) dst = append_char( dst, (unsigned char)*str++ );
    sprintf( dst, length ? "\"..." : "\"" );
    return ret;
}

const char *wine_dbgstr_guid( const GUID *guid )
{
    if (!guid) return "(null)";
    return wine_dbg_sprintf( "{%08lx-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x}", guid->Data1, guid->Data2,
                             guid->Data3, guid->Data4[0], guid->Data4[1], guid->Data4[2], guid->Data4[3],
                             guid->Data4[4], guid->Data4[5], guid->Data4[6], guid->Data4[7] );
}

const char *wine_dbg_sprintf( const char *format, ... )
{
    char *ret = get_buffer( WINETEST_STRING );
    va_list args;

    va_start( args, format );
    vsnprintf( ret, WINETEST_STRING, format, args );
    va_end( args );
    ret[WINETEST_STRING - 1] = 0;
    return ret;
}

static LONG run_test( const struct test *test )
{
    LONG failed;

    successes = failures = todo_successes = todos = skipped = 0;
    test->func();
    failed = failures + todo_successes;
    printf( "%04lx:%s: %ld tests executed (%ld marked as todo, %ld %s), %ld skipped.\n", GetCurrentProcessId(),
            test->name, successes + failures + todos + todo_successes, todos, failed,
            failed == 1 ? "failure" : "failures", skipped );
    fflush( stdout );
    return failed;
}

/* runs the named tests, or all; the exit status is the number of failures, at most 255 */
int main( int argc, char **argv )
{
    HMODULE ntdll = GetModuleHandleA( "ntdll.dll" );
    const struct test *test;
    const char *env;
    LONG failed = 0, found = 0;

    main_argc = argc;
    main_argv = argv;
    winetest_tls = TlsAlloc();
    setvbuf( stdout, NULL, _IONBF, 0 );
    if (ntdll && GetProcAddress( ntdll, "wine_server_call" )) winetest_platform = "wine";
    if ((env = getenv( "WINETEST_DEBUG" ))) winetest_debug = atoi( env );
    if ((env = getenv( "WINETEST_INTERACTIVE" ))) winetest_interactive = atoi( env );

    for (test = winetest_testlist; test->name; test++)
    {
        if (argc > 1 && strcmp( argv[1], test->name )) continue;
        failed += run_test( test );
        found++;
    }
    if (!found) printf( "No test is named %s\n", argv[1] );
    return !found || failed > 255 ? 255 : failed;
}

#endif /* STANDALONE */

#endif /* __WINE_WINE_TEST_H */
