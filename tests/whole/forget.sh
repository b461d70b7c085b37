# forget: no byte of a text is left in tables, WARC files or what any verb says;
# everything else is as it was, and nothing of it comes back.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
rm -rf "$TMP/warc" "$TMP/kept"
export DATELINE_WARC_DIR="$TMP/warc" DATELINE_WARC_BODIES=yes
python3 tests/site/run_day.py --dateline "$DATELINE" --db "$DB" --ticks 18
export DATELINE_CLOCK=2026-03-11T12:00:00Z
cp -a "$TMP/warc" "$TMP/kept"

cat > "$TMP/words.py" <<'PY'
"""words.py take DB URL...: sentences and titles of the pages' texts that stand in no other text, one a line.
words.py find WORDS WARC-FOLDER FILE...: how many of them stand in what is stored."""
import glob, gzip, html, re, subprocess, sys, zlib
def sql(db, text):
    out = subprocess.run(['psql', '-AtXqd', db, '-R', '\x1e', '-F', '\x1f', '-c', text], stdout=subprocess.PIPE, check=True).stdout.decode()
    return [r.split('\x1f') for r in out.rstrip('\n').split('\x1e') if r]
def parts(row):
    return {x.strip() for t in row for x in re.split(r'(?<=[.!?"]) |\n+', t) if len(x.strip()) >= 12}
if sys.argv[1] == 'take':
    db, urls = sys.argv[2], sys.argv[3:]
    where = "text_hash IN (SELECT s.text_hash FROM dateline_store.sighting s JOIN dateline_store.posting p USING (story_id, url_key) WHERE p.url IN (%s))" % \
        ', '.join("'%s'" % u for u in urls)
    rows = "SELECT title, coalesce(summary, ''), body FROM dateline_store.text WHERE "
    mine, others = [set().union(set(), *map(parts, sql(db, rows + c))) for c in (where, 'NOT ' + where)]
    notes = {r[0] for r in sql(db, "SELECT DISTINCT note FROM dateline_store.sighting WHERE note IS NOT NULL AND " + where)}
    print('\n'.join(sorted((mine - others) | notes)))
else:
    words = [w for w in open(sys.argv[2]).read().split('\n') if w]
    stored = [open(f, errors='replace').read() for f in sys.argv[4:]]
    for path in glob.glob(sys.argv[3] + '/*.gz'):
        data = open(path, 'rb').read()
        while data:
            z = zlib.decompressobj(31)
            raw = z.decompress(data)
            data = z.unused_data
            stored.append(raw.decode(errors='replace'))
            at = raw.find(b'\x1f\x8b')
            if at > 0:
                stored.append(gzip.decompress(raw[at:-4]).decode(errors='replace'))
    stored = [html.unescape(s) for s in stored]
    hits = [w for w in words if any(w in s for s in stored)]
    print(len(hits))
    print(hits[:3], file=sys.stderr)
PY
find_in() { # WORDS FILE...
	words=$1
	shift
	python3 "$TMP/words.py" find "$words" "$TMP/warc" "$@"
}
# every table but the bytes, which are packed: these are written out
dump() {
	pg_dump -d "$DB" --data-only -n dateline_store > "$TMP/dump"
	command -v zstd > /dev/null || return 0
	q "SELECT translate(encode(zstd, 'base64'), E'\n', '') FROM dateline_store.body WHERE zstd IS NOT NULL" |
	while read -r line; do
		echo "$line" | base64 -d | zstd -dcq
	done >> "$TMP/dump"
}
verbs() { # URL STORY
	for say in "timeline $2" "timeline --json $2" timeline stories 'stories --json' "diff $2" "events" 'events --format ndjson' \
	    "status $1" 'quarantine list' "explain $1 $1"; do
		d $say || :
	done > "$TMP/said" 2>&1
	while read -r line; do d search "$line" < /dev/null; done < "$TMP/words" >> "$TMP/said" 2>&1 || :
}
# all that must stay: everything but words
rest() {
	q "SELECT 'v', story_id, version, content_hash, change_kind, effective_at, words, words_added, words_removed, stealth FROM dateline.versions ORDER BY 2, 3"
	q "SELECT 's', story_id, url, version, text_hash, coverage, first_seen_at, last_seen_at FROM dateline.sightings ORDER BY url, first_seen_at"
	q "SELECT 'p', story_id, url, version, status, stale FROM dateline.postings ORDER BY 3"
	q "SELECT 'e', event_id, kind, version, url, observed_at FROM dateline.events WHERE kind <> 'redacted' ORDER BY 2"
	q "SELECT 'c', capture_id, body_hash, bytes, outcome FROM dateline.captures ORDER BY 2"
}

