# Servers that freeze amid a body (their process is stopped) or are gone without
# a word (half-open): each visit ends by its time limit with TOO_SLOW, is tried
# again later, and keeps no other host waiting.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import os, re, subprocess, sys
sys.path.insert(0, 'tests/hostile')
import server
dateline, db, tmp = sys.argv[1:]
LIVE = 30
def talk(s, path, host):
    if path == '/half':
        server.frozen(s) if host == 'frozen.test' else server.half_open(s)
    else:
        server.fault(s, path, host)
site = server.Server(talk)
conf = os.path.join(tmp, 'frozen.yaml')
with open(conf, 'w') as f:
    f.write('contact: tests@dateline.test\nallow_addresses: ["127.0.0.0/8"]\ncrawl: {delay: 0ms, timeout: 8s}\nresolve:\n')
    for host in ('frozen.test', 'gone.test', 'live.test'):
        f.write('  %s: "127.0.0.1:%d"\n' % (host, site.port))
urls = ['http://frozen.test/half', 'http://gone.test/half', *('http://live.test/%d' % i for i in range(LIVE))]
base = [dateline, '--config', conf, '--db', db, '--log-level', 'debug']
subprocess.run(base + ['migrate'], check=True, stderr=subprocess.DEVNULL)
r = subprocess.run(base + ['crawl', *urls], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=100)
assert r.returncode == 4, (r.returncode, r.stderr)
came = re.findall(r'fetch: host=(\S+) url=\S+/(?:half|\d+) http=\d+ outcome=(\S+) bytes=\d+ ms=(\d+)(?: code=([A-Z_]+))?', r.stderr)
assert [x[0] for x in came[:LIVE]] == ['live.test'] * LIVE, r.stderr    # none waited
assert sorted((host, outcome, code) for host, outcome, ms, code in came[LIVE:]) == [
    ('frozen.test', 'fetch_error', 'TOO_SLOW'), ('gone.test', 'fetch_error', 'TOO_SLOW')], r.stderr
assert all(7500 < int(ms) < 20000 for _, _, ms, _ in came[LIVE:]), came[LIVE:]
sql = "SELECT string_agg(last_code || ' ' || failures || ' ' || (next_fetch_at > last_fetch_at), ', ') FROM dateline_store.page WHERE url ~ 'half'"
got = subprocess.run(['psql', '-AtXqd', db, '-c', sql], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
assert got == 'TOO_SLOW 1 true, TOO_SLOW 1 true', got
PY
