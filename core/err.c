#include "core/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name, *text;
} codes[CODE_COUNT] = {
#define CODE(n, t) [E_##n] = {#n, t},
#include "core/codes.def"
#undef CODE
};

int err_set(struct err *err, enum code code, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return -1;
	err->code = code;
	err->sqlstate[0] = '\0';
	va_start(ap, fmt);
	vsnprintf(err->message, sizeof(err->message), fmt, ap);
	va_end(ap);
	return -1;
}

int err_in(struct err *err, const char *fmt, ...)
{
	char old[sizeof(err->message)];
	va_list ap;
	int n;

	if (!err)
		return -1;
	memcpy(old, err->message, sizeof(old));
	va_start(ap, fmt);
	n = vsnprintf(err->message, sizeof(err->message), fmt, ap);
	va_end(ap);
	if (n >= 0 && (size_t)n < sizeof(err->message))
		snprintf(err->message + n, sizeof(err->message) - (size_t)n,
		    ": %s", old);
	return -1;
}

const char *code_name(enum code code)
{
	return code < CODE_COUNT ? codes[code].name : "INTERNAL";
}

const char *code_text(enum code code)
{
	return code < CODE_COUNT ? codes[code].text : "";
}

enum code code_find(const char *name)
{
	for (int i = 0; i < CODE_COUNT; i++)
		if (!strcmp(codes[i].name, name))
			return (enum code)i;
	return E_NONE;
}

void bug_at(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: BUG: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}
