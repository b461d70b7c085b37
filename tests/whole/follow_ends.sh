# events --follow ends when nobody reads what it writes, event or no event.
set -eu
"$DATELINE" --log-level warn --db "$DB" migrate > /dev/null
echo '{"url": "http://a.test/1", "title": "One", "body": "A line of an article object to be followed."}' |
	"$DATELINE" --log-level warn --db "$DB" ingest --format jsonl - 2> /dev/null
{ rc=0; timeout 30 "$DATELINE" --log-level warn --db "$DB" events --follow 2> /dev/null || rc=$?; echo $rc > "$TMP/rc"; } |
	head -n 1 > "$TMP/first"
grep -q '"kind": "created"' "$TMP/first"
test "$(cat "$TMP/rc")" = 1
