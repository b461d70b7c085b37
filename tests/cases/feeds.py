"""inspect feed on gofeed's feeds: title, link, and of each entry url, title and
dates. All universal cases hold; no other ends the program. gofeed leaves an
entry's link as it stands and joins nothing to it: such links are compared as
they are read in the feed (base http://feed.invalid/)."""
import base64
import html
import json
import re
import subprocess
import sys
import tempfile

from cases import DATELINE, finish, rows

BASE = 'http://feed.invalid/'


def inspect(data):
    with tempfile.NamedTemporaryFile(suffix='.feed') as f:
        f.write(data)
        f.flush()
        return subprocess.run([DATELINE, 'inspect', 'feed', '--url', BASE, f.name], stdout=subprocess.PIPE, check=False)


def moment(t):
    return t and t + 'T00:00:00Z' if t and len(t) == 10 else t


def cut(t):
    """Fractions of a second go: the cases have none."""
    return t and t.split('.')[0].rstrip('Z') + 'Z'


def bare(url):
    url = url or ''
    return url[len(BASE):] if url.startswith(BASE) else url


def text(title):
    """gofeed leaves markup in titles; ours are text."""
    return re.sub(r'</?[a-zA-Z][^>]*>', '', html.unescape(title or '')).strip()


def differences(want, got):
    if text(want.get('title')) != (got.get('title') or ''):
        yield 'title', want.get('title'), got.get('title')
    if bare(got.get('url')).rstrip('/') != (want.get('link') or '').strip().rstrip('/'):
        yield 'link', want.get('link'), got.get('url')
    if len(want['entries']) != len(got['entries']):
        yield 'entries', len(want['entries']), len(got['entries'])
        return
    for w, g in zip(want['entries'], got['entries']):
        if text(w.get('title')) != (g['title'] or ''):
            yield 'title of entry', w.get('title'), g['title']
        if (w.get('link') or '').rstrip('/') != bare(g['url']).rstrip('/'):
            yield 'url', w.get('link'), g['url']
        for ours, theirs in (('published_at', 'published'), ('updated_at', 'updated')):
            if cut(w.get(theirs)) != cut(moment(g[ours])):
                yield ours, w.get(theirs), g[ours]


def check(cases, name, least=None):
    good, bad = 0, []
    for r in cases:
        run = inspect(base64.b64decode(r['feed_b64']))
        if run.returncode not in (0, 4):
            print(r['id'], 'ended with', run.returncode)
            sys.exit(1)
        got = json.loads(run.stdout)
        got.setdefault('entries', [])
        wrong = list(differences(r['expect'], got)) if run.returncode == 0 else [('refused', got.get('error'))]
        good += not wrong
        if wrong:
            bad.append((r['id'], r['src'], *map(str, wrong)))
    finish(name, good, bad, least)


feeds = rows('feeds_gofeed.jsonl')
check([r for r in feeds if r['universal']], 'feeds_gofeed.jsonl, universal')
check([r for r in feeds if not r['universal']], 'feeds_gofeed.jsonl, others (no crash)', 0)
