-- What judging remembers of a page.
UPDATE dateline_store.page SET story_id = $3, bound_story_id = $4,
	shown_updated_at = $5, held_hash = $6, held_at = $7, missed_at = $8,
	external_id = coalesce($9, external_id)
WHERE host_key = $1 AND url_key = $2
