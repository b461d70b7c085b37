/*
 * bench_fetch [-c CONNECTIONS] [-d DELAY_MS] [-t TIMEOUT_MS] [-r NAMESERVERS]
 * [-p PREFIX] FILE: the crawler over a file of URLs, with nothing behind it:
 * no database, no robots.txt. Prints one JSON object; pages, seconds and rate
 * are of the pages under PREFIX alone, up to the last of these.
 */
#include "core/json.h"
#include "crawler/crawler.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

struct bench {
	const char *prefix;
	size_t pages, failed, others;
	size_t left; /* under prefix; at none it ends, whatever else waits */
	usec_t began, last;
	struct clock clock;
};

static int robots_get(void *self, struct slice host, struct arena *a,
    struct robots_kept *out, struct err *err)
{
	const struct bench *b = self;

	(void)host;
	(void)a;
	(void)err;
	out->text = SLICE("");
	out->status = 404;
	out->at = clock_now(&b->clock);
	return 1;
}

static int robots_put(void *self, struct slice host,
    const struct robots_kept *k, struct err *err)
{
	(void)self;
	(void)host;
	(void)k;
	(void)err;
	return 0;
}

static bool is_operators(void *self, struct slice host)
{
	(void)self;
	(void)host;
	return true;
}

static int done(void *self, struct target *t, const struct capture *c,
    struct err *err)
{
	struct bench *b = self;

	if (!slice_starts(t->url, slice_of(b->prefix))) {
		b->others++;
		return 0;
	}
	b->last = clock_monotonic();
	if (c->outcome == OUTCOME_ARTICLE)
		b->pages++;
	else
		b->failed++;
	return --b->left ? 0 : err_set(err, E_CANCELLED, "all are here");
}

static void add_urls(struct bench *b, struct crawler *c, const char *path)
{
	FILE *f = fopen(path, "r");
	char line[512];

	if (!f) {
		perror(path);
		exit(1);
	}
	while (fgets(line, sizeof(line), f)) {
		struct target t = {.allow_private = true, .delay_ms = -1};
		const char *host = strstr(line, "://");

		line[strcspn(line, "\n")] = '\0';
		if (!host)
			continue;
		t.url = slice_of(line);
		t.host = (struct slice){host + 3, strcspn(host + 3, ":/")};
		b->left += slice_starts(t.url, slice_of(b->prefix));
		crawler_add(c, &t);
	}
	fclose(f);
}

static void report(const struct bench *b, const struct crawler_stats *st)
{
	double s = (double)(b->last - b->began) / 1e6, cpu;
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	cpu = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	      (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
	printf("{\"pages\": %zu, \"failed\": %zu, \"others\": %zu, "
	       "\"bytes\": %lld, \"seconds\": %.3f, \"rate\": %.1f, "
	       "\"cpu_s\": %.3f, \"pages_per_cpu_s\": %.0f, \"rss_mb\": %.1f}\n",
	    b->pages, b->failed, b->others, (long long)st->bytes, s,
	    s > 0 ? (double)b->pages / s : 0, cpu,
	    cpu > 0 ? (double)b->pages / cpu : 0, (double)u.ru_maxrss / 1024);
}

int main(int argc, char **argv)
{
	struct bench b = {.prefix = "http"};
	struct http_range loopback;
	struct crawler_conf conf = {.in_flight = 64, .delay_ms = 0,
	    .http = {.user_agent = "Dateline/bench", .allow = &loopback,
		.allow_n = 1}};
	const struct frontier f = {&b, robots_get, robots_put, is_operators,
	    done, NULL, NULL, NULL, NULL, NULL, NULL};
	volatile sig_atomic_t stop = 0;
	struct err err = {0};
	struct crawler *c;
	int o;

	while ((o = getopt(argc, argv, "c:d:t:r:p:")) != -1) {
		if (o == 'c')
			conf.in_flight = (int)strtol(optarg, NULL, 10);
		else if (o == 'd')
			conf.delay_ms = (int)strtol(optarg, NULL, 10);
		else if (o == 't')
			conf.http.total_timeout_ms =
			    (int)strtol(optarg, NULL, 10);
		else if (o == 'r')
			conf.http.nameservers = optarg;
		else if (o == 'p')
			b.prefix = optarg;
		else
			return 2;
	}
	if (optind == argc)
		return 2;
	conf.clock = &b.clock;
	if (clock_init(&b.clock, NULL, &err) ||
	    http_range_parse("127.0.0.0/8", &loopback, &err) ||
	    !(c = crawler_new(&conf, &f, &err))) {
		fprintf(stderr, "%s\n", err.message);
		return 1;
	}
	add_urls(&b, c, argv[optind]);
	b.began = clock_monotonic();
	if (crawler_run(c, &stop, &err) && err.code != E_CANCELLED) {
		fprintf(stderr, "%s\n", err.message);
		return 1;
	}
	report(&b, crawler_stats(c));
	crawler_free(c);
	return 0;
}
