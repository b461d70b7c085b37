/* What the record says of two texts: how each came to its story, what joined and
 * parted the stories. */
#include "cli/explain.h"

#include <math.h>
#include <stdio.h>

#define SAME_SCORE .0015 /* as recorded: real, or rounded to three places */

/* ---- merges and splits ---------------------------------------------------------- */

struct join {
	bool merged; /* else split */
	int64_t into, other, into_root, other_root;
	usec_t at;
	bool by_hand;
	double score;
	struct slice reason;
	int64_t id; /* of its event: what comes later has a higher one */
};

struct joins {
	struct join *v;
	size_t n;
};

static void read_joins(const struct db_result *r, struct arena *a,
    struct joins *j)
{
	j->n = db_rows(r);
	j->v = arena_zalloc(a, j->n + 1, sizeof(*j->v));
	for (size_t i = 0; i < j->n; i++)
		j->v[i] = (struct join){slice_is(db_str(r, i, 0), "merged"),
		    db_int(r, i, 1), db_int(r, i, 2), db_int(r, i, 3),
		    db_int(r, i, 4), db_time(r, i, 5), db_null(r, i, 6),
		    db_double(r, i, 7), arena_slice(a, db_str(r, i, 8)),
		    db_int(r, i, 9)};
}

/* The merge that the story was taken in by, as things stood with event upto, or
 * NULL. */
static const struct join *taken_in(const struct joins *j, int64_t story,
    int64_t upto)
{
	const struct join *last = NULL;

	for (size_t i = 0; i < j->n && j->v[i].id <= upto; i++)
		if (j->v[i].other == story)
			last = j->v[i].merged ? &j->v[i] : NULL;
	return last;
}

/* Was what lies in home a part of the story then? */
static bool is_part(const struct joins *j, int64_t home, int64_t story,
    int64_t upto)
{
	const struct join *x;

	for (size_t i = 0; i <= j->n; i++) {
		if (home == story)
			return true;
		x = taken_in(j, home, upto);
		if (!x)
			return false;
		home = x->into;
	}
	return false;
}

/* The last event before the page's text was judged. Where none told of the text,
 * the last merge or split by its time: what is by hand has the time of its day,
 * what a late capture brought an earlier one than those before it. */
static int64_t judged_after(const struct joins *j, const struct shown *page)
{
	int64_t last = 0;

	if (page->event)
		return page->event - 1;
	for (size_t i = 0; i < j->n; i++)
		if (j->v[i].at <= page->first)
			last = j->v[i].id;
	return last;
}

/* Does the merge or split concern what these two came by? */
static bool concerns(const struct joins *j, const struct join *x,
    const struct shown *a, const struct shown *b)
{
	if (a->root != b->root)
		return x->into_root != x->other_root;
	return a->home != b->home &&
	    (is_part(j, a->home, x->other, x->id) ||
	    is_part(j, b->home, x->other, x->id));
}

/* The best score of a text against those that either story had just before. */
static bool has_score(const struct texts *t, const struct joins *j,
    const struct join *x, const struct shown *s)
{
	double best[2] = {-1, -1};

	for (size_t i = 0; i < t->n; i++) {
		const struct shown *y = t->v[i];
		bool other = is_part(j, y->home, x->other, x->id);
		struct match m;

		if (y == s || y->first > x->at || explain_forgotten(y) ||
		    !is_part(j, y->home, x->into, x->id))
			continue;
		explain_match(t, s, y, &m);
		if (m.score > best[other])
			best[other] = m.score;
	}
	return fabs(best[0] - x->score) < SAME_SCORE ||
	    fabs(best[1] - x->score) < SAME_SCORE;
}

/* The page whose text showed that two stories are one: the verdict merges at its
 * capture, with its score. */
static const struct shown *bridge_of(const struct texts *t,
    const struct joins *j, const struct join *x)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i]->first == x->at && !explain_forgotten(t->v[i]) &&
		    has_score(t, j, x, t->v[i]))
			return t->v[i];
	return NULL;
}

