# A page that the parser dies of: the process leaves word, the page is visited
# once more and then set apart, in quarantine, where `status` says why, until
# `quarantine replay` sees the parser live through it; others are judged. A
# process that is killed while it parses blames no page.
set -eu
ulimit -c 0
cat > "$TMP/dies.c" <<'C'
/* Stands before Gumbo: dies of elements. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static volatile int depth;

static int deeper(int n)
{
	volatile char room[4096];

	memset((void *)room, n, sizeof(room));
	depth = n;
	return deeper(n + 1) + room[n % 4096];
}

void *gumbo_parse_with_options(const void *options, const char *p, size_t n)
{
	void *(*next)(const void *, const char *, size_t);

	if (memmem(p, n, "<dies-by-abort", 14))
		abort();
	if (memmem(p, n, "<dies-by-fault", 14))
		*(volatile int *)8 = 1;
	if (memmem(p, n, "<dies-by-depth", 14))
		return (void *)(long)deeper(0);
	if (memmem(p, n, "<dies-by-kill", 13))
		raise(SIGKILL);
	*(void **)&next = dlsym(RTLD_NEXT, "gumbo_parse_with_options");
	return next(options, p, n);
}
C
cc -O0 -w -shared -fPIC -o "$TMP/dies.so" "$TMP/dies.c"
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import http.server, os, re, signal, subprocess, sys, threading, time
dateline, db, tmp = sys.argv[1:]
sanitized = bool(os.environ.get('SANITIZED'))
asked = []
words = 'The council of Melby voted on %s for a new bridge over the river, which two firms will build from %s stone. '
more = {'/abort': '<dies-by-abort>', '/fault': '<dies-by-fault>', '/depth': '<dies-by-depth>', '/kill': '<dies-by-kill>'}
class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path, host = self.path, self.headers['Host']
        asked.append((host, path))
        kind, body = 'text/html', ''
        if path == '/feed' and host in feeds:
            kind, body = 'application/rss+xml', '<rss version="2.0"><channel><title>F</title>%s</channel></rss>' % ''.join(
                '<item><title>T</title><link>http://%s%s</link></item>' % (host, x) for x in ['/one', *feeds[host], '/two'])
        elif path == '/' and host == 'front.test':
            body = '<title>Front</title><p><dies-by-fault>'
        elif path != '/robots.txt' and not path.startswith('/.well'):
            body = '<title>Council votes about %s</title><article>%s</article>' % (path, ''.join(
                '<p>%s %s' % (words % (host + path, n), more.get(path, '')) for n in ('grey', 'red', 'white', 'local')))
        self.send_response(200 if body else 404)
        for name, value in (('Content-Type', kind), ('Content-Length', len(body)), ('X-Robots-Tag', 'noarchive' if path == '/depth' else 'all')):
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body.encode())
    def log_message(self, *args):
        pass
feeds = {'a.test': ['/abort'], 'b.test': ['/fault', '/depth'], 'c.test': ['/kill']}
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
conf = os.path.join(tmp, 'dies.yaml')
with open(conf, 'w') as f:
    f.write('contact: tests@dateline.test\nallow_addresses: ["127.0.0.0/8"]\ncrawl: {delay: 0ms}\nwarc: {enabled: false}\nresolve:\n')
    for host in [*feeds, 'front.test']:
        f.write('  %s: "127.0.0.1:%d"\n' % (host, server.server_port))
def at(time, dies=True):
    env = dict(os.environ, DATELINE_CLOCK='2026-03-%sZ' % time)
    if dies:
        env['LD_PRELOAD'] = tmp + '/dies.so'
        env['ASAN_OPTIONS'] = os.environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'
    return env
base = [dateline, '--config', conf, '--db', db, '--log-level', 'warn']
def d(env, *args):
    p = subprocess.run([*base, *args], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
    return p.returncode, p.stdout + p.stderr
def q(sql):
    return subprocess.run(['psql', '-AtXqd', db, '-c', sql], stdout=subprocess.PIPE, check=True, text=True).stdout.strip()
def page(url):
    return q("SELECT last_outcome, last_code, failures, next_fetch_at AT TIME ZONE 'UTC' FROM dateline_store.page WHERE url = '%s'" % url)
def crawl(time, dies=True):
    """Until it lives: how often it died, and what all said."""
    said, died = '', 0
    while True:
        rc, out = d(at(time, dies), 'crawl')
        said += out
        if rc == 0:
            return died, said
        died += 1
        assert died < 20, said

d(at('10T08:00:00'), 'migrate')
for host in ('a.test', 'b.test'):
    d(at('10T08:00:00'), 'source', 'add', 'http://%s/feed' % host)
died, said = crawl('10T08:00:00')
assert died == 3, (died, said)
assert 'host=b.test url=http://b.test/fault code=PARSER_CRASHED: the parser died of signal 11 (Segmentation fault); visited once more' in said, said
assert 'url=http://a.test/abort code=PARSER_CRASHED: the parser died of signal 6 (Aborted)' in said, said
for url in ('a.test/abort', 'b.test/fault', 'b.test/depth'):
    assert page('http://' + url) == 'refused|PARSER_CRASHED|1|2026-03-10 08:05:00', page('http://' + url)
assert q('SELECT count(*) FROM dateline.postings') == '4', said    # the others'
died, said = crawl('10T08:06:00')
assert died == 3, (died, said)
asked.clear()
died, said = crawl('20T08:06:00')
assert died == 0, said
assert [x for x in asked if x[1] == '/one'] and not [x for x in asked if x[1] in more], asked
for url in ('a.test/abort', 'b.test/fault', 'b.test/depth'):
    assert page('http://' + url) == 'refused|PARSER_CRASHED|2|', page('http://' + url)
    rc, said = d(at('20T08:06:00'), 'status', 'http://' + url)
    assert re.search(r'in quarantine: the parser died of signal \d+ \(.*\); not visited again until quarantine replay\n', said), said
# with their bytes, unless the owner wants them kept nowhere
assert q("SELECT string_agg(stage || ' ' || input || ' ' || (bytes > 500), ', ' ORDER BY input) FROM dateline_store.quarantine "
         "WHERE bytes IS NOT NULL") == 'parse http://a.test/abort true, parse http://b.test/fault true'
assert q('SELECT count(*) FROM dateline_store.quarantine') == '3'

# a front is set apart too
d(at('20T08:06:00'), 'source', 'add', 'http://front.test/')
assert crawl('20T08:06:00')[0] == 1
assert crawl('20T08:12:00')[0] == 1
assert crawl('20T08:18:00')[0] == 0
assert page('http://front.test/') == 'refused|PARSER_CRASHED|2|', page('http://front.test/')

# the parser still dies: replay does not, and lets go of what it cannot try
rc, said = d(at('20T09:00:00'), 'quarantine', 'replay')
assert rc == 4 and '1 pass now, 3 refused again' in said, (rc, said)
assert page('http://a.test/abort') == 'refused|PARSER_CRASHED|2|'
assert page('http://b.test/depth') == 'refused||2|2026-03-20 09:00:00'
# it is mended
rc, said = d(at('20T10:00:00', dies=False), 'quarantine', 'replay')
assert rc == 0 and '3 pass now, 0 refused again' in said, (rc, said)
assert q('SELECT count(*) FROM dateline_store.quarantine') == '0'
assert q("SELECT string_agg(url, ' ' ORDER BY url) FROM dateline.postings WHERE url ~ 'abort|fault|depth'") == 'http://a.test/abort http://b.test/fault'
assert q("SELECT first_seen_at AT TIME ZONE 'UTC' FROM dateline.sightings WHERE url ~ 'abort'") == '2026-03-10 08:00:00'
asked.clear()
assert crawl('20T10:00:00', dies=False)[0] == 0
for x in (('a.test', '/abort'), ('b.test', '/fault'), ('b.test', '/depth'), ('front.test', '/')):
    assert x in asked, asked

# kill -9 amid the parser, three times: a page like the others
q("UPDATE dateline_store.page SET paused = true")
d(at('21T08:00:00'), 'source', 'add', 'http://c.test/feed')
for i in range(3):
    rc, said = d(at('21T08:00:00'), 'crawl')
    assert rc == -signal.SIGKILL, (rc, said)
    assert page('http://c.test/kill') == '||0|2026-03-21 08:00:00', page('http://c.test/kill')
assert crawl('21T08:00:00', dies=False)[0] == 0
assert page('http://c.test/kill').startswith('article||0|')

# `run`: a worker that dies is followed by another, which does not die of it
if not sanitized:
    q("UPDATE dateline_store.page SET paused = kind <> 'page', next_fetch_at = '2026-03-22T08:00:00Z'")
    p = subprocess.Popen([*base, 'run', '--workers', '2'], env=at('22T08:00:00'), stderr=subprocess.PIPE, text=True)
    end = time.time() + 60
    more.pop('/kill')
    def workers():
        with open('/proc/%d/task/%d/children' % (p.pid, p.pid)) as f:
            return len(f.read().split())
    while workers() < 2 or q("SELECT count(*) FROM dateline_store.page WHERE next_fetch_at <= '2026-03-22T08:00:00Z' AND NOT paused") != '0':
        assert time.time() < end, q('SELECT url, next_fetch_at FROM dateline_store.page')
        time.sleep(.1)
    p.send_signal(signal.SIGTERM)
    said = p.communicate(timeout=60)[1]
    assert p.returncode == 0 and said.count('died of signal') >= 2, (p.returncode, said)
    assert q("SELECT count(*) FROM dateline_store.page WHERE last_code = 'PARSER_CRASHED' AND failures = 1") == '3'
PY
