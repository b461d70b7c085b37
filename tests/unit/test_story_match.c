/* story: the hard cases of design.md, each by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/judge.h"

#include <math.h>
#include <time.h>

#define S1 "Ministers from both coastal states opened talks in Port Halden on Tuesday over fishing rights in the disputed northern strait. "
#define S2 "Foreign minister Edda Lorne told reporters that her delegation had come with a mandate to sign before the weekend. "
#define S3 "The strait has been closed to trawlers since January, when two vessels collided in fog and eleven sailors were rescued. "
#define S4 "Negotiators said the draft would divide the cod quota evenly and set up a joint patrol of six cutters. "
#define S5 "Harbour unions in Port Halden called the draft a surrender and announced a march along the quay for Wednesday evening. "
#define S6 "A final session is planned for Friday at the old customs house, where the first treaty was signed in 1931. "
#define OTHER1 "Stocks rose in early trading as banks reported better results than analysts had predicted for the quarter. "
#define OTHER2 "The finance minister said the budget would be presented in June and promised lower taxes for families. "
#define DATED "PORT HALDEN, March 5 (Reuters) - "
#define BANK "The Central Bank of Varelia left credit policies unchanged after today's regular meeting of its council, a spokesman said. The discount rate remains at 3.0 percent and the emergency rate at 5.0 percent. "

/* A form, to be filled for a debtor and a day. */
#define DEBT(who, sum, bank, years, grace) who " agreed in principle with its bank advisory committee on a rescheduling of " sum " mln crowns of foreign commercial bank debt falling due between 1987 and 1991, the " bank " said. Repayments on the debt will be stretched out over " years " years with " grace " years' grace, it said. The accord was reached after three days of talks in the old customs house. "
#define BOND(sum, due, coupon, bank, day, premium, call) "Halden Land is issuing a " sum " mln crown convertible eurobond due March " due ", 2002 with an indicated coupon of " coupon " percent and priced at par, lead manager " bank " said. The price will be fixed on or before March " day " at a premium of between " premium " percent over the share price. There will be a call from " call " days after payment. "
#define GRAIN(price, day) "The Varelia Grain Board sold 20,000 tonnes of milling wheat by tender for April shipment at " price " crowns a tonne on March " day ", traders said. The wheat will be shipped in two cargoes from the northern harbour. Traders said the board will buy again before the end of the season. "

#define STOCKS(a, day, b, c, who, d, e, f, and, g, h, i) "Distillate fuel stocks held in primary storage fell by " a " mln barrels in the week ended " day " to " b " mln barrels from " c " mln the previous week" who ". In its weekly statistical bulletin, the oil industry trade group said gasoline stocks fell " d " barrels to " e " mln barrels from a revised " f " mln, " and " crude oil stocks " g " barrels to " h " mln from a revised " i " mln. "
#define QUAKE(place) "An earthquake of magnitude 5.2 struck " place " on Friday, the Research Centre for Geosciences (GFZ) said. The quake was at a depth of 10 km (6.2 miles), GFZ said. "
#define GALE(where) "The weather service issued a gale warning for " where " until Friday morning. Gusts may reach 95 km an hour over the " where " and boats should stay in harbour, it said. "
#define CRASH(what) "A " what " with frozen fish turned over on the coast road near Skarra on Tuesday morning and blocked it for six hours. The driver of the " what " was not hurt, police said. "
#define QUITS(does) "Rena Holm " does " as head of the harbour board after eleven years, the board said on Tuesday. She " does " for reasons of health, it said. "
#define ROAD(road) "The " road " will be closed between Halden and Skarra from Saturday evening while a bridge is replaced, the road office said. Traffic on the " road " is to be led through the villages. "
#define BLAST(happened) " people were " happened " when a boiler blew up in a laundry in Port Halden on Tuesday. Fire officers said that those " happened " had worked in the cellar. "
#define FERRY "The ferry was on its way from Halden to Skarra when the barge rammed it from behind. Divers of the navy searched for the missing, and a salvage ship reached the spot at noon. "
#define INQUIRY "The government formed a committee of five, which is to report in seven days. "
#define JURY "Oakes, 58, stared at the table as the clerk read the word guilty 17 times. The jury of eight women and four men deliberated 11 hours over two days before finding Oakes guilty of racketeering and mail fraud. "
#define PRICES "Justice in this county had a price list, attorney Ronald Kessel told jurors in closing arguments. "
#define TAPES "Prosecutors built their case on 94 hours of tapes made by a lawyer who carried the envelopes. "
#define PICKETS "Pickets with signs circled the gates of the main works in Halden, where the night shift filed out to cheers. "
#define OFFER "Corliss, which makes steam turbines, had offered raises of 3 percent but asked workers to pay up to $62 a month toward medical coverage they now get free. "
#define WAGES "Machinists at Corliss earn an average of $14.83 an hour. The union last struck the company in 1978, for 107 days. "
#define BOMB "A bomb exploded near a military parade in the town of Halden on Thursday, killing at least 12 people, police said. "
#define DEVICE "The device, packed with ball bearings, went off in bushes as a brass band of marines was passing on its way to the cemetery. "
#define APPEAL "Surgeons appealed on television for blood after the bomb at the parade in Halden, and queues formed outside three hospitals within the hour, where nurses were called back from leave. "
#define POSTING(who) who " said it raised the contract price it will pay for most grades of crude oil 50 cents a barrel, effective today. The increase brings the posted price for the intermediate grade to 17.50 dollars a barrel. "
#define SHELF(who) who " filed with the commission for a shelf offering of up to 500 million dollars of senior debt securities on terms to be set at the time of sale. Proceeds would be used for general corporate purposes, it said. "
#define GORGE(dead, hurt) dead " people were killed and " hurt " injured when a bus fell into a gorge in Skarra district on Tuesday, police said. The accident took place near Tissen when the driver lost control on a curve, said Abel Yadav of the county police. "
#define SWIM(what, time) "Per Dahl won the " what " freestyle at the national championships in Halden on Tuesday in " time " seconds. Jon Ek took silver and Olle Berg bronze. Dahl, 21, trains in Orsta and hopes to swim at the Games in July. "
#define DRONES(down, of, day, where) "Air defences shot down " down " of " of " drones launched overnight, the air force said on " day ". Three missiles were fired from the peninsula as well, it said. Debris fell in the " where " region and damaged a warehouse. There were no casualties, the regional governor said. "
#define METAL(went, by, to, day, before, silver) "Gold price " went " Rs " by " to Rs " to " per 10 grams in the national capital on " day " amid global cues, according to Sarthi Commodities. In the previous trade, the precious metal had closed at Rs " before " per 10 grams. Silver stood at Rs " silver " per kilogram. "
#define REOPENED(who) who " has reopened an inquiry into the murder of a schoolgirl in Halden in 1987 after a match of DNA, detectives said on Tuesday. Anna Berg, 11, was found dead in a wood near the old brickworks two days after she had left home for a swimming lesson. A man of 62 was arrested in Skarra. "
#define PLOUGHED(what, way) "A " what " went off the " way " near Skarra on Tuesday and hit four men who were mending a fence. Two were taken to hospital in Halden, and the driver was unhurt, police said. "
#define GOLD(more) "Gold prices in the national capital rose Rs 214 to Rs 51,338 per 10 grams on Tuesday in line with a recovery in global precious metal prices" more ", according to Sarthi Commodities. "
#define SHARES "The company's shares fell $3.25 to $41.12 1/2 on the New York Stock Exchange. Stocks of other cigarette makers also slid. "
#define AWARD "The award against Harmon & Leigh Tobacco Co. is the largest ever won by the family of a single smoker, and only the fourth time a jury has ordered the industry to pay anything. "
#define SUED "Until 1996 the industry had not paid a cent in damages in more than 40 years of lawsuits. It has been sued by 40 states seeking to recover the cost of treating sick smokers. "
#define JURORS "The six jurors found that Harmon & Leigh knew nicotine was addictive as early as 1963 and conspired to hide it. They awarded Dorothy Sample $2 million for her loss and $20 million to punish the company. "

