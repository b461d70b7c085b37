#include "core/opts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int duration_parse(const char *text, int64_t *usec, struct err *err)
{
	static const struct {
		const char *name;
		double usec;
	} units[] = {{"ms", 1e3}, {"s", 1e6}, {"", 1e6}, {"m", 60e6},
	    {"h", 3600e6}, {"d", 86400e6}, {"w", 604800e6}};
	char *end;
	double v = strtod(text, &end);

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (end == text || strcmp(end, units[i].name))
			continue;
		if (!(v >= 0 && v * units[i].usec < 9e17))
			break;
		*usec = (int64_t)(v * units[i].usec);
		return 0;
	}
	return err_set(err, E_USAGE, "\"%s\" is not a duration (90s, 15m, 6h, 3d)",
	    text);
}

static const struct opt *find(const struct opt *table, const char *name,
    size_t n)
{
	for (; table->name; table++)
		if (strlen(table->name) == n && !memcmp(table->name, name, n))
			return table;
	return NULL;
}

static int set(const struct opt *o, const char *value, struct err *err)
{
	struct opt_list *list;
	char *end;

	switch (o->kind) {
	case OPT_FLAG:
		*(bool *)o->to = true;
		return 0;
	case OPT_STRING:
		*(const char **)o->to = value;
		return 0;
	case OPT_DURATION:
		return duration_parse(value, o->to, err);
	case OPT_INT:
		errno = 0;
		*(int64_t *)o->to = strtoll(value, &end, 10);
		if (end == value || *end || errno || *(int64_t *)o->to < 0)
			return err_set(err, E_USAGE,
			    "--%s: \"%s\" is not a whole number", o->name, value);
		return 0;
	case OPT_LIST:
		list = o->to;
		if (list->n == sizeof(list->items) / sizeof(list->items[0]))
			return err_set(err, E_USAGE, "--%s: too many", o->name);
		list->items[list->n++] = value;
		return 0;
	}
	BUG("option --%s of kind %d", o->name, (int)o->kind);
}

int opts_parse(const struct opt *table, int argc, char **argv, struct err *err)
{
	int n = 1, i;

	for (i = 1; i < argc; i++) {
		const char *a = argv[i], *eq, *value;
		const struct opt *o;

		if (a[0] != '-' || a[1] != '-') {
			if (a[0] == '-' && a[1])
				return err_set(err, E_USAGE,
				    "unknown option %s", a);
			argv[n++] = argv[i];
			continue;
		}
		if (!a[2]) {
			i++;
			break;
		}
		eq = strchr(a, '=');
		o = find(table, a + 2, eq ? (size_t)(eq - a - 2) : strlen(a + 2));
		if (!o && !strcmp(a, "--help")) {
			opts_help(table);
			return -1;
		}
		if (!o)
			return err_set(err, E_USAGE, "unknown option %s", a);
		value = eq ? eq + 1 : NULL;
		if (o->kind == OPT_FLAG && value)
			return err_set(err, E_USAGE, "--%s takes no value",
			    o->name);
		if (o->kind != OPT_FLAG && !value) {
			if (i + 1 == argc)
				return err_set(err, E_USAGE,
				    "--%s needs a value", o->name);
			value = argv[++i];
		}
		if (set(o, value, err))
			return -1;
	}
	while (i < argc)
		argv[n++] = argv[i++];
	argv[n] = NULL;
	return n;
}

void opts_help(const struct opt *table)
{
	char left[64];

	for (; table->name; table++) {
		snprintf(left, sizeof(left), "--%s%s%s", table->name,
		    table->arg ? " " : "", table->arg ? table->arg : "");
		printf("  %-24s %s\n", left, table->help ? table->help : "");
	}
}
