-- $1 hashes, $2 outlets, side by side: in which stories (9 at most) have pages of
-- the outlet carried each (1-based), and which (3 at most) did it open? They are
-- looked for, not counted: what every item of a wire ends with stands in all of
-- its stories.
SELECT p.i, x.roots, ARRAY(SELECT DISTINCT o.root FROM (SELECT r.root
		FROM dateline_store.sentence s
		JOIN dateline_store.story r ON r.story_id = s.story_id
		WHERE s.hash = p.hash AND s.outlet_id = p.outlet AND s.opens
		LIMIT 12) o LIMIT 3)
FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS p (hash, outlet, i)
CROSS JOIN LATERAL (SELECT ARRAY(SELECT DISTINCT c.root FROM (SELECT r.root
		FROM dateline_store.sentence s
		JOIN dateline_store.story r ON r.story_id = s.story_id
		WHERE s.hash = p.hash AND s.outlet_id = p.outlet
		LIMIT 24) c LIMIT 9) AS roots OFFSET 0) x
WHERE x.roots <> '{}'
