# A story tells a hash that its texts share once: what one of them takes with it, by
# forget or split, the others tell again.
set -eu
d() { "$DATELINE" --log-level error --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
line() { # URL OUTLET DAY-TIME TITLE BODY
	printf '{"url": "%s", "outlet": "%s", "fetched_at": "2024-03-%s:00Z", "title": "%s", "body": "%s"}\n' \
		"$1" "$2" "$3" "$4" "$5"
}
S3="Skippers on the quay said that they would go out again at dawn, whatever was agreed."
hashes() { q "SELECT count(*) FROM dateline_store.sketch k JOIN dateline_store.story s USING (story_id) WHERE s.root = $1"; }
# the second text was told but for what the first one shares: forgotten, the first is found by all of its own
line http://c.test/1 A 05T08:20 "Trawlers wait off Halden" "Forty trawlers waited off Halden on Monday for a word from the ministers on the fishing rights. Ice had kept most of them in port since the new year." > "$TMP/three"
line http://d.test/2 B 05T08:40 "Trawlers wait off Halden" "Forty trawlers waited off Halden on Monday for a word from the ministers on the fishing rights. $S3 Their owners had said that they would pay no fines." >> "$TMP/three"
# by itself, weeks later: another story
sed -n "2{s,d.test,w.test,; s,03-05,03-25,p}" "$TMP/three" > "$TMP/more"
cat "$TMP/more" >> "$TMP/three"
d ingest "$TMP/three" 2> /dev/null
test "$(q "SELECT count(DISTINCT story_id) FROM dateline.postings WHERE url ~ '^http://[cd]'")" = 1
test "$(hashes 1)" -gt "$(hashes 2)"
d forget http://c.test/1 --reason "a test" > /dev/null
test "$(hashes 1)" = "$(hashes 2)"
line http://e.test/3 C 05T09:10 "Forty trawlers wait" "Forty trawlers waited off Halden on Monday for a word from the ministers on the fishing rights." > "$TMP/four"
d ingest "$TMP/four" 2> /dev/null
test "$(q "SELECT story_id FROM dateline.postings WHERE url = 'http://e.test/3'")" = 1

# a split takes its texts' hashes along, and what stays keeps its own
d split 1 http://e.test/3 > /dev/null
test "$(hashes 3)" -gt 10
test "$(hashes 1)" -gt 20
