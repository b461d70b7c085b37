-- What stories $1 are today: the number of one (1-based) and its survivor.
SELECT k.i, s.root
FROM unnest($1::bigint[]) WITH ORDINALITY k(story_id, i)
CROSS JOIN LATERAL (SELECT x.root FROM dateline_store.story x
	WHERE x.story_id = k.story_id OFFSET 0) s
