-- One more page of a pattern: $1 host_key, $2 pattern, $3 a day's budget,
-- $4 now, $5 its URL. True if there was room.
INSERT INTO dateline_store.pattern AS p (host_key, pattern, since, pages)
VALUES ($1, $2, $4, 1)
ON CONFLICT (host_key, pattern) DO UPDATE SET
	since = CASE WHEN p.since <= $4::timestamptz - interval '1 day'
		THEN $4 ELSE p.since END,
	pages = CASE WHEN p.since <= $4::timestamptz - interval '1 day' THEN 1
		ELSE p.pages + 1 END,
	refused = CASE WHEN p.pages >= $3::bigint AND p.since >
		$4::timestamptz - interval '1 day' THEN p.refused + 1
		ELSE p.refused END,
	last_refused_at = CASE WHEN p.pages >= $3::bigint AND p.since >
		$4::timestamptz - interval '1 day' THEN $4
		ELSE p.last_refused_at END,
	last_refused_url = CASE WHEN p.pages >= $3::bigint AND p.since >
		$4::timestamptz - interval '1 day' THEN $5
		ELSE p.last_refused_url END,
	last_refused_why = CASE WHEN p.pages >= $3::bigint AND p.since >
		$4::timestamptz - interval '1 day' THEN 'over its budget'
		ELSE p.last_refused_why END
RETURNING p.pages <= $3::bigint
