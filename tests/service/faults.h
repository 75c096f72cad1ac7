/*
 * Faults of the database: what a test program and the test build of the service have in common
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

#ifndef __NTMSSVC_TEST_FAULTS_H
#define __NTMSSVC_TEST_FAULTS_H

#include <windef.h>
#include <winbase.h>

/* The test build of ntmssvc.dll (tests/lab/Makefile, lab-wine) looks for a file mapping of this name, with one struct faults
 * in it, whenever a transaction begins.  Everywhere else there is none: a test that has made it and sees that begins stays 0
 * while it calls the service skips. */
#define FAULTS_NAME L"ntmssvc_faults"

/* what is counted: steps of statements in transactions that write, by what they are */
#define FAULT_BEGIN  1
#define FAULT_STEP   2   /* neither begin nor commit nor rollback */
#define FAULT_COMMIT 4
#define FAULT_READ   8   /* the same in transactions that only read, in addition to those above */

/* in place of an SQLite code: the thread stops for ever before or after the step, so that the process can be killed there */
#define FAULT_STOP_BEFORE (-1)
#define FAULT_STOP_AFTER  (-2)

struct faults
{
    volatile LONG kinds;    /* FAULT_ bits; 0: nothing fails */
    volatile LONG number;   /* which of them fails, the next one is 1; counted down */
    volatile LONG repeat;   /* how many more fail after that one */
    volatile LONG code;     /* with this SQLite code */
    volatile LONG hits;     /* how many have failed or stopped */
    volatile LONG begins;   /* transactions that the service has begun since it has seen this */
    volatile LONG commits;  /* of those that write; each is one durable commit */
};

#endif
