-- Which of $1 host_keys and $2 url_keys, side by side, are no pages yet: their
-- places, from 1. $3: they are lists, which are told apart by host as well.
SELECT x.i FROM unnest($1::bigint[], $2::uuid[]) WITH ORDINALITY AS x(h, k, i)
WHERE NOT EXISTS (SELECT FROM dateline_store.page p WHERE p.url_key = x.k
	AND (p.host_key = x.h OR (p.kind = 'page' AND NOT $3::boolean)))
ORDER BY x.i
