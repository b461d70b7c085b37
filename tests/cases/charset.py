"""inspect charset: all 82 of html5lib's encodings."""
import base64
import os
import tempfile

from cases import finish, lines, rows

good, bad = 0, []
with tempfile.TemporaryDirectory() as tmp:
    for r in rows('charset_html5lib.jsonl'):
        path = os.path.join(tmp, r['id'])
        with open(path, 'wb') as f:
            f.write(base64.b64decode(r['html_b64']))
        out = lines('inspect', 'charset', path)
        got = out[0].get('charset') if out else 'no line'
        if got.lower() == r['expect'].lower():
            good += 1
        else:
            bad.append((r['id'], 'want', r['expect'], 'got', got))
finish('charset_html5lib.jsonl', good, bad)
