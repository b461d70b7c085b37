/* Which database: --db, DATABASE_URL, PG*, the config, else the private one. */
#include "cli/pipeline.h"

#include "core/config.h"
#include "store/admin.h"
#include "store/cluster.h"

#include <stdio.h>
#include <stdlib.h>

/* A variable that is set to nothing is as one that is not set: scripts and
 * compose files clear them so. */
static const char *from_environment(const char *name)
{
	const char *text = getenv(name);

	return text && *text ? text : NULL;
}

static bool has_pg_environment(void)
{
	static const char *const names[] = {"PGHOST", "PGHOSTADDR", "PGPORT",
	    "PGDATABASE", "PGSERVICE", "PGSERVICEFILE", "PGUSER"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (from_environment(names[i]))
			return true;
	return false;
}

/* NULL in *url: from PG*. *private: the cluster that we make and start. */
static void choose(const struct cli *cli, const char **url, bool *private)
{
	const char *configured = config_str(cli->config, "database");

	*private = false;
	*url = cli->db;
	if (!*url)
		*url = from_environment("DATABASE_URL");
	if (*url || has_pg_environment())
		return;
	if (*configured)
		*url = configured;
	else
		*private = true;
}

bool cli_is_private(const struct cli *cli)
{
	const char *url;
	bool private;

	choose(cli, &url, &private);
	return private;
}

static struct db *cli_open(struct cli *cli, bool *private, struct err *err)
{
	char own[CLUSTER_URL];
	const char *url;

	choose(cli, &url, private);
	if (*private) {
		if (cluster_start(&cli->log, own, err))
			return NULL;
		url = own;
	}
	return db_open(url, err);
}

struct db *cli_connect(struct cli *cli, struct err *err)
{
	bool private;
	struct db *db = cli_open(cli, &private, err);
	int applied;

	if (!db)
		return NULL;
	if ((private ? store_migrate(db, cli->clock.scripted, &cli->log,
	    &applied, err) : store_check_schema(db, err)) ||
	    store_clock(db, &cli->clock, err)) {
		db_close(db);
		return NULL;
	}
	return db;
}

int cli_reconnect(struct cli *cli, struct db *db, struct err *err)
{
	char own[CLUSTER_URL];
	const char *url;
	bool private;

	choose(cli, &url, &private);
	if (private && cluster_start(&cli->log, own, err))
		return -1;
	return db_reconnect(db, 0, err) || store_clock(db, &cli->clock, err) ?
	    -1 : 0;
}

int cmd_migrate(struct cli *cli, int argc, char **argv)
{
	struct err err = {0};
	bool private;
	struct db *db = NULL;
	int applied = 0, rc;

	if (!cli_no_arguments(argc, argv, &err))
		db = cli_open(cli, &private, &err);
	if (!db)
		return cli_fail(cli, &err);
	rc = store_migrate(db, cli->clock.scripted, &cli->log, &applied, &err);
	db_close(db);
	if (rc)
		return cli_fail(cli, &err);
	printf("%d migrations applied\n", applied);
	return EXIT_FINE;
}
