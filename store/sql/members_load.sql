SELECT m.story_id, m.url_key, m.from_at, m.to_at
FROM dateline_store.story s
JOIN dateline_store.membership m ON m.story_id = s.story_id
WHERE s.story_id = $1 OR s.merged_into = $1
ORDER BY m.from_at
