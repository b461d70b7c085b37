#ifndef CORE_OPTS_H
#define CORE_OPTS_H
#include "core/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Options as a table; long names only, "--name value" or "--name=value". */
/* OPT_INT: a whole number, from 0. */
enum opt_kind { OPT_FLAG, OPT_STRING, OPT_INT, OPT_DURATION, OPT_LIST };

struct opt {
	const char *name; /* without the dashes; NULL ends the table */
	enum opt_kind kind;
	void *to;	  /* bool *, const char **, int64_t *, usec int64_t *,
			     struct opt_list * */
	const char *arg;  /* what help calls the value, or NULL */
	const char *help;
};

struct opt_list { /* of an option that may be given several times */
	const char *items[64];
	size_t n;
};

/*
 * Takes the options out of argv[1..argc); what remains (operands) moves to
 * argv[1..]. "--" ends options. Returns the new argc, or -1 (E_USAGE). A
 * --help that the table does not have prints it: -1, and *err untouched.
 */
int opts_parse(const struct opt *table, int argc, char **argv, struct err *err)
    MUST_CHECK;
/* Prints the table as help does, to stdout. */
void opts_help(const struct opt *table);
/* "90s", "15m", "6h", "3d", "250ms", or bare seconds -> microseconds. */
int duration_parse(const char *text, int64_t *usec, struct err *err) MUST_CHECK;

#endif
