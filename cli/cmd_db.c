/* db start|stop|status|url|psql, config check|dump. */
#include "cli/cli.h"

#include "core/config.h"
#include "store/cluster.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int show_status(struct err *err)
{
	char url[CLUSTER_URL];
	bool made, running;

	if (cluster_status(&made, &running, url, err))
		return -1;
	printf("%s\n", running ? "running" : made ? "stopped" : "not made yet");
	printf("%s\n", url);
	return 0;
}

static int psql(struct cli *cli, int argc, char **argv, struct err *err)
{
	char url[CLUSTER_URL];
	char **args = xcalloc((size_t)argc + 3, sizeof(*args));
	size_t n = 0;

	if (cluster_start(&cli->log, url, err)) {
		free(args);
		return -1;
	}
	args[n++] = xstrdup("psql");
	args[n++] = xstrdup(url);
	for (int i = 2; i < argc; i++)
		args[n++] = argv[i];
	execvp("psql", args);
	return err_set(err, E_IO, "psql: %s", strerror(errno));
}

int cmd_db(struct cli *cli, int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	char url[CLUSTER_URL];
	struct err err = {0};
	int rc = 0;

	if (!strcmp(what, "--help"))
		return EXIT_FINE;
	if (strcmp(what, "psql"))
		rc = argc > 1 ? cli_no_arguments(argc - 1, argv + 1, &err) : 0;
	if (rc) {
		; /* stray arguments, or help */
	} else if (!strcmp(what, "start")) {
		rc = cluster_start(&cli->log, url, &err);
	} else if (!strcmp(what, "stop")) {
		rc = cluster_stop(&cli->log, &err);
	} else if (!strcmp(what, "status")) {
		rc = show_status(&err);
	} else if (!strcmp(what, "url")) {
		rc = cluster_start(&cli->log, url, &err);
		if (!rc)
			printf("%s\n", url);
	} else if (!strcmp(what, "psql")) {
		rc = psql(cli, argc, argv, &err);
	} else {
		rc = err_set(&err, E_USAGE,
		    "db start|stop|status|url|psql [ARGS]");
	}
	return rc ? cli_fail(cli, &err) : EXIT_FINE;
}

int cmd_config(struct cli *cli, int argc, char **argv)
{
	struct err err = {0};

	if (argc > 1 && !strcmp(argv[1], "--help"))
		return EXIT_FINE;
	if (argc == 2 && !strcmp(argv[1], "dump")) {
		config_dump(cli->config);
		return EXIT_FINE;
	}
	if (argc == 2 && !strcmp(argv[1], "check")) {
		printf("the configuration is fine\n");
		return EXIT_FINE; /* what is wrong was refused at the start */
	}
	err_set(&err, E_USAGE, "config check|dump");
	return cli_fail(cli, &err);
}
