-- The stretch of page $1 with text $2 from $3: today's story and version, whether
-- the page opened that with it, and the text as it was read.
SELECT DISTINCT s.story_id, s.version,
	v.url_key = s.url_key AND v.text_hash = s.text_hash,
	t.title, t.summary, t.body
FROM dateline_store.sighting_now s
JOIN dateline_store.version v
	ON v.story_id = s.version_of AND v.version = s.home_version
JOIN dateline_store.text t
	ON t.story_id = s.home AND t.text_hash = s.text_hash
WHERE s.url_key = $1 AND s.text_hash = $2 AND s.first_seen_at = $3
ORDER BY 1, 2
