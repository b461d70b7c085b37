-- What versions of $1 showed as before: the newest mapping that is left.
UPDATE dateline_store.version_map m SET current = true
WHERE m.into_id = $1 AND m.merge_id = (SELECT max(o.merge_id)
	FROM dateline_store.version_map o
	WHERE o.story_id = m.story_id AND o.version = m.version)
