#!/usr/bin/env python3
"""crash.py --dateline PATH [--short]: kill -9, restarts of PostgreSQL and mass
disconnects amid the visits of two `dateline run`.

The same site (plan.py) is watched twice, tick by tick under a fixed clock, by
two `dateline run`: undisturbed, and with all that can go wrong. Then: what was
seen committed before a blow is there; no event is told twice; no lease is left;
tools/db-digest gives the same for both databases.

  --hosts N --pages N --ticks N   the site; visits are about pages * ticks
  --kills N --restarts N --disconnects N
  --seed N                        of the site and of the blows
  --workers N                     of each run (1)"""
import argparse
import http.client
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

import plan

HERE = os.path.dirname(os.path.abspath(__file__))
DEADLINE = 300          # seconds, of a tick
PROCESSES = 2


def until(what, condition, seconds=DEADLINE):
    end = time.time() + seconds
    while not condition():
        if time.time() > end:
            sys.exit('waited %d s for: %s' % (seconds, what))
        time.sleep(.1)


class Site:
    def __init__(self, a):
        self.process = subprocess.Popen([sys.executable, os.path.join(HERE, 'site.py'), *map(str, (a.hosts, a.pages, a.ticks, a.seed))],
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def get(self, path):
        c = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
        c.request('GET', path, headers={'Host': 'control'})
        return int(c.getresponse().read())

    def close(self):
        self.process.terminate()
        self.process.wait()


class Server:
    """A private PostgreSQL of its own, which may be hit."""

    def __init__(self, dateline, folder):
        self.dateline, self.psql = dateline, {}
        self.env = dict(os.environ, DATELINE_HOME=os.path.join(folder, 'home'), DATELINE_TEST_FAST_DB='1')
        for x in ('DATABASE_URL', 'DATELINE_CLOCK', 'DATELINE_CONFIG', 'PGHOST', 'PGPORT', 'PGUSER', 'PGDATABASE'):
            self.env.pop(x, None)
        self.base = self.db('url')
        pointer = os.path.join(self.env['DATELINE_HOME'], 'cluster')
        self.data = open(pointer).read().strip() if os.path.exists(pointer) else os.path.join(self.env['DATELINE_HOME'], 'pg')

    def db(self, what):
        return subprocess.run([self.dateline, 'db', what], env=self.env, stdout=subprocess.PIPE, check=True, text=True).stdout.strip()

    def create(self, name):
        self.sql(self.base, 'CREATE DATABASE ' + name)
        self.hang_up()
        return ' '.join('dbname=' + name if x.startswith('dbname=') else x for x in self.base.split())

    def sql(self, dsn, query, check=True):
        """Rows, by one psql that is kept as long as it lives; None if it cannot be asked."""
        p = self.psql.get(dsn)
        if not p or p.poll() is not None:
            p = self.psql[dsn] = subprocess.Popen(['psql', '-AtXq', '-F', '|', '-v', 'ON_ERROR_STOP=1', '-d', dsn], text=True,
                                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        rows = []
        try:
            p.stdin.write(query + ';\n\\echo =end\n')
            p.stdin.flush()
            for line in p.stdout:
                if line == '=end\n':
                    return rows
                rows.append(line[:-1])
        except BrokenPipeError:
            pass
        p.wait()
        if check:
            sys.exit('psql: %s' % p.stderr.read())
        return None

    def hang_up(self):
        for p in self.psql.values():
            p.kill()
            p.wait()
        self.psql = {}

    def postmaster(self):
        return int(open(os.path.join(self.data, 'postmaster.pid')).readline())

    def restart(self, how):
        """As an operator (fast), as a crash (immediate), as the kernel (kill)."""
        pid = self.postmaster()
        os.kill(pid, {'fast': signal.SIGINT, 'immediate': signal.SIGQUIT, 'kill': signal.SIGKILL}[how])
        until('the server to stop', lambda: not alive(pid), 60)
        self.db('start')

    def close(self):
        self.hang_up()
        self.db('stop')
        if self.data.startswith('/var/lib/dateline/') and len(self.data) > 20:
            subprocess.run(['rm', '-rf', self.data], check=True)


def alive(pid):
    try:
        return open('/proc/%d/stat' % pid).read().rsplit(') ', 1)[1][0] not in 'ZX'
    except OSError:
        return False


class Play:
    def __init__(self, a, site, server, folder, name):
        self.a, self.site, self.server, self.name = a, site, server, name
        self.dsn = server.create(name)
        self.config = os.path.join(folder, 'dateline.yaml')
        self.random = random.Random(a.seed)
        self.log = open(os.path.join(folder, name + '.log'), 'wb')
        self.events, self.kills, self.restarts, self.disconnects = {}, 0, 0, 0
        self.seen = {}
        with open(self.config, 'w') as f:
            f.write('contact: tests@dateline.test\nallow_addresses: ["127.0.0.0/8"]\ncrawl:\n  delay: 0ms\nresolve:\n')
            for i in range(a.hosts):
                f.write('  paper%02d.test: "127.0.0.1:%d"\n' % (i, site.port))

    def command(self, *args):
        return [self.a.dateline, '--db', self.dsn, '--config', self.config, '--log-level', 'warn', *args]

    def environment(self, tick):
        return dict(self.server.env, DATELINE_CLOCK=plan.tick_time(tick).strftime('%Y-%m-%dT%H:%M:%SZ'))

    def once(self, *args):
        subprocess.run(self.command(*args), env=self.environment(0), stdout=subprocess.DEVNULL, check=True)

    def start(self, tick):
        p = subprocess.Popen(self.command('run', *(['--workers', str(self.a.workers)] if self.a.workers > 1 else [])),
                             env=self.environment(tick), stdout=subprocess.DEVNULL, stderr=self.log)
        p.began = time.time()
        return p

    def due(self, tick):
        """None while the server is away."""
        n = self.server.sql(self.dsn, "SELECT count(*) FROM dateline.pages WHERE next_fetch_at <= '%s'" % plan.tick_time(tick), False)
        return None if n is None else int(n[0])

    # ---- what was acknowledged ----

    def look(self, tick):
        """Notes what is committed now; it must be there at the end."""
        rows = self.server.sql(self.dsn, "SELECT 'c', replace(capture_id::text, '-', ''), outcome, body_hash FROM dateline_store.capture"
                               " WHERE fetched_at = '%s' UNION ALL SELECT 'e', event_id::text, kind, md5(e::text)::uuid"
                               " FROM dateline_store.event e WHERE event_id > %d" % (
                                   plan.tick_time(tick), max(map(int, self.events), default=0)), False)
        for r in rows or []:
            what, key, rest = r.split('|', 2)
            (self.seen if what == 'c' else self.events)[key] = rest

    def nothing_lost(self):
        captures = dict(r.split('|', 1) for r in self.server.sql(
            self.dsn, "SELECT replace(capture_id::text, '-', ''), outcome, body_hash FROM dateline_store.capture"))
        events = dict(r.split('|', 1) for r in self.server.sql(
            self.dsn, "SELECT event_id, kind, md5(e::text)::uuid FROM dateline_store.event e"))
        lost = [k for k, v in self.seen.items() if captures.get(k) != v] + [k for k, v in self.events.items() if events.get(k) != v]
        if lost:
            sys.exit('%d acknowledged captures and events are lost or changed: %s' % (len(lost), lost[:5]))
        twice = self.server.sql(self.dsn, 'SELECT kind, story_id, version, url, observed_at, count(*) FROM dateline.events'
                                ' GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1')
        twice += self.server.sql(self.dsn, 'SELECT url, fetched_at, count(*) FROM dateline.captures GROUP BY 1, 2 HAVING count(*) > 1')
        if twice:
            sys.exit('told twice: %s' % twice[:5])
        return len(captures), len(events)

    def no_lease(self):
        return self.server.sql(self.dsn, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = "
                               "(SELECT oid FROM pg_database WHERE datname = current_database())") == ['0']

    # ---- blows ----

    def kill(self, many, tick):
        i = self.random.randrange(len(many))
        many[i].send_signal(signal.SIGKILL)
        many[i].wait()
        many[i] = self.start(tick)
        self.kills += 1

    def disconnect(self):
        self.server.sql(self.dsn, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()'
                        ' AND pid <> pg_backend_pid()', False)
        self.disconnects += 1

    def restart(self):
        self.server.restart(['immediate', 'fast', 'kill'][self.restarts % 3])
        self.restarts += 1

    def share(self, total, tick):
        """How many of total blows have fallen due by the end of this tick; the last ticks are for what is left."""
        return min(total, -(-total * (tick + 1) // max(1, self.a.ticks - 2)))

    def disturb(self, many, tick, spent):
        """Blows until this tick's share of each is done or its work is."""
        while self.due(tick) != 0:
            self.look(tick)
            time.sleep(self.random.uniform(0, spent))
            todo = [(self.share(self.a.restarts, tick) - self.restarts, self.restart),
                    (self.share(self.a.disconnects, tick) - self.disconnects, self.disconnect),
                    (self.share(self.a.kills, tick) - self.kills, lambda: self.kill(many, tick))]
            blows = [f for n, f in todo for _ in range(max(0, n))]
            if not blows:
                return
            self.random.choice(blows)()

    # ---- the whole ----

    def tick(self, n, spent):
        self.site.get('/_tick?n=%d' % n)
        many = [self.start(n) for _ in range(PROCESSES)]
        try:
            if spent:
                self.disturb(many, n, spent)
            until('tick %d to be done' % n, lambda: self.due(n) == 0)
            for p in many:
                if p.poll() is not None:
                    sys.exit('a run ended by itself with %d in tick %d' % (p.returncode, n))
                p.send_signal(signal.SIGTERM)
            for p in many:
                asked = time.time()
                # one that has just begun may be asked before it hears: it has done nothing yet
                if p.wait(60) and not (p.returncode == -signal.SIGTERM and asked - p.began < 3):
                    sys.exit('a run ended with %d in tick %d' % (p.returncode, n))
            self.look(n)
            until('all leases to be free', self.no_lease, 10)
        finally:
            for p in many:
                if p.poll() is None:
                    p.kill()
                    p.wait()

    def play(self, spent=None):
        began, visits = time.time(), self.site.get('/_count')
        self.once('migrate')
        self.once('source', 'add', '--every', '%dm' % plan.STEP, *['http://paper%02d.test/rss.xml' % i for i in range(self.a.hosts)])
        for n in range(self.a.ticks):
            self.tick(n, spent)
        captures, events = self.nothing_lost()
        took = time.time() - began
        print('%s: %d visits judged, %d requests, %d events, %.0f s (%.0f visits/s)%s' % (
            self.name, captures, self.site.get('/_count') - visits, events, took, captures / took,
            '; %d kill -9, %d restarts, %d disconnects' % (self.kills, self.restarts, self.disconnects) if spent else ''), flush=True)
        if spent and (self.kills, self.restarts, self.disconnects) < (self.a.kills, self.a.restarts, self.a.disconnects):
            sys.exit('not all blows fell: the visits ended before')
        return took

    def digest(self, *args):
        return subprocess.run([os.path.join(HERE, '../../tools/db-digest'), self.dsn, *args], stdout=subprocess.PIPE, check=True).stdout


def compare(folder, one, two):
    if one.digest() == two.digest():
        print('the databases are the same: %s' % one.digest().decode().strip())
        return
    paths = []
    for p in (one, two):
        paths.append(os.path.join(folder, p.name + '.rows'))
        open(paths[-1], 'wb').write(p.digest('--rows'))
    diff = subprocess.run(['diff', *paths], stdout=subprocess.PIPE, text=True).stdout.split('\n')
    sys.exit('the databases differ in %d lines:\n%s' % (len(diff), '\n'.join(x[:300] for x in diff[:20])))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--dateline', default='./dateline')
    for name, n in (('hosts', 25), ('pages', 2750), ('ticks', 22), ('kills', 200), ('restarts', 5), ('disconnects', 10), ('seed', 1),
                    ('workers', 1)):
        ap.add_argument('--' + name, type=int, default=n)
    a = ap.parse_args()
    a.dateline = os.path.abspath(a.dateline)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        site, server = Site(a), Server(a.dateline, folder)
        try:
            calm = Play(a, site, server, folder, 'undisturbed')
            took = calm.play()
            struck = Play(a, site, server, folder, 'disturbed')
            struck.play(max(.02, .5 * took / (a.kills + 1)))
            compare(folder, calm, struck)
        except BaseException:
            for name in ('undisturbed', 'disturbed'):
                path = os.path.join(folder, name + '.log')
                if os.path.exists(path):
                    print('-- %s:\n%s' % (name, open(path).read()[-3000:]), file=sys.stderr)
            raise
        finally:
            site.close()
            server.close()


if __name__ == '__main__':
    main()
