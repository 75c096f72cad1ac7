/*
 * Media types by drive and density code
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

#include <stdarg.h>
#include <string.h>

#include "windef.h"
#include "winbase.h"
#include "winternl.h"
#include "ddk/wdm.h"

#include "tape.h"

/* STORAGE_MEDIA_TYPE; Windows headers of different ages have different parts of it */
enum media_type
{
    media_dds          = 0x20,
    media_qic          = 0x23,
    media_8mm          = 0x24,
    media_ame          = 0x25,
    media_ait1         = 0x26,
    media_dlt          = 0x27,
    media_nctp         = 0x28,
    media_3480         = 0x29,
    media_3490e        = 0x2a,
    media_3590         = 0x2b,
    media_vxa1         = 0x53,
    media_stk_9840     = 0x55,
    media_lto          = 0x56,
    media_ait          = 0x59,
    media_stk_9940     = 0x5c,
    media_sait         = 0x5d,
};

/* Density codes were given out by several makers independently, so the drive's name comes first. */
static const struct
{
    const char     *text;   /* in the product identification */
    enum media_type type;
}
products[] =
{
    { "ULTRIUM", media_lto },
    { "Ultrium", media_lto },
    { "ULT3580", media_lto },
    { "LTO",     media_lto },
    { "DLT",     media_dlt },
    { "SDX-1",   media_sait },
    { "SDX-",    media_ait },
    { "AIT",     media_ait },
    { "DDS",     media_dds },
    { "DAT",     media_dds },
    { "SDT-",    media_dds },
    { "C15",     media_dds },
    { "EXB-8",   media_8mm },
    { "Mammoth", media_ame },
    { "VXA",     media_vxa1 },
    { "3590",    media_3590 },
    { "3592",    media_3590 },
    { "3490",    media_3490e },
    { "3480",    media_3480 },
    { "9840",    media_stk_9840 },
    { "9940",    media_stk_9940 },
};

/* SSC-3 annex B and the makers' manuals; only codes with one meaning */
static const struct
{
    unsigned char   first;
    unsigned char   last;
    enum media_type type;
}
densities[] =
{
    { 0x05, 0x05, media_qic },
    { 0x0f, 0x11, media_qic },
    { 0x13, 0x13, media_dds },
    { 0x14, 0x15, media_8mm },
    { 0x17, 0x1b, media_dlt },
    { 0x24, 0x26, media_dds },
    { 0x27, 0x28, media_ame },
    { 0x30, 0x33, media_ait },
    { 0x40, 0x40, media_lto },
    { 0x42, 0x42, media_lto },
    { 0x44, 0x44, media_lto },
    { 0x46, 0x46, media_lto },
    { 0x47, 0x47, media_dds },
    { 0x48, 0x4a, media_dlt },
    { 0x51, 0x55, media_3590 },
    { 0x58, 0x58, media_lto },
    { 0x5a, 0x5a, media_lto },
    { 0x5c, 0x5e, media_lto },
    { 0x60, 0x60, media_lto },
};

unsigned int get_media_type( const char *product, unsigned int density )
{
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(products); i++)
        if (strstr( product, products[i].text )) return products[i].type;
    for (i = 0; i < ARRAY_SIZE(densities); i++)
        if (density >= densities[i].first && density <= densities[i].last) return densities[i].type;
    return media_nctp;
}
