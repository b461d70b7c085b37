# A URL that is named while another worker has its host: told so by a code of its
# own, enrolled, and visited by that worker; other hosts are visited here.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import os, subprocess, sys, threading
sys.path.insert(0, 'tests/site')
from scripted import Run, Site, feed, story
dateline, db, tmp = sys.argv[1:]
site = Site(('busy.test', 'free.test'))
asked, go = threading.Event(), threading.Event()
def slow(h):
    asked.set()
    assert go.wait(60)
    return story(1)
site.pages[('busy.test', '/feed')] = feed(['http://busy.test/slow'])
site.pages[('busy.test', '/slow')] = slow
came = threading.Event()
site.pages[('busy.test', '/other')] = lambda h: (came.set(), story(2))[1]
site.pages[('free.test', '/p')] = story(3)
d = Run(dateline, db, tmp, site, 'busy')
d('source', 'add', 'http://busy.test/feed')
env = dict(os.environ, DATELINE_CLOCK=d.now.strftime('%Y-%m-%dT%H:%M:%SZ'))
run = subprocess.Popen([dateline, '--db', db, '--config', d.conf, '--log-level', 'error', 'run'], env=env, stderr=subprocess.DEVNULL)
try:
    assert asked.wait(60)
    d('crawl', 'http://busy.test/other', 'http://free.test/p', check=False)
    assert d.rc == 4, d.rc
    assert 'dateline: http://busy.test/other: HOST_BUSY: another worker has busy.test now' in d.err, d.err
    assert site.count('/p', 'free.test') == 1 and not site.count('/other', 'busy.test')
    go.set()
    assert came.wait(60)
    run.terminate()
    assert run.wait(60) == 0
finally:
    go.set()
    if run.poll() is None:
        run.kill()
assert site.count('/other', 'busy.test') == 1
PY
