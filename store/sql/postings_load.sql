SELECT p.story_id, p.url_key, p.host_key, p.url, p.outlet_id, p.external_id,
	p.status, p.flips, s.root
FROM dateline_store.story s
JOIN dateline_store.posting p ON p.story_id = s.story_id
WHERE s.root = ANY ($1::bigint[])
ORDER BY s.root, p.status <> 'live', p.story_id, p.url_key
