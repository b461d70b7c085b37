-- What a visit leaves: outcome, schedule, validators; from $17 on what the
-- schedule knows of the page's past.
UPDATE dateline_store.page SET last_fetch_at = greatest(last_fetch_at, $3),
	last_outcome = $4, last_code = $5, visits = visits + 1,
	failures = CASE WHEN $6 THEN failures + 1 ELSE 0 END,
	changes = changes + CASE WHEN $7 THEN 1 ELSE 0 END,
	changed_at = CASE WHEN $7 THEN $3 ELSE changed_at END,
	next_fetch_at = $8, interval_s = $9,
	etag = CASE WHEN $10 THEN $11 ELSE etag END,
	last_modified = CASE WHEN $10 THEN $12 ELSE last_modified END,
	kind = coalesce($13, kind),
	body_hash = coalesce($14, body_hash),
	body_revision = coalesce($15, body_revision),
	canonical_key = coalesce($16, canonical_key),
	born_at = $17, looked_at = $18, changed_after = $19, expected = $20,
	revised = $21, next_reason = $22,
	listed_idle = CASE WHEN $7 THEN 0 WHEN next_reason = 'listed'
		THEN listed_idle + 1 ELSE listed_idle END
WHERE host_key = $1 AND url_key = $2
