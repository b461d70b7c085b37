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

/* Words that are numbers in JSON; all others are text. */
static const char *const numbers[] = {"bytes", "fenced", "fetched", "http",
    "judged", "known", "left", "ms", "refused", "story"};

struct word {
	struct slice name, value;
};

static size_t span(const char *p, bool (*is)(char))
{
	size_t n = 0;

	while (is(p[n]))
		n++;
	return n;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || c == '_';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_solid(char c)
{
	return c && c != ' ';
}

/* Is there a word at p? *next: behind it and the blank. */
static bool word_at(const char *p, struct word *w, const char **next)
{
	size_t n = span(p, is_name);

	if (!n || p[n] != '=')
		return false;
	w->name = (struct slice){p, n};
	p += n + 1;
	w->value = (struct slice){p, span(p, is_solid)};
	p += w->value.n;
	*next = *p ? p + 1 : p;
	return true;
}

static bool is_number(const struct word *w)
{
	size_t i = 0;

	while (i < ARRAY_LEN(numbers) && !slice_is(w->name, numbers[i]))
		i++;
	return i < ARRAY_LEN(numbers) && w->value.n &&
	       span(w->value.p, is_digit) >= w->value.n;
}

/* The message's first words as keys; what is left of it. */
static const char *add_words(struct jsonw *w, const char *message)
{
	struct word x, after;
	const char *next, *ignored;

	while (word_at(message, &x, &next)) {
		char name[32];
		/* a URL may end with one as well */
		bool last = x.value.n && x.value.p[x.value.n - 1] == ':' &&
			    !word_at(next, &after, &ignored);

		x.value.n -= last;
		snprintf(name, sizeof(name), "%.*s", SLICE_FMT(x.name));
		if (is_number(&x))
			jsonw_raw(w, name, x.value);
		else
			jsonw_str(w, name, x.value);
		message = next;
		if (last)
			break;
	}
	return message;
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
	message = add_words(&w, message);
	jsonw_cstr(&w, "message", message);
	jsonw_close(&w, '}');
	strbuf_addc(sb, '\n');
}

/* A URL of a line may be longer than any room on the stack should be. */
static void format(struct strbuf *to, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		n = 0;
	strbuf_grow(to, (size_t)n + 1);
	vsnprintf(to->p, (size_t)n + 1, fmt, ap);
	strbuf_setlen_grown(to, (size_t)n);
}

void log_line(const struct log *log, enum log_level level, const char *what,
    const char *fmt, ...)
{
	struct strbuf sb = STRBUF_INIT, message = STRBUF_INIT;
	char at[TIME_TEXT];
	va_list ap;
	ssize_t n;

	if (!log || level < log->level)
		return;
	va_start(ap, fmt);
	format(&message, fmt, ap);
	va_end(ap);
	time_text(time(NULL) * USEC_SECOND, at);
	if (log->json)
		as_json(&sb, at, level_names[level], what, message.p);
	else
		as_text(&sb, at, level_names[level], what, message.p);
	n = write(log->fd, sb.p, sb.n);
	(void)n; /* nowhere to tell that stderr is gone */
	strbuf_release(&sb);
	strbuf_release(&message);
}