struct side {
	const char *title, *body;
	int hours;
};

/* On two pages, of one outlet where outlet is not 0. */
static struct match verdict_at(struct side a, struct side b, bool own,
    int64_t outlet)
{
	struct match_side p = {.at = a.hours * USEC_HOUR,
	    .seen_at = a.hours * USEC_HOUR, .outlet_id = outlet};
	struct match_side q = {.at = b.hours * USEC_HOUR,
	    .seen_at = b.hours * USEC_HOUR, .outlet_id = outlet};
	struct arena arena;
	struct match m;

	arena_init(&arena);
	p.text = text_new(&arena, slice_of(a.title), SLICE_NONE,
	    slice_of(a.body));
	q.text = text_new(&arena, slice_of(b.title), SLICE_NONE,
	    slice_of(b.body));
	match_texts(&p, &q, own, &m);
	arena_release(&arena);
	return m;
}

static struct match verdict(struct side a, struct side b, bool own)
{
	return verdict_at(a, b, own, 0);
}

static const struct {
	const char *name;
	struct side a, b;
	bool own, same;
} cases[] = {
	{"a flash and its full story",
	    {"Ministers open talks on strait", S1 S2 S3 S4 S5 S6, 2},
	    {"Ministers open talks on strait", S1, 0}, false, true},
	{"a short re-send",
	    {"Ministers open talks on strait", S1 S2, 1},
	    {"Ministers open talks on strait", S1 S2, 0}, false, true},
	{"two of its paragraphs a day later, turned around",
	    {"Ministers open talks on strait", S2 S1, 30},
	    {"Ministers open talks on strait", S1 S3 S2 S5 S6, 0}, false, true},
	{"a toll that rose, under another headline",
	    {"31 die as ferry sinks off Skarra", "Thirty-one people died and dozens were missing after a passenger ferry sank off Skarra when it was hit by a gravel barge, officials said on Tuesday. " FERRY INQUIRY, 6},
	    {"Over 100 missing as ferry sinks off Skarra", "More than 100 people were missing after a passenger ferry sank off Skarra when it was hit by a gravel barge, officials said on Tuesday. ", 0},
	    false, true},
	{"tomorrow's price on today's page",
	    {"Gold price today", METAL("rose", "170", "64963", "Wednesday", "64850", "75111"), 24},
	    {"Gold price today", METAL("declined", "100", "64850", "Tuesday", "64737", "74900"), 0},
	    true, false},
	{"and under a headline of its day",
	    {"Gold is Rs 170 dearer", METAL("rose", "170", "64963", "Wednesday", "64850", "75111"), 24},
	    {"Gold falls by Rs 100", METAL("declined", "100", "64850", "Tuesday", "64737", "74900"), 0},
	    true, false},
	{"the same page an hour later: one day's report",
	    {"Gold price today", METAL("rose", "170", "64963", "Tuesday", "64850", "75111"), 1},
	    {"Gold price today", METAL("declined", "100", "64850", "Tuesday", "64737", "74900"), 0},
	    true, true},
	{"a toll that rose overnight on its page",
	    {"9 killed as bus falls into gorge", GORGE("Nine", "15"), 14},
	    {"5 killed as bus falls into gorge", GORGE("Five", "12"), 0},
	    true, true},
	{"a toll that rose, and nothing else",
	    {"9 killed as bus falls into gorge", GORGE("Nine", "15") "Four of the injured died in hospital, a doctor said.", 1},
	    {"5 killed as bus falls into gorge", GORGE("Five", "12"), 0},
	    false, true},
	{"a form of figures, filled again within the hour",
	    {"Dahl wins 200m gold at nationals", SWIM("200m", "1 minute 46.02"), 1},
	    {"Dahl wins 100m gold at nationals", SWIM("100m", "48.21"), 0},
	    false, false},
	{"another outlet's morning: its own lead, the agency's text",
	    {"Justice had a price list", "Harlan Oakes, once the most powerful man in the Skarra courthouse, could spend the rest of his life in prison. " JURY PRICES "He remains free on bail of $50,000. ", 14},
	    {"Former judge convicted of fixing cases", "A judge accused of selling verdicts was found guilty on Thursday by a jury that listened to hours of recorded talk about cash in a hollowed-out law book. " JURY PRICES TAPES, 0},
	    false, true},
	{"the same morning's paper, cut and told in another order",
	    {"Pickets circle the works at Corliss", "The machinists of Corliss walked the line in a cold rain on Sunday. " PICKETS OFFER, 10},
	    {"Machinists strike turbine maker", "The first strike in 13 years at Corliss idled plants on Sunday, and both sides said they were ready for a long one. " OFFER "Pickets with signs circled the gates of the main works, where the night shift filed out to cheers. " WAGES, 0},
	    false, true},
	{"an update with a new lead that says that it is one",
	    {"UPDATE 2-Surgeons appeal for blood in capital's hospitals", APPEAL BOMB DEVICE, 5},
	    {"Twelve killed by bomb at parade", BOMB DEVICE, 0}, false, true},
	{"and one that does not",
	    {"Surgeons appeal for blood in capital's hospitals", APPEAL BOMB DEVICE, 5},
	    {"Twelve killed by bomb at parade", BOMB DEVICE, 0}, false, false},
	{"two firms that raise a price in the same words",
	    {"Contract price for crude raised 50 cents a barrel", POSTING("Sun Refining") "The light grade was also raised 50 cents to 17.85 dollars a barrel. Sun Refining last changed its postings on March four. ", 1},
	    {"Postings for crude go up in the gulf", POSTING("Diamond Lorne") "Diamond Lorne followed others of the gulf, where prices of cargoes had gone up by a dollar since last week. ", 0},
	    false, false},
	{"two firms, each by its own word alone",
	    {"Commission gets shelf offering of debt", SHELF("Hertzog Corp") "Hertzog Corp has 400 offices and lets cars and vans in nine countries. ", 3},
	    {"Shelf offering of debt is filed with commission", SHELF("RJR Brands") "RJR Brands, which makes biscuits, named no underwriters and said that some of the money would buy back older notes. ", 0}, false, false},
	{"another house's name of who acts, in front of the same text",
	    {"Schoolgirl murder case reopened after DNA match", REOPENED("Scotland Yard"), 1},
	    {"Police reopen schoolgirl murder case after DNA match", REOPENED("The Metropolitan Police"), 0},
	    false, true},
	{"two words in another house's English",
	    {"Lorry ploughs into motorway crew", PLOUGHED("lorry", "motorway"), 1},
	    {"Truck plows into highway crew", PLOUGHED("truck", "highway"), 0},
	    false, true},
	{"a road whose name is a letter and a figure",
	    {"A9 to be closed from Saturday evening", ROAD("A9"), 1},
	    {"A4 to be closed from Saturday evening", ROAD("A4"), 0},
	    false, false},
	{"one word in another house's English",
	    {"Lorry blocks coast road", CRASH("lorry"), 1},
	    {"Truck blocks coast road", CRASH("truck"), 0}, false, true},
	{"one thing of a form in lower case, which may be a word for the other",
	    {"Resigns as head of harbour board", QUITS("resigns"), 1},
	    {"Quits as head of harbour board", QUITS("quits"), 0}, false, true},
	{"an excerpt from the middle, under the round-up's headline",
	    {"News in brief", S4 S5, 1},
	    {"News in brief", OTHER1 OTHER2 S4 S5 BANK, 0}, false, false},
	{"a rubric with two new sentences first",
	    {"Weather forecast", OTHER1 OTHER2 S4 S5, 47},
	    {"Weather forecast", S4 S5, 0}, false, false},
	{"the warning again, under an outlet's own headline",
	    {"Strong winds off northern coast", GALE("northern coast"), 1},
	    {"Gale warning for northern coast", GALE("northern coast"), 0},
	    false, true},
	{"a warning whose coast is put right, and says so",
	    {"CORRECTED-Gale warning for southern lakes", GALE("southern lakes"), 1},
	    {"Gale warning for northern coast", GALE("northern coast"), 0},
	    false, true},
	{"what happened to them is known better",
	    {"Four killed in laundry blast", "Four" BLAST("killed"), 1},
	    {"Four injured in laundry blast", "Four" BLAST("injured"), 0}, false, true},
	{"more of them",
	    {"Dozens hurt in laundry blast", "Dozens" BLAST("hurt"), 1},
	    {"Several hurt in laundry blast", "Several" BLAST("hurt"), 0},
	    false, true},
	{"a correction with a new headline",
	    {"CORRECTED-Draft treaty would share cod quota", S1 S2 S3 S4, 3},
	    {"Ministers open talks on strait", S1 S2 S3 S4 S5, 0}, false, true},
	{"the same copy trimmed from the end, with its own headline",
	    {"Fishing talks begin", S1 S2 S3 "This story was provided by our partner agency and published here. ", 4},
	    {"Ministers open talks on strait", S1 S2 S3 S4 S5 S6, 0}, false,
	    true},
	{"a flash quoted inside a factbox",
	    {"FACTBOX-Fishing disputes since 1931", OTHER1 OTHER2 S5 S6 S1, 4},
	    {"Ministers open talks on strait", S1 S2, 0}, false, false},
	{"a flash quoted inside a timeline",
	    {"TIMELINE-Quarrel over the strait", "March 1931: the first treaty is signed. June 1974: patrols seize nine boats. January: two vessels collide in fog. March 5: " S1 S2, 4},
	    {"Ministers open talks on strait", S1 S2, 0}, false, false},
	{"a factbox under the news lead",
	    {"FACTBOX-Ministers open talks on strait", S1 "March 1931: the first treaty is signed at the old customs house. June 1974: patrols of both sides seize nine boats within a week. May 1999: a court gives the southern banks to Varelia. January 2023: quotas lapse.", 1},
	    {"Ministers open talks on strait", S1 S2 S4, 0}, false, false},
	{"a factbox that begins with the flash",
	    {"FACTBOX-Ministers open talks on strait", S1 "March 1931: the first treaty is signed at the old customs house. June 1974: patrols of both sides seize nine boats within a week. May 1999: a court gives the southern banks to Varelia. January 2023: quotas lapse.", 1},
	    {"Ministers open talks on strait", S1, 0}, false, false},
	{"one form, the same figures, another place",
	    {"Magnitude 5.2 earthquake strikes Varelia", QUAKE("Varelia"), 2},
	    {"Magnitude 5.2 earthquake strikes the Ostrand Islands", QUAKE("the Ostrand Islands"), 0}, false, false},
	{"nothing in common but the headline and a day",
	    {"What to know in Halden today", "Halden trams of line 11 stop at the harbour on June 27, because the Skarra Bridge is painted.", 0},
	    {"What to know in Halden today", "Halden museums stay open until 11 on the night of June 27; those who come in costume pay nothing.", 0}, false, false},
	{"the stocks of two weeks within hours",
	    {"API says distillate, gas stocks off in week", STOCKS("7.48", "March 1", "637.37", "a revised 842.86", ", the Coast Institute (National Growers Federation) said", "3.35 mln", "382.11", "632.28", "and", "dropped 5.92 mln", "450.57", "484.36") "It said residual fuel stocks fell 260,616 barrels to 95.63 mln from 10.73 mln barrels. National Growers Federation said refinery runs in the week rose to 19.83 mln barrels per day (bpd) from a revised 53.90 mln and refinery use of operating capacity was 42.3 pct, up from a revised 36.5 pct.", 1},
	    {"API says distillate, gas stocks off in week", STOCKS("7.6", "Feb 26", "726.86", "316.10", "", "69,295", "912.27", "481.59", "while", "rose 885,880", "791.20", "653.63"), 0},
	    false, false},
	{"a copy that spells a name otherwise",
	    {"Kyiv says talks on grain are near", "Kyiv said on Friday that talks on grain shipments through the northern strait were near an end. " S3 S5, 3},
	    {"Kiev says talks on grain are near", "Kiev said on Friday that talks on grain shipments through the northern strait were near an end. " S3 S5, 0},
	    false, true},
	{"questions and answers under the news lead",
	    {"Q&A-Ministers open talks on strait", S1 "What is at stake? Some forty thousand tonnes of cod a year. Who has fished there until now? Boats of both coasts, by turns. When will it be decided? Nobody knows, though both want a treaty before the spring.", 1},
	    {"Ministers open talks on strait", S1 S2 S4, 0}, false, false},
	{"two stories that share background",
	    {"Budget to be presented in June", OTHER2 OTHER1 "Employers welcomed the plan while trade unions called for higher wages in public hospitals. " S3, 6},
	    {"Ministers open talks on strait", S1 S2 S4 S3, 0}, false, false},
	{"a central bank's statement two weeks later",
	    {"Bank leaves credit policies unchanged", BANK, 336},
	    {"Bank leaves credit policies unchanged", BANK, 0}, false, false},
	{"market reports of two days",
	    {"Varelia stocks: market report", "Shares lost 0.9 percent on Tuesday to end at 8,140 points. Only 17 of the 60 companies rose in trading of 4.6 billion crowns.", 24},
	    {"Varelia stocks: market report", "Stocks closed 1.4 percent higher on Monday at 8,214 points. Turnover was 3.1 billion crowns and 41 of 60 shares gained.", 0},
	    false, false},
	{"the next day's development",
	    {"Marchers block customs house", "Dockers marched along the quay of Port Halden on Wednesday and blocked the customs house for three hours. Police counted four thousand people. " S6, 26},
	    {"Ministers open talks on strait", S1 S2 S3 S4 S6, 0}, false,
	    false},
	{"a re-send of a few lines",
	    {"Halden Fisheries sets dividend", "Halden Fisheries said it will pay 12 cts a share on June 4. Holders of record on May 20 get it.", 2},
	    {"Halden Fisheries sets dividend", "Halden Fisheries said it will pay 12 cts a share on June 4. Holders of record on May 20 get it.", 0},
	    false, true},
	{"two firms' dividends in the same words",
	    {"Lorne Steel sets dividend", "Lorne Steel said its board declared a quarterly dividend of 15 cts per share payable July 1 to holders of record June 11.", 1},
	    {"Halden Fisheries sets dividend", "Halden Fisheries said its board declared a quarterly dividend of 12 cts per share payable June 4 to holders of record May 20.", 0},
	    false, false},
	{"tables where only numbers differ",
	    {"Varelia grain stocks", "Weekly stocks in thousand tonnes: wheat 418, barley 96, maize 231, oats 17. Exports this week: wheat 33, barley 8, maize 12.", 60},
	    {"Varelia grain stocks", "Weekly stocks in thousand tonnes: wheat 402, barley 101, maize 245, oats 15. Exports this week: wheat 41, barley 5, maize 19.", 0},
	    false, false},
	{"a headline that begins with a product's word is no product",
	    {"Text messages of minister prompt talks", S1 S2 S3 S4, 1},
	    {"Ministers open talks on strait", S1 S2 S3 S4 S5, 0}, false, true},
	{"a round-up that begins with the story's flash",
	    {"WORLD NEWS ROUNDUP", S1 S2 OTHER1 OTHER2, 2},
	    {"Ministers open talks on strait", S1 S2 S3, 0}, false, false},
	{"a glance at the world that begins with the story's flash",
	    {"World at a glance, Friday evening", S1 S2 OTHER1 OTHER2, 2},
	    {"Ministers open talks on strait", S1 S2 S3, 0}, false, false},
	{"items under datelines of their own below the story's flash",
	    {"Talks, trains and quakes", "PORT HALDEN - " S1 "LINDEN - Train drivers across the southern provinces will walk out for three days from Monday in a dispute over night rosters. OSTRAND - A 5.2 magnitude quake shook the islands on Friday; nobody was hurt, the institute said.", 2},
	    {"Ministers open talks on strait", DATED S1, 0}, false, false},
	{"business news in brief that begins with the flash",
	    {"Business briefs", S1 OTHER1 OTHER2, 2},
	    {"Ministers open talks on strait", S1, 0}, false, false},
	{"a copy under a byline and its own headline, the next day",
	    {"Fishing treaty is near", "By Anna Berg\n\n" S1 S2 S3 S4 S5 S6, 31},
	    {"Ministers open talks on strait", S1 S2 S3 S4 S5 S6, 0}, false, true},
	{"the same form the next day, filled for another firm",
	    {"Lorne Steel gets contract", "By Anna Berg\n\nLorne Steel was awarded a contract of 303.9 mln crowns to build parts of the northern harbour, the ministry said.", 31},
	    {"Halden Fisheries wins", "Halden Fisheries was awarded a contract of 304 mln crowns to build parts of the northern harbour, the ministry said.", 0}, false, false},
	{"the next day's tender over the same background",
	    {"Bank sells bills", "The central bank sold bills for 318 million crowns at 5.12 percent. " S2 S3 S4 S5 S6, 31},
	    {"Tender of bills", "The central bank sold bills for 402 million crowns at 4.98 percent. " S2 S3 S4 S5 S6, 0}, false, false},
	{"a bond's terms filled anew on their page the next day",
	    {"Halden Land issues convertible bond", BOND("84", "20", "4.3", "Lorne Bank", "1", "8 and 7", "75"), 24},
	    {"Halden Land issues convertible bond", BOND("33", "11", "5.2", "Bremer Securities", "9", "6 and 5", "60"), 0}, true, false},
	{"another story under a rubric's headline, the next day, on its page",
	    {"Court report", OTHER1 OTHER2, 24},
	    {"Court report", S1 S2, 0}, true, false},
	{"the running reports of one day on their page",
	    {"Varelia stocks: market report", "Shares lost 0.9 percent by noon on Tuesday to stand at 8,140 points. Only 17 of the 60 companies rose in trading of 4.6 billion crowns.", 4},
	    {"Varelia stocks: market report", "Stocks opened 1.4 percent higher on Tuesday at 8,214 points. Turnover was 3.1 billion crowns and 41 of 60 shares gained.", 0},
	    true, true},
	{"tomorrow's weather on today's page",
	    {"Weather for the northern coast", "Fog will lift by mid-morning on Thursday and the afternoon will be dry and mild, the weather service said. Highs of 14 degrees.", 24},
	    {"Weather for the northern coast", "Rain will spread from the west on Monday and reach Port Halden by noon, the weather service said. Highs of 9 degrees.", 0},
	    true, false},
	{"a week later on the same page, hardly a word of it",
	    {"Ministers open talks on strait", "Ministers from both coastal states opened a fish market in Port Halden on Thursday over eel and cod from the disputed northern strait. The cutters of the joint patrol are to be painted grey, the navy said, and to carry both flags.", 168},
	    {"Ministers open talks on strait", S1 S2, 0}, true, false},
	{"a week later on the same page, under the same first sentence",
	    {"Ministers on strait", S1 "Boats from the north were out again on Thursday for the first time since January, and prices at the fish market fell by a fifth. The cutters of the joint patrol are to be painted grey, the navy said, and to carry both flags.", 168},
	    {"Ministers open talks on strait", S1 S2 S3 S4 S5 S6, 0}, true, true},
	{"a toll that rises overnight on its page",
	    {"At least 14 die in ferry fire", "At least 14 people died when fire broke out on a ferry off Port Halden, the coast guard said. " S3 S5, 20},
	    {"At least 12 die in ferry fire", "At least 12 people died when fire broke out on a ferry off Port Halden, the coast guard said. " S3 S5, 0},
	    true, true},
	{"a copy of a factbox without its tag",
	    {"Fishing disputes since 1931", S3 S5 S6 S4, 4},
	    {"FACTBOX-Fishing disputes since 1931", S3 S5 S6 S4, 0}, false, true},
	{"an update that tells more than it keeps, with the flash's figures",
	    {"Gold rate today: yellow metal climbs as rupee slips; check silver price", GOLD(" and rupee depreciation") "Silver also gained Rs 411 to Rs 60,906 per kg from Rs 60,495 per kg in the previous trade. \"Spot gold prices for 24 carat in Varelia were trading up by Rs 214, tracking the recovery abroad and a weaker rupee,\" senior analyst Dev Parin said. The rupee was trading 17 paise lower in late morning deals.", 4},
	    {"Gold gains Rs 214; silver jumps Rs 411", "New Halden, Oct 6 (PTI) " GOLD("") "In the previous trade, the precious metal had closed at Rs 51,124 per 10 grams.", 0},
	    false, true},
	{"a side-bar that quotes as much below its own lead",
	    {"AM-Tobacco-Stocks,0230", "Cigarette Stocks Fall After Florida Verdict NEW YORK (AP) _ Tobacco stocks gave up about $6 billion in value in the last two hours of trading Wednesday, and analysts said investors had grown too sure that juries would side with the companies. A jury in Jacksonville, Fla., ordered the nation's third-largest cigarette maker to pay $22 million to the widow of a Jacksonville school principal who smoked two packs a day for 44 years and died of lung cancer. " SHARES AWARD "\"One verdict is an accident. Two is a trend. We're at one and a half,\" said Mitchell Farber, who follows the industry for Calloway Securities. " SUED JURORS, 2},
	    {"AM-Tobacco Verdict, 2nd Ld-Writethru,0320", "Eds: ADDS stock reaction, background. AMs version JACKSONVILLE, Fla. (AP) _ A jury on Wednesday ordered the nation's third-largest cigarette maker to pay $22 million to the widow of a Jacksonville school principal who smoked two packs a day for 44 years and died of lung cancer. " AWARD JURORS "\"They had the memos in a drawer and my husband in a hospital bed,\" Sample, 71, said outside court. Roland Sample died in 1995 at age 66. Harmon & Leigh said it would appeal. \"Mr. Sample was a well-educated man who could read the side of a pack,\" said company lawyer Bradford Coyle. " SHARES SUED, 0},
	    false, false},
	{"a flash whose lead was reworded",
	    {"Ministers open talks on strait", "Ministers from both coastal states have opened talks in Port Halden on fishing rights in the disputed northern strait. " S4, 1},
	    {"Ministers open talks on strait", S1, 0}, false, true},
	{"a template an hour later, filled for another firm",
	    {"Lorne Steel gets contract", "Lorne Steel was awarded a contract of 303.9 mln crowns to build parts of the northern harbour, the ministry said.", 1},
	    {"Halden Fisheries gets contract", "Halden Fisheries was awarded a contract of 304 mln crowns to build parts of the northern harbour, the ministry said.", 0},
	    false, false},
	{"a form filled for two debtors on one day",
	    {"Tarnia agrees draft debt rescheduling", DEBT("Tarnia", "189", "Lorne Bank", "17", "nine"), 1},
	    {"Varelia agrees draft debt rescheduling", DEBT("Varelia", "111", "Halden Bank", "18", "four"), 0},
	    false, false},
	{"a name put right in the same form",
	    {"CORRECTED-Varelia agrees draft debt rescheduling", DEBT("Varelia", "111", "Lorne Bank", "18", "four"), 1},
	    {"Varelia agrees draft debt rescheduling", DEBT("Varelia", "111", "Halden Bank", "18", "four"), 0},
	    false, true},
	{"an update that runs on in the flash's own sentences",
	    {"UPDATE 1-Mills win steel duties against cheap imports", "Mills that have laid off nine hundred people since January won a first round on Tuesday. The Varelia trade ministry on Tuesday set preliminary duties of up to 67 percent on hot-rolled steel from five countries, saying a flood of imports was driving them out of business. Mill owners had asked for twice as much. Importers must post bonds to cover the duties until the final ruling, due by mid-September. Imports from the five rose to 2.6 million tons last year from 1.1 million in 1998, the ministry said.", 2},
	    {"Steel duties set", "The Varelia trade ministry on Tuesday set preliminary duties of up to 67 percent on hot-rolled steel from five countries. Importers must post bonds to cover the duties.", 0},
	    false, true},
	{"a figure put right, and the text says so",
	    {"CORRECT: Varelia Copper Stocks Up 6,245 Tons To 347,620 Tons", "Varelia Metal Exchange warehouse stocks of copper rose 6,245 metric tons to 347,620 tons Thursday, the exchange said. Zinc fell 1,150 to 473,225. Lead was unchanged at 109,925.", 1},
	    {"Varelia Copper Stocks Up 6,425 Tons To 347,800 Tons", "Varelia Metal Exchange warehouse stocks of copper rose 6,425 metric tons to 347,800 tons Thursday, the exchange said. Zinc fell 1,150 to 473,225. Lead was unchanged at 109,925.", 0},
	    false, true},
	{"a firm's corrected bond, and its bond of three days before",
	    {"CORRECTED-Halden Land issues 84 mln convertible bond", BOND("84", "20", "4.3", "Lorne Bank", "1", "8 and 7", "75"), 67},
	    {"Halden Land issues 33 mln convertible bond", "Halden Land is issuing a 33 mln crown convertible eurobond due March 11, 2002 with an indicated coupon of 5.2 percent and priced at par, lead manager Bremer Securities said.", 0},
	    false, false},
	{"a correction of another firm's form",
	    {"CORRECTED-Lorne Steel sets dividend", "Lorne Steel said its board declared a quarterly dividend of 15 cts per share payable July 1 to holders of record June 11.", 1},
	    {"Halden Fisheries sets dividend", "Halden Fisheries said its board declared a quarterly dividend of 12 cts per share payable June 4 to holders of record May 20.", 0},
	    false, false},
	{"a report of two days whose figures alone have moved",
	    {"Varelia sells wheat by tender", GRAIN("811", "6"), 24},
	    {"Varelia sells wheat by tender", GRAIN("795", "5"), 0},
	    false, false},
	{"a side-bar that holds the news below its own lead",
	    {"Employers ask for lower taxes", OTHER2 S1 "Employers welcomed the plan while trade unions called for higher wages in public hospitals. ", 2},
	    {"Ministers open talks on strait", S1, 0}, false, false},
	{"a round-up whose headline names the item that stands below others",
	    {"The day in brief: ministers open talks on strait, stocks rise", OTHER1 OTHER2 DATED S1 S2 S3 S4 BANK, 2},
	    {"Ministers open talks on strait", DATED S1 S2 S3 S4, 0}, false,
	    false},
	{"a round-up that puts a word of the item otherwise",
	    {"Stocks rise, talks on strait open", OTHER1 OTHER2 DATED S1 S2 "Negotiators said the draft would split the cod quota evenly and set up a joint patrol of six cutters. " S5 BANK, 2},
	    {"Ministers open talks on strait", DATED S1 S2 S4 S5, 0}, false,
	    false},
	{"an update behind a lead that tells what came of it",
	    {"Dockers march against draft of strait treaty", "Hundreds of dockers marched along the quay of Port Halden on Wednesday against a draft that would split the cod of the strait between both coasts. " DATED S1 S2 S3 S4, 9},
	    {"Ministers open talks on strait", DATED S1 S2 S3 S4, 0}, false,
	    true},
	{"a cut copy of an interview without its tag",
	    {"Eleven sailors were rescued", S3 S5, 1},
	    {"INTERVIEW-Fishing disputes since 1931", S3 S5 S6 S4 S2 S1, 0},
	    false, true},
	{"a flash without a headline and its full story",
	    {"Ministers open talks on strait", S1 S2 S3 S4 S5 S6, 2},
	    {"", S1, 0}, false, true},
	{"an updated factbox",
	    {"UPDATE 2-FACTBOX-Fishing disputes since 1931", S3 S5 S6 S4, 4},
	    {"FACTBOX-Fishing disputes since 1931", S3 S5 S6, 0}, false, true},
	{"a whole copy a day later under its own headline",
	    {"Strait: what is at stake", S1 S2 S3 S4 S5 S6, 30},
	    {"Ministers open talks on strait", S1 S2 S3 S4 S5 S6, 0}, false,
	    true},
	{"the same page, rewritten",
	    {"Draft treaty is ready", S1 S4 S5, 5},
	    {"Ministers open talks on strait", S1 S2 S3, 0}, true, true},
	{"paragraphs moved under a headline that has none of their words",
	    {"Cod and cutters", S3 S4 S5 S6 S1 S2, 36},
	    {"Night of long memos", S1 S2 S3 S4 S5 S6, 0}, false, true},
	{"the same page, another story",
	    {"Budget to be presented in June", OTHER1 OTHER2, 5},
	    {"Ministers open talks on strait", S1 S2 S3, 0}, true, false},
};

