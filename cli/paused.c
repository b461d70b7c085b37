/* What is left alone, as a worker at work knows it. */
#include "cli/paused.h"

#include "core/clock.h"
#include "store/store.h"

#define READ_EVERY (5 * USEC_SECOND)

void paused_release(struct paused *p)
{
	arena_release(&p->arena);
	*p = (struct paused){0};
}

static void refresh(struct paused *p, struct db *db)
{
	usec_t now = clock_monotonic();
	struct paused_keys keys;
	struct arena a;
	struct err ignored = {0};

	if (p->read_at && now - p->read_at < READ_EVERY)
		return;
	p->read_at = now;
	arena_init(&a);
	if (frontier_paused(db, &a, &keys, &ignored)) {
		arena_release(&a);
		return;
	}
	arena_release(&p->arena);
	p->arena = a;
	p->keys = keys;
}

static bool holds(const int64_t *keys, size_t n, int64_t key)
{
	for (size_t i = 0; i < n; i++)
		if (keys[i] == key)
			return true;
	return false;
}

bool paused_is(struct paused *p, struct db *db, struct slice host,
    int64_t outlet_id)
{
	refresh(p, db);
	return (outlet_id && holds(p->keys.outlets, p->keys.outlets_n,
	    outlet_id)) || (p->keys.hosts_n && holds(p->keys.hosts,
	    p->keys.hosts_n, host_key_of(host)));
}
