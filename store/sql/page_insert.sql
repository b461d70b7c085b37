-- $1 host_key, $2 url_key, $3 url, $4 outlet_id, $5 external_id, $6 kind,
-- $7 enrolled_at, $8 next_fetch_at, $9 depth.
INSERT INTO dateline_store.page (host_key, url_key, url, outlet_id,
	external_id, kind, enrolled_at, next_fetch_at, depth)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (host_key, url_key) DO NOTHING
