-- Everything of pages $2 leaves story $1 (its rows are copied by then).
WITH family AS (
	SELECT story_id FROM dateline_store.story WHERE root = $1
), a AS (
	DELETE FROM dateline_store.sighting WHERE url_key = ANY ($2::uuid[])
		AND story_id IN (SELECT story_id FROM family)
), b AS (
	DELETE FROM dateline_store.membership WHERE url_key = ANY ($2::uuid[])
		AND story_id IN (SELECT story_id FROM family)
), c AS (
	DELETE FROM dateline_store.sighting_map WHERE url_key = ANY ($2::uuid[])
		AND story_id IN (SELECT story_id FROM family)
)
DELETE FROM dateline_store.posting WHERE url_key = ANY ($2::uuid[])
	AND story_id IN (SELECT story_id FROM family)
