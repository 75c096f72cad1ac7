/*
 * Captured replies of devices, from tests/data
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

#ifndef __UNIT_VECTOR_H
#define __UNIT_VECTOR_H

#include "windef.h"

/* the bytes of tests/data/NAME.hex, in memory of exactly that size; freed by the caller */
extern UINT8 *load_vector( const char *name, unsigned int *size );

#endif /* __UNIT_VECTOR_H */
