SELECT r.story_id, r.version, r.seen_at, r.lead_at, r.url_key
FROM dateline_store.story s
JOIN dateline_store.version_return r ON r.story_id = s.story_id
WHERE s.story_id = $1 OR s.merged_into = $1
ORDER BY r.seen_at
