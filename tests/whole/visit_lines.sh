# What became of a visit is one line at the default level; whoever looks for a
# URL finds why it was not fetched or gave no text, in the log and in `status`.
# With --log-format json all of stderr is JSON, and the words are keys.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import json, os, re, signal, subprocess, sys, time
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, feed, story, article
dateline, db, tmp = sys.argv[1:]
site = Site(('a.test', 'down.test'))
site.pages[('a.test', '/robots.txt')] = (200, b'User-agent: *\nDisallow: /private/\nDisallow: /q" host=evil.test url=x\n'
                                         b'Disallow: /x%FF\n', {'Content-Type': 'text/plain'})
site.pages[('down.test', '/robots.txt')] = (503, 'later')
pages = {
    '/good': story(1), '/good2': story(1), '/empty': '<html><title>x</title><body></body></html>',
    '/noindex': story(3, head='<meta name="robots" content="noindex">'),
    '/header': (200, story(4), {'X-Robots-Tag': 'noindex'}), '/tdm': (200, story(5), {'tdm-reservation': '1'}),
    '/403': (403, 'no'), '/colon:': story(6), '/image': (200, b'\x89PNG\r\n\x1a\n' + bytes(300), {'Content-Type': 'image/png'})}
site.pages.update({('a.test', p): v for p, v in pages.items()})
other = ('/private/x', '/a/a/a/a/a/x', '/c/2039/01/01/x', '/c/2039/01/02/x')
site.pages[('a.test', '/feed')] = feed('http://a.test' + p for p in (*pages, *other))
site.pages[('down.test', '/feed')] = feed(['http://down.test/1'])
d = Run(dateline, db, tmp, site, 'lines')
d('source', 'add', 'http://a.test/feed')
d('crawl', level='info')
visits = re.findall(r' info visit: (.*)', d.err)
def line(path):
    got = [v for v in visits if v.startswith('host=a.test url=http://a.test%s ' % path)]
    assert len(got) == 1, (path, got, d.err)
    return got[0]
for path, want in {
        '/feed': r'outcome=links http=200 ms=\d+ bytes=\d+ rule=\S+$',
        '/good': r'outcome=article http=200 ms=\d+ bytes=\d{3,} story=\d+ rule=\S+$',
        '/good2': r'outcome=article http=200 ms=\d+ bytes=\d{3,} story=\d+ rule=\S+$',
        '/empty': r'outcome=no_article code=NO_ARTICLE http=200 ms=\d+ bytes=\d+ rule=\S+: .*',
        '/noindex': r"outcome=noindex http=200 ms=\d+ bytes=\d+ rule=\S+: noindex, says the page's meta element$",
        '/header': r"outcome=noindex http=200 ms=\d+ bytes=\d+ rule=\S+: noindex, says the page's header$",
        '/tdm': r'outcome=robots code=TDM_RESERVED http=200 ms=\d+ bytes=\d+ rule=\S+: .*: says its header$',
        '/403': r'outcome=http_error code=HTTP_STATUS http=403 ms=\d+ bytes=0 rule=\S+: status 403$',
        '/image': r'outcome=\w+ code=NOT_HTML http=200 .*',
        '/colon:': r'outcome=article http=200 ms=\d+ bytes=\d+ story=\d+ rule=\S+$',
        '/private/x': r'outcome=robots code=ROBOTS_DISALLOWED http=0 ms=0 bytes=0 rule=\S+: robots.txt .*Disallow: /private/$'}.items():
    assert re.fullmatch(re.escape('host=a.test url=http://a.test%s ' % path) + want, line(path)), (want, line(path))
assert len(visits) == len(pages) + 3, visits      # and the site's tdmrep.json
assert ' fetch: ' not in d.err and ' judge: ' not in d.err, d.err
# what was not even enrolled: the first at the default level, all at debug
trap = re.findall(r'trap: host=a.test url=http://a.test(\S+): not enrolled: (.*)', d.err)
assert [p for p, _ in trap] == ['/a/a/a/a/a/x'] and trap[0][1], d.err
d.later(minutes=30); d('crawl', 'http://a.test/feed', level='debug', check=False)
assert set(re.findall(r'trap: host=a.test url=http://a.test(\S+): not enrolled: ', d.err)) == set(other[1:]), d.err

