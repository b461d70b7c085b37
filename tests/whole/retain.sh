# retain: by config, bytes, WARC files, captures and sketches of old go, events
# and texts never; bytes that a visited page shows stay readable.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
rm -rf "$TMP/warc"
export DATELINE_WARC_DIR="$TMP/warc" DATELINE_WARC_BODIES=no
python3 tests/site/run_day.py --dateline "$DATELINE" --db "$DB" --ticks 8
export DATELINE_CLOCK=2026-03-20T08:00:00Z
d retain | grep -q 'nothing is configured'
tools/db-digest "$DB" > "$TMP/before"
files=$(ls "$TMP/warc" | wc -l)
bodies=$(q "SELECT count(*) FROM dateline_store.body")
shown=$(q "SELECT count(DISTINCT (host_key, body_hash)) FROM dateline_store.page WHERE body_hash IS NOT NULL AND next_fetch_at IS NOT NULL")
test "$shown" -gt 0 && test "$bodies" -gt "$shown"
touch "$TMP/warc/other.warc.gz"

# too young
DATELINE_RETAIN_BODIES=11d DATELINE_RETAIN_WARC=11d DATELINE_RETAIN_CAPTURES=11d DATELINE_RETAIN_SKETCHES=11d d retain > "$TMP/log"
printf 'bodies: 0 removed\ncaptures: 0 removed\nsketches: 0 removed\nwarc: 0 files, 0 bytes removed\n' | cmp "$TMP/log" -

# a file that is still written stays
held=$(ls "$TMP/warc" | head -n 1)
flock "$TMP/warc/$held" sh -c 'DATELINE_RETAIN_WARC=8d "$DATELINE" --log-level warn --db "$DB" retain' > "$TMP/log"
grep -q "^warc: $((files - 1)) files" "$TMP/log" || { cat "$TMP/log"; exit 1; }
test -e "$TMP/warc/$held"
DATELINE_RETAIN_BODIES=8d DATELINE_RETAIN_WARC=8d DATELINE_RETAIN_CAPTURES=8d DATELINE_RETAIN_SKETCHES=8d d retain > "$TMP/log"
grep -q '^warc: 1 files' "$TMP/log" || { cat "$TMP/log"; exit 1; }
test "$(ls "$TMP/warc")" = other.warc.gz
test "$(q "SELECT count(*), count(zstd), count(warc_file) FROM dateline_store.body")" = "$shown|$shown|0"
test "$(q "SELECT count(*) FROM dateline.captures")" = 0
test "$(q "SELECT count(*) FROM dateline_store.sketch")" = 0
tools/db-digest "$DB" | cmp "$TMP/before" -
