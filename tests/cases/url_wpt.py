"""inspect url, href byte for byte: at least 445 of the web platform tests' 450
(a NUL, which no argument can hold, counts as refused: five of the seven that
have one are not; test_core_url.c has those)."""
from cases import finish, lines, rows


def href(r):
    base = ['--base', r['base']] if r.get('base') else []
    out = lines('inspect', 'url', *base, '--', r['input'])
    return out[0].get('href') if out else None


def check(name, least=None):
    good, bad = 0, []
    for r in rows(name):
        got = href(r)
        if got == r['expect']:
            good += 1
        else:
            bad.append((r['id'], r['input'], r.get('base'), 'want', r['expect'], 'got', got))
    finish(name, good, bad, least)


if __name__ == '__main__':
    check('url_wpt_http.jsonl', 445)
