# Pages that may not be read are no dearer than others: mining rights reserved
# teach the schedule as any quiet visit, robots.txt's rules are looked at daily
# and when they change, and "fetched" counts what was asked for.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import sys
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, feed, story
dateline, db, tmp = sys.argv[1:]
site = Site(('a.test', 'busy.test'))
TEXT = {'Content-Type': 'text/plain'}
RULE = (200, 'User-agent: *\nDisallow: /private/\n', TEXT)
site.pages[('a.test', '/robots.txt')] = RULE
site.pages[('a.test', '/empty')] = '<html><title>x</title><body></body></html>'
site.pages[('a.test', '/tdm')] = (200, story(2), {'tdm-reservation': '1'})
site.pages[('a.test', '/private/x')] = story(3)
site.pages[('a.test', '/feed')] = feed('http://a.test/' + x for x in ('empty', 'tdm', 'private/x'))
site.pages[('busy.test', '/robots.txt')] = (503, 'busy', TEXT)
site.pages[('busy.test', '/1')] = story(4)
d = Run(dateline, db, tmp, site, 'refused_rarely')
d('source', 'add', 'http://a.test/feed')
d('source', 'add', 'http://busy.test/1')
d('crawl')
# the feed, tdmrep.json of a.test, /empty and /tdm; neither /private/x nor busy.test's
assert d.err.startswith('crawl: 4 fetched'), d.err
private = "SELECT count(*) FROM dateline.captures WHERE url = 'http://a.test/private/x'"
for _ in range(96):
    d.later(minutes=15)
    d('crawl')
asked = {p: site.count(p, 'a.test') for p in ('/empty', '/tdm', '/private/x')}
assert asked['/tdm'] <= asked['/empty'] + 3 and asked['/private/x'] == 0, asked
assert int(d.sql(private)) <= 2, d.sql(private)
page = "SELECT last_outcome || ' ' || next_reason FROM dateline_store.page WHERE url = 'http://a.test/private/x'"
assert d.sql(page) == 'robots forbidden', d.sql(page)
assert 'robots.txt forbids it' in d('status', 'http://a.test/private/x')
# "too many requests" says nothing of the rules, and wakes nobody
site.pages[('a.test', '/robots.txt')] = (429, 'slow down', TEXT)
for _ in range(26):
    before = site.count('/robots.txt', 'a.test')
    due = d.sql("SELECT next_fetch_at FROM dateline_store.page WHERE url = 'http://a.test/private/x'")
    d.later(hours=1)
    d('crawl')
    if site.count('/robots.txt', 'a.test') > before:
        break
assert site.count('/robots.txt', 'a.test') > before
assert d.sql("SELECT next_fetch_at FROM dateline_store.page WHERE url = 'http://a.test/private/x'") == due, (due, d.sql(page))
assert d.json('status', '--manners', 'a.test', '--json')[0]['robots'] == 'unreachable'
# the rule goes: so far as robots.txt is read anew, at once
site.pages[('a.test', '/robots.txt')] = (200, 'User-agent: *\nDisallow: /other/\n', TEXT)
for _ in range(26):
    before = site.count('/robots.txt', 'a.test')
    d.later(hours=1)
    d('crawl')
    if site.count('/robots.txt', 'a.test') > before:
        break
assert site.count('/private/x', 'a.test') == 1, d.sql(page)
assert d.sql(page).startswith('article '), d.sql(page)
# what a robots.txt that is out of reach forbids is not put off for a day
site.pages[('busy.test', '/robots.txt')] = RULE
for _ in range(6):
    d.later(minutes=15)
    d('crawl')
assert site.count('/1', 'busy.test') >= 1
print(asked)
PY
