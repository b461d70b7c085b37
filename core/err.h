#ifndef CORE_ERR_H
#define CORE_ERR_H
#include "core/attr.h"

/* Errors travel up in a struct on the caller's stack; 0 / -1 says if. */

enum code {
#define CODE(name, text) E_##name,
#include "core/codes.def"
#undef CODE
	CODE_COUNT
};

struct err {
	enum code code;	   /* E_NONE while all is well */
	char sqlstate[6];  /* of the server, where it gave one; else "" */
	char message[500]; /* one line of UTF-8, for people */
};

/* Sets *err (NULL is fine) and returns -1: return err_set(err, E_IO, ...). */
int err_set(struct err *err, enum code code, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* Puts "what: " before the message, to say what was being done. Returns -1. */
int err_in(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* "PARSE_BUDGET"; never NULL. */
const char *code_name(enum code code);
/* The code's line in the manual; never NULL. */
const char *code_text(enum code code);
/* The code of that name, or E_NONE. */
enum code code_find(const char *name);

#endif
