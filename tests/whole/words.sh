# Search's words never keep a text out: of one that has more of them than an index
# takes the beginning is searched. Databases that hold one come past 025.
set -eu
d() { "$DATELINE" --log-level error --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
is() { [ "$2" = "$3" ] || { echo "$1: \"$2\", not \"$3\""; exit 1; }; }
# 60,000 letters, each with another mark; blanks part neither
python3 - > "$TMP/odd" <<'PY'
import json
marks = [chr(c) for c in range(0x102b, 0x103f)] + [chr(c) for c in range(0xe47, 0xe4f)]
body = ''.join(chr(0x20000 + i) + m for i in range(3500) for m in marks)[:199000]
print(json.dumps({'url': 'https://odd.test/1', 'outlet': 'odd.test', 'title': 'Oddity of letters', 'body': body,
                  'fetched_at': '2024-03-05T08:00:00Z'}))
PY
found() { psql -AtXqd "$1" -c "SET enable_seqscan = off; SELECT count(*) FROM dateline_store.text t
	WHERE t.opens AND dateline_store.words_of(t.title, t.body) @@ 'oddity'::tsquery"; }
d migrate > /dev/null
d ingest --format jsonl "$TMP/odd" 2> /dev/null
is "stories" "$(q "SELECT string_agg(headline, ',') FROM dateline.search('oddity')")" "Oddity of letters"
is "searched" "$(q "SELECT length(dateline_store.words_of(title, body)) BETWEEN 30000 AND 60000 FROM dateline_store.text")" t
# the most that is not looked at twice
q "SELECT length(dateline_store.words_of('', string_agg(chr(97 + i % 26) || chr(97 + i / 26 % 26) || '-' || chr(97 + i / 676 % 26)
	|| chr(97 + i / 17576), ' '))) FROM generate_series(0, 40000) i" > /dev/null
q "SELECT length(dateline_store.words_of('', string_agg(chr(570 + i % 6) || '-' || chr(1072 + i / 6 % 32) || chr(1072 + i / 192), ' ')))
	FROM generate_series(0, 24000) i" > /dev/null

# a database of before 025: by the files, as their checksums are in the other
earlier() { # NAME LAST
	psql -AtXqd "$BASE" -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1" 2> /dev/null
	old=$(echo "$BASE" | sed "s/dbname=[^ ]*/dbname=$1/")
	psql -Xqd "$old" -c "CREATE SCHEMA dateline_store" -c "CREATE TABLE dateline_store.migration (number integer PRIMARY KEY,
		name text NOT NULL, applied_at timestamptz NOT NULL, checksum uuid NOT NULL)"
	for f in migrations/*.sql; do
		n=$(basename "$f" | cut -c1-3)
		[ "$n" -le "$2" ] && [ "$n" != 024 ] || continue
		psql -Xq1d "$old" -v ON_ERROR_STOP=1 -f "$f" > /dev/null 2> "$TMP/psql.err"
	done
	q "COPY (SELECT * FROM dateline_store.migration WHERE number <= $2 AND number <> 24) TO STDOUT" |
	    psql -Xqd "$old" -c "COPY dateline_store.migration FROM STDIN"
}
odd() { # what it stores of the text
	python3 -c "import json, sys; print(json.load(open(sys.argv[1]))['body'])" "$TMP/odd" > "$TMP/body"
	psql -Xqd "$old" -v ON_ERROR_STOP=1 <<SQL
INSERT INTO dateline_store.text (story_id, text_hash, version_of, version, title, body, revision, opens)
	VALUES (999, gen_random_uuid(), 999, 1, 'Oddity of letters', '$(cat "$TMP/body")', 1, true);
SQL
}
earlier t_words_23 23
odd
"$DATELINE" --log-level error --db "$old" migrate > /dev/null
is "after 023" "$(found "$old")" 1
is "its index" "$(psql -AtXqd "$old" -c "SELECT pg_get_indexdef('dateline_store.text_words'::regclass), attstattarget FROM pg_attribute
	WHERE attrelid = 'dateline_store.text_words'::regclass")" \
    "$(q "SELECT pg_get_indexdef('dateline_store.text_words'::regclass), 0")"
# 024 is not for those that have 025
earlier t_words_25 25
"$DATELINE" --log-level error --db "$old" migrate > /dev/null
is "024" "$(psql -AtXqd "$old" -c "SELECT count(*) FROM dateline_store.migration WHERE number = 24")" 0
odd
is "after 025" "$(found "$old")" 1
