# The partition of pages into stories is a function of what the pages showed: the
# same with one writer in order, with four, and in another order of arrival.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
line() { # URL OUTLET TIME TITLE
	printf '{"url": "%s", "outlet": "%s", "fetched_at": "%s:00Z", "title": "%s", "body": "%s"}\n' "$@" \
		"The Central Bank of Varelia left credit policies unchanged after its regular meeting, a spokesman said. The discount rate remains at three percent and the emergency rate at five percent."
}
# a statement that the outlet carries again after two weeks is no boilerplate of
# the outlet: the copy finds it
line http://a.test/1 A 2024-03-05T08:00 "Bank leaves policies unchanged" > "$TMP/in"
line http://a.test/2 A 2024-03-19T08:00 "Bank leaves policies unchanged" >> "$TMP/in"
line http://b.test/2 B 2024-03-19T09:00 "Credit policies unchanged" >> "$TMP/in"
d ingest --format jsonl "$TMP/in" 2> /dev/null
test "$(q "SELECT string_agg(url, ' ' ORDER BY url) FROM dateline.postings GROUP BY story_id ORDER BY 1")" = 'http://a.test/1
http://a.test/2 http://b.test/2'
# a round-up and a background that arrive first: the lead that they bring is no
# boilerplate of the outlet, and the flash of that one sentence is found
say() { # URL OUTLET TIME TITLE BODY
	printf '{"url": "%s", "outlet": "%s", "fetched_at": "%s:00Z", "title": "%s", "body": "%s"}\n' "$@"
}
lead="Saldor Shipping said it will redeem on March 27 all 91 million crowns of its outstanding convertible debentures due in 2005."
more="It said accrued interest will be paid on that date to all holders of record as of the evening of March 26."
{
	say http://c.test/9 C 2024-04-02T05:10 "NEWS HIGHLIGHTS" "$lead Mertens Bank said its chairman will leave in June after eleven years at the head of the house. The harbour of Port Halden was closed on Tuesday after a tanker lost a part of its cargo of oil."
	say http://c.test/8 C 2024-04-02T06:10 "Shipping shares fall on weak demand for freight" "Shares of shipping lines fell on Tuesday on signs that the demand for freight to the east is weaker than hoped. $lead"
	say http://c.test/1 C 2024-04-02T04:40 "Saldor redeems debentures" "$lead $more"
	say http://d.test/1 D 2024-04-02T04:50 "Debentures to be redeemed" "$lead"
	say http://c.test/2 C 2024-04-02T04:20 "Saldor to redeem debentures" "$lead"
} > "$TMP/in"
d ingest --format jsonl "$TMP/in" 2> /dev/null
test "$(q "SELECT string_agg(url, ' ' ORDER BY url) FROM dateline.postings WHERE url ~ '^http://[cd]' GROUP BY story_id ORDER BY 1")" = 'http://c.test/1 http://c.test/2 http://d.test/1
http://c.test/8
http://c.test/9'
# what an outlet puts above every story joins none of them
line="Sign up here for our morning letter and follow us for the latest news and analysis from our reporters in Asia, Europe and the Americas."
n=0
for s in "Port Halden|Ministers of both coastal states opened talks on fishing rights in the northern strait, which has been closed since January." \
	"Steel|The largest maker of steel in Varelia will close two of its furnaces by May because orders from builders have halved." \
	"Ferry|A ferry with ninety people on board ran aground in thick fog near the lighthouse; all of them were brought to safety." \
	"Budget|The finance minister promised lower taxes for families in the budget that he will present to parliament in June." \
	"Opera|The opera house opens again in autumn, three years after the fire, with the work that burned with its scenery."; do
	n=$((n + 1))
	say "http://e.test/$n" E "2024-04-0${n}T08:00" "${s%%|*}" "$line ${s#*|}"
