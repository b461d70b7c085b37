# replay: kept bytes through a raised revision with a changed rule: a preview that
# changes nothing, then the texts alone: no version, no event, and no edit when
# the page is fetched again.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
rm -rf "$TMP/warc"
export DATELINE_WARC_DIR="$TMP/warc" DATELINE_WARC_BODIES=no
python3 tests/site/run_day.py --dateline "$DATELINE" --db "$DB" --ticks 10
export DATELINE_CLOCK=2026-03-11T12:00:00Z
d replay --all > "$TMP/log" 2>&1
grep -q ', 0 differ (0 opened versions), 0 are no articles now, 0 have no bytes' "$TMP/log" || { cat "$TMP/log"; exit 1; }
d replay 2>&1 | grep -q '^replay: 0 sightings read again'
tools/db-digest "$DB" --rows > "$TMP/before"
events=$(q 'SELECT count(*), max(event_id) FROM dateline.events')
shape="SELECT story_id, version, change_kind, effective_at, previous_version FROM dateline.versions ORDER BY 1, 2"
q "$shape" > "$TMP/shape"

export DATELINE_TEST_REVISION=1000
d replay > "$TMP/preview" 2> "$TMP/log"
cat "$TMP/log"
grep -q -- '--apply changes them' "$TMP/log"
tools/db-digest "$DB" --rows | cmp "$TMP/before" -
grep -q '^  story [0-9]* version [0-9]*: [0-9]* -> [0-9]* words' "$TMP/preview"
d replay --json 2> /dev/null | python3 -c '
import json, sys
rows = [json.loads(x) for x in sys.stdin]
assert rows and all(r["words_old"] + r["words_added"] - r["words_removed"] == r["words_new"] for r in rows), rows'
url=$(head -n 1 "$TMP/preview")
d replay "$url" 2> /dev/null | grep -v '^ ' | sort -u > "$TMP/log"
test "$(cat "$TMP/log")" = "$url"

d replay --apply > "$TMP/log" 2>&1
grep -q ': changed, 0 are' "$TMP/log" || { cat "$TMP/log"; exit 1; }
q "$shape" | cmp "$TMP/shape" -
test "$(q 'SELECT count(*), max(event_id) FROM dateline.events')" = "$events"
! tools/db-digest "$DB" --rows | cmp -s "$TMP/before" -
# a version is what its opening text says
test "$(q "SELECT count(*) FROM dateline.versions v WHERE words <> (SELECT count(*) FROM regexp_matches(body, '\w+(?:[-''.,]\w+)*', 'g'))")" = 0
d replay 2>&1 | grep -q '^replay: 0 sightings read again'
d replay --all 2>&1 | grep -q ', 0 differ'

# and the crawl goes on
texts=$(q 'SELECT count(*) FROM dateline_store.text')
d ingest "$TMP/warc" 2> /dev/null
test "$(q 'SELECT count(*), max(event_id) FROM dateline.events')" = "$events"
test "$(q 'SELECT count(*) FROM dateline_store.text')" = "$texts"
# back to the first reading: as it was, but for the texts that stay known
now=$(sed -n "s/^#define PARSER_REVISION *//p" parser/parser.h)
DATELINE_TEST_REVISION=$now d replay --apply > /dev/null 2>&1
tools/db-digest "$DB" --rows | cmp "$TMP/before" -
