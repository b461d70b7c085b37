-- $1 lives again with status $2; what had been merged into it before follows.
UPDATE dateline_store.story s SET
	status = CASE WHEN s.story_id = $1 THEN $2 ELSE s.status END,
	merged_into = CASE WHEN s.story_id = $1 THEN NULL ELSE $1 END
WHERE s.story_id = $1 OR s.story_id IN (
	WITH RECURSIVE below AS (
		SELECT story_id FROM dateline_store.merge
		WHERE into_id = $1 AND undone_by IS NULL
		UNION
		SELECT m.story_id FROM dateline_store.merge m
		JOIN below b ON m.into_id = b.story_id
		WHERE m.undone_by IS NULL)
	SELECT story_id FROM below)
