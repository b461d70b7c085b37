# A WARC folder whose disk is full: told with a code, the bytes go to the
# database, and the crawl goes on; the files hold whole records alone, and take
# what comes when there is room again. On a small tmpfs of a mount namespace.
set -eu
if [ -z "${MOUNTED:-}" ]; then
	if ! unshare -m true 2> /dev/null; then
		echo "a mount namespace is not to be had here"
		exit 77
	fi
	MOUNTED=1 exec unshare -m sh "$0"
fi
mkdir -p "$TMP/small"
mount -t tmpfs -o size=1m tmpfs "$TMP/small"
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import base64, collections, hashlib, http.server, os, signal, subprocess, sys, threading, time
sys.path.insert(0, 'tests/site')
import warc_check
dateline, db, tmp = sys.argv[1:]
folder, filler = tmp + '/small/warc', tmp + '/small/filler'
PAGES, SIZE = 12, 40000
turn = 0
def words(path):
    """Text that does not shrink by much, another each turn."""
    seed, out = ('%s %d' % (path, turn)).encode(), []
    while sum(map(len, out)) < SIZE:
        seed = hashlib.sha512(seed).digest()
        out.append('<p>%s the council of Melby voted on %d.' % (base64.b32encode(seed).decode().strip('=').lower(), len(out)))
    return ''.join(out)
class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        kind, body = 'text/html', ''
        if self.path == '/feed':
            kind, body = 'application/rss+xml', '<rss version="2.0"><channel><title>F</title>%s</channel></rss>' % ''.join(
                '<item><title>T</title><link>http://full.test/page%d</link></item>' % i for i in range(PAGES))
        elif self.path.startswith('/page'):
            body = '<title>Council votes about %s</title><article>%s</article>' % (self.path, words(self.path))
        self.send_response(200 if body else 404)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())
    def log_message(self, *args):
        pass
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
conf = os.path.join(tmp, 'full.yaml')
with open(conf, 'w') as f:
    f.write('contact: tests@dateline.test\nallow_addresses: ["127.0.0.0/8"]\ncrawl: {delay: 0ms}\nwarc: {dir: "%s", bodies: no}\n'
            'resolve:\n  full.test: "127.0.0.1:%d"\n' % (folder, server.server_port))
base = [dateline, '--config', conf, '--db', db, '--log-level', 'info']
def q(sql):
    return subprocess.run(['psql', '-AtXqd', db, '-c', sql], stdout=subprocess.PIPE, check=True, text=True).stdout.strip()
def fill(left):
    """Leaves so many bytes of the disk."""
    if os.path.exists(filler):
        os.unlink(filler)
    free = os.statvfs(folder)
    with open(filler, 'wb') as f:
        f.write(bytes(max(0, free.f_bavail * free.f_frsize - left)))
def visit():
    """All pages anew; how many of these visits are in WARC and how many in the database."""
    global turn
    turn += 1
    q("UPDATE dateline_store.page SET next_fetch_at = dateline_store.clock() WHERE kind = 'page'")
    end = time.time() + 60
    while q("SELECT count(*) FROM dateline.captures WHERE outcome = 'article'") != str(turn * PAGES):
        assert p.poll() is None and time.time() < end, (turn, q('SELECT url, outcome FROM dateline.captures'), p.poll())
        time.sleep(.05)
    assert q("SELECT count(*) FROM dateline_store.capture c LEFT JOIN dateline_store.body b USING (host_key, body_hash) "
             "WHERE c.outcome = 'article' AND (b.zstd IS NULL) = (b.warc_file IS NULL)") == '0'
    return tuple(int(q('SELECT count(*) FROM (SELECT * FROM dateline.captures WHERE url ~ \'page\' ORDER BY fetched_at DESC LIMIT %d) c '
                       'WHERE (warc_file IS NULL) = %s' % (PAGES, x))) for x in ('false', 'true'))

os.mkdir(folder)
subprocess.run(base + ['migrate'], check=True, stdout=subprocess.DEVNULL)
subprocess.run(base + ['source', 'add', 'http://full.test/feed'], check=True, stdout=subprocess.DEVNULL)
fill(0)
with open(tmp + '/full.err', 'w') as err:
    p = subprocess.Popen(base + ['run'], stdout=subprocess.DEVNULL, stderr=err)
try:
    assert visit() == (0, PAGES)
    fill(150000)
    some = visit()
    assert some[0] and some[1], some
    os.unlink(filler)
    assert visit() == (PAGES, 0)
    p.send_signal(signal.SIGTERM)
    assert p.wait(60) == 0
finally:
    if p.poll() is None:
        p.kill()
with open(tmp + '/full.err') as f:
    said = f.read()
assert said.count('warn warc: code=IO: ') == 1, said
assert 'No space left on device; bytes go to the database meanwhile' in said, said
assert said.count('info warc: written again') == 1, said

# what is named lies there, whole, and nothing lies there that is not named
lie = collections.Counter()
for name in os.listdir(folder):
    with open(os.path.join(folder, name), 'rb') as f:
        data = f.read()
    for i, raw in enumerate(warc_check.members(data)):
        f, block = warc_check.record(raw)
        assert (f['warc-type'] == 'warcinfo') == (i == 0), (name, i, f)
        if f['warc-type'] == 'response' and '/page' in f['warc-target-uri']:
            lie[f['warc-target-uri']] += 1
named = collections.Counter(q("SELECT url FROM dateline.captures WHERE warc_file IS NOT NULL AND outcome = 'article'").split())
assert lie == named and sum(lie.values()) == some[0] + PAGES, (lie, named)
PY
