"""Rows of bad inputs, each in a process of its own: prints row, what is expected, what came, seconds and peak RSS, and
totals last; exits 1 where one differs.

check.py [--cases DIR] [--own] [--stage S ...] [--no-slow]
--cases: the rows of DIR/make_bad_inputs.py, with DIR/hostile_server.py; --own: the rows of server.py beside this file."""
import argparse
import json
import os
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import server

DATELINE = os.path.abspath(os.environ.get('DATELINE', './dateline'))
MEASURE = os.path.abspath(os.environ.get('MEASURE', 'build/hostile/measure'))
PLAIN = not os.environ.get('SANITIZED')
PORT = 8899  # hostile_server.py's own
CRAWL_S, CRAWL_MB = 30, 128


class Row:
    def __init__(self, stage, name, ok, codes, seconds, mb):
        self.stage, self.name, self.ok, self.codes = stage, name, ok, codes
        self.seconds, self.mb = seconds, mb
        self.waits = stage in ('fetch', 'own', 'url', 'store')

    def expected(self):
        word = {True: 'ok', False: '', 'either': 'ok or'}[self.ok]
        return ' '.join([word] * bool(word) + self.codes)


class Run:
    """One process: exit code, seconds, MB, what it printed."""

    def __init__(self, args, tmp):
        base = os.path.join(tmp, 'run.%d' % threading.get_ident())
        with open(base + '.out', 'wb') as out, open(base + '.err', 'wb') as err:
            subprocess.run(['timeout', '120', MEASURE, base + '.use', *args], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                           check=False)
        self.out = read(base + '.out')
        self.err = read(base + '.err').decode('utf-8', 'replace')
        use = read(base + '.use').split() or [124, 120, 120, 0]
        self.exit, self.seconds, self.cpu, self.mb = int(use[0]), float(use[1]), float(use[2]), int(use[3]) / 1024
        if os.path.exists(base + '.use'):
            os.unlink(base + '.use')


def read(path):
    try:
        with open(path, 'rb') as f:
            return f.read()
    except FileNotFoundError:
        return b''


class Report:
    def __init__(self):
        self.right = self.wrong = 0
        self.lock = threading.Lock()
        print('%-8s %-28s %-44s %-22s %7s %7s %7s' % ('stage', 'row', 'expected', 'got', 's', 'cpu s', 'MB'))

    def add(self, row, got, run, why):
        with self.lock:
            print('%-8s %-28s %-44s %-22s %7.2f %7.2f %7.1f%s' % (row.stage, row.name[:28], row.expected()[:44], got, run.seconds, run.cpu,
                                                         run.mb, '  WRONG: ' + why if why else ''), flush=True)
            if why:
                self.wrong += 1
                print('         ' + run.err[-300:].replace('\n', '\n         '))
            else:
                self.right += 1


def judge(row, error, run):
    """What is wrong with it, or None."""
    if run.exit not in (0, 4) or (run.exit == 0) != (error is None):
        return 'exit %d' % run.exit
    if row.ok != 'either' and row.ok != (error is None):
        return 'code'
    if error and row.codes and error not in row.codes:
        return 'code'
    if b'\0' in run.out or b'\\u0000' in run.out:
        return 'NUL'
    if PLAIN and run.mb > row.mb:
        return 'memory'
    # what waits for nobody is measured by its own time: a busy machine is not the program's fault
    if PLAIN and (run.seconds if row.waits else run.cpu) > row.seconds:
        return 'time'
    return None


def best(row, args, tmp, error_of):
    """Of three runs, the first that is in time."""
    for _ in range(3):
        run = Run(args, tmp)
        error = error_of(run)
        why = judge(row, error, run)
        if why != 'time':
            break
    return error, run, why


def line_error(run):
    try:
        lines = [json.loads(x) for x in run.out.decode('utf-8').splitlines()]
        return next((x['error']['code'] for x in lines if 'error' in x), None) if lines else 'NO_LINE'
    except ValueError:
        return 'NO_JSON'


def crawl_error(run):
    found = re.findall(r'^dateline: \S+: ([A-Z_]+):', run.err, re.M)
    return found[-1] if found else None if run.exit == 0 else 'NO_CODE'


def file_args(row, path, cmd):
    """The command of the index, for our program and this file."""
    words = shlex.split(cmd)
    words[0] = DATELINE
    return [path if w == 'FILE' else w for w in words] if 'FILE' in words else words + [path]


def run_file(row, path, cmd, tmp, report):
    error, run, why = best(row, file_args(row, path, cmd), tmp, line_error)
    report.add(row, error or 'ok', run, why)


# ---- what the index says in words alone ------------------------------------------------------------------------

LONG = 'http://e.test/' + ''.join('%%%02X' % (i * i * 7919 >> 5 & 255) for i in range(1000))  # does not shrink
BODY = 'Officials said on Monday that the harbour of Port Halden will open again. ' * 8

