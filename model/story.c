/* Images of stories in memory: finding, adding, and who is the head. */
#include "model/story.h"

static const char *const kinds[] = {"created", "corrected", "retitled",
    "updated"};
static const char *const posting_names[] = {"new", "live", "gone", "moved",
    "left"};
static const char *const story_names[] = {"live", "withdrawn", "merged"};

const char *change_kind_name(enum change_kind k)
{
	return kinds[k];
}

const char *posting_status_name(enum posting_status s)
{
	return posting_names[s];
}

const char *story_status_name(enum story_status s)
{
	return story_names[s];
}

/* Room for one more item in an array that lies in an arena. */
static void *room(struct arena *a, void *items, size_t n, size_t *cap,
    size_t size)
{
	void *more;

	if (n < *cap)
		return items;
	*cap = *cap ? *cap * 2 : 4;
	more = arena_alloc(a, *cap * size);
	if (n)
		memcpy(more, items, n * size);
	return more;
}

#define ROOM(a, items, n, cap)                                                 \
	((items) = room((a), (items), (n), &(cap), sizeof(*(items))))

/* ---- places by hash ------------------------------------------------------- */

static size_t *head_of(const struct j_index *x, struct hash128 h)
{
	uint64_t n;

	memcpy(&n, h.b, sizeof(n));
	return &x->heads[n & (x->cap - 1)];
}

static void index_put(struct j_index *x, size_t i)
{
	size_t *head = head_of(x, x->keys[i]);

	x->next[i] = *head;
	*head = i + 1;
}

/* The next item is known by h. */
static void index_add(struct arena *a, struct j_index *x, struct hash128 h)
{
	size_t i = x->n;

	ROOM(a, x->keys, x->n, x->cap);
	x->keys[x->n++] = h;
	if (x->cap > x->room) { /* all of them anew */
		x->room = x->cap;
		x->heads = arena_zalloc(a, x->cap, sizeof(*x->heads));
		x->next = arena_alloc(a, x->cap * sizeof(*x->next));
		i = 0;
	}
	for (; i < x->n; i++)
		index_put(x, i);
}

/* The latest item known by h before item i, 1-based; 0: there is none. */
static size_t index_before(const struct j_index *x, struct hash128 h, size_t i)
{
	do
		i = x->next[i - 1];
	while (i && !hash128_eq(x->keys[i - 1], h));
	return i;
}

/* The latest of all. */
static size_t index_latest(const struct j_index *x, struct hash128 h)
{
	size_t i = x->n ? *head_of(x, h) : 0;

	return i && !hash128_eq(x->keys[i - 1], h) ? index_before(x, h, i) : i;
}

/* The first of all. */
static size_t index_first(const struct j_index *x, struct hash128 h)
{
	size_t first = index_latest(x, h);

	for (size_t i = first; i; i = index_before(x, h, i))
		first = i;
	return first;
}

/* ---- adding and finding ---------------------------------------------------- */

void j_add_version(struct arena *a, struct j_story *s, struct j_version *v)
{
	ROOM(a, s->versions, s->versions_n, s->versions_cap);
	s->versions[s->versions_n++] = v;
}

void j_add_posting(struct arena *a, struct j_story *s, struct j_posting *p)
{
	ROOM(a, s->postings, s->postings_n, s->postings_cap);
	s->postings[s->postings_n++] = p;
	index_add(a, &s->by_url, p->url_key);
}

void j_add_text(struct arena *a, struct j_story *s, struct j_text *t)
{
	ROOM(a, s->texts, s->texts_n, s->texts_cap);
	s->texts[s->texts_n++] = t;
	index_add(a, &s->by_text, t->text->hash);
}

void j_add_sighting(struct arena *a, struct j_posting *p, struct j_sighting *x)
{
	size_t i = p->sightings_n;

	ROOM(a, p->sightings, p->sightings_n, p->sightings_cap);
	for (; i && p->sightings[i - 1]->first > x->first; i--)
		p->sightings[i] = p->sightings[i - 1];
	p->sightings[i] = x;
	p->sightings_n++;
}

void j_add_span(struct arena *a, struct j_posting *p, struct j_span span)
{
	size_t i = p->spans_n;

	ROOM(a, p->spans, p->spans_n, p->spans_cap);
	for (; i && p->spans[i - 1].from > span.from; i--)
		p->spans[i] = p->spans[i - 1];
	p->spans[i] = span;
	p->spans_n++;
}

void j_add_return(struct arena *a, struct j_version *v, struct j_return r)
{
	ROOM(a, v->returns, v->returns_n, v->returns_cap);
	v->returns[v->returns_n++] = r;
}

void j_seen_first(struct j_story *s, const struct j_posting *p, usec_t t)
{
	if (s->first != TIME_NONE && (t > s->first ||
	    (t == s->first && slice_cmp(p->url, s->first_url) >= 0)))
		return;
	s->first = t;
	s->first_url = p->url;
	s->outlet_id = p->outlet_id;
}

struct j_posting *j_posting_find(const struct j_story *s, struct hash128 url)
{
	size_t i = index_first(&s->by_url, url);

	return i ? s->postings[i - 1] : NULL;
}

struct j_posting *j_posting_at(const struct j_story *s, int64_t home,
    struct hash128 url)
{
	size_t i = index_latest(&s->by_url, url);

	while (i && s->postings[i - 1]->home != home)
		i = index_before(&s->by_url, url, i);
	return i ? s->postings[i - 1] : NULL;
}

struct j_text *j_text_find(const struct j_story *s, struct hash128 text)
{
	size_t i = index_first(&s->by_text, text);

	return i ? s->texts[i - 1] : NULL;
}

usec_t j_lead(const struct j_version *v)
{
	usec_t lead = v->effective;

	for (size_t i = 0; i < v->returns_n; i++)
		if (v->returns[i].lead > lead)
			lead = v->returns[i].lead;
	return lead;
}

bool j_before(const struct j_version *a, const struct j_version *b)
{
	usec_t x = j_lead(a), y = j_lead(b);

	return x < y || (x == y && a->number < b->number);
}

/* Who carries each version: for may_lead, once for all of them. */
static void find_carriers(const struct j_story *s)
{
	for (size_t i = 0; i < s->versions_n; i++) {
		s->versions[i]->of_first = s->versions[i]->of_two = false;
		s->versions[i]->other = 0;
	}
	for (size_t i = 0; i < s->postings_n; i++) {
		const struct j_posting *p = s->postings[i];

		for (size_t k = 0; k < p->sightings_n; k++) {
			struct j_version *v = p->sightings[k]->version;

			v->of_first |= p->outlet_id == s->outlet_id;
			v->of_two |= v->other && v->other != p->outlet_id;
			v->other = p->outlet_id;
		}
	}
}

/*
 * A version that only pages outside the first outlet have carried is head
 * only when two outlets have carried it or no page of the first is live.
 */
static bool may_lead(const struct j_version *v)
{
	return v->of_first || v->of_two;
}

struct j_version *j_head(const struct j_story *s)
{
	struct j_version *best = NULL, *any = NULL;
	bool led = false;

	for (size_t i = 0; i < s->postings_n; i++)
		led |= s->postings[i]->status == POSTING_LIVE &&
		    s->postings[i]->outlet_id == s->outlet_id;
	if (led)
		find_carriers(s);
	for (size_t i = 0; i < s->versions_n; i++) {
		struct j_version *v = s->versions[i];

		if (!any || j_before(any, v))
			any = v;
		if ((!best || j_before(best, v)) && (!led || may_lead(v)))
			best = v;
	}
	return best ? best : any;
}
