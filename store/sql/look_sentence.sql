-- Stories that carry sentences: $1 hashes, each once; the number of one (1-based)
-- and a story, which may come again for each outlet.
SELECT k.i, s.story_id
FROM unnest($1::bigint[]) WITH ORDINALITY k(hash, i)
CROSS JOIN LATERAL (SELECT x.story_id FROM dateline_store.sentence x
	WHERE x.hash = k.hash OFFSET 0) s
