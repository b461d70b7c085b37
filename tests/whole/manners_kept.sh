# What a host is owed outlives the process: delays, rests, one connection.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import subprocess, sys, threading, time
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, feed, story
dateline, db, tmp = sys.argv[1:]
site = Site(('busy.test', 'slow.test', 'gone.test', 'many.test'))
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
# what was not asked is no capture and no failure, and is due when the rest ends
assert d.sql("SELECT string_agg(url || ' ' || visits || ' ' || failures, ', ' ORDER BY url) FROM dateline.pages WHERE url LIKE '%/p' OR url LIKE '%/q'") == \
    'http://busy.test/p 1 1, http://busy.test/q 0 0'
assert d.sql("SELECT date_trunc('minute', next_fetch_at + '1s') = '2026-03-10 09:00Z' FROM dateline.pages WHERE url LIKE '%/q'") == 't'
assert 'its host wants a rest' in d('status', 'http://busy.test/q')
d.later(minutes=7)
d('crawl')
assert site.count('/p', 'busy.test') == 1 and site.count('/q', 'busy.test') == 1, site.asked
assert 'rests until' not in d('status', 'busy.test')
assert d.json('status', '--manners', 'busy.test', '--json')[0]['rests_until'] is None
# twenty pages that all say 429: one is asked an hour
pages = ['/z%d' % i for i in range(20)]
for i, p in enumerate(pages):
    site.pages[('many.test', p)] = story(i + 10)
site.pages[('many.test', '/feed')] = feed('http://many.test' + p for p in pages)
d('source', 'add', 'http://many.test/feed')
d('crawl')
for p in pages:
    site.pages[('many.test', p)] = (429, 'x', {'Retry-After': '3600'})
site.asked.clear()
d.crawl(8, every=15)
asked = [p for h, p in site.asked if p in pages]
assert 1 <= len(asked) <= 2, asked
row = d.sql("SELECT sum(failures), count(*) FILTER (WHERE failures > 0) FROM dateline.pages WHERE url LIKE '%/z%'")
assert row in ('1|1', '2|1', '2|2'), row

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

# a redirect's host is asked by one process at a time, and as slowly
site = Site(('old.test', 'www.test'))
lock, open_now, most, sent = threading.Lock(), [0], [0], []
def answering(n):
    def answer(h):
        with lock:
            open_now[0] += 1
            most[0] = max(most[0], open_now[0])
            sent.append(time.monotonic())
        time.sleep(.1)
        with lock:
            open_now[0] -= 1
        return story(n)
    return answer
for i in range(6):
    site.pages[('old.test', '/r%d' % i)] = (302, '', {'Location': 'http://www.test/p%d' % i})
    site.pages[('www.test', '/p%d' % i)] = answering(i)
    site.pages[('www.test', '/o%d' % i)] = answering(i + 20)
site.pages[('old.test', '/feed')] = feed('http://old.test/r%d' % i for i in range(6))
site.pages[('www.test', '/feed')] = feed('http://www.test/o%d' % i for i in range(6))
d = Run(dateline, db, tmp, site, 'redirects', delay='200ms')
crawl = [dateline, '--db', db, '--config', d.conf, '--log-level', 'warn', 'crawl']
def start(url):
    return subprocess.Popen(crawl + [url], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
first = start('http://www.test/feed')
end = time.monotonic() + 30
while not site.count('/feed', 'www.test') and time.monotonic() < end:
    time.sleep(.01)
both = [first, start('http://old.test/feed')]
told = [p.communicate()[1].decode() for p in both]
subprocess.run(crawl, stderr=subprocess.DEVNULL, check=True)  # what was left to the other one
read = "SELECT count(*) FROM dateline.captures WHERE outcome = 'article' AND (url LIKE '%old.test/r%' OR url LIKE '%www.test/o%')"
assert int(d.sql(read)) == 12, (d.sql('SELECT url, outcome FROM dateline.captures'), told)
gaps = [b - a for a, b in zip(sent, sent[1:])]
assert most[0] == 1 and min(gaps) >= .3, (most, gaps, told)  # the delay begins with the answer
assert int(d.json('status', '--manners', 'www.test', '--json')[0]['requests']) >= 14
PY
