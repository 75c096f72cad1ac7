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
    media_miniqic      = 0x21,
    media_travan       = 0x22,
    media_qic          = 0x23,
    media_8mm          = 0x24,
    media_ame          = 0x25,
    media_ait1         = 0x26,
    media_dlt          = 0x27,
    media_nctp         = 0x28,
    media_3480         = 0x29,
    media_3490e        = 0x2a,
    media_3590         = 0x2b,
    media_magstar_mp   = 0x2c,
    media_stk_data_d3  = 0x2d,
    media_sony_dtf     = 0x2e,
    media_vxa1         = 0x53,
    media_vxa2         = 0x54,
    media_stk_9840     = 0x55,
    media_lto          = 0x56,
    media_ait          = 0x59,
    media_adr1         = 0x5a,
    media_adr2         = 0x5b,
    media_stk_9940     = 0x5c,
    media_sait         = 0x5d,
};

/* Density codes were given out by several makers independently, so the drive's name comes first; of names that both fit,
 * the more exact one. */
static const struct
{
    const char     *text;   /* in the product identification, in capitals */
    enum media_type type;
}
products[] =
{
    { "ULTRIUM",      media_lto },
    { "ULT3580",      media_lto },
    { "LTO",          media_lto },
    { "SDLT",         media_dlt },
    { "DLT",          media_dlt },
    { "VS160",        media_dlt },
    { "TZ8",          media_dlt },
    { "SDX-1100",     media_sait },
    { "SAIT",         media_sait },
    { "SDX-3",        media_ait1 },
    { "SDX-",         media_ait },
    { "AIT",          media_ait },
    { "DDS",          media_dds },
    { "DAT",          media_dds },
    { "SDT-",         media_dds },
    { "C1533",        media_dds },
    { "C1537",        media_dds },
    { "C5683",        media_dds },
    { "C7438",        media_dds },
    { "HP35480",      media_dds },
    { "PYTHON",       media_dds },
    { "MAMMOTH",      media_ame },
    { "EXB-89",       media_ame },
    { "EXB-85",       media_8mm },
    { "EXB-82",       media_8mm },
    { "VXA-2",        media_vxa2 },
    { "VXA-3",        media_vxa2 },
    { "VXA",          media_vxa1 },
    { "03570",        media_magstar_mp },
    { "03590",        media_3590 },
    { "03592",        media_3590 },
    { "3592",         media_3590 },
    { "3590",         media_3590 },
    { "3490",         media_3490e },
    { "3480",         media_3480 },
    { "9840",         media_stk_9840 },
    { "9940",         media_stk_9940 },
    { "SD-3",         media_stk_data_d3 },
    { "GY-",          media_sony_dtf },
    { "ADR2",         media_adr2 },
    { "ADR",          media_adr1 },
    { "TR-",          media_travan },
    { "TRAVAN",       media_travan },
    { "NS20",         media_travan },
    { "STT",          media_travan },
    { "MLR",          media_qic },
    { "SLR",          media_qic },
    { "TDC",          media_qic },
    { "VIPER",        media_qic },
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
    { 0x04, 0x05, media_qic },         /* QIC-11, QIC-24 */
    { 0x09, 0x09, media_3480 },
    { 0x0f, 0x11, media_qic },         /* QIC-120, QIC-150, QIC-525 */
    { 0x13, 0x13, media_dds },
    { 0x14, 0x15, media_8mm },
    { 0x17, 0x1b, media_dlt },         /* TK70 to DLT4000, DLT7000 */
    { 0x1c, 0x1d, media_qic },         /* QIC-385, QIC-410 */
    { 0x1e, 0x20, media_qic },         /* QIC-1000 and so on */
    { 0x22, 0x22, media_qic },
    { 0x24, 0x26, media_dds },         /* DDS-2, DDS-3, DDS-4 */
    { 0x27, 0x28, media_ame },
    { 0x29, 0x2a, media_3590 },        /* 3590B, 3590E */
    { 0x2c, 0x2c, media_stk_data_d3 },
    { 0x30, 0x30, media_ait1 },
    { 0x31, 0x33, media_ait },
    { 0x40, 0x40, media_lto },         /* LTO-1 */
    { 0x42, 0x42, media_lto },         /* LTO-2 */
    { 0x44, 0x44, media_lto },         /* LTO-3 */
    { 0x46, 0x46, media_lto },         /* LTO-4 */
    { 0x47, 0x47, media_dds },         /* DAT-72 */
    { 0x48, 0x4a, media_dlt },         /* SDLT-220, SDLT-320, SDLT-600 */
    { 0x50, 0x55, media_3590 },        /* 3592 and its successors */
    { 0x58, 0x58, media_lto },         /* LTO-5 */
    { 0x5a, 0x5a, media_lto },         /* LTO-6 */
    { 0x5c, 0x5e, media_lto },         /* LTO-7, LTO-7 M8, LTO-8 */
    { 0x60, 0x60, media_lto },         /* LTO-9 */
    { 0x62, 0x62, media_lto },         /* LTO-10 */
    { 0x71, 0x79, media_3590 },        /* encrypted */
    { 0x80, 0x80, media_vxa1 },
    { 0x81, 0x82, media_vxa2 },
    { 0x8c, 0x8c, media_8mm },
};

static BOOL has_text( const char *product, const char *text )
{
    size_t len = strlen( text );

    for ( ; *product; product++) if (!_strnicmp( product, text, len )) return TRUE;
    return FALSE;
}

unsigned int get_media_type( const char *product, unsigned int density )
{
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(products); i++)
        if (has_text( product, products[i].text )) return products[i].type;
    for (i = 0; i < ARRAY_SIZE(densities); i++)
        if (density >= densities[i].first && density <= densities[i].last) return densities[i].type;
    return media_nctp;
}
