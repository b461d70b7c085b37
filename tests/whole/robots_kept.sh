# A robots.txt that is kept in the database says the same as when it was
# fetched, octets beyond ASCII too (RFC 9309, 2.2.2), and for as long as it may
# be kept.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import http.server, os, subprocess, sys, threading
dateline, db, tmp = sys.argv[1:]
fetched = []
class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        fetched.append(self.path)
        robots = self.path == '/robots.txt'
        body = 'User-agent: *\nDisallow: /caf\u00e9\n'.encode() if robots else b'<p>A page.'
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain' if robots else 'text/html')
        if robots:
            self.send_header('Cache-Control', 'max-age=3600')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args):
        pass
server = http.server.HTTPServer(('127.0.0.1', 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
conf = os.path.join(tmp, 'robots.yaml')
with open(conf, 'w') as f:
    f.write('contact: tests@dateline.test\nallow_addresses: ["127.0.0.0/8"]\nresolve:\n  kept.test: "127.0.0.1:%d"\ncrawl:\n  delay: 0ms\n'
            % server.server_port)
base = [dateline, '--db', db, '--config', conf, '--log-level', 'error']
subprocess.run(base + ['migrate'], check=True, stdout=subprocess.DEVNULL)
for path in ('/open', '/caf%C3%A9/1', '/caf%C3%A9/2'):
    subprocess.run(base + ['crawl', 'http://kept.test' + path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
sql = "SELECT string_agg(outcome, ' ' ORDER BY url) FROM dateline.captures WHERE url LIKE '%%caf%%'"
got = subprocess.run(['psql', '-AtXqd', db, '-c', sql], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
assert got == 'robots robots', got
assert fetched.count('/robots.txt') == 1, fetched
assert not [p for p in fetched if 'caf' in p], fetched
for age, times in (('50 minutes', 1), ('20 minutes', 2), ('50 minutes', 2)):
    sql = "UPDATE dateline_store.host SET robots_at = robots_at - interval '%s' WHERE robots_at IS NOT NULL" % age
    subprocess.run(['psql', '-qXd', db, '-c', sql], check=True)
    subprocess.run(base + ['crawl', 'http://kept.test/open'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert fetched.count('/robots.txt') == times, (age, fetched)
PY
