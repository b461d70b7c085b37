#ifndef CORE_UTF8_H
#define CORE_UTF8_H
#include "core/strbuf.h"

#include <stdint.h>

/* Unicode: the only door of utf8proc (Unicode 14). */

/*
 * Next code point of s at *i; moves *i past it. Bad bytes give U+FFFD, one
 * for each maximal part of a sequence (WHATWG, Unicode 3.9). *i must be < s.n.
 */
uint32_t utf8_next_beyond(struct slice s, size_t *i); /* not ASCII */
static inline uint32_t utf8_next(struct slice s, size_t *i)
{
	unsigned char c = (unsigned char)s.p[*i];

	if (c >= 0x80)
		return utf8_next_beyond(s, i);
	++*i; /* most of all bytes */
	return c;
}
/* The last code point of s, which must not be empty, and where it begins. */
uint32_t utf8_last(struct slice s, size_t *from);
/* Appends s as valid UTF-8 without NUL; returns how many bad bytes or NULs. */
size_t utf8_clean(struct slice s, struct strbuf *to);
bool utf8_valid(struct slice s);
bool utf8_is_ascii(struct slice s);
/* Appends NFKC of s. */
void utf8_nfkc(struct slice s, struct strbuf *to);
/* Appends s in lower case (simple mapping) . */
void utf8_lower(struct slice s, struct strbuf *to);

/* As Python's str.isspace: White_Space and U+001C..1F. */
bool cp_is_space(uint32_t cp);
/* As \w of a Unicode regex: letters, marks excluded, decimal digits, other
 * numbers, underscore (Python re: str.isalnum() or '_'). */
bool cp_is_word(uint32_t cp);
bool cp_is_upper(uint32_t cp);
bool cp_is_mark(uint32_t cp); /* set on the letter before it: category M */
/* Not to be seen: Default_Ignorable_Code_Point (marks of direction, joiners,
 * soft hyphens, selectors of variants) and controls that are no white space. */
bool cp_is_unseen(uint32_t cp);
/* ---- sentences -------------------------------------------------------- */
/* Ends one: Sentence_Terminal (UAX #29) of the first plane. */
bool cp_is_stop(uint32_t cp);
/* May begin one: capitals, digits, letters of scripts without case. */
bool cp_begins(uint32_t cp);
/* Brackets and quotes that may stand before one (also the inverted marks of
 * Spanish), or behind. */
bool cp_opens(uint32_t cp);
bool cp_closes(uint32_t cp);
bool cp_is_digit(uint32_t cp); /* decimal digits, category Nd */
/* Symbols of category So, without those that describe how to draw (U+2FF0..)
 * or stand for what is missing (U+FFFC, U+FFFD). */
bool cp_is_symbol(uint32_t cp);
/* Scripts written without spaces: Han, Hiragana, Katakana, Thai, Lao, Khmer,
 * Myanmar. A word there is a character. */
bool cp_is_unspaced(uint32_t cp);

#endif
