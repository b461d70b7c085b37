-- Those of pages $2 that are in story $1 today and that no hand has bound.
SELECT p.url_key FROM dateline_store.page p
JOIN dateline_store.story s ON s.story_id = p.story_id
WHERE p.url_key = ANY ($2::uuid[]) AND s.root = $1
	AND p.bound_story_id IS NULL
GROUP BY p.url_key ORDER BY p.url_key
