/* Pages that say in words what their status should have said. */
#include "core/attr.h"
#include "core/utf8.h"
#include "parser/parser.h"

/* Error pages are short: a longer one that is headed so is about errors. */
#define WORDS_OF_ERROR 120
#define WORDS_OF_NOTICE 60 /* that a story was taken away, under its own title */

static size_t words_of(struct slice s)
{
	bool in_word = false;
	size_t n = 0;

	for (size_t i = 0; i < s.n && n <= WORDS_OF_ERROR;) {
		bool space = cp_is_space(utf8_next(s, &i));

		n += !space && !in_word;
		in_word = !space;
	}
	return n;
}

/* Titles of pages that stand where a page was. */
static const char *const gone_titles[] = {"404:", "404 -", "410 gone",
    "error 404", "http 404", "404 not", "404 error", "404 page",
    "page not found", "not found", "page cannot be found",
    "page can't be found", "page can\xe2\x80\x99t be found",
    "this page does not exist", "page does not exist",
    "this page doesn't exist", "article not found", "story not found",
    "content not found", "page no longer available", "page unavailable",
    "content unavailable", "this content is not available",
    "this page is no longer available", "sorry, this page", "oops",
    "page removed", "article removed", "story removed"};
static const char *const trouble_titles[] = {"access denied",
    "attention required", "just a moment", "are you a robot",
    "service unavailable", "service temporarily unavailable",
    "internal server error", "bad gateway", "gateway time", "forbidden",
    "error 5", "500 internal", "502 bad", "503 service", "504 gateway",
    "site maintenance",
    "under maintenance", "down for maintenance", "scheduled maintenance",
    "temporarily unavailable", "we'll be back", "we\xe2\x80\x99ll be back",
    "request blocked", "too many requests", "verify you are human",
    "pardon our interruption", "something went wrong",
    "an error occurred", "a technical problem"};
static const char *const notices[] = {"page you are looking for",
    "page you were looking for", "page you requested",
    "page you have requested", "this article has been removed",
    "this story has been removed", "this page has been removed",
    "this article is no longer available", "this story is no longer available",
    "this article has been deleted", "this story has been deleted",
    "this article has been withdrawn", "this story has been withdrawn"};

enum soft_error parser_soft_error(const struct article *a)
{
	size_t words = words_of(a->body);

	if (words > WORDS_OF_ERROR)
		return SOFT_NONE;
	if (slice_starts_any(a->title, trouble_titles,
	    ARRAY_LEN(trouble_titles)))
		return SOFT_TROUBLE;
	if (slice_starts_any(a->title, gone_titles, ARRAY_LEN(gone_titles)) ||
	    slice_ifind(a->title, SLICE("page not found"), 0) >= 0)
		return SOFT_GONE;
	return words <= WORDS_OF_NOTICE && slice_has_any(a->body, notices,
	    ARRAY_LEN(notices)) ? SOFT_GONE : SOFT_NONE;
}
