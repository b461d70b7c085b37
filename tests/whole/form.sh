# Form is no part of a text (timeline.md, "Words, exactly"): a page that shows it
# anew at each visit has one version, and tells one event.
set -eu
mkdir -p "$TMP/form"
python3 - "$TMP/form/in.jsonl" <<'PY'
import json, sys
s = ('Ministers opened "talks" in Port Halden on Tuesday — the first in years... over fishing rights in the strait.\n\n'
     'Negotiators said the draft would divide the quota of cod evenly, O\'Brien told reporters who didn\'t ask.')
rlm, lrm = '\u200f', '\u200e'
pairs = [(s, s.replace('"', "'")), (s, s.replace(' — ', '—')), (s, s.replace(' — ', ' -- ')), (s, s.replace('...', ' . . .')),
    (s, rlm + s.replace('draft', lrm + 'draft')), (s, s.replace('draft', 'dra\x07ft'))]
lines = [('Comments (12)', 'Comments (13)'), ('By Jane Roe · 5 minutes ago', 'By Jane Roe · 3 hours ago'),
    ('Updated 5 minutes ago | 3 min read', 'Updated 1 hour ago | 4 min read'), ('5m ago', '2h ago'),
    ('vor 5 Minuten', 'vor einer Stunde'), ('il y a 5 minutes', 'il y a 2 heures'), ('hace 5 minutos', 'hace 1 hora')]
pairs += [(a + '\n\n' + s, b + '\n\n' + s) for a, b in lines]
pairs += [(s + ' (Updated 5 minutes ago)', s + ' (Updated 50 minutes ago)')]
with open(sys.argv[1], 'w') as f:
    for i, pair in enumerate(pairs):
        for k, body in enumerate(pair):
            f.write(json.dumps({'url': 'http://a%d.test/1' % i, 'outlet': 'A%d' % i, 'title': 'Item %d of the form' % i, 'body':
                body.replace('Halden', 'Halden %d' % (i * 37 + 11)), 'kind': 'article',
                'fetched_at': '2024-%02d-10T0%d:00:00Z' % (i % 12 + 1, 8 + k)}) + '\n')
PY
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
d ingest --format jsonl "$TMP/form/in.jsonl" 2> /dev/null
other=$(q "SELECT kind, url FROM dateline.events WHERE kind NOT IN ('created', 'reposted')")
test -z "$other" || { echo "$other"; exit 1; }
test "$(q "SELECT count(*) FROM dateline.sightings")" = 14
# words that a page changes are still a version
python3 - "$TMP/form/in.jsonl" > "$TMP/form/more.jsonl" <<'PY'
import json, sys
x = json.loads(open(sys.argv[1]).readline())
print(json.dumps(dict(x, body=x['body'].replace("didn't", 'did'), fetched_at='2024-01-10T11:00:00Z')))
PY
d ingest --format jsonl "$TMP/form/more.jsonl" 2> /dev/null
test "$(q "SELECT count(*) FROM dateline.events WHERE kind = 'updated'")" = 1
