# A page is one URL key, however its host is spelt: http://a.test/x and
# http://www.a.test/x are one, in one batch or in several, in both orders, and
# where one of them is visited.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" "$BASE" <<'PY'
import json, os, re, subprocess, sys
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, story
dateline, db, tmp, base = sys.argv[1:]
BODY = ("Ministers from both coasts opened talks in the harbour town on fishing rights in the strait.",
        "The strait has been closed to trawlers since two vessels collided there in fog in January.",
        "Negotiators said the draft would divide the cod quota evenly and set up a joint patrol of six cutters.",
        "Harbour unions called the draft a surrender and announced a march along the quay for Wednesday evening.")
PAIRS = [('http://a.test/x', 'http://www.a.test/x'), ('http://www.a.test/x', 'http://a.test/x'),
         ('https://m.a.test/x', 'http://amp.a.test/x')]

def in_new(name):
    """A database of that name beside the test's own."""
    subprocess.run(['psql', '-qXd', base, '-c', 'DROP DATABASE IF EXISTS %s' % name, '-c', 'CREATE DATABASE %s' % name], check=True)
    there = re.sub('dbname=[^ ]*', 'dbname=' + name, db)
    subprocess.run([dateline, '--log-level', 'warn', '--db', there, 'migrate'], check=True, stdout=subprocess.DEVNULL)
    return there
