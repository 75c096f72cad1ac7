/*
 * A modelled SCSI logical unit: what every device has in common, and what the front ends call
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

#ifndef __LAB_DEVICE_H
#define __LAB_DEVICE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#define LAB_MAX_CDB        32
#define LAB_SENSE_SIZE     18   /* fixed format, SPC-4 4.5.3 */
#define LAB_MAX_NEXUS      4    /* initiators that a device tells apart */
#define LAB_MAX_ATTENTIONS 8
#define LAB_MAX_FAULTS     32

/* SCSI status codes (SAM-4 5.3) */
#define LAB_GOOD                  0x00
#define LAB_CHECK_CONDITION       0x02
#define LAB_BUSY                  0x08
#define LAB_RESERVATION_CONFLICT  0x18
#define LAB_TASK_ABORTED          0x40

/* sense keys (SPC-4 table 43), or'ed with the flags of sense byte 2 */
#define LAB_NO_SENSE         0x00
#define LAB_NOT_READY        0x02
#define LAB_MEDIUM_ERROR     0x03
#define LAB_HARDWARE_ERROR   0x04
#define LAB_ILLEGAL_REQUEST  0x05
#define LAB_UNIT_ATTENTION   0x06
#define LAB_DATA_PROTECT     0x07
#define LAB_BLANK_CHECK      0x08
#define LAB_ABORTED_COMMAND  0x0b
#define LAB_VOLUME_OVERFLOW  0x0d
#define LAB_ILI              0x20
#define LAB_EOM              0x40
#define LAB_FILEMARK         0x80

/* one command on its way through a device; the front end owns it */
struct lab_command
{
    unsigned char       cdb[LAB_MAX_CDB];
    unsigned int        nexus;      /* which initiator, below LAB_MAX_NEXUS */
    const struct iovec *data;       /* the initiator's buffer, whichever way the data goes */
    unsigned int        data_count;
    size_t              data_len;   /* bytes in data */
    /* the answer */
    unsigned char       status;
    unsigned char       sense[LAB_SENSE_SIZE];  /* valid with LAB_CHECK_CONDITION */
    size_t              sent;       /* bytes that the device put into data */
    size_t              received;   /* bytes that the device took from data */
};

struct lab_device;

/* flags of an operation code */
#define LAB_READY      0x01  /* needs the device to be ready */
#define LAB_PASSIVE    0x02  /* neither reports nor clears an attention (SAM-4 5.14) */
#define LAB_SHARED     0x04  /* works under another initiator's reservation */

struct lab_opcode
{
    unsigned char  code;
    unsigned int   flags;
    void         (*handler)( struct lab_device *device, struct lab_command *cmd );
};

/* what the parameter header and block descriptor of MODE SENSE say */
struct lab_mode_header
{
    unsigned char medium_type;
    unsigned char device_specific;
    bool          has_block;        /* the device has a block descriptor at all */
    unsigned char density;
    unsigned int  block_length;
};

/* values of MODE SENSE's page control field (SPC-4 table 345) */
#define LAB_MODE_CURRENT     0
#define LAB_MODE_CHANGEABLE  1
#define LAB_MODE_DEFAULT     2
#define LAB_MODE_SAVED       3

struct lab_device_ops
{
    const struct lab_opcode *opcodes;         /* ends with a NULL handler */
    /* fails the command and returns false while the device is not ready */
    bool (*check_ready)( struct lab_device *device, struct lab_command *cmd );
    /* how long the mechanics take for a command, in ms; may be NULL */
    unsigned int (*duration)( struct lab_device *device, const struct lab_command *cmd );
    void (*mode_header)( struct lab_device *device, struct lab_mode_header *header );
    const unsigned char *mode_pages;          /* in ascending order, ends with 0 */
    /* writes one page, header included, into at most 64 bytes; returns its length */
    unsigned int (*mode_page)( struct lab_device *device, unsigned char page, unsigned int control, unsigned char *data );
    /* takes over one block descriptor (NULL = none) or page (NULL = none); false = refused */
    bool (*mode_select)( struct lab_device *device, const unsigned char *block, const unsigned char *page );
    const unsigned char *log_pages;           /* beside 00h, in ascending order, ends with 0 */
    /* writes the parameters of one page into at most 512 bytes; returns their length */
    unsigned int (*log_page)( struct lab_device *device, unsigned char page, unsigned int nexus, unsigned char *data );
};

