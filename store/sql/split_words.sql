UPDATE dateline_store.version SET words_added = $3, words_removed = $4
WHERE story_id = $1 AND version = $2
