UPDATE dateline_store.version SET origin_story_id = $3, origin_version = $4
WHERE story_id = $1 AND version = $2
