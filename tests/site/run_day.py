#!/usr/bin/env python3
"""Plays the wire site's day: sets its clock tick by tick and runs `dateline
crawl` at each until every due page was judged.

  run_day.py --dateline ./dateline --db URL [--order reverse|shuffle:SEED]
             [--processes N] [--ticks N] [--kill N] [--jsonl] [--fronts]
             [--run] [--live RATE]

--db is an empty migrated database or one that migrate may use; without it the
private one of DATELINE_HOME.  --kill N: kills crawls with SIGKILL at N points.
--jsonl: ingests stream.py's lines instead of crawling.  --fronts: sources are
the outlets' front pages, and nothing else is told.  --run: by `dateline run`,
until nothing is due.  --live RATE: one `run` from the day's start to its end,
while both clocks run at RATE; prints how many seconds the site's is ahead."""
import argparse
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

import day

HERE = os.path.dirname(os.path.abspath(__file__))


class Site:
    def __init__(self):
        self.process = subprocess.Popen([sys.executable, os.path.join(HERE, 'serve.py')], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def get(self, path):
        c = http.client.HTTPConnection('127.0.0.1', self.port, timeout=10)
        c.request('GET', path, headers={'Host': 'control'})
        return c.getresponse().read()

    def close(self):
        self.process.terminate()
        self.process.wait()


def config(path, port):
    with open(path, 'w') as f:
        f.write('contact: tests@dateline.test\nallow_addresses: ["127.0.0.0/8"]\nresolve:\n')
        for o in day.OUTLETS.values():
            f.write('  %s: "127.0.0.1:%d"\n' % (o['host'], port))
        f.write('crawl:\n  delay: 0ms\n')


class Day:
    def __init__(self, a):
        self.a = a
        self.dir = tempfile.TemporaryDirectory()
        self.site = Site()
        self.config = os.path.join(self.dir.name, 'dateline.yaml')
        config(self.config, self.site.port)
        self.random = random.Random(7)
        self.kills = a.kill

    def command(self, *args):
        return [self.a.dateline] + (['--db', self.a.db] if self.a.db else []) + \
            ['--config', self.config, '--log-level', 'warn', *args]

    def environment(self, tick):
        e = dict(os.environ, DATELINE_CLOCK=day.tick_time(tick).strftime('%Y-%m-%dT%H:%M:%SZ'))
        if self.a.order:
            e['DATELINE_TEST_ORDER'] = self.a.order
        return e

    def run(self, tick, *args):
        p = subprocess.run(self.command(*args), env=self.environment(tick), stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE, text=True)
        if p.returncode:
            sys.exit('%s: exit %d\n%s' % (' '.join(args), p.returncode, p.stderr))

    def crawl(self, tick):
        """N crawls at once; then again, for what one left to another."""
        if self.kills and self.random.random() < .7:
            self.kills -= 1
            p = subprocess.Popen(self.command('crawl'), env=self.environment(tick), stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
            try:
                p.wait(self.random.uniform(.005, .12))
            except subprocess.TimeoutExpired:
                p.send_signal(signal.SIGKILL)
                p.wait()
        if self.a.run:
            return self.keep(tick)
        many = [subprocess.Popen(self.command('crawl'), env=self.environment(tick), stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, text=True) for _ in range(self.a.processes)]
        for p in many:
            err = p.communicate()[1]
            if p.returncode:
                sys.exit('crawl at tick %d: exit %d\n%s' % (tick, p.returncode, err))
        for _ in range(100):
            if not self.due(tick):
                return
            self.run(tick, 'crawl')
        sys.exit('tick %d: pages stay due' % tick)

    def keep(self, tick):
        many = [self.start(self.environment(tick)) for _ in range(self.a.processes)]
        end = time.time() + 120
        while self.due(tick):
            if time.time() > end:
                sys.exit('tick %d: pages stay due' % tick)
            time.sleep(.02)
        for p in many:
            self.stop(p)

    def start(self, environment):
        return subprocess.Popen(self.command('run'), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def stop(self, p):
        p.send_signal(signal.SIGTERM)
        err = p.communicate(timeout=60)[1]
        if p.returncode:
            sys.exit('run: exit %d\n%s' % (p.returncode, err))

    def live(self):
        """The day in one go; how far the site's clock is ahead of the crawler's, by when the same requests were sent and came."""
        rate = self.a.live
        self.run(0, 'migrate')
        self.sources()
        self.site.get('/_clock?x=%g' % rate)
        began = time.monotonic()
        p = self.start(dict(self.environment(0), DATELINE_CLOCK=self.environment(0)['DATELINE_CLOCK'] + 'x%g' % rate))
        for tick in day.TICKS:
            if tick in (day.TICKS[0], day.TICKS[-1]):
                continue
            while time.monotonic() - began < tick * day.STEP * 60 / rate:
                if p.poll() is not None:
                    sys.exit('run ended: %d\n%s' % (p.returncode, p.communicate()[1]))
                time.sleep(.05)
        while time.monotonic() - began < ((day.TICKS[-1] + 1) * day.STEP - .5) * 60 / rate:
            time.sleep(.05)
        self.stop(p)
        came = {}
        for x in json.loads(self.site.get('/_log')):
            came.setdefault('http://%s%s' % (x['host'], x['path']), x['minutes'])
        sent = subprocess.run(['psql', '-AtXqd', self.a.db, '-F', ' ', '-c', "SELECT url, extract(epoch FROM min(fetched_at) - '%s') "
                               'FROM dateline.captures GROUP BY url' % day.START], stdout=subprocess.PIPE, text=True, check=True).stdout
        ahead = sorted(came[u] * 60 - float(s) for u, s in (x.split(' ') for x in sent.splitlines()) if u in came)
        print('%.3f' % ahead[len(ahead) // 2])

    def due(self, tick):
        """Pages that another process had, whose lock the server held a moment longer than it lived."""
        if not self.a.db or (not self.a.kill and self.a.processes == 1 and not self.a.run):
            return 0
        sql = "SELECT count(*) FROM dateline.pages WHERE next_fetch_at <= '%s'" % self.environment(tick)['DATELINE_CLOCK']
        return int(subprocess.run(['psql', '-AtXqd', self.a.db, '-c', sql], stdout=subprocess.PIPE, check=True).stdout)

    def sources(self):
        for o in day.OUTLETS.values():
            if self.a.fronts:
                self.run(0, 'source', 'add', 'http://%s/' % o['host'], '--every', '5m' if self.a.live else '10m')
            else:
                self.run(0, 'source', 'add', 'http://%s%s' % (o['host'], o['feed']), '--name', o['name'], '--zone',
                         o['zone'], '--every', '10m')

    def play(self):
        self.run(0, 'migrate')
        self.sources()
        for tick in day.TICKS[:self.a.ticks]:
            self.site.get('/_tick?n=%d' % tick)
            self.crawl(tick)

    def ingest(self):
        lines = subprocess.run([sys.executable, os.path.join(HERE, 'stream.py')], stdout=subprocess.PIPE, check=True).stdout
        path = os.path.join(self.dir.name, 'day.jsonl')
        with open(path, 'wb') as f:
            f.write(lines)
        self.run(0, 'migrate')
        self.run(day.TICKS[-1], 'ingest', '--format', 'jsonl', path)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--dateline', default='./dateline')
    ap.add_argument('--db')
    ap.add_argument('--order')
    ap.add_argument('--processes', type=int, default=1)
    ap.add_argument('--ticks', type=int)
    ap.add_argument('--kill', type=int, default=0)
    ap.add_argument('--jsonl', action='store_true')
    ap.add_argument('--fronts', action='store_true')
    ap.add_argument('--run', action='store_true')
    ap.add_argument('--live', type=float)
    d = Day(ap.parse_args())
    began = time.time()
    try:
        d.ingest() if d.a.jsonl else d.live() if d.a.live else d.play()
    finally:
        d.site.close()
    print('the day took %.1f s' % (time.time() - began), file=sys.stderr)
    return 0


if __name__ == '__main__':
    sys.exit(main())