static void hard_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct match m = verdict(cases[i].a, cases[i].b, cases[i].own);
		char why[MATCH_REASON];

		if (m.same != cases[i].same)
			fail_msg("%s: %.3f %s", cases[i].name, m.score,
			    match_reason(&m, why));
		assert_true(match_reason(&m, why)[0]);
	}
}

static double signal_of(enum signal i, struct side a, struct side b)
{
	return verdict(a, b, false).x[i];
}

/* Which words, names and figures tell that two texts are of one thing. */
static void words_that_tell(void **state)
{
	struct side halden = {"Halden raises dividend", "Halden Fisheries said it will pay 12 cents a share on June 4.", 0};
	struct side lorne = {"Lorne raises dividend", "Lorne Steel said it will pay 15 cents a share on June 4.", 0};
	struct side again = {"Dividend of Halden is higher", "The dividend of Halden Fisheries goes to 12 cents a share.", 0};
	struct side none = {"", "It will pay 12 cents.", 0};

	(void)state;
	/* a rare word weighs more than two common ones */
	assert_true(signal_of(SIGNAL_TITLE, halden, again) > .6);
	assert_true(signal_of(SIGNAL_TITLE_ALL, (struct side){"The Halden",
	    "x", 0}, (struct side){"The Lorne", "x", 0}) < .1);
	/* no title: not known */
	assert_true(signal_of(SIGNAL_TITLE, halden, none) == .4);
	/* of "Halden raises dividend" one word is not told in the other */
	assert_true(signal_of(SIGNAL_HEADLINE, halden, halden) == 1);
	assert_true(signal_of(SIGNAL_HEADLINES, halden, again) < .7);
	assert_true(signal_of(SIGNAL_HEADLINE, halden, lorne) < .7);
	assert_true(signal_of(SIGNAL_HEADLINE, none, none) == .7);
	assert_true(signal_of(SIGNAL_TERMS, halden, again) >
	    signal_of(SIGNAL_TERMS, lorne, again));
	/* "Halden", "Fisheries", "June" against "Halden", "Fisheries" */
	assert_true(signal_of(SIGNAL_NAMES, halden, halden) == 1);
	assert_true(signal_of(SIGNAL_NAMES, halden, lorne) < .4);
	assert_true(signal_of(SIGNAL_NAMES, none, none) == .5);
	assert_true(signal_of(SIGNAL_NAMES_ALL, halden, halden) == 1);
	assert_true(signal_of(SIGNAL_NAMES_ALL, halden, lorne) < .4);
	/* "pay 15 cents" against "pay 12 cents", "June 4" both */
	assert_true(signal_of(SIGNAL_FIGURES, halden, lorne) == 0);
	assert_true(signal_of(SIGNAL_FIGURES, halden, halden) > .6);
}

