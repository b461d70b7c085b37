# Records of jsonl that hold no text, or none to be kept: emptied bodies, kill
# notices, URLs that nobody may follow, and words that a U+0000 parts; a conflict
# is told once, however often its batch is tried.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
S="Ministers from both coasts opened talks in the harbour town on Tuesday on fishing rights in the strait."
line() { # URL TIME TITLE BODY
	printf '{"url": "%s", "outlet": "A", "fetched_at": "2024-03-05T%s:00Z", "title": "%s", "body": "%s"}\n' "$@"
}
# ---- emptied: as a page that is fetched and holds nothing
{
	line http://a.test/blank 08:00 "Talks begin" "$S"
	line http://a.test/blank 09:00 "Talks begin" "   "
	line http://a.test/blank 10:00 "Talks begin" "\\u00a0\\n "
	line http://b.test/none 08:00 "Talks begin" "$S"
	line http://b.test/none 09:00 "" ""
	line http://b.test/none 10:00 "" ""
	line http://c.test/once 08:00 "Talks begin" "$S"
	line http://c.test/once 09:00 "Talks begin" ""
	line http://c.test/once 10:00 "Talks begin" "$S"
	line http://d.test/never 08:00 "Talks begin" "   "
} > "$TMP/in.jsonl"
d ingest "$TMP/in.jsonl"  2> /dev/null
test "$(q "SELECT url, status, to_char(last_seen_at, 'HH24:MI') FROM dateline.postings ORDER BY url")" = 'http://a.test/blank|gone|08:00
http://b.test/none|gone|08:00
http://c.test/once|live|10:00'
test "$(q "SELECT count(*) FROM dateline.versions")" = 1
test "$(q "SELECT count(*) FROM dateline.captures WHERE outcome = 'emptied'")" = 6
# ---- a record without a body, or of a page that nothing names, is an error
rc=0
{
	printf '{"url": "http://e.test/1", "title": "T"}\n{"url": "http://e.test/2", "title": "T", "body": null}\n'
	printf '{"url": "http://e.test/3", "title": "T", "body": 5}\n{"title": "T", "body": ""}\n{"title": "T", "body": "  "}\n'
	printf '{"url": "http://e.test/4", "http_status": 200, "fetched_at": "2024-03-05T08:00:00Z"}\n'
} > "$TMP/bad.jsonl"
d ingest "$TMP/bad.jsonl" 2> "$TMP/log" || rc=$?
test $rc = 4
sed -n 's/.*bad.jsonl:\([0-9]\): \([A-Z_]*\).*/\1 \2/p' "$TMP/log" > "$TMP/got"
printf '%s EMPTY_BODY\n' 1 2 4 5 6 > "$TMP/want"
echo '3 BAD_RECORD' >> "$TMP/want"
sort "$TMP/want" | diff - "$TMP/got"
# ---- schemes
rc=0
for u in 'javascript:alert(1)' 'ftp://f.test/1' 'data:text/html,x' 'file:///etc/passwd' 'HTTPS://f.test/ok' 'urn:newsml:f.test:1'; do
	line "$u" 08:00 "Ferry aground" "A ferry with ninety people on board ran aground in fog near the lighthouse."
