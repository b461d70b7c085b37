-- $1 host_key, $2 url_key, $3 url, $4 outlet_id, $5 now.
INSERT INTO dateline_store.page (host_key, url_key, url, outlet_id, kind,
	enrolled_at, next_fetch_at)
VALUES ($1, $2, $3, $4, 'source', $5, $5)
ON CONFLICT (host_key, url_key) DO UPDATE SET kind = 'source',
	outlet_id = excluded.outlet_id, paused = false,
	next_fetch_at = least(page.next_fetch_at, excluded.next_fetch_at)
