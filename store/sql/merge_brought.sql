-- Are pages $3 what merge $2 brought to story $1: none but these, and all that have
-- not left? A story that it brought may have no version of its own any more.
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
SELECT count(*) FILTER (WHERE p.status <> 'left'
		AND p.url_key <> ALL ($3::uuid[])) = 0
	AND count(DISTINCT p.url_key) FILTER (WHERE p.url_key = ANY ($3::uuid[]))
		= cardinality($3::uuid[])
FROM dateline_store.posting p
WHERE p.story_id IN (SELECT story_id FROM brought)