done > "$TMP/schemes.jsonl"
printf '{"canonical_url": "ftp://f.test/2", "title": "T", "body": "%s"}\n' "$S" >> "$TMP/schemes.jsonl"
d ingest "$TMP/schemes.jsonl" 2> "$TMP/log" || rc=$?
test $rc = 4
test "$(grep -c 'schemes.jsonl:[12347]: FORBIDDEN_SCHEME' "$TMP/log")" = 5
test "$(q "SELECT count(*) FROM dateline.quarantine WHERE code = 'FORBIDDEN_SCHEME'")" = 5
test "$(q "SELECT url FROM dateline.pages WHERE url !~ '^http://' ORDER BY 1")" = 'https://f.test/ok
urn:newsml:f.test:1'
# ---- kill notices, told from news under such a headline
{
	line http://k.test/1 08:00 "Minister steps down" "The minister for the ports stepped down on Tuesday over a letter to a builder."
	for t in 09:00 10:00; do
		line http://k.test/1 $t "KILL: Minister steps down" "The story is withdrawn. There will be no substitute."
	done
	line http://k.test/3 08:00 "Hawaii officials say warning was an error" "There was no threat to the state, officials said."
	for t in 09:00 10:00; do
		line http://k.test/3 $t "Quake off the coast, three killed" "There was no threat to the state, officials said. The alert was cancelled; please disregard the earlier alert, they wrote."
	done
	line http://k.test/2 08:00 "KILL SWITCH FAILED IN NAVY DRONE TESTS" "A remote switch that is to stop a drone in flight failed in two of nine tests, the navy said."
	line http://k.test/4 08:00 "Pilots and owners meet" "Pilots and the owners of eleven ferries met in the harbour town over pay for nights at sea."
	for t in 09:00 10:00; do
		line http://k.test/4 $t "STORY REMOVED: BC-HA--Pilots" "The Associated Press has withdrawn its story about a meeting of pilots. No such meeting was held."
	done
	line http://k.test/5 08:00 "AP withdraws story on pilots' meeting" "The Associated Press has withdrawn its story about a meeting of pilots, the agency said."
	line http://k.test/6 08:00 "Gespräche in Halden" "Die Minister beider Küsten haben am Dienstag in der Hafenstadt Gespräche über Fangrechte begonnen."
	for t in 09:00 10:00; do
		line http://k.test/6 $t "Meldung zurückgezogen" "Bitte verwenden Sie die Meldung „Gespräche in Halden“ von 10.15 Uhr nicht."
	done
} > "$TMP/kill.jsonl"
d ingest "$TMP/kill.jsonl" 2> /dev/null
test "$(q "SELECT url, status, headline FROM dateline.postings WHERE url ~ 'k.test' ORDER BY url")" = 'http://k.test/1|gone|Minister steps down
http://k.test/2|live|KILL SWITCH FAILED IN NAVY DRONE TESTS
http://k.test/3|live|Quake off the coast, three killed
http://k.test/4|gone|Pilots and owners meet
http://k.test/5|live|AP withdraws story on pilots'"'"' meeting
http://k.test/6|gone|Gespräche in Halden'
test "$(q "SELECT detail->>'reason' FROM dateline.events WHERE url IS NULL AND headline = 'Minister steps down'")" = killed
# ---- U+0000 parts words
line http://n.test/1 08:00 "Port\\u0000Halden" "One word\\u0000another word of the port of Halden, which was closed." > "$TMP/nul.jsonl"
d ingest "$TMP/nul.jsonl" 2> /dev/null
test "$(q "SELECT headline, body FROM dateline.versions WHERE headline ~ 'Halden' AND headline ~ 'Port'")" = 'Port Halden|One word another word of the port of Halden, which was closed.'
# ---- a conflict in a batch that the server refuses
q "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN
		IF NEW.title = 'Refused' THEN RAISE 'refused' USING ERRCODE = '22000'; END IF; RETURN NEW; END \$\$"
q "CREATE TRIGGER refuse BEFORE INSERT ON dateline_store.text FOR EACH ROW EXECUTE FUNCTION refuse()"
{
	line http://c.test/once 08:00 "Talks begin" "Another body of the same moment."
	for i in 1 2 3 4 5 6; do
		line http://r.test/$i 08:00 "Harvest $i" "Harvest number $i of the valley was the best of the last $i$i years, growers there said."
	done
	line http://r.test/7 08:00 "Refused" "What the server will not take is told by its line, and the others stand."
} > "$TMP/halves.jsonl"
rc=0
d ingest "$TMP/halves.jsonl" 2> "$TMP/log" || rc=$?
test $rc = 4
test "$(grep -c CAPTURE_CONFLICT "$TMP/log")" = 1 || { cat "$TMP/log"; exit 1; }
grep -q '1 in conflict, 1 refused' "$TMP/log"
