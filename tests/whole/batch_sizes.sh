# What is recorded does not depend on how many captures share a transaction:
# candidates of one are in part what others of its batch have written.
set -eu
d() { "$DATELINE" --log-level error --db "$DB" "$@"; }
python3 bench/own_items.py > "$TMP/items"
python3 bench/wiresim.py --items "$TMP/items" --stories 40 --seed 5 --shuffle-minutes 60 > "$TMP/stream.jsonl"
digest() { # BATCH
	psql -AtXqd "$BASE" -c 'DROP DATABASE IF EXISTS t_batch' -c 'CREATE DATABASE t_batch' 2> /dev/null
	DB=$(echo "$BASE" | sed 's/dbname=[^ ]*/dbname=t_batch/')
	printf 'ingest:\n  batch: %s\n' "$1" > "$TMP/batch.yaml"
	export DATELINE_CONFIG="$TMP/batch.yaml"
	d migrate > /dev/null
	d ingest --format jsonl "$TMP/stream.jsonl" > /dev/null 2>&1
	tools/db-digest "$DB"
}
one=$(digest 1)
test "$one" = "$(digest 16)"
test "$one" = "$(digest 1000)"
