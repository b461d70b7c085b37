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
	{"Halden minister steps down", "We have taken down this story for legal "
	    "reasons."},
	{"Halden minister steps down", "BC-Halden Minister, KILL\n\nEDITORS: Kill "
	    "BC-Halden Minister. The minister did not step down."},
	/* an agency says it of its own */
	{"STORY REMOVED: BC-EU--Talks", "The Associated Press has withdrawn its "
	    "story about talks in Port Halden. The story was based on a forged "
	    "statement. A corrected story will not be sent."},
	{"STORY REMOVED: Talks in Port Halden", "PORT HALDEN (AP) - On Nov. 20, "
	    "The Associated Press published a story about talks. The story "
	    "erroneously reported that they had begun. The AP has withdrawn the "
	    "story."},
	{"STORY REMOVED: BC-EU--Talks", ""},
	{"Story removed: Halden talks", "The Associated Press has removed its "
	    "story on the talks, which was published in error."},
	{"STORY RETRACTED - Halden talks", "AFP is withdrawing its report headlined "
	    "\"Talks begin\". Its source said the minister was not there."},
	{"WITHDRAWN: Halden minister steps down", "Reuters withdraws its story of "
	    "Nov. 20, as the letter it quotes was forged."},
	{"KILLED: Halden minister steps down", "The Halden News Agency has killed "
	    "this story. The minister has not stepped down."},
	{"Halden minister steps down", "(Editor's note: Reuters has withdrawn this "
	    "story because the letter it quoted was forged.)"},
	{"Halden minister steps down", "Editor's Note: The Associated Press has "
	    "retracted its story about the minister."},
	{"Halden minister steps down", "(Editors' note: The Halden Post has "
	    "removed this article after doubts about its source.)"},
	{"Halden minister steps down", "Reuters has withdrawn this story, which "
	    "was published in error."},
	{"Halden minister steps down", "AFP has withdrawn its report because the "
	    "letter it quoted was forged. We apologize to our clients."},
	{"Halden minister steps down", "PORT HALDEN (Reuters) - Reuters has "
	    "withdrawn the story headlined \"Minister steps down\" because it was "
	    "sent in error."},
	{"Halden minister steps down", "The Press Trust of India has withdrawn "
	    "its article on the minister. The error is regretted."},
	{"Attention editors: Halden talks", "EFE has withdrawn the alert sent at "
	    "0910 GMT."},
	{"Halden talks begin", "Editors: EFE has withdrawn its story on the "
	    "talks."},
	/* asked without an address; slugs */
	{"BC-Talks-KILL", "Editors: please kill BC-Talks. The information was "
	    "wrong."},
	{"BC-HA--Halden Talks-KILL", ""},
	{"Halden-Talks-KILL", "Please kill the story. The information was wrong."},
	{"Halden talks begin", "Editors: please kill BC-Talks. The information "
	    "was wrong."},
	{"Halden talks begin", "Editors: kill HALDEN-TALKS, sent at 0910 GMT."},
	{"Halden talks begin", "Please kill the Halden story headlined \"Talks "
	    "begin\". The talks have not begun."},
	{"Please kill the Halden story headlined Talks begin", "The talks have "
	    "not begun."},
	{"Halden talks begin", "Please withdraw our story slugged TALKS-HALDEN "
	    "that was sent in error."},
	{"Halden talks begin", "Please do not use the story headlined \"Talks "
	    "begin\". It was sent in error."},
	/* in other tongues */
	{"Meldung zurückgezogen", "Die Gespräche haben nicht begonnen."},
	{"ACHTUNG: Meldung zurückgezogen", ""},
	{"Gespräche in Halden begonnen (Meldung zurückgezogen)", ""},
	{"ZURÜCKGEZOGEN: Gespräche in Halden", "Die Meldung wird zurückgezogen, "
	    "weil sie auf einem gefälschten Brief beruht."},
	{"ZURÜCKGEZOGEN: Gespräche in Halden", "Der Brief war gefälscht. Die "
	    "Meldung wird zurückgezogen."},
	{"Meldung zurückgezogen: Gespräche in Halden", "Bitte verwenden Sie die "
	    "Meldung von 10.15 Uhr nicht."},
	{"Gespräche in Halden", "Bitte verwenden Sie die Meldung „Gespräche in "
	    "Halden“ von 10.15 Uhr nicht. Sie beruht auf einem Irrtum."},
	{"Gespräche in Halden", "Bitte verwenden Sie diese Meldung nicht."},
	{"Gespräche in Halden", "Meldung zurückgezogen. Der Brief war "
	    "gefälscht."},
	{"Gespräche in Halden", "Achtung Redaktionen: Die Meldung „Gespräche in "
	    "Halden“ wird zurückgezogen."},
	{"Gespräche in Halden", "(Diese Meldung wurde von der dpa zurückgezogen.)"},
	{"Gespräche in Halden", "Hinweis der Redaktion: Dieser Artikel wurde "
	    "gelöscht, weil der Brief gefälscht war."},
	{"Gespräche in Halden", "Wir ziehen die Meldung „Gespräche in Halden“ "
	    "zurück."},
	{"Zurückgezogen: Gespräche in Halden", "dpa zieht die Meldung zurück. Die "
	    "Gespräche haben nicht begonnen."},
	{"ANNULATION", "Prière d'annuler notre dépêche intitulée « Les "
	    "pourparlers commencent »."},
	{"Halden: dépêche annulée", "L'AFP annule sa dépêche sur les pourparlers."},
	{"DÉPÊCHE ANNULÉE", ""},
	{"ANNULÉ - Les pourparlers commencent à Halden", "La dépêche est annulée, "
	    "la lettre citée étant un faux."},
	{"Les pourparlers commencent", "Nous annulons notre dépêche transmise à "
	    "10h15. Les pourparlers n'ont pas commencé."},
	{"Les pourparlers commencent", "Merci de ne pas utiliser la dépêche "
	    "transmise à 10h15."},
	{"Les pourparlers commencent", "Note aux rédactions : la dépêche intitulée "
	    "« Les pourparlers commencent » est annulée."},
	{"Les pourparlers commencent", "Cet article a été retiré en raison d'une "
	    "erreur."},
	{"ANULADA: Empiezan las negociaciones", "Queda anulada la noticia por "
	    "contener un error."},
	{"Noticia anulada", "La carta era falsa."},
	{"Empiezan las negociaciones (NOTICIA ANULADA)", ""},
	{"Empiezan las negociaciones", "Rogamos anulen la noticia titulada "
	    "\"Empiezan las negociaciones\" por contener un error."},
	{"Empiezan las negociaciones", "Atención, redacciones: la noticia "
	    "\"Empiezan las negociaciones\" ha sido anulada."},
	{"Empiezan las negociaciones", "Esta noticia ha sido anulada por EFE."},
	{"Anulación", "EFE anula la noticia transmitida a las 10.15."},
	{"Começam as negociações", "Agradecemos que anulem a notícia transmitida "
	    "às 10:15."},
	{"Iniziano i negoziati", "Si prega di annullare la notizia delle 10.15."},
	{"Iniziano i negoziati", "Questa notizia è stata annullata perché "
	    "conteneva un errore."},
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
	/* others tell of what an agency withdrew */
	{"AP withdraws story on Halden talks", "The Associated Press has "
	    "withdrawn its story about talks in Port Halden. The story was based "
	    "on a forged statement."},
	{"Agency withdraws story on minister", "Reuters has withdrawn its story "
	    "on the minister, the agency said on Tuesday."},
	{"Minister's letter was forged", "NEW YORK (Reuters) - The Associated "
	    "Press has withdrawn its story about a letter by the minister."},
	{"Minister's letter was forged", "AFP has withdrawn its story on a letter "
	    "by the minister, a spokesman for the agency said."},
	{"Minister sues over letter", "The minister went to court on Tuesday. The "
	    "Associated Press has withdrawn its story."},
	{"Minister sues over letter", "\"Reuters has withdrawn this story,\" the "
	    "minister said."},
	{"News agency apologizes", "Reuters has withdrawn its report on the bank. "
	    "It apologized to the bank on Tuesday."},
	{"Halden Post pulls report", "The Halden Post has withdrawn its story on "
	    "the minister. Its editor resigned."},
	{"Doubts over minister's letter", "The Halden Post has removed this story "
	    "from its front page only, an editor said."},
	{"REMOVED: statue of founder", "The Halden Post has withdrawn its story on "
	    "the statue."},
	{"STORY REMOVED: how a paper bowed to a minister", "The owner called at "
	    "night. By morning it had gone."},
	{"Story removed from textbook", "The story was removed from schools."},
	{"RETRACTED: what the minister said", "The ministry has withdrawn its "
	    "report on the harbour."},
	{"Paper dies", "AP said Reuters has withdrawn its story."},
	{"Minister's letter was forged", "Eds: Adds quotes. PORT HALDEN (AP) - "
	    "Reuters has withdrawn its story on the letter. The minister was glad."},
	{"WITHDRAWN: letter to the minister", "Reuters has withdrawn its story, "
	    "the agency said."},
	{"Paper and agency at odds", "(Note: Reuters has withdrawn its story, a "
	    "spokesman told the paper on Monday, the paper said.)"},
	{"Halden Post keeps quiet", "(Editor's note: The Halden Post has removed "
	    "this article from behind its paywall.)"},
	{"Minister sues over letter", "The minister went to court because of a "
	    "letter. The Associated Press has withdrawn its story."},
	{"Minister's letter was forged", "NEW YORK (Reuters) - AP has withdrawn "
	    "its story about the minister because his letter was forged."},
	{"Minister's letter was forged", "AFP has withdrawn its story on a letter "
	    "by the minister. His office welcomed it."},
	{"Minister's letter was forged", "AFP has withdrawn its story because the "
	    "letter was forged. A spokesman said that AFP regretted it."},
	{"Error in figures of the year", "Reuters has withdrawn its annual report "
	    "because of an error in a table."},
	/* an agency is a company; companies withdraw */
	{"Bloomberg drops candidate", "Bloomberg has withdrawn its bid for the "
	    "paper."},
	{"Reuters results", "Reuters has withdrawn its annual report to correct a "
	    "figure."},
	{"Halden Steel withdraws forecast", "Halden Steel has withdrawn its report "
	    "for the year. \"The story is not over,\" its chief said."},
	{"Halden Steel drops bid", "Halden Steel has withdrawn its article on the "
	    "harbour from its site."},
	{"TASS loses seat", "TASS has withdrawn its reporters from Halden after a "
	    "story on the port."},
	/* replaced, not taken back; a part of it */
	{"Halden minister steps down", "(Editor's note: Reuters has withdrawn its "
	    "earlier story. A corrected version follows.) PORT HALDEN - The "
	    "minister stepped down on Tuesday, his office said."},
	{"Halden minister steps down", "Editors: please kill the third paragraph "
	    "of the story. It is wrong."},
	{"Halden minister steps down", "Editors: please disregard the photo sent "
	    "with the story."},
	{"Halden minister steps down", "Editors: please kill BC-Talks photo. It "
	    "shows somebody else."},
	{"Halden minister steps down", "Attention editors: please ignore the "
	    "earlier version of this story."},
	{"Halden budget", "Please do not use the story headlined \"Budget\" before "
	    "0900 GMT."},
	{"ANNULE ET REMPLACE - Les pourparlers commencent", "La dépêche annule et "
	    "remplace la précédente."},
	{"Haushalt", "Bitte verwenden Sie die Meldung „Haushalt“ nicht vor 12 "
	    "Uhr."},
	{"Budget", "Merci de ne pas utiliser la dépêche avant 12h00."},
	{"Presupuesto", "Rogamos no utilicen la noticia hasta las 12.00."},
	/* to kill, as a verb and a name */
	{"Please kill the story of the two popes", "A reviewer's plea."},
	{"Please kill me, says dying king", "The story headlined the festival."},
	{"Readers ask paper to kill story", "\"Please kill the story headlined "
	    "'Shame',\" one wrote."},
	{"Please ignore the story headlined Shame", "The mayor wrote this."},
	{"How I learned to KILL", "The author tells her story."},
	{"Bike-to-KILL", "A film opens on Friday."},
	{"SHOOT-TO-KILL", "Please do not use the phrase, the chief wrote in a "
	    "story."},
	{"BC-Ferries withdraws ship", "The report was withdrawn."},
	{"Editors: how to kill a story", "Editors: kill your darlings, she said."},
	{"Kill-Devil Hills storm", "The alert was cancelled at noon."},
	/* in other tongues */
	{"dpa zieht Meldung zurück", "Die Deutsche Presse-Agentur hat ihre Meldung "
	    "über die Gespräche zurückgezogen."},
	{"Firma zieht Bericht zurück", "Der Bericht wurde zurückgezogen, teilte "
	    "die Firma mit."},
	{"Bewerbung zurückgezogen", "Der Minister zieht sich zurück."},
	{"ZURÜCKGEZOGEN: Kandidat in Halden", "Er hat seine Kandidatur "
	    "zurückgezogen. Eine Meldung darüber war am Montag falsch."},
	{"Zurückgezogen: der Star lebt allein", "Die Meldung von seinem Tod wurde "
	    "nie zurückgezogen."},
	{"Stadt sagt Konzert ab", "Bitte verwenden Sie die Meldung als Ausrede "
	    "nicht, sagte der Bürgermeister."},
	{"Gerücht über Bank", "\"Diese Meldung wurde zurückgezogen\", sagte der "
	    "Sprecher."},
	{"Suchmeldung zurückgezogen", "Das Kind ist da, teilte die Polizei mit."},
	{"Diese Meldung ging um die Welt", "Diese Meldung wurde nie gelöscht und "
	    "ging um die Welt."},
	{"ANNULÉ: le concert de Halden", "Le concert est annulé. Une dépêche "
	    "l'avait annoncé."},
	{"Annulation du festival", "Le festival est annulé, a déclaré le maire."},
	{"L'AFP annule une dépêche", "L'Agence France-Presse a annulé une dépêche "
	    "sur le ministre."},
	{"Les pourparlers commencent", "Le ministre a déclaré que la dépêche est "
	    "annulée."},
	{"Anulada la boda", "La noticia sorprendió. La boda queda anulada."},
	{"ANULADA: la carrera de Halden", "La carrera fue anulada por lluvia. La "
	    "noticia llegó tarde."},
	{"Anulación de la multa", "El tribunal anula la noticia de la multa, dijo "
	    "el abogado."},
	{"EFE anula una noticia", "EFE anuló una noticia sobre el ministro."},
	{"La noticia que nunca fue", "Esta noticia ha sido eliminada de la memoria "
	    "de todos, dijo."},
	{"Annullata la gara di Halden", "La gara è stata annullata. La notizia è "
	    "arrivata tardi."},
	{"Les pourparlers commencent", "La dépêche du ministre est annulée."},
	{"Diese Meldung ging um die Welt", "Diese Meldung wurde nie gelöscht."},
	{"La noticia que nunca fue", "Esta noticia ha sido eliminada de la memoria "
	    "de todos."},
	{"Gerücht über Bank", "Diese Meldung wurde gelöscht, sagte der Sprecher."},
	{"Stadt sagt Konzert ab", "Bitte verwenden Sie die Meldung von 10 Uhr "
	    "nicht, sagte der Bürgermeister."},
	{"Anulación: la multa", "El tribunal anula la noticia de la multa."},
	{"Annulation: le concert de Halden", "La dépêche sur le concert est "
	    "annulée, a déclaré le maire."},
	{"ANULADA: la carrera de Halden", "La carrera de la noticia queda "
	    "anulada."},
	{"Questa notizia ha fatto il giro del mondo", "La notizia è stata "
	    "annullata dal ministro, ha detto."},
};

static void notices_are_known(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kills); i++)
		if (!text_is_kill(slice_of(kills[i].title),
		    slice_of(kills[i].body)) && ++wrong)
			print_error("%s / %s\n", kills[i].title,
			    kills[i].body);
	assert_int_equal(wrong, 0);
}

static void news_is_none(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(news); i++)
		if (text_is_kill(slice_of(news[i].title),
		    slice_of(news[i].body)) && ++wrong)
			print_error("%s / %s\n", news[i].title, news[i].body);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(notices_are_known),
		cmocka_unit_test(news_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
