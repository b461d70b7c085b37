# Stories, versions, postings and sightings follow from events and captures, of
# a simulated wire and after merges and splits; and tools/rebuild-check says
# what does not when a row is changed behind its back.
set -eu
d() { "$DATELINE" --log-level error --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
agrees() { python3 tools/rebuild-check "$DB"; }
d migrate > /dev/null
python3 bench/own_items.py > "$TMP/items"
python3 bench/wiresim.py --items "$TMP/items" --stories 80 --seed 9 > "$TMP/stream"
d ingest --format jsonl "$TMP/stream" 2> /dev/null
agrees
# whole ones: what the verdict has merged shows numbers of its map
set -- $(q "SELECT story_id FROM dateline.stories s WHERE versions = 2 AND head_version = 2 AND status <> 'merged' AND NOT EXISTS (
	SELECT FROM dateline.stories m WHERE m.merged_into = s.story_id) ORDER BY 1 LIMIT 3")
pages_of() { q "SELECT url FROM dateline_store.posting WHERE story_id = $1 AND status <> 'left'"; }
d merge "$1" "$2" > /dev/null
agrees
d merge "$1" "$3" > /dev/null
agrees
d split "$1" $(pages_of "$3") > /dev/null
agrees
d split "$1" $(pages_of "$2") > /dev/null
agrees
# one change at a time, taken back
story=$1
wrong() { # WHAT UPDATE BACK
	q "$2"
	if agrees > "$TMP/said"; then echo "$1 is not seen"; exit 1; fi
	q "$3"
}
wrong "a kind" "UPDATE dateline_store.version SET change_kind = 'retitled' WHERE story_id = $story AND version = 1" \
	"UPDATE dateline_store.version SET change_kind = 'created' WHERE story_id = $story AND version = 1"
wrong "a last sight" "UPDATE dateline_store.sighting SET last_seen_at = last_seen_at + interval '1 s' WHERE story_id = $story" \
	"UPDATE dateline_store.sighting SET last_seen_at = last_seen_at - interval '1 s' WHERE story_id = $story"
wrong "a number carried" "UPDATE dateline_store.sighting SET version = 3 - version WHERE story_id = $story AND version IN (1, 2)" \
	"UPDATE dateline_store.sighting SET version = 3 - version WHERE story_id = $story AND version IN (1, 2)"
wrong "a page gone" "UPDATE dateline_store.posting SET status = 'gone' WHERE story_id = $story" \
	"UPDATE dateline_store.posting SET status = 'live' WHERE story_id = $story"
wrong "a story withdrawn" "UPDATE dateline_store.story SET status = 'withdrawn' WHERE story_id = $story" \
	"UPDATE dateline_store.story SET status = 'live' WHERE story_id = $story"
wrong "a head" "UPDATE dateline_store.story SET head_version = 1 WHERE story_id = $story" \
	"UPDATE dateline_store.story SET head_version = 2 WHERE story_id = $story"
wrong "flips" "UPDATE dateline_store.sighting SET flips = 2 WHERE story_id = $story" \
	"UPDATE dateline_store.sighting SET flips = 0 WHERE story_id = $story"
wrong "an event lost" "UPDATE dateline_store.event SET kind = 'redacted' WHERE story_id = $story AND kind = 'created'" \
	"UPDATE dateline_store.event SET kind = 'created' WHERE story_id = $story AND kind = 'redacted'"
