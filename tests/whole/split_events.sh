# A page's events show where the stretch is that they tell of, under the number
# that it shows, in every list; and rebuild-check follows.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
is() { # QUERY WANT
	got=$(q "$1" | tr '\n' ' ')
	if [ "$got" != "$2 " ]; then printf '%s\nis   %s\nwant %s\n' "$1" "$got" "$2"; exit 1; fi
}
agrees() { python3 tools/rebuild-check "$DB"; }
has() { # LINE COMMAND...
	want=$1
	shift
	d "$@" > "$TMP/said"
	grep -q -- "$want" "$TMP/said" && return
	echo "$* has no line like: $want"
	cat "$TMP/said"
	exit 1
}
d migrate > /dev/null
line() { # URL TIME TITLE BODY
	printf '{"url": "%s", "outlet": "%s", "fetched_at": "2024-03-0%s:00Z", "title": "%s", "body": "%s"}\n' \
		"$1" "$(printf %s "${1#http://}" | cut -d/ -f1)" "$2" "$3" "$4"
}
take() {
	cat > "$TMP/lines"
	d ingest --format jsonl "$TMP/lines" 2> /dev/null
}
S1="Ministers from both coasts opened talks in the harbour town on fishing rights in the strait."
S2="The strait has been closed to trawlers since two vessels collided there in fog in January."
S3="A draft of the accord would divide the quota for herring between the two fleets by landing."
S4="Unions on the northern coast said they would strike if the herring quota were cut again."
S5="Harbour masters in both towns asked the ministers to let the smaller boats out by the weekend."
S6="The last accord lapsed in December after the northern parliament refused to vote on it again."
O1="Stocks rose in early trading as banks reported better results than analysts had predicted for the quarter."
O2="The finance minister said the budget would be presented in June and promised lower taxes for families."
O3="Employers welcomed the plan while trade unions called for higher wages in public hospitals."
at="to_char(observed_at AT TIME ZONE 'UTC', 'HH24:MI')"

# ---- a page that was in both stories: what it told in each stays there
{ line http://a.test/1 5T08:00 "Talks begin" "$S1 $S2 $S3"
  line http://b.test/0 5T08:10 "Talks begin" "$S1 $S2 $S3"
  line http://c.test/9 5T08:20 "Budget due" "$O1 $O2 $O3"
  line http://b.test/0 5T08:30 "Budget due" "$O1 $O2 $O3"; } | take
d merge 1 2 > /dev/null
agrees
d split 1 http://b.test/0 http://c.test/9 > /dev/null
is "SELECT $at, story_id_now FROM dateline.events WHERE url = 'http://b.test/0' ORDER BY 1" '08:10|1 08:30|2'
agrees
has '08:10  reposted  v1  b.test  http://b.test/0$' timeline 1
# the one that carries goes on, though the other's posting is older
d merge 1 2 > /dev/null
d split 1 http://a.test/1 > /dev/null
agrees
line http://b.test/0 5T10:00 "Budget due" "$O1 $O2 $O3 $S4 $S5 $S6" | take
is "SELECT status FROM dateline.postings WHERE url = 'http://b.test/0' ORDER BY first_seen_at" 'left live'
agrees
# out of both at once: a story of its own, with all that it told
d split 1 http://b.test/0 > /dev/null
is "SELECT count(DISTINCT story_id_now) FROM dateline.events WHERE url = 'http://b.test/0'" 1
is "SELECT count(*) FROM dateline.sightings s JOIN dateline.events e ON e.story_id_now = s.story_id AND e.url = s.url
	AND e.observed_at = s.first_seen_at WHERE s.url = 'http://b.test/0'" 3
agrees

# ---- status tells today's number beside today's story
{ line http://d.test/1 1T08:00 "Mill to close" "Voters close the old mill by the river."
  line http://d.test/1 1T08:20 "Mill to close" "Voters close the old mill by the river. Neighbours of the mill in Canal street had asked the council for a year."
  line http://e.test/1 1T08:30 "Mill to close" "Voters close the old mill by the river. Neighbours of the mill in Canal street had asked the council for a year."
} | take
mill=$(q "SELECT story_id FROM dateline.postings WHERE url = 'http://d.test/1'")
is "SELECT version FROM dateline.events WHERE url = 'http://e.test/1'" 2
d split "$mill" http://e.test/1 > /dev/null
new=$(q "SELECT story_id FROM dateline.postings WHERE url = 'http://e.test/1'")
has " reposted .*story $new v1" status http://e.test/1
q "INSERT INTO dateline_store.host (host_key, authority) SELECT host_key, 'e.test' FROM dateline_store.page
	WHERE url = 'http://e.test/1'"
has " reposted .*story $new v1" status e.test
has '08:30  reposted  v1  e.test' timeline "$new"

# ---- one again: the text is known on both sides, and all say so
d merge "$mill" "$new" > /dev/null
is "SELECT version FROM dateline.sightings WHERE url = 'http://e.test/1'" 2
has '08:30  reposted  v2  e.test' timeline "$mill"
has " reposted .*story $mill v2" status http://e.test/1
d split "$mill" http://e.test/1 > /dev/null
has '08:30  reposted  v1  e.test' timeline "$new"
agrees

# ---- a page that shows the survivor's version since a merge, and goes alone: its
# event has the number of what it shows, as its own version stays behind
{ line http://f.test/1 3T08:00 "Mayor jailed" "$O3 $S6 $S5"
  line http://g.test/1 3T08:05 "Mayor jailed" "$O3 $S6"
  line http://h.test/1 8T08:00 "Mayor jailed" "$O3 $S6"
  line http://i.test/1 8T08:10 "Mayor jailed" "$O3 $S6"; } | take
mayor=$(q "SELECT story_id FROM dateline.postings WHERE url = 'http://f.test/1'")
again=$(q "SELECT story_id FROM dateline.postings WHERE url = 'http://h.test/1'")
test "$mayor" != "$again"
d merge "$mayor" "$again" > /dev/null
is "SELECT DISTINCT version FROM dateline.sightings WHERE story_id = $mayor" 1
d split "$mayor" http://i.test/1 > /dev/null
own=$(q "SELECT story_id FROM dateline.postings WHERE url = 'http://i.test/1'")
has '08:10  reposted  v1  i.test' timeline "$own"
agrees

# ---- killed in words: the story is withdrawn
{ line http://k.test/1 9T08:00 "Dam leaks" "Engineers found a leak in the dam above the town of Mora. Nobody was asked to leave the valley below."
  line http://k.test/1 9T08:30 "KILL: Dam leaks" "EDITORS: Please kill the story headlined Dam leaks. It contains errors."
  line http://k.test/1 9T08:40 "KILL: Dam leaks" "EDITORS: Please kill the story headlined Dam leaks. It contains errors."
} | take
is "SELECT status FROM dateline.stories WHERE headline = 'Dam leaks'" withdrawn
is "SELECT detail ->> 'reason' FROM dateline.events WHERE kind = 'withdrawn' AND url IS NULL" killed
agrees

# ---- what was forgotten of a page goes with it as well
d merge "$mill" "$new" > /dev/null
d forget http://e.test/1 --reason asked > /dev/null
agrees
d split "$mill" http://e.test/1 > /dev/null
is "SELECT story_id_now = $new FROM dateline.events WHERE kind = 'redacted'" t
agrees
