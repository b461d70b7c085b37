# Eight writers at once: two that meet the same new story end with one, and a
# reader by event_id misses none.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
d migrate > /dev/null
python3 - "$TMP" <<'PY'
import json, random, sys
r = random.Random(5)
words = ['harbour', 'minister', 'treaty', 'quota', 'vessel', 'strait', 'union', 'march', 'court', 'bribe', 'tunnel',
         'valley', 'season', 'market', 'engine', 'bridge', 'winter', 'forest', 'signal', 'copper', 'garden', 'ladder']
def text(k):
    q = random.Random(k)
    return ' '.join('%s%d' % (q.choice(words), q.randrange(900)) for _ in range(60)).capitalize() + '.'
for w in range(8):
    lines = [{'url': 'http://w%d.test/%d' % (w, k), 'outlet': 'W%d' % w, 'title': 'Story %d' % k, 'body': text(k),
              'fetched_at': '2024-03-05T08:%02d:%02dZ' % (k % 60, w)} for k in range(40)]
    r.shuffle(lines)
    open('%s/w%d.jsonl' % (sys.argv[1], w), 'w').write(''.join(json.dumps(x) + '\n' for x in lines))
PY
cursor=0
: > "$TMP/seen"
for w in 0 1 2 3 4 5 6 7; do
	d ingest "$TMP/w$w.jsonl" 2> /dev/null &
	pids="${pids:-} $!"
done
read_on() {
	d events --after "$cursor" | sed 's/^{"event_id": \([0-9]*\).*/\1/' > "$TMP/new"
	cat "$TMP/new" >> "$TMP/seen"
	if [ -s "$TMP/new" ]; then cursor=$(tail -n 1 "$TMP/new"); fi
}
i=0
while [ $i -lt 25 ]; do read_on; i=$((i + 1)); done
for p in $pids; do wait "$p"; done
read_on
psql -AtXqd "$DB" -c "SELECT event_id FROM dateline.events ORDER BY 1" > "$TMP/all"
cmp "$TMP/all" "$TMP/seen"
test "$(psql -AtXqd "$DB" -c "SELECT count(*) FROM dateline.stories")" = 40
test "$(psql -AtXqd "$DB" -c "SELECT count(*) FROM dateline.postings")" = 320
