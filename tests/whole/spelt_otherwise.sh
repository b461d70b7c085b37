# The same article object spelt otherwise as JSON (its times in another zone, keys in
# another order, white space, escapes, a key that nobody reads) is known before, in
# one batch or in two; another text, byline or status is a conflict.
set -eu
python3 - "$DATELINE" "$DB" <<'PY'
import json, subprocess, sys
dateline, db = sys.argv[1:]
subprocess.run([dateline, '--log-level', 'warn', '--db', db, 'migrate'], check=True, stdout=subprocess.DEVNULL)
BODY = 'Ministers from both coasts opened talks in the harbour town – on Tuesday – on fishing rights.'
FIRST = {'url': 'http://a.test/1', 'fetched_at': '2024-03-01T08:00:00Z', 'title': 'Talks begin', 'summary': 'On cod.', 'body': BODY,
         'byline': ['Ann Lee'], 'created_at': '2024-03-01T07:30:00Z'}
def but(**more):
    return {**FIRST, **more}
SAME = [json.dumps(FIRST), json.dumps(but(fetched_at='2024-03-01T09:00:00+01:00')), json.dumps(but(fetched_at='2024-03-01T08:00:00.000Z')),
        json.dumps(dict(reversed(FIRST.items()))), json.dumps(FIRST, indent=1).replace('\n', '\t'), json.dumps(FIRST, ensure_ascii=False),
        json.dumps(FIRST).replace('/', '\\/'), json.dumps(but(created_at='2024-03-01T13:00:00+05:30')),
        json.dumps(but(note=None, section='World'))]
OTHER = [but(body=BODY + ' More came.'), but(title='Talks end'), but(summary='On herring.'), but(byline=['Bo Ek']), but(created_at='2024-03-01'),
         but(note='Corrects day'), {k: FIRST[k] for k in ('url', 'fetched_at')} | {'http_status': 404}]
def ingest(lines, conflicts):
    run = subprocess.run([dateline, '--db', db, 'ingest', '--format', 'jsonl', '-'], input='\n'.join(lines), text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    assert run.returncode == (4 if conflicts else 0) and run.stderr.count('CAPTURE_CONFLICT') == conflicts, run.stderr
    return run.stderr.splitlines()[-1]
assert ingest(SAME, 0) == 'ingest: 1 judged, 8 known before, 0 in conflict, 0 refused'
assert ingest(SAME, 0) == 'ingest: 0 judged, 9 known before, 0 in conflict, 0 refused'
assert ingest(map(json.dumps, OTHER), len(OTHER)) == 'ingest: 0 judged, 0 known before, 7 in conflict, 0 refused'
# what was judged before this was looked at is known by its bytes
subprocess.run(['psql', '-qXd', db, '-c', 'UPDATE dateline_store.judged j SET body_hash = c.body_hash FROM dateline_store.capture c '
                'WHERE c.capture_id = j.capture_id'], check=True)
assert ingest(SAME[:1], 0) == 'ingest: 0 judged, 1 known before, 0 in conflict, 0 refused'
# and what another revision reads otherwise
subprocess.run(['psql', '-qXd', db, '-c', "UPDATE dateline_store.judged SET body_hash = md5('other')::uuid"], check=True)
assert ingest(SAME[:1], 0) == 'ingest: 0 judged, 1 known before, 0 in conflict, 0 refused'
assert ingest([json.dumps(OTHER[0])], 1) == 'ingest: 0 judged, 0 known before, 1 in conflict, 0 refused'
# gone twice: the same status, spelt otherwise
GONE = [{'url': 'http://a.test/2', 'fetched_at': t, 'http_status': s} for t, s in
        (('2024-03-01T08:00:00Z', 404), ('2024-03-01T09:00:00+01:00', 404), ('2024-03-01T08:00:00Z', 410))]
assert ingest(map(json.dumps, GONE), 1) == 'ingest: 1 judged, 1 known before, 1 in conflict, 0 refused'
PY
