# A stretch whose text was known on both sides of a merge keeps the survivor's
# version when a late capture moves its beginning.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
d migrate > /dev/null
line() { # URL TIME TITLE BODY
	printf '{"url": "%s", "outlet": "%s", "fetched_at": "2024-03-05T%s:00Z", "title": "%s", "body": "%s"}\n' \
		"$1" "${1#http://}" "$2" "$3" "$4"
}
shown() { psql -AtXqd "$DB" -c "SELECT story_id, version, coverage, to_char(first_seen_at, 'HH24:MI')
	FROM dateline.sightings WHERE url = 'http://c.test/3' ORDER BY first_seen_at" | tr '\n' ' '; }
S1="Ministers from both coasts opened talks in the harbour town on fishing rights in the strait."
S2="The strait has been closed to trawlers since two vessels collided there in fog in January."
S3="A court in the capital sentenced the former mayor to four years for taking bribes from a builder."
S4="Prosecutors had asked the judges for six years and for the return of all the money he took."
{ line http://a.test/1 08:20 "Talks begin" "$S1 $S2"
  line http://c.test/3 08:40 "Mayor jailed" "$S3 $S4"; } > "$TMP/day.jsonl"
d ingest "$TMP/day.jsonl" 2> /dev/null
# by hand c.test/3 stays in story 2, and takes story 1's text there
d merge http://a.test/1 http://c.test/3 > /dev/null
d split http://a.test/1 http://c.test/3 > /dev/null
line http://c.test/3 09:00 "Talks begin" "$S1 $S2" > "$TMP/same.jsonl"
d ingest "$TMP/same.jsonl" 2> /dev/null
d merge http://a.test/1 http://c.test/3 > /dev/null
# number 2 was the mayor's in the merge that was undone
test "$(shown)" = '1|3|1|08:40 1|1|1|09:00 '
# seen already at 08:55: between the two stretches, so the second one begins there
line http://c.test/3 08:55 "Talks begin" "$S1 $S2" > "$TMP/late.jsonl"
d ingest "$TMP/late.jsonl" 2> /dev/null
test "$(shown)" = '1|3|1|08:40 1|1|1|08:55 '
