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

/* The whole schema is documented here, each table where a version creates it, its rules where a version adds them.
 *
 * Identifiers are 16-byte blobs, times are FILETIMEs, names of enumerations are those of ntmsapi.h.
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

/* refuses the statement: the service has made a mistake, which must not get into the database */
#define REFUSE( message ) " BEGIN SELECT RAISE(ABORT, '" message "'); END;"

/* the row of a type belongs to an object of that type */
#define IS_OF_TYPE( table, type ) \
    "CREATE TRIGGER " table "_is_object BEFORE INSERT ON " table \
    " WHEN (SELECT type FROM object WHERE id = new.id) IS NOT " type REFUSE( "object of another type" )

/* Version 2 gives objects what programs attach to them, keeps counts, and makes impossible what must never be.
 *
 * These are the rules; the triggers for them refuse a change, or do what follows from it:
 *   objects     each has the row of its type; neither type nor identifier changes
 *   pools       hold media of one type, or pools of their own kind, never both
 *   media       are of their pool's media type; all sides are where the cartridge is: in one pool, in one library
 *   location    a slot, drive or port of the same library; the off-line library has none of these
 *   sides       a RESERVED one only beside one that is ALLOCATED or COMPLETE, and AVAILABLE as soon as that is given up;
 *               nobody owns a side in Free or Unrecognized
 *   LMIDs       are in the pool of the cartridge
 *   always there: one computer, one off-line library, the root pool and the three system pools */
