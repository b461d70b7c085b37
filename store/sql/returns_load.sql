SELECT r.story_id, r.version, r.seen_at, r.lead_at, r.url_key, s.root
FROM dateline_store.story s
JOIN dateline_store.version_return r ON r.story_id = s.story_id
WHERE s.root = ANY ($1::bigint[])
ORDER BY s.root, r.seen_at
