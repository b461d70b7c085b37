/* Word-level changes between two bodies, moved sentences told from deleted. */
#include "story/diff.h"

#include "core/utf8.h"

#include <stdlib.h>

#define COMMON_PART 4 /* words of which less than 1/4 stay are replaced */

/* ---- words and sentences ------------------------------------------------------ */

static bool blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool lone_at(struct slice s, size_t i)
{
	return s.p[i] < 0 && text_is_lone(utf8_next(s, &i));
}

/* Where the piece at i ends: before white space, and before and behind letters
 * that are words. */
static size_t piece_end(struct slice s, size_t i)
{
	if (lone_at(s, i))
		return text_lone_end(s, i);
	while (i < s.n && !blank(s.p[i]) && !lone_at(s, i))
		i++;
	return i;
}

/* Does a sentence end with word, if next comes behind it? */
static bool ends_sentence(struct slice word, struct slice gap, char next)
{
	size_t from;
	uint32_t last;

	if (slice_find(gap, SLICE("\n\n"), 0) >= 0)
		return true;
	for (;;) {
		last = utf8_last(word, &from);
		if (!from || !cp_closes(last))
			break;
		word.n = from;
	}
	return cp_is_stop(last) && (last >= 0x80 || !(next >= 'a' &&
	    next <= 'z'));
}

static void split_words(struct slice s, struct side *x)
{
	size_t i = 0;

	x->p = xcalloc(s.n / 2 + 2, sizeof(*x->p));
	while (i < s.n && blank(s.p[i]))
		i++;
	while (i < s.n) {
		struct piece *p = &x->p[x->n++];
		size_t from = i, end;

		end = i = piece_end(s, i);
		while (i < s.n && blank(s.p[i]))
			i++;
		p->s = slice_sub(s, from, i);
		p->hash = hash64(s.p + from, end - from);
		p->ends = i == s.n || ends_sentence(slice_sub(s, from, end),
		    slice_sub(s, end, i), s.p[i]);
	}
}

static void split_sentences(struct side *x)
{
	uint64_t hash = 0;
	size_t from = 0;

	x->spans = xcalloc(x->n + 1, sizeof(*x->spans));
	for (size_t i = 0; i < x->n; i++) {
		hash = hash64_seed(&x->p[i].hash, sizeof(x->p[i].hash), hash);
		if (!x->p[i].ends)
			continue;
		x->spans[x->spans_n++] = (struct span){hash, (uint32_t)from,
		    (uint32_t)i + 1, 0};
		hash = 0;
		from = i + 1;
	}
}

static void side_release(struct side *x)
{
	free(x->p);
	free(x->spans);
}

/* ---- longest common subsequences ------------------------------------------------- */

/* The rows of the table, from the end: lengths behind (r, c). */
static uint16_t *fill_table(const uint64_t *a, size_t an, const uint64_t *b,
    size_t bn)
{
	size_t w = bn + 1;
	uint16_t *len = xcalloc((an + 1) * w, sizeof(*len));

	for (size_t r = an; r-- > 0;)
		for (size_t c = bn; c-- > 0;) {
			uint16_t down = len[(r + 1) * w + c];
			uint16_t right = len[r * w + c + 1];
			uint16_t both = len[(r + 1) * w + c + 1];

			len[r * w + c] = a[r] == b[c] ?
			    (uint16_t)(both + 1) : down > right ? down : right;
		}
	return len;
}

size_t diff_align(const uint64_t *a, size_t an, const uint64_t *b, size_t bn,
    uint32_t *match)
{
	size_t head = 0, i = 0, k = 0, common, w;
	uint16_t *len;

	memset(match, 0, an * sizeof(*match));
	for (; head < an && head < bn && a[head] == b[head]; head++)
		match[head] = (uint32_t)head + 1;
	common = head;
	while (an > head && bn > head && a[an - 1] == b[bn - 1]) {
		match[--an] = (uint32_t)bn--;
		common++;
	}
	a += head;
	b += head;
	match += head;
	an -= head;
	bn -= head;
	if (!an || !bn || an >= UINT16_MAX || bn >= UINT16_MAX ||
	    (an + 1) * (bn + 1) > DIFF_CELLS)
		return common;
	len = fill_table(a, an, b, bn);
	w = bn + 1;
	while (i < an && k < bn) {
		if (a[i] == b[k]) {
			match[i++] = (uint32_t)(head + ++k);
			common++;
		} else if (len[(i + 1) * w + k] >= len[i * w + k + 1]) {
			i++;
		} else {
			k++;
		}
	}
	free(len);
	return common;
}

