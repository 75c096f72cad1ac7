/*
 * The creation of media that are kept off-line
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

#include "ntmsapi_private.h"

WINE_DEFAULT_DEBUG_CHANNEL(ntmsapi);

static BYTE *element( void *list, enum layout layout, DWORD i )
{
    return (BYTE *)list + i * layout_size( layout );
}

/* Sizes must be exact here.  The number of sides is in the medium, so nothing of the list may be read before that is known. */
static DWORD read_program( const void *media, void *list, enum layout layout, NTMS_OBJECTINFORMATIONW *infos, DWORD count )
{
    DWORD i, err;

    if ((err = information_from_program( &infos[0], media, layout ))) return err;
    for (i = 0; i < count; i++)
    {
        const NTMS_OBJECTINFORMATIONW *side = (void *)element( list, layout, i );

        if (side->dwSize != layout_size( layout ) || side->dwType != NTMS_PARTITION) return ERROR_INVALID_PARAMETER;
        if ((err = information_from_program( &infos[i + 1], side, layout ))) return err;
    }
    return ERROR_SUCCESS;
}

/* The medium exists: a name that the service has made and that does not fit is no reason to say that it does not. */
static DWORD write_program( void *media, void *list, enum layout layout, const NTMS_OBJECTINFORMATIONW *infos, DWORD count )
{
    DWORD i, err;

    err = information_to_program( media, layout, &infos[0] );
    for (i = 0; i < count && (!err || err == ERROR_INSUFFICIENT_BUFFER); i++)
        err = information_to_program( element( list, layout, i ), layout, &infos[i + 1] );
    return !err || err == ERROR_INSUFFICIENT_BUFFER ? ERROR_SUCCESS : bad_reply( "CreateNtmsMedia" );
}

static DWORD count_sides( const void *media, enum layout layout )
{
    switch (layout)
    {
    case LAYOUT_A:    return ((const NTMS_OBJECTINFORMATIONA *)media)->Info.PhysicalMedia.dwNumberOfPartitions;
    case LAYOUT_I1_W: return ((const NTMS_I1_OBJECTINFORMATIONW *)media)->Info.PhysicalMedia.dwNumberOfPartitions;
    case LAYOUT_I1_A: return ((const NTMS_I1_OBJECTINFORMATIONA *)media)->Info.PhysicalMedia.dwNumberOfPartitions;
    default:          return ((const NTMS_OBJECTINFORMATIONW *)media)->Info.PhysicalMedia.dwNumberOfPartitions;
    }
}

static DWORD create_media( struct session *session, void *media, void *list, enum layout layout, DWORD options )
{
    DWORD err, count = count_sides( media, layout );
    NTMS_OBJECTINFORMATIONW *infos;

    if (count > RSMP_MAX_SIDES) return ERROR_MEDIA_INCOMPATIBLE;
    if (!(infos = calloc( count + 1, sizeof(*infos) ))) return ERROR_NOT_ENOUGH_MEMORY;
    if (!(err = read_program( media, list, layout, infos, count ))
        && !(err = remote_create_media( session, &infos[0], &infos[1], count, options )))
        err = write_program( media, list, layout, infos, count );
    free( infos );
    return err;
}

/* size and type have the same place in all layouts */
static BOOL find_media_layout( const NTMS_OBJECTINFORMATIONW *media, BOOL ansi, enum layout *layout )
{
    return media && find_layout( media->dwSize, ansi, layout ) && media->dwSize == layout_size( *layout )
           && media->dwType == NTMS_PHYSICAL_MEDIA;
}

static DWORD check_and_create( HANDLE handle, void *media, void *list, DWORD options, BOOL ansi )
{
    struct session *session;
    enum layout layout;
    DWORD err;

    TRACE( "%p, %p, %p, %#lx, %d\n", handle, media, list, options, ansi );

    if (!(session = session_grab( handle ))) return ERROR_INVALID_HANDLE;
    if (!list || !find_media_layout( media, ansi, &layout ) || (options & ~NTMS_ERROR_ON_DUPLICATE))
        err = ERROR_INVALID_PARAMETER;
    else
        err = create_media( session, media, list, layout, options );
    session_release( session );
    return err;
}

/***********************************************************************
 *             CreateNtmsMediaW  (ntmsapi.@)
 */
DWORD WINAPI CreateNtmsMediaW( HANDLE handle, NTMS_OBJECTINFORMATIONW *media, NTMS_OBJECTINFORMATIONW *list, DWORD options )
{
    return check_and_create( handle, media, list, options, FALSE );
}

/***********************************************************************
 *             CreateNtmsMediaA  (ntmsapi.@)
 */
DWORD WINAPI CreateNtmsMediaA( HANDLE handle, NTMS_OBJECTINFORMATIONA *media, NTMS_OBJECTINFORMATIONA *list, DWORD options )
{
    return check_and_create( handle, media, list, options, TRUE );
}
