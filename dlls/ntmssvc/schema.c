/*
 * The database schema of the removable storage service, and its migrations
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

#include "ntmssvc.h"

/* Identifiers are 16-byte blobs, times are FILETIMEs, names of enumerations are those of ntmsapi.h.
 *
 * Every object that a program can see has a row in object and one in the table of its type; deleting the object row
 * deletes all that belongs to it.  A cartridge (physical_media) is in exactly one library; location says where. */
static const char version_1[] =
    "CREATE TABLE object ("
    "  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),"
    "  type INTEGER NOT NULL CHECK (type BETWEEN 2 AND 17),"
    "  name TEXT NOT NULL DEFAULT '' CHECK (length(name) < 64),"
    "  description TEXT NOT NULL DEFAULT '' CHECK (length(description) < 127),"
    "  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),"
    "  state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 10, 20, 21)),"
    "  created INTEGER NOT NULL,"
    "  modified INTEGER NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE INDEX object_by_type ON object (type, created);"

    /* one row: settings of the computer object */
    "CREATE TABLE computer ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  lib_request_purge_time INTEGER NOT NULL DEFAULT 3600,"
    "  op_request_purge_time INTEGER NOT NULL DEFAULT 3600,"
    "  lib_request_flags INTEGER NOT NULL DEFAULT 0,"
    "  op_request_flags INTEGER NOT NULL DEFAULT 0,"
    "  media_pool_policy INTEGER NOT NULL DEFAULT 0,"
    "  next_sequence_number INTEGER NOT NULL DEFAULT 1"
    ") WITHOUT ROWID;"

    /* code is a STORAGE_MEDIA_TYPE */
    "CREATE TABLE media_type ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  code INTEGER NOT NULL UNIQUE,"
    "  sides INTEGER NOT NULL DEFAULT 1 CHECK (sides IN (1, 2)),"
    "  characteristics INTEGER NOT NULL DEFAULT 1,"
    "  device_type INTEGER NOT NULL"
    ") WITHOUT ROWID;"

    "CREATE TABLE drive_type ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  vendor TEXT NOT NULL, product TEXT NOT NULL, device_type INTEGER NOT NULL,"
    "  UNIQUE (vendor, product)"
    ") WITHOUT ROWID;"

    "CREATE TABLE changer_type ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  vendor TEXT NOT NULL, product TEXT NOT NULL, device_type INTEGER NOT NULL,"
    "  UNIQUE (vendor, product)"
    ") WITHOUT ROWID;"

    /* kind is an NTMS_LIBRARYTYPE; serial is the changer's, for a stand-alone library its drive's */
    "CREATE TABLE library ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3)),"
    "  serial TEXT NOT NULL,"
    "  bar_code_reader INTEGER NOT NULL DEFAULT 0,"
    "  drive_cleaning INTEGER NOT NULL DEFAULT 0,"
    "  inventory_method INTEGER NOT NULL DEFAULT 1,"
    "  cleaner_slot BLOB REFERENCES object ON DELETE SET NULL,"
    "  cleaner_uses INTEGER NOT NULL DEFAULT 0,"
    "  first_drive INTEGER NOT NULL DEFAULT 0,"
    "  first_slot INTEGER NOT NULL DEFAULT 0,"
    "  first_door INTEGER NOT NULL DEFAULT 0,"
    "  first_port INTEGER NOT NULL DEFAULT 0,"
    "  first_changer INTEGER NOT NULL DEFAULT 0,"
    "  auto_recovery INTEGER NOT NULL DEFAULT 1,"
    "  flags INTEGER NOT NULL DEFAULT 0,"
    "  UNIQUE (kind, serial)"
    ") WITHOUT ROWID;"

    "CREATE TABLE library_media_type ("
    "  library BLOB NOT NULL REFERENCES library ON DELETE CASCADE,"
    "  media_type BLOB NOT NULL REFERENCES media_type ON DELETE CASCADE,"
    "  PRIMARY KEY (library, media_type)"
    ") WITHOUT ROWID;"

    "CREATE TABLE changer ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  library BLOB NOT NULL REFERENCES library ON DELETE CASCADE,"
    "  number INTEGER NOT NULL,"
    "  changer_type BLOB NOT NULL REFERENCES changer_type,"
    "  serial TEXT NOT NULL, revision TEXT NOT NULL, device_name TEXT NOT NULL,"
    "  scsi_port INTEGER NOT NULL, scsi_bus INTEGER NOT NULL, scsi_target INTEGER NOT NULL, scsi_lun INTEGER NOT NULL,"
    "  UNIQUE (library, number)"
    ") WITHOUT ROWID;"

    /* element is the zero-based data transfer element of \\.\ChangerN, NULL in a stand-alone library;
     * device_name is empty while the element is tied to no device; state is an NTMS_DRIVESTATE */
    "CREATE TABLE drive ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  library BLOB NOT NULL REFERENCES library ON DELETE CASCADE,"
    "  number INTEGER NOT NULL,"
    "  element INTEGER,"
    "  drive_type BLOB REFERENCES drive_type,"
    "  serial TEXT NOT NULL, revision TEXT NOT NULL, device_name TEXT NOT NULL,"
    "  scsi_port INTEGER NOT NULL, scsi_bus INTEGER NOT NULL, scsi_target INTEGER NOT NULL, scsi_lun INTEGER NOT NULL,"
    "  state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2, 5, 6, 7)),"
    "  mount_count INTEGER NOT NULL DEFAULT 0,"
    "  last_cleaned INTEGER NOT NULL DEFAULT 0,"
    "  defer_dismount_delay INTEGER NOT NULL DEFAULT 300,"
    "  UNIQUE (library, number)"
    ") WITHOUT ROWID;"

    /* state is an NTMS_SLOTSTATE */
    "CREATE TABLE slot ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  library BLOB NOT NULL REFERENCES library ON DELETE CASCADE,"
    "  number INTEGER NOT NULL,"
    "  element INTEGER NOT NULL,"
    "  state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 4),"
    "  UNIQUE (library, element)"
    ") WITHOUT ROWID;"

    "CREATE TABLE door ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  library BLOB NOT NULL REFERENCES library ON DELETE CASCADE,"
    "  number INTEGER NOT NULL,"
    "  state INTEGER NOT NULL DEFAULT 0,"
    "  max_open INTEGER NOT NULL DEFAULT 0 CHECK (max_open BETWEEN 0 AND 65535),"
    "  UNIQUE (library, number)"
    ") WITHOUT ROWID;"

    /* element is NULL for the port of a stand-alone library */
    "CREATE TABLE port ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  library BLOB NOT NULL REFERENCES library ON DELETE CASCADE,"
    "  number INTEGER NOT NULL,"
    "  element INTEGER,"
    "  content INTEGER NOT NULL DEFAULT 0,"
    "  position INTEGER NOT NULL DEFAULT 0,"
    "  max_extend INTEGER NOT NULL DEFAULT 0 CHECK (max_extend BETWEEN 0 AND 65535),"
    "  UNIQUE (library, number)"
    ") WITHOUT ROWID;"

    /* kind is an NTMS_POOLTYPE, 0 for the root pool; path is the whole name, Parent\Child, and folded its upper case
     * form, by which pools are found; a pool without a media type holds pools, the others hold media */
    "CREATE TABLE pool ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  parent BLOB REFERENCES pool,"
    "  path TEXT NOT NULL CHECK (length(path) < 512),"
    "  folded TEXT NOT NULL UNIQUE,"
    "  kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2, 3, 1000)),"
    "  media_type BLOB REFERENCES media_type,"
    "  allocation_policy INTEGER NOT NULL DEFAULT 0,"
    "  deallocation_policy INTEGER NOT NULL DEFAULT 0,"
    "  max_allocates INTEGER NOT NULL DEFAULT 0"
    ") WITHOUT ROWID;"
    "CREATE INDEX pool_by_parent ON pool (parent);"
    "CREATE UNIQUE INDEX pool_by_kind ON pool (kind, media_type) WHERE kind <> 1000 AND media_type IS NOT NULL;"

    /* media_state is an NTMS_MEDIASTATE; location_type NTMS_STORAGESLOT, NTMS_DRIVE, NTMS_IEPORT or 0 while off-line;
     * available counts its sides in NTMS_PARTSTATE_AVAILABLE (kept by triggers) */
    "CREATE TABLE physical_media ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  library BLOB NOT NULL REFERENCES library,"
    "  pool BLOB NOT NULL REFERENCES pool,"
    "  media_type BLOB NOT NULL REFERENCES media_type,"
    "  location BLOB UNIQUE REFERENCES object ON DELETE SET NULL,"
    "  location_type INTEGER NOT NULL DEFAULT 0 CHECK (location_type IN (0, 5, 8, 16)),"
    "  home_slot BLOB REFERENCES slot ON DELETE SET NULL,"
    "  bar_code TEXT,"
    "  sequence_number INTEGER NOT NULL,"
    "  media_state INTEGER NOT NULL DEFAULT 0 CHECK (media_state BETWEEN 0 AND 6),"
    "  mounted_partition BLOB,"
    "  cleaner INTEGER NOT NULL DEFAULT 0,"
    "  type_code INTEGER NOT NULL DEFAULT 0,"
    "  density_code INTEGER NOT NULL DEFAULT 0,"
    "  available INTEGER NOT NULL DEFAULT 0"
    ") WITHOUT ROWID;"
    "CREATE INDEX physical_media_by_library ON physical_media (library);"
    "CREATE INDEX physical_media_by_pool ON physical_media (pool);"
    "CREATE INDEX physical_media_by_bar_code ON physical_media (bar_code);"
    "CREATE INDEX physical_media_available ON physical_media (pool, library, sequence_number) WHERE available > 0;"
    "CREATE UNIQUE INDEX physical_media_by_home_slot ON physical_media (home_slot) WHERE home_slot IS NOT NULL;"

    "CREATE TABLE logical_media ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  pool BLOB NOT NULL REFERENCES pool"
    ") WITHOUT ROWID;"
    "CREATE INDEX logical_media_by_pool ON logical_media (pool);"

    /* a side; state is an NTMS_PARTSTATE; logical_media is set exactly while it is allocated or complete.
     * identified is 1 once the label has been read since the cartridge came; label_id is NULL for a blank
     * or unrecognized one */
    "CREATE TABLE partition ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  physical_media BLOB NOT NULL REFERENCES physical_media ON DELETE CASCADE,"
    "  logical_media BLOB REFERENCES logical_media,"
    "  side INTEGER NOT NULL CHECK (side IN (0, 1)),"
    "  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 9),"
    "  identified INTEGER NOT NULL DEFAULT 0,"
    "  label_kind INTEGER NOT NULL DEFAULT 0,"
    "  label_id BLOB CHECK (length(label_id) <= 255),"
    "  label_type TEXT NOT NULL DEFAULT '',"
    "  label_info TEXT NOT NULL DEFAULT '',"
    "  mount_count INTEGER NOT NULL DEFAULT 0,"
    "  allocate_count INTEGER NOT NULL DEFAULT 0,"
    "  capacity INTEGER NOT NULL DEFAULT 0,"
    "  UNIQUE (physical_media, side),"
    "  CHECK ((state IN (5, 6)) = (logical_media IS NOT NULL))"
    ") WITHOUT ROWID;"
    "CREATE INDEX partition_by_logical_media ON partition (logical_media);"
    "CREATE INDEX partition_by_label ON partition (label_id);"

    "CREATE TRIGGER partition_inserted AFTER INSERT ON partition WHEN new.state = 4 BEGIN"
    "  UPDATE physical_media SET available = available + 1 WHERE id = new.physical_media;"
    "END;"
    "CREATE TRIGGER partition_state AFTER UPDATE OF state ON partition WHEN (new.state = 4) <> (old.state = 4) BEGIN"
    "  UPDATE physical_media SET available = available + (new.state = 4) - (old.state = 4) WHERE id = new.physical_media;"
    "END;"
    "CREATE TRIGGER partition_deleted AFTER DELETE ON partition BEGIN"
    "  UPDATE physical_media SET available = available - 1 WHERE id = old.physical_media AND old.state = 4;"
    "  DELETE FROM object WHERE id = old.id;"
    "  DELETE FROM object WHERE id = old.logical_media"
    "    AND NOT EXISTS (SELECT 1 FROM partition WHERE logical_media = old.logical_media);"
    "END;"

    /* the work queue; operation is an NTMS_LM code, state an NTMS_LM state; position orders what is queued */
    "CREATE TABLE request ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  library BLOB NOT NULL REFERENCES library ON DELETE CASCADE,"
    "  work_item BLOB NOT NULL,"
    "  operation INTEGER NOT NULL,"
    "  option INTEGER NOT NULL DEFAULT 0,"
    "  state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 8),"
    "  partition BLOB, drive BLOB, physical_media BLOB, slot BLOB,"
    "  queued INTEGER NOT NULL,"
    "  completed INTEGER NOT NULL DEFAULT 0,"
    "  application TEXT NOT NULL DEFAULT '', user TEXT NOT NULL DEFAULT '', computer TEXT NOT NULL DEFAULT '',"
    "  error INTEGER NOT NULL DEFAULT 0,"
    "  priority INTEGER NOT NULL DEFAULT 0,"
    "  position INTEGER NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE INDEX request_by_library ON request (library, state, position);"
    "CREATE INDEX request_by_completion ON request (completed) WHERE completed <> 0;"

    /* operator requests: request is an NTMS_OPREQ code, state an NTMS_OPSTATE */
    "CREATE TABLE operator_request ("
    "  id BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  request INTEGER NOT NULL,"
    "  submitted INTEGER NOT NULL,"
    "  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),"
    "  message TEXT NOT NULL DEFAULT '',"
    "  arg1_type INTEGER NOT NULL DEFAULT 0, arg1 BLOB,"
    "  arg2_type INTEGER NOT NULL DEFAULT 0, arg2 BLOB,"
    "  application TEXT NOT NULL DEFAULT '', user TEXT NOT NULL DEFAULT '', computer TEXT NOT NULL DEFAULT ''"
    ") WITHOUT ROWID;"

    /* what is deleted with its library takes its object row along */
    "CREATE TRIGGER changer_deleted AFTER DELETE ON changer BEGIN DELETE FROM object WHERE id = old.id; END;"
    "CREATE TRIGGER drive_deleted AFTER DELETE ON drive BEGIN DELETE FROM object WHERE id = old.id; END;"
    "CREATE TRIGGER slot_deleted AFTER DELETE ON slot BEGIN DELETE FROM object WHERE id = old.id; END;"
    "CREATE TRIGGER door_deleted AFTER DELETE ON door BEGIN DELETE FROM object WHERE id = old.id; END;"
    "CREATE TRIGGER port_deleted AFTER DELETE ON port BEGIN DELETE FROM object WHERE id = old.id; END;"
    "CREATE TRIGGER request_deleted AFTER DELETE ON request BEGIN DELETE FROM object WHERE id = old.id; END;";

const char *const db_migrations[] = { version_1 };
const int db_schema_version = ARRAY_SIZE(db_migrations);
