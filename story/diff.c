/* Word-level changes between two bodies, moved sentences told from deleted. */
#include "story/story.h"

#include <stdlib.h>

/*
 * Words that are compared one by one, at most: the table of the longest
 * common subsequence has that many rows and columns. A longer stretch without
 * any common sentence counts as replaced.
 */
#define TABLE_MAX 2500
#define MOVED_WORDS 6 /* a shorter run is no moved sentence */

struct piece {
	struct slice s; /* a word and the white space behind it */
	uint64_t hash;	/* of the word alone */
};

struct pieces {
	struct piece *p;
	size_t n;
};

struct making {
	struct arena *a;
	struct diff *d;
	size_t cap;
};

static bool blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static struct pieces split(struct slice s, struct arena *a)
{
	struct pieces x = {arena_alloc(a, (s.n / 2 + 2) * sizeof(*x.p)), 0};
	size_t i = 0;

	while (i < s.n && blank(s.p[i]))
		i++;
	while (i < s.n) {
		size_t from = i, end;

		while (i < s.n && !blank(s.p[i]))
			i++;
		end = i;
		while (i < s.n && blank(s.p[i]))
			i++;
		x.p[x.n++] = (struct piece){slice_sub(s, from, i),
		    hash64(s.p + from, end - from)};
	}
	return x;
}

static void emit(struct making *m, enum diff_op op, struct slice s)
{
	struct diff *d = m->d;
	struct diff_part *last = d->parts_n ? &d->parts[d->parts_n - 1] : NULL;
	struct diff_part *more;

	if (last && last->op == op && last->text.p + last->text.n == s.p) {
		last->text.n += s.n;
		return;
	}
	if (d->parts_n == m->cap) {
		m->cap = m->cap ? m->cap * 2 : 16;
		more = arena_alloc(m->a, m->cap * sizeof(*more));
		if (d->parts_n)
			memcpy(more, d->parts, d->parts_n * sizeof(*more));
		d->parts = more;
	}
	d->parts[d->parts_n++] = (struct diff_part){op, s};
}

static void drop(struct making *m, const struct pieces *x)
{
	for (size_t i = 0; i < x->n; i++)
		emit(m, DIFF_DEL, x->p[i].s);
	m->d->words_removed += x->n;
}

static void add(struct making *m, const struct pieces *x)
{
	for (size_t i = 0; i < x->n; i++)
		emit(m, DIFF_ADD, x->p[i].s);
	m->d->words_added += x->n;
}

/* Word by word, where both are short enough for a table. */
static void by_table(struct making *m, struct pieces x, struct pieces y)
{
	size_t w = y.n + 1, i = 0, k = 0;
	uint16_t *len;

	if (!x.n || !y.n || x.n > TABLE_MAX || y.n > TABLE_MAX) {
		drop(m, &x);
		add(m, &y);
		return;
	}
	len = xcalloc((x.n + 1) * w, sizeof(*len));
	for (size_t r = x.n; r-- > 0;)
		for (size_t c = y.n; c-- > 0;) {
			uint16_t down = len[(r + 1) * w + c];
			uint16_t right = len[r * w + c + 1];

			len[r * w + c] = x.p[r].hash == y.p[c].hash ?
			    (uint16_t)(len[(r + 1) * w + c + 1] + 1) :
			    down > right ? down : right;
		}
	while (i < x.n && k < y.n) {
		if (x.p[i].hash == y.p[k].hash) {
			emit(m, DIFF_SAME, y.p[k].s);
			i++, k++;
		} else if (len[(i + 1) * w + k] >= len[i * w + k + 1]) {
			drop(m, &(struct pieces){x.p + i++, 1});
		} else {
			add(m, &(struct pieces){y.p + k++, 1});
		}
	}
	free(len);
	drop(m, &(struct pieces){x.p + i, x.n - i});
	add(m, &(struct pieces){y.p + k, y.n - k});
}

/* What was deleted in one place and stands, whole, in another. */
static void find_moved(struct diff *d)
{
	for (size_t i = 0; i < d->parts_n; i++) {
		struct slice x = slice_trim(d->parts[i].text);
		size_t words = 1;

		if (d->parts[i].op != DIFF_DEL)
			continue;
		for (size_t c = 0; c < x.n; c++)
			words += x.p[c] == ' ';
		if (words < MOVED_WORDS)
			continue;
		for (size_t k = 0; k < d->parts_n; k++) {
			if (d->parts[k].op != DIFF_ADD ||
			    !slice_eq(slice_trim(d->parts[k].text), x))
				continue;
			d->parts[i].op = d->parts[k].op = DIFF_MOVED;
			d->words_added -= words;
			d->words_removed -= words;
			break;
		}
	}
}

void diff_words(struct slice old, struct slice new, struct arena *a,
    struct diff *out)
{
	struct pieces x = split(old, a), y = split(new, a);
	struct making m = {a, out, 0};
	size_t tail = 0;

	*out = (struct diff){0};
	while (x.n && y.n && x.p[0].hash == y.p[0].hash) {
		emit(&m, DIFF_SAME, y.p[0].s);
		x.p++, x.n--;
		y.p++, y.n--;
	}
	while (tail < x.n && tail < y.n &&
	    x.p[x.n - 1 - tail].hash == y.p[y.n - 1 - tail].hash)
		tail++;
	by_table(&m, (struct pieces){x.p, x.n - tail},
	    (struct pieces){y.p, y.n - tail});
	for (size_t i = y.n - tail; i < y.n; i++)
		emit(&m, DIFF_SAME, y.p[i].s);
	find_moved(out);
}