done > "$TMP/in"
d ingest --format jsonl "$TMP/in" 2> /dev/null
test "$(q "SELECT count(DISTINCT story_id) FROM dateline.postings WHERE url ~ '^http://e'")" = 5
# Lines of a file, told by outlets of their own in their order and, by others and
# a year before, in the order of the numbers: the partition is the same.
parts() { # 1 or 2
	q "SELECT string_agg(substr(url, 9), ' ' ORDER BY url) FROM dateline.postings
		WHERE url LIKE 'http://$1%' AND url LIKE '%$2%' AND status <> 'left' GROUP BY story_id ORDER BY 1"
}
orders() { # HOST LINE...
	host=$1
	shift
	sed 's,http://,http://1,; s/"outlet": "/&1/' "$TMP/in" > "$TMP/first"
	sed 's,http://,http://2,; s/"outlet": "/&2/; s/"2024-/"2023-/g' "$TMP/in" > "$TMP/all"
	for n; do sed -n "${n}p" "$TMP/all"; done > "$TMP/second"
	d ingest --format jsonl "$TMP/first" "$TMP/second" 2> /dev/null
	parts 1 "$host" > "$TMP/one"
	parts 2 "$host" > "$TMP/two"
	diff "$TMP/one" "$TMP/two"
}
# what an outlet tells for the third time is a story's as before, no line of it
S1="The Council of Ports of Varelia left the dues for ships of all classes unchanged at its regular meeting, a spokesman said."
S2="Dues for tankers remain at nine crowns a ton and those for ferries at four crowns, he told reporters in the harbour town."
{
	say http://f.test/1 F 2024-05-01T08:00 "Port dues unchanged" "$S1 $S2 The next meeting of the council is to be held in Halden."
	say http://f.test/2 F 2024-05-08T08:00 "Port dues unchanged" "$S1 $S2 Two members of the council were absent on account of the storm."
	say http://f.test/3 F 2024-05-15T08:00 "Port dues unchanged" "$S1 $S2 The council will elect a new chairman when it meets again in summer."
	say http://f.test/4 G 2024-05-15T09:00 "Council leaves dues as they are" "$S1 $S2"
} > "$TMP/in"
orders f.test 1 2 4 3
test "$(tail -1 "$TMP/one")" = 'f.test/3 f.test/4'
# a page goes on to what another one tells, before or after that
A3="A final session is planned for Friday at the old customs house, where the first treaty was signed in 1931."
B1="Negotiators said the draft would divide the cod quota evenly and set up a joint patrol of six cutters."
B2="Harbour unions called the draft a surrender and announced a march along the quay for Wednesday evening."
B3="Foreign minister Edda Lorne told reporters that she had come with a mandate to sign before the weekend."
{
	say http://h.test/1 H 2024-06-04T08:00 "Talks on strait open in harbour town" "Ministers from both coasts opened talks in the harbour town on Tuesday on fishing rights in the strait. $A3"
	say http://h.test/1 H 2024-06-04T11:00 "Talks on strait: draft divides quota" "$B1 $B2 $B3 $A3"
	say http://h.test/2 I 2024-06-04T10:00 "Strait talks: draft divides quota" "$B1 $B2 $B3"
} > "$TMP/in"
orders h.test 1 3 2
test "$(cat "$TMP/one")" = 'h.test/1 h.test/2'
# what a copy showed for an hour, and no version has
E="Chairman Odo Brandt told analysts in Halden that two of the ferries are to be sold as well."
more="$more The debentures were sold in 1997 to pay for four ferries that ply between Halden and the islands of the north."
{
	say http://k.test/1 K 2024-07-02T08:00 "Saldor to redeem debentures" "$lead $more"
	say http://k.test/2 L 2024-07-02T08:20 "Saldor redeems debentures" "$lead ${more%% The debentures*} $E"
	say http://k.test/2 L 2024-07-02T09:20 "Saldor redeems debentures" "$lead $more"
	say http://k.test/3 M 2024-07-02T10:00 "Saldor redeems debentures, two ferries to be sold" "$E"
} > "$TMP/in"
orders k.test 1 2 4 3
test "$(cat "$TMP/one")" = 'k.test/1 k.test/2 k.test/3'
# a flash has words of a copy that the sketch of the whole text has no room for
L="A wave of dismissals, fears of further closures and demands by the owners for lower wages have set the stage for an open war between the ferry company Nordline and its crews, captains and union leaders in Halden say."
{
	say http://n.test/1 N 2024-08-06T07:30 "TALKING POINT/NORDLINE" "A wave of dismissals, captains and union leaders in Halden say."
	say http://n.test/2 N 2024-08-06T08:00 "UPDATE 1-TALKING POINT/NORDLINE" "$L The quarrel has hurt attempts to bring the ailing company back into profit and may in the end lead its new owner to hand the best of the ships to a sister company without unions, they say. Nordline lost 68 million crowns last year and few expect that it will earn any money in the present one. Since the takeover the mood among the nine hundred people on board has sunk, say members of the crews. Some in the head office admit that more people than before report sick and that travellers complain of dirty cabins and late departures on every line of the house. Union leaders accuse managers whom the owner has sent of a campaign that aims at old hands with high wages. Eleven stewards were dismissed since new year because small sums were missing from the tills of the ships restaurants, according to a list that the union showed to reporters. A spokesman denied that the company wanted to get rid of anybody and said that the rules for tills had been the same for twenty years."
	say http://n.test/3 N 2024-08-06T08:30 "TALKING POINT/NORDLINE" "$L"
} > "$TMP/in"
orders n.test 2 3 1
test "$(cat "$TMP/one")" = 'n.test/1 n.test/2 n.test/3'
copies="SELECT count(*) FROM dateline_store.sketch k JOIN dateline_store.story t USING (story_id)
	WHERE k.version < 0 AND t.root IN (SELECT story_id FROM dateline.postings WHERE url ~ '^http://[12]n.test/3')"
