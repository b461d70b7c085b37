-- Stretches of stories $2 carry what they did before merge $1, and those of others
-- nothing of theirs.
DELETE FROM dateline_store.sighting_map
WHERE (story_id = ANY ($2::bigint[]) AND merge_id >= $1)
	OR (version_of = ANY ($2::bigint[]) AND story_id <> ALL ($2::bigint[])
		AND story_id IN (SELECT story_id FROM dateline_store.story
			WHERE root = $3))
