UPDATE dateline_store.posting SET status = $3, flips = $4,
	external_id = coalesce($5, external_id)
WHERE story_id = $1 AND url_key = $2
