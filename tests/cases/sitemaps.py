"""inspect feed on crawler-commons' sitemaps: at least 42 of 44."""
import base64
import datetime
import json
import subprocess
import tempfile

from cases import DATELINE, finish, rows

KINDS = {'index': ['sitemapindex'], 'urlset': ['sitemap'], 'text': ['sitemap'], 'atom': ['atom'], 'rss': ['rss', 'rdf']}


def inspect(data, url):
    with tempfile.NamedTemporaryFile(suffix='.map') as f:
        f.write(data)
        f.flush()
        out = subprocess.run([DATELINE, 'inspect', 'feed', '--url', url, f.name], stdout=subprocess.PIPE, check=False)
    return json.loads(out.stdout)


def moment(t):
    """A day stands for its midnight; fractions go."""
    if not t:
        return None
    t = t + 'T00:00:00' if len(t) == 10 else t.replace('Z', '+00:00')
    return datetime.datetime.fromisoformat(t).replace(microsecond=0, tzinfo=datetime.timezone.utc) - (
        datetime.datetime.fromisoformat(t).utcoffset() or datetime.timedelta(0))


def bare(url):
    """http://a.test and http://a.test/ are one URL."""
    return url.rstrip('/')


def wrong(want, got, text):
    if 'one_of' in want:
        if want.get('must_not_contain', '\0') in text:
            yield 'contains', want['must_not_contain']
        if 'error' not in got and not (got.get('partial') or any(
                isinstance(w, dict) and not list(wrong(w, got, text)) for w in want['one_of'])):
            yield 'neither', want['one_of']
        return
    if want.get('error'):
        if 'error' not in got:
            yield 'error', got
        return
    if 'error' in got:
        yield 'refused', got['error']
        return
    entries = [e for e in got['entries'] if e['url']]
    urls = [bare(e['url']) for e in entries]
    if got['kind'] not in KINDS[want['type']]:
        yield 'kind', want['type'], got['kind']
    if 'locs' in want and [bare(u) for u in want['locs']] != urls:
        yield 'locs', want['locs'], urls
    if 'count' in want and want['count'] != len(urls):
        yield 'count', want['count'], len(urls)
    if want.get('truncated') and not got.get('partial'):
        yield 'partial', True, False
    for u in want.get('contains', []):
        if bare(u) not in urls:
            yield 'contains', u
    for w, e in zip(want.get('lastmod', []), entries):
        if w != '*' and w and moment(w) not in (moment(e['updated_at']), moment(e['published_at'])):
            yield 'lastmod', w, e['updated_at'], e['published_at']
    for w, e in zip(want.get('news', []), entries):
        if bare(w['loc']) != bare(e['url']) or (w['title'] or '') != (e['title'] or ''):
            yield 'news', w, e
        if w.get('publication_date') and moment(w['publication_date']) != moment(e['published_at']):
            yield 'news date', w['publication_date'], e['published_at']


good, bad = 0, []
for r in rows('sitemaps.jsonl'):
    answer = inspect(base64.b64decode(r['data_b64']), r['url'])
    faults = list(wrong(r['expect'], answer, json.dumps(answer)))
    good += not faults
    if faults:
        bad.append((r['id'], r['mode'], str(faults)[:400]))
finish('sitemaps.jsonl', good, bad, 42)
