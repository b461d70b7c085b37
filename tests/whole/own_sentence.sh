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

# An agency's background has stood in two of its stories: it is left out of what a
# version must have, and a copy that has it is no version.
python3 - "$TMP/background.jsonl" <<'PY'
import json, sys
B = ['The strait has been closed to trawlers of both coasts since two of them collided there in fog in January and eleven sailors were rescued by the patrol.',
     'The ministry of ports, which has run the quays of Halden since 1931, wants to give them to a firm of its own before the end of the year.']
N = [('Talks open', 'Ministers opened talks on the yearly share of cod in Port Halden on Tuesday, a month late.', 'Edda Lorne said that she had come with a mandate to sign.'),
     ('Yard to build boats', 'The Tarn yard is to build six patrol boats for the northern coast, its owner said on Tuesday.', 'Work on the first of them begins in June, and four hundred people are to be hired.'),
     ('Unions announce march', 'Three unions of dockers called their members to a march along the quay for Wednesday evening.', 'They want the night shift back that was cut after the new cranes had come.'),
     ('Nine dockers held', 'Police held nine dockers on Tuesday who had chained themselves to the gate of the fish hall.', 'A lawyer of theirs said that all of them would be free by the morning.')]
def say(url, outlet, k, title, minute):
    return json.dumps({'url': url, 'outlet': outlet, 'title': title, 'body': '\n\n'.join(list(N[k][1:]) + B), 'fetched_at': '2024-04-%02dT08:%02d:00Z' % (2 + 7 * k, minute)})
with open(sys.argv[1], 'w') as f:
    for k in range(4):
        print(say('https://wire.test/%d' % k, 'Wire', k, N[k][0], 0), file=f)
    print(say('https://copy.test/1', 'Copy', 3, 'Dockers held over blockade', 20), file=f)
PY
d ingest "$TMP/background.jsonl" 2> /dev/null
test "$(q "SELECT version FROM dateline.sightings WHERE url = 'https://copy.test/1'")" = 1
