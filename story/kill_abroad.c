/*
 * Kill notices of dpa, AFP, EFE, Lusa, ANSA and their like, in the forms of
 * kill.c: a headline that says it and no more, one that hints at it above a
 * sentence that takes the story back, what is said or asked at a text's
 * beginning. Words of one language are hardly those of news in another, so that
 * they stand in one list. All is compared in lower case.
 */
#include "story/kill.h"

#include "core/attr.h"
#include "core/strbuf.h"
#include "core/utf8.h"
#include "story/words.h"

#define ASKED  80 /* bytes from what is asked to the story */
#define OWN    40 /* bytes within "this story was (by the agency) withdrawn" */
#define BEFORE 30 /* bytes from "we withdraw" to the story */

#define HAS(s, words)	  kill_has_word(s, words, ARRAY_LEN(words))
#define ANY(s, i, words)  kill_whole_any(s, i, words, ARRAY_LEN(words))
#define BEGIN(s, words)	  begin(s, words, ARRAY_LEN(words))

static const char *const works[] = {"meldung", "artikel", "beitrag",
    "nachricht", "dépêche", "dépêches", "article", "noticia", "despacho", "información",
    "notícia", "notizia", "lancio", "nota"};
/* Those that are nobody's but a wire's: an article may be goods, a nota a grade or a
 * fine, a despacho an order, and each is taken back in the news. */
static const char *const wires[] = {"meldung", "dépêche", "dépêches",
    "noticia", "notícia", "notizia", "lancio"};
/* behind the story, "la dépêche ... est annulée"; before it, "queda anulada" */
static const char *const backs[] = {"wird zurückgezogen", "wird annulliert",
    "ist zurückgezogen", "wurde zurückgezogen", "ist annulliert",
    "wurde annulliert", "wird hiermit zurückgezogen", "ist gegenstandslos",
    "est annulée", "est annulé", "est retirée", "doit être annulée",
    "a été annulée", "a été retirée", "queda anulada", "queda anulado",
    "ha sido anulada", "ha sido anulado", "está anulada", "fica anulada",
    "foi anulada", "è annullata", "è stata annullata", "viene annullata",
    "deve essere annullata"};
/* Who said so, or when it may be used: then it is no notice. */
static const char *const told[] = {"sagte", "sagt", "erklärte", "teilte",
    "laut", "berichtet", "berichtete", "déclaré", "indiqué", "annoncé",
    "selon", "dijo", "declaró", "informó", "según", "disse", "segundo", "ha detto",
    "secondo", "afferma", "afirmó"};
static const char *const embargo[] = {"vor", "bis", "erst", "sperrfrist",
    "avant", "jusqu'à", "embargo", "antes", "hasta", "até", "prima", "fino"};
static const char *const never[] = {"nie", "nicht", "nur", "jamais", "pas",
    "nunca", "jamás", "no", "não", "mai", "non"};

/* The length of the word of a list that begins s, or 0. */
static size_t begin(struct slice s, const char *const *words, size_t n)
{
	return kill_whole_any(s, 0, words, n);
}

static struct slice bare_left(struct slice s)
{
	size_t i = 0;

	while (i < s.n && strchr("([*_:- ,", s.p[i]))
		i++;
	return kill_rest(s, i);
}

static struct slice sentence(struct slice s)
{
	long end = slice_find(s, SLICE(". "), 0);

	return slice_sub(s, 0, end < 0 ? s.n : (size_t)end);
}

/* ---- headlines -------------------------------------------------------------- */

static const char *const heads[] = {"meldung zurückgezogen",
    "meldung annulliert", "meldung storniert", "dépêche annulée",
    "dépêche retirée", "annulation de dépêche",
    "annulation d'une dépêche", "noticia anulada", "noticia retirada", "despacho anulado",
    "información anulada", "anulación de noticia", "notícia anulada",
    "notícia retirada", "notizia annullata", "notizia ritirata"};

/* "Meldung zurückgezogen", also behind "ACHTUNG: " and in brackets at the end. */
static bool says_all(struct slice title)
{
	static const char *const call[] = {"achtung", "attention", "urgent",
	    "atención", "aviso", "atenção", "attenzione"};
	struct slice s = words_bare(title);
	size_t n = BEGIN(s, call);
	struct slice rest = bare_left(kill_rest(s, n));

	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		size_t k = strlen(heads[i]);

		if (slice_is(rest, heads[i]))
			return true;
		if (title.n > k + 2 && strchr(")]", title.p[title.n - 1]) &&
		    slice_is(slice_sub(title, title.n - k - 1, title.n - 1),
		    heads[i]) && strchr("([", title.p[title.n - k - 2]))
			return true;
	}
	return false;
}

