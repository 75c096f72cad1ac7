/*
 * Front end for tests without a kernel: devices served over a unix socket
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

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "frontend.h"
#include "protocol.h"

#define HOST_TIME_OUT 3   /* DID_TIME_OUT of Linux's SCSI layer */
#define MAX_DRAIN     10  /* attentions that st's open swallows at most */

struct connection
{
    struct connection *next;          /* every connection */
    int                fd;
    struct lab_device *device;        /* a generic or a tape node is open */
    bool               holds_tape;    /* it is the tape node */
    bool               watches;
    char               lock[LAB_NAME_SIZE];
    unsigned int       nexus;
    void              *memory;        /* shared with the client; NULL = none */
};

static struct lab *served;
static const char *socket_path;
static int listener = -1;
static pthread_t accepter;
static pthread_mutex_t connections_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t connection_gone = PTHREAD_COND_INITIALIZER;
static struct connection *connections;

static void sleep_ms( unsigned int ms )
{
    struct timespec time = { ms / 1000, ms % 1000 * 1000000l };

    while (nanosleep( &time, &time ) && errno == EINTR) ;
}

static bool answer( struct connection *connection, int result )
{
    struct lab_answer reply = { .result = result };

    return send( connection->fd, &reply, sizeof(reply), MSG_NOSIGNAL ) == sizeof(reply);
}

/* nodes and SCSI addresses as the kernel would give them: sg by device, nst by tape, a host of its own for each */
static void describe( const struct lab_device *device, struct host_device *host )
{
    memset( host, 0, sizeof(*host) );
    host->type = device->type;
    host->host = device->index;
    snprintf( host->sg_path, sizeof(host->sg_path), "/dev/sg%u", device->index );
    if (device->type == HOST_TYPE_TAPE)
        snprintf( host->lock_path, sizeof(host->lock_path), "/dev/nst%s", device->name + strlen( "tape" ) );
}

static bool discover( struct connection *connection, int type )
{
    struct host_device *hosts = calloc( served->device_count, sizeof(*hosts) );
    unsigned int i, count = 0;
    bool ret;

    if (!hosts) return answer( connection, -ENOMEM );
    for (i = 0; i < served->device_count; i++)
        if (served->devices[i]->type == type && served->devices[i]->present) describe( served->devices[i], &hosts[count++] );
    ret = answer( connection, count );
    for (i = 0; i < count && ret; i++)
        ret = send( connection->fd, &hosts[i], sizeof(hosts[i]), MSG_NOSIGNAL ) == sizeof(hosts[i]);
    free( hosts );
    return ret;
}

static struct lab_device *find_node( const char *path, bool *tape_node )
{
    struct host_device host;
    unsigned int i;

    for (i = 0; i < served->device_count; i++)
    {
        struct lab_device *device = served->devices[i];

        if (!device->present) continue;
        describe( device, &host );
        *tape_node = !strcmp( path, host.lock_path );
        if (*tape_node || !strcmp( path, host.sg_path )) return device;
    }
    return NULL;
}

/* Only one may have a tape node open (st), or a name. */
static bool claim( struct connection *connection, struct lab_device *tape, const char *name )
{
    struct connection *other;

    pthread_mutex_lock( &connections_lock );
    for (other = connections; other; other = other->next)
    {
        if (tape && other->holds_tape && other->device == tape) break;
        if (name && !strcmp( other->lock, name )) break;
    }
    if (!other && tape)
    {
        connection->holds_tape = true;
        connection->device = tape;
    }
    if (!other && name) snprintf( connection->lock, sizeof(connection->lock), "%s", name );
    pthread_mutex_unlock( &connections_lock );
    return !other;
}

/* st's open tests the drive and thereby takes attentions away from everybody on this host */
static void drain_attentions( struct lab_device *device, unsigned int nexus )
{
    struct lab_command cmd = { .nexus = nexus };
    unsigned int i;

    for (i = 0; i < MAX_DRAIN; i++)
    {
        lab_execute( device, &cmd );
        if (cmd.status != LAB_CHECK_CONDITION || (cmd.sense[2] & 0x0f) != LAB_UNIT_ATTENTION) break;
    }
}

static int open_node( struct connection *connection, const char *path, int memory )
{
    bool tape_node;
    struct lab_device *device = find_node( path, &tape_node );

    if (!device) return -ENOENT;
    if (tape_node)
    {
        if (!claim( connection, device, NULL )) return -EBUSY;
        drain_attentions( device, connection->nexus );
        return 0;
    }
    connection->memory = mmap( NULL, LAB_MAX_TRANSFER, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0 );
    if (connection->memory == MAP_FAILED)
    {
        connection->memory = NULL;
        return -EINVAL;
    }
    connection->device = device;
    return 0;
}

static void run_command( struct connection *connection, const struct lab_request *request, struct lab_answer *reply )
{
    struct iovec data = { connection->memory, request->data_len };
    struct lab_command cmd = { .nexus = connection->nexus, .data = &data, .data_count = 1, .data_len = request->data_len };
    unsigned int delay;

    memcpy( cmd.cdb, request->cdb, sizeof(cmd.cdb) );
    delay = lab_start( connection->device, &cmd );
    if (request->timeout_ms && delay > request->timeout_ms)
    {
        sleep_ms( request->timeout_ms );
        reply->host_status = HOST_TIME_OUT;
        return;
    }
    if (delay) sleep_ms( delay );
    if (!connection->device->present)
    {
        reply->result = -ENODEV;
        return;
    }
    lab_execute( connection->device, &cmd );
    reply->status = cmd.status;
    reply->sent = cmd.sent;
    if (cmd.status != LAB_CHECK_CONDITION) return;
    reply->sense_len = sizeof(cmd.sense);
    memcpy( reply->sense, cmd.sense, sizeof(cmd.sense) );
}

