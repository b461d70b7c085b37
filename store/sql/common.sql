-- $1 hashes, $2 outlets, side by side: which (1-based) have been carried by
-- pages of the outlet, in which story, and in another one too? And three stories
-- at most that they opened. Two are looked for, not counted: what every item of
-- a wire ends with stands in all of its stories.
SELECT p.i, one.root, EXISTS (SELECT
	FROM dateline_store.sentence s
	JOIN dateline_store.story r ON r.story_id = s.story_id
	WHERE s.hash = p.hash AND s.outlet_id = p.outlet
		AND r.root <> one.root),
	ARRAY(SELECT DISTINCT o.root FROM (SELECT r.root
		FROM dateline_store.sentence s
		JOIN dateline_store.story r ON r.story_id = s.story_id
		WHERE s.hash = p.hash AND s.outlet_id = p.outlet AND s.opens
		LIMIT 20) o LIMIT 3)
FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS p (hash, outlet, i)
CROSS JOIN LATERAL (SELECT r.root
	FROM dateline_store.sentence s
	JOIN dateline_store.story r ON r.story_id = s.story_id
	WHERE s.hash = p.hash AND s.outlet_id = p.outlet LIMIT 1) one
