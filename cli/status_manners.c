/* status --manners: requests, delays asked and kept, refusals, robots.txt. */
#include "cli/status_manners.h"

#include "cli/network.h"
#include "cli/show.h"
#include "core/config.h"
#include "core/json.h"
#include "crawler/manners.h"
#include "crawler/robots.h"
#include "store/host.h"
#include "store/store.h"

#include <stdio.h>

struct row {
	struct slice host;
	long long requests, not_modified, refusals, throttled;
	struct manners asked;
	bool measured;
	double least_s, median_s;
	int robots_status;
	usec_t robots_at, broken_since;
	struct slice broken_why;
	usec_t rests_until; /* TIME_NONE: it does not */
	struct slice rest_why;
	bool tdm;
};

static void read_row(struct cli *cli, const struct db_result *r, size_t i,
    struct row *x)
{
	struct robots robots;
	struct arena a;

	*x = (struct row){.host = db_str(r, i, 0), .requests = db_int(r, i, 1),
	    .not_modified = db_int(r, i, 2), .refusals = db_int(r, i, 3),
	    .throttled = db_int(r, i, 4),
	    .robots_status = (int)db_int(r, i, 7),
	    .robots_at = db_time(r, i, 8), .measured = !db_null(r, i, 9),
	    .tdm = db_bool(r, i, 11), .broken_since = db_time(r, i, 12),
	    .broken_why = db_str(r, i, 13),
	    .rests_until = db_time(r, i, 14), .rest_why = db_str(r, i, 15)};
	x->least_s = (double)db_int(r, i, 9) / 1000;
	x->median_s = (double)host_gap_of((int)db_int(r, i, 10)) / USEC_SECOND;
	if (x->median_s < x->least_s) /* it is known to an eighth */
		x->median_s = x->least_s;
	arena_init(&a);
	robots_parse(db_str(r, i, 6), network_token(cli), &a, &robots);
	x->asked.crawl_delay_ms = robots.crawl_delay_ms;
	x->asked.delay_ms = db_null(r, i, 5) ? (int)(config_duration(
	    cli->config, "crawl.delay") / 1000) : (int)db_int(r, i, 5);
	arena_release(&a);
}

static const char *robots_state(const struct row *x)
{
	if (x->robots_at == TIME_NONE)
		return "unread";
	if (!robots_reached(x->robots_status))
		return "unreachable";
	return x->robots_status < 300 ? "read" : "none";
}

static double share(const struct row *x)
{
	return x->requests ? (double)x->not_modified / (double)x->requests : 0;
}

static double delay_s(const struct row *x)
{
	return (double)manners_delay(&x->asked) / USEC_SECOND;
}

static void show_json_row(const struct row *x)
{
	struct strbuf sb = STRBUF_INIT;
	char at[SHOW_TIME], full[TIME_TEXT];
	struct jsonw w;

	jsonw_init(&w, &sb);
	jsonw_open(&w, NULL, '{');
	jsonw_str(&w, "host", x->host);
	jsonw_int(&w, "requests", x->requests);
	jsonw_int(&w, "not_modified", x->not_modified);
	jsonw_num(&w, "share_304", share(x));
	jsonw_int(&w, "refusals", x->refusals);
	jsonw_int(&w, "throttled", x->throttled);
	jsonw_num(&w, "delay_s", delay_s(x));
	if (x->asked.crawl_delay_ms >= 0)
		jsonw_num(&w, "crawl_delay_s", x->asked.crawl_delay_ms / 1000.0);
	else
		jsonw_null(&w, "crawl_delay_s");
	if (x->measured) {
		jsonw_num(&w, "gap_least_s", x->least_s);
		jsonw_num(&w, "gap_median_s", x->median_s);
	} else {
		jsonw_null(&w, "gap_least_s");
		jsonw_null(&w, "gap_median_s");
	}
	jsonw_cstr(&w, "robots", robots_state(x));
	jsonw_int(&w, "robots_status", x->robots_status);
	jsonw_cstr(&w, "robots_at", x->robots_at == TIME_NONE ? NULL :
	    show_time(x->robots_at, at));
	jsonw_bool(&w, "tdmrep", x->tdm);
	jsonw_cstr(&w, "broken_since", x->broken_since == TIME_NONE ? NULL :
	    show_time(x->broken_since, at));
	jsonw_cstr(&w, "rests_until", x->rests_until == TIME_NONE ? NULL :
	    time_text(x->rests_until, full));
	jsonw_str(&w, "rest_why", x->rest_why);
	jsonw_close(&w, '}');
	puts(sb.p);
	strbuf_release(&sb);
}

