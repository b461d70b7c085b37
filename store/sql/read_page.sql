-- One page, by its key: why, when last, when next.
SELECT p.url, o.name, p.kind, p.last_outcome, p.last_code, p.last_fetch_at,
	p.next_fetch_at, p.interval_s, p.failures, p.changes, p.visits,
	p.enrolled_at, p.changed_at, r.root, p.held_at, p.missed_at,
	p.paused OR o.paused OR coalesce(h.paused, false),
	p.next_reason, (SELECT q.message FROM dateline_store.quarantine q
		WHERE q.input = p.url AND q.code = p.last_code
			AND p.last_outcome = 'refused'
		ORDER BY q.at DESC LIMIT 1),
	p.last_message, p.forgotten_at,
	CASE WHEN h.paused THEN h.authority WHEN o.paused THEN o.name END,
	p.unfit, p.host_key
FROM dateline_store.page p
JOIN dateline_store.outlet o ON o.outlet_id = p.outlet_id
LEFT JOIN dateline_store.host h ON h.host_key = p.host_key
LEFT JOIN dateline_store.story_root r ON r.story_id = p.story_id
WHERE p.url_key = $1
