#ifndef CLI_CRAWL_H
#define CLI_CRAWL_H
#include "cli/follow.h"
#include "cli/lease.h"
#include "cli/network.h"
#include "cli/paused.h"
#include "crawler/crawler.h"

#include <signal.h>

/*
 * What crawl (cmd_crawl.c) and run (cmd_run.c) share: a crawler, what it knows
 * of the database (its frontier), and what becomes of each capture.
 */
struct crawl {
	struct cli *cli;
	struct pipeline *pl;
	struct db *db;
	struct crawler_conf conf;
	struct crawler *crawler; /* kept over rounds: it knows the delays */
	struct leases *leases;	 /* of `run`; else NULL */
	struct network network;
	struct arena arena; /* of one round */
	struct due_list due;
	bool named;   /* this round is of the command line */
	struct follow follow;
	struct paused paused;
	size_t fetched, failed_named;
	usec_t beat_at;	 /* monotonic: the last sign of life */
	int64_t session; /* of the database, which the leases are of */
	bool lost;	 /* the connection is to be made anew */
};

/* SIGINT or SIGTERM came: what is in flight ends, nothing more is begun. */
extern volatile sig_atomic_t crawl_stop;

/* All but the database. urls: named ones, up to a NULL. */
int crawl_open(struct crawl *w, struct cli *cli, const char *contact,
    char **urls, struct err *err) MUST_CHECK;
int crawl_open_database(struct crawl *w, struct err *err) MUST_CHECK;
void crawl_close(struct crawl *w);
struct frontier crawl_frontier(struct crawl *w);
/* The last line: how much was done, and left. */
void crawl_report(const struct crawl *w, size_t left);
/* --warc-dir; NULL is fine. */
int crawl_set_warc_dir(struct cli *cli, const char *dir, struct err *err)
    MUST_CHECK;

#endif
