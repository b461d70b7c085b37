/* inspect robots|url|feed|date|charset: how Dateline reads things. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

int cmd_inspect(struct cli *cli, int argc, char **argv)
{
	static const struct {
		const char *name;
		cmd_fn *run;
	} what[] = {{"robots", inspect_robots}, {"url", inspect_url},
	    {"feed", inspect_feed}, {"date", inspect_date},
	    {"charset", inspect_charset}};

	for (size_t i = 0; argc > 1 && i < ARRAY_LEN(what); i++)
		if (!strcmp(argv[1], what[i].name))
			return what[i].run(cli, argc - 1, argv + 1);
	if (argc > 1 && !strcmp(argv[1], "--help"))
		return EXIT_FINE;
	fprintf(stderr, "dateline: inspect robots|url|feed|date|charset ...\n");
	return EXIT_USAGE;
}
