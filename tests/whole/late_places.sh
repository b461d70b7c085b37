# Where a late text stands on its page's record: each life is told in the order of
# its fetches too, and the rows, worked out from timeline.md, are those of both.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
d migrate > /dev/null
cat > "$TMP/late_places.py" <<'PY'
import json, random, re, subprocess, sys
DB, out, program = sys.argv[1:]

def q(sql):
    r = subprocess.run(['psql', '-AtXqd', DB, '-c', "SET timezone = 'UTC'", '-c', sql], stdout=subprocess.PIPE, text=True, check=True)
    return [x.split('|') for x in r.stdout.splitlines()]

NEWS = ['%s spokesman news%d said on Tuesday that the news%d council would vote on plan news%d before the end of the season.' % (
    w.capitalize(), i, i + 10, i + 20) for i, w in enumerate('harbour copper violet granite meadow lantern orchid timber'.split())]
OTHER = """The finance minister promised lower taxes for families in a budget that parliament will debate in June.
Economists of the largest bank doubted whether growth would pay for such a gift to all workers.
Pensions rise by two percent, and a levy on sugar falls away after nine years of quarrels.""".split('\n')
R = random.Random(1)
LONG = [' '.join(''.join(R.choice('bdfgklmnprst') + R.choice('aeiou') for _ in range(4)) for _ in range(14)).capitalize() + '.' for _ in range(70)]

def text(what):
    """f: a flash; a to d: what it grew into; t: their first word, under a notice; y: another story; g0, g1, ...: one that
    goes on and on, of which g6 has nothing of g0."""
    if what[0] == 'g':
        n = int(what[1:])
        return ' '.join(LONG[n].split()[:5]), ' '.join(LONG[n:n + 6])
    return {'y': ('Lower taxes for families promised', ' '.join(OTHER)), 't': ('One moment please', NEWS[0].split()[0])}.get(what) or (
        'Council votes on plans', ' '.join({'f': NEWS[:2], 'a': NEWS[:4], 'b': NEWS[:6], 'c': NEWS, 'd': NEWS[:4] + NEWS[6:]}[what]))

def capture(page, x):
    """what@[day.]HH:MM[/2][^updated]; L...: of a live page; x: a 404; /2: another page of the outlet"""
    what, rest = x.split('@')
    rest, _, updated = rest.partition('^')
    rest, _, path = rest.partition('/')
    o = {'url': 'http://%s.test/%s' % (page, path or '1'), 'outlet': page, 'fetched_at': '2024-03-%sT%s:00Z' % (
        ('05.' + rest).rpartition('.')[0].rpartition('.')[2].zfill(2), rest.rpartition('.')[2])}
    if what == 'x':
        return dict(o, http_status=404)
    title, body = (re.sub('([a-z]{3,})', lambda m: m.group() + page, s) for s in text(what.lstrip('L')))
    bodies[page, body] = what.lstrip('L')
    return dict(o, title=title, body=body, kind='live' if what[0] == 'L' else 'article',
        **({'updated_at': '2024-03-05T%s:00Z' % updated} if updated else {}))

