# merge, then split: the digest is that of before but for the two events, and
# no later capture puts the page back (timeline.md, "Merge and split").
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
d migrate > /dev/null
line() { # URL TIME TITLE BODY
	printf '{"url": "%s", "outlet": "%s", "fetched_at": "2024-03-05T%s:00Z", "title": "%s", "body": "%s"}\n' \
		"$1" "${1#http://}" "$2" "$3" "$4"
}
S1="Ministers from both coasts opened talks in the harbour town on fishing rights in the strait."
S2="The strait has been closed to trawlers since two vessels collided there in fog in January."
S3="A court in the capital sentenced the former mayor to four years for taking bribes from a builder."
S4="Prosecutors had asked the judges for six years and for the return of all the money he took."
{ line http://a.test/1 08:20 "Talks begin" "$S1 $S2"
  line http://b.test/7 08:30 "Talks under way" "$S1 $S2"
  line http://c.test/3 08:40 "Mayor jailed" "$S3 $S4"; } > "$TMP/day.jsonl"
d ingest "$TMP/day.jsonl" 2> /dev/null
before=$(tools/db-digest "$DB")
d merge http://a.test/1 http://c.test/3 | grep -q 'story 2 is merged into story 1'
psql -AtXqd "$DB" -c "SELECT story_id, version, origin_story_id, origin_version FROM dateline.versions
	ORDER BY 1, 2" > "$TMP/versions"
printf '1|1||\n1|2|2|1\n' | cmp - "$TMP/versions"
test "$(psql -AtXqd "$DB" -c "SELECT status, merged_into FROM dateline.stories WHERE story_id = 2")" = 'merged|1'
test "$(psql -AtXqd "$DB" -c "SELECT story_id, version FROM dateline.sightings WHERE url = 'http://c.test/3'")" = '1|2'
# an event of the merged story still tells its own version's words, not those of
# the survivor's version of that number
d events --format ndjson | grep '"story": {"id": 2' | grep -q '"words_added": 36'
d timeline 2 | grep -q '^story 1:'
d split http://a.test/1 http://c.test/3 | grep -q 'is story 2'
test "$before" = "$(tools/db-digest "$DB")"
test "$(psql -AtXqd "$DB" -c "SELECT string_agg(kind, ' ' ORDER BY event_id) FROM dateline.events
	WHERE kind IN ('merged', 'split')")" = 'merged split'
# bound by hand: the same text as story 1's does not put it back
line http://c.test/3 09:00 "Talks begin" "$S1 $S2" > "$TMP/later.jsonl"
d ingest "$TMP/later.jsonl" 2> /dev/null
test "$(psql -AtXqd "$DB" -c "SELECT story_id FROM dateline.postings WHERE url = 'http://c.test/3'")" = 2
# a page that no merge brought becomes a new story
d split 1 http://b.test/7 | grep -q 'is story 3'
test "$(psql -AtXqd "$DB" -c "SELECT story_id, version FROM dateline.postings WHERE url = 'http://b.test/7'")" = '3|1'
if d split 1 http://a.test/1 2> /dev/null; then exit 1; fi
