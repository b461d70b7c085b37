# What a feed lists and nobody may fetch is told: a line each at debug, a count
# in the feed's status.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import sys
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, feed, story
dateline, db, tmp = sys.argv[1:]
site = Site(('a.test',))
long = 'http://a.test/' + 'x' * 9000
unfit = ['ftp://a.test/1', 'http://a.test:22/2', 'javascript:alert(1)', long]
site.pages[('a.test', '/1')] = story(1)
site.pages[('a.test', '/feed')] = feed(['http://a.test/1'] + unfit)
site.pages[('a.test', '/map')] = '<urlset>%s</urlset>' % ''.join('<url><loc>%s</loc></url>' % u for u in ['http://a.test/1'] + unfit)
d = Run(dateline, db, tmp, site, 'unfit_entries')
for path in ('feed', 'map'):
    d('source', 'add', 'http://a.test/' + path)
d('crawl', level='debug')
log = d.err.splitlines()
for path in ('feed', 'map'):
    lines = [l for l in log if 'find' in l and 'url=http://a.test/%s entry=' % path in l]
    assert len(lines) == 4, (lines, log)
    for u, code in zip(unfit, ('FORBIDDEN_SCHEME', 'FORBIDDEN_PORT', 'FORBIDDEN_SCHEME', 'INVALID_URL')):
        assert [l for l in lines if 'entry=' + u[:200] in l and 'code=' + code in l], (u[:100], lines)
    told = d('status', 'http://a.test/' + path)
    assert '4 of its entries cannot be visited' in told, told
    assert d.json('status', '--json', 'http://a.test/' + path)[0]['unfit_entries'] == 4
site.pages[('a.test', '/feed')] = feed(['http://a.test/1'])
d.later(minutes=6)
d('crawl')
assert 'cannot be visited' not in d('status', 'http://a.test/feed')
PY
