# A publisher's time at either end of the calendar refuses no record: windows about
# it end where the calendar does, and a time that its zone takes beyond is none.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
is() { test "$2" = "$3" || { echo "$1: got '$2', want '$3'"; exit 1; }; }
d migrate > /dev/null
body="Ministers from both coastal states opened talks in Port Halden on Tuesday over fishing rights in the disputed strait."
line() { # URL KEY TIME [STEM]: a story for each stem, else for each URL
	stem=${4:-${1%%.*}}
	printf '{"url": "http://%s", "outlet": "%s", "fetched_at": "2024-03-01T08:00:00Z", "%s": "%s", "title": "Talks of %s", "body": "%s"}\n' \
		"$1" "$1" "$2" "$3" "$stem" "$(echo "$body" | sed "s/\\([a-z]\\{4,\\}\\)/\\1$stem/g")"
}
n=0
export PGTZ=UTC
# want TIME CREATED EFFECTIVE: in each of the article's times, of .NET's null date
# and others
want() {
	for key in created_at updated_at published_at; do
		n=$((n + 1))
		line "p$n.test/" $key "$1" > "$TMP/one"
		d ingest --format jsonl "$TMP/one" 2> "$TMP/err" || { cat "$TMP/err"; exit 1; }
		is "$1 $key" "$(q "SELECT coalesce(to_char(coalesce(v.updated_at, v.created_at), 'YYYY-MM-DD HH24:MI:SS'), 'none') || ', ' ||
			to_char(v.effective_at, 'YYYY-MM-DD HH24:MI') FROM dateline.versions v JOIN dateline.sightings s
			USING (story_id, version) WHERE s.url = 'http://p$n.test/'")" "$2, $3"
	done
}
want 0001-01-01T00:00:00Z "0001-01-01 00:00:00" "0001-01-01 00:00"
want 0001-01-02T23:59:59Z "0001-01-02 23:59:59" "0001-01-02 23:59"
want 0001-01-01T05:30:00+05:30 "0001-01-01 00:00:00" "0001-01-01 00:00"
# fetched then at the latest
want 0001-01-01T00:00:00+05:30 none "2024-03-01 08:00"
want 9999-12-31T23:59:59Z none "2024-03-01 08:00"
want 9999-12-31T23:59:59-05:30 none "2024-03-01 08:00"
# a copy of what is as old is found by its sketch
line c.test/ created_at 0001-01-01T00:00:00Z p1 | sed 's/"body": "/&Talks open. /' > "$TMP/copy"
d ingest --format jsonl "$TMP/copy" 2> /dev/null
is "copy" "$(q "SELECT count(DISTINCT story_id) FROM dateline.postings WHERE url IN ('http://c.test/', 'http://p1.test/')")" 1
# when it was fetched is ours to say: beyond the calendar it is no time
for at in 0001-01-01T00:00:00+05:30 9999-12-31T23:59:59-05:30; do
	line f.test/ created_at 2024-03-01T07:00:00Z | sed "s/2024-03-01T08:00:00Z/$at/" > "$TMP/fetched"
	rc=0
	d ingest --format jsonl "$TMP/fetched" 2> "$TMP/err" || rc=$?
	is "$at" $rc 4
	grep -q "BAD_RECORD: fetched_at \"$at\" is not a time" "$TMP/err"
done
python3 tools/rebuild-check "$DB"
