# A run that stands still (SIGSTOP) loses its hosts: another one visits them, and
# the stopped one drops what it had when it wakes.
set -eu
psql -AtXqd "$DB" -c 'SHOW server_version_num' | grep -qE '^1[4-9]' || { echo "idle_session_timeout came with PostgreSQL 14"; exit 77; }
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import os, signal, subprocess, sys, threading, time
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, feed, story
dateline, db, tmp = sys.argv[1:]
hosts = ['h%d.test' % i for i in range(4)]
site = Site(tuple(hosts))
lock, at_once, most = threading.Lock(), {}, {}
def slow(n, host):
    def answer(h):
        with lock:
            at_once[host] = at_once.get(host, 0) + 1
            most[host] = max(most.get(host, 0), at_once[host])
        time.sleep(.15)
        with lock:
            at_once[host] -= 1
        return story(n)
    return answer
for k, host in enumerate(hosts):
    for i in range(25):
        site.pages[(host, '/p%d' % i)] = slow(k * 25 + i, host)
    site.pages[(host, '/feed')] = feed('http://%s/p%d' % (host, i) for i in range(25))
d = Run(dateline, db, tmp, site, 'stopped', delay='50ms')
for host in hosts:
    d('source', 'add', 'http://%s/feed' % host)

def wait(what, seconds=60):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, (d.sql('SELECT url, outcome FROM dateline.captures'), site.asked[-5:])
        time.sleep(.1)
def run():
    return subprocess.Popen([dateline, '--db', db, '--config', d.conf, '--log-level', 'warn', 'run'],
                            env=dict(os.environ, DATELINE_TEST_SILENT_MS='8000'), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
pages = lambda: len({a for a in site.asked if a[1].startswith('/p')})
first = run()
wait(lambda: pages() > 20)
first.send_signal(signal.SIGSTOP)
time.sleep(.3)  # what had left it is answered
before = pages()
assert before < 90, before
second = run()
# the second one has nothing to ask until the server has ended the first's session; then all of it
wait(lambda: pages() == 100)
assert pages() > before
first.send_signal(signal.SIGCONT)
read = "SELECT count(*) FROM dateline.pages WHERE url LIKE '%/p%' AND visits > 0"
wait(lambda: d.sql(read) == '100')
for p in (first, second):
    p.terminate()
told = [p.communicate()[1].decode() for p in (first, second)]
assert 'DB_CONNECT' in told[0] and 'DB_CONNECT' not in told[1], told
assert [first.returncode, second.returncode] == [0, 0], told
assert max(most.values()) == 1, most
assert d.sql("SELECT count(*) FROM dateline.events WHERE kind = 'created'") == '100'
assert d.sql("SELECT count(*) FROM dateline.captures WHERE url LIKE '%/p%'") == '100'
PY
