-- Pages $2 (null: all) of story $1 are there by hand.
WITH p AS (
	UPDATE dateline_store.posting p SET match_score = 1,
		match_reason = 'decided by hand'
	FROM dateline_store.story s
	WHERE s.root = $1 AND p.story_id = s.story_id
		AND ($2::uuid[] IS NULL OR p.url_key = ANY ($2::uuid[]))
	RETURNING p.story_id, p.url_key
)
UPDATE dateline_store.membership m SET by_whom = 'hand',
	why = 'decided by hand'
FROM p WHERE m.story_id = p.story_id AND m.url_key = p.url_key
	AND m.to_at IS NULL
