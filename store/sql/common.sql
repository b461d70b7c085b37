-- $1 hashes, $2 outlets, side by side: which (1-based) have been carried by
-- pages of the outlet in two or more stories.
SELECT p.i
FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS p (hash, outlet, i)
WHERE (SELECT count(DISTINCT r.root) > 1
	FROM dateline_store.sentence s
	JOIN dateline_store.story_root r ON r.story_id = s.story_id
	WHERE s.hash = p.hash AND s.outlet_id = p.outlet)
