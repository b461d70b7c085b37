# source test: what would be found at an address, without enrolling anything.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import json, sys
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, article, feed, story
dateline, db, tmp = sys.argv[1:]
site = Site(('front.test', 'feed.test', 'shut.test', 'usual.test', 'part.test'))
XML = {'Content-Type': 'application/xml'}
site.pages[('front.test', '/')] = article('Front', head='<link rel="alternate" type="application/atom+xml" href="/atom">')
site.pages[('front.test', '/robots.txt')] = (200, 'Sitemap: http://front.test/map.xml\nUser-agent: *\nCrawl-delay: 0.1\n', {'Content-Type': 'text/plain'})
site.pages[('front.test', '/atom')] = (200, '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/></entry><entry><link href="/b"/></entry></feed>', XML)
site.pages[('front.test', '/map.xml')] = (200, '<urlset><url><loc>http://front.test/c</loc></url></urlset>', XML)
site.pages[('front.test', '/a')] = story(1, head='<meta property="article:published_time" content="2026-03-10T12:00:00+05:30">')
site.pages[('feed.test', '/feed')] = (200, feed(['http://feed.test/1']), XML)
site.pages[('feed.test', '/1')] = story(2)
site.pages[('shut.test', '/robots.txt')] = (200, 'User-agent: *\nDisallow: /\n', {'Content-Type': 'text/plain'})
site.pages[('usual.test', '/')] = article('Front')
site.pages[('usual.test', '/rss.xml')] = (200, feed(['http://usual.test/1']), XML)
d = Run(dateline, db, tmp, site, 'source_test')
x = d.json('source', 'test', '--json', 'http://front.test/')[0]
assert x['robots'] == {'status': 200, 'allowed': True, 'crawl_delay': .1}, x
assert [(f['url'], f['found_by'], f['kind'], f['entries']) for f in x['feeds']] == [
    ('http://front.test/atom', 'announced', 'atom', 2), ('http://front.test/map.xml', 'robots.txt', 'sitemap', 1)], x
assert x['sample']['url'] == 'http://front.test/a' and x['sample']['outcome'] == 'article' and x['sample']['words'] > 50, x
assert x['sample']['created_at'] == '2026-03-10T06:30:00Z' and x['sample']['offset_hours'] == 5.5, x
x = d.json('source', 'test', '--json', 'http://feed.test/feed')[0]
assert [f['kind'] for f in x['feeds']] == ['rss'] and x['sample']['outcome'] == 'article', x
x = d.json('source', 'test', '--json', 'http://shut.test/')[0]
assert not x['robots']['allowed'] and x['outcome'] == 'robots' and x['sample'] is None, x
# the sample is a page that robots.txt allows, if there is one
site.pages[('part.test', '/robots.txt')] = (200, 'User-agent: *\nDisallow: /private/\n', {'Content-Type': 'text/plain'})
site.pages[('part.test', '/feed')] = (200, feed(['http://part.test/private/1', 'http://part.test/2']), XML)
site.pages[('part.test', '/only')] = (200, feed(['http://part.test/private/1']), XML)
site.pages[('part.test', '/2')] = story(3)
x = d.json('source', 'test', '--json', 'http://part.test/feed')[0]
assert x['sample']['url'] == 'http://part.test/2' and x['sample']['outcome'] == 'article', x
x = d.json('source', 'test', '--json', 'http://part.test/only')[0]
assert x['sample']['url'] == 'http://part.test/private/1' and x['sample']['outcome'] == 'robots', x
text = d('source', 'test', 'http://usual.test/')
assert 'rss of 1 entries (usual place)  http://usual.test/rss.xml' in text, text
assert d.sql('SELECT count(*) FROM dateline.pages') == '0'
assert 'source' in d('source', 'test', 'nonsense', check=False) or d.rc
PY
# as README prints it: outside .test nobody is visited without a contact
command=$(sed -n 's,^    \./dateline \(source test.*\) https://example.org.*,\1,p' README.md)
test -n "$command"
# shellcheck disable=SC2086 # words of a command line
"$DATELINE" --log-level warn $command http://127.0.0.1:1/ > "$TMP/said" 2>&1 || true
if grep -E 'NO_CONTACT|USAGE' "$TMP/said"; then exit 1; fi
if "$DATELINE" --log-level warn source test http://127.0.0.1:1/ > "$TMP/said" 2>&1; then exit 1; fi
grep -q NO_CONTACT "$TMP/said"
