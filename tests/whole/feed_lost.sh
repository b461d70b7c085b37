# A feed that gave entries and gives something else fails aloud: failures count,
# status and doctor name it, nothing else is looked for in its place; when it is
# back all is well.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import sys
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, article, feed, story
dateline, db, tmp = sys.argv[1:]
site = Site(('a.test', 'gone.test', 'front.test', 'led.test', 'same.test', 'young.test'))
CHALLENGE = '<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1><p>Please enable JavaScript.</p></body></html>'
d = Run(dateline, db, tmp, site, 'feed_lost')
urls = {h: 'http://%s/feed' % h for h in site.hosts}
for host, url in urls.items():
    site.pages[(host, '/1')] = story(site.hosts.index(host))
    site.pages[(host, '/feed')] = feed(['http://%s/1' % host])
    site.pages[(host, '/')] = article('Front')
    if host != 'young.test':
        d('source', 'add', url)
d('crawl')
def page(host, what):
    return d.sql("SELECT %s FROM dateline_store.page WHERE url = '%s'" % (what, urls[host]))
assert page('a.test', 'last_outcome, failures') == 'links|0'
def same(h):  # a challenge with a validator
    return (304, '') if 'If-None-Match' in h.headers else (200, CHALLENGE, {'ETag': '"c"'})
lost = {'a.test': CHALLENGE, 'gone.test': (404, 'not here'), 'led.test': (302, '', {'Location': '/'}), 'same.test': same,
        'front.test': article('Front', head='<link rel="alternate" type="application/rss+xml" href="/feed">')}
for host, body in lost.items():
    site.pages[(host, '/feed')] = body
site.asked.clear()
site.pages[('young.test', '/feed')] = CHALLENGE  # never was one: no failure
d('source', 'add', urls['young.test'])
# once is none
d.later(minutes=6)
d('crawl', level='warn')
for host in lost:
    assert page(host, 'failures') == '0', (host, page(host, 'last_outcome, last_code, failures'))
assert 'warn feed' not in d.err, d.err
for n in range(1, 4):
    d.later(hours=2)
    d('crawl', level='warn')
    for host in lost:
        assert page(host, 'failures, last_code') == '%d|NOT_A_FEED' % n, (host, page(host, 'last_outcome, last_code, failures'))
        assert 'host=%s url=%s gives no feed' % (host, urls[host]) in d.err, d.err
told = d('status')
for host in lost:
    assert '3 times ' in told and urls[host] in told.split('failing')[-1], told
assert [x['failures_24h'] for x in d.json('status', '--json')] == [3, 3, 3, 3, 3, 0], told
doctor = d('doctor', check=False)
for host in lost:
    assert 'WRONG feeds: %s' % urls[host] in doctor, doctor
assert 'young.test/feed' not in doctor, doctor
# a feed is looked at as one that fails; usual places are young.test's alone
assert page('a.test', 'next_reason') == 'failed'
places = {h for h, p in site.asked if p in ('/rss', '/atom.xml', '/sitemap.xml')}
assert places == {'young.test'}, places
for host in lost:
    site.pages[(host, '/feed')] = feed(['http://%s/1' % host])
d.later(hours=2)
d('crawl', level='warn')
for host in lost:
    assert page(host, 'last_outcome, failures, unfed') == 'links|0|0', (host, page(host, 'last_outcome, failures, unfed'))
assert 'feeds' not in d('doctor', check=False).replace('feeds and sources', '')
print('lost feeds are told')
PY
