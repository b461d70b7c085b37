DELETE FROM dateline_store.sketch k USING dateline_store.version v
WHERE v.text_hash = ANY ($1) AND k.story_id = v.story_id
	AND k.version = v.version
