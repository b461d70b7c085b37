# A host or an outlet that is paused is left alone: no page, list or robots.txt
# of it is asked for until it is resumed, by crawl, run or name; status says so.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import os, subprocess, sys, time
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, feed, story
dateline, db, tmp = sys.argv[1:]
hosts = ('a.test', 'www.a.test', 'b.test', 'c.test', 'long.test')
site = Site(hosts)
for n, host in enumerate(hosts):
    for k in range(3):
        site.pages[(host, '/%d' % k)] = story(10 * n + k)
site.pages[('a.test', '/feed')] = feed(['http://a.test/0', 'http://a.test/1', 'http://www.a.test/2', 'http://b.test/0'])
site.pages[('c.test', '/feed')] = feed(['http://c.test/0', 'http://c.test/1', 'http://b.test/1', 'http://c.test/led'])
site.pages[('c.test', '/led')] = (302, '', {'Location': 'http://b.test/2'})
d = Run(dateline, db, tmp, site, 'paused')
d('source', 'add', 'http://a.test/feed', '--name', 'Paper A')
d('source', 'add', 'http://www.a.test/none', '--name', 'Paper A')
d('source', 'add', 'http://b.test/none', '--name', 'B')
d('source', 'add', 'http://c.test/feed')
d('crawl')
def asked(hours=24):
    site.asked.clear()
    for _ in range(hours):
        d.later(hours=1)
        d('crawl')
    return {h for h, p in site.asked}
got = asked(2)
assert got == {'a.test', 'www.a.test', 'b.test', 'c.test'}, got
# the feed alone: its pages are watched on, and that is said
assert 'pages of Paper A are still visited' in d('source', 'pause', 'http://a.test/feed')
asked(2)
assert ('a.test', '/feed') not in site.asked and ('a.test', '/0') in site.asked, site.asked
d('source', 'resume', 'http://a.test/feed')
# an outlet: wherever its pages lie; b.test is also C's
assert 'outlet Paper A' in d('source', 'pause', 'Paper A')
got = asked()
assert 'a.test' not in got and 'www.a.test' not in got, got
assert ('b.test', '/1') in site.asked and ('b.test', '/0') not in site.asked, site.asked
told = d('status')
assert 'paused: outlet Paper A' in told and ' 0 due' in told, told
assert 'Paper A is paused' in d('status', 'http://a.test/0'), d('status', 'http://a.test/0')
assert [x['paused'] for x in d.json('status', '--json')] == [False, True, False], d.json('status', '--json')
assert 'paused' in d('source', 'list').split('http://a.test/feed')[0].splitlines()[-1], d('source', 'list')
told = d('doctor', check=False)
assert 'nothing is due for over an hour' in told, (told, d.sql('SELECT url, next_fetch_at FROM dateline.pages ORDER BY 2'))
# a host: whoever's its pages are; also where a redirect leads there
assert 'host b.test' in d('source', 'pause', 'b.test')
got = asked()
assert got == {'c.test'}, got
assert 'b.test is paused' in d('status', 'b.test'), d('status', 'b.test')
assert d.sql("SELECT last_code, failures FROM dateline_store.page WHERE url = 'http://c.test/led'") == 'PAUSED|0'
# by name
site.asked.clear()
d('crawl', 'http://b.test/2', check=False)
assert d.rc == 4 and 'PAUSED' in d.err and not site.asked, (d.rc, d.err, site.asked)
assert d.sql("SELECT count(*) FROM dateline_store.page WHERE url = 'http://b.test/2' AND visits > 0") == '0'
d('source', 'pause', 'nowhere.test', check=False)
assert d.rc == 1 and 'NOT_FOUND' in d.err, (d.rc, d.err)
assert 'Paper A is paused' in d('source', 'add', 'http://a.test/other', '--name', 'Paper A')
# until it is resumed
d('source', 'resume', 'b.test', 'Paper A')
got = asked()
assert got == {'a.test', 'www.a.test', 'b.test', 'c.test'}, got
assert 'paused' not in d('status')
# a run that has the host's pages already
for n in range(3, 400):
    site.pages[('long.test', '/%d' % n)] = 'nothing'
site.pages[('long.test', '/feed')] = feed('http://long.test/%d' % n for n in range(400))
with open(d.conf, encoding='utf-8') as f:
    text = f.read().replace('delay: 0ms', 'delay: 200ms')
with open(d.conf, 'w', encoding='utf-8') as f:
    f.write(text)
d('source', 'add', 'http://long.test/feed')
log = open(os.path.join(tmp, 'paused.log'), 'w')
site.asked.clear()
run = subprocess.Popen([dateline, '--db', db, '--config', d.conf, '--log-level', 'error', 'run'], stdout=log, stderr=log,
                       env=dict(os.environ, DATELINE_CLOCK=d.now.strftime('%Y-%m-%dT%H:%M:%SZ')))
def wait(what):
    end = time.time() + 60
    while not what():
        assert time.time() < end
        time.sleep(.05)
wait(lambda: sum(h == 'long.test' for h, p in site.asked) > 5)
d('source', 'pause', 'long.test')
seen = {'n': 0, 'at': time.time()}
def still():
    n = sum(h == 'long.test' for h, p in site.asked)
    if n != seen['n']:
        seen.update(n=n, at=time.time())
    return time.time() - seen['at'] > 3
wait(still)
assert seen['n'] < 200, seen
run.terminate()
assert run.wait() == 0
assert d.sql("SELECT count(*) FROM dateline_store.page WHERE url LIKE 'http://long.test/%' AND failures > 0") == '0'
PY
