#ifndef PARSER_NAME_H
#define PARSER_NAME_H
#include "core/slice.h"

/*
 * Names as bylines print them, and what is none. For byline.c; slices are
 * parts of what was given.
 */

/* Without "Written by", "Ein Artikel von", also several. */
struct slice name_without_by(struct slice s);
/* Without an editor's mark, "Jane Roe (jro)", or a sentence's end. */
struct slice name_without_mark(struct slice s);
/* Without "Senior Writer" behind it; none where a role is all there is. */
struct slice name_without_role(struct slice s);
/* "Jane Roe Jane Roe", a picture's name and the printed one: once. */
struct slice name_once(struct slice s);
/* What stands before the date of a whole byline. */
struct slice name_before_date(struct slice s);

/* A label that stands for itself: "By", "Author:", "Learn more". */
bool name_is_label(struct slice s);
/* What a page prints near a name, or puts in its place. */
bool name_is_interface(struct slice s);
/* A desk or a team: the byline of what has no other. */
bool name_is_desk(struct slice s);
/* A first and a last name at least, in any script. */
bool name_is_whole(struct slice s);
/* Says that the next name is of who reviewed, checked or pictured it. */
bool name_is_of_others(struct slice s);

#endif
