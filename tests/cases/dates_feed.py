"""inspect date: all core cases of feedparser's dates. A day alone stands for its
midnight; fractions of a second, which the cases leave out, are cut."""
import re

from cases import finish, lines, rows


def whole(t):
    if t is None:
        return None
    if re.fullmatch(r'\d{4}-\d\d-\d\d', t):
        return t + 'T00:00:00Z'
    return re.sub(r'\.\d+Z$', 'Z', t)


good, bad = 0, []
for r in rows('dates_feed.jsonl'):
    if not r['core']:
        continue
    out = lines('inspect', 'date', '--', r['input'])
    got = out[0].get('time') if out else 'no line'
    if whole(got) == r['expect']:
        good += 1
    else:
        bad.append((r['id'], r['input'], 'want', r['expect'], 'got', got))
finish('dates_feed.jsonl, core', good, bad)
