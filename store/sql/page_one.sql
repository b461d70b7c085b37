-- One page as due_pages has it: $1 host_key, $2 url_key; $3 due by then, or
-- NULL: due or not. Itself is asked, wherever it led before.
SELECT p.url_key, p.url, p.outlet_id, o.name, o.zone, o.credit, o.every_s,
	o.delay_ms, p.etag, p.last_modified, p.visits, p.held_at, p.missed_at,
	p.kind, h.authority, p.validated_url, NULL, p.depth,
	p.fed_at IS NOT NULL, p.unfed
FROM dateline_store.page p
JOIN dateline_store.outlet o ON o.outlet_id = p.outlet_id
JOIN dateline_store.host h ON h.host_key = p.host_key
WHERE p.host_key = $1 AND p.url_key = $2
	AND ($3::timestamptz IS NULL OR (p.next_fetch_at <= $3
		AND NOT p.paused AND NOT o.paused AND NOT h.paused))
