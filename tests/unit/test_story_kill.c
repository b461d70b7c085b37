/* story: kill notices of many agencies' manners, told from news. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/story.h"

struct item {
	const char *title, *body;
};

/* What agencies send, and what readers find in a story's place. */
static const struct item kills[] = {
	/* slugs */
	{"KILL-Halden minister steps down", "The story is wrong."},
	{"KILL - Halden minister steps down", ""},
	{"KILL: Halden minister steps down", "Please kill the story."},
	{"Kill: BC-HA--Halden-Minister", "Eds: Please kill the story slugged "
	    "BC-HA--Halden-Minister. A kill is mandatory."},
	{"KILL, KILL, KILL - Halden minister steps down", ""},
	{"(KILL) Halden minister steps down", "The story is withdrawn."},
	{"[KILL] Halden minister steps down", ""},
	{"URGENT-KILL-Halden minister steps down", ""},
	{"BULLETIN KILL: Halden Talks", "A kill is mandatory."},
	{"ADVISORY - KILL: Halden minister steps down", ""},
	{"WITHDRAWN-Halden minister steps down", "The story is withdrawn."},
	{"BC-HA--Halden Talks,KILL", "Attention editors: kill the story."},
	{"BC-APNewsAlert, KILL", "The alert is withdrawn."},
	{"Halden minister steps down (KILL)", ""},
	{"KILL STORY: Halden minister steps down", ""},
	/* the headline says it */
	{"Story withdrawn", "The story on Halden's minister was sent in error."},
	{"STORY WITHDRAWN - Halden minister steps down", ""},
	{"STORY KILLED: Halden minister steps down", ""},
	{"Kill notice", "The story on Halden's minister was sent in error."},
	{"KILL ADVISORY: Halden minister steps down", ""},
	{"MANDATORY KILL: Halden minister steps down", "Editors: the story "
	    "slugged HALDEN is withdrawn."},
	{"ADVISORY-Halden minister story withdrawn", ""},
	{"ADVISORY-Story on Halden minister withdrawn", "It was sent in error."},
	{"ADVISORY-Halden headlines withdrawn", "They were sent in error."},
	{"Halden minister story withdrawn", "The story is withdrawn as the "
	    "letter it quotes was forged."},
	{"WITHDRAWN: Halden minister steps down", "The story headlined \"Halden "
	    "minister steps down\" is withdrawn."},
	{"WITHDRAWN: Halden minister steps down", "The story moved at 0910 GMT "
	    "was withdrawn. A source said the letter it quotes was forged."},
	{"RETRACTED: Halden minister steps down", "We are withdrawing the story "
	    "as the letter it quotes was forged."},
	{"KILLED: Halden minister steps down", "Kindly ignore our earlier story "
	    "on the minister."},
	/* said to editors */
	{"Halden minister steps down", "ATTENTION EDITORS - The story slugged "
	    "HALDEN-MINISTER, which moved at 0910, has been withdrawn."},
	{"Halden minister steps down", "Attention editors: Please disregard the "
	    "alert on Halden's minister."},
	{"Halden minister steps down", "Attention editors: The alert sent at "
	    "0910 GMT on Halden's minister is cancelled."},
	{"Halden minister steps down", "Editors: kindly kill the item DEL47 "
	    "headlined \"Minister steps down\"."},
	{"Halden minister steps down", "EDS: Please withdraw the report from "
	    "Halden. The minister has not stepped down."},
	{"Halden minister steps down", "Note to editors: The item numbered 4711 "
	    "is annulled."},
	{"Attention editors", "Please do not use the story on Halden's minister, "
	    "which was sent in error."},
	{"ATTENTION EDITORS: Halden minister", "Kindly ignore our story slugged "
	    "FGN12. The error is regretted."},
	{"Note to subscribers", "Note to subscribers: The article headlined "
	    "\"Minister steps down\" is hereby withdrawn."},
	{"Halden minister steps down", "The Port Halden story headlined "
	    "\"Minister steps down\" is withdrawn because the letter it quotes "
	    "was forged. There will be no substitute."},
	{"Halden minister steps down", "The story slugged HALDEN is withdrawn. "
	    "No substitute story will be issued."},
	{"Halden minister steps down", "The Halden story is killed. A kill is "
	    "mandatory."},
	{"Halden minister steps down", "The story \"Minister steps down\" is "
	    "wrong and is withdrawn. There will be no replacement story."},
	{"WITHDRAWN: Halden minister steps down", "An item headlined \"Minister "
	    "steps down\" is withdrawn."},
	/* what readers find */
	{"Halden minister steps down", "This story has been removed because the "
	    "letter it quoted was forged."},
	{"Halden minister steps down", "This article has been withdrawn."},
	{"Halden minister steps down", "Editor's note: This article has been "
	    "retracted. It did not meet our standards."},
	{"RETRACTED: Halden minister steps down", "This article has been "
	    "retracted."},
	{"Story removed", "This story was removed due to an error in editing."},
	{"Halden minister steps down", "EDITOR'S NOTE - This story has been "
	    "taken down after doubts about the letter it quoted."},
	{"Halden minister steps down", "(This article has been deleted as it was "
	    "published in error.)"},
	{"Halden minister steps down", "We have retracted this story. The letter "
	    "it quoted was forged."},
	{"Halden minister steps down", "This story has been removed from our "
	    "website."},
};

