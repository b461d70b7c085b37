UPDATE dateline_store.membership SET from_at = $4, to_at = $5
WHERE story_id = $1 AND url_key = $2 AND from_at = $3
