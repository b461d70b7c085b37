-- Of places that were tried those alone that hold something, or may.
SELECT p.url, o.name, o.zone, o.credit, p.interval_s,
	p.paused OR o.paused OR h.paused,
	p.last_outcome, p.last_fetch_at, p.next_fetch_at
FROM dateline_store.page p
JOIN dateline_store.outlet o ON o.outlet_id = p.outlet_id
JOIN dateline_store.host h ON h.host_key = p.host_key
WHERE p.kind IN ('feed', 'source') AND (p.kind = 'source' OR p.fed_at IS NOT NULL
	OR p.front OR p.visits = 0 OR p.failures > 0)
ORDER BY p.url
