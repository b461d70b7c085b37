# A sentence that a page had beyond its version is left out of that page's
# next text, and of nothing else (timeline.md, 4): here a version took the
# sentence over, and it must count in the share that 4d looks at.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
python3 - "$TMP/own.jsonl" <<'PY'
import json, sys
S = {1: 'Alpha ministers of two coastal states opened long awaited talks in Port Halden over fishing rights in the disputed northern strait on Tuesday.',
     2: 'Bravo delegation leader Edda Lorne told waiting reporters that she had come with a firm mandate to sign an agreement before the weekend.',
     3: 'Charlie waters have been closed to trawlers since January.',
     4: 'Delta negotiators said the draft would divide the yearly cod quota evenly and set up a joint patrol of six fast armed cutters.',
     5: 'Echo harbour unions in the town called the draft a plain surrender and announced a large march along the quay.'}
shows = [('08:20', 'a', [1, 2, 3, 4]),  # version 1
         ('08:30', 'c', [1, 3, 4, 5]),  # a copy with a sentence of its own
         ('08:40', 'a', [1, 2, 4, 5]),  # version 2 takes it over
         ('08:50', 'c', [1, 2, 4])]     # three of four in both; more of 1
with open(sys.argv[1], 'w') as f:
    for hm, page, body in shows:
        f.write(json.dumps({'url': 'https://%s.test/1' % page, 'outlet': page.upper(), 'title': 'Talks begin',
                            'body': '\n\n'.join(S[i] for i in body), 'fetched_at': '2024-03-05T%s:00Z' % hm}) + '\n')
PY
d ingest "$TMP/own.jsonl" 2> /dev/null
test "$(q "SELECT string_agg(outlet || version, ' ' ORDER BY first_seen_at) FROM dateline.sightings")" = 'A1 C1 A2 C1' ||
	{ q 'SELECT outlet, version, coverage, first_seen_at FROM dateline.sightings ORDER BY 4'; exit 1; }