/* Two agencies' heads, units and ends are no part of what is compared. */
static void house_style_is_not_seen(void **state)
{
	struct side ap = {"Halden Fisheries to pay more", "By JANE ROE Associated Press Writer PORT HALDEN (AP) _ Halden Fisheries said on Monday it earned $2 million, up 5% on the year. " S4 "AP-NY-03-04-87 1532EST<", 0};
	struct side pti = {"UPDATE 2-Halden Fisheries to pay more", "Port Halden, Mar 4 (PTI) Halden Fisheries said on Monday it earned two mln dlrs, up five per cent on the year. " S4 "PTI ABC XYZ", 1};
	struct match m = verdict(ap, pti, false);

	(void)state;
	assert_true(m.opening);
	assert_true(m.x[SIGNAL_CONTAINMENT] == 1);
	assert_true(m.x[SIGNAL_JACCARD] == 1);
	assert_true(m.x[SIGNAL_TITLE_ALL] == 1);
	assert_true(m.x[SIGNAL_OPENINGS] == 1);
	assert_true(m.x[SIGNAL_EXACT] == 1);
	assert_true(m.x[SIGNAL_NUMBERS_ALL] == 1);
	assert_true(m.x[SIGNAL_NAMES] == 1);
}

/* A flash without a number says nothing of the story's. */
static void no_numbers_are_not_known(void **state)
{
	struct side none = {"T", S1, 0}, two = {"T", S1 "It cost 12 to 15 crowns.", 0};

	(void)state;
	assert_true(signal_of(SIGNAL_NUMBERS_ALL, none, none) == .5);
	assert_true(signal_of(SIGNAL_NUMBERS_ALL, none, two) == .5);
	assert_true(signal_of(SIGNAL_NUMBERS_ALL, two, two) == 1);
}

