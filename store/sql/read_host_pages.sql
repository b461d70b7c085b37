-- The pages of a host ($1 host_key) that are visited, the next first.
SELECT url, kind, last_outcome, last_code, last_fetch_at, next_fetch_at,
	failures, changes, visits
FROM dateline_store.page WHERE host_key = $1
	AND (next_fetch_at IS NOT NULL OR failures > 0)
ORDER BY next_fetch_at, url LIMIT 50