static void print_join(const struct texts *t, const struct joins *j,
    const struct join *x)
{
	const struct shown *page = x->by_hand ? NULL : bridge_of(t, j, x);
	char at[SHOW_TIME];

	printf("  %s  story %lld was %s story %lld by ", show_time(x->at, at),
	    (long long)x->other, x->merged ? "merged into" : "split from",
	    (long long)x->into);
	if (x->by_hand) {
		puts("hand");
		return;
	}
	printf("the verdict, score %.3f: %.*s\n", x->score,
	    SLICE_FMT(x->reason));
	if (page)
		printf("    it is the text of %.*s that belongs to both\n",
		    SLICE_FMT(page->url));
}

/* ---- how a page came to its story -------------------------------------------------- */

void explain_name(const struct shown *s)
{
	printf("version %lld on %.*s", (long long)s->version,
	    SLICE_FMT(s->url));
}

/* The text that the page's first one was nearest to when it came, which has the
 * recorded score: of those of that day the nearest, else (a late capture) one of
 * the others. NULL: it was a text that went since, by a split or forget, or
 * counted otherwise with the outlet's lines of that day. */
static const struct shown *nearest_then(const struct texts *t,
    const struct joins *j, const struct shown *page)
{
	const struct shown *found = NULL;
	int64_t upto = judged_after(j, page);

	for (int late = 0; late < 2 && !found; late++)
		for (size_t i = 0; i < t->n && !found; i++) {
			const struct shown *y = t->v[i];
			struct match m;

			if (slice_eq(y->url, page->url) ||
			    explain_forgotten(y) ||
			    (y->first > page->first) != late ||
			    !is_part(j, y->home, page->home, late ? INT64_MAX :
			    upto))
				continue;
			explain_match(t, page, y, &m);
			if (fabs(m.score - page->score) < SAME_SCORE)
				found = y;
		}
	return found;
}

static void print_posting(const struct texts *t, const struct joins *j,
    const struct shown *s)
{
	const struct shown *page = explain_first(t, s), *near;
	bool by_hand;

	if (!s->judged)
		return;
	by_hand = slice_is(s->reason, "decided by hand");
	if (!s->reason.n || (by_hand && s->began)) {
		printf("   began story %lld: it fitted none that was known%s\n",
		    (long long)s->home, by_hand ? "; it is there by hand since" :
		    "");
		return;
	}
	if (by_hand) {
		printf("   came to story %lld by %s\n", (long long)s->home,
		    s->came ? "the verdict, and is there by hand since" :
		    "hand");
		return;
	}
	printf("   came to story %lld by the verdict, score %.3f: %.*s\n",
	    (long long)s->home, s->score, SLICE_FMT(s->reason));
	near = explain_forgotten(page) ? NULL : nearest_then(t, j, page);
	if (!near) {
		puts("   nearest then: cannot be told, no text that is kept "
		    "has that score today");
		return;
	}
	fputs("   nearest then: ", stdout);
	explain_name(near);
	putchar('\n');
}

#define LINE_MOST   60 /* bytes of a line that is left out */
#define LINES_SHOWN 4

/* Where a line that is too long is cut: at a blank, if there is one in its
 * second half; else between two letters. */
static size_t cut_at(struct slice x)
{
	size_t end = LINE_MOST;

	if (x.n <= LINE_MOST)
		return x.n;
	while (end > LINE_MOST / 2 && x.p[end] != ' ')
		end--;
	if (x.p[end] == ' ')
		return end;
	end = LINE_MOST;
	while (end && ((unsigned char)x.p[end] & 0xC0) == 0x80)
		end--;
	return end;
}

