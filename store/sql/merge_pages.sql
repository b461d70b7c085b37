-- Pages of $1's family belong to $2 by hand.
UPDATE dateline_store.page SET story_id = $2, bound_story_id = $2
WHERE story_id IN (SELECT story_id FROM dateline_store.story
	WHERE story_id = $1 OR merged_into = $1)
