# What a crawl writes as WARC, ingested elsewhere, gives the same captures and
# stories; the bytes are in the files alone, and read from there when a raised
# revision wants them again. warc_check.py reads the files by the standard.
set -eu
d() { "$DATELINE" --log-level warn "$@"; }
q() { psql -AtXqd "$1" -c "$2"; }
other=$(echo "$DB" | sed 's/dbname=[^ ]*/dbname=t_warc/')
psql -qXd "$BASE" -c 'DROP DATABASE IF EXISTS t_warc' -c 'CREATE DATABASE t_warc' > /dev/null 2>&1
rm -rf "$TMP/warc"
export DATELINE_WARC_DIR="$TMP/warc"
DATELINE_WARC_BODIES=no python3 tests/site/run_day.py --dateline "$DATELINE" --db "$DB"
test "$(q "$DB" 'SELECT count(*) FROM dateline_store.body WHERE zstd IS NOT NULL')" = 0
test "$(q "$DB" 'SELECT count(*) FROM dateline.captures WHERE warc_file IS NULL')" = 0
mode=$(stat -c %a "$TMP/warc")
test "$mode" = 700
python3 tests/site/warc_check.py "$TMP"/warc/*.gz
export DATELINE_CLOCK=2026-03-12T00:00:00Z
d --db "$other" migrate > /dev/null
d --db "$other" ingest "$TMP/warc" 2> "$TMP/warc.log"
cat "$TMP/warc.log"
grep -q ' judged, 0 known before, 0 in conflict, 0 refused' "$TMP/warc.log"
captures='SELECT capture_id, url, fetched_at, outcome, http_status, bytes, body_hash FROM dateline.captures ORDER BY 1'
q "$DB" "$captures" > "$TMP/captures"
q "$other" "$captures" | cmp "$TMP/captures" -
tools/db-digest "$DB" --rows > "$TMP/rows"
tools/db-digest "$other" --rows | cmp "$TMP/rows" -

# files of two workers, of one time: read together, as they were written
psql -qXd "$BASE" -c 'DROP DATABASE IF EXISTS t_warc' -c 'CREATE DATABASE t_warc' > /dev/null 2>&1
python3 - "$TMP/warc" "$TMP/warc_two" <<'PY'
import glob, os, sys, zlib
os.makedirs(sys.argv[2], exist_ok=True)
out = [open('%s/dateline-20260310T080000Z-00000-%s.warc.gz' % (sys.argv[2], n), 'wb') for n in 'ba']
for path in sorted(glob.glob(sys.argv[1] + '/*.gz')):
    data = open(path, 'rb').read()
    while data:
        z = zlib.decompressobj(31)
        raw = z.decompress(data)
        member, data = data[:len(data) - len(z.unused_data)], z.unused_data
        for i, f in enumerate(out):
            if b'Type: warcinfo' in raw[:40] or (b'wire-a.test' in raw[:600] or b'wire-c.test' in raw[:600]) == bool(i):
                f.write(member)
PY
d --db "$other" migrate > /dev/null
d --db "$other" ingest "$TMP"/warc_two/*.gz 2> "$TMP/warc.log"
q "$other" "$captures" | cmp "$TMP/captures" -
python3 tests/site/compare.py --dsn "$other"

# again, from a pipe: all is known
cat "$TMP"/warc/*.gz | d --db "$other" ingest --format warc - 2> "$TMP/warc.log"
grep -q ' 0 judged, .* 0 in conflict, 0 refused' "$TMP/warc.log" || { cat "$TMP/warc.log"; exit 1; }

# a process that was killed: its last record is cut, which is told; the rest counts
last=$(ls "$TMP"/warc/*.gz | tail -n 1)
head -c -3 "$last" > "$TMP/cut.warc.gz"
rc=0
d --db "$other" ingest "$TMP/cut.warc.gz" 2> "$TMP/warc.log" || rc=$?
test $rc = 4
grep -q 'TRUNCATED' "$TMP/warc.log"
n=$(zcat "$last" | grep -ac '^outcome: ')
grep -q " 0 judged, $n known before, 0 in conflict, 1 refused" "$TMP/warc.log"

# no place for WARC: told, and the bytes are in the database
psql -qXd "$BASE" -c 'DROP DATABASE IF EXISTS t_warc' -c 'CREATE DATABASE t_warc' > /dev/null 2>&1
unset DATELINE_CLOCK
DATELINE_WARC_DIR=/dev/null/warc DATELINE_WARC_BODIES=no python3 tests/site/run_day.py --dateline "$DATELINE" --db "$other" --ticks 3
test "$(q "$other" 'SELECT count(*) > 0, count(*) = count(zstd) FROM dateline_store.body')" = 't|t'
