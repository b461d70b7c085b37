"""inspect date: what dateparser's tests have in plain letters. Other languages'
months and day-first or month-first by taste are among them, so not all."""
from cases import finish, lines, rows

good, bad = 0, []
for r in rows('dates_dateparser.jsonl'):
    if not r['ascii_english']:
        continue
    out = lines('inspect', 'date', '--', r['input'])
    got = out[0].get('time') if out else 'no line'
    text = (got or '')[:19]
    if text == r['expect'] or text + 'T00:00:00' == r['expect']:
        good += 1
    else:
        bad.append((r['id'], r['input'], 'want', r['expect'], 'got', got))
finish('dates_dateparser.jsonl, ascii_english', good, bad, 91)