static const char version_2[] =
    /* ---- what a version 1 may have left behind */
    "UPDATE physical_media SET location_type = 0 WHERE location IS NULL;"
    "UPDATE physical_media SET location = NULL, location_type = 0, home_slot = NULL"
    "  WHERE library IN (SELECT id FROM library WHERE kind = 1);"
    "UPDATE physical_media SET home_slot = NULL WHERE home_slot IS NOT NULL"
    "  AND library IS NOT (SELECT library FROM slot WHERE id = physical_media.home_slot);"
    "UPDATE physical_media SET mounted_partition = NULL, media_state = 0;"
    "UPDATE logical_media SET pool = (SELECT m.pool FROM partition p, physical_media m"
    "  WHERE p.logical_media = logical_media.id AND m.id = p.physical_media)"
    "  WHERE id IN (SELECT logical_media FROM partition);"
    "DELETE FROM object WHERE type = 11 AND id NOT IN (SELECT logical_media FROM partition WHERE logical_media IS NOT NULL);"
    "UPDATE partition SET state = 4 WHERE state = 9 AND NOT EXISTS (SELECT 1 FROM partition o"
    "  WHERE o.physical_media = partition.physical_media AND o.state IN (5, 6));"

    /* ---- what programs attach to objects */

    /* a self-relative descriptor; only pools, libraries and the computer have one */
    "CREATE TABLE security ("
    "  object BLOB PRIMARY KEY NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  descriptor BLOB NOT NULL CHECK (length(descriptor) BETWEEN 20 AND 65535)"
    ");"
    "CREATE TRIGGER security_has_object BEFORE INSERT ON security"
    "  WHEN (SELECT type FROM object WHERE id = new.object) NOT IN (4, 9, 12)" REFUSE( "security of such an object" )
    /* another value after every change, for those who remember what was granted */
    "ALTER TABLE computer ADD COLUMN security BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';"
    "CREATE TRIGGER security_inserted AFTER INSERT ON security BEGIN UPDATE computer SET security = randomblob(16); END;"
    "CREATE TRIGGER security_updated AFTER UPDATE ON security BEGIN UPDATE computer SET security = randomblob(16); END;"
    "CREATE TRIGGER security_deleted AFTER DELETE ON security BEGIN UPDATE computer SET security = randomblob(16); END;"

    /* Set/GetNtmsObjectAttribute: names are compared as they are */
    "CREATE TABLE attribute ("
    "  object BLOB NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 31),"
    "  value BLOB NOT NULL CHECK (length(value) BETWEEN 1 AND 65535),"
    "  PRIMARY KEY (object, name)"
    ");"

    /* Set/GetNtmsUIOptions: the computers that are told; kind is an NTMS_UITYPE.  Those of a session are not kept here. */
    "CREATE TABLE ui_option ("
    "  object BLOB NOT NULL REFERENCES object ON DELETE CASCADE,"
    "  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),"
    "  computer TEXT NOT NULL COLLATE NOCASE CHECK (length(computer) BETWEEN 1 AND 255),"
    "  PRIMARY KEY (object, kind, computer)"
    ") WITHOUT ROWID;"
    "CREATE TRIGGER ui_option_has_object BEFORE INSERT ON ui_option"
    "  WHEN (SELECT type FROM object WHERE id = new.object) NOT IN (4, 9)" REFUSE( "UI options of such an object" )

    /* ---- objects */
    "CREATE TRIGGER object_is_itself BEFORE UPDATE OF id, type ON object"
    "  WHEN new.id <> old.id OR new.type <> old.type" REFUSE( "another object" )
    IS_OF_TYPE( "changer", "2" )
    IS_OF_TYPE( "changer_type", "3" )
    IS_OF_TYPE( "computer", "4" )
    IS_OF_TYPE( "drive", "5" )
    IS_OF_TYPE( "drive_type", "6" )
    IS_OF_TYPE( "door", "7" )
    IS_OF_TYPE( "port", "8" )
    IS_OF_TYPE( "library", "9" )
    IS_OF_TYPE( "request", "10" )
    IS_OF_TYPE( "logical_media", "11" )
    IS_OF_TYPE( "pool", "12" )
    IS_OF_TYPE( "media_type", "13" )
    IS_OF_TYPE( "partition", "14" )
    IS_OF_TYPE( "physical_media", "15" )
    IS_OF_TYPE( "slot", "16" )
    IS_OF_TYPE( "operator_request", "17" )

    "CREATE UNIQUE INDEX computer_is_one ON computer ((1));"
    "CREATE UNIQUE INDEX library_off_line ON library (kind) WHERE kind = 1;"
    "CREATE TRIGGER computer_stays BEFORE DELETE ON computer" REFUSE( "the computer" )
    "CREATE TRIGGER library_stays BEFORE DELETE ON library WHEN old.kind = 1" REFUSE( "the off-line library" )
    "CREATE TRIGGER pool_stays BEFORE DELETE ON pool WHEN old.kind <> 1000 AND old.media_type IS NULL"
    REFUSE( "a system pool" )

    /* ---- pools */
    "CREATE TRIGGER pool_has_parent BEFORE INSERT ON pool"
    "  WHEN new.parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pool WHERE id = new.parent AND media_type IS NULL"
    "    AND kind = new.kind)" REFUSE( "pool in a pool of media or of another kind" )
    "CREATE TRIGGER pool_moves BEFORE UPDATE OF parent, kind ON pool"
    "  WHEN new.parent IS NOT old.parent OR new.kind <> old.kind" REFUSE( "pools stay where they are" )
    "CREATE TRIGGER pool_has_media_type BEFORE UPDATE OF media_type ON pool"
    "  WHEN new.media_type IS NOT old.media_type AND (EXISTS (SELECT 1 FROM physical_media WHERE pool = old.id)"
    "    OR EXISTS (SELECT 1 FROM pool WHERE parent = old.id))" REFUSE( "media type of a pool that is not empty" )

    /* ---- media */
    "CREATE TRIGGER physical_media_inserted_is_valid BEFORE INSERT ON physical_media"
    "  WHEN new.media_type IS NOT (SELECT media_type FROM pool WHERE id = new.pool)"
    "    OR new.available <> 0 OR new.mounted_partition IS NOT NULL OR length(new.bar_code) NOT BETWEEN 1 AND 63"
    REFUSE( "new medium" )
    "CREATE TRIGGER physical_media_bar_code BEFORE UPDATE OF bar_code ON physical_media"
    "  WHEN length(new.bar_code) NOT BETWEEN 1 AND 63" REFUSE( "bar code" )
    "CREATE TRIGGER physical_media_pool BEFORE UPDATE OF pool, media_type ON physical_media"
    "  WHEN (new.pool <> old.pool OR new.media_type <> old.media_type)"
    "    AND (new.media_type IS NOT (SELECT media_type FROM pool WHERE id = new.pool)"
    "    OR ((SELECT kind FROM pool WHERE id = new.pool) IN (1, 2)"
    "        AND EXISTS (SELECT 1 FROM partition WHERE physical_media = new.id AND state IN (5, 6, 9))))"
    REFUSE( "medium in that pool" )
    "CREATE TRIGGER physical_media_mounted BEFORE UPDATE OF mounted_partition ON physical_media"
    "  WHEN new.mounted_partition IS NOT NULL AND new.id IS NOT"
    "    (SELECT physical_media FROM partition WHERE id = new.mounted_partition)" REFUSE( "side of another medium" )

