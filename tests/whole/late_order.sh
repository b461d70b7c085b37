# What a page showed is the same in every order of arrival: its returns, and its
# stretches in two stories that followed each other under one URL.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
d migrate > /dev/null
cat > "$TMP/late_order.py" <<'PY'
import itertools, json, re, subprocess, sys
DB, out = sys.argv[1], sys.argv[2]

def q(sql):
    r = subprocess.run(['psql', '-AtXqd', DB, '-c', "SET timezone = 'UTC'", '-c', sql], stdout=subprocess.PIPE, text=True, check=True)
    return r.stdout.splitlines()

NEWS = ['%s spokesman news%d said on Tuesday that the news%d council would vote on plan news%d before the end of the season.' % (
    w.capitalize(), i, i + 10, i + 20) for i, w in enumerate('harbour copper violet granite meadow lantern orchid timber'.split())]
OTHER = """The finance minister promised lower taxes for families in a budget that parliament will debate in June.
Economists of the largest bank doubted whether growth would pay for such a gift to all workers.
Pensions rise by two percent, and a levy on sugar falls away after nine years of quarrels.
Opposition leader Ada Kessel called it a bribe before an election and vowed to vote against.
Bond yields climbed to their highest level since spring while the crown lost a third of a cent.
Towns and counties get more money for schools, roads and the care of old people.""".split('\n')

def text(page, what):
    """a to c: one story that grows; y, z: another one. Every page has its own."""
    other, n = what in 'yz', {'a': 4, 'b': 6, 'c': 8, 'y': 4, 'z': 6}[what]
    own = lambda s: re.sub('([a-z]{3,})', lambda m: m.group() + page.split('.')[0], s)
    return {'title': own('lower taxes for families' if other else 'council votes on plans'),
        'body': ' '.join(own(s) for s in (OTHER if other else NEWS)[:n])}

pages = {}              # url -> of which life
f = open(out, 'w')

def show(life, order):
    page = 'p%dx.test' % len(pages)
    pages['http://%s/1' % page] = life
    for i in order:
        what, hm = life.split()[i].split('@')
        o = {'url': 'http://%s/1' % page, 'outlet': page, 'fetched_at': '2024-03-05T%s:00Z' % hm, 'kind': 'article'}
        f.write(json.dumps(dict(o, **text(page, what))) + '\n')

returns = {                     # how they come after the fetches' own order
    'a@08:00 b@09:00 a@09:30 c@10:00': [(0, 1, 3, 2)],
    'a@08:00 b@09:00 a@09:30': [(0, 2, 1)],                             # within a stretch: its rest is the return
    'a@08:00 b@09:00 a@09:30 a@10:00': [(0, 1, 3, 2), (0, 2, 3, 1)],    # it returned before that
    'a@08:00 b@08:30 a@09:00 b@09:30 a@10:00 b@10:30': [(0, 1, 4, 5, 2, 3), (0, 1, 2, 4, 5, 3)],
}
for life, orders in returns.items():
    for order in [range(len(life.split()))] + orders:
        show(life, order)
stories = ['a@08:00 y@09:00 a@10:00', 'y@07:00 a@08:00 y@10:00 y@11:00', 'a@08:00 y@09:00 a@10:00 y@11:00', 'a@08:00 a@09:00 b@10:00 y@11:00',
           'a@08:00 y@09:00 z@10:00 b@11:00']
for life in stories:
    for order in itertools.permutations(range(len(life.split()))):
        show(life, order)
f.close()
subprocess.run([sys.argv[3], '--log-level', 'warn', '--db', DB, 'ingest', out], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)

got = {u: [] for u in pages}
for r in q("SELECT url, to_char(first_seen_at, 'HH24:MI') || '-' || to_char(last_seen_at, 'HH24:MI') FROM dateline.sightings ORDER BY 1, first_seen_at"):
    got[r.split('|')[0]].append(r.split('|')[1])
for r in q("""SELECT p.url, 'live ' || to_char(m.from_at, 'HH24:MI') || '-' || coalesce(to_char(m.to_at, 'HH24:MI'), '')
    FROM dateline_store.membership m JOIN dateline_store.posting p USING (story_id, url_key) ORDER BY 1, m.from_at"""):
    got[r.split('|')[0]].append(r.split('|')[1])
# of returns also versions, flips and heads; a page is never shown in two stories
for r in q("SELECT url, 'v' || version || ' flips ' || flips FROM dateline.sightings ORDER BY url, first_seen_at"):
    if pages[r.split('|')[0]] in returns:
        got[r.split('|')[0]].append(r.split('|')[1])
for r in q("""SELECT x.url, to_char(t.at, 'HH24:MI ') || string_agg('v' || a.version || CASE WHEN a.is_head THEN ' head' ELSE '' END, ', ')
    FROM (SELECT DISTINCT story_id, url FROM dateline.postings) x, generate_series('2024-03-05 07:10'::timestamptz, '2024-03-05 11:40', '15 min') t(at),
    dateline.as_of(x.story_id, t.at) a GROUP BY x.url, t.at ORDER BY x.url, t.at"""):
    if ',' in r:
        sys.exit('shown twice: ' + r)
    if pages[r.split('|')[0]] in returns:
        got[r.split('|')[0]].append(r.split('|')[1])
first, bad = {}, 0
for url, life in pages.items():
    want = first.setdefault(life, got[url])
    if got[url] != want:
        bad += 1
        print(url, life, 'differs:', *[x for x in zip(got[url] + [None] * 9, want + [None] * 9) if x[0] != x[1]])
want = ['08:00-08:00', '09:00-09:00', '09:30-09:30', '10:00-10:00', 'live 08:00-', 'v1 flips 0', 'v2 flips 0', 'v1 flips 1', 'v3 flips 0']
if first['a@08:00 b@09:00 a@09:30 c@10:00'][:9] != want or '09:40 v1 head' not in first['a@08:00 b@09:00 a@09:30 c@10:00']:
    bad += 1
    print(first['a@08:00 b@09:00 a@09:30 c@10:00'])
of = {u: set() for u in pages}
for r in q("SELECT url, story_id FROM dateline.sightings"):
    of[r.split('|')[0]].add(r.split('|')[1])
for url, life in pages.items():
    if len(of[url]) != 1 + any(x in life for x in 'yz'):
        bad += 1
        print(url, life, 'is of', len(of[url]), 'stories')
sys.exit(bad > 0)
PY
python3 "$TMP/late_order.py" "$DB" "$TMP/late_order.jsonl" "$DATELINE"
python3 tools/rebuild-check "$DB"