# captures in the order of arrival, ";" where the late ones begin and end: (stretches of /1: the text that opened the version, flips
# from 1 on; what as_of shows of all its stories at a time, * at the head)
LIVES = {
    # a return by a cut that the second fetch told, at 09:40: what came late before it tells it at no other time
    'f@08:00 b@09:00 f@09:30 f@09:40; c@09:20': (
        'f 08:00-08:00, b 09:00-09:00, c 09:20-09:20, f 09:30-09:40 flip 1', {'09:25': 'c*', '09:35': 'f', '09:45': 'f*'}),
    # a flip was at 09:30, so the next, 24 h 15 min later, is the only one of its 24 h; of one at 09:50 it
    # is the second
    'a@08:00 b@09:00 a@10:00; a@09:30; b@6.09:45; c@08:30': (
        'a 08:00-08:00, c 08:30-08:30, b 09:00-09:00, a 09:30-10:00 flip 1, b 09:45-09:45 flip 1', {'09:15': 'b*', '09:45': 'a*'}),
    'a@08:00 b@09:00 a@10:00; a@09:50; b@6.09:45; c@08:30': (
        'a 08:00-08:00, c 08:30-08:30, b 09:00-09:00, a 09:50-10:00 flip 1, b 09:45-09:45 flip 2', {'09:15': 'b*', '09:55': 'a*'}),
    # the same where nothing of it is told as late
    'a@08:00 b@09:00 a@10:00; a@09:30; b@6.09:45': (
        'a 08:00-08:00, b 09:00-09:00, a 09:30-10:00 flip 1, b 09:45-09:45 flip 1', {'09:15': 'b*', '09:45': 'a*'}),
    # and where the next one was counted with it before
    'a@08:00 b@09:00 a@10:00 b@6.09:45; a@09:30': (
        'a 08:00-08:00, b 09:00-09:00, a 09:30-10:00 flip 1, b 09:45-09:45 flip 1', {'09:15': 'b*', '09:45': 'a*'}),
    # one that was 24 h 10 min after the one before it was 23 h 50 min after that
    'a@08:00 b@08:30 a@09:00 b@6.09:10; b@6.08:50': (
        'a 08:00-08:00, b 08:30-08:30, a 09:00-09:00 flip 1, b 08:50-09:10 flip 2', {'08:45': 'b*', '09:15': 'a*'}),
    # a cut is one at its second fetch, which told it
    'f@08:00 b@09:00 f@09:30 f@10:00 b@6.09:45': (
        'f 08:00-08:00, b 09:00-09:00, f 09:30-10:00 flip 1, b 09:45-09:45 flip 2', {'09:15': 'b*', '10:15': 'f*'}),
    # another story before the page was gone: it had left the first by then, and is gone from the other
    'a@08:00 x@09:00 x@09:10; y@08:30': ('a 08:00-08:00, y 08:30-08:30', {'08:15': 'a*', '08:45': 'y*', '09:05': 'y*', '09:15': ''}),
    # what may be cut is no other story: it is held
    'c@08:00 c@10:00; t@09:00': ('c 08:00-10:00', {'09:05': 'c*', '10:05': 'c*'}),
    'c@08:00 b@10:00; t@09:00': ('c 08:00-08:00, b 10:00-10:00', {'09:05': 'c*', '10:05': 'b*'}),
    # the page carried this text at the time, whatever the story is about today
    'g0@08:00 %s; g0@08:30' % ' '.join('g%d@09:%02d' % (i, i) for i in range(1, 60)): (
        'g0 08:00-08:30, ' + ', '.join('g%d 09:%02d-09:%02d' % (i, i, i) for i in range(1, 60)), {'08:45': 'g0*', '09:05': 'g5*'}),
    # another story's text stands between: the stretch before it has an end, and is no part of the one behind it
    'y@09:00 a@10:00; a@08:00': ('a 08:00-08:00, y 09:00-09:00, a 10:00-10:00', {'08:30': 'a*', '09:30': 'y*', '10:30': 'a*'}),
    # the publisher's time of a stretch that is a return now: it led when b was seen last, at 09:00, and d does since 09:15
    'a@08:00^07:55 d@09:15/2 a@09:30^07:55; b@09:00^08:30': (
        'a 08:00-08:00, b 09:00-09:00, a 09:30-09:30 flip 1', {'09:10': 'b*', '09:20': 'b d*', '09:45': 'a d*'}),
    # it went back at 09:30 already, so that d, since 09:45, leads, though the return was told at 10:00
    'a@08:00 b@09:00 d@09:45/2 a@10:00; a@09:30': (
        'a 08:00-08:00, b 09:00-09:00, a 09:30-10:00 flip 1', {'09:40': 'a*', '09:50': 'a d*', '10:05': 'a d*'}),
    # without a time of theirs it leads since it was seen
    'a@08:00 d@09:15/2 a@09:30; b@09:00': (
        'a 08:00-08:00, b 09:00-09:00, a 09:30-09:30 flip 1', {'09:10': 'b*', '09:20': 'b d*', '09:45': 'a* d'}),
    # a live page was not gone between: what its stretch keeps opens a version half an hour after the last one did
    'La@08:00 Lb@08:10 x@08:12 x@08:14 Lb@08:16; Lb@08:13; Lb@08:45': ('a 08:00-08:16, b 08:45-08:45', {'08:15': 'a*', '08:50': 'b*'}),
    'La@08:00 Lb@08:10 x@08:12 x@08:14 Lb@08:16 x@08:18 x@08:20 Lb@08:22 Lc@08:24 Lb@08:26; Lb@08:19; Lb@08:45': (
        'a 08:00-08:10, a 08:16-08:26, b 08:45-08:45', {'08:15': '', '08:21': 'a*', '08:50': 'b*'}),
}
lives, bodies, stages = {}, {}, {}
for life in LIVES:
    told = life.split(';')
    for k in 0, 1:
        page = 'p%sx' % ''.join(chr(97 + x) for x in divmod(len(lives), 26))
        lives[page] = life
        for i, stage in enumerate(told if k else [' '.join(sorted(life.replace(';', '').split(), key=lambda x: x.split('@')[1].partition('/')[0]))]):
            stages.setdefault(i, []).extend(capture(page, x) for x in stage.split())
