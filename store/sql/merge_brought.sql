-- Are pages $2 what the stories $1 brought: none but these, and all that have not
-- left?
SELECT count(*) FILTER (WHERE p.status <> 'left'
		AND p.url_key <> ALL ($2::uuid[])) = 0
	AND count(DISTINCT p.url_key) FILTER (WHERE p.url_key = ANY ($2::uuid[]))
		= cardinality($2::uuid[])
FROM dateline_store.posting p
WHERE p.story_id = ANY ($1::bigint[])