test "$(q "$copies")" != 0
d forget http://1n.test/3 --reason "a test" > /dev/null # and what it was found by
d forget http://2n.test/3 --reason "a test" > /dev/null
test "$(q "$copies")" = 0
# twenty issuers fill one form: the flash of another is found among them
form="The issue will not be callable and is to be listed on the exchange of Port Halden. Fees comprise one percent for selling and half a percent for management and underwriting combined."
n=0
for s in "Mertens Bank|Olsen" "Aldor Mills|Brandt" "City of Halden|Kruse" "Nordline|Falk" "Vesper Glass|Thorn" "Ostrava Rail|Wick" "Lorne Foods|Marsh" \
	"Tarn Cement|Holt" "Birk Motors|Stein" "Quay Trust|Lund" "Sound Energy|Moss" "Grove Paper|Vance" "Delta Silk|Hagen" "Union Tram|Pryce" \
	"Cape Salt|Orme" "Royal Loom|Dietz" "North Canal|Abel" "Amber Tin|Rusk" "Fjord Steel|Garde" "Polar Wool|Sorel"; do
	n=$((n + 1))
	say "http://p.test/$n" "P$((n % 4))" "2024-09-03T$((n % 10 + 10)):00" "${s%|*} issues bond" "${s%|*} is issuing a $((n * 7 + 20)) million crown eurobond due April $n, 2005 with a coupon of $((n % 9 + 2)).$n percent and priced at $((n + 81)).5, lead manager ${s#*|} Securities said. $form"
done > "$TMP/in"
{
	say http://q.test/1 Q 2024-09-03T20:00 "Saldor Shipping issues bond" "Saldor Shipping is issuing a 480 million crown eurobond due April 23, lead manager Bremer and Sons said."
	say http://q.test/2 Q 2024-09-03T20:40 "Saldor Shipping issues bond" "Saldor Shipping is issuing a 480 million crown eurobond due April 23, 2007 with a coupon of 4.25 percent and priced at 99.25, lead manager Bremer and Sons said. $form"
} >> "$TMP/in"
orders q.test $(seq 20) 22 21
test "$(cat "$TMP/one")" = 'q.test/1 q.test/2'
# a page put its own figures and names right: who copies the text stands with it,
# though what it corrected is the same form filled otherwise
bus() { # DEAD OFFICER
	echo "A bus carrying pilgrims plunged into a gorge near Marwat on Tuesday, killing at least $1 people, police officer $2 said. Rescuers were bringing the injured to a hospital in the town."
}
for order in "1 3 2" "3 1 2" "2 1 3"; do
	at=${order%% *}
	{
		say "http://u$at.test/1" "U$at" "2024-0$at-05T08:00" "Bus plunges into gorge" "$(bus 12 "Imran Khan")"
		say "http://u$at.test/1" "U$at" "2024-0$at-05T08:20" "Bus plunges into gorge" "$(bus 15 "Ali Raza")"
		say "http://v$at.test/2" "V$at" "2024-0$at-05T08:30" "Bus plunges into gorge" "$(bus 15 "Ali Raza")"
	} > "$TMP/in"
	orders "$at.test" $order
	grep -qx "u$at.test/1 v$at.test/2" "$TMP/one"
