-- What happened on the pages of a host ($1 host_key), latest first.
SELECT e.observed_at, e.kind, coalesce(s.root, e.story_id), e.version,
	e.headline, e.detail ->> 'reason', e.url
FROM dateline_store.page p
JOIN dateline_store.event e ON e.url = p.url
LEFT JOIN dateline_store.story s ON s.story_id = e.shown_in
WHERE p.host_key = $1 ORDER BY e.observed_at DESC, e.event_id DESC LIMIT 20
