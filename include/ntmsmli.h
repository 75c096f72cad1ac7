/* Removable Storage Manager: the interface of media label libraries
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
#ifndef __WINE_NTMSMLI_H
#define __WINE_NTMSMLI_H

#define NTMSMLI_MAXTYPE      64   /* characters with the terminating null */
#define NTMSMLI_MAXIDSIZE    256  /* bytes */
#define NTMSMLI_MAXAPPDESCR  256  /* characters with the terminating null */

/* What a library knows of a label that it has recognized; LabelIDSize is in bytes */
typedef struct
{
    WCHAR LabelType[NTMSMLI_MAXTYPE];
    DWORD LabelIDSize;
    BYTE  LabelID[NTMSMLI_MAXIDSIZE];
    WCHAR LabelAppDescr[NTMSMLI_MAXAPPDESCR];
} MediaLabelInfo, *pMediaLabelInfo;

/* The functions that a library exports: MaxMediaLabel, ClaimMediaLabel and ClaimMediaLabelEx; sizes are in bytes */
typedef DWORD (WINAPI *MAXMEDIALABEL)(DWORD * const);
typedef DWORD (WINAPI *CLAIMMEDIALABEL)(const BYTE * const,const DWORD,MediaLabelInfo * const);
typedef DWORD (WINAPI *CLAIMMEDIALABELEX)(const BYTE * const,const DWORD,MediaLabelInfo * const,GUID *);

#endif /* __WINE_NTMSMLI_H */
