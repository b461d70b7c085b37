#!/usr/bin/env python3
"""site.py HOSTS PAGES TICKS SEED: serves plan.py's site, all hosts on one port,
which is printed.  GET /_tick?n=3 of Host control sets its time, /_count gives
the requests so far.  Made to be fast: one thread, answers kept."""
import asyncio
import hashlib
import html
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import plan  # noqa: E402

PAGE = '''<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s</title>
<script type="application/ld+json">%s</script></head><body><nav><a href="/">Home</a></nav>
<main><article><h1>%s</h1><div class="article-body">%s</div></article></main></body></html>'''


def stamp(minutes):
    return (plan.START + plan.dt.timedelta(minutes=minutes)).strftime('%Y-%m-%dT%H:%M:%SZ')


class Site:
    def __init__(self, hosts, pages, ticks, seed):
        self.plan = plan.Plan(hosts, pages, ticks, seed)
        self.tick, self.count, self.kept = 0, 0, {}

    def page(self, url):
        s = self.plan.state(url, self.tick)
        if not s or s is plan.GONE:
            return (410 if s else 404), 'text/html', '<p>no page</p>'
        ld = {'@context': 'https://schema.org', '@type': 'NewsArticle', 'headline': s['title'], 'datePublished': stamp(s['created'])}
        if s['updated'] is not None:
            ld['dateModified'] = stamp(s['updated'])
        body = ''.join('<p>%s</p>' % x for x in s['sents'])
        if s['note']:
            body = '<p class="correction">%s</p>' % s['note'] + body
        return 200, 'text/html; charset=utf-8', PAGE % (s['title'], json.dumps(ld), s['title'], body)

    def feed(self, host):
        items = ''.join('<item><title>%s</title><link>%s</link></item>' % (self.plan.state(u, self.tick) and 'x', html.escape(u))
                        for u in self.plan.pages if u.startswith('http://%s/' % host) and self.plan.state(u, self.tick))
        return 200, 'application/rss+xml', '<rss version="2.0"><channel><title>News</title>%s</channel></rss>' % items

    def answer(self, host, path):
        if path == '/rss.xml' and host in self.plan.hosts:
            return self.feed(host)
        url = 'http://%s%s' % (host, path)
        return self.page(url) if url in self.plan.pages else (404, 'text/plain', 'none')

    def get(self, host, path, etag):
        self.count += 1
        key = host, path, self.tick
        if key not in self.kept:
            status, kind, body = self.answer(host, path)
            body = body.encode()
            tag = '"%s"' % hashlib.md5(body).hexdigest()
            full = ('HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n' % (
                status, kind, len(body), 'ETag: %s\r\n' % tag if status == 200 else '')).encode() + body
            self.kept[key] = tag if status == 200 else None, full
        tag, full = self.kept[key]
        if tag and etag == tag:
            return ('HTTP/1.1 304 X\r\nETag: %s\r\n\r\n' % tag).encode()
        return full

    def control(self, path):
        if path.startswith('/_tick?n='):
            self.tick, self.kept = int(path[9:]), {}
        text = str(self.count).encode()
        return b'HTTP/1.1 200 X\r\nContent-Length: %d\r\n\r\n%s' % (len(text), text)


class Connection(asyncio.Protocol):
    def __init__(self, site):
        self.site, self.data = site, b''

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.data += data
        while b'\r\n\r\n' in self.data:
            head, self.data = self.data.split(b'\r\n\r\n', 1)
            lines = head.decode('latin-1').split('\r\n')
            fields = dict(x.split(': ', 1) for x in lines[1:] if ': ' in x)
            fields = {k.lower(): v for k, v in fields.items()}
            host, path = fields.get('host', '').split(':')[0], lines[0].split(' ')[1]
            self.transport.write(self.site.control(path) if host == 'control' else
                                 self.site.get(host, path, fields.get('if-none-match')))


async def main():
    site = Site(*map(int, sys.argv[1:5]))
    server = await asyncio.get_running_loop().create_server(lambda: Connection(site), '127.0.0.1', 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == '__main__':
    asyncio.run(main())
