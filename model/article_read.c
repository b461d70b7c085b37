#include "model/article.h"
#include "model/note.h"

static struct slice text_of(const struct json *j, const char *key,
    struct arena *a)
{
	struct slice s = jsonr_str(jsonr_get(j, key));

	return s.n ? arena_slice(a, s) : SLICE_NONE;
}

static const char *const string_keys[] = {"id", "url", "canonical_url",
    "outlet", "title", "summary", "credit", "place", "language", "body", "kind",
    "note", "created_at", "updated_at", "published_at", "fetched_at"};

/* Numbers are taken for ids; all else must be a string or null. */
static int check_types(const struct json *j, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(string_keys); i++) {
		struct json *v = jsonr_get(j, string_keys[i]);

		if (!jsonr_is_null(v) && !jsonr_is_string(v) &&
		    !(i == 0 && jsonr_is_number(v)))
			return err_set(err, E_BAD_RECORD,
			    "\"%s\" is not a string", string_keys[i]);
	}
	return 0;
}

/* Seconds east of UTC at the end of an ISO time, or 0. */
static int offset_of(struct slice s)
{
	if (s.n > 16 && (s.p[s.n - 6] == '+' || s.p[s.n - 6] == '-') &&
	    s.p[s.n - 3] == ':') {
		const char *p = s.p + s.n - 5;
		int m = ((p[0] - '0') * 10 + p[1] - '0') * 60 +
		    (p[3] - '0') * 10 + p[4] - '0';

		return (s.p[s.n - 6] == '-' ? -60 : 60) * m;
	}
	return 0;
}

static struct pubtime time_of(const struct json *j, const char *at,
    const char *raw, struct arena *a)
{
	struct slice s = jsonr_str(jsonr_get(j, at));
	struct pubtime t = PUBTIME_NONE;

	t.raw = text_of(j, raw, a);
	if (!s.n)
		return t;
	if (!t.raw.p)
		t.raw = arena_slice(a, s);
	if (time_parse(s, &t.at)) {
		t.at = TIME_NONE;
		return t;
	}
	t.day_only = s.n == 10;
	t.offset_s = offset_of(s);
	t.zone_known = !t.day_only;
	return t;
}

static enum article_kind kind_of(struct slice s)
{
	for (int k = KIND_ARTICLE; k <= KIND_OTHER; k++)
		if (slice_is(s, article_kind_name((enum article_kind)k)))
			return (enum article_kind)k;
	return s.p ? KIND_OTHER : KIND_ARTICLE;
}

static void read_byline(const struct json *j, struct arena *a,
    struct article *out)
{
	struct json *b = jsonr_get(j, "byline");
	size_t n = jsonr_is_array(b) ? jsonr_count(b) : 0;

	out->byline = arena_zalloc(a, n + 1, sizeof(*out->byline));
	for (size_t i = 0; i < n; i++) {
		struct slice s = jsonr_str(jsonr_at(b, i));

		if (s.n)
			out->byline[out->byline_n++] = arena_slice(a, s);
	}
	if (jsonr_str(b).n)
		out->byline[out->byline_n++] = text_of(j, "byline", a);
}

int article_read(const struct json *j, struct arena *a, struct article *out,
    struct err *err)
{
	article_init(out);
	if (!jsonr_is_object(j))
		return err_set(err, E_BAD_RECORD, "the line is no JSON object");
	if (check_types(j, err))
		return -1;
	out->id = text_of(j, "id", a);
	if (jsonr_is_number(jsonr_get(j, "id")))
		out->id = arena_printf(a, "%lld",
		    (long long)jsonr_int(jsonr_get(j, "id"), 0));
	out->url = text_of(j, "url", a);
	out->canonical_url = text_of(j, "canonical_url", a);
	out->outlet = text_of(j, "outlet", a);
	out->title = text_of(j, "title", a);
	out->summary = text_of(j, "summary", a);
	read_byline(j, a, out);
	out->credit = text_of(j, "credit", a);
	out->place = text_of(j, "place", a);
	out->language = text_of(j, "language", a);
	out->created = time_of(j, "created_at", "created_raw", a);
	if (out->created.at == TIME_NONE)
		out->created = time_of(j, "published_at", "created_raw", a);
	out->updated = time_of(j, "updated_at", "updated_raw", a);
	out->body = text_of(j, "body", a);
	out->kind = kind_of(jsonr_str(jsonr_get(j, "kind")));
	out->note = text_of(j, "note", a);
	note_take(out, a);
	return 0;
}
