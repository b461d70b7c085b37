"""A site of a few pages on loopback that a test changes as it goes, and Dateline
on it under a clock that the test owns. One host name for each `hosts`."""
import datetime
import http.server
import json
import os
import subprocess
import threading

START = datetime.datetime(2026, 3, 10, 8, 0, tzinfo=datetime.timezone.utc)
SENTENCES = ('The ministers met in the capital on Tuesday to discuss the tariffs that both sides announced last week.',
             'A spokesman said that the talks had been frank and that a second round would follow before the month ends.',
             'Exporters of steel and of fruit have asked the government to reach an agreement without further delay.',
             'Analysts expect that the central bank will keep its rates until the outcome of the talks is known.',
             'Shares of shipping companies rose by three per cent in morning trade after the meeting was announced.')


def article(title, body=SENTENCES, head='', links=''):
    """A page that holds a story; head: more elements of its head."""
    paragraphs = ''.join('<p>%s</p>' % s for s in body)
    return ('<!DOCTYPE html><html lang="en"><head><title>%s</title>%s</head><body>%s<article><h1>%s</h1>%s</article>'
            '</body></html>' % (title, head, links, title, paragraphs))


def story(n, **more):
    """Another story for each n: no sentence is that of another."""
    words = 'alpha bravo castle delta ember forest garnet harbour island jungle kernel lantern meadow nickel orchard'.split()
    body = ['Report %d on the %s and the %s says that number %d of %s was moved to the %s near the old %s on day %d.' % (
        n, words[(n + i) % 15], words[(n * 3 + i) % 15], n * 7 + i, words[(n * 5 + i * 2) % 15], words[(i * 4 + n) % 15],
        words[(n * 2 + i) % 15], n + i) for i in range(6)]
    return article('Report %d on the %s' % (n, words[n % 15]), body, **more)


def feed(urls, now=START):
    items = ''.join('<item><title>x</title><link>%s</link><pubDate>%s</pubDate></item>' % (
        u, now.strftime('%a, %d %b %Y %H:%M:%S GMT')) for u in urls)
    return '<rss version="2.0"><channel><title>Feed</title>%s</channel></rss>' % items


class Site:
    """pages: (host, path) or path -> body, (status, body), (status, body, headers), or a function of the handler."""

    def __init__(self, hosts=('a.test',)):
        site = self
        self.pages, self.asked, self.headers, self.hosts = {}, [], [], hosts

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                host = self.headers['Host'].split(':')[0]
                site.asked.append((host, self.path))
                site.headers.append(dict(self.headers))
                answer = site.pages.get((host, self.path), site.pages.get(self.path))
                if answer is None and '*' in site.pages:
                    answer = site.pages['*'](self)
                if callable(answer):
                    answer = answer(self)
                if answer is None:
                    answer = (404, 'not here')
                if not isinstance(answer, tuple):
                    answer = (200, answer)
                status, body, headers = (*answer, {})[:3]
                body = body if isinstance(body, bytes) else body.encode()
                self.send_response(status)
                headers = {'Content-Type': 'text/html; charset=utf-8', **headers}
                for name, value in headers.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                if status != 304:
                    self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def count(self, path, host=None):
        return sum(p == path and host in (None, h) for h, p in self.asked)


class Run:
    """Dateline on that site: time stands still but for `later`."""

    def __init__(self, dateline, db, tmp, site, name, settings='', delay='0ms'):
        self.dateline, self.db, self.now = dateline, db, START
        self.conf = os.path.join(tmp, name + '.yaml')
        with open(self.conf, 'w', encoding='utf-8') as f:
            f.write('contact: tests@dateline.test\nallow_addresses: ["127.0.0.0/8"]\nresolve:\n%scrawl:\n  delay: %s\n%s' % (
                ''.join('  %s: "127.0.0.1:%d"\n' % (h, site.server.server_port) for h in site.hosts), delay, settings))
        self('migrate')

    def later(self, **by):
        self.now += datetime.timedelta(**by)

    def __call__(self, *args, check=True, level='error'):
        env = dict(os.environ, DATELINE_CLOCK=self.now.strftime('%Y-%m-%dT%H:%M:%SZ'))
        run = subprocess.run([self.dateline, '--db', self.db, '--config', self.conf, '--log-level', level, *args], env=env,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        if check and run.returncode:
            raise AssertionError('%s: exit %d\n%s%s' % (args, run.returncode, run.stdout, run.stderr))
        self.err, self.rc = run.stderr, run.returncode
        return run.stdout

    def json(self, *args):
        return [json.loads(line) for line in self(*args).splitlines()]

    def sql(self, query):
        out = subprocess.run(['psql', '-AtXqd', self.db, '-c', query], stdout=subprocess.PIPE, text=True, check=True)
        return out.stdout.strip()

    def crawl(self, times=1, every=None):
        """As many rounds, each `every` (minutes) later."""
        for _ in range(times):
            self.later(minutes=every or 0)
            self('crawl')

    def events(self, kind=None):
        where = "WHERE kind = '%s'" % kind if kind else ''
        return self.sql("SELECT kind || ' ' || coalesce(regexp_replace(url, '^http://[^/]*', ''), 'story') FROM dateline.events %s ORDER BY event_id" % where).splitlines()
