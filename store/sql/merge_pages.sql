-- Pages of $1's family belong to $2; $3: by hand, which binds.
UPDATE dateline_store.page SET story_id = $2,
	bound_story_id = CASE WHEN $3 THEN $2 ELSE bound_story_id END
WHERE story_id IN (SELECT story_id FROM dateline_store.story
	WHERE story_id = $1 OR merged_into = $1)
