SELECT p.story_id, p.url_key, p.host_key, p.url, p.outlet_id, p.external_id,
	p.status, p.flips
FROM dateline_store.story s
JOIN dateline_store.posting p ON p.story_id = s.story_id
WHERE s.story_id = $1 OR s.merged_into = $1
ORDER BY p.status <> 'live', p.story_id, p.url_key
