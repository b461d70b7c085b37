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
line http://c.test/3 08:50 "Talks on strait: draft divides quota" "$S1 $S2 $S3 $S4 $S5 $S6" > "$TMP/3"
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
	o ingest --format jsonl "$TMP/all" 2> /dev/null
}
tools/db-digest "$DB" > "$TMP/one"
at_once "$TMP/1" "$TMP/2" "$TMP/3"
tools/db-digest "$other" | diff "$TMP/one" -
# split of just what the merge brought: the old story lives again, and what
# bridges the two later does not join them
o split 1 http://b.test/7 | grep -q 'is story 2'
test "$(psql -AtXqd "$other" -c "SELECT string_agg(status, ' ') FROM dateline.stories")" = 'live live'
python3 tools/rebuild-check "$other"
line http://d.test/9 09:30 "Talks on strait: draft divides quota" "$S1 $S2 $S3 $S4 $S5 $S6" > "$TMP/5"
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