static void show_rest(usec_t until, struct slice why)
{
	char at[SHOW_TIME];

	printf("  rests until %s because %.*s\n", show_time(until, at),
	    SLICE_FMT(why));
}

static void show_row(const struct row *x)
{
	char at[SHOW_TIME];

	printf("%.*s: %lld requests, %.0f%% not modified, %lld refused by "
	    "robots.txt, %lld throttled\n", SLICE_FMT(x->host), x->requests,
	    100 * share(x), x->refusals, x->throttled);
	printf("  delay %.3g s", delay_s(x));
	if (x->asked.crawl_delay_ms >= 0)
		printf(" (the host asks for %.3g s)",
		    x->asked.crawl_delay_ms / 1000.0);
	if (x->measured)
		printf("; measured: least %.3g s, median %.3g s", x->least_s,
		    x->median_s);
	printf("\n  robots.txt %s", robots_state(x));
	if (x->robots_at != TIME_NONE)
		printf(" (%d, %s)", x->robots_status,
		    show_time(x->robots_at, at));
	printf("%s\n", x->tdm ? "; it has a tdmrep.json" : "");
	if (x->rests_until != TIME_NONE)
		show_rest(x->rests_until, x->rest_why);
	if (x->broken_since != TIME_NONE)
		printf("  broken since %s: %.*s\n",
		    show_time(x->broken_since, at), SLICE_FMT(x->broken_why));
}

int status_manners(struct cli *cli, struct db *db, const char *host, bool json,
    struct err *err)
{
	struct db_result *r;
	struct row x;

	if (read_by_id(db, READ_MANNERS, host ? host_key_of(slice_of(host)) : 0,
	    &r, err))
		return -1;
	if (host && !db_rows(r)) {
		db_result_free(r);
		return err_set(err, E_NOT_FOUND, "host %s is not known", host);
	}
	for (size_t i = 0; i < db_rows(r); i++) {
		read_row(cli, r, i, &x);
		if (json)
			show_json_row(&x);
		else
			show_row(&x);
	}
	db_result_free(r);
	return 0;
}

int status_rest(struct db *db, int64_t host_key, struct err *err)
{
	struct db_result *r;

	if (read_by_id(db, READ_REST, host_key, &r, err))
		return -1;
	if (db_rows(r))
		show_rest(db_time(r, 0, 0), db_str(r, 0, 1));
	db_result_free(r);
	return 0;
}

int status_traps(struct db *db, const char *host, struct err *err)
{
	struct db_result *r;
	char at[SHOW_TIME];

	if (read_by_id(db, READ_TRAPS, host_key_of(slice_of(host)), &r, err))
		return -1;
	for (size_t i = 0; i < db_rows(r); i++)
		printf("  not enrolled: %lld like \"%.*s\", %.*s; last %s  "
		    "%.*s\n", (long long)db_int(r, i, 1),
		    SLICE_FMT(db_str(r, i, 0)), SLICE_FMT(db_str(r, i, 4)),
		    show_time(db_time(r, i, 2), at),
		    SLICE_FMT(db_str(r, i, 3)));
	db_result_free(r);
	return 0;
}
