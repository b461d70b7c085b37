/* explain: why two texts are, or are not, one story. */
#include "cli/explain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* What moves the sum by less than half a hundredth did not count. */
#define LEAST_RULE .005

static const char *tag_of(const char *tag)
{
	return *tag ? tag : "none";
}

/* The sum's parts, as they add up. */
static void print_table(struct match *m)
{
	match_effects(m);
	printf("\n  %-13s %7s %7s %7s\n", "signal", "value", "usual",
	    "weight");
	for (int i = 0; i < SIGNALS_N; i++)
		printf("  %-13s %7.3f %7.3f %+7.2f  %s\n",
		    signal_name((enum signal)i), m->x[i],
		    match_usual((enum signal)i), m->effect[i],
		    signal_meaning((enum signal)i));
	printf("  %-29s %+7.2f  what a pair with the usual values has\n",
	    "usual pair", m->usual);
	for (int i = 0; i < RULES_N; i++)
		if (fabs(m->rule[i]) >= LEAST_RULE)
			printf("  %-29s %+7.2f  %s\n", "rule", m->rule[i],
			    rule_meaning((enum match_rule)i));
	printf("  %-29s %+7.2f  score 1/(1+e^-sum) = %.3f\n", "sum", m->sum,
	    m->score);
	printf("  product tags: %s and %s\n", tag_of(m->tag[0]),
	    tag_of(m->tag[1]));
}

static void print_verdict(const struct texts *t, const struct shown *a,
    const struct shown *b)
{
	bool one = a->root == b->root;
	char why[MATCH_REASON];
	struct match m;

	if (explain_forgotten(a) || explain_forgotten(b)) {
		puts("texts alone: nothing can be said, as one of them was "
		    "forgotten");
		return;
	}
	explain_match(t, a, b, &m);
	printf("texts alone: %s, score %.3f (one story from .5)\n  %s\n",
	    m.same ? "one story" : "two stories", m.score,
	    match_reason(&m, why));
	if (one && !m.same)
		explain_chain(t, a, b);
	else if (!one)
		explain_nearest(t, a, b);
	print_table(&m);
}

static int explain(struct db *db, char **argv, struct err *err)
{
	const struct shown *a, *b;
	struct texts t = {0};
	struct arena mem;
	int rc = -1;

	arena_init(&mem);
	if (!explain_load(db, argv[1], &mem, &t, &a, err) &&
	    !explain_load(db, argv[2], &mem, &t, &b, err) &&
	    !explain_mark(db, &t, &mem, err)) {
		if (a->home == b->home) { /* of a story and one in it: */
			a = explain_own(&t, argv[1], a);
			b = explain_own(&t, argv[2], b);
		}
		rc = explain_record(db, &t, a, b, err);
	}
	if (!rc)
		print_verdict(&t, a, b);
	free(t.v);
	arena_release(&mem);
	return rc;
}

int cmd_explain(struct cli *cli, int argc, char **argv)
{
	static const struct opt table[] = {{0}};
	struct err err = {0};
	struct db *db = NULL;
	int rc = -1;

	argc = opts_parse(table, argc, argv, &err);
	if (argc >= 0 && argc != 3)
		argc = err_set(&err, E_USAGE, "explain A B");
	if (argc >= 0)
		db = cli_connect(cli, &err);
	if (!db)
		return cli_fail(cli, &err);
	rc = explain(db, argv, &err);
	db_close(db);
	return rc ? cli_fail(cli, &err) : EXIT_FINE;
}
