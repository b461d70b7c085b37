-- Has anything been recorded on them since, in the survivor's versions?
SELECT EXISTS (SELECT 1 FROM dateline_store.sighting x
	WHERE x.story_id IN (SELECT DISTINCT story_id
		FROM dateline_store.version_map WHERE merge_id = $1)
	AND x.version_of NOT IN (SELECT DISTINCT story_id
		FROM dateline_store.version_map WHERE merge_id = $1))
	OR EXISTS (SELECT 1 FROM dateline_store.version_map later
		WHERE later.merge_id > $1 AND later.story_id IN
		(SELECT story_id FROM dateline_store.version_map
			WHERE merge_id = $1))
