-- $1 hashes, $2 outlets, side by side: in which stories have pages of the outlet
-- carried each (1-based)? They are looked for, not counted (24 rows): what every
-- item of a wire ends with stands in all of its stories.
SELECT p.i, r.root
FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS p (hash, outlet, i)
CROSS JOIN LATERAL (SELECT x.story_id
	FROM dateline_store.sentence x
	WHERE x.hash = p.hash AND x.outlet_id = p.outlet
	ORDER BY x.story_id DESC
	LIMIT 24) s
CROSS JOIN LATERAL (SELECT x.root FROM dateline_store.story x
	WHERE x.story_id = s.story_id OFFSET 0) r
