-- A URL whose shape is a trap's: $1 host_key, $2 pattern, $3 now, $4 URL,
-- $5 why.
INSERT INTO dateline_store.pattern AS p (host_key, pattern, since, refused,
	last_refused_at, last_refused_url, last_refused_why)
VALUES ($1, $2, $3, 1, $3, $4, $5)
ON CONFLICT (host_key, pattern) DO UPDATE SET refused = p.refused + 1,
	last_refused_at = $3, last_refused_url = $4, last_refused_why = $5
