-- What is due on a host: $1 host_key, $2 now, $3 sources (true), pages (false)
-- or both (null). Policies first; then lists and pages by turns, so that a
-- host's many lists do not starve its pages. Of lists the operator's are first;
-- then what is new or was listed anew, then what is the latest by its own
-- interval: there the most is likely to wait. (The policy takes a turn of the
-- lists.) Where a page has led at three visits in a row is asked in its place,
-- but for a visit in an hour (decision 0092).
SELECT p.url_key, p.url, p.outlet_id, o.name, o.zone, o.credit, o.every_s,
	o.delay_ms, p.etag, p.last_modified, p.visits, p.held_at, p.missed_at,
	p.kind, h.authority, p.validated_url,
	CASE WHEN p.moved_n >= 3 AND p.moved_at >
		$2::timestamptz - interval '1 hour'
		THEN p.moved_to END,
	p.depth, p.fed_at IS NOT NULL, p.unfed
FROM (VALUES (false), (true)) AS s (page)
CROSS JOIN LATERAL (SELECT q.*, row_number() OVER () AS turn
	FROM (SELECT * FROM dateline_store.page q
		WHERE q.host_key = $1 AND q.next_fetch_at <= $2 AND NOT q.paused
		AND q.outlet_id NOT IN (SELECT outlet_id FROM
			dateline_store.outlet WHERE paused)
		AND (q.kind = 'page') = s.page
		AND ($3::boolean IS NULL OR (q.kind <> 'page') = $3)
		ORDER BY q.kind <> 'policy',
		CASE WHEN s.page THEN 0 ELSE q.depth END,
		q.last_fetch_at IS NOT NULL AND
			q.next_reason IS DISTINCT FROM 'listed',
		extract(epoch FROM $2 - q.last_fetch_at) /
			greatest(q.interval_s, 60) DESC NULLS LAST, q.url
		LIMIT 2000) q) p
JOIN dateline_store.outlet o ON o.outlet_id = p.outlet_id
JOIN dateline_store.host h ON h.host_key = p.host_key
WHERE NOT h.paused
ORDER BY p.kind <> 'policy', p.turn - (p.kind <> 'page')::int, p.kind = 'page'
LIMIT 2000
