/* What verbs share: refusals, exit codes, reading files. */
#include "cli/cli.h"
#include "core/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define READ_MAX (64 << 20) /* an input file as a whole */

int cli_fail(const struct cli *cli, const struct err *err)
{
	static const struct {
		enum code code;
		int exit;
	} exits[] = {{E_USAGE, EXIT_USAGE}, {E_CONFIG, EXIT_USAGE},
	    {E_NO_CONTACT, EXIT_USAGE}, {E_DB_CONNECT, EXIT_DB},
	    {E_DB_QUERY, EXIT_DB}, {E_DB_SCHEMA, EXIT_DB},
	    {E_DB_CLUSTER, EXIT_DB}, {E_INTERNAL, EXIT_INTERNAL}};

	(void)cli;
	fprintf(stderr, "dateline: %s: %s\n", code_name(err->code),
	    err->message);
	for (size_t i = 0; i < ARRAY_LEN(exits); i++)
		if (exits[i].code == err->code)
			return exits[i].exit;
	return EXIT_FAILED;
}

void cli_refusal(const char *key, const char *what, const struct err *err)
{
	struct strbuf sb = STRBUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &sb);
	jsonw_open(&w, NULL, '{');
	jsonw_cstr(&w, key, what);
	jsonw_open(&w, "error", '{');
	jsonw_cstr(&w, "code", code_name(err->code));
	jsonw_cstr(&w, "message", err->message);
	jsonw_close(&w, '}');
	jsonw_close(&w, '}');
	puts(sb.p);
	strbuf_release(&sb);
}

int cli_read_file(const char *path, size_t max, struct strbuf *to,
    struct err *err)
{
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : 0;
	ssize_t n;
	int rc = -1;

	if (fd < 0)
		return err_set(err, E_IO, "%s: %s", path, strerror(errno));
	if (!max)
		max = READ_MAX;
	for (;;) {
		strbuf_grow(to, 65536);
		n = read(fd, to->p + to->n, 65536);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		strbuf_setlen_grown(to, (size_t)n);
		if (to->n > max) {
			err_set(err, E_BODY_TOO_LARGE,
			    "%s is over %zu bytes", path, max);
			goto out;
		}
	}
	if (n < 0)
		err_set(err, E_IO, "%s: %s", path, strerror(errno));
	else
		rc = 0;
out:
	if (fd)
		close(fd);
	return rc;
}