/* "ANNULÉ - ...", "Halden: dépêche annulée": of a concert, too. */
static bool hints(struct slice title)
{
	static const char *const marks[] = {"zurückgezogen", "annulliert",
	    "storno", "annulation", "annulé", "annulée", "annule",
	    "anulada", "anulado", "anulación", "anular", "annullata",
	    "annullato", "annullamento", "annullare", "anulação"};
	struct slice s = words_bare(title), rest;
	size_t n = BEGIN(s, marks);

	if (!n)
		n = BEGIN(s, heads);
	rest = kill_rest(s, n);
	if (n && (!rest.n || strchr(":-)]", rest.p[0]) ||
	    slice_starts(rest, SLICE(" -"))))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		size_t k = strlen(heads[i]);

		if (s.n > k + 2 && slice_is(kill_rest(s, s.n - k), heads[i]) &&
		    s.p[s.n - k - 1] == ' ' && strchr(":-",
		    s.p[s.n - k - 2]))
			return true;
	}
	return false;
}

/* ---- sentences -------------------------------------------------------------- */

/* "Die Meldung ... wird zurückgezogen", "queda anulada la noticia": the first
 * sentence of s. */
static bool takes_back(struct slice s)
{
	static const char *const the[] = {"die", "der", "diese", "unsere", "la",
	    "le", "notre", "cette", "esta", "nuestra", "el", "a", "o", "nossa",
	    "questa"};
	size_t at = 0, n;

	s = sentence(s);
	if (HAS(s, told))
		return false;
	n = BEGIN(s, backs);
	if (n)
		at = n + 1;
	n = ANY(s, at, the);
	if (n)
		at += n + 1;
	return ANY(s, at, wires) && (at > n + 1 || HAS(s, backs));
}

/* "dpa zieht die Meldung zurück", "L'AFP annule sa dépêche", "Nous annulons notre
 * dépêche": at the beginning; by_us: no other than "we". */
static bool withdraws(struct slice s, bool by_us)
{
	static const struct {
		bool us;
		const char *verb, *must;
	} verbs[] = {
	    {true, "wir ziehen", "zurück"}, {true, "nous annulons", NULL},
	    {true, "nous retirons", NULL}, {true, "anulamos", NULL},
	    {true, "annulliamo", NULL}, {false, "zieht", "zurück"},
	    {false, "hat", "zurückgezogen"}, {false, "annule", NULL},
	    {false, "retire", NULL}, {false, "a annulé", NULL},
	    {false, "anula", NULL}, {false, "ha anulado", NULL},
	    {false, "anulou", NULL}, {false, "annulla", NULL},
	};
	static const char *const which[] = {"die", "ihre", "unsere", "diese",
	    "la", "sa", "notre", "cette", "su", "nuestra", "esta", "a", "sua",
	    "nossa", "questa"};
	static const char *const by[] = {"l'", "la ", "die ", "a "};

	s = sentence(s);
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		long at = find_whole_word(s, verbs[i].verb, 0);
		size_t end = (size_t)at + strlen(verbs[i].verb) + 1, n;
		struct slice who = slice_sub(s, 0, at > 0 ? (size_t)at - 1 : 0);

		if (at < 0 || (verbs[i].us ? at > 0 : by_us))
			continue;
		for (size_t k = 0; k < ARRAY_LEN(by); k++)
			if (slice_starts(who, slice_of(by[k]))) {
				who = kill_rest(who, strlen(by[k]));
				break;
			}
		n = ANY(s, end, which);
		if ((verbs[i].us || kill_is_agency(who)) && n &&
		    HAS(slice_sub(s, end + n, end + n + BEFORE), works) &&
		    (!verbs[i].must || find_whole_word(s, verbs[i].must, end) >=
		    0) && !HAS(s, told))
			return true;
	}
	return false;
}

/* "Diese Meldung wurde (von der dpa) zurückgezogen." */
static bool is_of_itself(struct slice s)
{
	static const char *const own[] = {"diese meldung wurde",
	    "diese meldung ist", "diese meldung wird", "dieser artikel wurde",
	    "dieser beitrag wurde", "diese nachricht wurde",
	    "cette dépêche a été", "cette dépêche est", "cet article a été",
	    "esta noticia ha sido", "esta noticia fue", "esta noticia queda",
	    "este artículo ha sido", "este artículo fue", "esta notícia foi",
	    "este artigo foi", "questa notizia è stata",
	    "questo articolo è stato"};
	static const char *const gone[] = {"zurückgezogen", "gelöscht",
	    "entfernt", "annulliert", "annulée", "retirée", "supprimée",
	    "annulé", "retiré", "supprimé", "dépublié", "anulada", "retirada",
	    "eliminada", "anulado", "retirado", "eliminado", "removida",
	    "removido", "annullata", "ritirata", "rimossa", "annullato",
	    "ritirato", "rimosso"};
	static const char *const then[] = {".", ",", ";", ":", ")", " -",
	    " weil ", " da ", " wegen ", " aufgrund ", " nachdem ", " car ",
	    " en raison ", " suite ", " à la suite ", " parce ", " pour ",
	    " par ", " porque ", " por ", " debido ", " tras ", " devido ",
	    " perché ", " poiché ", " in quanto ", " per ", " a causa "};
	size_t n = BEGIN(s, own);

	s = sentence(s);
	if (!n || HAS(s, told))
		return false;
	for (size_t i = n; i < s.n && i < n + OWN; i++) {
		size_t k = s.p[i] == ' ' ? ANY(s, i + 1, gone) : 0;
		struct slice rest = kill_rest(s, i + 1 + k);

		if (k)
			return !HAS(slice_sub(s, n, i), never) && (!rest.n ||
			    slice_starts_any(rest, then, ARRAY_LEN(then)));
	}
	return false;
}