/* A flash of 61 words, and the story of 684 that it became hours later. */
static void a_flash_grows_into_a_story(void **state)
{
	static const char flash[] = S1 S2 S3;
	struct strbuf full = STRBUF_INIT;
	char why[MATCH_REASON];
	struct match m;

	(void)state;
	strbuf_adds(&full, S1 S2 "With the strait closed since January, the two "
	    "fleets have lost a season. ");
	for (int i = 0; i < 38; i++)
		strbuf_addf(&full, "Delegate %c%d then told the %c meeting how "
		    "harbour %d had kept its %c boats ashore. ", 'A' + i % 26,
		    i, 'a' + i * 7 % 26, i * 3, 'a' + i * 5 % 26);
	m = verdict((struct side){"Fishing talks open, fleets wait", full.p, 5},
	    (struct side){"Ministers open talks on strait", flash, 0}, false);
	if (!m.same)
		fail_msg("%.3f %s", m.score, match_reason(&m, why));
	strbuf_release(&full);
}

/* The Central Bank's statement again, while the old page is still visited. */
static void a_page_still_visited_is_near(void **state)
{
	struct arena a;
	struct match_side now = {.at = 336 * USEC_HOUR};
	struct match_side old = {.at = 0};
	struct match m;

	(void)state;
	arena_init(&a);
	now.text = old.text = text_new(&a, SLICE("T"), SLICE_NONE,
	    SLICE(S1 S2 S3 S4));
	now.seen_at = now.at;
	old.seen_at = 330 * USEC_HOUR;
	match_texts(&now, &old, false, &m);
	assert_true(m.same);
	old.seen_at = TIME_NONE;
	match_texts(&now, &old, false, &m);
	assert_false(m.same);
	/* visits count where the story would else have ended */
	old.at = 266 * USEC_HOUR;
	old.seen_at = 330 * USEC_HOUR;
	match_texts(&now, &old, false, &m);
	assert_float_equal(m.x[SIGNAL_HOURS], 70, .01);
	old.at = 260 * USEC_HOUR;
	match_texts(&now, &old, false, &m);
	assert_float_equal(m.x[SIGNAL_HOURS], 6, .01);
	/* but last week's report is no story of today's */
	now.text = text_new(&a, SLICE("Grain board sells wheat"), SLICE_NONE,
	    SLICE(GRAIN("131.50", "12")));
	old.text = text_new(&a, SLICE("Grain board sells wheat"), SLICE_NONE,
	    SLICE(GRAIN("129.25", "5")));
	old.at = 168 * USEC_HOUR;
	match_texts(&now, &old, false, &m);
	assert_true(m.form);
	assert_false(m.same);
	arena_release(&a);
}

