# Wrong use is exit 2 before anything is opened; help needs no database, and
# lists a verb's options; a variable that is set to nothing is not set.
set -eu
export DATELINE_HOME="$TMP/usage"
is() { [ "$2" = "$3" ] || { echo "$1: exit $2, not $3"; exit 1; }; }
rc_of() { rc=0; "$DATELINE" "$@" > "$TMP/out" 2> "$TMP/errors" < /dev/null || rc=$?; }
for verb in crawl run ingest extract timeline stories diff search explain merge split events source status doctor \
	quarantine migrate db config inspect; do
	rc_of help $verb
	is "help $verb" $rc 0
	grep -q "^dateline $verb" "$TMP/out"
	cp "$TMP/out" "$TMP/help"
	rc_of $verb --help
	is "$verb --help" $rc 0
	cmp "$TMP/out" "$TMP/help"
done
rc_of help crawl
grep -q -- "--contact ADDRESS" "$TMP/out"
rc_of inspect url --help
grep -q -- "--base URL" "$TMP/out"
while read -r args; do
	rc_of $args
	is "$args" $rc 2
	[ -s "$TMP/errors" ] && [ ! -s "$TMP/out" ] || { echo "$args: silent, or told on stdout"; exit 1; }
done <<'LINES'
nosuch
help nosuch
stories now
stories --nosuch
migrate now
doctor now
db
db start now
db status --nosuch
config
inspect
inspect nothing
ingest
ingest --format arc x
extract
events 5
events --after x
events --format atom
diff
diff 1 2
explain 1
merge 1
split 1
source add
source nosuch http://a.test/
timeline 1 2
search
quarantine
quarantine show
run --workers 0
stories --limit -1
crawl http://example.com/
LINES
[ ! -e "$DATELINE_HOME" ] || { echo "a home was made"; exit 1; }

rc=0
DATABASE_URL= PGHOST= PGDATABASE= "$DATELINE" --log-level error stories || rc=$?
is "cleared variables" $rc 0
[ -e "$DATELINE_HOME/lock" ] # the private one
"$DATELINE" db stop
case $(cat "$DATELINE_HOME/cluster" 2> /dev/null) in /var/lib/dateline/?*) rm -rf "$(cat "$DATELINE_HOME/cluster")" ;; esac
