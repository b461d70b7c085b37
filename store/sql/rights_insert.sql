INSERT INTO dateline_store.rights (host_key, capture_id, url_key, fetched_at,
	said_by, noindex, noarchive, nosnippet, max_snippet, unavailable_after,
	noai, noimageai, tdm_reserved, tdm_policy, obeyed)
VALUES ($1, $2, $3, $4, $5::text[], $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT DO NOTHING
