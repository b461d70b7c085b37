/* Items that are read ahead, in a ring: put -> read by any thread -> taken. */
#include "cli/readers.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#define PLACES	    256		/* two batches */
#define BYTES_MOST  (32 << 20)	/* of captures that wait */
#define THREADS_MOST 16

struct place {
	struct read of;
	read_item *read;
	size_t bytes;
	bool done;
};

struct readers {
	const void *with;
	pthread_t threads[THREADS_MOST];
	size_t threads_n;
	struct place ring[PLACES];
	/* counted up for ever: taken <= begun <= put; the places are theirs
	 * modulo PLACES */
	size_t taken, begun, put;
	size_t bytes; /* of what was put in and not taken; the owner's */
	bool ended;
	pthread_mutex_t lock; /* of begun, put, done, ended */
	pthread_cond_t there, done;
};

static struct place *place_of(struct readers *r, size_t i)
{
	return &r->ring[i % PLACES];
}

static void read_one(const struct readers *r, struct place *p)
{
	p->of.rc = p->read(r->with, p->of.it, &p->of.why);
	if (!p->of.rc)
		item_text(p->of.it);
}

static void *work(void *arg)
{
	struct readers *r = arg;

	pthread_mutex_lock(&r->lock);
	for (;;) {
		struct place *p;

		while (!r->ended && r->begun == r->put)
			pthread_cond_wait(&r->there, &r->lock);
		if (r->ended)
			break;
		p = place_of(r, r->begun++);
		pthread_mutex_unlock(&r->lock);
		read_one(r, p);
		pthread_mutex_lock(&r->lock);
		p->done = true;
		pthread_cond_signal(&r->done);
	}
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

struct readers *readers_start(size_t threads, const void *with)
{
	struct readers *r = xcalloc(1, sizeof(*r));
	sigset_t all, before;

	r->with = with;
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->there, NULL);
	pthread_cond_init(&r->done, NULL);
	sigfillset(&all); /* signals are the owner's */
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (r->threads_n < threads && r->threads_n < THREADS_MOST &&
	    !pthread_create(&r->threads[r->threads_n], NULL, work, r))
		r->threads_n++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return r;
}

void readers_stop(struct readers *r)
{
	if (!r)
		return;
	pthread_mutex_lock(&r->lock);
	r->ended = true;
	pthread_cond_broadcast(&r->there);
	pthread_mutex_unlock(&r->lock);
	for (size_t i = 0; i < r->threads_n; i++)
		pthread_join(r->threads[i], NULL);
	while (r->taken < r->put)
		item_free(place_of(r, r->taken++)->of.it);
	pthread_cond_destroy(&r->done);
	pthread_cond_destroy(&r->there);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

bool readers_full(const struct readers *r)
{
	size_t n = r->put - r->taken;

	return n == PLACES || (n && r->bytes >= BYTES_MOST);
}

void readers_put(struct readers *r, struct item *it, read_item *read)
{
	struct place *p = place_of(r, r->put);

	*p = (struct place){.of = {.it = it}, .read = read,
	    .bytes = it->capture.bytes.n};
	r->bytes += p->bytes;
	if (!r->threads_n) {
		read_one(r, p);
		p->done = true;
	}
	pthread_mutex_lock(&r->lock);
	r->put++;
	pthread_cond_signal(&r->there);
	pthread_mutex_unlock(&r->lock);
}

bool readers_take(struct readers *r, bool wait, struct read *out)
{
	struct place *p = place_of(r, r->taken);
	bool done;

	if (r->taken == r->put)
		return false;
	pthread_mutex_lock(&r->lock);
	while (wait && !p->done)
		pthread_cond_wait(&r->done, &r->lock);
	done = p->done;
	pthread_mutex_unlock(&r->lock);
	if (!done)
		return false;
	*out = p->of;
	r->bytes -= p->bytes;
	r->taken++;
	return true;
}
