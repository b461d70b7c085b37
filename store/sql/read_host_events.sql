-- What happened on the pages of a host ($1 host_key), latest first.
SELECT e.observed_at, e.kind, coalesce(s.merged_into, e.story_id), e.version,
	e.headline, e.detail ->> 'reason', e.url
FROM dateline_store.page p
JOIN dateline_store.posting o ON o.url_key = p.url_key
JOIN dateline_store.event e ON e.story_id = o.story_id AND e.url = p.url
LEFT JOIN dateline_store.story s ON s.story_id = e.story_id
WHERE p.host_key = $1 ORDER BY e.observed_at DESC, e.event_id DESC LIMIT 20
