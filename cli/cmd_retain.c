/* retain: for cron: what is older than the configuration keeps it goes. */
#include "cli/archive.h"

#include "core/config.h"
#include "store/retain.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* dateline-20261126T081900Z-...: files are of one day (UTC). */
static bool is_old(const char *name, usec_t before)
{
	struct civil c = {.month = 1, .day = 1};
	size_t n = strlen(name);

	if (strncmp(name, "dateline-", 9) || n < 40 ||
	    strcmp(name + n - 8, ".warc.gz") ||
	    sscanf(name + 9, "%4d%2d%2dT", &c.year, &c.month, &c.day) != 3 ||
	    !civil_valid(&c))
		return false;
	return civil_to_usec(&c) + USEC_DAY <= before;
}

/* A file that a process still writes is left to the next time. */
static int remove_file(struct pipeline *pl, const char *path, const char *name,
    int64_t *bytes, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), rc = 0;
	struct stat st = {0};

	*bytes = -1;
	if (fd < 0 || fstat(fd, &st) || flock(fd, LOCK_EX | LOCK_NB)) {
		if (fd >= 0)
			close(fd);
		return 0;
	}
	rc = store_retain_file(pipeline_db(pl), pipeline_tools(pl),
	    slice_of(name), err);
	if (!rc && unlink(path))
		rc = err_set(err, E_IO, "%s: %s", path, strerror(errno));
	if (!rc)
		*bytes = st.st_size;
	close(fd);
	return rc;
}

static int retain_files(struct cli *cli, struct pipeline *pl, usec_t before,
    struct err *err)
{
	struct strbuf dir = STRBUF_INIT;
	struct dirent **names = NULL;
	int64_t files = 0, bytes = 0;
	int n, rc = 0;

	archive_dir(cli->config, &dir);
	n = scandir(dir.p, &names, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		struct strbuf path = STRBUF_INIT;
		int64_t size = -1;

		strbuf_addf(&path, "%s/%s", dir.p, names[i]->d_name);
		if (!rc && is_old(names[i]->d_name, before))
			rc = remove_file(pl, path.p, names[i]->d_name, &size,
			    err);
		files += size >= 0;
		bytes += size >= 0 ? size : 0;
		strbuf_release(&path);
		free(names[i]);
	}
	free(names);
	strbuf_release(&dir);
	printf("warc: %lld files, %lld bytes removed\n", (long long)files,
	    (long long)bytes);
	return rc;
}

static int retain(struct cli *cli, struct pipeline *pl, struct err *err)
{
	static const struct {
		const char *key, *name;
		enum retained what;
	} rows[] = {{"retain.bodies", "bodies", RETAIN_BODIES},
	    {"retain.captures", "captures", RETAIN_CAPTURES},
	    {"retain.sketches", "sketches", RETAIN_SKETCHES}};
	usec_t now = clock_now(&cli->clock),
	    warc = config_duration(cli->config, "retain.warc");
	bool any = warc > 0;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		usec_t age = config_duration(cli->config, rows[i].key);
		int64_t removed;

		if (!age)
			continue;
		any = true;
		if (store_retain(pipeline_db(pl), rows[i].what, now - age,
		    &removed, err))
			return -1;
		printf("%s: %lld removed\n", rows[i].name, (long long)removed);
	}
	if (!any)
		printf("nothing is configured to go (retain.bodies, "
		    "retain.warc, retain.captures, retain.sketches)\n");
	return warc ? retain_files(cli, pl, now - warc, err) : 0;
}

int cmd_retain(struct cli *cli, int argc, char **argv)
{
	struct err err = {0};
	struct pipeline *pl;
	int rc;

	if (cli_no_arguments(argc, argv, &err))
		return cli_fail(cli, &err);
	pl = pipeline_open(cli, &err);
	if (!pl)
		return cli_fail(cli, &err);
	rc = retain(cli, pl, &err) ? cli_fail(cli, &err) : EXIT_FINE;
	pipeline_close(pl);
	return rc;
}