#define LOCATION_IS_WRONG \
    " WHEN new.location IS NOT NULL AND new.library IS NOT CASE new.location_type" \
    "    WHEN 5 THEN (SELECT library FROM drive WHERE id = new.location)" \
    "    WHEN 8 THEN (SELECT library FROM port WHERE id = new.location)" \
    "    WHEN 16 THEN (SELECT library FROM slot WHERE id = new.location) END" REFUSE( "location in another library" )
    "CREATE TRIGGER physical_media_inserted_location BEFORE INSERT ON physical_media" LOCATION_IS_WRONG
    "CREATE TRIGGER physical_media_location BEFORE UPDATE OF library, location, location_type ON physical_media"
    LOCATION_IS_WRONG
    /* a place that is deleted */
    "CREATE TRIGGER physical_media_leaves AFTER UPDATE OF location ON physical_media"
    "  WHEN new.location IS NULL AND new.location_type <> 0 BEGIN"
    "  UPDATE physical_media SET location_type = 0 WHERE id = new.id;"
    "END;"
    "CREATE TRIGGER physical_media_changes_library AFTER UPDATE OF library ON physical_media"
    "  WHEN new.library <> old.library AND new.home_slot IS NOT NULL"
    "    AND new.library IS NOT (SELECT library FROM slot WHERE id = new.home_slot) BEGIN"
    "  UPDATE physical_media SET home_slot = NULL WHERE id = new.id;"
    "END;"

    /* ---- sides */
