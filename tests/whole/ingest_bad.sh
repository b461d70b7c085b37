# Bad inputs are refused by code and listed; the good ones beside them stored.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
d migrate > /dev/null
mkdir -p "$TMP/bad"
: > "$TMP/bad/empty.html"
printf '\211PNG\r\n\032\n0000000000' > "$TMP/bad/picture.html"
python3 - "$TMP/bad" <<'PY'
import sys
d = sys.argv[1] + '/'
open(d + 'long.jsonl', 'w').write('{"body": "' + 'x' * 20000000 + '"}\n{"url": "http://a.test/good", "title": "Good", "body": "A good line beside the long one."}\n')
open(d + 'utf8.html', 'wb').write(b'<meta charset=utf-8><h1>Cafe news</h1><article><p>' + b'caf\xe9 \xff\xfe \xed\xa0\x80 opened its doors today. ' * 20)
open(d + 'nul.html', 'wb').write(b'<title>a\0b</title><article><p>' + b'he\0llo world this is text. ' * 40)
open(d + 'font.html', 'wb').write(b''.join(b'<font a%x><p>' % i for i in range(7000)))
open(d + 'lines.jsonl', 'w').write('not json\n{"url": 5}\n{"url": "http://a.test/nul", "title": "N", "body": "Text with a \\u0000 in it stays text."}\n{"url": "http://a.test/to-come", "title": "N", "body": "Seen in a year that is to come.", "fetched_at": "9999-01-01T00:00:00Z"}\n'
    '{"url": "http://a.test/nul\\u0000", "title": "N", "body": "Its URL is none, and names no other page."}\n'
    '{"canonical_url": "http://a.test/\\u0000nul", "title": "N", "body": "Its only URL is none."}\n'
    '{"url": "http://a.test/\\\\u0000", "title": "N", "body": "A backslash is no escape, and a URL may have one."}\n')
PY
rc=0
d ingest "$TMP"/bad/* 2> "$TMP/bad.log" || rc=$?
test $rc = 4
for code in EMPTY_BODY NOT_HTML RECORD_TOO_LARGE PARSE_BUDGET BAD_RECORD INVALID_URL; do
	grep -q "$code" "$TMP/bad.log"
	test "$(psql -AtXqd "$DB" -c "SELECT count(*) > 0 FROM dateline.quarantine WHERE code = '$code'")" = t
done
test "$(psql -AtXqd "$DB" -c "SELECT count(*) FROM dateline.postings WHERE url LIKE 'http://a.test/%'")" = 3
test "$(psql -AtXqd "$DB" -c "SELECT count(*) FROM dateline.postings WHERE url LIKE 'urn:%'")" = 2
grep -q 'lines.jsonl:4: BAD_RECORD: fetched_at 9999' "$TMP/bad.log"
grep -q 'lines.jsonl:5: INVALID_URL: the URL holds U+0000' "$TMP/bad.log"
grep -q 'lines.jsonl:6: INVALID_URL: the URL holds U+0000' "$TMP/bad.log"
test "$(psql -AtXqd "$DB" -c "SELECT count(*) FROM dateline_store.quarantine WHERE code = 'INVALID_URL' AND url IS NULL")" = 2
# they are refused again, too
rc=0
d quarantine replay "$TMP/bad/lines.jsonl:5" 2> "$TMP/bad.log" || rc=$?
test $rc = 4
grep -q 'lines.jsonl:5: INVALID_URL' "$TMP/bad.log"
# again: nothing new
d ingest "$TMP"/bad/*.jsonl 2> /dev/null || test $? = 4
test "$(psql -AtXqd "$DB" -c "SELECT count(*) FROM dateline.versions")" = 5
