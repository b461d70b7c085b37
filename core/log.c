#include "core/log.h"

#include "core/clock.h"
#include "core/json.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const char *const level_names[] = {"debug", "info", "warn", "error"};

static void as_text(struct strbuf *sb, const char *at, const char *level,
    const char *what, const char *message)
{
	strbuf_addf(sb, "%s %s %s: ", at, level, what);
	for (; *message; message++)
		strbuf_addc(sb, (unsigned char)*message < 0x20 ? ' ' : *message);
	strbuf_addc(sb, '\n');
}

static void as_json(struct strbuf *sb, const char *at, const char *level,
    const char *what, const char *message)
{
	struct jsonw w;

	jsonw_init(&w, sb);
	jsonw_open(&w, NULL, '{');
	jsonw_cstr(&w, "time", at);
	jsonw_cstr(&w, "level", level);
	jsonw_cstr(&w, "what", what);
	jsonw_cstr(&w, "message", message);
	jsonw_close(&w, '}');
	strbuf_addc(sb, '\n');
}

void log_line(const struct log *log, enum log_level level, const char *what,
    const char *fmt, ...)
{
	struct strbuf sb = STRBUF_INIT;
	char message[2000], at[TIME_TEXT];
	va_list ap;
	ssize_t n;

	if (!log || level < log->level)
		return;
	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	time_text(time(NULL) * USEC_SECOND, at);
	if (log->json)
		as_json(&sb, at, level_names[level], what, message);
	else
		as_text(&sb, at, level_names[level], what, message);
	n = write(log->fd, sb.p, sb.n);
	(void)n; /* nowhere to tell that stderr is gone */
	strbuf_release(&sb);
}
