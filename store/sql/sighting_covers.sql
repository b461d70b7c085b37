UPDATE dateline_store.sighting_map SET coverage = $5
WHERE story_id = $1 AND url_key = $2 AND first_seen_at = $3 AND merge_id = $4
