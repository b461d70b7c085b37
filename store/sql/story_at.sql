-- The story in which page $1 carried a text at $2, or last before.
SELECT t.root FROM dateline_store.posting p
JOIN dateline_store.sighting s
	ON s.story_id = p.story_id AND s.url_key = p.url_key
JOIN dateline_store.story t ON t.story_id = p.story_id
WHERE p.url_key = $1 AND s.first_seen_at <= $2
ORDER BY s.first_seen_at DESC LIMIT 1