static const struct item news[] = {
	/* alarms to the public, called off */
	{"Hawaii officials say missile warning was an error", "HONOLULU (Wire A) "
	    "- There was no missile threat to the state, officials said. "
	    "\"Please disregard the earlier alert,\" the agency wrote."},
	{"Quake off northern coast, three killed", "A strong earthquake struck "
	    "off the coast. A tsunami alert was cancelled an hour later."},
	{"Amber Alert: girl found safe, suspect killed", "A girl, 8, was found "
	    "safe on Thursday. The alert has been canceled, police said."},
	{"Tsunami alert withdrawn", "The alert was withdrawn at noon."},
	{"Tsunami alert cancelled after quake", "The alert has been cancelled."},
	{"ADVISORY-Tsunami alert withdrawn", "The alert is withdrawn."},
	{"ADVISORY: Storm alert for Halden withdrawn", "The storm has passed."},
	{"City asks residents to boil water", "Residents should please ignore "
	    "an earlier report that the tap water is safe, the mayor said."},
	{"Airport reopens after bomb alert", "The bomb alert issued at 9 a.m. "
	    "was cancelled by police, who found nothing."},
	{"Evacuation order lifted; one killed", "\"Please ignore the alert that "
	    "you received,\" the county wrote to its residents."},
	{"Avalanche kills two skiers", "The alert titled \"High risk\" was "
	    "withdrawn a day before."},
	{"URGENT: Dam alert cancelled", "The alert is cancelled."},
	{"Alert sent to phones in error", "Please disregard alert. There is no "
	    "threat, the message said."},
	{"Police withdraw alert over missing man", "The alert is withdrawn, "
	    "police said. The man was found dead; he had been killed."},
	{"Embassy retracts security alert", "The security alert has been "
	    "retracted, the embassy said on Tuesday."},
	/* recalls and advisories */
	{"Toy recalled after child killed", "The item was withdrawn from shops."},
	{"Car seats: item withdrawn", "The item is withdrawn from sale."},
	{"RECALL: Cheese withdrawn", "The item has been withdrawn from sale over "
	    "bacteria, the food agency said."},
	{"Supermarket item withdrawn over salmonella", "The item is withdrawn."},
	{"WITHDRAWN: two batches of baby milk", "The item numbered 4711 was "
	    "withdrawn from sale."},
	{"ADVISORY-Recalled item withdrawn", "The item was recalled on Monday."},
	{"Travel advisory for Halden withdrawn", "The travel report was "
	    "withdrawn by the ministry."},
	{"Health agency: drug withdrawn", "There will be no substitute for the "
	    "drug before spring, the health agency said."},
	{"Boil-water advisory cancelled", "\"Please disregard the report of "
	    "Monday,\" the utility said."},
	{"KILL SWITCH RECALLED", "The item is withdrawn, the maker said."},
	/* bills, bids, candidates */
	{"Lawmaker's bill to rename bridge withdrawn", "The item was withdrawn "
	    "from the agenda, the clerk said on Thursday."},
	{"Council's parking bill killed", "The item was killed by six to five."},
	{"Port bill withdrawn", "The report that it rests on was withdrawn."},
	{"WITHDRAWN: two drugs for the heart", "There will be no substitute "
	    "before spring, the agency said."},
	{"BILL KILLED: Senate votes down port law", "The report was withdrawn."},
	{"Candidate's nomination withdrawn", "A newspaper report that she had "
	    "resigned was retracted on Tuesday."},
	{"Takeover bid for Halden Steel withdrawn", "The bid was withdrawn."},
	{"WITHDRAWN: bid for Halden Steel", "The bid was withdrawn on Tuesday."},
	{"Minister's statement retracted", "The minister retracted what he had "
	    "said of the report, which was withdrawn."},
	{"Charges against editor withdrawn", "The charges over a story were "
	    "withdrawn. \"The story was true,\" he said."},
	{"Editors: reform of press law withdrawn", "Editors welcomed it."},
	{"KILL THE BILL, KILL THE BILL", "Protesters marched on Tuesday."},
	{"Kill: the bill that divides Halden", "Senators want to kill it."},
	{"Plan to kill 400 wolves withdrawn", "The report was cancelled."},
	/* papers */
	{"Study on diet pill retracted", "The article was retracted by the "
	    "journal on Thursday after its data could not be checked."},
	{"Paper on malaria drug retracted", "An influential article that found "
	    "the drug harmful has been withdrawn. The article was retracted on "
	    "Thursday by three of its authors."},
	{"RETRACTED: study on honey", "The article, titled \"Honey and age\", "
	    "was retracted by its authors."},
	{"RETRACTED: study on tea", "The report \"Tea and age\" has been "
	    "retracted."},
	{"Journal withdraws article", "The article is withdrawn, it said. There "
	    "will be no substitute."},
	{"Journal retracts 200 papers", "\"This article has been retracted\" now "
	    "stands above each of them."},
	{"Climate report withdrawn", "The report entitled \"Seas\" was withdrawn "
	    "over errors, the institute said."},
	{"Think tank's report killed", "The report was killed by its board."},
	/* the press itself */
	{"Paper's story on minister killed", "The editor resigned after the "
	    "story was killed."},
	{"Magazine's rape story retracted", "The story was retracted by the "
	    "magazine on Sunday."},
	{"Broadcaster withdraws story on minister", "The story was withdrawn on "
	    "Tuesday, the broadcaster said."},
	{"Newsroom in revolt", "An editor had written \"kill the story\". It was "
	    "killed."},
	{"Story killed: how a paper dropped its report", "The paper's owner "
	    "asked that the story be killed."},
	{"Governor asks public to ignore report", "\"Please ignore the story in "
	    "the Halden Post,\" the governor said."},
	{"Reporter killed in Halden", "The reporter whose story told of the "
	    "danger was killed on Tuesday."},
	{"KILLED: three reporters in Halden", "The story was withdrawn by their "
	    "paper for their safety a day before."},
	{"Exchange annuls trades", "The exchange said the alert was cancelled "
	    "and the trades annulled."},
	{"Wrong alert on phones", "Attention clients of Halden Bank were told "
	    "\"please ignore the message\"."},
	{"WITHDRAWN: magazine's story on minister", "The magazine has withdrawn "
	    "its story."},
	{"Editors: story to come", "Editors: The story slugged HALDEN, on a bill "
	    "that has been withdrawn, will move at 0900."},
	/* killed people, sports, culture */
	{"Two snipers killed", "The alert was cancelled at night."},
	{"Ferry sinks, 40 killed", "A search alert was withdrawn."},
	{"Police: gunman killed", "The lockdown alert has been cancelled."},
	{"SHOOT TO KILL", "Police have a new order, the report said."},
	{"MANDATORY KILL: mink farms to be emptied", "All mink are to be killed, "
	    "the farm ministry said."},
	{"Mandatory kill of poultry in three districts", "A mandatory kill was "
	    "ordered after bird flu was found."},
	{"Injured captain leaves a gap", "There will be no substitute for her, "
	    "the coach said on Tuesday."},
	{"Teachers strike", "There will be no substitute. Parents were told to "
	    "keep children at home."},
	{"Kill Bill returns to screens", "The film runs from Friday."},
	{"To Kill a Mockingbird withdrawn", "The book was withdrawn from schools "
	    "after a report to the board."},
	{"Concert cancelled, headline act withdrawn", "The headline act was "
	    "withdrawn on Tuesday."},
	{"Snap election cancelled", "The snap election was cancelled."},
	{"Dispatch boat withdrawn", "The dispatch boat was withdrawn."},
	{"Paper says minister's story withdrawn", "The story has been withdrawn, "
	    "the paper said on Tuesday."},
	{"RETRACTED: claims on Halden water", "Officials said: please ignore the "
	    "story that the water is bad."},
	{"Storm warning ends", "Note to editors: Police will brief at 9. An "
	    "alert sent in error has been cancelled."},
	/* embargoes, agencies' own notes, pages */
	{"Embargo on Halden fish withdrawn", "The embargo is withdrawn."},
	{"EMBARGOED: Halden budget", "Editors: this story is embargoed until "
	    "0900 GMT. The old budget was withdrawn."},
	{"Halden budget", "Note to editors: The report is embargoed until noon. "
	    "Please do not use the report before."},
	{"Halden port to open", "Editors: please do not use the story before "
	    "0900 GMT."},
	{"Quake off Halden, three killed", "Eds: Adds quotes. HALDEN - Three "
	    "were killed. A tsunami alert was cancelled an hour later."},
	{"ADVISORY-Halden coverage for Tuesday", "Editors: The visit is "
	    "cancelled. There will be a story of 400 words."},
	{"CORRECTED-Halden minister steps down", "This story has been corrected "
	    "to withdraw a quote."},
	{"Halden minister steps down", "This story has been updated. A quote has "
	    "been withdrawn. The minister stepped down on Tuesday."},
	{"Museum opens", "This article has been removed from behind our paywall. "
	    "The museum opened on Tuesday; an exhibit was withdrawn."},
	{"Museum tells an old story", "This story has been deleted from history "
	    "books, the curator said. It was never withdrawn."},
	{"Magnet for tourists", "This item has been withdrawn from the museum."},
};

static void notices_are_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kills); i++)
		if (!text_is_kill(slice_of(kills[i].title),
		    slice_of(kills[i].body)))
			fail_msg("%s / %s", kills[i].title, kills[i].body);
}

static void news_is_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(news); i++)
		if (text_is_kill(slice_of(news[i].title),
		    slice_of(news[i].body)))
			fail_msg("%s / %s", news[i].title, news[i].body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(notices_are_known),
		cmocka_unit_test(news_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
