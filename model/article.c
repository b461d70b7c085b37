#include "model/article.h"

static const char *const kinds[] = {"article", "live", "list", "video", "other"};

void article_init(struct article *a)
{
	*a = (struct article){.created = PUBTIME_NONE, .updated = PUBTIME_NONE};
}

const char *article_kind_name(enum article_kind k)
{
	return kinds[k];
}

const char *pubtime_text(const struct pubtime *t, char text[TIME_TEXT])
{
	text[0] = '\0';
	if (t->at == TIME_NONE)
		return text;
	time_text(t->at, text);
	if (t->day_only)
		text[10] = '\0';
	return text;
}

static void write_time(struct jsonw *w, const char *at, const char *local,
    const struct pubtime *t)
{
	char text[TIME_TEXT];

	pubtime_text(t, text);
	jsonw_cstr(w, at, *text ? text : NULL);
	if (t->local_known) {
		time_text(t->local_day, text);
		text[10] = '\0';
	}
	if (t->at == TIME_NONE || t->day_only || t->local_known)
		jsonw_cstr(w, local, *text ? text : NULL);
	else
		jsonw_cstr(w, local, time_text_local(t->at, t->offset_s, text));
}

void article_write(const struct article *a, struct strbuf *to)
{
	bool zone_known = (a->created.at == TIME_NONE || a->created.zone_known) &&
	    (a->updated.at == TIME_NONE || a->updated.zone_known) &&
	    (a->created.at != TIME_NONE || a->updated.at != TIME_NONE);
	struct jsonw w;

	jsonw_init(&w, to);
	jsonw_open(&w, NULL, '{');
	jsonw_str(&w, "file", a->file);
	jsonw_str(&w, "url", a->url);
	jsonw_str(&w, "canonical_url", a->canonical_url);
	jsonw_str(&w, "outlet", a->outlet);
	jsonw_str(&w, "title", a->title);
	jsonw_str(&w, "summary", a->summary);
	jsonw_open(&w, "byline", '[');
	for (size_t i = 0; i < a->byline_n; i++)
		jsonw_str(&w, NULL, a->byline[i]);
	jsonw_close(&w, ']');
	jsonw_str(&w, "credit", a->credit);
	jsonw_str(&w, "place", a->place);
	jsonw_str(&w, "language", a->language);
	write_time(&w, "created_at", "created_local", &a->created);
	write_time(&w, "updated_at", "updated_local", &a->updated);
	jsonw_str(&w, "created_raw", a->created.raw);
	jsonw_str(&w, "updated_raw", a->updated.raw);
	jsonw_bool(&w, "zone_known", zone_known);
	jsonw_str(&w, "body", a->body);
	jsonw_cstr(&w, "kind", article_kind_name(a->kind));
	jsonw_str(&w, "note", a->note);
	jsonw_int(&w, "links_n", (int64_t)a->links_n);
	if (a->explain.p)
		jsonw_str(&w, "explain", a->explain);
	jsonw_close(&w, '}');
}
