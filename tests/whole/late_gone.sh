# Withdrawals and held cuts whose captures arrive in another order than they were
# fetched: the stretches are those of the fetches' order, and as_of says so.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
A="Ministers from both coasts opened talks in the harbour town on fishing rights in the strait."
B="The strait has been closed to trawlers since two vessels collided there in fog in January."
C="Negotiators said the draft would divide the cod quota evenly and set up a joint patrol of six cutters."
D="Harbour unions called the draft a surrender and announced a march along the quay for Wednesday evening."
# show URL WHAT: "a08:00 x09:00", a to c being texts and x a 404, in that order of
# arrival, a file each
show() {
	for x in $2; do
		t=${x#?}
		case $x in
		x*) printf '{"url": "http://%s", "outlet": "%s", "fetched_at": "2024-03-05T%s:00Z", "http_status": 404}\n' "$1" "$1" "$t" ;;
		a*) line "$1" "$t" "$A $B" ;;
		b*) line "$1" "$t" "$A $B $C $D" ;;
		c*) line "$1" "$t" "$A" ;;
		esac > "$TMP/one.jsonl"
		d ingest "$TMP/one.jsonl" 2> /dev/null
	done
}
line() { # URL TIME BODY; each page has a story of its own
	printf '{"url": "http://%s", "outlet": "%s", "fetched_at": "2024-03-05T%s:00Z", "title": "%s talks", "body": "%s"}\n' \
		"$1" "$1" "$2" "$1" "$(echo "$3" | sed "s/\\([a-z]\\{4,\\}\\)/\\1${1%%.*}/g")"
}
stretches() { q "SELECT to_char(first_seen_at, 'HH24:MI-') || to_char(last_seen_at, 'HH24:MI')
	FROM dateline.sightings WHERE url = 'http://$1' ORDER BY first_seen_at" | tr '\n' ' '; }
events() { q "SELECT kind || CASE WHEN url IS NULL THEN '*' ELSE '' END || to_char(observed_at, '@HH24:MI') ||
	CASE WHEN (detail->>'late')::bool THEN ' late' ELSE '' END FROM dateline.events WHERE story_id =
	(SELECT story_id FROM dateline.postings WHERE url = 'http://$1') ORDER BY event_id" | tr '\n' ','; }
shown() { # at which of these hours as_of shows the page
	q "SELECT string_agg(t, ' ' ORDER BY t) FROM unnest(ARRAY['08:30', '09:30', '10:30', '11:30', '12:30', '13:30']) t
	WHERE EXISTS (SELECT FROM dateline.as_of((SELECT story_id FROM dateline.postings WHERE url = 'http://$1'),
	('2024-03-05 ' || t)::timestamptz))"; }
status() { q "SELECT status FROM dateline.postings WHERE url = 'http://$1'"; }
is() { test "$2" = "$3" || { echo "$1: got '$2', want '$3'"; exit 1; }; }
export PGTZ=UTC
n=0
# want WHAT STRETCHES SHOWN STATUS EVENTS
want() {
	n=$((n + 1))
	show "p$n.test/" "$1"
	is "$1 stretches" "$(stretches "p$n.test/")" "$2"
	is "$1 as_of" "$(shown "p$n.test/")" "$3"
	is "$1 status" "$(status "p$n.test/")" "$4"
	is "$1 events" "$(events "p$n.test/")" "$5"
}
# in order, then the misses after what came since
want "a08:00 x09:00 x10:00 a12:00" "08:00-08:00 12:00-12:00 " "08:30 09:30 12:30 13:30" live \
	"created@08:00,withdrawn@10:00,withdrawn*@10:00,restored@12:00,restored*@12:00,"
late="08:00-08:00 12:00-12:00 |08:30 09:30 12:30 13:30"
want "a08:00 a12:00 x09:00 x10:00" "${late%|*}" "${late#*|}" live "created@08:00,withdrawn@10:00 late,"
want "a08:00 a12:00 x10:00 x09:00" "${late%|*}" "${late#*|}" live "created@08:00,withdrawn@10:00 late,"
want "a12:00 x10:00 x09:00 a08:00" "${late%|*}" "${late#*|}" live "created@12:00,withdrawn@10:00 late,"
want "a08:00 x09:00 a12:00 x10:00" "${late%|*}" "${late#*|}" live "created@08:00,withdrawn@10:00 late,"
want "a08:00 b12:00 x09:00 x10:00" "${late%|*}" "${late#*|}" live "created@08:00,updated@12:00,withdrawn@10:00 late,"
# one alone is none
want "a08:00 a12:00 x10:00" "08:00-12:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live "created@08:00,"
# between texts that stand there
want "a08:00 a11:00 a12:00 x10:00 x09:00" "08:00-08:00 11:00-12:00 " "08:30 09:30 11:30 12:30 13:30" live \
	"created@08:00,withdrawn@10:00 late,"
# with nothing since, it is gone today: the second fetch tells
gone="created@08:00,withdrawn@10:00,withdrawn*@10:00,"
want "a08:00 x10:00 x09:00" "08:00-08:00 " "08:30 09:30" gone "$gone"
want "x09:00 x10:00 a08:00" "08:00-08:00 " "08:30 09:30" gone "$gone"
want "x10:00 a08:00 x09:00" "08:00-08:00 " "08:30 09:30" gone "$gone"
# a third that was fetched before the second: since then
want "a08:00 x09:00 x11:00 x10:00" "08:00-08:00 " "08:30 09:30" gone "created@08:00,withdrawn@11:00,withdrawn*@11:00,"
# a text between two misses that told takes that back at once, whatever follows
back="created@08:00,withdrawn@11:00,withdrawn*@11:00,restored@11:00,restored*@11:00,"
want "a08:00 x09:00 x11:00 a10:00" "08:00-10:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live "$back"
want "a08:00 x09:00 x11:00 a10:00 a12:00" "08:00-12:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live "$back"
want "a08:00 x09:00 x11:00 a10:00 b12:00" "08:00-10:00 12:00-12:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live \
	"${back}updated@12:00,"
want "a08:00 x09:00 x11:00 b10:00" "08:00-08:00 10:00-10:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live \
	"created@08:00,withdrawn@11:00,withdrawn*@11:00,updated@10:00 late,restored@11:00,restored*@11:00,"
# the end is where the misses that are left have it
want "a08:00 x09:00 x10:00 a09:30 b12:00 x10:30" "08:00-09:30 12:00-12:00 " "08:30 09:30 12:30 13:30" live \
	"created@08:00,withdrawn@10:00,withdrawn*@10:00,restored@10:00,restored*@10:00,updated@12:00,withdrawn@10:30 late,"
# a held cut between them is a fetch that showed a text
want "b08:00 x09:00 x11:00 c10:00" "08:00-08:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live "$back"
want "b08:00 x09:00 x11:00 b12:00 c10:00" "08:00-12:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live \
	"created@08:00,withdrawn@11:00,withdrawn*@11:00,restored@12:00,restored*@12:00,"
want "a08:00 x09:00 x11:00 a12:00 a10:00" "08:00-12:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live \
	"created@08:00,withdrawn@11:00,withdrawn*@11:00,restored@12:00,restored*@12:00,"
want "a08:00 x09:00 x11:00 a10:00 x12:00 a13:00" "08:00-10:00 13:00-13:00 " "08:30 09:30 10:30 11:30 13:30" live \
	"${back}withdrawn@12:00,withdrawn*@12:00,restored@13:00,restored*@13:00,"
# a text before misses that were fetched after it
want "a08:00 x12:00 a11:00 x13:00" "08:00-11:00 " "08:30 09:30 10:30 11:30 12:30" gone \
	"created@08:00,withdrawn@13:00,withdrawn*@13:00,"
want "a08:00 x09:00 x10:00 x12:00 x13:00 a11:00" "08:00-08:00 11:00-11:00 " "08:30 09:30 11:30 12:30" gone \
	"created@08:00,withdrawn@10:00,withdrawn*@10:00,restored@11:00,restored*@11:00,withdrawn@13:00,withdrawn*@13:00,"
# another text while it was gone
want "a08:00 x09:00 x10:00 a13:00 b11:00" "08:00-08:00 11:00-11:00 13:00-13:00 " "08:30 09:30 11:30 12:30 13:30" live \
	"created@08:00,withdrawn@10:00,withdrawn*@10:00,restored@13:00,restored*@13:00,updated@11:00 late,"
want "a08:00 x09:00 a13:00 b11:00" "08:00-08:00 11:00-11:00 13:00-13:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live \
	"created@08:00,updated@11:00 late,"
# a cut that an earlier fetch confirms: as if that had come first
want "b08:00 c08:30 c09:00" "08:00-08:00 08:30-09:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live \
	"created@08:00,updated@09:00,"
want "b08:00 c09:00 c08:30" "08:00-08:00 08:30-09:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live \
	"created@08:00,updated@09:00,"
is "the cut's version" "$(q "SELECT to_char(first_seen_at, 'HH24:MI-') || to_char(last_seen_at, 'HH24:MI') FROM dateline.versions
	WHERE story_id = (SELECT story_id FROM dateline.postings WHERE url = 'http://p$n.test/') AND version = 2")" "08:30-09:00"
# of a stretch that is known by then: one fetch alone is held, two are not
want "b08:00 b11:00 c09:00" "08:00-11:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live "created@08:00,"
want "b08:00 c09:00 b11:00 c10:00" "08:00-08:00 09:00-10:00 11:00-11:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live \
	"created@08:00,updated@10:00 late,"
want "b08:00 c10:00 b11:00 c09:00" "08:00-08:00 09:00-10:00 11:00-11:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live \
	"created@08:00,updated@10:00 late,"
# the text again, before a cut that is held: it is held still
want "b08:00 c10:00 b09:00 c11:00" "08:00-09:00 10:00-11:00 " "08:30 09:30 10:30 11:30 12:30 13:30" live \
	"created@08:00,updated@11:00,"
# of a page that is missed for a day and more what tells is found
long() { # URL: 1,100 misses, a minute apart
	python3 -c '
for i in range(1100):
    print("{\"url\": \"http://%s\", \"outlet\": \"%s\", \"http_status\": 404, \"fetched_at\": \"2024-03-0%dT%02d:%02d:00Z\"}" % (
        ("'"$1"'",) * 2 + (5 + (540 + i) // 1440, (540 + i) // 60 % 24, i % 60)))'
}
{ line long.test/ 08:00 "$A $B"; long long.test/; line long.test/ 02:29 "$A $B" | sed 's/03-05T02:29:00/03-06T02:29:30/'; } > "$TMP/long"
d ingest "$TMP/long" 2> /dev/null
is "long" "$(events long.test/)" "created@08:00,withdrawn@09:01,withdrawn*@09:01,restored@02:29,restored*@02:29,withdrawn@02:31,withdrawn*@02:31,"
python3 tools/rebuild-check "$DB"
