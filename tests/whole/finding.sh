# From a site's address alone: what it announces, what robots.txt names, the
# usual places (once), and its front as the last resort. Indexes, windows, traps.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import gzip, sys
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, article, feed, story
dateline, db, tmp = sys.argv[1:]
hosts = ('announces.test', 'named.test', 'usual.test', 'bare.test', 'trap.test', 'forms.test', 'other.test')
site = Site(hosts)
XML = {'Content-Type': 'application/xml'}
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">%s</urlset>'
def url(loc, lastmod=None):
    return '<url><loc>%s</loc>%s</url>' % (loc, '<lastmod>%s</lastmod>' % lastmod if lastmod else '')
def page(host, path, n):
    site.pages[(host, path)] = story(n)
# 1. link rel=alternate
site.pages[('announces.test', '/')] = article('Front', head='<link rel="alternate" type="application/rss+xml" href="/my/rss">')
site.pages[('announces.test', '/my/rss')] = (200, feed(['http://announces.test/1?utm_source=rss', '/2']), XML)
page('announces.test', '/1?utm_source=rss', 1); page('announces.test', '/2', 2)
# 2. robots.txt: an index; the old child and the old page are not read
site.pages[('named.test', '/')] = article('Front')
site.pages[('named.test', '/robots.txt')] = (200, 'Sitemap: http://named.test/index.xml\nUser-agent: *\nDisallow:\n', {'Content-Type': 'text/plain'})
site.pages[('named.test', '/index.xml')] = (200, '<sitemapindex>%s</sitemapindex>' % ''.join(
    '<sitemap><loc>http://%s</loc>%s</sitemap>' % (u, m and '<lastmod>%s</lastmod>' % m) for u, m in (
        ('named.test/map-1.xml', '2019-01-01'), ('named.test/sitemap-2020-05.xml', ''), ('named.test/map-2.xml.gz', '2026-03-09'),
        ('named.test/news.xml', ''), ('other.test/map.xml', '2026-03-09'))), XML)
site.pages[('named.test', '/map-2.xml.gz')] = (200, gzip.compress((MAP % (
    url('http://named.test/new', '2026-03-09') + url('http://named.test/old', '2026-01-01') + url('http://other.test/x', '2026-03-09'))).encode()),
    {'Content-Type': 'application/gzip'})
site.pages[('named.test', '/news.xml')] = (200, MAP % url('http://named.test/flash'), XML)
page('named.test', '/new', 10); page('named.test', '/flash', 11)
# 3. usual places: one of them, the others once
site.pages[('usual.test', '/')] = article('Front')
site.pages[('usual.test', '/atom.xml')] = (200, '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/></entry></feed>', XML)
site.pages[('usual.test', '/rss')] = article('Our feeds: a page that explains them')
page('usual.test', '/a', 20)
# 4. nothing at all: links that look like articles, sections
LINKS = ''.join('<a href="%s">x</a>' % h for h in ('/world', '/about', '/2026/03/10/talks-begin', '/news/1001-strait-opens', 'http://other.test/2026/03/10/no', '/tag/a-b-c-d-e'))
site.pages[('bare.test', '/')] = '<html><body>%s</body></html>' % LINKS
site.pages[('bare.test', '/world')] = '<html><body><a href="/world/ministers-meet-in-the-port">x</a><a href="/world/asia">x</a></body></html>'
page('bare.test', '/2026/03/10/talks-begin', 30); page('bare.test', '/news/1001-strait-opens', 31); page('bare.test', '/world/ministers-meet-in-the-port', 32)
# 5. a site without end: a calendar, session ids, paths that grow
def trap(h):
    if h.headers['Host'].split(':')[0] != 'trap.test' or '.' in h.path or h.path in ('/feed', '/rss', '/feeds'):
        return None
    n = trap.n = trap.n + 1
    links = ['/diary/%d/05/12' % (2026 + n + k) for k in range(20)]
    links += ['/story/%08x-%d' % (n * 7919 + k * 104729, k) for k in range(40)]
    links += [h.path.rstrip('/') + '/again/again/again/a-b-c-d', '/a' * 20 + '/b-c-d-e']
    return '<html><body>%s</body></html>' % ''.join('<a href="%s">x</a>' % l for l in links)
