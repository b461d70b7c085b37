# A short flash and the story that it grew into are one, whichever came first, also
# where they have no words in common but the headline's; and two items are not one
# because a round-up holds both.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
line() { # URL DAY TIME TITLE BODY
	printf '{"url": "http://%s", "outlet": "%s", "fetched_at": "2024-03-%sT%s:00Z", "title": "%s", "body": "%s"}\n' \
		"$1" "${1%%/*}" "$2" "$3" "$4" "$5"
}
T="Prime minister Orlo resigns - state TV"
SHORT="Prime Minister Davin Orlo resigned on Monday, state television said."
TOLD="Varelia: prime minister Orlo resigns, says state TV."
FULL="Prime Minister Davin Orlo resigned on Monday after losing a vote on the budget, state television said. Orlo, 61, told
lawmakers he would stay on until a successor was chosen. The vote was lost by 151 to 149 after three members of his own party
rebelled. Analysts said finance minister Clea Brandt was the likeliest successor. The currency fell two percent."
FULL=$(printf '%s' "$FULL" | tr '\n' ' ')
same() { # A B: one story?
	test "$(q "SELECT count(DISTINCT story_id) FROM dateline.postings WHERE url IN ('http://$1', 'http://$2')")" = 1
}
# days apart, so that no two of these flashes are near; the third of each comes in a batch of its own
line a1.test/1 01 08:00 "$T" "$SHORT" > "$TMP/in"
line b1.test/1 01 08:20 "$T" "$FULL" >> "$TMP/in"
line b2.test/1 08 08:00 "$T" "$FULL" >> "$TMP/in"
line a2.test/1 08 08:20 "$T" "$SHORT" >> "$TMP/in"
line a3.test/1 15 08:00 "$T" "$TOLD" >> "$TMP/in"
line b3.test/1 15 08:20 "UPDATE 1-$T" "$FULL" >> "$TMP/in"
line b4.test/1 22 08:00 "$T" "$FULL" >> "$TMP/in"
line a4.test/1 22 08:20 "$T" "$TOLD" >> "$TMP/in"
head -n 4 "$TMP/in" | d ingest --format jsonl - 2> /dev/null
tail -n 4 "$TMP/in" | while read -r l; do printf '%s\n' "$l" | d ingest --format jsonl - 2> /dev/null; done
q "SELECT story_id, url FROM dateline.postings ORDER BY 1, 2"
for i in 1 2 3 4; do
	same "a$i.test/1" "b$i.test/1"
done
test "$(q "SELECT count(*) FROM dateline.stories")" = 4

FERRY="HALDEN, March 28 (Reuters) - A fire broke out in the engine room of the ferry Nordstjernen off Halden on Thursday, the coast guard said. All 212 passengers were taken ashore by three boats within an hour, and nobody was hurt. The owner, Moss Line, said that an inquiry would begin on Monday."
SCHOOL="TROMSO, March 28 (Reuters) - Teachers in Tromso will strike for two days in April unless the city takes back its plan to close four schools, their union said. Union leader Kari Berg said that 1,340 of her members had voted for the strike and 97 against it. The city wants to save 45 million crowns a year."
LEAD="Here is what readers of this page should know at the end of the week, from the sea, the schools and the markets."
line f.test/1 28 08:00 "Ferry catches fire off Halden, passengers safe" "$FERRY" > "$TMP/in"
line s.test/1 28 09:00 "Tromso teachers to strike over closing of four schools" "$SCHOOL" >> "$TMP/in"
line r.test/1 28 11:00 "In brief: ferry catches fire off Halden, Tromso teachers to strike" "$LEAD $FERRY $SCHOOL" >> "$TMP/in"
d ingest --format jsonl "$TMP/in" 2> /dev/null
! same f.test/1 s.test/1
! same f.test/1 r.test/1
! same s.test/1 r.test/1
test "$(q "SELECT count(*) FROM dateline.events WHERE kind = 'merged'")" = 0
