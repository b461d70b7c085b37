# What owners say of their pages is obeyed and kept: noindex, noarchive, a date
# after which a page is not to be used, mining rights (header, meta, site).
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import sys
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, feed, story
dateline, db, tmp = sys.argv[1:]
site = Site(('rights.test', 'reserved.test'))
rights = {
    '/plain': story(1),
    '/header': (200, story(2), {'X-Robots-Tag': 'otherbot: noindex, dateline: noarchive, max-snippet: 40'}),
    '/noindex': (200, story(3), {'X-Robots-Tag': 'noindex'}),
    '/meta': story(4, head='<meta name="robots" content="noarchive, noai, max-snippet:-1">'),
    '/none': story(5, head='<meta name="Dateline" content="NONE">'),
    '/past': (200, story(6), {'X-Robots-Tag': 'unavailable_after: Mon, 09 Mar 2026 08:00:00 GMT, nosnippet'}),
    '/future': (200, story(7), {'X-Robots-Tag': 'unavailable_after: 2026-04-01'}),
    '/mined': story(8, head='<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="http://rights.test/p">'),
    '/free': (200, story(9), {'tdm-reservation': '0'}),
}
site.pages.update({('rights.test', k): v for k, v in rights.items()})
site.pages[('rights.test', '/feed')] = feed('http://rights.test' + p for p in rights)
site.pages[('reserved.test', '/.well-known/tdmrep.json')] = (200, '[{"location": "/", "tdm-reservation": 1, "tdm-policy": "http://r.test/p"},'
    ' {"location": "/open/*", "tdm-reservation": 0}]', {'Content-Type': 'application/json'})
site.pages[('reserved.test', '/a')] = story(10)
site.pages[('reserved.test', '/open/b')] = story(11)
site.pages[('reserved.test', '/c')] = (200, story(12), {'tdm-reservation': '0'})
site.pages[('reserved.test', '/feed')] = feed('http://reserved.test' + p for p in ('/a', '/open/b', '/c'))
d = Run(dateline, db, tmp, site, 'rights')
d('source', 'add', 'http://rights.test/feed')
d('source', 'add', 'http://reserved.test/feed')
d('crawl')

path = "regexp_replace(%s, '^http://', '')" % 'url'
def rows(what, view, where='true'):
    return dict(line.split('|', 1) for line in d.sql('SELECT %s, %s FROM dateline.%s WHERE %s' % (path, what, view, where)).splitlines())
outcome = rows('outcome', 'captures', "url ~ '[a-z]/(open/)?[a-z]*$' AND url NOT LIKE '%feed'")
assert outcome == {
    'rights.test/plain': 'article', 'rights.test/header': 'article', 'rights.test/noindex': 'noindex', 'rights.test/meta': 'article',
    'rights.test/none': 'noindex', 'rights.test/past': 'noindex', 'rights.test/future': 'article', 'rights.test/mined': 'robots',
    'rights.test/free': 'article', 'reserved.test/a': 'robots', 'reserved.test/open/b': 'article', 'reserved.test/c': 'article'}, outcome
ledger = rows("concat_ws(' ', said_by::text, CASE WHEN noindex THEN 'noindex' END, CASE WHEN noarchive THEN 'noarchive' END,"
              " CASE WHEN noai THEN 'noai' END, max_snippet, CASE WHEN tdm_reserved THEN 'tdm' WHEN NOT tdm_reserved THEN 'free' END, tdm_policy, obeyed)", 'rights')
assert ledger == {
    'rights.test/header': '{header} noarchive 40 bytes', 'rights.test/noindex': '{header} noindex text',
    'rights.test/meta': '{meta} noarchive noai -1 bytes', 'rights.test/none': '{meta} noindex text',
    'rights.test/past': '{header} noindex text', 'rights.test/future': '{header}',
    'rights.test/mined': '{meta} tdm http://rights.test/p text', 'rights.test/free': '{header} free',
    'reserved.test/a': '{site} tdm http://r.test/p text', 'reserved.test/open/b': '{site} free',
    'reserved.test/c': '{header,site} free http://r.test/p'}, ledger
# no text of what may not be kept, no bytes of what may not be copied
texts = d.sql("SELECT string_agg(title, ',' ORDER BY title) FROM dateline_store.text")
assert not any('Report %d ' % n in texts for n in (3, 5, 6, 8, 10)), texts
kept = d.sql("SELECT string_agg(regexp_replace(c.url, '^http://', ''), ' ' ORDER BY c.url) FROM dateline.captures c"
             " JOIN dateline_store.body b ON replace(b.body_hash::text, '-', '') = c.body_hash WHERE c.url NOT LIKE '%feed' AND c.url NOT LIKE '%json'")
assert kept == 'reserved.test/c reserved.test/open/b rights.test/free rights.test/future rights.test/plain', kept
# the site's word is read before its pages, and once a day
order = [p for h, p in site.asked if h == 'reserved.test']
assert order.index('/.well-known/tdmrep.json') < order.index('/a'), order
d.later(hours=12); d('crawl')
assert site.count('/.well-known/tdmrep.json', 'reserved.test') == 1
d.later(hours=13); d('crawl')
assert site.count('/.well-known/tdmrep.json', 'reserved.test') == 2
# an operator with a licence
d = Run(dateline, db, tmp, site, 'rights', '  tdm: record\n')
d.later(hours=26); d('crawl', 'http://rights.test/mined')
assert rows("outcome", 'captures', "url LIKE '%mined' AND fetched_at > '2026-03-11 09:30+00'")['rights.test/mined'] == 'article'
# owners can reach the operator
agents = {h['User-Agent'] for h in site.headers}
assert len(agents) == 1 and 'tests@dateline.test' in agents.pop(), agents
PY
