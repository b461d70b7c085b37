SELECT h.authority, h.robots_status, h.robots_at, h.requests, h.not_modified,
	h.refusals, count(p.*), count(p.*) FILTER (WHERE p.failures > 0),
	min(p.next_fetch_at), h.paused
FROM dateline_store.host h
LEFT JOIN dateline_store.page p ON p.host_key = h.host_key
WHERE h.host_key = $1 GROUP BY h.host_key
