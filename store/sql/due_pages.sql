-- What is due on a host: $1 host_key, $2 now, $3 sources (true), pages (false)
-- or both (null), sources first; then what is new or was listed anew, then what
-- is the latest by its own interval: there the most is likely to wait.
-- Where a page has led at three visits in a row is asked in its place, but for a
-- visit in six hours (decision 0096).
SELECT p.url_key, p.url, p.outlet_id, o.name, o.zone, o.credit, o.every_s,
	o.delay_ms, p.etag, p.last_modified, p.visits, p.held_at, p.missed_at,
	p.kind, h.authority, p.validated_url,
	CASE WHEN p.moved_n >= 3 AND p.moved_at >
		$2::timestamptz - interval '6 hours'
		THEN p.moved_to END
FROM dateline_store.page p
JOIN dateline_store.outlet o ON o.outlet_id = p.outlet_id
JOIN dateline_store.host h ON h.host_key = p.host_key
WHERE p.host_key = $1 AND p.next_fetch_at <= $2 AND NOT p.paused
	AND NOT o.paused
	AND ($3::boolean IS NULL OR (p.kind <> 'page') = $3)
ORDER BY p.kind = 'page',
	p.last_fetch_at IS NOT NULL AND p.next_reason IS DISTINCT FROM 'listed',
	extract(epoch FROM $2 - p.last_fetch_at) / greatest(p.interval_s, 60)
	DESC NULLS LAST, p.url
LIMIT 2000
