-- What stories $1 are today: the number of one (1-based), its survivor, and when
-- a page of that was visited last.
SELECT k.i, s.root, r.visited_at
FROM unnest($1::bigint[]) WITH ORDINALITY k(story_id, i)
CROSS JOIN LATERAL (SELECT x.root FROM dateline_store.story x
	WHERE x.story_id = k.story_id OFFSET 0) s
CROSS JOIN LATERAL (SELECT x.visited_at FROM dateline_store.story x
	WHERE x.story_id = s.root OFFSET 0) r
