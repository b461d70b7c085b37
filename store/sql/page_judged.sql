-- Pages that had no row when they were claimed, with what their visits and
-- judging left; arrays, an item a page. One that was enrolled meanwhile keeps
-- its kind, and is due as it was unless it was visited by schedule.
INSERT INTO dateline_store.page (host_key, url_key, url, outlet_id,
	external_id, kind, enrolled_at, last_fetch_at, last_outcome, last_code,
	visits, failures, changes, changed_at, next_fetch_at, interval_s, etag,
	last_modified, canonical_key, body_hash, body_revision, story_id,
	bound_story_id, shown_updated_at, held_hash, held_at, missed_at,
	born_at, looked_at, changed_after, expected, revised, next_reason,
	last_message, validated_url)
SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[],
	$5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[],
	$9::text[], $10::text[], $11::int[], $12::int[], $13::int[],
	$14::timestamptz[], $15::timestamptz[], $16::int[], $17::text[],
	$18::text[], $19::uuid[], $20::uuid[], $21::int[], $22::bigint[],
	$23::bigint[], $24::timestamptz[], $25::uuid[], $26::timestamptz[],
	$27::timestamptz[], $28::timestamptz[], $29::timestamptz[],
	$30::timestamptz[], $31::double precision[], $32::double precision[],
	$33::text[], $34::text[], $35::text[])
ON CONFLICT (host_key, url_key) DO UPDATE SET
	external_id = coalesce(excluded.external_id, page.external_id),
	last_fetch_at = greatest(excluded.last_fetch_at, page.last_fetch_at),
	last_outcome = excluded.last_outcome, last_code = excluded.last_code,
	last_message = excluded.last_message,
	visits = page.visits + excluded.visits,
	failures = excluded.failures,
	changes = page.changes + excluded.changes,
	changed_at = coalesce(excluded.changed_at, page.changed_at),
	next_fetch_at = coalesce(excluded.next_fetch_at, page.next_fetch_at),
	interval_s = coalesce(excluded.interval_s, page.interval_s),
	etag = coalesce(excluded.etag, page.etag),
	last_modified = coalesce(excluded.last_modified, page.last_modified),
	validated_url = CASE WHEN excluded.etag IS NULL
		AND excluded.last_modified IS NULL THEN page.validated_url
		ELSE excluded.validated_url END,
	canonical_key = coalesce(excluded.canonical_key, page.canonical_key),
	body_hash = coalesce(excluded.body_hash, page.body_hash),
	body_revision = coalesce(excluded.body_revision, page.body_revision),
	story_id = excluded.story_id,
	bound_story_id = coalesce(excluded.bound_story_id, page.bound_story_id),
	shown_updated_at = excluded.shown_updated_at,
	held_hash = excluded.held_hash, held_at = excluded.held_at,
	missed_at = excluded.missed_at,
	born_at = coalesce(excluded.born_at, page.born_at),
	looked_at = coalesce(excluded.looked_at, page.looked_at),
	changed_after = coalesce(excluded.changed_after, page.changed_after),
	expected = CASE WHEN excluded.next_reason IS NULL THEN page.expected
		ELSE excluded.expected END,
	revised = CASE WHEN excluded.next_reason IS NULL THEN page.revised
		ELSE excluded.revised END,
	next_reason = coalesce(excluded.next_reason, page.next_reason)
