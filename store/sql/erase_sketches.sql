-- Of texts $1: of the versions that they opened, and of those that carried one,
-- whose number is made of their hash (store/ask.c).
WITH gone AS (
	SELECT (('x' || left(t::text, 8))::bit(32) | (1 << 31)::bit(32))::int
		AS number FROM unnest($1::uuid[]) t
), others AS (
	DELETE FROM dateline_store.sketch WHERE version IN
		(SELECT number FROM gone)
)
DELETE FROM dateline_store.sketch k USING dateline_store.version v
WHERE v.text_hash = ANY ($1) AND k.story_id = v.story_id
	AND k.version = v.version
