# `run --workers 3`: the workers crawl what is due, one that dies is followed by
# another, SIGTERM drains them all and the exit code is 0.
set -eu
python3 - "$DATELINE" "$DB" "$TMP" <<'PY'
import os, signal, subprocess, sys, time
sys.path.insert(0, 'tests/site')
import day, run_day
dateline, db, tmp = sys.argv[1:]
site = run_day.Site()
p = None
def until(what, condition):
    end = time.time() + 60
    while not condition():
        if time.time() > end:
            sys.exit('waited for: ' + what)
        time.sleep(.05)
def captures():
    return int(subprocess.run(['psql', '-AtXqd', db, '-c', 'SELECT count(*) FROM dateline.captures'], stdout=subprocess.PIPE, check=True).stdout)
def children(pid):
    return [int(x) for x in open('/proc/%d/task/%d/children' % (pid, pid)).read().split()]
try:
    conf = os.path.join(tmp, 'run.yaml')
    run_day.config(conf, site.port)
    site.get('/_tick?n=%d' % day.TICKS[0])
    env = dict(os.environ, DATELINE_CLOCK=day.tick_time(day.TICKS[0]).strftime('%Y-%m-%dT%H:%M:%SZ'))
    base = [dateline, '--db', db, '--config', conf, '--log-level', 'warn']
    subprocess.run(base + ['migrate'], env=env, check=True, stdout=subprocess.DEVNULL)
    for o in day.OUTLETS.values():
        subprocess.run(base + ['source', 'add', 'http://%s%s' % (o['host'], o['feed']), '--name', o['name'], '--zone', o['zone']],
                       env=env, check=True, stdout=subprocess.DEVNULL)
    p = subprocess.Popen(base + ['run', '--workers', '3'], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    until('three workers', lambda: len(children(p.pid)) == 3)
    until('sources and pages', lambda: captures() > len(day.OUTLETS))
    victim = children(p.pid)[0]
    os.kill(victim, signal.SIGKILL)
    until('another worker', lambda: len(children(p.pid)) == 3 and victim not in children(p.pid))
    p.send_signal(signal.SIGTERM)
    err = p.communicate(timeout=60)[1]
    assert p.returncode == 0, (p.returncode, err)
    assert 'another follows' in err, err
    # the moment a worker is there it is asked to end: nobody misses it
    for n in range(30):
        p = subprocess.Popen(base + ['run', '--workers', '3'], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        end = time.time() + 60
        while len(children(p.pid)) < 1 + n % 3 and time.time() < end:
            pass
        p.send_signal(signal.SIGTERM)
        err = p.communicate(timeout=30)[1]
        assert p.returncode == 0, (n, p.returncode, err)
finally:
    if p and p.poll() is None:
        for x in children(p.pid) + [p.pid]:
            os.kill(x, signal.SIGKILL)
        p.wait()
    site.close()
PY
