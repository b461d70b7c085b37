#ifndef CORE_ATTR_H
#define CORE_ATTR_H
/* Attributes: the only GNU extension that the style allows. */

#define MUST_CHECK	 __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define UNUSED		 __attribute__((unused))
#define NORETURN	 __attribute__((noreturn))

/* BUG(): a broken invariant. Prints where and aborts; never for input. */
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
void bug_at(const char *file, int line, const char *fmt, ...)
    PRINTF_LIKE(3, 4) NORETURN;

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