/* ---- sentences ------------------------------------------------------------------- */

static void match_sentences(struct side *x, struct side *y)
{
	uint64_t *a = xcalloc(x->spans_n + y->spans_n + 1, sizeof(*a));
	uint64_t *b = a + x->spans_n;
	uint32_t *match = xcalloc(x->spans_n + 1, sizeof(*match));

	for (size_t i = 0; i < x->spans_n; i++)
		a[i] = x->spans[i].hash;
	for (size_t i = 0; i < y->spans_n; i++)
		b[i] = y->spans[i].hash;
	diff_align(a, x->spans_n, b, y->spans_n, match);
	for (size_t i = 0; i < x->spans_n; i++)
		if (match[i])
			diff_pair(x, &x->spans[i], y,
			    &y->spans[match[i] - 1], false);
	free(a);
	free(match);
}

/* ---- words between common sentences ---------------------------------------------- */

struct gap {
	uint64_t *hash;
	uint32_t *at; /* indexes of the pieces */
	size_t n;
};

/* Pieces from *i to the next matched one that wait for a partner. */
static void gather(const struct side *x, size_t *i, struct gap *g)
{
	g->n = 0;
	for (; *i < x->n && !x->p[*i].match; ++*i)
		if (!x->p[*i].settled) {
			g->hash[g->n] = x->p[*i].hash;
			g->at[g->n++] = (uint32_t)*i;
		}
}

static void match_gap(struct side *x, const struct gap *g, struct side *y,
    const struct gap *h, uint32_t *match)
{
	size_t least = g->n < h->n ? g->n : h->n;

	if (diff_align(g->hash, g->n, h->hash, h->n, match) * COMMON_PART < least)
		return;
	for (size_t i = 0; i < g->n; i++)
		if (match[i]) {
			x->p[g->at[i]].match = h->at[match[i] - 1] + 1;
			y->p[h->at[match[i] - 1]].match = g->at[i] + 1;
		}
}

static struct gap gap_new(size_t n)
{
	return (struct gap){xcalloc(n + 1, sizeof(uint64_t)),
	    xcalloc(n + 1, sizeof(uint32_t)), 0};
}

static void match_words(struct side *x, struct side *y)
{
	struct gap g = gap_new(x->n), h = gap_new(y->n);
	uint32_t *match = xcalloc(x->n + 1, sizeof(*match));
	size_t i = 0, k = 0;

	while (i < x->n || k < y->n) {
		gather(x, &i, &g);
		gather(y, &k, &h);
		match_gap(x, &g, y, &h, match);
		while (i < x->n && k < y->n && x->p[i].match == k + 1)
			i++, k++;
	}
	free(g.hash);
	free(g.at);
	free(h.hash);
	free(h.at);
	free(match);
}

/* ---- the parts ------------------------------------------------------------------- */

struct making {
	struct arena *a;
	struct diff *d;
	size_t cap;
};

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

/* A dash between blanks is no word, nor is a stop behind a letter. */
static size_t count(struct slice s)
{
	size_t i = 0;

	while (i < s.n)
		if (cp_is_word(utf8_next(s, &i)))
			return 1;
	return 0;
}

static void emit_lone(struct making *m, const struct piece *p, enum diff_op op,
    enum diff_op moved, size_t *words)
{
	emit(m, p->moved ? moved : op, p->s);
	*words += p->moved ? 0 : count(p->s);
}

static void emit_all(struct making *m, const struct side *x,
    const struct side *y)
{
	size_t i = 0, k = 0;

	while (i < x->n || k < y->n) {
		if (i < x->n && !x->p[i].match) {
			emit_lone(m, &x->p[i++], DIFF_DEL, DIFF_MOVED_FROM,
			    &m->d->words_removed);
		} else if (k < y->n && !y->p[k].match) {
			emit_lone(m, &y->p[k++], DIFF_ADD, DIFF_MOVED_TO,
			    &m->d->words_added);
		} else { /* matches are in order: these two are partners */
			emit(m, DIFF_SAME, y->p[k++].s);
			i++;
		}
	}
}

void diff_words(struct slice old, struct slice new, struct arena *a,
    struct diff *out)
{
	struct side x = {0}, y = {0};
	struct making m = {a, out, 0};

	*out = (struct diff){0};
	split_words(old, &x);
	split_words(new, &y);
	split_sentences(&x);
	split_sentences(&y);
	match_sentences(&x, &y);
	diff_find_moved(&x, &y);
	match_words(&x, &y);
	emit_all(&m, &x, &y);
	side_release(&x);
	side_release(&y);
}
