/*
 * What is true of every database of the service: each query finds no row
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

/* for C programs of Windows and of the host alike */
static const struct
{
    const char *name;
    const char *sql;
} invariants[] =
{
#define HAS_ROW( table, type ) \
    { "objects of type " type " have a row", \
      "SELECT hex(id) FROM object WHERE type = " type " AND id NOT IN (SELECT id FROM " table ")" }, \
    { "rows of " table " have an object", \
      "SELECT hex(id) FROM " table " WHERE id NOT IN (SELECT id FROM object WHERE type = " type ")" }
    HAS_ROW( "changer", "2" ), HAS_ROW( "changer_type", "3" ), HAS_ROW( "computer", "4" ), HAS_ROW( "drive", "5" ),
    HAS_ROW( "drive_type", "6" ), HAS_ROW( "door", "7" ), HAS_ROW( "port", "8" ), HAS_ROW( "library", "9" ),
    HAS_ROW( "request", "10" ), HAS_ROW( "logical_media", "11" ), HAS_ROW( "pool", "12" ), HAS_ROW( "media_type", "13" ),
    HAS_ROW( "partition", "14" ), HAS_ROW( "physical_media", "15" ), HAS_ROW( "slot", "16" ),
    HAS_ROW( "operator_request", "17" ),
#undef HAS_ROW

    { "one computer", "SELECT 1 WHERE (SELECT COUNT(*) FROM computer) <> 1" },
    { "one off-line library", "SELECT 1 WHERE (SELECT COUNT(*) FROM library WHERE kind = 1) <> 1" },
    { "system pools", "SELECT 1 WHERE (SELECT COUNT(*) FROM pool WHERE kind <> 1000 AND media_type IS NULL) <> 4" },
    { "pools hold media or pools",
      "SELECT p.path FROM pool p WHERE (media_type IS NULL AND EXISTS (SELECT 1 FROM physical_media WHERE pool = p.id))"
      " OR (media_type IS NOT NULL AND EXISTS (SELECT 1 FROM pool WHERE parent = p.id))" },
    { "names of pools",
      "SELECT p.path FROM pool p JOIN object o ON o.id = p.id LEFT JOIN pool q ON q.id = p.parent"
      " WHERE p.path <> CASE WHEN q.id IS NULL THEN o.name ELSE q.path || '\\' || o.name END" },
    { "media types of media",
      "SELECT hex(m.id) FROM physical_media m JOIN pool p ON p.id = m.pool WHERE p.media_type IS NOT m.media_type" },
    { "media have sides",
      "SELECT hex(id) FROM physical_media m WHERE NOT EXISTS (SELECT 1 FROM partition WHERE physical_media = m.id AND side = 0)" },
    { "locations",
      "SELECT hex(m.id) FROM physical_media m WHERE (location IS NULL) <> (location_type = 0) OR (location IS NOT NULL AND"
      " library IS NOT CASE location_type WHEN 5 THEN (SELECT library FROM drive WHERE id = m.location)"
      " WHEN 8 THEN (SELECT library FROM port WHERE id = m.location)"
      " WHEN 16 THEN (SELECT library FROM slot WHERE id = m.location) END)" },
    { "home slots",
      "SELECT hex(m.id) FROM physical_media m WHERE home_slot IS NOT NULL"
      " AND library IS NOT (SELECT library FROM slot WHERE id = m.home_slot)" },
    { "mounted sides",
      "SELECT hex(m.id) FROM physical_media m WHERE mounted_partition IS NOT NULL"
      " AND id IS NOT (SELECT physical_media FROM partition WHERE id = m.mounted_partition)" },
    { "logical media of sides",
      "SELECT hex(id) FROM partition WHERE (state IN (5, 6)) <> (logical_media IS NOT NULL)" },
    { "sides of logical media",
      "SELECT hex(l.id) FROM logical_media l WHERE NOT EXISTS (SELECT 1 FROM partition WHERE logical_media = l.id)" },
    { "pools of logical media",
      "SELECT hex(l.id) FROM logical_media l JOIN partition p ON p.logical_media = l.id"
      " JOIN physical_media m ON m.id = p.physical_media WHERE m.pool <> l.pool" },
    { "reserved sides",
      "SELECT hex(id) FROM partition p WHERE state = 9 AND NOT EXISTS"
      " (SELECT 1 FROM partition WHERE physical_media = p.physical_media AND state IN (5, 6))" },
    { "nobody owns free or unrecognized media",
      "SELECT hex(p.id) FROM partition p JOIN physical_media m ON m.id = p.physical_media JOIN pool q ON q.id = m.pool"
      " WHERE p.state IN (5, 6, 9) AND q.kind IN (1, 2)" },
    { "counts of sides",
      "SELECT hex(id) FROM physical_media m WHERE available <>"
      " (SELECT COUNT(*) FROM partition WHERE physical_media = m.id AND state = 4)"
      " OR sides <> (SELECT COUNT(*) FROM partition WHERE physical_media = m.id)" },
    { "counts of libraries",
      "SELECT hex(id) FROM library l WHERE media_count <> (SELECT COUNT(*) FROM physical_media WHERE library = l.id)" },
    { "counts of pools",
      "SELECT hex(id) FROM pool p WHERE media_count <> (SELECT COUNT(*) FROM physical_media WHERE pool = p.id)"
      " OR logical_count <> (SELECT COUNT(*) FROM logical_media WHERE pool = p.id)" },
    { "security where it belongs",
      "SELECT hex(object) FROM security WHERE (SELECT type FROM object WHERE id = object) NOT IN (4, 9, 12)" },
};