# ---- a page that had versions, a correction, copies elsewhere
url=$(q "SELECT p.url FROM dateline.postings p JOIN dateline.versions v USING (story_id) JOIN dateline.sightings s USING (story_id, url)
	WHERE v.note IS NOT NULL GROUP BY 1 ORDER BY count(DISTINCT s.text_hash) DESC, 1 LIMIT 1")
story=$(q "SELECT story_id FROM dateline.postings WHERE url = '$url'")
python3 "$TMP/words.py" take "$DB" "$url" > "$TMP/words"
dump && verbs "$url" "$story"
n=$(wc -l < "$TMP/words")
echo "$url has $n words of its own"
test "$n" -ge 3
test "$(find_in "$TMP/words" "$TMP/dump" 2> /dev/null)" = "$n"
test "$(find_in "$TMP/words" "$TMP/said" 2> /dev/null)" -ge 3
rest > "$TMP/before"
others="SELECT title, body FROM dateline_store.text t WHERE NOT EXISTS (SELECT FROM dateline_store.sighting s JOIN dateline_store.posting p
	USING (story_id, url_key) WHERE s.text_hash = t.text_hash AND p.url = '$url') ORDER BY 1, 2"
q "$others" > "$TMP/others"
q "SELECT count(*) FROM dateline_store.body" > "$TMP/bodies"
rc=0; d forget "$url" 2> /dev/null || rc=$?
test $rc = 2
rc=0; d forget http://nowhere.test/ --reason x 2> "$TMP/log" || rc=$?
test $rc = 1
grep -q NOT_FOUND "$TMP/log"
d forget "$url" --reason 'asked by its author'
dump && verbs "$url" "$story"
find_in "$TMP/words" "$TMP/dump" "$TMP/said" > "$TMP/hits"
test "$(cat "$TMP/hits")" = 0
rest | cmp "$TMP/before" -
q "$others" | sed '/^|$/d' | cmp "$TMP/others" -
test "$(q "SELECT count(*) FROM dateline_store.body")" -lt "$(cat "$TMP/bodies")"
test "$(q "SELECT kind, url, headline, detail->>'reason' FROM dateline.events WHERE kind = 'redacted'")" = "redacted|$url||asked by its author"
# what the server knows of its columns
test "$(q "SELECT count(*) FROM pg_stats s, unnest(ARRAY[histogram_bounds::text, most_common_vals::text]) x
	WHERE schemaname = 'dateline_store' AND position('$(head -n 1 "$TMP/words" | sed "s/'/''/g")' IN x) > 0")" = 0

# again: nothing more; the files are still WARC
d forget "$url" --reason again > /dev/null
test "$(q "SELECT count(*) FROM dateline.events WHERE kind = 'redacted'")" = 1
for f in "$TMP"/warc/*.gz; do gzip -t "$f"; done
for f in "$TMP"/warc/*.gz; do test "$(stat -c %s "$f")" = "$(stat -c %s "$TMP/kept/$(basename "$f")")"; done
psql -qXd "$BASE" -c 'DROP DATABASE IF EXISTS t_warc' -c 'CREATE DATABASE t_warc' > /dev/null 2>&1
other=$(echo "$DB" | sed 's/dbname=[^ ]*/dbname=t_warc/')
"$DATELINE" --log-level warn --db "$other" migrate > /dev/null
"$DATELINE" --log-level warn --db "$other" ingest "$TMP/warc"
test "$(psql -AtXqd "$other" -c "SELECT count(*) FROM dateline.postings WHERE url = '$url'")" = 0

# ---- it does not come back: by its URL, by the text elsewhere, by an old file
test "$(q "SELECT next_fetch_at IS NULL FROM dateline.pages WHERE url = '$url'")" = t
rc=0; DATELINE_CONTACT=x@y.test d crawl "$url" 2> "$TMP/log" || rc=$?
test $rc = 4
grep -q FORGOTTEN "$TMP/log"
psql -AtXqd "$other" -c 'DROP SCHEMA dateline, dateline_store CASCADE' 2> /dev/null
"$DATELINE" --log-level warn --db "$other" migrate > /dev/null
"$DATELINE" --log-level warn --db "$other" ingest "$TMP/kept" 2> /dev/null
psql -AtXqd "$other" -c "SELECT json_build_object('url', '$url', 'title', headline, 'body', body, 'fetched_at', '2026-03-11T11:00:00Z')
	FROM dateline.versions WHERE content_hash IN (SELECT text_hash FROM dateline.sightings WHERE url = '$url') LIMIT 1" > "$TMP/back.jsonl"
sed 's|http://|http://elsewhere-|' "$TMP/back.jsonl" > "$TMP/back2.jsonl"
test -s "$TMP/back.jsonl"
d ingest "$TMP/back.jsonl" "$TMP/back2.jsonl"
test "$(q "SELECT count(*) FROM dateline_store.capture WHERE code = 'FORGOTTEN' AND body_hash IS NULL")" = 2
dump
test "$(find_in "$TMP/words" "$TMP/dump")" = 0
rest | grep -v '^c' > "$TMP/now"
grep -v '^c' "$TMP/before" | cmp - "$TMP/now"

