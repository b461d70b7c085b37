# Notes of corrections in article objects: where one stands in the body as a line of
# its own, at the top or the end, the version is corrected and the text is without
# it, as where extract read the same page.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
python3 - "$DATELINE" "$TMP" <<'PY'
import html, json, subprocess, sys
dateline, tmp = sys.argv[1:]
BODY = ["Ministers from both coasts opened talks in the harbour town on Tuesday on fishing rights in the strait.",
        "The strait has been closed to trawlers since two vessels collided and eleven sailors were rescued in January.",
        "Negotiators said the draft would divide the cod quota evenly and set up a joint patrol of six cutters."]
FIXED = [s.replace('eleven', 'twelve') for s in BODY]
AT = {'(Corrects number of sailors in paragraph 2)': 0,
      'Eds: CORRECTS number of sailors in 2nd graf to 12 sted 11.': 0,
      '(This March 1 story has been corrected to fix the number of sailors in paragraph 2)': 0,
      'Correction: An earlier version of this article misstated the number of sailors.': 3,
      'This story was corrected to say that twelve sailors were rescued.': 3}
NEWS = ('(Corrects course on rates, says minister)', '(Adds quotes, background)', 'The company corrected its forecast.')
with open(tmp + '/in.jsonl', 'w') as f:
    for k, note in enumerate(list(AT) + list(NEWS)):
        def say(hour, body):
            f.write(json.dumps({'url': 'http://%s%d.test/1' % ('ns'[note in NEWS], k), 'title': 'Talks begin',
                                'fetched_at': '2024-03-%02dT%02d:00:00Z' % (k * 4 + 1, hour), 'body': '\n\n'.join(body)}) + '\n')
        at = AT.get(note, 0)
        body = FIXED[:at] + [note] + FIXED[at:]
        say(8, BODY)
        say(9, body)
        if note in AT: # the note goes again: no version, no event
            say(10, FIXED)
            page = '<title>Talks begin</title><h1>Talks begin</h1><p>1 March 2024</p>' + ''.join('<p>%s</p>' % html.escape(s) for s in body)
            run = subprocess.run([dateline, 'extract', '-'], input=page, stdout=subprocess.PIPE, text=True, check=True)
            got = json.loads(run.stdout)
            assert got['note'] == note and got['body'] == '\n\n'.join(FIXED), got
with open(tmp + '/want', 'w') as f:
    f.writelines('corrected|2|%s|f\n' % n for n in AT)
    f.writelines('updated|2||t\n' for n in NEWS)
PY
d ingest "$TMP/in.jsonl" 2> /dev/null
q "SELECT e.kind, e.version, e.detail->>'note', v.body ~ '^.Corrects|background|forecast' FROM dateline.events e
	JOIN dateline.versions v USING (story_id, version) WHERE e.kind <> 'created' ORDER BY e.url" > "$TMP/got"
diff "$TMP/want" "$TMP/got"
# the same text again with the note in its body: told once, of the version there is
printf '{"url": "http://z.test/1", "fetched_at": "2024-05-05T0%d:00:00Z", "title": "Dam opens", "body": "%sThe valley dam opened its gates on Tuesday after rain filled it to the brim."}\n' \
	8 "" 9 '(Corrects day in paragraph 1)\n\n' > "$TMP/again.jsonl"
d ingest "$TMP/again.jsonl" 2> /dev/null
test "$(q "SELECT kind, version FROM dateline.events WHERE url ~ 'z.test' ORDER BY event_id")" = 'created|1
corrected|1'