/* Which sentences the judge does not see. */
static void print_left_out(const struct shown *s)
{
	size_t n = explain_left_out(s), shown = 0;

	if (!n)
		return;
	printf("   left out: %zu sentence%s that the outlet, or its agency, "
	    "puts on any page\n", n, n > 1 ? "s" : "");
	for (size_t i = 0; i < s->text->sentences_n && shown < LINES_SHOWN;
	    i++) {
		struct slice x = s->text->sentences[i].s;
		size_t end = cut_at(x);

		if (!s->skip[i])
			continue;
		printf("     \"%.*s%s\"\n", SLICE_FMT(slice_sub(x, 0, end)),
		    end < x.n ? " ..." : "");
		shown++;
	}
}

/* Why the text has its version (timeline.md, rule 4). */
static void print_rule(const struct shown *s)
{
	static const struct {
		const char *rule, *says;
	} rules[] = {
	    {"4a", "the story had this very text"},
	    {"4b", "it has all sentences of that version, and no other"},
	    {"4c", "it was cut out of what the page showed before"},
	    {"4c-opens", "the page, whose own version it was, took something "
		"out: that opened this one"},
	    {"4d", "it stands in that version: a copy, whole or cut"},
	    {"4e", "it is that version with a few lines of its own"},
	    {"4f", "it has what no version had: it opened this one"},
	    {"live-end", "the live page came to rest with it: it opened this "
		"one"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (slice_is(s->rule, rules[i].rule))
			printf("   why version %lld: %s\n",
			    (long long)s->version, rules[i].says);
}

static void print_side(char name, const struct texts *t, const struct joins *j,
    const struct shown *s)
{
	char from[SHOW_TIME], to[SHOW_TIME];

	printf("%c  %.*s\n", name, SLICE_FMT(s->url));
	if (explain_forgotten(s))
		puts("   its text was forgotten");
	else
		printf("   \"%.*s\"\n", SLICE_FMT(s->text->title));
	printf("   story %lld version %lld%s, %.*s, seen %s to %s\n",
	    (long long)s->root, (long long)s->version, s->head ? " (the head)" :
	    "", SLICE_FMT(s->outlet), show_time(s->first, from),
	    show_time(s->last, to));
	print_rule(s);
	print_posting(t, j, s);
	if (s->bound)
		puts("   bound by hand: no verdict takes the page elsewhere");
	print_left_out(s);
}

/* The page was in the other's story, and left it for this one. */
static void print_left(char name, const struct texts *t,
    const struct shown *s, const struct shown *other)
{
	const struct shown *last = NULL, *next = explain_first(t, s);
	char at[SHOW_TIME], why[MATCH_REASON];
	struct match m;

	for (size_t i = 0; i < t->n; i++)
		if (t->v[i]->root == other->root && t->v[i]->root != s->root &&
		    slice_eq(t->v[i]->url, s->url))
			last = t->v[i];
	if (!last)
		return;
	printf("  %s  the page of %c was last seen on story %lld; ",
	    show_time(last->last, at), name, (long long)last->root);
	if (explain_forgotten(last) || explain_forgotten(next)) {
		puts("what it had then, or next, was forgotten");
		return;
	}
	explain_match(t, next, last, &m);
	printf("its next text, against that one: score %.3f, %s\n", m.score,
	    match_reason(&m, why));
}

int explain_record(struct db *db, const struct texts *t,
    const struct shown *a, const struct shown *b, struct err *err)
{
	struct joins j = {0};
	struct db_result *r;
	struct arena mem;

	if (read_joined(db, a->root, b->root, &r, err))
		return -1;
	arena_init(&mem);
	read_joins(r, &mem, &j);
	db_result_free(r);
	print_side('A', t, &j, a);
	print_side('B', t, &j, b);
	printf("recorded: %s\n", a->root == b->root ? "one story" :
	    "two stories");
	for (size_t i = 0; i < j.n; i++)
		if (concerns(&j, &j.v[i], a, b))
			print_join(t, &j, &j.v[i]);
	print_left('A', t, a, b);
	print_left('B', t, b, a);
	arena_release(&mem);
	return 0;
}
