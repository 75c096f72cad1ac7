/*
 * The host's SCSI devices: discovery through sysfs, hotplug through udev, SG_IO
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

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <linux/fs.h>

#ifdef HAVE_UDEV
#include <libudev.h>
#endif

#include "host.h"

#define GENERIC_CLASS    "/sys/class/scsi_generic"
#define POLL_MS          2000              /* between two looks at sysfs, where nobody notifies us */
#define RESERVED_SIZE    (256 * 1024)      /* what sg keeps allocated per descriptor */
#define DEFAULT_TRANSFER (64 * 1024)

static pthread_mutex_t init_mutex = PTHREAD_MUTEX_INITIALIZER;  /* protects initialized */
static int initialized;
static int wake_fd = -1;

#ifdef HAVE_UDEV
static struct udev_monitor *monitor;

/* Without the udev daemon nobody passes events on, then the kernel's own are good enough: no permissions will be set
 * later that would be worth waiting for. */
static void start_monitor(void)
{
    const char *source = access( "/run/udev/control", F_OK ) ? "kernel" : "udev";
    struct udev *udev;

    if (!(udev = udev_new())) return;
    if ((monitor = udev_monitor_new_from_netlink( udev, source )))
    {
        udev_monitor_filter_add_match_subsystem_devtype( monitor, "scsi_generic", NULL );
        udev_monitor_filter_add_match_subsystem_devtype( monitor, "scsi_tape", NULL );
        if (udev_monitor_enable_receiving( monitor ) >= 0) return;
        udev_monitor_unref( monitor );
        monitor = NULL;
    }
    udev_unref( udev );
}

static void stop_monitor(void)
{
    struct udev *udev;

    if (!monitor) return;
    udev = udev_monitor_get_udev( monitor );
    udev_monitor_unref( monitor );
    udev_unref( udev );
    monitor = NULL;
}

static int get_monitor_fd(void)
{
    return monitor ? udev_monitor_get_fd( monitor ) : -1;
}

static int drain_monitor(void)
{
    struct udev_device *device;
    int count = 0;

    while ((device = udev_monitor_receive_device( monitor )))
    {
        udev_device_unref( device );
        count++;
    }
    return count;
}
#else
static void start_monitor(void) {}
static void stop_monitor(void) {}
static int get_monitor_fd(void) { return -1; }
static int drain_monitor(void) { return 0; }
#endif

/* the monitor has to run before the first scan, or a device that comes in between would be missed */
static void init(void)
{
    pthread_mutex_lock( &init_mutex );
    if (!initialized)
    {
        wake_fd = eventfd( 0, EFD_CLOEXEC | EFD_NONBLOCK );
        start_monitor();
        initialized = 1;
    }
    pthread_mutex_unlock( &init_mutex );
}

static int read_number( const char *path )
{
    FILE *file;
    int value;

    if (!(file = fopen( path, "re" ))) return -errno;
    if (fscanf( file, "%d", &value ) != 1) value = -EINVAL;
    fclose( file );
    return value;
}

/* the no-rewind node without a mode suffix: nst0 among st0, nst0, st0a, nst0a, ... */
static void find_tape_node( const char *device_dir, struct host_device *device )
{
    struct dirent *entry;
    char path[512];
    int end;
    DIR *dir;

    snprintf( path, sizeof(path), "%s/scsi_tape", device_dir );
    if (!(dir = opendir( path ))) return;
    while ((entry = readdir( dir )))
    {
        end = 0;
        sscanf( entry->d_name, "nst%*u%n", &end );
        if (!end || entry->d_name[end] || end > 32) continue;
        snprintf( device->lock_path, sizeof(device->lock_path), "/dev/%.32s", entry->d_name );
    }
    closedir( dir );
}

/* sysfs: scsi_generic/sg3/device leads to a directory called host:channel:target:lun */
static int read_device( const char *name, int type, struct host_device *device )
{
    char path[384], target[384];
    const char *address;
    ssize_t len;

    snprintf( path, sizeof(path), GENERIC_CLASS "/%.32s/device/type", name );
    if (read_number( path ) != type) return 0;

    snprintf( path, sizeof(path), GENERIC_CLASS "/%.32s/device", name );
    if ((len = readlink( path, target, sizeof(target) - 1 )) < 0) return 0;
    target[len] = 0;
    address = strrchr( target, '/' );
    address = address ? address + 1 : target;

    memset( device, 0, sizeof(*device) );
    device->type = type;
    if (sscanf( address, "%u:%u:%u:%u", &device->host, &device->channel, &device->target, &device->lun ) != 4) return 0;
    snprintf( device->sg_path, sizeof(device->sg_path), "/dev/%.32s", name );
    find_tape_node( path, device );
    return 1;
}