# status says in words what refused it, of unknown pages too
def status(url):
    return d('status', url, check=False) + d.err
assert 'it was told: robots.txt does not allow it: Disallow: /private/\n' in status('http://a.test/private/x')
assert "it was told: noindex, says the page's meta element\n" in status('http://a.test/noindex')
assert re.search(r'it was told: .*says its header\n', status('http://a.test/tdm'))
assert 'it was told: status 403\n' in status('http://a.test/403')
assert 'it was told' not in status('http://a.test/good')
assert d.json('status', '--json', 'http://a.test/403')[0]['last_message'] == 'status 403'
assert re.search(r'NOT_FOUND: http://a.test/private/y is not known: robots.txt does not allow it: Disallow: /private/\n', status('http://a.test/private/y')) and d.rc == 1
assert re.search(r'x is not known: .+; \d+ like "/c/N/N/N/\w+" were not enrolled: .+\n', status('http://a.test/c/2039/01/02/x')), d.err
assert 'http://a.test:22/x is not known: ' in status('http://a.test:22/x')
assert status('http://a.test/never').endswith('http://a.test/never is not known\n'), d.err

# JSON: every line, of crawl as of run
def lines(*args, check=True):
    d('--log-format', 'json', *args, check=check, level='info')
    got = [json.loads(x) for x in d.err.splitlines()]
    assert all(x['time'] and x['level'] and x['what'] and 'message' in x for x in got), got
    return got
d.later(hours=2)
got = lines('crawl', 'http://a.test/private/x', 'http://a.test/colon:', 'http://a.test/403', 'http://a.test/x%FFa', 'ftp://a.test/', 'nothing', check=False)
assert d.rc == 4
by_url = {x['url']: x for x in got if x['what'] == 'visit'}
refused = by_url['http://a.test/private/x']
assert (refused['host'], refused['outcome'], refused['code'], refused['http'], refused['rule']) == (
    'a.test', 'robots', 'ROBOTS_DISALLOWED', 0, '-') and refused['message'].endswith('/private/'), refused
good = by_url['http://a.test/colon:']
assert good['outcome'] == 'article' and good['http'] == 200 and good['story'] > 0 and good['message'] == '', good
said = {x.get('url'): x for x in got if x['what'] == 'dateline'}
assert said['http://a.test/403']['code'] == 'HTTP_STATUS' and said[None]['code'] == 'INVALID_URL', said
summary = [x for x in got if x['what'] == 'crawl']
assert len(summary) == 1 and summary[0]['judged'] >= 4 and summary[0]['message'].startswith('%d fetched, ' % summary[0]['fetched']), summary
assert [x['code'] for x in lines('crawl', '--nosuch', check=False)] == ['USAGE'] and d.rc == 2
os.environ['DATELINE_LOG_FORMAT'] = 'json'
d('crawl', '--workers', '0', check=False)
assert json.loads(d.err)['code'] == 'USAGE', d.err
del os.environ['DATELINE_LOG_FORMAT']
d('source', 'add', 'http://down.test/feed')
for workers in '1', '2':
    d.later(hours=12)
    env = dict(os.environ, DATELINE_CLOCK=d.now.strftime('%Y-%m-%dT%H:%M:%SZ'))
    with open(tmp + '/lines.err', 'w+', encoding='utf-8') as log:
        p = subprocess.Popen([dateline, '--db', db, '--config', d.conf, '--log-format', 'json', 'run', '--workers', workers], env=env, stderr=log)
        end = time.time() + 30
        while time.time() < end and p.poll() is None and 'http://down.test/feed' not in open(log.name, encoding='utf-8').read():
            time.sleep(.05)
        p.send_signal(signal.SIGTERM)
        assert p.wait(60) == 0, (workers, p.returncode)
        log.seek(0)
        got = [json.loads(x) for x in log]
    assert any(x['what'] == 'robots' and x['host'] == 'down.test' for x in got), got
    assert sum(x['what'] == 'crawl' and x['left'] >= 0 for x in got) == int(workers), got
PY
