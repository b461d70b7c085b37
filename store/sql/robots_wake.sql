-- Pages of a host that its robots.txt forbade are due at $4 where it comes with
-- another text or status than it had: $1 host_key, $2 text, $3 status.
UPDATE dateline_store.page SET next_fetch_at = $4
WHERE host_key = $1 AND last_outcome = 'robots'
	AND last_code = 'ROBOTS_DISALLOWED' AND NOT paused
	AND forgotten_at IS NULL AND coalesce(next_fetch_at > $4, true)
	AND EXISTS (SELECT FROM dateline_store.host h WHERE h.host_key = $1
		AND h.robots_at IS NOT NULL
		AND (h.robots, h.robots_status) IS DISTINCT FROM ($2, $3))
