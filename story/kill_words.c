/* Words of a list, in kill notices. */
#include "story/kill.h"

#include "story/words.h"

struct slice kill_rest(struct slice s, size_t i)
{
	return slice_sub(s, i, s.n);
}

size_t kill_whole_any(struct slice s, size_t i, const char *const *words,
    size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (whole_word(s, i, words[k]))
			return strlen(words[k]);
	return 0;
}

bool kill_has_word(struct slice s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (find_whole_word(s, words[i], 0) >= 0)
			return true;
	return false;
}
