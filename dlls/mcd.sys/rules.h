/*
 * How long a changer is waited for, what is repeated, and what its sense data mean
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

#ifndef __WINE_MCD_RULES_H
#define __WINE_MCD_RULES_H

#include "scsi.h"

/* ---------------------------------------------------------------- time-outs, in ms
 *
 * A command that is cut short leaves a robot at work in a state that nobody knows, so these are more than any known
 * library needs.  A device that says how long its commands take (get_timeout()) is never given less. */

#define SCSI_TIMEOUT_STATUS      300000   /* READ ELEMENT STATUS: some devices look again before they answer */
#define SCSI_TIMEOUT_PORT        900000   /* the TL2000 allows itself 10 minutes for its port */
#define SCSI_TIMEOUT_INITIALIZE  3600000  /* published times for an inventory go from 11 to 60 minutes */
/* SCSI_TIMEOUT_MOVE: the TS3100 allows itself 25 minutes, the unload of the drive included */

/* ---------------------------------------------------------------- waiting and repeating
 *
 * Attentions are drained by scsi.c, at most MAX_ATTEMPTS of them, and BUSY is waited for there. */

#define READY_WAIT_MS   300000  /* a library that has been switched on, or whose door has been closed, takes stock */
#define READY_POLL_MS   1000
/* A drive may not have let go of its medium yet: IBM libraries notice an eject up to 20 s late. */
#define EJECT_RETRIES   3
#define EJECT_WAIT_MS   7000
#define EJECT_POLL_MS   1000

/* ---------------------------------------------------------------- reading elements */

/* Some firmware looks at 16 bits of the allocation length only, and has trouble with more elements in one request. */
#define MAX_ALLOCATION    0xfff0
#define MAX_CHUNK         1000
#define MAX_ROUNDS        1024   /* even a device that brings one element at a time, and always another, comes to an end */

/* ---------------------------------------------------------------- sense data */

/* what may be done about a command that moves something */
enum sense_action
{
    ACTION_NONE,        /* it is not repeated: who knows what it did */
    ACTION_WAIT,        /* it was not executed, and will be once the device is ready */
    ACTION_EJECT,       /* the medium has not left the drive yet */
    ACTION_ONCE,        /* trying once more has been seen to help, and does no harm */
    ACTION_INITIALIZE,  /* the device wants to take stock first */
};

struct sense_rule
{
    UINT8             key;
    UINT8             asc;
    UINT8             ascq;
    NTSTATUS          status;   /* 0 = by the rules for all devices */
    enum sense_action action;
};

/* never NULL: what is not listed is an entry without status and action */
extern const struct sense_rule *find_sense_rule( const struct scsi_sense *sense );

#endif /* __WINE_MCD_RULES_H */
