/*
 * Paragraphs that are form, not text (timeline.md, "Words, exactly"): "Updated
 * 5 minutes ago", "1,204 views". They change with every visit and no editor
 * wrote them. Conservative: the whole paragraph must be one, in English.
 */
#include "story/story.h"

#define FORM_BYTES  48 /* a longer paragraph is text */
#define FORM_TOKENS 7

struct tokens {
	struct slice t[FORM_TOKENS];
	size_t n;
};

static bool one_of(struct slice s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (slice_ieq(s, slice_of(words[i])))
			return true;
	return false;
}

/* "12", "1,204", "3.4", and where it counts "12k", "3.4M". */
static bool is_count(struct slice s)
{
	size_t i = 0;

	while (i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') ||
	    (i && (s.p[i] == '.' || s.p[i] == ','))))
		i++;
	if (!i || s.p[i - 1] == '.' || s.p[i - 1] == ',')
		return false;
	return i == s.n || (i + 1 == s.n && strchr("kKmM", s.p[i]));
}

/* False where there are too many. */
static bool tokenize(struct slice s, struct tokens *out)
{
	size_t i = 0;

	out->n = 0;
	while (i < s.n) {
		size_t from = i;

		while (i < s.n && s.p[i] != ' ')
			i++;
		if (out->n == FORM_TOKENS)
			return false;
		out->t[out->n++] = slice_sub(s, from, i);
		while (i < s.n && s.p[i] == ' ')
			i++;
	}
	return true;
}

/* "[Last] [updated[:]] 5 minutes ago". */
static bool is_age(const struct tokens *x)
{
	static const char *const before[] = {"last", "updated", "updated:",
	    "published", "published:", "posted", "posted:", "modified",
	    "modified:", "about"};
	static const char *const units[] = {"second", "seconds", "sec", "secs",
	    "minute", "minutes", "min", "mins", "hour", "hours", "hr", "hrs",
	    "day", "days", "week", "weeks", "month", "months", "year",
	    "years"};
	static const char *const ones[] = {"a", "an", "one"};
	size_t i = 0;

	while (i < x->n && one_of(x->t[i], before, ARRAY_LEN(before)))
		i++;
	return x->n - i == 3 && slice_ieq(x->t[i + 2], SLICE("ago")) &&
	    one_of(x->t[i + 1], units, ARRAY_LEN(units)) &&
	    (is_count(x->t[i]) || one_of(x->t[i], ones, ARRAY_LEN(ones)));
}

/* "1,204 views", "Shares: 12". */
static bool is_counter(const struct tokens *x)
{
	static const char *const after[] = {"view", "views", "share", "shares",
	    "comment", "comments", "like", "likes", "read", "reads",
	    "reaction", "reactions"};
	static const char *const before[] = {"views:", "shares:", "comments:",
	    "likes:", "reads:"};

	return x->n == 2 &&
	    ((is_count(x->t[0]) && one_of(x->t[1], after, ARRAY_LEN(after))) ||
	    (one_of(x->t[0], before, ARRAY_LEN(before)) && is_count(x->t[1])));
}

/* "4 min read". */
static bool is_reading_time(const struct tokens *x)
{
	static const char *const units[] = {"min", "mins", "minute", "minutes"};

	return x->n == 3 && is_count(x->t[0]) &&
	    one_of(x->t[1], units, ARRAY_LEN(units)) &&
	    slice_ieq(x->t[2], SLICE("read"));
}

bool text_is_form(struct slice paragraph)
{
	struct slice s = slice_trim(paragraph);
	struct tokens x;

	if (!s.n || s.n > FORM_BYTES)
		return false;
	if (s.p[s.n - 1] == '.')
		s.n--;
	return tokenize(s, &x) && (is_age(&x) || is_counter(&x) ||
	    is_reading_time(&x));
}