/* "Bitte verwenden Sie die Meldung ... nicht", "Rogamos anulen la noticia". */
static bool asks(struct slice s, bool known)
{
	static const char *const german[] = {"bitte verwenden sie",
	    "bitte nutzen sie", "bitte veröffentlichen sie",
	    "bitte verbreiten sie"};
	static const char *const begins[] = {"bitte löschen sie",
	    "bitte nicht verwenden", "prière d'annuler",
	    "prière de ne pas utiliser", "prière de ne pas tenir compte",
	    "merci d'annuler", "merci de ne pas utiliser",
	    "merci de ne pas tenir compte", "veuillez annuler",
	    "veuillez ne pas utiliser", "veuillez ne pas tenir compte",
	    "nous vous prions d'annuler", "nous vous demandons d'annuler",
	    "rogamos anulen", "rogamos anular", "rogamos que anulen",
	    "rogamos no utilicen", "rogamos que no utilicen",
	    "les rogamos que anulen", "se ruega anular",
	    "se ruega no utilizar", "por favor, anulen", "por favor anulen",
	    "por favor, no utilicen", "agradecemos que anulem",
	    "pedimos que anulem", "solicitamos que anulem",
	    "pedimos que não utilizem", "agradecemos que não utilizem",
	    "si prega di annullare", "si prega di non utilizzare",
	    "si prega di non tenere conto", "preghiamo di annullare"};
	static const char *const named[] = {"überschrift", "titel", "uhr",
	    "gesendete", "gesendeten", "meldung nicht", "nachricht nicht",
	    "beitrag nicht", "artikel nicht"};
	size_t n = BEGIN(s, begins), verb = BEGIN(s, german);
	struct slice asked = slice_sub(s, n + verb, n + verb + ASKED);

	s = sentence(s);
	if (!(n || verb) || !HAS(asked, works) || HAS(s, told) ||
	    HAS(s, embargo))
		return false;
	return n || (find_whole_word(s, "nicht", verb) >= 0 && (known ||
	    HAS(s, named) || slice_find(s, SLICE("\""), 0) >= 0));
}

/* ---- all --------------------------------------------------------------------- */

/* What is said in s, from its beginning; known: that a story is taken back. */
static bool says(struct slice s, bool known)
{
	return is_of_itself(s) || asks(s, known) || withdraws(s, !known) ||
	    (known && takes_back(s));
}

static bool is_kill(struct slice title, struct slice body, bool brief)
{
	static const char *const notes[] = {"hinweis der redaktion",
	    "anmerkung der redaktion", "anm. d. red.", "note de la rédaction",
	    "ndlr", "nota de la redacción", "nota del editor",
	    "nota da redação", "nota della redazione"};
	static const char *const address[] = {"achtung redaktionen",
	    "achtung, redaktionen", "an die redaktionen",
	    "hinweis an die redaktionen", "attention rédactions",
	    "attention, rédactions", "note aux rédactions",
	    "à l'attention des rédactions", "atención, redacciones",
	    "atención redacciones", "nota a las redacciones",
	    "nota a los abonados", "aviso a los abonados",
	    "nota às redações", "atenção, redações", "attenzione redazioni",
	    "attenzione, redazioni", "nota alle redazioni"};
	struct slice s = bare_left(body);
	size_t n = BEGIN(s, notes), to = BEGIN(s, address);
	bool known = hints(title) || to;

	if (says_all(title))
		return true;
	s = bare_left(kill_rest(s, n + to));
	if ((known || brief) && (says(s, known) || says_all(sentence(s))))
		return true;
	/* below such a headline also in a later sentence */
	for (long at = 0; hints(title) && at >= 0;) {
		at = slice_find(s, SLICE(". "), (size_t)at + 1);
		if (at >= 0 && says(kill_rest(s, (size_t)at + 2), true))
			return true;
	}
	return false;
}

bool kill_abroad(struct slice title, struct slice body, bool brief)
{
	static const char *const roots[] = {"annul", "storn", "dépublié",
	    KILL_ABROAD};
	struct strbuf t = STRBUF_INIT, b = STRBUF_INIT;
	bool kill;

	if (!slice_has_any(title, roots, ARRAY_LEN(roots)) &&
	    !slice_has_any(body, roots, ARRAY_LEN(roots)))
		return false;
	utf8_lower(title, &t);
	utf8_lower(body, &b);
	kill = is_kill(strbuf_slice(&t), strbuf_slice(&b), brief);
	strbuf_release(&t);
	strbuf_release(&b);
	return kill;
}