OTHER = 'Seventeen ships with grain from the north were counted by the coast guard before noon. ' * 8
THIRD = 'The council of Melby voted for a new bridge over the river, which two firms will build. ' * 8


def record(**more):
    return dict({'url': 'http://store.test/x', 'title': 'A headline of five words', 'body': BODY,
                 'fetched_at': '2024-05-01T10:00:00Z'}, **more)


# name -> the line that is ingested, the codes, a query and what it must give
INGESTED = {
    'url_3000_random': (record(url=LONG), '', "SELECT count(*) FROM dateline.postings WHERE length(url) > 2000", '1'),
    'url_nul': (record(url='http://e.test/a\0b'), 'INVALID_URL', None, None),
    'pg_text_nul_text_format': (record(url='http://store.test/nul', body='before\0after ' + BODY), '',
                                "SELECT count(*) FROM dateline.versions WHERE body LIKE 'before%after %again.%'", '1'),
    'pg_jsonb_u0000': (record(url='http://store.test/u0', title='A head\0line of five'), '',
                       "SELECT count(*) FROM dateline.events WHERE detail::text LIKE '%u0000%'", '0'),
    'pg_jsonb_lone_surrogate': (record(url='http://store.test/ls', title='A LONE half of a pair', body='Sur LONE rogate. ' + OTHER), '',
                                "SELECT count(*) FROM dateline.versions WHERE body LIKE 'Sur \ufffd%'", '1'),
    'pg_tsvector_over_1MB': (record(url='http://store.test/big', body=' '.join('word%d' % i for i in range(200000))), '',
                             "SELECT count(*) FROM dateline.versions WHERE length(body) > 1800000", '1'),
    'pg_date_out_of_range': (record(url='http://store.test/date', title='A date that is none', body=THIRD, created_at='294999-01-01T00:00:00Z'), '',
                             "SELECT count(*), count(created_at) FROM dateline.versions WHERE headline = 'A date that is none'", '1|0'),
    'pg_deep_json': ('[' * 100000, 'BAD_RECORD', None, None),
}
# name -> URL and what its line must hold
INSPECTED = {
    'url_crlf': ('http://e.test/%0d%0aX: y', lambda x: x['href'] == 'http://e.test/%0d%0aX:%20y'),
    'url_userinfo': ('http://u:p@e.test/', lambda x: 'error' in x or '@' not in x['key']),
    'url_idn_mixed': ('http://\u0435xample.test/', lambda x: x['href'] == 'http://xn--xample-2of.test/'),
    'url_port_22': ('http://e.test:22/', None),
}


def psql(db, sql):
    return subprocess.run(['psql', '-AtXqd', db, '-c', sql], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def run_ingested(name, stage, db, tmp, report):
    line, codes, query, want = INGESTED[name]
    text = line if isinstance(line, str) else json.dumps(line).replace('LONE', '\\ud800')
    path = os.path.join(tmp, name + '.jsonl')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text + '\n')
    row = Row(stage, name, not codes, codes.split(), 10, CRAWL_MB)
    run = Run([DATELINE, '--db', db, '--log-level', 'warn', 'ingest', '--format', 'jsonl', path], tmp)
    found = re.findall(r'\b([A-Z]+_[A-Z_]+)\b', run.err)
    error = found[0] if found and run.exit else None
    why = judge(row, error, run)
    got = psql(db, query) if query and not why else want
    report.add(row, error or 'ok', run, why or ('stored %s' % got if got != want else None))


def run_inspected(name, tmp, report):
    url, test = INSPECTED[name]
    row = Row('url', name, 'either' if test else False, [] if test else ['FORBIDDEN_PORT'], 2, CRAWL_MB)
    run = Run([DATELINE, 'inspect', 'url', url], tmp)
    if not test:  # it is a URL, but none to fetch
        run = Run([DATELINE, '--db', os.environ['HOSTILE_DB'], '--log-level', 'warn', 'crawl', url], tmp)
    error = line_error(run) if test else crawl_error(run)
    why = judge(row, error, run)
    if not why and test and not test(json.loads(run.out.decode().splitlines()[0])):
        why = run.out.decode()[:200]
    report.add(row, error or 'ok', run, why)


def run_trap(tmp, db, report):
    """Each sitemap index lists two more, for ever; pages of a calendar link to the next day."""
    def talk(s, path, host):
        x = path.rsplit('/', 1)[-1]
        body = ('<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + ''.join(
            '<sitemap><loc>http://%s%s/%s%d</loc></sitemap>' % (host, path, x, i) for i in (1, 2)) + '</sitemapindex>').encode()
        if path == '/robots.txt':
            body = b''
        s.sendall(b'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n' % len(body) + body)
    site = server.Server(talk, '127.0.0.1')
    conf = config(tmp, 'trap', {'trap.test': '127.0.0.1:%d' % site.port})
    row = Row('url', 'url_trap_calendar', True, [], CRAWL_S, CRAWL_MB)
    run = Run([DATELINE, '--db', db, '--config', conf, '--log-level', 'warn', 'crawl', 'http://trap.test/x'], tmp)
    why = judge(row, crawl_error(run) if run.exit == 4 else None, run)
    if not why and len(site.paths) > 5000:
        why = '%d requests' % len(site.paths)
    report.add(row, '%d requests' % len(site.paths), run, why)
    site.close()