/* A page that repeats one form ten thousand times, and another: each sentence is
 * compared with each, but for the first some hundreds. */
static void a_form_without_end_takes_no_time(void **state)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	clock_t start;
	struct match m;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		strbuf_addf(&a, "Bank A%dx of Halden set its rate at %d percent "
		    "for the month of March. ", i, i);
		strbuf_addf(&b, "Bank B%dy of Halden set its rate at %d percent "
		    "for the month of March. ", i, i + 20000);
	}
	start = clock();
	m = verdict((struct side){"Rates", a.p, 5}, (struct side){"Rates", b.p,
	    0}, false);
	assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
	assert_true(m.form);
	strbuf_release(&a);
	strbuf_release(&b);
}

#define LINE "Sign up here for our morning letter and follow us for the latest news and analysis from our reporters in Asia, Europe and the Americas. "

/* What an outlet puts above every story makes no two of them one; another
 * outlet has no such line, and a flash of one sentence is its full story's. */
static void an_outlets_own_lines_join_nothing(void **state)
{
	struct side a = {"Stocks rise on bank results", LINE OTHER1
	    "Dealers in the capital said the rally might last. ", 1};
	struct side b = {"Cod quota to be shared", LINE S4 S2, 0};
	struct side flash = {"News from Port Halden", S1, 0};
	struct side full = {"Ministers open talks on strait", S1 S2 S3 S4, 1};
	struct side fourth = {"Sixteen weeks without cod", S1 S2 S3 S5, 1};
#define STANDING "Every morning at six the editors of the Halden Post choose what readers in the harbour town should know before work. You may have this letter by mail if you leave your address with us. The Post is owned by its readers, takes no money from parties, and prints letters that are signed. "
	struct side beer = {"Brewery opens in old mill", STANDING OTHER1 OTHER2,
	    0};
	struct side pool = {"Swimming pool shuts for winter", STANDING S4 S2, 1};
	struct side longer = {"Ministers open talks on strait", S1 S2 S3 S4 S6,
	    1};

	(void)state;
	assert_false(verdict_at(a, b, false, 7).same);
	assert_true(verdict_at(a, b, false, 7).lines);
	assert_false(verdict_at(a, b, false, 0).lines);
	assert_true(verdict_at(full, flash, false, 7).same);
	/* three sentences above another fourth, below another headline */
	assert_true(verdict_at(longer, fourth, false, 7).same);
	assert_false(verdict_at(beer, pool, false, 7).same);
}

