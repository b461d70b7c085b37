/* Whole words in a text. */
#include "story/words.h"

#include "core/utf8.h"

bool word_before(struct slice s, size_t i)
{
	size_t at = i;

	if (!i)
		return false;
	do
		at--;
	while (at && ((unsigned char)s.p[at] & 0xc0) == 0x80);
	return cp_is_word(utf8_next(s, &at));
}

bool word_at(struct slice s, size_t i)
{
	return i < s.n && cp_is_word(utf8_next(s, &i));
}

bool whole_word(struct slice s, size_t i, const char *word)
{
	size_t n = strlen(word);

	return slice_ieq(slice_sub(s, i, i + n), slice_of(word)) &&
	    !word_before(s, i) && !word_at(s, i + n);
}

long find_whole_word(struct slice s, const char *word, size_t from)
{
	long at = slice_ifind(s, slice_of(word), from);

	while (at >= 0 && !whole_word(s, (size_t)at, word))
		at = slice_ifind(s, slice_of(word), (size_t)at + 1);
	return at;
}

struct slice words_bare(struct slice s)
{
	size_t from = 0;

	while (from < s.n && !word_at(s, from))
		utf8_next(s, &from);
	while (s.n > from && !word_before(s, s.n))
		utf8_last(s, &s.n);
	return slice_sub(s, from, s.n);
}

bool has_small_letter(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= 'a' && s.p[i] <= 'z')
			return true;
	return false;
}
