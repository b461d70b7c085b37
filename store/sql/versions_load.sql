-- $1: stories that are not merged. All versions that show in them, under
-- today's numbers; the last column is the story.
SELECT v.story_id, v.version, coalesce(m.into_version, v.version), v.text_hash,
	v.url_key, v.outlet_id, v.created_at, v.updated_at, v.effective_at,
	v.first_seen_at, v.last_seen_at, v.note, v.change_kind, v.stealth,
	v.previous_version, v.credit, v.words_added, v.words_removed, s.root
FROM dateline_store.story s
JOIN dateline_store.version v ON v.story_id = s.story_id
LEFT JOIN dateline_store.version_map m
	ON m.story_id = v.story_id AND m.version = v.version AND m.current
WHERE s.root = ANY ($1::bigint[])
ORDER BY s.root, 3
