# Indexes that list indexes end, for sources as well, and say so; those of a
# small depth are read; lists are enrolled within a budget; and a host's many
# lists do not starve its pages.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import os, subprocess, sys, time
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, feed, story
dateline, db, tmp = sys.argv[1:]
site = Site(('chain.test', 'deep.test', 'wide.test', 'pages.test', 'many.test'))
XML = {'Content-Type': 'application/xml'}
def index(*urls):
    return (200, '<sitemapindex>%s</sitemapindex>' % ''.join('<sitemap><loc>%s</loc></sitemap>' % u for u in urls), XML)
def sitemap(*urls):
    return (200, '<urlset>%s</urlset>' % ''.join('<url><loc>%s</loc></url>' % u for u in urls), XML)
wide = {'n': 0}
def star(h):
    host = h.headers['Host'].split(':')[0]
    if host == 'chain.test' and h.path.startswith('/i'):  # without end
        return index('http://chain.test/i%d' % (int(h.path[2:]) + 1))
    if host == 'pages.test' and h.path.startswith('/i'):  # the same by sitemaps whose pages are sitemaps
        return sitemap('http://pages.test/i%d' % (int(h.path[2:]) + 1))
    if host == 'wide.test' and h.path == '/index.xml':  # other children each time
        wide['n'] += 1
        return index(*('http://wide.test/s%d-%d' % (wide['n'], k) for k in range(80)))
    if host == 'wide.test' and h.path.startswith('/s'):
        return sitemap('http://wide.test/')
    return None
site.pages['*'] = star
site.pages[('deep.test', '/i0')] = index('http://deep.test/i1')
site.pages[('deep.test', '/i1')] = index('http://deep.test/map')
site.pages[('deep.test', '/map')] = sitemap('http://deep.test/news/1')
site.pages[('deep.test', '/news/1')] = story(1)
for n in range(5):
    site.pages[('many.test', '/news/%d' % n)] = story(10 + n)
site.pages[('many.test', '/feed')] = feed('http://many.test/news/%d' % n for n in range(5))
d = Run(dateline, db, tmp, site, 'indexes')
for u in ('chain.test/i0', 'deep.test/i0', 'wide.test/index.xml', 'pages.test/i0'):
    d('source', 'add', 'http://' + u)
def asked(host):
    return [p for h, p in site.asked if h == host and p not in ('/robots.txt', '/.well-known/tdmrep.json')]
d('crawl', level='warn')
assert asked('chain.test') == ['/i0', '/i1', '/i2'], asked('chain.test')
assert 'warn trap' in d.err and 'http://chain.test/i2' in d.err and 'too many lists' in d.err, d.err
assert 'too many lists' in d('status', 'chain.test'), d('status', 'chain.test')
assert asked('pages.test') == ['/i0', '/i1', '/i2', '/i3'], asked('pages.test')
assert asked('deep.test') == ['/i0', '/i1', '/map', '/news/1'], asked('deep.test')
assert d.sql("SELECT last_outcome FROM dateline.pages WHERE url = 'http://deep.test/news/1'") == 'article'
# what is too deep is not asked every few minutes
site.asked.clear()
for _ in range(6):
    d.later(minutes=10)
    d('crawl', level='warn')
assert '/i2' not in asked('chain.test') and '/i3' not in asked('pages.test'), asked('chain.test')
# 50 children a visit, 200 lists of a host a day
assert wide['n'] == 7, wide
lists = "SELECT count(*) FROM dateline.pages WHERE url LIKE 'http://wide.test/s%'"
assert d.sql(lists) == '200', d.sql(lists)
assert 'warn trap' in d.err and 'host=wide.test' in d.err and 'not enrolled: is over its budget (lists)' in d.err, d.err
assert 'like "lists", over its budget' in d('status', 'wide.test'), d('status', 'wide.test')
# a host with many lists due: its pages have their turn, the operator's feed is first
d('source', 'add', 'http://many.test/feed')
d('crawl')
d.sql("INSERT INTO dateline_store.page (host_key, url_key, url, outlet_id, kind, enrolled_at, next_fetch_at, depth)"
      " SELECT p.host_key, gen_random_uuid(), 'http://many.test/list/' || n, p.outlet_id, 'feed', p.enrolled_at, p.enrolled_at, 1"
      " FROM dateline_store.page p, generate_series(1, 300) n WHERE p.url = 'http://many.test/feed'")
d.later(days=1)
site.asked.clear()
log = open(os.path.join(tmp, 'indexes.log'), 'w')
run = subprocess.Popen([dateline, '--db', db, '--config', d.conf, '--log-level', 'error', 'run'], stdout=log, stderr=log,
                       env=dict(os.environ, DATELINE_CLOCK=d.now.strftime('%Y-%m-%dT%H:%M:%SZ')))
end = time.time() + 60
while time.time() < end and sum(p.startswith('/list/') for p in asked('many.test')) < 40:
    time.sleep(.02)
run.terminate()
assert run.wait() == 0
order = asked('many.test')
assert order[0] == '/feed', order[:5]
assert all('/news/%d' % n in order[:25] for n in range(5)), order[:25]
print('indexes end: %d, %d' % (wide['n'], len(order)))
PY