# ---- servers ------------------------------------------------------------------------------------------------------

def config(tmp, name, names):
    path = os.path.join(tmp, name + '.yaml')
    with open(path, 'w') as f:
        f.write('contact: tests@dateline.test\nallow_addresses: ["127.0.0.1/32"]\ncrawl: {delay: 0ms, timeout: 25s}\nresolve:\n')
        for host, to in names.items():
            f.write('  %s: "%s"\n' % (host, to))
    return path


def run_fetches(rows, port, db, tmp, report):
    """Each from a host of its own, so that those that are slow need not be waited for by the others."""
    slow = [r for r in rows if 'TOO_SLOW' in r.codes]
    conf = config(tmp, 'fetch', {host_of(r): '127.0.0.1:%d' % port for r in rows})

    def one(row):
        url = 'http://%s/%s' % (host_of(row), row.path)
        error, run, why = best(row, [DATELINE, '--db', db, '--config', conf, '--log-level', 'error', 'crawl', url], tmp, crawl_error)
        report.add(row, error or 'ok', run, why)
    threads = [threading.Thread(target=one, args=(r,)) for r in slow]
    for t in threads:
        t.start()
    for r in rows:
        if r not in slow:
            one(r)
    for t in threads:
        t.join()


def host_of(row):
    return row.name.replace('_', '-').lower() + '.hostile.test'


def wait_for(port, process):
    """It first builds a bomb of 2 GB."""
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return True
        except OSError:
            time.sleep(.2)
    return False


def fetch_row(stage, name, path, ok, codes, seconds=CRAWL_S, mb=CRAWL_MB):
    row = Row(stage, name, ok, codes, seconds, mb)
    row.path = path.lstrip('/')
    return row


def run_own(db, tmp, slow, report):
    site = server.Server(server.fault)
    rows = [fetch_row('own', name, name, not codes, codes.split()) for name, (_, codes) in server.FAULTS.items()
            if slow or name not in server.SLOW]
    run_fetches(rows, site.port, db, tmp, report)
    site.close()


def run_cases(cases, stages, db, tmp, report):
    left = []
    subprocess.run([sys.executable, os.path.join(cases, 'make_bad_inputs.py'), tmp], check=True, stdout=subprocess.DEVNULL)
    with open(os.path.join(tmp, 'index.jsonl'), encoding='utf-8') as f:
        index = [r for r in map(json.loads, f) if not stages or r['stage'] in stages]
    fetches = [fetch_row('fetch', r['name'], r['server_path'], r['ok'], r['codes'], r['seconds'], r['rss_mb'])
               for r in index if 'server_path' in r]
    hostile = None
    if fetches:
        hostile = subprocess.Popen([sys.executable, os.path.join(cases, 'hostile_server.py'), str(PORT)], stdout=subprocess.DEVNULL)
    try:
        for r in index:
            if 'file' in r:
                row = Row(r['stage'], r['name'], r['ok'], r['codes'], r['seconds'], r['rss_mb'])
                run_file(row, os.path.join(tmp, r['file']), r['cmd'], tmp, report)
            elif r['name'] in INGESTED:
                run_ingested(r['name'], r['stage'], db, tmp, report)
            elif r['name'] in INSPECTED:
                run_inspected(r['name'], tmp, report)
            elif r['name'] == 'url_trap_calendar':
                run_trap(tmp, db, report)
            elif 'server_path' not in r:
                left.append(r['name'])
        if fetches and not wait_for(PORT, hostile):
            left += [r.name for r in fetches]
        elif fetches:
            run_fetches(fetches, PORT, db, tmp, report)
    finally:
        if hostile:
            hostile.terminate()
            hostile.wait()
    return left


def main(argv=None):
    p = argparse.ArgumentParser()
    p.add_argument('--cases')
    p.add_argument('--own', action='store_true')
    p.add_argument('--stage', action='append', default=[])
    p.add_argument('--no-slow', action='store_true')
    p.add_argument('--db', default=os.environ.get('DB', ''))
    a = p.parse_args(argv)
    report, left = Report(), []
    os.environ['HOSTILE_DB'] = a.db
    with tempfile.TemporaryDirectory() as tmp:
        if a.cases:
            left = run_cases(a.cases, a.stage, a.db, tmp, report)
        if a.own:
            run_own(a.db, tmp, not a.no_slow, report)
    for name in left:
        print('not run: %s' % name)
    print('bad inputs: %d of %d as expected, %d not run' % (report.right, report.right + report.wrong + len(left), len(left)))
    return 1 if report.wrong or left else 0


if __name__ == '__main__':
    sys.exit(main())
