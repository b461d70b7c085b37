INSERT INTO dateline_store.merge (story_id, merge_id, into_id, status, by_whom)
VALUES ($1, $2, $3, $4, 'hand')
