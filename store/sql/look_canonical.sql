-- Pages with the same canonical URL, and their stories: $1 keys, each once; the
-- number of one (1-based). At most $2 of one, in that order.
SELECT k.i, p.story_id, p.url_key
FROM unnest($1::uuid[]) WITH ORDINALITY k(canonical, i)
CROSS JOIN LATERAL (SELECT x.story_id, x.url_key FROM dateline_store.page x
	WHERE x.canonical_key = k.canonical AND x.story_id IS NOT NULL
	LIMIT $2) p
ORDER BY k.i
