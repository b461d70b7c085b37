# What is a withdrawal and what is not: each way in which a page can go, each
# trouble that looks like it, and the return. Clock and site are the test's.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import sys
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, article, story
dateline, db, tmp = sys.argv[1:]
NOT_FOUND = article('Page not found', ('The page you are looking for could not be found on this site today.', 'Try the search above, or go back to our home page.'))
BUSY = article('Service unavailable', ('We are carrying out work on our servers and will be back with you as soon as we can be.',))
ways = {  # host -> what is shown in the place of its page
    'gone404': (404, 'no'), 'gone410': (410, 'no'), 'front': (302, '', {'Location': '/'}), 'index': (301, '', {'Location': '/index.html'}),
    'language': (301, '', {'Location': '/en/'}), 'empty': '', 'shell': '<html><head><title>Site</title></head><body><nav><a href=/>Home</a></nav></body></html>',
    'noindex': (200, story(90), {'X-Robots-Tag': 'noindex'}), 'soft': NOT_FOUND,
    'notice': article('Report', ('This story has been removed.',)),
}
troubles = {
    'no403': (403, 'no'), 'no429': (429, 'slow', {'Retry-After': '1'}), 'no500': (500, 'oh'), 'no503': (503, 'oh'), 'busy': BUSY,
    'login': (302, '', {'Location': '/login?next=x'}), 'loop': (302, '', {'Location': '/p'}),
}
hosts = {**ways, **troubles, 'once': None}
site = Site([h + '.test' for h in hosts] + ['site.test'])
site.pages['/login?next=x'] = (403, 'no')
for i, h in enumerate(hosts):
    site.pages[(h + '.test', '/p')] = story(100 + i)
d = Run(dateline, db, tmp, site, 'withdrawal')
for h in hosts:
    d('crawl', 'http://%s.test/p' % h)
assert d.sql('SELECT count(*) FROM dateline.stories') == str(len(hosts))
shown = {h: site.pages[(h + '.test', '/p')] for h in hosts}
for h, answer in {**ways, **troubles}.items():
    site.pages[(h + '.test', '/p')] = answer
site.pages[('once.test', '/p')] = (404, 'no')
def told():
    rows = d.sql("SELECT split_part(p.url, '/', 3), e.kind || CASE WHEN e.url IS NULL THEN '*' ELSE '' END FROM dateline.events e"
                 " JOIN dateline.postings p USING (story_id) WHERE e.kind <> 'created' ORDER BY e.event_id")
    out = {}
    for row in rows.splitlines():
        host, kind = row.split('|')
        out.setdefault(host.split('.')[0], []).append(kind)
    return out
d.crawl(1, every=20)  # the first miss
assert told() == {}, told()
site.pages[('once.test', '/p')] = shown['once']
d.crawl(2, every=70)  # the second
assert told() == {h: ['withdrawn', 'withdrawn*'] for h in ways}, told()
assert d.sql('SELECT count(*) FROM dateline.stories') == str(len(hosts)), 'an error page became a story'
assert d.sql('SELECT count(*) FROM dateline.versions') == str(len(hosts)), 'an error page became a version'
for h in hosts:
    site.pages[(h + '.test', '/p')] = shown[h]
d.crawl(2, every=1620)
assert told() == {h: ['withdrawn', 'withdrawn*', 'restored', 'restored*'] for h in ways}, told()

# a site of six pages breaks: in three ways, an hour each; nothing is withdrawn
pages = ['/s%d' % i for i in range(6)]
for i, p in enumerate(pages):
    site.pages[('site.test', p)] = story(200 + i)
    d('crawl', 'http://site.test' + p)
well = {p: site.pages[('site.test', p)] for p in pages}
def events():
    return [e for e in d.events() if '/s' in e and not e.startswith('created')]
for broken in ((404, 'no'), (302, '', {'Location': '/'}), NOT_FOUND, BUSY, (200, story(91), {'X-Robots-Tag': 'noindex'})):
    for p in pages:
        site.pages[('site.test', p)] = broken
    logs = ''
    for _ in range(3):
        d.later(minutes=25)
        d('crawl', level='warn')
        logs += d.err
    assert events() == [], (broken, events())
    if broken[0] == 404:
        assert d.json('status', '--manners', 'site.test', '--json')[0]['broken_since'], 'not told'
        assert 'pages are missing' in d('status', '--manners', 'site.test')
        assert 'host=site.test' in logs and 'SITE_BROKEN' in logs, logs
        assert d.sql("SELECT count(*) > 0 FROM dateline.captures WHERE url LIKE '%/s_' AND http_status = 404 AND outcome = 'http_error'") == 't'
    site.pages.update({('site.test', p): v for p, v in well.items()})
    d.crawl(1, every=120)
    assert events() == [], events()
assert not d.json('status', '--manners', 'site.test', '--json')[0]['broken_since']
# one page of a site that is well
site.pages[('site.test', '/s3')] = (404, 'no')
d.crawl(3, every=130)
assert events() == ['withdrawn /s3'], events()
# all are gone for good: after a week they are
for p in pages:
    site.pages[('site.test', p)] = (410, 'no')
d.crawl(2, every=300)
assert events() == ['withdrawn /s3'], events()
d.crawl(1, every=11520)
assert sorted(set(events())) == ['withdrawn ' + p for p in pages], events()
PY
