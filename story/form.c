/*
 * What in a body is form, not text (timeline.md, "Words, exactly"): "Updated
 * 5 minutes ago", "1,204 views". It changes with every visit and no editor
 * wrote it. Conservative: it must be a paragraph, a part of a line that is
 * parted by marks, or stand in brackets at a paragraph's end.
 */
#include "story/story.h"

#include "core/utf8.h"

#define FORM_BYTES 96  /* "Последнее обновление: 5 минут назад" has 64 */
#define LINE_BYTES 240 /* name, role, place and times in one line */
#define ONE_BYTES  5   /* of the longest of ones */
#define LINES_MOST 4096 /* of a body are looked at: 20 ms of numbered lines */

/* ---- phrases ---------------------------------------------------------------- */

/*
 * Around a number, in lower case: what stands before it, one of the units, what
 * follows. An age without a label ("updated") may be told in a text's brackets.
 */
static const struct phrase {
	const char *before, *after, *units;
	bool age;
} phrases[] = {
	{"", "ago", "s sec secs second seconds m min mins minute minutes h hr "
	    "hrs hour hours d day days w wk wks week weeks mo month months y "
	    "yr yrs year years min. hr.", true},
	{"vor", "", "sek sekunde sekunden min minute minuten std stunde stunden "
	    "tag tagen woche wochen monat monaten jahr jahren", true},
	{"il y a", "", "s sec seconde secondes min minute minutes h heure "
	    "heures j jour jours semaine semaines mois an ans", true},
	{"hace", "", "segundo segundos min minuto minutos h hora horas día "
	    "días semana semanas mes meses año años", true},
	{"há", "", "segundo segundos min minuto minutos h hora horas dia dias "
	    "semana semanas mês meses ano anos", true},
	{"", "atrás", "segundo segundos min minuto minutos h hora horas dia "
	    "dias semana semanas mês meses ano anos", true},
	{"", "fa", "secondo secondi min minuto minuti h ora ore giorno giorni "
	    "settimana settimane mese mesi anno anni", true},
	{"", "geleden", "seconde seconden min minuut minuten uur dag dagen "
	    "week weken maand maanden jaar", true},
	{"för", "sedan", "sekund sekunder min minut minuter timme timmar dag "
	    "dagar vecka veckor månad månader", true},
	{"for", "siden", "sekund sekunder min minut minutt minutter time "
	    "timer dag dager dage uke uker uge uger", true},
	{"", "siden", "sekund sekunder min minut minutt minutter time timer "
	    "dag dager dage uke uker uge uger", true},
	{"", "temu", "sekund sekundy min min. minut minutę minuty godz godz. "
	    "godzin godzinę godziny dzień dni tydzień tygodnie tygodni", true},
	{"", "önce", "saniye dk dakika sa saat gün hafta ay yıl", true},
	{"", "назад", "сек секунд секунду секунды мин мин. минут минуту минуты "
	    "ч ч. час часа часов день дня дней неделю недели недель месяц "
	    "месяца месяцев год года лет", true},
	{"", "тому", "секунд секунди хв хв. хвилин хвилину хвилини год год. "
	    "годин годину години день дні днів тиждень тижні тижнів", true},
	{"πριν", "", "λεπτό λεπτά ώρα ώρες ημέρα ημέρες μέρες", true},
	{"πριν από", "", "λεπτό λεπτά ώρα ώρες ημέρα ημέρες μέρες", true},
	{"منذ", "", "ثانية ثوان دقيقة دقائق ساعة ساعات يوم أيام", true},
	{"قبل", "", "ثانية ثوان دقيقة دقائق ساعة ساعات يوم أيام", true},
	{"", "پیش", "ثانیه دقیقه ساعت روز هفته ماه", true},
	{"לפני", "", "שנייה שניות דקה דקות שעה שעות יום ימים", true},
	{"", "पहले", "सेकंड मिनट घंटा घंटे दिन सप्ताह महीने", true},
	{"", "yang lalu", "detik menit jam hari minggu bulan", true},
	{"", "lalu", "detik menit jam hari minggu bulan", true},
	{"", "trước", "giây phút giờ ngày tuần tháng", true},
	{"", "前", "秒 分 分钟 分鐘 小时 小時 時間 天 日 周 週間 个月 か月 年", true},
	{"", "전", "초 분 시간 일 주 개월 년", true},
	{"", "read", "min mins minute minutes min.", false},
	{"reading time", "", "min mins minute minutes", false},
	{"lesezeit", "", "min minute minuten", false},
	{"", "lesezeit", "min min. minute minuten", false},
	{"temps de lecture", "", "min minute minutes", false},
	{"", "de lecture", "min min. minute minutes", false},
	{"tiempo de lectura", "", "min minuto minutos", false},
	{"", "de lectura", "min min. minuto minutos", false},
	{"время чтения", "", "мин минута минут минуты", false},
};

