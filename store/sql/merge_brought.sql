-- Pages whose record lies in stories that merge $2 (of story $1) moved.
SELECT DISTINCT p.url_key FROM dateline_store.posting p
WHERE p.story_id IN (SELECT DISTINCT story_id FROM dateline_store.version_map
	WHERE merge_id = $1)
