# diff and timeline: what changed, word by word, headline and summary too; what
# moved is marked where it stood and where it stands; breaks are kept.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
d migrate > /dev/null
take() { # URL TIME TITLE SUMMARY BODY
	printf '{"url": "%s", "outlet": "a.test", "fetched_at": "2024-03-05T%s:00Z", "title": "%s", "summary": "%s", "body": "%s"}\n' \
		"$@" > "$TMP/line"
	d ingest --format jsonl "$TMP/line" 2> /dev/null
}
is() { # what diff, or the timeline, told is in $TMP/told
	printf '%s\n' "$1" > "$TMP/want"
	diff "$TMP/want" "$TMP/told"
}
S1="Ministers opened talks in Port Halden on Tuesday."
S2="Her delegation had come with a mandate to sign before the weekend."
S3="The strait has been closed to trawlers since January."
S4="Two vessels collided there in fog."

# the summary alone
take http://a.test/1 08:00 "Talks begin" "Two states meet." "$S1\\n\\n$S2\\n\\n$S3"
take http://a.test/1 08:10 "Talks begin" "Three states meet." "$S1\\n\\n$S2\\n\\n$S3"
d diff 1 > "$TMP/told"
is "version 1 -> 2
headline: Talks begin
summary: [-Two-] {+Three+} states meet.

the body is the same"
d timeline 1 | grep -q '^        summary: \[-Two-\] {+Three+} states meet\.$'

# a paragraph goes: the break before it is kept
take http://a.test/1 08:20 "Talks begin" "Three states meet." "$S1\\n\\n$S2"
d diff 1 2 3 > "$TMP/told"
is "version 2 -> 3
headline: Talks begin

$S1

$S2

[-$S3-]"

# one comes in another's place, and one moves to the end
take http://a.test/1 08:30 "Talks begin" "Three states meet." "$S4\\n\\n$S2\\n\\n$S1"
d diff 1 3 4 > "$TMP/told"
is "version 3 -> 4
headline: Talks begin

[>$S1<] {+$S4+}

$S2

{>$S1<}"
d diff 1 > "$TMP/told"
head -n 1 "$TMP/told" | grep -qx 'version 3 -> 4'

# the last one moves to the front, with a word changed
take http://a.test/1 08:40 "Talks begin" "Three states meet." "Ministers opened talks in Port Halden on Monday.\\n\\n$S4\\n\\n$S2"
d diff 1 4 5 > "$TMP/told"
is "version 4 -> 5
headline: Talks begin

{>Ministers opened talks in Port Halden on<} {+Monday.+}

$S4

$S2

[>Ministers opened talks in Port Halden on<] [-Tuesday.-]"

# one number is no pair
rc=0; d diff 1 2 > "$TMP/told" 2> "$TMP/errors" || rc=$?
test $rc = 2
test ! -s "$TMP/told"
grep -q 'diff STORY \[V1 V2\]' "$TMP/errors"
rc=0; d diff 1 2 9 > "$TMP/told" 2> "$TMP/errors" || rc=$?
test $rc = 1
