# Standard input is read whole, whatever its format; SIGTERM ends a long one
# with what was read in the database, and exit 0.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
sql() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
page=tests/golden/wire-page.html
"$DATELINE" extract - < "$page" > "$TMP/stdin.json"
for way in "cat $page" "cat tests/golden/scraped.txt"; do
	$way | d ingest - 2> "$TMP/stdin.log" || { cat "$TMP/stdin.log"; exit 1; }
done
$way | d ingest --format text - 2> /dev/null
printf '%s\n' '{"url": "http://a.test/1", "title": "One", "body": "A line of an article object, read from a pipe."}' |
	d ingest - 2> /dev/null
test "$(sql "SELECT count(*) FROM dateline.postings")" = 3
test "$(sql "SELECT count(*) FROM dateline.versions WHERE headline = 'Draft treaty would share cod quota of northern strait'")" = 1
# the whole page, as from a file
d ingest "$page" 2> "$TMP/stdin.log"
grep -q " 0 judged, 1 known before" "$TMP/stdin.log"

# stopped: 400 lines came, the pipe stays open; every line that was read is judged
mkfifo "$TMP/pipe"
"$DATELINE" --log-level warn --db "$DB" ingest --format jsonl "$TMP/pipe" /nowhere 2> "$TMP/stdin.log" & pid=$!
exec 5> "$TMP/pipe"
i=0
while [ $i -lt 400 ]; do
	i=$((i + 1))
	echo "{\"url\": \"http://b.test/$i\", \"title\": \"Number $i\", \"body\": \"Article $i has words of its own: $i$i and $i$i$i.\"}"
done >&5
i=0
while [ "$(sql "SELECT count(*) FROM dateline.postings WHERE url LIKE 'http://b.test/%'")" = 0 ]; do
	i=$((i + 1)) && [ $i -lt 600 ] || exit 1
done
kill -TERM $pid
rc=0
wait $pid || rc=$?
exec 5>&-
cat "$TMP/stdin.log"
test $rc = 0
read=$(sed -n 's/.*stopped after line \([0-9]*\)$/\1/p' "$TMP/stdin.log")
test "$read" -ge 128
grep -q "ingest: $read judged.*; stopped with 2 paths left" "$TMP/stdin.log"
test "$(sql "SELECT count(*) FROM dateline.postings WHERE url LIKE 'http://b.test/%'")" = "$read"
