/*
 * What the sense data of a changer mean
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

#include <stdarg.h>

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "windef.h"
#include "winternl.h"

#include "rules.h"

#define ANY 0xff

/* the first that fits counts */
static const struct sense_rule sense_rules[] =
{
    { ANY, 0x3b, 0x0d, STATUS_DESTINATION_ELEMENT_FULL },
    { ANY, 0x3b, 0x0e, STATUS_SOURCE_ELEMENT_EMPTY },
    { SENSE_UNIT_ATTENTION, ANY, ANY },
    { ANY, 0x3b, 0x11, STATUS_MAGAZINE_NOT_PRESENT },
    { ANY, 0x3b, 0x12, STATUS_MAGAZINE_NOT_PRESENT },

    { SENSE_ILLEGAL_REQUEST, 0x3b, 0x90, STATUS_DEVICE_BUSY, ACTION_EJECT },              /* still loaded in the drive */
    { SENSE_ILLEGAL_REQUEST, 0x3a, 0x00, STATUS_SOURCE_ELEMENT_EMPTY, ACTION_EJECT },     /* the gripper felt nothing */
    { SENSE_ILLEGAL_REQUEST, 0x53, 0x02, STATUS_UNABLE_TO_LOCK_MEDIA, ACTION_EJECT },     /* removal prevented */
    { SENSE_ILLEGAL_REQUEST, 0x3b, 0x87, STATUS_UNABLE_TO_UNLOAD_MEDIA, ACTION_ONCE },    /* stuck */
    { SENSE_ILLEGAL_REQUEST, 0x53, 0x01, STATUS_UNABLE_TO_UNLOAD_MEDIA, ACTION_ONCE },
    { SENSE_ILLEGAL_REQUEST, 0x53, 0x00, STATUS_IO_DEVICE_ERROR, ACTION_ONCE },           /* load or eject failed */
    { SENSE_MEDIUM_ERROR, 0x53, ANY, STATUS_IO_DEVICE_ERROR, ACTION_ONCE },

    { SENSE_ILLEGAL_REQUEST, 0x20, ANY, STATUS_INVALID_DEVICE_REQUEST },
    { SENSE_ILLEGAL_REQUEST, 0x21, ANY, STATUS_ILLEGAL_ELEMENT_ADDRESS },
    { SENSE_ILLEGAL_REQUEST, 0x3a, ANY, STATUS_SOURCE_ELEMENT_EMPTY },
    { SENSE_ILLEGAL_REQUEST, 0x53, ANY, STATUS_UNABLE_TO_LOCK_MEDIA },
    { SENSE_ILLEGAL_REQUEST, 0x80, ANY, STATUS_ILLEGAL_ELEMENT_ADDRESS },                 /* Exabyte: drive not installed */
    { SENSE_MEDIUM_ERROR, 0x30, ANY, STATUS_UNRECOGNIZED_MEDIA },
    { SENSE_MEDIUM_ERROR, ANY, ANY, STATUS_IO_DEVICE_ERROR },

    { SENSE_NOT_READY, 0x04, 0x00, STATUS_DEVICE_NOT_READY, ACTION_WAIT },
    { SENSE_NOT_READY, 0x04, 0x01, STATUS_DEVICE_NOT_READY, ACTION_WAIT },                /* becoming ready */
    { SENSE_NOT_READY, 0x04, 0x85, STATUS_DEVICE_NOT_READY, ACTION_WAIT },                /* IBM: paused */
    { SENSE_NOT_READY, 0x04, 0x02, STATUS_REINITIALIZATION_NEEDED, ACTION_INITIALIZE },
    { SENSE_NOT_READY, 0x04, 0x18, STATUS_DEVICE_DOOR_OPEN },
    { SENSE_NOT_READY, 0x04, 0x83, STATUS_DEVICE_DOOR_OPEN },                             /* Exabyte */
    { SENSE_NOT_READY, 0x3a, 0x02, STATUS_DEVICE_DOOR_OPEN },                             /* the port */
    { SENSE_NOT_READY, 0x80, 0x00, STATUS_DEVICE_DOOR_OPEN },                             /* HP ESL */
    { SENSE_NOT_READY, ANY, ANY, STATUS_DEVICE_NOT_READY },
    { ANY, ANY, ANY },
};

static BOOL matches( UINT8 rule, UINT8 value )
{
    return rule == ANY || rule == value;
}

const struct sense_rule *find_sense_rule( const struct scsi_sense *sense )
{
    const struct sense_rule *rule = sense_rules;

    while (!matches( rule->key, sense->key ) || !matches( rule->asc, sense->asc ) || !matches( rule->ascq, sense->ascq ))
        rule++;
    return rule;
}
