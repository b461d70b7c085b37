-- Everything of page $1 leaves story family $2 (its rows are copied by then).
WITH family AS (
	SELECT story_id FROM dateline_store.story
	WHERE story_id = $2 OR merged_into = $2
), a AS (
	DELETE FROM dateline_store.sighting
	WHERE url_key = $1 AND story_id IN (SELECT story_id FROM family)
), b AS (
	DELETE FROM dateline_store.membership
	WHERE url_key = $1 AND story_id IN (SELECT story_id FROM family)
), c AS (
	DELETE FROM dateline_store.sighting_map
	WHERE url_key = $1 AND story_id IN (SELECT story_id FROM family)
)
DELETE FROM dateline_store.posting
WHERE url_key = $1 AND story_id IN (SELECT story_id FROM family)
