-- What visits and judging leave of pages that had a row; arrays, an item a
-- page. $10: were all visits failures, whose number is $9? Else it is how many
-- failed since the last that did not. $13: does the schedule count ($14, $15)?
-- $16: do the validators? From $28 on what the schedule knows of the page's past
-- and why it is visited next; of unscheduled visits it stays. $34: what was
-- said last; $35: whose the validators are; $36: where it leads for good, '' for nowhere, null: unknown.
UPDATE dateline_store.page p SET
	external_id = coalesce(x.external_id, p.external_id),
	kind = coalesce(x.kind, p.kind),
	last_fetch_at = greatest(p.last_fetch_at, x.fetched),
	last_outcome = x.outcome, last_code = x.code,
	last_message = x.message,
	visits = p.visits + x.visits,
	failures = CASE WHEN x.all_failed THEN p.failures ELSE 0 END + x.failures,
	changes = p.changes + x.changes,
	changed_at = coalesce(x.changed, p.changed_at),
	next_fetch_at = CASE WHEN x.scheduled THEN x.next
		ELSE p.next_fetch_at END,
	interval_s = CASE WHEN x.scheduled THEN x.interval_s
		ELSE p.interval_s END,
	etag = CASE WHEN x.validated THEN x.etag ELSE p.etag END,
	last_modified = CASE WHEN x.validated THEN x.modified
		ELSE p.last_modified END,
	validated_url = CASE WHEN x.validated THEN x.validated_url
		ELSE p.validated_url END,
	moved_to = coalesce(nullif(x.moved, ''), p.moved_to),
	moved_n = CASE WHEN x.moved IS NULL THEN p.moved_n
		WHEN x.moved = '' THEN 0
		WHEN x.moved = p.moved_to THEN p.moved_n + 1 ELSE 1 END,
	moved_at = CASE WHEN x.moved <> '' THEN x.fetched ELSE p.moved_at END,
	canonical_key = coalesce(x.canonical, p.canonical_key),
	body_hash = coalesce(x.body, p.body_hash),
	body_revision = coalesce(x.revision, p.body_revision),
	story_id = x.story, bound_story_id = x.bound,
	shown_updated_at = x.updated, held_hash = x.held_hash,
	held_at = x.held, missed_at = x.missed,
	born_at = CASE WHEN x.scheduled THEN x.born ELSE p.born_at END,
	looked_at = CASE WHEN x.scheduled THEN x.looked ELSE p.looked_at END,
	changed_after = CASE WHEN x.scheduled THEN x.changed_after
		ELSE p.changed_after END,
	expected = CASE WHEN x.scheduled THEN x.expected ELSE p.expected END,
	revised = CASE WHEN x.scheduled THEN x.revised ELSE p.revised END,
	next_reason = CASE WHEN x.scheduled THEN x.reason
		ELSE p.next_reason END,
	listed_idle = CASE WHEN NOT x.scheduled THEN p.listed_idle
		WHEN x.changes > 0 THEN 0
		WHEN p.next_reason = 'listed' THEN p.listed_idle + 1
		ELSE p.listed_idle END
FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[],
	$5::timestamptz[], $6::text[], $7::text[], $8::int[], $9::int[],
	$10::bool[], $11::int[], $12::timestamptz[], $13::bool[],
	$14::timestamptz[], $15::int[], $16::bool[], $17::text[], $18::text[],
	$19::uuid[], $20::uuid[], $21::int[], $22::bigint[], $23::bigint[],
	$24::timestamptz[], $25::uuid[], $26::timestamptz[], $27::timestamptz[],
	$28::timestamptz[], $29::timestamptz[], $30::timestamptz[],
	$31::double precision[], $32::double precision[], $33::text[],
	$34::text[], $35::text[], $36::text[])
	x(host, url, external_id, kind, fetched, outcome, code, visits, failures,
	all_failed, changes, changed, scheduled, next, interval_s, validated,
	etag, modified, canonical, body, revision, story, bound, updated,
	held_hash, held, missed, born, looked, changed_after, expected, revised,
	reason, message, validated_url, moved)
WHERE p.host_key = x.host AND p.url_key = x.url
