-- Merges that stand of stories that show as $1, whether they were merged into it
-- or into what came to it later; the newest first.
SELECT m.story_id, m.merge_id, m.status FROM dateline_store.story s
JOIN dateline_store.merge m ON m.story_id = s.story_id
WHERE s.root = $1 AND m.undone_by IS NULL
ORDER BY m.merge_id DESC
