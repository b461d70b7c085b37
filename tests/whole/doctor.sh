# doctor: each fault by its line, exit 1; the database away is 3, and the rest
# is looked at all the same. status: a page's and a host's day.
set -eu
d() { "$DATELINE" --log-level error --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
rc_of() { rc=0; "$@" > "$TMP/doc.out" 2> "$TMP/doc.err" || rc=$?; }
is() { [ "$2" = "$3" ] || { echo "$1: \"$2\", not \"$3\""; cat "$TMP/doc.out" "$TMP/doc.err"; exit 1; }; }
says() { grep -qE "$1" "$TMP/doc.out" || { echo "no line: $1"; cat "$TMP/doc.out"; exit 1; }; }
export DATELINE_CONTACT=tests@dateline.test

rc_of d doctor
is "not migrated" $rc 3
says '^WRONG schema: DB_SCHEMA: .*dateline migrate'
export DATELINE_CLOCK=2026-03-10T08:20:00Z
d migrate > /dev/null
rc_of d doctor
is "healthy" $rc 0
says '^ok    database: reached; PostgreSQL'
says '^ok    contact: tests@dateline.test'
says '^ok    leases: 0 hosts are held by 0 workers'
says '^note  sources: there are none'
DATELINE_CONTACT= rc_of d doctor --json
is "no contact" $rc 1
says '"check": "contact", "state": "wrong".*NO_CONTACT'
rc_of "$DATELINE" --db 'host=127.0.0.1 port=1 dbname=x' doctor
is "away" $rc 3
says '^WRONG database: DB_CONNECT: .*refused'
says '^ok    zones'

# a day's beginning
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import argparse, os, subprocess, sys
sys.path.insert(0, 'tests/site')
import day, run_day
dateline, db, tmp = sys.argv[1:]
a = argparse.Namespace(dateline=dateline, db=db, order=None, processes=1, ticks=12, kill=0, jsonl=False, fronts=True, run=False, live=None)
d = run_day.Day(a)
try:
    d.play()
finally:
    d.site.close()
PY
export DATELINE_CLOCK=2026-03-10T09:55:00Z
d status http://wire-d.test/a/bridge > "$TMP/doc.out"
says '^  page of wire-d.test, known since 2026-03-10 08:20'
says '^    2026-03-10 08:20 article 200'
says '^    2026-03-10 08:30 to 2026-03-10 09:30, 7 times unchanged 304'
says '^    2026-03-10 09:40 to 2026-03-10 09:50, 2 times gone 410'
says '^    2026-03-10 08:20 created    story [0-9]+ v1 Marlow bridge closed'
says '^    2026-03-10 09:50 withdrawn  story [0-9]+ v1 Marlow bridge closed'
d status wire-d.test > "$TMP/doc.out"
says '^wire-d.test: 5 pages, 0 failing, next visit 2026-03-10 10:00'
says ' 2026-03-10 09:50 gone .* 10 visits, 1 changes  http://wire-d.test/a/bridge'
says ' 2026-03-10 09:50 withdrawn .*http://wire-d.test/a/bridge$'
d status > "$TMP/doc.out"
says '^now 2026-03-10 09:55, next visit 2026-03-10 10:00'

# nobody visits; a worker that holds a host
DATELINE_CLOCK=2026-03-10T12:00:00Z rc_of d doctor
is "nobody visits" $rc 1
says '^WRONG schedule: [0-9]+ pages are due for over an hour'
key=$(q "SELECT host_key FROM dateline_store.host WHERE authority = 'wire-a.test'")
mkfifo "$TMP/holder"
psql -AtXqd "$DB" < "$TMP/holder" > "$TMP/held" & holder=$!
exec 3> "$TMP/holder"
echo "SELECT pg_advisory_lock($key), 'held';" >&3
timeout 60 sh -c 'until grep -q held "$1"; do sleep .1; done' sh "$TMP/held"
rc_of d doctor
says '^ok    leases: 1 hosts are held by 1 workers'
exec 3>&-
wait $holder
