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

# what events tell besides is in words; one word, one version, one page
say() { # TIME TITLE BODY [MORE]
	printf '{"url": "http://w.test/1", "outlet": "w.test", "fetched_at": "2024-04-05T%s:00Z", "title": "%s", "body": "%s"%s}\n' \
		"$1" "$2" "$3" "${4:-}" > "$TMP/line"
	d ingest --format jsonl "$TMP/line" 2> /dev/null
}
life() { # STORY: its events without what changed
	d timeline "$1" > "$TMP/whole"
	sed -n '/^2024/p;/^        /{/eleven lorries/!p;}' "$TMP/whole" > "$TMP/told"
}
F="ferry with eleven lorries ran aground off Varn on Friday and was towed free by noon."
T=', "updated_at": "2024-04-05T08:00:00Z"'
say 08:00 "Ferry aground" "A $F" "$T"
d stories > "$TMP/told"
grep -q '^ *2  2024-04-05 08:00  live        1 version    1 page   Ferry aground$' "$TMP/told"
grep -q '^ *1  2024-03-05 .*  live      [ 0-9]*[02-9] versions   1 page   Talks begin$' "$TMP/told"
say 08:10 "Ferry aground" "A big $F" "$T"
say 08:20 "Ferry aground" "A big $F" "$T, \"note\": \"Corrects {size}\""
say 08:30 "Ferry aground" "A $F" "$T"
say 08:05 "Ferry aground" "A long, slow and rusty $F" "$T"
for t in 08:40 08:50; do
	say $t "KILL-Ferry aground" "The story is wrong."
done
life 2
is "$(cat <<'E'
2024-04-05 08:00  created   v1  w.test  http://w.test/1
2024-04-05 08:05  updated   v3  w.test  http://w.test/1
        came late
        4 words added, 1 removed since version 2
2024-04-05 08:10  updated   v2  w.test  http://w.test/1
        silent: the publisher's time stayed as it was
        1 word added, 0 removed since version 1
2024-04-05 08:20  corrected v2  w.test  http://w.test/1
        note: Corrects {size}
        1 word added, 0 removed since version 1
2024-04-05 08:30  reverted  v1  w.test  http://w.test/1
        silent: the publisher's time stayed as it was
2024-04-05 08:50  withdrawn v1  w.test  http://w.test/1
        taken back by a kill notice
2024-04-05 08:50  withdrawn v1  the story
        taken back by a kill notice
E
)"
say 09:00 "Talks begin" "$S1 $S2 $S3"
say 09:10 "Museum opens" "The museum of glass in the old salt works of Varn opened its doors after nine years of building."
life http://w.test/1
is "$(cat <<'E'
2024-04-05 09:10  created   v1  w.test  http://w.test/1
        left story 3
E
)"
# where the page went, in its old story and in the new
life 3
is "$(cat <<'E'
2024-04-05 09:00  created   v1  w.test  http://w.test/1
2024-04-05 09:10  left          w.test  http://w.test/1
        for story 4
E
)"
no() { # WORDS ARG...: why diff has nothing to show
	words=$1
	shift
	rc=0
	d diff "$@" > "$TMP/told" 2>&1 || rc=$?
	test $rc = 1 && grep -qx "dateline: NOT_FOUND: $words" "$TMP/told" || { cat "$TMP/told"; exit 1; }
}
no 'no story 99' 99
no 'no story 99' 99 1 2
no 'story 4 has 1 version: there is nothing to compare' 4
no 'story 4 has no version 7' 4 7 1
no 'story 4 has no version 9' 4 1 9
d timeline --json 2 > "$TMP/told"
grep -q '"detail": {"note": "Corrects {size}"}}$' "$TMP/told"
grep -q '"detail": {"reason": "killed"}}$' "$TMP/told"