def sql(d, query):
    return subprocess.run(['psql', '-AtXqd', d, '-c', "SET timezone = 'UTC'", '-c', query], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
def line(url, at, body=None, **more):
    r = {'url': url, 'outlet': 'a.test', 'fetched_at': '2026-03-10T%s:00Z' % at, **more}
    if body:
        r.update(title='Talks begin', body='\n\n'.join(body))
    return json.dumps(r)
def ingest(d, lines, apart):
    """In one batch, or each in a run of its own; what was said."""
    said = ''
    for part in ([[x] for x in lines] if apart else [lines]):
        run = subprocess.run([dateline, '--db', d, 'ingest', '--format', 'jsonl', '-'], input='\n'.join(part), text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        assert run.returncode in (0, 4), (run.returncode, run.stdout, run.stderr)
        said += run.stdout + run.stderr
    return said
def events(d):
    return sql(d, "SELECT string_agg(kind || CASE WHEN url IS NULL THEN '*' ELSE '' END || to_char(observed_at, '@HH24:MI'), ' ' ORDER BY event_id) FROM dateline.events")
def sightings(d):
    return sql(d, "SELECT string_agg(to_char(first_seen_at, 'HH24:MI-') || to_char(last_seen_at, 'HH24:MI'), ' ' ORDER BY first_seen_at) FROM dateline.sightings")
def sound(d, url):
    """One page, under the spelling that came first."""
    assert sql(d, "SELECT url FROM dateline.pages") == url, sql(d, 'SELECT * FROM dateline.pages')
    assert sql(d, "SELECT count(DISTINCT url) FROM dateline.captures") == '1'
    run = subprocess.run(['tools/rebuild-check', d], stdout=subprocess.PIPE, text=True, check=False)
    assert run.returncode == 0, run.stdout

n = 0
for x, y in PAIRS:
    for apart in (False, True):
        n += 1
        d = in_new('w_spellings_%d' % n)
        # the same text is one stretch; a cut waits for a second fetch
        ingest(d, [line(x, '08:00', BODY), line(y, '08:10', BODY), line(y, '08:20', BODY[:1]), line(x, '08:30', BODY)], apart)
        assert sightings(d) == '08:00-08:30' and events(d) == 'created@08:00', (x, apart, sightings(d), events(d))
        # the same fetch twice is known, with another body a conflict
        said = ingest(d, [line(x, '08:00', BODY), line(y, '08:30', BODY, byline=['A'])], apart)
        assert sql(d, 'SELECT count(*) FROM dateline.captures') == '4' and 'CAPTURE_CONFLICT' in said, said
        # a miss on each is two misses
        ingest(d, [line(y, '09:00', http_status=404), line(x, '09:10', http_status=404)], apart)
        assert events(d) == 'created@08:00 withdrawn@09:10 withdrawn*@09:10', events(d)
        sound(d, x)
        # and both at one time in one batch, of a new page
        said = ingest(d, [line(x + '2', '10:00', BODY[:3]), line(y + '2', '10:00', BODY[:3])], apart)
        assert sql(d, "SELECT count(*) FROM dateline.captures WHERE url LIKE '%x2'") == '1', said

# two writers at once
d = in_new('w_spellings_two')
texts = [[s.replace('the', 'the %s' % w) for s in BODY] for w in ('red', 'blue', 'old', 'tall', 'grey', 'far', 'wet', 'calm')]
lines = [[line('http://%sb%d.test/x' % (w, i), '08:%02d' % m, texts[i]) for m in range(0, 40, 4) for i in range(8)] for w in ('', 'www.')]
writers = [subprocess.Popen([dateline, '--db', d, '--log-level', 'warn', 'ingest', '--format', 'jsonl', '-'], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in lines]
for w, x in zip(writers, lines):
    w.stdin.write('\n'.join(x).replace(':00Z', ':0%dZ' % writers.index(w)))
    w.stdin.close()
assert [w.wait() for w in writers] == [0, 0], [w.stderr.read() for w in writers]
assert sql(d, 'SELECT count(*) FROM dateline.pages') == '8' and sql(d, 'SELECT count(*) FROM dateline.captures') == '160'
subprocess.run(['tools/rebuild-check', d], check=True, stdout=subprocess.DEVNULL)

# two rows of one page, as databases of before have them, become one: that which
# is due, with the other's captures, claims and bytes
d = in_new('w_spellings_rows')
ingest(d, [line('http://a.test/x', '08:00', BODY)], False)
for table in ('page', 'capture', 'judged', 'body'):
    cols = [c for c in sql(d, "SELECT attname FROM pg_attribute WHERE attrelid = 'dateline_store.%s'::regclass AND attnum > 0 AND NOT attisdropped"
                           % table).splitlines()]
    given = {'host_key': 'host_key + 1', 'url': "'http://www.a.test/x'", 'fetched_at': "fetched_at + interval '5 minutes'",
             'capture_id': "md5(capture_id::text)::uuid", 'body_hash': 'md5(body_hash::text)::uuid', 'story_id': 'NULL',
             'next_fetch_at': "fetched_at + interval '1 day'".replace('fetched_at', 'enrolled_at')}
    sql(d, 'INSERT INTO dateline_store.%s (%s) SELECT %s FROM dateline_store.%s'
        % (table, ', '.join(cols), ', '.join(given.get(c, c) for c in cols), table))
assert sql(d, 'SELECT count(*) FROM dateline.pages') == '2'
said = ingest(d, [line('http://a.test/x', '08:00', BODY), line('http://www.a.test/x', '08:10', BODY)], False)
assert '1 judged, 1 known' in said, said
assert sql(d, 'SELECT count(DISTINCT host_key) FROM (SELECT host_key FROM dateline_store.page UNION ALL SELECT host_key FROM dateline_store.capture'
              ' UNION ALL SELECT host_key FROM dateline_store.judged UNION ALL SELECT host_key FROM dateline_store.posting) x') == '1'
assert sql(d, 'SELECT count(*) FROM dateline_store.capture c JOIN dateline_store.body USING (host_key, body_hash)') == '3'
assert sql(d, 'SELECT visits FROM dateline.pages WHERE next_fetch_at IS NOT NULL') == '3' and sightings(d) == '08:00-08:10', sightings(d)
sound(d, 'http://www.a.test/x')

# pages that are visited are those of the spelling that was enrolled: asked there,
# judged as the same page, whatever came from elsewhere
site = Site(('a.test', 'www.a.test'))
for h in site.hosts:
    site.pages[(h, '/p')] = story(1)
    site.pages[(h, '/q')] = story(2)
d = Run(dateline, db, tmp, site, 'spellings')
d('crawl', 'http://www.a.test/p')
d.later(minutes=10)
with open(os.path.join(tmp, 'one.jsonl'), 'w') as f:
    f.write(json.dumps({'url': 'http://a.test/p', 'outlet': 'a.test', 'fetched_at': d.now.strftime('%Y-%m-%dT%H:%M:%SZ'), 'http_status': 404}))
d('ingest', os.path.join(tmp, 'one.jsonl'))
for h in site.hosts:
    site.pages[(h, '/p')] = (404, 'no')
d.later(minutes=10)
d('crawl', 'http://a.test/p', check=False)
assert d.events() == ['created /p', 'withdrawn /p', 'withdrawn story'], d.events()
assert d.sql("SELECT string_agg(url, ' ') FROM dateline.pages WHERE kind = 'page'") == 'http://www.a.test/p'
assert site.count('/p', 'www.a.test') == 2 and site.count('/p', 'a.test') == 0, site.asked
# one that was only ingested is visited, by name, at the host that it came with
d.later(minutes=10)
with open(os.path.join(tmp, 'one.jsonl'), 'w') as f:
    f.write(json.dumps({'url': 'http://a.test/q', 'outlet': 'a.test', 'fetched_at': d.now.strftime('%Y-%m-%dT%H:%M:%SZ'), 'title': 'Quay', 'body': BODY[0]}))
d('ingest', os.path.join(tmp, 'one.jsonl'))
d.later(minutes=10)
d('crawl', 'http://www.a.test/q')
assert site.count('/q', 'a.test') == 1 and site.count('/q', 'www.a.test') == 0, site.asked
assert d.sql("SELECT count(*), min(visits) FROM dateline.pages WHERE url LIKE '%/q'") == '1|2'
subprocess.run(['tools/rebuild-check', db], check=True)
PY
