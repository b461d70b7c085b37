# A text that belongs to two stories shows that they are one: they are merged by
# the verdict, with an event that says why; split takes it back, and binds.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
line() { # URL TIME TITLE BODY
	printf '{"url": "%s", "outlet": "%s", "fetched_at": "2024-03-05T%s:00Z", "title": "%s", "body": "%s"}\n' \
		"$1" "${1#http://}" "$2" "$3" "$4"
}
S1="Ministers from both coasts opened talks in the harbour town on Tuesday on fishing rights in the strait."
S2="The strait has been closed to trawlers since two vessels collided there in fog in January."
S3="Negotiators said the draft would divide the cod quota evenly and set up a joint patrol of six cutters."
S4="Harbour unions called the draft a surrender and announced a march along the quay for Wednesday evening."
S5="A final session is planned for Friday at the old customs house, where the first treaty was signed in 1931."
S6="Foreign minister Edda Lorne told reporters that she had come with a mandate to sign before the weekend."
# the flash, and a copy cut to what was added since: nothing in common but words of the headline
line http://a.test/1 08:20 "Talks on strait open in harbour town" "$S1 $S2" > "$TMP/1"
line http://b.test/7 08:30 "Strait talks: draft divides quota" "$S3 $S4 $S5 $S6" > "$TMP/2"
line http://c.test/3 08:50 "Talks on strait open: draft divides quota" "$S1 $S2 $S3 $S4 $S5 $S6" > "$TMP/3"
d ingest --format jsonl "$TMP/1" "$TMP/2" 2> /dev/null
test "$(q "SELECT count(*) FROM dateline.stories WHERE status = 'live'")" = 2
d ingest --format jsonl "$TMP/3" 2> /dev/null
q "SELECT kind, story_id, detail FROM dateline.events ORDER BY event_id"
test "$(q "SELECT status, merged_into FROM dateline.stories WHERE story_id = 2")" = 'merged|1'
test "$(q "SELECT string_agg(url, ' ' ORDER BY url) FROM dateline.postings WHERE story_id = 1")" = \
	'http://a.test/1 http://b.test/7 http://c.test/3'
test "$(q "SELECT story_id, story_id_now, detail ->> 'story', detail ->> 'by', (detail ->> 'score')::real >= .5,
	detail ->> 'reason' LIKE 'one story: %', observed_at FROM dateline.events WHERE kind = 'merged'")" = \
	'1|1|2|verdict|t|t|2024-03-05 08:50:00+00'
test "$(q "SELECT by_whom, score >= .5, reason LIKE 'one story%' FROM dateline_store.merge")" = 'verdict|t|t'
# no page is bound by it
test "$(q "SELECT count(*) FROM dateline_store.page WHERE bound_story_id IS NOT NULL")" = 0
python3 tools/rebuild-check "$DB"
# another database with what these files bring in one batch; $other is its conninfo
name=$(printf '%s' "$DB" | sed 's/.*dbname=\([^ ]*\).*/\1/')_2
other=$(printf '%s' "$DB" | sed "s/dbname=[^ ]*/dbname=$name/")
o() { "$DATELINE" --log-level warn --db "$other" "$@"; }
at_once() {
	psql -qXd "$DB" -c "DROP DATABASE IF EXISTS $name" -c "CREATE DATABASE $name" 2> /dev/null
	o migrate > /dev/null
	cat "$@" > "$TMP/all"
	o ingest --format jsonl "$TMP/all" 2> "$TMP/said"
	! grep 'by halves' "$TMP/said" || exit 1 # no row is told twice
}
tools/db-digest "$DB" > "$TMP/one"
at_once "$TMP/1" "$TMP/2" "$TMP/3"
tools/db-digest "$other" | diff "$TMP/one" -
# split of just what the merge brought: the old story lives again, and what
# bridges the two later does not join them
o split 1 http://b.test/7 | grep -q 'is story 2'
test "$(psql -AtXqd "$other" -c "SELECT string_agg(status, ' ') FROM dateline.stories")" = 'live live'
python3 tools/rebuild-check "$other"
line http://d.test/9 09:30 "Talks on strait open: draft divides quota" "$S1 $S2 $S3 $S4 $S5 $S6" > "$TMP/5"
line http://e.test/5 09:40 "Draft divides quota in strait" "$S3 $S4 $S5 $S6" >> "$TMP/5"
o ingest --format jsonl "$TMP/5" 2> /dev/null
test "$(psql -AtXqd "$other" -c "SELECT count(*) FROM dateline.events WHERE kind = 'merged'")" = 1
# the pages of both go on, under either id: later, or in the batch that merged them
line http://b.test/7 09:10 "Strait talks: draft divides quota" "$S3 $S4 $S5 $S6 $S2" > "$TMP/4"
line http://a.test/1 09:20 "Talks on strait open in harbour town" "$S1 $S2 $S3" >> "$TMP/4"
d ingest --format jsonl "$TMP/4" 2> /dev/null
test "$(q "SELECT count(DISTINCT story_id) FROM dateline.sightings")" = 1
tools/db-digest "$DB" > "$TMP/one"
at_once "$TMP/1" "$TMP/2" "$TMP/3" "$TMP/4"
tools/db-digest "$other" | diff "$TMP/one" -
psql -qXd "$DB" -c "DROP DATABASE $name"
# a page that is split by hand stays away, and so does its story: the old one, with
# what the page has carried since
d split 1 http://b.test/7 > "$TMP/split"
test "$(q "SELECT story_id FROM dateline.postings WHERE url = 'http://b.test/7' AND status = 'live'")" = 2
python3 tools/rebuild-check "$DB"
d ingest --format jsonl "$TMP/5" 2> /dev/null
test "$(q "SELECT count(*) FROM dateline.events WHERE kind = 'merged'")" = 1
# it is found by its sketch: a copy of it joins it
test "$(q "SELECT story_id FROM dateline.postings WHERE url = 'http://e.test/5'")" = 2

