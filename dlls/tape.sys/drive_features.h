/*
 * Feature bits and position types of tape drives, until winnt.h has them
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

#ifndef __WINE_TAPE_DRIVE_FEATURES_H
#define __WINE_TAPE_DRIVE_FEATURES_H

#ifndef TAPE_ABSOLUTE_POSITION

#define TAPE_ABSOLUTE_POSITION        0
#define TAPE_LOGICAL_POSITION         1
#define TAPE_PSEUDO_LOGICAL_POSITION  2

/* FeaturesLow */
#define TAPE_DRIVE_FIXED              0x00000001
#define TAPE_DRIVE_SELECT             0x00000002
#define TAPE_DRIVE_INITIATOR          0x00000004
#define TAPE_DRIVE_ERASE_SHORT        0x00000010
#define TAPE_DRIVE_ERASE_LONG         0x00000020
#define TAPE_DRIVE_ERASE_BOP_ONLY     0x00000040
#define TAPE_DRIVE_ERASE_IMMEDIATE    0x00000080
#define TAPE_DRIVE_TAPE_CAPACITY      0x00000100
#define TAPE_DRIVE_TAPE_REMAINING     0x00000200
#define TAPE_DRIVE_FIXED_BLOCK        0x00000400
#define TAPE_DRIVE_VARIABLE_BLOCK     0x00000800
#define TAPE_DRIVE_WRITE_PROTECT      0x00001000
#define TAPE_DRIVE_EOT_WZ_SIZE        0x00002000
#define TAPE_DRIVE_ECC                0x00010000
#define TAPE_DRIVE_COMPRESSION        0x00020000
#define TAPE_DRIVE_PADDING            0x00040000
#define TAPE_DRIVE_REPORT_SMKS        0x00080000
#define TAPE_DRIVE_GET_ABSOLUTE_BLK   0x00100000
#define TAPE_DRIVE_GET_LOGICAL_BLK    0x00200000
#define TAPE_DRIVE_SET_EOT_WZ_SIZE    0x00400000
#define TAPE_DRIVE_EJECT_MEDIA        0x01000000
#define TAPE_DRIVE_CLEAN_REQUESTS     0x02000000
#define TAPE_DRIVE_SET_CMP_BOP_ONLY   0x04000000

/* FeaturesHigh: bit 31 is part of each */
#define TAPE_DRIVE_LOAD_UNLOAD        0x80000001
#define TAPE_DRIVE_TENSION            0x80000002
#define TAPE_DRIVE_LOCK_UNLOCK        0x80000004
#define TAPE_DRIVE_REWIND_IMMEDIATE   0x80000008
#define TAPE_DRIVE_SET_BLOCK_SIZE     0x80000010
#define TAPE_DRIVE_LOAD_UNLD_IMMED    0x80000020
#define TAPE_DRIVE_TENSION_IMMED      0x80000040
#define TAPE_DRIVE_LOCK_UNLK_IMMED    0x80000080
#define TAPE_DRIVE_SET_ECC            0x80000100
#define TAPE_DRIVE_SET_COMPRESSION    0x80000200
#define TAPE_DRIVE_SET_PADDING        0x80000400
#define TAPE_DRIVE_SET_REPORT_SMKS    0x80000800
#define TAPE_DRIVE_ABSOLUTE_BLK       0x80001000
#define TAPE_DRIVE_ABS_BLK_IMMED      0x80002000
#define TAPE_DRIVE_LOGICAL_BLK        0x80004000
#define TAPE_DRIVE_LOG_BLK_IMMED      0x80008000
#define TAPE_DRIVE_END_OF_DATA        0x80010000
#define TAPE_DRIVE_RELATIVE_BLKS      0x80020000
#define TAPE_DRIVE_FILEMARKS          0x80040000
#define TAPE_DRIVE_SEQUENTIAL_FMKS    0x80080000
#define TAPE_DRIVE_SETMARKS           0x80100000
#define TAPE_DRIVE_SEQUENTIAL_SMKS    0x80200000
#define TAPE_DRIVE_REVERSE_POSITION   0x80400000
#define TAPE_DRIVE_SPACE_IMMEDIATE    0x80800000
#define TAPE_DRIVE_WRITE_SETMARKS     0x81000000
#define TAPE_DRIVE_WRITE_FILEMARKS    0x82000000
#define TAPE_DRIVE_WRITE_SHORT_FMKS   0x84000000
#define TAPE_DRIVE_WRITE_LONG_FMKS    0x88000000
#define TAPE_DRIVE_WRITE_MARK_IMMED   0x90000000
#define TAPE_DRIVE_FORMAT             0xa0000000
#define TAPE_DRIVE_FORMAT_IMMEDIATE   0xc0000000

#endif /* TAPE_ABSOLUTE_POSITION */

#endif /* __WINE_TAPE_DRIVE_FEATURES_H */
