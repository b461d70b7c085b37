# Redirected pages: whose the ETag is, where they lead for good, and the
# robots.txt of hosts that redirects lead to or that have a port.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import sys
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, story
dateline, db, tmp = sys.argv[1:]
site = Site(('a.test', 'www.test', 'port.test', 'many.test'))
ROBOTS = {'Content-Type': 'text/plain'}
def tagged(h):
    return (304, '', {'ETag': '"v1"'}) if h.headers.get('If-None-Match') == '"v1"' else (200, story(1), {'ETag': '"v1"'})
site.pages[('a.test', '/p')] = (301, '', {'Location': 'http://www.test/q'})
site.pages[('a.test', '/t')] = (302, '', {'Location': 'http://www.test/t'})
site.pages[('a.test', '/index.html')] = '<title>a</title><p>The front.'
site.pages[('www.test', '/q')] = tagged
site.pages[('www.test', '/t')] = story(2)
site.pages[('www.test', '/robots.txt')] = (200, 'User-agent: *\nDisallow: /secret\n', ROBOTS)
d = Run(dateline, db, tmp, site, 'redirects')
d('crawl', 'http://www.test/none', check=False)  # a host of the operator's: else no private address
site.asked.clear(), site.headers.clear()
d('crawl', 'http://a.test/p')
d('crawl', 'http://a.test/t')

def visit(minutes=5):
    d.later(minutes=minutes)
    d.sql("UPDATE dateline_store.page SET next_fetch_at = '%s' WHERE url LIKE '%%a.test/_'" % d.now.isoformat())
    d('crawl')
def asked(path, host):
    return site.count(path, host)

for _ in range(9):
    visit()
# the ETag goes to the URL that gave it, and to no other
sent = [(h + p, x.get('If-None-Match')) for x, (h, p) in zip(site.headers, site.asked)]
assert not [s for s in sent if s[1] and s[0] != 'www.test/q'], sent
assert d.sql("SELECT count(*) FROM dateline.captures WHERE url LIKE '%/p' AND outcome = 'unchanged'") == '8', sent
# led there by 301 three times in a row: asked there itself; by 302 never
assert asked('/p', 'a.test') == 3 and asked('/q', 'www.test') == 10, sent
assert asked('/t', 'a.test') == 10 and asked('/t', 'www.test') == 10, sent
# robots.txt of the redirect's host was asked for before, and is known
assert asked('/robots.txt', 'www.test') == 0, sent
row = d.json('status', '--manners', 'www.test', '--json')[0]
assert row['robots'] == 'read' and row['requests'] == 23 and row['not_modified'] == 8, row
assert d.json('status', '--manners', 'a.test', '--json')[0]['requests'] == 3 + 10 + 2  # robots.txt, tdmrep.json
assert 'robots.txt 200' in d('status', 'www.test')
# after an hour the redirect is looked at again
visit(minutes=7 * 60)
assert asked('/p', 'a.test') == 4
visit()
assert asked('/p', 'a.test') == 4
# what the page leads to is gone: the page itself is asked at that visit
site.pages[('www.test', '/q')] = (404, 'gone')
site.pages[('a.test', '/p')] = story(1)
visit()
assert asked('/p', 'a.test') == 5
assert d.sql("SELECT last_outcome FROM dateline.pages WHERE url LIKE '%/p'") in ('article', 'unchanged')
assert not d.events('withdrawn')
# one that leads to the front now is withdrawn, as ever
site.pages[('a.test', '/p')] = (301, '', {'Location': '/index.html'})
visit()
visit()
assert len(d.events('withdrawn')) >= 1, d.events()

# a host with a port: its robots.txt is kept, its Sitemap: lines are found
port = site.server.server_port
base = 'http://port.test:%d' % port
site.pages[('port.test', '/robots.txt')] = (200, 'User-agent: *\nSitemap: %s/map-of-news.xml\n' % base, ROBOTS)
site.pages[('port.test', '/map-of-news.xml')] = (200, '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
    '<loc>%s/news/5</loc><lastmod>%s</lastmod></url></urlset>' % (base, d.now.strftime('%Y-%m-%dT%H:%M:%SZ')), {'Content-Type': 'application/xml'})
site.pages[('port.test', '/news/5')] = story(5)
site.pages[('port.test', '/')] = '<html><head><title>c</title></head><body><p>front</p></body></html>'
d('source', 'add', base + '/')
d.crawl(3, every=6)
assert asked('/map-of-news.xml', 'port.test') >= 1 and asked('/news/5', 'port.test') >= 1, site.asked[-20:]
assert asked('/robots.txt', 'port.test') == 1
PY