static bool serve_command( struct connection *connection, const struct lab_request *request )
{
    struct lab_answer reply = { 0 };

    if (!connection->memory) reply.result = -ENOTTY;
    else if (!connection->device->present) reply.result = -ENODEV;
    else if (request->data_len > LAB_MAX_TRANSFER) reply.result = -EINVAL;
    else run_command( connection, request, &reply );
    return send( connection->fd, &reply, sizeof(reply), MSG_NOSIGNAL ) == sizeof(reply);
}

static bool serve_request( struct connection *connection, struct lab_request *request, int memory )
{
    request->name[sizeof(request->name) - 1] = 0;
    if (request->nexus < LAB_MAX_NEXUS) connection->nexus = request->nexus;
    switch (request->code)
    {
    case LAB_REQUEST_DISCOVER:
        return discover( connection, request->number );
    case LAB_REQUEST_OPEN:
        if (connection->device) return answer( connection, -EINVAL );
        return answer( connection, open_node( connection, request->name, memory ) );
    case LAB_REQUEST_LOCK:
        if (!request->name[0]) return answer( connection, -EINVAL );
        return answer( connection, claim( connection, NULL, request->name ) ? 0 : -EBUSY );
    case LAB_REQUEST_WATCH:
        pthread_mutex_lock( &connections_lock );
        connection->watches = true;
        pthread_mutex_unlock( &connections_lock );
        return true;
    case LAB_REQUEST_COMMAND:
        return serve_command( connection, request );
    default:
        return answer( connection, -EINVAL );
    }
}

/* the next request and the descriptor that came with it, -1 = none; false = the client is gone */
static bool get_request( struct connection *connection, struct lab_request *request, int *descriptor )
{
    char buffer[CMSG_SPACE( sizeof(int) )];
    struct iovec data = { request, sizeof(*request) };
    struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = buffer, .msg_controllen = sizeof(buffer) };
    struct cmsghdr *header;

    *descriptor = -1;
    if (recvmsg( connection->fd, &message, MSG_CMSG_CLOEXEC ) != sizeof(*request)) return false;
    if ((header = CMSG_FIRSTHDR( &message )) && header->cmsg_type == SCM_RIGHTS)
        memcpy( descriptor, CMSG_DATA( header ), sizeof(int) );
    return true;
}

static void remove_connection( struct connection *connection )
{
    struct connection **next;

    pthread_mutex_lock( &connections_lock );
    for (next = &connections; *next != connection; next = &(*next)->next) ;
    *next = connection->next;
    close( connection->fd );
    pthread_cond_signal( &connection_gone );
    pthread_mutex_unlock( &connections_lock );
    if (connection->memory) munmap( connection->memory, LAB_MAX_TRANSFER );
    free( connection );
}

static void *connection_thread( void *arg )
{
    struct connection *connection = arg;
    struct lab_request request;
    int descriptor;
    bool more = true;

    while (more && get_request( connection, &request, &descriptor ))
    {
        more = serve_request( connection, &request, descriptor );
        if (descriptor >= 0) close( descriptor );
    }
    remove_connection( connection );
    return NULL;
}

static bool add_connection( int fd )
{
    struct connection *connection = calloc( 1, sizeof(*connection) );
    pthread_t thread;

    if (!connection)
    {
        close( fd );
        return false;
    }
    connection->fd = fd;
    pthread_mutex_lock( &connections_lock );
    connection->next = connections;
    connections = connection;
    pthread_mutex_unlock( &connections_lock );
    if (pthread_create( &thread, NULL, connection_thread, connection ))
    {
        remove_connection( connection );
        return false;
    }
    pthread_detach( thread );
    return true;
}

static void *accept_thread( void *arg )
{
    int fd;

    (void)arg;
    for (;;)
    {
        if ((fd = accept4( listener, NULL, NULL, SOCK_CLOEXEC )) >= 0) add_connection( fd );
        else if (errno == EINVAL) return NULL;  /* shut down */
        else if (errno != EINTR && errno != ECONNABORTED) sleep_ms( 100 );  /* out of descriptors: some may be closed soon */
    }
}

static bool set_present( struct lab_device *device, bool present )
{
    struct connection *connection;

    if (present && !device->present)
    {
        pthread_mutex_lock( &device->lock );
        lab_attention( device, 0x2900, -1 );
        pthread_mutex_unlock( &device->lock );
    }
    device->present = present;
    pthread_mutex_lock( &connections_lock );
    for (connection = connections; connection; connection = connection->next)
        if (connection->watches) answer( connection, 1 );
    pthread_mutex_unlock( &connections_lock );
    return true;
}

bool socket_start( struct lab *lab, const char *path )
{
    served = lab;
    socket_path = path;
    lab->set_present = set_present;
    if ((listener = listen_unix( path, SOCK_SEQPACKET )) < 0) return false;
    if (!pthread_create( &accepter, NULL, accept_thread, NULL )) return true;
    close( listener );
    listener = -1;
    return false;
}

void socket_stop(void)
{
    struct connection *connection;

    if (listener < 0) return;
    unlink( socket_path );
    shutdown( listener, SHUT_RDWR );
    pthread_join( accepter, NULL );
    pthread_mutex_lock( &connections_lock );
    for (connection = connections; connection; connection = connection->next) shutdown( connection->fd, SHUT_RDWR );
    while (connections) pthread_cond_wait( &connection_gone, &connections_lock );
    pthread_mutex_unlock( &connections_lock );
    close( listener );
}
