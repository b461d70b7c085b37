-- Stories that hold hashes of a sketch: $1 hashes, each once; the number of one
-- (1-based), the story, its time. $2/$3 say what partitions are read: texts of one
-- question lie near one another in time. At most $4 rows of one. Lookups are fenced
-- (LIMIT): each is one of an index, whatever statistics say.
SELECT k.i, s.story_id, s.effective_at
FROM unnest($1::bigint[]) WITH ORDINALITY k(hash, i)
CROSS JOIN LATERAL (SELECT x.story_id, x.effective_at
	FROM dateline_store.sketch x WHERE x.hash = k.hash
	AND x.effective_at BETWEEN $2 AND $3 LIMIT $4) s
