-- Merges into $1 that stand, the newest first.
SELECT m.story_id, m.merge_id, m.status FROM dateline_store.merge m
WHERE m.into_id = $1 AND m.undone_by IS NULL
ORDER BY m.merge_id DESC
