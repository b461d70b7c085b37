# A raised revision with a changed extraction rule and the same bytes again:
# another reading is no edit.
set -eu
mkdir -p "$TMP/rev"
python3 - "$TMP/rev" <<'PY'
import sys
p = ['Ministers from both coasts opened talks in the harbour town on fishing rights in the strait today.',
     'The strait has been closed to trawlers since two vessels collided there in fog in January.',
     'Negotiators said the draft would divide the quota evenly and set up a joint patrol of six cutters.']
open(sys.argv[1] + '/page.html', 'w').write('<html><head><title>Talks begin</title><link rel=canonical href="http://a.test/1"></head>'
    '<body><h1>Talks begin</h1><article>%s</article></body></html>' % ''.join('<p>%s</p>' % x for x in p))
PY
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
export DATELINE_CLOCK=2026-03-10T08:00:00Z
d migrate > /dev/null
d ingest "$TMP/rev/page.html" 2> /dev/null
printf '<!-- served again -->' >> "$TMP/rev/page.html"
DATELINE_CLOCK=2026-03-10T09:00:00Z DATELINE_TEST_REVISION=99 d ingest "$TMP/rev/page.html" 2> /dev/null
test "$(psql -AtXqd "$DB" -c "SELECT count(*) FROM dateline.captures")" = 2
test "$(psql -AtXqd "$DB" -c "SELECT string_agg(kind, ' ') FROM dateline.events")" = created
test "$(psql -AtXqd "$DB" -c "SELECT count(*) FROM dateline.sightings")" = 1
test "$(psql -AtXqd "$DB" -c "SELECT last_seen_at FROM dateline.sightings")" = '2026-03-10 09:00:00+00'
