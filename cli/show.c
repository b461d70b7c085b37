#include "cli/show.h"

#include "core/json.h"
#include "core/url.h"
#include "story/story.h"

#include <stdio.h>
#include <stdlib.h>

/* Unchanged words that stay on either side of a change. */
#define CONTEXT_BYTES 60

bool show_is_url(const char *arg)
{
	return strstr(arg, "://") != NULL ||
	    !strncmp(arg, "urn:dateline:", 13);
}

int show_url_key(const char *url, struct hash128 *key, struct err *err)
{
	struct item *it = item_new();
	int rc = item_set_url(it, slice_of(url), err);

	if (!rc)
		*key = it->capture.url_key;
	item_free(it);
	return rc;
}

const char *show_host(const char *arg, struct arena *a)
{
	const char *as_url = arena_printf(a, "http://%s/", arg).p;
	struct url u;

	if (strchr(arg, '/') || strchr(arg, '@') ||
	    url_parse(slice_of(as_url), NULL, a, &u, NULL))
		return arg;
	return u.port == 80 ? arena_printf(a, "%.*s", SLICE_FMT(u.host)).p :
	    arena_printf(a, "%.*s:%d", SLICE_FMT(u.host), u.port).p;
}

/* The story of a number or of a guid's last part. */
static bool story_number(const char *arg, int64_t *id)
{
	const char *p = arg;
	char *end;

	if (!strncmp(arg, "urn:dateline:", 13))
		p = strrchr(arg, ':') + 1;
	*id = strtoll(p, &end, 10);
	return end != p && !*end && *id > 0 && strlen(p) < 19;
}

int show_story_id(struct db *db, const char *arg, int64_t *id, struct err *err)
{
	struct db_result *r;
	struct hash128 key;
	int rc = 0;

	if (story_number(arg, id))
		return 0;
	if (!show_is_url(arg))
		return err_set(err, E_USAGE,
		    "\"%s\" is neither a story nor a URL", arg);
	if (show_url_key(arg, &key, err) ||
	    read_by_key(db, READ_STORY_OF_PAGE, key, &r, err))
		return -1;
	if (db_rows(r))
		*id = db_int(r, 0, 0);
	else
		rc = err_set(err, E_NOT_FOUND, "no story has been on %s", arg);
	db_result_free(r);
	return rc;
}

int show_story(struct db *db, const char *arg, int64_t *id,
    struct db_result **story, struct err *err)
{
	struct db_result *s;

	*story = NULL;
	if (show_story_id(db, arg, id, err) ||
	    read_by_id(db, READ_STORY, *id, &s, err))
		return -1;
	if (db_rows(s) && !db_null(s, 0, 2)) { /* merged: today's story */
		*id = db_int(s, 0, 2);
		db_result_free(s);
		if (read_by_id(db, READ_STORY, *id, &s, err))
			return -1;
	}
	if (!db_rows(s)) {
		db_result_free(s);
		return err_set(err, E_NOT_FOUND, "no story %lld",
		    (long long)*id);
	}
	*story = s;
	return 0;
}

bool show_forgotten(struct slice headline, struct slice body)
{
	return !headline.n && !body.n;
}

const char *show_time(usec_t t, char text[SHOW_TIME])
{
	char full[TIME_TEXT];

	if (t == TIME_NONE)
		return "-";
	time_text(t, full);
	snprintf(text, SHOW_TIME, "%.10s %.5s", full, full + 11);
	return text;
}

/* A stretch of unchanged words, shortened in the middle. */
static void add_same(struct slice s, bool first, bool last, struct strbuf *to)
{
	if (s.n <= 2 * CONTEXT_BYTES + 5) {
		strbuf_addsl(to, s);
		return;
	}
	if (!first) {
		size_t n = CONTEXT_BYTES;

		while (n && !strchr(" \n", s.p[n]))
			n--;
		strbuf_add(to, s.p, n);
	}
	strbuf_adds(to, " ... ");
	if (!last) {
		size_t n = s.n - CONTEXT_BYTES;

		while (n < s.n && !strchr(" \n", s.p[n - 1]))
			n++;
		strbuf_add(to, s.p + n, s.n - n);
	}
}

static bool is_of_old(const struct diff_part *p)
{
	return p->op == DIFF_DEL || p->op == DIFF_MOVED_FROM;
}

/* A break or a blank: what stands before the part in its own text. */
static struct slice gap_before(const struct diff_part *p, struct slice old,
    struct slice new)
{
	const char *from = is_of_old(p) ? old.p : new.p, *at = p->text.p;
	struct slice gap;

	while (at > from && strchr(" \n\t\r", at[-1]))
		at--;
	gap = (struct slice){at, (size_t)(p->text.p - at)};
	return slice_find(gap, SLICE("\n"), 0) < 0 ? SLICE(" ") : gap;
}

/* What comes in the place of something that went stands beside it. */
static void add_gap(const struct diff_part *p, const struct diff_part *before,
    struct slice old, struct slice new, struct strbuf *to)
{
	struct slice gap = gap_before(p, old, new);

	if (is_of_old(before) && !is_of_old(p) && p->op != DIFF_SAME &&
	    slice_eq(gap, gap_before(before, old, new)))
		gap = SLICE(" ");
	strbuf_addsl(to, gap);
}

void show_changes(struct slice old, struct slice new, struct strbuf *to)
{
	static const char *const marks[][2] = {[DIFF_ADD] = {"{+", "+}"},
	    [DIFF_DEL] = {"[-", "-]"}, [DIFF_MOVED_FROM] = {"[>", "<]"},
	    [DIFF_MOVED_TO] = {"{>", "<}"}};
	struct arena a;
	struct diff d;

	arena_init(&a);
	diff_words(old, new, &a, &d);
	for (size_t i = 0; i < d.parts_n; i++) {
		const struct diff_part *p = &d.parts[i];
		struct slice t = slice_trim(p->text);

		if (i)
			add_gap(p, p - 1, old, new, to);
		if (p->op == DIFF_SAME)
			add_same(t, i == 0, i + 1 == d.parts_n, to);
		else
			strbuf_addf(to, "%s%.*s%s", marks[p->op][0],
			    SLICE_FMT(t), marks[p->op][1]);
	}
	arena_release(&a);
}

void show_json(const struct db_result *r, const char *const *keys,
    const char *types)
{
	struct strbuf sb = STRBUF_INIT;

	for (size_t i = 0; i < db_rows(r); i++) {
		struct jsonw w;
		char text[TIME_TEXT];

		strbuf_reset(&sb);
		jsonw_init(&w, &sb);
		jsonw_open(&w, NULL, '{');
		for (int c = 0; types[c]; c++) {
			if (db_null(r, i, c))
				jsonw_null(&w, keys[c]);
			else if (types[c] == 't')
				jsonw_cstr(&w, keys[c],
				    time_text(db_time(r, i, c), text));
			else if (types[c] == 'b')
				jsonw_bool(&w, keys[c], db_bool(r, i, c));
			else if (types[c] == 'n' || types[c] == 'j')
				jsonw_raw(&w, keys[c], db_str(r, i, c));
			else
				jsonw_str(&w, keys[c], db_str(r, i, c));
		}
		jsonw_close(&w, '}');
		puts(sb.p);
	}
	strbuf_release(&sb);
}
