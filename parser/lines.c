/* What a page's interface says between the paragraphs of an article. */
#include "parser/blocks.h"

#define LINE_BYTES 320 /* a longer paragraph says more than these */

/* Where in a line a phrase tells. News are about newsletters, too: what could
 * be part of a sentence counts at the beginning or the end alone. */
enum place { ANYWHERE, BEGINNING, END };

/* In small letters, as ASCII allows. */
static const struct {
	const char *text;
	enum place place;
} phrases[] = {
	/* pictures */
	{"photo by ", BEGINNING}, {"photo: ", ANYWHERE},
	{"photo/", END}, {"photo credit", ANYWHERE},
	{"photograph: ", ANYWHERE}, {"file photo", END},
	{"(photo by ", ANYWHERE}, {"image: ", BEGINNING},
	{"image credit", ANYWHERE}, {"image source", ANYWHERE},
	{"images via ", END}, {"foto: ", ANYWHERE}, {"(foto", ANYWHERE},
	{"fotos: ", ANYWHERE}, {"bildrechte", ANYWHERE},
	{"bild: ", ANYWHERE}, {"archivbild", END}, {"symbolbild", END},
	{"getty images", END}, {"/reuters", END}, {"(ap photo", ANYWHERE},
	{"/afp", END}, {"cr\xc3\xa9" "dit photo", ANYWHERE},
	{"picture alliance", END}, {"shutterstock", END}, {"istock", END},
	{"\xc2\xa9", ANYWHERE},
	/* what a page needs leave for */
	{"externer inhalt", ANYWHERE}, {"externen inhalt", ANYWHERE},
	{"externe inhalte", ANYWHERE}, {"redaktioneller inhalt", ANYWHERE},
	{"in unserer datenschutzerkl", ANYWHERE},
	{"personenbezogene daten k\xc3\xb6nnen an", ANYWHERE},
	{"our privacy policy", ANYWHERE}, {"our terms of ", ANYWHERE},
	{"enable javascript", ANYWHERE}, {"disable your ad", ANYWHERE},
	{"contenu externe", BEGINNING}, {"contenido externo", BEGINNING},
	/* calls to the reader */
	{"our newsletter", ANYWHERE}, {"newsletter abonn", ANYWHERE},
	{"newsletter anmeld", ANYWHERE}, {"sign up for", BEGINNING},
	{"sign up to", BEGINNING}, {"subscribe to", BEGINNING},
	{"this content is reserved for", BEGINNING},
	{"already a subscriber", ANYWHERE}, {"newsletter here", ANYWHERE},
	{"inscrivez-vous", BEGINNING}, {"abonnez-vous", BEGINNING},
	{"suscr\xc3\xad" "bete", BEGINNING}, {"iscriviti", BEGINNING},
	{"follow us on", ANYWHERE}, {"folgen sie uns", ANYWHERE},
	{"s\xc3\xadguenos", BEGINNING}, {"siga-nos", BEGINNING},
	{"seguici su", BEGINNING}, {"suivez-nous", BEGINNING},
	{"nuestro canal de", ANYWHERE}, {"canal de telegram", BEGINNING},
	{"our whatsapp channel", ANYWHERE},
	{"whatsapp-kanal", BEGINNING}, {"our telegram channel", ANYWHERE},
	{"click here to ", BEGINNING}, {"all rights reserved", END},
	{"alle rechte vorbehalten", END},
	{"todos los derechos reservados", END}, {"tous droits r", END},
	{"affiliate commission", ANYWHERE}, {"earn a commission", ANYWHERE},
	{"earn us a commission", ANYWHERE},
	{"share this article", BEGINNING}, {"comments are moderated", ANYWHERE},
	{"log in to ", BEGINNING}, {"login to ", BEGINNING},
	{"post a comment", BEGINNING}, {"leave a comment", BEGINNING},
	{"leave a reply", BEGINNING},
	{"your email address will not be published", ANYWHERE},
	{"stories and breaking news", ANYWHERE},
	{"download the app", ANYWHERE}, {"download our app", ANYWHERE},
	{"to view the full story", BEGINNING},
	{"first-time subscribers", BEGINNING},
	{"letter to the editor via", ANYWHERE},
	{"comments may be republished", ANYWHERE},
	{"comments are civil", ANYWHERE}, {"comments are closed", ANYWHERE},
	{"keine kommentare", BEGINNING}, {"kommentare geschlossen", ANYWHERE},
	{"in den kommentaren", END}, {"schreibt uns in", BEGINNING},
	{"not responsible for the opinions", ANYWHERE},
	{"on twitter and instagram", ANYWHERE},
	{"on facebook and twitter", ANYWHERE},
	{"en facebook y twitter", ANYWHERE},
	{"k\xc3\xb6nnte dich auch interessieren", ANYWHERE},
	{"k\xc3\xb6nnte sie auch interessieren", ANYWHERE},
	{"te puede interesar", BEGINNING}, {"tambi\xc3\xa9n puede", BEGINNING},
	{"puede escribirnos", BEGINNING}, {"lust auf mehr", BEGINNING},
	{"zum weiterlesen", BEGINNING}, {"weitere informationen:", BEGINNING},
	{"zusatzinformationen:", BEGINNING},
	{"alle angaben ohne gew", BEGINNING},
	{"sofern nicht anders", BEGINNING}, {"der beitrag wurde am", BEGINNING},
	{"dieser beitrag wurde am", BEGINNING},
	{"dieser beitrag enth\xc3\xa4lt werbung", ANYWHERE},
	{"vea tambi", BEGINNING}, {"ver tambi", BEGINNING},
	{"puedes ver:", BEGINNING}, {"veja tamb", BEGINNING},
	{"leia tamb", BEGINNING}, {"lee tambi", BEGINNING},
	{"lea tambi", BEGINNING}, {"lea adem", BEGINNING},
	{"leer m\xc3\xa1s:", BEGINNING}, {"mira tambi", BEGINNING},
	{"voir aussi", BEGINNING}, {"guarda anche", BEGINNING},
	{"mehr dazu:", BEGINNING}, {"mehr lesen:", BEGINNING},
	{"czytaj te", BEGINNING}, {"czytaj r", BEGINNING},
	{"zobacz te", BEGINNING}, {"zobacz r", BEGINNING},
};
#define END_BYTES 24 /* of a line, behind a phrase at its end: a name, a date */

