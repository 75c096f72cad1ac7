/*
 * Requests to the changer driver, by what they are about
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

#ifndef __WINE_MCD_REQUEST_H
#define __WINE_MCD_REQUEST_H

#include "mcd.h"

/* one request; input and output share the buffer */
struct request
{
    const struct device *device;
    UINT64               handle;
    BOOL                 enabled;
    void                *buffer;
    ULONG                in_size;
    ULONG                out_size;
    ULONG_PTR            information;
};

static inline struct element_number get_element( const CHANGER_ELEMENT *element )
{
    struct element_number ret = { element->ElementType, element->ElementAddress };

    return ret;
}

/* Texts in fixed fields are padded with blanks, as the device pads them. */
extern void copy_padded( UCHAR *dst, unsigned int size, const char *src );

/* parameters.c: what a changer is */
extern NTSTATUS get_parameters( struct request *request );
extern NTSTATUS get_product_data( struct request *request );

/* records.c: what is in it */
extern NTSTATUS get_element_status( struct request *request );
extern NTSTATUS query_volume_tags( struct request *request );
extern NTSTATUS get_drive_ties( struct request *request );

#endif /* __WINE_MCD_REQUEST_H */
