#!/usr/bin/env python3
"""The wire site: five outlets on one port, by the Host header, with layouts of
different makers.  Its clock is scripted: GET /_tick?n=12 with Host: control sets
it, /_clock?x=60 lets it run from the day's start, so many seconds a second;
/_log gives the requests so far.  Prints its port when it is ready."""
import gzip
import hashlib
import html
import json
import sys
import threading
import time
import zoneinfo
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import day

TICK = [0]
CLOCK = []      # monotonic start and rate, where it runs
LOG = []
LOCK = threading.Lock()
MENU = '<nav class="menu"><a href="/">Home</a> <a href="/world">World</a> <a href="/markets">Markets</a></nav>'
RELATED = ('<div class="related-links"><h3>Related stories</h3><ul><li><a href="/x1">Harvest festival draws record '
           'crowd</a></li><li><a href="/x2">Old lighthouse for sale</a></li></ul></div>')


def minutes():
    """Of the running clock, since the day's start."""
    return (time.monotonic() - CLOCK[0]) * CLOCK[1] / 60 if CLOCK else None


def tick():
    return int(minutes() // day.STEP) if CLOCK else TICK[0]


FRONT = '<!doctype html><html><head><title>%s</title><link rel="alternate" type="application/rss+xml" href="%s"></head>' \
    '<body><h1>%s</h1></body></html>'


def local(t, zone, fmt):
    return t.astimezone(zoneinfo.ZoneInfo(zone)).strftime(fmt)


def paragraphs(x):
    note = '<p class="note">%s</p>' % html.escape(x['note']) if x['note'] else ''
    return note + ''.join('<p>%s</p>\n' % html.escape(p) for p in x['sents'])


def layout_a(x, o, url):
    """In the manner of example/wire-page.txt."""
    fmt = '%d-%m-%Y %H:%M IST'
    times = 'Created: ' + local(day.at(x['created']), o['zone'], fmt)
    if x['updated'] is not None:
        times = 'Updated: %s | %s' % (local(day.at(x['updated']), o['zone'], fmt), times)
    sub = '<h2 class="sub-title">%s</h2>' % html.escape(x['summary']) if x['summary'] else ''
    return '''<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s | Wire A</title></head><body>
<div class="left-menu"><a href="#">Left Menu</a></div>%s
<h1 class="title">%s</h1>%s
<div class="date-line">Reuters | Port Halden | %s</div>
<section class="story">%s</section>
<p>(This story has not been edited by Wire A staff and is auto-generated from a syndicated feed.)</p>%s
<footer>Copyright Wire A</footer></body></html>''' % (
        html.escape(x['title']), MENU, html.escape(x['title']), sub, times, paragraphs(x), RELATED)


def layout_b(x, o, url):
    """JSON-LD."""
    ld = {'@context': 'https://schema.org', '@type': 'NewsArticle', 'headline': x['title'],
          'datePublished': local(day.at(x['created']), o['zone'], '%Y-%m-%dT%H:%M:%S%z'),
          'author': {'@type': 'Organization', 'name': 'Reuters'}, 'publisher': {'@type': 'Organization', 'name': o['name']},
          'mainEntityOfPage': url}
    if x['updated'] is not None:
        ld['dateModified'] = local(day.at(x['updated']), o['zone'], '%Y-%m-%dT%H:%M:%S%z')
    return '''<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>%s - %s</title>
<link rel="canonical" href="%s"><script type="application/ld+json">%s</script></head><body>%s
<main><article><h1>%s</h1><div class="share-bar"><a href="#">Share</a> <a href="#">Mail</a></div>
<div class="article-body">%s</div></article>%s</main></body></html>''' % (
        html.escape(x['title']), o['name'], url, json.dumps(ld), MENU, html.escape(x['title']), paragraphs(x), RELATED)


def layout_c(x, o, url):
    """Open Graph alone."""
    meta = '<meta property="article:published_time" content="%s">' % day.at(x['created']).strftime('%Y-%m-%dT%H:%M:%SZ')
    if x['updated'] is not None:
        meta += '<meta property="article:modified_time" content="%s">' % day.at(x['updated']).strftime('%Y-%m-%dT%H:%M:%SZ')
    return '''<!doctype html><html><head><meta charset="utf-8"><title>%s</title>
<meta property="og:title" content="%s"><meta property="og:site_name" content="%s"><meta property="og:url" content="%s">%s
</head><body><header>%s</header><div id="content"><h1>%s</h1><div class="text">%s</div>
<div class="newsletter">Sign up for our newsletter</div></div></body></html>''' % (
        html.escape(x['title']), html.escape(x['title'], True), o['name'], url, meta, MENU, html.escape(x['title']), paragraphs(x))


def layout_d(x, o, url):
    """Neither: a visible line alone."""
    line = 'Published: ' + day.at(x['created']).strftime('%B %d, %Y %H:%M UTC')
    if x['updated'] is not None:
        line += ' | Updated: ' + day.at(x['updated']).strftime('%B %d, %Y %H:%M UTC')
    return '''<html><head><title>%s</title></head><body><table><tr><td>%s</td></tr></table><h1>%s</h1>
<div class="when">%s</div><div>%s</div></body></html>''' % (
        html.escape(x['title']), MENU, html.escape(x['title']), line, paragraphs(x))


LAYOUTS = {'Wire A': layout_a, 'Beacon': layout_b, 'Courier': layout_c, 'Ledger': layout_d, 'Echo': layout_b}


def listed(o):
    """Pages of the outlet that its feed lists: published ones, gone or not."""
    now = tick()
    return [(p, day.state(p, now)) for p in day.PAGES if o['host'] in p[0] and day.state(p, now)]


def feed(o, path):
    items = ''
    for (url, _, states), _ in listed(o):
        title, when = html.escape(states[0][1]['title']), day.at(states[0][1]['created'])
        if path == '/news-sitemap.xml':
            items += ('<url><loc>%s</loc><news:news><news:publication_date>%s</news:publication_date><news:title>%s'
                      '</news:title></news:news></url>' % (url, when.strftime('%Y-%m-%dT%H:%M:%SZ'), title))
        elif path == '/atom.xml':
            items += '<entry><id>%s</id><title>%s</title><link href="%s"/><updated>%s</updated></entry>' % (
                url, title, url, when.strftime('%Y-%m-%dT%H:%M:%SZ'))
        else:
            items += '<item><title>%s</title><link>%s</link><pubDate>%s</pubDate></item>' % (
                title, url, when.strftime('%a, %d %b %Y %H:%M:%S +0000'))
    if o['host'] == 'wire-b.test':
        items += '<item><title>Private</title><link>http://wire-b.test/private/draft</link></item>'
    return {'/news-sitemap.xml': '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">%s</urlset>',
            '/atom.xml': '<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title>%s</feed>',
            '/rss.xml': '<rss version="2.0"><channel><title>News</title>%s</channel></rss>'}[path] % items


def answer(host, path):
    """(status, type, body)."""
    o = next((o for o in day.OUTLETS.values() if o['host'] == host), None)
    if not o:
        return 404, 'text/plain', 'no such host'
    if path == '/robots.txt':
        return 200, 'text/plain', 'User-agent: *\nDisallow: /private/\nSitemap: http://%s%s\n' % (host, o['feed'])
    if path == '/':
        return 200, 'text/html', FRONT % (o['name'], o['feed'], o['name'])
    if path == o['feed']:
        return 200, 'application/xml', feed(o, path)
    for p in day.PAGES:
        if p[0] == 'http://%s%s' % (host, path):
            x = day.state(p, tick())
            if not x:
                return 404, 'text/html', '<p>not yet</p>'
            if x is day.GONE:
                return 410, 'text/html', '<p>gone</p>'
            return 200, 'text/html; charset=utf-8', LAYOUTS[o['name']](x, o, p[0])
    return 404, 'text/html', '<p>no such page</p>'


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        host = self.headers.get('Host', '').split(':')[0]
        path = urlsplit(self.path)
        if path.path == '/_tick':
            TICK[0] = int(parse_qs(path.query)['n'][0])
            return self.send(200, 'text/plain', b'ok')
        if path.path == '/_clock':
            CLOCK[:] = [time.monotonic(), float(parse_qs(path.query)['x'][0])]
            return self.send(200, 'text/plain', b'ok')
        if path.path == '/_log':
            return self.send(200, 'application/json', json.dumps(LOG).encode())
        at = minutes()
        status, kind, body = answer(host, path.path)
        body = body.encode()
        etag = '"%s"' % hashlib.md5(body).hexdigest()
        if status == 200 and self.headers.get('If-None-Match') == etag:
            status, body = 304, b''
        with LOCK:
            LOG.append({'tick': tick(), 'minutes': at, 'host': host, 'path': path.path, 'status': status,
                        'agent': self.headers.get('User-Agent')})
        self.send(status, kind, body, etag)

    def send(self, status, kind, body, etag=None):
        packed = 'gzip' in self.headers.get('Accept-Encoding', '') and len(body) > 200
        if packed:
            body = gzip.compress(body, 1)
        self.send_response(status)
        if status != 304:
            self.send_header('Content-Type', kind)
            self.send_header('Content-Length', str(len(body)))
        if packed:
            self.send_header('Content-Encoding', 'gzip')
        if etag and status in (200, 304):
            self.send_header('ETag', etag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *a):
        pass


def main():
    ThreadingHTTPServer.daemon_threads = True
    server = ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == '__main__':
    main()
