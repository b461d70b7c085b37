-- Stories that merge $2 brought to story $1: the one, and what had been merged
-- into it before. One that has no version of its own any more is one of them.
WITH RECURSIVE standing AS (
	SELECT m.story_id, m.merge_id, m.into_id
	FROM dateline_store.story f
	JOIN dateline_store.merge m ON m.story_id = f.story_id
		AND m.undone_by IS NULL
	WHERE f.root = $1
), brought AS (
	SELECT story_id FROM standing WHERE merge_id = $2
	UNION
	SELECT m.story_id FROM standing m
	JOIN brought b ON m.into_id = b.story_id
)
SELECT story_id FROM brought
