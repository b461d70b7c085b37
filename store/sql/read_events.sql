-- Events past a cursor, at most $2, in the order of their commits. The version
-- is what the number was on the event's day: the story's own, or one that a
-- merge had given that number.
SELECT e.event_id, e.kind, e.story_id, e.version, e.url, e.outlet,
	e.occurred_at, e.observed_at, e.recorded_at, e.headline, e.detail::text,
	s.first_url, v.words_added, t.title, p.title,
	(SELECT id FROM dateline_store.instance), v.words_removed, v.change_kind
FROM dateline_store.event e
LEFT JOIN dateline_store.story s ON s.story_id = e.story_id
LEFT JOIN LATERAL (SELECT m.story_id, m.version
	FROM dateline_store.version_map m WHERE m.into_id = e.story_id
	AND m.into_version = e.version LIMIT 1) n ON true
LEFT JOIN dateline_store.version v
	ON v.story_id = coalesce(n.story_id, e.story_id)
	AND v.version = coalesce(n.version, e.version)
	AND e.kind IN ('created', 'updated', 'corrected', 'retitled')
LEFT JOIN dateline_store.text t ON t.story_id = v.story_id
	AND t.text_hash = v.text_hash
LEFT JOIN dateline_store.version pv ON pv.story_id = v.story_id
	AND pv.version = v.previous_version
LEFT JOIN dateline_store.text p ON p.story_id = pv.story_id
	AND p.text_hash = pv.text_hash
WHERE e.event_id > $1 ORDER BY e.event_id LIMIT $2