# ---- a story, with one that was merged into it
set -- $(q "SELECT story_id FROM dateline.stories WHERE status = 'live' AND story_id <> $story ORDER BY postings DESC, 1 LIMIT 2")
d merge "$1" "$2" > /dev/null
urls=$(q "SELECT url FROM dateline.postings WHERE story_id = $1")
python3 "$TMP/words.py" take "$DB" $urls > "$TMP/words"
rest | grep -v '^e' > "$TMP/before"
d forget "$2" --reason 'a court said so'
dump && verbs "$(echo "$urls" | head -n 1)" "$1"
find_in "$TMP/words" "$TMP/dump" "$TMP/said" > "$TMP/hits"
test "$(cat "$TMP/hits")" = 0
rest | grep -v '^e' | cmp "$TMP/before" -
test "$(q "SELECT count(*) FROM dateline.events WHERE kind = 'redacted' AND story_id = $1 AND url IS NULL")" = 1
test "$(q "SELECT count(*) FROM dateline.versions WHERE headline <> '' AND story_id = $1")" = 0
# the others go on
DATELINE_CLOCK=2026-03-11T12:10:00Z d ingest --format jsonl - <<'JSON'
{"url": "http://a.test/1", "title": "A new one", "body": "A sentence that nobody has written before stands here, of a dozen words or more.", "fetched_at": "2026-03-11T12:05:00Z"}
JSON
test "$(q "SELECT count(*) FROM dateline.stories WHERE headline = 'A new one'")" = 1

# ---- what is said of it since; and a story whose pages shared their texts
: > "$TMP/lines"
line() { # URL TIME TITLE BODY
	printf '{"url": "%s", "outlet": "%s", "fetched_at": "2026-03-11T%s:00Z", "title": "%s", "body": "%s"}\n' \
		"$1" "$(printf %s "${1#http://}" | cut -d/ -f1)" "$2" "$3" "$4" >> "$TMP/lines"
}
B="Keepers of the lighthouse at Varn asked the harbour board on Monday for a second lamp. The board said that it had no money for lamps, and would ask the ministry. Ships had missed the entry twice since the autumn storms."
line http://la.test/1 11:10 "Keepers ask for lamp" "$B"
line http://lb.test/1 11:11 "Keepers ask for lamp" "$B"
line http://la.test/1 11:12 "Keepers ask for lamp" "$B The ministry did not answer a letter that was sent to it."
line http://lc.test/1 11:13 "Lamp is asked for" "$B"
DATELINE_CLOCK=2026-03-11T12:20:00Z d ingest --format jsonl "$TMP/lines" 2> /dev/null
lamp=$(q "SELECT story_id FROM dateline.postings WHERE url = 'http://la.test/1'")
told() { q "SELECT coalesce(url, 'all'), detail ->> 'reason' FROM dateline.events WHERE kind = 'redacted' AND story_id = $lamp ORDER BY event_id"; }
d forget http://lc.test/1 --reason court > "$TMP/out"
grep -q '^http://lc.test/1: 1 texts erased, with the bytes of 1 captures ' "$TMP/out"
d forget http://la.test/1 --reason privacy > "$TMP/out"
grep -q '^http://la.test/1: 2 texts erased, with the bytes of 3 captures ' "$TMP/out"
d diff "$lamp" > "$TMP/out"
printf '%s\n' 'version 1 -> 2' 'the text of version 1 was forgotten' 'the text of version 2 was forgotten' \
	'12 words were added, 0 removed' | diff - "$TMP/out"
d timeline "$lamp" > "$TMP/out"
grep -q '^        the text of version 2 was forgotten$' "$TMP/out"
grep -q "^story $lamp: (erased)\$" "$TMP/out"
grep -q '^2026-03-11 .*  redacted .* http://la.test/1$' "$TMP/out"
grep -q '^        reason: privacy$' "$TMP/out"
d stories > "$TMP/out"
grep -q "^ *$lamp  .* pages  (erased)\$" "$TMP/out"
test "$(grep -c '(erased)' "$TMP/out")" = "$(q "SELECT count(*) FROM dateline.stories WHERE status <> 'merged' AND headline = ''")"
d stories --json > "$TMP/out"
grep -q "^{\"story_id\": $lamp, .*\"headline\": \"\"" "$TMP/out"
d explain http://la.test/1 http://lb.test/1 > "$TMP/out"
test "$(grep -c '^   its text was forgotten$' "$TMP/out")" = 2
grep -q '^texts alone: nothing can be said, as one of them was forgotten$' "$TMP/out"
if grep -q 'score 0\|signal\|nearest then: version' "$TMP/out"; then cat "$TMP/out"; exit 1; fi
# its last page is closed now, and the reason is told; what went before is not counted
d forget "$lamp" --reason 'all of it' > "$TMP/out"
grep -q '^[0-9]*: 0 texts erased, with the bytes of 0 captures ' "$TMP/out"
printf '%s\n' 'http://lc.test/1|court' 'http://la.test/1|privacy' 'all|all of it' > "$TMP/want"
told | diff "$TMP/want" -
d forget "$lamp" --reason again > /dev/null
told | diff "$TMP/want" -
