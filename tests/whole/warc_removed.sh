# A WARC file that is removed or moved away under a `run`: the visits of the batch
# that finds out lie in another file, the log says so, and doctor names the files
# that kept bytes should lie in and do not.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import json, os, shutil, signal, subprocess, sys, time
sys.path.insert(0, 'tests/site')
import warc_check
from scripted import Site, feed, story
dateline, db, tmp = sys.argv[1:]
N = 6
site = Site(('w.test',))
turn = [0]
for i in range(N):
    site.pages['/p%d' % i] = lambda h, i=i: story(turn[0] * N + i)
site.pages['/feed'] = feed('http://w.test/p%d' % i for i in range(N))
folder, conf = tmp + '/removed', tmp + '/removed.yaml'
with open(conf, 'w', encoding='utf-8') as f:
    f.write('contact: t@dateline.test\nallow_addresses: ["127.0.0.0/8"]\ncrawl: {delay: 0ms}\nwarc: {dir: "%s", bodies: no}\n'
            'resolve:\n  w.test: "127.0.0.1:%d"\n' % (folder, site.server.server_port))
base = [dateline, '--config', conf, '--db', db, '--log-level', 'warn']
def q(sql):
    return subprocess.run(['psql', '-AtXqd', db, '-c', sql], stdout=subprocess.PIPE, check=True, text=True).stdout.strip()
def visit():
    """All pages anew: texts that are new each time."""
    turn[0] += 1
    q("UPDATE dateline_store.page SET next_fetch_at = dateline_store.clock() WHERE url ~ '/p'")
    end = time.time() + 60
    while q("SELECT count(*) FROM dateline.captures WHERE outcome = 'article'") != str(turn[0] * N):
        assert p.poll() is None and time.time() < end, (turn, q('SELECT url, outcome FROM dateline.captures'), p.poll())
        time.sleep(.05)
def files():
    return set(os.listdir(folder)) if os.path.isdir(folder) else set()
def doctor(rc):
    r = subprocess.run(base + ['doctor', '--json'], stdout=subprocess.PIPE, text=True, check=False)
    said = [json.loads(x) for x in r.stdout.splitlines()]
    said = [x for x in said if x['check'] == 'warc']
    assert len(said) == 1 and (said[0]['state'] == 'wrong') == bool(rc) and (not rc or r.returncode == 1), (said, r.returncode)
    return said[0]['message']

subprocess.run(base + ['migrate'], check=True, stdout=subprocess.DEVNULL)
subprocess.run(base + ['source', 'add', 'http://w.test/feed'], check=True, stdout=subprocess.DEVNULL)
with open(tmp + '/removed.err', 'w', encoding='utf-8') as err:
    p = subprocess.Popen(base + ['run'], stdout=subprocess.DEVNULL, stderr=err)
try:
    visit()
    first = files()
    assert len(first) == 1, first
    doctor(0)
    os.unlink(folder + '/' + next(iter(first)))
    visit()
    second = files()
    assert len(second) == 1 and not second & first, (first, second)
    os.rename(folder + '/' + next(iter(second)), tmp + '/removed.moved')
    visit()
    third = files()
    shutil.rmtree(folder)
    visit()
    p.send_signal(signal.SIGTERM)
    assert p.wait(60) == 0
finally:
    if p.poll() is None:
        p.kill()
with open(tmp + '/removed.err', encoding='utf-8') as f:
    said = f.read()
assert said.count('warn warc: code=NOT_FOUND: ') == 3 and said.count('was removed or moved') == 3, said

# all that came after the loss lies in the files that are there
def lies():
    found = set()
    for name in files():
        with open(os.path.join(folder, name), 'rb') as f:
            for raw in warc_check.members(f.read()):
                head, _ = warc_check.record(raw)
                if head['warc-type'] == 'response' and '/p' in head['warc-target-uri']:
                    found.add((head['warc-target-uri'], name))
    return found
named = {tuple(x.split()) for x in q("SELECT DISTINCT ON (url) url || ' ' || warc_file FROM dateline.captures WHERE outcome = 'article'"
                                     " ORDER BY url, fetched_at DESC").splitlines()}
assert named == lies() and len(named) == N, (named, lies())
message = doctor(1)
lost = first | second | third
assert '3 of 4 files' in message and min(lost) in message and folder in message, message
shutil.copy(tmp + '/removed.moved', folder + '/' + next(iter(second)))
assert '2 of 4 files' in doctor(1)
PY
