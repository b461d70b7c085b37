# What timeline.md says of a page's life beyond the worked day: live pages, a
# kill, a text cut short, a new headline, a note on the same text, flips,
# withdrawal and return, refusals that change nothing. Expected rows are worked
# out from that page by hand.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
python3 - "$TMP/life.jsonl" <<'PY'
import json, sys
words = ['harbour', 'copper', 'violet', 'granite', 'meadow', 'lantern', 'orchid', 'timber']
def sentences(topic):
    """Eight sentences that share nothing with another topic's."""
    return ['%s %s spokesman %s%d said on Tuesday that the %s%d council would vote on plan %s%d before the end of the %s%d season.'
            % (topic.capitalize(), w, topic, i, topic, i + 10, topic, i + 20, w, i) for i, w in enumerate(words)]
rows = []
def show(hm, url, topic, title, n, **more):
    s = sentences(topic)
    body = '\n\n'.join(s[i] for i in (range(n) if isinstance(n, int) else n))
    rows.append(dict({'url': 'https://' + url, 'outlet': url.split('.')[0].upper(), 'title': title, 'body': body,
                      'fetched_at': '2024-03-05T%s:00Z' % hm}, **more))
def status(hm, url, code):
    rows.append({'url': 'https://' + url, 'outlet': url.split('.')[0].upper(), 'http_status': code, 'fetched_at': '2024-03-05T%s:00Z' % hm})
# live: one version in 30 minutes, one at the end; between them the sighting grows
for hm, n in (('08:00', 2), ('08:10', 3), ('08:20', 4), ('08:40', 5), ('08:50', 6)):
    show(hm, 'live.test/1', 'bravo', 'Storm hits the coast', n, kind='live')
show('09:00', 'live.test/1', 'bravo', 'Storm hits the coast', 6)
# a kill by the first outlet, twice: its page and the story
show('08:00', 'kill.test/1', 'delta', 'Minister steps down', 5, credit='Reuters')
show('08:10', 'copy.test/1', 'delta', 'Minister quits', 5)
for hm in ('08:20', '08:30'):
    show(hm, 'kill.test/1', 'delta', 'KILL -Minister steps down', [0])
# cut short: held, unless a second fetch confirms it
show('08:00', 'cut.test/1', 'gamma', 'Bridge reopens', 6)
show('08:10', 'cut.test/1', 'gamma', 'Bridge reopens', 2)
show('08:20', 'cut.test/1', 'gamma', 'Bridge reopens', 6)
show('08:30', 'cut.test/1', 'gamma', 'Bridge reopens', 2)
show('08:40', 'cut.test/1', 'gamma', 'Bridge reopens', 2)
# a new headline; a note on the same text
show('08:00', 'head.test/1', 'kappa', 'Talks begin in port', 4)
show('08:10', 'head.test/1', 'kappa', 'Talks begin over fish', 4)
show('08:00', 'note.test/1', 'sigma', 'Ferry runs aground', 4)
show('08:10', 'note.test/1', 'sigma', 'Ferry runs aground', 4, note='Corrects name in paragraph 2')
# flips between two texts: the third in a day is quiet
for hm, n in (('08:00', 4), ('08:10', [0, 1, 4, 5]), ('08:20', 4), ('08:30', [0, 1, 4, 5]), ('08:40', 4)):
    show(hm, 'flip.test/1', 'theta', 'Court hears appeal', n)
# gone twice, and back; what is no withdrawal
show('08:00', 'gone.test/1', 'omega', 'Strike is called off', 4)
for hm, code in (('08:10', 404), ('08:20', 403), ('08:30', 503), ('08:40', 429)):
    status(hm, 'gone.test/1', code)
status('08:50', 'gone.test/1', 410)
show('09:30', 'gone.test/1', 'omega', 'Strike is called off', 4)
rows.sort(key=lambda r: (r['fetched_at'], r['url']))
with open(sys.argv[1], 'w') as f:
    f.write(''.join(json.dumps(r) + '\n' for r in rows))
PY
d ingest "$TMP/life.jsonl" 2> /dev/null
q "SELECT split_part(e.url, '/', 3), e.kind, e.version, to_char(e.observed_at AT TIME ZONE 'UTC', 'HH24:MI'),
	s.first, e.url IS NULL FROM dateline.events e JOIN (SELECT story_id, split_part(min(url), '/', 3) AS first
	FROM dateline.postings GROUP BY 1) s ON s.story_id = e.story_id ORDER BY 5, e.event_id" > "$TMP/got"
cat > "$TMP/want" <<'ROWS'
kill.test|created|1|08:00|copy.test|f
copy.test|reposted|1|08:10|copy.test|f
kill.test|withdrawn|1|08:30|copy.test|f
|withdrawn|1|08:30|copy.test|t
cut.test|created|1|08:00|cut.test|f
cut.test|updated|2|08:40|cut.test|f
flip.test|created|1|08:00|flip.test|f
flip.test|updated|2|08:10|flip.test|f
flip.test|reverted|1|08:20|flip.test|f
flip.test|reverted|2|08:30|flip.test|f
gone.test|created|1|08:00|gone.test|f
gone.test|withdrawn|1|08:50|gone.test|f
|withdrawn|1|08:50|gone.test|t
gone.test|restored|1|09:30|gone.test|f
|restored|1|09:30|gone.test|t
head.test|created|1|08:00|head.test|f
head.test|retitled|2|08:10|head.test|f
live.test|created|1|08:00|live.test|f
live.test|updated|2|08:40|live.test|f
live.test|updated|3|09:00|live.test|f
note.test|created|1|08:00|note.test|f
note.test|corrected|1|08:10|note.test|f
ROWS
diff "$TMP/want" "$TMP/got"
# the cut's sighting begins at its first fetch
test "$(q "SELECT to_char(first_seen_at AT TIME ZONE 'UTC', 'HH24:MI') FROM dateline.sightings
	WHERE outlet = 'CUT' AND version = 2")" = 08:30
# two versions of a live page part at 30 minutes; the last has all that was shown
test "$(q "SELECT string_agg(words::text, ' ' ORDER BY v.version) FROM dateline.versions v
	JOIN dateline.postings p USING (story_id) WHERE p.outlet = 'LIVE'")" = '46 115 138' ||
	{ q "SELECT v.version, v.words FROM dateline.versions v JOIN dateline.postings p USING (story_id) WHERE p.outlet = 'LIVE'"; exit 1; }
test "$(q "SELECT s.status FROM dateline.stories s JOIN dateline.postings p USING (story_id) WHERE p.outlet = 'COPY'")" = withdrawn
