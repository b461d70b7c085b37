# A day, written out (timeline.md): versions, sightings, events row by row, the
# three as_of; and had c/3 been a story of its own, merge and split.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
python3 - "$TMP/day.jsonl" <<'PY'
import datetime as dt, json, sys
S = {1: 'Alpha ministers of two coastal states opened long awaited talks in Port Halden over fishing rights in the disputed northern strait on Tuesday.',
     2: 'Bravo delegation leader Edda Lorne told waiting reporters that she had come with a firm mandate to sign an agreement before the weekend.',
     3: 'Charlie waters have been closed to all trawlers since January when two vessels collided in thick fog and eleven young sailors were rescued.',
     4: 'Delta negotiators said the draft would divide the yearly cod quota evenly and set up a joint patrol of six fast armed cutters.',
     5: 'Echo harbour unions in the town called the draft a plain surrender and announced a large march along the quay for Wednesday evening.',
     6: 'Foxtrot officials planned a final session for Friday at the old customs house where the very first treaty was signed in nineteen thirty.'}
S['4*'] = S[4].replace('six', 'nine')
note = 'Corrects number in paragraph 4'
base = dt.datetime(2024, 3, 5, tzinfo=dt.timezone.utc)
def at(hm, days=0):
    return base + dt.timedelta(days=days, hours=int(hm[:2]), minutes=int(hm[3:]))
def iso(t):
    return t and t.strftime('%Y-%m-%dT%H:%M:%SZ')
shows = [('08:20', 'a/1', 'Talks begin', '08:19', None, None, [1, 2]),
         ('08:40', 'b/7', 'Talks under way', '08:35', None, None, [1, 2]),
         ('09:00', 'a/1', 'Talks begin', '08:19', '08:52', None, [1, 2, 3, 4, 5, 6]),
         ('09:10', 'c/3', 'Ministers meet', None, None, None, [1, 2, 3, 4]),
         ('09:30', 'a/1', 'CORRECTED-Talks begin', '08:19', '09:25', note, [1, 2, 3, '4*', 5, 6]),
         ('10:00', 'b/7', 'Talks under way', '08:35', '09:50', None, [1, 2, 3, '4*', 5, 6]),
         ('10:10', 'a/1', 'CORRECTED-Talks begin', '08:19', '09:25', note, [1, 2, 3, '4*', 5])]
visits = [(at('08:20') + dt.timedelta(minutes=10 * i), p) for i in range(17) for p in ('a/1', 'b/7')]
visits += [(at(x), 'c/3') for x in ('09:10', '10:10', '11:10')]
visits += [(at('09:10', n), p) for n in range(1, 41) for p in ('a/1', 'b/7', 'c/3')]
out = []
for t, p in sorted(visits):
    now = [x for x in shows if x[1] == p and at(x[0]) <= t]
    if not now:
        continue
    _, _, title, created, updated, nt, body = now[-1]
    text = [S[i] for i in body] + ['(This story has not been edited by Example staff and is published from a syndicated feed.)'] * (p == 'c/3')
    out.append({'url': 'https://%s.test/%s' % (p[0], p[2]), 'outlet': p[0].upper(), 'title': title, 'body': '\n\n'.join(text),
                'note': nt, 'created_at': created and iso(at(created)), 'updated_at': updated and iso(at(updated)), 'fetched_at': iso(t)})
out += [{'url': 'https://c.test/3', 'outlet': 'C', 'fetched_at': iso(at(x, 40)), 'http_status': 410} for x in ('09:20', '09:30')]
open(sys.argv[1], 'w').write(''.join(json.dumps(x) + '\n' for x in out))
PY
d ingest "$TMP/day.jsonl" 2> /dev/null
t() { printf "to_char(%s AT TIME ZONE 'UTC', 'DD HH24:MI')" "$1"; }
q "SELECT version, change_kind, $(t effective_at), stealth, words, previous_version FROM dateline.versions ORDER BY 1" > "$TMP/got"
cat > "$TMP/want" <<'ROWS'
1|created|05 08:19|f|46|
2|updated|05 08:52|f|138|1
3|corrected|05 09:25|f|138|2
4|updated|05 10:00|t|115|3
ROWS
cmp "$TMP/want" "$TMP/got" || { cat "$TMP/got"; exit 1; }
q "SELECT outlet, version, round(coverage::numeric, 2), $(t first_seen_at) FROM dateline.sightings ORDER BY outlet, first_seen_at" > "$TMP/got"
cat > "$TMP/want" <<'ROWS'
A|1|1.00|05 08:20
A|2|1.00|05 09:00
A|3|1.00|05 09:30
A|4|1.00|05 10:10
B|1|1.00|05 08:40
B|3|1.00|05 10:00
C|2|0.68|05 09:10
ROWS
cmp "$TMP/want" "$TMP/got" || { cat "$TMP/got"; exit 1; }
q "SELECT kind, outlet, version, $(t observed_at), detail->>'reason', detail ? 'note', detail ? 'stealth' FROM dateline.events ORDER BY event_id" > "$TMP/got"
cat > "$TMP/want" <<'ROWS'
created|A|1|05 08:20||f|f
reposted|B|1|05 08:40||f|f
updated|A|2|05 09:00||f|f
reposted|C|2|05 09:10||f|f
corrected|A|3|05 09:30||t|f
caught_up|B|3|05 10:00||f|f
updated|A|4|05 10:10||f|t
withdrawn|C|2|14 09:30|expired|f|f
ROWS
cmp "$TMP/want" "$TMP/got" || { cat "$TMP/got"; exit 1; }
test "$(q "SELECT status, head_version FROM dateline.stories")" = 'live|4'
for at in 09:05 09:20 10:05; do
	q "SELECT '$at', version, outlets, is_head FROM dateline.as_of(1, '2024-03-05T$at:00Z')"
done > "$TMP/got"
cat > "$TMP/want" <<'ROWS'
09:05|2|{A}|t
09:05|1|{B}|f
09:20|2|{A,C}|t
09:20|1|{B}|f
10:05|3|{A,B}|t
10:05|2|{C}|f
ROWS
cmp "$TMP/want" "$TMP/got" || { cat "$TMP/got"; exit 1; }
# again: nothing
d ingest "$TMP/day.jsonl" 2> /dev/null
test "$(q "SELECT count(*) FROM dateline.events")" = 8
