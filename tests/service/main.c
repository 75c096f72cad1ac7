/*
 * The list of the tests
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

#define STANDALONE
#include "wine/test.h"

void func_allocate(void);
void func_attribute(void);
void func_bad_database(void);
void func_createmedia(void);
void func_database(void);
void func_enable(void);
void func_enumerate(void);
void func_export(void);
void func_lifecycle(void);
void func_mediatype(void);
void func_migration(void);
void func_move(void);
void func_oprequest(void);
void func_options(void);
void func_pool(void);
void func_remove(void);
void func_security(void);
void func_service(void);
void func_setinfo(void);
void func_store(void);

const struct test winetest_testlist[] =
{
    { "allocate", func_allocate },
    { "attribute", func_attribute },
    { "bad_database", func_bad_database },
    { "createmedia", func_createmedia },
    { "database", func_database },
    { "enable", func_enable },
    { "enumerate", func_enumerate },
    { "export", func_export },
    { "lifecycle", func_lifecycle },
    { "mediatype", func_mediatype },
    { "migration", func_migration },
    { "move", func_move },
    { "oprequest", func_oprequest },
    { "options", func_options },
    { "pool", func_pool },
    { "remove", func_remove },
    { "security", func_security },
    { "service", func_service },
    { "setinfo", func_setinfo },
    { "store", func_store },
    { NULL, NULL }
};
