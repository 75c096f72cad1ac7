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
#define TAPE_DRIVE_ERASE_SHORT        0x00000010
#define TAPE_DRIVE_ERASE_LONG         0x00000020
#define TAPE_DRIVE_ERASE_IMMEDIATE    0x00000080
#define TAPE_DRIVE_TAPE_CAPACITY      0x00000100
#define TAPE_DRIVE_TAPE_REMAINING     0x00000200
#define TAPE_DRIVE_FIXED_BLOCK        0x00000400
#define TAPE_DRIVE_VARIABLE_BLOCK     0x00000800
#define TAPE_DRIVE_WRITE_PROTECT      0x00001000
#define TAPE_DRIVE_COMPRESSION        0x00020000
#define TAPE_DRIVE_GET_ABSOLUTE_BLK   0x00100000
#define TAPE_DRIVE_GET_LOGICAL_BLK    0x00200000
#define TAPE_DRIVE_EJECT_MEDIA        0x01000000

/* FeaturesHigh: bit 31 is part of each */
#define TAPE_DRIVE_LOAD_UNLOAD        0x80000001
#define TAPE_DRIVE_TENSION            0x80000002
#define TAPE_DRIVE_LOCK_UNLOCK        0x80000004
#define TAPE_DRIVE_REWIND_IMMEDIATE   0x80000008
#define TAPE_DRIVE_SET_BLOCK_SIZE     0x80000010
#define TAPE_DRIVE_LOAD_UNLD_IMMED    0x80000020
#define TAPE_DRIVE_TENSION_IMMED      0x80000040
#define TAPE_DRIVE_SET_COMPRESSION    0x80000200
#define TAPE_DRIVE_ABSOLUTE_BLK       0x80001000
#define TAPE_DRIVE_LOGICAL_BLK        0x80004000
#define TAPE_DRIVE_END_OF_DATA        0x80010000
#define TAPE_DRIVE_RELATIVE_BLKS      0x80020000
#define TAPE_DRIVE_FILEMARKS          0x80040000
#define TAPE_DRIVE_SEQUENTIAL_FMKS    0x80080000
#define TAPE_DRIVE_REVERSE_POSITION   0x80400000
#define TAPE_DRIVE_WRITE_FILEMARKS    0x82000000
#define TAPE_DRIVE_WRITE_MARK_IMMED   0x90000000

#endif /* TAPE_ABSOLUTE_POSITION */

#endif /* __WINE_TAPE_DRIVE_FEATURES_H */