for i in sorted(stages):
    with open(out, 'w') as f:
        f.writelines(json.dumps(o) + '\n' for o in stages[i])
    subprocess.run([program, '--log-level', 'warn', '--db', DB, 'ingest', '--format', 'jsonl', out], stderr=subprocess.DEVNULL, check=True)

opened, bad = {}, 0
for page in lives:
    for story, v, body in q("SELECT story_id, version, replace(body, E'\\n', ' ') FROM dateline.versions WHERE story_id IN "
            "(SELECT story_id FROM dateline.postings WHERE url LIKE 'http://%s.test/%%')" % page):
        opened[story, v] = bodies[page, body]
for page, life in lives.items():
    stretches, shown = LIVES[life]
    got = ', '.join('%s %s-%s' % (opened[x[0], x[1]], x[2], x[3]) + (x[4] != '0' and ' flip ' + x[4] or '') for x in q(
        "SELECT story_id, version, to_char(first_seen_at, 'HH24:MI'), to_char(last_seen_at, 'HH24:MI'), flips FROM dateline.sightings "
        "WHERE url = 'http://%s.test/1' ORDER BY first_seen_at" % page))
    rows = {'stretches': (got, stretches)}
    for at, want in shown.items():
        rows['as_of ' + at] = (' '.join(sorted(opened[s, v] + (h == 't' and '*' or '') for s, v, h in q(
            "SELECT x.story_id, a.version, a.is_head FROM (SELECT DISTINCT story_id FROM dateline.postings WHERE url LIKE "
            "'http://%s.test/%%') x, dateline.as_of(x.story_id, '2024-03-05 %s') a" % (page, at)))), want)
    for what, (got, want) in rows.items():
        if got != want:
            bad += 1
            print('%s %s, %s: got %r, want %r' % (page, life[:70], what, got, want))
# when the text that a live page keeps changed
for (at,) in q("SELECT DISTINCT to_char(s.changed_at, 'HH24:MI') FROM dateline_store.sighting s JOIN dateline_store.posting p USING (story_id, url_key) "
        "WHERE p.url IN (%s) AND s.first_seen_at = '2024-03-05 08:16'" % ', '.join("'http://%s.test/1'" % p for p in list(lives)[-2:])):
    if at != '08:26':
        bad += 1
        print('changed at', at)
sys.exit(bad > 0)
PY
python3 "$TMP/late_places.py" "$DB" "$TMP/late_places.jsonl" "$DATELINE"
python3 tools/rebuild-check "$DB"