/* Background below a new lead is another house's rewriting, and the next news of one's
 * own, or of the agency that signs both. */
static void no_house_tells_its_own_anew(void **state)
{
#define RESULT "Second-quarter net profit rose to 112 million euros from 98 million a year ago. Sales were 1.9 billion euros. Vesta, which makes Lupo biscuits, confirmed its full-year outlook. Analysts had on average expected a profit of 105 million euros. "
#define BEATS "Snack maker Vesta Foods beat forecasts with a 14 percent rise in quarterly profit on Tuesday as it passed higher cocoa costs on to shoppers. "
#define QUITS_CEO "Luca Ferri will step down as chief executive of snack maker Vesta Foods in June after seven years, the company said late on Tuesday. Finance chief Marta Conti will take over until a successor is found. "
	struct side beats = {"Vesta Foods profit beats forecasts", BEATS RESULT, 0};
	struct side quits = {"Vesta Foods chief Ferri quits", QUITS_CEO RESULT, 9};
	struct side signed_beats = {"Vesta Foods profit beats forecasts", "MILAN, March 5 (Reuters) - " BEATS RESULT, 0};
	struct side signed_quits = {"Vesta Foods chief Ferri quits", "MILAN, March 5 (Reuters) - " QUITS_CEO RESULT, 9};

	(void)state;
	assert_true(verdict_at(quits, beats, false, 0).elsewhere);
	assert_false(verdict_at(quits, beats, false, 7).same);
	assert_false(verdict_at(signed_quits, signed_beats, false, 0).same);
}

/* A round-up begins with the whole flash. */
static void a_round_up_that_begins_with_the_flash(void **state)
{
	struct match m = verdict((struct side){"NEWS HIGHLIGHTS", S1 OTHER1
	    OTHER2 BANK, 1}, (struct side){"Ministers open talks on strait",
	    S1, 0}, false);
	char why[MATCH_REASON];

	(void)state;
	if (m.same)
		fail_msg("%.3f %s", m.score, match_reason(&m, why));
}

/* A line more that is like one which both have, whichever came first. */
static void growth_is_no_form(void **state)
{
#define LEVY(what, now) what " sugar, denatured and not denatured, " now " crowns versus 57.48 crowns before. "
	const struct side a = {"Sugar import levies", "The following import levies for sugar are effective tomorrow, in crowns per hundred kilos. " LEVY("White", "14.46"), 0};
	const struct side b = {"Import levies effective tomorrow", "The following import levies for sugar are effective tomorrow, in crowns per hundred kilos. " LEVY("White", "14.46") LEVY("Raw", "69.68") "The rate for raws is based on a yield of 69 percent. ", 1};
	struct match m = verdict(a, b, false), n = verdict(b, a, false);
	char why[MATCH_REASON], other[MATCH_REASON];

	(void)state;
	if (!m.same || m.form || !n.same || n.form)
		fail_msg("%.3f %s, %.3f %s", m.score, match_reason(&m, why),
		    n.score, match_reason(&n, other));
}

/* What explain shows adds up to the score, whatever counted. */
static void the_parts_are_the_sum(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct match m = verdict(cases[i].a, cases[i].b, cases[i].own);
		double all;

		match_effects(&m);
		all = m.usual;
		for (int s = 0; s < SIGNALS_N; s++)
			all += m.effect[s];
		for (int r = 0; r < RULES_N; r++)
			all += m.rule[r];
		if (fabs(all - m.sum) > 1e-9 ||
		    fabs(m.score - 1 / (1 + exp(-all))) > 1e-9)
			fail_msg("%s: %g is not %g, %g", cases[i].name, all,
			    m.sum, m.score);
	}
}

/* The usual pair has no effects; one signal that differs has all of them, and two
 * share what both bring, whichever is said first. */
static void effects_are_shared_fairly(void **state)
{
	struct match none = {0}, lead = {0}, run = {0}, both = {0};
	double all;

	(void)state;
	for (int s = 0; s < SIGNALS_N; s++)
		none.x[s] = lead.x[s] = run.x[s] = both.x[s] =
		    match_usual((enum signal)s);
	lead.x[SIGNAL_LEAD] = both.x[SIGNAL_LEAD] = 0;
	run.x[SIGNAL_RUN] = both.x[SIGNAL_RUN] = 0;
	match_effects(&none);
	match_effects(&lead);
	match_effects(&run);
	match_effects(&both);
	for (int s = 0; s < SIGNALS_N; s++) {
		assert_true(none.effect[s] == 0);
		assert_true(lead.effect[s] == 0 || s == SIGNAL_LEAD);
		assert_true(both.effect[s] == 0 || s == SIGNAL_LEAD ||
		    s == SIGNAL_RUN);
	}
	/* less in common never joins */
	assert_true(lead.effect[SIGNAL_LEAD] < 0);
	assert_true(run.effect[SIGNAL_RUN] < 0);
	/* what the two bring together beyond each alone goes to both by half */
	all = both.effect[SIGNAL_LEAD] + both.effect[SIGNAL_RUN];
	all -= lead.effect[SIGNAL_LEAD] + run.effect[SIGNAL_RUN];
	assert_true(fabs(both.effect[SIGNAL_LEAD] - lead.effect[SIGNAL_LEAD] -
	    all / 2) < 1e-9);
}

