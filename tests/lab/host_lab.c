/*
 * The host as the unixlibs see it, played by labscsi over its socket
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

#if 0
#pragma makedep unix
#endif

#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "protocol.h"

#define MAX_DESCRIPTORS 4096
#define DRIVER_SENSE    0x08   /* what sg says beside sense data */

/* what belongs to a descriptor; each is used by one request at a time */
static struct
{
    pthread_mutex_t lock;
    unsigned char  *memory;    /* shared with labscsi; NULL = no generic node */
    int             event;     /* can be read while commands are given up */
    int             cancelled;
    int             pending;   /* the answer to a command that was given up has not come */
} descriptors[MAX_DESCRIPTORS];

static pthread_once_t init_once = PTHREAD_ONCE_INIT;
static int wake_fd = -1;
static int watch_fd = -1;

static int send_request( int fd, const struct lab_request *request, int descriptor )
{
    char buffer[CMSG_SPACE( sizeof(int) )] = { 0 };
    struct iovec data = { (void *)request, sizeof(*request) };
    struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1 };
    struct cmsghdr *header;
    ssize_t len;

    if (descriptor >= 0)
    {
        message.msg_control = buffer;
        message.msg_controllen = sizeof(buffer);
        header = CMSG_FIRSTHDR( &message );
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN( sizeof(int) );
        memcpy( CMSG_DATA( header ), &descriptor, sizeof(int) );
    }
    while ((len = sendmsg( fd, &message, MSG_NOSIGNAL )) < 0 && errno == EINTR) ;
    return len == sizeof(*request) ? 0 : -EIO;
}

static int receive( int fd, void *data, size_t size )
{
    ssize_t len;

    while ((len = recv( fd, data, size, 0 )) < 0 && errno == EINTR) ;
    return len == (ssize_t)size ? 0 : -EIO;
}

static int connect_lab(void)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const char *path = getenv( "LABSCSI_SOCKET" );
    int fd, ret;

    if (!path || strlen( path ) >= sizeof(address.sun_path)) return -ENOENT;
    strcpy( address.sun_path, path );
    if ((fd = socket( AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0 )) < 0) return -errno;
    while ((ret = connect( fd, (struct sockaddr *)&address, sizeof(address) )) < 0 && errno == EINTR) ;
    if (!ret) return fd;
    ret = -errno;
    close( fd );
    return ret;
}

/* LABSCSI_NEXUS lets two processes play two hosts */
static unsigned int get_nexus(void)
{
    const char *nexus = getenv( "LABSCSI_NEXUS" );

    return nexus ? atoi( nexus ) : 0;
}

static void init(void)
{
    struct lab_request request = { .code = LAB_REQUEST_WATCH };
    unsigned int i;

    for (i = 0; i < MAX_DESCRIPTORS; i++) pthread_mutex_init( &descriptors[i].lock, NULL );
    wake_fd = eventfd( 0, EFD_CLOEXEC | EFD_NONBLOCK );
    if ((watch_fd = connect_lab()) >= 0) send_request( watch_fd, &request, -1 );
}

static int lab_discover( int type, struct host_device *devices, int max )
{
    struct lab_request request = { .code = LAB_REQUEST_DISCOVER, .number = type };
    struct host_device device;
    struct lab_answer answer;
    int fd, i, ret;

    pthread_once( &init_once, init );
    if ((fd = connect_lab()) < 0) return fd == -ENOENT ? 0 : fd;
    if (!(ret = send_request( fd, &request, -1 ))) ret = receive( fd, &answer, sizeof(answer) );
    for (i = 0; !ret && i < answer.result; i++)
        if (!(ret = receive( fd, &device, sizeof(device) )) && i < max) devices[i] = device;
    close( fd );
    return ret ? ret : answer.result;
}

/* a connection whose first request was granted */
static int open_connection( struct lab_request *request, int descriptor )
{
    struct lab_answer answer;
    int fd, ret;

    request->nexus = get_nexus();
    if ((fd = connect_lab()) < 0) return fd;
    if (!(ret = send_request( fd, request, descriptor )) && !(ret = receive( fd, &answer, sizeof(answer) )))
        ret = answer.result;
    if (!ret && fd < MAX_DESCRIPTORS) return fd;
    close( fd );
    return ret ? ret : -EMFILE;
}

static void set_memory( int fd, void *memory )
{
    pthread_mutex_lock( &descriptors[fd].lock );
    if (descriptors[fd].memory) munmap( descriptors[fd].memory, LAB_MAX_TRANSFER );
    descriptors[fd].memory = memory;
    descriptors[fd].pending = descriptors[fd].cancelled = 0;
    if (memory) descriptors[fd].event = eventfd( 0, EFD_CLOEXEC | EFD_NONBLOCK );
    else if (descriptors[fd].event > 0) close( descriptors[fd].event );
    if (!memory) descriptors[fd].event = 0;
    pthread_mutex_unlock( &descriptors[fd].lock );
}

