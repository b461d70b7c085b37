# A story's first outlet is that of its first sighting, whichever page was told
# of first: head, stale and as_of hang on it.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "SET timezone = 'UTC'" -c "$1"; }
d migrate > /dev/null
python3 - "$TMP" <<'PY'
import json, re, sys
S = ['The harbour board of %s closed both locks on Tuesday after a crack was found in the lower northern gate.',
     'Engineers from %s said the gate had been cast in nineteen eighteen and never once been taken out of the water.',
     'Barges loaded with gravel and grain waited in a line of six kilometres below the town of %s that evening, and their skippers were told by '
     'the board that nobody could pass before the end of next week at the earliest.']
def line(story, page, time, n):
    own = lambda s: re.sub('([a-z]{4,})', lambda m: m.group() + story, s % story)
    return {'url': 'http://%s.test/%s' % (page, story), 'outlet': page, 'title': own('Locks of %s are closed'),
            'body': ' '.join(own(s) for s in S[:n]), 'fetched_at': '2024-03-05T%s:00Z' % time}
# a is first, b goes further, alone: a's text leads as long as a is live
life = [('a', '08:00', 2), ('b', '08:10', 2), ('a', '08:30', 2), ('b', '09:00', 3)]
orders = {'x': (0, 1, 2, 3), 'y': (1, 0, 2, 3), 'z': (1, 3, 2, 0), 'w': (1, 3, 0, 2)}
with open(sys.argv[1] + '/lines', 'w') as f:
    for story, order in orders.items():
        for i in order:
            f.write(json.dumps(line(story, *life[i])) + '\n')
PY
d ingest "$TMP/lines" 2> "$TMP/said"
q "SELECT right(p.url, 1), string_agg(p.outlet || ' ' || p.stale, ', ' ORDER BY p.outlet), min(s.first_seen_at)::time,
	(SELECT string_agg(array_to_string(o.outlets, '+') || ' ' || o.is_head, ', ' ORDER BY o.outlets)
	FROM dateline.as_of(s.story_id, '2024-03-05T09:30Z') o),
	(SELECT count(*) FROM dateline.sightings x WHERE x.story_id = s.story_id AND x.outlet = 'a' AND x.version = s.head_version)
	FROM dateline.postings p JOIN dateline.stories s USING (story_id) GROUP BY s.story_id, s.head_version, 1 ORDER BY 1" > "$TMP/got"
for x in w x y z; do echo "$x|a false, b false|08:00:00|a true, b false|1"; done > "$TMP/want"
cmp "$TMP/want" "$TMP/got" || { cat "$TMP/got"; exit 1; }
python3 tools/rebuild-check "$DB"
# split: the first of those that stay
d split "$(q "SELECT story_id FROM dateline.postings WHERE url = 'http://a.test/y'")" http://a.test/y > /dev/null
test "$(q "SELECT o.name FROM dateline_store.story s JOIN dateline_store.outlet o USING (outlet_id)
	JOIN dateline.postings p ON p.story_id = s.story_id WHERE p.url = 'http://b.test/y'")" = b
python3 tools/rebuild-check "$DB"
# a database in which the first recorded page's outlet was the first is put right
rows() { q "SELECT story_id, outlet_id, head_of, head_version FROM dateline_store.story ORDER BY 1"; }
rows > "$TMP/right"
q "UPDATE dateline_store.story SET outlet_id = (SELECT outlet_id FROM dateline_store.outlet WHERE name = 'b'), head_version = 2
	WHERE story_id <> (SELECT max(story_id) FROM dateline_store.story) AND next_version > 2" > /dev/null
! rows | cmp -s "$TMP/right" - || exit 1
! python3 tools/rebuild-check "$DB" > /dev/null || exit 1
psql -qXd "$DB" -v ON_ERROR_STOP=1 --single-transaction -f migrations/031_first_outlets.sql
rows | cmp "$TMP/right" -
