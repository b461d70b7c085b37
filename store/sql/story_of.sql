-- The survivor of $1.
SELECT coalesce(merged_into, story_id) FROM dateline_store.story
WHERE story_id = $1