static int lab_open( const char *path, int flags )
{
    struct lab_request request = { .code = LAB_REQUEST_OPEN, .number = flags };
    void *memory;
    int fd, memory_fd, ret = 0;

    pthread_once( &init_once, init );
    if (snprintf( request.name, sizeof(request.name), "%s", path ) >= (int)sizeof(request.name)) return -ENAMETOOLONG;
    if (strncmp( path, "/dev/sg", 7 )) return open_connection( &request, -1 );

    if ((memory_fd = memfd_create( "labscsi", MFD_CLOEXEC )) < 0) return -errno;
    if (ftruncate( memory_fd, LAB_MAX_TRANSFER )) ret = -errno;
    memory = mmap( NULL, LAB_MAX_TRANSFER, PROT_READ | PROT_WRITE, MAP_SHARED, memory_fd, 0 );
    if (memory == MAP_FAILED) ret = -errno;
    fd = ret ? ret : open_connection( &request, memory_fd );
    close( memory_fd );
    if (fd >= 0) set_memory( fd, memory );
    else if (memory != MAP_FAILED) munmap( memory, LAB_MAX_TRANSFER );
    return fd;
}

static int lab_close( int fd )
{
    struct lab_answer answer;

    if (fd < 0 || fd >= MAX_DESCRIPTORS) return -EBADF;
    if (descriptors[fd].pending) receive( fd, &answer, sizeof(answer) );
    set_memory( fd, NULL );
    return close( fd ) ? -errno : 0;
}

/* between the caller's buffer or buffers and the shared memory */
static void copy_data( const struct sg_io_hdr *hdr, unsigned char *memory, size_t len, int to_memory )
{
    struct sg_iovec single = { hdr->dxferp, hdr->dxfer_len };
    const struct sg_iovec *data = hdr->iovec_count ? hdr->dxferp : &single;
    unsigned int i, count = hdr->iovec_count ? hdr->iovec_count : 1;

    for (i = 0; i < count && len; i++)
    {
        size_t part = data[i].iov_len < len ? data[i].iov_len : len;

        if (to_memory) memcpy( memory, data[i].iov_base, part );
        else memcpy( data[i].iov_base, memory, part );
        memory += part;
        len -= part;
    }
}

/* fills the header as sg does */
static void put_answer( struct sg_io_hdr *hdr, const struct lab_answer *answer )
{
    hdr->status = answer->status;
    hdr->masked_status = answer->status >> 1 & 0x1f;
    hdr->msg_status = 0;
    hdr->host_status = answer->host_status;
    hdr->driver_status = answer->sense_len ? DRIVER_SENSE : 0;
    hdr->info = answer->status || answer->host_status ? SG_INFO_CHECK : SG_INFO_OK;
    hdr->sb_len_wr = answer->sense_len < hdr->mx_sb_len ? answer->sense_len : hdr->mx_sb_len;
    if (hdr->sbp) memcpy( hdr->sbp, answer->sense, hdr->sb_len_wr );
    /* like the kernel's target there is no residue of data sent to a device: the sense data tells */
    hdr->resid = hdr->dxfer_direction == SG_DXFER_FROM_DEV ? hdr->dxfer_len - answer->sent : 0;
}

/* until labscsi answers, -ECANCELED when that is given up first */
static int wait_answer( int fd )
{
    struct pollfd fds[2] = { { fd, POLLIN, 0 }, { descriptors[fd].event, POLLIN, 0 } };

    while (poll( fds, 2, -1 ) < 0) if (errno != EINTR) return -errno;
    return fds[0].revents ? 0 : -ECANCELED;
}

/* with the command that was given up, if there is one */
static int finish_pending( int fd )
{
    struct lab_answer answer;
    int ret;

    if (!descriptors[fd].pending) return 0;
    if ((ret = wait_answer( fd ))) return ret;
    descriptors[fd].pending = 0;
    return receive( fd, &answer, sizeof(answer) );
}

static void lab_cancel_io( int fd, int cancel )
{
    uint64_t count = 1;
    ssize_t ret;

    if (fd < 0 || fd >= MAX_DESCRIPTORS || descriptors[fd].event <= 0) return;
    __atomic_store_n( &descriptors[fd].cancelled, cancel, __ATOMIC_RELEASE );
    if (cancel) ret = write( descriptors[fd].event, &count, sizeof(count) );
    else ret = read( descriptors[fd].event, &count, sizeof(count) );
    (void)ret;  /* it had been done already */
}

