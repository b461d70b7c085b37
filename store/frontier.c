#include "store/frontier.h"

#include "store/sql.h"
#include "store/store.h"

#include <stdlib.h>

static int with_key(struct db *db, const char *sql, int64_t key,
    struct db_result **r, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, key);
	rc = db_query(db, sql, &p, r, err);
	params_release(&p);
	return rc;
}

static int lock_host(struct db *db, int64_t key, bool *got, struct err *err)
{
	struct db_result *r;

	if (with_key(db, SQL_HOST_LOCK, key, &r, err))
		return -1;
	*got = db_bool(r, 0, 0);
	db_result_free(r);
	return 0;
}

static void read_page(const struct db_result *r, size_t i, struct arena *a,
    struct due_page *p)
{
	p->url_key = db_hash(r, i, 0);
	p->url = arena_slice(a, db_str(r, i, 1));
	p->outlet_id = db_int(r, i, 2);
	p->outlet = arena_slice(a, db_str(r, i, 3));
	p->zone = arena_slice(a, db_str(r, i, 4));
	p->credit = arena_slice(a, db_str(r, i, 5));
	p->every = db_int(r, i, 6) * USEC_SECOND;
	p->delay_ms = db_null(r, i, 7) ? -1 : (int)db_int(r, i, 7);
	p->etag = arena_slice(a, db_str(r, i, 8));
	p->last_modified = arena_slice(a, db_str(r, i, 9));
	p->visits = db_int(r, i, 10);
	p->waits = !db_null(r, i, 11) || !db_null(r, i, 12);
	p->source = !slice_is(db_str(r, i, 13), "page");
	p->origin = slice_is(db_str(r, i, 13), "source");
	p->found = slice_is(db_str(r, i, 13), "feed");
	p->policy = slice_is(db_str(r, i, 13), "policy");
	p->host = arena_slice(a, db_str(r, i, 14));
	p->validated_url = arena_slice(a, db_str(r, i, 15));
	p->moved_to = arena_slice(a, db_str(r, i, 16));
	p->depth = (int)db_int(r, i, 17);
	p->fed = db_bool(r, i, 18);
	p->unfed = (int)db_int(r, i, 19);
}

/* A host that is claimed. */
struct claimed {
	int64_t key, fence;
	bool operators;
	struct owed owed; /* in the list's arena */
};

static void add_rows(struct due_list *l, const struct db_result *r,
    struct arena *a, const struct claimed *h)
{
	for (size_t i = 0; i < db_rows(r); i++) {
		GROW(l->pages, l->n, l->cap);
		read_page(r, i, a, &l->pages[l->n]);
		l->pages[l->n].host_key = h->key;
		l->pages[l->n].fence = h->fence;
		l->pages[l->n].owed = h->owed;
		l->pages[l->n++].operators = h->operators;
	}
}

/* Another claim would raise the fence that its pages have. */
static const struct due_page *page_of(const struct due_list *l, int64_t key)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->pages[i].host_key == key)
			return &l->pages[i];
	return NULL;
}

static void read_owed(const struct db_result *r, struct arena *a,
    struct owed *o)
{
	*o = (struct owed){.asked_at = db_time(r, 0, 0),
	    .next_at = db_time(r, 0, 1), .failures = (int)db_int(r, 0, 2)};
	if (o->failures) {
		o->code = code_find(arena_slice(a, db_str(r, 0, 3)).p);
		o->why = arena_slice(a, db_str(r, 0, 4));
	}
}

static int raise_fence(struct db *db, struct arena *a, struct claimed *h,
    struct err *err)
{
	struct db_result *r;

	if (with_key(db, SQL_HOST_FENCE, h->key, &r, err))
		return -1;
	h->owed = OWED_NONE;
	if (db_rows(r)) {
		read_owed(r, a, &h->owed);
		h->fence = db_int(r, 0, 5);
		h->operators = db_bool(r, 0, 6);
	}
	db_result_free(r);
	return 0;
}

/* Locks the host, raises its fence; *got false while another holds it. */
static int claim(struct db *db, struct arena *a, struct due_list *l,
    struct claimed *h, bool *got, struct err *err)
{
	if (lock_host(db, h->key, got, err))
		return -1;
	if (!*got)
		return 0;
	GROW(l->hosts, l->hosts_n, l->hosts_cap);
	l->hosts[l->hosts_n++] = h->key;
	return raise_fence(db, a, h, err);
}

