# Stories, versions, postings and sightings follow from events and captures, of
# a simulated wire and after merges and splits; and tools/rebuild-check says
# what does not when a row is changed behind its back.
set -eu
d() { "$DATELINE" --log-level error --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
agrees() { python3 tools/rebuild-check "$DB"; }
d migrate > /dev/null
line() { # PAGE KIND TIME N: a text of N sentences that no other page has
	python3 - "$@" <<'PY'
import json, sys
page, kind, time, n = sys.argv[1:]
print(json.dumps({'url': 'http://%s.test/1' % page, 'outlet': page + '.test', 'kind': kind, 'title': 'Of ' + page,
    'fetched_at': '2024-03-05T%s:00Z' % time, 'body': ' '.join('The %s council heard speaker %s%d on the closing of road '
    '%s%d to lorries of weight %d and more by night.' % (page, page, i, page, i * 7, i * 31) for i in range(int(n)))}))
PY
}
# a live page grows between two versions, and shows its last text
n=2
for t in 08:00 08:08 08:16 08:24 08:32 08:40; do line live live $t $n; n=$((n + 2)); done > "$TMP/live"
line live article 09:30 16 >> "$TMP/live"
d ingest "$TMP/live" 2> /dev/null
test "$(q "SELECT count(*) FROM dateline.sightings")" = 3
agrees
# its end with the text that it kept, by silence or as an article: that text's version
# has a stretch of its own
{ for t in 08:00 08:08 08:16; do line quiet live $t $((n += 2)); done; line quiet live 20:00 $n
	for t in 08:00 08:08 08:16; do line closed live $t $((n += 2)); done; line closed article 08:50 $n; } > "$TMP/ends"
d ingest "$TMP/ends" 2> /dev/null
test "$(q "SELECT string_agg(version || to_char(first_seen_at, ' HH24:MI'), ', ' ORDER BY url, version) FROM dateline.sightings
	WHERE url ~ '//(quiet|closed)'")" = '1 08:00, 2 08:50, 1 08:00, 2 20:00'
agrees
# a late capture: what its page went on to was told before, and was no return
{ line late article 12:11 4; line late article 14:11 8; } > "$TMP/told"
d ingest "$TMP/told" 2> /dev/null
line late article 08:11 8 > "$TMP/late"
d ingest "$TMP/late" 2> /dev/null
test "$(q "SELECT string_agg(version || ' ' || flips, ', ' ORDER BY first_seen_at) FROM dateline.sightings
	WHERE url = 'http://late.test/1'")" = '2 0, 1 0, 2 0'
agrees
# it returns after that
{ line late article 15:11 4; line late article 16:11 8; } > "$TMP/back"
d ingest "$TMP/back" 2> /dev/null
test "$(q "SELECT string_agg(version || ' ' || flips, ', ' ORDER BY first_seen_at) FROM dateline.sightings
	WHERE url = 'http://late.test/1'")" = '2 0, 1 0, 2 0, 1 1, 2 2'
agrees
python3 bench/own_items.py > "$TMP/items"
python3 bench/wiresim.py --items "$TMP/items" --stories 80 --seed 9 > "$TMP/stream"
d ingest --format jsonl "$TMP/stream" 2> /dev/null
agrees
# whole ones: what the verdict has merged shows numbers of its map
set -- $(q "SELECT story_id FROM dateline.stories s WHERE story_id > 2 AND versions = 2 AND head_version = 2 AND status <> 'merged' AND NOT EXISTS (
	SELECT FROM dateline.stories m WHERE m.merged_into = s.story_id) ORDER BY 1 LIMIT 3")
pages_of() { q "SELECT url FROM dateline_store.posting WHERE story_id = $1 AND status <> 'left'"; }
d merge "$1" "$2" > /dev/null
agrees
d merge "$1" "$3" > /dev/null
agrees
d split "$1" $(pages_of "$3") > /dev/null
agrees
d split "$1" $(pages_of "$2") > /dev/null
agrees
# a return to an older text that brings a correction note as well
say() { # HOUR BODY [NOTE]
	printf '{"url": "http://back.test/1", "outlet": "Back", "fetched_at": "2024-05-06T%s:00:00Z", "title": "Talks begin", "body": "%s"%s}\n' \
		"$1" "$2" "${3:+, \"note\": \"$3\"}"
}
one="Ministers from both coasts opened talks in the harbour town on Tuesday over fishing rights in the strait."
two="Negotiators said the draft would divide the cod quota evenly and set up a joint patrol of six cutters."
{
	say 08 "$one $two"
	say 09 "$one Unions called the draft a surrender and announced a march along the quay for Wednesday evening."
	say 10 "$one $two" "Corrects number in paragraph 2"
} > "$TMP/back"
d ingest --format jsonl "$TMP/back" 2> /dev/null
test "$(q "SELECT max(flips) FROM dateline.sightings WHERE url = 'http://back.test/1'")" = 1
agrees
# a page that was gone comes back with the version before its own: that leads since then
say 11 "$one $two Islanders blocked the quay with tractors for the second morning, and hospital boats were let through." | sed 's/back.test/gone.test/; s/-06T/-16T/' > "$TMP/gone"
sed 's/\/1"/\/2"/; s/T11/T12/; s/ and hospital.*through/ so that nothing sailed/' "$TMP/gone" > "$TMP/other"
sed 's/T12/T13/; s/sailed\./& The wind turned at dusk and took the tents of the pickets and half of the stage with it, so that they went home./' \
	"$TMP/other" > "$TMP/again"
for t in 14 15; do
	printf '{"url": "http://gone.test/2", "outlet": "Back", "fetched_at": "2024-05-16T%s:00:00Z", "http_status": 410}\n' $t
done > "$TMP/miss"
sed 's/\/1"/\/2"/; s/T11/T16/' "$TMP/gone" > "$TMP/homeward"
cat "$TMP/gone" "$TMP/other" "$TMP/again" "$TMP/miss" "$TMP/homeward" > "$TMP/all"
d ingest --format jsonl "$TMP/all" 2> /dev/null
agrees
# a late first text of a page is a version's copy, of which no event tells: the page
# that opened the version goes, and comes back, and the other goes
hold() { # PAGE TIME SENTENCES
	printf '{"url": "http://%s.test/1", "outlet": "%s", "fetched_at": "'$day'T%s:00Z", "title": "Ferry talks", "body": "%s"}\n' \
		"$1" "$1" "$2" "$3" > "$TMP/held"
	d ingest --format jsonl "$TMP/held" 2> /dev/null
}
three="Ferry owners and the pilots' union met in the harbour town on Friday to settle the strike of eleven weeks. The pilots want a fourth man on every bridge in winter and pay for nights at sea. Owners said that the route to the islands would close in autumn if the costs rose again."
four="$three A mediator from the labour court sat between them and kept the minutes by hand."
more="Islanders blocked the quay with tractors for the second morning. Hospital boats were let through, and so was the mail. A first round of talks broke down in April when the owners refused to open their books to the union."
n=9
for page in first then; do
	n=$((n + 9)) day=2024-06-$n	# 72 hours part the two rounds
	hold first-$page 08:19 "$four"
	hold then-$page 09:28 "$four $more"
	hold then-$page 09:02 "$three"
	test "$(q "SELECT string_agg(version || to_char(first_seen_at, ' HH24:MI'), ', ' ORDER BY first_seen_at) FROM dateline.sightings
		WHERE url ~ '-$page'")" = '1 08:19, 1 09:02, 2 09:28'
	test -z "$(q "SELECT event_id FROM dateline.events WHERE url = 'http://then-$page.test/1' AND observed_at < '$day 09:28Z'")"
	agrees
	d split http://first-$page.test/1 http://$page-$page.test/1 > /dev/null
	test "$(q "SELECT detail -> 'versions' -> 0 FROM dateline.events WHERE kind = 'split' ORDER BY event_id DESC LIMIT 1")" = \
		'{"to": 1, "from": 1, "stays": true}'
	agrees
	d merge http://first-$page.test/1 http://then-$page.test/1 > /dev/null
	agrees
done
# a page goes back to a first text that came late
day=2024-07-20
hold first-back 08:19 "$four"
hold then-back 09:28 "$four"
hold first-back 09:40 "$four $more"
hold then-back 09:02 "$four $more"
hold then-back 09:50 "$four $more"
test "$(q "SELECT string_agg(version || ' ' || flips, ', ' ORDER BY first_seen_at) FROM dateline.sightings
	WHERE url ~ 'then-back'")" = '2 0, 1 0, 2 1'
agrees
# a copy that no page of the story carried is seen
split() { # DETAIL
	q "UPDATE dateline_store.event SET detail = jsonb_set(detail, '{versions,0,stays}', '$1')
		WHERE event_id = (SELECT max(event_id) FROM dateline_store.event WHERE kind = 'split')"
}
split false
if agrees > "$TMP/said"; then echo "a copy that stays is not seen"; exit 1; fi
split true
agrees
# one change at a time, taken back
story=$1
wrong() { # WHAT UPDATE BACK
	q "$2"
	if agrees > "$TMP/said"; then echo "$1 is not seen"; exit 1; fi
	q "$3"
}
wrong "a kind" "UPDATE dateline_store.version SET change_kind = 'retitled' WHERE story_id = $story AND version = 1" \
	"UPDATE dateline_store.version SET change_kind = 'created' WHERE story_id = $story AND version = 1"
wrong "a last sight" "UPDATE dateline_store.sighting SET last_seen_at = last_seen_at + interval '1 s' WHERE story_id = $story" \
	"UPDATE dateline_store.sighting SET last_seen_at = last_seen_at - interval '1 s' WHERE story_id = $story"
wrong "a number carried" "UPDATE dateline_store.sighting SET version = 3 - version WHERE story_id = $story AND version IN (1, 2)" \
	"UPDATE dateline_store.sighting SET version = 3 - version WHERE story_id = $story AND version IN (1, 2)"
wrong "a page gone" "UPDATE dateline_store.posting SET status = 'gone' WHERE story_id = $story" \
	"UPDATE dateline_store.posting SET status = 'live' WHERE story_id = $story"
wrong "a story withdrawn" "UPDATE dateline_store.story SET status = 'withdrawn' WHERE story_id = $story" \
	"UPDATE dateline_store.story SET status = 'live' WHERE story_id = $story"
wrong "a head" "UPDATE dateline_store.story SET head_version = 1 WHERE story_id = $story" \
	"UPDATE dateline_store.story SET head_version = 2 WHERE story_id = $story"
wrong "flips" "UPDATE dateline_store.sighting SET flips = 2 WHERE story_id = $story" \
	"UPDATE dateline_store.sighting SET flips = 0 WHERE story_id = $story"
wrong "a version that is not there" "UPDATE dateline_store.version SET previous_version = 9 WHERE story_id = $story AND version = 2" \
	"UPDATE dateline_store.version SET previous_version = 1 WHERE story_id = $story AND version = 2"
wrong "whose event it is" "UPDATE dateline_store.event SET moved_to = 1 WHERE story_id = $story AND kind = 'created'" \
	"UPDATE dateline_store.event SET moved_to = NULL WHERE story_id = $story AND kind = 'created'"
wrong "a live page's text" "UPDATE dateline_store.sighting SET last_seen_at = last_seen_at + interval '1 s'
	WHERE changed_at > first_seen_at" \
	"UPDATE dateline_store.sighting SET last_seen_at = last_seen_at - interval '1 s' WHERE changed_at > first_seen_at"
wrong "pages of a split" "UPDATE dateline_store.event SET detail = detail - 'pages' || '{\"pages\": []}' WHERE kind = 'split'" \
	"UPDATE dateline_store.event SET detail = jsonb_set(detail, '{pages}', (SELECT to_jsonb(array_agg(p.url ORDER BY p.url))
		FROM dateline_store.posting p WHERE p.story_id = (detail ->> 'story')::bigint)) WHERE kind = 'split'"
wrong "an event lost" "UPDATE dateline_store.event SET kind = 'redacted' WHERE story_id = $story AND kind = 'created'" \
	"UPDATE dateline_store.event SET kind = 'created' WHERE story_id = $story AND kind = 'redacted'"
