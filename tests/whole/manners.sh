# How hosts are treated is measured and told: status --manners. An ETag that
# lies is found out at the tenth visit; robots.txt in all its states.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import sys, time
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, feed, story, article, SENTENCES
dateline, db, tmp = sys.argv[1:]
hosts = ('slow.test', 'lying.test', 'broken.test', 'none.test', 'far.test', 'loop.test')
site = Site(hosts)
ROBOTS = {'Content-Type': 'text/plain'}
site.pages[('slow.test', '/robots.txt')] = (200, 'User-agent: *\nCrawl-delay: 0.3\nDisallow: /secret\n', ROBOTS)
for p in ('/1', '/2', '/3', '/4'):
    site.pages[('slow.test', p)] = story(int(p[1]))
site.pages[('slow.test', '/feed')] = feed('http://slow.test' + p for p in ('/1', '/2', '/3', '/4', '/secret/5'))
site.pages[('broken.test', '/robots.txt')] = (503, 'later', ROBOTS)
site.pages[('broken.test', '/a')] = story(20)
site.pages[('none.test', '/robots.txt')] = (403, 'no', ROBOTS)  # RFC 9309, 2.3.1.3: as if there were none
site.pages[('none.test', '/a')] = story(21)
# five redirects, to another host; the rules hold for the first (2.3.1.2)
for i in range(5):
    site.pages[('far.test', '/robots.txt' if not i else '/r%d' % i)] = (
        301, '', {'Location': 'http://none.test/last' if i == 4 else '/r%d' % (i + 1)})
site.pages[('none.test', '/last')] = (200, 'User-agent: dateline\nDisallow: /a\n', ROBOTS)
site.pages[('far.test', '/a')] = story(22)
site.pages[('far.test', '/b')] = story(23)
site.pages[('loop.test', '/robots.txt')] = (302, '', {'Location': '/robots.txt'})
site.pages[('loop.test', '/a')] = story(24)

# a page that says 304 whatever happened to it
lies = {'body': article('Talks begin')}
def lying(h):
    if h.headers.get('If-None-Match'):
        return (304, '', {'ETag': '"same"'})
    return (200, lies['body'], {'ETag': '"same"'})
site.pages[('lying.test', '/p')] = lying
d = Run(dateline, db, tmp, site, 'manners')
d('crawl', 'http://slow.test/feed')
for url in ('broken.test/a', 'none.test/a', 'far.test/a', 'far.test/b', 'loop.test/a', 'lying.test/p'):
    d('crawl', 'http://' + url, check=False)
got = {r['host']: r for r in d.json('status', '--manners', '--json')}
slow = got['slow.test']
assert slow['crawl_delay_s'] == .3 and slow['delay_s'] == .3, slow
assert slow['gap_least_s'] >= .3 and .3 <= slow['gap_median_s'] < .6, slow
assert slow['refusals'] == 1 and slow['robots'] == 'read' and slow['requests'] == 7, slow  # robots.txt is one
assert not [p for h, p in site.asked if p.startswith('/secret')]
assert got['broken.test']['robots'] == 'unreachable' and not site.count('/a', 'broken.test'), got['broken.test']
assert got['none.test']['robots'] == 'none' and site.count('/a', 'none.test') == 1
assert not site.count('/a', 'far.test') and site.count('/b', 'far.test') == 1
assert got['loop.test']['robots'] == 'none' and site.count('/a', 'loop.test') == 1
text = d('status', '--manners', 'slow.test')
assert 'the host asks for 0.3 s' in text and 'measured: least' in text and 'robots.txt read (200' in text, text
assert d('status', '--manners', 'nobody.test', check=False) == '' and d.rc

# the lying ETag: changed after the second visit, found at the tenth
lies['body'] = article('Talks end', SENTENCES[:2] + ('All tariffs will be lifted at midnight, the ministers announced together.',) + SENTENCES[2:])
d.crawl(8, every=60)
assert [e for e in d.events() if e.endswith('/p')] == ['created /p'], d.events()
d.crawl(2, every=60)
assert 'updated /p' in d.events(), d.events()
lying_row = d.json('status', '--manners', 'lying.test', '--json')[0]
assert lying_row['not_modified'] >= 7 and lying_row['share_304'] > .5, lying_row
# a robots.txt is asked for once a day
asked = site.count('/robots.txt', 'lying.test')
d.later(hours=10); d('crawl')
assert site.count('/robots.txt', 'lying.test') == asked == 1, asked
d.later(hours=6); d('crawl')
assert site.count('/robots.txt', 'lying.test') == 2
PY