say() { # URL TIME TITLE BODY
	printf '{"url": "http://%s", "outlet": "%s", "fetched_at": "%s:00Z", "title": "%s", "body": "%s"}\n' "$1" "$1" "$2" "$3" "$4"
}
groups() { # which pages that match are one story, one a line
	q "SELECT string_agg(substr(url, 8), ' ' ORDER BY url) FROM dateline.postings WHERE url ~ '$1' AND status = 'live'
		GROUP BY story_id ORDER BY 1"
}
is() { test "$2" = "$3" || { echo "$1: got '$2', want '$3'"; exit 1; }; }
# two stories by hand that have the same text: who copies it goes to the older one,
# whichever of them was told of first. f had the story at 08:00 already
older() { # HOST TITLE FLASH REST FIRST SPLIT: which page comes in first, and which is split off
	{ say "f$1/1" 2024-03-06T08:00 "$2" "$3"; say "f$1/1" 2024-03-06T08:20 "$2" "$3 $4"; } > "$TMP/f"
	say "g$1/1" 2024-03-06T08:20 "$2" "$3 $4" > "$TMP/g"
	say "h$1/1" 2024-03-06T09:20 "$2" "$3 $4" > "$TMP/h"
	d ingest --format jsonl "$TMP/$5" "$TMP/$6" 2> /dev/null
	d split "http://$5$1/1" "http://$6$1/1" > /dev/null
	d ingest --format jsonl "$TMP/h" 2> /dev/null
	is "$5 then $6" "$(groups "http://[fgh]$1/")" "f$1/1 h$1/1
g$1/1"
}
older k.test "Ferry aground in fog" "A ferry with ninety people on board ran aground in thick fog near the lighthouse of Halden on Tuesday." \
	"All of them were brought to safety by fishermen, and divers are to look at the hull when the fog lifts." f g
older l.test "Opera opens again" "The opera house of Karesh opens again in autumn, three years after the fire, its director said on Tuesday." \
	"The first evening has the work that burned with its scenery; the prime minister is expected to attend." g f
# a text that says that it corrects what another page told: the two pages' texts are one
# form filled otherwise, but what the text corrects does not part it from its own story
bus() { # DEAD OFFICER
	echo "A bus carrying pilgrims plunged into a gorge near Marwat on Tuesday, killing at least $1 people, police officer $2 said. Rescuers were bringing the injured to a hospital in the town."
}
corrects() { # DAY TAG
	say "u$1.test/1" "2024-04-$1T06:00" "Bus plunges into gorge" "$(bus 15 "Ali Raza")"
	say "v$1.test/1" "2024-04-$1T14:00" "Bus plunges into gorge" "$(bus 12 "Imran Khan")"
	say "u$1.test/1" "2024-04-$1T20:30" "$2Bus plunges into gorge" "$(bus 15 "Ali Raza") Others had named him as Imran Khan and told of 12 dead. Survivors spoke of worn brakes and of a driver who had been at the wheel since Sunday evening."
}
{ corrects 09 CORRECTED-; corrects 23 ""; } > "$TMP/6"
d ingest --format jsonl "$TMP/6" 2> /dev/null
is "corrected" "$(groups 'http://[uv]09')" "u09.test/1 v09.test/1"
is "updated" "$(groups 'http://[uv]23')" "u23.test/1
v23.test/1"
# background that two stories share with a third one, which tells what both do: each is
# one with that by itself, and so all are, though the two by themselves were not
BG="The conflict erupted in April 2001 when rebels seized the mining town of Karesh, and has since killed more than 4,000 people and driven out half a million. Peace talks collapsed last December over the disarmament of militias in the eastern highlands. The government accuses its neighbour of arming the rebels, a charge that the neighbour denies."
L1="Rebels shelled the airport of Karesh on Monday, wounding six soldiers and setting a fuel depot on fire, the army said."
L2="The mayor of Karesh said on Monday that schools would stay closed because of smoke."
both="Rebels shell airport, fuel depot burns in Karesh, mayor says"
# b and c were not seen for days when a came, and are again
{ say bm.test/1 2024-12-03T08:00 "Rebels shell airport in Karesh" "$L1 $BG"
  say cm.test/1 2024-12-03T10:00 "Karesh fuel depot burns, mayor says" "$L2 $BG"
  say am.test/1 2024-12-07T08:00 "$both" "$L1 $L2 $BG"
  say bm.test/1 2024-12-07T10:00 "Rebels shell airport in Karesh" "$L1 $BG"
  say cm.test/1 2024-12-07T10:00 "Karesh fuel depot burns, mayor says" "$L2 $BG"; } > "$TMP/7"
say xm.test/1 2024-12-07T12:40 "$both" "$BG" > "$TMP/8"
d ingest --format jsonl "$TMP/7" 2> /dev/null
is "before" "$(groups 'http://[abcx]m')" "am.test/1
bm.test/1
cm.test/1"
d ingest --format jsonl "$TMP/8" 2> /dev/null
is "background" "$(groups 'http://[abcx]m')" "am.test/1 bm.test/1 cm.test/1 xm.test/1"
python3 tools/rebuild-check "$DB"
