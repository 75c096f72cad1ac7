/*
 * Doubly linked circular lists whose links are embedded in their elements
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

#ifndef __WINE_SERVER_LIST_H
#define __WINE_SERVER_LIST_H

#include <stddef.h>

/* both the head of a list and the link inside an element; an empty head points to itself */
struct list
{
    struct list *next;
    struct list *prev;
};

#define LIST_INIT(list)  { &(list), &(list) }

#define LIST_ENTRY(elem, type, field)  ((type *)((char *)(elem) - offsetof( type, field )))

static inline void list_init( struct list *list )
{
    list->next = list->prev = list;
}

static inline int list_empty( const struct list *list )
{
    return list->next == list;
}

static inline struct list *list_next( const struct list *list, const struct list *elem )
{
    return elem->next == list ? NULL : elem->next;
}

static inline struct list *list_prev( const struct list *list, const struct list *elem )
{
    return elem->prev == list ? NULL : elem->prev;
}

static inline struct list *list_head( const struct list *list )
{
    return list_next( list, list );
}

static inline struct list *list_tail( const struct list *list )
{
    return list_prev( list, list );
}

static inline void list_add_after( struct list *elem, struct list *to_add )
{
    to_add->prev = elem;
    to_add->next = elem->next;
    elem->next->prev = to_add;
    elem->next = to_add;
}

static inline void list_add_before( struct list *elem, struct list *to_add )
{
    list_add_after( elem->prev, to_add );
}

static inline void list_add_head( struct list *list, struct list *elem )
{
    list_add_after( list, elem );
}

static inline void list_add_tail( struct list *list, struct list *elem )
{
    list_add_before( list, elem );
}

static inline void list_remove( struct list *elem )
{
    elem->prev->next = elem->next;
    elem->next->prev = elem->prev;
}

static inline unsigned int list_count( const struct list *list )
{
    const struct list *elem;
    unsigned int count = 0;

    for (elem = list->next; elem != list; elem = elem->next) count++;
    return count;
}

static inline int list_contains( const struct list *list, const struct list *elem )
{
    const struct list *cursor;

    for (cursor = list->next; cursor != list; cursor = cursor->next) if (cursor == elem) return 1;
    return 0;
}

/* moves all elements of src to the front of dst or to its end and leaves src empty */
static inline void list_move_after( struct list *dst, struct list *src )
{
    if (list_empty( src )) return;
    src->prev->next = dst->next;
    dst->next->prev = src->prev;
    dst->next = src->next;
    src->next->prev = dst;
    list_init( src );
}

static inline void list_move_before( struct list *dst, struct list *src )
{
    list_move_after( dst->prev, src );
}

static inline void list_move_head( struct list *dst, struct list *src )
{
    list_move_after( dst, src );
}

static inline void list_move_tail( struct list *dst, struct list *src )
{
    list_move_before( dst, src );
}

/* over the links; the _SAFE forms allow the current element to be removed */
#define LIST_FOR_EACH(cursor, list) \
    for ((cursor) = (list)->next; (cursor) != (list); (cursor) = (cursor)->next)

#define LIST_FOR_EACH_SAFE(cursor, after, list) \
    for ((cursor) = (list)->next, (after) = (cursor)->next; (cursor) != (list); \
         (cursor) = (after), (after) = (cursor)->next)

#define LIST_FOR_EACH_REV(cursor, list) \
    for ((cursor) = (list)->prev; (cursor) != (list); (cursor) = (cursor)->prev)

/* over the elements */
#define LIST_FOR_EACH_ENTRY(elem, list, type, field) \
    for ((elem) = LIST_ENTRY( (list)->next, type, field ); \
         &(elem)->field != (list); \
         (elem) = LIST_ENTRY( (elem)->field.next, type, field ))

#define LIST_FOR_EACH_ENTRY_SAFE(elem, after, list, type, field) \
    for ((elem) = LIST_ENTRY( (list)->next, type, field ), \
         (after) = LIST_ENTRY( (elem)->field.next, type, field ); \
         &(elem)->field != (list); \
         (elem) = (after), (after) = LIST_ENTRY( (elem)->field.next, type, field ))

#define LIST_FOR_EACH_ENTRY_REV(elem, list, type, field) \
    for ((elem) = LIST_ENTRY( (list)->prev, type, field ); \
         &(elem)->field != (list); \
         (elem) = LIST_ENTRY( (elem)->field.prev, type, field ))

#define LIST_FOR_EACH_ENTRY_SAFE_REV(elem, before, list, type, field) \
    for ((elem) = LIST_ENTRY( (list)->prev, type, field ), \
         (before) = LIST_ENTRY( (elem)->field.prev, type, field ); \
         &(elem)->field != (list); \
         (elem) = (before), (before) = LIST_ENTRY( (elem)->field.prev, type, field ))

#endif /* __WINE_SERVER_LIST_H */
