# dateline.as_of at every instant of a simulated wire says what its truth does.
set -eu
d() { "$DATELINE" --log-level error --db "$DB" "$@"; }
d migrate > /dev/null
python3 bench/own_items.py > "$TMP/items"
python3 bench/wiresim.py --items "$TMP/items" --stories 80 --seed 11 --truth "$TMP/truth" > "$TMP/stream"
d ingest --format jsonl "$TMP/stream" 2> /dev/null
as_of() { python3 bench/wire_asof.py --dsn "$DB" --truth "$TMP/truth" > "$TMP/said"; }
as_of || { tail "$TMP/said"; exit 1; }
# of 80 stories (told of few items) at least half are compared
awk '/ stories, /{exit !($3 + $6 < $1 / 2)}' "$TMP/said"
# a stretch that begins later than the truth says is seen
psql -AtXqd "$DB" -c "UPDATE dateline_store.sighting SET first_seen_at = first_seen_at + interval '1 s'
	WHERE first_seen_at < last_seen_at + interval '1 s'"
if as_of; then echo "moved stretches are not seen"; exit 1; fi