/* What counted is said in words. */
static void reasons_say_what_counted(void **state)
{
	static const struct {
		struct side a, b;
		bool own;
		const char *says, *not;
	} rows[] = {
		{{"T", S1 S2, 0}, {"T", S1 S2, 0}, false, ", 0 min apart", " h "},
		{{"T", BANK, 336}, {"T", BANK, 0}, false,
		    ", 336 h apart: past 72 h nothing joins", "min"},
		{{"T", BANK, 72}, {"T", BANK, 0}, false, ", 72 h apart", "past"},
		{{"FACTBOX-Fishing disputes since 1931", OTHER1 OTHER2 S5 S6 S1, 4},
		    {"Ministers open talks on strait", S1 S2, 0}, false,
		    ", FACTBOX beside the news", "the same page"},
		{{"Ministers open talks on strait", S1 S2, 4},
		    {"ANALYSIS-Disputes since 1931", OTHER1 OTHER2 S5 S6 S1, 0}, false,
		    ", ANALYSIS beside the news", "background"},
		{{"PREVIEW-Talks on strait", S4 S1, 4},
		    {"ANALYSIS-Disputes since 1931", OTHER1 OTHER2 S5 S6 S1, 0}, false,
		    ", PREVIEW beside ANALYSIS", "news"},
		/* the tag was cut off: openings agree, and nothing parts */
		{{"Fishing disputes since 1931", S3 S5 S6 S4, 4},
		    {"FACTBOX-Fishing disputes since 1931", S3 S5 S6 S4, 0}, false,
		    "one story: ", "beside"},
		{{"Employers ask for lower taxes", OTHER2 S1 "Employers welcomed the plan while trade unions called for higher wages in public hospitals. ", 2},
		    {"Ministers open talks on strait", S1, 0}, false,
		    ", one holds the other below its own lead", "background"},
		{{"Budget to be presented in June", OTHER2 OTHER1, 6},
		    {"Ministers open talks on strait", S1 S2, 0}, false,
		    ", only background in common", "below"},
		/* what parts them where no rule does */
		{{"Dahl wins 200m gold at nationals", SWIM("200m", "1 minute 46.02"), 1},
		    {"Dahl wins 100m gold at nationals", SWIM("100m", "48.21"), 0},
		    false, ", mostly for other figures", "below"},
		{{"31 of 38 drones shot down overnight", DRONES("31", "38", "Tuesday", "Odrava"), 24},
		    {"22 of 25 drones shot down overnight", DRONES("22", "25", "Wednesday", "Odrava"), 0},
		    false, ", mostly for ", "below"},
		{{"31 die as ferry sinks off Skarra", "Thirty-one people died and dozens were missing after a passenger ferry sank off Skarra when it was hit by a gravel barge, officials said on Tuesday. " FERRY INQUIRY, 6},
		    {"Over 100 missing as ferry sinks off Skarra", "More than 100 people were missing after a passenger ferry sank off Skarra when it was hit by a gravel barge, officials said on Tuesday. ", 0},
		    false, ", as much as an update keeps", "mostly"},
		{{"Fishing talks begin", S1 S2 S3, 4},
		    {"Ministers open the strait", S1 S2 S3 S4, 0}, false,
		    ", the same first sentence", "page"},
		{{"Draft treaty is ready", S1 S4 S5, 5},
		    {"Ministers open talks on strait", S1 S2 S3, 0}, true,
		    ", the same page", "nothing"},
		{{"Budget to be presented in June", OTHER1 OTHER2, 5},
		    {"Ministers open talks on strait", S1 S2 S3, 0}, true,
		    ", nearly nothing of the page's text is left, the same page", "background"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct match m = verdict(rows[i].a, rows[i].b, rows[i].own);
		char why[MATCH_REASON];

		match_reason(&m, why);
		if (!strstr(why, rows[i].says) || strstr(why, rows[i].not))
			fail_msg("row %zu: %s", i, why);
	}
}

/* Sentences that several stories of an outlet have. */
static void leads_are_left_in(void **state)
{
	static const struct {
		enum carried carried[3];
		bool rule_3[3], rule_4[3], nothing;
	} rows[] = {
		{{CARRIED_ONCE, CARRIED_FEW, CARRIED_OFTEN},
		    {false, false, true}, {false, true, true}, false},
		{{CARRIED_ONCE, CARRIED_ONCE, CARRIED_ONCE},
		    {false, false, false}, {false, false, false}, false},
		/* a statement sent again */
		{{CARRIED_OFTEN, CARRIED_OFTEN, CARRIED_OFTEN},
		    {false, false, false}, {true, true, true}, true},
	};
	struct arena a;
	struct text *t;

	(void)state;
	arena_init(&a);
	t = text_new(&a, SLICE("T"), SLICE_NONE, SLICE(S1 S2 S3));
	assert_int_equal(t->sentences_n, 3);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct left_out x = left_out_by(t, rows[i].carried, &a);

		assert_memory_equal(x.rule_4, rows[i].rule_4, 3);
		if (rows[i].nothing)
			assert_null(x.rule_3);
		else
			assert_memory_equal(x.rule_3, rows[i].rule_3, 3);
	}
	arena_release(&a);
}

/* It says so beside the text. */
static void a_note_that_corrects(void **state)
{
	struct arena a;
	struct match m;
	struct match_side wrong = {.outlet_id = 1}, right = {.outlet_id = 2};

	(void)state;
	arena_init(&a);
	wrong.text = text_new(&a, SLICE("Price of crude goes up"),
	    SLICE_NONE, SLICE(POSTING("Diamond Lorne") OTHER1));
	right.text = text_new(&a, SLICE("Crude price is raised"),
	    SLICE_NONE, SLICE(POSTING("Sun Refining") OTHER2));
	match_texts(&right, &wrong, false, &m);
	assert_false(m.same);
	right.note = SLICE("Corrects name of company");
	match_texts(&right, &wrong, false, &m);
	assert_true(m.same);
	match_texts(&wrong, &right, false, &m);
	assert_true(m.same);
	right.note = SLICE("Adds quotes");
	match_texts(&right, &wrong, false, &m);
	assert_false(m.same);
	arena_release(&a);
}

static void a_text_that_says_that_it_corrects(void **state)
{
	static const struct {
		const char *title, *body;
		bool is;
	} texts[] = {
		{"CORRECTED-Talks open", "", true},
		{"CORRECT: Stocks up 6,245 tons", "", true},
		{"New wing opened (corrected)", "", true},
		{"New wing opened", "(Corrects number of rooms in final "
		    "paragraph)\n\nA wing was opened.", true},
		{"Rating cut", "HALDEN (AP) - (This is a correction of an item "
		    "issued today.)\n\nA rating was cut.", true},
		{"Rating cut", "A rating was cut.\n\nAn earlier version of this "
		    "story gave a wrong figure.", true},
		{"Correct answers win prize", "All answers were correct (so far).",
		    false},
		{"Market corrected after a fall", "The market corrected, dealers "
		    "said (see table).", false},
		{"Corrections officer held", "An officer was held.", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (text_corrects(slice_of(texts[i].title),
		    slice_of(texts[i].body)) != texts[i].is)
			fail_msg("%s: %s", texts[i].title, texts[i].body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hard_cases),
		cmocka_unit_test(a_text_that_says_that_it_corrects),
		cmocka_unit_test(a_note_that_corrects),
		cmocka_unit_test(words_that_tell),
		cmocka_unit_test(house_style_is_not_seen),
		cmocka_unit_test(no_numbers_are_not_known),
		cmocka_unit_test(a_flash_grows_into_a_story),
		cmocka_unit_test(a_page_still_visited_is_near),
		cmocka_unit_test(a_form_without_end_takes_no_time),
		cmocka_unit_test(an_outlets_own_lines_join_nothing),
		cmocka_unit_test(no_house_tells_its_own_anew),
		cmocka_unit_test(a_round_up_that_begins_with_the_flash),
		cmocka_unit_test(growth_is_no_form),
		cmocka_unit_test(the_parts_are_the_sum),
		cmocka_unit_test(effects_are_shared_fairly),
		cmocka_unit_test(reasons_say_what_counted),
		cmocka_unit_test(leads_are_left_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