trap.n = 0
site.pages['*'] = trap
# 6. a feed in UTF-16, a sitemap of plain text
site.pages[('forms.test', '/wide')] = (200, ('<?xml version="1.0" encoding="utf-16"?><rss version="2.0"><channel><item>'
    '<link>http://forms.test/w</link></item></channel></rss>').encode('utf-16'), {'Content-Type': 'application/rss+xml'})
site.pages[('forms.test', '/map.txt')] = (200, 'http://forms.test/t1\nhttp://forms.test/t2\n', {'Content-Type': 'text/plain'})
for n, path in enumerate(('/w', '/t1', '/t2')):
    page('forms.test', path, 40 + n)
d = Run(dateline, db, tmp, site, 'finding', '  front_budget: 60\n')
for h in hosts[:-2]:
    d('source', 'add', 'http://%s/' % h)
for path in ('wide', 'map.txt'):
    d('source', 'add', 'http://forms.test/' + path)
d.crawl(2)
for _ in range(3):
    d.later(minutes=15)
    d('crawl')
def articles(host):
    return d.sql("SELECT coalesce(string_agg(regexp_replace(url, '^http://[^/]*', ''), ' ' ORDER BY url), '') FROM dateline.pages"
                 " WHERE kind = 'page' AND url LIKE 'http://%s/%%' AND last_outcome IN ('article', 'unchanged')" % host)
assert articles('announces.test') == '/1?utm_source=rss /2', articles('announces.test')
assert articles('named.test') == '/flash /new', articles('named.test')
asked = [p for h, p in site.asked if h == 'named.test']
assert '/map-1.xml' not in asked and '/sitemap-2020-05.xml' not in asked and '/old' not in asked, asked
assert not [p for h, p in site.asked if h == 'other.test'], 'another site'
assert articles('usual.test') == '/a', articles('usual.test')
for p in ('/feed', '/rss.xml', '/sitemap.xml', '/news-sitemap.xml', '/rss'):
    assert site.count(p, 'usual.test') == 1, (p, site.count(p, 'usual.test'))
assert not site.count('/feed', 'announces.test') and not site.count('/feed', 'named.test')
assert articles('bare.test') == '/2026/03/10/talks-begin /news/1001-strait-opens /world/ministers-meet-in-the-port', articles('bare.test')
assert articles('forms.test') == '/t1 /t2 /w', articles('forms.test')
# places that were tried and hold nothing are no sources
listed = [x['url'] for x in d.json('source', 'list', '--json')]
assert 'http://usual.test/atom.xml' in listed and 'http://usual.test/' in listed, listed
assert not [u for u in listed if u in ('http://usual.test/feed', 'http://usual.test/rss', 'http://bare.test/sitemap.xml')], listed
assert '%d feeds and sources' % len(listed) in d('doctor', check=False), d('doctor', check=False)
# what was found stays that: sections of sections are not looked at
assert not site.count('/world/asia', 'bare.test')
assert d.sql("SELECT count(*) FROM dateline.pages WHERE kind = 'source'") == '5'
# the trap ends, and says so
for _ in range(6):
    d.later(minutes=15)
    d('crawl', level='warn')
assert 'trap host=trap.test' in d.err or 'host=trap.test' in d.err, d.err
enrolled = int(d.sql("SELECT count(*) FROM dateline.pages WHERE url LIKE 'http://trap.test/%' AND kind = 'page'"))
assert enrolled <= 2 * 60, enrolled
told = d('status', 'trap.test')
assert 'not enrolled' in told and 'over its budget' in told and 'over a year ahead' in told and 'repeats itself' in told, told
# a front is looked at for ever
d.sql("UPDATE dateline_store.page SET enrolled_at = enrolled_at - interval '100 days' WHERE kind = 'source'")
d.later(hours=1)
d('crawl')
assert d.sql("SELECT count(*) FROM dateline.pages WHERE kind = 'source' AND interval_s <= 4000") == '5'
print('the trap held %d pages' % enrolled)
PY
