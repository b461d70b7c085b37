-- Of texts $1: what was told in the name of the versions that they opened, and of
-- those that carried one, whose number is made of their hash (store/sketches.c).
-- Stories whose other texts must tell it again.
WITH gone AS (
	SELECT (('x' || left(t::text, 8))::bit(32) | (1 << 31)::bit(32))::int
		AS number FROM unnest($1::uuid[]) t
), of_copies AS (
	DELETE FROM dateline_store.sketch WHERE version IN
		(SELECT number FROM gone)
	RETURNING story_id
), of_versions AS (
	DELETE FROM dateline_store.sketch k USING dateline_store.version v
	WHERE v.text_hash = ANY ($1) AND k.story_id = v.story_id
		AND k.version = v.version
	RETURNING k.story_id
)
SELECT DISTINCT s.root FROM (
	SELECT story_id FROM of_copies UNION SELECT story_id FROM of_versions) d
JOIN dateline_store.story s USING (story_id)
ORDER BY 1
