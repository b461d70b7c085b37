# The private PostgreSQL: made once by two that start it first, alive again
# after its postmaster was killed, whatever became of the pid file, and stopped.
set -eu
export DATELINE_HOME="$TMP/server"
unset DATELINE_CLOCK 2> /dev/null || true
d() { "$DATELINE" --log-level error "$@"; }
data() { if [ -f "$DATELINE_HOME/cluster" ]; then cat "$DATELINE_HOME/cluster"; else echo "$DATELINE_HOME/pg"; fi; }
is() { [ "$2" = "$3" ] || { echo "$1: \"$2\", not \"$3\""; exit 1; }; }
trap 'd db stop; case $(data) in /var/lib/dateline/?*) rm -rf "$(data)" ;; esac' EXIT

is "before" "$(d db status | head -n 1)" "not made yet"
d stories > "$TMP/one" 2>&1 & one=$!
d stories > "$TMP/two" 2>&1 & two=$!
wait $one || { cat "$TMP/one"; exit 1; }
wait $two || { cat "$TMP/two"; exit 1; }
is "made" "$(d db status | head -n 1)" running
is "listens" "$(d db psql -AtXqc 'SHOW listen_addresses')" ""

# Killed, and its children a moment later; a zombie where nobody reaps.
for i in 1 2 3; do
	kill -9 "$(head -n 1 "$(data)/postmaster.pid")"
	is "killed $i" "$(timeout 30 "$DATELINE" --log-level error db psql -AtXqc 'SELECT 1')" 1
done

# Stopped, and the number in a pid file that stayed is another's now.
d db stop
is "stopped" "$(d db status | head -n 1)" stopped
d db stop
echo $$ > "$(data)/postmaster.pid"
is "another's number" "$(d db psql -AtXqc 'SELECT 1')" 1
