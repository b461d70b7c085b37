#!/usr/bin/env python3
"""A site for bench-crawl: crawl_site.py --stream STREAM --pages N --hosts H --port P DIR

Writes what nginx serves: N pages of a simulated wire (the first text of each page of STREAM) on H hosts 127.x.y.z, each
with a robots.txt and a feed that lists its pages; nginx.conf; DIR/hosts. A page has a head, navigation, teasers, scripts
and a footer about its text, as news pages have (some 100 kB, joined by nginx from parts, so that the disk holds one copy)."""
import argparse
import html
import json
import os
import random

CONF = '''worker_processes 1;
pid %(dir)s/nginx.pid;
error_log %(dir)s/error.log;
events { worker_connections 8192; }
http {
	access_log off;
	ssi on;
	keepalive_requests 1000000;
	keepalive_timeout 600s;
	default_type text/html;
	types { text/html html; text/plain txt; application/rss+xml xml; }
	charset utf-8;
	client_body_temp_path %(dir)s/t1; proxy_temp_path %(dir)s/t2; fastcgi_temp_path %(dir)s/t3;
	uwsgi_temp_path %(dir)s/t4; scgi_temp_path %(dir)s/t5;
	server {
		listen %(port)d backlog=8192;
		allow 127.0.0.0/8;
		deny all;
		location /feed.xml { alias %(dir)s/feeds/$server_addr.xml; }
		location / { root %(dir)s/www; }
	}
}
'''


def parts(rng):
    words = 'world markets sport culture politics science weather travel opinion video energy health'.split()
    css = '\n'.join('.%s-%d{margin:%dpx auto;padding:0 %dpx;color:#%06x;font:%dpx/1.4 serif}' % (
        rng.choice(words), k, rng.randrange(40), rng.randrange(40), rng.randrange(1 << 24), rng.randrange(11, 40))
        for k in range(220))
    js = '\n'.join('window.q%d=function(e){if(e&&e.id<%d){return document.getElementById("%s-%d")}return null};' % (
        k, rng.randrange(1000), rng.choice(words), k) for k in range(330))
    nav = '<nav class="menu"><ul>%s</ul></nav>' % ''.join(
        '<li class="menu-item" data-track="nav-%d"><a href="/%s/%d">%s</a></li>' % (k, rng.choice(words), k,
                                                                                  rng.choice(words).title())
        for k in range(120))
    cards = ''.join('<div class="card teaser" data-id="%d"><a href="/%s/x%d"><img src="/i/%d.jpg" srcset="/i/%d-2.jpg 2x" '
                    'alt=""><h3>%s</h3></a><span class="time">%d hours ago</span></div>' % (
                        k, rng.choice(words), k, k, k, ' '.join(rng.choice(words) for _ in range(7)).capitalize(), k)
                    for k in range(60))
    head = '<style>%s</style><script>%s</script><link rel="stylesheet" href="/a.css"></head><body><header>%s</header>' % (
        css, js, nav)
    tail = '<aside class="related-links"><h2>Related stories</h2>%s</aside><footer>%s<p>Copyright</p></footer>' \
        '<script>%s</script></body></html>' % (cards, nav.replace('menu', 'foot'), js)
    return head, tail


def page(x, address):
    t = html.escape(x['title'], True)
    ld = {'@context': 'https://schema.org', '@type': 'NewsArticle', 'headline': x['title'],
          'datePublished': x['published_at'], 'mainEntityOfPage': address}
    return '''<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s</title>
<meta property="og:title" content="%s"><meta property="og:type" content="article">
<meta property="article:published_time" content="%s"><link rel="canonical" href="%s">
<script type="application/ld+json">%s</script><!--#include virtual="/_head.txt" -->
<main><article><h1>%s</h1><div class="share-bar"><a href="#">Share</a></div><div class="article-body">
%s</div></article></main><!--#include virtual="/_tail.txt" -->''' % (
        t, t, x['published_at'], address, json.dumps(ld).replace('<', '\\u003c'), t,
        '\n'.join('<p>%s</p>' % html.escape(p) for p in x['body'].split('\n\n')))


def address(k):
    return '127.%d.%d.%d' % (1 + k // 62500, 1 + k // 250 % 250, 1 + k % 250)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--stream', required=True)
    ap.add_argument('--pages', type=int, required=True)
    ap.add_argument('--hosts', type=int, required=True)
    ap.add_argument('--port', type=int, required=True)
    ap.add_argument('dir')
    a = ap.parse_args()
    www, feeds, seen, of = os.path.join(a.dir, 'www'), os.path.join(a.dir, 'feeds'), set(), {}
    for d in (www, feeds):
        os.makedirs(d, exist_ok=True)
    head, tail = parts(random.Random(7))
    for name, text in (('_head.txt', head), ('_tail.txt', tail), ('robots.txt', 'User-agent: *\nDisallow: /private/\n')):
        with open(os.path.join(www, name), 'w') as f:
            f.write(text)
    size = 0
    for line in open(a.stream, encoding='utf-8'):
        x = json.loads(line)
        if x['url'] in seen or not x.get('body'):
            continue
        n = len(seen)
        if n == a.pages:
            break
        seen.add(x['url'])
        h, path = address(n % a.hosts), '/news/%d/%d.html' % (n // 1000, n)
        url = 'http://%s:%d%s' % (h, a.port, path)
        os.makedirs(os.path.join(www, 'news', str(n // 1000)), exist_ok=True)
        text = page(x, url)
        size += len(text.encode()) + len(head) + len(tail)
        with open(www + path, 'w', encoding='utf-8') as f:
            f.write(text)
        of.setdefault(h, []).append((url, x))
    for h, items in of.items():
        with open(os.path.join(feeds, h + '.xml'), 'w', encoding='utf-8') as f:
            f.write('<?xml version="1.0"?><rss version="2.0"><channel><title>%s</title>%s</channel></rss>' % (h, ''.join(
                '<item><title>%s</title><link>%s</link><guid>%s</guid></item>' % (html.escape(x['title']), u, u)
                for u, x in items)))
    with open(os.path.join(a.dir, 'hosts'), 'w') as f:
        f.writelines('%s\n' % h for h in of)
    with open(os.path.join(a.dir, 'nginx.conf'), 'w') as f:
        f.write(CONF % {'dir': os.path.abspath(a.dir), 'port': a.port})
    print('%d pages on %d hosts, %d bytes a page' % (len(seen), len(of), size // max(1, len(seen))))


if __name__ == '__main__':
    main()
