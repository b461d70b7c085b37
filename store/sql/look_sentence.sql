-- Stories that carry sentences: $1 hashes, each once; the number of one (1-based)
-- and a story, once, though thousands of outlets carry it. At most $2 of one, among its
-- first $3 rows.
SELECT k.i, s.story_id
FROM unnest($1::bigint[]) WITH ORDINALITY k(hash, i)
CROSS JOIN LATERAL (SELECT DISTINCT y.story_id
	FROM (SELECT x.story_id FROM dateline_store.sentence x
		WHERE x.hash = k.hash
		ORDER BY x.outlet_id, x.story_id
		LIMIT $3) y
	LIMIT $2) s
