-- Ids up to $1 are stories'.
SELECT setval('dateline_store.story_id', $1)
