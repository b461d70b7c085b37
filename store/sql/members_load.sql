SELECT m.story_id, m.url_key, m.from_at, m.to_at, s.root
FROM dateline_store.story s
JOIN dateline_store.membership m ON m.story_id = s.story_id
WHERE s.root = ANY ($1::bigint[])
ORDER BY s.root, m.from_at
