"""Listeners on private addresses that must get no connection: asked for directly, in all ways of writing it, through
redirects, with proxy variables set, by names that change their address, by feeds, sitemaps, robots.txt and links of
pages. Every way is known to have been taken by what our own server was asked for; last, the listeners get one that is
allowed, so that they are known to hear."""
import os
import socket
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from names import Names
from server import PAGE, Server

DATELINE = os.path.abspath(os.environ.get('DATELINE', './dateline'))
DB = os.environ['DB']


def ok(s, body, kind='text/html', more=''):
    s.sendall(('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n'
               % (kind, more, len(body))).encode() + body)


class V6(Server):
    def __init__(self, talk, port):
        self.talk, self.connections, self.paths = talk, 0, []
        self.listener = socket.socket(socket.AF_INET6)
        self.listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        self.listener.bind(('::1', port))
        self.listener.listen(9)
        self.port = port
        __import__('threading').Thread(target=self.accept, daemon=True).start()


class World:
    def __init__(self):
        self.targets = []
        self.site = Server(self.talk, '127.0.0.1')
        p = self.site.port
        hear = lambda s, path, host: ok(s, PAGE)
        self.canaries = [Server(hear, '127.0.0.2', p), Server(hear, '127.0.0.3', p), Server(hear, '127.0.0.1')]
        try:
            self.canaries.append(V6(hear, p))
        except OSError:
            print('no IPv6 here')
        inside = self.canaries[2].port  # in the allowed range, but no host of the operator's
        self.targets = ['http://127.0.0.2:%d/' % p, 'http://2130706434:%d/' % p, 'http://0x7f.2:%d/' % p, 'http://0177.0.0.2:%d/' % p,
                        'http://[::ffff:127.0.0.2]:%d/' % p, 'http://[::ffff:7f00:2]:%d/' % p, 'http://[::1]:%d/' % p,
                        'http://[64:ff9b::7f00:2]:%d/' % p, 'http://0:%d/' % p, 'http://canary.test:%d/' % p,
                        'http://mapped.test:%d/' % p, 'http://127.0.0.1:%d/' % inside, 'http://localhost:%d/' % inside]
        self.targets = [t + 'x%d' % i for i, t in enumerate(self.targets)]
        self.names = Names({
            'canary.test': ['127.0.0.2'], 'mapped.test': ['::ffff:127.0.0.2'],
            'both.test': ['127.0.0.2', '127.0.0.1'],
            'turns.test': lambda n: ['127.0.0.1'] if n == 1 else ['127.0.0.2']})

    def talk(self, s, path, host):
        """What our own server says: in each of its pages are all of the targets."""
        to = self.targets
        if path == '/robots.txt' and host.startswith('robots'):
            s.sendall(b'HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n' % to[0].encode())
        elif path == '/robots.txt':
            ok(s, ''.join('Sitemap: %s\n' % t for t in to).encode(), 'text/plain')
        elif path.startswith('/to/'):
            s.sendall(b'HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n'
                      % to[int(path[4:])].encode())
        elif path == '/feed':
            ok(s, ('<rss version="2.0"><channel><title>F</title>' + ''.join(
                '<item><title>T</title><link>%s</link></item>' % t for t in to) + '</channel></rss>').encode(), 'application/rss+xml')
        elif path == '/sitemap':
            ok(s, ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + ''.join(
                '<url><loc>%ss</loc></url>' % t for t in to) + '</urlset>').encode(), 'text/xml')
        elif path == '/index':
            ok(s, ('<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + ''.join(
                '<sitemap><loc>%si</loc></sitemap>' % t for t in to) + '</sitemapindex>').encode(), 'text/xml')
        else:
            links = ''.join('<link rel="canonical" href="%s"><link rel="amphtml" href="%s">'
                            '<link rel="alternate" type="application/rss+xml" href="%sf">'
                            '<meta http-equiv="refresh" content="0;url=%s"><meta property="og:url" content="%s">' % (t, t, t, t, t) for t in to)
            ok(s, links.encode() + PAGE, more='Link: <%s>; rel="canonical"\r\n' % to[0])

    def heard(self):
        return sum(c.connections for c in self.canaries)


def main():
    w = World()
    p = w.site.port
    env = dict(os.environ)
    for name in ('http_proxy', 'HTTP_PROXY', 'https_proxy', 'all_proxy', 'ALL_PROXY'):
        env[name] = 'http://127.0.0.2:%d' % p
    with tempfile.TemporaryDirectory() as tmp:
        conf = os.path.join(tmp, 'canary.yaml')
        with open(conf, 'w') as f:
            f.write('contact: tests@dateline.test\nallow_addresses: ["127.0.0.1/32"]\nnameservers: ["127.0.0.1:%d"]\n'
                    'crawl: {delay: 0ms, timeout: 10s}\nresolve:\n' % w.names.port)
            for host in ('site.test', 'robots.test'):
                f.write('  %s: "127.0.0.1:%d"\n' % (host, p))
        tried = []

        def crawl(*urls, allow=''):
            args = ['--config', conf, '--log-level', 'error']
            subprocess.run([DATELINE, '--db', DB, *args, 'crawl', *urls], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                           check=False, env=dict(env, **({'DATELINE_ALLOW_ADDRESSES': allow} if allow else {})), timeout=120)
            tried.append(urls)
            assert w.heard() == 0 or allow, 'a listener was connected to after crawl %s' % ' '.join(urls)
        crawl(*[t for t in w.targets if 'localhost' not in t and '127.0.0.1' not in t])
        crawl(*['http://site.test/to/%d' % i for i in range(len(w.targets))])
        crawl('http://robots.test/page')
        for path in ('feed', 'sitemap', 'index', 'page', ''):
            crawl('http://site.test/' + path)
        crawl('http://both.test:%d/page' % p)
        crawl('http://turns.test:%d/page' % p)  # leads to our server
        crawl('http://turns.test:%d/other' % p)  # and now inside
        crawl()  # all that was listed and is due
        seen = set(w.site.paths)
        for host, path in ([('site.test', '/to/%d' % i) for i in range(len(w.targets))]
                           + [('site.test', '/' + x) for x in ('feed', 'sitemap', 'index', 'page', '')]
                           + [('robots.test', '/robots.txt'), ('both.test:%d' % p, '/page'), ('turns.test:%d' % p, '/page')]):
            assert (host, path) in seen, 'our own server was not asked for %s%s' % (host, path)
        assert ('turns.test:%d' % p, '/other') not in seen
        ways = sum(max(1, len(t)) for t in tried)
        crawl(w.targets[0], allow='127.0.0.2/32')
        assert w.heard() == 2, 'a listener was not heard where it is allowed: %d' % w.heard()
    print('canary: no connection in %d of %d crawls' % (ways, ways))


if __name__ == '__main__':
    main()
