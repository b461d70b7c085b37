-- The story that a page carries today, or carried last.
SELECT r.root FROM dateline_store.page p
JOIN dateline_store.story_root r ON r.story_id = p.story_id
WHERE p.url_key = $1
