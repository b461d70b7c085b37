/*
 * A page that a scraper left as plain text: menu words, the title, perhaps a
 * pull quote, the metadata line, paragraphs.
 */
#include "parser/plain.h"

#include "model/note.h"

#define HEAD_LINES 12  /* paragraphs in which the metadata line is looked for */
#define TITLE_MAX  250 /* bytes */

struct lines {
	struct slice *s;
	size_t n;
};

/* Lines that hold something: a scraper leaves one for each paragraph. */
static struct lines split(struct slice s, struct arena *a)
{
	struct lines l = {arena_alloc(a, (s.n / 2 + 2) * sizeof(*l.s)), 0};
	size_t from = 0;

	for (size_t i = 0; i <= s.n; i++) {
		struct slice x;

		if (i < s.n && s.p[i] != '\n')
			continue;
		x = slice_trim(slice_sub(s, from, i));
		from = i + 1;
		if (x.n)
			l.s[l.n++] = x;
	}
	return l;
}

static bool is_sentence(struct slice s)
{
	char c = s.p[s.n - 1];

	return c == '.' || c == '!' || c == '?' || c == '"';
}

/* "date 2020-11-26 Left Menu": words of navigation, left in a line. */
static bool is_menu(struct slice s)
{
	static const char *const words[] = {"menu", "home", "search", "log in",
	    "login", "sign in", "subscribe", "skip to", "navigation"};

	if (s.n > 80)
		return false;
	return slice_has_any(s, words, ARRAY_LEN(words));
}

static size_t words_in(struct slice s)
{
	size_t n = 1;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == ' ';
	return n;
}

/* The index of the metadata line among the first, or -1. */
static long find_metadata(struct evidence *e, const struct lines *l)
{
	for (size_t i = 0; i < l->n && i < HEAD_LINES; i++)
		if (l->s[i].n < 250 && !is_menu(l->s[i]) &&
		    dateline_metadata(e, l->s[i], 99))
			return (long)i;
	return -1;
}

void plain_read(struct evidence *e, struct slice text, struct body_text *out)
{
	struct lines l = split(text, e->arena);
	struct strbuf body = STRBUF_INIT;
	long meta = find_metadata(e, &l);
	size_t i = 0, words = 0;

	*out = (struct body_text){0};
	while (i < l.n && (is_menu(l.s[i]) || words_in(l.s[i]) < 3 ||
	    (note_is_no_headline(l.s[i]) && dateline_note(e, l.s[i]))))
		i++;
	if (i < l.n && l.s[i].n <= TITLE_MAX && (long)i != meta &&
	    (!is_sentence(l.s[i]) || meta > (long)i))
		out->title = l.s[i++];
	/* between title and metadata line stands what the page pulled out */
	for (; (long)i < meta; i++)
		if (!dateline_note(e, l.s[i]) && !out->summary.n &&
		    words_in(l.s[i]) >= 8)
			out->summary = l.s[i];
	for (; i < l.n; i++) {
		if ((long)i == meta || is_menu(l.s[i]) ||
		    disclaimer_is(l.s[i]) ||
		    dateline_line(e, l.s[i], out->paragraphs_n))
			continue;
		if (body.n)
			strbuf_adds(&body, "\n\n");
		strbuf_addsl(&body, l.s[i]);
		words += words_in(l.s[i]);
		out->paragraphs_n++;
	}
	if (words >= 25)
		out->text = arena_slice(e->arena, strbuf_slice(&body));
	strbuf_release(&body);
}
