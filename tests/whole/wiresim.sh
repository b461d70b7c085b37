# The wire simulator: the seed decides the stream, its truth tells what it holds,
# and the program takes it in whole, one page a posting.
set -eu
python3 bench/own_items.py > "$TMP/items"
sim() { python3 bench/wiresim.py --items "$TMP/items" --stories 60 "$@"; }
sim --seed 3 --truth "$TMP/truth" --pairs "$TMP/pairs" > "$TMP/stream"
sim --seed 3 | cmp - "$TMP/stream"
sim --seed 4 > "$TMP/other"
if cmp -s "$TMP/other" "$TMP/stream"; then echo "two seeds, one stream"; exit 1; fi
# another order of arrival: the same fetches, none an hour early
sim --seed 3 --shuffle-minutes 60 > "$TMP/shuffled"
if cmp -s "$TMP/shuffled" "$TMP/stream"; then echo "nothing was shuffled"; exit 1; fi
sort "$TMP/stream" > "$TMP/a"
sort "$TMP/shuffled" | cmp - "$TMP/a"
python3 - "$TMP" <<'PY'
import csv, datetime as dt, json, sys
tmp = sys.argv[1]
lines = lambda name: [json.loads(x) for x in open('%s/%s' % (tmp, name))]
time = lambda r: dt.datetime.fromisoformat(r['fetched_at'].replace('Z', '+00:00'))
latest = None
for r in lines('shuffled'):
    latest = max(latest or time(r), time(r))
    assert latest - time(r) <= dt.timedelta(hours=1), r['url']
stream, truth = lines('stream'), lines('truth')
pages = {x['id']: x for x in truth if 'id' in x}
assert len({x['story'] for x in pages.values()}) >= 60
assert {x['relation'] for x in pages.values()} >= {None, 'series', 'background', 'factbox', 'development'}
assert {x['kind'] for x in pages.values()} >= {'flash', 'full', 'update', 'correction', 'copy'}
# what the truth says a page carries is what its fetch brought, and a page never carries two texts at once
carried = {(x['url'], x['from']): x for x in truth if 'from' in x}
assert len(carried) == len(stream)
for r in stream:
    x = carried[r['url'], r['fetched_at']]
    assert (x['title'], x['body'], x['story']) == (r['title'], r['body'], pages[r['id']]['story'])
for x in csv.DictReader(open(tmp + '/pairs'), delimiter='\t', quoting=csv.QUOTE_NONE):
    one = pages[x['a']]['story'] == pages[x['b']]['story']
    assert x['label'] == 'NS'[one] and x['a'] != x['b'] and 0 <= float(x['J5']) <= float(x['C5']) <= 1, x
PY
"$DATELINE" --log-level warn --db "$DB" migrate > /dev/null
"$DATELINE" --log-level warn --db "$DB" ingest --format jsonl "$TMP/stream" 2> "$TMP/err"
grep " 0 known before, 0 in conflict, 0 refused" "$TMP/err"
psql -AtXqF "$(printf '\t')" -d "$DB" -c "SELECT external_id, story_id FROM dateline.postings
	WHERE status <> 'left'" > "$TMP/assign"
python3 bench/wire_score.py --stream "$TMP/stream" --truth "$TMP/truth" --pairs "$TMP/pairs" --hardness \
	"ours=$TMP/assign" > "$TMP/score"
cat "$TMP/score"
test "$(cut -f 1 "$TMP/assign" | sort -u | wc -l)" = "$(grep -c '"id"' "$TMP/truth")"
grep -q '^hardness: exact hash' "$TMP/score"
