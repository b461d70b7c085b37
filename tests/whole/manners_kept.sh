# What a host is owed outlives the process: delays, rests, one connection.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import sys, time
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, story
dateline, db, tmp = sys.argv[1:]
site = Site(('busy.test', 'slow.test', 'gone.test'))
ROBOTS = {'Content-Type': 'text/plain'}
d = Run(dateline, db, tmp, site, 'kept')

# Retry-After is kept: neither a timer's crawl nor a URL by name asks before
site.pages[('busy.test', '/robots.txt')] = (404, '')
site.pages[('busy.test', '/p')] = (429, 'slow down', {'Retry-After': '3600'})
site.pages[('busy.test', '/q')] = story(1)
d('source', 'add', 'http://busy.test/p')
d('crawl')
assert site.count('/p', 'busy.test') == 1
site.asked.clear()
for _ in range(9):
    d.later(minutes=6)
    d('crawl')
d('crawl', 'http://busy.test/q', check=False)
assert d.rc == 4 and '429' in d.err and not site.asked, (d.rc, d.err, site.asked)
for what in (['busy.test'], ['--manners', 'busy.test'], ['http://busy.test/p']):
    text = d('status', *what)
    assert 'rests until 2026-03-10 09:00 because' in text and '429' in text, text
row = d.json('status', '--manners', 'busy.test', '--json')[0]
assert row['rests_until'] == '2026-03-10T09:00:00Z' and '429' in row['rest_why'], row
site.pages[('busy.test', '/p')] = story(2)
d.later(minutes=31)
d('crawl')
assert site.count('/p', 'busy.test') == 1 and site.count('/q', 'busy.test') == 1, site.asked
assert 'rests until' not in d('status', 'busy.test')
assert d.json('status', '--manners', 'busy.test', '--json')[0]['rests_until'] is None
# a host that was away rests for longer each time, over processes too
site.pages[('gone.test', '/robots.txt')] = (404, '')
site.pages[('gone.test', '/p')] = (503, 'later')
d('source', 'add', 'http://gone.test/p')
for n in range(1, 4):
    d('crawl')
    assert d.sql("SELECT rest_failures FROM dateline_store.host WHERE authority = 'gone.test'") == str(n)
    d.later(hours=1)

# Crawl-delay holds between processes, whatever the program's clock says
sent = []
def timed(h):
    sent.append(time.monotonic())
    return story(9)
site.pages[('slow.test', '/robots.txt')] = (200, 'User-agent: *\nCrawl-delay: 1.5\n', ROBOTS)
for i in range(3):
    site.pages[('slow.test', '/%d' % i)] = timed
    d('crawl', 'http://slow.test/%d' % i)
gaps = [b - a for a, b in zip(sent, sent[1:])]
assert len(gaps) == 2 and min(gaps) >= 1.5, gaps
slow = d.json('status', '--manners', 'slow.test', '--json')[0]
assert slow['gap_least_s'] >= 1.49, slow  # between processes as well
assert slow['requests'] == 5, slow  # robots.txt and tdmrep.json are two of them
PY
