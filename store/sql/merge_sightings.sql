-- A text known on both sides carries the survivor's version. $1 merged, $2
-- survivor, $3 the merge. The coverage is computed after, by sighting_covers.
INSERT INTO dateline_store.sighting_map (story_id, url_key, first_seen_at,
	merge_id, version_of, version, coverage)
SELECT DISTINCT ON (x.story_id, x.url_key, x.first_seen_at) x.story_id,
	x.url_key, x.first_seen_at, $3, t.version_of, t.version, x.coverage
FROM dateline_store.story s
JOIN dateline_store.sighting x ON x.story_id = s.story_id
JOIN dateline_store.story f ON f.story_id = $2 OR f.merged_into = $2
JOIN dateline_store.text t ON t.story_id = f.story_id
	AND t.text_hash = x.text_hash
WHERE s.story_id = $1 OR s.merged_into = $1
ORDER BY x.story_id, x.url_key, x.first_seen_at, f.story_id <> $2, f.story_id
