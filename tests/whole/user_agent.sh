# A user agent of the operator's: robots.txt knows it by its own name (RFC 9309,
# 2.2.1), the contact is in it all the same, and it cannot add a header.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import json, os, subprocess, sys
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, story
dateline, db, tmp = sys.argv[1:]
site = Site(('a.test', 'b.test'))
ROBOTS = 'User-agent: MyBot\nDisallow: /mine\nCrawl-delay: 0.25\n\nUser-agent: dateline\nDisallow: /theirs\n'
for host in site.hosts:
    site.pages[(host, '/robots.txt')] = (200, ROBOTS, {'Content-Type': 'text/plain'})
site.pages['/mine'] = story(1)
site.pages['/theirs'] = story(2)
def asked(host, agent):
    """What of the host was asked for, and under which name."""
    d = Run(dateline, db, tmp, site, 'agent', 'user_agent: %s\n' % json.dumps(agent))
    del site.asked[:], site.headers[:]
    d('crawl', 'http://%s/mine' % host, 'http://%s/theirs' % host, check=False, level='info')
    names = {h['User-Agent'] for h in site.headers}
    assert not [h for h in site.headers if 'X-Evil' in h], site.headers
    return d, {p for h, p in site.asked} & {'/mine', '/theirs'}, names
d, paths, names = asked('a.test', 'MyBot/2.0')
assert paths == {'/theirs'} and names == {'MyBot/2.0 (+tests@dateline.test)'}, (paths, names, d.err)
assert 'code=ROBOTS_DISALLOWED' in d.err and d.rc == 4
assert d.json('status', '--manners', '--json', 'a.test')[0]['crawl_delay_s'] == .25
assert 'Disallow: /mine' in d('status', 'http://a.test/mine')
d('status', 'http://a.test/mine/more', check=False)
assert 'robots.txt does not allow it: Disallow: /mine' in d.err, d.err
agent = 'Mozilla/5.0 (compatible; MyBot/2.0; tests@dateline.test)'
d, paths, names = asked('a.test', agent)
assert paths == {'/theirs'} and names == {agent}, (paths, names)
d, paths, names = asked('b.test', '')
assert paths == {'/mine'} and len(names) == 1 and names.pop().startswith('Dateline/'), paths
for bad in ('MyBot/2.0\r\nX-Evil: 1', '2.0', 'Mozilla/5.0 (X11)'):
    d = Run(dateline, db, tmp, site, 'bad')
    with open(d.conf, 'a', encoding='utf-8') as f:
        f.write('user_agent: %s\n' % json.dumps(bad))
    for verb in (['config', 'check'], ['crawl', 'http://b.test/mine']):
        d(*verb, check=False)
        assert d.rc == 2 and 'CONFIG' in d.err and 'user_agent' in d.err, (bad, d.rc, d.err)
d = Run(dateline, db, tmp, site, 'bad')
d('crawl', '--contact', 'a@b.test\r\nX-Evil: 1', 'http://b.test/mine', check=False)
assert d.rc == 2 and 'contact' in d.err, d.err
with open(tmp + '/robots.txt', 'w', encoding='utf-8') as f:
    f.write(ROBOTS)
os.environ['DATELINE_USER_AGENT'] = 'MyBot/2.0'
got = d.json('inspect', 'robots', '--file', tmp + '/robots.txt', 'http://a.test/mine')
assert got[0]['allowed'] is False, got
PY