static int sg_io_locked( int fd, struct sg_io_hdr *hdr )
{
    struct lab_request request = { .code = LAB_REQUEST_COMMAND, .data_len = hdr->dxfer_len, .timeout_ms = hdr->timeout };
    unsigned char *memory = descriptors[fd].memory;
    struct lab_answer answer;
    int ret;

    if (!memory) return -ENOTTY;
    if (hdr->interface_id != 'S') return -ENOSYS;
    if (hdr->cmd_len < 6 || hdr->cmd_len > sizeof(request.cdb)) return -EMSGSIZE;
    if (hdr->dxfer_len > LAB_MAX_TRANSFER) return -EINVAL;
    if (hdr->dxfer_direction == SG_DXFER_NONE) request.data_len = 0;
    request.nexus = get_nexus();
    memcpy( request.cdb, hdr->cmdp, hdr->cmd_len );
    if ((ret = finish_pending( fd ))) return ret;
    if (hdr->dxfer_direction == SG_DXFER_TO_DEV) copy_data( hdr, memory, hdr->dxfer_len, 1 );
    if (__atomic_load_n( &descriptors[fd].cancelled, __ATOMIC_ACQUIRE )) return -ECANCELED;
    if ((ret = send_request( fd, &request, -1 ))) return ret;
    if (hdr->dxfer_direction == SG_DXFER_NONE && (ret = wait_answer( fd )))
    {
        descriptors[fd].pending = 1;
        return ret;
    }
    if ((ret = receive( fd, &answer, sizeof(answer) ))) return ret;
    if (answer.result) return answer.result;
    if (hdr->dxfer_direction == SG_DXFER_FROM_DEV) copy_data( hdr, memory, answer.sent, 0 );
    put_answer( hdr, &answer );
    return 0;
}

static int lab_sg_io( int fd, struct sg_io_hdr *hdr )
{
    unsigned long long start;
    int ret;

    if (fd < 0 || fd >= MAX_DESCRIPTORS) return -EBADF;
    start = host_ops.now_ms();
    pthread_mutex_lock( &descriptors[fd].lock );
    ret = sg_io_locked( fd, hdr );
    pthread_mutex_unlock( &descriptors[fd].lock );
    hdr->duration = host_ops.now_ms() - start;
    return ret;
}

static int lab_max_transfer( int fd )
{
    (void)fd;
    return LAB_MAX_TRANSFER;
}

static int lab_wait_change( int timeout_ms )
{
    struct pollfd fds[2] = { { .events = POLLIN }, { .events = POLLIN } };
    struct lab_answer answer;
    uint64_t count;
    int ret;

    pthread_once( &init_once, init );
    fds[0].fd = wake_fd;
    fds[1].fd = watch_fd;
    while ((ret = poll( fds, 2, timeout_ms )) < 0 && errno == EINTR) ;
    if (ret <= 0) return ret < 0 ? -errno : 0;
    if (fds[0].revents) return read( wake_fd, &count, sizeof(count) ) < 0 ? -errno : 0;
    if (!receive( watch_fd, &answer, sizeof(answer) )) return 1;
    close( watch_fd );
    watch_fd = -1;  /* labscsi has gone: its devices with it */
    return 1;
}

static void lab_wake(void)
{
    uint64_t one = 1;

    pthread_once( &init_once, init );
    if (write( wake_fd, &one, sizeof(one) ) < 0) return;  /* can only be full: then it is awake already */
}

/* kept: this is for tests, which end */
static void lab_end_wait(void)
{
}

static int lab_lock_name( const char *name )
{
    struct lab_request request = { .code = LAB_REQUEST_LOCK };

    pthread_once( &init_once, init );
    if (snprintf( request.name, sizeof(request.name), "%s", name ) >= (int)sizeof(request.name)) return -ENAMETOOLONG;
    return open_connection( &request, -1 );
}

static void lab_sleep_ms( unsigned int ms )
{
    struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

    while (nanosleep( &time, &time ) && errno == EINTR) ;
}

static unsigned long long lab_now_ms(void)
{
    struct timespec time;

    clock_gettime( CLOCK_MONOTONIC, &time );
    return time.tv_sec * 1000ull + time.tv_nsec / 1000000;
}

struct host_ops host_ops =
{
    .discover     = lab_discover,
    .open_device  = lab_open,
    .close_device = lab_close,
    .sg_io        = lab_sg_io,
    .cancel_io    = lab_cancel_io,
    .max_transfer = lab_max_transfer,
    .wait_change  = lab_wait_change,
    .wake         = lab_wake,
    .end_wait     = lab_end_wait,
    .lock_name    = lab_lock_name,
    .unlock_name  = lab_close,
    .sleep_ms     = lab_sleep_ms,
    .now_ms       = lab_now_ms,
};