static int due_on(struct db *db, int64_t key, usec_t now, bool sources,
    struct arena *a, struct due_list *l, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct claimed h = {.key = key};
	struct db_result *r;
	int rc;

	if (raise_fence(db, a, &h, err))
		return -1;
	params_int(&p, key);
	params_time(&p, now);
	params_bool(&p, sources);
	rc = db_query(db, SQL_DUE_PAGES, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	add_rows(l, r, a, &h);
	db_result_free(r);
	return 0;
}

int frontier_due(struct db *db, usec_t now, bool sources, struct arena *a,
    struct due_list *out, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	*out = (struct due_list){0};
	params_time(&p, now);
	params_bool(&p, sources);
	rc = db_query(db, SQL_DUE_HOSTS, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	for (size_t i = 0; i < db_rows(r); i++) {
		GROW(out->hosts, out->hosts_n, out->hosts_cap);
		out->hosts[out->hosts_n++] = db_int(r, i, 0);
	}
	for (size_t i = 0; i < out->hosts_n && !rc; i++)
		rc = due_on(db, out->hosts[i], now, sources, a, out, err);
	db_result_free(r);
	return rc;
}

int frontier_claim(struct db *db, usec_t now, const int64_t *held,
    size_t held_n, size_t max, int64_t *out, size_t *n, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	*n = 0;
	params_time(&p, now);
	params_ints(&p, held, held_n);
	params_int(&p, (int64_t)max);
	rc = db_query(db, SQL_CLAIM_HOSTS, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	for (size_t i = 0; i < db_rows(r) && i < max; i++)
		out[(*n)++] = db_int(r, i, 0);
	db_result_free(r);
	return 0;
}

int frontier_take(struct db *db, int64_t host_key, usec_t now, struct arena *a,
    struct due_list *out, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct claimed h = {.key = host_key};
	struct db_result *r;
	int rc;

	if (raise_fence(db, a, &h, err))
		return -1;
	params_int(&p, host_key);
	params_time(&p, now);
	params_null(&p);
	rc = db_query(db, SQL_DUE_PAGES, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	add_rows(out, r, a, &h);
	db_result_free(r);
	return 0;
}

int frontier_hold(struct db *db, struct slice host, struct arena *a,
    struct owed *out, struct err *err)
{
	int64_t key = host_key_of(host);
	struct params p = PARAMS_INIT;
	struct db_result *r;
	bool got;
	int rc;

	if (lock_host(db, key, &got, err))
		return -1;
	if (!got)
		return 0;
	params_int(&p, key);
	params_text(&p, host);
	rc = db_queue(db, SQL_HOST_KNOWN, &p, err);
	params_release(&p);
	if (rc || with_key(db, SQL_HOST_OWED, key, &r, err))
		return -1;
	read_owed(r, a, out);
	db_result_free(r);
	return 1;
}

int frontier_give_back(struct db *db, int64_t host_key, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key);
	rc = db_queue(db, SQL_HOST_UNLOCK, &p, err);
	params_release(&p);
	return rc;
}

int frontier_put_off(struct db *db, int64_t host_key, struct hash128 url_key,
    usec_t until, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key);
	params_hash(&p, url_key);
	params_time(&p, until);
	rc = db_queue(db, SQL_PAGE_PUT_OFF, &p, err);
	params_release(&p);
	return rc;
}

int frontier_beat(struct db *db, struct err *err)
{
	struct db_result *r;

	if (db_query(db, SQL_BEAT, NULL, &r, err))
		return -1;
	db_result_free(r);
	return 0;
}

int frontier_next(struct db *db, usec_t *at, struct err *err)
{
	struct db_result *r;

	if (db_query(db, SQL_NEXT_DUE, NULL, &r, err))
		return -1;
	*at = db_time(r, 0, 0);
	db_result_free(r);
	return 0;
}

int frontier_paused(struct db *db, struct arena *a, struct paused_keys *out,
    struct err *err)
{
	struct db_result *r;

	if (db_query(db, SQL_PAUSED_KEYS, NULL, &r, err))
		return -1;
	out->hosts = db_ints(r, 0, 0, a, &out->hosts_n);
	out->outlets = db_ints(r, 0, 1, a, &out->outlets_n);
	db_result_free(r);
	return 0;
}

/* It is asked as it is kept, whose host another spelling may have. */
static int home_of(struct db *db, struct slice host, struct hash128 url_key,
    int64_t *key, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	*key = host_key_of(host);
	params_int(&p, *key);
	params_hash(&p, url_key);
	rc = db_query(db, SQL_PAGE_HOME, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	if (db_rows(r))
		*key = db_int(r, 0, 0);
	db_result_free(r);
	return 0;
}

int frontier_one(struct db *db, struct slice host, struct hash128 url_key,
    usec_t due, struct arena *a, struct due_list *out, struct err *err)
{
	struct claimed h = {0};
	const struct due_page *held;
	struct params p = PARAMS_INIT;
	struct db_result *r;
	bool got;
	int rc;

	if (home_of(db, host, url_key, &h.key, err))
		return -1;
	held = page_of(out, h.key);
	got = held != NULL;
	if (held) {
		h.fence = held->fence;
		h.operators = held->operators;
		h.owed = held->owed;
	} else if (claim(db, a, out, &h, &got, err)) {
		return -1;
	}
	if (!got)
		return err_set(err, E_HOST_BUSY, "another worker has %.*s now; "
		    "it visits what is due", SLICE_FMT(host));
	params_int(&p, h.key);
	params_hash(&p, url_key);
	params_time(&p, due);
	rc = db_query(db, SQL_PAGE_ONE, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	add_rows(out, r, a, &h);
	db_result_free(r);
	return 0;
}

void frontier_release(struct db *db, struct due_list *l)
{
	struct db_result *r;
	struct err err = {0};

	if (l->hosts_n && db_flush(db, &err))
		err.code = E_NONE; /* then the server has freed them */
	for (size_t i = 0; i < l->hosts_n; i++)
		if (!with_key(db, SQL_HOST_UNLOCK, l->hosts[i], &r, &err))
			db_result_free(r);
	free(l->hosts);
	free(l->pages);
	*l = (struct due_list){0};
}

static int outlet_of(struct db *db, const struct enrolment *e, int64_t *id,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	*id = e->outlet_id;
	if (*id)
		return 0;
	params_text(&p, e->outlet);
	params_text(&p, e->host);
	params_null(&p);
	params_null(&p);
	params_null(&p);
	params_bool(&p, e->operators);
	params_time(&p, e->now);
	rc = db_query(db, SQL_OUTLET_INSERT, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*id = db_int(r, 0, 0);
	db_result_free(r);
	return 0;
}

/* Older times are of what the usual visits saw, or were never of news: a
 * sitemap's thousands of entries shall not be asked for at each look at it. */
#define LISTED_RECENT (3 * USEC_DAY)

static int listed(struct db *db, const struct enrolment *e, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	if (e->feed || e->listed == TIME_NONE ||
	    e->listed < e->now - LISTED_RECENT)
		return 0;
	params_hash(&p, e->url_key);
	params_time(&p, e->listed);
	params_time(&p, e->now);
	rc = db_queue(db, SQL_PAGE_LISTED, &p, err);
	params_release(&p);
	return rc;
}

int frontier_enrol(struct db *db, const struct enrolment *e, struct err *err)
{
	struct params p = PARAMS_INIT;
	int64_t outlet;
	int rc;

	if (outlet_of(db, e, &outlet, err))
		return -1;
	params_int(&p, host_key_of(e->host));
	params_text(&p, e->host);
	params_int(&p, outlet);
	params_bool(&p, e->operators);
	params_hash(&p, e->policy || e->feed ? (struct hash128){{0}} :
	    e->url_key);
	rc = db_queue(db, SQL_HOST_OF_PAGE, &p, err);
	params_release(&p);
	if (rc)
		return -1;
	params_int(&p, host_key_of(e->host));
	params_hash(&p, e->url_key);
	params_text(&p, e->url);
	params_int(&p, outlet);
	params_null(&p);
	params_text(&p, e->policy ? SLICE("policy") : e->feed ? SLICE("feed") :
	    SLICE("page"));
	params_time(&p, e->now);
	params_time(&p, e->now);
	params_int(&p, e->depth);
	rc = db_queue(db, SQL_PAGE_INSERT, &p, err);
	params_release(&p);
	return rc || listed(db, e, err) ? -1 : 0;
}

int frontier_robots_get(struct db *db, struct slice host, struct arena *a,
    struct host_robots *out, struct err *err)
{
	struct db_result *r;
	int rc;

	if (with_key(db, SQL_ROBOTS_GET, host_key_of(host), &r, err))
		return -1;
	rc = db_rows(r) > 0;
	if (rc)
		*out = (struct host_robots){arena_slice(a, db_str(r, 0, 0)),
		    (int)db_int(r, 0, 1), db_time(r, 0, 2),
		    db_int(r, 0, 3) * USEC_SECOND};
	db_result_free(r);
	return rc;
}

/* Of one that was reached. */
static int wake(struct db *db, struct slice host, struct slice text,
    const struct host_robots *h, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	if (!robots_reached(h->status))
		return 0;
	params_int(&p, host_key_of(host));
	params_text(&p, text);
	params_int(&p, h->status);
	params_time(&p, h->at);
	rc = db_queue(db, SQL_ROBOTS_WAKE, &p, err);
	params_release(&p);
	return rc;
}

/* robots.txt may hold anything; it is kept as far as it is text. */
int frontier_robots_put(struct db *db, struct slice host,
    const struct host_robots *h, struct err *err)
{
	const struct slice text = h->text;
	struct params p = PARAMS_INIT;
	struct strbuf clean = STRBUF_INIT;
	int rc;

	for (size_t i = 0; i < text.n && clean.n < (512u << 10); i++)
		strbuf_addc(&clean, (unsigned char)text.p[i] < 0x80 &&
		    text.p[i] ? text.p[i] : '?');
	params_int(&p, host_key_of(host));
	params_text(&p, host);
	params_text(&p, strbuf_slice(&clean));
	params_int(&p, h->status);
	params_time(&p, h->at);
	params_int(&p, h->keep / USEC_SECOND);
	rc = wake(db, host, strbuf_slice(&clean), h, err);
	if (!rc)
		rc = db_queue(db, SQL_ROBOTS_PUT, &p, err);
	params_release(&p);
	strbuf_release(&clean);
	return rc ? -1 : db_flush(db, err);
}

bool frontier_is_operators(struct db *db, struct slice host)
{
	struct db_result *r;
	struct err err;
	bool yes;

	if (with_key(db, SQL_HOST_OPERATOR, host_key_of(host), &r, &err))
		return false;
	yes = db_rows(r) && db_bool(r, 0, 0);
	db_result_free(r);
	return yes;
}
