"""inspect robots: all of Google's cases, and rep-cpp's by Google's verdict (where
theirs differs, the robots.txt of RFC 9309's authors wins); delays as rep-cpp."""
import base64
import os
import tempfile

from cases import finish, lines, rows


def ask(text, agent, url):
    with tempfile.NamedTemporaryFile(suffix='.txt') as f:
        f.write(text)
        f.flush()
        out = lines('inspect', 'robots', '--agent', agent, '--file', f.name, '--', url)
    return out[0] if out else {}


def check(name, wanted):
    good, bad = 0, []
    for r in rows(name):
        text = base64.b64decode(r['robots_b64']) if 'robots_b64' in r else r['robots'].encode()
        got = ask(text, r['agent'], r.get('url') or '/')
        want, key = wanted(r)
        if got.get(key) == want:
            good += 1
        else:
            bad.append((r['id'], r['src'], r.get('url'), 'want', want, 'got', got))
    finish(name, good, bad)


def repcpp(r):
    if r['kind'] == 'crawl_delay':
        return None if r['expect'] < 0 else r['expect'], 'crawl_delay'
    verdict = r.get('google_verdict')
    return (r['expect'] if verdict is None else verdict), 'allowed'


check('robots_google.jsonl', lambda r: (r['expect'], 'allowed'))
check('robots_repcpp.jsonl', repcpp)