static int compare_devices( const void *left, const void *right )
{
    const struct host_device *a = left, *b = right;

    if (a->host != b->host) return a->host < b->host ? -1 : 1;
    if (a->channel != b->channel) return a->channel < b->channel ? -1 : 1;
    if (a->target != b->target) return a->target < b->target ? -1 : 1;
    return a->lun < b->lun ? -1 : a->lun > b->lun;
}

static int host_discover( int type, struct host_device *devices, int max )
{
    struct host_device device;
    struct dirent *entry;
    int count = 0;
    DIR *dir;

    init();
    if (!(dir = opendir( GENERIC_CLASS ))) return errno == ENOENT ? 0 : -errno;
    while ((entry = readdir( dir )))
    {
        if (entry->d_name[0] == '.' || !read_device( entry->d_name, type, &device )) continue;
        if (count < max) devices[count] = device;
        count++;
    }
    closedir( dir );
    qsort( devices, count < max ? count : max, sizeof(*devices), compare_devices );
    return count;
}

/* what belongs to the descriptor of a generic node */
struct node
{
    struct node  *next;
    int           fd;
    int           event;       /* can be read while commands are given up */
    int           cancelled;   /* they are */
    int           pending;     /* a command that was given up has not ended */
    unsigned char sense[255];  /* outlives the caller of such a command */
};

static pthread_mutex_t nodes_mutex = PTHREAD_MUTEX_INITIALIZER;
static struct node *nodes;  /* protected by nodes_mutex; the rest of a node is for who sends the commands */

static struct node *find_node( int fd )
{
    struct node *node;

    pthread_mutex_lock( &nodes_mutex );
    for (node = nodes; node && node->fd != fd; node = node->next) ;
    pthread_mutex_unlock( &nodes_mutex );
    return node;
}

static int add_node( int fd )
{
    int size = RESERVED_SIZE, flags;
    struct node *node;

    if (!(node = calloc( 1, sizeof(*node) ))) return -ENOMEM;
    node->fd = fd;
    if ((node->event = eventfd( 0, EFD_CLOEXEC | EFD_NONBLOCK )) < 0)
    {
        free( node );
        return -errno;
    }
    ioctl( fd, SG_SET_RESERVED_SIZE, &size );
    if ((flags = fcntl( fd, F_GETFL )) >= 0) fcntl( fd, F_SETFL, flags & ~O_NONBLOCK );  /* to wait for replies */
    pthread_mutex_lock( &nodes_mutex );
    node->next = nodes;
    nodes = node;
    pthread_mutex_unlock( &nodes_mutex );
    return 0;
}

static int receive_reply( struct node *node, struct sg_io_hdr *hdr )
{
    while (read( node->fd, hdr, sizeof(*hdr) ) < 0) if (errno != EINTR) return -errno;
    return 0;
}

/* a drive that still moves would take what the next program sends for an error */
static void remove_node( struct node *node )
{
    struct sg_io_hdr hdr = { 0 };
    struct node **link;

    if (node->pending) receive_reply( node, &hdr );
    pthread_mutex_lock( &nodes_mutex );
    for (link = &nodes; *link != node; link = &(*link)->next) ;
    *link = node->next;
    pthread_mutex_unlock( &nodes_mutex );
    close( node->event );
    free( node );
}

static int host_open( const char *path, int flags )
{
    int fd, ret;

    if ((fd = open( path, flags )) < 0) return -errno;
    if (strncmp( path, "/dev/sg", 7 ) || !(ret = add_node( fd ))) return fd;
    close( fd );
    return ret;
}

static int host_close( int fd )
{
    struct node *node;

    if ((node = find_node( fd ))) remove_node( node );
    return close( fd ) ? -errno : 0;
}

static void host_cancel_io( int fd, int cancel )
{
    struct node *node;
    uint64_t count = 1;
    ssize_t ret = 0;

    pthread_mutex_lock( &nodes_mutex );
    for (node = nodes; node && node->fd != fd; node = node->next) ;
    /* either fails only when it has been done already */
    if (node)
    {
        __atomic_store_n( &node->cancelled, cancel, __ATOMIC_RELEASE );
        ret = cancel ? write( node->event, &count, sizeof(count) ) : read( node->event, &count, sizeof(count) );
    }
    pthread_mutex_unlock( &nodes_mutex );
    (void)ret;
}

/* until there is a reply, -ECANCELED when it is given up first */
static int wait_reply( struct node *node )
{
    struct pollfd fds[2] = { { node->fd, POLLIN }, { node->event, POLLIN } };

    while (poll( fds, 2, -1 ) < 0) if (errno != EINTR) return -errno;
    return fds[0].revents ? 0 : -ECANCELED;
}

/* with the command that was given up, if there is one */
static int finish_pending( struct node *node )
{
    struct sg_io_hdr hdr = { 0 };
    int ret;

    if (!node->pending) return 0;
    if ((ret = wait_reply( node ))) return ret;
    node->pending = 0;
    return receive_reply( node, &hdr );
}

