# status knows a host however it is written, and says of a page that `forget`
# erased that it is not visited again, not when it would be.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import sys
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, story
dateline, db, tmp = sys.argv[1:]
site = Site(('a.test', 'xn--bcher-kva.test'))
site.pages['/p'] = story(1)
d = Run(dateline, db, tmp, site, 'names')
d('crawl', 'http://a.test/p', 'http://bücher.test/p')
for written, host in {'a.test': 'a.test', 'A.TEST': 'a.test', 'a.test:80': 'a.test', 'bücher.test': 'xn--bcher-kva.test',
                      'BÜCHER.test': 'xn--bcher-kva.test', 'xn--bcher-kva.test': 'xn--bcher-kva.test'}.items():
    assert d.json('status', '--json', written)[0]['host'] == host, written
    assert d('status', written).startswith(host + ': 2 pages'), written   # and its tdmrep.json
    assert d.json('status', '--manners', '--json', written)[0]['host'] == host, written
for written in ('b.test', 'a b', 'a.test:8080', '', 'a.test/p'):
    d('status', written, check=False)
    assert d.rc == 1 and 'NOT_FOUND: host %s is not known' % written in d.err, (written, d.err)

said = d('status', 'http://a.test/p')
assert '  then because: ' in said and ', next visit 2026-03-10 ' in said and 'forget' not in said, said
d('forget', 'http://a.test/p', '--reason', 'test')
said = d('status', 'http://a.test/p')
assert '  then because: ' not in said and 'next visit' not in said and 'paused' not in said, said
assert 'erased by forget at 2026-03-10 08:00, so it is not visited again\n' in said, said
row, = d.json('status', '--json', 'http://a.test/p')
assert row['forgotten_at'] == '2026-03-10T08:00:00Z' and row['paused'] and row['next_fetch_at'] is None, row
assert d.json('status', '--json', 'http://bücher.test/p')[0]['forgotten_at'] is None
PY