done
# the bare form fits what both fill in, one of them as a rendition of it: that it comes
# again makes them no one story
bare="A bus carrying pilgrims plunged into a gorge near Karesh on Tuesday. Rescuers were bringing the injured to a hospital in the town."
karesh=$(bus 31 "Odo Brandt" | sed 's/Marwat/Karesh/')
{
	say http://y.test/c Y 2024-09-17T08:00 "Bus plunges into gorge" "$bare"
	say http://y.test/a Z 2024-09-17T08:10 "Bus plunges into gorge" "$(bus 12 "Imran Khan")"
	say http://y.test/b A 2024-09-17T08:20 "Bus plunges into gorge" "$karesh"
	say http://y.test/d B 2024-09-17T08:30 "Bus plunges into gorge" "$bare"
} > "$TMP/in"
d ingest --format jsonl "$TMP/in" 2> /dev/null
test "$(q "SELECT count(DISTINCT story_id) FROM dateline.postings WHERE url ~ '^http://y.test/[ab]'")" = 2
# background alone says of two stories no more than that they share it
BG="The conflict erupted in April 2001 when rebels seized the mining town of Karesh, and has since killed more than 4,000 people and driven out half a million. Peace talks collapsed last December over the disarmament of militias in the eastern highlands. The government accuses its neighbour of arming the rebels, a charge that the neighbour denies."
{
	say http://w.test/1 W 2024-12-03T08:00 "Rebels shell airport in Karesh" "Rebels shelled the airport of Karesh on Monday, wounding six soldiers and setting a fuel depot on fire, the army said. $BG"
	say http://w.test/2 W 2024-12-03T10:00 "Karesh fuel depot burns, mayor says" "The mayor of Karesh said on Monday that schools would stay closed because of smoke. $BG"
	say http://x.test/7 X 2024-12-03T12:40 "Conflict in the east" "$BG"
} > "$TMP/in"
d ingest --format jsonl "$TMP/in" 2> /dev/null
test "$(q "SELECT count(DISTINCT story_id) FROM dateline.postings WHERE url ~ '^http://w.test'")" = 2
# a flash whose first sentence an abbreviation cuts short begins as its story does, and
# is no background in the midst of it: late, it still bridges to what was cut to it
flash="Snowdon and the U.S. Justice Department agreed on Monday to drop charges of price fixing that dated from the merger of two barge lines."
{
	say http://k77.test/1 K 2024-10-05T08:00 "TIMELINE-Barge charges dropped" "$flash"
	say http://k77.test/1 K 2024-10-05T08:10 "TIMELINE-Barge charges dropped" "$flash The suit was brought in 1998 after three shippers complained to the port authority. A first trial ended without a verdict. The lines paid nine million crowns to the shippers in 2003, and an appeal has been before the court in Halden since then. No date had been set."
	say http://l77.test/2 L 2024-10-05T08:11 "Snowdon and U.S. drop barge charges after merger" "$flash This report was sent by an agency; only the headline may have been reworked by the Ledger's staff."
	say http://m77.test/3 M 2024-10-05T08:12 "Snowdon and the U.S. agreed on Monday" "$flash Copyright by the agency. Republication without its written consent is prohibited."
} > "$TMP/in"
orders 77.test 3 4 2 1
test "$(cat "$TMP/one")" = 'k77.test/1 l77.test/2 m77.test/3'
# a simulated wire, told with real items where they are there
items=../shared/corpora/wire/reuters21578-dev.jsonl.zst
[ -f "$items" ] || exit 0
zstd -dcq "$items" > "$TMP/items"
python3 bench/stories_order.py --dateline "$DATELINE" --db "$DB" --items "$TMP/items" --stories 120 --seed 5