/* The ioctl of this name does the same in one call; but when a signal interrupts it, or the machine falls asleep, it is
 * started anew and the command executed twice. Here, only the waiting is. Data are copied from the caller's memory when
 * a command is sent and to it when the reply is taken: what delivers none can be left alone in between. */
static int host_sg_io( int fd, struct sg_io_hdr *hdr )
{
    struct node *node = find_node( fd );
    unsigned char *sense = hdr->sbp;
    int ret;

    if (!node) return -EBADF;
    if ((ret = finish_pending( node ))) return ret;
    if (__atomic_load_n( &node->cancelled, __ATOMIC_ACQUIRE )) return -ECANCELED;
    hdr->sbp = node->sense;
    if (write( fd, hdr, sizeof(*hdr) ) < 0) ret = -errno;
    else if (hdr->dxfer_direction == SG_DXFER_NONE && (ret = wait_reply( node ))) node->pending = 1;
    else ret = receive_reply( node, hdr );
    hdr->sbp = sense;
    if (!ret) memcpy( sense, node->sense, hdr->sb_len_wr );
    return ret;
}

/* sg answers BLKSECTGET in bytes; memory that is scattered page by page must fit into the adapter's list too */
static int host_max_transfer( int fd )
{
    int bytes = 0, entries = 0;
    long long limit;

    if (ioctl( fd, BLKSECTGET, &bytes ) || bytes <= 0) bytes = DEFAULT_TRANSFER;
    if (ioctl( fd, SG_GET_SG_TABLESIZE, &entries ) || entries <= 0) return bytes;
    limit = (long long)entries * sysconf( _SC_PAGESIZE );
    return limit < bytes ? limit : bytes;
}

static int host_wait_change( int timeout_ms )
{
    struct pollfd fds[2] = { { .events = POLLIN }, { .events = POLLIN } };
    int ret, wait = timeout_ms;
    uint64_t count;

    init();
    fds[0].fd = wake_fd;
    fds[1].fd = get_monitor_fd();
    if (fds[1].fd < 0 && (wait < 0 || wait > POLL_MS)) wait = POLL_MS;
    for (;;)
    {
        if ((ret = poll( fds, 2, wait )) < 0)
        {
            if (errno == EINTR) continue;
            return -errno;
        }
        if (!ret) return fds[1].fd < 0;
        if (fds[0].revents) return read( wake_fd, &count, sizeof(count) ) < 0 ? -errno : 0;
        if (drain_monitor()) return 1;
    }
}

static void host_wake(void)
{
    uint64_t one = 1;

    init();
    if (write( wake_fd, &one, sizeof(one) ) < 0) return;  /* can only be full: then it is awake already */
}

/* the driver may be loaded into the same process again, with new variables */
static void host_end_wait(void)
{
    pthread_mutex_lock( &init_mutex );
    stop_monitor();
    if (wake_fd >= 0) close( wake_fd );
    wake_fd = -1;
    initialized = 0;
    pthread_mutex_unlock( &init_mutex );
}

/* An abstract socket: every user sees the name, nobody has to clean up, and the kernel frees it when its owner dies. */
static int host_lock_name( const char *name )
{
    struct sockaddr_un addr = { .sun_family = AF_UNIX };
    int fd, len, err;

    len = snprintf( addr.sun_path + 1, sizeof(addr.sun_path) - 1, "wine-removable-storage/%s", name );
    if (len < 0 || len >= sizeof(addr.sun_path) - 1) return -ENAMETOOLONG;
    if ((fd = socket( AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0 )) < 0) return -errno;
    if (!bind( fd, (struct sockaddr *)&addr, offsetof( struct sockaddr_un, sun_path ) + 1 + len )) return fd;
    err = errno;
    close( fd );
    return err == EADDRINUSE ? -EBUSY : -err;
}

static void host_sleep_ms( unsigned int ms )
{
    struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

    while (nanosleep( &time, &time ) && errno == EINTR) ;
}

static unsigned long long host_now_ms(void)
{
    struct timespec time;

    clock_gettime( CLOCK_MONOTONIC, &time );
    return time.tv_sec * 1000ull + time.tv_nsec / 1000000;
}

struct host_ops host_ops =
{
    .discover     = host_discover,
    .open_device  = host_open,
    .close_device = host_close,
    .sg_io        = host_sg_io,
    .cancel_io    = host_cancel_io,
    .max_transfer = host_max_transfer,
    .wait_change  = host_wait_change,
    .wake         = host_wake,
    .end_wait     = host_end_wait,
    .lock_name    = host_lock_name,
    .unlock_name  = host_close,
    .sleep_ms     = host_sleep_ms,
    .now_ms       = host_now_ms,
};