/* What such a line is, as a whole. */
static const char *const lines[] = {"advertisement", "anzeige", "werbung",
	"publicidad", "publicit\xc3\xa9", "pubblicit\xc3\xa0", "reklam",
	"annons", "annonse", "reklama", "story continues below",
	"article continues below advertisement", "loading...", "comments",
	"share", "save", "tags", "related", "read more", "quelle", "source",
	"trending now", "recommended", "kontakt", "kontakt:", "contact",
	"contact:", "pdf", "teilen", "drucken", "print", "kommentare",
	"partager", "compartir", "condividi", "dela", "del", "release date:"};

static void lower(struct slice s, char to[LINE_BYTES + 1])
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		to[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c ? c : ' ');
	}
	to[s.n] = '\0';
}

static bool phrase_in(const char *line, size_t n, size_t k)
{
	const char *at = strstr(line, phrases[k].text);
	size_t behind;

	for (; at; at = strstr(at + 1, phrases[k].text)) {
		behind = n - (size_t)(at - line) - strlen(phrases[k].text);
		if (phrases[k].place == ANYWHERE ||
		    (phrases[k].place == BEGINNING && at - line < 4) ||
		    (phrases[k].place == END && behind < END_BYTES))
			return true;
	}
	return false;
}

bool boiler_is_line(struct slice s)
{
	char line[LINE_BYTES + 1];
	struct pairs pairs = {{0}};

	if (s.n > LINE_BYTES)
		return false;
	while (s.n && (s.p[s.n - 1] == ':' || s.p[s.n - 1] == '.'))
		s.n--;
	lower(s, line);
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		if (line[0] == lines[i][0] && !strcmp(line, lines[i]))
			return true;
	pairs_add(&pairs, (struct slice){line, s.n});
	for (size_t i = 0; i < ARRAY_LEN(phrases); i++)
		if (pairs_may_hold(&pairs, phrases[i].text) &&
		    phrase_in(line, s.n, i))
			return true;
	return false;
}
