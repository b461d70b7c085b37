/* News agencies, as pages print them, and the disclaimers that come with
 * their copy. */
#include "parser/evidence.h"

static const struct {
	const char *printed, *credit;
	bool exact_case; /* a short name: only in capitals as printed */
} agencies[] = {
	{"Thomson Reuters", "Reuters", false}, {"Reuters", "Reuters", false},
	{"Associated Press", "AP", false}, {"AP", "AP", true},
	{"Agence France-Presse", "AFP", false},
	{"Agence France Presse", "AFP", false}, {"AFP", "AFP", true},
	{"Press Trust of India", "PTI", false}, {"PTI", "PTI", true},
	{"Asian News International", "ANI", false}, {"ANI", "ANI", true},
	{"Indo-Asian News Service", "IANS", false}, {"IANS", "IANS", true},
	{"UNI", "UNI", true}, {"Xinhua", "Xinhua", false},
	{"Yonhap", "Yonhap", false}, {"Kyodo", "Kyodo", false},
	{"Jiji Press", "Jiji", false}, {"TASS", "TASS", true},
	{"RIA Novosti", "RIA", false}, {"Interfax", "Interfax", false},
	{"dpa", "dpa", true}, {"DPA", "dpa", true}, {"EFE", "EFE", true},
	{"Europa Press", "Europa Press", false}, {"ANSA", "ANSA", true},
	{"Adnkronos", "Adnkronos", false}, {"Bloomberg", "Bloomberg", false},
	{"UPI", "UPI", true}, {"PA Media", "PA", false},
	{"Press Association", "PA", false}, {"AAP", "AAP", true},
	{"Australian Associated Press", "AAP", false},
	{"Canadian Press", "CP", false}, {"Anadolu", "Anadolu", false},
	{"KUNA", "KUNA", true}, {"WAM", "WAM", true}, {"SPA", "SPA", true},
	{"IRNA", "IRNA", true}, {"MENA", "MENA", true},
	{"Bernama", "Bernama", false}, {"Antara", "Antara", false},
	{"VNA", "VNA", true}, {"NAN", "NAN", true}, {"APA", "APA", true},
	{"Keystone-SDA", "Keystone-SDA", false}, {"TT", "TT", true},
	{"NTB", "NTB", true}, {"Ritzau", "Ritzau", false}, {"STT", "STT", true},
	{"ANP", "ANP", true}, {"Belga", "Belga", false}, {"Lusa", "Lusa", true},
	{"PAP", "PAP", true}, {"CNA", "CNA", true}, {"IPS", "IPS", true},
	{"SNS", "SNS", true}, {"WION", "WION", true},
};

static bool word_char(struct slice s, size_t i)
{
	unsigned char c = i < s.n ? (unsigned char)s.p[i] : 0;

	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z') || c >= 0x80;
}

static bool printed_in(struct slice text, struct slice name, bool exact)
{
	long at = exact ? slice_find(text, name, 0) : slice_ifind(text, name, 0);

	while (at >= 0) {
		size_t i = (size_t)at;

		if ((!i || !word_char(text, i - 1)) &&
		    !word_char(text, i + name.n))
			return true;
		at = exact ? slice_find(text, name, i + 1) :
		    slice_ifind(text, name, i + 1);
	}
	return false;
}

struct slice credit_find(struct slice text)
{
	struct pairs pairs = {{0}};

	pairs_add(&pairs, text);
	for (size_t i = 0; i < ARRAY_LEN(agencies); i++)
		if (pairs_may_hold(&pairs, agencies[i].printed) &&
		    printed_in(text, slice_of(agencies[i].printed),
		    agencies[i].exact_case))
			return slice_of(agencies[i].credit);
	return SLICE_NONE;
}

/* What such a line has anywhere in it. */
static const char *const inside[] = {"has not been edited by",
	"hasn't been edited by", "not been edited by", "published from a syndicated feed",
	"published from an agency feed", "auto-generated from a syndicated feed",
	"generated from a syndicated feed", "may not be published, broadcast, "
	"rewritten", "all rights reserved", "the thomson reuters trust principles",
	"except for the headline", "this story was auto", "reproduction in whole"};
/* What such a line begins with, after brackets and the like. */
static const char *const first[] = {"with inputs from", "with input from",
	"with agency inputs", "inputs from", "our standards:", "copyright ", "©",
	"(c) ", "first published", "also read", "read also", "read more",
	"also see", "see also", "click here", "sign up", "subscribe",
	"follow us", "download the app", "download our app", "get the latest",
	"join our", "advertisement", "related:", "related stories",
	"related articles", "related:", "more on this", "recommended:",
	"recommended stories", "watch:", "listen:", "share this", "most read",
	"disclaimer:", "reporting by ", "writing by ", "editing by ",
	"compiled by ", "additional reporting by", "catch all the", "(with inputs",
	"lire aussi", "à lire aussi", "lesen sie auch", "mehr zum thema",
	"lea también", "te puede interesar", "leggi anche", "leia também",
	"lees ook", "läs också", "les også", "читайте также", "read next",
	"this article was originally published", "this article originally appeared"};
#define DISCLAIMER_MAX 400 /* a longer paragraph says more than that */

bool disclaimer_is(struct slice text)
{
	struct slice s = slice_trim(text);

	if (s.n > DISCLAIMER_MAX)
		return false;
	if (slice_has_any(s, inside, ARRAY_LEN(inside)))
		return true;
	while (s.n && !word_char(s, 0))
		s.p++, s.n--;
	return slice_starts_any(s, first, ARRAY_LEN(first));
}
