# The server refuses a row of a session's first batch: statements that were to be
# prepared behind it were not, and are prepared again for the items that are good.
set -eu
d() { "$DATELINE" --log-level error --db "$DB" "$@"; }
q() { psql -AtXqd "$DB" -c "$1"; }
d migrate > /dev/null
q "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN
	IF NEW.title = 'Poison' THEN RAISE EXCEPTION 'poison' USING ERRCODE = '22021'; END IF;
	RETURN NEW; END \$\$;
	CREATE TRIGGER poison BEFORE INSERT ON dateline_store.text FOR EACH ROW EXECUTE FUNCTION poison()"
for t in Poison Ferry Harbour; do
	printf '{"url": "http://a.test/%s", "outlet": "a", "fetched_at": "2024-03-05T08:00:00Z", "title": "%s", "body": "%s"}\n' \
		$t $t "$t news of this Tuesday morning, told in one sentence that is long enough to be told by."
done > "$TMP/items"
rc=0
d ingest --format jsonl "$TMP/items" > "$TMP/said" 2>&1 || rc=$?
cat "$TMP/said"
test "$(q "SELECT string_agg(title, ' ' ORDER BY title) FROM dateline_store.text")" = 'Ferry Harbour'
test "$(q "SELECT count(*) FROM dateline_store.sketch")" -gt 0
test "$(q "SELECT count(*) FROM dateline_store.quarantine WHERE stage = 'store'")" = 1
test $rc = 4 # some were refused
