/*
 * What labscsi's socket front end and host_lab.c say to each other
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

#ifndef __LAB_PROTOCOL_H
#define __LAB_PROTOCOL_H

#include <stdint.h>

#include "../../dlls/tape.sys/host.h"

/*
 * A connection of type SOCK_SEQPACKET stands for one descriptor: its first request says of what, its end closes it.
 * The data of commands goes through shared memory that the client passes along with LAB_REQUEST_OPEN.
 */

#define LAB_MAX_TRANSFER (1024 * 1024)  /* as in User-Mode Linux; also the size of the shared memory */
#define LAB_NAME_SIZE    128

enum lab_request_code
{
    LAB_REQUEST_DISCOVER,   /* device type in number; answer: result devices, each a packet struct host_device */
    LAB_REQUEST_OPEN,       /* path in name, open(2)'s flags in number */
    LAB_REQUEST_LOCK,       /* name */
    LAB_REQUEST_WATCH,      /* from then on an answer comes whenever a device came or went */
    LAB_REQUEST_COMMAND,
};

struct lab_request
{
    uint32_t      code;
    uint32_t      number;
    uint32_t      nexus;        /* which initiator this process plays */
    char          name[LAB_NAME_SIZE];
    /* LAB_REQUEST_COMMAND */
    unsigned char cdb[32];
    uint32_t      data_len;
    uint32_t      timeout_ms;
};

struct lab_answer
{
    int32_t       result;       /* 0, a count, or a negative errno */
    uint32_t      status;
    uint32_t      host_status;
    uint32_t      sent;         /* bytes from the device */
    uint32_t      sense_len;
    unsigned char sense[32];
};

#endif /* __LAB_PROTOCOL_H */
