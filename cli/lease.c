#include "cli/lease.h"

#include "store/store.h"

#include <stdlib.h>

/* How long a capture waits at most for others to be judged with. */
#define TURN_EVERY (500 * (USEC_SECOND / 1000))
/* Between two looks for hosts that can be claimed. */
#define CLAIM_EVERY (200 * (USEC_SECOND / 1000))
#define SILENT_MOST (5 * USEC_MINUTE)
#define CLAIM_MAX   64 /* hosts at a time: others want some as well */

struct held {
	int64_t key;
	struct arena arena; /* of the pages */
	struct due_list due;
	size_t given; /* of the pages, to the crawler */
	bool idle;    /* the crawler is done with what it got */
};

struct leases {
	struct pipeline *pl;
	struct db *db;
	const struct clock *clock;
	size_t max;
	int64_t session;
	struct held **held;
	size_t n, cap, next; /* next: whose turn it is to give a page */
	usec_t turned, claimed; /* monotonic */
};

usec_t lease_silent_most(void)
{
	const char *ms = getenv("DATELINE_TEST_SILENT_MS");

	return ms ? strtoll(ms, NULL, 10) * 1000 : SILENT_MOST;
}

struct leases *leases_new(struct pipeline *pl, const struct clock *clock,
    size_t max)
{
	struct leases *ls = xcalloc(1, sizeof(*ls));

	ls->pl = pl;
	ls->db = pipeline_db(pl);
	ls->clock = clock;
	ls->max = max ? max : 1;
	ls->session = db_session(ls->db);
	ls->turned = clock_monotonic();
	return ls;
}

static void held_free(struct held *h)
{
	free(h->due.pages);
	free(h->due.hosts);
	arena_release(&h->arena);
	free(h);
}

void leases_free(struct leases *ls)
{
	struct err err = {0};
	bool ours;

	if (!ls)
		return;
	ours = db_session(ls->db) == ls->session && !db_flush(ls->db, &err);
	for (size_t i = 0; i < ls->n; i++) {
		if (ours && frontier_give_back(ls->db, ls->held[i]->key, &err))
			ours = false;
		held_free(ls->held[i]);
	}
	if (ours && ls->n && db_flush(ls->db, &err))
		err.code = E_NONE; /* then the server has freed them */
	free(ls->held);
	free(ls);
}

static int check(const struct leases *ls, struct err *err)
{
	if (db_session(ls->db) == ls->session)
		return 0;
	return err_set(err, E_DB_CONNECT,
	    "the session was lost, and the hosts with it");
}

/* ---- giving back ------------------------------------------------------ */

static int give_back(struct leases *ls, struct err *err)
{
	size_t n = ls->n;
	int rc = 0;

	for (size_t i = ls->n; i-- > 0 && !rc;) {
		struct held *h = ls->held[i];

		if (!h->idle || h->given < h->due.n)
			continue;
		if (ls->n == n && db_flush(ls->db, err)) /* of the first */
			return -1;
		rc = frontier_give_back(ls->db, h->key, err);
		held_free(h);
		ls->held[i] = ls->held[--ls->n];
	}
	if (!rc && ls->n < n)
		rc = db_flush(ls->db, err);
	return rc;
}

int leases_turn(struct leases *ls, bool now, struct err *err)
{
	usec_t mono = clock_monotonic();

	if (check(ls, err))
		return -1;
	if (!now && mono - ls->turned < TURN_EVERY)
		return 0;
	ls->turned = mono;
	if (pipeline_waiting(ls->pl) && (pipeline_flush(ls->pl, err) ||
	    check(ls, err)))
		return -1;
	return give_back(ls, err);
}

/* ---- claiming ----------------------------------------------------------- */

static struct held *take(struct leases *ls, int64_t key, struct err *err)
{
	struct held *h = xcalloc(1, sizeof(*h));

	h->key = key;
	arena_init(&h->arena);
	GROW(ls->held, ls->n, ls->cap);
	ls->held[ls->n++] = h;
	if (frontier_take(ls->db, key, clock_now(ls->clock), &h->arena,
	    &h->due, err))
		return NULL;
	h->idle = !h->due.n; /* judged between the look and the lock */
	return h;
}

static int claim(struct leases *ls, struct err *err)
{
	int64_t got[CLAIM_MAX], *mine = xcalloc(ls->n + 1, sizeof(*mine));
	size_t n, room = ls->max - ls->n;
	int rc;

	for (size_t i = 0; i < ls->n; i++)
		mine[i] = ls->held[i]->key;
	rc = frontier_claim(ls->db, clock_now(ls->clock), mine, ls->n,
	    room < CLAIM_MAX ? room : CLAIM_MAX, got, &n, err);
	free(mine);
	for (size_t i = 0; !rc && i < n; i++)
		if (!take(ls, got[i], err))
			return -1;
	return rc;
}

/* A page that was not given yet, of each host in its turn; NULL: none. */
static struct due_page *page(struct leases *ls)
{
	for (size_t i = 0; i < ls->n; i++) {
		struct held *h = ls->held[ls->next++ % ls->n];

		if (h->given < h->due.n) {
			h->idle = false;
			return &h->due.pages[h->given++];
		}
	}
	return NULL;
}

void leases_target(struct due_page *p, struct target *t)
{
	*t = (struct target){.url = p->url, .host = p->host,
	    .allow_private = p->operators, .delay_ms = p->delay_ms,
	    .visits = p->visits, .owed = p->owed, .tag = p};
	if (p->waits)
		return;
	t->moved_to = p->moved_to;
	t->validated_url = p->validated_url;
	t->etag = p->etag;
	t->last_modified = p->last_modified;
}

int leases_next(void *self, struct target *out, struct err *err)
{
	struct leases *ls = self;
	usec_t mono = clock_monotonic();
	struct due_page *p;

	if (leases_turn(ls, false, err))
		return -1;
	p = page(ls);
	if (!p && ls->n < ls->max && mono - ls->claimed >= CLAIM_EVERY) {
		ls->claimed = mono;
		if (claim(ls, err))
			return -1;
		p = page(ls);
	}
	if (!p)
		return 0;
	leases_target(p, out);
	return 1;
}

void leases_idle(void *self, struct slice host)
{
	struct leases *ls = self;
	int64_t key = host_key_of(host);

	for (size_t i = 0; i < ls->n; i++)
		if (ls->held[i]->key == key)
			ls->held[i]->idle = true;
}
