# The partition of pages into stories is a function of what the pages showed: the
# same with one writer in order, with four, and in another order of arrival.
set -eu
d() { "$DATELINE" --log-level warn --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
line() { # URL OUTLET TIME TITLE
	printf '{"url": "%s", "outlet": "%s", "fetched_at": "%s:00Z", "title": "%s", "body": "%s"}\n' "$@" \
		"The Central Bank of Varelia left credit policies unchanged after its regular meeting, a spokesman said. The discount rate remains at three percent and the emergency rate at five percent."
}
# a statement that the outlet carries again after two weeks is no boilerplate of
# the outlet: the copy finds it
line http://a.test/1 A 2024-03-05T08:00 "Bank leaves policies unchanged" > "$TMP/in"
line http://a.test/2 A 2024-03-19T08:00 "Bank leaves policies unchanged" >> "$TMP/in"
line http://b.test/2 B 2024-03-19T09:00 "Credit policies unchanged" >> "$TMP/in"
d ingest --format jsonl "$TMP/in" 2> /dev/null
test "$(q "SELECT string_agg(url, ' ' ORDER BY url) FROM dateline.postings GROUP BY story_id ORDER BY 1")" = 'http://a.test/1
http://a.test/2 http://b.test/2'
# a simulated wire, told with real items where they are there
items=../shared/corpora/wire/reuters21578-dev.jsonl.zst
[ -f "$items" ] || exit 0
zstd -dcq "$items" > "$TMP/items"
python3 bench/stories_order.py --dateline "$DATELINE" --db "$DB" --items "$TMP/items" --stories 120 --seed 5 --slice-minutes 360
