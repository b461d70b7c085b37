#ifndef CORE_LOG_H
#define CORE_LOG_H
#include "core/attr.h"

#include <stdbool.h>

/*
 * Lines on stderr, for operators: "2026-01-02T03:04:05Z warn quarantine:
 * host=a.test url=http://a.test/x code=NOT_HTML: words", or one JSON object a
 * line. A struct log is owned by cli/ and passed down; NULL is silence.
 */
enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log {
	enum log_level level; /* what is below is dropped */
	bool json;
	int fd; /* where lines go: 2; each line is one write */
};

/*
 * One line. what is a short fixed word ("visit", "trap", "robots"), by which
 * lines can be grepped; the message follows. Words "name=value" that it begins
 * with (names of a-z and _, values without blanks; the last one may end with a
 * colon) are keys of their own in JSON, and what is left is the message there.
 */
void log_line(const struct log *log, enum log_level level, const char *what,
    const char *fmt, ...) PRINTF_LIKE(4, 5);

#define log_debug(l, ...) log_line((l), LOG_DEBUG, __VA_ARGS__)
#define log_info(l, ...)  log_line((l), LOG_INFO, __VA_ARGS__)
#define log_warn(l, ...)  log_line((l), LOG_WARN, __VA_ARGS__)
#define log_error(l, ...) log_line((l), LOG_ERROR, __VA_ARGS__)

#endif