/* Counted: "12 comments", "Comments (12)". */
static const char counted[] = "view views share shares comment comments like "
    "likes read reads reaction reactions reply replies kommentar kommentare "
    "aufrufe commentaire commentaires vues partages comentario comentarios "
    "vistas comentário comentários visualizações commento commenti "
    "visualizzazioni reactie reacties komentarz komentarze komentarzy yorum "
    "комментарий комментария комментариев комментарии просмотр просмотра "
    "просмотров просмотры تعليق تعليقات 评论 条评论 阅读 浏览 コメント 댓글 "
    "조회수";

/* Before an age. */
static const char *const labels[] = {"last", "updated", "published", "posted",
    "modified", "edited", "about", "zuletzt", "aktualisiert", "veröffentlicht",
    "dernière", "mise à jour", "mis à jour", "publié", "actualizado",
    "publicado", "atualizado", "aggiornato", "pubblicato", "bijgewerkt",
    "обновлено", "опубликовано", "последнее обновление", "更新", "更新于",
    "发布于"};

static const char ones[] = "a an one une un einer einem eine una uno um uma";

/* ---- matching ----------------------------------------------------------------- */

static bool is_edge(char c)
{
	return c != '\0' && strchr(" :()[].,", c);
}

static struct slice trim_edges(struct slice s)
{
	while (s.n && is_edge(s.p[0]))
		s.p++, s.n--;
	while (s.n && is_edge(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* Is w one of the words of a list parted by blanks? */
static bool in_list(struct slice w, const char *list)
{
	while (w.n && *list) {
		size_t len = strcspn(list, " ");

		if (len == w.n && !memcmp(list, w.p, w.n))
			return true;
		list += len + (list[len] == ' ');
	}
	return false;
}

/* Bytes of the word at the beginning of s that is in the list, the longest. */
static size_t first_of_list(struct slice s, const char *list)
{
	size_t most = 0;

	while (*list) {
		size_t len = strcspn(list, " ");

		if (len > most && len <= s.n && !memcmp(list, s.p, len))
			most = len;
		list += len + (list[len] == ' ');
	}
	return most;
}

/* Where the number at i ends ("12", "1,204", "3.4"), else i. */
static size_t number_end(struct slice s, size_t i)
{
	size_t at = i, end = i;

	while (at < s.n) {
		if (cp_is_digit(utf8_next(s, &at)))
			end = at;
		else if (end != at - 1 || end == i || !strchr(".,", s.p[end]))
			break;
	}
	return end;
}

struct line {
	struct slice before, after;
	bool word; /* the number is "a" or "one" */
};

/* Where a number at i ends, i: there is none. word: it is "a" or "one". */
static size_t any_number_end(struct slice s, size_t i, bool *word)
{
	size_t to = number_end(s, i);

	*word = to == i;
	if (to > i || (i && s.p[i - 1] != ' '))
		return to;
	while (to < s.n && s.p[to] != ' ')
		to++;
	return in_list(slice_sub(s, i, to), ones) ? to : i;
}

/* What stands before and behind the next number from *i on, *i behind it;
 * false: there is none. */
static bool find_number(struct slice s, size_t *i, struct line *out)
{
	while (*i < s.n) {
		size_t to = any_number_end(s, *i, &out->word);

		if (to == *i) {
			utf8_next(s, i);
			continue;
		}
		out->before = trim_edges(slice_sub(s, 0, *i));
		out->after = slice_sub(s, to, s.n);
		*i = to;
		return true;
	}
	return false;
}

/* Labels taken from what stands before a number. */
static struct slice without_labels(struct slice s)
{
	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		struct slice l = slice_of(labels[i]);

		if (!slice_starts(s, l) || (s.n > l.n && !is_edge(s.p[l.n])))
			continue;
		s = trim_edges(slice_sub(s, l.n, s.n));
		i = (size_t)-1; /* from the first again */
	}
	return s;
}

/* "minutes ago", "hour, 20 minutes ago" */
static bool follows(struct slice s, const struct phrase *x)
{
	for (;;) {
		size_t n, to;

		while (s.n && (s.p[0] == ' ' || s.p[0] == '-'))
			s.p++, s.n--;
		n = first_of_list(s, x->units);
		if (!n)
			return false;
		s = trim_edges(slice_sub(s, n, s.n));
		if (slice_is(s, x->after))
			return true;
		if (slice_starts(s, SLICE("and ")))
			s = slice_sub(s, 4, s.n);
		to = number_end(s, 0);
		if (!to)
			return false;
		s = slice_sub(s, to, s.n);
	}
}

static bool is_counter(const struct line *x)
{
	struct slice after = x->after, b = x->before;

	if (after.n && strchr("km", after.p[0]) &&
	    (after.n == 1 || is_edge(after.p[1])))
		after = slice_sub(after, 1, after.n);
	after = trim_edges(after);
	return !x->word && ((!b.n && in_list(after, counted)) ||
	    (!after.n && in_list(b, counted)));
}

/* told: not in brackets within a text. */
static bool is_of_time(const struct line *x, bool told)
{
	struct slice bare = without_labels(x->before);

	for (size_t i = 0; i < ARRAY_LEN(phrases); i++) {
		const struct phrase *p = &phrases[i];

		if (slice_is(bare, p->before) && follows(x->after, p))
			return told || !p->age || bare.n < x->before.n;
	}
	return false;
}

/* In lower case. */
static bool is_phrase(struct slice s, bool told)
{
	struct line x;
	size_t i = 0;

	while (find_number(s, &i, &x))
		if (is_counter(&x) || is_of_time(&x, told))
			return true;
	return false;
}

/* Is a word of ASCII, in any case, "a" or "one"? */
static bool is_one(struct slice w)
{
	char small[ONE_BYTES];

	if (!w.n || w.n > sizeof(small) || !strchr("aeou", w.p[0] | 32))
		return false;
	for (size_t i = 0; i < w.n; i++)
		small[i] = (char)(w.p[i] | 32);
	return in_list((struct slice){small, w.n}, ones);
}

/* May there be a number, before form is taken away, which costs more? What is not
 * plain ASCII may be one; dots and dashes may become blanks. */
static bool may_have_number(struct slice s)
{
	size_t word = 0; /* where the one at i begins */

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if ((c >= '0' && c <= '9') || c < 0 || c == '&')
			return true;
		if (c > ' ' && c != '-' && c != '.')
			continue;
		if (is_one(slice_sub(s, word, i)))
			return true;
		word = i + 1;
	}
	return is_one(slice_sub(s, word, s.n));
}

static bool is_form(struct slice raw, bool told)
{
	struct strbuf normal = STRBUF_INIT, lower = STRBUF_INIT;
	bool form;

	raw = slice_trim(raw);
	if (!raw.n || raw.n > FORM_BYTES || !may_have_number(raw))
		return false;
	text_normal(raw, &normal);
	utf8_lower(strbuf_slice(&normal), &lower);
	form = is_phrase(strbuf_slice(&lower), told);
	strbuf_release(&normal);
	strbuf_release(&lower);
	return form;
}

/* ---- lines ---------------------------------------------------------------------- */

/* The next mark that parts a line, from *i on (| or a dot at half height): its
 * bytes, *i where it begins; 0: there is none. */
static size_t next_mark(struct slice s, size_t *i)
{
	static const char *const marks[] = {"|", "·", "•", "∙", "⋅", "‧",
	    "&middot;", "&bull;"};

	for (; *i < s.n; ++*i) {
		struct slice rest;

		if (s.p[*i] != '|' && s.p[*i] != '&' && s.p[*i] >= 0)
			continue;
		rest = slice_sub(s, *i, s.n);
		for (size_t k = 0; k < ARRAY_LEN(marks); k++)
			if (slice_starts(rest, slice_of(marks[k])))
				return strlen(marks[k]);
	}
	return 0;
}

/* Appends the parts of a line that are text, with the marks between them;
 * false: all are. */
static bool add_parts(struct slice line, struct strbuf *to)
{
	size_t from = 0, i = 0, mark = 0, n;
	bool any = false;

	do {
		struct slice part;

		n = next_mark(line, &i);
		part = slice_sub(line, from, i);
		if (is_form(part, true)) {
			any = true;
		} else {
			if (to->n)
				strbuf_addsl(to, slice_sub(line, from - mark,
				    from));
			strbuf_addsl(to, part);
		}
		mark = n;
		i += n;
		from = i;
	} while (n);
	return any;
}

/* Where form in brackets begins at the end of a paragraph, else its end. */
static size_t brackets_at(struct slice s)
{
	size_t i = s.n;

	if (!s.n || (s.p[s.n - 1] != ')' && s.p[s.n - 1] != ']'))
		return s.n;
	while (i && s.n - i < FORM_BYTES && s.p[i - 1] != '(' &&
	    s.p[i - 1] != '[')
		i--;
	return i && is_form(slice_sub(s, i - 1, s.n), false) ? i - 1 : s.n;
}

/* Is a paragraph short, or does it end in a bracket? */
static bool may_have_form(struct slice s)
{
	return s.n && (s.n <= LINE_BYTES || s.p[s.n - 1] == ')' ||
	    s.p[s.n - 1] == ']');
}

/* The text of a trimmed paragraph into an empty buffer; false: all is text. */
static bool take_text(struct slice s, struct strbuf *to)
{
	size_t text = brackets_at(s);

	if (text == s.n)
		return s.n <= LINE_BYTES && add_parts(s, to);
	strbuf_addsl(to, slice_sub(s, 0, text));
	return true;
}

bool text_is_form(struct slice paragraph)
{
	struct slice s = slice_trim(paragraph);
	struct strbuf text = STRBUF_INIT;
	bool form = may_have_form(s) && take_text(s, &text) &&
	    !slice_trim(strbuf_slice(&text)).n;

	strbuf_release(&text);
	return form;
}

struct slice text_without_form(struct slice body, struct strbuf *scratch)
{
	struct strbuf text = STRBUF_INIT;
	size_t from = 0, copied = 0, lines = 0;

	while (from < body.n && lines < LINES_MOST) {
		long gap = slice_find(body, SLICE("\n\n"), from);
		size_t to = gap < 0 ? body.n : (size_t)gap + 2;
		struct slice s = slice_trim(slice_sub(body, from, to));

		strbuf_reset(&text);
		lines += may_have_form(s);
		if (may_have_form(s) && take_text(s, &text)) {
			strbuf_addsl(scratch, slice_sub(body, copied, from));
			strbuf_addsl(scratch, strbuf_slice(&text));
			strbuf_adds(scratch, "\n\n");
			copied = to;
		}
		from = to;
	}
	strbuf_release(&text);
	if (!copied)
		return body;
	strbuf_addsl(scratch, slice_sub(body, copied, body.n));
	return strbuf_slice(scratch);
}