/* something that the control socket ordered to happen to a device's commands */
struct lab_fault
{
    int            opcode;                    /* -1 = any but INQUIRY, REQUEST SENSE, REPORT LUNS */
    int            count;                     /* how often it still happens; -1 = for ever; 0 = free entry */
    unsigned int   delay_ms;                  /* not 0: the command only takes longer */
    unsigned char  status;                    /* LAB_CHECK_CONDITION: with this sense */
    unsigned char  key;
    unsigned short code;
};

struct lab_device
{
    const struct lab_device_ops *ops;
    unsigned int        index;                /* in the lab, gives the SCSI address and node names */
    atomic_bool         present;              /* the host can see it */
    unsigned char       type;                 /* peripheral device type */
    char                name[16];             /* "tape0", "changer0" */
    char                vendor[9];
    char                product[17];
    char                revision[5];
    char                serial[11];
    uint64_t            wwn;                  /* NAA 5 designator */
    pthread_mutex_t     lock;                 /* guards all below and the derived device; changer before tape */
    unsigned short      attentions[LAB_MAX_NEXUS][LAB_MAX_ATTENTIONS];  /* ASC << 8 | ASCQ, oldest first */
    unsigned int        attention_count[LAB_MAX_NEXUS];
    struct lab_fault    faults[LAB_MAX_FAULTS];
    int                 reserved_by;          /* nexus, -1 = nobody */
    unsigned int        prevented;            /* bit per nexus: PREVENT ALLOW MEDIUM REMOVAL */
    uint64_t            alerts[LAB_MAX_NEXUS];/* TapeAlert flags not yet read, bit 0 = flag 1 */
};

extern void lab_device_init( struct lab_device *device, const struct lab_device_ops *ops, unsigned char type );
/* Begins a command: returns for how many ms the front end must hold it before it calls lab_execute(). */
extern unsigned int lab_start( struct lab_device *device, const struct lab_command *cmd );
/* Does the whole command and fills in the answer. */
extern void lab_execute( struct lab_device *device, struct lab_command *cmd );
/* Ends a command that will not be executed (task management). */
extern void lab_abort( struct lab_command *cmd );
extern unsigned int lab_cdb_length( const unsigned char *cdb );
extern unsigned long long lab_now( void );

/* for devices; code = ASC << 8 | ASCQ */
extern void lab_fail( struct lab_command *cmd, unsigned char key, unsigned short code );
extern void lab_fail_info( struct lab_command *cmd, unsigned char key, unsigned short code, int info );
extern void lab_fail_field( struct lab_command *cmd, unsigned short code, unsigned short field );
extern void lab_invalid_field( struct lab_command *cmd, unsigned short field );
extern void lab_send( struct lab_command *cmd, const void *data, size_t len, size_t allocation );
extern size_t lab_receive( struct lab_command *cmd, void *data, size_t len );
/* with the device's lock held; except = a nexus that is not told, -1 = none */
extern void lab_attention( struct lab_device *device, unsigned short code, int except );
extern bool lab_add_fault( struct lab_device *device, const struct lab_fault *fault );

/* commands that all devices share (spc.c) */
extern void spc_good( struct lab_device *device, struct lab_command *cmd );
extern void spc_inquiry( struct lab_device *device, struct lab_command *cmd );
extern void spc_log_sense( struct lab_device *device, struct lab_command *cmd );
extern void spc_mode_select( struct lab_device *device, struct lab_command *cmd );
extern void spc_mode_sense( struct lab_device *device, struct lab_command *cmd );
extern void spc_prevent_allow( struct lab_device *device, struct lab_command *cmd );
extern void spc_release( struct lab_device *device, struct lab_command *cmd );
extern void spc_report_luns( struct lab_device *device, struct lab_command *cmd );
extern void spc_request_sense( struct lab_device *device, struct lab_command *cmd );
extern void spc_reserve( struct lab_device *device, struct lab_command *cmd );
extern unsigned int spc_tape_alert( struct lab_device *device, unsigned int nexus, unsigned char *data );

static inline uint64_t get_be( const unsigned char *data, unsigned int size )
{
    uint64_t value = 0;

    while (size--) value = value << 8 | *data++;
    return value;
}

static inline void put_be( unsigned char *data, uint64_t value, unsigned int size )
{
    while (size--)
    {
        data[size] = value;
        value >>= 8;
    }
}

#endif /* __LAB_DEVICE_H */