#define SIDE_IS_WRONG \
    "   (new.state = 9 AND NOT EXISTS (SELECT 1 FROM partition WHERE physical_media = new.physical_media" \
    "     AND state IN (5, 6) AND id <> new.id))" \
    "   OR (new.state IN (5, 6, 9) AND (SELECT p.kind FROM physical_media m, pool p" \
    "     WHERE m.id = new.physical_media AND p.id = m.pool) IN (1, 2))" \
    "   OR (new.logical_media IS NOT NULL AND (SELECT pool FROM logical_media WHERE id = new.logical_media)" \
    "     IS NOT (SELECT pool FROM physical_media WHERE id = new.physical_media))" REFUSE( "state of a side" )
    "CREATE TRIGGER partition_inserted_is_valid BEFORE INSERT ON partition WHEN " SIDE_IS_WRONG
    "CREATE TRIGGER partition_is_valid BEFORE UPDATE OF state, logical_media ON partition WHEN " SIDE_IS_WRONG
    "CREATE TRIGGER partition_stays BEFORE UPDATE OF physical_media, side ON partition"
    "  WHEN new.physical_media <> old.physical_media OR new.side <> old.side" REFUSE( "side of another medium" )
    "CREATE TRIGGER partition_given_up AFTER UPDATE OF state ON partition"
    "  WHEN old.state IN (5, 6) AND new.state NOT IN (5, 6) BEGIN"
    "  UPDATE partition SET state = 4 WHERE physical_media = new.physical_media AND state = 9"
    "    AND NOT EXISTS (SELECT 1 FROM partition WHERE physical_media = new.physical_media AND state IN (5, 6));"
    "END;"
    "CREATE TRIGGER logical_media_follows AFTER UPDATE OF pool ON physical_media WHEN new.pool <> old.pool BEGIN"
    "  UPDATE logical_media SET pool = new.pool"
    "    WHERE id IN (SELECT logical_media FROM partition WHERE physical_media = new.id);"
    "END;"
    "CREATE TRIGGER logical_media_pool BEFORE UPDATE OF pool ON logical_media"
    "  WHEN EXISTS (SELECT 1 FROM partition p, physical_media m WHERE p.logical_media = new.id"
    "    AND m.id = p.physical_media AND m.pool <> new.pool)" REFUSE( "logical medium in another pool than its side" )

    /* ---- counts, which nobody sets: media of a library, media and logical media of a pool */
    "ALTER TABLE library ADD COLUMN media_count INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE pool ADD COLUMN media_count INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE pool ADD COLUMN logical_count INTEGER NOT NULL DEFAULT 0;"
    "UPDATE library SET media_count = (SELECT COUNT(*) FROM physical_media WHERE library = library.id);"
    "UPDATE pool SET media_count = (SELECT COUNT(*) FROM physical_media WHERE pool = pool.id),"
    "  logical_count = (SELECT COUNT(*) FROM logical_media WHERE pool = pool.id);"
    "CREATE TRIGGER physical_media_inserted AFTER INSERT ON physical_media BEGIN"
    "  UPDATE library SET media_count = media_count + 1 WHERE id = new.library;"
    "  UPDATE pool SET media_count = media_count + 1 WHERE id = new.pool;"
    "END;"
    "CREATE TRIGGER physical_media_deleted AFTER DELETE ON physical_media BEGIN"
    "  UPDATE library SET media_count = media_count - 1 WHERE id = old.library;"
    "  UPDATE pool SET media_count = media_count - 1 WHERE id = old.pool;"
    "END;"
    "CREATE TRIGGER library_count AFTER UPDATE OF library ON physical_media WHEN new.library <> old.library BEGIN"
    "  UPDATE library SET media_count = media_count + (id = new.library) - (id = old.library)"
    "    WHERE id IN (old.library, new.library);"
    "END;"
    "CREATE TRIGGER pool_count AFTER UPDATE OF pool ON physical_media WHEN new.pool <> old.pool BEGIN"
    "  UPDATE pool SET media_count = media_count + (id = new.pool) - (id = old.pool) WHERE id IN (old.pool, new.pool);"
    "END;"
    "CREATE TRIGGER logical_media_inserted AFTER INSERT ON logical_media BEGIN"
    "  UPDATE pool SET logical_count = logical_count + 1 WHERE id = new.pool;"
    "END;"
    "CREATE TRIGGER logical_media_deleted AFTER DELETE ON logical_media BEGIN"
    "  UPDATE pool SET logical_count = logical_count - 1 WHERE id = old.pool;"
    "END;"
    "CREATE TRIGGER logical_media_count AFTER UPDATE OF pool ON logical_media WHEN new.pool <> old.pool BEGIN"
    "  UPDATE pool SET logical_count = logical_count + (id = new.pool) - (id = old.pool) WHERE id IN (old.pool, new.pool);"
    "END;"

    /* in the order in which they are enumerated */
    "DROP INDEX physical_media_by_library;"
    "DROP INDEX physical_media_by_pool;"
    "CREATE INDEX physical_media_by_library ON physical_media (library, sequence_number);"
    "CREATE INDEX physical_media_by_pool ON physical_media (pool, sequence_number);"

    /* ---- what an allocation looks for: a medium of which nobody has any side; and what tells whether one is being
     * labelled, and whether a library has media of a type */
    "ALTER TABLE physical_media ADD COLUMN sides INTEGER NOT NULL DEFAULT 0;"
    "UPDATE physical_media SET sides = (SELECT COUNT(*) FROM partition WHERE physical_media = physical_media.id);"
    "CREATE TRIGGER side_inserted AFTER INSERT ON partition BEGIN"
    "  UPDATE physical_media SET sides = sides + 1 WHERE id = new.physical_media;"
    "END;"
    "CREATE TRIGGER side_deleted AFTER DELETE ON partition BEGIN"
    "  UPDATE physical_media SET sides = sides - 1 WHERE id = old.physical_media;"
    "END;"
    "CREATE INDEX physical_media_whole ON physical_media (pool, library, sequence_number)"
    "  WHERE available > 0 AND available = sides;"
    "CREATE INDEX request_unfinished ON request (physical_media) WHERE completed = 0;"
    "CREATE INDEX physical_media_by_type ON physical_media (media_type, library);";

const char *const db_migrations[] = { version_1, version_2 };
const int db_schema_version = ARRAY_SIZE(db_migrations);
