# What merge and split leave: events that tell both and name the pages, versions
# that follow one that is there, a page's events where the page is, old ids that
# live again; and tools/rebuild-check finds no difference after any of it.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
is() { # QUERY WANT
	got=$(q "$1" | tr '\n' ' ')
	if [ "$got" != "$2 " ]; then printf '%s\nis   %s\nwant %s\n' "$1" "$got" "$2"; exit 1; fi
}
agrees() { python3 tools/rebuild-check "$DB"; }
d migrate > /dev/null
line() { # URL TIME TITLE BODY
	printf '{"url": "%s", "outlet": "%s", "fetched_at": "2024-03-05T%s:00Z", "title": "%s", "body": "%s", "byline": ["Ada Lund"]}\n' \
		"$1" "$(printf %s "${1#http://}" | cut -d/ -f1)" "$2" "$3" "$4"
}
S1="Ministers from both coasts opened talks in the harbour town on fishing rights in the strait."
S2="The strait has been closed to trawlers since two vessels collided there in fog in January."
S3="A draft of the accord would divide the quota for herring between the two fleets by landing."
S4="Unions on the northern coast said they would strike if the herring quota were cut again."
S5="Harbour masters in both towns asked the ministers to let the smaller boats out by the weekend."
S6="The last accord lapsed in December after the northern parliament refused to vote on it again."
story() { # N TITLE VERB: a story of its own on page N
	line "http://$1.test/1" "$4" "$2" "$3 the old mill by the river after a vote of $1$1$1 members on Tuesday night. Neighbours of the mill in $1$1$1 street had asked the council for a year to $3 it."
}

# ---- a page that no merge brought: the one that opened version 1, and another stays
{ line http://a.test/1 08:00 "Talks begin" "$S1 $S2"
  line http://b.test/7 08:10 "Talks begin" "$S1 $S2 $S3 $S4"
  line http://c.test/3 08:20 "Talks begin" "$S1 $S2 $S3 $S4"
  line http://b.test/7 08:30 "Talks begin" "$S1 $S2 $S3 $S4 $S5 $S6"; } > "$TMP/day"
d ingest "$TMP/day" 2> /dev/null
is "SELECT story_id, version, previous_version FROM dateline.versions ORDER BY 1, 2" '1|1| 1|2|1 1|3|2'
agrees
d split 1 http://a.test/1 http://a.test/1 > "$TMP/said"
test "$(cat "$TMP/said")" = '1 page of story 1 is story 2'
is "SELECT story_id, story_id_now, detail FROM dateline.events WHERE kind = 'split'" \
	'1|1|{"by": "hand", "pages": ["http://a.test/1"], "story": 2, "versions": [{"to": 1, "from": 1}]}'
# what stays keeps its numbers and follows nothing; all its words are new
is "SELECT story_id, version, previous_version, words_added = words, words_removed, change_kind, byline, origin_story_id
	FROM dateline.versions ORDER BY 1, 2" \
	'1|2||t|0|updated|{"Ada Lund"}| 1|3|2|f|0|updated|{"Ada Lund"}| 2|1||t|0|created|{"Ada Lund"}|1'
is "SELECT kind, story_id, story_id_now, version FROM dateline.events WHERE url = 'http://a.test/1'" 'created|1|2|1'
is "SELECT match_score, match_reason FROM dateline.postings WHERE story_id = 2" '1|decided by hand'
is "SELECT by_whom, why FROM dateline_store.membership WHERE story_id = 2" 'hand|decided by hand'
# it began the other story, not this one
d explain http://a.test/1 http://a.test/1 | grep -q '^   came to story 2 by hand$'
# the outlet that had it first is no longer in it: the next one is the first
is "SELECT o.name FROM dateline_store.story JOIN dateline_store.outlet o USING (outlet_id) ORDER BY story_id" 'b.test a.test'
agrees
d timeline 2 > "$TMP/said"
grep -q '1 version, 1 page on 1 outlet, 0 corrections' "$TMP/said"
grep -q 'created *v1  a.test  http://a.test/1$' "$TMP/said"
grep -q 'split *story 2 from story 1, by hand$' "$TMP/said"
grep -q '^        http://a.test/1$' "$TMP/said"
d timeline 1 | grep -q 'split *story 2 from story 1, by hand$'
# versions that both sides carry are in both; the numbers of the new story are its own
d split 1 http://c.test/3 > /dev/null
is "SELECT story_id, version, previous_version, origin_story_id, origin_version FROM dateline.versions WHERE story_id <> 2
	ORDER BY 1, 2" '1|2||| 1|3|2|| 3|1||1|2'
is "SELECT detail -> 'versions' FROM dateline.events WHERE kind = 'split' ORDER BY event_id DESC LIMIT 1" \
	'[{"to": 1, "from": 2, "stays": true}]'
is "SELECT story_id_now FROM dateline.events WHERE url IS NOT NULL ORDER BY event_id" '2 1 1 3 1'
agrees
# together again, and apart again
d merge 1 3 > /dev/null
is "SELECT DISTINCT story_id_now FROM dateline.events WHERE url = 'http://c.test/3'" 1
agrees
d split 1 http://c.test/3 > /dev/null
is "SELECT story_id_now FROM dateline.events WHERE url = 'http://c.test/3'" 3
agrees

# ---- merges in a chain, undone from the inside
{ story d "Mill to close" Close 09:00; story e "Mill to burn" Burn 09:10
  story f "Mill to sell" Sell 09:20; story g "Mill to paint" Paint 09:30; } > "$TMP/mills"
d ingest "$TMP/mills" 2> /dev/null
is "SELECT count(*) FROM dateline.stories WHERE status = 'live'" 7
tools/db-digest "$DB" --rows > "$TMP/before"
d merge 6 7 > /dev/null
d merge 5 6 > /dev/null
d merge 4 5 > /dev/null
agrees
is "SELECT detail FROM dateline.events WHERE kind = 'merged' ORDER BY event_id DESC LIMIT 1" '{"by": "hand", "story": 5}'
is "SELECT DISTINCT match_reason FROM dateline.postings WHERE story_id = 4 AND url <> 'http://d.test/1'" 'decided by hand'
d split 6 http://g.test/1 http://g.test/1 > "$TMP/said"	# a merged id: what it is today is told
test "$(cat "$TMP/said")" = '1 page of story 4 is story 7'
is "SELECT story_id, status, postings, versions FROM dateline.stories WHERE story_id > 3 ORDER BY 1" \
	'4|live|3|3 5|merged|1|0 6|merged|1|0 7|live|1|1'
agrees
d timeline 7 > "$TMP/said"
grep -q 'merged *story 7 into story 6, by hand$' "$TMP/said"
grep -q 'split *story 7 from story 4, by hand$' "$TMP/said"
# of a part that holds others: both come, and are one as they were
d split 4 http://e.test/1 http://f.test/1 > /dev/null
is "SELECT story_id, status, merged_into FROM dateline.stories WHERE story_id > 3 ORDER BY 1" '4|live| 5|live| 6|merged|5 7|live|'
agrees
d split 5 http://f.test/1 > /dev/null
agrees
tools/db-digest "$DB" --rows | diff "$TMP/before" -

# ---- what was recorded while they were one: each side keeps of it what it carries
# (numbers in between were those of merges that were undone)
d merge 4 5 > /dev/null
{ line http://e.test/1 10:00 "Mill to burn" "Burn the old mill by the river after a vote of eee members on Tuesday night. $S1"
  line http://d.test/1 10:10 "Mill to burn" "Burn the old mill by the river after a vote of eee members on Tuesday night. $S1"; } > "$TMP/while"
d ingest "$TMP/while" 2> /dev/null
is "SELECT version FROM dateline.postings WHERE story_id = 4 ORDER BY url" '6 6'
agrees
d split 4 http://e.test/1 > /dev/null
is "SELECT story_id, version, previous_version FROM dateline.versions WHERE story_id IN (4, 5) ORDER BY 1, 2" \
	'4|1| 4|6|1 5|1| 5|4|1'
is "SELECT story_id, version, status FROM dateline.postings WHERE story_id IN (4, 5) ORDER BY 1" '4|6|live 5|4|live'
is "SELECT detail -> 'versions' FROM dateline.events WHERE kind = 'split' ORDER BY event_id DESC LIMIT 1" \
	'[{"to": 4, "from": 6, "stays": true}]'
is "SELECT story_id, story_id_now FROM dateline.events WHERE url = 'http://e.test/1' ORDER BY event_id" '5|5 4|5'
d timeline 5 | grep -q 'updated *v4  e.test'
agrees

# ---- a version that its last page here showed as another story's: it goes, and that is
# told. Once where the page has a copy of it, from a split before, and once where its own
# text is another.
long() { # PAGE TIME SENTENCES: the news of pages h, i and j
	line "http://$1.test/1" "$2" "Ferries stop" "Ferry crews on the northern route walked out at noon over pay for nights at sea. $3"
}
F="Owners of the line said that they would not talk before the boats sailed again."
G="Hospital boats were let through, and so was the mail for the outer islands."
{ long h 11:00 "$F"; long i 11:10 "$F $G $S6"; } > "$TMP/ferry"
d ingest "$TMP/ferry" 2> /dev/null
long j 11:20 "$F $G $S6 All rights reserved." > "$TMP/copy"
d ingest "$TMP/copy" 2> /dev/null
h=$(q "SELECT story_id FROM dateline.postings WHERE url = 'http://h.test/1'")
is "SELECT url, version FROM dateline.postings WHERE story_id = $h ORDER BY url" 'http://h.test/1|1 http://i.test/1|2 http://j.test/1|2'
last="SELECT detail -> 'versions' FROM dateline.events WHERE kind = 'split' ORDER BY event_id DESC LIMIT 1"
d split "$h" http://j.test/1 > /dev/null
d merge "$h" http://j.test/1 > /dev/null
d split "$h" http://i.test/1 > /dev/null
is "$last" '[{"to": 1, "from": 2, "stays": true}]'
agrees
d split "$h" http://j.test/1 > /dev/null
is "$last" '[{"to": 1, "from": 2}]'
is "SELECT version FROM dateline.versions WHERE story_id = $h" 1
agrees
# four days later, a story of its own until it is merged
jail() { # PAGE TIME SENTENCES
	line "http://$1.test/1" "$2" "Mayor jailed" "A court in the capital sentenced the former mayor to four years for taking bribes from a builder. $3"
}
A="Prosecutors had asked the judges for six years and for the return of all the money he took."
B="His lawyer called the verdict a disgrace, and will appeal within the week. $S6"
{ jail k 12:00 "$A"; jail l 12:10 "$A $B"; jail o 12:20 "$A $B All rights reserved."; } > "$TMP/jail"
d ingest "$TMP/jail" 2> /dev/null
sed -n '3s,//o.test,//m.test,; s/"o.test/"m.test/; 3s/-05T/-09T/p' "$TMP/jail" > "$TMP/copy"
d ingest "$TMP/copy" 2> /dev/null
k=$(q "SELECT story_id FROM dateline.postings WHERE url = 'http://k.test/1'")
is "SELECT version FROM dateline.postings WHERE story_id = $k ORDER BY url" '1 2 2'
d merge "$k" http://m.test/1 > /dev/null
d split "$k" http://l.test/1 http://o.test/1 > /dev/null
is "$last" '[{"to": 1, "from": 2, "stays": true}]'
agrees
d split "$k" http://m.test/1 > /dev/null
is "$last" '[{"from": 2}]'
is "SELECT version FROM dateline.versions WHERE story_id = $k" 1
agrees

# ---- two pages of one outlet: after split and merge the copy's version is none that
# anybody shows, and no head
{ line http://n.test/1 13:00 "Dam leaks" "Engineers found a leak in the dam above the town of Mora. $S3"
  line http://n.test/2 13:10 "Leak in dam" "Engineers found a leak in the dam above the town of Mora. $S3"; } > "$TMP/dam"
d ingest "$TMP/dam" 2> /dev/null
n=$(q "SELECT story_id FROM dateline.postings WHERE url = 'http://n.test/1'")
d split "$n" http://n.test/2 > /dev/null
d merge "$n" http://n.test/2 > /dev/null
is "SELECT head_version, versions FROM dateline.stories WHERE story_id = $n" '1|2'
is "SELECT DISTINCT version FROM dateline.sightings WHERE story_id = $n" 1
agrees

# ---- a story that has nothing of its own any more, but a page that shows what was merged
# into it: exactly what a merge brought is both, and the old id lives again
zoo() { # PAGE TIME SENTENCES
	line "http://$1.test/1" "$2" "Tiger asleep" "A tiger got out of the zoo on Sunday and slept in the garden of a dentist. $3" > "$TMP/zoo"
	d ingest "$TMP/zoo" 2> /dev/null
}
id() { q "SELECT story_id FROM dateline.postings WHERE url = 'http://$1.test/1'"; }
zoo q 14:00 "$S5"
zoo r 14:10 "$S5 Keepers carried it home in a blanket while the dentist held its tail. $S2"
empty=$(id q)
d split "$empty" http://q.test/1 > /dev/null	# r keeps the id
d merge "$empty" http://q.test/1 > /dev/null	# the older one is q's
empty=$(id q)
d split "$empty" http://q.test/1 > /dev/null
zoo t 14:20 "$S5 Keepers carried it home in a blanket while the dentist held its tail. $S2"
is "SELECT story_id = $empty FROM dateline.postings WHERE url ~ '//[rt].test'" 't t'
is "SELECT count(*) FROM dateline_store.version WHERE story_id = $empty" 0
agrees
d merge 4 "$empty" > /dev/null
is "SELECT status FROM dateline.stories WHERE story_id = $empty" merged
agrees
d split 4 http://r.test/1 http://t.test/1 > /dev/null
is "SELECT story_id = $empty FROM dateline.postings WHERE url ~ '//[rt].test'" 't t'
is "SELECT status FROM dateline.stories WHERE story_id = $empty" live
agrees

# ---- refused
if d split 4 http://a.test/1 2> "$TMP/said"; then exit 1; fi
grep -q 'http://a.test/1 is not in story 4' "$TMP/said"
if d split 4 http://d.test/1 2> "$TMP/said"; then exit 1; fi
grep -q 'no page would be left in story 4' "$TMP/said"
